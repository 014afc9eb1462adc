//! From tasks and time as they are kept to what pages show.

use jiff::civil::Date;
use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::{Error, Fields};
use pages::fields::{Conflict, Faults, Standing};
use pages::frame::Frame;
use pages::tasks::{
    AssigneeChoice, Due, MyGroup, MyTask, NewTaskForm, NewTimeForm, TaskView, TicketTasksPage,
    TimeRow, WorkPanel, duration,
};
use words::reader::Words;

use super::day::Day;
use super::time::{self, TimeEntry};
use super::{Listed, Task, TaskId};
use crate::departments::views::faults;
use crate::policy::permission;
use crate::tickets::Ticket;
use crate::tickets::machine::Deed;
use crate::tickets::rights::Read;
use crate::tickets::views::chip;

/// A form that came back, and at which row.
#[derive(Debug, Default)]
pub enum Back {
    /// None.
    #[default]
    Nothing,
    /// The form of a new task.
    NewTask(NewTaskForm),
    /// The form of a task that stands there: what was typed.
    Task(TaskId, NewTaskForm),
    /// The same, changed by somebody else meanwhile.
    Clash(TaskId, NewTaskForm),
    /// The form of time.
    NewTime(NewTimeForm),
}

fn due(words: &Words, day: Day, is_done: bool) -> Due {
    let today: Date = words.today();
    Due {
        iso: day.to_string(),
        text: words.day(day.0),
        is_late: !is_done && day.0 < today,
        is_today: day.0 == today,
    }
}

fn task_view(words: &Words, actor: &Actor, task: &Task) -> TaskView {
    let is_me = task.assignee_id.is_some_and(|a| a.0 == actor.id());
    TaskView {
        id: task.id.0,
        version: task.version,
        title: task.title.clone(),
        assignee: task.assignee.as_deref().map(|name| chip(name, is_me)),
        assignee_value: task.assignee_id.map(|a| a.to_string()).unwrap_or_default(),
        due: task
            .due_on
            .map(|day| due(words, day, task.done_at.is_some())),
        due_value: task.due_on.map(|day| day.to_string()).unwrap_or_default(),
        is_done: task.done_at.is_some(),
        done_by: task.done_by.clone(),
        time: duration(words, task.minutes),
        is_first: false,
        is_last: false,
        faults: Faults::default(),
        conflict: None,
    }
}

/// What the page of a ticket shows of its tasks; `None` for whoever is not on staff's side of it.
pub async fn panel(
    ask: &mut dyn Answers,
    words: &Words,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    once: String,
) -> Result<Option<WorkPanel>, Error> {
    if !ticket.is_on_staff_side(actor) {
        return Ok(None);
    }
    let all = super::of_ticket(ask, actor, ticket.id).await?;
    let mut tasks: Vec<TaskView> = all.iter().map(|t| task_view(words, actor, t)).collect();
    if let Some(first) = tasks.first_mut() {
        first.is_first = true;
    }
    if let Some(last) = tasks.last_mut() {
        last.is_last = true;
    }
    let total = time::total(ask, actor, ticket.id).await?;
    Ok(Some(WorkPanel {
        tasks,
        time: duration(words, total),
        may_work: ticket.allows(actor, Deed::Work),
        once,
    }))
}

fn time_row(words: &Words, actor: &Actor, entry: TimeEntry, may_work: bool) -> TimeRow {
    let is_mine = entry.person_id.0 == actor.id();
    TimeRow {
        id: entry.id.0,
        person: chip(&entry.person, is_mine),
        time: duration(words, entry.minutes),
        note: entry.note,
        day_iso: entry.spent_on.to_string(),
        day: words.day(entry.spent_on.0),
        task: entry.task,
        may_remove: may_work && (is_mine || actor.is_permitted(permission::EVERY_PRIVILEGE)),
    }
}

