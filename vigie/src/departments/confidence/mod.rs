//! Confidential categories, and who is let into their confidence: they alone see its tickets, beside the people of
//! each ticket and the rank of administrators (features X-07, E-33; decision 0031). What lies below a
//! confidential category is as confidential, unless it lets in others itself.
//!
//! Deliberately absent: what a confidant sees and does, which `policy` and the rights of tickets say.

pub mod api;
pub mod pages;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use kit::authz::{Actor, May};
use kit::db::{Answers, Tx};
use kit::error::{Because, Error, Fields};

use super::admin::{self, Member, must_match};
use super::categories::{self, Category};
use super::rights::{ChangeMembers, DepartmentAdmin};
use super::serving::Handler;
use super::{CategoryId, DepartmentId, admin_store};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::PersonId;
use crate::policy::{self, Level};

/// Who is let in, each at their level.
pub type Confidants = BTreeMap<PersonId, Level>;

/// What a category says of its confidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidence {
    /// It is confidential itself.
    pub is_confidential: bool,
    /// Who is let in.
    pub confidants: Confidants,
    /// Mails of its tickets say nothing of what was written (decision 0062).
    pub is_mailed_bare: bool,
}

/// A category with what is said of its confidence.
#[derive(Clone, Debug)]
pub struct Confided {
    /// The category.
    pub category: Category,
    /// What it says itself.
    pub says: Confidence,
    /// The confidential category, itself or above, that holds for it.
    pub held_by: Option<CategoryId>,
    /// The name of that one.
    pub held_by_name: String,
    /// Those who can be let in.
    pub members: Vec<Member>,
}

/// A level in a confidence; none for whoever was not let in, or belongs to the department no more.
pub async fn level(
    ask: &mut dyn Answers,
    person: PersonId,
    category: CategoryId,
) -> Result<Option<Level>, Error> {
    store::level(ask, person, category).await
}

/// Whether mails of a category's tickets say nothing of what was written: itself, or the confidential category that holds
/// for it, says so.
pub async fn is_mailed_bare(ask: &mut dyn Answers, category: CategoryId) -> Result<bool, Error> {
    store::is_mailed_bare(ask, category).await
}

/// Those of them who can be given tickets of the confidential category that holds for this one; all of them where
/// none does.
pub(super) async fn let_in(
    ask: &mut dyn Answers,
    category: CategoryId,
    mut handlers: Vec<Handler>,
) -> Result<Vec<Handler>, Error> {
    if let Some(held_by) = store::held_by(ask, category).await? {
        let confidants = store::confidants(ask, held_by).await?;
        handlers.retain(|it| confidants.get(&it.person_id).is_some_and(|at| at.takes()));
    }
    Ok(handlers)
}

/// Whether somebody is in the confidence of a category, so far that they may say who is: at the level that handles,
/// or by rank.
async fn must_be_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    held_by: Option<CategoryId>,
) -> Result<(), Error> {
    let Some(category) = held_by else {
        return Ok(());
    };
    let mine = level(ask, PersonId(actor.id()), category).await?;
    if policy::is_in_every_confidence(actor) || mine == Some(Level::Edit) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because("right-confidence")))
    }
}

/// What is said of a category's confidence, for whoever says it.
///
/// # Errors
/// `NotFound` when it is not of this department; `Forbidden` for whoever is not in it themselves.
pub async fn said_of(
    ask: &mut dyn Answers,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    id: CategoryId,
) -> Result<Confided, Error> {
    let said = stands(ask, department, id).await?;
    must_be_in(ask, actor, said.held_by).await?;
    Ok(said)
}

/// The same for whoever just said it, and may have let themselves out by that.
///
/// # Errors
/// `NotFound` when it is not of this department.
pub async fn stands(
    ask: &mut dyn Answers,
    department: &May<ChangeMembers, DepartmentAdmin>,
    id: CategoryId,
) -> Result<Confided, Error> {
    let all = admin_store::categories(ask, department.id).await?;
    let category = all.iter().find(|it| it.id == id).ok_or(Error::NotFound)?;
    let held_by = store::held_by(ask, id).await?;
    let named = all.iter().find(|it| Some(it.id) == held_by);
    Ok(Confided {
        category: category.clone(),
        says: Confidence {
            is_confidential: store::is_confidential(ask, id).await?,
            confidants: store::confidants(ask, id).await?,
            is_mailed_bare: store::says_bare(ask, id).await?,
        },
        held_by,
        held_by_name: named.map(|it| it.name.clone()).unwrap_or_default(),
        members: admin::members(ask, department.id).await?,
    })
}

