//! Mail that leaves through TLS and a login, and what an operator reads when one of them is wrong.

use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use vigie::mail::relay::{Handed, Relay};

use crate::world::NOW;

/// `desk` and `s3cret`, as AUTH PLAIN writes them.
const LOGIN: &str = "AGRlc2sAczNjcmV0";
const LETTER: &[u8] = b"Subject: protected\r\n\r\nWithin TLS.\r\n";

/// How a relay protects itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaks {
    /// TLS from the first byte.
    Wrapped,
    /// STARTTLS, which it offers.
    StartTls,
    /// Nothing of the kind.
    Plain,
}

/// A relay that takes mail only from who signed in.
struct Guarded {
    port: u16,
    authority: String,
    took: Arc<Mutex<Vec<String>>>,
}

impl Guarded {
    async fn start(speaks: Speaks, name: &str) -> Guarded {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let guarded = Guarded {
            port: listener.local_addr().unwrap().port(),
            authority: made.cert.pem(),
            took: Arc::default(),
        };
        let took = Arc::clone(&guarded.took);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, speaks, acceptor.clone(), Arc::clone(&took)));
            }
        });
        guarded
    }

    fn relay(&self, url: &str) -> Relay {
        let url = url.replace("PORT", &self.port.to_string());
        Relay::at(&url, "desk.example.org").unwrap()
    }

    fn trusted(&self, url: &str) -> Relay {
        self.relay(url).with_trusted(&self.authority).unwrap()
    }

    fn took(&self) -> Vec<String> {
        self.took.lock().unwrap().clone()
    }
}

async fn serve(
    stream: TcpStream,
    speaks: Speaks,
    acceptor: TlsAcceptor,
    took: Arc<Mutex<Vec<String>>>,
) {
    if speaks == Speaks::Wrapped {
        if let Ok(stream) = acceptor.accept(stream).await {
            let _ = talk(stream, true, false, &took).await;
        }
        return;
    }
    if let Ok(Some(stream)) = talk(stream, true, speaks == Speaks::StartTls, &took).await
        && let Ok(stream) = acceptor.accept(stream).await
    {
        let _ = talk(stream, false, false, &took).await;
    }
}

/// The conversation, until it ends or the stream is to be protected.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    greets: bool,
    offers_tls: bool,
    took: &Mutex<Vec<String>>,
) -> std::io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.write_all(b"220 guarded\r\n").await?;
    }
    let mut is_inside = false;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let said = std::mem::take(&mut line);
        let answer = match said.split_whitespace().next().unwrap_or_default() {
            "EHLO" if offers_tls => "250-guarded\r\n250 STARTTLS",
            "EHLO" => "250-guarded\r\n250 AUTH PLAIN",
            "STARTTLS" if offers_tls => {
                stream.write_all(b"220 go on\r\n").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" if said.trim_end().ends_with(LOGIN) => {
                is_inside = true;
                "235 welcome"
            }
            "AUTH" => "535 5.7.8 wrong name or password",
            "DATA" if is_inside => {
                stream.write_all(b"354 go\r\n").await?;
                let mut text = String::new();
                while stream.read_line(&mut line).await? > 0 && line != ".\r\n" {
                    text.push_str(&std::mem::take(&mut line));
                }
                line.clear();
                took.lock().unwrap().push(text);
                "250 taken"
            }
            "MAIL" | "RCPT" if is_inside => "250 ok",
            "MAIL" | "RCPT" | "DATA" => "530 5.7.0 sign in first",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(None)
}

async fn hands_over(relay: &Relay) -> Handed {
    relay
        .hand_over("help@desk.example.org", "dora@nordet.example", LETTER, NOW)
        .await
}

/// What the operator reads when nothing could be handed over.
async fn reads(relay: &Relay) -> String {
    match hands_over(relay).await {
        Handed::Later(why) | Handed::Away(why, _) => why,
        other => panic!("the mail waits for a better day: {other:?}"),
    }
}

#[tokio::test]
async fn a_mail_leaves_within_tls_after_a_login_from_the_first_byte_or_by_starttls() {
    for (speaks, url) in [
        (Speaks::Wrapped, "smtps://desk:s3cret@localhost:PORT"),
        (
            Speaks::StartTls,
            "smtp://desk:s3cret@localhost:PORT?tls=required",
        ),
        (
            Speaks::StartTls,
            "smtp://desk:s3cret@localhost:PORT?tls=opportunistic",
        ),
    ] {
        let guarded = Guarded::start(speaks, "localhost").await;
        let relay = guarded.trusted(url);
        assert_eq!(relay.check().await, Ok(()), "{url}");
        assert_eq!(hands_over(&relay).await, Handed::Taken, "{url}");
        // The connection is kept, and a second mail needs no new one.
        assert_eq!(hands_over(&relay).await, Handed::Taken, "{url}");
        assert_eq!(guarded.took().len(), 2, "{url}");
        assert!(guarded.took()[0].contains("Within TLS."), "{url}");
    }
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_or_of_another_name_is_refused_with_its_reason() {
    for (speaks, url) in [
        (Speaks::Wrapped, "smtps://desk:s3cret@localhost:PORT"),
        (
            Speaks::StartTls,
            "smtp://desk:s3cret@localhost:PORT?tls=required",
        ),
    ] {
        let stranger = Guarded::start(speaks, "localhost").await;
        let why = reads(&stranger.relay(url)).await;
        assert!(why.to_lowercase().contains("certificate"), "{url}: {why}");
        assert!(stranger.took().is_empty());
        let other = Guarded::start(speaks, "relay.example.org").await;
        let why = reads(&other.trusted(url)).await;
        assert!(why.to_lowercase().contains("certificate"), "{url}: {why}");
        assert!(other.took().is_empty());
    }
}

#[tokio::test]
async fn a_wrong_password_leaves_the_mail_waiting_and_says_what_the_relay_said() {
    let guarded = Guarded::start(Speaks::StartTls, "localhost").await;
    let why = reads(&guarded.trusted("smtp://desk:wrong@localhost:PORT?tls=required")).await;
    assert!(why.contains("wrong name or password"), "{why}");
    assert!(!why.contains("s3cret") && !why.contains("wrong@"), "{why}");
    assert!(guarded.took().is_empty());
}

#[tokio::test]
async fn without_tls_where_it_is_required_neither_mail_nor_password_leaves() {
    let guarded = Guarded::start(Speaks::Plain, "localhost").await;
    let why = reads(&guarded.trusted("smtp://desk:s3cret@localhost:PORT?tls=required")).await;
    assert!(why.to_lowercase().contains("starttls"), "{why}");
    assert!(guarded.took().is_empty());
    // Whoever asks for no protection gets what they asked for.
    let relay = guarded.relay("smtp://desk:s3cret@localhost:PORT?tls=none");
    assert_eq!(hands_over(&relay).await, Handed::Taken);
}
