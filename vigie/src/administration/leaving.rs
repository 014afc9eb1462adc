//! What was said of the open tickets of whoever leaves, as forms and programs say it.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use crate::people::{PersonId, directory};
use crate::tickets::handover::Fate;

/// From a form: the word that was chosen, and the colleague that was typed.
///
/// # Errors
/// `Invalid` at `heir` when nobody goes by what was typed, or nothing was.
pub async fn fate(
    ask: &mut dyn Answers,
    actor: &Actor,
    word: &str,
    heir: &str,
) -> Result<Fate, Error> {
    Ok(match word {
        "1" => Fate::Release,
        "give_out" => Fate::GiveOut,
        "to" if heir.trim().is_empty() => {
            return Err(Error::invalid("heir", "fault-missing"));
        }
        "to" => {
            let found = directory::named(ask, actor, heir).await?;
            let typed = heir.trim().to_owned();
            let unknown = || Error::invalid_with("heir", "fault-person-unknown", typed);
            Fate::To(found.ok_or_else(unknown)?.id)
        }
        _ => Fate::Unsaid,
    })
}

/// From a program.
///
/// # Errors
/// `Invalid` at `release` when more than one is said.
pub fn said(release: bool, give_out: bool, give_to: Option<i64>) -> Result<Fate, Error> {
    match (release, give_out, give_to) {
        (false, false, None) => Ok(Fate::Unsaid),
        (true, false, None) => Ok(Fate::Release),
        (false, true, None) => Ok(Fate::GiveOut),
        (false, false, Some(heir)) => Ok(Fate::To(PersonId(heir))),
        _ => Err(Error::invalid("release", "fault-leaving-twice")),
    }
}
