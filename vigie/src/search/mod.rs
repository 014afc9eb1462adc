//! Searching: tickets, by what is written on them, and people.
//!
//! - `language.rs` understands what somebody typed, `analyse.rs` makes words of texts, `rank.rs` says
//!   which answer comes first, `snippet.rs` what is shown of it: all pure, and the same on both engines.
//! - `wanted.rs` says what the index is asked; `document.rs` says what is kept of a ticket, `index.rs` keeps it up to date.
//! - `store.rs` asks: the newest [`CANDIDATES`] documents that match, through the actor's own eyes and
//!   in one statement, so that nothing hidden is counted, ranked or cut away; `newest_store.rs` does it for PostgreSQL.
//!
//! Deliberately absent: statistics of the whole desk in the ranking (they would tell of hidden tickets),
//! suggestions of other spellings (so would they), a second index of people.

use std::collections::BTreeMap;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Condition, Db, Matching};
use kit::error::Error;

use crate::policy::permission;
use crate::tickets::listing::Listed;
use crate::tickets::{Audience, TicketId};

pub mod analyse;
pub mod api;
mod document;
pub mod index;
mod index_store;
pub mod language;
mod marks;
mod newest_store;
pub mod pages;
mod rank;
mod reach;
pub mod snippet;
mod store;
mod views;
mod wanted;

use language::{Asked, Fields, Part, Understood, Who};
use rank::Sought;
use snippet::Piece;
use store::Candidate;
pub use store::Person;

/// The shortest beginning of a word that is looked for, in characters.
pub const SHORTEST_PREFIX: usize = 2;
/// The most tickets that are ranked: the newest that match. Another hundred may be found by their
/// subject alone, however old.
pub const CANDIDATES: usize = 300;
const BY_SUBJECT: usize = 100;

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// As lists show it.
    pub ticket: Listed,
    /// Its subject, marked.
    pub subject: Vec<Piece>,
    /// The words that answer best, marked.
    pub snippet: Vec<Piece>,
    /// They are of an internal note.
    pub is_note: bool,
    /// Files whose names answer, marked.
    pub files: Vec<Vec<Piece>>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// A page of tickets, the best first.
    pub hits: Vec<Hit>,
    /// How many there are; at least so many when `is_cut`.
    pub count: usize,
    /// There are more than are ranked.
    pub is_cut: bool,
}

/// Which of the answers.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// How many come before.
    pub offset: usize,
    /// How many at most.
    pub limit: usize,
}

/// The fields there are for an actor.
pub fn fields(actor: &Actor) -> Fields {
    if actor.is_permitted(permission::STAFF) {
        Fields::Staff
    } else {
        Fields::Requester
    }
}

/// Finds tickets that the actor sees.
///
/// # Errors
/// `Down`, or `Bug`.
pub async fn tickets(
    db: &Db,
    actor: &Actor,
    understood: &Understood,
    slice: Slice,
    now: Moment,
) -> Result<Found, Error> {
    if understood.parts.is_empty() || !understood.faults.is_empty() {
        return Ok(Found::default());
    }
    let sought: Vec<Sought> = understood.leaves().map(Sought::of).collect();
    let mut conditions: Vec<Condition> = understood
        .parts
        .iter()
        .filter_map(|p| match p.asked {
            Asked::Before(at) => Some(store::opened_before(at, !p.is_excluded)),
            Asked::After(at) => Some(store::opened_before(at, p.is_excluded)),
            _ => None,
        })
        .collect();
    let names_agent = |p: &Part| matches!(p.asked, Asked::To(Who::Named(_)));
    if understood.parts.iter().any(names_agent) {
        conditions.push(store::names_agents(actor));
    }
    let (found, is_cut) = candidates(db, actor, understood, &sought, &conditions).await?;
    let mut ranked: BTreeMap<TicketId, i64> = BTreeMap::new();
    for one in found {
        let score = rank::score(&one.heads, &sought, one.created_at, now);
        ranked.insert(one.ticket_id, score);
    }
    // A bare number is most often a ticket's.
    if let Some(number) = number(understood) {
        let mut reader = db.read();
        for ticket in store::listed(&mut reader, actor, &[number]).await? {
            ranked.insert(ticket.id, i64::MAX);
        }
    }
    let count = ranked.len();
    let mut order: Vec<(i64, TicketId)> = ranked.into_iter().map(|(id, s)| (s, id)).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let page: Vec<TicketId> = order
        .into_iter()
        .skip(slice.offset)
        .take(slice.limit)
        .map(|(_, id)| id)
        .collect();
    Ok(Found {
        hits: hits(db, actor, &page, &sought).await?,
        count,
        is_cut,
    })
}

