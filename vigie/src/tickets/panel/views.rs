//! The panel as the page shows it.

use kit::authz::Actor;
use pages::tickets::panel::{LinkView, Panel, RelationView, TagView, Typed};

use super::Beside;
use crate::tickets::Ticket;
use crate::tickets::history::EventKind;
use crate::tickets::links::Relation;
use crate::tickets::machine::Deed;
use crate::tickets::reading::Event;
use crate::tickets::views::state;
use pages::tickets::changes::Change;

/// The panel, with a form as it was sent and refused when there is one.
pub fn panel(ticket: &Ticket, actor: &Actor, beside: Beside, typed: Typed) -> Panel {
    let staff = ticket.is_on_staff_side(actor);
    Panel {
        may_link: ticket.allows(actor, Deed::Link),
        links: beside
            .links
            .into_iter()
            .map(|link| LinkView {
                number: link.number.0,
                relation: relation(link.relation),
                subject: link.subject,
                state: state(link.state),
            })
            .collect(),
        shows_tags: staff,
        may_tag: ticket.allows(actor, Deed::Tag),
        tags: beside
            .tags
            .into_iter()
            .map(|tag| TagView {
                id: tag.id.0,
                name: tag.name,
            })
            .collect(),
        offered_tags: beside.offered_tags,
        typed,
    }
}

fn relation(relation: Relation) -> RelationView {
    match relation {
        Relation::RelatesTo => RelationView::RelatesTo,
        Relation::DuplicateOf => RelationView::DuplicateOf,
        Relation::DuplicatedBy => RelationView::DuplicatedBy,
        Relation::FollowUpOf => RelationView::FollowUpOf,
        Relation::FollowedBy => RelationView::FollowedBy,
    }
}

/// What a line of history says of a change beside the thread; `None` when it is of another kind.
pub fn change(event: &Event) -> Option<Change> {
    let before = || event.old_value.clone().unwrap_or_default();
    let after = || event.new_value.clone().unwrap_or_default();
    Some(match event.kind {
        EventKind::Linked => Change::Linked(after()),
        EventKind::Unlinked => Change::Unlinked(before()),
        EventKind::Tagged => Change::Tagged(after()),
        EventKind::Untagged => Change::Untagged(before()),
        _ => return None,
    })
}
