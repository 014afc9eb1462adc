//! How a mailbox signs in (decision 0074): with a password, or with a token that a provider gives out by OAuth2, as Microsoft 365
//! and Google require it. What is secret of it is sealed, never shown, and leaves for no other place than it was given for.
//!
//! Deliberately absent: signing in at Microsoft as a person. A mailbox is nobody's, and its application has its own secret.

use std::sync::Arc;

use kit::clock::Clock;
use kit::db::Db;
use kit::ids::Dice;
use kit::seal::Seal;
use kit::stored_words;

use super::line::Dialer;
use super::{MailboxAdmin, is_here};

pub mod connecting;
mod endpoint;
pub mod pages;
mod particulars;
mod store;
pub mod tokens;

pub(super) use particulars::{Checked, checked, seal_again, told};

stored_words! {
    /// How a mailbox signs in.
    pub enum SignIn {
        /// With user name and password.
        Password = "password",
        /// As an application of a Microsoft 365 tenant, by its own secret.
        Microsoft = "microsoft",
        /// By Google, which somebody allowed once.
        Google = "google",
        /// By another provider, which somebody allowed once.
        Other = "other",
    }
}

/// How to come by tokens, as it is typed. Empty secrets keep those that stand.
#[derive(Clone, Default)]
pub struct Wanted {
    /// The tenant of Microsoft 365.
    pub tenant: String,
    /// The name of the application at the provider.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// Where somebody allows it, at another provider.
    pub authorize_url: String,
    /// Where tokens are given out, at another provider.
    pub token_url: String,
    /// What the tokens are for, at another provider.
    pub token_scope: String,
    /// What was allowed already.
    pub refresh_token: String,
}

/// Whatever is needed to sign in; cheap to clone.
#[derive(Clone, Debug)]
pub struct Tools {
    /// Where mailboxes are kept.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub dice: Dice,
    /// Opens what is sealed.
    pub seal: Arc<Seal>,
    /// How connections are made.
    pub dialer: Arc<Dialer>,
}

/// Where the providers are that everybody knows; `{tenant}` stands for the tenant.
#[derive(Clone, Debug)]
pub struct Providers {
    /// Where Microsoft gives out tokens.
    pub microsoft_tokens: String,
    /// Where Google is asked to allow it.
    pub google_authorize: String,
    /// Where Google gives out tokens.
    pub google_tokens: String,
}

impl Default for Providers {
    fn default() -> Providers {
        Providers {
            microsoft_tokens: "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
                .to_owned(),
            google_authorize: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            google_tokens: "https://oauth2.googleapis.com/token".to_owned(),
        }
    }
}

/// Where tokens of a mailbox come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Provider {
    /// Where they are given out.
    pub token_url: String,
    /// Where somebody allows it first.
    pub authorize_url: Option<String>,
    /// What they are for.
    pub scope: String,
    /// The application's own secret is enough, and nobody has to allow anything here.
    pub is_by_secret: bool,
}

impl Providers {
    /// That of this mailbox; none where it signs in with a password.
    pub(super) fn of(&self, mailbox: &MailboxAdmin) -> Option<Provider> {
        match mailbox.sign_in {
            SignIn::Password => None,
            SignIn::Microsoft => Some(Provider {
                token_url: self.microsoft_tokens.replace("{tenant}", &mailbox.tenant),
                authorize_url: None,
                scope: "https://outlook.office365.com/.default".to_owned(),
                is_by_secret: true,
            }),
            SignIn::Google => Some(Provider {
                token_url: self.google_tokens.clone(),
                authorize_url: Some(self.google_authorize.clone()),
                scope: "https://mail.google.com/".to_owned(),
                is_by_secret: false,
            }),
            SignIn::Other => Some(Provider {
                token_url: mailbox.token_url.clone(),
                authorize_url: Some(mailbox.authorize_url.clone()).filter(|it| !it.is_empty()),
                scope: mailbox.token_scope.clone(),
                is_by_secret: false,
            }),
        }
    }
}

/// Whether secrets may go there: by TLS, or on the machine itself.
fn is_protected(url: &url::Url) -> bool {
    match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => url
            .host_str()
            .is_some_and(|host| is_here(host.trim_matches(['[', ']']))),
        _ => false,
    }
}

impl Provider {
    /// The name of the machine that gives out tokens, for people.
    pub fn host(&self) -> String {
        host_of(&self.token_url)
    }
}

/// The name of the machine at an address.
fn host_of(address: &str) -> String {
    let url = url::Url::parse(address).ok();
    let host = url.as_ref().and_then(url::Url::host_str);
    host.unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_nowhere_without_tls_but_to_the_machine_itself() {
        let may = |it: &str| is_protected(&url::Url::parse(it).unwrap());
        assert!(may("https://login.microsoftonline.com/x"));
        assert!(may("http://127.0.0.1:9/t") && may("http://localhost/t") && may("http://[::1]/t"));
        assert!(!may("http://login.example.org/t") && !may("http://localhost.example.org/"));
        assert!(!may("ftp://127.0.0.1/") && !may("data:text/plain,x"));
        assert_eq!(
            host_of("https://login.example.org/a?b"),
            "login.example.org"
        );
    }
}
