//! The same deed on many tickets: each found through the doer's eyes, judged and done by the verb
//! that does it to one, in one transaction with a mark to return to before each. What is refused is
//! named with its reason and changes nothing; the others are done (AZ-25).
//!
//! A run is kept, row by row: it is the report, it makes sending twice harmless, and undoing goes by
//! it. Deliberately absent: undoing what told somebody outside (a closure mails its requester).

pub mod api;
pub mod pages;
mod store;
mod undoing;

pub use undoing::undo;

use kit::authz::{Actor, May};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error, Fields};
use kit::{id, record, stored_words};

use super::comments::NewComment;
use super::deeds::Wanted as Wish;
use super::listing::marks;
use super::machine::{Stage, State};
use super::reading::{also_to_change, find_to_change};
use super::rights::{Assign, ChangePriority, Read, Release, Tag, Take};
use super::{Origin, Ticket, TicketId, deeds, handling, joining, properties, tags, verbs};
use crate::people::PersonId;
use crate::policy::permission;

id! {
    /// One deed on many tickets.
    RunId
}

/// The most tickets at once.
pub const MOST: usize = 200;
/// How long undoing is offered on the report; a list with script shows it for eight seconds.
pub const UNDOABLE: Span = Span::seconds(60);

stored_words! {
    /// What is done.
    pub enum Deed {
        /// Become the one in charge.
        Take = "take",
        /// Stop being in charge.
        Release = "release",
        /// Say it is solved.
        Close = "close",
        /// Put somebody in charge.
        Assign = "assign",
        /// Give it another priority.
        Priority = "priority",
        /// Put words on it.
        Tag = "tag",
        /// Merge it into another.
        Merge = "merge",
        /// Put it off.
        Postpone = "postpone",
        /// Turn it down.
        Refuse = "refuse",
        /// Open it again.
        Reopen = "reopen",
        /// Mark it read.
        Read = "read",
        /// Mark it unread.
        Unread = "unread",
    }
}

stored_words! {
    /// What became of one ticket.
    pub enum Outcome {
        /// Done.
        Done = "done",
        /// It was so already.
        Already = "already",
        /// The doer may not, or its state does not allow it; the reason says which.
        Refused = "refused",
        /// Somebody changed it since it was ticked.
        Changed = "changed",
        /// There is none, or none that the doer may know of.
        Missing = "missing",
        /// Done, and undone since.
        Undone = "undone",
    }
}

record! {
    /// A run.
    #[derive(Clone, Debug)]
    pub struct Run {
        /// Its row.
        pub id: RunId,
        /// What was done.
        pub deed: Deed,
        /// When.
        pub created_at: Moment,
        /// When it was undone.
        pub undone_at: Option<Moment>,
    }
}

record! {
    /// What became of one ticket of a run.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Row {
        /// The number that was sent.
        pub number: i64,
        /// What became of it.
        pub outcome: Outcome,
        /// Why not: the key of the missing right or rule.
        pub reason: Option<String>,
        /// The version the deed left.
        pub version: Option<i64>,
        /// What it had before, for undoing.
        pub was: Option<String>,
    }
}

/// A ticket that was ticked, with the version that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Its number.
    pub ticket: TicketId,
    /// The version seen; `None` when the doer did not say.
    pub seen: Option<i64>,
}

/// What is to be done, with what goes with it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What.
    pub deed: Deed,
    /// A message that goes with a closure, a refusal or a reopening, the words to put on, the priority,
    /// 1 to 5, the person's identifier, the number of the ticket that takes the others in, or the
    /// moment until which they are put off, RFC 3339, empty for until somebody brings them back.
    pub text: String,
    /// Whoever is on a merged ticket is invited to the one that goes on, whose whole public
    /// conversation they then read; else nobody newly reads anything.
    pub lets_in: bool,
}

impl Deed {
    /// Whether it can be taken back: what only the desk knows of can, what mailed somebody cannot.
    pub const fn is_reversible(self) -> bool {
        !matches!(
            self,
            Deed::Close | Deed::Postpone | Deed::Refuse | Deed::Reopen
        )
    }

    /// Whether it changes the ticket, and not only what its reader has seen.
    const fn is_change(self) -> bool {
        !matches!(self, Deed::Read | Deed::Unread)
    }
}

