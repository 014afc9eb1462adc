//! Rules for letters that would open a ticket.

use super::channels::CategoryChoice;
use crate::fields::{Conflict, Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// What becomes of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It opens its ticket.
    #[default]
    Ticket,
    /// It goes into quarantine.
    Quarantine,
}

impl Outcome {
    /// All of them, in the order of the menu.
    pub const ALL: &'static [Outcome] = &[Outcome::Ticket, Outcome::Quarantine];

    /// What the form sends.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Ticket => "ticket",
            Outcome::Quarantine => "quarantine",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Ticket => "filters-ticket",
            Outcome::Quarantine => "filters-quarantine",
        }
    }
}

/// Which letters a rule may be about.
#[derive(Clone, Debug)]
pub struct SourceChoice {
    /// `channel-3`, `mailbox-2`.
    pub code: String,
    /// « support@nordet.example ».
    pub name: String,
}

/// What the forms of a rule send, as typed.
#[derive(Clone, Debug)]
pub struct FilterForm {
    /// `name`.
    pub name: String,
    /// `source`; empty for all letters.
    pub source: String,
    /// `senders`, on lines.
    pub senders: String,
    /// `header_name`.
    pub header_name: String,
    /// `header_words`.
    pub header_words: String,
    /// `words`, on lines.
    pub words: String,
    /// `size_over`, in KiB.
    pub size_over: String,
    /// `needs_file`, a checkbox.
    pub needs_file: bool,
    /// `outcome`.
    pub outcome: Outcome,
    /// `category`; `None` for that of the address.
    pub category: Option<i64>,
    /// `tags`, between commas.
    pub tags: String,
    /// `active`, a checkbox.
    pub is_active: bool,
}

impl Default for FilterForm {
    fn default() -> FilterForm {
        FilterForm {
            name: String::new(),
            source: String::new(),
            senders: String::new(),
            header_name: String::new(),
            header_words: String::new(),
            words: String::new(),
            size_over: String::new(),
            needs_file: false,
            outcome: Outcome::default(),
            category: None,
            tags: String::new(),
            is_active: true,
        }
    }
}

impl FilterForm {
    /// Its category, when the menu does not offer it any more: it may stay.
    #[must_use]
    pub fn closed_category(&self, choices: &[CategoryChoice]) -> Option<i64> {
        self.category
            .filter(|id| choices.iter().all(|choice| choice.id != *id))
    }
}

/// A rule in the list, with the form that changes it.
#[derive(Clone, Debug)]
pub struct FilterRow {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its place among the others, from 1.
    pub position: i64,
    /// None stands behind it.
    pub is_last: bool,
    /// Its name, as it stands.
    pub title: String,
    /// Which letters it is about and what becomes of them, as it stands.
    pub about: String,
    /// The category it opens tickets in, as it stands; empty for that of the address.
    pub category: String,
    /// That category takes no tickets.
    pub is_category_closed: bool,
    /// It puts letters into quarantine, as it stands.
    pub is_quarantine: bool,
    /// It is asked, as it stands.
    pub is_active: bool,
    /// How many letters it met in the last days.
    pub met: i64,
    /// The fields, as typed.
    pub form: FilterForm,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
    /// It was asked for, and is shown unfolded.
    pub is_asked: bool,
}

impl FilterRow {
    /// Beginning of the identifiers of its controls.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("filter-{}-", self.id)
    }

    /// Whether it is shown unfolded: its form came back, or it was asked for.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        self.is_asked || !self.faults.0.is_empty() || self.conflict.is_some()
    }

    /// Whether another stands before it.
    #[must_use]
    pub fn has_before(&self) -> bool {
        self.position > 1
    }
}

/// `GET /admin/filters`; `POST` to the same address and to `/admin/filters/{id}` comes back here with faults.
#[derive(Template)]
#[template(path = "admin/filters.html")]
pub struct FiltersPage {
    /// Surroundings.
    pub frame: Frame,
    /// The rules, in their order.
    pub rows: Vec<FilterRow>,
    /// Which letters a rule may be about, beside all.
    pub sources: Vec<SourceChoice>,
    /// The categories that take tickets.
    pub categories: Vec<CategoryChoice>,
    /// The new rule, as typed.
    pub new: FilterForm,
    /// What was wrong with the new one.
    pub faults: Faults,
}

impl FiltersPage {
    /// Rules of every kind.
    #[must_use]
    pub fn sample(language: Language) -> FiltersPage {
        let frame = Frame {
            section: Section::Administration,
            here: "/admin/filters".to_owned(),
            ..Frame::sample(language)
        };
        let row = |id: i64, form: FilterForm| FilterRow {
            id,
            version: 1,
            position: id,
            is_last: id == 3,
            title: form.name.clone(),
            about: format!("§ support{id}@nordet.example → § Messagerie › Boîtes"),
            category: match form.category {
                Some(_) => "§ Messagerie › Boîtes".to_owned(),
                None => String::new(),
            },
            is_category_closed: form.category == Some(2),
            is_quarantine: form.outcome == Outcome::Quarantine,
            is_active: form.is_active,
            met: 12 * (id - 1),
            form,
            faults: Faults::default(),
            conflict: None,
            is_asked: id == 1,
        };
        let rows = vec![
            row(
                1,
                FilterForm {
                    name: "§ Factures".to_owned(),
                    source: "channel-1".to_owned(),
                    senders: "§compta@nordet.example\n@§banque.example".to_owned(),
                    needs_file: true,
                    category: Some(1),
                    tags: "§facture".to_owned(),
                    ..FilterForm::default()
                },
            ),
            row(
                2,
                FilterForm {
                    name: "§ Publicité".to_owned(),
                    header_name: "§X-Spam-Flag".to_owned(),
                    header_words: "§YES".to_owned(),
                    outcome: Outcome::Quarantine,
                    ..FilterForm::default()
                },
            ),
            row(
                3,
                FilterForm {
                    name: "§ Surveillance".to_owned(),
                    source: "mailbox-1".to_owned(),
                    words: "§disque plein\n§onduleur".to_owned(),
                    size_over: "2048".to_owned(),
                    category: Some(2),
                    is_active: false,
                    ..FilterForm::default()
                },
            ),
        ];
        FiltersPage {
            rows,
            sources: vec![
                SourceChoice {
                    code: "channel-1".to_owned(),
                    name: "§support@nordet.example".to_owned(),
                },
                SourceChoice {
                    code: "mailbox-1".to_owned(),
                    name: "§ Support".to_owned(),
                },
            ],
            categories: vec![CategoryChoice {
                id: 1,
                name: "§ Messagerie, Boîtes".to_owned(),
            }],
            new: FilterForm::default(),
            faults: Faults::default(),
            frame,
        }
    }

    /// None yet, and one refused; of one that is there the changes of somebody else.
    #[must_use]
    pub fn sample_refused(language: Language) -> FiltersPage {
        let page = FiltersPage::sample(language);
        let fault = |field, key| Fault {
            field,
            text: page.frame.say(key).to_owned(),
        };
        FiltersPage {
            rows: Vec::new(),
            faults: Faults(vec![
                fault("senders", "filters-sender-wrong"),
                fault("header_name", "filters-header-missing"),
                fault("category", "filters-does-nothing"),
                fault("source", "filters-source-unknown"),
            ]),
            new: FilterForm {
                name: "§ Publicité".to_owned(),
                senders: "§banque".to_owned(),
                header_words: "§YES".to_owned(),
                ..FilterForm::default()
            },
            ..page
        }
    }
}
