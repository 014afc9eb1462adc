//! What a ticket shows to people whom it does not concern, and what it never does.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, scoped};
use serde_json::json;
use vigie::policy;
use vigie::tickets::{TicketId, shared};

use crate::browsing::Door;
use crate::world::World;

const LEVELS: [&str; 4] = ["private", "subject", "intranet", "public"];

/// Ben, who holds the screen's ticket, says who else may look at it.
async fn shows(door: &Door, ticket: TicketId, to: &str) {
    let body = json!({ "visibility": to });
    let answer = door.programs("ben", Method::PATCH, ticket, "", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// Fay works here from now on: the house, with a portal account and nothing else.
async fn fay_is_of_the_house(w: &World) {
    let mut tx = w.db.write().await.unwrap();
    let query = global!(
        "UPDATE people SET kind = 'employee' WHERE id = $1",
        w.person("fay")
    );
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    /// Each visibility × each kind of viewer: nothing, the subject, or the public words.
    async fn who_looks_at_a_ticket_is_its_visibility_and_nothing_else(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        fay_is_of_the_house(w).await;
        door.programs("ben", Method::POST, screen, "/comments", json!({"audience": "public", "body": "Cable at the guard"})).await;
        door.programs("ben", Method::POST, screen, "/comments", json!({"audience": "staff", "body": "Secret of Blue"})).await;
        door.programs("ben", Method::POST, screen, "/comments", json!({"audience": "requester", "body": "For Dora alone"})).await;
        // Emil is a customer, Fay of the house, Cleo an agent of another department.
        let table = [("private", ["-", "-", "-"]), ("subject", ["-", "subject", "subject"]),
            ("intranet", ["-", "words", "words"]), ("public", ["words", "words", "words"])];
        for (level, expected) in table {
            shows(&door, screen, level).await;
            for (who, expected) in ["emil", "fay", "cleo"].into_iter().zip(expected) {
                let page = door.gets(who, &format!("/shared/{screen}")).await;
                let program = door.asks(who, Method::GET, &format!("/api/v1/shared/{screen}"), "").await;
                let list = door.gets(who, "/shared").await;
                let listed = door.json(who, "/api/v1/shared").await;
                let is_listed = listed["items"].as_array().unwrap().iter().any(|t| t["number"] == screen.0);
                let seen = match (page.status, page.body.contains("Cable at the guard")) {
                    (404, false) => "-",
                    (200, false) => "subject",
                    (200, true) => "words",
                    other => panic!("{other:?}"),
                };
                assert_eq!(seen, expected, "{who} at {level}");
                assert_eq!(program.body.contains("Cable at the guard"), expected == "words", "{who} at {level}: {}", program.body);
                assert_eq!(program.status == 200, expected != "-", "{who} at {level}");
                assert_eq!(list.body.contains("Écran noir"), expected != "-", "{who} at {level}");
                assert_eq!(is_listed, expected != "-", "{who} at {level}");
                // The rest of the ticket stays with its people, on every page and at every address.
                for hidden in ["Secret of Blue", "For Dora alone"] {
                    for body in [&page.body, &program.body, &list.body] {
                        assert!(!body.contains(hidden), "{who} at {level}: {hidden}");
                    }
                }
                for rest in ["", "/comments", "/events", "/links", "/participants"] {
                    let answer = door.programs(who, Method::GET, screen, rest, json!({})).await;
                    assert!(answer.status == 404 || answer.status == 405, "{who} at {level}: {rest} {}", answer.status);
                }
                let own = if who == "cleo" { format!("/tickets/{screen}") } else { format!("/portal/tickets/{screen}") };
                assert_eq!(door.gets(who, &own).await.status, 404, "{who} at {level}");
            }
            // Nobody signed in sees nothing of it.
            assert!(door.gets("nobody", &format!("/shared/{screen}")).await.status != 200);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_onlooker_does_nothing_to_a_ticket(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        shows(&door, screen, "public").await;
        let before = w.stands(screen).await;
        let deeds = [(Method::POST, "/comments", json!({"audience": "public", "body": "Me too"})), (Method::POST, "/assignment", json!({})),
            (Method::POST, "/closure", json!({})), (Method::PATCH, "", json!({"visibility": "private"})),
            (Method::POST, "/invitees", json!({"people": ["emil@nordet.example"]})), (Method::POST, "/observers", json!({}))];
        for who in ["emil", "cleo"] {
            for (method, rest, body) in &deeds {
                let answer = door.programs(who, method.clone(), screen, rest, body.clone()).await;
                assert_eq!(answer.status, 404, "{who} {rest}: {}", answer.body);
            }
            let reply = door.asks(who, Method::POST, &format!("/portal/tickets/{screen}/comments"), "body=Me+too").await;
            assert!(matches!(reply.status, 303 | 404), "{}", reply.status);
        }
        assert_eq!(w.stands(screen).await, before);
        // Neither does it stand in their lists, counts or search.
        for who in ["emil", "cleo"] {
            let list = door.json(who, "/api/v1/tickets?limit=100").await;
            assert!(list["items"].as_array().unwrap().iter().all(|t| t["number"] != screen.0), "{who}");
            let found = door.json(who, "/api/v1/search?q=noir").await;
            assert!(!found.to_string().contains("Écran"), "{who}: {found}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_onlookers_predicate_is_false_for_everything_but_words_and_their_files(w) {
        record! { #[derive(Debug)] struct Row { n: i64 } }
        let door = w.door().await;
        for name in ["screen", "badge"] {
            let body = json!({ "visibility": "public" });
            door.programs("ben", Method::PATCH, w.ticket(name), "", body).await;
        }
        let onlooker = policy::onlooker(w.person("cleo").0);
        let mut db = w.db.read();
        let hidden = [
            ("events", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM events x WHERE {visible:events x}")),
            ("participants", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM participants x WHERE {visible:participants x}")),
            ("tags", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM tags x WHERE {visible:tags x}")),
            ("ticket_tags", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM ticket_tags x WHERE {visible:ticket_tags x}")),
            ("ticket_links", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM ticket_links x WHERE {visible:ticket_links x}")),
            ("search_documents", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM search_documents x WHERE {visible:search_documents x}")),
            ("drafts", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM drafts x WHERE {visible:drafts x}")),
            ("views", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM views x WHERE {visible:views x}")),
            ("saved_replies", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM saved_replies x WHERE {visible:saved_replies x}")),
            ("outgoing_mails", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM outgoing_mails x WHERE {visible:outgoing_mails x}")),
            ("incoming_mails", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM incoming_mails x WHERE {visible:incoming_mails x}")),
            ("tasks", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM tasks x WHERE {visible:tasks x}")),
            ("mentions", scoped!(&onlooker, "SELECT COUNT(*) AS n FROM mentions x WHERE {visible:mentions x}")),
        ];
        for (table, query) in hidden {
            let row: Row = db.one(query).await.unwrap();
            assert_eq!(row.n, 0, "{table}");
        }
        let row: Row = db.one(scoped!(&onlooker, "SELECT COUNT(*) AS n FROM comments x WHERE {visible:comments x}")).await.unwrap();
        assert!(row.n > 0);
        drop(db);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_it_concerns_is_led_to_where_they_read_it(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        shows(&door, screen, "public").await;
        for (who, place) in [("dora", format!("/portal/tickets/{screen}")), ("ben", format!("/tickets/{screen}"))] {
            let answer = door.gets(who, &format!("/shared/{screen}")).await;
            assert_eq!((answer.status, answer.location()), (303, place.as_str()), "{who}");
        }
        // It is told of on the portal's first page, and named there as known.
        let home = door.gets("emil", "/portal").await;
        assert!(home.body.contains("Known problems") && home.body.contains(&format!("/shared/{screen}")));
        // One's own stands among one's requests already.
        assert!(!door.gets("dora", "/portal").await.body.contains("Known problems"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_requester_shows_their_open_request_and_hides_it_again(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let version = w.stands(screen).await.1;
        let address = format!("/portal/tickets/{screen}/correction");
        let form = |to: &str, version: i64| format!("subject=%C3%89cran+noir+au+r%C3%A9veil&priority=normal&visibility={to}&version={version}");
        // Somebody wrote what everybody would read.
        let words = r#"{"audience": "public", "body": "Between us"}"#;
        assert_eq!(door.asks("max", Method::POST, &format!("/api/v1/tickets/{screen}/comments"), words).await.status, 201);
        let stale = door.asks("dora", Method::POST, &address, &form("public", version)).await;
        assert_eq!(stale.status, 409);
        let version = w.stands(screen).await.1;
        // Both stand there: what is kept, and what was chosen.
        assert!(stale.body.contains("Private") && stale.body.contains("<option value=\"public\" selected>"), "{}", stale.body);
        let odd = door.asks("dora", Method::POST, &address, &form("everybody", version)).await;
        assert_eq!(odd.status, 422);
        assert!(odd.body.contains("The visibility is private, subject, intranet or public."), "{}", odd.body);
        assert_eq!(door.gets("emil", &format!("/shared/{screen}")).await.status, 404);
        let shown = door.asks("dora", Method::POST, &address, &form("public", version)).await;
        assert_eq!(shown.status, 303, "{}", shown.body);
        assert_eq!(door.gets("emil", &format!("/shared/{screen}")).await.status, 200);
        // Whoever replies is told who reads along, on both sides.
        for (who, path) in [("ben", format!("/tickets/{screen}")), ("dora", format!("/portal/tickets/{screen}"))] {
            let page = door.gets(who, &path).await;
            assert!(page.body.contains("whoever signs in reads a reply to everybody"), "{who}");
        }
        let history = door.json("ben", &format!("/api/v1/tickets/{screen}/events")).await;
        let last = history["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((last["kind"].as_str(), last["before"].as_str(), last["after"].as_str()), (Some("visibility_changed"), Some("private"), Some("public")), "{last}");
        let hidden = door.asks("dora", Method::POST, &address, &form("private", version + 1)).await;
        assert_eq!(hidden.status, 303);
        assert!(!door.gets("ben", &format!("/tickets/{screen}")).await.body.contains("reads a reply to everybody"));
        // With the next request, nothing is left of it.
        assert_eq!(door.gets("emil", &format!("/shared/{screen}")).await.status, 404);
        // An ended request is shown by its holder alone.
        let leave = w.ticket("leave");
        let ended = door.programs("dora", Method::PATCH, leave, "", json!({"visibility": "public"})).await;
        assert_eq!(ended.status, 403);
        // The agents' page changes it too, and says so.
        let version = w.stands(screen).await.1;
        let form = format!("visibility=intranet&was=private&version={version}");
        assert_eq!(door.sends("ben", screen, "/visibility", &form).await.status, 303);
        let page = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(page.body.contains("changed the visibility") && page.body.contains("Intranet"));
        let conflict = door.sends("max", screen, "/visibility", &format!("visibility=public&was=private&version={version}")).await;
        assert_eq!(conflict.status, 409);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_category_that_shows_its_tickets_says_so_before_one_is_sent(w) {
        let door = w.door().await;
        let one = door.json("ben", &format!("/api/v1/tickets/{}", w.ticket("screen"))).await;
        let (department, category) = (one["department"]["id"].as_i64().unwrap(), one["category"]["id"].as_i64().unwrap());
        let set = door.asks("ada", Method::PUT, &format!("/api/v1/departments/{department}/template"), &json!({"visibility": "public"}).to_string()).await;
        assert_eq!(set.status, 200, "{}", set.body);
        assert_eq!(door.json("dora", &format!("/api/v1/categories/{category}/template")).await["visibility"], "public");
        let form = door.gets("dora", &format!("/portal/tickets/new?category={category}")).await;
        assert!(form.body.contains("customers included") && form.body.contains("name=\"private\""), "{}", form.body);
        // (form as it was sent, what the ticket shows)
        let cases = [("shown=public", "public"), ("shown=public&private=yes", "private"), ("", "private"), ("shown=intranet", "private")];
        for (index, (said, expected)) in cases.into_iter().enumerate() {
            let body = format!("category={category}&subject=Trouble+number+{index}&body=It+broke&once=t{index}&anyway=1&{said}");
            let sent = door.asks("dora", Method::POST, "/portal/tickets", &body).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
            let number: i64 = sent.location().split('/').nth(3).unwrap().parse().unwrap();
            let ticket = door.json("ben", &format!("/api/v1/tickets/{number}")).await;
            assert_eq!(ticket["visibility"], expected, "{said}");
        }
        // A program that says nothing opens private tickets; an agent's form carries what was chosen.
        let silent = json!({"subject": "By program", "body": "x", "category": category});
        let made = door.asks("dora", Method::POST, "/api/v1/tickets", &silent.to_string()).await;
        let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(made["visibility"], "private");
        let form = door.gets("ben", &format!("/tickets/new?category={category}")).await;
        assert!(form.body.contains("<option value=\"public\" selected>"), "{}", form.body);
        let odd = json!({"subject": "By program", "body": "x", "category": category, "visibility": "all"});
        assert_eq!(door.asks("dora", Method::POST, "/api/v1/tickets", &odd.to_string()).await.status, 422);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_ended_is_shown_a_month_longer_and_files_go_with_the_words(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let file = json!({"audience": "public", "body": "See the picture", "files": [{"name": "way.txt", "content": "aGVsbG8="}]});
        let written = door.programs("ben", Method::POST, screen, "/comments", file).await;
        assert!(written.status < 300, "{}", written.body);
        let all = door.json("ben", &format!("/api/v1/tickets/{screen}/comments")).await;
        let file = all["items"].as_array().unwrap().last().unwrap()["attachments"][0]["id"].as_i64().unwrap();
        let address = format!("/shared/{screen}/attachments/{file}");
        for level in LEVELS {
            shows(&door, screen, level).await;
            let expected = if level == "public" { 200 } else { 404 };
            assert_eq!(door.gets("emil", &address).await.status, expected, "{level}");
        }
        let closed = door.programs("ben", Method::POST, screen, "/closure", json!({})).await;
        assert!(closed.status < 300, "{}", closed.body);
        let since = w.now().minus(Span::days(30));
        let emil = w.person("emil");
        let listed = shared::list(&mut w.db.read(), emil, since, false).await.unwrap();
        assert!(listed.iter().any(|t| t.id == screen));
        assert!(shared::list(&mut w.db.read(), emil, since, true).await.unwrap().is_empty());
        let later = w.now().plus(Span::days(1));
        assert!(shared::list(&mut w.db.read(), emil, later, false).await.unwrap().is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_sent_to_another_department_is_private_again_and_says_so(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        shows(&door, screen, "public").await;
        let red = door.json("ada", &format!("/api/v1/tickets/{}", w.ticket("payroll"))).await["category"]["id"].clone();
        let sent = door.programs("ada", Method::POST, screen, "/transfer", json!({ "category": red })).await;
        assert!(sent.status < 300, "{}", sent.body);
        assert_eq!(door.gets("emil", &format!("/shared/{screen}")).await.status, 404);
        let ticket = door.json("ada", &format!("/api/v1/tickets/{screen}")).await;
        assert_eq!(ticket["visibility"], "private");
        let history = door.json("ada", &format!("/api/v1/tickets/{screen}/events")).await;
        assert!(history["items"].as_array().unwrap().iter().any(|e| e["kind"] == "visibility_changed" && e["after"] == "private"), "{history}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_list_is_filtered_by_who_else_may_look(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        shows(&door, screen, "intranet").await;
        for (filter, expected) in [("visibility=intranet,public", true), ("visibility=not:private", true), ("visibility=public", false), ("visibility=not:intranet", false)] {
            let list = door.json("ben", &format!("/api/v1/tickets?{filter}")).await;
            let is_there = list["items"].as_array().unwrap().iter().any(|t| t["number"] == screen.0);
            assert_eq!(is_there, expected, "{filter}: {list}");
            assert_eq!(door.gets("ben", &format!("/tickets?view=all&{filter}")).await.body.contains("Écran noir"), expected, "{filter}");
        }
        assert_eq!(door.asks("ben", Method::GET, "/api/v1/tickets?visibility=all", "").await.status, 422);
        door.closes().await;
    }
}
