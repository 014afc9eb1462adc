//! The SQL of the register.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{acting, global, record, scoped};

use super::properties::{Properties, Property, Since};
use super::rights::{Add, Keep, Register};
use super::{Asset, AssetId, Deed, Event, finding};
use crate::people::PersonId;
use crate::tickets::TicketId;

pub(super) fn one(actor: &Actor, id: AssetId) -> Query {
    scoped!(
        actor,
        "SELECT a.id, a.kind, a.name, a.tag, a.serial, a.maker, a.model, a.state, a.holder_id, h.name AS holder, a.held_since, \
         o.name AS organization, l.name AS site, a.bought_on, a.warranty_until, \
         CASE WHEN EXISTS (SELECT 1 FROM agents s WHERE s.person_id = {actor}) THEN a.note ELSE '' END AS note, \
         a.created_at, a.updated_at, a.version FROM assets a \
         LEFT JOIN people h ON h.id = a.holder_id AND {visible:people h} \
         LEFT JOIN organizations o ON o.id = a.organization_id LEFT JOIN locations l ON l.id = a.location_id \
         WHERE a.id = $1 AND {visible:assets a}",
        id
    )
}

pub(super) async fn held_by(
    ask: &mut dyn Answers,
    actor: &Actor,
    person: PersonId,
) -> Result<Vec<Asset>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT a.id, a.kind, a.name, a.tag, a.serial, a.maker, a.model, a.state, a.holder_id, h.name AS holder, a.held_since, \
         o.name AS organization, l.name AS site, a.bought_on, a.warranty_until, \
         CASE WHEN EXISTS (SELECT 1 FROM agents s WHERE s.person_id = {actor}) THEN a.note ELSE '' END AS note, \
         a.created_at, a.updated_at, a.version FROM assets a \
         LEFT JOIN people h ON h.id = a.holder_id AND {visible:people h} \
         LEFT JOIN organizations o ON o.id = a.organization_id LEFT JOIN locations l ON l.id = a.location_id \
         WHERE a.holder_id = $1 AND {visible:assets a} ORDER BY a.name, a.id LIMIT 200",
        person
    ))
    .await
}

pub(super) async fn history(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: AssetId,
    most: i64,
) -> Result<Vec<Event>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT e.version, e.what, e.old_value, e.new_value, e.old_holder_id, b.name AS old_holder, e.new_holder_id, \
         n.name AS new_holder, t.id AS ticket_id, e.actor_id, p.name AS actor, e.created_at FROM asset_events e \
         JOIN people p ON p.id = e.actor_id LEFT JOIN people b ON b.id = e.old_holder_id AND {visible:people b} \
         LEFT JOIN people n ON n.id = e.new_holder_id AND {visible:people n} \
         LEFT JOIN tickets t ON t.id = e.ticket_id AND {visible:tickets t} \
         WHERE e.asset_id = $1 AND {visible:asset_events e} AND (e.what NOT IN ('linked', 'unlinked') OR t.id IS NOT NULL) \
         ORDER BY e.id DESC LIMIT $2",
        id,
        most
    ))
    .await
}

/// What was changed after a version: of each property, what it was.
pub(super) async fn since(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: AssetId,
    seen: i64,
) -> Result<Since, Error> {
    record! { struct Changed { what: String, old_value: Option<String>, old_holder_id: Option<PersonId> } }
    let rows: Vec<Changed> = ask
        .all(scoped!(
            actor,
            "SELECT e.what, e.old_value, e.old_holder_id FROM asset_events e \
             WHERE e.asset_id = $1 AND e.version > $2 AND {visible:asset_events e} ORDER BY e.id",
            id,
            seen
        ))
        .await?;
    let mut since = Since::default();
    for row in rows {
        let Some(property) = Property::of(&row.what) else {
            continue;
        };
        if since.0.iter().all(|(known, _)| *known != property) {
            let holder = row.old_holder_id.map(|it| it.to_string());
            since
                .0
                .push((property, row.old_value.or(holder).unwrap_or_default()));
        }
    }
    Ok(since)
}

record! {
    /// Where somebody is.
    pub(super) struct Place {
        pub organization: Option<String>,
        pub site: Option<String>,
    }
}

pub(super) async fn place_of(ask: &mut dyn Answers, person: PersonId) -> Result<Place, Error> {
    ask.one(global!(
        "SELECT o.name AS organization, l.name AS site FROM people p LEFT JOIN organizations o ON o.id = p.organization_id \
         LEFT JOIN locations l ON l.id = p.location_id WHERE p.id = $1",
        person
    ))
    .await
}

record! {
    /// An asset that has what another is to have.
    pub(super) struct Twin {
        pub id: AssetId,
        pub name: String,
        pub tag: String,
    }
}

