//! Deeds that say something: asking, turning down, withdrawing.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use vigie::tickets::history::EventKind;
use vigie::tickets::reading;

use super::{done, sends, sends_at};
use crate::mail::{deliver, letter, post, token, told, work};
use crate::world::World;

record! { struct Count { n: i64 } }

async fn comments(w: &World, ticket: vigie::tickets::TicketId) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test counts the table itself",
                "SELECT COUNT(*) AS n FROM comments WHERE ticket_id = $1",
                ticket
            ))
            .await
            .unwrap();
    count.n
}

async fn kinds(w: &World, who: &str, ticket: vigie::tickets::TicketId) -> Vec<EventKind> {
    let ticket = w.read(&w.actor(who), ticket).await;
    let events = reading::events(&mut w.db.read(), &w.actor(who), &ticket)
        .await
        .unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

on_both_engines! {
    async fn a_question_waits_for_the_requester_and_their_answer_brings_the_ticket_back(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let refused = sends(w, &door, "ben", screen, "question", "message=+").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("This field is required."), "{}", refused.body);
        done(&sends(w, &door, "ben", screen, "question", "message=Which+cable%3F&once=q1").await);
        assert_eq!(w.stands(screen).await.0, "incomplete");
        done(&door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/comments"), "body=The+grey+one").await);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        // The holder may go on without an answer, too.
        done(&sends(w, &door, "ben", screen, "question", "message=Really%3F").await);
        done(&door.asks("ben", Method::POST, &format!("/tickets/{screen}/comments"), "audience=staff&body=Found+it").await);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        assert!(kinds(w, "dora", screen).await.contains(&EventKind::Asked));
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_answer_by_mail_brings_it_back_as_well(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        done(&sends(w, &door, "ben", screen, "question", "message=Which+cable%3F").await);
        work(&post).await;
        assert_eq!(told(w).await, ["dora event"]);
        let to = token(w, screen, "dora");
        deliver(&post, crate::mail::BLUE, &letter("dora@nordet.example", &to, "Re", "", "The grey one")).await;
        work(&post).await;
        assert_eq!(w.stands(screen).await.0, "in_progress");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_same_question_sent_twice_is_asked_once_and_another_one_is_another(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let (_, version) = w.stands(screen).await;
        for _ in 0..2 {
            done(&sends_at(&door, "ben", screen, "question", version, "message=Which%3F&once=q1").await);
        }
        let once = comments(w, screen).await;
        done(&sends(w, &door, "ben", screen, "question", "message=And+when%3F&once=q2").await);
        assert_eq!(comments(w, screen).await, once + 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn taking_and_asking_is_two_lines_and_one_mail(w) {
        let (post, door, printer) = (post(w).await, w.door().await, w.ticket("printer"));
        done(&sends(w, &door, "ben", printer, "assignment/question", "message=Which+tray%3F").await);
        work(&post).await;
        assert_eq!(w.stands(printer).await.0, "incomplete");
        assert_eq!(told(w).await, ["dora event"]);
        let lines = kinds(w, "dora", printer).await;
        assert_eq!(lines[lines.len() - 2..], [EventKind::Taken, EventKind::Asked]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn taking_and_closing_has_an_address_of_its_own(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let page = door.gets("ben", &format!("/tickets/{printer}/assignment/closure")).await;
        assert!(page.body.contains("You will also become its assignee."), "{}", page.body);
        let answer = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{printer}/assignment/closure"), r#"{"message":"Done"}"#).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(w.stands(printer).await.0, "closed");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_holder_refuses_and_the_requester_opens_it_again(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        let page = door.gets("ben", &format!("/tickets/{screen}/rejection")).await;
        assert!(page.body.contains("The ticket ends here."), "{}", page.body);
        done(&sends(w, &door, "ben", screen, "rejection", "message=Not+ours").await);
        assert_eq!(w.stands(screen).await.0, "refused");
        work(&post).await;
        assert_eq!(told(w).await, ["dora event"]);
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await;
        assert!(page.body.contains("Not ours"), "{}", page.body);
        done(&sends(w, &door, "dora", screen, "reopening", "").await);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        door.closes().await;
    }
}

on_both_engines! {
    async fn refusing_takes_the_privilege_and_asking_takes_the_ticket(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::global!("UPDATE memberships SET privileges = 'take_free_ticket' WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let ask = |who: &'static str, noun: &'static str| {
            let path = format!("/api/v1/tickets/{screen}/{noun}");
            let door = &door;
            async move { door.asks(who, Method::POST, &path, r#"{"message":"Why?"}"#).await }
        };
        for (who, noun, right) in [
            ("ben", "rejection", "right-refuse-ticket"),
            ("vera", "rejection", "right-refuse-ticket"),
            ("gil", "question", "right-ask"),
            ("ada", "question", "right-ask"),
            ("ben", "cancellation", "right-cancel"),
            ("dora", "rejection", "right-refuse-ticket"),
            ("dora", "question", "right-ask"),
        ] {
            let answer = ask(who, noun).await;
            assert_eq!(answer.status, 403, "{who} {noun}: {}", answer.body);
            assert!(answer.body.contains(right), "{who} {noun}: {}", answer.body);
        }
        assert_eq!(w.stands(screen).await.0, "in_progress");
        // An administrator may turn anything down.
        assert_eq!(ask("ada", "rejection").await.status, 200);
        // What ended is not turned down again.
        let again = ask("max", "rejection").await;
        assert_eq!(again.status, 403);
        assert!(again.body.contains("rule-state"), "{}", again.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn requesters_withdraw_their_own_request_in_the_portal_and_nobody_elses(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await;
        assert!(page.body.contains("/cancellation"), "{}", page.body);
        let page = door.gets("dora", &format!("/portal/tickets/{screen}/cancellation")).await;
        assert!(page.body.contains("Your request ends here"), "{}", page.body);
        assert_eq!(sends(w, &door, "emil", screen, "cancellation", "").await.status, 404);
        done(&sends(w, &door, "dora", screen, "cancellation", "body=It+came+back+by+itself").await);
        assert_eq!(w.stands(screen).await.0, "cancelled");
        work(&post).await;
        assert_eq!(told(w).await, ["ben event"]);
        let gone = door.gets("dora", &format!("/portal/tickets/{screen}/cancellation")).await;
        assert_eq!(gone.status, 303, "nothing to withdraw any more");
        // Dora is invited to Emil's ticket: she reads it and withdraws nothing.
        let badge = w.ticket("badge");
        assert_eq!(sends(w, &door, "dora", badge, "cancellation", "").await.status, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_form_from_an_older_page_is_refused_with_what_was_typed(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let (_, seen) = w.stands(screen).await;
        done(&door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/comments"), "body=Wait").await);
        let answer = sends_at(&door, "ben", screen, "rejection", seen, "message=Not+ours").await;
        assert_eq!(answer.status, 409);
        assert!(answer.body.contains(">Not ours</textarea>") && answer.body.contains(&format!("/tickets/{screen}/rejection")), "{}", answer.body);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        door.closes().await;
    }
}
