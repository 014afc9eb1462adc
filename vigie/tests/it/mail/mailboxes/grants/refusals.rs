//! What a server says to a token and a provider to a question, each told in a sentence, and nothing secret in any.

use std::io::Write;
use std::sync::Mutex;

use data_encoding::BASE64;
use tokio::net::TcpListener;
use tracing_subscriber::fmt::MakeWriter;

use super::*;

/// What is written to the log, by everybody in this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

impl Log {
    fn read(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// What nobody may read anywhere.
fn is_told_nowhere(text: &str) {
    for secret in [SECRET, FIRST, "token-1", "token-2"] {
        let coded = BASE64.encode(secret.as_bytes());
        for form in [secret, coded.trim_end_matches('=')] {
            assert!(!text.contains(form), "{form}: {text}");
        }
    }
}

on_both_engines! {
    async fn a_server_says_why_it_refuses_a_token_and_is_heard_to_the_end(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, Scripted::start().await);
        server.with(|it| it.good = "nothing");
        let base = Wanted { is_active: false, ..signing_in(w, server.port, SignIn::Other, &provider).await };
        let id = added(w, &base).await;
        for (offers, begins, over) in [
            ("IMAP4rev1 SASL-IR AUTH=XOAUTH2", "AUTHENTICATE XOAUTH2 dXNl", ""),
            ("IMAP4rev1 AUTH=XOAUTH2", "AUTHENTICATE XOAUTH2", ""),
            ("IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER", "AUTHENTICATE OAUTHBEARER bixh", "AQ=="),
            ("IMAP4rev1 AUTH=OAUTHBEARER", "AUTHENTICATE OAUTHBEARER", "AQ=="),
        ] {
            server.with(|it| {
                it.offers = offers;
                it.heard.clear();
                it.over.clear();
            });
            let fault = tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await.unwrap_err();
            assert_eq!((fault.kind, server.heard(begins)), (Kind::TokenRefused, 1), "{offers}: {fault:?}");
            assert_eq!(server.with(|it| it.over.clone()), [over], "{offers}");
            assert_eq!(fault.said, "[AUTHENTICATIONFAILED] not with … (status 401 …, scope mail)", "{offers}");
        }
        // What a server does not offer is not tried.
        server.with(|it| {
            it.offers = "IMAP4rev1 AUTH=PLAIN";
            it.heard.clear();
        });
        let fault = tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await.unwrap_err();
        assert_eq!((fault.kind, server.heard("AUTHENTICATE"), server.heard("LOGIN")), (Kind::NoTokenSignIn, 0, 0));
        // As Microsoft says it of an application that may not read this mailbox.
        server.with(|it| {
            it.offers = "IMAP4rev1 SASL-IR AUTH=XOAUTH2";
            it.good = "token-";
        });
        server.says("EXAMINE", Says::Text("{tag} BAD User is authenticated but not connected.\r\n".to_owned()), 1);
        let fault = tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await.unwrap_err();
        assert_eq!(fault.kind, Kind::TokenRefused);
        assert_eq!(tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await, Ok(0));
    }
}

on_both_engines! {
    async fn what_a_provider_says_is_told_and_nothing_secret_with_it(w) {
        post(w).await;
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
        let listening = tracing::subscriber::set_default(subscriber);
        let (provider, server) = (Provider::start().await, server().await);
        let base = Wanted { is_active: false, ..signing_in(w, server.port, SignIn::Google, &provider).await };
        let id = added(w, &base).await;
        let repeated = format!("wrong {SECRET} {FIRST} {}", BASE64.encode(SECRET.as_bytes()));
        let refuses = |status, error: &str| {
            Answers::Text(status, format!(r#"{{"error":"{error}","error_description":"{repeated}"}}"#))
        };
        let said = |text: &str| Answers::Text(200, text.to_owned());
        for (answers, kind) in [
            (refuses(400, "invalid_grant"), Kind::GrantEnded),
            (refuses(401, "invalid_client"), Kind::ClientRefused),
            (refuses(400, "unauthorized_client"), Kind::ClientRefused),
            (refuses(400, "invalid_scope"), Kind::ScopeRefused),
            (refuses(400, "invalid_request"), Kind::ProviderRefuses),
            (Answers::Text(503, repeated.clone()), Kind::ProviderFails),
            (Answers::Text(404, repeated.clone()), Kind::ProviderUnclear),
            (said("<html>sign in</html>"), Kind::ProviderUnclear),
            (said(&" ".repeat(100_000)), Kind::ProviderEndless),
            (Answers::Elsewhere(provider.at("/elsewhere")), Kind::ProviderRedirects),
        ] {
            provider.answers(answers);
            let fault = tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await.unwrap_err();
            assert_eq!(fault.kind, kind, "{fault:?}");
            is_told_nowhere(&fault.said);
            assert_eq!(stands(w, id).await.test_said, fault.said);
        }
        assert!(provider.with(|it| it.heard.iter().all(|it| it.0 == "/google/token")), "nobody was sent elsewhere");
        provider.answers(Answers::Nothing);
        let fault = tested(w, id, dialer_to(&provider, Duration::from_millis(300))).await.unwrap_err();
        assert_eq!(fault.kind, Kind::ProviderNoAnswer);
        assert_eq!(server.with(|it| it.heard.len()), 0);
        assert_eq!(tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await, Ok(0));
        drop(listening);
        let log = log.read();
        assert!(log.len() > 1_000, "the log is read");
        is_told_nowhere(&log);
    }
}

on_both_engines! {
    async fn a_provider_that_is_not_there_or_not_to_be_trusted_is_told_apart(w) {
        post(w).await;
        let server = server().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let provider = Provider::start().await;
        let mut it = Wanted { is_active: false, ..signing_in(w, server.port, SignIn::Other, &provider).await };
        it.grants.token_url = format!("https://localhost:{port}/token");
        let id = added(w, &it).await;
        let quick = || dialer(Duration::from_millis(400));
        // It listens, and says nothing.
        assert_eq!(tested(w, id, quick()).await.unwrap_err().kind, Kind::ProviderNoAnswer);
        drop(listener);
        assert_eq!(tested(w, id, quick()).await.unwrap_err().kind, Kind::ProviderUnreachable);
        let Some(strange) = super::super::dovecot::Dovecot::start(super::super::dovecot::Offers::All).await else { return };
        it.grants.token_url = format!("https://localhost:{}/token", strange.tls_port);
        changed(w, id, &it).await;
        let fault = tested(w, id, dialer(LONG_ENOUGH)).await.unwrap_err();
        assert_eq!(fault.kind, Kind::ProviderCertificate, "{fault:?}");
        // What answers behind a certificate we trust is no provider, and is told so.
        let ours = Arc::new(Dialer::new(LONG_ENOUGH, vec![strange.authority.clone()]));
        let fault = tested(w, id, ours).await.unwrap_err();
        assert_eq!(fault.kind, Kind::ProviderUnreachable, "{fault:?}");
        // A row that says to go without TLS is not obeyed.
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE mailboxes SET token_url = 'http://login.example.org/token' WHERE id = $1", id)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(tested(w, id, quick()).await.unwrap_err().kind, Kind::ProviderUnprotected);
    }
}
