//! Brings a database to this version: numbered texts, each applied once, in order, whole or not.

use super::{Db, Tx, Value};
use crate::clock::Moment;
use crate::error::Error;

/// One step of the schema; `name` is the file's name without its ending.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Such as `0001_walking_house`.
    pub name: &'static str,
    /// Its text, before the dialect is applied.
    pub text: &'static str,
}

/// What stands between a database and this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Everything applied.
    Current,
    /// So many steps are missing.
    Behind(usize),
    /// It was brought further by a newer program; names the step we do not know.
    Ahead(String),
}

/// Compares the database with the steps of this program.
pub async fn standing(db: &Db, steps: &[Migration]) -> Result<Standing, Error> {
    let mut tx = db.write().await?;
    let applied = applied(&mut tx).await?;
    if let Some(unknown) = applied.iter().find(|a| steps.iter().all(|s| s.name != **a)) {
        return Ok(Standing::Ahead(unknown.clone()));
    }
    match steps.len() - applied.len() {
        0 => Ok(Standing::Current),
        missing => Ok(Standing::Behind(missing)),
    }
}

/// Applies what is missing, all in one transaction, and says how many steps that were.
pub async fn migrate(db: &Db, steps: &[Migration], now: Moment) -> Result<usize, Error> {
    let mut tx = db.write().await?;
    tx.lock_for_migration().await?;
    let done = applied(&mut tx).await?;
    let mut count = 0;
    for step in steps.iter().filter(|s| !done.iter().any(|d| d == s.name)) {
        let text = db.engine().migration(step.text);
        for statement in statements(&text) {
            tx.raw(statement, vec![]).await.map_err(|e| match e {
                Error::Bug(cause) => Error::Bug(cause.context(format!("migration {}", step.name))),
                other => other,
            })?;
        }
        tx.raw(
            "INSERT INTO applied_migrations (name, applied_at) VALUES ($1, $2)",
            vec![Value::from(step.name), Value::from(now)],
        )
        .await?;
        count += 1;
    }
    tx.commit().await?;
    Ok(count)
}

async fn applied(tx: &mut Tx) -> Result<Vec<String>, Error> {
    tx.raw(
        "CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)",
        vec![],
    )
    .await?;
    tx.raw_names("SELECT name FROM applied_migrations ORDER BY name")
        .await
}

/// Cuts a text at `;` line ends, leaving `BEGIN … END;` and `$$ … $$` bodies whole.
fn statements(text: &str) -> Vec<&str> {
    let (mut out, mut start, mut at, mut inside) = (vec![], 0, 0, false);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let word = line.trim();
        if word == "BEGIN" || word.ends_with("AS $$") {
            inside = true;
        }
        if word == "END;" || word.starts_with("$$ ") {
            inside = false;
        }
        if !inside && word.ends_with(';') {
            out.push(text[start..at].trim());
            start = at;
        }
    }
    if !text[start..].trim().is_empty() {
        out.push(text[start..].trim());
    }
    out.retain(|s| {
        s.lines()
            .any(|l| !l.trim().is_empty() && !l.trim().starts_with("--"))
    });
    out
}
