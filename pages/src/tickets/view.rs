//! `/views/new` and `/views/{id}`: a list saved under a name.

use super::Choice;
use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;
use words::language::Language;

/// A view to be made, or changed.
#[derive(Template)]
#[template(path = "tickets/view.html")]
pub struct ViewPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its row; `None` when it is to be made.
    pub id: Option<i64>,
    /// The version one saw.
    pub version: i64,
    /// Where one came from.
    pub back: String,
    /// The query of the list whose conditions it takes; hidden field `list`.
    pub list: String,
    /// Its name.
    pub name: FormField,
    /// Who sees it: `personal`, `department` or `everyone`.
    pub audience: String,
    /// What was wrong with that.
    pub audience_error: Option<String>,
    /// The reader may share with everyone.
    pub may_share_with_everyone: bool,
    /// Departments to share with.
    pub departments: Vec<Choice>,
    /// What was wrong with the department.
    pub department_error: Option<String>,
}

impl ViewPage {
    /// Where the form goes.
    #[must_use]
    pub fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/views/{id}"),
            None => "/views".to_owned(),
        }
    }

    /// Key of its title.
    #[must_use]
    pub fn title_key(&self) -> &'static str {
        match self.id {
            Some(_) => "views-edit",
            None => "views-new",
        }
    }

    /// Whether this audience is chosen.
    #[must_use]
    pub fn is_for(&self, audience: &str) -> bool {
        self.audience == audience
    }

    /// A list to be saved.
    #[must_use]
    pub fn sample(language: Language) -> ViewPage {
        ViewPage {
            frame: Frame::sample(language),
            id: None,
            version: 0,
            back: "/tickets?view=open".to_owned(),
            list: "view=open&priority=5".to_owned(),
            name: FormField::of(""),
            audience: "personal".to_owned(),
            audience_error: None,
            may_share_with_everyone: true,
            departments: vec![Choice {
                value: "3".to_owned(),
                name: "§ Réseau".to_owned(),
                selected: false,
            }],
            department_error: None,
        }
    }

    /// A view to be changed, refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> ViewPage {
        ViewPage {
            id: Some(12),
            version: 3,
            name: FormField {
                value: String::new(),
                error: Some("§ Ce champ est obligatoire.".to_owned()),
            },
            audience: "department".to_owned(),
            department_error: Some("§ Choisissez un service.".to_owned()),
            ..ViewPage::sample(language)
        }
    }
}
