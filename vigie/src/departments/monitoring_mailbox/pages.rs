//! The page on which one says which mailbox is told of a department's tickets.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::monitoring_mailbox::{MailboxRow, MonitoringMailboxPage};
use pages::frame::{Section, Tone};

use super::{Alert, CategoryMailbox, Mailboxes, Said};
use crate::audit::Pen;
use crate::departments::categories::{self, in_tree_order};
use crate::departments::rights::{self, ChangeProperties};
use crate::departments::{CategoryId, DepartmentId, number, views};
use crate::house::{App, House};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

const PAGE: &str = "/admin/departments/{id}/monitoring-mailbox";

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![get(PAGE, Who::Staff, show), post(PAGE, Who::Staff, change)]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    mailbox_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// The page as it stands, or with what was typed.
async fn mailbox_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeProperties>(&mut db, &visitor.actor, id).await?;
    let Mailboxes { own, categories } = super::of(&mut db, id).await?;
    // The word and the address, as they stand or as they were typed.
    let filled = |suffix: &str, stands: Said| match back {
        Some(form) => (
            form.text(&format!("alert{suffix}")).to_owned(),
            form.text(&format!("address{suffix}")).to_owned(),
        ),
        None => {
            let word = stands.alert.map(|alert| alert.word().to_owned());
            (word.unwrap_or_default(), stands.address)
        }
    };
    let tree = in_tree_order(categories.iter().map(as_category).collect());
    let rows = tree.into_iter().filter_map(|(depth, category)| {
        let stands = categories.iter().find(|c| c.id == category.id)?;
        let (alert, address) = filled(&format!("-{}", stands.id), stands.said());
        Some(MailboxRow {
            id: stands.id.0,
            name: stands.name.clone(),
            depth,
            alert,
            address,
            is_confidential: stands.is_confidential(),
        })
    });
    let rows = rows.collect();
    let (alert, address) = filled("", own);
    let template = MonitoringMailboxPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        alert,
        address,
        rows,
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

fn as_category(mailbox: &CategoryMailbox) -> categories::Category {
    categories::Category {
        id: mailbox.id,
        parent_id: mailbox.parent_id,
        name: mailbox.name.clone(),
        is_active: true,
        version: 0,
    }
}

/// What was typed of one place: nothing is as above; what is no word of ours is a fault.
fn typed(form: &Form, suffix: &str, faults: &mut Fields) -> Said {
    let word = form.text(&format!("alert{suffix}"));
    let alert = Alert::of(word);
    faults.require(
        word.is_empty() || alert.is_some(),
        "mailbox",
        "fault-mailbox-alert",
    );
    Said {
        alert,
        address: form.text(&format!("address{suffix}")).to_owned(),
    }
}

async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<AgentVisitor>,
) -> Result<Response, Fail> {
    let (visitor, id) = (visitor.0, number(&id)?);
    match say(&app, &visitor, id, &form).await {
        Ok(()) => Ok(see_other(
            &format!("/admin/departments/{id}/monitoring-mailbox"),
            Some((Tone::Ok, "monitoring-mailbox-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            mailbox_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeProperties>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let mut faults = Fields::default();
    let own = typed(form, "", &mut faults);
    let stands = super::of(&mut tx, id).await?;
    // A category whose fields were not sent is left as it is: of a confidential one there are none.
    let sent = stands.categories.iter().map(|c| c.id);
    let sent = sent.filter(|id| form.all(&format!("alert-{id}")).next().is_some());
    let categories: Vec<(CategoryId, Said)> = sent
        .map(|id| (id, typed(form, &format!("-{id}"), &mut faults)))
        .collect();
    faults.settle()?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, Some(seen), own, categories, pen).await?;
    tx.commit().await
}
