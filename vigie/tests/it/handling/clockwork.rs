//! What time does. Each test turns the clock and nothing else.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, jobs, record};
use vigie::tickets::handling::clockwork;
use vigie::tickets::history::EventKind;
use vigie::tickets::rights::Read;
use vigie::tickets::{Ticket, reading};
use vigie::timers::{self, TIMERS};

use super::{done, sends};
use crate::mail::{post, told, work};
use crate::world::World;

record! { struct Count { n: i64 } }

async fn look(w: &World, name: &str) -> Ticket {
    let may = reading::find::<Read>(&mut w.db.read(), &w.actor("ada"), w.ticket(name))
        .await
        .unwrap();
    Ticket::clone(&may)
}

async fn kinds(w: &World, name: &str) -> Vec<EventKind> {
    let ada = w.actor("ada");
    let ticket = w.read(&ada, w.ticket(name)).await;
    let events = reading::events(&mut w.db.read(), &ada, &ticket)
        .await
        .unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

async fn says(w: &World, department: &str, expire: Option<i64>, reopen: Option<i64>) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE departments SET expire_days = $2, reopen_days = $3 WHERE name = $1",
        department,
        expire,
        reopen
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

on_both_engines! {
    async fn what_was_put_off_comes_back_at_its_time_and_is_told_as_new(w) {
        let (post, door, screen) = (post(w).await, w.door().await, w.ticket("screen"));
        done(&sends(w, &door, "ben", screen, "postponement", "until=2026-11-25").await);
        work(&post).await;
        let before = look(w, "screen").await;
        assert_eq!(clockwork::recall_due(&w.db, w.now()).await.unwrap(), 0, "not yet");
        w.clock.advance(Span::days(2));
        assert_eq!(clockwork::recall_due(&w.db, w.now()).await.unwrap(), 1);
        assert_eq!(clockwork::recall_due(&w.db, w.now()).await.unwrap(), 0, "once");
        let after = look(w, "screen").await;
        assert_eq!((after.state.word(), after.recall_at, after.assignee_id), ("in_progress", None, Some(w.person("ben"))));
        // Who changed it last is a person; yet it stands among the newest.
        assert_eq!((after.last_actor_id, after.last_side), (before.last_actor_id, before.last_side));
        assert_eq!((after.updated_at, after.version), (w.now(), before.version + 1));
        work(&post).await;
        let mut told = told(w).await;
        told.retain(|one| one != "dora event");
        assert_eq!(told, ["ben event", "rob event", "vera event"]);
        let page = door.gets("ben", &format!("/tickets/{screen}?show=history")).await;
        assert!(page.body.contains("<b>Vigie</b> recalled the ticket"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_waits_for_somebody_is_not_brought_back_by_time(w) {
        let (door, screen) = (w.door().await, w.ticket("screen"));
        done(&sends(w, &door, "ben", screen, "postponement", "until=").await);
        w.clock.advance(Span::days(400));
        assert_eq!(clockwork::recall_due(&w.db, w.now()).await.unwrap(), 0);
        assert_eq!(w.stands(screen).await.0, "postponed");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_closure_nobody_answers_is_remembered_once_and_then_expires(w) {
        let post = post(w).await;
        let badge = w.ticket("badge");
        // Closed three days ago: the reminder comes after eleven, the end after fourteen.
        w.clock.advance(Span::days(7));
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(2));
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 1);
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 0, "once");
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 0);
        work(&post).await;
        assert_eq!(told(w).await, ["emil approval_request"]);
        w.clock.advance(Span::days(3));
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 1);
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 0);
        assert_eq!(w.stands(badge).await.0, "expired");
        work(&post).await;
        // Ben holds it and wants everything; nobody else is told, the requester least of all.
        assert_eq!(told(w).await, ["ben event", "emil approval_request"]);
        let lines = kinds(w, "badge").await;
        assert_eq!(lines[lines.len() - 2..], [EventKind::ApprovalReminded, EventKind::Expired]);
        // The approval comes too late, and says so.
        let door = w.door().await;
        let answer = sends(w, &door, "emil", badge, "approval", "").await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_refused_closure_is_reminded_of_anew_when_it_is_proposed_again(w) {
        let (door, badge) = (w.door().await, w.ticket("badge"));
        w.clock.advance(Span::days(9));
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 1);
        done(&sends(w, &door, "emil", badge, "refusal", "body=No").await);
        done(&sends(w, &door, "ben", badge, "closure", "").await);
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(12));
        assert_eq!(clockwork::remind(&w.db, w.now()).await.unwrap(), 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn departments_and_categories_say_how_long_a_closure_waits(w) {
        let badge = look(w, "badge").await;
        says(w, "Blue", Some(7), None).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE categories SET expire_days = 0 WHERE id = $1", badge.category_id)).await.unwrap();
        tx.commit().await.unwrap();
        w.clock.advance(Span::days(400));
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 0, "never in this category");
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE categories SET expire_days = NULL WHERE id = $1", badge.category_id)).await.unwrap();
        tx.commit().await.unwrap();
        w.clock.advance(Span(-Span::days(397).0));
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 0, "six days are not seven");
        w.clock.advance(Span::days(2));
        assert_eq!(clockwork::expire(&w.db, w.now()).await.unwrap(), 1);
    }
}

