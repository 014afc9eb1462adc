//! Departments, their category trees, and who belongs to them.

pub mod admin;
mod admin_store;
pub mod api;
pub mod availability;
mod availability_store;
pub mod categories;
pub mod confidence;
pub mod copied;
pub mod daily;
pub mod giving;
pub mod invitees;
pub mod mentoring;
pub mod monitoring;
pub mod monitoring_mailbox;
pub mod offering;
pub mod pages;
pub mod redirects;
pub mod rights;
pub mod serving;
pub mod sharing;
pub mod signature;
mod store;
pub mod teams;
pub mod templates;
pub mod views;
pub mod waiting;

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::db::Answers;
use kit::error::{Because, Error};
use kit::{id, record};

use crate::policy::permission;

id! {
    /// A unit that answers requests.
    DepartmentId
}
id! {
    /// A node where tickets live.
    CategoryId
}

record! {
    /// A category with its department: where a ticket can be opened, or by which it comes in.
    #[derive(Clone, Debug)]
    pub struct Place {
        /// The category.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// The category above, in the same department.
        pub parent_id: Option<CategoryId>,
        /// Its department.
        pub department_id: DepartmentId,
        /// The department's name.
        pub department: String,
        /// Takes new tickets.
        pub is_active: bool,
        /// The department takes new tickets.
        pub department_is_active: bool,
        /// The confidential category, itself or above, whose confidants alone see its tickets.
        pub confidential_id: Option<CategoryId>,
        /// The category its tickets go on to, when it or its department is virtual: an entry only.
        pub virtual_of_id: Option<CategoryId>,
        /// The virtual category by which one came here, in the proof that a ticket may be opened.
        pub entry_id: Option<CategoryId>,
        /// The department of that one.
        pub entry_department_id: Option<DepartmentId>,
    }
}

/// Open a ticket in a category, for oneself.
#[derive(Clone, Copy, Debug)]
pub struct Open;
impl Action for Open {
    const NAME: &'static str = "open";
}

/// Open a ticket in a category, for somebody else.
#[derive(Clone, Copy, Debug)]
pub struct OpenForSomebody;
impl Action for OpenForSomebody {
    const NAME: &'static str = "open_for_somebody";
}

impl Judged for Place {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if !self.is_active || !self.department_is_active {
            return Err(Because("rule-category-inactive"));
        }
        if action == OpenForSomebody::NAME && !actor.is_permitted(permission::HANDLE) {
            return Err(Because("right-open-for-somebody"));
        }
        Ok(())
    }
}

/// Every place where a ticket may be opened, by department, in the tree's order. A virtual one
/// is among them as long as its tickets arrive: what it leads to takes tickets, too.
pub async fn places(ask: &mut dyn Answers) -> Result<Vec<Place>, Error> {
    let mut places = store::places(ask).await?;
    places.retain(|p| p.is_active && p.department_is_active);
    let arrives: Vec<bool> = places.iter().map(|p| real(&places, p).is_some()).collect();
    let mut arrives = arrives.into_iter();
    places.retain(|_| arrives.next().unwrap_or_default());
    Ok(places)
}

