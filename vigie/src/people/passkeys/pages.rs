//! The passkeys of a person, and signing in with one.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::passkeys::{PasskeyRow, PasskeysPage};
use serde_json::json;

use super::ceremony::{self, ALGORITHMS, Party};
use super::{Brought, GOOD_FOR, PasskeyId};
use crate::house::{App, House};
use crate::people;
use crate::people::access::attempts::{self, Counted};
use crate::people::pages::{keep_session, tools, whence};
use crate::people::second_factor::pages::said_no;
use crate::web::api;
use crate::web::fail::{Fail, fault_at};
use crate::web::outer::Asked;
use crate::web::posted::Posted;
use crate::web::respond::{local, page, page_with, see_other};
use crate::web::route::{Audience, Route, get, post};
use crate::web::visitor::{Guest, Visitor};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    use Audience::{Anyone, SignedIn};
    vec![
        get("/preferences/passkeys", SignedIn, show),
        post("/preferences/passkeys", SignedIn, add),
        post(
            "/preferences/passkeys/challenge",
            SignedIn,
            challenge_to_add,
        ),
        post("/preferences/passkeys/{id}", SignedIn, rename),
        post("/preferences/passkeys/{id}/removal", SignedIn, remove),
        post("/login/passkey/challenge", Anyone, challenge_to_enter),
        post("/login/passkey", Anyone, enter),
    ]
}

/// Whether this desk can take passkeys, by its public address.
pub fn party(app: &House) -> Option<Party> {
    Party::of(&app.config.public_url)
}

fn needed(app: &House) -> Result<Party, Error> {
    party(app).ok_or(Error::invalid("passkey", "access-passkeys-need-tls"))
}

async fn view(app: &House, visitor: &Visitor) -> Result<PasskeysPage, Error> {
    let rows = super::list(&mut app.db.read(), visitor.person.id).await?;
    let mut frame = visitor.frame(app, Section::Other, None).await?;
    frame.here = "/preferences/passkeys".to_owned();
    Ok(PasskeysPage {
        frame,
        is_possible: party(app).is_some(),
        rows: rows
            .into_iter()
            .map(|one| PasskeyRow {
                id: one.id.0,
                version: one.version,
                name: one.name,
                created_micros: one.created_at.0,
                used_micros: one.used_at.map(|at| at.0),
                error: None,
            })
            .collect(),
        name: FormField::default(),
        password: FormField::default(),
        refused: None,
    })
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    Ok(page(&view(&app, &visitor).await?))
}

async fn challenge_to_add(
    State(app): State<App>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let party = needed(&app)?;
    let person = visitor.person.id;
    let mut tx = app.db.write().await?;
    let now = app.clock.now();
    let challenge = super::challenge(&mut tx, Some(person), now, &app.dice).await?;
    let known = super::list(&mut tx, person).await?;
    tx.commit().await?;
    let organisation = app.desk().organisation.clone();
    let called = if organisation.is_empty() {
        party.id.clone()
    } else {
        organisation
    };
    let known: Vec<_> = known
        .iter()
        .map(|one| json!({ "type": "public-key", "id": one.credential }))
        .collect();
    let kinds: Vec<_> = ALGORITHMS
        .iter()
        .map(|alg| json!({ "type": "public-key", "alg": alg }))
        .collect();
    let options = json!({
        "challenge": challenge,
        "rp": { "id": party.id, "name": called },
        "user": {
            "id": ceremony::spelled(&super::handle(&app.seal, person)),
            "name": visitor.person.email,
            "displayName": visitor.person.name,
        },
        "pubKeyCredParams": kinds,
        "excludeCredentials": known,
        "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
        "attestation": "none",
        "timeout": GOOD_FOR.0 / 1_000,
    });
    Ok(api::json(StatusCode::OK, &options))
}

async fn challenge_to_enter(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    Posted { .. }: Posted<Guest>,
) -> Result<Response, Fail> {
    let party = needed(&app)?;
    let address = asked.address.to_string();
    // Kept, not taken back: each is a row.
    let _asked =
        attempts::note(&app.db, &[(Counted::Challenge, &address)], app.clock.now()).await?;
    let mut tx = app.db.write().await?;
    let challenge = super::challenge(&mut tx, None, app.clock.now(), &app.dice).await?;
    tx.commit().await?;
    let options = json!({
        "challenge": challenge,
        "rpId": party.id,
        "userVerification": "required",
        "timeout": GOOD_FOR.0 / 1_000,
    });
    Ok(api::json(StatusCode::OK, &options))
}

