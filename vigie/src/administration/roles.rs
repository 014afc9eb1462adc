//! What the pages and the API both do to a role, each in one transaction.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Db;
use kit::error::Error;

use crate::audit::Pen;
use crate::people::roles::{self, RoleId, Wanted};
use crate::policy::permission;
use crate::tickets::handover;

/// Changes a role.
///
/// # Errors
/// `Invalid` at `permission` naming how many open tickets those hold who would handle no more; and as for
/// [`roles::change`].
pub async fn change(
    db: &Db,
    actor: &Actor,
    id: RoleId,
    seen: Option<i64>,
    wanted: &Wanted,
    now: Moment,
) -> Result<(), Error> {
    let may = roles::keeper(actor)?;
    let mut tx = db.write().await?;
    let own = roles::find_to_change(&mut tx, actor, &may, id, seen).await?;
    let handled = own.role().carries(permission::HANDLE);
    let handles = wanted
        .granted
        .list()
        .any(|it| it.right == permission::HANDLE);
    if handled && !handles {
        let mut held = 0;
        for holder in roles::holders(&mut tx, own.role()).await? {
            held += handover::held_open(&mut tx, holder.id, None).await?;
        }
        if held > 0 {
            let held = held.to_string();
            return Err(Error::invalid_with("permission", "roles-fault-holds", held));
        }
    }
    roles::change(&mut tx, actor, &own, wanted, Pen::of(actor, now)).await?;
    tx.commit().await
}

/// Throws a role away that nobody has.
///
/// # Errors
/// As for [`roles::remove`].
pub async fn remove(
    db: &Db,
    actor: &Actor,
    id: RoleId,
    seen: Option<i64>,
    now: Moment,
) -> Result<(), Error> {
    let may = roles::keeper(actor)?;
    let mut tx = db.write().await?;
    let own = roles::find_to_change(&mut tx, actor, &may, id, seen).await?;
    roles::remove(&mut tx, &own, Pen::of(actor, now)).await?;
    tx.commit().await
}
