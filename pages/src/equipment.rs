//! The asset register: the list, an asset, its form, and what requesters see of their own.

mod sample;

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::pager::Pager;
use crate::portal::Navigation;
use crate::tickets::{Choice, StateView};
use askama::Template;
use words::catalogue::Arg;

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindView {
    /// A laptop, a desktop, a server.
    Computer,
    /// A screen.
    Screen,
    /// A telephone.
    Phone,
    /// A printer.
    Printer,
    /// A switch, an access point.
    Network,
    /// A licence of software.
    Licence,
    /// Something else.
    Other,
}

impl KindView {
    /// All of them, in the order in which they are offered.
    pub const ALL: [KindView; 7] = [
        KindView::Computer,
        KindView::Screen,
        KindView::Phone,
        KindView::Printer,
        KindView::Network,
        KindView::Licence,
        KindView::Other,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            KindView::Computer => "computer",
            KindView::Screen => "screen",
            KindView::Phone => "phone",
            KindView::Printer => "printer",
            KindView::Network => "network",
            KindView::Licence => "licence",
            KindView::Other => "other",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            KindView::Computer => "assets-kind-computer",
            KindView::Screen => "assets-kind-screen",
            KindView::Phone => "assets-kind-phone",
            KindView::Printer => "assets-kind-printer",
            KindView::Network => "assets-kind-network",
            KindView::Licence => "assets-kind-licence",
            KindView::Other => "assets-kind-other",
        }
    }

    /// Key of its name for many of them.
    #[must_use]
    pub fn many(self) -> &'static str {
        match self {
            KindView::Computer => "assets-kind-computers",
            KindView::Screen => "assets-kind-screens",
            KindView::Phone => "assets-kind-phones",
            KindView::Printer => "assets-kind-printers",
            KindView::Network => "assets-kind-networks",
            KindView::Licence => "assets-kind-licences",
            KindView::Other => "assets-kind-others",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            KindView::Computer => "laptop",
            KindView::Screen => "monitor",
            KindView::Phone => "phone",
            KindView::Printer => "printer",
            KindView::Network => "server",
            KindView::Licence => "key-round",
            KindView::Other => "package",
        }
    }
}

/// Where an asset is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeView {
    /// It waits.
    InStock,
    /// It serves.
    InUse,
    /// It is being repaired.
    InRepair,
    /// It serves no more.
    Retired,
}

impl LifeView {
    /// All of them, in order.
    pub const ALL: [LifeView; 4] = [
        LifeView::InStock,
        LifeView::InUse,
        LifeView::InRepair,
        LifeView::Retired,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LifeView::InStock => "in_stock",
            LifeView::InUse => "in_use",
            LifeView::InRepair => "in_repair",
            LifeView::Retired => "retired",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            LifeView::InStock => "assets-state-in-stock",
            LifeView::InUse => "assets-state-in-use",
            LifeView::InRepair => "assets-state-in-repair",
            LifeView::Retired => "assets-state-retired",
        }
    }

    /// Class of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            LifeView::InStock => "info",
            LifeView::InUse => "ok",
            LifeView::InRepair => "warn",
            LifeView::Retired => "line",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            LifeView::InStock => "package",
            LifeView::InUse => "circle-check",
            LifeView::InRepair => "wrench",
            LifeView::Retired => "lock",
        }
    }
}

/// An entry of the sidebar: a kind or a state, and how many there are.
#[derive(Clone, Debug)]
pub struct SideEntry {
    /// Where it leads.
    pub href: String,
    /// Its icon.
    pub icon: &'static str,
    /// Key of its name.
    pub key: &'static str,
    /// How many the reader sees.
    pub count: i64,
    /// The page shows it.
    pub is_current: bool,
}

