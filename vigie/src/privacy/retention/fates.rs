//! Every column that names a ticket, or something that hangs on one, and what becomes of its row when the ticket goes.

/// What becomes of a row that names what goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes, too.
    Goes,
    /// It is another ticket's: it stays, and names nothing.
    Forgets,
    /// It goes, but for those of which this is said: they stay, and name nothing.
    GoesUnless(&'static str),
    /// It stays as it is, for this reason.
    Stays(&'static str),
}
use Fate::{Forgets, Goes, GoesUnless, Stays};

/// Every such column. A test holds this against the schema, and another plants a row for each.
pub const COLUMNS: &[(&str, Fate)] = &[
    (
        "acts_by_rank.ticket_id",
        GoesUnless("the journal has yet to tell of it"),
    ),
    ("advice_requests.ticket_id", Goes),
    ("article_tickets.ticket_id", Goes),
    ("asset_events.ticket_id", Goes),
    ("attachments.comment_id", Goes),
    ("attachments.ticket_id", Goes),
    // Of a number as it was sent, whether there is such a ticket or not: no reference.
    ("bulk_rows.number", Goes),
    ("comments.incoming_mail_id", Goes),
    ("comments.merge_id", Forgets),
    ("comments.ticket_id", Goes),
    ("draft_files.draft_id", Goes),
    ("drafts.comment_id", Goes),
    ("drafts.ticket_id", Goes),
    ("events.comment_id", Forgets),
    ("events.merge_id", Forgets),
    ("events.ticket_id", Goes),
    (
        "incoming_mails.ticket_id",
        GoesUnless("nobody has decided on the letter yet, or its words are another ticket's"),
    ),
    ("mentions.comment_id", Goes),
    ("mentions.ticket_id", Goes),
    ("merges.into_id", Goes),
    ("merges.ticket_id", Goes),
    ("notifications.event_id", Goes),
    ("notifications.ticket_id", Goes),
    ("outgoing_mails.event_id", Goes),
    ("outgoing_mails.ticket_id", Goes),
    ("participants.ticket_id", Goes),
    ("search_documents.ticket_id", Goes),
    (
        "search_queue.ticket_id",
        Stays("the indexer looks once more, finds nothing and strikes it out"),
    ),
    ("tasks.merge_id", Forgets),
    ("tasks.ticket_id", Goes),
    ("ticket_assets.ticket_id", Goes),
    ("ticket_links.other_id", Goes),
    ("ticket_links.ticket_id", Goes),
    ("ticket_marks.ticket_id", Goes),
    ("ticket_tags.ticket_id", Goes),
    ("time_entries.merge_id", Forgets),
    ("time_entries.task_id", Forgets),
    ("time_entries.ticket_id", Goes),
    ("unsent_forms.ticket_id", Goes),
];
