//! What a department's manager reaches with one privilege alone: every page that asks for it, by a link,
//! and no other page, form or address.

use axum::http::Method;
use kit::global;
use serde_json::json;
use vigie::policy::Privilege::{self, ManageCategories, ManageManagers, ManageProperties};

use crate::world::World;

/// The privileges by which somebody administers a part of their department.
const PARTS: [Privilege; 3] = [ManageProperties, ManageCategories, ManageManagers];

/// Each page of Blue and what opens it. To whoever administers another part it is refused; to others the
/// department is not there.
const PAGES: &[(&str, &[Privilege])] = &[
    ("/admin/departments/1/waiting", &[ManageProperties]),
    (
        "/admin/departments/1/monitoring-mailbox",
        &[ManageProperties],
    ),
    ("/admin/departments/1/signature", &[ManageProperties]),
    (
        "/admin/departments/1/redirects",
        &[ManageProperties, ManageCategories],
    ),
    ("/admin/departments/1/serving", &[ManageCategories]),
    ("/admin/departments/1/template", &[ManageCategories]),
    (
        "/admin/departments/1/categories/1/template",
        &[ManageCategories],
    ),
    ("/admin/departments/1/giving", &[ManageCategories]),
    ("/admin/departments/1/invitees", &[ManageManagers]),
    ("/admin/departments/1/copied", &[ManageManagers]),
    ("/admin/departments/1/mentors", &[ManageManagers]),
    ("/admin/departments/1/confidence", &[ManageManagers]),
    ("/admin/departments/1/journal", &[ManageManagers]),
    ("/admin/departments/1/access", &[ManageManagers]),
];

/// Each form of Blue that cannot be done as it is sent, what it is told by whoever may, and who that is.
const FORMS: &[(&str, &str, u16, &[Privilege])] = &[
    (
        "/admin/departments/1",
        "version=0&name=Blue",
        409,
        &[ManageProperties],
    ),
    (
        "/admin/departments/1/waiting",
        "version=0",
        409,
        &[ManageProperties],
    ),
    (
        "/admin/departments/1/monitoring-mailbox",
        "version=0",
        409,
        &[ManageProperties],
    ),
    (
        "/admin/departments/1/signature",
        "version=0&signature=x",
        409,
        &[ManageProperties],
    ),
    (
        "/admin/departments/1/redirects",
        "version=0&to=2",
        409,
        &[ManageProperties],
    ),
    (
        "/admin/departments/1/redirects",
        "version=0&category=1&to=2",
        409,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/categories",
        "name=",
        422,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/categories/1",
        "version=0&name=Inbox&active=1",
        409,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/categories/1/template",
        "version=9&subject=",
        409,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/serving",
        "version=0",
        409,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/members",
        "person=&level=edit",
        422,
        &[ManageManagers],
    ),
    (
        "/admin/departments/1/categories/1/confidence",
        "version=0",
        409,
        &[ManageManagers],
    ),
    (
        "/admin/departments/1/giving",
        "version=0",
        409,
        &[ManageCategories],
    ),
    (
        "/admin/departments/1/invitees",
        "version=0&person=emil",
        409,
        &[ManageManagers],
    ),
    (
        "/admin/departments/1/invitees/1/removal",
        "version=0",
        409,
        &[ManageManagers],
    ),
    ("/admin/departments", "name=Green", 403, &[]),
];

