//! The page on which agents say how much they hear of each of their departments.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::frame::{Section, Tone};
use pages::monitoring::{Behaviour, Level as LevelView, MonitoredDepartment, MonitoringPage};

use super::levels::{Alert, Level, Levels};
use super::{Monitoring, Own};
use crate::departments::DepartmentId;
use crate::departments::views::faults;
use crate::house::{App, House};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

const HERE: &str = "/preferences/monitoring";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/preferences/monitoring", Who::Staff, show),
        post("/preferences/monitoring", Who::Staff, change),
        post("/preferences/monitoring/suspension", Who::Staff, suspend),
    ]
}

fn behaviour(alert: Alert) -> Behaviour {
    match alert {
        Alert::Never => Behaviour::Never,
        Alert::Creation => Behaviour::Creation,
        Alert::Always => Behaviour::Always,
    }
}

fn level(level: Level) -> LevelView {
    match level {
        Level::None => LevelView::None,
        Level::Minimal => LevelView::Minimal,
        Level::Medium => LevelView::Medium,
        Level::Assiduous => LevelView::Assiduous,
        Level::Complete => LevelView::Complete,
        Level::Custom => LevelView::Custom,
    }
}

fn row(own: &Own) -> MonitoredDepartment {
    MonitoredDepartment {
        id: own.department_id.0,
        name: own.department.clone(),
        level: level(own.levels.level()),
        any: behaviour(own.levels.any()),
        category: behaviour(own.levels.category()),
        held: behaviour(own.levels.held()),
    }
}

async fn view(
    app: &House,
    visitor: &Visitor,
    stands: &Monitoring,
) -> Result<MonitoringPage, Error> {
    Ok(MonitoringPage {
        frame: visitor.frame(app, Section::Other, None).await?,
        version: stands.version,
        is_suspended: stands.is_suspended,
        departments: stands.departments.iter().map(row).collect(),
        faults: faults(&Fields::default(), &visitor.words),
        meanwhile: None,
    })
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let stands = super::of(&mut app.db.read(), visitor.person.id).await?;
    Ok(page(&view(&app, &visitor, &stands).await?))
}

/// Name of a department's field.
fn field(name: &str, department: DepartmentId) -> String {
    format!("{name}-{department}")
}

/// What is chosen for a department; nothing when the form does not name it, because it came to them meanwhile.
fn chosen(form: &Form, department: DepartmentId) -> Result<Option<(Levels, bool)>, Error> {
    let text = |name: &str| form.text(&field(name, department)).to_owned();
    let typed = text("level");
    if typed.is_empty() {
        return Ok(None);
    }
    let level = Level::of(&typed).ok_or(Error::invalid("level", "fault-monitoring-level"))?;
    if let Some(levels) = level.levels() {
        return Ok(Some((levels, false)));
    }
    let alert = |name: &str| {
        Alert::of(&text(name)).ok_or(Error::invalid("level", "fault-monitoring-alert"))
    };
    let (any, category, held) = (alert("any")?, alert("category")?, alert("held")?);
    let levels = Levels::raised(any, category, held);
    Ok(Some((
        levels,
        levels.category() != category || levels.held() != held,
    )))
}

/// The form as it was sent, over what stands.
fn typed(page: &mut MonitoringPage, form: &Form) {
    for one in &mut page.departments {
        let text = |name: &str| form.text(&field(name, DepartmentId(one.id))).to_owned();
        let or = |name: &str, stands: Behaviour| Behaviour::parse(&text(name)).unwrap_or(stands);
        let level = LevelView::parse(&text("level")).unwrap_or(one.level);
        (one.any, one.category, one.held) = (
            or("any", one.any),
            or("category", one.category),
            or("held", one.held),
        );
        one.level = level;
    }
}

async fn change(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let (faults_of, status) = match save(&app, &visitor, &form).await {
        Ok(said) => return Ok(see_other(HERE, Some((Tone::Ok, said)))),
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let stands = super::of(&mut app.db.read(), visitor.person.id).await?;
    let mut shown = view(&app, &visitor, &stands).await?;
    let saved: Vec<_> = shown.departments.clone();
    typed(&mut shown, &form);
    shown.faults = faults(&faults_of, &visitor.words);
    if status == StatusCode::CONFLICT {
        let both = saved.iter().zip(&shown.departments);
        let differing = both.filter(|(saved, typed)| !saved.is_as(typed));
        shown.meanwhile = Some(
            differing
                .map(|(saved, _)| (saved.name.clone(), saved.level))
                .collect(),
        );
    }
    Ok(page_with(status, &shown))
}

async fn save(app: &House, visitor: &Visitor, form: &Form) -> Result<&'static str, Error> {
    let seen = form.number("version", "fault-version")?;
    let person = visitor.person.id;
    let mut tx = app.db.write().await?;
    let mut wanted = vec![];
    let mut is_raised = false;
    for own in super::of(&mut tx, person).await?.departments {
        if let Some((levels, raised)) = chosen(form, own.department_id)? {
            is_raised |= raised;
            wanted.push((own.department_id, levels));
        }
    }
    super::choose(&mut tx, person, Some(seen), &wanted).await?;
    tx.commit().await?;
    Ok(if is_raised {
        "monitoring-said-raised"
    } else {
        "monitoring-said-saved"
    })
}

async fn suspend(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, is_suspended) = (visitor.0, form.text("suspended") == "yes");
    let person = visitor.person.id;
    let seen = form.number("version", "fault-version")?;
    let mut tx = app.db.write().await?;
    match super::suspend(&mut tx, person, Some(seen), is_suspended).await {
        Ok(()) => tx.commit().await?,
        Err(Error::Conflict(_)) => {
            drop(tx);
            let stands = super::of(&mut app.db.read(), person).await?;
            let mut shown = view(&app, &visitor, &stands).await?;
            shown.meanwhile = Some(vec![]);
            return Ok(page_with(StatusCode::CONFLICT, &shown));
        }
        Err(other) => return Err(other.into()),
    }
    let said = if is_suspended {
        "monitoring-said-suspended"
    } else {
        "monitoring-said-resumed"
    };
    Ok(see_other(HERE, Some((Tone::Ok, said))))
}
