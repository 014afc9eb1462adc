//! The pages of the knowledge base, with made-up articles.

use super::reading::{HelpListPage, HelpPage, SolutionPage, SolutionRow, SolutionsPage};
use super::{
    ArticlePage, ArticleRow, ArticleState, Audience, EditArticlePage, Figures, KnowledgePage,
    TextBefore,
};
use crate::fields::{Conflict, Fault, Faults, Standing};
use crate::frame::{Frame, SAMPLE_NOW, Section};
use crate::pager::Pager;
use crate::portal::{Navigation, Tab};
use crate::tickets::Choice;
use words::language::Language;

const HOUR: i64 = 3_600_000_000;
const HTML: &str = "<p>§ Ouvrez <strong>§ Paramètres</strong> § puis :</p><ol><li>§ Wi-Fi</li><li>§ Oublier ce réseau</li></ol>";

fn frame(language: Language, here: &str) -> Frame {
    Frame {
        section: Section::Knowledge,
        here: here.to_owned(),
        ..Frame::sample(language)
    }
}

fn choice(value: &str, name: &str, selected: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        name: name.to_owned(),
        selected,
    }
}

impl KnowledgePage {
    /// One article of each state and audience.
    #[must_use]
    pub fn sample(language: Language) -> KnowledgePage {
        let row = |id, title: &str, audience, state, department: Option<&str>| ArticleRow {
            id,
            title: title.to_owned(),
            start: "§ Ouvrez Paramètres, puis Wi-Fi.".to_owned(),
            language: Language::French,
            audience,
            department: department.map(str::to_owned),
            state,
            editor: "§ Nadia Belkacem".to_owned(),
            updated_micros: SAMPLE_NOW - 5 * HOUR,
            solved: 12,
        };
        let blue = Some("§ Postes de travail");
        KnowledgePage {
            frame: frame(language, "/knowledge"),
            query: String::new(),
            state: None,
            language: None,
            departments: vec![choice("1", "§ Postes de travail", false)],
            categories: vec![choice("3", "§ Réseau", false)],
            is_narrowed: false,
            rows: vec![
                row(
                    4,
                    "§ Se connecter au Wi-Fi",
                    Audience::Public,
                    ArticleState::Published,
                    None,
                ),
                row(
                    3,
                    "§ Choisir un écran",
                    Audience::Authenticated,
                    ArticleState::Published,
                    blue,
                ),
                row(
                    2,
                    "§ Réinitialiser un badge",
                    Audience::Department,
                    ArticleState::Draft,
                    blue,
                ),
                row(
                    1,
                    "§ Joindre l’astreinte",
                    Audience::Staff,
                    ArticleState::Withdrawn,
                    None,
                ),
            ],
            may_write: true,
            pager: Pager {
                previous: None,
                next: Some("/knowledge?before=1".to_owned()),
            },
        }
    }

    /// Nothing meets what was asked for.
    #[must_use]
    pub fn sample_empty(language: Language) -> KnowledgePage {
        KnowledgePage {
            query: "§ imprimante".to_owned(),
            state: Some(ArticleState::Draft),
            is_narrowed: true,
            rows: vec![],
            pager: Pager::default(),
            ..KnowledgePage::sample(language)
        }
    }
}

impl ArticlePage {
    /// One that its reader keeps.
    #[must_use]
    pub fn sample(language: Language) -> ArticlePage {
        ArticlePage {
            frame: frame(language, "/knowledge/4").on("article", 4, 3),
            id: 4,
            version: 3,
            title: "§ Se connecter au Wi-Fi".to_owned(),
            safe_html: HTML.to_owned(),
            language: Language::French,
            audience: Audience::Department,
            department: Some("§ Postes de travail".to_owned()),
            state: ArticleState::Published,
            author: "§ Nadia Belkacem".to_owned(),
            created_micros: SAMPLE_NOW - 900 * HOUR,
            editor: "§ Théo Marchand".to_owned(),
            updated_micros: SAMPLE_NOW - 5 * HOUR,
            published_micros: Some(SAMPLE_NOW - 4 * HOUR),
            address: Some("/portal/solutions/4".to_owned()),
            may_keep: true,
            may_link: true,
            before: vec![TextBefore {
                editor: "§ Nadia Belkacem".to_owned(),
                at_micros: SAMPLE_NOW - 900 * HOUR,
                title: "§ Wi-Fi".to_owned(),
                body: "§ Ouvrez *Paramètres*.".to_owned(),
            }],
            categories: vec![("§ Réseau".to_owned(), "§ Postes de travail".to_owned())],
            tickets: vec![(4812, "§ Plus de Wi-Fi au 3e étage".to_owned())],
            typed: String::new(),
            figures: Some(Figures {
                views: 214,
                solved: 31,
                unsolved: 4,
                deflected: 12,
            }),
            faults: Faults::default(),
            is_overtaken: false,
        }
    }

    /// One that its reader reads only.
    #[must_use]
    pub fn sample_read_only(language: Language) -> ArticlePage {
        ArticlePage {
            audience: Audience::Staff,
            department: None,
            address: None,
            may_keep: false,
            may_link: false,
            figures: None,
            before: vec![],
            categories: vec![],
            tickets: vec![],
            ..ArticlePage::sample(language)
        }
    }

