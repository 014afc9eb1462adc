//! Headers: cut from the bytes, unfolded, decoded, bounded.

use crate::charset;
use crate::complaint::{Complaint, Complaints};
use crate::encoded_word;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most bytes of one header's value that are read.
const LONGEST: usize = 16 * 1024;
/// The same for headers that list addresses or identifiers.
const LONGEST_LIST: usize = 256 * 1024;
/// The most instances of one header that are kept.
const MOST_INSTANCES: usize = 20;
/// The most header lines that are looked at, and the most of them that may be none.
const MOST_FIELDS: usize = 20_000;
const MOST_MALFORMED: usize = 500;

/// The headers that say anything to this crate; all others (10,000 `Received` too) are passed over.
const KNOWN: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "return-path",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "content-description",
    "auto-submitted",
    "precedence",
    "x-precedence",
    "list-id",
    "list-unsubscribe",
    "list-post",
    "x-autoreply",
    "x-autorespond",
    "x-autoresponse",
    "x-auto-reply",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-auto-response-suppress",
    "x-post-messageclass",
    "feedback-id",
    "x-loop",
    "x-failed-recipients",
    "x-ms-exchange-message-is-ndr",
    "x-ms-exchange-inbox-rules-loop",
    "x-ms-exchange-generated-message-source",
    "original-message-id",
    "final-recipient",
    "original-recipient",
    "original-rcpt-to",
    "action",
    "status",
    "feedback-type",
    "mime-version",
    "content-class",
    "disposition",
];

/// Headers that may come once only.
const ONCE: &[&str] = &["from", "subject", "date", "message-id", "content-type"];

/// A block of headers: names in lower case, values unfolded and decoded to text, encoded words not.
#[derive(Debug, Clone, Default)]
pub struct Headers(Vec<(&'static str, String)>);

impl Headers {
    /// The first value of that name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of that name, in the order of the letter.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(n, _)| *n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether there is a header of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Whether nothing was understood.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of that name on one line, with encoded words decoded.
    #[must_use]
    pub fn text(&self, name: &str, complaints: &mut Complaints) -> Option<String> {
        self.first(name)
            .map(|value| one_line(&encoded_word::decode(value, complaints)))
    }
}

/// Cuts `bytes` into headers and the rest, which starts after the first empty line. Linear.
///
/// A line that is no header ends them, unless more headers of a known name follow before the empty
/// line: then it is passed over, because broken programs fold without indenting.
#[must_use]
pub fn split<'a>(bytes: &'a [u8], complaints: &mut Complaints) -> (Headers, &'a [u8]) {
    let mut headers = Headers::default();
    let rest = walk(bytes, complaints, &mut |name, value, complaints| {
        keep(&mut headers, name, value, complaints);
    });
    (headers, rest)
}

/// The headers of these names (in lower case), whatever they are, in the order of the letter: each with its value on one line,
/// encoded words decoded. Of each name and of each value no more is read than of those this crate knows.
#[must_use]
pub fn named(bytes: &[u8], names: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut complaints = Complaints::default();
    walk(bytes, &mut complaints, &mut |name, value, complaints| {
        let is_asked = names.contains(&name);
        if !is_asked || found.iter().filter(|(n, _)| n == name).count() >= MOST_INSTANCES {
            return;
        }
        let value = &value[..value.len().min(LONGEST)];
        let value = unfolded(&charset::guessed(value), complaints);
        let value = one_line(&encoded_word::decode(&value, complaints));
        found.push((name.to_owned(), value));
    });
    found
}

/// The first `most` headers, whatever they are, in the order of the letter: names in lower case, values on one line, encoded
/// words and comments as they stand. For what a machine wrote for machines.
#[must_use]
pub fn leading(bytes: &[u8], most: usize) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut complaints = Complaints::default();
    walk(bytes, &mut complaints, &mut |name, value, complaints| {
        if found.len() < most {
            let value = &value[..value.len().min(LONGEST)];
            let value = unfolded(&charset::guessed(value), complaints);
            found.push((name.to_owned(), value));
        }
    });
    found
}

/// Tells each header to `each`, by its name in lower case and its raw value, and says where the rest starts.
fn walk<'a>(
    bytes: &'a [u8],
    complaints: &mut Complaints,
    each: &mut dyn FnMut(&str, &[u8], &mut Complaints),
) -> &'a [u8] {
    let mut at = leading_noise(bytes);
    let (mut fields, mut malformed) = (0usize, 0usize);
    while at < bytes.len() {
        let (line, mut next) = line_at(bytes, at);
        if line.is_empty() || line.iter().all(|b| matches!(b, b' ' | b'\t')) {
            return if fields > 0 {
                &bytes[next..]
            } else {
                &bytes[at..]
            };
        }
        // Values end where the next line is not indented.
        while next < bytes.len() && matches!(bytes[next], b' ' | b'\t') {
            let (more, after) = line_at(bytes, next);
            if more.iter().all(u8::is_ascii_whitespace) {
                break;
            }
            next = after;
        }
        match name_and_value(&bytes[at..next]) {
            Some((name, value)) => {
                fields += 1;
                if fields <= MOST_FIELDS {
                    each(&name, value, complaints);
                } else {
                    complaints.note(Complaint::TruncatedHeader);
                    return after_empty_line(&bytes[next..]);
                }
            }
            None if malformed >= MOST_MALFORMED || !header_follows(&bytes[next..]) => {
                return &bytes[at..];
            }
            None => {
                malformed += 1;
                complaints.note(Complaint::MalformedHeader);
            }
        }
        at = next;
    }
    &bytes[bytes.len()..]
}

