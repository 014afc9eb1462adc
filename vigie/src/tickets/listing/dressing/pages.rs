//! How a list is shown: rows or cards, columns, height, order; and what of it counts as read.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use kit::error::Error;
use kit::web::form::Form;
use pages::frame::{Section, Tone};
use pages::tickets::list_panels::DisplayPanel;

use crate::house::App;
use crate::tickets::listing::address::{Address, Basis, Ready};
use crate::tickets::listing::pages::list_of;
use crate::tickets::listing::settings::{self, Density, Layout, Settings, Shown};
use crate::tickets::listing::{Order, marks, views};
use crate::tickets::pages::{frame, number};
use crate::tickets::reading;
use crate::tickets::rights::Read;
use crate::views as saved;
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{local, page, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::AgentVisitor;

/// The addresses of the display.
pub fn routes() -> Vec<Route> {
    vec![
        get("/lists/display", Who::Staff, display_panel),
        post("/lists/display", Who::Staff, change_display),
        post("/lists/reading", Who::Staff, read_all),
        post("/tickets/{number}/reading", Who::Staff, mark),
    ]
}

async fn display_panel(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let asked = list_of(&mut app.db.read(), &visitor, &form).await?;
    let shown = &asked.settings.columns;
    let hidden = Shown::ALL.iter().filter(|column| !shown.contains(column));
    Ok(page(&DisplayPanel {
        frame: frame(&app, &visitor, Section::Tickets, asked.ready()).await?,
        // Without the order of the address, which would overrule what is chosen here.
        back: Address {
            order: None,
            ..asked.address.clone()
        }
        .href(),
        list: asked.address.basis.list(),
        is_grid: asked.settings.layout == Layout::Grid,
        is_compact: asked.settings.density == Density::Compact,
        columns: shown
            .iter()
            .map(|column| (views::column(*column), true))
            .chain(hidden.map(|column| (views::column(*column), false)))
            .collect(),
        sorts: views::ORDERS
            .iter()
            .map(|(sort, key)| ((*sort).to_owned(), *key, *sort == asked.order.text()))
            .collect(),
    }))
}

/// Keeps how somebody likes to see a list. The switch of the list itself sends the layout alone; the
/// panel sends everything, or one column to move.
async fn change_display(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let list = form.text("list");
    let basis = match list.strip_prefix("view:") {
        Some(row) => Basis::Saved(row.parse().map_err(|_| Error::NotFound)?),
        None => Basis::Ready(Ready::of(list).ok_or(Error::NotFound)?),
    };
    let mut tx = app.db.write().await?;
    if let Basis::Saved(row) = basis {
        saved::find::<saved::Read>(&mut tx, &visitor.actor, saved::ViewId(row)).await?;
    }
    let kept = settings::read(&mut tx, visitor.person.id, list).await?;
    let mut wanted = kept.unwrap_or_default();
    if let Some(layout) = Layout::of(form.text("layout")) {
        wanted.layout = layout;
    }
    if form.is_ticked("panel") {
        if let Some(density) = Density::of(form.text("density")) {
            wanted.density = density;
        }
        if let Some(order) = Order::parse(form.text("sort")) {
            wanted.order = order;
        }
        wanted.columns = Settings::columns_of(form.all("column"));
    }
    if let Some(column) = Shown::of(form.text("up")) {
        wanted.shift(column, false);
    }
    if let Some(column) = Shown::of(form.text("down")) {
        wanted.shift(column, true);
    }
    settings::keep(&mut tx, visitor.person.id, list, &wanted).await?;
    tx.commit().await?;
    let back = local(form.text("return_to"));
    if form.optional("up").or(form.optional("down")).is_some() {
        let list: String = url::form_urlencoded::byte_serialize(
            back.strip_prefix("/tickets?")
                .unwrap_or_default()
                .as_bytes(),
        )
        .collect();
        return Ok(see_other(&format!("/lists/display?list={list}"), None));
    }
    let said = form
        .is_ticked("panel")
        .then_some((Tone::Ok, "list-said-display"));
    Ok(see_other(back, said))
}

/// Everything that came until now is read.
async fn read_all(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    marks::read_all(&mut tx, visitor.person.id, visitor.now()).await?;
    tx.commit().await?;
    let back = local(form.text("return_to"));
    Ok(see_other(back, Some((Tone::Ok, "list-said-read"))))
}

/// One ticket is read, or unread again.
async fn mark(
    State(app): State<App>,
    Path(n): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let mut tx = app.db.write().await?;
    let ticket = reading::find_to_change::<Read>(&mut tx, &visitor.actor, number(&n)?).await?;
    let is_unread = form.is_ticked("unread");
    marks::set(&mut tx, visitor.person.id, &ticket, is_unread).await?;
    tx.commit().await?;
    let back = local(form.text("return_to"));
    let said = if is_unread {
        "list-said-unread"
    } else {
        "list-said-read"
    };
    Ok(see_other(back, Some((Tone::Ok, said))))
}
