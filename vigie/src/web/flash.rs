//! The message of the last action: a short-lived cookie that holds a tone and the key of a
//! sentence, never a text.

use axum::http::HeaderMap;
use kit::web::cookie;
use pages::frame::{Flash, Tone};
use words::catalogue;
use words::reader::Words;

/// The cookie's name. It holds no secret and nothing is decided by it, so it needs no prefix.
pub const COOKIE: &str = "vigie_said";

/// The `Set-Cookie` that carries a message to the next page.
pub fn set(tone: Tone, key: &'static str) -> String {
    cookie::write(COOKIE, &format!("{}.{key}", tone.class()), false, Some(60))
}

/// The `Set-Cookie` that ends it.
pub fn clear() -> String {
    cookie::write(COOKIE, "", false, Some(0))
}

/// The message that a request carries, in the reader's language.
pub fn read(headers: &HeaderMap, words: &Words) -> Option<Flash> {
    let (tone, key) = cookie::read(headers, COOKIE)?.split_once('.')?;
    let tone = [Tone::Ok, Tone::Info, Tone::Warn, Tone::Danger]
        .into_iter()
        .find(|t| t.class() == tone)?;
    let key = catalogue::FILES
        .iter()
        .flat_map(|(_, french, _)| catalogue::keys_of(french))
        .find(|known| *known == key)?;
    Some(Flash {
        tone,
        text: words.say(key).to_owned(),
    })
}
