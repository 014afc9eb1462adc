//! A browser's form: the only way a handler gets one. Where it comes from and whether it came from
//! our page is checked before anything of it is believed.

use axum::extract::{FromRequest, FromRequestParts, Request};
use kit::error::{Because, Error};
use kit::web::csrf;
use kit::web::form::Form;

use super::fail::{FORGED, Fail};
use super::route::Limit;
use super::visitor::{AgentVisitor, CustomerVisitor, Guest, Visitor};
use crate::house::App;

/// A form and who sent it. `V` says who may: [`Visitor`] unless named.
#[derive(Clone, Debug)]
pub struct Posted<V = Visitor> {
    /// Who sent it.
    pub visitor: V,
    /// What it brought.
    pub form: Form,
}

/// Who can send a form.
pub trait Sender: FromRequestParts<App> + Send {
    /// Whether the form's token belongs to them.
    fn token_fits(&self, given: &str) -> bool;
}

impl Sender for Visitor {
    fn token_fits(&self, given: &str) -> bool {
        Visitor::token_fits(self, given)
    }
}
impl Sender for AgentVisitor {
    fn token_fits(&self, given: &str) -> bool {
        self.0.token_fits(given)
    }
}
impl Sender for CustomerVisitor {
    fn token_fits(&self, given: &str) -> bool {
        self.0.token_fits(given)
    }
}
impl Sender for Guest {
    fn token_fits(&self, given: &str) -> bool {
        Guest::token_fits(self, given)
    }
}

fn forged() -> Fail {
    Fail(Error::Forbidden(Because(FORGED)))
}

impl<V: Sender> FromRequest<App> for Posted<V> {
    type Rejection = axum::response::Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, axum::response::Response> {
        use axum::response::IntoResponse;
        if !csrf::is_own(request.headers(), &app.config.public_url) {
            return Err(forged().into_response());
        }
        let (mut parts, body) = request.into_parts();
        let visitor = V::from_request_parts(&mut parts, app)
            .await
            .map_err(IntoResponse::into_response)?;
        let limit = parts
            .extensions
            .get::<Limit>()
            .map_or(Limit::FORM.0, |l| l.0);
        let form = Form::read(Request::from_parts(parts, body), limit)
            .await
            .map_err(|e| Fail(e).into_response())?;
        if visitor.token_fits(form.text("csrf")) {
            Ok(Posted { visitor, form })
        } else {
            Err(forged().into_response())
        }
    }
}
