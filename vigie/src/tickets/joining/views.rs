//! From merges as they are kept to what pages ask and show.

use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::{Error, Fields};
use pages::form::FormField;
use pages::joining::{FollowUpForm, Joined, MergeChoice, TakenInView};
use pages::tickets::{Choice, ChoiceGroup};
use words::reader::Words;

use super::circles::{Circles, Neighbour};
use super::{goes_on_in, taken_in};
use crate::departments::{CategoryId, DepartmentId, Place};
use crate::tickets::Ticket;
use crate::tickets::machine::{Deed, State};
use crate::tickets::reading;
use crate::tickets::rights::Read;
use crate::tickets::views::state;
use crate::web::fail::fault_at;

/// The most characters of a comment that a page repeats.
const EXCERPT: usize = 400;
/// The most characters of a subject proposed from a comment.
const PROPOSED: usize = 80;

/// What the page of a ticket shows of merges and follow-ups.
pub async fn joined(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
) -> Result<Joined, Error> {
    let on_staff_side = ticket.is_on_staff_side(actor);
    let taken_in = if on_staff_side {
        taken_in(ask, actor, ticket.id).await?
    } else {
        vec![]
    };
    let merged = match ticket.state {
        State::Merged => Some(goes_on_in(ask, actor, ticket.id).await?.map(|t| t.0)),
        _ => None,
    };
    Ok(Joined {
        taken_in: taken_in
            .into_iter()
            .map(|one| TakenInView {
                number: one.number.0,
                subject: one.subject,
                version: one.version.unwrap_or_default(),
                at_micros: one.at.0,
            })
            .collect(),
        merged,
        may_merge: ticket.allows(actor, Deed::Merge),
        may_give_back: ticket.allows(actor, Deed::GiveBack),
        may_follow_up: ticket.allows(actor, Deed::FollowUp),
    })
}

fn names(of: &[&Neighbour]) -> String {
    let names: Vec<&str> = of.iter().map(|n| n.name.as_str()).collect();
    names.join(", ")
}

/// The question before a merge: who will newly read what, by name.
pub async fn choice(
    ask: &mut dyn Answers,
    (words, actor): (&Words, &Actor),
    from: &May<Read, Ticket>,
    into: &May<Read, Ticket>,
    circles: &Circles,
    boxes: super::LetIn,
) -> Result<MergeChoice, Error> {
    let mut will_read: Vec<String> = circles
        .will_read_from
        .iter()
        .map(|n| n.name.clone())
        .collect();
    if circles.changes_department {
        let department = reading::names(ask, actor, into).await?.department;
        let name = words::catalogue::Arg::from(&department);
        will_read.push(words.say_with("merging-agents-of", &[("name", name)]));
    }
    let (requester, others): (Vec<&Neighbour>, Vec<&Neighbour>) =
        circles.would_read_into.iter().partition(|n| n.is_requester);
    let others: Vec<&Neighbour> = others.into_iter().filter(|n| !n.is_holder).collect();
    Ok(MergeChoice {
        number: into.id.0,
        version: into.version,
        subject: into.subject.clone(),
        state: state(into.state),
        comments: from.comment_count,
        will_read,
        requester: requester.first().map(|n| n.name.clone()),
        lets_requester_in: boxes.requester,
        others: names(&others),
        lets_others_in: boxes.others,
    })
}

/// Where a ticket can be opened, by department; the chosen one is selected.
pub fn categories(places: Vec<Place>, chosen: CategoryId) -> Vec<ChoiceGroup> {
    let mut groups: Vec<(DepartmentId, ChoiceGroup)> = vec![];
    for place in places {
        let choice = Choice {
            value: place.id.to_string(),
            selected: place.id == chosen,
            name: place.name,
        };
        match groups.last_mut() {
            Some((id, group)) if *id == place.department_id => group.choices.push(choice),
            _ => groups.push((
                place.department_id,
                ChoiceGroup {
                    name: place.department,
                    choices: vec![choice],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// How a comment begins, on one line.
pub fn excerpt(body: &str) -> String {
    cut(body, EXCERPT)
}

/// A subject proposed from how a comment begins.
pub fn proposed(body: &str) -> String {
    let first = body.lines().find(|line| !line.trim().is_empty());
    cut(first.unwrap_or_default(), PROPOSED)
}

fn cut(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let mut short: String = text.chars().take(most).collect();
    short.push('…');
    short
}

/// A field with what was wrong with it.
pub fn field(value: &str, faults: &Fields, name: &str, words: &Words) -> FormField {
    FormField {
        value: value.to_owned(),
        error: fault_at(faults, name, words),
    }
}

/// What both follow-up pages ask.
pub fn follow_up(
    places: Vec<Place>,
    words: &Words,
    (subject, body): (&str, &str),
    category: CategoryId,
    faults: &Fields,
    once: String,
) -> FollowUpForm {
    FollowUpForm {
        subject: field(subject, faults, "subject", words),
        body: field(body, faults, "body", words),
        categories: categories(places, category),
        category_error: fault_at(faults, "category", words),
        once,
    }
}
