//! The columns of preferences.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::Preferences;
use crate::people::PersonId;

pub(super) async fn of(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<Preferences>, Error> {
    ask.maybe(global!(
        "SELECT theme, density, single_keys FROM people WHERE id = $1",
        person
    ))
    .await
}

pub(super) async fn put(tx: &mut Tx, person: PersonId, chosen: &Preferences) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET theme = $2, density = $3, single_keys = $4 WHERE id = $1",
        person,
        chosen.theme,
        chosen.density,
        chosen.single_keys
    ))
    .await
    .map(|_| ())
}
