//! Archived tickets that go as a whole, with everything that hangs on them (decision 0047).
//!
//! A ticket that was merged goes with the one that has its words, in the same transaction: before it, an answer to its
//! mails would no longer find those words; after it, its address would lead nowhere.

use std::collections::BTreeSet;

use kit::clock::{Moment, Span};
use kit::db::Tx;
use kit::error::Error;
use kit::jobs;

use super::{MOST_AT_ONCE, leaving_store as store};
use crate::search::index::FORGET_WORDS;
use crate::tickets::TicketId;
use crate::tickets::attachments::GRACE;
use crate::tickets::history::{FORGET_FILE, ForgetFile};

/// How long words of tickets that are gone may stand in the files of the index, where no search finds them: to let go
/// of them it is folded together as a whole, which is worth doing once a day and not every hour.
const UNTIL_FOLDED: Span = Span::days(1);

/// Takes those that were archived before, the longest ago first, and says which.
pub(super) async fn take(tx: &mut Tx, before: Moment, now: Moment) -> Result<Vec<TicketId>, Error> {
    let due = store::due(tx, before).await?;
    if due.is_empty() {
        return Ok(vec![]);
    }
    let merged = store::merged_into(tx, &due).await?;
    let most = usize::try_from(MOST_AT_ONCE).unwrap_or(usize::MAX);
    let mut leaving = store::hold(tx, &families(&due, &merged, most)).await?;
    // Held, it is asked again: what was merged goes with where its words are, and with nothing else.
    let merged = store::merged_into(tx, &leaving).await?;
    leaving.retain(|id| due.contains(id) || merged.iter().any(|(from, _)| from == id));
    let digests: BTreeSet<String> = store::take(tx, &leaving).await?.into_iter().collect();
    for digest in digests {
        jobs::enqueue(tx, FORGET_FILE, &ForgetFile { digest }, now.plus(GRACE)).await?;
    }
    jobs::ensure_after(tx, FORGET_WORDS, &(), now.plus(UNTIL_FOLDED)).await?;
    Ok(leaving)
}

/// Tickets with those merged into them, each family whole, until there are so many; one family in any case.
fn families(due: &[TicketId], merged: &[(TicketId, TicketId)], most: usize) -> Vec<TicketId> {
    let mut leaving = vec![];
    for ticket in due {
        let shells = merged.iter().filter(|(_, into)| into == ticket);
        let family: Vec<TicketId> = std::iter::once(*ticket)
            .chain(shells.map(|(from, _)| *from))
            .collect();
        if !leaving.is_empty() && leaving.len() + family.len() > most {
            break;
        }
        leaving.extend(family);
    }
    leaving
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_ticket_goes_with_the_one_that_has_its_words_and_families_stay_whole() {
        let id = TicketId;
        let due = [id(1), id(2), id(3)];
        let merged = [(id(9), id(1)), (id(8), id(2)), (id(7), id(2))];
        let of = |most| families(&due, &merged, most);
        assert_eq!(
            of(200),
            [id(1), id(9), id(2), id(8), id(7), id(3)],
            "all of them"
        );
        assert_eq!(of(4), [id(1), id(9)], "the second family would not fit");
        assert_eq!(of(1), [id(1), id(9)], "one in any case");
        assert_eq!(families(&[], &merged, 200), []);
    }
}