/// Which confidential category holds for each of a department's that is confidential.
pub async fn held_in(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<BTreeMap<CategoryId, CategoryId>, Error> {
    let all = store::held(ask, department).await?.into_iter();
    Ok(all
        .filter_map(|it| Some((it.id, it.confidential_id?)))
        .collect())
}

/// Says it anew. What is open in the category is as confidential from then on, and shown to nobody else.
///
/// # Errors
/// `NotFound`; `Forbidden` for whoever is not in the confidence that holds now; `Conflict` when the category was
/// changed meanwhile; `Invalid` at `confidants` when nobody in it could handle its tickets, or somebody is no
/// member of the department.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeMembers, DepartmentAdmin>,
    actor: &Actor,
    id: CategoryId,
    seen: Option<i64>,
    wanted: &Confidence,
    pen: Pen,
) -> Result<(), Error> {
    let stands = said_of(tx, department, actor, id).await?;
    must_match(seen, stands.category.version)?;
    let mut faults = Fields::default();
    let is_member = |id: &PersonId| stands.members.iter().any(|m| m.person_id == *id);
    let confidants: Confidants = if wanted.is_confidential {
        let let_in = wanted.confidants.iter();
        let let_in = let_in.filter(|(_, level)| **level != Level::None);
        let_in.map(|(id, level)| (*id, *level)).collect()
    } else {
        Confidants::new()
    };
    if !confidants.keys().all(is_member) {
        faults.add("confidants", "fault-not-member", None);
    } else if wanted.is_confidential && !confidants.values().any(|it| *it == Level::Edit) {
        faults.add("confidants", "fault-no-confidant", None);
    }
    faults.settle()?;
    store::set(tx, id, wanted.is_confidential, wanted.is_mailed_bare).await?;
    store::clear(tx, id).await?;
    for (person, level) in &confidants {
        store::add(tx, id, department.id, *person, *level).await?;
    }
    settle(tx, department, pen).await?;
    // Whoever was let out, and had made themselves an observer, is let out of the tickets, too.
    store::drop_self_made_observers(tx, department, id).await?;
    tell(tx).await?;
    let text = |of: &Confidants| {
        let named = stands.members.iter().filter_map(|m| {
            let level = of.get(&m.person_id)?;
            Some(format!("{} ({})", m.name, level.word()))
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let entry = Entry::change(Deed::ConfidenceChanged)
        .department(department.id.0)
        .thing(&stands.category.name)
        .flag(
            Field::Confidential,
            stands.says.is_confidential,
            wanted.is_confidential,
        )
        .flag(
            Field::MailedBare,
            stands.says.is_mailed_bare,
            wanted.is_mailed_bare,
        )
        .field(
            Field::Confidants,
            &text(&stands.says.confidants),
            &text(&confidants),
        );
    audit::note(tx, pen, entry).await
}

/// Whether the move of a category to another place in the tree would let out what is confidential, or into it:
/// only who is in both confidences does that.
///
/// # Errors
/// `Forbidden`.
pub(super) async fn may_move(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: CategoryId,
    parent: Option<CategoryId>,
) -> Result<(), Error> {
    let from = store::held_by(ask, id).await?;
    let to = match parent {
        _ if from == Some(id) => from,
        Some(parent) => store::held_by(ask, parent).await?,
        None => None,
    };
    if from != to {
        must_be_in(ask, actor, from).await?;
        must_be_in(ask, actor, to).await?;
    }
    Ok(())
}

/// Whether what comes in by a category may end in another: what was meant for a confidence is led out of it by those
/// who are in it.
///
/// # Errors
/// `Forbidden`.
pub(super) async fn may_lead(
    ask: &mut dyn Answers,
    actor: &Actor,
    from: CategoryId,
    to: Option<CategoryId>,
) -> Result<(), Error> {
    let held_by = store::held_by(ask, from).await?;
    let ends = match to {
        Some(to) => store::held_by(ask, to).await?,
        None => None,
    };
    if held_by != ends {
        must_be_in(ask, actor, held_by).await?;
    }
    Ok(())
}

/// Tells the pages of all staff to look again at what they may see: whom it concerns is more than who was let in.
async fn tell(tx: &mut Tx) -> Result<(), Error> {
    for person in store::everybody(tx).await? {
        tx.hint("access", person.0);
    }
    Ok(())
}

/// Makes every category of a department as confidential as the nearest above it that says so, and its tickets with
/// it. What was shown to others is shown to them no more, and its history says so.
///
/// # Errors
/// `Down`, or `Bug`.
pub(super) async fn settle<A>(
    tx: &mut Tx,
    department: &May<A, DepartmentAdmin>,
    pen: Pen,
) -> Result<(), Error> {
    let all = admin_store::categories(tx, department.id).await?;
    let stands = store::held(tx, department.id).await?;
    let says: BTreeSet<CategoryId> = stands
        .iter()
        .filter(|it| it.is_confidential)
        .map(|it| it.id)
        .collect();
    let mut changes = false;
    for category in &stands {
        let holds = categories::nearest(&all, category.id, |id| says.contains(&id));
        if holds != category.confidential_id {
            if holds.is_some() {
                store::hide(tx, department, category.id, pen).await?;
            }
            store::hold(tx, category.id, holds).await?;
            changes = true;
        }
    }
    if !changes {
        return Ok(());
    }
    tell(tx).await
}