    /// A deed that came too late, and a number that is none.
    #[must_use]
    pub fn sample_refused(language: Language) -> ArticlePage {
        ArticlePage {
            state: ArticleState::Withdrawn,
            typed: "§ 99999".to_owned(),
            faults: Faults(vec![Fault {
                field: "ticket",
                text: "§ Aucun ticket de ce numéro.".to_owned(),
            }]),
            is_overtaken: true,
            ..ArticlePage::sample(language)
        }
    }
}

impl EditArticlePage {
    /// One that stands.
    #[must_use]
    pub fn sample(language: Language) -> EditArticlePage {
        EditArticlePage {
            frame: frame(language, "/knowledge/4/edit").on("article", 4, 3),
            id: Some(4),
            version: 3,
            title: "§ Se connecter au Wi-Fi".to_owned(),
            body: "§ Ouvrez **Paramètres**, puis :\n\n1. Wi-Fi".to_owned(),
            preview: Some(HTML.to_owned()),
            language: Language::French,
            audience: Audience::Department,
            audiences: Audience::ALL.to_vec(),
            departments: vec![choice("1", "§ Postes de travail", true)],
            categories: vec![(
                "§ Postes de travail".to_owned(),
                vec![
                    choice("3", "§ Réseau", true),
                    choice("4", "§ Écrans", false),
                ],
            )],
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A new one that came back.
    #[must_use]
    pub fn sample_refused(language: Language) -> EditArticlePage {
        EditArticlePage {
            frame: frame(language, "/knowledge/new").adding(),
            id: None,
            preview: None,
            title: String::new(),
            audiences: vec![Audience::Department],
            faults: Faults(vec![Fault {
                field: "title",
                text: "§ À remplir.".to_owned(),
            }]),
            ..EditArticlePage::sample(language)
        }
    }

    /// A colleague was first.
    #[must_use]
    pub fn sample_conflict(language: Language) -> EditArticlePage {
        EditArticlePage {
            preview: None,
            conflict: Some(Conflict {
                by: "§ Théo Marchand".to_owned(),
                standing: vec![Standing {
                    label: "knowledge-body",
                    value: "§ Ouvrez les réglages.".to_owned(),
                }],
            }),
            ..EditArticlePage::sample(language)
        }
    }
}

impl SolutionRow {
    /// Two, in both languages.
    #[must_use]
    pub fn samples() -> Vec<SolutionRow> {
        let row = |id: i64, title: &str, language| SolutionRow {
            href: format!("/portal/solutions/{id}"),
            title: title.to_owned(),
            start: "§ Ouvrez Paramètres, puis Wi-Fi.".to_owned(),
            language,
        };
        vec![
            row(4, "§ Se connecter au Wi-Fi", Language::French),
            row(5, "§ Printing from the corridor", Language::English),
        ]
    }
}

fn customer(language: Language, here: &str) -> (Frame, Navigation) {
    let frame = Frame {
        here: here.to_owned(),
        section: Section::Other,
        is_agent: false,
        is_admin: false,
        administration: vec![],
        ..Frame::sample(language)
    };
    let navigation = Navigation {
        shows_assets: true,
        tab: Tab::Solutions,
        waiting: 1,
    };
    (frame, navigation)
}

impl SolutionsPage {
    /// A few.
    #[must_use]
    pub fn sample(language: Language) -> SolutionsPage {
        let (frame, navigation) = customer(language, "/portal/solutions");
        SolutionsPage {
            frame,
            navigation,
            query: String::new(),
            rows: SolutionRow::samples(),
            pager: Pager {
                previous: None,
                next: Some("/portal/solutions?before=4".to_owned()),
            },
        }
    }

    /// Nothing found.
    #[must_use]
    pub fn sample_empty(language: Language) -> SolutionsPage {
        SolutionsPage {
            query: "§ imprimante".to_owned(),
            rows: vec![],
            pager: Pager::default(),
            ..SolutionsPage::sample(language)
        }
    }
}

impl SolutionPage {
    /// One, found while asking for something.
    #[must_use]
    pub fn sample(language: Language) -> SolutionPage {
        let (frame, navigation) = customer(language, "/portal/solutions/4?asking=3");
        SolutionPage {
            frame,
            navigation,
            id: 4,
            title: "§ Se connecter au Wi-Fi".to_owned(),
            safe_html: HTML.to_owned(),
            language: Language::French,
            updated_micros: SAMPLE_NOW - 5 * HOUR,
            asking_in: Some(3),
        }
    }
}

impl HelpListPage {
    /// Two.
    #[must_use]
    pub fn sample(language: Language) -> HelpListPage {
        HelpListPage {
            frame: Frame {
                here: "/help".to_owned(),
                ..Frame::sample_signed_out(language)
            },
            query: String::new(),
            rows: SolutionRow::samples(),
            pager: Pager::default(),
        }
    }

    /// None.
    #[must_use]
    pub fn sample_empty(language: Language) -> HelpListPage {
        HelpListPage {
            query: "§ imprimante".to_owned(),
            rows: vec![],
            ..HelpListPage::sample(language)
        }
    }
}

impl HelpPage {
    /// One.
    #[must_use]
    pub fn sample(language: Language) -> HelpPage {
        HelpPage {
            frame: Frame {
                here: "/help/4".to_owned(),
                ..Frame::sample_signed_out(language)
            },
            title: "§ Se connecter au Wi-Fi".to_owned(),
            safe_html: HTML.to_owned(),
            language: Language::French,
            updated_micros: SAMPLE_NOW - 5 * HOUR,
        }
    }
}
