//! Post about a ticket that went: what comes late is not lost, and what waited does not leave.

use kit::jobs;
use vigie::mail::outbox_store::{self, SEND_MAIL, SendMail};
use vigie::mail::store::{self, IncomingId};

use super::*;
use crate::mail::outgoing::Server;
use crate::mail::{BLUE, comments, deliver, ended, letter, outbox, post, token, with_relay, work};

on_both_engines! {
    async fn an_answer_to_a_ticket_that_went_opens_a_new_one(w) {
        let door = w.door().await;
        let post = post(w).await;
        let gone = w.ticket("printer");
        let of_dora = token(w, gone, "dora");
        let early = deliver(&post, BLUE, &letter("thief@evil.example", &of_dora, "Re: x", "", "Let me in")).await;
        let joined = deliver(&post, BLUE, &letter("Dora <dora@nordet.example>", &of_dora, "Re: x", "", "In time")).await;
        work(&post).await;
        assert_eq!((&*ended(w, early).await.state, ended(w, early).await.ticket_id), ("held", Some(gone.0)));
        assert_eq!(ended(w, joined).await.ticket_id, Some(gone.0));
        archives(w, gone, 40).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 1);
        let letters = number(w, system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS id FROM incoming_mails")).await;
        assert_eq!(letters, 1, "the letter that became its words went with it");
        // What nobody has decided on yet stays, and can be let in.
        assert_eq!((&*ended(w, early).await.state, ended(w, early).await.ticket_id), ("held", None));
        let mut tx = w.db.write().await.unwrap();
        assert!(store::replay(&mut tx, &w.actor("max"), IncomingId(early), w.now()).await.unwrap());
        tx.commit().await.unwrap();
        work(&post).await;
        assert!(ended(w, early).await.ticket_id.is_some());

        for (from, said) in [("Dora <dora@nordet.example>", "Too late"), ("Fay <fay@nordet.example>", "Forwarded to me"), ("new@example.org", "By a stranger")] {
            let late = deliver(&post, BLUE, &letter(from, &of_dora, "Re: The printer", "", said)).await;
            work(&post).await;
            let end = ended(w, late).await;
            assert_eq!((&*end.state, end.reason), ("done", None), "{from}");
            let new = end.ticket_id.unwrap();
            assert_ne!(new, gone.0);
            let words = comments(w, new).await;
            assert!(words.len() == 1 && words[0].body == said && from.contains(&words[0].author), "{words:?}");
        }
        // What staff answers may answer a note: it waits for somebody to say where it belongs.
        let late = deliver(&post, BLUE, &letter("ben@nordet.example", &of_dora, "Re: note", "", "Between us")).await;
        work(&post).await;
        let end = ended(w, late).await;
        assert_eq!((&*end.state, end.reason.as_deref(), end.ticket_id), ("held", Some("unproven-sender"), None));
        // A machine's answer opens nothing, with or without a token.
        let absent = deliver(&post, BLUE, &letter("dora@nordet.example", &of_dora, "Absent", "Auto-Submitted: auto-replied\r\n", "I am away")).await;
        work(&post).await;
        let end = ended(w, absent).await;
        assert_eq!((&*end.state, end.reason.as_deref(), end.ticket_id), ("held", Some("auto-reply"), None));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_letter_whose_words_were_split_off_lives_with_them(w) {
        let door = w.door().await;
        let post = post(w).await;
        let screen = w.ticket("screen");
        let sent = deliver(&post, BLUE, &letter("Dora <dora@nordet.example>", &token(w, screen, "dora"), "Re", "Message-ID: <kept@client.example>\r\n", "Another matter")).await;
        work(&post).await;
        let comment = number(w, system!(because = "a test looks at the table itself", "SELECT id FROM comments WHERE incoming_mail_id = $1", sent)).await;
        let wish = json!({"comment": comment, "subject": "Apart"}).to_string();
        let split = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{screen}/split"), &wish).await;
        let split: serde_json::Value = serde_json::from_str(&split.body).unwrap();
        archives(w, screen, 40).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 1);
        assert_eq!(ended(w, sent).await.ticket_id, split["number"].as_i64());
        archives(w, TicketId(split["number"].as_i64().unwrap()), 40).await;
        assert_eq!(runs(w).await, 1);
        let letters = number(w, system!(because = "a test looks at the table itself", "SELECT COUNT(*) AS id FROM incoming_mails")).await;
        assert_eq!(letters, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_mail_that_waited_for_a_relay_does_not_leave_when_its_ticket_went(w) {
        let door = w.door().await;
        let post = post(w).await;
        for ticket in ["printer", "screen"] {
            let words = json!({"audience": "public", "body": "An answer"}).to_string();
            let said = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{}/comments", w.ticket(ticket)), &words).await;
            assert_eq!(said.status, 201, "{}", said.body);
        }
        work(&post).await;
        let waiting = outbox(w).await;
        assert!(waiting.len() > 1 && waiting.iter().all(|mail| mail.state == "waiting"), "{waiting:?}");
        archives(w, w.ticket("printer"), 40).await;
        says(&door, 30).await;
        assert_eq!(runs(w).await, 1);
        let left = outbox(w).await;
        assert!(!left.is_empty() && left.len() < waiting.len());
        // The relay comes back, and with it the job of each mail, also of those that are gone.
        let mut tx = w.db.write().await.unwrap();
        for mail in &waiting {
            jobs::enqueue(&mut tx, SEND_MAIL, &SendMail { mail: mail.id }, w.now()).await.unwrap();
        }
        outbox_store::release_waiting(&mut tx, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let server = Server::start(&[]).await;
        work(&with_relay(&post, server.port)).await;
        let took = server.took();
        assert_eq!(took.len(), left.len());
        assert!(!took.iter().any(|mail| mail.contains("eats paper")), "{took:?}");
        let failed = number(w, kit::global!("SELECT COUNT(*) AS id FROM jobs WHERE failed_at IS NOT NULL OR attempts > 0")).await;
        assert_eq!(failed, 0, "nothing is tried again");
        door.closes().await;
    }
}
