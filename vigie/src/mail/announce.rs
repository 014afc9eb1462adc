//! The job that tells an event: who is told, and one mail row for each, in one transaction. A
//! second run finds the rows there and writes nothing.

use kit::clock::Span;
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::jobs::Verdict;
use letter::thread;

use super::announce_store::{self, Occurred};
use super::monitoring_mailbox;
use super::outbox_store::{self, NewOutgoing};
use super::post::Post;
use super::recipients::{Monitor, Occasion, Purpose, who_is_told};
use crate::departments::mentoring;
use crate::departments::serving::serving;
use crate::departments::{CategoryId, DepartmentId};
use crate::notifications;
use crate::people::{self, PersonId};
use crate::tickets::history::{Announce, EventKind};
use crate::tickets::mentions;

/// The most acknowledgements one person is sent within an hour, whatever they send.
pub const MOST_ACKNOWLEDGED_PER_HOUR: i64 = 10;
/// The most of them that go to one domain within an hour: a machine may answer each from another address.
pub const MOST_ACKNOWLEDGED_OF_A_DOMAIN: i64 = 100;

/// Runs the job.
pub async fn run(post: &Post, job: Announce) -> Verdict {
    match announce(post, job).await {
        Ok(()) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}

async fn announce(post: &Post, job: Announce) -> Result<(), Error> {
    let mut reader = post.db.read();
    let Some(event) = announce_store::occurred(&mut reader, job.event).await? else {
        return Ok(());
    };
    let around = announce_store::around(&mut reader, event.ticket_id).await?;
    let place = (event.department_id, event.category_id);
    let monitors = monitors(&mut reader, place).await?;
    let left = match left_by(&event) {
        Some(category) => match announce_store::place(&mut reader, category).await? {
            Some(department) => self::monitors(&mut reader, (department, category)).await?,
            None => vec![],
        },
        None => vec![],
    };
    let suspended = announce_store::suspended(&mut reader).await?;
    // Whoever looks after whom the question is from, or who is in charge, stands beside those who observe.
    let mut watchers = around.watchers;
    if event.kind == EventKind::AdviceAsked {
        let asking = [event.actor_id, event.assignee_id].into_iter().flatten();
        watchers.extend(mentoring::of_any(&mut reader, asking).await?);
    }
    let occasion = Occasion {
        kind: event.kind,
        audience: event.audience,
        actor: event.actor_id,
        subject: concerned(&event),
        is_automatic: event.mail_reason.is_some(),
        is_left: event.left_bytes.is_some(),
        requester: event.requester_id,
        holder: event.assignee_id,
        invitees: &around.invitees,
        watchers: &watchers,
        monitors: &monitors,
        left: &left,
        suspended: &suspended,
    };
    let mut told = who_is_told(&occasion);
    // Whoever suspends their mails is told on the pages they have open all the same.
    let mut there = who_is_told(&Occasion {
        suspended: &[],
        ..occasion
    });
    if let Some(given) = event.given_to.as_deref().and_then(person) {
        told.retain(|(other, _)| *other != given);
        there.retain(|(other, _)| *other != given);
    }
    if let Some(comment) = event.comment_id {
        let called = mentions::mentioned(&mut reader, comment).await?;
        add_called(&mut told, &called, event.actor_id);
        add_called(&mut there, &called, event.actor_id);
    }
    let mailboxes = monitoring_mailbox::told(post, &mut reader, &event, &occasion, &told).await?;
    if told.is_empty() && there.is_empty() && mailboxes.is_empty() {
        return Ok(());
    }
    let sender = super::send::sender(post, Some(event.department_id)).await?;
    let domain = sender.domain(&post.host());
    // A power cut takes the job's end back with this: it is announced again, and no mail left meanwhile, since that is
    // marked on the disk first, with everything before.
    let mut tx = post.db.write_behind().await?;
    for (person, purpose) in there {
        note(&mut tx, post, &event, person, purpose).await?;
    }
    for (person, purpose) in told {
        tell(&mut tx, post, &event, person, purpose, &domain).await?;
    }
    for address in &mailboxes {
        monitoring_mailbox::tell(&mut tx, post, (event.ticket_id, event.id), address, &domain)
            .await?;
    }
    tx.commit().await
}

/// The agents of a department, and which of them serve this category of it.
async fn monitors(
    ask: &mut dyn Answers,
    (department, category): (DepartmentId, CategoryId),
) -> Result<Vec<Monitor>, Error> {
    let mut monitors = announce_store::monitors(ask, department, category).await?;
    if let Some(serving) = serving(ask, department, category).await? {
        for monitor in &mut monitors {
            monitor.serves = serving.contains(&monitor.person);
        }
    }
    Ok(monitors)
}

/// The category a ticket left by this event.
pub(super) fn left_by(event: &Occurred) -> Option<CategoryId> {
    let value = event.old_value.as_deref();
    let value = value.filter(|_| event.kind == EventKind::Transferred)?;
    value.parse().ok().map(CategoryId)
}

/// Whoever is called by name hears of it, once, as a call; whoever wrote it does not.
fn add_called(told: &mut Vec<(PersonId, Purpose)>, called: &[PersonId], actor: Option<PersonId>) {
    for person in called.iter().filter(|p| Some(**p) != actor) {
        told.retain(|(other, _)| other != person);
        told.push((*person, Purpose::Mention));
    }
}

/// Whom an event concerns beside its doer: who was let in, or who was in charge before.
fn concerned(event: &Occurred) -> Option<PersonId> {
    let value = match event.kind {
        EventKind::Invited
        | EventKind::Uninvited
        | EventKind::ObserverAdded
        | EventKind::GivenOut
        | EventKind::TaskGiven => &event.new_value,
        EventKind::Advised => &event.advice_asker,
        EventKind::TakenOver | EventKind::Released | EventKind::Assigned => &event.old_value,
        EventKind::Transferred => &event.released_by,
        _ => return None,
    };
    value.as_deref().and_then(person)
}

fn person(text: &str) -> Option<PersonId> {
    text.parse().ok().map(PersonId)
}

/// Notes for an agent, on the pages they have open, what somebody else did.
async fn note(
    tx: &mut Tx,
    post: &Post,
    event: &Occurred,
    person: PersonId,
    purpose: Purpose,
) -> Result<(), Error> {
    let reader = people::find(tx, person).await?;
    if reader.staff().is_none() || reader.disabled_at.is_some() || event.actor_id == Some(person) {
        return Ok(());
    }
    let (ticket, is_call) = (event.ticket_id, purpose == Purpose::Mention);
    notifications::note(tx, person, ticket, event.id, is_call, post.clock.now()).await
}

async fn tell(
    tx: &mut Tx,
    post: &Post,
    event: &Occurred,
    person: PersonId,
    purpose: Purpose,
    domain: &str,
) -> Result<(), Error> {
    let reader = people::find(tx, person).await?;
    if reader.disabled_at.is_some() || !can_be_written_to(&reader.email) {
        return Ok(());
    }
    let now = post.clock.now();
    if matches!(purpose, Purpose::Acknowledgement | Purpose::TooLarge) {
        let since = now.minus(Span::hours(1));
        let lately = announce_store::acknowledged_since(tx, person, since).await?;
        if lately >= MOST_ACKNOWLEDGED_PER_HOUR {
            tracing::info!(person = person.0, "too many acknowledgements, none sent");
            return Ok(());
        }
        let domain = reader.email.rsplit('@').next().unwrap_or_default();
        let there = announce_store::acknowledged_there_since(tx, domain, since).await?;
        if there >= MOST_ACKNOWLEDGED_OF_A_DOMAIN {
            tracing::warn!(domain, "too many acknowledgements to one domain, none sent");
            return Ok(());
        }
    }
    let nonce = post.dice.token();
    let message_id = thread::reference_for(&post.key, event.ticket_id.0, person.0, &nonce, domain);
    let mail = NewOutgoing {
        message_id: &message_id,
        purpose,
        person: Some(person),
        address: &reader.email,
        ticket: Some(event.ticket_id),
        event: Some(event.id),
        nonce: &nonce,
        detail: None,
    };
    outbox_store::add(tx, &mail, now).await.map(|_| ())
}

/// Whether an address is one mail can go to: not of the domain that exists nowhere.
pub(super) fn can_be_written_to(address: &str) -> bool {
    letter::address::parse(address)
        .is_some_and(|address| !address.ends_with(".invalid") && !address.ends_with("@invalid"))
}
