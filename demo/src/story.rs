//! How a story becomes a ticket: who treats it, and how fast so that it ends before now.

use std::collections::BTreeMap;

use crate::calendar::Zone;
use crate::company::{self, find_category};
use crate::desk::{Agent, Department, Language, Level, Role};
use crate::dice::Dice;
use crate::people::Cast;
use crate::scenario::{Scenario, Words};
use crate::telling::Telling;
use crate::thread::Thread;
use crate::ticket::{Origin, State, Ticket};

/// What every ticket is written with.
pub(crate) struct Writer<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) departments: &'a [Department],
    pub(crate) agents: &'a [Agent],
    pub(crate) words: &'a Words,
    pub(crate) seed: u64,
    pub(crate) now: i64,
}

/// What a ticket starts from.
pub(crate) struct Plan<'a> {
    pub(crate) number: u64,
    pub(crate) created_at: i64,
    pub(crate) scenario: &'a Scenario,
    /// Which of the story's subjects.
    pub(crate) subject: usize,
    pub(crate) requester: usize,
    /// Where it must end.
    pub(crate) fate: State,
}

/// Shares of the ordinary delays tried in turn until the ticket ends before now.
const PACES: [i64; 3] = [100, 40, 12];
/// How the labels on machines name the sites.
const SITE_CODES: [&str; 5] = ["NTE", "LYO", "MTL", "SNZ", "TLS"];

