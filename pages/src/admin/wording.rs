//! `/admin/mail-texts`: what mails say, by event and language, and one of them with its preview.

use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, Section};
use crate::mail::own::{OwnTexts, Placeholder};
use crate::mail::{Event, MailView};
use askama::Template;
use words::language::Language;

/// A kind of mail.
#[derive(Clone, Debug)]
pub struct MailTextRow {
    /// Its word, in its address.
    pub word: &'static str,
    /// Its name, in the reader's language.
    pub name: &'static str,
    /// The languages, each with whether something is said in place of the desk's own sentences.
    pub languages: Vec<(Language, bool)>,
}

/// The list.
#[derive(Template)]
#[template(path = "admin/mail_texts.html")]
pub struct MailTextsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Every kind of mail.
    pub rows: Vec<MailTextRow>,
}

/// One of them.
#[derive(Template)]
#[template(path = "admin/mail_text.html")]
pub struct MailTextPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its word.
    pub event: &'static str,
    /// Its name, in the reader's language.
    pub name: &'static str,
    /// The language of the mail.
    pub language: Language,
    /// Version the reader saw.
    pub version: i64,
    /// Something is said in place of the desk's own sentences.
    pub is_own: bool,
    /// The subject, as typed; empty for the desk's own.
    pub subject: String,
    /// What happened, as typed.
    pub lead: String,
    /// What to do next, as typed.
    pub next: String,
    /// What the desk says by itself of an example: subject, what happened, what to do next.
    pub ours: [String; 3],
    /// What may stand between braces, and the key of what it stands for.
    pub placeholders: &'static [Placeholder],
    /// The subject of an example, as the fields say.
    pub preview_subject: String,
    /// The example itself.
    pub preview_text: String,
    /// What somebody else said meanwhile.
    pub conflict: Option<Conflict>,
    /// What was wrong, at a field or with the whole form.
    pub faults: Faults,
}

fn frame(language: Language) -> Frame {
    Frame {
        section: Section::Administration,
        here: "/admin/mail-texts".to_owned(),
        ..Frame::sample(language)
    }
}

impl MailTextsPage {
    /// A desk that says one of them in its own way.
    #[must_use]
    pub fn sample(language: Language) -> MailTextsPage {
        let frame = frame(language);
        let row = |event: Event| MailTextRow {
            word: event.word(),
            name: frame.words.say(event.key()),
            languages: Language::ALL
                .map(|it| (it, event == Event::Acknowledged && it == Language::French))
                .to_vec(),
        };
        MailTextsPage {
            rows: Event::ALL.into_iter().map(row).collect(),
            frame,
        }
    }
}

impl MailTextPage {
    /// An acknowledgement that says when the desk is there.
    #[must_use]
    pub fn sample(language: Language) -> MailTextPage {
        let frame = frame(language);
        let event = Event::Acknowledged;
        let ours = MailView::sample(language, event);
        let next = "§ {department.name} : 9 h – 17 h.".to_owned();
        let preview = MailView {
            own: OwnTexts {
                next: Some(next.clone()),
                ..OwnTexts::default()
            },
            ..ours.clone()
        };
        MailTextPage {
            event: event.word(),
            name: frame.words.say(event.key()),
            language,
            version: 2,
            is_own: true,
            subject: String::new(),
            lead: String::new(),
            next,
            ours: [ours.subject(), ours.lead(), ours.next().unwrap_or_default()],
            placeholders: event.placeholders(),
            preview_subject: preview.subject(),
            preview_text: preview.text(),
            conflict: None,
            faults: Faults::default(),
            frame,
        }
    }

    /// A placeholder that is none there, and somebody quicker.
    #[must_use]
    pub fn sample_refused(language: Language) -> MailTextPage {
        let fault = |field, text: &str| Fault {
            field,
            text: text.to_owned(),
        };
        MailTextPage {
            subject: "§ {ticket.secret}".to_owned(),
            faults: Faults(vec![
                fault("", "§ Quelqu’un l’a changé."),
                fault("subject", "§ inconnu"),
                fault("lead", "§ trop long"),
                fault("next", "§ trop long aussi"),
            ]),
            conflict: Some(Conflict {
                by: String::new(),
                standing: vec![Standing {
                    label: "wording-next",
                    value: "§ 9 h – 18 h".to_owned(),
                }],
            }),
            ..MailTextPage::sample(language)
        }
    }
}
