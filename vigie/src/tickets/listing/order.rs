//! In which order a list goes, and the place of a row in it. Pure.

use kit::stored_words;

use super::Listed;

stored_words! {
    /// What a list can be ordered by. The first three have an index of their own and are walked; the
    /// others are sorted among what one sees (decision 0012).
    pub enum Column {
        /// The last change by a person.
        Activity = "activity",
        /// The number, which is also the order of opening.
        Number = "number",
        /// The priority.
        Priority = "priority",
        /// What it is about.
        Subject = "subject",
        /// The state, in the order of a ticket's life.
        State = "state",
        /// The name of whoever asked.
        Requester = "requester",
        /// The name of whoever is in charge; what nobody has comes last.
        Assignee = "assignee",
        /// The name of the department.
        Department = "department",
        /// The name of the category.
        Category = "category",
        /// When it was closed; what never was comes last.
        Closed = "closed",
        /// The way in.
        Origin = "origin",
    }
}

impl Column {
    /// Whether the rows are found by walking an index of this order, instead of sorting them.
    pub fn is_walked(self) -> bool {
        matches!(self, Column::Activity | Column::Number | Column::Priority)
    }

    /// The order that whoever presses the heading of the column gets first: names from A on, what is
    /// dated or weighed from the latest or heaviest on.
    pub fn usual_order(self) -> Order {
        let is_descending = self.is_walked() || self == Column::Closed;
        Order {
            column: self,
            is_descending,
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub column: Column,
    /// Largest or latest first.
    pub is_descending: bool,
}

impl Order {
    /// The latest activity first: what a list shows unasked.
    pub const USUAL: Order = Order {
        column: Column::Activity,
        is_descending: true,
    };

    /// Reads `-activity`, `number` … from the closed list of columns; nothing else is one.
    pub fn parse(text: &str) -> Option<Order> {
        let (is_descending, word) = match text.strip_prefix('-') {
            Some(word) => (true, word),
            None => (false, text),
        };
        // Other words for the same orders.
        let word = match word {
            "created" | "opened" => "number",
            "updated" => "activity",
            "holder" => "assignee",
            other => other,
        };
        Some(Order {
            column: Column::of(word)?,
            is_descending,
        })
    }

    /// As it stands in an address and in a saved view.
    pub fn text(self) -> String {
        let sign = if self.is_descending { "-" } else { "" };
        format!("{sign}{}", self.column.word())
    }

    /// The same the other way round.
    pub fn turned(self) -> Order {
        Order {
            is_descending: !self.is_descending,
            ..self
        }
    }
}

/// Keys hold the first sixty characters of a name, each as one letter or a few.
const LONGEST_KEY: usize = 400;

/// Where a page begins: after the row with this key, or before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The row's value in the ordered column, when that is a number; else what comes before all names:
    /// whether there is one.
    pub rank: i64,
    /// The row's value in the ordered column, when that is a name, as it is ordered; empty else.
    pub key: String,
    /// The row's number.
    pub id: i64,
    /// Towards the beginning of the list instead of its end.
    pub is_backwards: bool,
}

impl Cursor {
    /// As it stands in an address.
    pub fn text(&self) -> String {
        let way = if self.is_backwards { "b" } else { "f" };
        let mut text = format!("{way}{}.{}", self.rank, self.id);
        if !self.key.is_empty() {
            text.push('.');
            text.push_str(&self.key);
        }
        text
    }

    /// The same, as it stands in an address: a key may hold whatever people write.
    pub fn parameter(&self) -> String {
        url::form_urlencoded::byte_serialize(self.text().as_bytes()).collect()
    }

    /// Reads what [`Cursor::text`] wrote; anything else is no cursor.
    pub fn parse(text: &str) -> Option<Cursor> {
        let (way, rest) = text.split_at_checked(1)?;
        let (rank, rest) = rest.split_once('.')?;
        let (id, key) = rest.split_once('.').unwrap_or((rest, ""));
        if key.len() > LONGEST_KEY || key.contains('\0') {
            return None;
        }
        Some(Cursor {
            rank: rank.parse().ok()?,
            key: key.to_owned(),
            id: id.parse().ok()?,
            is_backwards: match way {
                "b" => true,
                "f" => false,
                _ => return None,
            },
        })
    }

    /// The place of this row in the list it was read from.
    pub fn of(row: &Listed) -> Cursor {
        Cursor {
            rank: row.order_rank,
            key: row.order_key.clone(),
            id: row.id.0,
            is_backwards: false,
        }
    }

    /// The same place, looked at towards the beginning.
    pub fn backwards(self) -> Cursor {
        Cursor {
            is_backwards: true,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_one_of_a_closed_list() {
        for text in [
            "-activity",
            "activity",
            "-number",
            "priority",
            "requester",
            "-closed",
        ] {
            assert_eq!(Order::parse(text).unwrap().text(), text);
        }
        assert_eq!(Order::parse("-created").unwrap().text(), "-number");
        assert_eq!(Order::parse("holder").unwrap().text(), "assignee");
        for text in [
            "",
            "-",
            "--number",
            "password_hash",
            "t.id",
            "NUMBER",
            "tags",
        ] {
            assert_eq!(Order::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_none() {
        for key in ["", "elodie & co. 50 %", "日本"] {
            let place = Cursor {
                rank: 1_795_439_280_000_000,
                key: key.to_owned(),
                id: 4812,
                is_backwards: false,
            };
            let back = place.clone().backwards();
            assert_eq!(Cursor::parse(&back.text()), Some(back));
            assert!(place.parameter().is_ascii() && !place.parameter().contains('&'));
            assert_eq!(Cursor::parse(&place.text()), Some(place));
        }
        let long = format!("f1.2.{}", "x".repeat(LONGEST_KEY + 1));
        for text in ["", "f", "f1", "x1.2", "f1.2.\0", "é1.2", "f1.x", &long] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
