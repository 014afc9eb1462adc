//! Roles and scopes as pages show them.

use pages::admin::people::{Role as RoleView, Scope as ScopeView};

use crate::policy::{AgentScope, Role};

/// A role as pages show it; one of the desk's own goes by this name.
pub fn role_view(role: Option<Role>, name: Option<&str>) -> RoleView {
    match role {
        None => RoleView::None,
        Some(Role::Viewer) => RoleView::Viewer,
        Some(Role::Trainee) => RoleView::Trainee,
        Some(Role::Agent) => RoleView::Agent,
        Some(Role::Advisor) => RoleView::Advisor,
        Some(Role::Admin) => RoleView::Admin,
        Some(Role::Owner) => RoleView::Owner,
        Some(Role::Custom(custom)) => RoleView::Custom {
            id: custom.id,
            name: name.unwrap_or_default().to_owned(),
            says: String::new(),
        },
    }
}

/// A scope as pages show it.
pub fn scope_view(scope: AgentScope) -> ScopeView {
    match scope {
        AgentScope::Global => ScopeView::Global,
        AgentScope::Group => ScopeView::Group,
        AgentScope::Restricted => ScopeView::Restricted,
        AgentScope::GlobalServed => ScopeView::GlobalServed,
        AgentScope::GroupServed => ScopeView::GroupServed,
    }
}
