//! The daily report: when it is sent, what of, and that nobody is told what is not theirs.

use axum::http::Method;
use jiff::tz::TimeZone;
use kit::clock::{Moment, Span};
use serde_json::{Value, json};
use vigie::mail::daily::send_due;

use super::outgoing::Server;
use super::*;
use crate::browsing::Door;

record! { struct Id { id: i64 } }
record! { struct Written { created_at: Moment } }

const MINE: &str = "/api/v1/me/daily-report";
const NOW: &str = "/api/v1/me/daily-report/now";
const FORM: &str = "/preferences/daily-report";

async fn department(w: &World, name: &str) -> i64 {
    let row: Id =
        w.db.read()
            .one(global!("SELECT id FROM departments WHERE name = $1", name))
            .await
            .unwrap();
    row.id
}

async fn does(door: &Door, who: &str, method: Method, path: &str, body: Value) -> Value {
    let answer = door.asks(who, method, path, &body.to_string()).await;
    assert!(answer.status < 300, "{who} {path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap_or_default()
}

async fn wants(door: &Door, who: &str, body: Value) {
    does(door, who, Method::PATCH, MINE, body).await;
}

/// Of one department of theirs, at once.
async fn wants_of(w: &World, door: &Door, who: &str, place: &str, content: &str) {
    let department = department(w, place).await;
    let contents = json!([{"department": department, "content": content}]);
    wants(door, who, json!({ "departments": contents })).await;
}

/// A mail that left, as its reader reads it.
struct Left {
    to: String,
    subject: String,
    text: String,
    html: String,
}

impl Left {
    /// The numbers of the tickets it lists, in order.
    fn lists(&self) -> Vec<i64> {
        let rows = self
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("- #"));
        rows.map(|row| row.split(':').next().unwrap().parse().unwrap())
            .collect()
    }
}

/// Sends what waits, and reads what left.
async fn leaves(post: &Post) -> Vec<Left> {
    let server = Server::start(&[]).await;
    work(&with_relay(post, server.port)).await;
    let read = |raw: String| {
        let letter = letter::parse::parse(raw.as_bytes());
        Left {
            to: letter.to[0].email.split('@').next().unwrap().to_owned(),
            subject: letter.subject,
            text: letter.text,
            html: letter.html.unwrap_or_default(),
        }
    };
    server.took().into_iter().map(read).collect()
}

/// What somebody's report says who asks for it now.
async fn report(w: &World, door: &Door, post: &Post, who: &str) -> Left {
    w.clock.advance(Span::minutes(1));
    let sent = does(door, who, Method::POST, NOW, json!({})).await;
    assert_eq!(sent, json!({"mails": 1, "reason": null}));
    let mut all = leaves(post).await;
    all.retain(|mail| mail.subject.starts_with("[Daily report"));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn local(at: Moment, zone: &str) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap();
    let local = at.to_zoned(TimeZone::get(zone).unwrap());
    local.strftime("%a %d %H:%M").to_string()
}

/// Turns the clock on to a local moment in Paris.
fn turn(w: &World, to: &str) {
    let zoned: jiff::Zoned = format!("{to}[Europe/Paris]").parse().unwrap();
    let to = zoned.timestamp().as_microsecond();
    assert!(to >= w.now().0, "clocks go forward");
    w.clock.advance(Span(to - w.now().0));
}

/// Lets time pass until then; the desk looks every ten minutes.
async fn passes(w: &World, post: &Post, until: &str) {
    let zoned: jiff::Zoned = format!("{until}[Europe/Paris]").parse().unwrap();
    let until = zoned.timestamp().as_microsecond();
    while w.now().0 < until {
        send_due(post, w.now()).await.unwrap();
        w.clock.advance(Span::minutes(10));
    }
}

/// When reports were written to somebody, as the clock of their zone said.
async fn written(w: &World, who: &str, zone: &str) -> Vec<String> {
    let rows: Vec<Written> =
        w.db.read()
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT created_at FROM outgoing_mails WHERE purpose = 'daily_report' AND person_id = $1 ORDER BY id",
                w.person(who)
            ))
            .await
            .unwrap();
    rows.into_iter()
        .map(|row| local(row.created_at, zone))
        .collect()
}

