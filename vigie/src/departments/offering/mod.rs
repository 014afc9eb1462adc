//! Who is offered a department when they open a ticket (features X-12; decision 0048): everybody, nobody, or these
//! organisations, sites and mail domains. One pure function decides, and says why.
//!
//! Deliberately absent: who sees tickets, which scopes and the visibility of tickets say; letters, which come in
//! wherever their address leads; and whoever opens tickets for others, who decides themselves.

pub mod api;
pub mod pages;
mod rule;
mod store;

use std::collections::BTreeMap;

use kit::authz::{Actor, May, Reach};
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
pub use rule::{Asker, Named, Offering, Whom, Why, why};

use super::admin::must_match;
use super::rights::{ChangeProperties, DepartmentAdmin};
use super::{CategoryId, DepartmentId, Place};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::clientele::{self, Clientele};
use crate::people::directory::{self, Card};
use crate::people::{PersonId, email_key};
use crate::policy::permission;

/// The most mail domains that can be named, as many as organisations and sites.
const MOST: usize = 200;

/// What every department says.
async fn all(ask: &mut dyn Answers) -> Result<BTreeMap<DepartmentId, Offering>, Error> {
    let said = store::said(ask).await?.into_iter();
    let mut all: BTreeMap<DepartmentId, Offering> = said
        .map(|it| {
            let none = Offering {
                whom: it.offered_to,
                organizations: vec![],
                sites: vec![],
                domains: vec![],
            };
            (it.id, none)
        })
        .collect();
    for (department, named) in store::organizations(ask).await? {
        if let Some(it) = all.get_mut(&department) {
            it.organizations.push(named);
        }
    }
    for (department, named) in store::sites(ask).await? {
        if let Some(it) = all.get_mut(&department) {
            it.sites.push(named);
        }
    }
    for row in store::domains(ask).await? {
        if let Some(it) = all.get_mut(&row.department_id) {
            it.domains.push(row.domain);
            // As what is typed is sorted, whatever the database thinks of its order.
            it.domains.sort();
        }
    }
    Ok(all)
}

/// Somebody, as they stand now.
async fn asker(ask: &mut dyn Answers, person: PersonId) -> Result<Asker, Error> {
    let Some(belongs) = store::belongs(ask, person).await? else {
        return Ok(Asker::default());
    };
    let addresses = store::addresses(ask, person).await?;
    let domain = |email: &String| {
        let email = email_key(email);
        email.rsplit_once('@').map(|(_, domain)| domain.to_owned())
    };
    Ok(Asker {
        organization: belongs.organization_id,
        site: belongs.location_id,
        domains: addresses.iter().filter_map(domain).collect(),
    })
}

/// Whether the rule counts for them. Whoever may open tickets for others decides where; in the portal everybody is a
/// requester.
fn is_limited(actor: &Actor) -> bool {
    !actor.is_permitted(permission::HANDLE)
}

/// Strikes what this actor is not offered, except one category that stays open to them.
pub(super) async fn keep_offered(
    ask: &mut dyn Answers,
    actor: &Actor,
    places: &mut Vec<Place>,
    except: Option<CategoryId>,
) -> Result<(), Error> {
    if !is_limited(actor) || is_for_everybody(ask).await? {
        return Ok(());
    }
    let all = all(ask).await?;
    let asker = asker(ask, PersonId(actor.id())).await?;
    let is_offered = |id: &DepartmentId| {
        let offering = all.get(id);
        offering.is_some_and(|it| why(it, &asker).is_offered())
    };
    places.retain(|place| Some(place.id) == except || is_offered(&place.department_id));
    Ok(())
}

/// Whether every department is offered to everybody, as most desks have it: then nothing else is read.
async fn is_for_everybody(ask: &mut dyn Answers) -> Result<bool, Error> {
    let said = store::said(ask).await?;
    Ok(said.iter().all(|it| it.offered_to == Whom::Everybody))
}

