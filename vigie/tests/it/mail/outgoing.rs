//! What goes out, through a small server that fails wherever it is told to.

use std::collections::VecDeque;
use std::sync::Mutex;

use kit::clock::Span;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::*;

/// Where the server fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fails {
    Never,
    AtGreeting,
    AtMail(&'static str),
    AtRecipient(&'static str),
    AtData(&'static str),
    AfterDot(&'static str),
    BeforeDot,
    LosingTheAnswer,
    ForAddress(&'static str),
    /// To every mail, until another plan is made.
    Always(&'static str),
}

/// A server on loopback that fails by a list, then never.
pub struct Server {
    pub port: u16,
    took: Arc<Mutex<Vec<String>>>,
    senders: Arc<Mutex<Vec<String>>>,
    plan: Arc<Mutex<VecDeque<Fails>>>,
}

impl Server {
    pub async fn start(plan: &[Fails]) -> Server {
        Server::start_at(0, plan).await
    }

    /// The same at this port; 0 is any.
    pub async fn start_at(port: u16, plan: &[Fails]) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let server = Server {
            port: listener.local_addr().unwrap().port(),
            took: Arc::default(),
            senders: Arc::default(),
            plan: Arc::new(Mutex::new(plan.iter().copied().collect())),
        };
        let (took, plan) = (Arc::clone(&server.took), Arc::clone(&server.plan));
        let senders = Arc::clone(&server.senders);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let senders = Arc::clone(&senders);
                tokio::spawn(serve(stream, Arc::clone(&took), senders, Arc::clone(&plan)));
            }
        });
        server
    }

    pub fn took(&self) -> Vec<String> {
        self.took.lock().unwrap().clone()
    }

    /// The senders of the envelopes, mail by mail.
    pub fn senders(&self) -> Vec<String> {
        self.senders.lock().unwrap().clone()
    }

    fn plan(&self, fails: Fails) {
        self.plan.lock().unwrap().push_back(fails);
    }
}

async fn serve(
    stream: TcpStream,
    took: Arc<Mutex<Vec<String>>>,
    senders: Arc<Mutex<Vec<String>>>,
    plan: Arc<Mutex<VecDeque<Fails>>>,
) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let next = || {
        let mut plan = plan.lock().unwrap();
        match plan.front() {
            Some(Fails::ForAddress(_) | Fails::Always(_)) => *plan.front().unwrap(),
            _ => plan.pop_front().unwrap_or(Fails::Never),
        }
    };
    let mut fails = next();
    if fails == Fails::AtGreeting {
        return;
    }
    write.write_all(b"220 fake\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split([' ', ':']).next().unwrap_or("") {
            "EHLO" => "250 fake",
            "MAIL" => match fails {
                Fails::AtMail("") => return,
                Fails::AtMail(code) | Fails::Always(code) => code,
                _ => {
                    let sender = line.split(['<', '>']).nth(1).unwrap_or_default();
                    senders.lock().unwrap().push(sender.to_owned());
                    "250 ok"
                }
            },
            "RCPT" => match fails {
                Fails::AtRecipient(code) => code,
                Fails::ForAddress(address) if line.contains(address) => "550 5.1.1 no such user",
                _ => "250 ok",
            },
            "DATA" => match fails {
                Fails::AtData(code) => code,
                _ => {
                    write.write_all(b"354 go\r\n").await.unwrap();
                    let mut text = String::new();
                    if fails == Fails::BeforeDot {
                        return;
                    }
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        text.push_str(line.strip_prefix('.').unwrap_or(&line));
                        text.push('\n');
                    }
                    match fails {
                        Fails::AfterDot(code) => code,
                        Fails::LosingTheAnswer => {
                            took.lock().unwrap().push(text);
                            return;
                        }
                        _ => {
                            took.lock().unwrap().push(text);
                            fails = next();
                            "250 taken"
                        }
                    }
                }
            },
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        write
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .unwrap();
    }
}

