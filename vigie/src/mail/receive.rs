//! The door by which letters come: SMTP and LMTP for a relay in front, or for trying things out.
//!
//! A letter is answered `250` only after the transaction that keeps it has been committed
//! ([`super::spool`]), so a sender that hears `250` may forget it and one that does not will send
//! it again: the second time it is found to be there already.
//!
//! Deliberately absent: TLS, authentication and relaying. Only addresses of active channels are
//! known here; whoever faces the internet puts a mail server in front.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kit::db::Db;
use letter::crossing::is_clean;
use smtp_proto::{Error as Misspelt, Request};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use super::identity::look::Peer;
use super::spool::{Delivery, Spool};
use super::store::{self, ChannelId, Source};
use super::wire::{Content, Ended, Wire, too_large};

/// What one connection, and all of them together, may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once; one more is told to come back.
    pub connections: usize,
    /// The largest letter, in bytes.
    pub most_bytes: usize,
    /// Bytes of letters in memory at once, over all connections, waiting to be kept.
    pub bytes_at_once: usize,
    /// How long nothing may come before the connection is closed.
    pub silence: Duration,
    /// How long one letter may take to arrive.
    pub letter: Duration,
    /// Wrong commands before the connection is closed.
    pub mistakes: u32,
    /// Recipients of one letter.
    pub recipients: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 64,
            most_bytes: letter::MOST_BYTES,
            bytes_at_once: 128 * 1024 * 1024,
            silence: Duration::from_secs(120),
            letter: Duration::from_secs(600),
            mistakes: 20,
            recipients: 100,
        }
    }
}

/// Everything a connection needs.
#[derive(Debug)]
pub struct Reception {
    /// Where channels are looked up.
    pub db: Db,
    /// Where letters are kept.
    pub spool: Spool,
    /// The name of this desk in greetings.
    pub name: String,
    /// The desk's own address, which takes letters from the first day.
    pub own_address: Option<String>,
    /// What it may cost.
    pub limits: Limits,
    /// What tells who wrote a letter.
    pub trust: Trust,
}

/// What tells at this door who wrote a letter.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The servers in front whose findings are believed, between spaces.
    pub receivers: String,
    /// Letters come straight from their senders: who brings one is kept with it.
    pub is_first: bool,
}

/// Listens until `stop` turns true, then waits for letters that are already being kept.
pub async fn serve(
    listener: TcpListener,
    reception: Arc<Reception>,
    mut stop: watch::Receiver<bool>,
) {
    let seats = Arc::new(Semaphore::new(reception.limits.connections));
    let room = Arc::new(Semaphore::new(
        reception.limits.bytes_at_once / Content::PIECE,
    ));
    let mut connections = tokio::task::JoinSet::new();
    while !*stop.borrow() {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "mail reception cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            _ = stop.changed() => continue,
            Some(_) = connections.join_next() => continue,
        };
        // Small answers must not wait for more.
        let _ = stream.set_nodelay(true);
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
            connections.spawn(turn_away(stream, reception.name.clone()));
            continue;
        };
        let dialogue = Dialogue {
            wire: Wire::new(stream, reception.limits.silence),
            reception: Arc::clone(&reception),
            room: Arc::clone(&room),
            stop: stop.clone(),
            greeted: None,
            peer: Peer::at(peer.ip()),
            letter: None,
            mistakes: 0,
        };
        connections.spawn(async move {
            dialogue.run().await;
            drop(seat);
        });
    }
    while connections.join_next().await.is_some() {}
}

async fn turn_away(stream: TcpStream, name: String) {
    let mut wire = Wire::new(stream, Duration::from_secs(5));
    wire.say(&format!("421 4.3.2 {name} too many connections, try again"));
    wire.leave().await;
}

/// How the other side introduced itself: LMTP wants one answer per recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Greeting {
    Smtp,
    Lmtp,
}

/// A letter being announced.
#[derive(Debug, Default)]
struct Announced {
    from: String,
    /// Recipients as given, each with its channel.
    to: Vec<(String, ChannelId)>,
}

