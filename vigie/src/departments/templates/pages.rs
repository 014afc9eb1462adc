//! The page on which a ticket template is edited.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::templates::TemplatePage;
use pages::fields::Conflict;
use pages::frame::{Section, Tone};
use pages::tickets::Priority;
use pages::tickets::visibility::Visibility as VisibilityView;

use super::{Wanted, standing};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{CategoryId, DepartmentId, categories, views};
use crate::house::{App, House};
use crate::policy::Visibility;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of these pages; the privilege to change categories decides.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/template", Who::Staff, whole),
        post("/admin/departments/{id}/template", Who::Staff, set_whole),
        get(
            "/admin/departments/{id}/categories/{category}/template",
            Who::Staff,
            one,
        ),
        post(
            "/admin/departments/{id}/categories/{category}/template",
            Who::Staff,
            set_one,
        ),
    ]
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn whole(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let none = Fields::default();
    let id = DepartmentId(number(&id)?);
    template_page(&app, &visitor, id, None, None, &none, StatusCode::OK).await
}

async fn one(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path((id, category)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let none = Fields::default();
    let (id, category) = (DepartmentId(number(&id)?), CategoryId(number(&category)?));
    template_page(
        &app,
        &visitor,
        id,
        Some(category),
        None,
        &none,
        StatusCode::OK,
    )
    .await
}

/// As pages name it: by the same words.
fn view(visibility: Visibility) -> Option<VisibilityView> {
    VisibilityView::parse(visibility.word())
}

async fn template_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    category: Option<CategoryId>,
    typed: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let (own, inherited) = standing(&mut db, id, category).await?;
    let tree = categories::tree(&mut db, id).await?;
    let name = tree
        .into_iter()
        .find(|(_, c)| Some(c.id) == category)
        .map(|(_, c)| c.name);
    let text = |field: &str, own: Option<&String>| match typed {
        Some(form) => form.raw(field).to_owned(),
        None => own.cloned().unwrap_or_default(),
    };
    let priority = match typed {
        Some(form) => Priority::parse(form.text("priority")),
        None => own.priority.map(Priority::of_level),
    };
    let visibility = match typed {
        Some(form) => VisibilityView::parse(form.text("visibility")),
        None => own.visibility.and_then(view),
    };
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    let place = category.map_or(String::new(), |c| format!("/categories/{c}"));
    frame.here = format!("/admin/departments/{id}{place}/template");
    Ok(page_with(
        status,
        &TemplatePage {
            frame,
            department: id.0,
            department_name: department.name.clone(),
            category_name: name,
            subject: text("subject", own.subject.as_ref()),
            body: text("body", own.body.as_ref()),
            priority,
            inherited_subject: inherited.subject,
            inherited_body: inherited.body,
            inherited_priority: inherited.priority.map(Priority::of_level),
            visibility,
            inherited_visibility: inherited.visibility.and_then(view),
            version: own.version,
            faults: views::faults(faults, &visitor.words),
            conflict: (status == StatusCode::CONFLICT).then(|| Conflict {
                by: department.name.clone(),
                standing: vec![],
            }),
        },
    ))
}

async fn set_whole(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    set(&app, &visitor.0, DepartmentId(number(&id)?), None, &form).await
}

async fn set_one(
    State(app): State<App>,
    Path((id, category)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let category = Some(CategoryId(number(&category)?));
    set(
        &app,
        &visitor.0,
        DepartmentId(number(&id)?),
        category,
        &form,
    )
    .await
}

async fn set(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    category: Option<CategoryId>,
    form: &Form,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let body = form.raw("body").replace("\r\n", "\n");
    let done = async {
        let mut tx = app.db.write().await?;
        let may = rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
        let wanted = Wanted {
            subject: form.text("subject"),
            body: &body,
            priority: Priority::parse(form.text("priority")).map(Priority::level),
            visibility: Visibility::of(form.text("visibility")),
        };
        super::set(
            &mut tx,
            &may,
            category,
            Some(seen),
            wanted,
            Pen::of(&visitor.actor, app.clock.now()),
        )
        .await?;
        tx.commit().await
    }
    .await;
    match done {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}"),
            Some((Tone::Ok, "templates-said-saved")),
        )),
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            template_page(app, visitor, id, category, Some(form), &faults, status).await
        }
        Err(Error::Conflict(_)) => {
            let (none, status) = (Fields::default(), StatusCode::CONFLICT);
            template_page(app, visitor, id, category, Some(form), &none, status).await
        }
        Err(other) => Err(other.into()),
    }
}
