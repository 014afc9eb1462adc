//! The SQL of erasing somebody: where they are, and what becomes of it.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx, like};
use kit::error::Error;
use kit::{acting, record, scoped};

use crate::audit::Detail;
use crate::mail::store::IncomingId;
use crate::people::PersonId;
use crate::people::admin::{Change, PersonAdmin};
use crate::privacy::{holding_store, ways_in_store};
use crate::tickets::{CommentId, TicketId};

/// The right that everything here stands on.
pub(super) type Right = May<Change, PersonAdmin>;

record! {
    /// How much there is of them.
    #[derive(Clone, Copy, Debug)]
    pub struct Counts {
        /// Tickets they asked for.
        pub requests: i64,
        /// Messages they wrote.
        pub messages: i64,
        /// Files that came with those.
        pub files: i64,
        /// Tickets they were let into, observe or follow.
        pub participations: i64,
        /// Letters from their address.
        pub letters: i64,
        /// Mails to them.
        pub mails: i64,
        /// Sessions, tokens and passkeys.
        pub keys: i64,
        /// Open tickets in their charge.
        pub held: i64,
    }
}

pub(super) async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
    email_key: &str,
) -> Result<Counts, Error> {
    ask.one(scoped!(
        actor,
        "SELECT (SELECT COUNT(*) FROM tickets t WHERE t.requester_id = $1 AND {visible:tickets t}) AS requests, \
         (SELECT COUNT(*) FROM comments c WHERE c.author_id = $1 AND {visible:comments c}) AS messages, \
         (SELECT COUNT(*) FROM attachments f JOIN comments w ON w.id = f.comment_id WHERE w.author_id = $1 AND {visible:comments w} AND {visible:attachments f}) AS files, \
         (SELECT COUNT(*) FROM participants q WHERE q.person_id = $1 AND {visible:participants q}) AS participations, \
         (SELECT COUNT(*) FROM incoming_mails i WHERE (LOWER(i.sender) = $2 \
         OR LOWER(i.sender) IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $1)) AND {visible:incoming_mails i}) AS letters, \
         (SELECT COUNT(*) FROM outgoing_mails m WHERE m.person_id = $1 AND {visible:outgoing_mails m}) AS mails, \
         (SELECT COUNT(*) FROM sessions s WHERE s.person_id = $1) + (SELECT COUNT(*) FROM api_tokens k WHERE k.person_id = $1 AND k.revoked_at IS NULL) \
         + (SELECT COUNT(*) FROM passkeys y WHERE y.person_id = $1) AS keys, \
         (SELECT COUNT(*) FROM tickets h WHERE h.assignee_id = $1 AND h.stage = 'open' AND {visible:tickets h}) AS held",
        id,
        email_key
    ))
    .await
}

record! { struct Ticket { id: TicketId } }

/// Every ticket on which somebody may have written their name: those they asked for, opened, hold, wrote or
/// did something on, were let into, or were mailed about.
pub(super) async fn tickets(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
) -> Result<Vec<TicketId>, Error> {
    let all: Vec<Ticket> = ask
        .all(scoped!(
            actor,
            "SELECT t.id FROM tickets t WHERE (t.requester_id = $1 OR t.author_id = $1 OR t.assignee_id = $1) AND {visible:tickets t} \
             UNION SELECT c.ticket_id FROM comments c WHERE c.author_id = $1 AND {visible:comments c} \
             UNION SELECT e.ticket_id FROM events e WHERE (e.actor_id = $1 OR (e.kind = 'requester_changed' \
             AND (CAST($1 AS TEXT) IN (e.old_value, e.new_value) OR EXISTS (SELECT 1 FROM people g WHERE g.merged_into_id = $1 \
             AND CAST(g.id AS TEXT) IN (e.old_value, e.new_value))))) AND {visible:events e} \
             UNION SELECT q.ticket_id FROM participants q WHERE (q.person_id = $1 OR q.added_by_id = $1) AND {visible:participants q} \
             UNION SELECT n.ticket_id FROM mentions n WHERE n.person_id = $1 AND {visible:mentions n} \
             UNION SELECT m.ticket_id FROM outgoing_mails m WHERE m.person_id = $1 AND m.ticket_id IS NOT NULL AND {visible:outgoing_mails m} \
             ORDER BY 1",
            id
        ))
        .await?;
    Ok(all.into_iter().map(|row| row.id).collect())
}

record! { struct Letter { id: IncomingId } }

/// The letters from their addresses.
pub(super) async fn letters(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
    email_key: &str,
) -> Result<Vec<IncomingId>, Error> {
    let all: Vec<Letter> = ask
        .all(scoped!(
            actor,
            "SELECT i.id FROM incoming_mails i WHERE (LOWER(i.sender) = $1 OR LOWER(i.envelope_from) = $1 OR EXISTS (SELECT 1 FROM \
             person_addresses d WHERE d.person_id = $2 AND d.email_key IN (LOWER(i.sender), LOWER(i.envelope_from)))) \
             AND {visible:incoming_mails i} ORDER BY i.id",
            email_key,
            id
        ))
        .await?;
    Ok(all.into_iter().map(|row| row.id).collect())
}

