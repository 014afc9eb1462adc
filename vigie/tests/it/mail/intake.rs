//! What becomes of letters, rule by rule.

use vigie::mail::intake::NOBODY;
use vigie::people;

use super::*;

async fn state(w: &World, ticket: TicketId) -> String {
    w.stands(ticket).await.0
}

on_both_engines! {
    async fn a_stranger_becomes_a_person_and_their_letter_a_ticket(w) {
        let post = post(w).await;
        let sent = letter("=?utf-8?q?Zo=C3=A9_L=C3=A9ger?= <Zoe@Example.org>", BLUE, "=?utf-8?q?Imprimante_cass=C3=A9e?=", "Content-Type: text/plain; charset=utf-8\r\n", "Elle fume.\n\nZoé");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        let ended = ended(w, id).await;
        assert_eq!((ended.state.as_str(), ended.reason), ("done", None));
        let zoe = people::find_by_email(&mut w.db.read(), "zoe@example.org").await.unwrap().unwrap();
        assert_eq!(zoe.name, "Zoé Léger");
        assert!(!zoe.has_portal && zoe.role.is_none());
        let said = comments(w, ended.ticket_id.unwrap()).await;
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].hat.as_str(), said[0].body.as_str()), ("requester", "Elle fume.\n\nZoé"));
        assert_eq!(told(w).await, ["Zoe acknowledgement", "ben event", "rob event", "vera event"]);
    }
}

on_both_engines! {
    async fn reading_a_letter_twice_changes_nothing(w) {
        let post = post(w).await;
        let id = deliver(&post, BLUE, &letter("a@example.org", BLUE, "Once", "", "x")).await;
        work(&post).await;
        let before = (count(w, "tickets").await, count(w, "outgoing").await);
        let again = store::ReadMail { mail: id, released: false };
        mail::intake::run(&post, again, 1).await;
        work(&post).await;
        assert_eq!((count(w, "tickets").await, count(w, "outgoing").await), before);
    }
}

on_both_engines! {
    /// However they are written (IN-24).
    async fn two_first_letters_at_once_are_one_person(w) {
        let post = post(w).await;
        let people_before = count(w, "people").await;
        let mut ids = vec![];
        for (n, from) in ["New.One@example.org", "new.one@Example.org", "NEW.ONE@EXAMPLE.ORG"].into_iter().enumerate() {
            ids.push(deliver(&post, BLUE, &letter(from, BLUE, &format!("n{n}"), "", "x")).await);
        }
        let reading = ids.iter().map(|id| mail::intake::run(&post, store::ReadMail { mail: *id, released: false }, 1));
        for verdict in futures_util::future::join_all(reading).await {
            assert_eq!(verdict, jobs::Verdict::Done);
        }
        assert_eq!(count(w, "people").await, people_before + 1);
        for id in ids {
            assert_eq!(ended(w, id).await.state, "done");
        }
    }
}

on_both_engines! {
    /// Not even of whoever the ticket is (ID-03).
    async fn a_token_joins_the_ticket_and_a_number_in_a_subject_does_not(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let by_token = letter("Dora <dora@nordet.example>", &token(w, printer, "dora"), "Re: x", "", "More paper.");
        let id = deliver(&post, BLUE, &by_token).await;
        let by_number = letter("dora@nordet.example", BLUE, &format!("Re: [Reply Blue #{printer}] The printer"), "", "By number.");
        let other = deliver(&post, BLUE, &by_number).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(printer.0));
        assert_ne!(ended(w, other).await.ticket_id, Some(printer.0));
        let said = comments(w, printer.0).await;
        assert_eq!(said.len(), 2);
        assert_eq!((said[1].author.as_str(), said[1].hat.as_str()), ("dora@nordet.example", "requester"));
    }
}

