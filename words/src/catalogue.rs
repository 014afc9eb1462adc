//! The embedded sentences, and how they are found again in a few nanoseconds.

use crate::language::Language;
use crate::numbers;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

macro_rules! catalogues {
    ($($noun:literal),+ $(,)?) => {
        /// (noun, French text, English text): the one list of catalogue files.
        pub const FILES: &[(&str, &str, &str)] = &[$((
            $noun,
            include_str!(concat!("../locales/fr/", $noun, ".ftl")),
            include_str!(concat!("../locales/en/", $noun, ".ftl")),
        )),+];
    };
}
catalogues!(
    "common",
    "tickets",
    "list",
    "bulk",
    "unsent",
    "notifications",
    "away",
    "views",
    "handling",
    "confidence",
    "copied",
    "sharing",
    "suppression",
    "offering",
    "outbox",
    "giving",
    "guide",
    "waiting",
    "wording",
    "redirects",
    "identity",
    "access",
    "people",
    "channels",
    "mailboxes",
    "filters",
    "portal",
    "admin",
    "mail",
    "duplicates",
    "erasure",
    "errors",
    "history",
    "refusal",
    "right",
    "rights",
    "rule",
    "fault",
    "api",
    "assets",
    "commands",
    "properties",
    "tasks",
    "replies",
    "knowledge",
    "composer",
    "templates",
    "keys",
    "monitoring",
    "daily",
    "participants",
    "advice",
    "mentoring",
    "search",
    "merging",
    "redaction",
    "retention",
    "rewording",
    "shared",
    "legend",
    "live",
    "inspector",
    "audit",
    "activity",
    "eyes",
    "roles",
    "scopes",
    "teams"
);

/// A value put inside a sentence. Numbers choose the plural and are grouped as the reader groups them.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text, put as it is.
    Text(&'a str),
    /// A whole number.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

/// True when both languages know this key; what tests ask.
#[must_use]
pub fn has(key: &str) -> bool {
    Language::ALL
        .into_iter()
        .all(|language| catalogue(language).bundle.has_message(key))
}

/// The sentence without arguments, or the key itself when there is none.
#[must_use]
pub fn say(language: Language, key: &'static str) -> &'static str {
    catalogue(language).plain.get(key).copied().unwrap_or(key)
}

/// The sentence with its arguments, or the key itself when there is none.
#[must_use]
pub fn say_with(language: Language, key: &'static str, args: &[(&'static str, Arg<'_>)]) -> String {
    let bundle = &catalogue(language).bundle;
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => values.set(*name, FluentValue::from(*text)),
            Arg::Number(number) => values.set(*name, FluentValue::from(*number)),
        }
    }
    // A missing argument shows as its name inside braces; the catalogue test keeps both languages to the same names.
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned()
}

struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Sentences without arguments, formatted once: a page says hundreds of them.
    plain: HashMap<&'static str, &'static str, BuildHasherDefault<KeyHasher>>,
}

fn catalogue(language: Language) -> &'static Catalogue {
    static FRENCH: OnceLock<Catalogue> = OnceLock::new();
    static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::French => FRENCH.get_or_init(|| read(language)),
        Language::English => ENGLISH.get_or_init(|| read(language)),
    }
}

fn read(language: Language) -> Catalogue {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks (U+2068, U+2069) would be copied with subjects and break searches in the page.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::French => |value, _| grouped(Language::French, value),
        Language::English => |value, _| grouped(Language::English, value),
    }));
    let mut keys = Vec::new();
    for (_, french, english) in FILES {
        let text = match language {
            Language::French => *french,
            Language::English => *english,
        };
        // An unreadable entry is skipped here and named by the catalogue test: a page with one raw key beats no page.
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
        keys.extend(crate::catalogue::keys_of(text));
        bundle.add_resource_overriding(resource);
    }
    let mut plain = HashMap::default();
    for key in keys {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            continue;
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors);
        if errors.is_empty() {
            // Kept for the life of the process, once per sentence and language.
            plain.insert(key, &*Box::leak(text.into_owned().into_boxed_str()));
        }
    }
    Catalogue { bundle, plain }
}

/// The keys a catalogue file defines, in order: entries start at the first column, everything else is indented.
pub fn keys_of(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim())
}

fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "numbers enter as i64; counts stay far below 2^53, where f64 is exact"
        )]
        FluentValue::Number(number) => Some(numbers::grouped(language, number.value as i64)),
        _ => None,
    }
}

/// Keys are our own short literals, so a fast hasher without a secret is safe here.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = 0;
        for byte in rest {
            last = (last << 8) | u64::from(*byte);
        }
        self.mix(last);
    }

    fn finish(&self) -> u64 {
        // The table reads the low bits for the bucket and the high ones for the tag: mix both.
        self.0 ^ (self.0 >> 32)
    }
}

impl KeyHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
