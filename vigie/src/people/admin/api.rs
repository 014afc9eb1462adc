//! The API twin of the pages on which people are administered, and the search that all staff may
//! use to find a requester.

mod wire;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::authz::Actor;
use kit::error::{Because, Error, Fields};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use words::language::Language;

pub use wire::{PeopleItems, PersonItem};
use wire::{found, whole};

use super::search::{self, Past};
use super::{self as admin, PersonChange};
use crate::administration::leaving;
use crate::administration::people as deeds;
use crate::house::{App, House};
use crate::people::directory::{self, Particulars};
use crate::people::{PersonId, number, roles};
use crate::policy::{AgentScope, Role, permission};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/people", Who::Api, list),
        post("/api/v1/people", Who::Api, create),
        get("/api/v1/people/{id}", Who::Api, show),
        patch("/api/v1/people/{id}", Who::Api, change),
        post("/api/v1/people/{id}/password-link", Who::Api, send_link),
    ]
}

/// Customers learn that there is nothing, as on the pages.
fn staff_only(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::STAFF) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

fn administrators_only(actor: &Actor) -> Result<(), Error> {
    staff_only(actor)?;
    if actor.is_permitted(permission::MANAGE_PEOPLE) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::MANAGE_PEOPLE)))
    }
}

/// Whom to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// A part of the name, the address or the login; everybody unless given.
    #[serde(default)]
    q: String,
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// People by name. For staff.
#[utoipa::path(get, path = "/api/v1/people", params(PeopleQuery), tag = "people",
    responses((status = 200, body = PeopleItems), (status = 404, description = "Not for customers"), (status = 422, description = "A parameter is none")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, Fail> {
    staff_only(&visitor.actor)?;
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "fault-limit").into());
    }
    let from = match query.cursor.as_deref().map(str::parse) {
        None => Past::Start,
        Some(Ok(id)) => Past::After(PersonId(id)),
        Some(Err(_)) => return Err(Error::invalid("cursor", "fault-cursor").into()),
    };
    let page = search::people(&mut app.db.read(), &visitor.actor, &query.q, from, limit).await?;
    let last = page.rows.last().map(|p| p.id.to_string());
    Ok(json(
        StatusCode::OK,
        &PeopleItems {
            next: last.filter(|_| page.has_after),
            items: page.rows.into_iter().map(found).collect(),
        },
    ))
}

/// A person as the API tells of them, with their version in `ETag`.
pub(in crate::people) async fn answer(
    app: &House,
    id: PersonId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let item = whole(admin::find(&mut app.db.read(), id).await?);
    let mut response = json(status, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// A person. For staff.
#[utoipa::path(get, path = "/api/v1/people/{id}", params(("id" = i64, Path, description = "The person")), tag = "people",
    responses((status = 200, body = PersonItem), (status = 404, description = "Not there, or not for customers")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    directory::card(&mut app.db.read(), &visitor.actor, id).await?;
    answer(&app, id, StatusCode::OK).await
}

/// A person to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPersonBody {
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// Name to sign in with, besides the address.
    login: Option<String>,
    /// `fr` or `en`; one's own unless given.
    language: Option<String>,
    /// Where they work.
    site: Option<String>,
    /// `owner`, `admin`, `agent`, `trainee`, `viewer`, `advisor`, or the number of a role of the desk's own; null or left out for whoever is not staff.
    role: Option<String>,
    /// `global`, `group` or `restricted`; the desk's unless given.
    scope: Option<String>,
    /// Their phone. Like the three below, for whoever is not staff.
    phone: Option<String>,
    /// Their post.
    job_title: Option<String>,
    /// Whom they work for.
    organization: Option<String>,
    /// Works here, rather than being served by us.
    #[serde(default)]
    employee: bool,
    /// Whether they may open the portal.
    #[serde(default)]
    portal: bool,
    /// Mail them a link to choose a password.
    #[serde(default)]
    send_link: bool,
}

/// The words of a body, read; every unknown one is a fault at its field.
struct Read {
    language: Option<Language>,
    role: Option<Role>,
    scope: Option<AgentScope>,
}

async fn read(
    app: &House,
    language: Option<&str>,
    role: Option<&str>,
    scope: Option<&str>,
) -> Result<Read, Error> {
    let mut faults = Fields::default();
    let named = match role {
        None => None,
        Some(code) => roles::named(&mut app.db.read(), code).await?,
    };
    let read = Read {
        language: language.and_then(Language::parse),
        role: named.map(|(role, _)| role),
        scope: scope.and_then(AgentScope::chosen),
    };
    let unknown = |given: bool, known: bool| given && !known;
    let is_bad = unknown(language.is_some(), read.language.is_some());
    faults.require(!is_bad, "language", "fault-language");
    let is_bad = unknown(role.is_some(), read.role.is_some());
    faults.require(!is_bad, "role", "fault-role");
    let is_bad = unknown(scope.is_some(), read.scope.is_some());
    faults.require(!is_bad, "scope", "fault-scope");
    faults.settle()?;
    Ok(read)
}

/// A body that makes nobody staff, as the directory takes it.
fn particulars(body: NewPersonBody, language: Language) -> Particulars {
    Particulars {
        name: body.name,
        email: body.email,
        login: body.login.filter(|l| !l.trim().is_empty()),
        is_employee: body.employee,
        language,
        phone: body.phone.unwrap_or_default(),
        job_title: body.job_title.unwrap_or_default(),
        organization: body.organization.unwrap_or_default(),
        site: body.site.unwrap_or_default(),
        has_portal: body.portal,
    }
}

/// Makes a person. Staff for administrators only, others for whoever handles tickets.
#[utoipa::path(post, path = "/api/v1/people", request_body = NewPersonBody, tag = "people",
    responses((status = 201, body = PersonItem), (status = 403, description = "A right is missing"), (status = 422, description = "Faults at fields")))]
