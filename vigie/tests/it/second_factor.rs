//! A second factor beside the password, from the app's first code to the paper in the drawer.

use data_encoding::BASE32_NOPAD;
use kit::clock::Span;
use kit::db::Ask;
use kit::{global, record, system};
use vigie::people::second_factor::totp;

use crate::desk::{Answer, Browser, Desk, PASSWORD};

record! { struct Text { text: String } }

const PAGE: &str = "/preferences/second-factor";

/// What the page shows in the field of this id.
fn field(page: &str, id: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("id=\"{id}\" readonly value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// The seed that the page offers.
fn seed(page: &str) -> Vec<u8> {
    let key = field(page, "key")
        .expect("a key on the page")
        .replace(' ', "");
    BASE32_NOPAD.decode(key.as_bytes()).unwrap()
}

/// What the app shows so many steps from now.
fn shown(desk: &Desk, seed: &[u8], off: i64) -> String {
    totp::code(seed, totp::step(desk.app.clock.now()) + off)
}

/// The codes on paper that the page shows.
fn paper(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("<ol class=\"paper-codes mono\">").unwrap();
    let (list, _) = rest.split_once("</ol>").unwrap();
    list.split("<li>")
        .skip(1)
        .map(|li| li.split('<').next().unwrap().to_owned())
        .collect()
}

/// Sets an app up; gives its seed and the codes on paper.
async fn sets_up(desk: &Desk, browser: &mut Browser<'_>) -> (Vec<u8>, Vec<String>) {
    browser
        .posts(PAGE, "/preferences/second-factor/seed", &[])
        .await;
    let seed = seed(&browser.gets(PAGE).await.text);
    let code = shown(desk, &seed, 0);
    let answer = sends(browser, "confirmation", PASSWORD, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    // The next code is another one.
    desk.app.clock.advance(Span::seconds(60));
    (seed, paper(&answer.text))
}

async fn sends(browser: &mut Browser<'_>, form: &str, password: &str, code: &str) -> Answer {
    let path = format!("/preferences/second-factor/{form}");
    browser
        .posts(PAGE, &path, &[("password", password), ("code", code)])
        .await
}

async fn gives(browser: &mut Browser<'_>, code: &str) -> Answer {
    browser
        .posts(
            "/login/code",
            "/login/code",
            &[("code", code), ("next", "/tickets")],
        )
        .await
}

/// A browser whose password was right and whose code is still to come.
async fn halfway<'a>(desk: &'a Desk, name: &str) -> Browser<'a> {
    let mut browser = desk.browser();
    let answer = browser.signs_in(name, PASSWORD).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, "/login/code"),
        "{}",
        answer.text
    );
    browser
}

async fn program(desk: &Desk, method: &str, path: &str, token: &str, body: &str) -> Answer {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.to_owned()))
        .unwrap();
    desk.sends(request).await
}

