//! Every address, who may come there, and what happens to those who may not.

use std::collections::BTreeSet;
use std::fmt::Write;

use axum::http::Method;
use vigie::web::route::{Audience, Route};

use super::tree;

fn line(route: &Route) -> String {
    format!(
        "{:<6} {:<48} {:?}",
        route.method.as_str(),
        route.path,
        route.audience
    )
}

#[test]
fn the_addresses_are_the_reviewed_ones() {
    let mut out = String::from("method, address, who may come\n\n");
    let mut once = BTreeSet::new();
    for route in vigie::routes::all() {
        let _ = writeln!(out, "{}", line(&route));
        assert!(
            once.insert((route.method.to_string(), route.path)),
            "{} twice",
            route.path
        );
    }
    tree::expect("routes.txt", &out);
}

#[test]
fn every_address_of_the_api_is_in_its_document_and_back() {
    let document = serde_json::to_value(vigie::api_document::openapi()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            documented.insert(format!("{} {path}", method.to_ascii_uppercase()));
        }
    }
    let served: BTreeSet<String> = vigie::routes::all()
        .into_iter()
        .filter(|route| route.audience == Audience::Api)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert!(served.len() > 10);
    assert_eq!(documented, served);
}

/// What stands for each parameter of an address. The ticket is one that neither the agent nor the
/// customers who ask may see; a parameter without a value here fails.
fn fill(route: &Route, ticket: i64) -> String {
    let filled = route
        .path
        .replace("{number}", &ticket.to_string())
        .replace("{id}", "1")
        .replace("{category}", "1")
        .replace("{person}", "1")
        .replace("{hash}", "0")
        .replace("{name}", "nothing.css");
    assert!(
        !filled.contains('{'),
        "{} has a parameter that no probe fills",
        route.path
    );
    filled
}

/// A body that nothing is wrong with, so that only the right to do it is in question.
pub fn what_is_sent(route: &Route) -> &'static str {
    match route.audience {
        Audience::Api if route.path.ends_with("/comments") => {
            r#"{"audience":"public","body":"hello"}"#
        }
        Audience::Api if route.method == Method::POST => match route.path {
            "/api/v1/departments" => r#"{"name":"Mine"}"#,
            "/api/v1/departments/{id}/categories" => r#"{"name":"Mine"}"#,
            "/api/v1/departments/{id}/members" => r#"{"person":"cleo"}"#,
            "/api/v1/tickets/{number}/merge" => r#"{"into":1,"let_requester_in":false}"#,
            "/api/v1/tickets/{number}/split" => r#"{"comment":1,"subject":"Mine"}"#,
            "/api/v1/tickets/{number}/follow-up" => r#"{"body":"Again"}"#,
            "/api/v1/tickets/{number}/tasks" => r#"{"title":"Mine"}"#,
            "/api/v1/tickets/{number}/time" => r#"{"minutes":5}"#,
            "/api/v1/people" => r#"{"name":"Eve","email":"eve@nordet.example"}"#,
            "/api/v1/channels" => r#"{"address":"x@nordet.example","name":"x","category":1}"#,
            _ => "{}",
        },
        Audience::Api if route.path == "/api/v1/me/departments/{id}" => r#"{"available":true}"#,
        Audience::Api if route.path == "/api/v1/tickets/{number}/comments/{id}" => {
            r#"{"body":"hello"}"#
        }
        Audience::Api => "{}",
        _ => "body=hello&version=1",
    }
}

on_both_engines! {
    /// Nobody; Cleo, an agent of another department; Emil, a customer; each at a ticket of Fay's.
    async fn every_address_is_probed_by_those_who_may_not(w) {
        let mut door = w.door().await;
        let ticket = w.ticket("cable").0;
        let mut out = String::from(
            "Each address, asked by nobody, by an agent of another department (cleo), by a customer (emil);\n\
             the ticket, where there is one, is none of theirs. Last, its requester (fay), only reading.\n\n",
        );
        for route in vigie::routes::all() {
            let path = fill(&route, ticket);
            let form = what_is_sent(&route);
            let mut verdicts = vec![];
            for who in ["nobody", "cleo", "emil", "fay"] {
                if who == "fay" && route.method != Method::GET {
                    continue;
                }
                let answer = door.asks(who, route.method.clone(), &path, form).await;
                let location = answer.location().split('?').next().unwrap_or_default();
                verdicts.push(format!("{who} {}{}", answer.status, if location.is_empty() { String::new() } else { format!("→{location}") }));
                assert!(answer.status < 500, "{who} {} {path}: {}", route.method, answer.status);
                // Who the audience leaves out gets nothing, and nobody but its people a ticket.
                let is_left_out = match route.audience {
                    Audience::Anyone => false,
                    Audience::SignedIn | Audience::Api => who == "nobody",
                    Audience::Staff => who != "cleo",
                    Audience::Admin => true,
                    Audience::Customer => matches!(who, "nobody" | "cleo"),
                };
                let is_others = route.path.contains("/departments/{id}")
                    || (route.path.contains("/people/") && route.method != Method::GET);
                if is_left_out || is_others || (route.path.contains("{number}") && who != "fay") {
                    let is_shut = match answer.status {
                        303 => matches!(location, "/login" | "/my-requests"),
                        status => matches!(status, 401 | 403 | 404),
                    };
                    assert!(is_shut, "{who} {} {path}: {}", route.method, answer.status);
                }
            }
            let _ = writeln!(out, "{}\n    {}", line(&route), verdicts.join(", "));
            // A deed may have ended their sessions, by either door.
            if route.method != Method::GET {
                for who in ["cleo", "emil"] {
                    door.lets_in_again(w, who).await;
                }
            }
        }
        tree::expect("route_verdicts.txt", &out);
        door.closes().await;
    }
}
