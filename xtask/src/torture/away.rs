//! The database stands still for a while, then dies and is started again, while mails come in: nothing is acknowledged that
//! is not kept, and the desk catches up by itself, without being started again (IN-02, IN-20).

use super::Common;
use super::found::{self, Before};
use super::ledger::Senders;
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::http::Connection;
use crate::servers::postgres::Postgres;
use anyhow::{Context, bail};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

const MAILS: usize = 600;
const SENDERS: usize = 8;
/// How long it stands still, and how long it is dead.
const AWAY: Duration = Duration::from_secs(4);

/// Takes it away twice, and counts.
pub async fn run(common: &Common<'_>) -> anyhow::Result<()> {
    let mut postgres = Postgres::start(true).await?;
    let place = Place::new(common.program, Engine::Postgres, Some(&postgres)).await?;
    let (mut running, desk) = place.demo().await?;
    let token = desk.owner()?.token.clone();
    let mut api = Client::new(place.web(), &token);
    let quiet = Quiet::make(&mut api).await?;
    let before = Before::of(&mut api).await?;
    let senders = Senders::start(MAILS, SENDERS, place.smtp(), &quiet.address, common.seed);
    let ledger = Arc::clone(&senders.ledger);

    ledger.wait(MAILS / 3, &mut running).await?;
    postgres.stand_still(true);
    // What was on its way when it stopped may still have been kept; from then on nothing is.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let at = ledger.accepted();
    tokio::time::sleep(AWAY).await;
    let still = ledger.accepted() - at;
    postgres.stand_still(false);
    ledger.wait(MAILS * 2 / 3, &mut running).await?;

    postgres.die().await?;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let at = ledger.accepted();
    tokio::time::sleep(AWAY).await;
    let dead = ledger.accepted() - at;
    let refused = ledger.refused();
    let answer = Connection::new(place.web())
        .ask("GET", "/readyz", &[], b"")
        .await?;
    postgres.start_again().await?;
    let back = Instant::now();
    senders.finish(&mut running).await?;
    let accepted = back.elapsed();
    let mut api = Client::new(place.web(), &token);
    let found = found::look(
        &mut api,
        &before,
        (MAILS, common.seed),
        (5, &HashSet::new()),
    )
    .await?;
    println!(
        "torture: database away: {MAILS} mails, {still} accepted while it stood still, {dead} while it was dead, {} refused, /readyz {}; all accepted {:.1} s after it came back, and read after {:.1} s; {found}",
        refused.len(),
        answer.status,
        accepted.as_secs_f64(),
        back.elapsed().as_secs_f64(),
    );
    found
        .must_be_exact()
        .with_context(|| running.complaints())?;
    if still + dead > 0 {
        bail!("mails were accepted without a database");
    }
    if refused.iter().any(|(code, _)| !(400..500).contains(code)) {
        bail!("refused otherwise than for now: {refused:?}");
    }
    if answer.status == 200 {
        bail!("the desk says it is ready without its database");
    }
    Ok(())
}
