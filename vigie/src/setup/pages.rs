//! `/setup`, which exists only for the holder of a link, and `/`.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::frame::Tone;
use pages::identity::SetupPage;
use serde::Deserialize;

use super::{FirstDay, look, set_up};
use crate::house::App;
use crate::people::pages::{shortest, sign_in_with};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::Guest;

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    vec![
        get("/", Audience::Anyone, home),
        get("/setup", Audience::Anyone, form),
        post("/setup", Audience::Anyone, create),
    ]
}

async fn home(State(app): State<App>, guest: Guest) -> Response {
    let to = match &guest.visitor {
        Some(visitor) if visitor.is_agent() => "/tickets",
        Some(_) => "/portal",
        None if !app.desk().has_owner => "/setup",
        None => "/login",
    };
    see_other(to, None)
}

/// The token of a link's address.
#[derive(Deserialize)]
pub struct Link {
    /// The secret.
    #[serde(default)]
    pub token: String,
}

async fn form(
    State(app): State<App>,
    guest: Guest,
    Query(link): Query<Link>,
) -> Result<Response, Fail> {
    match look(&mut app.db.read(), &link.token, app.clock.now()).await {
        Ok(()) => Ok(show(&app, &guest, link.token, None)),
        // Until there is an owner the page says how to get a link; afterwards there is no page.
        Err(Error::NotFound) if !app.desk().has_owner => {
            let mut view = view(&app, &guest, String::new(), None);
            view.is_spent = true;
            Ok(page_with(StatusCode::NOT_FOUND, &view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let words = &visitor.reader.words;
    let day = FirstDay {
        organisation: form.text("organisation"),
        name: form.text("name"),
        email: form.text("email"),
        password: form.raw("password"),
        is_partitioned: form.text("desk") == "partitioned",
        language: words.language.code(),
        department: words.say("identity-first-department"),
        category: words.say("identity-first-category"),
    };
    let tools = crate::people::pages::tools(&app);
    match set_up(&tools, form.text("token"), &day).await {
        Ok(_) => {
            app.refresh_desk().await?;
            let mut response = see_other("/tickets", Some((Tone::Ok, "identity-setup-done")));
            sign_in_with(&app, &headers, &mut response, day.email, day.password).await?;
            Ok(response)
        }
        Err(Error::Invalid(fields)) => {
            let mut page = view(&app, &visitor, form.text("token").to_owned(), Some(&fields));
            page.organisation.value = day.organisation.to_owned();
            page.name.value = day.name.to_owned();
            page.email.value = day.email.to_owned();
            page.is_partitioned = day.is_partitioned;
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(error.into()),
    }
}

fn show(app: &App, guest: &Guest, token: String, fields: Option<&Fields>) -> Response {
    page_with(StatusCode::OK, &view(app, guest, token, fields))
}

fn view(app: &App, guest: &Guest, token: String, fields: Option<&Fields>) -> SetupPage {
    let field = |name: &str| FormField {
        value: String::new(),
        error: fields.and_then(|f| fault_at(f, name, &guest.reader.words)),
    };
    let mut frame = guest.frame(app);
    // Where the switches of language and theme come back to, also from a form shown again.
    if !token.is_empty() {
        frame.here = format!("/setup?token={token}");
    }
    SetupPage {
        frame,
        token,
        is_spent: false,
        organisation: field("organisation"),
        name: field("name"),
        email: field("email"),
        password: field("password"),
        shortest: shortest(),
        is_partitioned: false,
    }
}
