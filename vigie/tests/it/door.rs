//! What every page and every call passes through: headers, forged forms, refusals, set-up.

use axum::body::Body;
use axum::http::Request;
use kit::clock::{Clock, Span};
use kit::db::Ask;
use kit::ids::Dice;
use kit::{global, record};
use vigie::house::House;
use vigie::setup;
use vigie::web::route::Audience;

use crate::desk::{Desk, PASSWORD};

at_a_desk! {
    async fn a_form_without_its_token_or_from_elsewhere_does_nothing_and_says_so(desk) {
        let mut ben = desk.signed_in("ben").await;
        let token = ben.gets("/preferences").await.form_token();
        let foreign = desk.signed_in("dora").await.gets("/preferences").await.form_token();
        for given in ["", "nonsense", &foreign, &token[..78]] {
            let answer = ben.posts_raw("/preferences/language", &[("csrf", given), ("language", "fr")]).await;
            assert_eq!(answer.status, 403, "{given}");
            assert!(answer.text.contains("Open the page again"), "{}", answer.text);
        }
        for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            let mut forged = desk.browser().with(name, value);
            forged.cookies = ben.cookies.clone();
            let answer = forged.posts_raw("/preferences/language", &[("csrf", &token), ("language", "fr")]).await;
            assert_eq!(answer.status, 403, "{name}: {value}");
        }
        assert!(ben.gets("/preferences").await.text.contains("<html lang=\"en\""), "nothing was done");
        let answer = ben.posts_raw("/preferences/language", &[("csrf", &token), ("language", "fr")]).await;
        assert_eq!(answer.status, 303);
    }
}

