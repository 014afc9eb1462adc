//! The register for programs.

use axum::extract::{Path, Query, State as Of};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use kit::clock::Moment;
use kit::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::listing::{self, Asked, Past, Row};
use super::pages::number;
use super::properties::{Kind, Property, State};
use super::rights::{Keep, Look};
use super::{Asset, AssetId, Wanted};
use crate::house::{App, House};
use crate::people::PersonId;
use crate::web::api::{ApiBody, ApiVisitor, json};
use crate::web::fail::Fail;
use crate::web::route::{Audience as Who, Route, get, patch, post};

/// The addresses of this part of the API.
pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/assets", Who::Api, list),
        post("/api/v1/assets", Who::Api, create),
        get("/api/v1/assets/{id}", Who::Api, show),
        patch("/api/v1/assets/{id}", Who::Api, change),
    ]
}

/// Who has an asset.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssetHolder {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// An asset.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssetItem {
    /// Its number.
    pub id: i64,
    /// `computer`, `screen`, `phone`, `printer`, `network`, `licence` or `other`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Its maker's number.
    pub serial: String,
    /// Who made it.
    pub manufacturer: String,
    /// Of which model it is.
    pub model: String,
    /// `in_stock`, `in_use`, `in_repair` or `retired`.
    pub state: &'static str,
    /// Somebody has it.
    pub is_held: bool,
    /// Who, when they may be found.
    pub holder: Option<AssetHolder>,
    /// The organisation it belongs to.
    pub organization: Option<String>,
    /// The site where it is.
    pub site: Option<String>,
    /// Until when its maker answers for it, as `2026-11-27`.
    pub warranty_until: Option<String>,
    /// When it was last changed.
    pub updated_at: String,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// An asset with all that is said of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssetWhole {
    /// What the list tells, too.
    #[serde(flatten)]
    pub item: AssetItem,
    /// When it was bought, as `2026-11-27`.
    pub bought_on: Option<String>,
    /// Since when it is had by whoever has it.
    pub held_since: Option<String>,
    /// What staff wrote down; empty for whoever is not staff.
    pub note: String,
    /// When it was added.
    pub created_at: String,
}

/// A page of assets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssetItems {
    /// By name.
    pub items: Vec<AssetItem>,
    /// The cursor of the next page, or null.
    pub next: Option<String>,
}

/// Which assets.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssetsQuery {
    /// Words of name, manufacturer, model, tag or serial; everything unless given.
    #[serde(default)]
    q: String,
    /// A kind.
    kind: Option<String>,
    /// A state.
    state: Option<String>,
    /// The name of a site.
    site: Option<String>,
    /// The number of whoever has them.
    holder: Option<i64>,
    /// 1 to 200, 50 unless given.
    limit: Option<i64>,
    /// Where the page before said to go on.
    cursor: Option<String>,
}

/// An asset to add, or what to change of one; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AssetBody {
    /// `computer`, `screen`, `phone`, `printer`, `network`, `licence` or `other`.
    pub kind: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// What is written on its label.
    pub tag: Option<String>,
    /// Its maker's number.
    pub serial: Option<String>,
    /// Who made it.
    pub manufacturer: Option<String>,
    /// Of which model it is.
    pub model: Option<String>,
    /// `in_stock`, `in_use`, `in_repair` or `retired`.
    pub state: Option<String>,
    /// Address or login of whoever has it; empty for nobody.
    pub holder: Option<String>,
    /// The name of an organisation of the desk; empty for none.
    pub organization: Option<String>,
    /// The name of a site of the desk; empty for none.
    pub site: Option<String>,
    /// As `2026-11-27`; empty for unknown.
    pub bought_on: Option<String>,
    /// As `2026-11-27`; empty for unknown.
    pub warranty_until: Option<String>,
    /// What staff wrote down.
    pub note: Option<String>,
    /// It is another asset than the one with its serial or tag.
    pub confirmed: bool,
}

impl AssetBody {
    fn wanted(&self) -> Wanted<'_> {
        let all = [
            (Property::Kind, &self.kind),
            (Property::Name, &self.name),
            (Property::Tag, &self.tag),
            (Property::Serial, &self.serial),
            (Property::Maker, &self.manufacturer),
            (Property::Model, &self.model),
            (Property::State, &self.state),
            (Property::Holder, &self.holder),
            (Property::Organization, &self.organization),
            (Property::Site, &self.site),
            (Property::BoughtOn, &self.bought_on),
            (Property::WarrantyUntil, &self.warranty_until),
            (Property::Note, &self.note),
        ];
        let named = all.into_iter();
        Wanted(
            named
                .filter_map(|(property, text)| Some((property, text.as_deref()?)))
                .collect(),
        )
    }
}

fn holder(id: Option<PersonId>, name: Option<String>) -> Option<AssetHolder> {
    let (id, name) = id.zip(name)?;
    Some(AssetHolder { id: id.0, name })
}

fn item(row: Row) -> AssetItem {
    AssetItem {
        id: row.id.0,
        kind: row.kind.word(),
        name: row.name,
        tag: row.tag,
        serial: row.serial,
        manufacturer: row.maker,
        model: row.model,
        state: row.state.word(),
        is_held: row.holder_id.is_some(),
        holder: holder(row.holder_id, row.holder),
        organization: row.organization,
        site: row.site,
        warranty_until: row.warranty_until.map(|it| it.to_string()),
        updated_at: row.updated_at.rfc3339(),
        version: row.version,
    }
}

