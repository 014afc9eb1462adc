//! What is wrong with a mailbox, in words a person can act on; and letters that are not to be taken.

use tokio::net::TcpListener;
use vigie::mail::mailboxes::fault::{Whereabouts, sentence};
use words::language::Language;
use words::reader::Words;

use super::*;

on_both_engines! {
    // IN-17: left, said, and not asked for again and again.
    async fn a_letter_that_is_too_large_is_left_and_said_once_and_the_others_are_taken(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        let large = numbered(2).replace("The words", &"many words\r\n".repeat(2000));
        human.puts("INBOX", &numbered(1)).await;
        human.puts("INBOX", &large).await;
        human.puts("INBOX", &numbered(3)).await;
        let id = added(w, &Wanted { afterwards: Some(Afterwards::Delete), ..wanted(w, server.port).await }).await;
        for round in 0..2 {
            let fetching = Fetching::with(w, told(), dialer(LONG_ENOUGH), 10_000, 4);
            human.puts("INBOX", &numbered(10 + round)).await;
            let taken = 3 + round as i64;
            // And the head of the large one, once.
            until_kept(w, taken + 1).await;
            until_settled(w).await;
            until("the mailbox was looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
            let it = stands(w, id).await;
            assert_eq!((it.taken, it.too_large, it.fault), (taken, 1, None));
            fetching.ends().await;
            assert_eq!(human.count("INBOX").await, 1, "the large one");
        }
    }
}

/// Says what a test of the connection finds.
async fn found(w: &World, wanted: &Wanted, dialer: &Arc<Dialer>) -> Result<u32, Kind> {
    let id = added(w, wanted).await;
    let ada = w.actor("ada");
    let may = channels::keeper(&ada).unwrap();
    let found = tested(w, id, Arc::clone(dialer)).await;
    let it = stands(w, id).await;
    match &found {
        Ok(count) => assert_eq!((it.test_fault, it.test_said), (None, count.to_string())),
        Err(fault) => {
            assert_eq!(it.test_fault, Some(fault.kind));
            assert!(!fault.said.contains(PASSWORD), "{fault:?}");
        }
    }
    let mut tx = w.db.write().await.unwrap();
    boxes::remove(&mut tx, &may, (id, None), Pen::of(&ada, w.now()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    found.map_err(|fault| fault.kind)
}

on_both_engines! {
    async fn a_test_of_the_connection_says_what_is_wrong_and_changes_nothing(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.puts("INBOX", &numbered(1)).await;
        let strange = dialer(LONG_ENOUGH);
        let ours = Arc::new(Dialer::new(LONG_ENOUGH, vec![server.authority.clone()]));
        let plain = wanted(w, server.port).await;
        let tls = Wanted { protection: Some(Protection::Tls), port: Some(i64::from(server.tls_port)), ..plain.clone() };
        let starttls = Wanted { protection: Some(Protection::Starttls), ..plain.clone() };
        for (it, dialer) in [(&plain, &strange), (&tls, &ours), (&starttls, &ours)] {
            assert_eq!(found(w, it, dialer).await, Ok(1), "{:?}", it.protection);
        }
        for it in [&tls, &starttls] {
            assert_eq!(found(w, it, &strange).await, Err(Kind::CertificateUnknown));
            // The certificate is for localhost, and not for its number.
            let by_number = Wanted { host: "127.0.0.1".to_owned(), ..it.clone() };
            assert_eq!(found(w, &by_number, &ours).await, Err(Kind::CertificateName));
        }
        let wrong = Wanted { password: "wrong".to_owned(), ..plain.clone() };
        assert_eq!(found(w, &wrong, &ours).await, Err(Kind::SignIn));
        let folder = Wanted { folder: "Nowhere".to_owned(), ..plain.clone() };
        assert_eq!(found(w, &folder, &ours).await, Err(Kind::FolderMissing));
        let target = Wanted { afterwards: Some(Afterwards::Move), move_to: "Nowhere".to_owned(), ..plain.clone() };
        assert_eq!(found(w, &target, &ours).await, Err(Kind::TargetMissing));
        let name = Wanted { host: "mail.nordet.invalid".to_owned(), ..tls.clone() };
        assert_eq!(found(w, &name, &ours).await, Err(Kind::NameUnknown));
        let not_tls = Wanted { port: plain.port, ..tls.clone() };
        assert_eq!(found(w, &not_tls, &ours).await, Err(Kind::NotTls));
        assert_eq!(human.flags("INBOX").await, [""]);
        assert_eq!((count(w, "incoming").await, noted(w).await.len()), (0, 0));
    }
}

on_both_engines! {
    async fn a_port_where_nobody_or_something_else_answers_is_told_apart(w) {
        post(w).await;
        let quick = dialer(Duration::from_millis(300));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let plain = wanted(w, port).await;
        // It listens, and says nothing.
        assert_eq!(found(w, &plain, &quick).await, Err(Kind::NotImap));
        let starttls = Wanted { protection: Some(Protection::Starttls), ..plain.clone() };
        let talker = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.write_all(b"* OK hello\r\nv1 OK nothing offered\r\n").await;
                let mut rest = vec![];
                let _ = stream.read_to_end(&mut rest).await;
            }
        });
        assert_eq!(found(w, &starttls, &quick).await, Err(Kind::NoStarttls));
        talker.abort();
        let _ = talker.await;
        assert_eq!(found(w, &plain, &quick).await, Err(Kind::Refused));
    }
}