at_a_desk! {
    async fn nobody_can_be_signed_in_from_another_site(desk) {
        let mut victim = desk.browser();
        let answer = victim.posts_raw("/login", &[("login", "ben"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 403);
        assert!(victim.session().is_none());
        // A token from the attacker's own page is of no use with the victim's cookie.
        let attackers = desk.browser().gets("/login").await.form_token();
        victim.gets("/login").await;
        let answer = victim.posts_raw("/login", &[("csrf", &attackers), ("login", "ben"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 403);
    }
}

at_a_desk! {
    async fn every_deed_of_the_pages_wants_a_token(desk) {
        let mut ada = desk.signed_in("ada").await;
        for route in vigie::routes::all() {
            if route.method == axum::http::Method::GET || route.audience == Audience::Api {
                continue;
            }
            let path = route.path.replace("{number}", "1").replace("{id}", "1");
            let answer = ada.posts_raw(&path, &[("csrf", "wrong")]).await;
            // Customers' deeds send staff without a portal account elsewhere before anything.
            let away = route.audience == Audience::Customer && answer.location() == "/my-requests";
            assert!(answer.status == 403 || away, "{path}: {}", answer.status);
        }
    }
}

const EVERYWHERE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-dns-prefetch-control", "off"),
];

async fn answers_of_all_kinds(desk: &Desk) -> Vec<crate::desk::Answer> {
    let mut ben = desk.signed_in("ben").await;
    let mut answers = vec![];
    for path in [
        "/login",
        "/healthz",
        "/readyz",
        "/nothing/here",
        "/preferences",
        "/tickets/not-a-number",
        "/login?next=a&next=b",
        pages::assets::asset("vigie.css"),
        "/static/000000000000/vigie.css",
        "/api/v1/tickets",
        "/api/v1/nothing",
        "/setup",
    ] {
        answers.push(ben.gets(path).await);
        answers.push(desk.browser().gets(path).await);
    }
    answers.push(ben.posts_raw("/preferences/language", &[]).await);
    answers.push(ben.posts_raw("/preferences", &[]).await);
    answers
}

at_a_desk! {
    async fn every_answer_carries_the_headers_that_protect_people(desk) {
        for answer in answers_of_all_kinds(desk).await {
            for (name, value) in EVERYWHERE {
                assert_eq!(answer.header(name), *value, "{answer:?}");
            }
            let policy = answer.header("content-security-policy");
            for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
                assert!(policy.contains(part), "{policy}");
            }
            assert!(answer.header("permissions-policy").contains("camera=()"));
            assert_eq!(answer.header("strict-transport-security"), "", "no TLS here");
            assert_eq!((answer.header("server"), answer.header("access-control-allow-origin")), ("", ""));
            let is_static = answer.header("content-type").starts_with("text/css");
            let life = answer.header("cache-control");
            assert_eq!(life, if is_static { "public, max-age=31536000, immutable" } else { "no-store" });
        }
    }
}

at_a_desk! {
    async fn a_refusal_says_nothing_about_the_inside(desk) {
        for answer in answers_of_all_kinds(desk).await {
            if answer.status < 400 {
                continue;
            }
            for word in ["SELECT", "sqlx", "panicked", ".rs:", "axum", "deserialize", "/src/", "0.1.0"] {
                assert!(!answer.text.contains(word), "{word} in {}", answer.text);
            }
            let kind = answer.header("content-type");
            assert!(kind.starts_with("text/html") || kind.starts_with("application/problem+json"), "{answer:?}");
        }
    }
}

at_a_desk! {
    set &[("public_url", "https://desk.example")],
    async fn over_tls_cookies_are_bound_to_this_host_and_scripts_never_see_them(desk) {
        let mut browser = desk.browser();
        let answer = browser.signs_in("ben", PASSWORD).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        let cookie = answer.cookie("__Host-vigie_session").unwrap();
        for part in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"));
        assert!(browser.is_inside().await);
        // The name without its prefix, which another host could set, opens nothing.
        let value = browser.cookies.remove("__Host-vigie_session").unwrap();
        browser.cookies.insert("vigie_session".to_owned(), value);
        assert!(!browser.is_inside().await);
    }
}

at_a_desk! {
    async fn what_one_may_not_see_and_what_is_not_answer_alike(desk) {
        let mut dora = desk.signed_in("dora").await;
        let mut bodies = vec![];
        // A page for staff, a page for nobody, a number nobody has, no number at all.
        for path in ["/tickets", "/nothing", "/tickets/999999", "/tickets/x"] {
            let answer = dora.gets(path).await;
            let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            names.sort();
            bodies.push((answer.status, names, answer.text));
        }
        assert_eq!(bodies[0].0, 404);
        for other in &bodies[1..] {
            assert_eq!(other, &bodies[0]);
        }
    }
}

at_a_desk! {
    async fn static_files_come_small_to_those_who_can_read_them(desk) {
        let path = pages::assets::asset("vigie.css");
        let whole = desk.browser().gets(path).await;
        let small = desk.browser().with("accept-encoding", "br, gzip").gets(path).await;
        assert_eq!(small.header("content-encoding"), "gzip");
        let weight: usize = small.header("content-length").parse().unwrap();
        assert!(weight * 3 < whole.text.len(), "{weight} of {}", whole.text.len());
        let font = pages::assets::asset("inter-latin-wght-normal.woff2");
        assert_eq!(desk.browser().with("accept-encoding", "gzip").gets(font).await.header("content-encoding"), "");
    }
}

at_a_desk! {
    async fn the_house_says_whether_it_stands(desk) {
        assert_eq!(desk.browser().gets("/healthz").await.text, "ok\n");
        let ready = desk.browser().gets("/readyz").await;
        assert_eq!((ready.status, ready.text.as_str()), (200, "database ok\nmigrations ok\n"));
        // Numbers are for whoever watches the machine, on an address of their own.
        assert_eq!(desk.browser().gets("/metrics").await.status, 404);
        let text = {
            let response = vigie::web::health::metrics(axum::extract::State(desk.app.clone())).await.unwrap();
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        assert!(text.contains("vigie_requests_total{status=\"200\"} 2\n"), "{text}");
        assert!(text.contains("vigie_jobs_waiting 0\n") && text.contains("vigie_mails_waiting 0\n"), "{text}");
    }
}

async fn empty_house() -> (vigie::house::App, std::path::PathBuf) {
    let folder = crate::desk::folder();
    let given = [("data", folder.display().to_string())]
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
    let config = kit::config::from_parts(None, &std::collections::BTreeMap::new(), &given).unwrap();
    let app = House::open(config, Clock::stopped(crate::world::NOW), Dice::seeded(3))
        .await
        .unwrap();
    (app, folder)
}

#[test]
fn the_data_folder_and_its_keys_are_the_owners_alone_and_stay() {
    use std::os::unix::fs::PermissionsExt;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (app, folder) = empty_house().await;
        let key = folder.join("keys/thread.key");
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&key), 0o600);
        let bytes = std::fs::read(&key).unwrap();
        assert_eq!(bytes.len(), 32);
        app.db.close().await;
        let again = House::open(app.config.clone(), Clock::system(), Dice::fair())
            .await
            .unwrap();
        assert_eq!(std::fs::read(&key).unwrap(), bytes);
        again.db.close().await;
        std::fs::write(&key, b"short").unwrap();
        let Err(refusal) = House::open(app.config.clone(), Clock::system(), Dice::fair()).await
        else {
            panic!("half a key was taken");
        };
        assert!(refusal.0.contains("not 32 bytes long"), "{refusal}");
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn a_newer_database_is_refused_with_what_to_do() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (app, folder) = empty_house().await;
        let mut tx = app.db.write().await.unwrap();
        tx.run(global!(
            "INSERT INTO applied_migrations (name, applied_at) VALUES ('9999_tomorrow', 1)"
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        app.db.close().await;
        let Err(refusal) = House::open(app.config.clone(), Clock::system(), Dice::fair()).await
        else {
            panic!("a database from the future was opened");
        };
        assert!(
            refusal.0.contains("9999_tomorrow") && refusal.0.contains("install that version"),
            "{refusal}"
        );
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn the_owners_link_sets_a_desk_up_once_within_a_day_and_then_there_is_no_such_page() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (app, folder) = empty_house().await;
        let desk = Desk::of(app.clone());
        assert_eq!(desk.browser().gets("/").await.location(), "/setup");
        let without = desk.browser().gets("/setup").await;
        assert_eq!(without.status, 404);
        assert!(without.text.contains("vigie owner"));

        let base = app.config.public_url.clone();
        let link = async || {
            let link = setup::owner_link(&app.db, &base, app.clock.now(), &app.dice).await.unwrap();
            link.strip_prefix(&base).unwrap().to_owned()
        };
        let late = link().await;
        app.clock.advance(Span::hours(24));
        assert_eq!(desk.browser().gets(&late).await.status, 404);
        let older = link().await;
        let good = link().await;
        assert_eq!(desk.browser().gets(&older).await.status, 404, "only the newest");
        assert_eq!(desk.browser().gets(&good).await.status, 200);
        let token = good.split_once("token=").unwrap().1.to_owned();
        let mut ada = desk.browser().with("accept-language", "fr");
        let fields = |password: &'static str| {
            [
                ("token", token.clone()),
                ("organisation", "Nordet".to_owned()),
                ("name", "Ada".to_owned()),
                ("email", "ada@nordet.example".to_owned()),
                ("desk", "partitioned".to_owned()),
                ("password", password.to_owned()),
            ]
        };
        let send = async |browser: &mut crate::desk::Browser<'_>, password| {
            let fields = fields(password);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            browser.posts("/login", "/setup", &fields).await
        };
        let short = send(&mut ada, "short").await;
        assert_eq!(short.status, 422);
        assert!(short.text.contains("10 caractères au moins") && short.text.contains("value=\"Nordet\""));
        let done = send(&mut ada, PASSWORD).await;
        assert_eq!((done.status, done.location()), (303, "/tickets"));
        assert!(ada.is_inside().await);
        assert_eq!(send(&mut desk.browser(), PASSWORD).await.status, 404, "once");
        record! { struct Place { department: String, category: String } }
        let place: Place = app.db.read()
            .one(global!("SELECT d.name AS department, c.name AS category FROM departments d JOIN categories c ON c.id = d.default_category_id"))
            .await
            .unwrap();
        assert_eq!((place.department.as_str(), place.category.as_str()), ("Support", "Général"));
        assert_eq!(app.desk().organisation, "Nordet");
        assert_eq!(app.desk().default_scope, vigie::policy::AgentScope::Group);
        // Installed: nobody finds a set-up any more.
        for path in ["/setup", &good] {
            assert_eq!(desk.browser().gets(path).await.text, desk.browser().gets("/nothing").await.text);
            assert_eq!(ada.gets(path).await.status, 404);
        }
        // From now on the command gives the owner a way back in.
        let back = link().await;
        assert!(back.starts_with("/login/reset?token="), "{back}");
        assert_eq!(desk.browser().gets(&back).await.status, 200);
        assert!(ada.gets("/admin").await.text.contains("/admin/setup/dismissal"), "the set-up in five steps is offered");
        let told = ada.gets("/admin/journal").await.text;
        assert!(["Lien de propriétaire créé", "Personne ajoutée", "Propriétaire du compte"].iter().all(|it| told.contains(it)), "{told}");
        app.finish_errands().await;
        app.db.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    });
}

