//! What leaves by itself: every deed that is announced is done on the desk of the planted words, to
//! which everybody listens as far as the tables let them, and every byte of every mail is searched.
//! Rights that end between a deed and its mail end for the mail too (AZ-24, SC-07).

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use serde_json::json;
use vigie::mail::announce;
use vigie::mail::daily::send_due;
use vigie::mail::post::Post;
use vigie::tickets::history::EventKind;

use super::announcing::{On, everything_is_done, people_come_and_go};
use super::cast::{Desk, MARK, SECRETS};
use super::setting;
use crate::mail::outgoing::Server;
use crate::mail::{post, with_relay, work};
use crate::world::World;

/// What only time, a letter or the desk's own rule does: it brings no words of anybody. And what takes words out,
/// after which `privacy/` searches every table and every file for them.
const OF_ITSELF: &[EventKind] = &[
    EventKind::GivenOut,
    EventKind::NotGivenOut,
    EventKind::Redacted,
    EventKind::Archived,
    EventKind::ApprovalReminded,
    EventKind::Bounced,
    EventKind::Expired,
];

record! { struct Job { payload: String } }
record! { struct Kind { kind: EventKind } }

/// A mail that left: to whom, and everything it says, as sent and as read.
struct Left {
    to: String,
    says: String,
}

/// Everybody follows everything and wants to hear of everything, whatever they may see: what the tables
/// would send is what the rule must hold back.
async fn everybody_listens(w: &World, desk: &Desk) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held) \
         SELECT s.person_id, s.department_id, 'always', 'always', 'always' FROM sights s"
    ))
    .await
    .unwrap();
    for person in desk.people.values() {
        tx.run(system!(
            because = "a test lets everybody listen",
            "INSERT INTO participants (ticket_id, person_id, kind, source, created_at) \
             SELECT t.id, $1, 'follower', 'a test', $2 FROM tickets t WHERE NOT EXISTS \
             (SELECT 1 FROM participants p WHERE p.ticket_id = t.id AND p.person_id = $1 AND p.kind = 'follower')",
            *person,
            w.now()
        ))
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Sends what waits, and reads what left.
async fn leaves(post: &Post) -> Vec<Left> {
    let server = Server::start(&[]).await;
    work(&with_relay(post, server.port)).await;
    server
        .took()
        .into_iter()
        .map(|raw| {
            let read = letter::parse::parse(raw.as_bytes());
            Left {
                to: read
                    .to
                    .first()
                    .map(|to| to.email.clone())
                    .unwrap_or_default(),
                // The channel's own name is what the desk writes under.
                says: format!("{read:?} {}", raw.replace("=\n", ""))
                    .replace("canary-channel", "channel"),
            }
        })
        .collect()
}

/// Announces what was done, and leaves the mails where they wait.
async fn announces(w: &World, post: &Post) {
    let jobs: Vec<Job> =
        w.db.read()
            .all(global!(
                "SELECT payload FROM jobs WHERE kind = 'announce' ORDER BY id"
            ))
            .await
            .unwrap();
    for job in jobs {
        announce::run(post, serde_json::from_str(&job.payload).unwrap()).await;
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM jobs WHERE kind = 'announce'"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Who somebody is, by their address.
fn named(email: &str) -> &str {
    email.split('@').next().unwrap_or_default()
}

/// Which kinds of deeds were done since.
async fn done(w: &World) -> BTreeSet<&'static str> {
    let all: Vec<Kind> =
        w.db.read()
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT DISTINCT kind FROM events"
            ))
            .await
            .unwrap();
    all.into_iter().map(|row| row.kind.word()).collect()
}

