//! The whole life of a ticket as one file that people read: state × deed × who does it → where it
//! leads, or what stands in the way, and who is mailed. Made from the rights, the state machine and
//! the table of recipients themselves.

use std::collections::BTreeMap;
use std::fmt::Write;

use kit::authz::{Actor, Judged};
use kit::clock::Moment;
use vigie::departments::monitoring::levels::Level as Hears;
use vigie::departments::{CategoryId, DepartmentId};
use vigie::mail::recipients::{Monitor, Occasion, Purpose, who_is_told};
use vigie::people::PersonId;
use vigie::policy::{self, AgentScope, Level, Privilege, Role};
use vigie::tickets::history::EventKind;
use vigie::tickets::machine::{Deed, State, next};
use vigie::tickets::{Audience, Hat, Origin, Ticket, TicketId};

use crate::house::tree;

const REQUESTER: PersonId = PersonId(1);
const INVITEE: PersonId = PersonId(2);
const HOLDER: PersonId = PersonId(3);
const COLLEAGUE: PersonId = PersonId(4);
const POWERLESS: PersonId = PersonId(5);
const ONLOOKER: PersonId = PersonId(6);
const OUTSIDER: PersonId = PersonId(7);
const ADMIN: PersonId = PersonId(8);
const DESK: PersonId = PersonId(0);

/// Who they are, in the order of the file.
const CAST: &[(PersonId, &str, &str)] = &[
    (REQUESTER, "requester", "asked for it, in the portal"),
    (INVITEE, "invitee", "let in, in the portal"),
    (
        HOLDER,
        "holder",
        "an agent in charge of it, member of its department with the usual privileges",
    ),
    (
        COLLEAGUE,
        "colleague",
        "another member with the usual privileges, who is told of what is new",
    ),
    (
        POWERLESS,
        "powerless",
        "a member who handles tickets without any privilege, and is told of everything",
    ),
    (
        ONLOOKER,
        "onlooker",
        "a member who may only look, and is told of nothing",
    ),
    (
        OUTSIDER,
        "outsider",
        "an agent who sees every ticket and belongs to another department",
    ),
    (ADMIN, "admin", "an administrator"),
    (DESK, "desk", "time itself (timers.rs)"),
];

fn name(person: PersonId) -> &'static str {
    CAST.iter()
        .find(|(id, ..)| *id == person)
        .map_or("?", |(_, name, _)| *name)
}

fn actor(person: PersonId) -> Actor {
    let staff = |role, scope| policy::actor(person.0, Some((role, scope)));
    match person {
        REQUESTER | INVITEE => policy::actor(person.0, None),
        ONLOOKER => staff(Role::Viewer, AgentScope::Group),
        OUTSIDER => staff(Role::Agent, AgentScope::Global),
        ADMIN => staff(Role::Admin, AgentScope::Global),
        DESK => policy::desk(),
        _ => staff(Role::Agent, AgentScope::Group),
    }
}

/// The ticket as this person's query would find it. A free one is nobody's; all others are held.
fn seen_by(person: PersonId, state: State) -> Ticket {
    let (level, privileges) = match person {
        HOLDER | COLLEAGUE => (
            Some(Level::Edit),
            Some(Privilege::store(Privilege::FACTORY)),
        ),
        POWERLESS => (Some(Level::Edit), Some(String::new())),
        ONLOOKER => (
            Some(Level::View),
            Some(Privilege::store(Privilege::FACTORY)),
        ),
        _ => (None, None),
    };
    Ticket {
        id: TicketId(1),
        subject: String::new(),
        state,
        department_id: DepartmentId(1),
        category_id: CategoryId(1),
        requester_id: REQUESTER,
        author_id: REQUESTER,
        assignee_id: (state != State::Free).then_some(HOLDER),
        priority: 3,
        visibility: vigie::tickets::Visibility::Private,
        origin: Origin::Portal,
        comment_count: 1,
        last_actor_id: None,
        last_side: Hat::Requester,
        created_at: Moment(0),
        updated_at: Moment(0),
        closed_at: None,
        recall_at: None,
        left_as: None,
        is_reminded: false,
        is_reopening_over: false,
        entry_id: None,
        confidential_id: None,
        is_anonymous: false,
        names_agents: true,
        version: 1,
        is_served: true,
        my_level: level,
        my_takes: level.is_some_and(Level::takes),
        my_privileges: privileges,
        am_invitee: person == INVITEE,
        am_observer: false,
        advice_asker_id: None,
    }
}

/// What a deed writes into history; the deeds that have a verb.
fn line_of(deed: Deed) -> Option<EventKind> {
    Some(match deed {
        Deed::Take => EventKind::Taken,
        Deed::TakeAndClose | Deed::Close => EventKind::Closed,
        Deed::TakeAndAsk | Deed::Ask => EventKind::Asked,
        Deed::AutoAssign => EventKind::GivenOut,
        Deed::Assign => EventKind::Assigned,
        Deed::Release => EventKind::Released,
        Deed::Reply => EventKind::Replied,
        Deed::Note => EventKind::Noted,
        Deed::Postpone => EventKind::Postponed,
        Deed::Recall => EventKind::Recalled,
        Deed::Approve => EventKind::Approved,
        Deed::RefuseClosure => EventKind::ClosureRefused,
        Deed::Expire => EventKind::Expired,
        Deed::Refuse => EventKind::Refused,
        Deed::Cancel => EventKind::Cancelled,
        Deed::Reopen => EventKind::Reopened,
        Deed::Transfer => EventKind::Transferred,
        Deed::Archive => EventKind::Archived,
        _ => return None,
    })
}

