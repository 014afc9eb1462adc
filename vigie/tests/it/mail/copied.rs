//! People in copy of a letter, letters that answer a letter, and mails passed on (decision 0079).

use axum::http::Method;
use serde_json::json;
use vigie::mail::store::Source;

use super::who_wrote::{FAIL, PASS, RECEIVER, received};
use super::*;
use crate::browsing::Door;

fn believing() -> Source {
    Source {
        receivers: RECEIVER.to_owned(),
        peer: String::new(),
    }
}

/// A letter of which the server in front says this, read.
async fn arrives(post: &Post, found: &str, raw: &str) -> i64 {
    let raw = received(found, raw);
    let id = deliver_with(post, &believing(), "x@nordet.example", BLUE, raw.as_bytes()).await;
    work(post).await;
    id
}

async fn says(w: &World, door: &Door, copied: &str) {
    let body = json!({ "copied": copied, "categories": [] }).to_string();
    let said = door
        .asks("ada", Method::PUT, "/api/v1/departments/1/copied", &body)
        .await;
    assert_eq!(said.status, 200, "{}", said.body);
    let _ = w;
}

record! { struct Invited { email: String } }

async fn invited(w: &World, ticket: i64) -> Vec<String> {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT p.email FROM participants i JOIN people p ON p.id = i.person_id WHERE i.ticket_id = $1 AND i.kind = 'invitee' ORDER BY p.email",
        ticket
    );
    let found: Vec<Invited> = w.db.read().all(query).await.unwrap();
    found.into_iter().map(|it| it.email).collect()
}

const COPY: &str = "Cc: Emil <emil@nordet.example>, stranger@far.example, help@nordet.example, no-reply@shop.example\r\n";

