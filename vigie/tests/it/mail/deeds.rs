//! Links in mails that do something: what they do, for whom, and when they do it no more.

use axum::http::Method;
use kit::clock::Span;
use kit::system;
use serde_json::json;
use vigie::mail::deeds;

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;
use crate::desk::{Browser, Desk};

const ORIGIN: &str = "https://desk.nordet.example";

/// A post of the house behind a door, with a server that takes what it sends.
async fn posting(w: &World, door: &Door) -> (Post, Server) {
    let server = Server::start(&[]).await;
    let post = post(w).await;
    let post = Post {
        key: door.app.thread_key.clone(),
        ..with_relay(&post, server.port)
    };
    work(&post).await;
    (post, server)
}

/// The links of the last mail to somebody that has some, without the origin.
async fn links(post: &Post, server: &Server, who: &str) -> Vec<String> {
    work(post).await;
    let address = format!("{who}@nordet.example");
    let took = server.took();
    let letters = took
        .iter()
        .map(|raw| letter::parse::parse(raw.as_bytes()))
        .filter(|read| read.to.iter().any(|to| to.email == address));
    let links = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(ORIGIN));
        let links = lines.filter(|path| path.starts_with("/mailed/"));
        links.map(str::to_owned).collect()
    };
    let all: Vec<Vec<String>> = letters.map(|read| links(&read.text)).collect();
    all.into_iter().next_back().unwrap_or_default()
}

async fn closes(door: &Door, who: &str, ticket: TicketId) {
    let body = json!({ "message": "The cable was loose." });
    let closed = door
        .programs(who, Method::POST, ticket, "/closure", body)
        .await;
    assert_eq!(closed.status, 200, "{}", closed.body);
}

fn browser(desk: &Desk) -> Browser<'_> {
    desk.browser().with("accept-language", "en")
}

async fn presses(
    browser: &mut Browser<'_>,
    link: &str,
    message: &str,
    version: i64,
) -> (u16, String) {
    let version = version.to_string();
    let fields = [("message", message), ("version", version.as_str())];
    let answer = browser.posts(link, link, &fields).await;
    (answer.status, answer.text)
}

on_both_engines! {
    async fn a_requester_approves_by_the_link_of_their_mail_without_signing_in(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let offered = links(&post, &server, "dora").await;
        assert_eq!(offered.len(), 2, "{offered:?}");
        assert!(links(&post, &server, "ben").await.is_empty());
        let (approve, refuse) = (offered[0].as_str(), offered[1].as_str());
        let mut anybody = browser(&desk);
        // Whatever fetches a link changes nothing by it.
        for _ in 0..3 {
            let page = anybody.gets(approve).await;
            assert_eq!(page.status, 200);
            for shown in ["Approve the closure", "Écran noir", "In the name of Dora"] {
                assert!(page.text.contains(shown), "{shown}: {}", page.text);
            }
        }
        assert_eq!(w.stands(screen).await.0, "closed");
        let seen = w.stands(screen).await.1;
        let (status, text) = presses(&mut anybody, approve, "", seen).await;
        assert_eq!(status, 303, "{text}");
        assert_eq!(w.stands(screen).await.0, "approved");
        assert!(anybody.gets(approve).await.text.contains("It is done."));
        // Once, and the other one not after it.
        let after = w.stands(screen).await;
        for link in [approve, refuse] {
            let (status, _) = presses(&mut browser(&desk), link, "No!", after.1).await;
            assert_eq!(status, 409, "{link}");
        }
        assert!(anybody.gets(refuse).await.text.contains("no longer has any effect"));
        assert_eq!(w.stands(screen).await, after);
        let events = door.json("ben", &format!("/api/v1/tickets/{screen}/events")).await.to_string();
        assert!(events.contains("approved") && events.contains("Dora"), "{events}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_closure_is_refused_with_what_is_missing(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let offered = links(&post, &server, "dora").await;
        let (approve, refuse) = (offered[0].clone(), offered[1].clone());
        let mut dora = browser(&desk);
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut dora, &refuse, "", seen).await.0, 422);
        // Somebody wrote while she did: she reads it first, and what she typed is there.
        let reply = json!({ "audience": "public", "body": "One more thing" });
        assert_eq!(door.programs("ben", Method::POST, screen, "/comments", reply).await.status, 201);
        let (status, text) = presses(&mut dora, &refuse, "Still black", seen).await;
        assert_eq!(status, 409, "{text}");
        assert!(text.contains("Still black</textarea>") && text.contains("meanwhile"), "{text}");
        assert_eq!(w.stands(screen).await.0, "closed");
        let seen = w.stands(screen).await.1;
        let (status, text) = presses(&mut dora, &refuse, "Still black", seen).await;
        assert_eq!(status, 303, "{text}");
        assert_eq!(w.stands(screen).await.0, "in_progress");
        let words = door.json("ben", &format!("/api/v1/tickets/{screen}/comments")).await.to_string();
        assert_eq!(words.matches("\"body\":\"Still black\"").count(), 1, "{words}");
        // Closed again, it is another closure: the first mail's link does not agree to it.
        closes(&door, "ben", screen).await;
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut dora, &approve, "", seen).await.0, 409);
        assert_eq!(w.stands(screen).await.0, "closed");
        let fresh = links(&post, &server, "dora").await;
        assert_eq!(presses(&mut dora, &fresh[0], "", seen).await.0, 303);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_link_is_of_one_person_at_one_address_for_a_fortnight(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let mut anybody = browser(&desk);
        // Of another person, another ticket, another deed, longer, unsigned: nothing of it is there.
        let (dora, emil) = (w.person("dora").to_string(), w.person("emil").to_string());
        let rest = approve.strip_prefix(&format!("/mailed/{dora}.")).unwrap();
        for forged in [
            format!("/mailed/{emil}.{rest}"),
            approve.replace(&format!(".{screen}."), &format!(".{}.", w.ticket("badge"))),
            approve.replace("approve", "refuse"),
            approve[..approve.len() - 1].to_owned(),
            format!("{approve}a"),
            "/mailed/x".to_owned(),
        ] {
            assert_eq!(anybody.gets(&forged).await.status, 404, "{forged}");
        }
        // Where somebody else is signed in, it is not theirs to press.
        let page = door.gets("ben", &approve).await;
        assert!(page.body.contains("mailed to Dora") && !page.body.contains("<button class=\"btn primary block\""), "{}", page.body);
        let seen = w.stands(screen).await.1;
        let pressed = door.asks("ben", Method::POST, &approve, &format!("version={seen}")).await;
        assert_eq!(pressed.status, 403);
        assert_eq!(w.stands(screen).await.0, "closed");
        // Not with another address, nor for somebody who was shut out.
        let sets = async |column: &str, value: &str| {
            let mut tx = w.db.write().await.unwrap();
            match column {
                "email" => tx.run(system!(because = "a test moves somebody", "UPDATE people SET email = $2 WHERE id = $1", w.person("dora"), value)).await.unwrap(),
                _ => tx.run(system!(because = "a test shuts somebody out", "UPDATE people SET disabled_at = $2 WHERE id = $1", w.person("dora"), value.parse::<i64>().ok())).await.unwrap(),
            };
            tx.commit().await.unwrap();
        };
        for (column, value, back) in [("email", "dora@elsewhere.example", "dora@nordet.example"), ("disabled_at", "5", "")] {
            sets(column, value).await;
            assert_eq!(anybody.gets(&approve).await.status, 404, "{column}");
            sets(column, back).await;
            assert_eq!(anybody.gets(&approve).await.status, 200, "{column}");
        }
        w.clock.advance(Span::days(13));
        assert!(anybody.gets(&approve).await.text.contains("In the name of Dora"));
        w.clock.advance(Span::days(2));
        assert!(anybody.gets(&approve).await.text.contains("too old"));
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut anybody, &approve, "", seen).await.0, 409);
        door.closes().await;
    }
}

