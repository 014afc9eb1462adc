//! The ticket as its requester sees it.

use crate::fields::Faults;
use crate::frame::Frame;
use crate::portal::{AttachmentLimits, Navigation, State};
use askama::Template;
use words::catalogue::Arg;

/// A file of a message.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, cleaned.
    pub name: String,
    /// Address that downloads it.
    pub href: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// Whether it is a picture.
    pub is_image: bool,
}

/// A public message of the ticket.
#[derive(Clone, Debug)]
pub struct Message {
    /// Identifier of the comment; makes `id="message-{id}"`.
    pub id: i64,
    /// Who wrote.
    pub author: String,
    /// Whether the reader wrote it.
    pub is_mine: bool,
    /// Whether an agent wrote it.
    pub is_agent: bool,
    /// When, UTC microseconds.
    pub at: i64,
    /// Its text as HTML, already made safe; put as it is.
    pub body_html: String,
    /// Its files.
    pub files: Vec<File>,
}

/// One of the four steps of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Key of its name.
    pub key: &'static str,
    /// When it was reached, UTC microseconds.
    pub at: Option<i64>,
    /// Behind us.
    pub is_done: bool,
    /// Where the request stands.
    pub is_current: bool,
}

/// `GET /portal/tickets/{number}`.
#[derive(Template)]
#[template(path = "portal/ticket.html")]
pub struct TicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// Navigation.
    pub navigation: Navigation,
    /// Its number.
    pub number: i64,
    /// Version every action carries.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// Its state.
    pub state: State,
    /// Name of its department.
    pub department: String,
    /// Name of its category.
    pub category: String,
    /// Name of the person in charge.
    pub assignee: Option<String>,
    /// Name of the requester when the reader is only invited.
    pub invited_by: Option<String>,
    /// Names of the invitees.
    pub invitees: Vec<String>,
    /// When it was created, UTC microseconds.
    pub created_at: i64,
    /// When it was first taken.
    pub taken_at: Option<i64>,
    /// When the closure was last proposed.
    pub closed_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Who proposes the closure.
    pub closed_by: Option<String>,
    /// Public messages, oldest first.
    pub messages: Vec<Message>,
    /// Address that shows the whole exchange, and how many older messages it adds.
    pub earlier: Option<(String, i64)>,
    /// May approve or refuse the closure.
    pub may_decide: bool,
    /// May write.
    pub may_reply: bool,
    /// May reopen.
    pub may_reopen: bool,
    /// Reply typed so far.
    pub reply: String,
    /// What was wrong in the reply, at `body` or `files`.
    pub faults: Faults,
    /// Makes a reply sent twice count once; hidden field `once`.
    pub once: String,
    /// How much may be attached.
    pub limits: AttachmentLimits,
}

impl TicketPage {
    /// The four steps, with the one the request stands at.
    #[must_use]
    pub fn steps(&self) -> [Step; 4] {
        let reached = self.state.progress();
        let step = |place: usize, key, at: Option<i64>| Step {
            key,
            // A step left behind by a refusal or a reopening is ahead again: its old date would mislead.
            at: at.filter(|_| place <= reached),
            is_done: place < reached || reached == 3,
            is_current: place == reached,
        };
        let last = if reached == 3 {
            self.state.key()
        } else {
            State::Approved.key()
        };
        [
            step(0, "portal-step-received", Some(self.created_at)),
            step(1, "portal-step-taken", self.taken_at),
            step(2, "portal-step-to-approve", self.closed_at),
            step(3, last, self.ended_at),
        ]
    }

    /// What happens next, in plain words.
    #[must_use]
    pub fn next_step(&self) -> String {
        let department = ("department", Arg::from(&self.department));
        let words = &self.frame.words;
        match (self.state, &self.assignee) {
            (State::Free, _) => words.say_with("portal-next-free", &[department]),
            (State::InProgress, Some(name)) => {
                words.say_with("portal-next-in-progress", &[("name", Arg::from(name))])
            }
            (State::InProgress, None) => words.say_with("portal-next-unassigned", &[department]),
            (State::Incomplete, _) => words.say("portal-next-incomplete").to_owned(),
            (State::Postponed, _) => words.say("portal-next-postponed").to_owned(),
            (State::Closed, _) if self.may_decide => words.say("portal-next-closed").to_owned(),
            (State::Closed, _) => words.say("portal-next-closed-other").to_owned(),
            (State::Refused, _) => words.say("portal-next-refused").to_owned(),
            (State::Cancelled, _) => words.say("portal-next-cancelled").to_owned(),
            _ if self.may_reopen => words.say("portal-next-ended").to_owned(),
            _ => words.say("portal-next-ended-for-good").to_owned(),
        }
    }

    /// Whether the closure asks for an answer of the reader.
    #[must_use]
    pub fn asks_approval(&self) -> bool {
        self.state == State::Closed && self.may_decide
    }
}
