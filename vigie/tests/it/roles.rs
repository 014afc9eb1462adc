//! Roles: what one sees is a matter of scope, what one does of role, and nobody gives more than they have.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use serde_json::{Value, json};
use vigie::policy::roles::{Custom, Granted, PERMISSIONS};
use vigie::policy::{self, AgentScope, Role};
use vigie::tickets::listing::{Column, Filter, Order};
use vigie::tickets::machine::Deed;
use vigie::tickets::rights::Read;
use vigie::tickets::{TicketId, listing, reading};

use crate::browsing::{Answer, Door};
use crate::world::World;

const NEWEST: Order = Order {
    column: Column::Activity,
    is_descending: true,
};

async fn asks(door: &Door, by: &str, method: Method, path: &str, body: &Value) -> Answer {
    door.asks(by, method, path, &body.to_string()).await
}

/// A role cloned from another, by its number.
async fn cloned(door: &Door, by: &str, name: &str, from: &str) -> String {
    let body = json!({"name": name, "from": from});
    let made = asks(door, by, Method::POST, "/api/v1/roles", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

async fn grants(door: &Door, by: &str, role: &str, permissions: &[&str]) -> Answer {
    let body = json!({ "permissions": permissions });
    let path = format!("/api/v1/roles/{role}");
    asks(door, by, Method::PATCH, &path, &body).await
}

async fn becomes(w: &World, door: &Door, by: &str, who: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/people/{}", w.person(who).0);
    asks(door, by, Method::PATCH, &path, body).await
}

pub async fn has(w: &World, door: &Door, who: &str, role: &str) {
    let answer = becomes(w, door, "ada", who, &json!({ "role": role })).await;
    assert_eq!(answer.status, 200, "{who} {role}: {}", answer.body);
}

/// Gives somebody a role of these permissions alone.
pub async fn may(w: &World, door: &Door, who: &str, permissions: &[&str]) {
    let role = cloned(door, "ada", &permissions.join(" "), "agent").await;
    let granted = grants(door, "ada", &role, permissions).await;
    assert_eq!(granted.status, 200, "{}", granted.body);
    has(w, door, who, &role).await;
}

fn words() -> Vec<&'static str> {
    PERMISSIONS.iter().map(|it| it.word).collect()
}

fn without(word: &str) -> Vec<&'static str> {
    words().into_iter().filter(|it| *it != word).collect()
}

