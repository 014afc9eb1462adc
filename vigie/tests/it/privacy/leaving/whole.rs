//! Every table that names a ticket says what becomes of its rows, and so it is.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::tables::{GLOBAL, SCOPED};
use kit::db::{Engine, scratch};
use kit::global;
use vigie::privacy::retention::fates::{COLUMNS, Fate};

use super::*;
use crate::privacy::{post, references, stands, works};

/// Columns that hold the number of a ticket, by their name.
async fn called_ticket(w: &World) -> BTreeSet<String> {
    record! { struct Column { name: String } }
    let mut found = BTreeSet::new();
    for table in GLOBAL.iter().chain(SCOPED) {
        let query = match w.db.engine() {
            Engine::Sqlite => global!("SELECT name FROM pragma_table_info($1)", *table),
            Engine::Postgres => global!(
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = $1",
                *table
            ),
        };
        let rows: Vec<Column> = w.db.read().all(query).await.unwrap();
        let named = rows.into_iter().filter(|it| it.name.ends_with("ticket_id"));
        found.extend(named.map(|it| format!("{table}.{}", it.name)));
    }
    found
}

on_both_engines! {
    async fn every_column_that_names_a_ticket_or_what_hangs_on_one_has_its_fate(w) {
        let told: BTreeSet<String> = COLUMNS.iter().map(|(column, _)| (*column).to_owned()).collect();
        assert_eq!(told.len(), COLUMNS.len(), "each once");
        let references = references(w).await;
        let mut found = called_ticket(w).await;
        found.insert("bulk_rows.number".to_owned());
        let mut hanging = BTreeSet::from(["tickets".to_owned()]);
        // Each round finds what hangs on what was found before it; nothing hangs as deep as this.
        for _ in 0..9 {
            let known = hanging.clone();
            for (column, _) in references.iter().filter(|(_, target)| known.contains(target)) {
                found.insert(column.clone());
                hanging.insert(column.split_once('.').unwrap().0.to_owned());
            }
        }
        assert_eq!(found, told, "privacy/retention/fates.rs says what becomes of a new column that names a ticket when the ticket goes");
    }
}

