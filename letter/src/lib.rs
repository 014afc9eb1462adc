//! A letter: what a person wrote, to whom, in answer to what; and back to bytes.
//!
//! Everything here is a pure function of its arguments: no file, no network, no clock. Whatever
//! bytes come in, nothing here panics or hangs; what could not be understood is said in
//! [`complaint::Complaint`]s beside what could.

pub mod address;
pub mod body;
pub mod boundary;
pub mod charset;
pub mod classify;
pub mod complaint;
pub mod compose;
pub mod crossing;
pub mod encoded_word;
pub mod file_name;
pub mod forwarded;
pub mod header;
pub mod html;
pub mod markdown;
pub mod mime;
pub mod parameters;
pub mod parse;
pub mod quote;
pub mod report;
pub mod thread;
pub mod transfer;

use address::Address;
use classify::Automatic;
use complaint::Complaint;
use report::DeliveryReport;

/// The most bytes a letter may have to be read whole: 25 MiB. Of a larger one the headers and the
/// text are read, its attachments are not, and [`Complaint::TooLarge`] says so.
pub const MOST_BYTES: usize = 25 * 1024 * 1024;

/// A mail as a person wrote it. Every text in it is valid UTF-8 without NUL.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Letter {
    /// The `Message-ID` without its angle brackets, when there is exactly one readable.
    pub message_id: Option<String>,
    /// The identifiers of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The identifiers of `References`, oldest first, without angle brackets; the last 100 at most.
    pub references: Vec<String>,
    /// Who wrote, when `From` names exactly one address beyond doubt. `None` otherwise: a letter
    /// with two authors, or an author two programs could read differently, belongs to nobody.
    pub from: Option<Address>,
    /// `From` was there but names several people, or is written so that programs disagree.
    pub senders_ambiguous: bool,
    /// The `Sender` header.
    pub sender: Option<Address>,
    /// Where the writer wants answers. At most 200.
    pub reply_to: Vec<Address>,
    /// At most 200.
    pub to: Vec<Address>,
    /// At most 200.
    pub cc: Vec<Address>,
    /// `Delivered-To`, `X-Original-To` and `Envelope-To`: where the mail really went. Anybody can
    /// write them, so they prove nothing by themselves.
    pub delivered_to: Vec<Address>,
    /// One line, at most 250 characters.
    pub subject: String,
    /// `Date` in microseconds since 1970-01-01 UTC, as the sender's machine claims.
    pub date: Option<i64>,
    /// What the person wrote, lines ended by `\n`. Made from the HTML when there is only HTML.
    pub text: String,
    /// Safe HTML ([`html::safe`]), when the letter had any.
    pub html: Option<String>,
    /// The addresses of pictures of other hosts that HTML named, as [`html::picture_address`] writes them; none of them is in it.
    pub remote_pictures: Vec<String>,
    /// Every file, in the order of the letter.
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote this, as far as the letter itself tells.
    pub automatic: Automatic,
    /// What a bounce says, when the letter is a delivery report.
    pub delivery_report: Option<DeliveryReport>,
    /// What was odd; each kind once, in a fixed order.
    pub complaints: Vec<Complaint>,
}

/// A file that came with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A name fit for display and for saving ([`file_name::clean`]).
    pub name: String,
    /// The name as the letter wrote it, decoded but not cleaned; NUL-free, at most 1,000 characters.
    pub original_name: String,
    /// What the sender says it is (`image/png`), lower-case. Not to be believed.
    pub declared_type: String,
    /// The content, transfer encoding removed.
    pub bytes: Vec<u8>,
    /// `Content-ID` without angle brackets: what `data-cid` in the safe HTML names.
    pub content_id: Option<String>,
    /// Meant to be shown inside the text rather than beside it.
    pub inline: bool,
}
