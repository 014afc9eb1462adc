//! Samples for tests and screenshots. Text that a desk would hold begins with « § », so that tests tell it from ours.

mod cancellation;
mod correction;
mod ticket;

use crate::fields::Faults;
use crate::frame::{Frame, SAMPLE_NOW, Section, SignedIn};
use crate::pager::Pager;
use crate::portal::{
    AttachmentLimits, CategoryChoice, ChooseCategoryPage, DepartmentChoice, DescribeTicketPage,
    Filter, HomePage, KeptWords, LastStep, Navigation, Tab, TicketRow, TicketSentPage, TicketsPage,
    Waiting, WaitingFor,
};
use crate::tickets::StateView;
use crate::tickets::unsent::UnsentView;
use crate::tickets::visibility::Visibility;
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
            id: 41,
            name: "§ Hélène Marchand".to_owned(),
            initials: "HM".to_owned(),
        }),
        section: Section::Other,
        is_agent: false,
        is_admin: false,
        is_manager: false,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn navigation(tab: Tab) -> Navigation {
    Navigation {
        tab,
        waiting: 2,
        shows_assets: true,
    }
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
            StateView::InProgress,
            LastStep::Wrote("§ Camille Roux".to_owned()),
            4 * MINUTE,
        ),
        row(
            4796,
            "Remplacement de la batterie",
            "Battery replacement",
            StateView::Incomplete,
            LastStep::Taken("§ Julien Kervella".to_owned()),
            3 * HOUR,
        ),
        row(
            4770,
            "Calendrier partagé de la direction invisible sur mobile",
            "Shared executive calendar missing on mobile",
            StateView::Closed,
            LastStep::ClosureProposed,
            DAY,
        ),
        row(
            4765,
            "Accès au dossier « Budget 2027 »",
            "Access to the folder “Budget 2027”",
            StateView::Free,
            LastStep::Sent,
            4 * DAY,
        ),
        row(
            4702,
            "Imprimante du 3ᵉ étage",
            "Printer on the third floor",
            StateView::Postponed,
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
            shown: vec![crate::shared::SharedRow::sample()],
            solutions: crate::knowledge::reading::SolutionRow::samples(),
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
                shows_assets: true,
            },
            waiting: vec![],
            shown: vec![],
            solutions: vec![],
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
            kept: None,
            unsent: vec![UnsentView::sample()],
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

    /// What was chosen is not to be had any more, and the words wait.
    #[must_use]
    pub fn sample_again(language: Language) -> ChooseCategoryPage {
        ChooseCategoryPage {
            kept: Some(KeptWords {
                subject: text(language, "Mon bulletin de mai", "My payslip of May"),
                body: text(
                    language,
                    "Il y manque\ndeux jours.",
                    "Two days\nare missing.",
                ),
                keeps_private: true,
                had_files: true,
                once: "once-sample".to_owned(),
            }),
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
            visibility: Visibility::Public,
            keeps_private: false,
            faults: Faults::default(),
            once: "once-sample".to_owned(),
            limits: LIMITS,
            similar: vec![],
            unsent: vec![],
            solutions: crate::knowledge::reading::SolutionRow::samples(),
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
            similar: vec![crate::tickets::opening::SimilarTicket {
                href: "/portal/tickets/4812".to_owned(),
                ..crate::tickets::opening::SimilarTicket::sample()
            }],
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
