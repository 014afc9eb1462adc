//! The newest documents that match, of PostgreSQL.
//!
//! Its index knows which documents match, not which of them are the newest, and gathers all of them before it tells.
//! So a look at a few says how many match among them: of a word that many hold, the newest parts of the desk are
//! asked first, by the mark that each document has of its part (`marks::part`), and all only when those do not suffice.

use std::ops::RangeInclusive;

use kit::authz::Actor;
use kit::db::{Ask, Condition, Db, Engine, Matching, Query};
use kit::error::Error;
use kit::{record, scoped, tail};

use super::marks;
use super::rank::{self, Sought};
use super::store::Candidate;

/// How many numbers a look takes in: 64 in each of eight places.
const LOOKED_AT: i64 = 512;
/// Fewer that match say nothing of how many do.
const ENOUGH: i64 = 8;

/// The newest documents that match and that the actor may read, at most `limit`.
pub(super) async fn candidates(
    db: &Db,
    actor: &Actor,
    matching: &Matching,
    conditions: &[Condition],
    limit: i64,
    share: Share,
) -> Result<Vec<Candidate>, Error> {
    let mut found = vec![];
    for parts in share.newest_parts(limit) {
        let parts = parts.map(|part| Matching::Word(marks::part(part)));
        let within = Matching::All(vec![matching.clone(), Matching::Any(parts.collect())]);
        let left = limit - count(found.len());
        found.extend(asked(db, actor, &within, conditions, left).await?);
        if count(found.len()) >= limit {
            return Ok(found);
        }
    }
    asked(db, actor, matching, conditions, limit).await
}

async fn asked(
    db: &Db,
    actor: &Actor,
    matching: &Matching,
    conditions: &[Condition],
    limit: i64,
) -> Result<Vec<Candidate>, Error> {
    let narrowed = |query: Query| {
        let query = query.matching(Engine::Postgres, matching);
        let query = conditions.iter().cloned().fold(query, Query::and);
        query.tail(tail!("ORDER BY x.place DESC LIMIT ?", limit))
    };
    // It gathers all that match before it knows which are the newest. It is to take them in that order
    // (a sum keeps it from walking all rows by number), and to ask for rights only until it has enough.
    let Some(words) = matching.without_order() else {
        let newest = scoped!(
            actor,
            "SELECT f.ticket_id, f.heads, f.created_at FROM (SELECT x.rowid, x.rowid + 0 AS place FROM search_index x \
             WHERE {words:search_index x} ORDER BY x.rowid + 0 DESC OFFSET 0) x \
             CROSS JOIN LATERAL (SELECT d.ticket_id, d.heads, d.created_at FROM search_documents d \
             WHERE d.id = x.rowid AND {visible:search_documents d}{more} OFFSET 0) f{tail}"
        );
        return db.read().all(narrowed(newest)).await;
    };
    // In which order words stand, its index does not know: each document has to be read for it.
    let newest = scoped!(
        actor,
        "SELECT f.ticket_id, f.heads, f.created_at FROM (SELECT x.rowid, x.rowid + 0 AS place FROM search_index x \
         WHERE {words:search_index x} ORDER BY x.rowid + 0 DESC OFFSET 0) x \
         CROSS JOIN LATERAL (SELECT d.ticket_id, d.heads, d.created_at FROM search_documents d WHERE d.id = x.rowid \
         AND EXISTS (SELECT 1 FROM search_index y WHERE y.rowid = x.rowid AND {words:search_index y} OFFSET 0) \
         AND {visible:search_documents d}{more} OFFSET 0) f{tail}"
    );
    let newest = newest.matching(Engine::Postgres, &words);
    db.read().all(narrowed(newest)).await
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// How many match of the numbers that were looked at, and the last number there is; nothing where nobody looked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    hits: i64,
    last: i64,
}

