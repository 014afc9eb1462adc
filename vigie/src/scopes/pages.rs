//! The pages on which scopes are set.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::{self, Form};
use pages::admin::scopes::{ScopePage, ScopesPage};
use pages::frame::{Section, Tone};
use pages::pager::Pager;

use super::saving::{Seen, Wanted, WantedLevel};
use super::{Standing, preview, review, saving, views};
use crate::administration::leaving;
use crate::departments::DepartmentId;
use crate::house::{App, House};
use crate::people::admin::search::Past;
use crate::people::clientele;
use crate::people::leafing::Leaf;
use crate::people::{PersonId, desk, number};
use crate::policy::{AgentScope, Level, Service, permission};
use crate::tickets::handover::Fate;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// Agents on a page.
const ROWS: i64 = 50;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/scopes", Who::May(permission::MANAGE_PEOPLE), list),
        get(
            "/admin/scopes/{person}",
            Who::May(permission::MANAGE_PEOPLE),
            show,
        ),
        post(
            "/admin/scopes/{person}",
            Who::May(permission::MANAGE_PEOPLE),
            save,
        ),
        get(
            "/admin/scopes/{person}/preview",
            Who::May(permission::MANAGE_PEOPLE),
            back,
        ),
        post(
            "/admin/scopes/{person}/preview",
            Who::May(permission::MANAGE_PEOPLE),
            look,
        ),
        post(
            "/admin/scopes",
            Who::May(permission::MANAGE_PEOPLE),
            say_days,
        ),
        post(
            "/admin/scopes/{person}/review",
            Who::May(permission::MANAGE_PEOPLE),
            reviewed,
        ),
    ]
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(leaf): Query<Leaf>,
) -> Result<Response, Fail> {
    let none = Fields::default();
    scopes_page(&app, &visitor, &leaf, None, &none, StatusCode::OK).await
}

async fn scopes_page(
    app: &House,
    visitor: &Visitor,
    leaf: &Leaf,
    typed: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (actor, now) = (&visitor.actor, visitor.now());
    let found = super::agents(&mut db, actor, leaf.asked(), leaf.past(), ROWS).await?;
    let first = found.rows.first().filter(|_| found.has_before);
    let last = found.rows.last().filter(|_| found.has_after);
    let (first, last) = (first.map(|it| it.person.id), last.map(|it| it.person.id));
    let (previous, next) = leaf.neighbours("/admin/scopes", first, last);
    // Due ones stand first, where everybody is shown from the beginning.
    let is_whole = leaf.asked().is_empty() && !found.has_before;
    let due = match is_whole {
        true => review::due(&mut db, actor, now).await?,
        false => vec![],
    };
    let (days, version) = desk::review_days(&mut db).await?;
    let days = typed.map_or(days.to_string(), |form| form.text("review_days").to_owned());
    let template = ScopesPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        query: leaf.asked().to_owned(),
        rows: found.rows.into_iter().map(views::row).collect(),
        due_count: review::count(&mut db, now).await?,
        due: due.into_iter().map(views::due).collect(),
        review_days: days,
        review_version: version,
        faults: crate::departments::views::faults(faults, &visitor.words),
        pager: Pager { previous, next },
    };
    Ok(page_with(status, &template))
}

