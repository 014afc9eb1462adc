//! What programs read and send of departments.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A category as it is administered.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryAdminItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The category above, or null.
    pub parent: Option<i64>,
    /// Whether it takes tickets.
    pub active: bool,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// A member of a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberItem {
    /// The person's identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// `none`, `assigned`, `view` or `edit`.
    pub level: &'static str,
    /// What the membership holds for, of `tickets`, `chats`, `calls`.
    pub services: Vec<&'static str>,
    /// Their privileges.
    pub privileges: Vec<&'static str>,
    /// Whether they take what is given out.
    pub available: bool,
    /// 0 to 100: how large a share of it.
    pub rate: i64,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// A department as it is administered.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it takes tickets.
    pub active: bool,
    /// Whether it does not name its agents to people outside.
    pub anonymous: bool,
    /// The category of tickets sent to the department alone.
    pub default_category: Option<i64>,
    /// Its categories, parents before children.
    pub categories: Vec<CategoryAdminItem>,
    /// Its members; null for whoever may not change them.
    pub members: Option<Vec<MemberItem>>,
    /// Grows with every change of its properties; send it back in `If-Match`.
    pub version: i64,
}

/// A department to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartmentBody {
    /// Its name.
    pub name: String,
    /// Whether it takes tickets; true unless given.
    #[serde(default = "yes")]
    pub active: bool,
}

/// What to change of a department; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentBody {
    /// Its name.
    pub name: Option<String>,
    /// Whether it takes tickets.
    pub active: Option<bool>,
    /// Whether it does not name its agents to people outside.
    pub anonymous: Option<bool>,
    /// The category of tickets sent to the department alone; null for none.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    pub default_category: Option<Option<i64>>,
}

/// A category to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCategoryBody {
    /// Its name.
    pub name: String,
    /// The category above; null or left out for none.
    pub parent: Option<i64>,
}

/// What to change of a category; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryBody {
    /// Its name.
    pub name: Option<String>,
    /// The category above; null for none.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    pub parent: Option<Option<i64>>,
    /// Whether it takes tickets.
    pub active: Option<bool>,
}

/// Somebody to let in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemberBody {
    /// Their address or login.
    pub person: String,
    /// `none`, `assigned`, `view` or `edit`; `edit` unless given.
    pub level: Option<String>,
    /// What the membership holds for, of `tickets`, `chats`, `calls`; all of them unless given.
    pub services: Option<Vec<String>>,
}

/// What to change of a member; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberBody {
    /// `none`, `assigned`, `view` or `edit`.
    pub level: Option<String>,
    /// All that the membership holds for afterwards, of `tickets`, `chats`, `calls`.
    pub services: Option<Vec<String>>,
    /// Every privilege they have afterwards.
    pub privileges: Option<Vec<String>>,
    /// Whether they take what is given out.
    pub available: Option<bool>,
    /// 0 to 100: how large a share of it.
    pub rate: Option<i64>,
    /// Release the open tickets they hold, when they are lowered.
    #[serde(default)]
    pub release: bool,
    /// Give them out again by their categories' rules instead.
    #[serde(default)]
    pub give_out: bool,
    /// Give them to this colleague instead.
    pub give_to: Option<i64>,
}

/// How a member leaves.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RemovalQuery {
    /// Release the open tickets they hold.
    #[serde(default)]
    pub release: bool,
    /// Give them out again by their categories' rules instead.
    #[serde(default)]
    pub give_out: bool,
    /// Give them to this colleague instead.
    pub give_to: Option<i64>,
}

fn yes() -> bool {
    true
}
