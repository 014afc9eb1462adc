//! kill -9 at random moments while mails come in by SMTP, and while what was accepted is read; then the ledger is compared
//! with the desk.
//!
//! The ledger holds every mail the server acknowledged with `250`. A mail whose acknowledgement never came is sent again,
//! so the desk may meet it twice and must keep it once. Whatever the ledger holds must be found through the API exactly
//! once, and whole (IN-20), and is answered once, or twice alike (OUT-02).

use super::found::{self, Before};
use super::ledger::Senders;
use super::{Common, restart};
use crate::chance::Chance;
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::mail::sink::Sink;
use crate::servers::postgres::Postgres;
use crate::servers::process::Running;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Connections mails come in over at the same time.
const SENDERS: usize = 16;
/// Of ten kills so many fall while mails are accepted; the others while they are read.
const WHILE_ACCEPTED: usize = 6;
/// Every so many tickets are looked at down to their bytes, and those around each kill.
const EVERY: usize = 25;

/// Kills and counts, on one engine.
pub async fn run(
    engine: Engine,
    common: &Common<'_>,
    mails: usize,
    kills: usize,
) -> anyhow::Result<()> {
    // Durable: what PostgreSQL acknowledged must not hang on its own shutdown either.
    let postgres = match engine {
        Engine::Postgres => Some(Postgres::start(true).await?),
        Engine::Sqlite => None,
    };
    let sink = Sink::start().await?;
    let mut place = Place::new(common.program, engine, postgres.as_ref()).await?;
    place.relay_to(sink.address());
    let (mut running, desk) = place.demo().await?;
    let token = desk.owner()?.token.clone();
    let mut api = Client::new(place.web(), &token);
    let quiet = Quiet::make(&mut api).await?;
    let before = Before::of(&mut api).await?;

    let begin = Instant::now();
    let senders = Senders::start(mails, SENDERS, place.smtp(), &quiet.address, common.seed);
    let ledger = std::sync::Arc::clone(&senders.ledger);
    let mut chance = Chance::from_seed(common.seed);
    let mut done = 0;
    let mut suspect = HashSet::new();
    let first = kills * WHILE_ACCEPTED / 10;
    while done < first {
        // Each kill falls at a random moment after the next share of the mails was accepted, so that all of them fall
        // while mails come in; a few fall into the start itself.
        let share = mails * (done + 1) / (first + 2);
        ledger.wait(share, &mut running).await?;
        tokio::time::sleep(Duration::from_micros(chance.below(40_000))).await;
        running.kill().await?;
        let at = ledger.accepted();
        suspect.extend((at.saturating_sub(3)..at).filter_map(|it| ledger.nth_accepted(it)));
        done += 1;
        running = restart(&place, &mut chance, &mut done, first).await?;
    }
    senders.finish(&mut running).await?;
    let accepted = begin.elapsed();
    // What was accepted is read from the oldest on; a kill falls somewhere into that.
    while done < kills {
        let so_far = before.since(&mut Client::new(place.web(), &token)).await?;
        suspect.extend((so_far..so_far + 3).filter_map(|it| ledger.nth_accepted(it)));
        let left = u64::try_from(kills - done)?;
        let moment = chance.below(2_000_000.min(600_000_000 / left));
        tokio::time::sleep(Duration::from_micros(moment)).await;
        running.kill().await?;
        done += 1;
        running = restart(&place, &mut chance, &mut done, kills).await?;
    }
    let killed = begin.elapsed();
    let mut api = Client::new(place.web(), &token);
    let numbered = (mails, common.seed);
    let looked = found::look(&mut api, &before, numbered, (EVERY, &suspect)).await;
    let mut found = looked.map_err(|error| with_log(error, &running))?;
    let read = begin.elapsed();
    found::acknowledgements(&mut api, (mails, done), || sink.mails(), &mut found).await?;
    println!(
        "torture: {}: {mails} mails accepted in {:.1} s, {done} kills until {:.1} s, {} sent again after a cut, read until {:.1} s, looked at and answered until {:.1} s; {found}, refused {}",
        engine.name(),
        accepted.as_secs_f64(),
        killed.as_secs_f64(),
        ledger.in_doubt(),
        read.as_secs_f64(),
        begin.elapsed().as_secs_f64(),
        ledger.refused().len(),
    );
    found
        .must_be_exact()
        .map_err(|error| with_log(error, &running))
}

/// What went wrong, with the end of the desk's log.
fn with_log(error: anyhow::Error, running: &Running) -> anyhow::Error {
    error.context(running.complaints())
}
