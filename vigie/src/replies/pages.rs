//! The pages on which saved replies are read, written and thrown away.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::fields::{Conflict, Fault, Faults, Standing};
use pages::frame::{Section, Tone};
use pages::replies::{EditReplyPage, RepliesPage, ReplyRow, Sharing as SharingView};
use pages::tickets::Choice;
use serde::Deserialize;

use super::rights::{Change, Use};
use super::{ReplyId, SavedReply, Sharing, Wanted, fill};
use crate::departments::DepartmentId;
use crate::house::{App, House};
use crate::web::fail::{Fail, fault_text};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/replies", Who::Staff, list),
        post("/replies", Who::Staff, create),
        get("/replies/new", Who::Staff, new),
        get("/replies/{id}", Who::Staff, edit),
        post("/replies/{id}", Who::Staff, change),
        post("/replies/{id}/removal", Who::Staff, remove),
    ]
}

fn number(text: &str) -> Result<ReplyId, Error> {
    text.parse().map(ReplyId).map_err(|_| Error::NotFound)
}

/// How pages name who shares a reply.
pub fn sharing_view(sharing: Sharing) -> SharingView {
    match sharing {
        Sharing::Private => SharingView::Private,
        Sharing::Department => SharingView::Department,
        Sharing::Everyone => SharingView::Everyone,
    }
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let mut db = app.db.read();
    let found = super::usable(&mut db, actor).await?;
    let mut rows = Vec::with_capacity(found.len());
    for reply in found {
        let may_change = super::find::<Change>(&mut db, actor, reply.id)
            .await
            .is_ok();
        rows.push(ReplyRow {
            id: reply.id.0,
            title: reply.title,
            start: reply.body.chars().take(140).collect(),
            sharing: sharing_view(reply.sharing),
            department: reply.department,
            owner: reply.owner,
            may_change,
        });
    }
    let may_add = super::shelf(&mut db, actor, Sharing::Private, None)
        .await
        .is_ok();
    Ok(page(&RepliesPage {
        frame: visitor.frame(&app, Section::Other, None).await?,
        rows,
        may_add,
    }))
}

/// What was typed, and what came of it.
struct Typed {
    title: String,
    body: String,
    sharing: Sharing,
    department: Option<DepartmentId>,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        Typed {
            title: form.text("title").to_owned(),
            body: form.raw("body").trim_end().to_owned(),
            sharing: Sharing::of(form.text("sharing")).unwrap_or(Sharing::Private),
            department: form.text("department").parse().ok().map(DepartmentId),
        }
    }

    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            title: &self.title,
            body: &self.body,
        }
    }
}

/// The form: of a reply that stands, or of a new one.
async fn form_page(
    app: &House,
    visitor: &Visitor,
    standing: Option<&SavedReply>,
    typed: Typed,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (sharings, departments) = super::shelves(&mut app.db.read(), &visitor.actor).await?;
    let conflict = (status == StatusCode::CONFLICT).then(|| Conflict {
        by: standing.map(|r| r.owner.clone()).unwrap_or_default(),
        standing: standing.map_or(vec![], |r| {
            [
                ("replies-title", r.title.clone(), &typed.title),
                ("replies-body", r.body.clone(), &typed.body),
            ]
            .into_iter()
            .filter(|(_, value, mine)| value != *mine)
            .map(|(label, value, _)| Standing { label, value })
            .collect()
        }),
    });
    let frame = visitor.frame(app, Section::Other, None).await?;
    let template = EditReplyPage {
        frame: match standing {
            Some(r) => frame.on("reply", r.id.0, r.version),
            None => frame.adding(),
        },
        id: standing.map(|r| r.id.0),
        version: standing.map_or(1, |r| r.version),
        title: typed.title,
        body: typed.body,
        sharing: sharing_view(typed.sharing),
        sharings: sharings.into_iter().map(sharing_view).collect(),
        departments: departments
            .into_iter()
            .map(|d| Choice {
                value: d.id.to_string(),
                selected: typed.department == Some(d.id),
                name: d.name,
            })
            .collect(),
        placeholders: fill::names().collect(),
        faults: Faults(
            faults
                .0
                .iter()
                .map(|f| Fault {
                    field: f.field,
                    text: fault_text(f, &visitor.words),
                })
                .collect(),
        ),
        conflict,
    };
    Ok(page_with(status, &template))
}

