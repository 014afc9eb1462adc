//! The plain shape of the demonstration desk: what [`crate::desk()`] returns.
//!
//! Everything refers to everything else by position: a `usize` named `person`, `agent`,
//! `department`, `category`, `site` or `organization` is an index into the list of that name.
//! Instants are microseconds since 1970-01-01T00:00:00Z.

use crate::ticket::Ticket;

/// A whole desk: who works there, for whom, and what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The company itself first, then its customers.
    pub organizations: Vec<Organization>,
    /// The places people work at.
    pub sites: Vec<Site>,
    /// The units that answer, each with its tree of categories.
    pub departments: Vec<Department>,
    /// Everybody: agents, employees, customers.
    pub people: Vec<Person>,
    /// Those of the people who answer tickets.
    pub agents: Vec<Agent>,
    /// In the order of their numbers, which is the order they were created in.
    pub tickets: Vec<Ticket>,
    /// The register of assets.
    pub assets: Vec<Asset>,
}

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetKind {
    /// A laptop.
    Computer,
    /// A screen.
    Screen,
    /// A telephone.
    Phone,
    /// A printer.
    Printer,
    /// A switch, an access point.
    Network,
    /// A licence of software.
    Licence,
}

/// Where an asset is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetState {
    /// It waits.
    InStock,
    /// It serves.
    InUse,
    /// It is being repaired.
    InRepair,
    /// It serves no more.
    Retired,
}

/// Something the house has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// What it is.
    pub kind: AssetKind,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Its maker's number.
    pub serial: String,
    /// Who made it.
    pub maker: String,
    /// Of which model it is.
    pub model: String,
    /// Where it is in its life.
    pub state: AssetState,
    /// Who has it, an index into the people.
    pub holder: Option<usize>,
    /// Since when.
    pub held_at: Option<i64>,
    /// Whose it is.
    pub organization: usize,
    /// Where it is.
    pub site: usize,
    /// When it was bought.
    pub bought_at: i64,
    /// For how many days its maker answers for it.
    pub warranty_days: i64,
    /// The numbers of tickets about it.
    pub tickets: Vec<u64>,
}

/// A company whose people ask for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// The domain of its e-mail addresses.
    pub domain: String,
    /// True for a customer, false for the company that runs the desk.
    pub customer: bool,
}

/// A place people work at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its town.
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
}

/// A unit that answers tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its name, in French.
    pub name: String,
    /// Its name in English, when it differs.
    pub english_name: Option<String>,
    /// True when even its existence is nobody's business but its members'.
    pub confidential: bool,
    /// The organizations whose people may choose it for a new ticket; none is everybody.
    pub offered_to: Vec<usize>,
    /// Its tree; a parent always stands before its children.
    pub categories: Vec<Category>,
    /// The inbox: where a ticket lands when only the department was chosen.
    pub default_category: usize,
}

/// A node a ticket lives in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name, in French.
    pub name: String,
    /// Its name in English, when it differs.
    pub english_name: Option<String>,
    /// Its parent in the same department, none for the first level.
    pub parent: Option<usize>,
}

/// A language of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// A human being.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Given and family name, as shown.
    pub name: String,
    /// E-mail address, unique.
    pub email: String,
    /// Login name, unique; none for those who may not sign in.
    pub login: Option<String>,
    /// The language they read.
    pub language: Language,
    /// Who employs them.
    pub organization: usize,
    /// Where they work, or for a customer the site that looks after them.
    pub site: usize,
    /// Telephone number in national form.
    pub phone: String,
    /// What they do.
    pub job_title: String,
    /// The part of the company they belong to (not a [`Department`] of the desk).
    pub unit: String,
    /// May use the customer portal.
    pub portal_account: bool,
    /// One of the accounts the demonstration announces.
    pub notable: Option<Notable>,
}

/// The accounts that `vigie demo` prints, each held by exactly one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notable {
    /// The account owner.
    Owner,
    /// An administrator.
    Administrator,
    /// An agent who sees every ticket.
    GlobalAgent,
    /// An agent who sees the tickets of their departments.
    GroupAgent,
    /// Another one, in other departments.
    SecondGroupAgent,
    /// An agent who sees only what is assigned to them.
    RestrictedAgent,
    /// Somebody who reads and changes nothing.
    Viewer,
    /// A member who holds every privilege of their department.
    DepartmentManager,
    /// An employee with a portal account.
    PortalEmployee,
    /// Somebody at a customer, with a portal account.
    PortalCustomer,
    /// A colleague of theirs at the same customer.
    SecondPortalCustomer,
}

impl Notable {
    /// All of them, in the order they are announced.
    pub const ALL: [Self; 11] = [
        Self::Owner,
        Self::Administrator,
        Self::GlobalAgent,
        Self::GroupAgent,
        Self::SecondGroupAgent,
        Self::RestrictedAgent,
        Self::Viewer,
        Self::DepartmentManager,
        Self::PortalEmployee,
        Self::PortalCustomer,
        Self::SecondPortalCustomer,
    ];
}

/// Somebody who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Who they are.
    pub person: usize,
    /// Their group as colleagues call it ("Support N2").
    pub title: String,
    /// What they may do anywhere.
    pub role: Role,
    /// Which tickets they see.
    pub scope: Scope,
    /// Where they belong; no department twice.
    pub memberships: Vec<Membership>,
}

/// Application-wide rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Account owner.
    Owner,
    /// Administrator.
    Administrator,
    /// Answers tickets.
    Agent,
    /// Reads, does nothing.
    Viewer,
}

/// Which tickets an agent sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// All of them.
    Global,
    /// Those of their departments, and those assigned to them.
    Group,
    /// Those assigned to them.
    Restricted,
}

/// An agent's place in a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The department.
    pub department: usize,
    /// How far they reach in it.
    pub level: Level,
    /// What they may do in it beyond what every member may.
    pub privileges: Vec<Privilege>,
    /// May be assigned tickets at the moment.
    pub available: bool,
    /// Share of the automatic assignment they take, 0 to 100.
    pub rate: u8,
}

/// How far a member reaches in a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Reads and writes internal notes.
    View,
    /// Works on what is assigned to them.
    Assigned,
    /// Works on everything.
    Edit,
}

/// A right inside one department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Privilege {
    /// Change the department's properties.
    ManageProperties,
    /// Add and remove members.
    ManageManagers,
    /// Change its categories and their templates.
    ManageCategories,
    /// Change its answers to frequent questions.
    ManageFaq,
    /// Take a ticket nobody holds.
    TakeFreeTicket,
    /// Take a ticket from its holder.
    TakeAssignedTicket,
    /// Assign a ticket to a colleague.
    AssignTicket,
    /// Move a ticket to a department they do not belong to.
    TransferTicket,
    /// Refuse a ticket they hold.
    RefuseTicket,
    /// Reopen a ticket whoever holds it.
    ReopenAnyTicket,
    /// Say whether they are available.
    SetOwnAvailability,
}

impl Privilege {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::ManageProperties,
        Self::ManageManagers,
        Self::ManageCategories,
        Self::ManageFaq,
        Self::TakeFreeTicket,
        Self::TakeAssignedTicket,
        Self::AssignTicket,
        Self::TransferTicket,
        Self::RefuseTicket,
        Self::ReopenAnyTicket,
        Self::SetOwnAvailability,
    ];
}
