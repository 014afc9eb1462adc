//! Tags: free words of the staff on tickets, the same word once for the whole desk.
//!
//! Requesters do not read them: they are notes of the staff in one word.

pub mod api;
pub mod pages;
mod store;

use std::collections::BTreeMap;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Error, Fields};
use kit::{id, record};

use super::changes::{self, Change};
use super::history::{self, EventKind, NewEvent};
use super::machine::Deed;
use super::reading::find_to_change;
use super::rights::Tag;
use super::{Audience, Hat, Ticket, TicketId, overtaken};
use crate::departments::Place;
use crate::people::PersonId;

id! {
    /// A word that stands on tickets.
    TagId
}

record! {
    /// A tag of a ticket.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tagged {
        /// The ticket.
        pub ticket_id: TicketId,
        /// The word's row.
        pub id: TagId,
        /// As it was first written.
        pub name: String,
    }
}

/// The longest tag, in characters.
pub const LONGEST: usize = 40;
/// The most tags on one ticket.
pub const MOST: usize = 20;

/// The words of a text between commas, each without outer and doubled space, and once.
///
/// # Errors
/// `Invalid` at `tags`: none, too long, too many.
pub fn words_of(typed: &str) -> Result<Vec<String>, Error> {
    let mut words: Vec<String> = vec![];
    for part in typed.split([',', ';', '\n']) {
        let word = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let word = word.trim_start_matches('#').trim().to_owned();
        if !word.is_empty() && !words.iter().any(|known| key(known) == key(&word)) {
            words.push(word);
        }
    }
    let mut faults = Fields::default();
    faults.require(!words.is_empty(), "tags", "fault-missing");
    if words.iter().any(|word| word.chars().count() > LONGEST) {
        faults.add("tags", "fault-too-long", Some(LONGEST.to_string()));
    }
    if words.len() > MOST {
        faults.add("tags", "fault-too-many-tags", Some(MOST.to_string()));
    }
    faults.settle()?;
    Ok(words)
}

/// A tag as it is compared: capitals do not count.
pub(super) fn key(word: &str) -> String {
    word.to_lowercase()
}

/// The tags of one ticket that this actor reads, in order of the alphabet.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Tagged>, Error> {
    store::of(ask, actor, ticket).await
}

/// The tags of the tickets of a page, each in order of the alphabet.
pub async fn of_page(
    ask: &mut dyn Answers,
    actor: &Actor,
    tickets: impl Iterator<Item = TicketId>,
) -> Result<BTreeMap<TicketId, Vec<String>>, Error> {
    let tickets: Vec<TicketId> = tickets.collect();
    let mut found: BTreeMap<TicketId, Vec<String>> = BTreeMap::new();
    if tickets.is_empty() {
        return Ok(found);
    }
    for tag in store::of_page(ask, actor, &tickets).await? {
        found.entry(tag.ticket_id).or_default().push(tag.name);
    }
    Ok(found)
}

/// Words to offer: those that begin with `typed`, or, when it is empty, those used lately; only
/// words this actor sees on some ticket.
pub async fn suggestions(
    ask: &mut dyn Answers,
    actor: &Actor,
    typed: &str,
    most: i64,
) -> Result<Vec<String>, Error> {
    match typed.trim() {
        "" => store::lately(ask, actor, most).await,
        typed => store::beginning(ask, actor, &key(typed), most).await,
    }
}

record! {
    /// A word that may be filtered by.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Word {
        /// Its row.
        pub id: TagId,
        /// As it was first written.
        pub name: String,
    }
}

/// The words this actor sees on some ticket, in order of the alphabet.
pub async fn known(ask: &mut dyn Answers, actor: &Actor, most: i64) -> Result<Vec<Word>, Error> {
    store::known(ask, actor, most).await
}

/// Puts words on a ticket; those that stand there already are left as they are.
pub async fn tag(
    tx: &mut Tx,
    ticket: &May<Tag, Ticket>,
    actor: &Actor,
    words: &[String],
    now: Moment,
) -> Result<(), Error> {
    let standing = store::count(tx, actor, ticket.id).await?;
    let by = PersonId(actor.id());
    let mut added = vec![];
    for word in words {
        let tag = store::word(tx, ticket, word, now).await?;
        if store::insert(tx, ticket, (ticket.id, tag), Some(by), now).await? {
            added.push(word.as_str());
        }
    }
    if standing + added.len() > MOST {
        return Err(Error::invalid_with(
            "tags",
            "fault-too-many-tags",
            MOST.to_string(),
        ));
    }
    if added.is_empty() {
        return Ok(());
    }
    let change = Change {
        kind: EventKind::Tagged,
        audience: Audience::Staff,
        before: None,
        after: Some(added.join(", ")),
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// Puts words on a ticket that was opened in this transaction, by a rule of the desk and in nobody's name; at most
/// [`MOST`]. Nobody is told but its history.
pub async fn put_on_new<A>(
    tx: &mut Tx,
    place: &May<A, Place>,
    ticket: TicketId,
    words: &[String],
    now: Moment,
) -> Result<(), Error> {
    let mut added = vec![];
    for word in words.iter().take(MOST) {
        let tag = store::word(tx, place, word, now).await?;
        if store::insert(tx, place, (ticket, tag), None, now).await? {
            added.push(word.as_str());
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let event = NewEvent {
        kind: EventKind::Tagged,
        actor: None,
        hat: Hat::System,
        audience: Audience::Staff,
        before: None,
        after: Some(added.join(", ")),
        comment: None,
    };
    history::keep(tx, place, ticket, event, now).await?;
    Ok(())
}

/// Takes a word off; that it is not there is a quiet success.
pub async fn untag(
    tx: &mut Tx,
    ticket: &May<Tag, Ticket>,
    actor: &Actor,
    tag: TagId,
    now: Moment,
) -> Result<(), Error> {
    let standing = store::of(tx, actor, ticket.id).await?;
    let Some(standing) = standing.into_iter().find(|t| t.id == tag) else {
        return Ok(());
    };
    store::remove(tx, ticket, tag).await?;
    let change = Change {
        kind: EventKind::Untagged,
        audience: Audience::Staff,
        before: Some(standing.name),
        after: None,
        comment: None,
    };
    changes::record(tx, ticket, actor, change, now).await?;
    changes::touch(tx, ticket, actor, 0, now).await
}

/// What both doors do to add words, typed between commas.
pub async fn add(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    typed: &str,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Tag>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Tag, seen).await?;
    let words = words_of(typed)?;
    tag(&mut tx, &ticket, actor, &words, now).await?;
    tx.commit().await
}

/// What both doors do to take a word off.
pub async fn remove(
    db: &Db,
    actor: &Actor,
    id: TicketId,
    seen: Option<i64>,
    tag: TagId,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let ticket = find_to_change::<Tag>(&mut tx, actor, id).await?;
    overtaken::must_stand(&mut tx, actor, &ticket, Deed::Tag, seen).await?;
    untag(&mut tx, &ticket, actor, tag, now).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_commas_each_once() {
        let words =
            words_of(" bios-1.42,  Nantes ,NANTES;#été\n deux  mots,, ").unwrap_or_default();
        assert_eq!(words, ["bios-1.42", "Nantes", "été", "deux mots"]);
        assert!(words_of(" , ; #").is_err());
        assert!(words_of(&"x".repeat(LONGEST + 1)).is_err());
        assert!(words_of(&(0..=MOST).map(|n| format!("{n},")).collect::<String>()).is_err());
    }
}