/// Who is in charge once the deed is done. Assigned or given out, it goes to the colleague; transferred, to where
/// its holder handles tickets too.
fn holder_after(deed: Deed, ticket: &Ticket, doer: PersonId) -> Option<PersonId> {
    match deed {
        Deed::Take | Deed::TakeAndClose | Deed::TakeAndAsk => Some(doer),
        Deed::AutoAssign | Deed::Assign => Some(COLLEAGUE),
        Deed::Release => None,
        _ => ticket.assignee_id,
    }
}

fn mails(deed: Deed, kind: EventKind, ticket: &Ticket, doer: PersonId) -> String {
    let monitor = |person, hears: Hears| Monitor {
        person,
        levels: hears.levels().expect("none of them is custom"),
        looks: true,
        serves: true,
    };
    let monitors = [
        monitor(HOLDER, Hears::Medium),
        monitor(COLLEAGUE, Hears::Medium),
        monitor(POWERLESS, Hears::Complete),
        monitor(ONLOOKER, Hears::None),
    ];
    let moves_holder = matches!(deed, Deed::Take | Deed::Assign | Deed::Release);
    let told = who_is_told(&Occasion {
        kind,
        audience: if kind == EventKind::Noted {
            Audience::Staff
        } else {
            Audience::Public
        },
        actor: (doer != DESK).then_some(doer),
        subject: match deed {
            Deed::AutoAssign => Some(COLLEAGUE),
            _ => ticket.assignee_id.filter(|_| moves_holder),
        },
        is_automatic: false,
        is_left: false,
        requester: REQUESTER,
        holder: holder_after(deed, ticket, doer),
        invitees: &[INVITEE],
        watchers: &[],
        monitors: &monitors,
        left: &[],
        suspended: &[],
    });
    let told: Vec<String> = told
        .into_iter()
        .map(|(person, purpose)| match purpose {
            Purpose::Event => name(person).to_owned(),
            other => format!("{} ({})", name(person), other.word()),
        })
        .collect();
    if told.is_empty() {
        "nobody".to_owned()
    } else {
        told.join(", ")
    }
}

/// What comes of it, in words that whoever gets the same shares.
fn outcome(state: State, deed: Deed, kind: EventKind, doer: PersonId) -> String {
    let (ticket, actor) = (seen_by(doer, state), actor(doer));
    if let Err(because) = ticket.judge(&actor, deed.word()) {
        return format!("- {}", because.0);
    }
    let kind = match (kind, ticket.assignee_id) {
        (EventKind::Taken, Some(_)) => EventKind::TakenOver,
        (kind, _) => kind,
    };
    let mut at = ticket.situation(&actor);
    at.has_holder = deed == Deed::Release || holder_after(deed, &ticket, doer).is_some();
    let after = next(state, deed, at).map_or("?", State::word);
    format!("{after}; mails {}", mails(deed, kind, &ticket, doer))
}

#[test]
fn the_life_of_a_ticket_is_the_reviewed_one() {
    let mut out = String::from(
        "state × deed → what comes of it, by whom; \"-\" is a refusal, with the right or rule that is missing.\n\
         A free ticket is nobody's, every other one is held. Deeds nobody may do in a state for the same\n\
         reason of state (rule-state) are left out there.\n\n",
    );
    for (_, name, who) in CAST {
        let _ = writeln!(out, "  {name:<10} {who}");
    }
    for state in State::ALL {
        let _ = writeln!(out, "\n{}", state.word());
        for deed in Deed::ALL {
            let Some(kind) = line_of(*deed) else { continue };
            let mut by_outcome: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            let mut order = vec![];
            for (person, name, _) in CAST {
                let outcome = outcome(*state, *deed, kind, *person);
                assert!(
                    !outcome.starts_with('?'),
                    "{state:?} {deed:?} {name}: allowed, and leads nowhere"
                );
                if !order.contains(&outcome) {
                    order.push(outcome.clone());
                }
                by_outcome.entry(outcome).or_default().push(name);
            }
            if order.iter().all(|outcome| outcome.starts_with('-')) {
                continue;
            }
            let _ = writeln!(out, "  {}", deed.word());
            order.sort_by_key(|outcome| outcome.starts_with('-'));
            for outcome in order {
                let _ = writeln!(
                    out,
                    "    {:<60} {}",
                    outcome,
                    by_outcome[&outcome].join(", ")
                );
            }
        }
    }
    tree::expect("ticket_life.txt", &out);
}

/// Features F.2: each privilege lets its holder do its own deed, and no other of these.
#[test]
fn each_privilege_of_tickets_alone_lets_one_do_its_own_deed() {
    // Where somebody stands who could do it: as a colleague, or holding it.
    let deeds = [
        (
            Privilege::TakeFreeTicket,
            Deed::Take,
            State::Free,
            COLLEAGUE,
        ),
        (
            Privilege::TakeAssignedTicket,
            Deed::Take,
            State::InProgress,
            COLLEAGUE,
        ),
        (
            Privilege::AssignTicket,
            Deed::Assign,
            State::InProgress,
            COLLEAGUE,
        ),
        (
            Privilege::RefuseTicket,
            Deed::Refuse,
            State::InProgress,
            HOLDER,
        ),
        (
            Privilege::ReopenAnyTicket,
            Deed::Reopen,
            State::Approved,
            COLLEAGUE,
        ),
    ];
    for (given, ..) in deeds {
        for (privilege, deed, state, who) in deeds {
            let mut ticket = seen_by(who, state);
            ticket.my_privileges = Some(Privilege::store(&[given]));
            let may = ticket.allows(&actor(who), deed);
            assert_eq!(
                may,
                given == privilege,
                "{given:?} alone, {deed:?} of a ticket that is {state:?}"
            );
        }
    }
}
