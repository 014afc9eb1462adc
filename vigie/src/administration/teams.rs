//! What the pages and the API both do to a team, each in one transaction. Whoever no longer handles a department's
//! tickets hands over the open ones they hold there, as whoever leaves the department itself.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::Error;

use crate::audit::Pen;
use crate::departments::DepartmentId;
use crate::departments::teams::takers::{self, Taker};
use crate::departments::teams::{self, Team, TeamId};
use crate::people::admin;
use crate::people::{PersonId, directory};
use crate::policy::Level;
use crate::tickets::handover::{self, Fate};

/// Makes a team.
///
/// # Errors
/// As for [`teams::create`].
pub async fn create(db: &Db, actor: &Actor, name: &str, now: Moment) -> Result<TeamId, Error> {
    let may = teams::keeper(actor)?;
    let mut tx = db.write().await?;
    let id = teams::create(&mut tx, &may, name, Pen::of(actor, now)).await?;
    tx.commit().await?;
    Ok(id)
}

/// A team, and the transaction in which it changes.
async fn begin(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
) -> Result<(Tx, Team, Vec<Taker>), Error> {
    let may = teams::keeper(actor)?;
    let mut tx = db.write().await?;
    let team = teams::find_to_change(&mut tx, &may, id, seen).await?;
    let before = takers::takers(&mut tx, id).await?;
    Ok((tx, team, before))
}

/// What those hold who took tickets before and take none now goes as was said.
async fn end(
    mut tx: Tx,
    actor: &Actor,
    before: Vec<Taker>,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let lost = takers::lost(&mut tx, before).await?;
    if fate == Fate::Unsaid {
        let mut held = 0;
        for one in &lost {
            held += handover::held_open(&mut tx, one.person_id, Some(one.department_id)).await?;
        }
        if held > 0 {
            let held = held.to_string();
            return Err(Error::invalid_with("level", "fault-holds-tickets", held));
        }
    }
    for one in lost {
        let (person, department) = (one.person_id, Some(one.department_id));
        handover::hand_over(&mut tx, actor, person, department, (fate, "level"), now).await?;
    }
    tx.commit().await
}

/// Gives a team another name.
///
/// # Errors
/// As for [`teams::rename`], and `Conflict`.
pub async fn rename(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
    name: &str,
    now: Moment,
) -> Result<(), Error> {
    let (mut tx, team, _) = begin(db, actor, id, seen).await?;
    teams::rename(&mut tx, &team, name, Pen::of(actor, now)).await?;
    tx.commit().await
}

/// Takes an agent into a team, by address or login.
///
/// # Errors
/// As for [`teams::add_member`], `Forbidden` for somebody of a higher rank, and `Conflict`.
pub async fn add_member(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
    typed: &str,
    now: Moment,
) -> Result<PersonId, Error> {
    let (mut tx, team, _) = begin(db, actor, id, seen).await?;
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid("person", "fault-missing"));
    }
    let person = directory::named(&mut tx, actor, typed)
        .await?
        .ok_or_else(|| Error::invalid_with("person", "fault-person-unknown", typed.to_owned()))?;
    if person.role.is_some() {
        // Nobody lets whoever may more than they do into more.
        admin::find_to_change(&mut tx, actor, person.id).await?;
    }
    teams::add_member(&mut tx, actor, &team, &person, Pen::of(actor, now)).await?;
    tx.commit().await?;
    Ok(person.id)
}

/// Takes somebody out of a team.
///
/// # Errors
/// As for [`teams::remove_member`]; `Invalid` at `level` naming how many open tickets they hold; `Conflict`.
pub async fn remove_member(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
    person: PersonId,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let (mut tx, team, takers) = begin(db, actor, id, seen).await?;
    teams::remove_member(&mut tx, actor, &team, person, Pen::of(actor, now)).await?;
    end(tx, actor, takers, fate, now).await
}

/// Says what a team gives in these departments; those that are not named stay.
///
/// # Errors
/// As for [`teams::set_level`]; `Invalid` at `level` for a department that is none, and naming how many open tickets
/// those hold who would handle no more; `Conflict`.
pub async fn set_levels(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
    mut wanted: Vec<(DepartmentId, Option<Level>)>,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let (mut tx, team, takers) = begin(db, actor, id, seen).await?;
    let known = crate::departments::admin::list(&mut tx, actor).await?;
    wanted.sort_by_key(|(department, _)| *department);
    for (department, level) in wanted {
        if !known.iter().any(|it| it.id == department) {
            let detail = department.to_string();
            return Err(Error::invalid_with(
                "level",
                "scopes-fault-department",
                detail,
            ));
        }
        let pen = Pen::of(actor, now);
        teams::set_level(&mut tx, actor, &team, department, level, pen).await?;
    }
    end(tx, actor, takers, fate, now).await
}

/// Dissolves a team.
///
/// # Errors
/// As for [`teams::remove`]; `Invalid` at `level` naming how many open tickets those hold who would handle no more;
/// `Conflict`.
pub async fn remove(
    db: &Db,
    actor: &Actor,
    id: TeamId,
    seen: Option<i64>,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let (mut tx, team, takers) = begin(db, actor, id, seen).await?;
    teams::remove(&mut tx, actor, &team, Pen::of(actor, now)).await?;
    end(tx, actor, takers, fate, now).await
}
