//! A small HTTP/1.1 client over one kept connection: for WebDriver, for the API, and, being cheap,
//! for the load generator. It asks for no compression and follows no redirect.

use anyhow::{Context, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection to one server; opened again when the server closed it.
#[derive(Debug)]
pub struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    received: Vec<u8>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body, without its transfer coding.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> anyhow::Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| {
            format!(
                "status {}, no JSON: {}",
                self.status,
                shortened(&self.text())
            )
        })
    }

    /// Itself when the status is 2xx, else an error with the beginning of the body.
    pub fn success(self) -> anyhow::Result<Self> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        bail!("status {}: {}", self.status, shortened(&self.text()))
    }
}

/// The beginning of a long text, for messages.
pub fn shortened(text: &str) -> String {
    let short: String = text.chars().take(400).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

/// The bytes of a request, so that a load generator can make them once.
pub fn request(
    method: &str,
    path: &str,
    host: SocketAddr,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() || method == "POST" {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

impl Connection {
    /// A connection to `address`, made at the first request.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
            received: Vec::with_capacity(64 * 1024),
        }
    }

    /// Sends a request and waits for its answer. A kept connection the server closed meanwhile is
    /// opened again once, and only when nothing of the answer had come.
    pub async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> anyhow::Result<Answer> {
        let bytes = request(method, path, self.address, headers, body);
        let kept = self.stream.is_some();
        match self.exchange(&bytes).await {
            Ok(answer) => Ok(answer),
            Err(_) if kept && self.received.is_empty() => self.exchange(&bytes).await,
            Err(error) => Err(error),
        }
        .with_context(|| format!("{method} http://{}{path}", self.address))
    }

    /// Sends the bytes of one request and reads one answer. On an error the connection is given up.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.received.clear();
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        stream.write_all(request).await?;
        let is_head = request.starts_with(b"HEAD ");
        let (answer, keep) = read_answer(&mut stream, &mut self.received, is_head).await?;
        if keep {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

async fn read_answer(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    is_head: bool,
) -> anyhow::Result<(Answer, bool)> {
    loop {
        let end = loop {
            if let Some(at) = find(received, b"\r\n\r\n", 0) {
                break at;
            }
            more(stream, received).await?;
        };
        let (status, headers) = parse_head(&received[..end])?;
        let start = end + 4;
        if (100..200).contains(&status) {
            received.drain(..start);
            continue;
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        let closes = answer
            .header("connection")
            .is_some_and(|it| it.eq_ignore_ascii_case("close"));
        if is_head || status == 204 || status == 304 {
            return Ok((answer, !closes));
        }
        if answer
            .header("transfer-encoding")
            .is_some_and(|it| it.eq_ignore_ascii_case("chunked"))
        {
            answer.body = read_chunks(stream, received, start).await?;
            return Ok((answer, !closes));
        }
        if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().context("content-length is no number")?;
            while received.len() < start + length {
                more(stream, received).await?;
            }
            answer.body = received[start..start + length].to_vec();
            return Ok((answer, !closes));
        }
        while stream.read_buf(received).await? > 0 {}
        answer.body = received[start..].to_vec();
        return Ok((answer, false));
    }
}

async fn read_chunks(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    mut at: usize,
) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = find(received, b"\r\n", at) {
                break end;
            }
            more(stream, received).await?;
        };
        let size = std::str::from_utf8(&received[at..end])?
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        let size = usize::from_str_radix(size, 16).context("a chunk's size is no number")?;
        at = end + 2;
        while received.len() < at + size + 2 {
            more(stream, received).await?;
        }
        if size == 0 {
            // Trailers are not used by anything we meet; the empty line ends the body.
            return Ok(body);
        }
        body.extend_from_slice(&received[at..at + size]);
        at += size + 2;
    }
}

async fn more(stream: &mut TcpStream, received: &mut Vec<u8>) -> anyhow::Result<()> {
    received.reserve(16 * 1024);
    if stream.read_buf(received).await? == 0 {
        bail!("the server closed the connection in the middle of an answer");
    }
    Ok(())
}

fn parse_head(head: &[u8]) -> anyhow::Result<(u16, Vec<(String, String)>)> {
    let head = std::str::from_utf8(head).context("the head is no text")?;
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status = first
        .split(' ')
        .nth(1)
        .and_then(|it| it.parse().ok())
        .with_context(|| format!("no status in `{first}`"))?;
    let headers = lines
        .filter_map(|it| it.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Ok((status, headers))
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = haystack.get(from..)?;
    rest.windows(needle.len())
        .position(|it| it == needle)
        .map(|it| it + from)
}

/// Text that is safe in a query or a form: everything but letters, digits and `-_.~` is escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A form's body: `name=value` pairs, escaped.
pub fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{Connection, escaped};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// A server that answers every request on every connection with the given pieces, one at a time.
    async fn server(pieces: &'static [&'static str]) -> std::net::SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("bound");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut buffer = [0_u8; 4096];
                    while stream.read(&mut buffer).await.is_ok_and(|it| it > 0) {
                        for piece in pieces {
                            let _ = stream.write_all(piece.as_bytes()).await;
                            let _ = stream.flush().await;
                            tokio::task::yield_now().await;
                        }
                    }
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn a_body_of_known_length_is_read_and_the_connection_kept() {
        let pieces = &["HTTP/1.1 200 OK\r\nContent-Le", "ngth: 5\r\n\r\nhel", "lo"];
        let mut connection = Connection::new(server(pieces).await);
        for _ in 0..3 {
            let answer = connection
                .ask("GET", "/", &[], b"")
                .await
                .expect("answered");
            assert_eq!((answer.status, answer.text().as_str()), (200, "hello"));
            assert!(connection.stream.is_some());
        }
    }

    #[tokio::test]
    async fn chunks_are_joined_however_they_arrive() {
        let pieces = &[
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r",
            "\nhello\r\n",
            "7;x=y\r\n, world\r\n0\r\n",
            "\r\n",
        ];
        let mut connection = Connection::new(server(pieces).await);
        for _ in 0..3 {
            let answer = connection
                .ask("GET", "/", &[], b"")
                .await
                .expect("answered");
            assert_eq!(answer.text(), "hello, world");
        }
    }

    #[tokio::test]
    async fn an_answer_after_a_continue_is_the_answer() {
        let pieces =
            &["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"];
        let mut connection = Connection::new(server(pieces).await);
        assert_eq!(
            connection
                .ask("GET", "/", &[], b"")
                .await
                .expect("answered")
                .status,
            404
        );
    }

    #[test]
    fn a_form_value_keeps_no_letter_a_form_could_misread() {
        assert_eq!(escaped("é & b=c"), "%C3%A9%20%26%20b%3Dc");
    }
}
