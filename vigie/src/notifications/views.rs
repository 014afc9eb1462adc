//! What happened, as its reader is told: who, what, and of which ticket.

use pages::notifications::NotificationView;
use words::reader::Words;

use super::Notification;
use crate::tickets::history::EventKind;

/// The desk's own name, where nobody did it.
pub(super) const DESK: &str = "Vigie";

/// Key of what somebody did; it follows their name.
fn what(one: &Notification) -> &'static str {
    if one.is_call {
        return "notifications-called";
    }
    match one.kind {
        EventKind::Created => "notifications-created",
        EventKind::Taken | EventKind::TakenOver => "history-taken",
        EventKind::Released => "history-released",
        EventKind::Replied => "history-commented",
        EventKind::Noted => "history-noted",
        EventKind::Asked => "history-asked",
        EventKind::Assigned | EventKind::GivenOut if one.is_about_reader => "notifications-given",
        EventKind::Assigned | EventKind::GivenOut => "notifications-given-other",
        EventKind::Closed => "history-closed",
        EventKind::Approved => "history-approved",
        EventKind::ClosureRefused => "history-closure-refused",
        EventKind::Reopened => "history-reopened",
        EventKind::Refused => "history-refused",
        EventKind::Cancelled => "history-cancelled",
        EventKind::Expired => "history-expired",
        EventKind::ApprovalReminded => "notifications-approval",
        EventKind::Postponed => "history-postponed",
        EventKind::Recalled => "history-recalled",
        EventKind::Transferred => "notifications-transferred",
        EventKind::Invited => "notifications-invited",
        EventKind::ObserverAdded => "notifications-observer",
        EventKind::TaskGiven => "notifications-task",
        EventKind::AdviceAsked => "advice-did-ask",
        EventKind::Advised => "advice-did-give",
        EventKind::AdviceEnded => "advice-did-end",
        EventKind::Merged => "notifications-merged",
        EventKind::Unmerged => "notifications-unmerged",
        _ => "notifications-changed",
    }
}

/// A line, in the reader's words.
pub(super) fn view(one: Notification, words: &Words) -> NotificationView {
    let who = one.actor.as_deref().unwrap_or(DESK);
    NotificationView {
        id: one.id.0,
        ticket: one.ticket_id.0,
        text: format!("{who} {}", words.say(what(&one))),
        subject: one.subject,
        at_micros: one.at.0,
        is_unread: one.is_unread,
    }
}
