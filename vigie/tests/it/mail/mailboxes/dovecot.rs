//! A real IMAP server: Debian's Dovecot, unprivileged, on loopback, in a folder of its own, gone with the value.

use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::world;

pub const LOGIN: &str = "support";
pub const PASSWORD: &str = "s3cret of the mailbox";

/// What the server offers beside the protocol itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Offers {
    /// Everything it can.
    All,
    /// Neither IDLE nor MOVE: it is asked, and copies (IN-15).
    Little,
}

/// A running server with one account.
pub struct Dovecot {
    process: Child,
    folder: PathBuf,
    /// Where it speaks plainly, and STARTTLS.
    pub port: u16,
    /// Where it speaks TLS from the first byte.
    pub tls_port: u16,
    /// Who vouches for it, under the name `localhost`.
    pub authority: CertificateDer<'static>,
}

fn spare_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// The name under which this number stands in `/etc/passwd` or `/etc/group`.
fn named(list: &str, number: u32) -> String {
    let text = std::fs::read_to_string(list).unwrap();
    let number = number.to_string();
    let line = text
        .lines()
        .find(|it| it.split(':').nth(2) == Some(&number));
    let name = line.and_then(|it| it.split(':').next());
    name.unwrap_or_else(|| panic!("{list} knows no {number}"))
        .to_owned()
}

/// Whoever root steps down to.
const NOBODY: u32 = 65_534;

impl Dovecot {
    /// Starts a server; none where Dovecot is not installed and may be missing.
    pub async fn start(offers: Offers) -> Option<Dovecot> {
        Dovecot::start_asking(offers, None).await
    }

    /// The same; whose a token is, it asks at this address.
    pub async fn start_asking(offers: Offers, whose: Option<&str>) -> Option<Dovecot> {
        if !Path::new("/usr/sbin/dovecot").exists() {
            world::lacks("Dovecot (apt-get install dovecot-imapd)");
            return None;
        }
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::SeqCst);
        // A path of a socket has at most 107 bytes.
        let folder = PathBuf::from(format!("/tmp/vigie-imap-{}-{n}", std::process::id()));
        std::fs::create_dir_all(folder.join("home")).unwrap();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        std::fs::write(
            folder.join("users"),
            format!("{LOGIN}:{{PLAIN}}{PASSWORD}\n"),
        )
        .unwrap();
        let (port, tls_port) = (spare_port(), spare_port());
        let own = std::fs::metadata(&folder).unwrap();
        let (user, group) = match own.uid() {
            0 => (NOBODY, NOBODY),
            user => (user, own.gid()),
        };
        let mut text = settings(&folder, (user, group), (port, tls_port), offers);
        if let Some(whose) = whose {
            let here = folder.display();
            let asks = format!("tokeninfo_url = {whose}\nusername_attribute = username\n");
            std::fs::write(folder.join("tokens.conf"), asks).unwrap();
            text.push_str(&format!(
                "auth_mechanisms = plain xoauth2 oauthbearer\n\
                 passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {here}/tokens.conf\n}}\n"
            ));
        }
        std::fs::write(folder.join("dovecot.conf"), text).unwrap();
        let mut command = Command::new("setpriv");
        if own.uid() == 0 {
            for entry in std::fs::read_dir(&folder).unwrap() {
                chown(entry.unwrap().path(), Some(user), Some(group)).unwrap();
            }
            chown(&folder, Some(user), Some(group)).unwrap();
            let (user, group) = (user.to_string(), group.to_string());
            command.args(["--reuid", &user, "--regid", &group, "--clear-groups"]);
        }
        let process = command
            .args(["--pdeathsig", "TERM", "--", "/usr/sbin/dovecot", "-F", "-c"])
            .arg(folder.join("dovecot.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let authority = made.cert.der().clone();
        let server = Dovecot {
            process,
            folder,
            port,
            tls_port,
            authority,
        };
        let mut again = tokio::time::interval(Duration::from_millis(20));
        for _ in 0..500 {
            again.tick().await;
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(server);
            }
        }
        let log = std::fs::read_to_string(server.folder.join("log")).unwrap_or_default();
        panic!("Dovecot does not start: {log}");
    }

