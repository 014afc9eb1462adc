//! The desk of the probes: people, tickets in every state, what hangs on them and what stands around,
//! with the planted words in it.

use std::collections::BTreeMap;

use axum::http::Method;
use kit::db::{Ask, Tx};
use kit::{global, record, system};
use serde_json::json;
use vigie::people::{self, Kind, NewPerson, PersonId};
use vigie::policy::{AgentScope, Privilege, Role};
use vigie::search::index;

use super::cast::{Desk, TICKETS};
use super::stories;
use crate::world::World;

record! { struct Row { id: i64 } }
record! { struct TwoRows { id: i64, category: i64 } }

/// Sets the desk up: people, tickets in every state, and what hangs on them.
pub async fn set_up(w: &World) -> Desk {
    let mut desk = Desk {
        door: w.door().await,
        people: BTreeMap::new(),
        things: BTreeMap::new(),
        versions: BTreeMap::new(),
    };
    for name in w.everybody().filter(|name| *name != "nobody") {
        desk.people.insert(name, w.person(name));
    }
    come(w, &mut desk).await;
    desk.lets_everybody_in(w).await;
    confide(w, &mut desk).await;
    for name in TICKETS {
        stories::open(&mut desk, name).await;
    }
    stories::end(w, &mut desk).await;
    put_around(&mut desk).await;
    write_articles(&mut desk).await;
    put_assets(&mut desk).await;
    for (noun, word) in [("mailtext", "created"), ("language", "fr")] {
        desk.things.insert((noun, "created"), word.to_owned());
    }
    post(w, &mut desk).await;
    index::catch_up(&w.db).await.unwrap();
    desk
}

async fn added(tx: &mut Tx, w: &World, name: &'static str, full: &str, staff: bool) -> PersonId {
    let email = format!("{name}@nordet.example");
    let new = NewPerson {
        name: full,
        email: &email,
        login: Some(name),
        kind: if staff { Kind::Employee } else { Kind::Client },
        language: Some("en"),
        has_portal: !staff,
        added_by: None,
    };
    people::add(tx, &new, w.now()).await.unwrap()
}

