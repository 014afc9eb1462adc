//! Thousands of days on which everything goes wrong, each told by a number.
//!
//! People with several tabs on one to five nodes; tabs that die without a word, laptops that are
//! closed, nodes that are killed and start again, networks that part and heal, words that are lost,
//! doubled, late and out of order, clocks that differ and drift. Then quiet; and then every node must
//! know what is true, as [`truth`] tells it a second time and without any cleverness.

mod chance;
mod clients;
mod day;
mod look;
mod truth;

use day::Day;

/// Days of which only the evening is looked at.
const DAYS: u64 = 2_000;
/// Days on which, after every single deed, everything is compared with everything.
const WATCHED_DAYS: u64 = 100;

fn live(number: u64, is_watched: bool) {
    let lived = std::panic::catch_unwind(|| {
        let mut day = Day::new(number, is_watched);
        day.happens();
        day.becomes_quiet();
        day.ends();
    });
    assert!(
        lived.is_ok(),
        "it was day {number}: one_day_by_its_number tells it alone"
    );
}

#[test]
fn after_any_day_all_nodes_know_what_is_true_even_days() {
    (0..DAYS).step_by(2).for_each(|number| live(number, false));
}

#[test]
fn after_any_day_all_nodes_know_what_is_true_odd_days() {
    (1..DAYS).step_by(2).for_each(|number| live(number, false));
}

#[test]
fn what_is_said_to_have_changed_is_exactly_what_looks_different() {
    (DAYS..DAYS + WATCHED_DAYS).for_each(|number| live(number, true));
}

/// The place to put the number of a day that failed.
#[test]
fn one_day_by_its_number() {
    live(0, true);
}
