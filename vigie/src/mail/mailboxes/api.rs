//! The API twin of the page on which mailboxes are kept. What is secret goes in, and never comes out.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fault::{Fault, Kind, Whereabouts, sentence};
use super::grants::{self, SignIn};
use super::pages::{number, tools};
use super::{Afterwards, Begins, MailboxAdmin, MailboxId, Protection, Sealing, Wanted};
use crate::audit::Pen;
use crate::house::{App, House};
use crate::mail::channels::keeper;
use crate::mail::store::ChannelId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/mailboxes", Who::Api, list),
        post("/api/v1/mailboxes", Who::Api, create),
        patch("/api/v1/mailboxes/{id}", Who::Api, change),
        delete("/api/v1/mailboxes/{id}", Who::Api, remove),
        post("/api/v1/mailboxes/{id}/test", Who::Api, test),
    ]
}

/// What is wrong with a mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxFault {
    /// What, as a word: `sign_in`, `folder_missing`, `certificate_unknown` …
    pub fault: String,
    /// The same as a sentence, with what to do.
    pub sentence: String,
    /// The server's own words; empty when it said none.
    pub said: String,
}

/// A mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxItem {
    /// Its identifier.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Its server.
    pub host: String,
    /// Its port.
    pub port: i64,
    /// `tls`, `starttls`, or `none` for the machine itself.
    pub protection: String,
    /// Who signs in there.
    pub login: String,
    /// How: `password`, `microsoft`, `google`, `other`.
    pub sign_in: String,
    /// The tenant of Microsoft 365; empty elsewhere.
    pub tenant: String,
    /// The client ID of the application at the provider; empty with a password.
    pub client_id: String,
    /// Where somebody allows it, at another provider.
    pub authorize_url: String,
    /// Where tokens are given out, at another provider.
    pub token_url: String,
    /// What the tokens are for, at another provider.
    pub token_scope: String,
    /// Whether somebody allowed at the provider that it is read; null where nobody has to.
    pub connected: Option<bool>,
    /// The folder that is fetched.
    pub folder: String,
    /// The channel whose letters it brings.
    pub channel: i64,
    /// The address of that channel.
    pub address: String,
    /// What becomes of originals: `leave`, `mark_read`, `move`, `delete`.
    pub afterwards: String,
    /// Where they are moved.
    pub move_to: String,
    /// What lay there on the first connection: `from_now_on` leaves it, `everything` takes it.
    pub begins: String,
    /// The mail servers whose findings about senders are believed in its letters, between spaces; empty for none.
    pub trusted_receivers: String,
    /// Whether it is fetched.
    pub active: bool,
    /// When it was last looked into; null before.
    pub succeeded_at: Option<String>,
    /// When something was last wrong; null before.
    pub failed_at: Option<String>,
    /// What is wrong now; null when nothing is.
    pub fault: Option<MailboxFault>,
    /// How many letters were taken.
    pub taken: i64,
    /// How many were left there because they are too large.
    pub too_large: i64,
    /// How many its server lists and does not hand over; they are asked for again.
    pub withheld: i64,
    /// Why not, of the last of them; null when there is none.
    pub withheld_fault: Option<MailboxFault>,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// Every mailbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxItems {
    /// They, the oldest first.
    pub items: Vec<MailboxItem>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

fn fault(app: &House, it: &MailboxAdmin, fault: &Fault, visitor: &ApiVisitor) -> MailboxFault {
    let provider = app.dialer.provider(it);
    let provider = provider.map(|it| it.host()).unwrap_or_default();
    MailboxFault {
        fault: fault.kind.word().to_owned(),
        sentence: sentence(fault.kind, Whereabouts::of(it, &provider), &visitor.words),
        said: fault.said.clone(),
    }
}

