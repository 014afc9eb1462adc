//! The catalogue of faults that products of this kind had, as far as it is about who may see and do what
//! (AZ) and about what is learnt sideways (SC): each line names the tests that would fail if we had it, or
//! says why there is nothing yet that could.

use std::collections::BTreeSet;

use super::tree;

/// What answers for a line.
pub enum Answer {
    /// These tests.
    Tests(&'static [&'static str]),
    /// That part is not built, and what it will be when it is.
    NotBuilt(&'static str),
}
use Answer::{NotBuilt, Tests};

/// Identifier, the fault in a few words, and what answers for it.
const LINES: &[(&str, &str, Answer)] = &[
    (
        "AZ-01",
        "a thing is read by its number, through any of its addresses",
        Tests(&[
            "everybody_asks_everything_and_learns_only_what_is_theirs",
            "one_rule_everywhere",
            "what_one_may_not_see_is_in_no_byte_of_any_answer",
        ]),
    ),
    (
        "AZ-02",
        "a thing is reached through another that it does not hang on",
        Tests(&[
            "everybody_asks_everything_and_learns_only_what_is_theirs",
            "a_task_is_looked_up_through_its_ticket_only",
        ]),
    ),
    (
        "AZ-04",
        "what was merged is read through its old address",
        Tests(&[
            "the_ticket_that_goes_on_decides_who_reads_and_an_invitation_is_a_choice",
            "words_to_the_requester_alone_reach_no_other_requester_by_a_merge",
            "an_answer_to_a_mail_of_a_merged_ticket_joins_the_one_that_goes_on",
            "a_file_that_a_merge_took_along_opens_at_its_old_address_for_programs_too",
        ]),
    ),
    (
        "AZ-05",
        "a new ticket names a hidden one, and is told its title",
        Tests(&[
            "a_new_ticket_names_no_other_and_echoes_no_title",
            "linking_to_a_hidden_ticket_answers_as_to_one_that_never_was",
            "what_is_hidden_is_refused_as_fast_as_what_never_was",
            "a_warning_never_names_a_ticket_one_may_not_see",
        ]),
    ),
    (
        "AZ-07",
        "who sees assigned tickets only finds others, or their own old words",
        Tests(&[
            "an_agent_of_assigned_tickets_has_nothing_left_of_what_is_taken_from_them",
            "a_restricted_agent_finds_only_people_of_their_tickets",
        ]),
    ),
    (
        "AZ-09",
        "a customer is sent what is internal",
        Tests(&[
            "a_customer_never_sees_an_internal_note",
            "words_to_the_requester_are_not_read_by_invitees_nor_the_other_way_round",
            "a_file_on_a_note_is_taken_off_by_staff_and_leaves_no_word_to_the_requester",
            "tags_are_a_column_for_whoever_chose_it_and_no_word_to_the_requester",
            "everybody_asks_everything_and_learns_only_what_is_theirs",
        ]),
    ),
    (
        "AZ-10",
        "a colleague of the same organisation reads along",
        Tests(&[
            "a_colleague_sees_nothing_by_the_organisation_they_share_or_come_to",
            "whoever_is_let_out_loses_sight_at_once_and_is_not_told",
        ]),
    ),
    (
        "AZ-11",
        "tickets follow somebody to another organisation",
        Tests(&["a_colleague_sees_nothing_by_the_organisation_they_share_or_come_to"]),
    ),
    (
        "AZ-13",
        "files are found by trying numbers",
        Tests(&[
            "a_file_is_found_by_no_number_one_tries",
            "ten_thousand_guesses_and_every_manner_of_asking_find_no_file",
        ]),
    ),
    (
        "AZ-14",
        "a file is attached to somebody else’s thing, or taken from their upload",
        Tests(&["nothing_is_attached_to_what_one_may_not_see_nor_taken_from_anothers_draft"]),
    ),
    (
        "AZ-15",
        "an export holds rows or columns the list does not",
        Tests(&["a_file_holds_what_the_list_shows_and_only_for_those_who_may_take_it"]),
    ),
    (
        "AZ-17",
        "another kind of thing is reached by its name",
        Tests(&["no_other_kind_of_thing_is_reached_by_naming_it"]),
    ),
    (
        "AZ-19",
        "a customer’s program acts as staff",
        Tests(&[
            "a_customer_changes_nothing_of_their_request_but_what_is_theirs_to_change",
            "the_verdicts_are_the_reviewed_ones",
        ]),
    ),
    (
        "AZ-20",
        "a template of another department is opened or used",
        Tests(&[
            "everybody_asks_everything_and_learns_only_what_is_theirs",
            "a_template_is_changed_by_whom_may_and_never_over_anothers_change",
            "the_template_of_another_category_fills_only_what_is_empty",
        ]),
    ),
    (
        "AZ-22",
        "who administers a part helps themselves to the whole",
        Tests(&[
            "a_manager_changes_only_the_part_they_are_trusted_with",
            "a_manager_of_members_releases_tickets_but_gives_no_privilege_they_lack",
            "nobody_raises_anybody_above_their_own_rank_nor_changes_somebody_higher",
            "nobody_below_sets_scopes_and_nobody_touches_whoever_is_above",
        ]),
    ),
    (
        "AZ-23",
        "an asset shows what its reader may not know",
        NotBuilt("there are no assets"),
    ),
    (
        "AZ-24",
        "a right that ended is used until the page is left",
        Tests(&[
            "a_right_that_ends_while_a_ticket_is_open_ends_everything_on_it",
            "a_right_that_ends_before_a_mail_leaves_ends_the_mail",
            "who_loses_a_right_loses_the_line_and_finds_the_ticket_gone",
            "whoever_is_disabled_is_out_at_once_by_browser_and_by_token",
        ]),
    ),
    (
        "AZ-25",
        "a shared view grants, or a bulk deed reaches further than its doer",
        Tests(&[
            "a_view_is_seen_by_those_it_is_for_and_counts_what_each_sees",
            "each_shares_only_by_right_and_changes_only_their_own",
            "what_is_refused_is_named_and_changes_nothing",
        ]),
    ),
    (
        "SC-01",
        "search finds, counts or corrects by hidden words",
        Tests(&[
            "hidden_words_change_no_byte_of_an_answer",
            "what_one_may_not_see_is_in_no_byte_of_a_search",
        ]),
    ),
    (
        "SC-03",
        "a person’s other tickets are named or counted beside one",
        Tests(&[
            "a_card_shows_and_counts_only_the_tickets_its_reader_may_see",
            "everybody_asks_everything_and_learns_only_what_is_theirs",
        ]),
    ),
    (
        "SC-04",
        "a list is put in the order of what one may not read",
        Tests(&["nothing_is_ordered_or_narrowed_by_what_one_may_not_read"]),
    ),
    (
        "SC-05",
        "a list is narrowed by what one may not read",
        Tests(&[
            "nothing_is_ordered_or_narrowed_by_what_one_may_not_read",
            "a_requester_has_no_field_that_tells_of_others",
            "a_filter_narrows_what_one_sees_and_never_widens_it",
        ]),
    ),
    (
        "SC-07",
        "whoever is called by name is sent what they cannot open",
        Tests(&[
            "a_colleague_who_may_read_is_told_once_and_one_who_may_not_is_not",
            "no_mail_holds_a_word_that_is_not_for_its_reader",
        ]),
    ),
    (
        "SC-08",
        "a substitute is told of what they cannot open",
        NotBuilt("nobody names a substitute"),
    ),
    (
        "SC-10",
        "history tells what a ticket said elsewhere (it does to those who see it there, as decided; notes stay notes)",
        Tests(&[
            "a_ticket_that_is_sent_on_takes_its_history_along_for_those_who_see_it_there",
            "an_agent_loses_internal_notes_on_their_own_request_outside_their_scope",
        ]),
    ),
    (
        "SC-12",
        "a live frame carries words, or outlives a right",
        Tests(&[
            "no_frame_holds_a_word_or_a_number_that_is_not_for_its_receiver",
            "what_happens_out_of_sight_is_told_by_no_frame",
            "a_change_is_told_to_pages_that_show_it_with_its_version_and_without_a_word_of_it",
            "a_ticket_that_leaves_ones_sight_is_told_as_gone_once",
        ]),
    ),
    (
        "SC-13",
        "who is where tells of a hidden ticket",
        Tests(&[
            "whoever_is_on_a_ticket_is_told_to_those_who_see_it_and_to_nobody_else",
            "no_frame_holds_a_word_or_a_number_that_is_not_for_its_receiver",
            "a_ticket_that_leaves_ones_sight_takes_those_on_it_along",
        ]),
    ),
    (
        "SC-14",
        "a refusal tells what is hidden from what never was",
        Tests(&[
            "everybody_asks_everything_and_learns_only_what_is_theirs",
            "linking_to_a_hidden_ticket_answers_as_to_one_that_never_was",
        ]),
    ),
    (
        "SC-16",
        "a private address of a feed outlives the right",
        NotBuilt("there are no feeds and no calendars"),
    ),
    (
        "SC-17",
        "a report counts what its reader may not see",
        Tests(&[
            "no_daily_report_holds_a_word_that_is_not_for_its_reader",
            "everybody_sees_in_the_list_what_they_can_open_and_counts_agree",
            "a_view_is_seen_by_those_it_is_for_and_counts_what_each_sees",
        ]),
    ),
    (
        "SC-19",
        "a mail quotes notes, or names the others’ addresses",
        Tests(&[
            "no_mail_holds_a_word_that_is_not_for_its_reader",
            "a_mail_to_one_customer_holds_no_address_of_another",
        ]),
    ),
    (
        "SC-20",
        "addresses open to anybody tell valid from invalid",
        // Links in mails are the only ones; none is tracked, rated or unsubscribed from.
        Tests(&["links_that_are_none_and_links_of_nobody_answer_alike"]),
    ),
    (
        "SC-22",
        "a page that loads by halves shows more than is permitted",
        NotBuilt(
            "pages come whole from the server, and scripts fetch them through the same addresses",
        ),
    ),
    (
        "SC-23",
        "a view of the log leads out of it, or holds secrets",
        NotBuilt("the log is not shown; the journal holds no words of tickets"),
    ),
    (
        "SC-24",
        "another program is told of what its owner may not see",
        NotBuilt("there are no webhooks"),
    ),
    (
        "SC-25",
        "a template’s field reaches what its writer may not read",
        Tests(&[
            "a_path_nobody_allowed_is_refused_by_name_and_empty_when_it_comes_all_the_same",
            "a_saved_reply_is_filled_and_put_below_what_was_typed",
        ]),
    ),
];

