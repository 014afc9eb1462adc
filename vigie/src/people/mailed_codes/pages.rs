//! Asking for a code by mail, and coming in with it.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kit::error::Error;
use kit::web::cookie;
use pages::form::FormField;
use pages::mailed_code::{AskCodePage, MailedCodePage};
use serde::Deserialize;

use super::GOOD_FOR;
use crate::house::{App, House};
use crate::people::pages::{enter, tools, whence};
use crate::people::second_factor::pages::said_no;
use crate::web::fail::Fail;
use crate::web::outer::Asked;
use crate::web::posted::Posted;
use crate::web::respond::{add_cookie, page, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{Guest, MAILED_COOKIE};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    use Audience::Anyone;
    vec![
        get("/login/mailed", Anyone, ask_form),
        post("/login/mailed", Anyone, ask),
        get("/login/mailed/code", Anyone, code_form),
        post("/login/mailed/code", Anyone, code),
    ]
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn ask_form(State(app): State<App>, guest: Guest, Query(next): Query<Next>) -> Response {
    page(&AskCodePage {
        frame: guest.frame(&app),
        email: FormField::default(),
        next: next.next,
    })
}

async fn ask(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let address = asked.address.to_string();
    let name = form.text("email");
    let whom = match super::whom(&tools(&app), name, &address).await {
        Ok(whom) => whom,
        Err(error) => {
            let no = said_no(error, "email", &visitor.reader.words)?;
            return Ok(no.answer(&AskCodePage {
                frame: visitor.frame(&app),
                email: FormField {
                    value: name.chars().take(254).collect(),
                    error: Some(no.sentence.clone()),
                },
                next: form.text("next").to_owned(),
            }));
        }
    };
    let token = app.dice.token();
    if let Some(person) = whom {
        // Beside the answer, so that it takes no longer for somebody we know.
        let (errand, token) = (app.clone(), token.clone());
        app.run_errand(async move {
            let sent = async {
                let mut tx = errand.db.write().await?;
                let chance = (errand.clock.now(), &errand.dice);
                let base = &errand.config.public_url;
                super::send(&mut tx, &person, &token, &errand.seal, base, chance).await?;
                tx.commit().await
            };
            if let Err(error) = sent.await {
                tracing::error!(%error, "a code was not mailed");
            }
        });
    }
    let mut target = "/login/mailed/code".to_owned();
    if let Some(next) = form.optional("next") {
        target.push_str("?next=");
        target.extend(url::form_urlencoded::byte_serialize(next.as_bytes()));
    }
    let mut response = see_other(&target, None);
    let seconds = GOOD_FOR.as_seconds_rounded_up();
    add_cookie(
        &mut response,
        &cookie::write(MAILED_COOKIE, &token, app.is_secure(), Some(seconds)),
    );
    Ok(response)
}

/// What the browser holds that asked; somebody who did not ask is sent to do so.
fn token<'a>(app: &House, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie::read(headers, &cookie::name(MAILED_COOKIE, app.is_secure()))
}

async fn code_form(
    State(app): State<App>,
    headers: HeaderMap,
    guest: Guest,
    Query(next): Query<Next>,
) -> Response {
    if token(&app, &headers).is_none() {
        return see_other("/login/mailed", None);
    }
    page(&MailedCodePage {
        frame: guest.frame(&app),
        code: FormField::default(),
        next: next.next,
    })
}

async fn code(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    headers: HeaderMap,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let Some(token) = token(&app, &headers) else {
        return Ok(see_other("/login/mailed", None));
    };
    let address = asked.address.to_string();
    let from = whence(&app, &address, &headers);
    let error = match super::enter(&tools(&app), token, form.text("code"), &from).await {
        Ok(entered) => {
            let mut response = enter(&app, &entered, form.text("next"));
            let spent = cookie::write(MAILED_COOKIE, "", app.is_secure(), Some(0));
            add_cookie(&mut response, &spent);
            return Ok(response);
        }
        // Their person was removed meanwhile: as if there had been no code.
        Err(Error::NotFound) => Error::invalid("code", "access-mailed-wrong"),
        Err(error) => error,
    };
    let no = said_no(error, "code", &visitor.reader.words)?;
    let mut view = MailedCodePage {
        frame: visitor.frame(&app),
        code: FormField::default(),
        next: form.text("next").to_owned(),
    };
    view.code.error = Some(no.sentence.clone());
    Ok(no.answer(&view))
}