fn item(app: &House, it: MailboxAdmin, visitor: &ApiVisitor) -> MailboxItem {
    let told = |kind: Option<Kind>, said: &String| {
        let said = said.clone();
        kind.map(|kind| fault(app, &it, &Fault { kind, said }, visitor))
    };
    let provider = app.dialer.provider(&it);
    MailboxItem {
        fault: told(it.fault, &it.fault_said),
        withheld_fault: told(it.withheld_fault, &it.withheld_said),
        connected: provider
            .filter(|it| !it.is_by_secret)
            .map(|_| it.is_connected),
        sign_in: it.sign_in.word().to_owned(),
        tenant: it.tenant,
        client_id: it.client_id,
        authorize_url: it.authorize_url,
        token_url: it.token_url,
        token_scope: it.token_scope,
        withheld: it.withheld,
        id: it.id.0,
        name: it.name,
        host: it.host,
        port: it.port,
        protection: it.protection.word().to_owned(),
        login: it.login,
        folder: it.folder,
        channel: it.channel_id.0,
        address: it.channel,
        afterwards: it.afterwards.word().to_owned(),
        move_to: it.move_to,
        begins: it.begins.word().to_owned(),
        trusted_receivers: it.trusted_receivers,
        active: it.is_active,
        succeeded_at: it.succeeded_at.map(|at| at.rfc3339()),
        failed_at: it.failed_at.map(|at| at.rfc3339()),
        taken: it.taken,
        too_large: it.too_large,
        version: it.version,
    }
}

