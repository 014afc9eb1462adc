//! What programs read and write about tasks and time. A change here is a change of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tickets::api::wire::Named;

/// A task of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskItem {
    /// Its identifier.
    pub id: i64,
    /// What is to be done.
    pub title: String,
    /// By whom.
    pub assignee: Option<Named>,
    /// Until which day, `2026-11-27`.
    pub due: Option<String>,
    /// It is ticked.
    pub done: bool,
    /// When it was ticked, RFC 3339.
    pub done_at: Option<String>,
    /// Minutes noted on it.
    pub minutes: i64,
    /// Grows with every change of what it says; send it back in `If-Match`.
    pub version: i64,
}

/// The tasks of a ticket, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tasks {
    /// The tasks.
    pub items: Vec<TaskItem>,
    /// Always null: a ticket's tasks come at once.
    pub next: Option<String>,
}

/// A task in a person's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyTaskItem {
    /// Its identifier.
    pub id: i64,
    /// The ticket's number.
    pub ticket: i64,
    /// The ticket's subject.
    pub subject: String,
    /// What is to be done.
    pub title: String,
    /// Until which day, `2026-11-27`.
    pub due: Option<String>,
    /// It is ticked.
    pub done: bool,
    /// Grows with every change of what it says.
    pub version: i64,
}

/// One's own tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyTasks {
    /// At most 200, by due day; those done, the latest first.
    pub items: Vec<MyTaskItem>,
    /// Always null.
    pub next: Option<String>,
}

/// A task to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaskBody {
    /// What is to be done.
    #[serde(default)]
    pub title: String,
    /// By whom: a person's identifier.
    pub assignee: Option<i64>,
    /// Until which day, `2026-11-27`.
    pub due: Option<String>,
}

/// A change of a task. What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskBody {
    /// What is to be done.
    pub title: Option<String>,
    /// By whom: a person's identifier; null for nobody.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<i64>)]
    pub assignee: Option<Option<i64>>,
    /// Until which day; null for none.
    #[serde(default, deserialize_with = "kit::web::left_out::given")]
    #[schema(value_type = Option<String>)]
    pub due: Option<Option<String>>,
    /// Ticked or not.
    pub done: Option<bool>,
    /// Moves it past its neighbour: `up` or `down`.
    #[serde(rename = "move")]
    pub way: Option<String>,
}

/// Time somebody noted.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeItem {
    /// Its identifier.
    pub id: i64,
    /// Who spent it.
    pub person: Named,
    /// How long.
    pub minutes: i64,
    /// On what; may be empty.
    pub note: String,
    /// On which day, `2026-11-27`.
    pub day: String,
    /// For which task.
    pub task: Option<i64>,
}

/// The time noted on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Time {
    /// The entries, the latest day first.
    pub items: Vec<TimeItem>,
    /// All minutes.
    pub total: i64,
    /// Always null: a ticket's entries come at once.
    pub next: Option<String>,
}

/// Time to be noted, by whoever spent it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimeBody {
    /// How long, 1 to 6000.
    #[serde(default)]
    pub minutes: i64,
    /// On what.
    #[serde(default)]
    pub note: String,
    /// On which day, `2026-11-27`; today unless given.
    pub day: Option<String>,
    /// For which task of the ticket.
    pub task: Option<i64>,
}

/// What was noted.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotedItem {
    /// Its identifier.
    pub id: i64,
}
