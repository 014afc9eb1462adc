//! What moves on, what is no body at all, two administrators at once, and what leaves by mail.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, system};
use serde_json::json;

use super::{Count, all, posts};
use crate::world::World;

async fn blue(w: &World) -> i64 {
    let found: Count =
        w.db.read()
            .one(global!(
                "SELECT id AS n FROM departments WHERE name = 'Blue'"
            ))
            .await
            .unwrap();
    found.n
}

on_both_engines! {
    /// SC-10: history belongs to the ticket. Whoever comes to see a ticket reads what its lines say of it,
    /// each for those it was written for; a requester reads no line of staff's.
    async fn a_ticket_that_is_sent_on_takes_its_history_along_for_those_who_see_it_there(w) {
        let door = w.door().await;
        let (salary, at) = (w.ticket("salary"), format!("/api/v1/tickets/{}", w.ticket("salary")));
        let tagged = posts(&door, "cleo", &format!("{at}/tags"), r#"{"tags":["canary-tag"]}"#).await;
        assert!(tagged.status < 300, "{}", tagged.body);
        let renamed = door.asks("cleo", Method::PATCH, &at, r#"{"subject":"Something plain"}"#).await;
        assert_eq!(renamed.status, 200, "{}", renamed.body);
        for path in [format!("/tickets/{salary}?show=history"), format!("{at}/events")] {
            assert_eq!(door.gets("ben", &path).await.status, 404, "{path}");
        }
        let blue = blue(w).await;
        let sent = posts(&door, "ada", &format!("{at}/transfer"), &json!({"department": blue}).to_string()).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        let history = door.gets("ben", &format!("/tickets/{salary}?show=history")).await;
        assert!(history.status == 200 && history.body.contains("confidentielle"), "the former subject stands in its line");
        let portal = door.gets("fay", &format!("/portal/tickets/{salary}")).await;
        assert!(portal.status == 200 && !portal.body.contains("canary-tag"), "{}", portal.body);
        // And what its old department no longer sees, it no longer reads of.
        assert_eq!(door.gets("cleo", &format!("/tickets/{salary}?show=history")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    /// Oversized and malformed bodies: a clear refusal, and nothing changed.
    async fn a_body_that_is_too_large_or_no_body_at_all_is_refused_and_changes_nothing(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let (at, before) = (format!("/api/v1/tickets/{screen}"), all(w).await);
        for body in ["", "{", "[]", "null", "\"text\"", "{\"audience\":\"public\"", "{\"audience\":null,\"body\":null}", "{\"body\":{\"$ne\":1},\"audience\":\"public\"}", "\u{0}", "{\"audience\":\"public\",\"body\":\"a\",\"body\":\"b\"}"] {
            let answer = posts(&door, "ben", &format!("{at}/comments"), body).await;
            assert!([400, 422].contains(&answer.status), "{body:?}: {} {}", answer.status, answer.body);
            assert!(answer.body.contains("\"request\""), "it says what to name when one asks: {}", answer.body);
        }
        let deep = format!("{{\"audience\":\"public\",\"body\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        assert!([400, 422].contains(&posts(&door, "ben", &format!("{at}/comments"), &deep).await.status));
        let large = json!({"audience": "public", "body": "x".repeat(80 * 1024 * 1024)}).to_string();
        let answer = posts(&door, "ben", &format!("{at}/comments"), &large).await;
        assert_eq!(answer.status, 413, "{}", &answer.body[..answer.body.len().min(300)]);
        let many: String = (0..200_000).map(|n| format!("f{n}=&")).collect();
        let answer = posts(&door, "ben", &format!("/tickets/{screen}/comments"), &many).await;
        assert!([400, 403, 413, 422].contains(&answer.status), "{}", answer.status);
        for number in ["0", "-1", "1e9", "9223372036854775807", "9223372036854775808", "٣", "1%0a", "%00", "1;2", "NaN"] {
            for path in [format!("/tickets/{number}"), format!("/api/v1/tickets/{number}")] {
                assert_eq!(door.gets("ada", &path).await.status, 404, "{path}");
            }
        }
        assert_eq!(all(w).await, before);
        door.closes().await;
    }
}

on_both_engines! {
    /// A race of two administrators: each change is whole, the second is told, and the journal has a line of
    /// what was done and none of what was not.
    async fn of_two_administrators_at_once_one_is_told_and_the_journal_has_one_line(w) {
        let door = w.door().await;
        let path = format!("/api/v1/departments/{}", blue(w).await);
        let seen = door.json("ada", &path).await["version"].as_i64();
        let lines = async || {
            let count: Count = w.db.read().one(system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS n FROM audit_entries")).await.unwrap();
            count.n
        };
        let before = lines().await;
        let change = |name: &str| json!({"name": name, "active": true}).to_string();
        let (blau, azul) = (change("Blau"), change("Azul"));
        let (one, two) = tokio::join!(
            door.asks_having_seen("ada", Method::PATCH, &path, seen, &blau),
            door.asks_having_seen("max", Method::PATCH, &path, seen, &azul),
        );
        let mut both = [one.status, two.status];
        both.sort_unstable();
        assert_eq!(both, [200, 409], "{} {}", one.body, two.body);
        assert_eq!(lines().await, before + 1);
        let now = door.json("ada", &path).await;
        let won = if one.status == 200 { "Blau" } else { "Azul" };
        assert_eq!(now["name"], won);
        door.closes().await;
    }
}

on_both_engines! {
    /// SC-19.
    async fn a_mail_to_one_customer_holds_no_address_of_another(w) {
        let post = crate::mail::post(w).await;
        let door = w.door().await;
        let badge = format!("/api/v1/tickets/{}", w.ticket("badge"));
        for (audience, words) in [("public", "For both of you"), ("staff", "canary-note"), ("requester", "For Emil alone")] {
            let body = json!({"audience": audience, "body": words}).to_string();
            let said = posts(&door, "ben", &format!("{badge}/comments"), &body).await;
            assert_eq!(said.status, 201, "{}", said.body);
        }
        let server = crate::mail::outgoing::Server::start(&[]).await;
        crate::mail::work(&crate::mail::with_relay(&post, server.port)).await;
        let mut told = vec![];
        for raw in server.took() {
            let read = letter::parse::parse(raw.as_bytes());
            let to = read.to[0].email.clone();
            if !to.starts_with("emil@") && !to.starts_with("dora@") {
                continue;
            }
            let other = if to.starts_with("emil@") { "dora@" } else { "emil@" };
            let all = format!("{read:?} {}", raw.replace("=\n", ""));
            assert!(!all.contains(other) && !all.contains("canary-note"), "to {to}: {all}");
            assert!(!(other == "emil@" && all.contains("For Emil alone")), "to {to}: {all}");
            told.push(to);
        }
        assert!(told.contains(&"emil@nordet.example".to_owned()) && told.contains(&"dora@nordet.example".to_owned()), "{told:?}");
        door.closes().await;
    }
}
