//! The language of the search field: what somebody typed, understood. Pure.
//!
//! Words stand side by side (AND), `"in quotes"` one after the other, `begin*` by their beginning,
//! `-not` excluded. Fields are `name:value`, in both languages at once: `from:` `de:`, `to:` `à:`,
//! `in:` `dans:`, `tag:` `étiquette:`, `state:` `état:`, `before:` `avant:`, `after:` `après:`, `has:` `avec:`, and `#123`.
//! Whatever is no field is text; nothing typed is an error but a value that a field cannot have.
//!
//! Deliberately absent: OR and parentheses, which people type by accident more often than not.

use kit::clock::Moment;
use words::reader::Words;

use super::analyse::{self, Word};
use crate::tickets::machine::State;
use fields::Field;

/// The longest query, in characters.
pub const LONGEST: usize = 1_000;
/// The most parts a query may have.
pub const MOST_PARTS: usize = 32;

/// Words to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// One, or several that follow each other, folded.
    pub words: Vec<String>,
    /// The last one is only a beginning.
    pub is_prefix: bool,
    /// Typed in quotes.
    pub is_quoted: bool,
}

/// Somebody, as a field names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The reader.
    Me,
    /// Nobody.
    Nobody,
    /// Whose name or address begins with each of these words, folded.
    Named(Vec<String>),
}

/// What a part asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Words anywhere.
    Text(Leaf),
    /// Who asked.
    From(Who),
    /// Who is in charge.
    To(Who),
    /// A department or category whose name holds these words, folded.
    In(Vec<String>),
    /// With the tag of these words, folded.
    Tag(Vec<String>),
    /// One of these states.
    States(Vec<State>),
    /// This number.
    Number(i64),
    /// Opened before this moment.
    Before(Moment),
    /// Opened at this moment or later.
    After(Moment),
    /// With a file.
    Attachment,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it asks for.
    pub asked: Asked,
    /// Whether that is to be absent.
    pub is_excluded: bool,
}

/// Something the reader should know about their query: the key of a sentence, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The sentence.
    pub key: &'static str,
    /// The part of the query.
    pub about: String,
}

/// A query, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Its parts.
    pub parts: Vec<Part>,
    /// What was taken otherwise than it may have been meant.
    pub hints: Vec<Remark>,
    /// What cannot be: nothing is searched.
    pub faults: Vec<Remark>,
}

/// Which fields there are for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// All of them.
    Staff,
    /// Those that show nothing a requester does not see.
    Requester,
}

impl Understood {
    /// The words that are to be found.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.parts
            .iter()
            .filter_map(|part| match (&part.asked, part.is_excluded) {
                (Asked::Text(leaf), false) => Some(leaf),
                _ => None,
            })
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.faults.is_empty()
    }

    /// Takes the last word as a beginning, as it is while somebody types.
    pub fn while_typing(mut self) -> Understood {
        if let Some(Part {
            asked: Asked::Text(leaf),
            is_excluded: false,
        }) = self.parts.last_mut()
        {
            leaf.is_prefix = !leaf.is_quoted;
        }
        self
    }
}

/// One piece of the text: `-field:value`, cut but not yet understood.
struct Piece {
    is_excluded: bool,
    field: Option<String>,
    value: String,
    is_quoted: bool,
}

/// Understands what somebody typed.
pub fn understand(text: &str, fields: Fields, reader: &Words) -> Understood {
    let mut out = Understood::default();
    if text.chars().count() > LONGEST {
        out.faults.push(Remark {
            key: "search-fault-too-long",
            about: LONGEST.to_string(),
        });
        return out;
    }
    for piece in pieces(text) {
        part(piece, fields, reader, &mut out);
    }
    if out.parts.len() > MOST_PARTS {
        out.faults.push(Remark {
            key: "search-fault-too-many",
            about: MOST_PARTS.to_string(),
        });
    }
    drop_common(&mut out.parts);
    out
}

fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        _ => None,
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut out = vec![];
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut is_excluded = false;
        if let Some(after) = rest.strip_prefix(['-', '−'])
            && after.starts_with(|c: char| c.is_alphanumeric() || c == '#' || closing(c).is_some())
        {
            is_excluded = true;
            rest = after;
        }
        let mut field = None;
        let name = rest.find(|c: char| !c.is_alphabetic() && c != '-');
        if let Some(end) = name
            && end > 0
            && rest[end..].starts_with(':')
            && !rest[end + 1..].starts_with("//")
        {
            field = Some(analyse::fold(&rest[..end]));
            rest = &rest[end + 1..];
        }
        let quote = rest.chars().next().and_then(|c| Some((c, closing(c)?)));
        let (value, after) = match quote {
            Some((open, close)) => {
                let inside = &rest[open.len_utf8()..];
                match inside.find(close) {
                    Some(end) => (&inside[..end], &inside[end + close.len_utf8()..]),
                    // Nobody closed it: everything to the end was meant.
                    None => (inside, ""),
                }
            }
            None => {
                let end = rest.find(|c: char| c.is_whitespace() || closing(c).is_some());
                rest.split_at(end.unwrap_or(rest.len()))
            }
        };
        out.push(Piece {
            is_excluded,
            field,
            value: value.to_owned(),
            is_quoted: quote.is_some(),
        });
        rest = after.trim_start();
    }
    out
}

fn part(piece: Piece, fields: Fields, reader: &Words, out: &mut Understood) {
    let name = piece.field.as_deref();
    let asked = match name {
        None => text(&piece.value, piece.is_quoted, out),
        Some(name) => match Field::of(name).filter(|field| field.is_for(fields)) {
            Some(_) if piece.value.trim().is_empty() => {
                out.hints.push(Remark {
                    key: "search-hint-empty-field",
                    about: format!("{name}:"),
                });
                None
            }
            Some(field) => field.read(&piece.value, reader, out),
            None => {
                // A time or an address is no field; a word before a colon may have been meant as one.
                if !piece.value.is_empty() {
                    out.hints.push(Remark {
                        key: "search-hint-unknown-field",
                        about: format!("{name}:"),
                    });
                }
                let whole = format!("{name} {}", piece.value);
                text(&whole, true, out)
            }
        },
    };
    if let Some(asked) = asked {
        out.parts.push(Part {
            asked,
            is_excluded: piece.is_excluded,
        });
    }
}

fn folded(text: &str) -> Vec<String> {
    analyse::words(text).into_iter().map(|w| w.folded).collect()
}

/// Words: `#12`, a phrase, a beginning, or whatever stands there.
fn text(value: &str, is_quoted: bool, out: &mut Understood) -> Option<Asked> {
    if !is_quoted
        && let Some(digits) = value.strip_prefix('#')
        && let Ok(number) = digits.parse()
    {
        return Some(Asked::Number(number));
    }
    let found: Vec<Word> = analyse::words(value);
    let mut is_prefix = !is_quoted && value.ends_with('*');
    if is_prefix
        && found
            .last()
            .is_some_and(|w| w.folded.chars().count() < super::SHORTEST_PREFIX)
    {
        is_prefix = false;
        out.hints.push(Remark {
            key: "search-hint-short-beginning",
            about: value.to_owned(),
        });
    }
    let words: Vec<String> = found.into_iter().map(|w| w.folded).collect();
    (!words.is_empty()).then_some(Asked::Text(Leaf {
        words,
        is_prefix,
        is_quoted,
    }))
}

/// Lets common words go when others stand beside them; quoted ones stay.
fn drop_common(parts: &mut Vec<Part>) {
    let is_common = |part: &Part| match &part.asked {
        Asked::Text(leaf) => {
            !leaf.is_quoted && !leaf.is_prefix && leaf.words.iter().all(|w| analyse::is_common(w))
        }
        _ => false,
    };
    let has_text = |part: &Part| matches!(part.asked, Asked::Text(_)) && !part.is_excluded;
    if parts.iter().any(|part| has_text(part) && !is_common(part)) {
        parts.retain(|part| !is_common(part));
    }
}

mod fields;
#[cfg(test)]
mod tests;
