//! Which ticket a letter answers, proven by a keyed token.
//!
//! A number in a subject proves nothing, and neither does a `Message-ID` one could guess. What
//! proves is a code of 128 bits that only this desk can make (BLAKE3 with its key), carried by the
//! address the answer goes to and by the identifiers the answer refers to.

use crate::{Letter, address};
use data_encoding::{BASE32_NOPAD, Encoding};

/// The key of the desk. Whoever has it can write into any ticket.
#[derive(Clone)]
pub struct ThreadKey([u8; 32]);

impl ThreadKey {
    /// A key of 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        ThreadKey(bytes)
    }
}

impl std::fmt::Debug for ThreadKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ThreadKey(…)")
    }
}

/// What a proven token names. It says to whom the token was given, not who wrote the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thread {
    /// The ticket.
    pub ticket: i64,
    /// The person the token was sent to.
    pub recipient: i64,
}

/// The bytes of a code: 128 bits.
const CODE_BYTES: usize = 16;

/// A `Message-ID` for a mail about `ticket` to `recipient`: `vigie.4812.77.NONCE.CODE@domain`,
/// without angle brackets. `nonce` makes it unique; only its ASCII letters and digits count, in lower
/// case, 40 at most.
#[must_use]
pub fn reference_for(
    key: &ThreadKey,
    ticket: i64,
    recipient: i64,
    nonce: &str,
    domain: &str,
) -> String {
    let nonce: String = nonce
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect::<String>()
        .to_ascii_lowercase();
    let code = encoded(&code(key, "reference", ticket, recipient, &nonce));
    let domain: String = domain
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
        .collect();
    format!(
        "vigie.{ticket}.{recipient}.{nonce}.{code}@{}",
        domain.to_ascii_lowercase()
    )
}

/// The address an answer about `ticket` from `recipient` goes to: `help@desk.org` becomes
/// `help+4812.77.CODE@desk.org`. An address that is none is given back as it is.
#[must_use]
pub fn plus_address(key: &ThreadKey, ticket: i64, recipient: i64, base_address: &str) -> String {
    let Some(base) = address::parse(base_address) else {
        return base_address.to_owned();
    };
    let Some((local, domain)) = base.split_once('@') else {
        return base;
    };
    let code = encoded(&code(key, "address", ticket, recipient, ""));
    format!("{local}+{ticket}.{recipient}.{code}@{domain}")
}

/// Which ticket a letter proves to answer: by the plus address it was sent to (`To`, `Cc`, and where
/// it was delivered), else by `In-Reply-To`, else by `References`. Proofs of equal rank that name
/// different tickets prove nothing. `our_address` is the one plus addresses were made of.
#[must_use]
pub fn read(key: &ThreadKey, letter: &Letter, our_address: &str) -> Option<Thread> {
    let receivers = letter
        .to
        .iter()
        .chain(&letter.cc)
        .chain(&letter.delivered_to);
    let mut by_address: Vec<Thread> = receivers
        .filter_map(|receiver| read_address(key, &receiver.email, our_address))
        .collect();
    by_address.dedup();
    match by_address.as_slice() {
        [] => {}
        // Two tokens of different people in one letter: nobody can say who it is from.
        [first, rest @ ..] => return rest.iter().all(|other| other == first).then_some(*first),
    }
    for identifiers in [&letter.in_reply_to, &letter.references] {
        let proven: Vec<Thread> = identifiers
            .iter()
            .filter_map(|id| read_reference(key, id))
            .collect();
        if let Some(last) = proven.last() {
            // A chain may hold copies sent to several people; the last one is what was answered.
            return proven
                .iter()
                .all(|other| other.ticket == last.ticket)
                .then_some(*last);
        }
    }
    None
}

