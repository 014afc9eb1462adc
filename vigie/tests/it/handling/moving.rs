//! Sending a ticket to another department or category, and back.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record};
use vigie::tickets::rights::Read;
use vigie::tickets::{Ticket, reading};

use super::{done, sends};
use crate::mail::{post, told, work};
use crate::world::World;

record! { struct Id { id: i64 } }

async fn department(w: &World, name: &str) -> i64 {
    let row: Id =
        w.db.read()
            .one(global!("SELECT id FROM departments WHERE name = $1", name))
            .await
            .unwrap();
    row.id
}

/// A second category of Blue.
async fn cables(w: &World) -> i64 {
    let mut tx = w.db.write().await.unwrap();
    let row: Id = tx.one(global!(
        "INSERT INTO categories (department_id, name, position, is_active) SELECT id, 'Cables', 2, TRUE FROM departments WHERE name = 'Blue' RETURNING id"
    )).await.unwrap();
    tx.commit().await.unwrap();
    row.id
}

async fn look(w: &World, name: &str) -> Ticket {
    let may = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), w.ticket(name))
        .await
        .unwrap();
    Ticket::clone(&may)
}

async fn set_privileges(w: &World, who: &str, privileges: &str) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE memberships SET privileges = $2 WHERE person_id = $1",
        w.person(who),
        privileges
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn a_ticket_sent_to_another_department_is_free_there_and_told_as_a_new_one(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        let red = department(w, "Red").await;
        let page = door.gets("ben", &format!("/tickets/{screen}/transfer")).await;
        assert!(page.body.contains(&format!("value=\"d{red}\"")) && page.body.contains("Become an invitee"), "{}", page.body);
        // Without the tick one is asked first, by the department's name.
        let warned = sends(w, &door, "ben", screen, "transfer", &format!("to=d{red}&message=A+payslip")).await;
        assert_eq!(warned.status, 200);
        assert!(warned.body.contains("You do not belong to the department Red") && warned.body.contains("A payslip"), "{}", warned.body);
        assert_eq!(look(w, "screen").await.assignee_id, Some(w.person("ben")), "nothing is done yet");
        let gone = sends(w, &door, "ben", screen, "transfer", &format!("to=d{red}&message=A+payslip&understood={red}")).await;
        assert_eq!((gone.status, gone.location()), (303, "/tickets"));
        let after = look(w, "screen").await;
        assert_eq!((after.department_id.0, after.assignee_id, after.state.word()), (red, None, "free"));
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}")).await.status, 404);
        work(&post).await;
        assert_eq!(told(w).await, ["cleo event", "dora event"]);
        // The reason is for the colleagues; where it was and is, for everybody on it.
        let theirs = door.gets("cleo", &format!("/tickets/{screen}")).await;
        assert!(theirs.body.contains("A payslip") && theirs.body.contains("transferred the ticket to Red"), "{}", theirs.body);
        let hers = door.gets("dora", &format!("/portal/tickets/{screen}")).await;
        assert!(!hers.body.contains("A payslip"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_becomes_an_invitee_goes_on_reading(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        let red = department(w, "Red").await;
        done(&sends(w, &door, "ben", screen, "transfer", &format!("to=d{red}&follow=1")).await);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert_eq!(page.status, 200);
        assert!(look(w, "screen").await.assignee_id.is_none());
        work(&post).await;
        assert!(!told(w).await.contains(&"ben invitation".to_owned()), "nobody invites themselves by mail");
        door.closes().await;
    }
}

on_both_engines! {
    async fn within_the_department_the_holder_stays(w) {
        let (door, screen, cables) = (w.door().await, w.ticket("screen"), cables(w).await);
        done(&sends(w, &door, "ben", screen, "transfer", &format!("to={cables}")).await);
        let after = look(w, "screen").await;
        assert_eq!((after.category_id.0, after.assignee_id, after.state.word()), (cables, Some(w.person("ben")), "in_progress"));
        let page = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(page.body.contains("changed the category") && page.body.contains("Cables"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_privilege_widens_the_choice_beyond_ones_own_departments(w) {
        let (door, printer, cables) = (w.door().await, w.ticket("printer"), cables(w).await);
        set_privileges(w, "ben", "take_free_ticket").await;
        let red = department(w, "Red").await;
        let path = format!("/api/v1/tickets/{printer}/transfer");
        let places = door.json("ben", &path).await;
        let ids: Vec<i64> = places.as_array().unwrap().iter().map(|p| p["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, [cables]);
        let answer = door.asks("ben", Method::POST, &path, &format!("{{\"department\":{red}}}")).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("right-transfer-ticket"), "{}", answer.body);
        for (body, code) in [
            ("{}".to_owned(), "fault-category-missing"),
            ("{\"category\":999999}".to_owned(), "fault-category-unknown"),
            (format!("{{\"category\":{}}}", look(w, "printer").await.category_id), "fault-category-same"),
        ] {
            let answer = door.asks("ben", Method::POST, &path, &body).await;
            assert_eq!(answer.status, 422, "{body}");
            assert!(answer.body.contains(code), "{body}: {}", answer.body);
        }
        for who in ["vera", "gil", "dora"] {
            let answer = door.asks(who, Method::POST, &path, &format!("{{\"category\":{cables}}}")).await;
            assert_eq!(answer.status, 403, "{who}");
            assert!(answer.body.contains("right-transfer"), "{who}: {}", answer.body);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_over_is_moved_by_its_holder_only(w) {
        let (door, badge, cables) = (w.door().await, w.ticket("badge"), cables(w).await);
        let path = format!("/api/v1/tickets/{badge}/transfer");
        let body = format!("{{\"category\":{cables}}}");
        set_privileges(w, "rob", "transfer_ticket").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE agents SET scope = 'group' WHERE person_id = $1", w.person("rob"))).await.unwrap();
        tx.commit().await.unwrap();
        let answer = door.asks("rob", Method::POST, &path, &body).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("rule-state"), "{}", answer.body);
        assert_eq!(door.asks("ben", Method::POST, &path, &body).await.status, 200);
        assert_eq!(w.stands(badge).await.0, "closed");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_goes_back_to_its_sender(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let (red, blue) = (department(w, "Red").await, department(w, "Blue").await);
        let never = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/return"), "{}").await;
        assert_eq!(never.status, 403);
        assert!(never.body.contains("rule-never-transferred"), "{}", never.body);
        done(&sends(w, &door, "ben", screen, "transfer", &format!("to=d{red}&understood={red}")).await);
        let page = door.gets("cleo", &format!("/tickets/{screen}/return")).await;
        assert!(page.body.contains("Blue › Blue inbox"), "{}", page.body);
        let (_, version) = w.stands(screen).await;
        let form = format!("understood={blue}&message=Not+ours+either");
        let back = super::sends_at(&door, "cleo", screen, "return", version, &form).await;
        assert_eq!((back.status, back.location()), (303, "/tickets"));
        assert_eq!(look(w, "screen").await.department_id.0, blue);
        assert_eq!(door.gets("ben", &format!("/tickets/{screen}")).await.status, 200);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_department_without_a_default_category_takes_nothing_sent_to_it_alone(w) {
        let (door, screen, red) = (w.door().await, w.ticket("screen"), department(w, "Red").await);
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE departments SET default_category_id = NULL WHERE id = $1", red)).await.unwrap();
        tx.commit().await.unwrap();
        let answer = sends(w, &door, "ben", screen, "transfer", &format!("to=d{red}&message=Why+not")).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("takes nothing sent to it alone") && answer.body.contains("Why not"), "{}", answer.body);
        door.closes().await;
    }
}