at_a_desk! {
    async fn a_repeated_call_gets_the_same_answer_and_another_under_its_key_is_refused(desk) {
        let token = desk.token("ben").await;
        let password = |key: &str, new: &str| {
            Request::post("/api/v1/me/password")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .body(Body::from(format!(r#"{{"current":"{PASSWORD}","new":"{new}"}}"#)))
                .unwrap()
        };
        let first = desk.sends(password("k1", "a brand new password")).await;
        assert_eq!(first.status, 200, "{}", first.text);
        let again = desk.sends(password("k1", "a brand new password")).await;
        assert_eq!((again.status, again.text), (200, first.text));
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(desk.sends(password("k1", "quite another password")).await.status, 422);
        // Without the first one's answer it is done, and refused, for real.
        assert_eq!(desk.sends(password("k2", "a brand new password")).await.status, 422);
    }
}

at_a_desk! {
    async fn a_program_changes_a_password_only_with_the_current_one_and_nothing_else_of_itself(desk) {
        let token = desk.token("ben").await;
        let call = async |method: &str, path: &str, kind: &str, body: &str| {
            let request = Request::builder().method(method).uri(path)
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", kind)
                .body(Body::from(body.to_owned()))
                .unwrap();
            desk.sends(request).await
        };
        let json = "application/json";
        for body in [
            r#"{"new":"a brand new password"}"#,
            r#"{"current":["a"],"new":"a brand new password"}"#,
            r#"{"current":{"$ne":""},"new":"a brand new password"}"#,
            r#"{"current":"wrong","new":"a brand new password"}"#,
        ] {
            assert_eq!(call("POST", "/api/v1/me/password", json, body).await.status, 422, "{body}");
        }
        let plain = call("POST", "/api/v1/me/password", "text/plain", &format!(r#"{{"current":"{PASSWORD}","new":"a brand new password"}}"#)).await;
        assert_eq!(plain.status, 422);
        for body in [r#"{"role":"owner"}"#, r#"{"scope":"global"}"#, r#"{"language":"en","organization_id":1}"#, r#"{"password_hash":"x"}"#] {
            let answer = call("PATCH", "/api/v1/me", json, body).await;
            assert_eq!(answer.status, 422, "{body}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
        assert_eq!(call("PATCH", "/api/v1/me", json, r#"{"language":"fr"}"#).await.status, 200);
        let me = call("GET", "/api/v1/me", json, "").await;
        let me: serde_json::Value = serde_json::from_str(&me.text).unwrap();
        assert_eq!((me["login"].as_str(), me["language"].as_str(), me["role"].as_str()), (Some("ben"), Some("fr"), Some("agent")));
        for secret in ["password", "hash", "token", "secret"] {
            assert!(!me.to_string().contains(secret), "{me}");
        }
        assert_eq!(desk.browser().signs_in("ben", PASSWORD).await.status, 303, "the password stands");
    }
}
