//! How articles are kept: two at once, what was said before, what the journal and somebody's file tell of it.

use axum::http::Method;
use serde_json::{Value, json};

use super::{BLUE, published, publishes, told, writes};

on_both_engines! {
    async fn of_two_who_change_an_article_at_once_the_second_sees_both_sides(w) {
        let door = w.door().await;
        let id = writes(&door, "ada", json!({"title": "First", "body": "One way", "audience": "staff"})).await;
        let form = |title: &str, body: &str| format!("title={title}&body={body}&language=en&audience=staff&version=1");
        let path = format!("/knowledge/{id}");
        assert_eq!(door.asks("max", Method::POST, &path, &form("Second", "Another+way")).await.status, 303);
        let late = door.asks("ada", Method::POST, &path, &form("Third", "My+way")).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("My way") && late.body.contains("Another way") && late.body.contains("Max"), "{}", late.body);
        let body = json!({"title": "Third"}).to_string();
        let late = door.asks_having_seen("ada", Method::PATCH, &format!("/api/v1/articles/{id}"), Some(1), &body).await;
        assert_eq!(late.status, 409);
        let problem: Value = serde_json::from_str(&late.body).unwrap();
        assert_eq!(problem["current_version"], 2);
        assert_eq!(problem["fields"][0], json!({"field": "title", "theirs": "Second", "yours": "Third"}));
        for deed in ["publication", "withdrawal", "removal"] {
            let refused = door.asks("ada", Method::POST, &format!("{path}/{deed}"), "version=1").await;
            assert_eq!(refused.status, 409, "{deed}");
            assert!(refused.body.contains("Nothing was done"), "{deed}");
        }
        assert_eq!(told(&door, "ada", id).await["state"], "draft");
        // What it said first is kept, for whoever keeps it.
        let page = door.gets("max", &path).await.body;
        assert!(page.contains("One way") && page.contains("Ada"), "{page}");
        publishes(&door, "ada", id).await;
        let read = door.gets("ben", &path).await.body;
        assert!(read.contains("Another way") && !read.contains("One way"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(w) {
        let door = w.door().await;
        let sent = door.asks("ada", Method::POST, "/knowledge", "title=&body=Kept+words&audience=department&department=").await;
        assert_eq!(sent.status, 422);
        assert!(sent.body.contains("Kept words") && sent.body.contains("department-fault"), "{}", sent.body);
        let long = format!("title={}&body=x&audience=staff", "x".repeat(201));
        let sent = door.asks("ada", Method::POST, "/knowledge", &long).await;
        assert!(sent.status == 422 && sent.body.contains("title-fault"));
        let unknown = json!({"title": "x", "body": "x", "categories": [987_654]}).to_string();
        assert_eq!(door.asks("ada", Method::POST, "/api/v1/articles", &unknown).await.status, 422);
        assert_eq!(door.json("ada", "/api/v1/articles").await["items"], json!([]), "nothing half done");
        // The preview keeps what was typed, without script, and writes nothing.
        let shown = door.asks("ada", Method::POST, "/knowledge/preview", "title=T&body=**Bold**&audience=staff").await;
        assert!(shown.body.contains("<strong>Bold</strong>") && shown.body.contains("**Bold**"));
        // Sent twice, it is written once.
        for _ in 0..2 {
            assert_eq!(door.asks("ada", Method::POST, "/knowledge", "title=T&body=B&audience=staff").await.status, 303);
        }
        assert_eq!(door.json("ada", "/api/v1/articles").await["items"].as_array().unwrap().len(), 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn publishing_withdrawing_and_throwing_away_is_in_the_journal(w) {
        let door = w.door().await;
        let id = published(&door, "Told of", "public", Some(BLUE)).await;
        let path = format!("/api/v1/articles/{id}");
        let wider = json!({"audience": "staff"}).to_string();
        assert_eq!(door.asks("max", Method::PATCH, &path, &wider).await.status, 200);
        assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 422, "it is withdrawn first");
        assert_eq!(door.asks("ada", Method::DELETE, &format!("{path}/publication"), "").await.status, 200);
        assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 204);
        assert_eq!(door.gets("ada", &path).await.status, 404);
        let entries = door.json("ada", "/api/v1/journal").await;
        let told: Vec<String> = entries["items"].as_array().unwrap().iter().map(|it| it["deed"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told[..4], ["article_removed", "article_withdrawn", "article_published", "article_published"], "{entries}");
        assert!(entries["items"][0].to_string().contains("Told of"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn lists_are_narrowed_by_words_without_accents_and_walked_by_cursor(w) {
        let door = w.door().await;
        for n in 0..4 {
            let body = json!({"title": format!("Réunion n° {n}"), "body": "Éteindre l’écran.", "language": "fr"});
            writes(&door, "ada", body).await;
        }
        writes(&door, "ada", json!({"title": "Printing", "body": "Paper", "language": "en"})).await;
        let count = async |query: &str| {
            let found = door.json("ada", &format!("/api/v1/articles?{query}")).await;
            found["items"].as_array().unwrap().len()
        };
        assert_eq!(count("q=reunion+ETEINDRE").await, 4);
        assert_eq!(count("q=reunion+paper").await, 0);
        assert_eq!(count("language=en&state=draft").await, 1);
        assert_eq!(count("state=published").await, 0);
        let first = door.json("ada", "/api/v1/articles?limit=3").await;
        let next = first["next"].as_str().unwrap();
        let rest = door.json("ada", &format!("/api/v1/articles?limit=3&cursor={next}")).await;
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (2, &Value::Null));
        for nonsense in ["limit=0", "cursor=x", "state=x", "language=x"] {
            assert_eq!(door.gets("ada", &format!("/api/v1/articles?{nonsense}")).await.status, 422, "{nonsense}");
        }
        let page = door.gets("ada", "/knowledge?q=r%C3%A9union&language=fr").await.body;
        assert!(page.contains("Réunion n° 3") && !page.contains("Printing"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_article_is_linked_to_tickets_one_works_on_and_both_say_so(w) {
        let door = w.door().await;
        let id = published(&door, "How screens wake", "staff", None).await;
        let (screen, payroll, own) = (w.ticket("screen"), w.ticket("payroll"), w.ticket("own"));
        let link = format!("/knowledge/{id}/tickets");
        assert_eq!(door.asks("ben", Method::POST, &link, &format!("ticket=%23{screen}")).await.status, 303);
        assert_eq!(door.asks("ben", Method::POST, &link, &format!("ticket={screen}")).await.status, 303, "twice is once");
        // Neither what he does not see, nor what he only asked for himself.
        for strange in [payroll, own] {
            let refused = door.asks("ben", Method::POST, &link, &format!("ticket={strange}")).await;
            assert_eq!(refused.status, 422, "{strange}");
        }
        assert_eq!(door.asks("vera", Method::POST, &link, &format!("ticket={screen}")).await.status, 403);
        assert!(door.gets("vera", &format!("/knowledge/{id}")).await.body.contains("Écran noir au réveil"));
        assert!(!door.gets("cleo", &format!("/knowledge/{id}")).await.body.contains("Écran noir au réveil"));
        assert!(door.gets("vera", &format!("/tickets/{screen}")).await.body.contains("How screens wake"));
        assert!(!door.gets("dora", &format!("/portal/tickets/{screen}")).await.body.contains("How screens wake"));
        let removal = format!("{link}/removal");
        assert_eq!(door.asks("cleo", Method::POST, &removal, &format!("ticket={screen}")).await.status, 404);
        assert_eq!(door.asks("ben", Method::POST, &removal, &format!("ticket={screen}")).await.status, 303);
        assert!(!door.gets("vera", &format!("/tickets/{screen}")).await.body.contains("How screens wake"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_wrote_an_article_and_is_erased_leaves_it_and_their_name_goes(w) {
        let door = w.door().await;
        let body = json!({"title": "By Ben", "body": "Words", "audience": "department", "department": BLUE});
        let id = writes(&door, "ben", body).await;
        let file = door.json("ben", "/api/v1/me/data").await;
        assert_eq!(file["articles"][0]["title"], "By Ben", "{file}");
        assert!(door.gets("ada", &format!("/knowledge/{id}")).await.body.contains("Ben,"));
        let path = format!("/api/v1/people/{}", w.person("ben"));
        let card = door.json("ada", &path).await;
        let erased = json!({"name": card["name"], "words": false, "release": true}).to_string();
        let version = card["version"].as_i64();
        let gone = door.asks_having_seen("ada", Method::POST, &format!("{path}/erasure"), version, &erased).await;
        assert!(gone.status < 300, "{}", gone.body);
        let page = door.gets("ada", &format!("/knowledge/{id}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("By Ben") && !page.body.contains("Ben,"), "the title stays, the name goes");
        door.closes().await;
    }
}