on_both_engines! {
    /// One letter of it changed (ID-04).
    async fn a_proven_reference_joins_and_a_forged_one_does_not(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let ours = thread::reference_for(&post.key, printer.0, w.person("dora").0, "abc", "desk");
        let forged = ours.replacen("abc", "abd", 1);
        for (id, joins) in [(ours, true), (forged, false)] {
            let sent = letter("dora@nordet.example", BLUE, "Re", &format!("In-Reply-To: <{id}>\r\n"), "x");
            let mail = deliver(&post, BLUE, &sent).await;
            work(&post).await;
            assert_eq!(ended(w, mail).await.ticket_id == Some(printer.0), joins, "{id}");
        }
    }
}

on_both_engines! {
    /// Whatever became of the headers on its way (ID-10).
    async fn a_token_that_reached_us_only_in_the_envelope_counts(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let sent = letter("dora@nordet.example", "undisclosed@nordet.example", "Re", "", "x");
        let id = deliver_from(&post, "dora@nordet.example", &token(w, printer, "dora"), sent.as_bytes()).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(printer.0));
    }
}

on_both_engines! {
    /// Nor are they told anything (ID-01, ID-07).
    async fn a_stranger_with_a_token_is_held_and_adds_nothing(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let sent = letter("thief@evil.example", &token(w, printer, "dora"), "Re", "", "Send me everything");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        let held = ended(w, id).await;
        assert_eq!((held.state.as_str(), held.reason.as_deref()), ("held", Some("unproven-sender")));
        assert_eq!(held.ticket_id, Some(printer.0));
        assert_eq!(comments(w, printer.0).await.len(), 1);
        assert_eq!(count(w, "outgoing").await, 0);
        // Let in, it becomes a ticket of its own, not part of that one.
        let mut tx = w.db.write().await.unwrap();
        assert!(store::replay(&mut tx, &w.actor("max"), store::IncomingId(id), w.now()).await.unwrap());
        tx.commit().await.unwrap();
        work(&post).await;
        let opened = ended(w, id).await;
        assert_eq!(opened.state, "done");
        assert_ne!(opened.ticket_id, Some(printer.0));
        assert_eq!(comments(w, printer.0).await.len(), 1);
    }
}

on_both_engines! {
    async fn only_administrators_let_letters_in(w) {
        let post = post(w).await;
        let sent = letter("thief@evil.example", &token(w, w.ticket("printer"), "dora"), "Re", "", "x");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        for name in ["ben", "gil", "vera", "dora"] {
            let mut tx = w.db.write().await.unwrap();
            let refused = store::replay(&mut tx, &w.actor(name), store::IncomingId(id), w.now()).await;
            assert!(matches!(refused, Err(kit::error::Error::NotFound)), "{name}");
            assert!(lists_store::raw_incoming(&mut tx, &w.actor(name), store::IncomingId(id)).await.is_err());
        }
    }
}

on_both_engines! {
    /// They are who they are (ID-07).
    async fn an_invitee_with_somebody_elses_token_speaks_as_invitee(w) {
        let post = post(w).await;
        let badge = w.ticket("badge");
        let sent = letter("dora@nordet.example", &token(w, badge, "emil"), "Re", "", "Me too");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(badge.0));
        let said = comments(w, badge.0).await;
        let last = said.last().unwrap();
        assert_eq!((last.author.as_str(), last.hat.as_str()), ("dora@nordet.example", "invitee"));
    }
}

on_both_engines! {
    /// A forged sender makes no agent (ID-01).
    async fn an_agent_answers_by_mail_only_with_their_own_token(w) {
        let post = post(w).await;
        let screen = w.ticket("screen");
        let own = deliver(&post, BLUE, &letter("ben@nordet.example", &token(w, screen, "ben"), "Re", "", "Try again")).await;
        work(&post).await;
        assert_eq!(ended(w, own).await.ticket_id, Some(screen.0));
        let said = comments(w, screen.0).await;
        assert_eq!((said.last().unwrap().hat.as_str(), said.last().unwrap().audience.as_str()), ("agent", "public"));
        // With the requester's token, From alone makes nobody an agent.
        let forged = deliver(&post, BLUE, &letter("ben@nordet.example", &token(w, screen, "dora"), "Re", "", "Approved!")).await;
        // Without a token an agent is somebody who asks.
        let asks = deliver(&post, RED, &letter("ben@nordet.example", RED, "My payslip", "", "x")).await;
        work(&post).await;
        assert_eq!(ended(w, forged).await.reason.as_deref(), Some("unproven-sender"));
        assert_eq!(comments(w, screen.0).await.len(), said.len());
        let ticket = ended(w, asks).await.ticket_id.unwrap();
        assert_eq!(comments(w, ticket).await[0].hat, "requester");
    }
}

