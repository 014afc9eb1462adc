//! The overview of administration, and the pages on which people are administered.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Judged;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::OverviewPage;
use pages::admin::people::{
    MembershipRow, NewPersonPage, PeoplePage, PersonForm, PersonPage, PersonRow, Role as RoleView,
    Scope as ScopeView,
};
use pages::fields::{Conflict, Faults};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use words::language::Language;

use super::search::{self, Found};
use super::views::{role_view, scope_view};
use super::{self as admin, Change, PersonAdmin, PersonChange};
use crate::administration::leaving;
use crate::administration::people as deeds;
use crate::departments::{self, views};
use crate::house::{App, House};
use crate::people::leafing::Leaf;
use crate::people::{PersonId, addresses, eyes, number, roles};
use crate::policy::{AgentScope, Role, permission};
use crate::privacy::duplicates;
use crate::scopes::review;
use crate::setup::guide;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// People on a page.
const ROWS: i64 = 50;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin", Who::Admin, overview),
        get("/admin/people", Who::May(permission::MANAGE_PEOPLE), list),
        post("/admin/people", Who::May(permission::MANAGE_PEOPLE), create),
        get(
            "/admin/people/new",
            Who::May(permission::MANAGE_PEOPLE),
            new,
        ),
        get(
            "/admin/people/{id}",
            Who::May(permission::MANAGE_PEOPLE),
            show,
        ),
        post(
            "/admin/people/{id}",
            Who::May(permission::MANAGE_PEOPLE),
            change,
        ),
        post(
            "/admin/people/{id}/password-link",
            Who::May(permission::MANAGE_PEOPLE),
            send_link,
        ),
    ]
}

async fn overview(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (people, agents) = admin::counts(&mut db).await?;
    let post = admin::post_counts(&mut db, &visitor.actor).await?;
    Ok(page(&OverviewPage {
        set_up: guide::views::offer(&mut db, &visitor.actor).await?,
        frame: visitor.frame(&app, Section::Administration, None).await?,
        departments: departments::admin::active(&mut db).await?,
        people,
        agents,
        due_reviews: review::count(&mut db, visitor.now()).await?,
        held: post.held,
        waiting: post.waiting,
        failed: post.failed,
        has_relay: app.config.smtp_url.is_some() || app.is_demo,
        is_demonstration: app.is_demo,
    }))
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
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
    let (previous, next) =
        leaf.neighbours("/admin/people", first.map(|it| it.id), last.map(|it| it.id));
    Ok(page(&PeoplePage {
        frame: visitor.frame(&app, Section::Administration, None).await?,
        query: leaf.asked().to_owned(),
        rows: found.rows.into_iter().map(row).collect(),
        pager: Pager { previous, next },
    }))
}

fn row(found: Found) -> PersonRow {
    PersonRow {
        id: found.id.0,
        name: found.name,
        email: found.email,
        site: found.site.unwrap_or_default(),
        role: role_view(found.role, found.role_name.as_deref()),
        has_portal: found.has_portal,
        is_disabled: found.disabled_at.is_some(),
    }
}

/// What was typed, as the form shows it again; unknown words of a menu show its first entry.
fn typed(form: &Form, scope: AgentScope, roles: &[RoleView]) -> PersonForm {
    let role = roles.iter().find(|it| it.code() == form.text("role"));
    PersonForm {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        login: form.text("login").to_owned(),
        language: Language::parse(form.text("language")).unwrap_or(Language::French),
        site: form.text("site").to_owned(),
        role: role.cloned().unwrap_or(RoleView::None),
        scope: ScopeView::parse(form.text("scope")).unwrap_or(scope_view(scope)),
        has_portal: form.is_ticked("portal"),
        is_disabled: form.is_ticked("disabled"),
    }
}

/// What was typed, as a change; faults of menus are all named.
async fn wanted(app: &House, form: &Form) -> Result<PersonChange, Error> {
    let mut faults = Fields::default();
    let language = Language::parse(form.text("language"));
    faults.require(language.is_some(), "language", "fault-language");
    let role = match form.text("role") {
        "none" => Some(None),
        code => roles::named(&mut app.db.read(), code)
            .await?
            .map(|(role, _)| Some(role)),
    };
    faults.require(role.is_some(), "role", "fault-role");
    let scope = AgentScope::chosen(form.text("scope"));
    let needs_scope = matches!(role, Some(Some(_)));
    faults.require(scope.is_some() || !needs_scope, "scope", "fault-scope");
    faults.settle()?;
    Ok(PersonChange {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        login: form.optional("login").map(str::to_owned),
        language: language.unwrap_or(Language::French),
        site: form.text("site").to_owned(),
        staff: role.flatten().zip(scope),
        has_portal: form.is_ticked("portal"),
        is_disabled: form.is_ticked("disabled"),
    })
}

/// The roles this reader may give, and the one that stands.
async fn roles(
    app: &House,
    visitor: &Visitor,
    standing: Option<Role>,
) -> Result<Vec<RoleView>, Error> {
    let own = roles::all(&mut app.db.read()).await?;
    let all = roles::views::every(&own, &visitor.words).into_iter();
    let given = all.filter(|(role, _)| standing == Some(*role) || !role.is_beyond(&visitor.actor));
    let given = given.map(|(_, view)| view);
    Ok([RoleView::None].into_iter().chain(given).collect())
}

async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let blank = Form::of(&[
        ("language", visitor.words.language.code()),
        ("portal", "1"),
        ("link", "1"),
    ]);
    new_page(&app, &visitor, &blank, &Fields::default(), StatusCode::OK).await
}

