//! The presence legend: what border, fill and badge of an avatar say, and how a ticket says it in words.
//!
//! Examples only. Deliberately absent: who is there now, and the rule that finds a border from the people on an item.

use crate::frame::{Frame, Section};
use crate::tickets::LastActor;
use askama::Template;
use words::language::Language;

/// An example, as `presence_parts.html` draws it.
#[derive(Clone, Copy, Debug)]
struct Avatar {
    initials: &'static str,
    border: &'static str,
    fill: &'static str,
    badge: &'static str,
    /// Key of the whole of it in words; its argument is `who`.
    label: &'static str,
}

/// An example with what it means, as keys; nothing where nothing is said.
#[derive(Clone, Copy, Debug)]
struct Card {
    avatar: Avatar,
    swatch: &'static str,
    name: &'static str,
    text: &'static str,
    cue: &'static str,
}

/// One question that an avatar answers.
#[derive(Clone, Copy, Debug)]
struct Part {
    title: &'static str,
    aside: &'static str,
    cards: &'static [Card],
}

/// A border in the table of counts.
#[derive(Clone, Copy, Debug)]
struct Cell {
    swatch: &'static str,
    name: &'static str,
}

/// So many viewers, with nobody, one and several who edit.
#[derive(Clone, Copy, Debug)]
struct Count {
    viewers: &'static str,
    cells: [Cell; 3],
}

/// An icon of last activity and what it means.
#[derive(Clone, Copy, Debug)]
struct Last {
    actor: LastActor,
    name: &'static str,
    text: &'static str,
}

/// What stands above a ticket.
#[derive(Clone, Copy, Debug)]
struct Strip {
    border: &'static str,
    people: &'static [Avatar],
    /// It is the reader's own avatar, with their own letters.
    is_own: bool,
    lead: &'static str,
    text: &'static str,
    more: &'static str,
}

const LISTS: Avatar = avatar("HP", "white", "list", "", "legend-avatar-lists");
const ALONE: Avatar = avatar(
    "PT",
    "blue",
    "detail",
    "eye-disc",
    "legend-avatar-views-alone",
);
const MANY: Avatar = avatar("JK", "green", "detail", "users", "legend-avatar-views-many");
const EDITS: Avatar = avatar(
    "NS",
    "orange",
    "detail",
    "pencil-disc",
    "legend-avatar-edits-alone",
);
const VIEWED: Avatar = avatar(
    "CR",
    "pink",
    "detail",
    "pencil-dia",
    "legend-avatar-edits-viewed",
);
const READS: Avatar = avatar(
    "TL",
    "pink",
    "detail",
    "eye-dia",
    "legend-avatar-views-edited",
);
const CLASH: Avatar = avatar(
    "OG",
    "red",
    "detail",
    "alert",
    "legend-avatar-edits-conflict",
);

/// Border, fill, badge.
#[rustfmt::skip]
const PARTS: &[Part] = &[
    Part { title: "legend-borders", aside: "legend-borders-aside", cards: &[
        card(LISTS, "white", "legend-border-white", "legend-border-white-text", "legend-border-white-cue"),
        card(ALONE, "blue", "legend-border-blue", "legend-border-blue-text", "legend-border-blue-cue"),
        card(MANY, "green", "legend-border-green", "legend-border-green-text", "legend-border-green-cue"),
        card(EDITS, "orange", "legend-border-orange", "legend-border-orange-text", "legend-border-orange-cue"),
        card(VIEWED, "pink", "legend-border-pink", "legend-border-pink-text", "legend-border-pink-cue"),
        card(CLASH, "red", "legend-border-red", "legend-border-red-text", "legend-border-red-cue"),
    ] },
    Part { title: "legend-fills", aside: "legend-fills-aside", cards: &[
        card(avatar("HP", "none", "list", "", "legend-avatar-lists"), "list", "legend-fill-list", "legend-fill-list-text", "legend-fill-list-cue"),
        card(avatar("PT", "none", "detail", "", "legend-avatar-details"), "detail", "legend-fill-detail", "legend-fill-detail-text", "legend-fill-detail-cue"),
        card(avatar("LH", "none", "add", "", "legend-avatar-adds"), "add", "legend-fill-add", "legend-fill-add-text", "legend-fill-add-cue"),
    ] },
    Part { title: "legend-badges", aside: "legend-badges-aside", cards: &[
        card(avatar("PT", "none", "detail", "eye-disc", "legend-avatar-views"), "", "legend-badge-eye", "legend-badge-eye-text", ""),
        card(avatar("NS", "none", "detail", "pencil-disc", "legend-avatar-edits"), "", "legend-badge-pencil", "legend-badge-pencil-text", ""),
        card(avatar("SA", "red", "detail", "eye-tri", "legend-avatar-views-conflict"), "", "legend-badge-shape", "legend-badge-shape-text", ""),
    ] },
];

