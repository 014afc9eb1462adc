//! Whom an agent serves: organisations and sites that narrow their scope (decision 0041).
//!
//! Deliberately absent: what that lets them see, which the rule says (`policy/tickets.rs`), and who may set it, which is
//! asked where scopes are.

mod store;

use kit::authz::{Actor, Reach};
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::web::form::is_same_name;

use super::PersonId;

/// The most that can be named of each kind.
const MOST: usize = 200;

/// Organisations and sites, by name. Of none, everybody is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clientele {
    /// The organisations, in alphabetical order.
    pub organizations: Vec<String>,
    /// The sites, in alphabetical order.
    pub sites: Vec<String>,
}

impl Clientele {
    /// Whether it leaves anybody out.
    pub fn is_narrow(&self) -> bool {
        !self.organizations.is_empty() || !self.sites.is_empty()
    }
}

/// Whom somebody serves, as it stands.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Clientele, Error> {
    Ok(Clientele {
        organizations: store::organizations_of(ask, person).await?,
        sites: store::sites_of(ask, person).await?,
    })
}

/// What can be named, for a form that offers it.
pub async fn all(ask: &mut dyn Answers) -> Result<Clientele, Error> {
    let names = |all: Vec<store::Named>| all.into_iter().map(|it| it.name).collect();
    Ok(Clientele {
        organizations: names(store::organizations(ask).await?),
        sites: names(store::sites(ask).await?),
    })
}

/// Agents who serve some alone, and not whoever this is: nothing of theirs is given to them.
pub async fn strangers(ask: &mut dyn Answers, requester: PersonId) -> Result<Vec<PersonId>, Error> {
    store::strangers(ask, requester).await
}

/// What is wanted, by the names that stand in the desk.
///
/// # Errors
/// `Invalid` at `organizations` or `sites`, naming what is not there.
pub async fn known(ask: &mut dyn Answers, wanted: &Clientele) -> Result<Clientele, Error> {
    let mut faults = Fields::default();
    let organizations = store::organizations(ask).await?;
    let sites = store::sites(ask).await?;
    let organizations = named(
        &organizations,
        &wanted.organizations,
        ("organizations", "scopes-fault-organization"),
        &mut faults,
    );
    let sites = named(
        &sites,
        &wanted.sites,
        ("sites", "scopes-fault-site"),
        &mut faults,
    );
    faults.settle()?;
    let names = |found: Vec<&store::Named>| found.into_iter().map(|it| it.name.clone()).collect();
    Ok(Clientele {
        organizations: names(organizations),
        sites: names(sites),
    })
}

/// The wanted ones among those that are there; capitals make no difference.
fn named<'a>(
    all: &'a [store::Named],
    wanted: &[String],
    (field, fault): (&'static str, &'static str),
    faults: &mut Fields,
) -> Vec<&'a store::Named> {
    faults.require(wanted.len() <= MOST, field, "scopes-fault-too-many");
    let wanted = &wanted[..wanted.len().min(MOST)];
    let unknown = wanted
        .iter()
        .find(|name| !all.iter().any(|it| is_same_name(&it.name, name)));
    if let Some(unknown) = unknown {
        faults.add(field, fault, Some(unknown.trim().to_owned()));
    }
    let is_wanted = |it: &&store::Named| wanted.iter().any(|name| is_same_name(&it.name, name));
    all.iter().filter(is_wanted).collect()
}

/// Whom somebody serves from now on; names as [`known`] gave them.
pub async fn put(tx: &mut Tx, person: PersonId, wanted: &Clientele) -> Result<(), Error> {
    store::clear(tx, person).await?;
    let organizations = store::organizations(tx).await?;
    for it in organizations
        .iter()
        .filter(|it| wanted.organizations.contains(&it.name))
    {
        store::serve_organization(tx, person, it.id).await?;
    }
    let sites = store::sites(tx).await?;
    for it in sites.iter().filter(|it| wanted.sites.contains(&it.name)) {
        store::serve_site(tx, person, it.id).await?;
    }
    Ok(())
}

/// Whether somebody may say where people belong: whoever serves some alone would choose by it whom they see.
pub fn may_place(actor: &Actor) -> bool {
    !matches!(
        actor.reach(),
        Reach::ServedDepartments | Reach::ServedEverywhere
    )
}

/// Tells the open pages of all who serve some alone that somebody belongs elsewhere now.
pub async fn moved(tx: &mut Tx) -> Result<(), Error> {
    for agent in store::narrowed(tx).await? {
        tx.hint("access", agent.0);
    }
    Ok(())
}

/// Forgets whom somebody served who is no agent any more.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::clear(tx, person).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::web::form::lines;

    fn there(names: &[&str]) -> Vec<store::Named> {
        let named = |(id, name): (usize, &&str)| store::Named {
            id: id as i64,
            name: (*name).to_owned(),
        };
        names.iter().enumerate().map(named).collect()
    }

    #[test]
    fn names_are_found_whatever_their_capitals_and_what_is_not_there_is_named() {
        let all = there(&["Nordet", "Société Brêmes", "Atelier"]);
        let mut faults = Fields::default();
        let wanted = lines(" société brêmes \n\nNORDET\nnordet\n");
        assert_eq!(wanted, ["société brêmes", "NORDET"]);
        let found = named(&all, &wanted, ("organizations", "x"), &mut faults);
        let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Nordet", "Société Brêmes"]);
        assert!(faults.0.is_empty());
        named(
            &all,
            &lines("Nordet\nNord"),
            ("organizations", "x"),
            &mut faults,
        );
        assert_eq!(faults.0[0].detail.as_deref(), Some("Nord"));
    }
}
