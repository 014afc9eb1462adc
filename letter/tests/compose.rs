//! Mails of ours: valid for every relay, and read back as they were meant.

use letter::address::Address;
use letter::compose::{Outgoing, compose};
use letter::parse::parse;
use proptest::prelude::*;

fn address(name: &str, email: &str) -> Address {
    Address {
        name: (!name.is_empty()).then(|| name.to_owned()),
        email: email.to_owned(),
    }
}

fn mail() -> Outgoing {
    Outgoing {
        message_id: "vigie.1.2.n.code@desk.example".to_owned(),
        from: address("Service d’assistance", "support@desk.example"),
        to: vec![address("Zoé \"Zo\" Lefèvre", "zoe@univ.example")],
        reply_to: Some(address("", "support+1.2.code@desk.example")),
        in_reply_to: Some("<a1@univ.example>".to_owned()),
        references: vec!["a0@univ.example".to_owned(), "<a1@univ.example>".to_owned()],
        subject: "Réponse à votre demande : imprimante".to_owned(),
        text: "Bonjour,\n\nC’est réparé.\n.\nFrom here\n".to_owned(),
        html: Some("<p>Bonjour,</p><p>C’est réparé.</p>".to_owned()),
        date_micros: 1_794_211_964_000_000,
        automatic: true,
        unsubscribe: None,
    }
}

fn assert_fit_for_relays(bytes: &[u8]) {
    assert!(bytes.is_ascii());
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "no bare LF"
    );
    assert_eq!(
        text.matches('\r').count(),
        text.matches("\r\n").count(),
        "no bare CR"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 998, "{line}");
    }
}

#[test]
fn a_mail_reads_back_as_it_was_meant() {
    let bytes = compose(&mail());
    assert_fit_for_relays(&bytes);
    let read = parse(&bytes);
    assert_eq!(read.complaints, []);
    assert_eq!(
        read.message_id.as_deref(),
        Some("vigie.1.2.n.code@desk.example")
    );
    assert_eq!(read.from, Some(mail().from));
    assert_eq!(read.to, mail().to);
    assert_eq!(
        read.reply_to,
        [address("", "support+1.2.code@desk.example")]
    );
    assert_eq!(read.in_reply_to, ["a1@univ.example"]);
    assert_eq!(read.references, ["a0@univ.example", "a1@univ.example"]);
    assert_eq!(read.subject, mail().subject);
    assert_eq!(read.text, mail().text.trim_end());
    assert_eq!(read.html.as_deref(), mail().html.as_deref());
    assert_eq!(read.date, Some(mail().date_micros));
    assert!(!read.automatic.may_be_answered_automatically());
}

#[test]
fn automatic_mail_says_so_and_a_persons_does_not() {
    let automatic = String::from_utf8_lossy(&compose(&mail())).into_owned();
    assert!(automatic.contains("\r\nAuto-Submitted: auto-generated\r\n"));
    assert!(automatic.contains("\r\nX-Auto-Response-Suppress: All\r\n"));
    let personal = compose(&Outgoing {
        automatic: false,
        unsubscribe: None,
        ..mail()
    });
    assert!(!String::from_utf8_lossy(&personal).contains("Auto-"));
    assert_eq!(parse(&personal).automatic, letter::classify::Automatic::No);
}

#[test]
fn the_same_mail_makes_the_same_bytes() {
    assert_eq!(compose(&mail()), compose(&mail()));
}

