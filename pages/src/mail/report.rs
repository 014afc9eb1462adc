//! The daily report: which tickets are free or in progress, by department and by what they are to the reader.

use crate::mail::{Link, one_line};
use askama::Template;
use words::catalogue::Arg;
use words::reader::Words;

/// What the tickets under a head are to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// They hold it.
    Managed,
    /// It is of a category they serve.
    Category,
    /// Nobody holds it.
    Free,
    /// Somebody else does.
    Others,
}

impl Head {
    /// Key of its words, which count.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Head::Managed => "mail-report-managed",
            Head::Category => "mail-report-category",
            Head::Free => "mail-report-free",
            Head::Others => "mail-report-others",
        }
    }
}

/// How long nothing happened, where that is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Free, and nothing for more than a day.
    FreeForADay,
    /// Nothing for more than a week.
    ForAWeek,
    /// Nothing for more than a month.
    ForAMonth,
}

impl Idle {
    /// Key of the words that say it: colour never says it alone.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Idle::FreeForADay => "mail-report-free-for-a-day",
            Idle::ForAWeek => "mail-report-idle-for-a-week",
            Idle::ForAMonth => "mail-report-idle-for-a-month",
        }
    }

    /// Its class in the HTML part.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Idle::FreeForADay => "day",
            Idle::ForAWeek => "week",
            Idle::ForAMonth => "month",
        }
    }
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Its category.
    pub category: String,
    /// Nobody holds it.
    pub is_free: bool,
    /// Who holds it, where the reader may know.
    pub assignee: Option<String>,
    /// When something happened to it last, UTC microseconds.
    pub last_micros: i64,
    /// How long ago that is, where it is to be seen.
    pub idle: Option<Idle>,
    /// Its page.
    pub link: String,
}

/// The tickets under one head.
#[derive(Clone, Debug)]
pub struct ReportSection {
    /// What they are to the reader.
    pub head: Head,
    /// They, the most idle first.
    pub rows: Vec<ReportRow>,
    /// How many more there are.
    pub more: i64,
}

impl ReportSection {
    fn count(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX) + self.more
    }
}

/// A department.
#[derive(Clone, Debug)]
pub struct ReportPart {
    /// Its name.
    pub department: String,
    /// Its tickets, in the order of the heads.
    pub sections: Vec<ReportSection>,
}

/// The report for one reader.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// How this person reads.
    pub words: Words,
    /// Name of the organisation that runs the desk.
    pub organisation: String,
    /// The department it is of; `None` when it is of all.
    pub department: Option<String>,
    /// What is told, by department.
    pub parts: Vec<ReportPart>,
    /// Where the reader changes it, or stops it.
    pub change_link: String,
    /// Where the reader suspends all mails of their departments.
    pub suspend_link: String,
}

impl ReportView {
    fn count(&self) -> i64 {
        let sections = self.parts.iter().flat_map(|part| &part.sections);
        sections.map(ReportSection::count).sum()
    }

    /// `[Daily report] 12 tickets`, with the department when it is of one alone. Always one line.
    #[must_use]
    pub fn subject(&self) -> String {
        let count = ("count", Arg::from(self.count()));
        one_line(&match &self.department {
            None => self.words.say_with("mail-report-subject", &[count]),
            Some(department) => self.words.say_with(
                "mail-report-subject-of",
                &[count, ("department", Arg::from(department))],
            ),
        })
    }

    /// How many tickets there are, in one sentence.
    #[must_use]
    pub fn lead(&self) -> String {
        let count = [("count", Arg::from(self.count()))];
        self.words.say_with("mail-report-lead", &count)
    }

    /// « Libres (3) ».
    #[must_use]
    pub fn head(&self, section: &ReportSection) -> String {
        let count = [("count", Arg::from(section.count()))];
        self.words.say_with(section.head.key(), &count)
    }

