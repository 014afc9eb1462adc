//! What the composer does before a message is one: drafts, replies held and taken back, saved
//! replies, colleagues called by name.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{jobs, record, system};
use vigie::mail::post::Post;
use vigie::tickets::comments::NewComment;
use vigie::tickets::drafts::{self, HELD_FOR};
use vigie::tickets::{Audience, Origin, TicketId, deeds, reading};

use crate::browsing::Door;
use crate::mail;
use crate::world::World;

record! { struct Count { n: i64 } }

async fn bodies(w: &World, who: &str, ticket: TicketId) -> Vec<String> {
    let ticket = w.read(&w.actor(who), ticket).await;
    let found = reading::comments(&mut w.db.read(), &w.actor(who), &ticket).await;
    found.unwrap().into_iter().map(|c| c.body).collect()
}

/// Runs what is due, as the worker does: letters by this post, the rest by the house.
async fn works(door: &Door, post: &Post) {
    let app = &door.app;
    let run = |job: jobs::Claimed| async move {
        if job.kind == drafts::RELEASE_REPLY {
            vigie::jobs::run(app.clone(), job).await
        } else {
            vigie::mail::run(post, &job).await
        }
    };
    while jobs::run_due(&app.db, &app.clock, &app.dice, &run)
        .await
        .unwrap()
        > 0
    {}
}

async fn mailed_to(w: &World, who: &str, ticket: TicketId) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT COUNT(*) AS n FROM outgoing_mails WHERE person_id = $1 AND ticket_id = $2",
                w.person(who),
                ticket
            ))
            .await
            .unwrap();
    count.n
}

fn reply(text: &str, once: &str) -> String {
    format!("audience=public&body={text}&once={once}")
}

/// The number of the reply that `who` may still take back.
async fn held(w: &World, who: &str, ticket: TicketId) -> Option<i64> {
    let mine = drafts::of(&mut w.db.read(), &w.actor(who), ticket)
        .await
        .unwrap();
    mine.into_iter()
        .find(|d| d.state == drafts::Stage::Held)
        .map(|d| d.id.0)
}

