//! Mail channels as administrators keep them: the addresses by which letters come in, what people call
//! them, and the category in which each opens tickets. A channel is switched off, never removed: letters
//! that came by it stay where they are.

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields};
use kit::record;

use super::store::{ChannelId, base_address};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::{self, CategoryId};
use crate::policy::permission;

pub mod api;
mod channels_store;
pub mod pages;

/// The longest name of a channel, in characters.
pub const LONGEST_NAME: usize = 120;

record! {
    /// A channel as it is administered.
    #[derive(Clone, Debug)]
    pub struct ChannelAdmin {
        /// Its row.
        pub id: ChannelId,
        /// Its address.
        pub address: String,
        /// What people call it; the name beside the address in mails going out.
        pub name: String,
        /// Where its letters open tickets.
        pub category_id: CategoryId,
        /// Name of that category.
        pub category: String,
        /// Name of its department.
        pub department: String,
        /// Takes letters.
        pub is_active: bool,
        /// Grows with every change.
        pub version: i64,
    }
}

/// Keep the channels.
#[derive(Clone, Copy, Debug)]
pub struct Keep;
impl Action for Keep {
    const NAME: &'static str = "keep_channels";
}

/// The list of all channels.
#[derive(Clone, Copy, Debug)]
pub struct Channels;

impl Judged for Channels {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        if actor.is_permitted(permission::MANAGE_CHANNELS) {
            Ok(())
        } else {
            Err(Because(permission::MANAGE_CHANNELS))
        }
    }
}

/// Proof that the actor may keep the channels.
///
/// # Errors
/// `NotFound` for customers, `Forbidden` for staff without the right.
pub fn keeper(actor: &Actor) -> Result<May<Keep, Channels>, Error> {
    if !actor.is_permitted(permission::STAFF) {
        return Err(Error::NotFound);
    }
    permit(actor, Channels)
}

/// Every channel, the oldest first.
pub async fn list(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
) -> Result<Vec<ChannelAdmin>, Error> {
    channels_store::all(ask).await
}

/// One channel.
///
/// # Errors
/// `NotFound`.
pub async fn find(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
    id: ChannelId,
) -> Result<ChannelAdmin, Error> {
    channels_store::one(ask, id).await?.ok_or(Error::NotFound)
}

/// What a channel becomes.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its address.
    pub address: String,
    /// What people call it.
    pub name: String,
    /// Where its letters open tickets; `None` when none was chosen.
    pub category: Option<CategoryId>,
    /// Takes letters.
    pub is_active: bool,
}

/// The row to be written, or every fault at its field. A category that is switched off may stay, so
/// that a channel can be renamed, but not be chosen.
async fn checked(
    ask: &mut dyn Answers,
    wanted: &Wanted,
    standing: Option<CategoryId>,
) -> Result<(String, CategoryId), Error> {
    let mut faults = Fields::default();
    let name = wanted.name.trim();
    if name.is_empty() {
        faults.add("name", "fault-missing", None);
    } else if name.chars().count() > LONGEST_NAME {
        faults.add("name", "fault-too-long", Some(LONGEST_NAME.to_string()));
    }
    let typed = wanted.address.trim();
    let address = base_address(typed);
    if typed.is_empty() {
        faults.add("address", "fault-missing", None);
    } else {
        faults.require(address.is_some(), "address", "fault-email");
        // What stands behind a plus is ours: it proves which ticket a letter answers.
        let has_plus = typed.split('@').next().is_some_and(|l| l.contains('+'));
        faults.require(!has_plus, "address", "channels-no-plus");
    }
    let places = departments::places(ask).await?;
    let category = wanted
        .category
        .filter(|id| Some(*id) == standing || places.iter().any(|place| place.id == *id));
    faults.require(category.is_some(), "category", "fault-category-unknown");
    faults.settle()?;
    let category = category.ok_or_else(|| Error::bug("a category that passed"))?;
    Ok((address.unwrap_or_default(), category))
}

/// Makes a channel.
///
/// # Errors
/// `Invalid` at the fields.
pub async fn create(
    tx: &mut Tx,
    _: &May<Keep, Channels>,
    wanted: &Wanted,
    pen: Pen,
) -> Result<ChannelId, Error> {
    let (address, category) = checked(tx, wanted, None).await?;
    let name = wanted.name.trim();
    let made = channels_store::insert(tx, &address, name, category, wanted.is_active).await?;
    let entry = Entry::of(Deed::ChannelAdded)
        .thing(&address)
        .field(Field::Name, "", name)
        .field(Field::Category, "", &category_name(tx, category).await?)
        .flag(Field::Active, false, wanted.is_active);
    audit::note(tx, pen, entry).await?;
    Ok(made)
}

/// The category of a channel as the journal names it.
async fn category_name(ask: &mut dyn Answers, id: CategoryId) -> Result<String, Error> {
    let places = departments::places(ask).await?;
    let found = places.into_iter().find(|place| place.id == id);
    Ok(found.map_or_else(
        || id.to_string(),
        |place| format!("{} › {}", place.department, place.name),
    ))
}

/// Changes a channel, or switches it off and on.
///
/// # Errors
/// `NotFound`, `Conflict`; `Invalid` at the fields.
pub async fn change(
    tx: &mut Tx,
    _: &May<Keep, Channels>,
    id: ChannelId,
    seen: Option<i64>,
    wanted: &Wanted,
    pen: Pen,
) -> Result<(), Error> {
    let standing = channels_store::one_to_change(tx, id).await?;
    let standing = standing.ok_or(Error::NotFound)?;
    if let Some(seen) = seen.filter(|seen| *seen != standing.version) {
        let current = standing.version;
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    let (address, category) = checked(tx, wanted, Some(standing.category_id)).await?;
    let name = wanted.name.trim();
    channels_store::update(tx, id, &address, name, category, wanted.is_active).await?;
    let was = category_name(tx, standing.category_id).await?;
    let entry = Entry::change(Deed::ChannelChanged)
        .thing(&standing.address)
        .field(Field::Email, &standing.address, &address)
        .field(Field::Name, &standing.name, name)
        .field(Field::Category, &was, &category_name(tx, category).await?)
        .flag(Field::Active, standing.is_active, wanted.is_active);
    audit::note(tx, pen, entry).await
}
