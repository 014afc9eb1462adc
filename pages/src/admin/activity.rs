//! `/admin/activity`: what agents do, in counts by day and week.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;
use words::reader::Words;

/// What somebody did in a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Tickets taken.
    pub taken: i64,
    /// Answers and questions to people.
    pub replies: i64,
    /// Internal notes.
    pub notes: i64,
    /// Tickets said to be solved.
    pub closed: i64,
    /// On how many tickets.
    pub tickets: i64,
}

/// A line: an agent with all the days as one, or a period of one agent.
#[derive(Clone, Debug)]
pub struct ActivityRow {
    /// The agent, or the first day of the period.
    pub name: String,
    /// The agent, where lines are agents.
    pub agent: Option<i64>,
    /// What was done.
    pub counts: Counts,
}

impl ActivityRow {
    /// Its counts in the order of the columns, each with the key of its name.
    #[must_use]
    pub fn said(&self, words: &Words) -> [(&'static str, String); 5] {
        let Counts {
            taken,
            replies,
            notes,
            closed,
            tickets,
        } = self.counts;
        [
            ("activity-taken", taken),
            ("activity-replies", replies),
            ("activity-notes", notes),
            ("activity-closed", closed),
            ("activity-tickets", tickets),
        ]
        .map(|(key, count)| (key, words.number(count)))
    }
}

/// The page.
#[derive(Template)]
#[template(path = "admin/activity.html")]
pub struct ActivityPage {
    /// Surroundings.
    pub frame: Frame,
    /// Whose periods are shown, by identifier and name; nothing where each line is an agent.
    pub agent: Option<(i64, String)>,
    /// They are the reader's own.
    pub is_own: bool,
    /// The reader sees nobody else's.
    pub is_alone: bool,
    /// The reader sees those of the departments whose members they manage.
    pub is_of_departments: bool,
    /// `day` or `week`.
    pub by: &'static str,
    /// How many days are looked at.
    pub days: i64,
    /// What can be chosen instead.
    pub choices: Vec<i64>,
    /// Lines.
    pub rows: Vec<ActivityRow>,
    /// How many days back anybody may look; 0 is not at all.
    pub limit: i64,
    /// The version of that saying, for owners, who change it.
    pub version: Option<i64>,
    /// `look_back_days`, as typed.
    pub look_back_days: String,
    /// What is wrong.
    pub faults: Faults,
}

impl ActivityPage {
    fn is_by(&self, by: &str) -> bool {
        self.by == by
    }

    fn is_days(&self, days: &i64) -> bool {
        self.days == *days
    }

    /// Key of what the lines are.
    fn kind(&self) -> &'static str {
        match (self.agent.is_some(), self.by) {
            (false, _) => "activity-agent",
            (true, "day") => "activity-day",
            (true, _) => "activity-week",
        }
    }

    /// Key of what is counted for this reader.
    fn about(&self) -> &'static str {
        if self.is_alone {
            "activity-about-own"
        } else if self.is_of_departments {
            "activity-about-departments"
        } else {
            "activity-about-everybody"
        }
    }

    /// The file of what is shown.
    fn file(&self) -> String {
        let agent = self.agent.as_ref();
        let agent = agent.map_or(String::new(), |(id, _)| format!("&agent={id}"));
        format!(
            "/admin/activity/file?days={}&by={}{agent}",
            self.days, self.by
        )
    }

    /// Where an agent's periods are.
    fn of(&self, agent: &i64) -> String {
        format!("/admin/activity?agent={agent}&days={}", self.days)
    }
}

impl ActivityPage {
    /// Two agents, for an owner.
    #[must_use]
    pub fn sample(language: Language) -> ActivityPage {
        let row = |name: &str, agent, taken| ActivityRow {
            name: name.to_owned(),
            agent,
            counts: Counts {
                taken,
                replies: 41,
                notes: 7,
                closed: 12,
                tickets: 29,
            },
        };
        ActivityPage {
            frame: Frame {
                section: Section::Administration,
                here: "/admin/activity".to_owned(),
                ..Frame::sample(language)
            },
            agent: None,
            is_own: false,
            is_alone: false,
            is_of_departments: false,
            by: "week",
            days: 28,
            choices: vec![7, 28, 84, 90],
            rows: vec![
                row("§ Aïcha Diallo", Some(1), 14),
                row("§ Benoît Caron", Some(2), 1),
            ],
            limit: 90,
            version: Some(3),
            look_back_days: "90".to_owned(),
            faults: Faults::default(),
        }
    }

    /// One's own weeks, and nobody else's.
    #[must_use]
    pub fn sample_own(language: Language) -> ActivityPage {
        let mut page = ActivityPage::sample(language);
        for row in &mut page.rows {
            row.name = "§ 23".to_owned();
            row.agent = None;
        }
        ActivityPage {
            agent: Some((1, "§ Aïcha Diallo".to_owned())),
            is_own: true,
            is_alone: true,
            version: None,
            ..page
        }
    }

    /// Somebody's days, for a manager.
    #[must_use]
    pub fn sample_days(language: Language) -> ActivityPage {
        ActivityPage {
            is_own: false,
            is_alone: false,
            is_of_departments: true,
            by: "day",
            ..ActivityPage::sample_own(language)
        }
    }

    /// Nothing to be seen, and nothing done.
    #[must_use]
    pub fn sample_empty(language: Language) -> ActivityPage {
        ActivityPage {
            rows: vec![],
            is_of_departments: true,
            version: None,
            ..ActivityPage::sample(language)
        }
    }

    /// A desk that does not look back, and days nobody can count.
    #[must_use]
    pub fn sample_shut(language: Language) -> ActivityPage {
        let page = ActivityPage::sample(language);
        let fault = |field, key| Fault {
            field,
            text: page.frame.say(key).to_owned(),
        };
        let faults = vec![
            fault("look_back_days", "fault-activity-days"),
            fault("", "activity-changed"),
        ];
        ActivityPage {
            rows: vec![],
            choices: vec![],
            days: 0,
            limit: 0,
            look_back_days: "soon".to_owned(),
            faults: Faults(faults),
            ..page
        }
    }
}
