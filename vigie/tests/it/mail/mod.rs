//! The post: reception, reading, announcing, sending.

mod as_sent;
mod bare;
mod copied;
mod daily;
mod damage;
mod damaged;
mod deeds;
mod filters;
mod fixtures;
mod garbled;
mod hearing;
mod in_order;
mod intake;
mod keeping;
mod loops;
mod mailboxes;
mod monitoring;
mod monitoring_mailbox;
mod odd;
pub mod outgoing;
mod pace;
mod proof;
mod protected_relay;
mod reception;
mod reports;
mod signing;
mod storm;
mod suppression;
mod who_wrote;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use kit::db::Ask;
use kit::ids::Dice;
use kit::jobs;
use kit::{global, record, system};
use letter::thread::{self, ThreadKey};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use vigie::files::Files;
use vigie::mail::post::Post;
use vigie::mail::receive::{self, Limits, Reception, Trust};
use vigie::mail::relay::Relay;
use vigie::mail::spool::Spool;
use vigie::mail::{self, lists_store, store};
use vigie::tickets::TicketId;
use words::language::Language;

use crate::world::World;

pub const KEY: [u8; 32] = [7; 32];
pub const BLUE: &str = "help@nordet.example";
pub const RED: &str = "payroll@nordet.example";

/// A post with two channels, `help@` for Blue and `payroll@` for Red, and no relay.
pub async fn post(w: &World) -> Post {
    let folder = std::env::temp_dir().join(format!("vigie-it-{}-files", std::process::id()));
    let mut tx = w.db.write().await.unwrap();
    for (address, department) in [(BLUE, "Blue"), (RED, "Red")] {
        tx.run(global!(
            "INSERT INTO channels (address, name, category_id, is_active) \
             SELECT $1, $2, default_category_id, TRUE FROM departments WHERE name = $2",
            address,
            department
        ))
        .await
        .unwrap();
    }
    // What the world was furnished with was announced to nobody.
    tx.run(global!("DELETE FROM jobs")).await.unwrap();
    tx.commit().await.unwrap();
    Post {
        db: w.db.clone(),
        clock: w.clock.clone(),
        dice: Dice::seeded(1),
        files: Files::in_folder(&folder).unwrap(),
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

pub fn with_relay(post: &Post, port: u16) -> Post {
    let relay = Relay::at(&format!("smtp://127.0.0.1:{port}?tls=none"), "desk").unwrap();
    Post {
        relay: Some(Arc::new(relay.with_patience(Duration::from_millis(700)))),
        ..post.clone()
    }
}

/// Runs every job that is due now, and those they cause.
pub async fn work(post: &Post) {
    let run = |job: jobs::Claimed| async move { mail::run(post, &job).await };
    while jobs::run_due(&post.db, &post.clock, &post.dice, &run)
        .await
        .unwrap()
        > 0
    {}
}

/// Keeps a letter as reception does, without a connection.
pub async fn deliver(post: &Post, to: &str, raw: &str) -> i64 {
    deliver_from(post, "sender@example.org", to, raw.as_bytes()).await
}

pub async fn deliver_from(post: &Post, envelope_from: &str, to: &str, raw: &[u8]) -> i64 {
    deliver_with(post, &store::Source::default(), envelope_from, to, raw).await
}

/// Keeps a letter of which something may tell who wrote it.
pub async fn deliver_with(
    post: &Post,
    source: &store::Source,
    envelope_from: &str,
    to: &str,
    raw: &[u8],
) -> i64 {
    let mut tx = post.db.write().await.unwrap();
    let channel = store::channel_at(&mut tx, to).await.unwrap().unwrap();
    let digest = blake3::hash(raw).to_hex().to_string();
    let letter = store::NewIncoming {
        left_bytes: None,
        channel,
        digest: &digest,
        raw,
        envelope_from,
        envelope_to: to,
        source,
    };
    let kept = store::keep(&mut tx, &letter, post.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    kept.map_or(0, |id| id.0)
}

/// A plain letter.
pub fn letter(from: &str, to: &str, subject: &str, extra: &str, body: &str) -> String {
    let body = body.replace('\n', "\r\n");
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 12:00:00 +0100\r\n{extra}\r\n{body}\r\n"
    )
}

/// The address by which this person answers about this ticket.
pub fn token(w: &World, ticket: TicketId, person: &str) -> String {
    thread::plus_address(&ThreadKey::new(KEY), ticket.0, w.person(person).0, BLUE)
}

record! {
    /// A letter as it ended.
    #[derive(Debug)]
    pub struct Ended {
        pub state: String,
        pub reason: Option<String>,
        pub ticket_id: Option<i64>,
    }
}

pub async fn ended(w: &World, id: i64) -> Ended {
    w.db.read()
        .one(system!(
            because = "a test looks at the table itself",
            "SELECT state, reason, ticket_id FROM incoming_mails WHERE id = $1",
            id
        ))
        .await
        .unwrap()
}

record! {
    /// A comment as it stands.
    #[derive(Debug)]
    pub struct Stands {
        pub author: String,
        pub audience: String,
        pub hat: String,
        pub body: String,
        pub html: String,
        pub quoted: Option<String>,
    }
}

pub async fn comments(w: &World, ticket: i64) -> Vec<Stands> {
    w.db.read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT p.email AS author, c.audience, c.hat, c.body, c.html, c.quoted FROM comments c \
             JOIN people p ON p.id = c.author_id WHERE c.ticket_id = $1 ORDER BY c.id",
            ticket
        ))
        .await
        .unwrap()
}

