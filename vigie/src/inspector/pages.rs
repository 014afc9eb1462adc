//! The page of the inspector.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::Level as LevelView;
use pages::admin::inspector::{
    Answer, AskedTicket, Glimpse as GlimpseView, InspectorPage, Link, LookRow, Reason,
    Seer as SeerView, ShareRow, TeamSight, Verdict as VerdictView, WhoRow,
};
use pages::frame::Section;
use words::catalogue::Arg;
use words::reader::Words;

use super::{Glimpse, Look, Seer, Share, Subject, Verdict};
use crate::departments::sharing::ByTag;
use crate::departments::teams::ByTeam;
use crate::departments::{self, DepartmentId, confidence, views};
use crate::house::App;
use crate::people::admin::views::{role_view, scope_view};
use crate::policy::Level;
use crate::policy::grounds::Ground;
use crate::policy::permission;
use crate::tickets::TicketId;
use crate::tickets::views::visibility;
use crate::web::download;
use crate::web::fail::Fail;
use crate::web::respond::page_with;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::Visitor;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/inspector", Who::May(permission::SEE_AUDIT), show),
        get(
            "/admin/inspector/file",
            Who::May(permission::SEE_AUDIT),
            file,
        ),
    ]
}

/// What was asked, and what it comes to.
enum Found {
    Nothing,
    Why(Box<Verdict>, Subject),
    Who(Subject, Vec<Verdict>),
    What(Seer, Vec<Share>),
    Looks(String, Vec<Look>, bool),
}

async fn found(ask: &mut dyn Answers, visitor: &Visitor, form: &Form) -> Result<Found, Error> {
    let actor = &visitor.actor;
    let (person, ticket, department) = (
        form.optional("person"),
        form.optional("ticket"),
        form.optional("department"),
    );
    if department.is_some() && (person.is_some() || ticket.is_some()) {
        return Err(Error::invalid("department", "inspector-fault-alone"));
    }
    let mut faults = Fields::default();
    let seer = match person {
        Some(name) => noted(super::seer_named(ask, actor, name).await, &mut faults)?,
        None => None,
    };
    let subject = match ticket {
        Some(typed) => noted(subject(ask, visitor, typed).await, &mut faults)?,
        None => None,
    };
    faults.settle()?;
    Ok(match (seer, subject) {
        (Some(seer), Some(subject)) => {
            let verdict = super::why(ask, seer, &subject).await?;
            Found::Why(Box::new(verdict), subject)
        }
        (None, Some(subject)) => {
            let all = super::who(ask, actor, &subject).await?;
            Found::Who(subject, all)
        }
        (Some(seer), None) => {
            let shares = super::shares(ask, actor, &seer).await?;
            Found::What(seer, shares)
        }
        (None, None) => match department.and_then(|text| text.parse().ok().map(DepartmentId)) {
            Some(id) => {
                let all = departments::admin::list(ask, actor).await?;
                let named = all
                    .into_iter()
                    .find(|it| it.id == id)
                    .ok_or(Error::NotFound)?;
                let looks = super::looks(ask, actor, id).await?;
                let keeps = confidence::held_in(ask, id).await?;
                Found::Looks(named.name, looks, !keeps.is_empty())
            }
            None => Found::Nothing,
        },
    })
}