/// A row for each column, on a ticket that goes and, where it is another's, on one that stays: by the table
/// whose row is named, which row that is.
async fn plants(
    w: &World,
    door: &Door,
    goes: TicketId,
    stays: TicketId,
) -> BTreeMap<&'static str, i64> {
    macro_rules! row {
        ($text:literal $(, $arg:expr)*) => {
            makes(w, system!(because = "a test writes the table itself", $text $(, $arg)*)).await
        };
    }
    macro_rules! put {
        ($text:literal $(, $arg:expr)*) => {
            writes(w, system!(because = "a test writes the table itself", $text $(, $arg)*)).await
        };
    }
    let ben = w.person("ben");
    for (to, name, content) in [
        (goes, "zqxname.txt", "enF4Ynl0ZXM="),
        (goes, "zqxshared.txt", "c2hhcmVkYnl0ZXM="),
        (stays, "shared.txt", "c2hhcmVkYnl0ZXM="),
    ] {
        let file = json!({"audience": "public", "body": "With a file", "files": [{"name": name, "content": content}]});
        let path = format!("/api/v1/tickets/{to}/comments");
        let sent = door
            .asks("dora", Method::POST, &path, &file.to_string())
            .await;
        assert_eq!(sent.status, 201, "{}", sent.body);
    }
    put!(
        "UPDATE tickets SET subject = 'zqxsubject' WHERE id = $1",
        goes
    );
    let letter = row!(
        "INSERT INTO incoming_mails (digest, raw, envelope_from, envelope_to, received_at, state, subject, sender, ticket_id) \
         VALUES ('a', $2, 'x', 'x', 1, 'done', 'zqxletter', 'x', $1) RETURNING id",
        goes,
        &b"zqxraw"[..]
    );
    let comment = row!(
        "INSERT INTO comments (ticket_id, author_id, audience, hat, origin, body, html, incoming_mail_id, created_at) \
         VALUES ($1, $2, 'staff', 'agent', 'web', 'zqxwords', 'zqxwords', $3, 1) RETURNING id",
        goes,
        ben,
        letter
    );
    put!(
        "UPDATE tickets SET comment_count = comment_count + 1 WHERE id = $1",
        goes
    );
    let event = row!(
        "INSERT INTO events (ticket_id, actor_id, hat, kind, audience, old_value, comment_id, at) \
         VALUES ($1, $2, 'agent', 'reworded', 'staff', 'zqxformer', $3, 1) RETURNING id",
        goes,
        ben,
        comment
    );
    let draft = row!(
        "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) \
         VALUES ($1, $2, 'public', 'draft', 'zqxdraft', 1) RETURNING id",
        goes,
        ben
    );
    put!(
        "INSERT INTO draft_files (draft_id, name, media_type, size, digest) VALUES ($1, 'zqxheld.txt', 'text/plain', 1, 'held')",
        draft
    );
    put!(
        "INSERT INTO attachments (ticket_id, comment_id, name, media_type, size, digest, created_at) VALUES ($1, $2, 'zqxnote.txt', 'x', 1, 'noted', 1)",
        goes,
        comment
    );
    let task = row!(
        "INSERT INTO tasks (ticket_id, title, author_id, position, created_at) VALUES ($1, 'zqxtask', $2, 9, 1) RETURNING id",
        goes,
        ben
    );
    let merge = row!(
        "INSERT INTO merges (ticket_id, into_id, by_id, state_before, origin, moved, created_at, undone_at) \
         VALUES ($1, $2, $3, 'free', 'web', 0, 1, 2) RETURNING id",
        goes,
        stays,
        ben
    );
    put!(
        "INSERT INTO merges (ticket_id, into_id, by_id, state_before, origin, moved, created_at, undone_at) VALUES ($2, $1, $3, 'free', 'web', 0, 1, 2)",
        goes,
        stays,
        ben
    );
    let run = row!(
        "INSERT INTO bulk_runs (person_id, deed, once, created_at) VALUES ($1, 'take', 'x', 1) RETURNING id",
        ben
    );
    put!(
        "INSERT INTO bulk_rows (run_id, number, outcome, was) VALUES ($1, $2, 'done', 'zqxwas')",
        run,
        goes
    );
    put!(
        "INSERT INTO acts_by_rank (person_id, ticket_id, kind, day, department_id, way) VALUES ($1, $2, 'read', 7, 1, 'web')",
        ben,
        goes
    );
    put!(
        "INSERT INTO mentions (comment_id, ticket_id, person_id) VALUES ($1, $2, $3)",
        comment,
        goes,
        ben
    );
    put!(
        "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, ticket_id, event_id, nonce, subject, raw, state, created_at) \
         VALUES ('zqxid', 'event', $1, 'x', $2, $3, 'x', 'zqxmail', $4, 'sent', 1)",
        ben,
        goes,
        event,
        &b"zqxsent"[..]
    );
    put!(
        "INSERT INTO participants (ticket_id, person_id, kind, source, created_at) VALUES ($1, $2, 'observer', 'zqxsource', 1)",
        goes,
        ben
    );
    let asset = row!(
        "INSERT INTO assets (kind, name, tag, tag_key, serial, serial_key, maker, model, state, note, words, created_at, updated_at) \
         VALUES ('other', 'x', '', '', '', '', '', '', 'in_use', '', 'x', 1, 1) RETURNING id"
    );
    put!(
        "INSERT INTO ticket_assets (ticket_id, asset_id, added_by_id, created_at) VALUES ($1, $2, $3, 1)",
        goes,
        asset,
        ben
    );
    put!(
        "INSERT INTO asset_events (asset_id, version, what, ticket_id, actor_id, created_at) VALUES ($1, 1, 'linked', $2, $3, 1)",
        asset,
        goes,
        ben
    );
    put!(
        "INSERT INTO ticket_links (ticket_id, other_id, kind, created_at) VALUES ($1, $2, 'relates', 1)",
        goes,
        stays
    );
    put!(
        "INSERT INTO ticket_links (ticket_id, other_id, kind, created_at) VALUES ($2, $1, 'follow_up', 1)",
        goes,
        stays
    );
    let article = row!(
        "INSERT INTO articles (title, body, words, language, audience, state, author_id, editor_id, created_at, updated_at) \
         SELECT 'x', 'x', 'x', 'fr', 'staff', 'draft', MIN(a.person_id), MIN(a.person_id), 1, 1 FROM agents a RETURNING id"
    );
    put!(
        "INSERT INTO article_tickets (article_id, ticket_id) VALUES ($1, $2)",
        article,
        goes
    );
    put!(
        "INSERT INTO ticket_marks (person_id, ticket_id, version, at) VALUES ($1, $2, 1, 1)",
        ben,
        goes
    );
    let tag =
        row!("INSERT INTO tags (name, name_key, created_at) VALUES ('vip', 'vip', 1) RETURNING id");
    put!(
        "INSERT INTO ticket_tags (ticket_id, tag_id, created_at) VALUES ($1, $2, 1)",
        goes,
        tag
    );
    put!(
        "INSERT INTO time_entries (ticket_id, task_id, person_id, minutes, note, spent_on, created_at) VALUES ($1, $2, $3, 1, 'zqxtime', '2026-11-23', 1)",
        goes,
        task,
        ben
    );
    put!(
        "INSERT INTO unsent_forms (person_id, ticket_id, form, token, fields, updated_at) VALUES ($2, $1, 'subject', 'x', 'zqxunsent', 1)",
        goes,
        ben
    );
    put!(
        "INSERT INTO notifications (person_id, ticket_id, event_id, is_call, at) VALUES ($2, $1, $3, FALSE, 1)",
        goes,
        ben,
        event
    );
    // What stands on the ticket that stays, and names what hangs on the other.
    put!(
        "INSERT INTO drafts (ticket_id, author_id, audience, state, body, comment_id, updated_at) VALUES ($1, $2, 'public', 'sent', '', $3, 1)",
        stays,
        ben,
        comment
    );
    put!(
        "UPDATE comments SET merge_id = $2 WHERE ticket_id = $1",
        stays,
        merge
    );
    put!(
        "INSERT INTO events (ticket_id, actor_id, hat, kind, audience, comment_id, merge_id, at) VALUES ($1, $2, 'agent', 'split_off', 'staff', $3, $4, 1)",
        stays,
        ben,
        comment,
        merge
    );
    put!(
        "INSERT INTO tasks (ticket_id, title, author_id, position, merge_id, created_at) VALUES ($1, 'x', $2, 9, $3, 1)",
        stays,
        ben,
        merge
    );
    put!(
        "INSERT INTO time_entries (ticket_id, task_id, person_id, minutes, note, spent_on, merge_id, created_at) VALUES ($1, $2, $3, 1, '', '2026-11-23', $4, 1)",
        stays,
        task,
        ben,
        merge
    );
    BTreeMap::from([
        ("tickets", goes.0),
        ("comments", comment),
        ("events", event),
        ("drafts", draft),
        ("tasks", task),
        ("merges", merge),
        ("incoming_mails", letter),
    ])
}