/// Whether this actor is offered a department.
pub(super) async fn is_offered(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<bool, Error> {
    if !is_limited(actor) || is_for_everybody(ask).await? {
        return Ok(true);
    }
    let Some(offering) = all(ask).await?.remove(&department) else {
        return Ok(false);
    };
    let asker = asker(ask, PersonId(actor.id())).await?;
    Ok(why(&offering, &asker).is_offered())
}

/// To whom a department is offered, for whoever administers its properties.
pub async fn said_in(
    ask: &mut dyn Answers,
    department: &May<ChangeProperties, DepartmentAdmin>,
) -> Result<Offering, Error> {
    let found = all(ask).await?.remove(&department.id);
    found.ok_or(Error::NotFound)
}

/// What can be named, for a form that offers it; for whoever finds everybody in the directory.
pub async fn nameable(ask: &mut dyn Answers, actor: &Actor) -> Result<Clientele, Error> {
    match actor.reach() {
        Reach::Departments | Reach::Everything => clientele::all(ask).await,
        _ => Ok(Clientele::default()),
    }
}

/// Whether somebody is offered this department, and why.
///
/// # Errors
/// `Invalid` at `person` for somebody whom the actor does not find in the directory.
pub async fn of_person(
    ask: &mut dyn Answers,
    actor: &Actor,
    offering: &Offering,
    typed: &str,
) -> Result<(Card, Why), Error> {
    let unknown = || Error::invalid_with("person", "fault-person-unknown", typed.to_owned());
    let found = directory::named(ask, actor, typed).await?;
    let person = found.ok_or_else(unknown)?.id;
    // An address alone names them, but where they belong is on their card.
    let card = match directory::card(ask, actor, person).await {
        Ok(card) => card,
        Err(Error::NotFound) => return Err(unknown()),
        Err(other) => return Err(other),
    };
    let asker = asker(ask, card.id).await?;
    let why = why(offering, &asker);
    Ok((card, why))
}

/// To whom a department is to be offered, as it was typed.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The word.
    pub whom: String,
    /// Organisations and sites, by name.
    pub clientele: Clientele,
    /// Mail domains.
    pub domains: Vec<String>,
}

/// The domains among what was typed, each once.
fn domains(typed: &[String], faults: &mut Fields) -> Vec<String> {
    faults.require(typed.len() <= MOST, "domains", "scopes-fault-too-many");
    let mut found = vec![];
    for one in &typed[..typed.len().min(MOST)] {
        match rule::domain(one) {
            Some(domain) => found.push(domain),
            None => {
                let one = one.chars().take(rule::LONGEST).collect();
                faults.add("domains", "offering-fault-domain", Some(one));
                break;
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Says to whom a department is offered.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `offered_to` for a word that is none and for
/// "these" of whom none is named, at `organizations` and `sites` for what is not there, at `domains` for what is none.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    seen: Option<i64>,
    wanted: &Wanted,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let mut faults = Fields::default();
    let whom = Whom::of(&wanted.whom);
    faults.require(whom.is_some(), "offered_to", "offering-fault-whom");
    let is_somebody = wanted.clientele.is_narrow() || !wanted.domains.is_empty();
    faults.require(
        whom != Some(Whom::These) || is_somebody,
        "offered_to",
        "offering-fault-these",
    );
    let known = match clientele::known(tx, &wanted.clientele).await {
        Ok(known) => known,
        Err(Error::Invalid(found)) => {
            faults.0.extend(found.0);
            Clientele::default()
        }
        Err(other) => return Err(other),
    };
    let domains = domains(&wanted.domains, &mut faults);
    let (Some(whom), true) = (whom, faults.0.is_empty()) else {
        return Err(Error::Invalid(faults));
    };
    let was = said_in(tx, department).await?;
    let (organizations, sites) = (
        Offering::names(&was.organizations),
        Offering::names(&was.sites),
    );
    let is_same = was.whom == whom
        && organizations == known.organizations
        && sites == known.sites
        && was.domains == domains;
    if is_same {
        return Ok(());
    }
    store::say(tx, department.id, whom).await?;
    for name in &known.organizations {
        store::name_organization(tx, department.id, name).await?;
    }
    for name in &known.sites {
        store::name_site(tx, department.id, name).await?;
    }
    for domain in &domains {
        store::name_domain(tx, department.id, domain).await?;
    }
    let text = |all: &[String]| all.join(", ");
    let entry = Entry::change(Deed::OfferingChanged)
        .department(department.id.0)
        .field(Field::OfferedTo, was.whom.word(), whom.word())
        .field(
            Field::OfferedOrganizations,
            &text(&organizations),
            &text(&known.organizations),
        )
        .field(Field::OfferedSites, &text(&sites), &text(&known.sites))
        .field(Field::OfferedDomains, &text(&was.domains), &text(&domains));
    audit::note(tx, pen, entry).await
}
