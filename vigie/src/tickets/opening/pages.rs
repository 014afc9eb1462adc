//! `/tickets/new`: an agent files a ticket for somebody.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::form::FormField;
use pages::frame::{Section, Tone};
use pages::tickets::opening::{NewTicketPage, SimilarTicket};
use pages::tickets::visibility::Visibility as VisibilityView;
use pages::tickets::{Choice, ChoiceGroup, Origin as OriginView, Priority};
use serde::Deserialize;

use super::Similar;
use crate::departments::templates::{self, Template};
use crate::departments::{self, CategoryId, DepartmentId, Place};
use crate::house::{App, House};
use crate::people::directory;
use crate::tickets::comments::{Body, LONGEST, NewComment};
use crate::tickets::pages::frame;
use crate::tickets::unsent::{self, Unsent};
use crate::tickets::verbs::{self, NewTicket};
use crate::tickets::{TicketId, Visibility, uploads, views};
use crate::web::fail::{Fail, fault_at};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Limit, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of the form.
pub fn routes() -> Vec<Route> {
    vec![
        post("/tickets", Who::Staff, create).taking(Limit::FILES),
        get("/tickets/new", Who::Staff, new),
    ]
}

#[derive(Debug, Deserialize)]
struct NewQuery {
    category: Option<String>,
    requester: Option<String>,
    /// One that was begun and not sent.
    unsent: Option<i64>,
}

async fn new(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Query(query): Query<NewQuery>,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let begun = unsent::one(&mut db, &visitor.actor, unsent::Form::New, query.unsent).await?;
    let mut typed = Typed {
        category: query.category.unwrap_or_default(),
        requester: query.requester.unwrap_or_default(),
        ..Typed::default()
    };
    match begun {
        Some(begun) => typed = Typed::begun(&begun),
        None => typed.fill(&template_of(&app, &typed.category).await?),
    }
    new_page(
        &app,
        &visitor,
        &typed,
        vec![],
        &Fields::default(),
        StatusCode::OK,
    )
    .await
}

/// What was typed in the form of a new ticket.
#[derive(Default)]
struct Typed {
    requester: String,
    category: String,
    subject: String,
    body: String,
    priority: String,
    origin: String,
    visibility: String,
    /// The form's token; a form that comes back keeps it.
    once: Option<String>,
}

impl Typed {
    /// What was begun and not sent.
    fn begun(begun: &Unsent) -> Typed {
        let text = |name: &str| begun.text(name).to_owned();
        Typed {
            requester: text("requester"),
            category: text("category"),
            subject: text("subject"),
            body: text("body"),
            priority: text("priority"),
            origin: text("origin"),
            visibility: text("visibility"),
            once: Some(begun.token.clone()),
        }
    }

    fn of(form: &Form) -> Typed {
        Typed {
            requester: form.text("requester").to_owned(),
            category: form.text("category").to_owned(),
            subject: form.text("subject").to_owned(),
            body: form.raw("body").trim_end().to_owned(),
            priority: form.text("priority").to_owned(),
            origin: form.text("origin").to_owned(),
            visibility: form.text("visibility").to_owned(),
            once: form.optional("once").map(str::to_owned),
        }
    }

    /// Fills what is still empty; the priority unless one was chosen.
    fn fill(&mut self, template: &Template) {
        if self.subject.is_empty() {
            self.subject.clone_from(&template.subject);
        }
        if self.body.is_empty() {
            self.body.clone_from(&template.body);
        }
        let is_usual = matches!(
            Priority::parse(&self.priority),
            None | Some(Priority::Normal)
        );
        if let (true, Some(level)) = (is_usual, template.priority) {
            self.priority = Priority::of_level(level).code().to_owned();
        }
        let is_usual = matches!(
            VisibilityView::parse(&self.visibility),
            None | Some(VisibilityView::Private)
        );
        if let (true, Some(visibility)) = (is_usual, template.visibility) {
            self.visibility = visibility.word().to_owned();
        }
    }
}

async fn template_of(app: &House, category: &str) -> Result<Template, Error> {
    let Ok(category) = category.parse().map(CategoryId) else {
        return Ok(Template::default());
    };
    templates::coming_in_by(&mut app.db.read(), category).await
}

