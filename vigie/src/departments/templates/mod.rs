//! Ticket templates (features N-27, X-10): what a new ticket's form holds before anybody types.
//! Each property is the category's own, else that of the nearest category above that has one, else
//! the department's.

pub mod api;
pub mod pages;
mod store;

use kit::authz::May;
use kit::db::{Answers, Tx};
use kit::error::{Clash, Error, Fields};
use kit::record;

use super::categories::{self, Category};
use super::rights::{ChangeCategories, DepartmentAdmin};
use super::{CategoryId, DepartmentId, places, real};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::policy::Visibility;

/// The longest subject of a template, in characters: as of a ticket.
pub const LONGEST_SUBJECT: usize = 250;
/// The longest message of a template, in characters.
pub const LONGEST_BODY: usize = 20_000;

record! {
    /// What one category, or the department as a whole, sets itself.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Own {
        /// The category; none for the department.
        pub category_id: Option<CategoryId>,
        /// The subject.
        pub subject: Option<String>,
        /// The message, Markdown.
        pub body: Option<String>,
        /// 1 very low to 5 very high.
        pub priority: Option<i64>,
        /// Who beside its own people may look at a new ticket.
        pub visibility: Option<Visibility>,
        /// Grows with every change; 0 before the first.
        pub version: i64,
    }
}

/// What a form is filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The subject; empty when nobody sets one.
    pub subject: String,
    /// The message; empty when nobody sets one.
    pub body: String,
    /// 1 very low to 5 very high, when somebody sets one.
    pub priority: Option<i64>,
    /// Who beside its own people may look at a new ticket; nobody when nobody sets it (trap E-05).
    pub visibility: Option<Visibility>,
}

/// What the nearest of `chain` sets, property by property; the category itself comes first.
pub fn inherit<'a>(chain: impl Iterator<Item = &'a Own>) -> Template {
    let mut template = Template::default();
    for own in chain {
        if template.subject.is_empty() {
            template
                .subject
                .clone_from(own.subject.as_ref().unwrap_or(&String::new()));
        }
        if template.body.is_empty() {
            template
                .body
                .clone_from(own.body.as_ref().unwrap_or(&String::new()));
        }
        template.priority = template.priority.or(own.priority);
        template.visibility = template.visibility.or(own.visibility);
    }
    template
}

/// The categories from this one up to the top, itself first.
fn upwards(all: &[Category], from: CategoryId) -> Vec<CategoryId> {
    let mut chain = vec![];
    let mut at = Some(from);
    // A loop in old data ends when it comes back.
    while let Some(here) = at.filter(|here| !chain.contains(here)) {
        chain.push(here);
        at = all.iter().find(|c| c.id == here).and_then(|c| c.parent_id);
    }
    chain
}

fn of_chain(owns: &[Own], chain: &[CategoryId]) -> Template {
    let set = chain
        .iter()
        .filter_map(|id| owns.iter().find(|own| own.category_id == Some(*id)))
        .chain(owns.iter().filter(|own| own.category_id.is_none()));
    inherit(set)
}

/// What a new ticket in this category is filled with.
pub async fn of(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: CategoryId,
) -> Result<Template, Error> {
    let owns = store::all(ask, department).await?;
    if owns.is_empty() {
        return Ok(Template::default());
    }
    let all = categories::tree(ask, department).await?;
    let all: Vec<Category> = all.into_iter().map(|(_, c)| c).collect();
    Ok(of_chain(&owns, &upwards(&all, category)))
}

/// What a new ticket that comes in by this category is filled with. A virtual one sets subject, message
/// and priority itself, or they are set where it leads; who else looks at a ticket is said only there,
/// by those who answer it. Empty when the category takes no tickets.
pub async fn coming_in_by(ask: &mut dyn Answers, category: CategoryId) -> Result<Template, Error> {
    let places = places(ask).await?;
    let Some(entry) = places.iter().find(|place| place.id == category) else {
        return Ok(Template::default());
    };
    let own = of(ask, entry.department_id, entry.id).await?;
    let lives = real(&places, entry).filter(|it| it.id != entry.id);
    let Some(lives) = lives else { return Ok(own) };
    let there = of(ask, lives.department_id, lives.id).await?;
    let text = |own: String, there| if own.is_empty() { there } else { own };
    Ok(Template {
        subject: text(own.subject, there.subject),
        body: text(own.body, there.body),
        priority: own.priority.or(there.priority),
        visibility: there.visibility,
    })
}

/// What a category (or the department) sets itself, and what it inherits where it sets nothing.
///
/// # Errors
/// `NotFound` when the category is not of this department.
pub async fn standing(
    ask: &mut dyn Answers,
    department: DepartmentId,
    category: Option<CategoryId>,
) -> Result<(Own, Template), Error> {
    let owns = store::all(ask, department).await?;
    let all = categories::tree(ask, department).await?;
    let all: Vec<Category> = all.into_iter().map(|(_, c)| c).collect();
    if category.is_some_and(|id| all.iter().all(|c| c.id != id)) {
        return Err(Error::NotFound);
    }
    let own = owns.iter().find(|own| own.category_id == category).cloned();
    let inherited = match category {
        Some(id) => of_chain(&owns, upwards(&all, id).get(1..).unwrap_or_default()),
        None => Template::default(),
    };
    let unset = Own {
        category_id: category,
        ..Own::default()
    };
    Ok((own.unwrap_or(unset), inherited))
}

