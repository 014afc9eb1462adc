//! Transfer encodings, undone as far as they go.

use crate::complaint::{Complaint, Complaints};
use std::borrow::Cow;

/// Undoes the `Content-Transfer-Encoding` named `encoding`. Damage never loses what came before or
/// after it; an unknown encoding leaves the bytes as they are.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], encoding: &str, complaints: &mut Complaints) -> Cow<'a, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "7bits" | "8bits" => {
            Cow::Borrowed(bytes)
        }
        "base64" => {
            let (decoded, damaged) = base64(bytes);
            if damaged {
                complaints.note(Complaint::DamagedEncoding);
            }
            // Declared base64, yet plain text: show the text rather than noise.
            if decoded.is_empty() {
                Cow::Borrowed(bytes)
            } else {
                Cow::Owned(decoded)
            }
        }
        "quoted-printable" => {
            let (decoded, damaged) = quoted_printable(bytes, false);
            if damaged {
                complaints.note(Complaint::DamagedEncoding);
            }
            Cow::Owned(decoded)
        }
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => match uuencoded(bytes) {
            Some(decoded) => Cow::Owned(decoded),
            None => {
                complaints.note(Complaint::DamagedEncoding);
                Cow::Borrowed(bytes)
            }
        },
        _ => {
            complaints.note(Complaint::UnknownEncoding);
            Cow::Borrowed(bytes)
        }
    }
}

const NOT_BASE64: u8 = 0xff;

const BASE64: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [NOT_BASE64; 256];
    let mut index = 0;
    while index < 64 {
        table[alphabet[index] as usize] = index as u8;
        index += 1;
    }
    table
};

/// Base64 with anything in between ignored; says whether something other than white space was.
#[must_use]
pub fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut held, mut bits, mut damaged) = (0u32, 0u32, false);
    for &byte in bytes {
        let value = BASE64[byte as usize];
        if value != NOT_BASE64 {
            held = (held << 6) | u32::from(value);
            bits += 6;
            if bits == 24 {
                out.extend_from_slice(&[(held >> 16) as u8, (held >> 8) as u8, held as u8]);
                (held, bits) = (0, 0);
            }
        } else if byte == b'=' {
            flush_base64(&mut out, held, bits);
            (held, bits) = (0, 0);
        } else if !byte.is_ascii_whitespace() {
            damaged = true;
        }
    }
    flush_base64(&mut out, held, bits);
    (out, damaged)
}

fn flush_base64(out: &mut Vec<u8>, held: u32, bits: u32) {
    match bits {
        12 => out.push((held >> 4) as u8),
        18 => out.extend_from_slice(&[(held >> 10) as u8, (held >> 2) as u8]),
        _ => {}
    }
}

/// Quoted-printable, or the `Q` of an encoded word when `underscore_is_space`; a `=` that starts
/// nothing stays a `=`. Says whether there was one.
#[must_use]
pub fn quoted_printable(bytes: &[u8], underscore_is_space: bool) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut damaged) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'_' if underscore_is_space => out.push(b' '),
            b'=' => match (bytes.get(at), bytes.get(at + 1)) {
                (Some(&high), Some(&low))
                    if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
                {
                    out.push((hex(high) << 4) | hex(low));
                    at += 2;
                }
                _ => {
                    // A soft line break: white space, then the end of the line or of everything.
                    let spaces = bytes[at..]
                        .iter()
                        .take_while(|b| matches!(b, b' ' | b'\t' | b'\r'))
                        .count();
                    match bytes.get(at + spaces) {
                        None => at += spaces,
                        Some(b'\n') => at += spaces + 1,
                        Some(_) => {
                            damaged = true;
                            out.push(b'=');
                        }
                    }
                }
            },
            _ => out.push(byte),
        }
    }
    (out, damaged)
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'A').wrapping_add(10) & 0x0f,
    }
}

/// The first uuencoded file in `bytes`, or none when there is no `begin` line.
#[must_use]
pub fn uuencoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut lines = bytes
        .split(|&b| b == b'\n')
        .map(|l| l.strip_suffix(b"\r").unwrap_or(l));
    lines.by_ref().find(|line| line.starts_with(b"begin "))?;
    let mut out = Vec::new();
    for line in lines {
        if line == b"end" {
            break;
        }
        let Some((&length, data)) = line.split_first() else {
            continue;
        };
        let wanted = usize::from(length.wrapping_sub(b' ') & 0x3f);
        let start = out.len();
        for group in data.chunks(4) {
            let six = |i: usize| {
                group
                    .get(i)
                    .map_or(0, |b| u32::from(b.wrapping_sub(b' ') & 0x3f))
            };
            let held = (six(0) << 18) | (six(1) << 12) | (six(2) << 6) | six(3);
            out.extend_from_slice(&[(held >> 16) as u8, (held >> 8) as u8, held as u8]);
        }
        out.truncate(start + wanted);
    }
    Some(out)
}
