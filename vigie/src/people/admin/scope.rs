//! How far an agent sees and whom they serve, changed alone.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;

use super::{Change, PersonAdmin, staffed, store};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people;
use crate::people::clientele::{self, Clientele};
use crate::policy::{self, AgentScope};

/// Changes how far an agent sees and whom they serve, and nothing else about them. Given is whom they serve now, and
/// whom they are to serve.
///
/// # Errors
/// `NotFound` when they are not staff.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    person: &May<Change, PersonAdmin>,
    scope: AgentScope,
    (served, serves): (&Clientele, &Clientele),
    now: Moment,
) -> Result<(), Error> {
    let role = person.role.ok_or(Error::NotFound)?;
    let is_wider = policy::reaches_beyond(policy::reach(role, scope), actor);
    if person.scope != Some(scope) && is_wider {
        return Err(Error::invalid("scope", "fault-scope-above"));
    }
    if served != serves {
        clientele::put(tx, person.id, serves).await?;
    }
    people::make_agent(tx, person.id, role, scope, now).await?;
    store::touch(tx, person.id).await?;
    let was = person.role.zip(person.scope);
    people::new_rights::changed(tx, person.id, was, Some((role, scope)), now).await?;
    tx.hint("access", person.id.0);
    let entry = Entry::change(Deed::PersonChanged).person(person.id.0);
    let entry = staffed(tx, entry, was, Some((role, scope))).await?;
    let names = |all: &[String]| all.join(", ");
    let entry = entry
        .field(
            Field::ServedOrganizations,
            &names(&served.organizations),
            &names(&serves.organizations),
        )
        .field(
            Field::ServedSites,
            &names(&served.sites),
            &names(&serves.sites),
        );
    audit::note(tx, Pen::of(actor, now), entry).await
}
