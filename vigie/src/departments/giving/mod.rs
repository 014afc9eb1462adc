//! How tickets that come free in a category are given out by themselves: to nobody, or by one of four
//! rules (features C-07, X-20). A category may say it, else the one above it, else its department. Among
//! whom: available members who serve the category and handle its tickets, by their share; a share of
//! zero is given nothing (decision 0026).
//!
//! Deliberately absent: when a ticket is given out, and the deed itself, which are `tickets/handling`'s.

pub mod api;
pub mod pages;
mod store;
pub mod turns;

use kit::authz::May;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::{record, stored_words};

use super::admin::must_match;
use super::rights::{ChangeCategories, DepartmentAdmin};
use super::serving::{self, Handler};
use super::{CategoryId, DepartmentId};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::PersonId;
use turns::{Candidate, Turns};

stored_words! {
    /// Whom a ticket that comes free is given to.
    pub enum Rule {
        /// Nobody: somebody takes it.
        Nobody = "none",
        /// Always the available one with the largest share.
        FirstAvailable = "first_available",
        /// One after the other, as often as their share is large.
        RoundRobin = "round_robin",
        /// By lot, weighted by the shares.
        Random = "random",
        /// Who has least to do for their share.
        LeastLoaded = "least_loaded",
    }
}

record! {
    /// A category with what it says.
    #[derive(Clone, Debug)]
    pub struct CategoryRule {
        /// The category.
        pub id: CategoryId,
        /// The one above.
        pub parent_id: Option<CategoryId>,
        /// Its name.
        pub name: String,
        /// What it says; `None` is as above.
        pub giving: Option<Rule>,
    }
}

/// What a department and its categories say.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The department.
    pub own: Option<Rule>,
    /// Its categories, in their order.
    pub categories: Vec<CategoryRule>,
}

impl Said {
    /// What holds in a category, and where that is said: the nearest category upwards, or the
    /// department (`None`).
    pub fn of(&self, category: CategoryId) -> (Rule, Option<CategoryId>) {
        let mut at = Some(category);
        // As many steps as there are categories: a loop in old data ends here too.
        for _ in 0..=self.categories.len() {
            let here = self.categories.iter().find(|c| Some(c.id) == at);
            let Some(here) = here else { break };
            if let Some(rule) = here.giving {
                return (rule, Some(here.id));
            }
            at = here.parent_id;
        }
        (self.own.unwrap_or(Rule::Nobody), None)
    }

    /// What would hold in a category that said nothing itself.
    pub fn above(&self, category: CategoryId) -> Rule {
        let here = self.categories.iter().find(|c| c.id == category);
        match here.and_then(|c| c.parent_id) {
            Some(parent) => self.of(parent).0,
            None => self.own.unwrap_or(Rule::Nobody),
        }
    }
}

/// What a department and its categories say, for whoever administers it.
pub async fn said_in(ask: &mut dyn Answers, department: DepartmentId) -> Result<Said, Error> {
    Ok(Said {
        own: store::own(ask, department).await?,
        categories: store::categories(ask, department).await?,
    })
}

/// Who can be given tickets of a category now, by name.
pub async fn candidates(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Vec<Handler>, Error> {
    let mut all = serving::handlers(ask, department, category).await?.members;
    all.retain(|handler| handler.rate > 0);
    Ok(all)
}

/// What the rule of a category comes to for one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing is given out there.
    NoRule,
    /// Nobody is available who could be given it.
    NobodyThere(Rule),
    /// This is who, by this rule.
    Somebody(Rule, PersonId),
}

