//! Teams: agents of several departments, who have a level in each of the team's departments beside what their own
//! memberships give them (decision 0032). Leaving one takes away at once what it gave: the rule reads what
//! memberships and teams come to together, which triggers keep.
//!
//! Deliberately absent: tickets, which belong to departments alone; teams within teams.

use kit::authz::{Action, Actor, Judged, May, Reach, permit};
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields};
use kit::{id, record};

use super::rights::{ChangeMembers, DepartmentAdmin, find_to_change as department_to_change};
use super::{DepartmentId, admin};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::{Person, PersonId};
use crate::policy::{Level, Privilege, permission};

pub mod api;
pub mod pages;
mod store;
pub mod takers;

id! {
    /// A set of agents across departments.
    TeamId
}

/// The longest name of a team, in characters.
pub const LONGEST_NAME: usize = 60;

record! {
    /// A team.
    #[derive(Clone, Debug)]
    pub struct Team {
        /// Its row.
        pub id: TeamId,
        /// Its name.
        pub name: String,
        /// How many agents are in it.
        pub members: i64,
        /// In how many departments it gives something.
        pub departments: i64,
        /// Grows with every change, of its members and departments too.
        pub version: i64,
    }
}

record! {
    /// Somebody in a team.
    #[derive(Clone, Debug)]
    pub struct TeamMember {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// They may not come in any more.
        pub is_disabled: bool,
    }
}

record! {
    /// What a team gives its members in a department.
    #[derive(Clone, Debug)]
    pub struct TeamPlace {
        /// The department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// The level there.
        pub level: Level,
        /// The privileges beside it, as stored.
        pub privileges: String,
    }
}

record! {
    /// What somebody has in a department by a team.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ByTeam {
        /// The department.
        pub department_id: DepartmentId,
        /// The team.
        pub team_id: TeamId,
        /// Its name.
        pub team: String,
        /// The level that it gives.
        pub level: Level,
    }
}

/// Keep the teams.
#[derive(Clone, Copy, Debug)]
pub struct Keep;
impl Action for Keep {
    const NAME: &'static str = "keep_teams";
}

/// All teams.
#[derive(Clone, Copy, Debug)]
pub struct Teams;

impl Judged for Teams {
    /// A team opens tickets of departments to people: who keeps it administers people, and sees everything.
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if !actor.is_permitted(permission::MANAGE_PEOPLE) {
            return Err(Because(permission::MANAGE_PEOPLE));
        }
        if actor.reach() == Reach::Everything {
            Ok(())
        } else {
            Err(Because("right-see-everything"))
        }
    }
}

/// Proof that the actor may keep teams.
///
/// # Errors
/// `NotFound` for customers, `Forbidden` for staff without the right.
pub fn keeper(actor: &Actor) -> Result<May<Keep, Teams>, Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    permit(actor, Teams)
}

/// Every team, by name.
pub async fn all(ask: &mut dyn Answers, _: &May<Keep, Teams>) -> Result<Vec<Team>, Error> {
    store::all(ask).await
}

/// A team.
///
/// # Errors
/// `NotFound`.
pub async fn one(ask: &mut dyn Answers, _: &May<Keep, Teams>, id: TeamId) -> Result<Team, Error> {
    store::one(ask, id).await?.ok_or(Error::NotFound)
}

/// Who is in a team, by name.
pub async fn members(ask: &mut dyn Answers, id: TeamId) -> Result<Vec<TeamMember>, Error> {
    store::members(ask, id).await
}

/// Where a team gives something, by name.
pub async fn places(ask: &mut dyn Answers, id: TeamId) -> Result<Vec<TeamPlace>, Error> {
    store::places(ask, id).await
}

/// What somebody has by teams, in every department, by the team's name. Where a membership says no, they have
/// nothing.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<ByTeam>, Error> {
    store::of(ask, person).await
}

