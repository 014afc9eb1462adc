//! Builds the product and starts it: a demonstration, a seeded database, a server.

use super::people::Desk;
use crate::http::Connection;
use crate::servers::folder::{self, Temporary};
use crate::servers::postgres::Postgres;
use crate::servers::process::{Running, mortal, run_and_show, spare_port};
use anyhow::{Context, bail};
use clap::ValueEnum;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::process::Command;

/// How long a start with an empty database may take, demonstration data included.
const START: Duration = Duration::from_secs(180);

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// A private PostgreSQL server.
    Postgres,
}

impl Engine {
    /// Both, in the order they are tried.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Which program is met.
#[derive(clap::Args, Clone, Debug)]
pub struct Build {
    /// Use a release build
    #[arg(long)]
    pub release: bool,
    /// Use this program instead of building one
    #[arg(long, conflicts_with = "release")]
    pub program: Option<PathBuf>,
}

impl Build {
    /// Builds the product, unless a program was named, and says where the program lies.
    pub async fn program(&self) -> anyhow::Result<PathBuf> {
        if let Some(program) = &self.program {
            return std::path::absolute(program).context("the program has no address");
        }
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build",
                "--quiet",
                "--locked",
                "--package",
                "vigie",
                "--bin",
                "vigie",
            ])
            .current_dir(folder::repository());
        if self.release {
            cargo.arg("--release");
        }
        run_and_show("cargo build", cargo).await?;
        let profile = if self.release { "release" } else { "debug" };
        Ok(folder::target().join(profile).join("vigie"))
    }
}

/// Where a desk lives: its program, folder, database and addresses, which stay the same over restarts.
#[derive(Debug)]
pub struct Place {
    program: PathBuf,
    folder: Temporary,
    database_url: Option<String>,
    web: SocketAddr,
    smtp: SocketAddr,
    relay: Option<SocketAddr>,
    disk: Option<PathBuf>,
    under: Vec<String>,
    known_as: Option<SocketAddr>,
}

