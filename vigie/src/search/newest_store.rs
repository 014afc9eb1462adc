//! The newest documents that match, of PostgreSQL.
//!
//! Its index knows which documents match, not which of them are the newest, and reading where each of ten thousand
//! stands in the order takes longer than finding them. So a look at the newest few says how many match among them: of
//! a word that many hold, the newest documents are asked first, and all of them only when those do not suffice.

use kit::authz::Actor;
use kit::db::{Ask, Condition, Db, Engine, Matching, Query};
use kit::error::Error;
use kit::{record, scoped, tail};

use super::store::Candidate;

/// Fewer of the newest 256 that match say nothing of how many do.
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
    if let Some(from) = window(db, actor, matching, limit).await? {
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

/// The number from which on twice as many as are wanted should match; none when few match, or when that were most of
/// all documents.
async fn window(
    db: &Db,
    actor: &Actor,
    matching: &Matching,
    limit: i64,
) -> Result<Option<i64>, Error> {
    record! { struct Sample { hits: i64, first: Option<i64>, last: Option<i64> } }
    let sample = scoped!(
        actor,
        "SELECT COUNT(*) AS hits, (SELECT MAX(a.rowid) FROM search_index a) AS last, \
         (SELECT MIN(b.rowid) FROM (SELECT c.rowid FROM search_index c ORDER BY c.rowid DESC LIMIT 256) b) AS first \
         FROM (SELECT y.rowid, y.terms FROM search_index y ORDER BY y.rowid DESC LIMIT 256) x \
         CROSS JOIN search_documents d WHERE d.id = x.rowid AND {words:search_index x} AND {visible:search_documents d}"
    );
    let sample: Sample = db
        .read()
        .one(sample.matching(Engine::Postgres, matching))
        .await?;
    Ok(match (sample.first, sample.last) {
        (Some(first), Some(last)) if sample.hits >= ENOUGH => {
            let wide = (last - first + 1).saturating_mul(2 * limit) / sample.hits;
            (wide < last / 2).then(|| last - wide)
        }
        _ => None,
    })
}
