//! The SQL of scopes: little, as what an agent sees is asked through the inspector.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::review::Due;
use crate::people::PersonId;

record! { struct Belongs { person_id: PersonId, n: i64 } }

/// To how many departments each member of any belongs.
pub(super) async fn memberships(ask: &mut dyn Answers) -> Result<Vec<(PersonId, i64)>, Error> {
    let rows: Vec<Belongs> = ask
        .all(global!(
            "SELECT m.person_id, COUNT(*) AS n FROM memberships m GROUP BY m.person_id"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.n)).collect())
}

/// Agents who may come in, and whose scope nobody looked at since.
pub(super) async fn due(
    ask: &mut dyn Answers,
    before: Moment,
    rows: i64,
) -> Result<Vec<Due>, Error> {
    ask.all(global!(
        "SELECT a.person_id, h.name, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, r.name AS role_name, a.scope, h.version, COALESCE(a.reviewed_at, a.created_at) AS since \
         FROM agents a JOIN people h ON h.id = a.person_id LEFT JOIN roles r ON r.id = a.role_id WHERE h.disabled_at IS NULL \
         AND COALESCE(a.reviewed_at, a.created_at) <= $1 ORDER BY COALESCE(a.reviewed_at, a.created_at), a.person_id LIMIT $2",
        before,
        rows
    ))
    .await
}

pub(super) async fn count_due(ask: &mut dyn Answers, before: Moment) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM agents a JOIN people h ON h.id = a.person_id \
             WHERE h.disabled_at IS NULL AND COALESCE(a.reviewed_at, a.created_at) <= $1",
            before
        ))
        .await?;
    Ok(count.n)
}

pub(super) async fn review(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE agents SET reviewed_at = $2 WHERE person_id = $1",
        person,
        now
    ))
    .await?;
    Ok(())
}
