//! Who is where, as sentences about people; and thousands of days on which everything goes wrong.

mod colours;
mod nodes;
mod places;
mod rules;
mod simulation;
mod time;

use presence::{Activity, Changes, Item, Kind, Mode, Moment, Place, Section, State};

/// The people of these tests.
const ADA: i64 = 1;
const BEN: i64 = 2;
const CLEO: i64 = 3;

const SECOND: i64 = 1_000;

fn second(number: i64) -> Moment {
    Moment(number * SECOND)
}

fn ticket(id: i64) -> Item {
    Item::of(Kind::named("ticket"), id)
}

fn viewing(id: i64) -> Place {
    Place {
        section: Section::Tickets,
        mode: Mode::Detail,
        item: Some(ticket(id)),
        activity: Activity::Viewing,
        field: None,
    }
}

fn editing(id: i64) -> Place {
    Place {
        activity: Activity::Editing,
        field: Some("subject".into()),
        ..viewing(id)
    }
}

fn in_the_list() -> Place {
    Place {
        mode: Mode::List,
        item: None,
        ..viewing(0)
    }
}

fn node() -> State {
    State::new(1, 1)
}

fn changes(people: &[i64], items: &[i64]) -> Changes {
    Changes {
        people: people.iter().copied().collect(),
        items: items.iter().map(|id| ticket(*id)).collect(),
    }
}

fn names(state: &State, id: i64) -> Vec<i64> {
    let company = state.company(&ticket(id));
    company.people.iter().map(|one| one.person).collect()
}
