//! Rules for letters that would open a ticket, and the quarantine: what becomes of letters.

mod doors;

use kit::clock::Span;
use kit::db::Query;
use vigie::audit::Pen;
use vigie::departments::CategoryId;
use vigie::mail::channels;
use vigie::mail::filters::{self, FilterId, Outcome, Source, Wanted, quarantine};
use vigie::mail::store::IncomingId;
use vigie::people;
use vigie::privacy::retention;

use super::mailboxes::{added, wanted as mailbox};
use super::*;

/// A rule about all letters that says nothing yet.
pub fn rule(name: &str) -> Wanted {
    Wanted {
        name: name.to_owned(),
        source: Some(Source::Any),
        senders: String::new(),
        header_name: String::new(),
        header_words: String::new(),
        words: String::new(),
        size_over: String::new(),
        needs_file: false,
        outcome: Some(Outcome::Ticket),
        category: Ok(None),
        tags: String::new(),
        is_active: true,
    }
}

/// One that quarantines what this sender writes.
fn away(name: &str, sender: &str) -> Wanted {
    Wanted {
        senders: sender.to_owned(),
        outcome: Some(Outcome::Quarantine),
        ..rule(name)
    }
}

async fn made(w: &World, wanted: &Wanted) -> FilterId {
    let ada = w.actor("ada");
    let may = channels::keeper(&ada).unwrap();
    let mut tx = w.db.write().await.unwrap();
    let pen = Pen::of(&ada, w.now());
    let id = filters::create(&mut tx, &may, wanted, pen).await.unwrap();
    tx.commit().await.unwrap();
    id
}

record! { struct Number { id: i64 } }

async fn category(w: &World, department: &str) -> CategoryId {
    let query = global!(
        "SELECT default_category_id AS id FROM departments WHERE name = $1",
        department
    );
    let found: Number = w.db.read().one(query).await.unwrap();
    CategoryId(found.id)
}

async fn writes(w: &World, query: Query) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(query).await.unwrap();
    tx.commit().await.unwrap();
}

/// In which department a ticket is, with its tags.
async fn where_is(w: &World, ticket: i64) -> String {
    record! { struct Place { name: String } }
    record! { struct Word { name: String } }
    let place: Place = w
        .db
        .read()
        .one(system!(
            because = "a test looks at the table itself",
            "SELECT d.name FROM tickets t JOIN departments d ON d.id = t.department_id WHERE t.id = $1",
            ticket
        ))
        .await
        .unwrap();
    let words: Vec<Word> = w
        .db
        .read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT g.name FROM ticket_tags x JOIN tags g ON g.id = x.tag_id WHERE x.ticket_id = $1 ORDER BY g.name_key",
            ticket
        ))
        .await
        .unwrap();
    let words = words.into_iter().map(|it| format!(" #{}", it.name));
    place.name + &words.collect::<String>()
}

/// Where a letter to Blue ended: the ticket's department with its tags, or its state.
async fn goes(w: &World, post: &Post, raw: &str) -> String {
    let id = deliver(post, BLUE, raw).await;
    work(post).await;
    let ended = ended(w, id).await;
    match ended.ticket_id {
        Some(ticket) => where_is(w, ticket).await,
        None => ended.state,
    }
}

async fn lets_in(w: &World, who: &str, id: i64) -> Result<bool, kit::error::Error> {
    let actor = w.actor(who);
    let mut tx = w.db.write().await.unwrap();
    let pen = Pen::of(&actor, w.now());
    let done = quarantine::let_in(&mut tx, &actor, IncomingId(id), pen).await?;
    tx.commit().await.unwrap();
    Ok(done)
}

async fn noted(w: &World, deed: &str) -> i64 {
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT COUNT(*) AS id FROM audit_entries WHERE deed = $1",
        deed
    );
    let found: Number = w.db.read().one(query).await.unwrap();
    found.id
}

async fn met(w: &World) -> Vec<i64> {
    let may = channels::keeper(&w.actor("ada")).unwrap();
    let all = filters::list(&mut w.db.read(), &may, w.now())
        .await
        .unwrap();
    all.into_iter().map(|it| it.met).collect()
}

