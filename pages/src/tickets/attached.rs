//! What hangs on a message: its files, and the trace of what was taken out of it.

/// A file given with a comment.
#[derive(Clone, Debug)]
pub struct AttachmentView {
    /// File name, as sent.
    pub name: String,
    /// Where it is downloaded.
    pub href: String,
    /// Size in bytes.
    pub bytes: u64,
    /// A picture, for the icon.
    pub is_image: bool,
    /// How the reader takes it off, when they may.
    pub removal: Option<Removal>,
}

/// A form that takes a file off.
#[derive(Clone, Debug)]
pub struct Removal {
    /// Where it goes.
    pub action: String,
    /// The ticket's version.
    pub version: i64,
}

/// Something was taken out of a message for good.
#[derive(Clone, Debug)]
pub struct Redacted {
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}
