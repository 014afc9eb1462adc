//! Tickets that come free and are given out by a rule.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::people::PersonId;
use vigie::tickets::TicketId;
use vigie::tickets::reading;
use vigie::tickets::rights::Read;

use super::giving::cleo_joins_blue;
use super::{done, sends};
use crate::browsing::Door;
use crate::mail::{BLUE, deliver, letter, post, told, work};
use crate::world::World;

/// Blue gives out by this rule from now on.
pub async fn blue_gives(w: &World, rule: &str) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE departments SET giving = $1 WHERE name = 'Blue'",
        rule
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Somebody's place in Blue from now on.
async fn in_blue(w: &World, who: &str, is_available: bool, rate: i64) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE memberships SET is_available = $2, rate = $3 WHERE person_id = $1",
        w.person(who),
        is_available,
        rate
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

record! { struct Id { id: i64 } }

async fn blue(w: &World) -> (i64, i64) {
    let (department, category): (Id, Id) = (
        w.db.read()
            .one(global!("SELECT id FROM departments WHERE name = 'Blue'"))
            .await
            .unwrap(),
        w.db.read()
            .one(global!(
                "SELECT id FROM categories WHERE name = 'Blue inbox'"
            ))
            .await
            .unwrap(),
    );
    (department.id, category.id)
}

pub async fn holder(w: &World, ticket: TicketId) -> Option<PersonId> {
    let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), ticket)
        .await
        .unwrap();
    ticket.assignee_id
}

