//! kill -9 at random moments while mails come in; afterwards a ledger is compared with the desk.
//!
//! The ledger holds every mail the server acknowledged with `250`. A mail whose acknowledgement never
//! came is sent again, byte for byte, as every real client does; so the desk may meet it twice and
//! must keep it once. Whatever the ledger holds must be found through the API exactly once (IN-20).

use crate::chance::{self, Chance};
use crate::desk::api::Client;
use crate::desk::start::{self, Engine, Place};
use crate::mail::client::{self, Outcome};
use crate::mail::write::{Letter, bytes_of};
use crate::servers::postgres::Postgres;
use crate::servers::process::Running;
use anyhow::{Context, bail};
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How hard to be.
#[derive(clap::Args)]
pub struct Options {
    /// Mails to get through, on each engine
    #[arg(long, default_value_t = 500)]
    mails: usize,
    /// Kills, spread over the mails
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// Repeats a run; without it a seed is made up, and printed
    #[arg(long)]
    seed: Option<u64>,
    /// Only this engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    #[command(flatten)]
    build: start::Build,
}

/// Connections mails come in over at the same time.
const SENDERS: usize = 4;

/// Kills and counts, on both engines.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let seed = match options.seed {
        Some(seed) => seed,
        None => chance::fresh_seed()? >> 16,
    };
    println!("torture: seed {seed}");
    let program = options.build.program().await?;
    for engine in Engine::BOTH {
        if options.engine.is_none_or(|it| it == engine) {
            on(engine, &program, &options, seed)
                .await
                .with_context(|| format!("{}, seed {seed}", engine.name()))?;
        }
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Ledger {
    waiting: Mutex<VecDeque<usize>>,
    accepted: AtomicUsize,
    in_doubt: AtomicUsize,
    refused: Mutex<Vec<String>>,
    done: AtomicBool,
}

impl Ledger {
    fn next(&self) -> Option<usize> {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    }

    fn put_back(&self, mail: usize) {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_front(mail);
    }
}

async fn on(engine: Engine, program: &Path, options: &Options, seed: u64) -> anyhow::Result<()> {
    // Durable: what PostgreSQL acknowledged must not hang on its own shutdown either.
    let postgres = if engine == Engine::Postgres {
        Some(Postgres::start(true).await?)
    } else {
        None
    };
    let place = Place::new(program, engine, postgres.as_ref()).await?;
    let (mut running, desk) = place.demo().await?;
    let token = desk.owner()?.token.clone();
    let before: HashSet<u64> = Client::new(place.web(), &token)
        .ticket_numbers()
        .await?
        .into_iter()
        .collect();

    let ledger = Arc::new(Ledger::default());
    ledger
        .waiting
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .extend(0..options.mails);
    let begin = Instant::now();
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..SENDERS {
        let (ledger, to, seed) = (Arc::clone(&ledger), desk.mail_address.clone(), seed);
        let (smtp, total) = (place.smtp(), options.mails);
        senders.spawn(async move { send_all(&ledger, smtp, &to, seed, total).await });
    }

    let mut chance = Chance::from_seed(seed);
    let mut kills = 0;
    while kills < options.kills {
        // Each kill falls at a random moment after the next share of the mails was accepted, so that
        // all of them fall while mails come in; a few fall into the start itself.
        let share = options.mails * (kills + 1) / (options.kills + 2);
        wait_until_accepted(&ledger, share, &mut running).await?;
        tokio::time::sleep(Duration::from_micros(chance.below(40_000))).await;
        running.kill().await?;
        kills += 1;
        running = restart(&place, &mut chance, &mut kills, options.kills).await?;
    }
    wait_until_accepted(&ledger, options.mails, &mut running).await?;
    ledger.done.store(true, Ordering::Relaxed);
    while let Some(outcome) = senders.join_next().await {
        outcome??;
    }
    let refused = ledger
        .refused
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let took = begin.elapsed();

    let found = count_until_complete(
        &mut Client::new(place.web(), &token),
        &before,
        options.mails,
        seed,
    )
    .await?;
    let lost: Vec<usize> = (0..options.mails)
        .filter(|it| !found.contains_key(it))
        .collect();
    let doubled: Vec<usize> = found
        .iter()
        .filter(|(_, times)| **times > 1)
        .map(|(mail, _)| *mail)
        .collect();
    println!(
        "torture: {}: {} mails accepted, {kills} kills, {} sent again after a cut, {:.1} s; lost {}, doubled {}, refused {}",
        engine.name(),
        ledger.accepted.load(Ordering::Relaxed),
        ledger.in_doubt.load(Ordering::Relaxed),
        took.as_secs_f64(),
        lost.len(),
        doubled.len(),
        refused.len(),
    );
    drop(running);
    if !lost.is_empty() || !doubled.is_empty() {
        bail!("lost {lost:?}, doubled {doubled:?}; refusals met on the way: {refused:?}");
    }
    Ok(())
}

/// Starts the desk again; once in four times it is killed while it starts, too.
async fn restart(
    place: &Place,
    chance: &mut Chance,
    kills: &mut usize,
    limit: usize,
) -> anyhow::Result<Running> {
    loop {
        if *kills < limit && chance.below(4) == 0 {
            let moment = Duration::from_millis(chance.below(300));
            if let Ok(started) = tokio::time::timeout(moment, place.demo()).await {
                let (mut running, _) = started?;
                running.kill().await?;
            }
            *kills += 1;
            continue;
        }
        return Ok(place
            .demo()
            .await
            .context("the desk does not start after a kill")?
            .0);
    }
}

async fn wait_until_accepted(
    ledger: &Ledger,
    wanted: usize,
    running: &mut Running,
) -> anyhow::Result<()> {
    let start = Instant::now();
    while ledger.accepted.load(Ordering::Relaxed) < wanted {
        running.must_be_alive()?;
        if start.elapsed() > Duration::from_secs(120) {
            let refused = ledger
                .refused
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let last = refused.last().cloned().unwrap_or_default();
            let accepted = ledger.accepted.load(Ordering::Relaxed);
            bail!("only {accepted} of {wanted} mails accepted after 120 s; last refusal: {last}");
        }
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    Ok(())
}

async fn send_all(
    ledger: &Ledger,
    smtp: SocketAddr,
    to: &str,
    seed: u64,
    total: usize,
) -> anyhow::Result<()> {
    let mut connection: Option<client::Client> = None;
    while ledger.accepted.load(Ordering::Relaxed) < total && !ledger.done.load(Ordering::Relaxed) {
        let Some(mail) = ledger.next() else {
            tokio::time::sleep(Duration::from_millis(2)).await;
            continue;
        };
        let letter = letter(mail, seed, to);
        let mut open = match connection.take() {
            Some(open) => open,
            None => match client::Client::connect(smtp).await {
                Ok(open) => open,
                // The desk is down at this moment; the mail has not left.
                Err(_) => {
                    ledger.put_back(mail);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    continue;
                }
            },
        };
        match open
            .send(&letter.from, &[to], &bytes_of_fixed(&letter))
            .await
        {
            Ok(Outcome::Accepted) => {
                connection = Some(open);
                ledger.accepted.fetch_add(1, Ordering::Relaxed);
            }
            Ok(Outcome::Refused(code, text)) => {
                ledger
                    .refused
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(format!("{code} {text}"));
                connection = Some(open);
                ledger.put_back(mail);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            // Cut off: the desk may have it or not, so it is sent again.
            Err(_) => {
                ledger.in_doubt.fetch_add(1, Ordering::Relaxed);
                ledger.put_back(mail);
            }
        }
    }
    Ok(())
}

/// A mail that is sent again must be the same to the last byte, its date included.
fn bytes_of_fixed(letter: &Letter) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes_of(letter)).into_owned();
    let lines = text.split("\r\n").filter(|it| !it.starts_with("Date: "));
    lines.collect::<Vec<_>>().join("\r\n").into_bytes()
}

fn token(mail: usize, seed: u64) -> String {
    format!("ledger-{seed}-{mail:05}-end")
}

fn letter(mail: usize, seed: u64, to: &str) -> Letter {
    Letter {
        from: format!("person{}@elsewhere.example", mail % 97),
        from_name: format!("Person {}", mail % 97),
        to: to.to_owned(),
        subject: format!("Mail {mail}, l’écran reste noir"),
        body: format!("Bonjour,\n\nune ligne.\n\n{}\n", token(mail, seed)),
        message_id: format!("{seed}.{mail}@elsewhere.example"),
        ..Letter::default()
    }
}

/// How often each mail is in the desk. Mails are read by jobs after they were accepted, so the count
/// is taken again until nothing is missing, for a minute at most.
async fn count_until_complete(
    api: &mut Client,
    before: &HashSet<u64>,
    mails: usize,
    seed: u64,
) -> anyhow::Result<BTreeMap<usize, usize>> {
    let start = Instant::now();
    let mut last = 0;
    let mut progress = Instant::now();
    loop {
        let new: Vec<u64> = api
            .ticket_numbers()
            .await?
            .into_iter()
            .filter(|it| !before.contains(it))
            .collect();
        if new.len() != last {
            (last, progress) = (new.len(), Instant::now());
        }
        let settled = new.len() >= mails || progress.elapsed() > Duration::from_secs(20);
        if !settled && start.elapsed() < Duration::from_secs(180) {
            tokio::time::sleep(Duration::from_millis(200)).await;
            continue;
        }
        // Doubles may still be on their way when nothing is missing any more.
        tokio::time::sleep(Duration::from_secs(2)).await;
        return count(api, before, seed).await;
    }
}

async fn count(
    api: &mut Client,
    before: &HashSet<u64>,
    seed: u64,
) -> anyhow::Result<BTreeMap<usize, usize>> {
    let mut found = BTreeMap::new();
    let (start, end) = (format!("ledger-{seed}-"), "-end");
    for number in api
        .ticket_numbers()
        .await?
        .into_iter()
        .filter(|it| !before.contains(it))
    {
        let mut texts: Vec<String> = Vec::new();
        for comment in api
            .all(&format!("/api/v1/tickets/{number}/comments"))
            .await?
        {
            texts.push(comment.to_string());
        }
        if !texts.iter().any(|it| it.contains(&start)) {
            texts.push(
                api.get(&format!("/api/v1/tickets/{number}"))
                    .await?
                    .to_string(),
            );
        }
        for text in texts {
            let mut here = HashSet::new();
            for piece in text.split(&start).skip(1) {
                let mail = piece
                    .split_once(end)
                    .and_then(|(mail, _)| mail.parse::<usize>().ok());
                here.extend(mail);
            }
            // Text and HTML of one comment may both hold the token: a comment counts once.
            for mail in here {
                *found.entry(mail).or_insert(0) += 1;
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{bytes_of_fixed, letter};

    #[test]
    fn a_mail_in_doubt_is_the_same_and_another_mail_is_another() {
        assert_eq!(
            bytes_of_fixed(&letter(4, 9, "a@b.example")),
            bytes_of_fixed(&letter(4, 9, "a@b.example"))
        );
        assert_ne!(
            bytes_of_fixed(&letter(4, 9, "a@b.example")),
            bytes_of_fixed(&letter(5, 9, "a@b.example"))
        );
    }
}
