//! Any HTML rewritten as balanced HTML of an allow-list, within limits.

use super::LONGEST;
use super::kept::{content_id, is_content_id, is_kept, is_short};
use super::look::{is_look, remote};
use super::text::decoded;
use super::tokens::{Token, Tokens};
use std::collections::HashMap;

/// The elements that stay, in alphabetical order.
pub const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// The deepest nesting kept.
const DEEPEST: usize = 100;
/// The most elements kept.
const MOST_ELEMENTS: usize = 30_000;
/// The most `<`, `>` and `&` kept in text: the parser behind this takes quadratic time in them.
const MOST_SPECIAL: usize = 20_000;

/// What has been used of the limits, over all sources of one letter.
#[derive(Debug, Default)]
pub struct Limits {
    elements: usize,
    bytes: usize,
    special: usize,
    cut: bool,
    remote: Vec<String>,
}

impl Limits {
    /// Whether nothing had to go for want of room.
    pub fn kept_all(&self) -> bool {
        !self.cut
    }

    /// The addresses of pictures of other hosts that were met.
    pub fn into_remote(self) -> Vec<String> {
        self.remote
    }
}

/// For where HTML is rewritten.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// Among the words of a page.
    Page,
    /// A frame of its own, where it looks as it came, with pictures.
    Frame(super::Pictures<'a>),
}

struct Writer<'o, 'p> {
    place: Place<'p>,
    out: &'o mut String,
    open: Vec<&'static str>,
    skipped: HashMap<&'static str, usize>,
}

/// Appends `html`, rewritten, to `out`.
pub fn rewrite(html: &str, place: Place<'_>, out: &mut String, limits: &mut Limits) {
    let room = LONGEST.saturating_sub(limits.bytes);
    let mut end = html.len().min(room);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    limits.cut |= end < html.len();
    limits.bytes += end;
    let mut writer = Writer {
        place,
        out,
        open: Vec::new(),
        skipped: HashMap::new(),
    };
    for token in Tokens::new(&html[..end]) {
        match token {
            Token::Text(text) => writer.text(text, limits),
            Token::Close(name) => writer.close(&name),
            Token::Open(name, attributes) => {
                let Some(tag) = known(&name) else { continue };
                if tag == "img" {
                    writer.make_cell();
                    writer.image(&attributes, limits);
                    continue;
                }
                let is_void = matches!(tag, "br" | "hr");
                if !writer.make_room(tag) {
                    continue;
                }
                limits.elements += 1;
                if limits.elements > MOST_ELEMENTS || (!is_void && writer.open.len() >= DEEPEST) {
                    // Blank lines would otherwise fill the place of what is left out.
                    limits.cut = true;
                    if !is_void {
                        *writer.skipped.entry(tag).or_default() += 1;
                    }
                    continue;
                }
                writer.start(tag, &attributes);
                if !is_void {
                    writer.open.push(tag);
                }
            }
        }
    }
    while let Some(tag) = writer.open.pop() {
        writer.end(tag);
    }
}

fn known(name: &str) -> Option<&'static str> {
    let name = match name {
        "strike" => "s",
        "tt" => "code",
        "section" | "article" | "header" | "footer" | "main" | "center" | "address"
        | "fieldset" | "nav" | "aside" => "div",
        other => other,
    };
    TAGS.binary_search(&name).ok().map(|at| TAGS[at])
}

impl Writer<'_, '_> {
    fn text(&mut self, text: &str, limits: &mut Limits) {
        if self.open.last().is_some_and(|tag| is_table_frame(tag)) {
            if text.trim().is_empty() {
                return;
            }
            self.make_cell();
        }
        // References are decoded here: what stays of them is counted, and the parser behind this
        // meets only those that are written below.
        let decoded = decoded(text);
        // The first line end in `pre` is not content; reading twice must not eat two.
        let fresh = self.open.last() == Some(&"pre") && self.out.ends_with("<pre>");
        let text = if fresh {
            decoded.trim_start_matches(['\n', '\r'])
        } else {
            decoded.as_str()
        };
        for c in text.chars() {
            let escaped = match c {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                c => {
                    self.out.push(c);
                    continue;
                }
            };
            limits.special += 1;
            if limits.special <= MOST_SPECIAL {
                self.out.push_str(escaped);
            } else {
                limits.cut = true;
            }
        }
    }

