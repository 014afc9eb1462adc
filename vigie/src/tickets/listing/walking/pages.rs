//! A ticket's address carries the list one came from and one's place in it; from there one goes on.

use axum::http::HeaderMap;
use axum::http::header::REFERER;
use kit::db::Answers;
use kit::error::Error;
use kit::web::form::Form;
use pages::frame::TicketView;
use pages::tickets::show::Place;

use crate::tickets::TicketId;
use crate::tickets::listing::pages::asked;
use crate::tickets::listing::{self, Cursor};
use crate::web::visitor::Visitor;

/// The reader's place in the list that the address of a ticket carries: `list` and `at`.
pub async fn place(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    list: Option<&str>,
    at: Option<&str>,
) -> Result<Option<Place>, Error> {
    let (Some(list), Some(at)) = (list, at.and_then(Cursor::parse)) else {
        return Ok(None);
    };
    let asked = match asked(ask, visitor, &Form::of_query(Some(list))).await {
        Ok(asked) => asked,
        // The view was deleted, or is no longer theirs: the ticket is there all the same.
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let address = asked.address.ordered(asked.order);
    let carried = format!("&{}", address.carried(&at));
    let near = listing::neighbours(ask, &visitor.actor, &asked.filter, asked.order, at).await?;
    let link = |(ticket, cursor): (TicketId, Cursor)| {
        format!("/tickets/{ticket}?{}", address.carried(&cursor))
    };
    let name = match (asked.view.as_deref(), asked.ready()) {
        (Some(view), _) => view.name.clone(),
        (None, ready) => {
            let ready = ready.unwrap_or(TicketView::All);
            visitor.words.say(ready.key()).to_owned()
        }
    };
    Ok(Some(Place {
        list: address.href(),
        name,
        before: near.before.map(link),
        after: near.after.map(link),
        carried,
    }))
}

/// The ticket's address with the list that the page before it carried. A deed sends the browser back
/// to the bare ticket; the page that held its form still knows the list, and the browser says so.
pub fn carried_on(headers: &HeaderMap, ticket: TicketId) -> Option<String> {
    let before = headers.get(REFERER)?.to_str().ok()?;
    let (address, query) = before.split_once('?')?;
    if !address.ends_with(&format!("/tickets/{ticket}")) {
        return None;
    }
    let form = Form::of_query(Some(query));
    let (list, at) = (form.optional("list")?, form.optional("at")?);
    let escaped =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    Some(format!(
        "/tickets/{ticket}?list={}&at={}",
        escaped(list),
        escaped(at)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_deed_leads_back_to_the_ticket_in_its_list() {
        let from = |referer: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(REFERER, HeaderValue::from_static(referer));
            carried_on(&headers, TicketId(12))
        };
        let carried = "/tickets/12?list=view%3Dopen&at=f1.12";
        assert_eq!(
            from("http://desk.example/tickets/12?list=view%3Dopen&at=f1.12").as_deref(),
            Some(carried)
        );
        for other in [
            "http://desk.example/tickets/13?list=view%3Dopen&at=f1.12",
            "http://desk.example/tickets/12",
            "http://desk.example/tickets?view=open",
            "http://desk.example/tickets/12?list=&at=f1.12",
        ] {
            assert_eq!(from(other), None, "{other}");
        }
    }
}