impl Run {
    /// Whether it may still be taken back.
    pub fn is_undoable(&self, now: Moment) -> bool {
        self.deed.is_reversible()
            && self.undone_at.is_none()
            && now.since(self.created_at) <= UNDOABLE
    }
}

impl Picked {
    /// Reads `4812.17`, the number and the version seen, or `4812`.
    pub fn parse(text: &str) -> Option<Picked> {
        let (number, seen) = match text.split_once('.') {
            Some((number, seen)) => (number, Some(seen.parse().ok()?)),
            None => (text, None),
        };
        Some(Picked {
            ticket: TicketId(number.parse().ok()?),
            seen,
        })
    }

    /// As it stands in a form.
    pub fn text(self) -> String {
        match self.seen {
            Some(seen) => format!("{}.{seen}", self.ticket),
            None => self.ticket.to_string(),
        }
    }
}

/// Whether the actor's role lets them do it to many tickets at once. What one marks for oneself changes no
/// ticket, and everybody may.
///
/// # Errors
/// The permission that is missing.
pub fn may(actor: &Actor, deed: Deed) -> Result<(), Because> {
    let right = match deed {
        Deed::Read | Deed::Unread => return Ok(()),
        Deed::Close => permission::CLOSE,
        Deed::Assign => permission::ASSIGN,
        Deed::Merge => permission::MERGE,
        _ => permission::HANDLE,
    };
    for right in [permission::BULK, right] {
        if !actor.is_permitted(right) {
            return Err(Because(right));
        }
    }
    Ok(())
}

/// Does it to all of them. The same `once` again is the same run, and does nothing twice.
///
/// # Errors
/// `Forbidden` when the doer's role does not do it to many; `Invalid` when nothing was picked, too much was, or what goes with it is missing; then nothing was done.
pub async fn run(
    db: &Db,
    actor: &Actor,
    wanted: &Wanted,
    mut picked: Vec<Picked>,
    once: Option<&str>,
    now: Moment,
) -> Result<RunId, Error> {
    may(actor, wanted.deed).map_err(Error::Forbidden)?;
    let words = check(wanted, &picked)?;
    // In the order of numbers, so that two who do this at once cannot wait for each other.
    picked.sort_by_key(|p| p.ticket);
    picked.dedup_by_key(|p| p.ticket);
    let mut tx = db.write().await?;
    if let (Deed::Merge, Some(into)) = (wanted.deed, TicketId::typed(&wanted.text)) {
        hold(&mut tx, actor, &picked, into).await?;
    }
    let Some(run) = store::insert(&mut tx, actor.id(), wanted.deed, once, now).await? else {
        return store::done_before(&mut tx, actor.id(), once).await;
    };
    let mut rows = Vec::with_capacity(picked.len());
    for one in picked {
        tx.set_mark().await?;
        let done = deed(&mut tx, actor, wanted, &words, one, now).await;
        let row = match done {
            Ok(row) => row,
            Err(error) => {
                tx.return_to_mark().await?;
                refusal(one, error)?
            }
        };
        rows.push(row);
    }
    let versions = store::versions(&mut tx, actor, rows.iter().map(|row| row.number)).await?;
    for row in &mut rows {
        if matches!(row.outcome, Outcome::Done | Outcome::Already) {
            row.version = versions.get(&row.number).copied();
        }
    }
    store::insert_rows(&mut tx, run, rows).await?;
    tx.commit().await?;
    Ok(run)
}

/// Holds every ticket of a merge in the order of numbers: the one that takes the others in is held by
/// each of them, out of that order.
async fn hold(tx: &mut Tx, actor: &Actor, picked: &[Picked], into: TicketId) -> Result<(), Error> {
    let mut all: Vec<TicketId> = picked.iter().map(|p| p.ticket).chain([into]).collect();
    all.sort_unstable();
    all.dedup();
    for one in all {
        match find_to_change::<Read>(tx, actor, one).await {
            // What is not there is a line of the report, but without a goal nothing can be done.
            Err(Error::NotFound) if one == into => {
                let typed = into.to_string();
                return Err(Error::invalid_with("text", "fault-ticket-unknown", typed));
            }
            Err(Error::NotFound) => {}
            other => drop(other?),
        }
    }
    Ok(())
}

