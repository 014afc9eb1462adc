//! What of the things that people are on an actor sees: ids and versions, and the names of people.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Value};
use kit::error::Error;
use kit::{cond, record, scoped};

use crate::departments::admin;

record! {
    /// A thing that is seen.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Sighting {
        /// Its row.
        pub id: i64,
        /// The version that stands.
        pub version: i64,
        /// Who is on it may be known.
        pub shows_people: bool,
    }
}

record! {
    /// Somebody's name.
    #[derive(Clone, Debug)]
    pub(super) struct Named {
        pub id: i64,
        pub name: String,
    }
}

/// The numbers as a query takes them, the last one repeated until there are as many as a power of two:
/// queries that are as long as others are prepared already.
fn values(mut ids: Vec<i64>) -> Vec<Value> {
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids.into_iter().map(Value::from).collect()
}

pub(super) async fn tickets(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let query = scoped!(
        actor,
        "SELECT t.id, t.version, {visible:agent_names t.id} AS shows_people FROM tickets t WHERE {visible:tickets t}"
    );
    ask.all(query.and(cond!("t.id IN ({list})").list(values(ids))))
        .await
}

pub(super) async fn people(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let query = scoped!(
        actor,
        "SELECT p.id, p.version, TRUE AS shows_people FROM people p WHERE {visible:people p}"
    );
    ask.all(query.and(cond!("p.id IN ({list})").list(values(ids))))
        .await
}

pub(super) async fn replies(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let query = scoped!(
        actor,
        "SELECT r.id, r.version, TRUE AS shows_people FROM saved_replies r WHERE {visible:saved_replies r}"
    );
    ask.all(query.and(cond!("r.id IN ({list})").list(values(ids))))
        .await
}

pub(super) async fn articles(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let query = scoped!(
        actor,
        "SELECT a.id, a.version, TRUE AS shows_people FROM articles a WHERE {visible:articles a}"
    );
    ask.all(query.and(cond!("a.id IN ({list})").list(values(ids))))
        .await
}

pub(super) async fn assets(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let query = scoped!(
        actor,
        "SELECT a.id, a.version, TRUE AS shows_people FROM assets a WHERE {visible:assets a}"
    );
    ask.all(query.and(cond!("a.id IN ({list})").list(values(ids))))
        .await
}

/// Departments are administered by those who may; their lists are another matter.
pub(super) async fn departments(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Sighting>, Error> {
    let administered = admin::list(ask, actor).await?;
    Ok(administered
        .into_iter()
        .filter(|department| ids.contains(&department.id.0))
        .map(|department| Sighting {
            id: department.id.0,
            version: department.version,
            shows_people: true,
        })
        .collect())
}

/// Whether a ticket that the actor sees was changed after a moment.
pub(super) async fn has_changed_since(
    ask: &mut dyn Answers,
    actor: &Actor,
    at: Moment,
) -> Result<bool, Error> {
    record! { struct One { id: i64 } }
    let one: Option<One> = ask
        .maybe(scoped!(
            actor,
            "SELECT t.id FROM tickets t WHERE t.updated_at > $1 AND {visible:tickets t} ORDER BY t.updated_at DESC LIMIT 1",
            at
        ))
        .await?;
    Ok(one.is_some_and(|one| one.id > 0))
}

/// The names of those among these people whom the actor may find.
pub(super) async fn names(
    ask: &mut dyn Answers,
    actor: &Actor,
    ids: Vec<i64>,
) -> Result<Vec<Named>, Error> {
    let query = scoped!(
        actor,
        "SELECT p.id, p.name FROM people p WHERE {visible:people p}"
    );
    ask.all(query.and(cond!("p.id IN ({list})").list(values(ids))))
        .await
}
