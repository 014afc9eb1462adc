//! What programs read and write about tickets. A change here is a change of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::people::PersonId;
use crate::tickets::reading::{Event, Names};
use crate::tickets::{Ticket, naming};

/// Something with a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// Somebody on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonName {
    /// Their identifier; null for an agent whom an anonymous department does not name.
    pub id: Option<i64>,
    /// Their name, or the department's.
    pub name: String,
}

impl PersonName {
    /// Somebody who was named for the reader.
    pub(super) fn told(who: PersonId, name: String) -> PersonName {
        PersonName {
            id: naming::number(who),
            name,
        }
    }
}

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketItem {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it is in its life: `free`, `in_progress` …
    pub state: &'static str,
    /// The family of the state: `open`, `awaiting`, `ended`, `archived`.
    pub stage: &'static str,
    /// Its department.
    pub department: Named,
    /// Its category.
    pub category: Named,
    /// Who asked.
    pub requester: Named,
    /// Who is in charge.
    pub assignee: Option<PersonName>,
    /// 1 very low to 5 urgent.
    pub priority: i64,
    /// Who beside its own people may look at it: `private`, `subject`, `intranet`, `public`; told for one ticket, not in lists.
    pub visibility: Option<&'static str>,
    /// Comments.
    pub comments: i64,
    /// The words on it that one may see.
    pub tags: Vec<String>,
    /// An agent asked for advice on it; for staff, who alone learn that.
    pub needs_advice: bool,
    /// The ticket its words went on in, when it was merged into one that the reader sees; told for one ticket, not in lists.
    pub merged_into: Option<i64>,
    /// The virtual category by which it came in, as `Department › Category`; null when it came in where it lived. Told for one ticket, not in lists.
    pub came_in_by: Option<Named>,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
    /// When it was opened, RFC 3339.
    pub created_at: String,
    /// When a person last changed it, RFC 3339.
    pub updated_at: String,
}

impl TicketItem {
    /// One ticket, with what lists do not tell.
    pub(super) fn whole(ticket: &Ticket, names: Names, tags: Vec<String>) -> TicketItem {
        let entry = ticket.entry_id.zip(names.entry());
        TicketItem {
            number: ticket.id.0,
            subject: ticket.subject.clone(),
            state: ticket.state.word(),
            stage: ticket.state.stage().word(),
            department: Named {
                id: ticket.department_id.0,
                name: names.department,
            },
            category: Named {
                id: ticket.category_id.0,
                name: names.category,
            },
            requester: Named {
                id: ticket.requester_id.0,
                name: names.requester,
            },
            assignee: names
                .assignee_id
                .zip(names.assignee)
                .map(|(who, name)| PersonName::told(who, name)),
            priority: ticket.priority,
            visibility: Some(ticket.visibility.word()),
            comments: ticket.comment_count,
            tags,
            needs_advice: ticket.advice_asker_id.is_some(),
            merged_into: None,
            came_in_by: entry.map(|(id, name)| Named { id: id.0, name }),
            version: ticket.version,
            created_at: ticket.created_at.rfc3339(),
            updated_at: ticket.updated_at.rfc3339(),
        }
    }
}

/// One page of tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketPage {
    /// The tickets, in order.
    pub items: Vec<TicketItem>,
    /// The cursor of the next page, or null.
    pub next: Option<String>,
}

/// How many tickets one sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountItem {
    /// The state.
    pub state: &'static str,
    /// How many.
    pub count: i64,
}

/// A file to attach.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileBody {
    /// Its name.
    pub name: String,
    /// Its bytes in base 64.
    pub content: String,
}

/// A ticket to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicketBody {
    /// What it is about.
    pub subject: String,
    /// The first words, Markdown.
    pub body: String,
    /// The category's identifier.
    pub category: i64,
    /// E-mail or login of who asks; oneself unless given.
    pub requester: Option<String>,
    /// 1 very low to 5 urgent; 3 unless given.
    pub priority: Option<i64>,
    /// Who beside its own people may look at it: `private` unless given, `subject`, `intranet` or `public`.
    pub visibility: Option<String>,
    /// Files.
    #[serde(default)]
    pub files: Vec<FileBody>,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// Its bytes.
    pub size: i64,
}

/// A comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentItem {
    /// Its identifier.
    pub id: i64,
    /// Who wrote it.
    pub author: PersonName,
    /// `public`, `requester` (and staff), `invitees` (and staff) or `staff`.
    pub audience: &'static str,
    /// Which side it came from: `requester`, `agent`, `invitee`, `system`.
    pub hat: &'static str,
    /// Which way it came in.
    pub origin: &'static str,
    /// As it was typed.
    pub body: String,
    /// As safe HTML.
    pub html: String,
    /// Its files.
    pub attachments: Vec<AttachmentItem>,
    /// Whether it is a mail that does not come from whom it names.
    pub forged: bool,
    /// When its author last put it right, RFC 3339, or null.
    pub edited_at: Option<String>,
    /// When something was last taken out of it for good, RFC 3339, or null.
    pub redacted_at: Option<String>,
    /// Why, or null.
    pub redaction_reason: Option<String>,
    /// When, RFC 3339.
    pub created_at: String,
}

/// Everything of a kind on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comments {
    /// Oldest first.
    pub items: Vec<CommentItem>,
    /// Always null: a ticket's words come whole.
    pub next: Option<String>,
}

/// A comment to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommentBody {
    /// `public`, `requester`, `invitees` or `staff`; there is no default.
    pub audience: String,
    /// Mails nobody about it; for staff.
    #[serde(default)]
    pub quiet: bool,
    /// The words, Markdown.
    pub body: String,
    /// Files.
    #[serde(default)]
    pub files: Vec<FileBody>,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenItem {
    /// The comment's identifier.
    pub id: i64,
}

/// A line of history.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventItem {
    /// Its identifier.
    pub id: i64,
    /// Who; null is the desk.
    pub actor: Option<PersonName>,
    /// What: `created`, `taken` …
    pub kind: &'static str,
    /// Before; null where it is somebody whom one does not know.
    pub before: Option<String>,
    /// After; the same.
    pub after: Option<String>,
    /// The comment that came with it.
    pub comment: Option<i64>,
    /// When, RFC 3339.
    pub at: String,
}

impl EventItem {
    pub(super) fn of(event: Event) -> EventItem {
        let unnamed = naming::UNNAMED.to_string();
        let names_people = event.kind.names_people();
        let told = |value: Option<String>| value.filter(|it| !names_people || *it != unnamed);
        EventItem {
            id: event.id.0,
            actor: event
                .actor_id
                .zip(event.actor)
                .map(|(who, name)| PersonName::told(who, name)),
            kind: event.kind.word(),
            before: told(event.old_value),
            after: told(event.new_value),
            comment: event.comment_id.map(|c| c.0),
            at: event.at.rfc3339(),
        }
    }
}

/// The history of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    /// Oldest first.
    pub items: Vec<EventItem>,
    /// Always null: a ticket's history comes whole.
    pub next: Option<String>,
}

/// Words that may go with a deed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedBody {
    /// A public message, Markdown.
    pub message: Option<String>,
}

/// A category where one may open a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryItem {
    /// Its identifier.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The category above.
    pub parent: Option<i64>,
    /// Its department.
    pub department: Named,
    /// Whether it is an entry only: its tickets live in another category.
    #[serde(rename = "virtual")]
    pub is_virtual: bool,
}