on_both_engines! {
    async fn no_mail_holds_a_word_that_is_not_for_its_reader(w) {
        let mut desk = setting::set_up(w).await;
        let ivy = desk.people["ivy"];
        desk.door.lets_in(w, "ivy", ivy).await;
        let post = post(w).await;
        everybody_listens(w, &desk).await;
        let held = On { desk: &desk, name: "held", agent: "mona", colour: "blue" };
        let free = On { name: "free", ..held };
        let hidden = On { name: "hidden", agent: "cleo", colour: "red", desk: &desk };
        desk.posts("mona", &format!("{}/assignment", free.path()), json!({})).await;
        everything_is_done(&held, "dora").await;
        everything_is_done(&hidden, "ivy").await;
        held.says("requester", "aside").await;
        held.says("invitees", "guests").await;
        people_come_and_go(&held, &free).await;
        // What ends or moves them: sent on, withdrawn, agreed to, asked by somebody else.
        let red: i64 = desk.id("department", "red").parse().unwrap();
        let asset = format!("{}/assets/{}", held.path(), desk.id("asset", "held"));
        desk.does("ada", Method::DELETE, &asset, json!({})).await;
        let mut left = leaves(&post).await;
        free.agent_does("transfer", json!({"department": red, "message": held.word("reply")})).await;
        free.does("dora", "cancellation", json!({})).await;
        let closed = On { name: "closed", ..held };
        closed.does("dora", "approval", json!({"message": held.word("reply")})).await;
        held.changes(json!({"requester": "fay@nordet.example"})).await;
        left.extend(leaves(&post).await);
        let done = done(w).await;
        let kinds = EventKind::ALL.iter().filter(|kind| !OF_ITSELF.contains(kind));
        let undone: Vec<&str> = kinds.map(|kind| kind.word()).filter(|kind| !done.contains(kind)).collect();
        let mut met: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut leaks = vec![];
        for mail in &left {
            let who = named(&mail.to);
            for secret in SECRETS.iter().filter(|secret| mail.says.contains(secret.word)) {
                // Who asked for what is hidden, and whoever was let in by the script, read what is public there.
                let is_public = ["subject", "reply", "file"].iter().any(|what| secret.word.contains(what)) && !secret.word.contains("note");
                let is_for = secret.is_for(who)
                    || (who == "ivy" && secret.word == "canary-name-ivy")
                    || (is_public && who == "ivy" && secret.word.ends_with("-red"))
                    || (is_public && who == "somebody" && secret.word.ends_with("-blue"))
                    // What was sent on to red is read there, and who asks now is told of what.
                    || (is_public && who == "cleo" && mail.says.contains("Affair free"))
                    || (who == "fay" && secret.word == "canary-subject-blue");
                if is_for {
                    met.entry(secret.word).or_default().insert(who);
                } else {
                    leaks.push(format!("a mail to {who} holds {}: {}", secret.word, mail.says));
                }
            }
        }
        // And whoever may read them was told: the search finds what is there.
        for (word, readers) in [
            ("canary-note-blue", ["ben", "gil", "max"]),
            ("canary-note-red", ["gil", "max", "ada"]),
            ("canary-reply-blue", ["dora", "emil", "ben"]),
            ("canary-reply-red", ["gil", "max", "ada"]),
        ] {
            for who in readers {
                let is_met = met.get(word).is_some_and(|met| met.contains(who));
                if !is_met {
                    leaks.push(format!("{who} is not mailed {word}: {met:?}"));
                }
            }
        }
        let first: Vec<&str> = leaks.iter().map(|leak| &leak[..leak.floor_char_boundary(600)]).take(5).collect();
        assert!(leaks.is_empty() && undone.is_empty(), "{} leaks, not done: {undone:?}, first: {first:#?}", leaks.len());
        assert!(met["canary-aside-blue"].contains("dora") && met["canary-guests-blue"].contains("emil"), "{met:?}");
        assert!(left.iter().all(|mail| named(&mail.to) != "dan"), "who is shut out is mailed nothing");
        let all: BTreeSet<&str> = left.iter().map(|mail| named(&mail.to)).collect();
        crate::world::say(&format!("mails: {} to {} people, no word astray ({:?})", left.len(), all.len(), w.db.engine()));
        desk.door.closes().await;
    }
}

