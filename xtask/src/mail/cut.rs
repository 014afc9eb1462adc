//! A wire between a client and a mail server that can break at the worst moment: the server has the whole mail and has said
//! so, and the client will never hear it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The wire; it ends when it is dropped.
#[derive(Debug)]
pub struct Cut {
    address: SocketAddr,
    breaks: Arc<Mutex<HashMap<String, usize>>>,
    task: tokio::task::JoinHandle<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cut {
    /// A wire to this server.
    pub async fn start(server: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let breaks = Arc::new(Mutex::new(HashMap::new()));
        let shared = Arc::clone(&breaks);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let breaks = Arc::clone(&shared);
                tokio::spawn(async move {
                    // Either side may go away, and so may the other then.
                    let _ = pass_on(client, server, &breaks).await;
                });
            }
        });
        Ok(Self {
            address,
            breaks,
            task,
        })
    }

    /// Where it begins.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Breaks so often after a whole mail to somebody.
    pub fn breaks_after(&self, recipient: &str, times: usize) {
        lock(&self.breaks).insert(recipient.to_owned(), times);
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass_on(
    client: TcpStream,
    server: SocketAddr,
    breaks: &Mutex<HashMap<String, usize>>,
) -> anyhow::Result<()> {
    let server = TcpStream::connect(server).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let mut from_client = BufReader::new(from_client);
    let (mut line, mut said) = (Vec::new(), vec![0; 4096]);
    let mut recipient = String::new();
    let mut is_whole = false;
    loop {
        tokio::select! {
            // What was read of a line stays in it when the other side speaks first.
            read = from_client.read_until(b'\n', &mut line) => {
                if read? == 0 {
                    return Ok(());
                }
                let text = String::from_utf8_lossy(&line);
                if let Some(to) = text.strip_prefix("RCPT TO:<") {
                    recipient = to.split('>').next().unwrap_or_default().to_owned();
                }
                is_whole = line == b".\r\n";
                to_server.write_all(&line).await?;
                line.clear();
            }
            read = from_server.read(&mut said) => {
                let length = read?;
                if length == 0 {
                    return Ok(());
                }
                if is_whole && is_due(breaks, &recipient) {
                    return Ok(());
                }
                to_client.write_all(&said[..length]).await?;
            }
        }
    }
}

fn is_due(breaks: &Mutex<HashMap<String, usize>>, recipient: &str) -> bool {
    match lock(breaks).get_mut(recipient) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Cut;
    use crate::mail::client::{Client, Outcome};
    use crate::mail::sink::Sink;

    #[tokio::test]
    async fn a_mail_arrives_whole_and_its_answer_does_not_as_often_as_was_said() {
        let sink = Sink::start().await.expect("listens");
        let wire = Cut::start(sink.address()).await.expect("listens");
        wire.breaks_after("b@example.org", 1);
        let mail = b"Subject: One\r\n\r\nWords.\r\n";
        let mut heard = Vec::new();
        for _ in 0..2 {
            let mut client = Client::connect(wire.address()).await.expect("greeted");
            let sent = client.send("a@example.org", &["b@example.org"], mail);
            heard.push(sent.await.ok());
        }
        assert_eq!(heard, [None, Some(Outcome::Accepted)]);
        assert_eq!(sink.mails().len(), 2);
    }
}
