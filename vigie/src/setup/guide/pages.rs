//! The pages of the set-up, each with its own address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::guide::{AccessPage, AgentRow, NeedsPage, ReviewPage, RolesPage};
use pages::frame::{Frame, Section, Tone};

use super::places::pages::{furnish, show};
use super::{Invited, MOST_NAMES, Needs, Plan, Size, Standing, Step, Stop, views};
use crate::departments::admin as departments;
use crate::departments::views::faults;
use crate::house::{App, House};
use crate::people::admin::search::{self, Past};
use crate::people::admin::views::{role_view, scope_view};
use crate::people::{desk, roles};
use crate::policy::{AgentScope, permission};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// Agents that are shown, and departments.
pub(super) const ROWS: i64 = 50;
/// How many are invited at once.
const INVITED: usize = 5;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::EVERY_PRIVILEGE);
    vec![
        get("/admin/setup", who, next),
        post("/admin/setup/dismissal", who, put_away),
        get("/admin/setup/needs", who, needs),
        post("/admin/setup/needs", who, say_needs),
        get("/admin/setup/access", who, access),
        post("/admin/setup/access", who, choose_access),
        get("/admin/setup/roles", who, roles_step),
        post("/admin/setup/roles", who, invite),
        get("/admin/setup/departments", who, show),
        post("/admin/setup/departments", who, furnish),
        get("/admin/setup/review", who, review),
        post("/admin/setup/review", who, adjust),
    ]
}

/// A form shown again: what was typed, what is wrong with it as a whole and row by row, and the status.
pub(super) struct Again<'a> {
    pub form: Option<&'a Form>,
    pub faults: Fields,
    pub rows: Vec<(usize, Fields)>,
    pub status: StatusCode,
}

impl<'a> Again<'a> {
    pub(super) fn first() -> Again<'a> {
        Again {
            form: None,
            faults: Fields::default(),
            rows: vec![],
            status: StatusCode::OK,
        }
    }

    pub(super) fn of(form: &'a Form, stop: Stop) -> Result<Again<'a>, Fail> {
        let (faults, rows, status) = match stop {
            Stop::Rows(rows) => (Fields::default(), rows, StatusCode::UNPROCESSABLE_ENTITY),
            Stop::Whole(error) => {
                let (faults, status) = again(error, "guide-changed")?;
                (faults, vec![], status)
            }
        };
        Ok(Again {
            form: Some(form),
            faults,
            rows,
            status,
        })
    }
}

async fn next(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let standing = super::standing(&mut app.db.read(), &visitor.actor).await?;
    Ok(see_other(views::view(standing.plan.next()).href(), None))
}

/// Where one goes on after a step; the settings it may have changed stand on every page.
pub(super) async fn go_on(app: &House, visitor: &Visitor, step: Step) -> Result<Response, Fail> {
    app.refresh_desk().await?;
    let standing = super::standing(&mut app.db.read(), &visitor.actor).await?;
    let after = Step::ALL.iter().copied().find(|it| *it > step);
    let (to, said) = match after {
        Some(step) => (views::view(step).href(), "admin-said-saved"),
        None if standing.plan.is_finished() => ("/admin", "guide-finished"),
        None => (views::view(standing.plan.next()).href(), "guide-missing"),
    };
    Ok(see_other(to, Some((Tone::Ok, said))))
}

async fn put_away(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let said = match super::put_away(&app.db, &visitor.actor, seen, visitor.now()).await {
        Ok(()) => (Tone::Ok, "guide-put-away-said"),
        Err(Error::Conflict(_)) => (Tone::Warn, "guide-put-away-clash"),
        Err(other) => return Err(other.into()),
    };
    Ok(see_other("/admin", Some(said)))
}

pub(super) async fn drawn(
    app: &House,
    visitor: &Visitor,
    step: Step,
) -> Result<(Frame, Standing), Error> {
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = views::view(step).href().to_owned();
    let standing = super::standing(&mut app.db.read(), &visitor.actor).await?;
    Ok((frame, standing))
}

async fn needs(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    needs_page(&app, &visitor, Again::first()).await
}

/// What the first day's choice suggests, until the size was said.
fn likely(scope: AgentScope) -> Size {
    match scope {
        AgentScope::Global => Size::Small,
        _ => Size::Large,
    }
}

async fn needs_page(app: &House, visitor: &Visitor, back: Again<'_>) -> Result<Response, Fail> {
    let (frame, standing) = drawn(app, visitor, Step::Needs).await?;
    let mut db = app.db.read();
    let organisation = match back.form {
        Some(form) => form.text("organisation").to_owned(),
        None => desk::read(&mut db).await?.organisation,
    };
    let size = match back.form {
        Some(form) => Size::of(form.text("size")),
        None => standing
            .plan
            .size
            .or(Some(likely(app.desk().default_scope))),
    };
    let named = match back.form {
        Some(form) => form.text("departments").to_owned(),
        None => standing.plan.departments.join("\n"),
    };
    let there = departments::list(&mut db, &visitor.actor).await?;
    Ok(page_with(
        back.status,
        &NeedsPage {
            frame,
            guide: views::guide(&standing, Step::Needs),
            organisation,
            size: size.map(Size::word),
            departments: named,
            standing: there.into_iter().map(|it| it.name).collect(),
            most: i64::try_from(MOST_NAMES).unwrap_or(i64::MAX),
            faults: faults(&back.faults, &visitor.words),
        },
    ))
}

async fn say_needs(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let wanted = Needs {
        organisation: form.text("organisation"),
        size: Size::of(form.text("size")),
        departments: form.text("departments"),
    };
    match super::say_needs(&app.db, &visitor.actor, seen, &wanted, visitor.now()).await {
        Ok(()) => go_on(&app, &visitor, Step::Needs).await,
        Err(error) => needs_page(&app, &visitor, Again::of(&form, error.into())?).await,
    }
}

