//! What agents may do, application-wide: the roles that bundle permissions (decision 0024).
//!
//! Deliberately absent: which tickets anybody sees, which is a matter of scope alone, and what the rank of
//! owners and administrators gives, which no other role can be granted.

use std::borrow::Cow;

use kit::authz::{Actor, Reach};
use kit::db::{Column, Row, Value};
use kit::error::{Because, Error};

use super::is_in_every_confidence;
pub use super::permissions::{Granted, PERMISSIONS, Permission, Subject, permission};
use permission as may;

/// A role of this desk: which, and what it grants now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Custom {
    /// Its row.
    pub id: i64,
    /// What it grants.
    pub granted: Granted,
}

/// What an agent may do, application-wide. Ranks: owner, then admin, then everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Account owner.
    Owner,
    /// Unrestricted agent.
    Admin,
    /// Handles tickets.
    Agent,
    /// Reads only.
    Viewer,
    /// Sets the desk up, and handles no ticket.
    Advisor,
    /// Learns: reads, and writes notes.
    Trainee,
    /// One of this desk's own.
    Custom(Custom),
}

impl Role {
    /// Those that every desk has, in the order in which they are shown.
    pub const SHIPPED: &'static [Role] = &[
        Role::Owner,
        Role::Admin,
        Role::Agent,
        Role::Trainee,
        Role::Viewer,
        Role::Advisor,
    ];

    /// The word that is stored of it.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Agent => "agent",
            Role::Viewer => "viewer",
            Role::Advisor => "advisor",
            Role::Trainee => "trainee",
            Role::Custom(_) => "custom",
        }
    }

    /// What names it in forms and to programs: the word of a shipped role, the number of another.
    pub fn code(self) -> String {
        match self {
            Role::Custom(custom) => custom.id.to_string(),
            shipped => shipped.word().to_owned(),
        }
    }

    /// The shipped role of a word.
    pub fn of(word: &str) -> Option<Role> {
        Role::SHIPPED.iter().copied().find(|it| it.word() == word)
    }

    /// The row of a role of this desk.
    pub const fn own_row(self) -> Option<i64> {
        match self {
            Role::Custom(custom) => Some(custom.id),
            _ => None,
        }
    }

    /// The permissions the role bundles.
    pub fn permissions(self) -> Cow<'static, [&'static str]> {
        let shipped: &'static [&'static str] = match self {
            Role::Owner => return ADMIN.iter().copied().chain([may::OWN]).collect(),
            Role::Admin => ADMIN,
            Role::Agent => AGENT,
            Role::Viewer => &[may::STAFF, may::READ_NOTES],
            Role::Advisor => ADVISOR,
            Role::Trainee => &[may::STAFF, may::READ_NOTES, may::NOTE],
            Role::Custom(custom) => {
                let granted = custom.granted.list().map(|it| it.right);
                return [may::STAFF].into_iter().chain(granted).collect();
            }
        };
        Cow::Borrowed(shipped)
    }

    /// Those of its permissions that any role may be granted.
    pub fn granted(self) -> Granted {
        match self {
            Role::Custom(custom) => custom.granted,
            shipped => Granted::of(&shipped.permissions()),
        }
    }

    /// Whether it carries a permission.
    pub fn carries(self, right: &str) -> bool {
        self.permissions().contains(&right)
    }

    /// Owner 3, admin 2, everybody else 1: nobody raises anybody above their own rank.
    pub const fn rank(self) -> u8 {
        match self {
            Role::Owner => 3,
            Role::Admin => 2,
            _ => 1,
        }
    }

    /// Whether it gives something that the actor does not have: they neither give it nor change who has it.
    pub fn is_beyond(self, actor: &Actor) -> bool {
        self.rank() > rank(actor) || !self.permissions().iter().all(|it| actor.is_permitted(it))
    }
}

const AGENT: &[&str] = &[
    may::STAFF,
    may::REPLY,
    may::NOTE,
    may::READ_NOTES,
    may::HANDLE,
    may::ESCALATE,
    may::ASSIGN,
    may::TRANSFER,
    may::CLOSE,
    may::MERGE,
    may::BULK,
    may::EXPORT,
];

const ADVISOR: &[&str] = &[
    may::STAFF,
    may::READ_NOTES,
    may::SHARE,
    may::KNOWLEDGE,
    may::MANAGE_DEPARTMENTS,
    may::MANAGE_CHANNELS,
];

const ADMIN: &[&str] = &[
    may::STAFF,
    may::REPLY,
    may::NOTE,
    may::READ_NOTES,
    may::HANDLE,
    may::ESCALATE,
    may::ASSIGN,
    may::TRANSFER,
    may::CLOSE,
    may::MERGE,
    may::BULK,
    may::EXPORT,
    may::IMPORT,
    may::ASSETS,
    may::SHARE,
    may::KNOWLEDGE,
    may::MANAGE_DEPARTMENTS,
    may::MANAGE_CHANNELS,
    may::MANAGE_SETTINGS,
    may::SEE_POST,
    may::MANAGE_PEOPLE,
    may::MANAGE_ROLES,
    may::SEE_AUDIT,
    may::REPORTS,
    may::EVERY_PRIVILEGE,
];

/// What opens a part of administration, and the overview with it.
pub const ADMINISTRATION: &[&str] = &[
    may::MANAGE_PEOPLE,
    may::MANAGE_ROLES,
    may::MANAGE_DEPARTMENTS,
    may::MANAGE_CHANNELS,
    may::MANAGE_SETTINGS,
    may::SEE_POST,
    may::SEE_AUDIT,
    may::REPORTS,
];

