//! A form of the panel that comes back: the ticket's page again, with the form open, what was typed
//! in it and the sentences at its fields.

use axum::http::StatusCode;
use axum::response::Response;
use kit::error::Fields;
use kit::web::form::Form;
use pages::fields::{Fault, Faults};
use pages::tickets::panel::Typed;

use crate::house::House;
use crate::tickets::pages::refused_in_panel;
use crate::tickets::verbs::Addressed;
use crate::tickets::{Audience, TicketId};
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

/// Whom the words of a composer are for: `audience` says reply or note, `readers` narrows a reply, `quiet`
/// tells nobody. `None` when no audience was chosen, because a note sent as a reply cannot be taken back.
pub fn addressed(form: &Form) -> Option<Addressed> {
    let chosen = Audience::of(form.text("audience"))?;
    let narrowed = Audience::of(form.text("readers")).filter(|a| *a != Audience::Staff);
    let audience = match chosen {
        Audience::Public => narrowed.unwrap_or(chosen),
        chosen => chosen,
    };
    Some(Addressed {
        audience,
        is_quiet: form.is_ticked("quiet"),
    })
}
