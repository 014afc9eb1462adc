//! Mailboxes on other servers, from which letters are fetched by IMAP: as administrators keep them here, as they are taken
//! in [`keeper`] and `taker` (decision 0056). A mailbox brings the letters of one receiving address, and by it
//! they have their category; from there on they go the way of every letter.
//!
//! A password is sealed, never shown again, and leaves for no other server than the one it was typed for; and so does whatever
//! else a mailbox signs in with ([`grants`], decision 0074).

use kit::authz::May;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error, Fields};
use kit::ids::Dice;
use kit::seal::Seal;
use kit::{id, record, stored_words};

use super::channels::{self, ChannelAdmin, Channels, Keep};
use super::filters;
use super::identity;
use super::store::ChannelId;
use crate::audit::{self, Deed, Entry, Field, Pen};

mod answers;
pub mod api;
pub mod fault;
pub mod grants;
mod heads;
pub mod keeper;
pub mod line;
pub mod pages;
pub mod session;
pub mod signing_in;
mod store;
mod taker;
mod taking_store;
mod testing;

use fault::Kind;
use grants::SignIn;
pub use testing::test;

/// The longest name of a mailbox, and of whatever else is typed of it, in characters.
pub const LONGEST: usize = 200;

id! {
    /// A mailbox.
    MailboxId
}

stored_words! {
    /// What protects the way to a server.
    pub enum Protection {
        /// TLS from the first byte.
        Tls = "tls",
        /// STARTTLS, or nothing is said.
        Starttls = "starttls",
        /// Nothing, which is for the machine itself alone.
        None = "none",
    }
}

stored_words! {
    /// What becomes of the original once its letter is kept.
    pub enum Afterwards {
        /// It stays as it is.
        Leave = "leave",
        /// It is marked as read.
        MarkRead = "mark_read",
        /// It moves to another folder.
        Move = "move",
        /// It is deleted.
        Delete = "delete",
    }
}

stored_words! {
    /// What is taken of what lay there already.
    pub enum Begins {
        /// Nothing.
        FromNowOn = "from_now_on",
        /// All of it.
        Everything = "everything",
    }
}

record! {
    /// A mailbox as it is administered, and how fetching stands.
    #[derive(Clone, Debug)]
    pub struct MailboxAdmin {
        /// Its row.
        pub id: MailboxId,
        /// What people call it.
        pub name: String,
        /// Its server.
        pub host: String,
        /// Its port.
        pub port: i64,
        /// What protects the way there.
        pub protection: Protection,
        /// Who signs in.
        pub login: String,
        /// How.
        pub sign_in: SignIn,
        /// The tenant of Microsoft 365.
        pub tenant: String,
        /// The name of the application at the provider.
        pub client_id: String,
        /// Where somebody allows it, at another provider.
        pub authorize_url: String,
        /// Where tokens are given out, at another provider.
        pub token_url: String,
        /// What the tokens are for, at another provider.
        pub token_scope: String,
        /// The application has a secret.
        pub has_client_secret: bool,
        /// Somebody allowed at the provider that it is read.
        pub is_connected: bool,
        /// The folder that is read.
        pub folder: String,
        /// The address whose letters these are.
        pub channel_id: ChannelId,
        /// That address.
        pub channel: String,
        /// Whether that address takes letters.
        pub is_channel_active: bool,
        /// What becomes of the originals.
        pub afterwards: Afterwards,
        /// Where they are moved, if they are.
        pub move_to: String,
        /// What is taken of what lay there already.
        pub begins: Begins,
        /// Whose findings in its letters are believed, between spaces.
        pub trusted_receivers: String,
        /// Is fetched.
        pub is_active: bool,
        /// Grows with every change.
        pub version: i64,
        /// When it was last looked into.
        pub succeeded_at: Option<Moment>,
        /// When something was last wrong.
        pub failed_at: Option<Moment>,
        /// What is wrong now.
        pub fault: Option<Kind>,
        /// What the server said to it.
        pub fault_said: String,
        /// When the connection was last tested.
        pub tested_at: Option<Moment>,
        /// What the test found wrong.
        pub test_fault: Option<Kind>,
        /// What the server said to that; how many letters lie there, where nothing was wrong.
        pub test_said: String,
        /// How many letters were taken.
        pub taken: i64,
        /// How many were left because they are too large.
        pub too_large: i64,
        /// How many its server lists and does not hand over.
        pub withheld: i64,
        /// Why not, of the last of them.
        pub withheld_fault: Option<Kind>,
        /// What the server said to that.
        pub withheld_said: String,
    }
}

