//! Samples of the ticket as its requester sees it.

use super::{DAY, HOUR, LIMITS, frame, navigation, text};
use crate::fields::Faults;
use crate::frame::SAMPLE_NOW;
use crate::portal::ticket::{Invitee, Message, TicketPage};
use crate::portal::{Tab, progress};
use crate::tickets::thread::AttachmentView;
use crate::tickets::{PersonChip, StateView};
use words::language::Language;

fn person(name: &str, is_you: bool) -> PersonChip {
    PersonChip {
        name: name.to_owned(),
        initials: crate::frame::initials(name),
        is_you,
    }
}

impl TicketPage {
    /// A closure to approve.
    #[must_use]
    pub fn sample(language: Language) -> TicketPage {
        TicketPage {
            frame: frame(language, "/portal/tickets/4770"),
            navigation: navigation(Tab::Tickets),
            number: 4770,
            version: 7,
            subject: text(
                language,
                "Calendrier partagé de la direction invisible sur mobile",
                "Shared executive calendar missing on mobile",
            ),
            state: StateView::Closed,
            department: text(language, "Messagerie", "E-mail"),
            category: text(language, "Calendriers", "Calendars"),
            came_in_by: Some(text(language, "Accueil › Agendas", "Front desk › Diaries")),
            assignee: Some("§ Sofia Almeida".to_owned()),
            invited_by: None,
            invitees: vec![Invitee {
                id: Some(31),
                name: "§ Jean-Christophe de La Rochebrochard".to_owned(),
            }],
            may_invite: true,
            visibility: crate::tickets::visibility::Visibility::Private,
            invitation: Default::default(),
            created_at: SAMPLE_NOW - 5 * DAY,
            taken_at: Some(SAMPLE_NOW - 5 * DAY + HOUR),
            closed_at: Some(SAMPLE_NOW - 20 * HOUR),
            ended_at: None,
            closed_by: Some("§ Sofia Almeida".to_owned()),
            messages: vec![
                Message {
                    id: 31,
                    author: person("§ Hélène Marchand", true),
                    is_agent: false,
                    at: SAMPLE_NOW - 5 * DAY,
                    safe_html: format!(
                        "<p>{}</p>",
                        text(
                            language,
                            "Le calendrier est visible sur l’ordinateur, pas sur le téléphone. J’ai déjà redémarré.",
                            "The calendar shows on the computer, not on the phone. I already restarted.",
                        )
                    ),
                    safe_quoted_html: None,
                    is_forged: false,
                    language: None,
                    attachments: vec![],
                    from_ticket: None,
                    edited_micros: None,
                    reword_href: None,
                    redacted: None,
                },
                Message {
                    id: 32,
                    author: person("§ Sofia Almeida", false),
                    is_agent: true,
                    at: SAMPLE_NOW - 20 * HOUR,
                    safe_html: format!(
                        "<p>{}</p><ol><li>{}</li></ol>",
                        text(
                            language,
                            "Bonjour Hélène, j’ai recréé la délégation et resynchronisé le profil. Pouvez-vous me confirmer que les rendez-vous de décembre apparaissent\u{202f}?",
                            "Hello Hélène, I recreated the delegation and resynced the profile. Can you confirm that December events show up?",
                        ),
                        text(
                            language,
                            "Ouvrez Outlook, Calendriers, puis cochez «\u{202f}Direction\u{202f}».",
                            "Open Outlook, Calendars, then tick “Direction”.",
                        ),
                    ),
                    safe_quoted_html: Some("<p>§ &gt; Hélène</p>".to_owned()),
                    is_forged: true,
                    language: Some(language.code().to_owned()),
                    attachments: vec![
                        AttachmentView {
                            name: "§ calendriers.png".to_owned(),
                            href: "/attachments/7".to_owned(),
                            bytes: 340_000,
                            is_image: true,
                            removal: None,
                        },
                        AttachmentView {
                            name: "§ journal-de-synchronisation-du-téléphone-2026-11-22.log"
                                .to_owned(),
                            href: "/attachments/8".to_owned(),
                            bytes: 12_400,
                            is_image: false,
                            removal: Some(crate::tickets::thread::Removal {
                                action: "/portal/tickets/4770/attachments/8/removal".to_owned(),
                                version: 7,
                            }),
                        },
                    ],
                    from_ticket: Some(4771),
                    edited_micros: None,
                    reword_href: None,
                    redacted: Some(Box::new(crate::tickets::thread::Redacted {
                        at_micros: SAMPLE_NOW - 19 * HOUR,
                        by: "§ Sofia Almeida".to_owned(),
                        reason: "§ mot de passe".to_owned(),
                    })),
                },
            ],
            earlier: Some(("/portal/tickets/4770?all=1".to_owned(), 5)),
            may_decide: true,
            may_reply: true,
            may_reopen: false,
            may_cancel: false,
            may_correct: false,
            may_follow_up: false,
            merged: None,
            reply: String::new(),
            unsent: None,
            faults: Faults::default(),
            once: "once-sample".to_owned(),
            limits: LIMITS,
        }
    }

    /// The same ticket in any state, as its requester sees it.
    #[must_use]
    pub fn sample_in(language: Language, state: StateView) -> TicketPage {
        let ended = progress(state) == 3;
        TicketPage {
            state,
            assignee: (progress(state) > 0).then(|| "§ Sofia Almeida".to_owned()),
            taken_at: (progress(state) > 0).then_some(SAMPLE_NOW - 4 * DAY),
            ended_at: ended.then_some(SAMPLE_NOW - 2 * HOUR),
            may_cancel: !ended && state != StateView::Closed,
            may_correct: !ended && state != StateView::Closed,
            may_reopen: ended && !matches!(state, StateView::Archived | StateView::Merged),
            may_reply: !matches!(state, StateView::Archived | StateView::Merged),
            may_follow_up: ended && state != StateView::Merged,
            merged: (state == StateView::Merged).then_some(Some(4812)),
            earlier: None,
            ..TicketPage::sample(language)
        }
    }

    /// As an invitee sees it, with a reply that came back.
    #[must_use]
    pub fn sample_invited(language: Language) -> TicketPage {
        let fault = |field| crate::fields::Fault {
            field,
            text: text(
                language,
                "Trop gros\u{a0}: 25 Mo au plus.",
                "Too large: 25 MB at most.",
            ),
        };
        TicketPage {
            invited_by: Some("§ Hélène Marchand".to_owned()),
            may_decide: false,
            reply: text(language, "Même problème ici", "Same problem here"),
            unsent: Some(crate::tickets::unsent::UnsentView::sample()),
            faults: Faults(vec![fault("files"), fault("body")]),
            messages: TicketPage::sample(language)
                .messages
                .into_iter()
                .map(|message| Message {
                    author: PersonChip {
                        is_you: false,
                        ..message.author
                    },
                    ..message
                })
                .collect(),
            ..TicketPage::sample(language)
        }
    }
}
