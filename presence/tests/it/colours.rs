//! The border is a property of the people on an item, each counted once.

use std::collections::BTreeMap;

use presence::{Activity, Colour, State, colour};
use proptest::prelude::*;

use crate::{editing, second, ticket, viewing};

/// The formula of the border as it is written down, each line by itself.
type Line = (Colour, fn(usize, usize) -> bool);

const LINES: [Line; 6] = [
    (Colour::Red, |editors, _| editors >= 2),
    (Colour::Pink, |editors, viewers| {
        editors == 1 && viewers >= 1
    }),
    (Colour::Orange, |editors, viewers| {
        editors == 1 && viewers == 0
    }),
    (Colour::Green, |editors, viewers| {
        editors == 0 && viewers >= 2
    }),
    (Colour::Blue, |editors, viewers| {
        editors == 0 && viewers == 1
    }),
    (Colour::White, |editors, viewers| {
        editors == 0 && viewers == 0
    }),
];

#[test]
fn of_any_number_of_editors_and_viewers_exactly_one_colour_comes() {
    for editors in 0..=3 {
        for viewers in 0..=3 {
            let hold = LINES.iter().filter(|line| line.1(editors, viewers));
            let colours: Vec<Colour> = hold.map(|line| line.0).collect();
            assert_eq!(colours, [colour(editors, viewers)], "{editors} {viewers}");
        }
    }
}

#[test]
fn the_border_of_a_ticket_is_the_one_of_those_on_it() {
    for editors in 0..=3 {
        for viewers in 0..=3 {
            let mut state = State::new(1, 1);
            let places = [editing(7)].into_iter().cycle().take(editors);
            let places = places.chain([viewing(7)].into_iter().cycle().take(viewers));
            for (n, place) in (1..).zip(places) {
                let _ = state.arrive(n, n as i64, place, second(0));
            }
            let company = state.company(&ticket(7));
            assert_eq!(company.colour(), colour(editors, viewers));
            assert_eq!(state.colour_of(&ticket(7)), colour(editors, viewers));
            assert_eq!((company.editors(), company.viewers()), (editors, viewers));
            let shown = state.everybody().map(|one| one.colour);
            assert!(shown.into_iter().all(|one| one == company.colour()));
        }
    }
}

proptest! {
    #[test]
    fn whoever_has_many_tabs_counts_once_and_as_editor_if_any_edits(
        tabs in proptest::collection::vec((0..4_i64, any::<bool>()), 0..12),
    ) {
        let mut state = State::new(1, 1);
        let mut edits: BTreeMap<i64, bool> = BTreeMap::new();
        for (n, (person, is_editing)) in (0..).zip(tabs) {
            let place = if is_editing { editing(7) } else { viewing(7) };
            let _ = state.arrive(n, person, place, second(n as i64));
            *edits.entry(person).or_default() |= is_editing;
        }
        let company = state.company(&ticket(7));
        let told = company.people.iter().map(|one| (one.person, one.activity == Activity::Editing));
        prop_assert_eq!(told.collect::<BTreeMap<_, _>>(), edits.clone());
        prop_assert_eq!(company.people.len(), edits.len());
        let is_ordered = |pair: &[presence::Companion]| {
            let key = |one: &presence::Companion| (one.activity == Activity::Viewing, one.person);
            key(&pair[0]) < key(&pair[1])
        };
        prop_assert!(company.people.windows(2).all(is_ordered));
    }
}
