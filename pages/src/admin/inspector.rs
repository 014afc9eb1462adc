//! Who can see this, and why: of a person and a ticket, of a ticket, of a person, of a department.

use super::Level;
use super::people::{Role, Scope};
use crate::fields::Faults;
use crate::frame::Frame;
use crate::tickets::visibility::Visibility;
use askama::Template;

/// A reason to see a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A role or a scope that holds every ticket.
    Everything,
    /// Let into the confidence of its category.
    Confidant,
    /// The department.
    Department,
    /// In charge.
    Assignee,
    /// Asked.
    Requester,
    /// Invited.
    Invitee,
    /// Observes.
    Observer,
}

impl Reason {
    /// Key of its name, where only those are listed that hold.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Reason::Everything => "inspector-everything",
            Reason::Confidant => "inspector-confidant",
            Reason::Department => "inspector-department",
            Reason::Assignee => "inspector-assignee",
            Reason::Requester => "inspector-requester",
            Reason::Invitee => "inspector-invitee",
            Reason::Observer => "inspector-observer",
        }
    }

    /// Key of what it says of somebody for whom it holds.
    #[must_use]
    pub fn yes(self) -> &'static str {
        match self {
            Reason::Everything => "inspector-everything-yes",
            Reason::Confidant => "inspector-confidant-yes",
            Reason::Department => "inspector-department-yes",
            Reason::Assignee => "inspector-assignee-yes",
            Reason::Requester => "inspector-requester-yes",
            Reason::Invitee => "inspector-invitee-yes",
            Reason::Observer => "inspector-observer-yes",
        }
    }

    /// Key of what it says of somebody for whom it does not.
    #[must_use]
    pub fn no(self) -> &'static str {
        match self {
            Reason::Everything => "inspector-everything-no",
            Reason::Confidant => "inspector-confidant-no",
            Reason::Department => "inspector-department-no",
            Reason::Assignee => "inspector-assignee-no",
            Reason::Requester => "inspector-requester-no",
            Reason::Invitee => "inspector-invitee-no",
            Reason::Observer => "inspector-observer-no",
        }
    }
}

/// What a ticket shows to somebody whom it does not concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glimpse {
    /// That it is there.
    Subject,
    /// Its public words.
    Words,
}

impl Glimpse {
    /// Key of what it says of somebody.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Glimpse::Subject => "inspector-glimpse-subject",
            Glimpse::Words => "inspector-glimpse-words",
        }
    }
}

/// Somebody whose sight is asked about.
#[derive(Clone, Debug)]
pub struct Seer {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Their scope, for staff.
    pub scope: Option<Scope>,
    /// Shut out.
    pub is_disabled: bool,
}

/// The ticket that is asked about.
#[derive(Clone, Debug)]
pub struct AskedTicket {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub subject: String,
    /// Where it stands: department and category.
    pub place: String,
    /// Who may look at it beside its own people.
    pub shown: Visibility,
    /// Whether its category is confidential.
    pub is_confidential: bool,
}

impl AskedTicket {
    /// Key of who looks at it beside its own people, if anybody does.
    #[must_use]
    pub fn also(&self) -> Option<&'static str> {
        match self.shown {
            Visibility::Private => None,
            Visibility::Subject => Some("inspector-also-subject"),
            Visibility::Intranet => Some("inspector-also-intranet"),
            Visibility::Public => Some("inspector-also-public"),
        }
    }
}

/// A team by which somebody looks at a department.
#[derive(Clone, Debug)]
pub struct TeamSight {
    /// Its name.
    pub name: String,
    /// The level that it gives.
    pub level: Level,
}

/// One reason of the chain.
#[derive(Clone, Debug)]
pub struct Link {
    /// Which.
    pub reason: Reason,
    /// It holds, and counts.
    pub holds: bool,
    /// It would hold, but does not count for such a scope.
    pub is_idle: bool,
}

/// Whether and why one person sees one ticket.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Who.
    pub seer: Seer,
    /// What.
    pub ticket: AskedTicket,
    /// They see it.
    pub sees: bool,
    /// What it shows to them all the same, when they do not.
    pub glimpse: Option<Glimpse>,
    /// They read internal notes on it.
    pub reads_notes: bool,
    /// Their level in its department.
    pub level: Option<Level>,
    /// The teams that give them one there.
    pub teams: Vec<TeamSight>,
    /// The sharing tags by which they look there, in the reader's words.
    pub tags: Vec<String>,
    /// Every reason there is.
    pub chain: Vec<Link>,
}

/// Somebody who sees the ticket.
#[derive(Clone, Debug)]
pub struct WhoRow {
    /// Who.
    pub seer: Seer,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The teams that give them a level in its department, where the department is why.
    pub teams: Vec<TeamSight>,
    /// The sharing tags by which they look there, where the department is why.
    pub tags: Vec<String>,
    /// They read internal notes on it.
    pub reads_notes: bool,
}

/// A department, as somebody sees it.
#[derive(Clone, Debug)]
pub struct ShareRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub department: String,
    /// Their level in it.
    pub level: Option<Level>,
    /// How many of its tickets they see, as it is written.
    pub seen: String,
    /// How many it has, as it is written.
    pub total: String,
}

/// Somebody, as they look at a department.
#[derive(Clone, Debug)]
pub struct LookRow {
    /// Who.
    pub seer: Seer,
    /// Why they see all of its tickets, if they do.
    pub reason: Option<Reason>,
    /// Their level in it.
    pub level: Option<Level>,
    /// The teams that give them one.
    pub teams: Vec<TeamSight>,
    /// The sharing tags by which they look there, in the reader's words.
    pub tags: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing was asked, or what was asked has faults.
    None,
    /// Of a person and a ticket.
    Why(Box<Verdict>),
    /// Of a ticket.
    Who(AskedTicket, Vec<WhoRow>),
    /// Of a person.
    What(Seer, Vec<ShareRow>),
    /// Of a department, and whether it has confidential categories.
    Looks(String, Vec<LookRow>, bool),
}

/// `/admin/inspector`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/inspector.html")]
pub struct InspectorPage {
    /// Surroundings.
    pub frame: Frame,
    /// What was typed for the person.
    pub person: String,
    /// What was typed for the ticket.
    pub ticket: String,
    /// The chosen department.
    pub department: Option<i64>,
    /// Those to choose from.
    pub departments: Vec<(i64, String)>,
    /// What is wrong with it.
    pub faults: Faults,
    /// What was found.
    pub answer: Answer,
    /// Where it is taken away as a file.
    pub export: Option<String>,
}