on_both_engines! {
    async fn a_letter_that_a_rule_meets_lands_in_its_category_with_its_tags_and_others_where_their_address_says(w) {
        let post = post(w).await;
        let red = category(w, "Red").await;
        made(w, &Wanted { senders: "Pay@Bank.example, @books.example".to_owned(), category: Ok(Some(red)), tags: "invoice, Money".to_owned(), ..rule("Invoices") }).await;
        let id = deliver(&post, BLUE, &letter("Zoe <pay@BANK.example>", BLUE, "Invoice", "", "x")).await;
        work(&post).await;
        let ticket = ended(w, id).await.ticket_id.unwrap();
        assert_eq!(where_is(w, ticket).await, "Red #invoice #Money");
        assert_eq!(told(w).await, ["cleo event", "pay acknowledgement"], "nobody of Blue is told");
        record! { struct Line { actor: Option<i64>, hat: String, audience: String, text: String } }
        let line: Line = w.db.read().one(system!(because = "a test looks at the table itself",
            "SELECT actor_id AS actor, hat, audience, COALESCE(new_value, '') AS text FROM events WHERE ticket_id = $1 AND kind = 'tagged'", ticket)).await.unwrap();
        assert_eq!((line.actor, line.hat.as_str(), line.audience.as_str(), line.text.as_str()), (None, "system", "staff", "invoice, Money"));
        assert_eq!(goes(w, &post, &letter("x@books.example", BLUE, "Invoice", "", "y")).await, "Red #invoice #Money");
        assert_eq!(goes(w, &post, &letter("x@new.books.example", BLUE, "Invoice", "", "z")).await, "Blue");
        assert_eq!(met(w).await, [2]);
        // What was counted thirty days ago is told no more.
        w.clock.advance(Span::days(29));
        assert_eq!(met(w).await, [2]);
        w.clock.advance(Span::days(1));
        assert_eq!(met(w).await, [0]);
    }
}

on_both_engines! {
    async fn what_goes_into_quarantine_opens_nothing_makes_nobody_and_tells_nobody(w) {
        let post = post(w).await;
        made(w, &Wanted { words: "crédit".to_owned(), ..away("Loans", "@shop.example") }).await;
        let before = (count(w, "tickets").await, count(w, "people").await, count(w, "comments").await);
        let sent = letter("News <news@shop.example>", BLUE, "=?utf-8?q?Un_CR=C3=89DIT_pour_vous?=", "List-Id: <news.shop.example>\r\n", "Buy");
        let id = deliver(&post, BLUE, &sent).await;
        work(&post).await;
        let held = ended(w, id).await;
        assert_eq!((held.state.as_str(), held.reason, held.ticket_id), ("quarantined", None, None));
        assert_eq!((count(w, "tickets").await, count(w, "people").await, count(w, "comments").await), before);
        assert_eq!((count(w, "outgoing").await, count(w, "jobs").await), (0, 0));
        // Whoever keeps the post sees it, with the rule; nobody else does.
        let seen = quarantine::list(&mut w.db.read(), &w.actor("max"), "", None, 9).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].sender.as_str(), seen[0].subject.as_str(), seen[0].rule.as_str()), ("news@shop.example", "Un CRÉDIT pour vous", "Loans"));
        let (raw, _) = lists_store::raw_incoming(&mut w.db.read(), &w.actor("max"), IncomingId(id)).await.unwrap();
        assert_eq!(raw, sent.as_bytes());
        for who in ["ben", "gil", "vera", "dora"] {
            assert!(quarantine::list(&mut w.db.read(), &w.actor(who), "", None, 9).await.unwrap().is_empty(), "{who}");
            assert!(matches!(lets_in(w, who, id).await, Err(kit::error::Error::NotFound)), "{who}");
        }
        assert!(quarantine::list(&mut w.db.read(), &w.actor("max"), "Another", None, 9).await.unwrap().is_empty());
        // It comes again: it is the same letter.
        assert_eq!(deliver(&post, BLUE, &sent).await, 0);
    }
}

