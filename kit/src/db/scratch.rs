//! Databases that live as long as a test: made from a template in milliseconds, dropped after, and looked
//! through to the last line.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{Ask, Db, Engine, Place, Query};
use crate::error::Error;

/// Makes a PostgreSQL database on the server at `url`, as a copy of `template` if one is named.
pub async fn create(url: &str, name: &str, template: Option<&str>) -> Result<Place, Error> {
    let copy = template.map_or(String::new(), |t| format!(" TEMPLATE {t}"));
    run(url, &format!("CREATE DATABASE {name}{copy}")).await?;
    let mut address = url::Url::parse(url).map_err(Error::bug)?;
    address.set_path(name);
    Ok(Place::Address(address.into()))
}

/// Drops a database, whoever is still connected.
pub async fn drop(url: &str, name: &str) -> Result<(), Error> {
    run(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

async fn run(url: &str, text: &str) -> Result<(), Error> {
    let mut connection = PgConnection::connect(url)
        .await
        .map_err(|e| Error::Bug(anyhow::Error::new(e).context("the test server")))?;
    sqlx::query(AssertSqlSafe(text.to_owned()))
        .execute(&mut connection)
        .await
        .map_err(|e| Error::Bug(anyhow::Error::new(e).context(text.to_owned())))?;
    connection.close().await.map_err(|e| Error::Bug(e.into()))
}

crate::record! { struct Name { name: String } }
crate::record! { struct Line { line: String } }
crate::record! { struct Count { count: i64 } }

/// Everything that a database holds, line by line, each with its table, indexes that are tables too: for
/// tests that look for what must not be there any more. Bytes are in hexadecimal.
pub async fn everything(db: &Db) -> Result<Vec<(String, String)>, Error> {
    let plain = |text: String| Query {
        text,
        args: vec![],
        scoped: false,
    };
    let tables = match db.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    let mut all = vec![];
    let mut reader = db.read();
    let tables: Vec<Name> = reader.all(plain(tables.to_owned())).await?;
    for table in tables.into_iter().map(|it| it.name) {
        let lines = match db.engine() {
            Engine::Sqlite => {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                let columns: Vec<Name> = reader.all(plain(columns)).await?;
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|column| format!("quote(\"{}\")", column.name))
                    .collect();
                format!(
                    "SELECT {} AS line FROM \"{table}\"",
                    quoted.join(" || ',' || ")
                )
            }
            Engine::Postgres => {
                format!("SELECT CAST(whole AS TEXT) AS line FROM \"{table}\" whole")
            }
        };
        let lines: Vec<Line> = reader.all(plain(lines)).await?;
        all.extend(lines.into_iter().map(|it| (table.clone(), it.line)));
    }
    Ok(all)
}

/// How many rows of a table hold this number in a column.
pub async fn naming(db: &Db, table: &str, column: &str, number: i64) -> Result<i64, Error> {
    let counted = Query {
        text: format!("SELECT COUNT(*) AS count FROM \"{table}\" WHERE \"{column}\" = {number}"),
        args: vec![],
        scoped: false,
    };
    let row: Count = db.read().one(counted).await?;
    Ok(row.count)
}
