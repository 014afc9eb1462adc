//! Any bytes as a letter, with everything the product reads from it; and an answer to it, read again.
#![no_main]

#[path = "../../tests/harmless/mod.rs"]
mod harmless;
#[path = "../../tests/sound/mod.rs"]
mod sound;

use letter::Letter;
use letter::address::Address;
use letter::compose::{Outgoing, compose};
use letter::parse::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = parse(bytes);
    sound::assert_sound(bytes, &read);
    assert_answer(&read);
});

/// An answer holds what strangers wrote: none of it becomes a header of ours, and it is read as it was meant.
fn assert_answer(read: &Letter) {
    let Some(writer) = read.from.clone() else {
        return;
    };
    let mail = Outgoing {
        message_id: "answer@desk.vigie.example".to_owned(),
        from: Address {
            name: writer.name.clone(),
            email: "desk@vigie.example".to_owned(),
        },
        to: vec![writer.clone()],
        reply_to: None,
        in_reply_to: read.message_id.clone(),
        references: read.references.clone(),
        subject: read.subject.clone(),
        text: read.text.clone(),
        html: read.html.clone(),
        date_micros: 1_796_000_000_000_000,
        automatic: true,
        unsubscribe: read.references.first().cloned(),
    };
    let bytes = compose(&mail);
    let (head, _) = bytes
        .windows(4)
        .position(|it| it == b"\r\n\r\n")
        .map(|end| bytes.split_at(end))
        .expect("a head");
    for line in head.split(|b| *b == b'\n') {
        assert!(line.len() <= 999 && line.is_ascii());
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let ours = [
            "Date",
            "From",
            "To",
            "Subject",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "List-Unsubscribe",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ];
        assert!(
            folded || ours.iter().any(|it| it.as_bytes() == name),
            "{}",
            String::from_utf8_lossy(line)
        );
    }
    let answer = parse(&bytes);
    assert_eq!(
        answer.to.iter().map(|it| &it.email).collect::<Vec<_>>(),
        [&writer.email]
    );
    assert_eq!(
        answer.from.map(|it| it.email).as_deref(),
        Some("desk@vigie.example")
    );
    assert!(
        !answer.automatic.is_ordinary() && answer.cc.is_empty() && answer.attachments.is_empty()
    );
}
