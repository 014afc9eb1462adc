//! What programs read and write about merges, splits and follow-ups. A change here is a change of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which ticket takes this one in, and who is let in there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The number of the ticket that goes on.
    #[serde(default)]
    pub into: i64,
    /// The requester of this one becomes an invitee of that one: reads all that is public there, what
    /// was written before, too.
    pub let_requester_in: bool,
    /// Its invitees and observers likewise.
    #[serde(default)]
    pub let_others_in: bool,
    /// The version of that ticket one saw.
    pub into_version: Option<i64>,
}

/// A comment that becomes a ticket.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitBody {
    /// The comment.
    #[serde(default)]
    pub comment: i64,
    /// What the new ticket is about.
    #[serde(default)]
    pub subject: String,
    /// Where it is opened; where this one lives unless given.
    pub category: Option<i64>,
    /// Its requester is the comment's author rather than this ticket's requester.
    #[serde(default)]
    pub for_author: bool,
}

/// A ticket that follows one that is over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpBody {
    /// What it is about; what the first was about unless given.
    pub subject: Option<String>,
    /// Its first words, Markdown.
    #[serde(default)]
    pub body: String,
    /// Where it is opened; where the first lived unless given.
    pub category: Option<i64>,
}

/// A ticket's number.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumberItem {
    /// It.
    pub number: i64,
}
