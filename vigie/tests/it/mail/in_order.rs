//! What waited for a relay leaves in its order once it is back.

use kit::clock::Span;
use tokio::net::TcpListener;

use super::outgoing::{Server, quiet};
use super::*;

/// A port at which nobody answers.
async fn nobody() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

/// The subjects of what the server took, in its order.
fn took(server: &Server) -> Vec<String> {
    let subjects = server.took().into_iter();
    let subjects = subjects.map(|raw| letter::parse::parse(raw.as_bytes()).subject);
    subjects
        .map(|it| it.rsplit(' ').next().unwrap().to_owned())
        .collect()
}

async fn write(post: &Post, from: &str, subject: &str) {
    let from = format!("{from}@nordet.example");
    deliver(post, BLUE, &letter(&from, BLUE, subject, "", "x")).await;
    work(post).await;
}

on_both_engines! {
    // OUT-01: a relay that is down for hours.
    async fn mails_of_different_ages_leave_in_their_order_soon_after_a_relay_is_back(w) {
        let port = nobody().await;
        let post = with_relay(&post(w).await, port);
        quiet(w).await;
        write(&post, "fay", "first").await;
        // Hours go by; it is tried now and then, and the others come at odd moments.
        for _ in 0..6 {
            w.clock.advance(Span::hours(1));
            work(&post).await;
        }
        write(&post, "emil", "second").await;
        w.clock.advance(Span::seconds(7));
        write(&post, "dora", "third").await;
        w.clock.advance(Span::seconds(11));
        write(&post, "fay", "fourth").await;
        let waiting = outbox(w).await;
        assert_eq!(waiting.len(), 4);
        assert!(waiting.iter().all(|it| it.state == "waiting" && it.last_error.is_some()), "{waiting:?}");
        // The oldest alone asked whether anybody is there.
        let asked: Vec<bool> = waiting.iter().map(|it| it.attempts > 0).collect();
        assert_eq!(asked, [true, false, false, false]);

        let server = Server::start_at(port, &[]).await;
        w.clock.advance(Span::seconds(20));
        work(&post).await;
        assert_eq!(took(&server), ["first", "second", "third", "fourth"]);
        assert!(outbox(w).await.iter().all(|it| it.state == "sent"));
    }
}

on_both_engines! {
    async fn whoever_hands_mails_over_takes_nothing_else_and_them_in_the_order_they_are_due(w) {
        let (dice, now) = (Dice::seeded(3), w.now());
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("DELETE FROM jobs")).await.unwrap();
        for (kind, after) in [("send_mail", 7), ("read_mail", 1), ("send_mail", 3), ("announce", 2), ("send_mail", 3)] {
            jobs::enqueue(&mut tx, kind, &after, now.plus(Span::seconds(after))).await.unwrap();
        }
        tx.commit().await.unwrap();
        w.clock.advance(Span::seconds(10));
        let taken = async |takes| {
            let taken = jobs::claim(&w.db, w.now(), &dice, takes, 32).await.unwrap();
            taken.into_iter().map(|it| format!("{} {}", it.kind, it.payload)).collect::<Vec<_>>()
        };
        assert_eq!(taken(jobs::Takes::AllBut("send_mail")).await, ["read_mail 1", "announce 2"]);
        assert!(!jobs::any_due(&w.db, w.now(), jobs::Takes::AllBut("send_mail")).await.unwrap());
        assert!(jobs::any_due(&w.db, w.now(), jobs::Takes::Only("send_mail")).await.unwrap());
        assert_eq!(taken(jobs::Takes::Only("send_mail")).await, ["send_mail 3", "send_mail 3", "send_mail 7"]);
        assert!(!jobs::any_due(&w.db, w.now(), jobs::Takes::All).await.unwrap());
    }
}
