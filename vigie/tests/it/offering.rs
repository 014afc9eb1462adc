//! Who is offered a department when they open a ticket: to the others it is not there, whichever way they try; letters,
//! agents and tickets that follow are told apart.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};
use crate::mail::{BLUE as BLUES_ADDRESS, deliver, letter, post, work};
use crate::world::World;

/// Blue and Red, and their inboxes.
const BLUE: i64 = 1;
const RED: i64 = 2;
/// What no category is called.
const NEVER: i64 = 987_654_321;

fn address(department: i64) -> String {
    format!("/api/v1/departments/{department}/offering")
}

async fn says(door: &Door, by: &str, department: i64, body: Value) -> Answer {
    let path = address(department);
    door.asks(by, Method::PATCH, &path, &body.to_string()).await
}

async fn offers(door: &Door, department: i64, body: Value) {
    let answer = says(door, "ada", department, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// Dora works for Nordet in Lyon, Emil for Brêmes and comes in by another address too, Fay for nobody known.
async fn places(w: &World, door: &Door) {
    for (who, card) in [
        ("dora", json!({"organization": "Nordet", "site": "Lyon"})),
        ("emil", json!({"organization": "Brêmes", "site": "Nice"})),
    ] {
        let path = format!("/api/v1/people/{}/card", w.person(who));
        let answer = door
            .asks("ada", Method::PATCH, &path, &card.to_string())
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "INSERT INTO person_addresses (person_id, email, email_key, created_at) VALUES ($1, $2, $3, $4)",
        w.person("emil"),
        "Emil@Etu.Example",
        "emil@etu.example",
        w.now()
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Whether Red can be chosen: the portal and the API agree, and so does what is sent to it.
async fn is_offered_red(door: &Door, who: &str) -> bool {
    let all = door.json(who, "/api/v1/categories").await;
    let all = all.as_array().unwrap();
    let listed = all.iter().any(|it| it["id"] == RED);
    let page = door.gets(who, "/portal/tickets/new").await;
    assert_eq!(page.body.contains("Red"), listed, "{who}: {}", page.body);
    let chosen = door
        .gets(who, &format!("/portal/tickets/new?category={RED}"))
        .await;
    assert_eq!(chosen.body.contains("Red"), listed, "{who}");
    let form = format!("category={RED}&subject=Mine&body=Please&anyway=1");
    let sent = door.asks(who, Method::POST, "/portal/tickets", &form).await;
    let wanted = if listed { 303 } else { 422 };
    assert_eq!(sent.status, wanted, "{who}: {}", sent.body);
    let body = json!({"category": RED, "subject": "Mine", "body": "Please"}).to_string();
    let sent = door.asks(who, Method::POST, "/api/v1/tickets", &body).await;
    let wanted = if listed { 201 } else { 422 };
    assert_eq!(sent.status, wanted, "{who}: {}", sent.body);
    let template = door
        .gets(who, &format!("/api/v1/categories/{RED}/template"))
        .await;
    assert_eq!(template.status == 200, listed, "{who}: {}", template.body);
    listed
}

/// A body without what differs with every answer.
fn without_tokens(body: &str) -> String {
    let mut plain = body.to_owned();
    for before in ["name=\"csrf\" value=\"", "name=\"once\" value=\""] {
        let mut parts = plain.split(before);
        let mut kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            kept.push_str(before);
            kept.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
        }
        plain = kept;
    }
    plain
}

on_both_engines! {
    async fn any_organisation_site_or_domain_that_fits_suffices_and_to_the_others_it_is_not_there(w) {
        let door = w.door().await;
        places(w, &door).await;
        for (rule, expected) in [
            (json!({}), &["dora", "emil", "fay"][..]),
            (json!({"offered_to": "nobody"}), &[]),
            (json!({"offered_to": "these", "organizations": ["NORDET"]}), &["dora"]),
            (json!({"organizations": [], "sites": ["nice"]}), &["emil"]),
            (json!({"organizations": ["Nordet"]}), &["dora", "emil"]),
            (json!({"organizations": [], "sites": [], "domains": ["@ETU.example"]}), &["emil"]),
            (json!({"domains": ["nordet.example"]}), &["dora", "emil", "fay"]),
            (json!({"domains": ["example"], "offered_to": "nobody"}), &["dora", "emil", "fay"]),
            (json!({"domains": ["sub.nordet.example"]}), &[]),
            (json!({"offered_to": "everybody"}), &["dora", "emil", "fay"]),
            // The names stayed.
            (json!({"offered_to": "these"}), &[]),
        ] {
            let answer = says(&door, "ada", RED, rule.clone()).await;
            assert_eq!(answer.status == 422, rule["domains"] == json!(["example"]), "{rule}: {}", answer.body);
            for who in ["dora", "emil", "fay"] {
                assert_eq!(is_offered_red(&door, who).await, expected.contains(&who), "{who} {rule}");
            }
        }
        // Whoever moves is judged as they stand at their next request.
        offers(&door, RED, json!({"organizations": ["Brêmes"]})).await;
        assert!(!is_offered_red(&door, "dora").await);
        let card = format!("/api/v1/people/{}/card", w.person("dora"));
        door.asks("ada", Method::PATCH, &card, r#"{"organization":"Brêmes"}"#).await;
        assert!(is_offered_red(&door, "dora").await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_guessed_category_is_refused_like_one_that_never_was(w) {
        let door = w.door().await;
        offers(&door, RED, json!({"offered_to": "nobody"})).await;
        let portal = async |category: i64, rest: &str| {
            let form = format!("category={category}&subject=Mine&body=Please&anyway=1{rest}");
            door.asks("dora", Method::POST, "/portal/tickets", &form).await
        };
        for rest in ["", "&subject=", "&again=words"] {
            let (kept, never) = (portal(RED, rest).await, portal(NEVER, rest).await);
            assert_eq!((kept.status, without_tokens(&kept.body)), (never.status, without_tokens(&never.body)), "{rest}");
            assert!(!kept.body.contains("Red"), "{}", kept.body);
        }
        let api = async |category: i64| {
            let body = json!({"category": category, "subject": "Mine", "body": "Please"}).to_string();
            let answer = door.asks("dora", Method::POST, "/api/v1/tickets", &body).await;
            let mut body: Value = serde_json::from_str(&answer.body).unwrap();
            body["request"] = Value::Null;
            (answer.status, body)
        };
        assert_eq!(api(RED).await, api(NEVER).await);
        // Nor does its template fill a form, or its being shut say that it is there.
        let path = format!("/api/v1/departments/{RED}/template");
        let set = door.asks("cleo", Method::PUT, &path, r#"{"subject":"qzsubject"}"#).await;
        assert_eq!(set.status, 200, "{}", set.body);
        let form = door.gets("dora", &format!("/portal/tickets/new?category={RED}")).await;
        assert!(form.status == 200 && !form.body.contains("qzsubject"), "{}", form.body);
        let shut = door.asks("ada", Method::PATCH, &format!("/api/v1/departments/{RED}"), r#"{"active":false}"#).await;
        assert_eq!(shut.status, 200, "{}", shut.body);
        assert_eq!(api(RED).await, api(NEVER).await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_was_written_for_a_department_that_is_offered_no_longer_waits_for_another_one(w) {
        let door = w.door().await;
        offers(&door, RED, json!({"offered_to": "nobody"})).await;
        let form = format!("category={RED}&subject=My+payslip&body=Two+days%0Aare+missing&private=yes&once=o1");
        let back = door.asks("dora", Method::POST, "/portal/tickets", &form).await;
        assert_eq!(back.status, 422);
        assert!(back.body.contains("Choose again.") && back.body.contains("value=\"My payslip\""), "{}", back.body);
        assert!(back.body.contains("<pre>Two days\nare missing</pre>"), "{}", back.body);
        assert!(back.body.contains(&format!("form=\"kept\" name=\"category\" value=\"{BLUE}\"")), "{}", back.body);
        let again = form.replace(&format!("category={RED}"), &format!("category={BLUE}&again=files"));
        let again = door.asks("dora", Method::POST, "/portal/tickets", &again).await;
        assert_eq!(again.status, 200);
        assert!(again.body.contains("value=\"My payslip\"") && again.body.contains(">Two days\nare missing</textarea>"), "{}", again.body);
        assert!(again.body.contains("files-fault"), "files are to be chosen again: {}", again.body);
        let sent = form.replace(&format!("category={RED}"), &format!("category={BLUE}"));
        let sent = door.asks("dora", Method::POST, "/portal/tickets", &sent).await;
        assert!(sent.location().ends_with("/sent"), "{} {}", sent.status, sent.body);
        door.closes().await;
    }
}

record! {
    #[derive(Debug, PartialEq, Eq)]
    struct Lives { department_id: i64, entry_id: Option<i64> }
}

async fn newest(w: &World) -> Lives {
    w.db.read()
        .one(system!(
            because = "a test looks at the table itself",
            "SELECT department_id, entry_id FROM tickets ORDER BY id DESC LIMIT 1"
        ))
        .await
        .unwrap()
}

on_both_engines! {
    async fn a_virtual_department_is_offered_as_it_says_itself_wherever_it_leads(w) {
        let door = w.door().await;
        let made = door.asks("max", Method::POST, "/api/v1/departments", r#"{"name":"Front"}"#).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        let (front, entry) = (made["id"].as_i64().unwrap(), made["categories"][0]["id"].as_i64().unwrap());
        let path = format!("/api/v1/departments/{front}/redirects");
        let led = door.asks("max", Method::PUT, &path, &json!({"to": RED}).to_string()).await;
        assert_eq!(led.status, 200, "{}", led.body);
        let opens = async || {
            let body = json!({"category": entry, "subject": "Mine", "body": "Please"}).to_string();
            door.asks("dora", Method::POST, "/api/v1/tickets", &body).await.status
        };
        offers(&door, RED, json!({"offered_to": "nobody"})).await;
        assert!(!is_offered_red(&door, "dora").await);
        assert!(door.gets("dora", "/portal/tickets/new").await.body.contains("Front"));
        assert_eq!(opens().await, 201);
        assert_eq!(newest(w).await, Lives { department_id: RED, entry_id: Some(entry) });
        offers(&door, RED, json!({"offered_to": "everybody"})).await;
        offers(&door, front, json!({"offered_to": "nobody"})).await;
        assert!(!door.gets("dora", "/portal/tickets/new").await.body.contains("Front"));
        assert_eq!(opens().await, 422);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_letter_comes_in_wherever_its_address_leads_whoever_wrote_it(w) {
        let (door, post) = (w.door().await, post(w).await);
        offers(&door, BLUE, json!({"offered_to": "nobody"})).await;
        for from in ["dora@nordet.example", "somebody@elsewhere.example"] {
            let raw = letter(from, BLUES_ADDRESS, &format!("From {from}"), "", "Please help.");
            deliver(&post, BLUES_ADDRESS, &raw).await;
            work(&post).await;
            record! { struct Subject { subject: String } }
            let newest: Subject = w.db.read().one(system!(because = "a test looks at the table itself",
                "SELECT subject FROM tickets ORDER BY id DESC LIMIT 1")).await.unwrap();
            assert_eq!(newest.subject, format!("From {from}"));
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_follows_may_go_where_the_first_one_was_and_else_where_one_is_offered(w) {
        let door = w.door().await;
        let leave = w.ticket("leave");
        for department in [BLUE, RED] {
            offers(&door, department, json!({"offered_to": "nobody"})).await;
        }
        let path = format!("/portal/tickets/{leave}/follow-up");
        let page = door.gets("dora", &path).await;
        assert!(page.body.contains("Red inbox") && !page.body.contains("Blue"), "{}", page.body);
        let form = |category: i64| format!("subject=Again&body=It+happened+again&category={category}&once=f{category}");
        let elsewhere = door.asks("dora", Method::POST, &path, &form(BLUE)).await;
        assert!(elsewhere.status == 422 && elsewhere.body.contains("It happened again"), "{}", elsewhere.body);
        assert_eq!(door.asks("dora", Method::POST, &path, &form(RED)).await.status, 303);
        let api = format!("/api/v1/tickets/{leave}/follow-up");
        let answer = door.asks("dora", Method::POST, &api, r#"{"body":"Once more"}"#).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let answer = door.asks("dora", Method::POST, &api, &json!({"body": "Once more", "category": BLUE}).to_string()).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_opens_tickets_for_others_does_so_anywhere_and_is_a_requester_in_the_portal(w) {
        let door = w.door().await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET has_portal = TRUE")).await.unwrap();
        tx.commit().await.unwrap();
        offers(&door, RED, json!({"offered_to": "nobody"})).await;
        assert!(door.gets("ben", "/tickets/new").await.body.contains("Red inbox"));
        let form = format!("requester=dora&category={RED}&subject=She+phoned&body=Please&anyway=1");
        assert_eq!(door.asks("ben", Method::POST, "/tickets", &form).await.status, 303);
        let body = json!({"category": RED, "subject": "For me", "body": "Please"}).to_string();
        assert_eq!(door.asks("ben", Method::POST, "/api/v1/tickets", &body).await.status, 201);
        assert!(door.gets("ben", "/api/v1/categories").await.body.contains("Red"));
        let portal = door.gets("ben", "/portal/tickets/new").await;
        assert!(portal.body.contains("Blue") && !portal.body.contains("Red"), "{}", portal.body);
        // Vera looks on, and opens tickets for nobody but herself.
        assert!(!is_offered_red(&door, "vera").await);
        // A ticket goes there by transfer, as before.
        let answer = door.asks("cleo", Method::POST, &format!("/api/v1/tickets/{}/transfer", w.ticket("leave")), &json!({"category": BLUE}).to_string()).await;
        assert_ne!(answer.status, 422, "{}", answer.body);
        let printer = w.ticket("printer");
        let answer = door.asks("gil", Method::POST, &format!("/api/v1/tickets/{printer}/transfer"), &json!({"category": RED}).to_string()).await;
        assert_eq!(answer.status, 403, "Gil handles nowhere, which is another right: {}", answer.body);
        let answer = door.asks("max", Method::POST, &format!("/api/v1/tickets/{printer}/transfer"), &json!({"category": RED}).to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        // Dora reads where her ticket is: who sees a ticket is said elsewhere.
        assert!(door.gets("dora", &format!("/portal/tickets/{printer}")).await.body.contains("Red"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_keeps_a_departments_properties_says_to_whom_and_it_is_noted(w) {
        let door = w.door().await;
        places(w, &door).await;
        for (who, status) in [("dora", 404), ("emil", 404), ("ben", 403), ("vera", 404), ("gil", 404), ("cleo", 404), ("max", 200)] {
            assert_eq!(says(&door, who, BLUE, json!({"offered_to": "nobody"})).await.status, status, "{who}");
            assert_eq!(door.gets(who, &format!("/admin/departments/{BLUE}/offering")).await.status, status, "{who}");
        }
        let member = format!("/api/v1/departments/{BLUE}/members/{}", w.person("ben"));
        let keeps = door.asks("ada", Method::PATCH, &member, r#"{"privileges":["manage_properties"]}"#).await;
        assert_eq!(keeps.status, 200, "{}", keeps.body);
        let page = format!("/admin/departments/{BLUE}/offering");
        let version = async || door.json("ada", &address(BLUE)).await["version"].as_i64().unwrap();
        let form = async |version: i64, rest: &str| {
            door.asks("ben", Method::POST, &page, &format!("version={version}&{rest}")).await
        };
        let now = version().await;
        for (rest, kept, said) in [
            ("offered_to=these", "value=\"these\" checked", "Name at least one"),
            ("offered_to=", "", "Choose to whom"),
            ("offered_to=some&sites=Lyon", ">Lyon</textarea>", "Choose to whom"),
            ("offered_to=these&organizations=Nordt%0ANordet", ">Nordt\nNordet</textarea>", "There is no organization “Nordt”"),
            ("offered_to=these&sites=Lyons", ">Lyons</textarea>", "There is no site “Lyons”"),
            ("offered_to=nobody&domains=dora%40etu.example", ">dora@etu.example</textarea>", "“dora@etu.example” is no mail domain"),
        ] {
            let back = form(now, rest).await;
            assert_eq!(back.status, 422, "{rest}: {}", back.body);
            assert!(back.body.contains(kept) && back.body.contains(said), "{rest}: {}", back.body);
        }
        let many: Vec<String> = (0..201).map(|n| format!("d{n}.example")).collect();
        assert_eq!(says(&door, "ben", BLUE, json!({"domains": many})).await.status, 422);
        assert_eq!(version().await, now, "nothing changed");
        assert_eq!(form(now, "offered_to=these&organizations=nordet&domains=etu.example").await.status, 303);
        // Somebody else was quicker: both are shown, and what was typed stays.
        let late = form(now, "offered_to=everybody&sites=Nice&domains=etu.example").await;
        assert_eq!(late.status, 409);
        for part in ["<dd>These people</dd>", "<dd>Nordet</dd>", "value=\"everybody\" checked", ">Nice</textarea>", &format!("name=\"version\" value=\"{}\"", now + 1)] {
            assert!(late.body.contains(part), "{part}: {}", late.body);
        }
        assert!(!late.body.contains("<dd>etu.example</dd>"), "what is the same is no conflict");
        let same = form(now + 1, "offered_to=these&organizations=Nordet&domains=@ETU.example").await;
        assert_eq!((same.status, version().await), (303, now + 1), "the same is no change");
        let journal = door.json("ada", "/api/v1/journal?deed=offering_changed").await;
        let items = journal["items"].as_array().unwrap();
        assert_eq!(items.len(), 2, "{journal}");
        let whole = journal.to_string();
        for part in ["offered_to", "offered_organizations", "Nordet", "offered_domains", "etu.example"] {
            assert!(whole.contains(part), "{part}: {whole}");
        }
        let read = door.gets("ada", "/admin/journal").await.body;
        assert!(read.contains("Who is offered a department changed") && read.contains("These people"), "{read}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whether_somebody_is_offered_it_is_answered_by_the_rule_with_the_reason(w) {
        let door = w.door().await;
        places(w, &door).await;
        let rule = json!({"offered_to": "these", "organizations": ["Nordet"], "domains": ["etu.example"]});
        offers(&door, RED, rule).await;
        for (who, why, said) in [
            ("dora", ("organization", json!("Nordet")), "By their organization, "),
            ("emil", ("domain", json!("etu.example")), "By an address of "),
            ("fay", ("others", Value::Null), "None of their organization"),
        ] {
            let asked = door.json("max", &format!("{}?person={who}", address(RED))).await;
            let person = &asked["person"];
            assert_eq!((&person["reason"], &person["through"]), (&json!(why.0), &why.1), "{asked}");
            assert_eq!(person["is_offered"], json!(is_offered_red(&door, who).await), "{asked}");
            let page = door.gets("max", &format!("/admin/departments/{RED}/offering?person={who}")).await;
            assert!(page.status == 200 && page.body.contains(said), "{who}: {}", page.body);
        }
        for (whom, reason) in [("nobody", "nobody"), ("everybody", "everybody")] {
            offers(&door, RED, json!({ "offered_to": whom })).await;
            let asked = door.json("max", &format!("{}?person=dora", address(RED))).await;
            assert_eq!(asked["person"]["reason"], reason, "{asked}");
        }
        let unknown = door.gets("max", &format!("/admin/departments/{RED}/offering?person=nobody@here.example")).await;
        assert!(unknown.status == 422 && unknown.body.contains("value=\"nobody@here.example\""), "{}", unknown.body);
        // Rob finds in the directory whom his tickets name: where others belong he is not told by this way either.
        offers(&door, BLUE, json!({"offered_to": "these", "organizations": ["Nordet"]})).await;
        let member = format!("/api/v1/departments/{BLUE}/members/{}", w.person("rob"));
        let keeps = door.asks("ada", Method::PATCH, &member, r#"{"privileges":["manage_properties"]}"#).await;
        assert_eq!(keeps.status, 200, "{}", keeps.body);
        for who in ["dora", "dora@nordet.example"] {
            let asked = door.gets("rob", &format!("{}?person={who}", address(BLUE))).await;
            assert_eq!(asked.status, 422, "{}", asked.body);
        }
        let page = door.gets("rob", &format!("/admin/departments/{BLUE}/offering")).await;
        assert!(page.status == 200 && page.body.contains("Nordet") && !page.body.contains("Brêmes"), "{}", page.body);
        door.closes().await;
    }
}
