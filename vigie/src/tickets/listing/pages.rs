//! The page of a list.

use std::collections::BTreeMap;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use kit::authz::Actor;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::frame::{Frame, Section, TicketView};
use pages::tickets::list::{Display, SavedView, TicketListPage};

use super::address::{Address, Basis};
use super::filter::{Calendar, Filter, Property, Value};
use super::settings::{self, Density, Layout, Settings, Shown};
use super::views::{self, Names};
use super::{Count, Cursor, Order, Page, store};
use crate::departments;
use crate::house::App;
use crate::notifications::away;
use crate::policy::permission;
use crate::tickets::{TicketId, bulk, listing, tags};
use crate::views as saved;
use crate::web::fail::{Fail, fault_text};
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows on a page of the list.
const ROWS: i64 = 50;

/// The addresses of lists.
pub fn routes() -> Vec<Route> {
    vec![get("/tickets", Who::Staff, list).for_eyes()]
}

/// Where days begin for somebody, and which day it is.
pub fn calendar(visitor: &Visitor) -> Calendar {
    Calendar {
        zone: visitor.words.zone.clone(),
        now: visitor.now(),
    }
}

/// A list that somebody asks for, with everything that decides what it shows.
#[derive(Debug)]
pub struct Asked {
    /// Where it is.
    pub address: Address,
    /// The saved view it begins from.
    pub view: Option<kit::authz::May<saved::Read, saved::View>>,
    /// That view's conditions.
    pub stored: Filter,
    /// All conditions.
    pub filter: Filter,
    /// How its reader likes to see it.
    pub settings: Settings,
    /// In which order it is shown now.
    pub order: Order,
    /// What was wrong with the conditions, in the reader's language.
    pub complaints: Vec<String>,
}

/// Reads which list an address means, for this reader. A view they may not see is not there.
pub async fn asked(ask: &mut dyn Answers, visitor: &Visitor, form: &Form) -> Result<Asked, Error> {
    let calendar = calendar(visitor);
    let mut complaints = vec![];
    let mut complain = |faults: &Fields| {
        complaints.extend(faults.0.iter().map(|f| fault_text(f, &visitor.words)));
    };
    let address = match Address::read(form, &calendar) {
        Ok(address) => address,
        Err(Error::Invalid(faults)) => {
            complain(&faults);
            Address::without_filter(form)
        }
        Err(other) => return Err(other),
    };
    let view = match address.basis {
        Basis::Saved(row) => {
            Some(saved::find::<saved::Read>(ask, &visitor.actor, saved::ViewId(row)).await?)
        }
        Basis::Ready(_) => None,
    };
    let stored = match view.as_deref().map(|view| view.conditions(&calendar)) {
        None => Filter::default(),
        Some(Ok(filter)) => filter,
        // A condition that is not understood must not widen the view: nothing is shown but the complaint.
        Some(Err(Error::Invalid(faults))) => {
            complain(&faults);
            Filter::default().over(true).over(false)
        }
        Some(Err(other)) => return Err(other),
    };
    let usual = view.as_deref().map_or(Order::USUAL, saved::View::order);
    let kept = settings::read(ask, visitor.person.id, &address.basis.list()).await?;
    let settings = kept.unwrap_or(Settings {
        order: usual,
        ..Settings::default()
    });
    Ok(Asked {
        filter: address.whole_filter(&stored),
        order: address.order.unwrap_or(settings.order),
        address,
        view,
        stored,
        settings,
        complaints,
    })
}

impl Asked {
    /// The ready-made list it is, if it is one.
    pub fn ready(&self) -> Option<TicketView> {
        match self.address.basis {
            Basis::Ready(ready) => TicketView::parse(ready.word()),
            Basis::Saved(_) => None,
        }
    }

    fn view_id(&self) -> Option<saved::ViewId> {
        self.view.as_deref().map(|view| view.id)
    }

    /// The query that comes back to this list, with its order.
    pub fn query(&self) -> String {
        self.address.ordered(self.order).text()
    }

    /// The address of something about this list.
    pub fn panel(&self, path: &str) -> String {
        let query = self.query();
        let list: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        format!("{path}?list={list}")
    }
}

