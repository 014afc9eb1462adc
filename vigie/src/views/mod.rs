//! Saved views: a list's filter and order under a name, of one's own or shared.
//!
//! A view filters and never grants: what it stores is the text of an address, read again for whoever
//! looks, beside the rule of who sees which ticket (AZ-25). Deliberately absent: sharing with a team,
//! which owns no ticket.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Action, Actor, Judged, May, Reach};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields};
use kit::{id, record, stored_words};

use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::policy::{Level, permission};
use crate::tickets::listing::{self, Calendar, Count, Filter, Order};

id! {
    /// A saved view.
    ViewId
}

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 80;
/// The most views one person keeps.
pub const MOST: i64 = 50;
/// Beyond this many a count says "500+": it stays exact where people act on it, and what it costs
/// stays bounded where they do not.
pub const COUNTED: i64 = 500;

stored_words! {
    /// Who sees a view.
    pub enum Audience {
        /// Its owner.
        Personal = "personal",
        /// Whoever sees the tickets of its department.
        Department = "department",
        /// All staff.
        Everyone = "everyone",
    }
}

record! {
    /// A view as its reader sees it.
    #[derive(Clone, Debug)]
    pub struct View {
        /// Its row.
        pub id: ViewId,
        /// Who made it.
        pub owner_id: PersonId,
        /// Who sees it.
        pub audience: Audience,
        /// Of which department it is.
        pub department_id: Option<DepartmentId>,
        /// Its name.
        pub name: String,
        /// Its conditions, as an address says them.
        pub filter: String,
        /// Its order, as an address says it.
        pub sort: String,
        /// Its place among the others.
        pub position: i64,
        /// Grows with every change.
        pub version: i64,
        /// The reader's level in its department.
        pub my_level: Option<Level>,
    }
}

/// Look at it.
#[derive(Clone, Copy, Debug)]
pub struct Read;
impl Action for Read {
    const NAME: &'static str = "read";
}

/// Make one.
#[derive(Clone, Copy, Debug)]
pub struct Create;
impl Action for Create {
    const NAME: &'static str = "create";
}

/// Where a view is to stand: who is to see it, and the maker's level in its department.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    audience: Audience,
    level: Option<Level>,
}

/// Change or delete it.
#[derive(Clone, Copy, Debug)]
pub struct Change;
impl Action for Change {
    const NAME: &'static str = "change";
}

/// What a view is to say.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// Who is to see it.
    pub audience: Audience,
    /// Of which department it is to be.
    pub department: Option<DepartmentId>,
    /// Its conditions.
    pub filter: Filter,
    /// Its order.
    pub order: Order,
}

impl View {
    /// Its conditions, read for somebody. What a later version of the program no longer knows lets
    /// nothing through rather than everything.
    ///
    /// # Errors
    /// As [`Filter::of_text`].
    pub fn conditions(&self, calendar: &Calendar) -> Result<Filter, Error> {
        Filter::of_text(&self.filter, calendar)
    }

    /// Its order.
    pub fn order(&self) -> Order {
        Order::parse(&self.sort).unwrap_or(Order::USUAL)
    }

    /// Whether the actor may change it.
    pub fn allows(&self, actor: &Actor) -> bool {
        self.judge(actor, Change::NAME).is_ok()
    }
}

impl Judged for View {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if action == Read::NAME {
            return Ok(());
        }
        may_keep(actor, self.audience, self.my_level)?;
        match self.audience {
            Audience::Personal if self.owner_id.0 != actor.id() => Err(Because("right-own-view")),
            _ => Ok(()),
        }
    }
}

impl Judged for Place {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        may_keep(actor, self.audience, self.level)
    }
}

/// Whose views somebody may make and change: their own, those of departments whose tickets they
/// handle, and, with the right to what all share, everybody's.
fn may_keep(actor: &Actor, audience: Audience, level: Option<Level>) -> Result<(), Because> {
    let shares = actor.is_permitted(permission::SHARE);
    let sees = actor.reach() == Reach::Everything || level.is_some_and(Level::looks);
    let is_manager = level == Some(Level::Edit) && actor.is_permitted(permission::HANDLE);
    match audience {
        Audience::Personal => Ok(()),
        Audience::Department if (shares && sees) || is_manager => Ok(()),
        Audience::Department => Err(Because("right-share-with-department")),
        Audience::Everyone if shares => Ok(()),
        Audience::Everyone => Err(Because(permission::SHARE)),
    }
}

/// The views this actor sees, their own first.
pub async fn seen_by(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<View>, Error> {
    let mut views = store::seen_by(ask, actor).await?;
    views.sort_by_key(|view| (view.audience, view.position, view.id));
    Ok(views)
}

/// Proof that the actor may do `A` to the view.
pub async fn find<A: Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ViewId,
) -> Result<May<A, View>, Error> {
    kit::authz::find(ask, actor, store::one(actor, id)).await
}

