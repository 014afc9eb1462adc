//! Deeds on many tickets from the list: what still has to be said is asked, then done, then told.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::tickets::Choice;
use pages::tickets::bulk::{
    Deed as DeedView, Outcome as OutcomeView, ReportPage, ReportRow, StepPage, Toast,
};

use super::{Deed, Outcome, Picked, Row, RunId, Wanted};
use crate::house::{App, House};
use crate::tickets::listing::pages::colleagues;
use crate::tickets::pages::frame;
use crate::web::fail::{Fail, fault_at, fault_text};
use crate::web::posted::Posted;
use crate::web::respond::{local, page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of deeds on many tickets.
pub fn routes() -> Vec<Route> {
    vec![
        post("/bulk", Who::Staff, start),
        get("/bulk/{id}", Who::Staff, report),
        post("/bulk/{id}/undoing", Who::Staff, undo),
    ]
}

fn id(text: &str) -> Result<RunId, Error> {
    text.parse().map(RunId).map_err(|_| Error::NotFound)
}

pub(in crate::tickets) fn view(deed: Deed) -> DeedView {
    match deed {
        Deed::Take => DeedView::Take,
        Deed::Release => DeedView::Release,
        Deed::Close => DeedView::Close,
        Deed::Assign => DeedView::Assign,
        Deed::Priority => DeedView::Priority,
        Deed::Tag => DeedView::Tag,
        Deed::Merge => DeedView::Merge,
        Deed::Postpone => DeedView::Postpone,
        Deed::Refuse => DeedView::Refuse,
        Deed::Reopen => DeedView::Reopen,
        Deed::Read => DeedView::Read,
        Deed::Unread => DeedView::Unread,
    }
}

fn outcome(outcome: Outcome) -> OutcomeView {
    match outcome {
        Outcome::Done => OutcomeView::Done,
        Outcome::Already => OutcomeView::Already,
        Outcome::Refused => OutcomeView::Refused,
        Outcome::Changed => OutcomeView::Changed,
        Outcome::Missing => OutcomeView::Missing,
        Outcome::Undone => OutcomeView::Undone,
    }
}

/// What a form picked: every box, each once, in the order of the list.
fn picked(form: &Form) -> Vec<Picked> {
    form.all("ticket").filter_map(Picked::parse).collect()
}

/// Does it, or asks first what it needs: a message and a confirmation for a closure, words for tags.
async fn start(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let deed =
        Deed::of(form.text("deed")).ok_or_else(|| Error::invalid("deed", "fault-bulk-deed"))?;
    super::may(&visitor.actor, deed).map_err(Error::Forbidden)?;
    let is_said = form.is_ticked("said")
        || matches!(deed, Deed::Take | Deed::Release | Deed::Read | Deed::Unread);
    let tickets = picked(&form);
    if !is_said && !tickets.is_empty() {
        return step(&app, &visitor, deed, &form, &Fields::default()).await;
    }
    let text = form.raw("text").trim();
    // A day is that morning where the reader is.
    let morning = match deed {
        Deed::Postpone => visitor.words.morning(text).map(Moment),
        _ => None,
    };
    let wanted = Wanted {
        deed,
        text: morning.map_or_else(|| text.to_owned(), Moment::rfc3339),
        lets_in: form.is_ticked("let_in"),
    };
    let now = visitor.now();
    let once = form.once();
    match super::run(
        &app.db,
        &visitor.actor,
        &wanted,
        tickets,
        once.as_deref(),
        now,
    )
    .await
    {
        Ok(run) => {
            let (_, rows) = super::find(&mut app.db.read(), &visitor.actor, run).await?;
            let is_plain = |row: &Row| matches!(row.outcome, Outcome::Done | Outcome::Already);
            let back = local(form.text("return_to"));
            if rows.iter().all(is_plain) && back.starts_with("/tickets") {
                let sign = if back.contains('?') { '&' } else { '?' };
                return Ok(see_other(&format!("{back}{sign}done={run}"), None));
            }
            let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
            Ok(see_other(&format!("/bulk/{run}?back={back}"), None))
        }
        Err(Error::Invalid(faults)) if faults.0.iter().all(|f| f.field != "ticket") => {
            step(&app, &visitor, deed, &form, &faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn step(
    app: &House,
    visitor: &Visitor,
    deed: Deed,
    form: &Form,
    faults: &Fields,
) -> Result<Response, Fail> {
    let status = if faults.0.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let error = [
        "text", "person", "tags", "priority", "body", "into", "until",
    ]
    .iter()
    .find_map(|field| fault_at(faults, field, &visitor.words));
    let people = match deed {
        Deed::Assign => colleagues(&mut app.db.read(), visitor).await?,
        _ => BTreeMap::new(),
    };
    let mut people: Vec<Choice> = people
        .into_iter()
        .map(|(id, name)| Choice {
            selected: form.text("text") == id.to_string(),
            value: id.to_string(),
            name,
        })
        .collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(page_with(
        status,
        &StepPage {
            people,
            frame: frame(app, visitor, Section::Tickets, None).await?,
            deed: view(deed),
            tickets: picked(form).into_iter().map(Picked::text).collect(),
            text: FormField {
                value: form.raw("text").to_owned(),
                error,
            },
            lets_in: form.is_ticked("let_in"),
            back: local(form.text("return_to")).to_owned(),
            once: app.dice.token(),
        },
    ))
}

#[derive(Debug, serde::Deserialize)]
struct ReportQuery {
    back: Option<String>,
}

async fn report(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
    axum::extract::Query(query): axum::extract::Query<ReportQuery>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let (run, rows) = super::find(&mut db, &visitor.actor, id(&n)?).await?;
    let subjects = super::subjects(&mut db, &visitor.actor, run.id).await?;
    let mut subjects: BTreeMap<i64, String> = subjects.into_iter().collect();
    let rows = rows
        .into_iter()
        .map(|row| ReportRow {
            number: row.number,
            subject: subjects.remove(&row.number),
            outcome: outcome(row.outcome),
            reason: row.reason.as_deref().map(|key| reason(key, &visitor)),
        })
        .collect();
    Ok(page(&ReportPage {
        frame: frame(&app, &visitor, Section::Tickets, None).await?,
        id: run.id.0,
        deed: view(run.deed),
        rows,
        is_undoable: run.is_undoable(visitor.now()),
        back: local(query.back.as_deref().unwrap_or("/tickets")).to_owned(),
    }))
}

/// A stored reason in the reader's words: the key of a right, a rule or a fault.
fn reason(key: &str, visitor: &Visitor) -> String {
    let fault = kit::error::Fault {
        field: "",
        key: words::catalogue::FILES
            .iter()
            .flat_map(|(_, french, _)| words::catalogue::keys_of(french))
            .find(|known| *known == key)
            .unwrap_or("rule-state"),
        detail: None,
    };
    fault_text(&fault, &visitor.words)
}

async fn undo(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let run = id(&n)?;
    super::undo(&app.db, &visitor.actor, run, visitor.now()).await?;
    let (_, rows) = super::find(&mut app.db.read(), &visitor.actor, run).await?;
    let back = local(form.text("return_to"));
    if rows.iter().any(|row| row.outcome == Outcome::Done) {
        let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        return Ok(see_other(&format!("/bulk/{run}?back={back}"), None));
    }
    Ok(see_other(back, Some((Tone::Ok, "bulk-said-undone"))))
}

/// What the list says of a run that was just done, with the way to take it back.
pub async fn toast(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    run: Option<&str>,
) -> Result<Option<Toast>, Error> {
    let Some(run) = run.and_then(|text| text.parse().ok()).map(RunId) else {
        return Ok(None);
    };
    match super::find(ask, &visitor.actor, run).await {
        Ok((run, rows)) => {
            let of = |wanted| rows.iter().filter(|row| row.outcome == wanted).count();
            Ok(Some(Toast {
                id: run.id.0,
                deed: view(run.deed),
                done: i64::try_from(of(Outcome::Done)).unwrap_or(i64::MAX),
                is_undoable: run.is_undoable(visitor.now()) && of(Outcome::Done) > 0,
            }))
        }
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
