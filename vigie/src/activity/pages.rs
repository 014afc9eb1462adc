//! The page of what agents do, and its file.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::activity::{ActivityPage, ActivityRow, Counts};
use pages::frame::{Section, Tone};
use words::reader::Words;

use super::periods::{self, By, Period};
use super::{Counted, Whose};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::views::faults;
use crate::house::{App, House};
use crate::people::{PersonId, desk};
use crate::policy::permission;
use crate::tickets::listing::export::{Manner, line};
use crate::web::download;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// How many days one can choose to look at, as far as the desk looks back.
const CHOICES: [i64; 4] = [7, 28, 84, 364];

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/activity", Who::Staff, show),
        post("/admin/activity", Who::May(permission::OWN), say_days),
        get("/admin/activity/file", Who::Staff, file),
    ]
}

/// What was asked for.
struct Asked {
    agent: Option<PersonId>,
    by: By,
    days: i64,
    choices: Vec<i64>,
}

/// What an address asks for, as far as the desk looks back; what it does not know is what is usual.
fn asked(form: &Form, limit: i64, me: PersonId) -> Asked {
    let mut choices: Vec<i64> = CHOICES.into_iter().filter(|days| *days < limit).collect();
    if limit > 0 {
        choices.push(limit.min(364));
        choices.dedup();
    }
    let typed = form.text("days").parse().ok();
    let typed = typed.filter(|days| choices.contains(days));
    let usual = || choices.iter().copied().find(|days| *days >= 28);
    let days = typed.or_else(usual).or(choices.last().copied());
    let days = days.unwrap_or(0);
    // In less than a week perhaps none begins.
    let by = By::of(form.text("by")).filter(|_| days >= 7);
    Asked {
        agent: match form.text("agent") {
            "me" => Some(me),
            number => number.parse().ok().map(PersonId),
        },
        by: by.unwrap_or(if days < 7 { By::Day } else { By::Week }),
        days,
        choices,
    }
}

/// The periods that are counted; none when the desk does not look back at all.
fn looked_at(asked: &Asked, words: &Words) -> Vec<Period> {
    match asked.days {
        0 => vec![],
        days => periods::by(words, asked.by, days),
    }
}

fn of(it: &Counted) -> Counts {
    Counts {
        taken: it.taken,
        replies: it.replies,
        notes: it.notes,
        closed: it.closed,
        tickets: it.tickets,
    }
}

/// One agent's periods, the newest first, and their name.
async fn of_agent(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    (asked, limit): (&Asked, i64),
    agent: PersonId,
) -> Result<(Vec<ActivityRow>, String), Error> {
    let words = &visitor.words;
    let periods = looked_at(asked, words);
    let whole = periods::whole(words, limit);
    let found = super::of_agent(ask, &visitor.actor, (&periods, &whole), agent).await?;
    let name = found.first().map(|it| it.agent.clone());
    let rows = found.iter().zip(&periods).rev();
    let rows = rows.map(|(it, period)| ActivityRow {
        name: words.day(period.day),
        agent: None,
        counts: of(it),
    });
    Ok((rows.collect(), name.unwrap_or_default()))
}

/// Everybody whom one sees, each with all the days as one.
async fn of_all(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    asked: &Asked,
) -> Result<Vec<ActivityRow>, Error> {
    if asked.days == 0 {
        return Ok(vec![]);
    }
    let whole = periods::whole(&visitor.words, asked.days);
    let found = super::counts(ask, &visitor.actor, &whole, None).await?;
    let row = |it: Counted| ActivityRow {
        counts: of(&it),
        agent: Some(it.agent_id.0),
        name: it.agent,
    };
    Ok(found.into_iter().map(row).collect())
}

