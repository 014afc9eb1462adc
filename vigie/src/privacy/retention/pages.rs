//! The page on which one says how long the desk keeps what.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::retention::{RetentionPage, RetentionRow};
use pages::frame::{Section, Tone};

use super::{Kind, Rules};
use crate::departments::views;
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The address of the page.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::OWN);
    vec![
        get("/admin/retention", who, show),
        post("/admin/retention", who, say),
    ]
}

/// What was typed, as rules; nothing is for good.
fn typed(text: impl Fn(&'static str) -> String) -> Result<Rules, Error> {
    let (mut rules, mut faults) = (Rules::default(), Fields::default());
    for kind in Kind::EACH {
        let text = text(kind.word());
        if !text.is_empty() {
            let days = text.parse().ok();
            faults.require(days.is_some(), kind.word(), "fault-retention-days");
            rules.set(kind, days);
        }
    }
    faults.settle()?;
    Ok(rules)
}

fn of_form(form: &Form) -> Result<Rules, Error> {
    typed(|field| form.text(field).to_owned())
}

/// The page as it stands, or with what was typed and how much would go by that.
async fn drawn(
    app: &House,
    visitor: &Visitor,
    back: Option<&Form>,
    (faults, status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (standing, version) = super::rules(&mut db).await?;
    let typed = back.and_then(|form| of_form(form).ok());
    // What nobody can count is shown as it was typed, beside what would go by what stands.
    let rules = typed.filter(|it| it.check().is_ok()).unwrap_or(standing);
    let counts = super::preview(&mut db, &visitor.actor, &rules, visitor.now()).await?;
    let row = |kind: Kind| {
        let said = rules.of(kind).map(|days| days.to_string());
        RetentionRow {
            field: kind.word(),
            days: match back {
                Some(form) => form.text(kind.word()).to_owned(),
                None => said.unwrap_or_default(),
            },
            goes: rules.of(kind).map(|_| counts[kind as usize]),
        }
    };
    Ok(page_with(
        status,
        &RetentionPage {
            frame: visitor.frame(app, Section::Administration, None).await?,
            version,
            rows: Kind::EACH.map(row).to_vec(),
            least: super::LEAST_DAYS,
            faults: views::faults(&faults, &visitor.words),
        },
    ))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    drawn(&app, &visitor, None, (Fields::default(), StatusCode::OK)).await
}

async fn say(State(app): State<App>, Posted { visitor, form }: Posted) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let said = async {
        let rules = of_form(&form)?;
        if form.is_ticked("look") {
            return super::preview(&mut app.db.read(), &visitor.actor, &rules, visitor.now())
                .await
                .map(|_| false);
        }
        super::say(&app.db, &visitor.actor, Some(seen), &rules, visitor.now())
            .await
            .map(|()| true)
    };
    let shown = match said.await {
        Ok(true) => {
            let said = Some((Tone::Ok, "retention-said"));
            return Ok(see_other("/admin/retention", said));
        }
        Ok(false) => (Fields::default(), StatusCode::OK),
        Err(error) => again(error, "retention-changed")?,
    };
    drawn(&app, &visitor, Some(&form), shown).await
}
