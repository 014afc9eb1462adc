//! Fills an empty database with a desk that looks as if people had worked on it: the demonstration
//! ([`load`]) and any number of tickets for measurements ([`bulk::load`]).
//!
//! The data comes from the crate `demo`; here it becomes rows, exactly as the verbs would have left
//! them. No mail and no job is written: what happened in a story was announced in the story.

pub mod accounts;
mod articles;
pub mod bulk;
mod house;
mod numbering;
mod register;
mod replay;
mod store;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use demo::desk::Desk;
use demo::ticket::{Attachment, Deed, Ticket};
use kit::clock::{Moment, Span};
use kit::db::{Db, Reader, Tx, Value};
use kit::error::Error;
use kit::ids::Dice;
use serde::{Deserialize, Serialize};

use crate::files::Files;
use crate::people;
use crate::tickets::listing;
use accounts::{Account, Chosen};
use house::Channel;
use numbering::Numbering;
use replay::{Kept, NextKeys};
use store::Pile;

/// The address that turns mails into tickets of the demonstration.
pub const MAIL_ADDRESS: &str = "support@nordet.example";

/// The setting under which a demonstration remembers itself.
const DEMONSTRATION: &str = "demonstration";

/// What was written, and who may sign in to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// The address of the mail channel.
    pub mail_address: String,
    /// Those who are announced, with their secrets.
    pub accounts: Vec<Account>,
    /// How many tickets there are.
    pub tickets: u64,
    /// The number the data was made from.
    pub seed: u64,
}

/// Writes the demonstration desk into an empty database, in one transaction, and remembers its
/// accounts there. Passwords and tokens come from `dice`; `hash_password` makes what is stored of a
/// password.
///
/// # Errors
/// `Bug` when somebody is there already ([`is_empty`] says so in time), or when the story does
/// something the state machine does not allow.
pub async fn load(
    db: &Db,
    files: &Files,
    desk: &Desk,
    seed: u64,
    dice: &Dice,
    hash_password: &impl AsyncFn(&str) -> Result<String, Error>,
) -> Result<Loaded, Error> {
    let numbering = Numbering::of(desk);
    let shelf = keep_files(files, desk).await?;
    let kept = |content: &[u8]| {
        shelf
            .get(&fingerprint(content))
            .cloned()
            .unwrap_or_default()
    };
    let (accounts, hashes) = make_accounts(
        desk,
        &numbering,
        &accounts::named(desk),
        dice,
        hash_password,
    )
    .await?;
    let mut tx = db.write().await?;
    let channel = Channel {
        address: MAIL_ADDRESS,
        name: "Support Nordet",
        department: 0,
    };
    furnish(&mut tx, desk, &numbering, &accounts, &hashes, &channel).await?;
    store::write(&mut tx, store::filter_rules, house::filters()).await?;
    let mut keys = NextKeys::default();
    let mut pile = Pile::default();
    for ticket in &desk.tickets {
        let html = &letter::markdown::to_html;
        replay::ticket(desk, &numbering, ticket, &mut keys, &mut pile, &kept, html)?;
    }
    store::write_pile(&mut tx, pile).await?;
    // As of the last that happened there: a desk that is told anew is the same.
    let now = desk.tickets.iter().map(|t| t.updated_at).max();
    articles::load(
        &mut tx,
        desk,
        &numbering,
        Moment(now.unwrap_or(bulk::NOW.0)),
    )
    .await?;
    let keeper = desk
        .agents
        .first()
        .map_or(1, |it| numbering.person(it.person));
    register::load(&mut tx, desk, &numbering, keeper).await?;
    let shown = desk.tickets.iter().find(|t| t.subject == demo::SHOWN);
    if let Some(ticket) = shown.and_then(|t| i64::try_from(t.number).ok()) {
        store::show_to_everybody(&mut tx, ticket).await?;
    }
    store::count_on(&mut tx).await?;
    let loaded = Loaded {
        mail_address: channel.address.to_owned(),
        accounts,
        tickets: desk.tickets.len() as u64,
        seed,
    };
    let remembered = vec![
        Value::from(DEMONSTRATION),
        Value::from(serde_json::to_string(&loaded)?),
    ];
    store::write(&mut tx, store::settings, vec![remembered]).await?;
    // A desk at work: what came before last night was read.
    let last = desk.tickets.iter().map(|t| t.updated_at).max();
    if let Some(last) = last {
        let night = Moment(last).minus(Span::hours(14));
        listing::marks::begin_read(&mut tx, night).await?;
    }
    tx.commit().await?;
    // Before the index is made: without figures of the new tables PostgreSQL reads them whole for
    // every batch.
    db.analyze().await?;
    crate::search::index::catch_up(db).await?;
    db.analyze().await?;
    Ok(loaded)
}

