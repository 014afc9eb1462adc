//! Mentors: said by whoever keeps the members, noted, and good for nothing but a list and a mail.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};

use crate::browsing::Door;
use crate::handling::giving_out::blue_gives;
use crate::world::World;

const BLUE: &str = "/api/v1/departments/1/mentors";

/// Ben's row among the members of Blue, and the version of the department.
async fn of_ben(door: &Door, who: &str) -> (Value, i64) {
    let all = door.json(who, BLUE).await;
    let items = all["items"].as_array().cloned().unwrap_or_default();
    let mut rows = items.into_iter();
    let row = rows.find(|it| it["trainee"]["name"] == "Ben");
    (
        row.unwrap_or_default(),
        all["version"].as_i64().unwrap_or(0),
    )
}

/// Says who the mentors of somebody in Blue are.
async fn says(w: &World, door: &Door, who: &str, trainee: &str, mentors: &[&str]) -> u16 {
    let path = format!("{BLUE}/{}", w.person(trainee));
    let body = json!({ "mentors": mentors }).to_string();
    door.asks(who, Method::PUT, &path, &body).await.status
}

async fn finds(w: &World, door: &Door, who: &str, query: &str) -> Vec<&'static str> {
    let list = door.json(who, &format!("/api/v1/tickets?{query}")).await;
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let numbers: Vec<i64> = items
        .iter()
        .filter_map(|it| it["number"].as_i64())
        .collect();
    let mut found: Vec<&str> = w
        .tickets()
        .filter(|(_, id)| numbers.contains(&id.0))
        .map(|(name, _)| name)
        .collect();
    found.sort_unstable();
    found
}

record! { struct Mail { address: String } }

async fn mailed(w: &World, post: &vigie::mail::post::Post) -> Vec<String> {
    crate::mail::work(post).await;
    let query = system!(
        because = "a test looks at the post itself",
        "SELECT m.address FROM outgoing_mails m JOIN events e ON e.id = m.event_id \
         WHERE e.kind = 'advice_asked' AND m.state <> 'dropped' ORDER BY m.address"
    );
    let mails: Vec<Mail> = w.db.read().all(query).await.unwrap();
    mails.into_iter().map(|it| it.address).collect()
}

