//! kill -9 at random moments while letters are fetched from a real Dovecot: each becomes one ticket, whole, and its
//! original is treated as its mailbox says, once the letter is kept and not before (IN-01).
//!
//! Whoever held a mailbox when it was killed holds it until the lease runs out: half a minute after each kill, which is
//! why they are few. Each falls while several mailboxes are fetched at once.

use super::Common;
use super::found::{self, Before};
use super::letters::{fixed, letter};
use crate::chance::Chance;
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::servers::dovecot::{Dovecot, Human, PASSWORD};
use crate::servers::postgres::Postgres;
use crate::servers::process::Running;
use anyhow::{Context, bail};
use serde_json::json;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Kills, each while letters of a round are fetched.
const KILLS: usize = 6;
/// Letters of each mailbox in each round.
const LETTERS: usize = 150;
/// The mailboxes, and what becomes of originals in each.
const MAILBOXES: [(&str, &str); 3] = [("read", "mark_read"), ("moved", "move"), ("gone", "delete")];
/// How long fetching may rest: a lease runs out, somebody looks for mailboxes, and a failure has its pause.
const PATIENCE: Duration = Duration::from_secs(120);

/// Kills and counts, on one engine.
pub async fn run(engine: Engine, common: &Common<'_>) -> anyhow::Result<()> {
    let postgres = match engine {
        Engine::Postgres => Some(Postgres::start(true).await?),
        Engine::Sqlite => None,
    };
    let dovecot = Dovecot::start().await?;
    let place = Place::new(common.program, engine, postgres.as_ref()).await?;
    let (mut running, desk) = place.demo().await?;
    // A demonstration fetches nothing from anywhere: the same desk is served as any other.
    running.kill().await?;
    let (mut running, _) = place.serve().await?;
    let token = desk.owner()?.token.clone();
    let mut api = Client::new(place.web(), &token);
    let quiet = Quiet::make(&mut api).await?;
    let before = Before::of(&mut api).await?;
    let mut humans = Vec::new();
    for (login, afterwards) in MAILBOXES {
        let mut human = dovecot.human(login).await?;
        human.does("CREATE Done").await?;
        humans.push(human);
        let mut mailbox = json!({
            "name": login, "host": "127.0.0.1", "port": dovecot.address().port(), "protection": "none",
            "login": login, "password": PASSWORD, "channel": quiet.channel,
            "afterwards": afterwards, "begins": "everything",
        });
        if afterwards == "move" {
            mailbox["move_to"] = "Done".into();
        }
        api.post("/api/v1/mailboxes", &mailbox).await?;
    }
    let begin = Instant::now();
    let mut chance = Chance::from_seed(common.seed);
    let (mut put, mut kills) = (0, 0);
    while kills < KILLS {
        let taken = taken(&mut Client::new(place.web(), &token)).await?;
        for _ in 0..LETTERS {
            for human in &mut humans {
                human
                    .puts("INBOX", &fixed(&letter(put, common.seed, &quiet.address)))
                    .await?;
                put += 1;
            }
        }
        let share = chance.below(u64::try_from(LETTERS * MAILBOXES.len() / 2)?);
        wait_until_taken(&place, &token, taken + share, &mut running).await?;
        tokio::time::sleep(Duration::from_micros(chance.below(100_000))).await;
        running.kill().await?;
        kills += 1;
        running = place.serve().await?.0;
    }
    wait_until_taken(&place, &token, u64::try_from(put)?, &mut running).await?;
    let fetched = begin.elapsed();
    let mut api = Client::new(place.web(), &token);
    let found = found::look(&mut api, &before, (put, common.seed), (10, &HashSet::new())).await?;
    let there = originals(&mut humans, put / MAILBOXES.len()).await?;
    println!(
        "torture: {}: {put} letters fetched from {} mailboxes in {:.1} s, {kills} kills; {found}; originals: {there}",
        engine.name(),
        MAILBOXES.len(),
        fetched.as_secs_f64(),
    );
    found.must_be_exact().with_context(|| running.complaints())
}

/// How many letters the desk says it fetched.
async fn taken(api: &mut Client) -> anyhow::Result<u64> {
    let mailboxes = api.get("/api/v1/mailboxes").await?;
    let mailboxes = mailboxes["items"].as_array().context("no mailboxes")?;
    Ok(mailboxes.iter().filter_map(|it| it["taken"].as_u64()).sum())
}

async fn wait_until_taken(
    place: &Place,
    token: &str,
    wanted: u64,
    running: &mut Running,
) -> anyhow::Result<()> {
    let mut api = Client::new(place.web(), token);
    let (mut since, mut last) = (Instant::now(), 0);
    loop {
        running.must_be_alive()?;
        let now = taken(&mut api).await?;
        if now > last {
            (since, last) = (Instant::now(), now);
        }
        if now >= wanted {
            return Ok(());
        }
        if since.elapsed() > PATIENCE {
            let said = api.get("/api/v1/mailboxes").await?;
            bail!(
                "{now} of {wanted} letters fetched, none for {PATIENCE:?}: {said}\n{}",
                running.complaints()
            );
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Waits until every original is what its mailbox says, and tells what is there.
async fn originals(humans: &mut [Human], each: usize) -> anyhow::Result<String> {
    let since = Instant::now();
    loop {
        let mut there = Vec::new();
        for human in &mut *humans {
            there.push((human.counts("INBOX").await?, human.counts("Done").await?));
        }
        let said = format!("(in INBOX and read, in Done and read) {there:?}");
        let right = |it: &((usize, usize), (usize, usize)), inbox: (usize, usize), done: usize| {
            it.0 == inbox && it.1.0 == done
        };
        if let [read, moved, gone] = there.as_slice()
            && right(read, (each, each), 0)
            && right(moved, (0, 0), each)
            && right(gone, (0, 0), 0)
        {
            return Ok(said);
        }
        if since.elapsed() > PATIENCE {
            bail!("originals are not treated as said, {each} in each mailbox: {said}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
