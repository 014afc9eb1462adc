//! What the composer offers while one types: colleagues by `@`, tickets by `#`, saved replies by `/`.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::authz::{Actor, May};
use kit::error::Error;
use pages::tickets::show::{Suggestion, Suggestions};
use serde::Deserialize;

use crate::house::{App, House};
use crate::replies;
use crate::tickets::listing::{self, Filter, Order};
use crate::tickets::pages::number;
use crate::tickets::rights::Read;
use crate::tickets::{Audience, Ticket, TicketId, mentions, reading, solutions};
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The most suggestions at once.
const MOST: usize = 6;
/// The most articles below the tickets.
const ARTICLES: usize = 4;
/// How many of the tickets changed last are looked through for a word of their subject.
const LOOKED_THROUGH: i64 = 200;

/// The address of suggestions.
pub fn routes() -> Vec<Route> {
    vec![get("/tickets/{number}/suggestions", Who::Staff, suggest)]
}

#[derive(Debug, Deserialize)]
struct Asked {
    r#for: Option<String>,
    q: Option<String>,
    audience: Option<String>,
}

async fn suggest(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&n)?);
    let mut db = app.db.read();
    let seen = reading::find::<Read>(&mut db, actor, id).await?;
    let typed: String = asked.q.unwrap_or_default().chars().take(60).collect();
    let audience = asked.audience.as_deref().and_then(Audience::of);
    let items = match asked.r#for.as_deref() {
        Some("@") => {
            let audience = audience.unwrap_or(Audience::Public);
            mentions::suggested(&mut db, actor, id, audience, &typed, MOST)
                .await?
                .into_iter()
                .map(|c| Suggestion {
                    value: format!("@{}", c.handle()),
                    reply: None,
                    detail: c.email.clone(),
                    name: c.name,
                    icon: "at-sign",
                })
                .collect()
        }
        Some("#") => {
            let mut items = tickets(&app, &visitor, &typed).await?;
            let audience = audience.unwrap_or(Audience::Public);
            let articles = articles(&app, actor, &seen, audience, &typed).await?;
            // Below the tickets, and in sight.
            items.truncate(MOST - articles.len().min(2));
            items.extend(articles);
            items
        }
        Some("/") => {
            let typed = typed.to_lowercase();
            replies::usable(&mut db, actor)
                .await?
                .into_iter()
                .filter(|r| r.title.to_lowercase().contains(&typed))
                .take(MOST)
                .map(|r| Suggestion {
                    value: String::new(),
                    reply: Some(r.id.0),
                    detail: r.body.chars().take(60).collect(),
                    name: r.title,
                    icon: replies::pages::sharing_view(r.sharing).icon(),
                })
                .collect()
        }
        _ => vec![],
    };
    Ok(page(&Suggestions { items }))
}

/// Tickets the actor sees: the one of this number first, then the ones changed last whose subject
/// holds the typed letters.
async fn tickets(app: &House, visitor: &Visitor, typed: &str) -> Result<Vec<Suggestion>, Error> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let mut items = vec![];
    let mut add = |id: TicketId, subject: String| {
        items.push(Suggestion {
            value: format!("#{id}"),
            reply: None,
            name: format!("#{id}"),
            detail: subject,
            icon: "ticket",
        });
    };
    if let Ok(id) = typed.parse().map(TicketId) {
        match reading::find::<Read>(&mut db, actor, id).await {
            Ok(seen) => add(id, seen.subject.clone()),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let all = Filter::default();
    let found = listing::page(&mut db, actor, &all, Order::USUAL, None, LOOKED_THROUGH).await?;
    let low = typed.to_lowercase();
    for row in found.rows {
        let is_meant =
            row.subject.to_lowercase().contains(&low) || row.id.to_string().starts_with(typed);
        if is_meant && row.id.to_string() != typed {
            add(row.id, row.subject);
        }
    }
    items.truncate(MOST);
    Ok(items)
}

/// Articles for whoever will read the message, as links in its text.
async fn articles(
    app: &House,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    audience: Audience,
    typed: &str,
) -> Result<Vec<Suggestion>, Error> {
    let mut db = app.db.read();
    let found = solutions::offered(&mut db, actor, ticket, audience, typed, ARTICLES).await?;
    let desk = app.config.public_url.trim_end_matches('/');
    let suggestion = |it: solutions::Offered| {
        // What ends a link's name in Markdown does not stand in it.
        let name = it.article.title.replace(['[', ']'], " ");
        Suggestion {
            value: format!("[{name}]({desk}{})", it.path),
            reply: None,
            name: it.article.title,
            detail: it.article.department.unwrap_or_default(),
            icon: "book-open",
        }
    };
    Ok(found.into_iter().map(suggestion).collect())
}
