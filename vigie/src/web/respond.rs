//! The few shapes an answer has.

use askama::Template;
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::error::Error;
use pages::frame::Tone;

use super::fail::Fail;
use super::flash;

/// A page.
pub fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

/// A page with another status, such as a form shown again with its faults (422).
pub fn page_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (
            status,
            [(
                CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            )],
            html,
        )
            .into_response(),
        Err(cause) => Fail(Error::Bug(anyhow::Error::new(cause))).into_response(),
    }
}

/// Sends the browser to a page of ours after a deed, with a message for the top of that page.
/// `path` must begin with a single `/`; anything else goes home.
pub fn see_other(path: &str, message: Option<(Tone, &'static str)>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let target = HeaderValue::from_str(local(path)).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, target);
    if let Some((tone, key)) = message {
        add_cookie(&mut response, &flash::set(tone, key));
    }
    response
}

/// The same for a script that goes there itself: the address as text.
pub fn address(path: &str, message: Option<(Tone, &'static str)>) -> Response {
    let plain = [(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    )];
    let mut response = (StatusCode::OK, plain, local(path).to_owned()).into_response();
    if let Some((tone, key)) = message {
        add_cookie(&mut response, &flash::set(tone, key));
    }
    response
}

/// A path of this site, or home: what `next` and `return_to` may be.
pub fn local(path: &str) -> &str {
    let ok = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if ok { path } else { "/" }
}

/// Adds a `Set-Cookie`.
pub fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        for away in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nX: y",
            "javascript:1",
            "",
            "/\t/evil.example",
        ] {
            assert_eq!(local(away), "/", "{away:?}");
        }
        assert_eq!(local("/tickets?view=mine"), "/tickets?view=mine");
    }
}