on_both_engines! {
    async fn a_letter_let_in_is_one_ticket_however_often_one_presses(w) {
        let post = post(w).await;
        made(w, &away("Shop", "@shop.example")).await;
        let id = deliver(&post, BLUE, &letter("ann@shop.example", BLUE, "Not spam", "", "Help")).await;
        work(&post).await;
        let tickets = count(w, "tickets").await;
        assert!(lets_in(w, "max", id).await.unwrap());
        assert!(!lets_in(w, "max", id).await.unwrap(), "it waits to be read");
        work(&post).await;
        assert!(!lets_in(w, "ada", id).await.unwrap(), "it is on a ticket");
        work(&post).await;
        let done = ended(w, id).await;
        assert_eq!((done.state.as_str(), count(w, "tickets").await), ("done", tickets + 1), "past the rule that still stands");
        assert_eq!(where_is(w, done.ticket_id.unwrap()).await, "Blue");
        assert!(told(w).await.contains(&"ann acknowledgement".to_owned()));
        assert_eq!(noted(w, "letter_let_in").await, 1);
        assert!(quarantine::held(&mut w.db.read(), &w.actor("max")).await.unwrap().is_empty());
        // Her next one is asked about again.
        assert_eq!(goes(w, &post, &letter("ann@shop.example", BLUE, "Again", "", "Help")).await, "quarantined");
    }
}

on_both_engines! {
    async fn a_proven_answer_joins_whatever_the_rules_say(w) {
        let post = post(w).await;
        let printer = w.ticket("printer");
        made(w, &away("Everybody", "@nordet.example")).await;
        let answer = letter("Dora <dora@nordet.example>", &token(w, printer, "dora"), "Re", "", "More paper.");
        let id = deliver(&post, BLUE, &answer).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(printer.0));
        let absent = letter("Dora <dora@nordet.example>", &token(w, printer, "dora"), "Away", "Auto-Submitted: auto-replied\r\n", "I am away.");
        let id = deliver(&post, BLUE, &absent).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.ticket_id, Some(printer.0));
        assert_eq!(met(w).await, [0]);
        // What proves nothing would open a ticket, and is asked about; what would not, is not.
        assert_eq!(goes(w, &post, &letter("dora@nordet.example", BLUE, &format!("Re: #{printer}"), "", "x")).await, "quarantined");
        assert_eq!(goes(w, &post, &letter("dora@nordet.example", BLUE, "Away", "Auto-Submitted: auto-replied\r\n", "x")).await, "held");
        assert_eq!(met(w).await, [1]);
    }
}

on_both_engines! {
    async fn rules_are_asked_in_their_order_and_those_switched_off_are_not(w) {
        let post = post(w).await;
        let (ada, red) = (w.actor("ada"), category(w, "Red").await);
        let may = channels::keeper(&ada).unwrap();
        let tag = made(w, &Wanted { words: "disk\nprinter".to_owned(), tags: "hardware".to_owned(), ..rule("Hardware") }).await;
        let place = made(w, &Wanted { header_name: "X-Team:".to_owned(), header_words: "payroll".to_owned(), category: Ok(Some(red)), ..rule("Payroll") }).await;
        let spam = made(w, &Wanted { header_name: "x-spam-flag".to_owned(), outcome: Some(Outcome::Quarantine), ..rule("Spam") }).await;
        let sent = |n: u32| letter("a@b.example", BLUE, &format!("PRINTER {n}"), "X-Team: =?utf-8?q?P=C3=A0yroll?=\r\nX-Spam-Flag: YES\r\n", "x");
        assert_eq!(goes(w, &post, &sent(1)).await, "Red #hardware");
        let moves = async |id, to| {
            let mut tx = w.db.write().await.unwrap();
            filters::place(&mut tx, &may, (id, None), to, Pen::of(&ada, w.now())).await.unwrap();
            tx.commit().await.unwrap();
        };
        moves(spam, 2).await;
        assert_eq!(goes(w, &post, &sent(2)).await, "quarantined");
        moves(tag, 99).await;
        moves(spam, 3).await;
        assert_eq!(goes(w, &post, &sent(3)).await, "Red", "what stands behind the one that decides is not asked");
        let order: Vec<(FilterId, i64)> = filters::list(&mut w.db.read(), &may, w.now()).await.unwrap().iter().map(|it| (it.id, it.position)).collect();
        assert_eq!(order, [(place, 1), (tag, 2), (spam, 3)]);
        let mut tx = w.db.write().await.unwrap();
        let off = Wanted { header_name: "X-Team".to_owned(), category: Ok(Some(red)), is_active: false, ..rule("Payroll") };
        filters::change(&mut tx, &may, (place, None), &off, Pen::of(&ada, w.now())).await.unwrap();
        filters::remove(&mut tx, &may, (spam, None), Pen::of(&ada, w.now())).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(goes(w, &post, &sent(4)).await, "Blue #hardware");
        assert_eq!(quarantine::held(&mut w.db.read(), &ada).await.unwrap()[0].rule, "Spam", "what it did stays, under its name");
    }
}