at_a_desk! {
    async fn the_key_is_shown_until_the_first_code_and_in_no_answer_after(desk) {
        let mut ben = desk.signed_in("ben").await;
        let mut elsewhere = desk.signed_in("ben").await;
        assert!(field(&ben.gets(PAGE).await.text, "key").is_none());
        ben.posts(PAGE, "/preferences/second-factor/seed", &[]).await;
        let page = ben.gets(PAGE).await.text;
        let seed = seed(&page);
        assert!(page.contains("<path d=\"M4 4h1v1h-1z"), "a square stands there");
        // Neither a wrong code nor a wrong password sets it up.
        let wrong = sends(&mut ben, "confirmation", PASSWORD, "000000").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("This code is not valid"), "{}", wrong.text);
        let wrong = sends(&mut ben, "confirmation", "wrong password", &shown(desk, &seed, 0)).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("not your current password"));
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.location(), "/");
        assert!(elsewhere.is_inside().await);

        let done = sends(&mut ben, "confirmation", PASSWORD, &shown(desk, &seed, 0)).await;
        let codes = paper(&done.text);
        assert_eq!(codes.len(), 10);
        assert!(!elsewhere.is_inside().await, "nobody stays in who was never asked for a code");
        // From now on neither the key nor the codes are in any answer, nor readable in the database.
        let key = BASE32_NOPAD.encode(&seed);
        let token = desk.token("ben").await;
        let me = program(desk, "GET", "/api/v1/me", &token, "").await.text;
        let pages = [ben.gets(PAGE).await.text, ben.gets("/preferences").await.text, me];
        let sealed: Text = desk.app.db.read()
            .one(global!("SELECT sealed_seed AS text FROM second_factors")).await.unwrap();
        let hashes: Vec<Text> = desk.app.db.read()
            .all(global!("SELECT code_hash AS text FROM recovery_codes")).await.unwrap();
        assert_eq!(hashes.len(), 10);
        let stored = hashes.into_iter().map(|t| t.text).chain([sealed.text]).chain(pages);
        for text in stored {
            assert!(!text.replace(' ', "").contains(&key));
            assert!(codes.iter().all(|c| !text.contains(c) && !text.contains(&c.replace('-', ""))));
        }
        // Asking for another key changes nothing while this one stands.
        ben.posts(PAGE, "/preferences/second-factor/seed", &[]).await;
        assert!(field(&ben.gets(PAGE).await.text, "key").is_none());
    }
}

at_a_desk! {
    async fn halfway_in_opens_nothing_anywhere(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, _) = sets_up(desk, &mut ben).await;
        let mut half = halfway(desk, "ben").await;
        assert!(half.session().is_none());
        let token = half.cookies["vigie_half"].clone();
        for path in ["/", "/tickets", "/tickets/1", "/tickets/1/attachments/1", "/my-requests", "/preferences", PAGE, "/portal"] {
            let answer = half.gets(path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.location().starts_with("/login"), "{path}: {}", answer.location());
        }
        for path in ["/api/v1/me", "/api/v1/tickets", "/api/v1/tickets/1/attachments/1"] {
            assert_eq!(program(desk, "GET", path, &token, "").await.status, 401, "{path}");
        }
        // It is no session either, whatever it is called.
        let mut thief = desk.browser();
        thief.cookies.insert("vigie_session".to_owned(), token);
        assert!(!thief.is_inside().await);
        // The code makes a session, and the half is spent.
        let code = shown(desk, &seed, 0);
        let before = half.cookies.clone();
        let answer = gives(&mut half, &code).await;
        assert_eq!((answer.status, answer.location()), (303, "/tickets"));
        assert!(half.is_inside().await);
        assert!(!half.cookies.contains_key("vigie_half"));
        let mut again = desk.browser();
        again.cookies = before;
        assert_eq!(again.gets("/login/code").await.location(), "/login");
    }
}

at_a_desk! {
    async fn a_code_is_good_once_and_a_clock_may_be_one_step_off(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, _) = sets_up(desk, &mut ben).await;
        // Five wrong ones, so that the account stays open.
        for (off, is_good) in [(-2, false), (2, false), (-1, true), (-1, false), (0, true), (-1, false), (1, true), (0, false)] {
            let mut half = halfway(desk, "ben").await;
            let answer = gives(&mut half, &shown(desk, &seed, off)).await;
            assert_eq!(answer.status, if is_good { 303 } else { 422 }, "{off}");
            assert_eq!(half.is_inside().await, is_good, "{off}");
        }
    }
}

