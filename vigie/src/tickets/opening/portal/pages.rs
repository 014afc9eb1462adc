//! The portal's form of a new ticket.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::portal::{
    CategoryChoice, ChooseCategoryPage, DepartmentChoice, DescribeTicketPage, KeptWords, Tab,
    TicketSentPage,
};
use serde::Deserialize;

use crate::departments::{self, CategoryId, templates};
use crate::house::{App, House};
use crate::tickets::comments::{Body, LONGEST, NewComment};
use crate::tickets::opening::pages::similar_view;
use crate::tickets::opening::{Similar, similar};
use crate::tickets::pages::number;
use crate::tickets::portal::{as_requester, limits, said, surroundings};
use crate::tickets::rights::Read;
use crate::tickets::unsent::{self, Unsent};
use crate::tickets::verbs::{self, NewTicket};
use crate::tickets::{Origin, TicketId, Visibility, reading, solutions, uploads, views};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Limit, Route, get, post};
use crate::web::visitor::{CustomerVisitor, Visitor};

/// The addresses of the form.
pub fn routes() -> Vec<Route> {
    vec![
        post("/portal/tickets", Who::Customer, create).taking(Limit::FILES),
        get("/portal/tickets/new", Who::Customer, new),
        get("/portal/tickets/{number}/sent", Who::Customer, sent),
    ]
}

async fn choices(app: &House, visitor: &Visitor) -> Result<Vec<DepartmentChoice>, Error> {
    let actor = as_requester(visitor);
    let places = departments::places_offered(&mut app.db.read(), &actor).await?;
    let mut out: Vec<DepartmentChoice> = vec![];
    for place in &places {
        let within = place
            .parent_id
            .and_then(|parent| places.iter().find(|p| p.id == parent))
            .map(|p| p.name.clone());
        let choice = CategoryChoice {
            id: place.id.0,
            name: place.name.clone(),
            within,
        };
        match out.last_mut() {
            Some(last) if last.name == place.department => last.categories.push(choice),
            _ => out.push(DepartmentChoice {
                name: place.department.clone(),
                categories: vec![choice],
            }),
        }
    }
    Ok(out)
}

#[derive(Debug, Deserialize)]
struct NewQuery {
    category: Option<String>,
    /// One that was begun and not sent.
    unsent: Option<i64>,
}

async fn new(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Query(query): Query<NewQuery>,
) -> Result<Response, Fail> {
    let actor = as_requester(&visitor);
    let form = unsent::Form::PortalNew;
    let begun = unsent::one(&mut app.db.read(), &actor, form, query.unsent).await?;
    let category = match &begun {
        Some(begun) => begun.text("category").parse().ok(),
        None => query.category.as_deref().and_then(|c| c.parse().ok()),
    };
    let typed = match &begun {
        Some(begun) => Typed::begun(begun),
        None => prefilled(&app, category).await?,
    };
    let (none, ok) = (Fields::default(), StatusCode::OK);
    describe(&app, &visitor, category, &typed, vec![], &none, ok).await
}

/// What was typed, or what the category's template fills in.
#[derive(Default)]
struct Typed {
    subject: String,
    body: String,
    /// Whoever writes keeps it to themselves although the category would show it.
    keeps_private: bool,
    /// Somebody wrote it: it is not lost when its category is not to be had.
    is_written: bool,
    /// Files came with it.
    had_files: bool,
    /// The form's token; a form that comes back keeps it.
    once: Option<String>,
}

impl Typed {
    /// What was begun and not sent.
    fn begun(begun: &Unsent) -> Typed {
        Typed {
            subject: begun.text("subject").to_owned(),
            body: begun.text("body").to_owned(),
            keeps_private: !begun.text("private").is_empty(),
            is_written: true,
            had_files: false,
            once: Some(begun.token.clone()),
        }
    }
}

async fn prefilled(app: &House, category: Option<i64>) -> Result<Typed, Error> {
    let Some(category) = category.map(CategoryId) else {
        return Ok(Typed::default());
    };
    let template = templates::coming_in_by(&mut app.db.read(), category).await?;
    Ok(Typed {
        subject: template.subject,
        body: template.body,
        ..Typed::default()
    })
}

/// Who beside its own people may look at new tickets of this category.
async fn shown_in(app: &House, category: i64) -> Result<Visibility, Error> {
    let template = templates::coming_in_by(&mut app.db.read(), CategoryId(category)).await?;
    Ok(template.visibility.unwrap_or(Visibility::Private))
}

/// The second step when the category is one, else the first.
async fn describe(
    app: &House,
    visitor: &Visitor,
    category: Option<i64>,
    typed: &Typed,
    similar: Vec<Similar>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let (frame, navigation, _) = surroundings(app, visitor, Tab::New).await?;
    let departments = choices(app, visitor).await?;
    let once = typed.once.clone().unwrap_or_else(|| app.dice.token());
    let (actor, form) = (as_requester(visitor), unsent::Form::PortalNew);
    let unsent = unsent::pages::others(&mut app.db.read(), &actor, form, &once).await?;
    let chosen = departments.iter().find_map(|d| {
        let found = d.categories.iter().find(|c| Some(c.id) == category)?;
        Some((d.name.clone(), found.clone()))
    });
    let Some((department, category)) = chosen else {
        return Ok(page_with(
            status,
            &ChooseCategoryPage {
                frame,
                navigation,
                departments,
                kept: typed.is_written.then(|| KeptWords {
                    subject: typed.subject.clone(),
                    body: typed.body.clone(),
                    keeps_private: typed.keeps_private,
                    had_files: typed.had_files,
                    once,
                }),
                unsent,
            },
        ));
    };
    let visibility = shown_in(app, category.id).await?;
    let solutions =
        solutions::pages::before_asking(app, visitor, category.id, &typed.subject).await?;
    Ok(page_with(
        status,
        &DescribeTicketPage {
            frame,
            navigation,
            category,
            department,
            subject: typed.subject.clone(),
            body: typed.body.clone(),
            visibility: views::visibility(visibility),
            keeps_private: typed.keeps_private,
            faults: said(faults, visitor),
            once,
            unsent,
            solutions,
            limits: limits(),
            similar: similar
                .into_iter()
                .map(|s| similar_view(s, "/portal/tickets"))
                .collect(),
        },
    ))
}

