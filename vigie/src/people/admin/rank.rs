//! Who may raise whom how far: pure.

use kit::authz::Actor;
use kit::error::Fields;

use crate::policy::{self, AgentScope, Role};

/// The rank of a role, as [`Role::rank`] counts; 0 for whoever is not staff.
pub fn rank_of(role: Option<Role>) -> u8 {
    role.map_or(0, Role::rank)
}

/// What the rules of rank look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rise {
    /// They change themselves.
    pub is_self: bool,
    /// The person is the only owner who can still come in.
    pub is_last_owner: bool,
    /// Role and scope before.
    pub was: Option<(Role, AgentScope)>,
    /// Role and scope after.
    pub becomes: Option<(Role, AgentScope)>,
    /// Is shut out by this change.
    pub is_disabled: bool,
}

/// Nobody gives a rank, a permission or a scope beyond their own, the last owner stays owner and stays in,
/// nobody shuts themselves out.
pub fn judge_rise(actor: &Actor, rise: &Rise, faults: &mut Fields) {
    let role = |of: Option<(Role, AgentScope)>| of.map(|(role, _)| role);
    if let Some((becomes, scope)) = rise.becomes {
        let is_new = role(rise.was) != Some(becomes);
        let is_above = is_new && becomes.is_beyond(actor);
        faults.require(!is_above, "role", "fault-role-above");
        let is_wider = rise.was != rise.becomes
            && policy::reaches_beyond(policy::reach(becomes, scope), actor);
        faults.require(!is_wider || is_above, "scope", "fault-scope-above");
    }
    if rise.is_last_owner {
        let stays = role(rise.becomes) == Some(Role::Owner);
        faults.require(stays, "role", "fault-last-owner");
        faults.require(!rise.is_disabled, "disabled", "fault-last-owner");
    } else if rise.is_self {
        faults.require(!rise.is_disabled, "disabled", "fault-disable-self");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::roles::{Custom, Granted};

    fn said(by: Role, scope: AgentScope, rise: Rise) -> Vec<(&'static str, &'static str)> {
        let mut faults = Fields::default();
        let actor = policy::actor(1, Some((by, scope)));
        judge_rise(&actor, &rise, &mut faults);
        faults.0.into_iter().map(|f| (f.field, f.key)).collect()
    }

    const STAYS: Option<(Role, AgentScope)> = Some((Role::Agent, AgentScope::Group));

    const CALM: Rise = Rise {
        is_self: false,
        is_last_owner: false,
        was: STAYS,
        becomes: STAYS,
        is_disabled: false,
    };

    #[test]
    fn nobody_gives_more_than_they_have() {
        use AgentScope::{Global, Group, Restricted};
        let keeper = Role::Custom(Custom {
            id: 7,
            granted: Granted::read("note read_notes manage_people"),
        });
        for (by, was, becomes, fault) in [
            (Role::Admin, None, Some((Role::Agent, Group)), None),
            (Role::Admin, None, Some((Role::Admin, Group)), None),
            (Role::Admin, STAYS, Some((Role::Owner, Group)), Some("role")),
            (Role::Admin, None, Some((Role::Owner, Group)), Some("role")),
            (Role::Owner, STAYS, Some((Role::Owner, Group)), None),
            (Role::Admin, Some((Role::Admin, Group)), None, None),
            (Role::Agent, STAYS, Some((Role::Admin, Group)), Some("role")),
            (keeper, None, Some((Role::Viewer, Group)), None),
            (keeper, None, Some((Role::Trainee, Restricted)), None),
            (keeper, None, Some((Role::Viewer, Global)), Some("scope")),
            (keeper, None, Some((Role::Agent, Group)), Some("role")),
            (keeper, None, Some((Role::Advisor, Group)), Some("role")),
            (
                keeper,
                Some((Role::Viewer, Global)),
                Some((Role::Viewer, Global)),
                None,
            ),
            (
                keeper,
                Some((keeper, Group)),
                Some((keeper, Global)),
                Some("scope"),
            ),
        ] {
            let rise = Rise {
                was,
                becomes,
                ..CALM
            };
            let faults = said(by, Group, rise);
            let fields: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
            assert_eq!(
                fields,
                fault.into_iter().collect::<Vec<_>>(),
                "{by:?} {rise:?}"
            );
        }
    }

    #[test]
    fn whoever_serves_some_alone_gives_nobody_more_than_what_names_them() {
        use AgentScope::{Global, GlobalServed, Group, GroupServed, Restricted};
        let keeper = Role::Custom(Custom {
            id: 7,
            granted: Granted::read("note read_notes manage_people"),
        });
        for (by, scope, is_refused) in [
            (GlobalServed, Group, true),
            (GlobalServed, GlobalServed, true),
            (GroupServed, Group, true),
            (GroupServed, GroupServed, true),
            (GroupServed, Restricted, false),
            (Group, GlobalServed, true),
            (Group, Group, false),
            (Global, GroupServed, false),
        ] {
            let rise = Rise {
                was: None,
                becomes: Some((Role::Viewer, scope)),
                ..CALM
            };
            let faults = said(keeper, by, rise);
            assert_eq!(!faults.is_empty(), is_refused, "{by:?} {scope:?}");
        }
    }

    #[test]
    fn the_last_owner_is_neither_lowered_nor_shut_out() {
        let owner = Some((Role::Owner, AgentScope::Global));
        let said = |rise| said(Role::Owner, AgentScope::Global, rise);
        let last = Rise {
            is_self: true,
            is_last_owner: true,
            was: owner,
            becomes: owner,
            is_disabled: false,
        };
        assert_eq!(said(last), []);
        let lowered = Rise {
            becomes: Some((Role::Admin, AgentScope::Global)),
            ..last
        };
        assert_eq!(said(lowered), [("role", "fault-last-owner")]);
        let out = Rise {
            is_disabled: true,
            ..last
        };
        assert_eq!(said(out), [("disabled", "fault-last-owner")]);
        let one_of_two = Rise {
            is_last_owner: false,
            is_self: false,
            ..out
        };
        assert_eq!(said(one_of_two), []);
    }

    #[test]
    fn nobody_shuts_themselves_out() {
        let out = Rise {
            is_self: true,
            is_disabled: true,
            ..CALM
        };
        let faults = said(Role::Admin, AgentScope::Global, out);
        assert_eq!(faults, [("disabled", "fault-disable-self")]);
    }
}
