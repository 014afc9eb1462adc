//! Signing in and out, forgotten passwords.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use kit::error::Error;
use kit::web::cookie;
use pages::form::FormField;
use pages::frame::Tone;
use pages::identity::{ForgottenPage, LoginPage, ResetPage};
use serde::Deserialize;
use words::catalogue::Arg;

use super::access::passwords::SHORTEST;
use super::access::sessions;
use super::access::sign_in::{self, Entered, Knock, Tools, Whence};
use super::second_factor::halfway;
use crate::house::{App, House};
use crate::knowledge;
use crate::people::eyes;
use crate::setup::pages::Link;
use crate::web::fail::{Fail, fault_at};
use crate::web::outer::Asked;
use crate::web::posted::Posted;
use crate::web::respond::{add_cookie, local, page, page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{GUEST_COOKIE, Guest, HALF_COOKIE, SESSION_COOKIE};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    use Audience::Anyone;
    vec![
        get("/login", Anyone, login_form),
        post("/login", Anyone, login),
        post("/logout", Anyone, logout).for_eyes(),
        get("/login/forgotten", Anyone, forgotten_form),
        post("/login/forgotten", Anyone, forgotten),
        get("/login/reset", Anyone, reset_form),
        post("/login/reset", Anyone, reset),
    ]
}

/// What the deeds of `sign_in` need.
pub fn tools(app: &House) -> Tools<'_> {
    Tools {
        db: &app.db,
        passwords: &app.passwords,
        seal: &app.seal,
        dice: &app.dice,
        now: app.clock.now(),
    }
}

