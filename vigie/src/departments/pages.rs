//! The pages on which departments are administered.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::{Actor, permit};
use kit::error::{Because, Error, Fields};
use kit::web::form::Form;
use pages::admin::departments::DepartmentsPage;
use pages::frame::{Section, Tone};

use super::admin::{self, Properties};
use super::categories::CategoryChange;
use super::rights::{self, AllDepartments, ChangeMembers, Create, Inspect};
use super::views::{self, Back, Trouble};
use super::{CategoryId, DepartmentId};
use crate::administration::departments::{self as deeds, MemberChange};
use crate::administration::leaving;
use crate::house::{App, House};
use crate::people::PersonId;
use crate::policy::{Level, Privilege, Service, permission};
use crate::tickets::handover::Fate;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of these pages. They are open to staff: a member with a privilege administers a
/// part of their own department; the rights decide.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments", Who::Staff, list).for_eyes(),
        post("/admin/departments", Who::Staff, create),
        get("/admin/departments/{id}", Who::Staff, show).for_eyes(),
        post("/admin/departments/{id}", Who::Staff, change),
        post(
            "/admin/departments/{id}/categories",
            Who::Staff,
            add_category,
        ),
        post(
            "/admin/departments/{id}/categories/{category}",
            Who::Staff,
            change_category,
        ),
        post("/admin/departments/{id}/members", Who::Staff, add_member),
        post(
            "/admin/departments/{id}/members/{person}",
            Who::Staff,
            change_member,
        ),
        post(
            "/admin/departments/{id}/members/{person}/removal",
            Who::Staff,
            remove_member,
        ),
    ]
}

/// The number in an address; anything else is nothing we have.
fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn may_create(actor: &Actor) -> bool {
    permit::<Create, _>(actor, AllDepartments).is_ok()
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let typed = Form::of(&[("active", "1")]);
    let view = list_view(&app, &visitor, &typed, &Fields::default()).await?;
    if view.rows.is_empty() && !view.may_create {
        return Err(Error::Forbidden(Because(permission::MANAGE_DEPARTMENTS)).into());
    }
    Ok(page(&view))
}

