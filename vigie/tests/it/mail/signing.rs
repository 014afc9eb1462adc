//! Signatures of mails going out (decision 0073): what a server receives can be checked by what was published, and nothing of it changed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use kit::clock::Span;
use kit::config::{self, DkimKey};
use vigie::mail::identity::look::{Names, Peer};
use vigie::mail::signing::Signers;
use vigie::mail::store::{Incoming, IncomingId, IncomingState};

use super::outgoing::{Fails, Server};
use super::*;

/// A key of these tests.
pub fn key(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/mail/keys");
    PathBuf::from(folder).join(format!("{name}.pem"))
}

fn keys(of: &[(&str, &str, &str)]) -> Vec<DkimKey> {
    let key = |(selector, domain, file): &(&str, &str, &str)| DkimKey {
        selector: (*selector).to_owned(),
        domain: (*domain).to_owned(),
        file: key(file),
    };
    of.iter().map(key).collect()
}

/// The domains whose signatures on this mail are right, by what was published.
async fn signed_by(signers: &Signers, from: &str, mail: &str) -> Vec<String> {
    let records = signers.records();
    let records: Vec<(&str, &str)> = records
        .iter()
        .map(|it| (it.name.as_str(), it.text.as_str()))
        .collect();
    let names = Names::fixed(Some(&records)).unwrap();
    let mail = Incoming {
        id: IncomingId(1),
        channel_id: None,
        raw: mail.as_bytes().to_vec(),
        envelope_from: String::new(),
        envelope_to: String::new(),
        received_at: kit::clock::Moment(0),
        state: IncomingState::Received,
        receivers: String::new(),
        peer: String::new(),
        verdict: None,
        left_bytes: None,
    };
    let peer = Peer::read("203.0.113.9 anybody.example").unwrap();
    names.look(&mail, from, &peer, "desk").await.signed_by
}

/// What the server took, as it came over the wire.
fn took(server: &Server) -> Vec<String> {
    server
        .took()
        .iter()
        .map(|it| it.replace('\n', "\r\n"))
        .collect()
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_default().trim()
}

/// Somebody's letter, which is acknowledged.
async fn written_to(post: &Post, from: &str, to: &str) {
    let message_id = format!("Message-ID: <{}.{}>\r\n", from.len(), from);
    deliver(post, to, &letter(from, to, "Écran", &message_id, "Noir")).await;
    work(post).await;
}

on_both_engines! {
    /// Both kinds of keys at once, over the very bytes that are kept (OUT-09).
    async fn what_a_server_receives_is_signed_and_no_byte_of_it_can_be_another(w) {
        let server = Server::start(&[]).await;
        let signers = Arc::new(Signers::open(&keys(&[("old", "nordet.example", "rsa"), ("new", "nordet.example", "ed25519")])).unwrap());
        let post = Post { signers: Arc::clone(&signers), ..with_relay(&post(w).await, server.port) };
        written_to(&post, "fay@nordet.example", BLUE).await;
        let mails = took(&server);
        let mail = mails.iter().find(|it| header(it, "To").contains("fay@")).unwrap();
        assert_eq!(signed_by(&signers, "nordet.example", mail).await, ["nordet.example"; 2], "{mail}");
        let kept = outbox(w).await.into_iter().find(|it| it.address.starts_with("fay@")).unwrap();
        // The connection ends what it sends with a line of its own.
        let kept = format!("{}\r\n", String::from_utf8(kept.raw.unwrap()).unwrap());
        assert_eq!(kept, *mail, "kept is what was sent");
        let subject = format!("Subject: {}", header(mail, "Subject"));
        let message_id = format!("Message-ID: {}", header(mail, "Message-ID"));
        let changes = [
            ("the words", mail.replacen("text/plain", "text/plein", 1)),
            ("the end", format!("{mail}One more line.\r\n")),
            ("the subject", mail.replace(&subject, "Subject: Your password")),
            ("who is answered", mail.replacen("Reply-To: ", "Reply-To: thief@evil.example, ", 1)),
            ("the identifier", mail.replace(&message_id, "Message-ID: <other@nordet.example>")),
            ("one more author", mail.replacen("\r\nFrom: ", "\r\nFrom: boss@nordet.example\r\nFrom: ", 1)),
            ("one more reader", mail.replacen("\r\nTo: ", "\r\nCc: thief@evil.example\r\nTo: ", 1)),
        ];
        for (what, changed) in changes {
            assert_ne!(changed, *mail, "{what}");
            assert!(signed_by(&signers, "nordet.example", &changed).await.is_empty(), "{what}");
        }
        // What servers on the way may do: their own lines on top, and folds.
        let handed_on = format!("Received: from desk by mx.example.org; Mon, 23 Nov 2026 12:00:00 +0100\r\n{mail}");
        assert_eq!(signed_by(&signers, "nordet.example", &handed_on).await.len(), 2);
    }
}

