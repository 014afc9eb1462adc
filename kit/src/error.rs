//! What can go wrong, in the field's words. No HTTP here: `web::refusal` maps these to answers.

use crate::clock::Span;

/// The one error type of the house.
#[derive(Debug)]
pub enum Error {
    /// It does not exist, or this person may not know that it does: the same, byte for byte.
    NotFound,
    /// Nobody is signed in, and somebody has to be.
    SignedOut,
    /// They see it but may not do this; names the missing right as a catalogue key.
    Forbidden(Because),
    /// What was typed cannot be taken; says which field and why.
    Invalid(Fields),
    /// Somebody changed it meanwhile; nothing was written.
    Conflict(Clash),
    /// Larger than the limit, in bytes.
    TooLarge(u64),
    /// Too often; may be tried again after this span.
    TooMany(Span),
    /// Something outside does not answer (database, object store, relay); names it.
    Down(&'static str),
    /// Everything else: our fault. Logged once at the door with a request number.
    Bug(anyhow::Error),
}

/// The right that is missing, as a catalogue key such as `right-close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because(pub &'static str);

/// Both versions of a thing two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The version the refused change was made from.
    pub seen: i64,
    /// The version that stands now.
    pub current: i64,
    /// What both changed, as programs write it; empty where the thing is one whole.
    pub sides: Vec<Side>,
}

/// One field two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The field's name in the JSON body.
    pub field: &'static str,
    /// What stands there now.
    pub theirs: String,
    /// What was to stand there.
    pub yours: String,
}

impl Clash {
    /// Of a thing that is one whole.
    pub const fn of(seen: i64, current: i64) -> Clash {
        Clash {
            seen,
            current,
            sides: vec![],
        }
    }
}

/// Refuses a change of what is not as whoever makes it saw it; who saw nothing in particular is not asked.
///
/// # Errors
/// `Conflict` with both versions.
pub fn must_match(seen: Option<i64>, current: i64) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != current => Err(Error::Conflict(Clash::of(seen, current))),
        _ => Ok(()),
    }
}

/// One sentence at one field: `field` is the form's name of it, `key` a catalogue key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name in the form or the JSON body; empty when it is about the whole.
    pub field: &'static str,
    /// The catalogue key of the sentence.
    pub key: &'static str,
    /// What the sentence mentions: a limit, the value refused.
    pub detail: Option<String>,
}

/// Every fault found, not only the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Fault>);

impl Fields {
    /// Notes a fault when `ok` is false.
    pub fn require(&mut self, ok: bool, field: &'static str, key: &'static str) {
        if !ok {
            self.add(field, key, None);
        }
    }
    /// Notes a fault with what its sentence mentions.
    pub fn add(&mut self, field: &'static str, key: &'static str, detail: Option<String>) {
        self.0.push(Fault { field, key, detail });
    }
    /// `Err` when anything was noted.
    pub fn settle(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self))
        }
    }
}

impl Error {
    /// A single fault at one field.
    pub fn invalid(field: &'static str, key: &'static str) -> Error {
        Error::Invalid(Fields(vec![Fault {
            field,
            key,
            detail: None,
        }]))
    }
    /// A single fault that mentions something.
    pub fn invalid_with(field: &'static str, key: &'static str, detail: String) -> Error {
        Error::Invalid(Fields(vec![Fault {
            field,
            key,
            detail: Some(detail),
        }]))
    }
    /// Our own fault, with a message for the log.
    pub fn bug(message: impl std::fmt::Display) -> Error {
        Error::Bug(anyhow::anyhow!("{message}"))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NotFound => write!(f, "not found"),
            Error::SignedOut => write!(f, "nobody is signed in"),
            Error::Forbidden(because) => write!(f, "missing right: {}", because.0),
            Error::Invalid(fields) => {
                write!(f, "invalid:")?;
                for fault in &fields.0 {
                    write!(f, " {} {}", fault.field, fault.key)?;
                }
                Ok(())
            }
            Error::Conflict(clash) => {
                write!(f, "version {} was changed to {}", clash.seen, clash.current)
            }
            Error::TooLarge(limit) => write!(f, "larger than {limit} bytes"),
            Error::TooMany(span) => {
                write!(f, "too often, wait {} s", span.as_seconds_rounded_up())
            }
            Error::Down(what) => write!(f, "{what} does not answer"),
            Error::Bug(cause) => write!(f, "{cause:#}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        Error::Bug(cause)
    }
}
impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        Error::Bug(cause.into())
    }
}
impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Error::Bug(cause.into())
    }
}
