//! Marks: words of the index that no text holds, for what fields ask and for what somebody sees.

use super::document::For;
use crate::tickets::TicketId;
use crate::tickets::machine::State;

/// Between two file names in the heads of a document.
pub const BETWEEN: &str = "· ";

/// A document for these eyes.
pub fn audience(whose: For) -> String {
    match whose {
        For::Public => "·p".to_owned(),
        For::Staff | For::Everybody => "·w".to_owned(),
    }
}

/// A word, or the beginning of one, of the subject.
pub fn subject(word: &str) -> String {
    format!("·h{word}")
}

/// The ticket's number.
pub fn number(id: TicketId) -> String {
    format!("·n{}", id.0)
}

/// How many numbers of documents a part of the desk has.
const PART: i64 = 2_048;

/// In which part of the desk a document stands; the newest have the highest numbers.
pub fn part_of(document: i64) -> i64 {
    document / PART
}

/// A part of the desk, of [`part_of`].
pub fn part(part: i64) -> String {
    format!("·b{part}")
}

/// The ticket's state.
pub fn state(state: State) -> String {
    format!("·s{}", state.word().replace('_', ""))
}

/// With a file.
pub fn file() -> String {
    "·f".to_owned()
}

/// A tag, by its words.
pub fn tag(words: &[String]) -> String {
    format!("·t{}", words.concat())
}

macro_rules! of_id {
    ($($(#[$meta:meta])* $name:ident = $letter:literal),* $(,)?) => {$(
        $(#[$meta])*
        pub fn $name(id: i64) -> String {
            format!(concat!("·", $letter, "{}"), id)
        }
    )*};
}
of_id! {
    /// Its department.
    department = "d",
    /// Its category.
    category = "c",
    /// Who asked.
    requester = "r",
    /// Who is in charge; 0 is nobody.
    assignee = "a",
    /// Somebody let in.
    invitee = "i",
    /// Somebody who observes.
    observer = "o",
}
