//! SQL text whose scope is checked while compiling: the first of the two locks.
//!
//! A [`Query`] can only come from one of four macros:
//! - `scoped!(actor, "… {visible:tickets t} …", args)`: every scoped table named must carry its
//!   marker (`{visible:table alias}`, or `{mine:table alias}` for the actor's own rows only). The
//!   policy's predicate replaces it at run time; `{actor}` is the actor's id.
//! - `global!("…", args)`: refuses a text that names a scoped table.
//! - `acting!(may, "UPDATE …", args)`: a change, which takes a proof of right instead of a scope.
//! - `system!(because = "…", "…", args)`: the escape; `tests/it/expect/system_queries.txt` lists
//!   them and may only shrink.
//!
//! What the markers cannot see (one in the wrong arm of a UNION, on the wrong alias) is what the
//! test `one_rule_everywhere` is for.

use std::borrow::Cow;

use super::eyes;
use super::tables::Named;
use super::value::Value;
use crate::authz::{Actor, May};

/// A statement and its arguments, known to say whose rows it touches.
#[derive(Clone, Debug)]
pub struct Query {
    pub(crate) text: String,
    pub(crate) args: Vec<Value>,
    pub(crate) scoped: bool,
}

/// One condition that may be added to a query: a literal with `?` for each argument.
#[derive(Clone, Debug)]
pub struct Condition {
    text: Cow<'static, str>,
    args: Vec<Value>,
}

/// The end of a query: its order and how many rows, nothing that could widen it.
#[derive(Clone, Debug)]
pub struct Tail(Condition);

impl Query {
    /// For the macros of this file only; a house test forbids its name elsewhere.
    #[doc(hidden)]
    pub fn __checked(text: &'static str, args: Vec<Value>) -> Query {
        Query {
            text: text.to_owned(),
            args,
            scoped: false,
        }
    }

    /// For the macros of this file only; a house test forbids its name elsewhere.
    #[doc(hidden)]
    pub fn __acting<A, T>(_proof: &May<A, T>, text: &'static str, args: Vec<Value>) -> Query {
        Query::__checked(text, args)
    }

    /// For the macros of this file only; a house test forbids its name elsewhere.
    #[doc(hidden)]
    pub fn __scoped(text: &'static str, mut args: Vec<Value>, actor: &Actor) -> Query {
        let seen = eyes::through(text, args.len() + 1, actor);
        // Neither engine takes an argument that no placeholder names.
        if seen.names_the_actor {
            args.push(Value::Int(Some(actor.id())));
        }
        Query {
            text: seen.text.clone(),
            args,
            scoped: true,
        }
    }

    /// Narrows the query by one more condition, at `{more}` if the text has it, else at its end.
    pub fn and(mut self, condition: Condition) -> Query {
        let added = format!(" AND ({})", self.take(condition, Numbers::Bound));
        match self.text.find("{more}") {
            Some(at) => self.text.insert_str(at, &added),
            None => self.text.push_str(&added),
        }
        self
    }

    /// Ends the query: ORDER BY, LIMIT; also put at `{tail}` when the text has it. Its numbers stand
    /// in the text: a planner that does not see how few rows are wanted plans for a tenth of them all.
    pub fn tail(mut self, tail: Tail) -> Query {
        let added = format!(" {}", self.take(tail.0, Numbers::InTheText));
        match self.text.find("{tail}") {
            Some(at) => self.text.replace_range(at..at + "{tail}".len(), &added),
            None => self.text.push_str(&added),
        }
        self
    }

    /// Writes one parenthesis of arguments per row at `{rows}`: `INSERT … VALUES {rows}`, for loading
    /// many rows at once. SQLite takes 32,766 arguments in one statement.
    pub fn rows(mut self, rows: Vec<Vec<Value>>) -> Query {
        use std::fmt::Write;
        let mut list = String::with_capacity(rows.len() * 64);
        for (index, row) in rows.into_iter().enumerate() {
            list.push_str(if index == 0 { "(" } else { "), (" });
            for (place, value) in row.into_iter().enumerate() {
                self.args.push(value);
                let comma = if place == 0 { "" } else { ", " };
                // Writing to a String cannot fail.
                let _ = write!(list, "{comma}${}", self.args.len());
            }
        }
        list.push(')');
        self.text = self.text.replace("{rows}", &list);
        self
    }

