//! The page on which mailboxes are kept.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use kit::web::form::Form;
use pages::admin::mailboxes::{
    Afterwards as AfterwardsView, Begins as BeginsView, ChannelChoice, Connection, MailboxForm,
    MailboxRow, MailboxesPage, Protection as ProtectionView, SignIn as SignInView,
    Standing as StandingView, Tested, Trouble, Withheld,
};
use pages::fields::{Conflict, Faults, Standing};
use pages::frame::{Section, Tone};
use serde::Deserialize;
use words::reader::Words;

use super::fault::{Kind, Whereabouts, sentence};
use super::grants::{self, SignIn, Tools, connecting};
use super::{Afterwards, Begins, MailboxAdmin, MailboxId, Protection, Sealing, Wanted};
use crate::audit::Pen;
use crate::departments::views;
use crate::house::{App, House};
use crate::mail::channels::{self, keeper};
use crate::mail::store::ChannelId;
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    let who = || Who::May(permission::MANAGE_CHANNELS);
    vec![
        get("/admin/mailboxes", who(), list),
        post("/admin/mailboxes", who(), create),
        post("/admin/mailboxes/{id}", who(), change),
        post("/admin/mailboxes/{id}/test", who(), test),
        post(
            "/admin/mailboxes/{id}/connection",
            who(),
            grants::pages::set_out,
        ),
        get(
            "/admin/mailboxes/connection",
            who(),
            grants::pages::come_back,
        ),
        post("/admin/mailboxes/{id}/removal", who(), remove),
    ]
}

fn protection_view(it: Protection) -> ProtectionView {
    match it {
        Protection::Tls => ProtectionView::Tls,
        Protection::Starttls => ProtectionView::Starttls,
        Protection::None => ProtectionView::None,
    }
}

/// What becomes of originals, as pages show it.
pub fn afterwards_view(it: Afterwards) -> AfterwardsView {
    match it {
        Afterwards::Leave => AfterwardsView::Leave,
        Afterwards::MarkRead => AfterwardsView::MarkRead,
        Afterwards::Move => AfterwardsView::Move,
        Afterwards::Delete => AfterwardsView::Delete,
    }
}

/// How a mailbox signs in, as pages show it.
pub fn sign_in_view(it: SignIn) -> SignInView {
    match it {
        SignIn::Password => SignInView::Password,
        SignIn::Microsoft => SignInView::Microsoft,
        SignIn::Google => SignInView::Google,
        SignIn::Other => SignInView::Other,
    }
}

fn begins_view(it: Begins) -> BeginsView {
    match it {
        Begins::FromNowOn => BeginsView::FromNowOn,
        Begins::Everything => BeginsView::Everything,
    }
}

fn trouble(it: &MailboxAdmin, kind: Kind, said: &str, provider: &str, words: &Words) -> Trouble {
    Trouble {
        sentence: sentence(kind, Whereabouts::of(it, provider), words),
        said: said.to_owned(),
    }
}

fn standing(it: &MailboxAdmin) -> StandingView {
    match it {
        it if !it.is_active => StandingView::Off,
        it if !it.is_channel_active => StandingView::AddressOff,
        it if it.fault.is_some() => StandingView::Trouble,
        it if it.succeeded_at.is_none() => StandingView::New,
        _ => StandingView::Fine,
    }
}

fn form_of(it: &MailboxAdmin) -> MailboxForm {
    MailboxForm {
        name: it.name.clone(),
        host: it.host.clone(),
        port: it.port.to_string(),
        protection: protection_view(it.protection),
        login: it.login.clone(),
        sign_in: sign_in_view(it.sign_in),
        tenant: it.tenant.clone(),
        client_id: it.client_id.clone(),
        authorize_url: it.authorize_url.clone(),
        token_url: it.token_url.clone(),
        token_scope: it.token_scope.clone(),
        folder: it.folder.clone(),
        channel: Some(it.channel_id.0),
        afterwards: afterwards_view(it.afterwards),
        move_to: it.move_to.clone(),
        begins: begins_view(it.begins),
        trusted_receivers: it.trusted_receivers.clone(),
        is_active: it.is_active,
    }
}