    /// « n°4770 : Écran externe non détecté ».
    #[must_use]
    pub fn ticket(&self, row: &ReportRow) -> String {
        let number = row.number.to_string();
        one_line(&self.words.say_with(
            "mail-report-ticket",
            &[
                ("number", Arg::from(&number)),
                ("subject", Arg::from(&row.subject)),
            ],
        ))
    }

    /// Category, who holds it, when something happened last.
    #[must_use]
    pub fn facts(&self, row: &ReportRow) -> String {
        let held = match (&row.assignee, row.is_free) {
            (_, true) => self.words.say("mail-report-is-free").to_owned(),
            (None, false) => self.words.say("mail-report-in-progress").to_owned(),
            (Some(name), false) => self
                .words
                .say_with("mail-report-held-by", &[("name", Arg::from(name))]),
        };
        let date = self.words.date(row.last_micros);
        let last = self
            .words
            .say_with("mail-report-last", &[("date", Arg::from(&date))]);
        one_line(&format!("{} · {held} · {last}", row.category))
    }

    /// How many are not listed, when some are not.
    #[must_use]
    pub fn more(&self, section: &ReportSection) -> Option<String> {
        let count = [("count", Arg::from(section.more))];
        (section.more > 0).then(|| self.words.say_with("mail-report-more", &count))
    }

    /// Where the reader changes or ends it.
    #[must_use]
    pub fn links(&self) -> [Link; 2] {
        [
            ("mail-report-change", &self.change_link),
            ("mail-report-suspend", &self.suspend_link),
        ]
        .map(|(key, href)| Link {
            text: self.words.say(key),
            href: href.clone(),
        })
    }

    /// Who sends it.
    #[must_use]
    pub fn sent_by(&self) -> String {
        let organisation = [("organisation", Arg::from(&self.organisation))];
        self.words.say_with("mail-sent-by", &organisation)
    }

    /// The text part; lines end with `\n`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut paragraphs = vec![self.lead()];
        for part in &self.parts {
            paragraphs.push(format!("== {} ==", one_line(&part.department)));
            for section in &part.sections {
                paragraphs.push(self.head(section));
                paragraphs.extend(section.rows.iter().map(|row| self.row_text(row)));
                paragraphs.extend(self.more(section));
            }
        }
        let links = self
            .links()
            .map(|link| format!("{}\n{}", link.text, link.href));
        // The dashes with a space are how mail programs know a signature, which they fold and do not quote.
        format!(
            "{}\n\n-- \n{}\n{}\n",
            paragraphs.join("\n\n"),
            links.join("\n"),
            self.sent_by()
        )
    }

    fn row_text(&self, row: &ReportRow) -> String {
        let idle = row.idle.map(|idle| self.words.say(idle.key()));
        let idle = idle.map_or(String::new(), |said| format!("\n  {said}"));
        let (ticket, facts) = (self.ticket(row), self.facts(row));
        format!("- {ticket}\n  {facts}{idle}\n  {}", row.link)
    }

    /// The HTML part, which reads well without its style.
    ///
    /// # Errors
    /// None in practice: rendering into a string fails only when memory does.
    pub fn html(&self) -> askama::Result<String> {
        HtmlPart { mail: self }.render()
    }
}

#[derive(Template)]
#[template(path = "mail/report.html")]
struct HtmlPart<'a> {
    mail: &'a ReportView,
}

#[cfg(test)]
mod tests {
    use super::ReportView;
    use words::language::Language;

    #[test]
    fn what_people_typed_is_escaped_and_stays_on_its_line() {
        let mut report = ReportView::sample(Language::English);
        report.department = Some("Mail\r\nBcc: everybody@example.org".to_owned());
        report.parts[0].sections[0].rows[0].subject =
            "<script>alert(1)</script>\n- #1: another".to_owned();
        assert!(!report.subject().contains(['\r', '\n']));
        let html = report.html().unwrap_or_default();
        assert!(
            html.contains("&#60;script&#62;") && !html.contains("<script"),
            "{html}"
        );
        assert!(report.text().contains("</script> - #1: another\n"));
    }
}