/// What follows the first empty line, found without looking at the lines before it.
fn after_empty_line(bytes: &[u8]) -> &[u8] {
    let ends = [&b"\n\n"[..], b"\n\r\n", b"\r\r"];
    let found = ends
        .iter()
        .filter_map(|end| Some(memchr::memmem::find(bytes, end)? + end.len()));
    &bytes[found.min().unwrap_or(bytes.len())..]
}

/// Empty lines, a byte order mark and an mbox `From ` line before the first header.
fn leading_noise(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    if bytes[at..].starts_with(b"From ") || bytes[at..].starts_with(b">From ") {
        at = line_at(bytes, at).1;
    }
    at
}

/// The line at `at` without its end, and where the next one starts. Lines end at LF, CRLF or a
/// lone CR.
fn line_at(bytes: &[u8], at: usize) -> (&[u8], usize) {
    match memchr::memchr2(b'\r', b'\n', &bytes[at..]) {
        None => (&bytes[at..], bytes.len()),
        Some(length) => {
            let end = at + length;
            let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            (&bytes[at..end], end + 1 + usize::from(crlf))
        }
    }
}

fn name_and_value(field: &[u8]) -> Option<(String, &[u8])> {
    let colon = memchr::memchr(b':', &field[..field.len().min(200)])?;
    let name = field[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    is_name.then(|| {
        (
            String::from_utf8_lossy(name).to_ascii_lowercase(),
            &field[colon + 1..],
        )
    })
}

/// Whether a known header comes within the next 50 lines, before any empty one.
fn header_follows(bytes: &[u8]) -> bool {
    let mut at = 0;
    for _ in 0..50 {
        if at >= bytes.len() {
            return false;
        }
        let (line, next) = line_at(bytes, at);
        if line.is_empty() {
            return false;
        }
        if name_and_value(line).is_some_and(|(name, _)| KNOWN.contains(&name.as_str())) {
            return true;
        }
        at = next;
    }
    false
}

fn keep(headers: &mut Headers, name: &str, value: &[u8], complaints: &mut Complaints) {
    if name.starts_with("x-vigie-") {
        complaints.note(Complaint::PrivateHeaderDropped);
        return;
    }
    let Some(known) = KNOWN.iter().find(|known| **known == name) else {
        return;
    };
    let instances = headers.all(known).count();
    if instances > 0 && ONCE.contains(known) {
        complaints.note(Complaint::DuplicateHeader);
    }
    if instances >= MOST_INSTANCES {
        return;
    }
    let longest = match *known {
        "from" | "to" | "cc" | "reply-to" | "references" | "in-reply-to" => LONGEST_LIST,
        _ => LONGEST,
    };
    if value.len() > longest {
        complaints.note(Complaint::TruncatedHeader);
    }
    let value = &value[..value.len().min(longest)];
    headers
        .0
        .push((known, unfolded(&charset::guessed(value), complaints)));
}

/// One line: folds become a space, NUL goes.
fn unfolded(value: &str, complaints: &mut Complaints) -> String {
    if value.contains('\0') {
        complaints.note(Complaint::NulRemoved);
    }
    let mut out = String::with_capacity(value.len());
    let mut line_ended = false;
    for c in value.chars() {
        match c {
            '\0' => {}
            '\r' | '\n' => line_ended = true,
            ' ' | '\t' if line_ended => {}
            c => {
                if std::mem::take(&mut line_ended) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out.trim().to_owned()
}

/// Text fit for one line: control and direction-changing characters go, white space shrinks.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that change the direction of text or are not seen at all. The two joiners stay: some
/// scripts and many pictures need them.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Identifiers without their angle brackets: ASCII without space, 250 bytes at most, the last 100.
#[must_use]
pub fn identifiers(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    if value.contains('<') {
        for piece in value.split('<').skip(1) {
            if let Some((id, _)) = piece.split_once('>') {
                found.push(id);
            }
        }
    } else {
        // Without the one bracket there may still be the other.
        let words = value.split(|c: char| c.is_ascii_whitespace() || c == '>');
        found.extend(words.filter(|id| id.contains('@')));
    }
    let readable =
        |id: &&str| (1..=250).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    let mut found: Vec<String> = found
        .into_iter()
        .filter(readable)
        .map(str::to_owned)
        .collect();
    let surplus = found.len().saturating_sub(100);
    found.drain(..surplus);
    found
}

/// A date header in microseconds since 1970 UTC; `None` when unreadable or outside 1970 to 2100.
#[must_use]
pub fn date(value: &str) -> Option<i64> {
    let value: String = value.chars().take(200).collect::<String>() + "\r\n";
    let parsed = contained(|| mail_parser::DateTime::parse_rfc822(&value))??;
    let seconds = parsed.is_valid().then(|| parsed.to_timestamp())?;
    (0..4_102_444_800)
        .contains(&seconds)
        .then_some(seconds * 1_000_000)
}

/// Runs a part of the borrowed parser; if it panics, that part is as good as unreadable.
pub(crate) fn contained<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}
