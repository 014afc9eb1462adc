//! The page of mails going out.

use axum::extract::{Query, State};
use axum::response::Response;
use pages::admin::outbox::OutboxPage;
use pages::frame::Section;
use pages::pager::Pager;
use serde::Deserialize;

use super::{Looked, views};
use crate::house::App;
use crate::mail::outbox_store::{OutgoingId, OutgoingState};
use crate::people::suppression;
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::Visitor;

/// Rows of the list.
const ROWS: i64 = 50;

/// The address of this page.
pub fn routes() -> Vec<Route> {
    vec![get(
        "/admin/mail/outbox",
        Who::May(permission::SEE_POST),
        show,
    )]
}

/// Which mails are asked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    address: String,
    before: Option<String>,
}

/// The states one can look for, a mail under way among those that wait to be known.
const STATES: [OutgoingState; 7] = [
    OutgoingState::Waiting,
    OutgoingState::Sent,
    OutgoingState::Uncertain,
    OutgoingState::Failed,
    OutgoingState::Bounced,
    OutgoingState::Dropped,
    OutgoingState::Captured,
];

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let mut reader = app.db.read();
    let looked = Looked {
        state: OutgoingState::of(&asked.state),
        address: asked.address.trim().to_owned(),
    };
    let before = asked.before.and_then(|it| it.parse().ok()).map(OutgoingId);
    let mut mails = super::list(&mut reader, actor, &looked, before, ROWS + 1).await?;
    let has_more = mails.len() > ROWS as usize;
    mails.truncate(ROWS as usize);
    let at = |before: Option<OutgoingId>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(state) = looked.state {
            query.append_pair("state", state.word());
        }
        if !looked.address.is_empty() {
            query.append_pair("address", &looked.address);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        format!("/admin/mail/outbox?{}", query.finish())
    };
    let pager = Pager {
        previous: before.map(|_| at(None)),
        next: mails
            .last()
            .filter(|_| has_more)
            .map(|last| at(Some(last.id))),
    };
    let states = STATES
        .iter()
        .filter(|it| app.is_demo || **it != OutgoingState::Captured);
    let states = states.map(|it| {
        let name = visitor.words.say(views::state_key(*it));
        (it.word(), name, looked.state == Some(*it))
    });
    let words = &visitor.words;
    Ok(page(&OutboxPage {
        states: states.collect(),
        address: looked.address.clone(),
        suppressed: suppression::total(&mut reader, actor).await?,
        rows: mails
            .into_iter()
            .map(|mail| views::row(mail, words))
            .collect(),
        pager,
        frame: visitor.frame(&app, Section::Administration, None).await?,
    }))
}
