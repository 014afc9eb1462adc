//! The pages of the register.

use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Clash, Error, Fields};
use kit::web::form::Form;
use pages::equipment::{AssetForm, AssetPage, AssetsPage, EditAssetPage};
use pages::fields::{Conflict, Faults};
use pages::frame::{Section, Tone};
use pages::pager::Pager;
use pages::tickets::Choice;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::listing::{self, Asked, Past};
use super::properties::{Kind, Property, State};
use super::rights::{Keep, Look, keeps};
use super::{Asset, AssetId, Wanted, links, views};
use crate::departments::views as shared;
use crate::house::{App, House};
use crate::people::{PersonId, clientele, directory};
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Assets on a page.
const ROWS: i64 = 50;

/// What the form of an asset asks.
const FIELDS: [Property; 12] = [
    Property::Kind,
    Property::Name,
    Property::Tag,
    Property::Serial,
    Property::Maker,
    Property::Model,
    Property::State,
    Property::Organization,
    Property::Site,
    Property::BoughtOn,
    Property::WarrantyUntil,
    Property::Note,
];

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    vec![
        get("/assets", Who::Staff, list).for_eyes(),
        post("/assets", Who::Staff, create),
        get("/assets/new", Who::Staff, new),
        get("/assets/{id}", Who::Staff, show).for_eyes(),
        post("/assets/{id}", Who::Staff, change),
        get("/assets/{id}/edit", Who::Staff, edit),
        post("/assets/{id}/holder", Who::Staff, give),
    ]
}

/// The number in an address; anything else is no asset.
pub fn number(text: &str) -> Result<AssetId, Error> {
    text.parse().map(AssetId).map_err(|_| Error::NotFound)
}

#[derive(Debug, Default, Deserialize)]
struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    site: String,
    #[serde(default)]
    holder: String,
    after: Option<String>,
    before: Option<String>,
}

impl ListQuery {
    fn asked(&self) -> Asked {
        let site = self.site.trim();
        Asked {
            words: self.q.trim().to_owned(),
            kind: Kind::of(&self.kind),
            state: State::of(&self.state),
            site: Some(site.to_owned()).filter(|it| !it.is_empty()),
            holder: self.holder.parse().ok().map(PersonId),
        }
    }

    fn past(&self) -> Past {
        let asset = |text: &Option<String>| text.as_deref()?.parse().ok().map(AssetId);
        match (asset(&self.after), asset(&self.before)) {
            (Some(id), _) => Past::After(id),
            (None, Some(id)) => Past::Before(id),
            (None, None) => Past::Start,
        }
    }

    /// The address of the page on that side of an asset.
    fn beside(&self, word: &str, id: AssetId) -> String {
        let address = "/assets?".to_owned();
        let start = address.len();
        let mut href = Serializer::for_suffix(address, start);
        for (name, value) in [
            ("q", self.q.trim()),
            ("kind", &self.kind),
            ("state", &self.state),
            ("site", self.site.trim()),
            ("holder", &self.holder),
        ] {
            if !value.is_empty() {
                href.append_pair(name, value);
            }
        }
        href.append_pair(word, &id.to_string()).finish()
    }
}

fn choices(names: Vec<String>, chosen: &str) -> Vec<Choice> {
    let choice = |name: String| Choice {
        value: name.clone(),
        selected: name == chosen,
        name,
    };
    names.into_iter().map(choice).collect()
}

async fn list(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<ListQuery>,
) -> Result<Response, Fail> {
    let actor = &visitor.actor;
    let asked = query.asked();
    let mut db = app.db.read();
    let found = listing::page(&mut db, actor, &asked, query.past(), ROWS).await?;
    let counts = listing::counts(&mut db, actor).await?;
    let sites = listing::sites(&mut db, actor).await?;
    let holder = match asked.holder {
        None => None,
        Some(id) => match directory::card(&mut db, actor, id).await {
            Ok(card) => Some((id.0, card.name)),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other.into()),
        },
    };
    let first = found.rows.first().filter(|_| found.has_before);
    let last = found.rows.last().filter(|_| found.has_after);
    Ok(page(&AssetsPage {
        frame: visitor.frame(&app, Section::Assets, None).await?,
        side: views::side(&counts, (asked.kind, asked.state)),
        query: asked.words.clone(),
        kind: asked.kind.map(views::kind),
        state: asked.state.map(views::life),
        sites: choices(sites, asked.site.as_deref().unwrap_or_default()),
        holder,
        may_add: keeps(actor).is_ok(),
        pager: Pager {
            previous: first.map(|it| query.beside("before", it.id)),
            next: last.map(|it| query.beside("after", it.id)),
        },
        rows: found.rows.into_iter().map(views::row).collect(),
    }))
}

