//! The panel that adds a condition to a list: a form for each property, sent by GET and answered by
//! the address of the narrower list, or by the form again with what is wrong.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::frame::Section;
use pages::tickets::list_panels::{Adder, Entry, FilterPanel, Offer};

use crate::departments;
use crate::house::{App, House};
use crate::people::directory;
use crate::tickets::listing::address::Address;
use crate::tickets::listing::filter::{MOST_TERMS, Operator, Property, Term};
use crate::tickets::listing::pages::{Asked, add_places, calendar, colleagues, list_of, tag_names};
use crate::tickets::listing::views::{self, Names};
use crate::tickets::pages::frame;
use crate::web::fail::{Fail, fault_at};
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The address of the panel.
pub fn routes() -> Vec<Route> {
    vec![get("/lists/filter", Who::Staff, filter_panel).for_eyes()]
}

async fn filter_panel(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.read();
    let asked = list_of(&mut db, &visitor, &form).await?;
    let Some(property) = Property::of(form.text("add")) else {
        return show_filter_panel(&app, &visitor, &asked, &form, None).await;
    };
    match added(&mut db, &visitor, &asked, property, &form).await {
        Ok(address) => Ok(see_other(&address.href(), None)),
        Err(Error::Invalid(faults)) => {
            show_filter_panel(&app, &visitor, &asked, &form, Some(faults)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The list with the condition that was typed.
async fn added(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    asked: &Asked,
    property: Property,
    form: &Form,
) -> Result<Address, Error> {
    let usual = property.operators().first().copied();
    let operator = Operator::of(form.text("op")).or(usual);
    let operator = operator.unwrap_or(Operator::Is);
    let mut texts: Vec<String> = match form.optional("ago") {
        Some(ago) => vec![ago.to_owned()],
        None => form.all("v").map(|v| v.trim().to_owned()).collect(),
    };
    if property == Property::Requester {
        for text in texts.iter_mut().filter(|text| !text.is_empty()) {
            *text = person(ask, visitor, text).await?;
        }
    }
    let calendar = calendar(visitor);
    let term = Term::parse(
        property,
        operator,
        texts.iter().map(String::as_str),
        &calendar,
    )?;
    let address = asked.address.with(&asked.stored, term).ordered(asked.order);
    if address.filter.terms().len() > MOST_TERMS {
        let most = MOST_TERMS.to_string();
        return Err(Error::invalid_with(
            property.word(),
            "fault-filter-terms",
            most,
        ));
    }
    Ok(address)
}

/// Somebody who was typed, as a value of a condition.
async fn person(ask: &mut dyn Answers, visitor: &Visitor, typed: &str) -> Result<String, Error> {
    let is_me = typed == "me" || typed.to_lowercase() == visitor.words.say("list-person-me");
    if is_me {
        return Ok("me".to_owned());
    }
    match directory::named(ask, &visitor.actor, typed).await? {
        Some(person) => Ok(person.id.to_string()),
        None => Err(Error::invalid_with(
            "requester",
            "fault-person-unknown",
            typed.to_owned(),
        )),
    }
}

async fn show_filter_panel(
    app: &House,
    visitor: &Visitor,
    asked: &Asked,
    form: &Form,
    faults: Option<Fields>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let mut names = Names {
        people: colleagues(&mut db, visitor).await?,
        tags: tag_names(&mut db, visitor).await?,
        ..Names::default()
    };
    add_places(&mut db, visitor, &mut names).await?;
    let places = departments::places(&mut db).await?;
    let mut groups: Vec<(String, Vec<Offer>)> = vec![];
    let ticked: Vec<&str> = match faults {
        Some(_) => form.all("v").collect(),
        None => vec![],
    };
    for place in places {
        if !names.departments.contains_key(&place.department_id.0) {
            continue;
        }
        let value = place.id.to_string();
        let offer = Offer {
            is_chosen: ticked.contains(&value.as_str()),
            value,
            name: place.name,
        };
        match groups.last_mut() {
            Some((name, offers)) if *name == place.department => offers.push(offer),
            _ => groups.push((place.department, vec![offer])),
        }
    }
    let now = Property::of(form.text("add"));
    let adders = Property::ALL
        .iter()
        .filter(|property| match property {
            Property::Tag => !names.tags.is_empty(),
            Property::Trainees => visitor.is_mentor(),
            _ => true,
        })
        .map(|property| {
            let is_now = now == Some(*property) && faults.is_some();
            let typed = if is_now { form.text("v") } else { "" };
            let entry = match property {
                Property::Category => Entry::Groups(groups.clone()),
                Property::Requester => Entry::Person(typed.to_owned()),
                Property::Created | Property::Updated | Property::Closed => {
                    Entry::Date(typed.to_owned())
                }
                other => {
                    let ticked: &[&str] = if is_now { &ticked } else { &[] };
                    views::boxes(*other, &names, &visitor.words, ticked)
                }
            };
            let usual = property.operators().first().copied();
            let chosen = Operator::of(form.text("op")).filter(|_| is_now).or(usual);
            Adder {
                error: faults
                    .as_ref()
                    .filter(|_| is_now)
                    .and_then(|f| fault_at(f, property.word(), &visitor.words)),
                ..views::adder(*property, entry, chosen.unwrap_or(Operator::Is))
            }
        })
        .collect();
    let status = match faults {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(page_with(
        status,
        &FilterPanel {
            frame: frame(app, visitor, Section::Tickets, asked.ready()).await?,
            back: asked.address.href(),
            list: asked.query(),
            adders,
        },
    ))
}
