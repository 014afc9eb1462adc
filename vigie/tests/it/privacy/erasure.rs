//! Erasing somebody: a nobody stands in their place, tickets stay, and they are found nowhere any more.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::audit::chain::{self, Standing};
use vigie::mail::post::Post;
use vigie::people::{self, PersonId};
use vigie::tickets::TicketId;

use super::{post, stands, works};
use crate::browsing::Door;
use crate::mail::{BLUE, deliver_from, letter};
use crate::world::World;

/// What everything about her holds.
const MARK: &str = "zqx";
const NAME: &str = "Zqxanne Zqxfeld";
const EMAIL: &str = "Zqxanne@zqxhome.example";

record! { struct Number { id: i64 } }

async fn does(door: &Door, who: &str, method: Method, path: &str, body: Value) -> Value {
    let answer = door.asks(who, method, path, &body.to_string()).await;
    assert!(answer.status < 300, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_default()
}

async fn writes(w: &World, query: kit::db::Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

async fn newest_ticket(w: &World) -> TicketId {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT MAX(id) AS id FROM tickets"
    );
    let found: Number = w.db.read().one(query).await.unwrap();
    TicketId(found.id)
}

/// Somebody new who leaves her name wherever one can: the person, and her ticket.
async fn anne(w: &World, door: &mut Door, p: &Post) -> (PersonId, TicketId) {
    let new = json!({"name": NAME, "email": EMAIL, "login": "zqxlogin", "portal": true});
    let id = PersonId(
        does(door, "max", Method::POST, "/api/v1/people", new).await["id"]
            .as_i64()
            .unwrap(),
    );
    door.lets_in(w, "anne", id).await;
    does(
        door,
        "max",
        Method::POST,
        &format!("/api/v1/people/{id}/password-link"),
        json!({}),
    )
    .await;
    writes(
        w,
        system!(
            because = "a test writes the table itself",
            "UPDATE people SET phone = 'zqxphone', job_title = 'zqxjob' WHERE id = $1",
            id
        ),
    )
    .await;
    writes(w, system!(because = "a test writes the table itself",
        "INSERT INTO passkeys (person_id, name, credential, public_key, counter, created_at) VALUES ($1, 'zqxkey', 'zqxcredential', $2, 0, 1)",
        id, &b"key"[..])).await;
    let said = format!("Hello,\nthis is {NAME}, call zqxphone.");
    let raw = letter(
        &format!("{NAME} <{EMAIL}>"),
        BLUE,
        "Zqxsubject",
        "Message-ID: <one@client.example>\r\n",
        &said,
    );
    deliver_from(p, EMAIL, BLUE, raw.as_bytes()).await;
    works(w, door, p).await;
    let ticket = newest_ticket(w).await;
    let at = format!("/api/v1/tickets/{ticket}");
    let words = json!({"audience": "public", "body": "My zqxwords", "files": [{"name": "zqxfile.txt", "content": "enF4"}]});
    let comment = does(door, "anne", Method::POST, &format!("{at}/comments"), words).await["id"]
        .as_i64()
        .unwrap();
    does(
        door,
        "anne",
        Method::PATCH,
        &format!("{at}/comments/{comment}"),
        json!({"body": "My zqxother words"}),
    )
    .await;
    let answer = json!({"audience": "public", "body": format!("Dear {NAME}, I write to {EMAIL}.")});
    does(door, "ben", Method::POST, &format!("{at}/comments"), answer).await;
    does(
        door,
        "ben",
        Method::POST,
        &format!("/api/v1/tickets/{}/invitees", w.ticket("screen")),
        json!({"people": [EMAIL]}),
    )
    .await;
    works(w, door, p).await;
    writes(w, system!(because = "a test writes the table itself",
        "INSERT INTO drafts (ticket_id, author_id, audience, state, body, updated_at) VALUES ($1, $2, 'public', 'draft', 'zqxdraft', 1)", ticket, id)).await;
    writes(
        w,
        system!(
            because = "a test writes the table itself",
            "UPDATE outgoing_mails SET raw = $1 WHERE ticket_id = $2",
            said.as_bytes(),
            ticket
        ),
    )
    .await;
    in_the_register(door).await;
    told_and_suppressed(w, door).await;
    (id, ticket)
}

/// What she has, called after her, with a note about her that was written anew.
async fn in_the_register(door: &Door) {
    let new = json!({"name": format!("Laptop of {NAME}"), "holder": EMAIL, "note": format!("Ask {EMAIL}.")});
    let made = does(door, "max", Method::POST, "/api/v1/assets", new).await["id"]
        .as_i64()
        .unwrap();
    let note = json!({"note": format!("Given to {NAME}, zqxphone.")});
    does(
        door,
        "max",
        Method::PATCH,
        &format!("/api/v1/assets/{made}"),
        note,
    )
    .await;
    let other = json!({"name": "Mouse", "holder": EMAIL, "note": format!("{NAME} had it.")});
    let made = does(door, "max", Method::POST, "/api/v1/assets", other).await["id"]
        .as_i64()
        .unwrap();
    let back = json!({"holder": ""});
    does(
        door,
        "max",
        Method::PATCH,
        &format!("/api/v1/assets/{made}"),
        back,
    )
    .await;
}

/// Her address is told of tickets, and was one that nothing is mailed to, until somebody lifted that, and again.
async fn told_and_suppressed(w: &World, door: &Door) {
    let mailbox = json!({"alert": "creation", "address": EMAIL});
    let at = "/api/v1/departments/1/monitoring-mailbox";
    does(door, "max", Method::PUT, at, mailbox).await;
    let suppress = || {
        system!(
            because = "a test writes the table itself",
            "INSERT INTO suppressed_addresses (address, reason, said, since) VALUES ('zqxanne@zqxhome.example', 'bounced', '5.1.1 zqxanne', 1)"
        )
    };
    writes(w, suppress()).await;
    let all = door.json("max", "/api/v1/suppressed-addresses").await;
    let at = format!("/api/v1/suppressed-addresses/{}", all["items"][0]["id"]);
    does(door, "max", Method::DELETE, &at, json!({})).await;
    writes(w, suppress()).await;
}

async fn version(door: &Door, id: PersonId) -> i64 {
    door.json("max", &format!("/api/v1/people/{id}")).await["version"]
        .as_i64()
        .unwrap()
}

on_both_engines! {
    async fn somebody_erased_with_their_words_is_found_nowhere_any_more(w) {
        let mut door = w.door().await;
        let p = post(w, &door).await;
        let (id, ticket) = anne(w, &mut door, &p).await;
        let before = stands(w, &door, MARK).await;
        for place in ["a file", "asset_events", "assets", "attachments", "audit_entries", "comments", "departments", "drafts", "events", "incoming_mails", "outgoing_mails", "passkeys", "people", "person_words", "suppressed_addresses", "tickets"] {
            assert!(before.iter().any(|found| found == place), "{place}: {before:?}");
        }
        let page = format!("/admin/people/{id}/erasure");
        let asked = door.gets("max", &page).await;
        assert!(asked.status == 200 && asked.body.contains("1 ticket requested"), "{}", asked.body);
        let seen = version(&door, id).await;
        let slip = door.asks("max", Method::POST, &page, &format!("version={seen}&name=Anne&words=1")).await;
        assert!(slip.status == 422 && slip.body.contains("name-error"), "{}", slip.body);
        assert_eq!(stands(w, &door, MARK).await, before);
        let typed = format!("version={seen}&name=Zqxanne+Zqxfeld&words=1");
        let done = door.asks("max", Method::POST, &page, &typed).await;
        assert_eq!((done.status, done.location()), (303, &*format!("/admin/people/{id}")), "{}", done.body);
        works(w, &door, &p).await;
        w.clock.advance(Span::minutes(11));
        works(w, &door, &p).await;
        assert_eq!(stands(w, &door, MARK).await, Vec::<String>::new());

        // The ticket is there, with its number, as somebody's who is nobody.
        let nobody = format!("Erased person {id}");
        let shown = door.gets("ben", &format!("/tickets/{ticket}")).await;
        assert!(shown.status == 200 && shown.body.contains(&nobody) && shown.body.contains(&format!("Dear {nobody}")), "{}", shown.body);
        assert_eq!(door.gets("anne", "/api/v1/me").await.status, 401, "she does not come in");
        // The journal says that it was done, and its chain holds.
        let journal = door.gets("ada", "/admin/journal").await;
        assert!(journal.body.contains("Person erased"), "{}", journal.body);
        let chain = chain::standing(&mut w.db.read()).await.unwrap();
        assert!(matches!(chain, Standing::Whole { .. }), "{chain:?}");
        // A second time is refused; a letter from the same address makes somebody new.
        let seen = version(&door, id).await;
        let again = door.asks("max", Method::POST, &page, &format!("version={seen}&name=Erased+person+{id}")).await;
        assert_eq!(again.status, 422, "{}", again.body);
        let raw = letter(&format!("Anne <{EMAIL}>"), BLUE, "Again", "Message-ID: <two@client.example>\r\n", "It is me");
        deliver_from(&p, EMAIL, BLUE, raw.as_bytes()).await;
        works(w, &door, &p).await;
        let new = people::find_by_email(&mut w.db.read(), EMAIL).await.unwrap().unwrap();
        assert_ne!(new.id, id);
        assert_ne!(newest_ticket(w).await, ticket);
        door.closes().await;
    }
}

on_both_engines! {
    async fn somebody_erased_without_their_words_leaves_them_as_nobodys(w) {
        let mut door = w.door().await;
        let p = post(w, &door).await;
        let (id, ticket) = anne(w, &mut door, &p).await;
        let wish = json!({"name": NAME});
        does(&door, "ada", Method::POST, &format!("/api/v1/people/{id}/erasure"), wish).await;
        works(w, &door, &p).await;
        for gone in ["zqxanne", "zqxphone", "zqxlogin", "zqxjob", "zqxkey", "zqxdraft"] {
            assert_eq!(stands(w, &door, gone).await, Vec::<String>::new(), "{gone}");
        }
        let words = door.json("ben", &format!("/api/v1/tickets/{ticket}/comments")).await;
        let said = words["items"].to_string();
        assert!(said.contains("My zqxother words") && said.contains("zqxfile.txt"), "{said}");
        assert!(said.contains(&format!("this is Erased person {id}, call Erased person {id}.")), "{said}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_is_erased_by_whoever_may_not_nor_by_a_slip(w) {
        let door = w.door().await;
        let of = |who: &str| format!("/api/v1/people/{}/erasure", w.person(who));
        let name = async |who: &str| people::find(&mut w.db.read(), w.person(who)).await.unwrap().name;
        let dora = json!({"name": name("dora").await}).to_string();
        for (who, status) in [("ben", 403), ("vera", 403), ("emil", 404), ("nobody", 401)] {
            assert_eq!(door.asks(who, Method::POST, &of("dora"), &dora).await.status, status, "{who}");
        }
        let ada = json!({"name": name("ada").await}).to_string();
        assert_eq!(door.asks("max", Method::POST, &of("ada"), &ada).await.status, 403, "above");
        let own = door.asks("ada", Method::POST, &of("ada"), &ada).await;
        assert!(own.status == 422 && own.body.contains("person"), "{}", own.body);
        let stale = door.asks_having_seen("max", Method::POST, &of("dora"), Some(version(&door, w.person("dora")).await + 1), &dora).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let slip = door.asks("max", Method::POST, &of("dora"), &json!({"name": "Somebody"}).to_string()).await;
        assert_eq!(slip.status, 422, "{}", slip.body);
        assert_eq!(card_email(w, "dora").await, "dora@nordet.example");

        // Whoever has tickets in their charge lets them go first.
        let cleo = name("cleo").await;
        let held = door.asks("max", Method::POST, &of("cleo"), &json!({"name": cleo}).to_string()).await;
        assert!(held.status == 422 && held.body.contains("release"), "{}", held.body);
        let wish = json!({"name": cleo, "release": true});
        does(&door, "max", Method::POST, &of("cleo"), wish).await;
        assert_eq!(w.stands(w.ticket("salary")).await.0, "free");
        assert_eq!(door.gets("cleo", "/api/v1/me").await.status, 401);
        let after = people::find(&mut w.db.read(), w.person("cleo")).await.unwrap();
        assert!(after.role.is_none() && after.disabled_at.is_some() && after.email.ends_with("@erased.invalid"), "{after:?}");
        door.closes().await;
    }
}

async fn card_email(w: &World, who: &str) -> String {
    let person = people::find(&mut w.db.read(), w.person(who)).await;
    person.unwrap().email
}
