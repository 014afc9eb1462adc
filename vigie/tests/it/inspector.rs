//! The inspector says what the rule says: who sees what, and by which reasons.

use axum::http::Method;
use serde_json::Value;
use vigie::inspector;
use vigie::policy::grounds::Ground;
use vigie::policy::{Level, Visibility};
use vigie::tickets::reading;
use vigie::tickets::rights::Read;
use vigie::tickets::shared;

use crate::confidence;
use crate::world::World;

/// Whether the rule lets somebody see a ticket.
async fn sees(w: &World, who: &str, ticket: vigie::tickets::TicketId) -> bool {
    reading::find::<Read>(&mut w.db.read(), &w.actor(who), ticket)
        .await
        .is_ok()
}

on_both_engines! {
    async fn a_ticket_is_seen_exactly_where_a_reason_holds(w) {
        let (door, max, salary) = (w.door().await, w.actor("max"), w.ticket("salary"));
        let observers = format!("/api/v1/tickets/{salary}/observers");
        let added = door.asks("cleo", Method::POST, &observers, r#"{"people":["ben"]}"#).await;
        assert_eq!(added.status, 201, "{}", added.body);
        for (name, visibility) in [("payroll", "public"), ("leave", "subject"), ("salary", "intranet")] {
            let path = format!("/api/v1/tickets/{}", w.ticket(name));
            let changed = door.asks("ada", Method::PATCH, &path, &format!(r#"{{"visibility":"{visibility}"}}"#)).await;
            assert_eq!(changed.status, 200, "{}", changed.body);
        }
        // And what is confidential, in a category of its own.
        let secret = confidence::below(w, &door, 2, &[("cleo", "edit")]).await;
        let moved = format!("/api/v1/tickets/{}/transfer", w.ticket("own"));
        let moved = door.asks("cleo", Method::POST, &moved, &format!(r#"{{"category":{secret}}}"#)).await;
        assert_eq!(moved.status, 200, "{}", moved.body);
        let (mut held, mut glimpses) = (vec![], vec![]);
        for (name, id) in w.tickets() {
            let subject = inspector::subject(&mut w.db.read(), &max, id).await.unwrap();
            let listed = inspector::who(&mut w.db.read(), &max, &subject).await.unwrap();
            for who in w.everybody().filter(|who| *who != "nobody") {
                let seer = inspector::seer(&mut w.db.read(), &max, w.person(who)).await.unwrap();
                let verdict = inspector::why(&mut w.db.read(), seer, &subject).await.unwrap();
                let rule = sees(w, who, id).await;
                assert_eq!(verdict.sees, rule, "{who} {name}");
                assert_eq!(!verdict.grounds.is_empty(), rule, "{who} {name}: {:?}", verdict.grounds);
                let is_listed = listed.iter().any(|it| it.seer.id == w.person(who));
                assert_eq!(is_listed, rule, "{who} {name}: in the list of all");
                let glimpse = verdict.glimpse;
                let looked = shared::look(&mut w.db.read(), w.person(who), id).await.ok();
                let shown = looked.filter(|_| !rule).map(|it| !it.comments.is_empty());
                assert_eq!(glimpse.map(|it| it == inspector::Glimpse::Words), shown, "{who} {name}");
                glimpses.extend(glimpse);
                let is_public = subject.shown() == Visibility::Public;
                assert!(!is_public || rule || shown == Some(true), "{who} {name}: shown to whoever signs in");
                held.extend(verdict.grounds);
            }
        }
        for ground in Ground::ALL {
            assert!(held.contains(ground), "{ground:?} was never asked about");
        }
        for glimpse in [inspector::Glimpse::Subject, inspector::Glimpse::Words] {
            assert!(glimpses.contains(&glimpse), "{glimpse:?} was never caught");
        }
        let page = door.gets("max", &format!("/admin/inspector?ticket={}", w.ticket("payroll"))).await;
        assert!(page.body.contains("whoever signs in reads its public messages"), "{}", page.body);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_somebody_sees_of_a_department_is_what_the_rule_counts(w) {
        let max = w.actor("max");
        let departments = vigie::departments::admin::list(&mut w.db.read(), &max).await.unwrap();
        for who in w.everybody().filter(|who| *who != "nobody") {
            let seer = inspector::seer(&mut w.db.read(), &max, w.person(who)).await.unwrap();
            let shares = inspector::shares(&mut w.db.read(), &max, &seer).await.unwrap();
            let mut seen = 0;
            for (_, id) in w.tickets() {
                seen += i64::from(sees(w, who, id).await);
            }
            assert_eq!(shares.iter().map(|it| it.seen).sum::<i64>(), seen, "{who}");
            for share in shares.iter().filter(|it| it.total > 0) {
                let looks = inspector::looks(&mut w.db.read(), &max, share.department_id).await.unwrap();
                let look = looks.iter().find(|it| it.seer.id == w.person(who));
                if look.is_some_and(|it| it.sees) {
                    assert_eq!(share.seen, share.total, "{who} in {}", share.department);
                }
                if let Some(look) = look {
                    assert_eq!(look.level, share.level, "{who} in {}", share.department);
                }
            }
        }
        assert!(!departments.is_empty());
    }
}

on_both_engines! {
    async fn a_scope_that_is_narrowed_is_explained_before_and_after(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let ask = format!("/api/v1/tickets/{printer}/access/{}", w.person("vera").0);
        let before: Value = door.json("max", &ask).await;
        assert_eq!((before["sees"].as_bool(), before["reasons"][0].as_str()), (Some(true), Some("department")));
        let vera = format!("/api/v1/people/{}", w.person("vera").0);
        let narrowed = door.asks("max", Method::PATCH, &vera, r#"{"scope":"restricted"}"#).await;
        assert_eq!(narrowed.status, 200, "{}", narrowed.body);
        let after: Value = door.json("max", &ask).await;
        assert_eq!((after["sees"].as_bool(), after["reasons"].as_array().map(Vec::len)), (Some(false), Some(0)));
        let page = format!("/admin/inspector?person=vera@nordet.example&ticket={printer}");
        let page = door.gets("max", &page).await;
        assert!(page.body.contains("their scope does not look at departments"), "{}", page.body);
        assert!(page.body.contains("/admin/inspector/file?person="), "an answer can be taken away");
        // Whoever is shut out sees nothing, whatever names them.
        let ask = format!("/api/v1/tickets/{printer}/access/{}", w.person("dora").0);
        let before: Value = door.json("max", &ask).await;
        assert_eq!((before["sees"].as_bool(), before["reasons"][0].as_str()), (Some(true), Some("requester")));
        let mut tx = w.db.write().await.unwrap();
        vigie::people::disable(&mut tx, w.person("dora"), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        let after: Value = door.json("max", &ask).await;
        assert_eq!((after["sees"].as_bool(), after["is_disabled"].as_bool()), (Some(false), Some(true)));
        door.closes().await;
    }
}

on_both_engines! {
    async fn only_administrators_ask_and_a_bad_question_gets_a_sentence(w) {
        let (door, printer) = (w.door().await, w.ticket("printer"));
        let page = format!("/admin/inspector?ticket={printer}");
        for (who, status) in [("max", 200), ("ada", 200), ("ben", 403), ("vera", 403), ("dora", 404)] {
            assert_eq!(door.gets(who, &page).await.status, status, "{who}");
            let file = format!("/admin/inspector/file?ticket={printer}");
            assert_eq!(door.gets(who, &file).await.status, status, "{who}: the file");
            let api = format!("/api/v1/tickets/{printer}/access");
            assert_eq!(door.gets(who, &api).await.status, status, "{who}: the API");
        }
        for (asked, says) in [
            ("person=ghost@nordet.example", "Nobody is known as “ghost@nordet.example”"),
            ("ticket=99999", "There is no ticket 99999"),
            ("ticket=abc", "There is no ticket abc"),
            ("department=1&ticket=1", "Ask about a department alone"),
        ] {
            let answer = door.gets("max", &format!("/admin/inspector?{asked}")).await;
            assert_eq!(answer.status, 422, "{asked}");
            assert!(answer.body.contains(says), "{asked}: {}", answer.body);
        }
        assert_eq!(door.gets("max", "/admin/inspector?department=999").await.status, 404);
        let file = door.gets("max", "/admin/inspector/file?department=1").await;
        assert!(file.body.contains("ben@nordet.example"), "{}", file.body);
        door.closes().await;
    }
}

#[test]
fn levels_that_look_are_those_the_rule_names() {
    let looking: Vec<&str> = Level::ALL
        .iter()
        .filter(|it| it.looks())
        .map(|it| it.word())
        .collect();
    assert_eq!(looking, ["view", "edit"]);
}
