//! Tickets of the demonstration company, for tests and screenshots. Every text of a person carries « § », so that a
//! test can tell data from words.

use super::composer::{Composer, Draft, HeldReply, KeptFile, Overtaken, Preview};
use super::handling::{Deeds, Waits};
use super::opening::{NewTicketPage, SimilarTicket};
use super::panel::Panel;
use super::sample_thread::thread;
use super::show::{ClosurePage, RequesterCard, TicketPage};
use super::thread::{Audience, Show, ThreadCounts};
use super::{Choice, ChoiceGroup, LastActor, MayFlags, Origin, PersonChip, Priority, StateView};
use crate::form::FormField;
use crate::frame::{Flash, Frame, SAMPLE_NOW, TicketView, Tone};
use crate::joining::Joined;
use crate::people::MailStopped;
use crate::tasks::WorkPanel;
use words::language::Language;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const SUBJECT: &str = "§ Écran externe non détecté après la mise à jour du BIOS";

fn choice(value: &str, name: &str, selected: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        name: name.to_owned(),
        selected,
    }
}

impl TicketPage {
    /// A free ticket another agent may take.
    #[must_use]
    pub fn sample(language: Language) -> TicketPage {
        TicketPage {
            frame: Frame {
                here: "/tickets/4812".to_owned(),
                ..Frame::sample(language)
            },
            number: 4812,
            version: 17,
            subject: SUBJECT.to_owned(),
            state: StateView::Free,
            priority: Priority::High,
            last_actor: LastActor::Requester,
            opened_micros: SAMPLE_NOW - 68 * HOUR,
            origin: Origin::Portal,
            filed_by: None,
            requester: RequesterCard {
                person: PersonChip::new("§ Hélène Marchand"),
                place: "§ Comptabilité, Nantes".to_owned(),
                email: "helene.marchand@nordet.example".to_owned(),
                mail_stopped: Some(MailStopped {
                    reason: "suppression-refused",
                    since: SAMPLE_NOW - 26 * HOUR,
                }),
                phone: "02 40 55 01 27".to_owned(),
                other_open: 2,
                id: 31,
            },
            assignee: None,
            department: "§ Postes de travail".to_owned(),
            category: "§ Périphériques".to_owned(),
            came_in_by: Some("§ Accueil › Matériel".to_owned()),
            needs_advice: true,
            invitees: vec![PersonChip::new("§ Laure Castellani")],
            show: Show::All,
            counts: ThreadCounts {
                exchanges: 3,
                notes: 1,
                history: 4,
            },
            thread: thread(),
            may: MayFlags {
                reply: true,
                note: true,
                take: true,
                ..MayFlags::default()
            },
            deeds: Deeds {
                assign: true,
                transfer: true,
                move_back: true,
                take_and_ask: true,
                ..Deeds::default()
            },
            waits: Waits::LeftIncomplete,
            closed_by: None,
            back: TicketView::Open,
            place: None,
            joined: Joined::sample(),
            work: Some(WorkPanel::sample(language)),
            panel: Panel::sample(),
            composer: Composer {
                replies: vec![ChoiceGroup {
                    name: "§ Postes de travail".to_owned(),
                    choices: vec![choice("2", "§ Passage au bureau", false)],
                }],
                once: "once-sample".to_owned(),
                ..Composer::default()
            },
            meanwhile: vec!["§ Camille Roux a changé la priorité".to_owned()],
        }
    }

    /// A reply is on its way, a draft with a file and its preview stand in the composer.
    #[must_use]
    pub fn sample_on_its_way(language: Language) -> TicketPage {
        let page = TicketPage::sample(language);
        let safe_html = "<p>§ Passez avant <strong>15 h</strong>.</p>".to_owned();
        TicketPage {
            composer: Composer {
                draft: Draft {
                    audience: Some(Audience::Public),
                    body: "§ Passez avant **15 h**.".to_owned(),
                    error: None,
                },
                overtaken: Some(Overtaken {
                    sentence: "§ Camille Roux a écrit pendant que vous écriviez.".to_owned(),
                    lines: vec!["§ Camille Roux a répondu".to_owned()],
                    knows: Some(12),
                }),
                is_kept: true,
                kept: vec![KeptFile {
                    id: 1,
                    name: "§ plan.png".to_owned(),
                    bytes: 48_000,
                }],
                preview: Some(Preview {
                    safe_html: safe_html.clone(),
                    untold: vec!["§ Marc-Antoine Gagnon".to_owned()],
                }),
                held: vec![HeldReply {
                    id: 7,
                    safe_html,
                    files: vec!["§ photo.jpg".to_owned()],
                    seconds: 8,
                    untold: vec!["§ Marc-Antoine Gagnon".to_owned()],
                }],
                ..page.composer
            },
            ..page
        }
    }