async fn opens(door: &Door, who: &str, subject: &str, category: i64) -> i64 {
    let body = json!({"subject": subject, "body": "It flickers.", "category": category});
    let made = does(door, who, Method::POST, "/api/v1/tickets", body).await;
    made["number"].as_i64().unwrap()
}

/// A category of Blue that Rob serves and Ben does not.
async fn phones(w: &World, door: &Door) -> i64 {
    let at = format!("/api/v1/departments/{}", department(w, "Blue").await);
    let body = json!({"name": "Phones"});
    does(door, "ada", Method::POST, &format!("{at}/categories"), body).await;
    let row: Id =
        w.db.read()
            .one(global!("SELECT id FROM categories WHERE name = 'Phones'"))
            .await
            .unwrap();
    let named = json!({"categories": [{"category": row.id, "people": [w.person("rob").0]}]});
    does(door, "ada", Method::PUT, &format!("{at}/serving"), named).await;
    row.id
}

on_both_engines! {
    async fn each_content_tells_exactly_its_set_and_each_ticket_once(w) {
        let (door, post) = (w.door().await, post(w).await);
        let phones = phones(w, &door).await;
        let dead = opens(&door, "dora", "The line is dead", phones).await;
        let own = opens(&door, "dora", "The line crackles", phones).await;
        let taken = opens(&door, "dora", "The line hums", phones).await;
        for (ticket, who) in [(own, "ben"), (taken, "max")] {
            does(&door, who, Method::POST, &format!("/api/v1/tickets/{ticket}/assignment"), json!({})).await;
        }
        leaves(&post).await;
        let [printer, screen, cable] = ["printer", "screen", "cable"].map(|name| w.ticket(name).0);
        // Each under the first head that it fits; the most idle first.
        for (content, heads, expected) in [
            ("free", vec!["You are in charge (2)", "In your categories (2)", "Free (1)", "Others are in charge (1)"],
                vec![screen, own, printer, cable, dead, taken]),
            ("category", vec!["You are in charge (2)", "In your categories (2)"], vec![screen, own, printer, cable]),
            ("managed", vec!["You are in charge (2)"], vec![screen, own]),
        ] {
            wants_of(w, &door, "ben", "Blue", content).await;
            let report = report(w, &door, &post, "ben").await;
            assert_eq!(report.to, "ben");
            assert_eq!(report.lists(), expected, "{content}: {}", report.text);
            let found: Vec<&str> = report.text.lines().filter(|line| line.ends_with(')') && !line.starts_with(' ')).collect();
            assert_eq!(found, heads, "{content}");
            assert_eq!(report.subject, format!("[Daily report] {} tickets free or in progress", expected.len()));
            assert!(report.text.contains("== Blue ==") && !report.text.contains("badge"), "closed: {}", report.text);
        }
        wants_of(w, &door, "ben", "Blue", "none").await;
        let sent = does(&door, "ben", Method::POST, NOW, json!({})).await;
        assert_eq!(sent, json!({"mails": 0, "reason": "nothing"}));
        door.closes().await;
    }
}

on_both_engines! {
    async fn eight_and_fourteen_are_two_mails_a_day_of_ones_own_and_none_at_weekends(w) {
        let (door, post) = (w.door().await, post(w).await);
        wants(&door, "ben", json!({"on": true, "second_hour": 14})).await;
        does(&door, "cleo", Method::PATCH, "/api/v1/me", json!({"time_zone": "America/New_York"})).await;
        wants(&door, "cleo", json!({"on": true, "first_hour": 8, "second_hour": 14, "weekends": true})).await;
        // Thursday night to Monday night.
        turn(w, "2026-11-27T00:05");
        passes(w, &post, "2026-11-30T23:00").await;
        let twice = |days: &[&str]| -> Vec<String> {
            days.iter().flat_map(|day| [format!("{day} 08:05"), format!("{day} 14:05")]).collect()
        };
        assert_eq!(written(w, "ben", "Europe/Paris").await, twice(&["Fri 27", "Mon 30"]));
        let cleos = written(w, "cleo", "America/New_York").await;
        assert_eq!(cleos, twice(&["Fri 27", "Sat 28", "Sun 29", "Mon 30"]));
        assert!(written(w, "vera", "Europe/Paris").await.is_empty(), "she never asked for it");
        door.closes().await;
    }
}

