//! How far a search looks, so that it need not look through the whole desk.
//!
//! This is no rule: the predicate of `search_documents` in `policy.rs` decides, in the statement that
//! finds. It only leaves out what that predicate would refuse. Were it too narrow, somebody would not
//! find what they see; `one_rule.rs` holds the two together for everybody and every ticket.
//!
//! That a document holds public words only, or all, is not asked here: half of all documents say so, and an
//! index takes longer to gather those than the predicate to refuse the few that are left over.

use kit::authz::{Actor, Reach};
use kit::db::Matching;

use super::document::For;
use super::marks;

/// The marks of what an actor may find; none when that is everything. `departments` are those the actor works in.
pub fn of(actor: &Actor, departments: &[i64]) -> Option<Matching> {
    let me = actor.id();
    let word = Matching::Word;
    let mut any = vec![word(marks::requester(me)), word(marks::invitee(me))];
    match actor.reach() {
        Reach::Nothing | Reach::Shared => any.clear(),
        Reach::Everything | Reach::ServedEverywhere => return None,
        Reach::Own => {}
        Reach::Assigned | Reach::Departments | Reach::ServedDepartments => {
            any.extend([word(marks::assignee(me)), word(marks::observer(me))]);
            if actor.reach() != Reach::Assigned {
                any.extend(departments.iter().map(|d| word(marks::department(*d))));
            }
        }
    }
    Some(Matching::Any(any))
}

/// The mark of every ticket's document of all words: for a search that names nothing else to look for.
pub fn anything() -> Matching {
    Matching::Word(marks::audience(For::Staff))
}
