//! What programs write to handle a ticket. A change here is a change of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is to be in charge.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentBody {
    /// The person's identifier, one of `GET …/assignee`.
    pub person: Option<i64>,
    /// A public message, Markdown.
    pub message: Option<String>,
}

/// Until when it is put off.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostponementBody {
    /// RFC 3339; until somebody recalls it unless given.
    pub until: Option<String>,
    /// A public message, Markdown.
    pub message: Option<String>,
}

/// Where it is sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferBody {
    /// A category's identifier, one of `GET …/transfer`.
    pub category: Option<i64>,
    /// Or a department's, for its default category.
    pub department: Option<i64>,
    /// Become an invitee when one would no longer see it there.
    #[serde(default)]
    pub follow: bool,
    /// The reason, an internal note for those who get it, Markdown.
    pub message: Option<String>,
}

/// That it goes back to where it came from.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnBody {
    /// Become an invitee when one would no longer see it there.
    #[serde(default)]
    pub follow: bool,
    /// The reason, an internal note for those who get it, Markdown.
    pub message: Option<String>,
}

/// Somebody who can be put in charge.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandlerItem {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// They serve the ticket's category; those who do come first.
    pub serves_category: bool,
}
