//! What happened that concerns an agent: in a list of theirs, and on the pages they have open.

use axum::http::Method;
use kit::clock::Span;
use kit::system;
use serde_json::json;
use vigie::notifications::{self, NotificationId, Unread};
use vigie::tickets::TicketId;
use vigie::tickets::listing::marks;

use crate::browsing::Door;
use crate::live::line::{Listening, list, on};
use crate::mail;
use crate::world::World;

async fn unread(w: &World, who: &str) -> i64 {
    let all = notifications::unread(&mut w.db.read(), &w.actor(who)).await;
    all.unwrap().count
}

/// The lines on somebody's page.
async fn lines(door: &Door, who: &str) -> Vec<String> {
    let page = door.gets(who, "/notifications").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let lines = page.body.split("class=\"grow\"><b>").skip(1);
    lines
        .map(|rest| rest.split("</b>").next().unwrap_or_default().to_owned())
        .collect()
}

async fn answers(door: &Door, who: &str, ticket: TicketId, body: &str) {
    let path = format!("/portal/tickets/{ticket}/comments");
    let form = format!("body={body}&once=once-{body}");
    let came = door.asks(who, Method::POST, &path, &form).await;
    assert_eq!(came.status, 303, "{}", came.body);
}

async fn leaves_department(w: &World, who: &str) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(system!(
        because = "somebody leaves in a test",
        "DELETE FROM memberships WHERE person_id = $1",
        w.person(who)
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn whoever_holds_a_ticket_reads_what_happened_to_it_and_nobody_else_does(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        let screen = w.ticket("screen");
        mail::work(&post).await;
        let mut tx = w.db.write().await.unwrap();
        for who in ["ben", "max", "vera"] {
            notifications::read_all(&mut tx, w.person(who), w.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        w.clock.advance(Span::minutes(1));
        answers(&door, "dora", screen, "Still+black").await;
        mail::work(&post).await;
        assert_eq!((unread(w, "ben").await, unread(w, "vera").await, unread(w, "dora").await), (1, 0, 0));
        assert_eq!(lines(&door, "ben").await[0], "Dora replied");
        // Run again, the job notes nothing twice.
        mail::work(&post).await;
        assert_eq!(unread(w, "ben").await, 1);
        // What one does oneself is no news; a colleague's call is.
        let note = format!("audience=staff&body=Look,+@ben&once=n&version={}", w.stands(screen).await.1);
        assert_eq!(door.sends("max", screen, "/comments", &note).await.status, 303);
        mail::work(&post).await;
        assert_eq!((unread(w, "ben").await, unread(w, "max").await), (2, 0));
        assert_eq!(lines(&door, "ben").await[0], "Max called you by name");
        // Looked at on the ticket, it is read.
        marks::look(&w.db, w.person("ben"), screen, w.stands(screen).await.1, w.now()).await.unwrap();
        assert_eq!(unread(w, "ben").await, 0);
        assert!(!door.gets("ben", "/notifications").await.body.contains("data-unread"));
        // Marked unread again, the ticket waits; what was told of it was read.
        let mut tx = w.db.write().await.unwrap();
        let ticket = vigie::tickets::reading::find::<vigie::tickets::rights::Read>(&mut tx, &w.actor("ben"), screen).await.unwrap();
        marks::set(&mut tx, w.person("ben"), &ticket, true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(unread(w, "ben").await, 0);
        // The list of tickets was marked read: so is what was told of them.
        w.clock.advance(Span::minutes(1));
        answers(&door, "dora", screen, "Black+again").await;
        mail::work(&post).await;
        assert_eq!(unread(w, "ben").await, 1);
        let mut tx = w.db.write().await.unwrap();
        marks::read_all(&mut tx, w.person("ben"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(unread(w, "ben").await, 0);
        // Out of sight, out of the list.
        leaves_department(w, "ben").await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test takes the ticket away", "UPDATE tickets SET assignee_id = NULL WHERE id = $1", screen)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(lines(&door, "ben").await.is_empty());
        assert_eq!(door.gets("dora", "/notifications").await.status, 404, "it is the agents'");
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_open_page_hears_how_much_is_new_and_fetches_it_once(w) {
        let post = mail::post(w).await;
        mail::work(&post).await;
        let desk = Listening::at(w.door().await).await;
        let screen = w.ticket("screen");
        let (mut ben, first) = desk.page("ben", list()).await;
        let (mut vera, _) = desk.page("vera", on(screen, 0)).await;
        let before = first["told"]["newest"].as_i64().unwrap_or_default();
        answers(&desk.door, "dora", screen, "Hello").await;
        mail::work(&post).await;
        let told = ben.waits_for(|frame| frame["told"].is_object()).await;
        assert_eq!(told["told"]["unread"], json!(unread(w, "ben").await));
        assert!(told["told"]["newest"].as_i64().unwrap_or_default() > before);
        let there = vera.goes(on(screen, 0)).await;
        assert_eq!(there["told"], json!({"unread": 0, "newest": 0}), "it does not concern her");
        let new = desk.door.gets("ben", &format!("/notifications?after={before}")).await.body;
        assert!(new.contains("<b>Dora replied</b>") && new.contains(&format!("data-ticket=\"{screen}\"")), "{new}");
        let but = desk.door.gets("ben", &format!("/notifications?after={before}&but={screen}")).await.body;
        assert!(!but.contains("toast"), "it is on the page: {but}");
        let newest = told["told"]["newest"].as_i64().unwrap_or_default();
        let none = desk.door.gets("ben", &format!("/notifications?after={newest}")).await.body;
        assert!(!none.contains("toast"), "{none}");
        // Looked at on its page: the number goes, on every page.
        marks::look(&w.db, w.person("ben"), screen, w.stands(screen).await.1, w.now()).await.unwrap();
        let told = ben.waits_for(|frame| frame["told"].is_object()).await;
        assert_eq!(told["told"]["unread"], json!(unread(w, "ben").await));
        // All read: the same.
        answers(&desk.door, "dora", screen, "Again").await;
        mail::work(&post).await;
        let told = ben.waits_for(|frame| frame["told"].is_object()).await;
        assert_eq!(told["told"]["unread"], json!(1));
        let read = desk.door.asks("ben", Method::POST, "/notifications/reading", "").await;
        assert_eq!((read.status, read.location()), (303, "/notifications"));
        let told = ben.waits_for(|frame| frame["told"].is_object()).await;
        assert_eq!(told["told"]["unread"], json!(0));
        desk.closes().await;
    }
}

on_both_engines! {
    async fn nothing_comes_up_in_quiet_hours_and_the_list_stays_whole(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        mail::work(&post).await;
        let newest = notifications::unread(&mut w.db.read(), &w.actor("ben")).await.unwrap().newest;
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        mail::work(&post).await;
        let new = format!("/notifications?after={newest}");
        assert!(door.gets("ben", &new).await.body.contains("Dora replied"));
        // Around the clock but for one minute, in which it is not now.
        let local = jiff::Timestamp::from_microsecond(w.now().0).unwrap().to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let (from, until) = (notifications::quiet::text_of(minute - 30), notifications::quiet::text_of(minute + 30));
        let saved = door.asks("ben", Method::POST, "/notifications/quiet", &format!("from={from}&until={until}")).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(!door.gets("ben", &new).await.body.contains("toast"));
        assert_eq!(lines(&door, "ben").await[0], "Dora replied");
        assert!(door.gets("ben", "/notifications").await.body.contains(&format!("value=\"{from}\"")));
        let wrong = door.asks("ben", Method::POST, "/notifications/quiet", "from=25:00&until=").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"25:00\"") && wrong.body.contains("is none."), "{}", wrong.body);
        let ended = door.asks("ben", Method::POST, "/notifications/quiet", "from=&until=").await;
        assert_eq!(ended.status, 303);
        assert!(door.gets("ben", &new).await.body.contains("Dora replied"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_new_ticket_is_read_by_looking_at_it(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        mail::work(&post).await;
        let mut tx = w.db.write().await.unwrap();
        notifications::read_all(&mut tx, w.person("ben"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        w.clock.advance(Span::minutes(1));
        let category = w.read(&w.actor("ada"), w.ticket("screen")).await.category_id;
        let form = format!("category={category}&subject=Lamp&body=Dark&once=n&anyway=1");
        let came = door.asks("dora", Method::POST, "/portal/tickets", &form).await;
        assert_eq!(came.status, 303, "{}", came.body);
        let number: i64 = came.location().split('/').nth(3).unwrap().parse().unwrap();
        mail::work(&post).await;
        assert_eq!(unread(w, "ben").await, 1);
        // Saying that it is unread is not looking.
        let ticket = TicketId(number);
        let mut tx = w.db.write().await.unwrap();
        let seen = vigie::tickets::reading::find::<vigie::tickets::rights::Read>(&mut tx, &w.actor("ben"), ticket).await.unwrap();
        marks::set(&mut tx, w.person("ben"), &seen, true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(unread(w, "ben").await, 1);
        marks::look(&w.db, w.person("ben"), ticket, w.stands(ticket).await.1, w.now()).await.unwrap();
        assert_eq!(unread(w, "ben").await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    /// A merge lets the events of a ticket stand in another one, whose versions are its own.
    async fn what_was_told_of_a_ticket_stays_unread_when_it_is_merged(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        mail::work(&post).await;
        marks::look(&w.db, w.person("ben"), badge, w.stands(badge).await.1, w.now()).await.unwrap();
        let mut tx = w.db.write().await.unwrap();
        notifications::read_all(&mut tx, w.person("ben"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        w.clock.advance(Span::minutes(1));
        answers(&door, "dora", screen, "Still+black").await;
        mail::work(&post).await;
        assert_eq!(unread(w, "ben").await, 1);
        let merged = door.programs("max", Method::POST, screen, "/merge", json!({ "into": badge.0, "let_requester_in": false })).await;
        assert!(merged.status < 300, "{}", merged.body);
        assert!(unread(w, "ben").await >= 1, "he looked at neither since");
        w.clock.advance(Span::minutes(1));
        marks::look(&w.db, w.person("ben"), badge, w.stands(badge).await.1, w.now()).await.unwrap();
        assert_eq!(unread(w, "ben").await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn lines_go_after_a_month(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        mail::work(&post).await;
        assert!(unread(w, "ben").await > 0);
        w.clock.advance(notifications::KEPT_FOR);
        w.clock.advance(Span::minutes(1));
        assert!(notifications::forget_old(&w.db, w.now()).await.unwrap() > 0);
        let all = notifications::unread(&mut w.db.read(), &w.actor("ben")).await.unwrap();
        assert_eq!(all, Unread { count: 0, newest: 0 });
        let none = notifications::latest(&mut w.db.read(), &w.actor("ben"), NotificationId(0), 10).await;
        assert!(none.unwrap().is_empty());
        door.closes().await;
    }
}
