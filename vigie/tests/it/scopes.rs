//! Scopes: what is shown before it is saved is what is seen after, and whoever may not sets nothing.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::{Value, json};

use crate::browsing::{Answer, Door};
use crate::world::World;

const BLUE: [&str; 4] = ["printer", "screen", "badge", "cable"];

record! { struct Number { id: i64 } }
record! { struct Text { text: String } }

async fn department(w: &World, name: &str) -> i64 {
    let query = global!("SELECT id FROM departments WHERE name = $1", name);
    w.db.read().one::<Number>(query).await.unwrap().id
}

fn api(w: &World, who: &str) -> String {
    format!("/api/v1/people/{}/scope", w.person(who).0)
}

fn page(w: &World, who: &str) -> String {
    format!("/admin/scopes/{}", w.person(who).0)
}

async fn put(door: &Door, by: &str, path: &str, body: &Value) -> Answer {
    door.asks(by, Method::PUT, path, &body.to_string()).await
}

/// What somebody sees, by asking for each ticket and for the list as them; of Blue, and of Red.
async fn seen(w: &World, door: &Door, who: &str) -> [BTreeSet<i64>; 2] {
    let mut each = [BTreeSet::new(), BTreeSet::new()];
    for (name, id) in w.tickets() {
        let path = format!("/api/v1/tickets/{id}");
        if door.gets(who, &path).await.status == 200 {
            each[usize::from(!BLUE.contains(&name))].insert(id.0);
        }
    }
    let list = door.json(who, "/api/v1/tickets?limit=200").await;
    let listed: BTreeSet<i64> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["number"].as_i64().unwrap())
        .collect();
    let all: BTreeSet<i64> = each.iter().flatten().copied().collect();
    assert_eq!(listed, all, "{who}: the list and the tickets");
    each
}

/// Everything that a change of scope could touch, as one text.
async fn stands(w: &World) -> String {
    let mut all = String::new();
    for query in [
        global!(
            "SELECT p.id || ' ' || p.version || ' ' || COALESCE(a.role, '-') || ' ' || COALESCE(a.scope, '-') AS text \
             FROM people p LEFT JOIN agents a ON a.person_id = p.id ORDER BY p.id"
        ),
        global!(
            "SELECT m.person_id || ' ' || m.department_id || ' ' || m.level || ' ' || m.privileges || ' ' || m.version AS text \
             FROM memberships m ORDER BY m.person_id, m.department_id"
        ),
        system!(
            because = "a test looks at the table itself",
            "SELECT t.id || ' ' || t.state || ' ' || t.version || ' ' || COALESCE(t.assignee_id, 0) AS text FROM tickets t ORDER BY t.id"
        ),
        system!(
            because = "a test looks at the tables themselves",
            "SELECT (SELECT COUNT(*) FROM events) || ' events, ' || (SELECT COUNT(*) FROM jobs) || ' jobs, ' \
             || (SELECT COUNT(*) FROM audit_entries) || ' noted' AS text"
        ),
    ] {
        for row in w.db.read().all::<Text>(query).await.unwrap() {
            all.push_str(&row.text);
            all.push('\n');
        }
    }
    all
}

/// The form as its page shows it, with other values where they are given.
async fn form(w: &World, door: &Door, who: &str, scope: &str, levels: &[(i64, &str)]) -> String {
    let it = door.json("ada", &api(w, who)).await;
    let mut form = format!("version={}&scope={scope}", it["version"]);
    for place in it["departments"].as_array().unwrap() {
        let id = place["department"].as_i64().unwrap();
        let typed = levels
            .iter()
            .find(|(d, _)| *d == id)
            .map(|(_, level)| *level);
        let level = typed.unwrap_or(place["level"].as_str().unwrap_or_default());
        let version = place["version"]
            .as_i64()
            .map_or(String::new(), |v| v.to_string());
        form.push_str(&format!("&level-{id}={level}&seen-{id}={version}"));
    }
    form
}

