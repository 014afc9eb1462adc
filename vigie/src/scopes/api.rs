//! The API twin of the page on which scopes are set.

use axum::extract::{Path, State};
use axum::http::header::ETAG;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::preview::Sight;
use super::saving::{Changed, Seen, Wanted, WantedLevel};
use super::{Place, Standing, review};
use crate::administration::leaving;
use crate::departments::DepartmentId;
use crate::departments::api::services;
use crate::departments::sharing::ByTag;
use crate::house::App;
use crate::people::{PersonId, desk, number};
use crate::policy::{AgentScope, Level, Service};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, post, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/people/{id}/scope", Who::Api, show),
        put("/api/v1/people/{id}/scope", Who::Api, change),
        post("/api/v1/people/{id}/scope/preview", Who::Api, preview),
        post("/api/v1/people/{id}/scope/review", Who::Api, reviewed),
        get("/api/v1/scope-reviews", Who::Api, due),
        put("/api/v1/scope-reviews", Who::Api, say_days),
    ]
}

/// How far an agent sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeItem {
    /// The person's identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// `owner`, `admin`, `agent`, `trainee`, `viewer` or `advisor`; owners and administrators see everything, whatever the scope.
    pub role: Option<String>,
    /// `global`, `group` or `restricted`.
    pub scope: &'static str,
    /// The organisations that they serve alone; none is all.
    pub organizations: Vec<String>,
    /// The sites that they serve alone; none is all.
    pub sites: Vec<String>,
    /// The person's version, which `If-Match` names.
    pub version: i64,
    /// Every department.
    pub departments: Vec<ScopePlace>,
}

/// What an agent is in a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopePlace {
    /// The department's identifier.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// `none`, `assigned`, `view` or `edit`; null for who is no member.
    pub level: Option<&'static str>,
    /// What the membership holds for, of `tickets`, `chats`, `calls`; null for who is no member.
    pub services: Option<Vec<&'static str>>,
    /// The version of the membership; null for who is no member.
    pub version: Option<i64>,
    /// What teams give them there beside it.
    pub teams: Vec<ScopeTeam>,
    /// The sharing tags by which they look there.
    pub tags: Vec<String>,
}

/// What an agent has in a department by a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeTeam {
    /// The team's identifier.
    pub team: i64,
    /// Its name.
    pub name: String,
    /// `assigned`, `view` or `edit`.
    pub level: &'static str,
}

/// How far an agent is to see; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeBody {
    /// `global`, `group` or `restricted`.
    scope: Option<String>,
    /// The organisations that they are to serve alone, by name; none is all.
    organizations: Option<Vec<String>>,
    /// The sites that they are to serve alone, by name; none is all.
    sites: Option<Vec<String>>,
    /// The departments in which something changes, each once.
    #[serde(default)]
    departments: Vec<ScopePlaceBody>,
    /// Release the open tickets they hold where they are lowered. A preview always counts as if it were said.
    #[serde(default)]
    release: bool,
    /// Give them out again by their categories' rules instead.
    #[serde(default)]
    give_out: bool,
    /// Give them to this colleague instead.
    give_to: Option<i64>,
}

/// What an agent is to be in a department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopePlaceBody {
    /// The department's identifier.
    department: i64,
    /// `none`, `assigned`, `view` or `edit`; null takes them out.
    level: Option<String>,
    /// What the membership is to hold for, of `tickets`, `chats`, `calls`; left out, it stays as it is.
    services: Option<Vec<String>>,
    /// The version of the membership that was seen, null when none was there; left out, it is not compared.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    version: Option<Option<i64>>,
}

/// What a change would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopePreview {
    /// How many tickets they see now.
    pub now: i64,
    /// How many they would see.
    pub then: i64,
    /// How many more, and which they do not see now.
    pub gained: i64,
    /// How many that they see now and would not.
    pub lost: i64,
    /// How many open tickets they hold where they are lowered: saving it needs `release`.
    pub held: i64,
    /// Every department.
    pub departments: Vec<ScopeSight>,
    /// What changes.
    pub changes: Vec<ScopeChange>,
}

/// What an agent sees of a department, before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeSight {
    /// The department's identifier.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// How many tickets it has.
    pub total: i64,
    /// How many of them they see now.
    pub now: i64,
    /// How many they would see.
    pub then: i64,
    /// How many more.
    pub gained: i64,
    /// How many no more.
    pub lost: i64,
}

