//! Counting many lists at once, for the views of a sidebar.
//!
//! What agents count is almost always part of what is not ended. That is walked once, department by department and then
//! what names the reader elsewhere, and each ticket is put to every filter. The rest is counted one by one.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use super::{Count, Filter, store, tally_store};
use crate::tickets::counts;
use crate::tickets::machine::Stage;

/// No more tickets are walked than these; whoever sees more of them is told each count up to its bound.
const MOST_WALKED: i64 = 20_000;

/// Counts what the actor sees of each, up to `most`.
pub(super) async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    filters: &[&Filter],
    most: i64,
) -> Result<Vec<Count>, Error> {
    let current: Vec<&Filter> = filters
        .iter()
        .copied()
        .filter(|it| it.is_current())
        .collect();
    let mut walked = match current.len() {
        0 | 1 => None,
        _ if is_walkable(ask, actor).await? => tally_store::walked(ask, actor, &current)
            .await?
            .map(Vec::into_iter),
        _ => None,
    };
    let mut counts = vec![];
    for filter in filters {
        let known = walked.as_mut().filter(|_| filter.is_current());
        let n = match known.and_then(Iterator::next) {
            Some(n) => n,
            None => store::count(ask, actor, filter, most + 1).await?,
        };
        counts.push(Count {
            n: n.min(most),
            is_more: n > most,
        });
    }
    Ok(counts)
}

/// Whether the actor sees no more than is walked. It is asked of counts that are kept, and before: a bound within the
/// walk itself has its rows gathered before they are put to the views, and takes half as long again.
async fn is_walkable(ask: &mut dyn Answers, actor: &Actor) -> Result<bool, Error> {
    let seen = counts::of_views(ask, actor).await?;
    Ok(seen.in_stage(Stage::Open) + seen.in_stage(Stage::Awaiting) <= MOST_WALKED)
}
