//! Runs what needs servers, a browser or a clock on the wall: `test`, `fuzz`, `walk`, `day`, `hostile`,
//! `shots`, `torture`, `bench`.
//!
//! Nothing of the product is here, and the product is met only from outside: its command line, its
//! pages, its API and its mail. Whatever is started (databases, browsers, the desk itself) is started
//! privately on loopback, in a folder of its own, and is gone when the command ends, also when it ends
//! by Ctrl-C, by an error or by a panic.

mod bench;
mod browser;
mod chance;
mod day;
mod desk;
mod fuzz;
mod hostile;
mod http;
mod mail;
mod servers;
mod shots;
mod suite;
mod torture;
mod walk;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Runs what needs servers and a browser")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every test: cargo test with PostgreSQL, then all that fuzzes, needs a browser or kills the desk
    Test(suite::Options),
    /// Bytes nobody would send, by the hundred thousand: letters, their HTML, what is said at the door
    Fuzz(fuzz::Options),
    /// From a stranger's mail to an approved closure, in a browser, with a real mail client and server
    Walk(walk::Options),
    /// Every deed by the keyboard alone and by the pointer, and the portal on a phone, in both languages
    Day(day::Options),
    /// Mails made to run script or to betray their reader, opened in a browser: nothing may happen
    Hostile(hostile::Options),
    /// A picture of every page: both themes, both widths, both languages; each checked by axe
    Shots(shots::Options),
    /// kill -9 at random moments while mails come in; every accepted one must be there exactly once
    Torture(torture::Options),
    /// Rates, latencies, memory and start-up, beside a bare server returning the same bytes
    Bench(bench::Options),
    /// The bare server of the benchmark: files from memory
    #[command(hide = true)]
    BareServer(bench::bare::Options),
}

#[tokio::main]
async fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    // Dropping the future drops every guard in it, and the guards end what they started.
    let outcome = tokio::select! {
        outcome = run(command) => outcome,
        signal = servers::process::asked_to_stop() => signal,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Test(options) => suite::run(options).await,
        Command::Fuzz(options) => fuzz::run(options).await,
        Command::Walk(options) => walk::run(options).await,
        Command::Day(options) => day::run(options).await,
        Command::Hostile(options) => hostile::run(options).await,
        Command::Shots(options) => shots::run(options).await,
        Command::Torture(options) => torture::run(options).await,
        Command::Bench(options) => bench::run(options).await,
        Command::BareServer(options) => bench::bare::serve(options).await,
    }
}