record! {
    /// A message of theirs.
    pub(super) struct Written {
        pub id: CommentId,
        pub ticket_id: TicketId,
    }
}

pub(super) async fn written(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
) -> Result<Vec<Written>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT c.id, c.ticket_id FROM comments c WHERE c.author_id = $1 AND {visible:comments c} ORDER BY c.id",
        id
    ))
    .await
}

record! { struct Bytes { digest: String } }

/// Takes the words of a message and its files away, and says where the bytes of those are.
pub(super) async fn take_words(
    tx: &mut Tx,
    may: &Right,
    comment: CommentId,
    (mark, html, reason): (&str, &str, &str),
    (by, now): (PersonId, Moment),
) -> Result<Vec<String>, Error> {
    tx.run(acting!(
        may,
        "UPDATE comments SET body = $2, html = $3, quoted = NULL, redacted_at = $4, redacted_by_id = $5, redaction_reason = $6, \
         version = version + 1 WHERE id = $1",
        comment,
        mark,
        html,
        now,
        by,
        reason
    ))
    .await?;
    let gone: Vec<Bytes> = tx
        .all(acting!(
            may,
            "DELETE FROM attachments WHERE comment_id = $1 RETURNING digest",
            comment
        ))
        .await?;
    Ok(gone.into_iter().map(|row| row.digest).collect())
}

/// The files of what they had not sent yet go, and it says where their bytes are.
pub(super) async fn take_held_files(tx: &mut Tx, may: &Right) -> Result<Vec<String>, Error> {
    let gone: Vec<Bytes> = tx
        .all(acting!(
            may,
            "DELETE FROM draft_files WHERE draft_id IN (SELECT d.id FROM drafts d WHERE d.author_id = $1) RETURNING digest",
            may.id
        ))
        .await?;
    Ok(gone.into_iter().map(|row| row.digest).collect())
}

