//! Of what a monitoring mailbox hears, as one pure table (features X-11; decision 0069).

use super::{Monitor, Occasion, is_like_creation, who_is_told};
use crate::departments::monitoring::levels::Level;
use crate::departments::monitoring_mailbox::Alert;
use crate::people::PersonId;
use crate::tickets::history::EventKind;

/// Whether a monitoring mailbox hears of it. It hears of nothing that an agent who wants everything does not; whose turn it
/// is counts by who is in charge now. Where a ticket was until this event, it is not new.
pub fn is_told(alert: Alert, occasion: &Occasion<'_>, is_left: bool) -> bool {
    let Some(levels) = Level::Complete.levels() else {
        return false;
    };
    let eager = Monitor {
        person: PersonId(0),
        levels,
        looks: true,
        serves: true,
    };
    let told = who_is_told(&Occasion {
        monitors: &[eager],
        left: &[],
        suspended: &[],
        ..*occasion
    });
    if !told.iter().any(|(person, _)| *person == eager.person) {
        return false;
    }
    let is_like_creation = !is_left && is_like_creation(occasion.kind);
    match alert {
        Alert::Never => false,
        Alert::Creation => occasion.kind == EventKind::Created,
        Alert::Release => is_like_creation,
        Alert::WhileFree => is_like_creation || occasion.holder.is_none(),
        Alert::Always => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::Audience;
    use EventKind::*;

    const REQUESTER: PersonId = PersonId(1);
    const HOLDER: PersonId = PersonId(2);

    fn occasion(kind: EventKind, actor: Option<PersonId>) -> Occasion<'static> {
        Occasion {
            kind,
            audience: Audience::Public,
            actor,
            subject: None,
            is_automatic: false,
            is_left: false,
            requester: REQUESTER,
            holder: Some(HOLDER),
            invitees: &[],
            watchers: &[],
            monitors: &[],
            left: &[],
            suspended: &[],
        }
    }

    #[test]
    fn a_mailbox_hears_as_much_as_was_said_and_nothing_that_is_told_to_one_person() {
        let kinds = [
            Created,
            Taken,
            Replied,
            Noted,
            Released,
            Transferred,
            Recalled,
            Reopened,
            Closed,
            Expired,
            GivenOut,
            Invited,
            TaskGiven,
            ApprovalReminded,
            Bounced,
            Tagged,
            Archived,
        ];
        let told = |alert, holder| {
            let hears = |kind: &EventKind| {
                let occasion = Occasion {
                    holder,
                    ..occasion(*kind, Some(HOLDER))
                };
                is_told(alert, &occasion, false)
            };
            let heard = kinds.iter().filter(|kind| hears(kind));
            heard.map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
        };
        let table = [
            (Alert::Never, "", ""),
            (Alert::Creation, "created", "created"),
            (
                Alert::Release,
                "created released transferred recalled reopened",
                "created released transferred recalled reopened",
            ),
            (
                Alert::WhileFree,
                "created released transferred recalled reopened",
                "created taken replied noted released transferred recalled reopened closed expired",
            ),
            (
                Alert::Always,
                "created taken replied noted released transferred recalled reopened closed expired",
                "created taken replied noted released transferred recalled reopened closed expired",
            ),
        ];
        for (alert, held, free) in table {
            assert_eq!(told(alert, Some(HOLDER)), held, "held: {}", alert.word());
            assert_eq!(told(alert, None), free, "free: {}", alert.word());
        }
        let left = occasion(Transferred, Some(HOLDER));
        let hears = |alert| is_told(alert, &left, true);
        assert!(
            !hears(Alert::Release) && hears(Alert::Always),
            "where it was, it is not new"
        );
    }
}