fn whole(asset: &Asset) -> AssetWhole {
    let asset = asset.clone();
    AssetWhole {
        bought_on: asset.bought_on.map(|it| it.to_string()),
        held_since: asset.held_since.map(Moment::rfc3339),
        note: asset.note,
        created_at: asset.created_at.rfc3339(),
        item: item(Row {
            id: asset.id,
            kind: asset.kind,
            name: asset.name,
            tag: asset.tag,
            serial: asset.serial,
            maker: asset.maker,
            model: asset.model,
            state: asset.state,
            holder_id: asset.holder_id,
            holder: asset.holder,
            organization: asset.organization,
            site: asset.site,
            warranty_until: asset.warranty_until,
            updated_at: asset.updated_at,
            version: asset.version,
        }),
    }
}

async fn answer(
    app: &House,
    visitor: &ApiVisitor,
    id: AssetId,
    status: StatusCode,
) -> Result<Response, Fail> {
    let asset = super::find::<Look>(&mut app.db.read(), &visitor.actor, id).await?;
    let mut response = json(status, &whole(&asset));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", asset.version)) {
        response.headers_mut().insert(axum::http::header::ETAG, tag);
    }
    Ok(response)
}

/// Assets by name: to customers what they have, while the desk shows it to them.
#[utoipa::path(get, path = "/api/v1/assets", operation_id = "assets", params(AssetsQuery), tag = "assets",
    responses((status = 200, body = AssetItems), (status = 422, description = "A parameter is none")))]
pub async fn list(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Query(query): Query<AssetsQuery>,
) -> Result<Response, Fail> {
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Error::invalid("limit", "fault-limit").into());
    }
    let past = match query.cursor.as_deref().map(str::parse) {
        None => Past::Start,
        Some(Ok(id)) => Past::After(AssetId(id)),
        Some(Err(_)) => return Err(Error::invalid("cursor", "fault-cursor").into()),
    };
    let kind = match query.kind.as_deref() {
        None => None,
        Some(word) => {
            Some(Kind::of(word).ok_or_else(|| Error::invalid("kind", "fault-asset-kind"))?)
        }
    };
    let state = match query.state.as_deref() {
        None => None,
        Some(word) => {
            Some(State::of(word).ok_or_else(|| Error::invalid("state", "fault-asset-state"))?)
        }
    };
    let asked = Asked {
        words: query.q,
        kind,
        state,
        site: query.site,
        holder: query.holder.map(PersonId),
    };
    let page = listing::page(&mut app.db.read(), &visitor.actor, &asked, past, limit).await?;
    let last = page.rows.last().map(|it| it.id.to_string());
    Ok(json(
        StatusCode::OK,
        &AssetItems {
            next: last.filter(|_| page.has_after),
            items: page.rows.into_iter().map(item).collect(),
        },
    ))
}

/// Adds an asset. For whoever has the permission `assets`.
#[utoipa::path(post, path = "/api/v1/assets", operation_id = "add_asset", request_body = AssetBody, tag = "assets",
    responses((status = 201, body = AssetWhole), (status = 403, description = "A right is missing"), (status = 404, description = "Not for customers"),
        (status = 422, description = "Faults at fields; also that another asset has this serial or tag, unless confirmed")))]
pub async fn create(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    ApiBody(body): ApiBody<AssetBody>,
) -> Result<Response, Fail> {
    let (actor, now) = (&visitor.actor, visitor.now());
    crate::people::directory::staff_only(actor)?;
    let mut tx = app.db.write().await?;
    let id = super::add(&mut tx, actor, &body.wanted(), body.confirmed, now).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::CREATED).await
}

/// An asset.
#[utoipa::path(get, path = "/api/v1/assets/{id}", operation_id = "asset", params(("id" = i64, Path, description = "The asset's number")), tag = "assets",
    responses((status = 200, body = AssetWhole), (status = 404, description = "Not there, or not to be seen")))]
pub async fn show(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    answer(&app, &visitor, number(&id)?, StatusCode::OK).await
}

/// Changes an asset. What others changed since the version one saw stays where they changed something else. For whoever has the permission `assets`.
#[utoipa::path(patch, path = "/api/v1/assets/{id}", operation_id = "change_asset", request_body = AssetBody, tag = "assets",
    params(("id" = i64, Path, description = "The asset's number"), ("If-Match" = Option<String>, Header, description = "The version one saw")),
    responses((status = 200, body = AssetWhole), (status = 403, description = "A right is missing"), (status = 404, description = "Not there, or not to be seen"),
        (status = 409, description = "The same property was changed meanwhile; both sides"), (status = 422, description = "Faults at fields")))]
pub async fn change(
    Of(app): Of<App>,
    visitor: ApiVisitor,
    Path(id): Path<String>,
    ApiBody(body): ApiBody<AssetBody>,
) -> Result<Response, Fail> {
    let (actor, id) = (&visitor.actor, number(&id)?);
    let (seen, now) = (visitor.seen_version()?, visitor.now());
    let mut tx = app.db.write().await?;
    let asset = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let (wanted, confirmed) = (body.wanted(), body.confirmed);
    super::change(&mut tx, &asset, actor, seen, &wanted, confirmed, now).await?;
    tx.commit().await?;
    answer(&app, &visitor, id, StatusCode::OK).await
}