async fn new_page(
    app: &House,
    visitor: &Visitor,
    form: &Form,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = "/admin/people/new".to_owned();
    let roles = roles(app, visitor, None).await?;
    let view = NewPersonPage {
        frame,
        form: typed(form, app.desk().default_scope, &roles),
        roles,
        sends_link: form.is_ticked("link"),
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &view))
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let sends_link = form.is_ticked("link");
    let made = async {
        let wanted = wanted(&app, &form).await?;
        deeds::create(&app, &visitor.actor, &wanted, sends_link).await
    }
    .await;
    match made {
        Ok(id) => {
            let said = if sends_link {
                "admin-said-person-invited"
            } else {
                "admin-said-person-created"
            };
            let to = format!("/admin/people/{id}");
            Ok(see_other(&to, Some((Tone::Ok, said))))
        }
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            new_page(&app, &visitor, &form, &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    match person_view(&app, &visitor, id).await {
        Ok(view) => Ok(page(&view.0)),
        Err(Error::NotFound) => addresses::pages::went(&app, id).await,
        Err(error) => Err(error.into()),
    }
}

fn standing_form(person: &PersonAdmin, app: &House) -> PersonForm {
    let language = person.language.as_deref().and_then(Language::parse);
    let desk = Language::parse(&app.config.language).unwrap_or(Language::French);
    PersonForm {
        name: person.name.clone(),
        email: person.email.clone(),
        login: person.login.clone().unwrap_or_default(),
        language: language.unwrap_or(desk),
        site: person.site.clone().unwrap_or_default(),
        role: role_view(person.role, person.role_name.as_deref()),
        scope: scope_view(person.scope.unwrap_or(app.desk().default_scope)),
        has_portal: person.has_portal,
        is_disabled: person.disabled_at.is_some(),
    }
}

async fn person_view(
    app: &House,
    visitor: &Visitor,
    id: PersonId,
) -> Result<(PersonPage, PersonAdmin), Error> {
    let mut db = app.db.read();
    let person = admin::find(&mut db, id).await?;
    let memberships = departments::admin::memberships(&mut db, id)
        .await?
        .into_iter()
        .map(|m| MembershipRow {
            department: m.department_id.0,
            name: m.department,
            level: views::level(m.level),
        })
        .collect();
    let safety = admin::safety::standing(&mut db, id, app.clock.now()).await?;
    let may_change = person
        .judge(&visitor.actor, <Change as kit::authz::Action>::NAME)
        .is_ok();
    let further = addresses::of(&mut db, id).await?;
    let likely = duplicates::likely(&mut db, &visitor.actor, &person).await?;
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/people/{id}");
    let view = PersonPage {
        frame,
        id: id.0,
        version: person.version,
        title: person.name.clone(),
        form: standing_form(&person, app),
        roles: roles(app, visitor, person.role).await?,
        is_staff: person.role.is_some(),
        memberships,
        addresses: further.into_iter().map(|it| it.email).collect(),
        likely: duplicates::pages::rows(likely),
        seen_at: person.seen_at.map(|m| m.0),
        has_password: person.has_password,
        has_second_factor: safety.second_factor_since.is_some() || safety.passkeys > 0,
        sessions: safety.sessions,
        may_change,
        may_look: eyes::may_open(&visitor.actor, &person),
        may_send_link: may_change && person.may_sign_in(),
        leaving: None,
        faults: Faults::default(),
        conflict: None,
    };
    Ok((view, person))
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let changed = async {
        let wanted = wanted(&app, &form).await?;
        let (word, heir) = (form.text("release"), form.text("heir"));
        let fate = leaving::fate(&mut app.db.read(), &visitor.actor, word, heir).await?;
        deeds::change(&app, &visitor.actor, id, Some(seen), &wanted, fate).await
    }
    .await;
    let error = match changed {
        Ok(()) => {
            let to = format!("/admin/people/{id}");
            return Ok(see_other(&to, Some((Tone::Ok, "admin-said-saved"))));
        }
        Err(error) => error,
    };
    let (mut view, _) = person_view(&app, &visitor, id).await?;
    let typed = typed(&form, app.desk().default_scope, &view.roles);
    let standing = std::mem::replace(&mut view.form, typed);
    let status = match error {
        Error::Invalid(faults) => {
            view.faults = views::faults(&faults, &visitor.words);
            view.leaving = views::leaving(&faults, &form);
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

/// What stands where it is not what was typed.
fn conflict(standing: &PersonForm, typed: &PersonForm, visitor: &Visitor) -> Conflict {
    let words = &visitor.words;
    let access = |form: &PersonForm| {
        words.say(if form.is_disabled {
            "admin-disabled"
        } else {
            "admin-active"
        })
    };
    let differs = views::differs;
    let values = [
        differs("admin-full-name", &standing.name, &typed.name),
        differs("admin-email", &standing.email, &typed.email),
        differs("admin-login", &standing.login, &typed.login),
        differs("admin-site", &standing.site, &typed.site),
        differs(
            "admin-role",
            &standing.role.name(words),
            &typed.role.name(words),
        ),
        differs("admin-state", access(standing), access(typed)),
    ];
    Conflict {
        by: words.say("admin-somebody").to_owned(),
        standing: values.into_iter().flatten().collect(),
    }
}

async fn send_link(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    deeds::send_link(&app, &visitor.actor, id).await?;
    let to = format!("/admin/people/{id}");
    Ok(see_other(&to, Some((Tone::Ok, "admin-said-link-sent"))))
}
