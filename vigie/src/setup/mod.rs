//! The first day: one link makes the account owner, names the organisation, and gives the desk a
//! first place where tickets can be opened.

use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Error, Fields};
use kit::ids::Dice;

use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::access::links::{self, Purpose};
use crate::people::access::passwords;
use crate::people::access::sign_in::{self, Tools};
use crate::people::desk;
use crate::people::second_factor;
use crate::people::{self, Kind, NewPerson, PersonId, is_address};
use crate::policy::{AgentScope, Role};

pub mod guide;
pub mod pages;
mod store;

/// What the first form says.
#[derive(Clone, Copy, Debug)]
pub struct FirstDay<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// The owner's name.
    pub name: &'a str,
    /// The owner's address.
    pub email: &'a str,
    /// The owner's password.
    pub password: &'a str,
    /// Partitioned rather than open desk.
    pub is_partitioned: bool,
    /// The owner's language.
    pub language: &'a str,
    /// Name of the first department.
    pub department: &'a str,
    /// Name of its category.
    pub category: &'a str,
}

/// A link for whoever is to own the desk: set-up while there is no owner, else a link by which the
/// owner chooses a new password (and comes in again, had they been shut out or lost their second
/// factor).
pub async fn owner_link(db: &Db, base: &str, now: Moment, dice: &Dice) -> Result<String, Error> {
    let mut tx = db.write().await?;
    let mut entry = Entry::of(Deed::OwnerLinkMade);
    let link = match store::owner(&mut tx).await? {
        None => {
            let token =
                links::create(&mut tx, Purpose::Setup, None, links::OWNER, now, dice).await?;
            format!("{base}/setup?token={token}")
        }
        Some(owner) => {
            entry = entry.person(owner.0);
            people::enable(&mut tx, owner).await?;
            // Whoever sits at the machine may do anything; an owner who lost their phone comes here.
            second_factor::forget(&mut tx, owner).await?;
            let token = links::create(
                &mut tx,
                Purpose::Password,
                Some(owner),
                links::OWNER,
                now,
                dice,
            )
            .await?;
            sign_in::reset_link(base, &token)
        }
    };
    audit::note(&mut tx, Pen::of_command(now), entry).await?;
    tx.commit().await?;
    Ok(link)
}

/// Whether a set-up link is good: nobody owns the desk yet, and the link was not used.
///
/// # Errors
/// `NotFound`.
pub async fn look(ask: &mut dyn Answers, token: &str, now: Moment) -> Result<(), Error> {
    if store::owner(ask).await?.is_some() {
        return Err(Error::NotFound);
    }
    links::look(ask, Purpose::Setup, token, now)
        .await
        .map(|_| ())
}

/// Makes the owner and everything a first ticket needs, once.
///
/// # Errors
/// `NotFound` when the link is not good; `Invalid` at the form's fields.
pub async fn set_up(tools: &Tools<'_>, token: &str, day: &FirstDay<'_>) -> Result<PersonId, Error> {
    look(&mut tools.db.read(), token, tools.now).await?;
    let mut fields = Fields::default();
    must(day.organisation, 100, "organisation", &mut fields);
    must(day.name, 100, "name", &mut fields);
    fields.require(is_address(day.email), "email", "fault-email");
    passwords::judge(day.password, day.email, "password", &mut fields);
    fields.settle()?;
    let hash = tools.passwords.hash(day.password, tools.dice).await?;
    let mut tx = tools.db.write().await?;
    links::spend(&mut tx, Purpose::Setup, token, tools.now).await?;
    if store::owner(&mut tx).await?.is_some() {
        return Err(Error::NotFound);
    }
    let owner = people::add(
        &mut tx,
        &NewPerson {
            name: day.name,
            email: day.email,
            login: None,
            kind: Kind::Employee,
            language: Some(day.language),
            has_portal: false,
            added_by: None,
        },
        tools.now,
    )
    .await?;
    sign_in::give_password(&mut tx, owner, &hash).await?;
    people::make_agent(&mut tx, owner, Role::Owner, AgentScope::Global, tools.now).await?;
    desk::name_organisation(&mut tx, day.organisation.trim()).await?;
    let scope = if day.is_partitioned {
        AgentScope::Group
    } else {
        AgentScope::Global
    };
    desk::choose_default_scope(&mut tx, scope).await?;
    guide::offer(&mut tx).await?;
    first_place(&mut tx, owner, day, tools.now).await?;
    let entry = Entry::of(Deed::PersonAdded)
        .person(owner.0)
        .field(Field::Role, "", Role::Owner.word())
        .field(Field::Scope, "", AgentScope::Global.word())
        .field(Field::Email, "", day.email.trim());
    audit::note(&mut tx, Pen::of_themselves(owner.0, tools.now), entry).await?;
    tx.commit().await?;
    Ok(owner)
}

fn must(text: &str, most: usize, field: &'static str, fields: &mut Fields) {
    let text = text.trim();
    if text.is_empty() {
        fields.add(field, "fault-missing", None);
    } else if text.chars().count() > most {
        fields.add(field, "fault-too-long", Some(most.to_string()));
    }
}

async fn first_place(
    tx: &mut Tx,
    owner: PersonId,
    day: &FirstDay<'_>,
    now: Moment,
) -> Result<(), Error> {
    if store::has_departments(tx).await? {
        return Ok(());
    }
    store::insert_first_place(tx, owner, day.department, day.category, now).await
}
