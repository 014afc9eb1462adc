//! The API twin of adding many people.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fault, Fields};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use words::catalogue::{self, Arg};
use words::reader::Words;

use super::sheet::Column;
use super::{LineFault, Outcome, do_import};
use crate::house::App;
use crate::people::directory::staff_only;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::{Fail, fault_text};
use crate::web::route::{Audience as Who, Limit, Route, post};

/// Faults that one answer names at most.
const NAMED: usize = 100;

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![post("/api/v1/people/import", Who::Api, import).taking(Limit::FILES)]
}

/// A sheet of people.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportBody {
    /// Values between commas, semicolons or tabs. The first line names the columns: `name`, `email`, and of `login`, `phone`, `job_title`,
    /// `organization`, `site`, `language`, `kind` (`client`, `employee`) and `portal` (`yes`, `no`) those that there are.
    content: String,
    /// Only say what it would come to.
    #[serde(default)]
    only_check: bool,
}

/// What it came to, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportItem {
    /// People added; with `only_check`, who would be.
    pub added: usize,
    /// Those who were there already, and stay as they are.
    pub known: usize,
}

/// Adds many people who ask for things, or nobody when something is wrong with the sheet. The same sheet twice is the same as once.
#[utoipa::path(post, path = "/api/v1/people/import", request_body = ImportBody, tag = "people",
    responses((status = 200, body = ImportItem), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
    (status = 422, description = "What is wrong, line by line; nobody was added")))]
pub async fn import(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<ImportBody>,
) -> Result<Response, Fail> {
    staff_only(&visitor.actor)?;
    let asked = (body.content.as_str(), visitor.words.language);
    let (actor, now) = (&visitor.actor, visitor.now());
    let (added, known) = match do_import(&app.db, actor, asked, body.only_check, now).await? {
        Outcome::Added { added, known } => (added, known),
        Outcome::Checked(checked) if checked.faults.is_empty() => {
            (checked.new.len(), checked.known)
        }
        Outcome::Checked(checked) => {
            let named = checked.faults.iter().take(NAMED);
            let faults = named.map(|it| of_line(it, &visitor.words)).collect();
            return Err(Error::Invalid(Fields(faults)).into());
        }
    };
    Ok(json(StatusCode::OK, &ImportItem { added, known }))
}

/// What is wrong on a line, as one sentence at the sheet.
fn of_line(it: &LineFault, words: &Words) -> Fault {
    let line = it.line.to_string();
    let text = fault_text(&it.fault, words);
    let column = Column::of(it.fault.field).map_or("content", Column::word);
    let parts = [
        ("line", Arg::Text(&line)),
        ("column", Arg::Text(column)),
        ("text", Arg::Text(&text)),
    ];
    Fault {
        field: "content",
        key: "fault-import-line",
        detail: Some(catalogue::say_with(
            words.language,
            "people-import-line-says",
            &parts,
        )),
    }
}