/// What a template is to be; empty is inherited.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The subject.
    pub subject: &'a str,
    /// The message, Markdown.
    pub body: &'a str,
    /// 1 very low to 5 very high.
    pub priority: Option<i64>,
    /// Who beside its own people may look at a new ticket.
    pub visibility: Option<Visibility>,
}

/// Sets what new tickets of a category, or of the whole department, are filled with.
///
/// # Errors
/// `NotFound` when the category is not of this department; `Conflict` when it changed since `seen`.
pub async fn set(
    tx: &mut Tx,
    department: &May<ChangeCategories, DepartmentAdmin>,
    category: Option<CategoryId>,
    seen: Option<i64>,
    wanted: Wanted<'_>,
    pen: Pen,
) -> Result<(), Error> {
    let (own, _) = standing(tx, department.id, category).await?;
    if let Some(seen) = seen
        && seen != own.version
    {
        return Err(Error::Conflict(Clash::of(seen, own.version)));
    }
    let mut faults = Fields::default();
    if wanted.subject.trim().chars().count() > LONGEST_SUBJECT {
        faults.add(
            "subject",
            "fault-too-long",
            Some(LONGEST_SUBJECT.to_string()),
        );
    }
    if wanted.body.chars().count() > LONGEST_BODY {
        faults.add("body", "fault-too-long", Some(LONGEST_BODY.to_string()));
    }
    let is_known = wanted.priority.is_none_or(|p| (1..=5).contains(&p));
    faults.require(is_known, "priority", "fault-priority");
    faults.settle()?;
    store::set(tx, department.id, &own, wanted).await?;
    let all = categories::tree(tx, department.id).await?;
    let named = all.iter().find(|(_, c)| Some(c.id) == category);
    let text = |of: &Option<String>| of.clone().unwrap_or_default();
    let number = |of: Option<i64>| of.map_or(String::new(), |it| it.to_string());
    let word = |of: Option<Visibility>| of.map_or("", |it| it.word());
    let entry = Entry::change(Deed::TemplateChanged)
        .department(department.id.0)
        .field(Field::Subject, &text(&own.subject), wanted.subject.trim())
        .field(Field::Text, &text(&own.body), wanted.body)
        .field(
            Field::Priority,
            &number(own.priority),
            &number(wanted.priority),
        )
        .field(
            Field::Visibility,
            word(own.visibility),
            word(wanted.visibility),
        );
    let entry = match named {
        Some((_, c)) => entry.thing(&c.name),
        None => entry,
    };
    audit::note(tx, pen, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(category: Option<i64>, subject: &str, body: &str, priority: Option<i64>) -> Own {
        let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        Own {
            category_id: category.map(CategoryId),
            subject: text(subject),
            body: text(body),
            priority,
            visibility: (category == Some(1)).then_some(Visibility::Public),
            version: 1,
        }
    }

    #[test]
    fn the_nearest_that_says_who_else_looks_at_new_tickets_says_it() {
        let owns = [own(None, "", "", None), own(Some(1), "", "", None)];
        let of = |chain: &[i64]| {
            let chain: Vec<_> = chain.iter().map(|id| CategoryId(*id)).collect();
            of_chain(&owns, &chain).visibility
        };
        assert_eq!(of(&[2, 1]), Some(Visibility::Public));
        assert_eq!(of(&[2]), None);
    }

    #[test]
    fn each_property_comes_from_the_nearest_that_sets_it() {
        let owns = [
            own(None, "department", "what, where", Some(2)),
            own(Some(1), "parent", "", None),
            own(Some(2), "", "child", None),
        ];
        let of = |chain: &[i64]| {
            let chain: Vec<_> = chain.iter().map(|id| CategoryId(*id)).collect();
            let t = of_chain(&owns, &chain);
            (t.subject, t.body, t.priority)
        };
        let text = |a: &str, b: &str| (a.to_owned(), b.to_owned(), Some(2));
        assert_eq!(of(&[3, 2, 1]), text("parent", "child"));
        assert_eq!(of(&[3, 1]), text("parent", "what, where"));
        assert_eq!(of(&[9]), text("department", "what, where"));
    }

    #[test]
    fn a_loop_of_categories_ends() {
        let category = |id, parent| Category {
            id: CategoryId(id),
            parent_id: Some(CategoryId(parent)),
            name: String::new(),
            is_active: true,
            version: 1,
        };
        let all = [category(1, 2), category(2, 1)];
        assert_eq!(upwards(&all, CategoryId(1)), [CategoryId(1), CategoryId(2)]);
    }
}
