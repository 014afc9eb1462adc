//! The outermost layer: a number for each request, one line in the log, headers on every answer,
//! refusals drawn, panics caught.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use kit::authz::Way;
use kit::error::Error;
use kit::web::cookie;

use super::fail::{Fail, Undrawn, draw};
use super::respond::add_cookie;
use super::visitor::{GUEST_COOKIE, Reader, SESSION_COOKIE, Visitor};
use super::{flash, visitor};
use crate::audit::refused::{Answer, Refused};
use crate::house::App;
use crate::people::PersonId;
use crate::people::access::sessions;

/// What is known of a request before anybody looks at who asks.
#[derive(Debug)]
pub struct Asked {
    /// Its number, in the log and on the page that says something broke.
    pub number: String,
    /// Path and query.
    pub here: String,
    /// Whether it came through the API's door.
    pub is_api: bool,
    /// Whether it only reads (GET, HEAD).
    pub is_reading: bool,
    /// Where it comes from, past the proxies we trust.
    pub address: IpAddr,
    /// Who asks, once somebody looked.
    pub(super) visitor: OnceLock<Option<Arc<Visitor>>>,
    /// Whose program asks, once its token was read.
    pub(super) program: OnceLock<PersonId>,
    /// What the cookie of the session is to hold from now on, when it was turned for this request.
    pub(super) fresh_session: OnceLock<String>,
    /// The secret of somebody not signed in, when it was made for this request.
    pub(super) fresh_guest: OnceLock<String>,
}

const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    // Over plain HTTP browsers look up the names in links ahead: whoever sent one would hear that it is read.
    ("x-dns-prefetch-control", "off"),
    ("cache-control", "no-store"),
];

/// One year, subdomains too.
const HSTS: (&str, &str) = (
    "strict-transport-security",
    "max-age=31536000; includeSubDomains",
);

/// The layer.
pub async fn outer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = app.clock.now();
    let asked = Arc::new(Asked {
        number: data_encoding::BASE32_NOPAD.encode(&app.dice.bytes::<5>()),
        here: request
            .uri()
            .path_and_query()
            .map_or("/", |p| p.as_str())
            .to_owned(),
        is_api: request.uri().path().starts_with("/api/"),
        is_reading: matches!(*request.method(), Method::GET | Method::HEAD),
        address: address(&request, &app.config.trusted_proxies),
        visitor: OnceLock::new(),
        program: OnceLock::new(),
        fresh_session: OnceLock::new(),
        fresh_guest: OnceLock::new(),
    });
    request.extensions_mut().insert(asked.clone());
    let method = request.method().clone();
    // Values of headers are shared, not copied.
    let headers = request.headers().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|p| p.as_str().to_owned());

    let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Fail(Error::bug("a handler panicked")).into_response(),
    };
    if let Some(error) = plain_refusal(&response) {
        response = Fail(error).into_response();
    }
    if let Some(Undrawn(error)) = response.extensions_mut().remove::<Undrawn>() {
        let was_known = asked.person().is_some();
        let reader = reader(&app, &asked, &headers).await;
        // Of what anybody may read, nobody asked who it is.
        if let (true, Some(path)) = (was_known || !asked.is_reading, &path) {
            let method = if asked.is_reading {
                &Method::GET
            } else {
                &method
            };
            let request = format!("{method} {path}");
            let answer = Answer::to(&error, &request);
            count_refusal(&app, &asked, request, answer);
        }
        let cookies: Vec<_> = response
            .headers()
            .get_all(SET_COOKIE)
            .iter()
            .cloned()
            .collect();
        response = draw(&error, &asked, reader);
        for cookie in cookies {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    } else if let (StatusCode::CONFLICT, Some(path)) = (response.status(), &path) {
        // A form that came back with both sides.
        let request = format!("{method} {path}");
        let answer = Answer::to_conflict(&request);
        count_refusal(&app, &asked, request, answer);
    }
    finish(&app, &asked, &headers, &mut response);

    let micros = app.clock.now().since(began).0;
    app.meters.answered(response.status().as_u16(), micros);
    // The route's pattern, not the address: addresses of one-time links hold secrets.
    tracing::info!(
        request = %asked.number,
        %method,
        route = path.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        micros,
        person = asked.person().map_or(0, |(person, _)| person.0),
        "answered"
    );
    response
}

