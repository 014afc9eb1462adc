//! Samples of mails.

use super::{frame, text};
use crate::admin::mails::{
    DemonstrationMail, DevMailPage, DevMailsPage, HeldMail, MailPage, OutgoingMail, Quarantine,
    QuarantinedMail,
};
use crate::frame::SAMPLE_NOW;
use crate::pager::Pager;
use words::language::Language;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

impl MailPage {
    /// Mails in every trouble, no relay.
    #[must_use]
    pub fn sample(language: Language) -> MailPage {
        let outgoing = |id, attempts, next_try_at, last_error: Option<&str>| OutgoingMail {
            id,
            to: "§ helene.marchand@nordet.example".to_owned(),
            subject: text(
                language,
                "[Commentaire Messagerie n°4770] Calendrier partagé de la direction",
                "[Reply E-mail #4770] Shared executive calendar",
            ),
            attempts,
            next_try_at,
            last_error: last_error.map(|error| format!("§ {error}")),
        };
        MailPage {
            frame: frame(language, "/admin/mail"),
            has_relay: false,
            held: vec![HeldMail {
                id: 5,
                from: "§ =?utf-8?q?=ff=fe?= <broken@example.org>".to_owned(),
                subject: text(language, "(objet illisible)", "(unreadable subject)"),
                received_at: SAMPLE_NOW - 3 * HOUR,
                bytes: 48_213,
                reason: text(
                    language,
                    "Les parties sont imbriquées trop profondément.",
                    "The parts are nested too deeply.",
                ),
            }],
            held_count: 1,
            quarantine: Quarantine {
                mails: vec![QuarantinedMail {
                    id: 6,
                    from: "§ news@boutique.example".to_owned(),
                    to: "§ support@nordet.example".to_owned(),
                    subject: text(language, "Soldes d’été", "Summer sale"),
                    received_at: SAMPLE_NOW - 2 * HOUR,
                    bytes: 91_004,
                    rule: text(language, "Publicité", "Advertising"),
                }],
                count: 1,
                rules: vec![(
                    text(language, "Publicité", "Advertising"),
                    text(language, "Publicité (1)", "Advertising (1)"),
                )],
                rule: String::new(),
                pager: Pager::default(),
            },
            waiting: vec![
                outgoing(7, 0, None, None),
                outgoing(
                    8,
                    3,
                    Some(SAMPLE_NOW + 12 * MINUTE),
                    Some("451 4.7.1 Greylisted, try again later"),
                ),
            ],
            waiting_count: 1284,
            failed: vec![outgoing(
                9,
                12,
                None,
                Some("550 5.1.1 <helene.marchand@nordet.example>: Recipient address rejected"),
            )],
            failed_count: 1,
        }
    }

    /// Everything left and everything was read.
    #[must_use]
    pub fn sample_empty(language: Language) -> MailPage {
        MailPage {
            has_relay: true,
            held: vec![],
            held_count: 0,
            quarantine: Quarantine::default(),
            waiting: vec![],
            waiting_count: 0,
            failed: vec![],
            failed_count: 0,
            ..MailPage::sample(language)
        }
    }
}

fn demonstration_mail(language: Language, id: i64) -> DemonstrationMail {
    DemonstrationMail {
        id,
        to: "§ helene.marchand@nordet.example".to_owned(),
        subject: text(
            language,
            "[Clôture Messagerie n°4770] Calendrier partagé de la direction invisible sur mobile",
            "[Closure E-mail #4770] Shared executive calendar missing on mobile",
        ),
        at: SAMPLE_NOW - id * 7 * MINUTE,
    }
}

impl DevMailsPage {
    /// A few mails.
    #[must_use]
    pub fn sample(language: Language) -> DevMailsPage {
        DevMailsPage {
            frame: frame(language, "/dev/mail"),
            rows: (1..=4).map(|id| demonstration_mail(language, id)).collect(),
            pager: Pager {
                previous: None,
                next: Some("/dev/mail?after=4".to_owned()),
            },
        }
    }

    /// None yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> DevMailsPage {
        DevMailsPage {
            rows: vec![],
            pager: Pager::default(),
            ..DevMailsPage::sample(language)
        }
    }
}

impl DevMailPage {
    /// One mail, both parts.
    #[must_use]
    pub fn sample(language: Language) -> DevMailPage {
        DevMailPage {
            frame: frame(language, "/dev/mail/1"),
            mail: demonstration_mail(language, 1),
            headers: vec![
                (
                    "§ From".to_owned(),
                    "§ Groupe Nordet <support@nordet.example>".to_owned(),
                ),
                (
                    "§ To".to_owned(),
                    "§ helene.marchand@nordet.example".to_owned(),
                ),
                (
                    "§ Message-ID".to_owned(),
                    "§ <4770.k3p9x7qvw2h5m8n1@nordet.example>".to_owned(),
                ),
                ("§ Auto-Submitted".to_owned(), "§ auto-generated".to_owned()),
            ],
            text: text(
                language,
                "Sofia Almeida propose de clore ce ticket.\n\nLe problème est-il réglé\u{202f}?",
                "Sofia Almeida suggests closing this ticket.\n\nIs the problem solved?",
            ),
            links: vec![
                (
                    text(language, "Approuver la clôture", "Approve the closure"),
                    "/portal/tickets/4770#closure".to_owned(),
                ),
                (
                    text(language, "Refuser la clôture", "Refuse the closure"),
                    "/portal/tickets/4770#refusal".to_owned(),
                ),
            ],
            has_html: true,
        }
    }
}
