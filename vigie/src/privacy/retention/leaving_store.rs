//! The SQL of tickets that go as a whole. What becomes of each table is said in `fates`.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{record, system};

use super::MOST_AT_ONCE;
use crate::tickets::TicketId;

record! { struct Count { count: i64 } }
record! { struct Number { id: TicketId } }
record! { struct Merged { id: TicketId, into_id: TicketId } }
record! { struct Bytes { digest: String } }

/// A question, or a change, about these tickets: their numbers stand at `{rows}`.
macro_rules! about {
    ($tickets:expr, $text:literal) => {{
        let query: Query = system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            $text
        );
        query.ids($tickets.iter().map(|ticket| ticket.0))
    }};
}

/// Several changes, in this order.
macro_rules! change {
    ($tx:expr, $tickets:expr, $($text:literal),+ $(,)?) => {
        for query in [$(about!($tickets, $text)),+] {
            $tx.run(query).await?;
        }
    };
}

/// How many would go: with those merged into them.
pub(super) async fn count(ask: &mut dyn Answers, before: Moment) -> Result<i64, Error> {
    let row: Count = ask
        .one(system!(
            because = "what the desk keeps too long is counted, whosever it is",
            "SELECT (SELECT COUNT(*) FROM tickets t WHERE t.archived_at <= $1) + (SELECT COUNT(*) FROM merges m \
             JOIN tickets i ON i.id = m.into_id WHERE m.undone_at IS NULL AND i.archived_at <= $1) AS count",
            before
        ))
        .await?;
    Ok(row.count)
}

