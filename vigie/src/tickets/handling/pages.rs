//! The agent's pages of handling: each deed, the page that asks for what it wants, and what is shown
//! when somebody was quicker.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Judged;
use kit::error::{Clash, Error, Fields};
use kit::web::form::Form;
use pages::errors::ConflictPage;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::tickets::composer::Draft;
use pages::tickets::handling::DeedPage;
use pages::tickets::show::ClosurePage;
use pages::tickets::thread::Audience;
use words::catalogue::Arg;

use super::transfer::loses_sight;
use super::views::{self, Kind};
use crate::house::{App, House};
use crate::tickets::comments::NewComment;
use crate::tickets::composer;
use crate::tickets::deeds::{self, Wanted};
use crate::tickets::pages::{frame, number, whole};
use crate::tickets::rights::Read;
use crate::tickets::views::{may, meanwhile};
use crate::tickets::{self, Origin, TicketId, drafts, overtaken, reading};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of handling.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets/{number}/assignment", Who::Staff, take),
        get(
            "/tickets/{number}/assignment/closure",
            Who::Staff,
            confirm_closure,
        ),
        post(
            "/tickets/{number}/assignment/closure",
            Who::Staff,
            take_and_close,
        ),
        get(
            "/tickets/{number}/assignment/question",
            Who::Staff,
            take_and_ask_page,
        ),
        post(
            "/tickets/{number}/assignment/question",
            Who::Staff,
            take_and_ask,
        ),
        post("/tickets/{number}/release", Who::Staff, release),
        get("/tickets/{number}/question", Who::Staff, ask_page),
        post("/tickets/{number}/question", Who::Staff, ask),
        get("/tickets/{number}/closure", Who::Staff, confirm_closure),
        post("/tickets/{number}/closure", Who::Staff, close),
        post("/tickets/{number}/approval", Who::Staff, approve),
        post("/tickets/{number}/refusal", Who::Staff, refuse_closure),
        post("/tickets/{number}/reopening", Who::Staff, reopen),
        get("/tickets/{number}/assignee", Who::Staff, assign_page),
        post("/tickets/{number}/assignee", Who::Staff, assign),
        get("/tickets/{number}/postponement", Who::Staff, postpone_page),
        post("/tickets/{number}/postponement", Who::Staff, postpone),
        post("/tickets/{number}/recall", Who::Staff, recall),
        get("/tickets/{number}/transfer", Who::Staff, transfer_page),
        post("/tickets/{number}/transfer", Who::Staff, transfer),
        get("/tickets/{number}/return", Who::Staff, return_page),
        post("/tickets/{number}/return", Who::Staff, move_back),
        get("/tickets/{number}/rejection", Who::Staff, refuse_page),
        post("/tickets/{number}/rejection", Who::Staff, refuse),
        get("/tickets/{number}/cancellation", Who::Staff, cancel_page),
        post("/tickets/{number}/cancellation", Who::Staff, cancel),
    ]
}

macro_rules! deed {
    ($name:ident, $wanted:ident, $said:literal) => {
        async fn $name(
            State(app): State<App>,
            Path(n): Path<String>,
            Posted { visitor, form }: Posted<AgentVisitor>,
        ) -> Result<Response, Fail> {
            do_deed(&app, &visitor.0, number(&n)?, Wanted::$wanted, $said, &form).await
        }
    };
}
deed!(take, Take, "tickets-said-taken");
deed!(take_and_close, TakeAndClose, "tickets-said-closed");
deed!(release, Release, "tickets-said-released");
deed!(close, Close, "tickets-said-closed");
deed!(approve, Approve, "tickets-said-approved");
deed!(refuse_closure, RefuseClosure, "tickets-said-refused");
deed!(reopen, Reopen, "tickets-said-reopened");
deed!(recall, Recall, "handling-said-recalled");

