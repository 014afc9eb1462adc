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
        Tests(&[
            "a_folder_that_is_numbered_anew_repeats_nothing_and_skips_nothing",
            "a_letter_without_a_head_in_a_folder_numbered_anew_is_taken",
            "numbers_that_go_back_are_another_folder_whatever_it_says",
            "what_came_while_a_server_was_named_wrongly_is_new_and_what_lies_in_another_mailbox_is_not",
        ]),
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
            "whoever_waits_for_a_slow_letter_keeps_the_mailbox",
            "whoever_lost_the_mailbox_while_letters_came_keeps_none_of_them",
            "whoever_lost_the_mailbox_while_an_original_was_marked_writes_nothing_of_it",
        ]),
    ),
    (
        "IN-11",
        "the wrong original is moved, or one is copied for ever",
        Tests(&[
            "each_original_ends_as_it_was_said_and_no_other_is_touched",
            "a_server_that_tells_nothing_is_asked_and_one_that_cannot_move_copies_once",
            "what_is_refused_is_no_attempt_and_is_done_once_it_may_be",
            "an_original_that_cannot_be_deleted_yet_is_not_copied_again",
            "a_copy_of_which_nobody_heard_is_looked_for_and_not_made_again",
            "a_copy_that_breaks_off_each_time_is_given_up",
        ]),
    ),
    (
        "IN-13",
        "a line that breaks, a server that stands still or a letter that does not come loses a letter, halves one, or stops the rest",
        Tests(&[
            "a_line_that_breaks_in_the_middle_of_a_letter_loses_and_halves_nothing",
            "a_server_that_stands_still_or_says_goodbye_keeps_no_other_mailbox_waiting",
            "a_server_that_goes_on_and_on_is_hung_up_on",
            "one_letter_that_does_not_come_keeps_nobody_from_taking_the_others",
            "a_letter_at_which_the_line_breaks_each_time_is_passed_over",
        ]),
    ),
    (
        "IN-15",
        "a server that can less is not understood",
        Tests(&[
            "a_server_that_tells_nothing_is_asked_and_one_that_cannot_move_copies_once",
            "a_server_that_can_nothing_beside_the_protocol_is_fetched_and_loses_nobody_elses_letters",
        ]),
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
        "a letter too large is asked for for ever, or one is left that is not, or nobody hears that one was left",
        Tests(&[
            "a_letter_that_is_too_large_is_left_and_said_once_and_the_others_are_taken",
            "what_is_too_large_is_a_ticket_with_a_note_and_its_sender_is_told_once",
            "a_machine_whose_letter_is_too_large_is_told_nothing",
            "a_letter_is_as_large_as_it_is_and_not_as_it_is_said_to_be",
        ]),
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