/// Agents hear of nothing but what they hold, so that what leaves is to those who wrote.
pub async fn quiet(w: &World) {
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held) \
         SELECT m.person_id, m.department_id, 'never', 'never', 'always' FROM memberships m"
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// One acknowledgement to Fay is waiting.
async fn one_waiting(w: &World) -> Post {
    let post = post(w).await;
    quiet(w).await;
    deliver(
        &post,
        BLUE,
        &letter(
            "Fay <fay@nordet.example>",
            BLUE,
            "Écran",
            "Message-ID: <own@nordet.example>\r\n",
            "Noir",
        ),
    )
    .await;
    work(&post).await;
    assert_eq!(told(w).await, ["fay acknowledgement"]);
    post
}

async fn only(w: &World) -> Going {
    let mut mails = outbox(w).await;
    assert_eq!(mails.len(), 1);
    mails.remove(0)
}

/// Time passes until whatever waits is tried again.
async fn later(w: &World, post: &Post) {
    w.clock.advance(Span::hours(1));
    work(post).await;
}

on_both_engines! {
    async fn without_a_relay_mails_wait_and_leave_once_there_is_one(w) {
        let post = one_waiting(w).await;
        let waiting = only(w).await;
        assert_eq!((waiting.state.as_str(), waiting.last_error.as_deref()), ("waiting", Some("no-relay")));
        assert!(waiting.subject.as_deref().unwrap().contains("Écran"));
        assert_eq!(count(w, "jobs").await, 0);
        let server = Server::start(&[]).await;
        let post = with_relay(&post, server.port);
        let mut tx = w.db.write().await.unwrap();
        assert_eq!(mail::outbox_store::release_waiting(&mut tx, w.now()).await.unwrap(), 1);
        assert_eq!(mail::outbox_store::release_waiting(&mut tx, w.now()).await.unwrap(), 0);
        tx.commit().await.unwrap();
        work(&post).await;
        assert_eq!(only(w).await.state, "sent");
        assert_eq!(server.took().len(), 1);
    }
}

on_both_engines! {
    async fn a_mail_says_whose_it_is_and_where_answers_go(w) {
        let post = one_waiting(w).await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post, server.port);
        let mut tx = w.db.write().await.unwrap();
        mail::outbox_store::release_waiting(&mut tx, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        let raw = server.took().remove(0);
        let read = letter::parse::parse(raw.as_bytes());
        let sent = only(w).await;
        assert_eq!(read.message_id.as_deref(), Some(sent.message_id.as_str()));
        assert_eq!(read.from.as_ref().unwrap().email, BLUE);
        assert_eq!(read.to[0].email, "fay@nordet.example");
        assert_eq!(read.in_reply_to, ["own@nordet.example"]);
        assert_eq!(read.references, ["own@nordet.example"]);
        assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");
        assert!(read.html.is_some() && read.text.contains("We have received your request"), "{}", read.text);
        let proven = thread::read(&post.key, &letter::Letter { to: read.reply_to.clone(), ..Default::default() }, BLUE).unwrap();
        assert_eq!(proven.recipient, w.person("fay").0);
        // The answer to it joins, and the next mail stands in the same thread.
        let to = read.reply_to[0].email.clone();
        deliver(&post, BLUE, &letter("fay@nordet.example", &to, "Re", &format!("Message-ID: <two@nordet.example>\r\nIn-Reply-To: <{}>\r\n", sent.message_id), "More")).await;
        work(&post).await;
        let said = comments(w, proven.ticket).await;
        assert_eq!(said.len(), 2);
        assert_eq!(outbox(w).await.len(), 1, "whoever wrote is not told");
    }
}