/// A team to change, at the version that was seen; nobody else changes it until the transaction ends.
///
/// # Errors
/// `NotFound`, `Conflict`.
pub async fn find_to_change(
    tx: &mut Tx,
    _: &May<Keep, Teams>,
    id: TeamId,
    seen: Option<i64>,
) -> Result<Team, Error> {
    let team = store::one_to_change(tx, id).await?.ok_or(Error::NotFound)?;
    match seen {
        Some(seen) if seen != team.version => Err(Error::Conflict(Clash::of(seen, team.version))),
        _ => Ok(team),
    }
}

fn checked(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    let mut faults = Fields::default();
    if name.is_empty() {
        faults.add("name", "fault-missing", None);
    } else if name.chars().count() > LONGEST_NAME {
        faults.add("name", "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
    faults.settle()?;
    Ok(name)
}

/// Makes a team, with nobody in it.
///
/// # Errors
/// `Invalid` at `name`, also when another team has it.
pub async fn create(
    tx: &mut Tx,
    _: &May<Keep, Teams>,
    name: &str,
    pen: Pen,
) -> Result<TeamId, Error> {
    let name = checked(name)?;
    let id = store::insert(tx, name, pen.now).await?;
    audit::note(tx, pen, Entry::of(Deed::TeamAdded).thing(name)).await?;
    Ok(id)
}

/// Gives a team another name.
///
/// # Errors
/// As for [`create`].
pub async fn rename(tx: &mut Tx, team: &Team, name: &str, pen: Pen) -> Result<(), Error> {
    let name = checked(name)?;
    store::rename(tx, team.id, name).await?;
    let entry =
        Entry::change(Deed::TeamChanged)
            .thing(&team.name)
            .field(Field::Name, &team.name, name);
    audit::note(tx, pen, entry).await
}

/// The department, of whose members the actor decides; held until the transaction ends.
async fn decides(
    tx: &mut Tx,
    actor: &Actor,
    id: DepartmentId,
) -> Result<May<ChangeMembers, DepartmentAdmin>, Error> {
    match department_to_change(tx, actor, id).await {
        // That it is there is known to whoever keeps teams.
        Err(Error::NotFound) => Err(Error::Forbidden(Because("right-manage-managers"))),
        other => other,
    }
}

/// Whoever lets somebody into a team lets them into all of its departments, and needs the right to that in each.
async fn decides_everywhere(tx: &mut Tx, actor: &Actor, team: TeamId) -> Result<(), Error> {
    let mut places = store::places(tx, team).await?;
    // In the order in which everybody holds them.
    places.sort_by_key(|it| it.department_id);
    for place in places {
        let may = decides(tx, actor, place.department_id).await?;
        let own = admin::grantable(&may, actor);
        let given = Privilege::read(&place.privileges);
        if !given.iter().all(|it| own.contains(it)) {
            return Err(Error::invalid("person", "fault-privilege-above"));
        }
    }
    Ok(())
}

/// Takes an agent into a team.
///
/// # Errors
/// `Invalid` at `person`; `Forbidden` where the actor does not decide who belongs to one of its departments.
pub async fn add_member(
    tx: &mut Tx,
    actor: &Actor,
    team: &Team,
    person: &Person,
    pen: Pen,
) -> Result<(), Error> {
    let fault = |key| Error::invalid_with("person", key, person.name.clone());
    if person.role.is_none() {
        return Err(fault("fault-not-agent"));
    }
    if person.disabled_at.is_some() {
        return Err(fault("fault-person-disabled"));
    }
    decides_everywhere(tx, actor, team.id).await?;
    if !store::insert_member(tx, team.id, person.id).await? {
        return Err(fault("teams-fault-member"));
    }
    store::touch(tx, team.id).await?;
    tx.hint("access", person.id.0);
    let entry = Entry::of(Deed::TeamMemberAdded)
        .thing(&team.name)
        .person(person.id.0);
    audit::note(tx, pen, entry).await
}

/// Takes somebody out of a team.
///
/// # Errors
/// `NotFound` when they are not in it; `Forbidden` as for [`add_member`].
pub async fn remove_member(
    tx: &mut Tx,
    actor: &Actor,
    team: &Team,
    person: PersonId,
    pen: Pen,
) -> Result<(), Error> {
    decides_everywhere(tx, actor, team.id).await?;
    if !store::delete_member(tx, team.id, person).await? {
        return Err(Error::NotFound);
    }
    store::touch(tx, team.id).await?;
    tx.hint("access", person.0);
    let entry = Entry::of(Deed::TeamMemberRemoved)
        .thing(&team.name)
        .person(person.0);
    audit::note(tx, pen, entry).await
}

/// Says what a team gives in a department; `None` is nothing. Handling comes with the usual privileges, as far as the
/// actor may give them.
///
/// # Errors
/// `Invalid` at `level` for one that gives nothing; `Forbidden` where the actor does not decide who belongs there.
pub async fn set_level(
    tx: &mut Tx,
    actor: &Actor,
    team: &Team,
    department: DepartmentId,
    level: Option<Level>,
    pen: Pen,
) -> Result<(), Error> {
    let places = store::places(tx, team.id).await?;
    let was = places.iter().find(|it| it.department_id == department);
    let was = was.map(|it| it.level);
    if was == level {
        return Ok(());
    }
    let may = decides(tx, actor, department).await?;
    match level {
        // Who is to have nothing is left out.
        Some(Level::None) => return Err(Error::invalid("level", "teams-fault-level")),
        Some(level) => {
            let own = admin::grantable(&may, actor);
            let usual = Privilege::FACTORY.iter().copied();
            let given: Vec<Privilege> = match level {
                Level::Edit => usual.filter(|it| own.contains(it)).collect(),
                _ => vec![],
            };
            let stored = Privilege::store(&given);
            store::put_place(tx, team.id, department, level, &stored).await?;
        }
        None => store::delete_place(tx, team.id, department).await?,
    }
    store::touch(tx, team.id).await?;
    announce(tx, team.id).await?;
    let word = |level: Option<Level>| level.map_or("", Level::word);
    let entry = Entry::change(Deed::TeamLevelChanged)
        .thing(&team.name)
        .department(department.0)
        .field(Field::Level, word(was), word(level));
    audit::note(tx, pen, entry).await
}

/// Dissolves a team.
///
/// # Errors
/// `Forbidden` as for [`add_member`].
pub async fn remove(tx: &mut Tx, actor: &Actor, team: &Team, pen: Pen) -> Result<(), Error> {
    decides_everywhere(tx, actor, team.id).await?;
    announce(tx, team.id).await?;
    let names: Vec<String> = store::members(tx, team.id)
        .await?
        .into_iter()
        .map(|it| it.name)
        .collect();
    store::delete(tx, team.id).await?;
    let entry =
        Entry::of(Deed::TeamRemoved)
            .thing(&team.name)
            .field(Field::People, &names.join(", "), "");
    audit::note(tx, pen, entry).await
}

/// What every member may do changed: their open pages look again.
async fn announce(tx: &mut Tx, team: TeamId) -> Result<(), Error> {
    for member in store::members(tx, team).await? {
        tx.hint("access", member.person_id.0);
    }
    Ok(())
}

/// Takes somebody who is no longer staff out of every team.
pub(super) async fn leave_all(tx: &mut Tx, pen: Pen, person: PersonId) -> Result<(), Error> {
    for team in store::teams_of(tx, person).await? {
        store::delete_member(tx, team.id, person).await?;
        store::touch(tx, team.id).await?;
        let entry = Entry::of(Deed::TeamMemberRemoved)
            .thing(&team.name)
            .person(person.0);
        audit::note(tx, pen, entry).await?;
    }
    Ok(())
}
