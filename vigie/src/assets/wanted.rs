//! What somebody wants an asset to be: properties as they were typed, read and checked.

use kit::authz::Actor;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::web::form::is_same_name;

use super::properties::{Kind, Properties, Property, State};
use super::{AssetId, key, store};
use crate::people::clientele::{self, Clientele};
use crate::people::directory;
use crate::tasks::day::Day;

/// The longest of a short property, in characters.
pub const LONGEST: usize = 120;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 10_000;

/// Properties and what was typed for each; those that are not named stay. Whoever has the asset is typed by their
/// address or login.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a>(pub Vec<(Property, &'a str)>);

impl Wanted<'_> {
    /// What a new asset is to be.
    pub(super) async fn of_new(&self, tx: &mut Tx, actor: &Actor) -> Result<Properties, Error> {
        let blank = Properties {
            kind: Kind::Other,
            name: String::new(),
            tag: String::new(),
            serial: String::new(),
            maker: String::new(),
            model: String::new(),
            state: State::InStock,
            holder: None,
            organization: String::new(),
            site: String::new(),
            bought_on: None,
            warranty_until: None,
            note: String::new(),
        };
        self.of_standing(tx, actor, &blank).await
    }

    /// What an asset is to be that was so when it was looked at.
    pub(super) async fn of_standing(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        seen: &Properties,
    ) -> Result<Properties, Error> {
        let mut out = seen.clone();
        let mut faults = Fields::default();
        for (property, typed) in &self.0 {
            let field = property.word();
            let typed = typed.trim();
            let short = |faults: &mut Fields| {
                if typed.chars().count() > LONGEST {
                    faults.add(field, "fault-too-long", Some(LONGEST.to_string()));
                }
                typed.chars().filter(|c| !c.is_control()).collect()
            };
            match property {
                Property::Kind => match Kind::of(typed) {
                    Some(kind) => out.kind = kind,
                    None => faults.add(field, "fault-asset-kind", None),
                },
                Property::State => match State::of(typed) {
                    Some(state) => out.state = state,
                    None => faults.add(field, "fault-asset-state", None),
                },
                Property::Name => out.name = short(&mut faults),
                Property::Tag => out.tag = short(&mut faults),
                Property::Serial => out.serial = short(&mut faults),
                Property::Maker => out.maker = short(&mut faults),
                Property::Model => out.model = short(&mut faults),
                Property::Holder => out.holder = holder(tx, actor, typed, &mut faults).await?,
                Property::Organization | Property::Site => {
                    place(tx, &mut out, *property, typed, &mut faults).await?;
                }
                Property::BoughtOn => out.bought_on = day(field, typed, &mut faults),
                Property::WarrantyUntil => out.warranty_until = day(field, typed, &mut faults),
                Property::Note => {
                    if typed.chars().count() > LONGEST_NOTE {
                        faults.add(field, "fault-too-long", Some(LONGEST_NOTE.to_string()));
                    }
                    out.note = typed.to_owned();
                }
            }
        }
        faults.require(!out.name.is_empty(), "name", "fault-missing");
        let is_ordered =
            !matches!((out.bought_on, out.warranty_until), (Some(from), Some(to)) if to < from);
        faults.require(is_ordered, "warranty_until", "fault-asset-warranty");
        faults.settle()?;
        Ok(out)
    }
}

async fn holder(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    faults: &mut Fields,
) -> Result<Option<i64>, Error> {
    if typed.is_empty() {
        return Ok(None);
    }
    let fault = match directory::named(tx, actor, typed).await? {
        Some(person) if person.disabled_at.is_none() => return Ok(Some(person.id.0)),
        Some(_) => "fault-person-disabled",
        None => "fault-person-unknown",
    };
    faults.add("holder", fault, Some(typed.to_owned()));
    Ok(None)
}

async fn place(
    tx: &mut Tx,
    out: &mut Properties,
    property: Property,
    typed: &str,
    faults: &mut Fields,
) -> Result<(), Error> {
    let all: Clientele = clientele::all(tx).await?;
    let is_site = property == Property::Site;
    let (names, fault) = match is_site {
        true => (all.sites, "scopes-fault-site"),
        false => (all.organizations, "scopes-fault-organization"),
    };
    let known = names.into_iter().find(|name| is_same_name(name, typed));
    if known.is_none() && !typed.is_empty() {
        faults.add(property.word(), fault, Some(typed.to_owned()));
    }
    let known = known.unwrap_or_default();
    match is_site {
        true => out.site = known,
        false => out.organization = known,
    }
    Ok(())
}

fn day(field: &'static str, typed: &str, faults: &mut Fields) -> Option<Day> {
    let day = Day::parse(typed);
    faults.require(day.is_some() || typed.is_empty(), field, "fault-day");
    day
}

/// Refuses what has the tag or serial of another asset that the actor sees, and names it: whoever means it so, confirms
/// it. Of what they do not see, nothing is said.
pub(super) async fn must_be_new(
    ask: &mut dyn Answers,
    actor: &Actor,
    standing: Option<(AssetId, &Properties)>,
    becomes: &Properties,
) -> Result<(), Error> {
    let own = standing.map_or(AssetId(0), |(id, _)| id);
    let mut faults = Fields::default();
    for (property, fault) in [
        (Property::Serial, "fault-asset-serial"),
        (Property::Tag, "fault-asset-tag"),
    ] {
        let wanted = key(&becomes.text(property));
        let stands = standing.is_some_and(|(_, it)| key(&it.text(property)) == wanted);
        if wanted.is_empty() || stands {
            continue;
        }
        let twin = match property {
            Property::Serial => store::with_serial(ask, actor, &wanted, own).await?,
            _ => store::with_tag(ask, actor, &wanted, own).await?,
        };
        if let Some(twin) = twin {
            faults.add(property.word(), fault, Some(twin.label()));
        }
    }
    faults.settle()
}
