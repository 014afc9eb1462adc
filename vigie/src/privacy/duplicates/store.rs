//! The SQL of merging two records of one human: each of the columns of `columns.rs`, in an order that breaks no unique key.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, scoped};

use super::Likely;
use crate::people::PersonId;
use crate::people::admin::{Change, PersonAdmin};
use crate::privacy::holding_store;

/// The right that everything here stands on: to change whoever is merged away.
type Right = May<Change, PersonAdmin>;

pub(super) async fn likely(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
    name: &str,
) -> Result<Vec<Likely>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT p.id, p.name, p.email FROM people p WHERE p.name = $1 AND p.id <> $2 \
         AND NOT EXISTS (SELECT 1 FROM agents a WHERE a.person_id = p.id) AND {visible:people p} ORDER BY p.id LIMIT 3",
        name,
        id
    ))
    .await
}

/// What moves. `$1` is who goes, `$2` who is kept. The word that made a sending happen once is not taken along: its
/// form went with the session, and who is kept may have used the same. Where only one of both can stand (one draft of
/// a ticket, one place on it), theirs stays, and the other's words are added to it.
pub(super) async fn hand_on(tx: &mut Tx, may: &Right, kept: PersonId) -> Result<(), Error> {
    let id = may.id;
    holding_store::hold(tx, id, kept).await?;
    for query in [
        acting!(
            may,
            "UPDATE tickets SET requester_id = $2 WHERE requester_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE tickets SET author_id = $2, once = NULL WHERE author_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE tickets SET last_actor_id = $2 WHERE last_actor_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE comments SET author_id = $2, once = NULL WHERE author_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE comments SET redacted_by_id = $2 WHERE redacted_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE events SET actor_id = $2 WHERE actor_id = $1",
            id,
            kept
        ),
        // What somebody observed as an agent, before they were none, shows nobody anything more.
        acting!(
            may,
            "DELETE FROM participants WHERE person_id = $1 AND kind = 'observer'",
            id
        ),
        acting!(
            may,
            "DELETE FROM participants WHERE person_id = $1 AND EXISTS (SELECT 1 FROM participants k \
             WHERE k.person_id = $2 AND k.ticket_id = participants.ticket_id AND k.kind = participants.kind)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE participants SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE participants SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        // Whoever asked for a ticket is not let in to it besides.
        acting!(
            may,
            "DELETE FROM participants WHERE person_id = $1 AND kind = 'invitee' \
             AND ticket_id IN (SELECT t.id FROM tickets t WHERE t.requester_id = $1)",
            kept
        ),
        acting!(
            may,
            "DELETE FROM mentions WHERE person_id = $1 AND comment_id IN (SELECT k.comment_id FROM mentions k WHERE k.person_id = $2)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE mentions SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE drafts SET body = body || $3 || (SELECT g.body FROM drafts g WHERE g.author_id = $1 AND g.state = 'draft' \
             AND g.ticket_id = drafts.ticket_id), version = version + 1 WHERE author_id = $2 AND state = 'draft' \
             AND ticket_id IN (SELECT g.ticket_id FROM drafts g WHERE g.author_id = $1 AND g.state = 'draft')",
            id,
            kept,
            "\n\n"
        ),
        acting!(
            may,
            "UPDATE draft_files SET draft_id = (SELECT k.id FROM drafts k JOIN drafts g ON g.ticket_id = k.ticket_id \
             WHERE g.id = draft_files.draft_id AND k.author_id = $2 AND k.state = 'draft') \
             WHERE draft_id IN (SELECT g.id FROM drafts g JOIN drafts k ON k.ticket_id = g.ticket_id \
             WHERE g.author_id = $1 AND g.state = 'draft' AND k.author_id = $2 AND k.state = 'draft')",
            id,
            kept
        ),
        acting!(
            may,
            "DELETE FROM drafts WHERE author_id = $1 AND state = 'draft' \
             AND ticket_id IN (SELECT k.ticket_id FROM drafts k WHERE k.author_id = $2 AND k.state = 'draft')",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE drafts SET author_id = $2, once = NULL WHERE author_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "DELETE FROM unsent_forms WHERE person_id = $1 AND EXISTS (SELECT 1 FROM unsent_forms k \
             WHERE k.person_id = $2 AND k.form = unsent_forms.form AND k.token = unsent_forms.token)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE unsent_forms SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE tasks SET author_id = $2, once = NULL WHERE author_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE tasks SET assignee_id = $2 WHERE assignee_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE tasks SET done_by_id = $2 WHERE done_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE time_entries SET person_id = $2, once = NULL WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE ticket_links SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE ticket_tags SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE merges SET by_id = $2 WHERE by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE merges SET undone_by_id = $2 WHERE undone_by_id = $1",
            id,
            kept
        ),
        // Of two who were told of the same, each mail stays known; one that waits is not sent twice, nor is a link
        // that opens nothing any more.
        acting!(
            may,
            "UPDATE outgoing_mails SET event_id = NULL, state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END \
             WHERE person_id = $1 AND event_id IN (SELECT k.event_id FROM outgoing_mails k WHERE k.person_id = $2 AND k.event_id IS NOT NULL)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE outgoing_mails SET person_id = $2, \
             address = CASE WHEN state = 'waiting' THEN (SELECT k.email FROM people k WHERE k.id = $2) ELSE address END, \
             state = CASE WHEN state = 'waiting' AND ticket_id IS NULL THEN 'dropped' ELSE state END WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "DELETE FROM ticket_marks WHERE person_id = $2 AND EXISTS (SELECT 1 FROM ticket_marks g WHERE g.person_id = $1 \
             AND g.ticket_id = ticket_marks.ticket_id AND g.version > ticket_marks.version)",
            id,
            kept
        ),
        acting!(
            may,
            "DELETE FROM ticket_marks WHERE person_id = $1 AND ticket_id IN (SELECT k.ticket_id FROM ticket_marks k WHERE k.person_id = $2)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE ticket_marks SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "DELETE FROM permanent_invitees WHERE person_id = $1 \
             AND department_id IN (SELECT k.department_id FROM permanent_invitees k WHERE k.person_id = $2)",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE permanent_invitees SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE permanent_invitees SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE assets SET holder_id = $2, version = version + 1 WHERE holder_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE asset_events SET old_holder_id = $2 WHERE old_holder_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE asset_events SET new_holder_id = $2 WHERE new_holder_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE asset_events SET actor_id = $2 WHERE actor_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE ticket_assets SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE saved_replies SET owner_id = $2 WHERE owner_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE articles SET author_id = $2 WHERE author_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE articles SET editor_id = $2 WHERE editor_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE article_texts SET editor_id = $2 WHERE editor_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE views SET owner_id = $2 WHERE owner_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE bulk_runs SET person_id = $2, once = NULL WHERE person_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE people SET added_by_id = $2 WHERE added_by_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE people SET merged_into_id = $2 WHERE merged_into_id = $1",
            id,
            kept
        ),
        acting!(
            may,
            "UPDATE person_addresses SET person_id = $2 WHERE person_id = $1",
            id,
            kept
        ),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}

/// What the kept card lacks is taken from the other, which is then a trace: its name and where it went. The kept
/// one's address is written anew as it stands, so that the index hears of them.
pub(super) async fn become_trace(
    tx: &mut Tx,
    may: &Right,
    kept: PersonId,
    nowhere: &str,
    now: Moment,
) -> Result<(), Error> {
    for query in [
        acting!(
            may,
            "UPDATE people SET email = email, phone = COALESCE(phone, (SELECT g.phone FROM people g WHERE g.id = $1)), \
             job_title = COALESCE(job_title, (SELECT g.job_title FROM people g WHERE g.id = $1)), \
             organization_id = COALESCE(organization_id, (SELECT g.organization_id FROM people g WHERE g.id = $1)), \
             location_id = COALESCE(location_id, (SELECT g.location_id FROM people g WHERE g.id = $1)), \
             version = version + 1 WHERE id = $2",
            may.id,
            kept
        ),
        acting!(
            may,
            "UPDATE people SET email = $3, email_key = $3, login = NULL, login_key = NULL, language = NULL, time_zone = NULL, \
             theme = 'auto', density = 'comfortable', single_keys = 'on', organization_id = NULL, location_id = NULL, phone = NULL, \
             job_title = NULL, password_hash = NULL, has_portal = FALSE, disabled_at = COALESCE(disabled_at, $4), merged_into_id = $2, \
             version = version + 1 WHERE id = $1",
            may.id,
            kept,
            nowhere,
            now
        ),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}
