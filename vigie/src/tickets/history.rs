//! History: one line per deed, with who, when, before and after; and the announcement that goes
//! with it in the same transaction.

use kit::authz::May;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use kit::{jobs, stored_words};
use serde::{Deserialize, Serialize};

use super::{Audience, CommentId, EventId, Hat, TicketId, store};
use crate::people::PersonId;

stored_words! {
    /// What happened.
    pub enum EventKind {
        /// The ticket was opened.
        Created = "created",
        /// Somebody took a free ticket.
        Taken = "taken",
        /// Somebody took it from somebody.
        TakenOver = "taken_over",
        /// Its holder let go.
        Released = "released",
        /// A public comment.
        Replied = "replied",
        /// An internal note.
        Noted = "noted",
        /// The requester was asked for more.
        Asked = "asked",
        /// Somebody was put in charge.
        Assigned = "assigned",
        /// The desk put somebody in charge, by the category's rule, which is the value before.
        GivenOut = "given_out",
        /// The rule found nobody who could be given it.
        NotGivenOut = "not_given_out",
        /// Said to be solved.
        Closed = "closed",
        /// Agreed by the requester.
        Approved = "approved",
        /// Not agreed.
        ClosureRefused = "closure_refused",
        /// Opened again.
        Reopened = "reopened",
        /// Turned down.
        Refused = "refused",
        /// Withdrawn.
        Cancelled = "cancelled",
        /// The approval came too late.
        Expired = "expired",
        /// The requester was reminded of the closure.
        ApprovalReminded = "approval_reminded",
        /// Put away.
        Archived = "archived",
        /// Put off.
        Postponed = "postponed",
        /// Brought back.
        Recalled = "recalled",
        /// Sent elsewhere.
        Transferred = "transferred",
        /// Somebody was let in.
        Invited = "invited",
        /// Somebody was let out.
        Uninvited = "uninvited",
        /// What it is about was changed.
        SubjectChanged = "subject_changed",
        /// How pressing it is was changed.
        PriorityChanged = "priority_changed",
        /// Who asked was changed.
        RequesterChanged = "requester_changed",
        /// Which way it came in was changed.
        OriginChanged = "origin_changed",
        /// Who else may look at it was changed.
        VisibilityChanged = "visibility_changed",
        /// Somebody put their last words right; before is what they were.
        Reworded = "reworded",
        /// Something was taken out of a message for good; after is why, never what.
        Redacted = "redacted",
        /// A file was taken off.
        AttachmentDeleted = "attachment_deleted",
        /// An agent observes it.
        ObserverAdded = "observer_added",
        /// An agent observes it no more.
        ObserverRemoved = "observer_removed",
        /// Somebody said that it needs advice.
        AdviceAsked = "advice_asked",
        /// An internal note that was the advice.
        Advised = "advised",
        /// It needs no advice after all.
        AdviceEnded = "advice_ended",
        /// Linked to another ticket.
        Linked = "linked",
        /// A link was taken away.
        Unlinked = "unlinked",
        /// Linked to an asset; after is the asset's number.
        AssetLinked = "asset_linked",
        /// A link to an asset was taken away.
        AssetUnlinked = "asset_unlinked",
        /// Words were put on it.
        Tagged = "tagged",
        /// A word was taken off.
        Untagged = "untagged",
        /// A mail of ours came back.
        Bounced = "bounced",
        /// Merged into another ticket.
        Merged = "merged",
        /// The merge was undone.
        Unmerged = "unmerged",
        /// Another ticket was merged into it.
        TookIn = "took_in",
        /// That merge was undone.
        GaveBack = "gave_back",
        /// A comment became a ticket of its own.
        SplitOff = "split_off",
        /// A ticket that follows was opened.
        FollowedUp = "followed_up",
        /// A task was written down.
        TaskAdded = "task_added",
        /// A task was given to somebody.
        TaskGiven = "task_given",
        /// A task was reworded or put off.
        TaskChanged = "task_changed",
        /// A task was done.
        TaskDone = "task_done",
        /// A task was not done after all.
        TaskUndone = "task_undone",
        /// A task was struck out.
        TaskRemoved = "task_removed",
        /// Time was noted.
        TimeSpent = "time_spent",
        /// Time was taken back.
        TimeRemoved = "time_removed",
    }
}

impl EventKind {
    /// Whether before and after are numbers of people, as far as they are numbers.
    pub const fn names_people(self) -> bool {
        matches!(
            self,
            EventKind::Taken
                | EventKind::TakenOver
                | EventKind::Released
                | EventKind::Assigned
                | EventKind::GivenOut
                | EventKind::Invited
                | EventKind::Uninvited
                | EventKind::RequesterChanged
                | EventKind::ObserverAdded
                | EventKind::ObserverRemoved
                | EventKind::Bounced
        )
    }
}

impl EventKind {
    /// Whether before or after is what somebody typed.
    pub const fn holds_text(self) -> bool {
        use EventKind::*;
        matches!(
            self,
            Reworded
                | Redacted
                | SubjectChanged
                | AttachmentDeleted
                | TaskAdded
                | TaskGiven
                | TaskChanged
                | TaskDone
                | TaskUndone
                | TaskRemoved
        )
    }
}

/// The job that tells everybody concerned of an event.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Announce {
    /// The event's row.
    pub event: i64,
}

/// The job that lets a held reply go.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ReleaseReply {
    /// The draft's row.
    pub draft: i64,
    /// Who wrote it.
    pub person: i64,
}

/// The word of the job that announces.
pub const ANNOUNCE: &str = "announce";

/// The job that removes bytes which nothing names any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForgetFile {
    /// Where they are.
    pub digest: String,
}

/// The word of that job.
pub const FORGET_FILE: &str = "forget_file";

/// A line to be written.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// Who did it; `None` is the desk.
    pub actor: Option<PersonId>,
    /// From which side.
    pub hat: Hat,
    /// Who may read of it.
    pub audience: Audience,
    /// What it was before.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
    /// The words that came with it.
    pub comment: Option<CommentId>,
}

impl EventKind {
    /// Whether it stands beside the ticket's own life: such a line changes neither its state nor its
    /// version, and is no reason to read the ticket again before closing it.
    pub const fn is_beside(self) -> bool {
        use EventKind::*;
        matches!(
            self,
            Bounced
                | FollowedUp
                | TaskAdded
                | TaskGiven
                | TaskChanged
                | TaskDone
                | TaskUndone
                | TaskRemoved
                | TimeSpent
                | TimeRemoved
                | AssetLinked
                | AssetUnlinked
        )
    }
}

/// Writes the line alone: nobody is mailed.
pub async fn keep<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    event: NewEvent,
    now: Moment,
) -> Result<EventId, Error> {
    let id = store::insert_event(tx, may, ticket, &event, now).await?;
    tx.hint("ticket", ticket.0);
    Ok(id)
}

/// Writes the line and lets it be announced, both with the change itself or not at all.
pub async fn record<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    event: NewEvent,
    now: Moment,
) -> Result<EventId, Error> {
    let id = store::insert_event(tx, may, ticket, &event, now).await?;
    jobs::enqueue(tx, ANNOUNCE, &Announce { event: id.0 }, now).await?;
    tx.hint("ticket", ticket.0);
    Ok(id)
}

/// Writes the line and lets nobody be mailed of it.
pub async fn record_quietly<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    ticket: TicketId,
    event: NewEvent,
    now: Moment,
) -> Result<EventId, Error> {
    let id = store::insert_event(tx, may, ticket, &event, now).await?;
    tx.hint("ticket", ticket.0);
    Ok(id)
}
