//! Mails as the page of those going out shows them.

use pages::admin::outbox::OutboxRow;
use words::reader::Words;

use crate::mail::lists_store::ListedOutgoing;
use crate::mail::outbox_store::OutgoingState;
use crate::mail::recipients::Purpose;

/// Key of where a mail is.
pub fn state_key(state: OutgoingState) -> &'static str {
    match state {
        OutgoingState::Waiting => "outbox-waiting",
        OutgoingState::Sending | OutgoingState::Repeating => "outbox-sending",
        OutgoingState::Sent => "outbox-sent",
        OutgoingState::Uncertain => "outbox-uncertain",
        OutgoingState::Failed => "outbox-failed",
        OutgoingState::Dropped => "outbox-dropped",
        OutgoingState::Captured => "outbox-captured",
        OutgoingState::Bounced => "outbox-bounced",
    }
}

/// Key of what a mail is for.
fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Acknowledgement => "outbox-acknowledgement",
        Purpose::TooLarge => "outbox-too-large",
        Purpose::Event => "outbox-event",
        Purpose::ApprovalRequest => "outbox-approval-request",
        Purpose::Invitation => "outbox-invitation",
        Purpose::Mention => "outbox-mention",
        Purpose::PasswordLink => "outbox-password-link",
        Purpose::SignInCode => "outbox-sign-in-code",
        Purpose::MonitoringMailbox => "outbox-monitoring-mailbox",
        Purpose::DailyReport => "outbox-daily-report",
    }
}

/// Why a mail is where it is: our own word as a sentence, what a relay said as it said it.
pub fn why(word: &str, words: &Words) -> String {
    let key = match word {
        "no-relay" => "outbox-why-no-relay",
        "no-sender" => "outbox-why-no-sender",
        "no-reader" => "outbox-why-no-reader",
        "not-visible" => "outbox-why-not-visible",
        "no-ticket" => "outbox-why-no-ticket",
        "no-text" | "nothing-to-tell" => "outbox-why-nothing",
        "link-gone" | "report-gone" | "too-late" => "outbox-why-late",
        "suspended" | "switched-off" => "outbox-why-suspended",
        "suppressed" => "outbox-why-suppressed",
        "lost-twice" => "outbox-why-lost-twice",
        "unwritable" => "outbox-why-unwritable",
        said => return said.to_owned(),
    };
    words.say(key).to_owned()
}

/// Whether it can be tried again by hand.
pub fn is_retried(state: OutgoingState) -> bool {
    matches!(
        state,
        OutgoingState::Waiting
            | OutgoingState::Failed
            | OutgoingState::Uncertain
            | OutgoingState::Bounced
    )
}

/// A line of the list.
pub fn row(mail: ListedOutgoing, words: &Words) -> OutboxRow {
    OutboxRow {
        id: mail.id.0,
        to: mail.address,
        subject: mail.subject.unwrap_or_default(),
        purpose: words.say(purpose_key(mail.purpose)),
        state: words.say(state_key(mail.state)),
        is_bad: matches!(mail.state, OutgoingState::Failed | OutgoingState::Bounced),
        is_unsure: matches!(
            mail.state,
            OutgoingState::Uncertain | OutgoingState::Dropped
        ),
        attempts: mail.attempts,
        next_try_at: mail.next_at.map(|at| at.0),
        why: mail.last_error.map(|word| why(&word, words)),
        ticket: mail.ticket_id.map(|id| id.0),
        written_at: mail.created_at.0,
        may_retry: is_retried(mail.state),
    }
}
