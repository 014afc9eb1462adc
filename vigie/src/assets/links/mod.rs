//! Which tickets are about which assets (features X-22): one row each, read from both ends, and shown to whoever works
//! on the ticket.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use kit::record;

use super::properties::{Kind, State};
use super::rights::Look;
use super::{Asset, AssetId, Deed, find, key, label, note_link};
use crate::people::PersonId;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::machine;
use crate::tickets::reading;
use crate::tickets::rights::{Link, Read};
use crate::tickets::{Audience, Ticket, TicketId};

record! {
    /// An asset that a ticket is about, or could be.
    #[derive(Clone, Debug)]
    pub struct LinkedAsset {
        /// Its number.
        pub id: AssetId,
        /// What it is.
        pub kind: Kind,
        /// What it is called.
        pub name: String,
        /// What is written on its label.
        pub tag: String,
        /// Where it is in its life.
        pub state: State,
    }
}

impl LinkedAsset {
    /// It in one line.
    pub fn label(&self) -> String {
        label(self.id, &self.tag, &self.name)
    }
}

record! {
    /// A ticket about an asset.
    #[derive(Clone, Debug)]
    pub struct LinkedTicket {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: machine::State,
        /// When a person last changed it.
        pub updated_at: Moment,
        /// Grows with every change.
        pub version: i64,
    }
}

/// The assets that a ticket is about, by name.
pub async fn of_ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<LinkedAsset>, Error> {
    store::of_ticket(ask, actor, ticket).await
}

/// The tickets about an asset that the actor works on, the last changed first.
pub async fn of_asset<A>(
    ask: &mut dyn Answers,
    actor: &Actor,
    asset: &May<A, Asset>,
) -> Result<Vec<LinkedTicket>, Error> {
    store::of_asset(ask, actor, asset.id).await
}

/// What whoever asked for a ticket has, and it is not about yet.
pub async fn offered(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<LinkedAsset>, Error> {
    store::offered(ask, actor, ticket.id, ticket.requester_id).await
}

fn line(ticket: &Ticket, actor: &Actor, kind: EventKind, asset: AssetId) -> NewEvent {
    NewEvent {
        kind,
        actor: Some(PersonId(actor.id())),
        hat: ticket.hat(actor),
        audience: Audience::Staff,
        before: None,
        after: Some(asset.to_string()),
        comment: None,
    }
}

/// The asset that somebody typed: its number, its tag, its serial, or a part of its name that no other one has. What is
/// not there and what may not be seen are refused in the same words.
///
/// # Errors
/// `Invalid` at `asset`.
pub async fn typed(
    ask: &mut dyn Answers,
    actor: &Actor,
    typed: &str,
) -> Result<May<Look, Asset>, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid("asset", "fault-missing"));
    }
    let unknown = || Error::invalid_with("asset", "fault-asset-unknown", typed.to_owned());
    // What the form offers begins with the number.
    let first = typed.split(" · ").next().unwrap_or(typed);
    let is_number = typed.starts_with('#') || first != typed;
    let by_key = match is_number {
        true => vec![],
        false => store::by_key(ask, actor, &key(typed)).await?,
    };
    let number = first.trim_start_matches('#').parse().ok().map(AssetId);
    let found = match (by_key.as_slice(), number) {
        ([one], _) => *one,
        ([], Some(number)) => number,
        ([], None) => match store::by_words(ask, actor, typed).await?.as_slice() {
            [] => return Err(unknown()),
            [one] => *one,
            _ => return Err(several(typed)),
        },
        _ => return Err(several(typed)),
    };
    match find::<Look>(ask, actor, found).await {
        Err(Error::NotFound) => Err(unknown()),
        found => found,
    }
}

fn several(typed: &str) -> Error {
    Error::invalid_with("asset", "fault-asset-several", typed.to_owned())
}

/// Links a ticket and an asset; that they are linked already is a quiet success.
async fn link(
    tx: &mut Tx,
    ticket: &May<Link, Ticket>,
    asset: &May<Look, Asset>,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    if !store::insert(tx, ticket, asset.id, actor, now).await? {
        return Ok(());
    }
    let event = line(ticket, actor, EventKind::AssetLinked, asset.id);
    history::keep(tx, ticket, ticket.id, event, now).await?;
    note_link(tx, asset, Deed::Linked, ticket.id, actor, now).await
}

/// What both doors do to link: `asset` as it was typed.
pub async fn add(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    asset: &str,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = reading::find_to_change::<Link>(&mut tx, actor, ticket).await?;
    let asset = typed(&mut tx, actor, asset).await?;
    link(&mut tx, &ticket, &asset, actor, now).await?;
    tx.commit().await
}

/// The same from the asset's side: `other` is the ticket's number as it was typed.
pub async fn add_ticket(
    db: &Db,
    actor: &Actor,
    asset: AssetId,
    other: &str,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let asset = find::<Look>(&mut tx, actor, asset).await?;
    let typed = other.trim();
    if typed.is_empty() {
        return Err(Error::invalid("ticket", "fault-missing"));
    }
    let unknown = || Error::invalid_with("ticket", "fault-ticket-unknown", typed.to_owned());
    let number = TicketId::typed(typed).ok_or_else(unknown)?;
    match reading::find::<Read>(&mut tx, actor, number).await {
        Err(Error::NotFound) => return Err(unknown()),
        found => found?,
    };
    let ticket = reading::find_to_change::<Link>(&mut tx, actor, number).await?;
    link(&mut tx, &ticket, &asset, actor, now).await?;
    tx.commit().await
}

/// Takes the link away; that there is none is a quiet success.
pub async fn remove(
    db: &Db,
    actor: &Actor,
    ticket: TicketId,
    asset: AssetId,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = reading::find_to_change::<Link>(&mut tx, actor, ticket).await?;
    let asset = find::<Look>(&mut tx, actor, asset).await?;
    if store::remove(&mut tx, &ticket, asset.id).await? == 0 {
        return Ok(());
    }
    let event = line(&ticket, actor, EventKind::AssetUnlinked, asset.id);
    history::keep(&mut tx, &ticket, ticket.id, event, now).await?;
    note_link(&mut tx, &asset, Deed::Unlinked, ticket.id, actor, now).await?;
    tx.commit().await
}