on_both_engines! {
    async fn agents_take_a_free_ticket_from_their_mail(w) {
        let door = w.door().await;
        let desk = Desk::of(door.app.clone());
        let (post, server) = posting(w, &door).await;
        let screen = w.ticket("screen");
        assert_eq!(door.programs("max", Method::POST, screen, "/release", json!({})).await.status, 200);
        let of_ben = links(&post, &server, "ben").await;
        assert_eq!(of_ben.len(), 3, "{of_ben:?}");
        // Vera only looks; the customer is told of it, and takes nothing.
        for who in ["vera", "dora"] {
            assert!(links(&post, &server, who).await.is_empty(), "{who}");
        }
        let (take, close, ask) = (&of_ben[0], &of_ben[1], &of_ben[2]);
        let mut ben = browser(&desk);
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut ben, ask, "", seen).await.0, 422);
        let (status, text) = presses(&mut ben, ask, "Which model is it?", seen).await;
        assert_eq!(status, 303, "{text}");
        let ticket = door.json("ada", &format!("/api/v1/tickets/{screen}")).await;
        assert_eq!((&ticket["assignee"]["name"], &ticket["state"]), (&json!("Ben"), &json!("incomplete")));
        // The other links of that mail are over.
        for link in [take, close] {
            let seen = w.stands(screen).await.1;
            assert_eq!(presses(&mut ben, link, "", seen).await.0, 409, "{link}");
        }
        // And none of them takes a ticket off somebody.
        assert_eq!(door.programs("max", Method::POST, screen, "/release", json!({})).await.status, 200);
        let of_ben = links(&post, &server, "ben").await;
        assert_eq!(door.programs("max", Method::POST, screen, "/assignment", json!({})).await.status, 200);
        let seen = w.stands(screen).await.1;
        assert_eq!(presses(&mut browser(&desk), &of_ben[0], "", seen).await.0, 409);
        let ticket = door.json("ada", &format!("/api/v1/tickets/{screen}")).await;
        assert_eq!(ticket["assignee"]["name"], json!("Max"));
        door.closes().await;
    }
}

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
        assert_eq!(browser(&desk).gets(&take).await.status, 404, "he sees nothing of it any more");
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
