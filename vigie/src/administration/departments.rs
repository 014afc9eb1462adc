//! What the pages and the API both do to a department, each in one transaction.

use kit::authz::{Actor, May, permit};
use kit::clock::Moment;
use kit::db::{Db, Tx};
use kit::error::Error;
use words::language::Language;

use crate::audit::Pen;
use crate::departments::admin::{self, Member, Properties, Share};
use crate::departments::categories::{self, CategoryChange};
use crate::departments::rights::{
    AllDepartments, ChangeCategories, ChangeMembers, ChangeProperties, DepartmentAdmin,
    find_to_change,
};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::{Person, PersonId, directory};
use crate::policy::{Level, Privilege, Service};
use crate::tickets::handover::{self, Fate};

/// Makes a department, its first category named in the maker's language.
pub async fn create(
    db: &Db,
    actor: &Actor,
    name: &str,
    is_active: bool,
    language: Language,
    now: Moment,
) -> Result<DepartmentId, Error> {
    let may = permit(actor, AllDepartments)?;
    let first = words::catalogue::say(language, "admin-first-category");
    let mut tx = db.write().await?;
    let id = admin::create(&mut tx, &may, name, is_active, first, Pen::of(actor, now)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes its properties.
pub async fn change(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    seen: Option<i64>,
    wanted: &Properties<'_>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeProperties>(&mut tx, actor, id).await?;
    admin::change(&mut tx, &may, seen, wanted, Pen::of(actor, now)).await?;
    tx.commit().await
}

/// Adds a category.
pub async fn add_category(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    name: &str,
    parent: Option<CategoryId>,
    now: Moment,
) -> Result<CategoryId, Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeCategories>(&mut tx, actor, id).await?;
    let made = categories::add(&mut tx, &may, name, parent, Pen::of(actor, now)).await?;
    tx.commit().await?;
    Ok(made)
}

/// Changes a category.
pub async fn change_category(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    category: CategoryId,
    seen: Option<i64>,
    wanted: &CategoryChange<'_>,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeCategories>(&mut tx, actor, id).await?;
    let pen = Pen::of(actor, now);
    categories::change(&mut tx, &may, actor, category, seen, wanted, pen).await?;
    tx.commit().await
}

/// Lets somebody in, by address or login.
pub async fn add_member(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    typed: &str,
    (level, services): (Level, &[Service]),
    now: Moment,
) -> Result<PersonId, Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    if typed.trim().is_empty() {
        return Err(Error::invalid("person", "fault-missing"));
    }
    let person = directory::named(&mut tx, actor, typed)
        .await?
        .ok_or_else(|| {
            Error::invalid_with("person", "fault-person-unknown", typed.trim().to_owned())
        })?;
    admin::add_member(&mut tx, &may, actor, &person, (level, services), now).await?;
    tx.commit().await?;
    Ok(person.id)
}

/// What a member becomes.
#[derive(Clone, Debug)]
pub struct MemberChange {
    /// What they may do; `None` leaves it.
    pub level: Option<Level>,
    /// Every privilege they have afterwards; `None` leaves them.
    pub privileges: Option<Vec<Privilege>>,
    /// What the membership holds for; `None` leaves it.
    pub services: Option<Vec<Service>>,
    /// Whether they take what is given out; `None` leaves it.
    pub is_available: Option<bool>,
    /// 0 to 100, how large a share; `None` leaves it.
    pub rate: Option<i64>,
    /// What becomes of what they hold, when they are lowered.
    pub fate: Fate,
}

/// What a membership comes to for tickets: one that does not hold for them gives nothing.
pub fn counted(level: Level, services: &[Service]) -> Level {
    if services.contains(&Service::Tickets) {
        level
    } else {
        Level::None
    }
}

/// Whether a change of level takes away from what somebody may do with what they hold; `None` is no member.
pub fn lowers(was: Option<Level>, becomes: Option<Level>) -> bool {
    let reach = |level: Option<Level>| match level {
        None => 0,
        Some(Level::None) => 1,
        Some(Level::View) => 2,
        Some(Level::Assigned | Level::Edit) => 3,
    };
    reach(becomes) < reach(was)
}