impl Share {
    /// The newest parts of the desk, where `limit` and a quarter more should match, and as many before them; none when
    /// few match, or when that were most of the desk.
    fn newest_parts(self, limit: i64) -> Vec<RangeInclusive<i64>> {
        if self.hits < ENOUGH {
            return vec![];
        }
        let wide = LOOKED_AT.saturating_mul(limit + limit / 4) / self.hits;
        if wide > self.last / 4 {
            return vec![];
        }
        // Tickets may have come since somebody looked.
        let last = marks::part_of(self.last) + 1;
        let first = marks::part_of(self.last - wide);
        let before = marks::part_of((self.last - 2 * wide).max(0)).min(first - 1);
        vec![first..=last, before..=first - 1]
    }
}

/// What a look at a few documents says of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Of those that match.
    pub all: Share,
    /// Of those that match by their subject.
    pub by_subject: Share,
}

impl Look {
    /// Whether the newest that match will hardly hold enough that do so by their subject.
    pub(super) fn are_few_by_subject(self) -> bool {
        self.by_subject.hits * 2 < self.all.hits
    }
}

/// Looks at eight places of the desk: what came last may be of another kind than the rest. SQLite's index gives the
/// newest first, and needs no look.
pub(super) async fn look(
    db: &Db,
    actor: &Actor,
    matching: &Matching,
    sought: &[Sought],
) -> Result<Look, Error> {
    record! { struct Row { heads: String, last: i64 } }
    if db.engine() == Engine::Sqlite {
        return Ok(Look::default());
    }
    let query = scoped!(
        actor,
        "SELECT f.heads, m.last FROM (SELECT MAX(a.rowid) AS last FROM search_index a) m CROSS JOIN generate_series(1, 8) AS p (n) \
         CROSS JOIN LATERAL (SELECT y.rowid, y.terms FROM search_index y \
         WHERE y.rowid > m.last * p.n / 8 - 64 AND y.rowid <= m.last * p.n / 8 OFFSET 0) x \
         CROSS JOIN LATERAL (SELECT d.heads FROM search_documents d WHERE d.id = x.rowid AND {visible:search_documents d} OFFSET 0) f \
         WHERE {words:search_index x}"
    );
    let query = query.matching(Engine::Postgres, matching);
    let rows: Vec<Row> = db.read().all(query).await?;
    let last = rows.first().map_or(0, |row| row.last);
    let share = |hits: usize| Share {
        hits: count(hits),
        last,
    };
    let is_by_subject = |row: &&Row| rank::is_by_subject(&row.heads, sought);
    Ok(Look {
        all: share(rows.len()),
        by_subject: share(rows.iter().filter(is_by_subject).count()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(hits: i64, last: i64, limit: i64) -> Vec<RangeInclusive<i64>> {
        Share { hits, last }.newest_parts(limit)
    }

    #[test]
    fn the_newest_parts_hold_what_is_wanted_when_many_match_and_there_are_none_when_few_do() {
        // Every second number matches: 750 numbers hold 375 of them. A part has 2,048 numbers, and 49 begins at 100,352.
        assert_eq!(parts(256, 100_500, 300), [48..=50, 47..=47]);
        assert_eq!(parts(256, 102_300, 300), [49..=50, 48..=48]);
        assert_eq!(parts(8, 100_000, 300), [37..=49, 25..=36]);
        assert_eq!(parts(16, 102_300, 100), [47..=50, 46..=46]);
        assert!(parts(7, 100_000, 300).is_empty(), "too few to tell");
        assert!(parts(8, 90_000, 300).is_empty(), "much of the desk");
        assert!(parts(0, 0, 300).is_empty(), "an empty desk");
    }

    #[test]
    fn few_match_by_their_subject_when_less_than_half_do() {
        let share = |hits| Share { hits, last: 1 };
        let are_few = |all, by_subject| {
            let (all, by_subject) = (share(all), share(by_subject));
            Look { all, by_subject }.are_few_by_subject()
        };
        assert!(are_few(9, 4) && are_few(1, 0));
        assert!(!are_few(8, 4));
        assert!(!Look::default().are_few_by_subject(), "nobody looked");
    }
}
