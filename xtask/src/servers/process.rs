//! Processes that end with the value that started them, with everything they started themselves.

use super::signals::{MARK, family, marked, send};
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A program that runs in a process group of its own; dropping it kills the whole group.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    group: Option<u32>,
    mark: String,
    log: PathBuf,
}

/// A command that the kernel kills when this program dies in a way that runs no destructor.
///
/// (`setpriv` is in `util-linux`, which every Debian has.)
pub fn mortal(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

impl Running {
    /// Starts `command`; what it says on standard error (and on standard output, unless that is
    /// already piped by [`Running::start_and_read_line`]) goes to the file `log`.
    pub fn start(name: &str, command: Command, log: &Path) -> anyhow::Result<Self> {
        let output = open_log(log)?;
        Self::spawn(name, command, log, Stdio::from(output))
    }

    /// Starts `command` and waits for the first line of its standard output, at most `patience`.
    /// The rest of the output goes to the log.
    pub async fn start_and_read_line(
        name: &str,
        command: Command,
        log: &Path,
        patience: Duration,
    ) -> anyhow::Result<(Self, String)> {
        let mut running = Self::spawn(name, command, log, Stdio::piped())?;
        let output = running
            .child
            .stdout
            .take()
            .context("standard output is not piped")?;
        let mut lines = BufReader::new(output).lines();
        let first = match tokio::time::timeout(patience, lines.next_line()).await {
            Ok(line) => line.with_context(|| format!("cannot read the output of {name}"))?,
            Err(_) => bail!(
                "{name} printed nothing within {} s\n{}",
                patience.as_secs(),
                running.log_end()
            ),
        };
        let Some(first) = first else {
            bail!(
                "{name} ended without a word on standard output\n{}",
                running.log_end()
            );
        };
        let rest = log.with_extension("out");
        tokio::spawn(async move {
            let mut text = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                text.push_str(&line);
                text.push('\n');
                let _ = tokio::fs::write(&rest, &text).await;
            }
        });
        Ok((running, first))
    }

    fn spawn(name: &str, mut command: Command, log: &Path, output: Stdio) -> anyhow::Result<Self> {
        let errors = open_log(log)?;
        let mark = format!("{MARK}={}", crate::chance::fresh_word()?);
        let child = command
            .env(MARK, &mark[MARK.len() + 1..])
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::from(errors))
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let group = child.id();
        Ok(Self {
            name: name.to_owned(),
            child,
            group,
            mark,
            log: log.to_path_buf(),
        })
    }

    /// The number of the process.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// kill -9, for the process and all it started; returns when it is gone.
    pub async fn kill(&mut self) -> anyhow::Result<()> {
        self.kill_group();
        self.child
            .wait()
            .await
            .with_context(|| format!("cannot wait for {}", self.name))?;
        Ok(())
    }

    /// Sends a signal to the process and to all it started, and those started. By descent: PostgreSQL's processes write
    /// over what they were started with.
    pub fn signal(&self, signal: &str) {
        for id in self.id().map(family).unwrap_or_default() {
            send(signal, &id.to_string());
        }
    }

    /// Waits for the end of the program.
    pub async fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        self.child
            .wait()
            .await
            .with_context(|| format!("cannot wait for {}", self.name))
    }

    /// An error with the end of the log when the program is no longer there.
    pub fn must_be_alive(&mut self) -> anyhow::Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!(
                "{} ended by itself ({status})\n{}",
                self.name,
                self.log_end()
            );
        }
        Ok(())
    }

    /// Waits until `address` accepts connections, at most `patience`.
    pub async fn listens(&mut self, address: SocketAddr, patience: Duration) -> anyhow::Result<()> {
        let start = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            self.must_be_alive()?;
            if start.elapsed() > patience {
                bail!(
                    "{} does not listen on {address} after {patience:?}\n{}",
                    self.name,
                    self.log_end()
                );
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// The last lines the program wrote, for an error message.
    pub fn log_end(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.len().saturating_sub(15);
        lines[last..]
            .iter()
            .map(|it| format!("    | {it}\n"))
            .collect()
    }

    /// The last lines in which the program complains, for an error message.
    pub fn complaints(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let complains = |it: &&str| it.contains("\"WARN\"") || it.contains("\"ERROR\"");
        let lines: Vec<&str> = text.lines().filter(complains).collect();
        let last = lines.len().saturating_sub(15);
        lines[last..]
            .iter()
            .map(|it| format!("    | {it}\n"))
            .collect()
    }

    /// The memory the process holds in RAM (`VmRSS`, and the most it ever held, `VmHWM`), in bytes.
    pub fn memory(&self) -> anyhow::Result<(u64, u64)> {
        let id = self.id().context("the process has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let field = |name: &str| -> anyhow::Result<u64> {
            let line = status.lines().find_map(|it| it.strip_prefix(name));
            let number = line.and_then(|it| it.split_whitespace().next());
            Ok(number
                .with_context(|| format!("no {name} in /proc"))?
                .parse::<u64>()?
                * 1024)
        };
        Ok((field("VmRSS:")?, field("VmHWM:")?))
    }

    /// The time of processors that the process took until now.
    pub fn processor(&self) -> anyhow::Result<Duration> {
        let id = self.id().context("the process has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name of the program, which may hold anything, ends with the last bracket.
        let after = stat.rsplit_once(')').context("no name in /proc")?.1;
        let field = |at: usize| -> anyhow::Result<u64> {
            let text = after.split_whitespace().nth(at);
            Ok(text.context("too few fields in /proc")?.parse()?)
        };
        // In hundredths of a second, on every Linux there is: of the process itself, and of the kernel for it.
        Ok(Duration::from_millis((field(11)? + field(12)?) * 10))
    }

    fn kill_group(&mut self) {
        let Some(group) = self.group.take() else {
            return;
        };
        send("KILL", &format!("-{group}"));
        for id in marked(&self.mark) {
            send("KILL", &id);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill_group();
        // A moment to be reaped, so that its files are closed before its folder is removed.
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(5)
        {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn open_log(log: &Path) -> anyhow::Result<std::fs::File> {
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write {}", log.display()))
}

/// A loopback port nobody listens on at this moment.
pub fn spare_port() -> anyhow::Result<u16> {
    let listener =
        std::net::TcpListener::bind("127.0.0.1:0").context("no spare port on loopback")?;
    Ok(listener.local_addr()?.port())
}

/// Runs a program to its end, its output shown as it comes; an error unless it succeeds. When the
/// future is dropped first, the program is asked to end, and may clean up after itself.
pub async fn run_and_show(name: &str, mut command: Command) -> anyhow::Result<()> {
    let mark = format!("{MARK}={}", crate::chance::fresh_word()?);
    let child = command
        .env(MARK, &mark[MARK.len() + 1..])
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let mut shown = Shown { child, mark };
    let status = shown
        .child
        .wait()
        .await
        .with_context(|| format!("cannot wait for {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

struct Shown {
    child: Child,
    mark: String,
}

impl Drop for Shown {
    fn drop(&mut self) {
        let Some(id) = self.child.id() else { return };
        send("TERM", &id.to_string());
        wait_for_end(&mut self.child, Duration::from_secs(10));
        for id in marked(&self.mark) {
            send("KILL", &id);
        }
    }
}

fn wait_for_end(child: &mut Child, patience: Duration) {
    let start = Instant::now();
    while matches!(child.try_wait(), Ok(None)) && start.elapsed() < patience {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Runs a program to its end without showing what it says; returns its standard output, or an error
/// that holds what it said.
pub async fn run_and_read(name: &str, mut command: Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{name} failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns, with an error that says so, when Ctrl-C or a request to terminate comes.
pub async fn asked_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome?,
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    bail!("stopped on request")
}

#[cfg(test)]
mod tests {
    use super::{Running, mortal};
    use crate::servers::folder::Temporary;
    use std::time::Duration;

    #[tokio::test]
    async fn what_a_dropped_process_started_ends_with_it() {
        let folder = Temporary::new("process").expect("made");
        let mut command = mortal("sh");
        // `setsid` leaves the group, as Chromium does.
        command.args(["-c", "setsid sleep 600 & echo $!; wait"]);
        let log = folder.path().join("log");
        let patience = Duration::from_secs(10);
        let (running, line) = Running::start_and_read_line("sh", command, &log, patience)
            .await
            .expect("starts");
        let inner = format!("/proc/{}/cmdline", line.trim());
        assert!(std::fs::exists(&inner).expect("readable"));
        drop(running);
        // A killed process is a zombie, without a command line, until somebody reaps it.
        let alive = || std::fs::read(&inner).is_ok_and(|it| !it.is_empty());
        let start = std::time::Instant::now();
        while alive() {
            assert!(
                start.elapsed() < Duration::from_secs(5),
                "it is still there"
            );
            std::thread::yield_now();
        }
    }

    #[tokio::test]
    async fn a_program_that_ends_without_a_word_is_an_error_with_its_last_lines() {
        let folder = Temporary::new("process").expect("made");
        let mut command = mortal("sh");
        command.args(["-c", "echo the port is taken >&2; exit 3"]);
        let log = folder.path().join("log");
        let error = Running::start_and_read_line("sh", command, &log, Duration::from_secs(10))
            .await
            .expect_err("nothing on standard output");
        assert!(error.to_string().contains("the port is taken"), "{error}");
    }
}
