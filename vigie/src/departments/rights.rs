//! Who administers which part of a department: administrators everything, whose role says so what it is, a member with the
//! privilege for a part that part of their own department, nobody else anything.

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::db::{Answers, Tx};
use kit::error::{Because, Error};
use kit::record;

use super::{CategoryId, DepartmentId, admin_store};
use crate::policy::{Level, Privilege, permission};

macro_rules! deeds {
    ($($(#[$meta:meta])* $name:ident = $word:literal),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Action for $name {
            const NAME: &'static str = $word;
        }
    )*};
}
deeds! {
    /// Look at its administration page.
    Inspect = "inspect",
    /// Change name, activity, default category.
    ChangeProperties = "change_properties",
    /// Change the category tree.
    ChangeCategories = "change_categories",
    /// Change who belongs to it.
    ChangeMembers = "change_members",
    /// Make a department.
    Create = "create",
}

record! {
    /// A department as whoever administers it sees it.
    #[derive(Clone, Debug)]
    pub struct DepartmentAdmin {
        /// Its row.
        pub id: DepartmentId,
        /// Its name.
        pub name: String,
        /// The category of tickets sent to the department alone.
        pub default_category_id: Option<CategoryId>,
        /// Takes new tickets.
        pub is_active: bool,
        /// Does not name its agents to people outside.
        pub is_anonymous: bool,
        /// Grows with every change.
        pub version: i64,
        /// The actor's level in it.
        pub my_level: Option<Level>,
        /// The actor's privileges in it.
        pub my_privileges: Option<String>,
    }
}

/// The list of all departments, to which one may be added.
#[derive(Clone, Copy, Debug)]
pub struct AllDepartments;

impl Judged for AllDepartments {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::MANAGE_DEPARTMENTS) {
            Ok(())
        } else {
            Err(Because(permission::MANAGE_DEPARTMENTS))
        }
    }
}

impl DepartmentAdmin {
    /// Whether the actor has this privilege here. A privilege works through the level that handles
    /// tickets and a role that does, as it does on tickets.
    pub fn has_privilege(&self, actor: &Actor, privilege: Privilege) -> bool {
        let by_role = match privilege {
            Privilege::ManageProperties | Privilege::ManageCategories => {
                permission::MANAGE_DEPARTMENTS
            }
            // Whoever lets people in decides who sees its tickets: that comes with rank, or is given here.
            _ => permission::EVERY_PRIVILEGE,
        };
        actor.is_permitted(by_role)
            || (actor.is_permitted(permission::HANDLE)
                && self.my_level == Some(Level::Edit)
                && self
                    .my_privileges
                    .as_deref()
                    .is_some_and(|stored| privilege.is_in(stored)))
    }

    /// Whether the actor may do `A` here.
    pub fn allows<A: Action>(&self, actor: &Actor) -> bool {
        self.judge(actor, A::NAME).is_ok()
    }
}

/// The privilege each deed asks for, and the right its refusal names.
const PARTS: &[(&str, Privilege, &str)] = &[
    (
        ChangeProperties::NAME,
        Privilege::ManageProperties,
        "right-manage-properties",
    ),
    (
        ChangeCategories::NAME,
        Privilege::ManageCategories,
        "right-manage-categories",
    ),
    (
        ChangeMembers::NAME,
        Privilege::ManageManagers,
        "right-manage-managers",
    ),
];

impl Judged for DepartmentAdmin {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if action == Inspect::NAME {
            let any = PARTS.iter().any(|(_, p, _)| self.has_privilege(actor, *p));
            return if any {
                Ok(())
            } else {
                Err(Because(permission::MANAGE_DEPARTMENTS))
            };
        }
        match PARTS.iter().find(|(name, _, _)| *name == action) {
            Some((_, privilege, _)) if self.has_privilege(actor, *privilege) => Ok(()),
            Some((_, _, right)) => Err(Because(right)),
            None => Err(Because(permission::MANAGE_DEPARTMENTS)),
        }
    }
}

