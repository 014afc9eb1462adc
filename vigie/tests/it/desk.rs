//! A desk with its web door, and browsers that knock at it. Ada owns it, Ben is an agent, Dora has a
//! portal account, Mia only ever wrote a mail. Everybody's password is [`PASSWORD`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request};
use kit::clock::Clock;
use kit::config;
use kit::db::{Ask, Place};
use kit::ids::Dice;
use kit::{record, system};
use tower::ServiceExt;
use vigie::house::{App, House, Opening};
use vigie::people::access::passwords::Passwords;
use vigie::people::access::{sign_in, tokens};
use vigie::people::{self, Kind, NewPerson, PersonId};
use vigie::policy::{AgentScope, Role};
use vigie::routes;

use crate::world::{NOW, Scratch};

/// Everybody's password.
pub const PASSWORD: &str = "a horse that opens doors";
/// Where people think the desk is.
pub const PUBLIC_URL: &str = "http://desk.example";

record! {
    struct Noted {
        deed: String,
        detail: String,
    }
}

/// Writes a test that runs on a desk on SQLite and on PostgreSQL.
macro_rules! at_a_desk {
    (async fn $name:ident($desk:ident) $body:block) => {
        #[test]
        fn $name() {
            $crate::desk::run(
                stringify!($name),
                &[],
                async |$desk: &$crate::desk::Desk| $body,
            );
        }
    };
    (set $settings:expr, async fn $name:ident($desk:ident) $body:block) => {
        #[test]
        fn $name() {
            $crate::desk::run(
                stringify!($name),
                $settings,
                async |$desk: &$crate::desk::Desk| $body,
            );
        }
    };
}

/// A desk and its door.
pub struct Desk {
    pub app: App,
    pub door: Router,
    people: BTreeMap<&'static str, PersonId>,
}

/// Runs a test on both engines, with these settings besides.
pub fn run(name: &str, settings: &[(&str, &str)], test: impl AsyncFn(&Desk)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        for engine in Scratch::engines() {
            let scratch = Scratch::make(engine, name).await;
            let folder = folder();
            let desk = open(&scratch.place, &folder, settings).await;
            test(&desk).await;
            desk.app.finish_errands().await;
            desk.app.db.close().await;
            drop(desk);
            scratch.remove().await;
            std::fs::remove_dir_all(folder).unwrap();
        }
    });
}

/// A data folder of a test's own.
pub fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let n = COUNT.fetch_add(1, Ordering::SeqCst);
    let pid = std::process::id();
    std::env::temp_dir().join(format!("vigie-desk-{pid}-{n}"))
}

async fn open(place: &Place, folder: &std::path::Path, settings: &[(&str, &str)]) -> Desk {
    let mut given: BTreeMap<String, String> = settings
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    given.insert("data".to_owned(), folder.display().to_string());
    given
        .entry("public_url".to_owned())
        .or_insert(PUBLIC_URL.to_owned());
    given
        .entry("language".to_owned())
        .or_insert("en".to_owned());
    let mut config = config::from_parts(None, &BTreeMap::new(), &given).unwrap();
    config.database = place.clone();
    let mut house = House::open_with(
        config,
        Clock::stopped(NOW),
        Dice::seeded(7),
        Opening::Migrating,
        false,
    )
    .await
    .unwrap();
    // The cheapest Argon2id there is: these tests are about what happens, not about its price.
    house.passwords = Passwords::costing(8, 1).unwrap();
    let app: App = Arc::new(house);
    let people = furnish(&app).await;
    app.refresh_desk().await.unwrap();
    Desk {
        door: routes::router(&app),
        app,
        people,
    }
}

async fn furnish(app: &App) -> BTreeMap<&'static str, PersonId> {
    let hash = app.passwords.hash(PASSWORD, &app.dice).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    let mut people = BTreeMap::new();
    for (name, role, has_portal) in [
        ("ada", Some(Role::Owner), false),
        ("ben", Some(Role::Agent), false),
        ("dora", None, true),
        ("mia", None, false),
    ] {
        let email = format!("{name}@nordet.example");
        let new = NewPerson {
            name,
            email: &email,
            login: Some(name),
            kind: Kind::Employee,
            language: Some("en"),
            has_portal,
            added_by: None,
        };
        let id = people::add(&mut tx, &new, NOW).await.unwrap();
        sign_in::give_password(&mut tx, id, &hash).await.unwrap();
        if let Some(role) = role {
            people::make_agent(&mut tx, id, role, AgentScope::Group, NOW)
                .await
                .unwrap();
        }
        people.insert(name, id);
    }
    tx.commit().await.unwrap();
    people
}

