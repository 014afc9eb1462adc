//! Which letters a machine wrote: every sign alone and together.

use letter::classify::{Automatic, with_own_addresses};
use letter::parse::parse;

fn kind(headers: &str) -> Automatic {
    parse(format!("From: c@univ.example\r\n{headers}\r\n\r\nText\r\n").as_bytes()).automatic
}

/// Of two values that say it and do not, the one that does counts (LOOP-01, LOOP-12, LOOP-13).
#[test]
fn each_header_says_what_it_says() {
    for (header, expected) in [
        ("Subject: A question", Automatic::No),
        ("Auto-Submitted: no", Automatic::No),
        ("Auto-Submitted: auto-replied", Automatic::AutoReply),
        (
            "auto-submitted: AUTO-REPLIED; owner-email=\"x\"",
            Automatic::AutoReply,
        ),
        (
            "Auto-Submitted: auto-replied (vacation)",
            Automatic::AutoReply,
        ),
        ("Auto-Submitted: auto-generated", Automatic::Generated),
        ("Auto-Submitted: auto-notified", Automatic::Generated),
        ("Auto-Submitted: something-new", Automatic::Generated),
        ("Precedence: bulk", Automatic::Generated),
        ("Precedence: junk", Automatic::Generated),
        ("Precedence: list", Automatic::List),
        ("Precedence: auto_reply", Automatic::AutoReply),
        ("Precedence: first-class", Automatic::No),
        ("Precedence: odd\r\nPrecedence: bulk", Automatic::Generated),
        ("Precedence: bulk\r\nPrecedence: odd", Automatic::Generated),
        ("X-Precedence: auto-reply", Automatic::AutoReply),
        ("X-Autoreply: yes", Automatic::AutoReply),
        ("X-Autoreply: no", Automatic::No),
        ("X-Autorespond: vacation", Automatic::AutoReply),
        ("X-Mail-Autoreply: 1", Automatic::AutoReply),
        (
            "X-POST-MessageClass: 9; Autoresponder",
            Automatic::AutoReply,
        ),
        ("Delivered-To: Autoresponder", Automatic::AutoReply),
        ("List-Id: <a.b.example>", Automatic::List),
        ("List-Unsubscribe: <mailto:x@b.example>", Automatic::List),
        ("X-Auto-Response-Suppress: All", Automatic::AnswerUnwanted),
        (
            "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
            Automatic::AnswerUnwanted,
        ),
        ("X-Auto-Response-Suppress: DR, RN", Automatic::No),
        ("Return-Path: <>", Automatic::AutoReply),
        ("Return-Path: <c@univ.example>", Automatic::No),
        (
            "Return-Path: <>\r\nSubject: Undeliverable: Ticket",
            Automatic::Bounce,
        ),
        ("X-Failed-Recipients: x@y.example", Automatic::Bounce),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            Automatic::Bounce,
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            Automatic::Receipt,
        ),
        (
            "Content-Type: text/calendar; method=REPLY",
            Automatic::Receipt,
        ),
        ("Content-Type: text/calendar; method=REQUEST", Automatic::No),
    ] {
        assert_eq!(kind(header), expected, "{header}");
    }
}

/// In fourteen languages (LOOP-01).
#[test]
fn absence_subjects_count_only_beside_another_sign() {
    for subject in [
        "Automatic reply: Ticket",
        "Out of Office: Ticket",
        "=?utf-8?Q?R=C3=A9ponse_automatique?= : Ticket",
        "Absence du bureau : Ticket",
        "Automatische Antwort: Ticket",
        "Abwesenheitsnotiz",
        "=?utf-8?Q?Respuesta_autom=C3=A1tica?=: Ticket",
        "Risposta automatica: Ticket",
        "=?utf-8?Q?Resposta_autom=C3=A1tica?=: Ticket",
        "Automatisch antwoord: Ticket",
        "Autosvar: Ticket",
        "Automaattinen vastaus: Ticket",
        "=?utf-8?B?0JDQstGC0L7QvtGC0LLQtdGC?=",
        "=?utf-8?B?6Ieq5YuV5b+c562U?=",
    ] {
        assert_eq!(
            kind(&format!("Subject: {subject}")),
            Automatic::No,
            "{subject}"
        );
        assert_eq!(
            kind(&format!("Subject: {subject}\r\nIn-Reply-To: <a@b.example>")),
            Automatic::AutoReply,
            "{subject}"
        );
        assert_eq!(
            kind(&format!(
                "Subject: {subject}\r\nX-Auto-Response-Suppress: All"
            )),
            Automatic::AutoReply,
            "{subject}"
        );
    }
    assert_eq!(
        kind("Subject: Re: automatic doors\r\nIn-Reply-To: <a@b.example>"),
        Automatic::No
    );
}

#[test]
fn daemons_and_robots_are_known_by_their_name() {
    let from =
        |from: &str| parse(format!("From: {from}\r\nSubject: x\r\n\r\nText").as_bytes()).automatic;
    assert_eq!(from("MAILER-DAEMON@mx.example"), Automatic::AutoReply);
    assert_eq!(from("no-reply@shop.example"), Automatic::Generated);
    assert_eq!(from("ne-pas-repondre@impots.example"), Automatic::Generated);
    assert_eq!(from("norbert@univ.example"), Automatic::No);
}

/// Whoever objects is a person all the same (LOOP-02).
#[test]
fn only_people_are_ordinary_and_only_those_who_did_not_object_are_answered_by_machines() {
    let all = [
        (Automatic::No, true, true),
        (Automatic::AnswerUnwanted, false, true),
        (Automatic::AutoReply, false, false),
        (Automatic::Bounce, false, false),
        (Automatic::Receipt, false, false),
        (Automatic::List, false, false),
        (Automatic::Generated, false, false),
        (Automatic::OwnLoop, false, false),
    ];
    for (kind, answered, ordinary) in all {
        assert_eq!(kind.may_be_answered_automatically(), answered, "{kind:?}");
        assert_eq!(kind.is_ordinary(), ordinary, "{kind:?}");
    }
}

/// By sender or by who sent it for them (ID-09, LOOP-08).
#[test]
fn mail_from_ourselves_is_a_loop() {
    let own = ["support@desk.example", "billing@desk.example"];
    let from = |from: &str| {
        with_own_addresses(&parse(format!("From: {from}\r\n\r\nText").as_bytes()), &own)
    };
    assert_eq!(from("Support <SUPPORT@desk.example>"), Automatic::OwnLoop);
    assert_eq!(from("support+1.2.x@desk.example"), Automatic::OwnLoop);
    assert_eq!(
        from("c@univ.example\r\nSender: billing@desk.example"),
        Automatic::OwnLoop
    );
    assert_eq!(from("c@univ.example"), Automatic::No);
}
