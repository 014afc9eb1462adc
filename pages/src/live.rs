//! The words of what is drawn live: sentences with their gaps left open, which the scripts fill.

use std::sync::LazyLock;

use crate::frame::Frame;
use words::catalogue::{Arg, say_with};
use words::language::Language;

/// Keys of the sentences that scripts say.
pub const WORDS: &[&str] = &[
    "live-label",
    "live-does-list",
    "live-does-adding",
    "live-does-viewing",
    "live-does-editing",
    "live-does-changing",
    "live-does-detail",
    "live-colour-white",
    "live-colour-blue",
    "live-colour-green",
    "live-colour-orange",
    "live-colour-pink",
    "live-colour-red",
    "live-section-tickets",
    "live-section-tasks",
    "live-section-assets",
    "live-section-people",
    "live-section-administration",
    "live-section-elsewhere",
    "live-away",
    "live-since",
    "live-card",
    "live-others",
    "live-active-in",
    "live-strip-alone",
    "live-strip-asset-alone",
    "live-strip-asset-one-views",
    "live-strip-asset-many-view",
    "live-strip-asset-one-edits",
    "live-strip-asset-many-edit",
    "live-strip-asset-both-edit",
    "live-adds-one",
    "live-add-many",
    "live-strip-you-edit",
    "live-strip-they-see",
    "live-strip-one-views",
    "live-strip-many-view",
    "live-strip-one-edits",
    "live-strip-many-edit",
    "live-strip-both-edit",
    "live-strip-one-views-too",
    "live-strip-many-view-too",
    "live-strip-nobody-edits",
    "live-strip-may-change",
    "live-strip-coordinate",
    "live-field",
    "live-field-both",
    "live-writes",
    "live-line-on",
    "live-line-off",
    "live-line-none",
    "live-ended-session",
    "live-ended-session-go",
    "live-ended-moved",
    "live-ended-moved-go",
    "live-refresh",
    "live-new-one",
    "live-new-many",
    "live-left",
    "live-refreshed",
    "live-came",
    "live-news-by",
];

/// All of them, as they stand in every page of an agent: made once for each language.
#[must_use]
pub fn words(frame: &Frame) -> &'static str {
    static FRENCH: LazyLock<String> = LazyLock::new(|| written(Language::French));
    static ENGLISH: LazyLock<String> = LazyLock::new(|| written(Language::English));
    match frame.words.language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    }
}

fn written(language: Language) -> String {
    let each = WORDS.iter().map(|key| {
        let said = askama::filters::escape(pattern(language, key), askama::filters::Html);
        said.map_or_else(
            |never| match never {},
            |said| format!("<i data-w=\"{key}\">{said}</i>"),
        )
    });
    each.collect()
}

/// A sentence with its gaps as they are named, between braces.
fn pattern(language: Language, key: &'static str) -> String {
    let gaps = [
        "initials", "name", "what", "item", "section", "names", "count", "time",
    ];
    let open: Vec<String> = gaps.iter().map(|gap| format!("{{{gap}}}")).collect();
    let filled: Vec<(&'static str, Arg<'_>)> = gaps
        .iter()
        .zip(&open)
        .map(|(gap, text)| (*gap, Arg::from(text.as_str())))
        .collect();
    say_with(language, key, &filled)
}
