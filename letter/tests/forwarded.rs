//! Who wrote first what somebody passes on, as programs write it.

use letter::Letter;
use letter::forwarded::{Forwarded, read};

fn of(subject: &str, text: &str) -> Option<Forwarded> {
    read(&Letter {
        subject: subject.to_owned(),
        text: text.to_owned(),
        ..Letter::default()
    })
}

/// Name, address, subject, words and what stands above.
fn said(subject: &str, text: &str) -> Option<(String, String, String, String, String)> {
    let it = of(subject, text)?;
    Some((
        it.from.name.unwrap_or_default(),
        it.from.email,
        it.subject.unwrap_or_default(),
        it.text,
        it.above,
    ))
}

#[test]
fn the_first_writer_is_found_as_each_program_names_them() {
    let table = [
        (
            "Gmail",
            "Fwd: Printer",
            "Please look.\n\n---------- Forwarded message ---------\nFrom: Dora Martin <dora@nordet.example>\nDate: Mon, Nov 23, 2026 at 12:00 PM\nSubject: Printer\nTo: <ben@nordet.example>\n\n\nIt is on fire.\n\nDora\n",
        ),
        (
            "Gmail in French",
            "Fwd: Printer",
            "Please look.\n\n---------- Forwarded message ---------\nDe : Dora Martin <dora@nordet.example>\nDate : lun. 23 nov. 2026 à 12:00\nSubject: Printer\nTo: <ben@nordet.example>\n\n\nIt is on fire.\n\nDora\n",
        ),
        (
            "Thunderbird",
            "Fwd: Printer",
            "Please look.\n\n\n-------- Message transféré --------\nSujet\u{a0}: \tPrinter\nDate\u{a0}: \tMon, 23 Nov 2026 12:00:00 +0100\nDe\u{a0}: \tDora Martin <dora@nordet.example>\nPour\u{a0}: \tben@nordet.example\n\n\n\nIt is on fire.\n\nDora\n",
        ),
        (
            "Outlook",
            "TR: Printer",
            "Please look.\n\n________________________________\nDe : Martin, Dora <dora@nordet.example>\nEnvoyé : lundi 23 novembre 2026 12:00\nÀ : Ben <ben@nordet.example>\nObjet : Printer\n\nIt is on fire.\n\nDora\n",
        ),
        (
            "an older Outlook",
            "FW: Printer",
            "Please look.\n\n-----Original Message-----\nFrom: Dora Martin [mailto:dora@nordet.example]\nSent: Monday, November 23, 2026 12:00 PM\nTo: Ben\nSubject: Printer\n\nIt is on fire.\n\nDora\n",
        ),
        (
            "Apple Mail, quoting",
            "Fwd: Printer",
            "Please look.\n\n> Begin forwarded message:\n> \n> From: Dora Martin <dora@nordet.example>\n> Subject: Printer\n> Date: 23 November 2026 at 12:00:00 CET\n> To: ben@nordet.example\n> \n> It is on fire.\n> \n> Dora\n",
        ),
        (
            "an address that became a link",
            "Fwd: Printer",
            "Please look.\n\n---------- Forwarded message ---------\n*From:* Dora Martin <dora@nordet.example<mailto:dora@nordet.example>>\n*Date:* today\n*Subject:* Printer\n\nIt is on fire.\n\nDora\n",
        ),
    ];
    for (program, subject, text) in table {
        let (name, email, subject, text, above) =
            said(subject, text).unwrap_or_else(|| panic!("{program}: nothing found"));
        assert!(
            ["Dora Martin", "Martin, Dora"].contains(&name.as_str()),
            "{program}: {name}"
        );
        assert_eq!(email, "dora@nordet.example", "{program}");
        assert_eq!(subject, "Printer", "{program}");
        assert_eq!(text, "It is on fire.\n\nDora", "{program}");
        assert_eq!(above, "Please look.", "{program}");
    }
}

#[test]
fn what_is_no_mail_passed_on_is_none() {
    let header =
        "From: Dora <dora@nordet.example>\nSent: Monday\nTo: Ben\nSubject: Printer\n\nFire.\n";
    let table = [
        ("an answer with its history", "Re: Printer", format!("Yes.\n\n-----Original Message-----\n{header}")),
        ("an answer of Outlook", "RE: Printer", format!("Yes.\n\n{header}")),
        ("words about it", "Printer", "I got a forwarded message from Dora.\n".to_owned()),
        ("a mark without a header", "Fwd: Printer", "---------- Forwarded message ---------\nLook at this.\n".to_owned()),
        ("two writers", "Fwd: Printer", "---------- Forwarded message ---------\nFrom: a@b.example, c@d.example\nDate: x\nSubject: y\n\nz\n".to_owned()),
        ("no address", "Fwd: Printer", "---------- Forwarded message ---------\nFrom: Dora\nDate: x\nSubject: y\n\nz\n".to_owned()),
        ("an answer to what a customer passed on", "Re: Fwd: Printer", format!("Yes.\n\n> -------- Message transféré --------\n> {}", header.replace('\n', "\n> "))),
        ("a mark without a word in the subject", "Printer", format!("See below.\n\n---------- Forwarded message ---------\n{header}")),
        ("a subject alone", "Fwd: Printer", "Look at this.\n".to_owned()),
    ];
    for (what, subject, text) in table {
        assert_eq!(of(subject, &text), None, "{what}");
    }
}

