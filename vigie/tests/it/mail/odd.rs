//! Letters made to break their readers, and letters whose words no reader here opens: each becomes a ticket with what came.

use axum::http::Method;

use super::*;

record! {
    /// A file as it is kept.
    #[derive(Debug)]
    struct Kept {
        name: String,
        digest: String,
    }
}

async fn files(w: &World, ticket: i64) -> Vec<Kept> {
    w.db.read()
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT name, digest FROM attachments WHERE ticket_id = $1 ORDER BY id",
            ticket
        ))
        .await
        .unwrap()
}

/// What one letter became: its ticket, which has one comment.
async fn opened(w: &World, post: &Post, what: &str, raw: &[u8]) -> (i64, Stands) {
    let id = deliver_from(post, "fay@nordet.example", BLUE, raw).await;
    work(post).await;
    let ended = ended(w, id).await;
    assert!(
        ["done", "unreadable"].contains(&ended.state.as_str()),
        "{what}: {ended:?}"
    );
    let ticket = ended.ticket_id.unwrap();
    let mut said = comments(w, ticket).await;
    assert_eq!(said.len(), 1, "{what}");
    (ticket, said.remove(0))
}

fn with_head(rest: &str) -> String {
    format!("From: fay@nordet.example\r\nTo: {BLUE}\r\nSubject: Odd\r\nMIME-Version: 1.0\r\n{rest}")
}