on_both_engines! {
    /// Nobody unless it is said; whom the desk knows; everybody, a stranger too. Never by a letter that proves nothing (ID-01).
    async fn people_in_copy_are_invited_as_the_rule_says_and_only_by_a_proven_letter(w) {
        let door = w.door().await;
        let post = post(w).await;
        let (emil, stranger) = ("emil@nordet.example", "stranger@far.example");
        let table: [(&str, &str, &str, &[&str]); 6] = [
            ("", PASS, "1", &[]),
            ("nobody", PASS, "2", &[]),
            ("everybody", "dmarc=none", "3", &[]),
            ("known", PASS, "4", &[emil]),
            ("everybody", FAIL, "5", &[]),
            ("everybody", PASS, "6", &[emil, stranger]),
        ];
        for (rule, found, subject, expected) in table {
            if !rule.is_empty() {
                says(w, &door, rule).await;
            }
            let before = outbox(w).await.len();
            let id = arrives(&post, found, &letter("Dora <dora@nordet.example>", BLUE, subject, COPY, "Help us.")).await;
            let ticket = ended(w, id).await.ticket_id.unwrap();
            assert_eq!(invited(w, ticket).await, expected, "{rule} {found}");
            // One mail each, the invitation, and the desk writes neither to itself nor to robots.
            let told: Vec<_> = outbox(w).await.into_iter().skip(before).filter(|it| it.purpose != "event").map(|it| (it.address, it.purpose)).collect();
            for one in expected {
                let theirs: Vec<_> = told.iter().filter(|it| it.0 == *one).collect();
                assert_eq!(theirs.len(), 1, "{rule} {found}: {told:?}");
                assert_eq!(theirs[0].1, "invitation");
            }
            assert!(!told.iter().any(|it| it.0.starts_with("no-reply") || it.0 == BLUE), "{told:?}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_answer_of_the_requester_invites_and_one_of_an_invitee_does_not(w) {
        let door = w.door().await;
        let post = post(w).await;
        says(w, &door, "known").await;
        let badge = w.ticket("badge");
        // Dora is invited there: she may not let in, and her answer joins all the same.
        let sent = letter("dora@nordet.example", &token(w, badge, "dora"), "Re", "Cc: fay@nordet.example\r\n", "Me too.");
        let id = arrives(&post, PASS, &sent).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(badge.0));
        assert!(!invited(w, badge.0).await.contains(&"fay@nordet.example".to_owned()));
        let printer = w.ticket("printer");
        let sent = letter("dora@nordet.example", &token(w, printer, "dora"), "Re", "Cc: fay@nordet.example\r\n", "Fay knows more.");
        arrives(&post, PASS, &sent).await;
        assert_eq!(invited(w, printer.0).await, ["fay@nordet.example"]);
        // Twice is once.
        let before = outbox(w).await.len();
        let sent = letter("dora@nordet.example", &token(w, printer, "dora"), "Re", "Cc: fay@nordet.example\r\n", "And this.");
        arrives(&post, PASS, &sent).await;
        let told: Vec<String> = outbox(w).await.into_iter().skip(before).map(|it| it.purpose).collect();
        assert!(!told.contains(&"invitation".to_owned()), "{told:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_category_overrides_its_department_and_a_confidence_lets_nobody_in_by_a_rule(w) {
        let door = w.door().await;
        let post = post(w).await;
        says(w, &door, "everybody").await;
        let category = w.read(&w.actor("ada"), w.ticket("printer")).await.category_id.0;
        let page = door.gets("ada", "/admin/departments/1/copied").await.body;
        assert!(page.contains("value=\"everybody\" selected"), "{page}");
        let version = door.json("ada", "/api/v1/departments/1").await["version"].as_i64().unwrap();
        let form = format!("version={version}&copied=everybody&copied-{category}=nobody");
        let saved = door.asks("ada", Method::POST, "/admin/departments/1/copied", &form).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let id = arrives(&post, PASS, &letter("dora@nordet.example", BLUE, "1", COPY, "x")).await;
        assert!(invited(w, ended(w, id).await.ticket_id.unwrap()).await.is_empty());
        let wrong = form.replace("nobody", "friends").replace(&format!("version={version}"), &format!("version={}", version + 1));
        let refused = door.asks("ada", Method::POST, "/admin/departments/1/copied", &wrong).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let journal = door.json("ada", "/api/v1/journal?deed=copied_changed").await.to_string();
        assert!(journal.contains("everybody"), "{journal}");
        let form = format!("version={}&copied=everybody&copied-{category}=everybody", version + 1);
        assert_eq!(door.asks("ada", Method::POST, "/admin/departments/1/copied", &form).await.status, 303);
        super::bare::says(w, &door, category, None).await;
        let id = arrives(&post, PASS, &letter("dora@nordet.example", BLUE, "2", COPY, "y")).await;
        assert!(invited(w, ended(w, id).await.ticket_id.unwrap()).await.is_empty());
        door.closes().await;
    }
}

on_both_engines! {
    /// Each unknown one would become a person who is mailed.
    async fn no_letter_makes_the_desk_write_to_the_world(w) {
        let door = w.door().await;
        let post = post(w).await;
        says(w, &door, "everybody").await;
        let copy = |from: usize, upto: usize| {
            let all: Vec<String> = (from..upto).map(|n| format!("p{n}@far.example")).collect();
            format!("Cc: {}\r\n", all.join(", "))
        };
        let opened = async |subject: &str, copy: String| {
            let id = arrives(&post, PASS, &letter("dora@nordet.example", BLUE, subject, &copy, "x")).await;
            invited(w, ended(w, id).await.ticket_id.unwrap()).await.len()
        };
        assert_eq!(opened("too many", copy(0, 21)).await, 0);
        assert_eq!(opened("as many as can be named", copy(0, 15)).await, 15);
        assert_eq!(opened("too many within the hour", copy(20, 30)).await, 0);
        assert_eq!(opened("the rest", copy(20, 25)).await, 5);
        door.closes().await;
    }
}

on_both_engines! {
    /// Whoever answers the mail of a colleague to all, the desk among them, opens no second ticket.
    async fn an_answer_to_a_letter_joins_its_ticket_when_its_author_is_proven_and_has_part_in_it(w) {
        let door = w.door().await;
        let post = post(w).await;
        says(w, &door, "known").await;
        let first = "Message-ID: <first@nordet.example>\r\nCc: emil@nordet.example\r\n";
        let id = arrives(&post, PASS, &letter("dora@nordet.example", BLUE, "The lift", first, "It is stuck.")).await;
        let lift = ended(w, id).await.ticket_id.unwrap();
        let naming = "In-Reply-To: <first@nordet.example>\r\nReferences: <first@nordet.example>\r\n";
        // Whoever writes a letter gives it any name, one that another letter has, too.
        let squat = letter("fay@nordet.example", BLUE, "Mine", "Message-ID: <first@nordet.example>\r\n", "Read your answers to me.");
        arrives(&post, PASS, &squat).await;
        let table = [
            ("emil@nordet.example", PASS, true, "an invitee"),
            ("dora@nordet.example", PASS, true, "the requester"),
            ("ben@nordet.example", PASS, true, "an agent"),
            ("ada@nordet.example", PASS, true, "an agent to an agent"),
            ("emil@nordet.example", "dmarc=none", false, "nobody proves it"),
            ("vera@nordet.example", "dmarc=none", false, "an agent of whom nothing is proven"),
            ("rob@nordet.example", PASS, false, "an agent who does not see it"),
        ];
        for (from, found, joins, what) in table {
            let to = if what == "an agent to an agent" { format!("ben@nordet.example, {BLUE}") } else { format!("dora@nordet.example, {BLUE}") };
            let id = arrives(&post, found, &letter(from, &to, "Re: The lift", naming, what)).await;
            let ended = ended(w, id).await;
            assert_eq!(ended.ticket_id == Some(lift), joins, "{what}: {ended:?}");
        }
        let words = comments(w, lift).await;
        let said: Vec<_> = words.iter().map(|it| (it.author.split('@').next().unwrap(), it.hat.as_str(), it.audience.as_str())).collect();
        assert_eq!(said, [("dora", "requester", "public"), ("emil", "invitee", "public"), ("dora", "requester", "public"), ("ben", "agent", "public"), ("ada", "agent", "staff")]);
        // An answer to that note, to whomever, is one.
        let talk = "Message-ID: <talk@nordet.example>\r\nIn-Reply-To: <first@nordet.example>\r\n";
        arrives(&post, PASS, &letter("ada@nordet.example", &format!("ben@nordet.example, {BLUE}"), "Re: The lift", talk, "Between us.")).await;
        let answer = "In-Reply-To: <talk@nordet.example>\r\n";
        let id = arrives(&post, PASS, &letter("ben@nordet.example", &format!("ada@nordet.example, dora@nordet.example, {BLUE}"), "Re: The lift", answer, "Indeed.")).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(lift));
        assert_eq!(comments(w, lift).await.last().unwrap().audience, "staff");
        door.closes().await;
    }
}

const PASSED_ON: &str = "Can you take this?\n\n---------- Forwarded message ---------\nFrom: Zoe Faraway <zoe@far.example>\nDate: Mon, Nov 23, 2026\nSubject: The gate\nTo: <ben@nordet.example>\n\nThe gate does not open.\n";

on_both_engines! {
    async fn what_an_agent_passes_on_is_a_ticket_of_whoever_wrote_first(w) {
        let post = post(w).await;
        let id = arrives(&post, PASS, &letter("ben@nordet.example", BLUE, "Fwd: The gate", "", PASSED_ON)).await;
        let found = ended(w, id).await;
        assert_eq!(found.state, "done");
        let ticket = w.read(&w.actor("ada"), TicketId(found.ticket_id.unwrap())).await;
        assert_eq!(ticket.subject, "The gate");
        let zoe = vigie::people::find_by_email(&mut w.db.read(), "zoe@far.example").await.unwrap().unwrap();
        assert_eq!((ticket.requester_id, ticket.author_id), (zoe.id, w.person("ben")));
        assert_eq!(zoe.name, "Zoe Faraway");
        let words = comments(w, ticket.id.0).await;
        let said: Vec<_> = words.iter().map(|it| (it.audience.as_str(), it.body.as_str())).collect();
        assert_eq!(said, [("public", "Passed on, written by Zoe Faraway:\n\nThe gate does not open."), ("staff", "Can you take this?")]);
        // She hears of her ticket; nobody of the agent's own words.
        let told = told(w).await;
        assert!(told.iter().any(|it| it.starts_with("zoe ")), "{told:?}");
        assert!(!told.iter().any(|it| it.starts_with("ben ")), "{told:?}");
        for mail in outbox(w).await {
            assert!(!String::from_utf8_lossy(&mail.raw.unwrap_or_default()).contains("take this"));
        }
    }
}

on_both_engines! {
    async fn what_nobody_proves_or_no_agent_passes_on_is_a_letter_like_any_other(w) {
        let post = post(w).await;
        let table = [
            ("ben@nordet.example", "dmarc=none", "an agent of whom nothing is proven"),
            ("dora@nordet.example", PASS, "a customer"),
            ("vera@nordet.example", PASS, "an agent who handles nothing"),
        ];
        for (from, found, what) in table {
            let id = arrives(&post, found, &letter(from, BLUE, "Fwd: The gate", "", &format!("{what}\n{PASSED_ON}"))).await;
            let ticket = w.read(&w.actor("ada"), TicketId(ended(w, id).await.ticket_id.unwrap())).await;
            let asks = vigie::people::find_by_email(&mut w.db.read(), from).await.unwrap().unwrap();
            assert_eq!(ticket.requester_id, asks.id, "{what}");
        }
        let own = PASSED_ON.replace("zoe@far.example", BLUE);
        let id = arrives(&post, PASS, &letter("ben@nordet.example", BLUE, "Fwd: The gate", "", &own)).await;
        let ticket = w.read(&w.actor("ada"), TicketId(ended(w, id).await.ticket_id.unwrap())).await;
        assert_eq!(ticket.requester_id, w.person("ben"), "the desk asks nothing of itself");
        let zoe = vigie::people::find_by_email(&mut w.db.read(), "zoe@far.example").await.unwrap();
        assert!(zoe.is_none(), "a name in a letter makes nobody a person");
    }
}

on_both_engines! {
    /// No robot is acknowledged, and what an agent adds beside a mail that came whole is the agent's.
    async fn a_robots_mail_is_the_agents_and_an_agents_own_files_are_no_customers(w) {
        let post = post(w).await;
        let robot = PASSED_ON.replace("zoe@far.example", "no-reply@far.example");
        let id = arrives(&post, PASS, &letter("ben@nordet.example", BLUE, "Fwd: The gate", "", &robot)).await;
        let ticket = w.read(&w.actor("ada"), TicketId(ended(w, id).await.ticket_id.unwrap())).await;
        assert_eq!(ticket.requester_id, w.person("ben"));
        let whole = format!(
            "From: ben@nordet.example\r\nTo: {BLUE}\r\nSubject: Fwd: The gate\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSee our margin.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Zoe <zoe@far.example>\r\n\
             Subject: The gate\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nIt does not open.\r\n\
             --c\r\nContent-Type: text/plain; name=hers.txt\r\nContent-Disposition: attachment; filename=hers.txt\r\n\r\nhers\r\n--c--\r\n\
             --b\r\nContent-Type: text/plain; name=margin.txt\r\nContent-Disposition: attachment; filename=margin.txt\r\n\r\nmargin\r\n--b--\r\n"
        );
        let id = arrives(&post, PASS, &whole).await;
        let ticket = ended(w, id).await.ticket_id.unwrap();
        record! { struct File { name: String, audience: String } }
        let query = system!(
            because = "a test looks at the table itself",
            "SELECT f.name, c.audience FROM attachments f JOIN comments c ON c.id = f.comment_id WHERE f.ticket_id = $1 ORDER BY f.id",
            ticket
        );
        let files: Vec<File> = w.db.read().all(query).await.unwrap();
        let public: Vec<_> = files.iter().filter(|it| it.audience == "public").map(|it| it.name.as_str()).collect();
        assert_eq!(public, ["hers.txt"]);
        assert!(files.iter().any(|it| it.audience == "staff" && it.name == "margin.txt"), "{}", files.len());
    }
}

on_both_engines! {
    /// Ben asks something of Red; there he is no staff.
    async fn an_agent_who_asks_passes_on_to_whoever_answers_them(w) {
        let post = post(w).await;
        let own = w.ticket("own");
        let to = thread::plus_address(&ThreadKey::new(KEY), own.0, w.person("ben").0, RED);
        let raw = received(PASS, &letter("ben@nordet.example", &to, "Fwd: The gate", "", PASSED_ON));
        let id = deliver_with(&post, &believing(), "x@nordet.example", RED, raw.as_bytes()).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(own.0));
        assert_eq!(comments(w, own.0).await.last().unwrap().audience, "public");
    }
}