on_both_engines! {
    async fn everything_of_a_ticket_goes_with_it_and_nothing_of_another(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        let (goes, stays) = (w.ticket("printer"), w.ticket("screen"));
        let named = plants(w, &door, goes, stays).await;
        works(w, &door, &p).await;
        archives(w, goes, 40).await;
        // It ended with the work; were there any left, it would go.
        writes(w, system!(because = "a test writes the table itself",
            "INSERT INTO advice_requests (ticket_id, asked_by_id, asked_at) VALUES ($1, $2, 1)", goes, w.person("ben"))).await;
        let target: BTreeMap<String, String> = references(w).await.into_iter().collect();
        let naming = async |column: &'static str| {
            let (table, name) = column.split_once('.').unwrap();
            let of = target.get(column).map_or("tickets", String::as_str);
            scratch::naming(&w.db, table, name, named[of]).await.unwrap()
        };
        for (column, fate) in COLUMNS {
            assert!(naming(column).await > 0 || matches!(fate, Fate::Stays(_)), "nothing was planted in {column}");
        }
        let rests = async || {
            let mut rows = vec![];
            for table in ["comments", "events", "tasks", "time_entries", "attachments", "participants"] {
                rows.push(scratch::naming(&w.db, table, "ticket_id", stays.0).await.unwrap());
            }
            rows
        };
        let (before, page) = (rests().await, door.gets("ben", &format!("/tickets/{stays}")).await);
        assert!(page.status == 200 && page.body.contains(&format!("/tickets/{goes}\"")), "the link is shown: {}", page.body);
        says(&door, 30).await;
        assert_eq!((counted(&door, 30).await, runs(w).await), (1, 1));
        works(w, &door, &p).await;
        for (column, _) in COLUMNS {
            assert_eq!(naming(column).await, 0, "{column}");
        }
        assert_eq!(rests().await, before, "the other has all that it had");
        let page = door.gets("ben", &format!("/tickets/{stays}")).await;
        assert!(page.status == 200 && !page.body.contains(&format!("/tickets/{goes}\"")), "{}", page.body);
        // Bytes go a while later, words in the files of the index within a day; those that another names stay.
        w.clock.advance(Span::days(2));
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, "zqx").await, Vec::<String>::new());
        assert_eq!(stands(w, &door, "sharedbytes").await, ["a file"]);
        door.closes().await;
    }
}
