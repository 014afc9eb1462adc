//! The accounts a loaded desk announces: who they are, and what they sign in with.

use demo::desk::{Agent, Desk, Language, Notable, Role as ToldRole, Scope};
use kit::ids::Dice;
use serde::{Deserialize, Serialize};

use crate::policy::{AgentScope, Role};

/// Somebody the desk announces, with their secrets: `vigie demo` and `vigie seed` print them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// As shown.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their login name; empty when they only have an address.
    pub login: String,
    /// The password.
    pub password: String,
    /// An API token.
    pub token: String,
    /// A role of staff, or `portal`.
    pub role: String,
    /// A scope of agents, or `own`.
    pub scope: String,
    /// Names of the departments they belong to.
    pub departments: Vec<String>,
    /// Why they are announced, such as `group_agent`.
    pub kind: String,
    /// Who employs them.
    pub organization: String,
    /// `fr` or `en`: the language they read.
    pub language: String,
    /// The person's row.
    pub person: i64,
}

/// A person chosen to be announced: a position in the people, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) person: usize,
    pub(super) kind: Notable,
}

/// Those the data itself names, in the order they are announced.
pub(super) fn named(desk: &Desk) -> Vec<Chosen> {
    let mut chosen: Vec<Chosen> = desk
        .people
        .iter()
        .enumerate()
        .filter_map(|(person, told)| told.notable.map(|kind| Chosen { person, kind }))
        .collect();
    chosen.sort_by_key(|one| Notable::ALL.iter().position(|kind| *kind == one.kind));
    chosen
}

/// The account of a chosen person, with fresh secrets; `person` is their key.
pub(super) fn announce(desk: &Desk, chosen: Chosen, person: i64, dice: &Dice) -> Account {
    let told = &desk.people[chosen.person];
    let agent = desk.agents.iter().find(|a| a.person == chosen.person);
    let (role, scope) = match agent {
        Some(agent) => (role(agent).word(), scope(agent).word()),
        None => ("portal", "own"),
    };
    let departments = agent.map_or(vec![], |agent| {
        let places = agent.memberships.iter();
        places
            .map(|place| desk.departments[place.department].name.clone())
            .collect()
    });
    Account {
        name: told.name.clone(),
        email: told.email.clone(),
        login: told.login.clone().unwrap_or_default(),
        password: password(dice),
        token: format!("vigie_{}", dice.token()),
        role: role.to_owned(),
        scope: scope.to_owned(),
        departments,
        kind: kind(chosen.kind).to_owned(),
        organization: desk.organizations[told.organization].name.clone(),
        language: language(told.language).to_owned(),
        person,
    }
}

/// The role that is stored.
pub(super) fn role(agent: &Agent) -> Role {
    match agent.role {
        ToldRole::Owner => Role::Owner,
        ToldRole::Administrator => Role::Admin,
        ToldRole::Agent => Role::Agent,
        ToldRole::Viewer => Role::Viewer,
    }
}

/// The scope that is stored.
pub(super) fn scope(agent: &Agent) -> AgentScope {
    match agent.scope {
        Scope::Global => AgentScope::Global,
        Scope::Group => AgentScope::Group,
        Scope::Restricted => AgentScope::Restricted,
    }
}

/// The code of a language.
pub(super) fn language(language: Language) -> &'static str {
    language.tag()
}

fn kind(kind: Notable) -> &'static str {
    match kind {
        Notable::Owner => "owner",
        Notable::Administrator => "admin",
        Notable::GlobalAgent => "global_agent",
        Notable::GroupAgent => "group_agent",
        Notable::SecondGroupAgent => "second_group_agent",
        Notable::RestrictedAgent => "restricted_agent",
        Notable::Viewer => "viewer",
        Notable::DepartmentManager => "department_manager",
        Notable::PortalEmployee => "portal_employee",
        Notable::PortalCustomer => "portal_customer",
        Notable::SecondPortalCustomer => "second_portal_customer",
    }
}

/// Three groups of four letters and digits that are not mistaken for each other: 60 random bits,
/// short enough to type.
fn password(dice: &Dice) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let signs: Vec<char> = dice
        .bytes::<12>()
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = signs
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}
