//! From tickets as they are kept to tickets as pages show them, relative to who looks.

use std::collections::BTreeMap;

use kit::authz::Actor;
use kit::clock::Moment;
use pages::frame::{Frame, TicketView, initials};
use pages::joining::Joined;
use pages::tasks::WorkPanel;
use pages::tickets::composer::Composer;
use pages::tickets::list::MyRequestsPage;
use pages::tickets::panel::Panel;
use pages::tickets::show::{RequesterCard, TicketPage};
use pages::tickets::thread::{
    AttachmentView, Audience as AudienceView, AuthorRole, CommentView, Deed as DeedView, EventView,
    LetterView, Redacted, Removal, Show, ThreadCounts, ThreadItem,
};
use pages::tickets::visibility::Visibility as VisibilityView;
use pages::tickets::work_lines::WorkLine;
use pages::tickets::{LastActor, MayFlags, Origin as OriginView, PersonChip, Priority, StateView};

use words::reader::Words;

use super::history::EventKind;
use super::listing::Page;
use super::listing::views::row;
use super::machine::{Deed, State};
use super::overtaken::Aspect;
use super::participants::{Kind, Participant};
use super::reading::{Attachment, Comment, Event, NamedPerson, Names};
use super::rewording;
use super::{Audience, Hat, Origin, Ticket, Visibility};
use crate::people::PersonId;
use crate::people::suppression::{Suppressed, pages::view as mail_stopped};

/// A state as pages show it.
pub fn state(state: State) -> StateView {
    match state {
        State::Free => StateView::Free,
        State::InProgress => StateView::InProgress,
        State::Incomplete => StateView::Incomplete,
        State::Postponed => StateView::Postponed,
        State::Closed => StateView::Closed,
        State::Approved => StateView::Approved,
        State::Expired => StateView::Expired,
        State::Refused => StateView::Refused,
        State::Cancelled => StateView::Cancelled,
        State::Archived => StateView::Archived,
        State::Merged => StateView::Merged,
    }
}

/// A way in as pages show it; what was typed in the agent application came over the desk.
pub fn origin(origin: Origin) -> OriginView {
    match origin {
        Origin::Portal => OriginView::Portal,
        Origin::Email => OriginView::Mail,
        Origin::Phone => OriginView::Phone,
        Origin::Api => OriginView::Api,
        Origin::Web | Origin::Other => OriginView::Desk,
    }
}

/// Who else may look at it, as pages name it: by the same words.
pub fn visibility(visibility: Visibility) -> VisibilityView {
    VisibilityView::parse(visibility.word()).unwrap_or_default()
}

/// A way in that a form names.
pub fn origin_of(view: OriginView) -> Origin {
    match view {
        OriginView::Portal => Origin::Portal,
        OriginView::Mail => Origin::Email,
        OriginView::Phone => Origin::Phone,
        OriginView::Api => Origin::Api,
        OriginView::Desk => Origin::Web,
    }
}

/// Who changed it last, relative to who looks (C-12 to C-15, trap E-07).
pub fn last_actor(side: Hat, last: Option<PersonId>, actor: &Actor) -> LastActor {
    match side {
        Hat::System => LastActor::System,
        Hat::Requester | Hat::Invitee if last.is_none_or(|p| p.0 != actor.id()) => {
            LastActor::Requester
        }
        _ if last.is_some_and(|p| p.0 == actor.id()) => LastActor::You,
        _ => LastActor::Agent,
    }
}

/// Somebody, small; marked when it is the reader.
pub fn chip(name: &str, is_you: bool) -> PersonChip {
    PersonChip {
        name: name.to_owned(),
        initials: initials(name),
        is_you,
    }
}

/// The page of a member of staff's own requests.
pub fn my_requests_page(frame: Frame, actor: &Actor, page: Page) -> MyRequestsPage {
    MyRequestsPage {
        frame,
        newer: page.before.map(|c| c.text()),
        older: page.after.map(|c| c.text()),
        rows: page.rows.into_iter().map(|r| row(r, actor, "")).collect(),
    }
}

