//! The API twin of one's own daily report.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hours::{self, Hours};
use super::{Content, Daily, Own, Wishes};
use crate::departments::DepartmentId;
use crate::house::App;
use crate::mail::daily::{Asked, send_now};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/me/daily-report", Who::Api, show),
        patch("/api/v1/me/daily-report", Who::Api, change),
        post("/api/v1/me/daily-report/now", Who::Api, now),
    ]
}

/// What is told of a department.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportedItem {
    /// The department.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// `free` (all that are free or in progress), `category` (of the categories one serves, and held), `managed` (held)
    /// or `none`.
    pub content: &'static str,
}

/// When one is sent the daily report, and of what.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDailyReport {
    /// It is sent.
    pub on: bool,
    /// At this hour of one's own day, from 0 to 23.
    pub first_hour: i64,
    /// And at this one.
    pub second_hour: Option<i64>,
    /// On Saturdays and Sundays too.
    pub weekends: bool,
    /// All departments in one mail.
    pub grouped: bool,
    /// Even when there is nothing to tell.
    pub even_empty: bool,
    /// The zone in which the hours count; `PATCH /me` changes it.
    pub time_zone: String,
    /// What is told of each department, by name.
    pub departments: Vec<ReportedItem>,
    /// For `If-Match`; 1 as long as one never chose.
    pub version: i64,
}

fn answer(stands: Daily, time_zone: String) -> Response {
    let item = |own: Own| ReportedItem {
        department: own.department_id.0,
        name: own.department,
        content: own.content.word(),
    };
    let body = MyDailyReport {
        on: stands.wishes.is_on,
        first_hour: stands.wishes.hours.first_hour,
        second_hour: stands.wishes.hours.second_hour,
        weekends: stands.wishes.hours.at_weekends,
        grouped: stands.wishes.is_grouped,
        even_empty: stands.wishes.even_empty,
        time_zone,
        departments: stands.departments.into_iter().map(item).collect(),
        version: stands.version,
    };
    json(StatusCode::OK, &body)
}

/// Whoever is no staff is told nothing.
fn must_be_staff(visitor: &ApiVisitor) -> Result<(), Error> {
    match visitor.person.role {
        Some(_) => Ok(()),
        None => Err(Error::NotFound),
    }
}

fn zone(app: &App, visitor: &ApiVisitor) -> String {
    let own = visitor.person.time_zone.clone();
    own.unwrap_or_else(|| app.config.time_zone.clone())
}

/// When one is sent the daily report, and of what
#[utoipa::path(get, path = "/api/v1/me/daily-report", tag = "people",
    responses((status = 200, body = MyDailyReport), (status = 404, description = "One is not staff")))]
pub async fn show(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    must_be_staff(&visitor)?;
    let stands = super::of(&mut app.db.read(), visitor.person.id).await?;
    Ok(answer(stands, zone(&app, &visitor)))
}

/// What to be told of a department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportedBody {
    /// The department.
    department: i64,
    /// `free`, `category`, `managed` or `none`.
    content: String,
}

/// What one changes; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyDailyReportBody {
    /// Whether it is sent.
    on: Option<bool>,
    /// An hour of one's own day, from 0 to 23.
    first_hour: Option<i64>,
    /// Another one; `null` is none.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    second_hour: Option<Option<i64>>,
    /// Whether on Saturdays and Sundays too.
    weekends: Option<bool>,
    /// Whether all departments come in one mail.
    grouped: Option<bool>,
    /// Whether it is sent even when there is nothing to tell.
    even_empty: Option<bool>,
    /// Departments one belongs to; those that are not named stay.
    #[serde(default)]
    departments: Vec<ReportedBody>,
}

/// Changes when one is sent the daily report, and of what
#[utoipa::path(patch, path = "/api/v1/me/daily-report", request_body = MyDailyReportBody, tag = "people",
    params(("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = MyDailyReport), (status = 404, description = "One is not staff"),
        (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "An hour or a word that is none, or a department one does not belong to")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<MyDailyReportBody>,
) -> Result<Response, Fail> {
    must_be_staff(&visitor)?;
    let person = visitor.person.id;
    let seen = visitor.seen_version()?;
    let mut wanted = vec![];
    for one in &body.departments {
        let content = Content::of(&one.content);
        let content = content.ok_or(Error::invalid("content", "fault-report-content"))?;
        wanted.push((DepartmentId(one.department), content));
    }
    let mut tx = app.db.write().await?;
    let was = super::of(&mut tx, person).await?.wishes;
    let wishes = Wishes {
        is_on: body.on.unwrap_or(was.is_on),
        hours: Hours {
            first_hour: body.first_hour.unwrap_or(was.hours.first_hour),
            second_hour: body.second_hour.unwrap_or(was.hours.second_hour),
            at_weekends: body.weekends.unwrap_or(was.hours.at_weekends),
        },
        is_grouped: body.grouped.unwrap_or(was.is_grouped),
        even_empty: body.even_empty.unwrap_or(was.even_empty),
    };
    let zone = zone(&app, &visitor);
    let here = hours::zone(Some(&zone), &app.config.time_zone);
    super::choose(
        &mut tx,
        person,
        seen,
        (&wishes, &wanted),
        (visitor.now(), &here),
    )
    .await?;
    let stands = super::of(&mut tx, person).await?;
    tx.commit().await?;
    Ok(answer(stands, zone))
}

/// What came of asking for a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentNow {
    /// How many mails are on their way.
    pub mails: usize,
    /// Why none is: `nothing` to tell, monitoring is `suspended`, or one left within the last minute (`lately`).
    pub reason: Option<&'static str>,
}

/// Sends one's daily report now, by what is saved, switched on or not
#[utoipa::path(post, path = "/api/v1/me/daily-report/now", tag = "people",
    responses((status = 200, body = SentNow), (status = 404, description = "One is not staff")))]
pub async fn now(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    must_be_staff(&visitor)?;
    let (mails, reason) = match send_now(&app.post, visitor.person.id, visitor.now()).await? {
        Asked::Sent(mails) => (mails, None),
        Asked::Nothing => (0, Some("nothing")),
        Asked::Suspended => (0, Some("suspended")),
        Asked::Lately => (0, Some("lately")),
    };
    Ok(json(StatusCode::OK, &SentNow { mails, reason }))
}