async fn list_view(
    app: &House,
    visitor: &Visitor,
    typed: &Form,
    faults: &Fields,
) -> Result<DepartmentsPage, Error> {
    let listed = admin::list(&mut app.db.read(), &visitor.actor).await?;
    Ok(DepartmentsPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        rows: listed.into_iter().map(views::row).collect(),
        may_create: may_create(&visitor.actor),
        name: typed.text("name").to_owned(),
        is_active: typed.is_ticked("active"),
        faults: views::faults(faults, &visitor.words),
    })
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let made = deeds::create(
        &app.db,
        &visitor.actor,
        form.text("name"),
        form.is_ticked("active"),
        visitor.words.language,
        visitor.now(),
    )
    .await;
    match made {
        Ok(id) => Ok(done(id, "admin-said-department-created")),
        Err(Error::Invalid(faults)) => {
            let mut view = list_view(&app, &visitor, &form, &faults).await?;
            view.frame.here = "/admin/departments".to_owned();
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = DepartmentId(number(&id)?);
    department(&app, &visitor, id, StatusCode::OK, Back::Nothing).await
}

async fn department(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    status: StatusCode,
    back: Back,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let actor = &visitor.actor;
    let found = rights::find::<Inspect>(&mut db, actor, id).await?;
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/departments/{id}");
    let frame = frame.on("department", id.0, found.version);
    let mut view = views::department_page(&mut db, frame, actor, &found).await?;
    views::send_back(&mut view, back, &visitor.words);
    Ok(page_with(status, &view))
}

fn done(id: DepartmentId, said: &'static str) -> Response {
    see_other(&format!("/admin/departments/{id}"), Some((Tone::Ok, said)))
}

/// After a deed: the page with its message, or the same page with the form that came back.
async fn settle(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    deed: Result<(), Error>,
    said: &'static str,
    back: impl FnOnce(Trouble) -> Back,
) -> Result<Response, Fail> {
    let error = match deed {
        Ok(()) => {
            // Whoever lowers or removes themselves may not open the page any more.
            let mine = rights::find::<Inspect>(&mut app.db.read(), &visitor.actor, id).await;
            return Ok(match mine {
                Ok(_) => done(id, said),
                Err(_) => see_other("/tickets", Some((Tone::Ok, said))),
            });
        }
        Err(error) => error,
    };
    let trouble = Trouble::of(error)?;
    let status = match trouble {
        Trouble::Faults(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Trouble::Clash => StatusCode::CONFLICT,
    };
    department(app, visitor, id, status, back(trouble)).await
}

/// A category's number in a field: nothing is none, anything else that is no number is elsewhere.
fn category(form: &Form, field: &'static str) -> Result<Option<CategoryId>, Error> {
    match form.optional(field) {
        None => Ok(None),
        Some(_) => form
            .number(field, "fault-category-elsewhere")
            .map(|id| Some(CategoryId(id))),
    }
}

fn level(form: &Form) -> Result<Level, Error> {
    Level::of(form.text("level")).ok_or_else(|| Error::invalid("level", "fault-level"))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let seen = form.number("version", "fault-version")?;
    let deed = async {
        let wanted = Properties {
            name: form.text("name"),
            is_active: form.is_ticked("active"),
            is_anonymous: form.is_ticked("anonymous"),
            default_category: category(&form, "default_category")?,
        };
        deeds::change(
            &app.db,
            &visitor.actor,
            id,
            Some(seen),
            &wanted,
            app.clock.now(),
        )
        .await
    }
    .await;
    settle(&app, &visitor, id, deed, "admin-said-saved", |trouble| {
        Back::Properties(form, trouble)
    })
    .await
}

async fn add_category(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let deed = async {
        let parent = category(&form, "parent")?;
        let name = form.text("name");
        deeds::add_category(&app.db, &visitor.actor, id, name, parent, app.clock.now()).await
    }
    .await
    .map(|_| ());
    let said = "admin-said-category-added";
    settle(&app, &visitor, id, deed, said, |trouble| {
        Back::NewCategory(form, trouble)
    })
    .await
}

async fn change_category(
    State(app): State<App>,
    Path((id, which)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let which = CategoryId(number(&which)?);
    let seen = form.number("version", "fault-version")?;
    let deed = async {
        let wanted = CategoryChange {
            name: form.text("name"),
            parent: category(&form, "parent")?,
            is_active: form.is_ticked("active"),
        };
        let actor = &visitor.actor;
        deeds::change_category(
            &app.db,
            actor,
            id,
            which,
            Some(seen),
            &wanted,
            app.clock.now(),
        )
        .await
    }
    .await;
    settle(&app, &visitor, id, deed, "admin-said-saved", |trouble| {
        Back::Category(which, form, trouble)
    })
    .await
}

async fn add_member(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let deed = async {
        let (person, level) = (form.text("person"), level(&form)?);
        let is = (level, Service::ALL);
        deeds::add_member(&app.db, &visitor.actor, id, person, is, app.clock.now()).await
    }
    .await
    .map(|_| ());
    let said = "admin-said-member-added";
    settle(&app, &visitor, id, deed, said, |trouble| {
        Back::NewMember(form, trouble)
    })
    .await
}

/// The privileges a form leaves: those ticked of what its sender may give, and those it could not
/// show them as they were.
async fn ticked(
    app: &House,
    actor: &Actor,
    id: DepartmentId,
    person: PersonId,
    form: &Form,
) -> Result<Vec<Privilege>, Error> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, actor, id).await?;
    let may = admin::grantable(&department, actor);
    let members = admin::members(&mut db, id).await?;
    let member = members.iter().find(|m| m.person_id == person);
    let stored = member.ok_or(Error::NotFound)?.privileges.as_str();
    let mut kept = vec![];
    for privilege in Privilege::ALL {
        let has = if may.contains(privilege) {
            form.all("privilege").any(|code| code == privilege.word())
        } else {
            privilege.is_in(stored)
        };
        if has {
            kept.push(*privilege);
        }
    }
    Ok(kept)
}

async fn change_member(
    State(app): State<App>,
    Path((id, person)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let person = PersonId(number(&person)?);
    let seen = form.number("version", "fault-version")?;
    let actor = &visitor.actor;
    let deed = async {
        let wanted = MemberChange {
            level: Some(level(&form)?),
            privileges: Some(ticked(&app, actor, id, person, &form).await?),
            services: form.all("service").next().map(|_| {
                let all = Service::ALL.iter().copied();
                all.filter(|it| form.all("service").any(|word| word == it.word()))
                    .collect()
            }),
            is_available: form.optional("rate").map(|_| form.is_ticked("available")),
            rate: form
                .optional("rate")
                .map(|_| form.number("rate", "fault-rate"))
                .transpose()?,
            fate: fate(&app, actor, &form).await?,
        };
        let now = visitor.now();
        deeds::change_member(&app.db, actor, id, person, Some(seen), wanted, now).await
    }
    .await;
    settle(&app, &visitor, id, deed, "admin-said-saved", |trouble| {
        Back::Member(person, form, trouble)
    })
    .await
}

/// What becomes of their open tickets, as it was chosen.
async fn fate(app: &House, actor: &Actor, form: &Form) -> Result<Fate, Error> {
    let (word, heir) = (form.text("release"), form.text("heir"));
    leaving::fate(&mut app.db.read(), actor, word, heir).await
}

async fn remove_member(
    State(app): State<App>,
    Path((id, person)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, DepartmentId(number(&id)?));
    let person = PersonId(number(&person)?);
    let seen = form.number("version", "fault-version")?;
    let deed = async {
        let (actor, now) = (&visitor.actor, visitor.now());
        let fate = fate(&app, actor, &form).await?;
        deeds::remove_member(&app.db, actor, id, person, Some(seen), fate, now).await
    }
    .await;
    let said = "admin-said-member-removed";
    settle(&app, &visitor, id, deed, said, |trouble| {
        Back::Member(person, form, trouble)
    })
    .await
}
