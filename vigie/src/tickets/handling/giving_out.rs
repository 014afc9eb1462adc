//! Giving a free ticket out by its category's rule (features F.1 "auto-assign"): when it is opened, sent
//! to a category, or open again with nobody in charge, in the same transaction. The desk does it, as
//! what time does; so it is nobody's last change, and the version is that of the deed it comes with.
//!
//! Never when its holder lets go: they do that with open eyes, for somebody to take it or because nobody
//! should now, and the rule would hand it straight back, or on to somebody who was not asked (decision
//! 0026).

use kit::clock::Moment;
use kit::db::{Done, Tx};
use kit::error::{Because, Error};

use super::store;
use crate::departments::giving::{self, Choice};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::{PersonId, clientele};
use crate::policy;
use crate::tickets::history::{self, EventKind, NewEvent};
use crate::tickets::machine::{Deed, next};
use crate::tickets::reading::find_to_change;
use crate::tickets::rights::AutoAssign;
use crate::tickets::steps::holder_text;
use crate::tickets::{Audience, Hat, TicketId};

/// Gives the ticket out, if its category has a rule and nobody is in charge; to none of those `never`
/// names, whoever asked for it among them. When nobody is there who
/// could be given it, it stays free, and its history says so to staff.
pub fn give_out<'a>(
    tx: &'a mut Tx,
    id: TicketId,
    (department, category): (DepartmentId, CategoryId),
    never: &'a [PersonId],
    now: Moment,
) -> Done<'a, Option<PersonId>> {
    // Boxed: it would be built anew wherever it is waited for (decision 0082).
    Box::pin(async move {
        let desk = policy::desk();
        let may = match find_to_change::<AutoAssign>(tx, &desk, id).await {
            Ok(may) => may,
            // Somebody is in charge, or there is nothing to do.
            Err(Error::NotFound | Error::Forbidden(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
        // Nor to who serves others.
        let mut not = clientele::strangers(tx, may.requester_id).await?;
        not.extend(never);
        let choice = giving::choose(tx, department, category, &not, now).await?;
        let line = |kind, audience, rule: giving::Rule, after| NewEvent {
            kind,
            actor: None,
            hat: Hat::System,
            audience,
            before: Some(rule.word().to_owned()),
            after,
            comment: None,
        };
        match choice {
            Choice::NoRule => Ok(None),
            Choice::NobodyThere(rule) => {
                let event = line(EventKind::NotGivenOut, Audience::Staff, rule, None);
                history::keep(tx, &may, id, event, now).await?;
                Ok(None)
            }
            Choice::Somebody(rule, person) => {
                let state = next(may.state, Deed::AutoAssign, may.situation(&desk))
                    .ok_or(Error::Forbidden(Because("rule-state")))?;
                let after = holder_text(Some(person));
                let event = line(EventKind::GivenOut, Audience::Public, rule, after);
                history::record(tx, &may, id, event, now).await?;
                store::put_in_charge(tx, &may, person, state).await?;
                Ok(Some(person))
            }
        }
    })
}
