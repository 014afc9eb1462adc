//! The asset register (features C-23, C-33, P-11; decision 0068): what the house has, where it is and who has it.
//!
//! Deliberately absent: contracts, suppliers, prices and the counting of licences.

pub mod api;
pub mod links;
pub mod listing;
mod listing_store;
pub mod pages;
pub mod portal;
pub mod properties;
pub mod rights;
mod store;
pub mod views;
mod wanted;

use kit::authz::{Action, Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error};
use kit::{id, record, stored_words};

use crate::folding;
use crate::people::PersonId;
use crate::tasks::day::Day;
use crate::tickets::TicketId;
use properties::{Kind, Properties, Property, Since, State, merged, settled};
use rights::{Add, Keep, Register};
pub use wanted::Wanted;

/// The topic of hints that an asset changed, and its kind where people can be on one.
pub const TOPIC: &str = "asset";
/// The most lines of history that are read.
const HISTORY: i64 = 100;

id! {
    /// An asset.
    AssetId
}

record! {
    /// An asset as its actor sees it. Who has it is named to whom the actor may find; what staff noted, to staff.
    #[derive(Clone, Debug)]
    pub struct Asset {
        /// Its number.
        pub id: AssetId,
        /// What it is.
        pub kind: Kind,
        /// What it is called.
        pub name: String,
        /// What is written on its label.
        pub tag: String,
        /// Its maker's number.
        pub serial: String,
        /// Who made it.
        pub maker: String,
        /// Of which model it is.
        pub model: String,
        /// Where it is in its life.
        pub state: State,
        /// Who has it.
        pub holder_id: Option<PersonId>,
        /// Their name, when the actor may find them.
        pub holder: Option<String>,
        /// Since when they have it.
        pub held_since: Option<Moment>,
        /// The organisation it belongs to.
        pub organization: Option<String>,
        /// The site where it is.
        pub site: Option<String>,
        /// When it was bought.
        pub bought_on: Option<Day>,
        /// Until when its maker answers for it.
        pub warranty_until: Option<Day>,
        /// What staff wrote down.
        pub note: String,
        /// When it was added.
        pub created_at: Moment,
        /// When it was last changed.
        pub updated_at: Moment,
        /// Grows with every change.
        pub version: i64,
    }
}

impl Asset {
    /// What is said of it.
    pub fn properties(&self) -> Properties {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        Properties {
            kind: self.kind,
            name: self.name.clone(),
            tag: self.tag.clone(),
            serial: self.serial.clone(),
            maker: self.maker.clone(),
            model: self.model.clone(),
            state: self.state,
            holder: self.holder_id.map(|it| it.0),
            organization: text(&self.organization),
            site: text(&self.site),
            bought_on: self.bought_on,
            warranty_until: self.warranty_until,
            note: self.note.clone(),
        }
    }
}

stored_words! {
    /// What a line of history tells of, beside properties.
    pub enum Deed {
        /// The asset was added.
        Created = "created",
        /// A ticket was linked to it.
        Linked = "linked",
        /// That link was taken away.
        Unlinked = "unlinked",
    }
}

/// What a line of history tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something that is no property.
    Deed(Deed),
    /// A property changed.
    Property(Property),
}

impl What {
    fn of(word: &str) -> Option<What> {
        let deed = Deed::of(word).map(What::Deed);
        deed.or_else(|| Property::of(word).map(What::Property))
    }
}

record! {
    /// A line of history, as its reader may read it.
    #[derive(Clone, Debug)]
    pub struct Event {
        /// Which version the change made.
        pub version: i64,
        /// What it tells of.
        pub what: String,
        /// What it was.
        pub old_value: Option<String>,
        /// What it became.
        pub new_value: Option<String>,
        /// Who had it.
        pub old_holder_id: Option<PersonId>,
        /// Their name, when the reader may find them.
        pub old_holder: Option<String>,
        /// Who has it from then on.
        pub new_holder_id: Option<PersonId>,
        /// Their name, when the reader may find them.
        pub new_holder: Option<String>,
        /// The ticket that was linked.
        pub ticket_id: Option<TicketId>,
        /// Who did it.
        pub actor_id: PersonId,
        /// Their name.
        pub actor: String,
        /// When.
        pub created_at: Moment,
    }
}

impl Event {
    /// What it tells of; nothing of a later version's words.
    pub fn what(&self) -> Option<What> {
        What::of(&self.what)
    }
}

/// An asset in one line: its number, what its label says, what it is called.
pub fn label(id: AssetId, tag: &str, name: &str) -> String {
    match tag {
        "" => format!("{id} · {name}"),
        tag => format!("{id} · {tag} · {name}"),
    }
}

/// A number as it is compared: without accents, capitals, signs and spaces.
fn key(text: &str) -> String {
    folding::words(text).collect()
}

/// What a row is found by.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its tag, as it is compared.
    pub tag: String,
    /// Its serial, as it is compared.
    pub serial: String,
    /// Everything it is found by.
    pub words: String,
}

/// What an asset is found by.
pub fn finding(it: &Properties) -> Finding {
    let (tag, serial) = (key(&it.tag), key(&it.serial));
    let all = [
        &it.name, &it.tag, &it.serial, &it.maker, &it.model, &tag, &serial,
    ];
    let words = all.into_iter().flat_map(|text| folding::words(text));
    let words = words.collect::<Vec<_>>().join(" ");
    Finding { tag, serial, words }
}

