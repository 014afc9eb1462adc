//! Lists of tickets of the demonstration company, for tests and screenshots.

use super::bulk::{Deed, Toast};
use super::list::{Chip, Column, Display, Heading, Ordering, SavedView, TicketListPage, TicketRow};
use super::list_panels::{Adder, DisplayPanel, Entry, ExportPanel, FilterPanel, Offer};
use super::{LastActor, Origin, PersonChip, Priority, StateView};
use crate::frame::{Frame, SAMPLE_NOW, TicketView};
use words::language::Language;

const MINUTE: i64 = 60_000_000;

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
    (4812, "§ Écran externe non détecté après la mise à jour du BIOS", StateView::Free, Priority::High, 6, LastActor::Requester, "§ Hélène Marchand", "§ Nantes", "§ Postes de travail", "§ Périphériques", "", 16),
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

impl TicketListPage {
    /// The list of open tickets.
    #[must_use]
    pub fn sample(language: Language) -> TicketListPage {
        TicketListPage::sample_of(language, 12)
    }

    /// The same with `rows` rows, for measurements.
    #[must_use]
    pub fn sample_of(language: Language, rows: usize) -> TicketListPage {
        let rows = LINES.iter().cycle().take(rows).map(row).collect();
        TicketListPage {
            away: None,
            frame: Frame {
                view: Some(TicketView::Open),
                ..Frame::sample(language)
            },
            view: TicketView::Open,
            saved: None,
            count: Some("128".to_owned()),
            chips: vec![Chip {
                key: "list-stage",
                operator: None,
                value: "§ À traiter".to_owned(),
                href: "/tickets?view=all".to_owned(),
            }],
            complaints: vec![],
            add_href: "/lists/filter?list=view%3Dopen".to_owned(),
            save_href: "/views/new?list=view%3Dopen".to_owned(),
            export_href: Some("/lists/export?list=view%3Dopen".to_owned()),
            clear_href: None,
            sorted_key: "tickets-sorted-activity",
            headings: headings(&[
                Column::Priority,
                Column::Number,
                Column::State,
                Column::Requester,
                Column::Department,
                Column::Assignee,
                Column::Activity,
            ]),
            subject: ordering("tickets-subject", "subject", None),
            display: Display {
                is_grid: false,
                is_compact: false,
                list: "open".to_owned(),
                href: "/lists/display?list=view%3Dopen".to_owned(),
            },
            toast: None,
            deeds: vec![
                Deed::Take,
                Deed::Release,
                Deed::Assign,
                Deed::Priority,
                Deed::Tag,
                Deed::Close,
                Deed::Merge,
                Deed::Postpone,
                Deed::Refuse,
                Deed::Reopen,
                Deed::Read,
                Deed::Unread,
            ],
            back: "/tickets?view=open".to_owned(),
            once: "once-sample".to_owned(),
            rows,
            newer: None,
            older: Some("/tickets?view=open&after=f1.2".to_owned()),
        }
    }

    /// Nothing matches.
    #[must_use]
    pub fn sample_empty(language: Language) -> TicketListPage {
        let mut page = TicketListPage::sample_of(language, 0);
        page.clear_href = Some("/tickets?view=open".to_owned());
        page.complaints = vec!["§ Ce filtre ne connaît pas « x ».".to_owned()];
        page.older = None;
        page
    }

    /// A saved view, changed, with other columns.
    #[must_use]
    pub fn sample_all(language: Language) -> TicketListPage {
        let mut page = TicketListPage::sample_of(language, 50);
        page.view = TicketView::All;
        page.frame.view = None;
        page.saved = Some(SavedView {
            name: "§ Réseau, Nantes".to_owned(),
            is_changed: true,
            href: "/tickets?view=12".to_owned(),
            edit: Some("/views/12".to_owned()),
        });
        page.count = Some("500+".to_owned());
        page.chips = vec![
            Chip {
                key: "tickets-department",
                operator: None,
                value: "§ Réseau, Comptes".to_owned(),
                href: "/tickets?view=all".to_owned(),
            },
            Chip {
                key: "tickets-state",
                operator: Some("list-not"),
                value: "§ Archivé".to_owned(),
                href: "/tickets?view=all".to_owned(),
            },
        ];
        page.headings = headings(&[
            Column::State,
            Column::Number,
            Column::Created,
            Column::Closed,
            Column::Origin,
        ]);
        page.newer = Some("/tickets?view=12&before=b1.2".to_owned());
        page
    }

