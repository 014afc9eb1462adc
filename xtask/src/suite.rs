//! Every test, on a fresh Debian machine: brings the servers, runs the steps, says what each took.

use crate::desk::start::Engine;
use crate::servers::folder;
use crate::servers::machine::{self, Need};
use crate::servers::postgres::Postgres;
use crate::servers::process::run_and_show;
use anyhow::bail;
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::process::Command;

/// What to run.
#[derive(clap::Args)]
pub struct Options {
    /// Only these steps, in their usual order; may be given several times
    #[arg(long, value_enum)]
    step: Vec<Step>,
    /// Arguments for `cargo test`, after `--`
    #[arg(last = true)]
    cargo: Vec<String>,
}

/// A part of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// `cargo test --workspace`, every store test on both engines
    Cargo,
    /// Bytes nobody would send
    Fuzz,
    /// From a stranger's mail to an approved closure, in a browser
    Walk,
    /// Every deed by keys and by pointer, and the portal on a phone
    Day,
    /// Mails made to run script or to betray their reader, opened in a browser
    Hostile,
    /// A picture of every page, checked by axe
    Shots,
    /// kill -9 while mails come in
    Torture,
}

impl Step {
    const ALL: [Self; 7] = [
        Self::Cargo,
        Self::Fuzz,
        Self::Walk,
        Self::Day,
        Self::Hostile,
        Self::Shots,
        Self::Torture,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo test",
            Self::Fuzz => "fuzz",
            Self::Walk => "walk",
            Self::Day => "day",
            Self::Hostile => "hostile",
            Self::Shots => "shots",
            Self::Torture => "torture",
        }
    }
}

/// Runs the steps one after the other; a failed one does not keep the others from running.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let begin = Instant::now();
    for need in [
        Need::PostgresServer,
        Need::ImapServer,
        Need::Relay,
        Need::Browser,
        Need::Npm,
    ] {
        machine::provide(need).await?;
    }
    let mut rows: Vec<(&str, Duration, Result<(), String>)> =
        vec![("machine", begin.elapsed(), Ok(()))];
    let mut built: Option<PathBuf> = None;
    for step in Step::ALL {
        if !options.step.is_empty() && !options.step.contains(&step) {
            continue;
        }
        println!("\n== {}", step.name());
        let start = Instant::now();
        let outcome = match step {
            Step::Cargo => cargo_test(&options.cargo).await,
            // It builds its own programs.
            Step::Fuzz => ourselves(step.name(), None).await,
            Step::Walk | Step::Day | Step::Hostile | Step::Shots | Step::Torture => {
                ourselves(step.name(), built.as_deref()).await
            }
        };
        if step == Step::Cargo {
            // Tests of the product need the product: it was built with them.
            built = Some(folder::target().join("debug").join("vigie"));
        }
        rows.push((
            step.name(),
            start.elapsed(),
            outcome.map_err(|error| format!("{error:#}")),
        ));
    }
    println!("\n{:<12} {:>9}", "step", "seconds");
    for (name, took, outcome) in &rows {
        let said = outcome
            .as_ref()
            .map_or_else(|error| format!("FAILED: {error}"), |()| "ok".to_owned());
        println!("{name:<12} {:>9.1}  {said}", took.as_secs_f64());
    }
    println!("{:<12} {:>9.1}", "together", begin.elapsed().as_secs_f64());
    let failed = rows
        .iter()
        .filter(|(_, _, outcome)| outcome.is_err())
        .count();
    println!("steps: {} passed, {failed} failed", rows.len() - failed);
    if failed > 0 {
        bail!("{failed} of {} steps failed", rows.len());
    }
    Ok(())
}

async fn cargo_test(arguments: &[String]) -> anyhow::Result<()> {
    let postgres = Postgres::start(false).await?;
    println!(
        "{}: {}",
        Engine::Postgres.name(),
        postgres.ask("SHOW server_version").await?.trim()
    );
    let mut cargo = Command::new("cargo");
    cargo
        .args(["test", "--locked", "--workspace", "--no-fail-fast"])
        .args(arguments);
    cargo.current_dir(folder::repository());
    cargo.env("VIGIE_TEST_POSTGRES", postgres.url());
    // With this, a test that misses a service fails instead of being silent.
    cargo.env("VIGIE_TEST_REQUIRE", "1");
    run_and_show("cargo test", cargo).await
}

/// Runs another command of this program, in a process of its own: a panic there is a failed step here.
async fn ourselves(step: &str, program: Option<&Path>) -> anyhow::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(step).current_dir(folder::repository());
    if let Some(program) = program {
        command.arg("--program").arg(program);
    }
    run_and_show(step, command).await
}
