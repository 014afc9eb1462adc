//! Who counts: a server in the place of every other host, and somebody between the browser and the desk.

use super::corpus::Body;
use anyhow::Context;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What both keep.
type Noted<T> = Arc<Mutex<Vec<T>>>;

fn note<T>(noted: &Noted<T>, what: T) {
    noted
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(what);
}

fn taken<T>(noted: &Noted<T>) -> Vec<T> {
    std::mem::take(&mut *noted.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A server that every other host's name leads to.
#[derive(Debug)]
pub struct Canary {
    address: SocketAddr,
    came: Noted<(u64, String)>,
    shown: Noted<(String, String)>,
}

impl Canary {
    /// Listens on loopback.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("no room for a canary")?;
        let canary = Self {
            address: listener.local_addr()?,
            came: Noted::default(),
            shown: Noted::default(),
        };
        let (came, shown) = (Arc::clone(&canary.came), Arc::clone(&canary.shown));
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((stream, _)) = listener.accept().await {
                number += 1;
                // A connection made ahead says nothing, and is one all the same.
                note(&came, (number, "(connected)".to_owned()));
                tokio::spawn(greet(stream, number, Arc::clone(&came), Arc::clone(&shown)));
            }
        });
        Ok(canary)
    }

    /// The flag by which Chromium finds it under every name.
    pub fn resolver_rules(&self) -> String {
        format!(
            "--host-resolver-rules=MAP *.example {}, MAP *.invalid {}",
            self.address, self.address
        )
    }

    /// Who came since the last call: host and address, or that somebody connected without a request one can read.
    pub fn came(&self) -> Vec<String> {
        taken(&self.came)
            .into_iter()
            .map(|(_, what)| what)
            .collect()
    }

    /// Shows bodies as they came, each under `http://unguarded.example/NAME`, and one page with all of them in frames.
    pub fn show(&self, bodies: &[Body], desk: &str) {
        let mut all = String::from("<!doctype html>");
        for body in bodies {
            all.push_str(&format!("<iframe src='/{}'></iframe>", body.name));
            let page = format!("<!doctype html>{}", body.filled(desk));
            note(&self.shown, (format!("/{}", body.name), page));
        }
        note(&self.shown, ("/".to_owned(), all));
    }
}

async fn greet(
    mut stream: TcpStream,
    number: u64,
    came: Noted<(u64, String)>,
    shown: Noted<(String, String)>,
) {
    let mut said = Vec::new();
    let mut piece = [0; 4096];
    while !said.windows(4).any(|it| it == b"\r\n\r\n") && said.len() < 65_536 {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(read) => said.extend_from_slice(&piece[..read]),
        }
        // Somebody who begins with TLS says nothing more that one can read here: that they came is enough.
        if said.first() == Some(&0x16) {
            break;
        }
    }
    let text = String::from_utf8_lossy(&said).into_owned();
    let line = text.lines().next().unwrap_or_default();
    let host = text
        .lines()
        .find_map(|it| {
            it.strip_prefix("Host: ")
                .or_else(|| it.strip_prefix("host: "))
        })
        .unwrap_or_default();
    let path = line.split(' ').nth(1).unwrap_or_default();
    let page = shown
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .find(|(at, _)| at == path && host == "unguarded.example")
        .map(|(_, page)| page.clone());
    {
        let mut came = came.lock().unwrap_or_else(PoisonError::into_inner);
        came.retain(|(it, _)| *it != number);
        if page.is_none() {
            let readable: String = text
                .chars()
                .filter(|it| !it.is_control())
                .take(120)
                .collect();
            let what = if host.is_empty() {
                format!("(no request) {readable}")
            } else {
                format!("{host} {path}")
            };
            came.push((number, what));
        }
    }
    let body = page.unwrap_or_default();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// A request that only a mail can have caused.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its first line.
    pub request: String,
    /// Whether it came with a cookie.
    pub with_cookie: bool,
}

/// Somebody who passes everything on between the browser and the desk, and reads along.
#[derive(Debug)]
pub struct Between {
    address: SocketAddr,
    suspicious: Noted<Request>,
}

/// What addresses of ours hold in hostile mails, and nowhere else.
const MARK: &str = "canary-";

impl Between {
    /// Listens on loopback for the desk at this address.
    pub async fn start(desk: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("no room before the desk")?;
        let between = Self {
            address: listener.local_addr()?,
            suspicious: Noted::default(),
        };
        let noted = Arc::clone(&between.suspicious);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(stream, desk, Arc::clone(&noted)));
            }
        });
        Ok(between)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Suspicious requests since the last call.
    pub fn suspicious(&self) -> Vec<Request> {
        taken(&self.suspicious)
    }
}

async fn pass_on(browser: TcpStream, desk: SocketAddr, noted: Noted<Request>) {
    let Ok(server) = TcpStream::connect(desk).await else {
        return;
    };
    let _ = (browser.set_nodelay(true), server.set_nodelay(true));
    let (mut from_browser, mut to_browser) = browser.into_split();
    let (mut from_desk, mut to_desk) = server.into_split();
    let back = tokio::spawn(async move { tokio::io::copy(&mut from_desk, &mut to_browser).await });
    let mut piece = [0; 16_384];
    let mut head = Vec::new();
    loop {
        let read = match from_browser.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(read) => read,
        };
        head.extend_from_slice(&piece[..read]);
        for request in requests(&mut head) {
            if request.request.contains(MARK) {
                note(&noted, request);
            }
        }
        if to_desk.write_all(&piece[..read]).await.is_err() {
            break;
        }
    }
    let _ = to_desk.shutdown().await;
    let _ = back.await;
}

/// The whole heads of requests among what came, which are taken out.
fn requests(came: &mut Vec<u8>) -> Vec<Request> {
    let mut found = Vec::new();
    while let Some(end) = came.windows(4).position(|it| it == b"\r\n\r\n") {
        let head: Vec<u8> = came.drain(..end + 4).collect();
        let text = String::from_utf8_lossy(&head);
        // What stands before it on the line is the end of the body before.
        let line = text
            .lines()
            .find(|it| it.contains(" HTTP/1.1"))
            .unwrap_or_default();
        let with_cookie = text
            .lines()
            .any(|it| it.to_ascii_lowercase().starts_with("cookie:"));
        if !line.is_empty() {
            found.push(Request {
                request: line.to_owned(),
                with_cookie,
            });
        }
    }
    // Pages on the live channel speak without heads.
    if came.len() > 1 << 20 {
        came.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::requests;

    #[test]
    fn requests_are_read_along_however_they_come() {
        let mut came = b"GET /a HTTP/1.1\r\nCookie: x=1\r\n\r\nGET /canary-x HTTP/1.1\r\nHost: y\r\n\r\nGET /c".to_vec();
        let found = requests(&mut came);
        let told: Vec<(&str, bool)> = found
            .iter()
            .map(|it| (it.request.as_str(), it.with_cookie))
            .collect();
        assert_eq!(
            told,
            [("GET /a HTTP/1.1", true), ("GET /canary-x HTTP/1.1", false)]
        );
        assert_eq!(came, b"GET /c");
        came.extend_from_slice(b" HTTP/1.1\r\n\r\n");
        assert_eq!(requests(&mut came).len(), 1);
    }
}
