//! The job that sends one mail: asks again whether its reader may read it, writes it, hands it to
//! the relay, and notes how it went.
//!
//! A mail is marked before it is handed over and after. Whoever finds the first mark without the
//! second, or lost the connection after the last dot, does not know whether the relay has it: the
//! same letter with the same `Message-ID` is then handed over once more, and never a third time.

use futures_util::FutureExt;
use kit::clock::{Moment, Span};
use kit::error::Error;
use kit::jobs::{self, Verdict};
use letter::address::Address;
use letter::compose::{Outgoing as Letter, compose};
use letter::thread;

use super::monitoring_mailbox;
use super::outbox_store::{self, Now, Outgoing, OutgoingId, OutgoingState, SendMail};
use super::post::Post;
use super::recipients::Purpose;
use super::relay::{Handed, NO_ANSWER};
use super::store::{self, Channel};
use super::texts::{self, Text};
use crate::departments::DepartmentId;
use crate::people::suppression::{self, Reason, Suppressed};
use crate::people::{self, Person, PersonId};

/// How long a mail is tried before it is given up.
pub const LONGEST_TRYING: Span = Span::hours(48);
/// How often a mail that cannot even be written is tried.
const MOST_ATTEMPTS: i64 = 5;

/// Runs the job; `attempts` counts the claims of this job, this one included.
pub async fn run(post: &Post, job: SendMail, attempts: i64) -> Verdict {
    let id = OutgoingId(job.mail);
    let why = match std::panic::AssertUnwindSafe(send(post, id, attempts))
        .catch_unwind()
        .await
    {
        Ok(Ok(verdict)) => return verdict,
        Ok(Err(error @ Error::Down(_))) => return Verdict::Retry(error.to_string()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "writing it panicked".to_owned(),
    };
    if attempts < MOST_ATTEMPTS {
        return Verdict::Retry(why);
    }
    tracing::error!(mail = id.0, %why, "a mail cannot be written and is given up");
    let failed = settled(OutgoingState::Failed, Some("unwritable"), post.clock.now());
    match put(post, id, &failed).await {
        Ok(()) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}

/// What a mail says.
struct Said {
    subject: String,
    text: String,
    html: askama::Result<String>,
    may_reply: bool,
}

fn settled(state: OutgoingState, error: Option<&str>, at: Moment) -> Now<'_> {
    Now {
        state,
        error,
        next_at: None,
        settled_at: Some(at),
    }
}

async fn put(post: &Post, id: OutgoingId, now: &Now<'_>) -> Result<(), Error> {
    let mut tx = post.db.write().await?;
    outbox_store::put(&mut tx, id, now).await?;
    tx.hint("mail", 0);
    tx.commit().await
}

async fn send(post: &Post, id: OutgoingId, attempts: i64) -> Result<Verdict, Error> {
    let Some(mail) = outbox_store::mail_to_send(&mut post.db.read(), id).await? else {
        return Ok(Verdict::Done);
    };
    let now = post.clock.now();
    // Left to an administrator: that its job was not struck off yet brings it no third time.
    if mail.settled_at.is_some() {
        return Ok(Verdict::Done);
    }
    let next = match mail.state {
        OutgoingState::Waiting => OutgoingState::Sending,
        OutgoingState::Uncertain => OutgoingState::Repeating,
        // Another job may be at it; this one was not there before.
        OutgoingState::Sending | OutgoingState::Repeating if attempts <= 1 => {
            return Ok(Verdict::Retry("it is being sent".to_owned()));
        }
        OutgoingState::Sending => OutgoingState::Repeating,
        OutgoingState::Repeating => {
            put(
                post,
                id,
                &settled(OutgoingState::Uncertain, Some("lost-twice"), now),
            )
            .await?;
            return Ok(Verdict::Done);
        }
        _ => return Ok(Verdict::Done),
    };
    if let Some(relay) = &post.relay
        && let Some(until) = relay.rests_until(now).await
    {
        return note(post, &mail, next, Handed::Away(NO_ANSWER.to_owned(), until)).await;
    }
    let person = reader(post, &mail).await?;
    let text = match (&person, mail.purpose) {
        (None, Purpose::MonitoringMailbox) => monitoring_mailbox::text(post, &mail).await?,
        (None, _) => Text::Nothing("no-reader"),
        (Some(person), _) => texts::text(post, &mail, person).await?,
    };
    let said = match text {
        Text::Said(view) => Said {
            subject: view.subject(),
            text: view.text(),
            html: view.html(),
            may_reply: view.may_reply,
        },
        Text::Report(view) => Said {
            subject: view.subject(),
            text: view.text(),
            html: view.html(),
            may_reply: false,
        },
        Text::Nothing(why) => {
            put(post, id, &settled(OutgoingState::Dropped, Some(why), now)).await?;
            return Ok(Verdict::Done);
        }
    };
    if !goes_anyway(mail.purpose)
        && let Some(suppressed) = suppression::of(&mut post.db.read(), &mail.address).await?
    {
        return hold_back(post, &mail, &suppressed, &said.subject).await;
    }
    let department = match mail.ticket_id {
        Some(ticket) => outbox_store::department_of(&mut post.db.read(), ticket).await?,
        None => None,
    };
    let sender = sender(post, department).await?;
    let subject = said.subject;
    let Some(from) = &sender.from else {
        return wait(post, &mail, &subject, "no-sender").await;
    };
    let letter = Letter {
        message_id: mail.message_id.clone(),
        from: from.clone(),
        to: vec![Address {
            name: (person.as_ref()).and_then(|it| letter::address::display_name(&it.name)),
            email: mail.address.clone(),
        }],
        reply_to: match (mail.ticket_id, &sender.channel, &person) {
            (Some(ticket), Some(channel), Some(person)) if said.may_reply => Some(Address {
                name: from.name.clone(),
                email: thread::plus_address(&post.key, ticket.0, person.id.0, &channel.address),
            }),
            _ => None,
        },
        in_reply_to: None,
        references: vec![],
        subject: subject.clone(),
        text: said.text,
        html: Some(said.html.map_err(|e| Error::Bug(anyhow::Error::new(e)))?),
        date_micros: mail.created_at.0,
        automatic: true,
        // What comes at its hour can be ended; what tells of a ticket is chosen department by department.
        unsubscribe: (mail.purpose == Purpose::DailyReport)
            .then(|| format!("{}/preferences/daily-report", post.public_url)),
    };
    let composed = compose(&threaded(post, &mail, person.as_ref(), letter).await?);
    // The last touch: what is kept, shown and handed over are these bytes.
    let raw = post.signers.sign(&from.email, composed)?;
    if post.is_demo && post.relay.is_none() {
        return capture(post, &mail, &subject, raw).await;
    }
    let Some(relay) = &post.relay else {
        return wait(post, &mail, &subject, "no-relay").await;
    };
    // What opens an account is nothing to keep; what a report tells of many tickets would outlive what is taken out of one.
    let is_kept = !matches!(
        mail.purpose,
        Purpose::PasswordLink | Purpose::SignInCode | Purpose::DailyReport
    );
    let kept = is_kept.then(|| raw.clone());
    let mut tx = post.db.write().await?;
    if !outbox_store::begin_sending(&mut tx, id, mail.state, next, &subject, kept).await? {
        return Ok(Verdict::Done);
    }
    tx.commit().await?;
    let handed = relay.hand_over(&from.email, &mail.address, &raw, now).await;
    note(post, &mail, next, handed).await
}

/// Writes down how handing over went, and says what becomes of the job.
async fn note(
    post: &Post,
    mail: &Outgoing,
    was: OutgoingState,
    handed: Handed,
) -> Result<Verdict, Error> {
    let now = post.clock.now();
    // The job counts its own attempts from its own start; the mail knows them all.
    let next_at = now.plus(jobs::pause(mail.attempts + 1));
    let again = |state, error| Now {
        state,
        error: Some(error),
        next_at: Some(next_at),
        settled_at: None,
    };
    match handed {
        Handed::Taken => {
            put(post, mail.id, &settled(OutgoingState::Sent, None, now)).await?;
            Ok(Verdict::Done)
        }
        Handed::Refused(why) => {
            put(
                post,
                mail.id,
                &settled(OutgoingState::Failed, Some(&why), now),
            )
            .await?;
            Ok(Verdict::Done)
        }
        Handed::Nobody(why) => {
            let mut tx = post.db.write().await?;
            let failed = settled(OutgoingState::Failed, Some(&why), now);
            outbox_store::put(&mut tx, mail.id, &failed).await?;
            suppression::suppress(&mut tx, &mail.address, Reason::Refused, Some(&why), now).await?;
            tx.hint("mail", 0);
            if let Some(ticket) = mail.ticket_id {
                tx.hint("ticket", ticket.0);
            }
            tx.commit().await?;
            Ok(Verdict::Done)
        }
        Handed::Later(why) | Handed::Away(why, _)
            if now.since(mail.created_at) > LONGEST_TRYING =>
        {
            put(
                post,
                mail.id,
                &settled(OutgoingState::Failed, Some(&why), now),
            )
            .await?;
            Ok(Verdict::Done)
        }
        Handed::Later(why) => {
            put(post, mail.id, &again(not_handed(was), &why)).await?;
            Ok(Verdict::Retry(why))
        }
        Handed::Away(why, until) => {
            let waits = Now {
                next_at: Some(until),
                ..again(not_handed(was), &why)
            };
            // It is found as it was, whatever a power cut takes back of this.
            let mut tx = post.db.write_behind().await?;
            outbox_store::put(&mut tx, mail.id, &waits).await?;
            tx.hint("mail", 0);
            tx.commit().await?;
            Ok(Verdict::At(until, why))
        }
        Handed::Unknown(why) if was == OutgoingState::Repeating => {
            put(
                post,
                mail.id,
                &settled(OutgoingState::Uncertain, Some(&why), now),
            )
            .await?;
            Ok(Verdict::Done)
        }
        Handed::Unknown(why) => {
            put(post, mail.id, &again(OutgoingState::Uncertain, &why)).await?;
            Ok(Verdict::Retry(why))
        }
    }
}

/// Where a mail is that the relay did not get: a repetition of one is still what the first time may have brought.
fn not_handed(was: OutgoingState) -> OutgoingState {
    match was {
        OutgoingState::Repeating => OutgoingState::Uncertain,
        _ => OutgoingState::Waiting,
    }
}

/// Leaves a mail waiting until somebody configures what is missing; nothing polls for it.
async fn wait(
    post: &Post,
    mail: &Outgoing,
    subject: &str,
    why: &'static str,
) -> Result<Verdict, Error> {
    let mut tx = post.db.write_behind().await?;
    outbox_store::put_subject(&mut tx, mail.id, subject, why).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// Whether a mail goes to an address whatever is known of it: its person asked for it a moment ago.
fn goes_anyway(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::PasswordLink | Purpose::SignInCode)
}

/// Leaves a mail unsent whose address takes none, and counts it there.
async fn hold_back(
    post: &Post,
    mail: &Outgoing,
    suppressed: &Suppressed,
    subject: &str,
) -> Result<Verdict, Error> {
    let mut tx = post.db.write().await?;
    outbox_store::put_subject(&mut tx, mail.id, subject, "suppressed").await?;
    let dropped = settled(OutgoingState::Dropped, Some("suppressed"), post.clock.now());
    outbox_store::put(&mut tx, mail.id, &dropped).await?;
    suppression::count(&mut tx, suppressed.id).await?;
    tx.hint("mail", 0);
    tx.commit().await?;
    Ok(Verdict::Done)
}

async fn capture(
    post: &Post,
    mail: &Outgoing,
    subject: &str,
    raw: Vec<u8>,
) -> Result<Verdict, Error> {
    let mut tx = post.db.write_behind().await?;
    let (from, to) = (mail.state, OutgoingState::Captured);
    if outbox_store::begin_sending(&mut tx, mail.id, from, to, subject, Some(raw)).await? {
        let captured = settled(OutgoingState::Captured, None, post.clock.now());
        outbox_store::put(&mut tx, mail.id, &captured).await?;
        tx.hint("mail", 0);
        tx.commit().await?;
    }
    Ok(Verdict::Done)
}

async fn reader(post: &Post, mail: &Outgoing) -> Result<Option<Person>, Error> {
    let Some(id) = mail.person_id else {
        return Ok(None);
    };
    match people::find(&mut post.db.read(), id).await {
        Ok(person) if person.disabled_at.is_some() => Ok(None),
        Ok(person) => Ok(Some(person)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts the mail into its reader's thread: after their own letter and what they were sent before.
async fn threaded(
    post: &Post,
    mail: &Outgoing,
    person: Option<&Person>,
    letter: Letter,
) -> Result<Letter, Error> {
    let (Some(ticket), Some(person)) = (mail.ticket_id, person) else {
        return Ok(letter);
    };
    let mut reader = post.db.read();
    let own = store::newest_head(&mut reader, ticket, &person.email).await?;
    let own = own.and_then(|head| letter::parse::parse(&head).message_id);
    let sent = outbox_store::thread_before(&mut reader, ticket, PersonId(person.id.0), mail.id);
    let references: Vec<String> = own.into_iter().chain(sent.await?).collect();
    Ok(Letter {
        in_reply_to: references.last().cloned(),
        references,
        ..letter
    })
}

/// Who writes, and by which channel answers come back.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The sender; `None` when there is neither `mail_from` nor a channel.
    pub from: Option<Address>,
    /// The channel of the ticket's department, else the first active one.
    pub channel: Option<Channel>,
}

impl Sender {
    /// The domain of identifiers: the sender's own, so that they agree with its signature.
    pub fn domain(&self, otherwise: &str) -> String {
        self.from
            .as_ref()
            .and_then(|from| from.email.split_once('@'))
            .map_or_else(|| otherwise.to_owned(), |(_, domain)| domain.to_owned())
    }
}

/// Who writes mails about tickets of a department.
pub async fn sender(post: &Post, department: Option<DepartmentId>) -> Result<Sender, Error> {
    let mut reader = post.db.read();
    let own = match department {
        Some(department) => store::channel_of_department(&mut reader, department).await?,
        None => None,
    };
    let channel = match own {
        Some(channel) => Some(channel),
        None => store::channels(&mut reader)
            .await?
            .into_iter()
            .find(|channel| channel.is_active),
    };
    let named = post
        .mail_from
        .as_deref()
        .and_then(|from| {
            let mut ignored = letter::complaint::Complaints::default();
            letter::address::parse_list(from, &mut ignored)
                .addresses
                .into_iter()
                .next()
        })
        .map(|from| Address {
            name: from
                .name
                .or_else(|| channel.as_ref().map(|channel| channel.name.clone())),
            ..from
        });
    let from = named.or_else(|| {
        channel.as_ref().map(|channel| Address {
            name: letter::address::display_name(&channel.name),
            email: channel.address.clone(),
        })
    });
    Ok(Sender { from, channel })
}
