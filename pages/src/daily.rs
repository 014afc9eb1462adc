//! `/preferences/daily-report`: when an agent is sent their daily report, and of what.

use crate::fields::Faults;
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// Which tickets of a department are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// All that are free or in progress.
    Free,
    /// Those of the categories one serves, and those one holds.
    Category,
    /// Those one holds.
    Managed,
    /// None.
    None,
}

impl Content {
    /// Every one, the widest first.
    pub const ALL: [Content; 4] = [
        Content::Free,
        Content::Category,
        Content::Managed,
        Content::None,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Content::Free => "free",
            Content::Category => "category",
            Content::Managed => "managed",
            Content::None => "none",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Content> {
        Content::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Content::Free => "daily-content-free",
            Content::Category => "daily-content-category",
            Content::Managed => "daily-content-managed",
            Content::None => "daily-content-none",
        }
    }

    /// Key of what it means.
    #[must_use]
    pub fn means(self) -> &'static str {
        match self {
            Content::Free => "daily-content-free-means",
            Content::Category => "daily-content-category-means",
            Content::Managed => "daily-content-managed-means",
            Content::None => "daily-content-none-means",
        }
    }
}

/// A department with what one is told of it.
#[derive(Clone, Debug)]
pub struct DailyDepartment {
    /// The department.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Which of its tickets.
    pub content: Content,
}

/// What the form holds.
#[derive(Clone, Debug)]
pub struct DailyForm {
    /// The report is sent.
    pub is_on: bool,
    /// At this hour, 0 to 23.
    pub first: Option<i64>,
    /// And at this one.
    pub second: Option<i64>,
    /// On Saturdays and Sundays too.
    pub at_weekends: bool,
    /// All departments in one mail.
    pub is_grouped: bool,
    /// Even when there is nothing to tell.
    pub even_empty: bool,
    /// The departments they belong to, by name.
    pub departments: Vec<DailyDepartment>,
}

/// The page.
#[derive(Template)]
#[template(path = "identity/daily.html")]
pub struct DailyPage {
    /// Surroundings.
    pub frame: Frame,
    /// The version the form was made from.
    pub version: i64,
    /// What the form holds.
    pub form: DailyForm,
    /// All mails of their departments are suspended.
    pub is_suspended: bool,
    /// When the next report is sent, UTC microseconds.
    pub next: Option<i64>,
    /// The zone in which the hours count.
    pub zone: String,
    /// What was wrong.
    pub faults: Faults,
    /// What was saved meanwhile in another tab, where it differs from what was chosen; `None` when nothing was.
    pub meanwhile: Option<Vec<(String, String)>>,
}

impl DailyForm {
    /// What it says, line by line: what a line is of, and its value.
    #[must_use]
    pub fn facts(&self, frame: &Frame) -> Vec<(String, String)> {
        let yes_or_no = |is: bool| frame.say(if is { "daily-yes" } else { "daily-no" });
        let hour = |hour: Option<i64>| match hour {
            None => frame.say("daily-no-hour").to_owned(),
            Some(hour) => DailyPage::hour(frame, hour),
        };
        let grouped = match self.is_grouped {
            true => "daily-grouped",
            false => "daily-separate",
        };
        let line = |key, value: String| (frame.say(key).to_owned(), value);
        let mut facts = vec![
            line("daily-on", yes_or_no(self.is_on).to_owned()),
            line("daily-first", hour(self.first)),
            line("daily-second", hour(self.second)),
            line("daily-weekends", yes_or_no(self.at_weekends).to_owned()),
            line("daily-mails", frame.say(grouped).to_owned()),
            line("daily-even-empty", yes_or_no(self.even_empty).to_owned()),
        ];
        let contents = self.departments.iter();
        facts.extend(
            contents.map(|one| (one.name.clone(), frame.say(one.content.key()).to_owned())),
        );
        facts
    }
}

impl DailyPage {
    /// « 8 h », `8:00`.
    #[must_use]
    pub fn hour(frame: &Frame, hour: i64) -> String {
        frame.say_number("daily-hour", "hour", hour)
    }

    /// The hours of a day, each with its name.
    #[must_use]
    pub fn hours(&self) -> Vec<(i64, String)> {
        let name = |hour| (hour, DailyPage::hour(&self.frame, hour));
        (0..24).map(name).collect()
    }

    /// At eight and at two, of two departments.
    #[must_use]
    pub fn sample(language: Language) -> DailyPage {
        let frame = Frame {
            section: Section::Other,
            here: "/preferences/daily-report".to_owned(),
            ..Frame::sample(language)
        };
        DailyPage {
            version: 3,
            form: DailyForm {
                is_on: true,
                first: Some(8),
                second: Some(14),
                at_weekends: false,
                is_grouped: true,
                even_empty: false,
                departments: vec![
                    DailyDepartment {
                        id: 1,
                        name: "§ Messagerie".to_owned(),
                        content: Content::Category,
                    },
                    DailyDepartment {
                        id: 2,
                        name: "§ Réseau".to_owned(),
                        content: Content::Managed,
                    },
                ],
            },
            is_suspended: false,
            next: Some(crate::frame::SAMPLE_NOW + 3_600_000_000),
            zone: "Europe/Paris".to_owned(),
            faults: Faults::default(),
            meanwhile: None,
            frame,
        }
    }

    /// Suspended, wrong at every field, and saved elsewhere meanwhile.
    #[must_use]
    pub fn sample_meanwhile(language: Language) -> DailyPage {
        let page = DailyPage::sample(language);
        let fault = |field| crate::fields::Fault {
            field,
            text: "§ à corriger".to_owned(),
        };
        let faults = ["first", "second", "content", "version"].map(fault);
        DailyPage {
            is_suspended: true,
            next: None,
            faults: Faults(faults.into()),
            meanwhile: Some(page.form.facts(&page.frame)),
            ..page
        }
    }

    /// Somebody who belongs nowhere, and never chose.
    #[must_use]
    pub fn sample_nowhere(language: Language) -> DailyPage {
        let mut page = DailyPage::sample(language);
        page.form.departments.clear();
        page.form.is_on = false;
        page.form.second = None;
        page.form.is_grouped = false;
        DailyPage {
            version: 1,
            next: None,
            ..page
        }
    }
}
