//! The pieces of a letter joined into what one reads.

use crate::complaint::{Complaint, Complaints};
use crate::html;
use crate::mime::Piece;
use crate::{Attachment, charset};

/// The longest text shown, in bytes.
pub const LONGEST: usize = 1024 * 1024;

/// Text without NUL and other control characters, lines ended by `\n`.
#[must_use]
pub fn cleaned(text: &str, complaints: &mut Complaints) -> String {
    if text.contains('\0') {
        complaints.note(Complaint::NulRemoved);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        let was_return = std::mem::replace(&mut after_return, c == '\r');
        match c {
            '\n' if was_return => {}
            '\r' | '\n' => out.push('\n'),
            '\t' => out.push('\t'),
            // Form feeds separate pages of old printouts.
            '\u{c}' => out.push('\n'),
            c if c.is_control() => {}
            '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Cuts an overlong text at a character; says whether it did.
pub fn cut(text: &mut String) -> bool {
    if text.len() <= LONGEST {
        return false;
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    true
}

/// Joins the lines that `format=flowed` (RFC 3676) broke; nothing else changes.
#[must_use]
pub fn unflowed(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open_depth: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let ended = line.ends_with('\n');
        let line = line.strip_suffix('\n').unwrap_or(line);
        let depth = line.bytes().take_while(|&b| b == b'>').count();
        let unstuffed = line[depth..].strip_prefix(' ').unwrap_or(&line[depth..]);
        let is_signature = unstuffed == "-- ";
        if open_depth.is_some_and(|open| open != depth || is_signature) {
            // The flow broke off: keep the lines apart.
            out.push('\n');
            open_depth = None;
        }
        if open_depth.is_none() && depth > 0 {
            out.extend(std::iter::repeat_n('>', depth));
            out.push(' ');
        }
        let flows = ended && unstuffed.ends_with(' ') && !is_signature;
        let kept = if flows && delsp {
            &unstuffed[..unstuffed.len() - 1]
        } else {
            unstuffed
        };
        out.push_str(kept);
        open_depth = flows.then_some(depth);
        if ended && !flows {
            out.push('\n');
        }
    }
    out
}

/// The text to read: each piece as plain text, or made from its HTML when the plain one says
/// nothing.
#[must_use]
pub fn text(pieces: &[Piece]) -> String {
    let texts = pieces
        .iter()
        .map(|piece| match (&piece.plain, &piece.html) {
            (Some(plain), _) if !plain.trim().is_empty() => plain.clone(),
            (_, Some(html)) => html::to_text(html),
            (Some(plain), None) => plain.clone(),
            (None, None) => String::new(),
        });
    let texts: Vec<String> = texts
        .map(|text| text.trim_end().trim_start_matches('\n').to_owned())
        .filter(|text| !text.trim().is_empty())
        .collect();
    let mut text = texts.join("\n\n");
    cut(&mut text);
    text
}

/// The HTML of a letter as it came, unsafe, what is only text as HTML between; nothing when no piece has any.
#[must_use]
pub fn html_as_it_came(pieces: &[Piece]) -> Vec<String> {
    if !pieces.iter().any(|piece| piece.html.is_some()) {
        return vec![];
    }
    let source = |piece: &Piece| match (&piece.html, &piece.plain) {
        (Some(html), _) => html.clone(),
        (None, Some(plain)) => html::from_text(plain),
        (None, None) => String::new(),
    };
    pieces.iter().map(source).collect()
}

/// The safe HTML to show, when any piece has HTML that says something, and the pictures of other hosts it names.
#[must_use]
pub fn safe_html(pieces: &[Piece], complaints: &mut Complaints) -> (Option<String>, Vec<String>) {
    let sources = html_as_it_came(pieces);
    if sources.is_empty() {
        return (None, vec![]);
    }
    let (safe, whole, remote) = html::safe_without(&sources);
    if !whole {
        complaints.note(Complaint::HtmlCut);
    }
    // What follows each tag; an image says something too.
    let mut words = safe
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let blank = |text: &str| text.replace("&nbsp;", "").trim().is_empty();
    let says_something = safe.contains("<img") || words.any(|text| !blank(text));
    (says_something.then_some(safe), remote)
}

/// A letter whose text is blank but which carries a text file: that file's text, so that the desk
/// never shows an empty letter when somebody wrote something.
#[must_use]
pub fn from_attachment(attachments: &[Attachment], complaints: &mut Complaints) -> Option<String> {
    let readable = |attachment: &&Attachment| {
        attachment.bytes.len() <= LONGEST
            && match attachment.declared_type.as_str() {
                "text/calendar"
                | "text/csv"
                | "text/vcard"
                | "text/x-vcard"
                | "text/rfc822-headers" => false,
                kind => kind.starts_with("text/"),
            }
    };
    let file = attachments.iter().find(readable)?;
    let decoded = charset::decode(
        &file.bytes,
        html::declared_charset(&file.bytes).as_deref(),
        complaints,
    );
    let decoded = cleaned(&decoded, complaints);
    let text = if file.declared_type == "text/html" {
        html::to_text(&decoded)
    } else {
        decoded
    };
    if text.trim().is_empty() {
        return None;
    }
    complaints.note(Complaint::TextFromAttachment);
    Some(text.trim().to_owned())
}

/// Of several versions of the same text: the plain ones and the last HTML one, as one piece.
#[must_use]
pub fn alternative(children: Vec<Vec<Piece>>) -> Vec<Piece> {
    let mut plain: Vec<String> = Vec::new();
    let mut best: Option<Vec<Piece>> = None;
    for child in children {
        if child.iter().any(|piece| piece.html.is_some()) {
            best = Some(child);
        } else {
            for text in child.into_iter().filter_map(|piece| piece.plain) {
                if !text.trim().is_empty() && !plain.contains(&text) {
                    plain.push(text);
                }
            }
        }
    }
    let plain = (!plain.is_empty()).then(|| plain.join("\n\n"));
    match (plain, best) {
        (None, None) => Vec::new(),
        (Some(plain), None) => vec![Piece {
            plain: Some(plain),
            html: None,
        }],
        (None, Some(pieces)) => pieces,
        (Some(plain), Some(pieces)) => {
            // The plain version stands for the whole of the other one.
            let html = pieces
                .into_iter()
                .filter_map(|piece| {
                    piece
                        .html
                        .or(piece.plain.map(|text| html::from_text(&text)))
                })
                .collect::<Vec<_>>();
            vec![Piece {
                plain: Some(plain),
                html: Some(html.join("\n")),
            }]
        }
    }
}
