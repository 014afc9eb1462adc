//! The SQL of links between tickets and assets.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, like};
use kit::error::Error;
use kit::{acting, record, scoped};

use super::{LinkedAsset, LinkedTicket};
use crate::assets::AssetId;
use crate::folding;
use crate::people::PersonId;
use crate::tickets::rights::Link;
use crate::tickets::{Ticket, TicketId};

pub(super) async fn of_ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<LinkedAsset>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT a.id, a.kind, a.name, a.tag, a.state FROM ticket_assets x JOIN assets a ON a.id = x.asset_id \
         WHERE x.ticket_id = $1 AND {visible:ticket_assets x} AND {visible:assets a} ORDER BY a.name, a.id",
        ticket
    ))
    .await
}

pub(super) async fn of_asset(
    ask: &mut dyn Answers,
    actor: &Actor,
    asset: AssetId,
) -> Result<Vec<LinkedTicket>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.updated_at, t.version FROM ticket_assets x JOIN tickets t ON t.id = x.ticket_id \
         WHERE x.asset_id = $1 AND {visible:ticket_assets x} AND {visible:tickets t} ORDER BY t.updated_at DESC, t.id DESC LIMIT 100",
        asset
    ))
    .await
}

pub(super) async fn offered(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    requester: PersonId,
) -> Result<Vec<LinkedAsset>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT a.id, a.kind, a.name, a.tag, a.state FROM assets a WHERE a.holder_id = $2 AND {visible:assets a} \
         AND NOT EXISTS (SELECT 1 FROM ticket_assets x WHERE x.ticket_id = $1 AND x.asset_id = a.id AND {visible:ticket_assets x}) \
         ORDER BY a.name, a.id LIMIT 20",
        ticket,
        requester
    ))
    .await
}

record! { struct Number { id: AssetId } }

fn numbers(rows: Vec<Number>) -> Vec<AssetId> {
    rows.into_iter().map(|row| row.id).collect()
}

/// Those with this tag or serial, two at most.
pub(super) async fn by_key(
    ask: &mut dyn Answers,
    actor: &Actor,
    key: &str,
) -> Result<Vec<AssetId>, Error> {
    if key.is_empty() {
        return Ok(vec![]);
    }
    ask.all(scoped!(
        actor,
        "SELECT a.id FROM assets a WHERE (a.tag_key = $1 OR a.serial_key = $1) AND {visible:assets a} ORDER BY a.id LIMIT 2",
        key
    ))
    .await
    .map(numbers)
}

/// Those whose words hold the text, two at most; a text without a word finds none.
pub(super) async fn by_words(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
) -> Result<Vec<AssetId>, Error> {
    let words = folding::words(text).collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Ok(vec![]);
    }
    ask.all(scoped!(
        actor,
        "SELECT a.id FROM assets a WHERE a.words LIKE $1 ESCAPE '!' AND {visible:assets a} ORDER BY a.id LIMIT 2",
        like::holding(&words)
    ))
    .await
    .map(numbers)
}

pub(super) async fn insert(
    tx: &mut Tx,
    may: &May<Link, Ticket>,
    asset: AssetId,
    actor: &Actor,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            may,
            "INSERT INTO ticket_assets (ticket_id, asset_id, added_by_id, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (ticket_id, asset_id) DO NOTHING",
            may.id,
            asset,
            actor.id(),
            now
        ))
        .await?;
    Ok(added == 1)
}

pub(super) async fn remove(
    tx: &mut Tx,
    may: &May<Link, Ticket>,
    asset: AssetId,
) -> Result<u64, Error> {
    tx.run(acting!(
        may,
        "DELETE FROM ticket_assets WHERE ticket_id = $1 AND asset_id = $2",
        may.id,
        asset
    ))
    .await
}
