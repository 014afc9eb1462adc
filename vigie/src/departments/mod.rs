//! Departments, their category trees, and who belongs to them.

pub mod admin;
mod admin_store;
pub mod api;
pub mod availability;
mod availability_store;
pub mod categories;
pub mod giving;
pub mod invitees;
pub mod pages;
pub mod rights;
pub mod serving;
mod store;
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
    /// A category with its department: where a ticket can be opened.
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

/// Every place where this person may open a ticket, by department, in the tree's order.
pub async fn places(ask: &mut dyn Answers) -> Result<Vec<Place>, Error> {
    let mut places = store::places(ask).await?;
    places.retain(|p| p.is_active && p.department_is_active);
    Ok(places)
}

/// Proof that the actor may open a ticket for themselves in this category.
pub async fn place(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
) -> Result<May<Open, Place>, Error> {
    permit(actor, known(ask, id).await?)
}

/// Proof that the actor may open a ticket for somebody else in this category.
pub async fn place_for_somebody(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
) -> Result<May<OpenForSomebody, Place>, Error> {
    permit(actor, known(ask, id).await?)
}

async fn known(ask: &mut dyn Answers, id: CategoryId) -> Result<Place, Error> {
    store::place(ask, id)
        .await?
        .ok_or_else(|| Error::invalid("category", "fault-category-unknown"))
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

/// The departments whose lists this actor may open: all, or those they belong to.
pub async fn seen_by(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<DepartmentName>, Error> {
    match actor.reach() {
        kit::authz::Reach::Everything => store::all_names(ask).await,
        kit::authz::Reach::Departments if actor.is_permitted(permission::STAFF) => {
            store::names_of_member(ask, actor.id()).await
        }
        _ => Ok(vec![]),
    }
}
