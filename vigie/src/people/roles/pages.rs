//! The pages on which roles are kept.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kit::authz::Actor;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::roles::{
    Difference, HolderRow, PermissionRow, RoleChoice, RolePage, RoleRow, RolesPage, SubjectRows,
};
use pages::fields::{Conflict, Faults, Standing};
use pages::frame::{Section, Tone};

use super::{Own, RoleId, Wanted, views as roles};
use crate::administration::roles as deeds;
use crate::audit::Pen;
use crate::departments::views;
use crate::house::{App, House};
use crate::people::admin::views::role_view;
use crate::policy::roles::{Granted, PERMISSIONS, Subject};
use crate::policy::{Role, permission};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{page, page_with, see_other};
use crate::web::route::{Audience as Who, Route, get, post};
use crate::web::visitor::Visitor;

/// The addresses of these pages.
pub fn routes() -> Vec<Route> {
    let who = Who::May(permission::MANAGE_ROLES);
    vec![
        get("/admin/roles", who, list),
        post("/admin/roles", who, clone),
        get("/admin/roles/{id}", who, show),
        post("/admin/roles/{id}", who, change),
        post("/admin/roles/{id}/removal", who, remove),
    ]
}

/// The roles that the reader may clone: those that grant nothing they do not have.
fn choices(every: &[(Role, pages::admin::people::Role)], visitor: &Visitor) -> Vec<RoleChoice> {
    let is_theirs = |role: &Role| {
        let mut granted = role.granted().list();
        granted.all(|it| visitor.actor.is_permitted(it.right))
    };
    let theirs = every.iter().filter(|(role, _)| is_theirs(role));
    theirs
        .map(|(_, view)| RoleChoice {
            code: view.code(),
            name: view.name(&visitor.words),
        })
        .collect()
}

async fn list_view(app: &House, visitor: &Visitor, typed: &Form) -> Result<RolesPage, Error> {
    super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let own = super::all(&mut db).await?;
    let counts = super::counts(&mut db).await?;
    let every = roles::every(&own, &visitor.words);
    let shipped = counts.into_iter().map(|(role, people)| RoleRow {
        role: role_view(Some(role), None),
        rank: rank(role),
        parent: None,
        more: 0,
        fewer: 0,
        people,
    });
    let rows = shipped.chain(own.iter().map(|it| {
        let (more, fewer) = roles::differences(it);
        RoleRow {
            role: roles::own(it, &visitor.words),
            rank: rank(it.role()),
            parent: Some(role_view(Some(it.parent), None)),
            more,
            fewer,
            people: it.people,
        }
    }));
    let rows = rows.collect();
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = "/admin/roles".to_owned();
    Ok(RolesPage {
        frame,
        rows,
        choices: choices(&every, visitor),
        name: typed.text("name").to_owned(),
        parent: typed.text("parent").to_owned(),
        faults: Faults::default(),
    })
}

/// The rank of a role, as a role names it.
fn rank(role: Role) -> &'static str {
    match role {
        Role::Owner => "admin-role-owner",
        Role::Admin => "admin-role-admin",
        _ => "admin-role-agent",
    }
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Fail> {
    let typed = Form::of(&[("parent", "agent")]);
    Ok(page(&list_view(&app, &visitor, &typed).await?))
}

async fn clone(State(app): State<App>, Posted { visitor, form }: Posted) -> Result<Response, Fail> {
    let may = super::keeper(&visitor.actor)?;
    let mut tx = app.db.write().await?;
    let pen = Pen::of(&visitor.actor, app.clock.now());
    let (from, name) = (form.text("parent"), form.text("name"));
    match super::clone(&mut tx, &visitor.actor, &may, from, name, pen).await {
        Ok(id) => {
            tx.commit().await?;
            let said = Some((Tone::Ok, "roles-said-cloned"));
            Ok(see_other(&format!("/admin/roles/{id}"), said))
        }
        Err(Error::Invalid(faults)) => {
            drop(tx);
            let mut view = list_view(&app, &visitor, &form).await?;
            view.faults = views::faults(&faults, &visitor.words);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, &view))
        }
        Err(other) => Err(other.into()),
    }
}

fn subjects(granted: Granted, parent: Granted, actor: &Actor) -> Vec<SubjectRows> {
    let of = |subject: &Subject| SubjectRows {
        key: subject.key(),
        rows: PERMISSIONS
            .iter()
            .filter(|it| it.subject == *subject)
            .map(|it| PermissionRow {
                word: it.word,
                label: it.label,
                gives: it.gives,
                is_granted: granted.holds(it),
                may_grant: actor.is_permitted(it.right),
                difference: match (granted.holds(it), parent.holds(it)) {
                    (true, false) => Difference::More,
                    (false, true) => Difference::Fewer,
                    _ => Difference::None,
                },
            })
            .collect(),
    };
    Subject::ALL.iter().map(of).collect()
}

