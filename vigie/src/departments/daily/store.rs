//! The SQL of the daily report's wishes.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record};

use super::hours::Hours;
use super::{Content, Own, Wishes};
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! {
    /// What somebody chose, as it stands.
    pub(super) struct Chosen {
        pub is_on: bool,
        pub first_hour: i64,
        pub second_hour: Option<i64>,
        pub at_weekends: bool,
        pub is_grouped: bool,
        pub even_empty: bool,
        pub told_until: Moment,
        pub version: i64,
    }
}

impl Chosen {
    pub(super) fn wishes(&self) -> Wishes {
        Wishes {
            is_on: self.is_on,
            hours: Hours {
                first_hour: self.first_hour,
                second_hour: self.second_hour,
                at_weekends: self.at_weekends,
            },
            is_grouped: self.is_grouped,
            even_empty: self.even_empty,
        }
    }
}

pub(super) async fn chosen(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<Chosen>, Error> {
    ask.maybe(global!(
        "SELECT r.is_on, r.first_hour, r.second_hour, r.at_weekends, r.is_grouped, r.even_empty, r.told_until, r.version \
         FROM daily_reports r WHERE r.person_id = $1",
        person
    ))
    .await
}

pub(super) async fn contents(ask: &mut dyn Answers, person: PersonId) -> Result<Vec<Own>, Error> {
    record! { struct Row { department_id: DepartmentId, department: String, content: Option<Content> } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT s.department_id, d.name AS department, c.content FROM sights s \
             JOIN departments d ON d.id = s.department_id LEFT JOIN daily_report_contents c ON c.person_id = s.person_id \
             AND c.department_id = s.department_id WHERE s.person_id = $1 AND s.own_level IS NOT NULL ORDER BY d.name, d.id",
            person
        ))
        .await?;
    let own = |row: Row| Own {
        department_id: row.department_id,
        department: row.department,
        content: row.content.unwrap_or(Content::USUAL),
    };
    Ok(rows.into_iter().map(own).collect())
}

/// Writes the wishes, if the version is still this one; false when it is not. The mark goes on to now, unless it stays
/// where it is, wherever that is by then.
pub(super) async fn put(
    tx: &mut Tx,
    person: PersonId,
    seen: i64,
    wishes: &Wishes,
    (now, mark_stays): (Moment, bool),
) -> Result<bool, Error> {
    let written = tx
        .run(global!(
            "INSERT INTO daily_reports (person_id, is_on, first_hour, second_hour, at_weekends, is_grouped, even_empty, \
             told_until, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1) ON CONFLICT (person_id) DO UPDATE SET \
             is_on = $2, first_hour = $3, second_hour = $4, at_weekends = $5, is_grouped = $6, even_empty = $7, \
             told_until = CASE WHEN $10 THEN daily_reports.told_until ELSE $8 END, version = daily_reports.version + 1 \
             WHERE daily_reports.version = $9",
            person,
            wishes.is_on,
            wishes.hours.first_hour,
            wishes.hours.second_hour,
            wishes.hours.at_weekends,
            wishes.is_grouped,
            wishes.even_empty,
            now,
            seen,
            mark_stays
        ))
        .await?;
    Ok(written == 1)
}

pub(super) async fn put_content(
    tx: &mut Tx,
    person: PersonId,
    department: DepartmentId,
    content: Content,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO daily_report_contents (person_id, department_id, content) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id, department_id) DO UPDATE SET content = $3",
        person,
        department,
        content
    ))
    .await
    .map(|_| ())
}

record! {
    /// Somebody who wants it, with what says when.
    pub(super) struct Reader {
        pub person_id: PersonId,
        pub first_hour: i64,
        pub second_hour: Option<i64>,
        pub at_weekends: bool,
        pub told_until: Moment,
        pub time_zone: Option<String>,
        pub is_silent: bool,
    }
}

/// Everybody who wants it; silent are those who are shut out, or have suspended their mails.
pub(super) async fn readers(ask: &mut dyn Answers) -> Result<Vec<Reader>, Error> {
    ask.all(global!(
        "SELECT r.person_id, r.first_hour, r.second_hour, r.at_weekends, r.told_until, p.time_zone, \
         (p.disabled_at IS NOT NULL OR COALESCE(m.is_suspended, FALSE)) AS is_silent FROM daily_reports r \
         JOIN people p ON p.id = r.person_id LEFT JOIN monitoring m ON m.person_id = r.person_id \
         WHERE r.is_on = TRUE ORDER BY r.person_id"
    ))
    .await
}

/// Moves the mark, if it still stands where it was read; false when somebody else moved it.
pub(super) async fn mark(
    tx: &mut Tx,
    person: PersonId,
    was: Moment,
    becomes: Moment,
) -> Result<bool, Error> {
    let moved = tx
        .run(global!(
            "UPDATE daily_reports SET told_until = $3 WHERE person_id = $1 AND told_until = $2 AND is_on = TRUE",
            person,
            was,
            becomes
        ))
        .await?;
    Ok(moved == 1)
}

/// Notes that somebody asks for a report now; false when they did after `before`. Whoever never chose has their row from
/// now on, and has still not chosen.
pub(super) async fn ask(
    tx: &mut Tx,
    person: PersonId,
    usual: &Wishes,
    (now, before): (Moment, Moment),
) -> Result<bool, Error> {
    let noted = tx
        .run(global!(
            "INSERT INTO daily_reports (person_id, is_on, first_hour, at_weekends, is_grouped, even_empty, told_until, asked_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (person_id) DO UPDATE SET asked_at = $7 \
             WHERE daily_reports.asked_at IS NULL OR daily_reports.asked_at <= $8",
            person,
            usual.is_on,
            usual.hours.first_hour,
            usual.hours.at_weekends,
            usual.is_grouped,
            usual.even_empty,
            now,
            before
        ))
        .await?;
    Ok(noted == 1)
}

pub(super) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    for query in [
        global!(
            "DELETE FROM daily_report_contents WHERE person_id = $1",
            person
        ),
        global!("DELETE FROM daily_reports WHERE person_id = $1", person),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}
