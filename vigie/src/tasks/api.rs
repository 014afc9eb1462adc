//! The API twin of tasks and time.

pub mod wire;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kit::error::{Error, Fields};
use serde::Deserialize;
use utoipa::IntoParams;

use super::day::Day;
use super::time::{self, NewTime};
use super::{Task, TaskId, TimeEntryId, Way, Wording};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::tickets::TicketId;
use crate::tickets::api::wire::Named;
use crate::tickets::pages::number;
use crate::tickets::reading::{self, find_to_change};
use crate::tickets::rights::{Read, Work};
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, delete, get, patch, post};
use wire::{
    MyTaskItem, MyTasks, NewTaskBody, NewTimeBody, NotedItem, TaskBody, TaskItem, Tasks, Time,
    TimeItem,
};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tasks", Who::Api, mine),
        get("/api/v1/tickets/{number}/tasks", Who::Api, list),
        post("/api/v1/tickets/{number}/tasks", Who::Api, add),
        patch("/api/v1/tickets/{number}/tasks/{id}", Who::Api, change),
        delete("/api/v1/tickets/{number}/tasks/{id}", Who::Api, remove),
        get("/api/v1/tickets/{number}/time", Who::Api, time_of),
        post("/api/v1/tickets/{number}/time", Who::Api, spend),
        delete("/api/v1/tickets/{number}/time/{id}", Who::Api, take_back),
    ]
}

fn item(task: Task) -> TaskItem {
    TaskItem {
        id: task.id.0,
        title: task.title,
        assignee: task
            .assignee_id
            .zip(task.assignee)
            .map(|(id, name)| Named { id: id.0, name }),
        due: task.due_on.map(|day| day.to_string()),
        done: task.done_at.is_some(),
        done_at: task.done_at.map(|at| at.rfc3339()),
        minutes: task.minutes,
        version: task.version,
    }
}

fn day(text: &str, field: &'static str) -> Result<Day, Error> {
    Day::parse(text).ok_or_else(|| Error::invalid(field, "fault-day"))
}

fn task_number(text: &str) -> Result<TaskId, Error> {
    text.parse().map(TaskId).map_err(|_| Error::NotFound)
}

/// Which of one's tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MineQuery {
    /// Those done rather than those to do.
    #[serde(default)]
    done: bool,
}

/// One's own tasks, on the tickets one sees.
#[utoipa::path(get, path = "/api/v1/tasks", params(MineQuery), tag = "tasks", responses((status = 200, body = MyTasks)))]
pub async fn mine(
    State(app): State<App>,
    visitor: ApiVisitor,
    Query(query): Query<MineQuery>,
) -> Result<Response, Fail> {
    let me = visitor.person.id;
    let tasks = super::list_of(&mut app.db.read(), &visitor.actor, me, query.done).await?;
    let items = tasks
        .into_iter()
        .map(|task| MyTaskItem {
            id: task.id.0,
            ticket: task.ticket_id.0,
            subject: task.subject,
            title: task.title,
            due: task.due_on.map(|day| day.to_string()),
            done: task.done_at.is_some(),
            version: task.version,
        })
        .collect();
    Ok(json(StatusCode::OK, &MyTasks { items, next: None }))
}

/// The tasks of a ticket; none for whoever is not on staff's side of it.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/tasks", params(("number" = i64, Path, description = "The ticket")), tag = "tasks",
    responses((status = 200, body = Tasks), (status = 404, description = "Not there, or not to be seen")))]
pub async fn list(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = reading::find::<Read>(&mut db, actor, number(&n)?).await?;
    let tasks = super::of_ticket(&mut db, actor, ticket.id).await?;
    let items = tasks.into_iter().map(item).collect();
    Ok(json(StatusCode::OK, &Tasks { items, next: None }))
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: TicketId,
    task: TaskId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let tasks = super::of_ticket(&mut app.db.read(), &visitor.actor, id).await?;
    let task = tasks.into_iter().find(|t| t.id == task);
    Ok(json(status, &item(task.ok_or(Error::NotFound)?)))
}

/// Writes a task down.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/tasks", request_body = NewTaskBody, params(("number" = i64, Path, description = "The ticket")), tag = "tasks",
    responses((status = 201, body = TaskItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "Faults at fields")))]
pub async fn add(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewTaskBody>,
) -> Result<Response, Fail> {
    let (id, actor) = (number(&n)?, &visitor.actor);
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, actor, id).await?;
    let wording = Wording {
        title: body.title,
        assignee: body.assignee.map(PersonId),
        due_on: body.due.as_deref().map(|d| day(d, "due")).transpose()?,
    };
    let (once, now) = (visitor.once.as_deref(), visitor.now());
    let task = super::add(&mut tx, &may, actor, &wording, once, now).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, task, StatusCode::CREATED).await
}

