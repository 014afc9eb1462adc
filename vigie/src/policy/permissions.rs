//! What roles may be granted, as one table: every right that hangs on a role, and what is said of it.

/// Permissions, application-wide. Each is the catalogue key of its own refusal, too.
pub mod permission {
    /// Opens the agent application.
    pub const STAFF: &str = "right-staff";
    /// Writes public replies.
    pub const REPLY: &str = "right-reply";
    /// Writes internal notes.
    pub const NOTE: &str = "right-note";
    /// Reads internal notes.
    pub const READ_NOTES: &str = "right-read-notes";
    /// Takes, releases, asks, postpones, reopens, puts right what a ticket says; opens tickets for others.
    pub const HANDLE: &str = "right-handle";
    /// Calls for help on a ticket: whoever may be asked for advice hears of it.
    pub const ESCALATE: &str = "right-escalate";
    /// Puts somebody else in charge.
    pub const ASSIGN: &str = "right-assign";
    /// Sends tickets elsewhere.
    pub const TRANSFER: &str = "right-transfer-tickets";
    /// Says that tickets are solved.
    pub const CLOSE: &str = "right-close-tickets";
    /// Merges and splits.
    pub const MERGE: &str = "right-merge-tickets";
    /// Does one thing to many tickets.
    pub const BULK: &str = "right-bulk";
    /// Takes lists away as files.
    pub const EXPORT: &str = "right-export";
    /// Adds many people at once, from a sheet.
    pub const IMPORT: &str = "right-import";
    /// Makes and changes people, their roles and how far they see.
    pub const MANAGE_PEOPLE: &str = "right-manage-people";
    /// Makes and changes roles.
    pub const MANAGE_ROLES: &str = "right-manage-roles";
    /// Writes, publishes and withdraws articles.
    pub const KNOWLEDGE: &str = "right-manage-knowledge";
    /// Makes departments, and changes what they are: properties, categories, templates, waiting.
    pub const MANAGE_DEPARTMENTS: &str = "right-manage-departments";
    /// Sets the desk up as a whole: its name, how far agents to come see.
    pub const MANAGE_SETTINGS: &str = "right-settings";
    /// Keeps the addresses letters come to.
    pub const MANAGE_CHANNELS: &str = "right-manage-channels";
    /// Reads the post: everybody's letters.
    pub const SEE_POST: &str = "right-see-post";
    /// Reads the journal, asks who sees what and why, looks with somebody's eyes.
    pub const SEE_AUDIT: &str = "right-see-audit";
    /// Reads what agents do, in counts.
    pub const REPORTS: &str = "right-reports";
    /// Keeps saved replies and views that everybody has.
    pub const SHARE: &str = "right-share";
    /// Keeps the register of assets: adds, changes, gives and retires them.
    pub const ASSETS: &str = "right-manage-assets";
    /// Every privilege in every department. By rank only.
    pub const EVERY_PRIVILEGE: &str = "right-every-privilege";
    /// The account itself: makes owners, changes owners. By rank only.
    pub const OWN: &str = "right-own";
    /// What only time does: no role has it.
    pub const TIMERS: &str = "right-desk";
}

use permission as may;

/// What a permission is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// What is said on tickets.
    Words,
    /// What is done to tickets.
    Tickets,
    /// How the desk is set up.
    Administration,
}

impl Subject {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Subject; 3] = [Subject::Words, Subject::Tickets, Subject::Administration];

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Subject::Words => "roles-subject-words",
            Subject::Tickets => "roles-subject-tickets",
            Subject::Administration => "roles-subject-administration",
        }
    }
}

/// A permission that a role may be granted.
#[derive(Debug)]
pub struct Permission {
    /// What code asks for, and the key of its refusal.
    pub right: &'static str,
    /// The word that is stored and that the API speaks.
    pub word: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// Key of its name.
    pub label: &'static str,
    /// Key of the sentence that says what it gives.
    pub gives: &'static str,
}

const fn one(
    subject: Subject,
    right: &'static str,
    word: &'static str,
    label: &'static str,
    gives: &'static str,
) -> Permission {
    Permission {
        right,
        word,
        subject,
        label,
        gives,
    }
}