on_both_engines! {
    /// An address costs nothing; an account is given.
    async fn whoever_has_no_account_makes_no_people_by_a_letter(w) {
        let door = w.door().await;
        let post = post(w).await;
        says(w, &door, "everybody").await;
        let before = count(w, "people").await;
        let sent = letter("new@nordet.example", BLUE, "Hello", COPY, "x");
        let id = arrives(&post, PASS, &sent).await;
        assert_eq!(invited(w, ended(w, id).await.ticket_id.unwrap()).await, ["emil@nordet.example"]);
        assert_eq!(count(w, "people").await, before + 1, "the author alone");
        // And a letter that invites too many leaves nobody behind.
        let many: Vec<String> = (0..20).map(|n| format!("p{n}@far.example")).collect();
        let copy = |more: &str| format!("Cc: {}{more}\r\n", many.join(", "));
        let before = count(w, "people").await;
        arrives(&post, PASS, &letter("dora@nordet.example", BLUE, "1", "Cc: q1@far.example\r\n", "x")).await;
        arrives(&post, PASS, &letter("dora@nordet.example", BLUE, "2", &copy(""), "x")).await;
        assert_eq!(count(w, "people").await, before + 1);
        door.closes().await;
    }
}

on_both_engines! {
    /// What is passed on may hold what the other side must not read.
    async fn what_an_agent_passes_on_into_a_ticket_is_an_internal_note(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        for found in [PASS, "dmarc=none"] {
            let sent = letter("ben@nordet.example", &token(w, printer, "ben"), "Fwd: The gate", "", &format!("{found}\n{PASSED_ON}"));
            let id = arrives(&post, found, &sent).await;
            assert_eq!(ended(w, id).await.ticket_id, Some(printer.0));
            assert_eq!(comments(w, printer.0).await.last().unwrap().audience, "staff", "{found}");
        }
    }
}
