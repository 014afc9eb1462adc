//! Signing in and out, throttling, forgotten passwords, sessions, the owner's link.

use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::people::access::passwords::Passwords;

use crate::desk::{Desk, PASSWORD, PUBLIC_URL};

record! { struct Text { text: String } }
record! { struct Count { n: i64 } }

/// The links that mails hold, newest last.
async fn mailed_links(desk: &Desk) -> Vec<String> {
    desk.app.finish_errands().await;
    let rows: Vec<Text> = desk
        .app
        .db
        .read()
        .all(system!(
            because = "a test reads the post",
            "SELECT detail AS text FROM outgoing_mails WHERE purpose = 'password_link' ORDER BY id"
        ))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            let detail: serde_json::Value = serde_json::from_str(&row.text).unwrap();
            detail["link"].as_str().unwrap().to_owned()
        })
        .collect()
}

async fn asks_for_link(desk: &Desk, name: &str) -> String {
    desk.browser()
        .posts("/login/forgotten", "/login/forgotten", &[("login", name)])
        .await;
    let link = mailed_links(desk).await.pop().unwrap();
    link.strip_prefix(PUBLIC_URL).unwrap().to_owned()
}

async fn resets(desk: &Desk, path: &str, password: &str) -> crate::desk::Answer {
    let mut browser = desk.browser();
    let token = path.split_once("token=").unwrap().1.to_owned();
    browser
        .posts(
            "/login",
            "/login/reset",
            &[("token", &token), ("password", password)],
        )
        .await
}

at_a_desk! {
    async fn people_sign_in_by_address_or_login_in_any_capitals(desk) {
        for name in ["ben", "BEN", "ben@nordet.example", " Ben@Nordet.Example. "] {
            let mut browser = desk.browser();
            let answer = browser.signs_in(name, PASSWORD).await;
            assert_eq!((answer.status, answer.location()), (303, "/"), "{name}");
            assert!(browser.is_inside().await, "{name}");
            assert_eq!(browser.gets("/").await.location(), "/tickets");
        }
        assert_eq!(desk.signed_in("dora").await.gets("/").await.location(), "/portal");
    }
}

at_a_desk! {
    async fn whoever_only_wrote_a_mail_or_is_unknown_cannot_sign_in_and_hears_the_same(desk) {
        let mut answers = vec![];
        for (name, password) in [("mia", PASSWORD), ("nobody", PASSWORD), ("ben", "wrong password")] {
            let worked = desk.app.passwords.worked();
            let mut browser = desk.browser();
            let answer = browser.signs_in(name, password).await;
            assert_eq!(answer.status, 422);
            // The same work for every name, whatever a clock says.
            assert_eq!(desk.app.passwords.worked() - worked, 1, "{name}");
            let token = answer.form_token();
            answers.push(answer.text.replace(&token, "").replace(name, ""));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[1], answers[2]);
    }
}

at_a_desk! {
    async fn a_planted_session_is_dead_after_signing_in(desk) {
        let mut victim = desk.browser();
        let planted = desk.signed_in("dora").await.session().unwrap().clone();
        victim.cookies.insert("vigie_session".to_owned(), planted.clone());
        victim.cookies.insert("vigie_guest".to_owned(), "a".repeat(32));
        // Whoever is signed in is not asked again, so the form is sent from another page.
        victim
            .posts("/preferences", "/login", &[("login", "ben"), ("password", PASSWORD)])
            .await;
        let fresh = victim.session().unwrap().clone();
        assert_ne!(fresh, planted);
        assert!(!victim.cookies.contains_key("vigie_guest"));
        let mut attacker = desk.browser();
        attacker.cookies.insert("vigie_session".to_owned(), planted);
        assert!(!attacker.is_inside().await);
        assert!(victim.is_inside().await);
        // A session nobody opened is none.
        attacker.cookies.insert("vigie_session".to_owned(), "b".repeat(32));
        assert!(!attacker.is_inside().await);
    }
}

at_a_desk! {
    async fn ten_failures_close_an_account_for_a_quarter_of_an_hour_however_it_is_written(desk) {
        let spellings = ["ben", "BEN", "ben.", "ben@nordet.example", "Ben@nordet.example.", " ben "];
        for n in 0..10 {
            let answer = desk.browser().signs_in(spellings[n % spellings.len()], "wrong").await;
            assert_eq!(answer.status, 422, "{n}");
        }
        let worked = desk.app.passwords.worked();
        let refused = desk.browser().signs_in("ben", PASSWORD).await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("retry-after"), "900");
        assert!(refused.text.contains("Try again in 15 minutes"), "{}", refused.text);
        assert_eq!(desk.app.passwords.worked(), worked, "refused before any work");
        // Others go on, and hammering does not prolong it.
        assert!(desk.signed_in("dora").await.is_inside().await);
        desk.app.clock.advance(Span::minutes(14));
        assert_eq!(desk.browser().signs_in("ben", "wrong").await.status, 429);
        desk.app.clock.advance(Span::minutes(1));
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.status, 303);
    }
}

