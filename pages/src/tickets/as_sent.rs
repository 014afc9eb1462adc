//! The frame in which a mail is shown as it was sent. It is no page: it has no surroundings, and its own few lines of style.

use askama::Template;
use words::language::Language;
use words::reader::Words;

/// A line of the mail's head.
#[derive(Clone, Debug)]
pub struct AsSentLine {
    /// Key of its name.
    pub key: &'static str,
    /// What it says; nothing leaves the line out.
    pub value: String,
}

/// The frame.
#[derive(Template)]
#[template(path = "tickets/as_sent.html")]
pub struct AsSentFrame {
    /// The reader's words.
    pub words: Words,
    /// The mail's head.
    pub lines: Vec<AsSentLine>,
    /// Its HTML made safe for a frame; nothing when the mail is kept no more.
    pub safe_html: Option<String>,
}

impl AsSentFrame {
    /// A mail with a head.
    #[must_use]
    pub fn sample(language: Language) -> AsSentFrame {
        let line = |key, value: &str| AsSentLine {
            key,
            value: value.to_owned(),
        };
        AsSentFrame {
            words: Words::new(language, "Europe/Paris", 0),
            lines: vec![
                line("tickets-as-sent-from", "§ Hélène <helene@nordet.example>"),
                line("tickets-as-sent-cc", ""),
            ],
            safe_html: Some("<p>§ Bonjour</p>".to_owned()),
        }
    }
}
