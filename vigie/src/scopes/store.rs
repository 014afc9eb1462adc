//! The SQL of scopes: little, as what an agent sees is asked through the inspector.

use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{global, record};

use crate::people::PersonId;

record! { struct Belongs { person_id: PersonId, n: i64 } }

/// To how many departments each member of any belongs.
pub(super) async fn memberships(ask: &mut dyn Answers) -> Result<Vec<(PersonId, i64)>, Error> {
    let rows: Vec<Belongs> = ask
        .all(global!(
            "SELECT m.person_id, COUNT(*) AS n FROM memberships m GROUP BY m.person_id"
        ))
        .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.n)).collect())
}
