//! Puts tickets back as they stood before a deed on one of them was done, so that the next is asked of
//! the same desk. Lines of history stay: nobody's rights hang on them.

use std::collections::BTreeMap;

use kit::db::{Ask, Db};
use kit::{record, system};

record! { struct Version { id: i64, version: i64 } }

macro_rules! each {
    ($db:expr, $($text:literal),+ $(,)?) => {{
        let mut tx = $db.write().await.unwrap();
        $(tx.run(system!(because = "a test puts its desk back", $text)).await.unwrap();)+
        tx.commit().await.unwrap();
    }};
}

/// Notes how the tickets stand, and returns their versions.
pub async fn keeps(db: &Db) -> BTreeMap<String, i64> {
    each!(
        db,
        "CREATE TABLE kept_tickets AS SELECT * FROM tickets",
        "CREATE TABLE kept_participants AS SELECT * FROM participants",
        "CREATE TABLE kept_ticket_tags AS SELECT * FROM ticket_tags",
        "CREATE TABLE kept_advice_requests AS SELECT * FROM advice_requests",
        "CREATE TABLE kept_suppressed_addresses AS SELECT * FROM suppressed_addresses",
        "CREATE TABLE kept_ticket_assets AS SELECT * FROM ticket_assets",
        "CREATE TABLE kept_ticket_links AS SELECT * FROM ticket_links",
        "CREATE TABLE kept_comments AS SELECT * FROM comments",
        "CREATE TABLE kept_attachments AS SELECT * FROM attachments",
        "CREATE TABLE kept_tasks AS SELECT * FROM tasks",
        "CREATE TABLE kept_time_entries AS SELECT * FROM time_entries",
    );
    let query = system!(
        because = "a test looks at the table itself",
        "SELECT id, version FROM tickets"
    );
    let rows: Vec<Version> = db.read().all(query).await.unwrap();
    rows.into_iter()
        .map(|row| (row.id.to_string(), row.version))
        .collect()
}

/// Puts back what a deed changed, by the tables it shows in; a merge moves what hangs on a ticket, which
/// shows in none.
pub async fn puts_back(db: &Db, changed: &[String], is_merge: bool) {
    each!(
        db,
        "UPDATE tickets SET (subject, state, stage, department_id, category_id, requester_id, assignee_id, priority, origin, \
         recall_at, comment_count, last_actor_id, last_side, updated_at, closed_at, left_as, reminded_at, is_reopening_over, \
         visibility, version) = (SELECT k.subject, k.state, k.stage, k.department_id, k.category_id, k.requester_id, \
         k.assignee_id, k.priority, k.origin, k.recall_at, k.comment_count, k.last_actor_id, k.last_side, k.updated_at, \
         k.closed_at, k.left_as, k.reminded_at, k.is_reopening_over, k.visibility, k.version \
         FROM kept_tickets k WHERE k.id = tickets.id) \
         WHERE EXISTS (SELECT 1 FROM kept_tickets k WHERE k.id = tickets.id AND k.version <> tickets.version)",
        "DELETE FROM jobs",
    );
    for table in changed {
        match table.as_str() {
            "participants" => each!(
                db,
                "DELETE FROM participants",
                "INSERT INTO participants SELECT * FROM kept_participants",
            ),
            "ticket_tags" => each!(
                db,
                "DELETE FROM ticket_tags",
                "INSERT INTO ticket_tags SELECT * FROM kept_ticket_tags",
            ),
            "advice_requests" => each!(
                db,
                "DELETE FROM advice_requests",
                "INSERT INTO advice_requests SELECT * FROM kept_advice_requests",
            ),
            "suppressed_addresses" => each!(
                db,
                "DELETE FROM suppressed_addresses",
                "INSERT INTO suppressed_addresses SELECT * FROM kept_suppressed_addresses",
            ),
            "ticket_assets" => each!(
                db,
                "DELETE FROM ticket_assets",
                "INSERT INTO ticket_assets SELECT * FROM kept_ticket_assets",
            ),
            "ticket_links" => each!(
                db,
                "DELETE FROM ticket_links",
                "INSERT INTO ticket_links SELECT * FROM kept_ticket_links",
            ),
            "attachments" => each!(
                db,
                "INSERT INTO attachments SELECT * FROM kept_attachments k WHERE NOT EXISTS (SELECT 1 FROM attachments a WHERE a.id = k.id)",
            ),
            "tasks" => each!(
                db,
                "INSERT INTO tasks SELECT * FROM kept_tasks k WHERE NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = k.id)",
            ),
            "time_entries" => each!(
                db,
                "INSERT INTO time_entries SELECT * FROM kept_time_entries k WHERE NOT EXISTS (SELECT 1 FROM time_entries e WHERE e.id = k.id)",
            ),
            _ => {}
        }
    }
    if is_merge {
        each!(
            db,
            "UPDATE comments SET ticket_id = (SELECT k.ticket_id FROM kept_comments k WHERE k.id = comments.id), \
             merge_id = (SELECT k.merge_id FROM kept_comments k WHERE k.id = comments.id) \
             WHERE EXISTS (SELECT 1 FROM kept_comments k WHERE k.id = comments.id AND k.ticket_id <> comments.ticket_id)",
            "UPDATE attachments SET ticket_id = (SELECT k.ticket_id FROM kept_attachments k WHERE k.id = attachments.id) \
             WHERE EXISTS (SELECT 1 FROM kept_attachments k WHERE k.id = attachments.id AND k.ticket_id <> attachments.ticket_id)",
            "UPDATE tasks SET ticket_id = (SELECT k.ticket_id FROM kept_tasks k WHERE k.id = tasks.id), \
             merge_id = (SELECT k.merge_id FROM kept_tasks k WHERE k.id = tasks.id) \
             WHERE EXISTS (SELECT 1 FROM kept_tasks k WHERE k.id = tasks.id AND k.ticket_id <> tasks.ticket_id)",
            "UPDATE time_entries SET ticket_id = (SELECT k.ticket_id FROM kept_time_entries k WHERE k.id = time_entries.id), \
             merge_id = (SELECT k.merge_id FROM kept_time_entries k WHERE k.id = time_entries.id) \
             WHERE EXISTS (SELECT 1 FROM kept_time_entries k WHERE k.id = time_entries.id AND k.ticket_id <> time_entries.ticket_id)",
            "UPDATE merges SET undone_at = NULL, undone_by_id = NULL WHERE undone_at IS NOT NULL",
        );
    }
}
