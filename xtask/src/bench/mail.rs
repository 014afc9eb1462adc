//! `bench mail`: messages per second from SMTP `DATA`, and from mailboxes, to committed tickets, beside what the disk itself
//! does in the same run; and on a disk that is as slow as the aim says.
//!
//! A row ends when the API counts the tickets, not at the last `250`. How often the disk is waited for is counted in the
//! desk (`waits`), or by PostgreSQL itself (`pg_stat_wal`), whose processes do the waiting there.

use super::waits::Waits;
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::mail::client::{Client as Sender, Outcome};
use crate::mail::write::{Letter, bytes_of};
use crate::servers::dovecot::{Dovecot, PASSWORD};
use crate::servers::folder::Temporary;
use crate::servers::machine::{self, Need};
use crate::servers::postgres::Postgres;
use crate::servers::process::Running;
use crate::torture::found;
use anyhow::{Context, bail};
use serde_json::json;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Senders, or mailboxes, at the same time; one row for each
    #[arg(long, value_delimiter = ',', default_values_t = [1, 4, 16])]
    senders: Vec<u64>,
    /// Mails of each row
    #[arg(long, default_value_t = 2_000)]
    mails: u64,
    /// Only this engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Use this program instead of a release build
    #[arg(long)]
    pub program: Option<PathBuf>,
}

/// Every letter of a run is another one.
static LETTERS: AtomicU64 = AtomicU64::new(0);

/// How long each wait for the disk lasts where it gives 250 a second, as the aim says.
const SLOW: Duration = Duration::from_millis(4);
/// How many tickets a second are to come of that.
const AIM: f64 = 500.0;
/// How many mails are to share a wait at 16 senders.
const AIM_TOGETHER: f64 = 4.0;

/// Measures and prints; the aims are compared but missing one is no error.
pub async fn run(options: &Options, program: &Path) -> anyhow::Result<()> {
    machine::provide(Need::ImapServer).await?;
    let engines = Engine::BOTH.into_iter();
    for engine in engines.filter(|it| options.engine.is_none_or(|wanted| wanted == *it)) {
        let disk = disk_rate().await?;
        println!(
            "\n{}: this disk does {disk:.0} syncs of 4 KiB per second",
            engine.name()
        );
        head();
        measure(engine, options, program, Duration::ZERO).await?;
    }
    if options.engine != Some(Engine::Postgres) {
        println!("\nSQLite, as on a disk of 250 syncs per second: each takes 4 ms at least");
        head();
        measure(Engine::Sqlite, options, program, SLOW).await?;
    }
    Ok(())
}

fn head() {
    println!(
        "{:<24} {:>10} {:>12} {:>10} {:>16} {:>14}",
        "", "mails", "kept/s", "tickets/s", "mails per sync", "syncs/s"
    );
}

/// How often a second the disk takes a small piece for good.
async fn disk_rate() -> anyhow::Result<f64> {
    tokio::task::spawn_blocking(|| {
        let folder = Temporary::new("fsync")?;
        let mut file = std::fs::File::create(folder.path().join("file"))?;
        let (begin, mut times) = (Instant::now(), 0_u32);
        while begin.elapsed() < Duration::from_secs(3) {
            file.write_all(&[1; 4096])?;
            file.sync_data()?;
            times += 1;
        }
        Ok(f64::from(times) / begin.elapsed().as_secs_f64())
    })
    .await?
}

struct Desk {
    place: Place,
    running: Running,
    api: Client,
    quiet: Quiet,
    syncs: Syncs,
}

/// Who counts how often the disk was waited for.
enum Syncs {
    Desk(Waits),
    Postgres(Box<Postgres>),
}

impl Syncs {
    async fn count(&self) -> anyhow::Result<u64> {
        match self {
            Self::Desk(waits) => waits.count(),
            Self::Postgres(postgres) => {
                // Each of its processes tells what it did about once a second.
                tokio::time::sleep(Duration::from_millis(1_500)).await;
                let said = postgres.ask("SELECT wal_sync FROM pg_stat_wal").await?;
                said.trim().parse().with_context(|| said.clone())
            }
        }
    }
}

async fn measure(
    engine: Engine,
    options: &Options,
    program: &Path,
    each_wait: Duration,
) -> anyhow::Result<()> {
    let postgres = match engine {
        Engine::Postgres => Some(Postgres::start(true).await?),
        Engine::Sqlite => None,
    };
    let mut place = Place::new(program, engine, postgres.as_ref()).await?;
    let syncs = match postgres {
        Some(postgres) => Syncs::Postgres(Box::new(postgres)),
        None => {
            let waits = Waits::build(each_wait).await?;
            place.start_under(waits.words());
            Syncs::Desk(waits)
        }
    };
    let (mut running, people) = place.demo().await?;
    // The same desk as any other is served: a demonstration fetches nothing from anywhere.
    running.kill().await?;
    let (running, _) = place.serve().await?;
    let mut api = Client::new(place.web(), &people.owner()?.token);
    let quiet = Quiet::make(&mut api).await?;
    let mut desk = Desk {
        place,
        running,
        api,
        quiet,
        syncs,
    };
    for senders in &options.senders {
        by_smtp(&mut desk, *senders, options.mails, each_wait).await?;
    }
    if !each_wait.is_zero() {
        return desk.running.must_be_alive();
    }
    let dovecot = Dovecot::start().await?;
    for mailboxes in &options.senders {
        by_imap(&mut desk, &dovecot, *mailboxes, options.mails).await?;
    }
    desk.running.must_be_alive()
}

