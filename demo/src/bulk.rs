//! Any number of plain tickets, for measurements: made one at a time, never held together.
//!
//! Where [`crate::desk()`] tells stories, this repeats sentences: what counts is sizes, spread and
//! speed. The same arguments give the same bytes.

use crate::calendar::{DAY, HOUR, MINUTE};
use crate::desk::{
    Agent, Category, Department, Desk, Language, Level, Membership, Organization, Person, Role,
    Scope, Site,
};
use crate::dice::Dice;
use crate::staff::DEFAULT_PRIVILEGES;
use crate::ticket::{Origin, State};

/// How far back the first ticket was created.
const PAST: i64 = 365 * DAY;
/// Departments an agent belongs to, when there are as many.
const PLACES: usize = 3;
/// Categories of a department, its inbox included.
const CATEGORIES: usize = 5;

/// A small ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkTicket {
    /// Its public number, from 1.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// The request, 200 to 800 characters.
    pub body: String,
    /// What was said since, 1 to 4 comments in time order.
    pub comments: Vec<BulkComment>,
    /// The language it is written in.
    pub language: Language,
    /// Who asked: a position in the people of [`bulk_desk`].
    pub requester: usize,
    /// The department it is in.
    pub department: usize,
    /// Its category, a position in that department's categories.
    pub category: usize,
    /// Who is responsible: a position in the agents, always of a member of the department.
    pub assignee: Option<usize>,
    /// Where it stands.
    pub state: State,
    /// 1 (very low) to 5 (very high).
    pub priority: u8,
    /// How it arrived.
    pub origin: Origin,
    /// Microseconds since 1970-01-01T00:00:00Z, growing with the number.
    pub created_at: i64,
    /// The instant of the last comment.
    pub updated_at: i64,
}

/// A comment of a small ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkComment {
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Who wrote it: a position in the people of [`bulk_desk`].
    pub author: usize,
    /// True for an internal note.
    pub staff: bool,
    /// What it says.
    pub body: String,
}

/// The desk those tickets belong to, without tickets.
///
/// The agents are the first of the people, at the same positions. Each belongs to three
/// departments, or to all when there are fewer; the first is a group agent, the second (when
/// there are two) owns the account.
pub fn bulk_desk(seed: u64, agents: usize, departments: usize, requesters: usize) -> Desk {
    let departments = departments.max(1);
    let mut dice = Dice::stream(seed, 6, 0);
    let mut people = Vec::with_capacity(agents + requesters);
    for index in 0..agents {
        people.push(person(&format!("agent{index}"), index, false, &mut dice));
    }
    for index in 0..requesters {
        people.push(person(&format!("person{index}"), index, true, &mut dice));
    }
    Desk {
        assets: vec![],
        organizations: vec![Organization {
            name: "Banc d’essai".into(),
            domain: "bench.example".into(),
            customer: false,
        }],
        sites: vec![Site {
            name: "Nantes".into(),
            time_zone: "Europe/Paris".into(),
        }],
        departments: (0..departments).map(department).collect(),
        people,
        agents: (0..agents).map(|index| agent(index, departments)).collect(),
        tickets: Vec::new(),
    }
}

const FIRST_NAMES: [&str; 12] = [
    "Alice", "Bruno", "Chloé", "Daniel", "Émilie", "Farid", "Grace", "Hugo", "Inès", "Jack",
    "Kate", "Louis",
];
const LAST_NAMES: [&str; 12] = [
    "Allard", "Baker", "Chen", "Duval", "Evans", "Faure", "Gill", "Hamon", "Ito", "Joly", "Khan",
    "Leroy",
];

fn person(login: &str, index: usize, portal_account: bool, dice: &mut Dice) -> Person {
    let first_name = FIRST_NAMES[dice.below(FIRST_NAMES.len())];
    let last_name = format!("{} {}", LAST_NAMES[dice.below(LAST_NAMES.len())], index + 1);
    Person {
        first_name: first_name.into(),
        name: format!("{first_name} {last_name}"),
        last_name,
        email: format!("{login}@bench.example"),
        login: Some(login.into()),
        language: if dice.chance(50) {
            Language::French
        } else {
            Language::English
        },
        organization: 0,
        site: 0,
        phone: String::new(),
        job_title: String::new(),
        unit: String::new(),
        portal_account,
        notable: None,
    }
}

