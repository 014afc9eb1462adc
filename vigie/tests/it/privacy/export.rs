//! The file of what the desk holds on somebody: everything, and nothing of anybody else.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use kit::system;
use serde_json::{Value, json};

use super::{columns_naming_people, post, works};
use crate::mail::{BLUE, deliver, letter};

/// Every column that names a person, and the part of the file that tells of it.
const TOLD: &[(&str, &str)] = &[
    ("absences.person_id", "absences"),
    ("advice_requests.asked_by_id", "advice_asked"),
    ("agents.person_id", "staff"),
    ("api_tokens.person_id", "tokens"),
    ("article_texts.editor_id", "texts_of_articles"),
    ("articles.author_id", "articles"),
    ("articles.editor_id", "articles"),
    ("audit_entries.actor_id", "journal_by_them"),
    ("audit_entries.person_id", "journal_about_them"),
    ("bulk_runs.person_id", "many_at_once"),
    ("category_members.person_id", "categories_served"),
    ("confidants.person_id", "confidences"),
    ("served_locations.person_id", "served_alone"),
    ("served_organizations.person_id", "served_alone"),
    ("comments.author_id", "words"),
    ("comments.redacted_by_id", "parts_removed"),
    ("daily_report_contents.person_id", "daily_report_contents"),
    ("daily_reports.person_id", "daily_report"),
    ("drafts.author_id", "drafts"),
    ("events.actor_id", "history"),
    ("asset_events.actor_id", "asset_history"),
    ("asset_events.new_holder_id", "asset_history"),
    ("asset_events.old_holder_id", "asset_history"),
    ("assets.holder_id", "assets"),
    ("key_maps.person_id", "shortcuts"),
    ("list_settings.person_id", "lists"),
    ("memberships.person_id", "memberships"),
    ("mentions.person_id", "mentions"),
    ("mentors.mentor_id", "mentoring"),
    ("mentors.trainee_id", "mentoring"),
    ("merges.by_id", "merges"),
    ("merges.undone_by_id", "merges"),
    ("monitoring.person_id", "monitoring_switch"),
    ("monitoring_levels.person_id", "monitoring"),
    ("one_time_links.person_id", "links_to_sign_in"),
    ("outgoing_mails.person_id", "mails_sent_to_them"),
    ("participants.added_by_id", "people_let_in"),
    ("participants.person_id", "participations"),
    ("passkeys.person_id", "passkeys"),
    ("people.added_by_id", "people_added"),
    ("people.merged_into_id", "records_merged"),
    ("permanent_invitees.added_by_id", "always_let_in"),
    ("permanent_invitees.person_id", "always_let_in"),
    ("person_addresses.person_id", "further_addresses"),
    ("recovery_codes.person_id", "second_factor"),
    ("saved_replies.owner_id", "replies_saved"),
    ("second_factors.person_id", "second_factor"),
    ("sessions.person_id", "sessions"),
    ("tasks.assignee_id", "tasks"),
    ("tasks.author_id", "tasks"),
    ("tasks.done_by_id", "tasks"),
    ("team_members.person_id", "teams"),
    ("ticket_assets.added_by_id", "asset_links"),
    ("ticket_links.added_by_id", "links"),
    ("ticket_marks.person_id", "tickets_read"),
    ("ticket_tags.added_by_id", "tags"),
    ("tickets.assignee_id", "tickets_in_charge"),
    ("tickets.author_id", "tickets_opened_for_others"),
    ("tickets.requester_id", "tickets_requested"),
    ("time_entries.person_id", "time_spent"),
    ("unsent_forms.person_id", "forms_unsent"),
    ("views.owner_id", "views"),
];

/// Those that the file leaves out, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "notifications.person_id",
        "a month at most of what was told in the corner of their pages; their mails, which are told, say it",
    ),
    (
        "rights_notices.person_id",
        "what their role was, until they know; the journal, which is told, says it",
    ),
    (
        "acts_by_rank.person_id",
        "a day at most; the journal, which is told, says what they read by rank",
    ),
    (
        "refused_requests.person_id",
        "an hour at most; the journal, which is told, says what was refused to them",
    ),
    (
        "sights.person_id",
        "what memberships and teams come to, which are told",
    ),
    (
        "idempotency_keys.person_id",
        "answers to their own programs, kept for a day",
    ),
    ("mailed_codes.person_id", "a code that is good for minutes"),
    (
        "passkey_challenges.person_id",
        "a question that is good for minutes",
    ),
    ("person_words.person_id", "made of the card, for searching"),
    (
        "reading_floors.person_id",
        "since when tickets count as unread, for everybody the same",
    ),
    (
        "sessions.eyes_id",
        "an hour at most; the journal says who looked",
    ),
    ("sign_in_halves.person_id", "a sign-in under way, minutes"),
    (
        "tickets.last_actor_id",
        "the last line of the history says it",
    ),
];