on_both_engines! {
    /// The pages that list them are shown all the same (MIME-01, MIME-03, MIME-04, MIME-15).
    async fn a_letter_made_to_break_its_reader_is_a_ticket_and_the_next_one_is_read(w) {
        let door = w.door().await;
        let post = post(w).await;
        let nested: String = (0..10_000)
            .map(|n| format!("Content-Type: multipart/alternative; boundary=b{n}\r\n\r\n--b{n}\r\n"))
            .collect();
        let forwarded = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
        let to: Vec<String> = (0..5_000).map(|n| format!("person{n}@univ.example")).collect();
        let received = "Received: from a by b; Mon, 09 Nov 2026 09:12:44 +0100\r\n".repeat(10_000);
        let boundary = "b".repeat(200);
        let letters: [(&str, Vec<u8>); 6] = [
            ("parts in parts", with_head(&format!("{nested}Content-Type: text/plain\r\n\r\nDeep.\r\n")).into_bytes()),
            ("mails in mails", with_head(&format!("{forwarded}\r\nDeep.\r\n")).into_bytes()),
            ("a subject of a mebibyte", format!("From: fay@nordet.example\r\nSubject: {}\r\n\r\nText\r\n", "word ".repeat(200_000)).into_bytes()),
            ("relays and recipients without end", format!("{received}From: fay@nordet.example\r\nTo: {}\r\nSubject: S\r\n\r\nText\r\n", to.join(",\r\n ")).into_bytes()),
            ("NUL wherever it can be", b"From: Fay\0 <fay@nordet.example>\r\nTo: help@nordet.example\r\nSubject: N\0ul\xff\xed\xa0\x80\r\nMessage-ID: <a\0b@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBefore\0after\xc3\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"a\0b.txt\"\r\n\r\nx\0y\r\n--b--\r\n".to_vec()),
            ("a boundary of 200 characters", with_head(&format!("Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n--{boundary}\r\n\r\nInside.\r\n--{boundary}--\r\n")).into_bytes()),
        ];
        for (what, raw) in &letters {
            let (ticket, said) = opened(w, &post, what, raw).await;
            assert!(!said.body.contains('\0'), "{what}");
            assert!(!said.body.is_empty() || !files(w, ticket).await.is_empty(), "{what}: nothing is left of it");
            let kept = store::letter_to_read(&mut w.db.read(), store::IncomingId(count(w, "incoming").await)).await.unwrap().unwrap();
            assert_eq!(&kept.raw, raw, "{what}: kept as it came");
            assert_eq!(door.gets("ben", &format!("/tickets/{ticket}")).await.status, 200, "{what}");
        }
        for list in ["/tickets", "/api/v1/tickets", "/portal"] {
            let who = if list == "/portal" { "fay" } else { "ben" };
            assert_eq!(door.gets(who, list).await.status, 200, "{list}");
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// A file keeps its bytes; where it holds all the words, the ticket says so (MIME-07, MIME-11, MIME-17).
    async fn what_nobody_here_opens_is_kept_as_a_file_and_said_where_it_holds_all_the_words(w) {
        let door = w.door().await;
        let post = post(w).await;
        let one = |kind: &str, name: &str, bytes: &str| {
            with_head(&format!("Content-Type: {kind}; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{bytes}\r\n"))
        };
        let beside = |kind: &str, name: &str, bytes: &str| {
            with_head(&format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: {kind}; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{bytes}\r\n--b--\r\n"))
        };
        let sealed = "(This mail is encrypted. What it says is in the attached file.)";
        let container = "(This mail came from Outlook as one file. What it says is in the attached “winmail.dat”.)";
        let pgp = with_head("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=sealed.asc\r\n\r\nhQEM\r\n--b--\r\n");
        let table = [
            ("TNEF that is broken, alone", one("application/ms-tnef", "winmail.dat", "not TNEF at all"), container, "winmail.dat", "not TNEF at all"),
            ("TNEF beside words", beside("application/ms-tnef", "winmail.dat", "x\u{9f}>\""), "See the file.", "winmail.dat", "x\u{9f}>\""),
            ("S/MIME", one("application/pkcs7-mime; smime-type=enveloped-data", "smime.p7m", "MIIB"), sealed, "smime.p7m", "MIIB"),
            ("PGP/MIME", pgp, sealed, "sealed.asc", "hQEM"),
            ("a protected mail of Outlook", beside("application/x-microsoft-rpmsg-message", "message.rpmsg", "v\u{e8}4"), "See the file.", "message.rpmsg", "v\u{e8}4"),
            ("a PDF with a password", beside("application/pdf", "secret.pdf", "%PDF-1.7 /Encrypt"), "See the file.", "secret.pdf", "%PDF-1.7 /Encrypt"),
            ("an invitation that never ends", beside("text/calendar; method=REQUEST", "invite.ics", "BEGIN:VCALENDAR\r\nRRULE:FREQ=SECONDLY;COUNT=999999999\r\nEND:VCALENDAR"), "See the file.", "invite.ics", "BEGIN:VCALENDAR\r\nRRULE:FREQ=SECONDLY;COUNT=999999999\r\nEND:VCALENDAR"),
        ];
        for (n, (what, raw, words, name, bytes)) in table.iter().enumerate() {
            let (ticket, said) = opened(w, &post, what, raw.as_bytes()).await;
            assert_eq!(&said.body, words, "{what}");
            let kept = files(w, ticket).await;
            let file = kept.iter().find(|it| it.name == *name).unwrap_or_else(|| panic!("{what}: {kept:?}"));
            let held = post.files.fetch(&file.digest).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&held).trim_end(), *bytes, "{what}");
            let page = door.asks("ben", Method::GET, &format!("/tickets/{ticket}"), "").await;
            assert!(page.body.contains(name), "{what}");
            // Nobody but the usual people is written to, and no invitation is answered.
            let acknowledged = told(w).await.iter().filter(|it| *it == "fay acknowledgement").count();
            assert_eq!(acknowledged, n + 1, "{what}");
            assert_eq!(told(w).await.len(), 4 * (n + 1), "{what}: {:?}", told(w).await);
        }
        door.closes().await;
    }
}

on_both_engines! {
    /// A receipt that somebody asks for is sent by no program of ours (LOOP-12).
    async fn a_receipt_that_is_asked_for_is_not_sent(w) {
        let post = Post { is_demo: true, ..post(w).await };
        let asks = "Disposition-Notification-To: thief@evil.example\r\nReturn-Receipt-To: thief@evil.example\r\nX-Confirm-Reading-To: thief@evil.example\r\n";
        deliver(&post, BLUE, &letter("fay@nordet.example", BLUE, "Read me", asks, "x")).await;
        work(&post).await;
        let mails = outbox(w).await;
        assert!(mails.iter().any(|it| it.purpose == "acknowledgement"));
        for mail in mails.into_iter().filter(|it| it.state == "captured") {
            let raw = String::from_utf8_lossy(mail.raw.as_deref().unwrap()).into_owned();
            assert!(mail.address.ends_with("@nordet.example") && !raw.contains("thief@"), "{raw}");
            assert!(!raw.contains("disposition-notification"), "{raw}");
        }
    }
}

on_both_engines! {
    /// All of it is on the ticket, the history behind one click (MIME-08, MIME-13).
    async fn no_line_of_a_letter_is_lost_by_folding_what_it_quotes(w) {
        let post = post(w).await;
        let deep: String = (1..=200).map(|depth| format!("{} level {depth}.\n", ">".repeat(depth))).collect();
        let long = "a long line that a program broke in two \nand that goes on";
        let body = format!("Above.\n\n-- \nFay\nNot a signature: {long}\n\nOn Mon, 23 Nov 2026 at 10:00, Ben wrote:\n{deep}");
        let raw = letter("fay@nordet.example", BLUE, "Flowed", "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no\r\n", &body);
        let (_, said) = opened(w, &post, "flowed", raw.as_bytes()).await;
        assert!(said.body.starts_with("Above."), "{}", said.body);
        let whole = format!("{}\n{}", said.body, said.quoted.unwrap_or_default());
        for line in ["Above.", "Fay", "a long line that a program broke in two and that goes on"] {
            assert!(whole.contains(line), "{line}: {whole}");
        }
        for depth in 1..=200 {
            assert!(whole.contains(&format!("level {depth}.")), "{depth}");
        }
    }
}