/// Rewords a task, gives it to somebody, ticks it, moves it.
#[utoipa::path(patch, path = "/api/v1/tickets/{number}/tasks/{id}", request_body = TaskBody, tag = "tasks",
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The task"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = TaskItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, task)): Path<(String, String)>,
    ApiBody(body): ApiBody<TaskBody>,
) -> Result<Response, Fail> {
    let (id, task, actor, now) = (
        number(&n)?,
        task_number(&task)?,
        &visitor.actor,
        visitor.now(),
    );
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, actor, id).await?;
    let stands = super::one(&mut tx, actor, id, task).await?;
    let mut faults = Fields::default();
    let way = match body.way.as_deref() {
        None => None,
        Some("up") => Some(Way::Up),
        Some("down") => Some(Way::Down),
        Some(_) => {
            faults.add("move", "fault-filter", None);
            None
        }
    };
    faults.settle()?;
    let wording = Wording {
        title: body.title.unwrap_or(stands.title),
        assignee: body
            .assignee
            .map_or(stands.assignee_id, |given| given.map(PersonId)),
        due_on: match body.due {
            None => stands.due_on,
            Some(None) => None,
            Some(Some(text)) => Some(day(&text, "due")?),
        },
    };
    let seen = visitor.seen_version()?.unwrap_or(stands.version);
    super::change(&mut tx, &may, actor, task, seen, &wording, now).await?;
    if let Some(is_done) = body.done {
        super::tick(&mut tx, &may, actor, task, is_done, now).await?;
    }
    if let Some(way) = way {
        super::shift(&mut tx, &may, actor, task, way).await?;
    }
    tx.commit().await?;
    answer(&app, &visitor, id, task, StatusCode::OK).await
}

/// Strikes a task out; the time noted on it stays noted on the ticket.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/tasks/{id}", tag = "tasks",
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The task"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 204, description = "It is gone"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen"), (status = 409, description = "Changed meanwhile; both versions")))]
pub async fn remove(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, task)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, task, actor) = (number(&n)?, task_number(&task)?, &visitor.actor);
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, actor, id).await?;
    let stands = super::one(&mut tx, actor, id, task).await?;
    let seen = visitor.seen_version()?.unwrap_or(stands.version);
    super::remove(&mut tx, &may, actor, task, seen, visitor.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The time noted on a ticket; none for whoever is not on staff's side of it.
#[utoipa::path(get, path = "/api/v1/tickets/{number}/time", params(("number" = i64, Path, description = "The ticket")), tag = "tasks",
    responses((status = 200, body = Time), (status = 404, description = "Not there, or not to be seen")))]
pub async fn time_of(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = reading::find::<Read>(&mut db, actor, number(&n)?).await?;
    let total = time::total(&mut db, actor, ticket.id).await?;
    let items = time::of_ticket(&mut db, actor, ticket.id)
        .await?
        .into_iter()
        .map(|entry| TimeItem {
            id: entry.id.0,
            person: Named {
                id: entry.person_id.0,
                name: entry.person,
            },
            minutes: entry.minutes,
            note: entry.note,
            day: entry.spent_on.to_string(),
            task: entry.task_id.map(|t| t.0),
        })
        .collect();
    let next = None;
    Ok(json(StatusCode::OK, &Time { items, total, next }))
}

/// Notes time one spent oneself.
#[utoipa::path(post, path = "/api/v1/tickets/{number}/time", request_body = NewTimeBody, params(("number" = i64, Path, description = "The ticket")), tag = "tasks",
    responses((status = 201, body = NotedItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen"), (status = 422, description = "Faults at fields")))]
pub async fn spend(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path(n): Path<String>,
    ApiBody(body): ApiBody<NewTimeBody>,
) -> Result<Response, Fail> {
    let (id, actor) = (number(&n)?, &visitor.actor);
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, actor, id).await?;
    let new = NewTime {
        minutes: body.minutes,
        note: body.note,
        spent_on: match body.day {
            None => Day(visitor.words.today()),
            Some(text) => day(&text, "day")?,
        },
        task: body.task.map(TaskId),
        once: visitor.once.clone(),
    };
    let entry = time::spend(&mut tx, &may, actor, &new, visitor.now()).await?;
    tx.commit().await?;
    Ok(json(StatusCode::CREATED, &NotedItem { id: entry.0 }))
}

/// Takes back time one noted.
#[utoipa::path(delete, path = "/api/v1/tickets/{number}/time/{id}", tag = "tasks",
    params(("number" = i64, Path, description = "The ticket"), ("id" = i64, Path, description = "The entry")),
    responses((status = 204, description = "It is gone"), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen")))]
pub async fn take_back(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((n, entry)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let entry = entry
        .parse()
        .map(TimeEntryId)
        .map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
    time::take_back(&mut tx, &may, &visitor.actor, entry, visitor.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
