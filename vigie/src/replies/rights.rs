//! Who may change which saved reply: one's own always, a department's whoever handles its tickets,
//! everyone's whoever keeps what all share.

use kit::authz::{Action, Actor, Judged, Reach};
use kit::error::Because;

use super::{SavedReply, Sharing};
use crate::departments::DepartmentId;
use crate::policy::{Level, permission};

/// Use it.
#[derive(Clone, Copy, Debug)]
pub struct Use;
impl Action for Use {
    const NAME: &'static str = "use";
}

/// Change it or throw it away.
#[derive(Clone, Copy, Debug)]
pub struct Change;
impl Action for Change {
    const NAME: &'static str = "change";
}

/// Put a reply there.
#[derive(Clone, Copy, Debug)]
pub struct Put;
impl Action for Put {
    const NAME: &'static str = "put";
}

/// Where a reply stands: who shares it.
#[derive(Clone, Copy, Debug)]
pub struct Shelf {
    /// Who may use what stands there.
    pub sharing: Sharing,
    /// The department, when it is one's.
    pub department: Option<DepartmentId>,
    /// The actor's level in it.
    pub my_level: Option<Level>,
}

impl Judged for Shelf {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        let (ok, right) = match self.sharing {
            Sharing::Private => (
                actor.is_permitted(permission::REPLY) || actor.is_permitted(permission::NOTE),
                permission::REPLY,
            ),
            Sharing::Department => (
                (actor.is_permitted(permission::SHARE)
                    && (actor.reach() == Reach::Everything
                        || self.my_level.is_some_and(Level::looks)))
                    || (actor.is_permitted(permission::HANDLE)
                        && self.my_level == Some(Level::Edit)),
                "right-replies-department",
            ),
            Sharing::Everyone => (actor.is_permitted(permission::SHARE), permission::SHARE),
        };
        if ok { Ok(()) } else { Err(Because(right)) }
    }
}

impl Judged for SavedReply {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if action == Use::NAME {
            return Ok(());
        }
        Shelf {
            sharing: self.sharing,
            department: self.department_id,
            my_level: self.my_level,
        }
        .judge(actor, action)
    }
}