/// The places that this actor is offered for a ticket of their own (decision 0048). Of a virtual one, its own
/// department says so; where it leads does not matter.
pub async fn places_offered(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Place>, Error> {
    let mut places = places(ask).await?;
    offering::keep_offered(ask, actor, &mut places, None).await?;
    Ok(places)
}

/// The same for a ticket that follows one of this category, which stays open to them.
pub async fn places_following(
    ask: &mut dyn Answers,
    actor: &Actor,
    first: CategoryId,
) -> Result<Vec<Place>, Error> {
    let mut places = places(ask).await?;
    offering::keep_offered(ask, actor, &mut places, Some(first)).await?;
    Ok(places)
}

/// Where the tickets that come in by a place live: there, or where it leads, over others if need be.
/// Nowhere when that is none of `places`, or when it leads back to itself.
pub fn real<'a>(places: &'a [Place], place: &'a Place) -> Option<&'a Place> {
    let mut at = place;
    // As many steps as there are places: a loop that two changes at once made ends here too.
    for _ in 0..=places.len() {
        match at.virtual_of_id {
            None => return Some(at),
            Some(next) => at = places.iter().find(|p| p.id == next)?,
        }
    }
    None
}

/// Proof that the actor may open a ticket for themselves in this category. Of a virtual one it is the
/// proof for the category that it leads to. One that they are not offered is unknown to them.
pub async fn place(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
) -> Result<May<Open, Place>, Error> {
    let place = known(ask, id).await?;
    let entrance = place.entry_department_id.unwrap_or(place.department_id);
    if offering::is_offered(ask, actor, entrance).await? {
        permit(actor, place)
    } else {
        Err(unknown())
    }
}

/// The same for a ticket that follows one of the category `first`, which stays open to them.
pub async fn place_following(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
    first: CategoryId,
) -> Result<May<Open, Place>, Error> {
    if id == first {
        place_written_to(ask, actor, id).await
    } else {
        place(ask, actor, id).await
    }
}

/// The same for a letter, whoever wrote it: an address that is given out is an offer.
pub async fn place_written_to(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
) -> Result<May<Open, Place>, Error> {
    permit(actor, known(ask, id).await?)
}

/// Proof that the actor may open a ticket for somebody else in this category, or where it leads.
pub async fn place_for_somebody(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
) -> Result<May<OpenForSomebody, Place>, Error> {
    permit(actor, known(ask, id).await?)
}

fn unknown() -> Error {
    Error::invalid("category", "fault-category-unknown")
}

async fn known(ask: &mut dyn Answers, id: CategoryId) -> Result<Place, Error> {
    let entry = store::place(ask, id).await?.ok_or_else(unknown)?;
    if entry.virtual_of_id.is_none() {
        return Ok(entry);
    }
    let places = places(ask).await?;
    let chosen = places.iter().find(|place| place.id == id);
    Ok(match chosen.and_then(|it| real(&places, it)) {
        Some(real) => Place {
            entry_id: Some(id),
            entry_department_id: Some(entry.department_id),
            ..real.clone()
        },
        None => Place {
            is_active: false,
            ..entry
        },
    })
}

record! {
    /// A department as a filter names it.
    #[derive(Clone, Debug)]
    pub struct DepartmentName {
        /// Its row.
        pub id: DepartmentId,
        /// Its name.
        pub name: String,
    }
}

/// The department that an address names.
///
/// # Errors
/// `NotFound` of what is no number: there is no such page.
pub fn number(text: &str) -> Result<DepartmentId, Error> {
    text.parse().map(DepartmentId).map_err(|_| Error::NotFound)
}

/// The departments whose lists this actor may open: all, or those they belong to. One that takes no
/// tickets is known to administrators and its members alone (features X-08).
pub async fn seen_by(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<DepartmentName>, Error> {
    match actor.reach() {
        kit::authz::Reach::Everything if actor.is_permitted(permission::MANAGE_DEPARTMENTS) => {
            store::all_names(ask).await
        }
        kit::authz::Reach::Everything | kit::authz::Reach::ServedEverywhere => {
            store::names_known_to(ask, actor.id()).await
        }
        kit::authz::Reach::Departments | kit::authz::Reach::ServedDepartments
            if actor.is_permitted(permission::STAFF) =>
        {
            store::names_of_member(ask, actor.id()).await
        }
        _ => Ok(vec![]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: i64, leads_to: Option<i64>) -> Place {
        Place {
            id: CategoryId(id),
            name: String::new(),
            parent_id: None,
            department_id: DepartmentId(1),
            department: String::new(),
            is_active: true,
            department_is_active: true,
            confidential_id: None,
            virtual_of_id: leads_to.map(CategoryId),
            entry_id: None,
            entry_department_id: None,
        }
    }

    #[test]
    fn a_virtual_place_leads_on_and_one_that_leads_back_leads_nowhere() {
        let all = [
            place(1, None),
            place(2, Some(1)),
            place(3, Some(2)),
            place(4, Some(5)),
            place(5, Some(4)),
            place(6, Some(99)),
            place(7, Some(7)),
        ];
        let of = |n: usize| real(&all, &all[n - 1]).map(|p| p.id.0);
        let found: Vec<_> = (1..=7).map(of).collect();
        assert_eq!(found, [Some(1), Some(1), Some(1), None, None, None, None]);
    }
}
