//! Deeds by a link in a mail (issue "mail"; decision 0061): agree to a closure or refuse it, take a ticket, without signing
//! in. The link opens a page that asks, and changes nothing by itself: mail programs fetch links before anybody reads them.
//!
//! A link is of one person, for one deed on one ticket, from one event; it works once, for a fortnight, as long as its person
//! has the address it was mailed to, may do it, nothing was decided since, and they did not answer the mail: an answer
//! quotes it to others. What it offers stands in the link itself, signed with the key of the desk's threads; only that it was
//! used is kept.

mod offer;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db};
use kit::error::Error;
use letter::Letter;
use letter::thread::ThreadKey;

use super::recipients::Purpose;
use crate::departments::confidence;
use crate::people::Person;
use crate::tickets::comments::NewComment;
use crate::tickets::deeds::act_within;
use crate::tickets::history::EventKind;
use crate::tickets::machine::{Deed, State};
use crate::tickets::rights::Read;
use crate::tickets::{EventId, Ticket};

pub use offer::{GOOD_FOR, MailedDeed, Offer, blinded};

/// What a mail about an event offers its reader, the most wanted first: what they may do, on a ticket of which nothing was
/// decided since.
pub async fn offers(
    ask: &mut dyn Answers,
    ticket: &May<Read, Ticket>,
    person: &Person,
    (purpose, kind, event): (Purpose, EventKind, EventId),
    now: Moment,
) -> Result<Vec<Offer>, Error> {
    let actor = person.actor();
    let all = offered(ticket, &actor, purpose, kind);
    if all.is_empty()
        || store::since(ask, person.id, ticket.id, event)
            .await?
            .is_decided
    {
        return Ok(vec![]);
    }
    let offer = |deed| Offer::new(person.id, ticket.id, deed, event, now);
    Ok(all.into_iter().map(offer).collect())
}

fn offered(ticket: &Ticket, actor: &Actor, purpose: Purpose, kind: EventKind) -> Vec<MailedDeed> {
    let all: &[MailedDeed] = match (purpose, kind) {
        (Purpose::ApprovalRequest, EventKind::Closed | EventKind::ApprovalReminded) => {
            &[MailedDeed::Approve, MailedDeed::RefuseClosure]
        }
        (
            Purpose::Event,
            EventKind::Created
            | EventKind::Released
            | EventKind::Reopened
            | EventKind::ClosureRefused
            | EventKind::Recalled
            | EventKind::Transferred,
        ) if ticket.state == State::Free => &[
            MailedDeed::Take,
            MailedDeed::TakeAndClose,
            MailedDeed::TakeAndAsk,
        ],
        _ => &[],
    };
    let may = |deed: &&MailedDeed| {
        let may_say = !deed.needs_words() || ticket.allows(actor, Deed::Reply);
        may_say && ticket.allows(actor, deed.deed())
    };
    all.iter().filter(may).copied().collect()
}

/// Why a link does nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It was used.
    Used,
    /// It is too old.
    Late,
    /// Somebody decided since, its person answered the mail, or may not do it or see it any more.
    Decided,
}

/// A link that was proven.
#[derive(Debug)]
pub struct Proven {
    /// What it offers.
    pub offer: Offer,
    /// Whose it is.
    pub person: Person,
    /// The ticket, as they see it; none when they do not any more.
    pub ticket: Option<May<Read, Ticket>>,
    /// Why it does nothing any more, if it does not.
    pub over: Option<Over>,
    /// Others wrote since it was mailed.
    pub has_news: bool,
    /// Its page may name the ticket: the link still does something, or just did.
    pub is_named: bool,
}

impl Proven {
    /// Whether words may go with it.
    #[must_use]
    pub fn takes_words(&self) -> bool {
        let actor = self.person.actor();
        let may = |ticket: &May<Read, Ticket>| ticket.allows(&actor, Deed::Reply);
        self.offer.deed.takes_words() && self.ticket.as_ref().is_some_and(may)
    }
}

