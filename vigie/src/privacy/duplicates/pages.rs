//! The page that shows two records of one human side by side before they become one.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::admin::people::LikelyRow;
use pages::duplicates::{Choice, DuplicatePage, Moves, Side};
use pages::form::FormField;
use pages::frame::{Section, Tone};
use serde::Deserialize;

use super::Seen;
use crate::house::{App, House};
use crate::people::admin::PersonAdmin;
use crate::people::{PersonId, directory, number};
use crate::policy::permission;
use crate::privacy::erasure::{self, Counts};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of the page.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::MANAGE_PEOPLE);
    vec![
        get("/admin/people/{id}/merge", who, show),
        post("/admin/people/{id}/merge", who, merge),
    ]
}

#[derive(Debug, Deserialize)]
struct With {
    with: Option<String>,
}

/// Whom somebody typed: by address or by login, or by number, as links do.
async fn named(app: &House, visitor: &Visitor, typed: &str) -> Result<PersonId, Error> {
    // A login may be a number, too: it counts first, as nothing here can be undone.
    let found = directory::named(&mut app.db.read(), &visitor.actor, typed).await?;
    let by_number = || typed.parse().ok().map(PersonId);
    let unknown = || Error::invalid_with("with", "fault-person-unknown", typed.to_owned());
    let found = found.map(|person| person.id).or_else(by_number);
    found.ok_or_else(unknown)
}

fn side(person: &PersonAdmin, counts: &Counts) -> Side {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Side {
        id: person.id.0,
        version: person.version,
        name: person.name.clone(),
        email: person.email.clone(),
        login: text(&person.login),
        phone: text(&person.phone),
        job_title: text(&person.job_title),
        organization: text(&person.organization),
        site: text(&person.site),
        can_come_in: person.may_sign_in(),
        requests: counts.requests,
    }
}

/// Those who may be the same human, as the card shows them.
pub fn rows(likely: Vec<super::Likely>) -> Vec<LikelyRow> {
    let row = |one: super::Likely| LikelyRow {
        id: one.id.0,
        name: one.name,
        email: one.email,
    };
    likely.into_iter().map(row).collect()
}

/// Both records as they stand.
async fn choice(
    app: &House,
    visitor: &Visitor,
    kept: &(PersonAdmin, Counts),
    other: PersonId,
) -> Result<Choice, Error> {
    let (goes, counts) = erasure::standing(&app.db, &visitor.actor, other).await?;
    super::check(&visitor.actor, &kept.0, &goes)?;
    Ok(Choice {
        kept: side(&kept.0, &kept.1),
        other: side(&goes, &counts),
        moves: Moves {
            requests: counts.requests,
            messages: counts.messages,
            participations: counts.participations,
            mails: counts.mails,
            keys: counts.keys,
        },
    })
}

async fn drawn(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
    typed: &str,
    (mut faults, mut status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let kept = erasure::standing(&app.db, &visitor.actor, id).await?;
    let mut both = None;
    let error = fault_at(&faults, "with", &visitor.words);
    if !typed.is_empty() {
        let found = async { choice(app, visitor, &kept, named(app, visitor, typed).await?).await };
        match found.await {
            Ok(choice) => both = Some(choice),
            Err(Error::Invalid(more)) => faults.0.extend(more.0),
            Err(Error::NotFound) => {
                faults.add("with", "fault-person-unknown", Some(typed.to_owned()));
            }
            Err(other) => return Err(other.into()),
        }
    }
    if both.is_none() && !faults.0.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    // A link names the other by number; people know them by their address.
    let value = both.as_ref().map_or(typed, |both| &both.other.email);
    let template = DuplicatePage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        name: kept.0.name.clone(),
        typed: FormField {
            value: value.to_owned(),
            error: fault_at(&faults, "with", &visitor.words).filter(|_| both.is_none()),
        },
        error: error.filter(|_| both.is_some()),
        choice: both,
        is_changed: status == StatusCode::CONFLICT,
    };
    Ok(page_with(status, &template))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(with): Query<With>,
) -> Result<Response, Fail> {
    let fine = (Fields::default(), StatusCode::OK);
    let typed = with.with.unwrap_or_default();
    drawn(&app, &visitor, number(&id)?, typed.trim(), fine).await
}

async fn merge(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = Seen {
        kept: Some(form.number("version", "fault-version")?),
        other: Some(form.number("other_version", "fault-version")?),
    };
    let other = PersonId(form.number("other", "fault-missing")?);
    let who = (&visitor.actor, visitor.now());
    let refused = match super::merge(&app.db, who, id, other, seen).await {
        Ok(()) => {
            let to = format!("/admin/people/{id}");
            return Ok(see_other(&to, Some((Tone::Ok, "duplicates-said"))));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(error) => return Err(error.into()),
    };
    drawn(&app, &visitor, id, &other.to_string(), refused).await
}
