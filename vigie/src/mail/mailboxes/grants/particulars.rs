//! How to come by tokens, as it is typed, looked at and told of.

use kit::db::Tx;
use kit::error::{Error, Fields};

use super::super::{LONGEST, MailboxAdmin, MailboxId, Sealing, Wanted, place, plain, text};
use super::{SignIn, is_protected, store};
use crate::audit::{Entry, Field};

/// The longest secret that a provider gives out, in characters.
const LONGEST_SECRET: usize = 8_000;

/// What is written of it once it was looked at; empty whatever its kind does not need.
pub struct Checked {
    /// How the mailbox signs in.
    pub sign_in: SignIn,
    /// The tenant.
    pub tenant: String,
    /// The name of the application.
    pub client_id: String,
    /// Where somebody allows it.
    pub authorize_url: String,
    /// Where tokens are given out.
    pub token_url: String,
    /// What they are for.
    pub token_scope: String,
    /// No secret that stood may be used any more.
    pub forgets: bool,
}

/// An address that secrets may be sent to.
fn address(faults: &mut Fields, field: &'static str, typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        return String::new();
    }
    if typed.chars().count() > LONGEST {
        faults.add(field, "fault-too-long", Some(LONGEST.to_string()));
    }
    let url = url::Url::parse(typed).ok();
    let is_plain = url.as_ref().is_some_and(|it| {
        it.username().is_empty() && it.password().is_none() && it.fragment().is_none()
    });
    let fits = url.as_ref().is_some_and(is_protected);
    faults.require(fits && is_plain, field, "mailboxes-address-wrong");
    url.map_or_else(|| typed.to_owned(), String::from)
}

fn secret(faults: &mut Fields, field: &'static str, typed: &str) {
    if typed.chars().count() > LONGEST_SECRET {
        faults.add(field, "fault-too-long", Some(LONGEST_SECRET.to_string()));
    }
    plain(faults, field, typed);
}

/// How it is to sign in, or every fault at its field. `is_elsewhere` says that server or user are others than those that the
/// secrets were given for.
pub fn checked(
    faults: &mut Fields,
    wanted: &Wanted,
    standing: Option<&MailboxAdmin>,
    is_elsewhere: bool,
) -> Option<Checked> {
    let Some(sign_in) = wanted.sign_in else {
        faults.add("sign_in", "mailboxes-choose-one", None);
        return None;
    };
    let typed = &wanted.grants;
    let mut it = Checked {
        sign_in,
        tenant: String::new(),
        client_id: String::new(),
        authorize_url: String::new(),
        token_url: String::new(),
        token_scope: String::new(),
        forgets: true,
    };
    if sign_in != SignIn::Password {
        it.client_id = text(faults, "client_id", &typed.client_id);
        plain(faults, "client_id", &it.client_id);
        secret(faults, "client_secret", &typed.client_secret);
    }
    match sign_in {
        SignIn::Password => {}
        SignIn::Google => secret(faults, "refresh_token", &typed.refresh_token),
        SignIn::Microsoft => {
            it.tenant = text(faults, "tenant", &typed.tenant);
            // It becomes a part of an address, and must not become another one.
            let is_name = it
                .tenant
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
            let is_dots = it.tenant.chars().all(|c| c == '.');
            let fits = it.tenant.is_empty() || (is_name && !is_dots);
            faults.require(fits, "tenant", "mailboxes-tenant-wrong");
        }
        SignIn::Other => {
            it.authorize_url = address(faults, "authorize_url", &typed.authorize_url);
            let token_url = text(faults, "token_url", &typed.token_url);
            it.token_url = address(faults, "token_url", &token_url);
            it.token_scope = typed.token_scope.trim().to_owned();
            if it.token_scope.chars().count() > LONGEST {
                faults.add("token_scope", "fault-too-long", Some(LONGEST.to_string()));
            }
            plain(faults, "token_scope", &it.token_scope);
            secret(faults, "refresh_token", &typed.refresh_token);
        }
    }
    // Whoever may change a mailbox may not send its secrets to a place of their own.
    it.forgets = is_elsewhere
        || standing.is_none_or(|was| {
            was.sign_in != it.sign_in
                || was.tenant != it.tenant
                || was.client_id != it.client_id
                || was.authorize_url != it.authorize_url
                || was.token_url != it.token_url
        });
    secrets_there(faults, wanted, standing, &it);
    Some(it)
}

