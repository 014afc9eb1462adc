//! Taking a run back: each ticket by the deed that is the inverse.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::{Because, Error};

use super::{
    Deed, Outcome, Picked, Row, RunId, find, level, person, put_in_charge, refusal, store,
};
use crate::people::PersonId;
use crate::tickets::listing::marks;
use crate::tickets::reading::{also_to_change, find_to_change};
use crate::tickets::rights::{ChangePriority, Read, Release, Tag};
use crate::tickets::{Ticket, TicketId, changes, joining, properties, tags, verbs};

/// Takes a run back, ticket by ticket, by the deed that is its inverse: where nobody changed the
/// ticket since, and where the actor may. What cannot be taken back says why on the report.
///
/// # Errors
/// `Forbidden` when it is too late or cannot be undone at all; undone already is a quiet success.
pub async fn undo(db: &Db, actor: &Actor, id: RunId, now: Moment) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let (run, rows) = find(&mut tx, actor, id).await?;
    super::may(actor, run.deed).map_err(Error::Forbidden)?;
    if run.undone_at.is_some() {
        return Ok(());
    }
    if !run.is_undoable(now) {
        return Err(Error::Forbidden(Because("rule-undo-late")));
    }
    for row in rows.into_iter().filter(|row| row.outcome == Outcome::Done) {
        let picked = Picked {
            ticket: TicketId(row.number),
            seen: row.version,
        };
        tx.set_mark().await?;
        let undone = inverse(&mut tx, actor, run.deed, picked, row.was.as_deref(), now).await;
        let row = match undone {
            Ok(()) => Row {
                outcome: Outcome::Undone,
                ..row
            },
            Err(error) => {
                tx.return_to_mark().await?;
                let why = refusal(picked, error)?;
                Row {
                    reason: Some(why.reason.unwrap_or_else(|| "rule-undo-changed".to_owned())),
                    ..row
                }
            }
        };
        store::update_row(&mut tx, id, &row).await?;
    }
    store::set_undone(&mut tx, id, now).await?;
    tx.commit().await
}

async fn inverse(
    tx: &mut Tx,
    actor: &Actor,
    deed: Deed,
    picked: Picked,
    was: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    let id = picked.ticket;
    let ticket: May<Read, Ticket> = find_to_change(tx, actor, id).await?;
    let me = PersonId(actor.id());
    if deed.is_change() {
        changes::must_match(&ticket, picked.seen)?;
    }
    match deed {
        // Whoever was in charge is so again, by the deed that puts them there; nobody was: it is let go.
        Deed::Take | Deed::Assign | Deed::Release => match was.and_then(person) {
            Some(before) => put_in_charge(tx, actor, &ticket, before, now).await?,
            None => {
                let may = also_to_change::<_, Release>(tx, actor, &ticket).await?;
                verbs::release(tx, &may, actor, None, now).await?;
            }
        },
        Deed::Priority => {
            let may = also_to_change::<_, ChangePriority>(tx, actor, &ticket).await?;
            let before = was.and_then(level).unwrap_or(may.priority);
            properties::change_priority(tx, &may, actor, before, now).await?;
        }
        Deed::Tag => {
            for tag in was.unwrap_or_default().split(' ') {
                if let Ok(tag) = tag.parse() {
                    // Each is a change of its own, which the next must know of.
                    let may = find_to_change::<Tag>(tx, actor, id).await?;
                    tags::untag(tx, &may, actor, tags::TagId(tag), now).await?;
                }
            }
        }
        Deed::Read | Deed::Unread => {
            let seen = was.and_then(|text| text.parse().ok());
            marks::put_back(tx, me, &ticket, seen).await?;
        }
        Deed::Merge => joining::give_back_within(tx, actor, id, None, now).await?,
        Deed::Close | Deed::Postpone | Deed::Refuse | Deed::Reopen => {
            return Err(Error::Forbidden(Because("rule-undo-late")));
        }
    }
    Ok(())
}
