//! The SQL of giving out.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::{CategoryRule, Rule};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;

pub(super) async fn own(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Option<Rule>, Error> {
    record! { struct Row { giving: Option<Rule> } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT giving FROM departments WHERE id = $1",
            department
        ))
        .await?;
    Ok(row.and_then(|row| row.giving))
}

pub(super) async fn categories(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<CategoryRule>, Error> {
    ask.all(global!(
        "SELECT id, parent_id, name, giving FROM categories WHERE department_id = $1 ORDER BY position, id",
        department
    ))
    .await
}

pub(super) async fn set_department(
    tx: &mut Tx,
    id: DepartmentId,
    rule: Option<Rule>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE departments SET giving = $2, version = version + 1 WHERE id = $1",
        id,
        rule
    ))
    .await?;
    Ok(())
}

pub(super) async fn set_category(
    tx: &mut Tx,
    id: CategoryId,
    rule: Option<Rule>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET giving = $2, version = version + 1 WHERE id = $1",
        id,
        rule
    ))
    .await?;
    Ok(())
}

record! {
    /// What the turns before left, as it is stored.
    #[derive(Clone, Debug)]
    pub(super) struct Held {
        /// Everybody's weight.
        pub weights: String,
        /// Where chance stands.
        pub seed: i64,
    }
}

/// Holds the turns of a place until the transaction ends; the first ticket begins them, with chance
/// from its moment.
pub(super) async fn hold_turns(
    tx: &mut Tx,
    department: DepartmentId,
    place: Option<CategoryId>,
    now: Moment,
) -> Result<Held, Error> {
    tx.one(global!(
        "INSERT INTO giving_turns (department_id, place, weights, seed, given) VALUES ($1, $2, '', $3, 1) \
         ON CONFLICT (department_id, place) DO UPDATE SET given = giving_turns.given + 1 RETURNING weights, seed",
        department,
        place.map_or(0, |category| category.0),
        now
    ))
    .await
}

pub(super) async fn put_turns(
    tx: &mut Tx,
    department: DepartmentId,
    place: Option<CategoryId>,
    weights: &str,
    seed: i64,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE giving_turns SET weights = $3, seed = $4 WHERE department_id = $1 AND place = $2",
        department,
        place.map_or(0, |category| category.0),
        weights,
        seed
    ))
    .await?;
    Ok(())
}

record! {
    /// How many tickets somebody works on.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Load {
        pub person_id: PersonId,
        pub n: i64,
    }
}

/// What these people work on now, in all departments: what waits for a day is no work yet.
pub(super) async fn loads(
    ask: &mut dyn Answers,
    people: impl Iterator<Item = i64>,
) -> Result<Vec<Load>, Error> {
    let query = global!(
        "SELECT c.holder AS person_id, CAST(SUM(c.n) AS BIGINT) AS n FROM ticket_counts c \
         WHERE c.state IN ('in_progress', 'incomplete') AND c.holder IN (VALUES {rows}) GROUP BY c.holder"
    );
    ask.all(query.ids(people)).await
}
