//! Recognisable names of agents, and every byte that people outside can get.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::global;
use serde_json::{Value, json};
use vigie::mail::post::Post;
use vigie::search::index;
use vigie::tickets::TicketId;

use super::{BLUE, RED, does, hides};
use crate::browsing::{Answer, Door};
use crate::mail::{outbox, work};
use crate::world::World;

/// Whoever may work on what is asked for in Red.
const AGENTS: &[&str] = &["ada", "max", "cleo", "rob", "gil"];
/// Whoever looks at it from outside; Ben is an agent of Blue, and asked there himself.
const OUTSIDE: &[&str] = &["emil", "fay", "dora"];

/// What tells an agent: in their name, address and login, and the initials that stand in their picture.
const TELLS: &str = "qzagent";
const INITIALS: &str = "ŻŹ";

/// Gives the agents names that stand nowhere else.
async fn plant(w: &World) {
    let mut tx = w.db.write().await.unwrap();
    for who in AGENTS {
        tx.run(global!(
            "UPDATE people SET name = $2, email = $3, email_key = $3, login = $4, login_key = $4 WHERE id = $1",
            w.person(who),
            format!("Żqzagent{who} Źqzagent{who}"),
            format!("mail.qzagent.{who}@nordet.example"),
            format!("qzagentlogin{who}")
        ))
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Everything that agents do to a ticket while its requester, Emil, and those he and they let in look on.
async fn lives(w: &World, door: &Door, ticket: TicketId) {
    let at = |rest: &str| format!("/api/v1/tickets/{ticket}{rest}");
    let says = |audience: &str, body: &str| json!({"audience": audience, "body": body});
    does(
        door,
        &[
            ("cleo", Method::POST, at("/assignment"), json!({})),
            (
                "cleo",
                Method::POST,
                at("/comments"),
                says("public", "We look into it. Pass: hunter2"),
            ),
            (
                "emil",
                Method::POST,
                at("/invitees"),
                json!({"people": ["fay@nordet.example"]}),
            ),
            (
                "cleo",
                Method::POST,
                at("/invitees"),
                json!({"people": ["dora@nordet.example", "ben@nordet.example"]}),
            ),
            (
                "cleo",
                Method::POST,
                at("/invitees"),
                json!({"people": ["qzagentloginrob"], "message": "A colleague reads along."}),
            ),
            (
                "cleo",
                Method::POST,
                at("/question"),
                json!({"message": "Since when?"}),
            ),
            (
                "emil",
                Method::POST,
                at("/comments"),
                says("public", "Since Monday."),
            ),
            (
                "max",
                Method::POST,
                at("/assignment"),
                json!({"message": "I go on."}),
            ),
            (
                "max",
                Method::POST,
                at("/assignee"),
                json!({"person": w.person("cleo").0}),
            ),
            (
                "cleo",
                Method::PATCH,
                at(""),
                json!({"priority": 5, "visibility": "public"}),
            ),
            (
                "cleo",
                Method::POST,
                at("/comments"),
                says("requester", "For you alone."),
            ),
            (
                "cleo",
                Method::POST,
                at("/comments"),
                says("staff", "For us."),
            ),
        ],
    )
    .await;
    let words = door.json("cleo", &at("/comments")).await;
    let first = words["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["body"].as_str().unwrap().contains("hunter2"));
    let redaction = at(&format!("/comments/{}/redaction", first.unwrap()["id"]));
    does(
        door,
        &[
            (
                "cleo",
                Method::POST,
                redaction,
                json!({"words": "hunter2", "reason": "A password"}),
            ),
            (
                "cleo",
                Method::POST,
                at("/closure"),
                json!({"message": "Solved."}),
            ),
        ],
    )
    .await;
}

/// Every address that answers to people outside, with what it can name filled in.
fn addresses(w: &World) -> Vec<String> {
    let numbers: Vec<String> = w.tickets().map(|(_, id)| id.0.to_string()).collect();
    let few: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
    let mut out = vec![];
    for route in vigie::routes::all() {
        let is_portal = ["/portal", "/shared", "/api/v1"]
            .iter()
            .any(|it| route.path.starts_with(it));
        let is_own = ["/preferences", "/privacy", "/account", "/"]
            .iter()
            .any(|it| route.path.starts_with(it));
        if route.method != Method::GET || !(is_portal || is_own) {
            continue;
        }
        let mut paths = vec![route.path.to_owned()];
        while let Some(open) = paths[0].find('{') {
            let close = open + paths[0][open..].find('}').unwrap();
            let name = paths[0][open..=close].to_owned();
            let values = if name == "{number}" { &numbers } else { &few };
            let one = |path: &String| {
                values
                    .iter()
                    .map(|it| path.replace(&name, it))
                    .collect::<Vec<_>>()
            };
            paths = paths.iter().flat_map(one).take(400).collect();
        }
        out.extend(paths);
    }
    for query in [
        "sort=assignee",
        "sort=-assignee",
        "sort=assignee&limit=1",
        "sort=-assignee&limit=1",
        "limit=200",
    ] {
        out.push(format!("/api/v1/tickets?{query}"));
    }
    for query in ["payslip", "solved", "qzagent", "to:qzagent", "state:closed"] {
        out.push(format!("/portal/search?q={query}"));
        out.push(format!("/api/v1/search?q={query}"));
    }
    out
}

fn is_told(bytes: &str) -> bool {
    bytes.to_lowercase().contains(TELLS) || bytes.contains(INITIALS)
}

fn whole(answer: &Answer) -> String {
    let headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!("{}\n{}", headers.join("\n"), answer.body)
}

/// What an answer says of somebody who works for Red: that they have no number.
fn is_without_numbers(value: &Value, path: &str) {
    match value {
        Value::Array(all) => all.iter().for_each(|it| is_without_numbers(it, path)),
        Value::Object(parts) => {
            for name in ["author", "actor", "assignee"] {
                let of = &parts.get(name).cloned().unwrap_or_default();
                assert!(of["name"] != "Red" || of["id"].is_null(), "{path}: {of}");
            }
            parts.values().for_each(|it| is_without_numbers(it, path));
        }
        _ => {}
    }
}

/// The answer to a search for agents, less the question.
fn without_what_was_asked(bytes: &str, path: &str) -> String {
    let asked = ["to:qzagent", "to%3Aqzagent", "qzagent"];
    if !path.contains("qzagent") {
        return bytes.to_owned();
    }
    // Names go on where the question ends: what is left of one of them still tells.
    asked.iter().fold(bytes.to_owned(), |left, asked| {
        let whole = ["\"", "<", "&", " ", "»", "”", "\u{202f}"];
        whole.iter().fold(left, |left, end| {
            left.replace(&format!("{asked}{end}"), end)
        })
    })
}

/// Everything that they can read, without a trace of an agent.
async fn reads_nothing(w: &World, door: &Door, who: &str, said: &mut BTreeSet<String>) {
    for path in addresses(w) {
        let answer = door.gets(who, &path).await;
        // The words searched for, pages repeat: alone, and within the address of the search.
        let bytes = without_what_was_asked(&whole(&answer), &path);
        let at = bytes
            .to_lowercase()
            .find(TELLS)
            .or_else(|| bytes.find(INITIALS));
        let around: String = at.map_or_else(String::new, |at| {
            bytes
                .chars()
                .skip(bytes[..at].chars().count().saturating_sub(200))
                .take(400)
                .collect()
        });
        assert!(!is_told(&bytes), "{who} {path}: …{around}…");
        if let Ok(value) = serde_json::from_str(&answer.body) {
            is_without_numbers(&value, &path);
        }
        if answer.status == 200 && answer.body.contains("Red") {
            said.insert(path);
        }
    }
}

on_both_engines! {
    async fn no_byte_for_people_outside_names_an_agent_of_an_anonymous_department(w) {
        plant(w).await;
        let door = w.door().await;
        let post = Post { is_demo: true, files: door.app.files.clone(), ..crate::mail::post(w).await };
        let (payroll, own) = (w.ticket("payroll"), w.ticket("own"));
        // Named, as long as nobody said otherwise: the same script finds its canaries.
        let at = format!("/portal/tickets/{}", w.ticket("leave"));
        let named = door.gets("dora", &at).await;
        assert!(named.body.contains("Żqzagentcleo Źqzagentcleo") && named.body.contains(INITIALS), "{}", named.body);
        hides(&door, RED, true).await;
        // Ada and Max put people in charge of what is asked for in Blue, too.
        hides(&door, BLUE, true).await;
        lives(w, &door, payroll).await;
        let of_ben = |rest: &str| format!("/api/v1/tickets/{own}{rest}");
        does(&door, &[
            ("cleo", Method::POST, of_ben("/assignment"), json!({})),
            ("cleo", Method::POST, of_ben("/comments"), json!({"audience": "public", "body": "Try again."})),
            ("max", Method::POST, of_ben("/assignment"), json!({"message": "I go on."})),
        ]).await;
        index::catch_up(&w.db).await.unwrap();
        work(&post).await;
        let mut said = BTreeSet::new();
        for who in OUTSIDE {
            reads_nothing(w, &door, who, &mut said).await;
        }
        // They read the department's name instead, where a name stood.
        for path in [format!("/portal/tickets/{payroll}"), format!("/api/v1/tickets/{payroll}/comments"), format!("/api/v1/tickets/{payroll}/events"),
            format!("/api/v1/tickets/{payroll}/participants"), "/portal/tickets".to_owned(), "/api/v1/tickets?limit=200".to_owned()] {
            assert!(said.contains(&path), "{path}: {said:?}");
        }
        let page = door.gets("emil", &format!("/portal/tickets/{payroll}")).await.body;
        assert!(page.contains("Fay") && page.contains("Dora") && !page.contains("hunter2"), "{page}");
        // An agent who asked there himself stands outside, in the desk's own pages, too.
        for path in [format!("/tickets/{own}"), format!("/tickets/{own}/peek"), "/my-requests".to_owned(), of_ben(""), of_ben("/comments"), of_ben("/events"),
            of_ben("/participants"), format!("/portal/tickets/{own}"), "/api/v1/tickets?requester=me&sort=assignee&limit=1".to_owned(), format!("/tickets/{payroll}")] {
            let answer = door.gets("ben", &path).await;
            assert!(!is_told(&whole(&answer)), "ben {path}: {}", answer.body);
            if let Ok(value) = serde_json::from_str(&answer.body) {
                is_without_numbers(&value, &path);
            }
        }
        // Whoever works there reads names, and is told that nobody outside does; Gil may not reply.
        for who in ["cleo", "max", "gil"] {
            let answer = door.gets(who, &format!("/tickets/{payroll}")).await;
            assert!(answer.body.contains("Żqzagentmax Źqzagentmax") && (who == "gil" || answer.body.contains("in place of your name")), "{who}: {}", answer.body);
        }
        // What left in letters.
        let mut letters = 0;
        for mail in outbox(w).await {
            let Some(raw) = mail.raw else { continue };
            let to = mail.address.split('@').next().unwrap_or_default().to_owned();
            let read = letter::parse::parse(&raw);
            let text = format!("{:?} {:?} {} {} {}", read.from, read.to, read.subject, read.text, read.html.unwrap_or_default());
            if OUTSIDE.contains(&to.as_str()) || to == "ben" {
                letters += 1;
                let decoded = String::from_utf8_lossy(&raw).to_lowercase();
                assert!(!is_told(&text) && !decoded.contains(TELLS), "to {to}: {text}");
            }
        }
        assert!(letters > 12, "{letters}");
        door.closes().await;
    }
}
