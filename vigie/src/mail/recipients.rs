//! Who is told of an event, as one pure table (features F.3, N-02, N-08, N-17, N-21, X-21).
//!
//! - Whoever did it is never told, with two exceptions: a requester's own new ticket is
//!   acknowledged, unless a machine opened it; and whoever sent a letter of which only the head was taken, for its size, is
//!   told that the rest is missing, instead of an acknowledgement, unless a machine wrote it.
//! - Public events go to the requester and the invitees; words to one of the two to these alone; an
//!   internal note to neither.
//! - A changed property is told to agents, observers and followers only; a new requester gets the
//!   acknowledgement of what is now their ticket.
//! - Observers and followers hear of everything; what they may not read is not said to them when the
//!   mail leaves. Whoever was made an observer by somebody is told of it, and nobody else.
//! - That a ticket needs advice is told like an internal note, and to the mentors of whoever asks and of whoever is in
//!   charge, who stand among the watchers then; the advice, besides, to whoever asked.
//! - Agents of the department by their monitoring (N-20 to N-23): what they say of held tickets counts for what they
//!   hold (or held until this event), what they say of their categories for those they serve, what they say of any for
//!   the rest; whoever sees in the department what they hold alone is told of nothing else. Creation means
//!   creation and what is like it: a release makes the ticket free again (E-10), a transfer brings it
//!   to a department, a recall brings it back to the work to do, so does a reopening.
//! - Of a transfer, those where it was are told besides, as of anything else that happens to it: for them it is not new.
//! - Whoever suspended their monitoring hears of nothing by it. What concerns them in person (their own requests,
//!   invitations, mentions, tasks, what they observe or follow) comes all the same.
//! - An approval is asked of the requester whatever anybody prefers (N-17).
//!   Only they are reminded of it.
//! - Given out by the desk, a ticket is told to whoever was given it; everybody else hears of the deed by
//!   which it came, and they of both in one mail.
//! - An expiry is mailed to agents who want everything, and to nobody else; an archived ticket to nobody.
//! - A bounce, and whoever was let out, is told to nobody: the first could start a loop, the second
//!   may no longer see. Nor are links and tags: staff's own order, which changes nothing for anybody.
//! - A mailbox that a department has told hears at most what an agent would who wants everything, and of that what was said
//!   (features X-11).
//!
//! That everybody told may still see the ticket and these words is asked when the mail leaves
//! ([`super::send`]), through their own eyes.

pub mod mailbox;
mod purpose;

pub use purpose::Purpose;

use crate::departments::monitoring::levels::{Alert, Levels};
use crate::people::PersonId;
use crate::tickets::Audience;
use crate::tickets::history::EventKind;

/// An agent of the ticket's department, and what they want to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// Who.
    pub person: PersonId,
    /// How much they want to hear.
    pub levels: Levels,
    /// They see tickets there beside those they hold.
    pub looks: bool,
    /// They serve the ticket's category.
    pub serves: bool,
}

impl Monitor {
    /// What they hear of this ticket.
    fn alert(&self, holds: bool) -> Alert {
        match (holds, self.looks, self.serves) {
            (true, ..) => self.levels.held(),
            (false, false, _) => Alert::Never,
            (false, true, true) => self.levels.category(),
            (false, true, false) => self.levels.any(),
        }
    }
}

/// An event and who stands around it.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// What happened.
    pub kind: EventKind,
    /// Who may read of it.
    pub audience: Audience,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// Whom it concerned: who was let in or put in charge, or was in charge before.
    pub subject: Option<PersonId>,
    /// A machine wrote what caused it.
    pub is_automatic: bool,
    /// A letter caused it of which only the head came, for the rest was too large.
    pub is_left: bool,
    /// Who asked.
    pub requester: PersonId,
    /// Who is in charge.
    pub holder: Option<PersonId>,
    /// Who was let in.
    pub invitees: &'a [PersonId],
    /// Who observes or follows.
    pub watchers: &'a [PersonId],
    /// The agents of the department.
    pub monitors: &'a [Monitor],
    /// Those where it was until this event, a transfer.
    pub left: &'a [Monitor],
    /// Who of all of them suspended their monitoring.
    pub suspended: &'a [PersonId],
}

