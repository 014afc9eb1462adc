//! Tickets merged and given back, comments split off, tickets that follow.

use axum::http::Method;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::tickets::comments::NewComment;
use vigie::tickets::reading::find_to_change;
use vigie::tickets::rights::{Note, Reply};
use vigie::tickets::{Origin, TicketId, verbs};

use crate::browsing::Door;
use crate::mail::{BLUE, deliver, letter, post, work};
use crate::world::World;

record! { #[derive(Debug, PartialEq, Eq)] struct Row { ticket_id: i64, body: String, once: Option<String> } }
record! { #[derive(Debug, PartialEq, Eq)] struct Whole { state: String, stage: String, assignee_id: Option<i64>, comment_count: i64, closed_at: Option<i64> } }
record! { #[derive(Debug, PartialEq, Eq)] struct Let { person_id: i64, kind: String, source: String } }

async fn rows(w: &World, ticket: TicketId) -> Vec<Row> {
    w.db.read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT ticket_id, body, once FROM comments WHERE ticket_id = $1 ORDER BY id",
            ticket
        ))
        .await
        .unwrap()
}

async fn stands(w: &World, ticket: TicketId) -> Whole {
    w.db.read()
        .one(system!(
            because = "a test looks at the table itself",
            "SELECT state, stage, assignee_id, comment_count, closed_at FROM tickets WHERE id = $1",
            ticket
        ))
        .await
        .unwrap()
}

async fn let_in(w: &World, ticket: TicketId) -> Vec<Let> {
    w.db.read().all(system!(because = "a test looks at the table itself",
        "SELECT person_id, kind, source FROM participants WHERE ticket_id = $1 ORDER BY person_id, kind", ticket)).await.unwrap()
}

async fn says(w: &World, who: &str, ticket: TicketId, text: &str) {
    let actor = w.actor(who);
    let mut tx = w.db.write().await.unwrap();
    let words = NewComment {
        once: Some(format!("form {text}")),
        ..NewComment::typed(text, Origin::Web)
    };
    if text.starts_with("internal") {
        let may = find_to_change::<Note>(&mut tx, &actor, ticket)
            .await
            .unwrap();
        verbs::note(&mut tx, &may, &actor, words, w.now())
            .await
            .unwrap();
    } else {
        let may = find_to_change::<Reply>(&mut tx, &actor, ticket)
            .await
            .unwrap();
        verbs::reply(&mut tx, &may, &actor, words, w.now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn merges(door: &Door, who: &str, from: TicketId, into: TicketId, lets_in: bool) -> u16 {
    let body =
        format!(r#"{{"into":{into},"let_requester_in":{lets_in},"let_others_in":{lets_in}}}"#);
    door.asks(
        who,
        Method::POST,
        &format!("/api/v1/tickets/{from}/merge"),
        &body,
    )
    .await
    .status
}

async fn gives_back(door: &Door, who: &str, from: TicketId) -> u16 {
    door.asks(
        who,
        Method::DELETE,
        &format!("/api/v1/tickets/{from}/merge"),
        "{}",
    )
    .await
    .status
}

on_both_engines! {
    async fn a_merge_moves_every_word_and_its_undo_puts_back_exactly_those(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        says(w, "ben", badge, "internal canary-badge-note").await;
        says(w, "emil", badge, "canary-badge-words").await;
        let before = (rows(w, badge).await, stands(w, badge).await, let_in(w, screen).await, stands(w, screen).await);
        let events = door.json("max", &format!("/api/v1/tickets/{badge}/events")).await;
        assert_eq!(merges(&door, "ben", badge, screen, true).await, 200);
        // Twice is once.
        assert_eq!(merges(&door, "ben", badge, screen, true).await, 200);
        assert_eq!(stands(w, badge).await.state, "merged");
        assert_eq!((rows(w, badge).await.len(), stands(w, badge).await.comment_count), (0, 0));
        assert_eq!(stands(w, screen).await.comment_count, before.3.comment_count + before.1.comment_count);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains("canary-badge-words") && page.body.contains("canary-badge-note"), "{}", page.body);
        assert!(page.body.contains(&format!("from ticket #{badge}")), "{}", page.body);
        // The old address leads on, and so do the old deeds nowhere.
        assert_eq!(door.gets("ben", &format!("/tickets/{badge}")).await.location(), format!("/tickets/{screen}"));
        assert_eq!(door.json("ben", &format!("/api/v1/tickets/{badge}")).await["merged_into"], screen.0);
        assert_eq!(door.asks("ben", Method::POST, &format!("/api/v1/tickets/{badge}/reopening"), "{}").await.status, 403);
        says(w, "ben", screen, "written since").await;
        assert_eq!(gives_back(&door, "ben", badge).await, 200);
        assert_eq!(gives_back(&door, "ben", badge).await, 200);
        assert_eq!((rows(w, badge).await, stands(w, badge).await, let_in(w, screen).await), (before.0, before.1, before.2));
        assert!(rows(w, screen).await.iter().any(|r| r.body == "written since"));
        let after = door.json("max", &format!("/api/v1/tickets/{badge}/events")).await;
        let kinds = |v: &serde_json::Value| v["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(kinds(&after)[..kinds(&events).len()], kinds(&events)[..], "its history is back");
        assert!(kinds(&after).ends_with(&["merged".to_owned(), "unmerged".to_owned()]), "{after}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_handles_only_one_of_both_merges_nothing(w) {
        let door = w.door().await;
        let (screen, payroll, own, cable) = (w.ticket("screen"), w.ticket("payroll"), w.ticket("own"), w.ticket("cable"));
        assert_eq!(merges(&door, "ben", screen, own, false).await, 403, "Ben sees his own request in Red, and does not handle it");
        assert_eq!(merges(&door, "ben", own, screen, false).await, 403);
        assert_eq!(merges(&door, "ben", screen, payroll, false).await, 422, "what one may not see is refused like what never was");
        assert_eq!(merges(&door, "ben", screen, TicketId(987_654), false).await, 422);
        assert_eq!(merges(&door, "cleo", screen, payroll, false).await, 404);
        assert_eq!(merges(&door, "dora", screen, screen, false).await, 422);
        for who in ["vera", "gil", "dora"] {
            let status = merges(&door, who, w.ticket("printer"), screen, false).await;
            assert_eq!(status, 403, "{who}");
        }
        assert_eq!(merges(&door, "ben", screen, screen, false).await, 422);
        // One that is over takes nothing in; one that took something in is merged nowhere.
        assert_eq!(merges(&door, "max", payroll, w.ticket("leave"), false).await, 422);
        assert_eq!(merges(&door, "max", screen, cable, false).await, 200);
        assert_eq!(merges(&door, "max", cable, payroll, false).await, 422, "a chain");
        assert_eq!(merges(&door, "max", cable, screen, false).await, 422, "a circle");
        assert_eq!(merges(&door, "max", payroll, screen, false).await, 422, "into a merged one");
        assert_eq!(gives_back(&door, "cleo", screen).await, 404);
        assert_eq!(gives_back(&door, "vera", screen).await, 403);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_ticket_that_goes_on_decides_who_reads_and_an_invitation_is_a_choice(w) {
        let door = w.door().await;
        let (badge, cable) = (w.ticket("badge"), w.ticket("cable"));
        says(w, "max", cable, "canary-cable-words").await;
        says(w, "max", cable, "internal canary-cable-note").await;
        says(w, "emil", badge, "canary-badge-words").await;
        let ask = door.gets("ben", &format!("/tickets/{badge}/merge?into={cable}")).await;
        // Who will newly read what stands on the page, by name.
        assert!(ask.body.contains("Fay") && ask.body.contains("Invite Emil") && ask.body.contains("Invite Dora"), "{}", ask.body);
        assert_eq!(merges(&door, "ben", badge, cable, false).await, 200);
        for path in [format!("/portal/tickets/{cable}"), format!("/api/v1/tickets/{cable}"), format!("/api/v1/tickets/{cable}/comments")] {
            assert_eq!(door.gets("emil", &path).await.status, 404, "{path}: not invited");
        }
        let old = door.gets("emil", &format!("/portal/tickets/{badge}")).await;
        assert!(old.status == 200 && !old.body.contains("canary"), "{}", old.body);
        assert_eq!(door.json("emil", &format!("/api/v1/tickets/{badge}")).await["merged_into"], serde_json::Value::Null);
        assert_eq!(gives_back(&door, "ben", badge).await, 200);
        assert_eq!(merges(&door, "ben", badge, cable, true).await, 200);
        let page = door.gets("emil", &format!("/portal/tickets/{cable}")).await;
        assert!(page.body.contains("canary-cable-words") && page.body.contains("canary-badge-words"), "{}", page.body);
        assert!(!page.body.contains("canary-cable-note"), "an invitee reads no note");
        let moved = door.gets("emil", &format!("/portal/tickets/{badge}")).await;
        assert!(moved.body.contains(&format!("/portal/tickets/{cable}")), "{}", moved.body);
        assert_eq!(gives_back(&door, "ben", badge).await, 200);
        assert_eq!(door.gets("emil", &format!("/portal/tickets/{cable}")).await.status, 404, "let out again");
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_to_the_requester_alone_reach_no_other_requester_by_a_merge(w) {
        let door = w.door().await;
        let (badge, cable) = (w.ticket("badge"), w.ticket("cable"));
        let body = r#"{"audience":"requester","body":"canary-for-emil"}"#;
        let said = door.asks("ben", Method::POST, &format!("/api/v1/tickets/{badge}/comments"), body).await;
        assert_eq!(said.status, 201, "{}", said.body);
        let reads = async |who: &str, ticket: TicketId| {
            door.gets(who, &format!("/api/v1/tickets/{ticket}/comments")).await.body.contains("canary-for-emil")
        };
        assert!(reads("emil", badge).await && !reads("dora", badge).await);
        assert_eq!(merges(&door, "ben", badge, cable, true).await, 200);
        assert!(reads("ben", cable).await);
        for who in ["fay", "emil", "dora"] {
            assert!(!reads(who, cable).await, "{who}");
        }
        assert_eq!(gives_back(&door, "ben", badge).await, 200);
        assert!(reads("emil", badge).await && !reads("dora", badge).await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_merge_asked_from_an_old_page_is_asked_again(w) {
        let door = w.door().await;
        let (printer, screen) = (w.ticket("printer"), w.ticket("screen"));
        let path = format!("/tickets/{printer}/merge");
        let (from, into) = (w.stands(printer).await.1, w.stands(screen).await.1);
        says(w, "dora", screen, "written meanwhile").await;
        let form = format!("into={screen}&version={from}&into_version={into}&let_requester=1");
        let late = door.asks("ben", Method::POST, &path, &form).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("changed meanwhile"), "{}", late.body);
        let form = format!("into={screen}&version={from}&into_version={}", w.stands(screen).await.1);
        assert_eq!(door.asks("ben", Method::POST, &path, &form).await.location(), format!("/tickets/{screen}"));
        // From the page of the ticket that goes on.
        let page = door.gets("ben", &format!("/tickets/{screen}")).await;
        assert!(page.body.contains(&format!("/tickets/{printer}/merge/removal")), "{}", page.body);
        let seen = format!("version={}", w.stands(printer).await.1);
        let undone = door.asks("ben", Method::POST, &format!("/tickets/{printer}/merge/removal"), &seen).await;
        assert_eq!(undone.location(), format!("/tickets/{printer}"));
        assert_eq!(stands(w, printer).await.state, "free");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_comment_becomes_a_ticket_with_its_file_and_a_trace(w) {
        let door = w.door().await;
        let badge = w.ticket("badge");
        let file = data_encoding::BASE64.encode(b"canary-bytes");
        let body = format!(r#"{{"audience":"public","body":"And my door squeaks","files":[{{"name":"door.txt","content":"{file}"}}]}}"#);
        let said = door.asks("dora", Method::POST, &format!("/api/v1/tickets/{badge}/comments"), &body).await;
        let comment = serde_json::from_str::<serde_json::Value>(&said.body).unwrap()["id"].as_i64().unwrap();
        let ask = door.gets("ben", &format!("/tickets/{badge}/split?comment={comment}")).await;
        assert!(ask.body.contains("And my door squeaks") && ask.body.contains("Dora, who wrote"), "{}", ask.body);
        let count = stands(w, badge).await.comment_count;
        let form = |subject: &str, version: i64| format!("comment={comment}&subject={subject}&category=1&requester=author&version={version}");
        let path = format!("/tickets/{badge}/split");
        assert_eq!(door.asks("ben", Method::POST, &path, &form("", w.stands(badge).await.1)).await.status, 422);
        assert_eq!(door.asks("vera", Method::POST, &path, &form("x", w.stands(badge).await.1)).await.status, 403);
        let done = door.asks("ben", Method::POST, &path, &form("A+door+squeaks", w.stands(badge).await.1)).await;
        let to = done.location().to_owned();
        let new: i64 = to.trim_start_matches("/tickets/").parse().unwrap();
        // A double click leads to the same ticket.
        assert_eq!(door.asks("ben", Method::POST, &path, &form("A+door+squeaks", 1)).await.location(), to);
        assert_eq!(stands(w, badge).await.comment_count, count - 1);
        let mine = door.gets("dora", &format!("/portal/tickets/{new}")).await;
        assert!(mine.body.contains("And my door squeaks") && mine.body.contains("door.txt"), "{}", mine.body);
        assert_eq!(door.gets("emil", &format!("/portal/tickets/{new}")).await.status, 404, "it is Dora's now");
        assert!(!door.gets("emil", &format!("/portal/tickets/{badge}")).await.body.contains("squeaks"));
        let page = door.gets("ben", &format!("/tickets/{badge}")).await;
        assert!(page.body.contains(&format!("made a message ticket #{new}")), "{}", page.body);
        let links = door.json("ben", &format!("/api/v1/tickets/{new}/links")).await;
        assert!(links.to_string().contains(&badge.to_string()), "{links}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn first_words_and_notes_stay_where_they_are_and_what_left_ends_the_undo(w) {
        let door = w.door().await;
        let (badge, screen) = (w.ticket("badge"), w.ticket("screen"));
        says(w, "ben", badge, "internal words").await;
        says(w, "emil", badge, "and something else").await;
        let all = door.json("ben", &format!("/api/v1/tickets/{badge}/comments")).await;
        let id = |body: &str| all["items"].as_array().unwrap().iter().find(|c| c["body"] == body).unwrap()["id"].as_i64().unwrap();
        let first = all["items"][0]["id"].as_i64().unwrap();
        let splits = async |ticket: TicketId, comment: i64| {
            let body = format!(r#"{{"comment":{comment},"subject":"Apart"}}"#);
            door.asks("ben", Method::POST, &format!("/api/v1/tickets/{ticket}/split"), &body).await.status
        };
        assert_eq!(splits(badge, first).await, 422);
        assert_eq!(splits(badge, id("internal words")).await, 422);
        assert_eq!(splits(screen, id("and something else")).await, 404, "on another ticket");
        assert_eq!(merges(&door, "ben", badge, screen, false).await, 200);
        assert_eq!(splits(screen, first).await, 422, "the first words of a merged one, too");
        assert_eq!(splits(screen, id("and something else")).await, 201);
        let before = (stands(w, badge).await, stands(w, screen).await);
        assert_eq!(gives_back(&door, "ben", badge).await, 403);
        assert_eq!((stands(w, badge).await, stands(w, screen).await), before, "nothing half done");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_is_over_is_followed_by_its_requester_and_by_those_who_handle_it(w) {
        let door = w.door().await;
        let (leave, screen) = (w.ticket("leave"), w.ticket("screen"));
        let ask = door.gets("dora", &format!("/portal/tickets/{leave}/follow-up")).await;
        assert!(ask.body.contains("Leave refused twice"), "{}", ask.body);
        let empty = door.asks("dora", Method::POST, &format!("/portal/tickets/{leave}/follow-up"), "subject=Again&body=&category=2").await;
        assert_eq!(empty.status, 422);
        let sent = door.asks("dora", Method::POST, &format!("/portal/tickets/{leave}/follow-up"), "subject=Again&body=It+happened+again&category=2&once=f1").await;
        assert!(sent.location().starts_with("/portal/tickets/") && sent.location().ends_with("/sent"), "{}", sent.location());
        let by_agent = door.asks("cleo", Method::POST, &format!("/api/v1/tickets/{leave}/follow-up"), r#"{"body":"She phoned"}"#).await;
        assert_eq!(by_agent.status, 201, "{}", by_agent.body);
        let links = door.json("cleo", &format!("/api/v1/tickets/{leave}/links")).await;
        assert_eq!(links.to_string().matches("followed_by").count(), 2, "{links}");
        assert_eq!(stands(w, leave).await.state, "approved", "it stays over");
        for (who, ticket) in [("dora", screen), ("cleo", w.ticket("own"))] {
            let answer = door.asks(who, Method::POST, &format!("/api/v1/tickets/{ticket}/follow-up"), r#"{"body":"x"}"#).await;
            assert_eq!(answer.status, 403, "{who}: it is not over");
        }
        door.closes().await;
    }
}

record! { struct Sent { message_id: String, ticket_id: i64 } }

/// Somebody is mailed about a ticket, and answers: the header that says to what.
async fn answer_to(w: &World, who: &str, ticket: TicketId) -> String {
    let sent: Sent = w.db.read().one(system!(because = "a test reads the post",
        "SELECT message_id, ticket_id FROM outgoing_mails WHERE ticket_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT 1", ticket, w.person(who))).await.unwrap();
    assert_eq!(sent.ticket_id, ticket.0);
    format!(
        "In-Reply-To: <{}>\r\n",
        sent.message_id.trim_matches(['<', '>'])
    )
}

on_both_engines! {
    async fn an_answer_to_a_mail_of_a_merged_ticket_joins_the_one_that_goes_on(w) {
        let (door, post) = (w.door().await, post(w).await);
        let (printer, cable) = (w.ticket("printer"), w.ticket("cable"));
        says(w, "ben", printer, "Which paper?").await;
        work(&post).await;
        let header = answer_to(w, "dora", printer).await;
        assert_eq!(merges(&door, "ben", printer, cable, true).await, 200);
        work(&post).await;
        // The requester was told.
        let told = answer_to(w, "dora", printer).await;
        assert_ne!(told, header);
        for (n, header) in [header, told].into_iter().enumerate() {
            let raw = letter("dora@nordet.example", BLUE, "Re: printer", &header, &format!("Plain A4, {n}."));
            deliver(&post, BLUE, &raw).await;
        }
        work(&post).await;
        let there = rows(w, cable).await;
        assert_eq!(there.iter().filter(|r| r.body.contains("Plain A4")).count(), 2, "{there:?}");
        assert_eq!(stands(w, printer).await.state, "merged");
        door.closes().await;
    }
}

on_both_engines! {
    /// Under its own subject (ID-13).
    async fn a_letter_about_a_ticket_that_ended_long_ago_opens_one_that_follows(w) {
        let (door, post) = (w.door().await, post(w).await);
        let screen = w.ticket("screen");
        says(w, "ben", screen, "Is it the cable?").await;
        work(&post).await;
        let header = answer_to(w, "dora", screen).await;
        for deed in ["closure", "approval"] {
            let who = if deed == "closure" { "ben" } else { "dora" };
            assert_eq!(door.asks(who, Method::POST, &format!("/api/v1/tickets/{screen}/{deed}"), "{}").await.status, 200);
        }
        let count = stands(w, screen).await.comment_count;
        let raw = letter("dora@nordet.example", BLUE, "Re: screen", &header, "Thank you.");
        deliver(&post, BLUE, &raw).await;
        work(&post).await;
        assert_eq!(stands(w, screen).await.comment_count, count + 1, "a thank you soon after stays with it");
        // The time to reopen it passes, as the clock of the desk notes.
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test turns the clock", "UPDATE tickets SET is_reopening_over = TRUE WHERE id = $1", screen)).await.unwrap();
        tx.commit().await.unwrap();
        let raw = letter("dora@nordet.example", BLUE, "Black again", &header, "It happened again.");
        deliver(&post, BLUE, &raw).await;
        work(&post).await;
        assert_eq!(stands(w, screen).await.comment_count, count + 1);
        assert_eq!(stands(w, screen).await.state, "approved", "it is not dug up");
        record! { struct New { id: i64, subject: String } }
        let new: New = w.db.read().one(system!(because = "a test looks at the table itself",
            "SELECT t.id, t.subject FROM tickets t JOIN ticket_links l ON l.ticket_id = t.id WHERE l.other_id = $1 AND l.kind = 'follow_up'", screen)).await.unwrap();
        assert_eq!(new.subject, "Black again");
        let there = door.gets("dora", &format!("/api/v1/tickets/{}/comments", new.id)).await;
        assert!(there.body.contains("It happened again."), "{}", there.body);
        let left: Vec<Sent> = w.db.read().all(global!("SELECT kind AS message_id, id AS ticket_id FROM jobs")).await.unwrap();
        assert!(left.is_empty() || left.iter().all(|j| j.message_id != "read_mail"), "no letter is left unread");
        door.closes().await;
    }
}
