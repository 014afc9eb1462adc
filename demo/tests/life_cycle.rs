//! Every ticket of the demonstration obeys the state machine (features.md F.1).

use demo::desk::{Desk, Level, Role};
use demo::ticket::{Actor, Audience, Deed, Event, State, Ticket};

/// 2026-11-23T13:10:00Z, a Monday.
const NOW: i64 = 1_795_439_400_000_000;

/// What a replay knows.
struct Replay<'a> {
    desk: &'a Desk,
    ticket: &'a Ticket,
    state: State,
    holder: Option<usize>,
    department: usize,
    category: usize,
    priority: u8,
    invitees: Vec<usize>,
}

impl Replay<'_> {
    /// The level at which the agent works in the ticket's department; administrators everywhere.
    fn level(&self, agent: usize) -> Option<Level> {
        let agent = &self.desk.agents[agent];
        let place = agent
            .memberships
            .iter()
            .find(|place| place.department == self.department);
        let above = matches!(agent.role, Role::Owner | Role::Administrator);
        place
            .map(|place| place.level)
            .or_else(|| above.then_some(Level::Edit))
    }

    /// Plays one event; says why it could not happen.
    fn play(&mut self, event: &Event) -> Result<(), &'static str> {
        let person = match event.actor {
            Actor::Person(person) => Some(person),
            Actor::System => None,
        };
        let agent = person.and_then(|person| {
            self.desk
                .agents
                .iter()
                .position(|agent| agent.person == person)
        });
        if agent.is_some_and(|agent| self.desk.agents[agent].role == Role::Viewer) {
            return Err("a viewer acts");
        }
        let requester = person == Some(self.ticket.requester);
        let invitee = person.is_some_and(|person| self.invitees.contains(&person));
        let holder = agent.is_some() && agent == self.holder;
        let level = agent.and_then(|agent| self.level(agent));
        let member = level.is_some();
        let full = level == Some(Level::Edit);
        let open = self.state.is_open();
        let ended = !open && self.state != State::Closed;
        if !(requester || invitee || member || person.is_none()) {
            return Err("a stranger acts");
        }
        let allow = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
        match &event.deed {
            Deed::Create { .. } => return Err("created twice"),
            Deed::Comment { audience, .. } => {
                allow(
                    *audience == Audience::Public || member,
                    "a customer writes a note",
                )?;
                if self.state == State::Incomplete && (requester || holder) {
                    self.state = self.working();
                }
            }
            Deed::Take => {
                allow(open && full && !holder, "takes")?;
                self.holder = agent;
                self.state = if self.state == State::Free {
                    State::InProgress
                } else {
                    self.state
                };
            }
            Deed::Assign { agent } => {
                allow(open && full, "assigns")?;
                allow(
                    self.level(*agent).is_some_and(|level| level != Level::View),
                    "is assigned",
                )?;
                self.holder = Some(*agent);
                self.state = if self.state == State::Free {
                    State::InProgress
                } else {
                    self.state
                };
            }
            Deed::Release => {
                allow(open && self.state != State::Free && holder, "releases")?;
                self.holder = None;
                self.state = State::Free;
            }
            Deed::AskInformation { .. } => {
                allow(open && holder, "asks")?;
                self.state = State::Incomplete;
            }
            Deed::Postpone { until } => {
                allow(
                    open && self.state != State::Postponed && holder,
                    "postpones",
                )?;
                allow(*until > event.at, "postpones to the past")?;
                self.state = State::Postponed;
            }
            Deed::Recall => {
                allow(
                    self.state == State::Postponed && (holder || person.is_none()),
                    "recalls",
                )?;
                self.state = self.working();
            }
            Deed::Close { .. } => {
                allow(open && (holder || requester), "closes")?;
                self.state = if requester {
                    State::Approved
                } else {
                    State::Closed
                };
            }
            Deed::Approve => {
                allow(self.state == State::Closed && requester, "approves")?;
                self.state = State::Approved;
            }
            Deed::RefuseClosure { .. } => {
                allow(
                    self.state == State::Closed && requester,
                    "refuses the closure",
                )?;
                self.state = self.working();
            }
            Deed::Expire => {
                allow(self.state == State::Closed && person.is_none(), "expires")?;
                self.state = State::Expired;
            }
            Deed::RefuseTicket { .. } => {
                allow(open && holder && full, "refuses")?;
                self.state = State::Refused;
            }
            Deed::Cancel => {
                allow(open && requester, "cancels")?;
                self.state = State::Cancelled;
            }
            Deed::Reopen { .. } => {
                allow(ended && requester || !open && holder, "reopens")?;
                self.state = self.working();
            }
            Deed::Transfer {
                department,
                category,
            } => {
                allow(holder || open && full, "transfers")?;
                self.department = *department;
                self.category = *category;
                if self
                    .holder
                    .is_some_and(|holder| self.level(holder).is_none())
                {
                    self.holder = None;
                    self.state = State::Free;
                }
            }
            Deed::SetPriority { priority } => {
                allow(holder || open && requester, "changes the priority")?;
                allow(
                    (1..=5).contains(priority),
                    "sets a priority that does not exist",
                )?;
                self.priority = *priority;
            }
            Deed::Invite { person } => {
                allow(requester || member, "invites")?;
                self.invitees.push(*person);
            }
        }
        Ok(())
    }

    fn working(&self) -> State {
        if self.holder.is_some() {
            State::InProgress
        } else {
            State::Free
        }
    }
}

