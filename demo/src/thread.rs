//! The steps of one ticket, one after the other: who does each, when, and with which words.

use crate::calendar::{DAY, MINUTE, SECOND, Zone};
use crate::company;
use crate::desk::Level;
use crate::dice::Dice;
use crate::files;
use crate::scenario::{Mark, Step};
use crate::story::{Plan, Writer};
use crate::telling::Telling;
use crate::ticket::{Actor, Attachment, Audience, Deed, Event, Origin, State, Ticket};

/// A ticket being written.
pub(crate) struct Thread<'a> {
    pub(crate) writer: &'a Writer<'a>,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) telling: Telling<'a>,
    pub(crate) dice: Dice,
    pub(crate) pace: i64,
    pub(crate) at: i64,
    pub(crate) origin: Origin,
    pub(crate) department: usize,
    pub(crate) category: usize,
    /// The agent who will treat it, whether or not they have it yet.
    pub(crate) holder: usize,
    pub(crate) greeted: bool,
    pub(crate) ticket: Ticket,
}

impl Thread<'_> {
    /// Everything that happens to it.
    pub(crate) fn live(&mut self) {
        self.open();
        match self.plan.fate {
            State::Free => self.wait_for_somebody(),
            State::Cancelled => self.give_up(),
            State::Refused => {
                self.get_a_holder();
                let body = self.pool("refuse_ticket");
                self.holder_says(|body| Deed::RefuseTicket { body }, body, 3, 240);
            }
            State::InProgress => {
                self.get_a_holder();
                let steps = self.some_steps();
                self.tell_steps(&steps);
            }
            State::Incomplete => {
                self.get_a_holder();
                self.stop_at_a_question();
            }
            State::Postponed => {
                self.get_a_holder();
                let steps = self.some_steps();
                self.tell_steps(&steps);
                self.put_off(self.writer.now);
            }
            State::Closed | State::Approved | State::Expired => {
                self.get_a_holder();
                self.side_deeds();
                let steps = self.middle();
                self.tell_steps(&steps);
                self.finish();
            }
        }
    }

    // Middles

    /// The steps between the request and the closure.
    fn middle(&self) -> Vec<Step> {
        let steps = self.plan.scenario.steps.iter().skip(1);
        steps
            .take_while(|step| step.mark != Mark::Close)
            .cloned()
            .collect()
    }

    /// A part of them, that leaves no question without answer.
    fn some_steps(&mut self) -> Vec<Step> {
        let mut steps = self.middle();
        let kept = self.dice.below(steps.len() + 1);
        steps.truncate(kept);
        while steps.last().is_some_and(|step| step.mark == Mark::Ask) {
            steps.pop();
        }
        steps
    }

    fn stop_at_a_question(&mut self) {
        let steps = self.middle();
        if let Some(question) = steps.iter().position(|step| step.mark == Mark::Ask) {
            self.tell_steps(&steps[..=question]);
        } else {
            let some = self.some_steps();
            self.tell_steps(&some);
            let body = self.pool("ask");
            self.holder_says(|body| Deed::AskInformation { body }, body, 10, 300);
        }
    }

    fn side_deeds(&mut self) {
        if self.dice.chance(5) {
            let colleague = self.telling.known.get("collegue").cloned();
            let people = &self.writer.cast.people;
            let invited =
                colleague.and_then(|name| people.iter().position(|person| person.name == name));
            if let Some(person) = invited.filter(|&person| person != self.ticket.requester) {
                self.requester_does(Deed::Invite { person }, 5, 60);
            }
        }
        if self.dice.chance(7) {
            let up = self.ticket.priority < 4;
            let priority = if up {
                self.ticket.priority + 1
            } else {
                self.ticket.priority - 1
            };
            self.ticket.priority = priority;
            self.agent_does(self.holder, Deed::SetPriority { priority }, 2, 30);
        }
    }

    pub(crate) fn tell_steps(&mut self, steps: &[Step]) {
        for step in steps {
            let files = self.files(step);
            let text = self.telling.tell(&step.text);
            match step.mark {
                Mark::Requester | Mark::Thanks => {
                    self.requester_says(|body| comment(body, files), text, 15, 1_300);
                }
                Mark::Reply => {
                    let body = self.greet(text);
                    self.holder_says(|body| comment(body, files), body, 10, 420);
                }
                Mark::Ask => {
                    let body = self.greet(text);
                    self.holder_says(|body| Deed::AskInformation { body }, body, 10, 300);
                }
                Mark::Note => self.holder_says(note, text, 5, 240),
                Mark::ColleagueNote => self.colleague_notes(text),
                Mark::Close => {}
            }
        }
    }

    fn colleague_notes(&mut self, body: String) {
        let mut colleagues = self.writer.members(self.department, Level::Edit);
        colleagues.retain(|&colleague| colleague != self.holder);
        if let Some(&colleague) = self.dice.pick(&colleagues) {
            self.agent_does(colleague, note(body), 10, 300);
        }
    }

    /// Postpones it; with a date after `after`.
    fn put_off(&mut self, after: i64) -> i64 {
        let body = self.pool("later");
        self.holder_says(note, body, 10, 240);
        let zone = self.writer.zone_of_agent(self.holder);
        let days = self.dice.between(2, 12);
        let until = zone.at_work(after.max(self.at) + days * DAY, &mut self.dice);
        let (day, _) = zone.local(until);
        let until = zone.instant(day, 8 * 60 + 30);
        self.agent_does(self.holder, Deed::Postpone { until }, 0, 2);
        until
    }

    // Ends

    fn finish(&mut self) {
        let fate = self.plan.fate;
        if fate == State::Approved && self.dice.chance(4) {
            let body = self.pool("selfclose");
            self.requester_says(|body| Deed::Close { body }, body, 60, 2_000);
            return;
        }
        if fate != State::Closed && self.pace == 100 && self.dice.chance(6) {
            let until = self.put_off(self.at);
            self.at = until;
            self.push(Actor::System, Origin::Web, Deed::Recall);
        }
        let closing = self
            .plan
            .scenario
            .steps
            .iter()
            .find(|step| step.mark == Mark::Close);
        let body = closing.map(|step| step.text.clone());
        let body = match body {
            Some(text) => self.telling.tell(&text),
            None => self.pool("closing"),
        };
        let body = self.greet(body);
        self.holder_says(|body| Deed::Close { body }, body, 15, 500);
        match fate {
            State::Expired => {
                self.at += 10 * DAY;
                self.push(Actor::System, Origin::Web, Deed::Expire);
            }
            State::Approved => self.approve(),
            _ => {}
        }
    }

    fn approve(&mut self) {
        if self.pace == 100 && self.dice.chance(6) {
            let body = self.pool("refusal");
            self.requester_says(|body| Deed::RefuseClosure { body }, body, 20, 1_500);
            self.again();
        }
        let thanks = self
            .plan
            .scenario
            .steps
            .iter()
            .find(|step| step.mark == Mark::Thanks);
        let thanks = thanks.map(|step| step.text.clone());
        if self.dice.chance(55) {
            let body = match thanks {
                Some(text) if self.dice.chance(70) => self.telling.tell(&text),
                _ => self.pool("thanks"),
            };
            self.requester_says(|body| comment(body, Vec::new()), body, 10, 1_800);
            self.requester_does(Deed::Approve, 0, 1);
        } else {
            self.requester_does(Deed::Approve, 10, 3_000);
        }
        if self.pace == 100 && self.dice.chance(4) {
            let body = self.pool("reopen");
            self.requester_says(|body| Deed::Reopen { body }, body, 1_500, 9_000);
            self.again();
            self.requester_does(Deed::Approve, 10, 2_000);
        }
    }

    /// It was not over: one more look, one more closure.
    fn again(&mut self) {
        let body = self.pool("again");
        self.holder_says(|body| comment(body, Vec::new()), body, 10, 300);
        let body = self.pool("closing");
        self.holder_says(|body| Deed::Close { body }, body, 20, 600);
    }

    // Words

    pub(crate) fn pool(&mut self, name: &str) -> String {
        let words = self.writer.words.of(self.plan.scenario.language);
        let text = words
            .get(name)
            .and_then(|texts| self.dice.pick(texts))
            .copied()
            .unwrap_or_default();
        self.telling.tell(text)
    }

    fn greet(&mut self, body: String) -> String {
        let first = !std::mem::replace(&mut self.greeted, true);
        if !first && self.dice.chance(70) {
            return body;
        }
        let thankful = body.starts_with("Merci") || body.starts_with("Thank");
        let greeting = self.pool(if !first || thankful {
            "hello_again"
        } else {
            "hello"
        });
        format!("{greeting}\n\n{body}")
    }

    pub(crate) fn as_a_letter(&mut self, body: &str, greeting: usize, signature: usize) -> String {
        let mut letter = String::new();
        if self.dice.chance(greeting) {
            letter = self.pool("salute") + "\n\n";
        }
        letter.push_str(body);
        if self.dice.chance(signature) && self.origin == Origin::Email {
            letter.push_str("\n\n");
            letter.push_str(&self.pool("sign").replace('%', "  \n"));
        }
        letter
    }

    pub(crate) fn files(&mut self, step: &Step) -> Vec<Attachment> {
        let names = step
            .files
            .iter()
            .map(|name| self.telling.tell(name))
            .collect::<Vec<_>>();
        names
            .into_iter()
            .map(|name| files::attachment(name, self.at, &mut self.dice))
            .collect()
    }

    // Deeds

    pub(crate) fn holder_says(
        &mut self,
        deed: impl FnOnce(String) -> Deed,
        body: String,
        low: i64,
        high: i64,
    ) {
        self.agent_does(self.holder, deed(body), low, high);
    }

    pub(crate) fn requester_says(
        &mut self,
        deed: impl FnOnce(String) -> Deed,
        body: String,
        low: i64,
        high: i64,
    ) {
        self.requester_does(deed(body), low, high);
    }

    pub(crate) fn agent_does(&mut self, agent: usize, deed: Deed, low: i64, high: i64) {
        let person = self.writer.agents[agent].person;
        self.wait(self.writer.zone_of_agent(agent), low, high);
        self.push(Actor::Person(person), Origin::Web, deed);
    }

    pub(crate) fn requester_does(&mut self, deed: Deed, low: i64, high: i64) {
        let requester = self.ticket.requester;
        let person = &self.writer.cast.people[requester];
        let by_mail = self.origin == Origin::Email || self.dice.chance(15);
        let via = if by_mail || !person.portal_account {
            Origin::Email
        } else {
            Origin::Web
        };
        self.wait(company::zone(person.site), low, high);
        self.push(Actor::Person(requester), via, deed);
    }

    /// Lets between `low` and `high` minutes pass, short waits more often, and the night.
    fn wait(&mut self, zone: Zone, low: i64, high: i64) {
        let drawn = self
            .dice
            .between(low, high)
            .min(self.dice.between(low, high));
        self.at += drawn * MINUTE * self.pace / 100 + self.dice.between(3, 50) * SECOND;
        if self.pace > 0 && high > 2 {
            self.at = zone.at_work(self.at, &mut self.dice);
        }
    }

    pub(crate) fn push(&mut self, actor: Actor, via: Origin, deed: Deed) {
        self.ticket.events.push(Event {
            at: self.at,
            actor,
            via,
            deed,
        });
    }
}

pub(crate) fn comment(body: String, attachments: Vec<Attachment>) -> Deed {
    Deed::Comment {
        audience: Audience::Public,
        body,
        attachments,
    }
}

pub(crate) fn note(body: String) -> Deed {
    Deed::Comment {
        audience: Audience::Staff,
        body,
        attachments: Vec::new(),
    }
}
