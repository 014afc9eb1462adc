//! How somebody likes to see a list: table or cards, height of rows, columns and their order, sort.
//! Kept per person and list, so that it is the same on every device. Pure but for `read` and `keep`.

use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::stored_words;

use super::{Order, store};
use crate::people::PersonId;

stored_words! {
    /// Rows or cards.
    pub enum Layout {
        /// A table.
        Table = "table",
        /// Cards.
        Grid = "grid",
    }
}

stored_words! {
    /// How tall rows are.
    pub enum Density {
        /// Two lines.
        Comfortable = "comfortable",
        /// One line.
        Compact = "compact",
    }
}

stored_words! {
    /// A column that may be shown or not. The subject, who acted last and the box to tick are always there.
    pub enum Shown {
        /// Its priority.
        Priority = "priority",
        /// Its number.
        Number = "number",
        /// Its state.
        State = "state",
        /// Who asked, and their site.
        Requester = "requester",
        /// Department and category.
        Department = "department",
        /// Who is in charge.
        Assignee = "assignee",
        /// The last change.
        Activity = "activity",
        /// When it was opened.
        Created = "created",
        /// When it was closed.
        Closed = "closed",
        /// Which way it came in.
        Origin = "origin",
        /// The words on it.
        Tags = "tags",
    }
}

impl Shown {
    /// What a list shows unasked.
    pub const USUAL: [Shown; 7] = [
        Shown::Priority,
        Shown::Number,
        Shown::State,
        Shown::Requester,
        Shown::Department,
        Shown::Assignee,
        Shown::Activity,
    ];
}

/// How a list is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Rows or cards.
    pub layout: Layout,
    /// Height of rows.
    pub density: Density,
    /// The columns, in order.
    pub columns: Vec<Shown>,
    /// The order of rows.
    pub order: Order,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            layout: Layout::Table,
            density: Density::Comfortable,
            columns: Shown::USUAL.to_vec(),
            order: Order::USUAL,
        }
    }
}

impl Settings {
    /// Reads what was stored; a word of another version of the program is passed over.
    pub(super) fn of_stored(layout: &str, density: &str, columns: &str, sort: &str) -> Settings {
        Settings {
            layout: Layout::of(layout).unwrap_or(Layout::Table),
            density: Density::of(density).unwrap_or(Density::Comfortable),
            columns: Settings::columns_of(columns.split(' ')),
            order: Order::parse(sort).unwrap_or(Order::USUAL),
        }
    }

    /// The columns of these words, each once.
    pub fn columns_of<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Shown> {
        let mut columns = vec![];
        for shown in words.filter_map(Shown::of) {
            if !columns.contains(&shown) {
                columns.push(shown);
            }
        }
        columns
    }

    /// The columns as they are stored.
    pub fn columns_text(&self) -> String {
        let words: Vec<&str> = self.columns.iter().map(|c| c.word()).collect();
        words.join(" ")
    }

    /// Moves a column one place to the front or, `later`, to the end.
    pub fn shift(&mut self, column: Shown, later: bool) {
        let Some(at) = self.columns.iter().position(|c| *c == column) else {
            return;
        };
        let to = if later { at + 1 } else { at.wrapping_sub(1) };
        if to < self.columns.len() {
            self.columns.swap(at, to);
        }
    }
}

/// How this person sees this list: as they chose, or as everybody does who did not.
pub async fn read(
    ask: &mut dyn Answers,
    person: PersonId,
    list: &str,
) -> Result<Option<Settings>, Error> {
    store::settings(ask, person, list).await
}

/// Keeps it.
pub async fn keep(
    tx: &mut Tx,
    person: PersonId,
    list: &str,
    settings: &Settings,
) -> Result<(), Error> {
    store::put_settings(tx, person, list, settings).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back_and_unknown_words_are_passed_over() {
        let mut settings = Settings {
            layout: Layout::Grid,
            density: Density::Compact,
            columns: vec![Shown::State, Shown::Created],
            order: Order::parse("number").unwrap(),
        };
        let columns = format!("{} colour state", settings.columns_text());
        let read = Settings::of_stored("grid", "compact", &columns, "number");
        assert_eq!(read, settings);
        assert_eq!(
            Settings::of_stored("cube", "", "", "colour"),
            Settings {
                columns: vec![],
                ..Settings::default()
            }
        );
        settings.shift(Shown::Created, false);
        assert_eq!(settings.columns, [Shown::Created, Shown::State]);
        settings.shift(Shown::Created, false);
        settings.shift(Shown::State, true);
        settings.shift(Shown::Origin, true);
        assert_eq!(settings.columns, [Shown::Created, Shown::State]);
    }
}
