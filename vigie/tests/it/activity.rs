//! What agents do, in counts: whose one sees, of which tickets, how far back.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use serde_json::{Value, json};

use crate::browsing::Door;
use crate::world::World;

const AT: &str = "/api/v1/activity";
const PAGE: &str = "/admin/activity";

/// A day and all that was done on it by somebody: name, first day, taken, replies, notes, closed, tickets.
type Line = (String, String, [i64; 5]);

fn lines(said: &Value) -> Vec<Line> {
    let items = said["items"].as_array().unwrap_or_else(|| panic!("{said}"));
    let line = |it: &Value| {
        let text = |field: &str| it[field].as_str().unwrap().to_owned();
        let counts = ["taken", "replies", "notes", "closed", "tickets"];
        let counts = counts.map(|field| it[field].as_i64().unwrap());
        (text("name"), text("from"), counts)
    };
    items.iter().map(line).collect()
}

/// What somebody reads of one agent, all days as one; nothing when they read nothing.
async fn of(door: &Door, reader: &str, agent: &str) -> Option<[i64; 5]> {
    let all = lines(&door.json(reader, AT).await);
    all.into_iter().find(|it| it.0 == agent).map(|it| it.2)
}

async fn names(door: &Door, reader: &str) -> Vec<String> {
    let all = lines(&door.json(reader, AT).await);
    all.into_iter().map(|it| it.0).collect()
}

async fn does(w: &World, door: &Door, who: &str, ticket: &str, deed: &str, body: Value) {
    let path = format!("/api/v1/tickets/{}/{deed}", w.ticket(ticket).0);
    let answer = door.asks(who, Method::POST, &path, &body.to_string()).await;
    assert!(
        (200..300).contains(&answer.status),
        "{who} {deed} {ticket}: {} {}",
        answer.status,
        answer.body
    );
}

async fn writes(w: &World, door: &Door, who: &str, ticket: &str, audience: &str) {
    does(
        w,
        door,
        who,
        ticket,
        "comments",
        json!({"audience": audience, "body": "Words"}),
    )
    .await;
}

/// The world's stories are of today; what is told here begins when nobody looks back so far.
async fn later(w: &World, door: &Door) {
    w.clock.advance(Span::days(100));
    let said = door.json("ada", AT).await;
    assert_eq!(
        (lines(&said), &said["days"], &said["look_back_days"]),
        (vec![], &json!(28), &json!(90))
    );
}

