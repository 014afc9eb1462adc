//! Nodes that tell each other.

use presence::{Activity, Colour, Moment, Said, State};

use crate::{ADA, BEN, CLEO, editing, in_the_list, second, ticket, viewing};

/// What the node says now, if anything.
fn says(state: &mut State, now: Moment) -> Option<Said> {
    let _ = state.passes(now);
    state.take_differences()
}

fn people(state: &State) -> Vec<i64> {
    state.everybody().map(|one| one.person).collect()
}

/// Two nodes that have met, Ada on the first, Ben on the second, both on ticket 7.
fn two() -> (State, State) {
    let (mut one, mut two) = (State::new(1, 1), State::new(2, 1));
    let _ = one.arrive(1, ADA, viewing(7), second(0));
    let _ = two.arrive(1, BEN, viewing(7), second(0));
    let said = says(&mut one, second(0)).expect("it has arrived");
    assert_eq!(two.hear(&said, second(0)).lacks, None);
    let said = says(&mut two, second(0)).expect("it has arrived");
    assert_eq!(one.hear(&said, second(0)).lacks, None);
    (one, two)
}

#[test]
fn people_on_two_nodes_meet_on_one_ticket() {
    let (one, two) = two();
    for state in [&one, &two] {
        assert_eq!(people(state), [ADA, BEN]);
        assert_eq!(state.company(&ticket(7)).colour(), Colour::Green);
    }
}

#[test]
fn only_what_changed_is_told_and_otherwise_that_one_is_here() {
    let (mut one, mut two) = two();
    assert_eq!(says(&mut one, second(1)), None);
    let _ = one.moves(1, editing(7), second(2));
    let said = says(&mut one, second(2)).unwrap();
    let heard = two.hear(&said, second(2));
    assert!(
        heard.changes.people.contains(&BEN),
        "the border of Ben is pink now"
    );
    assert_eq!(
        two.company(&ticket(7)).people[0].field.as_deref(),
        Some("subject")
    );
    assert_eq!(says(&mut one, second(6)), None);
    let beat = says(&mut one, second(7)).unwrap();
    assert!(beat.is_beat() && !said.is_beat());
    assert!(two.hear(&beat, second(7)).changes.is_empty());
}

#[test]
fn what_time_does_to_a_tab_is_told_by_its_own_node() {
    let (mut one, mut two) = two();
    let _ = one.moves(1, editing(7), second(0));
    let _ = two.hear(&says(&mut one, second(0)).unwrap(), second(0));
    for now in (5..=90).step_by(5) {
        let _ = one.beats(1, second(now));
        let _ = two.beats(1, second(now));
        assert_eq!(two.company(&ticket(7)).editors(), 1);
        let _ = two.hear(&says(&mut one, second(now)).unwrap(), second(now));
    }
    assert_eq!(two.company(&ticket(7)).editors(), 0);
}

#[test]
fn who_leaves_one_node_leaves_all() {
    let (mut one, mut two) = two();
    let _ = one.leaves(1, second(1));
    let heard = two.hear(&says(&mut one, second(1)).unwrap(), second(1));
    assert_eq!(heard.changes.people, [ADA, BEN].into());
    assert_eq!(people(&two), [BEN]);
}

#[test]
fn a_word_heard_twice_or_late_changes_nothing() {
    let (mut one, mut two) = two();
    let _ = one.moves(1, viewing(8), second(1));
    let first = says(&mut one, second(1)).unwrap();
    let _ = one.moves(1, viewing(9), second(2));
    let second_word = says(&mut one, second(2)).unwrap();
    let _ = two.hear(&first, second(3));
    let _ = two.hear(&second_word, second(3));
    for old in [&second_word, &first, &first] {
        let heard = two.hear(old, second(4));
        assert!(heard.changes.is_empty() && heard.lacks.is_none());
    }
    assert_eq!(two.whereabouts(ADA).unwrap().item, Some(ticket(9)));
}

#[test]
fn an_old_whole_does_not_undo_what_was_said_since() {
    let (mut one, mut two) = two();
    let old = one.whole();
    // Said to somebody else as well, with what is not told as a difference yet.
    let _ = one.moves(1, viewing(8), second(1));
    let between = one.whole();
    let _ = two.hear(&between, second(1));
    assert!(two.hear(&old, second(2)).changes.is_empty());
    let _ = two.hear(&says(&mut one, second(2)).unwrap(), second(2));
    assert!(two.hear(&between, second(3)).changes.is_empty());
    assert_eq!(two.whereabouts(ADA).unwrap().item, Some(ticket(8)));
}

