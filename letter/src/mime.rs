//! The tree of parts, walked under limits into pieces of text and files.
//!
//! Each multipart is cut by its own boundary before its children are looked at, so a child cannot
//! reach outside its parent. Attached mails are files and are not entered. The depth is bounded, so
//! nothing here can exhaust the stack.

use crate::complaint::{Complaint, Complaints};
use crate::header::{self, Headers};
use crate::parameters::{self, Parameters};
use crate::report::DeliveryReport;
use crate::{Attachment, boundary, charset, file_name, html, transfer};

/// The deepest nesting of multiparts that is entered.
pub const DEEPEST: usize = 25;
/// The most parts that are read.
pub const MOST_PARTS: usize = 500;
/// The most bytes of one text that are decoded: enough for the longest shown in any charset.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// The most bytes looked at for boundaries, all levels together.
const MOST_SCANNED: usize = 4 * crate::MOST_BYTES;

/// A stretch of the human text: as plain text, as HTML (unsafe, as it came), or as both.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// The plain text.
    pub plain: Option<String>,
    /// The HTML as it came.
    pub html: Option<String>,
}

/// Everything a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Files in the order of the letter.
    pub attachments: Vec<Attachment>,
    /// What was odd.
    pub complaints: Complaints,
    /// What the parts of a delivery report say.
    pub report: Option<DeliveryReport>,
    /// A calendar's answer to an invitation is among the parts.
    pub answers_invitation: bool,
    /// Attachments are left out: the letter is too large.
    pub without_files: bool,
    parts: usize,
    scanned: usize,
}

/// Where a part stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    depth: usize,
    in_digest: bool,
    in_related: bool,
    is_root: bool,
}

/// What the headers of a part say about it.
struct Described {
    kind: Parameters,
    disposition: Parameters,
    encoding: String,
    content_id: Option<String>,
    file_name: String,
}

/// Walks a letter whose headers are already read.
pub fn walk(walk: &mut Walk, headers: &Headers, body: &[u8]) -> Vec<Piece> {
    let place = Place {
        is_root: true,
        ..Place::default()
    };
    part(walk, headers, body, place)
}

fn part(walk: &mut Walk, headers: &Headers, body: &[u8], place: Place) -> Vec<Piece> {
    walk.parts += 1;
    let described = describe(headers, place, &mut walk.complaints);
    let kind = described.kind.value.clone();
    if kind.starts_with("multipart/") {
        return multipart(walk, &described, body, place);
    }
    note_container(walk, &described);
    if is_body_text(&described, place) {
        let bytes = transfer::decode(body, &described.encoding, &mut walk.complaints);
        let piece = text_piece(walk, &described, &bytes);
        if place.is_root && described.disposition.value == "attachment" {
            keep_file(walk, &described, &bytes);
        }
        return vec![piece];
    }
    let bytes = transfer::decode(body, &described.encoding, &mut walk.complaints);
    match kind.as_str() {
        "message/delivery-status"
        | "message/feedback-report"
        | "message/global-delivery-status" => {
            let is_feedback = kind == "message/feedback-report";
            walk.report
                .get_or_insert_default()
                .read_status(&bytes, is_feedback);
        }
        "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/rfc822-headers" => {
            if let Some(report) = &mut walk.report {
                report.read_original(&bytes);
            }
        }
        _ => {}
    }
    keep_file(walk, &described, &bytes);
    Vec::new()
}

