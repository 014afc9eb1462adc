//! The page of the journal, and its file.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::journal::{Asked, Chain, JournalPage};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use url::form_urlencoded::Serializer;
use words::reader::Words;

use super::{Past, Wanted, told};
use crate::audit::chain::{self, Standing};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::{self, DepartmentId, views};
use crate::house::App;
use crate::people;
use crate::people::{PersonId, desk};
use crate::policy::permission;
use crate::web::download;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// Entries on a page.
const ROWS: i64 = 50;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/journal", Who::May(permission::SEE_AUDIT), show),
        get("/admin/journal/file", Who::May(permission::SEE_AUDIT), file),
        post(
            "/admin/journal/noting",
            Who::May(permission::OWN),
            say_noting,
        ),
    ]
}

/// Which entries a form asks for, or every fault at its field.
async fn wanted(ask: &mut dyn Answers, form: &Form, words: &Words) -> Result<Wanted, Error> {
    let mut faults = Fields::default();
    let mut wanted = Wanted::default();
    for field in ["actor", "person"] {
        let Some(typed) = form.optional(field) else {
            continue;
        };
        let found = people::find_by_name(ask, typed.trim()).await?;
        match (found, field) {
            (Some(person), "actor") => wanted.actor = Some(person.id),
            (Some(person), _) => wanted.person = Some(person.id),
            (None, _) => faults.add(field, "fault-person-unknown", Some(typed.to_owned())),
        }
    }
    // A menu sends only what it shows: anything else asks for what no entry is about.
    let number = |text: &str| text.parse().unwrap_or(-1);
    wanted.department = form
        .optional("department")
        .map(|id| DepartmentId(number(id)));
    wanted.deed = form.optional("deed").and_then(Deed::of);
    for field in ["from", "to"] {
        let Some(typed) = form.optional(field) else {
            continue;
        };
        match (words.whole_day(typed), field) {
            (Some((begins, _)), "from") => wanted.from = Some(Moment(begins)),
            (Some((_, ends)), _) => wanted.until = Some(Moment(ends)),
            (None, _) => faults.add(field, "fault-day", Some(typed.to_owned())),
        }
    }
    faults.settle()?;
    Ok(wanted)
}

/// The address of the same question, without where the reader stands in its answer.
fn address(path: &str, form: &Form, past: Option<(&str, i64)>) -> String {
    let start = format!("{path}?");
    let length = start.len();
    let mut href = Serializer::for_suffix(start, length);
    for field in ["actor", "person", "department", "deed", "from", "to"] {
        if let Some(typed) = form.optional(field) {
            href.append_pair(field, typed);
        }
    }
    if let Some((word, id)) = past {
        href.append_pair(word, &id.to_string());
    }
    href.finish()
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let may = super::reader(&visitor.actor)?;
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.read();
    let number = |field: &str| form.optional(field)?.parse::<i64>().ok();
    let past = match (number("older"), number("newer")) {
        (Some(id), _) => Past::Older(id),
        (None, Some(id)) => Past::Newer(id),
        (None, None) => Past::Start,
    };
    let (found, faults) = match wanted(&mut db, &form, &visitor.words).await {
        Ok(wanted) => {
            let page = super::page(&mut db, &visitor.actor, &may, &wanted, past, ROWS).await?;
            (Some(page), Fields::default())
        }
        Err(Error::Invalid(faults)) => (None, faults),
        Err(other) => return Err(other.into()),
    };
    let chain = if form.optional("check").is_some() {
        match chain::standing(&mut db).await? {
            Standing::Whole { entries, link } => Chain::Whole { entries, link },
            Standing::Broken { at } => Chain::Broken(at),
        }
    } else {
        Chain::Unasked
    };
    let status = if faults.0.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut pager = Pager::default();
    let mut rows = vec![];
    if let Some(found) = found {
        let link = |is: bool, word: &'static str, id: Option<i64>| {
            let id = id.filter(|_| is)?;
            Some(address("/admin/journal", &form, Some((word, id))))
        };
        pager.previous = link(found.has_newer, "newer", found.rows.first().map(|it| it.id));
        pager.next = link(found.has_older, "older", found.rows.last().map(|it| it.id));
        let row = |noted| told::row(noted, &visitor.words);
        rows = found.rows.into_iter().map(row).collect();
    }
    let (notes_reads, noting_version) = desk::notes_reads(&mut db).await?;
    let departments = departments::admin::list(&mut db, &visitor.actor).await?;
    Ok(page_with(
        status,
        &JournalPage {
            frame: visitor.frame(&app, Section::Administration, None).await?,
            asked: Asked {
                actor: form.text("actor").to_owned(),
                person: form.text("person").to_owned(),
                department: number("department"),
                deed: form.text("deed").to_owned(),
                from: form.text("from").to_owned(),
                to: form.text("to").to_owned(),
            },
            faults: views::faults(&faults, &visitor.words),
            departments: departments
                .into_iter()
                .map(|it| (it.id.0, it.name))
                .collect(),
            deeds: Deed::ALL.iter().map(|it| (it.word(), it.key())).collect(),
            rows,
            pager,
            export: address("/admin/journal/file", &form, None),
            chain,
            notes_reads,
            noting_version: visitor
                .actor
                .is_permitted(permission::OWN)
                .then_some(noting_version),
        },
    ))
}

async fn say_noting(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let (notes, seen) = (
        form.is_ticked("notes_reads"),
        form.number("version", "fault-version")?,
    );
    super::say_noting(&app.db, &visitor.actor, Some(seen), notes, visitor.now()).await?;
    Ok(see_other(
        "/admin/journal",
        Some((Tone::Ok, "admin-said-saved")),
    ))
}

/// The same as a file. That it was taken away is noted, too.
async fn file(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let may = super::reader(&visitor.actor)?;
    let form = Form::of_query(query.as_deref());
    let wanted = wanted(&mut app.db.read(), &form, &visitor.words).await?;
    let (text, lines) = super::file::text(
        &mut app.db.read(),
        &visitor.actor,
        &may,
        &wanted,
        &visitor.words,
    )
    .await?;
    let person: Option<PersonId> = wanted.person;
    let mut entry = Entry::of(Deed::JournalExported).field(Field::Count, "", &lines.to_string());
    if let Some(person) = person {
        entry = entry.person(person.0);
    }
    let mut tx = app.db.write().await?;
    audit::note(&mut tx, Pen::of(&visitor.actor, app.clock.now()), entry).await?;
    tx.commit().await?;
    Ok(download::answer(
        "journal.csv",
        "text/csv; charset=utf-8",
        false,
        text.into_bytes(),
    ))
}
