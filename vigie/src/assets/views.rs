//! Rows of the register as pages show them.

use pages::equipment::{
    AssetForm, AssetRow, BesideAsset, Happened, HistoryLine, HolderView, KindView, LifeView,
    OwnAsset, SideEntry, TicketLine, WarrantyView,
};
use pages::fields::Standing;
use words::reader::Words;

use super::links::{LinkedAsset, LinkedTicket};
use super::listing::{Counted, Row};
use super::properties::{Kind, Properties, Property, State};
use super::{Asset, Deed, Event, What};
use crate::people::PersonId;
use crate::tasks::day::Day;
use crate::tickets::views::state as ticket_state;

/// How pages name a kind.
pub fn kind(kind: Kind) -> KindView {
    match kind {
        Kind::Computer => KindView::Computer,
        Kind::Screen => KindView::Screen,
        Kind::Phone => KindView::Phone,
        Kind::Printer => KindView::Printer,
        Kind::Network => KindView::Network,
        Kind::Licence => KindView::Licence,
        Kind::Other => KindView::Other,
    }
}

/// How pages name a state.
pub fn life(state: State) -> LifeView {
    match state {
        State::InStock => LifeView::InStock,
        State::InUse => LifeView::InUse,
        State::InRepair => LifeView::InRepair,
        State::Retired => LifeView::Retired,
    }
}

/// Key of a property's name.
pub const fn label(property: Property) -> &'static str {
    match property {
        Property::Kind => "assets-kind",
        Property::Name => "assets-name",
        Property::Tag => "assets-tag",
        Property::Serial => "assets-serial",
        Property::Maker => "assets-maker",
        Property::Model => "assets-model",
        Property::State => "assets-state",
        Property::Holder => "assets-holder",
        Property::Organization => "assets-organization",
        Property::Site => "assets-site",
        Property::BoughtOn => "assets-bought-on",
        Property::WarrantyUntil => "assets-warranty-day",
        Property::Note => "assets-note",
    }
}

/// A property's text as the reader reads it.
fn value(property: Property, text: &str, words: &Words) -> String {
    if text.is_empty() {
        return words.say("assets-nothing").to_owned();
    }
    let key = match property {
        Property::Kind => Kind::of(text).map(|it| kind(it).key()),
        Property::State => State::of(text).map(|it| life(it).key()),
        Property::BoughtOn | Property::WarrantyUntil => {
            return Day::parse(text).map_or_else(|| text.to_owned(), |it| words.day(it.0));
        }
        _ => None,
    };
    key.map_or_else(|| text.to_owned(), |key| words.say(key).to_owned())
}

/// Who has it.
pub fn holder(id: Option<PersonId>, name: Option<&String>) -> HolderView {
    match (id, name) {
        (None, _) => HolderView::Nobody,
        (Some(_), None) => HolderView::Somebody,
        (Some(id), Some(name)) => HolderView::Named(id.0, name.clone()),
    }
}

/// A row of the list.
pub fn row(row: Row) -> AssetRow {
    AssetRow {
        id: row.id.0,
        kind: kind(row.kind),
        holder: holder(row.holder_id, row.holder.as_ref()),
        name: row.name,
        tag: row.tag,
        serial: row.serial,
        state: life(row.state),
        site: row.site.unwrap_or_default(),
        version: row.version,
    }
}

/// The sidebar: kinds, then what waits in stock.
pub fn side(counts: &[Counted], current: (Option<Kind>, Option<State>)) -> Vec<SideEntry> {
    let of = |is: &dyn Fn(&Counted) -> bool| counts.iter().filter(|it| is(it)).map(|it| it.n).sum();
    let mut side: Vec<SideEntry> = Kind::ALL
        .iter()
        .map(|one| SideEntry {
            href: format!("/assets?kind={}", one.word()),
            icon: kind(*one).icon(),
            key: kind(*one).many(),
            count: of(&|it| it.kind == *one),
            is_current: current == (Some(*one), None),
        })
        .collect();
    side.extend([State::InStock, State::InRepair].map(|state| SideEntry {
        href: format!("/assets?state={}", state.word()),
        icon: life(state).icon(),
        key: life(state).key(),
        count: of(&|it| it.state == state),
        is_current: current == (None, Some(state)),
    }));
    side.retain(|it| it.count > 0 || it.is_current);
    side
}