/// Everybody who is told, once each, with what for; in order of person.
pub fn who_is_told(occasion: &Occasion<'_>) -> Vec<(PersonId, Purpose)> {
    let mut told: std::collections::BTreeMap<PersonId, Purpose> = Default::default();
    match occasion.kind {
        EventKind::Bounced
        | EventKind::Reworded
        | EventKind::Redacted
        | EventKind::Uninvited
        | EventKind::ObserverRemoved
        | EventKind::AdviceEnded
        | EventKind::Archived
        | EventKind::NotGivenOut => return vec![],
        EventKind::GivenOut => {
            let given = |person: &PersonId| occasion.subject == Some(*person);
            let them = staff_told(occasion).into_iter().filter(given);
            told.extend(them.map(|person| (person, Purpose::Event)));
        }
        EventKind::ObserverAdded => {
            if let Some(observer) = occasion.subject {
                told.insert(observer, Purpose::Event);
            }
        }
        EventKind::Linked | EventKind::Unlinked | EventKind::Tagged | EventKind::Untagged => {
            return vec![];
        }
        EventKind::AssetLinked | EventKind::AssetUnlinked => return vec![],
        EventKind::TaskGiven => {
            if let Some(assignee) = occasion.subject {
                told.insert(assignee, Purpose::Event);
            }
        }
        // The merged ticket's own line tells it once.
        EventKind::TookIn | EventKind::GaveBack | EventKind::SplitOff => return vec![],
        kind if kind.is_beside() => return vec![],
        EventKind::ApprovalReminded => {
            told.insert(occasion.requester, Purpose::ApprovalRequest);
        }
        EventKind::Invited => {
            if let Some(invitee) = occasion.subject {
                told.insert(invitee, Purpose::Invitation);
            }
        }
        _ => {
            for person in staff_told(occasion) {
                told.insert(person, Purpose::Event);
            }
            if occasion.kind != EventKind::Expired {
                told.extend(occasion.watchers.iter().map(|p| (*p, Purpose::Event)));
            }
            if occasion.kind == EventKind::Advised {
                told.extend(occasion.subject.map(|asker| (asker, Purpose::Event)));
            }
            let is_of_staff = matches!(
                occasion.kind,
                EventKind::SubjectChanged
                    | EventKind::PriorityChanged
                    | EventKind::RequesterChanged
                    | EventKind::OriginChanged
                    | EventKind::VisibilityChanged
                    | EventKind::AdviceAsked
                    | EventKind::Advised
                    | EventKind::Expired
            );
            if occasion.kind == EventKind::RequesterChanged {
                told.insert(occasion.requester, Purpose::Acknowledgement);
            }
            let reaches = |besides: Audience| {
                !is_of_staff
                    && (occasion.audience == Audience::Public || occasion.audience == besides)
            };
            if reaches(Audience::Invitees) {
                for person in occasion.invitees {
                    told.insert(*person, Purpose::Event);
                }
            }
            if reaches(Audience::Requester) {
                told.insert(occasion.requester, to_requester(occasion.kind));
            }
        }
    }
    if let Some(actor) = occasion.actor {
        told.remove(&actor);
    }
    let is_own_request =
        occasion.kind == EventKind::Created && occasion.actor == Some(occasion.requester);
    if is_own_request {
        told.insert(occasion.requester, Purpose::Acknowledgement);
    }
    if occasion.is_automatic && occasion.kind == EventKind::Created {
        told.remove(&occasion.requester);
    }
    let is_by_letter = matches!(
        occasion.kind,
        EventKind::Created | EventKind::Replied | EventKind::Noted
    );
    if occasion.is_left
        && is_by_letter
        && !occasion.is_automatic
        && let Some(actor) = occasion.actor
    {
        told.insert(actor, Purpose::TooLarge);
    }
    told.into_iter().collect()
}

fn to_requester(kind: EventKind) -> Purpose {
    match kind {
        EventKind::Created => Purpose::Acknowledgement,
        EventKind::Closed => Purpose::ApprovalRequest,
        _ => Purpose::Event,
    }
}

