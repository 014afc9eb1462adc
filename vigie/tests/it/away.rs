//! What happened while an agent was away: told once they are back, ticket by ticket.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::mail::post::Post;
use vigie::people::absences;
use vigie::tickets::TicketId;
use vigie::tickets::listing::marks;

use crate::browsing::Door;
use crate::mail;
use crate::world::World;

/// The rows of the card, `!` before those with something unread; none when there is no card.
async fn card(door: &Door, who: &str) -> Option<Vec<String>> {
    let page = door.gets(who, "/notifications").await;
    door.app.finish_errands().await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, card) = page.body.split_once("id=\"away\"")?;
    let card = card.split("</section>").next().unwrap_or_default();
    let rows = card.split("<li").skip(1).map(|row| {
        let between = |begin: &str, end: &str| {
            let rest = row.split(begin).nth(1).unwrap_or_default();
            rest.split(end).next().unwrap_or_default().to_owned()
        };
        let mark = if row.starts_with(" data-unread") {
            "!"
        } else {
            ""
        };
        let subject = between("<b>", "</b>");
        format!("{mark}{subject}: {}", between("m2 dblock\">", "<"))
    });
    Some(rows.collect())
}

/// What the line above their list says, if there is one.
async fn bar(door: &Door, who: &str) -> Option<String> {
    let page = door.gets(who, "/tickets").await;
    door.app.finish_errands().await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, bar) = page.body.split_once("href=\"/notifications#away\">")?;
    bar.split('<').next().map(str::to_owned)
}

/// They look at some page, which says that they are there.
async fn is_there(door: &Door, who: &str) {
    let page = door.gets(who, "/legend").await;
    assert_eq!(page.status, 200, "{}", page.body);
    door.app.finish_errands().await;
}

async fn answers(door: &Door, who: &str, ticket: TicketId, body: &str) {
    let path = format!("/portal/tickets/{ticket}/comments");
    let form = format!("body={body}&once=once-{body}");
    let came = door.asks(who, Method::POST, &path, &form).await;
    assert_eq!(came.status, 303, "{}", came.body);
}

async fn dismisses(door: &Door, who: &str, since: i64) {
    let form = format!("since={since}&return_to=/notifications");
    let said = door
        .asks(who, Method::POST, "/notifications/away/dismissal", &form)
        .await;
    assert_eq!((said.status, said.location()), (303, "/notifications"));
}

record! {
    #[derive(Debug, PartialEq, Eq)]
    struct Row { there_at: i64, away_since: Option<i64>, away_until: Option<i64> }
}

async fn row(w: &World, who: &str) -> Option<Row> {
    w.db.read()
        .maybe(global!(
            "SELECT there_at, away_since, away_until FROM absences WHERE person_id = $1",
            w.person(who)
        ))
        .await
        .unwrap()
}

/// The desk's door, and its post with nothing to do.
async fn opens(w: &World) -> (Door, Post) {
    let (door, post) = (w.door().await, mail::post(w).await);
    mail::work(&post).await;
    (door, post)
}

