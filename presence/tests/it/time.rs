//! What time does to the tabs of one node.

use presence::{Activity, Changes, Colour, Section, State};

use crate::{
    ADA, BEN, SECOND, changes, editing, in_the_list, names, node, second, ticket, viewing,
};

fn activity(state: &State, id: i64) -> Activity {
    state.company(&ticket(id)).people[0].activity
}

fn beat(state: &mut State, tabs: &[u64], from: i64, until: i64) {
    for now in (from..until).step_by(15) {
        for tab in tabs {
            let changes = state.beats(*tab, second(now));
            assert!(changes.is_empty(), "a beat disturbs nobody: {changes:?}");
        }
    }
}

/// PRES-04: who only reads for a long time is there all that time.
#[test]
fn two_readers_who_type_nothing_for_ten_minutes_stay_listed() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, BEN, viewing(7), second(0));
    beat(&mut state, &[1, 2], 0, 600);
    assert!(state.passes(second(600)).is_empty());
    assert_eq!(names(&state, 7), [ADA, BEN]);
    assert_eq!(state.colour_of(&ticket(7)), Colour::Green);
    assert_eq!(state.whereabouts(ADA).unwrap().since, second(0));
}

#[test]
fn a_tab_that_died_without_a_word_is_gone_after_forty_seconds() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.beats(1, second(10));
    assert_eq!(state.next_due(), Some(second(50)));
    assert!(state.passes(second(50).before(1)).is_empty());
    assert_eq!(state.passes(second(50)), changes(&[ADA], &[7]));
    assert_eq!((state.everybody().count(), state.items().count()), (0, 0));
    assert!(!state.knows(1));
    assert!(
        state.beats(1, second(51)).is_empty(),
        "it has to arrive again"
    );
    assert_eq!(state.whereabouts(ADA), None);
}

#[test]
fn time_does_its_work_before_any_deed() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    assert_eq!(
        state.arrive(2, BEN, in_the_list(), second(60)),
        changes(&[ADA, BEN], &[7])
    );
}

#[test]
fn an_edit_ends_ninety_seconds_after_the_last_input() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    beat(&mut state, &[1], 0, 60);
    assert!(state.types(1, second(60)).is_empty());
    beat(&mut state, &[1], 60, 150);
    assert!(state.passes(second(150).before(1)).is_empty());
    assert_eq!(state.passes(second(150)), changes(&[ADA], &[7]));
    let company = state.company(&ticket(7));
    assert_eq!(
        (company.colour(), &company.people[0].field),
        (Colour::Blue, &None)
    );
    assert_eq!(company.people[0].since, second(150));
    // Who goes on writing has not saved meanwhile.
    assert_eq!(state.types(1, second(155)), changes(&[ADA], &[7]));
    assert_eq!(activity(&state, 7), Activity::Editing);
    assert_eq!(
        state.company(&ticket(7)).people[0].field.as_deref(),
        Some("subject")
    );
}

#[test]
fn typing_where_nothing_was_changed_edits_nothing() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    assert!(state.types(1, second(1)).is_empty());
    assert_eq!(activity(&state, 7), Activity::Viewing);
}

/// Faults PRES-05.
#[test]
fn a_viewer_in_the_background_for_five_minutes_leaves_the_item_and_is_away() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    assert!(state.hides(1, true, second(0)).is_empty());
    assert!(
        state.hides(1, true, second(30)).is_empty(),
        "again: the first counts"
    );
    beat(&mut state, &[1], 30, 300);
    assert_eq!(state.passes(second(300)), changes(&[ADA], &[7]));
    let ada = state.whereabouts(ADA).unwrap();
    assert!(ada.is_away);
    assert_eq!(
        (ada.section, ada.item, ada.colour),
        (Section::Tickets, None, Colour::White)
    );
    assert_eq!(ada.since, second(300));
    assert_eq!(state.items().count(), 0);
    assert!(state.passes(second(310)).is_empty());
    assert_eq!(state.hides(1, false, second(311)), changes(&[ADA], &[7]));
    let ada = state.whereabouts(ADA).unwrap();
    assert_eq!((ada.is_away, ada.item), (false, Some(ticket(7))));
}