struct Dialogue {
    wire: Wire,
    reception: Arc<Reception>,
    room: Arc<Semaphore>,
    stop: watch::Receiver<bool>,
    greeted: Option<Greeting>,
    peer: Peer,
    letter: Option<Announced>,
    mistakes: u32,
}

/// Whether the conversation goes on.
enum Next {
    Go,
    Leave,
}

impl Dialogue {
    async fn run(mut self) {
        let greeting = format!("220 {} Vigie ESMTP", self.reception.name);
        self.wire.say(&greeting);
        loop {
            let line = tokio::select! {
                line = self.wire.line() => line,
                _ = self.stop.changed() => Err(Ended::Stopped),
            };
            let next = match line {
                Ok(line) => self.hear(&line).await,
                Err(Ended::Gone) => return,
                Err(why) => {
                    self.wire.say(why.answer());
                    Next::Leave
                }
            };
            if let Next::Leave = next {
                self.wire.leave().await;
                return;
            }
            if self.mistakes >= self.reception.limits.mistakes {
                self.wire.say("421 4.7.0 too many mistakes");
                self.wire.leave().await;
                return;
            }
        }
    }

    fn mistake(&mut self, answer: &str) -> Next {
        self.mistakes += 1;
        self.wire.say(answer);
        Next::Go
    }

    async fn hear(&mut self, line: &[u8]) -> Next {
        let mut bytes = line.iter();
        let request = match Request::parse(&mut bytes) {
            Ok(request) => request.into_owned(),
            Err(error) => return self.mistake(misspelt(&error)),
        };
        match request {
            Request::Ehlo { host } => self.greet(Greeting::Smtp, true, host),
            Request::Lhlo { host } => self.greet(Greeting::Lmtp, true, host),
            Request::Helo { host } => self.greet(Greeting::Smtp, false, host),
            Request::Mail { from } => self.mail(from),
            Request::Rcpt { to } => self.recipient(&to.address).await,
            Request::Data => self.data().await,
            Request::Rset => {
                self.letter = None;
                self.wire.say("250 2.0.0 forgotten");
                Next::Go
            }
            Request::Noop { .. } => {
                self.wire.say("250 2.0.0 still here");
                Next::Go
            }
            Request::Vrfy { .. } => {
                self.wire.say("252 2.5.0 send it and see");
                Next::Go
            }
            Request::Help { .. } => {
                self.wire.say("214 2.0.0 see RFC 5321");
                Next::Go
            }
            Request::Quit => {
                self.wire.say("221 2.0.0 goodbye");
                Next::Leave
            }
            // Its content follows at once and would be read as commands.
            Request::Bdat { .. } | Request::Burl { .. } => {
                self.wire.say("502 5.5.1 not offered here");
                Next::Leave
            }
            _ => self.mistake("502 5.5.1 not offered here"),
        }
    }

    fn greet(&mut self, greeting: Greeting, extended: bool, name: String) -> Next {
        // RFC 2920: nothing may stand behind a greeting before it is answered.
        if self.wire.has_more() {
            self.wire.say("503 5.5.1 wait for the answer");
            return Next::Leave;
        }
        self.greeted = Some(greeting);
        self.peer.name = name;
        self.letter = None;
        let name = &self.reception.name;
        if extended {
            let size = self.reception.limits.most_bytes;
            let offered = format!(
                "250-{name}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES"
            );
            self.wire.say(&offered);
        } else {
            let answer = format!("250 {name}");
            self.wire.say(&answer);
        }
        Next::Go
    }

    /// What may tell who wrote a letter of this conversation. LMTP is spoken by servers that took it before us.
    fn source(&self) -> Source {
        let trust = &self.reception.trust;
        let is_first = trust.is_first && self.greeted == Some(Greeting::Smtp);
        Source {
            receivers: trust.receivers.clone(),
            peer: match is_first {
                true => self.peer.written(),
                false => String::new(),
            },
        }
    }