/// One thing that changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeChange {
    /// `scope`, `organizations`, `sites` or `level`.
    pub what: &'static str,
    /// The department in which the level changes; null otherwise.
    pub department: Option<i64>,
    /// What stands: a word, or names with commas between, null where none is named and for who was no member.
    pub from: Option<String>,
    /// The same after; null where none is named and for who is no member any more.
    pub to: Option<String>,
    /// What the membership holds for afterwards; empty for the scope, and for who is none any more.
    pub services: Vec<&'static str>,
    /// How many of the department's open tickets they hold, when they are lowered.
    pub held: i64,
}

fn said(services: &[Service]) -> Vec<&'static str> {
    services.iter().map(|it| it.word()).collect()
}

/// Each tag once: several departments of theirs may carry it.
fn tags(by: Vec<ByTag>) -> Vec<String> {
    let mut tags: Vec<String> = by.into_iter().map(|it| it.tag).collect();
    tags.dedup();
    tags
}

fn item(it: Standing) -> ScopeItem {
    let place = |place: Place| ScopePlace {
        tags: tags(place.tags),
        teams: place
            .teams
            .into_iter()
            .map(|it| ScopeTeam {
                team: it.team_id.0,
                name: it.team,
                level: it.level.word(),
            })
            .collect(),
        department: place.department.id.0,
        name: place.department.name,
        level: place.membership.as_ref().map(|it| it.level.word()),
        version: place.membership.as_ref().map(|it| it.version),
        services: place.membership.map(|it| said(&it.services)),
    };
    ScopeItem {
        person: it.person.id.0,
        name: it.person.name,
        role: it.person.role.map(|role| role.code()),
        scope: it.scope.whole().word(),
        organizations: it.clientele.organizations,
        sites: it.clientele.sites,
        version: it.person.version,
        departments: it.places.into_iter().map(place).collect(),
    }
}

async fn answer(app: &App, visitor: &ApiVisitor, id: PersonId) -> Result<Response, Fail> {
    let item = item(super::standing(&mut app.db.read(), &visitor.actor, id).await?);
    let mut response = json(StatusCode::OK, &item);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", item.version)) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

fn wanted(visitor: &ApiVisitor, body: &ScopeBody) -> Result<Wanted, Error> {
    let mut faults = Fields::default();
    let scope = body.scope.as_deref().and_then(AgentScope::chosen);
    let is_unknown = body.scope.is_some() && scope.is_none();
    faults.require(!is_unknown, "scope", "fault-scope");
    let mut levels = vec![];
    for it in &body.departments {
        let level = it.level.as_deref().and_then(Level::of);
        let is_unknown = it.level.is_some() && level.is_none();
        faults.require(!is_unknown, "level", "fault-level");
        let services = it.services.as_deref().map(services).transpose();
        faults.require(services.is_ok(), "services", "fault-services");
        levels.push(WantedLevel {
            department: DepartmentId(it.department),
            level,
            services: services.unwrap_or_default(),
            seen: match it.version {
                None => Seen::Unsaid,
                Some(None) => Seen::Absent,
                Some(Some(version)) => Seen::Version(version),
            },
        });
    }
    faults.settle()?;
    Ok(Wanted {
        seen: visitor.seen_version()?,
        scope,
        organizations: body.organizations.clone(),
        sites: body.sites.clone(),
        levels,
        fate: leaving::said(body.release, body.give_out, body.give_to)?,
    })
}

/// How far an agent sees: their scope, and what they are in each department. For administrators.
#[utoipa::path(get, path = "/api/v1/people/{id}/scope", tag = "access",
    params(("id" = i64, Path, description = "The person")),
    responses((status = 200, body = ScopeItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not staff")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?).await
}

/// Sets scope and memberships, all or nothing. For administrators, up to their own rank. What already stands is no
/// change, so that the same may be sent twice.
#[utoipa::path(put, path = "/api/v1/people/{id}/scope", request_body = ScopeBody, tag = "access",
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ScopeItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not staff"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "They hold open tickets; or faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ScopeBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    // Who may not, hears that before what is wrong with the body.
    super::standing(&mut app.db.read(), &visitor.actor, id).await?;
    let wanted = wanted(&visitor, &body)?;
    super::saving::save(&app.db, &visitor.actor, id, &wanted, visitor.now()).await?;
    answer(&app, &visitor, id).await
}

fn sight(it: &Sight) -> ScopeSight {
    ScopeSight {
        department: it.department.0,
        name: it.name.clone(),
        total: it.total,
        now: it.now,
        then: it.then,
        gained: it.gained(),
        lost: it.lost(),
    }
}

fn changed(it: Changed) -> ScopeChange {
    let alone = |what, from, to| ScopeChange {
        what,
        department: None,
        from,
        to,
        services: vec![],
        held: 0,
    };
    let names = |all: Vec<String>| (!all.is_empty()).then(|| all.join(", "));
    let scope = |it: AgentScope| Some(it.whole().word().to_owned());
    match it {
        Changed::Scope(from, to) => alone("scope", scope(from), scope(to)),
        Changed::Organizations(from, to) => alone("organizations", names(from), names(to)),
        Changed::Sites(from, to) => alone("sites", names(from), names(to)),
        Changed::Level {
            department,
            was,
            becomes,
            services: (_, services),
            held,
            ..
        } => ScopeChange {
            what: "level",
            services: said(&services),
            department: Some(department.0),
            from: was.map(|level| level.word().to_owned()),
            to: becomes.map(|level| level.word().to_owned()),
            held,
        },
    }
}

/// What the same body would come to, if it were put: what the agent would see, by the rule itself. Nothing is saved.
/// For administrators, up to their own rank.
#[utoipa::path(post, path = "/api/v1/people/{id}/scope/preview", request_body = ScopeBody, tag = "access",
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ScopePreview), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not staff"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn preview(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<ScopeBody>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    super::standing(&mut app.db.read(), &visitor.actor, id).await?;
    let wanted = wanted(&visitor, &body)?;
    let it = super::preview::preview(&app.db, &visitor.actor, id, &wanted, visitor.now()).await?;
    let sum = |of: fn(&Sight) -> i64| it.sights.iter().map(of).sum();
    Ok(json(
        StatusCode::OK,
        &ScopePreview {
            now: sum(|it| it.now),
            then: sum(|it| it.then),
            gained: sum(Sight::gained),
            lost: sum(Sight::lost),
            held: it.held,
            departments: it.sights.iter().map(sight).collect(),
            changes: it.changes.into_iter().map(changed).collect(),
        },
    ))
}

