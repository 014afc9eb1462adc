//! The way to a provider and back, on which somebody allows that a mailbox is read (authorization code with PKCE). The way is
//! bound to the session that sets out, is gone once, within ten minutes, and for the mailbox as it stood; the code that comes
//! back is exchanged by this server, and nothing secret passes the browser.

use data_encoding::BASE64URL_NOPAD;
use kit::authz::May;
use kit::clock::Span;
use kit::error::{Clash, Error};
use kit::ids::digest;
use ring::digest::{SHA256, digest as sha256};

use super::super::fault::{Fault, Kind};
use super::super::{MailboxAdmin, MailboxId, find, keeper, place, store as kept};
use super::endpoint;
use super::store::{self, Pending, Secret};
use super::{Provider, Tools};
use crate::audit::{self, Deed, Entry, Pen};
use crate::mail::channels::{Channels, Keep};

/// How long somebody may be on the way.
const LONGEST_WAY: Span = Span::minutes(10);

/// Where providers send people back to.
pub fn return_address(public_url: &str) -> String {
    format!("{public_url}/admin/mailboxes/connection")
}

fn verifier_place(state_hash: &str) -> String {
    format!("mailbox connection {state_hash}")
}

fn provider(tools: &Tools, mailbox: &MailboxAdmin) -> Option<(Provider, String)> {
    let provider = tools.dialer.provider(mailbox)?;
    let authorize = provider.authorize_url.clone()?;
    Some((provider, authorize))
}

/// Sets out for the provider of a mailbox: the address to go to; none where nobody has to allow anything.
///
/// # Errors
/// `NotFound`.
pub async fn set_out(
    tools: &Tools,
    may: &May<Keep, Channels>,
    id: MailboxId,
    session: &str,
    public_url: &str,
) -> Result<Option<(MailboxAdmin, String)>, Error> {
    let mailbox = find(&mut tools.db.read(), may, id).await?;
    let Some((provider, authorize)) = provider(tools, &mailbox) else {
        return Ok(None);
    };
    let state = tools.dice.token();
    let verifier = format!("{}{}", tools.dice.token(), tools.dice.token());
    let state_hash = digest(&state);
    let now = tools.clock.now();
    let place = verifier_place(&state_hash);
    let pending = Pending {
        mailbox_id: id,
        mailbox_version: mailbox.version,
        session: session.to_owned(),
        verifier_sealed: tools.seal.close(verifier.as_bytes(), &place, &tools.dice)?,
        expires_at: now.plus(LONGEST_WAY),
    };
    let mut tx = tools.db.write().await?;
    store::forget_ways(&mut tx, now, (id, session)).await?;
    store::set_out(&mut tx, &state_hash, &pending).await?;
    tx.commit().await?;
    let mut url = url::Url::parse(&authorize).map_err(Error::bug)?;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &mailbox.client_id)
        .append_pair("redirect_uri", &return_address(public_url))
        .append_pair("state", &state)
        .append_pair("code_challenge", &challenge(&verifier))
        .append_pair("code_challenge_method", "S256")
        // What Google wants before it gives anything that lasts, and others pass over.
        .append_pair("access_type", "offline")
        .append_pair("prompt", "consent")
        .append_pair("login_hint", &mailbox.login);
    if !provider.scope.is_empty() {
        url.query_pairs_mut().append_pair("scope", &provider.scope);
    }
    Ok(Some((mailbox, url.into())))
}

/// What is shown of a verifier before it is (RFC 7636).
fn challenge(verifier: &str) -> String {
    BASE64URL_NOPAD.encode(sha256(&SHA256, verifier.as_bytes()).as_ref())
}

/// What somebody comes back with.
#[derive(Clone, Default)]
pub struct Return {
    /// Which way it was.
    pub state: String,
    /// What is exchanged for tokens; empty when it was refused.
    pub code: String,
    /// Why it was refused; empty when it was not.
    pub error: String,
    /// The same in words.
    pub error_description: String,
}

