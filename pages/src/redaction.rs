//! Taking something out of a message for good: the form, and what it would leave.

use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// A file of the message.
#[derive(Clone, Debug)]
pub struct FileChoice {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// It is to go.
    pub is_chosen: bool,
}

/// What would be left of the message, and where else the words stand.
#[derive(Clone, Debug)]
pub struct Left {
    /// The message, as HTML already made safe.
    pub safe_html: String,
    /// The history quoted below it, likewise.
    pub safe_quoted_html: Option<String>,
    /// Language of the text when known.
    pub language: Option<String>,
    /// Names of the files that go.
    pub files: Vec<String>,
    /// Other messages of the ticket that hold the words.
    pub messages: i64,
    /// Lines of its history that do.
    pub lines: i64,
    /// Its subject does.
    pub is_in_subject: bool,
}

/// `/tickets/{number}/comments/{id}/redaction`.
#[derive(Template)]
#[template(path = "tickets/redaction.html")]
pub struct RedactionPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket's number.
    pub number: i64,
    /// The message.
    pub comment: i64,
    /// The ticket's version the reader saw.
    pub version: i64,
    /// Who wrote the message.
    pub author: String,
    /// The message as it was typed, to copy from.
    pub source: String,
    /// Its files.
    pub files: Vec<FileChoice>,
    /// What was wrong with the files.
    pub files_error: Option<String>,
    /// The words to take out.
    pub words: FormField,
    /// Why.
    pub reason: FormField,
    /// The ticket changed since the form was drawn.
    pub is_changed: bool,
    /// What would be left: then the page asks whether to do it.
    pub left: Option<Left>,
}

impl RedactionPage {
    fn blank(language: Language) -> RedactionPage {
        RedactionPage {
            frame: Frame::sample(language),
            number: 4812,
            comment: 7,
            version: 17,
            author: "§ Hélène Marchand".to_owned(),
            source: "§ Bonjour,\nmon mot de passe est azerty-1234.\nMerci".to_owned(),
            files: vec![FileChoice {
                id: 3,
                name: "§ capture-du-coffre-fort-avec-un-nom-plutôt-long.png".to_owned(),
                bytes: 340_000,
                is_chosen: false,
            }],
            files_error: None,
            words: FormField::default(),
            reason: FormField::default(),
            is_changed: false,
            left: None,
        }
    }

    /// The form.
    #[must_use]
    pub fn sample(language: Language) -> RedactionPage {
        RedactionPage::blank(language)
    }

    /// What was typed stands nowhere.
    #[must_use]
    pub fn sample_refused(language: Language) -> RedactionPage {
        let page = RedactionPage::blank(language);
        let said = |key| Some(page.frame.say(key).to_owned());
        RedactionPage {
            words: FormField {
                value: "§ azerty".to_owned(),
                error: said("fault-redaction-nowhere"),
            },
            reason: FormField {
                value: String::new(),
                error: said("fault-missing"),
            },
            files_error: said("fault-redaction-file"),
            is_changed: true,
            ..page
        }
    }

    /// The question before it is done.
    #[must_use]
    pub fn sample_asked(language: Language) -> RedactionPage {
        let page = RedactionPage::blank(language);
        RedactionPage {
            words: FormField::of("§ azerty-1234"),
            reason: FormField::of("§ mot de passe"),
            left: Some(Left {
                safe_html: "<p>§ Bonjour, mon mot de passe est [retiré]. Merci</p>".to_owned(),
                safe_quoted_html: Some("<p>§ &gt; [retiré]</p>".to_owned()),
                language: None,
                files: vec!["§ capture.png".to_owned()],
                messages: 2,
                lines: 1,
                is_in_subject: true,
            }),
            ..page
        }
    }
}
