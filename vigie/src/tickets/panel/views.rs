//! The panel as the page shows it.

use kit::authz::Actor;
use pages::admin::giving::Rule;
use pages::tickets::changes::Change;
use pages::tickets::panel::{AdviceView, LinkView, OnTicket, Panel, RelationView, TagView, Typed};

use super::Beside;
use crate::tickets::history::EventKind;
use crate::tickets::links::Relation;
use crate::tickets::machine::Deed;
use crate::tickets::naming;
use crate::tickets::participants::{Kind, Participant};
use crate::tickets::reading::{Event, NamedPerson};
use crate::tickets::views::{chip, origin, state, visibility};
use crate::tickets::{Origin, Ticket, Visibility};

/// The panel, with a form as it was sent and refused when there is one.
pub fn panel(ticket: &Ticket, actor: &Actor, beside: Beside, typed: Typed, once: String) -> Panel {
    let staff = ticket.is_on_staff_side(actor);
    let of = |kind: Kind| -> Vec<OnTicket> {
        let people = beside.people.iter().filter(|p| p.kind == kind);
        people.map(|p| on_ticket(p, actor)).collect()
    };
    let is_mine = |kind: Kind| {
        let mut people = beside.people.iter();
        people.any(|p| p.kind == kind && p.person_id.0 == actor.id())
    };
    Panel {
        unsent: vec![],
        invitees: of(Kind::Invitee),
        may_invite: ticket.allows(actor, Deed::Invite),
        recent: beside
            .recent
            .iter()
            .map(|r| (r.email.clone(), r.name.clone()))
            .collect(),
        observers: of(Kind::Observer),
        shows_observers: staff,
        may_observe: ticket.allows(actor, Deed::Observe),
        may_add_observer: ticket.allows(actor, Deed::AddObserver),
        is_observing: is_mine(Kind::Observer),
        is_following: is_mine(Kind::Follower),
        advice: beside.advice.as_ref().map(|it| AdviceView {
            person: chip(&it.asked_by, it.asked_by_id.0 == actor.id()),
            since_micros: it.asked_at.0,
        }),
        may_say_why: ticket.allows(actor, Deed::Note),
        may_ask_advice: ticket.allows(actor, Deed::AskAdvice),
        may_end_advice: ticket.allows(actor, Deed::EndAdvice),
        may_change_subject: ticket.allows(actor, Deed::ChangeSubject),
        may_change_priority: ticket.allows(actor, Deed::ChangePriority),
        may_change_requester: ticket.allows(actor, Deed::ChangeRequester),
        visibility: visibility(ticket.visibility),
        may_change_visibility: ticket.allows(actor, Deed::ChangeVisibility),
        is_confidential: ticket.confidential_id.is_some(),
        hides_agents: ticket.is_anonymous && ticket.names_agents,
        may_change_origin: ticket.allows(actor, Deed::ChangeOrigin),
        may_link: ticket.allows(actor, Deed::Link),
        articles: beside
            .articles
            .into_iter()
            .map(|it| (it.id.0, it.title))
            .collect(),
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
        assets: vec![],
        offered_assets: vec![],
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
        once,
    }
}

fn on_ticket(person: &Participant, actor: &Actor) -> OnTicket {
    OnTicket {
        id: naming::number(person.person_id),
        person: chip(&person.name, person.person_id.0 == actor.id()),
        is_permanent: person.is_permanent,
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
pub fn change(event: &Event, people: &[NamedPerson]) -> Option<Change> {
    let somebody = |value: &Option<String>| {
        let id = value.as_deref().and_then(|v| v.parse().ok());
        let known = people.iter().find(|p| Some(p.id.0) == id);
        known.map(|p| p.name.clone()).unwrap_or_default()
    };
    let rule = |value: &Option<String>| {
        let known = value.as_deref().and_then(Rule::parse);
        known.unwrap_or(Rule::Nobody)
    };
    let before = || event.old_value.clone().unwrap_or_default();
    let after = || event.new_value.clone().unwrap_or_default();
    Some(match event.kind {
        EventKind::OriginChanged => {
            let way = |value: &Option<String>| {
                value
                    .as_deref()
                    .and_then(Origin::of)
                    .unwrap_or(Origin::Other)
            };
            Change::OriginChanged(origin(way(&event.old_value)), origin(way(&event.new_value)))
        }
        EventKind::VisibilityChanged => {
            let who = |value: &Option<String>| {
                let known = value.as_deref().and_then(Visibility::of);
                visibility(known.unwrap_or(Visibility::Private))
            };
            Change::VisibilityChanged(who(&event.old_value), who(&event.new_value))
        }
        EventKind::GivenOut => Change::GivenOut(somebody(&event.new_value), rule(&event.old_value)),
        EventKind::NotGivenOut => Change::NotGivenOut,
        EventKind::Reworded => Change::Reworded(before()),
        EventKind::Redacted => Change::Redacted(after()),
        EventKind::AttachmentDeleted => Change::FileRemoved(before()),
        EventKind::ObserverAdded => Change::ObserverAdded(somebody(&event.new_value)),
        EventKind::ObserverRemoved => Change::ObserverRemoved(somebody(&event.new_value)),
        EventKind::AdviceAsked => Change::AdviceAsked,
        EventKind::Advised => Change::Advised,
        EventKind::AdviceEnded => Change::AdviceEnded,
        EventKind::Merged => Change::MergedInto(after()),
        EventKind::Unmerged => Change::Unmerged(before()),
        EventKind::TookIn => Change::TookIn(after()),
        EventKind::GaveBack => Change::GaveBack(after()),
        EventKind::SplitOff => Change::SplitOff(after()),
        EventKind::FollowedUp => Change::FollowedUp(after()),
        EventKind::Linked => Change::Linked(after()),
        EventKind::Unlinked => Change::Unlinked(before()),
        EventKind::AssetLinked => Change::AssetLinked(after()),
        EventKind::AssetUnlinked => Change::AssetUnlinked(after()),
        EventKind::Tagged => Change::Tagged(after()),
        EventKind::Untagged => Change::Untagged(before()),
        _ => return None,
    })
}