/// The newest documents that answer, and whether there are more; then also the newest of those that do so by their subject.
async fn candidates(
    db: &Db,
    actor: &Actor,
    understood: &Understood,
    sought: &[Sought],
    conditions: &[Condition],
) -> Result<(Vec<Candidate>, bool), Error> {
    let (most, most_by_subject) = (CANDIDATES as i64 + 1, BY_SUBJECT as i64);
    let wanted = wanted::all(db, actor, understood).await?;
    let subjects = Matching::All(vec![wanted.clone(), wanted::in_subject(understood)]);
    let look = newest_store::look(db, actor, &wanted, sought).await?;
    let newest = store::candidates(db, actor, &wanted, conditions, most, look.all);
    let share = look.by_subject;
    let by_subject = store::candidates(db, actor, &subjects, conditions, most_by_subject, share);
    let cut = |mut found: Vec<Candidate>| {
        let is_cut = found.len() > CANDIDATES;
        found.truncate(CANDIDATES);
        (found, is_cut)
    };
    if look.are_few_by_subject() {
        // Side by side on two connections: what is cut is what takes long.
        let (newest, by_subject) = tokio::join!(newest, by_subject);
        let (mut found, is_cut) = cut(newest?);
        found.extend(by_subject?.into_iter().filter(|_| is_cut));
        return Ok((found, is_cut));
    }
    let (mut found, is_cut) = cut(newest.await?);
    let is_by_subject = |one: &&Candidate| rank::is_by_subject(&one.heads, sought);
    // Where the newest hold enough of them, those are the newest of them.
    if is_cut && found.iter().filter(is_by_subject).count() < BY_SUBJECT {
        found.extend(by_subject.await?);
    }
    Ok((found, is_cut))
}

/// Finds people whom the actor may look for (policy.rs), by the words of a query without fields.
///
/// # Errors
/// `Down`, or `Bug`.
pub async fn people(
    db: &Db,
    actor: &Actor,
    understood: &Understood,
    limit: usize,
) -> Result<Vec<Person>, Error> {
    let mut words = vec![];
    for part in &understood.parts {
        match &part.asked {
            Asked::Text(leaf) if !part.is_excluded => words.extend(leaf.words.clone()),
            _ => return Ok(vec![]),
        }
    }
    let is_short = |w: &String| w.chars().count() < SHORTEST_PREFIX;
    if words.is_empty() || words.len() > 6 || words.iter().all(is_short) {
        return Ok(vec![]);
    }
    let mut reader = db.read();
    let most = limit as i64 * 8;
    let mut found = store::people(&mut reader, actor, &words, most).await?;
    // The engines order letters differently; this order is ours.
    found.sort_by_cached_key(|p| (analyse::fold(&p.name), p.id.0));
    found.truncate(limit);
    Ok(found)
}

/// The number that the whole query is.
fn number(understood: &Understood) -> Option<TicketId> {
    match understood.parts.as_slice() {
        [part] if !part.is_excluded => match &part.asked {
            Asked::Text(leaf) if leaf.words.len() == 1 => leaf.words[0].parse().ok().map(TicketId),
            _ => None,
        },
        _ => None,
    }
}

/// A page of hits with what is shown of them, all read through the actor's own eyes.
async fn hits(
    db: &Db,
    actor: &Actor,
    page: &[TicketId],
    sought: &[Sought],
) -> Result<Vec<Hit>, Error> {
    let mut reader = db.read();
    let listed = store::listed(&mut reader, actor, page).await?;
    let comments = store::comments(&mut reader, actor, page).await?;
    let files = store::files(&mut reader, actor, page).await?;
    let mut out = vec![];
    let mut stems = analyse::Stems::default();
    for id in page {
        let Some(ticket) = listed.iter().find(|t| t.id == *id).cloned() else {
            continue;
        };
        let mut best: Option<(usize, snippet::Looked<'_>, bool)> = None;
        for comment in comments.iter().filter(|c| c.ticket_id == *id) {
            let looked = snippet::look(&comment.body, sought, &mut stems);
            let is_note = comment.audience == Audience::Staff;
            if best
                .as_ref()
                .is_none_or(|(parts, ..)| looked.parts > *parts)
            {
                best = Some((looked.parts, looked, is_note));
            }
        }
        let files = files.iter().filter(|f| f.ticket_id == *id);
        let files = files
            .map(|file| snippet::look(&file.name, sought, &mut stems))
            .filter(|looked| looked.parts > 0)
            .map(|looked| looked.whole())
            .collect();
        out.push(Hit {
            subject: snippet::look(&ticket.subject, sought, &mut stems).whole(),
            is_note: best.as_ref().is_some_and(|(.., is_note)| *is_note),
            snippet: best.map_or(vec![], |(_, looked, _)| looked.around()),
            files,
            ticket,
        });
    }
    Ok(out)
}