#[test]
fn an_old_word_is_no_sign_of_life() {
    let (mut one, mut two) = two();
    let beat = says(&mut one, second(5)).unwrap();
    for now in [6, 19] {
        let _ = two.hear(&beat, second(now));
    }
    assert!(two.passes(second(21).before(1)).is_empty());
    assert!(two.passes(second(21)).people.contains(&ADA));
}

#[test]
fn whoever_missed_a_word_asks_for_the_whole_and_has_it_all() {
    let (mut one, mut two) = two();
    let _ = one.arrive(2, CLEO, viewing(7), second(1));
    let lost = says(&mut one, second(1)).unwrap();
    let _ = one.moves(1, editing(7), second(2));
    let said = says(&mut one, second(2)).unwrap();
    let heard = two.hear(&said, second(2));
    assert_eq!(heard.lacks, Some(1));
    assert!(heard.changes.is_empty(), "half of the truth is none");
    // The same gap is not asked about with each word.
    assert_eq!(two.hear(&said, second(3)).lacks, None);
    assert_eq!(two.hear(&said, second(4)).lacks, Some(1));
    let _ = one.passes(second(4));
    let whole = one.whole();
    assert!(whole.is_whole());
    let heard = two.hear(&whole, second(4));
    assert_eq!(
        (heard.lacks, heard.changes.people),
        (None, [ADA, BEN, CLEO].into())
    );
    assert_eq!(two.company(&ticket(7)), one.company(&ticket(7)));
    assert!(two.hear(&lost, second(5)).changes.is_empty());
    let again = two.hear(&one.whole(), second(6));
    assert!(again.changes.is_empty() && again.lacks.is_none());
}

#[test]
fn a_beat_shows_that_a_word_was_missed() {
    let (mut one, mut two) = two();
    let _ = one.leaves(1, second(1));
    let _lost = says(&mut one, second(1));
    let beat = says(&mut one, second(6)).unwrap();
    assert!(beat.is_beat());
    assert_eq!(two.hear(&beat, second(6)).lacks, Some(1));
    let _ = two.hear(&one.whole(), second(6));
    assert_eq!(people(&two), [BEN]);
}

#[test]
fn words_in_the_wrong_order_are_put_right() {
    let (mut one, mut two) = two();
    let _ = one.moves(1, viewing(8), second(1));
    let first = says(&mut one, second(1)).unwrap();
    let _ = one.moves(1, viewing(9), second(2));
    let other = says(&mut one, second(2)).unwrap();
    assert_eq!(two.hear(&other, second(3)).lacks, Some(1));
    assert_eq!(two.hear(&first, second(3)).lacks, None);
    assert_eq!(two.whereabouts(ADA).unwrap().item, Some(ticket(8)));
    assert_eq!(two.hear(&other, second(3)).lacks, None);
    assert_eq!(two.whereabouts(ADA).unwrap().item, Some(ticket(9)));
}

#[test]
fn a_node_that_is_new_hears_the_middle_of_a_story_and_asks() {
    let mut one = State::new(1, 1);
    let _ = one.arrive(1, ADA, viewing(8), second(0));
    let first = says(&mut one, second(0)).unwrap();
    let _ = one.moves(1, viewing(9), second(1));
    let mut new = State::new(3, 1);
    let heard = new.hear(&says(&mut one, second(1)).unwrap(), second(1));
    assert_eq!((heard.lacks, heard.changes.is_empty()), (Some(1), true));
    // Not even a late beginning is taken for the story.
    assert!(new.hear(&first, second(1)).changes.is_empty());
    let heard = new.hear(&one.whole(), second(1));
    assert_eq!(heard.changes.items, [ticket(9)].into());
    assert_eq!(people(&new), [ADA]);
}

/// Faults PRES-06.
#[test]
fn everybody_on_a_node_that_fell_silent_is_gone_after_fifteen_seconds() {
    let (mut one, mut two) = two();
    assert!(two.passes(second(15).before(1)).is_empty());
    let changes = two.passes(second(15));
    assert_eq!(
        (changes.people, changes.items),
        ([ADA, BEN].into(), [ticket(7)].into())
    );
    assert_eq!(people(&two), [BEN]);
    // It was only slow. A late copy of what was known brings nobody back; its whole does.
    let old = one.whole();
    assert!(two.hear(&old, second(16)).changes.is_empty());
    let beat = says(&mut one, second(17)).unwrap();
    assert_eq!(two.hear(&beat, second(17)).lacks, Some(1));
    assert_eq!(people(&two), [BEN]);
    let _ = two.hear(&one.whole(), second(18));
    assert_eq!(people(&two), [ADA, BEN]);
}