on_both_engines! {
    async fn every_column_that_names_a_person_is_told_or_left_out_for_a_reason(w) {
        let found = columns_naming_people(w).await;
        let told: BTreeMap<&str, &str> = TOLD.iter().chain(LEFT_OUT).copied().collect();
        assert_eq!(told.len(), TOLD.len() + LEFT_OUT.len(), "each once");
        let told: BTreeSet<String> = told.into_keys().map(str::to_owned).collect();
        assert_eq!(found, told, "a new column that names a person is told in the file, or left out for a reason");
        // Each part is in the file.
        let door = w.door().await;
        let own = door.json("gil", "/api/v1/me/data").await;
        for (column, part) in TOLD {
            assert!(own[*part].is_array(), "{column}: {part}");
        }
        door.closes().await;
    }
}

async fn does(
    door: &crate::browsing::Door,
    who: &str,
    method: Method,
    path: &str,
    body: Value,
) -> Value {
    let answer = door.asks(who, method, path, &body.to_string()).await;
    assert!(answer.status < 300, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_default()
}

on_both_engines! {
    async fn a_customer_takes_everything_of_theirs_and_nothing_of_anybody_elses(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        let screen = w.ticket("screen");
        let at = format!("/api/v1/tickets/{screen}");
        let said = json!({"audience": "public", "body": "My zqxwords", "files": [{"name": "zqxfile.txt", "content": "enF4"}]});
        does(&door, "dora", Method::POST, &format!("{at}/comments"), said).await;
        does(&door, "ben", Method::POST, &format!("{at}/comments"), json!({"audience": "staff", "body": "Bens zqxnote"})).await;
        does(&door, "ben", Method::POST, &format!("{at}/comments"), json!({"audience": "public", "body": "Bens zqxanswer"})).await;
        deliver(&p, BLUE, &letter("Dora <dora@nordet.example>", BLUE, "The zqxletter", "", "Hello")).await;
        let dora = w.person("dora");
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test writes the table itself", "UPDATE people SET phone = 'zqxphone' WHERE id = $1", dora)).await.unwrap();
        tx.commit().await.unwrap();
        works(w, &door, &p).await;

        let path = format!("/api/v1/people/{dora}/data");
        for who in ["dora", "max"] {
            let file = match who {
                "dora" => door.gets("dora", "/preferences/data").await,
                _ => door.gets(who, &path).await,
            };
            assert_eq!(file.status, 200, "{who}: {}", file.body);
            for word in ["zqxwords", "zqxfile.txt", "zqxphone", "zqxletter", "dora@nordet.example", "Écran noir", "a test"] {
                assert!(file.body.contains(word), "{who} misses {word}: {}", file.body);
            }
            for word in ["zqxnote", "zqxanswer", "ben@", "emil@", "ada@", "max@"] {
                assert!(!file.body.contains(word), "{who} meets {word}: {}", file.body);
            }
            let whole: Value = serde_json::from_str(&file.body).unwrap();
            for part in ["tickets_requested", "participations", "words", "files", "sessions", "tokens", "mails_sent_to_them", "history"] {
                assert!(!whole[part].as_array().unwrap().is_empty(), "{who}: {part}: {whole}");
            }
            // The post and the journal are administrators' to read.
            let is_told = who == "max";
            assert_eq!(!whole["letters_from_them"].as_array().unwrap().is_empty(), is_told, "{who}");
            assert_eq!(!whole["journal_about_them"].as_array().unwrap().is_empty(), is_told, "{who}");
            let address = whole["files"][0]["address"].as_str().unwrap().to_owned();
            let (_, address) = address.split_once(".example/").unwrap();
            assert_eq!(door.gets("dora", &format!("/{address}")).await.body, "zqx", "{who}");
        }
        // What somebody has not sent yet is in their own file only.
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test writes the table itself",
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($1, $2, 'public', 'draft', 'zqxdraft', 1)",
            screen, w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let own = door.gets("ben", "/api/v1/me/data").await;
        assert!(own.status == 200 && own.body.contains("zqxdraft") && own.body.contains("zqxnote"), "{}", own.body);
        let theirs = door.gets("max", &format!("/api/v1/people/{}/data", w.person("ben"))).await;
        assert!(theirs.status == 200 && !theirs.body.contains("zqxdraft") && theirs.body.contains("zqxnote"), "{}", theirs.body);

        // Nobody else takes it; nobody takes that of somebody above them; each time is noted.
        for (who, status) in [("ben", 403), ("vera", 403), ("emil", 404), ("dora", 404), ("nobody", 401)] {
            assert_eq!(door.gets(who, &path).await.status, status, "{who}");
        }
        assert_eq!(door.gets("max", &format!("/api/v1/people/{}/data", w.person("ada"))).await.status, 403);
        let journal = door.gets("ada", &format!("/admin/journal?deed=person_exported&person={}", "dora%40nordet.example")).await;
        assert_eq!(journal.body.matches("Personal data exported").count() - 1, 2, "{}", journal.body);
        let page = door.gets("max", &format!("/admin/people/{dora}")).await;
        assert!(page.body.contains(&format!("/admin/people/{dora}/data")), "{}", page.body);
        let own = door.gets("dora", "/preferences").await;
        assert!(own.body.contains("/preferences/data"), "{}", own.body);
        door.closes().await;
    }
}
