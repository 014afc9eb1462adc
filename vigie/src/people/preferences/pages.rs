//! One's preferences, password and sessions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::identity::{AvailabilityView, PreferencesPage, SessionView};
use words::language::Language;

use super::{Density, SingleKeys, Theme, zones};
use crate::audit::{self, Deed};
use crate::departments::{availability, daily, monitoring};
use crate::house::{App, House};
use crate::people::access::sessions;
use crate::people::access::sign_in::{self, Others};
use crate::people::pages::{shortest, tools};
use crate::people::{self, device, passkeys, second_factor};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{add_cookie, page, page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{DENSITY_COOKIE, Guest, LANGUAGE_COOKIE, THEME_COOKIE, Visitor};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    use Audience::{Anyone, SignedIn};
    vec![
        get("/preferences", SignedIn, preferences),
        post("/preferences/language", Anyone, choose_language),
        post("/preferences/theme", Anyone, choose_theme),
        post("/preferences/density", Anyone, choose_density),
        post("/preferences/keys", SignedIn, choose_keys),
        post("/preferences/time-zone", SignedIn, choose_time_zone),
        post("/preferences/password", SignedIn, change_password),
        post("/preferences/sessions/others/end", SignedIn, end_others),
        post("/preferences/sessions/{id}/end", SignedIn, end_one),
    ]
}

async fn preferences(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    Ok(page(&preferences_view(&app, &visitor, None).await?))
}

async fn preferences_view(
    app: &House,
    visitor: &Visitor,
    fields: Option<&Fields>,
) -> Result<PreferencesPage, Error> {
    let mut db = app.db.read();
    let listed = sessions::list(&mut db, visitor.person.id, app.clock.now()).await?;
    let standing = second_factor::standing(&mut db, visitor.person.id).await?;
    let keys = passkeys::list(&mut db, visitor.person.id).await?.len();
    let (mut departments, mut is_suspended, mut has_report) = (vec![], false, false);
    if visitor.is_agent() {
        is_suspended = monitoring::of(&mut db, visitor.person.id)
            .await?
            .is_suspended;
        has_report = daily::of(&mut db, visitor.person.id).await?.wishes.is_on;
        for own in availability::mine(&mut db, &visitor.actor).await? {
            departments.push(AvailabilityView {
                id: own.department_id.0,
                is_mine_to_say: own.may_say(&visitor.actor),
                is_available: own.is_available,
                rate: own.rate,
                name: own.department,
            });
        }
    }
    let mut shown: Vec<SessionView> = listed
        .into_iter()
        .map(|session| SessionView {
            id: sessions::public_id(&session.token_hash),
            device: device::name(&session.user_agent, &visitor.words),
            address: session.address,
            opened_micros: session.created_at.0,
            seen_micros: session.seen_at.0,
            is_current: session.token_hash == visitor.session,
        })
        .collect();
    shown.sort_by_key(|session| !session.is_current);
    let zone = visitor.person.time_zone.as_ref();
    let zone = zone.unwrap_or(&app.config.time_zone).clone();
    let field = |name: &str| FormField {
        value: String::new(),
        error: fields.and_then(|f| fault_at(f, name, &visitor.words)),
    };
    let mut frame = visitor.frame(app, Section::Other, None).await?;
    frame.here = "/preferences".to_owned();
    Ok(PreferencesPage {
        frame,
        current_password: field("current_password"),
        new_password: field("new_password"),
        shortest: shortest(),
        time_zone: FormField {
            value: zone,
            ..field("time_zone")
        },
        zones: zones(),
        passkeys: i64::try_from(keys).unwrap_or(i64::MAX),
        departments,
        is_suspended,
        has_report,
        keeps_sessions: false,
        has_second_factor: standing.since.is_some(),
        recovery_left: standing.recovery_left,
        sessions: shown,
    })
}

async fn choose_language(
    State(app): State<App>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let language = Language::parse(form.text("language"))
        .ok_or(Error::invalid("language", "fault-language"))?;
    if let Some(visitor) = &visitor.visitor {
        let mut tx = app.db.write().await?;
        people::choose_language(&mut tx, visitor.person.id, language.code()).await?;
        tx.commit().await?;
    }
    Ok(back_with(
        &app,
        form.text("return_to"),
        LANGUAGE_COOKIE,
        language.code(),
    ))
}

