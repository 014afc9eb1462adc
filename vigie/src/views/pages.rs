//! Saved views in the sidebar, and the pages where one is made and changed.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::May;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, SideView, Tone};
use pages::tickets::Choice;
use pages::tickets::view::ViewPage;

use super::{Audience, Change, View, ViewId, Wanted};
use crate::departments::{self, DepartmentId};
use crate::house::{App, House};
use crate::policy::permission;
use crate::tickets::listing::pages::{Asked, calendar, count_text, list_of};
use crate::tickets::pages::frame;
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// How many views of the sidebar are counted: each is a part of one question to the database.
const COUNTED_VIEWS: usize = 20;

/// The addresses of saved views.
pub fn routes() -> Vec<Route> {
    vec![
        get("/views/new", Who::Staff, new),
        post("/views", Who::Staff, create),
        get("/views/{id}", Who::Staff, edit),
        post("/views/{id}", Who::Staff, change),
        post("/views/{id}/deletion", Who::Staff, delete),
        post("/views/{id}/position", Who::Staff, shift),
    ]
}

/// The saved views of the sidebar, with their counts.
pub async fn side(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    current: Option<ViewId>,
) -> Result<Vec<SideView>, Error> {
    let views = super::seen_by(ask, &visitor.actor).await?;
    // The list of one beyond says itself how many it holds.
    let counted = &views[..views.len().min(COUNTED_VIEWS)];
    let counts = super::counts(ask, &visitor.actor, counted, &calendar(visitor)).await?;
    let counts = counts.into_iter().chain(std::iter::repeat(None));
    let side = views.iter().zip(counts).map(|(view, count)| SideView {
        name: view.name.clone(),
        href: format!("/tickets?view={}", view.id),
        count: count.map(|count| count_text(count, visitor)),
        is_shared: view.audience != Audience::Personal,
        is_current: current == Some(view.id),
    });
    Ok(side.collect())
}

fn id(text: &str) -> Result<ViewId, Error> {
    text.parse().map(ViewId).map_err(|_| Error::NotFound)
}

/// What was typed about a view.
#[derive(Default)]
struct Typed {
    name: String,
    audience: String,
    department: String,
}

impl Typed {
    fn of(form: &Form) -> Typed {
        Typed {
            name: form.text("name").to_owned(),
            audience: form.text("audience").to_owned(),
            department: form.text("department").to_owned(),
        }
    }

    fn of_view(view: &View) -> Typed {
        Typed {
            name: view.name.clone(),
            audience: view.audience.word().to_owned(),
            department: view
                .department_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
        }
    }

    fn wanted(&self, asked: &Asked) -> Result<Wanted, Error> {
        Ok(Wanted {
            name: self.name.clone(),
            audience: Audience::of(&self.audience)
                .ok_or_else(|| Error::invalid("audience", "fault-view-audience"))?,
            department: self.department.parse().ok().map(DepartmentId),
            filter: asked.filter.clone(),
            order: asked.order,
        })
    }
}

async fn new(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let asked = list_of(&mut app.db.read(), &visitor, &form).await?;
    let typed = Typed {
        audience: Audience::Personal.word().to_owned(),
        ..Typed::default()
    };
    show(&app, &visitor, None, &asked, &typed, &Fields::default()).await
}

async fn show(
    app: &House,
    visitor: &Visitor,
    view: Option<&May<Change, View>>,
    asked: &Asked,
    typed: &Typed,
    faults: &Fields,
) -> Result<Response, Fail> {
    let at = |field: &str| fault_at(faults, field, &visitor.words);
    let mut db = app.db.read();
    let departments = departments::seen_by(&mut db, &visitor.actor).await?;
    let status = if faults.0.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let choice = |value: String, name: String, selected| Choice {
        value,
        name,
        selected,
    };
    let template = ViewPage {
        frame: frame(app, visitor, Section::Tickets, asked.ready()).await?,
        id: view.map(|view| view.id.0),
        version: view.map_or(0, |view| view.version),
        back: asked.address.href(),
        list: asked.query(),
        name: FormField {
            value: typed.name.clone(),
            error: at("name"),
        },
        audience: typed.audience.clone(),
        audience_error: at("audience"),
        may_share_with_everyone: visitor.actor.is_permitted(permission::SHARE),
        departments: departments
            .into_iter()
            .map(|d| {
                let value = d.id.to_string();
                let selected = typed.department == value;
                choice(value, d.name, selected)
            })
            .collect(),
        department_error: at("department"),
    };
    Ok(page_with(status, &template))
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let asked = list_of(&mut app.db.read(), &visitor, &form).await?;
    let typed = Typed::of(&form);
    let made = async {
        let wanted = typed.wanted(&asked)?;
        let mut tx = app.db.write().await?;
        let id = super::create(&mut tx, &visitor.actor, &wanted, visitor.now()).await?;
        tx.commit().await?;
        Ok::<_, Error>(id)
    };
    match made.await {
        Ok(id) => Ok(see_other(
            &format!("/tickets?view={id}"),
            Some((Tone::Ok, "views-said-created")),
        )),
        Err(Error::Invalid(faults)) => show(&app, &visitor, None, &asked, &typed, &faults).await,
        Err(other) => Err(other.into()),
    }
}

async fn edit(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let view = super::find::<Change>(&mut db, &visitor.actor, id(&n)?).await?;
    let asked = list_of_view(&mut db, &visitor, &view, query.as_deref()).await?;
    let typed = Typed::of_view(&view);
    show(
        &app,
        &visitor,
        Some(&view),
        &asked,
        &typed,
        &Fields::default(),
    )
    .await
}

/// The list whose conditions the view is to take over: the one that was looked at, else its own.
async fn list_of_view(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    view: &View,
    query: Option<&str>,
) -> Result<Asked, Error> {
    let form = Form::of_query(query);
    if form.optional("list").is_some() {
        return list_of(ask, visitor, &form).await;
    }
    let own = format!("view={}", view.id);
    list_of(ask, visitor, &Form::of(&[("list", &own)])).await
}

async fn change(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    let view = super::find::<Change>(&mut tx, &visitor.actor, id(&n)?).await?;
    let asked = list_of(&mut tx, &visitor, &form).await?;
    let seen = form.number("version", "fault-version")?;
    let typed = Typed::of(&form);
    let changed = async {
        let wanted = typed.wanted(&asked)?;
        super::change(&mut tx, &view, &visitor.actor, &wanted, Some(seen)).await?;
        tx.commit().await
    };
    match changed.await {
        Ok(()) => Ok(see_other(
            &format!("/tickets?view={n}"),
            Some((Tone::Ok, "views-said-changed")),
        )),
        Err(Error::Invalid(faults)) => {
            show(&app, &visitor, Some(&view), &asked, &typed, &faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn delete(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    let view = super::find::<Change>(&mut tx, &visitor.actor, id(&n)?).await?;
    let seen = form.number("version", "fault-version")?;
    super::delete(&mut tx, &view, Some(seen)).await?;
    tx.commit().await?;
    Ok(see_other(
        "/tickets",
        Some((Tone::Ok, "views-said-deleted")),
    ))
}

async fn shift(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    let view = super::find::<Change>(&mut tx, &visitor.actor, id(&n)?).await?;
    super::shift(&mut tx, &view, &visitor.actor, form.is_ticked("down")).await?;
    tx.commit().await?;
    Ok(see_other(
        &format!("/tickets?view={n}"),
        Some((Tone::Ok, "views-said-moved")),
    ))
}
