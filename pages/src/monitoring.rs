//! `/preferences/monitoring`: how much an agent hears by mail of each of their departments.

use crate::fields::Faults;
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// What is told of a kind of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing.
    Never,
    /// What is new, or free again.
    Creation,
    /// Everything.
    Always,
}

impl Behaviour {
    /// Every one, from the quietest.
    pub const ALL: [Behaviour; 3] = [Behaviour::Never, Behaviour::Creation, Behaviour::Always];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Behaviour::Never => "never",
            Behaviour::Creation => "creation",
            Behaviour::Always => "always",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Behaviour> {
        Behaviour::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Behaviour::Never => "monitoring-never",
            Behaviour::Creation => "monitoring-creation",
            Behaviour::Always => "monitoring-always",
        }
    }
}

/// A level by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing at all.
    None,
    /// Everything of what one holds.
    Minimal,
    /// Besides, what is new in one's categories.
    Medium,
    /// Besides, what is new in the whole department.
    Assiduous,
    /// Everything.
    Complete,
    /// As one says oneself.
    Custom,
}

impl Level {
    /// Every one, in the order of the choice.
    pub const ALL: [Level; 6] = [
        Level::None,
        Level::Minimal,
        Level::Medium,
        Level::Assiduous,
        Level::Complete,
        Level::Custom,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Minimal => "minimal",
            Level::Medium => "medium",
            Level::Assiduous => "assiduous",
            Level::Complete => "complete",
            Level::Custom => "custom",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Level::None => "monitoring-none",
            Level::Minimal => "monitoring-minimal",
            Level::Medium => "monitoring-medium",
            Level::Assiduous => "monitoring-assiduous",
            Level::Complete => "monitoring-complete",
            Level::Custom => "monitoring-custom",
        }
    }

    /// What it tells of any ticket, of one's categories, and of what one holds.
    #[must_use]
    pub fn tells(self) -> Option<[Behaviour; 3]> {
        use Behaviour::{Always, Creation, Never};
        match self {
            Level::None => Some([Never, Never, Never]),
            Level::Minimal => Some([Never, Never, Always]),
            Level::Medium => Some([Never, Creation, Always]),
            Level::Assiduous => Some([Creation, Creation, Always]),
            Level::Complete => Some([Always, Always, Always]),
            Level::Custom => None,
        }
    }
}

/// A department with what one hears of it.
#[derive(Clone, Debug)]
pub struct MonitoredDepartment {
    /// The department.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How much.
    pub level: Level,
    /// Of any ticket of it.
    pub any: Behaviour,
    /// Of tickets of the categories one serves.
    pub category: Behaviour,
    /// Of tickets one holds.
    pub held: Behaviour,
}

impl MonitoredDepartment {
    /// The rows of its matrix: field, key of the kind of tickets, what is told of it.
    #[must_use]
    pub fn kinds(&self) -> [(&'static str, &'static str, Behaviour); 3] {
        [
            ("any", "monitoring-any", self.any),
            ("category", "monitoring-category", self.category),
            ("held", "monitoring-held", self.held),
        ]
    }

    /// Whether the other says the same.
    #[must_use]
    pub fn is_as(&self, other: &MonitoredDepartment) -> bool {
        let matrix = |one: &MonitoredDepartment| (one.any, one.category, one.held);
        self.level == other.level && (self.level != Level::Custom || matrix(self) == matrix(other))
    }
}

/// The page.
#[derive(Template)]
#[template(path = "identity/monitoring.html")]
pub struct MonitoringPage {
    /// Surroundings.
    pub frame: Frame,
    /// The version the form was made from.
    pub version: i64,
    /// Nothing of it is mailed for now.
    pub is_suspended: bool,
    /// The departments they belong to, by name.
    pub departments: Vec<MonitoredDepartment>,
    /// What was wrong.
    pub faults: Faults,
    /// What was saved meanwhile in another tab, where it differs from what was chosen; `None` when nothing was.
    pub meanwhile: Option<Vec<(String, Level)>>,
}

impl MonitoringPage {
    /// The levels that have a triple of their own.
    #[must_use]
    pub fn named(&self) -> Vec<(Level, [Behaviour; 3])> {
        let all = Level::ALL.into_iter();
        all.filter_map(|level| Some((level, level.tells()?)))
            .collect()
    }

    /// Two departments, one as one said oneself.
    #[must_use]
    pub fn sample(language: Language) -> MonitoringPage {
        use Behaviour::{Always, Creation, Never};
        MonitoringPage {
            frame: Frame {
                section: Section::Other,
                here: "/preferences/monitoring".to_owned(),
                ..Frame::sample(language)
            },
            version: 3,
            is_suspended: false,
            departments: vec![
                MonitoredDepartment {
                    id: 1,
                    name: "§ Messagerie".to_owned(),
                    level: Level::Medium,
                    any: Never,
                    category: Creation,
                    held: Always,
                },
                MonitoredDepartment {
                    id: 2,
                    name: "§ Réseau".to_owned(),
                    level: Level::Custom,
                    any: Creation,
                    category: Always,
                    held: Always,
                },
            ],
            faults: Faults::default(),
            meanwhile: None,
        }
    }

    /// Suspended, and saved elsewhere meanwhile.
    #[must_use]
    pub fn sample_meanwhile(language: Language) -> MonitoringPage {
        MonitoringPage {
            is_suspended: true,
            faults: Faults(vec![crate::fields::Fault {
                field: "level",
                text: "§ Ce niveau n’existe pas.".to_owned(),
            }]),
            meanwhile: Some(vec![("§ Réseau".to_owned(), Level::Complete)]),
            ..MonitoringPage::sample(language)
        }
    }

    /// Somebody who belongs nowhere.
    #[must_use]
    pub fn sample_nowhere(language: Language) -> MonitoringPage {
        MonitoringPage {
            departments: vec![],
            version: 0,
            ..MonitoringPage::sample(language)
        }
    }
}