/// What a form of the asset's page brought back.
#[derive(Default)]
struct Back {
    typed: Option<(&'static str, String)>,
    faults: Faults,
    conflict: Option<Conflict>,
}

async fn view(app: &House, visitor: &Visitor, id: AssetId, back: Back) -> Result<AssetPage, Error> {
    let (actor, words) = (&visitor.actor, &visitor.words);
    let mut db = app.db.read();
    let asset = super::find::<Look>(&mut db, actor, id).await?;
    let history = super::history(&mut db, actor, &asset).await?;
    let tickets = links::of_asset(&mut db, actor, &asset).await?;
    let counts = listing::counts(&mut db, actor).await?;
    let mut frame = visitor.frame(app, Section::Assets, None).await?;
    frame.here = format!("/assets/{id}");
    Ok(AssetPage {
        frame: frame.on(super::TOPIC, id.0, asset.version),
        side: views::side(&counts, (Some(asset.kind), None)),
        id: id.0,
        version: asset.version,
        kind: views::kind(asset.kind),
        name: asset.name.clone(),
        tag: asset.tag.clone(),
        serial: asset.serial.clone(),
        maker: asset.maker.clone(),
        model: asset.model.clone(),
        state: views::life(asset.state),
        holder: views::holder(asset.holder_id, asset.holder.as_ref()),
        held_micros: asset
            .held_since
            .filter(|_| asset.holder_id.is_some())
            .map(|it| it.0),
        previous: views::previous(&history),
        organization: asset.organization.clone().unwrap_or_default(),
        site: asset.site.clone().unwrap_or_default(),
        bought_on: asset.bought_on.map(|it| words.day(it.0)),
        warranty: views::warranty(&asset, words),
        note: asset.note.clone(),
        tickets: tickets.into_iter().map(views::ticket).collect(),
        history: history
            .iter()
            .filter_map(|it| views::line(it, words))
            .collect(),
        may_keep: keeps(actor).is_ok(),
        may_link: actor.is_permitted(permission::HANDLE),
        typed: back.typed,
        faults: back.faults,
        conflict: back.conflict,
    })
}

async fn show(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let shown = view(&app, &visitor, number(&id)?, Back::default()).await?;
    Ok(page(&shown))
}

/// The asset's page with one of its forms as it was sent and refused.
pub async fn refused(
    app: &House,
    visitor: &Visitor,
    id: AssetId,
    (field, typed): (&'static str, &str),
    faults: &Fields,
) -> Result<Response, Fail> {
    let back = Back {
        typed: Some((field, typed.to_owned())),
        faults: shared::faults(faults, &visitor.words),
        conflict: None,
    };
    let shown = view(app, visitor, id, back).await?;
    Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown))
}

async fn give(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let seen = form.number("version", "fault-version")?;
    let typed = form.text("holder");
    let wanted = Wanted(vec![(Property::Holder, typed)]);
    match put(&app, &visitor, id, seen, &wanted, true).await {
        Ok(()) => {
            let said = match typed {
                "" => "assets-said-taken-back",
                _ => "assets-said-given",
            };
            Ok(see_other(&format!("/assets/{id}"), Some((Tone::Ok, said))))
        }
        Err(Error::Invalid(faults)) => {
            refused(&app, &visitor, id, ("holder", typed), &faults).await
        }
        Err(Error::Conflict(clash)) => {
            let back = Back {
                typed: Some(("holder", typed.to_owned())),
                faults: Faults::default(),
                conflict: Some(conflict(&app, &visitor, id, &clash).await?),
            };
            let shown = view(&app, &visitor, id, back).await?;
            Ok(page_with(StatusCode::CONFLICT, &shown))
        }
        Err(other) => Err(other.into()),
    }
}

async fn put(
    app: &House,
    visitor: &Visitor,
    id: AssetId,
    seen: i64,
    wanted: &Wanted<'_>,
    confirmed: bool,
) -> Result<(), Error> {
    let actor = &visitor.actor;
    let mut tx = app.db.write().await?;
    let asset = super::find_to_change::<Keep>(&mut tx, actor, id).await?;
    let now = visitor.now();
    super::change(&mut tx, &asset, actor, Some(seen), wanted, confirmed, now).await?;
    tx.commit().await
}

/// What stands where both changed the same, and who changed it last.
async fn conflict(
    app: &House,
    visitor: &Visitor,
    id: AssetId,
    clash: &Clash,
) -> Result<Conflict, Error> {
    let mut db = app.db.read();
    let asset = super::find::<Look>(&mut db, &visitor.actor, id).await?;
    let history = super::history(&mut db, &visitor.actor, &asset).await?;
    let fields: Vec<&str> = clash.sides.iter().map(|side| side.field).collect();
    let by = history.iter().find(|it| fields.contains(&it.what.as_str()));
    Ok(Conflict {
        by: by.map(|it| it.actor.clone()).unwrap_or_default(),
        standing: views::standing(&asset, &fields, &visitor.words),
    })
}

/// What was typed into the form, property by property.
fn wanted<'a>(form: &'a Form, fields: impl Iterator<Item = Property>) -> Wanted<'a> {
    let typed = |property: Property| match property {
        Property::Note => (property, form.raw("note")),
        _ => (property, form.text(property.word())),
    };
    Wanted(fields.map(typed).collect())
}