    /// Somebody who reads this mailbox in a program of their own.
    pub async fn human(&self) -> Human {
        Human::at(self.port).await
    }
}

fn settings(
    folder: &Path,
    (user, group): (u32, u32),
    (port, tls_port): (u16, u16),
    offers: Offers,
) -> String {
    let here = folder.display();
    let (account, accounts) = (named("/etc/passwd", user), named("/etc/group", group));
    let offered = match offers {
        Offers::All => "",
        Offers::Little => "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS\n",
    };
    format!(
        "{offered}base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
         ssl = yes\nssl_cert = <{here}/cert.pem\nssl_key = <{here}/key.pem\nssl_dh =\ndisable_plaintext_auth = no\n\
         auth_failure_delay = 0\nmail_max_userip_connections = 50\n\
         default_internal_user = {account}\ndefault_internal_group = {accounts}\ndefault_login_user = {account}\n\
         first_valid_uid = 1\nfirst_valid_gid = 1\nmail_location = maildir:{here}/home/%u\n\
         passdb {{\n  driver = passwd-file\n  args = {here}/users\n}}\n\
         userdb {{\n  driver = static\n  args = uid={user} gid={group} home={here}/home/%u\n}}\n\
         service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = {tls_port}\n    ssl = yes\n  }}\n}}\n"
    )
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // Told to end, it ends its own children first.
        let _ = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Somebody with a mail program.
pub struct Human {
    stream: BufReader<TcpStream>,
    said: u32,
}

impl Human {
    async fn at(port: u16) -> Human {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let mut human = Human {
            stream: BufReader::new(stream),
            said: 0,
        };
        human.line().await;
        human.does(&format!("LOGIN {LOGIN} \"{PASSWORD}\"")).await;
        human
    }

    async fn line(&mut self) -> String {
        let mut line = vec![];
        self.stream.read_until(b'\n', &mut line).await.unwrap();
        let mut text = String::from_utf8_lossy(&line).trim_end().to_owned();
        // What follows belongs to it, and is nobody's business here.
        if let Some(length) = text
            .strip_suffix('}')
            .and_then(|it| it.rsplit('{').next()?.parse().ok())
        {
            let mut literal = vec![0u8; length];
            self.stream.read_exact(&mut literal).await.unwrap();
            text.push_str(&Box::pin(self.line()).await);
        }
        text
    }

    /// Does something, and hears what comes of it.
    pub async fn does(&mut self, command: &str) -> Vec<String> {
        self.said += 1;
        let tag = format!("h{}", self.said);
        self.stream
            .write_all(format!("{tag} {command}\r\n").as_bytes())
            .await
            .unwrap();
        let mut heard = vec![];
        loop {
            let line = self.line().await;
            if let Some(end) = line.strip_prefix(&format!("{tag} ")) {
                assert!(end.starts_with("OK"), "{command}: {end}");
                return heard;
            }
            assert!(!line.is_empty(), "{command}: the connection ended");
            heard.push(line);
        }
    }

    /// Puts a letter into a folder, as a server does on which one arrives.
    pub async fn puts(&mut self, folder: &str, letter: &str) {
        let length = letter.len();
        self.does(&format!("APPEND {folder} {{{length}+}}\r\n{letter}"))
            .await;
    }

    /// The flags of the letters of a folder, in their order.
    pub async fn flags(&mut self, folder: &str) -> Vec<String> {
        self.does(&format!("SELECT {folder}")).await;
        let heard = self.does("UID FETCH 1:* (FLAGS)").await;
        heard
            .into_iter()
            .filter(|it| it.contains("FETCH ("))
            .map(|it| {
                it.replace("\\Recent", "")
                    .replace("( ", "(")
                    .replace(" )", ")")
            })
            .map(|it| {
                it.split_once("FLAGS (")
                    .map_or(String::new(), |(_, flags)| {
                        flags.split(')').next().unwrap_or("").trim().to_owned()
                    })
            })
            .collect()
    }

    /// How many letters lie in a folder.
    pub async fn count(&mut self, folder: &str) -> usize {
        self.flags(folder).await.len()
    }
}
