//! Each address × each thing × each actor, and the word for what came of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::http::Method;
use vigie::policy::Role;
use vigie::web::route::{Audience, Route};

use super::cast::{ACTORS, Desk};
use super::things::{self, Thing};
use super::{Tally, bodies, named, plain, putting_back};
use crate::browsing::{Answer, Manner};
use crate::world::World;

/// Addresses that refuse nobody, and why.
const OPEN: &[(&str, &str)] = &[
    (
        "GET    /healthz",
        "says that the program runs, to what keeps it running",
    ),
    (
        "GET    /readyz",
        "says that the database answers, to what sends requests",
    ),
    (
        "GET    /login/forgotten",
        "a form for whoever cannot sign in",
    ),
    ("GET    /login/mailed", "a form for whoever cannot sign in"),
    ("GET    /help", "what is published for everybody"),
    (
        "GET    /api/v1/openapi.json",
        "describes the program, not the desk",
    ),
    ("GET    /api/docs", "describes the program, not the desk"),
];

/// Tables that tell what was tried, whatever came of it.
const TRIED: &[&str] = &["sign_in_attempts"];
/// Tables in which whatever is done may show besides.
const JOURNAL: &[&str] = &["audit_entries", "audit_head"];
/// Tables in which a deed on a ticket shows.
/// Each is put back when it was done.
const OF_TICKETS: &[&str] = &[
    "acts_by_rank",
    "advice_requests",
    "asset_events",
    "assets",
    "attachments",
    "comments",
    "drafts",
    "events",
    "jobs",
    "participants",
    "search_documents",
    "search_queue",
    "tasks",
    "ticket_assets",
    "ticket_counts",
    "ticket_links",
    "ticket_marks",
    "ticket_tags",
    "tickets",
    "time_entries",
];

/// Other unsafe addresses that do something at once, whatever they are sent, and the tables in which that
/// shows. One may be added for what is everybody's own, or may be done twice without harm; whatever else
/// comes to stand here asks for no version, and should.
const DONE: &[(&[&str], &[&str])] = &[
    (
        &[
            "POST   /login",
            "POST   /login/forgotten",
            "POST   /login/mailed",
            "POST   /preferences/password",
            "POST   /preferences/second-factor/confirmation",
            "POST   /preferences/second-factor/recovery-codes",
        ],
        TRIED,
    ),
    (
        &[
            "POST   /logout",
            "POST   /preferences/sessions/others/end",
            "DELETE /api/v1/me/sessions",
            "POST   /admin/people/{id}/sessions/end",
            "DELETE /api/v1/people/{id}/sessions",
            "POST   /admin/people/{id}/eyes",
        ],
        &["sessions"],
    ),
    (
        &[
            "GET    /lists/export/file",
            "GET    /admin/journal/file",
            "GET    /admin/activity/file",
            "GET    /admin/people/{id}/data",
            "GET    /preferences/data",
            "GET    /api/v1/people/{id}/data",
            "GET    /api/v1/me/data",
        ],
        JOURNAL,
    ),
    (&["POST   /preferences/shortcuts"], &["key_maps"]),
    (
        &[
            "POST   /preferences/second-factor/seed",
            "POST   /preferences/passkeys/{id}/removal",
            "POST   /admin/people/{id}/second-factor/removal",
            "DELETE /api/v1/people/{id}/second-factor",
        ],
        &["passkeys", "recovery_codes", "second_factors", "sessions"],
    ),
    (
        &[
            "POST   /admin/people/{id}/password-link",
            "POST   /api/v1/people/{id}/password-link",
        ],
        &["jobs", "one_time_links", "outgoing_mails"],
    ),
    // A mail to oneself.
    (
        &[
            "POST   /preferences/daily-report/now",
            "POST   /api/v1/me/daily-report/now",
        ],
        &["daily_reports", "jobs", "outgoing_mails"],
    ),
    (&["POST   /lists/reading"], &["reading_floors"]),
    // One's own: what was typed is thrown away, what happened is read.
    (
        &[
            "POST   /tickets/unsent/{id}/deletion",
            "POST   /portal/unsent/{id}/deletion",
        ],
        &["unsent_forms"],
    ),
    (&["POST   /notifications/reading"], &["notifications"]),
    // A box without a tick says no, of the version that is named.
    (&["POST   /admin/journal/noting"], &["settings"]),
    (
        &[
            "POST   /admin/departments/{id}/template",
            "POST   /admin/departments/{id}/categories/{category}/template",
        ],
        &["ticket_templates"],
    ),
    (
        &[
            "POST   /preferences/availability/{id}",
            "PATCH  /api/v1/me/departments/{id}",
        ],
        &["memberships"],
    ),
    (
        &[
            "POST   /admin/mail/incoming/{id}/replay",
            "POST   /admin/mail/outgoing/{id}/retry",
            "POST   /api/v1/outgoing-mails/{id}/retry",
        ],
        &["jobs"],
    ),
    (
        &[
            "POST   /admin/mail/suppressed/{id}/removal",
            "DELETE /api/v1/suppressed-addresses/{id}",
        ],
        &["audit_entries", "audit_head", "suppressed_addresses"],
    ),
    (
        &["POST   /api/v1/quarantine/{id}/release"],
        &["jobs", "audit_entries", "audit_head"],
    ),
];

