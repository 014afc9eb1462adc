//! The journal of what was done to accounts, rights and settings.

use crate::fields::Faults;
use crate::frame::Frame;
use crate::pager::Pager;
use askama::Template;

/// What a field was and became.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Key of its name.
    pub field: &'static str,
    /// Before; `None` where it was empty.
    pub was: Option<String>,
    /// After.
    pub becomes: Option<String>,
}

/// An entry.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its number.
    pub number: i64,
    /// When, for people.
    pub at: String,
    /// When, for programs.
    pub iso: String,
    /// Identifier and name of whoever did it; `None` when nobody signed in did.
    pub actor: Option<(i64, String)>,
    /// Key of how they came.
    pub way: &'static str,
    /// Key of what was done.
    pub deed: &'static str,
    /// Identifier and name of whom it is about.
    pub person: Option<(i64, String)>,
    /// Identifier and name of the department it is about.
    pub department: Option<(i64, String)>,
    /// The name of what else it is about.
    pub thing: Option<String>,
    /// What became different.
    pub changes: Vec<ChangeRow>,
    /// What it told was taken out.
    pub is_emptied: bool,
    /// Ties it to the entry before.
    pub link: String,
}

impl EntryRow {
    /// The beginning of its link: enough to compare by eye.
    #[must_use]
    pub fn mark(&self) -> &str {
        self.link.get(..12).unwrap_or(&self.link)
    }
}

/// How the chain of entries stands.
#[derive(Clone, Debug)]
pub enum Chain {
    /// Nobody asked.
    Unasked,
    /// Every entry is as it was written.
    Whole {
        /// How many.
        entries: i64,
        /// The link of the newest.
        link: String,
    },
    /// The first entry that is not.
    Broken(i64),
}

/// What was asked for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Who did it: an address or a login.
    pub actor: String,
    /// Whom it is about: an address or a login.
    pub person: String,
    /// Which department.
    pub department: Option<i64>,
    /// Which deed.
    pub deed: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Asked {
    /// Whether anything narrows what is shown.
    #[must_use]
    pub fn is_any(&self) -> bool {
        let typed = [&self.actor, &self.person, &self.deed, &self.from, &self.to];
        self.department.is_some() || typed.iter().any(|text| !text.is_empty())
    }
}

/// `/admin/journal`.
#[derive(Template)]
#[template(path = "admin/journal.html")]
pub struct JournalPage {
    /// What surrounds the page.
    pub frame: Frame,
    /// What was asked for.
    pub asked: Asked,
    /// What is wrong with it.
    pub faults: Faults,
    /// Departments to choose from.
    pub departments: Vec<(i64, String)>,
    /// Deeds to choose from: word and key.
    pub deeds: Vec<(&'static str, &'static str)>,
    /// The entries, the newest first.
    pub rows: Vec<EntryRow>,
    /// The pages beside this one.
    pub pager: Pager,
    /// Address of the file.
    pub export: String,
    /// How the chain stands.
    pub chain: Chain,
    /// Whether reads by rank are noted.
    pub notes_reads: bool,
    /// The version of that saying, for whoever may say it.
    pub noting_version: Option<i64>,
}