impl Desk {
    /// The door of a house as it is.
    pub fn of(app: App) -> Desk {
        Desk {
            door: routes::router(&app),
            app,
            people: BTreeMap::new(),
        }
    }

    /// Somebody's row.
    pub fn person(&self, name: &str) -> PersonId {
        self.people[name]
    }

    /// A browser that never was here.
    pub fn browser(&self) -> Browser<'_> {
        Browser {
            desk: self,
            cookies: BTreeMap::new(),
            headers: vec![],
        }
    }

    /// A browser in which somebody signed in.
    pub async fn signed_in(&self, name: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let answer = browser.signs_in(name, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        browser
    }

    /// A program with a token of somebody.
    pub async fn token(&self, name: &str) -> String {
        let mut tx = self.app.db.write().await.unwrap();
        let secret = tokens::create(&mut tx, self.person(name), "test", NOW, &self.app.dice)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        secret
    }

    /// Sends a request as it is.
    pub async fn sends(&self, request: Request<Body>) -> Answer {
        let response = self.door.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// What the journal has noted about somebody beside their coming in, the oldest first, and everything
    /// that tells as one text.
    pub async fn noted(&self, name: &str) -> (Vec<String>, String) {
        let mut rows = self.entries(name).await;
        rows.retain(|row| !matches!(row.deed.as_str(), "signed_in" | "sign_in_failed"));
        let told = rows.iter().map(|row| row.detail.as_str()).collect();
        (rows.into_iter().map(|row| row.deed).collect(), told)
    }

    /// How somebody came in and tried to, as the journal tells it, the oldest first.
    pub async fn comings(&self, name: &str) -> Vec<String> {
        let mut rows = self.entries(name).await;
        rows.retain(|row| matches!(row.deed.as_str(), "signed_in" | "sign_in_failed"));
        rows.into_iter().map(|row| row.detail).collect()
    }

    async fn entries(&self, name: &str) -> Vec<Noted> {
        self.app
            .db
            .read()
            .all(system!(
                because = "a test",
                "SELECT e.deed, e.detail FROM audit_entries e WHERE e.person_id = $1 ORDER BY e.id",
                self.person(name)
            ))
            .await
            .unwrap()
    }

    /// Shuts somebody out.
    pub async fn disables(&self, name: &str) {
        let mut tx = self.app.db.write().await.unwrap();
        people::disable(&mut tx, self.person(name), self.app.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The `Set-Cookie` of this name, whole.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(SET_COOKIE)
            .iter()
            .map(|v| v.to_str().unwrap().to_owned())
            .find(|c| c.starts_with(&format!("{name}=")))
    }

    /// The form token on the page.
    pub fn form_token(&self) -> String {
        let (_, rest) = self
            .text
            .split_once("name=\"csrf\" value=\"")
            .unwrap_or_else(|| panic!("no form on this page: {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A browser: keeps cookies, follows nothing by itself.
pub struct Browser<'a> {
    desk: &'a Desk,
    /// What it keeps.
    pub cookies: BTreeMap<String, String>,
    /// What it sends besides.
    pub headers: Vec<(String, String)>,
}

impl Browser<'_> {
    /// Sends this header from now on.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends a request of any method, with a form if there is one.
    pub async fn asks(&mut self, method: &str, path: &str, body: Option<String>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "desk.example");
        if !self.cookies.is_empty() {
            let jar: Vec<String> = self
                .cookies
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            request = request.header(COOKIE, jar.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/x-www-form-urlencoded");
                Body::from(body)
            }
            None => Body::empty(),
        };
        let answer = self.desk.sends(request.body(body).unwrap()).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (pair, rest) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Opens an address.
    pub async fn gets(&mut self, path: &str) -> Answer {
        self.asks("GET", path, None).await
    }

    /// Sends a form as it is.
    pub async fn posts_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.asks("POST", path, Some(form.finish())).await
    }

    /// Opens a page and sends a form from it.
    pub async fn posts(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.gets(page).await.form_token();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.posts_raw(path, &all).await
    }

    /// Fills in the sign-in form.
    pub async fn signs_in(&mut self, name: &str, password: &str) -> Answer {
        self.posts(
            "/login",
            "/login",
            &[("login", name), ("password", password)],
        )
        .await
    }

    /// Whether somebody is signed in here.
    pub async fn is_inside(&mut self) -> bool {
        self.gets("/preferences").await.status == 200
    }

    /// What the session cookie holds.
    pub fn session(&self) -> Option<&String> {
        self.cookies.get("vigie_session")
    }
}