on_both_engines! {
    async fn whoever_keeps_the_members_says_who_the_mentors_are(w) {
        let door = w.door().await;
        let ben = w.person("ben");
        assert_eq!(says(w, &door, "max", "ben", &["gil", "vera@nordet.example", "gil"]).await, 200);
        let (row, version) = of_ben(&door, "max").await;
        let names: Vec<&str> = row["mentors"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!(names, ["Gil", "Vera"]);
        // The same again changes nothing, and is not noted.
        assert_eq!(says(w, &door, "max", "ben", &["vera", "gil"]).await, 200);
        assert_eq!(of_ben(&door, "max").await.1, version);
        // From another version than the one that stands it is refused.
        let path = format!("{BLUE}/{ben}");
        let late = door.asks_having_seen("max", Method::PUT, &path, Some(version - 1), &json!({ "mentors": [] }).to_string()).await;
        assert_eq!(late.status, 409);
        for (mentors, fault) in [(["ben"], "fault-own-mentor"), (["dora@nordet.example"], "fault-not-agent"), (["nobody"], "fault-person-unknown")] {
            let body = json!({ "mentors": mentors }).to_string();
            let refused = door.asks("max", Method::PUT, &path, &body).await;
            assert_eq!(refused.status, 422, "{fault}");
            assert!(refused.body.contains(fault), "{}", refused.body);
        }
        // Cleo is of Red.
        assert_eq!(says(w, &door, "max", "cleo", &["gil"]).await, 404);
        // Ben manages no members, Gil no department, and customers none of it.
        for (who, status) in [("ben", 403), ("gil", 404), ("cleo", 404), ("dora", 404)] {
            assert_eq!(says(w, &door, who, "ben", &["gil"]).await, status, "{who}");
            assert_eq!(door.gets(who, BLUE).await.status, status, "{who}");
        }
        // The page: a field for each member; what was typed comes back.
        let page = door.gets("max", "/admin/departments/1/mentors").await;
        assert!(page.body.contains("lets nobody see or do more") && page.body.contains("Looked after by Gil, Vera"));
        let at = format!("/admin/departments/1/mentors/{ben}");
        let refused = door.asks("max", Method::POST, &at, &format!("mentors=gil%2C+nobody&version={version}")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("value=\"gil, nobody\""));
        let clash = door.asks("max", Method::POST, &at, "mentors=gil&version=0").await;
        assert_eq!(clash.status, 409);
        let saved = door.asks("max", Method::POST, &at, &format!("mentors=gil&version={version}")).await;
        assert_eq!(saved.status, 303);
        // The journal says who they were, and are.
        let journal = door.json("ada", "/api/v1/journal?deed=mentors_changed").await.to_string();
        assert!(journal.contains("Gil, Vera") && journal.contains("mentors_changed"), "{journal}");
        door.closes().await;
    }
}

on_both_engines! {
    /// Each mentors everybody they can, and sees and may what they did before.
    async fn mentoring_grants_no_sight_and_no_right(w) {
        let door = w.door().await;
        let probes = async || {
            let mut all = String::new();
            for who in ["vera", "rob", "cleo", "gil"] {
                for (name, ticket) in w.tickets() {
                    let page = door.gets(who, &format!("/api/v1/tickets/{ticket}")).await;
                    let notes = door.gets(who, &format!("/api/v1/tickets/{ticket}/comments")).await;
                    let take = door.asks_having_seen(who, Method::POST, &format!("/api/v1/tickets/{ticket}/assignment"), Some(0), "{}").await;
                    all.push_str(&format!("{who} {name} {} {} {} {}\n", page.status, notes.status, notes.body.len(), take.status));
                }
                all.push_str(&format!("{who} {:?}\n", finds(w, &door, who, "limit=200").await));
            }
            all
        };
        // What they may, they may do but once: so this is asked of versions that never were, or refused.
        let before = probes().await;
        assert_eq!(says(w, &door, "max", "ben", &["vera", "rob", "cleo", "gil"]).await, 200);
        assert_eq!(probes().await, before);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_mentor_finds_the_tickets_of_their_trainees_among_those_they_see(w) {
        let door = w.door().await;
        let side = "trainees=yes";
        assert!(!door.gets("gil", "/tickets").await.body.contains(side));
        assert!(finds(w, &door, "gil", side).await.is_empty());
        assert_eq!(says(w, &door, "max", "ben", &["gil", "rob"]).await, 200);
        assert_eq!(finds(w, &door, "gil", side).await, ["badge", "screen"]);
        assert!(!finds(w, &door, "gil", "trainees=no").await.iter().any(|it| ["badge", "screen"].contains(it)));
        assert!(finds(w, &door, "gil", "trainees=no").await.contains(&"cable"));
        // Rob sees none of them, and so finds none.
        assert!(finds(w, &door, "rob", side).await.is_empty());
        let page = door.gets("gil", "/tickets").await.body;
        assert!(page.contains(side) && page.contains("Tickets of my trainees"));
        let list = door.gets("gil", "/tickets?view=open&trainees=yes").await.body;
        assert_eq!(list.matches("data-row").count(), 1, "of the open ones");
        assert!(list.contains("Held by my trainees"));
        assert!(door.gets("gil", "/lists/filter?list=view%3Dopen").await.body.contains("Held by my trainees"));
        assert!(!door.gets("cleo", "/lists/filter?list=view%3Dopen").await.body.contains("Held by my trainees"));
        // Customers have no trainees.
        assert!(finds(w, &door, "dora", side).await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_mentor_is_told_when_their_trainee_asks_as_far_as_they_see_it(w) {
        let door = w.door().await;
        let post = crate::mail::post(w).await;
        let screen = w.ticket("screen");
        assert_eq!(says(w, &door, "max", "ben", &["gil", "rob"]).await, 200);
        assert_eq!(door.programs("ben", Method::POST, screen, "/advice", json!({ "message": "What now?" })).await.status, 201);
        let addresses = mailed(w, &post).await;
        // To whom it is said is asked again when it leaves: Rob sees nothing of it.
        assert_eq!(addresses, ["gil@nordet.example"]);
        let rob = vigie::tickets::reading::find::<vigie::tickets::rights::Read>(&mut w.db.read(), &w.actor("rob"), screen).await;
        assert!(rob.is_err());
        // Gil observes as anybody may, advises ten times over, and is in charge of nothing.
        assert_eq!(door.sends("gil", screen, "/observation", "wants=yes&version=1").await.status, 303);
        for n in 0..10 {
            let note = json!({ "audience": "staff", "body": format!("advice {n}") });
            assert_eq!(door.programs("gil", Method::POST, screen, "/comments", note).await.status, 201);
        }
        let ticket = door.json("gil", &format!("/api/v1/tickets/{screen}")).await;
        assert_eq!((&ticket["assignee"]["name"], &ticket["needs_advice"]), (&json!("Ben"), &json!(false)));
        let page = door.gets("gil", &format!("/tickets/{screen}")).await.body;
        for deed in ["assignment", "assignee", "release", "closure", "transfer", "rejection", "postponement"] {
            assert!(!page.contains(&format!("/tickets/{screen}/{deed}\"")), "{deed}");
            let asked = door.programs("gil", Method::POST, screen, &format!("/{deed}"), json!({})).await;
            assert!(matches!(asked.status, 400 | 403 | 422), "{deed}: {}", asked.status);
        }
        assert_eq!(w.stands(screen).await.0, "in_progress");
        door.closes().await;
    }
}

on_both_engines! {
    /// Even where the desk gives out what is free: whoever advises on it is given nothing by that.
    async fn advice_makes_nobody_a_holder_though_tickets_are_given_out(w) {
        let door = w.door().await;
        blue_gives(w, "least_loaded").await;
        // Cleo, of Red, is let in to advise on what nobody holds in Blue.
        let printer = w.ticket("printer");
        assert_eq!(says(w, &door, "max", "ben", &["cleo"]).await, 200);
        assert_eq!(door.programs("ben", Method::POST, printer, "/observers", json!({ "people": ["cleo"] })).await.status, 201);
        for n in 0..3 {
            assert_eq!(door.programs("ben", Method::POST, printer, "/advice", json!({})).await.status, 201);
            let note = json!({ "audience": "staff", "body": format!("advice {n}") });
            assert_eq!(door.programs("cleo", Method::POST, printer, "/comments", note).await.status, 201);
            let ticket = door.json("ada", &format!("/api/v1/tickets/{printer}")).await;
            assert_eq!((&ticket["assignee"], &ticket["state"]), (&Value::Null, &json!("free")));
        }
        // Given out for a reason of its own, it goes to those of the department, never to the mentor.
        assert_eq!(door.programs("max", Method::POST, printer, "/assignment", json!({})).await.status, 200);
        assert_eq!(door.programs("max", Method::POST, printer, "/closure", json!({})).await.status, 200);
        assert_eq!(door.programs("dora", Method::POST, printer, "/refusal", json!({})).await.status, 200);
        let ticket = door.json("ada", &format!("/api/v1/tickets/{printer}")).await;
        assert_ne!(ticket["assignee"]["name"], json!("Cleo"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_no_longer_staff_is_no_mentor_and_has_none(w) {
        let door = w.door().await;
        assert_eq!(says(w, &door, "max", "ben", &["gil"]).await, 200);
        let gil = w.person("gil");
        let version = door.json("ada", &format!("/api/v1/people/{gil}")).await["version"].as_i64();
        let gone = door.asks_having_seen("ada", Method::PATCH, &format!("/api/v1/people/{gil}"), version, &json!({ "role": null }).to_string()).await;
        assert!(gone.status < 300, "{}", gone.body);
        assert_eq!(of_ben(&door, "max").await.0["mentors"], json!([]));
        let journal = door.json("ada", "/api/v1/journal?deed=mentors_changed").await.to_string();
        assert!(journal.matches("mentors_changed").count() >= 2, "{journal}");
        door.closes().await;
    }
}

on_both_engines! {
    /// They are said on the page of each department of the trainee; of two people who say it at once, one is told.
    async fn two_departments_of_one_trainee_do_not_overwrite_each_other(w) {
        let door = w.door().await;
        let joins = json!({ "person": "ben", "level": "edit" }).to_string();
        let path = "/api/v1/departments/2/members";
        assert_eq!(door.asks("ada", Method::POST, path, &joins).await.status, 201);
        let red = "/api/v1/departments/2/mentors";
        let seen = door.json("ada", red).await["version"].as_i64();
        assert_eq!(says(w, &door, "max", "ben", &["gil"]).await, 200);
        let path = format!("{red}/{}", w.person("ben"));
        let body = json!({ "mentors": ["cleo"] }).to_string();
        assert_eq!(door.asks_having_seen("ada", Method::PUT, &path, seen, &body).await.status, 409);
        let (row, _) = of_ben(&door, "max").await;
        assert_eq!(row["mentors"][0]["name"], "Gil");
        // Of a department that Ben is not of, nothing changed.
        let said = door.json("ada", red).await["version"].as_i64();
        assert!(said > seen);
        assert_eq!(door.asks_having_seen("ada", Method::PUT, &path, said, &body).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_mentors_of_the_holder_are_told_when_somebody_else_asks_and_nobody_of_their_own_asking(w) {
        let door = w.door().await;
        let post = crate::mail::post(w).await;
        let screen = w.ticket("screen");
        assert_eq!(says(w, &door, "max", "ben", &["gil", "max"]).await, 200);
        // Max, a mentor of Ben's, asks on Ben's ticket: Ben is told as its holder, Gil for Ben, and Max not what he did.
        assert_eq!(door.programs("max", Method::POST, screen, "/advice", json!({})).await.status, 201);
        assert_eq!(mailed(w, &post).await, ["ben@nordet.example", "gil@nordet.example"]);
        door.closes().await;
    }
}