/// What was found; what is wrong with the question goes to `faults`.
fn noted<T>(found: Result<T, Error>, faults: &mut Fields) -> Result<Option<T>, Error> {
    match found {
        Ok(it) => Ok(Some(it)),
        Err(Error::Invalid(fields)) => {
            faults.0.extend(fields.0);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// The ticket that was typed: `#4812`, or its number alone.
async fn subject(ask: &mut dyn Answers, visitor: &Visitor, typed: &str) -> Result<Subject, Error> {
    let unknown = || Error::invalid_with("ticket", "inspector-fault-ticket", typed.to_owned());
    let number: i64 = typed
        .trim_start_matches('#')
        .parse()
        .map_err(|_| unknown())?;
    match super::subject(ask, &visitor.actor, TicketId(number)).await {
        Err(Error::NotFound) => Err(unknown()),
        other => other,
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.read();
    let (answer, faults) = match found(&mut db, &visitor, &form).await {
        Ok(found) => (answer(found, &visitor.words), Fields::default()),
        Err(Error::Invalid(faults)) => (Answer::None, faults),
        Err(other) => return Err(other.into()),
    };
    let status = if faults.0.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let all = departments::admin::list(&mut db, &visitor.actor).await?;
    let export = match answer {
        Answer::None => None,
        _ => query.map(|query| format!("/admin/inspector/file?{query}")),
    };
    Ok(page_with(
        status,
        &InspectorPage {
            frame: visitor.frame(&app, Section::Administration, None).await?,
            person: form.text("person").to_owned(),
            ticket: form.text("ticket").to_owned(),
            department: form.text("department").parse().ok(),
            departments: all.into_iter().map(|it| (it.id.0, it.name)).collect(),
            faults: views::faults(&faults, &visitor.words),
            answer,
            export,
        },
    ))
}

pub(super) fn reason(ground: Ground) -> Reason {
    match ground {
        Ground::Everything => Reason::Everything,
        Ground::Confidant => Reason::Confidant,
        Ground::Department => Reason::Department,
        Ground::Assignee => Reason::Assignee,
        Ground::Requester => Reason::Requester,
        Ground::Invitee => Reason::Invitee,
        Ground::Observer => Reason::Observer,
    }
}

fn seer_view(seer: &Seer) -> SeerView {
    SeerView {
        id: seer.id.0,
        name: seer.name.clone(),
        email: seer.email.clone(),
        role: role_view(seer.role, seer.role_name.as_deref()),
        scope: seer.scope.map(scope_view),
        is_disabled: seer.is_disabled,
    }
}

pub(super) fn level_view(level: Option<Level>) -> Option<LevelView> {
    level.and_then(|level| LevelView::parse(level.word()))
}

fn team_views(teams: &[ByTeam]) -> Vec<TeamSight> {
    let view = |it: &ByTeam| TeamSight {
        name: it.team.clone(),
        level: views::level(it.level),
    };
    teams.iter().map(view).collect()
}

/// Each tag by which they look there, in the reader's words.
pub(crate) fn tag_views(tags: &[ByTag], words: &Words) -> Vec<String> {
    let said = |it: &ByTag| {
        let tag = ("tag", Arg::from(it.tag.as_str()));
        let department = ("department", Arg::from(it.through.as_str()));
        words.say_with("inspector-by-tag", &[tag, department])
    };
    tags.iter().map(said).collect()
}

fn ticket_view(subject: &Subject) -> AskedTicket {
    AskedTicket {
        number: subject.id.0,
        subject: subject.subject.clone(),
        place: format!("{} › {}", subject.department, subject.category),
        shown: visibility(subject.shown()),
        is_confidential: subject.is_confidential,
    }
}

fn answer(found: Found, words: &Words) -> Answer {
    match found {
        Found::Nothing => Answer::None,
        Found::Why(verdict, subject) => Answer::Why(Box::new(VerdictView {
            chain: Ground::ALL
                .iter()
                .map(|ground| Link {
                    reason: reason(*ground),
                    holds: verdict.grounds.contains(ground),
                    is_idle: *ground == Ground::Department
                        && verdict.level.is_some_and(Level::looks)
                        && !verdict.counts(*ground),
                })
                .collect(),
            seer: seer_view(&verdict.seer),
            ticket: ticket_view(&subject),
            sees: verdict.sees,
            glimpse: verdict.glimpse.map(|glimpse| match glimpse {
                Glimpse::Subject => GlimpseView::Subject,
                Glimpse::Words => GlimpseView::Words,
            }),
            reads_notes: verdict.reads_notes,
            level: level_view(verdict.level),
            teams: team_views(&verdict.teams),
            tags: tag_views(&verdict.tags, words),
        })),
        Found::Who(subject, verdicts) => {
            let row = |verdict: Verdict| WhoRow {
                seer: seer_view(&verdict.seer),
                reasons: verdict.grounds.iter().map(|it| reason(*it)).collect(),
                reads_notes: verdict.reads_notes,
                teams: match verdict.grounds.contains(&Ground::Department) {
                    true => team_views(&verdict.teams),
                    false => vec![],
                },
                tags: match verdict.grounds.contains(&Ground::Department) {
                    true => tag_views(&verdict.tags, words),
                    false => vec![],
                },
            };
            Answer::Who(
                ticket_view(&subject),
                verdicts.into_iter().map(row).collect(),
            )
        }
        Found::What(seer, shares) => {
            let row = |share: Share| ShareRow {
                id: share.department_id.0,
                department: share.department,
                level: level_view(share.level),
                seen: words.number(share.seen),
                total: words.number(share.total),
            };
            Answer::What(seer_view(&seer), shares.into_iter().map(row).collect())
        }
        Found::Looks(department, looks, has_confidences) => {
            let row = |look: Look| LookRow {
                seer: seer_view(&look.seer),
                reason: look.ground.map(reason),
                teams: team_views(&look.teams),
                tags: tag_views(&look.tags, words),
                level: level_view(look.level),
            };
            let rows = looks.into_iter().map(row).collect();
            Answer::Looks(department, rows, has_confidences)
        }
    }
}

/// The same as a file, as the reader's spreadsheet opens it.
async fn file(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let found = found(&mut app.db.read(), &visitor, &form).await?;
    let text = super::file::text(answer(found, &visitor.words), &visitor.words);
    Ok(download::answer(
        "access.csv",
        "text/csv; charset=utf-8",
        false,
        text.into_bytes(),
    ))
}
