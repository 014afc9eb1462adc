//! Tokens of mailboxes: in memory until shortly before their end, and asked for by one at a time, in whatever process.
//!
//! A refresh token is often good for one use. So whoever asks holds the mailbox's right to ask, reads what to ask with only then,
//! and puts what comes back in its place and in one transaction with giving the right back. That runs to its end even
//! when nobody waits for it any more.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use kit::clock::{Moment, Span};
use kit::error::Error;
use reqwest::Client;

use super::super::fault::{Fault, Kind, Trouble};
use super::super::session::Session;
use super::super::signing_in::{Account, Key};
use super::super::{MailboxAdmin, MailboxId, place};
use super::endpoint::{self, Granted};
use super::store::{self, Sealed, Secret};
use super::{Provider, Providers, SignIn, Tools};
use crate::mail::mailboxes::line::Dialer;

/// How long before its end a token is not used any more; a quarter of its time, where it is short.
const MARGIN: Span = Span::minutes(2);
/// How many times the patience of one question the right to ask holds, and is waited for.
const LONGEST_ASKING: u32 = 2;
/// How often it is looked whether the right to ask is free.
const LOOKS: Duration = Duration::from_millis(250);

/// A token in memory, of a mailbox as it stood.
struct Kept {
    version: i64,
    token: String,
    until: Moment,
}

/// The tokens in memory, and where they come from.
pub struct Tokens {
    providers: Providers,
    http: OnceLock<Client>,
    kept: Mutex<BTreeMap<i64, Kept>>,
}

impl Tokens {
    /// None yet.
    pub fn new(providers: Providers) -> Tokens {
        Tokens {
            providers,
            http: OnceLock::new(),
            kept: Mutex::default(),
        }
    }

    /// Where they come from.
    pub fn providers(&self) -> &Providers {
        &self.providers
    }