/// Categories as the form offers them, by department.
fn groups(places: Vec<Place>, chosen: &str) -> Vec<ChoiceGroup> {
    let mut groups: Vec<(DepartmentId, ChoiceGroup)> = vec![];
    for place in places {
        let choice = Choice {
            value: place.id.to_string(),
            selected: chosen == place.id.to_string(),
            name: place.name,
        };
        match groups.last_mut() {
            Some((id, group)) if *id == place.department_id => group.choices.push(choice),
            _ => groups.push((
                place.department_id,
                ChoiceGroup {
                    name: place.department,
                    choices: vec![choice],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// A similar ticket as both forms name it; `base` is where it is read.
pub fn similar_view(similar: Similar, base: &str) -> SimilarTicket {
    SimilarTicket {
        number: similar.id.0,
        href: format!("{base}/{}", similar.id),
        subject: similar.subject,
        requester: similar.requester,
        state: views::state(similar.state),
        at_micros: similar.updated_at.0,
    }
}

async fn new_page(
    app: &House,
    visitor: &Visitor,
    typed: &Typed,
    similar: Vec<Similar>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let at = |field: &str| fault_at(faults, field, &visitor.words);
    let places = departments::places(&mut app.db.read()).await?;
    let frame = frame(app, visitor, Section::Tickets, None).await?;
    let once = typed.once.clone().unwrap_or_else(|| app.dice.token());
    let template = NewTicketPage {
        frame: frame.adding(),
        requester: FormField {
            value: typed.requester.clone(),
            error: at("requester"),
        },
        categories: groups(places, &typed.category),
        category_error: at("category"),
        subject: FormField {
            value: typed.subject.clone(),
            error: at("subject"),
        },
        body: FormField {
            value: typed.body.clone(),
            error: at("body"),
        },
        priority: Priority::parse(&typed.priority).unwrap_or(Priority::Normal),
        origin: OriginView::parse(&typed.origin).unwrap_or(OriginView::Phone),
        visibility: VisibilityView::parse(&typed.visibility).unwrap_or_default(),
        most_files: crate::files::MOST as i64,
        largest_file: crate::files::LARGEST,
        files_error: at("files"),
        similar: similar
            .into_iter()
            .map(|s| similar_view(s, "/tickets"))
            .collect(),
        unsent: unsent::pages::others(&mut app.db.read(), &visitor.actor, unsent::Form::New, &once)
            .await?,
        once,
    };
    Ok(page_with(status, &template))
}

/// What the form came to.
enum Came {
    Opened(TicketId),
    Similar(Vec<Similar>, bool),
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, mut typed) = (visitor.0, Typed::of(&form));
    if form.is_ticked("template") {
        typed.fill(&template_of(&app, &typed.category).await?);
        return new_page(
            &app,
            &visitor,
            &typed,
            vec![],
            &Fields::default(),
            StatusCode::OK,
        )
        .await;
    }
    if form.is_ticked("later") {
        let (actor, kind) = (&visitor.actor, unsent::Form::New);
        let said = unsent::pages::put_off(&app, actor, kind, &form, visitor.now()).await?;
        return Ok(see_other("/tickets", Some(said)));
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match open(&app, &visitor, &typed, form).await {
        Ok(Came::Opened(ticket)) => Ok(see_other(
            &format!("/tickets/{ticket}"),
            Some((Tone::Ok, "tickets-said-opened")),
        )),
        Ok(Came::Similar(similar, had_files)) => {
            let mut faults = Fields::default();
            // A browser does not send a file twice by itself.
            faults.require(!had_files, "files", "fault-files-again");
            new_page(&app, &visitor, &typed, similar, &faults, unprocessable).await
        }
        Err(Error::Invalid(faults)) => {
            new_page(&app, &visitor, &typed, vec![], &faults, unprocessable).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn open(app: &House, visitor: &Visitor, typed: &Typed, form: Form) -> Result<Came, Error> {
    let actor = &visitor.actor;
    let mut faults = Fields::default();
    form.required("subject", verbs::LONGEST_SUBJECT, &mut faults);
    form.required("body", LONGEST, &mut faults);
    let requester = directory::named(&mut app.db.read(), actor, &typed.requester).await?;
    if typed.requester.is_empty() {
        faults.add("requester", "fault-missing", None);
    } else if requester.is_none() {
        faults.add(
            "requester",
            "fault-person-unknown",
            Some(typed.requester.clone()),
        );
    }
    let category = typed.category.parse().ok().map(CategoryId);
    faults.require(category.is_some(), "category", "fault-category-missing");
    let (Some(requester), Some(category)) = (requester.map(|p| p.id), category) else {
        return Err(Error::Invalid(faults));
    };
    faults.settle()?;
    let mut db = app.db.read();
    let place = departments::place_for_somebody(&mut db, actor, category).await?;
    if !form.is_ticked("anyway") {
        let (department, once) = (Some(place.department_id), form.once());
        let subject = &typed.subject;
        let found = super::similar(
            &mut db,
            actor,
            requester,
            department,
            subject,
            once.as_deref(),
        )
        .await?;
        if !found.is_empty() {
            return Ok(Came::Similar(found, !form.files.is_empty()));
        }
    }
    let once = form.once();
    let files = uploads::keep(&app.files, form.files).await?;
    let mut tx = app.db.write().await?;
    let place = departments::place_for_somebody(&mut tx, actor, category).await?;
    let new = NewTicket {
        subject: typed.subject.clone(),
        priority: Priority::parse(&typed.priority)
            .unwrap_or(Priority::Normal)
            .level(),
        visibility: Visibility::of(&typed.visibility).unwrap_or(Visibility::Private),
        comment: NewComment {
            body: Body::of_markdown(&typed.body),
            files,
            origin: views::origin_of(OriginView::parse(&typed.origin).unwrap_or(OriginView::Desk)),
            once,
            incoming_mail: None,
        },
    };
    let opened =
        verbs::open_for_somebody(&mut tx, &place, actor, requester, new, visitor.now()).await?;
    if let Some(once) = &typed.once {
        unsent::sent(&mut tx, actor, unsent::Form::New, once, visitor.now()).await?;
    }
    tx.commit().await?;
    Ok(Came::Opened(opened.ticket))
}