/// What others did meanwhile, as its reader is told.
#[derive(Clone, Debug)]
pub struct Meanwhile {
    /// Who did the last of it; the desk, when it was nobody.
    pub who: String,
    /// When.
    pub at: Moment,
    /// Whether they wrote something.
    pub is_written: bool,
    /// Each, in a sentence with its name.
    pub lines: Vec<String>,
}

/// The most of these that are told.
const MOST_TOLD: usize = 10;

/// What others did since the ticket stood at this version; a sentence each, the last ones.
pub fn meanwhile(
    whole: &Whole,
    ticket: &Ticket,
    actor: &Actor,
    words: &Words,
    seen: i64,
) -> Meanwhile {
    let others = whole.events.iter().filter(|it| {
        it.stood_at >= seen
            && it.actor_id.is_none_or(|who| who.0 != actor.id())
            && Aspect::of(it.kind, it.actor_id).is_some()
    });
    let others: Vec<&Event> = others.collect();
    let wrote = |it: &&&Event| {
        let aspect = Aspect::of(it.kind, it.actor_id);
        it.comment_id.is_some() && matches!(aspect, Some(Aspect::Words | Aspect::Notes))
    };
    let is_written = others.iter().any(|it| wrote(&it));
    let last = others.iter().rev().find(wrote).or(others.last());
    let line = |event: &&&Event| {
        let who = event.actor.as_deref().unwrap_or(DESK);
        let what = match event_view(event, ticket, &whole.named) {
            Some(view) => view.sentence(words),
            None if event.kind == EventKind::Noted => words.say("history-noted").to_owned(),
            None => words.say("history-commented").to_owned(),
        };
        format!("{who} {what}")
    };
    let from = others.len().saturating_sub(MOST_TOLD);
    Meanwhile {
        who: last
            .and_then(|it| it.actor.clone())
            .unwrap_or_else(|| DESK.to_owned()),
        at: last.map_or(ticket.updated_at, |it| it.at),
        is_written,
        lines: others.iter().skip(from).map(|it| line(&it)).collect(),
    }
}

/// The desk's own name, where nobody did it.
const DESK: &str = "Vigie";

/// What the reader may do now, each judged by the one rule.
pub fn may(ticket: &Ticket, actor: &Actor) -> MayFlags {
    MayFlags {
        reply: ticket.allows(actor, Deed::Reply),
        note: ticket.allows(actor, Deed::Note),
        take: ticket.allows(actor, Deed::Take),
        release: ticket.allows(actor, Deed::Release),
        close: ticket.allows(actor, Deed::Close),
        approve: ticket.allows(actor, Deed::Approve),
        refuse_closure: ticket.allows(actor, Deed::RefuseClosure),
        reopen: ticket.allows(actor, Deed::Reopen),
    }
}

/// Everything read of one ticket.
#[derive(Debug)]
pub struct Whole {
    /// Names around it.
    pub names: Names,
    /// Words.
    pub comments: Vec<Comment>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// History.
    pub events: Vec<Event>,
    /// Invitees and observers.
    pub participants: Vec<Participant>,
    /// Whom the history names.
    pub named: Vec<NamedPerson>,
    /// The requester's other open tickets.
    pub other_open: i64,
    /// Why nothing is mailed to the requester's address, if nothing is.
    pub mail_stopped: Option<Suppressed>,
    /// Tasks and time, for a reader on staff's side.
    pub work: Option<WorkPanel>,
}

