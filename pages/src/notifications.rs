//! What happened that concerns the reader: the list, and what comes up in the corner of a page.

pub mod away;

use self::away::AwayCard;
use crate::form::FormField;
use crate::frame::{Frame, SAMPLE_NOW};
use askama::Template;
use words::catalogue::Arg;
use words::language::Language;
use words::reader::Words;

/// A line.
#[derive(Clone, Debug)]
pub struct NotificationView {
    /// Its number.
    pub id: i64,
    /// The ticket's number.
    pub ticket: i64,
    /// Who did what.
    pub text: String,
    /// What the ticket is about.
    pub subject: String,
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// The reader has not looked at it.
    pub is_unread: bool,
}

/// When nothing may come up.
#[derive(Clone, Debug, Default)]
pub struct QuietForm {
    /// From this time of the day.
    pub from: FormField,
    /// Until this one.
    pub until: FormField,
    /// And at weekends not at all.
    pub weekends: bool,
}

/// `GET /notifications`.
#[derive(Template)]
#[template(path = "notifications.html")]
pub struct NotificationsPage {
    /// Surroundings.
    pub frame: Frame,
    /// What happened while the reader was away, as long as it is told.
    pub away: Option<AwayCard>,
    /// What happened, the latest first.
    pub lines: Vec<NotificationView>,
    /// When nothing may come up.
    pub quiet: QuietForm,
}

/// What comes up in the corner of a page.
#[derive(Template)]
#[template(path = "notifications_new.html")]
pub struct NotificationsFragment {
    /// The reader's words.
    pub words: Words,
    /// What is new, the latest first.
    pub new: Vec<NotificationView>,
    /// How much more.
    pub more: i64,
}

impl NotificationView {
    /// A reply, a minute ago.
    #[must_use]
    pub fn sample() -> NotificationView {
        NotificationView {
            id: 31,
            ticket: 4812,
            text: "§ Hélène Marchand a répondu".to_owned(),
            subject: "§ Écran externe non détecté".to_owned(),
            at_micros: SAMPLE_NOW - 60_000_000,
            is_unread: true,
        }
    }
}

impl NotificationsPage {
    /// Two lines, one of them read.
    #[must_use]
    pub fn sample(language: Language) -> NotificationsPage {
        NotificationsPage {
            frame: Frame {
                here: "/notifications".to_owned(),
                ..Frame::sample(language)
            },
            away: None,
            lines: vec![
                NotificationView::sample(),
                NotificationView {
                    is_unread: false,
                    ticket: 4796,
                    ..NotificationView::sample()
                },
            ],
            quiet: QuietForm {
                from: FormField {
                    value: "19:00".to_owned(),
                    error: None,
                },
                until: FormField {
                    value: "07:30".to_owned(),
                    error: None,
                },
                weekends: true,
            },
        }
    }

    /// The same, after an absence.
    #[must_use]
    pub fn sample_away(language: Language) -> NotificationsPage {
        NotificationsPage {
            away: Some(AwayCard::sample()),
            ..NotificationsPage::sample(language)
        }
    }

    /// Nothing happened, and the hours were not understood.
    #[must_use]
    pub fn sample_refused(language: Language) -> NotificationsPage {
        let wrong = |value: &str| FormField {
            value: value.to_owned(),
            error: Some("§ à corriger".to_owned()),
        };
        NotificationsPage {
            lines: vec![],
            quiet: QuietForm {
                from: wrong("§ 25:00"),
                until: wrong(""),
                weekends: false,
            },
            ..NotificationsPage::sample(language)
        }
    }
}

impl NotificationsFragment {
    /// Whether all is shown.
    #[must_use]
    pub fn has_no_more(&self) -> bool {
        self.more == 0
    }

    /// How many more there are.
    #[must_use]
    pub fn more_text(&self) -> String {
        let count = [("count", Arg::from(self.more))];
        self.words.say_with("notifications-more", &count)
    }
}