on_both_engines! {
    async fn a_manager_reads_the_journal_of_their_department_and_of_no_other(w) {
        let door = w.door().await;
        has(w, "ben", ManageManagers).await;
        for (path, body) in [
            ("/api/v1/departments/1", json!({"name": "Azure"})),
            ("/api/v1/departments/2", json!({"name": "Crimson"})),
        ] {
            let done = door.asks("max", Method::PATCH, path, &body.to_string()).await;
            assert!(done.status < 300, "{path}: {}", done.body);
        }
        door.asks("max", Method::POST, "/api/v1/departments/1/categories", r#"{"name":"Screens"}"#).await;
        // Of people and of tickets it tells them nothing, though it names the department.
        let ticket = w.ticket("printer");
        door.gets("max", &format!("/tickets/{ticket}")).await;
        door.app.finish_errands().await;
        vigie::tickets::by_rank::tell(&w.db, w.now()).await.unwrap();
        let told = door.json("ben", "/api/v1/departments/1/journal").await;
        let deeds: Vec<&str> = told["items"].as_array().unwrap().iter().map(|it| it["deed"].as_str().unwrap()).collect();
        assert_eq!(deeds, ["category_added", "department_changed"], "{told}");
        assert!(!told.to_string().contains("number") && !told.to_string().contains("link"), "{told}");
        let page = door.gets("ben", "/admin/departments/1/journal").await;
        assert!(page.status == 200 && page.body.contains("Azure") && page.body.contains("Screens") && page.body.contains("Max"));
        assert!(!page.body.contains("Crimson") && !page.body.contains("/admin/people/"));
        for path in ["/admin/departments/2/journal", "/api/v1/departments/2/journal", "/admin/departments/2/access", "/admin/departments/9/access"] {
            assert_eq!(door.gets("ben", path).await.status, 404, "{path}");
        }
        for path in ["/admin/journal", "/api/v1/journal", "/api/v1/journal/chain"] {
            assert_eq!(door.gets("ben", path).await.status, 403, "{path}");
        }
        // Whoever no longer manages its members reads nothing more.
        has(w, "ben", ManageProperties).await;
        assert_eq!(door.gets("ben", "/admin/departments/1/journal").await.status, 403);
        assert_eq!(door.gets("ben", "/api/v1/departments/1/journal").await.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_manager_asks_who_sees_their_department_and_its_tickets(w) {
        let door = w.door().await;
        has(w, "ben", ManageManagers).await;
        let (printer, payroll) = (w.ticket("printer"), w.ticket("payroll"));
        let page = door.gets("ben", &format!("/admin/departments/1/access?ticket=%23{printer}")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("The printer eats paper"));
        let looks = door.json("ben", "/api/v1/departments/1/access").await;
        let names: Vec<&str> = looks.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
        let is_named = |name: &str| names.iter().any(|it| it.to_lowercase().starts_with(name));
        assert!(is_named("ben") && is_named("vera") && is_named("ada"), "{names:?}");
        assert!(!is_named("cleo") && !is_named("dora"), "only members, and who sees it: {names:?}");
        let all = door.json("max", "/api/v1/departments/1/access").await;
        assert!(all.as_array().unwrap().len() > names.len(), "administrators hear of everybody");
        let of_ticket = door.gets("ben", &format!("/api/v1/tickets/{printer}/access")).await;
        assert_eq!(of_ticket.status, 200, "{}", of_ticket.body);
        // Of a ticket elsewhere: what he does not see is not there, and what he sees is not his to ask about.
        let elsewhere = door.gets("ben", &format!("/admin/departments/1/access?ticket={payroll}")).await;
        assert!(elsewhere.status == 422 && !elsewhere.body.contains("payslip"));
        assert_eq!(door.gets("ben", &format!("/api/v1/tickets/{payroll}/access")).await.status, 404);
        let own = w.ticket("own");
        assert_eq!(door.gets("ben", &format!("/api/v1/tickets/{own}/access")).await.status, 403);
        assert_eq!(door.gets("ben", &format!("/api/v1/tickets/{printer}/access/{}", w.person("cleo"))).await.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_manager_outside_a_confidence_is_told_nothing_of_it_though_invited_to_its_ticket(w) {
        let door = w.door().await;
        has(w, "ben", ManageManagers).await;
        let body = json!({"person": "cleo@nordet.example", "level": "view"}).to_string();
        let joins = door.asks("ada", Method::POST, "/api/v1/departments/1/members", &body).await;
        assert!(joins.status < 300, "{}", joins.body);
        let printer = w.ticket("printer");
        let invited = door.programs("ada", Method::POST, printer, "/invitees", json!({"people": ["ben@nordet.example"]})).await;
        assert!(invited.status < 300, "{}", invited.body);
        let access = format!("/api/v1/tickets/{printer}/access");
        assert_eq!(door.gets("ben", &access).await.status, 200);
        let confided = json!({"confidential": true, "confidants": [{"person": w.person("rob").0, "level": "edit"}]});
        let said = door.asks("ada", Method::PUT, "/api/v1/departments/1/categories/1/confidence", &confided.to_string()).await;
        assert_eq!(said.status, 200, "{}", said.body);
        assert_eq!(door.gets("ben", &format!("/api/v1/tickets/{printer}")).await.status, 200, "he is invited still");
        assert_eq!(door.gets("ben", &access).await.status, 403, "who was let in is not his to know");
        let page = door.gets("ben", &format!("/admin/departments/1/access?ticket={printer}")).await;
        assert!(page.status == 422 && !page.body.contains("eats paper"), "{}", page.body);
        let told = door.json("ben", "/api/v1/departments/1/journal").await.to_string();
        assert!(told.contains("member_added") && !told.contains("confidence"), "{told}");
        door.closes().await;
    }
}

async fn has(w: &World, who: &str, privilege: Privilege) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE memberships SET privileges = $2 WHERE person_id = $1",
        w.person(who),
        privilege.word()
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn each_privilege_alone_reaches_its_pages_by_links_and_nothing_else(w) {
        let door = w.door().await;
        let mut faults = vec![];
        for privilege in Privilege::ALL {
            has(w, "ben", *privilege).await;
            let administers = PARTS.contains(privilege);
            let elsewhere = |may: bool, told: u16| match (may, administers) {
                (true, _) => told,
                (false, true) => 403,
                (false, false) => 404,
            };
            let mut holds = |what: String, is_so: bool| {
                if !is_so {
                    faults.push(format!("{}: {what}", privilege.word()));
                }
            };
            // The way there: the menu, the list, the department.
            let menu = door.gets("ben", "/tickets").await.body;
            holds("the menu".to_owned(), menu.contains("href=\"/admin/departments\"") == administers);
            let list = door.gets("ben", "/admin/departments").await;
            holds(format!("the list {}", list.status), list.status == if administers { 200 } else { 403 });
            holds("Blue in the list".to_owned(), list.body.contains("href=\"/admin/departments/1\"") == administers);
            holds("Red in the list".to_owned(), !list.body.contains("href=\"/admin/departments/2\""));
            let blue = door.gets("ben", "/admin/departments/1").await;
            holds(format!("Blue {}", blue.status), blue.status == if administers { 200 } else { 404 });
            for (page, opens) in PAGES {
                let may = opens.contains(privilege);
                let answer = door.gets("ben", page).await;
                holds(format!("{page} {}", answer.status), answer.status == elsewhere(may, 200));
                holds(format!("the link to {page}"), blue.body.contains(&format!("href=\"{page}\"")) == may);
                // The department next door is not there.
                let red = page.replace("/departments/1", "/departments/2").replace("/categories/1", "/categories/2");
                let answer = door.gets("ben", &red).await;
                holds(format!("{red} {}", answer.status), answer.status == 404);
            }
            for (path, form, told, may) in FORMS {
                let answer = door.asks("ben", Method::POST, path, form).await;
                let wanted = match *path {
                    "/admin/departments" => 403,
                    _ => elsewhere(may.contains(privilege), *told),
                };
                holds(format!("POST {path} {form} {}", answer.status), answer.status == wanted);
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_department_that_takes_no_tickets_is_named_to_administrators_and_its_members_alone(w) {
        let door = w.door().await;
        let knows = async |who: &'static str| {
            let all = door.json(who, "/api/v1/departments").await;
            all.as_array().unwrap().iter().any(|d| d["name"] == "Red")
        };
        // Gil sees every ticket, and is a member of nothing.
        assert!(knows("max").await && knows("cleo").await && knows("gil").await);
        let shut = json!({"active": false}).to_string();
        assert_eq!(door.asks("max", Method::PATCH, "/api/v1/departments/2", &shut).await.status, 200);
        assert!(knows("max").await && knows("cleo").await && !knows("gil").await && !knows("ben").await);
        let body = json!({"subject": "A question", "body": "Please", "category": 2}).to_string();
        assert_eq!(door.asks("ada", Method::POST, "/api/v1/tickets", &body).await.status, 403);
        // Nor does a manager next door lead anything there.
        let lead = json!({"category": 1, "to": 2}).to_string();
        let unknown = door.asks("ben", Method::PUT, "/api/v1/departments/1/redirects", &lead).await;
        assert!(unknown.status == 422 && !door.gets("ben", "/admin/departments/1/redirects").await.body.contains("Red inbox"), "{}", unknown.body);
        // Its tickets are as they were.
        let payroll = w.ticket("payroll");
        for who in ["gil", "cleo"] {
            assert_eq!(door.gets(who, &format!("/tickets/{payroll}")).await.status, 200, "{who}");
        }
        door.closes().await;
    }
}
