//! Lines of history about the tasks of a ticket and the time it took.

use crate::tasks::duration;
use words::catalogue::Arg;
use words::reader::Words;

/// What happened to a task, or to time; titles as they stood then.
#[derive(Clone, Debug)]
pub enum WorkLine {
    /// Written down.
    Added(String),
    /// Given to this person: title, name.
    Given(String, String),
    /// Reworded or put off.
    Changed(String),
    /// Ticked.
    Done(String),
    /// The tick was taken back.
    Undone(String),
    /// Struck out.
    Removed(String),
    /// So many minutes were noted.
    Spent(i64),
    /// So many minutes were taken back.
    TakenBack(i64),
}

impl WorkLine {
    /// What follows the actor's name.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        let titled = |key, title: &String| words.say_with(key, &[("title", Arg::from(title))]);
        let timed = |key, minutes: i64| {
            let time = duration(words, minutes);
            words.say_with(key, &[("time", Arg::from(&time))])
        };
        match self {
            WorkLine::Added(title) => titled("tasks-line-added", title),
            WorkLine::Given(title, name) => words.say_with(
                "tasks-line-given",
                &[("title", Arg::from(title)), ("name", Arg::from(name))],
            ),
            WorkLine::Changed(title) => titled("tasks-line-changed", title),
            WorkLine::Done(title) => titled("tasks-line-done", title),
            WorkLine::Undone(title) => titled("tasks-line-undone", title),
            WorkLine::Removed(title) => titled("tasks-line-removed", title),
            WorkLine::Spent(minutes) => timed("tasks-line-spent", *minutes),
            WorkLine::TakenBack(minutes) => timed("tasks-line-taken-back", *minutes),
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self {
            WorkLine::Added(_) | WorkLine::Changed(_) => "list",
            WorkLine::Given(..) => "user-check",
            WorkLine::Done(_) => "check",
            WorkLine::Undone(_) => "rotate-ccw",
            WorkLine::Removed(_) => "trash-2",
            WorkLine::Spent(_) | WorkLine::TakenBack(_) => "clock",
        }
    }
}
