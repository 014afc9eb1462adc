//! Tickets by the hundred thousand, for measurements.

use std::time::{Duration, Instant};

use demo::bulk::{bulk, bulk_desk};
use demo::desk::{Role, Scope};
use demo::ticket::State;

const NOW: i64 = 1_795_439_400_000_000;

#[test]
fn the_same_numbers_give_the_same_tickets() {
    let first: Vec<_> = bulk(5, 3_000, 40, 20, 500, NOW).collect();
    let second: Vec<_> = bulk(5, 3_000, 40, 20, 500, NOW).collect();
    assert_eq!(first, second);
    assert_ne!(first, bulk(6, 3_000, 40, 20, 500, NOW).collect::<Vec<_>>());
    assert_eq!(bulk_desk(5, 40, 20, 500), bulk_desk(5, 40, 20, 500));
}

#[test]
fn tickets_keep_to_their_sizes_their_places_and_their_times() {
    let desk = bulk_desk(5, 40, 20, 500);
    let mut per_department = vec![0; 20];
    let mut last = 0;
    let mut open = 0;
    for ticket in bulk(5, 10_000, 40, 20, 500, NOW) {
        let length = ticket.body.chars().count();
        assert!((190..=800).contains(&length), "{length} characters");
        assert!((1..=4).contains(&ticket.comments.len()));
        assert!(
            (40..540).contains(&ticket.requester) && desk.people[ticket.requester].portal_account
        );
        assert!(ticket.category < desk.departments[ticket.department].categories.len());
        assert!(
            ticket.created_at >= last && ticket.updated_at <= NOW,
            "#{}",
            ticket.number
        );
        assert!(ticket.comments.is_sorted_by_key(|comment| comment.at));
        assert_eq!(
            ticket.comments.last().map(|comment| comment.at),
            Some(ticket.updated_at)
        );
        match ticket.assignee {
            Some(agent) => assert!(
                desk.agents[agent]
                    .memberships
                    .iter()
                    .any(|place| place.department == ticket.department)
            ),
            None => assert_eq!(ticket.state, State::Free),
        }
        last = ticket.created_at;
        open += usize::from(ticket.state.is_open());
        per_department[ticket.department] += 1;
    }
    assert!(
        per_department.iter().all(|count| *count == 500),
        "{per_department:?}"
    );
    assert!((500..1_200).contains(&open), "{open} open");
}

#[test]
fn the_first_agent_is_a_group_agent_of_exactly_three_departments() {
    let desk = bulk_desk(1, 40, 20, 100);
    assert_eq!(
        (desk.agents[0].role, desk.agents[0].scope),
        (Role::Agent, Scope::Group)
    );
    assert!(desk.agents.iter().all(|agent| agent.memberships.len() == 3));
    assert_eq!(
        desk.agents
            .iter()
            .filter(|agent| agent.role == Role::Owner)
            .count(),
        1
    );
    let places: std::collections::BTreeSet<usize> = desk
        .agents
        .iter()
        .flat_map(|agent| &agent.memberships)
        .map(|place| place.department)
        .collect();
    assert_eq!(places.len(), 20, "every department has somebody");
}

#[test]
fn few_agents_departments_or_requesters_are_not_a_problem() {
    for (agents, departments, requesters) in [(0, 1, 0), (1, 1, 1), (2, 7, 3), (5, 2, 1)] {
        let desk = bulk_desk(3, agents, departments, requesters);
        for ticket in bulk(3, 200, agents, departments, requesters, NOW) {
            assert!(ticket.department < desk.departments.len());
            assert!(
                ticket
                    .assignee
                    .is_none_or(|agent| agent < desk.agents.len())
            );
        }
    }
    assert_eq!(bulk(3, 0, 1, 1, 1, NOW).count(), 0);
}

#[test]
fn a_hundred_thousand_tickets_take_no_time() {
    let start = Instant::now();
    let bytes: usize = bulk(9, 100_000, 40, 20, 5_000, NOW)
        .map(|ticket| ticket.body.len())
        .sum();
    assert!(bytes > 20_000_000);
    // Generous: a debug build on a loaded machine. A release build makes a million in a second.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