on_both_engines! {
    async fn when_the_clocks_change_each_hour_is_told_once(w) {
        let (door, post) = (w.door().await, post(w).await);
        wants(&door, "ben", json!({"on": true, "first_hour": 2, "second_hour": 8, "weekends": true})).await;
        // Two o'clock is skipped that Sunday.
        turn(w, "2027-03-27T09:05");
        passes(w, &post, "2027-03-29T09:00").await;
        let told = written(w, "ben", "Europe/Paris").await;
        assert_eq!(told, ["Sat 27 09:05", "Sun 28 03:05", "Sun 28 08:05", "Mon 29 02:05", "Mon 29 08:05"]);
        // And comes twice on this one.
        turn(w, "2027-10-30T09:05");
        passes(w, &post, "2027-11-01T09:00").await;
        let told = written(w, "ben", "Europe/Paris").await;
        assert_eq!(told[5..], ["Sat 30 09:05", "Sun 31 02:05", "Sun 31 08:05", "Mon 01 02:05", "Mon 01 08:05"]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_desk_that_was_shut_tells_late_and_once_or_not_at_all(w) {
        let (door, post) = (w.door().await, post(w).await);
        wants(&door, "ben", json!({"on": true, "second_hour": 9})).await;
        let at = async |local: &str| {
            turn(w, local);
            send_due(&post, w.now()).await.unwrap()
        };
        assert_eq!(at("2026-11-24T07:30").await, 0);
        assert_eq!(at("2026-11-24T10:00").await, 1, "both hours, told as one");
        assert_eq!(at("2026-11-24T10:01").await, 0);
        assert_eq!(at("2026-11-25T13:01").await, 0, "four hours late is too late");
        assert_eq!(at("2026-11-26T08:00").await, 1);
        assert_eq!(at("2026-11-26T08:59").await, 0);
        assert_eq!(at("2026-11-26T09:00").await, 1);
        door.closes().await;
    }
}

on_both_engines! {
    async fn two_processes_at_the_same_hour_write_one_mail(w) {
        let (door, post) = (w.door().await, post(w).await);
        let other = Post { dice: Dice::seeded(2), ..post.clone() };
        wants(&door, "ben", json!({"on": true})).await;
        turn(w, "2026-11-24T08:00");
        // Both have found that it is due; whoever comes second finds it told.
        use vigie::departments::daily::{due, mark};
        let both = [due(&mut w.db.read(), w.now(), "Europe/Paris").await.unwrap(), due(&mut w.db.read(), w.now(), "Europe/Paris").await.unwrap()];
        let mut marked = vec![];
        for one in &both {
            assert_eq!(one.len(), 1);
            let mut tx = w.db.write().await.unwrap();
            marked.push(mark(&mut tx, &one[0]).await.unwrap());
            tx.commit().await.unwrap();
        }
        assert_eq!(marked, [true, false]);
        // And both at once.
        for day in 25..28 {
            turn(w, &format!("2026-11-{day}T08:00"));
            let (one, two) = tokio::join!(send_due(&post, w.now()), send_due(&other, w.now()));
            assert_eq!(one.unwrap_or(0) + two.unwrap_or(0), 1);
        }
        assert_eq!(written(w, "ben", "Europe/Paris").await.len(), 3);
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_hour_that_is_over_when_it_is_chosen_waits_for_tomorrow(w) {
        let (door, post) = (w.door().await, post(w).await);
        turn(w, "2026-11-24T10:00");
        wants(&door, "ben", json!({"on": true, "first_hour": 8})).await;
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 0);
        turn(w, "2026-11-25T08:00");
        // Between the hour and the desk's next look, they change something: what was due stays due.
        wants(&door, "ben", json!({"second_hour": 7})).await;
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 1);
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn off_suspended_shut_out_and_former_staff_are_sent_nothing(w) {
        let (door, post) = (w.door().await, post(w).await);
        for who in ["ben", "cleo", "vera", "gil"] {
            wants(&door, who, json!({"on": true})).await;
        }
        let day = async |day: &str| {
            turn(w, &format!("2026-11-{day}T08:00"));
            send_due(&post, w.now()).await.unwrap()
        };
        assert_eq!(day("24").await, 3, "Gil belongs to no department");
        wants(&door, "ben", json!({"on": false})).await;
        let suspended = |is: bool| json!({ "suspended": is });
        does(&door, "cleo", Method::PATCH, "/api/v1/me/monitoring", suspended(true)).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET disabled_at = $2 WHERE id = $1", w.person("vera"), w.now())).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(day("25").await, 0);
        // Taken up again a little later: the hour is over.
        turn(w, "2026-11-25T09:00");
        does(&door, "cleo", Method::PATCH, "/api/v1/me/monitoring", suspended(false)).await;
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 0);
        assert_eq!(day("26").await, 1, "Cleo again");
        let gone = json!({"role": null, "portal": true, "release": true});
        does(&door, "ada", Method::PATCH, &format!("/api/v1/people/{}", w.person("cleo").0), gone).await;
        let rests: Id = w.db.read().one(global!("SELECT COUNT(*) AS id FROM daily_reports WHERE person_id = $1", w.person("cleo"))).await.unwrap();
        assert_eq!(rests.id, 0);
        assert_eq!(day("27").await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_leaves_of_what_was_written_before_it_was_suspended_or_switched_off(w) {
        let (door, post) = (w.door().await, post(w).await);
        for who in ["ben", "cleo", "vera"] {
            wants(&door, who, json!({"on": true})).await;
        }
        turn(w, "2026-11-24T08:00");
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 3);
        wants(&door, "ben", json!({"on": false})).await;
        does(&door, "cleo", Method::PATCH, "/api/v1/me/monitoring", json!({"suspended": true})).await;
        // No relay took the third until noon.
        turn(w, "2026-11-24T12:01");
        assert!(leaves(&post).await.is_empty());
        let why: Vec<String> = outbox(w).await.into_iter().map(|mail| format!("{} {}", mail.state, mail.last_error.unwrap_or_default())).collect();
        assert_eq!(why, ["dropped switched-off", "dropped suspended", "dropped too-late"]);
        // Whoever asks for one while it is suspended is told so.
        let sent = does(&door, "cleo", Method::POST, NOW, json!({})).await;
        assert_eq!(sent, json!({"mails": 0, "reason": "suspended"}));
        assert_eq!(outbox(w).await.len(), 3);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_one_may_not_see_when_it_leaves_is_not_in_it(w) {
        let (door, post) = (w.door().await, post(w).await);
        for who in ["ben", "rob", "cleo"] {
            wants(&door, who, json!({"on": true})).await;
        }
        wants_of(w, &door, "ben", "Blue", "free").await;
        wants_of(w, &door, "rob", "Blue", "free").await;
        turn(w, "2026-11-24T08:00");
        // Rob's scope is restricted, and nothing of Blue is his.
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 2);
        let screen = w.ticket("screen").0;
        let away = json!({"department": department(w, "Red").await, "message": "Yours"});
        does(&door, "max", Method::POST, &format!("/api/v1/tickets/{screen}/transfer"), away).await;
        let left = leaves(&post).await;
        let reports: Vec<&Left> = left.iter().filter(|mail| mail.subject.starts_with("[Daily report")).collect();
        let of = |who: &str| reports.iter().find(|mail| mail.to == who).unwrap().lists();
        assert_eq!(reports.len(), 2);
        assert_eq!(of("ben"), [w.ticket("printer").0, w.ticket("cable").0]);
        assert!(of("cleo").contains(&screen), "it is Red's now");
        let mail = outbox(w).await.into_iter().find(|mail| mail.purpose == "daily_report").unwrap();
        assert!(mail.raw.is_none(), "what a report said is not kept");
        // All that there was left: then nothing is told.
        turn(w, "2026-11-25T08:00");
        wants(&door, "cleo", json!({"on": false})).await;
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 1);
        wants_of(w, &door, "ben", "Blue", "managed").await;
        leaves(&post).await;
        let last = outbox(w).await.pop().unwrap();
        assert_eq!((last.state.as_str(), last.last_error.as_deref()), ("dropped", Some("nothing-to-tell")));
        door.closes().await;
    }
}

on_both_engines! {
    async fn nothing_to_tell_is_no_mail_unless_one_wishes_it(w) {
        let (door, post) = (w.door().await, post(w).await);
        wants(&door, "vera", json!({"on": true})).await;
        wants_of(w, &door, "vera", "Blue", "managed").await;
        turn(w, "2026-11-24T08:00");
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 0);
        assert!(written(w, "vera", "Europe/Paris").await.is_empty());
        wants(&door, "vera", json!({"even_empty": true})).await;
        turn(w, "2026-11-25T08:00");
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 1);
        let left = leaves(&post).await;
        assert_eq!(left[0].subject, "[Daily report] nothing to tell");
        assert!(left[0].text.contains("none of the tickets you chose is free or in progress"), "{}", left[0].text);
        // Of nothing there is no report at all.
        wants_of(w, &door, "vera", "Blue", "none").await;
        turn(w, "2026-11-26T08:00");
        assert_eq!(send_due(&post, w.now()).await.unwrap(), 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn several_departments_come_in_one_mail_or_in_one_each(w) {
        let (door, post) = (w.door().await, post(w).await);
        let blue = department(w, "Blue").await;
        does(&door, "ada", Method::POST, &format!("/api/v1/departments/{blue}/members"), json!({"person": "cleo", "level": "edit"})).await;
        wants_of(w, &door, "cleo", "Blue", "free").await;
        let all = report(w, &door, &post, "cleo").await;
        assert!(all.text.find("== Blue ==") < all.text.find("== Red =="), "{}", all.text);
        wants(&door, "cleo", json!({"grouped": false})).await;
        w.clock.advance(Span::minutes(1));
        let sent = does(&door, "cleo", Method::POST, NOW, json!({})).await;
        assert_eq!(sent, json!({"mails": 2, "reason": null}));
        let mut each = leaves(&post).await;
        each.sort_by(|one, other| one.subject.cmp(&other.subject));
        let subjects: Vec<&str> = each.iter().map(|mail| mail.subject.split(']').next().unwrap()).collect();
        assert_eq!(subjects, ["[Daily report Blue", "[Daily report Red"]);
        let both: Vec<i64> = each.iter().flat_map(Left::lists).collect();
        assert_eq!(both, all.lists());
        assert!(!each[0].text.contains("Red") && !each[1].text.contains("Blue"));
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_stands_still_is_told_in_words_and_the_foot_says_how_to_change_and_suspend_it(w) {
        let (door, post) = (w.door().await, post(w).await);
        wants_of(w, &door, "ben", "Blue", "free").await;
        let [printer, screen] = ["printer", "screen"].map(|name| w.ticket(name).0);
        let about = |text: &str, ticket: i64| -> String {
            let (_, row) = text.split_once(&format!("- #{ticket}:")).unwrap();
            row.split("https:").next().unwrap().to_owned()
        };
        let first = report(w, &door, &post, "ben").await;
        assert!(about(&first.text, printer).contains("Free, and idle for more than a day"), "{}", first.text);
        assert!(!about(&first.text, screen).contains("dle for"), "three days: {}", first.text);
        for (days, words) in [(6, "Idle for more than a week"), (26, "Idle for more than a month")] {
            w.clock.advance(Span::days(days));
            let later = report(w, &door, &post, "ben").await;
            assert!(about(&later.text, screen).contains(words), "{}", later.text);
            assert!(about(&later.text, printer).contains("Free, and idle for more than a day"), "{}", later.text);
            assert!(later.html.contains(&format!("<strong>{words}</strong>")), "{}", later.html);
        }
        for said in ["https://desk.nordet.example/preferences/daily-report", "https://desk.nordet.example/preferences/monitoring",
            &format!("https://desk.nordet.example/tickets/{screen}")] {
            assert!(first.text.contains(said), "{said}: {}", first.text);
            assert!(first.html.contains(&format!("href=\"{said}\"")), "{said}: {}", first.html);
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_keeps_what_one_says_and_sends_one_now(w) {
        let (door, post) = (w.door().await, post(w).await);
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        let page = door.gets("ben", FORM).await;
        assert_eq!(page.status, 200);
        for said in ["name=\"version\" value=\"1\"", "<option value=\"8\" selected>8:00", &format!("name=\"content-{blue}\""), "<option value=\"category\" selected>", "Europe/Paris"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains(&format!("content-{red}")), "not his");
        assert!(!page.body.contains("name=\"on\" value=\"1\" checked") && !page.body.contains("Next report"));
        assert_eq!(door.gets("dora", FORM).await.status, 404);
        assert!(door.gets("gil", FORM).await.body.contains("You belong to no department"));
        let chosen = format!("version=1&on=1&first=8&second=14&weekends=1&grouped=no&content-{blue}=managed&content-{red}=free");
        let saved = door.asks("ben", Method::POST, FORM, &chosen).await;
        assert_eq!((saved.status, saved.location().split('?').next()), (303, Some(FORM)));
        assert_eq!(door.json("ben", MINE).await, json!({"on": true, "first_hour": 8, "second_hour": 14, "weekends": true, "grouped": false,
            "even_empty": false, "time_zone": "Europe/Paris", "version": 2, "departments": [{"department": blue, "name": "Blue", "content": "managed"}]}));
        let page = door.gets("ben", FORM).await.body;
        assert!(page.contains("Next report") && page.contains("name=\"on\" value=\"1\" checked"), "{page}");
        assert!(door.gets("ben", "/preferences").await.body.contains("Daily report"));
        // Another tab saved meanwhile: what stands is said, what was chosen stays in the form.
        let stale = door.asks("ben", Method::POST, FORM, &format!("version=1&first=6&second=14&grouped=no&content-{blue}=free")).await;
        assert_eq!(stale.status, 409);
        for said in ["You saved something else meanwhile", "<dt>First hour</dt><dd>8:00</dd>", "<dt>Blue</dt><dd>Managed</dd>", "name=\"version\" value=\"2\"", "<option value=\"6\" selected>"] {
            assert!(stale.body.contains(said), "{said}: {}", stale.body);
        }
        assert!(!stale.body.contains("<dt>Second hour</dt>"), "the same in both");
        for (wrong, said) in [
            ("first=8&second=8".to_owned(), "the same as the first"),
            ("first=24&second=".to_owned(), "from 0 to 23"),
            (format!("first=8&second=&content-{blue}=loud"), "The content is free"),
        ] {
            let bad = door.asks("ben", Method::POST, FORM, &format!("version=2&{wrong}")).await;
            assert!(bad.status == 422 && bad.body.contains(said), "{wrong}: {}", bad.body);
        }
        assert_eq!(door.json("ben", MINE).await["version"], 2, "nothing half done");
        let now = format!("{FORM}/now");
        for _ in 0..2 {
            assert_eq!(door.asks("ben", Method::POST, &now, "").await.status, 303);
        }
        // Pressed twice, it is one.
        let left = leaves(&post).await;
        assert_eq!((left.len(), left[0].lists()), (1, vec![w.ticket("screen").0]));
        assert!(left[0].subject.starts_with("[Daily report Blue] 1 ticket free"), "{}", left[0].subject);
        door.closes().await;
    }
}

on_both_engines! {
    async fn programs_say_it_of_themselves_and_of_departments_they_belong_to(w) {
        let door = w.door().await;
        let (blue, red) = (department(w, "Blue").await, department(w, "Red").await);
        assert_eq!(door.asks("dora", Method::GET, MINE, "").await.status, 404);
        assert_eq!(door.asks("dora", Method::POST, NOW, "{}").await.status, 404);
        assert_eq!(door.asks("dora", Method::PATCH, MINE, r#"{"on": true}"#).await.status, 404);
        for body in [
            json!({"first_hour": 24}),
            json!({"second_hour": 8}),
            json!({"second_hour": -1}),
            json!({"departments": [{"department": red, "content": "free"}]}),
            json!({"departments": [{"department": blue, "content": "loud"}]}),
        ] {
            let refused = door.asks("ben", Method::PATCH, MINE, &body.to_string()).await;
            assert_eq!(refused.status, 422, "{body}: {}", refused.body);
        }
        // Asking for one chooses nothing.
        let _post = post(w).await;
        for (mails, reason) in [(1, Value::Null), (0, json!("lately"))] {
            let sent = does(&door, "ben", Method::POST, NOW, json!({})).await;
            assert_eq!(sent, json!({"mails": mails, "reason": reason}));
        }
        assert_eq!(door.json("ben", MINE).await["version"], 1);
        let body = json!({"second_hour": 14}).to_string();
        let first = door.asks_having_seen("ben", Method::PATCH, MINE, Some(1), &body).await;
        assert_eq!(first.status, 200, "{}", first.body);
        wants(&door, "ben", json!({"first_hour": 7})).await;
        let mine = door.json("ben", MINE).await;
        assert_eq!((&mine["first_hour"], &mine["second_hour"], &mine["on"]), (&json!(7), &json!(14), &json!(false)));
        wants(&door, "ben", json!({"second_hour": null})).await;
        assert_eq!(door.json("ben", MINE).await["second_hour"], Value::Null);
        let body = json!({"on": true}).to_string();
        let stale = door.asks_having_seen("ben", Method::PATCH, MINE, Some(1), &body).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        door.closes().await;
    }
}

on_both_engines! {
    /// Rank looks where it must, and is not mailed of it: as monitoring does.
    async fn of_a_confidence_whoever_is_let_in_is_told_and_rank_is_not(w) {
        let door = w.door().await;
        let post = post(w).await;
        let printer = w.ticket("printer").0;
        let joins = json!({ "person": "max", "level": "edit" });
        does(&door, "ada", Method::POST, "/api/v1/departments/1/members", joins).await;
        for who in ["ben", "max"] {
            wants_of(w, &door, who, "Blue", "free").await;
            assert!(report(w, &door, &post, who).await.lists().contains(&printer), "{who}");
        }
        bare::says(w, &door, bare::category(w, "printer").await, None).await;
        assert!(report(w, &door, &post, "ben").await.lists().contains(&printer));
        w.clock.advance(Span::minutes(1));
        let sent = does(&door, "max", Method::POST, NOW, json!({})).await;
        let told = leaves(&post).await;
        assert!(told.iter().all(|mail| !mail.lists().contains(&printer)), "{sent}");
        door.closes().await;
    }
}

on_both_engines! {
    /// What mails do not say of a ticket, a report does not say either (decision 0062).
    async fn a_ticket_whose_mails_hold_nothing_is_told_by_its_number(w) {
        let door = w.door().await;
        let post = post(w).await;
        wants_of(w, &door, "ben", "Blue", "managed").await;
        let screen = w.ticket("screen").0;
        let said = report(w, &door, &post, "ben").await;
        assert!(said.lists().contains(&screen) && said.text.contains("noir"), "{}", said.text);
        bare::says(w, &door, bare::category(w, "screen").await, Some(true)).await;
        let said = report(w, &door, &post, "ben").await;
        assert!(said.lists().contains(&screen) && said.text.contains("content on the ticket"), "{}", said.text);
        for text in [&said.text, &said.html, &said.subject] {
            assert!(!text.contains("noir"), "{text}");
        }
        door.closes().await;
    }
}
