//! How far a search looks, so that it need not look through the whole desk.
//!
//! This is no rule: the predicate of `search_documents` in `policy.rs` decides, in the statement that
//! finds. It only leaves out what that predicate would refuse. Were it too narrow, somebody would not
//! find what they see; `one_rule.rs` holds the two together for everybody and every ticket.

use kit::authz::{Actor, Reach};
use kit::db::Matching;

use super::document::For;
use super::marks;
use crate::policy::permission;

/// The marks of what an actor may find. `departments` are those the actor works in.
pub fn of(actor: &Actor, departments: &[i64]) -> Matching {
    let me = actor.id();
    let word = Matching::Word;
    let public = word(marks::audience(For::Public));
    let whole = if actor.is_permitted(permission::READ_NOTES) {
        word(marks::audience(For::Staff))
    } else {
        public.clone()
    };
    let asked_or_invited = Matching::All(vec![
        public,
        Matching::Any(vec![word(marks::requester(me)), word(marks::invitee(me))]),
    ]);
    let mut as_staff = vec![word(marks::assignee(me)), word(marks::observer(me))];
    match actor.reach() {
        Reach::Nothing | Reach::Shared => Matching::Any(vec![]),
        Reach::Everything => whole,
        Reach::Own => asked_or_invited,
        Reach::Assigned | Reach::Departments => {
            if actor.reach() == Reach::Departments {
                as_staff.extend(departments.iter().map(|d| word(marks::department(*d))));
            }
            Matching::Any(vec![
                Matching::All(vec![whole, Matching::Any(as_staff)]),
                asked_or_invited,
            ])
        }
    }
}