fn letter(to: &str) -> Vec<u8> {
    let number = LETTERS.fetch_add(1, Ordering::Relaxed);
    bytes_of(&Letter {
        from: format!("load{}@elsewhere.example", number % 211),
        from_name: "Load".to_owned(),
        to: to.to_owned(),
        subject: format!("Benchmark mail {number}"),
        body: format!("The screen stays black.\n\n{number}\n"),
        message_id: format!("bench.{number}@elsewhere.example"),
        ..Letter::default()
    })
}

async fn by_smtp(
    desk: &mut Desk,
    senders: u64,
    mails: u64,
    each_wait: Duration,
) -> anyhow::Result<()> {
    let before = found::tickets(&mut desk.api).await?;
    let syncs = desk.syncs.count().await?;
    let left = Arc::new(AtomicU64::new(mails));
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..senders {
        let (left, to) = (Arc::clone(&left), desk.quiet.address.clone());
        tasks.spawn(send(desk.place.smtp(), to, left));
    }
    let wanted = before + usize::try_from(mails)?;
    let mut kept = None;
    loop {
        while let Some(ended) = tasks.try_join_next() {
            ended??;
        }
        if tasks.is_empty() && kept.is_none() {
            kept = Some(begin.elapsed());
        }
        if kept.is_some() && found::tickets(&mut desk.api).await? >= wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = begin.elapsed();
    let syncs = desk.syncs.count().await? - syncs;
    let name = format!("SMTP, {senders} senders");
    let each = row(&name, mails, kept, took, syncs);
    if senders == 16 {
        let together = said(each.0 >= AIM_TOGETHER);
        println!("  aim at 16: 4 mails per sync: {together}");
    }
    if senders == 16 && each_wait == SLOW {
        let rate = said(each.1 >= AIM);
        println!("  aim at 16: 500 tickets per second on a disk of 250 syncs: {rate}");
    }
    Ok(())
}

fn said(is_met: bool) -> &'static str {
    if is_met { "met" } else { "missed" }
}

async fn send(smtp: SocketAddr, to: String, left: Arc<AtomicU64>) -> anyhow::Result<()> {
    let mut sender = Sender::connect(smtp).await?;
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1))
        .is_ok()
    {
        let sent = sender
            .send("load@elsewhere.example", &[&to], &letter(&to))
            .await?;
        if let Outcome::Refused(code, text) = sent {
            bail!("{code} {text}");
        }
    }
    sender.quit().await
}

async fn by_imap(
    desk: &mut Desk,
    dovecot: &Dovecot,
    mailboxes: u64,
    mails: u64,
) -> anyhow::Result<()> {
    let each = mails / mailboxes;
    let mut made = Vec::new();
    for number in 0..mailboxes {
        let login = format!("of{mailboxes}-{number}");
        let mut human = dovecot.human(&login).await?;
        for _ in 0..each {
            human.puts("INBOX", &letter(&desk.quiet.address)).await?;
        }
        made.push(json!({
            "name": login, "host": "127.0.0.1", "port": dovecot.address().port(), "protection": "none",
            "login": login, "password": PASSWORD, "channel": desk.quiet.channel,
            "afterwards": "mark_read", "begins": "everything",
        }));
    }
    let wanted = found::tickets(&mut desk.api).await? + usize::try_from(each * mailboxes)?;
    let syncs = desk.syncs.count().await?;
    let begin = Instant::now();
    for mailbox in &made {
        desk.api.post("/api/v1/mailboxes", mailbox).await?;
    }
    while found::tickets(&mut desk.api).await? < wanted {
        if begin.elapsed() > Duration::from_secs(600) {
            bail!("letters are missing\n{}", desk.running.log_end());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = begin.elapsed();
    let syncs = desk.syncs.count().await? - syncs;
    let name = format!("IMAP, {mailboxes} mailboxes");
    row(&name, each * mailboxes, None, took, syncs);
    Ok(())
}

/// Prints a row; returns the mails per sync and the tickets per second.
fn row(name: &str, mails: u64, kept: Option<Duration>, took: Duration, syncs: u64) -> (f64, f64) {
    let rate = |time: Duration| mails as f64 / time.as_secs_f64();
    let kept = kept.map_or_else(|| "-".to_owned(), |it| format!("{:.0}", rate(it)));
    let per_sync = mails as f64 / (syncs.max(1) as f64);
    println!(
        "{name:<24} {mails:>10} {kept:>12} {:>10.0} {per_sync:>16.1} {:>14.0}",
        rate(took),
        syncs as f64 / took.as_secs_f64()
    );
    (per_sync, rate(took))
}