#[derive(Debug, Deserialize)]
struct NewQuery {
    department: Option<i64>,
}

async fn new(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<NewQuery>,
) -> Result<Response, Fail> {
    // Whoever may keep none is told so before they write one.
    super::shelf(&mut app.db.read(), &visitor.actor, Sharing::Private, None).await?;
    let typed = Typed {
        title: String::new(),
        body: String::new(),
        sharing: match query.department {
            Some(_) => Sharing::Department,
            None => Sharing::Private,
        },
        department: query.department.map(DepartmentId),
    };
    form_page(
        &app,
        &visitor,
        None,
        typed,
        &Fields::default(),
        StatusCode::OK,
    )
    .await
}

async fn edit(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let reply = super::find::<Change>(&mut app.db.read(), &visitor.actor, number(&id)?).await?;
    let typed = Typed {
        title: reply.title.clone(),
        body: reply.body.clone(),
        sharing: reply.sharing,
        department: reply.department_id,
    };
    form_page(
        &app,
        &visitor,
        Some(&reply),
        typed,
        &Fields::default(),
        StatusCode::OK,
    )
    .await
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, typed) = (visitor.0, Typed::of(&form));
    let actor = &visitor.actor;
    let added = async {
        let mut tx = app.db.write().await?;
        let shelf = super::shelf(&mut tx, actor, typed.sharing, typed.department).await?;
        super::add(&mut tx, &shelf, actor, typed.wanted(), visitor.now()).await?;
        tx.commit().await
    }
    .await;
    match added {
        Ok(()) => Ok(see_other(
            "/replies",
            Some((Tone::Ok, "replies-said-added")),
        )),
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form_page(&app, &visitor, None, typed, &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, typed, id) = (visitor.0, Typed::of(&form), number(&id)?);
    let seen = form.number("version", "fault-version")?;
    let actor = &visitor.actor;
    let changed = async {
        let mut tx = app.db.write().await?;
        let reply = super::find_to_change(&mut tx, actor, id).await?;
        let shelf = super::shelf(&mut tx, actor, typed.sharing, typed.department).await?;
        let now = visitor.now();
        super::change(
            &mut tx,
            &reply,
            &shelf,
            actor,
            Some(seen),
            typed.wanted(),
            now,
        )
        .await?;
        tx.commit().await
    }
    .await;
    let (faults, status) = match changed {
        Ok(()) => {
            return Ok(see_other(
                "/replies",
                Some((Tone::Ok, "replies-said-saved")),
            ));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let standing = super::find::<Use>(&mut app.db.read(), actor, id).await?;
    form_page(&app, &visitor, Some(&standing), typed, &faults, status).await
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let seen = form.number("version", "fault-version")?;
    let mut tx = app.db.write().await?;
    let reply = super::find_to_change(&mut tx, &visitor.actor, id).await?;
    match super::remove(&mut tx, &reply, Some(seen)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                "/replies",
                Some((Tone::Ok, "replies-said-removed")),
            ))
        }
        // Somebody changed it meanwhile: it is read before it is thrown away.
        Err(Error::Conflict(_)) => {
            let typed = Typed {
                title: reply.title.clone(),
                body: reply.body.clone(),
                sharing: reply.sharing,
                department: reply.department_id,
            };
            drop(tx);
            let (none, status) = (Fields::default(), StatusCode::CONFLICT);
            form_page(&app, &visitor, Some(&reply), typed, &none, status).await
        }
        Err(other) => Err(other.into()),
    }
}
