//! The SQL of mentions.

use kit::authz::{Actor, May};
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped, system};

use crate::people::PersonId;
use crate::policy::{AgentScope, Role};
use crate::tickets::{CommentId, Ticket};

record! {
    /// Somebody of the staff, as they are called.
    #[derive(Clone, Debug)]
    pub struct Colleague {
        /// Who.
        pub id: PersonId,
        /// Their name.
        pub name: String,
        /// Their address.
        pub email: String,
        /// Their login.
        pub login: Option<String>,
        /// What they may do.
        pub role: Role,
        /// How far they see.
        pub scope: AgentScope,
    }
}

/// All staff who can sign in, by name.
pub async fn colleagues(ask: &mut dyn Answers) -> Result<Vec<Colleague>, Error> {
    ask.all(global!(
        "SELECT p.id, p.name, p.email, p.login, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope \
         FROM agents a JOIN people p ON p.id = a.person_id LEFT JOIN roles r ON r.id = a.role_id \
         WHERE p.disabled_at IS NULL ORDER BY p.name, p.id LIMIT 2000"
    ))
    .await
}

record! { struct Found { id: PersonId } }

/// Whether this person reads the comment.
pub(super) async fn reads(
    ask: &mut dyn Answers,
    person: &Actor,
    comment: CommentId,
) -> Result<bool, Error> {
    record! { struct Seen { id: CommentId } }
    let seen: Option<Seen> = ask
        .maybe(scoped!(
            person,
            "SELECT c.id FROM comments c WHERE c.id = $1 AND {visible:comments c}",
            comment
        ))
        .await?;
    Ok(seen.is_some_and(|s| s.id == comment))
}

pub(super) async fn insert<A>(
    tx: &mut Tx,
    ticket: &May<A, Ticket>,
    comment: CommentId,
    person: PersonId,
) -> Result<(), Error> {
    tx.run(acting!(
        ticket,
        "INSERT INTO mentions (comment_id, ticket_id, person_id) VALUES ($1, $2, $3) \
         ON CONFLICT (comment_id, person_id) DO NOTHING",
        comment,
        ticket.id,
        person
    ))
    .await
    .map(|_| ())
}

/// Whom a comment calls.
pub async fn mentioned(ask: &mut dyn Answers, comment: CommentId) -> Result<Vec<PersonId>, Error> {
    let found: Vec<Found> = ask
        .all(system!(
            because =
                "who is told is decided before anybody's eyes are asked; each mail asks again",
            "SELECT person_id AS id FROM mentions WHERE comment_id = $1 ORDER BY person_id",
            comment
        ))
        .await?;
    Ok(found.into_iter().map(|f| f.id).collect())
}
