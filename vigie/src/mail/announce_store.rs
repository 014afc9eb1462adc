//! The SQL of events to announce.

use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{global, record, system};

use super::recipients::{Alert, Monitor};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::tickets::history::EventKind;
use crate::tickets::participants::Kind;
use crate::tickets::{Audience, CommentId, EventId, TicketId};

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
        /// What the letter that caused it was, when it was one of a machine.
        pub mail_reason: Option<String>,
    }
}

/// An event with what announcing it needs.
pub async fn occurred(ask: &mut dyn Answers, event: i64) -> Result<Option<Occurred>, Error> {
    ask.maybe(system!(
        because = "who is told is decided before anybody's eyes are asked; each mail asks again",
        "SELECT e.id, e.ticket_id, e.actor_id, e.kind, e.audience, e.old_value, e.new_value, e.comment_id, e.at, \
         t.subject, t.department_id, t.category_id, t.requester_id, t.assignee_id, i.reason AS mail_reason, \
         CASE WHEN e.kind = 'advised' THEN (SELECT CAST(q.actor_id AS TEXT) FROM events q WHERE q.ticket_id = e.ticket_id \
         AND q.kind = 'advice_asked' AND q.id < e.id ORDER BY q.id DESC LIMIT 1) END AS advice_asker, \
         (SELECT MIN(g.new_value) FROM events g WHERE g.ticket_id = e.ticket_id AND g.kind = 'given_out' AND g.at = e.at \
         AND g.id > e.id AND e.kind IN ('created', 'transferred', 'reopened', 'closure_refused', 'released')) AS given_to \
         FROM events e JOIN tickets t ON t.id = e.ticket_id LEFT JOIN comments c ON c.id = e.comment_id \
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

/// The agents of a department who see the tickets of this category of it, with what they want to hear; whoever comes by a team alone, what a
/// new member does. Whoever merely looks by a sharing tag hears nothing.
pub async fn monitors(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Vec<Monitor>, Error> {
    record! {
        struct Row { person_id: PersonId, alert_any: String, alert_category: String, alert_held: String }
    }
    let rows: Vec<Row> = ask
        .all(global!(
            "SELECT s.person_id, COALESCE(m.alert_any, 'never') AS alert_any, COALESCE(m.alert_category, 'creation') AS alert_category, \
             COALESCE(m.alert_held, 'always') AS alert_held FROM sights s \
             LEFT JOIN memberships m ON m.person_id = s.person_id AND m.department_id = s.department_id \
             JOIN people p ON p.id = s.person_id JOIN categories q ON q.id = $2 WHERE s.department_id = $1 AND CASE \
             WHEN q.confidential_id IS NULL THEN s.own_level IN ('view', 'edit') ELSE EXISTS (SELECT 1 FROM confidants k \
             WHERE k.category_id = q.confidential_id AND k.person_id = s.person_id AND k.level IN ('view', 'edit')) END \
             AND p.disabled_at IS NULL ORDER BY s.person_id",
            department,
            category
        ))
        .await?;
    // A level this version does not know is heard as the quietest.
    let level = |word: &str| Alert::of(word).unwrap_or(Alert::Never);
    Ok(rows
        .into_iter()
        .map(|row| Monitor {
            person: row.person_id,
            alert_any: level(&row.alert_any),
            alert_category: level(&row.alert_category),
            alert_held: level(&row.alert_held),
        })
        .collect())
}

/// How many acknowledgements this person was sent since.
pub async fn acknowledged_since(
    ask: &mut dyn Answers,
    person: PersonId,
    since: Moment,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(system!(
            because = "the guard against loops counts what went out to one person",
            "SELECT COUNT(*) AS n FROM outgoing_mails WHERE person_id = $1 AND purpose = 'acknowledgement' AND created_at >= $2",
            person,
            since
        ))
        .await?;
    Ok(count.n)
}
