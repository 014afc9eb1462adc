//! Two people on one ticket: who changes something else is not overtaken and reads what came meanwhile; who answers has
//! read what others wrote, and nobody answers twice.

use axum::http::Method;
use kit::clock::Span;
use serde_json::{Value, json};
use vigie::tickets::TicketId;
use vigie::tickets::drafts::{self, HELD_FOR, Stage};
use vigie::tickets::history::ReleaseReply;

use crate::browsing::{Answer, Door};
use crate::world::World;

impl Door {
    /// Somebody sends the composer's form, having read the ticket at this version.
    async fn writes(
        &self,
        who: &str,
        ticket: TicketId,
        seen: i64,
        body: &str,
        more: &str,
    ) -> Answer {
        let form =
            format!("audience=public&body={body}&once=once-{body}-{who}{more}&version={seen}");
        self.sends(who, ticket, "/comments", &form).await
    }
}

/// Whoever's reply is held lets it go.
async fn leaves(w: &World, who: &str, ticket: TicketId) {
    w.clock.advance(HELD_FOR);
    for draft in drafts::of(&mut w.db.read(), &w.actor(who), ticket)
        .await
        .unwrap()
    {
        if draft.state == Stage::Held {
            let job = ReleaseReply {
                draft: draft.id.0,
                person: w.person(who).0,
            };
            drafts::run_release(&w.db, job, w.now()).await;
        }
    }
}

