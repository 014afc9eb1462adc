//! Tasks and time: beside a ticket, on their own page of the ticket, and a person's list across tickets.

mod sample;

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::tickets::PersonChip;
use askama::Template;
use words::catalogue::Arg;
use words::reader::Words;

/// A day a task is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// As a field of a form holds it: `2026-11-27`.
    pub iso: String,
    /// As the reader writes it.
    pub text: String,
    /// It is past, and the task is not done.
    pub is_late: bool,
    /// It is the reader's day.
    pub is_today: bool,
}

/// How much time, in minutes, as the reader writes it: « 1 h 20 », “1 h 20 min”; empty for none.
#[must_use]
pub fn duration(words: &Words, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => String::new(),
        (0, rest) => words.say_with("tasks-minutes", &[("minutes", Arg::from(rest))]),
        (hours, 0) => words.say_with("tasks-hours", &[("hours", Arg::from(hours))]),
        (hours, rest) => words.say_with(
            "tasks-hours-minutes",
            &[("hours", Arg::from(hours)), ("minutes", Arg::from(rest))],
        ),
    }
}

/// A task of a ticket, and its form when it came back.
#[derive(Clone, Debug)]
pub struct TaskView {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// What is to be done.
    pub title: String,
    /// By whom.
    pub assignee: Option<PersonChip>,
    /// The same, as a field of a form holds it; empty for nobody.
    pub assignee_value: String,
    /// Until when.
    pub due: Option<Due>,
    /// The day as it was typed, when it came back.
    pub due_value: String,
    /// It is ticked.
    pub is_done: bool,
    /// Who ticked it.
    pub done_by: Option<String>,
    /// Time noted on it; empty for none.
    pub time: String,
    /// It stands before all others.
    pub is_first: bool,
    /// It stands after all others.
    pub is_last: bool,
    /// What was wrong when it was changed.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
}

impl TaskView {
    /// Identifier of a control of its form, unique in the page.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("task-{}-{field}", self.id)
    }

    /// Whether its form came back and has to be shown unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        !self.faults.0.is_empty() || self.conflict.is_some()
    }

    /// What the tick says to who cannot see it.
    #[must_use]
    pub fn tick_label(&self, words: &Words) -> String {
        tick_label(words, self.is_done, &self.title)
    }
}

fn tick_label(words: &Words, is_done: bool, title: &str) -> String {
    let key = if is_done {
        "tasks-untick"
    } else {
        "tasks-tick"
    };
    words.say_with(key, &[("title", Arg::from(title))])
}

/// The tasks and the time of a ticket, as its page shows them in the panel at its side.
#[derive(Clone, Debug)]
pub struct WorkPanel {
    /// In their order.
    pub tasks: Vec<TaskView>,
    /// All time noted; empty for none.
    pub time: String,
    /// The reader keeps tasks here.
    pub may_work: bool,
    /// Makes a form sent twice count once; hidden field `once`.
    pub once: String,
}

impl WorkPanel {
    /// How many are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.tasks.iter().filter(|task| task.is_done).count()
    }

    /// « 2 sur 5 ».
    #[must_use]
    pub fn progress(&self, words: &Words) -> String {
        let count = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
        words.say_with(
            "tasks-progress",
            &[
                ("done", count(self.done())),
                ("all", count(self.tasks.len())),
            ],
        )
    }
}

/// Somebody in a menu of assignees.
#[derive(Clone, Debug)]
pub struct AssigneeChoice {
    /// Value of the field.
    pub value: String,
    /// Their name.
    pub name: String,
}

/// Time somebody noted.
#[derive(Clone, Debug)]
pub struct TimeRow {
    /// Its identifier.
    pub id: i64,
    /// Who spent it.
    pub person: PersonChip,
    /// How long.
    pub time: String,
    /// On what.
    pub note: String,
    /// On which day, as a field holds it.
    pub day_iso: String,
    /// On which day.
    pub day: String,
    /// For which task.
    pub task: Option<String>,
    /// The reader may take it back.
    pub may_remove: bool,
}

/// A form of the page, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct NewTaskForm {
    /// What is to be done.
    pub title: String,
    /// By whom.
    pub assignee: String,
    /// Until when.
    pub due: String,
    /// What was wrong.
    pub faults: Faults,
}

/// The form of time, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct NewTimeForm {
    /// How long, in minutes.
    pub minutes: String,
    /// On what.
    pub note: String,
    /// On which day.
    pub day: String,
    /// For which task.
    pub task: String,
    /// What was wrong.
    pub faults: Faults,
}

/// `/tickets/{number}/tasks`.
#[derive(Template)]
#[template(path = "tasks/ticket.html")]
pub struct TicketTasksPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's version; every form of a ticket carries one.
    pub version: i64,
    /// The ticket's subject.
    pub subject: String,
    /// Its tasks and all its time.
    pub work: WorkPanel,
    /// Whom a task can be given to.
    pub assignees: Vec<AssigneeChoice>,
    /// Time noted, the latest day first.
    pub entries: Vec<TimeRow>,
    /// A task to be written down.
    pub new_task: NewTaskForm,
    /// Time to be noted.
    pub new_time: NewTimeForm,
}

impl TicketTasksPage {
    /// The choices of a menu: those offered, and whoever stands there although they are not.
    #[must_use]
    pub fn choices(&self, standing: Option<&PersonChip>, value: &str) -> Vec<AssigneeChoice> {
        let mut all = self.assignees.clone();
        if let Some(person) = standing
            && !all.iter().any(|choice| choice.value == value)
        {
            all.push(AssigneeChoice {
                value: value.to_owned(),
                name: person.name.clone(),
            });
        }
        all
    }
}

/// A task in a person's list.
#[derive(Clone, Debug)]
pub struct MyTask {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// What is to be done.
    pub title: String,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's subject.
    pub subject: String,
    /// Until when.
    pub due: Option<Due>,
    /// It is ticked.
    pub is_done: bool,
}

impl MyTask {
    /// What the tick says to who cannot see it.
    #[must_use]
    pub fn tick_label(&self, words: &Words) -> String {
        tick_label(words, self.is_done, &self.title)
    }
}

/// Tasks under one heading.
#[derive(Clone, Debug)]
pub struct MyGroup {
    /// Key of the heading.
    pub key: &'static str,
    /// In order of their day.
    pub tasks: Vec<MyTask>,
}

/// `/tasks`: one's own tasks across tickets.
#[derive(Template)]
#[template(path = "tasks/mine.html")]
pub struct MyTasksPage {
    /// Surroundings.
    pub frame: Frame,
    /// Those done rather than those to do.
    pub shows_done: bool,
    /// By heading; empty ones are left out.
    pub groups: Vec<MyGroup>,
    /// There are more than a page shows.
    pub is_cut: bool,
}
