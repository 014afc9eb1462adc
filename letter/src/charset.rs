//! Bytes to text, whatever the label says.

use crate::complaint::{Complaint, Complaints};
use mail_parser::decoders::charsets::DecoderFnc;
use mail_parser::decoders::charsets::map::charset_decoder;

/// Decodes `bytes` labelled `label`. Never fails: an unknown label or bytes that do not fit it are
/// read as UTF-8 when they are that, as Windows-1252 otherwise, and a complaint is noted.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>, complaints: &mut Complaints) -> String {
    let label = label.map(normalised).unwrap_or_default();
    if let Some(text) = utf32(bytes, &label) {
        return text;
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest).into_owned();
    }
    match label.as_str() {
        "" | "utf-8" => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                complaints.note(Complaint::WrongCharset);
                guessed(bytes)
            }
        },
        // The label most often written by programs that did not look at their own bytes.
        "us-ascii" | "ascii" | "iso-8859-1" | "windows-1252" if bytes.is_ascii() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        "us-ascii" | "ascii" | "iso-8859-1" | "windows-1252" => match std::str::from_utf8(bytes) {
            Ok(text) => {
                complaints.note(Complaint::WrongCharset);
                text.to_owned()
            }
            Err(_) => windows_1252(bytes),
        },
        known => match decoder(known) {
            Some(decode) => decode(bytes),
            None => {
                complaints.note(Complaint::UnknownCharset);
                guessed(bytes)
            }
        },
    }
}

/// Whether the label names a character set that can be read.
#[must_use]
pub fn is_known(label: &str) -> bool {
    let label = normalised(label);
    label.starts_with("utf-32") || decoder(&label).is_some()
}

fn decoder(label: &str) -> Option<DecoderFnc> {
    charset_decoder(label.as_bytes())
}

/// Lower-case, without quotes and space, with the aliases that mail programs invented.
fn normalised(label: &str) -> String {
    let label: String = label
        .trim()
        .trim_matches(['"', '\''])
        .chars()
        .take(45)
        .collect::<String>()
        .to_ascii_lowercase();
    match label.as_str() {
        "utf8" | "unicode-1-1-utf-8" | "utf-8-sig" => "utf-8",
        "unicode-1-1-utf-7" | "utf7" => "utf-7",
        "iso-2022-jp-ms" | "iso-2022-jp-1" | "iso-2022-jp-2" | "iso-2022-jp-3" | "cp50220"
        | "cp50221" => "iso-2022-jp",
        // What calls itself GB2312 or GBK regularly uses characters of its successor.
        "gb2312" | "gbk" | "x-gbk" | "cp936" | "gb_2312-80" => "gb18030",
        "latin1" | "latin-1" | "iso8859-1" | "iso_8859-1" | "l1" => "iso-8859-1",
        "cp1252" | "ansi" | "x-ansi" => "windows-1252",
        "ansi_x3.4-1968" | "iso646-us" => "us-ascii",
        "ks_c_5601-1987" | "ks_c_5601" | "cp949" => "euc-kr",
        "sjis" | "cp932" | "x-sjis" | "ms932" => "shift_jis",
        "iso-8859-8-i" => "iso-8859-8",
        _ => return label,
    }
    .to_owned()
}

fn utf32(bytes: &[u8], label: &str) -> Option<String> {
    if !label.starts_with("utf-32") && !label.starts_with("ucs-4") {
        return None;
    }
    let little = label.ends_with("le") || bytes.starts_with(&[0xff, 0xfe, 0, 0]);
    let text = bytes
        .chunks_exact(4)
        .filter_map(|c| <[u8; 4]>::try_from(c).ok())
        .map(|c| {
            if little {
                u32::from_le_bytes(c)
            } else {
                u32::from_be_bytes(c)
            }
        })
        .filter(|&point| point != 0xfeff)
        .map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    Some(text)
}

/// Text of unknown origin: UTF-8 if it mostly is, Windows-1252 otherwise.
#[must_use]
pub fn guessed(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let lossy = String::from_utf8_lossy(bytes);
            let broken = lossy.matches(char::REPLACEMENT_CHARACTER).count();
            let whole = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
            if whole > broken {
                lossy.into_owned()
            } else {
                windows_1252(bytes)
            }
        }
    }
}

fn windows_1252(bytes: &[u8]) -> String {
    match decoder("windows-1252") {
        Some(decode) => decode(bytes),
        None => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}