fn row(it: &MailboxAdmin, asked: Option<i64>, app: &House, words: &Words) -> MailboxRow {
    let provider = app.dialer.provider(it);
    let at = provider.as_ref().map(grants::Provider::host);
    let at = at.as_deref().unwrap_or_default();
    let trouble_of = |kind: Kind, said: &str| trouble(it, kind, said, at, words);
    MailboxRow {
        id: it.id.0,
        version: it.version,
        title: it.name.clone(),
        place: format!("{}, {}", it.login, it.host),
        channel: it.channel.clone(),
        standing: standing(it),
        succeeded_at: it.succeeded_at.map(|at| at.0),
        failed_at: it.failed_at.map(|at| at.0),
        trouble: it.fault.map(|kind| trouble_of(kind, &it.fault_said)),
        tested: it.tested_at.map(|at| Tested {
            at: at.0,
            found: match it.test_fault {
                None => Ok(it.test_said.parse().unwrap_or_default()),
                Some(kind) => Err(trouble_of(kind, &it.test_said)),
            },
        }),
        taken: it.taken,
        too_large: it.too_large,
        withheld: it.withheld_fault.map(|kind| Withheld {
            count: it.withheld,
            trouble: trouble_of(kind, &it.withheld_said),
        }),
        sign_in: sign_in_view(it.sign_in),
        connection: provider.filter(|it| !it.is_by_secret).map(|at| Connection {
            is_connected: it.is_connected,
            can_connect: at.authorize_url.is_some(),
        }),
        largest: words.size(letter::MOST_BYTES as u64),
        form: form_of(it),
        faults: Faults::default(),
        conflict: None,
        is_asked: asked == Some(it.id.0),
    }
}

async fn view(app: &House, visitor: &Visitor, asked: Option<i64>) -> Result<MailboxesPage, Error> {
    let may = keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let mailboxes = super::list(&mut db, &may).await?;
    let channels = channels::list(&mut db, &may)
        .await?
        .into_iter()
        .filter(|it| it.is_active)
        .map(|it| ChannelChoice {
            id: it.id.0,
            name: format!("{} ({}, {})", it.address, it.department, it.category),
        })
        .collect();
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = "/admin/mailboxes".to_owned();
    let words = &visitor.words;
    Ok(MailboxesPage {
        frame,
        rows: mailboxes
            .iter()
            .map(|it| row(it, asked, app, words))
            .collect(),
        channels,
        return_address: connecting::return_address(&app.config.public_url),
        new: MailboxForm::default(),
        faults: Faults::default(),
    })
}

/// Which mailbox is asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    mailbox: Option<String>,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let asked = asked.mailbox.and_then(|it| it.parse().ok());
    Ok(page(&view(&app, &visitor, asked).await?))
}

fn wanted(form: &Form) -> Wanted {
    Wanted {
        name: form.text("name").to_owned(),
        host: form.text("host").to_owned(),
        port: form.text("port").parse().ok(),
        protection: Protection::of(form.text("protection")),
        login: form.text("login").to_owned(),
        sign_in: SignIn::of(form.text("sign_in")),
        // As it was typed: spaces may be part of it.
        password: form.raw("password").to_owned(),
        grants: grants::Wanted {
            tenant: form.text("tenant").to_owned(),
            client_id: form.text("client_id").to_owned(),
            client_secret: form.text("client_secret").to_owned(),
            authorize_url: form.text("authorize_url").to_owned(),
            token_url: form.text("token_url").to_owned(),
            token_scope: form.text("token_scope").to_owned(),
            refresh_token: form.text("refresh_token").to_owned(),
        },
        folder: form.text("folder").to_owned(),
        channel: form.text("channel").parse().ok().map(ChannelId),
        afterwards: Afterwards::of(form.text("afterwards")),
        move_to: form.text("move_to").to_owned(),
        begins: Begins::of(form.text("begins")),
        trusted_receivers: form.text("trusted_receivers").to_owned(),
        is_active: form.is_ticked("active"),
    }
}

/// What was typed, without what is secret.
fn typed(form: &Form, wanted: &Wanted) -> MailboxForm {
    MailboxForm {
        name: wanted.name.clone(),
        host: wanted.host.clone(),
        port: form.text("port").to_owned(),
        protection: wanted.protection.map(protection_view).unwrap_or_default(),
        login: wanted.login.clone(),
        sign_in: wanted.sign_in.map(sign_in_view).unwrap_or_default(),
        tenant: wanted.grants.tenant.clone(),
        client_id: wanted.grants.client_id.clone(),
        authorize_url: wanted.grants.authorize_url.clone(),
        token_url: wanted.grants.token_url.clone(),
        token_scope: wanted.grants.token_scope.clone(),
        folder: wanted.folder.clone(),
        channel: wanted.channel.map(|it| it.0),
        afterwards: wanted.afterwards.map(afterwards_view).unwrap_or_default(),
        move_to: wanted.move_to.clone(),
        begins: wanted.begins.map(begins_view).unwrap_or_default(),
        trusted_receivers: wanted.trusted_receivers.clone(),
        is_active: wanted.is_active,
    }
}

fn sealing(app: &House) -> Sealing<'_> {
    Sealing {
        seal: &app.seal,
        dice: &app.dice,
    }
}

/// What connecting to mailboxes needs.
pub(super) fn tools(app: &House) -> Tools {
    Tools {
        db: app.db.clone(),
        clock: app.clock.clone(),
        dice: app.dice.clone(),
        seal: app.seal.clone(),
        dialer: app.dialer.clone(),
    }
}