on_both_engines! {
    async fn a_category_that_is_closed_leaves_letters_where_their_address_says(w) {
        let post = post(w).await;
        let (ada, red) = (w.actor("ada"), category(w, "Red").await);
        let may = channels::keeper(&ada).unwrap();
        let wanted = Wanted { words: "salary".to_owned(), category: Ok(Some(red)), tags: "pay".to_owned(), ..rule("Salaries") };
        let id = made(w, &wanted).await;
        writes(w, global!("UPDATE categories SET is_active = FALSE, name = 'Shut' WHERE id = $1", red.0)).await;
        assert_eq!(goes(w, &post, &letter("a@b.example", BLUE, "My salary", "", "x")).await, "Blue #pay");
        // Such a rule can be renamed, and none can be made.
        let mut tx = w.db.write().await.unwrap();
        let renamed = Wanted { name: "Pay".to_owned(), ..wanted.clone() };
        filters::change(&mut tx, &may, (id, None), &renamed, Pen::of(&ada, w.now())).await.unwrap();
        assert!(filters::create(&mut tx, &may, &wanted, Pen::of(&ada, w.now())).await.is_err());
        tx.commit().await.unwrap();
        writes(w, global!("UPDATE categories SET is_active = FALSE WHERE id = $1", category(w, "Blue").await.0)).await;
        let id = deliver(&post, BLUE, &letter("a@b.example", BLUE, "My salary again", "", "x")).await;
        work(&post).await;
        assert_eq!(ended(w, id).await.reason.as_deref(), Some("category-closed"));
    }
}

