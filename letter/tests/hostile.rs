//! Letters too large or too tangled to keep as files: each is read in a time that an ordinary letter of that size
//! explains, without a panic, and what a person wrote stays in sight.

mod effort;

use effort::measured;
use letter::complaint::Complaint;
use letter::{Letter, MOST_BYTES, parse::parse};
use std::sync::LazyLock;
use std::time::Duration;

/// What an ordinary letter of 1.6 MB of HTML costs on this machine in this build. Two seconds mean nothing on a machine
/// half as fast; a reader that goes over its input again and again is a thousand times this on any.
static ORDINARY: LazyLock<Duration> = LazyLock::new(|| {
    let html = "<p>Good <b>morning</b>, the printer of <a href=\"https://univ.example/\">room 12</a> hums.</p>\r\n";
    let raw = with_headers(&format!(
        "Content-Type: text/html; charset=utf-8\r\n\r\n{}",
        html.repeat(1_600_000 / html.len())
    ));
    measured(|| parse(&raw)).1
});

/// How many times as long as the ordinary one a letter may take; the slowest here takes under three times as long, a wall
/// of markup that opens and never closes.
const MOST_TIMES_ORDINARY: u32 = 10;

fn read_quickly(raw: &[u8]) -> Letter {
    let most = *ORDINARY * MOST_TIMES_ORDINARY;
    let (letter, took) = measured(|| parse(raw));
    assert!(
        took < most,
        "took {took:?} for {} bytes, more than {most:?}",
        raw.len()
    );
    letter
}

fn with_headers(rest: &str) -> Vec<u8> {
    let head = "From: a@univ.example\r\nSubject: S\r\nDate: Mon, 09 Nov 2026 09:12:44 +0100\r\nMIME-Version: 1.0\r\n";
    format!("{head}{rest}").into_bytes()
}

/// Up to a depth (MIME-01).
#[test]
fn ten_thousand_nested_multiparts_are_flattened_with_a_note() {
    let mut mail = String::new();
    for level in 0..10_000 {
        mail.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        ));
    }
    mail.push_str("Content-Type: text/plain\r\n\r\nAt the bottom.\r\n");
    let letter = read_quickly(&with_headers(&mail));
    assert!(letter.complaints.contains(&Complaint::TooDeep));
    let kept = letter
        .attachments
        .iter()
        .any(|file| file.bytes.ends_with(b"At the bottom.\r\n"));
    assert!(kept, "what was not entered is kept as a file");
}

/// Nobody opens the inner ones (MIME-01).
#[test]
fn ten_thousand_nested_mails_are_one_file() {
    let mail = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000) + "\r\nText.\r\n";
    let letter = read_quickly(&with_headers(&mail));
    assert_eq!(letter.attachments.len(), 1);
    assert!(letter.attachments[0].bytes.ends_with(b"Text.\r\n"));
}

/// Both kinds in turn (MIME-01).
#[test]
fn alternating_nests_stop_at_the_first_attached_mail() {
    let level = |n| {
        format!(
            "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\nContent-Type: message/rfc822\r\n\r\n"
        )
    };
    let letter = read_quickly(&with_headers(&(0..5_000).map(level).collect::<String>()));
    assert_eq!(letter.attachments.len(), 1);
}

#[test]
fn ten_thousand_parts_are_read_up_to_a_limit_and_the_rest_is_kept() {
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nword\r\n".repeat(10_000)
        + "--b\r\n\r\nthe last word\r\n--b--\r\n";
    let letter = read_quickly(&with_headers(&format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}"
    )));
    assert!(letter.complaints.contains(&Complaint::TooManyParts));
    let rest = letter.attachments.last().expect("the rest is a file");
    assert!(String::from_utf8_lossy(&rest.bytes).contains("the last word"));
}

/// Almost everything looks like one (MIME-15).
#[test]
fn a_boundary_of_one_dash_through_25_mebibytes_of_dashes_ends_soon() {
    let head = with_headers("Content-Type: multipart/mixed; boundary=\"-\"\r\n\r\n");
    let mut mail = head;
    mail.resize(MOST_BYTES, b'-');
    read_quickly(&mail);
}