    /// Cards.
    #[must_use]
    pub fn sample_grid(language: Language) -> TicketListPage {
        let mut page = TicketListPage::sample(language);
        page.display.is_grid = true;
        page.toast = Some(Toast {
            id: 7,
            deed: Deed::Take,
            done: 3,
            is_undoable: true,
        });
        page
    }
}

impl FilterPanel {
    /// Every kind of entry, one of them refused.
    #[must_use]
    pub fn sample(language: Language) -> FilterPanel {
        let offers = |names: &[&str]| -> Vec<Offer> {
            let mut offers = vec![];
            for (at, name) in names.iter().enumerate() {
                offers.push(Offer {
                    value: at.to_string(),
                    name: (*name).to_owned(),
                    is_chosen: at == 0,
                });
            }
            offers
        };
        let operators = vec![("is", "list-is", true), ("not", "list-not", false)];
        let adder = |property, key, operators, entry| Adder {
            property,
            key,
            operators,
            entry,
            error: None,
        };
        FilterPanel {
            frame: Frame::sample(language),
            back: "/tickets?view=open".to_owned(),
            list: "view=open".to_owned(),
            adders: vec![
                adder(
                    "state",
                    "tickets-state",
                    operators.clone(),
                    Entry::Boxes(offers(&["§ Libre", "§ En cours"])),
                ),
                adder(
                    "category",
                    "tickets-category",
                    operators.clone(),
                    Entry::Groups(vec![("§ Réseau".to_owned(), offers(&["§ VPN", "§ Wi-Fi"]))]),
                ),
                Adder {
                    error: Some("§ Personne n’est connu sous « x ».".to_owned()),
                    ..adder(
                        "requester",
                        "tickets-requester",
                        operators,
                        Entry::Person("x".to_owned()),
                    )
                },
                adder(
                    "created",
                    "tickets-opened",
                    vec![
                        ("after", "list-after", true),
                        ("before", "list-before", false),
                    ],
                    Entry::Date("2026-11-20".to_owned()),
                ),
            ],
        }
    }
}

impl ExportPanel {
    /// The list of open tickets.
    #[must_use]
    pub fn sample(language: Language) -> ExportPanel {
        ExportPanel {
            frame: Frame::sample(language),
            back: "/tickets?view=open".to_owned(),
            list: "view=open".to_owned(),
        }
    }
}

impl DisplayPanel {
    /// The columns of a list.
    #[must_use]
    pub fn sample(language: Language) -> DisplayPanel {
        DisplayPanel {
            frame: Frame::sample(language),
            back: "/tickets?view=open".to_owned(),
            list: "open".to_owned(),
            is_grid: false,
            is_compact: true,
            columns: Column::ALL
                .into_iter()
                .enumerate()
                .map(|(at, column)| (column, at < 7))
                .collect(),
            sorts: vec![
                ("-activity".to_owned(), "list-order-activity-down", true),
                ("priority".to_owned(), "list-order-priority-up", false),
            ],
        }
    }
}

fn ordering(key: &'static str, sort: &str, descending: Option<bool>) -> Ordering {
    Ordering {
        key,
        href: format!("/tickets?view=open&sort={sort}"),
        descending,
    }
}

fn headings(columns: &[Column]) -> Vec<Heading> {
    let heading = |column: &Column| Heading {
        column: *column,
        orderings: match column {
            Column::Tags => vec![],
            Column::Department => vec![
                ordering("tickets-department", "department", None),
                ordering("tickets-category", "category", None),
            ],
            other => vec![ordering(
                other.key(),
                other.code(),
                (*other == Column::Activity).then_some(true),
            )],
        },
    };
    columns.iter().map(heading).collect()
}

fn row(line: &Line) -> TicketRow {
    TicketRow {
        number: line.0,
        version: 3,
        href: format!("/tickets/{}?list=view%3Dopen&at=f1.{}", line.0, line.0),
        subject: line.1.to_owned(),
        is_unread: line.5 == LastActor::Requester,
        state: line.2,
        priority: line.3,
        origin: Origin::Portal,
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
        needs_advice: line.0 % 2 == 0,
        tags: vec!["§ vpn".to_owned(), "§ urgent".to_owned()],
        activity_micros: SAMPLE_NOW - line.11 * MINUTE,
        created_micros: SAMPLE_NOW - line.11 * 3 * MINUTE,
        closed_micros: (line.2 == StateView::Closed).then_some(SAMPLE_NOW - line.11 * MINUTE),
    }
}
