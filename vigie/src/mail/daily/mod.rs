//! The daily report on its way (features N-24 to N-26; decision 0055): whose hour has come gets a mail into the outbox,
//! in the transaction that notes the hour as told. What it says is read when it leaves, through its reader's own eyes.
//!
//! Deliberately absent: what somebody wants of it, which `departments::daily` keeps; and what it looks like (pages).

pub mod sections;
mod store;
pub mod texts;

use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use serde::Deserialize;
use serde_json::json;

use super::announce::can_be_written_to;
use super::outbox_store::{self, NewOutgoing};
use super::post::Post;
use super::recipients::Purpose;
use crate::departments::daily::{self as wanted, Content, Daily};
use crate::departments::{DepartmentId, monitoring, serving};
use crate::people::{self, Person, PersonId};
use sections::{Section, Told};

/// What a mail in the outbox knows of the report it is.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Detail {
    /// Of this department alone.
    department: Option<i64>,
    /// Its reader asked for it now.
    is_asked: bool,
}

/// What a report tells of a department.
#[derive(Clone, Debug)]
pub struct Part {
    /// The department.
    pub department_id: DepartmentId,
    /// Its name.
    pub department: String,
    /// Its tickets, under their heads.
    pub sections: Vec<(Section, Vec<Told>)>,
}

/// What a report tells its reader now: of one department, or of each that has something to tell.
pub async fn read(
    ask: &mut dyn Answers,
    person: &Person,
    stands: &Daily,
    of: Option<DepartmentId>,
) -> Result<Vec<Part>, Error> {
    let actor = person.actor();
    let mut parts = vec![];
    for own in &stands.departments {
        let is_told = own.content != Content::None && of.is_none_or(|id| id == own.department_id);
        if !is_told {
            continue;
        }
        let tickets = store::tickets(ask, &actor, own.department_id).await?;
        let served = serving::served_by(ask, own.department_id, person.id).await?;
        let sections = sections::sections(tickets, own.content, person.id, &served);
        if !sections.is_empty() {
            parts.push(Part {
                department_id: own.department_id,
                department: own.department.clone(),
                sections,
            });
        }
    }
    Ok(parts)
}

/// Writes to everybody whose hour has come; how many mails. Whoever cannot be written to now holds up nobody else, and is
/// written to when it is looked again: their hour is still due.
///
/// # Errors
/// When it cannot be told whose hour has come.
pub async fn send_due(post: &Post, now: Moment) -> Result<usize, Error> {
    let mut sent = 0;
    for due in wanted::due(&mut post.db.read(), now, &post.time_zone).await? {
        match send_one(post, &due, now).await {
            Ok(mails) => sent += mails,
            Err(error) => {
                tracing::warn!(person = due.person.0, %error, "a daily report waits");
            }
        }
    }
    Ok(sent)
}

async fn send_one(post: &Post, due: &wanted::Due, now: Moment) -> Result<usize, Error> {
    let mails = match due.is_silent {
        true => vec![],
        false => mails(post, due.person).await?,
    };
    let mut tx = post.db.write().await?;
    // Whoever else is at the same hour finds it told, and writes nothing.
    if !wanted::mark(&mut tx, due).await? {
        return Ok(0);
    }
    put(&mut tx, post, &mails, false, now).await?;
    tx.commit().await?;
    Ok(mails.len())
}

/// What came of asking for a report now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// So many mails are on their way.
    Sent(usize),
    /// There is nothing to tell.
    Nothing,
    /// They suspended their mails.
    Suspended,
    /// They asked a moment ago.
    Lately,
}

/// Writes to somebody who asks for their report now, switched on or not; the hours stay as they are.
pub async fn send_now(post: &Post, person: PersonId, now: Moment) -> Result<Asked, Error> {
    if monitoring::of(&mut post.db.read(), person)
        .await?
        .is_suspended
    {
        return Ok(Asked::Suspended);
    }
    let mails = mails(post, person).await?;
    if mails.is_empty() {
        return Ok(Asked::Nothing);
    }
    let mut tx = post.db.write().await?;
    if !wanted::ask(&mut tx, person, now).await? {
        return Ok(Asked::Lately);
    }
    put(&mut tx, post, &mails, true, now).await?;
    tx.commit().await?;
    Ok(Asked::Sent(mails.len()))
}

/// A mail to be written: to whom, and of which department alone.
#[derive(Clone, Debug)]
struct Mail {
    reader: Person,
    of: Option<DepartmentId>,
}

/// The mails that somebody's report is now; none when there is nothing to tell.
async fn mails(post: &Post, person: PersonId) -> Result<Vec<Mail>, Error> {
    let mut ask = post.db.read();
    let reader = people::find(&mut ask, person).await?;
    if reader.staff().is_none() || reader.disabled_at.is_some() || !can_be_written_to(&reader.email)
    {
        return Ok(vec![]);
    }
    let stands = wanted::of(&mut ask, person).await?;
    let told = stands.departments.iter();
    let told = told.filter(|own| own.content != Content::None);
    let wished: Vec<DepartmentId> = if stands.wishes.even_empty {
        told.map(|own| own.department_id).collect()
    } else {
        let parts = read(&mut ask, &reader, &stands, None).await?;
        parts.iter().map(|part| part.department_id).collect()
    };
    let mail = |of| Mail {
        reader: reader.clone(),
        of,
    };
    Ok(match (wished.is_empty(), stands.wishes.is_grouped) {
        (true, _) => vec![],
        (false, true) => vec![mail(None)],
        (false, false) => wished.into_iter().map(|id| mail(Some(id))).collect(),
    })
}

async fn put(
    tx: &mut Tx,
    post: &Post,
    mails: &[Mail],
    is_asked: bool,
    now: Moment,
) -> Result<(), Error> {
    for mail in mails {
        let nonce = post.dice.token();
        let detail = json!({"department": mail.of.map(|id| id.0), "is_asked": is_asked});
        let written = NewOutgoing {
            message_id: &format!("<{nonce}@{}>", post.host()),
            purpose: Purpose::DailyReport,
            person: Some(mail.reader.id),
            address: &mail.reader.email,
            ticket: None,
            event: None,
            nonce: &nonce,
            detail: Some(detail.to_string()),
        };
        outbox_store::add(tx, &written, now).await?;
    }
    Ok(())
}
