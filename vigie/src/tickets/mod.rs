//! Tickets: what somebody needs, its life, its words, its history.
//!
//! Deliberately absent: who sees a ticket (policy.rs), who is mailed about it (mail/).

pub mod advice;
pub mod api;
pub mod attachments;
pub mod bulk;
pub mod by_rank;
pub mod changes;
pub mod comments;
pub mod composer;
pub mod counts;
pub mod deeds;
pub mod drafts;
pub mod handling;
pub mod handover;
pub mod history;
pub mod joining;
pub mod links;
pub mod listing;
pub mod machine;
pub mod mentions;
pub mod naming;
mod naming_store;
pub mod opening;
pub mod overheard;
pub mod overtaken;
pub mod pages;
pub mod panel;
pub mod participants;
pub mod person_store;
pub mod portal;
pub mod properties;
pub mod reading;
pub mod rewording;
pub mod rights;
pub mod shared;
pub mod solutions;
mod steps;
mod store;
pub mod tags;
pub mod unsent;
pub mod uploads;
pub mod verbs;
pub mod views;

use kit::clock::Moment;
use kit::{id, record, stored_words};

use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::Level;
pub use crate::policy::Visibility;
use machine::State;

id! {
    /// A ticket; also the number people say.
    TicketId
}

impl TicketId {
    /// A number as people write it, with or without `#`.
    pub fn typed(text: &str) -> Option<TicketId> {
        let number = text.trim().trim_start_matches('#');
        number.parse().ok().map(TicketId)
    }
}
id! {
    /// A comment, public or internal.
    CommentId
}
id! {
    /// A line of history.
    EventId
}
id! {
    /// A file on a comment.
    AttachmentId
}

stored_words! {
    /// Which way words came in.
    pub enum Origin {
        /// The agent application.
        Web = "web",
        /// The portal.
        Portal = "portal",
        /// A mail.
        Email = "email",
        /// A call somebody wrote down.
        Phone = "phone",
        /// The REST API.
        Api = "api",
        /// Anything else.
        Other = "other",
    }
}

stored_words! {
    /// Who may read a comment or a line of history.
    pub enum Audience {
        /// Everybody who sees the ticket.
        Public = "public",
        /// The requester, and staff whose scope holds the ticket.
        Requester = "requester",
        /// The invitees, and staff whose scope holds the ticket.
        Invitees = "invitees",
        /// Staff whose scope holds the ticket.
        Staff = "staff",
    }
}

stored_words! {
    /// The side somebody acts from.
    pub enum Hat {
        /// The one who asked.
        Requester = "requester",
        /// Staff.
        Agent = "agent",
        /// Somebody let in.
        Invitee = "invitee",
        /// The desk itself.
        System = "system",
    }
}

record! {
    /// A ticket as its actor sees it: its row, and what their rights to it hang on.
    #[derive(Clone, Debug)]
    pub struct Ticket {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// The department its category belongs to.
        pub department_id: DepartmentId,
        /// Where it lives.
        pub category_id: CategoryId,
        /// Who asked.
        pub requester_id: PersonId,
        /// Who typed it.
        pub author_id: PersonId,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// 1 very low to 5 very high.
        pub priority: i64,
        /// How it came in.
        pub origin: Origin,
        /// Who else may look at it.
        pub visibility: Visibility,
        /// Public comments and notes together.
        pub comment_count: i64,
        /// Who changed it last; `None` is the desk.
        pub last_actor_id: Option<PersonId>,
        /// The side of whoever changed it last.
        pub last_side: Hat,
        /// When it was opened.
        pub created_at: Moment,
        /// When a person last changed it.
        pub updated_at: Moment,
        /// When it stopped being open.
        pub closed_at: Option<Moment>,
        /// When it comes back by itself, while it is put off.
        pub recall_at: Option<Moment>,
        /// What it was waiting for when its holder let go, until somebody takes it up (trap E-12).
        pub left_as: Option<State>,
        /// Its requester was reminded of the closure that waits now.
        pub is_reminded: bool,
        /// The time in which its requester may open it again has passed.
        pub is_reopening_over: bool,
        /// The virtual category by which it came in; none when it came in where it lived.
        pub entry_id: Option<CategoryId>,
        /// The confidential category whose confidants alone see it, beside its own people.
        pub confidential_id: Option<CategoryId>,
        /// Agents are not named on it to people outside: its department is anonymous, or one that it came out of.
        pub is_anonymous: bool,
        /// The actor may know who works on it.
        pub names_agents: bool,
        /// Grows with every change.
        pub version: i64,
        /// Whom the actor serves asked for it; so it is where they serve everybody.
        pub is_served: bool,
        /// The actor's level in the department, or in the confidence; none where it is not served and names them
        /// neither as its holder nor as an observer.
        pub my_level: Option<Level>,
        /// The actor can be given tickets of the department.
        pub my_takes: bool,
        /// The actor's privileges in the department.
        pub my_privileges: Option<String>,
        /// The actor was let in.
        pub am_invitee: bool,
        /// The actor observes it.
        pub am_observer: bool,
        /// Who asked for advice on it, while it needs some and the actor may know.
        pub advice_asker_id: Option<PersonId>,
    }
}
