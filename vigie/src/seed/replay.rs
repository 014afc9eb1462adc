//! From the deeds of a demonstration ticket to the rows its verbs would have left.
//!
//! Pure: states come from the state machine, so a story it does not allow is an error here and not
//! a strange ticket on the desk.

use demo::desk::Desk;
use demo::ticket::{Actor, Attachment, Audience, Deed as Told, Event, Origin, Ticket};
use kit::db::Value;
use kit::error::Error;

use super::numbering::Numbering;
use super::store::{Line, Pile};
use crate::tickets::history::EventKind;
use crate::tickets::machine::{self, Deed, Situation, Stage, State};
use crate::tickets::{Audience as Readers, Hat, Origin as Way};

/// What the store made of an attachment's bytes.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Where they are.
    pub digest: String,
    /// What they are, by their content.
    pub media_type: String,
}

/// Keys that go on from ticket to ticket.
#[derive(Clone, Copy, Debug)]
pub(super) struct NextKeys {
    pub(super) comment: i64,
    pub(super) attachment: i64,
    pub(super) event: i64,
}

impl Default for NextKeys {
    fn default() -> Self {
        NextKeys {
            comment: 1,
            attachment: 1,
            event: 1,
        }
    }
}

impl NextKeys {
    pub(super) fn take(key: &mut i64) -> i64 {
        let taken = *key;
        *key += 1;
        taken
    }
}

/// Where a ticket stands while its deeds are replayed.
struct Standing<'a> {
    desk: &'a Desk,
    numbering: &'a Numbering,
    ticket: i64,
    requester: usize,
    state: State,
    department: usize,
    category: usize,
    /// A position in the people.
    holder: Option<usize>,
    priority: u8,
    recall_at: Option<i64>,
    closed_at: Option<i64>,
    comments: i64,
    last: (usize, Hat),
    version: i64,
}

/// What an event row says beside who and when.
struct Trace {
    kind: EventKind,
    audience: Readers,
    old: Option<String>,
    new: Option<String>,
}

impl Trace {
    fn public(kind: EventKind, old: Option<String>, new: Option<String>) -> Trace {
        Trace {
            kind,
            audience: Readers::Public,
            old,
            new,
        }
    }
}

/// Adds the rows of `ticket` to the pile. `kept` says where an attachment's bytes are, `html`
/// draws a body.
pub(super) fn ticket(
    desk: &Desk,
    numbering: &Numbering,
    ticket: &Ticket,
    keys: &mut NextKeys,
    pile: &mut Pile,
    kept: &dyn Fn(&[u8]) -> Kept,
    html: &dyn Fn(&str) -> String,
) -> Result<(), Error> {
    let number = number(ticket.number)?;
    let Some(Event {
        deed:
            Told::Create {
                department,
                category,
                priority,
                ..
            },
        ..
    }) = ticket.events.first()
    else {
        return Err(story(number, "does not begin with its creation"));
    };
    let mut standing = Standing {
        desk,
        numbering,
        ticket: number,
        requester: ticket.requester,
        state: State::Free,
        department: *department,
        category: *category,
        holder: None,
        priority: *priority,
        recall_at: None,
        closed_at: None,
        comments: 0,
        last: (ticket.author, Hat::Requester),
        version: 0,
    };
    let at = pile.tickets.len();
    pile.tickets.push(vec![]);
    for event in &ticket.events {
        standing.live(event, keys, pile, kept, html)?;
    }
    pile.tickets[at] = standing.line(ticket);
    Ok(())
}

/// A ticket's public number as its key.
pub(super) fn number(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::bug("a ticket number beyond counting"))
}

/// The word of a state of the data.
#[cfg(test)]
pub(super) fn word_of(state: demo::ticket::State) -> &'static str {
    use demo::ticket::State as Told;
    match state {
        Told::Free => "free",
        Told::InProgress => "in_progress",
        Told::Incomplete => "incomplete",
        Told::Postponed => "postponed",
        Told::Closed => "closed",
        Told::Approved => "approved",
        Told::Expired => "expired",
        Told::Refused => "refused",
        Told::Cancelled => "cancelled",
    }
}

fn story(number: i64, what: &str) -> Error {
    Error::bug(format!("demonstration ticket {number} {what}"))
}

/// The word of an origin: what comes from the web comes from the portal when a requester sent it.
fn origin(via: Origin, by_requester: bool) -> Way {
    match via {
        Origin::Web if by_requester => Way::Portal,
        Origin::Web => Way::Web,
        Origin::Email => Way::Email,
        Origin::Phone => Way::Phone,
    }
}

