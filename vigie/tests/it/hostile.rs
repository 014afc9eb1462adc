//! Hostile hands, as the catalogue of faults tells of them (`house/faults.rs` says which test is about
//! which line): ids that are guessed, bodies that say more than they may, rights that end meanwhile.

mod guessing;
mod meanwhile;
mod pace;

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::json;
use vigie::search::index;

use crate::browsing::{Answer, Door};
use crate::world::World;

record! { struct Count { n: i64 } }
record! { struct Kept { id: i64 } }

async fn files(w: &World) -> i64 {
    let count: Count = w
        .db
        .read()
        .one(system!(
            because = "a test looks at the tables themselves",
            "SELECT (SELECT COUNT(*) FROM attachments) + (SELECT COUNT(*) FROM draft_files) AS n"
        ))
        .await
        .unwrap();
    count.n
}

/// How every ticket stands.
async fn all(w: &World) -> Vec<(String, i64)> {
    let mut all = vec![];
    for (_, ticket) in w.tickets() {
        all.push(w.stands(ticket).await);
    }
    all
}

async fn posts(door: &Door, who: &str, path: &str, body: &str) -> Answer {
    door.asks(who, Method::POST, path, body).await
}

/// A note with a file on it, by whoever may; the file's number.
async fn note_with_a_file(door: &Door, who: &str, ticket: &str) -> i64 {
    let body = json!({"audience": "staff", "body": "canary-file-note", "files": [{"name": "a.txt", "content": "aGVsbG8="}]});
    let said = posts(door, who, &format!("{ticket}/comments"), &body.to_string()).await;
    assert_eq!(said.status, 201, "{}", said.body);
    let comments = door.json(who, &format!("{ticket}/comments")).await;
    let items = comments["items"].as_array().unwrap();
    let id = items
        .iter()
        .rev()
        .find_map(|c| c["attachments"][0]["id"].as_i64());
    id.unwrap()
}

