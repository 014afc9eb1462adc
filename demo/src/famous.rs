//! The tickets that stand on the design pages, told line by line.
//!
//! `scenarios/design.txt` uses the marks of [`crate::scenario`], with a date after each: how many
//! working days before the desk's day, then the time in Paris, then who. More marks: `T` takes, `R` releases,
//! `A` assigns (name of the agent on the next line), `P` postpones (working days on the next
//! line), `p` changes the priority (on the next line), `I` invites (name on the next line).

use crate::calendar::{Zone, is_working_day, working_days_before};
use crate::company::find_category;
use crate::desk::{Agent, Department, Language, Person};
use crate::dice::Dice;
use crate::files;
use crate::scenario::origin;
use crate::ticket::{Actor, Attachment, Audience, Deed, Event, Origin, State, Ticket};
use crate::typography::typeset;

const SOURCE: &str = include_str!("../scenarios/design.txt");

/// What the texts refer to.
pub(crate) struct Stage<'a> {
    pub(crate) people: &'a [Person],
    pub(crate) agents: &'a [Agent],
    pub(crate) departments: &'a [Department],
    /// The working day in Paris on which the design pages were drawn, in days since 1970.
    pub(crate) day: i64,
    pub(crate) seed: u64,
}

/// The tickets of the design pages, by number.
pub(crate) fn tickets(stage: &Stage) -> Vec<Ticket> {
    let mut tickets: Vec<Ticket> = SOURCE
        .split("\n* ")
        .skip(1)
        .filter_map(|block| stage.ticket(block))
        .collect();
    tickets.sort_by_key(|ticket| ticket.number);
    tickets
}

impl Stage<'_> {
    /// `number | category | priority | origin | state | requester | language`, then the steps.
    fn ticket(&self, block: &str) -> Option<Ticket> {
        let mut lines = block.lines().peekable();
        let fields: Vec<&str> = lines.next()?.split('|').map(str::trim).collect();
        let &[number, category, priority, from, state, requester, language] = fields.as_slice()
        else {
            return None;
        };
        let (department, category) = find_category(self.departments, category)?;
        let language = if language == "en" {
            Language::English
        } else {
            Language::French
        };
        let mut ticket = Ticket {
            number: number.parse().ok()?,
            subject: typeset(lines.next()?.strip_prefix("= ")?, language),
            language,
            department,
            category,
            requester: self.person(requester)?,
            author: self.person(requester)?,
            assignee: None,
            state: state_named(state),
            priority: priority.parse().ok()?,
            origin: origin(from.chars().next()?),
            created_at: 0,
            updated_at: 0,
            events: Vec::new(),
        };
        while let Some(line) = lines.next() {
            let mut text = String::new();
            let mut files = Vec::new();
            while let Some(next) = lines.next_if(|next| !begins_a_step(next)) {
                match next.strip_prefix("@ ") {
                    Some(file) => files.push(file.to_owned()),
                    None => {
                        text.push_str(next);
                        text.push('\n');
                    }
                }
            }
            self.step(&mut ticket, line, text.trim(), files)?;
        }
        ticket.created_at = ticket.events.first()?.at;
        ticket.updated_at = ticket.events.last()?.at;
        Some(ticket)
    }

    fn step(&self, ticket: &mut Ticket, line: &str, text: &str, files: Vec<String>) -> Option<()> {
        let mut words = line.splitn(4, ' ');
        let mark = words.next()?;
        let back: i64 = words.next()?.parse().ok()?;
        let (hour, minute) = words.next()?.split_once(':')?;
        let minute = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
        let (who, via) = match words.next()?.trim().rsplit_once(" @") {
            Some((who, via)) => (who, origin(via.chars().next()?)),
            None => (words_of(line), Origin::Web),
        };
        let day = working_days_before(self.day, back);
        let at = Zone::Paris.instant(day, minute);
        let actor = self.person(who)?;
        let body = typeset(text, ticket.language);
        let mut dice = Dice::stream(self.seed, 4, ticket.number);
        let attachments: Vec<Attachment> = files
            .into_iter()
            .map(|name| files::attachment(name, at, &mut dice))
            .collect();
        let deed = match mark {
            "<" if ticket.events.is_empty() => {
                ticket.author = actor;
                let (department, category) = (ticket.department, ticket.category);
                Deed::Create {
                    department,
                    category,
                    priority: ticket.priority,
                    body,
                    attachments,
                }
            }
            "<" | ">" => Deed::Comment {
                audience: Audience::Public,
                body,
                attachments,
            },
            "~" => Deed::Comment {
                audience: Audience::Staff,
                body,
                attachments,
            },
            "?" => Deed::AskInformation { body },
            "#" => Deed::Close { body },
            "!" => Deed::Approve,
            "T" => {
                ticket.assignee = self.agent(actor);
                Deed::Take
            }
            "A" => {
                let agent = self.agent(self.person(text)?)?;
                ticket.assignee = Some(agent);
                Deed::Assign { agent }
            }
            "P" => {
                let mut until = self.day;
                let mut left: i64 = text.parse().ok()?;
                while left > 0 {
                    until += 1;
                    left -= i64::from(is_working_day(until));
                }
                Deed::Postpone {
                    until: Zone::Paris.instant(until, 8 * 60 + 30),
                }
            }
            "p" => {
                let priority = text.parse().ok()?;
                ticket.priority = priority;
                Deed::SetPriority { priority }
            }
            "R" => {
                ticket.assignee = None;
                Deed::Release
            }
            "I" => Deed::Invite {
                person: self.person(text)?,
            },
            _ => return None,
        };
        ticket.events.push(Event {
            at,
            actor: Actor::Person(actor),
            via,
            deed,
        });
        Some(())
    }

    fn person(&self, name: &str) -> Option<usize> {
        self.people
            .iter()
            .position(|person| person.name == name.trim())
    }

    fn agent(&self, person: usize) -> Option<usize> {
        self.agents.iter().position(|agent| agent.person == person)
    }
}

/// What follows the mark, the day and the time.
fn words_of(line: &str) -> &str {
    line.splitn(4, ' ').nth(3).unwrap_or_default()
}

fn begins_a_step(line: &str) -> bool {
    let mut words = line.splitn(3, ' ');
    let mark = words
        .next()
        .is_some_and(|mark| mark.chars().count() == 1 && !mark.starts_with('@'));
    mark && words.next().is_some_and(|back| back.parse::<i64>().is_ok())
        && words.next().is_some_and(|rest| rest.get(2..3) == Some(":"))
}

fn state_named(name: &str) -> State {
    match name {
        "in_progress" => State::InProgress,
        "incomplete" => State::Incomplete,
        "postponed" => State::Postponed,
        "closed" => State::Closed,
        "approved" => State::Approved,
        _ => State::Free,
    }
}
