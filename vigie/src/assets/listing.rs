//! The list of assets: what it may be narrowed by, and its pages.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::Answers;
use kit::error::Error;
use kit::record;

use super::properties::{Kind, State};
use super::{AssetId, listing_store};
use crate::people::PersonId;
use crate::tasks::day::Day;

record! {
    /// An asset in the list.
    #[derive(Clone, Debug)]
    pub struct Row {
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
        /// The organisation it belongs to.
        pub organization: Option<String>,
        /// The site where it is.
        pub site: Option<String>,
        /// Until when its maker answers for it.
        pub warranty_until: Option<Day>,
        /// When it was last changed.
        pub updated_at: Moment,
        /// Grows with every change.
        pub version: i64,
    }
}

record! {
    /// How many there are of a kind in a state.
    #[derive(Clone, Copy, Debug)]
    pub struct Counted {
        /// The kind.
        pub kind: Kind,
        /// The state.
        pub state: State,
        /// How many the actor sees.
        pub n: i64,
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words in name, maker and model; tag or serial number.
    pub words: String,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// In this state.
    pub state: Option<State>,
    /// At this site.
    pub site: Option<String>,
    /// What this person has.
    pub holder: Option<PersonId>,
}

/// From where a page goes on, in the order of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// The beginning.
    Start,
    /// Those after an asset.
    After(AssetId),
    /// Those before one.
    Before(AssetId),
}

/// A page of assets.
#[derive(Clone, Debug)]
pub struct Page {
    /// They, by name.
    pub rows: Vec<Row>,
    /// Whether some stand before them.
    pub has_before: bool,
    /// Whether some stand after them.
    pub has_after: bool,
}

/// A page of the assets that the actor sees.
pub async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    asked: &Asked,
    past: Past,
    most: i64,
) -> Result<Page, Error> {
    let mut rows = listing_store::page(ask, actor, asked, past, most + 1).await?;
    let is_cut = i64::try_from(rows.len()).unwrap_or(i64::MAX) > most;
    if is_cut {
        rows.pop();
    }
    let is_back = matches!(past, Past::Before(_));
    if is_back {
        rows.reverse();
    }
    Ok(Page {
        has_before: if is_back { is_cut } else { past != Past::Start },
        has_after: if is_back { true } else { is_cut },
        rows,
    })
}

/// How many the actor sees, by kind and state.
pub async fn counts(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Counted>, Error> {
    listing_store::counts(ask, actor).await
}

/// The sites where what the actor sees is, by name: a list of all would say where others work.
pub async fn sites(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<String>, Error> {
    listing_store::sites(ask, actor).await
}
