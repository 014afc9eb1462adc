//! What agents may do, application-wide: roles and the permissions that they bundle.

use kit::authz::Actor;
use kit::stored_words;

stored_words! {
    /// What an agent may do, application-wide. Ranks: owner, then admin, then everybody else.
    pub enum Role {
        /// Account owner.
        Owner = "owner",
        /// Unrestricted agent.
        Admin = "admin",
        /// Handles tickets.
        Agent = "agent",
        /// Reads only.
        Viewer = "viewer",
    }
}

/// Permissions of roles, application-wide. Each is the catalogue key of its own refusal, too.
pub mod permission {
    /// Opens the agent application.
    pub const STAFF: &str = "right-staff";
    /// Writes public replies.
    pub const REPLY: &str = "right-reply";
    /// Writes internal notes.
    pub const NOTE: &str = "right-note";
    /// Reads internal notes.
    pub const READ_NOTES: &str = "right-read-notes";
    /// Takes, releases, closes, reopens; opens tickets for others.
    pub const HANDLE: &str = "right-handle";
    /// Every privilege in every department.
    pub const EVERY_PRIVILEGE: &str = "right-every-privilege";
    /// Takes lists away as files.
    pub const EXPORT: &str = "right-export";
    /// Administration: departments, people, mail.
    pub const ADMINISTER: &str = "right-administer";
    /// The account itself: makes owners, changes owners.
    pub const OWN: &str = "right-own";
    /// What only time does: no role has it.
    pub const TIMERS: &str = "right-desk";
}

impl Role {
    /// The permissions the role bundles.
    pub const fn permissions(self) -> &'static [&'static str] {
        use permission::*;
        match self {
            Role::Owner => &[
                STAFF,
                REPLY,
                NOTE,
                READ_NOTES,
                HANDLE,
                EXPORT,
                EVERY_PRIVILEGE,
                ADMINISTER,
                OWN,
            ],
            Role::Admin => &[
                STAFF,
                REPLY,
                NOTE,
                READ_NOTES,
                HANDLE,
                EXPORT,
                EVERY_PRIVILEGE,
                ADMINISTER,
            ],
            Role::Agent => &[STAFF, REPLY, NOTE, READ_NOTES, HANDLE, EXPORT],
            Role::Viewer => &[STAFF, READ_NOTES],
        }
    }

    /// Owner 3, admin 2, everybody else 1: nobody raises anybody above their own rank.
    pub const fn rank(self) -> u8 {
        match self {
            Role::Owner => 3,
            Role::Admin => 2,
            Role::Agent | Role::Viewer => 1,
        }
    }
}

/// The rank of an actor, as [`Role::rank`] counts; 0 for whoever is not staff.
pub fn rank(actor: &Actor) -> u8 {
    if actor.is_permitted(permission::OWN) {
        Role::Owner.rank()
    } else if actor.is_permitted(permission::ADMINISTER) {
        Role::Admin.rank()
    } else {
        u8::from(actor.is_permitted(permission::STAFF))
    }
}
