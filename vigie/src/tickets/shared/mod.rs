//! What tickets show to people whom they do not concern (features X-06): a known trouble is read once
//! and asked about no more. One looks as an onlooker, who reads and does nothing (policy.rs,
//! decision 0019).
//!
//! Deliberately absent: lists, counts and search, which stay what concerns oneself.

pub mod api;
pub mod pages;
mod store;

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::machine::State;
use super::reading::{self, Attachment, Comment};
use super::rights::Read;
use super::{Ticket, TicketId, Visibility};
use crate::people::PersonId;

/// The most that are listed: what is shown to everybody is read by everybody, so it is little.
const MOST: i64 = 100;

record! {
    /// A ticket as the list of what is shown names it.
    #[derive(Clone, Debug)]
    pub struct Shown {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// Who asked.
        pub requester_id: PersonId,
        /// Who may look at it.
        pub visibility: Visibility,
        /// The name of its department.
        pub department: String,
        /// The name of its category.
        pub category: String,
        /// When it was opened.
        pub created_at: Moment,
        /// When a person last changed it.
        pub updated_at: Moment,
    }
}

/// A ticket as somebody reads it whom it does not concern.
#[derive(Debug)]
pub struct Looked {
    /// It.
    pub ticket: May<Read, Ticket>,
    /// The name of its department.
    pub department: String,
    /// The name of its category.
    pub category: String,
    /// Its public words; none when only the subject is shown.
    pub comments: Vec<Comment>,
    /// Their files.
    pub files: Vec<Attachment>,
}

/// What is shown to this person: open ones first, then those that ended within `since`.
pub async fn list(
    ask: &mut dyn Answers,
    person: PersonId,
    since: Moment,
    open_only: bool,
) -> Result<Vec<Shown>, Error> {
    store::list(ask, &onlooker(person), since, open_only, MOST).await
}

/// One that is shown to this person.
///
/// # Errors
/// `NotFound` when it shows them nothing.
pub async fn look(ask: &mut dyn Answers, person: PersonId, id: TicketId) -> Result<Looked, Error> {
    let actor = onlooker(person);
    let ticket = reading::find::<Read>(ask, &actor, id).await?;
    let names = reading::names(ask, &actor, &ticket).await?;
    Ok(Looked {
        comments: reading::comments(ask, &actor, &ticket).await?,
        files: reading::attachments(ask, &actor, id).await?,
        department: names.department,
        category: names.category,
        ticket,
    })
}

/// Somebody as they look at what others show.
fn onlooker(person: PersonId) -> Actor {
    crate::policy::onlooker(person.0)
}

/// A word that somebody typed, or a program sent.
///
/// # Errors
/// `Invalid` at `visibility` when it is none of the four.
pub fn typed(word: &str) -> Result<Visibility, Error> {
    Visibility::of(word).ok_or_else(|| Error::invalid("visibility", "fault-visibility"))
}
