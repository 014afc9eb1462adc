//! What is typed in a form and not sent: it waits for its author, and for nobody else.

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};
use vigie::tickets::handling::clockwork;
use vigie::tickets::{TicketId, unsent};

use crate::browsing::{Answer, Door};
use crate::world::World;

record! { struct Count { n: i64 } }

async fn kept(w: &World) -> i64 {
    let count: Count =
        w.db.read()
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT COUNT(*) AS n FROM unsent_forms WHERE sent_at IS NULL"
            ))
            .await
            .unwrap();
    count.n
}

impl Door {
    async fn types(&self, who: &str, form: &str) -> Answer {
        self.asks(who, Method::POST, "/tickets/unsent", form).await
    }

    async fn types_in_portal(&self, who: &str, form: &str) -> Answer {
        self.asks(who, Method::POST, "/portal/unsent", form).await
    }
}

/// The numbers of what a page offers to go on with.
fn offered(page: &str) -> Vec<String> {
    let links = page.split("<a class=\"link\" href=\"").skip(1);
    links
        .filter_map(|rest| rest.split('"').next()?.split_once("/new?unsent="))
        .map(|(_, number)| number.to_owned())
        .collect()
}

async fn category(w: &World, ticket: &str) -> i64 {
    let ticket = w.read(&w.actor("ada"), w.ticket(ticket)).await;
    ticket.category_id.0
}

