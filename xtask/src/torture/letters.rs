//! The letters of a run: each is known again by its number, which stands in its subject, its words, its sender and its file.

use crate::chance::Chance;
use crate::mail::write::{Letter, bytes_of};

/// One letter of so many carries a file, and comes from a domain of its own, so that its sender is told that it arrived
/// whatever the others are told: a desk answers a domain a hundred times an hour at most.
pub const SPECIAL: usize = 10;

/// Whether this letter is one of those.
pub fn is_special(mail: usize) -> bool {
    mail.is_multiple_of(SPECIAL)
}

/// What is written in a letter, and nowhere else.
pub fn token(mail: usize, seed: u64) -> String {
    format!("ledger-{seed}-{mail:05}-end")
}

/// The number of the letter whose token a text holds.
pub fn number_in(text: &str, seed: u64) -> Option<usize> {
    let (_, rest) = text.split_once(&format!("ledger-{seed}-"))?;
    rest.split_once("-end")?.0.parse().ok()
}

/// Whom a letter is from.
pub fn sender(mail: usize) -> String {
    if is_special(mail) {
        return format!("person{mail}@place{}.example", mail / SPECIAL / 50);
    }
    format!("person{}@elsewhere.example", mail % 97)
}

/// The name of its sender.
pub fn name(mail: usize) -> String {
    if is_special(mail) {
        return format!("Person {mail}");
    }
    format!("Person {}", mail % 97)
}

/// The bytes of its file.
pub fn file(mail: usize, seed: u64) -> Vec<u8> {
    let mut chance = Chance::from_seed(seed ^ (mail as u64 + 1));
    // A byte that no text holds first, so that nobody takes it for one.
    let mut bytes = vec![0];
    bytes.extend((0..3_000).map(|_| u8::try_from(chance.below(256)).unwrap_or(0)));
    bytes
}

/// The letter.
pub fn letter(mail: usize, seed: u64, to: &str) -> Letter {
    Letter {
        from: sender(mail),
        from_name: name(mail),
        to: to.to_owned(),
        subject: format!("L’écran reste noir, {}", token(mail, seed)),
        body: format!("Bonjour,\n\nune ligne.\n\n{}\n", token(mail, seed)),
        message_id: format!("{seed}.{mail}@elsewhere.example"),
        attachment: is_special(mail).then(|| {
            let kind = "application/octet-stream".to_owned();
            (format!("file-{mail}.bin"), kind, file(mail, seed))
        }),
        ..Letter::default()
    }
}

/// Its bytes. A mail that is sent again must be the same to the last byte, its date included.
pub fn fixed(letter: &Letter) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes_of(letter)).into_owned();
    let lines = text.split("\r\n").filter(|it| !it.starts_with("Date: "));
    lines.collect::<Vec<_>>().join("\r\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{file, fixed, is_special, letter, number_in, sender};

    #[test]
    fn a_mail_in_doubt_is_the_same_and_another_mail_is_another() {
        let bytes = |mail| fixed(&letter(mail, 9, "a@b.example"));
        assert_eq!(bytes(4), bytes(4));
        assert_eq!(bytes(10), bytes(10));
        assert_ne!(bytes(4), bytes(5));
        assert_ne!(file(10, 9), file(20, 9));
    }

    #[test]
    fn a_letter_is_known_by_its_number_and_asked_for_by_its_sender() {
        let it = letter(120, 9, "a@b.example");
        assert_eq!(number_in(&it.subject, 9), Some(120));
        assert_eq!(number_in(&it.subject, 8), None);
        assert!(is_special(120) && !is_special(121));
        assert_ne!(sender(120), sender(130));
        assert_eq!(sender(1), sender(98));
    }
}
