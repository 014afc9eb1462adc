//! The kinds of things that people can be on: one line each. A new kind adds its line and, in `store.rs`,
//! the query that says who sees it.

use kit::authz::Actor;
use kit::db::{Answers, Done};
use presence::Section;

use super::store::{self, Sighting};

/// A kind of thing.
pub struct Kind {
    /// Its word, as in `ticket/12`, which is also the topic of hints that one changed.
    pub word: &'static str,
    /// Where its page is, before the number.
    pub address: &'static str,
    /// The section of the sidebar that its pages belong to.
    pub section: Section,
    /// Whether lists show it that grow while one looks.
    pub is_listed: bool,
    /// Which of these the actor sees, with the versions that stand.
    pub(super) see: See,
}

pub(super) type See =
    for<'a> fn(&'a mut dyn Answers, &'a Actor, Vec<i64>) -> Done<'a, Vec<Sighting>>;

/// All of them.
pub static KINDS: &[Kind] = &[
    Kind {
        word: "ticket",
        address: "/tickets/",
        section: Section::Tickets,
        is_listed: true,
        see: |ask, actor, ids| Box::pin(store::tickets(ask, actor, ids)),
    },
    Kind {
        word: "person",
        address: "/people/",
        section: Section::People,
        is_listed: false,
        see: |ask, actor, ids| Box::pin(store::people(ask, actor, ids)),
    },
    Kind {
        word: "reply",
        address: "/replies/",
        section: Section::Elsewhere,
        is_listed: false,
        see: |ask, actor, ids| Box::pin(store::replies(ask, actor, ids)),
    },
    Kind {
        word: "department",
        address: "/admin/departments/",
        section: Section::Administration,
        is_listed: false,
        see: |ask, actor, ids| Box::pin(store::departments(ask, actor, ids)),
    },
];

/// The kind of this word.
pub fn named(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}
