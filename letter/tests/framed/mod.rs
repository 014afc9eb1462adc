//! What HTML made for a frame may consist of, checked without the code that makes it.

use crate::harmless::{is_harmless, tags};

/// Whether every tag of HTML made for a frame is one of the few, with nothing but the few attributes; the sources of its images are
/// whole addresses of HTTPS, where they are asked for, or data of images, and no style names an address.
pub fn is_harmless_in_a_frame(html: &str, are_remote_shown: bool) -> bool {
    tags(html).iter().all(|tag| {
        let name = tag
            .trim_start_matches('/')
            .split(' ')
            .next()
            .unwrap_or_default();
        let pieces: Vec<&str> = tag.trim_start_matches('/')[name.len()..]
            .split('"')
            .collect();
        let mut bare = format!("<{name}");
        for pair in pieces.chunks(2) {
            let attribute = pair[0].trim().trim_end_matches('=');
            let value = pair.get(1).copied().unwrap_or_default();
            let small = value.to_ascii_lowercase();
            let is_fine = match (name, attribute) {
                ("img", "src") => {
                    small.starts_with("data:image/")
                        || (are_remote_shown && small.starts_with("https://"))
                }
                ("a", "target") => value == "_blank",
                (_, "style") => !["url", "import", "expression", "\\", "image"]
                    .iter()
                    .any(|it| small.contains(it)),
                (
                    _,
                    "width" | "height" | "align" | "valign" | "bgcolor" | "border" | "cellpadding"
                    | "cellspacing",
                ) => true,
                _ => {
                    if !attribute.is_empty() {
                        bare.push_str(&format!(" {attribute}=\"{value}\""));
                    }
                    true
                }
            };
            if !is_fine {
                return false;
            }
        }
        is_harmless(&format!("{bare}>"))
    })
}
