//! What an unsafe probe brings: a form or a text that is read without trouble, and asks for nothing that
//! could be done. So whoever has the right is told what is wrong with it (`form`, `conflict`), whoever
//! has not is refused, and nothing changes.

use axum::http::Method;
use vigie::web::route::{Audience, Route};

/// What a browser's form holds: of a version that nothing ever has.
const FORM: &str = "version=0&body=&subject=&name=&title=&text=&was=&priority=9&position=1";
/// The same about a ticket, after the version that stands: whatever needs nothing but the right is done.
const ON_A_TICKET: &str = "body=&subject=&name=&title=&text=&was=&priority=9&minutes=0";

/// Whether the address is a deed on a ticket.
pub fn is_on_a_ticket(route: &Route) -> bool {
    route.method != Method::GET && route.path.contains("/tickets/{number}")
}

/// Texts of programs whose shape asks for more than nothing.
const TEXTS: &[(&str, &str)] = &[
    (
        "POST /api/v1/tickets",
        r#"{"subject":"","body":"","category":0}"#,
    ),
    ("/comments", r#"{"audience":"public","body":""}"#),
    ("PATCH /api/v1/tickets/{number}", r#"{"subject":""}"#),
    ("/comments/{id}", r#"{"body":""}"#),
    ("/erasure", r#"{"name":""}"#),
    ("/people/{id}/merge", r#"{"other":0}"#),
    ("/addresses/removal", r#"{"address":""}"#),
    ("/redaction", r#"{"reason":""}"#),
    ("/merge", r#"{"into":0,"let_requester_in":false}"#),
    ("/split", r#"{"comment":0,"subject":""}"#),
    ("/follow-up", r#"{"body":""}"#),
    ("/tickets/{number}/tasks", r#"{"title":""}"#),
    ("/tickets/{number}/time", r#"{"minutes":0}"#),
    ("/tickets/{number}/tags", r#"{"tags":[]}"#),
    ("POST /api/v1/departments/{id}/invitees", r#"{"person":""}"#),
    ("/invitees", r#"{"people":[]}"#),
    ("/api/v1/departments", r#"{"name":""}"#),
    ("/categories", r#"{"name":""}"#),
    ("/members", r#"{"person":""}"#),
    ("/template", r#"{"priority":9}"#),
    ("/api/v1/scope-reviews", r#"{"review_days":-1}"#),
    ("/api/v1/activity", r#"{"look_back_days":-1}"#),
    ("/mentors/{person}", r#"{"mentors":["nobody-at-all"]}"#),
    ("/confidence", r#"{"confidential":true}"#),
    ("/sharing", r#"{"tag":null}"#),
    ("/offering", r#"{"offered_to":"everybody"}"#),
    ("/giving", r#"{"rule":null,"categories":[]}"#),
    ("/serving", r#"{"categories":[]}"#),
    ("/redirects", r#"{"category":0,"to":0}"#),
    ("/signature", r#"{"signature":null}"#),
    ("/mail-texts/{event}/{language}", r#"{"lead":"{nothing}"}"#),
    (
        "/monitoring-mailbox",
        r#"{"alert":"never","address":null,"categories":[]}"#,
    ),
    ("/copied", r#"{"copied":null,"categories":[]}"#),
    (
        "/waiting",
        r#"{"expire_days":0,"reopen_days":0,"categories":[]}"#,
    ),
    ("/api/v1/me/departments/{id}", r#"{"available":true}"#),
    ("/people/import", r#"{"content":""}"#),
    ("POST /api/v1/people", r#"{"name":"","email":""}"#),
    (
        "POST /api/v1/channels",
        r#"{"address":"","name":"","category":0}"#,
    ),
    ("POST /api/v1/mailboxes", r#"{"name":"","host":""}"#),
    ("POST /api/v1/filters", r#"{"name":""}"#),
    ("POST /api/v1/roles", r#"{"name":"","from":""}"#),
    ("POST /api/v1/teams", r#"{"name":""}"#),
    ("POST /api/v1/teams/{id}/members", r#"{"person":""}"#),
    ("PATCH /api/v1/teams/{id}", r#"{"name":""}"#),
    (
        "PUT /api/v1/teams/{id}/departments/{department}",
        r#"{"level":"none"}"#,
    ),
    ("POST /api/v1/replies", r#"{"title":"","body":""}"#),
    ("POST /api/v1/articles", r#"{"title":"","body":""}"#),
    ("POST /api/v1/bulk", r#"{"deed":"take","tickets":[]}"#),
];

/// What is sent to this address, about a ticket of this version.
pub fn of(route: &Route, version: i64) -> String {
    if is_on_a_ticket(route) && route.audience != Audience::Api {
        return format!("version={version}&{ON_A_TICKET}");
    }
    of_no_version(route).to_owned()
}

fn of_no_version(route: &Route) -> &'static str {
    if route.method == Method::GET {
        return "";
    }
    if route.audience != Audience::Api {
        return FORM;
    }
    let whole = format!("{} {}", route.method, route.path);
    TEXTS
        .iter()
        .find(|(end, _)| whole.ends_with(end))
        .map_or("{}", |(_, text)| text)
}