/// What the desk notes of how one reads, after the answer is given.
const NOTED: &[&str] = &["ticket_marks", "list_settings", "acts_by_rank"];

/// The word of a verdict.
fn word(route: &Route, answer: &Answer) -> &'static str {
    let to = answer.location().split('?').next().unwrap_or_default();
    match answer.status {
        303 if to == "/login" && route.path != "/logout" => "sign-in",
        303 if route.method == Method::GET || to == "/my-requests" => "moved",
        200..=299 | 303 => "ok",
        400 | 422 | 426 => "form",
        401 => "sign-in",
        403 => "refused",
        404 => "hidden",
        409 => "conflict",
        429 => "wait",
        other => panic!("{}: {other} has no word", named(route)),
    }
}

/// Whoever the audience leaves out gets nothing, whatever the handler thinks.
fn is_left_out(audience: Audience, role: &str) -> bool {
    let is_signed_in = !matches!(role, "nobody" | "disabled");
    let is_customer = matches!(role, "requester" | "invitee" | "customer");
    match audience {
        Audience::Anyone => false,
        Audience::SignedIn | Audience::Api => !is_signed_in,
        Audience::Staff => !is_signed_in || is_customer,
        Audience::Admin => !matches!(role, "admin" | "owner" | "advisor"),
        Audience::May(right) => match role {
            "admin" | "owner" => false,
            "advisor" => !Role::Advisor.carries(right),
            _ => true,
        },
        Audience::Customer => !is_customer,
    }
}

const SHUT: &[&str] = &["sign-in", "refused", "hidden", "moved"];

/// What is asked at one go. Whatever does something comes last, so that all else is asked of the same
/// desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Whatever only reads.
    Looking,
    /// Deeds that are refused, or cannot be done.
    Trying,
    /// Deeds that are done.
    Doing,
}

impl Pass {
    /// At which an address is asked.
    pub fn of(route: &Route) -> Pass {
        match done(route) {
            Some(_) => Pass::Doing,
            None if route.method == Method::GET => Pass::Looking,
            None => Pass::Trying,
        }
    }
}

fn done(route: &Route) -> Option<&'static [&'static str]> {
    if bodies::is_on_a_ticket(route) {
        return Some(OF_TICKETS);
    }
    let name = named(route);
    let row = DONE.iter().find(|(done, _)| done.contains(&name.as_str()));
    row.map(|(_, tables)| *tables)
}

/// The lines of each address.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<usize, String>);

impl Table {
    /// The whole table, in the router's order.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "Every address, what it names (last what never was), and what each kind of people is answered. Unsafe ones\n\
             are sent what cannot be done: form and conflict say that the right is there. Deeds on tickets\n\
             are done, and put back each time (idle: answered like a deed, and nothing changed); those that are done elsewhere are asked last, by one after the other.\n\n",
        );
        let heads = ACTORS.iter().map(|(role, _)| *role).collect();
        let _ = writeln!(text, "{}", row("address", "thing", heads));
        for lines in self.0.values() {
            text.push_str(lines);
        }
        text
    }

    /// Asks everything of this pass.
    pub async fn crosses(&mut self, w: &World, desk: &mut Desk, tally: &mut Tally, pass: Pass) {
        for (n, route) in vigie::routes::all().iter().enumerate() {
            if Pass::of(route) != pass {
                continue;
            }
            let things = things::of(desk, route.path);
            let mut rows: Vec<Vec<&'static str>> = vec![vec![]; things.len()];
            for actor in ACTORS {
                let words = asks(w, desk, tally, route, &things, *actor).await;
                for (row, word) in rows.iter_mut().zip(words) {
                    row.push(word);
                }
            }
            if pass != Pass::Doing || tally.is_behind {
                let mut changed = tally.changes(&w.db).await;
                if pass == Pass::Looking {
                    changed.retain(|table| !NOTED.contains(&table.as_str()));
                }
                tally.faults(!changed.is_empty(), || {
                    format!("{} changed {changed:?}", named(route))
                });
            }
            let is_refused = rows.iter().flatten().any(|word| SHUT.contains(word));
            let is_open = OPEN.iter().any(|(open, _)| *open == named(route));
            tally.faults(is_refused == is_open, || {
                format!(
                    "{} refuses nobody, or is in OPEN without need",
                    named(route)
                )
            });
            let lines = things.iter().zip(rows);
            let lines = lines.map(|(thing, words)| row(&named(route), &thing.name, words) + "\n");
            self.0.insert(n, lines.collect());
        }
    }
}

