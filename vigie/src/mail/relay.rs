//! The way out: one connection to the operator's relay, kept open between mails and opened again
//! when it broke. Spoken command by command, because what a lost connection means depends on how
//! far one had come: before the dot the relay has nothing, after it nobody knows.

use std::time::Duration;

use kit::clock::{Moment, Span};
use kit::config::Refusal;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::sync::Mutex;

use crate::people::suppression;

/// How long one step may take.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long a relay that did not answer is left alone, so that a hundred mails do not each wait for
/// it in turn and keep letters from being read. All that wait for it are tried at the same moment, the oldest first.
const REST: Span = Span::seconds(20);

/// What is said of a mail that is not even tried for now.
pub const NO_ANSWER: &str = "the relay did not answer a moment ago";

/// How a mail fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The relay took it.
    Taken,
    /// Not now (4xx, a lost connection): the relay does not have it.
    Later(String),
    /// Nothing can be handed over before this moment: no relay answers.
    Away(String, Moment),
    /// Never (5xx): the relay does not have it and will not take it.
    Refused(String),
    /// The same, because nobody is at the address: so it will be for every mail.
    Nobody(String),
    /// The connection was lost after the whole mail was sent and before the answer.
    Unknown(String),
}

/// What protects the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// TLS from the first byte (`smtps`).
    Wrapped,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS when the relay offers it.
    Opportunistic,
    /// None.
    Plain,
}

/// The operator's relay.
pub struct Relay {
    host: String,
    port: u16,
    protection: Protection,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Duration,
    trusted: Option<Certificate>,
    way: Mutex<Way>,
}

#[derive(Default)]
struct Way {
    open: Option<AsyncSmtpConnection>,
    rests_until: Option<Moment>,
}

impl Way {
    /// Nobody answers: it is left alone for a while, by every mail.
    fn rest(&mut self, trouble: Trouble, now: Moment) -> Handed {
        let until = now.plus(REST);
        self.rests_until = Some(until);
        Handed::Away(trouble.words(), until)
    }
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the password.
        write!(f, "Relay({}:{})", self.host, self.port)
    }
}

