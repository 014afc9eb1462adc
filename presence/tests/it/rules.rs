//! What the tabs of one node make of people and items.

use std::collections::BTreeSet;

use presence::{Activity, Colour, Mode, Place, Section};

use crate::{ADA, BEN, CLEO, changes, editing, in_the_list, names, node, second, ticket, viewing};

#[test]
fn nobody_is_anywhere_at_first() {
    let state = node();
    assert_eq!(state.everybody().count(), 0);
    assert_eq!(state.whereabouts(ADA), None);
    assert_eq!(state.company(&ticket(7)).colour(), Colour::White);
    assert_eq!(state.next_due(), None);
}

#[test]
fn who_opens_a_ticket_is_seen_there_with_a_blue_border() {
    let mut state = node();
    let woken = state.arrive(1, ADA, viewing(7), second(5));
    assert_eq!(woken, changes(&[ADA], &[7]));
    let ada = state.whereabouts(ADA).unwrap();
    assert_eq!(
        (ada.section, ada.mode, ada.item, ada.activity),
        (
            Section::Tickets,
            Mode::Detail,
            Some(ticket(7)),
            Activity::Viewing
        )
    );
    assert_eq!(
        (ada.colour, ada.since, ada.is_away),
        (Colour::Blue, second(5), false)
    );
    assert_eq!(state.items().collect::<Vec<_>>(), [&ticket(7)]);
}

#[test]
fn a_second_viewer_turns_the_border_of_the_first_and_of_nobody_else() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, CLEO, viewing(8), second(0));
    assert_eq!(
        state.arrive(3, BEN, viewing(7), second(1)),
        changes(&[ADA, BEN], &[7])
    );
    assert_eq!(state.whereabouts(ADA).unwrap().colour, Colour::Green);
    // A third changes no border any more.
    assert_eq!(
        state.moves(2, viewing(7), second(2)),
        changes(&[CLEO], &[7, 8])
    );
}

#[test]
fn the_border_of_another_tab_does_not_wake_who_is_shown_elsewhere() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, ADA, in_the_list(), second(1));
    assert_eq!(
        state.arrive(3, BEN, viewing(7), second(2)),
        changes(&[BEN], &[7])
    );
    assert_eq!(names(&state, 7), [ADA, BEN]);
}

#[test]
fn who_is_in_a_list_or_adds_something_new_has_a_white_border() {
    let mut state = node();
    let adding = Place {
        mode: Mode::Adding,
        item: None,
        ..editing(0)
    };
    for (n, place) in [(1, in_the_list()), (2, adding)] {
        assert_eq!(
            state.arrive(n, n as i64, place, second(0)),
            changes(&[n as i64], &[])
        );
        assert_eq!(state.whereabouts(n as i64).unwrap().colour, Colour::White);
    }
    assert_eq!(state.whereabouts(2).unwrap().mode, Mode::Adding);
}

#[test]
fn who_adds_to_an_existing_item_edits_it() {
    let mut state = node();
    let adding = Place {
        mode: Mode::Adding,
        ..editing(7)
    };
    let _ = state.arrive(1, ADA, adding, second(0));
    let ada = state.whereabouts(ADA).unwrap();
    assert_eq!((ada.mode, ada.colour), (Mode::Adding, Colour::Orange));
}

#[test]
fn the_first_character_makes_an_editor_and_saving_a_viewer() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, BEN, viewing(7), second(0));
    assert_eq!(
        state.moves(1, editing(7), second(3)),
        changes(&[ADA, BEN], &[7])
    );
    let company = state.company(&ticket(7));
    assert_eq!(company.colour(), Colour::Pink);
    assert_eq!(company.people[0].field.as_deref(), Some("subject"));
    assert_eq!(company.people[0].since, second(3));
    assert_eq!(
        state.moves(1, viewing(7), second(4)),
        changes(&[ADA, BEN], &[7])
    );
    assert_eq!(state.colour_of(&ticket(7)), Colour::Green);
}

#[test]
fn another_field_changes_the_company_of_the_item_only() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    let priority = Place {
        field: Some("priority".into()),
        ..editing(7)
    };
    assert_eq!(state.moves(1, priority, second(3)), changes(&[], &[7]));
    let company = state.company(&ticket(7));
    assert_eq!(company.people[0].field.as_deref(), Some("priority"));
    assert_eq!(company.people[0].since, second(0));
}

#[test]
fn moving_to_where_one_is_already_is_no_change() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    assert_eq!(state.moves(1, viewing(7), second(9)), changes(&[], &[]));
    assert_eq!(state.whereabouts(ADA).unwrap().since, second(0));
}

#[test]
fn who_edits_in_one_tab_and_views_in_another_is_one_editor() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    let woken = state.arrive(2, ADA, viewing(7), second(1));
    assert_eq!(woken, changes(&[ADA], &[]), "her place is the new tab");
    assert_eq!(names(&state, 7), [ADA]);
    assert_eq!(state.colour_of(&ticket(7)), Colour::Orange);
}

#[test]
fn a_person_is_where_they_moved_last_and_still_edits_elsewhere() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    let _ = state.arrive(2, ADA, viewing(8), second(1));
    assert_eq!(state.whereabouts(ADA).unwrap().item, Some(ticket(8)));
    assert_eq!(state.colour_of(&ticket(7)), Colour::Orange);
    assert_eq!(state.moves(1, editing(7), second(2)), changes(&[ADA], &[]));
    assert_eq!(state.whereabouts(ADA).unwrap().item, Some(ticket(7)));
    assert_eq!(state.leaves(1, second(3)), changes(&[ADA], &[7]));
    assert_eq!(state.whereabouts(ADA).unwrap().item, Some(ticket(8)));
}