/// PRES-10: what a node knew dies with it, everywhere.
#[test]
fn a_node_that_starts_again_has_no_ghosts_and_its_earlier_life_is_not_listened_to() {
    let (mut one, mut two) = two();
    let _ = one.moves(1, viewing(8), second(1));
    let late = says(&mut one, second(1)).unwrap();
    let late_whole = one.whole();
    drop(one);
    let mut again = State::new(1, 2);
    assert_eq!(people(&again), [] as [i64; 0]);
    let hello = says(&mut again, second(2)).unwrap();
    let heard = two.hear(&hello, second(2));
    assert_eq!(heard.changes.people, [ADA, BEN].into());
    assert_eq!((people(&two), heard.lacks), (vec![BEN], None));
    for old in [&late, &late_whole] {
        let heard = two.hear(old, second(3));
        assert!(heard.changes.is_empty() && heard.lacks.is_none());
    }
    let _ = again.arrive(1, CLEO, viewing(7), second(4));
    let _ = two.hear(&says(&mut again, second(4)).unwrap(), second(4));
    assert_eq!(people(&two), [BEN, CLEO]);
}

#[test]
fn a_node_does_not_listen_to_itself() {
    let (mut one, _) = two();
    let _ = one.moves(1, viewing(8), second(1));
    let said = says(&mut one, second(1)).unwrap();
    let _ = one.moves(1, viewing(9), second(2));
    for echo in [said, one.whole(), State::new(1, 9).whole()] {
        let heard = one.hear(&echo, second(3));
        assert!(heard.changes.is_empty() && heard.lacks.is_none());
    }
    assert_eq!(one.whereabouts(ADA).unwrap().item, Some(ticket(9)));
}

#[test]
fn one_person_on_two_nodes_is_one_and_edits_if_they_edit_anywhere() {
    let (mut one, mut two) = two();
    let _ = two.arrive(2, ADA, editing(7), second(1));
    let _ = one.hear(&says(&mut two, second(1)).unwrap(), second(1));
    for state in [&one, &two] {
        let company = state.company(&ticket(7));
        assert_eq!((company.people.len(), company.colour()), (2, Colour::Pink));
        assert_eq!(company.people[0].person, ADA);
        assert_eq!(state.whereabouts(ADA).unwrap().activity, Activity::Editing);
    }
    assert_eq!(
        two.tabs_of(ADA).map(|tab| tab.node).collect::<Vec<_>>(),
        [1, 2]
    );
}

/// A clock that is a year ahead, and one that has just been started.
#[test]
fn clocks_that_differ_change_neither_ages_nor_which_tab_was_used_last() {
    let year = 365 * 24 * 3_600;
    let (mut old, mut new) = (State::new(1, 1), State::new(2, 1));
    let _ = old.arrive(1, ADA, viewing(7), second(year));
    // Half a minute later, on a node that counts from its start.
    let _ = old.beats(1, second(year + 30));
    let _ = new.arrive(1, ADA, viewing(8), second(0));
    let first = says(&mut new, second(0)).unwrap();
    let _ = old.hear(&first, second(year + 30));
    let _ = new.hear(&says(&mut old, second(year + 30)).unwrap(), second(0));
    // The younger node has learnt how late it is, and says so.
    let _ = old.hear(&says(&mut new, second(1)).unwrap(), second(year + 31));
    for (state, now) in [(&old, year + 31), (&new, 1)] {
        let ada = state.whereabouts(ADA).unwrap();
        assert_eq!(ada.item, Some(ticket(8)));
        assert_eq!(second(now).elapsed_since(ada.since), 1_000);
        let company = state.company(&ticket(7));
        assert_eq!(second(now).elapsed_since(company.people[0].since), 31_000);
    }
    assert_eq!(new.passes(second(14)), presence::Changes::default());
}

#[test]
fn what_is_hopeless_to_count_is_no_reason_to_fall() {
    let mut one = State::new(u64::MAX, u64::MAX);
    let _ = one.arrive(u64::MAX, i64::MAX, in_the_list(), Moment(i64::MAX));
    let mut two = State::new(0, 0);
    let _ = two.arrive(0, i64::MIN, editing(i64::MIN), Moment(i64::MIN));
    let _ = two.hear(&one.whole(), Moment(i64::MIN));
    let _ = one.hear(&two.whole(), Moment(i64::MAX));
    assert_eq!(people(&two), [i64::MIN, i64::MAX]);
}