fn department(index: usize) -> Department {
    let category = |at: usize| Category {
        name: format!("Catégorie {}.{at}", index + 1),
        english_name: Some(format!("Category {}.{at}", index + 1)),
        parent: (at > 2).then(|| at - 2),
    };
    Department {
        name: format!("Service {}", index + 1),
        english_name: Some(format!("Department {}", index + 1)),
        confidential: false,
        offered_to: vec![],
        categories: (0..CATEGORIES).map(category).collect(),
        default_category: 0,
    }
}

fn agent(index: usize, departments: usize) -> Agent {
    let owner = index == 1;
    let membership = |place: usize| Membership {
        department: (index + place) % departments,
        level: Level::Edit,
        privileges: DEFAULT_PRIVILEGES.to_vec(),
        available: true,
        rate: 100,
    };
    Agent {
        person: index,
        title: format!("Agent {}", index + 1),
        role: if owner { Role::Owner } else { Role::Agent },
        scope: if owner { Scope::Global } else { Scope::Group },
        memberships: (0..PLACES.min(departments)).map(membership).collect(),
    }
}

/// `tickets` tickets of the desk that [`bulk_desk`] makes from the same numbers, oldest first,
/// created during the year before `now` (microseconds since 1970-01-01T00:00:00Z).
///
/// Departments take turns, so that each has as many as the others. Without requesters or agents
/// the tickets are the first person's, and nobody's.
pub fn bulk(
    seed: u64,
    tickets: u64,
    agents: usize,
    departments: usize,
    requesters: usize,
    now: i64,
) -> impl Iterator<Item = BulkTicket> {
    let shape = Shape {
        seed,
        tickets,
        agents,
        departments: departments.max(1),
        requesters,
        now,
    };
    (0..tickets).map(move |index| shape.ticket(index))
}

/// The numbers everything is computed from.
#[derive(Clone, Copy)]
struct Shape {
    seed: u64,
    tickets: u64,
    agents: usize,
    departments: usize,
    requesters: usize,
    now: i64,
}

impl Shape {
    fn ticket(&self, index: u64) -> BulkTicket {
        let mut dice = Dice::stream(self.seed, 7, index);
        let department = (index % self.departments as u64) as usize;
        let language = if dice.chance(50) {
            Language::French
        } else {
            Language::English
        };
        let age = self.tickets - index;
        let spread = (i128::from(PAST) * i128::from(age) / i128::from(self.tickets.max(1))) as i64;
        let created_at = self.now - spread;
        let mut state = state(age, self.tickets, &mut dice);
        let assignee = self.member(department, &mut dice);
        if assignee.is_none() && state.is_open() {
            state = State::Free;
        }
        let assignee = assignee.filter(|_| state != State::Free);
        let requester = self.agents + dice.below(self.requesters.max(1));
        let said = if language == Language::French {
            &FRENCH
        } else {
            &ENGLISH
        };
        let length = dice.between(200, 710) as usize;
        let mut ticket = BulkTicket {
            number: index + 1,
            subject: subject(said, index, &mut dice),
            body: text(said, length, &mut dice),
            comments: Vec::new(),
            language,
            requester,
            department,
            category: dice.below(CATEGORIES),
            assignee,
            state,
            priority: [3, 3, 3, 3, 2, 2, 4, 4, 5, 1][dice.below(10)],
            origin: [Origin::Web, Origin::Web, Origin::Email, Origin::Phone][dice.below(4)],
            created_at,
            updated_at: created_at,
        };
        self.discuss(&mut ticket, said, &mut dice);
        ticket
    }

    fn discuss(&self, ticket: &mut BulkTicket, said: &Sentences, dice: &mut Dice) {
        let room = ((self.now - ticket.created_at) / 8).clamp(1, 30 * HOUR);
        let count = 1 + dice.below(4);
        ticket.comments = Vec::with_capacity(count);
        for turn in 0..count {
            ticket.updated_at += MINUTE.min(room) + dice.between(0, room);
            let author = ticket.assignee.filter(|_| turn % 2 == 0);
            let length = dice.between(60, 260) as usize;
            ticket.comments.push(BulkComment {
                at: ticket.updated_at,
                author: author.unwrap_or(ticket.requester),
                staff: author.is_some() && dice.chance(30),
                body: text(said, length, dice),
            });
        }
    }

