//! What administrators say in place of our own sentences, and what they may have filled in.

use super::Event;

/// What is said in place of our own sentences; nothing is ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTexts {
    /// The whole subject, with placeholders.
    pub subject: Option<String>,
    /// The sentence that says what happened.
    pub lead: Option<String>,
    /// What to do or to expect; each line is a paragraph.
    pub next: Option<String>,
    /// What the department writes under its mails; empty for nothing.
    pub signature: String,
}

/// A placeholder, and the key of what it stands for.
pub type Placeholder = (&'static str, &'static str);

const ACTOR: Placeholder = ("actor.name", "wording-is-actor");
const ASSIGNEE: Placeholder = ("assignee.name", "wording-is-assignee");
const NUMBER: Placeholder = ("ticket.number", "wording-is-number");
const SUBJECT: Placeholder = ("ticket.subject", "wording-is-subject");
const DEPARTMENT: Placeholder = ("department.name", "wording-is-department");
const DESK: Placeholder = ("desk.name", "wording-is-desk");
const DATE: Placeholder = ("date", "wording-is-date");
const HOURS: Placeholder = ("hours", "wording-is-hours");
const SIZE: Placeholder = ("size", "wording-is-size");

impl Event {
    /// Its word: in addresses, and as it is kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        // What follows the second dash of its key.
        self.key().splitn(3, '-').last().unwrap_or_default()
    }

    /// The event of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }

    /// What its texts may have filled in.
    #[must_use]
    pub fn placeholders(self) -> &'static [Placeholder] {
        match self {
            Event::PasswordLink | Event::SetupLink | Event::SignInCode => &[DESK, HOURS],
            Event::TooLarge => &[SIZE, NUMBER, SUBJECT, DEPARTMENT, DESK],
            Event::Assigned => &[ACTOR, ASSIGNEE, NUMBER, SUBJECT, DEPARTMENT, DESK],
            Event::Postponed | Event::ApprovalReminder => {
                &[ACTOR, DATE, NUMBER, SUBJECT, DEPARTMENT, DESK]
            }
            _ => &[ACTOR, NUMBER, SUBJECT, DEPARTMENT, DESK],
        }
    }
}
