//! `/search`, `/portal/search` and what stands in the command palette.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Actor;
use kit::error::Error;
use pages::frame::Section;
use pages::portal::Tab;
use pages::search::{PaletteList, PeopleList, PortalSearchPage, Results, SearchPage};
use serde::Deserialize;

use super::language::{self, Fields, Understood};
use super::{Slice, fields, people, tickets, views};
use crate::house::{App, House};
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{portal, reading};
use crate::web::fail::Fail;
use crate::web::respond::page_with;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, CustomerVisitor, Visitor};

/// Tickets on a page.
const ROWS: usize = 20;
/// People beside them.
const PEOPLE: usize = 6;
/// People below a field in which one is typed.
const SUGGESTED: usize = 7;
/// Tickets, people and actions in the palette.
const IN_PALETTE: (usize, usize, usize) = (6, 4, 7);

/// The addresses of searching.
pub fn routes() -> Vec<Route> {
    vec![
        get("/search", Who::Staff, search).for_eyes(),
        get("/palette", Who::Staff, palette).for_eyes(),
        get("/people/suggestions", Who::Staff, suggestions).for_eyes(),
        get("/portal/search", Who::Customer, search_own),
    ]
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    page: Option<String>,
    at: Option<String>,
}

impl Asked {
    /// Which page, from 1 on; nonsense is the first.
    fn page(&self) -> usize {
        let page = self.page.as_deref().and_then(|p| p.parse().ok());
        page.unwrap_or(1).clamp(1, 1_000)
    }
}

async fn results(
    app: &House,
    visitor: &Visitor,
    actor: &Actor,
    (path, asked): (&str, &Asked),
    understood: &Understood,
) -> Result<(StatusCode, Results), Error> {
    let page = asked.page();
    let slice = Slice {
        offset: (page - 1) * ROWS,
        limit: ROWS,
    };
    let found = tickets(&app.db, actor, understood, slice, visitor.now()).await?;
    let status = if understood.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let place = (page, ROWS);
    let results = views::results(path, &asked.q, understood, found, place, &visitor.words);
    Ok((status, results))
}

async fn search(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let understood = language::understand(&asked.q, fields(actor), &visitor.words);
    let address = ("/search", &asked);
    let (status, results) = results(&app, &visitor, actor, address, &understood).await?;
    let found = if asked.page() == 1 && understood.faults.is_empty() {
        people(&app.db, actor, &understood, PEOPLE).await?
    } else {
        vec![]
    };
    let is_narrowed = !understood.is_empty() && understood.faults.is_empty();
    let template = SearchPage {
        frame: visitor.frame(&app, Section::Other, None).await?,
        narrowings: if is_narrowed {
            views::narrowings(&asked.q)
        } else {
            vec![]
        },
        results,
        people: found.into_iter().map(views::person).collect(),
    };
    Ok(page_with(status, &template))
}

/// Whom somebody may mean who types a person: those the search finds, by the same rule.
async fn suggestions(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let understood = language::understand(&asked.q, fields(actor), &visitor.words).while_typing();
    let found = people(&app.db, actor, &understood, SUGGESTED).await?;
    let template = PeopleList {
        people: found.into_iter().map(views::person).collect(),
        words: visitor.words,
    };
    Ok(page_with(StatusCode::OK, &template))
}

async fn search_own(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = portal::as_requester(&visitor);
    let understood = language::understand(&asked.q, Fields::Requester, &visitor.words);
    let address = ("/portal/search", &asked);
    let (status, results) = results(&app, &visitor, &actor, address, &understood).await?;
    let (frame, navigation, _) = portal::surroundings(&app, &visitor, Tab::Tickets).await?;
    let template = PortalSearchPage {
        frame,
        navigation,
        results,
    };
    Ok(page_with(status, &template))
}

/// What may be done on the page at `at`, and what is found by the words typed so far.
async fn palette(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let here = asked
        .at
        .as_deref()
        .and_then(|at| at.strip_prefix("/tickets/"));
    let ticket = match here.map(number) {
        Some(Ok(id)) => reading::find::<Read>(&mut app.db.read(), actor, id)
            .await
            .ok(),
        _ => None,
    };
    let understood = language::understand(&asked.q, fields(actor), &visitor.words).while_typing();
    let (most_tickets, most_people, most_actions) = IN_PALETTE;
    let slice = Slice {
        offset: 0,
        limit: most_tickets,
    };
    let found = tickets(&app.db, actor, &understood, slice, visitor.now()).await?;
    let persons = people(&app.db, actor, &understood, most_people).await?;
    let mut actions = views::actions(&visitor.words, actor, ticket.as_deref(), &asked.q);
    actions.truncate(most_actions);
    let everything = match asked.q.trim() {
        "" => String::new(),
        query => views::address("/search", query, 1),
    };
    let about = ticket.filter(|_| {
        actions
            .iter()
            .any(|a| a.form.is_some() || a.dialog.is_some())
    });
    let template = PaletteList {
        frame: visitor.reader().bare_frame(),
        about: about.map(|ticket| format!("#{}", ticket.id)),
        tickets: views::palette_tickets(found),
        people: persons.into_iter().map(views::person).collect(),
        query: asked.q,
        actions,
        everything,
    };
    Ok(page_with(StatusCode::OK, &template))
}