/// The warranty, as it stands today.
pub fn warranty(asset: &Asset, words: &Words) -> Option<WarrantyView> {
    let until = asset.warranty_until?.0;
    let days =
        |from, to: jiff::civil::Date| i64::from(to.since(from).map_or(0, |it| it.get_days()));
    let today = words.today();
    let left = days(today, until);
    Some(WarrantyView {
        until: words.day(until),
        days_left: Some(left).filter(|left| *left >= 0),
        progress: asset.bought_on.map(|bought| {
            let whole = days(bought.0, until).max(1);
            (days(bought.0, today).clamp(0, whole), whole)
        }),
    })
}

/// A line of history.
pub fn line(event: &Event, words: &Words) -> Option<HistoryLine> {
    let name = |id: Option<PersonId>, name: &Option<String>| {
        let key = match id {
            None => "assets-nobody",
            Some(_) => "assets-somebody",
        };
        name.clone().unwrap_or_else(|| words.say(key).to_owned())
    };
    let ticket = event.ticket_id.map_or(0, |it| it.0);
    let what = match event.what()? {
        What::Deed(Deed::Created) => Happened::Added,
        What::Deed(Deed::Linked) => Happened::Linked(ticket),
        What::Deed(Deed::Unlinked) => Happened::Unlinked(ticket),
        What::Property(Property::Note) => Happened::Changed(label(Property::Note), None),
        What::Property(Property::Holder) => {
            let was = name(event.old_holder_id, &event.old_holder);
            let is = name(event.new_holder_id, &event.new_holder);
            Happened::Changed(label(Property::Holder), Some((was, is)))
        }
        What::Property(property) => {
            let text = |it: &Option<String>| value(property, it.as_deref().unwrap_or(""), words);
            let values = (text(&event.old_value), text(&event.new_value));
            Happened::Changed(label(property), Some(values))
        }
    };
    Some(HistoryLine {
        actor: event.actor.clone(),
        what,
        at_micros: event.created_at.0,
    })
}

/// Who had it before, and until when.
pub fn previous(history: &[Event]) -> Option<(String, i64)> {
    let holder = What::Property(Property::Holder);
    let mut changes = history.iter().filter(|it| it.what() == Some(holder));
    let last = changes.find(|it| it.old_holder_id.is_some())?;
    Some((last.old_holder.clone()?, last.created_at.0))
}

/// A ticket about an asset.
pub fn ticket(ticket: LinkedTicket) -> TicketLine {
    TicketLine {
        number: ticket.id.0,
        subject: ticket.subject,
        state: ticket_state(ticket.state),
        updated_micros: ticket.updated_at.0,
        version: ticket.version,
    }
}

/// An asset beside a ticket.
pub fn beside(asset: LinkedAsset) -> BesideAsset {
    BesideAsset {
        id: asset.id.0,
        kind: kind(asset.kind),
        name: asset.name,
        tag: asset.tag,
        state: life(asset.state),
    }
}

/// An asset on a card.
pub fn on_card(asset: Asset) -> BesideAsset {
    BesideAsset {
        id: asset.id.0,
        kind: kind(asset.kind),
        name: asset.name,
        tag: asset.tag,
        state: life(asset.state),
    }
}

/// An asset as whoever has it sees it.
pub fn own(asset: Asset) -> OwnAsset {
    OwnAsset {
        id: asset.id.0,
        kind: kind(asset.kind),
        name: asset.name,
        tag: asset.tag,
        serial: asset.serial,
        state: life(asset.state),
        held_micros: asset.held_since.map(|it| it.0),
    }
}

/// What the form of an asset holds.
pub fn form(it: &Properties) -> AssetForm {
    AssetForm {
        kind: it.kind.word().to_owned(),
        name: it.name.clone(),
        tag: it.tag.clone(),
        serial: it.serial.clone(),
        maker: it.maker.clone(),
        model: it.model.clone(),
        state: it.state.word().to_owned(),
        holder: String::new(),
        bought_on: it.text(Property::BoughtOn),
        warranty_until: it.text(Property::WarrantyUntil),
        note: it.note.clone(),
    }
}

/// What stands in place of what was typed.
pub fn standing(asset: &Asset, fields: &[&'static str], words: &Words) -> Vec<Standing> {
    let all = asset.properties();
    let known = fields.iter().filter_map(|field| Property::of(field));
    known
        .map(|property| Standing {
            label: label(property),
            value: match property {
                Property::Holder => match holder(asset.holder_id, asset.holder.as_ref()) {
                    HolderView::Nobody => words.say("assets-nobody").to_owned(),
                    HolderView::Somebody => words.say("assets-somebody").to_owned(),
                    HolderView::Named(_, name) => name,
                },
                property => value(property, &all.text(property), words),
            },
        })
        .collect()
}
