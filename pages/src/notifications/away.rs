//! What happened while the reader was away: a card above the list, and a line that leads there.

use crate::frame::SAMPLE_NOW;
use words::catalogue::Arg;
use words::reader::Words;

/// One ticket.
#[derive(Clone, Debug)]
pub struct AwayRow {
    /// Its number.
    pub ticket: i64,
    /// What it is about.
    pub subject: String,
    /// What happened to it, in the reader's words.
    pub text: String,
    /// When the latest of it was, UTC microseconds.
    pub at_micros: i64,
    /// Some of it the reader did not look at yet.
    pub is_unread: bool,
}

/// The card.
#[derive(Clone, Debug)]
pub struct AwayCard {
    /// Since when they were away, UTC microseconds.
    pub since_micros: i64,
    /// Until when.
    pub until_micros: i64,
    /// The tickets, the one with the latest news first.
    pub rows: Vec<AwayRow>,
    /// How many more there are.
    pub more: i64,
}

/// The line.
#[derive(Clone, Debug)]
pub struct AwayBar {
    /// Since when they were away, UTC microseconds.
    pub since_micros: i64,
    /// How many tickets something happened to.
    pub tickets: i64,
}

impl AwayCard {
    /// From when to when, and how much.
    #[must_use]
    pub fn told(&self, words: &Words) -> String {
        let shown = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
        let since = words.date_time(self.since_micros);
        let until = words.date_time(self.until_micros);
        words.say_with(
            "away-told",
            &[
                ("count", Arg::from(shown.saturating_add(self.more))),
                ("since", Arg::from(&since)),
                ("until", Arg::from(&until)),
            ],
        )
    }

    /// How many more there are; nothing when all is shown.
    #[must_use]
    pub fn more_text(&self, words: &Words) -> Option<String> {
        (self.more > 0).then(|| words.say_with("away-more", &[("count", Arg::from(self.more))]))
    }

    /// A weekend, of which three tickets are shown.
    #[must_use]
    pub fn sample() -> AwayCard {
        let row = |ticket, subject: &str, text: &str, is_unread| AwayRow {
            ticket,
            subject: subject.to_owned(),
            text: text.to_owned(),
            at_micros: SAMPLE_NOW - 3_600_000_000,
            is_unread,
        };
        AwayCard {
            since_micros: SAMPLE_NOW - 64 * 3_600_000_000,
            until_micros: SAMPLE_NOW - 60_000_000,
            rows: vec![
                row(
                    4812,
                    "§ Écran externe non détecté",
                    "§ clôture proposée par Benoît Lefèvre, 3 réponses",
                    true,
                ),
                row(
                    4796,
                    "§ Imprimante du deuxième étage",
                    "§ Hélène Marchand a répondu",
                    false,
                ),
                row(4790, "§ Accès au partage", "§ maintenant à vous", true),
            ],
            more: 12,
        }
    }
}

impl AwayBar {
    /// Since when, and how much.
    #[must_use]
    pub fn text(&self, words: &Words) -> String {
        let since = words.date_time(self.since_micros);
        words.say_with(
            "away-bar",
            &[
                ("count", Arg::from(self.tickets)),
                ("since", Arg::from(&since)),
            ],
        )
    }

    /// Since Friday.
    #[must_use]
    pub fn sample() -> AwayBar {
        AwayBar {
            since_micros: SAMPLE_NOW - 64 * 3_600_000_000,
            tickets: 7,
        }
    }
}
