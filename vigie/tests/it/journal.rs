//! The journal: every deed on accounts, rights and settings is in it once, with what it was and became;
//! nobody changes it unseen, and only administrators read it.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::Value;
use vigie::audit::chain::{self, Standing};
use vigie::audit::{self, Deed, Entry, Field, Pen};

use crate::browsing::Door;
use crate::world::World;

record! { struct Number { n: i64 } }

/// A deed by a program of theirs that must succeed.
async fn does(door: &Door, who: &str, method: Method, path: &str, body: &str) -> Value {
    let answer = door.asks(who, method.clone(), path, body).await;
    assert!(
        answer.status < 300,
        "{method} {path}: {} {}",
        answer.status,
        answer.body
    );
    serde_json::from_str(&answer.body).unwrap_or_default()
}

/// Every entry there is, the oldest first.
async fn journal(door: &Door) -> Vec<Value> {
    let page = door.json("max", "/api/v1/journal?limit=200").await;
    assert_eq!(page["next"], Value::Null, "one page holds them");
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .cloned()
        .collect()
}

/// `deed way` of an entry, and what became of what.
fn said(entry: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let changes: Vec<String> = entry["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                " {}:{}>{}",
                text(&it["field"]),
                text(&it["was"]),
                text(&it["becomes"])
            )
        })
        .collect();
    format!(
        "{} {}{}",
        text(&entry["deed"]),
        text(&entry["way"]),
        changes.concat()
    )
}

async fn departments(w: &World, name: &str) -> i64 {
    let found: Vec<Number> =
        w.db.read()
            .all(global!(
                "SELECT id AS n FROM departments WHERE name = $1",
                name
            ))
            .await
            .unwrap();
    found[0].n
}

async fn standing(w: &World) -> Standing {
    chain::standing(&mut w.db.read()).await.unwrap()
}

