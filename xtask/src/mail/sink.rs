//! A real SMTP server on loopback that keeps what it gets, and can be told to refuse or to hang up.

use anyhow::bail;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A mail as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// The envelope's sender; empty for a bounce.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The mail, dots removed, with CRLF.
    pub bytes: Vec<u8>,
}

/// A step of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The greeting.
    Connect,
    /// `MAIL FROM`.
    From,
    /// `RCPT TO`.
    Recipient,
    /// `DATA`.
    Data,
    /// After the last dot.
    End,
}

/// What the server does at a stage instead of going on.
#[derive(Clone, Copy, Debug)]
pub enum Failure {
    /// A temporary refusal, `451`.
    Later,
    /// The connection is closed; after the last dot the mail is kept all the same, as when an
    /// acknowledgement is lost.
    HangUp,
}

#[derive(Debug, Default)]
struct State {
    failed: AtomicUsize,
    mails: Mutex<Vec<Received>>,
    failure: Mutex<Option<(Stage, Failure)>>,
    arrived: Notify,
}

/// The server; it stops listening when it is dropped.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

impl Sink {
    /// Listens on a spare loopback port.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    // A client that goes away in the middle is its own business.
                    let _ = converse(stream, &state).await;
                });
            }
        });
        Ok(Self {
            address,
            state,
            task,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on, fails at this stage; `None` to work again.
    pub fn fail(&self, failure: Option<(Stage, Failure)>) {
        *lock(&self.state.failure) = failure;
    }

    /// How often it did fail because it was told to.
    pub fn failed(&self) -> usize {
        self.state.failed.load(Ordering::Relaxed)
    }

    /// What came so far, oldest first.
    pub fn mails(&self) -> Vec<Received> {
        lock(&self.state.mails).clone()
    }

    /// Waits for a mail that `wanted` accepts, among those that came and those that will.
    pub async fn wait_for(
        &self,
        patience: Duration,
        wanted: impl Fn(&Received) -> bool,
    ) -> anyhow::Result<Received> {
        let start = Instant::now();
        loop {
            let arrived = self.state.arrived.notified();
            if let Some(it) = lock(&self.state.mails).iter().find(|it| wanted(it)) {
                return Ok(it.clone());
            }
            let left = patience.saturating_sub(start.elapsed());
            if left.is_zero() || tokio::time::timeout(left, arrived).await.is_err() {
                let came: Vec<String> = self
                    .mails()
                    .iter()
                    .map(|it| format!("from <{}> to {}", it.from, it.to.join(", ")))
                    .collect();
                bail!(
                    "no such mail left within {patience:?}; those that left: [{}]",
                    came.join("; ")
                );
            }
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn converse(stream: TcpStream, state: &State) -> anyhow::Result<()> {
    let mut stream = BufReader::new(stream);
    if fails(&mut stream, state, Stage::Connect).await? {
        return Ok(());
    }
    say(&mut stream, "220 sink.example ESMTP").await?;
    let (mut from, mut to) = (None, Vec::new());
    loop {
        let Some(line) = line_of(&mut stream).await? else {
            return Ok(());
        };
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let word = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match word.as_str() {
            "EHLO" => {
                say(
                    &mut stream,
                    "250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 52428800",
                )
                .await?
            }
            "HELO" | "NOOP" => say(&mut stream, "250 sink.example").await?,
            "RSET" => {
                (from, to) = (None, Vec::new());
                say(&mut stream, "250 forgotten").await?;
            }
            "MAIL" => {
                if !fails(&mut stream, state, Stage::From).await? {
                    from = Some(address_in(&line));
                    say(&mut stream, "250 sender ok").await?;
                }
            }
            "RCPT" if from.is_some() => {
                if !fails(&mut stream, state, Stage::Recipient).await? {
                    to.push(address_in(&line));
                    say(&mut stream, "250 recipient ok").await?;
                }
            }
            "DATA" if !to.is_empty() => {
                if fails(&mut stream, state, Stage::Data).await? {
                    continue;
                }
                say(&mut stream, "354 go on").await?;
                let Some(bytes) = data_of(&mut stream).await? else {
                    return Ok(());
                };
                let mail = Received {
                    from: from.take().unwrap_or_default(),
                    to: std::mem::take(&mut to),
                    bytes,
                };
                finish(&mut stream, state, mail).await?;
            }
            "QUIT" => {
                say(&mut stream, "221 goodbye").await?;
                return Ok(());
            }
            "RCPT" | "DATA" => say(&mut stream, "503 out of order").await?,
            _ => say(&mut stream, "500 unknown").await?,
        }
    }
}

async fn finish(
    stream: &mut BufReader<TcpStream>,
    state: &State,
    mail: Received,
) -> anyhow::Result<()> {
    let failure = *lock(&state.failure);
    let kept = !matches!(failure, Some((Stage::End, Failure::Later)));
    if kept {
        lock(&state.mails).push(mail);
        state.arrived.notify_waiters();
    }
    if !fails(stream, state, Stage::End).await? {
        say(stream, "250 kept").await?;
    }
    Ok(())
}

/// Whether the server was told to fail at `stage`; then it has done so.
async fn fails(
    stream: &mut BufReader<TcpStream>,
    state: &State,
    stage: Stage,
) -> anyhow::Result<bool> {
    let failure = *lock(&state.failure);
    match failure {
        Some((at, failure)) if at == stage => {
            state.failed.fetch_add(1, Ordering::Relaxed);
            match failure {
                Failure::Later => say(stream, "451 4.3.0 later").await?,
                Failure::HangUp => bail!("told to hang up"),
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str) -> anyhow::Result<()> {
    stream
        .get_mut()
        .write_all(format!("{text}\r\n").as_bytes())
        .await?;
    Ok(())
}

async fn line_of(stream: &mut BufReader<TcpStream>) -> anyhow::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    Ok((stream.read_until(b'\n', &mut line).await? > 0).then_some(line))
}

async fn data_of(stream: &mut BufReader<TcpStream>) -> anyhow::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(line) = line_of(stream).await? {
        if line == b".\r\n" {
            return Ok(Some(bytes));
        }
        let line = if line.starts_with(b".") {
            &line[1..]
        } else {
            &line[..]
        };
        bytes.extend_from_slice(line);
    }
    Ok(None)
}

fn address_in(command: &str) -> String {
    let inner = command
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Failure, Sink, Stage};
    use crate::mail::client::{Client, Outcome};
    use std::time::Duration;

    const MAIL: &[u8] = "Subject: Été\r\n\r\n.a line with a dot\r\n..\r\nend\r\n".as_bytes();

    #[tokio::test]
    async fn a_mail_arrives_byte_for_byte_with_its_envelope() {
        let sink = Sink::start().await.expect("listens");
        let mut client = Client::connect(sink.address()).await.expect("greeted");
        for _ in 0..2 {
            let outcome = client
                .send("a@example.org", &["b@example.org", "c@example.org"], MAIL)
                .await;
            assert_eq!(outcome.expect("answered"), Outcome::Accepted);
        }
        client.quit().await.expect("said goodbye");
        let mails = sink.mails();
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].bytes, MAIL);
        assert_eq!(
            (mails[0].from.as_str(), mails[0].to.len()),
            ("a@example.org", 2)
        );
    }

    #[tokio::test]
    async fn a_server_told_to_fail_refuses_at_every_stage_and_works_again_afterwards() {
        let sink = Sink::start().await.expect("listens");
        let mut client = Client::connect(sink.address()).await.expect("greeted");
        for stage in [Stage::From, Stage::Recipient, Stage::Data, Stage::End] {
            sink.fail(Some((stage, Failure::Later)));
            let outcome = client
                .send("a@example.org", &["b@example.org"], MAIL)
                .await
                .expect("answered");
            assert!(
                matches!(outcome, Outcome::Refused(it, _) if it == 451),
                "{stage:?}: {outcome:?}"
            );
        }
        assert!(sink.mails().is_empty());
        assert_eq!(sink.failed(), 4);
        sink.fail(None);
        assert_eq!(
            client
                .send("a@example.org", &["b@example.org"], MAIL)
                .await
                .expect("answered"),
            Outcome::Accepted
        );
    }

    #[tokio::test]
    async fn a_lost_acknowledgement_leaves_the_mail_with_the_server_and_the_client_in_doubt() {
        let sink = Sink::start().await.expect("listens");
        sink.fail(Some((Stage::End, Failure::HangUp)));
        let mut client = Client::connect(sink.address()).await.expect("greeted");
        assert!(
            client
                .send("a@example.org", &["b@example.org"], MAIL)
                .await
                .is_err()
        );
        assert_eq!(sink.mails().len(), 1);
    }

    #[tokio::test]
    async fn waiting_for_a_mail_ends_when_it_comes_and_fails_when_it_does_not() {
        let sink = Sink::start().await.expect("listens");
        let address = sink.address();
        tokio::spawn(async move {
            let mut client = Client::connect(address).await.expect("greeted");
            client.send("a@example.org", &["b@example.org"], MAIL).await
        });
        let found = sink
            .wait_for(Duration::from_secs(10), |it| it.to == ["b@example.org"])
            .await;
        assert_eq!(found.expect("arrived").from, "a@example.org");
        let missing = sink
            .wait_for(Duration::from_millis(20), |it| it.to.is_empty())
            .await;
        assert!(
            missing
                .expect_err("never comes")
                .to_string()
                .contains("to b@example.org")
        );
    }
}