pub(super) fn number(id: &str) -> Result<MailboxId, Error> {
    id.parse().map(MailboxId).map_err(|_| Error::NotFound)
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let wanted = wanted(&form);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match super::create(&mut tx, &may, &wanted, sealing(&app), pen).await {
        Ok(id) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "mailboxes-said-created"));
            Ok(see_other(&at(id), said))
        }
        Err(Error::Invalid(fields)) => {
            drop(tx);
            let mut view = view(&app, &visitor, None).await?;
            view.new = typed(&form, &wanted);
            view.faults = views::faults(&fields, &visitor.words);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

/// Where one mailbox is shown.
pub(super) fn at(id: MailboxId) -> String {
    format!("/admin/mailboxes?mailbox={id}#mailbox-{id}")
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let wanted = wanted(&form);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let which = (id, Some(seen));
    let error = match super::change(&mut tx, &may, which, &wanted, sealing(&app), pen).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(see_other(&at(id), Some((Tone::Ok, "admin-said-saved"))));
        }
        Err(error) => error,
    };
    drop(tx);
    let mut view = view(&app, &visitor, Some(id.0)).await?;
    let row = view.rows.iter_mut().find(|row| row.id == id.0);
    let row = row.ok_or(Error::NotFound)?;
    let typed = typed(&form, &wanted);
    let status = match error {
        Error::Invalid(fields) => {
            row.faults = views::faults(&fields, &visitor.words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            row.conflict = Some(conflict(row, &typed, &visitor.words));
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    row.form = typed;
    Ok(page_with(status, &view))
}

/// What somebody else saved meanwhile, where it differs from what was typed.
fn conflict(row: &MailboxRow, typed: &MailboxForm, words: &Words) -> Conflict {
    let stands = &row.form;
    let chosen = |label, differs: bool, key: &'static str| {
        differs.then(|| Standing {
            label,
            value: words.say(key).to_owned(),
        })
    };
    let values = [
        views::differs("mailboxes-name", &stands.name, &typed.name),
        (stands.channel != typed.channel).then(|| Standing {
            label: "mailboxes-channel",
            value: row.channel.clone(),
        }),
        views::differs("mailboxes-host", &stands.host, &typed.host),
        views::differs("mailboxes-port", &stands.port, &typed.port),
        chosen(
            "mailboxes-protection",
            stands.protection != typed.protection,
            stands.protection.key(),
        ),
        views::differs("mailboxes-folder", &stands.folder, &typed.folder),
        views::differs("mailboxes-login", &stands.login, &typed.login),
        chosen(
            "mailboxes-sign-in",
            stands.sign_in != typed.sign_in,
            stands.sign_in.key(),
        ),
        views::differs("mailboxes-tenant", &stands.tenant, &typed.tenant),
        views::differs("mailboxes-client-id", &stands.client_id, &typed.client_id),
        views::differs(
            "mailboxes-authorize-url",
            &stands.authorize_url,
            &typed.authorize_url,
        ),
        views::differs("mailboxes-token-url", &stands.token_url, &typed.token_url),
        views::differs(
            "mailboxes-token-scope",
            &stands.token_scope,
            &typed.token_scope,
        ),
        chosen(
            "mailboxes-afterwards",
            stands.afterwards != typed.afterwards,
            stands.afterwards.key(),
        ),
        views::differs("mailboxes-move-to", &stands.move_to, &typed.move_to),
        chosen(
            "mailboxes-begins",
            stands.begins != typed.begins,
            stands.begins.key(),
        ),
        views::differs(
            "mailboxes-trusted",
            &stands.trusted_receivers,
            &typed.trusted_receivers,
        ),
    ];
    Conflict {
        by: words.say("admin-somebody").to_owned(),
        standing: values.into_iter().flatten().collect(),
    }
}

async fn test(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let (_, found) = super::test(&tools(&app), &may, id).await?;
    let tone = if found.is_ok() { Tone::Ok } else { Tone::Warn };
    Ok(see_other(&at(id), Some((tone, "mailboxes-said-tested"))))
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match super::remove(&mut tx, &may, (id, Some(seen)), pen).await {
        Ok(()) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "mailboxes-said-removed"));
            Ok(see_other("/admin/mailboxes", said))
        }
        Err(Error::Conflict(_)) => {
            drop(tx);
            let mut view = view(&app, &visitor, Some(id.0)).await?;
            if let Some(row) = view.rows.iter_mut().find(|row| row.id == id.0) {
                let stands = row.form.clone();
                row.conflict = Some(conflict(row, &stands, &visitor.words));
            }
            Ok(page_with(StatusCode::CONFLICT, &view))
        }
        Err(other) => Err(other.into()),
    }
}
