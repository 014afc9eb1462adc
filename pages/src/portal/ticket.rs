//! The ticket as its requester sees it.

use crate::fields::Faults;
use crate::frame::Frame;
use crate::portal::{AttachmentLimits, Navigation, plain_state, progress};
use crate::tickets::thread::{AttachmentView, Redacted};
use crate::tickets::unsent::UnsentView;
use crate::tickets::visibility::Visibility;
use crate::tickets::{PersonChip, StateView};
use askama::Template;
use words::catalogue::Arg;

/// A message of the ticket. It has no audience: a note among agents cannot be put on this page.
#[derive(Clone, Debug)]
pub struct Message {
    /// Identifier of the comment; the page's anchor is `comment-{id}`.
    pub id: i64,
    /// Who wrote.
    pub author: PersonChip,
    /// Whether an agent wrote it.
    pub is_agent: bool,
    /// When, UTC microseconds.
    pub at: i64,
    /// Body, as HTML already made safe (crate `letter`).
    pub safe_html: String,
    /// Quoted text of earlier mails, likewise safe; shown folded.
    pub safe_quoted_html: Option<String>,
    /// It is a mail that does not come from whom it names.
    pub is_forged: bool,
    /// Language of the text when known.
    pub language: Option<String>,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
    /// The ticket it was written on, when that one was merged into this.
    pub from_ticket: Option<i64>,
    /// When its author put it right, UTC microseconds.
    pub edited_micros: Option<i64>,
    /// Where its author puts it right, while it is the last.
    pub reword_href: Option<String>,
    /// Something was taken out of it.
    pub redacted: Option<Box<Redacted>>,
}

/// Somebody let in.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// Their identifier; none for an agent who is not named, whom nobody outside lets out.
    pub id: Option<i64>,
    /// Their name, or their department's.
    pub name: String,
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
    pub state: StateView,
    /// Name of its department.
    pub department: String,
    /// Name of its category.
    pub category: String,
    /// The virtual place it was sent to, when it lives elsewhere.
    pub came_in_by: Option<String>,
    /// Name of the person in charge.
    pub assignee: Option<String>,
    /// Name of the requester when the reader is only invited.
    pub invited_by: Option<String>,
    /// Who was let in.
    pub invitees: Vec<Invitee>,
    /// May invite a colleague, and take an invitation back.
    pub may_invite: bool,
    /// Addresses and message of an invitation that was refused, at `people` of the faults.
    pub invitation: (String, String),
    /// Who beside its own people may look at it.
    pub visibility: Visibility,
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
    /// May withdraw the request.
    pub may_cancel: bool,
    /// May put its subject and priority right.
    pub may_correct: bool,
    /// May open a ticket that follows it.
    pub may_follow_up: bool,
    /// It was merged into another; into which one, when the reader sees that one.
    pub merged: Option<Option<i64>>,
    /// Reply typed so far.
    pub reply: String,
    /// It was typed and not sent.
    pub unsent: Option<UnsentView>,
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
        let reached = progress(self.state);
        let step = |place: usize, key, at: Option<i64>| Step {
            key,
            // A step left behind by a refusal or a reopening is ahead again: its old date would mislead.
            at: at.filter(|_| place <= reached),
            is_done: place < reached || reached == 3,
            is_current: place == reached,
        };
        let last = if reached == 3 {
            plain_state(self.state)
        } else {
            plain_state(StateView::Approved)
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
            (StateView::Free, _) => words.say_with("portal-next-free", &[department]),
            (StateView::InProgress, Some(name)) => {
                words.say_with("portal-next-in-progress", &[("name", Arg::from(name))])
            }
            (StateView::InProgress, None) => {
                words.say_with("portal-next-unassigned", &[department])
            }
            (StateView::Incomplete, _) => words.say("portal-next-incomplete").to_owned(),
            (StateView::Postponed, _) => words.say("portal-next-postponed").to_owned(),
            (StateView::Closed, _) if self.may_decide => words.say("portal-next-closed").to_owned(),
            (StateView::Closed, _) => words.say("portal-next-closed-other").to_owned(),
            (StateView::Refused, _) => words.say("portal-next-refused").to_owned(),
            (StateView::Cancelled, _) => words.say("portal-next-cancelled").to_owned(),
            (StateView::Merged, _) => words.say("merging-portal-next").to_owned(),
            _ if self.may_reopen => words.say("portal-next-ended").to_owned(),
            _ => words.say("portal-next-ended-for-good").to_owned(),
        }
    }

    /// Whether an invitation was refused, and its form is shown open.
    #[must_use]
    pub fn invitation_refused(&self) -> bool {
        self.faults.has("people")
    }

    /// Whether the closure asks for an answer of the reader.
    #[must_use]
    pub fn asks_approval(&self) -> bool {
        self.state == StateView::Closed && self.may_decide
    }
}
