//! What an agent would see, before it is saved: the change itself, made in a transaction that is dropped.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db};
use kit::error::Error;

use super::saving::{Changed, Wanted, carry_out, held};
use crate::departments::DepartmentId;
use crate::inspector::{self, Seer, Share};
use crate::people::{PersonId, admin};
use crate::tickets::handover::Fate;

/// What an agent sees of a department, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The department.
    pub department: DepartmentId,
    /// Its name.
    pub name: String,
    /// Its tickets.
    pub total: i64,
    /// Those that they see now.
    pub now: i64,
    /// Those that they would see.
    pub then: i64,
}

impl Sight {
    /// What they would see more. Of a department one sees all, or what names one: either holds the other, so
    /// the difference of the numbers is the number of the differing tickets. Only where others are to be served
    /// than now is it what is gained less what is lost.
    pub fn gained(&self) -> i64 {
        (self.then - self.now).max(0)
    }

    /// What they would see no more.
    pub fn lost(&self) -> i64 {
        (self.now - self.then).max(0)
    }
}

/// What a change would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What changes.
    pub changes: Vec<Changed>,
    /// What they see of each department.
    pub sights: Vec<Sight>,
    /// How many open tickets would have to be released.
    pub held: i64,
}

/// What an agent sees, with nothing changed.
///
/// # Errors
/// `Forbidden` without the right to administer.
pub async fn unchanged(
    ask: &mut dyn Answers,
    actor: &Actor,
    seer: &Seer,
) -> Result<Preview, Error> {
    let shares = inspector::shares(ask, actor, seer).await?;
    Ok(Preview {
        changes: vec![],
        sights: shares.iter().map(|it| sight(it, it.seen)).collect(),
        held: 0,
    })
}

fn sight(share: &Share, then: i64) -> Sight {
    Sight {
        department: share.department_id,
        name: share.department.clone(),
        total: share.total,
        now: share.seen,
        then,
    }
}

/// What the agent would see after this change, and what of it changes. Where tickets have to be released, as if
/// they were: nothing else could be saved.
///
/// # Errors
/// As for [`super::saving::save`], but for tickets that are held.
pub async fn preview(
    db: &Db,
    actor: &Actor,
    id: PersonId,
    wanted: &Wanted,
    now: Moment,
) -> Result<Preview, Error> {
    admin::must_manage(actor)?;
    let mut tx = db.rehearse().await?;
    let seer = inspector::seer(&mut tx, actor, id).await?;
    let before = inspector::shares(&mut tx, actor, &seer).await?;
    let wanted = Wanted {
        fate: Fate::Release,
        ..wanted.clone()
    };
    let changes = carry_out(&mut tx, actor, id, &wanted, now).await?;
    let seer = inspector::seer(&mut tx, actor, id).await?;
    let after = inspector::shares(&mut tx, actor, &seer).await?;
    // Undone here: nothing of it was.
    drop(tx);
    let then = |share: &Share| {
        let found = after
            .iter()
            .find(|it| it.department_id == share.department_id);
        found.map_or(0, |it| it.seen)
    };
    Ok(Preview {
        held: held(&changes),
        sights: before.iter().map(|it| sight(it, then(it))).collect(),
        changes,
    })
}
