//! What the desk says of itself: the organisation's name, and who sees what when nobody decided.

use kit::authz::{Actor, Reach};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Because, Clash, Error, Fields};

use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::{AgentScope, permission};

pub mod api;
pub mod pages;
mod store;

/// The longest name of an organisation, in characters.
pub const LONGEST_NAME: usize = 100;

/// Days for which one looks back at what agents do, unless said otherwise.
pub const ACTIVITY_DAYS: i64 = 90;
/// Days after which nobody having looked at a scope makes it due, unless said otherwise.
pub const REVIEW_DAYS: i64 = 180;

/// The desk's settings, as every page needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Name of the organisation that runs the desk; empty before set-up.
    pub organisation: String,
    /// The scope a new agent gets: open desk is global, partitioned desk is group.
    pub default_scope: AgentScope,
    /// Whether an account owner exists.
    pub has_owner: bool,
    /// Whether the portal shows people the assets they have.
    pub shows_assets: bool,
}

/// Reads them.
pub async fn read(ask: &mut dyn Answers) -> Result<Desk, Error> {
    Ok(Desk {
        organisation: store::get(ask, "organisation").await?.unwrap_or_default(),
        default_scope: store::get(ask, "default_scope")
            .await?
            .and_then(|word| AgentScope::of(&word))
            .unwrap_or(AgentScope::Global),
        has_owner: store::has_owner(ask).await?,
        shows_assets: shows(&said(ask, "portal_assets").await?.0),
    })
}

/// Refuses whoever does not administer the desk by rank: these settings hold for every department at once.
///
/// # Errors
/// `Forbidden`.
pub fn of_administrators(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::EVERY_PRIVILEGE) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::EVERY_PRIVILEGE)))
    }
}

/// Refuses whoever may not set the desk up as a whole.
///
/// # Errors
/// `Forbidden`.
fn must_manage(actor: &Actor) -> Result<(), Error> {
    if actor.is_permitted(permission::MANAGE_SETTINGS) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::MANAGE_SETTINGS)))
    }
}

/// Whether the actor may say how far agents to come see: nobody gives a wider scope than their own.
pub fn may_choose_scope(actor: &Actor) -> bool {
    actor.reach() == Reach::Everything
}

/// Whether the portal shows assets, by what was said of it; it does while nothing is said. The rule reads the same word.
fn shows(said: &str) -> bool {
    said != "no"
}

/// The version of what is said of organisation, default scope and portal: each row's grows, and so does this. 1 while
/// nothing is said.
pub async fn version(ask: &mut dyn Answers) -> Result<i64, Error> {
    let (_, name) = said(ask, "organisation").await?;
    let (_, scope) = said(ask, "default_scope").await?;
    let (_, assets) = said(ask, "portal_assets").await?;
    Ok(1 + name + scope + assets)
}

async fn said(ask: &mut dyn Answers, key: &str) -> Result<(String, i64), Error> {
    Ok(store::get_versioned(ask, key).await?.unwrap_or_default())
}

/// What changes of what the desk says of itself; nothing stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change<'a> {
    /// Name of the organisation.
    pub organisation: Option<&'a str>,
    /// The scope of agents made from then on: global on an open desk, group on a partitioned one.
    pub default_scope: Option<AgentScope>,
    /// Whether the portal shows people the assets they have.
    pub shows_assets: Option<bool>,
}

/// Changes it, in place of what was said as this version. Agents who are there keep their scope.
///
/// # Errors
/// `Forbidden`; `Conflict` when somebody said something else since; `Invalid` at `organisation` or `default_scope`.
pub async fn change(
    tx: &mut Tx,
    actor: &Actor,
    seen: Option<i64>,
    wanted: &Change<'_>,
    now: Moment,
) -> Result<(), Error> {
    must_manage(actor)?;
    let (name, name_version) = said(tx, "organisation").await?;
    let (scope, scope_version) = said(tx, "default_scope").await?;
    let (assets, assets_version) = said(tx, "portal_assets").await?;
    let current = 1 + name_version + scope_version + assets_version;
    if let Some(seen) = seen.filter(|seen| *seen != current) {
        return Err(Error::Conflict(Clash::of(seen, current)));
    }
    let mut faults = Fields::default();
    let becomes = wanted.organisation.map_or(name.as_str(), str::trim);
    if wanted.organisation.is_some() && becomes.is_empty() {
        faults.add("organisation", "fault-missing", None);
    } else if becomes.chars().count() > LONGEST_NAME {
        faults.add(
            "organisation",
            "fault-too-long",
            Some(LONGEST_NAME.to_string()),
        );
    }
    let was = AgentScope::of(&scope).unwrap_or(AgentScope::Global);
    let scope = wanted.default_scope.unwrap_or(was);
    // A desk on which new agents see nothing but what names them is neither open nor partitioned.
    let is_a_desk = wanted.default_scope != Some(AgentScope::Restricted);
    faults.require(is_a_desk, "default_scope", "fault-default-scope");
    let may = scope == was || may_choose_scope(actor);
    faults.require(may, "default_scope", "fault-scope-above");
    faults.settle()?;
    if becomes != name {
        say(tx, "organisation", becomes, name_version).await?;
    }
    if scope != was {
        say(tx, "default_scope", scope.word(), scope_version).await?;
    }
    let (showed, shows) = (
        shows(&assets),
        wanted.shows_assets.unwrap_or(shows(&assets)),
    );
    if showed != shows {
        let word = if shows { "yes" } else { "no" };
        say(tx, "portal_assets", word, assets_version).await?;
    }
    let entry = Entry::change(Deed::DeskChanged)
        .field(Field::Name, &name, becomes)
        .field(Field::Scope, was.word(), scope.word())
        .field(Field::PortalAssets, &showed.to_string(), &shows.to_string());
    audit::note(tx, Pen::of(actor, now), entry).await
}

