//! File names fit for display and for saving.

use crate::header::is_invisible;

/// The longest name, in characters.
pub const LONGEST: usize = 120;

/// Names that are devices on Windows, whatever extension follows.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "clock$", "conin$", "conout$", "com0", "com1", "com2", "com3",
    "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A display name made of whatever a stranger wrote: the last part of a path, without control,
/// invisible or direction-changing characters, without what a file system or a header gives a
/// meaning to, at most [`LONGEST`] characters with the extension kept, never empty.
///
/// The result is for people; never build a path from it.
#[must_use]
pub fn clean(name: &str) -> String {
    let last = name
        .rsplit(['/', '\\', '\u{2044}', '\u{2215}', '\u{ff0f}', '\u{ff3c}'])
        .find(|part| !is_nothing(part));
    let mut cleaned = String::new();
    for c in last.unwrap_or_default().chars().take(4_000) {
        match c {
            c if is_invisible(c) || matches!(c, '\u{200c}' | '\u{200d}') => {}
            c if c.is_control() => {}
            ':' | '*' | '?' | '"' | '<' | '>' | '|' => cleaned.push('_'),
            c if c.is_whitespace() => cleaned.push(' '),
            c => cleaned.push(c),
        }
    }
    let cleaned = cleaned.trim_matches(|c: char| c == ' ' || c == '.');
    // A leading dot hides a file, a trailing one or a space vanishes on Windows.
    if cleaned.is_empty() {
        return "file".to_owned();
    }
    let stem = cleaned.split('.').next().unwrap_or_default().trim_end();
    let is_device = DEVICES.contains(&stem.to_lowercase().as_str());
    let named = if is_device {
        format!("_{cleaned}")
    } else {
        cleaned.to_owned()
    };
    shortened(&named)
}

fn is_nothing(part: &str) -> bool {
    part.chars()
        .all(|c| c == '.' || c.is_whitespace() || c.is_control() || is_invisible(c))
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .filter(|extension| {
            (1..=16).contains(&extension.chars().count()) && !extension.contains(' ')
        });
    let Some(extension) = extension else {
        return name
            .chars()
            .take(LONGEST)
            .collect::<String>()
            .trim_end_matches([' ', '.'])
            .to_owned();
    };
    let room = LONGEST - 1 - extension.chars().count();
    let stem: String = name.chars().take(room).collect();
    format!("{}.{extension}", stem.trim_end_matches([' ', '.']))
}

/// A name for a file that came without one.
#[must_use]
pub fn for_type(declared_type: &str) -> &'static str {
    match declared_type {
        "message/rfc822" | "message/global" => "message.eml",
        "message/delivery-status" | "message/global-delivery-status" => "delivery-status.txt",
        "message/feedback-report" => "feedback-report.txt",
        "message/disposition-notification" => "receipt.txt",
        "text/rfc822-headers" | "message/rfc822-headers" => "headers.txt",
        "text/calendar" | "application/ics" => "invite.ics",
        "text/plain" => "text.txt",
        "text/html" => "text.html",
        "text/csv" => "table.csv",
        "text/vcard" | "text/x-vcard" => "contact.vcf",
        "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat",
        "application/pgp-signature" => "signature.asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "smime.p7m",
        "application/pdf" => "document.pdf",
        "image/png" => "image.png",
        "image/jpeg" | "image/jpg" => "image.jpg",
        "image/gif" => "image.gif",
        "image/webp" => "image.webp",
        _ => "file",
    }
}
