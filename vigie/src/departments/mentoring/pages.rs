//! The page on which one says who the mentors of a department's members are.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::admin::mentoring::{MentoredRow, MentoringPage};
use pages::fields::Faults;
use pages::frame::{Section, Tone};

use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, number, views};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/mentors", Who::Staff, show),
        post(
            "/admin/departments/{id}/mentors/{person}",
            Who::Staff,
            change,
        ),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    mentoring_page(&app, &visitor, number(&id)?, None, StatusCode::OK).await
}

/// What was typed for somebody, and what was wrong with it.
struct Back<'a> {
    person: PersonId,
    typed: &'a str,
    faults: Fields,
}

/// The page as it stands, or with the form that came back.
async fn mentoring_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<Back<'_>>,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let rows = super::in_department(&mut db, &department).await?;
    let row = |one: super::Mentored| {
        let mine = back.as_ref().filter(|it| it.person == one.member.person_id);
        let addresses: Vec<&str> = one.mentors.iter().map(|it| it.email.as_str()).collect();
        MentoredRow {
            person: one.member.person_id.0,
            name: one.member.name,
            email: one.member.email,
            typed: mine.map_or_else(|| addresses.join(", "), |it| it.typed.to_owned()),
            mentors: one.mentors.into_iter().map(|it| it.name).collect(),
            faults: mine.map_or_else(Faults::default, |it| {
                views::faults(&it.faults, &visitor.words)
            }),
        }
    };
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/departments/{id}/mentors");
    let template = MentoringPage {
        frame,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        rows: rows.into_iter().map(row).collect(),
    };
    Ok(page_with(status, &template))
}

async fn change(
    State(app): State<App>,
    Path((id, person)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let person: PersonId = person.parse().map(PersonId).map_err(|_| Error::NotFound)?;
    let typed = form.text("mentors");
    let deed = async {
        let mut tx = app.db.write().await?;
        let actor = &visitor.actor;
        let department = rights::find_to_change::<ChangeMembers>(&mut tx, actor, id).await?;
        let seen = Some(form.number("version", "fault-version")?);
        let mentors = super::typed(&mut tx, actor, typed).await?;
        let now = visitor.now();
        super::say(&mut tx, &department, actor, seen, person, &mentors, now).await?;
        tx.commit().await
    }
    .await;
    match deed {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/mentors"),
            Some((Tone::Ok, "admin-said-saved")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            let back = Back {
                person,
                typed,
                faults,
            };
            mentoring_page(&app, &visitor, id, Some(back), status).await
        }
    }
}
