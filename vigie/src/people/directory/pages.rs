//! The directory, and a person's card with the tickets that its reader may see.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::fields::{Conflict, Faults};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use pages::people::{
    CardForm, CardPage, CardTicket, DirectoryPage, DirectoryRow, EditCardPage, Editing,
};
use words::language::Language;

use super::{Card, Particulars};
use crate::administration::people as deeds;
use crate::assets;
use crate::departments::views;
use crate::house::{App, House};
use crate::people::admin::search::{self, Found};
use crate::people::leafing::Leaf;
use crate::people::{self, Kind, PersonId, addresses, number, suppression};
use crate::tickets::person_store;
use crate::tickets::views::state as state_view;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// People on a page.
const ROWS: i64 = 50;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/people", Who::Staff, list).for_eyes(),
        post("/people", Who::Staff, create),
        get("/people/new", Who::Staff, new),
        get("/people/{id}", Who::Staff, show).for_eyes(),
        post("/people/{id}", Who::Staff, change),
        get("/people/{id}/edit", Who::Staff, edit),
    ]
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(leaf): Query<Leaf>,
) -> Result<Response, Fail> {
    let found = search::people(
        &mut app.db.read(),
        &visitor.actor,
        leaf.asked(),
        leaf.past(),
        ROWS,
    )
    .await?;
    let first = found.rows.first().filter(|_| found.has_before);
    let last = found.rows.last().filter(|_| found.has_after);
    let (previous, next) = leaf.neighbours("/people", first.map(|it| it.id), last.map(|it| it.id));
    Ok(page(&DirectoryPage {
        frame: visitor.frame(&app, Section::People, None).await?,
        query: leaf.asked().to_owned(),
        rows: found.rows.into_iter().map(row).collect(),
        may_add: super::may_add(&visitor.actor),
        may_import: super::importing::may(&visitor.actor),
        pager: Pager { previous, next },
    }))
}

fn row(found: Found) -> DirectoryRow {
    DirectoryRow {
        id: found.id.0,
        name: found.name,
        email: found.email,
        phone: found.phone.unwrap_or_default(),
        organization: found.organization.unwrap_or_default(),
        site: found.site.unwrap_or_default(),
        is_staff: found.role.is_some(),
        is_disabled: found.disabled_at.is_some(),
    }
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let mut db = app.db.read();
    let card = match super::card(&mut db, &visitor.actor, id).await {
        Err(Error::NotFound) => return went(&app, &visitor, id).await,
        found => found?,
    };
    let further = addresses::of(&mut db, id).await?;
    let mail_stopped = suppression::of(&mut db, &card.email).await?;
    let tickets = person_store::asked_by(&mut db, &visitor.actor, id).await?;
    let counts = person_store::count_asked_by(&mut db, &visitor.actor, id).await?;
    let held = assets::held_by(&mut db, &visitor.actor, id).await?;
    let mut frame = visitor.frame(&app, Section::People, None).await?;
    frame.here = format!("/people/{id}");
    let language = card.language.as_deref().and_then(Language::parse);
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Ok(page(&CardPage {
        frame: frame.on("person", id.0, card.version),
        id: id.0,
        name: card.name.clone(),
        email: card.email.clone(),
        mail_stopped: mail_stopped.as_ref().map(suppression::pages::view),
        addresses: further.into_iter().map(|it| it.email).collect(),
        login: text(&card.login),
        phone: text(&card.phone),
        job_title: text(&card.job_title),
        organization: text(&card.organization),
        site: text(&card.site),
        language,
        is_employee: card.kind == Kind::Employee,
        is_staff: card.role.is_some(),
        has_portal: card.has_portal,
        is_disabled: card.disabled_at.is_some(),
        may_write: card.may_write(&visitor.actor),
        may_open_ticket: super::may_add(&visitor.actor) && card.disabled_at.is_none(),
        is_admin: visitor
            .actor
            .is_permitted(crate::policy::permission::MANAGE_PEOPLE),
        new_ticket: new_ticket(&card.email),
        open: counts.open,
        total: counts.total,
        assets: held.into_iter().map(assets::views::on_card).collect(),
        tickets: tickets
            .into_iter()
            .map(|t| CardTicket {
                number: t.id.0,
                subject: t.subject,
                state: state_view(t.state),
                department: t.department,
                updated_micros: t.updated_at.0,
            })
            .collect(),
    }))
}

/// To the card of the record that somebody was merged into, for whoever finds it.
async fn went(app: &House, visitor: &Visitor, id: PersonId) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let into = people::merged_into(&mut db, id).await?;
    let into = into.ok_or(Error::NotFound)?;
    super::card(&mut db, &visitor.actor, into).await?;
    let to = format!("/people/{into}");
    Ok(see_other(&to, Some((Tone::Ok, "duplicates-went-here"))))
}

fn new_ticket(email: &str) -> String {
    let address = "/tickets/new?".to_owned();
    let start = address.len();
    url::form_urlencoded::Serializer::for_suffix(address, start)
        .append_pair("requester", email)
        .finish()
}

/// What was typed, as the form shows it again.
fn typed(form: &Form) -> CardForm {
    let text = |field: &str| form.text(field).to_owned();
    CardForm {
        name: text("name"),
        email: text("email"),
        login: text("login"),
        phone: text("phone"),
        job_title: text("job_title"),
        organization: text("organization"),
        site: text("site"),
        language: Language::parse(form.text("language")).unwrap_or(Language::French),
        is_employee: form.text("kind") == "employee",
        has_portal: form.is_ticked("portal"),
    }
}

