//! The page of what the desk says of itself.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::desk::DeskPage;
use pages::frame::{Section, Tone};

use super::Change;
use crate::departments::views;
use crate::house::{App, House};
use crate::policy::{AgentScope, permission};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The address of the page.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::MANAGE_SETTINGS);
    vec![get("/admin/desk", who, show), post("/admin/desk", who, say)]
}

/// The page as it stands, or with what was typed.
async fn drawn(
    app: &House,
    visitor: &Visitor,
    back: Option<&Form>,
    (faults, status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let desk = super::read(&mut db).await?;
    let typed = |field: &str, standing: &str| match back {
        Some(form) if form.all(field).next().is_some() => form.text(field).to_owned(),
        _ => standing.to_owned(),
    };
    let view = DeskPage {
        version: super::version(&mut db).await?,
        organisation: typed("organisation", &desk.organisation),
        default_scope: typed("default_scope", desk.default_scope.word()),
        shows_assets: match back {
            Some(form) => form.is_ticked("portal_assets"),
            None => desk.shows_assets,
        },
        may_choose_scope: super::may_choose_scope(&visitor.actor),
        frame: visitor.frame(app, Section::Administration, None).await?,
        faults: views::faults(&faults, &visitor.words),
    };
    Ok(page_with(status, &view))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    drawn(&app, &visitor, None, (Fields::default(), StatusCode::OK)).await
}

async fn say(State(app): State<App>, Posted { visitor, form }: Posted) -> Result<Response, Fail> {
    let said = async {
        let seen = form.number("version", "fault-version")?;
        let default_scope = match form.optional("default_scope") {
            None => None,
            Some(word) => Some(
                AgentScope::chosen(word)
                    .ok_or_else(|| Error::invalid("default_scope", "fault-default-scope"))?,
            ),
        };
        let wanted = Change {
            organisation: Some(form.text("organisation")),
            default_scope,
            shows_assets: Some(form.is_ticked("portal_assets")),
        };
        let mut tx = app.db.write().await?;
        super::change(&mut tx, &visitor.actor, Some(seen), &wanted, visitor.now()).await?;
        tx.commit().await?;
        app.refresh_desk().await
    };
    match said.await {
        Ok(()) => {
            let said = Some((Tone::Ok, "admin-settings-said"));
            Ok(see_other("/admin/desk", said))
        }
        Err(error) => {
            let shown = again(error, "admin-settings-changed")?;
            drawn(&app, &visitor, Some(&form), shown).await
        }
    }
}
