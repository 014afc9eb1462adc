//! Who hears of what by monitoring: every triple against every event, from the table of recipients itself.

use vigie::departments::monitoring::levels::{Alert, Level, Levels};
use vigie::mail::recipients::{Monitor, Occasion, Purpose, who_is_told};
use vigie::people::PersonId;
use vigie::tickets::Audience;
use vigie::tickets::history::EventKind;

/// What an event is to monitoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// The ticket is new, or free again: told from `creation` on.
    Creation,
    /// Told from `always` on.
    Action,
    /// Told to whoever it was given to alone, as of something new.
    WhoeverIsGivenIt,
    /// Monitoring tells nobody.
    Nobody,
}

/// The catalogue of mails (features F.3), event by event; a new one is to be placed here.
fn to_monitoring(kind: EventKind) -> To {
    use EventKind::*;
    match kind {
        // création, ré-ouverture, transfert, libération, rappel
        Created | Reopened | Transferred | Released | Recalled => To::Creation,
        // prise en charge, assignation, information, demande, gel
        Taken | TakenOver | Assigned | Replied | Noted | Asked | Postponed | AdviceAsked
        | Advised => To::Action,
        // clôture, approbation, refus de clôture, expiration, refus, annulation
        Closed | Approved | ClosureRefused | Expired | Refused | Cancelled => To::Action,
        // suppression de pièce jointe, alerte
        AttachmentDeleted | SubjectChanged | PriorityChanged | RequesterChanged | OriginChanged
        | VisibilityChanged | Merged | Unmerged => To::Action,
        GivenOut => To::WhoeverIsGivenIt,
        // Theirs alone: the invitation, what is asked of the requester, tasks.
        Invited | Uninvited | AdviceEnded | ObserverAdded | ObserverRemoved | ApprovalReminded
        | TaskGiven => To::Nobody,
        NotGivenOut | Archived | Linked | Unlinked | AssetLinked | AssetUnlinked | Tagged
        | Untagged | Reworded | Redacted | Bounced | TookIn | GaveBack | SplitOff | FollowedUp
        | TaskAdded | TaskChanged | TaskDone | TaskUndone | TaskRemoved | TimeSpent
        | TimeRemoved => To::Nobody,
    }
}

const AGENT: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);
const REQUESTER: PersonId = PersonId(3);

fn occasion<'a>(kind: EventKind, monitors: &'a [Monitor]) -> Occasion<'a> {
    Occasion {
        kind,
        audience: Audience::Staff,
        actor: Some(OTHER),
        subject: None,
        is_automatic: false,
        is_left: false,
        requester: REQUESTER,
        holder: None,
        invitees: &[],
        watchers: &[],
        monitors,
        left: &[],
        suspended: &[],
    }
}

fn hears(occasion: &Occasion<'_>) -> bool {
    let told = who_is_told(occasion);
    assert!(told.iter().filter(|(person, _)| *person == AGENT).count() <= 1);
    told.contains(&(AGENT, Purpose::Event))
}

/// Every triple there is, sensible or not.
fn triples() -> impl Iterator<Item = (Alert, Alert, Alert)> {
    let each = || Alert::ALL.iter().copied();
    each().flat_map(move |any| {
        each().flat_map(move |category| each().map(move |held| (any, category, held)))
    })
}