async fn create(
    State(app): State<App>,
    Posted { visitor, form }: Posted<CustomerVisitor>,
) -> Result<Response, Fail> {
    let visitor = visitor.0;
    let category: Option<i64> = form.text("category").parse().ok();
    let typed = Typed {
        subject: form.text("subject").to_owned(),
        body: form.raw("body").trim_end().to_owned(),
        keeps_private: form.is_ticked("private"),
        is_written: true,
        had_files: !form.files.is_empty() || form.text("again") == "files",
        once: form.optional("once").map(str::to_owned),
    };
    if form.is_ticked("later") {
        let (actor, kind) = (as_requester(&visitor), unsent::Form::PortalNew);
        let said = unsent::pages::put_off(&app, &actor, kind, &form, visitor.now()).await?;
        return Ok(see_other("/portal", Some(said)));
    }
    if form.is_ticked("again") {
        // The category is chosen again, and the words came along; files do not.
        let mut faults = Fields::default();
        faults.require(!typed.had_files, "files", "fault-files-again");
        let ok = StatusCode::OK;
        return describe(&app, &visitor, category, &typed, vec![], &faults, ok).await;
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match open(&app, &visitor, category, &typed, form).await {
        Ok(Came::Opened(ticket)) => Ok(see_other(&format!("/portal/tickets/{ticket}/sent"), None)),
        Ok(Came::Similar(similar, had_files)) => {
            let mut faults = Fields::default();
            // A browser does not send a file twice by itself.
            faults.require(!had_files, "files", "fault-files-again");
            describe(&app, &visitor, category, &typed, similar, &faults, status).await
        }
        Err(Error::Invalid(faults)) => {
            describe(&app, &visitor, category, &typed, vec![], &faults, status).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What the form came to.
enum Came {
    Opened(TicketId),
    Similar(Vec<Similar>, bool),
}

async fn open(
    app: &House,
    visitor: &Visitor,
    category: Option<i64>,
    typed: &Typed,
    form: Form,
) -> Result<Came, Error> {
    let category = category
        .map(CategoryId)
        .ok_or_else(|| Error::invalid("category", "fault-category-missing"))?;
    let mut faults = Fields::default();
    form.required("subject", verbs::LONGEST_SUBJECT, &mut faults);
    form.required("body", LONGEST, &mut faults);
    faults.settle()?;
    let actor = as_requester(visitor);
    if !form.is_ticked("anyway") {
        let (me, once) = (visitor.person.id, form.once());
        let mut db = app.db.read();
        let found = similar(&mut db, &actor, me, None, &typed.subject, once.as_deref()).await?;
        if !found.is_empty() {
            return Ok(Came::Similar(found, !form.files.is_empty()));
        }
    }
    let once = form.once();
    let form_said = Visibility::of(form.text("shown"));
    let files = uploads::keep(&app.files, form.files).await?;
    let mut tx = app.db.write().await?;
    let place = departments::place(&mut tx, &actor, category).await?;
    let template = templates::coming_in_by(&mut tx, category).await?;
    let new = NewTicket {
        subject: typed.subject.clone(),
        priority: template.priority.unwrap_or(3),
        // Shown to others only when the form said so (trap E-05): a category that began to show its
        // tickets while somebody was typing shows theirs from the next on.
        visibility: match template.visibility {
            Some(shown) if !typed.keeps_private && form_said == Some(shown) => shown,
            _ => Visibility::Private,
        },
        comment: NewComment {
            body: Body::of_markdown(&typed.body),
            files,
            origin: Origin::Portal,
            once,
            incoming_mail: None,
        },
    };
    let opened = verbs::open(&mut tx, &place, &actor, new, visitor.now()).await?;
    if let Some(once) = &typed.once {
        unsent::sent(
            &mut tx,
            &actor,
            unsent::Form::PortalNew,
            once,
            visitor.now(),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(Came::Opened(opened.ticket))
}

async fn sent(
    State(app): State<App>,
    CustomerVisitor(visitor): CustomerVisitor,
    Path(n): Path<String>,
) -> Result<Response, Fail> {
    let actor = as_requester(&visitor);
    let mut db = app.db.read();
    let ticket = reading::find::<Read>(&mut db, &actor, number(&n)?).await?;
    let names = reading::names(&mut db, &actor, &ticket).await?;
    let (frame, navigation, _) = surroundings(&app, &visitor, Tab::New).await?;
    Ok(page(&TicketSentPage {
        frame,
        navigation,
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        department: names.department,
        email: visitor.person.email.clone(),
    }))
}
