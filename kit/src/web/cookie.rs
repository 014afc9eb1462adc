//! Cookies: reading them, and the one way we write them.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The value of a cookie, if the request carries it exactly once.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|h| h.to_str().ok())
        .flat_map(|h| h.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(k, _)| *k == name)
        .map(|(_, v)| v);
    let first = found.next()?;
    // Two cookies of one name mean somebody planted one; neither is believed.
    found.next().is_none().then_some(first)
}

/// The name a cookie has: `__Host-` binds it to this host and to TLS, which needs TLS.
pub fn name(plain: &str, secure: bool) -> String {
    if secure {
        format!("__Host-{plain}")
    } else {
        plain.to_owned()
    }
}

/// A `Set-Cookie` that no script reads and no other site sends. `seconds` of `None` ends with the
/// browser, 0 removes it.
pub fn write(plain: &str, value: &str, secure: bool, seconds: Option<i64>) -> String {
    let name = name(plain, secure);
    let secure = if secure { "; Secure" } else { "" };
    let age = seconds.map_or(String::new(), |s| format!("; Max-Age={s}"));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}
