//! The catalogue of faults as far as it is about letters that are fetched from mailboxes (IN): each line names the tests
//! that would fail if we had it.

use super::faults::Answer::{self, NotBuilt, Tests};
use super::faults::each_is_answered_for;

/// Identifier, the fault in a few words, and what answers for it.
const LINES: &[(&str, &str, Answer)] = &[
    (
        "IN-01",
        "a process that is killed loses a letter",
        NotBuilt(
            "the torture kills while letters come by SMTP only; what breaks off while they are fetched is in IN-02, IN-09 and IN-13",
        ),
    ),
    (
        "IN-02",
        "an original is marked before its letter is kept",
        Tests(&["nothing_is_done_to_an_original_before_its_letter_is_kept"]),
    ),
    (
        "IN-04",
        "what a human read first is not taken",
        Tests(&["what_a_human_read_first_is_taken_all_the_same"]),
    ),
    (
        "IN-05",
        "a folder numbered anew is taken twice, or not at all",
        Tests(&["a_folder_that_is_numbered_anew_repeats_nothing_and_skips_nothing"]),
    ),
    (
        "IN-07",
        "an id somebody used first hides another letter",
        Tests(&[
            "one_message_id_over_two_letters_two_mailboxes_and_what_comes_out_of_junk",
            "a_folder_that_is_numbered_anew_repeats_nothing_and_skips_nothing",
        ]),
    ),
    (
        "IN-08",
        "one letter in two mailboxes goes back and forth",
        Tests(&["one_message_id_over_two_letters_two_mailboxes_and_what_comes_out_of_junk"]),
    ),
    (
        "IN-09",
        "two processes take one letter twice",
        Tests(&[
            "two_processes_on_one_mailbox_take_each_letter_once_and_one_goes_on_where_the_other_died",
            "a_letter_of_one_number_is_kept_once_even_by_two_who_both_hold_the_mailbox",
        ]),
    ),
    (
        "IN-11",
        "the wrong original is moved, or one is copied for ever",
        Tests(&[
            "each_original_ends_as_it_was_said_and_no_other_is_touched",
            "a_server_that_tells_nothing_is_asked_and_one_that_cannot_move_copies_once",
        ]),
    ),
    (
        "IN-13",
        "a line that breaks loses a letter, or leaves half of one",
        Tests(&["a_line_that_breaks_in_the_middle_of_a_letter_loses_and_halves_nothing"]),
    ),
    (
        "IN-15",
        "a server that can less is not understood",
        Tests(&["a_server_that_tells_nothing_is_asked_and_one_that_cannot_move_copies_once"]),
    ),
    (
        "IN-16",
        "the first day takes, or throws away, what lay there",
        Tests(&[
            "what_lay_there_is_left_when_only_new_letters_are_wanted_even_under_other_numbers",
        ]),
    ),
    (
        "IN-17",
        "a letter too large is asked for for ever",
        Tests(&["a_letter_that_is_too_large_is_left_and_said_once_and_the_others_are_taken"]),
    ),
    (
        "IN-19",
        "what comes out of junk is not found",
        Tests(&["one_message_id_over_two_letters_two_mailboxes_and_what_comes_out_of_junk"]),
    ),
];

#[test]
fn every_fault_of_fetching_letters_has_its_test_or_nothing_it_could_be_in() {
    each_is_answered_for(LINES);
}
