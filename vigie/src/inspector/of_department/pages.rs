//! The page that says who sees a department, and a ticket of it.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::department_access::{AskedHere, DepartmentAccessPage, SeenBy};
use pages::frame::Section;
use words::reader::Words;

use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{DepartmentId, views};
use crate::house::App;
use crate::inspector::pages::{level_view, reason, tag_views};
use crate::inspector::{self, Look, Subject, Verdict};
use crate::policy::grounds::Ground;
use crate::tickets::TicketId;
use crate::web::fail::Fail;
use crate::web::respond::page_with;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The address of this page.
pub fn routes() -> Vec<Route> {
    vec![get("/admin/departments/{id}/access", Who::Staff, show)]
}

/// The ticket that was typed, when it is of this department and to be seen.
async fn subject(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    department: DepartmentId,
    typed: &str,
) -> Result<Subject, Error> {
    let unknown = || Error::invalid_with("ticket", "inspector-fault-ticket", typed.to_owned());
    let number = TicketId::typed(typed).ok_or_else(unknown)?;
    match inspector::subject(ask, &visitor.actor, number).await {
        Ok(found) if found.department_id == department => Ok(found),
        Ok(_) | Err(Error::NotFound | Error::Forbidden(_)) => Err(unknown()),
        Err(other) => Err(other),
    }
}

fn of_department(look: Look, words: &Words) -> SeenBy {
    SeenBy {
        tags: tag_views(&look.tags, words),
        name: look.seer.name,
        level: level_view(look.level),
        reasons: look.ground.map(reason).into_iter().collect(),
    }
}

fn of_ticket(verdict: Verdict, words: &Words) -> SeenBy {
    SeenBy {
        tags: match verdict.grounds.contains(&Ground::Department) {
            true => tag_views(&verdict.tags, words),
            false => vec![],
        },
        level: level_view(verdict.level),
        name: verdict.seer.name,
        reasons: verdict.grounds.into_iter().map(reason).collect(),
    }
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let id = id.parse().map(DepartmentId).map_err(|_| Error::NotFound)?;
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let (mut faults, mut status, mut ticket) = (Fields::default(), StatusCode::OK, None);
    if let Some(typed) = form.optional("ticket") {
        match subject(&mut db, &visitor, id, typed).await {
            Ok(found) => {
                let all = inspector::who(&mut db, &visitor.actor, &found).await?;
                ticket = Some(AskedHere {
                    number: found.id.0,
                    subject: found.subject,
                    rows: all
                        .into_iter()
                        .map(|it| of_ticket(it, &visitor.words))
                        .collect(),
                });
            }
            Err(Error::Invalid(fields)) => {
                (faults, status) = (fields, StatusCode::UNPROCESSABLE_ENTITY);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let mut looks = inspector::looks(&mut db, &visitor.actor, id).await?;
    looks.retain(Look::belongs);
    Ok(page_with(
        status,
        &DepartmentAccessPage {
            frame: visitor.frame(&app, Section::Administration, None).await?,
            id: id.0,
            department: department.name.clone(),
            typed: form.text("ticket").to_owned(),
            faults: views::faults(&faults, &visitor.words),
            ticket,
            rows: looks
                .into_iter()
                .map(|it| of_department(it, &visitor.words))
                .collect(),
        },
    ))
}