    /// A member of the department: agent `a` belongs to `a`, `a + 1` and `a + 2`, around the clock.
    fn member(&self, department: usize, dice: &mut Dice) -> Option<usize> {
        let back = dice.below(PLACES.min(self.departments));
        let first = (department + self.departments - back) % self.departments;
        let rounds = self.agents.saturating_sub(first).div_ceil(self.departments);
        (rounds > 0).then(|| first + self.departments * dice.below(rounds))
    }
}

/// The last tenth is mostly open, the rest mostly approved.
fn state(age: u64, tickets: u64, dice: &mut Dice) -> State {
    let open = if age * 10 <= tickets { 60 } else { 2 };
    match dice.below(100) {
        drawn if drawn < open => [
            State::Free,
            State::InProgress,
            State::InProgress,
            State::Incomplete,
            State::Postponed,
        ][drawn % 5],
        drawn if drawn < open + 3 => State::Closed,
        drawn if drawn < open + 7 => State::Expired,
        drawn if drawn < open + 9 => State::Cancelled,
        drawn if drawn < open + 10 => State::Refused,
        _ => State::Approved,
    }
}

/// What the texts of one language are made of.
struct Sentences {
    things: [&'static str; 8],
    troubles: [&'static str; 8],
    sentences: [&'static str; 12],
}

const FRENCH: Sentences = Sentences {
    things: [
        "Imprimante",
        "Messagerie",
        "VPN",
        "Portable",
        "Écran",
        "Badge",
        "Compte ERP",
        "Dossier partagé",
    ],
    troubles: [
        "hors service",
        "très lent",
        "inaccessible depuis ce matin",
        "à remplacer",
        "à configurer",
        "bloqué après la mise à jour",
        "demandé pour un collègue",
        "en erreur par intermittence",
    ],
    sentences: [
        "Le problème est apparu ce matin, sans changement de ma part.",
        "J’ai redémarré deux fois, avec le même résultat.",
        "Plusieurs collègues du même étage constatent la même chose.",
        "Un message d’erreur s’affiche quelques secondes puis disparaît.",
        "Je peux continuer à travailler en attendant, mais c’est plus long.",
        "Nous avons vérifié les câbles et l’alimentation.",
        "La version installée est celle que propose le catalogue.",
        "Pouvez-vous me rappeler avant la fin de journée\u{202f}?",
        "Je suis disponible demain entre dix heures et midi.",
        "L’appareil porte une étiquette d’inventaire, mais elle est effacée.",
        "Tout fonctionnait encore vendredi soir.",
        "Merci d’avance pour votre aide.",
    ],
};

const ENGLISH: Sentences = Sentences {
    things: [
        "Printer",
        "Mailbox",
        "VPN",
        "Laptop",
        "Screen",
        "Badge",
        "ERP account",
        "Shared folder",
    ],
    troubles: [
        "out of order",
        "very slow",
        "unreachable since this morning",
        "to replace",
        "to set up",
        "stuck after the update",
        "needed for a colleague",
        "failing now and then",
    ],
    sentences: [
        "The problem appeared this morning and I changed nothing.",
        "I restarted twice, with the same result.",
        "Several people on the same floor see the same thing.",
        "An error message shows for a few seconds and goes away.",
        "I can keep working meanwhile, but it takes longer.",
        "We have checked the cables and the power supply.",
        "The installed version is the one the catalogue offers.",
        "Could you call me back before the end of the day?",
        "I am available tomorrow between ten and noon.",
        "The device has an inventory label, but it has worn off.",
        "Everything still worked on Friday evening.",
        "Thank you in advance for your help.",
    ],
};

fn subject(said: &Sentences, index: u64, dice: &mut Dice) -> String {
    let thing = said.things[dice.below(said.things.len())];
    let trouble = said.troubles[dice.below(said.troubles.len())];
    format!("{thing} {trouble} ({:05})", index % 100_000)
}

/// At least `length` bytes and at most one sentence more.
fn text(said: &Sentences, length: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(length + 80);
    while text.len() < length {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(said.sentences[dice.below(said.sentences.len())]);
    }
    text
}