/// Whom a ticket of this category is given to now; `never` names those who are not, whoever asked for it
/// among them.
/// Whose turn it is moves on with it, in the caller's transaction.
pub async fn choose(
    tx: &mut Tx,
    department: DepartmentId,
    category: CategoryId,
    never: &[PersonId],
    now: Moment,
) -> Result<Choice, Error> {
    let (rule, place) = said_in(tx, department).await?.of(category);
    if rule == Rule::Nobody {
        return Ok(Choice::NoRule);
    }
    let mut handlers = candidates(tx, department, category).await?;
    handlers.retain(|handler| !never.contains(&handler.person_id));
    if handlers.is_empty() {
        return Ok(Choice::NobodyThere(rule));
    }
    // Whoever gives out at the same time waits here, and then goes on from where this ends.
    let held = store::hold_turns(tx, department, place, now).await?;
    let loads = if rule == Rule::LeastLoaded {
        store::loads(tx, handlers.iter().map(|h| h.person_id.0)).await?
    } else {
        vec![]
    };
    let among: Vec<Candidate> = handlers
        .iter()
        .map(|handler| Candidate {
            person: handler.person_id,
            rate: handler.rate,
            load: loads
                .iter()
                .find(|load| load.person_id == handler.person_id)
                .map_or(0, |load| load.n),
        })
        .collect();
    let mut turns = Turns::read(&held.weights, held.seed);
    let Some(person) = turns::choose(rule, &among, &mut turns) else {
        return Ok(Choice::NobodyThere(rule));
    };
    store::put_turns(tx, department, place, &turns.weights(), turns.seed).await?;
    Ok(Choice::Somebody(rule, person))
}

/// Says it anew, for the department and these categories of it.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `category` for one of another
/// department.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    seen: Option<i64>,
    own: Option<Rule>,
    categories: &[(CategoryId, Option<Rule>)],
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let before = said_in(tx, department.id).await?;
    let mut faults = Fields::default();
    let is_here = |id: CategoryId| before.categories.iter().any(|c| c.id == id);
    faults.require(
        categories.iter().all(|(id, _)| is_here(*id)),
        "category",
        "fault-category-elsewhere",
    );
    faults.settle()?;
    store::set_department(tx, department.id, own).await?;
    for (id, rule) in categories {
        store::set_category(tx, *id, *rule).await?;
    }
    let noted = |was: Option<Rule>, becomes: Option<Rule>| {
        let word = |rule: Option<Rule>| rule.map_or("", Rule::word);
        Entry::change(Deed::GivingChanged)
            .department(department.id.0)
            .field(Field::Giving, word(was), word(becomes))
    };
    audit::note(tx, pen, noted(before.own, own)).await?;
    for standing in &before.categories {
        if let Some((_, rule)) = categories.iter().find(|(id, _)| *id == standing.id) {
            let entry = noted(standing.giving, *rule).thing(&standing.name);
            audit::note(tx, pen, entry).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>, giving: Option<Rule>) -> CategoryRule {
        CategoryRule {
            id: CategoryId(id),
            parent_id: parent.map(CategoryId),
            name: String::new(),
            giving,
        }
    }

    #[test]
    fn what_is_said_nearest_holds_and_nobody_is_a_saying_too() {
        let said = |own| Said {
            own,
            categories: vec![
                category(1, None, None),
                category(2, Some(1), Some(Rule::Random)),
                category(3, Some(2), None),
                category(4, Some(2), Some(Rule::Nobody)),
                category(5, Some(5), None),
            ],
        };
        let of = |own, id| said(own).of(CategoryId(id));
        let round = Some(Rule::RoundRobin);
        assert_eq!(of(None, 1), (Rule::Nobody, None));
        assert_eq!(of(round, 1), (Rule::RoundRobin, None));
        assert_eq!(of(round, 2), (Rule::Random, Some(CategoryId(2))));
        // Whose turn it is, is kept where the rule is said: the two share it.
        assert_eq!(of(round, 3), (Rule::Random, Some(CategoryId(2))));
        assert_eq!(of(round, 4), (Rule::Nobody, Some(CategoryId(4))));
        assert_eq!(of(round, 5), (Rule::RoundRobin, None), "a loop ends");
        assert_eq!(said(round).above(CategoryId(4)), Rule::Random);
        assert_eq!(said(round).above(CategoryId(2)), Rule::RoundRobin);
    }
}
