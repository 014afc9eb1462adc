//! A report that a mail of ours came back, or is unwanted.

use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use letter::report::Failure;
use letter::thread::Thread;

use super::{Outcome, Understood, done, held};
use crate::mail::judge::Reason;
use crate::mail::outbox_store;
use crate::mail::store::IncomingState;
use crate::people::{self, PersonId, suppression};
use crate::tickets::rights::Read;
use crate::tickets::{TicketId, overheard, reading};

/// A mail of ours came back, or its reader calls it unwanted: the mail is marked, its address gets no more when nobody is
/// there, staff read of it, nobody is mailed.
pub(super) async fn bounce(
    tx: &mut Tx,
    it: &Understood,
    thread: Option<Thread>,
    now: Moment,
) -> Result<Outcome, Error> {
    let report = it.letter.delivery_report.as_ref();
    let status = report.and_then(|report| report.status.as_deref());
    let returned = report.and_then(|report| report.original_message_id.as_deref());
    // What is complained of arrived, and what is late may still arrive.
    let failure = report.map(|report| report.failure);
    let is_back = !matches!(failure, Some(Failure::Complaint | Failure::Delayed));
    let sent_to = match returned {
        Some(message_id) => {
            outbox_store::mark_bounced(tx, message_id, status, !is_back, now).await?
        }
        None => None,
    };
    let ends = report.and_then(suppression::of_report);
    if let (Some(address), Some(reason)) = (&sent_to, ends) {
        suppression::suppress(tx, address, reason, status, now).await?;
    }
    let marked = sent_to.is_some();
    let Some(thread) = thread else {
        return Ok(Outcome {
            state: IncomingState::Done,
            reason: Some(Reason::Bounce),
            ticket: None,
        });
    };
    let recipient = PersonId(thread.recipient);
    let ticket = TicketId(thread.ticket);
    let person = match people::find(tx, recipient).await {
        Ok(person) => person,
        Err(Error::NotFound) => return Ok(held(Reason::Bounce, None)),
        Err(error) => return Err(error),
    };
    // A report that does not say which mail it is about was still sent to an address that only that mail had.
    let named = report.and_then(|report| report.recipient.as_deref());
    if let (false, Some(reason), Some(named)) = (marked, ends, named)
        && named.eq_ignore_ascii_case(&person.email)
    {
        suppression::suppress(tx, named, reason, status, now).await?;
    }
    if !is_back {
        return Ok(done(Some(Reason::Bounce), ticket));
    }
    // Through the eyes of whoever was written to: a report proves no more than that.
    match reading::find::<Read>(tx, &person.actor(), ticket).await {
        Ok(seen) => {
            overheard::note_bounce(tx, &seen, recipient, status, now).await?;
            Ok(done(Some(Reason::Bounce), ticket))
        }
        Err(Error::NotFound) if marked => Ok(done(Some(Reason::Bounce), ticket)),
        Err(Error::NotFound) => Ok(held(Reason::Bounce, None)),
        Err(error) => Err(error),
    }
}
