//! One row per address: method, path, who may come, how much they may bring. The guard at the door
//! holds it for every handler, whatever the handler asks itself.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use kit::error::{Because, Error};
use kit::web::csrf;

use super::fail::{FORGED, Fail, LOOKING};
use super::outer::Asked;
use super::{api, respond, visitor};
use crate::house::App;

/// Who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Staff; others learn that there is nothing.
    Staff,
    /// Holders of a portal account.
    Customer,
    /// Staff to whom some part of administration is open.
    Admin,
    /// Staff whose role carries this permission; other staff learn that they lack it, others that there is
    /// nothing.
    May(&'static str),
    /// Programs, with a bearer token.
    Api,
}

/// The most bytes a request may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub usize);

impl Limit {
    /// A form or a JSON body without files.
    pub const FORM: Limit = Limit(1024 * 1024);
    /// A message with files.
    pub const FILES: Limit = Limit(26 * 1024 * 1024);
}

/// One row of the table.
#[derive(Clone)]
pub struct Route {
    /// `GET`, `POST` …
    pub method: Method,
    /// As axum spells it: `/tickets/{number}`.
    pub path: &'static str,
    /// Who may come.
    pub audience: Audience,
    /// How much they may bring.
    pub limit: Limit,
    /// Open to whoever looks with somebody else's eyes.
    is_for_eyes: bool,
    handler: MethodRouter<App>,
}

/// What every handler looks like to the router. Without it the compiler builds the router's whole
/// tower of services once more for each handler, which took longer than all the rest.
#[derive(Clone)]
struct Erased(Arc<dyn Fn(Request, App) -> Answering + Send + Sync>);

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

impl Erased {
    fn of<H: Handler<T, App>, T: 'static>(handler: H) -> Erased {
        Erased(Arc::new(move |request, app| {
            Box::pin(handler.clone().call(request, app))
        }))
    }
}

impl Handler<(), App> for Erased {
    type Future = Answering;

    fn call(self, request: Request, app: App) -> Answering {
        (self.0)(request, app)
    }
}

macro_rules! maker {
    ($(#[$meta:meta])* $name:ident, $method:ident) => {
        $(#[$meta])*
        pub fn $name<H, T>(path: &'static str, audience: Audience, handler: H) -> Route
        where
            H: Handler<T, App>,
            T: 'static,
        {
            Route {
                method: Method::$method,
                path,
                audience,
                limit: Limit::FORM,
                is_for_eyes: false,
                handler: on(MethodFilter::$method, Erased::of(handler)),
            }
        }
    };
}
maker!(
    /// A row for reading.
    get, GET
);
maker!(
    /// A row for a deed.
    post, POST
);
maker!(
    /// A row for changing a part, in the API.
    patch, PATCH
);
maker!(
    /// A row for replacing, in the API.
    put, PUT
);
maker!(
    /// A row for undoing, in the API.
    delete, DELETE
);

impl Route {
    /// The same with another limit.
    pub fn taking(mut self, limit: Limit) -> Route {
        self.limit = limit;
        self
    }

    /// The same, open to whoever looks with somebody else's eyes: a page that writes nothing and shows
    /// nothing that its person keeps to themselves.
    pub fn for_eyes(mut self) -> Route {
        self.is_for_eyes = true;
        self
    }
}

/// Builds the router of these rows. Two rows of one method and path are a fault found at start.
pub fn router(app: &App, routes: Vec<Route>) -> Router<App> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let guard = Guard {
            app: app.clone(),
            audience: route.audience,
            limit: route.limit,
            is_for_eyes: route.is_for_eyes,
        };
        router.route(
            route.path,
            route
                .handler
                .route_layer(from_fn_with_state(guard, stand_guard))
                .route_layer(DefaultBodyLimit::max(route.limit.0)),
        )
    })
}

#[derive(Clone)]
struct Guard {
    app: App,
    audience: Audience,
    limit: Limit,
    is_for_eyes: bool,
}

async fn stand_guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(guard.limit);
    let Some(asked) = request.extensions().get::<Arc<Asked>>().cloned() else {
        return Fail(Error::bug("a route stands outside of the outer layer")).into_response();
    };
    if guard.audience == Audience::Api {
        return api::stand_guard(&guard.app, &asked, guard.limit, request, next).await;
    }
    // A deed is never done for another site, whatever its handler reads.
    if !asked.is_reading && !csrf::is_own(request.headers(), &guard.app.config.public_url) {
        return Fail(Error::Forbidden(Because(FORGED))).into_response();
    }
    let is_for_all = guard.audience == Audience::Anyone;
    if is_for_all && asked.is_reading {
        return next.run(request).await;
    }
    let visitor = match visitor::signed_in(&guard.app, &asked, request.headers()).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) if is_for_all => return next.run(request).await,
        Ok(None) => return Fail(Error::SignedOut).into_response(),
        Err(error) => return Fail(error).into_response(),
    };
    if visitor.looks_for().is_some() && !guard.is_for_eyes {
        return Fail(Error::Forbidden(Because(LOOKING))).into_response();
    }
    match guard.audience {
        Audience::Staff | Audience::Admin | Audience::May(_) if !visitor.is_agent() => {
            Fail(Error::NotFound).into_response()
        }
        Audience::Admin if !visitor.is_admin() => {
            Fail(Error::Forbidden(Because("right-administer"))).into_response()
        }
        Audience::May(right) if !visitor.actor.is_permitted(right) => {
            Fail(Error::Forbidden(Because(right))).into_response()
        }
        Audience::Customer if !visitor.person.has_portal => {
            respond::see_other("/my-requests", None)
        }
        _ => next.run(request).await,
    }
}
