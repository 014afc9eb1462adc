//! Who can be in charge of tickets where a team gives something, before it changes and after.

use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::{TeamId, store};
use crate::departments::DepartmentId;
use crate::people::PersonId;

record! {
    /// Somebody who can be in charge of a department's tickets.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Taker {
        /// Who.
        pub person_id: PersonId,
        /// Where.
        pub department_id: DepartmentId,
    }
}

/// Which members of a team can be in charge of tickets of its departments, by whatever reason.
pub async fn takers(ask: &mut dyn Answers, team: TeamId) -> Result<Vec<Taker>, Error> {
    store::takers(ask, team).await
}

/// Those of them who no longer can.
pub async fn lost(ask: &mut dyn Answers, before: Vec<Taker>) -> Result<Vec<Taker>, Error> {
    let mut lost = vec![];
    for taker in before {
        if !store::takes(ask, taker).await? {
            lost.push(taker);
        }
    }
    Ok(lost)
}
