//! What a department's monitoring mailbox is mailed (features X-11; decision 0069): that something happened to a ticket, its
//! subject and the link to it; nothing that was written, and nobody's name, for nobody knows who reads there.

mod texts;

use kit::db::{Answers, Tx};
use kit::error::Error;

use super::announce::{can_be_written_to, left_by};
use super::announce_store::{self, Occurred};
use super::outbox_store::{self, NewOutgoing};
use super::post::Post;
use super::recipients::{Occasion, Purpose, mailbox::is_told};
use super::send::sender;
use super::store;
use crate::departments::monitoring_mailbox::{self as mailbox, Alert};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::{self, PersonId};
use crate::tickets::{EventId, TicketId};

pub use texts::text;

/// The places whose mailbox an event concerns: where its ticket is, and where it was until a transfer, of which that is
/// told as of anything else.
async fn places(
    ask: &mut dyn Answers,
    event: &Occurred,
) -> Result<Vec<(DepartmentId, CategoryId, bool)>, Error> {
    let mut places = vec![(event.department_id, event.category_id, false)];
    if let Some(category) = left_by(event)
        && let Some(department) = announce_store::place(ask, category).await?
    {
        places.push((department, category, true));
    }
    Ok(places)
}

/// The addresses that hear of an event, once each: not one of ours, nor of somebody who did it or is told anyway.
pub async fn told(
    post: &Post,
    ask: &mut dyn Answers,
    event: &Occurred,
    occasion: &Occasion<'_>,
    people: &[(PersonId, Purpose)],
) -> Result<Vec<String>, Error> {
    let mut addresses: Vec<String> = vec![];
    for (department, category, is_left) in places(ask, event).await? {
        let all = mailbox::of(ask, department).await?;
        let heard = all.at(category);
        let hears = |alert: Alert| is_told(alert, occasion, is_left);
        if let Some((address, _)) = heard.filter(|(_, alert)| hears(*alert))
            && !addresses.iter().any(|it| it == address)
            && can_be_written_to(address)
        {
            addresses.push(address.to_owned());
        }
    }
    if addresses.is_empty() {
        return Ok(vec![]);
    }
    let own = sender(post, Some(event.department_id)).await?.from;
    let mut told = vec![];
    for address in addresses {
        // What comes to the desk itself: a channel that was made since, where each notice would open a ticket, or where
        // mails are sent from, where each would be held.
        let is_sender = own
            .as_ref()
            .is_some_and(|own| own.email.eq_ignore_ascii_case(&address));
        if is_sender || store::channel_at(ask, &address).await?.is_some() {
            continue;
        }
        let owner = people::find_by_email(ask, &address).await?;
        let knows = |owner: PersonId| {
            event.actor_id == Some(owner) || people.iter().any(|(person, _)| *person == owner)
        };
        if !owner.is_some_and(|owner| knows(owner.id)) {
            told.push(address);
        }
    }
    Ok(told)
}

/// Writes a mail to a mailbox.
pub async fn tell(
    tx: &mut Tx,
    post: &Post,
    (ticket, event): (TicketId, EventId),
    address: &str,
    domain: &str,
) -> Result<(), Error> {
    let nonce = post.dice.token();
    let mail = NewOutgoing {
        // Without the ticket's key: an answer from there proves nobody.
        message_id: &format!("{nonce}@{domain}"),
        purpose: Purpose::MonitoringMailbox,
        person: None,
        address,
        ticket: Some(ticket),
        event: Some(event),
        nonce: &nonce,
        detail: None,
    };
    outbox_store::add(tx, &mail, post.clock.now())
        .await
        .map(|_| ())
}
