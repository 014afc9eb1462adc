//! `/admin/departments/{id}/redirects`: where a virtual department and its virtual categories lead.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Where something leads.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The category, as `Department › Category`.
    pub to: String,
    /// Whether tickets arrive; what leads to where none are taken is not offered.
    pub arrives: bool,
}

/// A category that leads elsewhere.
#[derive(Clone, Debug)]
pub struct RedirectRow {
    /// Its identifier.
    pub category: i64,
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub lead: Lead,
}

/// The categories of a department, as a field offers them.
#[derive(Clone, Debug)]
pub struct Places {
    /// The department's name.
    pub department: String,
    /// Identifier and name of each.
    pub categories: Vec<(i64, String)>,
}

/// The page. Both forms go to its address: `to` and `version`, with `category` for one of them alone.
#[derive(Template)]
#[template(path = "admin/redirects.html")]
pub struct RedirectsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Version the reader saw.
    pub version: i64,
    /// Whether the reader may lead the whole department elsewhere.
    pub may_department: bool,
    /// Whether they may do so with its categories.
    pub may_categories: bool,
    /// Where the department leads as it stands.
    pub lead: Option<Lead>,
    /// Where it would lead, as chosen.
    pub to: Option<i64>,
    /// What was wrong with that, at `to`, or with the whole form.
    pub faults: Faults,
    /// Its categories that lead elsewhere by themselves.
    pub rows: Vec<RedirectRow>,
    /// Its categories, in the tree's order.
    pub own: Vec<(i64, String)>,
    /// The category chosen to lead elsewhere.
    pub category: Option<i64>,
    /// Where to, as chosen.
    pub category_to: Option<i64>,
    /// What was wrong with that, at `category` or `to`, or with the whole form.
    pub category_faults: Faults,
    /// Categories of the other departments.
    pub elsewhere: Vec<Places>,
    /// All categories.
    pub everywhere: Vec<Places>,
}

impl RedirectsPage {
    /// A real department with one virtual category, and one that leads to where nothing is taken.
    #[must_use]
    pub fn sample(language: Language) -> RedirectsPage {
        let row = |category, name: &str, to: &str, arrives| RedirectRow {
            category,
            name: name.to_owned(),
            lead: Lead {
                to: to.to_owned(),
                arrives,
            },
        };
        let other = Places {
            department: "§ Messagerie".to_owned(),
            categories: vec![
                (41, "§ À trier".to_owned()),
                (42, "§ Calendriers".to_owned()),
            ],
        };
        let own = vec![(31, "§ Badges".to_owned()), (32, "§ Salles".to_owned())];
        let mine = Places {
            department: "§ Accueil".to_owned(),
            categories: own.clone(),
        };
        RedirectsPage {
            frame: Frame {
                section: Section::Administration,
                ..Frame::sample(language)
            },
            id: 3,
            department: "§ Accueil".to_owned(),
            version: 4,
            may_department: true,
            may_categories: true,
            lead: None,
            to: None,
            faults: Faults::default(),
            rows: vec![
                row(31, "§ Badges", "§ Services généraux › Sûreté", true),
                row(32, "§ Salles", "§ Archives › Salles", false),
            ],
            own,
            category: None,
            category_to: None,
            category_faults: Faults::default(),
            elsewhere: vec![other.clone()],
            everywhere: vec![mine, other],
        }
    }

    /// A virtual department, and both forms sent back.
    #[must_use]
    pub fn sample_refused(language: Language) -> RedirectsPage {
        let faults = Faults(
            ["to", "category", ""]
                .into_iter()
                .map(|field| Fault {
                    field,
                    text: "§ à corriger".to_owned(),
                })
                .collect(),
        );
        RedirectsPage {
            lead: Some(Lead {
                to: "§ Messagerie › À trier".to_owned(),
                arrives: false,
            }),
            to: Some(41),
            category: Some(31),
            category_to: Some(42),
            rows: vec![],
            faults: faults.clone(),
            category_faults: faults,
            ..RedirectsPage::sample(language)
        }
    }
}