/// Lets Ben manage who belongs to Blue.
async fn manages(w: &World, door: &Door, who: &str) {
    let path = format!("/api/v1/departments/1/members/{}", w.person(who));
    let all = json!({"privileges": ["take_free_ticket", "take_assigned_ticket", "assign_ticket", "manage_managers"]});
    let answer = door
        .asks("ada", Method::PATCH, &path, &all.to_string())
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

on_both_engines! {
    async fn each_deed_counts_once_on_its_day_and_only_as_an_agents(w) {
        let door = w.door().await;
        later(w, &door).await;
        does(w, &door, "ben", "printer", "assignment", json!({})).await;
        writes(w, &door, "ben", "printer", "public").await;
        writes(w, &door, "ben", "printer", "staff").await;
        writes(w, &door, "ben", "screen", "staff").await;
        // What one asks for oneself is no work of an agent.
        writes(w, &door, "ben", "own", "public").await;
        writes(w, &door, "dora", "printer", "public").await;
        w.clock.advance(Span::days(1));
        does(w, &door, "ben", "printer", "closure", json!({"message": "Fixed"})).await;
        let by_day = lines(&door.json("ada", &format!("{AT}?by=day&days=7&agent={}", w.person("ben"))).await);
        let counts: Vec<[i64; 5]> = by_day.iter().map(|it| it.2).collect();
        assert_eq!(counts[0], [1, 1, 2, 0, 2], "{by_day:?}");
        assert_eq!((counts.len(), counts[1][3], counts[1][4]), (2, 1, 1), "{by_day:?}");
        assert_eq!((&by_day[0].1[..], &by_day[1].1[..]), ("2027-03-03", "2027-03-04"));
        let by_week = lines(&door.json("ada", &format!("{AT}?by=week&days=28")).await);
        assert_eq!((by_week.len(), &by_week[0].1[..], by_week[0].2[4]), (1, "2027-03-01", 2), "a ticket once a week: {by_week:?}");
        let whole = of(&door, "ada", "Ben").await.unwrap();
        assert_eq!((whole[0], whole[2], whole[3], whole[4]), (1, 2, 1, 2));
        assert_eq!(names(&door, "ada").await, ["Ben"], "who did nothing is not named");
        let page = door.gets("ada", PAGE).await.body;
        assert!(page.contains(">Ben</a>") && page.contains("Last 28 days"), "{page}");
        let page = door.gets("ada", &format!("{PAGE}?agent={}&by=day&days=7", w.person("ben"))).await.body;
        assert!(page.contains("Activity of Ben") && page.contains(">3\u{a0}Mar<") && page.contains(">1\u{a0}Mar<"), "{page}");
        let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
        assert!(!table.contains(':'), "no hours: {table}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn everybody_reads_their_own_and_others_by_right_on_tickets_that_they_see(w) {
        let door = w.door().await;
        later(w, &door).await;
        writes(w, &door, "ben", "screen", "public").await;
        writes(w, &door, "cleo", "salary", "public").await;
        writes(w, &door, "max", "cable", "staff").await;
        assert_eq!(names(&door, "ada").await, ["Ben", "Cleo", "Max"]);
        assert_eq!(names(&door, "max").await, ["Ben", "Cleo", "Max"]);
        assert_eq!(names(&door, "ben").await, ["Ben"]);
        assert_eq!(names(&door, "cleo").await, ["Cleo"]);
        for who in ["gil", "rob", "vera"] {
            assert!(names(&door, who).await.is_empty(), "{who}");
            assert_eq!(door.gets(who, PAGE).await.status, 200, "{who}: their own, with nothing in it");
        }
        let own = door.gets("ben", PAGE).await.body;
        assert!(own.contains("Your activity") && !own.contains("Cleo"), "{own}");
        for (who, of, page, api) in [("ben", "cleo", 403, 403), ("vera", "ben", 403, 403), ("ada", "rob", 404, 200), ("ada", "dora", 404, 200)] {
            let other = format!("agent={}", w.person(of));
            assert_eq!(door.gets(who, &format!("{PAGE}?{other}")).await.status, page, "{who} of {of}");
            let said = door.gets(who, &format!("{AT}?{other}")).await;
            assert_eq!(said.status, api, "{who} of {of}: {}", said.body);
            let file = door.gets(who, &format!("{PAGE}/file?{other}")).await;
            assert_eq!(file.body.lines().count(), 1, "{who} of {of}: {}", file.body);
        }
        for (who, status) in [("dora", 404), ("nobody", 303)] {
            assert_eq!(door.gets(who, PAGE).await.status, status, "{who}");
        }
        assert_eq!(door.gets("dora", AT).await.status, 404);
        // A role with the right sees everybody's, where its own eyes reach: Blue.
        let role = json!({"name": "Reporter", "from": "viewer"});
        let made = door.asks("ada", Method::POST, "/api/v1/roles", &role.to_string()).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        let path = format!("/api/v1/roles/{}", made["id"].as_str().map_or(made["id"].to_string(), str::to_owned));
        let granted = door.asks("ada", Method::PATCH, &path, r#"{"permissions":["read_notes","reports"]}"#).await;
        assert_eq!(granted.status, 200, "{} {}", granted.body, made);
        let vera = format!("/api/v1/people/{}", w.person("vera"));
        let given = door.asks("ada", Method::PATCH, &vera, &json!({"role": made["id"].to_string().trim_matches('"')}).to_string()).await;
        assert_eq!(given.status, 200, "{}", given.body);
        assert_eq!(names(&door, "vera").await, ["Ben", "Max"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_manager_reads_of_their_own_department_and_hidden_work_changes_no_byte(w) {
        let door = w.door().await;
        later(w, &door).await;
        manages(w, &door, "ben").await;
        let let_in = json!({"person": "gil@nordet.example", "level": "edit"});
        let let_in = door.asks("ada", Method::POST, "/api/v1/departments/1/members", &let_in.to_string()).await;
        assert!(let_in.status < 300, "{}", let_in.body);
        let secret = crate::confidence::below(w, &door, 1, &[("gil", "edit")]).await;
        writes(w, &door, "ben", "screen", "public").await;
        // Vera may note in Blue, to which she belongs; Max is no member, whatever he does there.
        let level = json!({"role": "trainee"});
        let given = door.asks("ada", Method::PATCH, &format!("/api/v1/people/{}", w.person("vera")), &level.to_string()).await;
        assert_eq!(given.status, 200, "{}", given.body);
        writes(w, &door, "vera", "screen", "staff").await;
        writes(w, &door, "max", "cable", "staff").await;
        assert_eq!(names(&door, "ben").await, ["Ben", "Vera"]);
        let reads = async || {
            let mut all = vec![];
            for path in [AT.to_owned(), format!("{AT}?by=day&days=7")] {
                all.push(door.gets("ben", &path).await.body);
            }
            for path in [AT, PAGE] {
                let other = format!("{path}?agent={}", w.person("cleo"));
                all.push(door.gets("ben", &other).await.status.to_string());
            }
            all
        };
        let before = reads().await;
        // Cleo in Red; Gil, of Blue, in what is confidential there.
        writes(w, &door, "cleo", "salary", "public").await;
        writes(w, &door, "cleo", "rob", "staff").await;
        let hidden = json!({"subject": "Hidden", "body": "Hidden", "category": secret, "requester": "dora@nordet.example"});
        let made = door.asks("gil", Method::POST, "/api/v1/tickets", &hidden.to_string()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let number: Value = serde_json::from_str(&made.body).unwrap();
        for body in [json!({"audience": "staff", "body": "Hidden too"}), json!({"audience": "staff", "body": "Hidden"})] {
            let path = format!("/api/v1/tickets/{}/comments", number["number"]);
            let said = door.asks("gil", Method::POST, &path, &body.to_string()).await;
            assert_eq!(said.status, 201, "{} {number}", said.body);
        }
        assert_eq!(reads().await, before);
        assert_eq!(names(&door, "ada").await, ["Ben", "Cleo", "Gil", "Max", "Vera"]);
        // Who manages no longer reads only of themselves.
        let path = format!("/api/v1/departments/1/members/{}", w.person("ben"));
        let none = door.asks("ada", Method::PATCH, &path, r#"{"privileges":["take_free_ticket"]}"#).await;
        assert_eq!(none.status, 200, "{}", none.body);
        assert_eq!(names(&door, "ben").await, ["Ben"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn owners_say_how_far_back_anybody_looks_and_nothing_is_kept(w) {
        let door = w.door().await;
        later(w, &door).await;
        writes(w, &door, "ben", "screen", "public").await;
        w.clock.advance(Span::days(20));
        assert_eq!(names(&door, "ada").await, ["Ben"]);
        for (who, status) in [("max", 403), ("ben", 403), ("dora", 404)] {
            let said = door.asks(who, Method::PUT, AT, r#"{"look_back_days":7}"#).await;
            assert_eq!(said.status, status, "{who}");
        }
        for wrong in ["-1", "731"] {
            let said = door.asks("ada", Method::PUT, AT, &format!("{{\"look_back_days\":{wrong}}}")).await;
            assert_eq!(said.status, 422, "{wrong}");
            let said = door.asks("ada", Method::POST, PAGE, &format!("version=0&look_back_days={wrong}")).await;
            assert!(said.status == 422 && said.body.contains(&format!("value=\"{wrong}\"")), "{}", said.body);
        }
        let said = door.asks("ada", Method::POST, PAGE, "version=0&look_back_days=7").await;
        assert_eq!((said.status, said.location()), (303, PAGE), "{}", said.body);
        let stale = door.asks("ada", Method::POST, PAGE, "version=0&look_back_days=90").await;
        assert!(stale.status == 409 && stale.body.contains("changed this setting meanwhile"), "{}", stale.body);
        assert!(names(&door, "ada").await.is_empty(), "twenty days ago");
        assert_eq!(door.gets("ada", &format!("{AT}?days=28")).await.status, 422);
        assert_eq!(door.gets("ada", &format!("{AT}?by=hour")).await.status, 422);
        writes(w, &door, "ben", "screen", "public").await;
        assert_eq!(names(&door, "ada").await, ["Ben"]);
        let shut = door.asks_having_seen("ada", Method::PUT, AT, Some(1), r#"{"look_back_days":0}"#).await;
        assert_eq!(shut.status, 200, "{}", shut.body);
        for who in ["ada", "ben"] {
            assert!(names(&door, who).await.is_empty(), "{who}");
            assert!(door.gets(who, PAGE).await.body.contains("This page is shut"), "{who}");
            let file = door.gets(who, &format!("{PAGE}/file?days=28")).await;
            assert_eq!(file.body.lines().count(), 1, "the head alone: {}", file.body);
        }
        assert_eq!(door.gets("ada", &format!("{PAGE}?agent={}", w.person("ben"))).await.status, 404);
        let journal = door.gets("ada", "/admin/journal").await.body;
        assert!(journal.contains("How far back activity is looked at changed"), "{journal}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_shown_can_be_taken_away_as_a_file_and_the_journal_tells(w) {
        let door = w.door().await;
        later(w, &door).await;
        writes(w, &door, "ben", "screen", "public").await;
        writes(w, &door, "cleo", "salary", "staff").await;
        let file = door.gets("ada", &format!("{PAGE}/file?days=28&by=week")).await;
        assert!(file.headers["content-disposition"].contains("activity.csv"), "{:?}", file.headers);
        let told: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(told, ["Agent,From,Taken,Replies,Notes,Closed,Tickets touched", "Ben,2027-03-01,0,1,0,0,1", "Cleo,2027-03-01,0,0,1,0,1"]);
        let own = door.gets("ben", &format!("{PAGE}/file?days=28&by=week")).await;
        assert!(own.body.contains("Ben,") && !own.body.contains("Cleo"), "{}", own.body);
        record! { struct Told { told: i64 } }
        let noted: Told = w.db.read().one(system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS told FROM audit_entries WHERE deed = 'activity_exported'")).await.unwrap();
        assert_eq!(noted.told, 2);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_stands_outside_of_an_anonymous_department_counts_nobody_there(w) {
        let door = w.door().await;
        later(w, &door).await;
        let reads = format!("/api/v1/people/{}", w.person("ben"));
        let role = door.asks("ada", Method::POST, "/api/v1/roles", r#"{"name":"Reporter","from":"agent"}"#).await;
        assert_eq!(role.status, 201, "{}", role.body);
        let role: Value = serde_json::from_str(&role.body).unwrap();
        let id = role["id"].as_str().map_or(role["id"].to_string(), str::to_owned);
        let mut all = role["permissions"].as_array().unwrap().clone();
        all.push(json!("reports"));
        let granted = door.asks("ada", Method::PATCH, &format!("/api/v1/roles/{id}"), &json!({ "permissions": all }).to_string()).await;
        assert_eq!(granted.status, 200, "{}", granted.body);
        let given = door.asks("ada", Method::PATCH, &reads, &json!({ "role": id }).to_string()).await;
        assert_eq!(given.status, 200, "{}", given.body);
        writes(w, &door, "cleo", "own", "public").await;
        assert_eq!(names(&door, "ben").await, ["Cleo"]);
        let hidden = door.asks("ada", Method::PATCH, "/api/v1/departments/2", r#"{"anonymous":true}"#).await;
        assert_eq!(hidden.status, 200, "{}", hidden.body);
        assert!(names(&door, "ben").await.is_empty());
        assert_eq!(names(&door, "ada").await, ["Cleo"]);
        door.closes().await;
    }
}
