//! The page on which filter rules are kept.

use super::views::{chosen, conflict, outcome_view, row};
use super::{FilterId, Outcome, Source, Wanted};
use crate::audit::Pen;
use crate::departments::{self, CategoryId, views};
use crate::house::{App, House};
use crate::mail::channels::{self, keeper};
use crate::mail::mailboxes::{self, MailboxId};
use crate::mail::store::ChannelId;
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use kit::web::form::Form;
use pages::admin::channels::CategoryChoice;
use pages::admin::filters::{FilterForm, FilterRow, FiltersPage, SourceChoice};
use pages::fields::{Conflict, Faults};
use pages::frame::{Section, Tone};
use serde::Deserialize;

const PAGE: &str = "/admin/filters";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    let who = || Who::May(permission::MANAGE_CHANNELS);
    vec![
        get("/admin/filters", who(), list),
        post("/admin/filters", who(), create),
        post("/admin/filters/{id}", who(), change),
        post("/admin/filters/{id}/position", who(), place),
        post("/admin/filters/{id}/removal", who(), remove),
    ]
}

async fn view(app: &House, visitor: &Visitor, asked: Option<i64>) -> Result<FiltersPage, Error> {
    let may = keeper(&visitor.actor)?;
    let words = &visitor.words;
    let mut db = app.db.read();
    let places = departments::places(&mut db).await?;
    let rules = super::list(&mut db, &may, app.clock.now()).await?;
    let last = rules.len();
    let rows = rules.iter().zip(1..).map(|(it, position)| FilterRow {
        position,
        is_last: position == last as i64,
        ..row(it, &places, asked, words)
    });
    let channels = channels::list(&mut db, &may).await?;
    let mailboxes = mailboxes::list(&mut db, &may).await?;
    let channels = channels.into_iter().map(|it| SourceChoice {
        code: format!("channel-{}", it.id),
        name: it.address,
    });
    let mailboxes = mailboxes.into_iter().map(|it| SourceChoice {
        code: format!("mailbox-{}", it.id),
        name: words.say_with(
            "filters-of-mailbox-with-address",
            &[
                ("name", it.name.as_str().into()),
                ("address", it.channel.as_str().into()),
            ],
        ),
    });
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = PAGE.to_owned();
    Ok(FiltersPage {
        frame,
        rows: rows.collect(),
        sources: channels.chain(mailboxes).collect(),
        categories: places
            .iter()
            .map(|place| CategoryChoice {
                id: place.id.0,
                name: format!("{}, {}", place.department, place.name),
            })
            .collect(),
        new: FilterForm::default(),
        faults: Faults::default(),
    })
}

/// Which rule is asked for.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    filter: Option<String>,
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fail> {
    let asked = asked.filter.and_then(|it| it.parse().ok());
    Ok(page(&view(&app, &visitor, asked).await?))
}

fn source(typed: &str) -> Option<Source> {
    let number = |text: &str| text.parse::<i64>().ok();
    match typed.split_once('-') {
        None if typed.is_empty() => Some(Source::Any),
        Some(("channel", id)) => number(id).map(|id| Source::Channel(ChannelId(id))),
        Some(("mailbox", id)) => number(id).map(|id| Source::Mailbox(MailboxId(id))),
        _ => None,
    }
}

fn wanted(form: &Form) -> Wanted {
    Wanted {
        name: form.text("name").to_owned(),
        source: source(form.text("source")),
        senders: form.text("senders").to_owned(),
        header_name: form.text("header_name").to_owned(),
        header_words: form.text("header_words").to_owned(),
        words: form.text("words").to_owned(),
        size_over: form.text("size_over").to_owned(),
        needs_file: form.is_ticked("needs_file"),
        outcome: Outcome::of(form.text("outcome")),
        category: match form.text("category") {
            "" => Ok(None),
            typed => typed.parse().map(|id| Some(CategoryId(id))).map_err(|_| ()),
        },
        tags: form.text("tags").to_owned(),
        is_active: form.is_ticked("active"),
    }
}

fn typed(form: &Form, wanted: &Wanted) -> FilterForm {
    FilterForm {
        name: wanted.name.clone(),
        source: form.text("source").to_owned(),
        senders: wanted.senders.clone(),
        header_name: wanted.header_name.clone(),
        header_words: wanted.header_words.clone(),
        words: wanted.words.clone(),
        size_over: wanted.size_over.clone(),
        needs_file: wanted.needs_file,
        outcome: wanted.outcome.map(outcome_view).unwrap_or_default(),
        category: wanted.category.ok().flatten().map(|id| id.0),
        tags: wanted.tags.clone(),
        is_active: wanted.is_active,
    }
}

fn number(id: &str) -> Result<FilterId, Error> {
    id.parse().map(FilterId).map_err(|_| Error::NotFound)
}

/// Where one rule is shown.
fn at(id: FilterId) -> String {
    format!("{PAGE}?filter={id}#filter-{id}")
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let wanted = wanted(&form);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match super::create(&mut tx, &may, &wanted, pen).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other(&at(id), Some((Tone::Ok, "filters-said-created"))))
        }
        Err(Error::Invalid(fields)) => {
            drop(tx);
            let mut view = view(&app, &visitor, None).await?;
            view.new = typed(&form, &wanted);
            view.faults = views::faults(&fields, &visitor.words);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let wanted = wanted(&form);
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    let error = match super::change(&mut tx, &may, (id, Some(seen)), &wanted, pen).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(see_other(&at(id), Some((Tone::Ok, "admin-said-saved"))));
        }
        Err(error) => error,
    };
    drop(tx);
    let mut view = view(&app, &visitor, Some(id.0)).await?;
    let typed = typed(&form, &wanted);
    let chosen = chosen(&view, id, &visitor.words);
    let row = view.rows.iter_mut().find(|row| row.id == id.0);
    let row = row.ok_or(Error::NotFound)?;
    let status = match error {
        Error::Invalid(fields) => {
            row.faults = views::faults(&fields, &visitor.words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            row.conflict = Some(conflict(row, &typed, chosen, &visitor.words));
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    row.form = typed;
    Ok(page_with(status, &view))
}

/// The page again, with what stands now, for whoever moved or removed what somebody else changed.
async fn overtaken(app: &House, visitor: &Visitor, id: FilterId) -> Result<Response, Fail> {
    let mut view = view(app, visitor, Some(id.0)).await?;
    if let Some(row) = view.rows.iter_mut().find(|row| row.id == id.0) {
        row.conflict = Some(Conflict {
            by: visitor.words.say("admin-somebody").to_owned(),
            standing: vec![],
        });
    }
    Ok(page_with(StatusCode::CONFLICT, &view))
}

async fn place(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let position = form.number("position", "fault-unreadable-form")?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match super::place(&mut tx, &may, (id, Some(seen)), position, pen).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&at(id), Some((Tone::Ok, "filters-said-moved"))))
        }
        Err(Error::Conflict(_)) => {
            drop(tx);
            overtaken(&app, &visitor, id).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = keeper(&visitor.actor)?;
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let mut tx = app.db.write().await?;
    match super::remove(&mut tx, &may, (id, Some(seen)), pen).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(PAGE, Some((Tone::Ok, "filters-said-removed"))))
        }
        Err(Error::Conflict(_)) => {
            drop(tx);
            overtaken(&app, &visitor, id).await
        }
        Err(other) => Err(other.into()),
    }
}
