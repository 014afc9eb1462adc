//! Every test, on a fresh Debian machine: brings the servers, runs the steps, says what each took.

use crate::desk::start::Engine;
use crate::servers::folder::{self, Temporary};
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
    /// One after the other: somebody works at a desk.
    const IN_FRONT: [Self; 2] = [Self::Walk, Self::Day];
    /// One after the other, in the time that those leave. The last waits for nothing but its disk, and finds itself alone.
    const BESIDE: [Self; 4] = [Self::Fuzz, Self::Shots, Self::Hostile, Self::Torture];

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

/// How a step went.
struct Row {
    name: &'static str,
    took: Duration,
    outcome: Result<(), String>,
}

/// Runs the steps; a failed one does not keep the others from running. In the walk and the day somebody waits for pages,
/// for mails and for what takes its eight seconds: in the time that they leave, the steps that only work go on beside
/// them at the lowest priority, and show what they said when they ended.
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
    let mut rows = vec![Row {
        name: "machine",
        took: begin.elapsed(),
        outcome: Ok(()),
    }];
    let wanted = |step: &Step| options.step.is_empty() || options.step.contains(step);
    let mut built: Option<PathBuf> = None;
    if wanted(&Step::Cargo) {
        rows.push(one(Step::Cargo, async || cargo_test(&options.cargo).await).await);
        // Tests of the product need the product: it was built with them.
        built = Some(folder::target().join("debug").join("vigie"));
    }
    let built = built.as_deref();
    let in_front = async {
        let mut rows = vec![];
        for step in Step::IN_FRONT.into_iter().filter(wanted) {
            rows.push(one(step, async || ourselves(step.name(), built).await).await);
        }
        rows
    };
    let beside = async {
        let mut rows = vec![];
        for step in Step::BESIDE.into_iter().filter(wanted) {
            // It builds its own programs.
            let built = built.filter(|_| step != Step::Fuzz);
            rows.push(one(step, async || quietly(step.name(), built).await).await);
        }
        rows
    };
    let (in_front, beside) = tokio::join!(in_front, beside);
    rows.extend(in_front.into_iter().chain(beside));
    println!("\n{:<12} {:>9}", "step", "seconds");
    for row in &rows {
        let said = row.outcome.as_ref();
        let said = said.map_or_else(|error| format!("FAILED: {error}"), |()| "ok".to_owned());
        println!("{:<12} {:>9.1}  {said}", row.name, row.took.as_secs_f64());
    }
    println!("{:<12} {:>9.1}", "together", begin.elapsed().as_secs_f64());
    let failed = rows.iter().filter(|row| row.outcome.is_err()).count();
    println!("steps: {} passed, {failed} failed", rows.len() - failed);
    if failed > 0 {
        bail!("{failed} of {} steps failed", rows.len());
    }
    Ok(())
}

/// Runs a step, and notes how it went.
async fn one(step: Step, run: impl AsyncFnOnce() -> anyhow::Result<()>) -> Row {
    println!("\n== {}", step.name());
    let start = Instant::now();
    let outcome = run().await.map_err(|error| format!("{error:#}"));
    Row {
        name: step.name(),
        took: start.elapsed(),
        outcome,
    }
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
    let command = Command::new(std::env::current_exe()?);
    run_and_show(step, asked(command, step, program)).await
}

/// The same with the time that others leave, and with what it says shown at its end.
async fn quietly(step: &str, program: Option<&Path>) -> anyhow::Result<()> {
    let folder = Temporary::new("said")?;
    let said = folder.path().join(step);
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(std::env::current_exe()?);
    let file = std::fs::File::create(&said)?;
    command.stdout(file.try_clone()?).stderr(file);
    let outcome = run_and_show(step, asked(command, step, program)).await;
    println!("\n== {step} said");
    println!("{}", String::from_utf8_lossy(&std::fs::read(&said)?));
    outcome
}

fn asked(mut command: Command, step: &str, program: Option<&Path>) -> Command {
    command.arg(step).current_dir(folder::repository());
    if let Some(program) = program {
        command.arg("--program").arg(program);
    }
    command
}