    /// Writes these numbers as rows of one at `{rows}`, filled up with zeros, which number nothing, to a power of
    /// two: so that a statement has few lengths and is not planned anew for each.
    pub fn ids(self, ids: impl IntoIterator<Item = i64>) -> Query {
        let mut rows: Vec<Vec<Value>> = ids.into_iter().map(|id| vec![Value::from(id)]).collect();
        rows.resize(rows.len().next_power_of_two(), vec![Value::from(0_i64)]);
        self.rows(rows)
    }

    /// Counts in one walk how many rows meet each of these sets of conditions: at `{tally}`, as one text of
    /// numbers with a space between.
    pub fn tally(mut self, each: Vec<Vec<Condition>>) -> Query {
        let mut counts = vec![];
        for set in each {
            let mut met = "TRUE".to_owned();
            for condition in set {
                met.push_str(&format!(" AND ({})", self.take(condition, Numbers::Bound)));
            }
            counts.push(format!("CAST(COUNT(CASE WHEN {met} THEN 1 END) AS TEXT)"));
        }
        self.text = self.text.replace("{tally}", &counts.join(" || ' ' || "));
        self
    }

    /// Keeps others from changing the row of `alias` until the transaction ends, and not from naming it in rows of
    /// their own: who holds one row and names the other's would wait for each other. SQLite has one
    /// writer, so there it is so already.
    pub fn locking(mut self, engine: super::Engine, alias: &'static str) -> Query {
        if engine == super::Engine::Postgres {
            self.text.push_str(" FOR NO KEY UPDATE OF ");
            self.text.push_str(alias);
        }
        self
    }

    /// The text as the engine gets it.
    pub(crate) fn finish(&mut self) {
        if self.text.contains("{more}") {
            self.text = self.text.replace("{more}", "");
        }
    }

    /// The statement's text, for tests that look at plans.
    pub fn text(&self) -> String {
        self.text.replace("{more}", "")
    }

    fn take(&mut self, condition: Condition, numbers: Numbers) -> String {
        let mut out = String::with_capacity(condition.text.len() + 8);
        let mut args = condition.args.into_iter();
        for c in condition.text.chars() {
            if c != '?' {
                out.push(c);
                continue;
            }
            match args.next() {
                Some(Value::Int(Some(number))) if numbers == Numbers::InTheText => {
                    out.push_str(&number.to_string());
                }
                arg => {
                    self.args.extend(arg);
                    out.push('$');
                    out.push_str(&self.args.len().to_string());
                }
            }
        }
        out
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Bound,
    InTheText,
}

impl Tail {
    /// For the macro `tail!` only.
    #[doc(hidden)]
    pub fn __checked(text: &'static str, args: Vec<Value>) -> Tail {
        Tail(Condition::__checked(text, args))
    }
}

impl Condition {
    /// For the macro `cond!` only.
    #[doc(hidden)]
    pub fn __checked(text: &'static str, args: Vec<Value>) -> Condition {
        Condition {
            text: Cow::Borrowed(text),
            args,
        }
    }

    /// For the macro `cond_scoped!` only.
    #[doc(hidden)]
    pub fn __scoped(text: &'static str, args: Vec<Value>, actor: &Actor) -> Condition {
        let mut out = String::with_capacity(text.len() + 200);
        let mut given = args.into_iter();
        let mut args = vec![];
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, marked) = rest.split_at(at);
            let (marker, after) = marked.split_once('}').unwrap_or((marked, ""));
            out.push_str(before);
            args.extend(given.by_ref().take(before.matches('?').count()));
            let predicate = if let Some(what) = marker.strip_prefix("{visible:") {
                let (table, alias) = what.split_once(' ').unwrap_or((what, what));
                format!("({})", actor.predicate(table, alias, "?"))
            } else if let Some(what) = marker.strip_prefix("{mine:") {
                let alias = what.rsplit(' ').next().unwrap_or_default();
                format!("{alias}.person_id = ?")
            } else {
                // `{list}` stays for `list`.
                format!("{marker}}}")
            };
            let me = Value::Int(Some(actor.id()));
            args.extend(vec![me; predicate.matches('?').count()]);
            out.push_str(&predicate);
            rest = after;
        }
        out.push_str(rest);
        args.extend(given);
        Condition {
            text: Cow::Owned(out),
            args,
        }
    }

    /// Writes these values, with a comma between, where the text first says `{list}`: for `x IN ({list})`.
    /// No value at all is a NULL, which nothing is equal to. The program's own words stand in the text:
    /// that few tickets are open and most are ended, a planner only knows of a word that it sees.
    pub fn list(mut self, values: Vec<Value>) -> Condition {
        let mut marks: Vec<String> = vec![];
        let mut bound = vec![];
        for value in values {
            match value {
                Value::Word(word) if is_plain(word) => marks.push(format!("'{word}'")),
                value => {
                    marks.push("?".to_owned());
                    bound.push(value);
                }
            }
        }
        let marks = match marks.as_slice() {
            [] => "NULL".to_owned(),
            marks => marks.join(", "),
        };
        if let Some(at) = self.text.find("{list}") {
            let before = self.text[..at].matches('?').count();
            let text = self.text.replacen("{list}", &marks, 1);
            self.text = Cow::Owned(text);
            let tail = self.args.split_off(before.min(self.args.len()));
            self.args.extend(bound);
            self.args.extend(tail);
        }
        self
    }
}