on_both_engines! {
    async fn an_agent_who_lost_sight_of_a_ticket_cannot_answer_it(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        let sent = letter("ben@nordet.example", &token(w, printer, "ben"), "Re", "", "Still there?");
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        assert_eq!(comments(w, printer.0).await.len(), 1);
        assert_ne!(ended(w, id).await.ticket_id, Some(printer.0));
    }
}

on_both_engines! {
    async fn an_answer_to_a_mail_about_a_note_is_a_note(w) {
        let post = post(w).await;
        let screen = w.ticket("screen");
        let gil = w.actor("gil");
        let mut tx = w.db.write().await.unwrap();
        let may = vigie::tickets::reading::find_to_change::<vigie::tickets::rights::Note>(&mut tx, &gil, screen).await.unwrap();
        let words = vigie::tickets::comments::NewComment::typed("Between us", vigie::tickets::Origin::Web);
        vigie::tickets::verbs::note(&mut tx, &may, &gil, words, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        let note = outbox(w).await.into_iter().find(|m| m.address == "ben@nordet.example").unwrap();
        let sent = letter("ben@nordet.example", BLUE, "Re", &format!("In-Reply-To: <{}>\r\n", note.message_id), "He is right");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.state, "done");
        let last = comments(w, screen.0).await.pop().unwrap();
        assert_eq!((last.body.as_str(), last.audience.as_str()), ("He is right", "staff"));
    }
}

on_both_engines! {
    async fn a_letter_on_a_closed_ticket_is_added_and_decides_nothing(w) {
        let post = post(w).await;
        let badge = w.ticket("badge");
        assert_eq!(state(w, badge).await, "closed");
        let id = deliver(&post, BLUE, &letter("emil@nordet.example", &token(w, badge, "emil"), "Re", "", "Still closed")).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(badge.0));
        assert_eq!(state(w, badge).await, "closed");
        assert_eq!(told(w).await, ["ben event", "dora event"]);
    }
}

on_both_engines! {
    /// It reopens nothing (LOOP-01).
    async fn an_absence_notice_joins_without_waking_anybody(w) {
        let post = post(w).await;
        let screen = w.ticket("screen");
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test needs a ticket that waits", "UPDATE tickets SET state = 'incomplete' WHERE id = $1", screen)).await.unwrap();
        tx.commit().await.unwrap();
        let away = letter("dora@nordet.example", &token(w, screen, "dora"), "Absence", "Auto-Submitted: auto-replied\r\n", "Back on Monday");
        let id = deliver(&post, BLUE, &away).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.reason.as_deref(), Some("auto-reply"));
        assert_eq!(comments(w, screen.0).await.last().unwrap().body, "Back on Monday");
        assert_eq!(state(w, screen).await, "incomplete");
        assert_eq!(count(w, "outgoing").await, 0);
        let lost = deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Absence", "Auto-Submitted: auto-replied\r\n", "Away")).await;
        work(&post).await;
        assert_eq!(ended(w, lost).await.state, "held");
    }
}

on_both_engines! {
    /// Lists are read and not answered (LOOP-12).
    async fn a_newsletter_opens_a_ticket_that_nobody_acknowledges(w) {
        let post = post(w).await;
        let id = deliver(&post, BLUE, &letter("news@shop.example", BLUE, "Offers", "List-Id: <news.shop.example>\r\n", "Buy")).await;
        work(&post).await;
        let ended = ended(w, id).await;
        assert_eq!((ended.state.as_str(), ended.reason.as_deref()), ("done", Some("list")));
        assert_eq!(told(w).await, ["ben event", "rob event", "vera event"]);
    }
}