#[test]
fn every_fault_of_seeing_and_doing_has_its_test_or_nothing_it_could_be_in() {
    each_is_answered_for(LINES);
}

/// Looks that each line is answered for, by tests that are there.
pub fn each_is_answered_for(lines: &[(&str, &str, Answer)]) {
    let sources = tree::files(&["vigie"], ".rs");
    let tests: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.code())
        .filter_map(|(_, line)| {
            line.trim_start()
                .strip_prefix("fn ")
                .or_else(|| line.trim_start().strip_prefix("async fn "))
        })
        .filter_map(|rest| {
            // A test takes nothing, or the world by its bare name; what says a type is somebody's helper.
            let (name, arguments) = rest.split_once('(')?;
            let arguments = arguments.split_once(')')?.0;
            (!arguments.contains(':')).then_some(name)
        })
        .collect();
    let (mut seen, mut faults) = (BTreeSet::new(), vec![]);
    for (id, fault, answer) in lines {
        assert!(seen.insert(id), "{id} stands here twice");
        match answer {
            Tests(named) => {
                if named.is_empty() {
                    faults.push(format!("{id} ({fault}): no test"));
                }
                for name in named.iter().filter(|name| !tests.contains(*name)) {
                    faults.push(format!("{id} ({fault}): there is no test {name}"));
                }
            }
            NotBuilt(reason) => assert!(!reason.is_empty(), "{id}"),
        }
    }
    assert_eq!(seen.len(), lines.len());
    let is_sorted = lines.is_sorted_by_key(|(id, _, _)| *id);
    assert!(is_sorted, "the lines stand in order");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
