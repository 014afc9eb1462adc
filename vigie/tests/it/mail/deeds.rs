//! Links in mails that do something: what they do, for whom, and when they do it no more.

mod ended;

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
    /// Fault SC-20: by guessing nobody learns which person, ticket or event there is.
    async fn links_that_are_none_and_links_of_nobody_answer_alike(w) {
        let door = w.door().await;
        let (desk, screen) = (Desk::of(door.app.clone()), w.ticket("screen"));
        let (post, server) = posting(w, &door).await;
        closes(&door, "ben", screen).await;
        let approve = links(&post, &server, "dora").await.remove(0);
        let code = approve.rsplit('.').next().unwrap();
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test shuts somebody out", "UPDATE people SET disabled_at = 5 WHERE id = $1", w.person("dora"))).await.unwrap();
        tx.commit().await.unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for link in [
            // Of somebody who was shut out, proven; of one who is there, and one who never was; of no shape at all.
            approve.clone(),
            format!("/mailed/{}.{screen}.approve.1.499000.{code}", w.person("emil")),
            format!("/mailed/987654.{screen}.approve.1.499000.{code}"),
            format!("/mailed/{}.987654.approve.1.499000.{code}", w.person("emil")),
            "/mailed/nothing".to_owned(),
        ] {
            let answer = browser(&desk).gets(&link).await;
            // Each request has a number and a form token of its own, and says where it is.
            let plain: String = answer.text.replace(&link, "");
            let is_alike = |line: &&str| !line.contains("csrf") && !line.contains("class=\"ref\"");
            let plain: Vec<&str> = plain.lines().filter(is_alike).collect();
            seen.insert(plain.join("\n"));
            assert_eq!(answer.status, 404, "{link}");
            assert!(!answer.text.contains("Dora") && !answer.text.contains("Emil"));
        }
        assert_eq!(seen.len(), 1, "{seen:#?}");
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