at_a_desk! {
    async fn five_wrong_codes_close_the_second_step_for_a_quarter_of_an_hour(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, codes) = sets_up(desk, &mut ben).await;
        for n in 0..5 {
            // Another sign-in each time: the account is counted, not the attempt to sign in.
            let mut half = halfway(desk, "ben").await;
            assert_eq!(gives(&mut half, &format!("00000{n}")).await.status, 422, "{n}");
        }
        let mut half = halfway(desk, "ben").await;
        let refused = gives(&mut half, &shown(desk, &seed, 0)).await;
        assert_eq!(refused.status, 429);
        assert!(refused.text.contains("Try again in 15 minutes"), "{}", refused.text);
        assert_eq!(refused.header("retry-after"), "900");
        assert_eq!(gives(&mut half, &codes[0]).await.status, 429, "paper is locked, too");
        // Whoever is in cannot try there what they may not try here.
        assert_eq!(sends(&mut ben, "removal", PASSWORD, &shown(desk, &seed, 0)).await.status, 429);
        desk.app.clock.advance(Span::minutes(15));
        let mut half = halfway(desk, "ben").await;
        assert_eq!(gives(&mut half, &shown(desk, &seed, 0)).await.status, 303);
    }
}

at_a_desk! {
    async fn a_code_on_paper_stands_in_once(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, codes) = sets_up(desk, &mut ben).await;
        let mut half = halfway(desk, "ben").await;
        // As people type it.
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(gives(&mut half, &typed).await.status, 303);
        assert!(half.gets(PAGE).await.text.contains("You have 9 recovery codes left"));
        let mut half = halfway(desk, "ben").await;
        assert_eq!(gives(&mut half, &codes[0]).await.status, 422);
        // New ones make the old ones void.
        assert_eq!(sends(&mut ben, "recovery-codes", "wrong password", &shown(desk, &seed, 0)).await.status, 422);
        let renewed = paper(&sends(&mut ben, "recovery-codes", PASSWORD, &shown(desk, &seed, 0)).await.text);
        assert_eq!(gives(&mut half, &codes[1]).await.status, 422);
        assert_eq!(gives(&mut half, &renewed[1]).await.status, 303);
        assert_eq!(desk.noted("ben").await.0, ["second_factor_set", "codes_renewed"]);
        let comings = desk.comings("ben").await;
        assert!(comings.last().is_some_and(|it| it.contains(r#"["means",null,"password_and_code"]"#)), "{comings:?}");
    }
}

at_a_desk! {
    async fn turning_it_off_takes_the_password_and_a_code_and_no_program_can(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, codes) = sets_up(desk, &mut ben).await;
        assert_eq!(sends(&mut ben, "removal", "", &shown(desk, &seed, 0)).await.status, 422);
        assert_eq!(sends(&mut ben, "removal", PASSWORD, "").await.status, 422);
        let token = desk.token("ben").await;
        for body in [r#"{"second_factor":false}"#, r#"{"second_factor":null,"totp":null}"#] {
            assert_eq!(program(desk, "PATCH", "/api/v1/me", &token, body).await.status, 422, "{body}");
        }
        halfway(desk, "ben").await;
        assert_eq!(sends(&mut ben, "removal", PASSWORD, &codes[0]).await.status, 303);
        let (noted, told) = desk.noted("ben").await;
        assert_eq!(noted, ["second_factor_set", "second_factor_removed"]);
        assert!(codes.iter().all(|code| !told.contains(code.as_str())), "{told}");
        assert!(ben.gets(PAGE).await.text.contains("Two-step sign-in is off"));
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.location(), "/");
        // Pressed twice is no fault.
        assert_eq!(sends(&mut ben, "removal", PASSWORD, &codes[0]).await.status, 303);
    }
}