/// How many tickets of each view its reader sees, up to [`COUNTED`]. None where a view says something that this
/// version does not know; opening it says what.
pub async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    views: &[View],
    calendar: &Calendar,
) -> Result<Vec<Option<Count>>, Error> {
    let mut filters = vec![];
    for view in views {
        filters.push(match view.conditions(calendar) {
            Ok(filter) => Some(filter),
            Err(Error::Invalid(_)) => None,
            Err(other) => return Err(other),
        });
    }
    let known: Vec<&Filter> = filters.iter().flatten().collect();
    let mut counted = listing::counts(ask, actor, &known, COUNTED)
        .await?
        .into_iter();
    let each = filters
        .iter()
        .map(|it| it.as_ref().and_then(|_| counted.next()));
    Ok(each.collect())
}

/// Checks name and right before anything is written.
async fn check(tx: &mut Tx, actor: &Actor, wanted: &Wanted) -> Result<May<Create, Place>, Error> {
    let mut faults = Fields::default();
    let name = wanted.name.trim();
    faults.require(!name.is_empty(), "name", "fault-missing");
    if name.chars().count() > LONGEST_NAME {
        faults.add("name", "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
    let is_of_department = wanted.audience == Audience::Department;
    faults.require(
        wanted.department.is_some() || !is_of_department,
        "department",
        "fault-view-department",
    );
    faults.settle()?;
    let known = match wanted.department {
        Some(department) if is_of_department => store::level(tx, actor.id(), department).await?,
        _ => None,
    };
    let place = Place {
        audience: wanted.audience,
        level: known.flatten(),
    };
    let may = kit::authz::permit(actor, place)?;
    // After the right, so that nobody learns from the answer which departments there are.
    if is_of_department && known.is_none() {
        return Err(Error::invalid("department", "fault-view-department"));
    }
    Ok(may)
}

/// Makes a view.
pub async fn create(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Wanted,
    now: Moment,
) -> Result<ViewId, Error> {
    let may = check(tx, actor, wanted).await?;
    if store::kept_by(tx, actor).await? >= MOST {
        let most = MOST.to_string();
        return Err(Error::invalid_with("name", "fault-view-many", most));
    }
    store::insert(tx, &may, actor.id(), wanted, now).await
}

/// Changes a view, from the version its changer saw.
pub async fn change(
    tx: &mut Tx,
    view: &May<Change, View>,
    actor: &Actor,
    wanted: &Wanted,
    seen: Option<i64>,
) -> Result<(), Error> {
    check(tx, actor, wanted).await?;
    if wanted.audience == Audience::Personal && view.owner_id.0 != actor.id() {
        // It would vanish from under everybody, its changer first.
        return Err(Error::invalid("audience", "fault-view-not-yours"));
    }
    let seen = seen.unwrap_or(view.version);
    if store::update(tx, view, wanted, seen).await? {
        Ok(())
    } else {
        Err(Error::Conflict(Clash::of(seen, view.version)))
    }
}

/// Deletes a view, and how people liked to see it; from the version its deleter saw.
///
/// # Errors
/// `Conflict`.
pub async fn delete(tx: &mut Tx, view: &May<Change, View>, seen: Option<i64>) -> Result<(), Error> {
    match seen.filter(|seen| *seen != view.version) {
        Some(seen) => Err(Error::Conflict(Clash::of(seen, view.version))),
        None => store::delete(tx, view).await,
    }
}

/// Moves a view one place up or down among those of its kind.
pub async fn shift(
    tx: &mut Tx,
    view: &May<Change, View>,
    actor: &Actor,
    is_down: bool,
) -> Result<(), Error> {
    let mut kind: Vec<View> = seen_by(tx, actor)
        .await?
        .into_iter()
        .filter(|v| v.audience == view.audience && v.department_id == view.department_id)
        .collect();
    let Some(at) = kind.iter().position(|v| v.id == view.id) else {
        return Ok(());
    };
    let to = if is_down { at + 1 } else { at.wrapping_sub(1) };
    if to >= kind.len() {
        return Ok(());
    }
    kind.swap(at, to);
    for (place, one) in kind.iter().enumerate() {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        if one.position != place {
            let may = find::<Change>(tx, actor, one.id).await?;
            store::set_position(tx, &may, place).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{self, AgentScope, Role};

    #[test]
    fn each_shares_only_with_those_they_answer_for() {
        use Audience::{Department, Everyone, Personal};
        use Level::{Edit, View};
        type Row = (Role, Option<Level>, [bool; 3]);
        let table: &[Row] = &[
            (Role::Owner, None, [true, true, true]),
            (Role::Admin, None, [true, true, true]),
            (Role::Advisor, Some(View), [true, true, true]),
            (Role::Advisor, None, [true, false, true]),
            (Role::Trainee, Some(Edit), [true, false, false]),
            (Role::Agent, Some(Edit), [true, true, false]),
            (Role::Agent, Some(View), [true, false, false]),
            (Role::Agent, None, [true, false, false]),
            (Role::Viewer, Some(Edit), [true, false, false]),
        ];
        for (role, level, expect) in table {
            let actor = policy::actor(7, Some((*role, AgentScope::Group)));
            let said = [Personal, Department, Everyone]
                .map(|audience| may_keep(&actor, audience, *level).is_ok());
            assert_eq!(said, *expect, "{role:?} {level:?}");
        }
    }
}
