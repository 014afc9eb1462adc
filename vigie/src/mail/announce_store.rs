//! The SQL of events to announce.

use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{global, record, system};

use super::recipients::Monitor;
use crate::departments::monitoring::levels::{Alert, Levels};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::tickets::history::EventKind;
use crate::tickets::participants::Kind;
use crate::tickets::{Audience, CommentId, EventId, Hat, TicketId};

record! {
    /// An event as announcing it needs it.
    #[derive(Clone, Debug)]
    pub struct Occurred {
        /// Its row.
        pub id: EventId,
        /// Its ticket.
        pub ticket_id: TicketId,
        /// Who did it.
        pub actor_id: Option<PersonId>,
        /// From which side.
        pub hat: Hat,
        /// What.
        pub kind: EventKind,
        /// Who may read of it.
        pub audience: Audience,
        /// Before.
        pub old_value: Option<String>,
        /// After.
        pub new_value: Option<String>,
        /// The words that came with it.
        pub comment_id: Option<CommentId>,
        /// When.
        pub at: Moment,
        /// The ticket's subject.
        pub subject: String,
        /// The ticket's department.
        pub department_id: DepartmentId,
        /// Its name.
        pub department: String,
        /// Its category.
        pub category_id: CategoryId,
        /// Who asked.
        pub requester_id: PersonId,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// Whom the desk gave the ticket to in the same change: they hear of that, and of both at once.
        pub given_to: Option<String>,
        /// Who had asked for the advice that it is.
        pub advice_asker: Option<String>,
        /// Who was in charge until a transfer let go of them, in the same change.
        pub released_by: Option<String>,
        /// What the letter that caused it was, when it was one of a machine.
        pub mail_reason: Option<String>,
        /// How many bytes the letter has that caused it, when only its head came.
        pub left_bytes: Option<i64>,
    }
}

/// An event with what announcing it needs.
pub async fn occurred(ask: &mut dyn Answers, event: i64) -> Result<Option<Occurred>, Error> {
    ask.maybe(system!(
        because = "who is told is decided before anybody's eyes are asked; each mail asks again",
        "SELECT e.id, e.ticket_id, e.actor_id, e.hat, e.kind, e.audience, e.old_value, e.new_value, e.comment_id, e.at, \
         t.subject, t.department_id, d.name AS department, t.category_id, t.requester_id, t.assignee_id, i.reason AS mail_reason, i.left_bytes, \
         CASE WHEN e.kind = 'advised' THEN (SELECT CAST(q.actor_id AS TEXT) FROM events q WHERE q.ticket_id = e.ticket_id \
         AND q.kind = 'advice_asked' AND q.id < e.id ORDER BY q.id DESC LIMIT 1) END AS advice_asker, \
         (SELECT MIN(g.new_value) FROM events g WHERE g.ticket_id = e.ticket_id AND g.kind = 'given_out' AND g.at = e.at \
         AND g.id > e.id AND e.kind IN ('created', 'transferred', 'reopened', 'closure_refused', 'released')) AS given_to, \
         (SELECT MIN(r.old_value) FROM events r WHERE r.ticket_id = e.ticket_id AND r.kind = 'released' AND r.at = e.at \
         AND r.id < e.id AND e.kind = 'transferred') AS released_by \
         FROM events e JOIN tickets t ON t.id = e.ticket_id JOIN departments d ON d.id = t.department_id LEFT JOIN comments c ON c.id = e.comment_id \
         LEFT JOIN incoming_mails i ON i.id = c.incoming_mail_id WHERE e.id = $1",
        event
    ))
    .await
}

/// Who stands around a ticket besides requester and holder.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Who was let in.
    pub invitees: Vec<PersonId>,
    /// Who observes or follows.
    pub watchers: Vec<PersonId>,
}

/// Everybody let in, observing or following.
pub async fn around(ask: &mut dyn Answers, ticket: TicketId) -> Result<Around, Error> {
    record! { struct Found { person_id: PersonId, kind: Kind } }
    let found: Vec<Found> = ask
        .all(system!(
            because =
                "who is told is decided before anybody's eyes are asked; each mail asks again",
            "SELECT person_id, kind FROM participants WHERE ticket_id = $1 ORDER BY person_id",
            ticket
        ))
        .await?;
    let mut around = Around::default();
    for one in found {
        match one.kind {
            Kind::Invitee => around.invitees.push(one.person_id),
            Kind::Observer | Kind::Follower => around.watchers.push(one.person_id),
        }
    }
    Ok(around)
}

