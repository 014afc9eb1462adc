//! The second step of signing in, and the page on which one's second factor is set up.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::cookie;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::second_factor::{CodePage, RecoveryCodesPage, SecondFactorPage, Setup};
use serde::Deserialize;
use words::catalogue::Arg;
use words::reader::Words;

use super::{halfway, square};
use crate::house::{App, House};
use crate::people;
use crate::people::pages::{keep_session, tools, whence};
use crate::web::fail::{Fail, fault_at};
use crate::web::outer::Asked;
use crate::web::posted::Posted;
use crate::web::respond::{local, page, page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{Guest, HALF_COOKIE, Visitor};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    use Audience::{Anyone, SignedIn};
    vec![
        get("/login/code", Anyone, code_form),
        post("/login/code", Anyone, code),
        get("/preferences/second-factor", SignedIn, show),
        post("/preferences/second-factor/seed", SignedIn, offer),
        post("/preferences/second-factor/confirmation", SignedIn, confirm),
        post("/preferences/second-factor/recovery-codes", SignedIn, renew),
        post("/preferences/second-factor/removal", SignedIn, remove),
    ]
}

/// How a form that takes a password or a code says no: the status, the sentence and, after too many
/// tries, the seconds to wait. Anything else stays an error.
pub fn said_no(error: Error, field: &str, words: &Words) -> Result<Refused, Error> {
    match error {
        Error::Invalid(fields) => Ok(Refused {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            sentence: fault_at(&fields, field, words).unwrap_or_default(),
            fields,
            wait: None,
        }),
        Error::TooMany(span) => {
            let seconds = span.as_seconds_rounded_up().max(1);
            let minutes = [("minutes", Arg::from((seconds + 59) / 60))];
            Ok(Refused {
                status: StatusCode::TOO_MANY_REQUESTS,
                sentence: words.say_with("identity-throttled", &minutes),
                fields: Fields::default(),
                wait: Some(seconds),
            })
        }
        other => Err(other),
    }
}

/// A no that a form says.
#[derive(Debug)]
pub struct Refused {
    /// Its status.
    pub status: StatusCode,
    /// What it says.
    pub sentence: String,
    /// What was wrong, field by field.
    pub fields: Fields,
    /// Seconds until the next try.
    pub wait: Option<i64>,
}

impl Refused {
    /// The form once more, with the header that says how long to wait.
    pub fn answer(&self, view: &impl askama::Template) -> Response {
        let mut response = page_with(self.status, view);
        if let Some(seconds) = self.wait {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response
    }
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

fn half<'a>(app: &House, headers: &'a HeaderMap) -> &'a str {
    let name = cookie::name(HALF_COOKIE, app.is_secure());
    cookie::read(headers, &name).unwrap_or_default()
}

async fn code_form(
    State(app): State<App>,
    headers: HeaderMap,
    guest: Guest,
    Query(next): Query<Next>,
) -> Result<Response, Fail> {
    let token = half(&app, &headers);
    match halfway::find(&mut app.db.read(), token, app.clock.now()).await {
        Ok(_) => Ok(page(&CodePage {
            frame: guest.frame(&app),
            code: FormField::default(),
            next: next.next,
        })),
        Err(Error::NotFound) => Ok(start_again()),
        Err(error) => Err(error.into()),
    }
}

fn start_again() -> Response {
    see_other("/login", Some((Tone::Warn, "access-half-stale")))
}

async fn code(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    headers: HeaderMap,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let address = asked.address.to_string();
    let from = whence(&app, &address, &headers);
    let token = half(&app, &headers);
    let error = match halfway::finish(&tools(&app), token, form.text("code"), &from).await {
        Ok(opened) => {
            let mut response = see_other(local(form.text("next")), None);
            keep_session(&app, &mut response, &opened.token);
            return Ok(response);
        }
        Err(Error::NotFound) => return Ok(start_again()),
        Err(error) => error,
    };
    let no = said_no(error, "code", &visitor.reader.words)?;
    let mut view = CodePage {
        frame: visitor.frame(&app),
        code: FormField::default(),
        next: form.text("next").to_owned(),
    };
    view.frame.here = "/login/code".to_owned();
    view.code.error = Some(no.sentence.clone());
    Ok(no.answer(&view))
}