#[test]
fn nested_multiparts_over_25_mebibytes_share_one_budget() {
    let mut mail = String::new();
    for level in 0..24 {
        mail.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        ));
    }
    mail.push_str("Content-Type: text/plain\r\n\r\n");
    let mut mail = with_headers(&mail);
    while mail.len() < MOST_BYTES - 64 {
        mail.extend_from_slice(b"a line of an ordinary length, again and again\r\n");
    }
    let letter = read_quickly(&mail);
    assert!(!letter.text.is_empty() || !letter.attachments.is_empty());
}

/// Lines as long as no rule allows (MIME-12).
#[test]
fn a_base64_file_of_18_mebibytes_in_lines_of_76000_characters_is_whole() {
    let line = "A".repeat(76_000) + "\r\n";
    let mail = format!(
        "Content-Type: application/octet-stream; name=big.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        line.repeat(320)
    );
    let letter = read_quickly(&with_headers(&mail));
    assert_eq!(letter.attachments[0].bytes.len(), 76_000 / 4 * 3 * 320);
}

#[test]
fn a_letter_over_the_limit_keeps_its_text_and_says_so() {
    let mut mail = with_headers(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease read this.\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\n\r\n",
    );
    mail.resize(MOST_BYTES + 1024, b'z');
    let letter = read_quickly(&mail);
    assert_eq!(letter.text, "Please read this.");
    assert!(letter.attachments.is_empty());
    assert!(letter.complaints.contains(&Complaint::TooLarge));
}

#[test]
fn a_text_of_20_mebibytes_is_cut_and_kept_whole_as_a_file() {
    let mail = with_headers(&format!(
        "Content-Type: text/plain\r\n\r\n{}",
        "mot accentu\u{e9}\r\n".repeat(1_300_000)
    ));
    let letter = read_quickly(&mail);
    assert!(letter.complaints.contains(&Complaint::TextCut));
    assert!(letter.text.len() <= letter::body::LONGEST);
    assert!(letter.attachments[0].bytes.len() > 15_000_000);
}

/// It is said that it was (MIME-04).
#[test]
fn a_subject_of_one_mebibyte_is_cut_for_display() {
    let letter = read_quickly(
        format!(
            "From: a@b.example\r\nSubject: {}\r\n\r\nText\r\n",
            "=?utf-8?Q?x".repeat(100_000)
        )
        .as_bytes(),
    );
    assert_eq!(letter.subject.chars().count(), 250);
    assert!(letter.complaints.contains(&Complaint::SubjectCut));
    assert!(letter.complaints.contains(&Complaint::TruncatedHeader));
}

/// What counts is found behind them (MIME-04).
#[test]
fn ten_thousand_received_and_five_thousand_recipients_hide_nothing() {
    let received = "Received: from a by b; Mon, 09 Nov 2026 09:12:44 +0100\r\n".repeat(10_000);
    let to: Vec<String> = (0..5_000)
        .map(|n| format!("person{n}@univ.example"))
        .collect();
    let mail = format!(
        "{received}From: a@b.example\r\nTo: {}\r\nSubject: S\r\n\r\nText\r\n",
        to.join(",\r\n ")
    );
    let letter = read_quickly(mail.as_bytes());
    assert_eq!(letter.to.len(), 200);
    assert_eq!(
        letter.from.map(|from| from.email).as_deref(),
        Some("a@b.example")
    );
    assert!(letter.complaints.contains(&Complaint::TooManyAddresses));
}

/// Nothing is guessed from it (MIME-04).
#[test]
fn an_address_of_two_thousand_characters_is_none() {
    let mail = format!(
        "From: {}@b.example\r\nSubject: S\r\n\r\nText\r\n",
        "a".repeat(2_000)
    );
    let letter = read_quickly(mail.as_bytes());
    assert_eq!(letter.from, None);
    assert!(letter.senders_ambiguous);
}