impl Standing<'_> {
    fn live(
        &mut self,
        event: &Event,
        keys: &mut NextKeys,
        pile: &mut Pile,
        kept: &dyn Fn(&[u8]) -> Kept,
        html: &dyn Fn(&str) -> String,
    ) -> Result<(), Error> {
        let person = match event.actor {
            Actor::Person(person) => Some(person),
            Actor::System => None,
        };
        let hat = match person {
            None => Hat::System,
            Some(person) if person == self.requester => Hat::Requester,
            Some(_) => Hat::Agent,
        };
        let written = said(&event.deed);
        let trace = self.change(event, person, pile)?;
        let comment = match (written, person) {
            (Some((audience, body, files)), Some(author)) => {
                let comment = NextKeys::take(&mut keys.comment);
                self.comments += 1;
                pile.comments.push(vec![
                    Value::from(comment),
                    Value::from(self.ticket),
                    Value::from(self.numbering.person(author)),
                    Value::from(audience),
                    Value::from(hat),
                    Value::from(origin(event.via, hat == Hat::Requester)),
                    Value::from(body),
                    Value::from(html(body)),
                    Value::from(event.at),
                ]);
                for file in files {
                    let Kept { digest, media_type } = kept(&file.content);
                    pile.attachments.push(vec![
                        Value::from(NextKeys::take(&mut keys.attachment)),
                        Value::from(self.ticket),
                        Value::from(comment),
                        Value::from(letter::file_name::clean(&file.name)),
                        Value::from(media_type),
                        Value::from(file.content.len() as i64),
                        Value::from(digest),
                        Value::from(event.at),
                    ]);
                }
                Some(comment)
            }
            _ => None,
        };
        self.version += 1;
        if let Some(person) = person {
            // Only what people do counts as the last activity (E-07).
            self.last = (person, hat);
        }
        if let Some(trace) = trace {
            pile.events.push(vec![
                Value::from(NextKeys::take(&mut keys.event)),
                Value::from(self.ticket),
                Value::from(person.map(|person| self.numbering.person(person))),
                Value::from(hat),
                Value::from(trace.kind),
                Value::from(trace.audience),
                Value::from(trace.old),
                Value::from(trace.new),
                Value::from(comment),
                Value::from(event.at),
            ]);
        }
        Ok(())
    }

    /// Applies a deed and says what its history line holds.
    fn change(
        &mut self,
        event: &Event,
        person: Option<usize>,
        pile: &mut Pile,
    ) -> Result<Option<Trace>, Error> {
        let held = self.holder.map(|holder| self.key(holder));
        let trace = match &event.deed {
            Told::Create { .. } => Trace::public(EventKind::Created, None, None),
            Told::Comment { audience, .. } => {
                let (deed, kind) = match audience {
                    Audience::Public => (Deed::Reply, EventKind::Replied),
                    Audience::Staff => (Deed::Note, EventKind::Noted),
                };
                let (old, new) = self.step(deed, event.at, person)?;
                Trace {
                    kind,
                    audience: audience_word(*audience),
                    old: Some(old),
                    new: Some(new),
                }
            }
            Told::Take => {
                let taker = person.ok_or_else(|| story(self.ticket, "was taken by nobody"))?;
                let kind = if held.is_some() {
                    EventKind::TakenOver
                } else {
                    EventKind::Taken
                };
                self.holder = Some(taker);
                self.step(Deed::Take, event.at, person)?;
                Trace::public(kind, held, Some(self.key(taker)))
            }
            Told::Assign { agent } => {
                let agent = self.desk.agents[*agent].person;
                self.holder = Some(agent);
                self.step(Deed::Assign, event.at, person)?;
                Trace::public(EventKind::Assigned, held, Some(self.key(agent)))
            }
            Told::Release => {
                self.step(Deed::Release, event.at, person)?;
                self.holder = None;
                Trace::public(EventKind::Released, held, None)
            }
            Told::AskInformation { .. } => {
                self.moved(EventKind::Asked, Deed::Ask, event, person)?
            }
            Told::Postpone { until } => {
                let trace = self.moved(EventKind::Postponed, Deed::Postpone, event, person)?;
                self.recall_at = Some(*until);
                trace
            }
            Told::Recall => self.moved(EventKind::Recalled, Deed::Recall, event, person)?,
            Told::Close { .. } => self.moved(EventKind::Closed, Deed::Close, event, person)?,
            Told::Approve => self.moved(EventKind::Approved, Deed::Approve, event, person)?,
            Told::RefuseClosure { .. } => self.moved(
                EventKind::ClosureRefused,
                Deed::RefuseClosure,
                event,
                person,
            )?,
            Told::Expire => self.moved(EventKind::Expired, Deed::Expire, event, person)?,
            Told::RefuseTicket { .. } => {
                self.moved(EventKind::Refused, Deed::Refuse, event, person)?
            }
            Told::Cancel => self.moved(EventKind::Cancelled, Deed::Cancel, event, person)?,
            Told::Reopen { .. } => self.moved(EventKind::Reopened, Deed::Reopen, event, person)?,
            Told::Transfer {
                department,
                category,
            } => {
                let old = self.numbering.category(self.department, self.category);
                self.step(Deed::Transfer, event.at, person)?;
                (self.department, self.category) = (*department, *category);
                let new = self.numbering.category(*department, *category);
                Trace::public(
                    EventKind::Transferred,
                    Some(old.to_string()),
                    Some(new.to_string()),
                )
            }
            Told::SetPriority { priority } => {
                // Its history line has no kind yet: the ticket changes, silently.
                self.step(Deed::ChangePriority, event.at, person)?;
                self.priority = *priority;
                return Ok(None);
            }
            Told::Invite { person: invited } => {
                self.step(Deed::Invite, event.at, person)?;
                pile.participants
                    .push(self.invitation(*invited, person, event.at));
                Trace::public(EventKind::Invited, None, Some(self.key(*invited)))
            }
        };
        Ok(Some(trace))
    }

    fn moved(
        &mut self,
        kind: EventKind,
        deed: Deed,
        event: &Event,
        person: Option<usize>,
    ) -> Result<Trace, Error> {
        let (old, new) = self.step(deed, event.at, person)?;
        Ok(Trace::public(kind, Some(old), Some(new)))
    }

    /// Moves the state by the machine; the words before and after.
    fn step(
        &mut self,
        deed: Deed,
        at: i64,
        person: Option<usize>,
    ) -> Result<(String, String), Error> {
        let situation = Situation {
            by_requester: person == Some(self.requester),
            by_holder: person.is_some() && person == self.holder,
            has_holder: self.holder.is_some(),
        };
        let before = self.state;
        let Some(after) = machine::next(before, deed, situation) else {
            let what = format!("cannot {} when {}", deed.word(), before.word());
            return Err(story(self.ticket, &what));
        };
        self.state = after;
        if after != State::Postponed {
            self.recall_at = None;
        }
        self.closed_at = match after {
            open if open.stage() == Stage::Open => None,
            _ => self.closed_at.or(Some(at)),
        };
        Ok((before.word().to_owned(), after.word().to_owned()))
    }

    fn key(&self, person: usize) -> String {
        self.numbering.person(person).to_string()
    }

    fn invitation(&self, invited: usize, by: Option<usize>, at: i64) -> Line {
        vec![
            Value::from(self.ticket),
            Value::from(self.numbering.person(invited)),
            Value::from("invitee"),
            Value::from("manual"),
            Value::from(by.map(|by| self.numbering.person(by))),
            Value::from(at),
        ]
    }

    fn line(&self, ticket: &Ticket) -> Line {
        let (last_actor, last_side) = self.last;
        vec![
            Value::from(self.ticket),
            Value::from(ticket.subject.trim()),
            Value::from(self.state),
            Value::from(self.state.stage()),
            Value::from(self.numbering.department(self.department)),
            Value::from(self.numbering.category(self.department, self.category)),
            Value::from(self.numbering.person(self.requester)),
            Value::from(self.numbering.person(ticket.author)),
            Value::from(self.holder.map(|holder| self.numbering.person(holder))),
            Value::from(i64::from(self.priority)),
            Value::from(origin(ticket.origin, ticket.author == self.requester)),
            Value::from(self.recall_at),
            Value::from(self.comments),
            Value::from(self.numbering.person(last_actor)),
            Value::from(last_side),
            Value::from(ticket.created_at),
            Value::from(ticket.updated_at),
            Value::from(self.closed_at),
            Value::from(self.version),
        ]
    }
}