on_both_engines! {
    /// AZ-05.
    async fn a_new_ticket_names_no_other_and_echoes_no_title(w) {
        let door = w.door().await;
        let (hidden, category) = (w.ticket("salary"), 1);
        // Without what is added below, the same is taken.
        let plain = json!({"subject": "Mine", "body": "Words", "category": category}).to_string();
        assert_eq!(posts(&door, "ben", "/api/v1/tickets", &plain).await.status, 201);
        for key in ["links", "parent", "related", "duplicate_of", "into", "follows", "id", "number", "created_by", "department", "assignee", "state"] {
            for value in [json!(hidden.0), json!([hidden.0]), json!([{"other": hidden.0}])] {
                let mut body = json!({"subject": "Mine", "body": "Words", "category": category});
                body[key] = value;
                let answer = posts(&door, "ben", "/api/v1/tickets", &body.to_string()).await;
                assert!([400, 422].contains(&answer.status), "{key}: {} {}", answer.status, answer.body);
                assert!(!answer.body.contains("Augmentation"), "{}", answer.body);
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-07.
    async fn an_agent_of_assigned_tickets_has_nothing_left_of_what_is_taken_from_them(w) {
        let door = w.door().await;
        let (ticket, at) = (w.ticket("rob"), format!("/api/v1/tickets/{}", w.ticket("rob")));
        let words = json!({"audience": "staff", "body": "An old note of Rob’s"}).to_string();
        let note = posts(&door, "rob", &format!("{at}/comments"), &words).await;
        let note: serde_json::Value = serde_json::from_str(&note.body).unwrap();
        let cleo = json!({"person": w.person("cleo").0}).to_string();
        assert_eq!(posts(&door, "ada", &format!("{at}/assignee"), &cleo).await.status, 200);
        index::catch_up(&w.db).await.unwrap();
        let (before, cleo) = (w.stands(ticket).await, w.person("cleo").0);
        for path in [
            format!("/tickets/{ticket}"),
            at.clone(),
            format!("{at}/comments"),
            format!("{at}/comments/{}", note["id"]),
        ] {
            assert_eq!(door.gets("rob", &path).await.status, 404, "{path}");
        }
        for path in [
            format!("/tickets?view=all&assignee={cleo}"),
            "/tickets?view=all".to_owned(),
            format!("/search?q={ticket}"),
            "/search?q=Rob".to_owned(),
            "/search?q=fay@nordet.example".to_owned(),
            "/palette?q=Only+Rob".to_owned(),
            format!("/api/v1/tickets?assignee={cleo}&limit=200"),
            "/api/v1/search?q=old+note".to_owned(),
        ] {
            let answer = door.gets("rob", &path).await;
            for word in ["Only Rob may", "old note", "confidentielle"] {
                assert!(!answer.body.contains(word), "{path} shows {word}");
            }
        }
        let reworded = door.asks("rob", Method::PATCH, &format!("{at}/comments/{}", note["id"]), r#"{"body":"Mine still"}"#).await;
        assert_eq!(reworded.status, 404, "{}", reworded.body);
        assert_eq!(w.stands(ticket).await, before);
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-10, AZ-11: an organisation is no way to a ticket.
    async fn a_colleague_sees_nothing_by_the_organisation_they_share_or_come_to(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let mut tx = w.db.write().await.unwrap();
        for name in ["Acme", "Birch"] {
            tx.run(global!("INSERT INTO organizations (name) VALUES ($1)", name)).await.unwrap();
        }
        tx.run(global!("UPDATE people SET organization_id = (SELECT MIN(id) FROM organizations) WHERE kind = 'client'")).await.unwrap();
        tx.commit().await.unwrap();
        index::catch_up(&w.db).await.unwrap();
        let ways = [
            format!("/portal/tickets/{screen}"),
            format!("/api/v1/tickets/{screen}"),
            format!("/api/v1/tickets/{screen}/comments"),
            format!("/shared/{screen}"),
        ];
        let sees = async |who: &str| {
            let mut opened = 0;
            for way in &ways[..3] {
                opened += usize::from(door.gets(who, way).await.status == 200);
            }
            let mut found = 0;
            for list in ["/portal/tickets?show=all", "/portal/search?q=noir", "/api/v1/tickets?limit=200", "/api/v1/search?q=noir"] {
                found += usize::from(door.gets(who, list).await.body.contains("au réveil"));
            }
            (opened, found)
        };
        assert_eq!(sees("dora").await, (3, 4), "who asked sees it everywhere");
        for who in ["emil", "fay"] {
            assert_eq!(sees(who).await, (0, 0), "{who} shares the organisation");
            assert_eq!(door.gets(who, &ways[3]).await.status, 404);
        }
        // Whoever moves to another keeps what is theirs, and comes to nothing of their new colleagues’.
        let mut tx = w.db.write().await.unwrap();
        let moved = [w.person("dora"), w.person("fay")];
        for person in moved {
            tx.run(global!("UPDATE people SET organization_id = (SELECT MAX(id) FROM organizations) WHERE id = $1", person)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(sees("dora").await, (3, 4));
        assert_eq!(sees("fay").await, (0, 0));
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-13.
    async fn a_file_is_found_by_no_number_one_tries(w) {
        let door = w.door().await;
        let (salary, badge) = (w.ticket("salary"), w.ticket("badge"));
        let file = note_with_a_file(&door, "cleo", &format!("/api/v1/tickets/{salary}")).await;
        let own = note_with_a_file(&door, "ben", &format!("/api/v1/tickets/{badge}")).await;
        assert_eq!(door.gets("cleo", &format!("/tickets/{salary}/attachments/{file}")).await.status, 200);
        assert!(file < 40 && own < 40, "the walk below comes by them");
        let never = door.gets("emil", &format!("/portal/tickets/{badge}/attachments/987654321")).await;
        for who in ["emil", "fay", "ben", "rob"] {
            for ticket in [salary, badge] {
                for id in 0..40 {
                    for way in ["/portal/tickets", "/tickets", "/api/v1/tickets", "/shared"] {
                        let path = format!("{way}/{ticket}/attachments/{id}");
                        let answer = door.gets(who, &path).await;
                        let is_theirs = who == "ben" && ticket == badge && id == own && way != "/portal/tickets" && way != "/shared";
                        assert_eq!(answer.status == 200, is_theirs, "{who} {path}");
                        assert!(is_theirs || !answer.body.contains("hello"), "{who} {path}");
                    }
                }
            }
            for form in ["", "..", "%2e%2e%2f", "-1", "1e3", "0x1", "1.0", "+1", "99999999999999999999", "null", "1%00"] {
                let path = format!("/api/v1/tickets/{salary}/attachments/{form}");
                for method in [Method::GET, Method::HEAD, Method::DELETE] {
                    // That what never was is gone is no news to whoever may take files off there.
                    let may = who == "fay" && method == Method::DELETE;
                    let answer = door.asks(who, method.clone(), &path, "").await;
                    let is_nothing = [404, 405].contains(&answer.status) || (may && answer.status == 204);
                    assert!(is_nothing, "{who} {method} {path}: {}", answer.status);
                }
            }
        }
        assert_eq!(never.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-14.
    async fn nothing_is_attached_to_what_one_may_not_see_nor_taken_from_anothers_draft(w) {
        let door = w.door().await;
        let (salary, screen) = (w.ticket("salary"), w.ticket("screen"));
        let before = files(w).await;
        let body = json!({"audience": "staff", "body": "With a file", "files": [{"name": "a.txt", "content": "aGVsbG8="}]}).to_string();
        for who in ["ben", "rob", "dora", "emil"] {
            let answer = posts(&door, who, &format!("/api/v1/tickets/{salary}/comments"), &body).await;
            assert_eq!(answer.status, 404, "{who}: {}", answer.body);
        }
        assert_eq!(files(w).await, before);
        // A file that waits in somebody else’s composer is theirs.
        let mut tx = w.db.write().await.unwrap();
        let draft: Kept = tx.one(system!(because = "a test leaves a draft",
            "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($1, $2, 'public', 'draft', 'Not yet', $3) RETURNING id",
            screen, w.person("max"), w.now())).await.unwrap();
        let file: Kept = tx.one(system!(because = "a test leaves a draft",
            "INSERT INTO draft_files (draft_id, name, media_type, size, digest) VALUES ($1, 'canary.txt', 'text/plain', 5, 'none') RETURNING id",
            draft.id)).await.unwrap();
        tx.commit().await.unwrap();
        let form = format!("audience=staff&body=Mine&draft=yes&kept={}", file.id);
        let said = posts(&door, "ben", &format!("/tickets/{screen}/comments"), &form).await;
        assert_eq!(said.status, 303, "{}", said.body);
        let comments = door.json("ben", &format!("/api/v1/tickets/{screen}/comments")).await;
        let mine = comments["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((mine["body"].as_str(), mine["attachments"].as_array().map(Vec::len)), (Some("Mine"), Some(0)), "{mine}");
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-17: words that choose among kinds of things are of a list, in one spelling.
    async fn no_other_kind_of_thing_is_reached_by_naming_it(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        for kind in ["Comments", "COMMENTS", "messages", "sessions", "audit_entries", "../people", "comments%2f..%2f..%2fpeople"] {
            for who in ["ben", "dora", "ada"] {
                let answer = door.gets(who, &format!("/api/v1/tickets/{screen}/{kind}")).await;
                assert_eq!(answer.status, 404, "{who} {kind}: {}", answer.body);
            }
        }
        for audience in ["Public", "PUBLIC", "everybody", "", "staff'--"] {
            let body = json!({"audience": audience, "body": "Words"}).to_string();
            let answer = posts(&door, "ben", &format!("/api/v1/tickets/{screen}/comments"), &body).await;
            assert_eq!(answer.status, 422, "{audience}: {}", answer.body);
        }
        let known = door.gets("ben", &format!("/tickets/{screen}/suggestions?for=@&q=a")).await;
        assert!(known.body.contains("<li"), "{}", known.body);
        for text in ["people", "sessions", "password_hash"] {
            let answer = door.gets("ben", &format!("/tickets/{screen}/suggestions?for={text}&q=a")).await;
            assert!(answer.status == 200 && !answer.body.contains("<li"), "{text}: {}", answer.body);
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-19.
    async fn a_customer_changes_nothing_of_their_request_but_what_is_theirs_to_change(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let (at, before) = (format!("/api/v1/tickets/{printer}"), all(w).await);
        for (key, value) in [
            ("department", json!(2)), ("category", json!(2)), ("assignee", json!(w.person("dora").0)), ("owner", json!(1)),
            ("state", json!("approved")), ("internal", json!(true)), ("created_by", json!(1)), ("created_at", json!("2020-01-01T00:00:00Z")),
            ("from", json!("ada@nordet.example")), ("version", json!(99)), ("number", json!(1)), ("is_deleted", json!(true)),
        ] {
            let body = json!({key: value}).to_string();
            let answer = door.asks("dora", Method::PATCH, &at, &body).await;
            assert!([400, 422].contains(&answer.status), "{key}: {} {}", answer.status, answer.body);
        }
        for (key, value) in [("requester", "emil@nordet.example"), ("origin", "phone")] {
            let body = json!({key: value}).to_string();
            let answer = door.asks("dora", Method::PATCH, &at, &body).await;
            assert_eq!(answer.status, 403, "{key}: {}", answer.body);
        }
        for body in [
            json!({"audience": "staff", "body": "As staff"}),
            json!({"audience": "public", "body": "As somebody", "author": 1}),
            json!({"audience": "public", "body": "Earlier", "created_at": "2020-01-01T00:00:00Z"}),
            json!({"audience": "public", "body": ["Words"]}),
        ] {
            let answer = posts(&door, "dora", &format!("{at}/comments"), &body.to_string()).await;
            assert!([400, 403, 422].contains(&answer.status), "{body}: {} {}", answer.status, answer.body);
        }
        assert_eq!(all(w).await, before);
        door.closes().await;
    }
}

on_both_engines! {
    /// AZ-24: with the ticket open, the right goes; the next of everything is refused, and changes nothing.
    async fn a_right_that_ends_while_a_ticket_is_open_ends_everything_on_it(w) {
        let door = w.door().await;
        let screen = w.ticket("printer");
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}")).await.status, 200);
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let (before, kept) = (all(w).await, files(w).await);
        for (way, form) in [
            ("comments", "audience=public&body=Too+late"), ("comments", "audience=staff&body=Too+late"), ("draft", "audience=public&body=Too+late"),
            ("preview", "body=Words"), ("insertion", "body=Words"), ("assignment", "version=1"), ("assignment/closure", "version=1&message=Too+late"),
            ("subject", "version=1&subject=Mine"), ("priority", "version=1&priority=high"), ("tags", "tags=mine"), ("tasks", "title=Mine"),
            ("time", "minutes=5"), ("invitees", "people=fay%40nordet.example"), ("observation", "wants=yes"), ("following", "wants=yes"),
            ("transfer", "version=1&to=2"), ("assignee", "version=1&person=1"), ("merge", "version=1&into=1&into_version=1"), ("reading", ""),
        ] {
            let answer = posts(&door, "ben", &format!("/tickets/{screen}/{way}"), form).await;
            assert_eq!(answer.status, 404, "{way}: {}", answer.body);
        }
        let words = json!({"audience": "public", "body": "Too late", "files": [{"name": "a.txt", "content": "aGVsbG8="}]}).to_string();
        assert_eq!(posts(&door, "ben", &format!("/api/v1/tickets/{screen}/comments"), &words).await.status, 404);
        assert_eq!(all(w).await, before);
        assert_eq!(files(w).await, kept);
        door.closes().await;
    }
}

on_both_engines! {
    /// SC-04, SC-05.
    async fn nothing_is_ordered_or_narrowed_by_what_one_may_not_read(w) {
        let door = w.door().await;
        for key in ["password", "password_hash", "email", "secret", "requester.password_hash", "note", "id;--", "department.mail_password", "NUMBER", "-"] {
            let api = door.gets("ben", &format!("/api/v1/tickets?sort={key}")).await;
            assert_eq!(api.status, 422, "{key}: {}", api.body);
            let page = door.gets("ben", &format!("/tickets?view=all&sort={key}")).await;
            let usual = door.gets("ben", "/tickets?view=all").await;
            assert_eq!(page.status, 200, "{key}");
            let rows = |body: &str| -> Vec<String> {
                let links = body.split("href=\"/tickets/").skip(1);
                links.filter_map(|rest| rest.split(['"', '?']).next()).map(str::to_owned).collect()
            };
            assert!(rows(&usual.body).len() > 1, "{key}");
            assert_eq!(rows(&page.body), rows(&usual.body), "{key}");
        }
        for (who, key) in [("ben", "note"), ("ben", "password_hash"), ("ben", "reset_token"), ("dora", "tag"), ("dora", "note"), ("ben", "body")] {
            let api = door.gets(who, &format!("/api/v1/tickets?{key}=a")).await;
            assert!([400, 404, 422].contains(&api.status), "{who} {key}: {}", api.body);
        }
        door.closes().await;
    }
}
