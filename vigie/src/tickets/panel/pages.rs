//! A form of the panel that comes back: the ticket's page again, with the form open, what was typed
//! in it and the sentences at its fields.

use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Fields;
use pages::fields::{Fault, Faults};
use pages::tickets::panel::Typed;

use crate::house::House;
use crate::tickets::TicketId;
use crate::tickets::pages::refused_in_panel;
use crate::web::fail::{Fail, fault_text};
use crate::web::visitor::Visitor;

/// Shows the ticket again with the form `form` as it was sent.
pub async fn again(
    app: &House,
    visitor: &Visitor,
    id: TicketId,
    form: &'static str,
    typed: &[(&'static str, &str)],
    faults: Fields,
) -> Result<Response, Fail> {
    let said = faults.0.iter().map(|fault| Fault {
        field: fault.field,
        text: fault_text(fault, &visitor.words),
    });
    let typed = Typed {
        form,
        fields: typed
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        faults: Faults(said.collect()),
    };
    refused_in_panel(app, visitor, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
}
