//! People on a ticket: let in, let out, observing, following.

use axum::http::Method;
use kit::db::Ask;
use kit::{record, system};
use serde_json::json;
use vigie::mail::post::Post;
use vigie::tickets::TicketId;
use vigie::tickets::reading::find;
use vigie::tickets::rights::Read;

use crate::world::World;

record! { struct Mail { address: String, purpose: String } }
record! { struct Word { word: String } }

/// Everybody who is mailed about a ticket so far, once the announcements have run.
async fn mails(w: &World, post: &Post, ticket: TicketId) -> Vec<String> {
    crate::mail::work(post).await;
    let mails: Vec<Mail> = w
        .db
        .read()
        .all(system!(
            because = "a test looks at the post itself",
            "SELECT address, purpose FROM outgoing_mails WHERE ticket_id = $1 AND state <> 'dropped' ORDER BY id",
            ticket
        ))
        .await
        .unwrap();
    mails
        .into_iter()
        .map(|m| format!("{}:{}", m.address.split('@').next().unwrap(), m.purpose))
        .collect()
}

async fn sees(w: &World, who: &str, ticket: TicketId) -> bool {
    find::<Read>(&mut w.db.read(), &w.actor(who), ticket)
        .await
        .is_ok()
}

on_both_engines! {
    async fn people_are_let_in_by_address_and_login_and_mailed_once_each(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let post = crate::mail::post(w).await;
        let form = "people=emil%2C+FAY@nordet.example%3B+new@outside.example&message=Please+have+a+look&version=1&once=i1";
        for _ in 0..2 {
            let sent = door.sends("ben", printer, "/invitees", form).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
        }
        let people = door.json("ben", &format!("/api/v1/tickets/{printer}/participants")).await;
        let names: Vec<&str> = people["invitees"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Emil", "Fay", "new@outside.example"]);
        assert_eq!(mails(w, &post, printer).await, ["emil:invitation", "fay:invitation", "new:invitation"]);
        assert!(sees(w, "emil", printer).await && sees(w, "fay", printer).await);
        // The words stand in the thread once, for everybody.
        let page = door.gets("emil", &format!("/portal/tickets/{printer}")).await;
        assert_eq!(page.body.matches("Please have a look").count(), 1);
        let history = door.gets("ben", &format!("/tickets/{printer}?show=history")).await;
        assert!(history.body.contains("invited Emil") && history.body.contains("invited Fay"));
        // Whoever wrote from outside has no access to the portal.
        let portal: Word = w.db.read().one(kit::global!(
            "SELECT CASE WHEN has_portal THEN 'portal' ELSE 'none' END AS word FROM people WHERE email_key = 'new@outside.example'"
        )).await.unwrap();
        assert_eq!(portal.word, "none");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_is_let_out_loses_sight_at_once_and_is_not_told(w) {
        let door = w.door().await;
        let (badge, dora) = (w.ticket("badge"), w.person("dora"));
        let post = crate::mail::post(w).await;
        assert!(sees(w, "dora", badge).await);
        let out = door.programs("ben", Method::DELETE, badge, &format!("/invitees/{dora}"), json!({})).await;
        assert_eq!(out.status, 204);
        assert!(!sees(w, "dora", badge).await);
        assert_eq!(door.gets("dora", &format!("/portal/tickets/{badge}")).await.status, 404);
        // Again is a quiet success.
        assert_eq!(door.programs("ben", Method::DELETE, badge, &format!("/invitees/{dora}"), json!({})).await.status, 204);
        assert!(mails(w, &post, badge).await.is_empty());
        let history = door.gets("ben", &format!("/tickets/{badge}?show=history")).await;
        assert!(history.body.contains("withdrew the invitation of Dora"), "the name stays in the history");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_requester_invites_a_colleague_by_address_only(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let post = crate::mail::post(w).await;
        let path = format!("/portal/tickets/{printer}/invitees");
        // A login would tell who has an account; so would another answer for a known address.
        for (typed, sentence) in [("emil", "is not an e-mail address"), ("nobody-here", "is not an e-mail address"), ("", "required"), ("dora@nordet.example", "sees the ticket already")] {
            let refused = door.asks("dora", Method::POST, &path, &format!("people={typed}&message=Hello&version=1")).await;
            assert_eq!(refused.status, 422, "{typed}");
            assert!(refused.body.contains(sentence), "{typed}: {}", refused.body);
            assert!(refused.body.contains(">Hello</textarea>"), "what was typed is kept");
        }
        let sent = door.asks("dora", Method::POST, &path, "people=emil@nordet.example,max@nordet.example&version=1").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(sees(w, "emil", printer).await);
        assert_eq!(mails(w, &post, printer).await, ["emil:invitation", "max:invitation"]);
        // Emil is let in: he reads, and lets nobody in himself.
        assert_eq!(door.asks("emil", Method::POST, &path, "people=fay@nordet.example&version=1").await.status, 403);
        let emil = w.person("emil");
        let out = door.asks("dora", Method::POST, &format!("{path}/{emil}/removal"), "version=1").await;
        assert_eq!(out.status, 303);
        assert!(!sees(w, "emil", printer).await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn inviting_oneself_or_somebody_invited_already_sends_no_mail(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        let post = crate::mail::post(w).await;
        let own = door.sends("ben", screen, "/invitees", "people=ben&version=1").await;
        assert_eq!(own.status, 303);
        assert!(mails(w, &post, screen).await.is_empty());
        let again = door.sends("ben", badge, "/invitees", "people=dora&version=1").await;
        assert_eq!(again.status, 303);
        assert!(again.headers["set-cookie"].contains("participants-said-already"), "{:?}", again.headers);
        // With a message it is said at the field, so that the words are not lost.
        let words = door.sends("ben", badge, "/invitees", "people=dora&message=Read+this&version=1").await;
        assert_eq!(words.status, 422);
        assert!(words.body.contains("are invited already") && words.body.contains(">Read this</textarea>"));
        assert!(mails(w, &post, badge).await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_is_half_done_when_one_of_several_is_unknown(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let refused = door.sends("ben", printer, "/invitees", "people=emil,brand-new@outside.example,nobody-here&version=1").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Nobody is known as “nobody-here”"));
        assert!(refused.body.contains("value=\"emil,brand-new@outside.example,nobody-here\""));
        assert!(!sees(w, "emil", printer).await);
        let found = vigie::people::find_by_email(&mut w.db.read(), "brand-new@outside.example").await.unwrap();
        assert!(found.is_none());
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_observer_reads_all_and_advises_and_handles_nothing(w) {
        let door = w.door().await;
        let (salary, ben) = (w.ticket("salary"), w.person("ben"));
        let post = crate::mail::post(w).await;
        assert!(!sees(w, "ben", salary).await);
        let added = door.programs("cleo", Method::POST, salary, "/observers", json!({ "people": ["ben"] })).await;
        assert_eq!(added.status, 201, "{}", added.body);
        assert_eq!(mails(w, &post, salary).await, ["ben:event"]);
        // Ten notes later nobody else is in charge.
        for n in 0..10 {
            let note = door.programs("ben", Method::POST, salary, "/comments", json!({ "audience": "staff", "body": format!("advice {n}") })).await;
            assert_eq!(note.status, 201, "{}", note.body);
        }
        let ticket = find::<Read>(&mut w.db.read(), &w.actor("ben"), salary).await.unwrap();
        assert_eq!(ticket.assignee_id, Some(w.person("cleo")));
        let page = door.gets("ben", &format!("/tickets/{salary}")).await;
        assert!(page.body.contains("Staff only"), "notes are read");
        for deed in ["assignment", "release", "closure", "reopening"] {
            assert!(!page.body.contains(&format!("/tickets/{salary}/{deed}\"")), "{deed}");
        }
        for (rest, body) in [("/comments", json!({ "audience": "public", "body": "no" })), ("/closure", json!({})), ("/invitees", json!({ "people": ["emil"] })), ("/tags", json!({ "tags": ["x"] }))] {
            assert_eq!(door.programs("ben", Method::POST, salary, rest, body).await.status, 403, "{rest}");
        }
        // The requester does not know of him.
        let hers = door.json("fay", &format!("/api/v1/tickets/{salary}/participants")).await;
        assert_eq!(hers["observers"], json!([]));
        // He may end it himself, and the ticket is gone for him.
        let ended = door.sends("ben", salary, "/observation", "wants=no&version=1").await;
        assert_eq!((ended.status, ended.location()), (303, "/tickets"));
        assert!(!sees(w, "ben", salary).await);
        assert_eq!(door.programs("cleo", Method::DELETE, salary, &format!("/observers/{ben}"), json!({})).await.status, 204);
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_lets_themselves_see_more_by_observing(w) {
        let door = w.door().await;
        // Ben asked for this in a department that is not his: he does not read its notes, nor observe it.
        let own = w.ticket("own");
        assert_eq!(door.programs("ben", Method::POST, own, "/observers", json!({})).await.status, 403);
        assert_eq!(door.programs("dora", Method::POST, w.ticket("printer"), "/observers", json!({})).await.status, 403);
        // Vera may look at Blue: she may observe there, and choose nobody else.
        let printer = w.ticket("printer");
        assert_eq!(door.programs("vera", Method::POST, printer, "/observers", json!({})).await.status, 201);
        assert_eq!(door.programs("vera", Method::POST, printer, "/observers", json!({ "people": ["cleo"] })).await.status, 403);
        let refused = door.programs("ben", Method::POST, printer, "/observers", json!({ "people": ["emil"] })).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("fault-not-agent"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_follower_hears_of_what_they_see_and_nobody_knows(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let post = crate::mail::post(w).await;
        assert_eq!(door.sends("vera", printer, "/following", "wants=yes&version=1").await.status, 303);
        assert_eq!(door.programs("vera", Method::POST, printer, "/following", json!({})).await.status, 201);
        let hers = door.json("vera", &format!("/api/v1/tickets/{printer}/participants")).await;
        assert_eq!(hers["following"], true);
        let his = door.json("ada", &format!("/api/v1/tickets/{printer}/participants")).await;
        assert_eq!(his["following"], false);
        let version = w.stands(printer).await.1;
        let reply = door.programs("dora", Method::POST, printer, "/comments", json!({ "audience": "public", "body": "Any news?" })).await;
        assert_eq!(reply.status, 201);
        assert!(mails(w, &post, printer).await.contains(&"vera:event".to_owned()));
        assert_eq!(w.stands(printer).await.1, version + 1, "following is no change of the ticket");
        // It grants nothing: Rob, of Blue but restricted, cannot even begin.
        assert_eq!(door.programs("rob", Method::POST, printer, "/following", json!({})).await.status, 404);
        assert_eq!(door.programs("vera", Method::DELETE, printer, "/following", json!({})).await.status, 204);
        door.closes().await;
    }
}

on_both_engines! {
    async fn staff_who_may_invite_find_people_and_nobody_else_gets_a_directory(w) {
        let door = w.door().await;
        let printer = w.ticket("printer");
        let found = door.json("ben", &format!("/api/v1/tickets/{printer}/people?text=EM")).await;
        assert_eq!(found[0]["email"], "emil@nordet.example");
        assert_eq!(door.json("ben", &format!("/api/v1/tickets/{printer}/people")).await, json!([]));
        // The requester may invite, and still finds nobody; who may not invite has no search at all.
        assert_eq!(door.json("dora", &format!("/api/v1/tickets/{printer}/people?text=em")).await, json!([]));
        assert_eq!(door.gets("vera", &format!("/api/v1/tickets/{printer}/people?text=em")).await.status, 403);
        let page = door.gets("ben", &format!("/tickets/{printer}/people?for=invitees&text=emil")).await;
        assert!(page.body.contains("value=\"emil@nordet.example\"") && page.body.contains("type=\"checkbox\""));
        let agents = door.gets("ben", &format!("/tickets/{printer}/people?for=observers&text=nordet")).await;
        assert!(agents.body.contains("cleo@nordet.example") && !agents.body.contains("emil@nordet.example"));
        // What the page sends: a box instead of words.
        let sent = door.sends("ben", printer, "/invitees", "person=emil%40nordet.example&people=&version=1").await;
        assert_eq!(sent.status, 303);
        assert!(sees(w, "emil", printer).await);
        // He is offered again on another ticket.
        let screen = door.gets("ben", &format!("/tickets/{}", w.ticket("screen"))).await;
        assert!(screen.body.contains("Invited lately") && screen.body.contains("value=\"emil@nordet.example\""));
        door.closes().await;
    }
}
