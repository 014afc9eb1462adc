//! Finding people.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::store;
use crate::people::PersonId;
use crate::policy::{AgentScope, Role};

record! {
    /// A person in the list.
    #[derive(Clone, Debug)]
    pub struct Found {
        /// Which.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Name to sign in with, besides the address.
        pub login: Option<String>,
        /// Language they read.
        pub language: Option<String>,
        /// Their phone.
        pub phone: Option<String>,
        /// Their post.
        pub job_title: Option<String>,
        /// Whom they work for.
        pub organization: Option<String>,
        /// Where they work.
        pub site: Option<String>,
        /// May open the portal.
        pub has_portal: bool,
        /// When they were shut out.
        pub disabled_at: Option<Moment>,
        /// Role, when they are staff.
        pub role: Option<Role>,
        /// Its name, when it is one of the desk's own.
        pub role_name: Option<String>,
        /// Scope, when they are staff.
        pub scope: Option<AgentScope>,
        /// Grows with every change.
        pub version: i64,
    }
}

/// A page of people.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    /// They, by name.
    pub rows: Vec<Found>,
    /// Whether somebody stands before them.
    pub has_before: bool,
    /// Whether somebody stands after them.
    pub has_after: bool,
}

/// From where a page goes on: past this person, in the order of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// The beginning.
    Start,
    /// Those after somebody.
    After(PersonId),
    /// Those before somebody.
    Before(PersonId),
}

/// People whose name, address, login, phone or organisation holds the text, by name; everybody when
/// it is empty. In phone numbers, only digits count.
///
/// Capitals do not count; neither do the accents of French and its neighbours (`é`, `ç`, `œ`, `ñ` …).
/// Letters of other alphabets are compared in names as they are written, on both engines alike.
///
/// Only those whom the actor may look for (policy.rs).
pub async fn people(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    from: Past,
    rows: i64,
) -> Result<PeoplePage, Error> {
    among(ask, actor, text, (from, rows), false).await
}

/// Those of [`people`] who are staff.
pub async fn agents(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    from: Past,
    rows: i64,
) -> Result<PeoplePage, Error> {
    among(ask, actor, text, (from, rows), true).await
}

async fn among(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    (from, rows): (Past, i64),
    is_staff_only: bool,
) -> Result<PeoplePage, Error> {
    let text: String = text.trim().chars().take(200).collect();
    let (edge, is_back) = match from {
        Past::Start => (None, false),
        Past::After(id) => (store::person(ask, id).await?, false),
        Past::Before(id) => (store::person(ask, id).await?, true),
    };
    // Somebody who is no longer there: from the beginning.
    let is_back = is_back && edge.is_some();
    let past = edge.as_ref().map(|p| (p.name.as_str(), p.id));
    let mut found = store::page(ask, actor, &text, past, is_back, (rows, is_staff_only)).await?;
    let has_more = found.len() > usize::try_from(rows).unwrap_or(0);
    if has_more {
        found.pop();
    }
    if is_back {
        found.reverse();
    }
    Ok(PeoplePage {
        rows: found,
        has_before: if is_back { has_more } else { past.is_some() },
        has_after: if is_back { true } else { has_more },
    })
}
