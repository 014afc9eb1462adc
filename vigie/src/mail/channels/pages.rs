//! The page on which mail channels are kept.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Error;
use kit::web::form::Form;
use pages::admin::channels::{CategoryChoice, ChannelForm, ChannelRow, ChannelsPage};
use pages::fields::{Conflict, Faults};
use pages::frame::{Section, Tone};

use super::{ChannelId, Wanted};
use crate::audit::Pen;
use crate::departments::{self, CategoryId, views};
use crate::house::{App, House};
use crate::policy::permission;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/admin/channels",
            Who::May(permission::MANAGE_CHANNELS),
            list,
        ),
        post(
            "/admin/channels",
            Who::May(permission::MANAGE_CHANNELS),
            create,
        ),
        post(
            "/admin/channels/{id}",
            Who::May(permission::MANAGE_CHANNELS),
            change,
        ),
    ]
}

async fn view(app: &House, visitor: &Visitor) -> Result<ChannelsPage, Error> {
    let may = super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let channels = super::list(&mut db, &may).await?;
    let categories = departments::places(&mut db)
        .await?
        .into_iter()
        .map(|place| CategoryChoice {
            id: place.id.0,
            name: format!("{}, {}", place.department, place.name),
        })
        .collect();
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = "/admin/channels".to_owned();
    Ok(ChannelsPage {
        frame,
        rows: channels
            .into_iter()
            .map(|channel| ChannelRow {
                id: channel.id.0,
                version: channel.version,
                title: channel.address.clone(),
                place: format!("{}, {}", channel.department, channel.category),
                form: ChannelForm {
                    address: channel.address,
                    name: channel.name,
                    category: Some(channel.category_id.0),
                    is_active: channel.is_active,
                },
                faults: Faults::default(),
                conflict: None,
            })
            .collect(),
        categories,
        new: ChannelForm {
            is_active: true,
            ..ChannelForm::default()
        },
        faults: Faults::default(),
    })
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    Ok(page(&view(&app, &visitor).await?))
}

fn typed(form: &Form) -> ChannelForm {
    ChannelForm {
        address: form.text("address").to_owned(),
        name: form.text("name").to_owned(),
        category: form.text("category").parse().ok(),
        is_active: form.is_ticked("active"),
    }
}

fn wanted(form: &ChannelForm) -> Wanted {
    Wanted {
        address: form.address.clone(),
        name: form.name.clone(),
        category: form.category.map(CategoryId),
        is_active: form.is_active,
    }
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let typed = typed(&form);
    let mut tx = app.db.write().await?;
    match super::create(
        &mut tx,
        &may,
        &wanted(&typed),
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await
    {
        Ok(_) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "channels-said-created"));
            Ok(see_other("/admin/channels", said))
        }
        Err(Error::Invalid(fields)) => {
            drop(tx);
            let mut view = view(&app, &visitor).await?;
            view.new = typed;
            view.faults = views::faults(&fields, &visitor.words);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let id = id.parse().map(ChannelId).map_err(|_| Error::NotFound)?;
    let seen = form.number("version", "fault-version")?;
    let typed = typed(&form);
    let mut tx = app.db.write().await?;
    let error = match super::change(
        &mut tx,
        &may,
        id,
        Some(seen),
        &wanted(&typed),
        Pen::of(&visitor.actor, app.clock.now()),
    )
    .await
    {
        Ok(()) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "admin-said-saved"));
            return Ok(see_other("/admin/channels", said));
        }
        Err(error) => error,
    };
    drop(tx);
    let mut view = view(&app, &visitor).await?;
    let row = view.rows.iter_mut().find(|row| row.id == id.0);
    let row = row.ok_or(Error::NotFound)?;
    let status = match error {
        Error::Invalid(fields) => {
            row.faults = views::faults(&fields, &visitor.words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            let values = [
                views::differs("channels-address", &row.form.address, &typed.address),
                views::differs("channels-name", &row.form.name, &typed.name),
                (row.form.category != typed.category).then(|| pages::fields::Standing {
                    label: "channels-category",
                    value: row.place.clone(),
                }),
            ];
            row.conflict = Some(Conflict {
                by: visitor.words.say("admin-somebody").to_owned(),
                standing: values.into_iter().flatten().collect(),
            });
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    row.form = typed;
    Ok(page_with(status, &view))
}
