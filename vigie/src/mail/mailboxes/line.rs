//! One connection to an IMAP server: how it is made and protected, what is said over it, and answers as they come, whole
//! and bounded. Nothing is waited for without an end, and nothing larger is kept than was asked for.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::answers::{self, Answer};
use super::fault::{Fault, Hidden, Kind};
use super::grants::tokens::Tokens;
use super::grants::{Provider, Providers};
use super::{MailboxAdmin, Protection};

/// The most bytes of an answer beside its literals: the numbers of a million letters. And the most that one command
/// brings beside what was asked for.
const MOST_TEXT: usize = 16 * 1024 * 1024;
/// How many times its patience a command may take altogether, however busily its server goes on: large letters come slowly.
const LONGEST: u32 = 20;

/// How much may come of one command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// How many bytes of literals are kept of one answer. A larger one is passed over as if it were `NIL`.
    pub kept: usize,
    /// How many bytes of literals may come altogether, kept or passed over.
    pub sent: usize,
}

impl Most {
    /// No literals at all.
    pub const TEXT: Most = Most { kept: 0, sent: 0 };

    /// So many bytes, all of which are kept.
    pub const fn of(bytes: usize) -> Most {
        Most {
            kept: bytes,
            sent: bytes,
        }
    }
}

/// An answer as it came: a line, with the literals in it.
#[derive(Debug)]
pub struct Heard {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Something in it was passed over for its size.
    pub is_cut: bool,
    /// How many bytes that was.
    passed: usize,
}

trait Both: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

