//! The job that reads a letter: what it says, what it proves, who speaks, which verb.
//!
//! Everything a letter changes, and the mark that it was read, is one transaction: a crash before
//! its commit leaves the letter waiting, one after it finds the letter done. Only the bytes of
//! attachments are kept before, and keeping them twice is keeping them once.
//!
//! Who speaks (faults ID):
//! - The sender of a letter with a token speaks as themselves when the token was made for them,
//!   agents included: an agent answers a notification by mail as on the page, and only while they
//!   may still see the ticket and reply to it.
//! - Somebody else who is known and is requester or invitee of that ticket speaks as requester or
//!   invitee, never as an agent: `From` alone makes nobody an agent.
//! - Anybody else's letter is held, linked to the ticket, for an administrator to let in as a ticket
//!   of its own.
//! - Whoever is not whom their letter names speaks as nobody, whatever token they hold (`identity`, decision 0073).
//! - An answer to a mail about an internal note is an internal note.
//! - A token for a ticket that was merged leads to where its words went on; that ticket decides.
//! - A requester's answer about a ticket that ended long ago opens one that follows it.
//! - A token for a ticket its owner may no longer write to opens a new ticket.
//! - Rules (`filters`) are asked about what would open a ticket and proves no thread, and about nothing else.
//! - A token for a ticket that is gone (retention) is none: the letter, whoever wrote it, is one without a token.

use futures_util::FutureExt;
use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use kit::jobs::Verdict;
use letter::Letter;
use letter::complaint::Complaint;
use letter::report::Failure;
use letter::thread::Thread;

use super::body;
use super::facts;
use super::filters::{
    asking,
    sieve::{Sieved, Verdict as Sorted},
};
use super::identity::Verdict as Known;
use super::judge::{self, Judgement, Reason};
use super::outbox_store;
use super::post::Post;
use super::store::{self, Channel, Incoming, IncomingId, IncomingState, ReadMail, Settled};
use crate::departments::{self, CategoryId};
use crate::people::{self, PersonId, suppression};
use crate::policy::{self, permission};
use crate::tickets::comments::NewComment;
use crate::tickets::joining::{self, following};
use crate::tickets::rights::{FollowUp, Note, Read, Reply};
use crate::tickets::verbs::{self, NewTicket};
use crate::tickets::{Ticket, TicketId, Visibility, overheard, reading, tags};

/// How often reading is tried before the letter is held.
const MOST_ATTEMPTS: i64 = 6;

/// Where letters of nobody in particular come from: a domain that exists nowhere (RFC 2606), so
/// that nothing is ever sent there.
pub const NOBODY: &str = "unknown@sender.invalid";

