//! What an address is filled with: for each parameter, by what stands before it, things one may touch,
//! things of somebody else, and one that never was.

use super::cast::{ARTICLES, CUSTOMERS, Desk, TICKETS};

/// What no thing of any kind is called.
pub const NEVER: &str = "987654321";

/// Which things a first parameter stands for: where the address holds it, their noun, their names.
const FIRST: &[(&str, &str, &[&str])] = &[
    ("/tickets/{number}", "ticket", TICKETS),
    ("/shared/{number}", "ticket", TICKETS),
    ("/people/{id}", "person", &["dora", "ivy", "ben", "ada"]),
    ("/scopes/{person}", "person", &["dora", "ivy", "ben", "ada"]),
    ("/departments/{id}", "department", &["blue", "red", "shut"]),
    ("/availability/{id}", "department", &["blue", "red"]),
    (
        "/categories/{category}",
        "category",
        &["blue", "red", "shut", "kept"],
    ),
    (
        "/replies/{id}",
        "reply",
        &["everyone", "blue", "red", "gil"],
    ),
    ("/knowledge/{id}", "article", ARTICLES),
    ("/articles/{id}", "article", ARTICLES),
    ("/solutions/{id}", "article", ARTICLES),
    ("/help/{id}", "article", ARTICLES),
    (
        "/assets/{id}",
        "asset",
        &["dora", "stock", "held", "hidden"],
    ),
    ("/views/{id}", "view", &["everyone", "blue", "red", "gil"]),
    ("/bulk/{id}", "bulk", &["ben", "gil"]),
    ("/unsent/{id}", "unsent", &["gil", "dora"]),
    ("/passkeys/{id}", "passkey", &["ada"]),
    ("/me/sessions/{hash}", "session", &["ada"]),
    ("/preferences/sessions/{id}", "session", &["ada"]),
    ("/incoming/{id}", "incoming", &["one"]),
    ("/outgoing/{id}", "outgoing", &["one"]),
    ("/outgoing-mails/{id}", "outgoing", &["one"]),
    ("/suppressed/{id}", "suppressed", &["one"]),
    ("/suppressed-addresses/{id}", "suppressed", &["one"]),
    ("/dev/mail/{id}", "outgoing", &["one"]),
    ("/channels/{id}", "channel", &["one"]),
    ("/mailboxes/{id}", "mailbox", &["one"]),
    ("/filters/{id}", "filter", &["one"]),
    ("/quarantine/{id}", "quarantined", &["one"]),
    ("/roles/{id}", "role", &["one"]),
    ("/teams/{id}", "team", &["blue"]),
    ("/static/{hash}", "static", &[]),
    ("/mail-texts/{event}", "mailtext", &["created"]),
    // A link is of nobody who signed in: `mail/deeds.rs` asks what it does.
    ("/mailed/{token}", "mailed", &[]),
];

/// Which things a second one stands for: where the address holds it, and their noun. They are called
/// as what they hang on.
const SECOND: &[(&str, &str)] = &[
    ("/attachments/{id}", "file"),
    ("/comments/{id}", "comment"),
    ("/drafts/{id}", "draft"),
    ("/links/{id}", "link"),
    ("/assets/{id}", "asset"),
    ("/tags/{id}", "tag"),
    ("/tasks/{id}", "task"),
    ("/time/{id}", "time"),
    ("/invitees/{person}", "guest"),
    ("/observers/{person}", "observer"),
    ("/access/{person}", "guest"),
    ("/categories/{category}", "category"),
    ("/members/{person}", "member"),
    ("/mentors/{person}", "member"),
    ("/departments/{department}", "department"),
    ("/{name}", "static"),
    ("/{language}", "language"),
];

/// The thing whose second parameters are tried all through, and the one whose are strange to it.
const TRIED: &[(&str, &str, &str)] = &[("ticket", "held", "hidden"), ("department", "blue", "red")];

/// An address that names something.
#[derive(Clone, Debug)]
pub struct Thing {
    /// What it names, in the words of the table.
    pub name: String,
    /// The whole address.
    pub path: String,
    /// What its first parameter stands for: noun and name.
    pub first: Option<(&'static str, &'static str)>,
}

impl Thing {
    fn of(name: &str, path: &str, first: Option<(&'static str, &'static str)>) -> Thing {
        Thing {
            name: name.to_owned(),
            path: path.to_owned(),
            first,
        }
    }
}

fn until_its_end(path: &str) -> Option<&str> {
    path.find('}').map(|end| &path[..=end])
}

