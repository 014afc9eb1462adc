//! Tickets as pages see them: states, priorities, people, what the viewer may do.

pub mod as_sent;
mod attached;
pub mod bulk;
pub mod changes;
pub mod composer;
pub mod handling;
pub mod list;
pub mod list_panels;
pub mod list_samples;
pub mod opening;
pub mod panel;
pub mod people;
pub mod sample_thread;
pub mod samples;
pub mod show;
pub mod thread;
pub mod unsent;
pub mod view;
pub mod visibility;
pub mod work_lines;

use crate::frame::initials;

/// State of a ticket, named as in the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateView {
    /// Open, nobody in charge.
    Free,
    /// Open, somebody in charge.
    InProgress,
    /// Open, the requester was asked something.
    Incomplete,
    /// Open, put off.
    Postponed,
    /// Closed by an agent, waiting for the requester's approval.
    Closed,
    /// Ended, the requester approved.
    Approved,
    /// Ended, the requester never answered.
    Expired,
    /// Ended, an agent declined it.
    Refused,
    /// Ended, the requester gave it up.
    Cancelled,
    /// Put away.
    Archived,
    /// Its words are in another ticket.
    Merged,
}

impl StateView {
    /// Every state, in the order of a ticket's life.
    pub const ALL: [StateView; 11] = [
        StateView::Free,
        StateView::InProgress,
        StateView::Incomplete,
        StateView::Postponed,
        StateView::Closed,
        StateView::Approved,
        StateView::Expired,
        StateView::Refused,
        StateView::Cancelled,
        StateView::Archived,
        StateView::Merged,
    ];

    /// Value of the `state` parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            StateView::Free => "free",
            StateView::InProgress => "in-progress",
            StateView::Incomplete => "incomplete",
            StateView::Postponed => "postponed",
            StateView::Closed => "closed",
            StateView::Approved => "approved",
            StateView::Expired => "expired",
            StateView::Refused => "refused",
            StateView::Cancelled => "cancelled",
            StateView::Archived => "archived",
            StateView::Merged => "merged",
        }
    }

    /// Reads a `state` parameter.
    #[must_use]
    pub fn parse(code: &str) -> Option<StateView> {
        StateView::ALL
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            StateView::Free => "tickets-state-free",
            StateView::InProgress => "tickets-state-in-progress",
            StateView::Incomplete => "tickets-state-incomplete",
            StateView::Postponed => "tickets-state-postponed",
            StateView::Closed => "tickets-state-closed",
            StateView::Approved => "tickets-state-approved",
            StateView::Expired => "tickets-state-expired",
            StateView::Refused => "tickets-state-refused",
            StateView::Cancelled => "tickets-state-cancelled",
            StateView::Archived => "tickets-state-archived",
            StateView::Merged => "merging-state",
        }
    }

    /// Its icon: the shape says what the colour says.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            StateView::Free => "st-new",
            StateView::InProgress => "st-open",
            StateView::Incomplete | StateView::Postponed => "st-wait",
            StateView::Closed => "st-resolved",
            _ => "st-closed",
        }
    }

    /// Value of `data-s`, the tone the style sheet knows.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            StateView::Free => "new",
            StateView::InProgress => "open",
            StateView::Incomplete | StateView::Postponed => "wait",
            StateView::Closed => "resolved",
            _ => "closed",
        }
    }
}

/// How pressing a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Work has stopped.
    Urgent,
    /// Work is hard.
    High,
    /// The usual.
    Normal,
    /// When there is time.
    Low,
    /// Some day.
    VeryLow,
}

impl Priority {
    /// Every priority, most pressing first.
    pub const ALL: [Priority; 5] = [
        Priority::Urgent,
        Priority::High,
        Priority::Normal,
        Priority::Low,
        Priority::VeryLow,
    ];

    /// As it is kept: 1 very low to 5 urgent.
    #[must_use]
    pub fn level(self) -> i64 {
        match self {
            Priority::VeryLow => 1,
            Priority::Low => 2,
            Priority::Normal => 3,
            Priority::High => 4,
            Priority::Urgent => 5,
        }
    }

    /// Of a level as it is kept; anything beyond the ends is the end.
    #[must_use]
    pub fn of_level(level: i64) -> Priority {
        match level {
            ..=1 => Priority::VeryLow,
            2 => Priority::Low,
            3 => Priority::Normal,
            4 => Priority::High,
            5.. => Priority::Urgent,
        }
    }

    /// Value of the form field and of `data-p`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Priority::Urgent => "urgent",
            Priority::High => "high",
            Priority::Normal => "normal",
            Priority::Low => "low",
            Priority::VeryLow => "very-low",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Priority> {
        Priority::ALL
            .into_iter()
            .find(|priority| priority.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Priority::Urgent => "tickets-priority-urgent",
            Priority::High => "tickets-priority-high",
            Priority::Normal => "tickets-priority-normal",
            Priority::Low => "tickets-priority-low",
            Priority::VeryLow => "tickets-priority-very-low",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Priority::Urgent => "pr-urgent",
            Priority::High => "pr-high",
            Priority::Normal => "pr-normal",
            Priority::Low | Priority::VeryLow => "pr-low",
        }
    }
}

