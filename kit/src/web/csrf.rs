//! Protection against forged requests: a token bound to the session, and the request's origin.

use axum::http::HeaderMap;

/// The token that forms carry: derived from the session's secret, so it needs no row of its own.
pub fn token(session_secret: &str) -> String {
    let key = blake3::derive_key("vigie 2026 form token", session_secret.as_bytes());
    blake3::keyed_hash(&key, b"form").to_hex()[..40].to_owned()
}

/// Whether the form's token is this session's; takes the same time for every wrong one.
pub fn token_fits(session_secret: &str, given: &str) -> bool {
    let expected = token(session_secret);
    // BLAKE3's `Hash` compares in constant time.
    blake3::hash(expected.as_bytes()) == blake3::hash(given.as_bytes())
}

/// Whether a request that changes something comes from our own pages. Browsers say so in
/// `Sec-Fetch-Site` or `Origin`; a request without either is a program, which has no cookie to
/// misuse, but the form's token is asked of it all the same.
pub fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match text("origin") {
        None => true,
        Some(origin) => {
            let own = url::Url::parse(public_url).map(|u| u.origin().ascii_serialization());
            let host = text("host").unwrap_or_default();
            own.is_ok_and(|own| own == origin)
                || origin == format!("http://{host}")
                || origin == format!("https://{host}")
        }
    }
}
