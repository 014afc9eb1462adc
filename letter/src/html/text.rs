//! HTML as plain text, the way a person would type it.

use super::tokens::{Token, Tokens};
use mail_parser::decoders::html::add_html_token;

/// The deepest quotation written with `>`.
const DEEPEST_QUOTE: usize = 20;

/// The text of an HTML document: blocks on lines of their own, quotations behind `> `, list items
/// behind `- `, link targets in brackets when the text does not show them. Linear in its length; of
/// very long documents only the first [`super::LONGEST`] bytes.
#[must_use]
pub fn to_text(html: &str) -> String {
    let mut end = html.len().min(super::LONGEST);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut writer = Writer::default();
    for token in Tokens::new(&html[..end]) {
        match token {
            Token::Text(text) => writer.text(&decoded(text)),
            Token::Open(name, attributes) => writer.open(&name, &attributes),
            Token::Close(name) => writer.close(&name),
        }
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    line: String,
    blank_wanted: bool,
    /// A quotation was opened and nothing written in it yet: no blank line there.
    opening: bool,
    quotes: usize,
    preformatted: usize,
    link: Option<(String, usize)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            let mut lines = text.split('\n').peekable();
            while let Some(line) = lines.next() {
                self.line.push_str(line.trim_end_matches('\r'));
                if lines.peek().is_some() {
                    self.end_line(true);
                }
            }
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
            } else if c != '\0' {
                self.line.push(c);
            }
        }
    }

    /// Ends the line; an empty one is written only when `forced`.
    fn end_line(&mut self, forced: bool) {
        let line = self.line.trim_end();
        // No-break spaces are how editors write an empty line.
        let is_blank = line.chars().all(|c| c.is_whitespace());
        if is_blank && !forced {
            self.line.clear();
            return;
        }
        if is_blank {
            self.blank_wanted = !self.out.is_empty() && !self.opening;
            self.line.clear();
            return;
        }
        if std::mem::take(&mut self.blank_wanted) {
            self.prefix();
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
        }
        self.prefix();
        self.out.push_str(self.line.trim_end());
        self.opening = false;
        self.out.push('\n');
        self.line.clear();
    }

    fn prefix(&mut self) {
        for _ in 0..self.quotes.min(DEEPEST_QUOTE) {
            self.out.push('>');
        }
        if self.quotes > 0 {
            self.out.push(' ');
        }
    }

    fn paragraph(&mut self) {
        self.end_line(false);
        self.blank_wanted |= !self.out.is_empty() && !self.opening;
    }

    fn open(&mut self, name: &str, attributes: &[(String, &str)]) {
        let get = |wanted: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, v)| *v)
        };
        match name {
            "br" => self.end_line(true),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl" => self.paragraph(),
            "ul" | "ol" => self.end_line(false),
            "hr" => {
                self.paragraph();
                self.line.push_str("---");
                self.end_line(false);
            }
            "pre" => {
                self.paragraph();
                self.preformatted += 1;
            }
            "blockquote" => {
                self.paragraph();
                // The blank line before belongs to the text around.
                if std::mem::take(&mut self.blank_wanted) {
                    self.prefix();
                    self.out.truncate(self.out.trim_end_matches(' ').len());
                    self.out.push('\n');
                }
                self.quotes += 1;
                self.opening = true;
            }
            "li" => {
                self.end_line(false);
                self.line.push_str("- ");
            }
            "td" | "th" if !self.line.trim().is_empty() => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str("  ");
            }
            "img" => {
                if let Some(alt) =
                    get("alt").filter(|alt| !alt.trim().is_empty() && alt.len() < 500)
                {
                    self.line.push('[');
                    self.line
                        .push_str(decoded(alt).replace(['\n', '\r'], " ").trim());
                    self.line.push(']');
                }
            }
            "a" => {
                let target = get("href").map(|href| decoded(href).trim().to_owned());
                let shown = |target: &String| {
                    let lower = target.to_ascii_lowercase();
                    target.len() <= 500
                        && ["http://", "https://", "mailto:"]
                            .iter()
                            .any(|scheme| lower.starts_with(scheme))
                };
                self.link = target
                    .filter(shown)
                    .map(|target| (target, self.out.len() + self.line.len()));
            }
            _ if is_block(name) => self.end_line(false),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "ul" | "ol" | "dl" => {
                self.paragraph()
            }
            "pre" => {
                self.paragraph();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            "blockquote" => {
                self.end_line(false);
                self.quotes = self.quotes.saturating_sub(1);
                self.blank_wanted |= !self.out.is_empty();
            }
            "a" => self.end_link(),
            _ if is_block(name) => self.end_line(false),
            _ => {}
        }
    }

    /// Writes the target behind the text, unless the text already is the target.
    fn end_link(&mut self) {
        let Some((target, from)) = self.link.take() else {
            return;
        };
        let written = self.out.len();
        let text = if from >= written {
            self.line.get(from - written..)
        } else {
            None
        };
        let bare = target.trim_start_matches("mailto:").trim_end_matches('/');
        let without_scheme = bare.split_once("://").map_or(bare, |(_, rest)| rest);
        let says_it = text.is_some_and(|text| text.contains(without_scheme));
        let says_nothing = text.is_some_and(|text| text.trim().is_empty());
        if !says_it && !says_nothing {
            self.line.push_str(" <");
            self.line.push_str(&target.replace(char::is_whitespace, ""));
            self.line.push('>');
        }
    }

    fn finish(mut self) -> String {
        self.end_line(false);
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "tr"
            | "li"
            | "dt"
            | "dd"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "center"
            | "address"
            | "figure"
            | "figcaption"
            | "caption"
            | "body"
            | "html"
            | "tbody"
            | "thead"
            | "tfoot"
            | "form"
            | "fieldset"
            | "option"
            | "nav"
            | "aside"
    )
}

/// Text with its character references decoded, without control characters.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let reference = rest[1..]
            .bytes()
            .take(32)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
            .count();
        let end = 1 + reference;
        if reference == 0 || rest.as_bytes().get(end) != Some(&b';') {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let written = &rest[..=end];
        add_html_token(&mut out, written.as_bytes(), false);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    out
}
