//! Whatever the bytes: no panic, no NUL, limits kept, and safe HTML that stays safe.

mod harmless;
mod sound;

use harmless::is_harmless;
use letter::{html, parse::parse};
use proptest::prelude::*;
use sound::assert_sound;
use std::sync::LazyLock;

static FIXTURES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a readable fixture"))
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_make_a_sound_letter(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        assert_sound(&bytes, &parse(&bytes));
    }

    #[test]
    fn bytes_that_look_like_mail_make_a_sound_letter(lines in prop::collection::vec(mail_line(), 0..40)) {
        let bytes = lines.join("\r\n").into_bytes();
        assert_sound(&bytes, &parse(&bytes));
    }

    #[test]
    fn damaged_fixtures_make_sound_letters(
        which in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..12),
    ) {
        let mut bytes = which.get(&FIXTURES).clone();
        for (place, byte, kind) in damage {
            let at = place.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                2 => { bytes.drain(at..(at + usize::from(byte)).min(bytes.len())); }
                _ => {
                    let copied = bytes[at..(at + usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copied);
                }
            }
        }
        assert_sound(&bytes, &parse(&bytes));
    }

    #[test]
    fn safe_html_of_anything_is_safe_twice(pieces in prop::collection::vec(html_piece(), 0..30)) {
        let once = html::safe(&pieces.concat());
        prop_assert_eq!(html::safe(&once), once.clone());
        prop_assert!(is_harmless(&once), "{}", once);
        prop_assert!(!html::to_text(&once).contains("\0"));
    }
}

fn mail_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Content-Type: multipart/mixed; boundary=b".to_owned()),
        Just("Content-Type: multipart/alternative; boundary=\"b c\"".to_owned()),
        Just("Content-Type: text/html; charset=utf-7".to_owned()),
        Just("Content-Type: text/plain; format=flowed; delsp=yes".to_owned()),
        Just("Content-Type: message/delivery-status".to_owned()),
        Just("Content-Disposition: attachment; filename*0*=utf-8''%41; filename*1=b".to_owned()),
        Just("Content-Transfer-Encoding: base64".to_owned()),
        Just("Content-Transfer-Encoding: quoted-printable".to_owned()),
        Just("Content-Transfer-Encoding: x-uuencode".to_owned()),
        Just("--b".to_owned()),
        Just("--b c".to_owned()),
        Just("--b--".to_owned()),
        Just("".to_owned()),
        "(From|To|Subject|Date|References|Content-Type|Content-Disposition): [ -~é]{0,60}",
        "Subject: (=\\?[a-z0-9-]{0,9}\\?[bBqQ]\\?[ -~]{0,20}\\?= ?){0,4}",
        "Date: [A-Z][a-z]{2}, [0-9]{1,9} [A-Z][a-z]{2} [0-9]{1,9} [0-9:]{0,12} [+-][0-9]{0,9}",
        "[ -~éЖ\u{202e}\0]{0,80}",
    ]
}

fn html_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "</?(a|b|p|div|table|tr|td|li|ul|svg|math|style|script|template|noscript|select|mglyph|title|textarea|pre|form|h1)[ />]",
        "<(img|a|td) (src|href|alt|title|colspan|data-cid)=[\"']?[ -~]{0,20}[\"']?>",
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<![CDATA[".to_owned()),
        Just("\"".to_owned()),
        Just("&lt;script&gt;".to_owned()),
        Just("&amp;#60;".to_owned()),
        "\\PC{0,12}",
    ]
}
