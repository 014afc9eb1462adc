//! The SQL of what the desk holds on somebody. Each part is one query of the same six columns, which the
//! part names: three texts, a number, a ticket, a moment. A schema test keeps the list complete.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query};
use kit::error::Error;
use kit::{global, record, scoped, system};

use crate::people::PersonId;

record! {
    /// Who somebody is.
    pub(super) struct Card {
        pub name: String,
        pub email: String,
        pub email_key: String,
        pub login: Option<String>,
        pub kind: String,
        pub phone: Option<String>,
        pub job_title: Option<String>,
        pub organization: Option<String>,
        pub site: Option<String>,
        pub language: Option<String>,
        pub time_zone: Option<String>,
        pub theme: String,
        pub density: String,
        pub single_keys: String,
        pub has_portal: bool,
        pub has_password: bool,
        pub disabled_at: Option<Moment>,
        pub created_at: Moment,
    }
}

record! {
    /// A row of a part.
    pub(super) struct Row {
        pub a: Option<String>,
        pub b: Option<String>,
        pub c: Option<String>,
        pub n: Option<i64>,
        pub ticket: Option<i64>,
        pub at: Option<Moment>,
    }
}

/// A part of the file: its name, and those of its columns, empty where it has none.
pub(super) struct Part {
    pub name: &'static str,
    pub columns: [&'static str; 4],
    pub at: &'static str,
    query: Query,
}

impl Part {
    pub(super) async fn rows(&self, ask: &mut dyn Answers) -> Result<Vec<Row>, Error> {
        ask.all(self.query.clone()).await
    }
}

pub(super) async fn card(ask: &mut dyn Answers, id: PersonId) -> Result<Option<Card>, Error> {
    ask.maybe(global!(
        "SELECT p.name, p.email, p.email_key, p.login, p.kind, p.phone, p.job_title, o.name AS organization, l.name AS site, \
         p.language, p.time_zone, p.theme, p.density, p.single_keys, p.has_portal, p.password_hash IS NOT NULL AS has_password, \
         p.disabled_at, p.created_at FROM people p LEFT JOIN organizations o ON o.id = p.organization_id \
         LEFT JOIN locations l ON l.id = p.location_id WHERE p.id = $1",
        id
    ))
    .await
}

pub(super) fn part(
    name: &'static str,
    columns: [&'static str; 4],
    at: &'static str,
    query: Query,
) -> Part {
    Part {
        name,
        columns,
        at,
        query,
    }
}

/// What concerns their account, and how they like things.
pub(super) fn account(id: PersonId) -> Vec<Part> {
    vec![
        part(
            "staff",
            ["role", "scope", "", ""],
            "since",
            global!(
                "SELECT g.role AS a, g.scope AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, g.created_at AS at \
             FROM agents g WHERE g.person_id = $1",
                id
            ),
        ),
        part(
            "memberships",
            ["department", "level", "privileges", "rate"],
            "",
            global!(
                "SELECT d.name AS a, m.level AS b, m.privileges AS c, m.rate AS n, CAST(NULL AS BIGINT) AS ticket, CAST(NULL AS BIGINT) AS at \
             FROM memberships m JOIN departments d ON d.id = m.department_id WHERE m.person_id = $1 ORDER BY d.name",
                id
            ),
        ),
        part(
            "teams",
            ["team", "", "", ""],
            "",
            global!(
                "SELECT t.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM team_members b JOIN teams t ON t.id = b.team_id WHERE b.person_id = $1 ORDER BY t.name_key",
                id
            ),
        ),
        part(
            "categories_served",
            ["category", "", "", ""],
            "",
            global!(
                "SELECT k.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM category_members s JOIN categories k ON k.id = s.category_id WHERE s.person_id = $1 ORDER BY k.name",
                id
            ),
        ),
        part(
            "confidences",
            ["category", "level", "", ""],
            "",
            global!(
                "SELECT k.name AS a, s.level AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM confidants s JOIN categories k ON k.id = s.category_id WHERE s.person_id = $1 ORDER BY k.name",
                id
            ),
        ),
        part(
            "served_alone",
            ["name", "kind", "", ""],
            "",
            global!(
                "SELECT g.name AS a, 'organization' AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, \
             CAST(NULL AS BIGINT) AS at FROM served_organizations s JOIN organizations g ON g.id = s.organization_id WHERE s.person_id = $1 \
             UNION ALL SELECT l.name AS a, 'site' AS b, NULL AS c, NULL AS n, NULL AS ticket, NULL AS at \
             FROM served_locations w JOIN locations l ON l.id = w.location_id WHERE w.person_id = $1 ORDER BY b, a",
                id
            ),
        ),
        part(
            "always_let_in",
            ["department", "as", "", ""],
            "since",
            global!(
                "SELECT d.name AS a, CASE WHEN v.person_id = $1 THEN 'invitee' ELSE 'added_by' END AS b, CAST(NULL AS TEXT) AS c, \
                 CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, v.created_at AS at FROM permanent_invitees v \
                 JOIN departments d ON d.id = v.department_id WHERE v.person_id = $1 OR v.added_by_id = $1 ORDER BY d.name",
                id
            ),
        ),
        part(
            "mentoring",
            ["name", "as", "", ""],
            "since",
            global!(
                "SELECT p.name AS a, CASE WHEN m.trainee_id = $1 THEN 'mentor' ELSE 'trainee' END AS b, CAST(NULL AS TEXT) AS c, \
                 CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, m.created_at AS at FROM mentors m \
                 JOIN people p ON p.id = CASE WHEN m.trainee_id = $1 THEN m.mentor_id ELSE m.trainee_id END \
                 WHERE m.trainee_id = $1 OR m.mentor_id = $1 ORDER BY p.name, p.id",
                id
            ),
        ),
        part(
            "sessions",
            ["device", "network_address", "", "opened"],
            "seen_at",
            global!(
                "SELECT s.user_agent AS a, s.address AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, s.seen_at AS at \
             FROM sessions s WHERE s.person_id = $1 ORDER BY s.seen_at",
                id
            ),
        ),
        part(
            "tokens",
            ["name", "", "", ""],
            "created_at",
            global!(
                "SELECT t.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, t.created_at AS at \
             FROM api_tokens t WHERE t.person_id = $1 ORDER BY t.id",
                id
            ),
        ),
        part(
            "passkeys",
            ["name", "", "", ""],
            "created_at",
            global!(
                "SELECT k.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, k.created_at AS at \
             FROM passkeys k WHERE k.person_id = $1 ORDER BY k.id",
                id
            ),
        ),
        part(
            "second_factor",
            ["", "", "", "recovery_codes"],
            "since",
            global!(
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, \
             (SELECT COUNT(*) FROM recovery_codes r WHERE r.person_id = f.person_id) AS n, CAST(NULL AS BIGINT) AS ticket, f.created_at AS at \
             FROM second_factors f WHERE f.person_id = $1",
                id
            ),
        ),
        part(
            "links_to_sign_in",
            ["purpose", "", "", ""],
            "created_at",
            global!(
                "SELECT o.purpose AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, o.created_at AS at \
             FROM one_time_links o WHERE o.person_id = $1 ORDER BY o.created_at",
                id
            ),
        ),
        part(
            "shortcuts",
            ["keys", "", "", ""],
            "",
            global!(
                "SELECT k.keys AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, CAST(NULL AS BIGINT) AS at \
             FROM key_maps k WHERE k.person_id = $1",
                id
            ),
        ),
        part(
            "lists",
            ["list", "columns", "order", ""],
            "",
            global!(
                "SELECT s.list AS a, s.columns AS b, s.sort AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, CAST(NULL AS BIGINT) AS at \
             FROM list_settings s WHERE s.person_id = $1 ORDER BY s.list",
                id
            ),
        ),
        part(
            "tickets_read",
            ["", "", "", "version"],
            "at",
            global!(
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, k.version AS n, k.ticket_id AS ticket, k.at FROM ticket_marks k \
             WHERE k.person_id = $1 ORDER BY k.ticket_id",
                id
            ),
        ),
        part(
            "many_at_once",
            ["deed", "", "", ""],
            "at",
            global!(
                "SELECT b.deed AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, b.created_at AS at \
             FROM bulk_runs b WHERE b.person_id = $1 ORDER BY b.id",
                id
            ),
        ),
        part(
            "further_addresses",
            ["address", "", "", ""],
            "since",
            global!(
                "SELECT d.email AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, d.created_at AS at \
             FROM person_addresses d WHERE d.person_id = $1 ORDER BY d.id",
                id
            ),
        ),
        part(
            "records_merged",
            ["name", "", "", "number"],
            "",
            global!(
                "SELECT p.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, p.id AS n, CAST(NULL AS BIGINT) AS ticket, CAST(NULL AS BIGINT) AS at \
             FROM people p WHERE p.merged_into_id = $1 ORDER BY p.id",
                id
            ),
        ),
        // How many, and when: whom, is theirs.
        part(
            "people_added",
            ["", "", "", ""],
            "at",
            global!(
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, p.created_at AS at \
             FROM people p WHERE p.added_by_id = $1 ORDER BY p.id",
                id
            ),
        ),
    ]
}

/// What they asked, wrote and did, as far as the actor sees it.
pub(super) fn work(actor: &Actor, id: PersonId) -> Vec<Part> {
    vec![
        part(
            "tickets_requested",
            ["subject", "state", "category", "priority"],
            "at",
            scoped!(
                actor,
                "SELECT t.subject AS a, t.state AS b, k.name AS c, t.priority AS n, t.id AS ticket, t.created_at AS at FROM tickets t \
             JOIN categories k ON k.id = t.category_id WHERE t.requester_id = $1 AND {visible:tickets t} ORDER BY t.id",
                id
            ),
        ),
        part(
            "tickets_opened_for_others",
            ["", "state", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, t.state AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, t.id AS ticket, t.created_at AS at FROM tickets t \
             WHERE t.author_id = $1 AND t.requester_id <> $1 AND {visible:tickets t} ORDER BY t.id",
                id
            ),
        ),
        part(
            "tickets_in_charge",
            ["", "state", "", ""],
            "changed_at",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, t.state AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, t.id AS ticket, t.updated_at AS at FROM tickets t \
             WHERE t.assignee_id = $1 AND {visible:tickets t} ORDER BY t.id",
                id
            ),
        ),
        part(
            "participations",
            ["as", "through", "", ""],
            "since",
            scoped!(
                actor,
                "SELECT q.kind AS a, q.source AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, q.ticket_id AS ticket, q.created_at AS at FROM participants q \
             WHERE q.person_id = $1 AND {visible:participants q} ORDER BY q.ticket_id, q.kind",
                id
            ),
        ),
        part(
            "people_let_in",
            ["as", "", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT q.kind AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, q.ticket_id AS ticket, q.created_at AS at FROM participants q \
             WHERE q.added_by_id = $1 AND {visible:participants q} ORDER BY q.ticket_id, q.created_at",
                id
            ),
        ),
        part(
            "words",
            ["text", "audience", "origin", "comment"],
            "at",
            scoped!(
                actor,
                "SELECT c.body AS a, c.audience AS b, c.origin AS c, c.id AS n, c.ticket_id AS ticket, c.created_at AS at FROM comments c \
             WHERE c.author_id = $1 AND {visible:comments c} ORDER BY c.id",
                id
            ),
        ),
        part(
            "files",
            ["name", "media_type", "number", "bytes"],
            "at",
            scoped!(
                actor,
                "SELECT f.name AS a, f.media_type AS b, CAST(f.id AS TEXT) AS c, f.size AS n, f.ticket_id AS ticket, f.created_at AS at FROM attachments f \
             JOIN comments w ON w.id = f.comment_id WHERE w.author_id = $1 AND {visible:comments w} AND {visible:attachments f} ORDER BY f.id",
                id
            ),
        ),
        part(
            "parts_removed",
            ["reason", "", "", "comment"],
            "at",
            scoped!(
                actor,
                "SELECT c.redaction_reason AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, c.id AS n, c.ticket_id AS ticket, c.redacted_at AS at FROM comments c \
             WHERE c.redacted_by_id = $1 AND {visible:comments c} ORDER BY c.id",
                id
            ),
        ),
        part(
            "history",
            ["deed", "before", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT e.kind AS a, CASE WHEN e.kind IN ('reworded', 'subject_changed', 'attachment_deleted') THEN e.old_value END AS b, CAST(NULL AS TEXT) AS c, \
             CAST(NULL AS BIGINT) AS n, e.ticket_id AS ticket, e.at FROM events e WHERE e.actor_id = $1 AND {visible:events e} ORDER BY e.id",
                id
            ),
        ),
        part(
            "mentions",
            ["", "", "", "comment"],
            "",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, m.comment_id AS n, m.ticket_id AS ticket, CAST(NULL AS BIGINT) AS at \
             FROM mentions m WHERE m.person_id = $1 AND {visible:mentions m} ORDER BY m.comment_id",
                id
            ),
        ),
        part(
            "tasks",
            ["title", "as", "due_on", ""],
            "at",
            scoped!(
                actor,
                "SELECT k.title AS a, CASE WHEN k.assignee_id = $1 THEN 'assignee' WHEN k.author_id = $1 THEN 'author' ELSE 'done_by' END AS b, k.due_on AS c, \
             CAST(NULL AS BIGINT) AS n, k.ticket_id AS ticket, k.created_at AS at FROM tasks k JOIN tickets t ON t.id = k.ticket_id \
             WHERE (k.author_id = $1 OR k.assignee_id = $1 OR k.done_by_id = $1) AND {visible:tasks k} AND {visible:tickets t} ORDER BY k.id",
                id
            ),
        ),
        part(
            "time_spent",
            ["note", "day", "", "minutes"],
            "at",
            scoped!(
                actor,
                "SELECT s.note AS a, s.spent_on AS b, CAST(NULL AS TEXT) AS c, s.minutes AS n, s.ticket_id AS ticket, s.created_at AS at FROM time_entries s \
             JOIN tickets t ON t.id = s.ticket_id WHERE s.person_id = $1 AND {visible:time_entries s} AND {visible:tickets t} ORDER BY s.id",
                id
            ),
        ),
        part(
            "merges",
            ["", "", "", "into"],
            "at",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, m.into_id AS n, m.ticket_id AS ticket, m.created_at AS at FROM merges m \
             WHERE (m.by_id = $1 OR m.undone_by_id = $1) AND {visible:merges m} ORDER BY m.id",
                id
            ),
        ),
        part(
            "links",
            ["relation", "", "", "other"],
            "at",
            scoped!(
                actor,
                "SELECT l.kind AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, l.other_id AS n, l.ticket_id AS ticket, l.created_at AS at FROM ticket_links l \
             WHERE l.added_by_id = $1 AND {visible:ticket_links l} ORDER BY l.ticket_id, l.other_id",
                id
            ),
        ),
        part(
            "tags",
            ["tag", "", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT w.name AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, g.ticket_id AS ticket, g.created_at AS at FROM ticket_tags g \
             JOIN tags w ON w.id = g.tag_id WHERE g.added_by_id = $1 AND {visible:ticket_tags g} AND {visible:tags w} ORDER BY g.ticket_id, w.name",
                id
            ),
        ),
        part(
            "advice_asked",
            ["", "", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, q.ticket_id AS ticket, q.asked_at AS at FROM advice_requests q \
             WHERE q.asked_by_id = $1 AND {visible:advice_requests q} ORDER BY q.ticket_id",
                id
            ),
        ),
        // What nobody else reads: it is in the file that somebody takes of themselves, and in no other.
        part(
            "drafts",
            ["text", "audience", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT d.body AS a, d.audience AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, d.ticket_id AS ticket, d.updated_at AS at FROM drafts d \
             WHERE d.author_id = $1 AND d.state <> 'sent' AND {visible:drafts d} ORDER BY d.id",
                id
            ),
        ),
        part(
            "forms_unsent",
            ["form", "text", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT u.form AS a, u.fields AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, u.ticket_id AS ticket, u.updated_at AS at FROM unsent_forms u \
             WHERE u.person_id = $1 AND u.sent_at IS NULL AND {visible:unsent_forms u} ORDER BY u.id",
                id
            ),
        ),
        part(
            "replies_saved",
            ["title", "text", "sharing", ""],
            "at",
            scoped!(
                actor,
                "SELECT r.title AS a, r.body AS b, r.sharing AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, r.created_at AS at FROM saved_replies r \
             WHERE r.owner_id = $1 AND {visible:saved_replies r} ORDER BY r.id",
                id
            ),
        ),
        part(
            "views",
            ["name", "filter", "audience", ""],
            "at",
            scoped!(
                actor,
                "SELECT v.name AS a, v.filter AS b, v.audience AS c, CAST(NULL AS BIGINT) AS n, CAST(NULL AS BIGINT) AS ticket, v.created_at AS at FROM views v \
             WHERE v.owner_id = $1 AND {visible:views v} ORDER BY v.id",
                id
            ),
        ),
    ]
}