on_both_engines! {
    async fn a_public_reply_is_only_its_authors_until_it_leaves_and_leaves_once(w) {
        let door = w.door().await;
        let post = mail::post(w).await;
        let screen = w.ticket("screen");
        works(&door, &post).await;
        let (before, version) = (bodies(w, "dora", screen).await, w.stands(screen).await.1);
        let mails = mailed_to(w, "dora", screen).await;
        let page = format!("/tickets/{screen}");
        for _ in 0..2 {
            let answer = door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("On+my+way", "o1")).await;
            assert_eq!(answer.status, 303, "{}", answer.body);
            assert!(answer.location().contains("#held-"), "{}", answer.location());
        }
        // Its author sees it on its way, nobody else anything, and nobody is mailed.
        let his = door.gets("ben", &page).await.body;
        assert!(his.contains("On my way") && his.contains("/undo"));
        for other in ["max", "dora", "vera"] {
            let address = if other == "dora" { format!("/portal{page}") } else { page.clone() };
            assert!(!door.gets(other, &address).await.body.contains("On my way"), "{other}");
        }
        w.clock.advance(Span(HELD_FOR.0 - 1));
        works(&door, &post).await;
        assert_eq!(bodies(w, "dora", screen).await, before);
        assert_eq!(w.stands(screen).await.1, version);
        // Its moment comes, and the worker may come twice.
        w.clock.advance(Span::seconds(1));
        works(&door, &post).await;
        works(&door, &post).await;
        let after = bodies(w, "dora", screen).await;
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(after.last().unwrap(), "On my way");
        assert_eq!(held(w, "ben", screen).await, None);
        assert_eq!(mailed_to(w, "dora", screen).await, mails + 1, "the reply, once");
        // The same form once more, much later, writes nothing.
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("On+my+way", "o1")).await;
        w.clock.advance(Span::minutes(1));
        works(&door, &post).await;
        assert_eq!(bodies(w, "dora", screen).await.len(), before.len() + 1);
        // Other words from the same form, by the back button, are words of their own.
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("There+now", "o1")).await;
        w.clock.advance(Span::minutes(1));
        works(&door, &post).await;
        assert_eq!(bodies(w, "dora", screen).await.last().unwrap(), "There now");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_reply_taken_back_stands_in_the_composer_and_never_leaves(w) {
        let door = w.door().await;
        let post = mail::post(w).await;
        let screen = w.ticket("screen");
        let before = bodies(w, "dora", screen).await;
        let page = format!("/tickets/{screen}");
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("Not+yet+finished", "o2")).await;
        let id = held(w, "ben", screen).await.unwrap();
        let undo = format!("{page}/drafts/{id}/undo");
        // Not a colleague's to take back, nor by another ticket's address.
        assert_eq!(door.asks("max", Method::POST, &undo, "").await.status, 404);
        let elsewhere = format!("/tickets/{}/drafts/{id}/undo", w.ticket("printer"));
        assert_eq!(door.asks("ben", Method::POST, &elsewhere, "").await.status, 404);
        // Something else was begun meanwhile: it stays, below.
        door.asks("ben", Method::POST, &format!("{page}/draft"), "audience=public&body=And+also").await;
        for _ in 0..2 {
            assert_eq!(door.asks("ben", Method::POST, &undo, "").await.status, 303);
        }
        w.clock.advance(Span::minutes(1));
        works(&door, &post).await;
        assert_eq!(bodies(w, "dora", screen).await, before);
        let his = door.gets("ben", &page).await.body;
        assert!(his.contains(">Not yet finished\n\nAnd also</textarea>"), "{his}");
        assert!(!door.gets("max", &page).await.body.contains("Not yet finished"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn too_late_is_said_and_nothing_comes_back(w) {
        let door = w.door().await;
        let post = mail::post(w).await;
        let screen = w.ticket("screen");
        let page = format!("/tickets/{screen}");
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("Gone", "o3")).await;
        let id = held(w, "ben", screen).await.unwrap();
        w.clock.advance(HELD_FOR);
        works(&door, &post).await;
        let answer = door.asks("ben", Method::POST, &format!("{page}/drafts/{id}/undo"), "").await;
        assert_eq!(answer.location(), page);
        assert!(answer.headers["set-cookie"].contains("composer-said-too-late"));
        assert_eq!(bodies(w, "dora", screen).await.last().unwrap(), "Gone");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_authors_next_deed_sends_what_is_held_first_and_their_own_reply_is_no_conflict(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let page = format!("/tickets/{screen}");
        let version = w.stands(screen).await.1;
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("It+was+the+cable", "o4")).await;
        let closed = door.asks("ben", Method::POST, &format!("{page}/closure"), &format!("version={version}&message=Done")).await;
        assert_eq!(closed.status, 303, "{}", closed.body);
        let said = bodies(w, "dora", screen).await;
        assert_eq!(said[said.len() - 2..], ["It was the cable", "Done"]);
        assert_eq!(w.stands(screen).await.0, "closed");
        // Somebody else's change is a conflict still.
        let printer = w.ticket("printer");
        let seen = w.stands(printer).await.1;
        let theirs = NewComment::typed("I look at it", Origin::Web);
        deeds::write(&w.db, &w.actor("max"), printer, Audience::Public, theirs, None, w.now()).await.unwrap();
        let closed = door.asks("ben", Method::POST, &format!("/tickets/{printer}/closure"), &format!("version={seen}")).await;
        assert_eq!(closed.status, 409);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_reply_whose_right_was_lost_meanwhile_goes_back_to_its_author_with_the_reason(w) {
        let door = w.door().await;
        let post = mail::post(w).await;
        let screen = w.ticket("screen");
        let page = format!("/tickets/{screen}");
        door.asks("ben", Method::POST, &format!("{page}/comments"), &reply("Still+mine", "o5")).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(
            because = "the test world stores a ticket",
            "UPDATE tickets SET state = 'archived', stage = 'archived' WHERE id = $1",
            screen
        )).await.unwrap();
        tx.commit().await.unwrap();
        w.clock.advance(HELD_FOR);
        works(&door, &post).await;
        let mine = drafts::of(&mut w.db.read(), &w.actor("ben"), screen).await.unwrap();
        assert_eq!(mine.len(), 1);
        assert_eq!((mine[0].state, mine[0].body.as_str()), (drafts::Stage::Draft, "Still mine"));
        assert_eq!(mine[0].refusal.as_deref(), Some("rule-state"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_note_is_written_at_once_and_a_bad_message_comes_back_with_what_was_typed(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let address = format!("/tickets/{screen}/comments");
        let noted = door.asks("ben", Method::POST, &address, "audience=staff&body=Only+us&once=n1").await;
        assert!(noted.location().contains("#comment-"));
        assert_eq!(bodies(w, "ben", screen).await.last().unwrap(), "Only us");
        let empty = door.asks("ben", Method::POST, &address, "audience=public&body=+&once=n2").await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("This field is required."));
        let nobody = door.asks("ben", Method::POST, &address, "audience=everyone&body=x").await;
        assert_eq!(nobody.status, 422);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_draft_is_found_on_every_device_of_its_author_and_nowhere_else(w) {
        let door = w.door().await;
        let page = format!("/tickets/{}", w.ticket("screen"));
        let kept = door.asks("ben", Method::POST, &format!("{page}/draft"), "audience=staff&body=Half+a+thought").await;
        assert_eq!(kept.status, 204);
        assert!(door.gets("ben", &page).await.body.contains(">Half a thought</textarea>"));
        assert!(!door.gets("max", &page).await.body.contains("Half a thought"));
        // Whoever may only look keeps none there.
        assert_eq!(door.asks("vera", Method::POST, &format!("{page}/draft"), "body=x").await.status, 403);
        assert_eq!(door.asks("cleo", Method::POST, &format!("{page}/draft"), "body=x").await.status, 404);
        let away = door.asks("ben", Method::POST, &format!("{page}/draft"), "discard=1").await;
        assert_eq!(away.status, 303);
        assert!(!door.gets("ben", &page).await.body.contains("Half a thought"));
        door.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-17.
    async fn a_draft_goes_to_its_ticket_and_its_readers_only(w) {
        let door = w.door().await;
        let (printer, screen) = (w.ticket("printer"), w.ticket("screen"));
        let keeps = async |ticket, audience: &str, body: &str| {
            let form = format!("audience={audience}&body={body}");
            assert_eq!(door.sends("ben", ticket, "/draft", &form).await.status, 204);
        };
        keeps(printer, "staff", "for-colleagues-of-the-printer").await;
        keeps(screen, "public", "for-all-of-the-screen").await;
        keeps(screen, "staff", "for-colleagues-of-the-screen").await;
        // Two windows, changed between and sent at once: what is sent is what its form says.
        let (one, two) = tokio::join!(
            door.sends("ben", screen, "/comments", "audience=public&quiet=yes&body=sent-to-all&once=one"),
            door.sends("ben", printer, "/comments", "audience=staff&body=sent-to-colleagues&once=two"),
        );
        assert_eq!((one.status, two.status), (303, 303));
        for (ticket, said) in [(screen, "sent-to-all"), (printer, "sent-to-colleagues")] {
            let all = bodies(w, "ben", ticket).await;
            assert_eq!(all.last().map(String::as_str), Some(said));
            assert!(!all.iter().any(|body| body.contains("for-")), "{all:?}");
        }
        assert!(!bodies(w, "dora", printer).await.iter().any(|body| body.contains("colleagues")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_preview_is_the_text_made_safe_with_and_without_script(w) {
        let door = w.door().await;
        let address = format!("/tickets/{}/preview", w.ticket("screen"));
        let typed = "audience=public&body=**bold**+%3Cscript%3Ealert(1)%3C/script%3E+%5Bx%5D(javascript:alert(1))";
        let whole = door.asks("ben", Method::POST, &address, typed).await;
        let piece = door.asks("ben", Method::POST, &address, &format!("{typed}&fragment=1")).await;
        for answer in [&whole, &piece] {
            assert_eq!(answer.status, 200);
            assert!(answer.body.contains("<strong>bold</strong>"));
            assert!(!answer.body.contains("<script>alert") && !answer.body.contains("href=\"javascript"));
        }
        assert!(!piece.body.contains("<html"));
        assert!(piece.headers["content-security-policy"].contains("script-src"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_colleague_who_may_read_is_told_once_and_one_who_may_not_is_not(w) {
        let door = w.door().await;
        let post = mail::post(w).await;
        works(&door, &post).await;
        let printer = w.ticket("printer");
        let page = format!("/tickets/{printer}");
        let dora = mailed_to(w, "dora", printer).await;
        let (max, cleo, vera) = (mailed_to(w, "max", printer).await, mailed_to(w, "cleo", printer).await, mailed_to(w, "vera", printer).await);
        let text = "@max+@cleo+@vera+@dora+@nobody+look";
        let preview = door.asks("ben", Method::POST, &format!("{page}/preview"), &format!("audience=staff&body={text}&fragment=1")).await;
        assert!(preview.body.contains("Cleo cannot open this ticket"), "{}", preview.body);
        let noted = door.asks("ben", Method::POST, &format!("{page}/comments"), &format!("audience=staff&body={text}&once=m1")).await;
        assert!(noted.headers["set-cookie"].contains("composer-said-noted-untold"));
        works(&door, &post).await;
        assert_eq!(mailed_to(w, "max", printer).await, max + 1);
        assert_eq!(mailed_to(w, "vera", printer).await, vera + 1);
        assert_eq!(mailed_to(w, "cleo", printer).await, cleo);
        assert_eq!(mailed_to(w, "dora", printer).await, dora, "a customer is not called");
        let people = vigie::tickets::participants::of(&mut w.db.read(), &w.actor("max"), &*w.read(&w.actor("max"), printer).await).await.unwrap();
        assert!(people.is_empty(), "nobody takes part by being called");
        assert_eq!(door.gets("cleo", &page).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn suggestions_name_only_what_one_may_see_and_whom_one_may_call(w) {
        let door = w.door().await;
        let ask = format!("/tickets/{}/suggestions", w.ticket("printer"));
        let colleagues = door.gets("ben", &format!("{ask}?for=@&q=")).await.body;
        assert!(colleagues.contains("@max") && colleagues.contains("@vera"));
        assert!(!colleagues.contains("@cleo") && !colleagues.contains("@ben") && !colleagues.contains("@dora"));
        let tickets = door.gets("ben", &format!("{ask}?for=%23&q=")).await.body;
        assert!(tickets.contains("Écran noir") && !tickets.contains("payslip"));
        let by_number = door.gets("ben", &format!("{ask}?for=%23&q={}", w.ticket("payroll"))).await.body;
        assert!(!by_number.contains("payslip"));
        assert_eq!(door.gets("cleo", &format!("{ask}?for=@&q=")).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn saved_replies_are_for_those_they_are_shared_with_and_changed_by_whom_may(w) {
        let door = w.door().await;
        let add = async |who: &str, sharing: &str, title: &str| {
            let form = format!("title={title}&body=Dear+%7Brequester.first_name%7D&sharing={sharing}&department=1");
            door.asks(who, Method::POST, "/replies", &form).await.status
        };
        assert_eq!(add("ben", "private", "Mine").await, 303);
        assert_eq!(add("ben", "private", "Mine").await, 303, "sent twice");
        assert_eq!(add("ben", "department", "Blues").await, 303);
        assert_eq!(add("ben", "everyone", "Alls").await, 403);
        assert_eq!(add("max", "everyone", "Alls").await, 303);
        assert_eq!(add("cleo", "department", "Intruder").await, 403);
        assert_eq!(add("vera", "private", "Viewer").await, 403);
        for (who, sees) in [("ben", "Mine Blues Alls"), ("max", "Blues Alls"), ("vera", "Blues Alls"), ("cleo", "Alls")] {
            let items = door.json(who, "/api/v1/replies").await;
            let titles: Vec<&str> = items["items"].as_array().unwrap().iter().map(|i| i["title"].as_str().unwrap()).collect();
            assert_eq!(titles.join(" "), sees, "{who}");
        }
        assert!(door.json("dora", "/api/v1/replies").await["items"].as_array().unwrap().is_empty());
        // Another's private one is not there; a colleague's is there and not theirs to change.
        let list = door.json("ben", "/api/v1/replies").await;
        let id = |at: usize| list["items"][at]["id"].as_i64().unwrap();
        assert_eq!(door.gets("max", &format!("/api/v1/replies/{}", id(0))).await.status, 404);
        assert_eq!(door.asks("vera", Method::PATCH, &format!("/api/v1/replies/{}", id(1)), r#"{"title":"Hers"}"#).await.status, 403);
        assert_eq!(door.asks("ben", Method::POST, &format!("/replies/{}/removal", id(2)), "version=1").await.status, 403);
        // A stale version shows both.
        let change = |version: i64| format!("title=Changed&body=Hello&sharing=department&department=1&version={version}");
        let path = format!("/replies/{}", id(1));
        assert_eq!(door.asks("ben", Method::POST, &path, &change(1)).await.status, 303);
        let stale = door.asks("rob", Method::POST, &path, &change(1).replace("Hello", "Other")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Other") && stale.body.contains("Hello"));
        assert_eq!(door.asks("ben", Method::POST, &format!("{path}/removal"), "version=2").await.status, 303);
        assert_eq!(door.gets("ben", &path).await.status, 404);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_saved_reply_is_filled_and_put_below_what_was_typed(w) {
        let door = w.door().await;
        let form = "title=Hi&body=Dear+%7Brequester.first_name%7D,+n%C2%B0+%7Bticket.number%7D&sharing=private";
        door.asks("ben", Method::POST, "/replies", form).await;
        let list = door.json("ben", "/api/v1/replies").await;
        let id = list["items"][0]["id"].as_i64().unwrap();
        let screen = w.ticket("screen");
        let address = format!("/tickets/{screen}/insertion");
        let page = door.asks("ben", Method::POST, &address, &format!("audience=staff&body=Typed&reply={id}")).await;
        assert!(page.body.contains(&format!(">Typed\n\nDear Dora, n° {screen}</textarea>")), "{}", page.body);
        let piece = door.asks("ben", Method::POST, &address, &format!("reply={id}&fragment=1")).await;
        assert_eq!(piece.body, format!("Dear Dora, n° {screen}"));
        // Another's private reply is not to be had, nor anything on a hidden ticket.
        assert_eq!(door.asks("max", Method::POST, &address, &format!("reply={id}&fragment=1")).await.status, 404);
        assert_eq!(door.asks("cleo", Method::POST, &address, "body=x").await.status, 404);
        // A placeholder nobody allowed is refused at its field, with what was typed.
        let refused = door.asks("ben", Method::POST, "/replies", "title=Bad&body=Hi+%7Buser.password%7D&sharing=private").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("{user.password}") && refused.body.contains("is no placeholder"));
        door.closes().await;
    }
}
