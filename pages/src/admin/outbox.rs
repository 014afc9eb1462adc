//! `/admin/mail/outbox`: mails going out, wherever they are; `/admin/mail/suppressed`: addresses nothing is mailed to.

use crate::frame::{Frame, SAMPLE_NOW, Section};
use crate::pager::Pager;
use askama::Template;
use words::language::Language;

/// A mail.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its identifier; `POST /admin/mail/outgoing/{id}/retry`.
    pub id: i64,
    /// Where to.
    pub to: String,
    /// Its subject; empty before it was written.
    pub subject: String,
    /// What for, in the reader's language.
    pub purpose: &'static str,
    /// Where it is, in the reader's language.
    pub state: &'static str,
    /// It did not arrive.
    pub is_bad: bool,
    /// Nobody knows whether it arrived, or it was not sent.
    pub is_unsure: bool,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, UTC microseconds.
    pub next_try_at: Option<i64>,
    /// Why it is where it is.
    pub why: Option<String>,
    /// Its ticket.
    pub ticket: Option<i64>,
    /// When it was written down, UTC microseconds.
    pub written_at: i64,
    /// Whether it can be tried again.
    pub may_retry: bool,
}

impl OutboxRow {
    /// The sign beside where it is.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match (self.is_bad, self.is_unsure) {
            (true, _) => "circle-x",
            (false, true) => "circle-help",
            (false, false) => "mail",
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/outbox.html")]
pub struct OutboxPage {
    /// Surroundings.
    pub frame: Frame,
    /// The states one can look for: word, name, and whether it is the one looked for.
    pub states: Vec<(&'static str, &'static str, bool)>,
    /// What the address holds that is looked for.
    pub address: String,
    /// How many addresses nothing is mailed to.
    pub suppressed: i64,
    /// They, the newest first.
    pub rows: Vec<OutboxRow>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// An address nothing is mailed to.
#[derive(Clone, Debug)]
pub struct SuppressedRow {
    /// Its identifier; `POST /admin/mail/suppressed/{id}/removal`.
    pub id: i64,
    /// It.
    pub address: String,
    /// Why, in the reader's language.
    pub reason: &'static str,
    /// What the other side said.
    pub said: Option<String>,
    /// Since when, UTC microseconds.
    pub since: i64,
    /// How many mails were held back.
    pub held_back: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/suppressed.html")]
pub struct SuppressedPage {
    /// Surroundings.
    pub frame: Frame,
    /// How many there are.
    pub total: i64,
    /// They, the latest first.
    pub rows: Vec<SuppressedRow>,
    /// Neighbouring pages.
    pub pager: Pager,
}

fn frame(language: Language) -> Frame {
    Frame {
        section: Section::Administration,
        ..Frame::sample(language)
    }
}

impl OutboxPage {
    /// A morning: one mail of each fate.
    #[must_use]
    pub fn sample(language: Language) -> OutboxPage {
        let frame = frame(language);
        let say = |key| frame.words.say(key);
        let row = |id, to: &str, purpose, state, is_bad, is_unsure| OutboxRow {
            id,
            to: to.to_owned(),
            subject: format!("§ [Commentaire Messagerie n°{id}] Calendrier partagé"),
            purpose: say(purpose),
            state: say(state),
            is_bad,
            is_unsure,
            attempts: 1,
            next_try_at: None,
            why: None,
            ticket: Some(id),
            written_at: SAMPLE_NOW - id * 60_000_000,
            may_retry: is_bad,
        };
        OutboxPage {
            states: vec![
                ("waiting", say("outbox-waiting"), false),
                ("sent", say("outbox-sent"), false),
                ("failed", say("outbox-failed"), false),
            ],
            address: String::new(),
            suppressed: 2,
            rows: vec![
                OutboxRow {
                    next_try_at: Some(SAMPLE_NOW + 300_000_000),
                    why: Some("§ 421 4.3.2 try again later".to_owned()),
                    may_retry: true,
                    attempts: 3,
                    ..row(
                        4812,
                        "h.marchand@nordet.example",
                        "outbox-event",
                        "outbox-waiting",
                        false,
                        false,
                    )
                },
                row(
                    4770,
                    "h.marchand@nordet.example",
                    "outbox-approval-request",
                    "outbox-sent",
                    false,
                    false,
                ),
                OutboxRow {
                    why: Some("§ 550 5.1.1 no such user".to_owned()),
                    ..row(
                        4769,
                        "plus.la@exemple.example",
                        "outbox-event",
                        "outbox-failed",
                        true,
                        false,
                    )
                },
                OutboxRow {
                    why: Some(say("outbox-why-suppressed").to_owned()),
                    attempts: 0,
                    ..row(
                        4771,
                        "plus.la@exemple.example",
                        "outbox-event",
                        "outbox-dropped",
                        false,
                        true,
                    )
                },
                OutboxRow {
                    subject: String::new(),
                    ticket: None,
                    attempts: 0,
                    ..row(
                        4790,
                        "equipe@nordet.example",
                        "outbox-daily-report",
                        "outbox-waiting",
                        false,
                        false,
                    )
                },
            ],
            pager: Pager {
                previous: None,
                next: Some("/admin/mail/outbox?before=4790".to_owned()),
            },
            frame,
        }
    }

    /// Nothing that fits what was looked for.
    #[must_use]
    pub fn sample_empty(language: Language) -> OutboxPage {
        OutboxPage {
            address: "personne@exemple.example".to_owned(),
            rows: vec![],
            pager: Pager::default(),
            suppressed: 0,
            ..OutboxPage::sample(language)
        }
    }
}

impl SuppressedPage {
    /// One address of each reason.
    #[must_use]
    pub fn sample(language: Language) -> SuppressedPage {
        let frame = frame(language);
        let row = |id, address: &str, reason, said: Option<&str>, held_back| SuppressedRow {
            id,
            address: address.to_owned(),
            reason: frame.words.say(reason),
            said: said.map(str::to_owned),
            since: SAMPLE_NOW - id * 3_600_000_000,
            held_back,
        };
        SuppressedPage {
            total: 3,
            rows: vec![
                row(
                    3,
                    "plus.la@exemple.example",
                    "suppression-refused",
                    Some("§ 550 5.1.1 no such user"),
                    4,
                ),
                row(
                    2,
                    "parti@exemple.example",
                    "suppression-bounced",
                    Some("§ 5.1.1"),
                    1,
                ),
                row(1, "assez@exemple.example", "suppression-complaint", None, 0),
            ],
            pager: Pager::default(),
            frame,
        }
    }

    /// None.
    #[must_use]
    pub fn sample_empty(language: Language) -> SuppressedPage {
        SuppressedPage {
            total: 0,
            rows: vec![],
            ..SuppressedPage::sample(language)
        }
    }
}