/// Changes a member. Lowering one who holds open tickets of the department asks what becomes of them.
///
/// # Errors
/// `Invalid` at `level` naming how many tickets they hold; `Conflict`.
pub async fn change_member(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    person: PersonId,
    seen: Option<i64>,
    wanted: MemberChange,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let member = admin::member(&mut tx, &may, person, seen).await?;
    change_to(&mut tx, actor, &may, &member, wanted, now).await?;
    tx.commit().await
}

async fn change_to(
    tx: &mut Tx,
    actor: &Actor,
    may: &May<ChangeMembers, DepartmentAdmin>,
    member: &Member,
    wanted: MemberChange,
    now: Moment,
) -> Result<(), Error> {
    let level = wanted.level.unwrap_or(member.level);
    let privileges = wanted
        .privileges
        .unwrap_or_else(|| Privilege::read(&member.privileges));
    let held_for = Service::read(&member.services);
    let services = wanted.services.unwrap_or_else(|| held_for.clone());
    let (was, becomes) = (counted(member.level, &held_for), counted(level, &services));
    if lowers(Some(was), Some(becomes)) {
        hand_over(tx, actor, may.id, member, wanted.fate, now).await?;
    }
    let share = Share {
        is_available: wanted.is_available.unwrap_or(member.is_available),
        rate: wanted.rate.unwrap_or(member.rate),
    };
    let may_do = (level, privileges.as_slice(), services.as_slice());
    admin::change_member(tx, may, actor, member, may_do, share, now).await
}

/// Takes a member out. One who holds open tickets of the department leaves once it is said
/// what becomes of them.
///
/// # Errors
/// As for [`change_member`].
pub async fn remove_member(
    db: &Db,
    actor: &Actor,
    id: DepartmentId,
    person: PersonId,
    seen: Option<i64>,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let mut tx = db.write().await?;
    let may = find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
    let member = admin::member(&mut tx, &may, person, seen).await?;
    take_out(&mut tx, actor, &may, &member, fate, now).await?;
    tx.commit().await
}

async fn take_out(
    tx: &mut Tx,
    actor: &Actor,
    may: &May<ChangeMembers, DepartmentAdmin>,
    member: &Member,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    hand_over(tx, actor, may.id, member, fate, now).await?;
    admin::remove_member(tx, may, member, Pen::of(actor, now)).await
}

/// Lets somebody in, changes their level, or takes them out (`None`), as a part of a larger change: the
/// same rules as alone, in the transaction of whoever calls.
///
/// # Errors
/// As for [`change_member`], and those of letting in.
pub async fn settle_level(
    tx: &mut Tx,
    actor: &Actor,
    may: &May<ChangeMembers, DepartmentAdmin>,
    person: &Person,
    (level, services): (Option<Level>, Option<Vec<Service>>),
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    let all = admin::members(tx, may.id).await?;
    let member = all.into_iter().find(|m| m.person_id == person.id);
    match (member, level) {
        (None, None) => Ok(()),
        (None, Some(level)) => {
            let services = services.unwrap_or_else(|| Service::ALL.to_vec());
            admin::add_member(tx, may, actor, person, (level, &services), now).await
        }
        (Some(member), None) => take_out(tx, actor, may, &member, fate, now).await,
        (Some(member), Some(level)) => {
            let wanted = MemberChange {
                level: Some(level),
                privileges: None,
                services,
                is_available: None,
                rate: None,
                fate,
            };
            change_to(tx, actor, may, &member, wanted, now).await
        }
    }
}

async fn hand_over(
    tx: &mut Tx,
    actor: &Actor,
    id: DepartmentId,
    member: &Member,
    fate: Fate,
    now: Moment,
) -> Result<(), Error> {
    // Before the membership changes: whoever removes themselves needs their right until then.
    let said = (fate, "level");
    handover::hand_over(tx, actor, member.person_id, Some(id), said, now).await
}
