//! The page on which one says to whom a department is offered, and asks it of one person.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::{Form, lines};
use pages::admin::offering::{Answered, OfferingPage, Whom as WhomView};
use pages::fields::Conflict;
use pages::frame::{Section, Tone};
use words::reader::Words;

use super::{Offering, Wanted, Whom, Why};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::views::{differs, faults};
use crate::departments::{DepartmentId, number};
use crate::house::{App, House};
use crate::people::clientele::Clientele;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/offering", Who::Staff, show),
        post("/admin/departments/{id}/offering", Who::Staff, change),
    ]
}

/// To whom, as pages show it.
pub fn view(whom: Whom) -> WhomView {
    match whom {
        Whom::Everybody => WhomView::Everybody,
        Whom::Nobody => WhomView::Nobody,
        Whom::These => WhomView::These,
    }
}

/// The form that came back, and why.
struct Back {
    form: Form,
    faults: Fields,
    was_changed: bool,
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let asked = Form::of_query(query.as_deref());
    offering_page(&app, &visitor, number(&id)?, &asked, None).await
}

/// What is said of one person.
fn said(why: &Why, words: &Words) -> String {
    let key = match why {
        Why::Everybody => "offering-why-everybody",
        Why::Organization(_) => "offering-why-organization",
        Why::Site(_) => "offering-why-site",
        Why::Domain(_) => "offering-why-domain",
        Why::Nobody => "offering-why-nobody",
        Why::Others => "offering-why-others",
    };
    match why.through() {
        Some(name) => words.say_with(key, &[("name", name.into())]),
        None => words.say(key).to_owned(),
    }
}

/// The page as it stands, with what is said of the person who was typed, or with the form that came back.
async fn offering_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    asked: &Form,
    back: Option<Back>,
) -> Result<Response, Fail> {
    let (mut db, words) = (app.db.read(), &visitor.words);
    let actor = &visitor.actor;
    let department = rights::find::<ChangeProperties>(&mut db, actor, id).await?;
    let said_now = super::said_in(&mut db, &department).await?;
    let nameable = super::nameable(&mut db, actor).await?;
    let (mut status, mut wrong, mut answered) = (StatusCode::OK, Fields::default(), None);
    if let Some(typed) = asked.optional("person") {
        match super::of_person(&mut db, actor, &said_now, typed).await {
            Ok((card, why)) => {
                answered = Some(Answered {
                    name: card.name,
                    is_offered: why.is_offered(),
                    why: said(&why, words),
                });
            }
            Err(Error::Invalid(faults)) => {
                (status, wrong) = (StatusCode::UNPROCESSABLE_ENTITY, faults);
            }
            Err(other) => return Err(other.into()),
        }
    }
    let text = |all: Vec<String>| all.join("\n");
    let mut template = OfferingPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        is_active: department.is_active,
        version: department.version,
        whom: Some(view(said_now.whom)),
        organizations: text(Offering::names(&said_now.organizations)),
        sites: text(Offering::names(&said_now.sites)),
        domains: text(said_now.domains),
        all_organizations: nameable.organizations,
        all_sites: nameable.sites,
        person: asked.text("person").to_owned(),
        answered,
        faults: faults(&wrong, words),
        conflict: None,
    };
    if let Some(back) = back {
        status = match back.was_changed {
            true => StatusCode::CONFLICT,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        send_back(&mut template, &back, words);
    }
    Ok(page_with(status, &template))
}

/// Puts what was typed, and what is wrong with it, over what stands.
fn send_back(page: &mut OfferingPage, back: &Back, words: &Words) {
    let form = &back.form;
    let typed = WhomView::parse(form.text("offered_to"));
    let name = |whom: Option<WhomView>| whom.map_or("", |it| words.say(it.key())).to_owned();
    let listed = |text: &str| lines(text).join(", ");
    if back.was_changed {
        let list =
            |label, stands: &str, field| differs(label, &listed(stands), &listed(form.raw(field)));
        let standing = [
            differs("offering-whom", &name(page.whom), &name(typed)),
            list("scopes-organizations", &page.organizations, "organizations"),
            list("scopes-sites", &page.sites, "sites"),
            list("offering-domains", &page.domains, "domains"),
        ];
        page.conflict = Some(Conflict {
            by: words.say("admin-somebody").to_owned(),
            standing: standing.into_iter().flatten().collect(),
        });
    }
    page.whom = typed;
    page.organizations = form.raw("organizations").to_owned();
    page.sites = form.raw("sites").to_owned();
    page.domains = form.raw("domains").to_owned();
    page.faults = faults(&back.faults, words);
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let (faults, was_changed) = match say(&app, &visitor, id, &form).await {
        Ok(()) => {
            return Ok(see_other(
                &format!("/admin/departments/{id}/offering"),
                Some((Tone::Ok, "offering-said")),
            ));
        }
        Err(Error::Invalid(faults)) => (faults, false),
        Err(Error::Conflict(_)) => (Fields::default(), true),
        Err(other) => return Err(other.into()),
    };
    let back = Back {
        form,
        faults,
        was_changed,
    };
    offering_page(&app, &visitor, id, &Form::default(), Some(back)).await
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let actor = &visitor.actor;
    let department = rights::find_to_change::<ChangeProperties>(&mut tx, actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let wanted = Wanted {
        whom: form.text("offered_to").to_owned(),
        clientele: Clientele {
            organizations: lines(form.raw("organizations")),
            sites: lines(form.raw("sites")),
        },
        domains: lines(form.raw("domains")),
    };
    let pen = Pen::of(actor, app.clock.now());
    super::say(&mut tx, &department, Some(seen), &wanted, pen).await?;
    tx.commit().await
}
