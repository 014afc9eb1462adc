//! One connection to an IMAP server: how it is made and protected, what is said over it, and answers as they come, whole
//! and bounded. Nothing is waited for without an end, and nothing larger is read than was asked for.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::Protection;
use super::answers::{self, Answer};
use super::fault::{Fault, Kind};

/// The most bytes of an answer beside its literals: the numbers of a million letters.
const MOST_TEXT: usize = 16 * 1024 * 1024;

trait Both: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

/// How connections are made: how long anything may take, and whom we trust.
pub struct Dialer {
    patience: Duration,
    authorities: Vec<CertificateDer<'static>>,
    trust: OnceLock<Arc<ClientConfig>>,
}

impl std::fmt::Debug for Dialer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dialer({:?})", self.patience)
    }
}

impl Dialer {
    /// With the machine's own certificates, and those of `authorities` besides.
    pub fn new(patience: Duration, authorities: Vec<CertificateDer<'static>>) -> Dialer {
        Dialer {
            patience,
            authorities,
            trust: OnceLock::new(),
        }
    }

    /// Read once: a machine has some hundred of them.
    fn trust(&self) -> Result<Arc<ClientConfig>, Fault> {
        if let Some(known) = self.trust.get() {
            return Ok(Arc::clone(known));
        }
        let mut roots = RootCertStore::empty();
        let own = rustls_native_certs::load_native_certs().certs;
        roots.add_parsable_certificates(own.into_iter().chain(self.authorities.iter().cloned()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Fault::saying(Kind::NotTls, &error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::clone(self.trust.get_or_init(|| Arc::new(config))))
    }

    /// Opens a connection and protects it; what the server greets with is read already.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn dial(
        &self,
        host: &str,
        port: u16,
        protection: Protection,
    ) -> Result<(Line, Answer), Fault> {
        let stream = self.reach(host, port, protection).await?;
        // Commands are small and must not wait for more.
        let _ = stream.set_nodelay(true);
        if protection == Protection::Tls {
            let stream = self.protect(host, stream).await?;
            let mut line = Line::over(stream, self.patience);
            let greeting = line.greeting().await?;
            return Ok((line, greeting));
        }
        let mut line = Line::over(stream, self.patience);
        let greeting = line.greeting().await?;
        if protection == Protection::None {
            return Ok((line, greeting));
        }
        let offers = line.capabilities().await?;
        if !offers.iter().any(|it| it == "STARTTLS") {
            return Err(Kind::NoStarttls.into());
        }
        let answer = line.ask("STARTTLS", 0, &mut |_| Ok(())).await?;
        if answer.status != answers::Status::Ok {
            return Err(Fault::saying(Kind::NoStarttls, &answer.text));
        }
        // What came before the protection is nobody's word, and must not be taken for an answer within it.
        if !line.heard.is_empty() {
            return Err(Kind::Unclear.into());
        }
        let stream = self.protect(host, line.stream).await?;
        Ok((Line::over(stream, self.patience), greeting))
    }

    async fn reach(
        &self,
        host: &str,
        port: u16,
        protection: Protection,
    ) -> Result<TcpStream, Fault> {
        let found = tokio::time::timeout(self.patience, tokio::net::lookup_host((host, port)));
        let addresses: Vec<SocketAddr> = match found.await {
            Ok(Ok(addresses)) => addresses.collect(),
            Ok(Err(_)) => return Err(Kind::NameUnknown.into()),
            Err(_) => return Err(Kind::NoAnswer.into()),
        };
        let mut fault = Fault::from(Kind::NameUnknown);
        for address in addresses {
            // By the address and not by the name, which may lead anywhere.
            if protection == Protection::None && !address.ip().is_loopback() {
                fault = Kind::Unprotected.into();
                continue;
            }
            fault = match tokio::time::timeout(self.patience, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                    Kind::Refused.into()
                }
                Ok(Err(error)) => Fault::saying(Kind::Unreachable, &error.to_string()),
                Err(_) => Kind::NoAnswer.into(),
            };
        }
        Err(fault)
    }

