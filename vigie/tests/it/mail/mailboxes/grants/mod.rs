//! Mailboxes that sign in with tokens: a scripted provider gives them out, and a scripted server, or a real Dovecot, takes them.

mod asking;
mod connecting;
mod provider;
mod refusals;

use vigie::mail::mailboxes::grants::{Providers, SignIn, Wanted as Grants};

use super::scripted::{Says, Scripted};
use super::*;
use provider::{Answers, CLIENT, FIRST, Provider, SECRET};

/// A dialer with a memory of its own, as each process has one; everybody's providers are this one.
fn dialer_to(provider: &Provider, patience: Duration) -> Arc<Dialer> {
    let providers = Providers {
        microsoft_tokens: provider.at("/{tenant}/token"),
        google_authorize: provider.at("/authorize"),
        google_tokens: provider.at("/google/token"),
    };
    Arc::new(Dialer::new(patience, vec![]).with_providers(providers))
}

/// A mailbox that signs in like this.
async fn signing_in(w: &World, port: u16, sign_in: SignIn, provider: &Provider) -> Wanted {
    let refresh_token = match sign_in {
        SignIn::Google | SignIn::Other => FIRST.to_owned(),
        SignIn::Password | SignIn::Microsoft => String::new(),
    };
    Wanted {
        sign_in: Some(sign_in),
        password: String::new(),
        grants: Grants {
            tenant: "nordet.example".to_owned(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            authorize_url: String::new(),
            token_url: provider.at("/token"),
            token_scope: "mail".to_owned(),
            refresh_token,
        },
        ..wanted(w, port).await
    }
}

/// A server that takes tokens by both ways, at once.
async fn server() -> Scripted {
    let server = Scripted::start().await;
    server.with(|it| it.offers = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER");
    server
}
