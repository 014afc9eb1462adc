//! Any bytes as a letter, then its HTML once more through the sanitiser, which must change nothing.
//!
//! Start from the fixtures: `cargo +nightly fuzz run parse corpus/parse ../fixtures`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let letter = letter::parse::parse(bytes);
    assert!(!letter.text.contains('\0') && !letter.subject.contains('\0'));
    assert!(!letter.complaints.contains(&letter::complaint::Complaint::ParserFailed));
    if let Some(html) = &letter.html {
        assert_eq!(&letter::html::safe(html), html);
    }
    let text = String::from_utf8_lossy(bytes);
    let safe = letter::html::safe(&text);
    assert_eq!(letter::html::safe(&safe), safe);
    let body = letter::quote::split(&text);
    assert_eq!(format!("{}{}", body.fresh, body.quoted.unwrap_or_default()), text);
});
