//! What goes into a query and what comes out of a row, on both engines.

use std::any::Any;
use std::cell::Cell;

use rusqlite::types::FromSql;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::clock::Moment;
use crate::error::Error;

/// An argument of a query. Types on which both engines agree, nothing else.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A 64-bit integer: numbers, identifiers, moments.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// A word of the program's own, such as a state's.
    Word(&'static str),
    /// True or false.
    Bool(bool),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($from:ty => |$v:ident| $value:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $value }
        }
    )*};
}
from! {
    i64 => |v| Value::Int(Some(v)),
    i32 => |v| Value::Int(Some(i64::from(v))),
    Moment => |v| Value::Int(Some(v.0)),
    &str => |v| Value::Text(Some(v.to_owned())),
    String => |v| Value::Text(Some(v)),
    &String => |v| Value::Text(Some(v.clone())),
    bool => |v| Value::Bool(v),
    Vec<u8> => |v| Value::Bytes(Some(v)),
    &[u8] => |v| Value::Bytes(Some(v.to_vec())),
}

/// What may be absent: which NULL stands for it (PostgreSQL types its NULLs).
pub trait Nullable {
    /// The NULL of this type.
    const NULL: Value;
}
macro_rules! nullable {
    ($($t:ty => $null:expr),* $(,)?) => {$(impl Nullable for $t { const NULL: Value = $null; })*};
}
nullable! {
    i64 => Value::Int(None),
    Moment => Value::Int(None),
    String => Value::Text(None),
    &str => Value::Text(None),
    Vec<u8> => Value::Bytes(None),
}
impl<T: Nullable + Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(T::NULL, Into::into)
    }
}

/// One row, from either engine.
pub enum Row<'a> {
    /// A row of SQLite, read where it lies.
    Near(Near<'a>),
    /// A row of PostgreSQL.
    Postgres(PgRow),
}

impl Row<'_> {
    /// Reads a column by name.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, Error> {
        T::read(self, name)
    }
}

/// A row that lies in SQLite still, with the names of its columns.
pub struct Near<'a> {
    row: &'a rusqlite::Row<'a>,
    names: &'a [Box<str>],
    // Records read their columns in the order of the text, so the next one is looked at first.
    next: Cell<usize>,
}

impl<'a> Near<'a> {
    pub(super) fn new(row: &'a rusqlite::Row<'a>, names: &'a [Box<str>]) -> Near<'a> {
        Near {
            row,
            names,
            next: Cell::new(0),
        }
    }

    fn try_get<T: FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        let next = self.next.get();
        let place = match self.names.get(next) {
            Some(here) if **here == *name => next,
            _ => self
                .names
                .iter()
                .position(|n| **n == *name)
                .ok_or_else(|| rusqlite::Error::InvalidColumnName(name.to_owned()))?,
        };
        self.next.set(place + 1);
        self.row.get(place)
    }
}

/// What a column can be read as.
pub trait Column: Sized {
    /// Reads the column; a NULL is an error.
    fn read(row: &Row, name: &str) -> Result<Self, Error>;
    /// Reads the column; a NULL is `None`.
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error>;
}

macro_rules! column {
    ($($t:ty),*) => {$(
        impl Column for $t {
            fn read(row: &Row, name: &str) -> Result<Self, Error> {
                match row {
                    Row::Near(row) => row.try_get(name).map_err(|e| unreadable(name, e)),
                    Row::Postgres(row) => row.try_get(name).map_err(|e| unreadable(name, e)),
                }
            }
            fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error> {
                match row {
                    Row::Near(row) => row.try_get(name).map_err(|e| unreadable(name, e)),
                    Row::Postgres(row) => row.try_get(name).map_err(|e| unreadable(name, e)),
                }
            }
        }
    )*};
}
column!(i64, bool, String, Vec<u8>);

impl Column for Moment {
    fn read(row: &Row, name: &str) -> Result<Self, Error> {
        i64::read(row, name).map(Moment)
    }
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error> {
        i64::read_optional(row, name).map(|v| v.map(Moment))
    }
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row, name: &str) -> Result<Self, Error> {
        T::read_optional(row, name)
    }
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Error> {
        T::read_optional(row, name).map(Some)
    }
}

fn unreadable(name: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Bug(anyhow::Error::new(cause).context(format!("column {name}")))
}

/// What can be made from a row; `record!` writes it.
pub trait FromRow: Sized + Send + 'static {
    /// Reads the whole row.
    fn from_row(row: &Row) -> Result<Self, Error>;
}

/// The records of an answer, a `Vec` of what the [`Shape`] makes.
pub type Rows = Box<dyn Any + Send>;

/// What rows become, for code that answers queries and need not know it.
#[derive(Clone, Copy)]
pub struct Shape {
    empty: fn() -> Rows,
    add: fn(&Row, &mut Rows) -> Result<(), Error>,
}

impl Shape {
    /// Records of `T`.
    #[must_use]
    pub fn of<T: FromRow>() -> Shape {
        Shape {
            empty: || Box::new(Vec::<T>::new()),
            add: |row, rows| {
                let records = rows.downcast_mut::<Vec<T>>().ok_or_else(other_shape)?;
                records.push(T::from_row(row)?);
                Ok(())
            },
        }
    }

    pub(super) fn empty(self) -> Rows {
        (self.empty)()
    }

    pub(super) fn add(self, row: &Row, rows: &mut Rows) -> Result<(), Error> {
        (self.add)(row, rows)
    }

    /// All these rows.
    pub(super) fn fill<'a>(self, rows: impl Iterator<Item = Row<'a>>) -> Result<Rows, Error> {
        let mut out = self.empty();
        for row in rows {
            self.add(&row, &mut out)?;
        }
        Ok(out)
    }
}

/// The records of an answer that was asked for in the shape of `T`.
pub(super) fn records<T: FromRow>(rows: Rows) -> Result<Vec<T>, Error> {
    Ok(*rows.downcast::<Vec<T>>().map_err(|_| other_shape())?)
}

fn other_shape() -> Error {
    Error::bug("records of another shape than was asked for")
}

/// Declares a struct whose fields are the columns of a row, by name.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }
        impl $crate::db::FromRow for $name {
            fn from_row(row: &$crate::db::Row) -> Result<Self, $crate::error::Error> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}

/// Declares an enum stored as words: binds into queries, reads from rows, prints the word.
#[macro_export]
macro_rules! stored_words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),* }
        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The word that is stored and that the API speaks.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
            /// The value of a word.
            pub fn of(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(v: $name) -> Self { $crate::db::Value::Word(v.word()) }
        }
        impl $crate::db::value::Nullable for $name {
            const NULL: $crate::db::Value = $crate::db::Value::Text(None);
        }
        impl $crate::db::Column for $name {
            fn read(row: &$crate::db::Row, name: &str) -> Result<Self, $crate::error::Error> {
                let word = <String as $crate::db::Column>::read(row, name)?;
                $name::of(&word).ok_or_else(|| $crate::error::Error::bug(format!("column {name} holds {word:?}")))
            }
            fn read_optional(row: &$crate::db::Row, name: &str) -> Result<Option<Self>, $crate::error::Error> {
                match <String as $crate::db::Column>::read_optional(row, name)? {
                    None => Ok(None),
                    Some(word) => $name::of(&word).map(Some).ok_or_else(|| {
                        $crate::error::Error::bug(format!("column {name} holds {word:?}"))
                    }),
                }
            }
        }
    };
}
