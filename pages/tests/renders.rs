//! Every template × every sample × both languages, and what each page promises.

mod html;
mod portal;

use html::{Node, parse};
use std::collections::BTreeSet;
use words::catalogue::{FILES, keys_of, say};
use words::language::Language;

fn every_page(check: impl Fn(&str, Language, &str, &[Node])) {
    for language in Language::ALL {
        for (name, page) in pages::samples::all(language) {
            let page = page.unwrap_or_else(|error| panic!("{name} does not render: {error}"));
            let name = format!("{}/{name}", language.code());
            check(&name, language, &page, &parse(&page));
        }
    }
}

#[test]
fn a_page_carries_no_inline_style_script_or_handler_and_calls_no_other_host() {
    every_page(|name, _, _, nodes| {
        for node in nodes.iter().filter_map(Node::element) {
            assert_ne!(node.name, "style", "{name}");
            if node.name == "script" {
                assert!(
                    node.get("src")
                        .is_some_and(|src| src.starts_with("/static/")),
                    "{name}: inline script"
                );
            }
            for (attribute, value) in &node.attributes {
                assert!(
                    attribute != "style" && !attribute.starts_with("on"),
                    "{name}: {attribute}={value}"
                );
                assert!(!value.starts_with("javascript:"), "{name}: {value}");
                if ["href", "src", "action"].contains(&attribute.as_str()) {
                    let local = value.starts_with('/') && !value.starts_with("//");
                    let known = value.starts_with('#')
                        || value.starts_with("mailto:")
                        || value.starts_with("tel:");
                    // A way out that somebody asked for, which they go themselves and which tells nobody where from.
                    let is_asked_for = node.name == "a"
                        && node.get("rel") == Some("noreferrer")
                        && value.starts_with("https://");
                    assert!(
                        local || known || is_asked_for,
                        "{name}: {attribute}={value}"
                    );
                }
            }
        }
    });
}

#[test]
fn every_static_address_of_a_page_is_served() {
    every_page(|name, _, _, nodes| {
        for node in nodes.iter().filter_map(Node::element) {
            for (_, value) in node
                .attributes
                .iter()
                .filter(|(_, value)| value.starts_with("/static/"))
            {
                let path = value.split('#').next().unwrap_or_default();
                let asset = pages::assets::find(path).unwrap_or_else(|| panic!("{name}: {value}"));
                if let Some((_, icon)) = value.split_once('#') {
                    let sheet = String::from_utf8_lossy(asset.bytes);
                    assert!(
                        sheet.contains(&format!("symbol id=\"{icon}\"")),
                        "{name}: no icon {icon}"
                    );
                }
            }
        }
    });
}

#[test]
fn ids_are_unique_and_what_points_to_them_finds_them() {
    every_page(|name, _, _, nodes| {
        let elements: Vec<_> = nodes.iter().filter_map(Node::element).collect();
        let mut ids = BTreeSet::new();
        for id in elements.iter().filter_map(|node| node.get("id")) {
            assert!(ids.insert(id), "{name}: id {id} twice");
        }
        for node in &elements {
            for attribute in [
                "for",
                "aria-describedby",
                "aria-labelledby",
                "aria-controls",
                "form",
                "popovertarget",
                "data-dialog",
            ] {
                for target in node
                    .get(attribute)
                    .into_iter()
                    .flat_map(str::split_whitespace)
                {
                    assert!(
                        ids.contains(target),
                        "{name}: {attribute}={target} points nowhere"
                    );
                }
            }
        }
    });
}

#[test]
fn a_page_has_one_main_one_first_heading_a_title_and_its_language() {
    every_page(|name, language, _, nodes| {
        let count = |tag: &str| {
            nodes
                .iter()
                .filter_map(Node::element)
                .filter(|node| node.name == tag)
                .count()
        };
        assert_eq!(
            (count("h1"), count("main"), count("title")),
            (1, 1, 1),
            "{name}: h1, main, title"
        );
        let html = nodes
            .iter()
            .filter_map(Node::element)
            .find(|node| node.name == "html");
        assert_eq!(
            html.and_then(|node| node.get("lang")),
            Some(language.code()),
            "{name}"
        );
    });
}