/// Runs the job.
pub async fn run(post: &Post, job: ReadMail, attempts: i64) -> Verdict {
    let id = IncomingId(job.mail);
    let reading = std::panic::AssertUnwindSafe(read_again(post, id, job.released));
    let why = match reading.catch_unwind().await {
        Ok(Ok(())) => return Verdict::Done,
        // The database coming back is worth any wait; the letter is safe meanwhile.
        Ok(Err(error @ Error::Down(_))) => return Verdict::Retry(error.to_string()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "reading it panicked".to_owned(),
    };
    if attempts < MOST_ATTEMPTS {
        return Verdict::Retry(why);
    }
    tracing::error!(mail = id.0, %why, "a letter could not be read and is held");
    match hold_as_failed(post, id).await {
        Ok(()) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}

/// Two first letters of one person at once both try to add them; one finds the other's row taken,
/// and finds the person the second time.
async fn read_again(post: &Post, id: IncomingId, is_released: bool) -> Result<(), Error> {
    for _ in 0..3 {
        match read(post, id, is_released).await {
            Err(Error::Invalid(_) | Error::Conflict(_)) => {}
            other => return other,
        }
    }
    read(post, id, is_released).await
}

async fn hold_as_failed(post: &Post, id: IncomingId) -> Result<(), Error> {
    let mut tx = post.db.write().await?;
    if store::begin_reading(&mut tx, id, post.clock.now()).await? {
        let settled = Settled {
            state: IncomingState::Held,
            reason: Some(Reason::Failed.word()),
            filtered_by: None,
            subject: "",
            sender: "",
            ticket: None,
            verdict: None,
        };
        store::settle(&mut tx, id, &settled).await?;
    }
    tx.commit().await
}

/// A letter understood, and what stands around it.
struct Understood {
    incoming: Incoming,
    letter: Letter,
    channel: Option<Channel>,
    /// What the rules made of it.
    sieved: Sieved,
    is_released: bool,
}

async fn read(post: &Post, id: IncomingId, is_released: bool) -> Result<(), Error> {
    let mut reader = post.db.read();
    let Some(incoming) = store::letter_to_read(&mut reader, id).await? else {
        return Ok(());
    };
    if incoming.state != IncomingState::Received {
        return Ok(());
    }
    let (incoming, letter) = facts::parsed(incoming).await?;
    let channels = store::channels(&mut reader).await?;
    let facts = facts::facts(post, &incoming, &letter, &channels, is_released).await?;
    let channel = channels
        .into_iter()
        .find(|channel| Some(channel.id) == incoming.channel_id);
    let judgement = judge::judge(&facts);
    let sieved = match judge::is_filtered(&facts, judgement) {
        true => asking::ask(&mut reader, &incoming, &letter, post.clock.now()).await?,
        false => Sieved::default(),
    };
    let understood = Understood {
        incoming,
        letter,
        channel,
        sieved,
        is_released,
    };
    // Bytes of files are kept before the transaction begins, so that it stays short.
    let comment = match judgement {
        _ if understood.quarantine().is_some() => None,
        Judgement::Hold(_) | Judgement::NoteBounce(_) => None,
        Judgement::Join(..) | Judgement::Open(_) => {
            let whole = understood.letter.complaints.contains(&Complaint::TooLarge);
            Some(body::comment(post, &understood.incoming, &understood.letter, whole).await?)
        }
        Judgement::OpenForNobody(_) => {
            Some(body::comment(post, &understood.incoming, &understood.letter, true).await?)
        }
    };

    let now = post.clock.now();
    // What a power cut takes back of this is made again of the letter, which the disk has since it was acknowledged.
    let mut tx = post.db.write_behind().await?;
    if !store::begin_reading(&mut tx, id, now).await? {
        return Ok(());
    }
    let outcome = match (judgement, comment) {
        _ if understood.quarantine().is_some() => Outcome {
            state: IncomingState::Quarantined,
            reason: None,
            ticket: None,
        },
        (Judgement::Hold(reason), _) => held(reason, None),
        (Judgement::NoteBounce(thread), _) => bounce(&mut tx, &understood, thread, now).await?,
        (Judgement::Join(thread, machine), Some(comment)) => {
            join(&mut tx, post, &understood, thread, machine, comment, now).await?
        }
        (Judgement::Open(machine), Some(comment)) => {
            open(&mut tx, post, &understood, machine, comment, now).await?
        }
        (Judgement::OpenForNobody(reason), Some(comment)) => {
            open_for_nobody(&mut tx, post, &understood, reason, comment, now).await?
        }
        (_, None) => return Err(Error::bug("a letter to be shown has no words")),
    };
    let sender = understood.letter.from.as_ref();
    if let (Some(from), IncomingState::Done, None) = (sender, outcome.state, outcome.reason) {
        suppression::somebody_is_there(&mut tx, &from.email).await?;
    }
    let settled = Settled {
        state: outcome.state,
        reason: outcome.reason.map(Reason::word),
        filtered_by: understood.quarantine(),
        subject: &understood.letter.subject,
        sender: sender.map_or(understood.incoming.envelope_from.as_str(), |s| &s.email),
        ticket: outcome.ticket,
        verdict: Some(facts.verdict),
    };
    if facts.verdict == Known::Forged {
        store::mark_forged(&mut tx, id).await?;
    }
    asking::count(&mut tx, &understood.sieved.met, now).await?;
    store::settle(&mut tx, id, &settled).await?;
    tx.hint("mail", 0);
    tx.commit().await
}

impl Understood {
    /// The name of the rule that puts it into quarantine.
    fn quarantine(&self) -> Option<&str> {
        match &self.sieved.verdict {
            Some(Sorted::Quarantine(rule)) => Some(rule),
            _ => None,
        }
    }

    /// Where it may open its ticket, the best first: where a rule says, as long as that takes tickets, and where its
    /// address says.
    fn places(&self, channel: &Channel) -> Vec<CategoryId> {
        let sorted = match self.sieved.verdict {
            Some(Sorted::Category(category)) => Some(category),
            _ => None,
        };
        sorted.into_iter().chain([channel.category_id]).collect()
    }
}

/// Where a letter ended.
struct Outcome {
    state: IncomingState,
    reason: Option<Reason>,
    ticket: Option<TicketId>,
}

fn held(reason: Reason, ticket: Option<TicketId>) -> Outcome {
    Outcome {
        state: IncomingState::Held,
        reason: Some(reason),
        ticket,
    }
}

fn done(reason: Option<Reason>, ticket: TicketId) -> Outcome {
    Outcome {
        state: IncomingState::Done,
        reason,
        ticket: Some(ticket),
    }
}

/// A mail of ours came back, or its reader calls it unwanted: the mail is marked, its address gets no more when nobody is
/// there, staff read of it, nobody is mailed.
async fn bounce(
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

/// Who may speak in the ticket the token names.
async fn speaker(
    tx: &mut Tx,
    sender: &str,
    thread: Thread,
) -> Result<Option<(Actor, bool)>, Error> {
    let Some(person) = people::find_by_email(tx, sender).await? else {
        return Ok(None);
    };
    if person.id.0 == thread.recipient {
        return Ok(Some((person.actor(), true)));
    }
    if person.disabled_at.is_some() {
        return Ok(None);
    }
    Ok(Some((policy::actor(person.id.0, None), false)))
}

async fn join(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    thread: Thread,
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let ticket = TicketId(thread.ticket);
    // It went, with all that a token could lead to. Between this look and the end of the change it may still go: then
    // the letter is read again.
    if outbox_store::department_of(tx, ticket).await?.is_none() {
        return match machine {
            Some(reason @ (Reason::AutoReply | Reason::Receipt)) if !it.is_released => {
                Ok(held(reason, None))
            }
            machine => {
                // An answer to a note would be open to whoever reads the new ticket: better held than made public.
                let from = it.letter.from.as_ref().filter(|_| !it.is_released);
                if let Some(from) = from
                    && let Some(person) = people::find_by_email(tx, &from.email).await?
                    && person.actor().is_permitted(permission::STAFF)
                {
                    return Ok(held(Reason::UnprovenSender, None));
                }
                open(tx, post, it, machine, comment, now).await
            }
        };
    }
    let unproven = held(Reason::UnprovenSender, Some(ticket));
    let Some(from) = &it.letter.from else {
        return Ok(unproven);
    };
    let Some((actor, is_recipient)) = speaker(tx, &from.email, thread).await? else {
        return if it.is_released {
            open(tx, post, it, machine, comment, now).await
        } else {
            Ok(unproven)
        };
    };
    // Where the words of a merged ticket went on decides from here (AZ-04).
    let ticket = joining::followed(tx, &actor, ticket).await?;
    if machine.is_none()
        && let Ok(first) = reading::find_to_change::<FollowUp>(tx, &actor, ticket).await
        && first.is_requester(&actor)
        && following::is_long_over(&first)
    {
        return follow(tx, post, it, &actor, &first, comment, now).await;
    }
    if answers_a_note(tx, &it.letter).await? {
        return note(tx, &actor, ticket, machine, comment, now).await;
    }
    match reading::find_to_change::<Reply>(tx, &actor, ticket).await {
        Ok(may) if machine.is_some() => {
            overheard::overhear(tx, &may, &actor, &comment, now).await?;
            Ok(done(machine, ticket))
        }
        Ok(may) => {
            verbs::reply(tx, &may, &actor, comment, now).await?;
            Ok(done(None, ticket))
        }
        Err(Error::NotFound | Error::Forbidden(_)) if machine.is_some() && !it.is_released => {
            Ok(held(machine.unwrap_or(Reason::UnprovenSender), None))
        }
        Err(Error::NotFound | Error::Forbidden(_)) if is_recipient || it.is_released => {
            open(tx, post, it, machine, comment, now).await
        }
        Err(Error::NotFound | Error::Forbidden(_)) => Ok(unproven),
        Err(error) => Err(error),
    }
}

/// The ticket ended long ago: its requester's letter opens one that follows it, where that one
/// lived, or where the channel leads when that place is closed (ID-13).
async fn follow(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    actor: &Actor,
    first: &May<FollowUp, Ticket>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let outcome = match departments::place_written_to(tx, actor, first.category_id).await {
        Ok(place) => {
            let subject = match it.letter.subject.trim() {
                "" => first.subject.clone(),
                subject => subject.to_owned(),
            };
            let new = NewTicket {
                subject,
                priority: first.priority,
                visibility: Visibility::Private,
                comment,
            };
            done(None, verbs::open(tx, &place, actor, new, now).await?.ticket)
        }
        Err(Error::Forbidden(_) | Error::Invalid(_)) => {
            open(tx, post, it, None, comment, now).await?
        }
        Err(error) => return Err(error),
    };
    if let Some(new) = outcome.ticket {
        following::note(tx, first, actor, new, now).await?;
    }
    Ok(outcome)
}

/// Whether the mail this letter answers told of a note. Any of those it names counts: better a note
/// too many than internal words made public.
async fn answers_a_note(tx: &mut Tx, letter: &Letter) -> Result<bool, Error> {
    let direct = match letter.in_reply_to.as_slice() {
        [] => letter.references.last().into_iter().collect(),
        named => named.iter().take(5).collect::<Vec<_>>(),
    };
    for id in direct {
        if outbox_store::told_staff_only(tx, id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn note(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    if let Some(machine) = machine {
        return Ok(held(machine, Some(ticket)));
    }
    match reading::find_to_change::<Note>(tx, actor, ticket).await {
        Ok(may) => {
            verbs::note(tx, &may, actor, comment, now).await?;
            Ok(done(None, ticket))
        }
        Err(Error::NotFound | Error::Forbidden(_)) => {
            Ok(held(Reason::UnprovenSender, Some(ticket)))
        }
        Err(error) => Err(error),
    }
}

async fn open(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let Some(from) = &it.letter.from else {
        return Ok(held(Reason::SenderUnclear, None));
    };
    let name = from.name.as_deref().unwrap_or_default();
    open_for(tx, post, it, (&from.email, name), machine, comment, now).await
}

/// The letter is nobody's, but somebody may wait for an answer: it becomes a ticket that staff see.
async fn open_for_nobody(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    reason: Reason,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let name = words::catalogue::say(post.language, "mail-unknown-sender");
    let nobody = (NOBODY, name);
    let opened = open_for(tx, post, it, nobody, Some(reason), comment, now).await?;
    Ok(match opened.ticket {
        Some(_) => Outcome {
            state: IncomingState::Unreadable,
            ..opened
        },
        None => opened,
    })
}

async fn open_for(
    tx: &mut Tx,
    post: &Post,
    it: &Understood,
    (email, name): (&str, &str),
    machine: Option<Reason>,
    comment: NewComment,
    now: Moment,
) -> Result<Outcome, Error> {
    let Some(channel) = &it.channel else {
        return Ok(held(Reason::ChannelGone, None));
    };
    let requester = people::contact(tx, email, name, None, now).await?;
    if people::find(tx, requester).await?.disabled_at.is_some() {
        return Ok(held(Reason::SenderDisabled, None));
    }
    // Whoever they are, a letter without token speaks as somebody who asks.
    let actor = policy::actor(requester.0, None);
    let mut place = None;
    for category in it.places(channel) {
        match departments::place_written_to(tx, &actor, category).await {
            Ok(found) => {
                place = Some(found);
                break;
            }
            Err(Error::Forbidden(_) | Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let Some(place) = place else {
        return Ok(held(Reason::CategoryClosed, None));
    };
    let subject = match it.letter.subject.trim() {
        "" => words::catalogue::say(post.language, "mail-no-subject").to_owned(),
        subject => subject.to_owned(),
    };
    let new = NewTicket {
        subject,
        priority: 3,
        visibility: Visibility::Private,
        comment,
    };
    let opened = verbs::open(tx, &place, &actor, new, now).await?;
    if opened.is_new {
        tags::put_on_new(tx, &place, opened.ticket, &it.sieved.tags, now).await?;
    }
    Ok(done(machine, opened.ticket))
}
