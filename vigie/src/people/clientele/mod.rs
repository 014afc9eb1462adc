//! Whom an agent serves: organisations and sites that narrow their scope (decision 0041).
//!
//! Deliberately absent: what that lets them see, which the rule says (`policy/tickets.rs`), and who may set it, which is
//! asked where scopes are.

mod store;

use std::collections::BTreeSet;

use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};

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

/// Names as they are typed, one to a line; each once.
pub fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut seen = BTreeSet::new();
    lines
        .filter(|line| seen.insert(line.to_lowercase()))
        .map(str::to_owned)
        .collect()
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
    let keys: BTreeSet<String> = wanted
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let found: Vec<&store::Named> = all
        .iter()
        .filter(|it| keys.contains(&it.name.trim().to_lowercase()))
        .collect();
    let there: BTreeSet<String> = found
        .iter()
        .map(|it| it.name.trim().to_lowercase())
        .collect();
    let unknown = wanted
        .iter()
        .find(|name| !there.contains(&name.trim().to_lowercase()));
    if let Some(unknown) = unknown {
        faults.add(field, fault, Some(unknown.trim().to_owned()));
    }
    found
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

/// Whoever is staff no longer serves nobody in particular.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::clear(tx, person).await
}

#[cfg(test)]
mod tests {
    use super::*;

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