/// The page and the form of a deed that asks something.
macro_rules! asking {
    ($page:ident, $deed:ident, $kind:ident) => {
        async fn $page(
            State(app): State<App>,
            AgentVisitor(visitor): AgentVisitor,
            Path(n): Path<String>,
        ) -> Result<Response, Fail> {
            let form = Form::of(&[]);
            deed_page(&app, &visitor, number(&n)?, Kind::$kind, &form, Came::First).await
        }

        async fn $deed(
            State(app): State<App>,
            Path(n): Path<String>,
            Posted { visitor, form }: Posted<AgentVisitor>,
        ) -> Result<Response, Fail> {
            do_asked(&app, &visitor.0, number(&n)?, Kind::$kind, &form).await
        }
    };
}
asking!(take_and_ask_page, take_and_ask, TakeAndAsk);
asking!(ask_page, ask, Ask);
asking!(assign_page, assign, Assign);
asking!(postpone_page, postpone, Postpone);
asking!(transfer_page, transfer, Transfer);
asking!(return_page, move_back, MoveBack);
asking!(refuse_page, refuse, Refuse);
asking!(cancel_page, cancel, Cancel);

/// How somebody comes to the page of a deed.
enum Came {
    /// To fill it in.
    First,
    /// With faults in what they sent.
    Back(Fields),
    /// About to lose sight of the ticket in this department.
    Warned(String, i64),
}

async fn deed_page(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    kind: Kind,
    typed: &Form,
    came: Came,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let (faults, warning, status) = match came {
        Came::First => (Fields::default(), None, StatusCode::OK),
        Came::Back(faults) => (faults, None, StatusCode::UNPROCESSABLE_ENTITY),
        Came::Warned(name, department) => {
            (Fields::default(), Some((name, department)), StatusCode::OK)
        }
    };
    let asked = if ticket.allows(&visitor.actor, kind.deed()) {
        views::asked(&mut db, visitor, &ticket, kind, typed, &faults, warning).await?
    } else {
        None
    };
    let Some(asked) = asked else {
        // Nothing to ask any more: the ticket says why.
        return Ok(see_other(&format!("/tickets/{id}"), None));
    };
    let at = |field: &str| fault_at(&faults, field, &visitor.words);
    let frame = frame(app, visitor, Section::Tickets, None).await?;
    let template = DeedPage {
        frame: frame.on("ticket", ticket.id.0, ticket.version),
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        asked,
        message: FormField {
            value: typed.text("message").to_owned(),
            error: at("message").or_else(|| at("body")),
        },
        once: app.dice.token(),
    };
    Ok(page_with(status, &template))
}

