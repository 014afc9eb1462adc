//! What owners and administrators read and change of tickets that are none of theirs: their rank shows them
//! everything, and the journal tells of it, once for a person, a ticket and a day (decision 0036).
//!
//! It is written down beside the answer of a page, or with the change itself, and told by time within a
//! minute: so reading waits for no writer, and deeds do not queue for the journal while they hold a ticket.
//!
//! Deliberately absent: lists, which tell of many tickets a little, and looking with somebody's eyes, which
//! the journal tells of itself.

use kit::authz::{Action, Actor, Way};
use kit::clock::{Moment, Span};
use kit::db::{Db, Tx};
use kit::error::Error;
use kit::{record, stored_words};

use super::rights::Read;
use super::{Ticket, TicketId, reading};
use crate::audit::{self, Deed, Entry, Pen};
use crate::departments::DepartmentId;
use crate::people::{PersonId, desk};
use crate::policy::{Level, Role, roles};

mod store;

stored_words! {
    /// What was done by rank.
    pub enum Kind {
        /// Read.
        Read = "read",
        /// Changed.
        Changed = "changed",
    }
}

record! {
    /// What the journal has yet to tell.
    #[derive(Clone, Debug)]
    pub(super) struct Act {
        /// Who.
        person_id: PersonId,
        /// Which ticket.
        ticket_id: TicketId,
        /// What they did.
        kind: Kind,
        /// Where the ticket was.
        department_id: DepartmentId,
        /// How they came.
        way: Way,
    }
}

/// Those that one transaction tells at most: whoever notes something else waits for it.
const AT_ONCE: i64 = 100;

/// Whether the actor's rank alone shows them this ticket: they are neither of its department nor on it.
pub fn is_by_rank(ticket: &Ticket, actor: &Actor) -> bool {
    let me = PersonId(actor.id());
    let is_on_it = ticket.assignee_id == Some(me)
        || ticket.requester_id == me
        || ticket.author_id == me
        || ticket.am_invitee
        || ticket.am_observer;
    may_be(actor) && !is_on_it && !ticket.my_level.is_some_and(Level::looks)
}

/// Whether their rank shows them every ticket at all.
pub fn may_be(actor: &Actor) -> bool {
    roles::rank(actor) >= Role::Admin.rank()
}

/// The day of a moment, as they are counted here.
fn day(now: Moment) -> i64 {
    now.0 / Span::days(1).0
}

/// Writes down that somebody reads a ticket, when only their rank shows it to them. Asks first, so that
/// reading it again on the same day writes nothing.
pub async fn read(db: &Db, actor: &Actor, id: TicketId, now: Moment) -> Result<(), Error> {
    let mut reader = db.read();
    let ticket = match reading::find::<Read>(&mut reader, actor, id).await {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    if !is_by_rank(&ticket, actor) {
        return Ok(());
    }
    let me = PersonId(actor.id());
    if store::is_known(&mut reader, me, id, Kind::Read, day(now)).await? {
        return Ok(());
    }
    let mut tx = db.write().await?;
    store::put(&mut tx, &act(&ticket, actor, Kind::Read)).await?;
    tx.commit().await
}

/// The same of a change that is being made.
pub(super) async fn change<A: Action>(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<(), Error> {
    if A::NAME == Read::NAME || !is_by_rank(ticket, actor) {
        return Ok(());
    }
    store::put(tx, &act(ticket, actor, Kind::Changed)).await
}

fn act(ticket: &Ticket, actor: &Actor, kind: Kind) -> Act {
    Act {
        person_id: PersonId(actor.id()),
        ticket_id: ticket.id,
        kind,
        department_id: ticket.department_id,
        way: actor.way(),
    }
}

/// Tells the journal what was written down, and forgets days that are over; how many entries that made.
pub async fn tell(db: &Db, now: Moment) -> Result<usize, Error> {
    let mut told = 0;
    loop {
        let waiting = store::waiting(&mut db.read(), AT_ONCE).await?;
        if waiting.is_empty() {
            return Ok(told);
        }
        let mut tx = db.write().await?;
        let notes_reads = desk::notes_reads(&mut tx).await?.0;
        store::forget_before(&mut tx, day(now) - 1).await?;
        let mut entries = vec![];
        for act in &waiting {
            store::settle(&mut tx, act).await?;
            let is_wanted = notes_reads || act.kind == Kind::Changed;
            if is_wanted && store::is_first_of(&mut tx, act, day(now)).await? {
                entries.push(act);
            }
        }
        for act in &entries {
            let deed = match act.kind {
                Kind::Read => Deed::ReadByRank,
                Kind::Changed => Deed::ChangedByRank,
            };
            let entry = Entry::of(deed)
                .department(act.department_id.0)
                .thing(&format!("#{}", act.ticket_id));
            let pen = Pen::of_earlier(act.person_id.0, act.way, now);
            audit::note(&mut tx, pen, entry).await?;
        }
        tx.commit().await?;
        told += entries.len();
    }
}