fn typed(form: &Form) -> AssetForm {
    let text = |field: &str| form.text(field).to_owned();
    AssetForm {
        kind: text("kind"),
        name: text("name"),
        tag: text("tag"),
        serial: text("serial"),
        maker: text("manufacturer"),
        model: text("model"),
        state: text("state"),
        holder: text("holder"),
        bought_on: text("bought_on"),
        warranty_until: text("warranty_until"),
        note: form.raw("note").trim_end().to_owned(),
    }
}

/// What the form of an asset shows besides what is typed.
struct Around<'a> {
    standing: Option<&'a Asset>,
    organization: &'a str,
    site: &'a str,
    faults: Fields,
    conflict: Option<Conflict>,
    status: StatusCode,
}

async fn form_page(
    app: &House,
    visitor: &Visitor,
    form: AssetForm,
    around: Around<'_>,
) -> Result<Response, Fail> {
    let mut frame = visitor.frame(app, Section::Assets, None).await?;
    frame.here = around.standing.map_or_else(
        || "/assets/new".to_owned(),
        |it| format!("/assets/{}/edit", it.id),
    );
    let all = clientele::all(&mut app.db.read()).await?;
    let is_like = |key: &str| matches!(key, "fault-asset-serial" | "fault-asset-tag");
    let template = EditAssetPage {
        frame: match around.standing {
            Some(it) => frame.on(super::TOPIC, it.id.0, it.version),
            None => frame.adding(),
        },
        id: around.standing.map(|it| it.id.0),
        version: around.standing.map_or(1, |it| it.version),
        form,
        organizations: choices(all.organizations, around.organization),
        sites: choices(all.sites, around.site),
        must_confirm: around.faults.0.iter().any(|it| is_like(it.key)),
        faults: shared::faults(&around.faults, &visitor.words),
        conflict: around.conflict,
    };
    Ok(page_with(around.status, &template))
}

async fn new(Of(app): Of<App>, AgentVisitor(visitor): AgentVisitor) -> Result<Response, Fail> {
    keeps(&visitor.actor).map_err(Error::Forbidden)?;
    let form = AssetForm {
        kind: Kind::Computer.word().to_owned(),
        state: State::InStock.word().to_owned(),
        ..AssetForm::default()
    };
    let around = Around {
        standing: None,
        organization: "",
        site: "",
        faults: Fields::default(),
        conflict: None,
        status: StatusCode::OK,
    };
    form_page(&app, &visitor, form, around).await
}

async fn create(
    Of(app): Of<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let actor = &visitor.actor;
    let fields = FIELDS.into_iter().chain([Property::Holder]);
    let wanted = wanted(&form, fields);
    let confirmed = form.is_ticked("confirmed");
    let added = async {
        let mut tx = app.db.write().await?;
        let id = super::add(&mut tx, actor, &wanted, confirmed, visitor.now()).await?;
        tx.commit().await?;
        Ok(id)
    };
    match added.await {
        Ok(id) => Ok(see_other(
            &format!("/assets/{id}"),
            Some((Tone::Ok, "assets-said-added")),
        )),
        Err(Error::Invalid(faults)) => {
            let around = Around {
                standing: None,
                organization: form.text("organization"),
                site: form.text("site"),
                faults,
                conflict: None,
                status: StatusCode::UNPROCESSABLE_ENTITY,
            };
            form_page(&app, &visitor, typed(&form), around).await
        }
        Err(other) => Err(Fail(other)),
    }
}

async fn edit(
    Of(app): Of<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let asset = super::find::<Keep>(&mut db, &visitor.actor, number(&id)?).await?;
    let properties = asset.properties();
    let around = Around {
        standing: Some(&asset),
        organization: &properties.organization,
        site: &properties.site,
        faults: Fields::default(),
        conflict: None,
        status: StatusCode::OK,
    };
    form_page(&app, &visitor, views::form(&properties), around).await
}

async fn change(
    Of(app): Of<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    let seen = form.number("version", "fault-version")?;
    let wanted = wanted(&form, FIELDS.into_iter());
    let confirmed = form.is_ticked("confirmed");
    let (faults, clash) = match put(&app, &visitor, id, seen, &wanted, confirmed).await {
        Ok(()) => {
            let said = Some((Tone::Ok, "assets-said-saved"));
            return Ok(see_other(&format!("/assets/{id}"), said));
        }
        Err(Error::Invalid(faults)) => (faults, None),
        Err(Error::Conflict(clash)) => (Fields::default(), Some(clash)),
        Err(other) => return Err(other.into()),
    };
    let standing = super::find::<Look>(&mut app.db.read(), &visitor.actor, id).await?;
    let mut shown = Asset::clone(&standing);
    let (conflict, status) = match &clash {
        // Read both sides, and whoever saves again means it.
        Some(clash) => {
            let told = conflict(&app, &visitor, id, clash).await?;
            (Some(told), StatusCode::CONFLICT)
        }
        // What they saw stays what they saw: others' changes meanwhile are no part of it.
        None => {
            shown.version = seen;
            (None, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    let around = Around {
        standing: Some(&shown),
        organization: form.text("organization"),
        site: form.text("site"),
        faults,
        conflict,
        status,
    };
    form_page(&app, &visitor, typed(&form), around).await
}
