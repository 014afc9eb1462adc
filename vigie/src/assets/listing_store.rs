//! The SQL of the list of the register: what was asked for, leaf by leaf, its counts and its sites.

use kit::authz::Actor;
use kit::db::{Answers, Ask, Query, like};
use kit::error::Error;
use kit::{cond, record, scoped, tail};

use super::listing::{Asked, Counted, Past, Row};
use crate::folding;

fn narrowed(mut query: Query, asked: &Asked) -> Query {
    let mut words = folding::words(&asked.words).peekable();
    // Signs alone were looked for: nothing is called so.
    if words.peek().is_none() && !asked.words.trim().is_empty() {
        query = query.and(cond!("1 = 0"));
    }
    for word in words {
        query = query.and(cond!("a.words LIKE ? ESCAPE '!'", like::holding(&word)));
    }
    if let Some(kind) = asked.kind {
        query = query.and(cond!("a.kind = ?", kind));
    }
    if let Some(state) = asked.state {
        query = query.and(cond!("a.state = ?", state));
    }
    if let Some(site) = &asked.site {
        query = query.and(cond!("l.name = ?", site.as_str()));
    }
    if let Some(holder) = asked.holder {
        query = query.and(cond!("a.holder_id = ?", holder));
    }
    query
}

record! { struct Anchor { name: String } }

pub(super) async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    asked: &Asked,
    past: Past,
    most: i64,
) -> Result<Vec<Row>, Error> {
    let query = scoped!(
        actor,
        "SELECT a.id, a.kind, a.name, a.tag, a.serial, a.maker, a.model, a.state, a.holder_id, h.name AS holder, \
         o.name AS organization, l.name AS site, a.warranty_until, a.updated_at, a.version FROM assets a \
         LEFT JOIN people h ON h.id = a.holder_id AND {visible:people h} \
         LEFT JOIN organizations o ON o.id = a.organization_id LEFT JOIN locations l ON l.id = a.location_id \
         WHERE {visible:assets a}"
    );
    let mut query = narrowed(query, asked);
    let from = match past {
        Past::Start => None,
        Past::After(id) | Past::Before(id) => Some(id),
    };
    let is_back = matches!(past, Past::Before(_));
    if let Some(id) = from {
        let anchor: Option<Anchor> = ask
            .maybe(scoped!(
                actor,
                "SELECT a.name FROM assets a WHERE a.id = $1 AND {visible:assets a}",
                id
            ))
            .await?;
        if let Some(Anchor { name }) = anchor {
            let name = name.as_str();
            query = query.and(if is_back {
                cond!("a.name < ? OR (a.name = ? AND a.id < ?)", name, name, id)
            } else {
                cond!("a.name > ? OR (a.name = ? AND a.id > ?)", name, name, id)
            });
        }
    }
    ask.all(query.tail(if is_back {
        tail!("ORDER BY a.name DESC, a.id DESC LIMIT ?", most)
    } else {
        tail!("ORDER BY a.name, a.id LIMIT ?", most)
    }))
    .await
}

pub(super) async fn counts(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Counted>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT a.kind, a.state, COUNT(*) AS n FROM assets a WHERE {visible:assets a} GROUP BY a.kind, a.state"
    ))
    .await
}

record! { struct Site { name: String } }

/// The sites where what the actor sees is, by name.
pub(super) async fn sites(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<String>, Error> {
    let all: Vec<Site> = ask
        .all(scoped!(
            actor,
            "SELECT l.name FROM locations l WHERE l.id IN (SELECT a.location_id FROM assets a WHERE {visible:assets a}) ORDER BY l.name"
        ))
        .await?;
    Ok(all.into_iter().map(|it| it.name).collect())
}