#[test]
fn twenty_mebibytes_of_headers_or_of_half_headers_end_soon() {
    read_quickly(&b"to:\n".repeat(5_000_000));
    read_quickly(&b"x\nfrom: a@b\n".repeat(1_500_000));
    read_quickly(&b"((((((((".repeat(2_000_000));
    let open = format!("From: {}\r\n\r\nText", "(".repeat(200_000));
    read_quickly(open.as_bytes());
    let brackets = format!(
        "To: {}\r\nReferences: {}\r\n\r\nText",
        "<".repeat(200_000),
        "<a@b>".repeat(200_000)
    );
    read_quickly(brackets.as_bytes());
}

#[test]
fn html_made_to_be_slow_is_read_in_time() {
    let sources = [
        "<b>".repeat(200_000),
        "<div>".repeat(200_000),
        "<table><tr><td>".repeat(70_000),
        "<p><b><i><u><a href=x>".repeat(40_000),
        format!(
            "<a {}>x</a>",
            (0..150_000).map(|n| format!("a{n}=1 ")).collect::<String>()
        ),
        "<a x=\"".repeat(200_000),
        "<style>".repeat(200_000),
        "<!--".repeat(300_000),
        "<".repeat(1_500_000),
        "&".repeat(1_500_000),
        "&amp".repeat(400_000),
        "<blockquote>".repeat(100_000) + "deep",
        "</p>".repeat(400_000),
        format!(
            "<img src=\"data:image/png;base64,{}\">after",
            "A".repeat(1_800_000)
        ),
        "<li><ul>".repeat(100_000),
        "<br>".repeat(400_000),
        "<select><option>".repeat(100_000),
        "<font color=red size=1>".repeat(80_000),
    ];
    for source in sources {
        let letter = read_quickly(&with_headers(&format!(
            "Content-Type: text/html; charset=utf-8\r\n\r\nVisible {source}"
        )));
        assert!(letter.text.starts_with("Visible"), "{:?}", &source[..40]);
    }
}

/// Two hundred levels (MIME-13).
#[test]
fn deep_quotations_are_all_there() {
    let text: String = (0..200)
        .map(|depth| format!("{} level {depth}\n", ">".repeat(depth)))
        .collect();
    let letter = read_quickly(&with_headers(&format!(
        "Content-Type: text/plain; format=flowed\r\n\r\n{text}"
    )));
    assert!(letter.text.contains("level 199"));
}

#[test]
fn empty_and_tiny_inputs_are_letters_too() {
    for raw in [
        &b""[..],
        b"\n",
        b"\r\n\r\n",
        b":",
        b"\0",
        b"From",
        b"From:",
        b"--",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--",
    ] {
        let letter = parse(raw);
        assert!(!letter.text.contains('\0'));
        assert!(!letter.complaints.is_empty(), "{raw:?}");
    }
}

/// What no reader decodes is kept as it came, and 8-bit words said to be 7-bit are words (MIME-12).
#[test]
fn an_encoding_nobody_knows_is_kept_as_it_came() {
    let yenc = "=ybegin line=128 size=3 name=a.bin\r\n\u{8b}\u{8c}\u{8d}\r\n=yend size=3\r\n";
    let letter = read_quickly(&with_headers(&format!(
        "Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: x-yencode\r\n\r\n{yenc}"
    )));
    assert_eq!(letter.attachments[0].bytes, yenc.as_bytes());
    let letter = read_quickly(&with_headers(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nÉtage 2\r\n",
    ));
    assert_eq!(letter.text.trim_end(), "Étage 2");
    let letter = read_quickly(&with_headers(
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe end=",
    ));
    assert_eq!(letter.text, "The end");
}

/// Of an empty boundary, of one of 200 characters and of none the words are there (MIME-15).
#[test]
fn a_boundary_of_any_length_leaves_the_words_in_sight() {
    let long = "b".repeat(200);
    for (boundary, line) in [
        ("\"\"", "--"),
        (long.as_str(), long.as_str()),
        ("x", "--not-it"),
    ] {
        let line = if line == long {
            format!("--{line}")
        } else {
            line.to_owned()
        };
        let letter = read_quickly(&with_headers(&format!(
            "Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n{line}\r\n\r\nThe words.\r\n{line}--\r\n"
        )));
        assert!(letter.text.contains("The words."), "{boundary}: {letter:?}");
    }
}
