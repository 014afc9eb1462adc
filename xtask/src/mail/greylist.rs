//! A policy service as Postfix asks one (SMTPD_POLICY_README): the first time somebody is written to, they are not to be
//! had for now.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The service; it ends when it is dropped.
#[derive(Debug)]
pub struct Greylist {
    address: SocketAddr,
    met: Arc<Mutex<HashSet<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Greylist {
    /// Puts off the first mail to each recipient of this domain.
    pub async fn start(domain: &'static str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let met = Arc::new(Mutex::new(HashSet::new()));
        let shared = Arc::clone(&met);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let met = Arc::clone(&shared);
                tokio::spawn(async move {
                    // Postfix goes away when it has nothing to ask any more.
                    let _ = answer(stream, &met, domain).await;
                });
            }
        });
        Ok(Self { address, met, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether somebody was put off.
    pub fn put_off(&self, recipient: &str) -> bool {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        met.contains(recipient)
    }
}

impl Drop for Greylist {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    stream: TcpStream,
    met: &Mutex<HashSet<String>>,
    domain: &str,
) -> anyhow::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut recipient = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        if let Some(it) = line.strip_prefix("recipient=") {
            recipient = it.to_owned();
        }
        // An empty line ends a question.
        if !line.is_empty() {
            continue;
        }
        let is_ours = recipient.ends_with(domain);
        let is_first = is_ours
            && met
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(recipient.clone());
        let action = match is_first {
            true => "450 4.2.0 greylisted, come back later",
            false => "DUNNO",
        };
        let said = format!("action={action}\n\n");
        stream.get_mut().write_all(said.as_bytes()).await?;
    }
}
