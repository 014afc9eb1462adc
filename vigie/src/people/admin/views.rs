//! Roles and scopes as pages show them.

use pages::admin::people::{Role as RoleView, Scope as ScopeView};

use crate::policy::{AgentScope, Role};

/// A role as pages show it.
pub fn role_view(role: Option<Role>) -> RoleView {
    match role {
        None => RoleView::None,
        Some(Role::Viewer) => RoleView::Viewer,
        Some(Role::Agent) => RoleView::Agent,
        Some(Role::Admin) => RoleView::Admin,
        Some(Role::Owner) => RoleView::Owner,
    }
}

/// A scope as pages show it.
pub fn scope_view(scope: AgentScope) -> ScopeView {
    match scope {
        AgentScope::Global => ScopeView::Global,
        AgentScope::Group => ScopeView::Group,
        AgentScope::Restricted => ScopeView::Restricted,
    }
}