record! {
    /// A mailbox that is to be fetched, as whoever looks after the machine sees it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Look {
        /// What people call it.
        pub name: String,
        /// What is wrong.
        pub fault: Option<Kind>,
        /// How many letters its server lists and does not hand over.
        pub withheld: i64,
    }
}

/// The mailboxes that are to be fetched, the oldest first.
pub async fn looks(ask: &mut dyn Answers) -> Result<Vec<Look>, Error> {
    store::looks(ask).await
}

/// Every mailbox, the oldest first.
pub async fn list(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
) -> Result<Vec<MailboxAdmin>, Error> {
    store::all(ask).await
}

/// One mailbox.
///
/// # Errors
/// `NotFound`.
pub async fn find(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
    id: MailboxId,
) -> Result<MailboxAdmin, Error> {
    store::one(ask, id).await?.ok_or(Error::NotFound)
}

/// What a mailbox becomes, as typed.
#[derive(Clone)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// Its server.
    pub host: String,
    /// Its port; `None` when what was typed is none.
    pub port: Option<i64>,
    /// What protects the way there.
    pub protection: Option<Protection>,
    /// Who signs in.
    pub login: String,
    /// How.
    pub sign_in: Option<SignIn>,
    /// With which password; empty keeps the one that stands.
    pub password: String,
    /// How to come by tokens.
    pub grants: grants::Wanted,
    /// The folder that is read.
    pub folder: String,
    /// The address whose letters these are.
    pub channel: Option<ChannelId>,
    /// What becomes of the originals.
    pub afterwards: Option<Afterwards>,
    /// Where they are moved, if they are.
    pub move_to: String,
    /// What is taken of what lay there already.
    pub begins: Option<Begins>,
    /// Whose findings in its letters are believed.
    pub trusted_receivers: String,
    /// Is fetched.
    pub is_active: bool,
}

/// What is written of a mailbox once it was looked at.
struct Checked {
    name: String,
    host: String,
    port: i64,
    protection: Protection,
    login: String,
    grants: grants::Checked,
    folder: String,
    channel: ChannelAdmin,
    afterwards: Afterwards,
    move_to: String,
    begins: Begins,
    trusted_receivers: String,
    is_active: bool,
}

/// The name of a server as machines know it; `None` when it is none.
fn host(typed: &str) -> Option<String> {
    let plain = typed.trim_matches(['[', ']']);
    if let Ok(ip) = plain.parse::<std::net::IpAddr>() {
        return Some(ip.to_string());
    }
    match url::Host::parse(plain).ok()? {
        url::Host::Domain(name) => Some(name),
        url::Host::Ipv4(ip) => Some(ip.to_string()),
        url::Host::Ipv6(ip) => Some(ip.to_string()),
    }
}

/// Whether this is the machine itself.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// The name of a folder as it is written here: a server knows `INBOX` however it is written.
fn folder_name(typed: &str) -> String {
    match typed.eq_ignore_ascii_case("INBOX") {
        true => "INBOX".to_owned(),
        false => typed.to_owned(),
    }
}

/// Whether a server takes these for one folder.
fn same_folder(one: &str, other: &str) -> bool {
    folder_name(one) == folder_name(other)
}

/// What is sent to a server may hold nothing that is no character of a text: what is left out of it would be something else.
fn plain(faults: &mut Fields, field: &'static str, typed: &str) {
    let is_plain = !typed.chars().any(char::is_control);
    faults.require(is_plain, field, "mailboxes-odd-characters");
}

/// A text that must be there and not too long.
fn text(faults: &mut Fields, field: &'static str, typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        faults.add(field, "fault-missing", None);
    } else if typed.chars().count() > LONGEST {
        faults.add(field, "fault-too-long", Some(LONGEST.to_string()));
    }
    typed.to_owned()
}

