//! The index keeps up: what triggers noted in `search_queue` is read, analysed and written.
//!
//! The queue's row is written in the transaction of the change, by the database itself, so no verb,
//! letter or loading program can forget it; what is taken away or hidden leaves the index in that same
//! transaction. Analysing is done here, shortly after, so that it costs no deed anything. Doing it
//! twice is doing it once, and a crash in between leaves the queue as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kit::db::Db;
use kit::error::Error;
use kit::jobs::Verdict;
use tokio::sync::watch;

use super::analyse::{self, Stems};
use super::document::{self, Content};
use super::index_store as store;
use crate::people::PersonId;
use crate::tickets::TicketId;

/// Tickets indexed in one transaction.
const BATCH: i64 = 48;
/// So many documents at once are folded together afterwards.
const MANY: usize = 5_000;

/// Indexes everything that waits and says how many tickets and people that were.
///
/// # Errors
/// `Down`, or `Bug` when the index cannot be written.
pub async fn catch_up(db: &Db) -> Result<usize, Error> {
    let mut stems = Stems::default();
    begin_rebuild(db).await?;
    let mut count = 0;
    loop {
        match step(db, &mut stems).await? {
            0 => break,
            done => count += done,
        }
    }
    if count > MANY {
        let mut tx = db.write().await?;
        store::fold(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(count)
}

/// How often the index is folded anew, lest what others write between two steps end it early.
const PASSES: usize = 3;

/// The word of the job that lets go of words which no document holds any more.
pub const FORGET_WORDS: &str = "forget_words";

/// Runs it: what was struck out of the index is out of its files, too, not only out of its answers.
pub async fn forget_words(db: &Db) -> Verdict {
    // In many short transactions: in one, nobody could write on a large desk for as many seconds as it takes.
    let done = async {
        // A fold under way is passed over while as many new segments (up to three) lie below it. Begun anew it has those
        // among its inputs, so it is more than they after the second time; an undisturbed one finds nothing more to do.
        for _ in 0..PASSES {
            let (mut is_first, mut is_left) = (true, true);
            while is_left {
                let mut tx = db.write().await?;
                is_left = store::fold_further(&mut tx, is_first).await?;
                tx.commit().await?;
                is_first = false;
            }
        }
        Ok::<(), Error>(())
    };
    match done.await {
        Ok(()) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}

/// Leaves the index without what is there now: for a desk that is made to measure something else.
pub async fn leave_empty(db: &Db) -> Result<(), Error> {
    let mut tx = db.write().await?;
    store::begin_rebuild(&mut tx, analyse::VERSION).await?;
    store::forget_queue(&mut tx).await?;
    tx.commit().await
}

/// Notes everything anew when the index was made by another analyser, or never.
async fn begin_rebuild(db: &Db) -> Result<bool, Error> {
    let mut tx = db.write().await?;
    let is_begun = store::begin_rebuild(&mut tx, analyse::VERSION).await?;
    tx.commit().await?;
    Ok(is_begun)
}

/// Keeps the index up to date until `stop` turns true: at every hint, and every two seconds.
pub async fn keep_up(db: Db, mut stop: watch::Receiver<bool>) {
    let mut stems = Stems::default();
    let mut hints = db.hints();
    let mut regularly = tokio::time::interval(Duration::from_secs(2));
    regularly.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    match begin_rebuild(&db).await {
        Ok(true) => tracing::info!("the search index is being made anew"),
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "whether the search index is current is not known"),
    }
    while !*stop.borrow() {
        match step(&db, &mut stems).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the search index does not keep up"),
        }
        tokio::select! {
            // Every hint, or having missed some, is a reason to look.
            _ = hints.recv() => {}
            _ = regularly.tick() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Indexes one batch. When a batch fails, its tickets are tried one by one, and the one at fault is
/// left out, so that it does not keep the others from being found.
async fn step(db: &Db, stems: &mut Stems) -> Result<usize, Error> {
    match batch(db, stems, BATCH, false).await {
        Err(Error::Bug(cause)) => tracing::warn!(%cause, "a batch was not indexed"),
        other => return other,
    }
    let mut done = 0;
    for _ in 0..BATCH {
        done += match batch(db, stems, 1, false).await {
            Err(Error::Bug(_)) => batch(db, stems, 1, true).await?,
            other => other?,
        };
    }
    Ok(done)
}

async fn batch(db: &Db, stems: &mut Stems, limit: i64, is_given_up: bool) -> Result<usize, Error> {
    if !store::is_anything_waiting(&mut db.read()).await? {
        return Ok(0);
    }
    // What a power cut takes back of this waits to be indexed again: no letter has to wait for the disk twice.
    let mut tx = db.write_behind().await?;
    let Some(waiting) = store::waiting(&mut tx, limit).await? else {
        return Ok(0);
    };
    let tickets: BTreeSet<TicketId> = waiting.iter().filter_map(|w| w.ticket_id).collect();
    let tickets: Vec<TicketId> = tickets.into_iter().collect();
    let people: BTreeSet<PersonId> = waiting.iter().filter_map(|w| w.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    store::strike(&mut tx, &tickets, &people).await?;
    if is_given_up {
        tracing::error!(?tickets, ?people, "these cannot be indexed");
    } else {
        index_people(&mut tx, &people).await?;
        index_tickets(&mut tx, &tickets, stems).await?;
    }
    tx.commit().await?;
    Ok(tickets.len() + people.len())
}

async fn index_people(tx: &mut kit::db::Tx, people: &[PersonId]) -> Result<(), Error> {
    if people.is_empty() {
        return Ok(());
    }
    let further = store::further_addresses(tx, people).await?;
    for person in store::people_to_index(tx, people).await? {
        let mut words = BTreeSet::new();
        let others = further.iter().filter(|it| it.person_id == person.id);
        let own = [
            Some(&person.name),
            Some(&person.email),
            person.login.as_ref(),
        ];
        for text in own.into_iter().flatten().chain(others.map(|it| &it.email)) {
            for word in analyse::words(text) {
                words.insert(word.folded);
            }
        }
        store::replace_words(tx, person.id, words).await?;
    }
    Ok(())
}

async fn index_tickets(
    tx: &mut kit::db::Tx,
    tickets: &[TicketId],
    stems: &mut Stems,
) -> Result<(), Error> {
    if tickets.is_empty() {
        return Ok(());
    }
    let mut contents: BTreeMap<TicketId, Content> = BTreeMap::new();
    for ticket in store::tickets_to_index(tx, tickets).await? {
        let content = Content {
            ticket,
            comments: vec![],
            files: vec![],
            participants: vec![],
            tags: vec![],
        };
        contents.insert(content.ticket.id, content);
    }
    macro_rules! hand_out {
        ($rows:expr, $field:ident) => {
            for row in $rows {
                if let Some(content) = contents.get_mut(&row.ticket_id) {
                    content.$field.push(row);
                }
            }
        };
    }
    hand_out!(store::comments_to_index(tx, tickets).await?, comments);
    hand_out!(store::files_to_index(tx, tickets).await?, files);
    hand_out!(
        store::participants_to_index(tx, tickets).await?,
        participants
    );
    hand_out!(store::tags_to_index(tx, tickets).await?, tags);
    let mut documents = vec![];
    for content in contents.values() {
        let (ticket, at) = (content.ticket.id, content.ticket.created_at);
        for document in document::documents(content, stems) {
            documents.push((ticket, at, document));
        }
    }
    store::replace(tx, tickets, &documents).await
}