/// The people and departments that the world does not have.
async fn come(w: &World, desk: &mut Desk) {
    let mut tx = w.db.write().await.unwrap();
    for (department, noun) in [("Blue", "blue"), ("Red", "red")] {
        let row: TwoRows = tx
            .one(global!(
                "SELECT id, default_category_id AS category FROM departments WHERE name = $1",
                department
            ))
            .await
            .unwrap();
        desk.keep("department", noun, &row.id.into());
        desk.keep("category", noun, &row.category.into());
    }
    let shut: Row = tx
        .one(global!(
            "INSERT INTO departments (name, is_active, created_at) VALUES ('canary-department-shut', FALSE, $1) RETURNING id",
            w.now()
        ))
        .await
        .unwrap();
    let inbox: Row = tx
        .one(global!(
            "INSERT INTO categories (department_id, name, position, is_active) VALUES ($1, 'Shut inbox', 1, TRUE) RETURNING id",
            shut.id
        ))
        .await
        .unwrap();
    desk.keep("department", "shut", &shut.id.into());
    desk.keep("category", "shut", &inbox.id.into());
    // It takes tickets, and nobody is offered it.
    let kept: Row = tx
        .one(global!(
            "INSERT INTO departments (name, is_active, offered_to, created_at) VALUES ('canary-department-kept', TRUE, 'nobody', $1) RETURNING id",
            w.now()
        ))
        .await
        .unwrap();
    let inbox: Row = tx
        .one(global!(
            "INSERT INTO categories (department_id, name, position, is_active) VALUES ($1, 'canary-department-kept inbox', 1, TRUE) RETURNING id",
            kept.id
        ))
        .await
        .unwrap();
    desk.keep("category", "kept", &inbox.id.into());
    desk.keep("department", "kept", &kept.id.into());
    let ivy = added(&mut tx, w, "ivy", "Ivy canary-name-ivy", false).await;
    desk.people.insert("ivy", ivy);
    let all = Privilege::store(Privilege::ALL);
    let factory = Privilege::store(Privilege::FACTORY);
    use AgentScope::{Group, Restricted};
    for (name, full, role, scope, privileges) in [
        ("olga", "Olga", Role::Agent, Restricted, None),
        ("mona", "Mona", Role::Agent, Group, Some(&all)),
        ("dan", "Dan", Role::Agent, Group, Some(&factory)),
        // Both have every privilege there: it is their role that stops them.
        ("axel", "Axel", Role::Advisor, Group, Some(&all)),
        ("tess", "Tess", Role::Trainee, Group, Some(&all)),
    ] {
        let id = added(&mut tx, w, name, full, true).await;
        people::make_agent(&mut tx, id, role, scope, w.now())
            .await
            .unwrap();
        if let Some(privileges) = privileges {
            tx.run(global!(
                "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) VALUES ($1, $2, 'edit', $3, TRUE)",
                id,
                desk.id("department", "blue").parse::<i64>().unwrap(),
                privileges.clone()
            ))
            .await
            .unwrap();
        }
        desk.people.insert(name, id);
    }
    // Disabled in the table itself: the verb ends sessions, and these outlived it.
    tx.run(global!(
        "UPDATE people SET disabled_at = $2 WHERE id = $1",
        desk.people["dan"],
        w.now()
    ))
    .await
    .unwrap();
    let nordet: Row = tx
        .one(global!(
            "INSERT INTO organizations (name) VALUES ('Nordet') RETURNING id"
        ))
        .await
        .unwrap();
    let elsewhere: Row = tx
        .one(global!(
            "INSERT INTO organizations (name) VALUES ('canary-organization') RETURNING id"
        ))
        .await
        .unwrap();
    let site: Row = tx
        .one(global!(
            "INSERT INTO locations (name) VALUES ('canary-site') RETURNING id"
        ))
        .await
        .unwrap();
    for (who, phone, organization, site) in [
        ("dora", Some("canary-phone-dora"), nordet.id, None),
        ("emil", None, nordet.id, None),
        ("fay", None, nordet.id, None),
        ("ivy", Some("canary-phone-ivy"), elsewhere.id, Some(site.id)),
    ] {
        tx.run(global!(
            "UPDATE people SET organization_id = $2, phone = $3, location_id = $4 WHERE id = $1",
            desk.people[who],
            organization,
            phone,
            site
        ))
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    for who in ["ada", "ben", "cleo", "dora", "ivy"] {
        let id = desk.people[who].0;
        desk.keep("person", who, &id.into());
    }
    for (department, who) in [("blue", "ben"), ("red", "cleo")] {
        let id = desk.people[who].0;
        desk.keep("member", department, &id.into());
    }
}

/// A confidential category of Blue, and what new tickets of a department that is shut are filled with.
async fn confide(w: &World, desk: &mut Desk) {
    let blue = format!("/api/v1/departments/{}", desk.id("department", "blue"));
    let new = json!({"name": "In confidence"});
    desk.posts("ada", &format!("{blue}/categories"), new).await;
    let query = global!("SELECT id FROM categories WHERE name = 'In confidence'");
    let category: Row = w.db.read().one(query).await.unwrap();
    let confidants = json!([{"person": desk.people["mona"].0, "level": "edit"}]);
    let confidence = json!({"confidential": true, "confidants": confidants});
    let path = format!("{blue}/categories/{}/confidence", category.id);
    desk.does("ada", Method::PUT, &path, confidence).await;
    desk.keep("category", "confided", &category.id.into());
    let shut = format!(
        "/api/v1/departments/{}/categories/{}/template",
        desk.id("department", "shut"),
        desk.id("category", "shut")
    );
    let template = json!({"subject": "canary-template-shut", "body": "canary-template-shut"});
    desk.does("ada", Method::PUT, &shut, template).await;
}

/// Replies, views, reports of bulk deeds.
async fn put_around(desk: &mut Desk) {
    let red: i64 = desk.id("department", "red").parse().unwrap();
    let blue: i64 = desk.id("department", "blue").parse().unwrap();
    for (name, who, sharing, department, word) in [
        ("everyone", "ada", "everyone", None, "kept for all"),
        ("blue", "ada", "department", Some(blue), "kept for Blue"),
        (
            "red",
            "ada",
            "department",
            Some(red),
            "canary-savedreply-red",
        ),
        ("gil", "gil", "private", None, "canary-savedreply-gil"),
    ] {
        let mut body =
            json!({"title": word, "body": word, "sharing": sharing, "department": department});
        let made = desk.posts(who, "/api/v1/replies", body.clone()).await;
        desk.keep("reply", name, &made["id"]);
        let word = word.replace("savedreply", "view");
        let audience = if sharing == "private" {
            "personal"
        } else {
            sharing
        };
        body = json!({"name": word, "audience": audience, "department": department, "filter": "state=free"});
        let made = desk.posts(who, "/api/v1/views", body).await;
        desk.keep("view", name, &made["id"]);
    }
    let ticket: i64 = desk.id("ticket", "free").parse().unwrap();
    for who in ["ben", "gil"] {
        let deed = json!({"deed": "priority", "text": "3", "tickets": [{"number": ticket}]});
        let made = desk.posts(who, "/api/v1/bulk", deed).await;
        desk.keep("bulk", who, &made["id"]);
    }
}

/// Articles in every state, for every audience.
async fn write_articles(desk: &mut Desk) {
    let number = |desk: &Desk, name| desk.id("department", name).parse::<i64>().unwrap();
    let (blue, red, kept) = (
        number(desk, "blue"),
        number(desk, "red"),
        number(desk, "kept"),
    );
    let category: i64 = desk.id("category", "blue").parse().unwrap();
    let ticket = desk.id("ticket", "hidden").to_owned();
    for (name, audience, department, is_published) in [
        ("everyone", "public", None, true),
        ("signedin", "authenticated", None, true),
        ("blue", "department", Some(blue), true),
        ("staff", "staff", None, true),
        ("kept", "department", Some(kept), true),
        ("draft", "department", Some(red), false),
        ("withdrawn", "public", None, true),
    ] {
        let word = match name {
            "everyone" => "Affair for everybody".to_owned(),
            name => format!("Affair canary-article-{name}"),
        };
        let body = json!({"title": word, "body": word, "audience": audience, "department": department, "categories": [category]});
        let made = desk.posts("ada", "/api/v1/articles", body).await;
        desk.keep("article", name, &made["id"]);
        let path = format!("/api/v1/articles/{}", made["id"]);
        if is_published {
            desk.posts("ada", &format!("{path}/publication"), json!({}))
                .await;
        }
        if name == "staff" {
            for body in ["Affair canary-article-before", &word] {
                desk.does("ada", Method::PATCH, &path, json!({"body": body}))
                    .await;
            }
        }
        if name == "withdrawn" {
            desk.does(
                "ada",
                Method::DELETE,
                &format!("{path}/publication"),
                json!({}),
            )
            .await;
        }
        let linked = format!("/knowledge/{}/tickets", made["id"]);
        let form = format!("ticket={ticket}");
        let answer = desk.door.asks("ada", Method::POST, &linked, &form).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
}

/// Assets: somebody's, one in stock, and what tickets of either department are about.
async fn put_assets(desk: &mut Desk) {
    for (name, word, holder) in [
        ("dora", "canary-asset-dora", "dora@nordet.example"),
        ("stock", "canary-asset-stock", ""),
        ("held", "canary-asset-blue", ""),
        ("hidden", "canary-asset-red", ""),
    ] {
        let note = word.replace("asset-", "assetnote-");
        let note = if name == "dora" {
            note
        } else {
            word.to_owned()
        };
        let body = json!({"name": word, "serial": word, "tag": word, "model": word, "note": note, "holder": holder});
        let made = desk.posts("ada", "/api/v1/assets", body).await;
        desk.keep("asset", name, &made["id"]);
    }
    for name in ["held", "hidden"] {
        let path = format!("/api/v1/tickets/{}/assets", desk.id("ticket", name));
        let asset: i64 = desk.id("asset", name).parse().unwrap();
        desk.posts("ada", &path, json!({"asset": asset})).await;
    }
}

/// Letters, the address they come to, and how Ada comes in.
async fn post(w: &World, desk: &mut Desk) {
    let blue: i64 = desk.id("category", "blue").parse().unwrap();
    let channel = json!({"address": "canary-channel@nordet.example", "name": "canary-channel", "category": blue});
    let channel = desk.posts("ada", "/api/v1/channels", channel).await;
    desk.keep("channel", "one", &channel["id"]);
    // Nobody listens at this port: a test of the connection is answered at once.
    let mailbox = json!({"name": "canary-mailbox", "host": "127.0.0.1", "port": 9, "protection": "none", "login": "canary-mailbox",
        "password": "canary-password", "channel": channel["id"], "active": false});
    let mailbox = desk.posts("ada", "/api/v1/mailboxes", mailbox).await;
    desk.keep("mailbox", "one", &mailbox["id"]);
    let filter = json!({"name": "canary-filter", "channel": channel["id"], "words": ["canary-filter"], "tags": ["canary-filter"]});
    let filter = desk.posts("ada", "/api/v1/filters", filter).await;
    desk.keep("filter", "one", &filter["id"]);
    let role = json!({"name": "canary-role", "from": "agent"});
    let role = desk.posts("ada", "/api/v1/roles", role).await;
    desk.keep(
        "role",
        "one",
        &role["id"].as_str().unwrap().parse::<i64>().unwrap().into(),
    );
    let team = desk
        .posts("ada", "/api/v1/teams", json!({"name": "canary-team"}))
        .await;
    desk.keep("team", "blue", &team["id"]);
    let mut tx = w.db.write().await.unwrap();
    let letter: Row = tx
        .one(system!(
            because = "a test puts a letter there",
            "INSERT INTO incoming_mails (digest, raw, envelope_from, envelope_to, received_at, state, reason, subject, sender) \
             VALUES ('none', $1, 'x@y.example', 'canary-channel@nordet.example', $2, 'held', 'list', 'canary-letter', 'x@y.example') RETURNING id",
            b"Subject: canary-letter\r\n\r\ncanary-letter\r\n".as_slice(),
            w.now()
        ))
        .await
        .unwrap();
    let quarantined: Row = tx
        .one(system!(
            because = "a test puts a letter there",
            "INSERT INTO incoming_mails (digest, raw, envelope_from, envelope_to, received_at, state, filtered_by, subject, sender) \
             VALUES ('other', $1, 'x@y.example', 'canary-channel@nordet.example', $2, 'quarantined', 'canary-quarantine', \
             'canary-quarantine', 'x@y.example') RETURNING id",
            b"Subject: canary-quarantine\r\n\r\ncanary-quarantine\r\n".as_slice(),
            w.now()
        ))
        .await
        .unwrap();
    let outgoing: Row = tx
        .one(system!(
            because = "a test puts a letter there",
            "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, nonce, subject, state, created_at) \
             VALUES ('<one@nordet.example>', 'acknowledgement', $1, 'dora@nordet.example', 'n', 'canary-outgoing', 'failed', $2) RETURNING id",
            desk.people["dora"],
            w.now()
        ))
        .await
        .unwrap();
    let suppressed: Row = tx
        .one(system!(
            because = "a test puts an address there",
            "INSERT INTO suppressed_addresses (address, reason, said, since) \
             VALUES ('canary-suppressed@nordet.example', 'bounced', 'canary-suppressed', $1) RETURNING id",
            w.now()
        ))
        .await
        .unwrap();
    let passkey: Row = tx
        .one(global!(
            "INSERT INTO passkeys (person_id, name, credential, public_key, counter, created_at) \
             VALUES ($1, 'canary-passkey-ada', 'credential', $2, 0, $3) RETURNING id",
            desk.people["ada"],
            [1u8].as_slice(),
            w.now()
        ))
        .await
        .unwrap();
    tx.run(global!(
        "INSERT INTO sessions (token_hash, person_id, secret, created_at, seen_at, user_agent, address) \
         VALUES ('ada-elsewhere', $1, 'none', $2, $2, 'a browser elsewhere', 'canary-browser-ada')",
        desk.people["ada"],
        w.now()
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
    desk.keep("incoming", "one", &letter.id.into());
    desk.keep("quarantined", "one", &quarantined.id.into());
    desk.keep("outgoing", "one", &outgoing.id.into());
    desk.keep("suppressed", "one", &suppressed.id.into());
    desk.keep("passkey", "ada", &passkey.id.into());
    desk.things
        .insert(("session", "ada"), "ada-elsewhere".to_owned());
}
