//! A private Postfix: queue and settings in a temporary folder, on loopback, gone with the value. It passes on what comes in,
//! to one server for the desk's own addresses and to another for all others.

use super::folder::Temporary;
use super::machine::{self, Need};
use super::process::{Running, mortal, run_and_read, spare_port};
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;

/// Whom Postfix asks about each recipient, and where it passes on.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// The service that decides about recipients.
    pub policy: SocketAddr,
    /// Where letters to `desk.example` go, by LMTP.
    pub desk: SocketAddr,
    /// Where all others go, by SMTP.
    pub world: SocketAddr,
}

/// A Postfix, running or stopped.
#[derive(Debug)]
pub struct Postfix {
    // Fields drop in order: the server ends before its folder goes.
    server: Option<Running>,
    folder: Temporary,
    address: SocketAddr,
}

/// Who nobody is: refused for ever, as relays do that know all addresses of a domain.
pub const NOBODY: &str = "nobody@gone.example";

impl Postfix {
    /// Starts one. It wants to be started by root, and steps down itself.
    pub async fn start(ways: Ways) -> anyhow::Result<Self> {
        machine::provide(Need::Relay).await?;
        if !machine::is_root() {
            bail!("Postfix can only be started by root");
        }
        let folder = Temporary::new("postfix")?;
        let here = folder.path();
        // Its own account has to find its queue.
        std::fs::set_permissions(here, std::fs::Permissions::from_mode(0o711))?;
        for name in ["etc", "spool", "data"] {
            std::fs::create_dir(here.join(name))?;
        }
        let (user, _) = machine::account("postfix").context("there is no account `postfix`")?;
        chown(here.join("data"), Some(user), None)?;
        let port = spare_port()?;
        std::fs::write(here.join("etc/main.cf"), main(here, ways))?;
        std::fs::write(here.join("etc/master.cf"), services(port))?;
        let mut check = Command::new("postfix");
        check.arg("-c").arg(here.join("etc")).arg("check");
        run_and_read("postfix check", check).await?;
        let mut postfix = Self {
            server: None,
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        };
        postfix.start_again().await?;
        Ok(postfix)
    }

    /// Where it takes mails.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends it at once; its queue stays.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        match self.server.take() {
            Some(mut server) => server.kill().await,
            None => Ok(()),
        }
    }

    /// Starts it where it was.
    pub async fn start_again(&mut self) -> anyhow::Result<()> {
        let here = self.folder.path();
        let mut command = mortal("/usr/lib/postfix/sbin/master");
        command.arg("-c").arg(here.join("etc")).arg("-d");
        let mut server = Running::start("Postfix", command, &here.join("output"))?;
        let listening = server.listens(self.address, Duration::from_secs(30)).await;
        listening.with_context(|| self.log_end())?;
        self.server = Some(server);
        Ok(())
    }

    /// The end of its log.
    pub fn log_end(&self) -> String {
        let log = std::fs::read(self.folder.path().join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log).into_owned();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

fn main(here: &Path, ways: Ways) -> String {
    let (here, policy, desk, world) = (here.display(), ways.policy, ways.desk, ways.world);
    let (desk, desk_port) = (desk.ip(), desk.port());
    let (world, world_port) = (world.ip(), world.port());
    format!(
        "compatibility_level = 3.6\nconfig_directory = {here}/etc\nqueue_directory = {here}/spool\n\
         data_directory = {here}/data\ndaemon_directory = /usr/lib/postfix/sbin\ncommand_directory = /usr/sbin\n\
         mail_owner = postfix\nsetgid_group = postdrop\nmaillog_file = {here}/log\nmaillog_file_prefixes = {here}\n\
         inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = relay.example\nmydestination =\n\
         local_recipient_maps =\nalias_maps =\nmynetworks = 127.0.0.0/8\n\
         smtpd_relay_restrictions = permit_mynetworks, reject\n\
         smtpd_recipient_restrictions = check_recipient_access inline:{{{{{NOBODY}=550 5.1.1 nobody of that name}}}}, \
         check_policy_service inet:{policy}, permit_mynetworks, reject\n\
         smtpd_tls_security_level = none\nsmtp_tls_security_level = none\nlmtp_tls_security_level = none\n\
         relay_domains = desk.example\ntransport_maps = inline:{{{{desk.example=lmtp:inet:{desk}:{desk_port}}}}}\n\
         default_transport = smtp:[{world}]:{world_port}\ndefault_destination_concurrency_limit = 1\n\
         queue_run_delay = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 1s\n"
    )
}

fn services(port: u16) -> String {
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 1 1 qmgr\n\
         rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n\
         trace unix - - n - 0 bounce\nverify unix - - n - 1 verify\nflush unix n - n 1000? 0 flush\n\
         proxymap unix - - n - - proxymap\nsmtp unix - - n - - smtp\nrelay unix - - n - - smtp\nlmtp unix - - n - - lmtp\n\
         showq unix n - n - - showq\nerror unix - - n - - error\nretry unix - - n - - error\n\
         discard unix - - n - - discard\nanvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\n\
         postlog unix-dgram n - n - 1 postlogd\n"
    )
}
