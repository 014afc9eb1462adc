//! Tickets of the demonstration company, for tests and screenshots. Every text of a person carries « § », so that a
//! test can tell data from words.

use super::composer::{Composer, Draft, HeldReply, KeptFile, Preview};
use super::list::{Sort, TicketListPage, TicketRow};
use super::opening::{NewTicketPage, SimilarTicket};
use super::panel::Panel;
use super::sample_thread::thread;
use super::show::{ClosurePage, RequesterCard, TicketPage};
use super::thread::{Audience, Show, ThreadCounts};
use super::{Choice, ChoiceGroup, LastActor, MayFlags, Origin, PersonChip, Priority, StateView};
use crate::form::FormField;
use crate::frame::{Flash, Frame, SAMPLE_NOW, TicketView, Tone};
use crate::tasks::WorkPanel;
use words::language::Language;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const SUBJECT: &str = "§ Écran externe non détecté après la mise à jour du BIOS";

/// Number, subject, state, priority, comments, last actor, requester, site, department, category, assignee, minutes.
type Line = (
    i64,
    &'static str,
    StateView,
    Priority,
    i64,
    LastActor,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
);

#[rustfmt::skip]
const LINES: [Line; 12] = [
    (4820, "§ VPN drops every 10 minutes from the Montréal office", StateView::Free, Priority::Urgent, 3, LastActor::Requester, "§ Emma Wilson", "§ Montréal", "§ Réseau", "§ VPN", "", 4),
    (4812, SUBJECT, StateView::Free, Priority::High, 6, LastActor::Requester, "§ Hélène Marchand", "§ Nantes", "§ Postes de travail", "§ Périphériques", "", 16),
    (4801, "§ Boîte partagée compta@ pleine, envois refusés (552 5.2.2)", StateView::InProgress, Priority::High, 4, LastActor::Agent, "§ Chloé Fontaine", "§ Lyon", "§ Messagerie", "§ Boîtes partagées", "§ Théo Lambert", 31),
    (4817, "§ Accès au dossier partagé « Budget 2027 » pour l’équipe contrôle de gestion", StateView::Free, Priority::Normal, 1, LastActor::Requester, "§ Samir Haddad", "§ Nantes", "§ Droits d’accès", "§ Dossiers", "", 62),
    (4809, "§ Imprimante étiquettes atelier 2 : impression décalée de 4 mm", StateView::InProgress, Priority::Normal, 5, LastActor::You, "§ Rachid Benali", "§ Saint-Nazaire", "§ Impression", "§ Étiquettes", "you", 75),
    (4785, "§ Fuite au plafond près de la baie réseau B3", StateView::InProgress, Priority::High, 7, LastActor::Agent, "§ Baptiste Le Goff", "§ Saint-Nazaire", "§ Services généraux", "§ Plomberie", "§ Marc-Antoine Gagnon", 190),
    (4805, "§ New starter kit: Mei Tanaka, arriving 1 December", StateView::InProgress, Priority::Normal, 2, LastActor::You, "§ Grace Kim", "§ Montréal", "§ Arrivées et départs", "§ Arrivée", "you", 130),
    (4779, "§ Wi-Fi invité : portail captif en boucle sur Android", StateView::Free, Priority::Normal, 1, LastActor::Requester, "§ Aïcha Diallo", "§ Lyon", "§ Réseau", "§ Wi-Fi", "", 320),
    (4761, "§ Badge d’accès parking désactivé", StateView::InProgress, Priority::Normal, 2, LastActor::Agent, "§ Yves Caradec", "§ Nantes", "§ Services généraux", "§ Accès", "§ Marc-Antoine Gagnon", 1500),
    (4788, "§ Second monitor for the design team (×4)", StateView::Incomplete, Priority::Low, 2, LastActor::You, "§ Grace Kim", "§ Montréal", "§ Postes de travail", "§ Périphériques", "you", 300),
    (4752, "§ Départ d’un collaborateur : restitution du matériel (Yves Caradec)", StateView::Postponed, Priority::Normal, 3, LastActor::System, "§ Chloé Fontaine", "§ Nantes", "§ Arrivées et départs", "§ Départ", "§ Inès Moreau", 4600),
    (4798, "§ Phone replaced, locked out of MFA", StateView::Closed, Priority::High, 3, LastActor::Agent, "§ Daniel O’Connor", "", "§ Comptes", "§ MFA", "§ Oliver Grant", 125),
];

fn choice(value: &str, name: &str, selected: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        name: name.to_owned(),
        selected,
    }
}

impl TicketListPage {
    /// The list of open tickets.
    #[must_use]
    pub fn sample(language: Language) -> TicketListPage {
        TicketListPage::sample_of(language, 12)
    }

    /// The same with `rows` rows, for measurements.
    #[must_use]
    pub fn sample_of(language: Language, rows: usize) -> TicketListPage {
        let rows = LINES
            .iter()
            .cycle()
            .take(rows)
            .map(|line| TicketRow {
                number: line.0,
                subject: line.1.to_owned(),
                state: line.2,
                priority: line.3,
                comments: line.4,
                last_actor: line.5,
                requester: line.6.to_owned(),
                site: line.7.to_owned(),
                department: line.8.to_owned(),
                category: line.9.to_owned(),
                assignee: match line.10 {
                    "" => None,
                    "you" => Some(PersonChip::you("§ Nadia Belkacem")),
                    name => Some(PersonChip::new(name)),
                },
                activity_micros: SAMPLE_NOW - line.11 * MINUTE,
            })
            .collect();
        TicketListPage {
            frame: Frame {
                view: Some(TicketView::Open),
                ..Frame::sample(language)
            },
            view: TicketView::Open,
            state: None,
            departments: vec![
                choice("3", "§ Postes de travail", false),
                choice("4", "§ Réseau", false),
                choice("7", "§ Services généraux", false),
            ],
            sort: Sort::DEFAULT,
            rows,
            newer: None,
            older: Some("MTc5NTQz".to_owned()),
        }
    }

    /// Nothing matches.
    #[must_use]
    pub fn sample_empty(language: Language) -> TicketListPage {
        let mut page = TicketListPage::sample_of(language, 0);
        page.state = Some(StateView::Postponed);
        page.older = None;
        page
    }

    /// A middle page of all tickets, filtered and ordered otherwise.
    #[must_use]
    pub fn sample_all(language: Language) -> TicketListPage {
        let mut page = TicketListPage::sample_of(language, 50);
        page.view = TicketView::All;
        page.frame.view = Some(TicketView::All);
        page.state = Some(StateView::InProgress);
        page.sort = Sort::parse("number");
        page.newer = Some("MTc5NTQy".to_owned());
        if let Some(department) = page.departments.get_mut(1) {
            department.selected = true;
        }
        page
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
                phone: "02 40 55 01 27".to_owned(),
                other_open: 2,
            },
            assignee: None,
            department: "§ Postes de travail".to_owned(),
            category: "§ Périphériques".to_owned(),
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
            closed_by: None,
            back: TicketView::Open,
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
            show: Show::Notes,
            thread: Vec::new(),
            ..TicketPage::sample(language)
        }
    }

    /// A reader who may do nothing.
    #[must_use]
    pub fn sample_read_only(language: Language) -> TicketPage {
        TicketPage {
            state: StateView::Approved,
            may: MayFlags::default(),
            panel: Panel::sample_read_only(),
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
            most_files: 10,
            largest_file: 25_000_000,
            files_error: None,
            similar: vec![],
            once: "once-sample".to_owned(),
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
        page
    }
}