fn filled(path: &str, with: &str) -> String {
    let (start, end) = (path.find('{').unwrap(), path.find('}').unwrap());
    format!("{}{with}{}", &path[..start], &path[end + 1..])
}

/// Every thing this address is asked about, one that never was at last.
pub fn of(desk: &Desk, route: &str) -> Vec<Thing> {
    let Some(head) = until_its_end(route) else {
        return vec![Thing::of("-", route, None)];
    };
    let kind = FIRST.iter().find(|(at, ..)| head.ends_with(at));
    let (_, noun, names) =
        kind.unwrap_or_else(|| panic!("{route}: nothing in FIRST says what {head} stands for"));
    let mut things = vec![];
    for name in *names {
        let path = filled(route, desk.id(noun, name));
        let first = Some((*noun, *name));
        second(desk, first, &path, &mut things);
    }
    let mut never = filled(route, NEVER);
    while never.contains('{') {
        never = filled(&never, NEVER);
    }
    things.push(Thing::of("never", &never, None));
    things
}

fn second(
    desk: &Desk,
    first: Option<(&'static str, &'static str)>,
    path: &str,
    things: &mut Vec<Thing>,
) {
    let (noun, name) = first.unwrap();
    let Some(head) = until_its_end(path) else {
        things.push(Thing::of(name, path, first));
        return;
    };
    let kind = SECOND.iter().find(|(at, _)| head.ends_with(at));
    let (_, kind) = kind.unwrap_or_else(|| panic!("{path}: nothing in SECOND says what it is"));
    let called = |noun, name| desk.things.get(&(noun, name)).map_or(NEVER, String::as_str);
    let mut put = |what: &str, id: &str| {
        let path = filled(path, id);
        assert!(!path.contains('{'), "{path} has a third parameter");
        things.push(Thing::of(&format!("{name}{what}"), &path, first));
    };
    put("", called(kind, name));
    for (_, _, strange) in TRIED.iter().filter(|t| (t.0, t.1) == (noun, name)) {
        put("+strange", called(kind, strange));
        let secret = match *kind {
            "file" => Some("file-secret"),
            "comment" => Some("comment-secret"),
            _ => None,
        };
        if let Some(secret) = secret {
            put("+note", called(secret, name));
        }
        put("+never", NEVER);
    }
}

/// Whether somebody may not even know that the thing is there, so that every answer is the one for
/// what never was.
pub fn is_hidden_from(who: &str, thing: &Thing, route: &str) -> bool {
    let Some((noun, name)) = thing.first else {
        return false;
    };
    let is_administrator = matches!(who, "max" | "ada");
    let in_red = is_administrator || matches!(who, "cleo" | "gil");
    let in_blue =
        is_administrator || matches!(who, "ben" | "vera" | "mona" | "axel" | "tess" | "gil");
    let sees = match (noun, name) {
        ("ticket", "shown") if route.contains("/shared/") => true,
        ("ticket", "hidden" | "shown") => in_red,
        ("ticket", "confided") => is_administrator || who == "mona",
        ("ticket", _) => in_blue || matches!(who, "dora" | "emil" | "olga"),
        ("person", "ivy") => in_blue || in_red,
        ("reply" | "view", "everyone") => true,
        ("article", "everyone") => true,
        ("article", "signedin") => !matches!(who, "nobody" | "dan"),
        ("article", "blue") => in_blue || who == "rob" || CUSTOMERS.contains(&who),
        ("article", "staff") => !matches!(who, "nobody" | "dan") && !CUSTOMERS.contains(&who),
        ("article", "kept") => is_administrator || who == "gil",
        ("article", "draft") => is_administrator || who == "cleo",
        ("article", "withdrawn") => is_administrator || who == "axel",
        ("reply" | "view", "blue") => in_blue || who == "rob",
        ("reply" | "view", "red") => in_red,
        ("reply" | "view" | "bulk", owner) => who == owner,
        ("asset", "dora") => in_blue || in_red || matches!(who, "olga" | "dora"),
        ("asset", "held") => in_blue || who == "olga",
        ("asset", "hidden") => in_red,
        ("asset", _) => is_administrator,
        ("passkey" | "session", _) => who == "ada",
        ("channel" | "mailbox" | "filter", _) => is_administrator || who == "axel",
        ("incoming" | "quarantined" | "outgoing" | "suppressed", _) => is_administrator,
        _ => true,
    };
    !sees
}