/// What was asked for, checked before anything is done; the words to put on.
fn check(wanted: &Wanted, picked: &[Picked]) -> Result<Vec<String>, Error> {
    let mut faults = Fields::default();
    faults.require(!picked.is_empty(), "ticket", "fault-bulk-none");
    if picked.len() > MOST {
        faults.add("ticket", "fault-bulk-many", Some(MOST.to_string()));
    }
    faults.settle()?;
    match wanted.deed {
        Deed::Tag => tags::words_of(&wanted.text),
        Deed::Assign => {
            person(&wanted.text).ok_or_else(|| Error::invalid("person", "fault-missing"))?;
            Ok(vec![])
        }
        Deed::Priority => {
            let level = level(&wanted.text);
            level.ok_or_else(|| Error::invalid("priority", "fault-priority"))?;
            Ok(vec![])
        }
        Deed::Close | Deed::Refuse | Deed::Reopen => {
            said(&wanted.text).map_or(Ok(()), |words| words.check())?;
            Ok(vec![])
        }
        Deed::Merge => {
            TicketId::typed(&wanted.text).ok_or_else(|| Error::invalid("text", "fault-missing"))?;
            Ok(vec![])
        }
        Deed::Postpone => {
            until(&wanted.text)?;
            Ok(vec![])
        }
        Deed::Take | Deed::Release | Deed::Read | Deed::Unread => Ok(vec![]),
    }
}

/// Somebody as they are sent: their identifier.
fn person(text: &str) -> Option<PersonId> {
    text.trim().parse().ok().map(PersonId)
}

/// The moment until which tickets are put off; none waits for somebody to bring them back.
fn until(text: &str) -> Result<Option<Moment>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let moment = Moment::parse(text);
            Ok(Some(
                moment.ok_or_else(|| Error::invalid("text", "fault-moment"))?,
            ))
        }
    }
}

/// A message that goes with a deed, when there is one.
fn said(text: &str) -> Option<NewComment> {
    match text.trim() {
        "" => None,
        text => Some(NewComment::typed(text, Origin::Web)),
    }
}

/// A priority as it is sent: 1 to 5.
fn level(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|n| (1..=5).contains(n))
}

/// Why one ticket was left as it is; what is our own fault stops everything.
fn refusal(picked: Picked, error: Error) -> Result<Row, Error> {
    let (outcome, reason) = match error {
        Error::NotFound => (Outcome::Missing, None),
        Error::Forbidden(because) => (Outcome::Refused, Some(because.0.to_owned())),
        Error::Conflict(_) => (Outcome::Changed, None),
        Error::Invalid(faults) => {
            let key = faults.0.first().map(|fault| fault.key.to_owned());
            (Outcome::Refused, key)
        }
        other => return Err(other),
    };
    Ok(Row {
        number: picked.ticket.0,
        outcome,
        reason,
        version: None,
        was: None,
    })
}

