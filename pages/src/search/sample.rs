//! Samples for tests and screenshots. Text that a desk would hold begins with « § ».

use super::{HitView, Narrowing, PersonView, Piece, PortalSearchPage, Results, SearchPage};
use crate::frame::{Frame, SAMPLE_NOW, Section};
use crate::pager::Pager;
use crate::portal::{Navigation, Tab};
use crate::tickets::StateView;
use words::language::Language;

fn marked(text: &str) -> Vec<Piece> {
    text.split('|')
        .enumerate()
        .map(|(n, text)| Piece {
            // Each piece is a text of its own to whoever looks at the page.
            text: format!("§{text}"),
            is_hit: n % 2 == 1,
        })
        .collect()
}

fn hit(number: i64, subject: &str, snippet: &str, is_note: bool, state: StateView) -> HitView {
    HitView {
        number,
        subject: marked(subject),
        state,
        requester: "§ Hélène Marchand".to_owned(),
        department: "§ Postes de travail".to_owned(),
        category: "§ Périphériques".to_owned(),
        snippet: marked(snippet),
        is_note,
        files: vec![],
        activity_micros: SAMPLE_NOW - number * 7_000_000_000,
    }
}

fn results() -> Results {
    let mut first = hit(
        4812,
        "§ |Écran| externe non détecté après la mise à jour du BIOS",
        "§ …depuis la mise à jour, l’|écran| reste noir. Les deux autres |écrans| § vont bien…",
        false,
        StateView::InProgress,
    );
    first.files = vec![marked("§ photo-|écran|.jpg")];
    Results {
        query: "écran".to_owned(),
        hits: vec![
            first,
            hit(
                4788,
                "§ Second monitor for the design team (×4)",
                "§ …le modèle d’|écran| du catalogue est en rupture § …",
                true,
                StateView::Incomplete,
            ),
            hit(
                3127,
                "§ |Écran| de la salle Loire qui clignote",
                "§ Bonjour, l’|écran| § clignote…",
                false,
                StateView::Archived,
            ),
        ],
        count: 43,
        pager: Pager {
            previous: None,
            next: Some("/search?q=%C3%A9cran&page=2".to_owned()),
        },
        ..Results::default()
    }
}

impl SearchPage {
    /// Tickets and people that answer.
    #[must_use]
    pub fn sample(language: Language) -> SearchPage {
        SearchPage {
            frame: Frame {
                section: Section::Other,
                here: "/search?q=%C3%A9cran".to_owned(),
                ..Frame::sample(language)
            },
            results: results(),
            people: vec![PersonView {
                name: "§ Mathilde Écrand".to_owned(),
                initials: "MÉ".to_owned(),
                email: "mathilde.ecrand@nordet.example".to_owned(),
                site: "§ Nantes".to_owned(),
                href: "/people/12".to_owned(),
            }],
            narrowings: vec![
                Narrowing {
                    key: "search-narrow-open",
                    href: "/search?q=%C3%A9cran%20state%3Aopen".to_owned(),
                    is_on: false,
                },
                Narrowing {
                    key: "search-narrow-mine",
                    href: "/search?q=%C3%A9cran".to_owned(),
                    is_on: true,
                },
            ],
        }
    }

    /// Nothing asked yet.
    #[must_use]
    pub fn sample_unasked(language: Language) -> SearchPage {
        SearchPage {
            results: Results::default(),
            people: vec![],
            narrowings: vec![],
            ..SearchPage::sample(language)
        }
    }

    /// Nothing found, with something to say.
    #[must_use]
    pub fn sample_empty(language: Language) -> SearchPage {
        let page = SearchPage::sample_unasked(language);
        let hint = page
            .frame
            .say_text("search-hint-unknown-field", "detail", "§ colour:");
        SearchPage {
            results: Results {
                query: "colour:red".to_owned(),
                hints: vec![hint],
                ..Results::default()
            },
            ..page
        }
    }

    /// A value that a field cannot have.
    #[must_use]
    pub fn sample_refused(language: Language) -> SearchPage {
        let page = SearchPage::sample_unasked(language);
        let fault = page
            .frame
            .say_text("search-fault-date", "detail", "§ bientôt");
        SearchPage {
            results: Results {
                query: "before:bientôt".to_owned(),
                faults: vec![fault],
                ..Results::default()
            },
            ..page
        }
    }
}

impl PortalSearchPage {
    /// Requests that answer.
    #[must_use]
    pub fn sample(language: Language) -> PortalSearchPage {
        PortalSearchPage {
            frame: Frame {
                section: Section::Other,
                is_agent: false,
                is_admin: false,
                here: "/portal/search?q=%C3%A9cran".to_owned(),
                ..Frame::sample(language)
            },
            navigation: Navigation {
                tab: Tab::Tickets,
                waiting: 2,
                shows_assets: true,
            },
            results: Results {
                hits: results().hits.into_iter().filter(|h| !h.is_note).collect(),
                count: 2,
                pager: Pager::default(),
                ..results()
            },
        }
    }

    /// Nothing found.
    #[must_use]
    pub fn sample_empty(language: Language) -> PortalSearchPage {
        PortalSearchPage {
            results: Results {
                query: "licorne".to_owned(),
                ..Results::default()
            },
            ..PortalSearchPage::sample(language)
        }
    }
}
