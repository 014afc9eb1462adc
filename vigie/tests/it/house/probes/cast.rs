//! Who asks in the probes, what they are asked about, and the words planted in it.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::Value;
use vigie::people::PersonId;

use crate::browsing::Door;
use crate::world::World;

/// Whoever asks: what they are, and by what name the world knows them.
pub const ACTORS: &[(&str, &str)] = &[
    ("nobody", "nobody"),
    ("requester", "dora"),
    ("invitee", "emil"),
    ("customer", "fay"),
    ("restricted", "rob"),
    ("member", "ben"),
    ("other", "cleo"),
    ("global", "gil"),
    ("viewer", "vera"),
    ("observer", "olga"),
    ("manager", "mona"),
    ("admin", "max"),
    ("owner", "ada"),
    ("advisor", "axel"),
    ("trainee", "tess"),
    ("disabled", "dan"),
];

/// Whom a ticket of Blue is about, staff's side of it first.
const BLUE_STAFF: &[&str] = &[
    "ben", "vera", "olga", "mona", "axel", "tess", "gil", "max", "ada",
];
/// Those who are let into the confidence, and rank.
const CONFIDED: &[&str] = &["mona", "max", "ada"];
const RED: &[&str] = &["cleo", "gil", "max", "ada"];
const FINDS_EVERYBODY: &[&str] = &[
    "ben", "cleo", "vera", "mona", "axel", "tess", "gil", "max", "ada",
];
const STAFF: &[&str] = &[
    "rob", "ben", "cleo", "gil", "vera", "olga", "mona", "max", "ada", "axel", "tess",
];
const ADMINISTRATORS: &[&str] = &["max", "ada"];
/// Whoever signs in to ask for something.
pub const CUSTOMERS: &[&str] = &["dora", "emil", "fay"];
/// The members of Blue, and who looks everywhere.
const OF_BLUE: &[&str] = &[
    "ben", "vera", "mona", "axel", "tess", "rob", "gil", "max", "ada",
];

/// A word that stands in one kind of place, and who may read it there.
pub struct Secret {
    /// The word.
    pub word: &'static str,
    /// Staff who may.
    staff: &'static [&'static str],
    /// Whoever else may.
    besides: &'static [&'static str],
}

impl Secret {
    /// Whether it may stand in an answer to them.
    pub fn is_for(&self, who: &str) -> bool {
        self.staff.contains(&who) || self.besides.contains(&who)
    }
}

const fn secret(
    word: &'static str,
    staff: &'static [&'static str],
    besides: &'static [&'static str],
) -> Secret {
    Secret {
        word,
        staff,
        besides,
    }
}

/// What begins every one of them.
pub const MARK: &str = "canary-";

