//! Erasing somebody (decision 0025): a nobody with a number stands wherever they stood, so that tickets, their
//! numbers and their history stay whole. Their name, address, telephone and login go from every ticket they
//! were on, from what the register says of assets they have or had, from the post, the journal and the index; what they wrote goes with them when whoever erases says so.
//!
//! Deliberately absent: undoing it; and first names in other people's sentences, which only people recognise.

pub mod api;
pub mod pages;
mod register_store;
mod store;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::{Because, Error, Fields};
use kit::jobs;
use words::catalogue::say;
use words::language::Language;

pub use store::Counts;

use super::redaction::{self, Passage};
use crate::audit::{self, Deed, Entry, Pen};
use crate::departments;
use crate::people::addresses;
use crate::people::admin::{self, PersonAdmin, safety};
use crate::people::suppression;
use crate::people::{PersonId, clientele, email_key};
use crate::policy::{Role, permission, rank};
use crate::search::index;
use crate::tickets::handover::{self, Fate};
use crate::tickets::reading::find_to_change;
use crate::tickets::rights::Redact;

/// The domain of those who are nobody any more: it exists nowhere (RFC 2606), so nothing is sent there.
const NOWHERE: &str = "erased.invalid";

/// What is asked.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Their name, typed once more: nobody is erased by a slip.
    pub name: String,
    /// What they wrote goes, too: messages, files, subjects of their requests.
    pub with_words: bool,
    /// Open tickets in their charge are released first.
    pub releases: bool,
}

/// Whether they are nobody already.
pub fn is_erased(person: &PersonAdmin) -> bool {
    person.email == nowhere(person.id)
}

fn nowhere(id: PersonId) -> String {
    format!("erased-{id}@{NOWHERE}")
}

/// What is held on somebody is found through the actor's own eyes. A role made for managing people may see less
/// than all of it, and would leave some behind: only administrators and owners see everything.
pub(super) fn of_administrators(actor: &Actor) -> Result<(), Error> {
    if rank(actor) >= Role::Admin.rank() {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::EVERY_PRIVILEGE)))
    }
}

/// How much there is of somebody whom the actor may change.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right, or when they stand above the actor.
pub async fn standing(
    db: &Db,
    actor: &Actor,
    id: PersonId,
) -> Result<(PersonAdmin, Counts), Error> {
    let mut tx = db.write().await?;
    let person = admin::find_to_change(&mut tx, actor, id).await?.clone();
    of_administrators(actor)?;
    let counts = store::counts(&mut tx, actor, id, &email_key(&person.email)).await?;
    Ok((person, counts))
}

/// Erases them.
///
/// # Errors
/// As for [`standing`]; `Conflict` when they changed since they were seen; `Invalid` at `name` when it is not
/// theirs, at `person` for oneself, the last owner and who is nobody already, at `release` when they hold tickets.
pub async fn erase(
    db: &Db,
    (actor, now): (&Actor, Moment),
    id: PersonId,
    wanted: &Wanted,
    seen: Option<i64>,
    language: Language,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let tx_ = &mut tx;
    let person = admin::find_to_change(tx_, actor, id).await?;
    of_administrators(actor)?;
    admin::must_match(&person, seen)?;
    let key = email_key(&person.email);
    check(tx_, actor, &person, wanted, &key).await?;
    let fate = (Fate::Release, "release");
    handover::hand_over(tx_, actor, id, None, fate, now).await?;
    departments::admin::leave_all(tx_, Pen::of(actor, now), id).await?;

    let name = format!("{} {id}", say(language, "erasure-nobody"));
    let mark = say(language, "redaction-mark");
    let further = addresses::known_by(tx_, id).await?;
    let who = passages(&person, &further);
    for ticket in store::tickets(tx_, actor, id).await? {
        let may = find_to_change::<Redact>(tx_, actor, ticket).await?;
        redaction::replace_on(tx_, actor, &may, &who, &name, now).await?;
    }
    register_store::replace(tx_, actor, &person, &who, &name).await?;
    for letter in store::letters(tx_, actor, id, &key).await? {
        redaction::reduce_letter(tx_, &person, letter, now).await?;
    }
    if wanted.with_words {
        let html = letter::html::safe(&letter::html::from_text(mark));
        let why = say(language, "erasure-reason");
        let by = (PersonId(actor.id()), now);
        for message in store::written(tx_, actor, id).await? {
            let gone = store::take_words(tx_, &person, message.id, (mark, &html, why), by).await?;
            for digest in gone {
                redaction::forget(tx_, &digest, now).await?;
            }
            tx_.hint("ticket", message.ticket_id.0);
        }
        store::take_other_words(tx_, &person, mark).await?;
    }
    for digest in store::take_held_files(tx_, &person).await? {
        redaction::forget(tx_, &digest, now).await?;
    }
    let email = nowhere(id);
    let nobody = (name.as_str(), email.as_str());
    store::empty(tx_, &person, nobody, &key, now).await?;
    store::empty_journal(tx_, actor, &person, &further).await?;
    for address in std::iter::once(&key).chain(&further) {
        departments::monitoring_mailbox::forget(tx_, address).await?;
        suppression::forget(tx_, address).await?;
    }
    jobs::enqueue(tx_, index::FORGET_WORDS, &(), now).await?;
    tx_.hint("access", id.0);
    clientele::moved(tx_).await?;
    let entry = Entry::of(Deed::PersonErased).person(id.0);
    audit::note(tx_, Pen::of(actor, now), entry).await?;
    tx.commit().await
}

/// The fewest characters of a login or a telephone that are looked for in sentences.
const LEAST_SAID: usize = 5;

async fn check(
    tx: &mut Tx,
    actor: &Actor,
    person: &PersonAdmin,
    wanted: &Wanted,
    key: &str,
) -> Result<(), Error> {
    let mut faults = Fields::default();
    faults.require(actor.id() != person.id.0, "person", "fault-erasure-self");
    let is_owner = person.role == Some(Role::Owner);
    let is_last = is_owner && safety::is_last_owner(tx, person.id).await?;
    faults.require(!is_last, "person", "fault-last-owner");
    faults.require(!is_erased(person), "person", "fault-erasure-done");
    let is_named = wanted.name.trim() == person.name.trim();
    faults.require(is_named, "name", "fault-erasure-name");
    let held = store::counts(tx, actor, person.id, key).await?.held;
    if held > 0 && !wanted.releases {
        faults.add("release", "fault-holds-tickets", Some(held.to_string()));
    }
    faults.settle()
}

/// What is looked for in what people wrote: the whole name, addresses, telephone and login, not a word that
/// may be anybody's.
fn passages(person: &PersonAdmin, further: &[String]) -> Vec<Passage> {
    let email = Some(person.email.clone());
    let small = Some(email_key(&person.email));
    let long = |text: &Option<String>| text.clone().filter(|it| it.chars().count() >= LEAST_SAID);
    // A login that is nothing but letters is a word like any other, and stands in other people's sentences.
    let login = long(&person.login).filter(|it| !it.chars().all(char::is_alphabetic));
    let name = Some(person.name.clone()).filter(|name| name.trim().contains(char::is_whitespace));
    let mut said: Vec<String> = [email, small, name, long(&person.phone), login]
        .into_iter()
        .flatten()
        .chain(further.iter().filter(|it| is_telling(it)).cloned())
        .collect();
    said.dedup();
    said.iter()
        .filter_map(|text| Passage::typed(text))
        .collect()
}

/// Whether a text is an address or a whole name, and not a word that may be anybody's.
fn is_telling(said: &str) -> bool {
    said.contains('@') || said.trim().contains(char::is_whitespace)
}