/// What the form's hidden fields hold; what is no spelling is nothing.
fn brought(form: &Form) -> Brought {
    let bytes = |name| ceremony::unspelled(form.text(name)).unwrap_or_default();
    Brought {
        client_data: bytes("client_data"),
        authenticator: bytes("authenticator"),
        credential: form.text("credential").to_owned(),
        signature: bytes("signature"),
        handle: bytes("handle"),
    }
}

async fn add(State(app): State<App>, Posted { visitor, form }: Posted) -> Result<Response, Fail> {
    let person = people::find(&mut app.db.read(), visitor.person.id).await?;
    let typed = (form.text("name"), form.raw("password"));
    let added = async {
        let party = needed(&app)?;
        super::add(&tools(&app), &party, &person, typed, &brought(&form)).await
    };
    let error = match added.await {
        Ok(()) => {
            let said = Some((Tone::Ok, "access-passkey-added"));
            return Ok(see_other("/preferences/passkeys", said));
        }
        Err(error) => error,
    };
    let no = said_no(error, "passkey", &visitor.words)?;
    let mut view = view(&app, &visitor).await?;
    let at = |field: &str| fault_at(&no.fields, field, &visitor.words);
    view.name = FormField {
        value: typed.0.to_owned(),
        error: at("name"),
    };
    view.password.error = at("password").or(no.wait.map(|_| no.sentence.clone()));
    view.refused = at("passkey");
    Ok(no.answer(&view))
}

fn number(text: &str) -> Result<PasskeyId, Error> {
    text.parse().map(PasskeyId).map_err(|_| Error::NotFound)
}

async fn rename(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let seen = form.number("version", "fault-version")?;
    let mut tx = app.db.write().await?;
    let renamed = super::rename(&mut tx, visitor.person.id, id, seen, form.text("name")).await;
    let (status, sentence) = match renamed {
        Ok(()) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "access-passkey-renamed"));
            return Ok(see_other("/preferences/passkeys", said));
        }
        Err(Error::Invalid(fields)) => (StatusCode::UNPROCESSABLE_ENTITY, said(&fields, &visitor)),
        Err(Error::Conflict(_)) => (
            StatusCode::CONFLICT,
            visitor.words.say("access-passkey-conflict").to_owned(),
        ),
        Err(other) => return Err(other.into()),
    };
    drop(tx);
    let mut view = view(&app, &visitor).await?;
    for row in view.rows.iter_mut().filter(|row| row.id == id.0) {
        row.name = form.text("name").chars().take(200).collect();
        row.error = Some(sentence.clone());
    }
    Ok(page_with(status, &view))
}

fn said(fields: &Fields, visitor: &Visitor) -> String {
    fault_at(fields, "name", &visitor.words).unwrap_or_default()
}

async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted,
) -> Result<Response, Fail> {
    let id = number(&id)?;
    let mut tx = app.db.write().await?;
    super::remove(&mut tx, visitor.person.id, id, app.clock.now()).await?;
    tx.commit().await?;
    let said = Some((Tone::Ok, "access-passkey-removed"));
    Ok(see_other("/preferences/passkeys", said))
}

async fn enter(
    State(app): State<App>,
    Extension(asked): Extension<Arc<Asked>>,
    headers: HeaderMap,
    Posted { form, .. }: Posted<Guest>,
) -> Result<Response, Fail> {
    let party = needed(&app)?;
    let address = asked.address.to_string();
    let from = whence(&app, &address, &headers);
    match super::enter(&tools(&app), &party, &brought(&form), &from).await? {
        Some(opened) => {
            let mut response = see_other(local(form.text("next")), None);
            keep_session(&app, &mut response, &opened.token);
            Ok(response)
        }
        None => Ok(see_other(
            "/login",
            Some((Tone::Warn, "access-passkey-wrong")),
        )),
    }
}
