//! Lines of history of what stands beside the thread: what was linked, tagged, changed.

use words::catalogue::Arg;
use words::reader::Words;

/// A change beside the thread.
#[derive(Clone, Debug)]
pub enum Change {
    /// Linked to the ticket of this number.
    Linked(String),
    /// No longer linked to it.
    Unlinked(String),
    /// These words were put on it.
    Tagged(String),
    /// This word was taken off.
    Untagged(String),
}

impl Change {
    /// What follows the actor's name.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        let (key, value) = match self {
            Change::Linked(number) => ("properties-did-link", number),
            Change::Unlinked(number) => ("properties-did-unlink", number),
            Change::Tagged(tags) => ("properties-did-tag", tags),
            Change::Untagged(tag) => ("properties-did-untag", tag),
        };
        words.say_with(key, &[("value", Arg::from(value))])
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Change::Linked(_) | Change::Unlinked(_) => "link",
            Change::Tagged(_) | Change::Untagged(_) => "tag",
        }
    }
}
