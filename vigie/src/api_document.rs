//! `/api/v1/openapi.json` and `/api/docs`: the API's description, made from its handlers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use pages::api_docs::{DocsPage, Operation};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

use crate::activity::api as activity;
use crate::assets::api as assets;
use crate::assets::links::api as asset_links;
use crate::departments::api as departments;
use crate::departments::availability::api as availability;
use crate::departments::confidence::api as confidence;
use crate::departments::copied::api as copied;
use crate::departments::daily::api as daily;
use crate::departments::giving::api as giving;
use crate::departments::invitees::api as invitees;
use crate::departments::mentoring::api as mentoring;
use crate::departments::monitoring::api as monitoring;
use crate::departments::monitoring_mailbox::api as monitoring_mailbox;
use crate::departments::offering::api as offering;
use crate::departments::redirects::api as redirects;
use crate::departments::serving::api as serving;
use crate::departments::sharing::api as sharing;
use crate::departments::signature::api as signature;
use crate::departments::teams::api as teams;
use crate::departments::templates::api as templates;
use crate::departments::waiting::api as waiting;
use crate::house::App;
use crate::inspector::api as inspector;
use crate::journal::api as journal;
use crate::journal::of_department::api as department_journal;
use crate::knowledge::api as articles;
use crate::mail::channels::api as channels;
use crate::mail::filters::api as filters;
use crate::mail::filters::quarantine::api as quarantine;
use crate::mail::mailboxes::api as mailboxes;
use crate::mail::outbox::api as outbox;
use crate::mail::wording::api as wording;
use crate::people::addresses::api as addresses;
use crate::people::admin::api as administration;
use crate::people::admin::safety::api as safety;
use crate::people::api as people;
use crate::people::desk::api as desk;
use crate::people::directory::api as directory;
use crate::people::directory::importing::api as importing;
use crate::people::roles::api as roles;
use crate::people::sessions::api as sessions;
use crate::people::suppression::api as suppression;
use crate::privacy::duplicates::api as duplicates;
use crate::privacy::erasure::api as erasure;
use crate::privacy::export::api as export;
use crate::privacy::redaction::api as redaction;
use crate::privacy::retention::api as retention;
use crate::replies::api as replies;
use crate::scopes::api as scopes;
use crate::search::api as search;
use crate::tasks::api as tasks;
use crate::tickets::advice::api as advice;
use crate::tickets::api as tickets;
use crate::tickets::attachments::api as attachments;
use crate::tickets::bulk::api as bulk;
use crate::tickets::handling::api as handling;
use crate::tickets::joining::api as joining;
use crate::tickets::links::api as links;
use crate::tickets::participants::api as participants;
use crate::tickets::properties::api as properties;
use crate::tickets::rewording::api as rewording;
use crate::tickets::shared::api as shared;
use crate::tickets::tags::api as tags;
use crate::views::api as views;
use crate::web::api::json;
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience, Route, get};
use crate::web::visitor::Guest;