/// The post between them and the desk, and what the journal says of them. Letters and the journal are
/// administrators' to read.
pub(super) fn post(actor: &Actor, id: PersonId, email_key: &str) -> Vec<Part> {
    vec![
        part(
            "mails_sent_to_them",
            ["subject", "purpose", "address", ""],
            "at",
            system!(
                because = "what was mailed to somebody is theirs to know, whoever reads the post otherwise",
                "SELECT m.subject AS a, m.purpose AS b, m.address AS c, CAST(NULL AS BIGINT) AS n, m.ticket_id AS ticket, m.created_at AS at FROM outgoing_mails m \
             WHERE m.person_id = $1 ORDER BY m.id",
                id
            ),
        ),
        part(
            "mail_stopped",
            ["address", "reason", "said", "held_back"],
            "since",
            system!(
                because = "that nothing is mailed to somebody's address is theirs to know",
                "SELECT x.address AS a, x.reason AS b, x.said AS c, x.held_back AS n, CAST(NULL AS BIGINT) AS ticket, x.since AS at FROM suppressed_addresses x \
             WHERE x.address = $1 OR x.address IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $2) ORDER BY x.id",
                email_key,
                id
            ),
        ),
        part(
            "letters_from_them",
            ["subject", "state", "", ""],
            "at",
            scoped!(
                actor,
                "SELECT i.subject AS a, i.state AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS BIGINT) AS n, i.ticket_id AS ticket, i.received_at AS at FROM incoming_mails i \
             WHERE (LOWER(i.sender) = $1 OR LOWER(i.sender) IN (SELECT d.email_key FROM person_addresses d WHERE d.person_id = $2)) \
             AND {visible:incoming_mails i} ORDER BY i.id",
                email_key,
                id
            ),
        ),
        part(
            "journal_about_them",
            ["deed", "way", "detail", "number"],
            "at",
            scoped!(
                actor,
                "SELECT j.deed AS a, j.way AS b, j.detail AS c, j.id AS n, CAST(NULL AS BIGINT) AS ticket, j.at FROM audit_entries j \
             WHERE (j.person_id = $1 OR j.person_id IN (SELECT p.id FROM people p WHERE p.merged_into_id = $1)) \
             AND {visible:audit_entries j} ORDER BY j.id",
                id
            ),
        ),
        // What they did to others is told without those.
        part(
            "journal_by_them",
            ["deed", "way", "", "number"],
            "at",
            scoped!(
                actor,
                "SELECT j.deed AS a, j.way AS b, CAST(NULL AS TEXT) AS c, j.id AS n, CAST(NULL AS BIGINT) AS ticket, j.at FROM audit_entries j \
             WHERE j.actor_id = $1 AND {visible:audit_entries j} ORDER BY j.id",
                id
            ),
        ),
    ]
}