/// Every planted word. Each must be met by somebody who may read it, or the probes prove nothing.
pub const SECRETS: &[Secret] = &[
    secret("canary-subject-blue", BLUE_STAFF, &["dora", "emil"]),
    secret("canary-reply-blue", BLUE_STAFF, &["dora", "emil"]),
    secret("canary-file-blue", BLUE_STAFF, &["dora", "emil"]),
    secret("canary-aside-blue", BLUE_STAFF, &["dora"]),
    secret("canary-guests-blue", BLUE_STAFF, &["emil"]),
    secret("canary-note-blue", BLUE_STAFF, &[]),
    secret("canary-notefile-blue", BLUE_STAFF, &[]),
    secret("canary-tag-blue", BLUE_STAFF, &[]),
    secret("canary-task-blue", BLUE_STAFF, &[]),
    secret("canary-time-blue", BLUE_STAFF, &[]),
    secret("canary-subject-red", RED, &[]),
    secret("canary-reply-red", RED, &[]),
    secret("canary-file-red", RED, &[]),
    secret("canary-note-red", RED, &[]),
    secret("canary-notefile-red", RED, &[]),
    secret("canary-tag-red", RED, &[]),
    secret("canary-task-red", RED, &[]),
    secret("canary-time-red", RED, &[]),
    secret("canary-note-shown", RED, &[]),
    secret("canary-advice-red", RED, &[]),
    secret("canary-subject-kept", CONFIDED, &[]),
    secret("canary-reply-kept", CONFIDED, &[]),
    secret("canary-file-kept", CONFIDED, &[]),
    secret("canary-note-kept", CONFIDED, &[]),
    secret("canary-notefile-kept", CONFIDED, &[]),
    secret("canary-tag-kept", CONFIDED, &[]),
    secret("canary-task-kept", CONFIDED, &[]),
    secret("canary-time-kept", CONFIDED, &[]),
    secret("canary-savedreply-red", RED, &[]),
    secret("canary-savedreply-gil", &["gil"], &[]),
    secret("canary-article-signedin", STAFF, CUSTOMERS),
    secret("canary-article-blue", OF_BLUE, CUSTOMERS),
    secret("canary-article-staff", STAFF, &[]),
    secret("canary-article-kept", &["gil", "max", "ada"], &[]),
    secret("canary-article-draft", &["cleo", "max", "ada"], &[]),
    secret("canary-article-withdrawn", ADMINISTRATORS, &["axel"]),
    // What it said before is for whoever keeps it.
    secret("canary-article-before", ADMINISTRATORS, &["axel"]),
    secret("canary-asset-dora", FINDS_EVERYBODY, &["olga", "dora"]),
    secret("canary-assetnote-dora", FINDS_EVERYBODY, &["olga"]),
    secret("canary-asset-stock", ADMINISTRATORS, &[]),
    secret("canary-asset-blue", BLUE_STAFF, &[]),
    secret("canary-asset-red", RED, &[]),
    secret("canary-view-red", RED, &[]),
    secret("canary-view-gil", &["gil"], &[]),
    secret("canary-draft-gil", &["gil"], &[]),
    secret("canary-unsent-gil", &["gil"], &[]),
    secret("canary-unsent-dora", &["dora"], &[]),
    secret("canary-name-ivy", FINDS_EVERYBODY, &[]),
    secret("canary-phone-ivy", FINDS_EVERYBODY, &[]),
    secret("canary-phone-dora", FINDS_EVERYBODY, &["olga", "dora"]),
    secret("canary-letter", ADMINISTRATORS, &[]),
    secret("canary-outgoing", ADMINISTRATORS, &["dora"]),
    secret("canary-suppressed", ADMINISTRATORS, &[]),
    secret("canary-channel", ADMINISTRATORS, &["axel"]),
    secret("canary-mailbox", ADMINISTRATORS, &["axel"]),
    secret("canary-filter", ADMINISTRATORS, &["axel"]),
    secret("canary-quarantine", ADMINISTRATORS, &[]),
    secret("canary-team", ADMINISTRATORS, &["axel"]),
    secret("canary-role", ADMINISTRATORS, &[]),
    secret("canary-template-shut", ADMINISTRATORS, &["axel"]),
    secret("canary-organization", FINDS_EVERYBODY, &[]),
    secret("canary-site", FINDS_EVERYBODY, &[]),
    secret(
        "canary-department-shut",
        &["axel", "gil", "max", "ada"],
        &[],
    ),
    // Nobody is offered it who asks for something; whoever opens tickets for others chooses it.
    secret("canary-department-kept", STAFF, &[]),
    secret("canary-passkey-ada", &["ada"], &[]),
    secret("canary-browser-ada", &["ada"], &[]),
];

/// A desk on which everything stands that an address can name.
pub struct Desk {
    /// Its door.
    pub door: Door,
    /// People whom the world does not know, and those of it who ask.
    pub people: BTreeMap<&'static str, PersonId>,
    /// What a noun and a name stand for in an address: `("file", "held")`.
    pub things: BTreeMap<(&'static str, &'static str), String>,
    /// The versions of the tickets, as their pages say them.
    pub versions: BTreeMap<String, i64>,
}

/// The articles, by whom they are for or the state they are in: published for everybody, whoever signs in, Blue, staff, and
/// a department that nobody is offered; a draft of Red, and one that was withdrawn.
pub const ARTICLES: &[&str] = &[
    "everyone",
    "signedin",
    "blue",
    "staff",
    "kept",
    "draft",
    "withdrawn",
];

/// The tickets, by what they are in: held by a colleague, of another department (`hidden`), of
/// another department and shown to whoever signs in (`shown`), of a confidential category (`confided`).
pub const TICKETS: &[&str] = &[
    "free",
    "held",
    "incomplete",
    "postponed",
    "closed",
    "approved",
    "expired",
    "refused",
    "cancelled",
    "archived",
    "merged",
    "hidden",
    "shown",
    "confided",
];

impl Desk {
    /// Whoever stands behind a name; nobody behind `nobody`.
    pub fn person(&self, who: &str) -> Option<PersonId> {
        self.people.get(who).copied()
    }

    /// Gives everybody who asks a session of their own.
    pub async fn lets_everybody_in(&mut self, w: &World) {
        for (_, who) in ACTORS {
            if let Some(person) = self.person(who) {
                self.door.lets_in(w, who, person).await;
            }
        }
    }

    /// Notes what a noun and a name stand for.
    pub fn keep(&mut self, noun: &'static str, name: &'static str, id: &Value) {
        let id = id
            .as_i64()
            .map_or_else(|| id.to_string(), |id| id.to_string());
        self.things.insert((noun, name), id);
    }

    /// What an address names it by.
    pub fn id(&self, noun: &'static str, name: &'static str) -> &str {
        &self.things[&(noun, name)]
    }

    /// A program of somebody's does what must go well.
    pub async fn does(&self, who: &str, method: Method, path: &str, body: Value) -> Value {
        let answer = self.door.asks(who, method, path, &body.to_string()).await;
        assert!(answer.status < 300, "{who} {path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// The same, for what is made.
    pub async fn posts(&self, who: &str, path: &str, body: Value) -> Value {
        self.does(who, Method::POST, path, body).await
    }
}
