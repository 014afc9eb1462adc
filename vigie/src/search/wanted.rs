//! A query, as the index is asked.

use std::collections::HashMap;

use kit::authz::{Actor, Reach};
use kit::db::{Db, Matching};
use kit::error::Error;

use super::language::{Asked, Leaf, Understood, Who};
use super::{SHORTEST_PREFIX, analyse, marks, reach, store};
use crate::people::PersonId;
use crate::tickets::TicketId;

/// The most people a field may mean.
const MOST_NAMED: i64 = 300;

/// Everything that is asked, within what the actor may see.
pub async fn all(db: &Db, actor: &Actor, understood: &Understood) -> Result<Matching, Error> {
    let me = PersonId(actor.id());
    let departments = match actor.reach() {
        Reach::Departments | Reach::ServedDepartments => {
            store::departments(&mut db.read(), me).await?
        }
        _ => vec![],
    };
    let mut wanted: Vec<Matching> = reach::of(actor, &departments).into_iter().collect();
    let mut unwanted = vec![];
    for part in &understood.parts {
        let matching = match &part.asked {
            Asked::Text(leaf) => text(leaf, |word| word.to_owned()),
            Asked::Number(number) => Matching::Word(marks::number(TicketId(*number))),
            Asked::States(states) => Matching::Any(
                states
                    .iter()
                    .map(|s| Matching::Word(marks::state(*s)))
                    .collect(),
            ),
            Asked::Tag(words) => Matching::Word(marks::tag(words)),
            Asked::Attachment => Matching::Word(marks::file()),
            Asked::From(who) => whose(db, me, who, marks::requester).await?,
            Asked::To(who) => whose(db, me, who, marks::assignee).await?,
            Asked::In(words) => place(db, words).await?,
            Asked::Before(_) | Asked::After(_) => continue,
        };
        if part.is_excluded {
            unwanted.push(matching);
        } else {
            wanted.push(matching);
        }
    }
    if wanted.is_empty() {
        wanted.push(reach::anything());
    }
    let wanted = Matching::All(wanted);
    Ok(if unwanted.is_empty() {
        wanted
    } else {
        Matching::Without(Box::new(wanted), Box::new(Matching::Any(unwanted)))
    })
}

/// Words, as the index keeps them; `mark` says where.
fn text(leaf: &Leaf, mark: impl Fn(&str) -> String) -> Matching {
    let stems: Vec<String> = leaf.words.iter().map(|w| mark(&analyse::stem(w))).collect();
    match (stems.as_slice(), leaf.is_prefix) {
        ([one], false) => Matching::Word(one.clone()),
        (_, false) => Matching::Phrase(stems),
        (_, true) => {
            let mut parts: Vec<Matching> = stems.into_iter().map(Matching::Word).collect();
            let last = leaf.words.last().map_or("", String::as_str);
            let whole = parts.pop().unwrap_or(Matching::Any(vec![]));
            let begins = if last.chars().count() < SHORTEST_PREFIX {
                whole
            } else {
                // The stem is what stands in the phrase's place; the beginning may be longer than it.
                Matching::Any(vec![Matching::Prefix(mark(last)), whole])
            };
            parts.push(begins);
            Matching::All(parts)
        }
    }
}

/// Every part of the text in the subject.
pub fn in_subject(understood: &Understood) -> Matching {
    let parts = understood.leaves().map(|leaf| {
        if leaf.is_prefix {
            return text(leaf, marks::subject);
        }
        let words = leaf.words.iter().map(|w| analyse::stem(w));
        Matching::All(words.map(|w| Matching::Word(marks::subject(&w))).collect())
    });
    Matching::All(parts.collect())
}

async fn whose(
    db: &Db,
    me: PersonId,
    who: &Who,
    mark: fn(i64) -> String,
) -> Result<Matching, Error> {
    let ids = match who {
        Who::Me => vec![me.0],
        Who::Nobody => vec![0],
        Who::Named(words) => store::everybody_named(&mut db.read(), words, MOST_NAMED).await?,
    };
    Ok(Matching::Any(
        ids.into_iter().map(|id| Matching::Word(mark(id))).collect(),
    ))
}

/// Departments and categories whose names hold each of these words, or begin so; categories with all
/// beneath them.
async fn place(db: &Db, words: &[String]) -> Result<Matching, Error> {
    let holds = |name: &str| {
        let name = analyse::words(name);
        words
            .iter()
            .all(|word| name.iter().any(|w| w.folded.starts_with(word.as_str())))
    };
    let places = store::places(&mut db.read()).await?;
    let mut found = vec![];
    let mut inside: HashMap<i64, bool> = HashMap::new();
    for place in &places {
        let mark = Matching::Word(marks::department(place.department_id.0));
        if holds(&place.department) {
            if !found.contains(&mark) {
                found.push(mark);
            }
            continue;
        }
        // The category, or any above it; the tree is not deep, and a circle ends.
        let (mut at, mut is_inside) = (Some(place), false);
        for _ in 0..32 {
            let Some(one) = at else { break };
            is_inside |= *inside.entry(one.id.0).or_insert_with(|| holds(&one.name));
            at = one
                .parent_id
                .and_then(|parent| places.iter().find(|p| p.id == parent));
        }
        if is_inside {
            found.push(Matching::Word(marks::category(place.id.0)));
        }
    }
    Ok(Matching::Any(found))
}
