//! Any text as the HTML of a letter: safe, safe twice, and readable as text.
#![no_main]

#[path = "../../tests/framed/mod.rs"]
mod framed;
#[path = "../../tests/harmless/mod.rs"]
mod harmless;

use framed::is_harmless_in_a_frame;
use harmless::is_harmless;
use letter::{html, markdown, quote};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = String::from_utf8_lossy(bytes);
    let safe = html::safe(&source);
    assert!(is_harmless(&safe), "{safe}");
    assert_eq!(html::safe(&safe), safe, "safe twice");
    let (both, _) = html::safe_all(&[source.to_string(), safe]);
    assert!(is_harmless(&both), "{both}");
    for are_remote_shown in [false, true] {
        let attached = |_: &str| Some("data:image/png;base64,AA==".to_owned());
        let pictures = html::Pictures {
            attached: &attached,
            are_remote_shown,
            own_host: "desk.vigie.example",
        };
        let (framed, _) = html::framed(&[source.to_string()], pictures);
        assert!(is_harmless_in_a_frame(&framed, are_remote_shown), "{framed}");
    }
    assert!(!html::to_text(&source).contains('\0'));
    let _ = html::declared_charset(bytes);

    let plain = html::safe(&html::from_text(&source));
    assert!(is_harmless(&plain), "{plain}");
    let parts = quote::split(&source);
    let whole = format!("{}{}", parts.fresh, parts.quoted.unwrap_or_default());
    assert_eq!(whole, source, "nothing is lost by folding");
    // What agents write goes through the same sanitiser.
    let written = html::safe(&markdown::to_html(&source));
    assert!(is_harmless(&written), "{written}");
});