async fn say_days(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let said = async {
        let days = form.number("review_days", "fault-days")?;
        review::say_days(&app.db, &visitor.actor, Some(seen), days, visitor.now()).await
    }
    .await;
    let (faults, status) = match said {
        Ok(()) => {
            let said = Some((Tone::Ok, "admin-said-saved"));
            return Ok(see_other("/admin/scopes", said));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => {
            let mut faults = Fields::default();
            faults.add("review_days", "scopes-review-days-clash", None);
            (faults, StatusCode::CONFLICT)
        }
        Err(other) => return Err(other.into()),
    };
    let leaf = Leaf::default();
    scopes_page(&app, &visitor, &leaf, Some(&form), &faults, status).await
}

async fn reviewed(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    match review::reviewed(&app.db, &visitor.actor, id, Some(seen), visitor.now()).await {
        Ok(()) => Ok(see_other(
            "/admin/scopes",
            Some((Tone::Ok, "scopes-reviewed-said")),
        )),
        // What was looked at no longer stands: it is looked at again.
        Err(Error::Conflict(_)) => Ok(see_other(
            &format!("/admin/scopes/{id}"),
            Some((Tone::Warn, "scopes-reviewed-clash")),
        )),
        Err(other) => Err(other.into()),
    }
}

/// The page as it stands, and what it was made of.
async fn drawn(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
) -> Result<(ScopePage, Standing), Error> {
    let mut db = app.db.read();
    let actor = &visitor.actor;
    let mut standing = super::standing(&mut db, actor, id).await?;
    let seen = preview::unchanged(&mut db, actor, &standing.seer).await?;
    // Departments in the same order on both sides of the page.
    let at = |place: &super::Place| {
        let is_it = |sight: &preview::Sight| sight.department == place.department.id;
        seen.sights.iter().position(is_it)
    };
    standing.places.sort_by_key(at);
    let agents = super::agents(&mut db, actor, "", Past::Start, ROWS).await?;
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/scopes/{id}");
    let mut view = views::page(
        frame,
        agents.rows.into_iter().map(views::row).collect(),
        &standing,
        views::preview(&seen, &visitor.words),
        &visitor.words,
    );
    let all = clientele::all(&mut db).await?;
    (view.all_organizations, view.all_sites) = (all.organizations, all.sites);
    Ok((view, standing))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    Ok(page(&drawn(&app, &visitor, number(&id)?).await?.0))
}

/// A preview that is fetched again by its address alone knows no change: the page as it stands.
async fn back(_: Visitor, Path(id): Path<String>) -> Result<Response, Fail> {
    Ok(see_other(&format!("/admin/scopes/{}", number(&id)?), None))
}

/// What the membership of a department is to hold for; nothing where the form does not ask.
fn ticked(form: &Form, department: &str) -> Option<Vec<Service>> {
    let field = format!("services-{department}");
    let asked = form.all(&field).next().is_some();
    let all = Service::ALL.iter().copied();
    asked.then(|| {
        all.filter(|it| form.all(&field).any(|word| word == it.word()))
            .collect()
    })
}

/// What was typed, as a change upon what was shown.
fn wanted(form: &Form) -> Result<Wanted, Error> {
    let mut faults = Fields::default();
    let scope = AgentScope::chosen(form.text("scope"));
    faults.require(scope.is_some(), "scope", "fault-scope");
    let mut levels = vec![];
    for (name, value) in form.pairs() {
        let Some(id) = name.strip_prefix("level-") else {
            continue;
        };
        let level = Level::of(value.trim());
        faults.require(
            level.is_some() || value.trim().is_empty(),
            "level",
            "fault-level",
        );
        let department = id.parse().map(DepartmentId);
        levels.push(WantedLevel {
            department: department.map_err(|_| {
                Error::invalid_with("level", "scopes-fault-department", id.to_owned())
            })?,
            level,
            services: ticked(form, id),
            seen: match form.optional(&format!("seen-{id}")).map(str::parse) {
                None => Seen::Absent,
                Some(Ok(version)) => Seen::Version(version),
                Some(Err(_)) => return Err(Error::invalid("level", "fault-version")),
            },
        });
    }
    faults.settle()?;
    Ok(Wanted {
        seen: Some(form.number("version", "fault-version")?),
        scope,
        organizations: Some(form::lines(form.text("organizations"))),
        sites: Some(form::lines(form.text("sites"))),
        levels,
        // Said when it is saved: a preview counts as if they were released.
        fate: Fate::Unsaid,
    })
}

/// What the change would come to, upon what stands now, whatever was seen.
async fn previewed(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
    wanted: &Wanted,
) -> Result<preview::Preview, Error> {
    let mut wanted = wanted.clone();
    wanted.seen = None;
    for level in &mut wanted.levels {
        level.seen = Seen::Unsaid;
    }
    preview::preview(&app.db, &visitor.actor, id, &wanted, visitor.now()).await
}

async fn look(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    form.number("version", "fault-version")?;
    let made = async {
        let wanted = wanted(&form)?;
        preview::preview(&app.db, &visitor.actor, id, &wanted, visitor.now()).await
    }
    .await;
    match made {
        Ok(it) => {
            let (mut view, _) = drawn(&app, &visitor, id).await?;
            views::typed(&mut view, &form);
            view.preview = views::preview(&it, &visitor.words);
            Ok(page(&view))
        }
        Err(error) => sent_back(&app, &visitor, id, &form, error).await,
    }
}

async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    form.number("version", "fault-version")?;
    let saved = async {
        let mut wanted = wanted(&form)?;
        let (word, heir) = (form.text("release"), form.text("heir"));
        wanted.fate = leaving::fate(&mut app.db.read(), &visitor.actor, word, heir).await?;
        saving::save(&app.db, &visitor.actor, id, &wanted, visitor.now()).await
    }
    .await;
    match saved {
        Ok(_) => {
            let to = format!("/admin/scopes/{id}");
            Ok(see_other(&to, Some((Tone::Ok, "admin-said-saved"))))
        }
        Err(error) => sent_back(&app, &visitor, id, &form, error).await,
    }
}

/// The page again, with what was typed, what is wrong with it or what stands instead, and what it would come to.
async fn sent_back(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
    form: &Form,
    error: Error,
) -> Result<Response, Fail> {
    let (mut view, standing) = drawn(app, visitor, id).await?;
    views::typed(&mut view, form);
    let status = match error {
        Error::Invalid(faults) => {
            views::refused(&mut view, form, &faults, &visitor.words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            views::clashed(&mut view, &standing, &visitor.words);
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    if status == StatusCode::CONFLICT || view.leaving.is_some() {
        let wanted = wanted(form)?;
        match previewed(app, visitor, id, &wanted).await {
            Ok(it) => view.preview = views::preview(&it, &visitor.words),
            // What stands is shown, and why it is no more.
            Err(Error::Invalid(faults)) => views::refused(&mut view, form, &faults, &visitor.words),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(page_with(status, &view))
}
