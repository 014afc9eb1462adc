//! Tokens as they are asked for, kept, renewed and replaced.

use kit::clock::Span;
use tokio::sync::Semaphore;

use super::super::dovecot::{Dovecot, Offers};
use super::*;

/// Asks often, and gives up for long once a human is needed.
fn asks() -> Pace {
    Pace {
        poll: Duration::from_millis(60),
        ..told()
    }
}

/// What is sealed of a mailbox: the secret of its application, and what that was allowed.
async fn sealed(w: &World, id: MailboxId) -> (String, String) {
    record! { struct Sealed { client_secret_sealed: String, refresh_token_sealed: String } }
    let it: Sealed =
        w.db.read()
            .one(global!(
                "SELECT client_secret_sealed, refresh_token_sealed FROM mailboxes WHERE id = $1",
                id
            ))
            .await
            .unwrap();
    (it.client_secret_sealed, it.refresh_token_sealed)
}

/// The refresh token that stands there.
async fn refresh_token(w: &World, id: MailboxId) -> String {
    let (_, sealed) = sealed(w, id).await;
    let place = format!("mailbox {id} refresh token");
    String::from_utf8(seal().open(&sealed, &place).unwrap()).unwrap()
}

on_both_engines! {
    async fn letters_come_from_microsoft_by_the_secret_of_an_application_and_a_token_is_used_until_its_end(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        server.arrives(&numbered(1));
        let id = added(w, &signing_in(w, server.port, SignIn::Microsoft, &provider).await).await;
        let fetching = Fetching::with(w, asks(), dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 3);
        until_kept(w, 1).await;
        let (path, fields) = provider.with(|it| it.heard[0].clone());
        assert_eq!(path, "/nordet.example/token");
        let field = |name: &str| fields[name].as_str();
        assert_eq!((field("grant_type"), field("scope")), ("client_credentials", "https://outlook.office365.com/.default"));
        assert_eq!((field("client_id"), field("client_secret")), (CLIENT, SECRET));
        assert_eq!(server.with(|it| it.shown.clone()), ["user=support\u{1}auth=Bearer token-1\u{1}\u{1}"]);
        // Another connection goes by the same token, and one after its end by another.
        for (letters, asked, later) in [(2, 1, Span::minutes(57)), (3, 2, Span::minutes(2))] {
            w.clock.advance(later);
            server.says("UID SEARCH", Says::Goes, 1);
            until("it signs in again", async || server.with(|it| it.shown.len()) >= letters).await;
            server.arrives(&numbered(letters));
            until_kept(w, letters as i64).await;
            assert_eq!(provider.asked(), asked);
        }
        assert_eq!(server.with(|it| it.shown[2].clone()), "user=support\u{1}auth=Bearer token-2\u{1}\u{1}");
        until("nothing is wrong", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_token_that_is_no_longer_good_is_renewed_once_and_what_was_withdrawn_is_asked_for_slowly(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        let id = added(w, &signing_in(w, server.port, SignIn::Google, &provider).await).await;
        let pace = Pace { longest_pause: NEVER, ..asks() };
        let fetching = Fetching::with(w, pace, dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 4);
        until("it is looked into", async || stands(w, id).await.succeeded_at.is_some()).await;
        // The server takes it no more, whatever was said of its time.
        server.with(|it| it.bad.push("token-1".to_owned()));
        server.arrives(&numbered(1));
        server.says("UID SEARCH", Says::Goes, 1);
        until_kept(w, 1).await;
        until("nothing is wrong", async || stands(w, id).await.fault.is_none()).await;
        assert_eq!(provider.asked(), 2);
        // It takes none at all: one is asked for, shown, and then it is a human's turn.
        server.with(|it| it.good = "nothing");
        server.says("UID SEARCH", Says::Goes, 1);
        until("it is said", async || stands(w, id).await.fault == Some(Kind::TokenRefused)).await;
        let asked = provider.asked();
        assert_eq!(asked, 3);
        assert_eq!(server.with(|it| it.shown.len()), 5);
        let more = until("nobody tries again", async || server.with(|it| it.shown.len()) > 5);
        assert!(tokio::time::timeout(Duration::from_millis(500), more).await.is_err());
        assert_eq!(provider.asked(), asked);
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn what_was_withdrawn_is_told_and_not_asked_for_over_and_over(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        provider.with(|it| it.is_robbed = true);
        let id = added(w, &signing_in(w, server.port, SignIn::Other, &provider).await).await;
        let pace = Pace { longest_pause: NEVER, ..asks() };
        let fetching = Fetching::with(w, pace, dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 5);
        until("it is said", async || stands(w, id).await.fault == Some(Kind::GrantEnded)).await;
        let more = until("nobody asks again", async || provider.asked() > 1);
        assert!(tokio::time::timeout(Duration::from_millis(500), more).await.is_err());
        assert_eq!(server.heard(""), 0, "the server is left in peace");
        // Somebody types what was allowed anew, and it goes on.
        provider.with(|it| {
            it.is_robbed = false;
            it.refresh = "another".to_owned();
        });
        let mut again = signing_in(w, server.port, SignIn::Other, &provider).await;
        again.grants.refresh_token = "another".to_owned();
        changed(w, id, &again).await;
        server.arrives(&numbered(1));
        until_kept(w, 1).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_provider_that_is_away_for_a_while_is_asked_again_by_itself(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        server.arrives(&numbered(1));
        for _ in 0..3 {
            provider.answers(Answers::Text(503, "<html>".to_owned()));
        }
        let id = added(w, &signing_in(w, server.port, SignIn::Google, &provider).await).await;
        let fetching = Fetching::with(w, asks(), dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 6);
        until("it is said", async || stands(w, id).await.fault == Some(Kind::ProviderFails)).await;
        until_kept(w, 1).await;
        until("nothing is wrong any more", async || stands(w, id).await.fault.is_none()).await;
        assert_eq!(provider.asked(), 4);
        fetching.ends().await;
    }
}

on_both_engines! {
    // IN-09: of two processes, none uses a refresh token that the other one used.
    async fn a_refresh_token_that_is_good_once_is_replaced_by_one_at_a_time(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        provider.with(|it| it.rotates = true);
        let id = added(w, &signing_in(w, server.port, SignIn::Other, &provider).await).await;
        let version = stands(w, id).await.version;
        let ada = w.actor("ada");
        let may = channels::keeper(&ada).unwrap();
        let all: Vec<Tools> = (0..5)
            .map(|seed| tools(w, dialer_to(&provider, LONG_ENOUGH), 40 + seed))
            .collect();
        let tests = all.iter().map(|tools| boxes::test(tools, &may, id));
        for found in futures_util::future::join_all(tests).await {
            assert_eq!(found.unwrap().1, Ok(0));
        }
        assert!(!provider.with(|it| it.is_robbed));
        assert_eq!((provider.asked(), refresh_token(w, id).await), (5, "r3fresh-5".to_owned()));
        assert_eq!(stands(w, id).await.version, version, "nobody changed it");
        // One process goes on by what another one has put there.
        w.clock.advance(Span::hours(2));
        server.arrives(&numbered(1));
        let fetching = Fetching::with(w, asks(), dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 7);
        until_kept(w, 1).await;
        assert_eq!(refresh_token(w, id).await, "r3fresh-6");
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn what_is_given_once_is_kept_even_when_nobody_waits_for_it_any_more(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        provider.with(|it| it.rotates = true);
        let gate = Arc::new(Semaphore::new(0));
        provider.answers(Answers::Later(Arc::clone(&gate)));
        let it = signing_in(w, server.port, SignIn::Other, &provider).await;
        let id = added(w, &it).await;
        let fetching = Fetching::with(w, asks(), dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 8);
        until("it is asked for", async || provider.asked() == 1).await;
        // The mailbox is renamed meanwhile: whoever asked begins anew.
        let mut renamed = Wanted { name: "Renamed".to_owned(), ..it };
        renamed.grants.client_secret = String::new();
        renamed.grants.refresh_token = String::new();
        changed(w, id, &renamed).await;
        let more = until("two ask at once", async || provider.asked() > 1);
        assert!(tokio::time::timeout(Duration::from_millis(500), more).await.is_err());
        gate.add_permits(9);
        server.arrives(&numbered(1));
        until_kept(w, 1).await;
        assert!(!provider.with(|it| it.is_robbed), "what was given was thrown away");
        assert_eq!(refresh_token(w, id).await, "r3fresh-2");
        fetching.ends().await;
    }
}

on_both_engines! {
    async fn a_new_refresh_token_is_not_replaced_by_what_came_of_the_old_one(w) {
        post(w).await;
        let (provider, server) = (Provider::start().await, server().await);
        provider.with(|it| it.rotates = true);
        let gate = Arc::new(Semaphore::new(0));
        provider.answers(Answers::Later(Arc::clone(&gate)));
        let mut it = signing_in(w, server.port, SignIn::Other, &provider).await;
        let id = added(w, &it).await;
        let asking = tools(w, dialer_to(&provider, LONG_ENOUGH), 9);
        let ada = w.actor("ada");
        let may = channels::keeper(&ada).unwrap();
        let waiting = boxes::test(&asking, &may, id);
        let changing = async {
            until("it is asked for", async || provider.asked() == 1).await;
            it.grants.refresh_token = "typed meanwhile".to_owned();
            changed(w, id, &it).await;
            gate.add_permits(1);
        };
        let (found, ()) = futures_util::future::join(waiting, changing).await;
        found.unwrap().1.unwrap();
        assert_eq!(refresh_token(w, id).await, "typed meanwhile");
    }
}

on_both_engines! {
    async fn a_real_server_lets_in_whoever_shows_a_token_and_nobody_else(w) {
        post(w).await;
        let provider = Provider::start().await;
        let Some(server) = Dovecot::start_asking(Offers::All, Some(&provider.at("/whose?"))).await else { return };
        let mut human = server.human().await;
        human.puts("INBOX", &numbered(1)).await;
        for sign_in in [SignIn::Microsoft, SignIn::Other] {
            let it = Wanted { name: sign_in.word().to_owned(), ..signing_in(w, server.port, sign_in, &provider).await };
            let id = added(w, &Wanted { is_active: false, ..it }).await;
            assert_eq!(tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await, Ok(1), "{}", sign_in.word());
            provider.answers(Answers::Text(200, r#"{"access_token":"stolen","token_type":"Bearer"}"#.to_owned()));
            let found = tested(w, id, dialer_to(&provider, LONG_ENOUGH)).await;
            let fault = found.unwrap_err();
            assert_eq!(fault.kind, Kind::TokenRefused, "{}: {fault:?}", sign_in.word());
            assert!(!fault.said.contains("stolen"), "{fault:?}");
            let mut tx = w.db.write().await.unwrap();
            let ada = w.actor("ada");
            boxes::remove(&mut tx, &channels::keeper(&ada).unwrap(), (id, None), Pen::of(&ada, w.now())).await.unwrap();
            tx.commit().await.unwrap();
        }
        let id = added(w, &signing_in(w, server.port, SignIn::Google, &provider).await).await;
        let fetching = Fetching::with(w, told(), dialer_to(&provider, LONG_ENOUGH), letter::MOST_BYTES, 10);
        until_kept(w, 1).await;
        human.puts("INBOX", &numbered(2)).await;
        until_kept(w, 2).await;
        until("nothing is wrong", async || stands(w, id).await.fault.is_none()).await;
        fetching.ends().await;
    }
}
