//! The way to a provider and back, as the browser goes it. It sets out by a page with a link: a form of ours leads nowhere else.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::error::Error;
use pages::admin::mailboxes::MailboxGoingPage;
use pages::frame::{Section, Tone};
use serde::Deserialize;

use super::connecting::{self, Arrival, Return};
use super::host_of;
use crate::audit::Pen;
use crate::house::App;
use crate::mail::channels::keeper;
use crate::mail::mailboxes::pages::{at, number, tools};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, see_other};
use crate::web::visitor::Visitor;

/// Sets out: shows where it goes.
pub async fn set_out(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let (id, url) = (number(&id)?, &app.config.public_url);
    let way = connecting::set_out(&tools(&app), &may, id, &visitor.session, url).await?;
    let Some((mailbox, href)) = way else {
        let said = Some((Tone::Info, "mailboxes-said-no-connection"));
        return Ok(see_other(&at(id), said));
    };
    let mut frame = visitor.frame(&app, Section::Administration, None).await?;
    frame.here = "/admin/mailboxes".to_owned();
    Ok(page(&MailboxGoingPage {
        frame,
        id: id.0,
        title: mailbox.name,
        login: mailbox.login,
        host: host_of(&href),
        href,
    }))
}

/// What a provider sends people back with.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Comes back.
pub async fn come_back(
    State(app): State<App>,
    visitor: Visitor,
    Query(back): Query<Back>,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let back = Return {
        state: back.state,
        code: back.code,
        error: back.error,
        error_description: back.error_description,
    };
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let with = (&back, app.config.public_url.as_str());
    let arrived = connecting::come_back(&tools(&app), &may, &visitor.session, with, pen).await;
    let (id, tone, key) = match arrived {
        Ok(Arrival::Connected(id)) => (Some(id), Tone::Ok, "mailboxes-said-connected"),
        Ok(Arrival::Denied(id)) => (Some(id), Tone::Info, "mailboxes-said-denied"),
        Ok(Arrival::Failed(id)) => (Some(id), Tone::Warn, "mailboxes-said-not-connected"),
        Ok(Arrival::Lost) | Err(Error::Conflict(_)) => (None, Tone::Warn, "mailboxes-said-lost"),
        Err(error) => return Err(error.into()),
    };
    let place = id.map_or_else(|| "/admin/mailboxes".to_owned(), at);
    Ok(see_other(&place, Some((tone, key))))
}