/// What came of a way.
#[derive(Debug)]
pub enum Arrival {
    /// The mailbox may be read.
    Connected(MailboxId),
    /// Somebody said no.
    Denied(MailboxId),
    /// Something is wrong; the mailbox says what.
    Failed(MailboxId),
    /// Nobody is on this way: it was gone, took too long, is somebody else's, or leads to what is another mailbox by now.
    Lost,
}

/// Comes back from a provider.
pub async fn come_back(
    tools: &Tools,
    may: &May<Keep, Channels>,
    session: &str,
    (back, public_url): (&Return, &str),
    pen: Pen,
) -> Result<Arrival, Error> {
    let state_hash = digest(&back.state);
    let now = tools.clock.now();
    let mut tx = tools.db.write().await?;
    let pending = store::come_back(&mut tx, &state_hash).await?;
    // It is gone once, whatever comes of it.
    tx.commit().await?;
    let Some(pending) = pending.filter(|it| it.session == session && it.expires_at > now) else {
        return Ok(Arrival::Lost);
    };
    let id = pending.mailbox_id;
    let mailbox = find(&mut tools.db.read(), may, id).await?;
    if mailbox.version != pending.mailbox_version {
        return Ok(Arrival::Lost);
    }
    if back.error == "access_denied" {
        return Ok(Arrival::Denied(id));
    }
    let refresh_token =
        match exchange(tools, &mailbox, back, (&pending, &state_hash), public_url).await? {
            Ok(token) => token,
            Err(fault) => {
                let mut tx = tools.db.write().await?;
                kept::tested(&mut tx, id, &Err(fault), now).await?;
                tx.commit().await?;
                return Ok(Arrival::Failed(id));
            }
        };
    let place = Secret::Refresh.place(&place(id));
    let sealed = tools
        .seal
        .close(refresh_token.as_bytes(), &place, &tools.dice)?;
    let mut tx = tools.db.write().await?;
    if !store::connect(&mut tx, (id, mailbox.version), &sealed).await? {
        let current = find(&mut tx, may, id).await?.version;
        return Err(Error::Conflict(Clash::of(mailbox.version, current)));
    }
    let entry = Entry::of(Deed::MailboxConnected).thing(&mailbox.name);
    audit::note(&mut tx, pen, entry).await?;
    tx.hint(keeper::TOPIC, id.0);
    tx.commit().await?;
    Ok(Arrival::Connected(id))
}

/// The refresh token for what somebody came back with.
async fn exchange(
    tools: &Tools,
    mailbox: &MailboxAdmin,
    back: &Return,
    (pending, state_hash): (&Pending, &str),
    public_url: &str,
) -> Result<Result<String, Fault>, Error> {
    if back.code.is_empty() {
        let said = format!("{} {}", back.error, back.error_description);
        return Ok(Err(Fault::saying(Kind::ProviderRefuses, &said)));
    }
    let Some((provider, _)) = provider(tools, mailbox) else {
        return Ok(Err(Kind::NotConnected.into()));
    };
    let place = verifier_place(state_hash);
    let verifier = tools.seal.open(&pending.verifier_sealed, &place)?;
    let verifier = String::from_utf8(verifier).map_err(Error::bug)?;
    let sealed = store::secrets(&mut tools.db.read(), mailbox).await?;
    let sealed = sealed.ok_or(Error::NotFound)?.client_secret_sealed;
    let client_secret = match super::tokens::opened(tools, mailbox.id, Secret::Client, &sealed) {
        Ok(secret) => secret,
        Err(fault) => return Ok(Err(fault)),
    };
    let address = return_address(public_url);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", back.code.as_str()),
        ("redirect_uri", address.as_str()),
        ("client_id", mailbox.client_id.as_str()),
        ("client_secret", client_secret.as_str()),
        ("code_verifier", verifier.as_str()),
    ];
    let secrets = [
        client_secret.as_str(),
        back.code.as_str(),
        verifier.as_str(),
    ];
    let granted = endpoint::ask(&tools.dialer, &provider.token_url, &fields, &secrets).await;
    Ok(granted.and_then(|it| it.refresh_token.ok_or_else(|| Kind::NothingToKeep.into())))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_verifier_is_shown_by_its_digest_alone() {
        // The example of RFC 7636, appendix B.
        assert_eq!(
            super::challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