/// The row to be written, or every fault at its field.
async fn checked(
    ask: &mut dyn Answers,
    may: &May<Keep, Channels>,
    wanted: &Wanted,
    standing: Option<&MailboxAdmin>,
) -> Result<Checked, Error> {
    let mut faults = Fields::default();
    let name = text(&mut faults, "name", &wanted.name);
    let typed = text(&mut faults, "host", &wanted.host);
    let host = host(&typed);
    faults.require(
        typed.is_empty() || host.is_some(),
        "host",
        "mailboxes-host-wrong",
    );
    let host = host.unwrap_or(typed);
    let port = wanted.port.filter(|port| (1..=65_535).contains(port));
    faults.require(port.is_some(), "port", "mailboxes-port-wrong");
    faults.require(
        wanted.protection.is_some(),
        "protection",
        "mailboxes-choose-one",
    );
    if wanted.protection == Some(Protection::None) && !host.is_empty() {
        faults.require(is_here(&host), "protection", "mailboxes-plain-elsewhere");
    }
    let login = text(&mut faults, "login", &wanted.login);
    let folder = folder_name(&text(&mut faults, "folder", &wanted.folder));
    plain(&mut faults, "login", &login);
    plain(&mut faults, "folder", &folder);
    plain(&mut faults, "password", &wanted.password);
    let afterwards = wanted.afterwards;
    faults.require(afterwards.is_some(), "afterwards", "mailboxes-choose-one");
    let mut move_to = folder_name(wanted.move_to.trim());
    if afterwards == Some(Afterwards::Move) {
        move_to = folder_name(&text(&mut faults, "move_to", &move_to));
        // It would be met there again, under another number, for ever.
        let is_same = !move_to.is_empty() && move_to.to_lowercase() == folder.to_lowercase();
        faults.require(!is_same, "move_to", "mailboxes-moves-nowhere");
    } else if move_to.chars().count() > LONGEST {
        faults.add("move_to", "fault-too-long", Some(LONGEST.to_string()));
    }
    plain(&mut faults, "move_to", &move_to);
    faults.require(wanted.begins.is_some(), "begins", "mailboxes-choose-one");
    let trusted = identity::names(&wanted.trusted_receivers).filter(|it| it.len() <= LONGEST);
    faults.require(
        trusted.is_some(),
        "trusted_receivers",
        "mailboxes-trusted-wrong",
    );
    let all = channels::list(ask, may).await?;
    let mut all = all.into_iter();
    let channel = all.find(|it| Some(it.id) == wanted.channel);
    let is_kept = |it: &ChannelAdmin| standing.is_some_and(|standing| standing.channel_id == it.id);
    let channel = channel.filter(|it| it.is_active || is_kept(it));
    faults.require(channel.is_some(), "channel", "mailboxes-channel-unknown");
    let is_elsewhere = standing.is_none_or(|it| {
        it.host != host
            || Some(it.port) != port
            || it.login != login
            || Some(it.protection) != wanted.protection
    });
    if wanted.password.chars().count() > LONGEST * 10 {
        faults.add(
            "password",
            "fault-too-long",
            Some((LONGEST * 10).to_string()),
        );
    }
    let grants = grants::checked(&mut faults, wanted, standing, is_elsewhere);
    faults.settle()?;
    let passed = || Error::bug("what passed is there");
    Ok(Checked {
        name,
        host,
        port: port.ok_or_else(passed)?,
        protection: wanted.protection.ok_or_else(passed)?,
        login,
        grants: grants.ok_or_else(passed)?,
        folder,
        channel: channel.ok_or_else(passed)?,
        afterwards: afterwards.ok_or_else(passed)?,
        move_to,
        begins: wanted.begins.ok_or_else(passed)?,
        trusted_receivers: trusted.ok_or_else(passed)?,
        is_active: wanted.is_active,
    })
}

/// Where what is secret of a mailbox is sealed to.
fn place(id: MailboxId) -> String {
    format!("mailbox {id}")
}

/// The tools for what is sealed.
#[derive(Clone, Copy)]
pub struct Sealing<'a> {
    /// The seal.
    pub seal: &'a Seal,
    /// Where chance comes from.
    pub dice: &'a Dice,
}