fn describe(headers: &Headers, place: Place, complaints: &mut Complaints) -> Described {
    let mut kind = headers
        .first("content-type")
        .map(|value| parameters::read(value, complaints))
        .unwrap_or_default();
    if !kind.value.contains('/') {
        kind.value = if place.in_digest {
            "message/rfc822"
        } else {
            "text/plain"
        }
        .to_owned();
    }
    let disposition = headers
        .first("content-disposition")
        .map(|value| parameters::read(value, complaints))
        .unwrap_or_default();
    let named = disposition
        .get("filename")
        .or(kind.get("name"))
        .unwrap_or_default();
    let file_name = named.chars().take(1_000).collect();
    let content_id = headers
        .first("content-id")
        .map(|id| id.trim().trim_matches(['<', '>']).to_owned())
        .filter(|id| !id.is_empty() && id.len() <= 250 && id.bytes().all(|b| b.is_ascii_graphic()));
    let encoding = headers
        .first("content-transfer-encoding")
        .unwrap_or_default();
    // Some programs write `base64;` or a comment behind it.
    let encoding = encoding
        .split([';', ' ', '('])
        .next()
        .unwrap_or_default()
        .to_owned();
    Described {
        kind,
        disposition,
        encoding,
        content_id,
        file_name,
    }
}

/// Is this part something the person wrote to be read, rather than a file?
fn is_body_text(described: &Described, place: Place) -> bool {
    let kind = described.kind.value.as_str();
    let readable = matches!(
        kind,
        "text/plain" | "text/html" | "text/enriched" | "text/richtext"
    ) || matches!(kind, "text/" | "text/text" | "application/xhtml+xml");
    if !readable {
        return false;
    }
    // A letter that is one text is that text, whatever it calls itself.
    place.is_root
        || (described.disposition.value != "attachment"
            && described.file_name.is_empty()
            && !(place.in_related && described.content_id.is_some() && kind != "text/html"))
}

fn note_container(walk: &mut Walk, described: &Described) {
    let name = described.file_name.to_ascii_lowercase();
    match described.kind.value.as_str() {
        "application/ms-tnef" | "application/vnd.ms-tnef" => {
            walk.complaints.note(Complaint::OutlookContainer)
        }
        "text/calendar" | "application/ics" => {
            let method = described.kind.get("method").unwrap_or_default();
            walk.answers_invitation |= method.eq_ignore_ascii_case("reply");
            walk.complaints.note(Complaint::Calendar);
        }
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
            let signed = described
                .kind
                .get("smime-type")
                .is_some_and(|t| t.starts_with("signed"));
            let complaint = if signed {
                Complaint::SignatureNotChecked
            } else {
                Complaint::Encrypted
            };
            walk.complaints.note(complaint);
        }
        "application/pgp-encrypted" | "application/x-microsoft-rpmsg-message" => {
            walk.complaints.note(Complaint::Encrypted);
        }
        _ if name == "winmail.dat" => walk.complaints.note(Complaint::OutlookContainer),
        _ if name.ends_with(".rpmsg") => walk.complaints.note(Complaint::Encrypted),
        _ if name.ends_with(".ics") => walk.complaints.note(Complaint::Calendar),
        _ => {}
    }
}

fn text_piece(walk: &mut Walk, described: &Described, bytes: &[u8]) -> Piece {
    let is_html = matches!(
        described.kind.value.as_str(),
        "text/html" | "application/xhtml+xml"
    );
    let from_meta = if is_html {
        html::declared_charset(bytes)
    } else {
        None
    };
    let label = described.kind.get("charset").map(str::to_owned);
    let label = match label {
        Some(label) if charset::is_known(&label) => Some(label),
        label => from_meta.or(label),
    };
    let (bytes, all) = (&bytes[..bytes.len().min(MOST_TEXT)], bytes);
    let text = charset::decode(bytes, label.as_deref(), &mut walk.complaints);
    let text = crate::body::cleaned(&text, &mut walk.complaints);
    if text.contains("-----BEGIN PGP MESSAGE-----") {
        walk.complaints.note(Complaint::Encrypted);
    }
    if is_html {
        if text.len() > html::LONGEST || bytes.len() < all.len() {
            walk.complaints.note(Complaint::HtmlCut);
            keep_file(walk, described, all);
        }
        return Piece {
            plain: None,
            html: Some(text),
        };
    }
    let flowed = described
        .kind
        .get("format")
        .is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
    let delsp = described
        .kind
        .get("delsp")
        .is_some_and(|d| d.eq_ignore_ascii_case("yes"));
    let mut text = if flowed {
        crate::body::unflowed(&text, delsp)
    } else {
        text
    };
    if crate::body::cut(&mut text) || bytes.len() < all.len() {
        walk.complaints.note(Complaint::TextCut);
        keep_file(walk, described, all);
    }
    Piece {
        plain: Some(text),
        html: None,
    }
}

