//! The pages of what administrators say in mails.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::wording::{MailTextPage, MailTextRow, MailTextsPage};
use pages::fields::{Conflict, Standing};
use pages::frame::{Section, Tone};
use pages::mail::own::OwnTexts;
use pages::mail::{Event, MailView};
use words::language::Language;

use super::{Kept, Wanted};
use crate::audit::Pen;
use crate::departments::views;
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

const LIST: &str = "/admin/mail-texts";
const PAGE: &str = "/admin/mail-texts/{event}/{language}";

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::MANAGE_SETTINGS);
    vec![
        get(LIST, who, list),
        get(PAGE, who, show),
        post(PAGE, who, say),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let own = super::all(&mut app.db.read()).await?;
    let is_own = |event: Event, language: Language| {
        let mut own = own.iter();
        own.any(|it| it.event == event.word() && it.language == language.code() && it.is_own())
    };
    let row = |event: Event| MailTextRow {
        word: event.word(),
        name: visitor.words.say(event.key()),
        languages: Language::ALL
            .map(|language| (language, is_own(event, language)))
            .to_vec(),
    };
    Ok(page(&MailTextsPage {
        rows: Event::ALL.into_iter().map(row).collect(),
        frame: visitor.frame(&app, Section::Administration, None).await?,
    }))
}

/// The event and the language of an address.
fn named((event, language): (String, String)) -> Result<(Event, Language), Error> {
    let event = Event::of(&event).ok_or(Error::NotFound)?;
    let language = Language::parse(&language).ok_or(Error::NotFound)?;
    Ok((event, language))
}

/// What a form holds.
fn typed(form: &Form) -> Wanted<'_> {
    Wanted {
        subject: form.text("subject"),
        lead: form.text("lead"),
        next: form.text("next"),
    }
}

/// The page as it stands, or with what was typed; the mail beside it says what the fields say.
async fn drawn(
    app: &House,
    visitor: &Visitor,
    (event, language): (Event, Language),
    back: Option<&Form>,
    (faults, status): (Fields, StatusCode),
) -> Result<Response, Fail> {
    let stands = super::of(&mut app.db.read(), event, language).await?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let wanted = back.map(typed);
    let shown = |standing: &Option<String>, typed: Option<&str>| match typed {
        Some(typed) => typed.to_owned(),
        None => text(standing),
    };
    let (subject, lead, next) = (
        shown(&stands.subject, wanted.map(|it| it.subject)),
        shown(&stands.lead, wanted.map(|it| it.lead)),
        shown(&stands.next, wanted.map(|it| it.next)),
    );
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    let ours = MailView::sample(language, event);
    let preview = MailView {
        own: OwnTexts {
            subject: filled(&subject),
            lead: filled(&lead),
            next: filled(&next),
            signature: String::new(),
        },
        ..ours.clone()
    };
    let conflict = (status == StatusCode::CONFLICT).then(|| conflict(&stands));
    let view = MailTextPage {
        event: event.word(),
        name: visitor.words.say(event.key()),
        language,
        version: stands.version,
        is_own: stands.is_own(),
        ours: [ours.subject(), ours.lead(), ours.next().unwrap_or_default()],
        placeholders: event.placeholders(),
        preview_subject: preview.subject(),
        preview_text: preview.text(),
        subject,
        lead,
        next,
        conflict,
        frame: visitor.frame(app, Section::Administration, None).await?,
        faults: views::faults(&faults, &visitor.words),
    };
    Ok(page_with(status, &view))
}

/// What somebody else said meanwhile.
fn conflict(stands: &Kept) -> Conflict {
    let all = [
        ("wording-subject", &stands.subject),
        ("wording-lead", &stands.lead),
        ("wording-next", &stands.next),
    ];
    let standing = all.into_iter().map(|(label, text)| Standing {
        label,
        value: text.clone().unwrap_or_default(),
    });
    Conflict {
        by: String::new(),
        standing: standing.collect(),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
) -> Result<Response, Fail> {
    let shown = (Fields::default(), StatusCode::OK);
    drawn(&app, &visitor, named(path)?, None, shown).await
}

async fn say(
    State(app): State<App>,
    Path(path): Path<(String, String)>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let (event, language) = named(path)?;
    let wanted = match form.text("do") {
        "preview" => {
            let shown = (Fields::default(), StatusCode::OK);
            return drawn(&app, &visitor, (event, language), Some(&form), shown).await;
        }
        "reset" => Wanted::default(),
        _ => typed(&form),
    };
    let said = async {
        let seen = form.number("version", "fault-version")?;
        let pen = Pen::of(&visitor.actor, app.clock.now());
        let mut tx = app.db.write().await?;
        let place = (event, language);
        super::say(&mut tx, &visitor.actor, place, Some(seen), &wanted, pen).await?;
        tx.commit().await
    };
    match said.await {
        Ok(()) => Ok(see_other(
            &format!("{LIST}/{}/{}", event.word(), language.code()),
            Some((Tone::Ok, "wording-said")),
        )),
        Err(error) => {
            let shown = again(error, "wording-changed")?;
            drawn(&app, &visitor, (event, language), Some(&form), shown).await
        }
    }
}
