//! The two languages say the same things, each in its own typography.

use std::collections::{BTreeMap, BTreeSet};
use words::catalogue::{Arg, FILES, has, keys_of, say, say_with};
use words::language::Language;

/// Key → whole text of the entry, continuation lines included.
fn entries(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            current = None;
        } else if let (true, Some((key, value))) = (
            line.starts_with(|c: char| c.is_ascii_alphabetic()),
            line.split_once('='),
        ) {
            let known = entries.insert(key.trim().to_owned(), value.trim().to_owned());
            assert!(known.is_none(), "{key} is defined twice");
            current = Some(key.trim().to_owned());
        } else if let Some(text) = current.as_ref().and_then(|key| entries.get_mut(key)) {
            text.push('\n');
            text.push_str(line.trim());
        } else {
            panic!("this line belongs to no entry: {line}");
        }
    }
    entries
}

fn arguments(entry: &str) -> BTreeSet<&str> {
    entry
        .split('$')
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

/// What people read: the entry without `{ $argument }` and without the heads of its variants.
fn prose(entry: &str) -> String {
    let mut text = String::new();
    for line in entry.lines() {
        let line = line.trim_start_matches('*');
        let line = if line.starts_with('[') {
            line.split_once(']')
                .map_or(line, |(_, rest)| rest.trim_start())
        } else {
            line
        };
        if line.ends_with("->") || line == "}" {
            continue;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    for (noun, french, english) in FILES {
        let (french, english) = (entries(french), entries(english));
        let (keys, others): (Vec<_>, Vec<_>) = (french.keys().collect(), english.keys().collect());
        assert_eq!(keys, others, "{noun}.ftl");
        for (key, text) in &french {
            assert_eq!(
                arguments(text),
                arguments(&english[key]),
                "arguments of {key}"
            );
        }
    }
}

#[test]
fn no_sentence_was_left_untranslated() {
    for (noun, french, english) in FILES {
        let english = entries(english);
        for (key, text) in entries(french) {
            let words = prose(&text)
                .split_whitespace()
                .filter(|word| word.chars().all(char::is_alphabetic))
                .count();
            assert!(
                words < 3 || text != english[&key],
                "{key} in {noun}.ftl says the same in both languages: {text}"
            );
        }
    }
}

#[test]
fn a_key_begins_with_the_name_of_its_file_and_is_unique() {
    let mut all = BTreeSet::new();
    for (noun, french, _) in FILES {
        for key in keys_of(french) {
            assert!(
                key.strip_prefix(noun)
                    .is_some_and(|rest| rest.starts_with('-')),
                "{key} in {noun}.ftl"
            );
            assert!(all.insert(key), "{key} stands in two files");
        }
    }
}

#[test]
fn every_entry_is_readable_by_fluent_in_both_languages() {
    for (noun, french, english) in FILES {
        for text in [french, english] {
            let parsed = fluent_bundle::FluentResource::try_new((*text).to_owned());
            assert!(
                parsed.is_ok(),
                "{noun}.ftl: {:?}",
                parsed.err().map(|(_, errors)| errors)
            );
            for key in keys_of(text) {
                assert!(has(key), "{key}");
            }
        }
    }
}

#[test]
fn a_sentence_without_arguments_is_never_its_own_key() {
    for (_, french, english) in FILES {
        for (language, text) in [(Language::French, *french), (Language::English, *english)] {
            let entries = entries(text);
            for key in keys_of(text) {
                if arguments(&entries[key]).is_empty() {
                    assert_ne!(say(language, key), key);
                }
            }
        }
    }
}

/// 14:08 is set as clocks are.
fn is_clock(before: char, after: char) -> bool {
    before.is_ascii_digit() && after.is_ascii_digit()
}

#[test]
fn french_is_set_as_french_is_set() {
    for (_, french, _) in FILES {
        for (key, entry) in entries(french) {
            let text = prose(&entry);
            let characters: Vec<char> = text.chars().collect();
            // What is typed into the search is no prose: « avec: ».
            let is_prose = !["search-example-", "search-help-", "search-placeholder"]
                .iter()
                .any(|typed| key.starts_with(typed));
            for (at, character) in characters.iter().enumerate() {
                let before = at
                    .checked_sub(1)
                    .and_then(|at| characters.get(at))
                    .copied()
                    .unwrap_or(' ');
                let after = characters.get(at + 1).copied().unwrap_or(' ');
                match character {
                    ';' | '!' | '?' | '%' => assert_eq!(
                        before, '\u{202f}',
                        "{key}: thin space before {character}: {text}"
                    ),
                    ':' if is_prose && after != '\u{202f}' && !is_clock(before, after) => {
                        assert_eq!(
                            before, '\u{a0}',
                            "{key}: no-break space before the colon: {text}"
                        );
                    }
                    '«' => assert_eq!(after, '\u{202f}', "{key}: thin space inside « : {text}"),
                    '»' => assert_eq!(before, '\u{202f}', "{key}: thin space inside » : {text}"),
                    '\'' | '"' | '“' | '”' => {
                        panic!("{key}: typewriter or English quote: {text}")
                    }
                    _ => {}
                }
            }
            assert!(!text.contains("..."), "{key}: one character … : {text}");
            assert!(!text.contains("  "), "{key}: double space: {text}");
            for bare in [
                "A ", "Etat", "Ecri", "Echec", "Evén", "Equip", "Etape", "Ecran", "Etes", "Echan",
                "Editer",
            ] {
                assert!(
                    !text.starts_with(bare) && !text.contains(&format!(". {bare}")),
                    "{key}: capitals keep their accents: {text}"
                );
            }
        }
    }
}

#[test]
fn english_has_no_french_spaces_and_no_typewriter_quotes() {
    for (_, _, english) in FILES {
        for (key, entry) in entries(english) {
            let text = prose(&entry);
            assert!(
                !text.contains(['\u{202f}', '«', '»', '\'', '"']),
                "{key}: {text}"
            );
            assert!(!text.contains("..."), "{key}: {text}");
            for mark in [" ;", " !", " ?", " :", " %"] {
                assert!(!text.contains(mark), "{key}: {text}");
            }
        }
    }
}

#[test]
fn plurals_follow_each_language() {
    let say = |language, count: i64| {
        say_with(
            language,
            "tickets-requester-open",
            &[("count", Arg::from(count))],
        )
    };
    for (count, french, english) in [
        (0, "Aucun autre ticket ouvert", "No other open ticket"),
        (1, "1 autre ticket ouvert", "1 other open ticket"),
        (2, "2 autres tickets ouverts", "2 other open tickets"),
        (
            1284,
            "1\u{202f}284 autres tickets ouverts",
            "1,284 other open tickets",
        ),
    ] {
        assert_eq!(say(Language::French, count), french);
        assert_eq!(say(Language::English, count), english);
    }
}

#[test]
fn a_missing_key_shows_itself_and_text_enters_without_invisible_marks() {
    assert_eq!(
        say(Language::French, "tickets-no-such-key"),
        "tickets-no-such-key"
    );
    assert_eq!(
        say_with(Language::French, "tickets-no-such-key", &[]),
        "tickets-no-such-key"
    );
    assert!(!has("tickets-no-such-key"));
    assert_eq!(
        say_with(
            Language::English,
            "tickets-filed-by",
            &[("name", Arg::from("<b>Ada</b>"))]
        ),
        "Filed by <b>Ada</b>"
    );
}