at_a_desk! {
    async fn an_unknown_name_is_throttled_like_a_known_one(desk) {
        for _ in 0..10 {
            assert_eq!(desk.browser().signs_in("nobody@nordet.example", "wrong").await.status, 422);
        }
        assert_eq!(desk.browser().signs_in("Nobody@nordet.example.", "wrong").await.status, 429);
    }
}

at_a_desk! {
    set &[("trusted_proxies", "127.0.0.1")],
    async fn fifty_failures_close_an_address_and_only_the_proxy_says_which(desk) {
        for n in 0..50 {
            let name = format!("nobody{n}");
            let mut browser = desk.browser().with("x-forwarded-for", "198.51.100.7, 203.0.113.9");
            assert_eq!(browser.signs_in(&name, "wrong").await.status, 422, "{n}");
        }
        // What stands before the proxy's own entry is the client's word.
        let mut liar = desk.browser().with("x-forwarded-for", "192.0.2.1, 203.0.113.9");
        assert_eq!(liar.signs_in("ben", PASSWORD).await.status, 429);
        let mut other = desk.browser().with("x-forwarded-for", "203.0.113.10");
        assert_eq!(other.signs_in("ben", PASSWORD).await.status, 303);
    }
}

at_a_desk! {
    async fn an_address_in_a_header_counts_for_nothing_without_a_trusted_proxy(desk) {
        for n in 0..50 {
            let name = format!("nobody{n}");
            let mut browser = desk.browser().with("x-forwarded-for", &format!("198.51.100.{n}"));
            browser.signs_in(&name, "wrong").await;
        }
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.status, 429);
    }
}

at_a_desk! {
    async fn a_link_for_a_forgotten_password_works_once_for_its_owner_within_the_hour(desk) {
        let mut open_elsewhere = desk.signed_in("ben").await;
        let first = asks_for_link(desk, "ben@nordet.example").await;
        let second = asks_for_link(desk, "BEN").await;
        assert_eq!(desk.browser().gets(&second).await.status, 200);
        // Only the newest.
        assert_eq!(resets(desk, &first, "another good password").await.location(), "/login");
        assert_eq!(desk.browser().signs_in("ben", "another good password").await.status, 422);
        assert!(open_elsewhere.is_inside().await);
        // Too short a password spends nothing.
        let answer = resets(desk, &second, "short").await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("At least 10 characters"), "{}", answer.text);
        assert_eq!(resets(desk, &second, "ben@nordet.example").await.status, 422);
        assert_eq!(resets(desk, &second, "another good password").await.status, 303);
        assert!(!open_elsewhere.is_inside().await, "every session ended");
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.status, 422);
        assert_eq!(desk.browser().signs_in("ben", "another good password").await.status, 303);
        assert_eq!(desk.browser().signs_in("dora", PASSWORD).await.status, 303, "nobody else's");
        // Once.
        resets(desk, &second, "a third good password").await;
        assert_eq!(desk.browser().signs_in("ben", "a third good password").await.status, 422);
        assert_eq!(desk.browser().gets(&second).await.location(), "/login");
    }
}

at_a_desk! {
    async fn a_link_is_dead_after_an_hour_and_after_the_password_was_changed(desk) {
        let late = asks_for_link(desk, "ben").await;
        desk.app.clock.advance(Span::minutes(60));
        assert_eq!(desk.browser().gets(&late).await.status, 303);
        resets(desk, &late, "another good password").await;
        assert_eq!(desk.browser().signs_in("ben", "another good password").await.status, 422);

        let open = asks_for_link(desk, "ben").await;
        let mut ben = desk.signed_in("ben").await;
        let fields = [("current_password", PASSWORD), ("new_password", "a brand new password")];
        assert_eq!(ben.posts("/preferences", "/preferences/password", &fields).await.status, 303);
        resets(desk, &open, "another good password").await;
        assert_eq!(desk.browser().signs_in("ben", "a brand new password").await.status, 303);
    }
}

