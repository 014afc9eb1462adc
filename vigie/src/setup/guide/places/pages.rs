//! The page of the fourth step.

use axum::extract::State;
use axum::response::Response;
use kit::web::form::{self, Form};
use pages::admin::guide::PlacesPage;

use super::{Furnished, Place};
use crate::departments::views::faults;
use crate::departments::{DepartmentId, admin as departments, categories};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::people::admin::search::{self, Past};
use crate::setup::guide::pages::{Again, ROWS, drawn, go_on};
use crate::setup::guide::{MOST_NAMES, Plan, Step, views};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::page_with;
use crate::web::visitor::Visitor;

pub(in crate::setup::guide) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Response, Fail> {
    places_page(&app, &visitor, Again::first()).await
}

/// Departments of which a form speaks that are still to be made: the names of their fields, and theirs.
fn typed_places(form: &Form) -> Vec<(String, String)> {
    let named = |n: usize| {
        let key = format!("new{n}");
        let field = format!("name-{key}");
        let is_there = form.all(&field).next().is_some();
        is_there.then(|| (key, form.text(&field).to_owned()))
    };
    (0..MOST_NAMES).map_while(named).collect()
}

/// Departments that are named and not made yet; those that were made elsewhere meanwhile are left out.
fn planned(plan: &Plan, there: &[departments::Listed]) -> Vec<(String, String)> {
    let is_there = |name: &str| there.iter().any(|it| form::is_same_name(&it.name, name));
    let named = plan.departments.iter().filter(|name| !is_there(name));
    let named = named.take(MOST_NAMES).enumerate();
    named
        .map(|(n, it)| (format!("new{n}"), it.clone()))
        .collect()
}

async fn places_page(app: &House, visitor: &Visitor, back: Again<'_>) -> Result<Response, Fail> {
    let (frame, standing) = drawn(app, visitor, Step::Departments).await?;
    let mut db = app.db.read();
    let (actor, words) = (&visitor.actor, &visitor.words);
    let mut there = departments::list(&mut db, actor).await?;
    let agents = search::agents(&mut db, actor, "", Past::Start, ROWS).await?;
    let fresh = match back.form {
        Some(form) => typed_places(form),
        None => planned(&standing.plan, &there),
    };
    there.retain(|it| it.is_active && !it.is_virtual);
    let most = usize::try_from(ROWS).unwrap_or(0);
    let has_more = agents.has_after || there.len() > most;
    there.truncate(most);
    let mut rows: Vec<views::Place<'_>> = vec![];
    for (key, name) in fresh {
        rows.push(views::Place {
            key,
            id: None,
            name,
            categories: vec![],
            members: vec![],
            agents: &agents.rows,
        });
    }
    for it in there {
        let tree = categories::tree(&mut db, it.id).await?;
        let members = departments::members(&mut db, it.id).await?.into_iter();
        rows.push(views::Place {
            key: it.id.to_string(),
            id: Some(it.id),
            name: it.name,
            categories: tree.into_iter().map(|(_, c)| c.name).collect(),
            members: members.map(|m| (m.person_id.0, m.name)).collect(),
            agents: &agents.rows,
        });
    }
    // Faults are counted as the form was read: row by row as it is shown, less those that asked for nothing.
    let asked = back.form.map(|form| furnished(form).1).unwrap_or_default();
    let row = |place: views::Place<'_>| {
        let n = asked.iter().position(|key| *key == place.key);
        views::place_row(place, back.form, &back.rows, n.unwrap_or(usize::MAX), words)
    };
    Ok(page_with(
        back.status,
        &PlacesPage {
            frame,
            guide: views::guide(&standing, Step::Departments),
            rows: rows.into_iter().map(row).collect(),
            has_more,
            faults: faults(&back.faults, words),
        },
    ))
}

/// What a form asks for, department by department, with the names of their fields; those that get nothing are left out.
fn furnished(form: &Form) -> (Vec<Furnished>, Vec<String>) {
    let mut rows = vec![];
    let read = |key: &str, place: Place| {
        let field = format!("member-{key}");
        let members = form.all(&field).filter_map(|id| id.trim().parse().ok());
        Furnished {
            place,
            categories: form.raw(&format!("categories-{key}")).to_owned(),
            members: members.map(PersonId).collect(),
        }
    };
    let gets_nothing = |it: &Furnished| it.categories.trim().is_empty() && it.members.is_empty();
    for (key, name) in typed_places(form) {
        let is_nameless = name.is_empty();
        let row = read(&key, Place::New(name));
        if !is_nameless || !gets_nothing(&row) {
            rows.push((row, key));
        }
    }
    for (name, _) in form.pairs() {
        let Some(key) = name.strip_prefix("categories-") else {
            continue;
        };
        let Ok(id) = key.parse() else { continue };
        let row = read(key, Place::Standing(DepartmentId(id)));
        if !gets_nothing(&row) {
            rows.push((row, key.to_owned()));
        }
    }
    rows.into_iter().unzip()
}

pub(in crate::setup::guide) async fn furnish(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let (rows, _) = furnished(&form);
    let language = visitor.words.language;
    let (actor, now) = (&visitor.actor, visitor.now());
    match super::furnish(&app.db, actor, seen, (&rows, language), now).await {
        Ok(()) => go_on(&app, &visitor, Step::Departments).await,
        Err(stop) => places_page(&app, &visitor, Again::of(&form, stop)?).await,
    }
}