at_a_desk! {
    async fn the_second_step_waits_ten_minutes_and_ends_with_the_password(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, _) = sets_up(desk, &mut ben).await;
        let mut late = halfway(desk, "ben").await;
        let token = late.gets("/login/code").await.form_token();
        desk.app.clock.advance(Span::minutes(10));
        let code = shown(desk, &seed, 0);
        assert_eq!(late.posts_raw("/login/code", &[("csrf", &token), ("code", &code)]).await.location(), "/login");
        assert!(!late.is_inside().await);
        // Somebody else knows the old password: changing it ends their sign-in, too.
        let mut thief = halfway(desk, "ben").await;
        let token = thief.gets("/login/code").await.form_token();
        let fields = [("current_password", PASSWORD), ("new_password", "a brand new password")];
        ben.posts("/preferences", "/preferences/password", &fields).await;
        assert_eq!(thief.posts_raw("/login/code", &[("csrf", &token), ("code", &code)]).await.location(), "/login");
        // And so does being shut out.
        let mut shut = desk.browser();
        shut.signs_in("ben", "a brand new password").await;
        desk.disables("ben").await;
        assert_eq!(shut.gets("/login/code").await.location(), "/login");
        desk.app.clock.advance(Span::hours(1));
        let mut tx = desk.app.db.write().await.unwrap();
        vigie::people::access::sweep(&mut tx, desk.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let left: Vec<Text> = desk.app.db.read()
            .all(global!("SELECT token_hash AS text FROM sign_in_halves")).await.unwrap();
        assert!(left.is_empty());
    }
}

at_a_desk! {
    async fn a_link_for_a_forgotten_password_does_not_step_past_the_code(desk) {
        let mut ben = desk.signed_in("ben").await;
        sets_up(desk, &mut ben).await;
        let mut tx = desk.app.db.write().await.unwrap();
        let person = vigie::people::find(&mut tx, desk.person("ben")).await.unwrap();
        let now = desk.app.clock.now();
        let purpose = vigie::people::access::links::Purpose::Password;
        let token = vigie::people::access::links::create(&mut tx, purpose, Some(person.id), Span::hours(1), now, &desk.app.dice)
            .await.unwrap();
        tx.commit().await.unwrap();
        let fields = [("token", token.as_str()), ("password", "another good password")];
        assert_eq!(desk.browser().posts("/login", "/login/reset", &fields).await.status, 303);
        let answer = desk.browser().signs_in("ben", "another good password").await;
        assert_eq!(answer.location(), "/login/code");
    }
}

at_a_desk! {
    async fn the_link_for_the_owner_lets_in_an_owner_who_lost_their_phone(desk) {
        let mut ada = desk.signed_in("ada").await;
        sets_up(desk, &mut ada).await;
        halfway(desk, "ada").await;
        let now = desk.app.clock.now();
        vigie::setup::owner_link(&desk.app.db, "http://desk.example", now, &desk.app.dice).await.unwrap();
        assert_eq!(desk.browser().signs_in("ada", PASSWORD).await.location(), "/");
    }
}

at_a_desk! {
    async fn a_changed_password_ends_the_other_sessions_unless_one_says_otherwise(desk) {
        let mut here = desk.signed_in("ben").await;
        let mut there = desk.signed_in("ben").await;
        let fields = [("current_password", PASSWORD), ("new_password", "a brand new password"), ("keep_sessions", "1")];
        here.posts("/preferences", "/preferences/password", &fields).await;
        assert!(here.gets("/preferences").await.text.contains("Your other sessions stay open"));
        assert!(there.is_inside().await);
        let fields = [("current_password", "a brand new password"), ("new_password", PASSWORD)];
        here.posts("/preferences", "/preferences/password", &fields).await;
        assert!(here.is_inside().await && !there.is_inside().await);
    }
}