/// What else they typed goes: subjects of their requests, former words, tasks, notes on time.
pub(super) async fn take_other_words(tx: &mut Tx, may: &Right, mark: &str) -> Result<(), Error> {
    for query in [
        acting!(
            may,
            "UPDATE tickets SET subject = $2, version = version + 1 WHERE requester_id = $1",
            may.id,
            mark
        ),
        acting!(
            may,
            "UPDATE events SET old_value = CASE WHEN old_value IS NOT NULL THEN $2 END, new_value = CASE WHEN new_value IS NOT NULL THEN $2 END \
             WHERE kind IN ('reworded', 'subject_changed', 'attachment_deleted', 'redacted') AND (actor_id = $1 \
             OR (kind = 'subject_changed' AND ticket_id IN (SELECT t.id FROM tickets t WHERE t.requester_id = $1)))",
            may.id,
            mark
        ),
        acting!(
            may,
            "UPDATE outgoing_mails SET subject = $2 WHERE subject IS NOT NULL AND ticket_id IN (SELECT t.id FROM tickets t WHERE t.requester_id = $1)",
            may.id,
            mark
        ),
        acting!(
            may,
            "UPDATE time_entries SET note = '' WHERE person_id = $1",
            may.id
        ),
        // History first: it repeats the titles that are then gone.
        acting!(
            may,
            "UPDATE events SET old_value = CASE WHEN old_value IN (SELECT k.title FROM tasks k WHERE k.author_id = $1) THEN $2 ELSE old_value END, \
             new_value = CASE WHEN new_value IN (SELECT k.title FROM tasks k WHERE k.author_id = $1) THEN $2 ELSE new_value END \
             WHERE kind IN ('task_added', 'task_given', 'task_changed', 'task_done', 'task_undone', 'task_removed') \
             AND ticket_id IN (SELECT k.ticket_id FROM tasks k WHERE k.author_id = $1)",
            may.id,
            mark
        ),
        acting!(
            may,
            "UPDATE tasks SET title = $2, version = version + 1 WHERE author_id = $1",
            may.id,
            mark
        ),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}

/// Their place on tickets, what they had in hand, and all that lets them in goes; in the place of who they
/// were stands `name` at `email`, which is nowhere.
pub(super) async fn empty(
    tx: &mut Tx,
    may: &Right,
    (name, email): (&str, &str),
    email_key: &str,
    now: Moment,
) -> Result<(), Error> {
    let id = may.id;
    holding_store::hold(tx, id, id).await?;
    ways_in_store::end(tx, may).await?;
    for query in [
        acting!(may, "DELETE FROM ticket_marks WHERE person_id = $1", id),
        acting!(
            may,
            "DELETE FROM permanent_invitees WHERE person_id = $1",
            id
        ),
        acting!(may, "DELETE FROM confidants WHERE person_id = $1", id),
        acting!(
            may,
            "DELETE FROM served_organizations WHERE person_id = $1",
            id
        ),
        acting!(may, "DELETE FROM served_locations WHERE person_id = $1", id),
        acting!(
            may,
            "DELETE FROM bulk_rows WHERE run_id IN (SELECT b.id FROM bulk_runs b WHERE b.person_id = $1)",
            id
        ),
        acting!(may, "DELETE FROM bulk_runs WHERE person_id = $1", id),
        acting!(may, "DELETE FROM participants WHERE person_id = $1", id),
        acting!(may, "DELETE FROM mentions WHERE person_id = $1", id),
        acting!(may, "DELETE FROM drafts WHERE author_id = $1", id),
        acting!(may, "DELETE FROM unsent_forms WHERE person_id = $1", id),
        acting!(may, "DELETE FROM notifications WHERE person_id = $1", id),
        acting!(
            may,
            "DELETE FROM saved_replies WHERE owner_id = $1 AND sharing = 'private'",
            id
        ),
        acting!(
            may,
            "DELETE FROM views WHERE owner_id = $1 AND audience = 'personal'",
            id
        ),
        // What they had goes back to the stock.
        acting!(
            may,
            "UPDATE assets SET holder_id = NULL, held_since = NULL, version = version + 1, \
             state = CASE WHEN state = 'in_use' THEN 'in_stock' ELSE state END WHERE holder_id = $1",
            id
        ),
        acting!(may, "DELETE FROM agents WHERE person_id = $1", id),
        acting!(
            may,
            "UPDATE outgoing_mails SET address = $2, raw = NULL, detail = NULL, last_error = NULL, \
             state = CASE WHEN state IN ('waiting', 'uncertain') THEN 'dropped' ELSE state END \
             WHERE person_id = $1 OR (purpose = 'monitoring_mailbox' AND (address = $3 \
             OR address IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $1)))",
            id,
            email,
            email_key
        ),
        acting!(
            may,
            "UPDATE incoming_mails SET peer = '', sender = CASE WHEN LOWER(sender) = $1 \
             OR LOWER(sender) IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $3) THEN $2 ELSE sender END, \
             envelope_from = CASE WHEN LOWER(envelope_from) = $1 \
             OR LOWER(envelope_from) IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $3) THEN $2 ELSE envelope_from END \
             WHERE LOWER(sender) = $1 OR LOWER(envelope_from) = $1 \
             OR EXISTS (SELECT 1 FROM person_addresses d WHERE d.person_id = $3 AND d.email_key IN (LOWER(sender), LOWER(envelope_from)))",
            email_key,
            email,
            id
        ),
        acting!(may, "DELETE FROM person_addresses WHERE person_id = $1", id),
        acting!(
            may,
            "UPDATE people SET name = $2, version = version + 1 WHERE merged_into_id = $1",
            id,
            name
        ),
        acting!(
            may,
            "DELETE FROM sign_in_attempts WHERE LOWER(subject) IN ($1, $2, $3)",
            email_key,
            may.login.as_deref().unwrap_or(email_key).to_lowercase(),
            format!("person {id}")
        ),
        acting!(
            may,
            "UPDATE people SET name = $2, email = $3, email_key = $3, login = NULL, login_key = NULL, language = NULL, time_zone = NULL, \
             theme = 'auto', density = 'comfortable', single_keys = 'on', organization_id = NULL, location_id = NULL, phone = NULL, job_title = NULL, \
             password_hash = NULL, has_portal = FALSE, disabled_at = COALESCE(disabled_at, $4), version = version + 1 WHERE id = $1",
            id,
            name,
            email,
            now
        ),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}

/// Empties what the journal tells of them; its chain holds the digests, and stays whole. Of entries about others
/// only those go that hold their address, or their whole name as a value: a login or a short name is a word like
/// any other, and would take the journal along.
pub(super) async fn empty_journal(
    tx: &mut Tx,
    actor: &Actor,
    may: &Right,
    further: &[String],
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "UPDATE audit_entries SET detail = '' WHERE detail <> '' AND (person_id = $1 \
         OR person_id IN (SELECT p.id FROM people p WHERE p.merged_into_id = $1))",
        may.id
    ))
    .await?;
    record! { struct Told { id: i64, detail: String } }
    // Some deeds note an address in small letters.
    let small = may.email.to_lowercase();
    let all = [&may.email, &small, &may.name].into_iter().chain(further);
    for said in all.filter(|said| super::is_telling(said)) {
        let told: Vec<Told> = tx
            .all(scoped!(
                actor,
                "SELECT a.id, a.detail FROM audit_entries a WHERE a.detail LIKE $1 ESCAPE '!' AND {visible:audit_entries a}",
                like::holding(said)
            ))
            .await?;
        let tells = |told: &&Told| {
            let detail = Detail::read(&told.detail);
            let changes = detail.changes.iter().flat_map(|it| [&it.was, &it.becomes]);
            let mut values = changes.flatten().chain(&detail.thing);
            values
                .any(|value| value == said || (said.contains('@') && value.contains(said.as_str())))
        };
        for told in told.iter().filter(tells) {
            tx.run(acting!(
                may,
                "UPDATE audit_entries SET detail = '' WHERE id = $1",
                told.id
            ))
            .await?;
        }
    }
    Ok(())
}