async fn list(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    let form = Form::of_query(query.as_deref());
    let mut db = app.db.glance();
    let actor = &visitor.actor;
    let asked = asked(&mut db, &visitor, &form).await?;
    let after = form.optional("after").or(form.optional("before"));
    let cursor = after.and_then(Cursor::parse);
    let place = cursor.clone();
    let found = listing::page(&mut db, actor, &asked.filter, asked.order, place, ROWS).await?;
    if cursor.is_none() {
        remember_order(&app, &visitor, &asked);
    }
    let (section, view) = (Section::Tickets, asked.ready());
    let mut frame = visitor.framed(&mut db, &app, section, view).await?;
    frame.saved = saved::pages::side(&mut db, &visitor, asked.view_id()).await?;
    let count = count(&mut db, &visitor, &frame, &asked, cursor.is_none(), &found).await?;
    let names = names(&mut db, &visitor, &asked.filter, &found).await?;
    let mut tags = tags_shown(&mut db, actor, &asked.settings.columns, &found).await?;
    let mut list = list_page(&visitor, frame, asked, names, count, found);
    for row in &mut list.rows {
        row.tags = tags.remove(&TicketId(row.number)).unwrap_or_default();
    }
    if let Some(cursor) = cursor {
        let side = if cursor.is_backwards {
            "before"
        } else {
            "after"
        };
        list.back = format!("{}&{side}={}", list.back, cursor.parameter());
    }
    list.once = app.dice.token();
    list.away = away::views::bar(&mut db, &app, &visitor).await?;
    list.toast = bulk::pages::toast(&mut db, &visitor, form.optional("done")).await?;
    Ok(page(&list))
}

/// A list is shown again in the order it was left in. Written beside the request, and only when it
/// changed, so that reading a page never waits for the writer.
fn remember_order(app: &App, visitor: &Visitor, asked: &Asked) {
    if asked.order == asked.settings.order || visitor.looks_for().is_some() {
        return;
    }
    let (db, person, list) = (
        app.db.clone(),
        visitor.person.id,
        asked.address.basis.list(),
    );
    let settings = Settings {
        order: asked.order,
        ..asked.settings.clone()
    };
    app.run_errand(async move {
        let written = async {
            let mut tx = db.write().await?;
            settings::keep(&mut tx, person, &list, &settings).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the order of a list was not written down");
        }
    });
}

/// How many there are: known already for lists as they stand, seen when one page holds them all,
/// counted up to a bound otherwise.
async fn count(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    frame: &Frame,
    asked: &Asked,
    is_first: bool,
    found: &Page,
) -> Result<Option<String>, Error> {
    let words = &visitor.words;
    if asked.address.filter.terms().is_empty() {
        if let Some(n) = asked.ready().and_then(|view| frame.counts.of(view)) {
            return Ok(Some(words.number(n)));
        }
        if let Some(side) = frame.saved.iter().find(|view| view.is_current) {
            return Ok(side.count.clone());
        }
    }
    if is_first && found.after.is_none() {
        let n = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
        return Ok(Some(words.number(n)));
    }
    let counted = listing::count(ask, &visitor.actor, &asked.filter, saved::COUNTED).await?;
    Ok(Some(count_text(counted, visitor)))
}

/// A count as people read it: `128`, or `500+` when there are more.
pub fn count_text(count: Count, visitor: &Visitor) -> String {
    let more = if count.is_more { "+" } else { "" };
    format!("{}{more}", visitor.words.number(count.n))
}

/// The names that the chips of a filter mention: of what the reader may choose, and of people who
/// stand on the page anyway.
async fn names(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    filter: &Filter,
    found: &Page,
) -> Result<Names, Error> {
    let rows_of = |wanted: Property| {
        let mut terms = filter.terms().iter().filter(|t| t.property() == wanted);
        terms.any(|t| t.values().iter().any(|v| matches!(v, Value::Row(_))))
    };
    let mut names = Names::default();
    if rows_of(Property::Department) || rows_of(Property::Category) {
        add_places(ask, visitor, &mut names).await?;
    }
    if rows_of(Property::Tag) {
        names.tags = tag_names(ask, visitor).await?;
    }
    if rows_of(Property::Assignee) || rows_of(Property::Requester) {
        names.people = colleagues(ask, visitor).await?;
        names.add_rows(found);
    }
    Ok(names)
}

