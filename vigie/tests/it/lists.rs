//! Lists through the door: filters never widen, unread marks, next and previous, saved views, many
//! tickets at once, files.

use std::collections::BTreeSet;

use axum::http::Method;
use kit::clock::Span;
use vigie::tickets::TicketId;

use crate::browsing::{Answer, Door};
use crate::world::World;

/// The tickets a list shows, by their short names, in order.
fn shown(w: &World, page: &Answer) -> Vec<&'static str> {
    let rows = page.body.split("class=\"c-subj\"").skip(1);
    rows.filter_map(|row| {
        let rest = row.split_once("href=\"/tickets/")?.1;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..end].parse().ok()?;
        w.tickets()
            .find(|(_, id)| *id == TicketId(number))
            .map(|(name, _)| name)
    })
    .collect()
}

async fn lists(w: &World, door: &Door, who: &str, query: &str) -> BTreeSet<&'static str> {
    let page = door.gets(who, &format!("/tickets?{query}")).await;
    assert_eq!(page.status, 200, "{who} {query}");
    shown(w, &page).into_iter().collect()
}

/// The address after `before` in a page.
fn link(page: &Answer, before: &str) -> String {
    let rest = page.body.split_once(before).map_or("", |(_, rest)| rest);
    let href = rest.split_once("href=\"").map_or("", |(_, rest)| rest);
    let end = href.find('"').unwrap_or(0);
    href[..end].replace("&#38;", "&")
}

