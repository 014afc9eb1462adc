//! A private PostgreSQL: a cluster in a temporary folder, on loopback, gone with the value.

use super::folder::Temporary;
use super::machine::{self, Need};
use super::process::{Running, mortal, run_and_read, spare_port};
use crate::chance;
use anyhow::Context;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::process::Command;

/// A running server with one superuser, `vigie`.
#[derive(Debug)]
pub struct Postgres {
    // Fields drop in order: the server ends before its folder goes.
    server: Running,
    folder: Temporary,
    settings: Vec<&'static str>,
    programs: PathBuf,
    port: u16,
    password: String,
    databases: AtomicU32,
}

impl Postgres {
    /// Makes a cluster and starts it. Nothing outlives it, so it never waits for the disk (`fsync=off`,
    /// in memory where there is room) unless `durable` asks for what a real server does (for measuring).
    pub async fn start(durable: bool) -> anyhow::Result<Self> {
        machine::provide(Need::PostgresServer).await?;
        let programs = machine::postgres_programs().context("PostgreSQL 15 or newer not found")?;
        let folder = if durable {
            Temporary::new("postgres")?
        } else {
            Temporary::in_memory("postgres")?
        };
        let owner = server_account()?;
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group))?;
        }
        let password = chance::fresh_word()?;
        let password_file = folder.path().join("password");
        std::fs::write(&password_file, &password)?;
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(&password_file, Some(user), Some(group))?;
        }
        let data = folder.path().join("data");

        let mut init = as_account(owner, &programs.join("initdb"));
        init.current_dir(folder.path())
            .arg("--pgdata")
            .arg(&data)
            .args([
                "--username=vigie",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ])
            .arg("--pwfile")
            .arg(&password_file);
        run_and_read("initdb", init).await?;

        let port = spare_port()?;
        let mut settings = vec![
            "listen_addresses=127.0.0.1",
            "max_connections=200",
            "shared_buffers=128MB",
        ];
        if !durable {
            settings.extend([
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
            ]);
        }
        let server = serve(&programs, &folder, port, &settings).await?;
        let postgres = Self {
            server,
            folder,
            settings,
            programs,
            port,
            password,
            databases: AtomicU32::new(0),
        };
        postgres.wait_until_ready().await?;
        Ok(postgres)
    }

    /// Lets it stand still, in the middle of whatever it does, as a machine that hangs; `false` lets it go on.
    pub fn stand_still(&self, does: bool) {
        self.server.signal(if does { "STOP" } else { "CONT" });
    }

    /// kill -9, as a machine that loses its power but for the disk's own memory.
    pub async fn die(&mut self) -> anyhow::Result<()> {
        self.server.kill().await
    }

    /// Starts it again after that, where it was; it puts itself right by its log.
    pub async fn start_again(&mut self) -> anyhow::Result<()> {
        self.server = serve(&self.programs, &self.folder, self.port, &self.settings).await?;
        self.wait_until_ready().await
    }

    /// The address of the server's own database, for tests that make databases themselves.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Makes an empty database and returns its address.
    pub async fn new_database(&self) -> anyhow::Result<String> {
        let name = format!("vigie_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.ask(&format!("CREATE DATABASE {name}")).await?;
        Ok(self.url_of(&name))
    }

    /// Runs one statement in the server's own database, and returns what psql prints.
    pub async fn ask(&self, statement: &str) -> anyhow::Result<String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement,
            &self.url(),
        ])
        .current_dir(self.folder.path());
        run_and_read("psql", psql).await
    }

    async fn wait_until_ready(&self) -> anyhow::Result<()> {
        // It listens a little before it takes questions ("the database system is starting up"), longer after it died.
        let begin = Instant::now();
        while let Err(error) = self.ask("SELECT 1").await {
            if begin.elapsed() > Duration::from_secs(60) {
                return Err(error);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    fn url_of(&self, database: &str) -> String {
        format!(
            "postgres://vigie:{}@127.0.0.1:{}/{database}",
            self.password, self.port
        )
    }
}

/// Starts the server of a cluster, and waits until it listens.
async fn serve(
    programs: &Path,
    folder: &Temporary,
    port: u16,
    settings: &[&'static str],
) -> anyhow::Result<Running> {
    let mut serve = as_account(server_account()?, &programs.join("postgres"));
    serve
        .current_dir(folder.path())
        .arg("-D")
        .arg(folder.path().join("data"))
        .args(["-p", &port.to_string()]);
    serve.arg("-k").arg(folder.path());
    for setting in settings {
        serve.args(["-c", setting]);
    }
    let log = std::env::temp_dir().join(format!(
        "{}.log",
        folder.path().file_name().unwrap_or_default().display()
    ));
    let mut server = Running::start("PostgreSQL", serve, &log)?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let listening = server.listens(address, Duration::from_secs(30)).await;
    // The open file stays readable to the server; the name need not outlive the start.
    let _ = std::fs::remove_file(&log);
    listening?;
    Ok(server)
}

/// The account the server runs as: none when we are a usual person, since only root must step down.
fn server_account() -> anyhow::Result<Option<(u32, u32)>> {
    if !machine::is_root() {
        return Ok(None);
    }
    let account = machine::account("postgres").or_else(|| machine::account("nobody"));
    Ok(Some(account.context(
        "PostgreSQL refuses root, and there is no account `postgres` or `nobody`",
    )?))
}

fn as_account(account: Option<(u32, u32)>, program: &Path) -> Command {
    let Some((user, group)) = account else {
        return mortal(program);
    };
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid",
            &user.to_string(),
            "--regid",
            &group.to_string(),
            "--clear-groups",
        ])
        .args(["--pdeathsig", "KILL", "--"])
        .arg(program);
    command
}

#[cfg(test)]
mod tests {
    use super::Postgres;

    #[tokio::test]
    async fn a_private_postgresql_answers_and_leaves_nothing_behind() {
        let postgres = Postgres::start(false).await.expect("starts");
        assert_eq!(
            postgres.ask("SELECT 6 * 7").await.expect("answers").trim(),
            "42"
        );
        assert_eq!(
            postgres
                .ask("SHOW max_connections")
                .await
                .expect("answers")
                .trim(),
            "200"
        );
        let first = postgres.new_database().await.expect("made");
        let second = postgres.new_database().await.expect("made");
        assert_ne!(first, second);
        let folder = postgres.folder.path().to_path_buf();
        let port = postgres.port;
        drop(postgres);
        assert!(!folder.exists());
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
