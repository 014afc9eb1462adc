//! What the pages of administration show of departments.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::departments::{
    CategoryRow, DepartmentPage, DepartmentRow, MemberRow, ParentChoice, Parts,
};
use pages::admin::leaving::{Fate as FateView, Leaving};
use pages::admin::{Level as LevelView, Privilege as PrivilegeView, Service as ServiceView};
use pages::fields::{Conflict, Faults, Standing};
use pages::frame::Frame;
use words::reader::Words;

use super::CategoryId;
use super::admin::{self, Listed};
use super::categories::{self, Category, is_within};
use super::redirects;
use super::rights::{ChangeCategories, ChangeMembers, ChangeProperties, DepartmentAdmin};
use crate::people::PersonId;
use crate::policy::{Level, Privilege};
use crate::web::fail::fault_text;

/// Why a form came back.
pub(super) enum Trouble {
    /// It cannot be taken as typed.
    Faults(Fields),
    /// Somebody changed the same meanwhile.
    Clash,
}

impl Trouble {
    /// What sends the form back; any other error is the whole page's.
    pub(super) fn of(error: Error) -> Result<Trouble, Error> {
        match error {
            Error::Invalid(fields) => Ok(Trouble::Faults(fields)),
            Error::Conflict(_) => Ok(Trouble::Clash),
            other => Err(other),
        }
    }
}

/// The form of the page that came back, with what was typed.
pub(super) enum Back {
    Nothing,
    Properties(Form, Trouble),
    NewCategory(Form, Trouble),
    Category(CategoryId, Form, Trouble),
    NewMember(Form, Trouble),
    Member(PersonId, Form, Trouble),
}

/// A level as pages show it.
pub fn level(level: Level) -> LevelView {
    match level {
        Level::None => LevelView::None,
        Level::Assigned => LevelView::Assigned,
        Level::View => LevelView::View,
        Level::Edit => LevelView::Edit,
    }
}

pub(super) fn row(listed: Listed) -> DepartmentRow {
    DepartmentRow {
        id: listed.id.0,
        name: listed.name,
        is_active: listed.is_active,
        is_virtual: listed.is_virtual,
        categories: listed.categories,
        members: listed.members,
    }
}

/// Faults as pages show them.
pub fn faults(fields: &Fields, words: &Words) -> Faults {
    Faults(
        fields
            .0
            .iter()
            .map(|fault| pages::fields::Fault {
                field: fault.field,
                text: fault_text(fault, words),
            })
            .collect(),
    )
}

fn shown(trouble: &Trouble, words: &Words, standing: Vec<Standing>) -> (Faults, Option<Conflict>) {
    match trouble {
        Trouble::Faults(fields) => (faults(fields, words), None),
        Trouble::Clash => (
            Faults::default(),
            Some(Conflict {
                by: words.say("admin-somebody").to_owned(),
                standing,
            }),
        ),
    }
}

/// A value that stands, when it is not what was typed.
pub fn differs(label: &'static str, standing: &str, typed: &str) -> Option<Standing> {
    (standing != typed).then(|| Standing {
        label,
        value: standing.to_owned(),
    })
}

fn activity(is_active: bool, words: &Words) -> &str {
    words.say(if is_active {
        "admin-active"
    } else {
        "admin-inactive"
    })
}

fn yes_or_no(is: bool, words: &Words) -> &str {
    words.say(if is { "list-yes" } else { "list-no" })
}