/// The agent's page of a ticket.
pub fn ticket_page(
    frame: Frame,
    actor: &Actor,
    ticket: &Ticket,
    mut whole: Whole,
    show: Show,
    back: TicketView,
    composer: Composer,
) -> TicketPage {
    let is_me = |id: Option<PersonId>| id.is_some_and(|id| id.0 == actor.id());
    let names = &whole.names;
    let place = [
        names.requester_job.as_deref(),
        names.requester_organization.as_deref(),
        names.requester_site.as_deref(),
    ]
    .into_iter()
    .flatten()
    .filter(|s| !s.is_empty())
    .collect::<Vec<_>>()
    .join(", ");
    let closed_by = whole
        .events
        .iter()
        .rev()
        .find(|e| e.kind == EventKind::Closed)
        .and_then(|e| e.actor.clone());
    let counts = ThreadCounts {
        exchanges: count(&whole.comments, |c| c.audience != Audience::Staff),
        notes: count(&whole.comments, |c| c.audience == Audience::Staff),
        history: count(&whole.events, |e| deed(e, ticket, &whole.named).is_some()),
    };
    TicketPage {
        number: ticket.id.0,
        version: ticket.version,
        subject: ticket.subject.clone(),
        state: state(ticket.state),
        priority: Priority::of_level(ticket.priority),
        last_actor: last_actor(ticket.last_side, ticket.last_actor_id, actor),
        opened_micros: ticket.created_at.0,
        origin: origin(ticket.origin),
        filed_by: (ticket.author_id != ticket.requester_id)
            .then(|| chip(&names.author, is_me(Some(ticket.author_id)))),
        requester: RequesterCard {
            person: chip(&names.requester, ticket.is_requester(actor)),
            place,
            email: names.requester_email.clone(),
            mail_stopped: whole.mail_stopped.as_ref().map(mail_stopped),
            phone: names.requester_phone.clone().unwrap_or_default(),
            other_open: whole.other_open,
            id: ticket.requester_id.0,
        },
        assignee: names
            .assignee
            .as_deref()
            .map(|name| chip(name, is_me(ticket.assignee_id))),
        department: names.department.clone(),
        category: names.category.clone(),
        came_in_by: names.entry(),
        needs_advice: ticket.advice_asker_id.is_some(),
        invitees: whole
            .participants
            .iter()
            .filter(|p| p.kind == Kind::Invitee)
            .map(|p| chip(&p.name, is_me(Some(p.person_id))))
            .collect(),
        show,
        counts,
        may: may(ticket, actor),
        deeds: super::handling::views::offered(ticket, actor, &whole.events),
        waits: super::handling::views::waits(ticket),
        closed_by,
        back,
        work: whole.work.take(),
        joined: Joined::default(),
        composer,
        place: None,
        meanwhile: vec![],
        thread: thread(actor, ticket, whole, show),
        panel: Panel::default(),
        frame,
    }
}

fn count<T>(of: &[T], that: impl Fn(&T) -> bool) -> i64 {
    i64::try_from(of.iter().filter(|x| that(x)).count()).unwrap_or(i64::MAX)
}

/// Words and history in the order things happened.
fn thread(actor: &Actor, ticket: &Ticket, whole: Whole, show: Show) -> Vec<ThreadItem> {
    let mut items: Vec<(i64, u8, ThreadItem)> = vec![];
    if show != Show::Notes && show != Show::Exchanges {
        for event in &whole.events {
            if let Some(view) = event_view(event, ticket, &whole.named) {
                items.push((event.at.0, 1, ThreadItem::Event(view)));
            }
        }
    }
    for comment in comment_views(actor, ticket, whole.comments, whole.attachments, "/tickets") {
        let is_shown = match show {
            Show::All => true,
            Show::Exchanges => comment.audience != AudienceView::Staff,
            Show::Notes => comment.audience == AudienceView::Staff,
            Show::History => false,
        };
        if is_shown {
            items.push((comment.at_micros, 0, ThreadItem::Comment(comment)));
        }
    }
    items.sort_by_key(|(at, kind, _)| (*at, *kind));
    items.into_iter().map(|(_, _, item)| item).collect()
}