/// Who has an asset.
#[derive(Clone, Debug)]
pub enum HolderView {
    /// Nobody.
    Nobody,
    /// Somebody whom the reader may not find.
    Somebody,
    /// Their number and name.
    Named(i64, String),
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct AssetRow {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: KindView,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Its maker's number.
    pub serial: String,
    /// Where it is in its life.
    pub state: LifeView,
    /// Who has it.
    pub holder: HolderView,
    /// Where it is.
    pub site: String,
    /// Its version.
    pub version: i64,
}

/// `/assets`.
#[derive(Template)]
#[template(path = "equipment/list.html")]
pub struct AssetsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The sidebar's entries.
    pub side: Vec<SideEntry>,
    /// What was looked for.
    pub query: String,
    /// The kind it is narrowed to.
    pub kind: Option<KindView>,
    /// The state it is narrowed to.
    pub state: Option<LifeView>,
    /// Sites to narrow to; the chosen one is selected.
    pub sites: Vec<Choice>,
    /// Number and name of whoever it is narrowed to.
    pub holder: Option<(i64, String)>,
    /// The assets.
    pub rows: Vec<AssetRow>,
    /// The reader keeps the register.
    pub may_add: bool,
    /// Pages beside this one.
    pub pager: Pager,
}

impl AssetsPage {
    /// Whether something narrows it.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        let has_site = self.sites.iter().any(|it| it.selected);
        !self.query.is_empty()
            || self.kind.is_some()
            || self.state.is_some()
            || self.holder.is_some()
            || has_site
    }
}

/// A warranty as it stands today.
#[derive(Clone, Debug)]
pub struct WarrantyView {
    /// Its last day, as the reader writes days.
    pub until: String,
    /// Days that are left; none when it is over.
    pub days_left: Option<i64>,
    /// Days from the purchase to now and to the end, when both are known.
    pub progress: Option<(i64, i64)>,
}

/// A ticket about the asset.
#[derive(Clone, Debug)]
pub struct TicketLine {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Its state.
    pub state: StateView,
    /// When it changed, UTC microseconds.
    pub updated_micros: i64,
    /// The version that is shown.
    pub version: i64,
}

/// What happened to an asset.
#[derive(Clone, Debug)]
pub enum Happened {
    /// It was added.
    Added,
    /// It was linked to this ticket.
    Linked(i64),
    /// That link was taken away.
    Unlinked(i64),
    /// This property changed: key of its name, before and after. Long texts are not repeated.
    Changed(&'static str, Option<(String, String)>),
}

/// A line of its history.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// Who did it.
    pub actor: String,
    /// What.
    pub what: Happened,
    /// When, UTC microseconds.
    pub at_micros: i64,
}

impl HistoryLine {
    /// What follows the actor's name.
    #[must_use]
    pub fn sentence(&self, frame: &Frame) -> String {
        let number = |key, number: i64| {
            let number = number.to_string();
            frame.say_text(key, "number", &number)
        };
        match &self.what {
            Happened::Added => frame.say("assets-did-add").to_owned(),
            Happened::Linked(ticket) => number("assets-did-link", *ticket),
            Happened::Unlinked(ticket) => number("assets-did-unlink", *ticket),
            Happened::Changed(label, _) => {
                let args = [("property", Arg::from(frame.say(label)))];
                frame.words.say_with("assets-did-change", &args)
            }
        }
    }

