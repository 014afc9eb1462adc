//! The register of a demonstration desk, as its verbs would have left it: assets, their first lines of history, and
//! which tickets are about them.

use demo::desk::{Asset, AssetKind, AssetState, Desk};
use jiff::tz::TimeZone;
use kit::clock::{Moment, Span};
use kit::db::{Tx, Value};
use kit::error::Error;

use super::numbering::Numbering;
use super::store::{self, Line};
use crate::assets::properties::{Kind, Properties, Property, State};
use crate::assets::{Deed, finding};
use crate::tasks::day::Day;

fn kind(kind: AssetKind) -> Kind {
    match kind {
        AssetKind::Computer => Kind::Computer,
        AssetKind::Screen => Kind::Screen,
        AssetKind::Phone => Kind::Phone,
        AssetKind::Printer => Kind::Printer,
        AssetKind::Network => Kind::Network,
        AssetKind::Licence => Kind::Licence,
    }
}

fn state(state: AssetState) -> State {
    match state {
        AssetState::InStock => State::InStock,
        AssetState::InUse => State::InUse,
        AssetState::InRepair => State::InRepair,
        AssetState::Retired => State::Retired,
    }
}

fn day(at: Moment) -> Option<Day> {
    let at = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(Day(at.to_zoned(TimeZone::UTC).date()))
}

fn properties(desk: &Desk, numbering: &Numbering, asset: &Asset) -> Properties {
    let bought = Moment(asset.bought_at);
    Properties {
        kind: kind(asset.kind),
        name: asset.name.clone(),
        tag: asset.tag.clone(),
        serial: asset.serial.clone(),
        maker: asset.maker.clone(),
        model: asset.model.clone(),
        state: state(asset.state),
        holder: asset.holder.map(|it| numbering.person(it)),
        organization: desk.organizations[asset.organization].name.clone(),
        site: desk.sites[asset.site].name.clone(),
        bought_on: day(bought),
        warranty_until: day(bought.plus(Span::days(asset.warranty_days))),
        note: String::new(),
    }
}

/// Writes the register. `by` keeps it.
pub(super) async fn load(
    tx: &mut Tx,
    desk: &Desk,
    numbering: &Numbering,
    by: i64,
) -> Result<(), Error> {
    let (mut rows, mut events, mut links): (Vec<Line>, Vec<Line>, Vec<Line>) = Default::default();
    for (index, asset) in desk.assets.iter().enumerate() {
        let id = index as i64 + 1;
        let it = properties(desk, numbering, asset);
        let bought = Moment(asset.bought_at);
        let held = asset.held_at.map(Moment);
        let found = finding(&it);
        rows.push(vec![
            Value::from(id),
            Value::from(it.kind),
            Value::from(it.name.as_str()),
            Value::from(it.tag.as_str()),
            Value::from(found.tag),
            Value::from(it.serial.as_str()),
            Value::from(found.serial),
            Value::from(it.maker.as_str()),
            Value::from(it.model.as_str()),
            Value::from(it.state),
            Value::from(it.holder),
            Value::from(held),
            Value::from(numbering.organization(asset.organization)),
            Value::from(numbering.site(asset.site)),
            Value::from(it.bought_on),
            Value::from(it.warranty_until),
            Value::from(""),
            Value::from(found.words),
            Value::from(bought),
            Value::from(held.unwrap_or(bought)),
            Value::from(if held.is_some() { 2_i64 } else { 1 }),
        ]);
        events.push(vec![
            Value::from(id),
            Value::from(1_i64),
            Value::from(Deed::Created),
            Value::from(None::<i64>),
            Value::from(None::<i64>),
            Value::from(by),
            Value::from(bought),
        ]);
        if let Some(at) = held {
            events.push(vec![
                Value::from(id),
                Value::from(2_i64),
                Value::from(Property::Holder),
                Value::from(it.holder),
                Value::from(None::<i64>),
                Value::from(by),
                Value::from(at),
            ]);
        }
        for number in &asset.tickets {
            let Some(of) = desk.tickets.iter().find(|it| it.number == *number) else {
                continue;
            };
            let at = Moment(of.created_at);
            let number = i64::try_from(of.number).map_err(Error::bug)?;
            links.push(vec![
                Value::from(number),
                Value::from(id),
                Value::from(by),
                Value::from(at),
            ]);
        }
    }
    store::write_register(tx, rows, events, links).await
}
