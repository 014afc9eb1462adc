//! Whether the house stands, for those who watch it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kit::db::Ask;
use kit::db::migrate::{Standing, standing};
use kit::error::Error;
use kit::{global, record, system};

use super::fail::Fail;
use super::route::{Audience, Route, get};
use super::statics;
use crate::house::{App, House};
use crate::schema::STEPS;

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    vec![
        get("/healthz", Audience::Anyone, alive),
        get("/readyz", Audience::Anyone, ready),
        get("/static/{hash}/{name}", Audience::Anyone, statics::serve),
    ]
}

async fn alive() -> &'static str {
    "ok\n"
}

/// 200 when the database answers and is at this version, else 503; says which of them it is.
async fn ready(State(app): State<App>) -> Response {
    match standing(&app.db, STEPS).await {
        Ok(Standing::Current) => "database ok\nmigrations ok\n".into_response(),
        Ok(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "database ok\nmigrations missing\n",
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database down\n").into_response()
        }
    }
}

/// `/metrics`, on an address of its own.
pub async fn metrics(State(app): State<App>) -> Result<Response, Fail> {
    let text = format!("{}{}", app.meters.text(), waiting(&app).await?);
    Ok((
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
        .into_response())
}

async fn waiting(app: &House) -> Result<String, Error> {
    record! { struct Waiting { n: i64, failed: i64 } }
    let mut reader = app.db.read();
    let jobs: Waiting = reader
        .one(global!(
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN failed_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS failed FROM jobs WHERE kind <> $1",
            crate::timers::TIMER
        ))
        .await?;
    let mails: Waiting = reader
        .one(system!(
            because = "a number for whoever watches the machine, no mail is read",
            "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS failed \
             FROM outgoing_mails WHERE state IN ('waiting', 'failed')"
        ))
        .await?;
    Ok(format!(
        "# HELP vigie_jobs_waiting Jobs not done yet.\n# TYPE vigie_jobs_waiting gauge\nvigie_jobs_waiting {}\n\
         # HELP vigie_jobs_failed Jobs given up.\n# TYPE vigie_jobs_failed gauge\nvigie_jobs_failed {}\n\
         # HELP vigie_mails_waiting Mails waiting to leave.\n# TYPE vigie_mails_waiting gauge\nvigie_mails_waiting {}\n\
         # HELP vigie_mails_failed Mails that could not leave.\n# TYPE vigie_mails_failed gauge\nvigie_mails_failed {}\n",
        jobs.n - jobs.failed,
        jobs.failed,
        mails.n - mails.failed,
        mails.failed
    ))
}
