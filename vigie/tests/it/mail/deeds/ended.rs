//! Links in mails that do nothing any more: answered, decided, late, or of somebody who lost the right.

use super::*;

on_both_engines! {
    /// Their answer quotes the mail: others who read it can do nothing by it.
    async fn a_link_in_the_answer_to_its_mail_is_blind_and_dead(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let quote = format!("One question first.\n\nOn Monday Ben wrote:\n> Approve the closure\n> {ORIGIN}{approve}\n> {ORIGIN}/portal/tickets/{screen}\n");
        let to = thread::plus_address(&post.key, screen.0, w.person("dora").0, BLUE);
        deliver(&post, BLUE, &letter("dora@nordet.example", &to, "Re: noir", "", &quote)).await;
        work(&post).await;
        let page = door.gets("ben", &format!("/tickets/{screen}")).await.body;
        assert!(page.contains("One question first.") && page.contains("/mailed/…"), "{page}");
        assert!(!page.contains(&approve));
        assert_eq!(w.stands(screen).await.0, "closed");
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut browser(&desk), &approve, "", seen).await.0, 409);
        assert_eq!(w.stands(screen).await.0, "closed");
        door.closes().await;
    }
}

on_both_engines! {
    /// Forwarded as a file, to another ticket: whoever opens it there reads a link that does nothing, and names nothing.
    async fn a_link_in_a_file_that_comes_in_is_ended_too(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let inner = format!("From: help@nordet.example\r\nSubject: Closure\r\nContent-Type: text/plain\r\n\r\n{ORIGIN}{approve}\r\n");
        let parts = format!("--x\r\nContent-Type: text/plain\r\n\r\nWhat is this?\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x--\r\n");
        let raw = format!("From: dora@nordet.example\r\nTo: {BLUE}\r\nSubject: Fwd\r\nDate: Mon, 23 Nov 2026 12:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{parts}");
        deliver(&post, BLUE, &raw).await;
        work(&post).await;
        let mut anybody = browser(&desk);
        let page = anybody.gets(&approve).await;
        assert!(page.text.contains("no longer has any effect") && !page.text.contains("noir"), "{}", page.text);
        let seen = w.stands(screen).await.1;
        let csrf = anybody.posts(&approve, &approve, &[("version", &seen.to_string())]).await;
        assert_eq!(csrf.status, 409);
        assert_eq!(w.stands(screen).await.0, "closed");
        door.closes().await;
    }
}

on_both_engines! {
    /// Nobody decided anything by being away.
    async fn an_absence_notice_ends_no_link(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let to = thread::plus_address(&post.key, screen.0, w.person("dora").0, BLUE);
        deliver(&post, BLUE, &letter("dora@nordet.example", &to, "Away", "Auto-Submitted: auto-replied\r\n", "I am away until Monday.")).await;
        work(&post).await;
        let page = browser(&desk).gets(&approve).await;
        assert!(page.text.contains("In the name of Dora"), "{}", page.text);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_mail_that_leaves_late_offers_what_can_be_done_then_to_whom_it_was_meant(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let (post, server) = posting(w, &door).await;
        // Announced, and the address changes before it leaves.
        closes(&door, "ben", screen).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE jobs SET run_at = run_at + 1 WHERE kind = 'send_mail'")).await.unwrap();
        tx.commit().await.unwrap();
        let refuses = json!({ "message": "Still black" });
        assert_eq!(door.programs("dora", Method::POST, screen, "/refusal", refuses).await.status, 200);
        closes(&door, "ben", screen).await;
        // Two closures are mailed; of the first one nothing is to be decided any more.
        work(&post).await;
        let took = server.took();
        let offering: Vec<usize> = took
            .iter()
            .map(|raw| letter::parse::parse(raw.as_bytes()))
            .filter(|read| read.to[0].email == "dora@nordet.example")
            .map(|read| read.text.matches("/mailed/").count())
            .collect();
        assert_eq!(offering.iter().sum::<usize>(), 2, "{offering:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_came_since_the_mail_is_said_and_what_a_merge_brings_decides_nothing(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let mut dora = browser(&desk);
        assert!(!dora.gets(&approve).await.text.contains("since this message"));
        let printer = w.ticket("printer");
        assert_eq!(door.programs("max", Method::POST, printer, "/assignment", json!({})).await.status, 200);
        let merged = door.programs("max", Method::POST, printer, "/merge", json!({ "into": screen.0, "let_requester_in": true })).await;
        assert!(merged.status < 300, "{}", merged.body);
        let reply = json!({ "audience": "public", "body": "Wait, there is more" });
        assert_eq!(door.programs("ben", Method::POST, screen, "/comments", reply).await.status, 201);
        let page = dora.gets(&approve).await;
        assert!(page.text.contains("since this message") && page.text.contains("In the name of Dora"), "{}", page.text);
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut dora, &approve, "", seen).await.0, 303);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_lost_the_right_does_nothing_by_an_old_link(w) {
        let door = w.door().await;
        let desk = Desk::of(door.app.clone());
        let (post, server) = posting(w, &door).await;
        let screen = w.ticket("screen");
        assert_eq!(door.programs("max", Method::POST, screen, "/release", json!({})).await.status, 200);
        let take = links(&post, &server, "ben").await.remove(0);
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "somebody leaves in a test", "DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        // He sees nothing of it any more, and has back what he typed on the page he had open.
        let page = browser(&desk).gets(&take).await;
        assert!(page.text.contains("no longer has any effect") && !page.text.contains("noir"), "{}", page.text);
        let (status, text) = presses(&mut browser(&desk), &take, "A long question", 1).await;
        assert_eq!(status, 409);
        assert!(text.contains("A long question</textarea>") && !text.contains("noir"), "{text}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn used_links_are_forgotten_when_they_would_not_work_any_more(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut browser(&desk), &approve, "", seen).await.0, 303);
        assert_eq!(deeds::forget_old(&w.db, w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(15));
        assert_eq!(deeds::forget_old(&w.db, w.now()).await.unwrap(), 1);
        // Forgotten, it is too old.
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut browser(&desk), &approve, "", seen).await.0, 409);
        door.closes().await;
    }
}
