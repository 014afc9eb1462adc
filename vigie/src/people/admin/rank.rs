//! Who may raise whom how far: pure.

use kit::error::Fields;

use crate::policy::Role;

/// The rank of a role, as [`Role::rank`] counts; 0 for whoever is not staff.
pub fn rank_of(role: Option<Role>) -> u8 {
    role.map_or(0, Role::rank)
}

/// What the rules of rank look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rise {
    /// The rank of whoever changes.
    pub by: u8,
    /// They change themselves.
    pub is_self: bool,
    /// The person is the only owner who can still come in.
    pub is_last_owner: bool,
    /// The role before.
    pub was: Option<Role>,
    /// The role after.
    pub becomes: Option<Role>,
    /// Is shut out by this change.
    pub is_disabled: bool,
}

/// Nobody raises anybody above their own rank, the last owner stays owner and stays in, nobody
/// shuts themselves out.
pub fn judge_rise(rise: &Rise, faults: &mut Fields) {
    let rises = rank_of(rise.becomes) > rank_of(rise.was);
    let is_above = rises && rank_of(rise.becomes) > rise.by;
    faults.require(!is_above, "role", "fault-role-above");
    if rise.is_last_owner {
        let stays = rise.becomes == Some(Role::Owner);
        faults.require(stays, "role", "fault-last-owner");
        faults.require(!rise.is_disabled, "disabled", "fault-last-owner");
    } else if rise.is_self {
        faults.require(!rise.is_disabled, "disabled", "fault-disable-self");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rise: Rise) -> Vec<(&'static str, &'static str)> {
        let mut faults = Fields::default();
        judge_rise(&rise, &mut faults);
        faults.0.into_iter().map(|f| (f.field, f.key)).collect()
    }

    const CALM: Rise = Rise {
        by: 2,
        is_self: false,
        is_last_owner: false,
        was: Some(Role::Agent),
        becomes: Some(Role::Agent),
        is_disabled: false,
    };

    #[test]
    fn nobody_raises_anybody_above_their_own_rank() {
        for (by, was, becomes, is_fine) in [
            (2, None, Some(Role::Agent), true),
            (2, None, Some(Role::Admin), true),
            (2, Some(Role::Agent), Some(Role::Owner), false),
            (2, None, Some(Role::Owner), false),
            (3, Some(Role::Admin), Some(Role::Owner), true),
            (2, Some(Role::Admin), None, true),
            (1, Some(Role::Agent), Some(Role::Admin), false),
        ] {
            let faults = said(Rise {
                by,
                was,
                becomes,
                ..CALM
            });
            assert_eq!(
                faults.is_empty(),
                is_fine,
                "{by} {was:?} {becomes:?}: {faults:?}"
            );
        }
    }

    #[test]
    fn the_last_owner_is_neither_lowered_nor_shut_out() {
        let last = Rise {
            by: 3,
            is_self: true,
            is_last_owner: true,
            was: Some(Role::Owner),
            becomes: Some(Role::Owner),
            is_disabled: false,
        };
        assert_eq!(said(last), []);
        let lowered = Rise {
            becomes: Some(Role::Admin),
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
        assert_eq!(said(out), [("disabled", "fault-disable-self")]);
    }
}
