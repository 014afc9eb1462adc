//! The pages of tasks: a ticket's, and one's own across tickets.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::frame::{Section, Tone};
use pages::tasks::{MyTasksPage, NewTaskForm, NewTimeForm};
use serde::Deserialize;

use super::day::Day;
use super::time::{self, NewTime};
use super::views::{self, Back};
use super::{TaskId, TimeEntryId, Way, Wording};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::tickets::pages::{note_read, number};
use crate::tickets::reading::{self, find_to_change};
use crate::tickets::rights::{Read, Work};
use crate::tickets::{TicketId, pages as tickets};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/tasks", Who::Staff, mine).for_eyes(),
        get("/tickets/{number}/tasks", Who::Staff, show).for_eyes(),
        post("/tickets/{number}/tasks", Who::Staff, add),
        post("/tickets/{number}/tasks/{id}", Who::Staff, change),
        post("/tickets/{number}/tasks/{id}/completion", Who::Staff, tick),
        post("/tickets/{number}/tasks/{id}/position", Who::Staff, shift),
        post("/tickets/{number}/tasks/{id}/removal", Who::Staff, remove),
        post("/tickets/{number}/time", Who::Staff, spend),
        post("/tickets/{number}/time/{id}/removal", Who::Staff, take_back),
    ]
}

fn task_number(text: &str) -> Result<TaskId, Error> {
    text.parse().map(TaskId).map_err(|_| Error::NotFound)
}

#[derive(Debug, Deserialize)]
struct MineQuery {
    show: Option<String>,
}

async fn mine(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<MineQuery>,
) -> Result<Response, Fail> {
    let shows_done = query.show.as_deref() == Some("done");
    let mut db = app.db.read();
    let me = visitor.person.id;
    let tasks = super::list_of(&mut db, &visitor.actor, me, shows_done).await?;
    let is_cut = i64::try_from(tasks.len()).is_ok_and(|n| n >= super::MOST_LISTED);
    Ok(page(&MyTasksPage {
        frame: tickets::frame(&app, &visitor, Section::Tasks, None).await?,
        shows_done,
        groups: views::groups(&visitor.words, tasks, shows_done),
        is_cut,
    }))
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    note_read(&app, &visitor, id);
    tasks_page(&app, &visitor, id, StatusCode::OK, Back::Nothing).await
}

async fn tasks_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    status: StatusCode,
    back: Back,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let ticket = reading::find::<Read>(&mut db, actor, id).await?;
    let mut frame = tickets::frame(app, visitor, Section::Tickets, None).await?;
    frame.here = format!("/tickets/{id}/tasks");
    let once = app.dice.token();
    let frame = frame.on("ticket", id.0, ticket.version);
    let view = views::ticket_page(&mut db, frame, actor, &ticket, once, back).await?;
    Ok(page_with(status, &view))
}

/// Where a form comes back to: the ticket, its tasks, or one's own list.
fn origin(form: &Form, id: TicketId) -> String {
    match form.text("back") {
        "ticket" => format!("/tickets/{id}#tasks"),
        "mine" => "/tasks".to_owned(),
        _ => format!("/tickets/{id}/tasks"),
    }
}

/// What the form of a task says; faults of what cannot be read are all named.
fn wording(form: &Form) -> Result<Wording, Error> {
    let mut faults = Fields::default();
    let due_on = form.optional("due").map(Day::parse);
    faults.require(due_on != Some(None), "due", "fault-day");
    let assignee = form
        .optional("assignee")
        .map(|text| text.parse().ok().map(PersonId));
    if assignee == Some(None) {
        let typed = form.text("assignee").to_owned();
        faults.add("assignee", "fault-person-unknown", Some(typed));
    }
    if form.text("title").is_empty() {
        faults.add("title", "fault-missing", None);
    }
    faults.settle()?;
    Ok(Wording {
        title: form.text("title").to_owned(),
        assignee: assignee.flatten(),
        due_on: due_on.flatten(),
    })
}

fn typed(form: &Form, faults: &Fields, visitor: &Visitor) -> NewTaskForm {
    NewTaskForm {
        title: form.text("title").to_owned(),
        assignee: form.text("assignee").to_owned(),
        due: form.text("due").to_owned(),
        faults: views::said(faults, &visitor.words),
    }
}