fn keep_file(walk: &mut Walk, described: &Described, bytes: &[u8]) {
    if walk.without_files {
        return;
    }
    let kind = described.kind.value.as_str();
    let name = if described.file_name.trim().is_empty() {
        file_name::for_type(kind).to_owned()
    } else {
        file_name::clean(&described.file_name)
    };
    walk.attachments.push(Attachment {
        name,
        original_name: described.file_name.clone(),
        declared_type: kind.chars().take(120).collect(),
        bytes: bytes.to_vec(),
        content_id: described.content_id.clone(),
        inline: described.disposition.value != "attachment"
            && (described.disposition.value == "inline" || described.content_id.is_some()),
    });
}

/// Keeps bytes that were not entered as one file.
fn keep_rest(walk: &mut Walk, bytes: &[u8]) {
    if walk.without_files || bytes.is_empty() {
        return;
    }
    walk.attachments.push(Attachment {
        name: "unread-parts.txt".to_owned(),
        original_name: String::new(),
        declared_type: "text/plain".to_owned(),
        bytes: bytes.to_vec(),
        content_id: None,
        inline: false,
    });
}

fn multipart(walk: &mut Walk, described: &Described, body: &[u8], place: Place) -> Vec<Piece> {
    walk.scanned = walk.scanned.saturating_add(body.len());
    if place.depth >= DEEPEST || walk.scanned > MOST_SCANNED {
        walk.complaints.note(Complaint::TooDeep);
        keep_rest(walk, body);
        return Vec::new();
    }
    // Nobody may encode a multipart, some do.
    let decoded = match described.encoding.to_ascii_lowercase().as_str() {
        encoding @ ("base64" | "quoted-printable") => {
            transfer::decode(body, encoding, &mut walk.complaints)
        }
        _ => body.into(),
    };
    let marker = described
        .kind
        .get("boundary")
        .unwrap_or_default()
        .trim_end();
    let bodies = if marker.is_empty() || marker.len() > 1_000 {
        Vec::new()
    } else {
        boundary::cut(&decoded, marker.as_bytes(), MOST_PARTS)
    };
    if bodies.is_empty() {
        if decoded.iter().all(u8::is_ascii_whitespace) {
            return Vec::new();
        }
        walk.complaints.note(Complaint::BrokenMultipart);
        return vec![text_piece(walk, &plain(), &decoded)];
    }
    let kind = described.kind.value.as_str();
    match kind {
        "multipart/encrypted" => walk.complaints.note(Complaint::Encrypted),
        "multipart/signed" => walk.complaints.note(Complaint::SignatureNotChecked),
        _ => {}
    }
    let inner = Place {
        depth: place.depth + 1,
        in_digest: kind == "multipart/digest",
        in_related: kind == "multipart/related",
        is_root: false,
    };
    let mut found = Vec::new();
    for bytes in &bodies {
        if walk.parts >= MOST_PARTS {
            walk.complaints.note(Complaint::TooManyParts);
            // Everything from here to the end of this multipart, in one file.
            let from = bytes.as_ptr() as usize - decoded.as_ptr() as usize;
            keep_rest(walk, &decoded[from..]);
            break;
        }
        let (headers, content) = header::split(bytes, &mut walk.complaints);
        found.push(part(walk, &headers, content, inner));
    }
    if kind == "multipart/alternative" {
        crate::body::alternative(found)
    } else {
        found.concat()
    }
}

fn plain() -> Described {
    Described {
        kind: Parameters {
            value: "text/plain".to_owned(),
            parameters: Vec::new(),
        },
        disposition: Parameters::default(),
        encoding: String::new(),
        content_id: None,
        file_name: String::new(),
    }
}