async fn access(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    access_page(&app, &visitor, Again::first()).await
}

/// What a desk is called by the scope its new agents get.
fn kind_of_desk(scope: AgentScope) -> &'static str {
    match scope {
        AgentScope::Global => "open",
        _ => "partitioned",
    }
}

/// What the size suggests, until something was chosen.
fn suggested(plan: &Plan) -> Option<&'static str> {
    plan.size.map(|size| match size {
        Size::Small => "open",
        Size::Large => "partitioned",
    })
}

async fn access_page(app: &House, visitor: &Visitor, back: Again<'_>) -> Result<Response, Fail> {
    let (frame, standing) = drawn(app, visitor, Step::Access).await?;
    let mut db = app.db.read();
    let stands = kind_of_desk(desk::read(&mut db).await?.default_scope);
    let (_, agents) = crate::people::admin::counts(&mut db).await?;
    let chosen = match back.form.map(|form| form.text("desk")) {
        Some("open") => "open",
        Some("partitioned") => "partitioned",
        _ => stands,
    };
    Ok(page_with(
        back.status,
        &AccessPage {
            frame,
            guide: views::guide(&standing, Step::Access),
            chosen,
            suggested: suggested(&standing.plan),
            agents,
            faults: faults(&back.faults, &visitor.words),
        },
    ))
}

async fn choose_access(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let scope = match form.text("desk") {
        "open" => Some(AgentScope::Global),
        "partitioned" => Some(AgentScope::Group),
        _ => None,
    };
    match super::choose_access(&app.db, &visitor.actor, seen, scope, visitor.now()).await {
        Ok(()) => go_on(&app, &visitor, Step::Access).await,
        Err(error) => access_page(&app, &visitor, Again::of(&form, error.into())?).await,
    }
}

async fn roles_step(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    roles_page(&app, &visitor, Again::first()).await
}

async fn roles_page(app: &House, visitor: &Visitor, back: Again<'_>) -> Result<Response, Fail> {
    let (frame, standing) = drawn(app, visitor, Step::Roles).await?;
    let mut db = app.db.read();
    let (actor, words) = (&visitor.actor, &visitor.words);
    let own = roles::all(&mut db).await?;
    let all = roles::views::every(&own, words);
    let given = all.iter().filter(|(role, _)| !role.is_beyond(actor));
    let given: Vec<_> = given.map(|(_, view)| view.clone()).collect();
    let agents = search::agents(&mut db, actor, "", Past::Start, ROWS).await?;
    let usual = role_view(Some(crate::policy::Role::Agent), None);
    Ok(page_with(
        back.status,
        &RolesPage {
            frame,
            guide: views::guide(&standing, Step::Roles),
            rows: views::invite_rows(back.form, &back.rows, (INVITED, &usual), words),
            roles: all.into_iter().map(|(_, view)| view).collect(),
            given,
            has_more: agents.has_after,
            agents: agents
                .rows
                .into_iter()
                .map(|it| AgentRow {
                    id: it.id.0,
                    role: role_view(it.role, it.role_name.as_deref()),
                    name: it.name,
                })
                .collect(),
            scope: scope_view(desk::read(&mut db).await?.default_scope),
            has_relay: app.config.smtp_url.is_some() || app.is_demo,
            faults: faults(&back.faults, words),
        },
    ))
}

/// Whoever was typed; rows that hold nothing invite nobody.
async fn invited(app: &House, form: &Form) -> Result<Vec<Invited>, Error> {
    let mut rows = vec![];
    for n in 0..INVITED {
        let text = |field: &str| form.text(&format!("{field}-{n}")).to_owned();
        let (name, email) = (text("name"), text("email"));
        if !name.is_empty() || !email.is_empty() {
            let role = roles::named(&mut app.db.read(), &text("role")).await?;
            let role = role.map(|(role, _)| role);
            rows.push(Invited { name, email, role });
        }
    }
    Ok(rows)
}

async fn invite(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let rows = invited(&app, &form).await?;
    let language = visitor.words.language;
    let (actor, now) = (&visitor.actor, visitor.now());
    match super::invite(&app, actor, seen, (&rows, language), now).await {
        Ok(()) if form.is_ticked("more") => Ok(see_other(
            views::view(Step::Roles).href(),
            Some((Tone::Ok, "guide-invited")),
        )),
        Ok(()) => go_on(&app, &visitor, Step::Roles).await,
        Err(stop) => roles_page(&app, &visitor, Again::of(&form, stop)?).await,
    }
}

async fn review(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    review_page(&app, &visitor, Again::first()).await
}

async fn review_page(app: &House, visitor: &Visitor, back: Again<'_>) -> Result<Response, Fail> {
    let (frame, standing) = drawn(app, visitor, Step::Review).await?;
    let (days, _) = desk::review_days(&mut app.db.read()).await?;
    let typed = back.form.map(|form| form.text("review_days").to_owned());
    Ok(page_with(
        back.status,
        &ReviewPage {
            frame,
            guide: views::guide(&standing, Step::Review),
            days: typed.unwrap_or(days.to_string()),
            faults: faults(&back.faults, &visitor.words),
        },
    ))
}

async fn adjust(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let said = async {
        let days = form.number("review_days", "fault-days")?;
        super::adjust(&app.db, &visitor.actor, seen, days, visitor.now()).await
    }
    .await;
    match said {
        Ok(()) => go_on(&app, &visitor, Step::Review).await,
        Err(error) => review_page(&app, &visitor, Again::of(&form, error.into())?).await,
    }
}