on_both_engines! {
    /// It is sent once more, and is the same mail (OUT-02).
    async fn a_mail_that_is_sent_again_keeps_its_identifier_and_a_right_signature(w) {
        let server = Server::start(&[Fails::LosingTheAnswer]).await;
        let signers = Arc::new(Signers::open(&keys(&[("desk", "nordet.example", "ed25519")])).unwrap());
        let fresh = post(w).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!(
            "INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held) \
             SELECT m.person_id, m.department_id, 'never', 'never', 'always' FROM memberships m")).await.unwrap();
        tx.commit().await.unwrap();
        let post = Post { signers: Arc::clone(&signers), ..with_relay(&fresh, server.port) };
        written_to(&post, "fay@nordet.example", BLUE).await;
        w.clock.advance(Span::hours(1));
        work(&post).await;
        let mails = took(&server);
        assert_eq!(mails.len(), 2);
        assert_eq!(header(&mails[0], "Message-ID"), header(&mails[1], "Message-ID"));
        for mail in &mails {
            assert_eq!(signed_by(&signers, "nordet.example", mail).await, ["nordet.example"]);
        }
    }
}

on_both_engines! {
    /// The domain of the author, of the envelope, of the identifier and of the signature are one (OUT-09).
    async fn each_department_writes_by_its_own_domain_and_signs_by_its_own_key(w) {
        let server = Server::start(&[]).await;
        let post = post(w).await;
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("UPDATE channels SET address = 'pay@red.example' WHERE address = $1", RED)).await.unwrap();
        tx.commit().await.unwrap();
        let signers = Arc::new(Signers::open(&keys(&[("desk", "nordet.example", "rsa"), ("desk", "red.example", "ed25519")])).unwrap());
        let post = Post { signers: Arc::clone(&signers), ..with_relay(&post, server.port) };
        written_to(&post, "fay@nordet.example", BLUE).await;
        written_to(&post, "zoe@example.org", "pay@red.example").await;
        let mails = took(&server);
        for (reader, domain) in [("fay@", "nordet.example"), ("zoe@", "red.example")] {
            let at = mails.iter().position(|it| header(it, "To").contains(reader)).unwrap();
            let mail = &mails[at];
            assert_eq!(signed_by(&signers, domain, mail).await, [domain], "{mail}");
            assert!(header(mail, "From").ends_with(&format!("@{domain}>")), "{mail}");
            assert!(header(mail, "Message-ID").ends_with(&format!("@{domain}>")), "{mail}");
            assert!(server.senders()[at].ends_with(&format!("@{domain}")));
        }
    }
}

#[test]
fn a_mail_of_another_domain_is_not_signed_and_one_below_it_is_signed_by_the_nearest() {
    let signers = Signers::open(&keys(&[
        ("a", "nordet.example", "rsa"),
        ("b", "desk.nordet.example", "ed25519"),
    ]))
    .unwrap();
    let mail = b"From: x\r\n\r\nHello\r\n".to_vec();
    let by = |from: &str| {
        let signed = String::from_utf8(signers.sign(from, mail.clone()).unwrap()).unwrap();
        let signatures = signed.matches("DKIM-Signature:").count();
        let domains = ["s=a; d=nordet.example;", "s=b; d=desk.nordet.example;"];
        (
            signatures,
            domains.iter().position(|it| signed.contains(it)),
        )
    };
    assert_eq!(by("help@nordet.example"), (1, Some(0)));
    assert_eq!(by("help@desk.nordet.example"), (1, Some(1)));
    assert_eq!(by("help@a.desk.nordet.example"), (1, Some(1)));
    assert_eq!(by("help@other.nordet.example"), (1, Some(0)));
    assert_eq!(by("help@notnordet.example"), (0, None));
    assert_eq!(by("help"), (0, None));
}

