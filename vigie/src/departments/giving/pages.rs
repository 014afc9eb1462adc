//! The page on which one says how free tickets of a department and its categories are given out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::giving::{GivingPage, GivingRow, Rule as RuleView};
use pages::frame::{Section, Tone};

use super::{CategoryRule, Rule};
use crate::audit::Pen;
use crate::departments::categories::{self, in_tree_order};
use crate::departments::rights::{self, ChangeCategories};
use crate::departments::{CategoryId, DepartmentId, number, views};
use crate::house::{App, House};
use crate::web::fail::{Fail, again};
use crate::web::posted::Posted;
use crate::web::respond::{page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::{AgentVisitor, Visitor};

/// The addresses of this page.
pub fn routes() -> Vec<Route> {
    vec![
        get("/admin/departments/{id}/giving", Who::Staff, show),
        post("/admin/departments/{id}/giving", Who::Staff, change),
    ]
}

async fn show(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (id, none) = (number(&id)?, Fields::default());
    giving_page(&app, &visitor, id, None, &none, StatusCode::OK).await
}

/// A rule as pages name it: by the same words.
pub fn view(rule: Rule) -> RuleView {
    RuleView::parse(rule.word()).unwrap_or(RuleView::Nobody)
}

/// The page as it stands, or with what was chosen.
async fn giving_page(
    app: &House,
    visitor: &Visitor,
    id: DepartmentId,
    back: Option<&Form>,
    faults: &Fields,
    status: StatusCode,
) -> Result<Response, Fail> {
    let mut db = app.db.read();
    let department = rights::find::<ChangeCategories>(&mut db, &visitor.actor, id).await?;
    let said = super::said_in(&mut db, id).await?;
    let chosen = |name: String, stands: Option<Rule>| match back {
        Some(form) => RuleView::parse(form.text(&name)),
        None => stands.map(view),
    };
    let mut rows = vec![];
    for (depth, category) in in_tree_order(said.categories.iter().map(as_category).collect()) {
        let stands = said.categories.iter().find(|c| c.id == category.id);
        rows.push(GivingRow {
            id: category.id.0,
            depth,
            rule: chosen(
                format!("rule-{}", category.id),
                stands.and_then(|c| c.giving),
            ),
            inherited: view(said.above(category.id)),
            candidates: count(&mut db, id, category.id).await?,
            name: category.name,
        });
    }
    let template = GivingPage {
        frame: visitor.frame(app, Section::Administration, None).await?,
        id: id.0,
        department: department.name.clone(),
        version: department.version,
        rule: chosen("rule".to_owned(), said.own).unwrap_or(RuleView::Nobody),
        rows,
        faults: views::faults(faults, &visitor.words),
    };
    Ok(page_with(status, &template))
}

async fn count(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<i64, Error> {
    let there = super::candidates(ask, department, category).await?;
    Ok(i64::try_from(there.len()).unwrap_or(i64::MAX))
}

fn as_category(rule: &CategoryRule) -> categories::Category {
    categories::Category {
        id: rule.id,
        parent_id: rule.parent_id,
        name: rule.name.clone(),
        is_active: true,
        version: 0,
    }
}

/// A rule as chosen: nothing is as above; what is no rule is a fault.
fn rule(form: &Form, name: &str, faults: &mut Fields) -> Option<Rule> {
    match form.text(name) {
        "" => None,
        text => {
            let rule = Rule::of(text);
            faults.require(rule.is_some(), "rule", "fault-giving");
            rule
        }
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
            &format!("/admin/departments/{id}/giving"),
            Some((Tone::Ok, "giving-said")),
        )),
        Err(error) => {
            let (faults, status) = again(error, "waiting-changed")?;
            giving_page(&app, &visitor, id, Some(&form), &faults, status).await
        }
    }
}

async fn say(app: &House, visitor: &Visitor, id: DepartmentId, form: &Form) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let department =
        rights::find_to_change::<ChangeCategories>(&mut tx, &visitor.actor, id).await?;
    let seen = form.number("version", "fault-version")?;
    let mut faults = Fields::default();
    let own = rule(form, "rule", &mut faults);
    let said = super::said_in(&mut tx, id).await?;
    let wanted: Vec<(CategoryId, Option<Rule>)> = said
        .categories
        .iter()
        .map(|c| (c.id, rule(form, &format!("rule-{}", c.id), &mut faults)))
        .collect();
    faults.settle()?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    super::say(&mut tx, &department, Some(seen), own, &wanted, pen).await?;
    tx.commit().await
}
