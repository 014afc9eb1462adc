//! The demonstration desk is the one the design pages promise.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use demo::desk::{Desk, Language, Level, Notable, Privilege, Role, Scope};
use demo::ticket::{Actor, Deed, Origin, State};

/// 2026-11-23T13:10:00Z, a Monday.
const NOW: i64 = 1_795_439_400_000_000;
const SEED: u64 = 20_261_123;

fn desk() -> Desk {
    demo::desk(SEED, NOW)
}

fn digest(desk: &Desk) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{desk:?}").hash(&mut hasher);
    hasher.finish()
}

#[test]
fn the_trouble_that_is_shown_to_everybody_is_there_and_open() {
    let desk = demo::desk(20_261_123, 1_795_439_400_000_000);
    let shown = desk.tickets.iter().find(|t| t.subject == demo::SHOWN);
    assert!(shown.expect("it is there").state.is_open());
}

#[test]
fn the_same_seed_and_instant_give_the_same_bytes_and_others_do_not() {
    assert_eq!(digest(&desk()), digest(&desk()));
    assert_ne!(digest(&desk()), digest(&demo::desk(SEED + 1, NOW)));
    assert_ne!(
        digest(&desk()),
        digest(&demo::desk(SEED, NOW + 86_400_000_000))
    );
}

#[test]
fn there_are_six_departments_twenty_three_agents_four_hundred_people_and_twelve_hundred_tickets() {
    let desk = desk();
    assert_eq!(desk.departments.len(), 6);
    assert_eq!(desk.agents.len(), 23);
    assert_eq!(desk.people.len(), 400);
    assert_eq!(desk.sites.len(), 5);
    assert_eq!(desk.tickets.len(), 1_200);
    let numbers: Vec<u64> = desk.tickets.iter().map(|ticket| ticket.number).collect();
    assert_eq!(numbers, (3_621..=4_820).collect::<Vec<_>>());
    assert!(
        desk.tickets.is_sorted_by_key(|ticket| ticket.created_at),
        "numbers follow time"
    );
    for site in 0..desk.sites.len() {
        assert!(
            desk.people
                .iter()
                .filter(|person| person.site == site)
                .count()
                >= 40
        );
    }
}

#[test]
fn categories_are_trees_of_two_levels_that_begin_with_an_inbox() {
    let desk = desk();
    let mut names = HashSet::new();
    for department in &desk.departments {
        assert!(
            department.categories[department.default_category]
                .parent
                .is_none()
        );
        assert!(
            department
                .categories
                .iter()
                .any(|category| category.parent.is_some())
        );
        for (at, category) in department.categories.iter().enumerate() {
            assert!(names.insert(&category.name), "{} twice", category.name);
            if let Some(parent) = category.parent {
                assert!(parent < at && department.categories[parent].parent.is_none());
            }
        }
    }
    let used: BTreeSet<(usize, usize)> = desk
        .tickets
        .iter()
        .map(|ticket| (ticket.department, ticket.category))
        .collect();
    assert!(used.len() >= 40, "only {} categories are used", used.len());
}

#[test]
fn nobody_shares_an_address_a_login_or_a_name() {
    let desk = desk();
    let mut seen = HashSet::new();
    for person in &desk.people {
        assert!(seen.insert(person.email.clone()), "{} twice", person.email);
        assert!(seen.insert(person.name.clone()), "{} twice", person.name);
        if let Some(login) = &person.login {
            assert!(seen.insert(login.clone()), "{login} twice");
            assert!(
                login
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            );
        }
        let local = person.email.split('@').next().unwrap_or_default();
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
        assert!(local.bytes().all(plain), "{}", person.email);
        assert!(
            person
                .email
                .ends_with(&desk.organizations[person.organization].domain)
        );
        assert!(!person.portal_account || person.login.is_some());
    }
}