/// Opens a ticket in Blue by the API; answers its number.
pub async fn opens(w: &World, door: &Door, who: &str) -> TicketId {
    let (_, category) = blue(w).await;
    let body = format!("{{\"subject\":\"Anew\",\"body\":\"It smokes.\",\"category\":{category}}}");
    let made = door.asks(who, Method::POST, "/api/v1/tickets", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    TicketId(made["number"].as_i64().unwrap())
}

on_both_engines! {
    async fn two_new_tickets_go_to_two_members_in_turn_and_each_person_is_mailed_once(w) {
        let (post, door) = (post(w).await, w.door().await);
        blue_gives(w, "round_robin").await;
        let first = opens(w, &door, "emil").await;
        assert_eq!(holder(w, first).await, Some(w.person("ben")));
        assert_eq!(w.stands(first).await, ("in_progress".to_owned(), 1));
        work(&post).await;
        // Ben is told that it is his, with what was asked; his colleagues that it is there.
        assert_eq!(told(w).await, ["ben event", "emil acknowledgement", "rob event", "vera event"]);
        record! { struct Kind { kind: String } }
        let kinds: Vec<Kind> = w.db.read().all(system!(
            because = "a test looks at the table itself",
            "SELECT e.kind FROM outgoing_mails o JOIN events e ON e.id = o.event_id WHERE o.person_id = $1", w.person("ben")
        )).await.unwrap();
        assert_eq!(kinds.iter().map(|k| k.kind.as_str()).collect::<Vec<_>>(), ["given_out"]);
        let second = opens(w, &door, "emil").await;
        assert_eq!(holder(w, second).await, Some(w.person("rob")));
        let page = door.gets("ben", &format!("/tickets/{first}?show=history")).await;
        assert!(page.body.contains("<b>Vigie</b> gave the ticket to Ben (in turn)"), "{}", page.body);
        // Nobody changed it but its requester (trap E-07).
        let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), first).await.unwrap();
        assert_eq!(ticket.last_actor_id, Some(w.person("emil")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_mail_to_whoever_is_given_a_ticket_says_so_and_holds_what_was_asked(w) {
        let (post, door) = (post(w).await, w.door().await);
        blue_gives(w, "round_robin").await;
        opens(w, &door, "emil").await;
        work(&post).await;
        let id: Id = w.db.read().one(system!(
            because = "a test looks at the table itself",
            "SELECT id FROM outgoing_mails WHERE person_id = $1", w.person("ben")
        )).await.unwrap();
        let mut db = w.db.read();
        let mail = vigie::mail::outbox_store::mail_to_send(&mut db, vigie::mail::outbox_store::OutgoingId(id.id)).await.unwrap().unwrap();
        let ben = vigie::people::find(&mut db, w.person("ben")).await.unwrap();
        let vigie::mail::texts::Text::Said(view) = vigie::mail::texts::text(&post, &mail, &ben).await.unwrap() else {
            panic!("nothing is said");
        };
        let text = view.text();
        assert!(text.contains("assigned the ticket to Ben") && text.contains("It smokes."), "{text}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_away_or_has_no_share_is_given_nothing_and_shares_weigh(w) {
        let (_post, door) = (post(w).await, w.door().await);
        cleo_joins_blue(w, true).await;
        blue_gives(w, "round_robin").await;
        in_blue(w, "rob", false, 100).await;
        in_blue(w, "ben", true, 0).await;
        for _ in 0..2 {
            let ticket = opens(w, &door, "emil").await;
            assert_eq!(holder(w, ticket).await, Some(w.person("cleo")));
        }
        in_blue(w, "rob", true, 25).await;
        let mut robs = 0;
        for _ in 0..5 {
            let ticket = opens(w, &door, "emil").await;
            robs += usize::from(holder(w, ticket).await == Some(w.person("rob")));
        }
        assert_eq!(robs, 1, "one in five");
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_who_serves_the_category_and_nobody_their_own_request(w) {
        let (_post, door) = (post(w).await, w.door().await);
        cleo_joins_blue(w, true).await;
        blue_gives(w, "first_available").await;
        let (_, category) = blue(w).await;
        let mut tx = w.db.write().await.unwrap();
        for name in ["cleo", "ben"] {
            tx.run(global!("INSERT INTO category_members (category_id, person_id) VALUES ($1, $2)", category, w.person(name))).await.unwrap();
        }
        tx.commit().await.unwrap();
        // Rob has as large a share and does not serve it; Ben does not answer himself.
        let ticket = opens(w, &door, "ben").await;
        assert_eq!(holder(w, ticket).await, Some(w.person("cleo")));
        let ticket = opens(w, &door, "emil").await;
        assert_eq!(holder(w, ticket).await, Some(w.person("ben")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_least_loaded_is_who_works_on_least_anywhere(w) {
        let (_post, door) = (post(w).await, w.door().await);
        blue_gives(w, "least_loaded").await;
        // Ben works on the screen, Rob on a ticket of another department: equals take turns, so that the
        // third, for which they are equal again, is Rob's.
        let mut holders = vec![];
        for _ in 0..4 {
            let ticket = opens(w, &door, "emil").await;
            holders.push(holder(w, ticket).await);
        }
        let (ben, rob) = (Some(w.person("ben")), Some(w.person("rob")));
        assert_eq!(holders, [ben, rob, rob, ben]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn letters_and_requests_of_agents_are_given_out_too(w) {
        let (post, door) = (post(w).await, w.door().await);
        blue_gives(w, "random").await;
        deliver(&post, BLUE, &letter("zoe@example.org", BLUE, "By letter", "", "Hello")).await;
        work(&post).await;
        record! { struct Row { state: String, assignee_id: Option<i64> } }
        let row: Row = w.db.read().one(system!(
            because = "a test looks at the table itself",
            "SELECT state, assignee_id FROM tickets WHERE subject = 'By letter'"
        )).await.unwrap();
        assert_eq!((row.state.as_str(), row.assignee_id.is_some()), ("in_progress", true));
        let (_, category) = blue(w).await;
        let form = format!("requester=emil%40nordet.example&subject=By+phone&body=x&category={category}&priority=3&origin=phone&once=1");
        done(&door.asks("cleo", Method::POST, "/tickets", &form).await);
        let row: Row = w.db.read().one(system!(
            because = "a test looks at the table itself",
            "SELECT state, assignee_id FROM tickets WHERE subject = 'By phone'"
        )).await.unwrap();
        assert_eq!((row.state.as_str(), row.assignee_id.is_some()), ("in_progress", true));
        door.closes().await;
    }
}

on_both_engines! {
    async fn sent_to_the_category_or_open_again_it_is_given_out_and_never_when_let_go(w) {
        let (post, door) = (post(w).await, w.door().await);
        blue_gives(w, "round_robin").await;
        let (screen, payroll) = (w.ticket("screen"), w.ticket("payroll"));
        done(&sends(w, &door, "ben", screen, "release", "").await);
        assert_eq!(holder(w, screen).await, None, "Ben let go with open eyes");
        // Nobody had it in Red; in Blue it is somebody's, in one change.
        work(&post).await;
        let before = told(w).await;
        let (department, _) = blue(w).await;
        done(&sends(w, &door, "cleo", payroll, "transfer", &format!("to=d{department}&understood={department}&message=Yours")).await);
        assert_eq!(holder(w, payroll).await, Some(w.person("ben")));
        work(&post).await;
        let mut new = told(w).await;
        for one in &before {
            let at = new.iter().position(|other| other == one).unwrap();
            new.remove(at);
        }
        assert_eq!(new, ["ben event", "emil event", "rob event", "vera event"]);
        // Cancelled by its requester while free, then open again: whose turn it is.
        done(&sends(w, &door, "dora", screen, "cancellation", "").await);
        done(&sends(w, &door, "dora", screen, "reopening", "").await);
        assert_eq!(holder(w, screen).await, Some(w.person("rob")));
        // Open again with its holder still there, it stays with them.
        done(&sends(w, &door, "rob", screen, "closure", "body=Done").await);
        done(&sends(w, &door, "dora", screen, "refusal", "body=No").await);
        assert_eq!(holder(w, screen).await, Some(w.person("rob")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn sent_back_twice_by_a_double_click_it_is_sent_back_once(w) {
        let door = w.door().await;
        blue_gives(w, "round_robin").await;
        let payroll = w.ticket("payroll");
        let (department, category) = blue(w).await;
        let before = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), payroll).await.unwrap();
        done(&sends(w, &door, "max", payroll, "transfer", &format!("to=d{department}")).await);
        done(&sends(w, &door, "max", payroll, "transfer", &format!("to=d{}", before.department_id)).await);
        let (_, seen) = w.stands(payroll).await;
        // In Blue it is given out again, which is no deed of anybody's between the two clicks.
        for _ in 0..2 {
            done(&super::sends_at(&door, "max", payroll, "return", seen, "").await);
        }
        let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), payroll).await.unwrap();
        assert_eq!(ticket.category_id.0, category);
        door.closes().await;
    }
}

on_both_engines! {
    async fn when_nobody_is_there_it_stays_free_and_history_tells_staff_why(w) {
        let (post, door) = (post(w).await, w.door().await);
        blue_gives(w, "round_robin").await;
        in_blue(w, "rob", false, 100).await;
        in_blue(w, "ben", false, 100).await;
        let ticket = opens(w, &door, "emil").await;
        assert_eq!(w.stands(ticket).await.0, "free");
        let page = door.gets("ben", &format!("/tickets/{ticket}?show=history")).await;
        assert!(page.body.contains("no available member serves its category"), "{}", page.body);
        let page = door.gets("emil", &format!("/portal/tickets/{ticket}?show=history")).await;
        assert!(!page.body.contains("no available member"), "that is staff's matter");
        work(&post).await;
        assert_eq!(told(w).await, ["ben event", "emil acknowledgement", "rob event", "vera event"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_two_people_open_at_once_goes_to_two(w) {
        let door = w.door().await;
        blue_gives(w, "round_robin").await;
        let (first, second) = futures_util::join!(opens(w, &door, "emil"), opens(w, &door, "dora"));
        let mut them = [holder(w, first).await, holder(w, second).await];
        them.sort_unstable();
        assert_eq!(them, [Some(w.person("ben")), Some(w.person("rob"))]);
        w.clock.advance(Span::days(1));
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_keeps_the_categories_says_how_they_give_out(w) {
        let door = w.door().await;
        let (department, category) = blue(w).await;
        let path = format!("/admin/departments/{department}/giving");
        // The factory privileges hold the categories: Ben says it himself; Rob is none of its managers any more than Cleo.
        let page = door.gets("ben", &path).await;
        assert!(page.body.contains("As above (to nobody)") && page.body.contains("2 members could be given one now"), "{}", page.body);
        assert_eq!(door.gets("cleo", &path).await.status, 404);
        let wrong = door.asks("ben", Method::POST, &path, &format!("version=1&rule=whoever&rule-{category}=random")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("round_robin, random or least_loaded") && wrong.body.contains("value=\"random\" selected"), "{}", wrong.body);
        done(&door.asks("ben", Method::POST, &path, &format!("version=1&rule=round_robin&rule-{category}=")).await);
        let page = door.gets("ben", &path).await;
        assert!(page.body.contains("As above (in turn)"), "{}", page.body);
        let stale = door.asks("ben", Method::POST, &path, "version=1&rule=none").await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let api = format!("/api/v1/departments/{department}/giving");
        let said = door.json("ben", &api).await;
        assert_eq!((said["rule"].as_str(), said["categories"][0]["rule"].as_str(), said["categories"][0]["holds"].as_str()), (Some("round_robin"), None, Some("round_robin")), "{said}");
        assert_eq!(said["categories"][0]["candidates"].as_array().unwrap().len(), 2, "{said}");
        let body = format!(r#"{{"rule":"random","categories":[{{"category":{category},"rule":"none"}}]}}"#);
        assert_eq!(door.asks("ben", Method::PUT, &api, &body).await.status, 200);
        let said = door.json("ben", &api).await;
        assert_eq!(said["categories"][0]["holds"].as_str(), Some("none"), "{said}");
        assert_eq!(door.asks("ben", Method::PUT, &api, r#"{"rule":"whoever"}"#).await.status, 422);
        assert_eq!(door.asks("ben", Method::PUT, &api, r#"{"rule":null,"categories":[{"category":999,"rule":null}]}"#).await.status, 422);
        assert_eq!(door.asks("cleo", Method::PUT, &api, r#"{"rule":null}"#).await.status, 404);
        let journal = door.gets("max", &format!("/admin/journal?department={department}")).await;
        assert!(journal.body.contains("Giving out of free tickets changed") && journal.body.contains("by lot"), "{}", journal.body);
        door.closes().await;
    }
}
