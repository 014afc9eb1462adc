//! Which texts there are, what each may hold, and how one is said in place of another.

use kit::authz::Actor;
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields, must_match};
use kit::record;
use pages::mail::Event;
use pages::mail::own::OwnTexts;
use words::language::Language;
use words::placeholders;

use super::store;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::permission;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;
/// The longest sentence that says what happened.
const LONGEST_LEAD: usize = 500;
/// The longest text of what to do next.
const LONGEST_NEXT: usize = 4000;

record! {
    /// What is said of one event in one language.
    #[derive(Clone, Debug, Default)]
    pub struct Kept {
        /// The event's word.
        pub event: String,
        /// The language's code.
        pub language: String,
        /// The subject, when it is not the desk's own.
        pub subject: Option<String>,
        /// What happened.
        pub lead: Option<String>,
        /// What to do next.
        pub next: Option<String>,
        /// Grows with every change; 1 before the first.
        pub version: i64,
    }
}

impl Kept {
    /// Nothing was said yet.
    pub fn untouched() -> Kept {
        Kept {
            version: 1,
            ..Kept::default()
        }
    }

    /// Whether anything is said in place of the desk's own sentences.
    pub fn is_own(&self) -> bool {
        self.subject.is_some() || self.lead.is_some() || self.next.is_some()
    }

    /// As a mail takes it.
    pub fn texts(self, signature: String) -> OwnTexts {
        OwnTexts {
            subject: self.subject,
            lead: self.lead,
            next: self.next,
            signature,
        }
    }
}

/// What is to be said; an empty text is the desk's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The subject.
    pub subject: &'a str,
    /// What happened.
    pub lead: &'a str,
    /// What to do next.
    pub next: &'a str,
}

/// Everything that is said.
pub async fn all(ask: &mut dyn Answers) -> Result<Vec<Kept>, Error> {
    store::all(ask).await
}

/// What is said of an event in a language; nothing, of version 1, when nobody said anything yet.
pub async fn of(ask: &mut dyn Answers, event: Event, language: Language) -> Result<Kept, Error> {
    let found = store::find(ask, event.word(), language.code()).await?;
    Ok(found.unwrap_or_else(Kept::untouched))
}

/// Says it, in place of what was said as this version. Mails that have not left are written with it.
///
/// # Errors
/// `Forbidden` without the right to set the desk up; `Conflict` when somebody said something else since; `Invalid` at
/// `subject`, `lead` or `next` for a text that is too long or a placeholder that this mail does not know.
pub async fn say(
    tx: &mut Tx,
    actor: &Actor,
    (event, language): (Event, Language),
    seen: Option<i64>,
    wanted: &Wanted<'_>,
    pen: Pen,
) -> Result<(), Error> {
    if !actor.is_permitted(permission::MANAGE_SETTINGS) {
        return Err(Error::Forbidden(Because(permission::MANAGE_SETTINGS)));
    }
    let stands = of(tx, event, language).await?;
    must_match(seen, stands.version)?;
    let mut faults = Fields::default();
    let mut checked = |field: &'static str, text: &str, longest: usize| {
        let text = text.trim().replace("\r\n", "\n");
        if text.chars().count() > longest {
            faults.add(field, "fault-too-long", Some(longest.to_string()));
        }
        let is_known = |name: &str| event.placeholders().iter().any(|(known, _)| *known == name);
        if let Some(name) = placeholders::names(&text).find(|name| !is_known(name)) {
            faults.add(field, "fault-placeholder", Some(name.to_owned()));
        }
        Some(text).filter(|text| !text.is_empty())
    };
    let becomes = Kept {
        event: event.word().to_owned(),
        language: language.code().to_owned(),
        subject: checked("subject", wanted.subject, LONGEST_SUBJECT),
        lead: checked("lead", wanted.lead, LONGEST_LEAD),
        next: checked("next", wanted.next, LONGEST_NEXT),
        version: stands.version + 1,
    };
    faults.settle()?;
    if !store::put(tx, &becomes).await? {
        // Somebody was quicker within the same moment.
        let now = of(tx, event, language).await?.version;
        return Err(Error::Conflict(Clash::of(stands.version, now)));
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let entry = Entry::change(Deed::MailTextChanged)
        .thing(&format!("{} {}", event.word(), language.code()))
        .field(
            Field::Subject,
            &text(&stands.subject),
            &text(&becomes.subject),
        )
        .field(Field::MailLead, &text(&stands.lead), &text(&becomes.lead))
        .field(Field::MailNext, &text(&stands.next), &text(&becomes.next));
    audit::note(tx, pen, entry).await
}
