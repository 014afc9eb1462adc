//! Anonymous departments: people outside read the department's name in place of its agents', and find them by no other
//! way; who may say so; and what becomes of it when a ticket goes elsewhere.

mod planted;

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};
use vigie::search::index;
use vigie::tickets::TicketId;

use crate::browsing::{Answer, Door};
use crate::live::line::{Listening, on};

/// Blue and Red, and their inboxes.
const BLUE: i64 = 1;
const RED: i64 = 2;

async fn asks(door: &Door, by: &str, method: Method, path: &str, body: Value) -> Answer {
    door.asks(by, method, path, &body.to_string()).await
}

async fn hides(door: &Door, department: i64, is_anonymous: bool) {
    let path = format!("/api/v1/departments/{department}");
    let body = json!({ "anonymous": is_anonymous });
    let answer = asks(door, "ada", Method::PATCH, &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// One after another, each of which has to be done.
async fn does(door: &Door, deeds: &[(&str, Method, String, Value)]) {
    for (by, method, path, body) in deeds {
        let answer = asks(door, by, method.clone(), path, body.clone()).await;
        assert!(
            answer.status < 300,
            "{by} {path}: {} {}",
            answer.status,
            answer.body
        );
    }
}

/// How many tickets their list holds.
async fn listed(door: &Door, who: &str, query: &str) -> usize {
    let answer = door.json(who, &format!("/api/v1/tickets?{query}")).await;
    answer["items"].as_array().unwrap().len()
}

on_both_engines! {
    async fn nobody_outside_learns_by_asking_who_works_on_it(w) {
        let door = w.door().await;
        let (cleo, leave) = (w.person("cleo"), w.ticket("leave"));
        assert_eq!(listed(&door, "dora", &format!("assignee={cleo}")).await, 1);
        hides(&door, RED, true).await;
        for query in [format!("assignee={cleo}"), format!("assignee=not:{cleo}&department={RED}"), format!("assignee={cleo},{}", w.person("ben"))] {
            let open = listed(&door, "dora", &query).await;
            let blue = 2 * usize::from(query.contains(','));
            assert_eq!(open, blue, "{query}: what is hidden is neither hers nor not hers");
        }
        assert_eq!(listed(&door, "dora", &format!("assignee=none&department={RED}")).await, 0, "that somebody has it is told");
        assert!(listed(&door, "cleo", &format!("assignee={cleo}")).await >= 2);
        assert!(listed(&door, "gil", &format!("assignee={cleo}")).await >= 2);
        // An invited agent is nobody to them: not by number, either.
        let path = format!("/api/v1/tickets/{leave}/participants");
        does(&door, &[("ada", Method::POST, format!("/api/v1/tickets/{leave}/reopening"), json!({})),
            ("ada", Method::POST, format!("/api/v1/tickets/{leave}/invitees"), json!({"people": ["rob"]})),
            ("dora", Method::POST, format!("/api/v1/tickets/{leave}/invitees"), json!({"people": ["vera@nordet.example"]}))]).await;
        let people = door.json("dora", &path).await;
        let invitees = people["invitees"].as_array().unwrap();
        assert!(invitees.contains(&json!({"id": null, "name": "Red", "email": null, "permanent": false})), "{people}");
        assert!(invitees.iter().any(|it| it["name"] == "Vera"), "whom one let in oneself, one knows: {people}");
        let out = asks(&door, "dora", Method::DELETE, &format!("/api/v1/tickets/{leave}/invitees/{}", w.person("rob")), json!({})).await;
        assert_eq!(out.status, 204);
        assert_eq!(door.json("ada", &path).await["invitees"].as_array().unwrap().len(), 2, "nothing was done");
        // Searching for whoever has it, an agent of another department finds what is theirs to know.
        index::catch_up(&w.db).await.unwrap();
        does(&door, &[("cleo", Method::POST, format!("/api/v1/tickets/{}/assignment", w.ticket("own")), json!({}))]).await;
        index::catch_up(&w.db).await.unwrap();
        for (who, found) in [("ben", false), ("cleo", true), ("gil", true)] {
            let answer = door.json(who, "/api/v1/search?q=to:cleo").await;
            let is_found = answer["items"].as_array().unwrap().iter().any(|it| it["ticket"]["number"] == json!(w.ticket("own").0));
            assert_eq!(is_found, found, "{who}: {answer}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_leaves_or_is_merged_or_split_takes_its_silence_along(w) {
        let door = w.door().await;
        hides(&door, RED, true).await;
        let (salary, cable) = (w.ticket("salary"), w.ticket("cable"));
        let names = async |ticket: TicketId| {
            let body = door.gets("fay", &format!("/portal/tickets/{ticket}")).await.body;
            body.contains("Cleo")
        };
        does(&door, &[("cleo", Method::POST, format!("/api/v1/tickets/{salary}/comments"), json!({"audience": "public", "body": "From Red."})),
            ("cleo", Method::POST, format!("/api/v1/tickets/{salary}/comments"), json!({"audience": "public", "body": "Else."}))]).await;
        assert!(!names(salary).await);
        // Split off to Blue, the words are as silent as they were.
        let words = door.json("ada", &format!("/api/v1/tickets/{salary}/comments")).await;
        let one = words["items"].as_array().unwrap().iter().find(|it| it["body"] == "Else.").unwrap()["id"].clone();
        let split = asks(&door, "ada", Method::POST, &format!("/api/v1/tickets/{salary}/split"), json!({"comment": one, "subject": "Else", "category": BLUE})).await;
        assert!(split.status < 300, "{}", split.body);
        let split: Value = serde_json::from_str(&split.body).unwrap();
        let split = TicketId(split["number"].as_i64().unwrap());
        assert!(!names(split).await);
        let page = door.gets("fay", &format!("/portal/tickets/{split}")).await;
        assert!(page.body.contains("Else."), "{}", page.body);
        // Sent to Blue, too: those of Blue stand behind the name of where it is now.
        does(&door, &[("ada", Method::POST, format!("/api/v1/tickets/{salary}/transfer"), json!({"category": BLUE}))]).await;
        let page = door.gets("fay", &format!("/portal/tickets/{salary}")).await;
        assert!(page.body.contains("From Red.") && page.body.contains("Blue") && !page.body.contains("Cleo"), "{}", page.body);
        // Merged into a ticket that never was in Red.
        let merged = asks(&door, "ada", Method::POST, &format!("/api/v1/tickets/{salary}/merge"), json!({"into": cable.0, "let_requester_in": false})).await;
        assert!(merged.status < 300, "{}", merged.body);
        assert!(!names(cable).await);
        assert!(door.gets("fay", &format!("/portal/tickets/{cable}")).await.body.contains("From Red."));
        // Without the tick they are read again, but not on what left while it stood.
        hides(&door, RED, false).await;
        assert!(!names(cable).await && !names(split).await);
        door.closes().await;
    }
}

record! { struct Noted { detail: Option<String> } }

on_both_engines! {
    async fn whoever_keeps_the_properties_says_it_and_it_is_noted(w) {
        let door = w.door().await;
        let path = format!("/admin/departments/{RED}");
        let page = door.gets("max", &path).await;
        assert!(page.body.contains("Anonymous department"), "{}", page.body);
        let version = |body: &str| body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let stands = version(&page.body);
        let form = format!("version={stands}&name=Red&active=1&anonymous=1&default_category=");
        assert_eq!(door.asks("max", Method::POST, &path, &form).await.status, 303);
        // From the older page both stand on it, and nothing is lost.
        let again = door.asks("max", Method::POST, &path, &format!("version={stands}&name=Red&active=1&default_category=")).await;
        assert_eq!(again.status, 409, "{}", again.body);
        let item = door.json("max", &format!("/api/v1/departments/{RED}")).await;
        assert_eq!(item["anonymous"], json!(true));
        for (who, status) in [("cleo", 403), ("dora", 404), ("vera", 404)] {
            let answer = asks(&door, who, Method::PATCH, &format!("/api/v1/departments/{RED}"), json!({"anonymous": false})).await;
            assert_eq!(answer.status, status, "{who}: {}", answer.body);
        }
        let noted: Vec<Noted> = w.db.read().all(system!(
            because = "a test looks at the table itself",
            "SELECT detail FROM audit_entries WHERE deed = 'department_changed' ORDER BY id"
        )).await.unwrap();
        let detail = noted[0].detail.clone().unwrap_or_default();
        assert!(detail.contains("anonymous"), "{detail}");
        let told = door.gets("max", &format!("/admin/journal?department={RED}")).await;
        assert!(told.body.contains("Anonymous department"), "{}", told.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_is_on_a_ticket_is_told_to_those_alone_who_may_know_its_agents(w) {
        let door = w.door().await;
        let own = w.ticket("own");
        let desk = Listening::at(door).await;
        let (_cleo, _) = desk.page("cleo", on(own, 0)).await;
        let is_told = |frame: &Value| frame.to_string().contains("Cleo");
        let (_, before) = desk.page("ben", on(own, 0)).await;
        assert!(is_told(&before), "{before}");
        hides(&desk.door, RED, true).await;
        let (ben, after) = desk.page("ben", on(own, 0)).await;
        assert!(!is_told(&after) && !ben.heard.contains("Cleo"), "{after}");
        let (_, gil) = desk.page("gil", on(own, 0)).await;
        assert!(is_told(&gil), "{gil}");
        desk.closes().await;
    }
}

on_both_engines! {
    async fn whoever_lets_an_agent_in_is_not_told_what_that_agent_does_here(w) {
        let door = w.door().await;
        let (salary, leave) = (w.ticket("salary"), w.ticket("leave"));
        hides(&door, RED, true).await;
        let email = door.json("ada", &format!("/api/v1/people/{}", w.person("cleo"))).await["email"].clone();
        let body = json!({"people": [email]});
        let let_in = asks(&door, "fay", Method::POST, &format!("/api/v1/tickets/{salary}/invitees"), body).await;
        assert!(let_in.status < 300, "{}", let_in.body);
        let ticket = door.json("fay", &format!("/api/v1/tickets/{salary}")).await;
        assert_eq!((&ticket["assignee"]["id"], &ticket["assignee"]["name"]), (&Value::Null, &json!("Red")), "{ticket}");
        let said = asks(&door, "cleo", Method::POST, &format!("/api/v1/tickets/{salary}/comments"), json!({"audience": "public", "body": "Looked into."})).await;
        assert_eq!(said.status, 201, "{}", said.body);
        let page = door.gets("fay", &format!("/portal/tickets/{salary}")).await.body;
        let answer = page.split("Looked into.").next().unwrap().rsplit("<article").next().unwrap();
        assert!(answer.contains("Red") && !answer.contains("Cleo"), "{answer}");
        // What left two of them stays so when one of them names its agents again.
        let blue: i64 = door.json("ada", &format!("/api/v1/tickets/{}", w.ticket("printer"))).await["category"]["id"].as_i64().unwrap();
        let sent = asks(&door, "ada", Method::POST, &format!("/api/v1/tickets/{salary}/transfer"), json!({"category": blue})).await;
        assert!(sent.status < 300, "{}", sent.body);
        hides(&door, RED, false).await;
        let page = door.gets("fay", &format!("/portal/tickets/{salary}")).await.body;
        let answer = page.split("Looked into.").next().unwrap().rsplit("<article").next().unwrap();
        assert!(answer.contains("Blue") && !answer.contains("Cleo"), "{answer}");
        assert!(door.gets("dora", &format!("/portal/tickets/{leave}")).await.body.contains("Cleo"), "what never left is signed again");
        door.closes().await;
    }
}

on_both_engines! {
    async fn no_suggestion_tells_whoever_asked_who_reads_along(w) {
        let door = w.door().await;
        let own = w.ticket("own");
        let suggested = async |who: &str, audience: &str| {
            door.gets(who, &format!("/tickets/{own}/suggestions?for=@&q=&audience={audience}")).await.body
        };
        assert!(suggested("cleo", "public").await.contains("Ben"));
        for audience in ["public", "staff", "invitees"] {
            let all = suggested("ben", audience).await;
            assert!(!all.contains("Cleo") && !all.contains("@"), "{audience}: {all}");
        }
        let preview = door.asks("ben", Method::POST, &format!("/tickets/{own}/preview"), "body=%40rob%20%40cleo&audience=public").await;
        assert!(!preview.body.contains("Rob cannot"), "{}", preview.body);
        door.closes().await;
    }
}