at_a_desk! {
    set &[("trusted_proxies", "127.0.0.1")],
    async fn three_links_an_hour_however_the_account_is_written_and_wherever_from(desk) {
        let spellings = ["ben", "BEN", "ben@nordet.example", "Ben@Nordet.example.", "ben@nordet.example.."];
        for n in 0..25 {
            let address = format!("198.51.100.{n}");
            let mut browser = desk.browser().with("x-forwarded-for", &address);
            let answer = browser
                .posts("/login/forgotten", "/login/forgotten", &[("login", spellings[n % 5])])
                .await;
            assert_eq!(answer.status, 200, "the same answer every time");
        }
        assert_eq!(mailed_links(desk).await.len(), 3);
    }
}

at_a_desk! {
    async fn known_and_unknown_names_hear_the_same_when_they_ask_for_a_link(desk) {
        let mut texts = vec![];
        for name in ["ben", "mia", "nobody@nordet.example"] {
            let answer = desk.browser()
                .posts("/login/forgotten", "/login/forgotten", &[("login", name)])
                .await;
            let token = answer.form_token();
            texts.push((answer.status, answer.text.replace(&token, "")));
        }
        assert_eq!(texts[0], texts[1]);
        assert_eq!(texts[1], texts[2]);
        // And only who may sign in gets a mail.
        assert_eq!(mailed_links(desk).await.len(), 1);
        let jobs: Count = desk.app.db.read()
            .one(global!("SELECT COUNT(*) AS n FROM jobs WHERE kind = 'send_mail'"))
            .await
            .unwrap();
        assert_eq!(jobs.n, 1);
    }
}

at_a_desk! {
    async fn a_link_is_built_from_the_public_address_whatever_the_request_claims(desk) {
        let mut browser = desk.browser()
            .with("x-forwarded-host", "evil.example")
            .with("forwarded", "host=evil.example");
        browser.posts("/login/forgotten", "/login/forgotten", &[("login", "ben")]).await;
        let mut other = desk.browser();
        let token = other.gets("/login/forgotten").await.form_token();
        let body = format!("csrf={token}&login=dora");
        let jar: Vec<String> = other.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = axum::http::Request::post("http://evil.example/login/forgotten")
            .header("host", "evil.example")
            .header("cookie", jar.join("; "))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        assert_eq!(desk.sends(request).await.status, 200);
        let links = mailed_links(desk).await;
        assert_eq!(links.len(), 2);
        for link in links {
            assert!(link.starts_with("http://desk.example/login/reset?token="), "{link}");
        }
    }
}

at_a_desk! {
    async fn changing_a_password_takes_the_current_one_and_ends_the_other_sessions(desk) {
        let mut here = desk.signed_in("ben").await;
        let mut there = desk.signed_in("ben").await;
        for current in ["", "wrong password", &stored_hash(desk).await] {
            let fields = [("current_password", current), ("new_password", "a brand new password")];
            let answer = here.posts("/preferences", "/preferences/password", &fields).await;
            assert_eq!(answer.status, 422, "{current}");
            assert!(answer.text.contains("not your current password"));
        }
        let missing = here.posts("/preferences", "/preferences/password", &[("new_password", "a brand new password")]).await;
        assert_eq!(missing.status, 422);
        let fields = [("current_password", PASSWORD), ("new_password", "a brand new password")];
        let answer = here.posts("/preferences", "/preferences/password", &fields).await;
        assert_eq!(answer.location(), "/preferences");
        assert!(here.gets("/preferences").await.text.contains("Password changed"));
        let (noted, told) = desk.noted("ben").await;
        assert_eq!(noted, ["password_chosen"], "and no refused try");
        assert!(!told.contains("brand new") && !told.contains(&stored_hash(desk).await), "{told}");
        assert!(!there.is_inside().await);
    }
}

async fn stored_hash(desk: &Desk) -> String {
    let row: Text = desk
        .app
        .db
        .read()
        .one(global!(
            "SELECT password_hash AS text FROM people WHERE login_key = 'ben'"
        ))
        .await
        .unwrap();
    row.text
}

