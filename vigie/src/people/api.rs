//! The API twin of one's own preferences and password.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use words::language::Language;

use super::Person;
use super::access::sign_in::{self, Others};
use super::pages::tools;
use super::preferences::shortcuts::{self, KeyMap, Shortcut};
use super::preferences::{self, Density, SingleKeys, Theme};
use super::second_factor;
use crate::house::App;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch, post};

/// The addresses of one's own record.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/me", Who::Api, me),
        patch("/api/v1/me", Who::Api, change_me),
        post("/api/v1/me/password", Who::Api, change_password),
    ]
}

/// The person behind a token.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Their identifier.
    pub id: i64,
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Name to sign in with, besides the address.
    pub login: Option<String>,
    /// Language they chose: `fr` or `en`.
    pub language: Option<String>,
    /// Zone they chose, an IANA name.
    pub time_zone: Option<String>,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// `comfortable` or `compact`.
    pub density: &'static str,
    /// `on` or `off`: whether single keys are shortcuts.
    pub keys: &'static str,
    /// Actions that were given another key than the usual one: `{"take": "q"}`.
    pub shortcuts: BTreeMap<&'static str, String>,
    /// Whether a code is asked for after the password.
    pub second_factor: bool,
    /// May open the portal.
    pub has_portal: bool,
    /// `owner`, `admin`, `agent`, `trainee`, `viewer`, `advisor`; null for customers.
    pub role: Option<String>,
    /// `global`, `group`, `restricted`; null for customers.
    pub scope: Option<&'static str>,
}

async fn me_now(ask: &mut dyn Answers, person: Person) -> Result<Me, Error> {
    let chosen = preferences::of(ask, person.id).await?;
    let (keys, _) = shortcuts::of(ask, person.id).await?;
    Ok(Me {
        id: person.id.0,
        shortcuts: keys
            .chosen()
            .map(|(one, key)| (one.word(), key.to_owned()))
            .collect(),
        theme: chosen.theme.word(),
        density: chosen.density.word(),
        keys: chosen.single_keys.word(),
        second_factor: second_factor::stands(ask, person.id).await?,
        role: person.role.map(|role| role.code()),
        scope: person.scope.map(|s| s.whole().word()),
        name: person.name,
        email: person.email,
        login: person.login,
        language: person.language,
        time_zone: person.time_zone,
        has_portal: person.has_portal,
    })
}

/// What one may change of oneself; anything else is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyChanges {
    /// `fr` or `en`.
    language: Option<String>,
    /// An IANA name, such as `Europe/Paris`.
    time_zone: Option<String>,
    /// `auto`, `light` or `dark`.
    theme: Option<String>,
    /// `comfortable` or `compact`.
    density: Option<String>,
    /// `on` or `off`: whether single keys are shortcuts.
    keys: Option<String>,
    /// Actions with another key than the usual one: `{"take": "q"}`. What is not named has its usual key.
    shortcuts: Option<BTreeMap<String, String>>,
}

/// A change of one's password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The one that stands.
    current: String,
    /// The one to come: 10 to 200 characters, not the address.
    new: String,
}

/// Who the token speaks for
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = Me)))]
pub async fn me(State(app): State<App>, visitor: ApiVisitor) -> Result<Response, Fail> {
    let me = me_now(&mut app.db.read(), visitor.person).await?;
    Ok(json(StatusCode::OK, &me))
}

/// Change one's preferences
#[utoipa::path(patch, path = "/api/v1/me", request_body = MyChanges, responses((status = 200, body = Me)))]
pub async fn change_me(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(changes): ApiBody<MyChanges>,
) -> Result<Response, Fail> {
    let id = visitor.person.id;
    let mut tx = app.db.write().await?;
    if let Some(language) = &changes.language {
        let language =
            Language::parse(language).ok_or(Error::invalid("language", "fault-language"))?;
        super::choose_language(&mut tx, id, language.code()).await?;
    }
    if let Some(zone) = &changes.time_zone {
        super::choose_time_zone(&mut tx, id, zone).await?;
    }
    let mut chosen = preferences::of(&mut tx, id).await?;
    if let Some(theme) = &changes.theme {
        chosen.theme = Theme::of(theme).ok_or(Error::invalid("theme", "fault-theme"))?;
    }
    if let Some(density) = &changes.density {
        chosen.density = Density::of(density).ok_or(Error::invalid("density", "fault-density"))?;
    }
    if let Some(keys) = &changes.keys {
        chosen.single_keys = SingleKeys::of(keys).ok_or(Error::invalid("keys", "fault-keys"))?;
    }
    if let Some(given) = &changes.shortcuts {
        if given.keys().any(|word| Shortcut::of(word).is_none()) {
            return Err(Error::invalid("shortcuts", "fault-key-unknown").into());
        }
        let keys = KeyMap::typed(|one| given.get(one.word()).map_or("", String::as_str))?;
        shortcuts::choose(&mut tx, id, None, &keys).await?;
    }
    preferences::choose(&mut tx, id, &chosen).await?;
    let person = super::find(&mut tx, id).await?;
    let me = me_now(&mut tx, person).await?;
    tx.commit().await?;
    Ok(json(StatusCode::OK, &me))
}

/// Change one's password; ends every session
#[utoipa::path(post, path = "/api/v1/me/password", request_body = PasswordChange, responses((status = 200, body = Me)))]
pub async fn change_password(
    State(app): State<App>,
    visitor: ApiVisitor,
    ApiBody(change): ApiBody<PasswordChange>,
) -> Result<Response, Fail> {
    let id = visitor.person.id;
    let passwords = (change.current.as_str(), change.new.as_str());
    sign_in::change(&tools(&app), id, "", passwords, Others::End).await?;
    let me = me_now(&mut app.db.read(), visitor.person).await?;
    Ok(json(StatusCode::OK, &me))
}
