//! Every address of the web door, in one list: the nouns' rows, one after the other.

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use kit::error::Error;

use crate::house::App;
use crate::people;
use crate::setup;
use crate::web::fail::Fail;
use crate::web::route::Route;
use crate::web::{health, outer, route};

/// All rows.
pub fn all() -> Vec<Route> {
    [
        health::routes(),
        setup::pages::routes(),
        setup::guide::pages::routes(),
        people::pages::routes(),
        people::preferences::pages::routes(),
        people::preferences::shortcuts::pages::routes(),
        people::sessions::api::routes(),
        people::second_factor::pages::routes(),
        people::mailed_codes::pages::routes(),
        people::passkeys::pages::routes(),
        people::desk::pages::routes(),
        people::directory::pages::routes(),
        people::directory::importing::pages::routes(),
        people::directory::importing::api::routes(),
        people::directory::api::routes(),
        people::api::routes(),
        crate::tickets::pages::routes(),
        crate::tickets::composer::pages::routes(),
        crate::tickets::unsent::pages::routes(),
        crate::notifications::pages::routes(),
        crate::tickets::composer::suggesting::pages::routes(),
        crate::tickets::opening::pages::routes(),
        crate::tickets::opening::portal::pages::routes(),
        crate::departments::templates::pages::routes(),
        crate::departments::templates::api::routes(),
        crate::replies::pages::routes(),
        crate::replies::api::routes(),
        crate::tickets::listing::pages::routes(),
        crate::tickets::listing::narrowing::pages::routes(),
        crate::tickets::listing::dressing::pages::routes(),
        crate::tickets::listing::export::pages::routes(),
        crate::tickets::listing::peeking::pages::routes(),
        crate::tickets::bulk::pages::routes(),
        crate::tickets::bulk::api::routes(),
        crate::views::pages::routes(),
        crate::views::api::routes(),
        crate::tickets::handling::pages::routes(),
        crate::tickets::portal::routes(),
        crate::tickets::handling::portal::pages::routes(),
        crate::tickets::properties::portal::pages::routes(),
        crate::tickets::api::routes(),
        crate::tickets::properties::pages::routes(),
        crate::tickets::properties::api::routes(),
        crate::tickets::attachments::pages::routes(),
        crate::tickets::attachments::api::routes(),
        crate::tickets::shared::pages::routes(),
        crate::tickets::shared::api::routes(),
        crate::tickets::rewording::pages::routes(),
        crate::tickets::rewording::api::routes(),
        crate::privacy::export::pages::routes(),
        crate::privacy::export::api::routes(),
        crate::privacy::duplicates::pages::routes(),
        crate::privacy::duplicates::api::routes(),
        crate::privacy::erasure::pages::routes(),
        crate::privacy::erasure::api::routes(),
        crate::privacy::redaction::pages::routes(),
        crate::privacy::redaction::api::routes(),
        crate::privacy::retention::pages::routes(),
        crate::privacy::retention::api::routes(),
        crate::tickets::participants::pages::routes(),
        crate::tickets::participants::api::routes(),
        crate::tickets::advice::pages::routes(),
        crate::tickets::advice::api::routes(),
        crate::tickets::links::pages::routes(),
        crate::tickets::links::api::routes(),
        crate::tickets::tags::pages::routes(),
        crate::tickets::tags::api::routes(),
        crate::tickets::joining::pages::routes(),
        crate::tickets::joining::api::routes(),
        crate::tasks::pages::routes(),
        crate::tasks::api::routes(),
        crate::tickets::handling::api::routes(),
        crate::departments::pages::routes(),
        crate::departments::api::routes(),
        crate::departments::availability::pages::routes(),
        crate::departments::availability::api::routes(),
        crate::departments::monitoring::pages::routes(),
        crate::departments::monitoring::api::routes(),
        crate::departments::daily::pages::routes(),
        crate::departments::daily::api::routes(),
        crate::departments::serving::pages::routes(),
        crate::departments::serving::api::routes(),
        crate::departments::confidence::pages::routes(),
        crate::departments::confidence::api::routes(),
        crate::departments::giving::pages::routes(),
        crate::departments::giving::api::routes(),
        crate::departments::teams::pages::routes(),
        crate::departments::teams::api::routes(),
        crate::departments::sharing::pages::routes(),
        crate::departments::sharing::api::routes(),
        crate::departments::offering::pages::routes(),
        crate::departments::offering::api::routes(),
        crate::departments::mentoring::pages::routes(),
        crate::departments::mentoring::api::routes(),
        crate::departments::invitees::pages::routes(),
        crate::departments::invitees::api::routes(),
        crate::departments::waiting::pages::routes(),
        crate::departments::waiting::api::routes(),
        crate::mail::wording::pages::routes(),
        crate::mail::wording::api::routes(),
        crate::departments::signature::pages::routes(),
        crate::departments::signature::api::routes(),
        crate::mail::outbox::pages::routes(),
        crate::mail::outbox::api::routes(),
        crate::people::suppression::pages::routes(),
        crate::people::suppression::api::routes(),
        crate::departments::monitoring_mailbox::pages::routes(),
        crate::departments::monitoring_mailbox::api::routes(),
        crate::departments::redirects::pages::routes(),
        crate::departments::redirects::api::routes(),
        crate::inspector::pages::routes(),
        crate::inspector::api::routes(),
        crate::inspector::of_department::pages::routes(),
        crate::journal::pages::routes(),
        crate::journal::api::routes(),
        crate::journal::of_department::api::routes(),
        crate::journal::of_department::pages::routes(),
        crate::activity::pages::routes(),
        crate::activity::api::routes(),
        crate::scopes::pages::routes(),
        crate::scopes::api::routes(),
        people::desk::api::routes(),
        people::admin::pages::routes(),
        people::admin::api::routes(),
        people::roles::pages::routes(),
        people::roles::api::routes(),
        people::addresses::pages::routes(),
        people::addresses::api::routes(),
        people::admin::safety::pages::routes(),
        people::eyes::pages::routes(),
        people::new_rights::pages::routes(),
        people::admin::safety::api::routes(),
        crate::search::pages::routes(),
        crate::search::api::routes(),
        crate::live::pages::routes(),
        crate::api_document::routes(),
        crate::mail::pages::routes(),
        crate::mail::deeds::pages::routes(),
        crate::mail::channels::pages::routes(),
        crate::mail::channels::api::routes(),
        crate::mail::mailboxes::pages::routes(),
        crate::mail::mailboxes::api::routes(),
        crate::mail::filters::pages::routes(),
        crate::mail::filters::api::routes(),
        crate::mail::filters::quarantine::api::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The whole web door.
pub fn router(app: &App) -> Router {
    route::router(app, all())
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .layer(from_fn_with_state(app.clone(), outer::outer))
        .with_state(app.clone())
}

/// An address that is nobody's answers as one that may not be seen.
async fn nothing(_: Request) -> Fail {
    Fail(Error::NotFound)
}