fn audience_word(audience: Audience) -> Readers {
    match audience {
        Audience::Public => Readers::Public,
        Audience::Staff => Readers::Staff,
    }
}

/// What a deed says, to whom, with which files.
fn said(deed: &Told) -> Option<(Readers, &str, &[Attachment])> {
    match deed {
        Told::Create {
            body, attachments, ..
        } => Some((Readers::Public, body, attachments)),
        Told::Comment {
            audience,
            body,
            attachments,
        } => Some((audience_word(*audience), body, attachments)),
        Told::AskInformation { body }
        | Told::Close { body }
        | Told::RefuseClosure { body }
        | Told::RefuseTicket { body }
        | Told::Reopen { body } => Some((Readers::Public, body, &[])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Replays a whole desk and calls `look` with each ticket and its row.
    fn replay_desk(seed: u64, look: impl Fn(&Ticket, &Line)) {
        let desk = demo::desk(seed, super::super::bulk::NOW.0);
        let numbering = Numbering::of(&desk);
        let mut keys = NextKeys::default();
        for told in &desk.tickets {
            let mut pile = Pile::default();
            let kept = |_: &[u8]| Kept::default();
            let html = |text: &str| text.to_owned();
            ticket(&desk, &numbering, told, &mut keys, &mut pile, &kept, &html)
                .expect("the state machine allows the story");
            look(told, &pile.tickets[0]);
        }
    }

    #[test]
    fn every_told_ticket_ends_as_its_data_says_by_the_state_machine() {
        for seed in [1, 2, 3, 2026] {
            replay_desk(seed, |told, line| {
                assert_eq!(line[2], Value::Word(word_of(told.state)), "{told:?}");
                assert_eq!(line[9], Value::from(i64::from(told.priority)), "{told:?}");
                let holds = told.assignee.is_some();
                assert_eq!(matches!(line[8], Value::Int(Some(_))), holds, "{told:?}");
            });
        }
    }
}