/// What was typed, as a change; what the form did not show stays as it stands.
fn wanted(form: &Form, standing: Option<&Particulars>) -> Result<Particulars, Error> {
    let language = Language::parse(form.text("language"))
        .ok_or(Error::invalid("language", "fault-language"))?;
    let text = |field: &str| form.text(field).to_owned();
    let mut wanted = Particulars {
        name: text("name"),
        email: text("email"),
        login: form.optional("login").map(str::to_owned),
        is_employee: form.text("kind") == "employee",
        language,
        phone: text("phone"),
        job_title: text("job_title"),
        organization: text("organization"),
        site: text("site"),
        has_portal: form.is_ticked("portal"),
    };
    // The form without the fields of access has no field of the address either.
    if let Some(standing) = standing.filter(|_| !form.is_ticked("email")) {
        wanted.email = standing.email.clone();
        wanted.login = standing.login.clone();
        wanted.has_portal = standing.has_portal;
    }
    Ok(wanted)
}

fn shown(particulars: &Particulars) -> CardForm {
    CardForm {
        name: particulars.name.clone(),
        email: particulars.email.clone(),
        login: particulars.login.clone().unwrap_or_default(),
        phone: particulars.phone.clone(),
        job_title: particulars.job_title.clone(),
        organization: particulars.organization.clone(),
        site: particulars.site.clone(),
        language: particulars.language,
        is_employee: particulars.is_employee,
        has_portal: particulars.has_portal,
    }
}

async fn new_page(
    app: &House,
    visitor: &Visitor,
    form: CardForm,
    sends_link: bool,
    faults: Faults,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut frame = visitor.frame(app, Section::People, None).await?;
    frame.here = "/people/new".to_owned();
    let view = EditCardPage {
        frame: frame.adding(),
        editing: None,
        may_let_in: true,
        form,
        sends_link,
        faults,
        conflict: None,
    };
    Ok(page_with(status, &view))
}

async fn new(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    super::must_add(&visitor.actor)?;
    let language = visitor.words.language.code();
    let blank = Form::of(&[("language", language), ("kind", "client"), ("portal", "1")]);
    let faults = Faults::default();
    new_page(&app, &visitor, typed(&blank), true, faults, StatusCode::OK).await
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    super::must_add(&visitor.actor)?;
    let sends_link = form.is_ticked("link");
    let made = async {
        let wanted = wanted(&form, None)?;
        deeds::add(&app, &visitor.actor, &wanted, sends_link).await
    };
    match made.await {
        Ok(id) => {
            let said = if sends_link && form.is_ticked("portal") {
                "people-said-invited"
            } else {
                "people-said-created"
            };
            Ok(see_other(&format!("/people/{id}"), Some((Tone::Ok, said))))
        }
        Err(Error::Invalid(fields)) => {
            let faults = views::faults(&fields, &visitor.words);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            new_page(&app, &visitor, typed(&form), sends_link, faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn edit_view(app: &House, visitor: &Visitor, card: &Card) -> Result<EditCardPage, Error> {
    let mut frame = visitor.frame(app, Section::People, None).await?;
    frame.here = format!("/people/{}/edit", card.id);
    Ok(EditCardPage {
        frame: frame.on("person", card.id.0, card.version),
        editing: Some(Editing {
            id: card.id.0,
            version: card.version,
            title: card.name.clone(),
        }),
        may_let_in: card.may_let_in(&visitor.actor),
        form: shown(&Particulars::of(card, visitor.words.language)),
        sends_link: false,
        faults: Faults::default(),
        conflict: None,
    })
}

async fn edit(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let card = super::card(&mut app.db.read(), &visitor.actor, number(&id)?).await?;
    card.must_write(&visitor.actor)?;
    Ok(page(&edit_view(&app, &visitor, &card).await?))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let card = super::card(&mut app.db.read(), &visitor.actor, id).await?;
    card.must_write(&visitor.actor)?;
    let seen = form.number("version", "fault-version")?;
    let changed = async {
        let standing = Particulars::of(&card, visitor.words.language);
        let wanted = wanted(&form, Some(&standing))?;
        let mut tx = app.db.write().await?;
        let now = app.clock.now();
        super::change(&mut tx, &visitor.actor, id, Some(seen), &wanted, now).await?;
        tx.commit().await
    };
    let error = match changed.await {
        Ok(()) => {
            let said = Some((Tone::Ok, "people-said-saved"));
            return Ok(see_other(&format!("/people/{id}"), said));
        }
        Err(error) => error,
    };
    let mut view = edit_view(&app, &visitor, &card).await?;
    let mut again = typed(&form);
    if !form.is_ticked("email") {
        again.email = view.form.email.clone();
        again.login = view.form.login.clone();
        again.has_portal = view.form.has_portal;
    }
    let standing = std::mem::replace(&mut view.form, again);
    let status = match error {
        Error::Invalid(fields) => {
            view.faults = faults(&fields, &visitor);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            view.conflict = Some(conflict(&standing, &view.form, &visitor));
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    Ok(page_with(status, &view))
}

fn faults(fields: &Fields, visitor: &Visitor) -> Faults {
    views::faults(fields, &visitor.words)
}

/// What stands where it is not what was typed.
fn conflict(standing: &CardForm, typed: &CardForm, visitor: &Visitor) -> Conflict {
    let differs = views::differs;
    let values = [
        differs("admin-full-name", &standing.name, &typed.name),
        differs("admin-email", &standing.email, &typed.email),
        differs("admin-login", &standing.login, &typed.login),
        differs("people-phone", &standing.phone, &typed.phone),
        differs("people-job-title", &standing.job_title, &typed.job_title),
        differs(
            "people-organization",
            &standing.organization,
            &typed.organization,
        ),
        differs("admin-site", &standing.site, &typed.site),
    ];
    Conflict {
        by: visitor.words.say("admin-somebody").to_owned(),
        standing: values.into_iter().flatten().collect(),
    }
}
