//! What is said: every key that code or a template names exists in both languages, and every
//! sentence of the catalogues is said somewhere.

use std::collections::{BTreeMap, BTreeSet};

use words::catalogue::{FILES, has, keys_of};

use super::tree;

/// What looks like a key and is something else: names of icons, of samples, of a form's parts.
const LOOKALIKES: &[&str] = &[
    "api-docs",
    "keys-impossible",
    "keys-of-access",
    "list-ordered",
    "mail-plus",
    "people-in",
    "people-in-fault",
    "people-in-hint",
    "properties-title",
    "refusal-body",
    "refusal-hint",
    "refusal-message",
    "tickets-all",
    "tickets-empty",
    "waiting-own",
];

/// Literals that look like keys of the catalogues, with where they stand.
fn named() -> BTreeMap<String, String> {
    let nouns: BTreeSet<&str> = FILES
        .iter()
        .flat_map(|(_, french, _)| keys_of(french))
        .filter_map(|key| key.split_once('-').map(|(noun, _)| noun))
        .collect();
    let mut named = BTreeMap::new();
    let sources = tree::files(&["words/src", "kit/src", "pages/src", "vigie/src"], ".rs");
    let templates = tree::files(&["pages/templates"], ".html");
    for source in sources.iter().chain(&templates) {
        for literal in source.text.split('"') {
            let is_kebab = literal
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            let is_key = literal
                .split_once('-')
                .is_some_and(|(noun, rest)| nouns.contains(noun) && !rest.is_empty());
            if is_kebab && is_key {
                named.insert(literal.to_owned(), source.path.clone());
            }
        }
    }
    named
}

#[test]
fn every_key_that_is_named_is_said_in_both_languages() {
    let named = named();
    assert!(named.len() > 300, "the search finds keys: {}", named.len());
    let missing: Vec<String> = named
        .iter()
        .filter(|(key, _)| !has(key) && !LOOKALIKES.contains(&key.as_str()))
        .map(|(key, path)| format!("{key}, named in {path}"))
        .collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn every_sentence_of_the_catalogues_is_said_somewhere() {
    let named = named();
    let silent: Vec<&str> = FILES
        .iter()
        .flat_map(|(_, french, _)| keys_of(french))
        .filter(|key| !named.contains_key(*key))
        .collect();
    assert!(silent.is_empty(), "nobody says\n{}", silent.join("\n"));
}
