//! Signing in with a code by mail.

use kit::clock::Span;
use kit::db::Ask;
use kit::{record, system};

use crate::desk::{Answer, Browser, Desk, PASSWORD};

record! { struct Detail { detail: String, address: String } }

/// The codes that were mailed, newest last.
async fn mailed(desk: &Desk) -> Vec<(String, String)> {
    desk.app.finish_errands().await;
    let rows: Vec<Detail> = desk
        .app
        .db
        .read()
        .all(system!(
            because = "a test reads the post",
            "SELECT detail, address FROM outgoing_mails WHERE purpose = 'sign_in_code' ORDER BY id"
        ))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
            (
                row.address.clone(),
                detail["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

async fn asks(browser: &mut Browser<'_>, name: &str) -> Answer {
    browser
        .posts(
            "/login/mailed",
            "/login/mailed",
            &[("email", name), ("next", "/portal")],
        )
        .await
}

async fn gives(browser: &mut Browser<'_>, code: &str) -> Answer {
    let page = "/login/mailed/code";
    browser
        .posts(page, page, &[("code", code), ("next", "/portal")])
        .await
}

at_a_desk! {
    async fn a_customer_comes_in_with_the_code_in_their_mailbox_once(desk) {
        let mut dora = desk.browser();
        let answer = asks(&mut dora, " Dora@Nordet.example. ").await;
        assert_eq!(answer.location(), "/login/mailed/code?next=%2Fportal");
        let codes = mailed(desk).await;
        let (address, code) = &codes[0];
        assert_eq!((address.as_str(), code.len()), ("dora@nordet.example", 8));
        assert!(!dora.is_inside().await);
        assert_eq!(gives(&mut dora, "00000000").await.status, 422);
        // As people read it out.
        let typed = format!("{} {}", &code[..4], &code[4..]);
        let token = dora.cookies["vigie_mailed"].clone();
        let answer = gives(&mut dora, &typed).await;
        assert_eq!((answer.status, answer.location()), (303, "/portal"), "{}", answer.text);
        assert!(dora.is_inside().await);
        let comings = desk.comings("dora").await;
        assert!(comings.last().is_some_and(|it| it.contains(r#"["means",null,"mailed_code"]"#)), "{comings:?}");
        assert!(!dora.cookies.contains_key("vigie_mailed"));
        // Once, also with the cookie kept.
        let mut again = desk.browser();
        again.cookies.insert("vigie_mailed".to_owned(), token);
        assert_eq!(gives(&mut again, code).await.status, 422);
    }
}

at_a_desk! {
    async fn everybody_hears_the_same_and_only_portal_accounts_get_a_mail(desk) {
        let mut heard = vec![];
        for name in ["dora", "ben", "mia@nordet.example", "nobody@nordet.example", ""] {
            let mut browser = desk.browser();
            let asked = asks(&mut browser, name).await;
            let page = browser.gets("/login/mailed/code").await;
            let wrong = gives(&mut browser, "12345678").await;
            let strip = |a: &Answer| a.text.replace(&a.form_token(), "");
            heard.push((asked.status, asked.location().to_owned(), strip(&page), wrong.status, strip(&wrong)));
        }
        assert!(heard.windows(2).all(|pair| pair[0] == pair[1]));
        let to: Vec<String> = mailed(desk).await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(to, ["dora@nordet.example"]);
    }
}

at_a_desk! {
    async fn a_code_is_bound_to_the_browser_and_the_request_it_was_asked_in(desk) {
        let (mut first, mut thief) = (desk.browser(), desk.browser());
        asks(&mut first, "dora").await;
        let code = mailed(desk).await[0].1.clone();
        // Somebody who asked for another address, or not at all, has nothing of a code they saw.
        asks(&mut thief, "nobody@nordet.example").await;
        assert_eq!(gives(&mut thief, &code).await.status, 422);
        let mut stranger = desk.browser();
        let token = stranger.gets("/login").await.form_token();
        let answer = stranger.posts_raw("/login/mailed/code", &[("csrf", &token), ("code", &code)]).await;
        assert_eq!(answer.location(), "/login/mailed");
        // Only the newest, and only where it was asked for.
        let mut second = desk.browser();
        asks(&mut second, "dora").await;
        desk.app.finish_errands().await;
        assert_eq!(gives(&mut first, &code).await.status, 422);
        let newest = mailed(desk).await[1].1.clone();
        assert_eq!(gives(&mut first, &newest).await.status, 422);
        assert_eq!(gives(&mut second, &newest).await.status, 303);
    }
}

at_a_desk! {
    async fn a_code_is_good_for_ten_minutes_and_five_tries_at_the_address_it_went_to(desk) {
        let mut late = desk.browser();
        asks(&mut late, "dora").await;
        let code = mailed(desk).await[0].1.clone();
        let cookie = late.cookies["vigie_mailed"].clone();
        desk.app.clock.advance(Span::minutes(10));
        late.cookies.insert("vigie_mailed".to_owned(), cookie);
        assert_eq!(gives(&mut late, &code).await.status, 422);

        let mut guesses = desk.browser();
        asks(&mut guesses, "dora").await;
        let code = mailed(desk).await[1].1.clone();
        for n in 0..5 {
            assert_eq!(gives(&mut guesses, &format!("0000000{n}")).await.status, 422);
        }
        assert_eq!(gives(&mut guesses, &code).await.status, 429);

        // Their address changed: what went to the old one opens nothing.
        let mut moved = desk.browser();
        asks(&mut moved, "dora").await;
        let code = mailed(desk).await[2].1.clone();
        let mut tx = desk.app.db.write().await.unwrap();
        tx.run(kit::global!("UPDATE people SET email = 'd@x.example', email_key = 'd@x.example' WHERE login_key = 'dora'"))
            .await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(gives(&mut moved, &code).await.status, 422);
        // Shut out, and it is void, too.
        let mut out = desk.browser();
        asks(&mut out, "dora").await;
        let code = mailed(desk).await[3].1.clone();
        desk.disables("dora").await;
        assert_eq!(gives(&mut out, &code).await.status, 422);
    }
}

at_a_desk! {
    set &[("trusted_proxies", "127.0.0.1")],
    async fn five_codes_an_hour_however_the_account_is_written_and_wherever_from(desk) {
        let spellings = ["dora", "DORA", "dora@nordet.example", "Dora@Nordet.example.", "dora@nordet.example.."];
        for n in 0..30 {
            let mut browser = desk.browser().with("x-forwarded-for", &format!("198.51.100.{n}"));
            assert_eq!(asks(&mut browser, spellings[n % 5]).await.status, 303);
        }
        assert_eq!(mailed(desk).await.len(), 5);
        let mut one = desk.browser().with("x-forwarded-for", "203.0.113.9");
        for n in 0..20 {
            assert_eq!(asks(&mut one, &format!("nobody{n}")).await.status, 303, "{n}");
        }
        let refused = asks(&mut one, "ben").await;
        assert_eq!(refused.status, 429);
        assert!(refused.text.contains("Too many attempts"), "{}", refused.text);
    }
}

at_a_desk! {
    async fn a_second_factor_still_comes_after_the_code(desk) {
        let mut dora = desk.signed_in("dora").await;
        dora.posts("/preferences/second-factor", "/preferences/second-factor/seed", &[]).await;
        let page = dora.gets("/preferences/second-factor").await.text;
        let key = page.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap().replace(' ', "");
        let seed = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap();
        let step = vigie::people::second_factor::totp::step(desk.app.clock.now());
        let code = vigie::people::second_factor::totp::code(&seed, step);
        let fields = [("password", PASSWORD), ("code", code.as_str())];
        let done = dora.posts("/preferences/second-factor", "/preferences/second-factor/confirmation", &fields).await;
        assert_eq!(done.status, 200);
        let mut other = desk.browser();
        asks(&mut other, "dora").await;
        let code = mailed(desk).await[0].1.clone();
        assert_eq!(gives(&mut other, &code).await.location(), "/login/code?next=%2Fportal");
        assert!(!other.is_inside().await);
    }
}
