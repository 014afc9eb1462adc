//! Samples for tests and screenshots. Text that a desk would hold begins with « § », so that tests tell it from ours.

use crate::fields::Faults;
use crate::frame::{Frame, SAMPLE_NOW, Section, SignedIn};
use crate::pager::Pager;
use crate::portal::ticket::{File, Message, TicketPage};
use crate::portal::{
    AttachmentLimits, CategoryChoice, ChooseCategoryPage, DepartmentChoice, DescribeTicketPage,
    Filter, HomePage, LastStep, Navigation, State, Tab, TicketRow, TicketSentPage, TicketsPage,
    Waiting, WaitingFor,
};
use words::language::Language;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn text(language: Language, french: &str, english: &str) -> String {
    match language {
        Language::French => format!("§ {french}"),
        Language::English => format!("§ {english}"),
    }
}

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        person: Some(SignedIn {
            name: "§ Hélène Marchand".to_owned(),
            initials: "HM".to_owned(),
        }),
        section: Section::Other,
        is_agent: false,
        is_admin: false,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn navigation(tab: Tab) -> Navigation {
    Navigation { tab, waiting: 2 }
}

const LIMITS: AttachmentLimits = AttachmentLimits {
    files: 10,
    bytes: 25_000_000,
};

fn rows(language: Language) -> Vec<TicketRow> {
    let row = |number, french, english, state, last, ago| TicketRow {
        number,
        subject: text(language, french, english),
        state,
        last,
        last_at: SAMPLE_NOW - ago,
        invited_by: None,
    };
    let mut rows = vec![
        row(
            4812,
            "Écran externe non détecté depuis la mise à jour de la station d’accueil",
            "External display not detected since the docking station update",
            State::InProgress,
            LastStep::Wrote("§ Camille Roux".to_owned()),
            4 * MINUTE,
        ),
        row(
            4796,
            "Remplacement de la batterie",
            "Battery replacement",
            State::Incomplete,
            LastStep::Taken("§ Julien Kervella".to_owned()),
            3 * HOUR,
        ),
        row(
            4770,
            "Calendrier partagé de la direction invisible sur mobile",
            "Shared executive calendar missing on mobile",
            State::Closed,
            LastStep::ClosureProposed,
            DAY,
        ),
        row(
            4765,
            "Accès au dossier « Budget 2027 »",
            "Access to the folder “Budget 2027”",
            State::Free,
            LastStep::Sent,
            4 * DAY,
        ),
        row(
            4702,
            "Imprimante du 3ᵉ étage",
            "Printer on the third floor",
            State::Postponed,
            LastStep::YouWrote,
            12 * DAY,
        ),
    ];
    if let Some(last) = rows.last_mut() {
        last.invited_by = Some("§ Jean-Christophe de La Rochebrochard".to_owned());
    }
    rows
}

impl HomePage {
    /// A requester with a closure to approve and a question to answer.
    #[must_use]
    pub fn sample(language: Language) -> HomePage {
        HomePage {
            frame: frame(language, "/portal"),
            navigation: navigation(Tab::Home),
            first_name: "§ Hélène".to_owned(),
            waiting: vec![
                Waiting {
                    what: WaitingFor::Approval,
                    number: 4770,
                    subject: text(
                        language,
                        "Calendrier partagé de la direction invisible sur mobile",
                        "Shared executive calendar missing on mobile",
                    ),
                },
                Waiting {
                    what: WaitingFor::Answer,
                    number: 4796,
                    subject: text(
                        language,
                        "Remplacement de la batterie",
                        "Battery replacement",
                    ),
                },
            ],
            recent: rows(language),
            total: 17,
        }
    }

    /// The first visit.
    #[must_use]
    pub fn sample_empty(language: Language) -> HomePage {
        HomePage {
            navigation: Navigation {
                tab: Tab::Home,
                waiting: 0,
            },
            waiting: vec![],
            recent: vec![],
            total: 0,
            ..HomePage::sample(language)
        }
    }
}

impl TicketsPage {
    /// Open requests, with a page after this one.
    #[must_use]
    pub fn sample(language: Language) -> TicketsPage {
        TicketsPage {
            frame: frame(language, "/portal/tickets"),
            navigation: navigation(Tab::Tickets),
            filter: Filter::Open,
            open_count: 5,
            ended_count: 1284,
            rows: rows(language),
            pager: Pager {
                previous: Some("/portal/tickets".to_owned()),
                next: Some("/portal/tickets?after=abc".to_owned()),
            },
        }
    }

