//! The page that asks before somebody is erased: what goes, what stays, and their name once more.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::erasure::{ErasurePage, Goes};
use pages::form::FormField;
use pages::frame::{Section, Tone};

use super::Wanted;
use crate::house::{App, House};
use crate::people::{PersonId, number};
use crate::policy::permission;
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of the page.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/admin/people/{id}/erasure",
            Who::May(permission::MANAGE_PEOPLE),
            show,
        ),
        post(
            "/admin/people/{id}/erasure",
            Who::May(permission::MANAGE_PEOPLE),
            erase,
        ),
    ]
}

async fn drawn(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
    typed: &Wanted,
    (faults, status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let (person, counts) = super::standing(&app.db, &visitor.actor, id).await?;
    let at = |field| fault_at(&faults, field, &visitor.words);
    let template = ErasurePage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        version: person.version,
        name: person.name,
        email: person.email,
        goes: Goes {
            participations: counts.participations,
            letters: counts.letters,
            mails: counts.mails,
            keys: counts.keys,
        },
        requests: counts.requests,
        messages: counts.messages,
        files: counts.files,
        held: counts.held,
        typed: FormField {
            value: typed.name.clone(),
            error: at("name"),
        },
        with_words: typed.with_words,
        releases: typed.releases,
        release_error: at("release"),
        error: at("person"),
        is_changed: status == StatusCode::CONFLICT,
    };
    Ok(page_with(status, &template))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let nothing = Wanted {
        name: String::new(),
        with_words: false,
        releases: false,
    };
    let fine = (Fields::default(), StatusCode::OK);
    drawn(&app, &visitor, number(&id)?, &nothing, fine).await
}

async fn erase(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let wanted = Wanted {
        name: form.text("name").to_owned(),
        with_words: form.is_ticked("words"),
        releases: form.is_ticked("release"),
    };
    let seen = form.number("version", "fault-version")?;
    let who = (&visitor.actor, visitor.now());
    let refused = match super::erase(&app.db, who, id, &wanted, Some(seen), app.post.language).await
    {
        Ok(()) => {
            let to = format!("/admin/people/{id}");
            return Ok(see_other(&to, Some((Tone::Ok, "erasure-said"))));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    drawn(&app, &visitor, id, &wanted, refused).await
}