pub async fn create(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<NewPersonBody>,
) -> Result<Response, Fail> {
    staff_only(&visitor.actor)?;
    if body.role.is_some() || body.scope.is_some() {
        administrators_only(&visitor.actor)?;
    }
    let read = read(
        &app,
        body.language.as_deref(),
        body.role.as_deref(),
        body.scope.as_deref(),
    )
    .await?;
    if read.role.is_none() {
        let sends_link = body.send_link;
        if sends_link && !body.portal {
            return Err(Error::invalid("role", "fault-cannot-sign-in").into());
        }
        let wanted = particulars(body, read.language.unwrap_or(visitor.words.language));
        let id = deeds::add(&app, &visitor.actor, &wanted, sends_link).await?;
        return answer(&app, id, StatusCode::CREATED).await;
    }
    let scope = read.scope.unwrap_or(app.desk().default_scope);
    let wanted = PersonChange {
        name: body.name,
        email: body.email,
        login: body.login.filter(|l| !l.trim().is_empty()),
        language: read.language.unwrap_or(visitor.words.language),
        site: body.site.unwrap_or_default(),
        staff: read.role.map(|role| (role, scope)),
        has_portal: body.portal,
        is_disabled: false,
    };
    let id = deeds::create(&app, &visitor.actor, &wanted, body.send_link).await?;
    answer(&app, id, StatusCode::CREATED).await
}

/// What to change of a person; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// Their name.
    name: Option<String>,
    /// Their address.
    email: Option<String>,
    /// Name to sign in with; null for none.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    login: Option<Option<String>>,
    /// `fr` or `en`.
    language: Option<String>,
    /// Where they work; null for unknown.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    site: Option<Option<String>>,
    /// `owner`, `admin`, `agent`, `trainee`, `viewer`, `advisor`, or the number of a role of the desk's own; null for no longer staff.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    role: Option<Option<String>>,
    /// `global`, `group` or `restricted`.
    scope: Option<String>,
    /// Whether they may open the portal.
    portal: Option<bool>,
    /// Whether they are shut out.
    disabled: Option<bool>,
    /// Release the open tickets they hold, when they stop handling tickets or are shut out.
    #[serde(default)]
    release: bool,
    /// Give them out again by their categories' rules instead.
    #[serde(default)]
    give_out: bool,
    /// Give them to this colleague instead.
    give_to: Option<i64>,
}

/// Changes a person. For administrators.
#[utoipa::path(patch, path = "/api/v1/people/{id}", request_body = PersonBody, tag = "people",
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = PersonItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "They hold open tickets; or faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<PersonBody>,
) -> Result<Response, Fail> {
    administrators_only(&visitor.actor)?;
    let id = number(&id)?;
    let standing = admin::find(&mut app.db.read(), id).await?;
    let words = read(
        &app,
        body.language.as_deref(),
        body.role.as_ref().and_then(|r| r.as_deref()),
        body.scope.as_deref(),
    )
    .await?;
    let scope = words
        .scope
        .or(standing.scope)
        .unwrap_or(app.desk().default_scope);
    let role = match body.role {
        None => standing.role,
        Some(_) => words.role,
    };
    let language = standing.language.as_deref().and_then(Language::parse);
    let login = body.login.unwrap_or(standing.login);
    let wanted = PersonChange {
        name: body.name.unwrap_or(standing.name),
        email: body.email.unwrap_or(standing.email),
        login: login.filter(|l| !l.trim().is_empty()),
        language: words
            .language
            .or(language)
            .unwrap_or(visitor.words.language),
        site: body.site.unwrap_or(standing.site).unwrap_or_default(),
        staff: role.map(|role| (role, scope)),
        has_portal: body.portal.unwrap_or(standing.has_portal),
        is_disabled: body.disabled.unwrap_or(standing.disabled_at.is_some()),
    };
    // What was left out was read here: nobody may have changed it since.
    let seen = visitor.seen_version()?.unwrap_or(standing.version);
    let fate = leaving::said(body.release, body.give_out, body.give_to)?;
    deeds::change(&app, &visitor.actor, id, Some(seen), &wanted, fate).await?;
    answer(&app, id, StatusCode::OK).await
}

/// Mails a person a link to choose a password. For administrators.
#[utoipa::path(post, path = "/api/v1/people/{id}/password-link", tag = "people",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 202, description = "The mail is on its way"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there"),
        (status = 422, description = "They may not sign in anyway")))]
pub async fn send_link(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    use axum::response::IntoResponse;
    administrators_only(&visitor.actor)?;
    deeds::send_link(&app, &visitor.actor, number(&id)?).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
