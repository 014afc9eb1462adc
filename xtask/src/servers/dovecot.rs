//! A private Dovecot: mailboxes in a temporary folder, on loopback, without root's rights, gone with the value.

use super::folder::Temporary;
use super::machine::{self, Need};
use super::process::{Running, mortal, spare_port};
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

/// The password of every account.
pub const PASSWORD: &str = "s3cret-of-the-mailbox";

/// A running server; whoever signs in has a mailbox.
#[derive(Debug)]
pub struct Dovecot {
    // Fields drop in order: the server ends before its folder goes.
    _server: Running,
    _folder: Temporary,
    address: SocketAddr,
}

/// The name under which this number stands in `/etc/passwd` or `/etc/group`.
fn named(list: &str, number: u32) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(list)?;
    let number = number.to_string();
    let line = text
        .lines()
        .find(|it| it.split(':').nth(2) == Some(&number));
    let name = line.and_then(|it| it.split(':').next());
    Ok(name
        .with_context(|| format!("{list} knows no {number}"))?
        .to_owned())
}

impl Dovecot {
    /// Starts one.
    pub async fn start() -> anyhow::Result<Self> {
        machine::provide(Need::ImapServer).await?;
        let folder = Temporary::new("imap")?;
        let own = std::fs::metadata(folder.path())?;
        let (user, group) = match own.uid() {
            // Root steps down.
            0 => machine::account("nobody").context("there is no account `nobody`")?,
            user => (user, own.gid()),
        };
        let port = spare_port()?;
        std::fs::create_dir(folder.path().join("home"))?;
        let settings = settings(folder.path(), (user, group), port)?;
        std::fs::write(folder.path().join("dovecot.conf"), settings)?;
        let mut command = mortal("/usr/sbin/dovecot");
        if own.uid() == 0 {
            for entry in ["", "home", "dovecot.conf"] {
                chown(folder.path().join(entry), Some(user), Some(group))?;
            }
            let (user, group) = (user.to_string(), group.to_string());
            command = Command::new("setpriv");
            command.args(["--reuid", &user, "--regid", &group, "--clear-groups"]);
            command.args(["--pdeathsig", "KILL", "--", "/usr/sbin/dovecot"]);
        }
        command
            .arg("-F")
            .arg("-c")
            .arg(folder.path().join("dovecot.conf"));
        command.current_dir(folder.path());
        let mut server = Running::start("Dovecot", command, &folder.path().join("output"))?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let listening = server.listens(address, Duration::from_secs(30)).await;
        listening.with_context(|| {
            std::fs::read_to_string(folder.path().join("log")).unwrap_or_default()
        })?;
        Ok(Self {
            _server: server,
            _folder: folder,
            address,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Somebody who looks into a mailbox with a program of their own.
    pub async fn human(&self, login: &str) -> anyhow::Result<Human> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let stream = BufReader::new(stream);
        let mut human = Human { stream, said: 0 };
        human.line().await?;
        human.does(&format!("LOGIN {login} \"{PASSWORD}\"")).await?;
        Ok(human)
    }
}

fn settings(folder: &Path, (user, group): (u32, u32), port: u16) -> anyhow::Result<String> {
    let here = folder.display();
    let (account, accounts) = (named("/etc/passwd", user)?, named("/etc/group", group)?);
    Ok(format!(
        "base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
         ssl = no\ndisable_plaintext_auth = no\nauth_failure_delay = 0\nmail_max_userip_connections = 50\n\
         default_internal_user = {account}\ndefault_internal_group = {accounts}\ndefault_login_user = {account}\n\
         first_valid_uid = 1\nfirst_valid_gid = 1\nmail_location = maildir:{here}/home/%u\n\
         passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
         userdb {{\n  driver = static\n  args = uid={user} gid={group} home={here}/home/%u\n}}\n\
         service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n"
    ))
}

/// Somebody with a mail program.
#[derive(Debug)]
pub struct Human {
    stream: BufReader<TcpStream>,
    said: u32,
}

impl Human {
    async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = vec![];
        self.stream.read_until(b'\n', &mut line).await?;
        let mut text = String::from_utf8_lossy(&line).trim_end().to_owned();
        // What follows belongs to it, and is nobody's business here.
        if let Some(length) = text
            .strip_suffix('}')
            .and_then(|it| it.rsplit('{').next()?.parse().ok())
        {
            let mut literal = vec![0u8; length];
            self.stream.read_exact(&mut literal).await?;
            text.push_str(&Box::pin(self.line()).await?);
        }
        Ok(text)
    }

    /// Does something, and hears what comes of it.
    pub async fn does(&mut self, command: &str) -> anyhow::Result<Vec<String>> {
        self.does_with(command.as_bytes()).await
    }

    async fn does_with(&mut self, command: &[u8]) -> anyhow::Result<Vec<String>> {
        self.said += 1;
        let tag = format!("h{}", self.said);
        let mut bytes = format!("{tag} ").into_bytes();
        bytes.extend_from_slice(command);
        bytes.extend_from_slice(b"\r\n");
        self.stream.get_mut().write_all(&bytes).await?;
        let mut heard = vec![];
        loop {
            let line = self.line().await?;
            if let Some(end) = line.strip_prefix(&format!("{tag} ")) {
                if !end.starts_with("OK") {
                    bail!("the mail server answered {end}");
                }
                return Ok(heard);
            }
            if line.is_empty() {
                bail!("the mail server closed the connection");
            }
            heard.push(line);
        }
    }

    /// Puts a letter into a folder, as a server does on which one arrives.
    pub async fn puts(&mut self, folder: &str, letter: &[u8]) -> anyhow::Result<()> {
        let mut command = format!("APPEND {folder} {{{}+}}\r\n", letter.len()).into_bytes();
        command.extend_from_slice(letter);
        self.does_with(&command).await.map(|_| ())
    }

    /// How many letters lie in a folder, and how many of them were read.
    pub async fn counts(&mut self, folder: &str) -> anyhow::Result<(usize, usize)> {
        let heard = self
            .does(&format!("STATUS {folder} (MESSAGES UNSEEN)"))
            .await?;
        let said = heard.join(" ");
        let number = |name: &str| -> anyhow::Result<usize> {
            let (_, rest) = said
                .split_once(name)
                .with_context(|| format!("no {name} in {said}"))?;
            let digits: String = rest
                .trim_start()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            Ok(digits.parse()?)
        };
        let (all, unread) = (number("MESSAGES")?, number("UNSEEN")?);
        Ok((all, all.saturating_sub(unread)))
    }
}

#[cfg(test)]
mod tests {
    use super::Dovecot;

    #[tokio::test]
    async fn a_private_dovecot_keeps_what_it_is_given() {
        let dovecot = Dovecot::start().await.expect("starts");
        let mut human = dovecot.human("somebody").await.expect("signed in");
        let letter = b"Subject: One\r\n\r\nWords.\r\n";
        human.puts("INBOX", letter).await.expect("kept");
        human.puts("INBOX", letter).await.expect("kept");
        human.does("SELECT INBOX").await.expect("looked into");
        human.does("STORE 1 +FLAGS (\\Seen)").await.expect("read");
        let mut other = dovecot.human("somebody").await.expect("signed in");
        assert_eq!(other.counts("INBOX").await.expect("counted"), (2, 1));
    }
}