/// What a database says of the demonstration it holds; `None` when it holds none.
///
/// # Errors
/// `Down`, or `Bug` when what is remembered cannot be read.
pub async fn remembered(reader: &mut Reader) -> Result<Option<Loaded>, Error> {
    match store::setting(reader, DEMONSTRATION).await? {
        Some(text) => Ok(Some(serde_json::from_str(&text)?)),
        None => Ok(None),
    }
}

/// Whether nobody lives in this database yet.
///
/// # Errors
/// `Down`.
pub async fn is_empty(db: &Db) -> Result<bool, Error> {
    let mut tx = db.write().await?;
    Ok(!store::is_inhabited(&mut tx).await?)
}

/// Makes up the accounts of those who are chosen, and what is stored of their passwords.
async fn make_accounts(
    desk: &Desk,
    numbering: &Numbering,
    chosen: &[Chosen],
    dice: &Dice,
    hash_password: &impl AsyncFn(&str) -> Result<String, Error>,
) -> Result<(Vec<Account>, Vec<String>), Error> {
    let accounts: Vec<Account> = chosen
        .iter()
        .map(|one| accounts::announce(desk, *one, numbering.person(one.person), dice))
        .collect();
    let hashes = accounts.iter().map(|one| hash_password(&one.password));
    let hashes = futures_util::future::try_join_all(hashes).await?;
    Ok((accounts, hashes))
}

/// Writes everything but tickets into an empty database.
async fn furnish(
    tx: &mut Tx,
    desk: &Desk,
    numbering: &Numbering,
    accounts: &[Account],
    hashes: &[String],
    channel: &Channel<'_>,
) -> Result<(), Error> {
    if store::is_inhabited(tx).await? {
        return Err(Error::bug("a desk is loaded into an empty database only"));
    }
    if let Some(company) = desk.organizations.first() {
        people::desk::name_organisation(tx, &company.name).await?;
    }
    let founded = founded(&desk.tickets);
    house::load(tx, desk, numbering, accounts, hashes, channel, founded).await
}

/// The day before the first ticket; the epoch of nothing when there is none.
fn founded(tickets: &[Ticket]) -> Moment {
    let first = tickets.iter().map(|ticket| ticket.created_at).min();
    Moment(first.unwrap_or(bulk::NOW.0)).minus(Span::days(1))
}

/// Puts the bytes of every attachment into the store, by fingerprint.
async fn keep_files(files: &Files, desk: &Desk) -> Result<HashMap<[u8; 32], Kept>, Error> {
    let mut shelf = HashMap::new();
    for attachment in desk.tickets.iter().flat_map(attachments) {
        let fingerprint = fingerprint(&attachment.content);
        if let Entry::Vacant(place) = shelf.entry(fingerprint) {
            let stored = files.keep(attachment.content.as_slice()).await?;
            place.insert(Kept {
                digest: stored.digest,
                media_type: stored.media_type,
            });
        }
    }
    Ok(shelf)
}

fn fingerprint(content: &[u8]) -> [u8; 32] {
    *blake3::hash(content).as_bytes()
}

fn attachments(ticket: &Ticket) -> impl Iterator<Item = &Attachment> {
    ticket.events.iter().flat_map(|event| match &event.deed {
        Deed::Create { attachments, .. } | Deed::Comment { attachments, .. } => attachments.iter(),
        _ => [].iter(),
    })
}
