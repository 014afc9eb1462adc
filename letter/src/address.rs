//! Mail addresses, read by one strict parser everywhere.
//!
//! Programs disagree about comments, quoted local parts, routes and groups, and that disagreement is
//! how a stranger passes for a colleague. So an address is what every program reads the same way, or
//! it is none.

use crate::complaint::{Complaint, Complaints};
use crate::encoded_word;

/// The most addresses read from one header.
pub const MOST_PER_HEADER: usize = 200;
/// The longest display name kept, in characters.
pub const LONGEST_NAME: usize = 120;

/// A person's address, with the name they wrote beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// The display name: one line, without control or direction-changing characters.
    pub name: Option<String>,
    /// `local@domain`, ASCII, the domain in lower case.
    pub email: String,
}

/// What a header of addresses holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Those beyond doubt, each e-mail once, at most [`MOST_PER_HEADER`].
    pub addresses: Vec<Address>,
    /// Written so that programs disagree, or not an address at all.
    pub rejected: usize,
    /// The header used the group syntax (`name: a, b;`).
    pub grouped: bool,
}

/// Reads a bare address (`someone@example.org`), as in a form or an envelope. `None` when it is not
/// one beyond doubt: quoted or non-ASCII local parts, comments, domain literals, non-ASCII domains
/// (write them as `xn--`), `%` and `!` routing, trailing dots, more than 254 bytes.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '\t']);
    if text.len() > 254 || !text.is_ascii() {
        return None;
    }
    let (local, domain) = text.split_once('@')?;
    if !is_local_part(local) || !is_domain(domain) {
        return None;
    }
    Some(format!("{local}@{}", domain.to_ascii_lowercase()))
}

fn is_local_part(local: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "#$&'*+/=?^_`{|}~-.".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(plain)
        && local.split('.').all(|atom| !atom.is_empty())
        // An encoded word in the place of an address is a trick, whatever it decodes to.
        && !local.contains("=?")
        && !local.contains("?=")
}

/// Whether `domain` is a host name every program reads alike.
#[must_use]
pub fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_is_name = domain
        .rsplit('.')
        .next()
        .is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()));
    domain.len() <= 253 && domain.split('.').all(label) && last_is_name
}

/// Reads the unfolded value of a header like `To`. Linear in its length; encoded words are decoded
/// only after the structure is known, so none can smuggle in an `@` or a comma.
#[must_use]
pub fn parse_list(value: &str, complaints: &mut Complaints) -> List {
    let mut list = List::default();
    let mut seen = std::collections::HashSet::new();
    for mailbox in split_mailboxes(value, &mut list.grouped) {
        if list.addresses.len() >= MOST_PER_HEADER {
            complaints.note(Complaint::TooManyAddresses);
            break;
        }
        match parse_mailbox(mailbox, complaints) {
            Some(address) => {
                if seen.insert(address.email.to_ascii_lowercase()) {
                    list.addresses.push(address);
                }
            }
            None => {
                list.rejected += 1;
                complaints.note(Complaint::AmbiguousAddress);
            }
        }
    }
    list
}

/// Cuts at commas (and at what opens and closes a group) outside quotes, comments and brackets.
fn split_mailboxes<'a>(value: &'a str, grouped: &mut bool) -> Vec<&'a str> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut quoted, mut angle, mut escaped) =
        (0, 0usize, false, false, false);
    for (at, c) in value.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '<' => angle = true,
            '>' => angle = false,
            ',' | ';' if !angle => {
                found.push(&value[start..at]);
                start = at + 1;
            }
            ':' if !angle => {
                *grouped = true;
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&value[start..]);
    found.retain(|mailbox| !mailbox.trim().is_empty());
    found
}

/// `Name <a@b>`, `a@b`, `<a@b>` or `a@b (Name)`; anything after the bracket makes it ambiguous.
fn parse_mailbox(mailbox: &str, complaints: &mut Complaints) -> Option<Address> {
    let pieces = pieces(mailbox)?;
    let (email, name) = match pieces.angle {
        Some(angle) => (parse(angle)?, pieces.phrase),
        None if pieces.quoted => return None,
        None => (parse(&pieces.phrase)?, pieces.comment),
    };
    // Decoding comes after the structure: `=?utf-8?q?a=40b=3e?=` can name nobody but itself.
    let name = display_name(&encoded_word::decode(&name, complaints));
    let name = name.filter(|name| !name.eq_ignore_ascii_case(&email));
    let looks_like_address = name
        .as_deref()
        .is_some_and(|name| name.contains(['@', '\u{ff20}', '\u{fe6b}']));
    if looks_like_address {
        complaints.note(Complaint::NameLooksLikeAddress);
    }
    Some(Address {
        name: name.filter(|_| !looks_like_address),
        email,
    })
}

#[derive(Default)]
struct Pieces<'a> {
    phrase: String,
    comment: String,
    angle: Option<&'a str>,
    quoted: bool,
    /// A comment touches the text before it, or text follows one.
    broken_by_comment: bool,
}

fn pieces(mailbox: &str) -> Option<Pieces<'_>> {
    let mut pieces = Pieces::default();
    let (mut depth, mut quoted, mut escaped, mut angle_from) = (0usize, false, false, None);
    for (at, c) in mailbox.char_indices() {
        if let Some(from) = angle_from {
            if c == '>' {
                pieces.angle = Some(&mailbox[from..at]);
                angle_from = None;
            }
            continue;
        }
        if escaped {
            escaped = false;
            if depth > 0 {
                pieces.comment.push(c)
            } else {
                pieces.phrase.push(c)
            }
            continue;
        }
        match c {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => {
                quoted = !quoted;
                pieces.quoted = true;
                if pieces.angle.is_some() {
                    return None;
                }
            }
            _ if quoted => pieces.phrase.push(c),
            '(' => {
                let touches = !pieces.phrase.is_empty() && !pieces.phrase.ends_with([' ', '\t']);
                pieces.broken_by_comment |= depth == 0 && touches;
                depth += 1;
            }
            ')' if depth == 0 => return None,
            ')' => {
                depth -= 1;
                pieces.comment.push(' ');
            }
            _ if depth > 0 => pieces.comment.push(c),
            '<' if pieces.angle.is_none() => angle_from = Some(at + 1),
            '<' | '>' => return None,
            _ if pieces.angle.is_some() && !c.is_whitespace() => return None,
            _ => {
                pieces.broken_by_comment |= !c.is_whitespace() && !pieces.comment.is_empty();
                pieces.phrase.push(c);
            }
        }
    }
    // A comment or quote left open hides where the address ends.
    let closed = depth == 0 && !quoted && angle_from.is_none();
    // `a(comment)@b` reads differently everywhere: a comment may only follow a whole address.
    let comment_inside = pieces.angle.is_none() && pieces.broken_by_comment;
    (closed && !comment_inside).then_some(pieces)
}

/// A display name fit for one line, or none when nothing is left of it.
#[must_use]
pub fn display_name(name: &str) -> Option<String> {
    let name = crate::header::one_line(name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ','));
    let name: String = name.chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}
