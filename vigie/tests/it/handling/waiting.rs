//! Putting off, and coming back.

use axum::http::Method;
use kit::clock::Span;
use vigie::tickets::reading;
use vigie::tickets::rights::Read;

use super::{done, sends};
use crate::mail::{post, told, work};

on_both_engines! {
    async fn a_ticket_is_put_off_to_a_morning_and_brought_back_before(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        let page = door.gets("ben", &format!("/tickets/{screen}/postponement")).await;
        assert!(page.body.contains("min=\"2026-11-24\""), "{}", page.body);
        for (day, sentence) in [("2026-11-23", "Choose a moment to come."), ("tomorrow", "This is no date.")] {
            let answer = sends(w, &door, "ben", screen, "postponement", &format!("until={day}&message=Waiting+for+parts")).await;
            assert_eq!(answer.status, 422);
            assert!(answer.body.contains(sentence) && answer.body.contains("Waiting for parts"), "{}", answer.body);
        }
        done(&sends(w, &door, "ben", screen, "postponement", "until=2026-12-01&message=Waiting+for+parts").await);
        assert_eq!(w.stands(screen).await.0, "postponed");
        let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ben"), screen).await.unwrap();
        assert_eq!(ticket.recall_at.unwrap().rfc3339(), "2026-12-01T07:00:00Z", "8 h in Paris");
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("it comes back by itself on 1"), "{}", page.body);
        work(&post).await;
        assert_eq!(told(w).await, ["dora event"]);
        done(&sends(w, &door, "ben", screen, "recall", "").await);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        let ticket = reading::find::<Read>(&mut w.db.read(), &w.actor("ben"), screen).await.unwrap();
        assert_eq!(ticket.recall_at, None);
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_the_holder_puts_off_and_programs_name_the_moment(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        let path = format!("/api/v1/tickets/{screen}/postponement");
        let until = w.now().plus(Span::days(2)).rfc3339();
        for who in ["ada", "gil", "dora"] {
            let answer = door.asks(who, Method::POST, &path, "{}").await;
            assert_eq!(answer.status, 403, "{who}");
            assert!(answer.body.contains("right-postpone"), "{who}: {}", answer.body);
        }
        assert_eq!(door.asks("ben", Method::POST, &path, "{\"until\":\"soon\"}").await.status, 422);
        let answer = door.asks("ben", Method::POST, &path, &format!("{{\"until\":\"{until}\"}}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        // What is put off is not put off again, but brought back, by an administrator too.
        let again = door.asks("ben", Method::POST, &path, "{}").await;
        assert!(again.status == 403 && again.body.contains("rule-state"), "{}", again.body);
        let recall = format!("/api/v1/tickets/{screen}/recall");
        assert_eq!(door.asks("gil", Method::POST, &recall, "{}").await.status, 403);
        assert_eq!(door.asks("ada", Method::POST, &recall, "{}").await.status, 200);
        assert_eq!(w.stands(screen).await.0, "in_progress");
        door.closes().await;
    }
}
