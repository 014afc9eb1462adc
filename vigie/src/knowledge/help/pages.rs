//! `/help`: the public articles. Whoever they are, everybody is shown the same here: what they see besides is in the portal.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use pages::knowledge::reading::{HelpListPage, HelpPage};
use pages::pager::Pager;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::house::{App, House};
use crate::knowledge::rights::Read;
use crate::knowledge::views::{number, solution};
use crate::knowledge::{self, ArticleId, Filter};
use crate::policy;
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::Guest;

/// Articles on a page.
const ROWS: i64 = 25;

/// The addresses of help.
pub fn routes() -> Vec<Route> {
    vec![
        get("/help", Who::Anyone, list),
        get("/help/{id}", Who::Anyone, show),
    ]
}

/// What a list of solutions is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Words.
    #[serde(default)]
    pub q: String,
    /// Those before this article.
    pub before: Option<String>,
}

impl Asked {
    /// What it is narrowed by.
    pub fn filter(&self) -> Filter {
        Filter::published().holding(&self.q)
    }

    /// Where it goes on.
    pub fn before(&self) -> Option<ArticleId> {
        self.before.as_deref()?.parse().ok().map(ArticleId)
    }

    /// The neighbours of a page whose last article is this one.
    pub fn pager(&self, path: &str, last: Option<ArticleId>) -> Pager {
        let next = last.map(|id| {
            let address = format!("{path}?");
            let start = address.len();
            let mut href = Serializer::for_suffix(address, start);
            if !self.q.trim().is_empty() {
                href.append_pair("q", self.q.trim());
            }
            href.append_pair("before", &id.to_string()).finish()
        });
        Pager {
            previous: None,
            next,
        }
    }
}

async fn list(
    State(app): State<App>,
    guest: Guest,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (actor, filter) = (policy::passer_by(), asked.filter());
    let mut db = app.db.read();
    let mut found = knowledge::list(&mut db, &actor, &filter, asked.before(), ROWS + 1).await?;
    let has_more = found.len() as i64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(0));
    let last = found.last().filter(|_| has_more).map(|it| it.id);
    Ok(page(&HelpListPage {
        frame: guest.frame(&app),
        pager: asked.pager("/help", last),
        query: asked.q.trim().to_owned(),
        rows: found.into_iter().map(|it| solution(it, "/help")).collect(),
    }))
}

/// Counts a reading beside the answer, so that reading never waits for the writer.
pub fn count_reading(app: &House, article: ArticleId) {
    if app.readings.add(article) {
        let (readings, db) = (app.readings.clone(), app.db.clone());
        app.run_errand(async move {
            if let Err(error) = readings.write(&db).await {
                tracing::warn!(%error, "readings of articles were not counted");
            }
        });
    }
}

async fn show(
    State(app): State<App>,
    guest: Guest,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let actor = policy::passer_by();
    let article = knowledge::find::<Read>(&mut app.db.read(), &actor, number(&id)?).await?;
    let answer = page(&HelpPage {
        frame: guest.frame(&app),
        title: article.title.clone(),
        safe_html: letter::markdown::to_html(&article.body),
        language: article.language(),
        updated_micros: article.updated_at.0,
    });
    count_reading(&app, article.id);
    Ok(answer)
}