#[test]
fn every_announced_account_is_held_by_one_person_with_the_rights_it_names() {
    let desk = desk();
    for notable in Notable::ALL {
        let held: Vec<usize> = (0..desk.people.len())
            .filter(|&person| desk.people[person].notable == Some(notable))
            .collect();
        let &[person] = held.as_slice() else {
            panic!("{notable:?} is held by {held:?}")
        };
        let agent = desk.agents.iter().find(|agent| agent.person == person);
        let rights = agent.map(|agent| (agent.role, agent.scope));
        let expected = match notable {
            Notable::Owner => Some((Role::Owner, Scope::Global)),
            Notable::Administrator => Some((Role::Administrator, Scope::Global)),
            Notable::GlobalAgent => Some((Role::Agent, Scope::Global)),
            Notable::GroupAgent | Notable::SecondGroupAgent | Notable::DepartmentManager => {
                Some((Role::Agent, Scope::Group))
            }
            Notable::RestrictedAgent => Some((Role::Agent, Scope::Restricted)),
            Notable::Viewer => Some((Role::Viewer, Scope::Group)),
            Notable::PortalEmployee | Notable::PortalCustomer | Notable::SecondPortalCustomer => {
                None
            }
        };
        assert_eq!(rights, expected, "{notable:?}");
        if expected.is_none() {
            assert!(desk.people[person].portal_account, "{notable:?}");
        }
        if notable == Notable::DepartmentManager {
            let all = agent.is_some_and(|agent| {
                agent
                    .memberships
                    .iter()
                    .any(|place| place.privileges.len() == Privilege::ALL.len())
            });
            assert!(all, "the manager lacks a privilege");
        }
    }
    let of = |notable| {
        desk.people
            .iter()
            .find(|person| person.notable == Some(notable))
    };
    let customer = of(Notable::PortalCustomer).map(|person| person.organization);
    assert_eq!(
        customer,
        of(Notable::SecondPortalCustomer).map(|person| person.organization)
    );
    assert!(customer.is_some_and(|customer| desk.organizations[customer].customer));
}

#[test]
fn restricted_agents_hold_tickets_and_a_viewer_does_nothing() {
    let desk = desk();
    for (index, agent) in desk.agents.iter().enumerate() {
        let held = desk
            .tickets
            .iter()
            .filter(|ticket| ticket.assignee == Some(index))
            .count();
        let acted = desk.tickets.iter().flat_map(|ticket| &ticket.events);
        let acted = acted
            .filter(|event| event.actor == Actor::Person(agent.person))
            .count();
        match agent.role {
            Role::Viewer => assert_eq!((held, acted), (0, 0)),
            _ => assert!(
                held > 0 && acted > 0,
                "{} does nothing",
                desk.people[agent.person].name
            ),
        }
        let places: BTreeSet<usize> = agent
            .memberships
            .iter()
            .map(|place| place.department)
            .collect();
        assert_eq!(places.len(), agent.memberships.len(), "a department twice");
        assert!(
            agent
                .memberships
                .iter()
                .all(|place| place.level == Level::Edit || place.privileges.is_empty())
        );
    }
}

#[test]
fn states_come_in_the_proportions_of_a_desk_that_works() {
    let desk = desk();
    let mut counts = BTreeMap::new();
    for ticket in &desk.tickets {
        *counts.entry(ticket.state).or_insert(0_usize) += 1;
    }
    let count = |state| counts.get(&state).copied().unwrap_or(0);
    assert_eq!(
        desk.tickets
            .iter()
            .filter(|ticket| ticket.state.is_open())
            .count(),
        128
    );
    assert_eq!(count(State::Free), 14);
    assert_eq!(count(State::Closed), 10);
    assert!(count(State::Approved) > 800, "{counts:?}");
    assert!((60..160).contains(&count(State::Expired)), "{counts:?}");
    assert!((30..90).contains(&count(State::Cancelled)), "{counts:?}");
    assert!((15..60).contains(&count(State::Refused)), "{counts:?}");
    let week = 7 * 86_400_000_000;
    for ticket in &desk.tickets {
        if ticket.state == State::Free {
            assert!(
                ticket.assignee.is_none() && ticket.created_at > NOW - week,
                "#{}",
                ticket.number
            );
        } else if ticket.state != State::Cancelled {
            assert!(ticket.assignee.is_some(), "#{} has nobody", ticket.number);
        }
    }
}