on_both_engines! {
    async fn what_one_sees_is_a_matter_of_scope_and_what_one_does_of_role(w) {
        let dispatcher = Role::Custom(Custom {
            id: 1,
            granted: Granted::read("read_notes assign transfer"),
        });
        let roles = [Role::Agent, Role::Viewer, Role::Advisor, Role::Trainee, dispatcher];
        let scopes = [AgentScope::Global, AgentScope::Group, AgentScope::Restricted];
        // Ben holds the screen, in a department whose tickets he handles with the usual privileges.
        let (ben, screen) = (w.person("ben").0, w.ticket("screen"));
        let mut sight: BTreeMap<AgentScope, BTreeSet<TicketId>> = BTreeMap::new();
        let mut deeds: Vec<(Role, BTreeSet<&str>)> = vec![];
        let mut db = w.db.read();
        for role in roles {
            for scope in scopes {
                let actor = policy::actor(ben, Some((role, scope)));
                let seen: BTreeSet<TicketId> =
                    listing::page(&mut db, &actor, &Filter::default(), NEWEST, None, 200)
                        .await.unwrap().rows.iter().map(|row| row.id).collect();
                let expect = sight.entry(scope).or_insert_with(|| seen.clone());
                assert_eq!(&seen, expect, "{role:?} {scope:?}: sight");
                let ticket = reading::find::<Read>(&mut db, &actor, screen).await.unwrap();
                let all = Deed::ALL.iter().copied();
                let may: BTreeSet<&str> =
                    all.filter(|deed| ticket.allows(&actor, *deed)).map(Deed::word).collect();
                match deeds.iter().find(|(of, _)| *of == role) {
                    Some((_, expect)) => assert_eq!(&may, expect, "{role:?} {scope:?}: deeds"),
                    None => deeds.push((role, may)),
                }
            }
        }
        let sizes: BTreeSet<usize> = sight.values().map(BTreeSet::len).collect();
        assert_eq!(sizes.len(), 3, "each scope sees another number: {sight:?}");
        let said = |role: Role| deeds.iter().find(|(of, _)| *of == role).unwrap().1.clone();
        let set = |words: &[&'static str]| words.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(said(Role::Viewer), set(&["observe"]));
        assert_eq!(said(Role::Advisor), set(&["observe"]));
        assert_eq!(said(Role::Trainee), set(&["observe", "note", "work", "reword"]));
        assert_eq!(said(dispatcher), set(&["observe", "assign", "transfer"]));
        for deed in ["reply", "note", "close", "assign", "transfer", "merge", "split", "ask", "release"] {
            assert!(said(Role::Agent).contains(deed), "{deed}");
        }
    }
}

/// What asks for one permission: an address, and a body with which nothing can be done.
fn asked(w: &World, word: &str) -> (Method, String, Value) {
    let ticket = format!("/api/v1/tickets/{}", w.ticket("screen"));
    let of = |path: &str, body: Value| (Method::POST, format!("{ticket}{path}"), body);
    let post = |path: &str, body: Value| (Method::POST, path.to_owned(), body);
    let get = |path: &str| (Method::GET, path.to_owned(), Value::Null);
    match word {
        "reply" => of("/comments", json!({"audience": "public", "body": ""})),
        "note" => of("/comments", json!({"audience": "staff", "body": ""})),
        "handle" => (Method::PATCH, ticket, json!({"subject": ""})),
        "escalate" => of("/advice", json!({})),
        "assign" => of("/assignee", json!({"person": 0})),
        "transfer" => of("/transfer", json!({"category": 0, "message": ""})),
        "close" => of("/closure", json!({})),
        "merge" => of("/split", json!({"comment": 0, "subject": ""})),
        "bulk" => post("/api/v1/bulk", json!({"deed": "take", "tickets": []})),
        "export" => get("/lists/export/file"),
        "share" => post(
            "/api/v1/replies",
            json!({"title": "", "body": "", "sharing": "everyone"}),
        ),
        "knowledge" => post("/api/v1/articles", json!({"title": "", "body": ""})),
        "manage_departments" => post("/api/v1/departments", json!({"name": ""})),
        "manage_channels" => get("/api/v1/channels"),
        "settings" => get("/api/v1/desk"),
        "see_post" => get("/admin/mail"),
        "assets" => post("/api/v1/assets", json!({"name": ""})),
        "import" => post("/api/v1/people/import", json!({"content": ""})),
        "manage_people" => post(
            "/api/v1/people",
            json!({"name": "", "email": "", "role": "viewer"}),
        ),
        "manage_roles" => get("/api/v1/roles"),
        "see_audit" => get("/api/v1/journal"),
        "reports" => get(&format!("/api/v1/activity?agent={}", w.person("max"))),
        other => panic!("nothing asks for {other}"),
    }
}

on_both_engines! {
    async fn each_permission_opens_its_own_and_only_its_own(w) {
        let door = w.door().await;
        // Ben's own, but for closing, which would close; what he reads is looked at below.
        let role = cloned(&door, "ada", "Everything", "admin").await;
        has(w, &door, "ben", &role).await;
        let tried: Vec<&str> = words().into_iter().filter(|it| !["read_notes", "close"].contains(it)).collect();
        let answers = async |door: &Door| {
            let mut refused = BTreeSet::new();
            for word in &tried {
                let (method, path, body) = asked(w, word);
                let body = if body.is_null() { String::new() } else { body.to_string() };
                let answer = door.asks("ben", method, &path, &body).await;
                // A message that is not there is looked for after the right.
                assert!(answer.status != 404 || *word == "merge", "{word}: {}", answer.body);
                assert_ne!(answer.status, 500, "{word}: {}", answer.body);
                if answer.status == 403 {
                    refused.insert(*word);
                }
            }
            refused
        };
        assert_eq!(answers(&door).await, BTreeSet::new(), "everything is granted");
        for word in &tried {
            // In effect with the next request.
            assert_eq!(grants(&door, "ada", &role, &without(word)).await.status, if *word == "handle" { 422 } else { 200 });
            if *word == "handle" {
                continue;
            }
            assert_eq!(answers(&door).await, BTreeSet::from([*word]), "without {word}");
        }
        // Handling is not taken from whoever holds open tickets: they are released first.
        let release = format!("/api/v1/tickets/{}/release", w.ticket("screen"));
        assert_eq!(door.asks("ben", Method::POST, &release, "{}").await.status, 200);
        let held = grants(&door, "ada", &role, &without("handle")).await;
        assert_eq!(held.status, 200, "{}", held.body);
        let take = format!("/api/v1/tickets/{}/assignment", w.ticket("screen"));
        assert_eq!(door.asks("ben", Method::POST, &take, "{}").await.status, 403);
        assert_eq!(grants(&door, "ada", &role, &without("close")).await.status, 200);
        assert_eq!(door.asks("ben", Method::POST, &take, "{}").await.status, 200);
        let (method, path, body) = asked(w, "close");
        let closing = door.asks("ben", method.clone(), &path, &body.to_string()).await;
        assert_eq!(closing.status, 403, "{}", closing.body);
        assert_eq!(grants(&door, "ada", &role, &words()).await.status, 200);
        let note = json!({"audience": "staff", "body": "only among us"});
        let comments = format!("/api/v1/tickets/{}/comments", w.ticket("screen"));
        assert_eq!(asks(&door, "ada", Method::POST, &comments, &note).await.status, 201);
        assert!(door.gets("ben", &comments).await.body.contains("only among us"));
        assert_eq!(grants(&door, "ada", &role, &without("read_notes")).await.status, 200);
        assert!(!door.gets("ben", &comments).await.body.contains("only among us"));
        assert_eq!(door.asks("ben", method, &path, &body.to_string()).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_clone_of_administrator_has_the_rank_of_agents(w) {
        let door = w.door().await;
        let role = cloned(&door, "max", "Almost", "admin").await;
        let shown = door.json("max", &format!("/api/v1/roles/{role}")).await;
        assert_eq!(shown["rank"], "agent", "{shown}");
        assert_eq!(shown["parent"], "admin", "{shown}");
        assert_eq!((&shown["added"], &shown["removed"]), (&json!([]), &json!([])), "{shown}");
        has(w, &door, "ben", &role).await;
        // Neither every ticket nor every privilege comes with it, and nobody above is touched.
        let hidden = format!("/api/v1/tickets/{}", w.ticket("payroll"));
        assert_eq!(door.gets("ben", &hidden).await.status, 404);
        for above in ["ada", "max"] {
            let answer = becomes(w, &door, "ben", above, &json!({"name": "Low"})).await;
            assert_eq!(answer.status, 403, "{above}: {}", answer.body);
        }
        // Nobody's rights are a matter of somebody who sees less than everything, not their own either.
        let answer = becomes(w, &door, "ben", "ben", &json!({"role": "admin"})).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        // Whoever sees less than everything is told of nobody's sight, and looks with nobody's eyes.
        for path in ["/admin/inspector?person=cleo", "/admin/scopes/4"] {
            assert_eq!(door.gets("ben", path).await.status, 403, "{path}");
        }
        let eyes = format!("/admin/people/{}/eyes", w.person("vera").0);
        assert_eq!(door.asks("ben", Method::POST, &eyes, "").await.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_gives_more_than_they_have(w) {
        let door = w.door().await;
        let keeper = cloned(&door, "ada", "Keeper", "viewer").await;
        let own = ["note", "read_notes", "manage_people", "manage_roles"];
        assert_eq!(grants(&door, "ada", &keeper, &own).await.status, 200);
        let wide = cloned(&door, "ada", "Wide", "agent").await;
        has(w, &door, "vera", &keeper).await;
        let roles = "/api/v1/roles";
        // A clone of a role with more than one's own, and one's own role with more than that.
        for from in ["owner", "admin", "agent", "advisor", wide.as_str()] {
            let body = json!({"name": "Mine", "from": from});
            let answer = asks(&door, "vera", Method::POST, roles, &body).await;
            assert_eq!(answer.status, 422, "{from}: {}", answer.body);
        }
        let mut more = own.to_vec();
        more.push("close");
        assert_eq!(grants(&door, "vera", &keeper, &more).await.status, 422);
        assert_eq!(grants(&door, "vera", &wide, &["note"]).await.status, 403);
        let gone = format!("/api/v1/roles/{wide}");
        assert_eq!(door.asks("vera", Method::DELETE, &gone, "").await.status, 403);
        // Who sees less than everything touches no agent, not themselves either.
        for body in [json!({"role": "agent"}), json!({"scope": "global"}), json!({"email": "mine@nordet.example"})] {
            for who in ["vera", "ben"] {
                let answer = becomes(w, &door, "vera", who, &body).await;
                assert_eq!(answer.status, 403, "{who} {body}: {}", answer.body);
            }
        }
        // Raising oneself and others, in role and in scope; touching who may more.
        let widened = becomes(w, &door, "ada", "vera", &json!({"scope": "global"})).await;
        assert_eq!(widened.status, 200, "{}", widened.body);
        for body in [json!({"role": "agent"}), json!({"role": "owner"}), json!({"role": wide})] {
            let answer = becomes(w, &door, "vera", "vera", &body).await;
            assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        }
        let answer = becomes(w, &door, "vera", "fay", &json!({"role": "agent", "scope": "global"})).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        for who in ["ben", "max", "ada"] {
            let answer = becomes(w, &door, "vera", who, &json!({"email": "mine@nordet.example"})).await;
            assert_eq!(answer.status, 403, "{who}: {}", answer.body);
        }
        // Within their own, they may.
        let mine = cloned(&door, "vera", "Mine", "trainee").await;
        let answer = becomes(w, &door, "vera", "fay", &json!({"role": mine, "scope": "restricted"})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        // The last owner stays.
        let answer = becomes(w, &door, "ada", "ada", &json!({"role": "admin"})).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn of_two_who_change_a_role_the_second_is_told_what_stands(w) {
        let door = w.door().await;
        let role = cloned(&door, "ada", "Front desk", "agent").await;
        let path = format!("/api/v1/roles/{role}");
        let body = json!({"permissions": ["read_notes", "note"]}).to_string();
        let first = door.asks_having_seen("ada", Method::PATCH, &path, Some(1), &body).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let body = json!({"name": "Back desk"}).to_string();
        let second = door.asks_having_seen("max", Method::PATCH, &path, Some(1), &body).await;
        assert_eq!(second.status, 409, "{}", second.body);
        let page = format!("/admin/roles/{role}");
        let form = "version=1&name=Back+desk&permission=read_notes&permission=close";
        let refused = door.asks("max", Method::POST, &page, form).await;
        assert_eq!(refused.status, 409);
        for said in ["value=\"Back desk\"", "Somebody saved in the meantime", "Front desk"] {
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
        let gone = door.asks("max", Method::POST, &format!("{page}/removal"), "version=1").await;
        assert_eq!(gone.status, 409);
        let form = "version=2&name=Back+desk&permission=read_notes&permission=close";
        assert_eq!(door.asks("max", Method::POST, &page, form).await.status, 303);
        let shown = door.gets("max", &page).await.body;
        for said in ["Back desk", "</svg>fewer</span>", "9 fewer"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        // The same name twice, and none.
        for name in ["back DESK", " "] {
            let body = json!({"name": name, "from": "viewer"});
            assert_eq!(asks(&door, "max", Method::POST, "/api/v1/roles", &body).await.status, 422, "{name}");
        }
        door.closes().await;
    }
}

record! { struct Count { n: i64 } }

on_both_engines! {
    async fn a_role_that_somebody_has_stays_and_those_of_every_desk_do(w) {
        let door = w.door().await;
        let role = cloned(&door, "ada", "Front desk", "trainee").await;
        has(w, &door, "vera", &role).await;
        let path = format!("/api/v1/roles/{role}");
        let refused = door.asks("ada", Method::DELETE, &path, "").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.to_lowercase().contains("vera"), "{}", refused.body);
        has(w, &door, "vera", "viewer").await;
        assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 204);
        assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 404);
        let answer = becomes(w, &door, "ada", "vera", &json!({ "role": role })).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        for word in ["owner", "advisor"] {
            let path = format!("/api/v1/roles/{word}");
            assert_eq!(door.asks("ada", Method::PATCH, &path, r#"{"permissions":[]}"#).await.status, 403);
            assert_eq!(door.asks("ada", Method::DELETE, &path, "").await.status, 403);
        }
        let left: Count = w.db.read().one(global!("SELECT COUNT(*) AS n FROM roles WHERE id > 0")).await.unwrap();
        assert_eq!(left.n, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_change_is_noted_with_both_sides_and_told_to_open_pages(w) {
        let door = w.door().await;
        let role = cloned(&door, "ada", "Front desk", "trainee").await;
        has(w, &door, "vera", &role).await;
        let vera = w.person("vera").0;
        let noted = door.json("ada", &format!("/api/v1/journal?person={vera}")).await;
        let change = &noted["items"][0]["changes"][0];
        assert_eq!((&change["was"], &change["becomes"]), (&json!("viewer"), &json!("Front desk")), "{noted}");
        let mut hints = w.db.hints();
        assert_eq!(grants(&door, "ada", &role, &["read_notes"]).await.status, 200);
        let hint = hints.try_recv().unwrap();
        assert_eq!((hint.topic, hint.id), ("access", vera));
        let noted = door.json("ada", "/api/v1/journal").await;
        let entry = &noted["items"][0];
        assert_eq!(entry["deed"], "role_changed", "{noted}");
        let change = &entry["changes"][0];
        assert_eq!((&change["was"], &change["becomes"]), (&json!("note read_notes"), &json!("read_notes")), "{noted}");
        assert_eq!(door.json("ada", "/api/v1/journal/chain").await["whole"], true);
        door.closes().await;
    }
}

on_both_engines! {
    async fn pages_of_administration_open_to_whom_they_are_for(w) {
        let door = w.door().await;
        has(w, &door, "vera", "advisor").await;
        let menu = door.gets("vera", "/admin").await;
        assert_eq!(menu.status, 200);
        for (path, is_theirs) in [
            ("/admin/departments", true), ("/admin/channels", true), ("/admin/people", false), ("/admin/roles", false),
            ("/admin/scopes", false), ("/admin/inspector", false), ("/admin/journal", false), ("/admin/mail", false),
        ] {
            assert_eq!(menu.body.contains(&format!("href=\"{path}\"")), is_theirs, "{path} in the menu");
            assert_eq!(door.gets("vera", path).await.status, if is_theirs { 200 } else { 403 }, "{path}");
        }
        // An agent finds no administration, and every deed on many tickets; a viewer none.
        assert_eq!(door.gets("ben", "/admin").await.status, 403);
        has(w, &door, "vera", "viewer").await;
        for (who, is_theirs) in [("ben", true), ("vera", false)] {
            let list = door.gets(who, "/tickets").await.body;
            for deed in ["take", "assign", "close", "merge"] {
                let button = format!("name=\"deed\" value=\"{deed}\"");
                assert_eq!(list.contains(&button), is_theirs, "{who} {deed}");
            }
            assert!(list.contains("value=\"unread\""), "{who}");
        }
        door.closes().await;
    }
}