async fn deed(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Wanted,
    words: &[String],
    picked: Picked,
    now: Moment,
) -> Result<Row, Error> {
    let (id, seen) = (picked.ticket, picked.seen);
    let before = find_to_change::<Read>(tx, actor, id).await?;
    if wanted.deed.is_change() {
        super::changes::must_match(&before, seen)?;
    }
    let me = PersonId(actor.id());
    let mut outcome = Outcome::Done;
    let mut was = before.assignee_id.map(|holder| holder.0.to_string());
    match wanted.deed {
        Deed::Take if before.is_holder(actor) => outcome = Outcome::Already,
        Deed::Take => put_in_charge(tx, actor, &before, me, now).await?,
        Deed::Assign if before.assignee_id == person(&wanted.text) => outcome = Outcome::Already,
        Deed::Assign => {
            let to = person(&wanted.text).unwrap_or(me);
            put_in_charge(tx, actor, &before, to, now).await?;
        }
        Deed::Release if before.state == State::Free => outcome = Outcome::Already,
        Deed::Release => {
            let may = also_to_change::<_, Release>(tx, actor, &before).await?;
            verbs::release(tx, &may, actor, None, now).await?;
        }
        Deed::Close if matches!(before.state, State::Closed | State::Approved) => {
            outcome = Outcome::Already;
        }
        Deed::Reopen if before.state.stage() == Stage::Open => outcome = Outcome::Already,
        Deed::Refuse if before.state == State::Refused => outcome = Outcome::Already,
        Deed::Close | Deed::Refuse | Deed::Reopen | Deed::Postpone => {
            let wish = match wanted.deed {
                Deed::Refuse => Wish::Refuse,
                Deed::Reopen => Wish::Reopen,
                Deed::Postpone => Wish::Postpone(until(&wanted.text)?),
                _ => Wish::Close,
            };
            let words = match wish {
                Wish::Postpone(_) => None,
                _ => said(&wanted.text),
            };
            deeds::act_within(tx, actor, id, wish, None, words, now).await?;
        }
        Deed::Merge if TicketId::typed(&wanted.text) == Some(id) => outcome = Outcome::Already,
        Deed::Merge => {
            let into = TicketId::typed(&wanted.text).unwrap_or(id);
            let seen = joining::Seen {
                from: seen,
                into: None,
            };
            let let_in = joining::LetIn {
                requester: wanted.lets_in,
                others: wanted.lets_in,
            };
            if !joining::merge_within(tx, actor, id, into, seen, let_in, now).await? {
                outcome = Outcome::Already;
            }
        }
        Deed::Priority => {
            let priority = level(&wanted.text).unwrap_or(before.priority);
            was = Some(before.priority.to_string());
            if priority == before.priority {
                outcome = Outcome::Already;
            } else {
                let may = also_to_change::<_, ChangePriority>(tx, actor, &before).await?;
                properties::change_priority(tx, &may, actor, priority, now).await?;
            }
        }
        Deed::Tag => {
            let standing = tags::of(tx, actor, id).await?;
            let may = also_to_change::<_, Tag>(tx, actor, &before).await?;
            tags::tag(tx, &may, actor, words, now).await?;
            let after = tags::of(tx, actor, id).await?;
            let added = after.iter().filter(|tag| !standing.contains(tag));
            let added: Vec<String> = added.map(|tag| tag.id.to_string()).collect();
            if added.is_empty() {
                outcome = Outcome::Already;
            }
            was = Some(added.join(" "));
        }
        Deed::Read | Deed::Unread => {
            let is_unread = wanted.deed == Deed::Unread;
            was = marks::seen(tx, me, id).await?.map(|seen| seen.to_string());
            marks::set(tx, me, &before, is_unread).await?;
        }
    }
    Ok(Row {
        number: id.0,
        outcome,
        reason: None,
        version: None,
        was,
    })
}

/// Puts somebody in charge: oneself by taking, a colleague by giving.
async fn put_in_charge(
    tx: &mut Tx,
    actor: &Actor,
    held: &May<Read, Ticket>,
    who: PersonId,
    now: Moment,
) -> Result<(), Error> {
    if who.0 == actor.id() {
        let may = also_to_change::<_, Take>(tx, actor, held).await?;
        verbs::take(tx, &may, actor, None, now).await?;
    } else {
        let may = also_to_change::<_, Assign>(tx, actor, held).await?;
        handling::assign(tx, &may, actor, who, None, None, now).await?;
    }
    Ok(())
}

/// A run of the actor's own, with its rows by number.
pub async fn find(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: RunId,
) -> Result<(Run, Vec<Row>), Error> {
    let run = store::run(ask, actor.id(), id).await?;
    let run = run.ok_or(Error::NotFound)?;
    let rows = store::rows(ask, id).await?;
    Ok((run, rows))
}

/// The subjects of a run's tickets, as far as the actor sees them.
pub async fn subjects(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: RunId,
) -> Result<Vec<(i64, String)>, Error> {
    store::subjects(ask, actor, id).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_ticked_is_read_back() {
        for text in ["4812.17", "4812"] {
            assert_eq!(Picked::parse(text).unwrap().text(), text);
        }
        for text in ["", ".", "x", "4812.", "4812.x", "4812.1.2"] {
            assert_eq!(Picked::parse(text), None, "{text}");
        }
    }
}