record! {
    /// A mail going out as it stands.
    #[derive(Debug)]
    pub struct Going {
        pub id: i64,
        pub address: String,
        pub purpose: String,
        pub state: String,
        pub attempts: i64,
        pub message_id: String,
        pub subject: Option<String>,
        pub last_error: Option<String>,
        pub raw: Option<Vec<u8>>,
        pub detail: Option<String>,
    }
}

pub async fn outbox(w: &World) -> Vec<Going> {
    w.db.read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT id, address, purpose, state, attempts, message_id, subject, last_error, raw, detail FROM outgoing_mails ORDER BY id"
        ))
        .await
        .unwrap()
}

/// To whom mails are going out, each with what for.
pub async fn told(w: &World) -> Vec<String> {
    let mut told: Vec<String> = outbox(w)
        .await
        .iter()
        .map(|m| {
            format!(
                "{} {}",
                m.address.split('@').next().unwrap_or(""),
                m.purpose
            )
        })
        .collect();
    told.sort();
    told
}

record! { struct Count { n: i64 } }

pub async fn count(w: &World, of: &str) -> i64 {
    let query = match of {
        "tickets" => system!(
            because = "a test counts",
            "SELECT COUNT(*) AS n FROM tickets"
        ),
        "comments" => system!(
            because = "a test counts",
            "SELECT COUNT(*) AS n FROM comments"
        ),
        "incoming" => system!(
            because = "a test counts",
            "SELECT COUNT(*) AS n FROM incoming_mails"
        ),
        "outgoing" => system!(
            because = "a test counts",
            "SELECT COUNT(*) AS n FROM outgoing_mails"
        ),
        "people" => global!("SELECT COUNT(*) AS n FROM people"),
        "read jobs" => global!("SELECT COUNT(*) AS n FROM jobs WHERE kind = 'read_mail'"),
        "jobs" => global!("SELECT COUNT(*) AS n FROM jobs"),
        other => panic!("nothing counts {other}"),
    };
    let count: Count = w.db.read().one(query).await.unwrap();
    count.n
}

/// A running reception.
pub struct Door {
    pub port: u16,
    pub stop: watch::Sender<bool>,
    pub task: tokio::task::JoinHandle<()>,
}

pub async fn open_door(post: &Post, limits: Limits) -> Door {
    open_door_that(post, limits, Trust::default()).await
}

pub async fn open_door_that(post: &Post, limits: Limits, trust: Trust) -> Door {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = watch::channel(false);
    let reception = Arc::new(Reception {
        db: post.db.clone(),
        spool: Spool::start(post.db.clone(), post.clock.clone()),
        name: "desk.nordet.example".to_owned(),
        own_address: post.mail_from.clone(),
        limits,
        trust,
    });
    let task = tokio::spawn(receive::serve(listener, reception, stopped));
    Door { port, stop, task }
}

/// Somebody at the door.
pub struct Caller {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Caller {
    pub async fn to(door: &Door) -> Caller {
        let stream = TcpStream::connect(("127.0.0.1", door.port)).await.unwrap();
        let mut caller = Caller {
            stream,
            heard: vec![],
        };
        let greeting = caller.hear().await;
        assert!(
            greeting.starts_with("220") || greeting.starts_with("421"),
            "{greeting}"
        );
        caller
    }

    pub async fn say(&mut self, bytes: &str) {
        self.stream.write_all(bytes.as_bytes()).await.unwrap();
    }

    /// The next whole answer; empty when the door is closed.
    pub async fn hear(&mut self) -> String {
        loop {
            let mut at = 0;
            while let Some(length) = self.heard[at..].windows(2).position(|w| w == b"\r\n") {
                let is_last = self.heard.get(at + 3) != Some(&b'-');
                at += length + 2;
                if is_last {
                    let answer: Vec<u8> = self.heard.drain(..at).collect();
                    return String::from_utf8(answer).unwrap().trim_end().to_owned();
                }
            }
            let mut piece = [0u8; 4096];
            match self.stream.read(&mut piece).await {
                Ok(0) | Err(_) => return String::new(),
                Ok(n) => self.heard.extend_from_slice(&piece[..n]),
            }
        }
    }

    pub async fn ask(&mut self, line: &str) -> String {
        self.say(&format!("{line}\r\n")).await;
        self.hear().await
    }

    /// Greets and announces a letter up to `354`.
    pub async fn announce(&mut self, to: &[&str]) {
        assert!(self.ask("EHLO sender.example.org").await.starts_with("250"));
        assert!(
            self.ask("MAIL FROM:<sender@example.org>")
                .await
                .starts_with("250")
        );
        for to in to {
            let answer = self.ask(&format!("RCPT TO:<{to}>")).await;
            assert!(answer.starts_with("250"), "{answer}");
        }
        assert!(self.ask("DATA").await.starts_with("354"));
    }
}
