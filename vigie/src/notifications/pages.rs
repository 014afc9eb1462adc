//! `/notifications`: what happened that concerns one, and when nothing may come up.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::tz::TimeZone;
use kit::clock::Moment;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::notifications::away::AwayCard;
use pages::notifications::{NotificationsFragment, NotificationsPage, QuietForm};
use serde::Deserialize;

use super::quiet::text_of;
use super::{MOST, Notification, NotificationId, Quiet, latest, views};
use crate::house::{App, House};
use crate::people::absences;
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{local, page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The most that come up at once; the rest is a number.
const TOASTS: usize = 3;

/// The addresses.
pub fn routes() -> Vec<Route> {
    vec![
        get("/notifications", Who::Staff, list),
        post("/notifications/reading", Who::Staff, read),
        post("/notifications/quiet", Who::Staff, be_quiet),
        post("/notifications/away/dismissal", Who::Staff, dismiss),
    ]
}

#[derive(Debug, Deserialize)]
struct ListQuery {
    /// Only what came after this one, to be shown in the corner of a page.
    after: Option<i64>,
    /// And but of this ticket, which is looked at.
    but: Option<i64>,
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let Some(after) = query.after else {
        let view = whole(&app, &visitor, None).await?;
        if let Some(away) = view.away.as_ref().filter(|_| visitor.is_untold()) {
            note_look(&app, &visitor, Moment(away.since_micros));
        }
        return Ok(page(&view));
    };
    let mut db = app.db.read();
    let quiet = super::quiet_of(&mut db, visitor.person.id).await?;
    let new = match quiet.is_now(visitor.now(), &zone(&app, &visitor)) {
        true => vec![],
        false => latest(&mut db, &visitor.actor, NotificationId(after), MOST).await?,
    };
    let is_told = |it: &Notification| it.is_unread && Some(it.ticket_id.0) != query.but;
    let mut new: Vec<_> = new.into_iter().filter(is_told).collect();
    let more = new.len().saturating_sub(TOASTS);
    new.truncate(TOASTS);
    Ok(page(&NotificationsFragment {
        words: visitor.words.clone(),
        new: new
            .into_iter()
            .map(|it| views::view(it, &visitor.words))
            .collect(),
        more: i64::try_from(more).unwrap_or(i64::MAX),
    }))
}

/// Notes beside the request that they looked at what happened while they were away, so that reading a page never waits for
/// the writer.
fn note_look(app: &App, visitor: &Visitor, away_since: Moment) {
    let (db, person, now) = (app.db.clone(), visitor.person.id, visitor.now());
    app.run_errand(async move {
        if let Err(error) = absences::look(&db, person, away_since, now).await {
            tracing::warn!(%error, "that somebody caught up was not written down");
        }
    });
}

/// What happened while they were away, as long as it is told.
async fn away(app: &House, visitor: &Visitor) -> Result<Option<AwayCard>, Error> {
    let mut db = app.db.read();
    let told = absences::told(&mut db, visitor.person.id, visitor.now()).await?;
    let Some(absence) = told else {
        return Ok(None);
    };
    let digest = super::away::digest(&mut db, &visitor.actor, &absence).await?;
    Ok(digest.map(|it| super::away::views::card(&absence, it, &visitor.words)))
}

/// Where the person is.
fn zone(app: &House, visitor: &Visitor) -> TimeZone {
    let name = visitor.person.time_zone.as_deref();
    TimeZone::get(name.unwrap_or(&app.config.time_zone)).unwrap_or(TimeZone::UTC)
}

async fn whole(
    app: &House,
    visitor: &Visitor,
    refused: Option<(QuietForm, &Fields)>,
) -> Result<NotificationsPage, Error> {
    let mut db = app.db.read();
    let all = latest(&mut db, &visitor.actor, NotificationId(0), MOST).await?;
    let quiet = super::quiet_of(&mut db, visitor.person.id).await?;
    let quiet = match refused {
        Some((mut form, faults)) => {
            form.from.error = fault_at(faults, "from", &visitor.words);
            form.until.error = fault_at(faults, "until", &visitor.words);
            form
        }
        None => QuietForm {
            from: FormField {
                value: quiet.quiet_from.map(text_of).unwrap_or_default(),
                error: None,
            },
            until: FormField {
                value: quiet.quiet_until.map(text_of).unwrap_or_default(),
                error: None,
            },
            weekends: quiet.quiet_weekends,
        },
    };
    let mut frame = visitor.frame(app, Section::Other, None).await?;
    frame.here = "/notifications".to_owned();
    Ok(NotificationsPage {
        frame,
        away: away(app, visitor).await?,
        lines: all
            .into_iter()
            .map(|it| views::view(it, &visitor.words))
            .collect(),
        quiet,
    })
}

async fn read(
    State(app): State<App>,
    Posted { visitor, .. }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    super::read_all(&mut tx, visitor.person.id, visitor.now()).await?;
    tx.commit().await?;
    let said = Some((Tone::Ok, "notifications-said-read"));
    Ok(see_other("/notifications", said))
}

async fn dismiss(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let away_since = Moment(form.number("since", "fault-version")?);
    let mut tx = app.db.write().await?;
    absences::dismiss(&mut tx, visitor.person.id, away_since, visitor.now()).await?;
    tx.commit().await?;
    Ok(see_other(local(form.text("return_to")), None))
}

async fn be_quiet(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let (from, until) = (form.text("from"), form.text("until"));
    match Quiet::typed(from, until, form.is_ticked("weekends")) {
        Ok(quiet) => {
            let mut tx = app.db.write().await?;
            super::be_quiet(&mut tx, visitor.person.id, quiet).await?;
            tx.commit().await?;
            let said = Some((Tone::Ok, "notifications-said-quiet"));
            Ok(see_other("/notifications#quiet", said))
        }
        Err(Error::Invalid(faults)) => {
            let field = |value: &str| FormField {
                value: value.chars().take(20).collect(),
                error: None,
            };
            let typed = QuietForm {
                from: field(from),
                until: field(until),
                weekends: form.is_ticked("weekends"),
            };
            let view = whole(&app, &visitor, Some((typed, &faults))).await?;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}
