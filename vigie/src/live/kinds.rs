//! The kinds of things that people can be on: one line each. A new kind adds its line and, in `store.rs`,
//! the query that says who sees it.

use kit::authz::Actor;
use kit::db::{Answers, Done};
use presence::Item;

use super::store::{self, Sighting};

/// A kind of thing.
pub struct Kind {
    /// Its word, as in `ticket/12`, which is also the topic of hints that one changed.
    pub word: &'static str,
    /// Where its page is, before the number.
    pub address: &'static str,
    /// Whether lists show it that grow while one looks.
    pub is_listed: bool,
    /// Whether every change of one is hinted at when it is committed. Of others a line hears nothing, and looks each time.
    pub is_heard: bool,
    /// Which of these the actor sees, with the versions that stand.
    pub(super) see: See,
}

impl Kind {
    /// The one of this kind with this number.
    pub fn item(&self, id: i64) -> Item {
        Item::of(presence::Kind::named(self.word), id)
    }
}

pub(super) type See =
    for<'a> fn(&'a mut dyn Answers, &'a Actor, Vec<i64>) -> Done<'a, Vec<Sighting>>;

/// All of them.
pub static KINDS: &[Kind] = &[
    Kind {
        word: "ticket",
        address: "/tickets/",
        is_listed: true,
        is_heard: true,
        see: |ask, actor, ids| Box::pin(store::tickets(ask, actor, ids)),
    },
    Kind {
        word: "person",
        address: "/people/",
        is_listed: false,
        is_heard: false,
        see: |ask, actor, ids| Box::pin(store::people(ask, actor, ids)),
    },
    Kind {
        word: "reply",
        address: "/replies/",
        is_listed: false,
        is_heard: false,
        see: |ask, actor, ids| Box::pin(store::replies(ask, actor, ids)),
    },
    Kind {
        word: "article",
        address: "/knowledge/",
        is_listed: false,
        is_heard: true,
        see: |ask, actor, ids| Box::pin(store::articles(ask, actor, ids)),
    },
    Kind {
        word: "asset",
        address: "/assets/",
        is_listed: false,
        is_heard: true,
        see: |ask, actor, ids| Box::pin(store::assets(ask, actor, ids)),
    },
    Kind {
        word: "department",
        address: "/admin/departments/",
        is_listed: false,
        is_heard: false,
        see: |ask, actor, ids| Box::pin(store::departments(ask, actor, ids)),
    },
];

/// The kind of this word.
pub fn named(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// The kind of this item.
pub fn of(item: &Item) -> Option<&'static Kind> {
    let mut all = KINDS.iter();
    all.find(|kind| presence::Kind::named(kind.word) == item.kind)
}
