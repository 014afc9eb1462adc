//! The SQL of tags.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, like};
use kit::error::Error;
use kit::{acting, record, scoped};

use super::{TagId, Tagged, Word, key};
use crate::people::PersonId;
use crate::tickets::{Ticket, TicketId};

pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Tagged>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT x.ticket_id, g.id, g.name FROM ticket_tags x JOIN tags g ON g.id = x.tag_id \
         WHERE x.ticket_id = $1 AND {visible:ticket_tags x} AND {visible:tags g} ORDER BY g.name_key",
        ticket
    ))
    .await
}

pub(super) async fn of_page(
    ask: &mut dyn Answers,
    actor: &Actor,
    tickets: &[TicketId],
) -> Result<Vec<Tagged>, Error> {
    let query = scoped!(
        actor,
        "SELECT x.ticket_id, g.id, g.name FROM ticket_tags x JOIN tags g ON g.id = x.tag_id \
         WHERE x.ticket_id IN (VALUES {rows}) AND {visible:ticket_tags x} AND {visible:tags g} \
         ORDER BY x.ticket_id, g.name_key"
    );
    ask.all(query.ids(tickets.iter().map(|t| t.0))).await
}

record! { struct Count { n: i64 } }
record! { struct Name { name: String } }
record! { struct NewRow { id: TagId } }

pub(super) async fn count(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<usize, Error> {
    let count: Count = ask
        .one(scoped!(
            actor,
            "SELECT COUNT(*) AS n FROM ticket_tags x WHERE x.ticket_id = $1 AND {visible:ticket_tags x}",
            ticket
        ))
        .await?;
    Ok(usize::try_from(count.n).unwrap_or(0))
}

/// The words on the tickets that were tagged last, those used most first. Looking at no more than
/// the newest rows keeps the cost of a ticket's page the same on a small desk and on a large one.
pub(super) async fn lately(
    ask: &mut dyn Answers,
    actor: &Actor,
    most: i64,
) -> Result<Vec<String>, Error> {
    let found: Vec<Name> = ask
        .all(scoped!(
            actor,
            "SELECT g.name FROM (SELECT n.ticket_id, n.tag_id FROM ticket_tags n ORDER BY n.ticket_id DESC, n.tag_id LIMIT 500) x \
             JOIN tags g ON g.id = x.tag_id WHERE {visible:ticket_tags x} AND {visible:tags g} \
             GROUP BY g.id, g.name, g.name_key ORDER BY COUNT(*) DESC, g.name_key LIMIT $1",
            most
        ))
        .await?;
    Ok(found.into_iter().map(|f| f.name).collect())
}

/// The words that begin so, in order of the alphabet; one seen on no ticket is not among them.
pub(super) async fn beginning(
    ask: &mut dyn Answers,
    actor: &Actor,
    beginning: &str,
    most: i64,
) -> Result<Vec<String>, Error> {
    let found: Vec<Name> = ask
        .all(scoped!(
            actor,
            "SELECT g.name FROM tags g WHERE g.name_key LIKE $1 ESCAPE '!' AND {visible:tags g} \
             ORDER BY g.name_key LIMIT $2",
            like::beginning(beginning),
            most
        ))
        .await?;
    Ok(found.into_iter().map(|f| f.name).collect())
}

/// The row of a word, written now when nobody wrote it before. Whether the word was there is nothing
/// the writer learns: they typed it.
pub(super) async fn word<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    word: &str,
    now: Moment,
) -> Result<TagId, Error> {
    let row: NewRow = tx
        .one(acting!(
            may,
            "INSERT INTO tags (name, name_key, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT (name_key) DO UPDATE SET name = tags.name RETURNING id",
            word,
            key(word),
            now
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn insert<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    (ticket, tag): (TicketId, TagId),
    by: Option<PersonId>,
    now: Moment,
) -> Result<bool, Error> {
    let added = tx
        .run(acting!(
            may,
            "INSERT INTO ticket_tags (ticket_id, tag_id, added_by_id, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (ticket_id, tag_id) DO NOTHING",
            ticket,
            tag,
            by,
            now
        ))
        .await?;
    Ok(added == 1)
}

pub(super) async fn remove<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    tag: TagId,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "DELETE FROM ticket_tags WHERE ticket_id = $1 AND tag_id = $2",
        ticket.id,
        tag
    ))
    .await
    .map(|_| ())
}

pub(super) async fn known(
    ask: &mut dyn Answers,
    actor: &Actor,
    most: i64,
) -> Result<Vec<Word>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT g.id, g.name FROM tags g WHERE {visible:tags g} ORDER BY g.name_key, g.id LIMIT $1",
        most
    ))
    .await
}
