//! What is kept for a time goes when its time is over, and nothing else does.

use axum::http::Method;
use kit::clock::Span;
use kit::db::{Ask, Query};
use kit::{record, system};
use serde_json::{Value, json};
use vigie::audit::chain::{self, Standing};
use vigie::privacy::retention;

use super::{post, stands, works};
use crate::browsing::Door;
use crate::mail::{BLUE, deliver, letter};
use crate::world::World;

record! { struct Number { id: i64 } }

const AT: &str = "/api/v1/retention";

async fn says(door: &Door, who: &str, rules: Value) -> u16 {
    door.asks(who, Method::PUT, AT, &rules.to_string())
        .await
        .status
}

async fn writes(w: &World, query: Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ran(w: &World) -> i64 {
    let found: Number =
        w.db.read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT COUNT(*) AS id FROM audit_entries WHERE deed = 'retention_done'"
            ))
            .await
            .unwrap();
    found.id
}

on_both_engines! {
    async fn what_is_older_than_the_rules_say_goes_once_its_ticket_is_over(w) {
        let door = w.door().await;
        let p = post(w, &door).await;
        deliver(&p, BLUE, &letter("Dora <dora@nordet.example>", BLUE, "Letter", "Message-ID: <zqxid@client.example>\r\nX-Note: zqxraw\r\n", "Hello")).await;
        works(w, &door, &p).await;
        let newest: Number = w.db.read().one(system!(because = "a test looks at the table itself", "SELECT MAX(id) AS id FROM tickets")).await.unwrap();
        let ticket = newest.id;
        let file = json!({"audience": "public", "body": "With a file", "files": [{"name": "zqxname.txt", "content": "enF4Ynl0ZXM="}]});
        let sent = door.asks("dora", Method::POST, &format!("/api/v1/tickets/{ticket}/comments"), &file.to_string()).await;
        assert_eq!(sent.status, 201, "{}", sent.body);
        // The same bytes are on a ticket that stays open, too.
        let open = w.ticket("printer").0;
        for (to, name) in [(ticket, "first.txt"), (open, "second.txt")] {
            let file = json!({"audience": "public", "body": "Shared", "files": [{"name": name, "content": "c2hhcmVkYnl0ZXN6cXg="}]});
            let sent = door.asks("dora", Method::POST, &format!("/api/v1/tickets/{to}/comments"), &file.to_string()).await;
            assert_eq!(sent.status, 201, "{}", sent.body);
        }
        works(w, &door, &p).await;
        writes(w, system!(because = "a test writes the table itself",
            "UPDATE outgoing_mails SET raw = $1, state = 'sent', settled_at = $2", &b"zqxsent"[..], w.now())).await;
        // Nothing goes while nobody says so, however old it is.
        w.clock.advance(Span::days(400));
        assert_eq!(retention::keep(&w.db, w.now()).await.unwrap(), 0);
        let rules = json!({"letters": 90, "files": 90, "mails": 30, "journal": 60});
        let counted = door.asks("ada", Method::POST, &format!("{AT}/preview"), &rules.to_string()).await;
        let counted: Value = serde_json::from_str(&counted.body).unwrap();
        assert_eq!((&counted["letters"], &counted["files"]), (&json!(0), &json!(0)), "the ticket is open: {counted}");
        assert!(counted["mails"].as_i64().unwrap() > 0, "{counted}");
        assert_eq!(says(&door, "ada", rules).await, 200);
        retention::keep(&w.db, w.now()).await.unwrap();
        assert!(!stands(w, &door, "zqxraw").await.is_empty() && !stands(w, &door, "zqxbytes").await.is_empty(), "nothing goes from an open ticket");
        assert_eq!(stands(w, &door, "zqxsent").await, Vec::<String>::new());
        assert_eq!(ran(w).await, 1);

        writes(w, system!(because = "a test writes the table itself", "UPDATE tickets SET state = 'approved', stage = 'ended', updated_at = $2 WHERE id = $1", ticket, w.now())).await;
        assert_eq!(retention::keep(&w.db, w.now()).await.unwrap(), 0, "it rests for so long first");
        assert_eq!(ran(w).await, 1, "a run that takes nothing notes nothing");
        w.clock.advance(Span::days(91));
        assert!(retention::keep(&w.db, w.now()).await.unwrap() >= 2);
        assert_eq!(retention::keep(&w.db, w.now()).await.unwrap(), 0, "a second run finds nothing");
        assert_eq!(ran(w).await, 2);
        works(w, &door, &p).await;
        w.clock.advance(Span::minutes(11));
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, "zqxraw").await, Vec::<String>::new());
        assert_eq!(stands(w, &door, "zqxbytes").await, Vec::<String>::new());
        assert_eq!(stands(w, &door, "sharedbyteszqx").await, ["a file"], "an open ticket names them still");
        assert!(!stands(w, &door, "zqxid").await.is_empty(), "answers still find the letter");
        let shown = door.gets("ben", &format!("/tickets/{ticket}")).await;
        assert!(shown.status == 200 && shown.body.contains("With a file") && shown.body.contains("zqxname.txt"), "{}", shown.body);
        let chain = chain::standing(&mut w.db.read()).await.unwrap();
        assert!(matches!(chain, Standing::Whole { .. }), "{chain:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn of_two_who_say_and_of_two_runs_at_once_one_is_first(w) {
        let door = w.door().await;
        let (one, other) = (json!({"journal": 90}).to_string(), json!({"journal": 120}).to_string());
        let (first, second) = tokio::join!(
            door.asks_having_seen("ada", Method::PUT, AT, Some(0), &one),
            door.asks_having_seen("ada", Method::PUT, AT, Some(0), &other)
        );
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", first.body, second.body);
        // What was just said stands in the journal, with its details.
        w.clock.advance(Span::days(400));
        let now = w.now();
        let (first, second) = tokio::join!(retention::keep(&w.db, now), retention::keep(&w.db, now));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!(first.min(second) == 0 && first.max(second) > 0, "one found all: {first}, {second}");
        assert_eq!(ran(w).await, 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_owners_say_how_long_what_is_kept_and_see_how_much_would_go(w) {
        let door = w.door().await;
        for (who, status) in [("max", 403), ("ben", 403), ("vera", 403), ("dora", 404), ("nobody", 401)] {
            assert_eq!(says(&door, who, json!({"mails": 90})).await, status, "{who}");
            assert_eq!(door.gets(who, AT).await.status, status, "{who}");
        }
        for wrong in [json!({"mails": 29}), json!({"files": -1}), json!({"journal": 36_501}), json!({"letters": i64::MAX})] {
            assert_eq!(says(&door, "ada", wrong.clone()).await, 422);
            let counted = door.asks("ada", Method::POST, &format!("{AT}/preview"), &wrong.to_string()).await;
            assert_eq!(counted.status, 422, "{}", counted.body);
        }
        assert_eq!(says(&door, "ada", json!({"mails": 90})).await, 200);
        assert_eq!(door.json("ada", AT).await["mails"], 90);
        let stale = door.asks_having_seen("ada", Method::PUT, AT, Some(0), &json!({}).to_string()).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let page = "/admin/retention";
        let counted = door.asks("ada", Method::POST, page, "version=1&journal=30&look=1").await;
        assert!(counted.status == 200 && counted.body.contains("would go now"), "{}", counted.body);
        assert_eq!(door.json("ada", AT).await["journal"], Value::Null, "counting saves nothing");
        for (typed, tail) in [("soon", ""), ("7", "&look=1"), ("9223372036854775807", ""), ("-5", "&look=1")] {
            let wrong = door.asks("ada", Method::POST, page, &format!("version=1&journal={typed}{tail}")).await;
            let value = format!("value=\"{typed}\"");
            assert!(wrong.status == 422 && wrong.body.contains(&value), "{typed} {}", wrong.body);
        }
        let saved = door.asks("ada", Method::POST, page, "version=1&journal=60").await;
        assert_eq!((saved.status, saved.location()), (303, page), "{}", saved.body);
        let quick = door.asks("ada", Method::POST, page, "version=1&journal=90").await;
        assert!(quick.status == 409 && quick.body.contains("Read again"), "{}", quick.body);
        let journal = door.gets("ada", "/admin/journal?deed=retention_changed").await;
        assert!(journal.body.contains("Retention changed") && journal.body.contains("Details of the journal"), "{}", journal.body);
        door.closes().await;
    }
}