at_a_desk! {
    async fn an_administrator_ends_sessions_and_takes_a_second_factor_away_but_never_above_their_rank(desk) {
        let mut tx = desk.app.db.write().await.unwrap();
        let admin = desk.person("dora");
        let scope = vigie::policy::AgentScope::Global;
        let now = desk.app.clock.now();
        vigie::people::make_agent(&mut tx, admin, vigie::policy::Role::Admin, scope, now).await.unwrap();
        tx.commit().await.unwrap();
        let (ben_id, ada_id) = (desk.person("ben"), desk.person("ada"));
        let mut dora = desk.signed_in("dora").await;
        let mut ben = desk.signed_in("ben").await;
        sets_up(desk, &mut ben).await;
        let mut ada = desk.signed_in("ada").await;
        sets_up(desk, &mut ada).await;
        // By the page.
        let page = format!("/admin/people/{ben_id}");
        assert!(dora.gets(&page).await.text.contains("Two-step sign-in is on"));
        let answer = dora.posts(&page, &format!("{page}/sessions/end"), &[]).await;
        assert_eq!(answer.location(), page);
        assert!(!ben.is_inside().await);
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.location(), "/login/code");
        let answer = dora.posts(&page, &format!("{page}/second-factor/removal"), &[]).await;
        assert_eq!(answer.location(), page);
        assert!(dora.gets(&page).await.text.contains("Two-step sign-in is off"));
        let mut ben = desk.signed_in("ben").await;
        // Twice is no fault.
        dora.posts(&page, &format!("{page}/second-factor/removal"), &[]).await;
        assert!(!ben.is_inside().await, "and sessions end with it");
        // Above one's rank, nothing; and an agent, nobody.
        let above = format!("/admin/people/{ada_id}");
        for deed in ["sessions/end", "second-factor/removal"] {
            assert_eq!(dora.posts(&page, &format!("{above}/{deed}"), &[]).await.status, 403, "{deed}");
        }
        let (admin, agent) = (desk.token("dora").await, desk.token("ben").await);
        for part in ["sessions", "second-factor"] {
            let own = format!("/api/v1/people/{ben_id}/{part}");
            assert_eq!(program(desk, "DELETE", &own, &agent, "").await.status, 403);
            assert_eq!(program(desk, "DELETE", &own, &admin, "").await.status, 204);
            let above = format!("/api/v1/people/{ada_id}/{part}");
            assert_eq!(program(desk, "DELETE", &above, &admin, "").await.status, 403);
            assert_eq!(program(desk, "DELETE", "/api/v1/people/99999/sessions", &admin, "").await.status, 404);
        }
        assert!(ada.is_inside().await);
        assert_eq!(desk.browser().signs_in("ada", PASSWORD).await.location(), "/login/code");
    }
}

/// What the journal says of sign-ins that stopped at the code, once what nobody finished is cleared away: whose, and how many.
async fn unfinished(desk: &Desk) -> Vec<(i64, String)> {
    let mut tx = desk.app.db.write().await.unwrap();
    vigie::people::access::sweep(&mut tx, desk.app.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    record! { struct Told { person_id: i64, detail: String } }
    let rows: Vec<Told> = desk
        .app
        .db
        .read()
        .all(system!(
            because = "a test looks at the journal itself",
            "SELECT e.person_id, e.detail FROM audit_entries e WHERE e.deed = 'sign_in_unfinished' ORDER BY e.id"
        ))
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.person_id, row.detail))
        .collect()
}

at_a_desk! {
    // Issue "who may see and do what": half-open sessions leave one line in the journal.
    async fn a_sign_in_that_stops_at_the_code_is_told_unless_its_person_came_in(desk) {
        let mut ben = desk.signed_in("ben").await;
        let (seed, _) = sets_up(desk, &mut ben).await;
        desk.app.clock.advance(Span::minutes(1));
        halfway(desk, "ben").await;
        halfway(desk, "ben").await;
        assert_eq!(unfinished(desk).await, [], "they may still go on");
        desk.app.clock.advance(Span::minutes(11));
        let told = unfinished(desk).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].1.contains(r#"["count",null,"2"]"#) && told[0].1.contains(r#"["means",null,"password"]"#), "{told:?}");
        assert_eq!(unfinished(desk).await.len(), 1, "and once");
        // Begun twice and finished once: it was they.
        halfway(desk, "ben").await;
        let mut half = halfway(desk, "ben").await;
        assert_eq!(gives(&mut half, &shown(desk, &seed, 0)).await.status, 303);
        desk.app.clock.advance(Span::minutes(11));
        assert_eq!(unfinished(desk).await.len(), 1);
    }
}