impl Relay {
    /// The relay at `smtp://user:password@host:587?tls=required|opportunistic|none` or
    /// `smtps://host`. Without `tls=` it is required, except on the machine itself.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn at(url: &str, own_name: &str) -> Result<Relay, Refusal> {
        let wrong = |why: &str| {
            Refusal(format!(
                "“smtp_url” cannot be used: {why}; write it like smtp://user:password@relay.example.org:587?tls=required."
            ))
        };
        let parsed = url::Url::parse(url).map_err(|_| wrong("it is not an address"))?;
        let host = parsed
            .host_str()
            .ok_or_else(|| wrong("it names no host"))?
            .trim_matches(['[', ']'])
            .to_owned();
        let is_wrapped = parsed.scheme() == "smtps";
        let mut wanted = None;
        for (key, value) in parsed.query_pairs() {
            match (&*key, &*value) {
                ("tls", "required") => wanted = Some(Protection::Required),
                ("tls", "opportunistic") => wanted = Some(Protection::Opportunistic),
                ("tls", "none") => wanted = Some(Protection::Plain),
                ("tls", _) => return Err(wrong("tls can be required, opportunistic or none")),
                _ => return Err(wrong("after “?” only tls= may stand")),
            }
        }
        let is_here = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        let protection = match wanted {
            _ if is_wrapped => Protection::Wrapped,
            Some(wanted) => wanted,
            None if is_here => Protection::Opportunistic,
            None => Protection::Required,
        };
        let decoded = |text: &str| {
            url::form_urlencoded::parse(text.replace('+', "%2B").as_bytes())
                .map(|(key, _)| key.into_owned())
                .collect::<String>()
        };
        let credentials = (!parsed.username().is_empty()).then(|| {
            Credentials::new(
                decoded(parsed.username()),
                decoded(parsed.password().unwrap_or_default()),
            )
        });
        Ok(Relay {
            port: parsed.port().unwrap_or(if is_wrapped { 465 } else { 587 }),
            host,
            protection,
            credentials,
            hello: ClientId::Domain(own_name.to_owned()),
            patience: PATIENCE,
            trusted: None,
            way: Mutex::default(),
        })
    }

    /// The same with less patience, for tests.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Relay {
        self.patience = patience;
        self
    }

    /// The same trusting one more authority, PEM, beside those of the system, for tests.
    ///
    /// # Errors
    /// When it is no certificate.
    pub fn with_trusted(mut self, pem: &str) -> Result<Relay, Refusal> {
        let certificate = Certificate::from_pem(pem.as_bytes());
        self.trusted = Some(certificate.map_err(|e| Refusal(e.to_string()))?);
        Ok(self)
    }

    /// Until when nothing is handed over, because nobody answered.
    pub async fn rests_until(&self, now: Moment) -> Option<Moment> {
        let way = self.way.lock().await;
        way.rests_until.filter(|until| now < *until)
    }

    /// Hands a mail over. `from` empty is the null sender: nothing is sent back about it.
    pub async fn hand_over(&self, from: &str, to: &str, raw: &[u8], now: Moment) -> Handed {
        let sender = match from {
            "" => None,
            from => match from.parse::<Address>() {
                Ok(address) => Some(address),
                Err(_) => return Handed::Refused(format!("{from} is not an address")),
            },
        };
        let Ok(recipient) = to.parse::<Address>() else {
            return Handed::Refused(format!("{to} is not an address"));
        };
        let mut way = self.way.lock().await;
        if let Some(until) = way.rests_until.filter(|until| now < *until) {
            return Handed::Away(NO_ANSWER.to_owned(), until);
        }
        let kept = way.open.take();
        let is_kept = kept.is_some();
        let mut connection = match kept {
            Some(connection) => connection,
            None => match self.connect().await {
                Ok(connection) => connection,
                Err(trouble) => return way.rest(trouble, now),
            },
        };
        let mut announced = self.announce(&mut connection, &sender, &recipient).await;
        // A relay closes idle connections without a word; only a fresh one tells how things are.
        if is_kept && matches!(&announced, Err(Trouble::Lost(_))) {
            connection = match self.connect().await {
                Ok(connection) => connection,
                Err(trouble) => return way.rest(trouble, now),
            };
            announced = self.announce(&mut connection, &sender, &recipient).await;
        }
        if let Err(trouble) = announced {
            let _ = tokio::time::timeout(Duration::from_secs(1), connection.abort()).await;
            return match trouble {
                Trouble::Lost(why) | Trouble::Later(why) => Handed::Later(why),
                Trouble::Refused(why) => Handed::Refused(why),
                Trouble::Nobody(why) => Handed::Nobody(why),
            };
        }
        match self.within(connection.message(raw)).await {
            Ok(()) => {
                way.open = Some(connection);
                way.rests_until = None;
                Handed::Taken
            }
            Err(trouble) => {
                let _ = tokio::time::timeout(Duration::from_secs(1), connection.abort()).await;
                match trouble {
                    Trouble::Lost(why) => Handed::Unknown(why),
                    Trouble::Later(why) => Handed::Later(why),
                    Trouble::Refused(why) | Trouble::Nobody(why) => Handed::Refused(why),
                }
            }
        }
    }

    /// Whether the relay answers and lets us in, for `vigie check`.
    ///
    /// # Errors
    /// What it said.
    pub async fn check(&self) -> Result<(), String> {
        match self.connect().await {
            Ok(mut connection) => {
                let _ = tokio::time::timeout(Duration::from_secs(1), connection.quit()).await;
                Ok(())
            }
            Err(trouble) => Err(trouble.words()),
        }
    }

    async fn announce(
        &self,
        connection: &mut AsyncSmtpConnection,
        sender: &Option<Address>,
        recipient: &Address,
    ) -> Result<(), Trouble> {
        self.within(connection.command(Mail::new(sender.clone(), vec![])))
            .await?;
        self.within(connection.command(Rcpt::new(recipient.clone(), vec![])))
            .await
            .map_err(Trouble::of_recipient)?;
        self.within(connection.command(Data)).await
    }

    /// Connecting fails for reasons of the way, not of the mail: always later, even for a wrong
    /// password, which the operator will put right.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let tls = |relay: &Relay| {
            let mut builder = TlsParameters::builder(relay.host.clone());
            if let Some(trusted) = &relay.trusted {
                builder = builder.add_root_certificate(trusted.clone());
            }
            builder.build().map_err(|e| Trouble::Later(e.to_string()))
        };
        let wrapped = match self.protection {
            Protection::Wrapped => Some(tls(self)?),
            _ => None,
        };
        let connecting = AsyncSmtpConnection::connect_tokio1(
            (self.host.as_str(), self.port),
            Some(self.patience),
            &self.hello,
            wrapped,
            None,
        );
        let mut connection = self.within_value(connecting).await?;
        let starts_tls = match self.protection {
            Protection::Required => true,
            Protection::Opportunistic => connection.can_starttls(),
            Protection::Wrapped | Protection::Plain => false,
        };
        if starts_tls {
            let starting = connection.starttls(tls(self)?, &self.hello);
            self.within_value(starting).await?;
        }
        if let Some(credentials) = &self.credentials {
            let signing_in = connection.auth(DEFAULT_MECHANISMS, credentials);
            self.within(signing_in).await?;
        }
        Ok(connection)
    }

    async fn within<T>(
        &self,
        step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<(), Trouble> {
        self.within_value(step).await.map(|_| ())
    }

    async fn within_value<T>(
        &self,
        step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, Trouble> {
        match tokio::time::timeout(self.patience, step).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(trouble(&error)),
            Err(_) => Err(Trouble::Lost("the relay did not answer in time".to_owned())),
        }
    }
}