/// Comments with their files; `base` is where the ticket's files are fetched (`/tickets`,
/// `/portal/tickets`).
pub fn comment_views(
    actor: &Actor,
    ticket: &Ticket,
    comments: Vec<Comment>,
    attachments: Vec<Attachment>,
    base: &str,
) -> Vec<CommentView> {
    let may_remove = ticket.allows(actor, Deed::DeleteAttachment);
    let is_with_staff = base == "/tickets" && ticket.is_on_staff_side(actor);
    let may_redact = base == "/tickets" && ticket.allows(actor, Deed::Redact);
    let mine = comments.last().map(|last| last.id).filter(|last| {
        ticket.allows(actor, Deed::Reword) && rewording::rewordable(actor, &comments, *last).is_ok()
    });
    let mut files: BTreeMap<i64, Vec<AttachmentView>> = BTreeMap::new();
    for file in attachments {
        files
            .entry(file.comment_id.0)
            .or_default()
            .push(AttachmentView {
                href: format!("{base}/{}/attachments/{}", ticket.id, file.id),
                bytes: u64::try_from(file.size).unwrap_or(0),
                is_image: crate::files::is_safe_image(&file.media_type),
                removal: may_remove.then(|| Removal {
                    action: format!("{base}/{}/attachments/{}/removal", ticket.id, file.id),
                    version: ticket.version,
                }),
                name: file.name,
            });
    }
    comments
        .into_iter()
        .map(|c| CommentView {
            id: c.id.0,
            author: chip(&c.author, c.author_id.0 == actor.id()),
            role: match c.hat {
                Hat::Requester => AuthorRole::Requester,
                Hat::Invitee => AuthorRole::Invitee,
                Hat::Agent | Hat::System => AuthorRole::Agent,
            },
            audience: match c.audience {
                Audience::Public => AudienceView::Public,
                Audience::Requester => AudienceView::Requester,
                Audience::Invitees => AudienceView::Invitees,
                Audience::Staff => AudienceView::Staff,
            },
            at_micros: c.created_at.0,
            via: (c.origin != Origin::Web).then(|| origin(c.origin)),
            safe_html: c.html,
            safe_quoted_html: c.quoted.map(|q| letter::html::from_text(&q)),
            is_forged: c.is_forged,
            letter: c
                .letter_pictures
                .filter(|_| is_with_staff && c.redacted_at.is_none())
                .map(|pictures| LetterView {
                    href: format!("{base}/{}/comments/{}/letter", ticket.id, c.id),
                    pictures,
                }),
            language: None,
            attachments: files.remove(&c.id.0).unwrap_or_default(),
            from_ticket: c.from_ticket.map(|t| t.0),
            split_href: None,
            edited_micros: c.edited_at.map(|at| at.0),
            redacted: c.redacted_at.map(|at| {
                Box::new(Redacted {
                    at_micros: at.0,
                    by: c.redacted_by.unwrap_or_default(),
                    reason: c.redaction_reason.unwrap_or_default(),
                })
            }),
            redact_href: may_redact
                .then(|| format!("/tickets/{}/comments/{}/redaction", ticket.id, c.id)),
            reword_href: (mine == Some(c.id))
                .then(|| format!("{base}/{}/comments/{}/words", ticket.id, c.id)),
        })
        .collect()
}

fn event_view(event: &Event, ticket: &Ticket, people: &[NamedPerson]) -> Option<EventView> {
    let deed = deed(event, ticket, people)?;
    let states = match (
        event.old_value.as_deref().and_then(State::of),
        event.new_value.as_deref().and_then(State::of),
    ) {
        (Some(before), Some(after)) if before != after => Some((state(before), state(after))),
        _ => None,
    };
    Some(EventView {
        actor: event.actor.clone().unwrap_or_else(|| "Vigie".to_owned()),
        deed,
        states,
        at_micros: event.at.0,
        from_ticket: event.from_ticket.map(|t| t.0),
    })
}

