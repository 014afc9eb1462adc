//! The page of a department's journal.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use kit::error::Error;
use kit::web::form::Form;
use pages::admin::department_journal::DepartmentJournalPage;
use pages::frame::Section;
use pages::pager::Pager;

use crate::departments::DepartmentId;
use crate::departments::rights::{self, ChangeMembers};
use crate::house::App;
use crate::journal::told;
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::AgentVisitor;

/// The address of this page.
pub fn routes() -> Vec<Route> {
    vec![get("/admin/departments/{id}/journal", Who::Staff, show)]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let id = id.parse().map(DepartmentId).map_err(|_| Error::NotFound)?;
    let form = Form::of_query(query.as_deref());
    let at = form.text("page").parse().unwrap_or(1).max(1);
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let (rows, has_more) = super::page(&mut db, &visitor.actor, &department, at).await?;
    let href = |page: i64| format!("/admin/departments/{id}/journal?page={page}");
    Ok(page(&DepartmentJournalPage {
        frame: visitor.frame(&app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        rows: rows
            .into_iter()
            .map(|noted| told::row(noted, &visitor.words))
            .collect(),
        pager: Pager {
            previous: (at > 1).then(|| href(at - 1)),
            next: has_more.then(|| href(at + 1)),
        },
    }))
}
