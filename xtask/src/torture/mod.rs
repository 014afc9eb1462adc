//! Mail under violence: the desk is killed, its disk is full, its database goes away, its relay refuses and hangs up; what
//! it acknowledged is there exactly once afterwards, whole.
//!
//! Without a word it does what each change has to pass; `torture mail` does all of it, for a long time.

mod away;
mod by_imap;
mod by_smtp;
pub mod found;
mod full;
mod ledger;
mod letters;
mod relay;

use crate::chance::{self, Chance};
use crate::desk::start::{self, Engine, Place};
use crate::servers::process::Running;
use anyhow::Context;
use clap::ValueEnum;
use futures_util::future::join_all;
use std::path::Path;
use std::time::{Duration, Instant};

/// How hard to be.
#[derive(clap::Args)]
pub struct Options {
    /// Everything, for a long time; without it what each change has to pass
    #[arg(value_enum)]
    what: Option<What>,
    /// Mails to get through, on each engine [default: 5000, with `mail` 10000]
    #[arg(long)]
    mails: Option<usize>,
    /// Kills, spread over the mails, on each engine [default: 20, with `mail` 500]
    #[arg(long)]
    kills: Option<usize>,
    /// Repeats a run; without it a seed is made up, and printed
    #[arg(long)]
    seed: Option<u64>,
    /// Only this engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Only these rooms; may be given several times
    #[arg(long, value_enum)]
    only: Vec<Room>,
    #[command(flatten)]
    build: start::Build,
}

/// What is tortured at length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Mail, coming in and going out.
    Mail,
}

/// One kind of violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Room {
    /// kill -9 while mails come by SMTP
    Smtp,
    /// kill -9 while letters are fetched by IMAP
    Imap,
    /// The disk of the desk is full
    Full,
    /// The database stands still, dies, and is started again
    Away,
    /// Postfix as the relay, and before our door
    Relay,
}

/// What all rooms are given.
#[derive(Debug)]
struct Common<'a> {
    program: &'a Path,
    seed: u64,
}

/// Runs the rooms, one after the other.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let seed = match options.seed {
        Some(seed) => seed,
        None => chance::fresh_seed()? >> 16,
    };
    println!("torture: seed {seed}");
    let program = options.build.program().await?;
    let common = Common {
        program: &program,
        seed,
    };
    let at_length = options.what == Some(What::Mail);
    let (mails, kills) = if at_length {
        (10_000, 500)
    } else {
        (5_000, 20)
    };
    let mails = options.mails.unwrap_or(mails);
    let kills = options.kills.unwrap_or(kills);
    let engines = Engine::BOTH.into_iter();
    let engines = engines.filter(|it| options.engine.is_none_or(|wanted| wanted == *it));
    let engines: Vec<Engine> = engines.collect();
    let rooms: &[Room] = match (options.only.as_slice(), at_length) {
        ([], true) => &[Room::Smtp, Room::Imap, Room::Full, Room::Away, Room::Relay],
        ([], false) => &[Room::Smtp, Room::Full, Room::Away, Room::Relay],
        (only, _) => only,
    };
    let all = rooms
        .iter()
        .flat_map(|room| engines.iter().map(|engine| (*room, *engine)));
    // At length each of these has the machine for itself; otherwise all rooms share it, since all of them wait for a disk.
    let (busy, waiting): (Vec<_>, Vec<_>) =
        all.partition(|(room, _)| at_length && matches!(room, Room::Smtp | Room::Imap));
    for (room, engine) in busy {
        one(room, engine, &common, mails, kills).await?;
    }
    // And these wait for something to come back.
    let waiting = waiting.into_iter();
    let waiting = waiting.map(|(room, engine)| one(room, engine, &common, mails, kills));
    for outcome in join_all(waiting).await {
        outcome?;
    }
    Ok(())
}

/// One room on one engine, where that makes sense.
async fn one(
    room: Room,
    engine: Engine,
    common: &Common<'_>,
    mails: usize,
    kills: usize,
) -> anyhow::Result<()> {
    let begin = Instant::now();
    let outcome = match (room, engine) {
        (Room::Smtp, _) => by_smtp::run(engine, common, mails, kills).await,
        (Room::Imap, _) => by_imap::run(engine, common).await,
        // The folder of a desk holds all it has on one engine, its database is another server on the other.
        (Room::Full, Engine::Sqlite) => full::run(common).await,
        (Room::Away, Engine::Postgres) => away::run(common).await,
        // The mails are the same wherever the outbox is.
        (Room::Relay, Engine::Sqlite) => relay::run(common).await,
        (Room::Full | Room::Away | Room::Relay, _) => return Ok(()),
    };
    let (name, seed) = (engine.name(), common.seed);
    outcome.with_context(|| format!("{room:?}, {name}, seed {seed}"))?;
    println!(
        "torture: {room:?}, {name}: {:.0} s",
        begin.elapsed().as_secs_f64()
    );
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