    /// Nothing in this filter.
    #[must_use]
    pub fn sample_empty(language: Language, filter: Filter) -> TicketsPage {
        TicketsPage {
            filter,
            open_count: 0,
            ended_count: 0,
            rows: vec![],
            pager: Pager::default(),
            ..TicketsPage::sample(language)
        }
    }
}

impl ChooseCategoryPage {
    /// Six departments.
    #[must_use]
    pub fn sample(language: Language) -> ChooseCategoryPage {
        type Names = [(&'static str, &'static str)];
        let departments: [(&str, &str, &Names); 6] = [
            (
                "Postes de travail",
                "Workstations",
                &[
                    ("Portables", "Laptops"),
                    ("Téléphones", "Phones"),
                    ("Écrans", "Screens"),
                    ("Stations d’accueil", "Docking stations"),
                    ("Impression", "Printing"),
                ],
            ),
            (
                "Messagerie",
                "E-mail",
                &[
                    ("Calendriers", "Calendars"),
                    ("Boîtes partagées", "Shared mailboxes"),
                ],
            ),
            ("Réseau", "Network", &[("VPN", "VPN"), ("Wi-Fi", "Wi-Fi")]),
            (
                "Applications métier",
                "Business applications",
                &[("Comptabilité", "Accounting"), ("Paie", "Payroll")],
            ),
            (
                "Services généraux",
                "Facilities",
                &[("Badges", "Badges"), ("Locaux", "Premises")],
            ),
            (
                "Ressources humaines",
                "Human resources",
                &[("Arrivée", "Joining"), ("Départ", "Leaving")],
            ),
        ];
        let mut id = 0;
        ChooseCategoryPage {
            frame: frame(language, "/portal/tickets/new"),
            navigation: navigation(Tab::New),
            departments: departments
                .into_iter()
                .map(|(french, english, names)| DepartmentChoice {
                    name: text(language, french, english),
                    categories: names
                        .iter()
                        .map(|(french, english)| {
                            id += 1;
                            CategoryChoice {
                                id,
                                name: text(language, french, english),
                                within: (id % 3 == 1)
                                    .then(|| text(language, "Matériel", "Hardware")),
                            }
                        })
                        .collect(),
                })
                .collect(),
        }
    }

    /// Nothing open to this reader.
    #[must_use]
    pub fn sample_empty(language: Language) -> ChooseCategoryPage {
        ChooseCategoryPage {
            departments: vec![],
            ..ChooseCategoryPage::sample(language)
        }
    }
}

impl DescribeTicketPage {
    /// A blank form.
    #[must_use]
    pub fn sample(language: Language) -> DescribeTicketPage {
        DescribeTicketPage {
            frame: frame(language, "/portal/tickets/new?category=3"),
            navigation: navigation(Tab::New),
            category: CategoryChoice {
                id: 3,
                name: text(language, "Écrans", "Screens"),
                within: None,
            },
            department: text(language, "Postes de travail", "Workstations"),
            subject: String::new(),
            body: String::new(),
            faults: Faults::default(),
            once: "once-sample".to_owned(),
            limits: LIMITS,
        }
    }

    /// The form that came back, with every fault it may have.
    #[must_use]
    pub fn sample_refused(language: Language) -> DescribeTicketPage {
        let fault = |field, french, english| crate::fields::Fault {
            field,
            text: text(language, french, english),
        };
        DescribeTicketPage {
            body: text(
                language,
                "L’écran reste noir <script>",
                "The screen stays black <script>",
            ),
            faults: Faults(vec![
                fault(
                    "category",
                    "Cette catégorie n’existe plus : choisissez-en une autre.",
                    "This category is gone: choose another.",
                ),
                fault(
                    "subject",
                    "Donnez un objet à votre demande.",
                    "Give your request a subject.",
                ),
                fault("body", "Ce texte est trop long.", "This text is too long."),
                fault(
                    "files",
                    "video.mp4 dépasse 25 Mo.",
                    "video.mp4 is larger than 25 MB.",
                ),
            ]),
            ..DescribeTicketPage::sample(language)
        }
    }
}

