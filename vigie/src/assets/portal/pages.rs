//! What requesters have, read only, while the desk shows it to them (features P-11, P-30).

use axum::extract::State;
use axum::response::Response;
use kit::error::Error;
use pages::equipment::OwnAssetsPage;
use pages::portal::Tab;

use crate::assets::views;
use crate::house::App;
use crate::tickets::portal::{as_requester, surroundings};
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::CustomerVisitor;

/// The address of the page.
pub fn routes() -> Vec<Route> {
    vec![get("/portal/assets", Who::Customer, list).for_eyes()]
}

async fn list(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
) -> Result<Response, Fail> {
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::Assets).await?;
    if !navigation.shows_assets {
        return Err(Error::NotFound.into());
    }
    let actor = as_requester(&visitor);
    let found = crate::assets::held_by(&mut app.db.read(), &actor, visitor.person.id).await?;
    Ok(page(&OwnAssetsPage {
        frame,
        navigation,
        rows: found.into_iter().map(views::own).collect(),
    }))
}