#[test]
fn an_edit_in_the_background_counts_until_its_ninety_seconds_end() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(0));
    let _ = state.hides(1, true, second(0));
    beat(&mut state, &[1], 0, 60);
    // A script saves drafts in the background, say.
    for now in (60..290).step_by(10) {
        assert!(state.types(1, second(now)).is_empty());
    }
    beat(&mut state, &[1], 290, 370);
    let ada = state.whereabouts(ADA).unwrap();
    assert_eq!((ada.is_away, ada.colour), (false, Colour::Orange));
    assert_eq!(state.passes(second(370)), changes(&[ADA], &[7]));
    assert!(state.whereabouts(ADA).unwrap().is_away);
}

/// Faults PRES-05: two windows of one person do not fight.
#[test]
fn whoever_still_looks_at_one_tab_is_not_away_and_is_shown_there() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.arrive(2, ADA, viewing(8), second(1));
    let _ = state.hides(2, true, second(2));
    beat(&mut state, &[1, 2], 2, 302);
    assert_eq!(state.passes(second(302)), changes(&[ADA], &[8]));
    let ada = state.whereabouts(ADA).unwrap();
    assert_eq!((ada.is_away, ada.item), (false, Some(ticket(7))));
}

#[test]
fn a_tab_that_comes_to_the_front_is_the_one_used_last() {
    let mut state = node();
    let _ = state.arrive(1, ADA, viewing(7), second(0));
    let _ = state.hides(1, true, second(1));
    let _ = state.arrive(2, ADA, viewing(8), second(2));
    assert_eq!(state.hides(1, false, second(3)), changes(&[ADA], &[]));
    assert_eq!(state.whereabouts(ADA).unwrap().item, Some(ticket(7)));
    let last: Vec<u64> = state.tabs_of(ADA).map(|tab| tab.number).collect();
    assert_eq!(last, [2, 1]);
}

/// Faults PRES-19.
#[test]
fn a_clock_that_goes_back_ends_nothing_early_and_breaks_nothing() {
    let mut state = node();
    let _ = state.arrive(1, ADA, editing(7), second(3_600));
    let _ = state.beats(1, second(0));
    assert!(state.passes(second(10)).is_empty());
    assert_eq!(state.next_due(), Some(second(3_640)));
    let _ = state.arrive(2, BEN, viewing(7), second(20));
    assert_eq!(state.whereabouts(BEN).unwrap().since, second(3_600));
}

/// However seldom one looks, the same is known, and each thing happened at its own moment.
#[test]
fn looking_late_or_often_comes_to_the_same() {
    let mut often = node();
    let mut late = node();
    for state in [&mut often, &mut late] {
        let _ = state.arrive(1, ADA, editing(7), second(0));
        let _ = state.hides(1, true, second(0));
        let _ = state.arrive(2, BEN, viewing(7), second(0));
    }
    let mut seen = Changes::default();
    for now in (0..39 * SECOND).step_by(250) {
        seen.merge(often.passes(presence::Moment(now)));
    }
    for now in (39..400).step_by(39) {
        for state in [&mut often, &mut late] {
            let _ = state.beats(1, second(now));
        }
        for small in (0..39 * SECOND).step_by(250) {
            let _ = often.passes(second(now).after(small));
        }
    }
    let end = second(425);
    let _ = (often.passes(end), late.passes(end));
    assert!(seen.is_empty());
    assert_eq!(often.whereabouts(ADA), late.whereabouts(ADA));
    assert_eq!(late.whereabouts(ADA).unwrap().since, second(300));
    assert_eq!(often.company(&ticket(7)), late.company(&ticket(7)));
}