impl TicketSentPage {
    /// Just sent.
    #[must_use]
    pub fn sample(language: Language) -> TicketSentPage {
        TicketSentPage {
            frame: frame(language, "/portal/tickets/4813"),
            navigation: navigation(Tab::New),
            number: 4813,
            subject: text(
                language,
                "Écran externe non détecté",
                "External display not detected",
            ),
            department: text(language, "Postes de travail", "Workstations"),
            email: "§ helene.marchand@nordet.example".to_owned(),
        }
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
            state: State::Closed,
            department: text(language, "Messagerie", "E-mail"),
            category: text(language, "Calendriers", "Calendars"),
            assignee: Some("§ Sofia Almeida".to_owned()),
            invited_by: None,
            invitees: vec!["§ Jean-Christophe de La Rochebrochard".to_owned()],
            created_at: SAMPLE_NOW - 5 * DAY,
            taken_at: Some(SAMPLE_NOW - 5 * DAY + HOUR),
            closed_at: Some(SAMPLE_NOW - 20 * HOUR),
            ended_at: None,
            closed_by: Some("§ Sofia Almeida".to_owned()),
            messages: vec![
                Message {
                    id: 31,
                    author: "§ Hélène Marchand".to_owned(),
                    is_mine: true,
                    is_agent: false,
                    at: SAMPLE_NOW - 5 * DAY,
                    body_html: format!(
                        "<p>{}</p>",
                        text(
                            language,
                            "Le calendrier est visible sur l’ordinateur, pas sur le téléphone. J’ai déjà redémarré.",
                            "The calendar shows on the computer, not on the phone. I already restarted.",
                        )
                    ),
                    files: vec![],
                },
                Message {
                    id: 32,
                    author: "§ Sofia Almeida".to_owned(),
                    is_mine: false,
                    is_agent: true,
                    at: SAMPLE_NOW - 20 * HOUR,
                    body_html: format!(
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
                    files: vec![
                        File {
                            name: "§ calendriers.png".to_owned(),
                            href: "/attachments/7".to_owned(),
                            bytes: 340_000,
                            is_image: true,
                        },
                        File {
                            name: "§ journal-de-synchronisation-du-téléphone-2026-11-22.log"
                                .to_owned(),
                            href: "/attachments/8".to_owned(),
                            bytes: 12_400,
                            is_image: false,
                        },
                    ],
                },
            ],
            earlier: Some(("/portal/tickets/4770?all=1".to_owned(), 5)),
            may_decide: true,
            may_reply: true,
            may_reopen: false,
            reply: String::new(),
            faults: Faults::default(),
            once: "once-sample".to_owned(),
            limits: LIMITS,
        }
    }

    /// The same ticket in any state, as its requester sees it.
    #[must_use]
    pub fn sample_in(language: Language, state: State) -> TicketPage {
        let ended = state.progress() == 3;
        TicketPage {
            state,
            assignee: (state.progress() > 0).then(|| "§ Sofia Almeida".to_owned()),
            taken_at: (state.progress() > 0).then_some(SAMPLE_NOW - 4 * DAY),
            ended_at: ended.then_some(SAMPLE_NOW - 2 * HOUR),
            may_reopen: ended && state != State::Archived,
            may_reply: state != State::Archived,
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
            faults: Faults(vec![fault("files"), fault("body")]),
            ..TicketPage::sample(language)
        }
    }
}

/// Every sample of the portal, rendered, by name; what tests and screenshots read.
#[must_use]
pub fn all(language: Language) -> Vec<(&'static str, askama::Result<String>)> {
    use askama::Template;
    let mut pages = vec![
        ("portal-home", HomePage::sample(language).render()),
        (
            "portal-home-empty",
            HomePage::sample_empty(language).render(),
        ),
        ("portal-tickets", TicketsPage::sample(language).render()),
        (
            "portal-tickets-none-open",
            TicketsPage::sample_empty(language, Filter::Open).render(),
        ),
        (
            "portal-tickets-none-ended",
            TicketsPage::sample_empty(language, Filter::Ended).render(),
        ),
        (
            "portal-choose",
            ChooseCategoryPage::sample(language).render(),
        ),
        (
            "portal-choose-none",
            ChooseCategoryPage::sample_empty(language).render(),
        ),
        (
            "portal-describe",
            DescribeTicketPage::sample(language).render(),
        ),
        (
            "portal-describe-refused",
            DescribeTicketPage::sample_refused(language).render(),
        ),
        ("portal-sent", TicketSentPage::sample(language).render()),
        ("portal-ticket", TicketPage::sample(language).render()),
        (
            "portal-ticket-invited",
            TicketPage::sample_invited(language).render(),
        ),
    ];
    pages.extend(
        State::ALL
            .into_iter()
            .map(|state| (state.key(), TicketPage::sample_in(language, state).render())),
    );
    pages
}