/// Does a deed that asks something, once what was sent makes one.
async fn do_asked(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    kind: Kind,
    form: &Form,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let done = async {
        let wanted = kind.wanted(form, visitor)?;
        let is_sent = matches!(kind, Kind::Transfer | Kind::MoveBack);
        if is_sent && ticket.allows(&visitor.actor, kind.deed()) {
            let place = views::sent_to(&mut db, &ticket, &visitor.actor, wanted).await?;
            if let Some(place) = place
                && !form.is_ticked("follow")
                && form.text("understood") != place.department_id.to_string()
                && loses_sight(&mut db, &ticket, &visitor.actor, &place).await?
            {
                return Ok(Some((place.department, place.department_id.0)));
            }
        }
        act(app, visitor, id, wanted, form).await.map(|()| None)
    };
    match done.await {
        Ok(None) => {
            let is_seen = reading::find::<Read>(&mut app.db.read(), &visitor.actor, id).await;
            Ok(match is_seen {
                Err(Error::NotFound) => {
                    let said = "handling-said-transferred-away";
                    see_other("/tickets", Some((Tone::Ok, said)))
                }
                _ => {
                    let seen = form.number("version", "fault-version")?;
                    let mut db = app.db.read();
                    let address = overtaken::address(&mut db, &visitor.actor, id, seen).await?;
                    see_other(&address, Some((Tone::Ok, kind.said())))
                }
            })
        }
        Ok(Some((name, department))) => {
            let came = Came::Warned(name, department);
            deed_page(app, visitor, id, kind, form, came).await
        }
        Err(Error::Conflict(clash)) => {
            let wanted = kind.wanted(form, visitor)?;
            conflict(app, visitor, id, wanted, form, clash).await
        }
        Err(Error::Invalid(faults)) => {
            // Whoever may not do it is told that, not what is wrong with what they sent.
            if let Err(because) = ticket.judge(&visitor.actor, kind.deed().word()) {
                let is_for_colleagues = matches!(kind, Kind::Transfer | Kind::MoveBack);
                keep_aside(app, visitor, id, draft(is_for_colleagues, form)).await?;
                return Err(Error::Forbidden(because).into());
            }
            deed_page(app, visitor, id, kind, form, Came::Back(faults)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn act(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    wanted: Wanted,
    form: &Form,
) -> Result<(), Error> {
    let seen = form.number("version", "fault-version")?;
    let message = form.raw("message").trim_end();
    let words = (!message.trim().is_empty()).then(|| NewComment {
        once: form.once(),
        ..NewComment::typed(message, Origin::Web)
    });
    let (actor, now) = (&visitor.actor, visitor.now());
    let done = deeds::act(&app.db, actor, id, wanted, Some(seen), words, now).await;
    if matches!(done, Err(Error::Forbidden(_))) {
        keep_aside(app, visitor, id, draft(wanted.is_moving(), form)).await?;
    }
    done
}

/// Keeps the words that were to go with a deed that is refused.
async fn keep_aside(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    said: Option<Draft>,
) -> Result<(), Error> {
    let Some(said) = said else { return Ok(()) };
    let audience = match said.is_note() {
        true => tickets::Audience::Staff,
        false => tickets::Audience::Public,
    };
    let (actor, now) = (&visitor.actor, visitor.now());
    composer::keep_aside(&app.db, actor, id, audience, said.body, now).await
}

async fn do_deed(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    wanted: Wanted,
    said: &'static str,
    form: &Form,
) -> Result<Response, Fail> {
    match act(app, visitor, id, wanted, form).await {
        Ok(()) => {
            let seen = form.number("version", "fault-version")?;
            let mut db = app.db.read();
            let address = overtaken::address(&mut db, &visitor.actor, id, seen).await?;
            Ok(see_other(&address, Some((Tone::Ok, said))))
        }
        Err(Error::Conflict(clash)) => conflict(app, visitor, id, wanted, form, clash).await,
        Err(other) => Err(other.into()),
    }
}

/// Fields of the forms of handling, which a form sent again carries again.
const KEPT: [&str; 6] = ["once", "person", "until", "to", "follow", "understood"];

/// The words that were to go with the deed: seen again before they are sent again.
fn draft(is_for_colleagues: bool, form: &Form) -> Option<Draft> {
    let body = form.raw("message").trim_end().to_owned();
    let audience = match is_for_colleagues {
        true => Audience::Staff,
        false => Audience::Public,
    };
    (!body.is_empty()).then_some(Draft {
        audience: Some(audience),
        body,
        error: None,
    })
}

/// Somebody changed the ticket meanwhile: what they did, what was wanted, and both ways on.
async fn conflict(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    wanted: Wanted,
    form: &Form,
    clash: Clash,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let whole = whole(&mut db, visitor, &ticket).await?;
    let mut meanwhile = meanwhile(&whole, &ticket, &visitor.actor, &visitor.words, clash.seen);
    let (actor, now) = (&visitor.actor, visitor.now());
    if let Some(other) = drafts::crossing(&mut db, actor, &ticket, None, now).await? {
        let name = [("name", Arg::from(&other.by))];
        let line = visitor.words.say_with("errors-conflict-answering", &name);
        meanwhile.lines.push(line);
        meanwhile.who = other.by;
    }
    let kept = KEPT.iter().filter_map(|name| {
        let value = form.raw(name);
        (!value.is_empty()).then(|| ((*name).to_owned(), value.to_owned()))
    });
    let frame = frame(app, visitor, Section::Tickets, None).await?;
    let template = ConflictPage {
        frame: frame.on("ticket", ticket.id.0, ticket.version),
        number: id.0,
        subject: ticket.subject.clone(),
        who: meanwhile.who,
        at_micros: meanwhile.at.0,
        theirs: meanwhile.lines,
        action: format!("/tickets/{id}/{}", wanted.noun()),
        version: ticket.version,
        keep: kept.collect(),
        fields: vec![],
        draft: draft(wanted.is_moving(), form),
    };
    Ok(page_with(StatusCode::CONFLICT, &template))
}

async fn confirm_closure(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let id = number(&n)?;
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &visitor.actor, id).await?;
    let may = may(&ticket, &visitor.actor);
    if !may.close && !may.take {
        // Nothing to confirm any more: the ticket says why.
        return Ok(see_other(&format!("/tickets/{id}"), None));
    }
    let frame = frame(&app, &visitor, Section::Tickets, None).await?;
    Ok(page(&ClosurePage {
        frame: frame.on("ticket", ticket.id.0, ticket.version),
        number: id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        takes: !may.close && may.take,
        is_own: ticket.is_requester(&visitor.actor),
        message: String::new(),
    }))
}
