//! The newest documents that match, of PostgreSQL.
//!
//! Its index knows which documents match, not which of them are the newest, and reading where each of ten thousand
//! stands in the order takes longer than finding them. So a look at a few says how many match among them: of
//! a word that many hold, the newest documents are asked first, and all of them only when those do not suffice.

use kit::authz::Actor;
use kit::db::{Ask, Condition, Db, Engine, Matching, Query};
use kit::error::Error;
use kit::{record, scoped, tail};

use super::store::Candidate;

/// How many numbers a sample looks at: 64 in each of eight places.
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
) -> Result<Vec<Candidate>, Error> {
    let last = || tail!("ORDER BY x.place DESC LIMIT ?", limit);
    let narrowed = |query: Query| {
        let query = query.matching(Engine::Postgres, matching);
        conditions.iter().cloned().fold(query, Query::and)
    };
    let sample = sample(db, actor, matching).await?;
    if let Some(from) = sample.window(limit) {
        let newest = scoped!(
            actor,
            "SELECT d.ticket_id, d.heads, d.created_at FROM (SELECT x.rowid, x.rowid + 0 AS place FROM search_index x \
             WHERE {words:search_index x} AND x.rowid BETWEEN $1 AND $2 ORDER BY x.rowid + 0 DESC OFFSET 0) x \
             CROSS JOIN search_documents d WHERE d.id = x.rowid AND {visible:search_documents d}{more}{tail}",
            from,
            i64::MAX
        );
        let newest: Vec<Candidate> = db.read().all(narrowed(newest).tail(last())).await?;
        if i64::try_from(newest.len()).is_ok_and(|found| found >= limit) {
            return Ok(newest);
        }
    }
    // It gathers all that match before it knows which are the newest. It is to take them in that order
    // (a sum keeps it from walking all rows by number), and to ask for rights only until it has enough.
    let Some(words) = matching.without_order() else {
        let newest = scoped!(
            actor,
            "SELECT d.ticket_id, d.heads, d.created_at FROM (SELECT x.rowid, x.rowid + 0 AS place FROM search_index x \
             WHERE {words:search_index x} ORDER BY x.rowid + 0 DESC OFFSET 0) x CROSS JOIN search_documents d \
             WHERE d.id = x.rowid AND {visible:search_documents d}{more}{tail}"
        );
        return db.read().all(narrowed(newest).tail(last())).await;
    };
    // In which order words stand, its index does not know: each document has to be read for it.
    let newest = scoped!(
        actor,
        "SELECT d.ticket_id, d.heads, d.created_at FROM (SELECT x.rowid, x.rowid + 0 AS place FROM search_index x \
         WHERE {words:search_index x} ORDER BY x.rowid + 0 DESC OFFSET 0) x CROSS JOIN search_documents d \
         WHERE d.id = x.rowid AND EXISTS (SELECT 1 FROM search_index y WHERE y.rowid = x.rowid AND {words:search_index y} OFFSET 0) \
         AND {visible:search_documents d}{more}{tail}"
    );
    let newest = narrowed(newest.matching(Engine::Postgres, &words));
    db.read().all(newest.tail(last())).await
}

/// How many match, of the numbers that were looked at, and the last number there is.
#[derive(Clone, Copy)]
struct Sample {
    hits: i64,
    last: i64,
}

impl Sample {
    /// The number from which on twice as many as are wanted should match; none when few match, or when that were most
    /// of all documents.
    fn window(self, limit: i64) -> Option<i64> {
        if self.hits < ENOUGH {
            return None;
        }
        let wide = LOOKED_AT.saturating_mul(2 * limit) / self.hits;
        (wide < self.last / 2).then(|| self.last - wide)
    }
}

/// Looks at eight places of the desk: what came last may be of another kind than the rest.
async fn sample(db: &Db, actor: &Actor, matching: &Matching) -> Result<Sample, Error> {
    record! { struct Row { hits: i64, last: Option<i64> } }
    let query = scoped!(
        actor,
        "SELECT COUNT(*) AS hits, (SELECT MAX(b.rowid) FROM search_index b) AS last \
         FROM (SELECT MAX(a.rowid) AS last FROM search_index a) m CROSS JOIN generate_series(1, 8) AS p (n) \
         CROSS JOIN LATERAL (SELECT y.rowid, y.terms FROM search_index y \
         WHERE y.rowid > m.last * p.n / 8 - 64 AND y.rowid <= m.last * p.n / 8 OFFSET 0) x \
         CROSS JOIN search_documents d WHERE d.id = x.rowid AND {words:search_index x} AND {visible:search_documents d}"
    );
    let query = query.matching(Engine::Postgres, matching);
    let row: Row = db.read().one(query).await?;
    Ok(Sample {
        hits: row.hits,
        last: row.last.unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(hits: i64, last: i64, limit: i64) -> Option<i64> {
        Sample { hits, last }.window(limit)
    }

    #[test]
    fn the_window_holds_twice_what_is_wanted_when_many_match_and_is_none_when_few_do() {
        // Every second number matches: 1,204 numbers hold 602 of them.
        assert_eq!(window(256, 100_000, 301), Some(100_000 - 1_204));
        assert_eq!(window(512, 100_000, 301), Some(100_000 - 602));
        assert_eq!(window(8, 100_000, 301), Some(100_000 - 38_528));
        assert_eq!(window(7, 100_000, 301), None, "too few to tell");
        assert_eq!(window(8, 70_000, 301), None, "most of the desk");
        assert_eq!(window(0, 0, 301), None, "an empty desk");
    }
}
