//! Lines of history of what stands beside the thread: what was linked, tagged, changed.

use super::Origin;
use super::visibility::Visibility;
use crate::admin::giving::Rule;
use words::catalogue::Arg;
use words::reader::Words;

/// A change beside the thread.
#[derive(Clone, Debug)]
pub enum Change {
    /// Way in before and after.
    OriginChanged(Origin, Origin),
    /// Who else may look at it, before and after.
    VisibilityChanged(Visibility, Visibility),
    /// The file of this name was taken off.
    FileRemoved(String),
    /// This agent observes it.
    ObserverAdded(String),
    /// This agent observes it no more.
    ObserverRemoved(String),
    /// Somebody said that it needs advice.
    AdviceAsked,
    /// A note was the advice.
    Advised,
    /// It needs none after all.
    AdviceEnded,
    /// Merged into the ticket of this number.
    MergedInto(String),
    /// No longer merged into it.
    Unmerged(String),
    /// The ticket of this number was merged into it.
    TookIn(String),
    /// That one was given back.
    GaveBack(String),
    /// A comment became the ticket of this number.
    SplitOff(String),
    /// The ticket of this number follows.
    FollowedUp(String),
    /// The desk gave it to this colleague, by this rule.
    GivenOut(String, Rule),
    /// The rule found nobody.
    NotGivenOut,
    /// The last words were put right; this is what they were.
    Reworded(String),
    /// Something was taken out of a message for good, for this reason.
    Redacted(String),
    /// Linked to the ticket of this number.
    Linked(String),
    /// No longer linked to it.
    Unlinked(String),
    /// Linked to the asset of this number.
    AssetLinked(String),
    /// No longer linked to it.
    AssetUnlinked(String),
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
            Change::VisibilityChanged(..) => return words.say("shared-did-change").to_owned(),
            Change::Reworded(_) => return words.say("rewording-did").to_owned(),
            Change::AdviceAsked => return words.say("advice-did-ask").to_owned(),
            Change::Advised => return words.say("advice-did-give").to_owned(),
            Change::AdviceEnded => return words.say("advice-did-end").to_owned(),
            Change::NotGivenOut => return words.say("giving-did-not").to_owned(),
            Change::GivenOut(name, rule) => {
                let by = words.say(rule.by_key());
                let args = [("name", Arg::from(name)), ("by", Arg::from(by))];
                return words.say_with("giving-did", &args);
            }
            Change::Redacted(reason) => ("redaction-did", reason),
            Change::FileRemoved(name) => ("properties-did-remove-file", name),
            Change::ObserverAdded(name) => ("participants-did-add-observer", name),
            Change::ObserverRemoved(name) => ("participants-did-remove-observer", name),
            Change::MergedInto(number) => ("merging-did-merge", number),
            Change::Unmerged(number) => ("merging-did-unmerge", number),
            Change::TookIn(number) => ("merging-did-take-in", number),
            Change::GaveBack(number) => ("merging-did-give-back", number),
            Change::SplitOff(number) => ("merging-did-split", number),
            Change::FollowedUp(number) => ("merging-did-follow", number),
            Change::Linked(number) => ("properties-did-link", number),
            Change::Unlinked(number) => ("properties-did-unlink", number),
            Change::AssetLinked(number) => ("assets-ticket-did-link", number),
            Change::AssetUnlinked(number) => ("assets-ticket-did-unlink", number),
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
            Change::VisibilityChanged(before, after) => {
                Some((words.say(before.key()), words.say(after.key())))
            }
            _ => None,
        }
    }

    /// The words that stood there before, for words that were put right.
    #[must_use]
    pub fn former(&self) -> Option<&str> {
        match self {
            Change::Reworded(before) => Some(before),
            _ => None,
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            Change::OriginChanged(..) => "history",
            Change::VisibilityChanged(..) => "eye",
            Change::Reworded(_) => "pencil",
            Change::GivenOut(..) => "user-check",
            Change::NotGivenOut => "users",
            Change::Redacted(_) => "eye-off",
            Change::FileRemoved(_) => "trash-2",
            Change::ObserverAdded(_) | Change::ObserverRemoved(_) => "eye",
            Change::AdviceAsked | Change::Advised | Change::AdviceEnded => "life-buoy",
            Change::MergedInto(_) | Change::TookIn(_) => "git-merge",
            Change::Unmerged(_) | Change::GaveBack(_) => "undo-2",
            Change::SplitOff(_) | Change::FollowedUp(_) => "external-link",
            Change::Linked(_) | Change::Unlinked(_) => "link",
            Change::AssetLinked(_) | Change::AssetUnlinked(_) => "laptop",
            Change::Tagged(_) | Change::Untagged(_) => "tag",
        }
    }
}