/// The words on the tickets of a page, asked for only by a list that shows them.
pub async fn tags_shown(
    ask: &mut dyn Answers,
    actor: &Actor,
    columns: &[Shown],
    found: &Page,
) -> Result<BTreeMap<TicketId, Vec<String>>, Error> {
    if !columns.contains(&Shown::Tags) {
        return Ok(BTreeMap::new());
    }
    tags::of_page(ask, actor, found.rows.iter().map(|row| row.id)).await
}

/// The departments whose lists the reader may open, and their categories.
pub async fn add_places(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    names: &mut Names,
) -> Result<(), Error> {
    for one in departments::seen_by(ask, &visitor.actor).await? {
        names.departments.insert(one.id.0, one.name);
    }
    for place in departments::places(ask).await? {
        if names.departments.contains_key(&place.department_id.0) {
            names.categories.insert(place.id.0, place.name);
        }
    }
    Ok(())
}

/// Whom the reader works with, by row.
pub async fn colleagues(
    ask: &mut dyn Answers,
    visitor: &Visitor,
) -> Result<BTreeMap<i64, String>, Error> {
    let found = store::colleagues(ask, &visitor.actor).await?;
    Ok(found.into_iter().map(|one| (one.id.0, one.name)).collect())
}

/// The tags the reader sees, by row.
pub async fn tag_names(
    ask: &mut dyn Answers,
    visitor: &Visitor,
) -> Result<BTreeMap<i64, String>, Error> {
    let found = tags::known(ask, &visitor.actor, 100).await?;
    Ok(found.into_iter().map(|one| (one.id.0, one.name)).collect())
}

fn list_page(
    visitor: &Visitor,
    frame: Frame,
    asked: Asked,
    names: Names,
    count: Option<String>,
    found: Page,
) -> TicketListPage {
    let (address, order) = (&asked.address, asked.order);
    let is_narrowed = !address.filter.terms().is_empty();
    let bare = Address {
        filter: Filter::default(),
        ..address.clone()
    };
    let ordered = address.ordered(order);
    let neighbour =
        |side, cursor: &Option<Cursor>| cursor.as_ref().map(|c| ordered.page_href(side, c));
    TicketListPage {
        view: asked.ready().unwrap_or(TicketView::All),
        saved: asked.view.as_deref().map(|view| SavedView {
            name: view.name.clone(),
            is_changed: is_narrowed,
            href: bare.href(),
            edit: view
                .allows(&visitor.actor)
                .then(|| asked.panel(&format!("/views/{}", view.id))),
        }),
        count,
        chips: views::chips(address, &asked.stored, &names, &visitor.words),
        complaints: asked.complaints.clone(),
        add_href: asked.panel("/lists/filter"),
        save_href: asked.panel("/views/new"),
        export_href: visitor
            .actor
            .is_permitted(permission::EXPORT)
            .then(|| asked.panel("/lists/export")),
        clear_href: is_narrowed.then(|| bare.href()),
        sorted_key: views::sorted_key(order),
        headings: views::headings(&asked.settings.columns, address, order),
        subject: views::subject_heading(address, order),
        display: Display {
            is_grid: asked.settings.layout == Layout::Grid,
            is_compact: asked.settings.density == Density::Compact,
            list: address.basis.list(),
            href: asked.panel("/lists/display"),
        },
        away: None,
        toast: None,
        deeds: bulk::Deed::ALL
            .iter()
            .filter(|deed| bulk::may(&visitor.actor, **deed).is_ok())
            .map(|deed| bulk::pages::view(*deed))
            .collect(),
        back: ordered.href(),
        once: String::new(),
        newer: neighbour("before", &found.before),
        older: neighbour("after", &found.after),
        rows: views::rows(found, &visitor.actor, &ordered),
        frame,
    }
}

/// The list that a panel's hidden field names.
pub async fn list_of(
    ask: &mut dyn Answers,
    visitor: &Visitor,
    form: &Form,
) -> Result<Asked, Error> {
    asked(ask, visitor, &Form::of_query(Some(form.text("list")))).await
}
