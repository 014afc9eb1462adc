//! `/tickets/{number}/peek`: what a ticket is about and its last words, without leaving the list.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use kit::web::form::Form;
use pages::tickets::panel::Typed;
use pages::tickets::show::PeekPage;
use pages::tickets::thread::Show;

use crate::house::App;
use crate::tickets::composer::views::Shown;
use crate::tickets::pages::{number, ticket_view};
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::AgentVisitor;

/// The address of the look.
pub fn routes() -> Vec<Route> {
    vec![get("/tickets/{number}/peek", Who::Staff, peek).for_eyes()]
}

async fn peek(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let (id, shown, typed) = (number(&n)?, Shown::default(), Typed::default());
    let ticket = ticket_view(&app, &visitor, id, Show::Exchanges, None, shown, typed).await?;
    let form = Form::of_query(query.as_deref());
    let list: String = url::form_urlencoded::byte_serialize(form.text("list").as_bytes()).collect();
    let at: String = url::form_urlencoded::byte_serialize(form.text("at").as_bytes()).collect();
    Ok(page(&PeekPage {
        frame: ticket.frame.clone(),
        href: format!("/tickets/{id}?list={list}&at={at}"),
        ticket,
    }))
}