/// Whether it makes a ticket new to its department, or free again.
fn is_like_creation(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Created
            | EventKind::GivenOut
            | EventKind::Released
            | EventKind::Transferred
            | EventKind::Recalled
            | EventKind::Reopened
    )
}

/// Whom monitoring tells.
fn staff_told(occasion: &Occasion<'_>) -> Vec<PersonId> {
    // Whoever was just put in charge, or was until now, holds it as far as this event goes.
    let moves_holder = matches!(
        occasion.kind,
        EventKind::Assigned
            | EventKind::GivenOut
            | EventKind::TakenOver
            | EventKind::Released
            | EventKind::Transferred
    );
    let holds = |person: PersonId| {
        occasion.holder == Some(person) || (moves_holder && occasion.subject == Some(person))
    };
    let here = occasion.monitors.iter();
    let here = here.map(|monitor| (monitor, is_like_creation(occasion.kind)));
    let all = here.chain(occasion.left.iter().map(|monitor| (monitor, false)));
    let mut told = Vec::new();
    for (monitor, is_new) in all {
        let wants = match monitor.alert(holds(monitor.person)) {
            Alert::Never => false,
            Alert::Creation => is_new,
            Alert::Always => true,
        };
        if wants {
            told.push(monitor.person);
        }
    }
    // A holder from outside the department (an administrator) has no monitoring of it; what they
    // hold concerns them all the same.
    let outsiders = [occasion.holder, occasion.subject.filter(|_| moves_holder)];
    for person in outsiders.into_iter().flatten() {
        let mut monitors = occasion.monitors.iter().chain(occasion.left);
        if !monitors.any(|m| m.person == person) {
            told.push(person);
        }
    }
    told.retain(|person| !occasion.suspended.contains(person));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::departments::monitoring::levels::Level;
    use EventKind::*;

    const REQUESTER: PersonId = PersonId(1);
    const HOLDER: PersonId = PersonId(2);
    const COLLEAGUE: PersonId = PersonId(3);
    const EAGER: PersonId = PersonId(4);
    const DEAF: PersonId = PersonId(5);
    const INVITEE: PersonId = PersonId(6);
    const OUTSIDER: PersonId = PersonId(7);

    fn monitors() -> &'static [Monitor] {
        const fn monitor(person: PersonId, level: Level) -> Monitor {
            let Some(levels) = level.levels() else {
                panic!("it has a name");
            };
            Monitor {
                person,
                levels,
                looks: true,
                serves: true,
            }
        }
        const MONITORS: &[Monitor] = &[
            monitor(HOLDER, Level::Medium),
            monitor(COLLEAGUE, Level::Medium),
            monitor(EAGER, Level::Complete),
            monitor(DEAF, Level::None),
        ];
        MONITORS
    }

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
            invitees: &[INVITEE],
            watchers: &[],
            monitors: monitors(),
            left: &[],
            suspended: &[],
        }
    }

    fn told(occasion: &Occasion<'_>) -> String {
        let names = [
            "",
            "requester",
            "holder",
            "colleague",
            "eager",
            "deaf",
            "invitee",
            "outsider",
        ];
        who_is_told(occasion)
            .into_iter()
            .map(|(person, purpose)| match purpose {
                Purpose::Event => names[person.0 as usize].to_owned(),
                other => format!("{}:{}", names[person.0 as usize], other.word()),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn every_kind_of_event_tells_those_the_table_names() {
        let table: &[(EventKind, Option<PersonId>, &str)] = &[
            (
                Created,
                Some(REQUESTER),
                "requester:acknowledgement holder colleague eager invitee",
            ),
            (
                Created,
                Some(COLLEAGUE),
                "requester:acknowledgement holder eager invitee",
            ),
            (Taken, Some(HOLDER), "requester eager invitee"),
            (TakenOver, Some(HOLDER), "requester eager invitee"),
            (GivenOut, None, ""),
            (NotGivenOut, None, ""),
            (Released, Some(HOLDER), "requester colleague eager invitee"),
            (Replied, Some(HOLDER), "requester eager invitee"),
            (Replied, Some(REQUESTER), "holder eager invitee"),
            (Replied, Some(INVITEE), "requester holder eager"),
            (Asked, Some(HOLDER), "requester eager invitee"),
            (Assigned, Some(COLLEAGUE), "requester holder eager invitee"),
            (
                Closed,
                Some(HOLDER),
                "requester:approval_request eager invitee",
            ),
            (Closed, Some(REQUESTER), "holder eager invitee"),
            (Approved, Some(REQUESTER), "holder eager invitee"),
            (ClosureRefused, Some(REQUESTER), "holder eager invitee"),
            (Reopened, Some(REQUESTER), "holder colleague eager invitee"),
            (Refused, Some(HOLDER), "requester eager invitee"),
            (Cancelled, Some(REQUESTER), "holder eager invitee"),
            (Expired, None, "holder eager"),
            (ApprovalReminded, None, "requester:approval_request"),
            (Archived, None, ""),
            (Postponed, Some(HOLDER), "requester eager invitee"),
            (Recalled, None, "requester holder colleague eager invitee"),
            (
                Transferred,
                Some(HOLDER),
                "requester colleague eager invitee",
            ),
            (Invited, Some(HOLDER), ""),
            (Uninvited, Some(HOLDER), ""),
            (SubjectChanged, Some(REQUESTER), "holder eager"),
            (PriorityChanged, Some(HOLDER), "eager"),
            (
                RequesterChanged,
                Some(HOLDER),
                "requester:acknowledgement eager",
            ),
            (OriginChanged, Some(COLLEAGUE), "holder eager"),
            (VisibilityChanged, Some(REQUESTER), "holder eager"),
            (AttachmentDeleted, Some(HOLDER), "requester eager invitee"),
            (ObserverAdded, Some(HOLDER), ""),
            (ObserverRemoved, Some(HOLDER), ""),
            (AdviceAsked, Some(HOLDER), "eager"),
            (Advised, Some(COLLEAGUE), "holder eager"),
            (AdviceEnded, Some(HOLDER), ""),
            (Linked, Some(COLLEAGUE), ""),
            (Unlinked, Some(COLLEAGUE), ""),
            (AssetLinked, Some(COLLEAGUE), ""),
            (AssetUnlinked, Some(COLLEAGUE), ""),
            (Tagged, Some(COLLEAGUE), ""),
            (Reworded, Some(HOLDER), ""),
            (Redacted, Some(COLLEAGUE), ""),
            (Untagged, Some(COLLEAGUE), ""),
            (Bounced, None, ""),
            (Merged, Some(COLLEAGUE), "requester holder eager invitee"),
            (Unmerged, Some(COLLEAGUE), "requester holder eager invitee"),
            (TookIn, Some(COLLEAGUE), ""),
            (GaveBack, Some(COLLEAGUE), ""),
            (SplitOff, Some(COLLEAGUE), ""),
            (FollowedUp, Some(COLLEAGUE), ""),
            (TaskAdded, Some(HOLDER), ""),
            (TaskGiven, Some(HOLDER), ""),
            (TaskChanged, Some(HOLDER), ""),
            (TaskDone, Some(HOLDER), ""),
            (TaskUndone, Some(HOLDER), ""),
            (TaskRemoved, Some(HOLDER), ""),
            (TimeSpent, Some(HOLDER), ""),
            (TimeRemoved, Some(HOLDER), ""),
        ];
        for (kind, actor, expected) in table {
            assert_eq!(
                told(&occasion(*kind, *actor)),
                *expected,
                "{kind:?} by {actor:?}"
            );
        }
        for kind in EventKind::ALL {
            let named = table.iter().any(|(k, ..)| k == kind) || *kind == Noted;
            assert!(named, "{kind:?} stands in no row");
        }
    }

    #[test]
    fn a_note_goes_to_staff_only() {
        let note = Occasion {
            audience: Audience::Staff,
            ..occasion(Noted, Some(COLLEAGUE))
        };
        assert_eq!(told(&note), "holder eager");
    }

    #[test]
    fn words_to_the_requester_do_not_reach_the_invitees_nor_the_other_way_round() {
        for (audience, expected) in [
            (Audience::Requester, "requester eager"),
            (Audience::Invitees, "eager invitee"),
        ] {
            let written = Occasion {
                audience,
                ..occasion(Replied, Some(HOLDER))
            };
            assert_eq!(told(&written), expected);
        }
    }

    #[test]
    fn whoever_did_it_is_never_told() {
        for kind in EventKind::ALL {
            for actor in [REQUESTER, HOLDER, COLLEAGUE, EAGER, INVITEE] {
                let told = who_is_told(&occasion(*kind, Some(actor)));
                let own = told.iter().find(|(person, _)| *person == actor);
                let is_acknowledged = *kind == Created && actor == REQUESTER;
                assert_eq!(own.is_some(), is_acknowledged, "{kind:?} by {actor:?}");
            }
        }
    }

    #[test]
    fn a_machine_is_not_acknowledged_but_staff_are_told() {
        let created = Occasion {
            is_automatic: true,
            is_left: false,
            ..occasion(Created, Some(REQUESTER))
        };
        assert_eq!(told(&created), "holder colleague eager invitee");
    }

    #[test]
    fn whoever_is_let_in_is_invited_and_nobody_else_is_told() {
        let invited = Occasion {
            subject: Some(INVITEE),
            ..occasion(Invited, Some(HOLDER))
        };
        assert_eq!(told(&invited), "invitee:invitation");
    }

    #[test]
    fn a_task_is_told_to_whoever_it_was_given_to_and_to_nobody_else() {
        for assignee in [HOLDER, DEAF, OUTSIDER] {
            let given = Occasion {
                audience: Audience::Staff,
                subject: Some(assignee),
                ..occasion(TaskGiven, Some(COLLEAGUE))
            };
            assert_eq!(who_is_told(&given), [(assignee, Purpose::Event)]);
        }
    }

    #[test]
    fn whoever_is_made_an_observer_is_told_and_then_hears_of_everything() {
        let added = Occasion {
            subject: Some(OUTSIDER),
            watchers: &[OUTSIDER],
            ..occasion(ObserverAdded, Some(HOLDER))
        };
        assert_eq!(told(&added), "outsider");
        let note = Occasion {
            audience: Audience::Staff,
            watchers: &[OUTSIDER],
            ..occasion(Noted, Some(HOLDER))
        };
        assert_eq!(told(&note), "eager outsider");
        let own = Occasion {
            watchers: &[OUTSIDER],
            ..occasion(Replied, Some(OUTSIDER))
        };
        assert_eq!(told(&own), "requester holder eager invitee");
    }

    #[test]
    fn whoever_asked_for_advice_is_told_of_it_once() {
        for (asker, expected) in [(DEAF, "holder eager deaf"), (HOLDER, "holder eager")] {
            let advised = Occasion {
                audience: Audience::Staff,
                subject: Some(asker),
                ..occasion(Advised, Some(COLLEAGUE))
            };
            assert_eq!(told(&advised), expected);
        }
    }

    #[test]
    fn a_holder_from_outside_the_department_hears_of_what_they_hold() {
        let replied = Occasion {
            holder: Some(OUTSIDER),
            ..occasion(Replied, Some(REQUESTER))
        };
        assert_eq!(told(&replied), "eager invitee outsider");
    }

    #[test]
    fn whoever_lost_a_ticket_to_somebody_is_told() {
        let taken_over = Occasion {
            holder: Some(COLLEAGUE),
            subject: Some(HOLDER),
            ..occasion(TakenOver, Some(COLLEAGUE))
        };
        assert_eq!(told(&taken_over), "requester holder eager invitee");
    }

    #[test]
    fn what_the_desk_gives_out_is_told_to_whoever_is_given_it() {
        for (person, expected) in [
            (HOLDER, "holder"),
            (EAGER, "eager"),
            (OUTSIDER, "outsider"),
            (DEAF, ""),
        ] {
            let given = Occasion {
                holder: Some(person),
                subject: Some(person),
                ..occasion(GivenOut, None)
            };
            assert_eq!(told(&given), expected);
        }
    }

    #[test]
    fn a_deaf_holder_hears_nothing() {
        let replied = Occasion {
            holder: Some(DEAF),
            ..occasion(Replied, Some(REQUESTER))
        };
        assert_eq!(told(&replied), "eager invitee");
    }
}