/// Every permission that a role may be granted. Each is asked by some code: there is none without an effect.
#[rustfmt::skip]
pub const PERMISSIONS: &[Permission] = &[
    one(Subject::Words, may::REPLY, "reply", "roles-reply", "roles-reply-gives"),
    one(Subject::Words, may::NOTE, "note", "roles-note", "roles-note-gives"),
    one(Subject::Words, may::READ_NOTES, "read_notes", "roles-read-notes", "roles-read-notes-gives"),
    one(Subject::Tickets, may::HANDLE, "handle", "roles-handle", "roles-handle-gives"),
    one(Subject::Tickets, may::ESCALATE, "escalate", "roles-escalate", "roles-escalate-gives"),
    one(Subject::Tickets, may::ASSIGN, "assign", "roles-assign", "roles-assign-gives"),
    one(Subject::Tickets, may::TRANSFER, "transfer", "roles-transfer", "roles-transfer-gives"),
    one(Subject::Tickets, may::CLOSE, "close", "roles-close", "roles-close-gives"),
    one(Subject::Tickets, may::MERGE, "merge", "roles-merge", "roles-merge-gives"),
    one(Subject::Tickets, may::BULK, "bulk", "roles-bulk", "roles-bulk-gives"),
    one(Subject::Tickets, may::EXPORT, "export", "roles-export", "roles-export-gives"),
    one(Subject::Administration, may::IMPORT, "import", "roles-import", "roles-import-gives"),
    one(Subject::Administration, may::ASSETS, "assets", "roles-assets", "roles-assets-gives"),
    one(Subject::Administration, may::SHARE, "share", "roles-share", "roles-share-gives"),
    one(Subject::Administration, may::KNOWLEDGE, "knowledge", "roles-knowledge", "roles-knowledge-gives"),
    one(Subject::Administration, may::MANAGE_DEPARTMENTS, "manage_departments", "roles-departments", "roles-departments-gives"),
    one(Subject::Administration, may::MANAGE_CHANNELS, "manage_channels", "roles-channels", "roles-channels-gives"),
    one(Subject::Administration, may::MANAGE_SETTINGS, "settings", "roles-settings", "roles-settings-gives"),
    one(Subject::Administration, may::SEE_POST, "see_post", "roles-post", "roles-post-gives"),
    one(Subject::Administration, may::MANAGE_PEOPLE, "manage_people", "roles-people", "roles-people-gives"),
    one(Subject::Administration, may::MANAGE_ROLES, "manage_roles", "roles-roles", "roles-roles-gives"),
    one(Subject::Administration, may::SEE_AUDIT, "see_audit", "roles-audit", "roles-audit-gives"),
    one(Subject::Administration, may::REPORTS, "reports", "roles-reports", "roles-reports-gives"),
];

/// Some of [`PERMISSIONS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Granted(u32);

impl Granted {
    /// Those of a list that can be granted.
    pub fn of(rights: &[&str]) -> Granted {
        Granted::chosen(|it| rights.contains(&it.right))
    }

    /// Those whose words stand in a stored text. A word of another version grants nothing.
    pub fn read(stored: &str) -> Granted {
        Granted::chosen(|it| stored.split(' ').any(|word| word == it.word))
    }

    /// Those that are chosen.
    pub fn chosen(is_chosen: impl Fn(&Permission) -> bool) -> Granted {
        let all = PERMISSIONS.iter().enumerate();
        Granted(
            all.filter(|(_, it)| is_chosen(it))
                .fold(0, |bits, (at, _)| bits | 1 << at),
        )
    }

    /// They, in the order of the table.
    pub fn list(self) -> impl Iterator<Item = &'static Permission> {
        let all = PERMISSIONS.iter().enumerate();
        all.filter(move |(at, _)| (self.0 >> at) & 1 == 1)
            .map(|(_, it)| it)
    }

    /// The stored text.
    pub fn store(self) -> String {
        self.list().map(|it| it.word).collect::<Vec<_>>().join(" ")
    }

    /// Whether this one is among them.
    pub fn holds(self, it: &Permission) -> bool {
        self.list().any(|held| held.word == it.word)
    }

    /// Those that are not among the others.
    #[must_use]
    pub fn without(self, others: Granted) -> Granted {
        Granted(self.0 & !others.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_survives_being_stored_and_a_word_of_another_version_grants_nothing() {
        let all = Granted::chosen(|_| true);
        assert_eq!(all.list().count(), PERMISSIONS.len());
        assert_eq!(Granted::read(&all.store()), all);
        assert_eq!(Granted::read("note fly own").store(), "note");
        assert!(Granted::read("").is_empty() && Granted::default().store().is_empty());
        assert!(!all.without(Granted::read("note")).holds(&PERMISSIONS[1]));
    }

    #[test]
    fn no_word_and_no_right_stands_for_two() {
        for (at, it) in PERMISSIONS.iter().enumerate() {
            for other in &PERMISSIONS[at + 1..] {
                assert!(
                    it.word != other.word && it.right != other.right,
                    "{}",
                    it.word
                );
            }
        }
    }
}