/// How many days back anybody looks at what agents do, 0 for not at all; and the version of that saying, 0 before the
/// first.
pub async fn activity_days(ask: &mut dyn Answers) -> Result<(i64, i64), Error> {
    let said = store::get_versioned(ask, "activity_days").await?;
    let days = |text: &str| text.parse().unwrap_or(ACTIVITY_DAYS);
    Ok(said.map_or((ACTIVITY_DAYS, 0), |(text, version)| (days(&text), version)))
}

/// Says it, in place of what was said as this version.
pub async fn set_activity_days(tx: &mut Tx, days: i64, seen: i64) -> Result<(), Error> {
    say(tx, "activity_days", &days.to_string(), seen).await
}

/// How far the set-up is, as it was said (setup/guide reads it), and the version of that saying, 0 before the first.
pub async fn guide(ask: &mut dyn Answers) -> Result<(String, i64), Error> {
    said(ask, "guide").await
}

/// Says it, in place of what was said as this version.
pub async fn set_guide(tx: &mut Tx, text: &str, seen: i64) -> Result<(), Error> {
    say(tx, "guide", text, seen).await
}

/// Names the organisation.
pub async fn name_organisation(tx: &mut Tx, name: &str) -> Result<(), Error> {
    store::put(tx, "organisation", name).await
}

/// Chooses between open and partitioned desk.
pub async fn choose_default_scope(tx: &mut Tx, scope: AgentScope) -> Result<(), Error> {
    store::put(tx, "default_scope", scope.word()).await
}

/// After how many days a scope is due for a look, 0 for never; and the version of that saying, 0 before
/// the first.
pub async fn review_days(ask: &mut dyn Answers) -> Result<(i64, i64), Error> {
    let said = store::get_versioned(ask, "review_days").await?;
    let days = |text: &str| text.parse().unwrap_or(REVIEW_DAYS);
    Ok(said.map_or((REVIEW_DAYS, 0), |(text, version)| (days(&text), version)))
}

/// Whether the journal is told which tickets are read by rank alone, and the version of that saying, 0
/// before the first.
pub async fn notes_reads(ask: &mut dyn Answers) -> Result<(bool, i64), Error> {
    let said = store::get_versioned(ask, "notes_reads").await?;
    Ok(said.map_or((true, 0), |(text, version)| (text != "no", version)))
}

/// Says it, in place of what was said as this version.
///
/// # Errors
/// `Conflict` when somebody said something else meanwhile; so for each that is said in place of a version.
pub async fn set_notes_reads(tx: &mut Tx, notes: bool, seen: i64) -> Result<(), Error> {
    say(tx, "notes_reads", if notes { "yes" } else { "no" }, seen).await
}

async fn say(tx: &mut Tx, key: &str, value: &str, seen: i64) -> Result<(), Error> {
    if store::put_versioned(tx, key, value, seen).await? {
        return Ok(());
    }
    let said = store::get_versioned(tx, key).await?;
    let current = said.map_or(0, |(_, version)| version);
    Err(Error::Conflict(Clash::of(seen, current)))
}

/// What is kept for how long, as it was said (privacy/retention reads it), and the version of that saying, 0 before
/// the first.
pub async fn retention(ask: &mut dyn Answers) -> Result<(String, i64), Error> {
    let said = store::get_versioned(ask, "retention").await?;
    Ok(said.unwrap_or_default())
}

/// The same, held until the transaction ends: whoever goes by it does so alone.
pub async fn hold_retention(tx: &mut Tx) -> Result<(String, i64), Error> {
    let said = store::hold(tx, "retention").await?;
    Ok(said.unwrap_or_default())
}

/// Says it, in place of what was said as this version.
pub async fn set_retention(tx: &mut Tx, rules: &str, seen: i64) -> Result<(), Error> {
    say(tx, "retention", rules, seen).await
}

/// Says it, in place of what was said as this version.
pub async fn set_review_days(tx: &mut Tx, days: i64, seen: i64) -> Result<(), Error> {
    say(tx, "review_days", &days.to_string(), seen).await
}