    async fn protect<S: Both + 'static>(
        &self,
        host: &str,
        stream: S,
    ) -> Result<TlsStream<S>, Fault> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Kind::NameUnknown)?;
        let connector = TlsConnector::from(self.trust()?);
        match tokio::time::timeout(self.patience, connector.connect(name, stream)).await {
            Ok(Ok(stream)) => Ok(stream),
            Ok(Err(error)) => Err(not_protected(&error)),
            Err(_) => Err(Kind::NoAnswer.into()),
        }
    }
}

/// Why TLS did not come about.
fn not_protected(error: &std::io::Error) -> Fault {
    let said = error.to_string();
    let cause = error
        .get_ref()
        .and_then(|it| it.downcast_ref::<rustls::Error>());
    let kind = match cause {
        Some(rustls::Error::InvalidCertificate(why)) => match why {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Kind::CertificateName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Kind::CertificateExpired,
            _ => Kind::CertificateUnknown,
        },
        Some(_) => Kind::NotTls,
        None => Kind::Dropped,
    };
    Fault::saying(kind, &said)
}

/// A connection.
pub struct Line {
    stream: Box<dyn Both>,
    heard: Vec<u8>,
    said: u32,
    patience: Duration,
    farewell: String,
    /// The server told of more letters since this was last set to false.
    pub has_news: bool,
}

impl Line {
    fn over(stream: impl Both + 'static, patience: Duration) -> Line {
        Line {
            stream: Box::new(stream),
            heard: vec![],
            said: 0,
            patience,
            farewell: String::new(),
            has_news: false,
        }
    }

    /// Reads more. Losing interest in the middle loses no byte.
    async fn more(&mut self) -> Result<(), Fault> {
        match self.stream.read_buf(&mut self.heard).await {
            Ok(0) | Err(_) if !self.farewell.is_empty() => {
                Err(Fault::saying(Kind::ServerRefuses, &self.farewell))
            }
            Ok(0) => Err(Kind::Dropped.into()),
            Ok(_) => Ok(()),
            Err(error) => Err(Fault::saying(Kind::Dropped, &error.to_string())),
        }
    }

    /// The next whole answer: a line, and the literals in it of at most `most` bytes. Whoever `waits` is not surprised when
    /// none begins.
    async fn frame(&mut self, most: usize, waits: bool) -> Result<Vec<u8>, Fault> {
        let (mut looked, mut begin, mut literals) = (0, 0, 0);
        loop {
            let end = self.heard[looked..].windows(2).position(|it| it == b"\r\n");
            let Some(end) = end.map(|at| looked + at) else {
                if self.heard.len() - literals > MOST_TEXT {
                    return Err(Kind::Endless.into());
                }
                looked = self.heard.len().saturating_sub(1).max(begin);
                match waits && self.heard.is_empty() {
                    true => self.more().await?,
                    false => self.soon().await?,
                }
                continue;
            };
            let follows = answers::literal_after(&self.heard[begin..end]);
            match follows.filter(|_| answers::may_hold_literals(&self.heard)) {
                Some(length) => {
                    literals = literals.saturating_add(length);
                    if literals > most {
                        return Err(Kind::Endless.into());
                    }
                    begin = end + 2 + length;
                    looked = begin;
                    let missing = begin.saturating_sub(self.heard.len());
                    self.heard.reserve(missing);
                    while self.heard.len() < begin {
                        self.soon().await?;
                    }
                }
                None => {
                    let rest = self.heard.split_off(end + 2);
                    let frame = std::mem::replace(&mut self.heard, rest);
                    self.notice(&frame);
                    return Ok(frame);
                }
            }
        }
    }

    /// Reads more, or says that nothing came.
    async fn soon(&mut self) -> Result<(), Fault> {
        let read = tokio::time::timeout(self.patience, self.more());
        read.await.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
    }

    /// The next answer, before patience ends.
    async fn next(&mut self, most: usize) -> Result<Vec<u8>, Fault> {
        // Large letters may take longer than that; whether they do come is asked piece by piece.
        let whole = tokio::time::timeout(self.patience * 20, self.frame(most, false));
        whole.await.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
    }

    fn notice(&mut self, frame: &[u8]) {
        if answers::counted(frame, "EXISTS").is_some() {
            self.has_news = true;
        }
        if let Some(text) = answers::untagged(frame, "BYE") {
            self.farewell = String::from_utf8_lossy(text).into_owned();
        }
    }

