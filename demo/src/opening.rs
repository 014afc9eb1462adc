//! How a ticket begins: it arrives, lands somewhere, and finds a holder or none.

use crate::company::HUMAN_RESOURCES;
use crate::desk::Level;
use crate::scenario::Mark;
use crate::thread::{Thread, comment, note};
use crate::ticket::{Actor, Deed, Origin, State};

impl Thread<'_> {
    pub(crate) fn open(&mut self) {
        let Some(first) = self.plan.scenario.steps.first().cloned() else {
            return;
        };
        let mut body = self.telling.tell(&first.text);
        let mut actor = self.ticket.requester;
        if self.origin == Origin::Phone {
            let takers = self.writer.members(self.department, Level::Edit);
            let taker = self.dice.pick(&takers).copied().unwrap_or(self.holder);
            actor = self.writer.agents[taker].person;
            self.ticket.author = actor;
            body = format!("{}\n\n{body}", self.pool("call"));
        } else {
            body = self.as_a_letter(&body, 85, 70);
        }
        let (department, category) = self.first_place();
        let attachments = self.files(&first);
        let priority = self.ticket.priority;
        let deed = Deed::Create {
            department,
            category,
            priority,
            body,
            attachments,
        };
        self.push(Actor::Person(actor), self.origin, deed);
        if department != self.department {
            let sorters = self.writer.members(department, Level::Edit);
            let Some(&sorter) = self.dice.pick(&sorters) else {
                return;
            };
            let (department, category) = (self.department, self.category);
            self.agent_does(
                sorter,
                Deed::Transfer {
                    department,
                    category,
                },
                4,
                180,
            );
        }
    }

    /// Mails land in the inbox, and some requests in the wrong department.
    fn first_place(&mut self) -> (usize, usize) {
        let settled = matches!(self.plan.fate, State::Free | State::Cancelled);
        let by_themselves = self.origin != Origin::Phone;
        if self.department != HUMAN_RESOURCES && by_themselves && !settled && self.dice.chance(4) {
            let wrong = self.dice.below(self.writer.departments.len() - 1);
            if wrong != self.department {
                return (wrong, self.writer.departments[wrong].default_category);
            }
        }
        if self.origin == Origin::Email && !settled && self.dice.chance(35) {
            return (
                self.department,
                self.writer.departments[self.department].default_category,
            );
        }
        (self.department, self.category)
    }

    pub(crate) fn wait_for_somebody(&mut self) {
        if self.dice.chance(20) && self.pace >= 12 {
            self.get_a_holder();
            let body = self.pool("release");
            self.holder_says(note, body, 10, 90);
            self.agent_does(self.holder, Deed::Release, 0, 1);
            self.ticket.assignee = None;
        } else if self.dice.chance(20) {
            let body = self.pool("nudge");
            self.requester_says(|body| comment(body, Vec::new()), body, 60, 400);
        }
    }

    pub(crate) fn give_up(&mut self) {
        if self.dice.chance(55) {
            self.get_a_holder();
            let reply = self
                .plan
                .scenario
                .steps
                .iter()
                .find(|step| step.mark == Mark::Reply)
                .cloned();
            self.tell_steps(&Vec::from_iter(reply));
        }
        let body = self.pool("cancel");
        self.requester_says(|body| comment(body, Vec::new()), body, 30, 1_500);
        self.requester_does(Deed::Cancel, 0, 1);
    }

    /// The holder takes it, or somebody gives it to them; then it leaves the inbox.
    pub(crate) fn get_a_holder(&mut self) {
        let places = &self.writer.agents[self.holder].memberships;
        let full = places
            .iter()
            .any(|place| place.department == self.department && place.level == Level::Edit);
        let mut givers = self.writer.members(self.department, Level::Edit);
        givers.retain(|&giver| giver != self.holder);
        if full && self.dice.chance(75) || givers.is_empty() {
            self.agent_does(self.holder, Deed::Take, 4, 300);
        } else {
            let giver = self.dice.pick(&givers).copied().unwrap_or(self.holder);
            self.agent_does(giver, Deed::Assign { agent: self.holder }, 4, 240);
        }
        self.ticket.assignee = Some(self.holder);
        let landed = self
            .ticket
            .events
            .iter()
            .rev()
            .find_map(|event| match event.deed {
                Deed::Create {
                    department,
                    category,
                    ..
                }
                | Deed::Transfer {
                    department,
                    category,
                } => Some((department, category)),
                _ => None,
            });
        if landed != Some((self.department, self.category)) {
            let (department, category) = (self.department, self.category);
            self.agent_does(
                self.holder,
                Deed::Transfer {
                    department,
                    category,
                },
                1,
                10,
            );
        }
    }
}
