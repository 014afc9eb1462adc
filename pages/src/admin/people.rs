//! People: who they are, how they sign in, what they may do.

use crate::admin::Level;
use crate::admin::leaving::Leaving;
use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::pager::Pager;
use askama::Template;
use words::language::Language;
use words::reader::Words;

/// Role of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Not staff.
    None,
    /// Reads tickets.
    Viewer,
    /// Learns: reads tickets, writes notes.
    Trainee,
    /// Answers tickets.
    Agent,
    /// Sets the desk up.
    Advisor,
    /// Sees and does everything.
    Admin,
    /// Owns the account.
    Owner,
    /// One of the desk's own.
    Custom {
        /// Its number.
        id: i64,
        /// Its name.
        name: String,
        /// What it is like, in the reader's words.
        says: String,
    },
}

impl Role {
    /// Those that every desk has, and none.
    pub const SHIPPED: [Role; 7] = [
        Role::None,
        Role::Viewer,
        Role::Trainee,
        Role::Agent,
        Role::Advisor,
        Role::Admin,
        Role::Owner,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Role::None => "none",
            Role::Viewer => "viewer",
            Role::Trainee => "trainee",
            Role::Agent => "agent",
            Role::Advisor => "advisor",
            Role::Admin => "admin",
            Role::Owner => "owner",
            Role::Custom { id, .. } => return id.to_string(),
        }
        .to_owned()
    }

    /// Its name, in the reader's words.
    #[must_use]
    pub fn name(&self, words: &Words) -> String {
        let key = match self {
            Role::None => "admin-role-none",
            Role::Viewer => "admin-role-viewer",
            Role::Trainee => "admin-role-trainee",
            Role::Agent => "admin-role-agent",
            Role::Advisor => "admin-role-advisor",
            Role::Admin => "admin-role-admin",
            Role::Owner => "admin-role-owner",
            Role::Custom { name, .. } => return name.clone(),
        };
        words.say(key).to_owned()
    }

    /// What it is for, in a sentence.
    #[must_use]
    pub fn says(&self, words: &Words) -> String {
        let key = match self {
            Role::None => "admin-role-none-says",
            Role::Viewer => "admin-role-viewer-says",
            Role::Trainee => "admin-role-trainee-says",
            Role::Agent => "admin-role-agent-says",
            Role::Advisor => "admin-role-advisor-says",
            Role::Admin => "admin-role-admin-says",
            Role::Owner => "admin-role-owner-says",
            Role::Custom { says, .. } => return says.clone(),
        };
        words.say(key).to_owned()
    }
}

/// Which tickets an agent sees by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All.
    Global,
    /// Those of their departments.
    Group,
    /// Those in their charge.
    Restricted,
    /// Every ticket of those whom they serve.
    GlobalServed,
    /// Those of their departments, of those whom they serve.
    GroupServed,
}

impl Scope {
    /// All scopes that can be chosen, widest first; whether one is narrowed hangs on whom an agent serves.
    pub const ALL: [Scope; 3] = [Scope::Global, Scope::Group, Scope::Restricted];

    /// Value of the form field and of the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Scope::Global | Scope::GlobalServed => "global",
            Scope::Group | Scope::GroupServed => "group",
            Scope::Restricted => "restricted",
        }
    }

    /// Reads a `scope` field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Scope::Global => "admin-scope-global",
            Scope::Group => "admin-scope-group",
            Scope::Restricted => "admin-scope-restricted",
            Scope::GlobalServed => "admin-scope-global-served",
            Scope::GroupServed => "admin-scope-group-served",
        }
    }

    /// Key of what it means.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Scope::Global | Scope::GlobalServed => "admin-scope-global-hint",
            Scope::Group | Scope::GroupServed => "admin-scope-group-hint",
            Scope::Restricted => "admin-scope-restricted-hint",
        }
    }
}

/// One person in the list.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their identifier.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their site, empty when unknown.
    pub site: String,
    /// Their rank.
    pub role: Role,
    /// Whether they may open the portal.
    pub has_portal: bool,
    /// Whether they may not sign in at all.
    pub is_disabled: bool,
}

/// `GET /admin/people?q=`.
#[derive(Template)]
#[template(path = "admin/people.html")]
pub struct PeoplePage {
    /// Surroundings.
    pub frame: Frame,
    /// What is searched in names and addresses; empty for everybody.
    pub query: String,
    /// The people of this page.
    pub rows: Vec<PersonRow>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// What `POST /admin/people/{id}` sends, as typed.
#[derive(Clone, Debug)]
pub struct PersonForm {
    /// `name`.
    pub name: String,
    /// `email`.
    pub email: String,
    /// `login`, empty for none.
    pub login: String,
    /// `language`.
    pub language: Language,
    /// `site`, free text.
    pub site: String,
    /// `role`.
    pub role: Role,
    /// `scope`, for agents.
    pub scope: Scope,
    /// `portal`, a checkbox.
    pub has_portal: bool,
    /// `disabled`, a checkbox.
    pub is_disabled: bool,
}

/// `GET /admin/people/new`; `POST /admin/people` (the fields of [`PersonForm`]) comes back here with faults.
#[derive(Template)]
#[template(path = "admin/new_person.html")]
pub struct NewPersonPage {
    /// Surroundings.
    pub frame: Frame,
    /// The fields, as typed.
    pub form: PersonForm,
    /// Ranks the reader may give.
    pub roles: Vec<Role>,
    /// Whether a link to choose a password is to be sent, as ticked.
    pub sends_link: bool,
    /// What was wrong.
    pub faults: Faults,
}

/// Membership of a person, for their page.
#[derive(Clone, Debug)]
pub struct MembershipRow {
    /// Identifier of the department.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// What the person may do there.
    pub level: Level,
}

/// Somebody who may be the same human.
#[derive(Clone, Debug)]
pub struct LikelyRow {
    /// Their number.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// `GET /admin/people/{id}`; `POST` to the same address (the fields of [`PersonForm`] and `version`) comes back here
/// with faults; `POST /admin/people/{id}/password-link` mails a link to choose a password.
#[derive(Template)]
#[template(path = "admin/person.html")]
pub struct PersonPage {
    /// Surroundings.
    pub frame: Frame,
    /// Their identifier.
    pub id: i64,
    /// Their version.
    pub version: i64,
    /// Their name, as it stands: the title.
    pub title: String,
    /// The fields, as typed.
    pub form: PersonForm,
    /// Ranks the reader may give; one alone shows as text.
    pub roles: Vec<Role>,
    /// They are staff, as it stands.
    pub is_staff: bool,
    /// Departments they belong to.
    pub memberships: Vec<MembershipRow>,
    /// When they were last seen, UTC microseconds.
    pub seen_at: Option<i64>,
    /// Further addresses, those of records merged into theirs.
    pub addresses: Vec<String>,
    /// People of the same name, who may be the same human.
    pub likely: Vec<LikelyRow>,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Whether a code is asked for after the password.
    pub has_second_factor: bool,
    /// How many browsers they are signed in with.
    pub sessions: i64,
    /// Whether the reader may change them: nobody changes somebody of a higher rank.
    pub may_change: bool,
    /// Whether the reader may look at the application with their eyes.
    pub may_look: bool,
    /// Whether the reader may send them a link.
    pub may_send_link: bool,
    /// Open tickets in their charge, when that is why the form came back: it then asks what becomes of them.
    pub leaving: Option<Leaving>,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed the person meanwhile.
    pub conflict: Option<Conflict>,
}