/// How connections are made: how long anything may take, and whom we trust.
pub struct Dialer {
    patience: Duration,
    authorities: Vec<CertificateDer<'static>>,
    trust: OnceLock<Arc<ClientConfig>>,
    tokens: Tokens,
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
            tokens: Tokens::new(Providers::default()),
        }
    }

    /// The same, with tokens from elsewhere than those that everybody knows.
    pub fn with_providers(self, providers: Providers) -> Dialer {
        Dialer {
            tokens: Tokens::new(providers),
            ..self
        }
    }

    /// Where tokens of this mailbox come from; none where it signs in with a password.
    pub(super) fn provider(&self, mailbox: &MailboxAdmin) -> Option<Provider> {
        self.tokens.providers().of(mailbox)
    }

    /// The tokens that are in memory.
    pub(super) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// How long nothing may come before that counts as no answer.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Read once: a machine has some hundred of them.
    pub(super) fn trust(&self) -> Result<Arc<ClientConfig>, Fault> {
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
        let answer = line.ask("STARTTLS", Most::TEXT, &mut |_| Ok(())).await?;
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
    /// What must not come back in anything a server says.
    hidden: Hidden,
    /// How many letters the server told of last.
    pub count: u32,
    /// The server told of more letters than before since this was last set to false.
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
            hidden: Hidden::default(),
            count: 0,
            has_news: false,
        }
    }

    /// From now on none of these is repeated from what the server says.
    pub fn hide(&mut self, secrets: Vec<String>) {
        self.hidden = Hidden::of(secrets);
    }

    /// What a server said, without what is secret.
    pub fn hushed(&self, text: &str) -> String {
        self.hidden.hushed(text)
    }

    /// How a command ended, without what is secret.
    fn ended(&self, rest: &[u8]) -> Result<Answer, Fault> {
        let answer = answers::status(rest).ok_or(Kind::Unclear)?;
        Ok(Answer {
            text: self.hushed(&answer.text),
            ..answer
        })
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

    /// The next whole answer: a line, and the literals in it, as far as they are kept. Whoever `waits` is not surprised when
    /// none begins, and may lose interest in the middle when nothing may be passed over.
    async fn frame(&mut self, most: Most, waits: bool) -> Result<Heard, Fault> {
        let (mut looked, mut begin, mut literals, mut passed) = (0, 0, 0, 0);
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
                Some(length) if length > most.sent.saturating_sub(literals + passed) => {
                    return Err(Kind::Endless.into());
                }
                Some(length) if length > most.kept.saturating_sub(literals) => {
                    passed += length;
                    begin = self.pass_over(begin, end, length).await?;
                    looked = begin;
                }
                Some(length) => {
                    literals += length;
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
                    let bytes = std::mem::replace(&mut self.heard, rest);
                    self.notice(&bytes);
                    return Ok(Heard {
                        bytes,
                        is_cut: passed > 0,
                        passed,
                    });
                }
            }
        }
    }

    /// Reads a literal that nobody keeps, and puts `NIL` in its place; returns where one goes on.
    async fn pass_over(&mut self, begin: usize, end: usize, length: usize) -> Result<usize, Fault> {
        let open = self.heard[begin..end].iter().rposition(|b| *b == b'{');
        let open = begin + open.unwrap_or(end - begin);
        self.heard.splice(open..end + 2, *b"NIL");
        let at = open + 3;
        let mut missing = length;
        loop {
            let here = missing.min(self.heard.len() - at);
            self.heard.drain(at..at + here);
            missing -= here;
            if missing == 0 {
                return Ok(at);
            }
            self.heard.reserve(missing.min(64 * 1024));
            self.soon().await?;
        }
    }

    /// Reads more, or says that nothing came.
    async fn soon(&mut self) -> Result<(), Fault> {
        let read = tokio::time::timeout(self.patience, self.more());
        read.await.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
    }

    /// The next answer, without literals, before patience ends.
    async fn next(&mut self) -> Result<Vec<u8>, Fault> {
        let whole = tokio::time::timeout(self.patience, self.frame(Most::TEXT, false));
        let heard = whole.await.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))?;
        Ok(heard.bytes)
    }

    fn notice(&mut self, frame: &[u8]) {
        if let Some(count) = answers::counted(frame, "EXISTS") {
            // Some repeat it for as long as one listens.
            self.has_news |= count > self.count;
            self.count = count;
        }
        if answers::counted(frame, "EXPUNGE").is_some() {
            self.count = self.count.saturating_sub(1);
        }
        if let Some(text) = answers::untagged(frame, "BYE") {
            self.farewell = self.hushed(&String::from_utf8_lossy(text));
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
        let frame = match self.next().await {
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

    /// Says a command and hears how it ended; `each` is given what comes before that, which is bounded by `most`.
    ///
    /// # Errors
    /// When the end of it does not come, or `each` does not take what does.
    pub async fn ask(
        &mut self,
        command: &str,
        most: Most,
        each: &mut (dyn FnMut(&Heard) -> Result<(), Fault> + Send),
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

    /// Hears how a command ended. However much comes before that, it has an end in time and in bytes.
    pub async fn end_of(
        &mut self,
        tag: &str,
        most: Most,
        each: &mut (dyn FnMut(&Heard) -> Result<(), Fault> + Send),
    ) -> Result<Answer, Fault> {
        let patience = self.patience * LONGEST;
        let end = async {
            let mut left = most.sent.saturating_add(MOST_TEXT);
            loop {
                let sent = most.sent.min(left);
                let heard = self.frame(Most { sent, ..most }, false).await?;
                left = left
                    .checked_sub(heard.bytes.len() + heard.passed)
                    .ok_or(Kind::Endless)?;
                match own(&heard.bytes, tag) {
                    Some(rest) => return self.ended(rest),
                    None => each(&heard)?,
                }
            }
        };
        let ended = tokio::time::timeout(patience, end).await;
        ended.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
    }

    /// Waits until the server wants to hear more (`+`), and says what it said with that; how the command ended, when it
    /// did instead.
    pub async fn invitation(&mut self, tag: &str) -> Result<Result<String, Answer>, Fault> {
        let patience = self.patience;
        let invited = async {
            loop {
                let frame = self.next().await?;
                if let Some(text) = frame.strip_prefix(b"+") {
                    return Ok(Ok(String::from_utf8_lossy(text).trim().to_owned()));
                }
                if let Some(rest) = own(&frame, tag) {
                    return self.ended(rest).map(Err);
                }
            }
        };
        let invited = tokio::time::timeout(patience, invited).await;
        invited.unwrap_or_else(|_| Err(Kind::NoAnswer.into()))
    }

    /// Waits for whatever comes next, however long.
    pub async fn hear(&mut self) -> Result<(), Fault> {
        self.frame(Most::of(64 * 1024), true).await.map(|_| ())
    }

    /// What the server can do, in capitals.
    pub async fn capabilities(&mut self) -> Result<Vec<String>, Fault> {
        let mut found = vec![];
        let answer = self
            .ask("CAPABILITY", Most::TEXT, &mut |heard| {
                if let Some(words) = answers::untagged(&heard.bytes, "CAPABILITY") {
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

/// What stands behind the name of a command, when this is how it ended.
fn own<'a>(frame: &'a [u8], tag: &str) -> Option<&'a [u8]> {
    frame.strip_prefix(tag.as_bytes())?.strip_prefix(b" ")
}