on_both_engines! {
    /// A person wrote it (LOOP-02).
    async fn ordinary_mail_of_exchange_is_acknowledged(w) {
        let post = post(w).await;
        deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Help", "X-Auto-Response-Suppress: All\r\n", "x")).await;
        work(&post).await;
        assert!(told(w).await.contains(&"fay acknowledgement".to_owned()));
    }
}

on_both_engines! {
    /// Whichever of our addresses it has, and nobody becomes a customer by it (ID-09, LOOP-08).
    async fn our_own_mail_come_back_is_held(w) {
        let post = post(w).await;
        let (tickets, people) = (count(w, "tickets").await, count(w, "people").await);
        let own_id = thread::reference_for(&post.key, w.ticket("printer").0, w.person("dora").0, "n", "desk");
        for sent in [
            letter(BLUE, BLUE, "Self", "", "x"),
            letter("Desk <payroll+1@nordet.example>", BLUE, "Other queue", "", "x"),
            letter("a@example.org", BLUE, "Forwarded back", &format!("Message-ID: <{own_id}>\r\n"), "x"),
        ] {
            let id = deliver(&post, BLUE, &sent).await;
            work(&post).await;
            assert_eq!(ended(w, id).await.reason.as_deref(), Some("own-loop"));
        }
        assert_eq!((count(w, "tickets").await, count(w, "people").await), (tickets, people));
        assert_eq!(count(w, "outgoing").await, 0);
    }
}

on_both_engines! {
    /// It is held, not lost (LOOP-09).
    async fn the_eleventh_letter_of_a_machine_within_an_hour_waits(w) {
        let post = post(w).await;
        let mut ids = vec![];
        for n in 0..12 {
            ids.push(deliver(&post, BLUE, &letter("cron@box.example", BLUE, &format!("Job {n}"), "Auto-Submitted: auto-generated\r\n", "done")).await);
            work(&post).await;
        }
        for (n, id) in ids.iter().enumerate() {
            let expected = if n < 10 { "generated" } else { "flood" };
            assert_eq!(ended(w, *id).await.reason.as_deref(), Some(expected), "{n}");
        }
        w.clock.advance(kit::clock::Span::minutes(61));
        let later = deliver(&post, BLUE, &letter("cron@box.example", BLUE, "Later", "Auto-Submitted: auto-generated\r\n", "done")).await;
        work(&post).await;
        assert_eq!(ended(w, later).await.state, "done");
    }
}

on_both_engines! {
    /// All of it is there; agents who want no mail for each choose the daily report (LOOP-09).
    async fn a_flood_of_one_person_is_kept_and_acknowledged_ten_times(w) {
        let post = post(w).await;
        for n in 0..14 {
            deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, &format!("n{n}"), "", "x")).await;
        }
        work(&post).await;
        let told = told(w).await;
        assert_eq!(told.iter().filter(|t| *t == "fay acknowledgement").count(), 10);
        assert_eq!(told.iter().filter(|t| *t == "ben event").count(), 14);
    }
}

on_both_engines! {
    /// Once, and no new acknowledgement (LOOP-05).
    async fn a_bounce_of_ours_is_noted_for_staff_and_answered_by_nobody(w) {
        let post = post(w).await;
        let opened = deliver(&post, BLUE, &letter("gone@example.org", BLUE, "Help", "", "x")).await;
        work(&post).await;
        let mails = outbox(w).await;
        let ack = mails.iter().find(|m| m.purpose == "acknowledgement").unwrap();
        let before = (count(w, "outgoing").await, count(w, "comments").await);
        let report = format!(
            "From: MAILER-DAEMON@mx.example.org\r\nTo: {BLUE}\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; gone@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\nSubject: x\r\n\r\n--b--\r\n",
            ack.message_id
        );
        let id = deliver_from(&post, "", BLUE, report.as_bytes()).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.reason.as_deref(), Some("bounce"));
        let bounced = outbox(w).await.into_iter().find(|m| m.id == ack.id).unwrap();
        assert_eq!((bounced.state.as_str(), bounced.last_error.as_deref()), ("bounced", Some("5.1.1")));
        assert_eq!((count(w, "outgoing").await, count(w, "comments").await), before);
        record! { struct Noted { audience: String, hat: String } }
        let noted: Noted = w.db.read().one(system!(because = "a test looks", "SELECT audience, hat FROM events WHERE kind = 'bounced'")).await.unwrap();
        assert_eq!((noted.audience.as_str(), noted.hat.as_str()), ("staff", "system"));
        // Whoever works on the ticket reads it there.
        let door = w.door().await;
        let ticket = ended(w, opened).await.ticket_id.unwrap();
        let page = door.gets("ben", &format!("/tickets/{ticket}?show=history")).await;
        assert!(page.body.contains("could not deliver a mail to"), "{}", page.body);
        door.closes().await;
        // The same report about somebody else's mail proves nothing.
        let foreign = report.replace(&ack.message_id, "other@elsewhere.org");
        let other = deliver_from(&post, "", BLUE, foreign.as_bytes()).await;
        work(&post).await;
        assert_eq!(ended(w, other).await.reason.as_deref(), Some("foreign-bounce"));
    }
}