/// Notes one choice with the person, if somebody is signed in.
async fn note(
    app: &House,
    guest: &Guest,
    choose: impl Fn(&mut super::Preferences),
) -> Result<(), Error> {
    let Some(visitor) = &guest.visitor else {
        return Ok(());
    };
    let mut tx = app.db.write().await?;
    let mut chosen = super::of(&mut tx, visitor.person.id).await?;
    choose(&mut chosen);
    super::choose(&mut tx, visitor.person.id, &chosen).await?;
    tx.commit().await
}

async fn choose_theme(
    State(app): State<App>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let theme = Theme::of(form.text("theme")).ok_or(Error::invalid("theme", "fault-theme"))?;
    note(&app, &visitor, |chosen| chosen.theme = theme).await?;
    let to = form.text("return_to");
    Ok(back_with(&app, to, THEME_COOKIE, theme.word()))
}

async fn choose_density(
    State(app): State<App>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let density =
        Density::of(form.text("density")).ok_or(Error::invalid("density", "fault-density"))?;
    note(&app, &visitor, |chosen| chosen.density = density).await?;
    let to = form.text("return_to");
    Ok(back_with(&app, to, DENSITY_COOKIE, density.word()))
}

async fn choose_keys(
    State(app): State<App>,
    Posted { visitor, form }: Posted<Guest>,
) -> Result<Response, Fail> {
    let keys = SingleKeys::of(form.text("keys")).ok_or(Error::invalid("keys", "fault-keys"))?;
    note(&app, &visitor, |chosen| chosen.single_keys = keys).await?;
    Ok(see_other(form.text("return_to"), None))
}

/// Back to the page the switch stood on, and the choice kept on this browser for a year.
fn back_with(app: &House, to: &str, name: &str, value: &str) -> Response {
    let mut response = see_other(to, None);
    let secure = if app.is_secure() { "; Secure" } else { "" };
    add_cookie(
        &mut response,
        &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age=31536000"),
    );
    response
}

async fn choose_time_zone(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    let zone = form.text("time_zone");
    match people::choose_time_zone(&mut tx, visitor.person.id, zone).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                "/preferences",
                Some((Tone::Ok, "admin-said-saved")),
            ))
        }
        Err(Error::Invalid(fields)) => {
            drop(tx);
            let mut view = preferences_view(&app, &visitor, Some(&fields)).await?;
            view.time_zone.value = zone.chars().take(100).collect();
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

async fn change_password(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let (others, said) = if form.is_ticked("keep_sessions") {
        (Others::Stay, "identity-password-changed-only")
    } else {
        (Others::End, "identity-password-changed")
    };
    let changed = sign_in::change(
        &tools(&app),
        visitor.person.id,
        &visitor.session,
        (form.raw("current_password"), form.raw("new_password")),
        others,
    )
    .await;
    match changed {
        Ok(()) => Ok(see_other("/preferences", Some((Tone::Ok, said)))),
        Err(Error::Invalid(fields)) => Ok(page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &preferences_view(&app, &visitor, Some(&fields)).await?,
        )),
        Err(error) => Err(error.into()),
    }
}

async fn end_others(
    State(app): State<App>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let mut tx = app.db.write().await?;
    sessions::end_others(&mut tx, visitor.person.id, &visitor.session).await?;
    let (person, now) = (visitor.person.id.0, app.clock.now());
    audit::of_oneself(&mut tx, Deed::SessionsEnded, person, now).await?;
    tx.commit().await?;
    Ok(see_other(
        "/preferences",
        Some((Tone::Ok, "identity-sessions-ended")),
    ))
}

async fn end_one(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let mine = sessions::list(&mut app.db.read(), visitor.person.id, app.clock.now()).await?;
    let found = mine
        .into_iter()
        .find(|s| sessions::public_id(&s.token_hash) == id)
        .ok_or(Error::NotFound)?;
    let mut tx = app.db.write().await?;
    sessions::end(&mut tx, visitor.person.id, &found.token_hash).await?;
    tx.commit().await?;
    Ok(see_other(
        "/preferences",
        Some((Tone::Ok, "identity-session-ended")),
    ))
}
