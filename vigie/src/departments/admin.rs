//! What whoever administers a department does to it: each verb takes the proof that one may, and
//! says every fault at its field. The department's row is held meanwhile, so no two changes of one
//! department mix.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
pub(super) use kit::error::must_match;
use kit::error::{Error, Fields};
use kit::record;

pub use super::admin_store::MembershipOf;
use super::rights::{
    AllDepartments, ChangeMembers, ChangeProperties, Create, DepartmentAdmin, Inspect,
};
use super::{CategoryId, DepartmentId, admin_store, daily, mentoring, monitoring, teams};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::{Person, PersonId};
use crate::policy::{Level, Privilege, Service, permission};

/// The longest name of a department or a category, in characters.
pub const LONGEST_NAME: usize = 120;

record! {
    /// A department in the list.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Its row.
        pub id: DepartmentId,
        /// Its name.
        pub name: String,
        /// Takes new tickets.
        pub is_active: bool,
        /// It is an entry only.
        pub is_virtual: bool,
        /// Grows with every change.
        pub version: i64,
        /// How many categories it has.
        pub categories: i64,
        /// How many members it has.
        pub members: i64,
    }
}

record! {
    /// A member as they are administered.
    #[derive(Clone, Debug)]
    pub struct Member {
        /// Who.
        pub person_id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// What they may do here.
        pub level: Level,
        /// Their privileges, as stored.
        pub privileges: String,
        /// What the membership holds for, as stored.
        pub services: String,
        /// Takes what is given out.
        pub is_available: bool,
        /// 0 to 100: how large a share of it.
        pub rate: i64,
        /// Grows with every change.
        pub version: i64,
    }
}

impl Member {
    /// Whether they can be in charge of tickets here.
    pub fn takes(&self) -> bool {
        self.level.takes() && Service::Tickets.is_in(&self.services)
    }
}