/// Whether a word may stand in a statement as it is.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// A query over somebody's rows; see the module.
#[macro_export]
macro_rules! scoped {
    ($actor:expr, $text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            $crate::db::sql::every_scoped_table_is_marked($text),
            "a scoped table stands here without its marker: add {{visible:table alias}}"
        );
        $crate::db::sql::Query::__scoped($text, vec![$($crate::db::Value::from($arg)),*], $actor)
    }};
}

/// A query over the desk's own tables; see the module.
#[macro_export]
macro_rules! global {
    ($text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            !$crate::db::sql::names_scoped_table($text),
            "this query names a scoped table: use scoped! (or acting! for a change one may make)"
        );
        $crate::db::sql::Query::__checked($text, vec![$($crate::db::Value::from($arg)),*])
    }};
}

/// A change to somebody's rows, by somebody who holds the right to it; see the module.
#[macro_export]
macro_rules! acting {
    ($may:expr, $text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            $crate::db::sql::is_change($text),
            "acting! is for INSERT, UPDATE and DELETE; reading goes through scoped!"
        );
        $crate::db::sql::Query::__acting($may, $text, vec![$($crate::db::Value::from($arg)),*])
    }};
}

/// A query of the desk itself, for which no person stands; see the module.
#[macro_export]
macro_rules! system {
    (because = $why:literal, $text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(!$why.is_empty(), "say why no person stands behind this query");
        $crate::db::sql::Query::__checked($text, vec![$($crate::db::Value::from($arg)),*])
    }};
}

/// A condition for [`Query::and`], which stands in parentheses of its own.
#[macro_export]
macro_rules! cond {
    ($text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            !$crate::db::sql::names_scoped_table($text),
            "a condition may not reach into a scoped table"
        );
        const _: () = assert!(
            $crate::db::sql::is_balanced($text),
            "a condition closes every parenthesis it opens, and no other"
        );
        $crate::db::sql::Condition::__checked($text, vec![$($crate::db::Value::from($arg)),*])
    }};
}

/// A condition that reaches into a scoped table, as far as the actor's own eyes do: each such table
/// carries its marker, as in `scoped!`.
#[macro_export]
macro_rules! cond_scoped {
    ($actor:expr, $text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            $crate::db::sql::every_scoped_table_is_marked($text),
            "a scoped table stands here without its marker: add {{visible:table alias}}"
        );
        const _: () = assert!(
            $crate::db::sql::is_balanced($text),
            "a condition closes every parenthesis it opens, and no other"
        );
        $crate::db::sql::Condition::__scoped($text, vec![$($crate::db::Value::from($arg)),*], $actor)
    }};
}

/// The end of a query, for [`Query::tail`].
#[macro_export]
macro_rules! tail {
    ($text:literal $(, $arg:expr)* $(,)?) => {{
        const _: () = assert!(
            $crate::db::sql::is_tail($text),
            "a query's end begins with ORDER BY or LIMIT and names no scoped table"
        );
        $crate::db::sql::Tail::__checked($text, vec![$($crate::db::Value::from($arg)),*])
    }};
}

/// Whether the text orders or limits and reaches into nothing.
pub const fn is_tail(text: &str) -> bool {
    (starts(text.as_bytes(), b"ORDER BY ") || starts(text.as_bytes(), b"LIMIT "))
        && is_balanced(text)
        && !names_scoped_table(text)
}