/// What a line of history says; replies and notes stand in the thread themselves.
fn deed(event: &Event, ticket: &Ticket, people: &[NamedPerson]) -> Option<DeedView> {
    let somebody = |id: &Option<String>| {
        people
            .iter()
            .find(|p| id.as_deref() == Some(p.id.to_string().as_str()))
            .map(|p| p.name.clone())
            .unwrap_or_default()
    };
    Some(match event.kind {
        EventKind::Created => DeedView::Created(origin(event.from_origin.unwrap_or(ticket.origin))),
        EventKind::TakenOver => match &event.concerned {
            Some(name) => DeedView::TakenFrom(name.clone()),
            None => DeedView::Taken,
        },
        EventKind::Taken => DeedView::Taken,
        EventKind::Released => DeedView::Released,
        EventKind::Assigned => DeedView::Assigned(event.concerned.clone().unwrap_or_default()),
        EventKind::Transferred => moved(event),
        EventKind::Asked => DeedView::Asked,
        EventKind::Closed if event.hat == Hat::Requester => DeedView::ClosedOwn,
        EventKind::Closed => DeedView::Closed,
        EventKind::Approved => DeedView::Approved,
        EventKind::ClosureRefused => DeedView::ClosureRefused,
        EventKind::Reopened => DeedView::Reopened,
        EventKind::Refused => DeedView::Refused,
        EventKind::Cancelled => DeedView::Cancelled,
        EventKind::Expired => DeedView::Expired,
        EventKind::ApprovalReminded => DeedView::ApprovalReminded,
        EventKind::Archived => DeedView::Archived,
        EventKind::Postponed => DeedView::Postponed,
        EventKind::Recalled => DeedView::Recalled,
        EventKind::Invited => DeedView::Invited(somebody(&event.new_value)),
        EventKind::Uninvited => DeedView::Uninvited(somebody(&event.new_value)),
        EventKind::Bounced => DeedView::Bounced(somebody(&event.old_value)),
        EventKind::Replied | EventKind::Noted => return None,
        EventKind::SubjectChanged => DeedView::SubjectChanged(
            event.old_value.clone().unwrap_or_default(),
            event.new_value.clone().unwrap_or_default(),
        ),
        EventKind::PriorityChanged => {
            let level = |value: &Option<String>| {
                let level = value.as_deref().and_then(|v| v.parse().ok());
                Priority::of_level(level.unwrap_or(3))
            };
            DeedView::PriorityChanged(level(&event.old_value), level(&event.new_value))
        }
        EventKind::RequesterChanged => {
            DeedView::RequesterChanged(somebody(&event.old_value), somebody(&event.new_value))
        }
        // What stands beside the thread says itself.
        kind => match work_line(kind, event) {
            Some(line) => DeedView::Work(line),
            None => DeedView::Changed(super::panel::views::change(event, people)?),
        },
    })
}

/// What a line says of tasks and time.
fn work_line(kind: EventKind, event: &Event) -> Option<WorkLine> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let minutes = |value: &Option<String>| value.as_deref().and_then(|m| m.parse().ok());
    Some(match kind {
        EventKind::TaskAdded => WorkLine::Added(text(&event.new_value)),
        EventKind::TaskGiven => WorkLine::Given(text(&event.old_value), text(&event.concerned)),
        EventKind::TaskChanged => WorkLine::Changed(text(&event.new_value)),
        EventKind::TaskDone => WorkLine::Done(text(&event.new_value)),
        EventKind::TaskUndone => WorkLine::Undone(text(&event.new_value)),
        EventKind::TaskRemoved => WorkLine::Removed(text(&event.old_value)),
        EventKind::TimeSpent => WorkLine::Spent(minutes(&event.new_value)?),
        EventKind::TimeRemoved => WorkLine::TakenBack(minutes(&event.old_value)?),
        _ => return None,
    })
}

/// A transfer: to another department, or to another category of the same.
fn moved(event: &Event) -> DeedView {
    let text = |name: &Option<String>| name.clone().unwrap_or_default();
    let (before, after) = (text(&event.category_before), text(&event.category_after));
    if event.department_before == event.department_after {
        return DeedView::CategoryChanged(before, after);
    }
    let department = text(&event.department_after);
    DeedView::Transferred {
        before: format!("{} › {before}", text(&event.department_before)),
        after: format!("{department} › {after}"),
        department,
    }
}

/// The first words of a ticket, and of those merged into it: they cannot become tickets of their own.
pub fn first_words(events: &[Event]) -> Vec<i64> {
    let created = events.iter().filter(|e| e.kind == EventKind::Created);
    created.filter_map(|e| e.comment_id).map(|c| c.0).collect()
}

/// Offers to make a ticket of each public comment but those; `None` offers nothing.
pub fn offer_split(page: &mut TicketPage, first_words: Option<Vec<i64>>) {
    let Some(first_words) = first_words else {
        return;
    };
    for item in &mut page.thread {
        if let ThreadItem::Comment(one) = item
            && one.audience == AudienceView::Public
            && !first_words.contains(&one.id)
        {
            let href = format!("/tickets/{}/split?comment={}", page.number, one.id);
            one.split_href = Some(href);
        }
    }
}