/// The ticket and person of an identifier this desk made, with or without angle brackets. Use it on
/// a letter's own `Message-ID` to see our own mail come back, and on what a bounce returns.
#[must_use]
pub fn read_reference(key: &ThreadKey, identifier: &str) -> Option<Thread> {
    let identifier = identifier.trim().trim_matches(['<', '>']);
    let (local, _) = identifier.split_once('@')?;
    let mut pieces = local.split('.');
    if !pieces.next()?.eq_ignore_ascii_case("vigie") {
        return None;
    }
    let (ticket, recipient) = (number(pieces.next()?)?, number(pieces.next()?)?);
    let nonce = pieces.next()?.to_ascii_lowercase();
    let given = decoded(pieces.next()?)?;
    let expected = code(key, "reference", ticket, recipient, &nonce);
    (pieces.next().is_none() && equal(&given, &expected)).then_some(Thread { ticket, recipient })
}

/// Whether this desk made the identifier.
#[must_use]
pub fn is_ours(key: &ThreadKey, identifier: &str) -> bool {
    read_reference(key, identifier).is_some()
}

fn read_address(key: &ThreadKey, email: &str, our_address: &str) -> Option<Thread> {
    let ours = address::parse(our_address)?;
    let (our_local, our_domain) = ours.split_once('@')?;
    let (local, domain) = email.split_once('@')?;
    let beginning = local.get(..our_local.len())?;
    if !domain.eq_ignore_ascii_case(our_domain) || !beginning.eq_ignore_ascii_case(our_local) {
        return None;
    }
    let mut pieces = local[our_local.len()..].strip_prefix('+')?.split('.');
    let (ticket, recipient) = (number(pieces.next()?)?, number(pieces.next()?)?);
    let given = decoded(pieces.next()?)?;
    let expected = code(key, "address", ticket, recipient, "");
    (pieces.next().is_none() && equal(&given, &expected)).then_some(Thread { ticket, recipient })
}

/// Only the one way of writing a number: no sign, no leading zero.
fn number(text: &str) -> Option<i64> {
    let plain = text.len() <= 19
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

/// Proves that this desk said `text`, for a `purpose` that has no other meaning: a link in a mail, say.
#[must_use]
pub fn proof(key: &ThreadKey, purpose: &str, text: &str) -> String {
    encoded(&code(key, purpose, 0, 0, text))
}

/// Whether a proof is of this text for this purpose.
#[must_use]
pub fn proves(key: &ThreadKey, purpose: &str, text: &str, proof: &str) -> bool {
    decoded(proof).is_some_and(|given| equal(&given, &code(key, purpose, 0, 0, text)))
}

/// Keyed BLAKE3 over purpose, ticket, recipient and nonce. Fixed-width numbers first, so no two
/// inputs make the same bytes; the purpose, so that an address is no identifier.
fn code(
    key: &ThreadKey,
    purpose: &str,
    ticket: i64,
    recipient: i64,
    nonce: &str,
) -> [u8; CODE_BYTES] {
    let mut hasher = blake3::Hasher::new_keyed(&key.0);
    hasher
        .update(&ticket.to_be_bytes())
        .update(&recipient.to_be_bytes());
    hasher
        .update(purpose.as_bytes())
        .update(&[0])
        .update(nonce.as_bytes());
    let mut code = [0; CODE_BYTES];
    hasher.finalize_xof().fill(&mut code);
    code
}

const BASE32: Encoding = BASE32_NOPAD;

fn encoded(code: &[u8; CODE_BYTES]) -> String {
    BASE32.encode(code).to_ascii_lowercase()
}

/// Case does not count: relays change it.
fn decoded(text: &str) -> Option<[u8; CODE_BYTES]> {
    let bytes = BASE32.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
    bytes.try_into().ok()
}

/// In constant time: `blake3::Hash` compares that way.
fn equal(given: &[u8; CODE_BYTES], expected: &[u8; CODE_BYTES]) -> bool {
    let widened = |code: &[u8; CODE_BYTES]| {
        let mut wide = [0; 32];
        wide[..CODE_BYTES].copy_from_slice(code);
        blake3::Hash::from_bytes(wide)
    };
    widened(given) == widened(expected)
}