on_both_engines! {
    async fn a_rule_of_one_address_or_mailbox_is_about_no_other_and_goes_with_its_mailbox(w) {
        let post = post(w).await;
        let (ada, red) = (w.actor("ada"), category(w, "Red").await);
        let may = channels::keeper(&ada).unwrap();
        let at = async |address: &str| store::channel_at(&mut w.db.read(), address).await.unwrap().unwrap();
        made(w, &Wanted { source: Some(Source::Channel(at(RED).await)), tags: "to payroll".to_owned(), ..rule("Payroll") }).await;
        // A port at which nobody listens: the letters are put there by this test.
        let boxed = added(w, &mailbox(w, 9).await).await;
        made(w, &Wanted { source: Some(Source::Mailbox(boxed)), category: Ok(Some(red)), ..rule("Fetched") }).await;
        let fetched = letter("a@b.example", BLUE, "Fetched", "", "x");
        writes(w, global!("INSERT INTO mailbox_letters (mailbox_id, account, folder, uid_validity, uid, digest, identity, state, is_settled, noted_at) \
            VALUES ($1, 'a', 'INBOX', 1, 1, $2, '', 'taken', TRUE, 1)", boxed, blake3::hash(fetched.as_bytes()).to_hex().to_string())).await;
        assert_eq!(goes(w, &post, &fetched).await, "Red");
        assert_eq!(goes(w, &post, &letter("a@b.example", BLUE, "Sent", "", "x")).await, "Blue");
        let id = deliver(&post, RED, &letter("a@b.example", RED, "Sent", "", "x")).await;
        work(&post).await;
        assert_eq!(where_is(w, ended(w, id).await.ticket_id.unwrap()).await, "Red #to payroll");
        let mut tx = w.db.write().await.unwrap();
        vigie::mail::mailboxes::remove(&mut tx, &may, (boxed, None), Pen::of(&ada, w.now())).await.unwrap();
        tx.commit().await.unwrap();
        let left = filters::list(&mut w.db.read(), &may, w.now()).await.unwrap();
        assert_eq!(left.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Payroll"]);
        assert_eq!(noted(w, "filter_removed").await, 1);
    }
}

on_both_engines! {
    async fn letters_of_machines_in_quarantine_are_no_flood_and_what_nobody_can_read_is_asked_about_too(w) {
        let post = post(w).await;
        made(w, &away("News", "@shop.example")).await;
        made(w, &Wanted { size_over: "8".to_owned(), outcome: Some(Outcome::Quarantine), ..rule("Large") }).await;
        for n in 0..14 {
            let news = letter("news@shop.example", BLUE, &format!("News {n}"), "Precedence: bulk\r\nList-Id: <n.shop.example>\r\n", "x");
            assert_eq!(goes(w, &post, &news).await, "quarantined", "{n}");
        }
        let two = letter("a@b.example, c@d.example", BLUE, "Two", "", &"long ".repeat(4000));
        assert_eq!(goes(w, &post, &two).await, "quarantined");
        assert!(people::find_by_email(&mut w.db.read(), mail::intake::NOBODY).await.unwrap().is_none());
        assert_eq!(met(w).await, [14, 1]);
    }
}

on_both_engines! {
    async fn what_lies_in_quarantine_goes_with_the_letters_that_are_kept_too_long(w) {
        let post = post(w).await;
        made(w, &away("Shop", "@shop.example")).await;
        let id = deliver(&post, BLUE, &letter("ann@shop.example", BLUE, "zqxsubject", "X-Note: zqxraw\r\n", "zqxbody")).await;
        work(&post).await;
        w.clock.advance(Span::days(400));
        assert_eq!(retention::keep(&w.db, w.now()).await.unwrap(), 0, "nobody says how long");
        assert_eq!(ended(w, id).await.state, "quarantined");
        let door = w.door().await;
        let rules = r#"{"letters": 90}"#;
        let counted = door.asks("ada", axum::http::Method::POST, "/api/v1/retention/preview", rules).await;
        assert!(counted.body.contains("\"letters\":1"), "{}", counted.body);
        assert_eq!(door.asks("ada", axum::http::Method::PUT, "/api/v1/retention", rules).await.status, 200);
        assert!(retention::keep(&w.db, w.now()).await.unwrap() > 0);
        assert_eq!(ended(w, id).await.state, "dropped");
        let (raw, _) = lists_store::raw_incoming(&mut w.db.read(), &w.actor("max"), IncomingId(id)).await.unwrap();
        assert!(!String::from_utf8_lossy(&raw).contains("zqx"));
        assert!(!lets_in(w, "max", id).await.unwrap(), "it would say nothing");
        work(&post).await;
        assert_eq!(ended(w, id).await.state, "dropped");
    }
}

on_both_engines! {
    async fn what_somebody_wrote_goes_with_them_from_quarantine_too(w) {
        let post = post(w).await;
        made(w, &away("Everybody", "@nordet.example")).await;
        let id = deliver(&post, BLUE, &letter("Emil <emil@nordet.example>", BLUE, "zqxsubject", "", "zqxbody")).await;
        work(&post).await;
        let door = w.door().await;
        let person = people::find(&mut w.db.read(), w.person("emil")).await.unwrap();
        let wish = serde_json::json!({"name": person.name, "words": true});
        let erased = door.asks("ada", axum::http::Method::POST, &format!("/api/v1/people/{}/erasure", person.id), &wish.to_string()).await;
        assert_eq!(erased.status, 204, "{}", erased.body);
        assert_eq!(ended(w, id).await.state, "dropped");
        let (raw, _) = lists_store::raw_incoming(&mut w.db.read(), &w.actor("max"), IncomingId(id)).await.unwrap();
        assert!(!String::from_utf8_lossy(&raw).contains("zqx"));
        assert!(quarantine::held(&mut w.db.read(), &w.actor("max")).await.unwrap().is_empty());
    }
}
