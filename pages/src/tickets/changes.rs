//! Lines of history of what stands beside the thread: what was linked, tagged, changed.

use super::Origin;
use words::catalogue::Arg;
use words::reader::Words;

/// A change beside the thread.
#[derive(Clone, Debug)]
pub enum Change {
    /// Way in before and after.
    OriginChanged(Origin, Origin),
    /// The file of this name was taken off.
    FileRemoved(String),
    /// This agent observes it.
    ObserverAdded(String),
    /// This agent observes it no more.
    ObserverRemoved(String),
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
            Change::OriginChanged(..) => return words.say("properties-did-origin").to_owned(),
            Change::FileRemoved(name) => ("properties-did-remove-file", name),
            Change::ObserverAdded(name) => ("participants-did-add-observer", name),
            Change::ObserverRemoved(name) => ("participants-did-remove-observer", name),
            Change::Linked(number) => ("properties-did-link", number),
            Change::Unlinked(number) => ("properties-did-unlink", number),
            Change::Tagged(tags) => ("properties-did-tag", tags),
            Change::Untagged(tag) => ("properties-did-untag", tag),
        };
        words.say_with(key, &[("value", Arg::from(value))])
    }

    /// Value before and after, for a property.
    #[must_use]
    pub fn values<'a>(&self, words: &'a Words) -> Option<(&'a str, &'a str)> {
        match self {
            Change::OriginChanged(before, after) => {
                Some((words.say(before.key()), words.say(after.key())))
            }
            _ => None,
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Change::OriginChanged(..) => "history",
            Change::FileRemoved(_) => "trash-2",
            Change::ObserverAdded(_) | Change::ObserverRemoved(_) => "eye",
            Change::Linked(_) | Change::Unlinked(_) => "link",
            Change::Tagged(_) | Change::Untagged(_) => "tag",
        }
    }
}