on_both_engines! {
    /// Every condition picks from what one sees, and nothing beside it.
    async fn a_filter_narrows_what_one_sees_and_never_widens_it(w) {
        let door = w.door().await;
        // Blue was made first.
        let (blue, red) = (1, 2);
        let ben = w.person("ben");
        let dora = w.person("dora");
        let all: BTreeSet<&str> = ["badge", "cable", "own", "printer", "screen"].into();
        assert_eq!(lists(w, &door, "ben", "view=all").await, all);
        let cases: Vec<(String, Vec<&str>)> = vec![
            ("state=free".into(), vec!["own", "printer"]),
            ("state=free,closed".into(), vec!["badge", "own", "printer"]),
            ("state=not:free".into(), vec!["badge", "cable", "screen"]),
            ("stage=awaiting".into(), vec!["badge"]),
            ("stage=not:open,ended".into(), vec!["badge"]),
            (format!("department={blue}"), vec!["badge", "cable", "printer", "screen"]),
            (format!("department={red}"), vec!["own"]),
            (format!("department=not:{red}"), vec!["badge", "cable", "printer", "screen"]),
            (format!("department={blue},{red}&state=free"), vec!["own", "printer"]),
            ("assignee=me".into(), vec!["badge", "screen"]),
            ("assignee=none".into(), vec!["own", "printer"]),
            ("assignee=me,none".into(), vec!["badge", "own", "printer", "screen"]),
            ("assignee=not:me".into(), vec!["cable", "own", "printer"]),
            ("assignee=not:none".into(), vec!["badge", "cable", "screen"]),
            ("assignee=not:me,none".into(), vec!["cable"]),
            (format!("assignee={ben}"), vec!["badge", "screen"]),
            ("requester=me".into(), vec!["own"]),
            (format!("requester={dora}"), vec!["printer", "screen"]),
            (format!("requester=not:{dora}"), vec!["badge", "cable", "own"]),
            ("priority=3".into(), vec!["badge", "cable", "own", "printer", "screen"]),
            ("priority=not:3".into(), vec![]),
            ("origin=portal".into(), vec!["badge", "cable", "own", "printer", "screen"]),
            ("origin=email,phone".into(), vec![]),
            ("category=1".into(), vec!["badge", "cable", "printer", "screen"]),
            ("category=not:1".into(), vec!["own"]),
            ("created=after:-4d".into(), vec!["badge", "cable", "own", "printer", "screen"]),
            ("created=before:-4d".into(), vec![]),
            ("created=2026-11-20&state=free".into(), vec!["own", "printer"]),
            ("closed=after:-10d".into(), vec!["badge"]),
            ("closed=before:-10d".into(), vec![]),
            ("updated=after:2026-11-20&updated=before:2026-11-21&state=closed".into(), vec!["badge"]),
            ("participant=invited".into(), vec![]),
            ("participant=not:invited,observing".into(), vec!["badge", "cable", "own", "printer", "screen"]),
            ("tag=1".into(), vec![]),
        ];
        for (query, expect) in &cases {
            let expect: BTreeSet<&str> = expect.iter().copied().collect();
            for sort in ["-activity", "number", "-priority"] {
                let query = format!("view=all&{query}&sort={sort}");
                assert_eq!(lists(w, &door, "ben", &query).await, expect, "{query}");
            }
        }
        // Nobody's condition shows anybody what they do not see; the API answers alike.
        for who in ["ben", "cleo", "vera", "rob", "gil"] {
            let seen = lists(w, &door, who, "view=all").await;
            for (query, _) in &cases {
                let found = lists(w, &door, who, &format!("view=all&{query}")).await;
                assert!(found.is_subset(&seen), "{who} {query}: {found:?}");
                let api = door.json(who, &format!("/api/v1/tickets?limit=200&{}", query.split("&updated=before").next().unwrap())).await;
                let numbers: BTreeSet<i64> = api["items"].as_array().into_iter().flatten().filter_map(|t| t["number"].as_i64()).collect();
                let names: BTreeSet<&str> = w.tickets().filter(|(_, id)| numbers.contains(&id.0)).map(|(n, _)| n).collect();
                assert!(names.is_superset(&found), "{who} {query} by the API: {names:?}");
                assert!(names.is_subset(&seen), "{who} {query} by the API: {names:?}");
            }
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn tags_are_a_column_for_whoever_chose_it_and_no_word_to_the_requester(w) {
        let door = w.door().await;
        let screen = w.ticket("screen").0;
        let put = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/tags"), r#"{"tags":["loan-desk"]}"#).await;
        assert!(put.status < 300, "{}", put.body);
        let tags = |list: &serde_json::Value| {
            let items = list["items"].as_array().unwrap().iter();
            items.filter(|t| t["number"] == screen).map(|t| t["tags"].clone()).next().unwrap()
        };
        for (who, expect) in [("ben", serde_json::json!(["loan-desk"])), ("dora", serde_json::json!([]))] {
            assert_eq!(tags(&door.json(who, "/api/v1/tickets").await), expect, "{who}");
            assert_eq!(door.json(who, &format!("/api/v1/tickets/{screen}")).await["tags"], expect, "{who}");
        }
        let list = "/tickets?view=all";
        assert!(!door.gets("ben", list).await.body.contains("loan-desk"), "nobody asked for the column");
        let chosen = door.asks("ben", Method::POST, "/lists/display", "list=all&panel=1&column=state&column=tags&return_to=/tickets?view=all").await;
        assert_eq!(chosen.status, 303, "{}", chosen.body);
        assert!(door.gets("ben", list).await.body.contains("loan-desk"));
        let file = door.gets("ben", "/lists/export/file?list=view%3Dall").await;
        assert!(file.body.lines().next().unwrap().contains("Tags") && file.body.contains("loan-desk"), "{}", file.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_no_filter_is_said_and_shows_the_list_without_it(w) {
        let door = w.door().await;
        let page = door.gets("ben", "/tickets?view=all&state=purple&created=after:soon").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("This filter does not know “purple”."), "{}", page.body);
        assert!(page.body.contains("“soon” is not a date."));
        let api = door.gets("ben", "/api/v1/tickets?state=purple").await;
        assert_eq!(api.status, 422);
        let api = door.gets("ben", "/api/v1/tickets?password_hash=x").await;
        assert!(matches!(api.status, 400..=422), "{}", api.status);
        let api = door.gets("ben", "/api/v1/tickets?sort=password_hash").await;
        assert_eq!(api.status, 422);
        // The panel keeps what was typed, and says what is wrong at its field.
        let panel = door.gets("ben", "/lists/filter?list=view%3Dall&add=requester&op=is&v=somebody@nowhere").await;
        assert_eq!(panel.status, 422);
        assert!(panel.body.contains("somebody@nowhere") && panel.body.contains("Nobody is known as"), "{}", panel.body);
        let added = door.gets("ben", "/lists/filter?list=view%3Dall%26state%3Dfree&add=assignee&op=not&v=me&v=none").await;
        assert_eq!((added.status, added.location()), (303, "/tickets?view=all&state=free&assignee=not:me,none&sort=-activity"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_is_unread_when_somebody_else_changed_it_since_one_looked(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let form = |answer: &Answer| assert_eq!(answer.status, 303, "{}", answer.body);
        form(&door.asks("ben", Method::POST, "/lists/reading", "return_to=/tickets").await);
        assert!(lists(w, &door, "ben", "view=all&unread=yes").await.is_empty());
        w.clock.advance(Span::minutes(1));
        let body = r#"{"audience":"public","body":"Still broken."}"#;
        let path = format!("/api/v1/tickets/{printer}/comments");
        assert_eq!(door.asks("dora", Method::POST, &path, body).await.status, 201);
        let unread: BTreeSet<&str> = ["printer"].into();
        assert_eq!(lists(w, &door, "ben", "view=all&unread=yes").await, unread);
        // Vera has looked at nothing yet.
        assert_eq!(lists(w, &door, "vera", "view=all&unread=yes").await.len(), 4);
        let list = door.gets("ben", "/tickets?view=all").await;
        assert_eq!(list.body.matches("<tr class=\"unread\"").count(), 1);
        // Looking reads it, for the one who looked.
        assert_eq!(door.gets("ben", &format!("/tickets/{printer}")).await.status, 200);
        door.app.finish_errands().await;
        assert!(lists(w, &door, "ben", "view=all&unread=yes").await.is_empty());
        assert_eq!(lists(w, &door, "ben", "view=all&unread=no").await.len(), 5);
        // Marked unread again by hand, and what one does oneself is never news.
        form(&door.asks("ben", Method::POST, &format!("/tickets/{printer}/reading"), "unread=1&version=1&return_to=/tickets").await);
        assert_eq!(lists(w, &door, "ben", "view=all&unread=yes").await, unread);
        form(&door.asks("ben", Method::POST, &format!("/tickets/{printer}/reading"), "version=1&return_to=/tickets").await);
        w.clock.advance(Span::minutes(1));
        let (_, version) = w.stands(printer).await;
        form(&door.asks("ben", Method::POST, &format!("/tickets/{printer}/assignment"), &format!("version={version}")).await);
        assert!(lists(w, &door, "ben", "view=all&unread=yes").await.is_empty());
        // A ticket one may not see has no mark.
        let hidden = w.ticket("payroll");
        assert_eq!(door.asks("ben", Method::POST, &format!("/tickets/{hidden}/reading"), "version=1").await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    /// The place in the list is the one the ticket had when one left it.
    async fn next_and_previous_go_through_the_list_one_came_from(w) {
        let door = w.door().await;
        let list = door.gets("ben", "/tickets?view=all&sort=number").await;
        let order = shown(w, &list);
        assert_eq!(order, ["printer", "screen", "badge", "cable", "own"]);
        let href = link(&list, "scope=\"row\" class=\"c-subj\"");
        assert!(href.contains("list=view%3Dall%26sort%3Dnumber&at=f"), "{href}");
        let mut here = door.gets("ben", &href).await;
        assert!(!here.body.contains("rel=\"prev\""), "the first has none before it");
        for name in &order[1..] {
            let next = next_of(&here, "next");
            assert!(next.starts_with(&format!("/tickets/{}?", w.ticket(name))), "{name}: {next}");
            here = door.gets("ben", &next).await;
        }
        assert!(next_of(&here, "next").is_empty(), "the last has none after it");
        let back = next_of(&here, "prev");
        assert!(back.starts_with(&format!("/tickets/{}?", w.ticket("cable"))), "{back}");

        // By activity, the ticket one answers moves to the front; the next one is still the next one.
        let list = door.gets("ben", "/tickets?view=open&sort=activity").await;
        let order = shown(w, &list);
        let href = link(&list, "scope=\"row\" class=\"c-subj\"");
        let before = next_of(&door.gets("ben", &href).await, "next");
        w.clock.advance(Span::minutes(5));
        let first = w.ticket(order[0]);
        let body = r#"{"audience":"staff","body":"Looking into it."}"#;
        assert_eq!(door.asks("max", Method::POST, &format!("/api/v1/tickets/{first}/comments"), body).await.status, 201);
        let moved = door.gets("ben", &href).await;
        assert_eq!(next_of(&moved, "next"), before);
        assert!(next_of(&moved, "prev").is_empty(), "it is not its own neighbour");
        // An address that makes no sense shows the ticket all the same.
        for nonsense in ["list=view%3D999999&at=f1.1", "list=&at=", "list=x&at=nonsense"] {
            assert_eq!(door.gets("ben", &format!("/tickets/{first}?{nonsense}")).await.status, 200, "{nonsense}");
        }
        door.closes().await;
    }
}

/// The address of the link with this `rel`.
fn next_of(page: &Answer, rel: &str) -> String {
    let Some((before, _)) = page.body.split_once(&format!("rel=\"{rel}\"")) else {
        return String::new();
    };
    let after = &page.body[before.len()..];
    let href = after.split_once("href=\"").map_or("", |(_, rest)| rest);
    href[..href.find('"').unwrap_or(0)].replace("&#38;", "&")
}

on_both_engines! {
    /// Capitals and accents count for nothing, what has no value comes last whichever way one goes, and
    /// pages, the API, next and previous, and the file all go in that order.
    async fn every_column_orders_the_list_and_all_that_goes_through_it(w) {
        let door = w.door().await;
        let mut tx = w.db.write().await.unwrap();
        for (who, name) in [("dora", "Élodie Préau"), ("emil", "ELOI Martin"), ("ben", "elise % & Ça")] {
            tx.run(kit::global!("UPDATE people SET name = $2 WHERE id = $1", w.person(who), name)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let cases: [(&str, [&str; 5]); 14] = [
            ("subject", ["cable", "own", "screen", "badge", "printer"]),
            ("-subject", ["printer", "badge", "screen", "own", "cable"]),
            ("state", ["printer", "own", "screen", "cable", "badge"]),
            ("-state", ["badge", "cable", "screen", "own", "printer"]),
            ("requester", ["own", "printer", "screen", "badge", "cable"]),
            ("-requester", ["cable", "badge", "screen", "printer", "own"]),
            ("assignee", ["screen", "badge", "cable", "printer", "own"]),
            ("-assignee", ["cable", "badge", "screen", "own", "printer"]),
            ("department", ["printer", "screen", "badge", "cable", "own"]),
            ("-category", ["own", "cable", "badge", "screen", "printer"]),
            ("closed", ["badge", "printer", "screen", "cable", "own"]),
            ("-closed", ["badge", "own", "cable", "screen", "printer"]),
            ("origin", ["printer", "screen", "badge", "cable", "own"]),
            ("opened", ["printer", "screen", "badge", "cable", "own"]),
        ];
        for (sort, expect) in cases {
            let list = door.gets("ben", &format!("/tickets?view=all&sort={sort}")).await;
            assert_eq!(shown(w, &list), expect, "{sort}");
            let numbers: Vec<i64> = expect.iter().map(|name| w.ticket(name).0).collect();
            let (mut walked, mut cursor) = (vec![], String::new());
            loop {
                let page = door.json("ben", &format!("/api/v1/tickets?limit=2&sort={sort}{cursor}")).await;
                walked.extend(page["items"].as_array().unwrap().iter().map(|t| t["number"].as_i64().unwrap()));
                let Some(next) = page["next"].as_str() else { break };
                let escaped: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
                cursor = format!("&cursor={escaped}");
            }
            assert_eq!(walked, numbers, "{sort} by the API");
            let mut here = door.gets("ben", &link(&list, "scope=\"row\" class=\"c-subj\"")).await;
            for name in &expect[1..] {
                let next = next_of(&here, "next");
                assert!(next.starts_with(&format!("/tickets/{}?", w.ticket(name))), "{sort} {name}: {next}");
                here = door.gets("ben", &next).await;
            }
            let back = next_of(&here, "prev");
            assert!(back.starts_with(&format!("/tickets/{}?", w.ticket(expect[3]))), "{sort}: {back}");
            let file = door.gets("ben", &format!("/lists/export/file?list=view%3Dall%26sort%3D{sort}")).await;
            let first: Vec<i64> = file.body.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
            assert_eq!(first, numbers, "{sort} in the file");
        }
        // The heading says the order, and turns it.
        let list = door.gets("ben", "/tickets?view=all&sort=requester").await;
        let heading = list.body.split_once("class=\"c-req\" scope=\"col\"").unwrap().1;
        assert!(heading.starts_with(" aria-sort=\"ascending\"><a href=\"/tickets?view=all&#38;sort=-requester\""), "{}", &heading[..120]);
        for sort in ["-requester", "subject", "state", "assignee", "department", "category"] {
            assert!(list.body.contains(&format!("href=\"/tickets?view=all&#38;sort={sort}\"")), "{sort}");
        }
        // Remembered for this list, and kept in a view.
        door.app.finish_errands().await;
        assert_eq!(shown(w, &door.gets("ben", "/tickets?view=all").await), cases[4].1);
        let view = r#"{"name":"By holder","filter":"","sort":"-assignee","audience":"personal"}"#;
        assert_eq!(door.asks("ben", Method::POST, "/api/v1/views", view).await.status, 201);
        let view = door.json("ben", "/api/v1/views").await[0]["id"].as_i64().unwrap();
        assert_eq!(shown(w, &door.gets("ben", &format!("/tickets?view={view}")).await), cases[7].1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_list_is_shown_again_as_one_left_it(w) {
        let door = w.door().await;
        let display = |answer: &Answer| answer.body.contains("class=\"tcards\"");
        let change = "list=mine&panel=1&layout=grid&density=compact&sort=-priority&column=state&column=created&return_to=/tickets?view=mine";
        assert_eq!(door.asks("ben", Method::POST, "/lists/display", change).await.status, 303);
        assert!(display(&door.gets("ben", "/tickets?view=mine").await));
        assert!(!display(&door.gets("ben", "/tickets?view=open").await), "each list by itself");
        assert!(!display(&door.gets("vera", "/tickets?view=mine").await), "each person by themselves");
        let panel = door.gets("ben", "/lists/display?list=view%3Dmine").await.body;
        assert!(panel.find("name=\"column\" value=\"state\"").unwrap() < panel.find("name=\"column\" value=\"created\"").unwrap());
        let up = format!("{change}&up=created");
        assert_eq!(door.asks("ben", Method::POST, "/lists/display", &up).await.status, 303);
        let panel = door.gets("ben", "/lists/display?list=view%3Dmine").await.body;
        assert!(panel.find("name=\"column\" value=\"created\"").unwrap() < panel.find("name=\"column\" value=\"state\"").unwrap());
        // An order chosen by a heading is remembered, too.
        door.gets("ben", "/tickets?view=open&sort=number").await;
        door.app.finish_errands().await;
        let again = door.gets("ben", "/tickets?view=open").await;
        assert_eq!(shown(w, &again)[0], "printer");
        assert_eq!(door.asks("ben", Method::POST, "/lists/display", "list=cube&layout=grid").await.status, 404);
        assert_eq!(door.asks("ben", Method::POST, "/lists/display", "list=view:77&layout=grid").await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_file_holds_what_the_list_shows_and_only_for_those_who_may_take_it(w) {
        let door = w.door().await;
        let file = door.gets("ben", "/lists/export/file?list=view%3Dall%26sort%3Dnumber").await;
        assert_eq!((file.status, file.headers["content-type"].as_str()), (200, "text/csv; charset=utf-8"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert_eq!(lines[0], "No.,Subject,Priority,Status,Requester,Site,Department,Category,Assignee,Activity");
        assert_eq!(lines.len(), 6, "{}", file.body);
        assert!(lines[1].contains("The printer eats paper,Normal,Free,Dora,,Blue,Blue inbox,,2026-11-20 "), "{}", lines[1]);
        let marked = door.gets("ben", "/lists/export/file?list=view%3Dall&spreadsheet=1").await;
        assert!(marked.body.starts_with('\u{feff}'));
        assert_eq!(door.gets("vera", "/lists/export/file?list=view%3Dall").await.status, 403);
        assert_eq!(door.gets("dora", "/lists/export/file?list=view%3Dall").await.status, 404);
        // A subject written by a stranger is no formula.
        let body = r#"{"subject":"=HYPERLINK(\"http://evil.example\")","body":"x","category":1}"#;
        assert_eq!(door.asks("dora", Method::POST, "/api/v1/tickets", body).await.status, 201);
        let file = door.gets("ben", "/lists/export/file?list=view%3Dall%26state%3Dfree").await;
        assert!(file.body.contains(",\"'=HYPERLINK("), "{}", file.body);
        door.closes().await;
    }
}