/// The rank of an actor, as [`Role::rank`] counts; 0 for whoever is not staff.
pub fn rank(actor: &Actor) -> u8 {
    if actor.is_permitted(permission::OWN) {
        Role::Owner.rank()
    } else if actor.is_permitted(permission::EVERY_PRIVILEGE) {
        Role::Admin.rank()
    } else {
        u8::from(actor.is_permitted(permission::STAFF))
    }
}

/// Whether eyes that reach so far would see more than the actor's: nobody gives them, nor borrows them.
pub fn reaches_beyond(reach: Reach, actor: &Actor) -> bool {
    let width = |reach| match reach {
        Reach::Nothing | Reach::Shared | Reach::Own => 0,
        Reach::Assigned => 1,
        Reach::ServedDepartments | Reach::Departments | Reach::ServedEverywhere => 2,
        Reach::Everything => 3,
    };
    // Departments, and some of everything, are no part of each other; nor do two who serve some serve the same.
    let is_apart =
        width(reach) == 2 && (reach, actor.reach()) != (Reach::Departments, Reach::Departments);
    width(reach) > width(actor.reach()) || (is_apart && width(actor.reach()) == 2)
}

/// Whether the actor touches whoever has this role, or none: nobody touches somebody who may more than they do.
/// Who changes an agent's address can come in as them and see what they see, so their own eyes have to see everything, and
/// what that agent was let into.
///
/// # Errors
/// What is missing.
pub fn touches(actor: &Actor, role: Option<Role>, is_confidant: bool) -> Result<(), Because> {
    match role {
        Some(role) if role.is_beyond(actor) => Err(Because("right-above-rank")),
        Some(_) if actor.reach() != Reach::Everything => Err(Because("right-see-everything")),
        Some(_) if is_confidant && !is_in_every_confidence(actor) => {
            Err(Because("right-every-confidence"))
        }
        _ => Ok(()),
    }
}

/// A stored role: its word, or number and permissions of one of this desk, as
/// `COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role)` gives them. So what somebody may do comes
/// with who they are, in the same query.
fn stored(text: &str) -> Option<Role> {
    let Some((number, words)) = text.split_once(' ') else {
        return Role::of(text);
    };
    Some(Role::Custom(Custom {
        id: number.parse().ok()?,
        granted: Granted::read(words),
    }))
}

impl Column for Role {
    fn read(row: &Row, name: &str) -> Result<Self, Error> {
        let text = <String as Column>::read(row, name)?;
        stored(&text).ok_or_else(|| Error::bug(format!("column {name} holds {text:?}")))
    }

    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error> {
        let Some(text) = <String as Column>::read_optional(row, name)? else {
            return Ok(None);
        };
        let role = stored(&text);
        role.map(Some)
            .ok_or_else(|| Error::bug(format!("column {name} holds {text:?}")))
    }
}

impl From<Role> for Value {
    fn from(role: Role) -> Value {
        Value::Word(role.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{AgentScope, actor};

    #[test]
    fn an_actor_ranks_as_their_role_does() {
        for role in Role::SHIPPED {
            let them = actor(1, Some((*role, AgentScope::Group)));
            assert_eq!(rank(&them), role.rank(), "{role:?}");
        }
        assert_eq!(rank(&actor(1, None)), 0);
        let all = Role::Custom(Custom {
            id: 7,
            granted: Role::Admin.granted(),
        });
        assert_eq!(rank(&actor(1, Some((all, AgentScope::Global)))), 1);
    }

    #[test]
    fn what_rank_gives_is_granted_to_no_role() {
        let granted: Vec<&str> = PERMISSIONS.iter().map(|it| it.right).collect();
        for right in [may::OWN, may::EVERY_PRIVILEGE, may::TIMERS, may::STAFF] {
            assert!(!granted.contains(&right), "{right}");
        }
        assert_eq!(Role::Admin.granted().list().count(), PERMISSIONS.len());
        assert_eq!(Role::Owner.granted(), Role::Admin.granted());
    }

    #[test]
    fn a_stored_role_is_a_word_or_a_number_with_permissions() {
        assert_eq!(
            stored("7 note close"),
            Some(Role::Custom(Custom {
                id: 7,
                granted: Granted::read("note close"),
            }))
        );
        assert_eq!(stored("7 "), stored("7 fly"));
        assert_eq!(stored("advisor"), Some(Role::Advisor));
        for nonsense in ["custom", "7", "", "x note"] {
            assert_eq!(stored(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn nobody_gives_what_they_do_not_have() {
        let group = |role| actor(1, Some((role, AgentScope::Group)));
        let keeper = Role::Custom(Custom {
            id: 7,
            granted: Granted::read("read_notes note manage_people manage_roles"),
        });
        for (role, by, is_beyond) in [
            (Role::Owner, Role::Admin, true),
            (Role::Admin, Role::Admin, false),
            (Role::Owner, Role::Owner, false),
            (Role::Advisor, Role::Admin, false),
            (Role::Agent, keeper, true),
            (Role::Viewer, keeper, false),
            (Role::Trainee, keeper, false),
            (Role::Advisor, keeper, true),
            (keeper, keeper, false),
            (keeper, Role::Agent, true),
        ] {
            assert_eq!(role.is_beyond(&group(by)), is_beyond, "{role:?} by {by:?}");
        }
        let narrow = actor(1, Some((Role::Agent, AgentScope::Restricted)));
        assert!(reaches_beyond(Reach::Departments, &narrow));
        assert!(!reaches_beyond(Reach::Assigned, &narrow));
    }
}
