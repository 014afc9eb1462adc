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
//! - A letter without token that names another letter joins that one's ticket, if its author is proven and has part in it (`referring`).
//! - What an agent passes on opens a ticket for whoever wrote it first (`forwarding`); passed on into a ticket, it is an internal note.
//! - Whom a letter was written to besides is invited where the category's rule says so (`copied`).
//! - A token for a ticket that is gone (retention) is none: the letter, whoever wrote it, is one without a token.

mod bouncing;
pub mod copied;
mod forwarding;
mod opening;
pub mod referring;

use bouncing::bounce;
use forwarding::PassedOn;
use futures_util::FutureExt;
use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use kit::jobs::Verdict;
use letter::Letter;
use letter::complaint::Complaint;
use letter::thread::Thread;
use opening::{follow, open, open_for_nobody};

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
use crate::departments::CategoryId;
use crate::people::{self, suppression};
use crate::policy::{self, permission};
use crate::tickets::comments::NewComment;
use crate::tickets::joining::{self, following};
use crate::tickets::rights::{FollowUp, Note, Read, Reply};
use crate::tickets::verbs;
use crate::tickets::{Audience, TicketId, overheard, reading};

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
            message_id: None,
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
    /// What is known of its author.
    verdict: Known,
    /// The desk's own addresses, and those it was delivered to.
    own: Vec<String>,
    /// Its ticket was found by a letter it names.
    is_named: bool,
    /// The mail it passes on.
    passed_on: Option<PassedOn>,
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
    let own = facts::own_addresses(post, &incoming, &letter, &channels);
    let channel = channels
        .into_iter()
        .find(|channel| Some(channel.id) == incoming.channel_id);
    let judgement = judge::judge(&facts);
    let sieved = match judge::is_filtered(&facts, judgement) {
        true => asking::ask(&mut reader, &incoming, &letter, post.clock.now()).await?,
        false => Sieved::default(),
    };
    let is_passed_on = match judgement {
        Judgement::Open(None) => facts.verdict == Known::Proven,
        Judgement::Join(_, None) => true,
        _ => false,
    };
    let (letter, passed_on) = match is_passed_on {
        true => forwarding::passed_on(post, &incoming, letter).await?,
        false => (letter, None),
    };
    let understood = Understood {
        incoming,
        letter,
        channel,
        verdict: facts.verdict,
        own,
        is_named: facts.is_named,
        passed_on,
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
        message_id: (understood.letter.message_id.as_deref())
            .filter(|_| facts.verdict == Known::Proven),
    };
    if facts.verdict == Known::Forged {
        store::mark_forged(&mut tx, id).await?;
    }
    if let (Some(pictures), Some(_)) = (
        body::pictures(&understood.letter, &post.host()),
        outcome.ticket,
    ) {
        store::mark_pictures(&mut tx, id, pictures).await?;
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

/// What was found, unless it is not there, not theirs, or takes no tickets: then a letter goes another way.
fn permitted<T>(found: Result<T, Error>) -> Result<Option<T>, Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound | Error::Forbidden(_) | Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
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
    if is_between_staff(tx, it, &actor, ticket).await? || answers_a_note(tx, &it.letter).await? {
        return note(tx, &actor, ticket, machine, comment, now).await;
    }
    match reading::find_to_change::<Reply>(tx, &actor, ticket).await {
        Ok(may) if machine.is_some() => {
            overheard::overhear(tx, &may, &actor, &comment, now).await?;
            Ok(done(machine, ticket))
        }
        Ok(may) => {
            verbs::reply(tx, &may, &actor, comment, now).await?;
            copied::let_in(tx, it, &actor, ticket, now).await?;
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

/// Whether a letter is from staff to staff: one that passes something on, or that named a letter and leaves the requester out.
async fn is_between_staff(
    tx: &mut Tx,
    it: &Understood,
    actor: &Actor,
    ticket: TicketId,
) -> Result<bool, Error> {
    if it.passed_on.is_none() && !it.is_named {
        return Ok(false);
    }
    let seen = permitted(reading::find::<Read>(tx, actor, ticket).await)?;
    let Some(seen) = seen.filter(|it| it.is_on_staff_side(actor)) else {
        return Ok(false);
    };
    Ok(it.passed_on.is_some() || referring::leaves_out(tx, &it.letter, seen.requester_id).await?)
}

/// Whether the mail this letter answers told of a note, or was one. Any of those it names counts: better a note
/// too many than internal words made public.
async fn answers_a_note(tx: &mut Tx, letter: &Letter) -> Result<bool, Error> {
    let direct = match letter.in_reply_to.as_slice() {
        [] => letter.references.last().into_iter().collect(),
        named => named.iter().take(5).collect::<Vec<_>>(),
    };
    for id in direct {
        let letters = store::letters_called(tx, id).await?;
        let is_note = letters.iter().any(|it| it.audience == Audience::Staff);
        if is_note || outbox_store::told_staff_only(tx, id).await? {
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
