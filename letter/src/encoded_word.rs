//! Encoded words (RFC 2047): text beyond ASCII inside headers.

use crate::charset;
use crate::complaint::Complaints;
use crate::transfer;

/// Decodes every encoded word in an unfolded header value; white space between two of them goes.
/// What only looks like one stays as it is. Linear in the length of `value`.
#[must_use]
pub fn decode(value: &str, complaints: &mut Complaints) -> String {
    let mut out = String::with_capacity(value.len());
    let mut run: Option<(String, Vec<u8>)> = None;
    let mut rest = value;
    // Words may not contain white space, so each candidate ends at the next white space at most.
    while let Some(start) = rest.find("=?") {
        let (before, candidate) = rest.split_at(start);
        let Some((word, after)) = split_word(candidate) else {
            flush(&mut out, &mut run, complaints);
            out.push_str(before);
            out.push_str("=?");
            rest = &candidate[2..];
            continue;
        };
        if run.is_none() || !before.chars().all(char::is_whitespace) {
            flush(&mut out, &mut run, complaints);
            out.push_str(before);
        }
        let label = word.charset.to_ascii_lowercase();
        match &mut run {
            // Senders cut one character in two between neighbouring words: join the bytes first.
            Some((open, bytes)) if *open == label => bytes.extend_from_slice(&word.bytes),
            _ => {
                flush(&mut out, &mut run, complaints);
                run = Some((label, word.bytes));
            }
        }
        rest = after;
    }
    flush(&mut out, &mut run, complaints);
    out.push_str(rest);
    out
}

fn flush(out: &mut String, run: &mut Option<(String, Vec<u8>)>, complaints: &mut Complaints) {
    if let Some((label, bytes)) = run.take() {
        out.push_str(&charset::decode(&bytes, Some(&label), complaints));
    }
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

/// The longest encoded word read: RFC 2047 says 75, programs write more.
const LONGEST: usize = 2_000;

fn split_word(candidate: &str) -> Option<(Word<'_>, &str)> {
    let inside = candidate.strip_prefix("=?")?;
    let mut end = inside.len().min(LONGEST);
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let window = &inside[..end];
    let (charset, rest) = window.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let quoted = match encoding {
        "q" | "Q" => true,
        "b" | "B" => false,
        _ => return None,
    };
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return None;
    }
    let length = rest.find("?=")?;
    let text = &rest[..length];
    if text.contains('?') {
        return None;
    }
    // A language may follow the character set: `utf-8*fr`.
    let charset = charset.split('*').next().unwrap_or(charset);
    let bytes = if quoted {
        transfer::quoted_printable(text.as_bytes(), true).0
    } else {
        transfer::base64(text.as_bytes()).0
    };
    let used = 2 + (rest.as_ptr() as usize - inside.as_ptr() as usize) + length + 2;
    Some((Word { charset, bytes }, &candidate[used..]))
}