/// Who touched a ticket last, seen by the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastActor {
    /// The reader.
    You,
    /// Another agent.
    Agent,
    /// The requester, or somebody on their side.
    Requester,
    /// A job.
    System,
}

impl LastActor {
    /// Value of `data-by`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LastActor::You => "me",
            LastActor::Agent => "agent",
            LastActor::Requester => "client",
            LastActor::System => "system",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            LastActor::You => "check",
            LastActor::Agent => "headset",
            LastActor::Requester => "user",
            LastActor::System => "zap",
        }
    }

    /// Key of what it says.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            LastActor::You => "tickets-last-you",
            LastActor::Agent => "tickets-last-agent",
            LastActor::Requester => "tickets-last-requester",
            LastActor::System => "tickets-last-system",
        }
    }
}

/// The way a request or a comment came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The customer portal.
    Portal,
    /// A mail.
    Mail,
    /// A call, typed by an agent.
    Phone,
    /// In person, typed by an agent.
    Desk,
    /// A program.
    Api,
}

impl Origin {
    /// Every way in.
    pub const ALL: [Origin; 5] = [
        Origin::Portal,
        Origin::Mail,
        Origin::Phone,
        Origin::Desk,
        Origin::Api,
    ];

    /// What an agent may choose when filing for somebody.
    pub const BY_HAND: [Origin; 3] = [Origin::Phone, Origin::Desk, Origin::Mail];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Origin::Portal => "portal",
            Origin::Mail => "mail",
            Origin::Phone => "phone",
            Origin::Desk => "desk",
            Origin::Api => "api",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Origin> {
        Origin::ALL.into_iter().find(|origin| origin.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Origin::Portal => "tickets-origin-portal",
            Origin::Mail => "tickets-origin-mail",
            Origin::Phone => "tickets-origin-phone",
            Origin::Desk => "tickets-origin-desk",
            Origin::Api => "tickets-origin-api",
        }
    }

    /// Key of « par e-mail ».
    #[must_use]
    pub fn via(self) -> &'static str {
        match self {
            Origin::Portal => "tickets-via-portal",
            Origin::Mail => "tickets-via-mail",
            Origin::Phone => "tickets-via-phone",
            Origin::Desk => "tickets-via-desk",
            Origin::Api => "tickets-via-api",
        }
    }

    /// Key of « Ouvert … par e-mail, demandeur ».
    #[must_use]
    pub fn opened(self) -> &'static str {
        match self {
            Origin::Portal => "tickets-opened-portal",
            Origin::Mail => "tickets-opened-mail",
            Origin::Phone => "tickets-opened-phone",
            Origin::Desk => "tickets-opened-desk",
            Origin::Api => "tickets-opened-api",
        }
    }
}

/// Somebody, small.
#[derive(Clone, Debug)]
pub struct PersonChip {
    /// Full name, or address when the name is unknown.
    pub name: String,
    /// For the avatar.
    pub initials: String,
    /// The reader.
    pub is_you: bool,
}

impl PersonChip {
    /// A person who is not the reader.
    #[must_use]
    pub fn new(name: &str) -> PersonChip {
        PersonChip {
            name: name.to_owned(),
            initials: initials(name),
            is_you: false,
        }
    }

    /// The reader.
    #[must_use]
    pub fn you(name: &str) -> PersonChip {
        PersonChip {
            is_you: true,
            ..PersonChip::new(name)
        }
    }
}

/// What the viewer may do to this ticket now. An action that can never apply is absent from the page, so these are
/// the whole truth: the query that found the ticket returns them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "eight independent rights, one for each action"
)]
pub struct MayFlags {
    /// Write a comment the requester reads.
    pub reply: bool,
    /// Write a comment only agents read.
    pub note: bool,
    /// Become the assignee.
    pub take: bool,
    /// Stop being the assignee.
    pub release: bool,
    /// Propose the closure, or close one's own request.
    pub close: bool,
    /// Approve the closure.
    pub approve: bool,
    /// Refuse the closure.
    pub refuse_closure: bool,
    /// Reopen.
    pub reopen: bool,
}

/// One choice of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Value sent.
    pub value: String,
    /// Text shown.
    pub name: String,
    /// Chosen now.
    pub selected: bool,
}

/// Choices under one heading, for `<optgroup>`.
#[derive(Clone, Debug)]
pub struct ChoiceGroup {
    /// Heading.
    pub name: String,
    /// Choices.
    pub choices: Vec<Choice>,
}