/// What stands behind a token.
///
/// # Errors
/// `NotFound` for what this desk did not offer, to this address of a person who is there and may come in.
pub async fn look(
    ask: &mut dyn Answers,
    key: &ThreadKey,
    token: &str,
    now: Moment,
) -> Result<Proven, Error> {
    let (offer, code) = Offer::claimed(token).ok_or(Error::NotFound)?;
    let person = proven_to(ask, key, &offer, code).await?;
    let actor = person.actor();
    let ticket = match crate::tickets::reading::find::<Read>(ask, &actor, offer.ticket).await {
        Ok(ticket) => ticket,
        // Whoever wrote words on its page has them back there, and reads no more of the ticket.
        Err(Error::NotFound) => {
            return Ok(Proven {
                offer,
                person,
                ticket: None,
                over: Some(Over::Decided),
                has_news: false,
                is_named: false,
            });
        }
        Err(error) => return Err(error),
    };
    let since = store::since(ask, person.id, offer.ticket, offer.event).await?;
    let may = ticket.allows(&actor, offer.deed.deed());
    let spent = store::spent(ask, &offer.says()).await?;
    let over = if spent == Some(true) {
        Some(Over::Used)
    } else if spent.is_some() || !may || since.is_decided {
        Some(Over::Decided)
    } else if offer.is_late(now) {
        Some(Over::Late)
    } else {
        None
    };
    let is_named = matches!(over, None | Some(Over::Used)) && !offer.is_late(now);
    let category = ticket.category_id;
    Ok(Proven {
        offer,
        person,
        ticket: Some(ticket),
        over,
        has_news: since.has_news,
        is_named: is_named && !confidence::is_mailed_bare(ask, category).await?,
    })
}

/// To whom an offer was made, when the code proves it and they may come in.
async fn proven_to(
    ask: &mut dyn Answers,
    key: &ThreadKey,
    offer: &Offer,
    code: &str,
) -> Result<Person, Error> {
    let person = crate::people::find(ask, offer.person).await?;
    if !offer.is_proven_by(code, key, &person.email) || person.disabled_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(person)
}

/// Does what a link offers. `seen` is the version its page showed.
///
/// # Errors
/// As [`look`] and [`act_within`]; `Conflict` as well when the link does nothing any more: nothing is done then.
pub async fn follow(
    db: &Db,
    key: &ThreadKey,
    token: &str,
    seen: i64,
    words: Option<NewComment>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let proven = look(&mut tx, key, token, now).await?;
    // Of two who use it at once, one does.
    if proven.over.is_some() || !store::spend(&mut tx, &proven.offer.says(), true, now).await? {
        let current = proven.ticket.map_or(seen, |ticket| ticket.version);
        return Err(Error::Conflict(kit::error::Clash::of(seen, current)));
    }
    let (actor, wanted) = (proven.person.actor(), proven.offer.deed.wanted());
    act_within(
        &mut tx,
        &actor,
        proven.offer.ticket,
        wanted,
        Some(seen),
        words,
        now,
    )
    .await?;
    tx.commit().await
}

/// Ends every link that a letter holds, in its words, in what it quotes, in letters within it: others read it. What only looks
/// like one ends nothing, whoever wrote it.
///
/// # Errors
/// Those of the store.
pub async fn end_quoted(
    db: &Db,
    key: &ThreadKey,
    letter: &Letter,
    now: Moment,
) -> Result<(), Error> {
    let mut reader = db.read();
    let mut proven = Vec::new();
    for (offer, code) in offer::held_by(letter, DEEP) {
        match proven_to(&mut reader, key, &offer, &code).await {
            Ok(_) => proven.push(offer.says()),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if proven.is_empty() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    for says in proven {
        store::spend(&mut tx, &says, false, now).await?;
    }
    tx.commit().await
}

/// So many letters within letters are looked through.
const DEEP: usize = 3;

/// Forgets links that would not work any more; how many those were.
pub async fn forget_old(db: &Db, now: Moment) -> Result<usize, Error> {
    let mut tx = db.write().await?;
    let gone = store::forget_before(&mut tx, now.minus(GOOD_FOR).minus(Span::hours(2))).await?;
    tx.commit().await?;
    Ok(gone)
}