/// The page of a department as it stands, for what the reader may change of it.
pub(super) async fn department_page(
    ask: &mut dyn Answers,
    frame: Frame,
    actor: &Actor,
    department: &DepartmentAdmin,
) -> Result<DepartmentPage, Error> {
    let tree = categories::tree(ask, department.id).await?;
    let flat: Vec<Category> = tree.iter().map(|(_, c)| c.clone()).collect();
    let choices: Vec<ParentChoice> = tree
        .iter()
        .map(|(depth, c)| ParentChoice {
            id: c.id.0,
            name: c.name.clone(),
            depth: *depth,
        })
        .collect();
    let nodes = redirects::all(ask).await?;
    let leads_to = |id: CategoryId| {
        let to = nodes.iter().find(|node| node.id == id)?.leads_to()?;
        nodes
            .iter()
            .find(|node| node.id == to)
            .map(redirects::Node::full_name)
    };
    let categories = tree
        .into_iter()
        .map(|(depth, c)| CategoryRow {
            id: c.id.0,
            version: c.version,
            depth,
            parent: c.parent_id.map(|p| p.0),
            is_active: c.is_active,
            faults: Faults::default(),
            conflict: None,
            parents: choices
                .iter()
                .filter(|choice| !is_within(&flat, CategoryId(choice.id), c.id))
                .cloned()
                .collect(),
            leads_to: leads_to(c.id),
            name: c.name,
        })
        .collect();
    let may = Parts {
        properties: department.allows::<ChangeProperties>(actor),
        categories: department.allows::<ChangeCategories>(actor),
        members: department.allows::<ChangeMembers>(actor),
    };
    let grantable = admin::grantable(department, actor);
    let members = if may.members {
        admin::members(ask, department.id).await?
    } else {
        vec![]
    };
    let members = members
        .into_iter()
        .map(|m| MemberRow {
            person: m.person_id.0,
            version: m.version,
            level: level(m.level),
            privileges: privileges(&grantable, |p| p.is_in(&m.privileges)),
            services: services(&m.services),
            is_available: m.is_available,
            rate: m.rate.to_string(),
            name: m.name,
            email: m.email,
            leaving: None,
            faults: Faults::default(),
            conflict: None,
        })
        .collect();
    Ok(DepartmentPage {
        frame,
        id: department.id.0,
        may,
        version: department.version,
        title: department.name.clone(),
        name: department.name.clone(),
        is_active: department.is_active,
        is_anonymous: department.is_anonymous,
        default_category: department.default_category_id.map(|c| c.0),
        faults: Faults::default(),
        conflict: None,
        categories,
        parents: choices,
        new_category: String::new(),
        new_parent: None,
        category_faults: Faults::default(),
        members,
        new_member: String::new(),
        new_level: LevelView::Edit,
        member_faults: Faults::default(),
    })
}

/// The privileges somebody may give, in the page's order, each with whether it is ticked.
fn privileges(
    grantable: &[Privilege],
    is_ticked: impl Fn(Privilege) -> bool,
) -> Vec<(PrivilegeView, bool)> {
    PrivilegeView::ALL
        .into_iter()
        .filter_map(|view| Privilege::of(view.code()).map(|p| (view, p)))
        .filter(|(_, p)| grantable.contains(p))
        .map(|(view, p)| (view, is_ticked(p)))
        .collect()
}

/// What a membership holds for, as pages show it.
pub fn services(stored: &str) -> Vec<ServiceView> {
    let all = ServiceView::ALL.into_iter();
    all.filter(|view| stored.split(' ').any(|word| word == view.code()))
        .collect()
}