/// Those archived before, the longest ago first.
pub(super) async fn due(tx: &mut Tx, before: Moment) -> Result<Vec<TicketId>, Error> {
    let found: Vec<Number> = tx
        .all(system!(
            because = "the desk lets go of what it keeps too long, whosever it is",
            "SELECT t.id FROM tickets t WHERE t.archived_at <= $1 ORDER BY t.archived_at, t.id LIMIT $2",
            before,
            MOST_AT_ONCE
        ))
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// The tickets merged into these, each with the one that took it in.
pub(super) async fn merged_into(
    tx: &mut Tx,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, TicketId)>, Error> {
    let found: Vec<Merged> = tx
        .all(about!(
            tickets,
            "SELECT m.ticket_id AS id, m.into_id FROM merges m WHERE m.undone_at IS NULL AND m.into_id IN (VALUES {rows}) \
             ORDER BY m.into_id, m.ticket_id"
        ))
        .await?;
    Ok(found.into_iter().map(|row| (row.id, row.into_id)).collect())
}

/// Holds them until the transaction ends, the smallest number first; those that are not in the archive are none of these.
pub(super) async fn hold(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<TicketId>, Error> {
    let query = about!(
        tickets,
        "SELECT t.id FROM tickets t WHERE t.id IN (VALUES {rows}) AND t.stage = 'archived' ORDER BY t.id"
    )
    .locking(tx.engine(), "t");
    let found: Vec<Number> = tx.all(query).await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Takes everything of them away, what hangs on something before that, and says where the bytes of their files are.
pub(super) async fn take(tx: &mut Tx, tickets: &[TicketId]) -> Result<Vec<String>, Error> {
    let mut files: Vec<Bytes> = tx
        .all(about!(
            tickets,
            "DELETE FROM attachments WHERE ticket_id IN (VALUES {rows}) RETURNING digest"
        ))
        .await?;
    files.extend(
        tx.all::<Bytes>(about!(
            tickets,
            "DELETE FROM draft_files WHERE draft_id IN (SELECT d.id FROM drafts d WHERE d.ticket_id IN (VALUES {rows})) \
             RETURNING digest"
        ))
        .await?,
    );
    take_post(tx, tickets).await?;
    change!(
        tx,
        tickets,
        "DELETE FROM drafts WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM unsent_forms WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM notifications WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM notifications WHERE event_id IN (SELECT e.id FROM events e WHERE e.ticket_id IN (VALUES {rows}))",
        // A reply that was sent, of words that were split off since: it tells which version of its ticket it made.
        "DELETE FROM drafts WHERE comment_id IN (SELECT c.id FROM comments c WHERE c.ticket_id IN (VALUES {rows}))",
        "DELETE FROM mentions WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM events WHERE ticket_id IN (VALUES {rows})",
        // Words that were split off had their line of history on the ticket that they came from.
        "UPDATE events SET comment_id = NULL WHERE comment_id IN (SELECT c.id FROM comments c WHERE c.ticket_id IN (VALUES {rows}))",
        "DELETE FROM time_entries WHERE ticket_id IN (VALUES {rows})",
        "UPDATE time_entries SET task_id = NULL WHERE task_id IN (SELECT k.id FROM tasks k WHERE k.ticket_id IN (VALUES {rows}))",
        "DELETE FROM tasks WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM comments WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM incoming_mails WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM participants WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM ticket_links WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM ticket_links WHERE other_id IN (VALUES {rows})",
        "DELETE FROM article_tickets WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM ticket_assets WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM asset_events WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM advice_requests WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM ticket_tags WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM bulk_rows WHERE number IN (VALUES {rows})",
        // Those of day 0 are still to be told in the journal.
        "DELETE FROM acts_by_rank WHERE day <> 0 AND ticket_id IN (VALUES {rows})",
    );
    take_merges(tx, tickets).await?;
    change!(
        tx,
        tickets,
        // Last, for whoever reads one of them just now leaves a mark.
        "DELETE FROM ticket_marks WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM tickets WHERE id IN (VALUES {rows})",
    );
    Ok(files.into_iter().map(|row| row.digest).collect())
}

/// Mails about them go, sent or not, and so do the letters that became their words. A letter is of the ticket on which
/// its words are; one that nobody decided on yet stays, and is no ticket's.
async fn take_post(tx: &mut Tx, tickets: &[TicketId]) -> Result<(), Error> {
    change!(
        tx,
        tickets,
        "DELETE FROM outgoing_mails WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM outgoing_mails WHERE event_id IN (SELECT e.id FROM events e WHERE e.ticket_id IN (VALUES {rows}))",
        "UPDATE incoming_mails SET ticket_id = (SELECT c.ticket_id FROM comments c WHERE c.incoming_mail_id = incoming_mails.id) \
         WHERE ticket_id IN (VALUES {rows}) AND EXISTS (SELECT 1 FROM comments c WHERE c.incoming_mail_id = incoming_mails.id)",
        "UPDATE incoming_mails SET ticket_id = (SELECT c.ticket_id FROM comments c WHERE c.incoming_mail_id = incoming_mails.id) \
         WHERE id IN (SELECT c.incoming_mail_id FROM comments c WHERE c.ticket_id IN (VALUES {rows}) AND c.incoming_mail_id IS NOT NULL)",
        "UPDATE incoming_mails SET ticket_id = NULL WHERE ticket_id IN (VALUES {rows}) AND state IN ('held', 'received')",
    );
    Ok(())
}

/// Merges with them go. What an undone one gave back carries no number of it; were there any left, it would be taken
/// off here rather than stop the run for ever.
async fn take_merges(tx: &mut Tx, tickets: &[TicketId]) -> Result<(), Error> {
    change!(
        tx,
        tickets,
        "UPDATE comments SET merge_id = NULL WHERE merge_id IN (SELECT m.id FROM merges m WHERE m.ticket_id IN (VALUES {rows}) \
         UNION SELECT n.id FROM merges n WHERE n.into_id IN (VALUES {rows}))",
        "UPDATE events SET merge_id = NULL WHERE merge_id IN (SELECT m.id FROM merges m WHERE m.ticket_id IN (VALUES {rows}) \
         UNION SELECT n.id FROM merges n WHERE n.into_id IN (VALUES {rows}))",
        "UPDATE tasks SET merge_id = NULL WHERE merge_id IN (SELECT m.id FROM merges m WHERE m.ticket_id IN (VALUES {rows}) \
         UNION SELECT n.id FROM merges n WHERE n.into_id IN (VALUES {rows}))",
        "UPDATE time_entries SET merge_id = NULL WHERE merge_id IN (SELECT m.id FROM merges m WHERE m.ticket_id IN (VALUES {rows}) \
         UNION SELECT n.id FROM merges n WHERE n.into_id IN (VALUES {rows}))",
        "DELETE FROM merges WHERE ticket_id IN (VALUES {rows})",
        "DELETE FROM merges WHERE into_id IN (VALUES {rows})",
    );
    Ok(())
}