    async fn write(&mut self, text: &str) -> Result<(), Fault> {
        let written = async {
            self.stream.write_all(text.as_bytes()).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(self.patience, written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Fault::saying(Kind::Dropped, &error.to_string())),
            Err(_) => Err(Kind::NoAnswer.into()),
        }
    }

    async fn greeting(&mut self) -> Result<Answer, Fault> {
        let frame = match self.next(0).await {
            Ok(frame) => frame,
            // Whoever waits for us to speak first speaks TLS, or something else altogether.
            Err(fault) if matches!(fault.kind, Kind::NoAnswer | Kind::Dropped) => {
                return Err(Kind::NotImap.into());
            }
            Err(fault) => return Err(fault),
        };
        if let Some(text) = answers::untagged(&frame, "PREAUTH") {
            return Ok(Answer {
                status: answers::Status::Ok,
                text: format!("[PREAUTH] {}", String::from_utf8_lossy(text)),
            });
        }
        if !self.farewell.is_empty() {
            return Err(Fault::saying(Kind::ServerRefuses, &self.farewell));
        }
        frame
            .strip_prefix(b"* ")
            .and_then(answers::status)
            .filter(|answer| answer.status == answers::Status::Ok)
            .ok_or_else(|| Fault::saying(Kind::NotImap, &String::from_utf8_lossy(&frame)))
    }

    /// Says a command and hears how it ended; `each` is given what comes before that. Literals of an answer may have
    /// `most` bytes.
    ///
    /// # Errors
    /// When the end of it does not come, or `each` does not take what does.
    pub async fn ask(
        &mut self,
        command: &str,
        most: usize,
        each: &mut (dyn FnMut(&[u8]) -> Result<(), Fault> + Send),
    ) -> Result<Answer, Fault> {
        let tag = self.say(command).await?;
        self.end_of(&tag, most, each).await
    }

    /// Says a command without waiting for what comes of it; returns its name.
    pub async fn say(&mut self, command: &str) -> Result<String, Fault> {
        self.said += 1;
        let tag = format!("v{}", self.said);
        self.write(&format!("{tag} {command}\r\n")).await?;
        Ok(tag)
    }

    /// Says what belongs to a command that was said before.
    pub async fn add(&mut self, text: &str) -> Result<(), Fault> {
        self.write(&format!("{text}\r\n")).await
    }

    /// Hears how a command ended.
    pub async fn end_of(
        &mut self,
        tag: &str,
        most: usize,
        each: &mut (dyn FnMut(&[u8]) -> Result<(), Fault> + Send),
    ) -> Result<Answer, Fault> {
        loop {
            let frame = self.next(most).await?;
            let own = frame
                .strip_prefix(tag.as_bytes())
                .and_then(|rest| rest.strip_prefix(b" "));
            if let Some(rest) = own {
                return answers::status(rest).ok_or_else(|| Kind::Unclear.into());
            }
            each(&frame)?;
        }
    }

    /// Waits until the server wants to hear more (`+`); `None` when it ended the command instead.
    pub async fn is_invited(&mut self, tag: &str) -> Result<Option<Answer>, Fault> {
        loop {
            let frame = self.next(0).await?;
            if frame.starts_with(b"+") {
                return Ok(None);
            }
            let own = frame
                .strip_prefix(tag.as_bytes())
                .and_then(|rest| rest.strip_prefix(b" "));
            if let Some(rest) = own {
                let answer = answers::status(rest).ok_or(Kind::Unclear)?;
                return Ok(Some(answer));
            }
        }
    }

    /// Waits for whatever comes next, however long.
    pub async fn hear(&mut self) -> Result<(), Fault> {
        self.frame(64 * 1024, true).await.map(|_| ())
    }

    /// What the server can do, in capitals.
    pub async fn capabilities(&mut self) -> Result<Vec<String>, Fault> {
        let mut found = vec![];
        let answer = self
            .ask("CAPABILITY", 0, &mut |frame| {
                if let Some(words) = answers::untagged(frame, "CAPABILITY") {
                    let words = String::from_utf8_lossy(words).to_ascii_uppercase();
                    found.extend(words.split_whitespace().map(str::to_owned));
                }
                Ok(())
            })
            .await?;
        match answer.status {
            answers::Status::Ok => Ok(found),
            _ => Err(Fault::saying(Kind::NotImap, &answer.text)),
        }
    }
}