enum Trouble {
    Lost(String),
    Later(String),
    Refused(String),
    /// Refused, because nobody is at the address.
    Nobody(String),
}

impl Trouble {
    fn words(self) -> String {
        let (Trouble::Lost(why)
        | Trouble::Later(why)
        | Trouble::Refused(why)
        | Trouble::Nobody(why)) = self;
        why
    }

    /// What a refusal of a recipient means: that nobody is there only when the relay says so by its status; many refuse
    /// for other reasons with the same code.
    fn of_recipient(self) -> Trouble {
        match self {
            Trouble::Refused(why) if why.split([' ', '(', ')']).any(suppression::says_nobody) => {
                Trouble::Nobody(why)
            }
            other => other,
        }
    }
}

fn trouble(error: &lettre::transport::smtp::Error) -> Trouble {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    words.truncate(words.floor_char_boundary(500));
    match error.status() {
        Some(_) if error.is_permanent() => Trouble::Refused(words),
        Some(_) => Trouble::Later(words),
        // Without a code nothing was understood of an answer, if there was one.
        None => Trouble::Lost(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_protected_unless_it_is_on_this_machine_or_somebody_says_otherwise() {
        let table = [
            ("smtp://relay.example.org", Protection::Required, 587),
            ("smtp://127.0.0.1:25", Protection::Opportunistic, 25),
            ("smtp://[::1]:25", Protection::Opportunistic, 25),
            ("smtp://relay.example.org?tls=none", Protection::Plain, 587),
            ("smtps://relay.example.org", Protection::Wrapped, 465),
        ];
        for (url, protection, port) in table {
            let relay = Relay::at(url, "desk.example.org").expect(url);
            assert_eq!((relay.protection, relay.port), (protection, port), "{url}");
        }
    }

    #[test]
    fn what_is_misspelt_is_refused_with_a_sentence() {
        for url in [
            "smtp://relay.example.org?tls=maybe",
            "smtp://relay.example.org?tsl=required",
            "not an address",
        ] {
            assert!(Relay::at(url, "desk").is_err(), "{url}");
        }
    }

    #[test]
    fn a_password_is_never_printed() {
        let relay = Relay::at("smtp://me:s3cret@relay.example.org", "desk").expect("a relay");
        assert!(!format!("{relay:?}").contains("s3cret"));
    }
}
