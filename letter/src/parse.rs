//! From bytes to a letter.

use crate::address::{self, Address};
use crate::charset;
use crate::classify::{self, Automatic, Beside};
use crate::complaint::{Complaint, Complaints};
use crate::header::{self, Headers};
use crate::mime::{self, Walk};
use crate::{Letter, MOST_BYTES, body, parameters};

/// The longest subject kept, in characters.
pub const LONGEST_SUBJECT: usize = 250;

/// Reads a letter. Never fails and never panics: what was not understood is in
/// [`Letter::complaints`], and whatever text there was is in [`Letter::text`].
#[must_use]
pub fn parse(raw: &[u8]) -> Letter {
    header::contained(|| read(raw)).unwrap_or_else(|| shown_raw(raw, Complaint::ParserFailed))
}

/// The HTML of a letter as it came, unsafe: for [`crate::html::framed`] and nothing else. Nothing for a letter without any, or one nobody
/// can read.
#[must_use]
pub fn html_as_it_came(raw: &[u8]) -> Vec<String> {
    let read = || {
        let mut walk = Walk::default();
        walk.without_files = true;
        let (headers, content) = header::split(raw, &mut walk.complaints);
        let content = &content[..content.len().min(MOST_BYTES)];
        body::html_as_it_came(&mime::walk(&mut walk, &headers, content))
    };
    header::contained(read).unwrap_or_default()
}

/// The bytes themselves as the text of a letter nobody can read.
fn shown_raw(raw: &[u8], why: Complaint) -> Letter {
    let mut complaints = Complaints::default();
    complaints.note(why);
    let shown = &raw[..raw.len().min(body::LONGEST)];
    let text = body::cleaned(&charset::guessed(shown), &mut complaints);
    Letter {
        text: text.trim().to_owned(),
        // Nobody knows what it is, so no machine may answer it.
        automatic: Automatic::Generated,
        complaints: complaints.into_vec(),
        ..Letter::default()
    }
}

fn read(raw: &[u8]) -> Letter {
    let mut walk = Walk::default();
    let (headers, content) = header::split(raw, &mut walk.complaints);
    if headers.is_empty() {
        return shown_raw(raw, Complaint::Unparseable);
    }
    let mut letter = Letter::default();
    read_headers(&mut letter, &headers, &mut walk.complaints);

    if raw.len() > MOST_BYTES {
        walk.complaints.note(Complaint::TooLarge);
        walk.without_files = true;
    }
    let pieces = mime::walk(
        &mut walk,
        &headers,
        &content[..content.len().min(MOST_BYTES)],
    );
    letter.text = body::text(&pieces);
    (letter.html, letter.remote_pictures) = body::safe_html(&pieces, &mut walk.complaints);
    if letter.text.is_empty() && letter.html.is_none() {
        let text = body::from_attachment(&walk.attachments, &mut walk.complaints);
        letter.text = text.unwrap_or_default();
    }
    letter.attachments = walk.attachments;

    let kind = headers
        .first("content-type")
        .map(|v| parameters::read(v, &mut Complaints::default()));
    let kind = kind.unwrap_or_default();
    let beside = Beside {
        content_type: &kind.value,
        report_type: kind.get("report-type"),
        report: walk.report.as_ref(),
        from: letter.from.as_ref().map(|from| from.email.as_str()),
        subject: &letter.subject,
        is_answer: !letter.in_reply_to.is_empty() || !letter.references.is_empty(),
        answers_invitation: walk.answers_invitation,
    };
    letter.automatic = classify::classify(&headers, &beside);
    letter.delivery_report = walk.report;
    letter.complaints = walk.complaints.into_vec();
    letter
}

fn read_headers(letter: &mut Letter, headers: &Headers, complaints: &mut Complaints) {
    let ids = |name: &str| {
        headers
            .all(name)
            .flat_map(header::identifiers)
            .collect::<Vec<_>>()
    };
    letter.message_id = headers
        .first("message-id")
        .map(header::identifiers)
        .filter(|ids| ids.len() == 1)
        .and_then(|ids| ids.into_iter().next());
    letter.in_reply_to = ids("in-reply-to");
    letter.in_reply_to.truncate(100);
    letter.references = ids("references");
    let surplus = letter.references.len().saturating_sub(100);
    letter.references.drain(..surplus);

    letter.to = addresses(headers, &["to"], complaints);
    letter.cc = addresses(headers, &["cc"], complaints);
    letter.reply_to = addresses(headers, &["reply-to"], complaints);
    letter.delivered_to = addresses(
        headers,
        &["delivered-to", "x-original-to", "envelope-to"],
        complaints,
    );
    letter.sender = single(headers, "sender", complaints);
    letter.from = single(headers, "from", complaints);
    letter.senders_ambiguous = letter.from.is_none() && headers.has("from");
    if letter.from.is_none() {
        complaints.note(Complaint::SenderUnclear);
    }

    letter.subject = subject(headers, complaints);
    letter.date = headers.first("date").and_then(header::date);
    if letter.date.is_none() {
        complaints.note(Complaint::DateUnreadable);
    }
}

fn addresses(headers: &Headers, names: &[&str], complaints: &mut Complaints) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    for value in names.iter().flat_map(|name| headers.all(name)) {
        for address in address::parse_list(value, complaints).addresses {
            if found.len() >= address::MOST_PER_HEADER {
                complaints.note(Complaint::TooManyAddresses);
                return found;
            }
            if !found
                .iter()
                .any(|known| known.email.eq_ignore_ascii_case(&address.email))
            {
                found.push(address);
            }
        }
    }
    found
}

/// The one address of a header that must name one: several headers, several addresses, a group or
/// anything unreadable beside it make it nobody.
fn single(headers: &Headers, name: &str, complaints: &mut Complaints) -> Option<Address> {
    let mut values = headers.all(name);
    let value = values.next()?;
    let list = address::parse_list(value, complaints);
    let alone = values.next().is_none() && list.rejected == 0 && !list.grouped;
    match <[Address; 1]>::try_from(list.addresses) {
        Ok([address]) if alone => Some(address),
        _ => None,
    }
}

fn subject(headers: &Headers, complaints: &mut Complaints) -> String {
    let whole = headers.text("subject", complaints).unwrap_or_default();
    if whole.chars().nth(LONGEST_SUBJECT).is_none() {
        return whole;
    }
    complaints.note(Complaint::SubjectCut);
    whole
        .chars()
        .take(LONGEST_SUBJECT - 1)
        .chain(['…'])
        .collect()
}