on_both_engines! {
    /// It is nobody’s (ID-15).
    async fn a_letter_of_two_people_or_of_nobody_still_becomes_a_ticket(w) {
        let post = post(w).await;
        for from in ["a@example.org, b@example.org", "\"boss@nordet.example\"@evil", ""] {
            let id = deliver(&post, BLUE, &letter(from, &token(w, w.ticket("printer"), "dora"), "Who?", "", from)).await;
            work(&post).await;
            let ended = ended(w, id).await;
            assert_eq!((ended.state.as_str(), ended.reason.as_deref()), ("unreadable", Some("sender-unclear")), "{from}");
            assert_ne!(ended.ticket_id, Some(w.ticket("printer").0));
            assert_eq!(comments(w, ended.ticket_id.unwrap()).await[0].author, NOBODY);
        }
        assert!(told(w).await.iter().all(|t| !t.starts_with("unknown")));
    }
}

on_both_engines! {
    async fn whoever_was_shut_out_opens_nothing(w) {
        let post = post(w).await;
        let mut tx = w.db.write().await.unwrap();
        people::disable(&mut tx, w.person("fay"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let id = deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Let me in", "", "x")).await;
        let answer = deliver(&post, BLUE, &letter("fay@nordet.example", &token(w, w.ticket("cable"), "fay"), "Re", "", "x")).await;
        work(&post).await;
        for id in [id, answer] {
            assert_eq!(ended(w, id).await.reason.as_deref(), Some("sender-disabled"));
        }
    }
}

on_both_engines! {
    async fn a_channel_whose_category_is_closed_holds_its_letters(w) {
        let post = post(w).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE categories SET is_active = FALSE WHERE name = 'Blue inbox'")).await.unwrap();
        tx.commit().await.unwrap();
        let id = deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "x", "", "x")).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.reason.as_deref(), Some("category-closed"));
    }
}

on_both_engines! {
    async fn files_come_with_the_letter_and_its_history_is_folded(w) {
        let post = post(w).await;
        let sent = format!(
            "From: fay@nordet.example\r\nTo: {BLUE}\r\nSubject: File\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee file.\r\n\r\nOn Mon, 23 Nov 2026 at 10:00, Ben wrote:\r\n> old words\r\n\
             --b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"../../\u{202e}gnp.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAAA\r\n--b--\r\n"
        );
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        let ticket = ended(w, id).await.ticket_id.unwrap();
        let said = comments(w, ticket).await;
        assert_eq!(said[0].body, "See file.");
        assert!(said[0].quoted.as_deref().unwrap().contains("old words"));
        record! { struct File { name: String, digest: String, media_type: String } }
        let file: File = w.db.read().one(system!(because = "a test looks", "SELECT name, digest, media_type FROM attachments WHERE ticket_id = $1", ticket)).await.unwrap();
        assert!(!file.name.contains(['/', '\u{202e}']), "{}", file.name);
        assert_eq!(file.media_type, "image/png");
        assert_eq!(post.files.fetch(&file.digest).await.unwrap(), b"\x89PNG\r\n\x1a\n\0\0\0\0");
    }
}
