//! The SQL of addresses nothing is mailed to.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{record, scoped, system};

use super::{Reason, Suppressed, SuppressionId};

pub(super) async fn of(ask: &mut dyn Answers, address: &str) -> Result<Option<Suppressed>, Error> {
    ask.maybe(system!(
        because = "whether a mail can arrive is asked by the desk that sends it, and said to whoever reads the address",
        "SELECT id, address, reason, said, since, held_back FROM suppressed_addresses WHERE address = LOWER($1)",
        address
    ))
    .await
}

pub(super) async fn suppress(
    tx: &mut Tx,
    address: &str,
    reason: Reason,
    said: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself notes that a mail did not arrive",
        "INSERT INTO suppressed_addresses (address, reason, said, since) VALUES (LOWER($1), $2, $3, $4) \
         ON CONFLICT (address) DO UPDATE SET \
         since = CASE WHEN excluded.reason = 'complaint' AND suppressed_addresses.reason <> 'complaint' THEN excluded.since ELSE suppressed_addresses.since END, \
         said = CASE WHEN excluded.reason = 'complaint' AND suppressed_addresses.reason <> 'complaint' THEN excluded.said ELSE suppressed_addresses.said END, \
         reason = CASE WHEN excluded.reason = 'complaint' THEN excluded.reason ELSE suppressed_addresses.reason END",
        address,
        reason,
        said,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn count(tx: &mut Tx, id: SuppressionId) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself counts what it holds back",
        "UPDATE suppressed_addresses SET held_back = held_back + 1 WHERE id = $1",
        id
    ))
    .await
    .map(|_| ())
}

pub(super) async fn lift_where_nobody_was(tx: &mut Tx, address: &str) -> Result<(), Error> {
    tx.run(system!(
        because = "a letter shows that somebody is there",
        "DELETE FROM suppressed_addresses WHERE address = LOWER($1) AND reason <> 'complaint'",
        address
    ))
    .await
    .map(|_| ())
}

pub(super) async fn forget(tx: &mut Tx, address: &str) -> Result<(), Error> {
    tx.run(system!(
        because = "whose address it was is erased",
        "DELETE FROM suppressed_addresses WHERE address = LOWER($1)",
        address
    ))
    .await
    .map(|_| ())
}

pub(super) async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    before: Option<SuppressionId>,
    limit: i64,
) -> Result<Vec<Suppressed>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT s.id, s.address, s.reason, s.said, s.since, s.held_back FROM suppressed_addresses s \
         WHERE s.id < $1 AND {visible:suppressed_addresses s} ORDER BY s.id DESC LIMIT $2",
        before.unwrap_or(SuppressionId(i64::MAX)),
        limit
    ))
    .await
}

pub(super) async fn total(ask: &mut dyn Answers, actor: &Actor) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM suppressed_addresses s WHERE {visible:suppressed_addresses s}"
        ))
        .await?;
    Ok(count.n)
}

pub(super) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    id: SuppressionId,
) -> Result<Option<Suppressed>, Error> {
    tx.maybe(scoped!(
        actor,
        "SELECT s.id, s.address, s.reason, s.said, s.since, s.held_back FROM suppressed_addresses s \
         WHERE s.id = $1 AND {visible:suppressed_addresses s}",
        id
    ))
    .await
}

pub(super) async fn remove(tx: &mut Tx, id: SuppressionId) -> Result<(), Error> {
    tx.run(system!(
        because = "an administrator, asked for just above, lets mails be sent there again",
        "DELETE FROM suppressed_addresses WHERE id = $1",
        id
    ))
    .await
    .map(|_| ())
}
