//! The page on which one gives actions other keys.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use pages::fields::{Fault, Faults, Standing};
use pages::frame::{Section, Tone};
use pages::keys::{ShortcutRow, ShortcutsPage, cap_of};

use super::{KeyMap, Shortcut};
use crate::house::{App, House};
use crate::web::fail::{Fail, fault_text};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows of this door.
pub fn routes() -> Vec<Route> {
    vec![
        get("/preferences/shortcuts", Who::Staff, form),
        post("/preferences/shortcuts", Who::Staff, change),
    ]
}

/// Key of what an action is called.
fn label(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::New => "keys-new",
        Shortcut::Search => "keys-search",
        Shortcut::Help => "keys-help",
        Shortcut::Undo => "keys-undo",
        Shortcut::Go => "keys-go-first",
        Shortcut::Down => "keys-down",
        Shortcut::Up => "keys-up",
        Shortcut::Select => "keys-select",
        Shortcut::Peek => "keys-peek",
        Shortcut::Filter => "keys-filter",
        Shortcut::Fresh => "keys-fresh",
        Shortcut::Take => "keys-take",
        Shortcut::Release => "keys-release",
        Shortcut::Assign => "keys-assign",
        Shortcut::Transfer => "keys-transfer",
        Shortcut::Invite => "keys-invite",
        Shortcut::Status => "keys-status",
        Shortcut::Priority => "keys-priority",
        Shortcut::Label => "keys-label",
        Shortcut::Watch => "keys-watch",
        Shortcut::Close => "keys-close",
        Shortcut::Merge => "keys-merge",
        Shortcut::Reply => "keys-reply",
        Shortcut::Note => "keys-note",
        Shortcut::Previous => "keys-previous",
        Shortcut::Next => "keys-next",
    }
}

/// How a key stands in its field: as it is printed, but typeable.
fn written(key: &str, visitor: &Visitor) -> String {
    match key {
        "space" => cap_of(&visitor.words, key),
        other => other.to_owned(),
    }
}

/// What the form shows: what was typed, or else what is kept.
struct Shown {
    version: i64,
    values: Vec<(Shortcut, String)>,
    faults: Fields,
    meanwhile: Option<Vec<Standing>>,
}

async fn shown(app: &House, visitor: &Visitor, shown: Shown) -> Result<ShortcutsPage, Error> {
    Ok(ShortcutsPage {
        frame: visitor.frame(app, Section::Other, None).await?,
        version: shown.version,
        rows: shown
            .values
            .into_iter()
            .map(|(shortcut, value)| ShortcutRow {
                field: shortcut.word(),
                label: label(shortcut),
                own: shortcut.own(),
                value,
            })
            .collect(),
        faults: Faults(
            shown
                .faults
                .0
                .iter()
                .map(|f| Fault {
                    field: f.field,
                    text: fault_text(f, &visitor.words),
                })
                .collect(),
        ),
        meanwhile: shown.meanwhile,
    })
}

async fn form(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let (keys, version) = super::of(&mut app.db.read(), visitor.person.id).await?;
    let values = Shortcut::ALL.iter().copied();
    let values = values.map(|one| (one, written(keys.key(one), &visitor)));
    let kept = Shown {
        version,
        values: values.collect(),
        faults: Fields::default(),
        meanwhile: None,
    };
    Ok(page(&shown(&app, &visitor, kept).await?))
}

async fn change(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let person = visitor.person.id;
    let seen = form.number("version", "fault-version")?;
    let is_reset = form.is_ticked("reset");
    let changed = async {
        let keys = KeyMap::typed(|one| if is_reset { "" } else { form.text(one.word()) })?;
        let mut tx = app.db.write().await?;
        super::choose(&mut tx, person, Some(seen), &keys).await?;
        tx.commit().await
    }
    .await;
    let said = if is_reset {
        "keys-said-reset"
    } else {
        "keys-said-saved"
    };
    let (faults, status) = match changed {
        Ok(()) => return Ok(see_other("/preferences/shortcuts", Some((Tone::Ok, said)))),
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict(_)) => (Fields::default(), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    let typed = |one: Shortcut| form.text(one.word()).chars().take(20).collect::<String>();
    let (keys, current) = super::of(&mut app.db.read(), person).await?;
    let is_conflict = status == StatusCode::CONFLICT;
    let meanwhile = is_conflict.then(|| {
        let all = Shortcut::ALL.iter().copied();
        all.filter(|one| one.key(&typed(*one)).as_deref() != Some(keys.key(*one)))
            .map(|one| Standing {
                label: label(one),
                value: cap_of(&visitor.words, keys.key(one)),
            })
            .collect()
    });
    let refused = Shown {
        version: if is_conflict { current } else { seen },
        values: Shortcut::ALL
            .iter()
            .map(|one| (*one, typed(*one)))
            .collect(),
        faults,
        meanwhile,
    };
    Ok(page_with(status, &shown(&app, &visitor, refused).await?))
}
