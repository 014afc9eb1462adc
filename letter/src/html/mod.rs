//! HTML from strangers: made safe to show, or made into text.
//!
//! Two steps, in this order. First a linear tokenizer of our own rewrites the source into balanced,
//! bounded HTML of an allow-list, so that no input costs more than its length. Then `ammonia` (the
//! HTML standard's own parsing, its own allow-list) sanitises that; it comes last, always, because
//! every transformation after a sanitiser is a hole.

mod kept;
mod look;
mod rewrite;
mod text;
mod tokens;

pub use look::remote as picture_address;
pub use text::to_text;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The most bytes of HTML looked at in one letter.
pub const LONGEST: usize = 2 * 1024 * 1024;

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "title"])),
        ("img", HashSet::from(["alt", "data-cid"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan"])),
        ("ol", HashSet::from(["start"])),
    ]);
    builder
        .tags(rewrite::TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["dir", "lang"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true);
    builder
});

static FRAMER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "title"])),
        ("img", HashSet::from(["alt", "src", "width", "height"])),
        (
            "td",
            HashSet::from([
                "colspan", "rowspan", "width", "height", "align", "valign", "bgcolor",
            ]),
        ),
        (
            "th",
            HashSet::from([
                "colspan", "rowspan", "width", "height", "align", "valign", "bgcolor",
            ]),
        ),
        ("tr", HashSet::from(["align", "valign", "bgcolor"])),
        (
            "table",
            HashSet::from([
                "width",
                "height",
                "align",
                "bgcolor",
                "border",
                "cellpadding",
                "cellspacing",
            ]),
        ),
        ("p", HashSet::from(["align"])),
        ("div", HashSet::from(["align"])),
        ("ol", HashSet::from(["start"])),
    ]);
    builder
        .tags(rewrite::TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["dir", "lang", "style"]))
        .filter_style_properties(look::PROPERTIES.into_iter().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "data"]))
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("img", "src") => {
                let is_shown = value.starts_with("https://") || value.starts_with("data:image/");
                is_shown.then(|| value.into())
            }
            ("a", "href") => (!value.trim_start().to_ascii_lowercase().starts_with("data:"))
                .then(|| value.into()),
            _ => Some(value.into()),
        })
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true);
    builder
});

/// The pictures of a letter that is shown in a frame of its own.
#[derive(Clone, Copy)]
pub struct Pictures<'a> {
    /// The attached picture of a `Content-ID`, as a `data:image/…` address.
    pub attached: &'a dyn Fn(&str) -> Option<String>,
    /// Pictures of other hosts are asked for.
    pub are_remote_shown: bool,
    /// The host of this desk, of which no picture is asked for.
    pub own_host: &'a str,
}

/// HTML as it looked, for a frame that may neither run script nor send forms nor reach what is around it: what [`safe`] keeps, and
/// colours, sizes and places of the elements besides. Images are shown when they are attached, or, where the reader asked for it, by the
/// HTTPS address of another host; the rest keeps its alternative text. With it, how many pictures of other hosts there are.
#[must_use]
pub fn framed(sources: &[String], pictures: Pictures<'_>) -> (String, usize) {
    let (rewritten, limits) = rewritten(sources, rewrite::Place::Frame(pictures));
    (
        FRAMER.clean(&rewritten).to_string(),
        limits.into_remote().len(),
    )
}

fn rewritten(sources: &[String], place: rewrite::Place<'_>) -> (String, rewrite::Limits) {
    let mut rewritten = String::new();
    let mut limits = rewrite::Limits::default();
    for source in sources {
        if !rewritten.is_empty() {
            rewritten.push_str("<hr>");
        }
        rewrite::rewrite(source, place, &mut rewritten, &mut limits);
    }
    (rewritten, limits)
}

/// HTML safe to show in a page, as a balanced fragment.
///
/// Only text-like elements stay; links are `http`, `https` or `mailto` and carry
/// `rel="noopener noreferrer nofollow"`; no style, script, form, frame, SVG or MathML. No image has a
/// `src`: one that names an attachment of the letter becomes `<img data-cid="ID" alt="…">`, any other
/// keeps only its alternative text, so showing the result asks no other host for anything.
#[must_use]
pub fn safe(html: &str) -> String {
    safe_all(&[html.to_owned()]).0
}

/// Several sources as one safe fragment, and whether all of it could be kept.
#[must_use]
pub fn safe_all(sources: &[String]) -> (String, bool) {
    let (safe, is_whole, _) = safe_without(sources);
    (safe, is_whole)
}

/// The same, and the addresses of the pictures of other hosts it would have had.
pub(crate) fn safe_without(sources: &[String]) -> (String, bool, Vec<String>) {
    let (rewritten, limits) = rewritten(sources, rewrite::Place::Page);
    let safe = SANITISER.clean(&rewritten).to_string();
    (safe, limits.kept_all(), limits.into_remote())
}

/// Plain text as HTML that looks the same: escaped, in paragraphs.
#[must_use]
pub fn from_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str("<p>");
    let mut lines = text.trim_end().split('\n').peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            if !out.ends_with("<p>") {
                out.push_str("</p><p>");
            }
            continue;
        }
        escape_into(&mut out, line);
        if lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            out.push_str("<br>");
        }
    }
    out.push_str("</p>");
    out
}

/// Appends `text` with everything escaped that means something in HTML.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

/// The character set an HTML document declares in its first bytes.
#[must_use]
pub fn declared_charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_ascii_lowercase();
    let meta = start.find("<meta")?;
    let after = start[meta..].split_once("charset=")?.1;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    // A document that could be searched for this is no UTF-16 one, whatever it says.
    (!label.is_empty() && !label.starts_with("utf-16")).then_some(label)
}
