//! The pages on which teams are kept.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::Level as LevelView;
use pages::admin::teams::{TeamMemberRow, TeamPage, TeamPlaceRow, TeamRow, TeamsPage};
use pages::fields::Faults;
use pages::frame::{Section, Tone};

use super::TeamId;
use crate::administration::{leaving, teams as deeds};
use crate::departments::{DepartmentId, admin, views};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::policy::{Level, permission};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::MANAGE_PEOPLE);
    vec![
        get("/admin/teams", who, list),
        post("/admin/teams", who, create),
        get("/admin/teams/{id}", who, show),
        post("/admin/teams/{id}", who, rename),
        post("/admin/teams/{id}/removal", who, remove),
        post("/admin/teams/{id}/departments", who, set_levels),
        post("/admin/teams/{id}/members", who, add_member),
        post(
            "/admin/teams/{id}/members/{person}/removal",
            who,
            remove_member,
        ),
    ]
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn teams_page(
    app: &House,
    visitor: &Visitor,
    typed: &str,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let all = super::all(&mut app.db.read(), &may).await?;
    let row = |team: super::Team| TeamRow {
        id: team.id.0,
        name: team.name,
        members: team.members,
        departments: team.departments,
    };
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = "/admin/teams".to_owned();
    let template = TeamsPage {
        frame,
        rows: all.into_iter().map(row).collect(),
        name: typed.to_owned(),
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let none = Fields::default();
    teams_page(&app, &visitor, "", &none, StatusCode::OK).await
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let name = form.text("name");
    match deeds::create(&app.db, &visitor.actor, name, visitor.now()).await {
        Ok(id) => Ok(see_other(
            &format!("/admin/teams/{id}"),
            Some((Tone::Ok, "teams-said-made")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "teams-changed")?;
            teams_page(&app, &visitor, name, &faults, status).await
        }
    }
}

/// The page of a team as it stands.
async fn drawn(app: &House, visitor: &Visitor, id: TeamId) -> Result<TeamPage, Error> {
    let may = super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let team = super::one(&mut db, &may, id).await?;
    let members = super::members(&mut db, id).await?;
    let places = super::places(&mut db, id).await?;
    let departments = admin::list(&mut db, &visitor.actor).await?;
    let place = |it: admin::Listed| {
        let found = places.iter().find(|place| place.department_id == it.id);
        let level = found.map(|place| views::level(place.level));
        TeamPlaceRow {
            id: it.id.0,
            name: it.name,
            is_active: it.is_active,
            was: level,
            level,
        }
    };
    let member = |it: super::TeamMember| TeamMemberRow {
        person: it.person_id.0,
        name: it.name,
        email: it.email,
        is_disabled: it.is_disabled,
    };
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/teams/{id}");
    Ok(TeamPage {
        frame,
        id: id.0,
        version: team.version,
        title: team.name.clone(),
        name: team.name,
        members: members.into_iter().map(member).collect(),
        places: departments.into_iter().map(place).collect(),
        person: String::new(),
        leaving: None,
        deed: String::new(),
        faults: Faults::default(),
    })
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let view = drawn(&app, &visitor, TeamId(number(&id)?)).await?;
    Ok(page_with(StatusCode::OK, &view))
}

/// What comes of a change: back to the team, or its page again with what was typed. `deed` is the end of the
/// address that the form was sent to, and is sent to again once it is said what becomes of tickets.
async fn settle(
    app: &House,
    visitor: &Visitor,
    id: TeamId,
    form: &Form,
    deed: &str,
    done: Result<(), Error>,
) -> Result<Response, Fail> {
    let error = match done {
        Ok(()) if deed == "/removal" => {
            let said = Some((Tone::Ok, "teams-said-removed"));
            return Ok(see_other("/admin/teams", said));
        }
        Ok(()) => {
            let said = Some((Tone::Ok, "admin-said-saved"));
            return Ok(see_other(&format!("/admin/teams/{id}"), said));
        }
        Err(error) => error,
    };
    let (faults, status) = again(error, "teams-changed")?;
    let mut view = drawn(app, visitor, id).await?;
    view.faults = views::faults(&faults, &visitor.words);
    view.leaving = views::leaving(&faults, form);
    deed.clone_into(&mut view.deed);
    match deed {
        "" => form.text("name").clone_into(&mut view.name),
        "/members" => form.text("person").clone_into(&mut view.person),
        _ => {}
    }
    for place in &mut view.places {
        if let Some(word) = form.optional(&format!("level-{}", place.id)) {
            place.level = LevelView::parse(word);
        } else if deed == "/departments" {
            place.level = None;
        }
    }
    Ok(page_with(status, &view))
}

async fn rename(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = TeamId(number(&id)?);
    let done = async {
        let seen = Some(form.number("version", "fault-version")?);
        let (name, now) = (form.text("name"), visitor.now());
        deeds::rename(&app.db, &visitor.actor, id, seen, name, now).await
    }
    .await;
    settle(&app, &visitor, id, &form, "", done).await
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = TeamId(number(&id)?);
    let done = async {
        let seen = Some(form.number("version", "fault-version")?);
        let fate = fate(&app, &visitor, &form).await?;
        deeds::remove(&app.db, &visitor.actor, id, seen, fate, visitor.now()).await
    }
    .await;
    settle(&app, &visitor, id, &form, "/removal", done).await
}

/// What was said of the open tickets of whoever would handle no more.
async fn fate(
    app: &House,
    visitor: &Visitor,
    form: &Form,
) -> Result<crate::tickets::handover::Fate, Error> {
    let (word, heir) = (form.text("release"), form.text("heir"));
    leaving::fate(&mut app.db.read(), &visitor.actor, word, heir).await
}

/// The level chosen for each department that the form names.
fn levels(form: &Form) -> Result<Vec<(DepartmentId, Option<Level>)>, Error> {
    let mut levels = vec![];
    for (name, value) in form.pairs() {
        let Some(id) = name.strip_prefix("level-") else {
            continue;
        };
        let (level, is_none) = (Level::of(value.trim()), value.trim().is_empty());
        if level.is_none() && !is_none {
            return Err(Error::invalid("level", "teams-fault-level"));
        }
        let unknown = |_| Error::invalid_with("level", "scopes-fault-department", id.to_owned());
        levels.push((DepartmentId(id.parse().map_err(unknown)?), level));
    }
    Ok(levels)
}

async fn set_levels(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = TeamId(number(&id)?);
    let done = async {
        let seen = Some(form.number("version", "fault-version")?);
        let fate = fate(&app, &visitor, &form).await?;
        let (wanted, now) = (levels(&form)?, visitor.now());
        deeds::set_levels(&app.db, &visitor.actor, id, seen, wanted, fate, now).await
    }
    .await;
    settle(&app, &visitor, id, &form, "/departments", done).await
}

async fn add_member(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let id = TeamId(number(&id)?);
    let done = async {
        let seen = Some(form.number("version", "fault-version")?);
        let (typed, now) = (form.text("person"), visitor.now());
        deeds::add_member(&app.db, &visitor.actor, id, seen, typed, now)
            .await
            .map(|_| ())
    }
    .await;
    settle(&app, &visitor, id, &form, "/members", done).await
}

async fn remove_member(
    State(app): State<App>,
    Path((id, person)): Path<(String, String)>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    super::keeper(&visitor.actor)?;
    let (id, person) = (TeamId(number(&id)?), PersonId(number(&person)?));
    let done = async {
        let seen = Some(form.number("version", "fault-version")?);
        let fate = fate(&app, &visitor, &form).await?;
        let now = visitor.now();
        deeds::remove_member(&app.db, &visitor.actor, id, seen, person, fate, now).await
    }
    .await;
    let deed = format!("/members/{person}/removal");
    settle(&app, &visitor, id, &form, &deed, done).await
}
