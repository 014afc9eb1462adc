//! A mail of ours, as bytes.

use crate::address::{self, Address};
use crate::header;
use data_encoding::BASE64;
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};

/// A mail to write. Identifiers may come with or without angle brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The `Message-ID` ([`crate::thread::reference_for`]).
    pub message_id: String,
    /// Who writes.
    pub from: Address,
    /// To whom.
    pub to: Vec<Address>,
    /// Where answers go ([`crate::thread::plus_address`]).
    pub reply_to: Option<Address>,
    /// The mail answered.
    pub in_reply_to: Option<String>,
    /// The thread so far, oldest first.
    pub references: Vec<String>,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML, already safe.
    pub html: Option<String>,
    /// When, in microseconds since 1970-01-01 UTC.
    pub date_micros: i64,
    /// No person wrote this: says so, and asks not to be answered by machines.
    pub automatic: bool,
    /// Where its reader ends mails of this kind, of those that come by themselves (RFC 2369).
    pub unsubscribe: Option<String>,
}

/// Writes a mail: RFC 5322, lines ended by CRLF and within 998 bytes, ASCII only. The same input
/// makes the same bytes. Nothing in any field can start a header: line ends and other control
/// characters become spaces, addresses that are none are left out.
#[must_use]
pub fn compose(mail: &Outgoing) -> Vec<u8> {
    let mut builder = MessageBuilder::new()
        .header("Date", raw(date(mail.date_micros)))
        .header("From", raw(addresses(std::slice::from_ref(&mail.from))))
        .header("To", raw(addresses(&mail.to)));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.header("Reply-To", raw(addresses(std::slice::from_ref(reply_to))));
    }
    builder = builder.header(
        "Subject",
        raw(words(&header::one_line(&mail.subject), "Subject: ".len())),
    );
    let message_id = identifier(&mail.message_id).unwrap_or_else(|| digest(mail) + "@invalid");
    builder = builder.message_id(message_id);
    if let Some(answered) = mail.in_reply_to.as_deref().and_then(identifier) {
        builder = builder.in_reply_to(answered);
    }
    let references: Vec<String> = mail
        .references
        .iter()
        .filter_map(|id| identifier(id))
        .collect();
    if !references.is_empty() {
        // The first and the last ones matter; a thread of years must not grow without end.
        let surplus = references.len().saturating_sub(50);
        let kept = references
            .iter()
            .enumerate()
            .filter(|(at, _)| *at == 0 || *at > surplus);
        builder = builder.references(MessageId::new_list(kept.map(|(_, id)| id.clone())));
    }
    if mail.automatic {
        builder = builder
            .header("Auto-Submitted", raw("auto-generated".to_owned()))
            .header("X-Auto-Response-Suppress", raw("All".to_owned()));
    }
    if let Some(address) = mail.unsubscribe.as_deref().filter(|it| is_web_address(it)) {
        builder = builder.header("List-Unsubscribe", raw(format!("<{address}>")));
    }
    let text = part("text/plain", &mail.text);
    let body = match &mail.html {
        None => text,
        Some(html) => {
            // A boundary made of the content keeps the function pure and cannot be aimed at.
            let boundary = format!("=_{}", digest(mail));
            let kind = ContentType::new("multipart/alternative").attribute("boundary", boundary);
            MimePart::new(
                kind,
                BodyPart::Multipart(vec![text, part("text/html", html)]),
            )
        }
    };
    // Writing into a `Vec` has nothing to fail at.
    builder.body(body).write_to_vec().unwrap_or_default()
}

/// Whether it can stand in a header as it is.
fn is_web_address(text: &str) -> bool {
    let is_plain = |b: u8| matches!(b, 0x21..=0x7e) && !matches!(b, b'<' | b'>');
    text.starts_with("http") && text.len() <= 900 && text.bytes().all(is_plain)
}

/// Text in base64 unless it is ASCII in short lines: nothing a relay does to bytes can harm it.
fn part<'a>(kind: &'static str, text: &str) -> MimePart<'a> {
    let text: String = text.replace("\r\n", "\n").replace(['\r', '\0'], "");
    let plain = text
        .bytes()
        .all(|b| matches!(b, b'\n' | b'\t' | 0x20..=0x7e))
        && text
            .lines()
            .all(|line| line.len() <= 78 && !line.ends_with([' ', '\t']));
    let with_ends = text.replace('\n', "\r\n");
    if plain {
        return MimePart::new(kind, BodyPart::Text(with_ends.into())).transfer_encoding("7bit");
    }
    let mut encoded = String::with_capacity(with_ends.len() / 3 * 4 + 64);
    for line in with_ends.as_bytes().chunks(57) {
        BASE64.encode_append(line, &mut encoded);
        encoded.push_str("\r\n");
    }
    MimePart::new(kind, BodyPart::Text(encoded.into())).transfer_encoding("base64")
}

fn digest(mail: &Outgoing) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in [
        &mail.message_id,
        &mail.subject,
        &mail.text,
        mail.html.as_ref().unwrap_or(&mail.text),
    ] {
        hasher
            .update(&(field.len() as u64).to_be_bytes())
            .update(field.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

fn raw(value: String) -> HeaderType<'static> {
    HeaderType::Raw(Raw::new(value))
}

fn identifier(id: &str) -> Option<String> {
    let id = id.trim().trim_matches(['<', '>']);
    let fits = (3..=250).contains(&id.len()) && id.contains('@');
    (fits
        && id
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>'))
    .then(|| id.to_owned())
}

fn addresses(list: &[Address]) -> String {
    let written = list.iter().filter_map(|one| {
        let email = address::parse(&one.email)?;
        let name = one.name.as_deref().and_then(address::display_name);
        Some(match name {
            Some(name) => format!("{} <{email}>", phrase(&name)),
            None => email,
        })
    });
    let written: Vec<String> = written.collect();
    if written.is_empty() {
        "undisclosed-recipients:;".to_owned()
    } else {
        written.join(", ")
    }
}

/// A display name: quoted when ASCII, encoded words (which may not stand in quotes) otherwise.
fn phrase(name: &str) -> String {
    if name.bytes().all(|b| matches!(b, 0x20..=0x7e)) && !name.contains("=?") {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        encoded_words(name)
    }
}

/// Unstructured text: as it is when ASCII with breaks to fold at, encoded words otherwise.
fn words(text: &str, before: usize) -> String {
    let plain = text.bytes().all(|b| matches!(b, 0x20..=0x7e))
        && !text.contains("=?")
        && text.split(' ').all(|word| word.len() + before <= 70);
    if plain {
        text.to_owned()
    } else {
        encoded_words(text)
    }
}

/// Encoded words of at most 75 bytes, each of whole characters, with spaces to fold at.
fn encoded_words(text: &str) -> String {
    let mut words = Vec::new();
    let mut chunk = String::new();
    for c in text.chars() {
        if chunk.len() + c.len_utf8() > 39 {
            words.push(std::mem::take(&mut chunk));
        }
        chunk.push(c);
    }
    words.push(chunk);
    let encoded = words
        .iter()
        .map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes())));
    encoded.collect::<Vec<_>>().join(" ")
}

fn date(micros: i64) -> String {
    // What a header can say: from 1970 to the year 9999.
    mail_parser::DateTime::from_timestamp(micros.div_euclid(1_000_000).clamp(0, 253_402_300_799))
        .to_rfc822()
}