on_both_engines! {
    async fn whoever_comes_back_reads_what_happened_ticket_by_ticket(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        let (screen, badge, leave) = (w.ticket("screen"), w.ticket("badge"), w.ticket("leave"));
        mail::work(&post).await;
        for who in ["ben", "cleo"] {
            is_there(&door, who).await;
        }
        let left_at = w.now();
        w.clock.advance(Span::minutes(30));
        answers(&door, "dora", screen, "Still+black").await;
        answers(&door, "dora", leave, "And+my+leave").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(1));
        let approved = door.asks("emil", Method::POST, &format!("/portal/tickets/{badge}/approval"), &format!("version={}", w.stands(badge).await.1)).await;
        assert_eq!(approved.status, 303, "{}", approved.body);
        mail::work(&post).await;
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", screen, "Black+again").await;
        mail::work(&post).await;
        let taken = door.sends("max", screen, "/assignment", &format!("version={}", w.stands(screen).await.1)).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        mail::work(&post).await;
        w.clock.advance(Span::hours(12));
        assert_eq!(bar(&door, "ben").await.as_deref(), Some("While you were away (since Mon 23\u{a0}Nov 14:08): 2 tickets moved"));
        let told = card(&door, "ben").await.unwrap();
        assert_eq!(told, [
            "!Écran noir au réveil: taken by Max, 2 replies",
            "!My badge opens every door but mine: closure approved by Emil",
        ]);
        let page = door.gets("ben", "/notifications").await.body;
        assert!(page.contains("From Mon 23\u{a0}Nov 14:08 to Tue 24\u{a0}Nov 04:38: 2 tickets moved."), "{page}");
        // Looked at, the line is gone; the card stays until it is put away.
        assert_eq!(bar(&door, "ben").await, None);
        assert_eq!(card(&door, "ben").await, Some(told));
        // Of somebody else's tickets somebody else is told.
        assert_eq!(card(&door, "cleo").await.unwrap(), ["!Leave refused twice: a reply by Dora"]);
        // What was looked at meanwhile is told all the same, as read.
        marks::look(&w.db, w.person("ben"), screen, w.stands(screen).await.1, w.now()).await.unwrap();
        assert_eq!(card(&door, "ben").await.unwrap()[0], "Écran noir au réveil: taken by Max, 2 replies");
        // Put away it is gone, and stays so.
        dismisses(&door, "ben", left_at.0).await;
        assert_eq!((card(&door, "ben").await, bar(&door, "ben").await), (None, None));
        w.clock.advance(Span::hours(1));
        assert_eq!((card(&door, "ben").await, bar(&door, "ben").await), (None, None));
        assert_eq!(row(w, "dora").await, None, "of customers it is not kept");
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_absence_shorter_than_four_hours_tells_nothing(w) {
        let (door, post) = opens(w).await;
        is_there(&door, "ben").await;
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        w.clock.advance(Span::minutes(1));
        mail::work(&post).await;
        w.clock.advance(Span::minutes(238));
        assert_eq!((bar(&door, "ben").await, card(&door, "ben").await), (None, None));
        // Nor one in which nothing concerned them.
        w.clock.advance(Span::hours(5));
        assert_eq!((bar(&door, "ben").await, card(&door, "ben").await), (None, None));
        assert!(row(w, "ben").await.unwrap().away_since.is_some());
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_next_absence_takes_the_place_of_the_one_before(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        let (screen, badge) = (w.ticket("screen"), w.ticket("badge"));
        mail::work(&post).await;
        is_there(&door, "ben").await;
        let first = w.now();
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", screen, "Hello").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        assert_eq!(card(&door, "ben").await.unwrap(), ["!Écran noir au réveil: a reply by Dora"]);
        dismisses(&door, "ben", first.0).await;
        assert_eq!(card(&door, "ben").await, None);
        w.clock.advance(Span::hours(1));
        answers(&door, "emil", badge, "Thanks").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        // The button of a page from before the second absence is not about it.
        dismisses(&door, "ben", first.0).await;
        assert!(bar(&door, "ben").await.unwrap().ends_with(": one ticket moved"));
        assert_eq!(card(&door, "ben").await.unwrap(), ["!My badge opens every door but mine: a reply by Emil"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_ticket_that_left_ones_sight_is_not_told(w) {
        let (door, post) = (w.door().await, mail::post(w).await);
        let screen = w.ticket("screen");
        mail::work(&post).await;
        is_there(&door, "ben").await;
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", screen, "Hello").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        assert!(bar(&door, "ben").await.is_some());
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "somebody leaves in a test", "DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.run(system!(because = "a test takes the ticket away", "UPDATE tickets SET assignee_id = NULL WHERE id = $1", screen)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((bar(&door, "ben").await, card(&door, "ben").await), (None, None));
        door.closes().await;
    }
}

on_both_engines! {
    async fn two_tabs_that_come_back_at_once_make_one_absence(w) {
        let (door, _) = opens(w).await;
        is_there(&door, "ben").await;
        let left_at = w.now();
        w.clock.advance(Span::hours(5));
        let back_at = w.now();
        let (one, other) = tokio::join!(door.gets("ben", "/tickets"), door.gets("ben", "/notifications"));
        assert_eq!((one.status, other.status), (200, 200));
        let made = Row { there_at: back_at.0, away_since: Some(left_at.0), away_until: Some(back_at.0) };
        assert_eq!(row(w, "ben").await, Some(made));
        // One that was slower by a moment changes nothing of it.
        w.clock.advance(Span::seconds(2));
        let mut tx = w.db.write().await.unwrap();
        absences::there(&mut tx, w.person("ben"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let later = Row { there_at: w.now().0, away_since: Some(left_at.0), away_until: Some(back_at.0) };
        assert_eq!(row(w, "ben").await, Some(later));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_page_that_was_left_open_does_not_make_its_person_be_there(w) {
        let (door, post) = opens(w).await;
        is_there(&door, "ben").await;
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        mail::work(&post).await;
        for _ in 0..4 {
            w.clock.advance(Span::hours(1));
            let page = door.fetches_by_itself("ben", "/tickets").await;
            assert_eq!(page.status, 200, "the session lives on: {}", page.body);
            assert!(!page.body.contains("#away"), "and nobody is back");
            door.app.finish_errands().await;
        }
        assert!(bar(&door, "ben").await.is_some());
        door.closes().await;
    }
}

on_both_engines! {
    /// Their own absence is told when they look with their own eyes again, and nobody is there by being looked through.
    async fn whoever_looks_with_somebody_elses_eyes_is_there_themselves(w) {
        let (door, post) = opens(w).await;
        for who in ["ben", "max"] {
            is_there(&door, who).await;
        }
        let left_at = w.now();
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        answers(&door, "fay", w.ticket("cable"), "Hello").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        let opened = door.asks("max", Method::POST, &format!("/admin/people/{}/eyes", w.person("ben")), "").await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        assert_eq!(bar(&door, "max").await, None);
        let bens = Row { there_at: left_at.0, away_since: None, away_until: None };
        assert_eq!(row(w, "ben").await, Some(bens));
        assert_eq!(door.asks("max", Method::POST, "/eyes/end", "").await.status, 303);
        assert!(bar(&door, "max").await.is_some());
        assert!(bar(&door, "ben").await.unwrap().ends_with(": one ticket moved"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn quiet_hours_hold_nothing_of_it_back(w) {
        let (door, post) = opens(w).await;
        // Around the clock but for one minute.
        let saved = door.asks("ben", Method::POST, "/notifications/quiet", "from=00:01&until=00:00&weekends=yes").await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        door.app.finish_errands().await;
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        assert!(bar(&door, "ben").await.is_some());
        assert!(card(&door, "ben").await.is_some());
        door.closes().await;
    }
}

on_both_engines! {
    async fn it_goes_by_itself_after_a_week(w) {
        let (door, post) = opens(w).await;
        is_there(&door, "ben").await;
        w.clock.advance(Span::hours(1));
        answers(&door, "dora", w.ticket("screen"), "Hello").await;
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        is_there(&door, "ben").await;
        // Somebody who never sleeps, and never looks.
        for _ in 0..55 {
            w.clock.advance(Span::hours(3));
            is_there(&door, "ben").await;
        }
        assert!(bar(&door, "ben").await.is_some() && card(&door, "ben").await.is_some());
        w.clock.advance(Span::hours(3));
        assert_eq!((bar(&door, "ben").await, card(&door, "ben").await), (None, None));
        door.closes().await;
    }
}

on_both_engines! {
    async fn of_very_many_tickets_the_latest_fifty_are_shown_and_the_rest_is_a_number(w) {
        let (door, post) = opens(w).await;
        is_there(&door, "ben").await;
        w.clock.advance(Span::hours(1));
        let category = w.read(&w.actor("ada"), w.ticket("screen")).await.category_id;
        for n in 1..=52 {
            let form = format!("category={category}&subject=Lamp+{n}&body=Dark&once=n{n}&anyway=1");
            let came = door.asks("dora", Method::POST, "/portal/tickets", &form).await;
            assert_eq!(came.status, 303, "{}", came.body);
            w.clock.advance(Span::minutes(2));
        }
        mail::work(&post).await;
        w.clock.advance(Span::hours(4));
        let told = card(&door, "ben").await.unwrap();
        assert_eq!((told.len(), told[0].as_str(), told[49].as_str()), (50, "!Lamp 52: opened by Dora", "!Lamp 3: opened by Dora"));
        let page = door.gets("ben", "/notifications").await.body;
        assert!(page.contains(": 52 tickets moved.") && page.contains("And 2 other tickets."), "{page}");
        door.closes().await;
    }
}
