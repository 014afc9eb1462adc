//! The page of addresses nothing is mailed to.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::error::Error;
use pages::admin::outbox::{SuppressedPage, SuppressedRow};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use pages::people::MailStopped;
use serde::Deserialize;

use super::{Reason, Suppressed, SuppressionId};
use crate::audit::Pen;
use crate::house::App;
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// Rows of the list.
const ROWS: i64 = 50;
const PAGE: &str = "/admin/mail/suppressed";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    let post_sees = Who::May(permission::SEE_POST);
    vec![
        get(PAGE, post_sees, show),
        post("/admin/mail/suppressed/{id}/removal", post_sees, lift),
    ]
}

/// The key of why nothing is mailed there.
pub fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Refused => "suppression-refused",
        Reason::Bounced => "suppression-bounced",
        Reason::Complaint => "suppression-complaint",
    }
}

/// What is known of an address, where somebody reads it.
pub fn view(suppressed: &Suppressed) -> MailStopped {
    MailStopped {
        reason: reason_key(suppressed.reason),
        since: suppressed.since.0,
    }
}

#[derive(Debug, Deserialize)]
struct Asked {
    before: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let mut reader = app.db.read();
    let before = (asked.before.and_then(|it| it.parse().ok())).map(SuppressionId);
    let mut all = super::list(&mut reader, &visitor.actor, before, ROWS + 1).await?;
    let has_more = all.len() > ROWS as usize;
    all.truncate(ROWS as usize);
    let pager = Pager {
        previous: before.map(|_| PAGE.to_owned()),
        next: (all.last().filter(|_| has_more)).map(|last| format!("{PAGE}?before={}", last.id)),
    };
    let row = |it: Suppressed| SuppressedRow {
        id: it.id.0,
        address: it.address,
        reason: visitor.words.say(reason_key(it.reason)),
        said: it.said,
        since: it.since.0,
        held_back: it.held_back,
    };
    Ok(page(&SuppressedPage {
        total: super::total(&mut reader, &visitor.actor).await?,
        rows: all.into_iter().map(row).collect(),
        pager,
        frame: visitor.frame(&app, Section::Administration, None).await?,
    }))
}

async fn lift(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = id.parse().map(SuppressionId).map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let said = match super::lift(&mut tx, &visitor.actor, id, pen).await {
        Ok(()) => (Tone::Ok, "suppression-lifted"),
        // A second click, or a letter that came meanwhile.
        Err(Error::NotFound) => (Tone::Info, "suppression-lifted-already"),
        Err(error) => return Err(error.into()),
    };
    tx.commit().await?;
    Ok(see_other(PAGE, Some(said)))
}