#[test]
fn a_beat_does_not_bring_a_tab_to_the_front() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, ADA, viewing(8), second(0));
    assert!(state.beats(1, second(1)).is_empty());
    assert!(state.types(1, second(2)).is_empty());
    assert_eq!(state.whereabouts(ADA).unwrap().item, Some(ticket(8)));
}

#[test]
fn leaving_twice_is_leaving_once() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, BEN, viewing(7), second(0));
    assert_eq!(state.leaves(1, second(1)), changes(&[ADA, BEN], &[7]));
    assert!(state.leaves(1, second(1)).is_empty());
    assert!(state.moves(1, viewing(8), second(1)).is_empty());
    assert_eq!(names(&state, 7), [BEN]);
    assert_eq!(state.leaves(2, second(2)), changes(&[BEN], &[7]));
    assert_eq!(state.next_due(), None);
}

/// After a line broke, tabs come again in any order.
#[test]
fn who_comes_again_with_a_tab_behind_another_is_where_the_other_is() {
    for behind_first in [true, false] {
        let mut state = node();
        if behind_first {
            let _ = state.arrive_hidden(1, ADA, viewing(8), 0, second(0));
        }
        let _ = state.arrive(2, ADA, viewing(7), second(1));
        if !behind_first {
            let _ = state.arrive_hidden(1, ADA, viewing(8), 0, second(2));
        }
        let there = state.whereabouts(ADA).unwrap().item;
        assert_eq!(
            there,
            viewing(7).item,
            "the one behind first: {behind_first}"
        );
        assert_eq!(names(&state, 8), [ADA], "she views both");
        // In front, it is the one used last; left alone, it is all there is.
        let _ = state.hides(1, false, second(3));
        assert_eq!(state.whereabouts(ADA).unwrap().item, viewing(8).item);
        let _ = state.leaves(1, second(4));
        assert_eq!(state.whereabouts(ADA).unwrap().item, viewing(7).item);
    }
}

/// What a tab behind others does by itself is no sign that somebody uses it.
#[test]
fn who_has_a_tab_that_moves_behind_another_stays_where_they_are() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(8), second(0));
    let _ = state.arrive(2, ADA, viewing(7), second(1));
    let _ = state.hides(1, true, second(1));
    for n in 1..=2 {
        let _ = state.beats(2, second(n * 15));
    }
    let _ = state.moves(1, viewing(8), second(31));
    assert_eq!(state.whereabouts(ADA).unwrap().item, viewing(7).item);
    // One that was behind for an hour does not stand on its item again because its line broke.
    let _ = state.leaves(1, second(32));
    let _ = state.arrive_hidden(3, ADA, viewing(8), 3_600_000, second(33));
    assert!(names(&state, 8).is_empty());
}

/// Saying again what was said is no input.
#[test]
fn who_says_again_that_they_edit_edits_no_longer_for_it() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    for n in 1..=6 {
        let _ = state.moves(1, editing(7), second(n * 15));
    }
    let _ = state.passes(second(91));
    assert_eq!(state.company(&editing(7).item.unwrap()).editors(), 0);
}

/// PRES-09: the client is back before its old connection is seen dead, a thousand times.
#[test]
fn who_reconnects_is_there_exactly_once_and_a_late_leave_takes_nobody_away() {
    let mut state = node();
    let _ = state.arrive(0, ADA, viewing(7), second(0));
    let _ = state.arrive(5_000, BEN, viewing(7), second(0));
    for n in 1..=1_000_u64 {
        let now = second(n as i64);
        let _ = state.beats(5_000, now);
        assert!(
            state.arrive(n, ADA, viewing(7), now).is_empty(),
            "nobody is disturbed"
        );
        assert_eq!(state.everybody().count(), 2);
        // Half of the old ones are closed late, half are found dead.
        if n % 2 == 0 {
            assert!(state.leaves(n - 1, now.after(300)).is_empty());
            assert!(state.leaves(n - 1, now.after(400)).is_empty());
        }
        assert_eq!(names(&state, 7), [ADA, BEN]);
        assert_eq!(state.whereabouts(ADA).unwrap().since, second(0));
    }
    assert!(state.passes(second(1_039)).is_empty());
    assert_eq!(state.tabs_of(ADA).count(), 1);
}

#[test]
fn one_who_arrives_again_under_the_same_number_has_moved() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    assert_eq!(
        state.arrive(1, ADA, viewing(8), second(1)),
        changes(&[ADA], &[7, 8])
    );
    assert_eq!(
        state.arrive(1, BEN, viewing(8), second(2)),
        changes(&[ADA, BEN], &[8])
    );
    assert_eq!(
        state.everybody().map(|one| one.person).collect::<Vec<_>>(),
        [BEN]
    );
    assert_eq!(state.next_due(), Some(second(42)));
}

#[test]
fn changes_that_are_merged_name_each_once() {
    let mut all = changes(&[ADA], &[7]);
    assert!(!all.is_empty());
    all.merge(changes(&[ADA, BEN], &[8]));
    assert_eq!(all.people, BTreeSet::from([ADA, BEN]));
    assert_eq!(all, changes(&[ADA, BEN], &[7, 8]));
}
