//! The counted rows of refused requests.

use kit::authz::Way;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{Answer, READS_TOLD_FROM, Refused};

record! { struct Found { n: i64 } }
record! {
    /// Those of one hour.
    #[derive(Clone, Debug)]
    pub(super) struct Counted {
        pub(super) person_id: i64,
        pub(super) way: Way,
        pub(super) request: String,
        pub(super) answer: Answer,
        pub(super) hour: i64,
        pub(super) count: i64,
    }
}

impl Counted {
    /// Whether the journal is to tell of it.
    pub(super) fn is_told(&self) -> bool {
        let is_read = self.request.starts_with("GET ") && self.answer == Answer::NotThere;
        !is_read || self.count >= READS_TOLD_FROM
    }
}

/// Counts some more of an hour.
pub(super) async fn add(
    tx: &mut Tx,
    refused: &Refused,
    count: i64,
    hour: i64,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO refused_requests (person_id, way, request, answer, hour, count) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (person_id, way, request, answer, hour) DO UPDATE SET count = refused_requests.count + excluded.count",
        refused.person,
        refused.way,
        refused.request.as_str(),
        refused.answer,
        hour,
        count
    ))
    .await
    .map(|_| ())
}

/// Whether there are any of hours before one.
pub(super) async fn has_before(ask: &mut dyn Answers, hour: i64) -> Result<bool, Error> {
    let found: Found = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM refused_requests WHERE hour < $1",
            hour
        ))
        .await?;
    Ok(found.n > 0)
}

/// Takes those of hours before one.
pub(super) async fn take_before(tx: &mut Tx, hour: i64) -> Result<Vec<Counted>, Error> {
    tx.all(global!(
        "DELETE FROM refused_requests WHERE hour < $1 RETURNING person_id, way, request, answer, hour, count",
        hour
    ))
    .await
}
