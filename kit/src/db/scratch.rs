//! Databases that live as long as a test: made from a template in milliseconds, dropped after.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::Place;
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