async fn add(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let added = async {
        let mut tx = app.db.write().await?;
        let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
        let wording = wording(&form)?;
        let (once, now) = (form.once(), visitor.now());
        super::add(
            &mut tx,
            &may,
            &visitor.actor,
            &wording,
            once.as_deref(),
            now,
        )
        .await?;
        tx.commit().await
    }
    .await;
    match added {
        Ok(()) => Ok(see_other(
            &origin(&form, id),
            Some((Tone::Ok, "tasks-said-added")),
        )),
        Err(Error::Invalid(faults)) => {
            let back = Back::NewTask(typed(&form, &faults, &visitor));
            tasks_page(&app, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, back).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn change(
    State(app): State<App>,
    Path((n, task)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, task) = (visitor.0, number(&n)?, task_number(&task)?);
    let changed = async {
        let mut tx = app.db.write().await?;
        let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
        super::one(&mut tx, &visitor.actor, id, task).await?;
        let seen = form.number("version", "fault-version")?;
        let (wording, now) = (wording(&form)?, visitor.now());
        super::change(&mut tx, &may, &visitor.actor, task, seen, &wording, now).await?;
        tx.commit().await
    }
    .await;
    let (status, back) = match changed {
        Ok(()) => {
            let path = format!("/tickets/{id}/tasks#task-{task}");
            return Ok(see_other(&path, Some((Tone::Ok, "tasks-said-changed"))));
        }
        Err(Error::Invalid(faults)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Back::Task(task, typed(&form, &faults, &visitor)),
        ),
        Err(Error::Conflict(_)) => (
            StatusCode::CONFLICT,
            Back::Clash(task, typed(&form, &Fields::default(), &visitor)),
        ),
        Err(other) => return Err(other.into()),
    };
    tasks_page(&app, &visitor, id, status, back).await
}

async fn tick(
    State(app): State<App>,
    Path((n, task)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, task) = (visitor.0, number(&n)?, task_number(&task)?);
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
    let is_done = form.is_ticked("done");
    let now = visitor.now();
    super::tick(&mut tx, &may, &visitor.actor, task, is_done, now).await?;
    tx.commit().await?;
    Ok(see_other(&origin(&form, id), None))
}

async fn shift(
    State(app): State<App>,
    Path((n, task)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, task) = (visitor.0, number(&n)?, task_number(&task)?);
    let way = match form.text("way") {
        "up" => Way::Up,
        _ => Way::Down,
    };
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
    super::shift(&mut tx, &may, &visitor.actor, task, way).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/tickets/{id}/tasks#task-{task}"), None))
}

async fn remove(
    State(app): State<App>,
    Path((n, task)): Path<(String, String)>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id, task) = (visitor.0, number(&n)?, task_number(&task)?);
    let removed = async {
        let mut tx = app.db.write().await?;
        let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
        match super::one(&mut tx, &visitor.actor, id, task).await {
            // Struck out already: a double click is a quiet success.
            Err(Error::NotFound) => return Ok(()),
            other => other?,
        };
        let seen = form.number("version", "fault-version")?;
        super::remove(&mut tx, &may, &visitor.actor, task, seen, visitor.now()).await?;
        tx.commit().await
    }
    .await;
    match removed {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}/tasks"),
            Some((Tone::Ok, "tasks-said-removed")),
        )),
        Err(Error::Conflict(_)) => {
            let back = Back::Clash(task, typed(&form, &Fields::default(), &visitor));
            tasks_page(&app, &visitor, id, StatusCode::CONFLICT, back).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What the form of time says.
fn new_time(form: &Form) -> Result<NewTime, Error> {
    let mut faults = Fields::default();
    let minutes = form.text("minutes").parse();
    if minutes.is_err() {
        let most = time::MOST_MINUTES.to_string();
        faults.add("minutes", "fault-minutes", Some(most));
    }
    let day = Day::parse(form.text("day"));
    faults.require(day.is_some(), "day", "fault-day");
    let task = form
        .optional("task")
        .map(|text| text.parse().ok().map(TaskId));
    faults.require(task != Some(None), "task", "fault-task-elsewhere");
    let (Ok(minutes), Some(spent_on)) = (minutes, day) else {
        return Err(Error::Invalid(faults));
    };
    faults.settle()?;
    Ok(NewTime {
        minutes,
        note: form.text("note").to_owned(),
        spent_on,
        task: task.flatten(),
        once: form.once(),
    })
}

async fn spend(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let spent = async {
        let mut tx = app.db.write().await?;
        let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
        let new = new_time(&form)?;
        time::spend(&mut tx, &may, &visitor.actor, &new, visitor.now()).await?;
        tx.commit().await
    }
    .await;
    match spent {
        Ok(()) => Ok(see_other(
            &format!("/tickets/{id}/tasks#time"),
            Some((Tone::Ok, "tasks-said-spent")),
        )),
        Err(Error::Invalid(faults)) => {
            let back = Back::NewTime(NewTimeForm {
                minutes: form.text("minutes").to_owned(),
                note: form.text("note").to_owned(),
                day: form.text("day").to_owned(),
                task: form.text("task").to_owned(),
                faults: views::said(&faults, &visitor.words),
            });
            tasks_page(&app, &visitor, id, StatusCode::UNPROCESSABLE_ENTITY, back).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn take_back(
    State(app): State<App>,
    Path((n, entry)): Path<(String, String)>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&n)?);
    let entry = entry
        .parse()
        .map(TimeEntryId)
        .map_err(|_| Error::NotFound)?;
    let mut tx = app.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, &visitor.actor, id).await?;
    match time::take_back(&mut tx, &may, &visitor.actor, entry, visitor.now()).await {
        // Taken back already: a double click is a quiet success.
        Ok(()) | Err(Error::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    tx.commit().await?;
    Ok(see_other(
        &format!("/tickets/{id}/tasks#time"),
        Some((Tone::Ok, "tasks-said-taken-back")),
    ))
}