#[test]
fn both_languages_all_origins_and_all_priorities_are_there() {
    let desk = desk();
    let share = |matches: &dyn Fn(&demo::ticket::Ticket) -> bool| {
        desk.tickets.iter().filter(|ticket| matches(ticket)).count() * 100 / desk.tickets.len()
    };
    let english = share(&|ticket| ticket.language == Language::English);
    assert!((40..60).contains(&english), "{english} % in English");
    for (origin, least) in [(Origin::Web, 35), (Origin::Email, 20), (Origin::Phone, 8)] {
        assert!(
            share(&|ticket| ticket.origin == origin) >= least,
            "{origin:?}"
        );
    }
    for priority in 1..=5 {
        assert!(
            desk.tickets
                .iter()
                .any(|ticket| ticket.priority == priority),
            "priority {priority}"
        );
    }
    let customers = desk
        .tickets
        .iter()
        .filter(|ticket| desk.organizations[desk.people[ticket.requester].organization].customer);
    assert!(customers.count() >= 15);
    let invited = |deed: &Deed| matches!(deed, Deed::Invite { .. });
    assert!(
        desk.tickets
            .iter()
            .filter(|ticket| ticket.events.iter().any(|event| invited(&event.deed)))
            .count()
            >= 20
    );
}

#[test]
fn people_write_in_office_hours() {
    let desk = desk();
    let (mut all, mut odd) = (0, 0);
    for event in desk.tickets.iter().flat_map(|ticket| &ticket.events) {
        let hour = event.at.div_euclid(3_600_000_000).rem_euclid(24);
        // 1970-01-01 was a Thursday; 2 and 3 are the week-end.
        let day = event.at.div_euclid(86_400_000_000).rem_euclid(7);
        if event.actor != Actor::System {
            all += 1;
            odd += usize::from(matches!(day, 2 | 3) || !(5..24).contains(&hour));
        }
    }
    assert!(odd * 200 < all, "{odd} of {all} at odd hours");
}

#[test]
fn the_tickets_of_the_design_pages_stand_where_they_are_drawn() {
    let desk = desk();
    let by_number = |number: u64| desk.tickets.iter().find(|ticket| ticket.number == number);
    let subjects = [
        (3960, "Clavier\u{a0}: touche «\u{202f}e\u{202f}» bloquée"),
        (
            4748,
            "Scanner à plat du service achats\u{a0}: numérisation vers le réseau refusée",
        ),
        (
            4752,
            "Départ d’un collaborateur\u{a0}: restitution du matériel (Yves Caradec)",
        ),
        (4785, "Fuite au plafond près de la baie réseau B3"),
        (4798, "Phone replaced, locked out of MFA"),
        (
            4812,
            "Écran externe non détecté après la mise à jour du BIOS",
        ),
        (4820, "VPN drops every 10 minutes from the Montréal office"),
    ];
    for (number, subject) in subjects {
        assert_eq!(
            by_number(number).map(|ticket| ticket.subject.as_str()),
            Some(subject)
        );
    }
    let drawn = [
        4757, 4761, 4766, 4770, 4774, 4779, 4788, 4791, 4796, 4801, 4805, 4809, 4817,
    ];
    let holder = |number| {
        by_number(number)
            .and_then(|ticket| ticket.assignee)
            .map(|agent| desk.people[desk.agents[agent].person].name.as_str())
    };
    let holders: Vec<Option<&str>> = drawn.into_iter().map(holder).collect();
    assert_eq!(
        holders,
        [
            Some("Priya Nair"),
            Some("Marc-Antoine Gagnon"),
            Some("Nadia Belkacem"),
            Some("Sofia Almeida"),
            Some("Priya Nair"),
            None,
            Some("Nadia Belkacem"),
            Some("Camille Roux"),
            Some("Julien Kervella"),
            Some("Théo Lambert"),
            Some("Nadia Belkacem"),
            Some("Nadia Belkacem"),
            None,
        ]
    );
    let thread: Vec<&Deed> = by_number(4812)
        .map(|ticket| ticket.events.iter().map(|event| &event.deed).collect())
        .unwrap_or_default();
    let says = |deed: &Deed, start: &str| match deed {
        Deed::Create { body, .. } | Deed::Comment { body, .. } => body.starts_with(start),
        _ => false,
    };
    for start in [
        "Bonjour, depuis la mise à jour de jeudi soir",
        "Bonjour Hélène, merci pour la photo.",
        "Même symptôme sur NB-2398",
        "J’ai suivi les étapes\u{a0}: l’écran",
    ] {
        assert!(thread.iter().any(|deed| says(deed, start)), "{start}");
    }
    let employee = desk
        .people
        .iter()
        .position(|person| person.notable == Some(Notable::PortalEmployee));
    let hers = desk
        .tickets
        .iter()
        .filter(|ticket| Some(ticket.requester) == employee)
        .count();
    assert!((14..=20).contains(&hers), "Hélène asked {hers} times");
}
