//! The SQL of mentors.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{Member, Mentor};
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! { struct Found { id: PersonId } }

/// Who belongs to a department, by a membership or a team.
pub(super) async fn members(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Member>, Error> {
    ask.all(global!(
        "SELECT s.person_id, p.name, p.email FROM sights s JOIN people p ON p.id = s.person_id \
         WHERE s.department_id = $1 AND s.own_level IS NOT NULL AND p.disabled_at IS NULL ORDER BY p.name, p.id",
        department
    ))
    .await
}

/// The mentors of everybody who does.
pub(super) async fn mentors_in(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Mentor>, Error> {
    ask.all(global!(
        "SELECT m.trainee_id, m.mentor_id, p.name, p.email FROM sights s JOIN mentors m ON m.trainee_id = s.person_id \
         JOIN people p ON p.id = m.mentor_id WHERE s.department_id = $1 AND s.own_level IS NOT NULL \
         ORDER BY m.trainee_id, p.name, p.id",
        department
    ))
    .await
}

pub(super) async fn mentors_of(
    ask: &mut dyn Answers,
    trainee: PersonId,
) -> Result<Vec<Mentor>, Error> {
    ask.all(global!(
        "SELECT m.trainee_id, m.mentor_id, p.name, p.email FROM mentors m JOIN people p ON p.id = m.mentor_id \
         WHERE m.trainee_id = $1 ORDER BY p.name, p.id",
        trainee
    ))
    .await
}

pub(super) async fn trainees_of(
    ask: &mut dyn Answers,
    mentor: PersonId,
) -> Result<Vec<PersonId>, Error> {
    let found: Vec<Found> = ask
        .all(global!(
            "SELECT m.trainee_id AS id FROM mentors m WHERE m.mentor_id = $1 ORDER BY m.trainee_id",
            mentor
        ))
        .await?;
    Ok(found.into_iter().map(|it| it.id).collect())
}

pub(super) async fn of_any(
    ask: &mut dyn Answers,
    trainees: Vec<i64>,
) -> Result<Vec<PersonId>, Error> {
    let query = global!(
        "SELECT DISTINCT m.mentor_id AS id FROM mentors m WHERE m.trainee_id IN (VALUES {rows}) ORDER BY m.mentor_id"
    );
    let found: Vec<Found> = ask.all(query.ids(trainees)).await?;
    Ok(found.into_iter().map(|it| it.id).collect())
}

pub(super) async fn insert(
    tx: &mut Tx,
    trainee: PersonId,
    mentor: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO mentors (trainee_id, mentor_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (trainee_id, mentor_id) DO NOTHING",
        trainee,
        mentor,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, trainee: PersonId, mentor: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mentors WHERE trainee_id = $1 AND mentor_id = $2",
        trainee,
        mentor
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_all(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mentors WHERE trainee_id = $1 OR mentor_id = $1",
        person
    ))
    .await
    .map(|_| ())
}

/// Raises the version of every department that somebody belongs to: their mentors are said on the page of each, and two of
/// them may not overwrite each other.
pub(super) async fn changed(tx: &mut Tx, trainee: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET version = version + 1 WHERE id IN \
         (SELECT s.department_id FROM sights s WHERE s.person_id = $1 AND s.own_level IS NOT NULL)",
        trainee
    ))
    .await
    .map(|_| ())
}
