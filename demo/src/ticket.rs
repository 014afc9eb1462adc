//! A ticket and the deeds that made it what it is.
//!
//! Positions and instants as in [`mod@crate::desk`].

use crate::desk::Language;

/// A request and all that happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its public number.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// The language it is written in.
    pub language: Language,
    /// The department it ended in.
    pub department: usize,
    /// The category it ended in, an index into that department's categories.
    pub category: usize,
    /// Who asked.
    pub requester: usize,
    /// Who typed it: the requester, or the agent who took the call.
    pub author: usize,
    /// Who is responsible, an index into the agents.
    pub assignee: Option<usize>,
    /// Where it ended.
    pub state: State,
    /// 1 (very low) to 5 (very high), as it ended.
    pub priority: u8,
    /// How it arrived.
    pub origin: Origin,
    /// The instant of its first event.
    pub created_at: i64,
    /// The instant of its last event.
    pub updated_at: i64,
    /// In time order; the first is always [`Deed::Create`].
    pub events: Vec<Event>,
}

/// Where a ticket stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Open, nobody holds it.
    Free,
    /// Open, somebody works on it.
    InProgress,
    /// Open, waits for the requester.
    Incomplete,
    /// Open, put off to a date.
    Postponed,
    /// Awaits the requester's approval.
    Closed,
    /// Ended with the requester's approval.
    Approved,
    /// Ended without an answer from the requester.
    Expired,
    /// Ended by its holder, who would not treat it.
    Refused,
    /// Ended by its requester.
    Cancelled,
}

impl State {
    /// True in the four states where work is still expected.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Free | Self::InProgress | Self::Incomplete | Self::Postponed
        )
    }
}

/// How a ticket or a message arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The portal or the agents' pages.
    Web,
    /// A mail.
    Email,
    /// A call, typed by an agent.
    Phone,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: i64,
    /// Who did it.
    pub actor: Actor,
    /// By which way.
    pub via: Origin,
    /// What.
    pub deed: Deed,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person, index into the people (agents too).
    Person(usize),
    /// A timed job of the desk.
    System,
}

/// Who reads a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Everybody who sees the ticket.
    Public,
    /// Agents only: an internal note.
    Staff,
}

/// What was done. Bodies are Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The ticket was created, in the category where it first landed.
    Create {
        /// First department.
        department: usize,
        /// First category.
        category: usize,
        /// First priority.
        priority: u8,
        /// What was asked.
        body: String,
        /// The files that came with it.
        attachments: Vec<Attachment>,
    },
    /// Something was said.
    Comment {
        /// To whom.
        audience: Audience,
        /// What.
        body: String,
        /// The files that came with it.
        attachments: Vec<Attachment>,
    },
    /// The actor became responsible.
    Take,
    /// The actor made an agent responsible.
    Assign {
        /// Index into the agents.
        agent: usize,
    },
    /// The holder let go.
    Release,
    /// The holder needs the requester to say more.
    AskInformation {
        /// The question.
        body: String,
    },
    /// The holder put it off.
    Postpone {
        /// Until when.
        until: i64,
    },
    /// The date came, or the holder did not wait for it.
    Recall,
    /// The holder thinks it is done (or its requester no longer needs it).
    Close {
        /// What was done.
        body: String,
    },
    /// The requester agrees that it is done.
    Approve,
    /// The requester does not agree that it is done.
    RefuseClosure {
        /// Why.
        body: String,
    },
    /// Nobody answered the closure in time.
    Expire,
    /// The holder will not treat it.
    RefuseTicket {
        /// Why.
        body: String,
    },
    /// The requester takes it back.
    Cancel,
    /// An ended ticket starts again.
    Reopen {
        /// Why.
        body: String,
    },
    /// It moved to another category, of the same department or not.
    Transfer {
        /// New department.
        department: usize,
        /// New category.
        category: usize,
    },
    /// It became more or less pressing.
    SetPriority {
        /// New priority, 1 to 5.
        priority: u8,
    },
    /// Somebody was invited to follow it.
    Invite {
        /// Index into the people.
        person: usize,
    },
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}
