//! Fills an empty database with a desk that looks as if people had worked on it: the demonstration
//! ([`load`]) and any number of tickets for measurements ([`bulk::load`]).
//!
//! The data comes from the crate `demo`; here it becomes rows, exactly as the verbs would have left
//! them. No mail and no job is written: what happened in a story was announced in the story.

pub mod accounts;
pub mod bulk;
mod house;
mod numbering;
mod replay;
mod store;

use std::collections::HashMap;

use demo::desk::Desk;
use demo::ticket::{Attachment, Deed, Ticket};
use kit::clock::{Moment, Span};
use kit::db::{Db, Reader, Tx, Value};
use kit::error::Error;
use kit::ids::Dice;
use serde::{Deserialize, Serialize};

use accounts::{Account, Chosen};
use house::Channel;
use numbering::Numbering;
use replay::NextKeys;
use store::Pile;

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

/// Where secrets come from, so that tests can repeat them and need not hash for seconds.
pub struct Secrets<'a> {
    /// Passwords and tokens.
    pub dice: &'a Dice,
    /// What is stored of a password.
    pub hash_password: &'a (dyn Fn(&str) -> Result<String, Error> + Sync),
}

impl std::fmt::Debug for Secrets<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

/// Writes the demonstration desk into an empty database, in one transaction, and remembers its
/// accounts there. `keep` puts the bytes of an attachment into the store and names their digest.
///
/// # Errors
/// `Bug` when somebody is there already ([`is_empty`] says so in time), or when the story does
/// something the state machine does not allow.
pub async fn load(
    db: &Db,
    keep: &impl AsyncFn(&[u8]) -> Result<String, Error>,
    desk: &Desk,
    seed: u64,
    secrets: &Secrets<'_>,
) -> Result<Loaded, Error> {
    let numbering = Numbering::of(desk);
    let kept = keep_files(keep, desk).await?;
    let digest = |content: &[u8]| kept.get(&fingerprint(content)).cloned().unwrap_or_default();
    let mut tx = db.write().await?;
    let channel = Channel {
        address: "support@nordet.example",
        name: "Support Nordet",
        department: 0,
    };
    let chosen = accounts::named(desk);
    let loaded = begin(&mut tx, desk, &numbering, &chosen, secrets, &channel, seed).await?;
    let mut keys = NextKeys::default();
    let mut pile = Pile::default();
    for ticket in &desk.tickets {
        let html = &letter::markdown::to_html;
        replay::ticket(desk, &numbering, ticket, &mut keys, &mut pile, &digest, html)?;
    }
    store::write_pile(&mut tx, pile).await?;
    store::count_on(&mut tx).await?;
    let loaded = Loaded {
        tickets: desk.tickets.len() as u64,
        ..loaded
    };
    let remembered = vec![
        Value::from(DEMONSTRATION),
        Value::from(serde_json::to_string(&loaded)?),
    ];
    store::write(&mut tx, store::settings, vec![remembered]).await?;
    tx.commit().await?;
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

/// Writes everything but tickets, and makes up the accounts.
async fn begin(
    tx: &mut Tx,
    desk: &Desk,
    numbering: &Numbering,
    chosen: &[Chosen],
    secrets: &Secrets<'_>,
    channel: &Channel<'_>,
    seed: u64,
) -> Result<Loaded, Error> {
    if store::is_inhabited(tx).await? {
        return Err(Error::bug("a desk is loaded into an empty database only"));
    }
    let accounts: Vec<Account> = chosen
        .iter()
        .map(|one| accounts::announce(desk, *one, numbering.person(one.person), secrets.dice))
        .collect();
    let hashes = hash_all(&accounts, secrets.hash_password)?;
    let founded = founded(&desk.tickets);
    house::load(tx, desk, numbering, &accounts, &hashes, channel, founded).await?;
    Ok(Loaded {
        mail_address: channel.address.to_owned(),
        accounts,
        tickets: 0,
        seed,
    })
}

/// The day before the first ticket; the epoch of nothing when there is none.
fn founded(tickets: &[Ticket]) -> Moment {
    let first = tickets.iter().map(|ticket| ticket.created_at).min();
    Moment(first.unwrap_or(bulk::NOW.0)).minus(Span::days(1))
}

/// Hashes every password, two at a time: each takes a good part of a tenth of a second on purpose.
fn hash_all(
    accounts: &[Account],
    hash_password: &(dyn Fn(&str) -> Result<String, Error> + Sync),
) -> Result<Vec<String>, Error> {
    let half = accounts.len().div_ceil(2).max(1);
    let hash = |part: &[Account]| -> Result<Vec<String>, Error> {
        part.iter().map(|one| hash_password(&one.password)).collect()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = accounts.chunks(half).map(|part| scope.spawn(move || hash(part))).collect();
        let mut hashes = vec![];
        for part in parts {
            let done = part.join().map_err(|_| Error::bug("hashing a password failed"))?;
            hashes.extend(done?);
        }
        Ok(hashes)
    })
}

/// Puts the bytes of every attachment into the store; their digests by fingerprint.
async fn keep_files(
    keep: &impl AsyncFn(&[u8]) -> Result<String, Error>,
    desk: &Desk,
) -> Result<HashMap<[u8; 32], String>, Error> {
    let mut kept = HashMap::new();
    for attachment in desk.tickets.iter().flat_map(attachments) {
        let fingerprint = fingerprint(&attachment.content);
        if !kept.contains_key(&fingerprint) {
            kept.insert(fingerprint, keep(&attachment.content).await?);
        }
    }
    Ok(kept)
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