/// The shortest password, as pages say it.
pub fn shortest() -> i64 {
    i64::try_from(SHORTEST).unwrap_or(0)
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn login_form(
    State(app): State<App>,
    guest: Guest,
    Query(next): Query<Next>,
) -> Result<Response, Fail> {
    if guest.visitor.is_some() {
        return Ok(see_other(local(&next.next), None));
    }
    let view = login_view(&app, &guest, FormField::default(), next.next).await?;
    Ok(page(&view))
}

async fn login_view(
    app: &House,
    guest: &Guest,
    login: FormField,
    next: String,
) -> Result<LoginPage, Error> {
    Ok(LoginPage {
        frame: guest.frame(app),
        login,
        next,
        has_passkeys: super::passkeys::pages::party(app).is_some(),
        has_help: knowledge::help::is_there(&mut app.db.read()).await?,
    })
}

async fn login(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    headers: HeaderMap,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let address = asked.address.to_string();
    let from = whence(&app, &address, &headers);
    let knock = Knock {
        name: form.text("login"),
        password: form.raw("password"),
        address: from.address,
        user_agent: from.user_agent,
        old_session: from.old_session,
    };
    let words = &visitor.reader.words;
    let (status, sentence, wait) = match sign_in::sign_in(&tools(&app), &knock).await {
        Ok(Some(entered)) => return Ok(enter(&app, &entered, form.text("next"))),
        Ok(None) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            words.say("identity-wrong").to_owned(),
            None,
        ),
        Err(Error::TooMany(span)) => {
            let seconds = span.as_seconds_rounded_up().max(1);
            let minutes = [("minutes", Arg::from((seconds + 59) / 60))];
            (
                StatusCode::TOO_MANY_REQUESTS,
                words.say_with("identity-throttled", &minutes),
                Some(seconds),
            )
        }
        Err(error) => return Err(error.into()),
    };
    let field = FormField {
        value: knock.name.chars().take(254).collect(),
        error: Some(sentence),
    };
    let view = login_view(&app, &visitor, field, form.text("next").to_owned()).await?;
    let mut response = page_with(status, &view);
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// What a browser calls itself.
pub fn user_agent(headers: &HeaderMap) -> &str {
    headers
        .get(USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

/// Leads somebody whose first factor was right to where they wanted to go, or to their second one.
pub fn enter(app: &House, entered: &Entered, next: &str) -> Response {
    match entered {
        Entered::In(opened) => {
            let mut response = see_other(local(next), None);
            keep_session(app, &mut response, &opened.token);
            response
        }
        Entered::Halfway(token) => {
            let mut target = "/login/code".to_owned();
            if !next.is_empty() {
                target.push_str("?next=");
                target.extend(url::form_urlencoded::byte_serialize(next.as_bytes()));
            }
            let mut response = see_other(&target, None);
            let seconds = halfway::GOOD_FOR.as_seconds_rounded_up();
            for (name, value, age) in [
                (HALF_COOKIE, token.as_str(), seconds),
                (SESSION_COOKIE, "", 0),
            ] {
                let cookie = cookie::write(name, value, app.is_secure(), Some(age));
                add_cookie(&mut response, &cookie);
            }
            response
        }
    }
}

/// Gives the browser its session, and takes what it needed on the way to it.
pub fn keep_session(app: &House, response: &mut Response, token: &str) {
    let seconds = sessions::ABSOLUTE.as_seconds_rounded_up();
    add_cookie(
        response,
        &cookie::write(SESSION_COOKIE, token, app.is_secure(), Some(seconds)),
    );
    for spent in [GUEST_COOKIE, HALF_COOKIE] {
        add_cookie(
            response,
            &cookie::write(spent, "", app.is_secure(), Some(0)),
        );
    }
}

/// Where a request comes from, as sessions remember it.
pub fn whence<'a>(app: &House, address: &'a str, headers: &'a HeaderMap) -> Whence<'a> {
    let old = cookie::name(SESSION_COOKIE, app.is_secure());
    Whence {
        address,
        user_agent: user_agent(headers),
        old_session: cookie::read(headers, &old),
    }
}

/// Signs in somebody who just chose their password.
pub async fn sign_in_with(
    app: &House,
    headers: &HeaderMap,
    response: &mut Response,
    name: &str,
    password: &str,
) -> Result<(), Error> {
    let old = cookie::name(SESSION_COOKIE, app.is_secure());
    let knock = Knock {
        name,
        password,
        address: "",
        user_agent: user_agent(headers),
        old_session: cookie::read(headers, &old),
    };
    if let Some(Entered::In(opened)) = sign_in::sign_in(&tools(app), &knock).await? {
        keep_session(app, response, &opened.token);
    }
    Ok(())
}

async fn logout(
    State(app): State<App>,
    Posted { visitor, .. }: Posted<Guest>,
) -> Result<Response, Fail> {
    if let Some(visitor) = &visitor.visitor {
        let mut tx = app.db.write().await?;
        eyes::close(&mut tx, visitor.owner(), &visitor.session, app.clock.now()).await?;
        sessions::end(&mut tx, visitor.owner(), &visitor.session).await?;
        tx.commit().await?;
    }
    let mut response = see_other("/login", None);
    add_cookie(
        &mut response,
        &cookie::write(SESSION_COOKIE, "", app.is_secure(), Some(0)),
    );
    Ok(response)
}

async fn forgotten_form(State(app): State<App>, guest: Guest) -> Response {
    page(&ForgottenPage {
        frame: guest.frame(&app),
        login: FormField::default(),
        sent: false,
    })
}

async fn forgotten(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let address = asked.address.to_string();
    let whom = sign_in::whom_to_send_a_link(&tools(&app), form.text("login"), &address).await?;
    if let Some(person) = whom {
        // Beside the answer, so that it takes no longer for somebody we know.
        let errand = app.clone();
        app.run_errand(async move {
            let sent = async {
                let mut tx = errand.db.write().await?;
                let now = errand.clock.now();
                let base = &errand.config.public_url;
                sign_in::send_link(&mut tx, &person, base, now, &errand.dice).await?;
                tx.commit().await
            };
            if let Err(error) = sent.await {
                tracing::error!(%error, "a link for a forgotten password was not written");
            }
        });
    }
    Ok(page(&ForgottenPage {
        frame: visitor.frame(&app),
        login: FormField::default(),
        sent: true,
    }))
}

async fn reset_form(
    State(app): State<App>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fail> {
    match sign_in::holder(&mut app.db.read(), &link.token, app.clock.now()).await {
        Ok(_) => Ok(page(&reset_view(&app, &guest, &link.token, None))),
        Err(Error::NotFound) => Ok(stale_link()),
        Err(error) => Err(error.into()),
    }
}

/// A link that is not good leads to where one asks for another.
fn stale_link() -> Response {
    see_other("/login", Some((Tone::Warn, "identity-reset-stale")))
}

fn reset_view(app: &House, guest: &Guest, token: &str, error: Option<String>) -> ResetPage {
    ResetPage {
        frame: guest.frame(app),
        token: token.to_owned(),
        password: FormField {
            value: String::new(),
            error,
        },
        shortest: shortest(),
    }
}

async fn reset(
    State(app): State<App>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let token = form.text("token");
    match sign_in::reset(&tools(&app), token, form.raw("password")).await {
        Ok(()) => Ok(see_other("/login", Some((Tone::Ok, "identity-reset-done")))),
        Err(Error::NotFound) => Ok(stale_link()),
        Err(Error::Invalid(fields)) => {
            let fault = fault_at(&fields, "password", &visitor.reader.words);
            let mut view = reset_view(&app, &visitor, token, fault);
            view.frame.here = format!("/login/reset?token={token}");
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(error) => Err(error.into()),
    }
}