/// The page of a ticket's tasks, with the form that came back.
pub async fn ticket_page(
    ask: &mut dyn Answers,
    frame: Frame,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    once: String,
    back: Back,
) -> Result<TicketTasksPage, Error> {
    let words = &frame.words;
    let Some(mut work) = panel(ask, words, actor, ticket, once).await? else {
        return Err(Error::NotFound);
    };
    let entries = time::of_ticket(ask, actor, ticket.id).await?;
    let mut assignees: Vec<AssigneeChoice> = super::assignees::candidates(ask, ticket)
        .await?
        .into_iter()
        .map(|c| AssigneeChoice {
            value: c.id.to_string(),
            name: c.name,
        })
        .collect();
    let me = actor.id().to_string();
    if work.may_work && !assignees.iter().any(|c| c.value == me) {
        let name = words.say("common-you").to_owned();
        assignees.insert(0, AssigneeChoice { value: me, name });
    }
    let mut new_task = NewTaskForm::default();
    let mut new_time = NewTimeForm {
        day: words.today().to_string(),
        ..NewTimeForm::default()
    };
    match back {
        Back::Nothing => {}
        Back::NewTask(form) => new_task = form,
        Back::NewTime(form) => new_time = form,
        Back::Task(id, form) => {
            if let Some(task) = work.tasks.iter_mut().find(|t| t.id == id.0) {
                show_typed(task, form);
            }
        }
        Back::Clash(id, form) => {
            if let Some(task) = work.tasks.iter_mut().find(|t| t.id == id.0) {
                let standing = standing(task, words);
                show_typed(task, form);
                task.conflict = Some(Conflict {
                    by: words.say("admin-somebody").to_owned(),
                    standing,
                });
            }
        }
    }
    Ok(TicketTasksPage {
        number: ticket.id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        entries: entries
            .into_iter()
            .map(|e| time_row(words, actor, e, work.may_work))
            .collect(),
        work,
        assignees,
        new_task,
        new_time,
        frame,
    })
}

fn show_typed(task: &mut TaskView, form: NewTaskForm) {
    task.title = form.title;
    task.assignee_value = form.assignee;
    task.due_value = form.due;
    task.faults = form.faults;
}

fn standing(task: &TaskView, words: &Words) -> Vec<Standing> {
    let nobody = || words.say("tasks-nobody").to_owned();
    let mut standing = vec![
        Standing {
            label: "tasks-title",
            value: task.title.clone(),
        },
        Standing {
            label: "tasks-assignee",
            value: task
                .assignee
                .as_ref()
                .map_or_else(nobody, |a| a.name.clone()),
        },
    ];
    if let Some(due) = &task.due {
        standing.push(Standing {
            label: "tasks-due",
            value: due.text.clone(),
        });
    }
    standing
}

/// The faults of a form, in the reader's words.
pub fn said(fields: &Fields, words: &Words) -> Faults {
    faults(fields, words)
}

/// A person's own tasks under their headings; empty ones are left out.
pub fn groups(words: &Words, tasks: Vec<Listed>, shows_done: bool) -> Vec<MyGroup> {
    let heading = |task: &Listed| match task.due_on {
        _ if shows_done => "tasks-done",
        Some(day) if day.0 < words.today() => "tasks-late",
        Some(day) if day.0 == words.today() => "tasks-today",
        Some(_) => "tasks-later",
        None => "tasks-some-day",
    };
    let mut groups: Vec<MyGroup> = vec![];
    for task in tasks {
        let key = heading(&task);
        let view = MyTask {
            id: task.id.0,
            version: task.version,
            title: task.title,
            number: task.ticket_id.0,
            subject: task.subject,
            due: task.due_on.map(|day| due(words, day, shows_done)),
            is_done: task.done_at.is_some(),
        };
        match groups.last_mut() {
            Some(group) if group.key == key => group.tasks.push(view),
            _ => groups.push(MyGroup {
                key,
                tasks: vec![view],
            }),
        }
    }
    groups
}