impl Writer<'_> {
    /// The ticket of `plan`.
    pub(crate) fn write(&self, plan: &Plan) -> Ticket {
        let mut ticket = self.draft(plan, PACES[0]);
        for pace in &PACES[1..] {
            if ticket.updated_at <= self.now {
                break;
            }
            ticket = self.draft(plan, *pace);
        }
        squeeze(&mut ticket, self.now);
        ticket
    }

    fn draft(&self, plan: &Plan, pace: i64) -> Ticket {
        let mut dice = Dice::stream(self.seed, 2, plan.number);
        let scenario = plan.scenario;
        let (department, category) =
            find_category(self.departments, &scenario.category).unwrap_or((0, 0));
        let requester = &self.cast.people[plan.requester];
        let mut origin = dice.pick(&scenario.origins).copied().unwrap_or(Origin::Web);
        if origin == Origin::Web && !requester.portal_account {
            origin = Origin::Email;
        }
        let zone = company::zone(requester.site);
        let holder = self.holder(department, zone, plan.fate, &mut dice);
        let telling = self.telling(plan, holder, Dice::stream(self.seed, 3, plan.number));
        let mut thread = Thread {
            writer: self,
            plan,
            telling,
            dice,
            pace,
            at: plan.created_at,
            origin,
            department,
            category,
            holder,
            greeted: false,
            ticket: Ticket {
                number: plan.number,
                subject: String::new(),
                language: scenario.language,
                department,
                category,
                requester: plan.requester,
                author: plan.requester,
                assignee: None,
                state: State::Free,
                priority: scenario.priority,
                origin,
                created_at: plan.created_at,
                updated_at: plan.created_at,
                events: Vec::new(),
            },
        };
        let subject = scenario
            .subjects
            .get(plan.subject)
            .map_or("", String::as_str);
        thread.ticket.subject = thread.telling.tell(subject);
        thread.live();
        thread.ticket.state = plan.fate;
        thread.ticket.updated_at = thread
            .ticket
            .events
            .last()
            .map_or(plan.created_at, |event| event.at);
        thread.ticket
    }

    fn telling(&self, plan: &Plan, holder: usize, mut dice: Dice) -> Telling<'_> {
        let people = &self.cast.people;
        let requester = &people[plan.requester];
        let colleagues: Vec<usize> = (0..people.len())
            .filter(|&other| {
                other != plan.requester
                    && people[other].organization == requester.organization
                    && people[other].site == requester.site
                    && self.agents.iter().all(|agent| agent.person != other)
            })
            .collect();
        let colleague = dice
            .pick(&colleagues)
            .map_or(plan.requester, |&index| index);
        let another = dice.pick(&colleagues).copied().unwrap_or(colleague);
        let feminine = |yes: bool| if yes { "e" } else { "" }.to_owned();
        let holder_person = self.agents[holder].person;
        let known = BTreeMap::from([
            ("prenom".to_owned(), requester.first_name.clone()),
            ("nom".to_owned(), requester.name.clone()),
            ("site".to_owned(), self.site_name(requester.site)),
            (
                "code_site".to_owned(),
                SITE_CODES[requester.site % SITE_CODES.len()].to_owned(),
            ),
            ("unite".to_owned(), requester.unit.clone()),
            ("tel".to_owned(), requester.phone.clone()),
            ("metier".to_owned(), requester.job_title.clone()),
            ("collegue".to_owned(), people[colleague].name.clone()),
            ("collegue2".to_owned(), people[another].name.clone()),
            ("agent".to_owned(), people[holder_person].first_name.clone()),
            ("e".to_owned(), feminine(self.cast.feminine[plan.requester])),
            ("ea".to_owned(), feminine(self.cast.feminine[holder_person])),
        ]);
        Telling {
            words: self.words,
            language: plan.scenario.language,
            subject: plan.subject,
            known,
            dice,
        }
    }

    fn site_name(&self, site: usize) -> String {
        company::sites()
            .into_iter()
            .nth(site)
            .map(|site| site.name)
            .unwrap_or_default()
    }

    /// Agents who hold a membership of that level in the department and may act.
    pub(crate) fn members(&self, department: usize, level: Level) -> Vec<usize> {
        (0..self.agents.len())
            .filter(|&agent| {
                self.agents[agent].role != Role::Viewer
                    && self.agents[agent]
                        .memberships
                        .iter()
                        .any(|place| place.department == department && place.level == level)
            })
            .collect()
    }

    /// Who will treat it: somebody in the requester's time zone rather, the owner seldom.
    fn holder(&self, department: usize, zone: Zone, fate: State, dice: &mut Dice) -> usize {
        let learners = self.members(department, Level::Assigned);
        // Refusing takes a privilege that learners lack; a free ticket has nobody to learn from.
        if !matches!(fate, State::Refused | State::Free)
            && dice.chance(10)
            && let Some(&learner) = dice.pick(&learners)
        {
            return learner;
        }
        let members = self.members(department, Level::Edit);
        let mut chosen = members.first().copied().unwrap_or(0);
        for _ in 0..4 {
            chosen = dice.pick(&members).copied().unwrap_or(chosen);
            let near = self.zone_of_agent(chosen) == zone;
            let rare = self.agents[chosen].role == Role::Owner;
            if near && !rare || dice.chance(if rare { 5 } else { 25 }) {
                break;
            }
        }
        chosen
    }

    pub(crate) fn zone_of_agent(&self, agent: usize) -> Zone {
        company::zone(self.cast.people[self.agents[agent].person].site)
    }
}

/// Last resort for a ticket that would end in the future: its steps keep their order and shares.
fn squeeze(ticket: &mut Ticket, now: i64) {
    let (start, end) = (ticket.created_at, ticket.updated_at);
    if end <= now || end == start {
        return;
    }
    let room = (now - start).max(0) * (60 + (ticket.number % 35) as i64) / 100;
    for event in &mut ticket.events {
        let share = i128::from(event.at - start) * i128::from(room) / i128::from(end - start);
        event.at = start + share as i64;
    }
    ticket.updated_at = ticket.events.last().map_or(start, |event| event.at);
}

/// French or English, for a requester at that place and time.
pub(crate) fn language_of(zone: Zone, dice: &mut Dice) -> Language {
    let english = if zone == Zone::Montreal { 94 } else { 30 };
    if dice.chance(english) {
        Language::English
    } else {
        Language::French
    }
}
