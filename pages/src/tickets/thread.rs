//! The thread of a ticket: comments, notes and history, in the order things happened.

pub use super::attached::{AttachmentView, Redacted, Removal};
use super::changes::Change;
use super::work_lines::WorkLine;
use super::{Origin, PersonChip, Priority, StateView};
use words::catalogue::Arg;
use words::reader::Words;

/// Which part of the thread is shown; its code is the `show` parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Everything.
    All,
    /// Public comments.
    Exchanges,
    /// Internal notes.
    Notes,
    /// History.
    History,
}

impl Show {
    /// The tabs, in order.
    pub const ALL: [Show; 4] = [Show::All, Show::Exchanges, Show::Notes, Show::History];

    /// Value of the `show` parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Show::All => "all",
            Show::Exchanges => "exchanges",
            Show::Notes => "notes",
            Show::History => "history",
        }
    }

    /// Reads a `show` parameter; anything else shows all.
    #[must_use]
    pub fn parse(code: &str) -> Show {
        Show::ALL
            .into_iter()
            .find(|show| show.code() == code)
            .unwrap_or(Show::All)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Show::All => "tickets-show-all",
            Show::Exchanges => "tickets-show-exchanges",
            Show::Notes => "tickets-show-notes",
            Show::History => "tickets-show-history",
        }
    }
}

/// How many of each the reader may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThreadCounts {
    /// Public comments.
    pub exchanges: i64,
    /// Internal notes.
    pub notes: i64,
    /// History entries.
    pub history: i64,
}

impl ThreadCounts {
    /// The count on a tab. « Tout » counts what is written and what happened.
    #[must_use]
    pub fn of(&self, show: Show) -> i64 {
        match show {
            Show::All => self.exchanges + self.notes + self.history,
            Show::Exchanges => self.exchanges,
            Show::Notes => self.notes,
            Show::History => self.history,
        }
    }
}

/// What a comment's author is to the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorRole {
    /// Who asked.
    Requester,
    /// Who was invited.
    Invitee,
    /// Staff.
    Agent,
}

/// Who reads a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The requester, the invitees and the agents.
    Public,
    /// The requester and the agents.
    Requester,
    /// The invitees and the agents.
    Invitees,
    /// Agents only.
    Staff,
}

impl Audience {
    /// Every audience, the widest first.
    pub const ALL: [Audience; 4] = [
        Audience::Public,
        Audience::Requester,
        Audience::Invitees,
        Audience::Staff,
    ];

    /// Those of a reply, which is no internal note.
    pub const REPLIES: [Audience; 3] = [Audience::Public, Audience::Requester, Audience::Invitees];

    /// Key of who reads it, for the choice of a composer.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Audience::Public => "properties-audience-public",
            Audience::Requester => "properties-audience-requester",
            Audience::Invitees => "properties-audience-invitees",
            Audience::Staff => "properties-audience-staff",
        }
    }

    /// Whether only some of those on the ticket read it.
    #[must_use]
    pub fn is_narrowed(self) -> bool {
        matches!(self, Audience::Requester | Audience::Invitees)
    }

    /// Value of the form field `audience`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Requester => "requester",
            Audience::Invitees => "invitees",
            Audience::Staff => "staff",
        }
    }

    /// Reads the form field; there is no default, because a note sent as a reply cannot be taken back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Audience> {
        Audience::ALL
            .into_iter()
            .find(|audience| audience.code() == code)
    }
}

/// The mail that a comment was.
#[derive(Clone, Debug)]
pub struct LetterView {
    /// Where it is shown as it was sent; `?pictures=1` with pictures of other hosts.
    pub href: String,
    /// How many of these it named.
    pub pictures: i64,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct CommentView {
    /// Its id; the page's anchor is `comment-{id}`.
    pub id: i64,
    /// Who wrote it.
    pub author: PersonChip,
    /// What they are to the ticket.
    pub role: AuthorRole,
    /// Who reads it.
    pub audience: Audience,
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// How it came in; `None` when typed here.
    pub via: Option<Origin>,
    /// Body, as HTML already made safe (crate `letter`).
    pub safe_html: String,
    /// Quoted text of earlier mails, likewise safe; shown folded.
    pub safe_quoted_html: Option<String>,
    /// It is a mail that does not come from whom it names.
    pub is_forged: bool,
    /// The mail it was, when there is more to see of it than its words and the reader may.
    pub letter: Option<LetterView>,
    /// Language of the text when known.
    pub language: Option<String>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// The ticket it was written on, when that one was merged into this.
    pub from_ticket: Option<i64>,
    /// Where it becomes a ticket of its own, when the reader may make it one.
    pub split_href: Option<String>,
    /// When its author put it right, UTC microseconds.
    pub edited_micros: Option<i64>,
    /// Where its author puts it right, while it is the last.
    pub reword_href: Option<String>,
    /// Something was taken out of it.
    pub redacted: Option<Box<Redacted>>,
    /// Where something is taken out of it, when the reader may do that.
    pub redact_href: Option<String>,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Opened, by this way in.
    Created(Origin),
    /// Taken in charge.
    Taken,
    /// Taken from this colleague.
    TakenFrom(String),
    /// Given to this colleague.
    Assigned(String),
    /// Released.
    Released,
    /// Closure proposed.
    Closed,
    /// Closed by the requester.
    ClosedOwn,
    /// Closure approved.
    Approved,
    /// Closure refused.
    ClosureRefused,
    /// Reopened.
    Reopened,
    /// Closed for want of an answer.
    Expired,
    /// Given up by the requester.
    Cancelled,
    /// Declined by an agent.
    Refused,
    /// The requester was asked something.
    Asked,
    /// Put off.
    Postponed,
    /// Called back from being put off.
    Recalled,
    /// Put away.
    Archived,
    /// The requester was reminded of the closure.
    ApprovalReminded,
    /// This person was invited.
    Invited(String),
    /// This person's invitation was withdrawn.
    Uninvited(String),
    /// A mail to this person came back.
    Bounced(String),
    /// Priority before and after.
    PriorityChanged(Priority, Priority),
    /// Subject before and after.
    SubjectChanged(String, String),
    /// Category before and after.
    CategoryChanged(String, String),
    /// Requester before and after.
    RequesterChanged(String, String),
    /// Something beside the thread was changed.
    Changed(Change),
    /// Something of its tasks and its time.
    Work(WorkLine),
    /// Sent to another department.
    Transferred {
        /// Its name.
        department: String,
        /// Department and category before.
        before: String,
        /// Department and category after.
        after: String,
    },
}

/// A line of history.
#[derive(Clone, Debug)]
pub struct EventView {
    /// Who; `Vigie` for a job.
    pub actor: String,
    /// What.
    pub deed: Deed,
    /// State before and after, when it changed.
    pub states: Option<(StateView, StateView)>,
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// The ticket it is of, when that one was merged into this.
    pub from_ticket: Option<i64>,
}

impl EventView {
    /// What follows the actor's name.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        let named = |key, name: &String| words.say_with(key, &[("name", Arg::from(name))]);
        match &self.deed {
            Deed::TakenFrom(name) => named("history-taken-from", name),
            Deed::Assigned(name) => named("history-assigned", name),
            Deed::Invited(name) => named("history-invited", name),
            Deed::Uninvited(name) => named("history-uninvited", name),
            Deed::Bounced(name) => named("history-bounced", name),
            Deed::Changed(change) => change.sentence(words),
            Deed::Work(line) => line.sentence(words),
            Deed::Transferred { department, .. } => named("history-transferred", department),
            deed => words.say(plain_key(deed)).to_owned(),
        }
    }

