//! A mail that somebody passes on: who wrote it first, what they wrote, and what stands above it.
//!
//! What is read here was typed or quoted by whoever passes it on, so it proves nothing of who wrote first; the caller decides
//! whose word it takes for that.

use crate::address::{self, Address};
use crate::{Attachment, Letter, parse, quote};

/// How many blank lines may stand between the mark and the header below it.
const MOST_BLANK: usize = 3;
/// How many lines the header of what is passed on may have.
const MOST_FIELDS: usize = 24;

/// What is passed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Forwarded {
    /// Who wrote it.
    pub from: Address,
    /// Its subject, one line.
    pub subject: Option<String>,
    /// Its words.
    pub text: String,
    /// Its own files, when it came whole as a file; `None` when it stands in the text, with its files among the letter's.
    pub attachments: Option<Vec<Attachment>>,
    /// What whoever passes it on wrote above it.
    pub above: String,
}

/// What a letter passes on: the one below the first mark or header such as programs write, or the one mail attached to it. `None` when
/// its subject does not say that it passes something on (a mail that is answered may hold one that was passed on), or when it is not
/// beyond doubt who wrote that.
#[must_use]
pub fn read(letter: &Letter) -> Option<Forwarded> {
    if !subject_says_so(&letter.subject) {
        return None;
    }
    within(&letter.text).or_else(|| attached(letter))
}

/// Whether the subject begins as one does that a program wrote for a mail passed on.
#[must_use]
pub fn subject_says_so(subject: &str) -> bool {
    const MARKS: &[&str] = &[
        "fw", "fwd", "tr", "wg", "rv", "enc", "transf", "i", "vs", "vb", "doorst",
    ];
    let Some((mark, _)) = subject.trim_start().split_once(':') else {
        return false;
    };
    let mark = mark.trim().to_lowercase();
    MARKS.contains(&mark.as_str())
}

/// The one mail among the files.
fn attached(letter: &Letter) -> Option<Forwarded> {
    let is_mail = |file: &&Attachment| {
        let kind = file.declared_type.as_str();
        matches!(kind, "message/rfc822" | "message/global")
    };
    let mut mails = letter.attachments.iter().filter(is_mail);
    let (mail, None) = (mails.next()?, mails.next()) else {
        return None;
    };
    let first = parse::parse(&mail.bytes);
    Some(Forwarded {
        from: first.from?,
        subject: Some(first.subject).filter(|it| !it.trim().is_empty()),
        text: first.text,
        attachments: Some(first.attachments),
        above: letter.text.trim().to_owned(),
    })
}

/// The mail below a mark, or below a header that stands before any: what comes further down was there when the first writer wrote, and
/// may say anything.
fn within(text: &str) -> Option<Forwarded> {
    let lines: Vec<&str> = text.lines().collect();
    let is_mark = |line: &str| {
        let words = words_of_mark(unquoted(line).unwrap_or(line));
        names_forwarding(&words) || quote::names_original(&words)
    };
    let found = (0..lines.len()).find_map(|at| match is_mark(lines[at]) {
        true => Some((at, at + 1)),
        false => is_header(&lines[at..]).then_some((at, at)),
    });
    let (at, below) = found?;
    // Some programs quote what they pass on.
    let is_quoted = unquoted(lines[at]).is_some();
    let rest: Vec<&str> = lines[below..]
        .iter()
        .map(|line| match is_quoted {
            true => unquoted(line).unwrap_or(line),
            false => line,
        })
        .collect();
    let blank = rest.iter().take_while(|line| line.trim().is_empty());
    let blank = blank.count();
    if blank > MOST_BLANK || !is_header(&rest[blank..]) {
        return None;
    }
    let header = rest[blank..].iter().take(MOST_FIELDS);
    let header: Vec<&str> = header
        .take_while(|line| !line.trim().is_empty())
        .copied()
        .collect();
    let from = author(value(&header, FROM)?)?;
    let subject = value(&header, SUBJECT).map(str::trim);
    let body = rest[blank + header.len()..].join("\n");
    let above = lines[..at].join("\n");
    // A line of underscores or dashes between the two belongs to neither.
    let above = above.trim().trim_end_matches(['_', '-']).trim_end();
    Some(Forwarded {
        from,
        subject: subject.filter(|it| !it.is_empty()).map(shortened),
        text: body.trim().to_owned(),
        attachments: None,
        above: above.to_owned(),
    })
}

