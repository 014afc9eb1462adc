//! The SQL of looking for tickets that ask the same.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{record, scoped};

use crate::departments::DepartmentId;
use crate::people::PersonId;
use crate::tickets::TicketId;
use crate::tickets::machine::State;

record! {
    /// A ticket that may ask the same.
    #[derive(Clone, Debug)]
    pub struct Similar {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// Who asked.
        pub requester_id: PersonId,
        /// Their name.
        pub requester: String,
        /// When a person last changed it.
        pub updated_at: Moment,
    }
}

pub(super) async fn open_of_requester(
    ask: &mut dyn Answers,
    actor: &Actor,
    requester: PersonId,
    once: Option<&str>,
) -> Result<Vec<Similar>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.requester_id, p.name AS requester, t.updated_at FROM tickets t \
         JOIN people p ON p.id = t.requester_id WHERE t.requester_id = $1 AND t.stage = 'open' AND {visible:tickets t} \
         AND (t.once IS NULL OR t.once <> COALESCE($2, '')) ORDER BY t.updated_at DESC, t.id DESC LIMIT 100",
        requester,
        once
    ))
    .await
}

pub(super) async fn open_of_department(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
    once: Option<&str>,
) -> Result<Vec<Similar>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.requester_id, p.name AS requester, t.updated_at FROM tickets t \
         JOIN people p ON p.id = t.requester_id WHERE t.department_id = $1 AND t.stage = 'open' AND {visible:tickets t} \
         AND (t.once IS NULL OR t.once <> COALESCE($2, '')) ORDER BY t.updated_at DESC, t.id DESC LIMIT 200",
        department,
        once
    ))
    .await
}