fn told(entry: Entry, was: Option<&MailboxAdmin>, becomes: &Checked) -> Entry {
    let old = |of: fn(&MailboxAdmin) -> String| was.map(of).unwrap_or_default();
    let server = |host: &str, port: i64, protection: Protection| {
        format!("{host}:{port} ({})", protection.word())
    };
    let entry = entry
        .field(Field::Name, &old(|it| it.name.clone()), &becomes.name)
        .field(
            Field::Server,
            &was.map(|it| server(&it.host, it.port, it.protection))
                .unwrap_or_default(),
            &server(&becomes.host, becomes.port, becomes.protection),
        )
        .field(Field::Login, &old(|it| it.login.clone()), &becomes.login)
        .field(Field::Folder, &old(|it| it.folder.clone()), &becomes.folder)
        .field(
            Field::Email,
            &old(|it| it.channel.clone()),
            &becomes.channel.address,
        )
        .field(
            Field::Afterwards,
            &old(|it| it.afterwards.word().to_owned()),
            becomes.afterwards.word(),
        )
        .field(
            Field::MoveTo,
            &old(|it| it.move_to.clone()),
            &becomes.move_to,
        )
        .field(
            Field::TrustedReceivers,
            &old(|it| it.trusted_receivers.clone()),
            &becomes.trusted_receivers,
        )
        .flag(
            Field::Active,
            was.is_some_and(|it| it.is_active),
            becomes.is_active,
        );
    grants::told(entry, was, &becomes.grants)
}

/// Makes a mailbox.
///
/// # Errors
/// `Invalid` at the fields.
pub async fn create(
    tx: &mut Tx,
    may: &May<Keep, Channels>,
    wanted: &Wanted,
    sealing: Sealing<'_>,
    pen: Pen,
) -> Result<MailboxId, Error> {
    let checked = checked(tx, may, wanted, None).await?;
    let id = store::insert(tx, &checked).await?;
    let entry = told(
        Entry::of(Deed::MailboxAdded).thing(&checked.name),
        None,
        &checked,
    );
    let entry = grants::seal_again(tx, id, wanted, &checked.grants, sealing, entry).await?;
    audit::note(tx, pen, entry).await?;
    tx.hint(keeper::TOPIC, id.0);
    Ok(id)
}

async fn to_change(tx: &mut Tx, id: MailboxId, seen: Option<i64>) -> Result<MailboxAdmin, Error> {
    let standing = store::one_to_change(tx, id).await?.ok_or(Error::NotFound)?;
    match seen.filter(|seen| *seen != standing.version) {
        Some(seen) => Err(Error::Conflict(Clash::of(seen, standing.version))),
        None => Ok(standing),
    }
}

/// Changes a mailbox, or switches it off and on. Whoever fetches it begins again with what stands now.
///
/// # Errors
/// `NotFound`, `Conflict`; `Invalid` at the fields.
pub async fn change(
    tx: &mut Tx,
    may: &May<Keep, Channels>,
    (id, seen): (MailboxId, Option<i64>),
    wanted: &Wanted,
    sealing: Sealing<'_>,
    pen: Pen,
) -> Result<(), Error> {
    let standing = to_change(tx, id, seen).await?;
    let checked = checked(tx, may, wanted, Some(&standing)).await?;
    store::update(tx, id, &checked).await?;
    let entry = told(
        Entry::change(Deed::MailboxChanged).thing(&standing.name),
        Some(&standing),
        &checked,
    );
    let entry = grants::seal_again(tx, id, wanted, &checked.grants, sealing, entry).await?;
    audit::note(tx, pen, entry).await?;
    tx.hint(keeper::TOPIC, id.0);
    Ok(())
}

/// Removes a mailbox, and the filter rules of its letters. What was taken from it stays; what lies there stays there.
///
/// # Errors
/// `NotFound`, `Conflict`.
pub async fn remove(
    tx: &mut Tx,
    _: &May<Keep, Channels>,
    (id, seen): (MailboxId, Option<i64>),
    pen: Pen,
) -> Result<(), Error> {
    let standing = to_change(tx, id, seen).await?;
    filters::remove_of_mailbox(tx, id, pen).await?;
    store::delete(tx, id).await?;
    let entry = Entry::of(Deed::MailboxRemoved)
        .thing(&standing.name)
        .field(Field::Login, &standing.login, "")
        .field(Field::Folder, &standing.folder, "");
    audit::note(tx, pen, entry).await?;
    tx.hint(keeper::TOPIC, id.0);
    Ok(())
}