async fn drawn(
    app: &House,
    visitor: &Visitor,
    form: &Form,
    back: Option<&Form>,
    (wrong, status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (limit, version) = desk::activity_days(&mut db).await?;
    let asked = asked(form, limit, visitor.person.id);
    let is_alone = super::whose(&visitor.actor)? == Whose::Own
        || (!visitor.is_manager() && !visitor.actor.is_permitted(permission::REPORTS));
    let agent = match (asked.agent, is_alone) {
        (Some(agent), _) => Some(agent),
        (None, true) => Some(visitor.person.id),
        (None, false) => None,
    };
    let (rows, name) = match agent {
        Some(agent) if limit > 0 => {
            let (rows, name) = of_agent(&mut db, visitor, (&asked, limit), agent).await?;
            (rows, Some(name))
        }
        // Of nobody anything, whoever is asked for.
        Some(agent) if agent != visitor.person.id => return Err(Error::NotFound.into()),
        Some(_) => (vec![], Some(visitor.person.name.clone())),
        None => (of_all(&mut db, visitor, &asked).await?, None),
    };
    let owns = visitor.actor.is_permitted(permission::OWN);
    let typed = back.map(|form| form.text("look_back_days").to_owned());
    Ok(page_with(
        status,
        &ActivityPage {
            frame: visitor.frame(app, Section::Administration, None).await?,
            agent: agent.map(|id| id.0).zip(name),
            is_own: agent == Some(visitor.person.id),
            is_alone,
            is_of_departments: super::whose(&visitor.actor)? == Whose::OfDepartments,
            by: asked.by.word(),
            days: asked.days,
            choices: asked.choices,
            rows,
            limit,
            version: owns.then_some(version),
            look_back_days: typed.unwrap_or(limit.to_string()),
            faults: faults(&wrong, &visitor.words),
        },
    ))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let fine = (Fields::default(), StatusCode::OK);
    drawn(&app, &visitor, &form, None, fine).await
}

async fn say_days(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let seen = form.number("version", "fault-version")?;
    let said = async {
        let days = form.number("look_back_days", "fault-activity-days")?;
        super::say_days(&app.db, &visitor.actor, Some(seen), days, visitor.now()).await
    };
    match said.await {
        Ok(()) => Ok(see_other(
            "/admin/activity",
            Some((Tone::Ok, "admin-said-saved")),
        )),
        Err(error) => {
            let wrong = again(error, "activity-changed")?;
            let none = Form::of_query(None);
            drawn(&app, &visitor, &none, Some(&form), wrong).await
        }
    }
}

const HEAD: &[&str] = &[
    "activity-agent",
    "activity-from",
    "activity-taken",
    "activity-replies",
    "activity-notes",
    "activity-closed",
    "activity-tickets",
];

/// The same as a file, period by period. That it was taken away is noted.
async fn file(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.read();
    let (limit, _) = desk::activity_days(&mut db).await?;
    let (asked, words) = (asked(&form, limit, visitor.person.id), &visitor.words);
    let periods = looked_at(&asked, words);
    let mut found = super::counts(&mut db, &visitor.actor, &periods, asked.agent).await?;
    found.retain(|it| usize::try_from(it.period).is_ok_and(|n| n < periods.len()));
    let manner = Manner::for_spreadsheet(words);
    let mut text = String::from(if manner.has_mark { "\u{feff}" } else { "" });
    let head = HEAD.iter().map(|key| words.say(key).to_owned());
    text.push_str(&line(head, manner));
    for it in &found {
        let day = usize::try_from(it.period).ok().and_then(|n| periods.get(n));
        let counts = [it.taken, it.replies, it.notes, it.closed, it.tickets];
        let cells = [
            it.agent.clone(),
            day.map_or(String::new(), |p| p.day.to_string()),
        ];
        let cells = cells.into_iter().chain(counts.map(|n| n.to_string()));
        text.push_str(&line(cells, manner));
    }
    let mut entry =
        Entry::of(Deed::ActivityExported).field(Field::Count, "", &found.len().to_string());
    if let Some(agent) = asked.agent.filter(|_| !found.is_empty()) {
        entry = entry.person(agent.0);
    }
    let mut tx = app.db.write().await?;
    audit::note(&mut tx, Pen::of(&visitor.actor, visitor.now()), entry).await?;
    tx.commit().await?;
    Ok(download::answer(
        "activity.csv",
        "text/csv; charset=utf-8",
        false,
        text.into_bytes(),
    ))
}
