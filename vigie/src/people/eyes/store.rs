//! The SQL of looking with somebody's eyes.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::Eyes;
use crate::people::PersonId;

pub(super) async fn of(ask: &mut dyn Answers, session: &str) -> Result<Option<Eyes>, Error> {
    ask.maybe(global!(
        "SELECT s.eyes_id, s.eyes_until FROM sessions s \
         WHERE s.token_hash = $1 AND s.eyes_id IS NOT NULL AND s.eyes_until IS NOT NULL",
        session
    ))
    .await
}

pub(super) async fn set(
    tx: &mut Tx,
    session: &str,
    eyes: Option<(PersonId, Moment)>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE sessions SET eyes_id = $2, eyes_until = $3 WHERE token_hash = $1",
        session,
        eyes.map(|(person, _)| person),
        eyes.map(|(_, until)| until)
    ))
    .await
    .map(|_| ())
}
