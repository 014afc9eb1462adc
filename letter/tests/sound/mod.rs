//! What is so of every letter, whatever its bytes. Checked by the tests and by the fuzzer (`fuzz/`), without the code
//! that makes it so where that is possible.

use crate::harmless::is_harmless;
use letter::complaint::Complaint;
use letter::thread::{self, ThreadKey};
use letter::{Letter, body, classify, html, quote};

/// Asserts all of it of a letter read from `raw`.
pub fn assert_sound(raw: &[u8], letter: &Letter) {
    assert_texts(letter);
    assert_people(letter);
    assert_files(raw, letter);
    assert_shown(letter);
    assert_passed_on(letter);
    assert!(
        !letter.complaints.contains(&Complaint::ParserFailed),
        "something panicked and was contained"
    );
    // Nobody writes a proof of ours by accident, nor by a fuzzer's patience.
    let key = ThreadKey::new([42; 32]);
    let ours = "desk@vigie.example";
    assert_eq!(thread::read(&key, letter, ours), None);
    // An address of our own makes nothing an ordinary letter that was none.
    let own = classify::with_own_addresses(letter, &[ours]);
    assert!(!own.is_ordinary() || letter.automatic.is_ordinary());
}

/// Whoever wrote first has an address that is one, and what is said of the mail passed on is text.
fn assert_passed_on(letter: &Letter) {
    let Some(first) = letter::forwarded::read(letter) else {
        return;
    };
    let email = &first.from.email;
    assert_eq!(letter::address::parse(email).as_ref(), Some(email));
    for line in first.subject.iter().chain(&first.from.name) {
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    assert!(!first.text.contains('\0') && !first.above.contains('\0'));
}

/// Every text is without NUL, and those of one line have one.
fn assert_texts(letter: &Letter) {
    let mut lines = vec![&letter.subject];
    lines.extend(&letter.message_id);
    lines.extend(letter.in_reply_to.iter().chain(&letter.references));
    if let Some(report) = &letter.delivery_report {
        lines.extend(&report.status);
        lines.extend(&report.recipient);
        lines.extend(&report.original_message_id);
        if let Some(status) = &report.status {
            assert!(status.len() <= 20, "{status}");
        }
    }
    for line in &lines {
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let mut texts = vec![&letter.text];
    texts.extend(&letter.html);
    for file in &letter.attachments {
        texts.extend([&file.original_name, &file.declared_type]);
    }
    for text in texts {
        assert!(!text.contains('\0'), "{text:?}");
    }
    assert!(letter.subject.chars().count() <= 250);
    assert!(letter.text.len() <= body::LONGEST);
    assert!(
        letter
            .html
            .as_ref()
            .is_none_or(|html| html.len() <= 4 * html::LONGEST)
    );
    assert!(letter.in_reply_to.len() <= 100 && letter.references.len() <= 100);
    for id in letter
        .message_id
        .iter()
        .chain(&letter.in_reply_to)
        .chain(&letter.references)
    {
        assert!(!id.is_empty() && id.len() <= 1_000, "{id:?}");
        assert!(!id.contains(['<', '>', ' ']), "{id:?}");
    }
}

/// Every address is one, written the one way, with a name that is one line.
fn assert_people(letter: &Letter) {
    let several = [
        &letter.to,
        &letter.cc,
        &letter.reply_to,
        &letter.delivered_to,
    ];
    assert!(several.iter().all(|list| list.len() <= 200));
    let one = letter.from.iter().chain(&letter.sender);
    for address in one.chain(several.into_iter().flatten()) {
        assert_eq!(
            letter::address::parse(&address.email).as_ref(),
            Some(&address.email)
        );
        assert!(letter::crossing::is_clean(&address.email), "{address:?}");
        let name = address.name.as_deref().unwrap_or("somebody");
        assert!(
            !name.trim().is_empty() && name.chars().count() <= 120,
            "{name:?}"
        );
        assert!(!name.chars().any(char::is_control), "{name:?}");
    }
    assert!(letter.from.is_none() || !letter.senders_ambiguous);
}

/// Files are of the letter, so no larger than it, and their names lead nowhere.
fn assert_files(raw: &[u8], letter: &Letter) {
    // What is text and file at once, or is kept whole behind what was cut, counts twice.
    let bytes: usize = letter.attachments.iter().map(|file| file.bytes.len()).sum();
    assert!(bytes <= 2 * raw.len(), "{bytes} of {}", raw.len());
    assert!(letter.attachments.len() <= 600);
    for file in &letter.attachments {
        let name = &file.name;
        assert!((1..=120).contains(&name.chars().count()), "{name:?}");
        assert!(
            !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']),
            "{name:?}"
        );
        assert!(
            !name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']),
            "{name:?}"
        );
        assert!(!name.chars().any(|c| c.is_control()), "{name:?}");
        assert_eq!(&letter::file_name::clean(name), name, "cleaned twice");
        assert!(file.original_name.chars().count() <= 1_000);
        assert!(file.declared_type.chars().count() <= 120);
        let id = file.content_id.as_deref().unwrap_or("x");
        assert!(
            !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic()),
            "{id:?}"
        );
    }
}

/// What pages show: HTML that is safe and stays so, and all of the text, its history apart.
fn assert_shown(letter: &Letter) {
    if let Some(safe) = &letter.html {
        assert_eq!(&html::safe(safe), safe);
        assert!(is_harmless(safe), "{safe}");
    }
    let parts = quote::split(&letter.text);
    let whole = format!("{}{}", parts.fresh, parts.quoted.unwrap_or_default());
    assert_eq!(whole, letter.text, "nothing is lost by folding");
    let as_html = html::safe(&html::from_text(parts.fresh));
    assert!(is_harmless(&as_html), "{as_html}");
}
