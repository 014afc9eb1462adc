//! Giving a ticket to somebody, and letting go of one that waits.

use axum::http::Method;
use kit::global;
use vigie::tickets::reading;
use vigie::tickets::rights::Read;

use super::{done, sends};
use crate::mail::{post, told, work};
use crate::world::World;

/// Cleo works in Blue as well from now on.
pub async fn cleo_joins_blue(w: &World, is_available: bool) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) \
         SELECT $1, id, 'edit', '', $2 FROM departments WHERE name = 'Blue'",
        w.person("cleo"),
        is_available
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn holder(w: &World, name: &str) -> Option<vigie::people::PersonId> {
    let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), w.ticket(name))
        .await
        .unwrap();
    ticket.assignee_id
}

on_both_engines! {
    async fn a_free_ticket_is_given_to_a_colleague_who_is_told(w) {
        let (post, door, printer) = (post(w).await, w.door().await, w.ticket("printer"));
        cleo_joins_blue(w, true).await;
        let page = door.gets("ben", &format!("/tickets/{printer}/assignee")).await;
        assert!(page.body.contains(">Cleo</option>") && page.body.contains(">Rob</option>"), "{}", page.body);
        assert!(!page.body.contains(">Ben</option>") && !page.body.contains(">Vera</option>"), "oneself takes, a viewer handles nothing: {}", page.body);
        done(&sends(w, &door, "ben", printer, "assignee", &format!("person={}&message=Yours", w.person("cleo"))).await);
        assert_eq!(w.stands(printer).await.0, "in_progress");
        assert_eq!(holder(w, "printer").await, Some(w.person("cleo")));
        work(&post).await;
        assert_eq!(told(w).await, ["cleo event", "dora event"]);
        let page = door.gets("ben", &format!("/tickets/{printer}?show=history")).await;
        assert!(page.body.contains("assigned the ticket to Cleo"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn who_serves_the_category_comes_first_and_is_told_of_what_is_new_there(w) {
        let (post, door, printer) = (post(w).await, w.door().await, w.ticket("printer"));
        cleo_joins_blue(w, true).await;
        let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), printer).await.unwrap();
        let path = format!("/admin/departments/{}/serving", ticket.department_id);
        // The factory privileges hold the categories: Ben says it himself.
        let page = door.gets("ben", &path).await;
        assert!(page.body.contains("Blue inbox") && page.body.contains("Cleo") && !page.body.contains("Vera"), "{}", page.body);
        let (cleo, vera) = (w.person("cleo"), w.person("vera"));
        let wrong = door.asks("ben", Method::POST, &path, &format!("version=1&serves-{}={vera}", ticket.category_id)).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("who handle its tickets"), "{}", wrong.body);
        done(&door.asks("ben", Method::POST, &path, &format!("version=1&serves-{}={cleo}", ticket.category_id)).await);
        let stale = door.asks("ben", Method::POST, &path, "version=1").await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let page = door.gets("ben", &format!("/tickets/{printer}/assignee")).await;
        let first = page.body.find("Members of the category").unwrap();
        let others = page.body.find("Others in the department").unwrap();
        let (at_cleo, at_rob) = (page.body.find(">Cleo</option>").unwrap(), page.body.find(">Rob</option>").unwrap());
        assert!(first < at_cleo && at_cleo < others && others < at_rob, "{}", page.body);
        let list = door.json("ben", &format!("/api/v1/tickets/{printer}/assignee")).await;
        assert_eq!((list[0]["id"].as_i64(), list[0]["serves_category"].as_bool()), (Some(cleo.0), Some(true)), "{list}");
        let said = door.json("ben", &format!("/api/v1/departments/{}/serving", ticket.department_id)).await;
        assert_eq!(said["categories"][0]["people"][0].as_i64(), Some(cleo.0), "{said}");
        // A new ticket there is told to Cleo, who serves it, and not to Ben, Rob or Vera, who do not.
        let body = format!("{{\"subject\":\"New\",\"body\":\"x\",\"category\":{}}}", ticket.category_id);
        assert_eq!(door.asks("emil", Method::POST, "/api/v1/tickets", &body).await.status, 201);
        work(&post).await;
        assert_eq!(told(w).await, ["cleo event", "emil acknowledgement"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_available_members_who_handle_tickets_are_given_any(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        cleo_joins_blue(w, false).await;
        // Unavailable, a viewer, of no department, a customer, oneself, nobody.
        for person in ["cleo", "vera", "gil", "max", "dora", "ben"] {
            let fields = format!("person={}", w.person(person));
            let answer = sends(w, &door, "ben", printer, "assignee", &fields).await;
            assert_eq!(answer.status, 422, "{person}");
            assert!(answer.body.contains("who handles its tickets and is available"), "{person}: {}", answer.body);
        }
        assert_eq!(sends(w, &door, "ben", printer, "assignee", "person=").await.status, 422);
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{printer}/assignee"), "{}").await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(w.stands(printer).await.0, "free");
        let list = door.json("ben", &format!("/api/v1/tickets/{printer}/assignee")).await;
        assert_eq!(list.as_array().unwrap().len(), 1, "Rob alone: {list}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn assigning_takes_the_privilege(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let body = format!("{{\"person\":{}}}", w.person("rob"));
        let path = format!("/api/v1/tickets/{printer}/assignee");
        for who in ["vera", "gil", "dora"] {
            let answer = door.asks(who, Method::POST, &path, &body).await;
            assert_eq!(answer.status, 403, "{who}");
            assert!(answer.body.contains("right-assign-ticket"), "{who}: {}", answer.body);
        }
        // Twice is once: the second finds it done.
        for _ in 0..2 {
            let answer = door.asks("ada", Method::POST, &path, &body).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        assert_eq!(w.stands(printer).await, ("in_progress".to_owned(), 2));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_waited_says_so_once_nobody_holds_it(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        cleo_joins_blue(w, true).await;
        done(&sends(w, &door, "ben", screen, "question", "message=Which%3F").await);
        work(&post).await;
        done(&sends(w, &door, "ben", screen, "release", "").await);
        assert_eq!(w.stands(screen).await.0, "free");
        work(&post).await;
        let told = told(w).await;
        for colleague in ["cleo event", "rob event", "vera event"] {
            assert!(told.contains(&colleague.to_owned()), "{told:?}");
        }
        let page = door.gets("cleo", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("Released while it waited for the requester"), "{}", page.body);
        let ada = w.actor("ada");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<vigie::tickets::rights::Take>(&mut tx, &ada, screen).await.unwrap();
        vigie::tickets::verbs::take(&mut tx, &may, &ada, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let page = door.gets("cleo", &format!("/tickets/{screen}")).await;
        assert!(!page.body.contains("Released while"), "somebody took it up");
        door.closes().await;
    }
}