async fn role_view_of(
    app: &House,
    visitor: &Visitor,
    code: &str,
) -> Result<(RolePage, Option<Own>), Error> {
    super::keeper(&visitor.actor)?;
    let mut db = app.db.read();
    let (role, own) = super::named(&mut db, code).await?.ok_or(Error::NotFound)?;
    let holders = super::holders(&mut db, role).await?;
    let every = roles::every(&super::all(&mut db).await?, &visitor.words);
    let parent = own.as_ref().map_or(role, |own| own.parent);
    let view = match &own {
        Some(own) => roles::own(own, &visitor.words),
        None => role_view(Some(role), None),
    };
    let mut frame = visitor.frame(app, Section::Administration, None).await?;
    frame.here = format!("/admin/roles/{}", role.code());
    let is_theirs = choices(&every, visitor);
    let page = RolePage {
        frame,
        title: view.name(&visitor.words),
        name: own.as_ref().map_or(String::new(), |own| own.name.clone()),
        version: own.as_ref().map_or(0, |own| own.version),
        rank: rank(role),
        gives_all: role.rank() > 1,
        is_own: own.is_some(),
        may_change: own.is_some() && !role.is_beyond(&visitor.actor),
        may_clone: is_theirs.iter().any(|it| it.code == role.code()),
        parent: own.as_ref().map(|own| role_view(Some(own.parent), None)),
        subjects: subjects(role.granted(), parent.granted(), &visitor.actor),
        holders: holders
            .into_iter()
            .map(|it| HolderRow {
                id: it.id.0,
                name: it.name,
            })
            .collect(),
        opens_people: visitor.actor.is_permitted(permission::MANAGE_PEOPLE),
        role: view,
        faults: Faults::default(),
        conflict: None,
    };
    Ok((page, own))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Fail> {
    Ok(page(&role_view_of(&app, &visitor, &code).await?.0))
}

fn number(code: &str) -> Result<RoleId, Error> {
    code.parse().map(RoleId).map_err(|_| Error::NotFound)
}

/// The boxes that were ticked; a word that is no permission is a fault.
fn wanted(form: &Form) -> Result<Wanted, Error> {
    let mut faults = Fields::default();
    let ticked: Vec<&str> = form.all("permission").collect();
    let known = |word: &&str| PERMISSIONS.iter().any(|it| it.word == *word);
    faults.require(
        ticked.iter().all(known),
        "permission",
        "roles-fault-permission",
    );
    faults.settle()?;
    Ok(Wanted {
        name: form.text("name").to_owned(),
        granted: Granted::chosen(|it| ticked.contains(&it.word)),
    })
}

async fn change(
    State(app): State<App>,
    Path(code): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    // A role of every desk is there, and stays as it is.
    if Role::of(&code).is_some() {
        super::keeper(&visitor.actor)?;
        return Err(Error::Forbidden(kit::error::Because("right-shipped-role")).into());
    }
    let id = number(&code)?;
    let seen = form.number("version", "fault-version")?;
    let changed = async {
        let wanted = wanted(&form)?;
        let now = app.clock.now();
        deeds::change(&app.db, &visitor.actor, id, Some(seen), &wanted, now).await
    }
    .await;
    let error = match changed {
        Ok(()) => {
            let said = Some((Tone::Ok, "admin-said-saved"));
            return Ok(see_other(&format!("/admin/roles/{id}"), said));
        }
        Err(error) => error,
    };
    sent_back(&app, &visitor, &code, &form, error).await
}

/// The page again, with what was typed and what is wrong with it, or what stands instead.
async fn sent_back(
    app: &House,
    visitor: &Visitor,
    code: &str,
    form: &Form,
    error: Error,
) -> Result<Response, Fail> {
    let (mut view, own) = role_view_of(app, visitor, code).await?;
    let words = &visitor.words;
    let own = own.ok_or(Error::NotFound)?;
    let ticked: Vec<&str> = form.all("permission").collect();
    let typed = Granted::chosen(|it| ticked.contains(&it.word));
    let status = match error {
        Error::Invalid(faults) => {
            view.faults = views::faults(&faults, words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(_) => {
            let names = |of: Granted| {
                let all: Vec<&str> = of.list().map(|it| words.say(it.label)).collect();
                all.join(", ")
            };
            let stands = names(own.granted());
            let differs = (own.granted() != typed).then_some(Standing {
                label: "roles-permissions",
                value: stands,
            });
            let name = views::differs("roles-name", &own.name, form.text("name"));
            view.conflict = Some(Conflict {
                by: words.say("admin-somebody").to_owned(),
                standing: [name, differs].into_iter().flatten().collect(),
            });
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    if form.optional("name").is_some() {
        view.name = form.text("name").to_owned();
        view.subjects = subjects(typed, own.parent.granted(), &visitor.actor);
    }
    Ok(page_with(status, &view))
}

async fn remove(
    State(app): State<App>,
    Path(code): Path<String>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    if Role::of(&code).is_some() {
        super::keeper(&visitor.actor)?;
        return Err(Error::Forbidden(kit::error::Because("right-shipped-role")).into());
    }
    let id = number(&code)?;
    let seen = form.number("version", "fault-version")?;
    let now = app.clock.now();
    match deeds::remove(&app.db, &visitor.actor, id, Some(seen), now).await {
        Ok(()) => Ok(see_other(
            "/admin/roles",
            Some((Tone::Ok, "roles-said-removed")),
        )),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            sent_back(&app, &visitor, &code, &form, error).await
        }
        Err(other) => Err(other.into()),
    }
}
