//! What a daily report says, gathered when it leaves: what its reader may not see any more is not told.

use kit::error::Error;
use pages::mail::report::{self, ReportPart, ReportRow, ReportSection, ReportView};

use super::sections::{self, Idle, Section, Told};
use super::{Detail, Part};
use crate::departments::daily::{self as wanted, hours};
use crate::departments::{DepartmentId, monitoring};
use crate::mail::outbox_store::Outgoing;
use crate::mail::post::Post;
use crate::mail::texts::{Text, reader_of};
use crate::people::Person;

/// The most tickets listed under one head; the desk has the rest.
const MOST: usize = 50;

/// What this report says to this person now.
pub async fn text(
    post: &Post,
    mail: &Outgoing,
    person: &Person,
    organisation: String,
) -> Result<Text, Error> {
    let Some(detail) = &mail.detail else {
        return Ok(Text::Nothing("report-gone"));
    };
    let detail: Detail = serde_json::from_str(detail)?;
    if person.staff().is_none() {
        return Ok(Text::Nothing("no-reader"));
    }
    let now = post.clock.now();
    let mut reader = post.db.read();
    if monitoring::of(&mut reader, person.id).await?.is_suspended {
        return Ok(Text::Nothing("suspended"));
    }
    let stands = wanted::of(&mut reader, person.id).await?;
    if !stands.wishes.is_on && !detail.is_asked {
        return Ok(Text::Nothing("switched-off"));
    }
    // What waited for a relay all night says nothing that the next does not say.
    if now.since(mail.created_at) > hours::LATEST {
        return Ok(Text::Nothing("too-late"));
    }
    let of = detail.department.map(DepartmentId);
    let parts = super::read(&mut reader, person, &stands, of).await?;
    if parts.is_empty() && !stands.wishes.even_empty {
        return Ok(Text::Nothing("nothing-to-tell"));
    }
    let only = stands
        .departments
        .iter()
        .find(|own| Some(own.department_id) == of);
    if of.is_some() && only.is_none() {
        return Ok(Text::Nothing("not-visible"));
    }
    let words = reader_of(post, person);
    let row = |ticket: Told| row(post, ticket, words.say("mail-bare-subject"), now);
    let parts: Vec<ReportPart> = parts.into_iter().map(|it| part(it, &row)).collect();
    Ok(Text::Report(Box::new(ReportView {
        words,
        organisation,
        department: only.map(|own| own.department.clone()),
        parts,
        change_link: format!("{}/preferences/daily-report", post.public_url),
        suspend_link: format!("{}/preferences/monitoring", post.public_url),
    })))
}

fn part(part: Part, row: &impl Fn(Told) -> ReportRow) -> ReportPart {
    let section = |(head, tickets): (Section, Vec<Told>)| ReportSection {
        head: match head {
            Section::Managed => report::Head::Managed,
            Section::Category => report::Head::Category,
            Section::Free => report::Head::Free,
            Section::Others => report::Head::Others,
        },
        more: i64::try_from(tickets.len().saturating_sub(MOST)).unwrap_or(i64::MAX),
        rows: tickets.into_iter().take(MOST).map(row).collect(),
    };
    ReportPart {
        department: part.department,
        sections: part.sections.into_iter().map(section).collect(),
    }
}

/// A line; `bare` stands for the subject where mails say nothing of what was written (decision 0062).
fn row(post: &Post, ticket: Told, bare: &str, now: kit::clock::Moment) -> ReportRow {
    ReportRow {
        number: ticket.id.0,
        idle: sections::idle(&ticket, now).map(|idle| match idle {
            Idle::FreeForADay => report::Idle::FreeForADay,
            Idle::ForAWeek => report::Idle::ForAWeek,
            Idle::ForAMonth => report::Idle::ForAMonth,
        }),
        is_free: ticket.assignee_id.is_none(),
        assignee: ticket.assignee,
        subject: match ticket.is_bare {
            true => bare.to_owned(),
            false => ticket.subject,
        },
        category: ticket.category,
        last_micros: ticket.updated_at.0,
        link: format!("{}/tickets/{}", post.public_url, ticket.id),
    }
}
