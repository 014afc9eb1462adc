//! Who sees what is in one department, for whoever decides who belongs to it: names, levels and reasons, of this
//! department alone.

pub mod pages;

use kit::authz::{Actor, Reach};
use kit::db::Answers;
use kit::error::Error;

use super::{Seer, administers, administers_here, store, through};
use crate::departments::DepartmentId;
use crate::departments::sharing::{self, ByTag};
use crate::departments::teams::ByTeam;
use crate::policy::Level;
use crate::policy::grounds::Ground;

/// How somebody looks at a department's tickets.
#[derive(Clone, Debug)]
pub struct Look {
    /// Who.
    pub seer: Seer,
    /// They see all tickets of the department, or of whom they serve.
    pub sees: bool,
    /// Why: their reach, or their membership, team or sharing tag.
    pub ground: Option<Ground>,
    /// Their level in it.
    pub level: Option<Level>,
    /// The teams that give them one.
    pub teams: Vec<ByTeam>,
    /// The sharing tags by which they look there.
    pub tags: Vec<ByTag>,
}

impl Look {
    /// Whether they have something to do with the department: they see it, or have a level in it.
    pub fn belongs(&self) -> bool {
        self.sees || self.level.is_some()
    }
}

/// How each of the staff looks at a department's tickets; those who do not, too, for whoever administers the desk.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right to administer.
pub async fn looks(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<Vec<Look>, Error> {
    administers_here(ask, actor, department).await?;
    let is_local = administers(actor).is_err();
    let mut looks = vec![];
    for seer in store::staff(ask).await? {
        let level = store::level(ask, seer.id, department).await?;
        let looks_in = level.is_some_and(Level::looks);
        let ground = match seer.actor().reach() {
            Reach::Everything | Reach::ServedEverywhere => Some(Ground::Everything),
            Reach::Departments | Reach::ServedDepartments if looks_in => Some(Ground::Department),
            _ => None,
        };
        looks.push(Look {
            teams: through(ask, seer.id, department).await?,
            tags: sharing::of_in(ask, seer.id, department).await?,
            sees: ground.is_some(),
            ground,
            level,
            seer,
        });
    }
    if is_local {
        looks.retain(Look::belongs);
    }
    Ok(looks)
}
