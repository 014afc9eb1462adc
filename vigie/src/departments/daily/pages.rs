//! The page on which agents say when they are sent their daily report, and of what.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::daily::{Content as ContentView, DailyDepartment, DailyForm, DailyPage};
use pages::frame::{Section, Tone};

use super::hours::{self, Hours};
use super::{Content, Daily, Own, Wishes};
use crate::departments::DepartmentId;
use crate::departments::monitoring;
use crate::departments::views::faults;
use crate::house::{App, House};
use crate::mail::daily::{Asked, send_now};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

const HERE: &str = "/preferences/daily-report";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/preferences/daily-report", Who::Staff, show),
        post("/preferences/daily-report", Who::Staff, change),
        post("/preferences/daily-report/now", Who::Staff, now),
    ]
}

fn content(content: Content) -> ContentView {
    match content {
        Content::Free => ContentView::Free,
        Content::Category => ContentView::Category,
        Content::Managed => ContentView::Managed,
        Content::None => ContentView::None,
    }
}

fn form(stands: &Daily) -> DailyForm {
    let department = |own: &Own| DailyDepartment {
        id: own.department_id.0,
        name: own.department.clone(),
        content: content(own.content),
    };
    let wishes = &stands.wishes;
    DailyForm {
        is_on: wishes.is_on,
        first: Some(wishes.hours.first_hour),
        second: wishes.hours.second_hour,
        at_weekends: wishes.hours.at_weekends,
        is_grouped: wishes.is_grouped,
        even_empty: wishes.even_empty,
        departments: stands.departments.iter().map(department).collect(),
    }
}

async fn view(app: &House, visitor: &Visitor) -> Result<DailyPage, Error> {
    let mut db = app.db.read();
    let stands = super::of(&mut db, visitor.person.id).await?;
    let is_suspended = monitoring::of(&mut db, visitor.person.id)
        .await?
        .is_suspended;
    let zone = visitor.person.time_zone.as_ref();
    let zone = zone.unwrap_or(&app.config.time_zone).clone();
    let is_sent = stands.wishes.is_on && !is_suspended && !stands.departments.is_empty();
    let here = hours::zone(Some(&zone), &app.config.time_zone);
    let next = stands.wishes.hours.next(visitor.now(), &here);
    Ok(DailyPage {
        frame: visitor.frame(app, Section::Other, None).await?,
        version: stands.version,
        form: form(&stands),
        is_suspended,
        next: next.filter(|_| is_sent).map(|at| at.0),
        zone,
        faults: faults(&Fields::default(), &visitor.words),
        meanwhile: None,
    })
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    Ok(page(&view(&app, &visitor).await?))
}

/// Name of a department's field.
fn field(department: i64) -> String {
    format!("content-{department}")
}

/// The form as it was sent, over what stands: departments that it does not name came meanwhile.
fn typed(stands: DailyForm, form: &Form) -> DailyForm {
    let hour = |name: &str| form.text(name).parse().ok();
    let departments = stands.departments.into_iter().map(|one| DailyDepartment {
        content: ContentView::parse(form.text(&field(one.id))).unwrap_or(one.content),
        ..one
    });
    DailyForm {
        is_on: form.is_ticked("on"),
        first: hour("first"),
        second: hour("second"),
        at_weekends: form.is_ticked("weekends"),
        is_grouped: form.text("grouped") != "no",
        even_empty: form.is_ticked("empty"),
        departments: departments.collect(),
    }
}

/// What the form wishes.
fn wishes(form: &Form) -> Result<Wishes, Error> {
    let second_hour = match form.text("second") {
        "" => None,
        _ => Some(form.number("second", "fault-report-hour")?),
    };
    Ok(Wishes {
        is_on: form.is_ticked("on"),
        hours: Hours {
            first_hour: form.number("first", "fault-report-hour")?,
            second_hour,
            at_weekends: form.is_ticked("weekends"),
        },
        is_grouped: form.text("grouped") != "no",
        even_empty: form.is_ticked("empty"),
    })
}

async fn change(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let (faults_of, status) = match save(&app, &visitor, &form).await {
        Ok(()) => return Ok(see_other(HERE, Some((Tone::Ok, "daily-said-saved")))),
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let mut shown = view(&app, &visitor).await?;
    let saved = shown.form.facts(&shown.frame);
    shown.form = typed(shown.form, &form);
    shown.faults = faults(&faults_of, &visitor.words);
    if status == StatusCode::CONFLICT {
        let typed = shown.form.facts(&shown.frame);
        let both = saved.into_iter().zip(typed);
        let differing = both.filter(|(saved, typed)| saved != typed);
        shown.meanwhile = Some(differing.map(|(saved, _)| saved).collect());
    }
    Ok(page_with(status, &shown))
}

async fn save(app: &House, visitor: &Visitor, form: &Form) -> Result<(), Error> {
    let seen = form.number("version", "fault-version")?;
    let person = visitor.person.id;
    let wishes = wishes(form)?;
    let mut tx = app.db.write().await?;
    let mut wanted: Vec<(DepartmentId, Content)> = vec![];
    for own in super::of(&mut tx, person).await?.departments {
        let typed = form.text(&field(own.department_id.0));
        if !typed.is_empty() {
            let content = Content::of(typed);
            let content = content.ok_or(Error::invalid("content", "fault-report-content"))?;
            wanted.push((own.department_id, content));
        }
    }
    let zone = visitor.person.time_zone.as_deref();
    let zone = hours::zone(zone, &app.config.time_zone);
    let when = (visitor.now(), &zone);
    super::choose(&mut tx, person, Some(seen), (&wishes, &wanted), when).await?;
    tx.commit().await
}

async fn now(
    State(app): State<App>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let said = match send_now(&app.post, visitor.person.id, visitor.now()).await? {
        Asked::Sent(_) => (Tone::Ok, "daily-said-sent"),
        Asked::Nothing => (Tone::Info, "daily-said-nothing"),
        Asked::Suspended => (Tone::Info, "daily-said-suspended"),
        Asked::Lately => (Tone::Info, "daily-said-lately"),
    };
    Ok(see_other(HERE, Some(said)))
}
