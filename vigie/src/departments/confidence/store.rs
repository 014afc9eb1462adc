//! The SQL of confidences.

use kit::authz::May;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, global, record};

use super::Confidants;
use crate::audit::Pen;
use crate::departments::rights::DepartmentAdmin;
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::Level;

pub(super) async fn level(
    ask: &mut dyn Answers,
    person: PersonId,
    category: CategoryId,
) -> Result<Option<Level>, Error> {
    record! { struct Row { level: Level } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT k.level FROM confidants k JOIN sights s ON s.person_id = k.person_id AND s.department_id = k.department_id \
             WHERE k.category_id = $1 AND k.person_id = $2",
            category,
            person
        ))
        .await?;
    Ok(row.map(|row| row.level))
}

pub(super) async fn held_by(
    ask: &mut dyn Answers,
    category: CategoryId,
) -> Result<Option<CategoryId>, Error> {
    record! { struct Row { confidential_id: Option<CategoryId> } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT confidential_id FROM categories WHERE id = $1",
            category
        ))
        .await?;
    Ok(row.and_then(|row| row.confidential_id))
}

pub(super) async fn is_confidential(
    ask: &mut dyn Answers,
    category: CategoryId,
) -> Result<bool, Error> {
    record! { struct Row { is_confidential: bool } }
    let row: Option<Row> = ask
        .maybe(global!(
            "SELECT is_confidential FROM categories WHERE id = $1",
            category
        ))
        .await?;
    Ok(row.is_some_and(|row| row.is_confidential))
}

record! { struct Bare { is_bare: bool } }

/// What a category says itself of its mails.
pub(super) async fn says_bare(ask: &mut dyn Answers, category: CategoryId) -> Result<bool, Error> {
    let row: Option<Bare> = ask
        .maybe(global!(
            "SELECT is_mailed_bare AS is_bare FROM categories WHERE id = $1",
            category
        ))
        .await?;
    Ok(row.is_some_and(|row| row.is_bare))
}

/// What holds for its mails.
pub(super) async fn is_mailed_bare(
    ask: &mut dyn Answers,
    category: CategoryId,
) -> Result<bool, Error> {
    let row: Option<Bare> = ask
        .maybe(global!(
            "SELECT c.is_mailed_bare OR COALESCE(h.is_mailed_bare, FALSE) AS is_bare FROM categories c \
             LEFT JOIN categories h ON h.id = c.confidential_id WHERE c.id = $1",
            category
        ))
        .await?;
    Ok(row.is_some_and(|row| row.is_bare))
}

pub(super) async fn confidants(
    ask: &mut dyn Answers,
    category: CategoryId,
) -> Result<Confidants, Error> {
    record! { struct Row { person_id: PersonId, level: Level } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT person_id, level FROM confidants WHERE category_id = $1 ORDER BY person_id",
            category
        ))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, row.level))
        .collect())
}

pub(super) async fn set(
    tx: &mut Tx,
    category: CategoryId,
    is_confidential: bool,
    is_mailed_bare: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET is_confidential = $2, is_mailed_bare = $3, version = version + 1 WHERE id = $1",
        category,
        is_confidential,
        is_mailed_bare
    ))
    .await?;
    Ok(())
}

pub(super) async fn clear(tx: &mut Tx, category: CategoryId) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM confidants WHERE category_id = $1",
        category
    ))
    .await?;
    Ok(())
}

pub(super) async fn add(
    tx: &mut Tx,
    category: CategoryId,
    department: DepartmentId,
    person: PersonId,
    level: Level,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO confidants (category_id, person_id, department_id, level) VALUES ($1, $2, $3, $4)",
        category,
        person,
        department,
        level
    ))
    .await?;
    Ok(())
}

record! {
    /// A category with what holds for it as stored.
    pub(super) struct Held {
        pub id: CategoryId,
        pub is_confidential: bool,
        pub confidential_id: Option<CategoryId>,
    }
}

pub(super) async fn held(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Held>, Error> {
    ask.all(global!(
        "SELECT id, is_confidential, confidential_id FROM categories WHERE department_id = $1 ORDER BY id",
        department
    ))
    .await
}

/// Hides what is shown of a category's tickets beside their people, with a line in the history of each.
pub(super) async fn hide<A>(
    tx: &mut Tx,
    may: &May<A, DepartmentAdmin>,
    category: CategoryId,
    pen: Pen,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "INSERT INTO events (ticket_id, actor_id, hat, kind, audience, old_value, new_value, at, stood_at) \
         SELECT t.id, $2, 'agent', 'visibility_changed', 'public', t.visibility, 'private', $3, t.version FROM tickets t \
         WHERE t.category_id = $1 AND t.visibility <> 'private'",
        category,
        pen.person(),
        pen.now
    ))
    .await?;
    tx.run(acting!(
        may,
        "UPDATE tickets SET visibility = 'private', version = version + 1 WHERE category_id = $1 AND visibility <> 'private'",
        category
    ))
    .await?;
    Ok(())
}

/// Takes off the tickets of a confidence whoever made themselves their observer and is not let in.
pub(super) async fn drop_self_made_observers<A>(
    tx: &mut Tx,
    may: &May<A, DepartmentAdmin>,
    confidential: CategoryId,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "DELETE FROM participants WHERE kind = 'observer' AND added_by_id = person_id \
         AND ticket_id IN (SELECT t.id FROM tickets t WHERE t.confidential_id = $1) \
         AND person_id NOT IN (SELECT k.person_id FROM confidants k WHERE k.category_id = $1)",
        confidential
    ))
    .await?;
    Ok(())
}

/// What holds for a category now; its tickets follow by themselves.
pub(super) async fn hold(
    tx: &mut Tx,
    category: CategoryId,
    holds: Option<CategoryId>,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE categories SET confidential_id = $2 WHERE id = $1",
        category,
        holds
    ))
    .await?;
    Ok(())
}

pub(super) async fn everybody(ask: &mut dyn Answers) -> Result<Vec<PersonId>, Error> {
    record! { struct Row { id: PersonId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT a.person_id AS id FROM agents a JOIN people p ON p.id = a.person_id WHERE p.disabled_at IS NULL ORDER BY a.person_id"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