async fn view(app: &House, visitor: &Visitor) -> Result<SecondFactorPage, Error> {
    let mut db = app.db.read();
    let standing = super::standing(&mut db, visitor.person.id).await?;
    let person = people::find(&mut db, visitor.person.id).await?;
    let organisation = app.desk().organisation.clone();
    let issuer = if organisation.is_empty() {
        "Vigie"
    } else {
        organisation.as_str()
    };
    let offered = super::offered(&mut db, &app.seal, &person, issuer, app.clock.now()).await?;
    let setup = match offered {
        Some(offered) => {
            let square = square::draw(&offered.uri)?;
            Some(Setup {
                key: offered.key,
                side: square.side,
                path: square.path,
                account: person.email,
            })
        }
        None => None,
    };
    let mut frame = visitor.frame(app, Section::Other, None).await?;
    frame.here = "/preferences/second-factor".to_owned();
    Ok(SecondFactorPage {
        frame,
        since_micros: standing.since.map(|at| at.0),
        recovery_left: standing.recovery_left,
        setup,
        refused: None,
        password: FormField::default(),
        code: FormField::default(),
    })
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    Ok(page(&view(&app, &visitor).await?))
}

async fn offer(State(app): State<App>, Posted { visitor, .. }: Posted) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    let (person, now) = (visitor.person.id, app.clock.now());
    super::offer(&mut tx, &app.seal, person, now, &app.dice).await?;
    tx.commit().await?;
    Ok(see_other("/preferences/second-factor", None))
}

/// The page once more, its faults at the fields of the form that was sent.
async fn again(
    app: &House,
    visitor: &Visitor,
    form: &'static str,
    error: Error,
) -> Result<Response, Fail> {
    let no = said_no(error, "code", &visitor.words)?;
    let mut view = view(app, visitor).await?;
    view.refused = Some(form);
    view.password.error = fault_at(&no.fields, "password", &visitor.words);
    view.code.error = match no.wait {
        Some(_) => Some(no.sentence.clone()),
        None => fault_at(&no.fields, "code", &visitor.words),
    };
    Ok(no.answer(&view))
}

async fn codes_page(app: &House, visitor: &Visitor, codes: Vec<String>) -> Result<Response, Fail> {
    let mut frame = visitor.frame(app, Section::Other, None).await?;
    frame.here = "/preferences/second-factor".to_owned();
    Ok(page(&RecoveryCodesPage { frame, codes }))
}

async fn confirm(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let person = people::find(&mut app.db.read(), visitor.person.id).await?;
    let (password, code) = (form.raw("password"), form.text("code"));
    let session = &visitor.session;
    match super::confirm(&tools(&app), &person, session, password, code).await {
        Ok(codes) => {
            tracing::info!(person = person.id.0, "a second factor was set up");
            codes_page(&app, &visitor, codes).await
        }
        // Sent twice, or too late: the page says how it stands.
        Err(Error::NotFound) => Ok(see_other("/preferences/second-factor", None)),
        Err(error) => again(&app, &visitor, "confirmation", error).await,
    }
}

async fn renew(State(app): State<App>, Posted { visitor, form }: Posted) -> Result<Response, Fail> {
    let person = people::find(&mut app.db.read(), visitor.person.id).await?;
    let (password, code) = (form.raw("password"), form.text("code"));
    match super::renew_codes(&tools(&app), &person, password, code).await {
        Ok(codes) => codes_page(&app, &visitor, codes).await,
        Err(error) => again(&app, &visitor, "recovery-codes", error).await,
    }
}

async fn remove(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let person = people::find(&mut app.db.read(), visitor.person.id).await?;
    let (password, code) = (form.raw("password"), form.text("code"));
    match super::remove(&tools(&app), &person, password, code).await {
        Ok(()) => {
            tracing::info!(person = person.id.0, "a second factor was put away");
            let said = Some((Tone::Ok, "access-removed"));
            Ok(see_other("/preferences/second-factor", said))
        }
        Err(error) => again(&app, &visitor, "removal", error).await,
    }
}
