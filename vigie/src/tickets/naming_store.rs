//! The SQL of what agents are called.

use std::collections::BTreeSet;

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{global, record, scoped};

use super::TicketId;
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! { struct Somebody { person_id: PersonId } }

pub(super) async fn department(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<String, Error> {
    record! { struct Row { name: String } }
    let row: Row = ask
        .one(global!(
            "SELECT name FROM departments WHERE id = $1",
            department
        ))
        .await?;
    Ok(row.name)
}

/// Everybody who is an agent.
pub(super) async fn agents(ask: &mut dyn Answers) -> Result<BTreeSet<PersonId>, Error> {
    let rows: Vec<Somebody> = ask.all(global!("SELECT person_id FROM agents")).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Whom the actor let in to a ticket themselves.
pub(super) async fn let_in_by(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<Somebody> = ask
        .all(scoped!(
            actor,
            "SELECT p.person_id FROM participants p WHERE p.ticket_id = $1 AND p.added_by_id = {actor} AND p.kind = 'invitee' \
             AND {visible:participants p}",
            ticket
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}
