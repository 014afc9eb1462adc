//! The API twin of confidential categories.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Confidants, Confidence};
use crate::audit::Pen;
use crate::departments::rights::{self, ChangeMembers};
use crate::departments::{CategoryId, DepartmentId};
use crate::house::App;
use crate::people::PersonId;
use crate::policy::Level;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, put};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    let one = "/api/v1/departments/{id}/categories/{category}/confidence";
    vec![get(one, Who::Api, show), put(one, Who::Api, change)]
}

/// Somebody who is let in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confidant {
    /// Who: a member of the department.
    person: i64,
    /// `assigned`, `view` or `edit`.
    level: String,
}

/// What is said of a category's confidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryConfidence {
    /// It says of itself that it is confidential.
    pub confidential: bool,
    /// The confidential category that holds for it: itself, or one above; null when none does.
    pub held_by: Option<i64>,
    /// Who is let into its own confidence.
    pub confidants: Vec<Confidant>,
    /// Mails of its tickets say nothing of what was written.
    pub bare_mails: bool,
    /// The category's version, for `If-Match`.
    pub version: i64,
}

/// What a category is to say of its confidence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryConfidenceBody {
    /// Whether it is confidential.
    confidential: bool,
    /// Who is let in; at least one of them at level `edit`.
    #[serde(default)]
    confidants: Vec<Confidant>,
    /// Whether mails of its tickets say nothing of what was written; as it is when absent.
    bare_mails: Option<bool>,
}

fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn answer(said: super::Confided) -> Response {
    let confidants = said.says.confidants.into_iter();
    let body = CategoryConfidence {
        confidential: said.says.is_confidential,
        held_by: said.held_by.map(|it| it.0),
        confidants: confidants
            .map(|(person, level)| Confidant {
                person: person.0,
                level: level.word().to_owned(),
            })
            .collect(),
        bare_mails: said.says.is_mailed_bare,
        version: said.category.version,
    };
    json(StatusCode::OK, &body)
}

/// Whether a category is confidential, and who is let in.
#[utoipa::path(get, path = "/api/v1/departments/{id}/categories/{category}/confidence", tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("category" = i64, Path, description = "The category")),
    responses((status = 200, body = CategoryConfidence), (status = 403, description = "A privilege is missing, or one is not in its confidence"),
        (status = 404, description = "Not there, or not yours to administer")))]
pub async fn show(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, category)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (id, category) = (DepartmentId(number(&id)?), CategoryId(number(&category)?));
    let mut db = app.db.read();
    let department = rights::find::<ChangeMembers>(&mut db, &visitor.actor, id).await?;
    let said = super::said_of(&mut db, &department, &visitor.actor, category).await?;
    Ok(answer(said))
}

/// Makes a category confidential, or no longer, and says who is let in.
#[utoipa::path(put, path = "/api/v1/departments/{id}/categories/{category}/confidence", request_body = CategoryConfidenceBody, tag = "departments",
    params(("id" = i64, Path, description = "The department"), ("category" = i64, Path, description = "The category"),
        ("If-Match" = Option<String>, Header, description = "The version of the category one saw")),
    responses((status = 200, body = CategoryConfidence), (status = 403, description = "A privilege is missing, or one is not in its confidence"),
        (status = 404, description = "Not there, or not yours to administer"), (status = 409, description = "Changed meanwhile; both versions"),
        (status = 422, description = "Nobody who handles its tickets is let in, or somebody who is no member")))]
pub async fn change(
    State(app): State<App>,
    visitor: ApiVisitor,
    Path((id, category)): Path<(String, String)>,
    ApiBody(body): ApiBody<CategoryConfidenceBody>,
) -> Result<Response, Fail> {
    let (id, category) = (DepartmentId(number(&id)?), CategoryId(number(&category)?));
    let seen = visitor.seen_version()?;
    let mut tx = app.db.write().await?;
    let department = rights::find_to_change::<ChangeMembers>(&mut tx, &visitor.actor, id).await?;
    let mut confidants = Confidants::new();
    for one in &body.confidants {
        let level =
            Level::of(&one.level).ok_or_else(|| Error::invalid("confidants", "fault-level"))?;
        confidants.insert(PersonId(one.person), level);
    }
    let bare = match body.bare_mails {
        Some(bare) => bare,
        None => {
            let stands = super::stands(&mut tx, &department, category).await?;
            stands.says.is_mailed_bare
        }
    };
    let wanted = Confidence {
        is_confidential: body.confidential,
        confidants,
        is_mailed_bare: bare,
    };
    let (actor, pen) = (&visitor.actor, Pen::of(&visitor.actor, app.clock.now()));
    super::say(&mut tx, &department, actor, category, seen, &wanted, pen).await?;
    let said = super::stands(&mut tx, &department, category).await?;
    tx.commit().await?;
    Ok(answer(said))
}
