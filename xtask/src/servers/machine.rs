//! What the machine must have: found, or installed from Debian's packages.

use super::process::run_and_show;
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::process::Command;

/// A thing a run needs, and the Debian packages it comes with.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// PostgreSQL's server programs, version 15 or newer.
    PostgresServer,
    /// Chromium and its WebDriver server.
    Browser,
    /// npm, which fetches axe-core.
    Npm,
    /// Dovecot, from which tests fetch letters.
    ImapServer,
    /// Postfix, through which mails leave and come in.
    Relay,
    /// A compiler of C++, in which libFuzzer is written, and of C.
    CompilerOfCxx,
}

impl Need {
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::PostgresServer => &["postgresql"],
            Self::Browser => &["chromium", "chromium-driver"],
            Self::Npm => &["npm"],
            Self::ImapServer => &["dovecot-imapd"],
            Self::Relay => &["postfix"],
            Self::CompilerOfCxx => &["g++"],
        }
    }

    fn is_met(self) -> bool {
        match self {
            Self::PostgresServer => postgres_programs().is_some(),
            Self::Browser => program("chromium").is_some() && program("chromedriver").is_some(),
            Self::Npm => program("npm").is_some(),
            Self::ImapServer => Path::new("/usr/sbin/dovecot").exists(),
            Self::Relay => Path::new("/usr/sbin/postfix").exists(),
            Self::CompilerOfCxx => program("c++").is_some(),
        }
    }
}

static LISTS_ARE_FRESH: AtomicBool = AtomicBool::new(false);

/// Makes sure that `need` is met, installing Debian's packages when it is not and we are root.
pub async fn provide(need: Need) -> anyhow::Result<()> {
    if need.is_met() {
        return Ok(());
    }
    let packages = need.packages().join(" ");
    if program("apt-get").is_none() {
        bail!("{packages} not found, and this is no Debian: install what holds the same programs");
    }
    if !is_root() {
        bail!(
            "{packages} not found: install it with `sudo apt-get install --no-install-recommends {packages}`"
        );
    }
    println!("installing {packages}");
    if !LISTS_ARE_FRESH.swap(true, Ordering::Relaxed) {
        run_and_show("apt-get update", apt_get(&["update", "-qq"])).await?;
    }
    // Debian's postgresql starts a cluster of its own on installation; this file forbids it.
    if matches!(need, Need::PostgresServer)
        && !Path::new("/etc/postgresql-common/createcluster.conf").exists()
    {
        std::fs::create_dir_all("/etc/postgresql-common")?;
        std::fs::write(
            "/etc/postgresql-common/createcluster.conf",
            "create_main_cluster = false\n",
        )?;
    }
    // Debian's dovecot and postfix start servers of their own on installation, too; a unit that leads nowhere forbids it.
    let unit = match need {
        Need::ImapServer => Some("/etc/systemd/system/dovecot.service"),
        Need::Relay => Some("/etc/systemd/system/postfix.service"),
        _ => None,
    };
    if let Some(unit) = unit.map(Path::new)
        && unit.parent().is_some_and(Path::exists)
        && !unit.exists()
    {
        std::os::unix::fs::symlink("/dev/null", unit)?;
    }
    let mut install = apt_get(&["install", "-y", "-qq", "--no-install-recommends"]);
    install.args(need.packages());
    run_and_show("apt-get install", install).await?;
    if !need.is_met() {
        bail!("{packages} is installed but what it should hold is not found");
    }
    Ok(())
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether this process has the rights of root (PostgreSQL and Chromium's sandbox both refuse it).
pub fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ids = status.lines().find_map(|it| it.strip_prefix("Uid:"));
    ids.and_then(|it| it.split_whitespace().nth(1)) == Some("0")
}

/// The user and group number of an account of this machine.
pub fn account(name: &str) -> Option<(u32, u32)> {
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = accounts
        .lines()
        .find(|it| it.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// Where a program lies that `PATH` finds.
#[expect(
    clippy::disallowed_methods,
    reason = "PATH is the machine's, not a setting of the product"
)]
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|it| it.join(name))
        .find(|it| it.is_file())
}

/// The folder of the newest installed PostgreSQL server, 15 or newer.
pub fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .flatten()
        .filter_map(|it| {
            Some((
                it.file_name().to_str()?.parse::<u32>().ok()?,
                it.path().join("bin"),
            ))
        })
        .filter(|(version, folder)| {
            *version >= 15 && folder.join("initdb").exists() && folder.join("postgres").exists()
        })
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder)
}