on_both_engines! {
    async fn a_preview_is_what_is_seen_after_saving(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let level = |department: i64, level: Option<&str>| json!({"department": department, "level": level});
        let changes: &[(&str, Value)] = &[
            ("vera", json!({"scope": "restricted"})),
            ("vera", json!({"scope": "global"})),
            ("vera", json!({"scope": "group", "departments": [level(red, Some("view"))]})),
            ("vera", json!({"departments": [level(blue, None), level(red, Some("none"))]})),
            ("ben", json!({"departments": [level(red, Some("edit"))]})),
            ("ben", json!({"scope": "restricted", "departments": [level(red, Some("view"))]})),
            // Whoever is lowered lets go of what they hold, and sees that no more either.
            ("ben", json!({"departments": [level(blue, None)], "release": true})),
            ("cleo", json!({"departments": [level(red, Some("none")), level(blue, Some("edit"))], "release": true})),
            ("rob", json!({"scope": "group"})),
            ("rob", json!({"scope": "restricted", "departments": [level(blue, None)], "release": true})),
            ("gil", json!({"departments": [level(blue, Some("edit"))]})),
            ("gil", json!({"scope": "group"})),
            // Administrators see everything, whatever is chosen.
            ("max", json!({"scope": "restricted", "departments": [level(red, Some("view"))]})),
        ];
        let mut differences = BTreeSet::new();
        for (who, body) in changes {
            let before = seen(w, &door, who).await;
            let path = format!("{}/preview", api(w, who));
            let answer = door.asks("ada", Method::POST, &path, &body.to_string()).await;
            assert_eq!(answer.status, 200, "{who} {body}: {}", answer.body);
            let shown: Value = serde_json::from_str(&answer.body).unwrap();
            assert!(!shown["changes"].as_array().unwrap().is_empty(), "{who} {body}");
            assert_eq!(seen(w, &door, who).await, before, "{who} {body}: nothing is saved yet");
            let saved = put(&door, "ada", &api(w, who), body).await;
            assert_eq!(saved.status, 200, "{who} {body}: {}", saved.body);
            let after = seen(w, &door, who).await;
            let mut sums = [0; 4];
            for (place, department) in [blue, red].into_iter().enumerate() {
                let rows = shown["departments"].as_array().unwrap();
                let row = rows.iter().find(|it| it["department"] == department).unwrap();
                let (was, is) = (&before[place], &after[place]);
                let expect = [was.len(), is.len(), is.difference(was).count(), was.difference(is).count()];
                let said = ["now", "then", "gained", "lost"].map(|key| row[key].as_u64().unwrap() as usize);
                assert_eq!(said, expect, "{who} {body}: {}", row["name"]);
                for (sum, n) in sums.iter_mut().zip(expect) {
                    *sum += n;
                }
            }
            let said = ["now", "then", "gained", "lost"].map(|key| shown[key].as_u64().unwrap() as usize);
            assert_eq!(said, sums, "{who} {body}");
            differences.insert((sums[2] > 0, sums[3] > 0));
        }
        for kind in [(true, false), (false, true), (true, true), (false, false)] {
            assert!(differences.contains(&kind), "gained, lost: {kind:?} never came up");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_preview_leaves_nothing_behind(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let typed = form(w, &door, "cleo", "restricted", &[(blue, "view"), (red, "")]).await;
        let (before, mut hints) = (stands(w).await, w.db.hints());
        let page = door.asks("max", Method::POST, &format!("{}/preview", page(w, "cleo")), &typed).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for said in ["Scope</b> <span class=\"m2\">Group → Restricted", "Blue</b> <span class=\"m2\">Not a member → Views",
            "Red</b> <span class=\"m2\">Handles → Not a member", "tickets lost"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(page.body.contains("1 open ticket is in their charge"), "{}", page.body);
        // What was typed stays in the form.
        assert!(page.body.contains("value=\"restricted\" checked"), "{}", page.body);
        let body = json!({"scope": "global", "departments": [{"department": red, "level": "none"}], "release": true});
        let path = format!("{}/preview", api(w, "cleo"));
        let answer = door.asks("max", Method::POST, &path, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(stands(w).await, before);
        let mut rung = vec![];
        while let Ok(hint) = hints.try_recv() {
            rung.push(hint);
        }
        assert!(rung.is_empty(), "{rung:?}");
        // What is only tried cannot be kept by mistake.
        assert!(w.db.rehearse().await.unwrap().commit().await.is_err());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_stale_change_is_refused_with_both_sides_and_nothing_is_half_done(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let opened = form(w, &door, "vera", "global", &[(red, "edit")]).await;
        // Meanwhile Ada changes a membership that was shown, and is not even among the changes.
        let member = format!("/api/v1/departments/{blue}/members/{}", w.person("vera").0);
        let changed = door.asks("ada", Method::PATCH, &member, r#"{"level":"none"}"#).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let before = stands(w).await;
        let refused = door.asks("max", Method::POST, &page(w, "vera"), &opened).await;
        assert_eq!(refused.status, 409);
        assert_eq!(stands(w).await, before);
        assert!(refused.body.contains("Somebody saved in the meantime"), "{}", refused.body);
        let both = "<th scope=\"row\">Blue</th><td>Nothing</td><td>Views</td>";
        assert!(refused.body.contains(both), "{}", refused.body);
        assert!(refused.body.contains("<th scope=\"row\">Scope</th><td>Group</td><td>Global</td>"), "{}", refused.body);
        let looked = door.asks("max", Method::POST, &format!("{}/preview", page(w, "vera")), &opened).await;
        assert_eq!(looked.status, 409);
        assert!(looked.body.contains("This is what your choice would come to now"), "{}", looked.body);
        // The same by programs: a membership, its absence, the person.
        let it = door.json("max", &api(w, "vera")).await;
        for (department, version) in [(blue, json!(1)), (blue, Value::Null), (red, json!(3))] {
            let place = json!({"department": department, "level": "edit", "version": version});
            let answer = put(&door, "max", &api(w, "vera"), &json!({"scope": "global", "departments": [place]})).await;
            assert_eq!(answer.status, 409, "{department} {version}: {}", answer.body);
        }
        let old = it["version"].as_i64().unwrap() - 1;
        let answer = door.asks_having_seen("max", Method::PUT, &api(w, "vera"), Some(old), r#"{"scope":"global"}"#).await;
        assert_eq!(answer.status, 409, "{}", answer.body);
        assert_eq!(stands(w).await, before);
        // The form that came back knows what stands, and is taken.
        let again = form(w, &door, "vera", "global", &[(red, "edit")]).await;
        assert_eq!(door.asks("max", Method::POST, &page(w, "vera"), &again).await.status, 303);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_sent_twice_is_done_once(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let typed = form(w, &door, "vera", "restricted", &[(blue, ""), (red, "view")]).await;
        let mut hints = w.db.hints();
        assert_eq!(door.asks("max", Method::POST, &page(w, "vera"), &typed).await.status, 303);
        let hint = hints.try_recv().unwrap();
        assert_eq!((hint.topic, hint.id), ("access", w.person("vera").0), "open pages are told");
        let once = stands(w).await;
        assert_eq!(door.asks("max", Method::POST, &page(w, "vera"), &typed).await.status, 303);
        assert_eq!(stands(w).await, once);
        let it = door.json("max", &api(w, "vera")).await;
        assert_eq!(it["scope"], "restricted");
        let levels: Vec<_> = it["departments"].as_array().unwrap().iter().map(|d| d["level"].clone()).collect();
        assert_eq!(levels, [Value::Null, json!("view")]);
        // One entry of the journal for each change.
        let noted = door.json("max", &format!("/api/v1/journal?person={}", w.person("vera").0)).await;
        let mut deeds: Vec<_> = noted["items"].as_array().unwrap().iter().map(|it| it["deed"].as_str().unwrap()).collect();
        deeds.sort_unstable();
        assert_eq!(deeds, ["member_added", "member_removed", "person_changed"], "{noted}");
        assert!(noted.to_string().contains(r#""becomes":"restricted""#), "{noted}");
        assert_eq!(door.json("max", "/api/v1/journal/chain").await["whole"], true);
        let usual = "take_free_ticket";
        assert!(once.lines().any(|line| line.starts_with(&format!("{} {red} view", w.person("vera").0)) && line.contains(usual)));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_holds_tickets_is_lowered_once_they_are_released(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let before = stands(w).await;
        let typed = form(w, &door, "cleo", "restricted", &[(blue, "edit"), (red, "view")]).await;
        let refused = door.asks("max", Method::POST, &page(w, "cleo"), &typed).await;
        assert_eq!(refused.status, 422);
        for said in ["name=\"release\"", "id=\"level-fault\"", "value=\"restricted\" checked", "1 open ticket is in their charge"] {
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
        let body = json!({"scope": "restricted", "departments": [{"department": red, "level": null}]});
        let answer = put(&door, "max", &api(w, "cleo"), &body).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(stands(w).await, before, "nothing of it is done");
        let agreed = format!("{typed}&release=1");
        assert_eq!(door.asks("max", Method::POST, &page(w, "cleo"), &agreed).await.status, 303);
        assert_eq!(w.stands(w.ticket("salary")).await.0, "free");
        assert_eq!(door.gets("cleo", &format!("/api/v1/tickets/{}", w.ticket("salary"))).await.status, 404);
        // What was over stays theirs, and names them.
        assert_eq!(door.gets("cleo", &format!("/api/v1/tickets/{}", w.ticket("leave"))).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_below_sets_scopes_and_nobody_touches_whoever_is_above(w) {
        let mut door = w.door().await;
        let blue = department(w, "Blue").await;
        // A department manager with every privilege there is.
        let all = json!({"privileges": vigie::policy::Privilege::ALL.iter().map(|p| p.word()).collect::<Vec<_>>()});
        let member = format!("/api/v1/departments/{blue}/members/{}", w.person("ben").0);
        let delegated = door.asks("ada", Method::PATCH, &member, &all.to_string()).await;
        assert_eq!(delegated.status, 200, "{}", delegated.body);
        door.lets_in(w, "ben", w.person("ben")).await;
        assert_eq!(door.gets("ben", &format!("/admin/departments/{blue}")).await.status, 200);
        let before = stands(w).await;
        let body = json!({"scope": "global"}).to_string();
        for (who, status) in [("ben", 403), ("cleo", 403), ("vera", 403), ("dora", 404)] {
            let typed = form(w, &door, "rob", "global", &[]).await;
            assert_eq!(door.gets(who, "/admin/scopes").await.status, status, "{who}");
            assert_eq!(door.gets(who, &page(w, "rob")).await.status, status, "{who}");
            assert_eq!(door.gets(who, &api(w, "rob")).await.status, status, "{who}");
            for path in [page(w, "rob"), format!("{}/preview", page(w, "rob"))] {
                assert_eq!(door.asks(who, Method::POST, &path, &typed).await.status, status, "{who} {path}");
            }
            let path = api(w, "rob");
            assert_eq!(door.asks(who, Method::PUT, &path, &body).await.status, status, "{who}");
            let path = format!("{path}/preview");
            assert_eq!(door.asks(who, Method::POST, &path, &body).await.status, status, "{who}");
        }
        // An administrator looks at an owner, and changes nothing.
        let looked = door.gets("max", &page(w, "ada")).await;
        assert_eq!(looked.status, 200);
        assert!(looked.body.contains("Only somebody of as high a rank"), "{}", looked.body);
        assert!(looked.body.contains("Owners and administrators see every ticket"), "{}", looked.body);
        let typed = form(w, &door, "ada", "restricted", &[(blue, "edit")]).await;
        for path in [page(w, "ada"), format!("{}/preview", page(w, "ada"))] {
            assert_eq!(door.asks("max", Method::POST, &path, &typed).await.status, 403, "{path}");
        }
        assert_eq!(door.asks("max", Method::PUT, &api(w, "ada"), &body).await.status, 403);
        assert_eq!(door.asks("max", Method::POST, &format!("{}/preview", api(w, "ada")), &body).await.status, 403);
        assert_eq!(stands(w).await, before);
        // Customers have no scope.
        for path in [page(w, "dora"), api(w, "dora"), "/admin/scopes/999".to_owned(), "/admin/scopes/x".to_owned()] {
            assert_eq!(door.gets("max", &path).await.status, 404, "{path}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_bad_choice_gets_a_sentence_and_keeps_the_others(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let before = stands(w).await;
        let good = form(w, &door, "vera", "restricted", &[(red, "view")]).await;
        for (bad, says) in [
            (good.replace("scope=restricted", "scope=everywhere"), "id=\"scope-fault\""),
            (good.replace(&format!("level-{red}=view"), &format!("level-{red}=boss")), "The level is none, assigned, view or edit"),
            (format!("{good}&level-999=view&seen-999="), "There is no department 999"),
            (format!("{good}&level-x=view"), "There is no department x"),
            (format!("{good}&level-{blue}=edit"), "is named twice"),
        ] {
            for path in [page(w, "vera"), format!("{}/preview", page(w, "vera"))] {
                let answer = door.asks("max", Method::POST, &path, &bad).await;
                assert_eq!(answer.status, 422, "{path} {bad}");
                assert!(answer.body.contains(says), "{says}: {}", answer.body);
            }
        }
        assert_eq!(stands(w).await, before);
        for bad in [
            json!({"scope": "everywhere"}),
            json!({"departments": [{"department": red, "level": "boss"}]}),
            json!({"departments": [{"department": 999, "level": "view"}]}),
            json!({"departments": [{"department": red, "level": "view"}, {"department": red, "level": "edit"}]}),
            json!({"team": "none"}),
        ] {
            assert_eq!(put(&door, "max", &api(w, "vera"), &bad).await.status, 422, "{bad}");
        }
        assert_eq!(stands(w).await, before);
        // Who is shut out is let into nothing, and the page still comes.
        let mut tx = w.db.write().await.unwrap();
        vigie::people::disable(&mut tx, w.person("gil"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let before = stands(w).await;
        let shut = form(w, &door, "gil", "group", &[(blue, "edit")]).await;
        let answer = door.asks("max", Method::POST, &page(w, "gil"), &shut).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("id=\"person-fault\""), "{}", answer.body);
        assert!(answer.body.contains("This account is disabled: it sees nothing"), "{}", answer.body);
        assert_eq!(stands(w).await, before);
        door.closes().await;
    }
}

on_both_engines! {
    async fn agents_are_listed_and_found_and_linked_to(w) {
        let door = w.door().await;
        let all = door.gets("max", "/admin/scopes").await.body;
        for who in ["Ada", "Ben", "Cleo", "Gil", "Max", "Rob", "Vera"] {
            assert!(all.contains(&format!(">{who}</a>")), "{who}: {all}");
        }
        for who in ["Dora", "Emil", "Fay"] {
            assert!(!all.contains(&format!(">{who}</a>")), "{who} is no agent");
        }
        let found = door.gets("max", "/admin/scopes?q=VER").await.body;
        assert!(found.contains(">Vera</a>") && !found.contains(">Ben</a>"), "{found}");
        assert!(found.contains("1 department"), "{found}");
        assert!(door.gets("max", "/admin/scopes?q=dora").await.body.contains("No agent matches"));
        let href = format!("href=\"{}\"", page(w, "vera"));
        for path in [format!("/admin/people/{}", w.person("vera").0), "/admin/inspector?person=vera@nordet.example".to_owned()] {
            assert!(door.gets("max", &path).await.body.contains(&href), "{path}");
        }
        let of_customer = door.gets("max", "/admin/inspector?person=dora@nordet.example").await.body;
        assert!(!of_customer.contains("/admin/scopes/"), "customers have no scope");
        assert_eq!(door.gets("max", &format!("{}/preview", page(w, "vera"))).await.location(), page(w, "vera"));
        door.closes().await;
    }
}
