//! The set-up as its pages show it.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::Form;
use pages::admin::SetUp;
use pages::admin::guide::{Guide, GuideStep, InviteRow, MemberChoice, PlaceRow};
use pages::admin::people::Role as RoleView;
use words::reader::Words;

use super::{Standing, Step};
use crate::departments::DepartmentId;
use crate::departments::views::faults;
use crate::people::admin::search::Found;
use crate::people::admin::views::role_view;

/// A step as pages show it.
pub fn view(step: Step) -> GuideStep {
    match step {
        Step::Needs => GuideStep::Needs,
        Step::Access => GuideStep::Access,
        Step::Roles => GuideStep::Roles,
        Step::Departments => GuideStep::Departments,
        Step::Review => GuideStep::Review,
    }
}

/// What the first page of administration says of it; nothing to whoever does not administer the desk by rank.
pub async fn offer(ask: &mut dyn Answers, actor: &Actor) -> Result<Option<SetUp>, Error> {
    match super::standing(ask, actor).await {
        Ok(standing) => Ok(Some(SetUp {
            done: i64::try_from(standing.plan.count()).unwrap_or(i64::MAX),
            version: standing.version,
            is_offered: standing.is_offered(),
        })),
        Err(Error::Forbidden(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// How far it is, around one of its steps.
pub(super) fn guide(standing: &Standing, now: Step) -> Guide {
    let done = Step::ALL.iter().copied();
    let done = done.filter(|step| standing.plan.is_done(*step));
    Guide {
        now: view(now),
        done: done.map(view).collect(),
        version: standing.version,
        is_offered: standing.is_offered(),
    }
}

/// What is wrong with a row.
fn of_row(wrong: &[(usize, Fields)], n: usize) -> Fields {
    let found = wrong.iter().find(|(row, _)| *row == n);
    found.map(|(_, fields)| fields.clone()).unwrap_or_default()
}

/// Rows in which somebody is invited: those that were typed, and empty ones up to so many. `wrong` counts
/// those that hold something.
pub(super) fn invite_rows(
    form: Option<&Form>,
    wrong: &[(usize, Fields)],
    (most, usual): (usize, &RoleView),
    words: &Words,
) -> Vec<InviteRow> {
    let mut filled = 0;
    let row = |n: usize| {
        let text = |field: &str| {
            form.map_or("", |form| form.text(&format!("{field}-{n}")))
                .to_owned()
        };
        let (name, email, role) = (text("name"), text("email"), text("role"));
        let is_filled = !name.is_empty() || !email.is_empty();
        let faults = if is_filled {
            filled += 1;
            faults(&of_row(wrong, filled - 1), words)
        } else {
            Default::default()
        };
        InviteRow {
            number: n + 1,
            name,
            email,
            role: if role.is_empty() { usual.code() } else { role },
            faults,
        }
    };
    (0..most).map(row).collect()
}

/// A department of the fourth step.
pub(super) struct Place<'a> {
    /// Names its fields.
    pub key: String,
    /// Its row, when it is there.
    pub id: Option<DepartmentId>,
    /// Its name, or the name it is to have.
    pub name: String,
    /// Categories it has.
    pub categories: Vec<String>,
    /// Who belongs to it.
    pub members: Vec<(i64, String)>,
    /// Who could.
    pub agents: &'a [Found],
}

/// It with what was typed, and what is wrong with that.
pub(super) fn place_row(
    place: Place<'_>,
    form: Option<&Form>,
    wrong: &[(usize, Fields)],
    n: usize,
    words: &Words,
) -> PlaceRow {
    let field = |name: &str| format!("{name}-{}", place.key);
    let typed = |name: &str| form.map_or("", |form| form.text(&field(name))).to_owned();
    let ticked: Vec<&str> = match form {
        Some(form) => form
            .pairs()
            .filter(|(name, _)| *name == field("member"))
            .map(|(_, value)| value)
            .collect(),
        None => vec![],
    };
    let outside = place.agents.iter().filter(|agent| {
        let is_member = place.members.iter().any(|(id, _)| *id == agent.id.0);
        !is_member && agent.disabled_at.is_none()
    });
    let choice = |agent: &Found| MemberChoice {
        id: agent.id.0,
        name: agent.name.clone(),
        role: role_view(agent.role, agent.role_name.as_deref()),
        is_ticked: ticked.contains(&agent.id.0.to_string().as_str()),
    };
    PlaceRow {
        id: place.id.map(|id| id.0),
        categories: typed("categories"),
        agents: outside.map(choice).collect(),
        members: place.members.iter().map(|(_, name)| name.clone()).collect(),
        standing: place.categories,
        faults: faults(&of_row(wrong, n), words),
        name: place.name,
        key: place.key,
    }
}