impl Twin {
    pub(super) fn label(&self) -> String {
        super::label(self.id, &self.tag, &self.name)
    }
}

pub(super) async fn with_serial(
    ask: &mut dyn Answers,
    actor: &Actor,
    key: &str,
    but: AssetId,
) -> Result<Option<Twin>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT a.id, a.name, a.tag FROM assets a WHERE a.serial_key = $1 AND a.id <> $2 AND {visible:assets a} \
         ORDER BY a.id LIMIT 1",
        key,
        but
    ))
    .await
}

pub(super) async fn with_tag(
    ask: &mut dyn Answers,
    actor: &Actor,
    key: &str,
    but: AssetId,
) -> Result<Option<Twin>, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT a.id, a.name, a.tag FROM assets a WHERE a.tag_key = $1 AND a.id <> $2 AND {visible:assets a} \
         ORDER BY a.id LIMIT 1",
        key,
        but
    ))
    .await
}

record! { struct NewRow { id: AssetId } }

pub(super) async fn insert(
    tx: &mut Tx,
    register: &May<Add, Register>,
    it: &Properties,
    now: Moment,
) -> Result<AssetId, Error> {
    let found = finding(it);
    let row: NewRow = tx
        .one(acting!(
            register,
            "INSERT INTO assets (kind, name, tag, tag_key, serial, serial_key, maker, model, state, holder_id, held_since, \
             organization_id, location_id, bought_on, warranty_until, note, words, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (SELECT o.id FROM organizations o WHERE o.name = $12), \
             (SELECT l.id FROM locations l WHERE l.name = $13), $14, $15, $16, $17, $18, $18) RETURNING id",
            it.kind,
            &it.name,
            &it.tag,
            found.tag,
            &it.serial,
            found.serial,
            &it.maker,
            &it.model,
            it.state,
            it.holder,
            it.holder.map(|_| now),
            &it.organization,
            &it.site,
            it.bought_on,
            it.warranty_until,
            &it.note,
            found.words,
            now
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn update(
    tx: &mut Tx,
    asset: &May<Keep, Asset>,
    it: &Properties,
    now: Moment,
) -> Result<(), Error> {
    let found = finding(it);
    let stays = it.holder == asset.holder_id.map(|id| id.0);
    let since = match stays {
        true => asset.held_since,
        false => it.holder.map(|_| now),
    };
    tx.run(acting!(
        asset,
        "UPDATE assets SET kind = $2, name = $3, tag = $4, tag_key = $5, serial = $6, serial_key = $7, maker = $8, model = $9, \
         state = $10, holder_id = $11, held_since = $12, organization_id = (SELECT o.id FROM organizations o WHERE o.name = $13), \
         location_id = (SELECT l.id FROM locations l WHERE l.name = $14), bought_on = $15, warranty_until = $16, note = $17, \
         words = $18, updated_at = $19, version = version + 1 WHERE id = $1",
        asset.id,
        it.kind,
        &it.name,
        &it.tag,
        found.tag,
        &it.serial,
        found.serial,
        &it.maker,
        &it.model,
        it.state,
        it.holder,
        since,
        &it.organization,
        &it.site,
        it.bought_on,
        it.warranty_until,
        &it.note,
        found.words,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn touch<A>(tx: &mut Tx, asset: &May<A, Asset>, now: Moment) -> Result<(), Error> {
    tx.run(acting!(
        asset,
        "UPDATE assets SET updated_at = $2, version = version + 1 WHERE id = $1",
        asset.id,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn note_deed<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    id: AssetId,
    (version, deed): (i64, Deed),
    ticket: Option<TicketId>,
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        may,
        "INSERT INTO asset_events (asset_id, version, what, ticket_id, actor_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        version,
        deed,
        ticket,
        actor.id(),
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn note_change(
    tx: &mut Tx,
    asset: &May<Keep, Asset>,
    property: Property,
    (was, becomes): (String, String),
    actor: &Actor,
    now: Moment,
) -> Result<(), Error> {
    let is_holder = property == Property::Holder;
    let person = |text: &str| -> Option<i64> { text.parse().ok().filter(|_| is_holder) };
    let (old_holder, new_holder) = (person(&was), person(&becomes));
    let value = |text: String| Some(text).filter(|_| !is_holder);
    tx.run(acting!(
        asset,
        "INSERT INTO asset_events (asset_id, version, what, old_value, new_value, old_holder_id, new_holder_id, actor_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        asset.id,
        asset.version + 1,
        property,
        value(was),
        value(becomes),
        old_holder,
        new_holder,
        actor.id(),
        now
    ))
    .await
    .map(|_| ())
}
