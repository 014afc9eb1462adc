//! What agents do, in counts, for programs.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::periods::{self, By, Period};
use super::{Counted, Whose};
use crate::house::App;
use crate::people::{PersonId, desk};
use crate::policy::permission;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/activity", Who::Api, list),
        put("/api/v1/activity", Who::Api, say_days),
    ]
}

/// Whose, and by which periods.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    /// How many days back, today among them; at most `look_back_days`, 28 or that unless given.
    days: Option<i64>,
    /// `day` or `week` (from Monday); all the days as one unless given.
    by: Option<String>,
    /// Of this agent alone.
    agent: Option<i64>,
}

/// What an agent did in a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityItem {
    /// The agent's identifier.
    pub agent: i64,
    /// Their name.
    pub name: String,
    /// The first day of the period, in one's own time zone.
    pub from: String,
    /// Tickets they took.
    pub taken: i64,
    /// Answers and questions they wrote to people.
    pub replies: i64,
    /// Internal notes.
    pub notes: i64,
    /// Tickets they said to be solved.
    pub closed: i64,
    /// On how many tickets they did any of it.
    pub tickets: i64,
}

/// What agents did, as far as one may read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityItems {
    /// How many days back anybody may look; 0 is not at all.
    pub look_back_days: i64,
    /// The version of that saying, which `If-Match` names.
    pub version: i64,
    /// How many days were counted.
    pub days: i64,
    /// By agent, then by period; periods without anything are left out.
    pub items: Vec<ActivityItem>,
}

/// How far back anybody may look.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookBackBody {
    /// 0 to 730; 0 is not at all.
    look_back_days: i64,
}

fn item(it: Counted, periods: &[Period]) -> Option<ActivityItem> {
    let period = periods.get(usize::try_from(it.period).ok()?)?;
    Some(ActivityItem {
        agent: it.agent_id.0,
        name: it.agent,
        from: period.day.to_string(),
        taken: it.taken,
        replies: it.replies,
        notes: it.notes,
        closed: it.closed,
        tickets: it.tickets,
    })
}

/// What agents did, in counts: one's own, that of departments whose members one manages, or with the right for it everybody's,
/// always on tickets that one sees. For staff.
#[utoipa::path(get, path = "/api/v1/activity", operation_id = "activity", params(ActivityQuery), tag = "people",
    responses((status = 200, body = ActivityItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 422, description = "A parameter is none")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<ActivityQuery>,
) -> Result<Response, Fail> {
    let whose = super::whose(&visitor.actor)?;
    let mut db = app.db.read();
    let (limit, version) = desk::activity_days(&mut db).await?;
    let mut faults = Fields::default();
    let by = query.by.as_deref().map(By::of);
    faults.require(by != Some(None), "by", "fault-filter");
    let days = query.days.unwrap_or(limit.min(28));
    faults.require((0..=limit).contains(&days), "days", "fault-activity-far");
    faults.settle()?;
    let words = &visitor.words;
    let periods = match by.flatten() {
        _ if days == 0 => vec![],
        Some(by) => periods::by(words, by, days),
        None => periods::whole(words, days),
    };
    let agent = query.agent.map(PersonId);
    if let Some(agent) = agent.filter(|_| whose != Whose::Everybodys) {
        let whole = periods::whole(words, limit);
        super::seen(&mut db, &visitor.actor, &whole, agent).await?;
    }
    let found = super::counts(&mut db, &visitor.actor, &periods, agent).await?;
    let items = found.into_iter().filter_map(|it| item(it, &periods));
    Ok(json(
        StatusCode::OK,
        &ActivityItems {
            look_back_days: limit,
            version,
            days,
            items: items.collect(),
        },
    ))
}

/// Says how many days back anybody may look. For owners.
#[utoipa::path(put, path = "/api/v1/activity", operation_id = "set_activity", request_body = LookBackBody, tag = "people",
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = ActivityItems), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Days nobody can count")))]
pub async fn say_days(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<LookBackBody>,
) -> Result<Response, Fail> {
    if !visitor.actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound.into());
    }
    let (actor, seen) = (&visitor.actor, visitor.seen_version()?);
    super::say_days(&app.db, actor, seen, body.look_back_days, visitor.now()).await?;
    let query = ActivityQuery {
        days: None,
        by: None,
        agent: None,
    };
    list(State(app), visitor, Query(query)).await
}
