//! Administration pages, in the agents' shell: departments, people, mail.
//!
//! Deliberately absent: any decision about who may open or change what; these pages are given what they show.

pub mod activity;
pub mod channels;
pub mod confidence;
pub mod copied;
pub mod department_access;
pub mod department_journal;
pub mod departments;
pub mod desk;
pub mod filters;
pub mod giving;
pub mod guide;
pub mod inspector;
pub mod invitees;
pub mod journal;
pub mod leaving;
pub mod mailboxes;
pub mod mails;
pub mod mentoring;
pub mod monitoring_mailbox;
pub mod offering;
pub mod outbox;
pub mod people;
pub mod redirects;
pub mod retention;
pub mod roles;
mod sample;
pub mod scopes;
mod section;
pub mod serving;
pub mod sharing;
pub mod signature;
pub mod teams;
pub mod templates;
pub mod waiting;
pub mod wording;

pub use section::AdminSection;

use crate::frame::Frame;
use askama::Template;

/// What a member of a department may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Reads the tickets.
    View,
    /// Handles the tickets.
    Edit,
    /// Handles the ones in their charge, and sees no other.
    Assigned,
    /// Has nothing from it.
    None,
}

impl Level {
    /// All levels, the usual one first.
    pub const ALL: [Level; 4] = [Level::Edit, Level::View, Level::Assigned, Level::None];

    /// Value of the form field and of the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::View => "view",
            Level::Edit => "edit",
            Level::Assigned => "assigned",
            Level::None => "none",
        }
    }

    /// Reads a `level` field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Level::View => "admin-level-view",
            Level::Edit => "admin-level-edit",
            Level::Assigned => "admin-level-assigned",
            Level::None => "admin-level-none",
        }
    }
}

/// What a membership holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Tickets.
    Tickets,
    /// Live conversations.
    Chats,
    /// Calls.
    Calls,
}

impl Service {
    /// All of them, in the order they are shown.
    pub const ALL: [Service; 3] = [Service::Tickets, Service::Chats, Service::Calls];

    /// Value of the checkbox and of the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Service::Tickets => "tickets",
            Service::Chats => "chats",
            Service::Calls => "calls",
        }
    }

    /// Reads a word of the database.
    #[must_use]
    pub fn parse(code: &str) -> Option<Service> {
        Service::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Service::Tickets => "admin-service-tickets",
            Service::Chats => "admin-service-chats",
            Service::Calls => "admin-service-calls",
        }
    }
}

/// What surrounds the ticket work of a member, one by one (features F.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// Change the properties of the department.
    ManageProperties,
    /// Change its members.
    ManageManagers,
    /// Change its categories.
    ManageCategories,
    /// Change its answers to frequent questions.
    ManageFaq,
    /// Take a ticket nobody has.
    TakeFreeTicket,
    /// Take a ticket somebody has.
    TakeAssignedTicket,
    /// Give a ticket to somebody.
    AssignTicket,
    /// Send a ticket to another department.
    TransferTicket,
    /// Turn a ticket down.
    RefuseTicket,
    /// Reopen a ticket somebody else closed.
    ReopenAnyTicket,
    /// Say when one is available.
    SetOwnAvailability,
}

impl Privilege {
    /// All of them, in the order they are shown.
    pub const ALL: [Privilege; 11] = [
        Privilege::TakeFreeTicket,
        Privilege::TakeAssignedTicket,
        Privilege::AssignTicket,
        Privilege::TransferTicket,
        Privilege::RefuseTicket,
        Privilege::ReopenAnyTicket,
        Privilege::SetOwnAvailability,
        Privilege::ManageCategories,
        Privilege::ManageFaq,
        Privilege::ManageManagers,
        Privilege::ManageProperties,
    ];

    /// Value of the checkbox and of the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Privilege::ManageProperties => "manage_properties",
            Privilege::ManageManagers => "manage_managers",
            Privilege::ManageCategories => "manage_categories",
            Privilege::ManageFaq => "manage_faq",
            Privilege::TakeFreeTicket => "take_free_ticket",
            Privilege::TakeAssignedTicket => "take_assigned_ticket",
            Privilege::AssignTicket => "assign_ticket",
            Privilege::TransferTicket => "transfer_ticket",
            Privilege::RefuseTicket => "refuse_ticket",
            Privilege::ReopenAnyTicket => "reopen_any_ticket",
            Privilege::SetOwnAvailability => "set_own_availability",
        }
    }

    /// Reads a `privilege` checkbox.
    #[must_use]
    pub fn parse(code: &str) -> Option<Privilege> {
        Privilege::ALL
            .into_iter()
            .find(|privilege| privilege.code() == code)
    }

    /// Key of its label.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Privilege::ManageProperties => "admin-privilege-manage-properties",
            Privilege::ManageManagers => "admin-privilege-manage-managers",
            Privilege::ManageCategories => "admin-privilege-manage-categories",
            Privilege::ManageFaq => "admin-privilege-manage-faq",
            Privilege::TakeFreeTicket => "admin-privilege-take-free-ticket",
            Privilege::TakeAssignedTicket => "admin-privilege-take-assigned-ticket",
            Privilege::AssignTicket => "admin-privilege-assign-ticket",
            Privilege::TransferTicket => "admin-privilege-transfer-ticket",
            Privilege::RefuseTicket => "admin-privilege-refuse-ticket",
            Privilege::ReopenAnyTicket => "admin-privilege-reopen-any-ticket",
            Privilege::SetOwnAvailability => "admin-privilege-set-own-availability",
        }
    }

    /// What a new member gets (the factory defaults of F.2).
    #[must_use]
    pub fn is_usual(self) -> bool {
        !matches!(
            self,
            Privilege::ManageProperties | Privilege::ManageManagers | Privilege::SetOwnAvailability
        )
    }
}

/// How far the set-up is, for whoever may walk through it.
#[derive(Clone, Copy, Debug)]
pub struct SetUp {
    /// How many of its steps were saved.
    pub done: i64,
    /// The version the reader saw.
    pub version: i64,
    /// It is neither finished nor put away, and says so above everything.
    pub is_offered: bool,
}

/// `GET /admin`.
#[derive(Template)]
#[template(path = "admin/overview.html")]
pub struct OverviewPage {
    /// Surroundings.
    pub frame: Frame,
    /// How far the set-up is.
    pub set_up: Option<SetUp>,
    /// Active departments.
    pub departments: i64,
    /// People not disabled.
    pub people: i64,
    /// Of whom agents.
    pub agents: i64,
    /// Scopes nobody looked at for long.
    pub due_reviews: i64,
    /// Incoming mails that could not become a ticket.
    pub held: i64,
    /// Outgoing mails that wait.
    pub waiting: i64,
    /// Outgoing mails given up.
    pub failed: i64,
    /// Whether an outgoing relay is set.
    pub has_relay: bool,
    /// Whether this is the demonstration, whose mails can be read at `/dev/mail`.
    pub is_demonstration: bool,
}

#[cfg(test)]
mod tests {
    use super::{Level, Privilege};

    #[test]
    fn codes_read_back_and_nothing_else_does() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.code()), Some(level));
        }
        for privilege in Privilege::ALL {
            assert_eq!(Privilege::parse(privilege.code()), Some(privilege));
        }
        assert_eq!(Level::parse("owner"), None);
        assert_eq!(Privilege::parse(""), None);
    }
}
