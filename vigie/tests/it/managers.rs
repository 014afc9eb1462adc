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
    ("/admin/departments/1/confidence", &[ManageManagers]),
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
