//! The page on which a ticket template is edited.

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::tickets::Priority;
use crate::tickets::visibility::Visibility;
use askama::Template;
use words::language::Language;

/// `/admin/departments/{id}/template` and `…/categories/{category}/template`.
#[derive(Template)]
#[template(path = "admin/template.html")]
pub struct TemplatePage {
    /// Surroundings.
    pub frame: Frame,
    /// The department's identifier.
    pub department: i64,
    /// Its name.
    pub department_name: String,
    /// The category's name; none for the department as a whole.
    pub category_name: Option<String>,
    /// The subject it sets itself.
    pub subject: String,
    /// The message it sets itself.
    pub body: String,
    /// The priority it sets itself.
    pub priority: Option<Priority>,
    /// What it inherits where it sets none.
    pub inherited_subject: String,
    /// What it inherits where it sets none.
    pub inherited_body: String,
    /// What it inherits where it sets none.
    pub inherited_priority: Option<Priority>,
    /// Who beside its own people may look at a new ticket, as it sets itself.
    pub visibility: Option<Visibility>,
    /// What it inherits where it sets none.
    pub inherited_visibility: Option<Visibility>,
    /// The version the form carries.
    pub version: i64,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else saved it first.
    pub conflict: Option<Conflict>,
}

impl TemplatePage {
    /// Whose template it is.
    #[must_use]
    pub fn of(&self) -> &str {
        self.category_name
            .as_deref()
            .unwrap_or(&self.department_name)
    }

    /// Whether this priority is the one set.
    #[must_use]
    pub fn is_set(&self, priority: &Priority) -> bool {
        self.priority.map(Priority::code) == Some(priority.code())
    }

    /// Whether this visibility is the one set.
    #[must_use]
    pub fn is_seen(&self, visibility: &Visibility) -> bool {
        self.visibility == Some(*visibility)
    }

    /// A category that sets its message and inherits the rest.
    #[must_use]
    pub fn sample(language: Language) -> TemplatePage {
        TemplatePage {
            frame: Frame {
                here: "/admin/departments/3/categories/31/template".to_owned(),
                ..Frame::sample(language)
            },
            department: 3,
            department_name: "§ Postes de travail".to_owned(),
            category_name: Some("§ Périphériques".to_owned()),
            subject: String::new(),
            body: "§ Numéro d’inventaire :\n§ Depuis quand :".to_owned(),
            priority: None,
            inherited_subject: "§ Mon poste".to_owned(),
            inherited_body: String::new(),
            inherited_priority: Some(Priority::Low),
            visibility: Some(Visibility::Intranet),
            inherited_visibility: None,
            version: 2,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// The department’s, refused and saved by somebody else.
    #[must_use]
    pub fn sample_refused(language: Language) -> TemplatePage {
        TemplatePage {
            category_name: None,
            priority: Some(Priority::High),
            inherited_subject: String::new(),
            inherited_priority: None,
            visibility: None,
            inherited_visibility: Some(Visibility::Subject),
            faults: Faults(vec![crate::fields::Fault {
                field: "subject",
                text: "§ trop long".to_owned(),
            }]),
            conflict: Some(Conflict {
                by: "§ Postes de travail".to_owned(),
                standing: vec![],
            }),
            ..TemplatePage::sample(language)
        }
    }
}