#[test]
fn what_is_to_be_published_is_what_openssl_says_of_the_keys() {
    let signers = Signers::open(&keys(&[
        ("a", "nordet.example", "rsa"),
        ("b", "nordet.example", "ed25519"),
    ]))
    .unwrap();
    let rsa = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlysh7sGGrbRXE2RNMCsSAp6kGGMWKkCvIqDFay24tyYe3/cvZI3my3NndO0WYprwASbCk9V6mgF9tDPS5hJkxxz67tb5Vvb9+kOSXXHDqmtXU35T4QOPZv20gK5vGcrpnIu8Vyfzt6aaefCZgvi9zxm43OLaU2rNKwar/URPnayO6TXH+ff0Y2tUpohCuONA7uJGeDuPuMGuzxpBa2b1f4lA9KHALbcOoMXB+bw3N7Dc8jWIp79O99QMDKx4OKBwaABY6IzGnY6hdOW9YCRVHyKAyo6dVtoTJQKhObfEyRlEkUuk9CwjSH8tiyiiAec+tIBf+QhttwmOuWW8lRmb4wIDAQAB";
    let records = signers.records();
    assert_eq!(
        (records[0].name.as_str(), records[0].text.as_str()),
        ("a._domainkey.nordet.example", rsa)
    );
    assert_eq!(
        records[1].in_a_zone(),
        "b._domainkey.nordet.example. IN TXT ( \"v=DKIM1; k=ed25519; p=II6cUsnJG6kQAdFZtRR5OJHnVyMqgPrV75f6Nftivb0=\" )"
    );
    let line = records[0].in_a_zone();
    assert!(line.split('"').all(|piece| piece.len() <= 255), "{line}");
    assert_eq!(line.split('"').skip(1).step_by(2).collect::<String>(), rsa);
}

#[test]
fn a_setting_or_a_key_that_cannot_be_used_is_refused_in_a_sentence() {
    let settings = |given: &[(&str, &str)]| {
        let given: BTreeMap<String, String> = given
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        config::from_parts(None, &BTreeMap::new(), &given)
    };
    for (name, value) in [
        ("dkim_keys", "/etc/vigie/desk.pem"),
        ("dkim_keys", "desk.nordet.example=/etc/vigie/desk.pem"),
        ("dkim_keys", "desk._domainkey.nordet.example="),
        ("dkim_keys", "desk._domainkey.example=/etc/vigie/desk.pem"),
        (
            "dkim_keys",
            "de sk._domainkey.nordet.example=/etc/vigie/desk.pem",
        ),
        ("check_senders", "perhaps"),
        ("trusted_receivers", "mx.nordet.example; dmarc=pass"),
        ("trusted_receivers", "10.0.0.0/8"),
    ] {
        let refused = settings(&[(name, value)]).unwrap_err();
        assert!(refused.0.starts_with(&format!("“{name}”")), "{refused}");
    }
    let both = settings(&[
        ("check_senders", "on"),
        ("trusted_receivers", "mx.nordet.example"),
    ])
    .unwrap_err();
    assert!(both.0.contains("keep one of the two"), "{both}");
    let good = settings(&[
        (
            "dkim_keys",
            "Desk._domainkey.Nordet.Example = /a.pem, b._domainkey.nordet.example=/b.pem",
        ),
        ("trusted_receivers", "MX.nordet.example,mail"),
    ])
    .unwrap();
    let read: Vec<&str> = good
        .dkim_keys
        .iter()
        .map(|it| it.selector.as_str())
        .collect();
    assert_eq!(
        (read, good.dkim_keys[0].file.clone()),
        (vec!["desk", "b"], PathBuf::from("/a.pem"))
    );
    assert_eq!(good.trusted_receivers, ["mx.nordet.example", "mail"]);
    assert!(!good.check_senders);
    for (file, why) in [
        ("missing", "cannot be used"),
        ("small", "neither RSA of 2048"),
        ("README", "no private key"),
    ] {
        let refused = Signers::open(&keys(&[("desk", "nordet.example", file)])).unwrap_err();
        assert!(
            refused.0.contains(why) && refused.0.contains("openssl"),
            "{refused}"
        );
    }
}