fn replay(desk: &Desk, ticket: &Ticket) -> Result<(), String> {
    let fault = |why: &str| {
        Err(format!(
            "#{} {}: {why}\n{ticket:#?}",
            ticket.number, ticket.subject
        ))
    };
    let Some(Event {
        deed:
            Deed::Create {
                department,
                category,
                priority,
                ..
            },
        actor,
        at,
        ..
    }) = ticket.events.first()
    else {
        return fault("does not begin with its creation");
    };
    let mut replay = Replay {
        desk,
        ticket,
        state: State::Free,
        holder: None,
        department: *department,
        category: *category,
        priority: *priority,
        invitees: Vec::new(),
    };
    if *actor != Actor::Person(ticket.author) || *at != ticket.created_at {
        return fault("was not created by its author at its creation");
    }
    let typist = desk
        .agents
        .iter()
        .position(|agent| agent.person == ticket.author);
    if ticket.author != ticket.requester && typist.and_then(|agent| replay.level(agent)).is_none() {
        return fault("was typed by somebody who does not belong there");
    }
    for event in &ticket.events[1..] {
        if let Err(why) = replay.play(event) {
            return fault(&format!("{why}: {event:?}"));
        }
    }
    if ticket.events.windows(2).any(|pair| pair[0].at > pair[1].at) {
        return fault("does not follow time");
    }
    let place = (replay.department, replay.category) == (ticket.department, ticket.category);
    if !place || replay.state != ticket.state || replay.holder != ticket.assignee {
        return fault(&format!(
            "ends {:?}, held by {:?}",
            replay.state, replay.holder
        ));
    }
    if replay.priority != ticket.priority
        || ticket.events.last().map(|last| last.at) != Some(ticket.updated_at)
    {
        return fault("ends with another priority or instant");
    }
    Ok(())
}

#[test]
fn every_ticket_replays_to_the_state_it_claims() {
    for seed in [1, 2, 20_261_123] {
        let desk = demo::desk(seed, NOW);
        for ticket in &desk.tickets {
            if let Err(why) = replay(&desk, ticket) {
                panic!("seed {seed}: {why}");
            }
        }
    }
}

#[test]
fn the_replay_notices_a_ticket_that_lies() {
    let desk = demo::desk(1, NOW);
    let closed = desk
        .tickets
        .iter()
        .find(|ticket| ticket.state == State::Closed);
    let mut lying = closed
        .cloned()
        .unwrap_or_else(|| panic!("no closed ticket"));
    lying.state = State::Approved;
    assert!(replay(&desk, &lying).is_err());
    let stranger = desk.people.len() - 1;
    lying.state = State::Closed;
    for event in &mut lying.events {
        if matches!(event.deed, Deed::Close { .. }) {
            event.actor = Actor::Person(stranger);
        }
    }
    assert!(replay(&desk, &lying).is_err());
}

#[test]
fn nothing_happens_outside_the_six_months_before_now() {
    // A Monday afternoon, a Sunday night, a Saturday, a summer Tuesday at dawn, New Year's Day.
    let nows = [
        NOW,
        NOW - 143_000_000_000,
        NOW - 180_000_000_000,
        NOW - 11_000_000_000_000,
        NOW + 3_420_000_000_000,
    ];
    for now in nows {
        let desk = demo::desk(7, now);
        assert_eq!(desk.tickets.len(), 1_200, "at {now}");
        for ticket in &desk.tickets {
            assert!(
                ticket.updated_at <= now,
                "#{} ends after now ({now})",
                ticket.number
            );
            assert!(
                ticket.created_at >= now - 183 * 86_400_000_000,
                "#{} is too old",
                ticket.number
            );
            for event in &ticket.events {
                if let (Deed::Postpone { until }, State::Postponed) = (&event.deed, ticket.state) {
                    assert!(
                        *until > now,
                        "#{} should have been recalled ({now})",
                        ticket.number
                    );
                }
            }
            if let Err(why) = replay(&desk, ticket) {
                panic!("at {now}: {why}");
            }
        }
    }
}
