//! Every address and who may come there. What they are answered is in `probes`.

use std::collections::BTreeSet;
use std::fmt::Write;

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