/// Proof that the actor may do `A` to the department.
///
/// # Errors
/// `NotFound` when it is not there or not theirs to administer at all; `Forbidden` when another
/// part of it is.
pub async fn find<A: Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: DepartmentId,
) -> Result<May<A, DepartmentAdmin>, Error> {
    judged(actor, admin_store::department(ask, actor.id(), id).await?)
}

/// The same inside a change: nobody else changes the department, its categories or its members
/// until the transaction ends.
pub async fn find_to_change<A: Action>(
    tx: &mut Tx,
    actor: &Actor,
    id: DepartmentId,
) -> Result<May<A, DepartmentAdmin>, Error> {
    judged(
        actor,
        admin_store::department_to_change(tx, actor.id(), id).await?,
    )
}

fn judged<A: Action>(
    actor: &Actor,
    found: Option<DepartmentAdmin>,
) -> Result<May<A, DepartmentAdmin>, Error> {
    let found = found.filter(|it| it.allows::<Inspect>(actor));
    permit(actor, found.ok_or(Error::NotFound)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{self, AgentScope, Role};

    fn department(level: Option<Level>, privileges: &[Privilege]) -> DepartmentAdmin {
        DepartmentAdmin {
            id: DepartmentId(1),
            name: "Blue".to_owned(),
            default_category_id: None,
            is_active: true,
            is_anonymous: false,
            version: 1,
            my_level: level,
            my_privileges: Some(Privilege::store(privileges)),
        }
    }

    /// Inspect, properties, categories, members, in this order; `x` is yes.
    fn verdict(role: Option<Role>, it: &DepartmentAdmin) -> String {
        let actor = policy::actor(7, role.map(|r| (r, AgentScope::Group)));
        [
            Inspect::NAME,
            ChangeProperties::NAME,
            ChangeCategories::NAME,
            ChangeMembers::NAME,
            Create::NAME,
        ]
        .map(|deed| {
            if it.judge(&actor, deed).is_ok() {
                'x'
            } else {
                '-'
            }
        })
        .into_iter()
        .collect()
    }

    #[test]
    fn each_part_of_a_department_has_its_privilege_and_administrators_have_all() {
        use Level::{Edit, View};
        use Privilege::{ManageCategories, ManageFaq, ManageManagers, ManageProperties};
        let all = [ManageProperties, ManageCategories, ManageManagers];
        type Row<'a> = (Option<Role>, Option<Level>, &'a [Privilege], &'a str);
        let table: &[Row<'_>] = &[
            (Some(Role::Owner), None, &[], "xxxx-"),
            (Some(Role::Admin), None, &[], "xxxx-"),
            (Some(Role::Advisor), None, &[], "xxx--"),
            (Some(Role::Trainee), Some(Edit), &all, "-----"),
            (Some(Role::Agent), None, &[], "-----"),
            (Some(Role::Agent), Some(Edit), &[], "-----"),
            (Some(Role::Agent), Some(Edit), &[ManageFaq], "-----"),
            (Some(Role::Agent), Some(Edit), &[ManageProperties], "xx---"),
            (Some(Role::Agent), Some(Edit), &[ManageCategories], "x-x--"),
            (Some(Role::Agent), Some(Edit), &[ManageManagers], "x--x-"),
            (Some(Role::Agent), Some(Edit), &all, "xxxx-"),
            (Some(Role::Agent), Some(View), &all, "-----"),
            (Some(Role::Agent), Some(Level::None), &all, "-----"),
            (Some(Role::Agent), None, &all, "-----"),
            (Some(Role::Viewer), Some(Edit), &all, "-----"),
            (None, Some(Edit), &all, "-----"),
        ];
        for (role, level, privileges, expect) in table {
            let said = verdict(*role, &department(*level, privileges));
            assert_eq!(said, *expect, "{role:?} {level:?} {privileges:?}");
        }
    }

    #[test]
    fn only_who_manages_departments_makes_one() {
        for role in Role::SHIPPED {
            let actor = policy::actor(7, Some((*role, AgentScope::Global)));
            let may = AllDepartments.judge(&actor, Create::NAME).is_ok();
            let makes = matches!(role, Role::Owner | Role::Admin | Role::Advisor);
            assert_eq!(may, makes, "{role:?}");
        }
    }
}
