//! Who may do what to which article: whoever sees one reads it; whoever manages knowledge keeps those of no department and
//! of departments they belong to; a manager with the privilege keeps what their department tells its own people.

use kit::authz::{Action, Actor, Judged, Reach};
use kit::error::Because;

use super::{Article, Audience};
use crate::departments::DepartmentId;
use crate::policy::{Level, Privilege, permission};

macro_rules! deeds {
    ($($(#[$meta:meta])* $name:ident = $word:literal),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Action for $name {
            const NAME: &'static str = $word;
        }
    )*};
}
deeds! {
    /// Read it.
    Read = "read",
    /// Write that it is about a ticket.
    Link = "link",
    /// Change it, publish it, withdraw it, throw it away.
    Keep = "keep",
    /// Put an article there.
    Put = "put",
}

/// Where an article stands: for whom, of which department.
#[derive(Clone, Copy, Debug)]
pub struct Shelf {
    /// For whom what stands there is.
    pub audience: Audience,
    /// The department it belongs to.
    pub department: Option<DepartmentId>,
    /// The actor's level in it.
    pub my_level: Option<Level>,
    /// Whether the actor has the privilege of writing articles there.
    pub has_privilege: bool,
}

impl Judged for Shelf {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        let is_everywhere = matches!(actor.reach(), Reach::Everything | Reach::ServedEverywhere);
        let is_here = self.department.is_none() || is_everywhere || self.my_level.is_some();
        let by_role = actor.is_permitted(permission::KNOWLEDGE) && is_here;
        // A privilege works through the level that handles tickets and a role that does, as it does on tickets.
        let by_privilege = self.audience == Audience::Department
            && self.has_privilege
            && self.my_level == Some(Level::Edit)
            && actor.is_permitted(permission::HANDLE);
        if by_role || by_privilege {
            Ok(())
        } else {
            Err(Because(permission::KNOWLEDGE))
        }
    }
}

impl Judged for Article {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        let shelf = Shelf {
            audience: self.audience,
            department: self.department_id,
            my_level: self.my_level,
            has_privilege: self
                .my_privileges
                .as_deref()
                .is_some_and(|stored| Privilege::ManageFaq.is_in(stored)),
        };
        match action {
            Read::NAME => Ok(()),
            Link::NAME if actor.is_permitted(permission::HANDLE) => Ok(()),
            _ => shelf.judge(actor, action),
        }
    }
}
