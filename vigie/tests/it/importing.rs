//! Many people at once: all of a sheet or nobody, once however often it is sent, and only by whoever may.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};
use crate::roles;
use crate::world::World;

record! { struct Count { n: i64 } }

const ADDRESS: &str = "/api/v1/people/import";
const SHEET: &str = "Nom complet;E-mail;Organisation;Site;Portail;Téléphone\n\
    Zoé Petit;zoe@new.example;Acme;Lyon;oui;'+33 3 20 55\n\
    \"Roux; Camille\";camille@new.example;Acme;;non;\n\
    Dora;DORA@nordet.example;Elsewhere;;oui;\n";

async fn sends(door: &Door, who: &str, sheet: &str, only_check: bool) -> (u16, Value) {
    let body = json!({"content": sheet, "only_check": only_check}).to_string();
    let answer = door.asks(who, Method::POST, ADDRESS, &body).await;
    let said = serde_json::from_str(&answer.body).unwrap_or_default();
    (answer.status, said)
}

async fn posts(door: &Door, who: &str, sheet: &str, deed: &str) -> Answer {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("content", sheet).append_pair("deed", deed);
    let form = form.finish();
    door.asks(who, Method::POST, "/people/import", &form).await
}

async fn people(w: &World) -> i64 {
    let all = system!(
        because = "a test counts",
        "SELECT COUNT(*) AS n FROM people"
    );
    w.db.read().one::<Count>(all).await.unwrap().n
}

on_both_engines! {
    async fn a_sheet_adds_whoever_is_new_and_the_same_again_nobody(w) {
        let door = w.door().await;
        let before = people(w).await;
        let mails = system!(because = "a test counts", "SELECT COUNT(*) AS n FROM outgoing_mails");
        let mailed = w.db.read().one::<Count>(mails.clone()).await.unwrap().n;
        assert_eq!(sends(&door, "max", SHEET, true).await, (200, json!({"added": 2, "known": 1})));
        assert_eq!(people(w).await, before, "it was only checked");
        assert_eq!(sends(&door, "max", SHEET, false).await, (200, json!({"added": 2, "known": 1})));
        assert_eq!(people(w).await, before + 2);
        assert_eq!(sends(&door, "max", SHEET, false).await, (200, json!({"added": 0, "known": 3})));
        assert_eq!(people(w).await, before + 2);
        let found = door.json("max", "/api/v1/people?q=zoe").await;
        let zoe = &found["items"][0];
        for (field, value) in [("name", "Zoé Petit"), ("organization", "Acme"), ("site", "Lyon"), ("phone", "+33 3 20 55")] {
            assert_eq!(zoe[field], value, "{zoe}");
        }
        let whole = door.json("max", &format!("/api/v1/people/{}", zoe["id"])).await;
        assert_eq!((&whole["portal"], &whole["role"]), (&json!(true), &Value::Null), "nobody becomes staff");
        // Whoever was there stays as they were, and nobody is mailed.
        let dora = door.json("max", "/api/v1/people?q=dora").await;
        assert_ne!(dora["items"][0]["organization"], "Elsewhere");
        assert_eq!(w.db.read().one::<Count>(mails).await.unwrap().n, mailed);
        let journal = door.json("max", "/api/v1/journal?deed=people_imported").await;
        assert_eq!(journal["items"].as_array().map(Vec::len), Some(1), "{journal}");
        assert_eq!(journal["items"][0]["changes"][0]["becomes"], "2");
        let added = door.json("max", "/api/v1/journal?deed=person_added").await;
        assert_eq!(added["items"].as_array().map(Vec::len), Some(2), "{added}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn one_wrong_line_adds_nobody_and_every_fault_is_said_with_its_line(w) {
        let door = w.door().await;
        let before = people(w).await;
        let sheet = "name,email,login\nZoe,zoe@new.example,zoe\nYves,yves,\n,x@new.example,\nZoe,ZOE@new.example,\nBen,b@new.example,ben\n";
        let (status, said) = sends(&door, "max", sheet, false).await;
        assert_eq!(status, 422, "{said}");
        let said: Vec<&str> = said["errors"].as_array().unwrap().iter().map(|it| it["detail"].as_str().unwrap()).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        for (fault, begins) in said.iter().zip(["Line 3, email: ", "Line 4, name: ", "Line 5, email: ", "Line 6, login: "]) {
            assert!(fault.starts_with(begins), "{fault}");
        }
        assert!(said[2].contains("line 2"), "{said:?}");
        let page = posts(&door, "max", sheet, "import").await;
        assert_eq!(page.status, 422);
        for kept in ["Yves,yves,", "4 faults", "Already on line 2"] {
            assert!(page.body.contains(kept), "{kept}: {}", page.body);
        }
        // No sheet at all.
        for (sheet, says) in [("", "required"), ("colour\nred\n", "colour"), ("name,phone\nA,1\n", "missing")] {
            let page = posts(&door, "max", sheet, "check").await;
            assert_eq!(page.status, 422, "{sheet}");
            assert!(page.body.contains(says), "{says}: {}", page.body);
            assert_eq!(sends(&door, "max", sheet, false).await.0, 422, "{sheet}");
        }
        assert_eq!(people(w).await, before);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_shows_what_a_sheet_comes_to_before_it_does_it(w) {
        let door = w.door().await;
        let before = people(w).await;
        let shown = posts(&door, "max", SHEET, "check").await;
        assert_eq!(shown.status, 200);
        for said in ["2 people will be added", "One person is known already", "Roux; Camille", "Import these 2 people"] {
            assert!(shown.body.contains(said), "{said}: {}", shown.body);
        }
        assert_eq!(people(w).await, before);
        let done = posts(&door, "max", SHEET, "import").await;
        assert_eq!((done.status, done.location()), (303, "/people"));
        assert_eq!(people(w).await, before + 2);
        // By the back button, again.
        assert_eq!(posts(&door, "max", SHEET, "import").await.status, 303);
        assert_eq!(people(w).await, before + 2);
        door.closes().await;
    }
}

on_both_engines! {
    /// Features L-07: without the permission the page is absent and the API refuses.
    async fn only_whoever_may_import_finds_the_page(w) {
        let door = w.door().await;
        for (who, status) in [("nobody", 303), ("dora", 404), ("vera", 403), ("ben", 403), ("max", 200)] {
            assert_eq!(door.gets(who, "/people/import").await.status, status, "{who}");
        }
        assert!(!door.gets("ben", "/people").await.body.contains("/people/import"));
        assert!(door.gets("max", "/people").await.body.contains("/people/import"));
        for (who, status) in [("dora", 404), ("vera", 403), ("ben", 403)] {
            assert_eq!(sends(&door, who, SHEET, false).await.0, status, "{who}");
        }
        roles::may(w, &door, "ben", &["read_notes", "note", "handle", "import"]).await;
        assert_eq!(sends(&door, "ben", SHEET, false).await, (200, json!({"added": 2, "known": 1})));
        assert!(door.gets("ben", "/people").await.body.contains("/people/import"));
        door.closes().await;
    }
}