on_both_engines! {
    /// At every step of the conversation (OUT-01).
    async fn what_fails_for_now_is_tried_again_and_sent_once(w) {
        for fails in [
            Fails::AtGreeting,
            Fails::AtMail("451 4.7.1 greylisted"),
            Fails::AtMail(""),
            Fails::AtRecipient("450 4.2.1 busy"),
            Fails::AtData("421 4.3.2 closing"),
            Fails::AfterDot("452 4.3.1 full"),
        ] {
            let server = Server::start(&[fails]).await;
            let post = with_relay(&fresh(w).await, server.port);
            work(&post).await;
            let waiting = only(w).await;
            assert_eq!(waiting.state, "waiting", "{fails:?} {waiting:?}");
            assert!(server.took().is_empty());
            later(w, &post).await;
            assert_eq!(only(w).await.state, "sent", "{fails:?}");
            assert_eq!(server.took().len(), 1, "{fails:?}");
            later(w, &post).await;
            assert_eq!(server.took().len(), 1, "{fails:?}");
        }
    }
}

/// One mail waiting with a job of its own, whatever was there before.
async fn fresh(w: &World) -> Post {
    record! { struct Has { n: i64 } }
    let has: Has =
        w.db.read()
            .one(global!("SELECT COUNT(*) AS n FROM channels"))
            .await
            .unwrap();
    if has.n == 0 {
        one_waiting(w).await;
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM jobs")).await.unwrap();
    tx.run(system!(
        because = "a test begins again",
        "UPDATE outgoing_mails SET state = 'waiting', attempts = 0, next_at = NULL, settled_at = NULL, last_error = NULL, created_at = $1",
        w.now()
    ))
    .await
    .unwrap();
    mail::outbox_store::release_waiting(&mut tx, w.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Post {
        db: w.db.clone(),
        clock: w.clock.clone(),
        dice: Dice::seeded(9),
        files: Files::in_folder(
            &std::env::temp_dir().join(format!("vigie-it-{}-files", std::process::id())),
        )
        .unwrap(),
        key: ThreadKey::new(KEY),
        relay: None,
        signers: Arc::default(),
        names: None,
        public_url: "https://desk.nordet.example".to_owned(),
        mail_from: None,
        language: Language::English,
        time_zone: "Europe/Paris".to_owned(),
        is_demo: false,
    }
}

on_both_engines! {
    /// Until somebody tries again (OUT-05).
    async fn what_is_refused_for_good_is_given_up_with_its_reason(w) {
        for fails in [Fails::AtMail("550 5.7.1 not you"), Fails::AtRecipient("550 5.1.1 no such user"), Fails::AfterDot("554 5.6.0 spam")] {
            let server = Server::start(&[fails]).await;
            let post = with_relay(&fresh(w).await, server.port);
            work(&post).await;
            let failed = only(w).await;
            assert_eq!(failed.state, "failed", "{fails:?}");
            assert!(failed.last_error.as_deref().unwrap().contains("55"), "{failed:?}");
            later(w, &post).await;
            assert!(server.took().is_empty());
            let mut tx = w.db.write().await.unwrap();
            let id = mail::outbox_store::OutgoingId(failed.id);
            assert!(mail::outbox_store::retry(&mut tx, &w.actor("max"), id, w.now()).await.unwrap());
            tx.commit().await.unwrap();
            work(&post).await;
            assert_eq!(only(w).await.state, "sent", "an administrator tried again");
        }
    }
}

on_both_engines! {
    /// It is shown as uncertain until then (OUT-02).
    async fn a_lost_answer_is_repeated_once_with_the_same_identifier(w) {
        let server = Server::start(&[Fails::LosingTheAnswer]).await;
        let post = with_relay(&fresh(w).await, server.port);
        work(&post).await;
        assert_eq!(only(w).await.state, "uncertain");
        later(w, &post).await;
        assert_eq!(only(w).await.state, "sent");
        let took = server.took();
        assert_eq!(took.len(), 2);
        let ids: Vec<_> = took.iter().map(|raw| letter::parse::parse(raw.as_bytes()).message_id).collect();
        assert_eq!(ids[0], ids[1]);
        assert!(ids[0].is_some());
    }
}

on_both_engines! {
    /// Nothing is sent a third time (OUT-02).
    async fn an_answer_lost_twice_is_left_to_an_administrator(w) {
        let server = Server::start(&[Fails::LosingTheAnswer, Fails::LosingTheAnswer, Fails::Never]).await;
        let post = with_relay(&fresh(w).await, server.port);
        for _ in 0..6 {
            later(w, &post).await;
        }
        assert_eq!(only(w).await.state, "uncertain");
        assert_eq!(server.took().len(), 2, "never an endless resend");
        assert_eq!(count(w, "jobs").await, 0);
        // A desk that dies before its job is struck off finds the job again, life after life.
        let mut tx = w.db.write().await.unwrap();
        let job = mail::outbox_store::SendMail { mail: only(w).await.id };
        jobs::enqueue(&mut tx, mail::outbox_store::SEND_MAIL, &job, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..3 {
            later(w, &post).await;
        }
        assert_eq!((only(w).await.state.as_str(), server.took().len()), ("uncertain", 2));
        assert_eq!(count(w, "jobs").await, 0);
    }
}

on_both_engines! {
    /// Whoever finds it so cannot know more (OUT-02).
    async fn a_desk_that_dies_while_sending_repeats_once(w) {
        let server = Server::start(&[]).await;
        let post = with_relay(&fresh(w).await, server.port);
        let mut tx = w.db.write().await.unwrap();
        tx.run(system!(because = "a test dies here", "UPDATE outgoing_mails SET state = 'sending'")).await.unwrap();
        tx.run(global!("UPDATE jobs SET attempts = 1")).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        assert_eq!(only(w).await.state, "sent");
        assert_eq!(server.took().len(), 1);
    }
}

on_both_engines! {
    /// Then it is given up, and said so (OUT-01).
    async fn two_days_without_a_relay_that_answers_are_enough(w) {
        let post = with_relay(&fresh(w).await, 1);
        for _ in 0..47 {
            later(w, &post).await;
        }
        assert_eq!(only(w).await.state, "waiting");
        for _ in 0..4 {
            later(w, &post).await;
        }
        assert_eq!(only(w).await.state, "failed");
        assert_eq!(count(w, "jobs").await, 0);
    }
}

on_both_engines! {
    /// The others are sent (OUT-05).
    async fn one_bad_address_does_not_hold_the_others_back(w) {
        let server = Server::start(&[Fails::ForAddress("fay@")]).await;
        let post = with_relay(&post(w).await, server.port);
        for from in ["fay@nordet.example", "emil@nordet.example", "dora@nordet.example"] {
            deliver(&post, BLUE, &letter(from, BLUE, from, "", "x")).await;
        }
        work(&post).await;
        let mails = outbox(w).await;
        let states = |purpose: &str| -> Vec<&str> {
            mails.iter().filter(|m| m.purpose == purpose).map(|m| m.state.as_str()).collect()
        };
        assert_eq!(states("acknowledgement"), ["failed", "sent", "sent"]);
        // Rob may see none of them.
        let to = |name: &str, state: &str| mails.iter().filter(|m| m.address.starts_with(name) && m.state == state).count();
        assert_eq!((to("ben@", "sent"), to("vera@", "sent"), to("rob@", "dropped")), (3, 3, 3));
        server.plan(Fails::Never);
    }
}

on_both_engines! {
    async fn whoever_lost_the_right_to_see_is_sent_nothing(w) {
        let post = post(w).await;
        deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Secret", "", "x")).await;
        // Announced, not sent yet.
        let announce_only = |job: jobs::Claimed| {
            let post = post.clone();
            async move {
                if job.kind == "send_mail" {
                    return jobs::Verdict::Retry("not yet".to_owned());
                }
                mail::run(&post, &job).await
            }
        };
        for _ in 0..3 {
            jobs::run_due(&post.db, &post.clock, &post.dice, &announce_only).await.unwrap();
        }
        assert!(told(w).await.contains(&"ben event".to_owned()));
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("DELETE FROM memberships WHERE person_id = $1", w.person("ben"))).await.unwrap();
        tx.commit().await.unwrap();
        let server = Server::start(&[]).await;
        later(w, &with_relay(&post, server.port)).await;
        let ben = outbox(w).await.into_iter().find(|m| m.address.starts_with("ben@")).unwrap();
        assert_eq!((ben.state.as_str(), ben.last_error.as_deref()), ("dropped", Some("not-visible")));
        assert!(server.took().iter().all(|raw| !raw.contains("ben@nordet.example")));
    }
}

on_both_engines! {
    async fn a_note_is_mailed_to_staff_without_a_way_to_answer_in_public(w) {
        let post = post(w).await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post, server.port);
        let (screen, gil) = (w.ticket("screen"), w.actor("gil"));
        let mut tx = w.db.write().await.unwrap();
        let may = vigie::tickets::reading::find_to_change::<vigie::tickets::rights::Note>(&mut tx, &gil, screen).await.unwrap();
        let words = vigie::tickets::comments::NewComment::typed("Between us", vigie::tickets::Origin::Web);
        vigie::tickets::verbs::note(&mut tx, &may, &gil, words, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        assert_eq!(told(w).await, ["ben event"]);
        let read = letter::parse::parse(server.took()[0].as_bytes());
        assert!(read.reply_to.is_empty());
        assert!(read.text.contains("Between us"));
    }
}

on_both_engines! {
    async fn a_closure_asks_its_requester_in_their_language(w) {
        let post = post(w).await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post, server.port);
        let (screen, ben) = (w.ticket("screen"), w.actor("ben"));
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE people SET language = 'fr' WHERE id = $1", w.person("dora"))).await.unwrap();
        let may = vigie::tickets::reading::find_to_change::<vigie::tickets::rights::Close>(&mut tx, &ben, screen).await.unwrap();
        vigie::tickets::verbs::close(&mut tx, &may, &ben, None, None, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        assert_eq!(told(w).await, ["dora approval_request"]);
        let read = letter::parse::parse(server.took()[0].as_bytes());
        for link in [format!("portal/tickets/{screen}\n"), format!("mailed/{}.{screen}.approve.", w.person("dora")), format!("mailed/{}.{screen}.refuse.", w.person("dora"))] {
            assert!(read.text.contains(&format!("https://desk.nordet.example/{link}")), "{link}: {}", read.text);
        }
        assert!(read.subject.contains("Écran noir au réveil"), "{}", read.subject);
        assert!(read.text.contains("clôture") || read.text.contains("clore"), "{}", read.text);
    }
}

on_both_engines! {
    async fn the_demonstration_shows_its_mails_and_sends_none_without_a_relay(w) {
        let post = Post { is_demo: true, ..fresh(w).await };
        work(&post).await;
        let captured = only(w).await;
        assert_eq!(captured.state, "captured");
        assert!(captured.raw.is_some());
        let listed = mail::lists_store::list_captured(&mut w.db.read(), None, 10).await.unwrap();
        assert_eq!(listed.len(), 1);
    }
}

on_both_engines! {
    async fn a_link_to_choose_a_password_is_forgotten_once_it_left(w) {
        let post = post(w).await;
        let server = Server::start(&[]).await;
        let post = with_relay(&post, server.port);
        let fay = people::find(&mut w.db.read(), w.person("fay")).await.unwrap();
        let mut tx = w.db.write().await.unwrap();
        people::access::sign_in::send_link(&mut tx, &fay, &post.public_url, w.now(), &post.dice).await.unwrap();
        tx.commit().await.unwrap();
        work(&post).await;
        let sent = only(w).await;
        assert_eq!(sent.state, "sent");
        assert!(sent.raw.is_none() && sent.detail.is_none(), "{sent:?}");
        let read = letter::parse::parse(server.took()[0].as_bytes());
        assert!(read.text.contains("https://desk.nordet.example/login/reset?token="), "{}", read.text);
    }
}

use vigie::people;

on_both_engines! {
    async fn a_demonstration_with_a_relay_sends_like_any_desk(w) {
        let server = Server::start(&[]).await;
        let post = Post { is_demo: true, ..with_relay(&fresh(w).await, server.port) };
        work(&post).await;
        assert_eq!(only(w).await.state, "sent");
        assert_eq!(server.took().len(), 1);
    }
}
