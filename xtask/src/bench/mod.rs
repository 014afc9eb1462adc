//! What the desk costs, beside a bare server that returns the same bytes from memory in the same run.
//!
//! The load generator stands on the same machine and takes its share of it; the bare server pays the
//! same price, so the ratios are fair where the rates alone are not.

pub mod bare;
mod desk;
mod lists;
mod live;
mod load;
mod mail;
mod report;
mod scopes;
mod search;
mod waits;

use crate::desk::start::{self, Engine, Place};
use crate::servers::folder;
use crate::servers::postgres::Postgres;
use crate::servers::process::run_and_show;
use anyhow::Context;
use std::path::PathBuf;
use std::time::Duration;

/// What to measure.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    what: Option<What>,
    /// Tickets in the database
    #[arg(long, default_value_t = 100_000)]
    tickets: u64,
    /// People who write tickets
    #[arg(long, default_value_t = 2_000)]
    requesters: u64,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Only this engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// Also compare the list at 1,000 and at 1,000,000 tickets, on the first engine measured
    #[arg(long)]
    scale: bool,
    /// Tickets of the large side of --scale
    #[arg(long, default_value_t = 1_000_000)]
    scale_tickets: u64,
    /// Use this program instead of a release build
    #[arg(long)]
    program: Option<PathBuf>,
    /// Write the figures to this file, too
    #[arg(long)]
    json: Option<PathBuf>,
}

/// What is measured apart.
#[derive(clap::Subcommand)]
enum What {
    /// The live channel: thousands of pages at once, moving between tickets as agents do
    Live(live::Options),
    /// Mail coming in, from DATA or a mailbox to the ticket, beside the disk's own rate
    Mail(mail::Options),
}

/// Measures and prints; the aims are compared but missing one is no error.
pub async fn run(options: Options) -> anyhow::Result<()> {
    // The load generator must not be what is measured.
    if cfg!(debug_assertions) {
        let mut command = tokio::process::Command::new(release_build_of_this().await?);
        command.args(std::env::args_os().skip(1));
        return run_and_show("the benchmark", command).await;
    }
    let named = match &options.what {
        Some(What::Live(live)) => live.program.clone(),
        Some(What::Mail(mail)) => mail.program.clone(),
        None => options.program.clone(),
    };
    let program = start::Build {
        release: named.is_none(),
        program: named,
    }
    .program()
    .await?;
    if let Some(What::Live(live)) = &options.what {
        return live::run(live, &program).await;
    }
    if let Some(What::Mail(mail)) = &options.what {
        return mail::run(mail, &program).await;
    }
    let time = Duration::from_secs(options.seconds.max(1));
    let mut figures = report::Figures::default();
    let engines: Vec<Engine> = Engine::BOTH
        .into_iter()
        .filter(|it| options.engine.is_none_or(|wanted| wanted == *it))
        .collect();
    for engine in &engines {
        let postgres = if *engine == Engine::Postgres {
            Some(Postgres::start(true).await?)
        } else {
            None
        };
        let place = Place::new(&program, *engine, postgres.as_ref()).await?;
        println!("\n{}: seeding {} tickets", engine.name(), options.tickets);
        let measured = desk::measure(&place, options.tickets, options.requesters, time);
        let measured = measured.await.with_context(|| engine.name().to_owned())?;
        report::print(engine.name(), &measured);
        figures.add(engine.name(), options.tickets, &measured);
    }
    if options.scale
        && let Some(engine) = engines.first()
    {
        let postgres = if *engine == Engine::Postgres {
            Some(Postgres::start(true).await?)
        } else {
            None
        };
        let mut lists = Vec::new();
        for tickets in [1_000, options.scale_tickets] {
            let place = Place::new(&program, *engine, postgres.as_ref()).await?;
            println!("\n{}: seeding {tickets} tickets", engine.name());
            lists.push((
                tickets,
                desk::measure_list(&place, tickets, options.requesters, time).await?,
            ));
        }
        report::print_scale(engine.name(), &lists);
        figures.add_scale(engine.name(), &lists);
    }
    if let Some(file) = &options.json {
        std::fs::write(file, figures.text()?)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// This program again, built as the desk is: what compares must be as fast as it can be.
async fn release_build_of_this() -> anyhow::Result<PathBuf> {
    let mut cargo = tokio::process::Command::new("cargo");
    cargo
        .args([
            "build",
            "--release",
            "--quiet",
            "--locked",
            "--package",
            "xtask",
        ])
        .current_dir(folder::repository());
    run_and_show("cargo build", cargo).await?;
    Ok(folder::target().join("release/xtask"))
}
