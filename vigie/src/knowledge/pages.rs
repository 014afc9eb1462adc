//! The pages on which staff reads, writes and keeps articles.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::frame::{Section, Tone};
use pages::knowledge::{ArticlePage, KnowledgePage, TextBefore};
use pages::pager::Pager;
use pages::tickets::Choice;
use serde::Deserialize;
use url::form_urlencoded::Serializer;
use words::language::Language;

use super::rights::{Keep, Link, Read};
use super::views::{audience_view, figures, number, row, said, state_view};
use super::{ArticleId, Audience, Filter, State, verbs};
use crate::audit::Pen;
use crate::departments::{self, CategoryId, DepartmentId};
use crate::house::{App, House};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Articles on a page.
const ROWS: i64 = 25;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/knowledge", Who::Staff, list).for_eyes(),
        get("/knowledge/{id}", Who::Staff, show).for_eyes(),
        post("/knowledge/{id}/publication", Who::Staff, publish),
        post("/knowledge/{id}/withdrawal", Who::Staff, withdraw),
        post("/knowledge/{id}/removal", Who::Staff, remove),
        post("/knowledge/{id}/tickets", Who::Staff, link),
        post("/knowledge/{id}/tickets/removal", Who::Staff, unlink),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    category: String,
    before: Option<String>,
}

impl Asked {
    fn filter(&self) -> Filter {
        let all = Filter {
            state: State::of(&self.state),
            language: Some(&self.language).and_then(|it| Language::parse(it)),
            department: self.department.parse().ok().map(DepartmentId),
            category: self.category.parse().ok().map(CategoryId),
            ..Filter::default()
        };
        all.holding(&self.q)
    }

    /// The address of what comes after this article.
    fn after(&self, id: ArticleId) -> String {
        let address = "/knowledge?".to_owned();
        let start = address.len();
        let mut href = Serializer::for_suffix(address, start);
        for (name, value) in [
            ("q", &self.q),
            ("state", &self.state),
            ("language", &self.language),
            ("department", &self.department),
            ("category", &self.category),
        ] {
            if !value.is_empty() {
                href.append_pair(name, value);
            }
        }
        href.append_pair("before", &id.to_string()).finish()
    }
}

async fn list(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let filter = asked.filter();
    let before = asked.before.as_deref().and_then(|it| it.parse().ok());
    let mut found = super::list(&mut db, actor, &filter, before.map(ArticleId), ROWS + 1).await?;
    let has_more = found.len() as i64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(0));
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|it| asked.after(it.id));
    let known = departments::seen_by(&mut db, actor).await?;
    let places = departments::places(&mut db).await?;
    let places = places
        .iter()
        .filter(|it| known.iter().any(|d| d.id == it.department_id));
    Ok(page(&KnowledgePage {
        frame: visitor.frame(&app, Section::Knowledge, None).await?,
        query: asked.q.trim().to_owned(),
        state: filter.state.map(state_view),
        language: filter.language,
        categories: places
            .map(|it| Choice {
                value: it.id.to_string(),
                name: format!("{} · {}", it.department, it.name),
                selected: filter.category == Some(it.id),
            })
            .collect(),
        departments: known
            .iter()
            .map(|it| Choice {
                value: it.id.to_string(),
                name: it.name.clone(),
                selected: filter.department == Some(it.id),
            })
            .collect(),
        is_narrowed: !asked.q.trim().is_empty()
            || filter.state.is_some()
            || filter.language.is_some()
            || filter.department.is_some()
            || filter.category.is_some(),
        rows: found.into_iter().map(row).collect(),
        may_write: super::may_write(&mut db, actor).await?,
        pager: Pager {
            previous: None,
            next,
        },
    }))
}

/// What the page of an article says besides, after a deed that was refused.
#[derive(Default)]
struct Refused {
    typed: String,
    faults: Fields,
    is_overtaken: bool,
}