/// An agent whose scope nobody looked at for long.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueReview {
    /// The person's identifier.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: &'static str,
    /// Their scope.
    pub scope: &'static str,
    /// The person's version, which a review names.
    pub version: i64,
    /// When it was last looked at, or when they became an agent.
    pub since: String,
}

/// Which scopes are due for a look.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueReviews {
    /// After how many days one is; 0 never.
    pub review_days: i64,
    /// The version of that saying, which `If-Match` names.
    pub version: i64,
    /// How many are due.
    pub count: i64,
    /// The longest first, fifty at most.
    pub items: Vec<DueReview>,
}

/// After how many days a scope is due.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewDaysBody {
    /// Days; 0 never.
    review_days: i64,
}

/// Says that somebody's scope was looked at, and nothing is to change. For administrators, up to their own rank.
#[utoipa::path(post, path = "/api/v1/people/{id}/scope/review", operation_id = "scope_reviewed", tag = "access",
    params(("id" = i64, Path, description = "The person"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ScopeItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not staff"),
        (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn reviewed(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = visitor.seen_version()?;
    review::reviewed(&app.db, &visitor.actor, id, seen, visitor.now()).await?;
    answer(&app, &visitor, id).await
}

/// Which scopes are due for a look, and after how many days one is. For administrators.
#[utoipa::path(get, path = "/api/v1/scope-reviews", operation_id = "scope_reviews", tag = "access",
    responses((status = 200, body = DueReviews), (status = 403, description = "A right is missing")))]
pub async fn due(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let items = review::due(&mut db, &visitor.actor, visitor.now()).await?;
    let (review_days, version) = desk::review_days(&mut db).await?;
    let body = DueReviews {
        review_days,
        version,
        count: review::count(&mut db, visitor.now()).await?,
        items: items
            .into_iter()
            .map(|it| DueReview {
                person: it.person_id.0,
                name: it.name,
                role: it.role.word(),
                scope: it.scope.whole().word(),
                version: it.version,
                since: it.since.rfc3339(),
            })
            .collect(),
    };
    Ok(json(StatusCode::OK, &body))
}

/// Says after how many days a scope is due for a look. For administrators.
#[utoipa::path(put, path = "/api/v1/scope-reviews", operation_id = "set_scope_reviews", request_body = ReviewDaysBody, tag = "access",
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = DueReviews), (status = 403, description = "A right is missing"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Days nobody can count")))]
pub async fn say_days(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<ReviewDaysBody>,
) -> Result<Response, Fail> {
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    review::say_days(&app.db, actor, seen, body.review_days, visitor.now()).await?;
    due(State(app), visitor).await
}
