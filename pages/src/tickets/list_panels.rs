//! The panels of the list: add a condition, dress the list, take it away. Pages of their own without
//! script, dialogs with it.

use super::list::Column;
use crate::frame::Frame;
use askama::Template;

/// How many days ago, as the panel offers them beside the calendar.
pub const DAYS: &[i64] = &[0, 1, 7, 30, 90];

/// One value of a condition, to be ticked or chosen.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Value of the field.
    pub value: String,
    /// What it means.
    pub name: String,
    /// Chosen already.
    pub is_chosen: bool,
}

/// How the value of a property is given.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Any of these.
    Boxes(Vec<Offer>),
    /// One or several of these, in groups (name, choices); many.
    Groups(Vec<(String, Vec<Offer>)>),
    /// A person's address or login, as typed.
    Person(String),
    /// A day.
    Date(String),
}

/// One property of the panel.
#[derive(Clone, Debug)]
pub struct Adder {
    /// Value of the field `add`.
    pub property: &'static str,
    /// Key of its name.
    pub key: &'static str,
    /// Operators: value of the field `op`, key, chosen.
    pub operators: Vec<(&'static str, &'static str, bool)>,
    /// Its values.
    pub entry: Entry,
    /// What was wrong, in the reader's language.
    pub error: Option<String>,
}

/// `/lists/filter`: adds a condition to a list.
#[derive(Template)]
#[template(path = "tickets/list_filter.html")]
pub struct FilterPanel {
    /// Surroundings.
    pub frame: Frame,
    /// Where one came from.
    pub back: String,
    /// The list's query; hidden field `list`.
    pub list: String,
    /// Every property.
    pub adders: Vec<Adder>,
}

/// `/lists/display`: columns, order, height, rows or cards.
#[derive(Template)]
#[template(path = "tickets/list_display.html")]
pub struct DisplayPanel {
    /// Surroundings.
    pub frame: Frame,
    /// Where one came from.
    pub back: String,
    /// The name under which it is kept.
    pub list: String,
    /// Cards instead of rows.
    pub is_grid: bool,
    /// One line a row.
    pub is_compact: bool,
    /// Columns: shown ones first, in order.
    pub columns: Vec<(Column, bool)>,
    /// Orders: value, key, chosen.
    pub sorts: Vec<(String, &'static str, bool)>,
}

/// `/lists/export`: takes a list away as a file.
#[derive(Template)]
#[template(path = "tickets/list_export.html")]
pub struct ExportPanel {
    /// Surroundings.
    pub frame: Frame,
    /// Where one came from.
    pub back: String,
    /// The list's query; hidden field `list`.
    pub list: String,
}
