//! Which articles of the knowledge base somebody sees (decision 0067): what is published as far as its audience reaches,
//! and whatever they keep themselves.

use kit::authz::{Actor, Policy, Reach};

use super::permission;
use super::tickets::staff_side;

/// Whoever passes by and is not signed in: they see what is published for everybody.
pub fn passer_by() -> Actor {
    Actor::new(0, Reach::Nothing, &[][..], &PassersBy)
}

/// The rule for whom nobody knows.
#[derive(Debug)]
struct PassersBy;

impl Policy for PassersBy {
    fn name(&self) -> &'static str {
        "passers-by"
    }

    fn predicate(&self, table: &str, alias: &str, _: &Actor, _: &str) -> String {
        match table {
            "articles" => public(alias),
            _ => "FALSE".to_owned(),
        }
    }
}

/// Which articles, and of what hangs on them which part.
pub(super) fn predicate(table: &str, alias: &str, actor: &Actor, me: &str) -> String {
    match table {
        "articles" => seen(alias, actor, me),
        "article_texts" => of_kept(alias, actor, me),
        "article_categories" => of_article(alias, actor, me),
        // Both ends, and the desk's side of the ticket.
        "article_tickets" => format!(
            "{} AND {}",
            of_article(alias, actor, me),
            staff_side(alias, actor, me)
        ),
        _ => "FALSE".to_owned(),
    }
}

/// What is published for everybody.
fn public(a: &str) -> String {
    format!("{a}.state = 'published' AND {a}.audience = 'public'")
}

/// Which articles.
fn seen(a: &str, actor: &Actor, me: &str) -> String {
    if actor.is_permitted(permission::STAFF) {
        let here = here(a, actor, me);
        return format!(
            "({a}.state = 'published' AND ({a}.audience <> 'department' OR {here})) OR {}",
            kept(a, actor, me)
        );
    }
    match actor.reach() {
        Reach::Own => format!(
            "{a}.state = 'published' AND ({a}.audience IN ('public', 'authenticated') \
             OR ({a}.audience = 'department' AND {}))",
            offered(&format!("{a}.department_id"), me)
        ),
        _ => "FALSE".to_owned(),
    }
}

/// The department of a column is one to which somebody belongs, or they look everywhere.
fn here(a: &str, actor: &Actor, me: &str) -> String {
    match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own => "FALSE".to_owned(),
        Reach::Everything | Reach::ServedEverywhere => "TRUE".to_owned(),
        Reach::Assigned | Reach::ServedDepartments | Reach::Departments => format!(
            "{a}.department_id IN (SELECT hm.department_id FROM sights hm WHERE hm.person_id = {me} AND hm.own_level IS NOT NULL)"
        ),
    }
}

/// Which articles somebody keeps, whatever their state: `Article::judge` says the same of one of them.
fn kept(a: &str, actor: &Actor, me: &str) -> String {
    let by_role = match actor.is_permitted(permission::KNOWLEDGE) {
        true => format!("({a}.department_id IS NULL OR {})", here(a, actor, me)),
        false => "FALSE".to_owned(),
    };
    let by_privilege = match actor.is_permitted(permission::HANDLE) {
        true => format!(
            "({a}.audience = 'department' AND {a}.department_id IN (SELECT fm.department_id FROM sights fm \
             WHERE fm.person_id = {me} AND fm.own_level = 'edit' AND ' ' || fm.privileges || ' ' LIKE '% manage_faq %'))"
        ),
        false => "FALSE".to_owned(),
    };
    format!("{by_role} OR {by_privilege}")
}

/// What an article said before, for whoever keeps it: what was taken out of it is not read by everybody.
fn of_kept(child: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    format!(
        "EXISTS (SELECT 1 FROM articles ka WHERE ka.id = {child}.article_id AND ({}))",
        kept("ka", actor, me)
    )
}

/// What hangs on an article is seen where the article is.
fn of_article(child: &str, actor: &Actor, me: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM articles va WHERE va.id = {child}.article_id AND ({}))",
        seen("va", actor, me)
    )
}

/// Whether somebody who asks for something is offered the department of a column: `departments::offering` in SQL. A test
/// holds one against the other, of everybody.
fn offered(department: &str, me: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM departments od WHERE od.id = {department} AND od.is_active AND (od.offered_to = 'everybody' \
         OR (od.offered_to = 'these' AND (EXISTS (SELECT 1 FROM offered_organizations oo JOIN people op ON op.organization_id = oo.organization_id \
         WHERE oo.department_id = od.id AND op.id = {me}) \
         OR EXISTS (SELECT 1 FROM offered_locations ol JOIN people op ON op.location_id = ol.location_id \
         WHERE ol.department_id = od.id AND op.id = {me}) \
         OR EXISTS (SELECT 1 FROM offered_domains om WHERE om.department_id = od.id AND (EXISTS (SELECT 1 FROM people op \
         WHERE op.id = {me} AND op.email_key LIKE '%@' || om.domain) OR EXISTS (SELECT 1 FROM person_addresses oa \
         WHERE oa.person_id = {me} AND oa.email_key LIKE '%@' || om.domain)))))))"
    )
}