/// From the most serious to the least.
const ORDER: &[Avatar] = &[CLASH, READS, EDITS, MANY, ALONE, LISTS];

const WHITE: Cell = cell("white", "legend-count-white");
const BLUE: Cell = cell("blue", "legend-count-blue");
const GREEN: Cell = cell("green", "legend-count-green");
const ORANGE: Cell = cell("orange", "legend-count-orange");
const PINK: Cell = cell("pink", "legend-count-pink");
const RED: Cell = cell("red", "legend-count-red");

/// The border by how many view and how many edit.
#[rustfmt::skip]
const COUNTS: &[Count] = &[
    Count { viewers: "legend-count-no-viewer", cells: [WHITE, ORANGE, RED] },
    Count { viewers: "legend-count-one-viewer", cells: [BLUE, PINK, RED] },
    Count { viewers: "legend-count-viewers", cells: [GREEN, PINK, RED] },
];

#[rustfmt::skip]
const LAST: &[Last] = &[
    Last { actor: LastActor::You, name: "legend-last-you", text: "legend-last-you-text" },
    Last { actor: LastActor::Agent, name: "legend-last-agent", text: "legend-last-agent-text" },
    Last { actor: LastActor::Requester, name: "legend-last-requester", text: "legend-last-requester-text" },
    Last { actor: LastActor::System, name: "legend-last-system", text: "legend-last-system-text" },
];

#[rustfmt::skip]
const STRIPS: &[Strip] = &[
    Strip { border: "blue", people: &[], is_own: false, lead: "", text: "live-strip-alone", more: "" },
    Strip { border: "green", people: &[
        avatar("TL", "green", "detail", "users", "legend-avatar-views-many"),
        avatar("SA", "green", "detail", "users", "legend-avatar-views-many"),
    ], is_own: false, lead: "", text: "legend-strip-green", more: "live-strip-nobody-edits" },
    Strip { border: "orange", people: &[EDITS], is_own: true, lead: "", text: "live-strip-you-edit", more: "live-strip-they-see" },
    Strip { border: "pink", people: &[VIEWED], is_own: false, lead: "", text: "legend-strip-pink", more: "live-strip-may-change" },
    Strip { border: "red", people: &[
        avatar("CR", "red", "detail", "alert", "legend-avatar-edits-conflict"),
    ], is_own: false, lead: "live-strip-conflict", text: "legend-strip-red", more: "live-strip-coordinate" },
];

/// The page.
#[derive(Template)]
#[template(path = "legend.html")]
pub struct LegendPage {
    /// Surroundings.
    pub frame: Frame,
}

impl LegendPage {
    /// The page, which is the same for everybody.
    #[must_use]
    pub fn sample(language: Language) -> LegendPage {
        LegendPage {
            frame: Frame {
                section: Section::Other,
                here: "/legend".to_owned(),
                ..Frame::sample(language)
            },
        }
    }
}

const fn avatar(
    initials: &'static str,
    border: &'static str,
    fill: &'static str,
    badge: &'static str,
    label: &'static str,
) -> Avatar {
    Avatar {
        initials,
        border,
        fill,
        badge,
        label,
    }
}

const fn card(
    avatar: Avatar,
    swatch: &'static str,
    name: &'static str,
    text: &'static str,
    cue: &'static str,
) -> Card {
    Card {
        avatar,
        swatch,
        name,
        text,
        cue,
    }
}

const fn cell(swatch: &'static str, name: &'static str) -> Cell {
    Cell { swatch, name }
}