    /// The words that stood there before, for words that were put right.
    #[must_use]
    pub fn former(&self) -> Option<&str> {
        match &self.deed {
            Deed::Changed(change) => change.former(),
            _ => None,
        }
    }

    /// Value before and after, for changes of a property.
    #[must_use]
    pub fn change<'a>(&'a self, words: &'a Words) -> Option<(&'a str, &'a str)> {
        match &self.deed {
            Deed::PriorityChanged(before, after) => {
                Some((words.say(before.key()), words.say(after.key())))
            }
            Deed::SubjectChanged(before, after)
            | Deed::CategoryChanged(before, after)
            | Deed::RequesterChanged(before, after)
            | Deed::Transferred { before, after, .. } => Some((before, after)),
            Deed::Changed(change) => change.values(words),
            _ => None,
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.deed {
            Deed::Created(_) => "plus",
            Deed::Taken | Deed::TakenFrom(_) | Deed::Assigned(_) => "user-check",
            Deed::Released => "user-minus",
            Deed::Closed | Deed::ClosedOwn | Deed::Approved | Deed::Expired => "circle-check",
            Deed::ClosureRefused | Deed::Cancelled | Deed::Refused => "circle-x",
            Deed::Reopened | Deed::Recalled => "rotate-ccw",
            Deed::Asked => "circle-help",
            Deed::ApprovalReminded => "bell",
            Deed::Postponed => "clock",
            Deed::Archived => "package",
            Deed::Transferred { .. } => "arrow-right-left",
            Deed::Invited(_) | Deed::Uninvited(_) => "mail-plus",
            Deed::Bounced(_) => "triangle-alert",
            Deed::Changed(ref change) => change.icon(),
            Deed::Work(ref line) => line.icon(),
            _ => "history",
        }
    }
}

fn plain_key(deed: &Deed) -> &'static str {
    match deed {
        Deed::Created(Origin::Portal) => "history-created-portal",
        Deed::Created(Origin::Mail) => "history-created-mail",
        Deed::Created(Origin::Phone) => "history-created-phone",
        Deed::Created(Origin::Desk) => "history-created-desk",
        Deed::Created(Origin::Api) => "history-created-api",
        Deed::Taken | Deed::TakenFrom(_) => "history-taken",
        Deed::Assigned(_) => "history-assigned",
        Deed::Released => "history-released",
        Deed::Closed => "history-closed",
        Deed::ClosedOwn => "history-closed-own",
        Deed::Approved => "history-approved",
        Deed::ClosureRefused => "history-closure-refused",
        Deed::Reopened => "history-reopened",
        Deed::Expired => "history-expired",
        Deed::Cancelled => "history-cancelled",
        Deed::Refused => "history-refused",
        Deed::Asked => "history-asked",
        Deed::Postponed => "history-postponed",
        Deed::Recalled => "history-recalled",
        Deed::Archived => "history-archived",
        Deed::ApprovalReminded => "history-approval-reminded",
        Deed::Invited(_) => "history-invited",
        Deed::Uninvited(_) => "history-uninvited",
        Deed::Bounced(_) => "history-bounced",
        Deed::PriorityChanged(..) => "history-changed-priority",
        Deed::SubjectChanged(..) => "history-changed-subject",
        Deed::CategoryChanged(..) => "history-changed-category",
        Deed::RequesterChanged(..) => "history-changed-requester",
        // Says itself.
        Deed::Changed(_) | Deed::Work(_) => "",
        Deed::Transferred { .. } => "history-transferred",
    }
}

/// One item of the thread.
#[derive(Clone, Debug)]
pub enum ThreadItem {
    /// Something written.
    Comment(CommentView),
    /// Something done.
    Event(EventView),
}