/// Whether every parenthesis closes one that the text itself opened.
pub const fn is_balanced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut depth, mut i) = (0i32, 0);
    while i < bytes.len() {
        match bytes[i] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        i += 1;
    }
    depth == 0
}

/// Whether the text names any scoped table, or an index of one, as a whole word, in any case.
pub const fn names_scoped_table(text: &str) -> bool {
    Named::of(text).any_scoped()
}

/// Whether each scoped table that the text names has its `{visible:…` or `{mine:…` marker, and each
/// index stands beside its table with the marker of what may be seen.
pub const fn every_scoped_table_is_marked(text: &str) -> bool {
    Named::of(text).all_scoped_are_marked()
}

/// Whether the text is a change.
pub const fn is_change(text: &str) -> bool {
    starts(text.as_bytes(), b"INSERT ")
        || starts(text.as_bytes(), b"UPDATE ")
        || starts(text.as_bytes(), b"DELETE ")
}

const fn starts(text: &[u8], with: &[u8]) -> bool {
    let mut i = 0;
    while i < with.len() {
        if i >= text.len() || text[i] != with[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authz::{Policy, Reach};

    #[derive(Debug)]
    struct Twice;
    impl Policy for Twice {
        fn name(&self) -> &'static str {
            "twice"
        }
        fn predicate(&self, _: &str, alias: &str, _: &Actor, me: &str) -> String {
            format!("{alias}.a = {me} OR {alias}.b = {me}")
        }
    }

    #[test]
    fn a_condition_keeps_its_arguments_in_the_order_of_its_text() {
        let actor = Actor::new(7, Reach::Own, &[], &Twice);
        let condition = Condition::__scoped(
            "x = ? AND {mine:rows r} AND y IN ({list}) AND {visible:rows r} AND z = ?",
            vec![1i64.into(), 2i64.into()],
            &actor,
        )
        .list(vec![3i64.into(), 4i64.into()]);
        assert_eq!(
            condition.text,
            "x = ? AND r.person_id = ? AND y IN (?, ?) AND (r.a = ? OR r.b = ?) AND z = ?"
        );
        let expect: Vec<Value> = [1, 7, 3, 4, 7, 7, 2].map(|n: i64| n.into()).to_vec();
        assert_eq!(condition.args, expect);
        let none = Condition::__checked("y IN ({list})", vec![]).list(vec![]);
        assert_eq!(none.text, "y IN (NULL)");
    }

    #[test]
    fn words_of_the_program_stand_in_the_text_and_words_of_people_never() {
        let list = vec![
            Value::Word("open"),
            "x' OR 1".into(),
            Value::Word("no; word"),
        ];
        let condition = Condition::__checked("y IN ({list})", vec![]).list(list);
        assert_eq!(condition.text, "y IN ('open', ?, ?)");
        assert_eq!(condition.args.len(), 2);
    }

    #[test]
    fn a_tally_counts_each_set_by_its_own_arguments() {
        let set = |n: i64| vec![Condition::__checked("a = ?", vec![n.into()])];
        let query = Query::__checked("SELECT {tally} FROM t WHERE b = $1", vec![9i64.into()]);
        let query = query.tally(vec![set(1), vec![], set(2)]);
        assert_eq!(
            query.text,
            "SELECT CAST(COUNT(CASE WHEN TRUE AND (a = $2) THEN 1 END) AS TEXT) || ' ' || \
             CAST(COUNT(CASE WHEN TRUE THEN 1 END) AS TEXT) || ' ' || \
             CAST(COUNT(CASE WHEN TRUE AND (a = $3) THEN 1 END) AS TEXT) FROM t WHERE b = $1"
        );
        let expect: Vec<Value> = [9, 1, 2].map(|n: i64| n.into()).to_vec();
        assert_eq!(query.args, expect);
    }

    #[test]
    fn ids_fill_up_to_a_power_of_two_with_what_numbers_nothing() {
        let ids = |n: i64| Query::__checked("x IN (VALUES {rows})", vec![]).ids(1..=n);
        assert_eq!(ids(3).text, ids(4).text);
        assert_eq!(ids(3).args.last(), Some(&Value::from(0i64)));
        assert_eq!(ids(1).args.len(), 1);
    }
}