#[test]
fn every_field_has_a_label_and_every_control_a_name() {
    every_page(|name, _, _, nodes| {
        let labelled: BTreeSet<&str> = nodes
            .iter()
            .filter_map(Node::element)
            .filter(|node| node.name == "label")
            .filter_map(|node| node.get("for"))
            .collect();
        for (at, node) in nodes.iter().enumerate() {
            let Some(element) = node.element() else {
                continue;
            };
            match element.name.as_str() {
                "input" if element.get("type") == Some("hidden") => {}
                "input" | "select" | "textarea" => {
                    let named = element.get("aria-label").is_some()
                        || element.get("id").is_some_and(|id| labelled.contains(id))
                        || html::is_inside(nodes, at, "label");
                    assert!(named, "{name}: no label for {element:?}");
                }
                "button" | "a" | "summary" => {
                    let text = html::text_within(nodes, at);
                    assert!(
                        element.get("aria-label").is_some() || !text.trim().is_empty(),
                        "{name}: no name {element:?}"
                    );
                }
                _ => {}
            }
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    every_page(|name, _, _, nodes| {
        for (at, node) in nodes.iter().enumerate() {
            let Some(form) = node.element().filter(|element| element.name == "form") else {
                continue;
            };
            if form.get("method") == Some("get") {
                continue;
            }
            assert_eq!(form.get("method"), Some("post"), "{name}: {form:?}");
            let fields: Vec<_> = html::elements_within(nodes, at)
                .filter_map(|element| element.get("name"))
                .collect();
            assert_eq!(
                fields.iter().filter(|field| **field == "csrf").count(),
                1,
                "{name}: {form:?}"
            );
            if form
                .get("action")
                // What one typed oneself and throws away is nobody else's to change.
                .is_some_and(|action| {
                    action.starts_with("/tickets/") && !action.starts_with("/tickets/unsent/")
                })
            {
                assert!(
                    fields.contains(&"version"),
                    "{name}: {form:?} carries no version"
                );
            }
        }
    });
}

#[test]
fn no_page_shows_the_key_of_a_missing_sentence() {
    every_page(|name, _, _, nodes| {
        for text in html::readable(nodes) {
            for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
                for (noun, _, _) in FILES {
                    let is_key = word
                        .strip_prefix(noun)
                        .is_some_and(|rest| rest.starts_with('-') && rest.len() > 1);
                    assert!(!is_key, "{name}: {word}");
                }
            }
        }
    });
}

/// What no language says otherwise: addresses, names of time zones, what is filled in later.
fn is_the_same_everywhere(text: &str) -> bool {
    let begins = ["/api/v1/", "America/", "Europe/"];
    let is_filled_in = text.starts_with('{') && text.ends_with('}');
    text.contains('@')
        || text.contains("01JDB7W5")
        || is_filled_in
        || begins.iter().any(|beginning| text.starts_with(beginning))
}

/// Data carries « § » in samples; whatever else differs between the two languages is words. A page whose words are the
/// same in both was not translated.
#[test]
fn the_two_languages_do_not_show_the_same_words() {
    // Some words are the same word: « Tickets », « Menu », names of languages.
    let alike: BTreeSet<&str> = FILES
        .iter()
        .flat_map(|(_, french, _)| keys_of(french))
        .map(|key| (say(Language::French, key), say(Language::English, key)))
        .filter(|(french, english)| french == english)
        .map(|(french, _)| french)
        .chain([
            "Vigie",
            "2 tickets",
            "43 tickets",
            "5 messages",
            "2 mentors",
            "Notifications · Vigie",
        ])
        .collect();
    let french = pages::samples::all(Language::French);
    let english = pages::samples::all(Language::English);
    for ((name, french), (_, english)) in french.into_iter().zip(english) {
        let words = |page: Result<String, askama::Error>| -> BTreeSet<String> {
            html::readable(&parse(&page.expect("renders")))
                .into_iter()
                .map(|text| text.trim().to_owned())
                .filter(|text| {
                    !text.contains('§') && text.chars().filter(|c| c.is_alphabetic()).count() > 3
                })
                .collect()
        };
        let (french, english) = (words(french), words(english));
        let same: Vec<_> = french.intersection(&english).collect();
        let suspicious: Vec<_> = same
            .into_iter()
            .filter(|text| !alike.contains(text.as_str()) && !is_the_same_everywhere(text))
            .collect();
        assert!(suspicious.is_empty(), "{name}: {suspicious:?}");
    }
}

#[test]
fn what_a_person_typed_is_escaped_everywhere_but_in_sanitised_bodies() {
    use askama::Template;
    let mut page = pages::tickets::show::TicketPage::sample(Language::French);
    page.subject = "<script>alert(1)</script>\" onload=\"x".to_owned();
    page.requester.email = "a\"><b>@example.org?bcc=all@example.org".to_owned();
    let html = page.render().expect("renders");
    assert!(
        !html.contains("<script>alert")
            && !html.contains("\" onload=")
            && !html.contains("\"><b>@")
    );
    assert!(
        html.contains("mailto:a%22%3E%3Cb%3E"),
        "an address cannot add recipients"
    );
}

#[test]
fn actions_that_cannot_apply_are_absent() {
    for (name, page) in pages::samples::all(Language::English) {
        let page = page.expect("renders");
        let offers = |deed: &str| page.contains(&format!("/tickets/4812/{deed}\""));
        let offered = [
            "assignment",
            "release",
            "closure",
            "approval",
            "refusal",
            "reopening",
            "comments",
        ]
        .map(offers);
        let expect = match name.as_str() {
            "ticket" => [true, false, true, false, false, false, true],
            "ticket-mine" => [false, true, true, false, false, false, true],
            "ticket-to-approve" => [false, false, false, true, true, false, true],
            "ticket-awaiting" => [false, false, false, false, false, true, true],
            "ticket-read-only" => [false; 7],
            _ => continue,
        };
        assert_eq!(offered, expect, "{name}");
    }
}
