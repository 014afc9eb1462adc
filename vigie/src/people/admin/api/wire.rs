//! What programs read of people.

use serde::Serialize;
use utoipa::ToSchema;

use crate::people::admin::PersonAdmin;
use crate::people::admin::search::Found;
use crate::policy::Role;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonItem {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Name to sign in with, besides the address.
    pub login: Option<String>,
    /// `fr`, `en`, or null for the desk's.
    pub language: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
    /// Their post.
    pub job_title: Option<String>,
    /// Whom they work for.
    pub organization: Option<String>,
    /// Where they work.
    pub site: Option<String>,
    /// `owner`, `admin`, `agent`, `trainee`, `viewer`, `advisor`, the number of a role of the desk's own, or null for whoever is
    /// not staff.
    pub role: Option<String>,
    /// `global`, `group`, `restricted`, or null for whoever is not staff.
    pub scope: Option<&'static str>,
    /// Whether they may open the portal.
    pub portal: bool,
    /// Whether they are shut out.
    pub disabled: bool,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleItems {
    /// They, by name.
    pub items: Vec<PersonItem>,
    /// The cursor of the next page, or null.
    pub next: Option<String>,
}

/// Somebody of a list.
pub(super) fn found(p: Found) -> PersonItem {
    PersonItem {
        id: p.id.0,
        name: p.name,
        email: p.email,
        login: p.login,
        language: p.language,
        phone: p.phone,
        job_title: p.job_title,
        organization: p.organization,
        site: p.site,
        role: p.role.map(Role::code),
        scope: p.scope.map(|it| it.whole().word()),
        portal: p.has_portal,
        disabled: p.disabled_at.is_some(),
        version: p.version,
    }
}

/// Somebody by themselves.
pub(super) fn whole(p: PersonAdmin) -> PersonItem {
    PersonItem {
        id: p.id.0,
        name: p.name,
        email: p.email,
        login: p.login,
        language: p.language,
        phone: p.phone,
        job_title: p.job_title,
        organization: p.organization,
        site: p.site,
        role: p.role.map(Role::code),
        scope: p.scope.map(|it| it.whole().word()),
        portal: p.has_portal,
        disabled: p.disabled_at.is_some(),
        version: p.version,
    }
}