    fn start(&mut self, tag: &str, attributes: &[(String, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in attributes {
            let is_wanted = is_kept(tag, name, value) || self.looks(tag, name, value);
            if is_wanted && !written.contains(&name.as_str()) {
                written.push(name);
                self.attribute(name, value);
            }
        }
        self.out.push('>');
    }

    fn looks(&self, tag: &str, name: &str, value: &str) -> bool {
        matches!(self.place, Place::Frame(_)) && tag != "pre" && is_look(tag, name, &decoded(value))
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        super::escape_into(self.out, decoded(value).trim());
        self.out.push('"');
    }

    /// An attached image by its identifier, any other by its alternative text, or nothing; in a frame by what may be shown of it.
    fn image(&mut self, attributes: &[(String, &str)], limits: &mut Limits) {
        let get = |wanted: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| *value)
        };
        // Decoded, it is without what no reader sees.
        let alt = get("alt").filter(|alt| !decoded(alt).trim().is_empty() && is_short(alt));
        // What was made safe once already names its image this way.
        let again = get("data-cid").filter(|id| is_content_id(id));
        let id = get("src").and_then(content_id).or(again);
        let own = match self.place {
            Place::Page => "",
            Place::Frame(pictures) => pictures.own_host,
        };
        let remote = get("src").and_then(|source| remote(&decoded(source), own));
        limits.remote.extend(remote.clone());
        let shown = match self.place {
            Place::Page => None,
            Place::Frame(_) if limits.elements >= MOST_ELEMENTS => None,
            Place::Frame(pictures) => id
                .and_then(|id| (pictures.attached)(id))
                .or(remote.filter(|_| pictures.are_remote_shown)),
        };
        if alt.is_none() && id.is_none() && shown.is_none() {
            return;
        }
        limits.elements += 1;
        if limits.elements > MOST_ELEMENTS {
            limits.cut = true;
            return;
        }
        if let (Place::Frame(_), None) = (self.place, &shown) {
            // Without a picture its place would hold a broken one.
            self.out.push_str("<span>");
            self.text(alt.unwrap_or_default(), limits);
            self.out.push_str("</span>");
            return;
        }
        self.out.push_str("<img");
        if let Some(source) = &shown {
            self.attribute("src", source);
        } else if let Some(id) = id {
            self.attribute("data-cid", id);
        }
        self.attribute("alt", alt.unwrap_or_default());
        for name in ["width", "height"] {
            if let Some(value) = get(name).filter(|value| self.looks("img", name, value)) {
                self.attribute(name, value);
            }
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        let Some(tag) = known(name) else { return };
        if let Some(skipped) = self.skipped.get_mut(tag).filter(|skipped| **skipped > 0) {
            *skipped -= 1;
            return;
        }
        if let Some(position) = self.open.iter().rposition(|open| *open == tag) {
            // An end tag inside a table cell does not reach out of its table.
            let table = self.open.iter().rposition(|open| *open == "table");
            if tag != "table" && table.is_some_and(|table| table > position) {
                return;
            }
            self.close_to(position);
        }
    }

    fn close_to(&mut self, position: usize) {
        while self.open.len() > position
            && let Some(tag) = self.open.pop()
        {
            self.end(tag);
        }
    }

    fn end(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// Brings the open elements into a state in which `tag` may stand where it will be written, so
    /// that no parser has to move it. Says no when there is no such place.
    fn make_room(&mut self, tag: &'static str) -> bool {
        let (ends, within): (&[&str], &[&str]) = match tag {
            "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => return self.make_table_room(tag),
            "li" => (&["li", "p"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
            "a" => (&["a"], &["table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &["table"])
            }
            "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "pre" | "hr" | "dl" | "figure"
            | "figcaption" => (&["p"], &["table"]),
            _ => (&[], &[]),
        };
        self.make_cell();
        let reach = self
            .open
            .iter()
            .rposition(|open| within.contains(open))
            .map_or(0, |at| at + 1);
        let ended = self.open[reach..]
            .iter()
            .position(|open| ends.contains(open));
        if let Some(position) = ended {
            self.close_to(reach + position);
        }
        true
    }

    /// Rows and cells stand right inside the nearest table, whatever was left open in it.
    fn make_table_room(&mut self, tag: &str) -> bool {
        let Some(table) = self.open.iter().rposition(|open| *open == "table") else {
            return false;
        };
        let in_group = matches!(
            self.open.get(table + 1),
            Some(&"thead" | &"tbody" | &"tfoot")
        );
        if matches!(tag, "thead" | "tbody" | "tfoot") {
            self.close_to(table + 1);
            return true;
        }
        if !in_group {
            self.close_to(table + 1);
            self.push("tbody");
        }
        let row = table + 2;
        if tag == "tr" {
            self.close_to(row);
        } else if self.open.get(row) == Some(&"tr") {
            self.close_to(row + 1);
        } else {
            self.close_to(row);
            self.push("tr");
        }
        true
    }

    /// Inside a table only cells hold content: opens one when none is, with all that every parser puts around it.
    fn make_cell(&mut self) {
        let missing: &[&'static str] = match self.open.last() {
            Some(&"table") => &["tbody", "tr", "td"],
            Some(&("thead" | "tbody" | "tfoot")) => &["tr", "td"],
            Some(&"tr") => &["td"],
            _ => &[],
        };
        for tag in missing {
            self.push(tag);
        }
    }

    fn push(&mut self, tag: &'static str) {
        self.start(tag, &[]);
        self.open.push(tag);
    }
}

/// The elements of a table that hold no text themselves.
fn is_table_frame(tag: &str) -> bool {
    matches!(tag, "table" | "thead" | "tbody" | "tfoot" | "tr")
}
