//! Which attributes of an element are kept wherever its HTML is shown.

use super::text::decoded;

/// The longest attribute value kept, in bytes, its references decoded.
const LONGEST_VALUE: usize = 2_000;

/// Counted without its references: written again, a value is longer than it came, and what was kept once is kept.
pub fn is_short(value: &str) -> bool {
    value.len() <= 8 * LONGEST_VALUE && decoded(value).len() <= LONGEST_VALUE
}

/// Written out in full, so that nobody completes it to something else.
fn is_link(target: &str) -> bool {
    let start: String = target
        .trim()
        .chars()
        .take(8)
        .collect::<String>()
        .to_ascii_lowercase();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| start.starts_with(scheme))
}

pub fn is_kept(tag: &str, name: &str, value: &str) -> bool {
    let is_number = |most: usize| {
        (1..=most).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
    };
    match (tag, name) {
        ("a", "href") => is_short(value) && is_link(&decoded(value)),
        ("a", "title") => is_short(value),
        ("td" | "th", "colspan" | "rowspan") => is_number(2),
        ("ol", "start") => is_number(6),
        ("pre", _) => false,
        (_, "dir") => matches!(value.to_ascii_lowercase().as_str(), "ltr" | "rtl" | "auto"),
        (_, "lang") => {
            value.len() <= 35
                && value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }
        _ => false,
    }
}

pub fn content_id(source: &str) -> Option<&str> {
    let source = source.trim();
    let scheme = source.get(..4)?;
    scheme
        .eq_ignore_ascii_case("cid:")
        .then(|| &source[4..])
        .filter(|id| is_content_id(id))
}

pub fn is_content_id(id: &str) -> bool {
    (1..=250).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"'<>&".contains(&b))
}