fn shortened(subject: &str) -> String {
    let shown = subject.chars().filter(|c| !c.is_control());
    shown.take(parse::LONGEST_SUBJECT).collect()
}

fn unquoted(line: &str) -> Option<&str> {
    let line = line.strip_prefix('>')?;
    Some(line.strip_prefix(' ').unwrap_or(line))
}

/// The words of a line such as `---------- Forwarded message ---------` or `Begin forwarded message:`; empty when it is none.
fn words_of_mark(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() > 80 {
        return String::new();
    }
    let words =
        line.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '*' | ':') || c.is_whitespace());
    let is_alone = words.len() < line.len();
    if is_alone {
        words.to_lowercase()
    } else {
        String::new()
    }
}

fn names_forwarding(words: &str) -> bool {
    const MARKS: &[&str] = &[
        "forwarded message",
        "forwarded mail",
        "forwarded by",
        "begin forwarded message",
        "message transféré",
        "message transfere",
        "courriel transféré",
        "mail transféré",
        "message réexpédié",
        "début du message transféré",
        "début du message réexpédié",
        "début du message transmis",
        "weitergeleitete nachricht",
        "anfang der weitergeleiteten nachricht",
        "mensaje reenviado",
        "inicio del mensaje reenviado",
        "messaggio inoltrato",
        "inizio messaggio inoltrato",
        "mensagem encaminhada",
        "doorgestuurd bericht",
    ];
    MARKS.contains(&words)
}

const FROM: &[&str] = &["from", "de", "von", "da", "van"];
const SUBJECT: &[&str] = &[
    "subject",
    "objet",
    "sujet",
    "betreff",
    "asunto",
    "oggetto",
    "assunto",
    "onderwerp",
];
const OTHERS: &[&str] = &[
    "sent",
    "date",
    "to",
    "cc",
    "reply-to",
    "envoyé",
    "envoye",
    "envoyé le",
    "à",
    "a",
    "gesendet",
    "datum",
    "an",
    "enviado",
    "enviado el",
    "fecha",
    "para",
    "inviato",
    "data",
    "verzonden",
    "aan",
    "importance",
    "répondre à",
    "message-id",
];

/// The name and the value of a line of a header.
fn field(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let value = value.trim_start_matches('*');
    (name.chars().count() <= 20).then(|| (name.to_lowercase(), value.trim()))
}

/// Whether a header of a mail stands here: who wrote it, and two more lines at least.
fn is_header(lines: &[&str]) -> bool {
    let names: Vec<String> = lines
        .iter()
        .take(MOST_FIELDS)
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| Some(field(line)?.0))
        .collect();
    let is = |names: &[&str], it: &String| names.contains(&it.as_str());
    let first = lines.first().and_then(|line| Some(field(line)?.0));
    let begins = first.is_some_and(|it| is(FROM, &it) || is(SUBJECT, &it) || is(OTHERS, &it));
    let others = names.iter().filter(|it| is(SUBJECT, it) || is(OTHERS, it));
    begins && names.iter().any(|it| is(FROM, it)) && others.count() >= 2
}

fn value<'a>(header: &[&'a str], names: &[&str]) -> Option<&'a str> {
    header.iter().find_map(|line| {
        let (name, value) = field(line)?;
        names.contains(&name.as_str()).then_some(value)
    })
}

/// The one address of `Name <a@b.org>`, `Name [mailto:a@b.org]`, `Last, First <a@b.org>` and their kin: programs write it for people to
/// read, so it is not as strict as a header.
fn author(text: &str) -> Option<Address> {
    let ends = |c: char| c.is_whitespace() || "<>[](),;\"'".contains(c);
    let mut found: Vec<String> = text
        .split(ends)
        .filter_map(|word| address::parse(word.trim_start_matches("mailto:")))
        .collect();
    found.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    let (Some(email), true) = (found.pop(), found.is_empty()) else {
        return None;
    };
    let name = text.split(['<', '[', '(']).next().unwrap_or_default();
    let name = name.trim_matches(|c: char| c.is_whitespace() || "\"'*".contains(c));
    let name = address::display_name(name).filter(|name| !name.contains('@'));
    Some(Address { name, email })
}
