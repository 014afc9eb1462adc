//! The world with its door open: people ask the real router for pages, with the cookie of a real
//! session or a real token, and what comes back is looked at byte by byte.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use kit::clock::{Moment, Span};
use kit::config;
use kit::db::{Ask, Place};
use kit::ids::{Dice, digest};
use kit::{global, record};
use tower::ServiceExt;
use vigie::house::{App, House, Opening};
use vigie::people::PersonId;
use vigie::people::access::{sessions, tokens};

use crate::world::World;

/// Where people say they come to.
pub const ADDRESS: &str = "http://desk.nordet.example";

/// What somebody holds who came in.
struct Pass {
    cookie: String,
    form_token: String,
    bearer: String,
}

/// How a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As a page of the desk sends it, or a program of theirs.
    Honest,
    /// A form without its token; to the API, with the browser's cookie instead of a program's token.
    WithoutToken,
    /// From a page of another site.
    FromElsewhere,
}

/// The web door of a world.
pub struct Door {
    pub app: App,
    router: Router,
    passes: BTreeMap<&'static str, Pass>,
    pub folder: PathBuf,
    opened_at: Moment,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", String::as_str)
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl World {
    /// Opens the house upon this world's database and lets everybody in.
    pub async fn door(&self) -> Door {
        let n = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("vigie-it-{}-house-{n}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let flags: BTreeMap<String, String> = [
            ("data", folder.display().to_string()),
            ("public_url", ADDRESS.to_owned()),
            ("language", "en".to_owned()),
            ("time_zone", "Europe/Paris".to_owned()),
        ]
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
        let mut config = config::from_parts(None, &BTreeMap::new(), &flags).unwrap();
        config.database = Place::File(folder.join("beside.db"));
        let mut house = House::open_with(
            config,
            self.clock.clone(),
            Dice::seeded(7),
            Opening::Migrating,
            false,
        )
        .await
        .unwrap();
        house.db.close().await;
        house.db = self.db.clone();
        house.post.db = self.db.clone();
        house.refresh_desk().await.unwrap();
        let app = Arc::new(house);
        let mut passes = BTreeMap::new();
        for name in self.everybody().filter(|name| *name != "nobody") {
            passes.insert(name, pass(self, &app, self.person(name)).await);
        }
        Door {
            router: vigie::routes::router(&app),
            opened_at: app.clock.now(),
            app,
            passes,
            folder,
        }
    }
}

record! { struct Secret { secret: String } }

async fn pass(w: &World, app: &App, person: PersonId) -> Pass {
    let mut tx = w.db.write().await.unwrap();
    let session = sessions::open(&mut tx, person, "a test", "127.0.0.1", w.now(), &app.dice)
        .await
        .unwrap();
    let bearer = tokens::create(&mut tx, person, "a test", w.now(), &app.dice)
        .await
        .unwrap();
    let row: Secret = tx
        .one(global!(
            "SELECT secret FROM sessions WHERE token_hash = $1",
            digest(&session)
        ))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Pass {
        cookie: format!("vigie_session={session}"),
        form_token: vigie::web::token::masked(&row.secret, &app.dice),
        bearer,
    }
}

impl Door {
    /// Gives somebody a session, or another one when a deed may have ended theirs.
    pub async fn lets_in(&mut self, w: &World, who: &'static str, person: PersonId) {
        let fresh = pass(w, &self.app, person).await;
        self.passes.insert(who, fresh);
    }

    /// However far a test turned the clock, people sit where they sat: when sessions end is told elsewhere.
    async fn nobody_grew_tired(&self) {
        let now = self.app.clock.now();
        if now.since(self.opened_at) < Span::hours(6) {
            return;
        }
        let mut tx = self.app.db.write().await.unwrap();
        tx.run(global!(
            "UPDATE sessions SET created_at = $1, seen_at = $1 WHERE user_agent = 'a test'",
            now
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// The cookie somebody came in with.
    pub fn cookie(&self, who: &str) -> Option<&str> {
        self.passes.get(who).map(|pass| pass.cookie.as_str())
    }

    /// Somebody looks at a page; `nobody` is not signed in.
    pub async fn gets(&self, who: &str, path: &str) -> Answer {
        self.asks(who, Method::GET, path, "").await
    }

    /// Somebody sends a form, or a program of theirs a JSON text, by the door that the path is at.
    pub async fn asks(&self, who: &str, method: Method, path: &str, body: &str) -> Answer {
        self.asks_having_seen(who, method, path, None, body).await
    }

    /// The same by a program that names the version it saw, as `If-Match`.
    pub async fn asks_having_seen(
        &self,
        who: &str,
        method: Method,
        path: &str,
        seen: Option<i64>,
        body: &str,
    ) -> Answer {
        self.asks_as(Manner::Honest, who, method, path, seen, body)
            .await
    }

    /// The same in another manner than honest pages and programs have.
    pub async fn asks_as(
        &self,
        manner: Manner,
        who: &str,
        method: Method,
        path: &str,
        seen: Option<i64>,
        body: &str,
    ) -> Answer {
        self.nobody_grew_tired().await;
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header("host", "desk.nordet.example")
            .header("accept-language", "en");
        let pass = self.passes.get(who);
        let mut body = body.to_owned();
        if path.starts_with("/api/") {
            if let Some(pass) = pass {
                request = match manner {
                    Manner::Honest => {
                        request.header("authorization", format!("Bearer {}", pass.bearer))
                    }
                    _ => request.header("cookie", &pass.cookie),
                };
            }
            request = request.header("content-type", "application/json");
            if let Some(seen) = seen {
                request = request.header("if-match", format!("\"{seen}\""));
            }
        } else {
            if let Some(pass) = pass {
                request = request.header("cookie", &pass.cookie);
                if method != Method::GET && manner != Manner::WithoutToken {
                    body = format!("{body}&csrf={}", pass.form_token);
                }
            }
            let origin = match manner {
                Manner::FromElsewhere => "http://elsewhere.example",
                _ => ADDRESS,
            };
            request = request
                .header("origin", origin)
                .header("content-type", "application/x-www-form-urlencoded");
        }
        let body = if method == Method::GET {
            Body::empty()
        } else {
            Body::from(body)
        };
        self.answers(request.body(body).unwrap()).await
    }

    async fn answers(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A program of theirs posts under a key by which it may ask again.
    pub async fn asks_with_key(&self, who: &str, key: &str, path: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "desk.nordet.example")
            .header(
                "authorization",
                format!("Bearer {}", self.passes[who].bearer),
            )
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.answers(request).await
    }

    /// A page of theirs that was left open fetches what changed, and nobody asked for it.
    pub async fn fetches_by_itself(&self, who: &str, path: &str) -> Answer {
        let request = Request::builder()
            .uri(path)
            .header("host", "desk.nordet.example")
            .header("accept-language", "en")
            .header("cookie", &self.passes[who].cookie)
            .header("x-vigie-unasked", "yes")
            .body(Body::empty())
            .unwrap();
        self.answers(request).await
    }

    /// What a program of theirs reads.
    pub async fn json(&self, who: &str, path: &str) -> serde_json::Value {
        let answer = self.gets(who, path).await;
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// Waits for what was begun beside the requests, and clears the folder.
    pub async fn closes(self) {
        self.app.finish_errands().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