    /// Before and after.
    #[must_use]
    pub fn values(&self) -> Option<&(String, String)> {
        match &self.what {
            Happened::Changed(_, values) => values.as_ref(),
            _ => None,
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.what {
            Happened::Added => "plus",
            Happened::Linked(_) | Happened::Unlinked(_) => "link",
            Happened::Changed("assets-holder", _) => "arrow-right-left",
            Happened::Changed(..) => "pencil",
        }
    }
}

/// `/assets/{n}`.
#[derive(Template)]
#[template(path = "equipment/show.html")]
pub struct AssetPage {
    /// Surroundings.
    pub frame: Frame,
    /// The sidebar's entries.
    pub side: Vec<SideEntry>,
    /// Its number.
    pub id: i64,
    /// The version that is shown.
    pub version: i64,
    /// What it is.
    pub kind: KindView,
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
    pub state: LifeView,
    /// Who has it.
    pub holder: HolderView,
    /// Since when, UTC microseconds.
    pub held_micros: Option<i64>,
    /// Who had it before, and until when.
    pub previous: Option<(String, i64)>,
    /// The organisation it belongs to.
    pub organization: String,
    /// The site where it is.
    pub site: String,
    /// When it was bought, as the reader writes days.
    pub bought_on: Option<String>,
    /// Its warranty.
    pub warranty: Option<WarrantyView>,
    /// What staff wrote down.
    pub note: String,
    /// Tickets about it.
    pub tickets: Vec<TicketLine>,
    /// What happened to it, the newest first.
    pub history: Vec<HistoryLine>,
    /// The reader keeps the register.
    pub may_keep: bool,
    /// The reader links tickets.
    pub may_link: bool,
    /// What was typed into a form that was refused: its field and its text.
    pub typed: Option<(&'static str, String)>,
    /// What was wrong with it.
    pub faults: Faults,
    /// Somebody else gave it to somebody first.
    pub conflict: Option<Conflict>,
}

impl AssetPage {
    /// What was typed into a field that was refused.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        match &self.typed {
            Some((name, text)) if *name == field => text,
            _ => "",
        }
    }

    /// Whether the form with this field came back.
    #[must_use]
    pub fn is_open(&self, field: &str) -> bool {
        self.typed.as_ref().is_some_and(|(name, _)| *name == field)
    }
}

/// What the form holds.
#[derive(Clone, Debug, Default)]
pub struct AssetForm {
    /// The kind's code.
    pub kind: String,
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
    /// The state's code.
    pub state: String,
    /// Who has it, as typed; of a new one.
    pub holder: String,
    /// The day it was bought.
    pub bought_on: String,
    /// The warranty's last day.
    pub warranty_until: String,
    /// What staff wrote down.
    pub note: String,
}

/// `/assets/new` and `/assets/{n}/edit`.
#[derive(Template)]
#[template(path = "equipment/edit.html")]
pub struct EditAssetPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its number; none for a new one.
    pub id: Option<i64>,
    /// The version the form carries.
    pub version: i64,
    /// What is typed.
    pub form: AssetForm,
    /// Organisations; the chosen one is selected.
    pub organizations: Vec<Choice>,
    /// Sites; the chosen one is selected.
    pub sites: Vec<Choice>,
    /// It is like another asset, and whoever means it so confirms it.
    pub must_confirm: bool,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else saved it first.
    pub conflict: Option<Conflict>,
}

impl EditAssetPage {
    /// Where the form goes.
    #[must_use]
    pub fn action(&self) -> String {
        self.id
            .map_or_else(|| "/assets".to_owned(), |id| format!("/assets/{id}"))
    }

    /// Where one goes back to.
    #[must_use]
    pub fn back(&self) -> String {
        self.action()
    }

    /// Key of its heading.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        match self.id {
            Some(_) => "assets-edit-title",
            None => "assets-new",
        }
    }
}

/// An asset as whoever has it sees it.
#[derive(Clone, Debug)]
pub struct OwnAsset {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: KindView,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Its maker's number.
    pub serial: String,
    /// Where it is in its life.
    pub state: LifeView,
    /// Since when they have it, UTC microseconds.
    pub held_micros: Option<i64>,
}

/// `/portal/assets`.
#[derive(Template)]
#[template(path = "portal/assets.html")]
pub struct OwnAssetsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The portal's navigation.
    pub navigation: Navigation,
    /// What the reader has.
    pub rows: Vec<OwnAsset>,
}

/// An asset beside a ticket's thread or on a person's card.
#[derive(Clone, Debug)]
pub struct BesideAsset {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: KindView,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Where it is in its life.
    pub state: LifeView,
}

impl BesideAsset {
    /// It in one line.
    #[must_use]
    pub fn label(&self) -> String {
        match self.tag.as_str() {
            "" => self.name.clone(),
            tag => format!("{tag} · {}", self.name),
        }
    }
}