on_both_engines! {
    /// AZ-24, SC-12: between a deed and its mail.
    async fn a_right_that_ends_before_a_mail_leaves_ends_the_mail(w) {
        let desk = setting::set_up(w).await;
        let post = post(w).await;
        everybody_listens(w, &desk).await;
        let held = On { desk: &desk, name: "held", agent: "mona", colour: "late" };
        for audience in ["staff", "public", "requester", "invitees"] {
            held.says(audience, audience).await;
        }
        announces(w, &post).await;
        // Everybody loses what let them see it, each in another way.
        let (blue, ticket) = (desk.id("department", "blue"), held.path());
        let id = |who: &str| desk.people[who].0;
        let remove = async |path: String| {
            desk.does("ada", Method::DELETE, &path, json!({})).await;
        };
        remove(format!("/api/v1/departments/{blue}/members/{}?release=true", id("ben"))).await;
        remove(format!("{ticket}/invitees/{}", id("emil"))).await;
        remove(format!("{ticket}/observers/{}", id("olga"))).await;
        held.changes(json!({"requester": "fay@nordet.example"})).await;
        let narrow = json!({"scope": "restricted"});
        desk.does("ada", Method::PUT, &format!("/api/v1/people/{}/scope", id("gil")), narrow).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET disabled_at = $2 WHERE id = $1", desk.people["vera"], w.now())).await.unwrap();
        tx.commit().await.unwrap();
        let left = leaves(&post).await;
        let told: BTreeSet<&str> = left.iter().filter(|mail| mail.says.contains("canary-staff-late")).map(|mail| named(&mail.to)).collect();
        assert_eq!(told, BTreeSet::from(["ada", "axel", "max", "tess"]), "those who still read notes");
        for mail in &left {
            let who = named(&mail.to);
            let has_lost = ["ben", "emil", "olga", "dora", "gil", "vera", "rob", "cleo", "dan", "ivy"].contains(&who);
            let holds = mail.says.contains("-late") || mail.says.contains(MARK);
            assert!(!(has_lost && holds), "{who}, who may no longer read it, is mailed: {}", mail.says);
        }
        desk.door.closes().await;
    }
}

on_both_engines! {
    async fn no_daily_report_holds_a_word_that_is_not_for_its_reader(w) {
        let desk = setting::set_up(w).await;
        let post = post(w).await;
        let mut tx = w.db.write().await.unwrap();
        for query in [
            global!("INSERT INTO daily_reports (person_id, is_on, first_hour, at_weekends, is_grouped, even_empty, told_until) SELECT person_id, TRUE, 8, TRUE, TRUE, FALSE, 0 FROM agents"),
            global!("INSERT INTO daily_report_contents (person_id, department_id, content) SELECT person_id, department_id, 'free' FROM sights"),
        ] {
            tx.run(query).await.unwrap();
        }
        tx.commit().await.unwrap();
        // Eight in the morning of the next day.
        w.clock.advance(Span::hours(18));
        assert!(send_due(&post, w.now()).await.unwrap() > 5);
        let left = leaves(&post).await;
        let (mut met, mut leaks) = (BTreeMap::<&str, BTreeSet<&str>>::new(), vec![]);
        for mail in left.iter().filter(|mail| mail.says.contains("Daily report")) {
            let who = named(&mail.to);
            for secret in SECRETS.iter().filter(|secret| mail.says.contains(secret.word)) {
                if secret.is_for(who) {
                    met.entry(secret.word).or_default().insert(who);
                } else {
                    leaks.push(format!("the report of {who} holds {}: {}", secret.word, mail.says));
                }
            }
        }
        assert!(leaks.is_empty(), "{} leaks, first: {}", leaks.len(), leaks[0]);
        for (word, who) in [("canary-subject-blue", "ben"), ("canary-subject-blue", "vera"), ("canary-subject-red", "cleo")] {
            assert!(met.get(word).is_some_and(|met| met.contains(who)), "{who} is not told of {word}: {met:?}");
        }
        assert!(left.iter().all(|mail| named(&mail.to) != "dan"), "who is shut out is sent nothing");
        desk.door.closes().await;
    }
}
