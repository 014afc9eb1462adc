//! The page on which many people are added: a sheet is typed or chosen, checked, and then imported.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::{Action, Judged};
use kit::error::{Error, Fields};
use pages::fields::Faults;
use pages::frame::{Section, Tone};
use pages::people_import::{ImportChecked, ImportFault, ImportPage, ImportPerson};

use super::sheet::Column;
use super::{Cards, Checked, Import, Outcome, do_import, sheet};
use crate::departments::views;
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::fail::{Fail, fault_text};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Limit, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Faults, and people, that the page shows at most.
const SHOWN: usize = 100;

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::IMPORT);
    vec![
        get("/people/import", who, show),
        post("/people/import", who, import).taking(Limit::FILES),
    ]
}

fn must(visitor: &Visitor) -> Result<(), Error> {
    let may = Cards.judge(&visitor.actor, Import::NAME);
    may.map_err(Error::Forbidden)
}

async fn answer(
    app: &House,
    visitor: &Visitor,
    content: String,
    (checked, faults): (Option<Checked>, Faults),
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut frame = visitor.frame(app, Section::People, None).await?;
    frame.here = "/people/import".to_owned();
    let view = ImportPage {
        frame: frame.adding(),
        columns: Column::ALL.iter().map(|it| it.key()).collect(),
        most: sheet::MOST as i64,
        content,
        checked: checked.map(|it| view(it, visitor)),
        faults,
    };
    Ok(page_with(status, &view))
}

/// What a sheet comes to, as the page says it.
fn view(checked: Checked, visitor: &Visitor) -> ImportChecked {
    let words = &visitor.words;
    let column = |field| Column::of(field).map_or("", |it| words.say(it.key()));
    let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    ImportChecked {
        new: count(checked.new.len()),
        known: count(checked.known),
        wrong: count(checked.faults.len()),
        faults: checked
            .faults
            .iter()
            .take(SHOWN)
            .map(|it| ImportFault {
                line: it.line.to_string(),
                whose: it.whose.clone(),
                column: column(it.fault.field).to_owned(),
                text: fault_text(&it.fault, words),
            })
            .collect(),
        people: checked
            .new
            .into_iter()
            .take(SHOWN)
            .map(|it| ImportPerson {
                name: it.wanted.name,
                email: it.wanted.email,
                organization: it.wanted.organization,
                site: it.wanted.site,
            })
            .collect(),
    }
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    must(&visitor)?;
    let nothing = (None, Faults::default());
    answer(&app, &visitor, String::new(), nothing, StatusCode::OK).await
}

async fn import(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    must(&visitor)?;
    // A file that was chosen takes the place of what stands in the field, and is looked at first.
    let file = form.files.iter().find(|it| !it.bytes.is_empty());
    let content = match file {
        Some(file) if file.bytes.len() > sheet::LARGEST => {
            return Err(Error::TooLarge(sheet::LARGEST as u64).into());
        }
        Some(file) => sheet::decode(&file.bytes),
        None => form.raw("content").to_owned(),
    };
    let only_checks = file.is_some() || form.text("deed") != "import";
    let asked = (content.as_str(), visitor.words.language);
    let outcome = do_import(&app.db, &visitor.actor, asked, only_checks, app.clock.now()).await;
    match outcome {
        Ok(Outcome::Added { .. }) => {
            let said = Some((Tone::Ok, "people-said-imported"));
            Ok(see_other("/people", said))
        }
        Ok(Outcome::Checked(checked)) => {
            let status = match checked.faults.is_empty() {
                true => StatusCode::OK,
                false => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let found = (Some(checked), Faults::default());
            answer(&app, &visitor, content, found, status).await
        }
        Err(Error::Invalid(fields)) => {
            let at_content = Fields(fields.0.into_iter().map(at_content).collect());
            let faults = views::faults(&at_content, &visitor.words);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&app, &visitor, content, (None, faults), status).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Of two who add somebody in the same moment, the second is told at the sheet.
fn at_content(mut fault: kit::error::Fault) -> kit::error::Fault {
    fault.field = "content";
    fault
}
