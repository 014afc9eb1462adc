//! The disk of the desk is full while mails come in: they are refused for now, none that was acknowledged is lost, and the
//! desk catches up by itself when there is room again, and also when it was killed meanwhile (IN-02, IN-20).

use super::Common;
use super::found::{self, Before};
use super::ledger::{Ledger, Senders};
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::servers::disk::Disk;
use crate::servers::process::Running;
use anyhow::{Context, bail};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

const MAILS: usize = 1_200;
const SENDERS: usize = 4;
/// The whole disk, in bytes.
const SIZE: u64 = 256 << 20;
/// So long nothing is accepted before the disk counts as full: there is room in files that are written over.
const QUIET: Duration = Duration::from_secs(2);

/// Fills it twice, and counts.
pub async fn run(common: &Common<'_>) -> anyhow::Result<()> {
    let disk = Disk::new(SIZE).await?;
    let mut place = Place::new(common.program, Engine::Sqlite, None).await?;
    place.keep_on(disk.path());
    let (mut running, desk) = place.demo().await?;
    let token = desk.owner()?.token.clone();
    let mut api = Client::new(place.web(), &token);
    let quiet = Quiet::make(&mut api).await?;
    let before = Before::of(&mut api).await?;
    let senders = Senders::start(MAILS, SENDERS, place.smtp(), &quiet.address, common.seed);
    let ledger = Arc::clone(&senders.ledger);

    ledger.wait(100, &mut running).await?;
    disk.fill(&running).await?;
    let (first, refused) = until_full(&ledger, &mut running).await?;
    disk.empty(&running).await?;
    let back = Instant::now();
    ledger.wait(first + 100, &mut running).await?;
    let again = back.elapsed();

    disk.fill(&running).await?;
    let (second, _) = until_full(&ledger, &mut running).await?;
    running.kill().await?;
    disk.empty(&running).await.ok();
    running = place.demo().await?.0;
    senders.finish(&mut running).await?;
    let mut api = Client::new(place.web(), &token);
    let found = found::look(
        &mut api,
        &before,
        (MAILS, common.seed),
        (5, &HashSet::new()),
    )
    .await?;
    println!(
        "torture: disk full ({}): {MAILS} mails, {first} and {second} accepted until nothing more was, {} refused for now; accepted again {:.1} s after there was room; {found}",
        disk.way(),
        ledger.refused().len(),
        again.as_secs_f64(),
    );
    found
        .must_be_exact()
        .with_context(|| running.complaints())?;
    if refused == 0 {
        bail!("nothing was refused");
    }
    if let Some(wrong) = ledger
        .refused()
        .iter()
        .find(|(code, _)| !(400..500).contains(code))
    {
        bail!("refused otherwise than for now: {wrong:?}");
    }
    Ok(())
}

/// Waits until nothing is accepted for a while; says how many were, and how many were refused.
async fn until_full(ledger: &Ledger, running: &mut Running) -> anyhow::Result<(usize, usize)> {
    let (mut seen, mut since) = (ledger.accepted(), Instant::now());
    let refused = ledger.refused().len();
    loop {
        running.must_be_alive()?;
        let now = ledger.accepted();
        if now > seen {
            (seen, since) = (now, Instant::now());
        }
        if now == MAILS {
            bail!("the disk is full and all mails are accepted");
        }
        if since.elapsed() > QUIET {
            return Ok((seen, ledger.refused().len() - refused));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