#[test]
fn every_triple_tells_of_every_event_what_its_matrix_says() {
    let mut asked = 0;
    for (any, category, held) in triples() {
        let levels = Levels::raised(any, category, held);
        for kind in EventKind::ALL.iter().copied() {
            // What counts: any ticket, one of a category of theirs, one they hold.
            let places = [
                (false, false, any),
                (true, false, any.max(category)),
                (false, true, any.max(category).max(held)),
                (true, true, any.max(category).max(held)),
            ];
            for (serves, holds, said) in places {
                let monitors = [Monitor {
                    person: AGENT,
                    levels,
                    looks: true,
                    serves,
                }];
                let happened = Occasion {
                    holder: holds.then_some(AGENT),
                    subject: (holds && kind == EventKind::GivenOut).then_some(AGENT),
                    ..occasion(kind, &monitors)
                };
                let expected = match (to_monitoring(kind), said) {
                    (To::Nobody, _) | (_, Alert::Never) => false,
                    (To::Creation, _) => true,
                    (To::Action, said) => said == Alert::Always,
                    (To::WhoeverIsGivenIt, _) => holds,
                };
                assert_eq!(
                    hears(&happened),
                    expected,
                    "{kind:?} {levels:?} serves {serves} holds {holds}"
                );
                // Whoever does it never hears of it; nor does whoever suspended all.
                let own = Occasion {
                    actor: Some(AGENT),
                    ..happened
                };
                assert!(!hears(&own), "{kind:?} {levels:?}");
                let suspended = Occasion {
                    suspended: &[AGENT],
                    ..happened
                };
                assert!(!hears(&suspended), "{kind:?} {levels:?}");
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 27 * 4 * EventKind::ALL.len());
}

#[test]
fn whoever_sees_there_what_they_hold_alone_hears_of_nothing_else() {
    let levels = Level::Complete.levels().unwrap();
    let monitors = [Monitor {
        person: AGENT,
        levels,
        looks: false,
        serves: true,
    }];
    for kind in EventKind::ALL.iter().copied() {
        assert!(!hears(&occasion(kind, &monitors)), "{kind:?}");
    }
    let held = Occasion {
        holder: Some(AGENT),
        ..occasion(EventKind::Replied, &monitors)
    };
    assert!(hears(&held));
}

#[test]
fn of_a_transfer_those_where_it_was_and_its_former_holder_hear_what_is_no_creation_to_them() {
    for (any, category, held) in triples() {
        let levels = Levels::raised(any, category, held);
        let left = [Monitor {
            person: AGENT,
            levels,
            looks: true,
            serves: true,
        }];
        let moved = Occasion {
            left: &left,
            ..occasion(EventKind::Transferred, &[])
        };
        assert_eq!(
            hears(&moved),
            levels.category() == Alert::Always,
            "{levels:?}"
        );
        let lost = Occasion {
            subject: Some(AGENT),
            ..moved
        };
        assert_eq!(hears(&lost), levels.held() == Alert::Always, "{levels:?}");
        // Who works in both places hears once, as the louder of the two says.
        let here = [Monitor {
            levels: Levels::USUAL,
            ..left[0]
        }];
        let both = Occasion {
            monitors: &here,
            ..moved
        };
        assert!(hears(&both));
    }
    let outsider = Occasion {
        subject: Some(AGENT),
        ..occasion(EventKind::Transferred, &[])
    };
    assert!(hears(&outsider), "an administrator who held it");
    let suspended = Occasion {
        suspended: &[AGENT],
        ..outsider
    };
    assert!(!hears(&suspended));
}

#[test]
fn what_concerns_somebody_in_person_comes_though_they_suspended_all() {
    let invited = Occasion {
        subject: Some(AGENT),
        suspended: &[AGENT],
        ..occasion(EventKind::Invited, &[])
    };
    assert_eq!(who_is_told(&invited), [(AGENT, Purpose::Invitation)]);
    let asked = Occasion {
        audience: Audience::Public,
        requester: AGENT,
        suspended: &[AGENT],
        ..occasion(EventKind::Closed, &[])
    };
    assert_eq!(who_is_told(&asked), [(AGENT, Purpose::ApprovalRequest)]);
    let task = Occasion {
        subject: Some(AGENT),
        suspended: &[AGENT],
        ..occasion(EventKind::TaskGiven, &[])
    };
    assert_eq!(who_is_told(&task), [(AGENT, Purpose::Event)]);
    let watched = Occasion {
        watchers: &[AGENT],
        suspended: &[AGENT],
        ..occasion(EventKind::Replied, &[])
    };
    assert!(hears(&watched));
}
