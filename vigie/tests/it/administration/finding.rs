//! Who finds whom: one rule for the list, the search, the card, the API, and the fields that name people.

use super::*;

/// Whom each may look for, said by hand: Rob is restricted, and sees one ticket, which Fay asked for
/// and Emil was invited to. The others of the staff serve whoever asks; customers look for nobody.
const MAY_FIND: &[(&str, &[&str])] = &[
    ("ada", CUSTOMERS),
    ("max", CUSTOMERS),
    ("gil", CUSTOMERS),
    ("ben", CUSTOMERS),
    ("vera", CUSTOMERS),
    ("rob", &["emil", "fay"]),
    ("dora", &[]),
];
const CUSTOMERS: &[&str] = &["dora", "emil", "fay"];

on_both_engines! {
    async fn one_rule_says_who_finds_whom_whatever_way_they_look(w) {
        let office = Office::of(w).await;
        let emil = json!({ "people": ["emil@nordet.example"] });
        let path = format!("/api/v1/tickets/{}/invitees", w.ticket("rob"));
        assert_eq!(office.asks("ada", "POST", &path, None, emil).await.0 / 100, 2);
        crate::search::keeps_up(w).await;
        for (who, customers) in MAY_FIND {
            let is_staff = *who != "dora";
            let mut browser = office.with(who).await;
            for whose in ["dora", "emil", "fay", "ben", "ada"] {
                // Colleagues are known to all staff.
                let finds = customers.contains(&whose) || (is_staff && !CUSTOMERS.contains(&whose));
                let id = w.person(whose);
                let link = format!("href=\"/people/{id}\"");
                let case = format!("{who} looks for {whose}");
                for page in ["/people".to_owned(), format!("/people?q={whose}")] {
                    assert_eq!(browser.gets(&page).await.text.contains(&link), finds, "{case}: {page}");
                }
                let card = browser.gets(&format!("/people/{id}")).await;
                assert_eq!(card.status, if finds { 200 } else { 404 }, "{case}");
                for path in [format!("/api/v1/people/{id}"), format!("/api/v1/people/{id}/tickets")] {
                    let (status, _) = office.asks(who, "GET", &path, None, Value::Null).await;
                    assert_eq!(status, if finds { 200 } else { 404 }, "{case}: {path}");
                }
                let (status, all) = office.asks(who, "GET", &format!("/api/v1/people?q={whose}"), None, Value::Null).await;
                let named = all["items"].as_array().is_some_and(|items| items.iter().any(|p| p["id"] == id.0));
                assert_eq!((status == 200, named), (is_staff, finds), "{case}");
                let (_, found) = office.asks(who, "GET", &format!("/api/v1/search?q={whose}"), None, Value::Null).await;
                let found = found["people"].as_array().is_some_and(|people| people.iter().any(|p| p["id"] == id.0));
                assert_eq!(found, finds, "{case}: search");
            }
        }
        // Beside the field where one names somebody, and in the field itself: a login of somebody one
        // may not find is as unknown as one that nobody has; an address is taken as it is typed.
        let ticket = w.ticket("rob");
        let suggested = format!("/api/v1/tickets/{ticket}/people?text=nordet");
        let (status, found) = office.asks("rob", "GET", &suggested, None, Value::Null).await;
        assert_eq!(status, 200, "{found}");
        assert!(!found.to_string().contains("dora@") && found.to_string().contains("ben@"), "{found}");
        for (login, status) in [("dora", 422), ("nobody-here", 422), ("fay", 422), ("cleo", 201), ("dora@nordet.example", 201)] {
            let body = json!({ "people": [login] });
            let (is, said) = office.asks("rob", "POST", &path, None, body).await;
            assert_eq!(is, status, "{login}: {said}");
        }
        office.leave();
    }
}

on_both_engines! {
    async fn a_restricted_agent_finds_whom_they_added_and_changes_nobody_they_do_not_find(w) {
        let office = Office::of(w).await;
        let mut rob = office.with("rob").await;
        let fields = [("name", "Yann Kerbrat"), ("email", "yann@nordet.example"), ("language", "fr"), ("kind", "client")];
        let made = rob.posts("/people/new", "/people", &fields).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let card = made.location().to_owned();
        assert_eq!(rob.gets(&card).await.status, 200, "the card one is sent to is there");
        assert!(rob.gets("/people?q=yann").await.text.contains(&card));
        let dora = w.person("dora");
        for path in [format!("/people/{dora}/edit"), format!("/people/{dora}")] {
            assert_eq!(rob.gets(&path).await.status, 404, "{path}");
        }
        let (status, _) = office.asks("rob", "PATCH", &format!("/api/v1/people/{dora}/card"), None, json!({ "phone": "1" })).await;
        assert_eq!(status, 404);
        office.leave();
    }
}