at_a_desk! {
    async fn a_stored_hash_is_no_password_and_is_renewed_when_its_costs_change(desk) {
        let before = stored_hash(desk).await;
        assert!(before.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{before}");
        assert_eq!(desk.browser().signs_in("ben", &before).await.status, 422);
        // Dearer costs from now on: a copy of the house with other passwords, on the same database.
        let dearer = Passwords::costing(16, 2).unwrap();
        let tools = vigie::people::access::sign_in::Tools {
            passwords: &dearer,
            ..vigie::people::pages::tools(&desk.app)
        };
        let knock = vigie::people::access::sign_in::Knock {
            name: "ben", password: PASSWORD, address: "192.0.2.1", user_agent: "", old_session: None,
        };
        vigie::people::access::sign_in::sign_in(&tools, &knock).await.unwrap().unwrap();
        let after = stored_hash(desk).await;
        assert!(after.starts_with("$argon2id$v=19$m=16,t=2,p=1$"), "{after}");
        vigie::people::access::sign_in::sign_in(&tools, &knock).await.unwrap().unwrap();
        assert_eq!(stored_hash(desk).await, after, "renewed once");
    }
}

at_a_desk! {
    async fn a_disabled_person_is_out_everywhere_at_once(desk) {
        let mut ben = desk.signed_in("ben").await;
        let token = desk.token("ben").await;
        let link = asks_for_link(desk, "ben").await;
        assert!(ben.is_inside().await);
        assert_eq!(api(desk, &token, "/api/v1/tickets").await, 200);
        desk.disables("ben").await;
        assert!(!ben.is_inside().await);
        assert_eq!(api(desk, &token, "/api/v1/tickets").await, 401);
        assert_eq!(desk.browser().gets(&link).await.status, 303);
        resets(desk, &link, "another good password").await;
        assert_eq!(desk.browser().signs_in("ben", "another good password").await.status, 422);
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.status, 422);
    }
}

async fn api(desk: &Desk, token: &str, path: &str) -> u16 {
    let request = axum::http::Request::get(path)
        .header("authorization", format!("Bearer {token}"))
        .body(axum::body::Body::empty())
        .unwrap();
    desk.sends(request).await.status
}

at_a_desk! {
    async fn sessions_are_listed_and_ended_one_by_one_and_all_together(desk) {
        let mut here = desk.signed_in("ben").await;
        let mut phone = desk.browser().with("user-agent", "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1");
        phone.signs_in("ben", PASSWORD).await;
        let mut third = desk.signed_in("ben").await;
        let mut dora = desk.signed_in("dora").await;
        let page = here.gets("/preferences").await;
        assert!(page.text.contains("Safari, iPhone"));
        let id = page.text.split("/preferences/sessions/").skip(1)
            .map(|rest| rest.split('/').next().unwrap())
            .find(|id| *id != "others").unwrap().to_owned();
        for session in [here.session(), phone.session()] {
            assert!(!page.text.contains(session.unwrap().as_str()), "a secret stands on the page");
        }
        // Nobody ends another's.
        let path = format!("/preferences/sessions/{id}/end");
        assert_eq!(dora.posts("/preferences", &path, &[]).await.status, 404);
        assert_eq!(here.posts("/preferences", &path, &[]).await.status, 303);
        assert_eq!([phone.is_inside().await, third.is_inside().await].iter().filter(|in_| **in_).count(), 1);
        here.posts("/preferences", "/preferences/sessions/others/end", &[]).await;
        assert!(!phone.is_inside().await && !third.is_inside().await && here.is_inside().await);
        assert!(dora.is_inside().await);
        here.posts("/preferences", "/logout", &[]).await;
        assert!(here.session().is_none() && !here.is_inside().await);
    }
}

at_a_desk! {
    async fn a_session_ends_when_idle_and_after_a_fortnight_however_busy(desk) {
        let mut idle = desk.signed_in("ben").await;
        desk.app.clock.advance(Span::hours(11));
        assert!(idle.is_inside().await);
        desk.app.finish_errands().await;
        desk.app.clock.advance(Span::hours(11));
        assert!(idle.is_inside().await, "use was written down");
        desk.app.finish_errands().await;
        desk.app.clock.advance(Span::hours(12));
        assert!(!idle.is_inside().await);

        let mut busy = desk.signed_in("ben").await;
        for _ in 0..33 {
            desk.app.clock.advance(Span::hours(10));
            assert!(busy.is_inside().await);
            desk.app.finish_errands().await;
        }
        desk.app.clock.advance(Span::hours(6));
        assert!(!busy.is_inside().await);
    }
}

at_a_desk! {
    async fn use_is_written_down_at_most_once_a_minute(desk) {
        let mut ben = desk.signed_in("ben").await;
        let seen = async || -> i64 {
            desk.app.finish_errands().await;
            let row: Count = desk.app.db.read().one(global!("SELECT seen_at AS n FROM sessions")).await.unwrap();
            row.n
        };
        let first = seen().await;
        desk.app.clock.advance(Span::seconds(59));
        ben.gets("/preferences").await;
        assert_eq!(seen().await, first);
        desk.app.clock.advance(Span::seconds(1));
        ben.gets("/preferences").await;
        assert_eq!(seen().await, first + Span::minutes(1).0);
    }
}

