//! Two records of one human become one: everything moves, nothing is lost, and what let the other in ends.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use kit::db::{Ask, Query, scratch};
use kit::{global, record, system};
use serde_json::{Value, json};
use vigie::audit::chain::{self, Standing};
use vigie::people::{self, PersonId};
use vigie::privacy::duplicates::columns::{COLUMNS, Fate};

use super::{columns_naming_people, post, stands, works};
use crate::browsing::Door;
use crate::mail::{BLUE, deliver_from, letter};
use crate::world::World;

const HOME: &str = "Dora@home.example";

record! { struct Number { id: i64 } }
record! { struct Text { text: String } }

async fn does(door: &Door, who: &str, method: Method, path: &str, body: Value) -> Value {
    let answer = door.asks(who, method, path, &body.to_string()).await;
    assert!(answer.status < 300, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_default()
}

async fn writes(w: &World, query: Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

/// Writes rows that name a person, who is `$1`, on a ticket, which is `$2`.
macro_rules! plants {
    ($w:expr, $who:expr, $ticket:expr, $($text:literal),+ $(,)?) => {
        $(writes($w, system!(because = "a test writes the table itself", $text, $who, $ticket)).await;)+
    };
}

async fn adds(door: &Door, name: &str, email: &str) -> PersonId {
    let new = json!({"name": name, "email": email, "portal": true});
    let made = does(door, "max", Method::POST, "/api/v1/people", new).await;
    PersonId(made["id"].as_i64().unwrap())
}

async fn merges(door: &Door, who: &str, kept: PersonId, other: PersonId) -> u16 {
    let path = format!("/api/v1/people/{kept}/merge");
    let body = json!({"other": other.0}).to_string();
    door.asks(who, Method::POST, &path, &body).await.status
}

async fn count(w: &World, query: Query) -> i64 {
    let found: Number = w.db.read().one(query).await.unwrap();
    found.id
}

/// How many rows name somebody, by column.
async fn named(w: &World, id: PersonId) -> BTreeMap<&'static str, i64> {
    let mut all = BTreeMap::new();
    for (column, _) in COLUMNS {
        let (table, name) = column.split_once('.').unwrap();
        let found = scratch::naming(&w.db, table, name, id.0).await.unwrap();
        all.insert(*column, found);
    }
    all
}

on_both_engines! {
    async fn every_column_that_names_a_person_moves_or_ends_or_stays_for_a_reason(w) {
        let told: BTreeSet<String> = COLUMNS.iter().map(|(column, _)| (*column).to_owned()).collect();
        assert_eq!(told.len(), COLUMNS.len(), "each once");
        assert_eq!(columns_naming_people(w).await, told, "merging must say what becomes of a new column that names a person");
    }
}

on_both_engines! {
    async fn whatever_named_the_other_names_who_is_kept_or_ends(w) {
        let mut door = w.door().await;
        let (kept, other) = (w.person("dora"), adds(&door, "Dora at home", HOME).await);
        door.lets_in(w, "home", other).await;
        let older = adds(&door, "Dora long ago", "dora@old.example").await;
        assert_eq!(merges(&door, "max", other, older).await, 204);
        let ticket = json!({"subject": "From home", "body": "Hello", "category": count(w, global!("SELECT MIN(c.id) AS id FROM categories c")).await});
        let own = does(&door, "home", Method::POST, "/api/v1/tickets", ticket).await["number"].as_i64().unwrap();
        let at = w.ticket("payroll");
        plants!(w, other, at,
            "UPDATE tickets SET assignee_id = $1, last_actor_id = $1 WHERE id = $2",
            "UPDATE sessions SET eyes_id = $1, eyes_until = $2 WHERE person_id = (SELECT MIN(a.person_id) FROM agents a)",
            "INSERT INTO bulk_runs (person_id, deed, once, created_at) VALUES ($1, 'take', 'x', $2)",
            "INSERT INTO category_members (category_id, person_id) SELECT MIN(c.id), $1 FROM categories c WHERE c.id < $2",
            "INSERT INTO comments (ticket_id, author_id, audience, hat, origin, body, html, created_at, redacted_by_id) VALUES ($2, $1, 'public', 'requester', 'web', 'x', 'x', 1, $1)",
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($2, $1, 'public', 'draft', 'x', 1)",
            "INSERT INTO unsent_forms (person_id, ticket_id, form, token, fields, updated_at) VALUES ($1, $2, 'portal_reply', 'x', '{}', 1)",
            "INSERT INTO assets (kind, name, tag, tag_key, serial, serial_key, maker, model, state, holder_id, note, words, created_at, updated_at) \
             SELECT 'other', 'x', '', '', '', '', '', '', 'in_use', $1, '', 'x', 1, 1 WHERE $2 > 0",
            "INSERT INTO asset_events (asset_id, version, what, old_holder_id, new_holder_id, actor_id, created_at) SELECT MAX(a.id), 1, 'holder', $1, $1, $1, $2 FROM assets a",
            "INSERT INTO ticket_assets (ticket_id, asset_id, added_by_id, created_at) SELECT $2, MAX(a.id), $1, 1 FROM assets a",
            "INSERT INTO idempotency_keys (person_id, key, request_digest, created_at) VALUES ($1, 'x', 'x', $2)",
            "INSERT INTO key_maps (person_id, keys, version) VALUES ($1, 'x', $2)",
            "INSERT INTO list_settings (person_id, list, layout, density, columns, sort) SELECT $1, 'x', 'x', 'x', 'x', 'x' WHERE $2 > 0",
            "INSERT INTO mailed_codes (token_hash, person_id, email_key, code_hash, created_at) VALUES ('x', $1, 'x', 'x', $2)",
            "INSERT INTO mentions (comment_id, ticket_id, person_id) SELECT MAX(c.id), $2, $1 FROM comments c WHERE c.ticket_id = $2",
            "INSERT INTO merges (ticket_id, into_id, by_id, undone_by_id, state_before, origin, moved, created_at) VALUES ($2, $2, $1, $1, 'free', 'web', 0, 1)",
            "INSERT INTO one_time_links (token_hash, purpose, person_id, created_at, expires_at) VALUES ('x', 'password', $1, 1, $2)",
            "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, ticket_id, nonce, state, created_at) VALUES ('x', 'x', $1, 'x', $2, 'x', 'sent', 1)",
            "INSERT INTO participants (ticket_id, person_id, kind, source, added_by_id, created_at) VALUES ($2, $1, 'invitee', 'manual', $1, 1)",
            "INSERT INTO passkey_challenges (challenge_hash, person_id, created_at) VALUES ('x', $1, $2)",
            "INSERT INTO recovery_codes (person_id, code_hash, used_at) VALUES ($1, 'x', $2)",
            "INSERT INTO second_factors (person_id, sealed_seed, created_at) VALUES ($1, 'x', $2)",
            "INSERT INTO sign_in_halves (token_hash, person_id, created_at) VALUES ('x', $1, $2)",
            "INSERT INTO rights_notices (person_id, was_role, was_permissions, was_scope, changed_at) VALUES ($1, 'agent', '', 'group', $2)",
            "INSERT INTO reading_floors (person_id, at) VALUES ($1, $2)",
            "INSERT INTO absences (person_id, there_at) VALUES ($1, $2)",
            "INSERT INTO person_words (word, person_id) SELECT 'zqx', $1 WHERE $2 > 0",
            "INSERT INTO permanent_invitees (department_id, person_id, added_by_id, created_at) SELECT MIN(d.id), $1, $1, $2 FROM departments d",
            "INSERT INTO saved_replies (sharing, owner_id, title, body, created_at, updated_at) VALUES ('private', $1, 'x', 'x', 1, $2)",
            "INSERT INTO articles (title, body, words, language, audience, state, author_id, editor_id, created_at, updated_at) VALUES ('x', 'x', 'x', 'fr', 'staff', 'draft', $1, $1, 1, $2)",
            "INSERT INTO article_texts (article_id, editor_id, title, body, written_at) SELECT MAX(a.id), $1, 'x', 'x', $2 FROM articles a",
            "INSERT INTO tasks (ticket_id, title, author_id, assignee_id, done_by_id, position, created_at) VALUES ($2, 'x', $1, $1, $1, 1, 1)",
            "INSERT INTO time_entries (ticket_id, person_id, minutes, note, spent_on, created_at) VALUES ($2, $1, 1, '', '2026-11-23', 1)",
            "INSERT INTO ticket_links (ticket_id, other_id, kind, added_by_id, created_at) VALUES ($2, $2, 'related', $1, 1)",
            "INSERT INTO tags (name, name_key, created_at) SELECT 'x', 'x', $2 WHERE $1 > 0",
            "INSERT INTO ticket_tags (ticket_id, tag_id, added_by_id, created_at) SELECT $2, MIN(g.id), $1, 1 FROM tags g",
            "INSERT INTO ticket_marks (person_id, ticket_id, version, at) VALUES ($1, $2, 1, 1)",
            "INSERT INTO views (owner_id, audience, name, filter, sort, position, created_at) VALUES ($1, 'personal', 'x', '', '', 1, $2)",
            "UPDATE people SET added_by_id = $1 WHERE id = (SELECT MAX(p.id) FROM people p WHERE p.id < $1 AND $2 > 0)",
        );
        writes(w, system!(because = "a test writes the table itself",
            "INSERT INTO passkeys (person_id, name, credential, public_key, counter, created_at) VALUES ($1, 'x', 'x', $2, 0, 1)", other, &b"key"[..])).await;
        let (had, have) = (named(w, other).await, named(w, kept).await);
        for (column, fate) in COLUMNS {
            let stays = matches!(fate, Fate::Stays(_));
            assert!(stays || had[column] > 0, "the other stands nowhere in {column}");
        }
        // The kept person does not see the other's ticket, until both are one.
        let shown = format!("/portal/tickets/{own}");
        assert_eq!(door.gets("dora", &shown).await.status, 404);
        assert_eq!(door.gets("home", &shown).await.status, 200);
        assert_eq!(merges(&door, "max", kept, other).await, 204);
        let (left, has) = (named(w, other).await, named(w, kept).await);
        for (column, fate) in COLUMNS {
            match fate {
                // Who was merged leads to who was kept, besides those that led to them, and so does their address.
                Fate::Moves => {
                    let adds = ["people.merged_into_id", "person_addresses.person_id"];
                    let more = i64::from(adds.contains(column));
                    assert_eq!((left[column], has[column]), (0, had[column] + have[column] + more), "{column}");
                }
                Fate::Ends => assert_eq!((left[column], has[column]), (0, have[column]), "{column}"),
                Fate::Stays(_) => {}
            }
        }
        assert_eq!(door.gets("dora", &shown).await.status, 200, "sight follows");
        assert_eq!(door.gets("home", &shown).await.status, 303, "the session has ended");
        assert_eq!(door.gets("home", "/api/v1/me").await.status, 401, "and the token");

        // The trace is found nowhere, and leads to who was kept.
        for (who, at) in [("max", format!("/admin/people/{other}")), ("gil", format!("/people/{other}"))] {
            let led = door.gets(who, &at).await;
            let to = at.replace(&other.to_string(), &kept.to_string());
            assert_eq!((led.status, led.location()), (303, &*to), "{at}: {}", led.body);
        }
        assert_eq!(door.gets("max", &format!("/api/v1/people/{other}")).await.status, 404);
        vigie::search::index::catch_up(&w.db).await.unwrap();
        let listed = door.json("gil", "/api/v1/people?q=home.example").await;
        let ids: Vec<i64> = listed["items"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, [kept.0], "{listed}");
        let suggested = door.gets("gil", "/people/suggestions?q=home.example").await;
        assert!(suggested.body.contains("dora@nordet.example") && !suggested.body.contains("merged.invalid"), "{}", suggested.body);
        // So are both of those that went into it one after the other.
        let all = door.json("max", &format!("/api/v1/people/{kept}/addresses")).await;
        let addresses: Vec<&str> = all["items"].as_array().unwrap().iter().map(|it| it["address"].as_str().unwrap()).collect();
        assert_eq!(addresses, ["dora@old.example", HOME], "{all}");
        assert_eq!(people::merged_into(&mut w.db.read(), older).await.unwrap(), Some(kept));

        let journal = door.gets("ada", "/admin/journal?deed=person_merged").await;
        assert!(journal.body.contains("Dora at home &#60;Dora@home.example&#62;") || journal.body.contains("Dora at home &lt;Dora@home.example&gt;"), "{}", journal.body);
        let chain = chain::standing(&mut w.db.read()).await.unwrap();
        assert!(matches!(chain, Standing::Whole { .. }), "{chain:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn where_both_stood_one_stands_and_nothing_either_wrote_is_lost(w) {
        let door = w.door().await;
        let (kept, other) = (w.person("dora"), adds(&door, "Dora at home", HOME).await);
        // Dora asked for the first and is let in to the second; so is her other record, to both.
        let (own, badge) = (w.ticket("printer"), w.ticket("badge"));
        for ticket in [own, badge] {
            plants!(w, other, ticket,
                "INSERT INTO participants (ticket_id, person_id, kind, source, created_at) VALUES ($2, $1, 'invitee', 'manual', 1)",
                "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($2, $1, 'public', 'draft', 'hers at home', 1)",
                "INSERT INTO ticket_marks (person_id, ticket_id, version, at) VALUES ($1, $2, 7, 1)",
                "INSERT INTO mentions (comment_id, ticket_id, person_id) SELECT MIN(c.id), $2, $1 FROM comments c WHERE c.ticket_id = $2",
                "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, ticket_id, event_id, nonce, state, created_at) SELECT 'h' || CAST($2 AS TEXT), 'reply', $1, 'x', $2, MIN(e.id), 'x', 'waiting', 1 FROM events e WHERE e.ticket_id = $2",
                "INSERT INTO tasks (ticket_id, title, author_id, once, position, created_at) VALUES ($2, 'x', $1, 'same', 1, 1)",
            );
            plants!(w, kept, ticket,
                "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($2, $1, 'public', 'draft', 'hers at work', 1)",
                "INSERT INTO ticket_marks (person_id, ticket_id, version, at) VALUES ($1, $2, 3, 1)",
                "INSERT INTO mentions (comment_id, ticket_id, person_id) SELECT MIN(c.id), $2, $1 FROM comments c WHERE c.ticket_id = $2",
                "DELETE FROM outgoing_mails WHERE person_id = $1 AND ticket_id = $2",
                "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, ticket_id, event_id, nonce, state, created_at) SELECT 'w' || CAST($2 AS TEXT), 'reply', $1, 'x', $2, MIN(e.id), 'x', 'sent', 1 FROM events e WHERE e.ticket_id = $2",
                "INSERT INTO tasks (ticket_id, title, author_id, once, position, created_at) VALUES ($2, 'x', $1, 'same', 1, 1)",
            );
        }
        plants!(w, other, badge, "INSERT INTO permanent_invitees (department_id, person_id, created_at) SELECT MIN(d.id), $1, $2 FROM departments d");
        plants!(w, kept, badge, "INSERT INTO permanent_invitees (department_id, person_id, created_at) SELECT MIN(d.id), $1, $2 FROM departments d");
        writes(w, system!(because = "a test writes the table itself",
            "INSERT INTO draft_files (draft_id, name, media_type, size, digest) SELECT d.id, 'x', 'text/plain', 1, 'x' FROM drafts d WHERE d.author_id = $1", other)).await;
        assert_eq!(merges(&door, "ada", kept, other).await, 204);
        let invited = |ticket: vigie::tickets::TicketId| count(w, system!(because = "a test looks at the table itself",
            "SELECT COUNT(*) AS id FROM participants WHERE person_id = $1 AND ticket_id = $2 AND kind = 'invitee'", kept, ticket));
        assert_eq!((invited(own).await, invited(badge).await), (0, 1), "whoever asked for a ticket is no invitee of it");
        for ticket in [own, badge] {
            let draft: Text = w.db.read().one(system!(because = "a test looks at the table itself",
                "SELECT body AS text FROM drafts WHERE author_id = $1 AND ticket_id = $2", kept, ticket)).await.unwrap();
            assert_eq!(draft.text, "hers at work\n\nhers at home");
            assert_eq!(count(w, system!(because = "a test looks at the table itself",
                "SELECT COUNT(*) AS id FROM draft_files f JOIN drafts d ON d.id = f.draft_id WHERE d.author_id = $1 AND d.ticket_id = $2", kept, ticket)).await, 1);
            assert_eq!(count(w, global!("SELECT version AS id FROM ticket_marks WHERE person_id = $1 AND ticket_id = $2", kept, ticket)).await, 7, "what either read is read");
            let mails: Vec<Text> = w.db.read().all(system!(because = "a test looks at the table itself",
                "SELECT state AS text FROM outgoing_mails WHERE person_id = $1 AND ticket_id = $2 ORDER BY state", kept, ticket)).await.unwrap();
            assert_eq!(mails.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["dropped", "sent"], "she is told once");
        }
        assert_eq!(count(w, global!("SELECT COUNT(*) AS id FROM permanent_invitees WHERE person_id = $1", kept)).await, 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn mail_from_the_other_address_finds_who_was_kept_until_it_is_taken_away(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        let (kept, other) = (w.person("dora"), adds(&door, "Dora at home", HOME).await);
        assert_eq!(merges(&door, "max", kept, other).await, 204);
        let writes_home = async |n: u8| {
            let raw = letter(&format!("Dora <{HOME}>"), BLUE, "From home", &format!("Message-ID: <{n}@home.example>\r\n"), "Hello");
            deliver_from(&p, HOME, BLUE, raw.as_bytes()).await;
            works(w, &door, &p).await;
            let told: Text = w.db.read().one(system!(because = "a test looks at the table itself",
                "SELECT state || ' ' || COALESCE(reason, '') AS text FROM incoming_mails ORDER BY id DESC LIMIT 1")).await.unwrap();
            assert_eq!(told.text, "done ");
            PersonId(count(w, system!(because = "a test looks at the table itself", "SELECT t.requester_id AS id FROM tickets t ORDER BY t.id DESC LIMIT 1")).await)
        };
        assert_eq!(writes_home(1).await, kept);
        // Nobody else takes it, by whichever way; she may have it for her own, and then has it no more beside.
        let taken = json!({"name": "Somebody", "email": "dora@HOME.example"}).to_string();
        for (method, path) in [(Method::POST, "/api/v1/people".to_owned()), (Method::PATCH, format!("/api/v1/people/{}", w.person("emil")))] {
            let refused = door.asks("max", method, &path, &taken).await;
            assert!(refused.status == 422 && refused.body.contains("email"), "{path}: {}", refused.body);
        }
        // A login that is her old address lets nobody in as her.
        assert!(people::find_by_name(&mut w.db.read(), HOME).await.unwrap().is_none());
        let at = format!("/api/v1/people/{kept}");
        let invited = does(&door, "ben", Method::POST, &format!("/api/v1/tickets/{}/invitees", w.ticket("cable")), json!({"people": [HOME]})).await;
        assert!(invited.to_string().contains("dora@nordet.example"), "{invited}");
        does(&door, "max", Method::PATCH, &at, json!({"email": HOME})).await;
        assert_eq!(door.json("max", &format!("{at}/addresses")).await["items"], json!([]));
        does(&door, "max", Method::PATCH, &at, json!({"email": "dora@nordet.example"})).await;

        let again = adds(&door, "Dora again", HOME).await;
        assert_eq!(merges(&door, "max", kept, again).await, 204);
        let path = format!("/admin/people/{kept}/addresses/removal");
        for (who, status) in [("ben", 403), ("dora", 404), ("nobody", 303)] {
            assert_eq!(door.asks(who, Method::POST, &path, "address=dora%40home.example").await.status, status, "{who}");
        }
        let page = door.gets("max", &format!("/admin/people/{kept}")).await;
        assert!(page.body.contains("Remove Dora@home.example"), "{}", page.body);
        assert_eq!(door.asks("max", Method::POST, &path, "address=dora%40home.example").await.status, 303);
        assert_eq!(door.asks("max", Method::POST, &path, "address=dora%40home.example").await.status, 404);
        let fresh = writes_home(2).await;
        assert!(![kept, other, again].contains(&fresh), "{fresh}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_merges_whom_they_may_not_nor_by_a_slip(w) {
        let door = w.door().await;
        let (dora, emil) = (w.person("dora"), w.person("emil"));
        let home = adds(&door, "Dora at home", HOME).await;
        for (who, status) in [("ben", 403), ("vera", 403), ("gil", 403), ("emil", 404), ("dora", 404), ("nobody", 401)] {
            assert_eq!(merges(&door, who, dora, home).await, status, "{who}");
        }
        for (kept, other, status, why) in [
            (dora, dora, 422, "the same twice"),
            (dora, w.person("ben"), 422, "staff goes"),
            (w.person("max"), home, 422, "oneself"),
            (w.person("ada"), home, 403, "above"),
            (dora, w.person("ada"), 403, "above goes"),
            (dora, PersonId(987_654), 404, "nobody"),
            (PersonId(987_654), dora, 404, "into nobody"),
        ] {
            assert_eq!(merges(&door, "max", kept, other).await, status, "{why}");
        }
        let path = format!("/api/v1/people/{dora}/merge");
        let version = async |id: PersonId| door.json("max", &format!("/api/v1/people/{id}")).await["version"].as_i64().unwrap();
        let (own, others) = (version(dora).await, version(home).await);
        for (seen, seen_other) in [(own + 1, others), (own, others + 1)] {
            let body = json!({"other": home.0, "other_version": seen_other}).to_string();
            assert_eq!(door.asks_having_seen("max", Method::POST, &path, Some(seen), &body).await.status, 409);
        }
        // Whoever is shut out does not take somebody along.
        writes(w, system!(because = "a test writes the table itself", "UPDATE people SET disabled_at = 1 WHERE id = $1", emil)).await;
        assert_eq!(merges(&door, "max", emil, home).await, 422);
        assert!(people::merged_into(&mut w.db.read(), home).await.unwrap().is_none(), "nothing was done");

        // Once more is the same; into another is refused. Staff may be who is kept.
        let body = json!({"other": home.0, "other_version": others}).to_string();
        assert_eq!(door.asks_having_seen("max", Method::POST, &path, Some(own), &body).await.status, 204);
        assert_eq!(door.asks_having_seen("max", Method::POST, &path, Some(own), &body).await.status, 204, "a double click");
        assert_eq!(merges(&door, "max", w.person("fay"), home).await, 422, "gone elsewhere");
        assert_eq!(merges(&door, "max", home, dora).await, 404, "into a trace");
        assert_eq!(merges(&door, "max", w.person("ben"), dora).await, 204);
        assert_eq!(people::merged_into(&mut w.db.read(), home).await.unwrap(), Some(w.person("ben")));
        let merged = count(w, system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS id FROM audit_entries WHERE deed = 'person_merged'")).await;
        assert_eq!(merged, 2);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_shows_both_side_by_side_before_they_become_one(w) {
        let door = w.door().await;
        let dora = w.person("dora");
        let name = people::find(&mut w.db.read(), dora).await.unwrap().name;
        let home = adds(&door, &name, HOME).await;
        let card = door.gets("max", &format!("/admin/people/{dora}")).await;
        assert!(card.body.contains("Perhaps the same person") && card.body.contains(&format!("/admin/people/{dora}/merge?with={home}")), "{}", card.body);
        let path = format!("/admin/people/{dora}/merge");
        assert_eq!(door.gets("max", &path).await.status, 200);
        for typed in ["Dora%40home.example", &home.to_string()] {
            let shown = door.gets("max", &format!("{path}?with={typed}")).await;
            assert!(shown.status == 200 && shown.body.contains("What goes to") && shown.body.contains(HOME) && shown.body.contains("dora@nordet.example"), "{}", shown.body);
        }
        let unknown = door.gets("max", &format!("{path}?with=nobody%40at.all")).await;
        assert!(unknown.status == 422 && unknown.body.contains("with-error"), "{}", unknown.body);
        let staff = door.asks("max", Method::POST, &path, &format!("version=1&other={}&other_version=1", w.person("ben"))).await;
        assert!(staff.status == 409 || staff.status == 422, "{}", staff.body);
        let version = async |id: PersonId| door.json("max", &format!("/api/v1/people/{id}")).await["version"].as_i64().unwrap();
        let (own, others) = (version(dora).await, version(home).await);
        let stale = door.asks("max", Method::POST, &path, &format!("version={own}&other={home}&other_version={}", others + 1)).await;
        assert!(stale.status == 409 && stale.body.contains("Read again"), "{}", stale.body);
        let done = door.asks("max", Method::POST, &path, &format!("version={own}&other={home}&other_version={others}")).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/admin/people/{dora}")), "{}", done.body);
        let again = door.asks("max", Method::POST, &path, &format!("version={own}&other={home}&other_version={others}")).await;
        assert_eq!(again.status, 303, "{}", again.body);
        let card = door.gets("gil", &format!("/people/{dora}")).await;
        assert!(card.body.contains("Further address") && card.body.contains(HOME), "{}", card.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_erased_is_gone_with_every_record_that_went_into_theirs(w) {
        let mut door = w.door().await;
        let p = post(w, &door).await;
        let other = adds(&door, "Zqxanne Zqxfeld", "zqxanne@zqxhome.example").await;
        door.lets_in(w, "anne", other).await;
        let raw = letter("Zqxanne Zqxfeld <zqxanne@zqxhome.example>", BLUE, "Zqxsubject", "Message-ID: <one@client.example>\r\n", "I am Zqxanne Zqxfeld");
        deliver_from(&p, "zqxanne@zqxhome.example", BLUE, raw.as_bytes()).await;
        works(w, &door, &p).await;
        let emil = w.person("emil");
        assert_eq!(merges(&door, "max", emil, other).await, 204);
        works(w, &door, &p).await;
        let file = door.json("max", &format!("/api/v1/people/{emil}/data")).await;
        assert_eq!(file["further_addresses"][0]["address"], "zqxanne@zqxhome.example", "{file}");
        assert_eq!(file["letters_from_them"].as_array().unwrap().len(), 1, "{file}");
        let name = people::find(&mut w.db.read(), emil).await.unwrap().name;
        does(&door, "max", Method::POST, &format!("/api/v1/people/{emil}/erasure"), json!({"name": name, "words": true})).await;
        works(w, &door, &p).await;
        w.clock.advance(kit::clock::Span::minutes(11));
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, "zqx").await, Vec::<String>::new());
        door.closes().await;
    }
}
