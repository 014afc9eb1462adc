//! The SQL of links in mails.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::ids::digest;
use kit::{global, record, system};

use crate::people::PersonId;
use crate::tickets::{EventId, TicketId};

record! { struct Spent { is_done: bool } }

/// Whether an offer was ended, whatever its link was spelled like; and whether it was by doing what it offers.
pub(super) async fn spent(ask: &mut dyn Answers, says: &str) -> Result<Option<bool>, Error> {
    let found: Option<Spent> = ask
        .maybe(global!(
            "SELECT is_done FROM spent_mail_links WHERE digest = $1",
            digest(says)
        ))
        .await?;
    Ok(found.map(|it| it.is_done))
}

/// Ends an offer; false when it was before.
pub(super) async fn spend(
    tx: &mut Tx,
    says: &str,
    is_done: bool,
    now: Moment,
) -> Result<bool, Error> {
    let rows = tx
        .run(global!(
            "INSERT INTO spent_mail_links (digest, spent_at, is_done) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING",
            digest(says),
            now,
            is_done
        ))
        .await?;
    Ok(rows > 0)
}

record! {
    /// What became of a ticket after an event.
    pub(super) struct Since {
        /// It took another way, or its reader answered by mail.
        pub is_decided: bool,
        /// Others wrote.
        pub has_news: bool,
    }
}

/// What became of the ticket since; what came with another one that was merged into it is none of it. An answer is one
/// that somebody wrote, not what their machine sent while they are away.
pub(super) async fn since(
    ask: &mut dyn Answers,
    person: PersonId,
    ticket: TicketId,
    event: EventId,
) -> Result<Since, Error> {
    record! { struct Counts { decided: i64, news: i64 } }
    let found: Counts = ask
        .one(system!(
            because = "whether a link still works hangs on all that happened, also on what its reader does not see; it says no more",
            "SELECT CAST(COALESCE(SUM(CASE WHEN e.kind IN ('taken', 'taken_over', 'assigned', 'given_out', 'released', 'closed', \
             'approved', 'closure_refused', 'reopened', 'refused', 'cancelled', 'expired', 'postponed', 'recalled', 'transferred', \
             'merged', 'unmerged', 'asked') OR (e.actor_id = $3 AND i.id IS NOT NULL \
             AND COALESCE(i.reason, '') NOT IN ('bounce', 'auto-reply', 'receipt', 'generated')) THEN 1 ELSE 0 END), 0) AS BIGINT) AS decided, \
             CAST(COALESCE(SUM(CASE WHEN e.kind = 'replied' AND e.audience = 'public' AND e.actor_id <> $3 THEN 1 ELSE 0 END), 0) \
             AS BIGINT) AS news FROM events e LEFT JOIN comments c ON c.id = e.comment_id \
             LEFT JOIN incoming_mails i ON i.id = c.incoming_mail_id WHERE e.ticket_id = $1 AND e.id > $2 AND e.merge_id IS NULL",
            ticket,
            event,
            person
        ))
        .await?;
    Ok(Since {
        is_decided: found.decided > 0,
        has_news: found.news > 0,
    })
}

pub(super) async fn forget_before(tx: &mut Tx, before: Moment) -> Result<usize, Error> {
    let gone = tx
        .run(global!(
            "DELETE FROM spent_mail_links WHERE spent_at < $1",
            before
        ))
        .await?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}
