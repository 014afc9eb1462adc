//! Mails as people's programs write them, and the little reading that a walk needs.

use data_encoding::BASE64;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a mail says.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// The address in `From`.
    pub from: String,
    /// The name in `From`.
    pub from_name: String,
    /// The address in `To`.
    pub to: String,
    /// Any letters.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub body: String,
    /// Without angle brackets.
    pub message_id: String,
    /// The `Message-ID`s answered to, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// A file's name, type and bytes.
    pub attachment: Option<(String, String, Vec<u8>)>,
}

/// The bytes of the mail: UTF-8 in base64, `multipart/mixed` when a file is attached.
pub fn bytes_of(letter: &Letter) -> Vec<u8> {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push_str("\r\n");
    };
    line(format!(
        "From: {} <{}>",
        encoded_word(&letter.from_name),
        letter.from
    ));
    line(format!("To: <{}>", letter.to));
    line(format!("Subject: {}", encoded_word(&letter.subject)));
    line(format!("Date: {}", date_now()));
    line(format!("Message-ID: <{}>", letter.message_id));
    if let Some(last) = letter.references.last() {
        let all: Vec<String> = letter
            .references
            .iter()
            .map(|it| format!("<{it}>"))
            .collect();
        line(format!("In-Reply-To: <{last}>"));
        line(format!("References: {}", all.join("\r\n ")));
    }
    line("MIME-Version: 1.0".to_owned());
    let text = |line: &mut dyn FnMut(String)| {
        line("Content-Type: text/plain; charset=utf-8".to_owned());
        line("Content-Transfer-Encoding: base64".to_owned());
        line(String::new());
        line(base64_lines(letter.body.replace('\n', "\r\n").as_bytes()));
    };
    let Some((name, kind, bytes)) = &letter.attachment else {
        text(&mut line);
        return out.into_bytes();
    };
    let boundary = "=_vigie_xtask_boundary";
    line(format!(
        "Content-Type: multipart/mixed; boundary=\"{boundary}\""
    ));
    line(String::new());
    line(format!("--{boundary}"));
    text(&mut line);
    line(format!("--{boundary}"));
    line(format!("Content-Type: {kind}"));
    line("Content-Transfer-Encoding: base64".to_owned());
    line(format!(
        "Content-Disposition: attachment; filename*=utf-8''{}",
        crate::http::escaped(name)
    ));
    line(String::new());
    line(base64_lines(bytes));
    line(format!("--{boundary}--"));
    out.into_bytes()
}

/// The first header of this name in a mail, unfolded.
pub fn header(mail: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(mail);
    let head = text
        .split("\r\n\r\n")
        .next()?
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ");
    head.split("\r\n")
        .filter_map(|it| it.split_once(':'))
        .find(|(it, _)| it.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
}

/// The address inside a header such as `Name <a@b>`.
pub fn address(value: &str) -> String {
    let inner = value
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(
        || value.trim().to_owned(),
        |(address, _)| address.to_owned(),
    )
}

/// Everything readable in a mail: its text with quoted-printable and base64 parts decoded, in the
/// order they stand. Enough to look for a phrase or a link.
pub fn readable(mail: &[u8]) -> String {
    let text = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let mut out = String::new();
    for part in text.split("\n--") {
        let (head, body) = part.split_once("\n\n").unwrap_or((part, ""));
        let head_lower = head.to_ascii_lowercase();
        out.push_str(head);
        out.push_str("\n\n");
        if head_lower.contains("content-transfer-encoding: base64") {
            let packed: String = body.split_whitespace().collect();
            let bytes = BASE64.decode(packed.as_bytes()).unwrap_or_default();
            out.push_str(&String::from_utf8_lossy(&bytes));
        } else if head_lower.contains("content-transfer-encoding: quoted-printable") {
            out.push_str(&String::from_utf8_lossy(&unquoted_printable(body)));
        } else {
            out.push_str(body);
        }
        out.push('\n');
    }
    out
}

fn unquoted_printable(text: &str) -> Vec<u8> {
    let bytes = text.replace("=\n", "").into_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = bytes
            .get(at + 1..at + 3)
            .and_then(|it| std::str::from_utf8(it).ok());
        match (byte, code.and_then(|it| u8::from_str_radix(it, 16).ok())) {
            (b'=', Some(value)) => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        // An encoded word has at most 75 characters, and must not cut a letter (RFC 2047, 2 and 5).
        if word.len() + letter.len_utf8() > 42 {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.push(word);
    let words: Vec<String> = words
        .iter()
        .map(|it| format!("=?utf-8?B?{}?=", BASE64.encode(it.as_bytes())))
        .collect();
    words.join("\r\n ")
}

fn base64_lines(bytes: &[u8]) -> String {
    let packed = BASE64.encode(bytes);
    let lines: Vec<&str> = packed
        .as_bytes()
        .chunks(76)
        .filter_map(|it| std::str::from_utf8(it).ok())
        .collect();
    lines.join("\r\n")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment at which a mail is written, by a tool that is no part of the product"
)]
fn date_now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| it.as_secs());
    date_of(seconds)
}

/// A moment as RFC 5322 writes it, in UTC (civil date after Howard Hinnant's `civil_from_days`).
fn date_of(seconds: u64) -> String {
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    let since = days + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let names = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|it| names.get(it))
        .unwrap_or(&"Jan");
    let weekday = usize::try_from(days.rem_euclid(7))
        .ok()
        .and_then(|it| weekdays.get(it))
        .unwrap_or(&"Thu");
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {day:02} {name} {year} {hour:02}:{minute:02}:{second:02} +0000")
}

#[cfg(test)]
mod tests {
    use super::{Letter, address, bytes_of, date_of, header, readable};

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(date_of(0), "Thu, 01 Jan 1970 00:00:00 +0000");
        assert_eq!(date_of(951_782_400), "Tue, 29 Feb 2000 00:00:00 +0000");
        assert_eq!(date_of(1_767_225_599), "Wed, 31 Dec 2025 23:59:59 +0000");
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        let letter = Letter {
            from: "zoe@example.org".into(),
            from_name: "Zoé".into(),
            to: "help@example.org".into(),
            subject: "L’écran reste noir après la mise à jour de ce matin, à l’étage".into(),
            body: "Bonjour,\nça ne marche plus.".into(),
            message_id: "2@example.org".into(),
            references: vec!["0@example.org".into(), "1@example.org".into()],
            attachment: Some(("été.txt".into(), "text/plain".into(), b"file".to_vec())),
        };
        let bytes = bytes_of(&letter);
        assert!(readable(&bytes).contains("ça ne marche plus."));
        assert_eq!(
            header(&bytes, "in-reply-to").as_deref(),
            Some("<1@example.org>")
        );
        assert_eq!(
            header(&bytes, "References").as_deref(),
            Some("<0@example.org> <1@example.org>")
        );
        assert_eq!(
            address(&header(&bytes, "From").expect("there")),
            "zoe@example.org"
        );
        assert!(bytes.is_ascii() && bytes.split(|it| *it == b'\n').all(|it| it.len() <= 150));
    }
}