    fn with<T>(&self, does: impl FnOnce(&mut BTreeMap<i64, Kept>) -> T) -> T {
        does(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn kept(&self, mailbox: &MailboxAdmin, now: Moment) -> Option<String> {
        self.with(|all| {
            all.get(&mailbox.id.0)
                .filter(|it| it.version == mailbox.version && it.until > now)
                .map(|it| it.token.clone())
        })
    }

    fn keep(&self, mailbox: &MailboxAdmin, granted: &Granted, now: Moment) {
        let margin = MARGIN.min(Span(granted.lasts.0 / 4));
        let kept = Kept {
            version: mailbox.version,
            token: granted.token.clone(),
            until: now.plus(granted.lasts).minus(margin),
        };
        self.with(|all| all.insert(mailbox.id.0, kept));
    }

    /// This token is no longer good, whatever was said of its time.
    fn forget(&self, id: MailboxId, token: &str) {
        self.with(|all| {
            if all.get(&id.0).is_some_and(|it| it.token == token) {
                all.remove(&id.0);
            }
        });
    }
}

/// What asks providers; made once.
pub(super) fn client(dialer: &Dialer) -> Result<Client, Fault> {
    let http = &dialer.tokens().http;
    match http.get() {
        Some(client) => Ok(client.clone()),
        None => {
            let made = endpoint::client(dialer)?;
            Ok(http.get_or_init(|| made).clone())
        }
    }
}

/// What was sealed, as text.
///
/// # Errors
/// `KeyLost`, when it was sealed with another key.
pub(super) fn opened(
    tools: &Tools,
    id: MailboxId,
    which: Secret,
    sealed: &str,
) -> Result<String, Fault> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let bytes = tools.seal.open(sealed, &which.place(&place(id))).ok();
    let text = bytes.and_then(|it| String::from_utf8(it).ok());
    Ok(text.ok_or(Kind::KeyLost)?)
}

fn account(mailbox: &MailboxAdmin, key: Key) -> Result<Account, Fault> {
    Ok(Account {
        host: mailbox.host.clone(),
        port: u16::try_from(mailbox.port).map_err(|_| Kind::Unreachable)?,
        protection: mailbox.protection,
        login: mailbox.login.clone(),
        key,
    })
}

async fn sealed(tools: &Tools, mailbox: &MailboxAdmin) -> Result<Sealed, Trouble> {
    let found = store::secrets(&mut tools.db.read(), mailbox).await?;
    found.ok_or(Trouble::Lost)
}

/// Connects to the server of a mailbox and signs in. A token that was in memory and is refused is asked for anew, once.
///
/// # Errors
/// What is wrong.
pub async fn sign_in(tools: &Tools, mailbox: &MailboxAdmin) -> Result<Session, Trouble> {
    let Some(provider) = tools.dialer.provider(mailbox) else {
        let sealed = sealed(tools, mailbox).await?;
        let password = opened(tools, mailbox.id, Secret::Password, &sealed.password_sealed)?;
        let account = account(mailbox, Key::Password(password))?;
        return Ok(Session::open(&tools.dialer, &account).await?);
    };
    let mut is_again = false;
    loop {
        let kept = tools.dialer.tokens().kept(mailbox, tools.clock.now());
        let is_last = is_again || kept.is_none();
        let token = match kept {
            Some(token) => token,
            None => ask(tools, mailbox, &provider).await?,
        };
        let key = Key::Token {
            token: token.clone(),
            prefers_xoauth2: mailbox.sign_in != SignIn::Other,
        };
        match Session::open(&tools.dialer, &account(mailbox, key)?).await {
            Err(fault) if fault.kind == Kind::TokenRefused => {
                tools.dialer.tokens().forget(mailbox.id, &token);
                if is_last {
                    return Err(fault.into());
                }
                is_again = true;
            }
            opened => return Ok(opened?),
        }
    }
}

/// A new token. Whoever loses interest meanwhile stops nothing: what is given once is put where it belongs.
async fn ask(
    tools: &Tools,
    mailbox: &MailboxAdmin,
    provider: &Provider,
) -> Result<String, Trouble> {
    let (tools, mailbox, provider) = (tools.clone(), mailbox.clone(), provider.clone());
    let asking = tokio::spawn(async move { ask_alone(&tools, &mailbox, &provider).await });
    asking.await.map_err(Error::bug)?
}

/// Waits for the right to ask, asks, and gives it back.
async fn ask_alone(
    tools: &Tools,
    mailbox: &MailboxAdmin,
    provider: &Provider,
) -> Result<String, Trouble> {
    let asker = tools.dice.token();
    let asker = (mailbox.id, asker.as_str());
    let longest = tools.dialer.patience() * LONGEST_ASKING;
    let right = tokio::time::timeout(longest, begin_asking(tools, asker, longest));
    right
        .await
        .unwrap_or_else(|_| Err(Kind::AskedElsewhere.into()))?;
    // Somebody else in this process may have asked while this one waited.
    let kept = tools.dialer.tokens().kept(mailbox, tools.clock.now());
    let found = match kept {
        Some(token) => Ok((token, None)),
        None => granted(tools, mailbox, provider).await,
    };
    let rotation = found.as_ref().ok().and_then(|it| it.1.as_ref());
    let mut again = tokio::time::interval(LOOKS);
    let put = async {
        // What was given once is not given again: a database that is away for a moment is waited for.
        while let Err(error) = put(tools, asker, rotation).await {
            tracing::warn!(mailbox = mailbox.id.0, %error, "what a mailbox may be read with cannot be kept yet");
            again.tick().await;
        }
    };
    let put = tokio::time::timeout(longest, put).await;
    put.map_err(|_| Trouble::Fault(Kind::NotKept.into()))?;
    found.map(|(token, _)| token)
}

/// Puts what was given in the place of what was used, and gives the right to ask back.
async fn put(
    tools: &Tools,
    asker: (MailboxId, &str),
    rotation: Option<&Rotation>,
) -> Result<(), Error> {
    let mut tx = tools.db.write().await?;
    if let Some((used, new)) = rotation
        && !store::rotate(&mut tx, asker.0, used, new).await?
    {
        tracing::info!(
            mailbox = asker.0.0,
            "what a mailbox may be read with was replaced while it was renewed"
        );
    }
    store::end_asking(&mut tx, asker).await?;
    tx.commit().await
}

async fn begin_asking(
    tools: &Tools,
    asker: (MailboxId, &str),
    longest: Duration,
) -> Result<(), Trouble> {
    // A little longer than it can take, for the clocks of two machines are not one.
    let holds = Span(i64::try_from(longest.as_micros()).unwrap_or(i64::MAX / 4));
    let mut again = tokio::time::interval(LOOKS);
    loop {
        again.tick().await;
        let now = tools.clock.now();
        let mut tx = tools.db.write().await?;
        let is_ours = store::begin_asking(&mut tx, asker, now, now.plus(holds)).await?;
        tx.commit().await?;
        if is_ours {
            return Ok(());
        }
    }
}

/// What was used and what is to stand in its place, both sealed.
type Rotation = (String, String);

/// Asks the provider with what is sealed now, and keeps the token in memory.
async fn granted(
    tools: &Tools,
    mailbox: &MailboxAdmin,
    provider: &Provider,
) -> Result<(String, Option<Rotation>), Trouble> {
    let now = tools.clock.now();
    let sealed = sealed(tools, mailbox).await?;
    let open = |which, text: &str| opened(tools, mailbox.id, which, text);
    let client_secret = open(Secret::Client, &sealed.client_secret_sealed)?;
    let refresh_token = open(Secret::Refresh, &sealed.refresh_token_sealed)?;
    if !provider.is_by_secret && refresh_token.is_empty() {
        return Err(Kind::NotConnected.into());
    }
    let mut fields = vec![
        ("client_id", mailbox.client_id.as_str()),
        ("client_secret", client_secret.as_str()),
    ];
    match provider.is_by_secret {
        true => fields.push(("grant_type", "client_credentials")),
        false => fields.extend([
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.as_str()),
        ]),
    }
    fields.push(("scope", provider.scope.as_str()));
    let secrets = [client_secret.as_str(), refresh_token.as_str()];
    let granted = endpoint::ask(&tools.dialer, &provider.token_url, &fields, &secrets).await?;
    tools.dialer.tokens().keep(mailbox, &granted, now);
    let rotation = match granted.refresh_token {
        Some(new) if !provider.is_by_secret && new != refresh_token => {
            let place = Secret::Refresh.place(&place(mailbox.id));
            let new = tools.seal.close(new.as_bytes(), &place, &tools.dice)?;
            Some((sealed.refresh_token_sealed, new))
        }
        _ => None,
    };
    Ok((granted.token, rotation))
}
