//! Questions of one moment, for a page that asks many.
//!
//! Beginning a reading and ending it costs SQLite a tenth of what a page does with it, and threads that begin one wait
//! for each other. A [`Glance`] begins one and keeps it while a page asks (decision 0010).
//!
//! Deliberately absent: transactions of PostgreSQL, which would be two more ways there and back. There each question is
//! of its own moment, as a reader's.

use std::sync::Arc;

use super::near::{Shelf, Shelved};
use super::{Answers, Done, Query, Reader, Rows, Shape};
use crate::error::Error;

/// Reads like a [`Reader`], SQLite all of one moment: whatever is written meanwhile, each question is answered from what
/// the first one saw. Let it go before something is written whose outcome is to be read, and before waiting for
/// anything but answers: what is in the file's log cannot be put in its place while somebody reads so.
#[derive(Debug)]
pub struct Glance(Look);

#[derive(Debug)]
enum Look {
    Near(Near),
    Far(Reader),
}

#[derive(Debug)]
struct Near {
    shelf: Arc<Shelf>,
    held: Option<Shelved>,
}

impl Glance {
    pub(super) fn near(shelf: Arc<Shelf>) -> Glance {
        Glance(Look::Near(Near { shelf, held: None }))
    }

    pub(super) fn far(reader: Reader) -> Glance {
        Glance(Look::Far(reader))
    }
}

impl Answers for Glance {
    fn rows(&mut self, mut query: Query, limit: usize, shape: Shape) -> Done<'_, Rows> {
        match &mut self.0 {
            Look::Near(near) => Box::pin(async move {
                query.finish();
                near.ask(query, limit, shape).await
            }),
            Look::Far(reader) => reader.rows(query, limit, shape),
        }
    }
}

impl Near {
    async fn ask(&mut self, query: Query, limit: usize, shape: Shape) -> Result<Rows, Error> {
        let shelved = match self.held.take() {
            Some(shelved) => shelved,
            None => {
                let shelved = self.shelf.take()?;
                shelved.say("BEGIN")?;
                shelved
            }
        };
        let answer = shelved.on_the_spot(&query, limit, shape);
        if let Some(answer) = answer {
            self.held = Some(shelved);
            return answer;
        }
        let _turn = self.shelf.turn().await?;
        let (held, rows) = shelved.aside(query, limit, shape).await;
        self.held = held;
        rows
    }
}

impl Drop for Near {
    fn drop(&mut self) {
        // A connection that cannot end its reading is closed, which ends it.
        let ended = self.held.take().filter(|it| it.say("COMMIT").is_ok());
        self.shelf.put_back(ended);
    }
}

#[cfg(test)]
mod tests {
    use super::super::own_file::{LONG_COUNT, OwnFile, Two, query};
    use super::super::value::records;
    use super::*;
    use rusqlite::Connection;

    async fn told(asked: &mut Glance, text: &str) -> i64 {
        let rows = asked.rows(query(text, vec![]), 1, Shape::of::<Two>()).await;
        records::<Two>(rows.unwrap()).unwrap()[0].a
    }

    #[tokio::test]
    async fn a_glance_is_of_one_moment_and_its_connection_serves_the_next_one() {
        const COUNT: &str = "SELECT COUNT(*) AS a, 0 AS b FROM people";
        let (file, shelf) = OwnFile::shelf("glance");
        let other = Connection::open(&file.0).expect("the file");
        let journal = other.execute_batch("PRAGMA journal_mode = WAL");
        journal.expect("as a desk keeps it");
        let mut glance = Glance::near(shelf.clone());
        assert_eq!(told(&mut glance, COUNT).await, 0);
        let written = other.execute_batch("INSERT INTO people (name) VALUES ('x')");
        written.expect("nobody waits for who looks");
        // A long one is asked aside, of the same moment.
        assert_eq!(told(&mut glance, LONG_COUNT).await, 200_000);
        assert_eq!(told(&mut glance, COUNT).await, 0);
        let mut later = Glance::near(shelf.clone());
        assert_eq!(told(&mut later, COUNT).await, 1);
        drop((glance, later));
        for _ in 0..2 {
            let mut next = Glance::near(shelf.clone());
            assert_eq!(told(&mut next, COUNT).await, 1);
        }
        let kept = [shelf.take().unwrap(), shelf.take().unwrap()];
        assert!(kept.iter().all(Shelved::is_done));
    }
}