fn row(address: &str, thing: &str, words: Vec<&'static str>) -> String {
    let words: String = words.iter().map(|word| format!("{word:<11}")).collect();
    format!("{address:<63}{thing:<15}{}", words.trim_end())
}

/// One actor at one address, about every thing.
async fn asks(
    w: &World,
    desk: &mut Desk,
    tally: &mut Tally,
    route: &Route,
    things: &[Thing],
    (role, who): (&'static str, &'static str),
) -> Vec<&'static str> {
    let done = done(route);
    let (mut words, mut changed) = (vec![], vec![]);
    // Those whom the audience leaves out are looked at together, before the next who may be let in.
    if done.is_some() && tally.is_behind && !is_left_out(route.audience, role) {
        let shows = tally.changes(&w.db).await;
        tally.faults(!shows.is_empty(), || {
            format!("{} changed {shows:?}", named(route))
        });
    }
    let mut answers = BTreeMap::new();
    for thing in things {
        let seen = (!bodies::is_on_a_ticket(route)).then_some(0);
        let method = route.method.clone();
        let ticket = thing.first.map(|(noun, name)| desk.id(noun, name));
        let version = ticket.and_then(|ticket| desk.versions.get(ticket));
        let body = bodies::of(route, version.copied().unwrap_or_default());
        let door = &desk.door;
        let asked = door.asks_as(Manner::Honest, who, method, &thing.path, seen, &body);
        let answer = asked.await;
        // What a look writes beside its answer is not to be taken for what is asked next.
        door.app.finish_errands().await;
        let what = format!("{} ({})", named(route), thing.name);
        tally.looks_at(who, &what, &answer);
        let mut word = word(route, &answer);
        tally.faults(
            is_left_out(route.audience, role) && !SHUT.contains(&word),
            || format!("{role} is let in: {what} {word}"),
        );
        if word == "ok" && bodies::is_on_a_ticket(route) {
            let shows = tally.changes(&w.db).await;
            if shows.is_empty() {
                word = "idle";
            } else {
                let is_merge = route.path.contains("/merge");
                putting_back::puts_back(&w.db, &shows, is_merge).await;
                changed.extend(shows);
                tally.changes(&w.db).await;
            }
        }
        // What becomes of a session is not to answer for what is asked next.
        if word == "ok" && done.is_some_and(|tables| tables.contains(&"sessions")) {
            changed.extend(tally.changes(&w.db).await);
            desk.lets_everybody_in(w).await;
            tally.changes(&w.db).await;
        }
        words.push(word);
        answers.insert(thing.name.as_str(), plain(&answer, &thing.path));
    }
    // What one may not know of answers as what never was; and so does whatever is not found.
    let never = &answers[things[things.len() - 1].name.as_str()];
    for (thing, word) in things.iter().zip(&words) {
        let is_hidden = *word == "hidden" || things::is_hidden_from(who, thing, route.path);
        let answer = &answers[thing.name.as_str()];
        tally.faults(is_hidden && answer != never, || {
            format!(
                "{role}: {} ({}) does not answer as what never was: {} {} and {} {}",
                named(route),
                thing.name,
                answer.status,
                answer.body,
                never.status,
                never.body
            )
        });
    }
    tally.is_behind = is_left_out(route.audience, role);
    if let Some(tables) = done
        && !tally.is_behind
    {
        changed.extend(tally.changes(&w.db).await);
        let was_done = words.contains(&"ok");
        for table in &changed {
            let may = (tables.contains(&table.as_str()) || JOURNAL.contains(&table.as_str()))
                && (was_done || TRIED.contains(&table.as_str()));
            tally.faults(!may, || format!("{role}: {} changed {table}", named(route)));
        }
    }
    words
}