impl Place {
    /// An empty place on spare ports; with PostgreSQL, in a database of its own on `postgres`.
    pub async fn new(
        program: &Path,
        engine: Engine,
        postgres: Option<&Postgres>,
    ) -> anyhow::Result<Self> {
        let database_url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(
                postgres
                    .context("no PostgreSQL was started")?
                    .new_database()
                    .await?,
            ),
        };
        Ok(Self {
            program: program.to_path_buf(),
            folder: Temporary::new("desk")?,
            database_url,
            web: SocketAddr::from(([127, 0, 0, 1], spare_port()?)),
            smtp: SocketAddr::from(([127, 0, 0, 1], spare_port()?)),
            relay: None,
            disk: None,
            under: vec![],
            known_as: None,
        })
    }

    /// Lets its people reach it by another address, at which somebody stands in between.
    pub fn known_as(&mut self, address: SocketAddr) {
        self.known_as = Some(address);
    }

    /// Lets mails leave to the server at this address.
    pub fn relay_to(&mut self, relay: SocketAddr) {
        self.relay = Some(relay);
    }

    /// Keeps what it keeps here, where there may be no room.
    pub fn keep_on(&mut self, disk: &Path) {
        self.disk = Some(disk.to_path_buf());
        // Told that a file is too long, a program ends unless it said that it wants to hear of it itself.
        self.under = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]
            .map(str::to_owned)
            .to_vec();
    }

    /// Starts its program under these words.
    pub fn start_under(&mut self, words: Vec<String>) {
        self.under = words;
    }

    /// Where its pages are.
    pub fn web(&self) -> SocketAddr {
        self.web
    }

    /// Where it takes mail.
    pub fn smtp(&self) -> SocketAddr {
        self.smtp
    }

    /// The size of its folder in bytes (database, attachments).
    pub fn size(&self) -> u64 {
        size_of(&self.data())
    }

    fn data(&self) -> PathBuf {
        let parent = self.disk.as_deref().unwrap_or(self.folder.path());
        parent.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("vigie.log")
    }

    fn command(&self, name: &str) -> Command {
        let mut command = match self.under.split_first() {
            None => mortal(&self.program),
            Some((first, rest)) => {
                let mut command = mortal(first);
                command.args(rest).arg(&self.program);
                command
            }
        };
        command.arg(name).current_dir(self.folder.path());
        command
            .env("VIGIE_DATA", self.data())
            .env("VIGIE_LISTEN", self.web.to_string());
        command.env("VIGIE_SMTP_LISTEN", self.smtp.to_string());
        let public = self.known_as.unwrap_or(self.web);
        command.env("VIGIE_PUBLIC_URL", format!("http://{public}"));
        if let Some(url) = &self.database_url {
            command.env("VIGIE_DATABASE_URL", url);
        }
        if let Some(relay) = self.relay {
            command.env("VIGIE_SMTP_URL", format!("smtp://{relay}"));
        }
        command
    }

    /// `vigie demo`: on an empty place it makes the demonstration, later it continues it.
    pub async fn demo(&self) -> anyhow::Result<(Running, Desk)> {
        let mut command = self.command("demo");
        command.arg("--json").arg("--data").arg(self.data());
        let (mut running, line) =
            Running::start_and_read_line("vigie demo", command, &self.log(), START).await?;
        let desk = Desk::from_json(&line)?;
        self.ready(&mut running, START).await?;
        Ok((running, desk))
    }

    /// `vigie seed`: fills the place's database and ends.
    pub async fn seed(&self, tickets: u64, requesters: u64) -> anyhow::Result<Desk> {
        self.seeded(tickets, requesters, (23, 20), &[]).await
    }

    /// The same without the index of search, which no list reads and which takes most of the time.
    pub async fn seed_lists(&self, tickets: u64, requesters: u64) -> anyhow::Result<Desk> {
        let more = ["--no-search"];
        self.seeded(tickets, requesters, (23, 20), &more).await
    }

    /// The same with so many agents of so many departments, all of whom can sign in. The index is made, too: a desk
    /// that has yet to make it has one of two cores for everything else.
    pub async fn seed_agents(
        &self,
        tickets: u64,
        agents: usize,
        departments: u32,
    ) -> anyhow::Result<Desk> {
        let agents = u32::try_from(agents)?;
        let sign_ins = agents.to_string();
        let more = ["--sign-ins", &sign_ins];
        self.seeded(tickets, 400, (agents, departments), &more)
            .await
    }

    async fn seeded(
        &self,
        tickets: u64,
        requesters: u64,
        (agents, departments): (u32, u32),
        more: &[&str],
    ) -> anyhow::Result<Desk> {
        let mut command = self.command("seed");
        command.args(more);
        command.args([
            "--json",
            "--agents",
            &agents.to_string(),
            "--departments",
            &departments.to_string(),
            "--seed",
            "1",
            // A desk that stands months ago writes thousands of mails of what fell due since, while it is measured.
            "--now",
            &this_moment(),
        ]);
        command.args([
            "--tickets",
            &tickets.to_string(),
            "--requesters",
            &requesters.to_string(),
        ]);
        command.arg("--data").arg(self.data());
        let patience = Duration::from_secs(120) + Duration::from_millis(tickets.saturating_mul(8));
        let (mut running, line) =
            Running::start_and_read_line("vigie seed", command, &self.log(), patience).await?;
        let status = running.wait().await?;
        if !status.success() {
            bail!("vigie seed failed ({status})\n{}", running.log_end());
        }
        let mut desk = Desk::from_json(&line)?;
        desk.url = format!("http://{}", self.web);
        desk.smtp = self.smtp.to_string();
        Ok(desk)
    }

    /// `vigie serve`: returns when the first page was answered, and how long that took.
    pub async fn serve(&self) -> anyhow::Result<(Running, Duration)> {
        let mut command = self.command("serve");
        command.arg("--data").arg(self.data());
        let start = Instant::now();
        let mut running = Running::start("vigie serve", command, &self.log())?;
        running.listens(self.web, START).await?;
        let answer = Connection::new(self.web)
            .ask("GET", "/login", &[], b"")
            .await?;
        let took = start.elapsed();
        answer.success().context("the first page")?;
        self.ready(&mut running, START).await?;
        Ok((running, took))
    }

    async fn ready(&self, running: &mut Running, patience: Duration) -> anyhow::Result<()> {
        let start = Instant::now();
        running.listens(self.web, patience).await?;
        running.listens(self.smtp, patience).await?;
        loop {
            let answer = Connection::new(self.web)
                .ask("GET", "/readyz", &[], b"")
                .await;
            if answer.as_ref().is_ok_and(|it| it.status == 200) {
                return Ok(());
            }
            running.must_be_alive()?;
            if start.elapsed() > patience {
                let said = answer.map_or_else(
                    |error| error.to_string(),
                    |it| format!("{} {}", it.status, it.text()),
                );
                bail!(
                    "the desk is not ready after {patience:?}: {said}\n{}",
                    running.log_end()
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn size_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|it| match it.metadata() {
            Ok(data) if data.is_dir() => size_of(&it.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment a desk is seeded at, by a tool that is no part of the product"
)]
fn this_moment() -> String {
    jiff::Timestamp::now().to_string()
}