#[test]
fn no_field_can_start_a_header() {
    let evil =
        "x\r\nBcc: victim@evil.example\r\n\r\n<script>\n\rBcc: y\u{85}Bcc: z\u{2028}Bcc: w\0";
    let bytes = compose(&Outgoing {
        message_id: evil.to_owned(),
        from: address(evil, "support@desk.example"),
        to: vec![
            address(evil, "zoe@univ.example"),
            address("x", "a@b.example\r\nBcc: v@evil.example"),
        ],
        reply_to: Some(address(evil, evil)),
        in_reply_to: Some(format!("a@b>{evil}")),
        references: vec![evil.to_owned(), "ok@b.example".to_owned()],
        subject: evil.to_owned(),
        ..mail()
    });
    assert_fit_for_relays(&bytes);
    let head = String::from_utf8_lossy(&bytes)
        .split("\r\n\r\n")
        .next()
        .unwrap_or_default()
        .to_owned();
    assert!(
        !head
            .lines()
            .any(|line| line.to_ascii_lowercase().starts_with("bcc")),
        "{head}"
    );
    let read = parse(&bytes);
    assert_eq!(read.to.len(), 1);
    assert_eq!(read.references, ["ok@b.example"]);
    assert_eq!(read.text, mail().text.trim_end());
}

#[test]
fn a_thread_of_years_keeps_its_first_and_its_last_identifiers() {
    let references = (0..500).map(|n| format!("id{n}@univ.example")).collect();
    let read = parse(&compose(&Outgoing {
        references,
        ..mail()
    }));
    assert!(read.references.len() <= 51);
    assert_eq!(
        read.references.first().map(String::as_str),
        Some("id0@univ.example")
    );
    assert_eq!(
        read.references.last().map(String::as_str),
        Some("id499@univ.example")
    );
}

#[test]
fn dates_outside_what_a_header_can_say_are_kept_in_range() {
    for date_micros in [i64::MIN, -1, 0, i64::MAX] {
        assert_fit_for_relays(&compose(&Outgoing {
            date_micros,
            ..mail()
        }));
    }
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_again(subject in "\\PC{0,120}", text in "[\\PC\n\t]{0,400}", name in "\\PC{0,60}", html in "\\PC{0,80}") {
        let bytes = compose(&Outgoing {
            subject: subject.clone(),
            text: text.clone(),
            html: Some(html),
            from: address(&name, "support@desk.example"),
            ..mail()
        });
        assert_fit_for_relays(&bytes);
        let read = parse(&bytes);
        prop_assert_eq!(&read.subject, &letter::header::one_line(&subject));
        let shown = letter::body::cleaned(&text, &mut Default::default());
        if !shown.trim().is_empty() {
            prop_assert_eq!(read.text, shown.trim_end().trim_start_matches('\n'));
        }
        prop_assert!(read.from.is_some_and(|from| from.email == "support@desk.example"));
    }

    #[test]
    fn any_strings_at_all_make_a_mail_with_only_our_headers(a in any::<String>(), b in any::<String>(), c in any::<String>()) {
        let bytes = compose(&Outgoing {
            message_id: a.clone(), subject: b.clone(), text: c.clone(), html: None,
            from: address(&a, &b), to: vec![address(&b, "x@y.example"), address(&c, &a)],
            reply_to: Some(address(&c, &c)), in_reply_to: Some(b.clone()), references: vec![c, a],
            date_micros: 0, automatic: false, unsubscribe: None,
        });
        assert_fit_for_relays(&bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let head = text.split("\r\n\r\n").next().unwrap_or_default();
        for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
            let name = line.split(':').next().unwrap_or_default();
            let ours = ["Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];
            prop_assert!(ours.contains(&name), "{}", line);
        }
    }
}

#[test]
fn a_mail_that_comes_by_itself_says_where_it_is_ended_and_nothing_else_gets_in_by_that() {
    let with = |address: &str| {
        let bytes = compose(&Outgoing {
            unsubscribe: Some(address.to_owned()),
            ..mail()
        });
        assert_fit_for_relays(&bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let said = with("https://desk.example/preferences/daily-report");
    assert!(
        said.contains("List-Unsubscribe: <https://desk.example/preferences/daily-report>\r\n"),
        "{said}"
    );
    for bad in [
        "https://desk.example/\r\nBcc: everybody@example.org",
        "https://desk.example/> <x",
        "javascript:alert(1)",
        "",
    ] {
        assert!(!with(bad).contains("List-Unsubscribe"), "{bad}");
    }
}