on_both_engines! {
    async fn a_wrong_password_is_said_and_a_right_one_is_enough(w) {
        post(w).await;
        let Some(server) = Dovecot::start(Offers::All).await else { return };
        let mut human = server.human().await;
        human.puts("INBOX", &numbered(1)).await;
        let right = wanted(w, server.port).await;
        let id = added(w, &Wanted { password: "wrong".to_owned(), ..right.clone() }).await;
        let fetching = Fetching::start(w, told());
        until("it is said", async || stands(w, id).await.fault == Some(Kind::SignIn)).await;
        assert!(stands(w, id).await.fault_said.contains("AUTHENTICATIONFAILED"));
        let look = boxes::Look { name: "Support".to_owned(), fault: Some(Kind::SignIn), withheld: 0 };
        assert_eq!(boxes::looks(&mut w.db.read()).await.unwrap(), [look]);
        changed(w, id, &right).await;
        until_kept(w, 1).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        // Switched off, it takes nothing; removed, what was taken stays.
        changed(w, id, &Wanted { is_active: false, ..right.clone() }).await;
        until("nobody holds it", async || {
            record! { struct Holder { holder: Option<String> } }
            let row: Holder = w.db.read().one(global!("SELECT holder FROM mailbox_states WHERE mailbox_id = $1", id)).await.unwrap();
            row.holder.is_none()
        }).await;
        human.puts("INBOX", &numbered(2)).await;
        let ada = w.actor("ada");
        let mut tx = w.db.write().await.unwrap();
        boxes::remove(&mut tx, &channels::keeper(&ada).unwrap(), (id, None), Pen::of(&ada, w.now())).await.unwrap();
        tx.commit().await.unwrap();
        fetching.ends().await;
        assert_eq!(count(w, "incoming").await, 1);
    }
}

#[test]
fn each_fault_is_a_sentence_of_its_own_in_both_languages() {
    let at = Whereabouts {
        host: "imap.example.org",
        port: 9930,
        login: "zoe",
        folder: "INBOX",
        target: "Done",
        provider: "login.example.org",
    };
    for language in Language::ALL {
        let words = Words::new(language, "Europe/Paris", 0);
        let mut said: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| sentence(*kind, at, &words))
            .collect();
        assert!(
            said.iter().all(|it| it.len() > 20 && !it.contains('{')),
            "{said:?}"
        );
        assert!(
            said.iter().any(|it| it.contains("9930")),
            "a port is a name: {said:?}"
        );
        said.sort();
        said.dedup();
        assert_eq!(said.len(), Kind::ALL.len());
    }
}