async fn article_page(
    app: &House,
    visitor: &Visitor,
    id: ArticleId,
    refused: Refused,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (actor, mut db) = (&visitor.actor, app.db.read());
    let article = super::find::<Read>(&mut db, actor, id).await?;
    let may_keep = super::find::<Keep>(&mut db, actor, id).await.is_ok();
    let may_link = super::find::<Link>(&mut db, actor, id).await.is_ok();
    let before = super::before(&mut db, actor, &article).await?;
    let categories = super::categories_of(&mut db, actor, id).await?;
    let tickets = super::tickets_of(&mut db, actor, id).await?;
    let mut frame = visitor.frame(app, Section::Knowledge, None).await?;
    frame.here = format!("/knowledge/{id}");
    let address = match (article.state, article.audience) {
        (State::Published, Audience::Public) => Some(format!("/help/{id}")),
        (State::Published, Audience::Authenticated | Audience::Department)
            if visitor.person.has_portal =>
        {
            Some(format!("/portal/solutions/{id}"))
        }
        _ => None,
    };
    Ok(page_with(
        status,
        &ArticlePage {
            frame: frame.on("article", id.0, article.version),
            id: id.0,
            version: article.version,
            title: article.title.clone(),
            safe_html: letter::markdown::to_html(&article.body),
            language: article.language(),
            audience: audience_view(article.audience),
            department: article.department.clone(),
            state: state_view(article.state),
            author: article.author.clone(),
            created_micros: article.created_at.0,
            editor: article.editor.clone(),
            updated_micros: article.updated_at.0,
            published_micros: article.published_at.map(|at| at.0),
            address,
            may_keep,
            may_link,
            before: before
                .into_iter()
                .map(|it| TextBefore {
                    editor: it.editor,
                    at_micros: it.written_at.0,
                    title: it.title,
                    body: it.body,
                })
                .collect(),
            categories: categories
                .into_iter()
                .map(|it| (it.name, it.department))
                .collect(),
            tickets: tickets.into_iter().map(|it| (it.id, it.subject)).collect(),
            typed: refused.typed,
            figures: may_keep.then(|| figures(&article)),
            faults: said(&refused.faults, &visitor.words),
            is_overtaken: refused.is_overtaken,
        },
    ))
}

async fn show(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let none = Refused::default();
    article_page(&app, &visitor, number(&id)?, none, StatusCode::OK).await
}

/// A deed of one button.
enum OneButton {
    Publish,
    Withdraw,
    Remove,
}

async fn do_one(
    app: &House,
    visitor: &Visitor,
    id: ArticleId,
    seen: i64,
    deed: OneButton,
) -> Result<Response, Fail> {
    let (actor, pen) = (&visitor.actor, Pen::of(&visitor.actor, visitor.now()));
    let back = format!("/knowledge/{id}");
    let done = async {
        let mut tx = app.db.write().await?;
        let article = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
        let said = match deed {
            OneButton::Publish => {
                verbs::publish(&mut tx, &article, Some(seen), pen).await?;
                (back.as_str(), "knowledge-said-published")
            }
            OneButton::Withdraw => {
                verbs::withdraw(&mut tx, &article, Some(seen), pen).await?;
                (back.as_str(), "knowledge-said-withdrawn")
            }
            OneButton::Remove => {
                verbs::remove(&mut tx, &article, Some(seen), pen).await?;
                ("/knowledge", "knowledge-said-removed")
            }
        };
        tx.commit().await?;
        Ok(said)
    }
    .await;
    let (refused, status) = match done {
        Ok((to, key)) => return Ok(see_other(to, Some((Tone::Ok, key)))),
        Err(Error::Conflict(_)) => {
            let overtaken = Refused {
                is_overtaken: true,
                ..Refused::default()
            };
            (overtaken, StatusCode::CONFLICT)
        }
        Err(Error::Invalid(faults)) => {
            let refused = Refused {
                faults,
                ..Refused::default()
            };
            (refused, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(other) => return Err(other.into()),
    };
    article_page(app, visitor, id, refused, status).await
}

async fn publish(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    do_one(&app, &visitor.0, number(&id)?, seen, OneButton::Publish).await
}

async fn withdraw(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    do_one(&app, &visitor.0, number(&id)?, seen, OneButton::Withdraw).await
}

async fn remove(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    do_one(&app, &visitor.0, number(&id)?, seen, OneButton::Remove).await
}

async fn link(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let (actor, typed) = (&visitor.actor, form.text("ticket"));
    let linked = async {
        let mut tx = app.db.write().await?;
        let article = super::find_to_change::<Link>(&mut tx, actor, id).await?;
        verbs::link(&mut tx, &article, actor, typed).await?;
        tx.commit().await
    }
    .await;
    match linked {
        Ok(()) => Ok(see_other(
            &format!("/knowledge/{id}"),
            Some((Tone::Ok, "knowledge-said-linked")),
        )),
        Err(Error::Invalid(faults)) => {
            let refused = Refused {
                typed: typed.to_owned(),
                faults,
                is_overtaken: false,
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            article_page(&app, &visitor, id, refused, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn unlink(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let mut tx = app.db.write().await?;
    let article = super::find_to_change::<Link>(&mut tx, &visitor.actor, id).await?;
    verbs::unlink(&mut tx, &article, &visitor.actor, form.text("ticket")).await?;
    tx.commit().await?;
    Ok(see_other(
        &format!("/knowledge/{id}"),
        Some((Tone::Ok, "knowledge-said-unlinked")),
    ))
}