    fn mail(&mut self, from: smtp_proto::MailFrom<String>) -> Next {
        if self.greeted.is_none() {
            return self.mistake("503 5.5.1 say EHLO first");
        }
        if self.letter.is_some() {
            return self.mistake("503 5.5.1 one letter at a time");
        }
        if from.size > self.reception.limits.most_bytes {
            return self.mistake(&too_large(self.reception.limits.most_bytes));
        }
        if !is_clean(&from.address) {
            return self.mistake(misspelt(&Misspelt::InvalidSenderAddress));
        }
        self.letter = Some(Announced {
            from: from.address,
            to: vec![],
        });
        self.wire.say("250 2.1.0 go on");
        Next::Go
    }

    async fn recipient(&mut self, address: &str) -> Next {
        let Some(letter) = &mut self.letter else {
            return self.mistake("503 5.5.1 say MAIL first");
        };
        if letter.to.len() >= self.reception.limits.recipients {
            self.wire.say("452 4.5.3 too many recipients");
            return Next::Go;
        }
        // Recipients are kept between spaces.
        if !is_clean(address) || address.contains(' ') {
            return self.mistake(misspelt(&Misspelt::InvalidRecipientAddress));
        }
        let own = self.reception.own_address.as_deref();
        match store::channel_or_first(&self.reception.db, address, own).await {
            Ok(Some(channel)) => {
                letter.to.push((address.to_owned(), channel));
                self.wire.say("250 2.1.5 known here");
                Next::Go
            }
            Ok(None) => self.mistake("550 5.1.1 nobody of that name here"),
            Err(error) => {
                tracing::error!(%error, "mail reception cannot look up a channel");
                self.wire.say("451 4.3.0 try again later");
                Next::Go
            }
        }
    }

    async fn data(&mut self) -> Next {
        let Some(letter) = self.letter.take_if(|letter| !letter.to.is_empty()) else {
            return self.mistake("503 5.5.1 say MAIL and RCPT first");
        };
        // RFC 2920: a sender that goes on talking before 354 does not wait for our consent; what it
        // sends could be taken for a letter or for commands.
        if self.wire.has_more() {
            self.wire.say("503 5.5.1 wait for the answer");
            return Next::Leave;
        }
        let arriving = self.reception.spool.expect_one();
        self.wire
            .say("354 go ahead, end with a dot on a line of its own");
        let most = self.reception.limits.most_bytes;
        let mut content = Content::new(most, Arc::clone(&self.room));
        let limit = self.reception.limits.letter;
        let arrived = tokio::time::timeout(limit, self.wire.content(&mut content)).await;
        match arrived {
            Ok(Ok(())) => {}
            Ok(Err(Ended::Gone)) => return Next::Leave,
            Ok(Err(why)) => {
                self.wire.say(why.answer());
                return Next::Leave;
            }
            Err(_) => {
                self.wire.say(Ended::Silent.answer());
                return Next::Leave;
            }
        }
        let answer = match content.into_bytes() {
            Err(refusal) => refusal,
            Ok(raw) => {
                let mut targets: BTreeMap<ChannelId, String> = BTreeMap::new();
                for (address, channel) in &letter.to {
                    let known = targets.entry(*channel).or_default();
                    if !known.is_empty() {
                        known.push(' ');
                    }
                    known.push_str(address);
                }
                let delivery = Delivery {
                    raw,
                    envelope_from: letter.from,
                    targets,
                    source: self.source(),
                };
                match self.reception.spool.keep(delivery).await {
                    Ok(()) => "250 2.6.0 kept".to_owned(),
                    Err(_) => "451 4.3.0 not kept, try again later".to_owned(),
                }
            }
        };
        drop(arriving);
        let answers = match self.greeted {
            Some(Greeting::Lmtp) => letter.to.len(),
            _ => 1,
        };
        for _ in 0..answers {
            self.wire.say(&answer);
        }
        Next::Go
    }
}

fn misspelt(error: &Misspelt) -> &'static str {
    match error {
        Misspelt::UnknownCommand => "500 5.5.2 unknown command",
        Misspelt::InvalidSenderAddress => "501 5.1.7 not an address",
        Misspelt::InvalidRecipientAddress => "501 5.1.3 not an address",
        Misspelt::InvalidParameter { .. } => "501 5.5.4 wrong parameter",
        Misspelt::UnsupportedParameter { .. } => "555 5.5.4 unknown parameter",
        _ => "501 5.5.2 wrong command",
    }
}