/// Every mailbox and how fetching stands. For administrators.
#[utoipa::path(get, path = "/api/v1/mailboxes", tag = "mail",
    responses((status = 200, body = MailboxItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers")))]
pub async fn list(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let all = super::list(&mut app.db.read(), &may).await?;
    let body = MailboxItems {
        items: all.into_iter().map(|it| item(&app, it, &visitor)).collect(),
        next: None,
    };
    Ok(json(StatusCode::OK, &body))
}

/// What a mailbox is to be; of one that is there, what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxBody {
    /// What people call it.
    name: Option<String>,
    /// Its server.
    host: Option<String>,
    /// Its port; 993 unless said.
    port: Option<i64>,
    /// `tls` unless said, `starttls`, or `none` for the machine itself.
    protection: Option<String>,
    /// Who signs in there.
    login: Option<String>,
    /// How: `password` unless said, `microsoft`, `google`, `other`.
    sign_in: Option<String>,
    /// With which password. Needed again when it goes to another server, port, protection or user.
    password: Option<String>,
    /// The tenant of Microsoft 365: its directory identifier, or one of its domains.
    tenant: Option<String>,
    /// The client ID of the application at the provider.
    client_id: Option<String>,
    /// Its secret. Needed again when it goes elsewhere, or for somebody else.
    client_secret: Option<String>,
    /// Where somebody allows it, at another provider.
    authorize_url: Option<String>,
    /// Where tokens are given out, at another provider.
    token_url: Option<String>,
    /// What the tokens are for, at another provider.
    token_scope: Option<String>,
    /// What was allowed at Google or another provider. Needed again when it goes elsewhere, or for somebody else.
    refresh_token: Option<String>,
    /// The folder that is fetched; `INBOX` unless said.
    folder: Option<String>,
    /// The channel whose letters it brings.
    channel: Option<i64>,
    /// What becomes of originals: `leave`, `mark_read` unless said, `move`, `delete`.
    afterwards: Option<String>,
    /// Where they are moved.
    move_to: Option<String>,
    /// What lies there on the first connection: `from_now_on` unless said, or `everything`.
    begins: Option<String>,
    /// The mail servers whose findings about senders are believed in its letters, between spaces; none unless said.
    trusted_receivers: Option<String>,
    /// Whether it is fetched; it is unless said.
    active: Option<bool>,
}

impl std::fmt::Debug for MailboxBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without what is secret.
        f.debug_struct("MailboxBody")
            .field("name", &self.name)
            .field("host", &self.host)
            .field("login", &self.login)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn wanted(body: MailboxBody, standing: Option<&MailboxAdmin>) -> Wanted {
    let text = |given: Option<String>, stands: fn(&MailboxAdmin) -> &str, usual: &str| {
        given.unwrap_or_else(|| standing.map_or(usual, stands).to_owned())
    };
    Wanted {
        name: text(body.name, |it| &it.name, ""),
        host: text(body.host, |it| &it.host, ""),
        port: body.port.or(standing.map(|it| it.port)).or(Some(993)),
        protection: Protection::of(&text(body.protection, |it| it.protection.word(), "tls")),
        login: text(body.login, |it| &it.login, ""),
        sign_in: SignIn::of(&text(body.sign_in, |it| it.sign_in.word(), "password")),
        password: body.password.unwrap_or_default(),
        grants: grants::Wanted {
            tenant: text(body.tenant, |it| &it.tenant, ""),
            client_id: text(body.client_id, |it| &it.client_id, ""),
            client_secret: body.client_secret.unwrap_or_default(),
            authorize_url: text(body.authorize_url, |it| &it.authorize_url, ""),
            token_url: text(body.token_url, |it| &it.token_url, ""),
            token_scope: text(body.token_scope, |it| &it.token_scope, ""),
            refresh_token: body.refresh_token.unwrap_or_default(),
        },
        folder: text(body.folder, |it| &it.folder, "INBOX"),
        channel: body
            .channel
            .map(ChannelId)
            .or(standing.map(|it| it.channel_id)),
        afterwards: Afterwards::of(&text(
            body.afterwards,
            |it| it.afterwards.word(),
            "mark_read",
        )),
        move_to: text(body.move_to, |it| &it.move_to, ""),
        trusted_receivers: text(body.trusted_receivers, |it| &it.trusted_receivers, ""),
        begins: Begins::of(&text(body.begins, |it| it.begins.word(), "from_now_on")),
        is_active: body
            .active
            .unwrap_or(standing.is_none_or(|it| it.is_active)),
    }
}

async fn answer(
    app: &App,
    visitor: &ApiVisitor,
    id: MailboxId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let mailbox = super::find(&mut app.db.read(), &may, id).await?;
    let item = item(app, mailbox, visitor);
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// Adds a mailbox. For administrators.
#[utoipa::path(post, path = "/api/v1/mailboxes", request_body = MailboxBody, tag = "mail",
    responses((status = 201, body = MailboxItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<MailboxBody>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let wanted = wanted(body, None);
    let sealing = Sealing {
        seal: &app.seal,
        dice: &app.dice,
    };
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let id = super::create(&mut tx, &may, &wanted, sealing, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// Changes a mailbox, or switches it off and on. For administrators.
#[utoipa::path(patch, path = "/api/v1/mailboxes/{id}", request_body = MailboxBody, tag = "mail",
    params(("id" = i64, Path, description = "The mailbox"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = MailboxItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<MailboxBody>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let standing = super::find(&mut app.db.read(), &may, id).await?;
    let wanted = wanted(body, Some(&standing));
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    let sealing = Sealing {
        seal: &app.seal,
        dice: &app.dice,
    };
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    super::change(&mut tx, &may, (id, Some(seen)), &wanted, sealing, pen).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}

/// Removes a mailbox. What was taken from it stays, and so does what lies in it. For administrators.
#[utoipa::path(delete, path = "/api/v1/mailboxes/{id}", tag = "mail",
    params(("id" = i64, Path, description = "The mailbox"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "Removed"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let which = (number(&id)?, visitor.seen_version()?);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    super::remove(&mut tx, &may, which, pen).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a test found.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxTest {
    /// Whether everything works, up to the folder.
    pub works: bool,
    /// How many letters lie there; null when it does not work.
    pub letters: Option<u32>,
    /// What is wrong; null when nothing is.
    pub fault: Option<MailboxFault>,
}

/// Connects to a mailbox as it stands, signs in and looks into its folder; changes nothing there. For administrators.
#[utoipa::path(post, path = "/api/v1/mailboxes/{id}/test", tag = "mail",
    params(("id" = i64, Path, description = "The mailbox")),
    responses((status = 200, body = MailboxTest), (status = 403, description = "A right is missing"), (status = 404, description = "Not there")))]
pub async fn test(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let (mailbox, found) = super::test(&tools(&app), &may, number(&id)?).await?;
    let body = MailboxTest {
        works: found.is_ok(),
        letters: found.as_ref().ok().copied(),
        fault: found.err().map(|it| fault(&app, &mailbox, &it, &visitor)),
    };
    Ok(json(StatusCode::OK, &body))
}

#[cfg(test)]
mod tests {
    use super::MailboxBody;

    #[test]
    fn what_programs_send_is_shown_without_what_is_secret_of_it() {
        let sent = r#"{"name": "Support", "login": "zoe", "password": "s3cret", "client_secret": "s3cret", "refresh_token": "s3cret"}"#;
        let body: MailboxBody = serde_json::from_str(sent).unwrap();
        let shown = format!("{body:?}");
        assert!(
            shown.contains("zoe") && !shown.contains("s3cret"),
            "{shown}"
        );
    }
}
