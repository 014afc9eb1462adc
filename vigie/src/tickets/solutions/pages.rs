//! Solutions in the portal: found, read, and said to help or not.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::error::Error;
use pages::frame::{Section, Tone};
use pages::knowledge::reading::{AnsweringPart, SolutionPage, SolutionRow, SolutionsPage};
use pages::portal::Tab;
use serde::Deserialize;

use crate::departments::CategoryId;
use crate::house::{App, House};
use crate::knowledge::help::pages::{Asked, count_reading};
use crate::knowledge::rights::Read;
use crate::knowledge::views::{number, solution};
use crate::knowledge::{self, Filter, verbs};
use crate::tickets::portal::{as_requester, surroundings};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{CustomerVisitor, Visitor};

/// Where solutions are read.
const BELOW: &str = "/portal/solutions";
/// Solutions on a page.
const ROWS: i64 = 25;
/// Solutions on the portal's first page.
const AT_HOME: i64 = 4;
/// Solutions shown before a ticket is opened.
const BEFORE_ASKING: usize = 5;

/// The addresses of solutions.
pub fn routes() -> Vec<Route> {
    vec![
        get("/portal/solutions", Who::Customer, list),
        get("/portal/solutions/answering", Who::Customer, answering),
        get("/portal/solutions/{id}", Who::SignedIn, show),
        post("/portal/solutions/{id}/verdict", Who::Customer, judge),
    ]
}

/// The newest solutions for the portal's first page.
pub async fn at_home(app: &House, visitor: &Visitor) -> Result<Vec<SolutionRow>, Error> {
    let (actor, filter) = (as_requester(visitor), Filter::published());
    let found = knowledge::list(&mut app.db.read(), &actor, &filter, None, AT_HOME).await?;
    Ok(found.into_iter().map(|it| solution(it, BELOW)).collect())
}

/// Solutions that may answer what somebody is about to ask in this category; their pages lead back to the form.
pub async fn before_asking(
    app: &House,
    visitor: &Visitor,
    category: i64,
    subject: &str,
) -> Result<Vec<SolutionRow>, Error> {
    let (actor, mut db) = (as_requester(visitor), app.db.read());
    let category = CategoryId(category);
    let found =
        knowledge::answering(&mut db, &actor, Some(category), subject, BEFORE_ASKING).await?;
    let rows = found.into_iter().map(|it| {
        let row = solution(it, BELOW);
        SolutionRow {
            href: format!("{}?asking={category}", row.href),
            ..row
        }
    });
    Ok(rows.collect())
}

async fn list(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::Solutions).await?;
    let (actor, filter) = (as_requester(&visitor), asked.filter());
    let mut db = app.db.read();
    let mut found = knowledge::list(&mut db, &actor, &filter, asked.before(), ROWS + 1).await?;
    let has_more = found.len() as i64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(0));
    let last = found.last().filter(|_| has_more).map(|it| it.id);
    Ok(page(&SolutionsPage {
        frame,
        navigation,
        pager: asked.pager(BELOW, last),
        query: asked.q.trim().to_owned(),
        rows: found.into_iter().map(|it| solution(it, BELOW)).collect(),
    }))
}

#[derive(Debug, Default, Deserialize)]
struct Asking {
    /// The category of a new ticket whose form led here.
    asking: Option<String>,
}

impl Asking {
    fn category(&self) -> Option<i64> {
        self.asking.as_deref()?.parse().ok()
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    // A link that a colleague was sent leads staff without a portal account to where they read.
    if !visitor.person.has_portal {
        let mut db = app.db.read();
        knowledge::find::<Read>(&mut db, &visitor.actor, id).await?;
        return Ok(see_other(&format!("/knowledge/{id}"), None));
    }
    let actor = as_requester(&visitor);
    let article = knowledge::find::<Read>(&mut app.db.read(), &actor, id).await?;
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::Solutions).await?;
    let answer = page(&SolutionPage {
        frame,
        navigation,
        id: id.0,
        title: article.title.clone(),
        safe_html: letter::markdown::to_html(&article.body),
        language: article.language(),
        updated_micros: article.updated_at.0,
        asking_in: asking.category(),
    });
    count_reading(&app, article.id);
    Ok(answer)
}

#[derive(Debug, Default, Deserialize)]
struct AboutToAsk {
    #[serde(default)]
    category: String,
    #[serde(default)]
    subject: String,
}

async fn answering(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Query(asked): Query<AboutToAsk>,
) -> Result<Response, Fail> {
    let subject: String = asked.subject.chars().take(200).collect();
    let category = asked.category.parse().unwrap_or_default();
    Ok(page(&AnsweringPart {
        frame: visitor.frame(&app, Section::Other, None).await?,
        solutions: before_asking(&app, &visitor, category, &subject).await?,
    }))
}

async fn judge(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = knowledge::find::<Read>(&mut tx, &as_requester(&visitor), id).await?;
    let is_solved = match form.text("solved") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::invalid("solved", "knowledge-fault-verdict").into()),
    };
    let asking: Option<i64> = form.text("asking").parse().ok();
    verbs::count_verdict(&mut tx, &article, is_solved, asking.is_some()).await?;
    tx.commit().await?;
    let to = match (is_solved, asking) {
        (true, _) => "/portal".to_owned(),
        (false, Some(category)) => format!("/portal/tickets/new?category={category}"),
        (false, None) => format!("{BELOW}/{id}"),
    };
    let (tone, key) = match is_solved {
        true => (Tone::Ok, "knowledge-thanks"),
        false => (Tone::Info, "knowledge-thanks-not"),
    };
    Ok(see_other(&to, Some((tone, key))))
}
