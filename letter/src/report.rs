//! What a delivery report says: which mail, to whom, for how long.

use crate::complaint::Complaints;
use crate::{address, header};

/// Whether it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Failure {
    /// For ever (`5.x.x`, action `failed` without a code).
    Permanent,
    /// For now: the address may work again (`4.x.x`), or a full mailbox (`5.2.2`).
    Temporary,
    /// The mail waits; another report follows (action `delayed`).
    Delayed,
    /// Somebody called the mail unwanted (a feedback report).
    Complaint,
    /// The report does not say. Treat it as automatic all the same.
    #[default]
    Unknown,
}

/// A delivery report, as far as it can be read. Anybody can write one: believe it only about a mail
/// that was ours ([`crate::thread::is_ours`] on `original_message_id`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryReport {
    /// Whether it is worth trying again.
    pub failure: Failure,
    /// The enhanced status code (`5.1.1`).
    pub status: Option<String>,
    /// Who did not get the mail.
    pub recipient: Option<String>,
    /// The `Message-ID` of the mail that was not delivered, without angle brackets.
    pub original_message_id: Option<String>,
}

impl DeliveryReport {
    /// Reads a `message/delivery-status` or `message/feedback-report` part.
    pub(crate) fn read_status(&mut self, bytes: &[u8], is_feedback: bool) {
        let mut rest = &bytes[..bytes.len().min(64 * 1024)];
        let mut ignored = Complaints::default();
        let mut action = None;
        // The mail's own block first, then one per recipient; the first recipient counts.
        for _ in 0..10 {
            let (headers, after) = header::split(rest, &mut ignored);
            if self.status.is_none() {
                self.status = headers.first("status").and_then(status_code);
            }
            if action.is_none() {
                action = headers.first("action").map(str::to_ascii_lowercase);
            }
            if self.recipient.is_none() {
                let names = ["final-recipient", "original-recipient", "original-rcpt-to"];
                let recipient = names.iter().find_map(|name| headers.first(name));
                self.recipient = recipient.and_then(|value| {
                    address::parse(value.rsplit(';').next()?.trim().trim_matches(['<', '>']))
                });
            }
            if after.is_empty() || after.len() == rest.len() {
                break;
            }
            rest = after;
        }
        self.failure = match (is_feedback, action.as_deref(), self.status.as_deref()) {
            (true, _, _) => Failure::Complaint,
            (_, Some("delayed"), _) => Failure::Delayed,
            (_, _, Some("5.2.2")) => Failure::Temporary,
            (_, _, Some(code)) if code.starts_with('5') => Failure::Permanent,
            (_, _, Some(code)) if code.starts_with('4') => Failure::Temporary,
            (_, Some("failed"), None) => Failure::Permanent,
            _ => Failure::Unknown,
        };
    }

    /// Reads the returned mail, or only its headers.
    pub(crate) fn read_original(&mut self, bytes: &[u8]) {
        let (headers, _) = header::split(
            &bytes[..bytes.len().min(256 * 1024)],
            &mut Complaints::default(),
        );
        let id = headers
            .first("message-id")
            .and_then(|value| header::identifiers(value).into_iter().next());
        self.original_message_id = self.original_message_id.take().or(id);
    }
}

fn status_code(value: &str) -> Option<String> {
    let code = value
        .split(|c: char| c.is_whitespace() || c == '(')
        .find(|word| !word.is_empty())?;
    let shape = code.split('.').count() == 3 && code.len() <= 9;
    (shape && code.chars().all(|c| c.is_ascii_digit() || c == '.')).then(|| code.to_owned())
}