on_both_engines! {
    async fn after_the_window_requesters_are_told_of_the_follow_up_and_agents_still_reopen(w) {
        let (door, leave) = (w.door().await, w.ticket("leave"));
        says(w, "Red", None, Some(10)).await;
        w.clock.advance(Span::days(6));
        assert_eq!(clockwork::shut(&w.db, w.now()).await.unwrap(), 0);
        let page = door.gets("dora", &format!("/portal/tickets/{leave}")).await;
        assert!(page.body.contains("/reopening"), "{}", page.body);
        w.clock.advance(Span::days(5));
        assert_eq!(clockwork::shut(&w.db, w.now()).await.unwrap(), 1);
        assert_eq!(clockwork::shut(&w.db, w.now()).await.unwrap(), 0);
        let page = door.gets("dora", &format!("/portal/tickets/{leave}")).await;
        assert!(!page.body.contains("/reopening"), "{}", page.body);
        let answer = sends(w, &door, "dora", leave, "reopening", "").await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("open a follow-up ticket"), "{}", answer.body);
        // It is open to its holder, and opening it again begins a new window.
        done(&sends(w, &door, "cleo", leave, "reopening", "").await);
        done(&sends(w, &door, "cleo", leave, "closure", "").await);
        done(&sends(w, &door, "dora", leave, "approval", "").await);
        assert!(!look(w, "leave").await.is_reopening_over);
        done(&sends(w, &door, "dora", leave, "reopening", "").await);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_over_is_archived_after_a_month_and_stays_where_it_was_for_reading(w) {
        let (post, door, leave) = (post(w).await, w.door().await, w.ticket("leave"));
        w.clock.advance(Span::days(26));
        assert_eq!(clockwork::archive(&w.db, w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(2));
        assert_eq!(clockwork::archive(&w.db, w.now()).await.unwrap(), 2, "what was approved, and what nobody answered");
        assert_eq!(clockwork::archive(&w.db, w.now()).await.unwrap(), 0);
        work(&post).await;
        assert!(told(w).await.is_empty());
        for (who, path) in [("cleo", "/tickets"), ("dora", "/portal/tickets")] {
            let page = door.gets(who, &format!("{path}/{leave}")).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("Leave refused twice") && !page.body.contains("name=\"body\""), "{}", page.body);
        }
        let list = door.json("cleo", "/api/v1/tickets?state=archived").await;
        assert_eq!(list["items"][0]["number"], leave.0, "{list}");
        for noun in ["reopening", "comments", "transfer", "closure"] {
            let answer = door.asks("cleo", Method::POST, &format!("/api/v1/tickets/{leave}/{noun}"), r#"{"audience":"staff","body":"x"}"#).await;
            assert!(answer.status == 403 || answer.status == 422, "{noun}: {}", answer.body);
        }
        assert_eq!(w.stands(leave).await.0, "archived");
        assert_eq!(w.stands(w.ticket("screen")).await.0, "in_progress", "work is never put away");
        door.closes().await;
    }
}

on_both_engines! {
    async fn nobody_else_does_what_only_time_does(w) {
        let badge = w.ticket("badge");
        for name in w.everybody() {
            let actor = w.actor(name);
            let mut db = w.db.read();
            assert!(reading::find::<vigie::tickets::rights::Expire>(&mut db, &actor, badge).await.is_err(), "{name}");
            assert!(reading::find::<vigie::tickets::rights::Archive>(&mut db, &actor, badge).await.is_err(), "{name}");
            assert!(reading::find::<vigie::tickets::rights::Remind>(&mut db, &actor, badge).await.is_err(), "{name}");
            assert!(reading::find::<vigie::tickets::rights::Shut>(&mut db, &actor, badge).await.is_err(), "{name}");
        }
    }
}

on_both_engines! {
    async fn each_timer_has_one_job_that_is_due_again_and_again(w) {
        let _post = post(w).await;
        let (door, badge) = (w.door().await, w.ticket("badge"));
        for _ in 0..2 {
            timers::wind(&door.app).await.unwrap();
        }
        let count = async || -> i64 {
            let count: Count = w.db.read().one(global!("SELECT COUNT(*) AS n FROM jobs WHERE kind = $1", timers::TIMER)).await.unwrap();
            count.n
        };
        assert_eq!(count().await, TIMERS.len() as i64);
        let run = |job: jobs::Claimed| vigie::jobs::run(door.app.clone(), job);
        let work = async || {
            while jobs::run_due(&w.db, &w.clock, &door.app.dice, &run).await.unwrap() > 0 {}
        };
        work().await;
        assert_eq!(w.stands(badge).await.0, "closed");
        for _ in 0..12 {
            w.clock.advance(Span::days(1));
            work().await;
        }
        assert_eq!(w.stands(badge).await.0, "expired");
        assert_eq!(count().await, TIMERS.len() as i64, "still one each");
        let failed: Count = w.db.read().one(global!("SELECT COUNT(*) AS n FROM jobs WHERE kind = $1 AND (failed_at IS NOT NULL OR last_error IS NOT NULL)", timers::TIMER)).await.unwrap();
        assert_eq!(failed.n, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_manages_a_department_says_how_long_things_wait_there(w) {
        let door = w.door().await;
        let blue = look(w, "badge").await;
        let path = format!("/admin/departments/{}/waiting", blue.department_id);
        assert_eq!(door.gets("ben", &path).await.status, 403, "he sees the department, and keeps its categories only");
        let page = door.gets("max", &path).await;
        assert!(page.body.contains("Blue inbox"), "{}", page.body);
        let category = blue.category_id;
        let wrong = door.asks("max", Method::POST, &path, &format!("version=1&expire=soon&expire-{category}=3651")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("from 0 to 3650") && wrong.body.contains("value=\"soon\""), "{}", wrong.body);
        done(&door.asks("max", Method::POST, &path, &format!("version=1&expire=7&reopen=&expire-{category}=0&reopen-{category}=90")).await);
        let stale = door.asks("max", Method::POST, &path, "version=1&expire=9").await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("changed this department meanwhile") && stale.body.contains("value=\"9\""), "{}", stale.body);
        let api = format!("/api/v1/departments/{}/waiting", blue.department_id);
        let said = door.json("max", &api).await;
        assert_eq!((said["expire_days"].as_i64(), said["reopen_days"].as_i64()), (Some(7), None), "{said}");
        assert_eq!((said["categories"][0]["expire_days"].as_i64(), said["categories"][0]["reopen_days"].as_i64()), (Some(0), Some(90)));
        assert_eq!(door.asks("max", Method::PUT, &api, r#"{"expire_days":-1}"#).await.status, 422);
        assert_eq!(door.asks("max", Method::PUT, &api, r#"{"expire_days":3}"#).await.status, 200);
        assert_eq!(door.asks("ben", Method::PUT, &api, r#"{"expire_days":3}"#).await.status, 403);
        door.closes().await;
    }
}