/// Puts what was typed, and what is wrong with it, over what stands.
pub(super) fn send_back(page: &mut DepartmentPage, back: Back, words: &Words) {
    let number = |form: &Form, field: &str| form.text(field).parse::<i64>().ok();
    match back {
        Back::Nothing => {}
        Back::Properties(form, trouble) => {
            let is_active = form.is_ticked("active");
            let is_anonymous = form.is_ticked("anonymous");
            let chosen = number(&form, "default_category");
            let category = |id: Option<i64>| {
                let found = page.parents.iter().find(|c| Some(c.id) == id);
                found.map_or(words.say("common-none"), |c| c.name.as_str())
            };
            let standing = [
                differs("admin-name", &page.title, form.text("name")),
                differs(
                    "admin-state",
                    activity(page.is_active, words),
                    activity(is_active, words),
                ),
                differs(
                    "admin-anonymous",
                    yes_or_no(page.is_anonymous, words),
                    yes_or_no(is_anonymous, words),
                ),
                differs(
                    "admin-default-category",
                    category(page.default_category),
                    category(chosen),
                ),
            ];
            let standing = standing.into_iter().flatten().collect();
            (page.faults, page.conflict) = shown(&trouble, words, standing);
            page.name = form.text("name").to_owned();
            page.is_active = is_active;
            page.is_anonymous = is_anonymous;
            page.default_category = chosen;
        }
        Back::NewCategory(form, trouble) => {
            (page.category_faults, _) = shown(&trouble, words, vec![]);
            page.new_category = form.text("name").to_owned();
            page.new_parent = number(&form, "parent");
        }
        Back::Category(id, form, trouble) => {
            let Some(row) = page.categories.iter_mut().find(|c| c.id == id.0) else {
                return;
            };
            let is_active = form.is_ticked("active");
            let parent = number(&form, "parent");
            let above = |id: Option<i64>| {
                let found = page.parents.iter().find(|c| Some(c.id) == id);
                found.map_or(words.say("admin-parent-none"), |c| c.name.as_str())
            };
            let standing = [
                differs("admin-name", &row.name, form.text("name")),
                differs("admin-parent", above(row.parent), above(parent)),
                differs(
                    "admin-state",
                    activity(row.is_active, words),
                    activity(is_active, words),
                ),
            ];
            let standing = standing.into_iter().flatten().collect();
            (row.faults, row.conflict) = shown(&trouble, words, standing);
            row.name = form.text("name").to_owned();
            row.parent = parent;
            row.is_active = is_active;
        }
        Back::NewMember(form, trouble) => {
            (page.member_faults, _) = shown(&trouble, words, vec![]);
            page.new_member = form.text("person").to_owned();
            page.new_level = LevelView::parse(form.text("level")).unwrap_or(LevelView::Edit);
        }
        Back::Member(id, form, trouble) => {
            let Some(row) = page.members.iter_mut().find(|m| m.person == id.0) else {
                return;
            };
            let level = LevelView::parse(form.text("level")).unwrap_or(row.level);
            let standing = differs(
                "admin-level",
                words.say(row.level.key()),
                words.say(level.key()),
            );
            (row.faults, row.conflict) = shown(&trouble, words, standing.into_iter().collect());
            if let Trouble::Faults(fields) = &trouble {
                row.leaving = leaving(fields, &form);
            }
            row.level = level;
            if form.optional("rate").is_some() {
                row.is_available = form.is_ticked("available");
                row.rate = form.text("rate").chars().take(20).collect();
            }
            if form.all("service").next().is_some() {
                row.services = typed_services(&form, "service");
            }
            for (privilege, is_ticked) in &mut row.privileges {
                *is_ticked = form.all("privilege").any(|code| code == privilege.code());
            }
        }
    }
}

/// The services that are ticked in this field, as pages show them.
pub fn typed_services(form: &Form, field: &str) -> Vec<ServiceView> {
    let all = ServiceView::ALL.into_iter();
    all.filter(|view| form.all(field).any(|word| word == view.code()))
        .collect()
}

/// What is asked when open tickets stand in the way, with what was chosen already.
pub fn leaving(fields: &Fields, form: &Form) -> Option<Leaving> {
    let fault = fields.0.iter().find(|f| f.key == "fault-holds-tickets");
    let counted = fault.and_then(|f| f.detail.as_deref()?.parse().ok());
    // Sent back for another reason, such as a colleague nobody knows: as many as before.
    let before = || form.text("held").parse().ok();
    Some(Leaving {
        held: counted.or_else(before)?,
        fate: FateView::parse(form.text("release")),
        heir: form.text("heir").chars().take(200).collect(),
    })
}