/// The addresses of the description.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/openapi.json", Audience::Anyone, document),
        get("/api/docs", Audience::Anyone, docs),
    ]
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vigie",
        description = "Every list and deed of the help desk, decided by the same rule as its pages. \
            Send `Authorization: Bearer …`; `If-Match` carries the version one saw, `Idempotency-Key` makes a POST safe to repeat; \
            refusals are RFC 9457 problems."
    ),
    modifiers(&Bearer),
    security(("token" = [])),
    paths(
        sessions::list, sessions::end_all, sessions::end_one, people::me, people::change_me, people::change_password,
        tickets::list, tickets::create, tickets::count, tickets::show, tickets::comments, tickets::comment,
        tickets::events, attachments::fetch, tickets::take, tickets::release, tickets::close, tickets::approve,
        handling::take_and_close, handling::take_and_ask, handling::ask, handling::refuse, handling::cancel,
        handling::handlers, handling::assign, handling::postpone, handling::recall, handling::destinations, handling::send,
        handling::move_back,
        tickets::refuse_closure, tickets::reopen, tickets::categories, tickets::departments_seen,
        properties::change, shared::list, shared::show, rewording::reword, redaction::redact, attachments::remove,
        participants::list, participants::search, participants::invite, participants::uninvite, participants::add_observers,
        participants::remove_observer, participants::follow, participants::unfollow,
        advice::show, advice::ask, advice::end,
        links::list, links::create, links::remove, tags::offered, tags::list, tags::create, tags::remove,
        joining::merge, joining::give_back, joining::split, joining::follow_up,
        tasks::mine, tasks::list, tasks::add, tasks::change, tasks::remove, tasks::time_of, tasks::spend, tasks::take_back,
        templates::of_category, templates::show_whole, templates::set_whole, templates::show, templates::set,
        replies::list, replies::create, replies::show, replies::change, replies::remove,
        articles::list, articles::create, articles::show, articles::change, articles::remove, articles::publish, articles::withdraw,
        assets::list, assets::create, assets::show, assets::change,
        asset_links::list, asset_links::create, asset_links::remove,
        bulk::start, bulk::show, bulk::undo,
        views::list, views::create, views::show, views::change, views::remove,
        search::search,
        departments::create, departments::show, departments::change, departments::add_category, departments::change_category,
        departments::add_member, departments::change_member, departments::remove_member, waiting::show, waiting::change,
        monitoring_mailbox::show, monitoring_mailbox::change,
        wording::mail_texts, wording::say, signature::show, signature::change, outbox::outgoing_mails, outbox::retry, suppression::suppressed, suppression::lift,
        serving::show, serving::change, giving::show, giving::change, confidence::show, confidence::change, sharing::show, sharing::change,
        teams::list, teams::create, teams::show, teams::rename, teams::remove, teams::add_member, teams::remove_member, teams::set_level,
        invitees::list, invitees::add, invitees::remove, copied::show, copied::change, mentoring::list, mentoring::change,
        redirects::show, redirects::change, offering::show, offering::change,
        department_journal::list,
        journal::list, journal::standing, journal::noting, journal::say_noting,
        inspector::of_ticket, inspector::of_both, inspector::of_person, inspector::of_department,
        scopes::show, scopes::change, scopes::preview, scopes::reviewed, scopes::due, scopes::say_days,
        administration::list, administration::create, administration::show, administration::change, administration::send_link,
        availability::list, availability::say, monitoring::show, monitoring::change, daily::show, daily::change, daily::now, importing::import, directory::tickets, directory::change_card, channels::list, channels::create, channels::change,
        mailboxes::list, mailboxes::create, mailboxes::change, mailboxes::remove, mailboxes::test,
        filters::list, filters::create, filters::change, filters::remove, quarantine::quarantined, quarantine::release,
        export::of_somebody, export::of_oneself, duplicates::merge, addresses::list, addresses::remove, erasure::erase, desk::show, desk::change, activity::list, activity::say_days, retention::show, retention::change, retention::preview, safety::end_sessions, safety::remove_second_factor,
        roles::list, roles::clone, roles::show, roles::change, roles::remove,
    )
)]
struct Document;

struct Bearer;
impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The document itself, for tests and for the two addresses.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

async fn document() -> Result<Response, Fail> {
    Ok(json(StatusCode::OK, &openapi()))
}

async fn docs(State(app): State<App>, guest: Guest) -> Result<Response, Fail> {
    let document = serde_json::to_value(openapi())?;
    let mut operations = vec![];
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let text = operation["summary"].as_str().unwrap_or_default();
            operations.push(Operation {
                method: method.to_ascii_uppercase(),
                path: path.clone(),
                summary: text.to_owned(),
            });
        }
    }
    Ok(page(&DocsPage {
        frame: guest.frame(&app),
        document: "/api/v1/openapi.json",
        operations,
    }))
}
