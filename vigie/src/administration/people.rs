//! What the pages and the API both do to a person, each in one transaction.

use kit::authz::Actor;
use kit::db::Tx;
use kit::error::Error;

use crate::audit::{self, Deed, Entry, Pen};
use crate::departments;
use crate::house::House;
use crate::people::PersonId;
use crate::people::access::sign_in;
use crate::people::admin::{self, PersonChange};
use crate::people::directory::{self, Particulars};
use crate::policy::{Role, permission};
use crate::tickets::handover::{self, Fate};

fn handles(role: Option<Role>) -> bool {
    role.is_some_and(|role| role.carries(permission::HANDLE))
}

/// Makes a person; `sends_link` mails them a link to choose a password.
pub async fn create(
    app: &House,
    actor: &Actor,
    wanted: &PersonChange,
    sends_link: bool,
) -> Result<PersonId, Error> {
    let mut tx = app.db.write().await?;
    let id = create_in(app, &mut tx, actor, wanted, sends_link).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same as a part of a larger change, in the transaction of whoever calls.
pub async fn create_in(
    app: &House,
    tx: &mut Tx,
    actor: &Actor,
    wanted: &PersonChange,
    sends_link: bool,
) -> Result<PersonId, Error> {
    if sends_link && !wanted.has_portal && wanted.staff.is_none() {
        return Err(Error::invalid("role", "fault-cannot-sign-in"));
    }
    let id = admin::create(tx, actor, wanted, app.clock.now()).await?;
    if sends_link {
        mail_link(app, tx, actor, id).await?;
    }
    Ok(id)
}

/// Adds somebody to the directory; `sends_link` mails them a link to choose a password, if they may
/// open the portal.
///
/// # Errors
/// `Forbidden` without the right to handle tickets; `Invalid` at the fields.
pub async fn add(
    app: &House,
    actor: &Actor,
    wanted: &Particulars,
    sends_link: bool,
) -> Result<PersonId, Error> {
    let mut tx = app.db.write().await?;
    let id = directory::create(&mut tx, actor, wanted, app.clock.now()).await?;
    if sends_link && wanted.has_portal {
        mail_link(app, &mut tx, actor, id).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Changes a person. Whoever stops handling tickets (no longer staff, of a role that does not, or shut out) hands over
/// the open ones they hold first; whoever is no longer staff leaves every department.
///
/// # Errors
/// `Invalid` at `role` naming how many tickets they hold, and as for [`admin::change`].
pub async fn change(
    app: &House,
    actor: &Actor,
    id: PersonId,
    seen: Option<i64>,
    wanted: &PersonChange,
    fate: Fate,
) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let person = admin::find_to_change(&mut tx, actor, id).await?;
    admin::must_match(&person, seen)?;
    let role = wanted.staff.map(|(role, _)| role);
    // Nobody shuts themselves out: that is refused below, before anything is asked.
    let is_shut_out = wanted.is_disabled && person.disabled_at.is_none() && id.0 != actor.id();
    let said = if handles(person.role) && !handles(role) {
        Some((fate, "role"))
    } else {
        (handles(person.role) && is_shut_out).then_some((fate, "disabled"))
    };
    if let Some(said) = said {
        handover::hand_over(&mut tx, actor, id, None, said, now).await?;
    }
    if person.role.is_some() && role.is_none() {
        departments::admin::leave_all(&mut tx, Pen::of(actor, now), id).await?;
    }
    admin::change(&mut tx, actor, &person, seen, wanted, now).await?;
    tx.commit().await
}

/// Mails a link to choose a password to somebody whom the actor may change.
///
/// # Errors
/// `Invalid` when they may not sign in anyway.
pub async fn send_link(app: &House, actor: &Actor, id: PersonId) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let person = admin::find_to_change(&mut tx, actor, id).await?;
    if !person.may_sign_in() {
        return Err(Error::invalid("role", "fault-cannot-sign-in"));
    }
    mail_link(app, &mut tx, actor, id).await?;
    tx.commit().await
}

async fn mail_link(app: &House, tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<(), Error> {
    let person = crate::people::find(tx, id).await?;
    let base = &app.config.public_url;
    sign_in::send_link(tx, &person, base, app.clock.now(), &app.dice).await?;
    let entry = Entry::of(Deed::PasswordLinkSent).person(id.0);
    audit::note(tx, Pen::of(actor, app.clock.now()), entry).await
}