on_both_engines! {
    async fn a_new_ticket_waits_on_every_device_until_it_is_sent(w) {
        let door = w.door().await;
        let form = "form=new&once=tab-one&requester=dora@nordet.example&subject=Projector&body=It+hums.&priority=high&origin=desk&visibility=private";
        assert_eq!(door.types("ben", form).await.status, 201);
        assert_eq!(door.types("ben", &format!("{form}+loudly")).await.status, 201, "typed on");
        assert_eq!(kept(w).await, 1, "one form is one row");
        // Another tab begins another ticket: neither fights the other.
        assert_eq!(door.types("ben", "form=new&once=tab-two&subject=Lamp&body=").await.status, 201);
        let page = door.gets("ben", "/tickets/new").await.body;
        assert_eq!(offered(&page).len(), 2, "{page}");
        assert!(page.contains(">Lamp</a>") && page.contains(">Projector</a>"), "{page}");
        let number = offered(&page)[1].clone();
        let page = door.gets("ben", &format!("/tickets/new?unsent={number}")).await.body;
        for shown in ["value=\"dora@nordet.example\"", "value=\"Projector\"", ">It hums.</textarea>", "value=\"tab-one\"", "value=\"high\" selected", "value=\"desk\" selected"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert_eq!(offered(&page).len(), 1, "it is not offered beside itself");
        // Nobody else finds it, nor whoever looks after them.
        for who in ["ada", "vera", "max"] {
            assert_eq!(door.gets(who, &format!("/tickets/new?unsent={number}")).await.body.matches("Projector").count(), 0, "{who}");
            let path = format!("/tickets/unsent/{number}/deletion");
            assert_eq!(door.asks(who, Method::POST, &path, "").await.status, 404, "{who}");
        }
        // Sent: it is a ticket, and what arrives late is none.
        let sent = format!("requester=dora@nordet.example&category={}&subject=Projector&body=It+hums.&priority=high&origin=desk&visibility=private&once=tab-one&anyway=1", category(w, "screen").await);
        let came = door.asks("ben", Method::POST, "/tickets", &sent).await;
        assert_eq!(came.status, 303, "{}", came.body);
        assert_eq!(kept(w).await, 1);
        assert_eq!(door.types("ben", form).await.status, 205, "its form was sent");
        assert_eq!(door.types("ben", "form=new&once=tab-one&subject=&body=").await.status, 204);
        assert_eq!(door.types("ben", form).await.status, 205, "emptied afterwards, it was sent all the same");
        assert_eq!(kept(w).await, 1);
        // Whoever goes back to its page and writes on, for later, begins another one.
        let later = door.asks("ben", Method::POST, "/tickets", "later=1&subject=Again&body=&once=tab-one").await;
        assert_eq!(later.status, 303);
        assert!(door.gets("ben", "/tickets/new").await.body.contains(">Again</a>"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_form_that_comes_back_keeps_its_token_so_that_its_draft_stays_one(w) {
        let door = w.door().await;
        let wrong = door.asks("ben", Method::POST, "/tickets", "requester=&category=&subject=Lamp&body=&once=tab-one").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("name=\"once\" value=\"tab-one\""), "{}", wrong.body);
        // Without script, a button keeps it.
        let later = door.asks("ben", Method::POST, "/tickets", "later=1&subject=Lamp&body=&once=tab-one").await;
        assert_eq!((later.status, later.location()), (303, "/tickets"));
        let nothing = door.asks("ben", Method::POST, "/tickets", "later=1&subject=&body=&once=tab-two").await;
        assert_eq!(nothing.status, 303);
        assert_eq!(kept(w).await, 1, "nothing was to be kept");
        let page = door.gets("ben", "/tickets/new").await.body;
        let number = offered(&page)[0].clone();
        let gone = door.asks("ben", Method::POST, &format!("/tickets/unsent/{number}/deletion"), "").await;
        assert_eq!((gone.status, gone.location()), (303, "/tickets/new"));
        assert!(offered(&door.gets("ben", "/tickets/new").await.body).is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    /// Faults PRES-15: what was typed before a colleague's change is judged by what its author saw.
    async fn a_property_stands_open_again_with_the_version_that_was_seen(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let form = format!("form=subject&ticket={screen}&version={seen}&was=Before&subject=Black+at+night");
        assert_eq!(door.types("ben", &form).await.status, 201);
        assert_eq!(door.types("ben", &format!("form=priority&ticket={screen}&version={seen}&was=normal&priority=urgent")).await.status, 201);
        let other = door.sends("max", screen, "/subject", &format!("subject=Theirs&was=x&version={seen}")).await;
        assert_eq!(other.status, 303);
        let page = door.gets("ben", &format!("/tickets/{screen}")).await.body;
        let panel = page.split("data-unsent=\"subject\"").nth(1).unwrap_or_default();
        let panel = panel.split("</form>").next().unwrap_or_default();
        for shown in [">Black at night</textarea>".to_owned(), format!("name=\"version\" value=\"{seen}\""), "name=\"was\" value=\"Before\"".to_owned(), "Not saved yet".to_owned()] {
            assert!(panel.contains(&shown), "{shown}: {panel}");
        }
        let page_of_another = door.gets("max", &format!("/tickets/{screen}")).await.body;
        assert!(!page_of_another.contains("Black at night"));
        // Saved as it stands there: both sides, and nothing of it lost.
        let save = format!("subject=Black+at+night&was=Before&version={seen}");
        let both = door.sends("ben", screen, "/subject", &save).await;
        assert_eq!(both.status, 409);
        assert!(both.body.contains("Theirs") && both.body.contains("Black at night"), "{}", both.body);
        assert_eq!(kept(w).await, 2, "a conflict keeps what was typed");
        let save = format!("priority=urgent&was=normal&version={seen}");
        assert_eq!(door.sends("ben", screen, "/priority", &save).await.status, 303);
        assert_eq!(kept(w).await, 1, "saved is saved");
        // A change that arrives after it was saved elsewhere is none.
        assert_eq!(door.types("ben", &format!("form=priority&ticket={screen}&version={seen}&was=normal&priority=urgent")).await.status, 204);
        // Put back as it was: nothing to keep.
        assert_eq!(door.types("ben", &format!("form=subject&ticket={screen}&version={seen}&was=Before&subject=Before")).await.status, 204);
        assert_eq!(kept(w).await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_portal_keeps_requests_and_replies_too(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let typed = door.types_in_portal("dora", "form=portal_new&once=phone&subject=&body=My+chair%0Acreaks.").await;
        assert_eq!(typed.status, 201, "{}", typed.body);
        let page = door.gets("dora", "/portal/tickets/new").await.body;
        assert!(page.contains(">My chair</a>"), "it is called by its first line: {page}");
        let number = offered(&page)[0].clone();
        let again = door.gets("dora", &format!("/portal/tickets/new?unsent={number}")).await.body;
        assert!(again.contains("My chair"), "{again}");
        let reply = format!("form=portal_reply&ticket={screen}&once=reply-one&body=Still+black.");
        assert_eq!(door.types_in_portal("dora", &reply).await.status, 201);
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await.body;
        assert!(page.contains(">Still black.</textarea>"), "{page}");
        let sent = door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/comments"), "body=Still+black.&once=reply-one").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(kept(w).await, 1);
        assert_eq!(door.types_in_portal("dora", &reply).await.status, 205, "its form was sent");
        // A reply that is refused comes back under its own token, so that its draft stays one.
        let wrong = door.asks("dora", Method::POST, &format!("/portal/tickets/{screen}/comments"), &format!("body={}&once=reply-two", "x".repeat(100_001))).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("name=\"once\" value=\"reply-two\""));
        // Staff's forms are not the portal's, nor is a ticket that is not theirs.
        let hidden: TicketId = w.ticket("payroll");
        for (form, status) in [
            (format!("form=subject&ticket={screen}&version=1&was=a&subject=b"), 404),
            (format!("form=portal_reply&ticket={hidden}&body=x"), 404),
            ("form=portal_reply&body=x".to_owned(), 404),
            ("form=portal_new&body=x".to_owned(), 404),
            ("form=nothing&once=a&body=x".to_owned(), 404),
        ] {
            assert_eq!(door.types_in_portal("dora", &form).await.status, status, "{form}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// Of two devices, and of one that had no connection for a while.
    async fn whichever_was_typed_later_stands_however_late_the_other_comes(w) {
        let door = w.door().await;
        let form = |body: &str, ago: i64| format!("form=new&once=tab&subject=Lamp&body={body}&ago={ago}");
        assert_eq!(door.types("ben", &form("on+the+desk", 0)).await.status, 201);
        w.clock.advance(Span::minutes(1));
        assert_eq!(door.types("ben", &form("in+the+train", 120_000)).await.status, 205);
        assert_eq!(door.types("ben", &form("", 120_000).replace("Lamp", "")).await.status, 204, "nor is it emptied by it");
        let page = door.gets("ben", "/tickets/new").await.body;
        let number = offered(&page)[0].clone();
        let page = door.gets("ben", &format!("/tickets/new?unsent={number}")).await.body;
        assert!(page.contains(">on the desk</textarea>"), "{page}");
        assert_eq!(door.types("ben", &form("at+home", 30_000)).await.status, 201);
        // No number at all, or one of another age of the world, is as if it were typed now, or as early as can be.
        for ago in ["x", "-5", "99999999999999999999", "9223372036854775807"] {
            let typed = format!("form=new&once=tab-{ago}&subject=Lamp&body=&ago={ago}");
            assert_eq!(door.types("ben", &typed).await.status, 201, "{ago}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_property_that_is_refused_comes_back_with_what_it_was_typed_against(w) {
        let door = w.door().await;
        let screen = w.ticket("screen");
        let seen = w.stands(screen).await.1;
        let other = door.sends("max", screen, "/priority", &format!("priority=urgent&was=normal&version={seen}")).await;
        assert_eq!(other.status, 303);
        let form = format!("subject=&was=Before&version={seen}");
        let refused = door.sends("ben", screen, "/subject", &form).await;
        assert_eq!(refused.status, 422);
        let panel = refused.body.split("data-unsent=\"subject\"").nth(1).unwrap_or_default();
        let panel = panel.split("</form>").next().unwrap_or_default();
        assert!(panel.contains(&format!("name=\"version\" value=\"{seen}\"")) && panel.contains("name=\"was\" value=\"Before\""), "{panel}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_reply_not_sent_goes_with_its_ticket_and_is_shown_where_none_may_be_written(w) {
        let door = w.door().await;
        let (screen, cable) = (w.ticket("screen"), w.ticket("printer"));
        let reply = format!("form=portal_reply&ticket={cable}&once=reply-one&body=Still+eats+it.");
        assert_eq!(door.types_in_portal("dora", &reply).await.status, 201);
        let merged = door.programs("max", Method::POST, cable, "/merge", serde_json::json!({ "into": screen.0, "let_requester_in": false })).await;
        assert!(merged.status < 300, "{}", merged.body);
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await.body;
        assert!(page.contains(">Still eats it.</textarea>"), "{page}");
        // Cancelled and put away, it takes no more replies: the words are there to be copied, or thrown away.
        assert_eq!(door.programs("dora", Method::POST, screen, "/cancellation", serde_json::json!({})).await.status, 200);
        w.clock.advance(Span::days(31));
        assert!(clockwork::archive(&w.db, w.now()).await.unwrap() > 0);
        let mut door = door;
        door.lets_in(w, "dora", w.person("dora")).await;
        let page = door.gets("dora", &format!("/portal/tickets/{screen}")).await.body;
        assert!(!page.contains("reply-body") && page.contains("<pre>Still eats it.</pre>"), "{page}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_nobody_touched_for_a_month_goes_and_the_oldest_make_room(w) {
        let door = w.door().await;
        for n in 1..=25 {
            door.types("ben", &format!("form=new&once=tab-{n}&subject=Number+{n}&body=")).await;
            w.clock.advance(Span::seconds(1));
        }
        assert_eq!(kept(w).await, 20);
        assert_eq!(offered(&door.gets("ben", "/tickets/new").await.body).len(), 5, "the latest are offered");
        w.clock.advance(Span::days(29));
        assert_eq!(unsent::forget_old(&w.db, w.now()).await.unwrap(), 0);
        w.clock.advance(Span::days(2));
        assert_eq!(unsent::forget_old(&w.db, w.now()).await.unwrap(), 20);
        assert_eq!(kept(w).await, 0);
        door.closes().await;
    }
}