on_both_engines! {
    async fn every_deed_of_administration_is_noted_once_with_before_and_after(w) {
        let door = w.door().await;
        let before = journal(&door).await.len();
        let blue = departments(w, "Blue").await;
        let api = format!("/api/v1/departments/{blue}");

        let made = does(&door, "max", Method::POST, "/api/v1/people",
            r#"{"name":"Zoe Petit","email":"zoe@nordet.example","role":"agent","scope":"group","portal":true}"#).await;
        let zoe = made["id"].as_i64().unwrap();
        let person = format!("/api/v1/people/{zoe}");
        does(&door, "max", Method::PATCH, &person, r#"{"scope":"restricted","site":"Lyon"}"#).await;
        does(&door, "max", Method::POST, &format!("{person}/password-link"), "").await;
        does(&door, "max", Method::DELETE, &format!("{person}/sessions"), "").await;
        does(&door, "max", Method::DELETE, &format!("{person}/second-factor"), "").await;
        does(&door, "max", Method::POST, &format!("{api}/members"), r#"{"person":"zoe@nordet.example","level":"view"}"#).await;
        does(&door, "max", Method::PATCH, &format!("{api}/members/{zoe}"), r#"{"level":"edit","privileges":["take_free_ticket"]}"#).await;
        let made = does(&door, "max", Method::POST, &format!("{api}/categories"), r#"{"name":"Screens"}"#).await;
        let categories = made["categories"].as_array().unwrap();
        let screens = categories.iter().find(|it| it["name"] == "Screens").unwrap()["id"].as_i64().unwrap();
        does(&door, "max", Method::PATCH, &format!("{api}/categories/{screens}"), r#"{"name":"Displays"}"#).await;
        does(&door, "max", Method::PUT, &format!("{api}/serving"), &format!(r#"{{"categories":[{{"category":{screens},"people":[{zoe}]}}]}}"#)).await;
        does(&door, "max", Method::PUT, &format!("{api}/categories/{screens}/template"), r#"{"subject":"Screen: ","body":"Which one?","priority":2}"#).await;
        does(&door, "max", Method::PUT, &format!("{api}/waiting"), r#"{"expire_days":7,"reopen_days":null}"#).await;
        does(&door, "max", Method::PATCH, &api, r#"{"name":"Azure"}"#).await;
        does(&door, "max", Method::POST, "/api/v1/departments", r#"{"name":"Green"}"#).await;
        let made = does(&door, "max", Method::POST, "/api/v1/channels", &format!(r#"{{"address":"it@nordet.example","name":"IT","category":{screens}}}"#)).await;
        does(&door, "max", Method::PATCH, &format!("/api/v1/channels/{}", made["id"]), r#"{"active":false}"#).await;
        does(&door, "max", Method::DELETE, &format!("{api}/members/{zoe}"), "").await;
        let page = door.gets("max", &format!("/admin/people/{zoe}")).await;
        let version = page.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let form = format!("name=Zoe+Petit&email=zoe%40nordet.example&language=en&site=Lyon&role=agent&scope=restricted&disabled=on&version={version}");
        let changed = door.asks("max", Method::POST, &format!("/admin/people/{zoe}"), &form).await;
        assert_eq!(changed.status, 303, "{}", changed.body);
        let file = door.gets("ben", "/lists/export/file?list=view%3Dall").await;
        assert_eq!(file.status, 200);
        let file = door.gets("max", "/admin/journal/file?deed=member_added").await;
        assert_eq!(file.body.lines().count(), 2, "{}", file.body);

        let all = journal(&door).await;
        let told: Vec<String> = all[before..].iter().map(said).collect();
        let wanted = [
            "person_added api role:->agent scope:->group email:->zoe@nordet.example",
            "person_changed api site:->Lyon scope:group>restricted",
            "password_link_sent api",
            "sessions_ended api",
            "sessions_ended api",
            "second_factor_removed api",
            "member_added api level:->view privileges:->manage_categories manage_faq take_free_ticket take_assigned_ticket assign_ticket transfer_ticket refuse_ticket reopen_any_ticket services:->tickets chats calls",
            "member_changed api level:view>edit privileges:manage_categories manage_faq take_free_ticket take_assigned_ticket assign_ticket transfer_ticket refuse_ticket reopen_any_ticket>take_free_ticket",
            "category_added api",
            "category_changed api name:Screens>Displays",
            "serving_changed api people:->Zoe Petit",
            "template_changed api subject:->Screen: text:->Which one? priority:->2",
            "waiting_changed api expire_days:->7",
            "department_changed api name:Blue>Azure",
            "department_added api name:->Green active:no>yes",
            "channel_added api name:->IT category:->Azure › Displays active:no>yes",
            "channel_changed api active:yes>no",
            "member_removed api level:edit>-",
            "person_changed web portal:yes>no disabled:no>yes",
            "tickets_exported web",
            "journal_exported web count:->1",
        ];
        assert_eq!(told, wanted.map(|it| it.trim_end().to_owned()));
        let max = w.person("max").0;
        for entry in &all[before..] {
            let whose = if entry["deed"] == "tickets_exported" { w.person("ben").0 } else { max };
            assert_eq!(entry["actor"], whose, "{entry}");
        }
        let of_zoe = door.json("max", &format!("/api/v1/journal?person={zoe}&deed=member_changed")).await;
        assert_eq!(of_zoe["items"].as_array().unwrap().len(), 1);
        assert_eq!(of_zoe["items"][0]["department"], blue);
        assert!(matches!(standing(w).await, Standing::Whole { .. }));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_agents_do_to_the_accounts_of_requesters_is_noted_too(w) {
        let door = w.door().await;
        let before = journal(&door).await.len();
        let made = does(&door, "ben", Method::POST, "/api/v1/people", r#"{"name":"Lea","email":"lea@client.example"}"#).await;
        let card = format!("/api/v1/people/{}/card", made["id"]);
        does(&door, "ben", Method::PATCH, &card, r#"{"phone":"+33 1 23"}"#).await;
        does(&door, "ben", Method::PATCH, &card, r#"{"name":"Léa","portal":true}"#).await;
        let all = journal(&door).await;
        let told: Vec<String> = all[before..].iter().map(said).collect();
        assert_eq!(told, ["person_added api email:->lea@client.example", "person_changed api name:Lea>Léa portal:no>yes"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_changes_nothing_or_is_refused_is_not_noted(w) {
        let door = w.door().await;
        let before = journal(&door).await.len();
        let blue = departments(w, "Blue").await;
        let (ben, path) = (w.person("ben"), format!("/api/v1/departments/{blue}"));
        does(&door, "max", Method::PATCH, &path, r#"{"name":"Blue"}"#).await;
        does(&door, "max", Method::PATCH, &format!("/api/v1/people/{ben}"), r#"{"scope":"group"}"#).await;
        for (who, method, path, body) in [
            ("cleo", Method::PATCH, path.clone(), r#"{"name":"Mine"}"#),
            ("gil", Method::PATCH, format!("/api/v1/people/{ben}"), r#"{"role":"owner"}"#),
            ("max", Method::PATCH, format!("/api/v1/people/{}", w.person("ada")), r#"{"role":"viewer"}"#),
            ("max", Method::POST, "/api/v1/people".to_owned(), r#"{"name":"","email":"nothing"}"#),
        ] {
            let answer = door.asks(who, method, &path, body).await;
            assert!(answer.status >= 400, "{who} {path}: {}", answer.status);
        }
        assert_eq!(journal(&door).await.len(), before);
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_administrators_read_it(w) {
        let door = w.door().await;
        for path in ["/admin/journal", "/admin/journal/file", "/api/v1/journal", "/api/v1/journal/chain"] {
            for who in ["ben", "gil", "vera", "rob", "dora"] {
                let answer = door.gets(who, path).await;
                assert!(matches!(answer.status, 403 | 404), "{who} {path}: {}", answer.status);
            }
            for who in ["ada", "max"] {
                assert_eq!(door.gets(who, path).await.status, 200, "{who} {path}");
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_is_read_in_both_directions_and_by_every_filter(w) {
        let door = w.door().await;
        let (max, ben) = (w.actor("max"), w.person("ben").0);
        let mut tx = w.db.write().await.unwrap();
        for turn in 0..60 {
            let entry = Entry::of(Deed::MemberChanged).person(ben).thing(&format!("turn-{turn:02}"))
                .field(Field::Level, "view", "edit");
            audit::note(&mut tx, Pen::of(&max, w.now()), entry).await.unwrap();
        }
        tx.commit().await.unwrap();
        let first = door.gets("max", "/admin/journal?actor=max%40nordet.example&deed=member_changed").await;
        assert_eq!(first.status, 200, "{}", first.body);
        assert!(first.body.contains("turn-59") && first.body.contains("turn-10") && !first.body.contains("turn-09"));
        assert!(first.body.contains("Views") && first.body.contains("Handles"), "levels by their names");
        let next = first.body.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let second = door.gets("max", &next).await;
        assert!(second.body.contains("turn-09") && second.body.contains("turn-00") && !second.body.contains("turn-10"));
        let back = second.body.split("rel=\"prev\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let again = door.gets("max", &back).await;
        assert!(again.body.contains("turn-59") && again.body.contains("turn-10") && !again.body.contains("turn-09"));
        let today = door.gets("max", "/admin/journal?from=2026-11-23&to=2026-11-23").await;
        assert!(today.body.contains("turn-59"));
        for none in ["to=2026-11-22", "from=2026-11-24", "person=cleo%40nordet.example", "deed=token_made", "department=1&deed=member_changed"] {
            let page = door.gets("max", &format!("/admin/journal?{none}")).await;
            assert!(page.status == 200 && !page.body.contains("turn-"), "{none}");
        }
        let faults = door.gets("max", "/admin/journal?actor=ghost&from=yesterday").await;
        assert_eq!(faults.status, 422);
        assert!(faults.body.contains("Nobody is known as “ghost”") && faults.body.contains("Write the day like"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_changes_the_journal_from_outside_is_found_out(w) {
        let max = w.actor("max");
        let mut tx = w.db.write().await.unwrap();
        for turn in 0..5 {
            let entry = Entry::of(Deed::TokenMade).thing(&format!("turn-{turn}"));
            audit::note(&mut tx, Pen::of(&max, w.now()), entry).await.unwrap();
        }
        tx.commit().await.unwrap();
        let Standing::Whole { entries, .. } = standing(w).await else { panic!("it is whole") };
        let third = entries - 2;
        let rewrite = || system!(because = "a test", "UPDATE audit_entries SET detail = '{}' WHERE id = $1", third);
        let remove = || system!(because = "a test", "DELETE FROM audit_entries WHERE id = $1", third);
        for refused in [rewrite(), remove()] {
            let mut tx = w.db.write().await.unwrap();
            assert!(tx.run(refused).await.is_err(), "the database itself refuses");
        }
        // What an entry tells may be taken out, and the chain holds.
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test", "UPDATE audit_entries SET detail = '' WHERE id = $1", third)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(standing(w).await, Standing::Whole { entries: same, .. } if same == entries));
        // Whoever can take the guard away is found out all the same.
        let mut tx = w.db.write().await.unwrap();
        match w.db.engine() {
            kit::db::Engine::Sqlite => {
                for guard in [global!("DROP TRIGGER audit_entries_stand"), global!("DROP TRIGGER audit_entries_stay")] {
                    tx.run(guard).await.unwrap();
                }
            }
            kit::db::Engine::Postgres => {
                tx.run(system!(because = "a test", "DROP TRIGGER audit_entries_stand ON audit_entries")).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        for (deed, at) in [(rewrite(), third), (remove(), third)] {
            let mut tx = w.db.write().await.unwrap();
            tx.run(deed).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(standing(w).await, Standing::Broken { at });
        }
    }
}

on_both_engines! {
    async fn a_cut_end_is_found_out(w) {
        let max = w.actor("max");
        let mut tx = w.db.write().await.unwrap();
        for _ in 0..3 {
            audit::note(&mut tx, Pen::of(&max, w.now()), Entry::of(Deed::TokenMade)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let Standing::Whole { entries, .. } = standing(w).await else { panic!("it is whole") };
        let mut tx = w.db.write().await.unwrap();
        match w.db.engine() {
            kit::db::Engine::Sqlite => tx.run(global!("DROP TRIGGER audit_entries_stay")).await.unwrap(),
            kit::db::Engine::Postgres => tx
                .run(system!(because = "a test", "DROP TRIGGER audit_entries_stand ON audit_entries"))
                .await
                .unwrap(),
        };
        tx.run(system!(because = "a test", "DELETE FROM audit_entries WHERE id = $1", entries)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(standing(w).await, Standing::Broken { at: entries });
    }
}

on_both_engines! {
    async fn two_administrators_at_once_leave_one_chain(w) {
        let door = w.door().await;
        let before = journal(&door).await.len();
        let blue = departments(w, "Blue").await;
        let adds = async |who: &str| {
            for turn in 0..10 {
                let body = format!(r#"{{"name":"{who} {turn}"}}"#);
                does(&door, who, Method::POST, &format!("/api/v1/departments/{blue}/categories"), &body).await;
            }
        };
        tokio::join!(adds("ada"), adds("max"));
        assert_eq!(journal(&door).await.len(), before + 20);
        assert!(matches!(standing(w).await, Standing::Whole { .. }));
        let chain = door.json("max", "/api/v1/journal/chain").await;
        assert_eq!(chain["whole"], true);
        let page = door.gets("ada", "/admin/journal?check=1").await;
        assert!(page.body.contains("The chain is whole."), "{}", page.body);
        door.closes().await;
    }
}