/// Proof that the actor may do `A` to the asset.
///
/// # Errors
/// `NotFound` when it is not there or not for them; `Forbidden` when they do not keep the register.
pub async fn find<A: Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: AssetId,
) -> Result<May<A, Asset>, Error> {
    kit::authz::find(ask, actor, store::one(actor, id)).await
}

/// The same inside a change: nobody else changes it meanwhile.
pub async fn find_to_change<A: Action>(
    tx: &mut Tx,
    actor: &Actor,
    id: AssetId,
) -> Result<May<A, Asset>, Error> {
    let query = store::one(actor, id).locking(tx.engine(), "a");
    kit::authz::find(tx, actor, query).await
}

/// What happened to it, the newest first; of tickets those that the actor sees.
pub async fn history<A>(
    ask: &mut dyn Answers,
    actor: &Actor,
    asset: &May<A, Asset>,
) -> Result<Vec<Event>, Error> {
    store::history(ask, actor, asset.id, HISTORY).await
}

/// What somebody has, by name.
pub async fn held_by(
    ask: &mut dyn Answers,
    actor: &Actor,
    person: PersonId,
) -> Result<Vec<Asset>, Error> {
    store::held_by(ask, actor, person).await
}

/// Adds an asset. `confirmed` says that it is another one than what has its serial or tag.
///
/// # Errors
/// `Forbidden`; `Invalid` at the fields, also at one in which it is like an asset that stands.
pub async fn add(
    tx: &mut Tx,
    actor: &Actor,
    wanted: &Wanted<'_>,
    confirmed: bool,
    now: Moment,
) -> Result<AssetId, Error> {
    let register: May<Add, Register> = kit::authz::permit(actor, Register)?;
    let mut becomes = wanted.of_new(tx, actor).await?;
    if let Some(holder) = becomes.holder {
        let place = store::place_of(tx, PersonId(holder)).await?;
        let or = |said: &mut String, theirs: Option<String>| {
            if said.is_empty() {
                *said = theirs.unwrap_or_default();
            }
        };
        or(&mut becomes.organization, place.organization);
        or(&mut becomes.site, place.site);
    }
    let becomes = settled(None, becomes);
    if !confirmed {
        wanted::must_be_new(tx, actor, None, &becomes).await?;
    }
    let id = store::insert(tx, &register, &becomes, now).await?;
    store::note_deed(tx, &register, id, (1, Deed::Created), None, actor, now).await?;
    must_see(tx, actor, id).await?;
    Ok(id)
}

/// Changes what is wanted of an asset, made by somebody who saw this version of it: what others changed meanwhile stays,
/// where they changed something else.
///
/// # Errors
/// `Conflict` with both sides of what was changed twice; `Invalid` at the fields.
pub async fn change(
    tx: &mut Tx,
    asset: &May<Keep, Asset>,
    actor: &Actor,
    seen: Option<i64>,
    wanted: &Wanted<'_>,
    confirmed: bool,
    now: Moment,
) -> Result<(), Error> {
    let standing = asset.properties();
    let seen = seen.unwrap_or(asset.version);
    // A version that never was names nothing that somebody saw.
    if seen > asset.version || seen < 1 {
        return Err(Error::Conflict(Clash::of(seen, asset.version)));
    }
    let since = match seen == asset.version {
        true => Since::default(),
        false => store::since(tx, actor, asset.id, seen).await?,
    };
    let base = since.before(&standing);
    let becomes = wanted.of_standing(tx, actor, &base).await?;
    let becomes = merged(&standing, &becomes, &since).map_err(|sides| {
        Error::Conflict(Clash {
            sides,
            ..Clash::of(seen, asset.version)
        })
    })?;
    let becomes = settled(Some(&standing), becomes);
    let changed: Vec<Property> = standing.differing(&becomes).collect();
    if changed.is_empty() {
        return Ok(());
    }
    if !confirmed {
        wanted::must_be_new(tx, actor, Some((asset.id, &standing)), &becomes).await?;
    }
    store::update(tx, asset, &becomes, now).await?;
    for property in changed {
        let values = (standing.text(property), becomes.text(property));
        store::note_change(tx, asset, property, values, actor, now).await?;
    }
    must_see(tx, actor, asset.id).await?;
    tx.hint(TOPIC, asset.id.0);
    Ok(())
}

/// Nobody puts an asset where they would not see it: what they keep ends where whom they serve does.
async fn must_see(tx: &mut Tx, actor: &Actor, id: AssetId) -> Result<(), Error> {
    match find::<rights::Look>(tx, actor, id).await {
        Ok(_) => Ok(()),
        Err(Error::NotFound) => Err(Error::invalid("organization", "fault-asset-beyond")),
        Err(other) => Err(other),
    }
}

/// Notes on an asset that a ticket was linked, or is linked no more.
pub(super) async fn note_link(
    tx: &mut Tx,
    asset: &May<rights::Look, Asset>,
    deed: Deed,
    ticket: TicketId,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    store::touch(tx, asset, now).await?;
    let line = (asset.version + 1, deed);
    store::note_deed(tx, asset, asset.id, line, Some(ticket), actor, now).await?;
    tx.hint(TOPIC, asset.id.0);
    Ok(())
}