/// Whether every secret is there that will be needed.
fn secrets_there(
    faults: &mut Fields,
    wanted: &Wanted,
    standing: Option<&MailboxAdmin>,
    it: &Checked,
) {
    let typed = &wanted.grants;
    let again = |usual| match standing {
        Some(was) if was.sign_in == it.sign_in => usual,
        _ => "fault-missing",
    };
    if it.sign_in == SignIn::Password {
        if it.forgets && wanted.password.is_empty() {
            faults.add("password", again("mailboxes-password-again"), None);
        }
        return;
    }
    let had_secret = standing.is_some_and(|was| was.sign_in == it.sign_in && was.has_client_secret);
    // Some applications of other providers have none.
    let needs_secret = it.sign_in != SignIn::Other || had_secret;
    if it.forgets && needs_secret && typed.client_secret.is_empty() {
        faults.add("client_secret", again("mailboxes-secret-again"), None);
    }
    let is_allowed = !it.forgets && standing.is_some_and(|was| was.is_connected);
    let cannot_ask = it.sign_in == SignIn::Other && it.authorize_url.is_empty();
    if cannot_ask && !is_allowed && typed.refresh_token.is_empty() {
        faults.add(
            "refresh_token",
            again("mailboxes-refresh-token-again"),
            None,
        );
    }
}

/// Seals what was typed, and throws away what stood for another place. Says in the entry what was replaced.
pub async fn seal_again(
    tx: &mut Tx,
    id: MailboxId,
    wanted: &Wanted,
    it: &Checked,
    sealing: Sealing<'_>,
    mut entry: Entry,
) -> Result<Entry, Error> {
    let is_password = it.sign_in == SignIn::Password;
    let typed = &wanted.grants;
    let all = [
        (store::Secret::Password, &wanted.password, is_password),
        (store::Secret::Client, &typed.client_secret, !is_password),
        (
            store::Secret::Refresh,
            &typed.refresh_token,
            matches!(it.sign_in, SignIn::Google | SignIn::Other),
        ),
    ];
    for (secret, typed, is_needed) in all {
        if is_needed && !typed.is_empty() {
            let sealed =
                sealing
                    .seal
                    .close(typed.as_bytes(), &secret.place(&place(id)), sealing.dice)?;
            store::seal(tx, id, secret, &sealed).await?;
            entry = entry.flag(secret.field(), false, true);
        } else if it.forgets || !is_needed {
            store::seal(tx, id, secret, "").await?;
        }
    }
    Ok(entry)
}

/// What the journal says of it.
pub fn told(entry: Entry, was: Option<&MailboxAdmin>, becomes: &Checked) -> Entry {
    let old = |of: fn(&MailboxAdmin) -> &str| was.map_or("", of).to_owned();
    entry
        .field(
            Field::SignIn,
            &old(|it| it.sign_in.word()),
            becomes.sign_in.word(),
        )
        .field(Field::Tenant, &old(|it| &it.tenant), &becomes.tenant)
        .field(
            Field::ClientId,
            &old(|it| &it.client_id),
            &becomes.client_id,
        )
        .field(
            Field::AuthorizeUrl,
            &old(|it| &it.authorize_url),
            &becomes.authorize_url,
        )
        .field(
            Field::TokenUrl,
            &old(|it| &it.token_url),
            &becomes.token_url,
        )
        .field(
            Field::TokenScope,
            &old(|it| &it.token_scope),
            &becomes.token_scope,
        )
}
