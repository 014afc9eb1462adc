//! Words on a ticket: what a comment is made of before it is one.

use kit::error::{Error, Fields};

use super::Origin;

/// The longest comment, in characters.
pub const LONGEST: usize = 100_000;

/// What somebody wrote, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The text as it was typed or mailed.
    pub text: String,
    /// The same as safe HTML.
    pub html: String,
    /// History that came quoted below, as text.
    pub quoted: Option<String>,
}

impl Body {
    /// Markdown, as typed in a composer.
    pub fn of_markdown(text: &str) -> Body {
        Body {
            text: text.to_owned(),
            html: letter::markdown::to_html(text),
            quoted: None,
        }
    }
}

/// A file whose bytes are kept already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The name as the sender gave it; cleaned when it is written.
    pub name: String,
    /// Where the bytes are.
    pub digest: String,
    /// What they are.
    pub media_type: String,
    /// How many they are.
    pub size: i64,
}

/// A comment to be written.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// The words.
    pub body: Body,
    /// Its files.
    pub files: Vec<NewFile>,
    /// Which way it came in.
    pub origin: Origin,
    /// The form's or client's token: the same twice is the same comment.
    pub once: Option<String>,
    /// The mail it was.
    pub incoming_mail: Option<i64>,
}

impl NewComment {
    /// Typed words without files.
    pub fn typed(text: &str, origin: Origin) -> NewComment {
        NewComment {
            body: Body::of_markdown(text),
            files: vec![],
            origin,
            once: None,
            incoming_mail: None,
        }
    }

    /// Refuses what is empty or too long; files alone are enough.
    pub fn check(&self) -> Result<(), Error> {
        let mut faults = Fields::default();
        let is_mail = self.incoming_mail.is_some();
        if !is_mail {
            faults.require(
                !self.body.text.trim().is_empty() || !self.files.is_empty(),
                "body",
                "fault-missing",
            );
            if self.body.text.chars().count() > LONGEST {
                faults.add("body", "fault-too-long", Some(LONGEST.to_string()));
            }
            if self.files.len() > crate::files::MOST {
                faults.add(
                    "files",
                    "fault-too-many-files",
                    Some(crate::files::MOST.to_string()),
                );
            }
        }
        faults.settle()
    }
}