/// The value of a hidden field of the composer.
fn hidden(page: &str, name: &str) -> String {
    let form = page.split("id=\"composer\"").nth(1).unwrap_or_default();
    let field = format!("name=\"{name}\" value=\"");
    let rest = form.split(&field).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

on_both_engines! {
    /// Faults PRES-15.
    async fn different_fields_merge_and_the_later_reads_what_the_earlier_changed(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let one = door.sends("max", screen, "/priority", &format!("priority=urgent&was=normal&version={seen}")).await;
        assert_eq!((one.status, one.location()), (303, format!("/tickets/{screen}#details").as_str()));
        let two = door.sends("ben", screen, "/subject", &format!("subject=Black+at+dawn&was=x&version={seen}")).await;
        assert_eq!((two.status, two.location()), (303, format!("/tickets/{screen}?since={seen}").as_str()));
        let page = door.gets("ben", &format!("/tickets/{screen}?since={seen}")).await.body;
        let told = page.split("Saved. Meanwhile:").nth(1).unwrap_or_default();
        let told = told.split("</ul>").next().unwrap_or_default();
        assert!(told.contains("Max") && told.contains("changed the priority"), "{told}");
        assert!(!told.contains("changed the subject"), "what oneself did is no news: {told}");
        // A program that saw the same version changes a third thing.
        let path = format!("/api/v1/tickets/{screen}");
        let three = door.asks_having_seen("ada", Method::PATCH, &path, Some(seen), r#"{"origin":"phone"}"#).await;
        assert_eq!(three.status, 200, "{}", three.body);
        let item = door.json("ben", &path).await;
        assert_eq!((&item["subject"], &item["priority"]), (&json!("Black at dawn"), &json!(5)));
        assert!(door.gets("ben", &format!("/tickets/{screen}?show=history")).await.body.contains("changed the origin"));
        // Words of the staff, links and invitations are put beside each other.
        for (who, rest, form) in [("ben", "/tags", "tags=dawn"), ("max", "/observers", "people=gil")] {
            let put = door.sends(who, screen, rest, &format!("{form}&version={seen}")).await;
            assert_eq!(put.status, 303, "{rest}: {}", put.body);
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-15.
    async fn the_same_field_is_refused_to_programs_with_both_values(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let path = format!("/api/v1/tickets/{screen}");
        let patch = async |who: &str, body: Value| {
            door.asks_having_seen(who, Method::PATCH, &path, Some(seen), &body.to_string()).await
        };
        assert_eq!(patch("max", json!({ "priority": 1, "subject": "By Max" })).await.status, 200);
        let refused = patch("ben", json!({ "priority": 5, "subject": "By Ben", "origin": "phone" })).await;
        assert_eq!(refused.status, 409);
        let said: Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!((&said["seen_version"], said["current_version"].as_i64()), (&json!(seen), Some(w.stands(screen).await.1)));
        assert_eq!(said["fields"], json!([
            { "field": "subject", "theirs": "By Max", "yours": "By Ben" },
            { "field": "priority", "theirs": "1", "yours": "5" },
        ]));
        // Nothing half done.
        let item = door.json("ben", &path).await;
        assert_eq!(item["subject"], "By Max");
        assert!(!door.gets("ben", &format!("/tickets/{screen}?show=history")).await.body.contains("changed the origin"));
        // What stands so already needs no version.
        assert_eq!(patch("ben", json!({ "priority": 1 })).await.status, 200);
        // A version that never was.
        let never = door.asks_having_seen("ben", Method::PATCH, &path, Some(999), r#"{"priority":2}"#).await;
        assert_eq!(never.status, 409);
        door.closes().await;
    }
}

on_both_engines! {
    async fn whoever_writes_while_a_colleague_answers_reads_that_first_and_loses_no_word(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let body = json!({ "audience": "public", "body": "It is the cable", "quiet": false });
        assert_eq!(door.programs("max", Method::POST, screen, "/comments", body).await.status, 201);
        let late = door.writes("ben", screen, seen, "I+come+at+noon", "").await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("wrote while you were writing"), "{}", late.body);
        assert!(late.body.contains("It is the cable") && late.body.contains(">I come at noon</textarea>"));
        // The words are a draft, on whatever device he goes on.
        let mine = drafts::of(&mut w.db.read(), &w.actor("ben"), screen).await.unwrap();
        assert_eq!((mine.len(), mine[0].state, mine[0].body.as_str()), (1, Stage::Draft, "I come at noon"));
        // Having read, he sends all the same.
        let now: i64 = hidden(&late.body, "version").parse().unwrap();
        let again = door.writes("ben", screen, now, "I+come+at+noon", "").await;
        assert_eq!(again.status, 303, "{}", again.body);
        leaves(w, "ben", screen).await;
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await.body;
        assert!(page.contains("It is the cable") && page.contains("I come at noon"));
        door.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-18.
    async fn two_who_press_send_in_the_same_second_do_not_answer_twice(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let (one, two) = tokio::join!(
            door.writes("ben", screen, seen, "From+Ben", ""),
            door.writes("max", screen, seen, "From+Max", ""),
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.body, two.body);
        let (late, first, his) = if one.status == 409 { ("ben", "max", one) } else { ("max", "ben", two) };
        assert!(his.body.contains("is answering in this moment"), "{}", his.body);
        let text = if late == "ben" { "From Ben" } else { "From Max" };
        assert!(his.body.contains(&format!(">{text}</textarea>")));
        // A program that asks not to overtake anybody is refused, too; one that does not ask is not.
        let path = format!("/api/v1/tickets/{screen}/comments");
        let body = json!({ "audience": "public", "body": "By program" }).to_string();
        assert_eq!(door.asks_having_seen("ada", Method::POST, &path, Some(seen), &body).await.status, 409);
        // A note answers nobody.
        let note = json!({ "audience": "staff", "body": "Who takes it?" }).to_string();
        assert_eq!(door.asks_having_seen("ada", Method::POST, &path, Some(seen), &note).await.status, 201);
        // Told of it, one may answer all the same: both were meant.
        let knows = hidden(&his.body, "knows");
        assert!(!knows.is_empty());
        let now = w.stands(screen).await.1;
        let again = door.writes(late, screen, now, &text.replace(' ', "+"), &format!("&knows={knows}")).await;
        assert_eq!(again.status, 303, "{}", again.body);
        leaves(w, first, screen).await;
        leaves(w, late, screen).await;
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await.body;
        assert!(page.contains("From Ben") && page.contains("From Max"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_reply_taken_back_is_in_nobodys_way_and_outsiders_hear_of_none(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        assert_eq!(door.writes("max", screen, seen, "Too+soon", "").await.status, 303);
        // Dora asked for it: what staff is about to say she reads when it is said.
        let hers = door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/comments"), "body=Any+news&once=d1").await;
        assert_eq!(hers.status, 303, "{}", hers.body);
        let seen = w.stands(screen).await.1;
        let told = door.writes("ben", screen, seen, "Instead", "").await;
        assert!(told.status == 409 && told.body.contains("is answering in this moment"), "{}", told.body);
        let id = drafts::of(&mut w.db.read(), &w.actor("max"), screen).await.unwrap()[0].id;
        door.sends("max", screen, &format!("/drafts/{id}/undo"), "").await;
        assert_eq!(door.writes("ben", screen, seen, "Instead", "").await.status, 303);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_note_and_ones_own_changes_overtake_nobody(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        // Two pages of one person: the later is what they want.
        for priority in ["urgent", "low"] {
            let sent = door.sends("ben", screen, "/priority", &format!("priority={priority}&was=normal&version={seen}")).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
        }
        assert_eq!(door.writes("ben", screen, seen, "Both+pages+are+mine", "").await.status, 303);
        leaves(w, "ben", screen).await;
        // What others wrote meanwhile is no reason to keep a note back.
        let form = format!("audience=staff&body=For+us&once=n1&version={seen}");
        assert_eq!(door.sends("max", screen, "/comments", &form).await.status, 303);
        // But a colleague's note is read before the ticket is closed, and its requester knows of none.
        let closes = door.sends("ben", screen, "/closure", &format!("version={seen}&message=Done")).await;
        assert_eq!(closes.status, 409, "{}", closes.body);
        assert!(closes.body.contains("Done"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_the_requester_does_not_read_does_not_overtake_them(w) {
        let door = w.door().await;
        let badge = w.ticket("badge");
        let seen = w.stands(badge).await.1;
        let note = json!({ "audience": "staff", "body": "Told by telephone" });
        assert_eq!(door.programs("ben", Method::POST, badge, "/comments", note).await.status, 201);
        let approved = door.asks("emil", Method::POST, &format!("/portal/tickets/{badge}/approval"), &format!("version={seen}")).await;
        assert_eq!(approved.status, 303, "{}", approved.body);
        assert_eq!(w.stands(badge).await.0, "approved");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_program_that_repeats_itself_is_answered_as_before_whatever_came_meanwhile(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let path = format!("/api/v1/tickets/{screen}/comments");
        let body = json!({ "audience": "public", "body": "Once" }).to_string();
        let first = door.asks_having_seen("ben", Method::POST, &path, Some(seen), &body).await;
        assert_eq!(first.status, 201, "{}", first.body);
        w.clock.advance(Span::seconds(1));
        let other = json!({ "audience": "public", "body": "Between" });
        assert_eq!(door.programs("max", Method::POST, screen, "/comments", other).await.status, 201);
        // Another program that saw the same is refused; without a version it speaks for itself.
        assert_eq!(door.asks_having_seen("ada", Method::POST, &path, Some(seen), &body).await.status, 409);
        assert_eq!(door.asks("ada", Method::POST, &path, &body).await.status, 201);
        door.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-21: whatever is sent again was meant once.
    async fn the_same_form_sent_again_is_no_second_answer_though_a_colleague_answers_meanwhile(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        assert_eq!(door.writes("max", screen, seen, "From+Max", "").await.status, 303);
        let told = door.writes("ben", screen, seen, "From+Ben", "&quiet=yes").await;
        assert!(told.status == 409 && told.body.contains("name=\"quiet\" value=\"yes\" checked"), "{}", told.body);
        let knows = hidden(&told.body, "knows");
        assert_eq!(door.writes("ben", screen, seen, "From+Ben", &format!("&knows={knows}")).await.status, 303);
        // His browser sends it once more.
        assert_eq!(door.writes("max", screen, seen, "From+Max", "").await.status, 303);
        let mine = drafts::of(&mut w.db.read(), &w.actor("max"), screen).await.unwrap();
        assert_eq!(mine.iter().map(|it| it.state).collect::<Vec<_>>(), [Stage::Held]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn words_that_go_with_a_closure_are_an_answer_too(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        assert_eq!(door.writes("max", screen, seen, "Try+again", "").await.status, 303);
        let form = format!("version={seen}&message=Solved");
        let told = door.sends("ben", screen, "/closure", &form).await;
        assert!(told.status == 409 && told.body.contains("is answering in this moment") && told.body.contains("Solved"), "{}", told.body);
        leaves(w, "max", screen).await;
        assert_eq!(door.sends("ben", screen, "/closure", &form).await.status, 409, "now it is there to be read");
        let form = format!("version={}&message=Solved", w.stands(screen).await.1);
        assert_eq!(door.sends("ben", screen, "/closure", &form).await.status, 303);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_was_taken_out_for_good_does_not_come_back_from_an_old_page(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        // As erasing its requester does: another subject, and no line.
        let mut tx = w.db.write().await.unwrap();
        tx.run(kit::system!(
            because = "the test world erases a subject",
            "UPDATE tickets SET subject = 'Erased', version = version + 1 WHERE id = $1",
            screen
        )).await.unwrap();
        tx.commit().await.unwrap();
        let old = door.sends("ben", screen, "/subject", &format!("subject=What+Dora+wrote&was=x&version={seen}")).await;
        assert_eq!(old.status, 409, "{}", old.body);
        assert_eq!(door.json("ben", &format!("/api/v1/tickets/{screen}")).await["subject"], "Erased");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_a_merge_brought_was_read_where_it_came_from(w) {
        let door = w.door().await;
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        for n in 0..4 {
            let body = json!({ "audience": "public", "body": format!("Word {n}") });
            assert_eq!(door.programs("max", Method::POST, badge, "/comments", body).await.status, 201);
        }
        let into = json!({ "into": screen.0, "let_requester_in": false });
        assert_eq!(door.programs("max", Method::POST, badge, "/merge", into).await.status, 200);
        let seen = w.stands(screen).await.1;
        let saved = door.sends("ben", screen, "/priority", &format!("priority=low&was=normal&version={seen}")).await;
        assert_eq!(saved.location(), format!("/tickets/{screen}#details"), "nothing came meanwhile");
        let tagged = door.sends("max", screen, "/tags", &format!("tags=merged&version={seen}")).await;
        assert_eq!(tagged.status, 303);
        assert_eq!(door.writes("ben", screen, seen, "All+of+it+is+read", "").await.status, 303);
        door.closes().await;
    }
}