impl Asked {
    /// Who asks, whoever's eyes they look with, once somebody looked; and by which way.
    fn person(&self) -> Option<(PersonId, Way)> {
        let visitor = self.visitor.get().and_then(Option::as_ref);
        let in_browser = visitor.map(|visitor| (visitor.owner(), Way::Web));
        in_browser.or_else(|| self.program.get().map(|person| (*person, Way::Api)))
    }
}

/// Counts for the journal what somebody was refused, beside the answer.
fn count_refusal(app: &App, asked: &Asked, request: String, answer: Option<Answer>) {
    let (Some((person, way)), Some(answer)) = (asked.person(), answer) else {
        return;
    };
    let is_first = app.refused.add(Refused {
        person: person.0,
        way,
        request,
        answer,
    });
    if is_first {
        let (tally, db, now) = (app.refused.clone(), app.db.clone(), app.clock.now());
        app.run_errand(async move {
            if let Err(error) = tally.write(&db, now).await {
                tracing::warn!(%error, "refused requests were not counted");
            }
        });
    }
}

/// What axum itself refuses (an address or a query it cannot read) arrives as plain text, which
/// nobody is to read: an address that makes no sense is no page.
fn plain_refusal(response: &Response) -> Option<Error> {
    let status = response.status();
    let is_plain = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    if response.extensions().get::<Undrawn>().is_some() || !is_plain {
        return None;
    }
    match status.as_u16() {
        413 => Some(Error::TooLarge(crate::web::route::Limit::FORM.0 as u64)),
        400..=499 => Some(Error::NotFound),
        _ => None,
    }
}

/// Who reads the refusal: the signed-in person if they can be told, else what the browser says.
async fn reader(app: &App, asked: &Arc<Asked>, headers: &HeaderMap) -> Reader {
    if asked.is_api {
        return Reader::of_headers(app, asked, headers);
    }
    match visitor::signed_in(app, asked, headers).await {
        Ok(Some(visitor)) => visitor.reader(),
        _ => Reader::of_headers(app, asked, headers),
    }
}

fn finish(app: &App, asked: &Asked, headers: &HeaderMap, response: &mut Response) {
    if let Some(secret) = asked.fresh_guest.get() {
        let cookie = cookie::write(GUEST_COOKIE, secret, app.is_secure(), None);
        add_cookie(response, &cookie);
    }
    if let Some(token) = asked.fresh_session.get() {
        let name = cookie::name(SESSION_COOKIE, app.is_secure());
        let set = response.headers().get_all(SET_COOKIE).iter();
        // Whoever signs out, or in as somebody else, does so.
        let is_set = set.map(HeaderValue::as_bytes).any(|it| {
            it.strip_prefix(name.as_bytes())
                .is_some_and(|rest| rest.starts_with(b"="))
        });
        if !is_set {
            let seconds = sessions::ABSOLUTE.as_seconds_rounded_up();
            let cookie = cookie::write(SESSION_COOKIE, token, app.is_secure(), Some(seconds));
            add_cookie(response, &cookie);
        }
    }
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if is_page && response.status().is_success() && cookie::read(headers, flash::COOKIE).is_some() {
        add_cookie(response, &flash::clear());
    }
    for (name, value) in HEADERS {
        // What serves files sets a stricter policy of its own, and static files a longer life.
        response
            .headers_mut()
            .entry(*name)
            .or_insert(HeaderValue::from_static(value));
    }
    if app.is_secure() {
        response
            .headers_mut()
            .insert(HSTS.0, HeaderValue::from_static(HSTS.1));
    }
    if let Ok(number) = HeaderValue::from_str(&asked.number) {
        response.headers_mut().insert("x-request-number", number);
    }
}

/// The address of whoever asks: the connection's, or what proxies we trust say it is. The list in
/// `X-Forwarded-For` is read from its end, past trusted proxies, as its beginning is anybody's word.
fn address(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip().to_canonical());
    if !trusted.contains(&peer) {
        return peer;
    }
    let forwarded: Vec<IpAddr> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map_while(|part| part.trim().parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical())
        .collect();
    forwarded
        .into_iter()
        .rev()
        .find(|ip| !trusted.contains(ip))
        .unwrap_or(peer)
}
