//! How a file leaves: as a download under a policy that lets nothing run, or inline when it is a
//! picture that cannot carry script.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// The policy of every file: its own origin, no script, nothing fetched.
pub const FILE_POLICY: &str =
    "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'";

/// Answers with bytes under a cleaned name (RFC 6266).
pub fn answer(name: &str, media_type: &str, is_inline: bool, bytes: Vec<u8>) -> Response {
    let way = if is_inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| match c {
            ' '..='~' if !matches!(c, '"' | '\\' | '%') => c,
            _ => '_',
        })
        .collect();
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                encoded.push(byte as char);
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    let disposition = format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_str(media_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(FILE_POLICY),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_split_headers_and_keep_their_accents() {
        let response = answer("é\"\r\nX: 1.pdf", "application/pdf", false, vec![]);
        let value = response.headers()[CONTENT_DISPOSITION]
            .to_str()
            .unwrap_or_default();
        assert_eq!(
            value,
            "attachment; filename=\"____X: 1.pdf\"; filename*=UTF-8''%C3%A9%22%0D%0AX%3A%201.pdf"
        );
    }
}
