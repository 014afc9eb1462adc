//! What travels on the live channel, as JSON: see `docs/api/live.md`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most items a page may watch.
pub const WATCHED: usize = 200;
/// The longest frame a page may send, in bytes.
pub const LONGEST: usize = 32 * 1024;

/// What a page says.
#[derive(Debug, Deserialize)]
#[serde(tag = "say", rename_all = "lowercase", deny_unknown_fields)]
pub enum Said {
    /// Where it is, and what it shows.
    At {
        /// Section of the sidebar.
        section: String,
        /// `list`, `detail` or `adding`.
        mode: String,
        /// What it is on, such as `ticket/12`.
        item: Option<String>,
        /// Something was changed and is not saved.
        #[serde(default)]
        editing: bool,
        /// Which field that is.
        field: Option<String>,
        /// It is behind other pages.
        #[serde(default)]
        hidden: bool,
        /// For how long by now, in milliseconds.
        #[serde(default)]
        behind: i64,
        /// The items it shows, with the version it shows of each; 0 when it knows none.
        #[serde(default)]
        shows: BTreeMap<String, i64>,
        /// It shows a list that may grow.
        #[serde(default)]
        list: bool,
        /// As the list stood at this moment, in microseconds since 1970.
        since: Option<i64>,
    },
    /// It is still there.
    Beat {},
    /// Its person types.
    Input {},
    /// It went behind others, or came back.
    Hidden {
        /// Which of the two.
        is: bool,
    },
    /// It missed a frame: everything once more.
    Again {},
}

/// Somebody somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Seen {
    /// Who; `names` says how they are called.
    pub person: i64,
    /// `list`, `detail` or `adding`: the fill.
    pub mode: &'static str,
    /// `viewing` or `editing`.
    pub activity: &'static str,
    /// The border: `white`, `blue`, `green`, `orange`, `pink` or `red`.
    pub colour: &'static str,
    /// What they are on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Which field they are editing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// Their pages are all behind others.
    pub away: bool,
}

/// What the desk says. What it leaves out has not changed.
#[derive(Debug, Default, Serialize)]
pub struct Frame {
    /// Its number on this line, from 1, without gaps.
    pub n: u64,
    /// It says everything; what it leaves out is empty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Who the reader is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub you: Option<i64>,
    /// The reader as others see them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<Seen>,
    /// Who is in each section that changed, most serious first, without the reader.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<&'static str, Crowd>,
    /// Who is on each item that changed, the reader among them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, Vec<Seen>>,
    /// Names of people not named on this line before.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<i64, String>,
    /// Items the page shows that changed, with the version that stands.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub changed: BTreeMap<String, i64>,
    /// Items the page shows that are not for the reader any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// What happened that concerns the reader, when that is other than before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// Something changed that the page's list may have to show.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
}

/// What happened that concerns the reader, in numbers: `/notifications` says what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Told {
    /// How much of it is unread.
    pub unread: i64,
    /// The latest of all.
    pub newest: i64,
}

/// Who is in a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Crowd {
    /// The most serious ones.
    pub people: Vec<Seen>,
    /// How many more there are, among those that were looked at.
    pub more: usize,
}

impl Frame {
    /// Whether it says anything.
    pub fn says_anything(&self) -> bool {
        self.whole
            || self.me.is_some()
            || self.list
            || self.told.is_some()
            || !(self.sections.is_empty()
                && self.items.is_empty()
                && self.changed.is_empty()
                && self.gone.is_empty())
    }
}
