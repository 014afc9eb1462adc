//! Whom an agent serves: organisations and sites narrow what their scope and their departments show, in every way of
//! looking; what names them stays.

use axum::http::Method;
use serde_json::{Value, json};
use vigie::search::index;
use vigie::tasks::assignees;
use vigie::tickets::machine::Stage;
use vigie::tickets::rights::{Note, Read, Redact};
use vigie::tickets::{counts, reading};

use crate::browsing::{Answer, Door};
use crate::handling::giving_out::{blue_gives, holder, opens};
use crate::live::line::{Listening, on};
use crate::world::World;

async fn puts(door: &Door, by: &str, path: &str, body: Value) -> Answer {
    door.asks(by, Method::PUT, path, &body.to_string()).await
}

fn scope(w: &World, who: &str) -> String {
    format!("/api/v1/people/{}/scope", w.person(who))
}

/// Dora and Emil work for Brêmes, Dora in Lyon; Fay works for Nordet in Lyon, Ben himself there too.
async fn companies(w: &World, door: &Door) {
    for (who, organization, site) in [
        ("dora", "Brêmes", "Lyon"),
        ("emil", "Brêmes", "Nice"),
        ("fay", "Nordet", "Lyon"),
        ("ben", "Nordet", "Nice"),
    ] {
        let path = format!("/api/v1/people/{}/card", w.person(who));
        let body = json!({"organization": organization, "site": site}).to_string();
        let answer = door.asks("ada", Method::PATCH, &path, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    index::catch_up(&w.db).await.unwrap();
}

/// Asks for every ticket by the rule, the list, the page and the search, and for the counts: they agree.
async fn sees(w: &World, door: &Door, who: &str, expected: &[&str]) {
    let people = w.with_clientele(who).await;
    let list = door.json(who, "/api/v1/tickets?limit=200").await;
    let counts = door.json(who, "/api/v1/tickets/counts").await;
    let counted: i64 = counts
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["count"].as_i64())
        .sum();
    for (name, ticket) in w.tickets() {
        let yes = expected.contains(&name);
        let rule = reading::find::<Read>(&mut w.db.read(), &people, ticket).await;
        assert_eq!(rule.is_ok(), yes, "{who} {name}: the rule");
        let listed = list["items"].as_array().unwrap();
        let listed = listed
            .iter()
            .any(|it| it["number"].as_i64() == Some(ticket.0));
        assert_eq!(listed, yes, "{who} {name}: the list");
        let page = door.gets(who, &format!("/tickets/{ticket}")).await;
        assert_eq!(page.status == 200, yes, "{who} {name}: the page");
        let found = door
            .gets(who, &format!("/api/v1/search?q=%23{ticket}"))
            .await;
        assert_eq!(
            found.body.contains(&format!("\"number\":{ticket},")),
            yes,
            "{who} {name}: {}",
            found.body
        );
        let why = door
            .json(
                "ada",
                &format!("/api/v1/tickets/{ticket}/access/{}", w.person(who)),
            )
            .await;
        assert_eq!(why["sees"], json!(yes), "{who} {name}: the inspector {why}");
        assert_eq!(
            why["reasons"].as_array().unwrap().is_empty(),
            !yes,
            "{who} {name}: {why}"
        );
    }
    assert_eq!(counted, expected.len() as i64, "{who}: the counts");
    let mut db = w.db.read();
    let whole = counts::seen_by(&mut db, &people).await.unwrap();
    let beside = counts::of_views(&mut db, &people).await.unwrap();
    for stage in [Stage::Open, Stage::Awaiting] {
        assert_eq!(
            beside.in_stage(stage),
            whole.in_stage(stage),
            "{who} {stage:?}"
        );
    }
    assert_eq!(beside.mine, whole.mine, "{who}");
}

on_both_engines! {
    async fn an_agent_sees_of_their_scope_what_those_ask_for_whom_they_serve_and_what_names_them(w) {
        let door = w.door().await;
        companies(w, &door).await;
        let all = ["badge", "cable", "leave", "own", "payroll", "printer", "rob", "salary", "screen"];
        sees(w, &door, "gil", &all).await;
        for (who, body, expected) in [
            ("gil", json!({"organizations": ["BRÊMES"]}), &["badge", "leave", "payroll", "printer", "screen"][..]),
            ("gil", json!({"organizations": [], "sites": ["Lyon"]}), &["cable", "leave", "printer", "rob", "salary", "screen"]),
            ("gil", json!({"organizations": ["Brêmes"]}), &["leave", "printer", "screen"]),
            // Screen and badge are in Ben's charge, own is his request.
            ("ben", json!({"organizations": ["Brêmes"]}), &["badge", "own", "printer", "screen"]),
            ("ben", json!({"organizations": ["Nordet"], "sites": ["Nice"]}), &["badge", "own", "screen"]),
            ("vera", json!({"sites": ["Nice", "lyon"], "organizations": ["Nordet"]}), &["cable"]),
            // Narrowing adds nothing to whom only what names them reaches.
            ("rob", json!({"sites": ["Lyon"]}), &["rob"]),
            // Rank sees everything.
            ("max", json!({"sites": ["Nice"]}), &all),
        ] {
            let path = scope(w, who);
            let preview = door.asks("ada", Method::POST, &format!("{path}/preview"), &body.to_string()).await;
            let preview: Value = serde_json::from_str(&preview.body).unwrap();
            let answer = puts(&door, "ada", &path, body.clone()).await;
            assert_eq!(answer.status, 200, "{who} {body}: {}", answer.body);
            assert_eq!(preview["then"], json!(expected.len()), "{who} {body}: {preview}");
            sees(w, &door, who, expected).await;
        }
        let it = door.json("ada", &scope(w, "gil")).await;
        assert_eq!((&it["scope"], &it["organizations"], &it["sites"]), (&json!("global"), &json!(["Brêmes"]), &json!(["Lyon"])));
        // Nobody named: everybody.
        puts(&door, "ada", &scope(w, "gil"), json!({"organizations": [], "sites": []})).await;
        sees(w, &door, "gil", &all).await;
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_merely_named_where_they_serve_nobody_is_no_agent_there(w) {
        let door = w.door().await;
        companies(w, &door).await;
        assert_eq!(puts(&door, "ada", &scope(w, "ben"), json!({"organizations": ["Brêmes"]})).await.status, 200);
        let cable = w.ticket("cable");
        let path = format!("/api/v1/tickets/{cable}/invitees");
        let answer = door.asks("ada", Method::POST, &path, &json!({"people": ["ben"]}).to_string()).await;
        assert!(answer.status < 300, "{}", answer.body);
        let ben = w.with_clientele("ben").await;
        let mut db = w.db.read();
        assert!(reading::find::<Read>(&mut db, &ben, cable).await.is_ok());
        assert!(reading::find::<Note>(&mut db, &ben, cable).await.is_err(), "no staff here");
        let printer = w.ticket("printer");
        assert!(reading::find::<Note>(&mut db, &ben, printer).await.is_ok());
        assert!(reading::find::<Redact>(&mut db, &ben, printer).await.is_ok());
        // What he is in charge of he handles, whoever asked for it.
        puts(&door, "ada", &scope(w, "ben"), json!({"organizations": ["Nordet"], "sites": []})).await;
        let ben = w.with_clientele("ben").await;
        assert!(reading::find::<Note>(&mut w.db.read(), &ben, w.ticket("screen")).await.is_ok());
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_serves_others_is_given_nothing_by_itself_and_finds_only_those_people(w) {
        let door = w.door().await;
        companies(w, &door).await;
        blue_gives(w, "first_available").await;
        let cable = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), w.ticket("cable")).await.unwrap();
        let offered = async || {
            let all = assignees::candidates(&mut w.db.read(), &cable).await.unwrap();
            all.iter().any(|it| it.id == w.person("ben"))
        };
        let first = opens(w, &door, "fay").await;
        assert_eq!(holder(w, first).await, Some(w.person("ben")), "as long as he serves everybody");
        assert!(offered().await);
        puts(&door, "ada", &scope(w, "ben"), json!({"sites": ["Nice"]})).await;
        let (of_lyon, of_nice) = (opens(w, &door, "fay").await, opens(w, &door, "emil").await);
        assert_eq!(holder(w, of_lyon).await, Some(w.person("rob")));
        assert_eq!(holder(w, of_nice).await, Some(w.person("ben")));
        assert!(!offered().await);
        // Of rank it narrows nothing.
        let person = format!("/api/v1/people/{}", w.person("ben"));
        let raised = door.asks("ada", Method::PATCH, &person, r#"{"role":"admin"}"#).await;
        assert_eq!(raised.status, 200, "{}", raised.body);
        let of_lyon = opens(w, &door, "fay").await;
        assert_eq!(holder(w, of_lyon).await, Some(w.person("ben")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_who_serves_some_says_where_people_belong_and_whoever_does_leaves_a_line(w) {
        let door = w.door().await;
        companies(w, &door).await;
        puts(&door, "ada", &scope(w, "ben"), json!({"organizations": ["Brêmes"]})).await;
        let found = door.json("ben", "/api/v1/people?q=emil").await;
        assert!(found.to_string().contains("emil@"), "{found}");
        let found = door.json("ben", "/api/v1/people?q=fay").await;
        assert!(!found.to_string().contains("fay@"), "{found}");
        // By letting her in to a ticket that he handles, he finds her; and moves her nowhere.
        let (printer, cable) = (w.ticket("printer"), w.ticket("cable"));
        let email = door.json("ada", &format!("/api/v1/people/{}", w.person("fay"))).await["email"].clone();
        let path = format!("/api/v1/tickets/{printer}/invitees");
        let answer = door.asks("ben", Method::POST, &path, &json!({"people": [email]}).to_string()).await;
        assert!(answer.status < 300, "{}", answer.body);
        let card = format!("/api/v1/people/{}/card", w.person("fay"));
        for body in [json!({"organization": "Brêmes"}), json!({"site": "Nice"})] {
            let answer = door.asks("ben", Method::PATCH, &card, &body.to_string()).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
        }
        assert_eq!(door.asks("ben", Method::PATCH, &card, r#"{"phone":"0102"}"#).await.status, 200);
        assert_eq!(door.gets("ben", &format!("/tickets/{cable}")).await.status, 404);
        // Whoever may, does it for his open pages at once, and it is noted.
        let desk = Listening::at(door).await;
        let (mut line, _) = desk.page("ben", on(printer, 0)).await;
        let answer = desk.door.asks("cleo", Method::PATCH, &card, r#"{"organization":"Brêmes"}"#).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        line.ends().await;
        assert_eq!(desk.door.gets("ben", &format!("/tickets/{cable}")).await.status, 200);
        let journal = desk.door.gets("ada", "/admin/journal").await.body;
        assert!(journal.contains("Organization") && journal.contains("Nordet"), "{journal}");
        desk.closes().await;
    }
}

on_both_engines! {
    async fn a_sharing_tag_that_goes_takes_those_along_who_serve_some(w) {
        let door = w.door().await;
        companies(w, &door).await;
        puts(&door, "ada", &scope(w, "ben"), json!({"organizations": ["Brêmes"]})).await;
        for department in [1, 2] {
            let path = format!("/api/v1/departments/{department}/sharing");
            assert_eq!(puts(&door, "ada", &path, json!({"tag": "Information"})).await.status, 200);
        }
        let red = door.json("ada", "/api/v1/departments/2/sharing").await;
        assert_eq!(red["departments"][0]["look_here"], json!(2), "Ben and Vera: {red}");
        let payroll = w.ticket("payroll");
        let path = format!("/api/v1/tickets/{payroll}/observers");
        assert_eq!(door.asks("ben", Method::POST, &path, r#"{"people":[]}"#).await.status, 201);
        assert_eq!(puts(&door, "ada", "/api/v1/departments/2/sharing", json!({"tag": null})).await.status, 200);
        assert_eq!(door.gets("ben", &format!("/tickets/{payroll}")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_name_that_is_not_there_is_named_back_and_other_forms_leave_whom_one_serves(w) {
        let door = w.door().await;
        companies(w, &door).await;
        let path = scope(w, "gil");
        let answer = puts(&door, "ada", &path, json!({"organizations": ["Nordet", "Nordt"]})).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(answer.body.contains("Nordt"), "{}", answer.body);
        assert!(!door.json("ada", &path).await.to_string().contains("Nordet"), "nothing half done");
        let version = door.json("ada", &path).await["version"].clone();
        // The page keeps what was typed.
        let page = format!("/admin/scopes/{}", w.person("gil"));
        let form = |names: &str| format!("version={version}&scope=global&organizations={names}&sites=");
        let answer = door.asks("ada", Method::POST, &page, &form("Nordt")).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("« Nordt »".replace(' ', "\u{202f}").as_str()) || answer.body.contains("“Nordt”"), "{}", answer.body);
        assert!(answer.body.contains(">Nordt</textarea>"), "typed values stay");
        assert_eq!(door.asks("ada", Method::POST, &page, &form("nordet%0D%0A")).await.status, 303);
        let it = door.json("ada", &path).await;
        assert_eq!((&it["scope"], &it["organizations"]), (&json!("global"), &json!(["Nordet"])));
        assert_eq!(door.asks("ada", Method::POST, &page, &form("")).await.status, 409, "changed meanwhile");
        // The person's own page says nothing of it, and changes nothing of it; nor does a scope that leaves nothing to narrow.
        let person = format!("/api/v1/people/{}", w.person("gil"));
        for scope in ["restricted", "group", "global"] {
            let body = json!({"scope": scope}).to_string();
            let answer = door.asks("ada", Method::PATCH, &person, &body).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!(door.json("ada", &path).await["organizations"], json!(["Nordet"]), "{scope}");
        }
        sees(w, &door, "gil", &["cable", "own", "rob", "salary"]).await;
        for word in ["global_served", "group_served"] {
            let answer = puts(&door, "ada", &path, json!({ "scope": word })).await;
            assert_eq!(answer.status, 422, "{word}: {}", answer.body);
        }
        // Whoever is no agent any more serves nobody in particular when they come back.
        for role in [Value::Null, json!("agent")] {
            let body = json!({"role": role, "scope": "global"}).to_string();
            let answer = door.asks("ada", Method::PATCH, &person, &body).await;
            assert_eq!(answer.status, 200, "{role}: {}", answer.body);
        }
        assert_eq!(door.json("ada", &path).await["organizations"], json!([]));
        door.closes().await;
    }
}
