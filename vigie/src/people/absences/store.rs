//! The rows of who was last there when, and away.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::Absence;
use crate::people::PersonId;

/// One statement, so that of two tabs that come back at once the second finds them there already.
pub(super) async fn there(
    tx: &mut Tx,
    person: PersonId,
    now: Moment,
    away_before: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO absences (person_id, there_at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET there_at = $2, \
         away_since = CASE WHEN absences.there_at <= $3 THEN absences.there_at ELSE absences.away_since END, \
         away_until = CASE WHEN absences.there_at <= $3 THEN $2 ELSE absences.away_until END, \
         looked_at = CASE WHEN absences.there_at <= $3 THEN NULL ELSE absences.looked_at END, \
         dismissed_at = CASE WHEN absences.there_at <= $3 THEN NULL ELSE absences.dismissed_at END \
         WHERE absences.there_at < $2",
        person,
        now,
        away_before
    ))
    .await
    .map(|_| ())
}

pub(super) async fn told(
    ask: &mut dyn Answers,
    person: PersonId,
    ended_after: Moment,
) -> Result<Option<Absence>, Error> {
    ask.maybe(global!(
        "SELECT away_since, away_until, looked_at FROM absences WHERE person_id = $1 AND away_until > $2 AND dismissed_at IS NULL",
        person,
        ended_after
    ))
    .await
}

pub(super) async fn look(
    tx: &mut Tx,
    person: PersonId,
    away_since: Moment,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE absences SET looked_at = $3 WHERE person_id = $1 AND away_since = $2 AND looked_at IS NULL",
        person,
        away_since,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn dismiss(
    tx: &mut Tx,
    person: PersonId,
    away_since: Moment,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE absences SET dismissed_at = $3 WHERE person_id = $1 AND away_since = $2 AND dismissed_at IS NULL",
        person,
        away_since,
        now
    ))
    .await
    .map(|_| ())
}
