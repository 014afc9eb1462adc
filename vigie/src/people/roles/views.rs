//! Roles as pages show them.

use pages::admin::people::Role as RoleView;
use words::reader::Words;

use super::Own;
use crate::people::admin::views::role_view;
use crate::policy::Role;
use crate::policy::roles::Granted;

/// How many of them, as text says it.
fn count(of: Granted) -> i64 {
    i64::try_from(of.list().count()).unwrap_or(i64::MAX)
}

/// What a role of the desk's own is like: its parent, and how it differs.
pub fn likeness(own: &Own, words: &Words) -> String {
    use words::catalogue::Arg;
    let (more, fewer) = own.differs();
    let parent = role_view(Some(own.parent), None).name(words);
    words.say_with(
        "roles-like",
        &[
            ("parent", Arg::from(parent.as_str())),
            ("more", Arg::from(count(more))),
            ("fewer", Arg::from(count(fewer))),
        ],
    )
}

/// A role of the desk's own.
pub fn own(own: &Own, words: &Words) -> RoleView {
    RoleView::Custom {
        id: own.id.0,
        name: own.name.clone(),
        says: likeness(own, words),
    }
}

/// Every role, widest first, the desk's own after those of every desk.
pub fn every(all: &[Own], words: &Words) -> Vec<(Role, RoleView)> {
    let shipped = Role::SHIPPED.iter();
    shipped
        .map(|role| (*role, role_view(Some(*role), None)))
        .chain(all.iter().map(|it| (it.role(), own(it, words))))
        .collect()
}

/// How many more, how many fewer.
pub fn differences(own: &Own) -> (i64, i64) {
    let (more, fewer) = own.differs();
    (count(more), count(fewer))
}
