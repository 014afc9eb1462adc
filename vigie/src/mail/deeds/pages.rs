//! `/mailed/{token}`: the page that a link in a mail opens. It asks; only its button does something.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::mailed_deed::{Mailed, MailedDeedPage, Named, Standing};

use super::{MailedDeed, Over, Proven, follow, look};
use crate::house::{App, House};
use crate::tickets::comments::NewComment;
use crate::tickets::{Origin, reading, views};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::Guest;

/// The addresses of links in mails.
pub fn routes() -> Vec<Route> {
    use Audience::Anyone;
    vec![
        get("/mailed/{token}", Anyone, show),
        post("/mailed/{token}", Anyone, act),
    ]
}

/// What a link does, as mails and its page name it.
pub fn view_of(deed: MailedDeed) -> Mailed {
    match deed {
        MailedDeed::Approve => Mailed::Approve,
        MailedDeed::RefuseClosure => Mailed::Refuse,
        MailedDeed::Take => Mailed::Take,
        MailedDeed::TakeAndClose => Mailed::TakeAndClose,
        MailedDeed::TakeAndAsk => Mailed::TakeAndAsk,
    }
}

/// Where its person reads the ticket.
fn ticket_address(proven: &Proven) -> String {
    let number = proven.offer.ticket;
    match proven.person.role {
        Some(_) => format!("/tickets/{number}"),
        None => format!("/portal/tickets/{number}"),
    }
}

/// Whether somebody else is signed in where the link was opened: it is not for them.
fn is_anothers(guest: &Guest, proven: &Proven) -> bool {
    let visitor = guest.visitor.as_ref();
    visitor.is_some_and(|it| it.person.id != proven.person.id)
}

async fn answer(
    app: &House,
    guest: &Guest,
    token: String,
    proven: &Proven,
    (typed, faults): (&str, &Fields),
    status: StatusCode,
) -> Result<Response, Fail> {
    let standing = match (is_anothers(guest, proven), proven.over) {
        (true, _) => Standing::Anothers,
        (false, None) => Standing::Open,
        (false, Some(Over::Used)) => Standing::Used,
        (false, Some(Over::Late)) => Standing::Late,
        (false, Some(Over::Decided)) => Standing::Decided,
    };
    let named = match &proven.ticket {
        Some(ticket) if proven.is_named && standing != Standing::Anothers => {
            let actor = proven.person.actor();
            let names = reading::names(&mut app.db.read(), &actor, ticket).await?;
            Some(Named {
                subject: ticket.subject.clone(),
                department: names.department,
                state: views::state(ticket.state),
            })
        }
        _ => None,
    };
    // Its own address, for whoever can open it there.
    let leads =
        standing != Standing::Anothers && proven.ticket.is_some() && proven.person.may_sign_in();
    let words = &guest.reader.words;
    let deed = proven.offer.deed;
    let view = MailedDeedPage {
        frame: guest.frame(app),
        token,
        deed: view_of(deed),
        standing,
        person: proven.person.name.clone(),
        number: proven.offer.ticket.0,
        named,
        version: proven.ticket.as_ref().map_or(0, |ticket| ticket.version),
        takes_words: proven.takes_words(),
        needs_words: deed.needs_words(),
        message: FormField {
            value: typed.to_owned(),
            error: fault_at(faults, "message", words).or_else(|| fault_at(faults, "body", words)),
        },
        complaint: fault_at(faults, "", words).or_else(|| {
            // What was written since the mail is said before anything is pressed.
            let news = proven.has_news && proven.over.is_none();
            news.then(|| words.say("mail-deed-news").to_owned())
        }),
        ticket: leads.then(|| ticket_address(proven)),
    };
    Ok(page_with(status, &view))
}

async fn show(
    State(app): State<App>,
    guest: Guest,
    Path(token): Path<String>,
) -> Result<Response, Fail> {
    let proven = look(&mut app.db.read(), &app.thread_key, &token, app.clock.now()).await?;
    let nothing = ("", &Fields::default());
    answer(&app, &guest, token, &proven, nothing, StatusCode::OK).await
}

async fn act(
    State(app): State<App>,
    Path(token): Path<String>,
    Posted {
        visitor: guest,
        form,
    }: Posted<Guest>,
) -> Result<Response, Fail> {
    let (key, now) = (&app.thread_key, app.clock.now());
    let proven = look(&mut app.db.read(), key, &token, now).await?;
    let typed = form.text("message");
    let none = Fields::default();
    if is_anothers(&guest, &proven) {
        let status = StatusCode::FORBIDDEN;
        return answer(&app, &guest, token, &proven, (typed, &none), status).await;
    }
    let seen = form.number("version", "fault-version")?;
    if proven.offer.deed.needs_words() && typed.is_empty() {
        let mut faults = Fields::default();
        faults.add("message", "fault-missing", None);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer(&app, &guest, token, &proven, (typed, &faults), status).await;
    }
    let origin = match proven.person.role {
        Some(_) => Origin::Web,
        None => Origin::Portal,
    };
    let has_words = proven.takes_words() && !typed.is_empty();
    let words = has_words.then(|| NewComment {
        once: form.once(),
        ..NewComment::typed(typed, origin)
    });
    match follow(&app.db, key, &token, seen, words, now).await {
        Ok(()) => Ok(see_other(&format!("/mailed/{token}"), None)),
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&app, &guest, token, &proven, (typed, &faults), status).await
        }
        // Somebody wrote or decided meanwhile: what stands now is shown, with what was typed.
        Err(error @ (Error::Conflict(_) | Error::Forbidden(_))) => {
            let proven = look(&mut app.db.read(), key, &token, now).await?;
            let mut faults = Fields::default();
            match (proven.over, error) {
                (None, refused @ Error::Forbidden(_)) => return Err(refused.into()),
                (None, _) if proven.takes_words() => faults.add("", "mail-deed-changed", None),
                (None, _) => faults.add("", "mail-deed-news", None),
                (Some(_), _) => {}
            }
            let status = StatusCode::CONFLICT;
            answer(&app, &guest, token, &proven, (typed, &faults), status).await
        }
        Err(other) => Err(other.into()),
    }
}