at_a_desk! {
    async fn language_and_theme_are_chosen_signed_in_and_before(desk) {
        let mut guest = desk.browser().with("accept-language", "en");
        assert!(guest.gets("/login").await.text.contains("<html lang=\"en\""));
        let answer = guest.posts("/login", "/preferences/language", &[("language", "fr"), ("return_to", "/login")]).await;
        assert_eq!(answer.location(), "/login");
        guest.posts("/login", "/preferences/theme", &[("theme", "dark"), ("return_to", "//evil.example")]).await;
        let page = guest.gets("/login").await.text;
        assert!(page.contains("lang=\"fr\" data-theme=\"dark\""), "{page}");
        guest.signs_in("ben", PASSWORD).await;
        assert!(guest.gets("/preferences").await.text.contains("<html lang=\"en\""), "Ben's own choice wins");
        guest.posts("/preferences", "/preferences/language", &[("language", "fr")]).await;
        let mut elsewhere = desk.signed_in("ben").await;
        assert!(elsewhere.gets("/preferences").await.text.contains("<html lang=\"fr\""));
        let away = guest.posts("/preferences", "/preferences/theme", &[("theme", "dark"), ("return_to", "https://evil.example/")]).await;
        assert_eq!(away.location(), "/");
    }
}

at_a_desk! {
    async fn after_signing_in_one_comes_to_the_page_asked_for_but_never_to_another_site(desk) {
        let mut browser = desk.browser();
        let sent = browser.gets("/preferences?x=1").await;
        assert_eq!(sent.location(), "/login?next=%2Fpreferences%3Fx%3D1");
        for (next, to) in [("/preferences?x=1", "/preferences?x=1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/")] {
            let answer = desk.browser()
                .posts("/login", "/login", &[("login", "ben"), ("password", PASSWORD), ("next", next)])
                .await;
            assert_eq!(answer.location(), to);
        }
    }
}

at_a_desk! {
    async fn an_invitation_is_void_after_a_second_one_after_its_hour_and_after_a_change_of_role(desk) {
        let (ada, id) = (desk.token("ada").await, desk.person("dora"));
        let invites = async || {
            let path = format!("/api/v1/people/{id}/password-link");
            assert_eq!(sends(desk, &ada, "POST", &path, "{}").await.status, 202);
            mailed_links(desk).await.pop().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned()
        };
        let first = invites().await;
        let second = invites().await;
        assert_eq!(desk.browser().gets(&first).await.status, 303);
        assert_eq!(desk.browser().gets(&second).await.status, 200);
        let body = r#"{"role":"admin","scope":"global"}"#;
        let raised = sends(desk, &ada, "PATCH", &format!("/api/v1/people/{id}"), body).await;
        assert_eq!(raised.status, 200, "{}", raised.text);
        assert_eq!(desk.browser().gets(&second).await.status, 303, "meant for a customer");
        let third = invites().await;
        desk.app.clock.advance(Span::minutes(60));
        assert_eq!(desk.browser().gets(&third).await.status, 303);
    }
}

at_a_desk! {
    async fn a_program_lists_and_ends_its_persons_sessions_and_nobody_elses(desk) {
        let mut here = desk.signed_in("ben").await;
        let mut phone = desk.browser().with("user-agent", "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1");
        phone.signs_in("ben", PASSWORD).await;
        let mut dora = desk.signed_in("dora").await;
        let (ben, hers) = (desk.token("ben").await, desk.token("dora").await);
        let listed = sends(desk, &ben, "GET", "/api/v1/me/sessions", "").await;
        let all: serde_json::Value = serde_json::from_str(&listed.text).unwrap();
        let items = all["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert!(!listed.text.contains(phone.session().unwrap().as_str()));
        let its = items.iter().find(|s| s["device"] == "Safari, iPhone").unwrap()["id"].as_str().unwrap();
        let path = format!("/api/v1/me/sessions/{its}");
        assert_eq!(sends(desk, &hers, "DELETE", &path, "").await.status, 404);
        assert_eq!(sends(desk, &ben, "DELETE", &path, "").await.status, 204);
        assert!(!phone.is_inside().await && here.is_inside().await);
        assert_eq!(sends(desk, &ben, "DELETE", "/api/v1/me/sessions", "").await.status, 204);
        assert!(!here.is_inside().await && dora.is_inside().await);
    }
}

async fn sends(
    desk: &Desk,
    token: &str,
    method: &str,
    path: &str,
    body: &str,
) -> crate::desk::Answer {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    desk.sends(request).await
}