    /// The reader is in charge, and a reply was refused.
    #[must_use]
    pub fn sample_mine(language: Language) -> TicketPage {
        let mut page = TicketPage::sample(language);
        page.frame.flash = Some(Flash {
            tone: Tone::Ok,
            text: "§ Vous êtes gestionnaire en charge.".to_owned(),
        });
        let error = Some("§ trop court".to_owned());
        TicketPage {
            state: StateView::InProgress,
            assignee: Some(PersonChip::you("§ Nadia Belkacem")),
            last_actor: LastActor::You,
            invitees: Vec::new(),
            filed_by: Some(PersonChip::new("§ Théo Lambert")),
            origin: Origin::Phone,
            may: MayFlags {
                reply: true,
                note: true,
                release: true,
                close: true,
                ..MayFlags::default()
            },
            work: Some(WorkPanel::sample(language)),
            deeds: Deeds {
                assign: true,
                transfer: true,
                ask: true,
                postpone: true,
                refuse: true,
                ..Deeds::default()
            },
            waits: Waits::Not,
            composer: Composer {
                draft: Draft {
                    audience: Some(Audience::Staff),
                    body: "§ brouillon".to_owned(),
                    error,
                },
                ..page.composer
            },
            panel: Panel::sample_refused(),
            ..page
        }
    }

    /// The reader asked, an agent proposes to close.
    #[must_use]
    pub fn sample_to_approve(language: Language) -> TicketPage {
        let mut page = TicketPage::sample(language);
        page.requester.person = PersonChip::you("§ Nadia Belkacem");
        page.requester.phone = String::new();
        TicketPage {
            state: StateView::Closed,
            assignee: Some(PersonChip::new("§ Théo Lambert")),
            may: MayFlags {
                reply: true,
                approve: true,
                refuse_closure: true,
                ..MayFlags::default()
            },
            deeds: Deeds {
                cancel: true,
                ..Deeds::default()
            },
            closed_by: Some("§ Théo Lambert".to_owned()),
            ..page
        }
    }

    /// Waiting for the requester; the reader may reopen and leave notes.
    #[must_use]
    pub fn sample_awaiting(language: Language) -> TicketPage {
        TicketPage {
            state: StateView::Closed,
            assignee: Some(PersonChip::new("§ Théo Lambert")),
            last_actor: LastActor::Agent,
            may: MayFlags {
                note: true,
                reopen: true,
                ..MayFlags::default()
            },
            panel: Panel::sample_uninvited(),
            deeds: Deeds::default(),
            show: Show::Notes,
            thread: Vec::new(),
            ..TicketPage::sample(language)
        }
    }

    /// Put off by the reader, to a day.
    #[must_use]
    pub fn sample_postponed(language: Language) -> TicketPage {
        TicketPage {
            state: StateView::Postponed,
            deeds: Deeds {
                assign: true,
                transfer: true,
                ask: true,
                recall: true,
                ..Deeds::default()
            },
            waits: Waits::Until(Some(SAMPLE_NOW + 8 * 24 * HOUR)),
            panel: Panel::sample_unsent(),
            ..TicketPage::sample_mine(language)
        }
    }

    /// Nobody's, put off by somebody who let go; and the others it may wait for.
    #[must_use]
    pub fn samples_waiting(language: Language) -> [TicketPage; 3] {
        [Waits::LeftPostponed, Waits::Answer, Waits::Until(None)].map(|waits| TicketPage {
            waits,
            ..TicketPage::sample(language)
        })
    }

    /// A reader who may do nothing.
    #[must_use]
    pub fn sample_read_only(language: Language) -> TicketPage {
        TicketPage {
            state: StateView::Approved,
            may: MayFlags::default(),
            panel: Panel::sample_read_only(),
            deeds: Deeds::default(),
            show: Show::History,
            ..TicketPage::sample(language)
        }
    }
}

impl ClosurePage {
    /// Closing a ticket the reader takes by the same act.
    #[must_use]
    pub fn sample(language: Language) -> ClosurePage {
        ClosurePage {
            frame: Frame::sample(language),
            number: 4812,
            version: 17,
            subject: SUBJECT.to_owned(),
            takes: true,
            is_own: false,
            message: String::new(),
        }
    }
}

impl NewTicketPage {
    /// A form just opened.
    #[must_use]
    pub fn sample(language: Language) -> NewTicketPage {
        NewTicketPage {
            frame: Frame {
                here: "/tickets/new".to_owned(),
                ..Frame::sample(language)
            },
            requester: FormField::default(),
            categories: vec![
                ChoiceGroup {
                    name: "§ Postes de travail".to_owned(),
                    choices: vec![
                        choice("31", "§ Périphériques", false),
                        choice("32", "§ Logiciels", false),
                    ],
                },
                ChoiceGroup {
                    name: "§ Réseau".to_owned(),
                    choices: vec![choice("41", "§ VPN", false)],
                },
            ],
            category_error: None,
            subject: FormField::default(),
            body: FormField::default(),
            priority: Priority::Normal,
            origin: Origin::Phone,
            visibility: super::visibility::Visibility::Private,
            most_files: 10,
            largest_file: 25_000_000,
            files_error: None,
            similar: vec![],
            once: "once-sample".to_owned(),
            unsent: vec![],
        }
    }

    /// The same form sent with everything wrong.
    #[must_use]
    pub fn sample_refused(language: Language) -> NewTicketPage {
        let wrong = |value: &str| FormField {
            value: value.to_owned(),
            error: Some("§ à corriger".to_owned()),
        };
        let mut page = NewTicketPage::sample(language);
        page.requester = wrong("§ helene");
        page.category_error = Some("§ à corriger".to_owned());
        page.subject = wrong("");
        page.body = wrong("§ Bonjour");
        page.files_error = Some("§ trop gros".to_owned());
        page.similar = vec![SimilarTicket::sample()];
        page.unsent = vec![super::unsent::UnsentView::sample()];
        page.visibility = super::visibility::Visibility::Public;
        page
    }
}