/// Every department for administrators, their own for those who administer a part of it.
pub async fn list(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Listed>, Error> {
    let mut all = admin_store::list(ask).await?;
    if !actor.is_permitted(permission::MANAGE_DEPARTMENTS) {
        let mine = admin_store::departments_of(ask, actor.id()).await?;
        all.retain(|d| {
            mine.iter()
                .any(|m| m.id == d.id && m.allows::<Inspect>(actor))
        });
    }
    Ok(all)
}

/// How many departments take tickets.
pub async fn active(ask: &mut dyn Answers) -> Result<i64, Error> {
    admin_store::active(ask).await
}

/// The members of a department, by name.
pub async fn members(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Vec<Member>, Error> {
    admin_store::members(ask, department).await
}

/// The departments a person belongs to, by name.
pub async fn memberships(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<MembershipOf>, Error> {
    admin_store::memberships(ask, person).await
}

pub(super) fn name<'a>(text: &'a str, faults: &mut Fields) -> &'a str {
    let text = text.trim();
    if text.is_empty() {
        faults.add("name", "fault-missing", None);
    } else if text.chars().count() > LONGEST_NAME {
        faults.add("name", "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
    text
}

/// Makes a department with a first category, which is its default.
pub async fn create(
    tx: &mut Tx,
    _: &May<Create, AllDepartments>,
    typed: &str,
    is_active: bool,
    first_category: &str,
    pen: Pen,
) -> Result<DepartmentId, Error> {
    let mut faults = Fields::default();
    let name = name(typed, &mut faults);
    faults.settle()?;
    let id = admin_store::insert_department(tx, name, is_active, pen.now).await?;
    let category = admin_store::insert_category(tx, id, None, first_category).await?;
    admin_store::update_department(tx, id, name, (is_active, false), Some(category)).await?;
    let entry = Entry::of(Deed::DepartmentAdded)
        .department(id.0)
        .field(Field::Name, "", name)
        .flag(Field::Active, false, is_active);
    audit::note(tx, pen, entry).await?;
    Ok(id)
}

/// What a department's properties become.
#[derive(Clone, Debug)]
pub struct Properties<'a> {
    /// Its name.
    pub name: &'a str,
    /// Takes new tickets.
    pub is_active: bool,
    /// Does not name its agents to people outside.
    pub is_anonymous: bool,
    /// The category of tickets sent to the department alone.
    pub default_category: Option<CategoryId>,
}

/// Changes a department's properties.
pub async fn change(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    seen: Option<i64>,
    wanted: &Properties<'_>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let mut faults = Fields::default();
    let name = name(wanted.name, &mut faults);
    let all = admin_store::categories(tx, department.id).await?;
    if let Some(id) = wanted.default_category {
        match all.iter().find(|c| c.id == id) {
            None => faults.add("default_category", "fault-category-elsewhere", None),
            Some(c) => faults.require(c.is_active, "default_category", "fault-category-inactive"),
        }
    }
    faults.settle()?;
    admin_store::update_department(
        tx,
        department.id,
        name,
        (wanted.is_active, wanted.is_anonymous),
        wanted.default_category,
    )
    .await?;
    let named = |id: Option<CategoryId>| {
        let found = all.iter().find(|c| Some(c.id) == id);
        found.map_or("", |c| c.name.as_str())
    };
    let (was, becomes) = (department.default_category_id, wanted.default_category);
    let entry = Entry::change(Deed::DepartmentChanged)
        .department(department.id.0)
        .field(Field::Name, &department.name, name)
        .flag(Field::Active, department.is_active, wanted.is_active)
        .flag(
            Field::Anonymous,
            department.is_anonymous,
            wanted.is_anonymous,
        )
        .field(Field::Category, named(was), named(becomes));
    audit::note(tx, pen, entry).await
}

/// The privileges this actor may give and take here: all for administrators, else their own.
pub fn grantable(department: &DepartmentAdmin, actor: &Actor) -> Vec<Privilege> {
    let all = Privilege::ALL.iter().copied();
    all.filter(|p| department.has_privilege(actor, *p))
        .collect()
}

/// Lets an agent into the department, with the usual privileges as far as the actor may give them.
pub async fn add_member(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    person: &Person,
    (level, services): (Level, &[Service]),
    now: Moment,
) -> Result<(), Error> {
    let fault = |key| Error::invalid_with("person", key, person.name.clone());
    if person.role.is_none() {
        return Err(fault("fault-not-agent"));
    }
    if person.disabled_at.is_some() {
        return Err(fault("fault-person-disabled"));
    }
    let may = grantable(department, actor);
    let usual: Vec<Privilege> = Privilege::FACTORY
        .iter()
        .copied()
        .filter(|p| may.contains(p))
        .collect();
    let (stored, held_for) = (Privilege::store(&usual), Service::store(services));
    let is = (level, stored.as_str(), held_for.as_str());
    if admin_store::insert_member(tx, department.id, person.id, is).await? {
        tx.hint("access", person.id.0);
        let entry = Entry::of(Deed::MemberAdded)
            .department(department.id.0)
            .person(person.id.0)
            .field(Field::Level, "", level.word())
            .field(Field::Privileges, "", &stored)
            .field(Field::Services, "", &held_for);
        audit::note(tx, Pen::of(actor, now), entry).await
    } else {
        Err(fault("fault-already-member"))
    }
}

/// A member of the department, at the version that was seen.
///
/// # Errors
/// `NotFound`, `Conflict`.
pub async fn member(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    person: PersonId,
    seen: Option<i64>,
) -> Result<Member, Error> {
    let all = admin_store::members(tx, department.id).await?;
    let found = all.into_iter().find(|m| m.person_id == person);
    let found = found.ok_or(Error::NotFound)?;
    must_match(seen, found.version)?;
    Ok(found)
}

/// How much of what a department gives out goes to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Takes anything of it.
    pub is_available: bool,
    /// 0 to 100: how large a share.
    pub rate: i64,
}

/// Changes what a member may do here, and how much is given to them.
///
/// # Errors
/// `Invalid` at `privilege` when one is given or taken that the actor does not have, and at `rate`
/// when it is none.
pub async fn change_member(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    member: &Member,
    (level, privileges, services): (Level, &[Privilege], &[Service]),
    share: Share,
    now: Moment,
) -> Result<(), Error> {
    if !(0..=100).contains(&share.rate) {
        return Err(Error::invalid("rate", "fault-rate"));
    }
    let may = grantable(department, actor);
    let is_ok = Privilege::ALL.iter().all(|p| {
        let changes = privileges.contains(p) != p.is_in(&member.privileges);
        !changes || may.contains(p)
    });
    if !is_ok {
        return Err(Error::invalid("privilege", "fault-privilege-above"));
    }
    let (department, person) = (department.id, member.person_id);
    let (stored, held_for) = (Privilege::store(privileges), Service::store(services));
    let becomes = (level, stored.as_str(), held_for.as_str());
    admin_store::update_member(tx, department, person, becomes, share).await?;
    tx.hint("access", person.0);
    let (was, becomes) = (member.rate.to_string(), share.rate.to_string());
    let entry = Entry::change(Deed::MemberChanged)
        .department(department.0)
        .person(person.0)
        .field(Field::Level, member.level.word(), level.word())
        .field(Field::Privileges, &member.privileges, &stored)
        .field(Field::Services, &member.services, &held_for)
        .flag(Field::Available, member.is_available, share.is_available)
        .field(Field::Rate, &was, &becomes);
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// Takes a member out of the department.
pub async fn remove_member(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    member: &Member,
    pen: Pen,
) -> Result<(), Error> {
    admin_store::delete_member(tx, department.id, member.person_id).await?;
    tx.hint("access", member.person_id.0);
    let left = left(department.id, member.person_id, member.level);
    audit::note(tx, pen, left).await
}

/// That somebody left a department, for the journal.
fn left(department: DepartmentId, person: PersonId, level: Level) -> Entry {
    Entry::of(Deed::MemberRemoved)
        .department(department.0)
        .person(person.0)
        .field(Field::Level, level.word(), "")
}

/// Takes somebody who is no longer staff out of every department, and every team.
pub async fn leave_all(tx: &mut Tx, pen: Pen, person: PersonId) -> Result<(), Error> {
    teams::leave_all(tx, pen, person).await?;
    mentoring::leave_all(tx, pen, person).await?;
    let all = admin_store::memberships(tx, person).await?;
    admin_store::delete_memberships(tx, person).await?;
    monitoring::forget(tx, person).await?;
    daily::forget(tx, person).await?;
    for one in all {
        audit::note(tx, pen, left(one.department_id, person, one.level)).await?;
    }
    Ok(())
}