#[test]
fn of_a_mail_passed_on_twice_the_last_who_wrote_counts() {
    let text = "-------- Forwarded Message --------\nSubject: Fwd: Printer\nDate: x\nFrom: Emil <emil@nordet.example>\nTo: Ben <ben@nordet.example>\n\nSee below.\n\n-------- Forwarded Message --------\nSubject: Printer\nDate: x\nFrom: Dora <dora@nordet.example>\nTo: Emil <emil@nordet.example>\n\nFire.\n";
    let it = of("Fwd: Fwd: Printer", text).unwrap();
    assert_eq!(it.from.email, "emil@nordet.example");
    assert!(it.text.contains("Fire."), "{}", it.text);
}

/// Whoever writes a mail that is passed on writes what stands in it.
#[test]
fn what_the_first_writer_wrote_names_nobody_else() {
    let outlook = "Please look.\n\n________________________________\nDe : Mallory <mallory@far.example>\nEnvoyé : lundi\nÀ : Ben <ben@nordet.example>\nObjet : Printer\n\n";
    for inner in [
        "---------- Forwarded message ---------\nFrom: Dora <dora@nordet.example>\nDate: x\nSubject: y\n\nPay me.\n",
        "-----Message d'origine-----\nDe : Dora <dora@nordet.example>\nEnvoyé : x\nObjet : y\n\nPay me.\n",
        "From: Dora <dora@nordet.example>\nDate: x\nSubject: y\n\nPay me.\n",
    ] {
        let it = of("TR: Printer", &format!("{outlook}{inner}")).unwrap();
        assert_eq!(it.from.email, "mallory@far.example");
        assert!(it.text.contains("Pay me."), "{}", it.text);
    }
}

#[test]
fn a_mail_attached_whole_is_passed_on_with_its_files() {
    let raw = "From: ben@nordet.example\r\nTo: help@nordet.example\r\nSubject: Fwd: Printer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease look.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Dora Martin <dora@nordet.example>\r\nSubject: Printer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\nIt is on fire.\r\n--c\r\nContent-Type: image/png; name=fire.png\r\nContent-Disposition: attachment; filename=fire.png\r\n\r\npng\r\n--c--\r\n--b--\r\n";
    let it = read(&letter::parse::parse(raw.as_bytes())).unwrap();
    assert_eq!(it.from.email, "dora@nordet.example");
    assert_eq!(
        (it.text.as_str(), it.above.as_str()),
        ("It is on fire.", "Please look.")
    );
    assert_eq!(it.attachments.map(|it| it.len()), Some(1));
    let plain = raw.replace("Fwd: Printer", "Printer");
    assert_eq!(
        read(&letter::parse::parse(plain.as_bytes())),
        None,
        "somebody who shows a mail does not pass it on"
    );
}

#[test]
fn a_mail_passed_on_as_html_alone_is_read_alike() {
    let gmail = "<div dir=ltr>Please look.<br><br><div class=gmail_quote><div dir=ltr class=gmail_attr>---------- Forwarded message ---------<br>\
        De : <strong class=gmail_sendername dir=auto>Dora Martin</strong> <span dir=auto>&lt;<a href='mailto:dora@nordet.example'>dora@nordet.example</a>&gt;</span><br>\
        Date: lun. 23 nov. 2026 à 12:00<br>Subject: Printer<br>To:  &lt;<a href='mailto:ben@nordet.example'>ben@nordet.example</a>&gt;<br></div><br><br>\
        <div dir=ltr>It is on fire.<br><br>Dora</div></div></div>";
    let outlook = "<div class=WordSection1><p>Please look.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>\
        <p><b>De\u{a0}:</b> Dora Martin &lt;dora@nordet.example&gt; <br><b>Envoyé\u{a0}:</b> lundi 23 novembre 2026 12:00<br>\
        <b>À\u{a0}:</b> Ben &lt;ben@nordet.example&gt;<br><b>Objet\u{a0}:</b> Printer</p></div></div>\
        <p>&nbsp;</p><p>It is on fire.</p><p>Dora</p></div>";
    for (program, subject, html) in [
        ("Gmail", "Fwd: Printer", gmail),
        ("Outlook", "TR: Printer", outlook),
    ] {
        let raw = format!(
            "From: ben@nordet.example\r\nSubject: {subject}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
        );
        let parsed = letter::parse::parse(raw.as_bytes());
        let it = read(&parsed).unwrap_or_else(|| panic!("{program}: {}", parsed.text));
        assert_eq!(it.from.email, "dora@nordet.example", "{program}");
        assert_eq!(
            it.from.name.as_deref(),
            Some("Dora Martin"),
            "{program}: {}",
            parsed.text
        );
        assert_eq!(it.subject.as_deref(), Some("Printer"), "{program}");
        assert_eq!(
            it.text, "It is on fire.\n\nDora",
            "{program}: {}",
            parsed.text
        );
        assert_eq!(it.above, "Please look.", "{program}");
    }
}