/// The agents of a department, with what they want to hear of it, and whether they see more of this category of it than
/// what they hold, by their membership or by their scope; whoever chose nothing hears what is usual. Whoever merely looks
/// by a sharing tag hears nothing.
pub async fn monitors(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Vec<Monitor>, Error> {
    record! {
        struct Row {
            person_id: PersonId,
            looks: bool,
            alert_any: Option<String>,
            alert_category: Option<String>,
            alert_held: Option<String>,
        }
    }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT s.person_id, l.alert_any, l.alert_category, l.alert_held, CASE \
             WHEN q.confidential_id IS NULL THEN s.own_level IN ('view', 'edit') OR (s.own_level = 'assigned' \
             AND (a.scope IN ('global', 'global_served') OR a.role IN ('owner', 'admin'))) ELSE EXISTS (SELECT 1 FROM confidants k \
             WHERE k.category_id = q.confidential_id AND k.person_id = s.person_id AND k.level IN ('view', 'edit')) END AS looks \
             FROM sights s LEFT JOIN monitoring_levels l ON l.person_id = s.person_id AND l.department_id = s.department_id \
             JOIN people p ON p.id = s.person_id JOIN agents a ON a.person_id = s.person_id JOIN categories q ON q.id = $2 \
             WHERE s.department_id = $1 AND s.own_level IS NOT NULL AND p.disabled_at IS NULL ORDER BY s.person_id",
            department,
            category
        ))
        .await?;
    // A word this version does not know is heard as the quietest.
    let alert = |word: &str| Alert::of(word).unwrap_or(Alert::Never);
    let levels = |row: &Row| match (&row.alert_any, &row.alert_category, &row.alert_held) {
        (Some(any), Some(category), Some(held)) => {
            Levels::raised(alert(any), alert(category), alert(held))
        }
        _ => Levels::USUAL,
    };
    let monitor = |row: Row| Monitor {
        person: row.person_id,
        levels: levels(&row),
        looks: row.looks,
        serves: true,
    };
    Ok(rows.into_iter().map(monitor).collect())
}

/// The department of a category.
pub async fn place(
    ask: &mut dyn Answers,
    category: CategoryId,
) -> Result<Option<DepartmentId>, Error> {
    record! { struct Found { department_id: DepartmentId } }
    let found: Option<Found> = ask
        .maybe(global!(
            "SELECT department_id FROM categories WHERE id = $1",
            category
        ))
        .await?;
    Ok(found.map(|f| f.department_id))
}

/// Everybody who suspended their monitoring.
pub async fn suspended(ask: &mut dyn Answers) -> Result<Vec<PersonId>, Error> {
    record! { struct Row { person_id: PersonId } }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT person_id FROM monitoring WHERE is_suspended = TRUE ORDER BY person_id"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// How many acknowledgements this person was sent since, with words of letters that were too large.
pub async fn acknowledged_since(
    ask: &mut dyn Answers,
    person: PersonId,
    since: Moment,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(system!(
            because = "the guard against loops counts what went out to one person",
            "SELECT COUNT(*) AS n FROM outgoing_mails WHERE person_id = $1 AND purpose IN ('acknowledgement', 'too_large') AND created_at >= $2",
            person,
            since
        ))
        .await?;
    Ok(count.n)
}

/// How many acknowledgements went to addresses of a domain since.
pub async fn acknowledged_there_since(
    ask: &mut dyn Answers,
    domain: &str,
    since: Moment,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(system!(
            because = "the guard against loops counts what went out to one domain",
            "SELECT COUNT(*) AS n FROM outgoing_mails WHERE purpose IN ('acknowledgement', 'too_large') AND created_at >= $2 \
             AND LOWER(address) LIKE '%@' || LOWER($1)",
            domain,
            since
        ))
        .await?;
    Ok(count.n)
}
