//! `/admin/departments/{id}/journal`: what was done to a department, for whoever manages its members.

use super::journal::{EntryRow, JournalPage};
use crate::frame::Frame;
use crate::pager::Pager;
use askama::Template;
use words::language::Language;

/// The page. Entries are without their numbers and links.
#[derive(Template)]
#[template(path = "admin/department_journal.html")]
pub struct DepartmentJournalPage {
    /// Surroundings.
    pub frame: Frame,
    /// The department.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// What was done, the newest first.
    pub rows: Vec<EntryRow>,
    /// The pages beside this one.
    pub pager: Pager,
}

impl DepartmentJournalPage {
    /// Two entries.
    #[must_use]
    pub fn sample(language: Language) -> DepartmentJournalPage {
        let whole = JournalPage::sample(language);
        DepartmentJournalPage {
            frame: whole.frame,
            id: 3,
            department: "§ Postes de travail".to_owned(),
            rows: whole.rows,
            pager: Pager {
                previous: None,
                next: Some("/admin/departments/3/journal?page=2".to_owned()),
            },
        }
    }

    /// Nothing was done yet.
    #[must_use]
    pub fn sample_empty(language: Language) -> DepartmentJournalPage {
        DepartmentJournalPage {
            rows: vec![],
            pager: Pager::default(),
            ..DepartmentJournalPage::sample(language)
        }
    }
}
