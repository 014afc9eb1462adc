//! From what was found to what pages show of it.

use kit::authz::Actor;
use pages::frame::{TicketView, initials};
use pages::pager::Pager;
use pages::search::{Action, HitView, Narrowing, PersonView, Piece as PieceView, Results};
use words::catalogue::Arg;
use words::reader::Words;

use super::language::{Remark, Understood};
use super::snippet::Piece;
use super::{Found, Hit, Person, analyse};
use crate::policy::{self, permission};
use crate::tickets::{Ticket, views};

fn pieces(pieces: Vec<Piece>) -> Vec<PieceView> {
    pieces
        .into_iter()
        .map(|p| PieceView {
            text: p.text,
            is_hit: p.is_hit,
        })
        .collect()
}

/// The sentence of a remark.
pub fn said(remark: &Remark, words: &Words) -> String {
    let about = remark.about.as_str();
    let number = about.parse::<i64>().map_or(Arg::Text(about), Arg::from);
    words.say_with(
        remark.key,
        &[("detail", Arg::Text(about)), ("count", number)],
    )
}

fn hit(hit: Hit) -> HitView {
    let ticket = hit.ticket;
    HitView {
        number: ticket.id.0,
        subject: pieces(hit.subject),
        state: views::state(ticket.state),
        requester: ticket.requester,
        department: ticket.department,
        category: ticket.category,
        snippet: pieces(hit.snippet),
        is_note: hit.is_note,
        files: hit.files.into_iter().map(pieces).collect(),
        activity_micros: ticket.updated_at.0,
    }
}

/// Tickets for the palette.
pub fn palette_tickets(found: Found) -> Vec<pages::search::PaletteTicket> {
    found
        .hits
        .into_iter()
        .map(|hit| pages::search::PaletteTicket {
            number: hit.ticket.id.0,
            subject: pieces(hit.subject),
        })
        .collect()
}

/// The address of a search, or of a page of it.
pub fn address(path: &str, query: &str, page: usize) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("q", query);
    if page > 1 {
        form.append_pair("page", &page.to_string());
    }
    format!("{path}?{}", form.finish())
}

/// What was found, as a page of `rows` shows it.
pub fn results(
    path: &str,
    query: &str,
    understood: &Understood,
    found: Found,
    (page, rows): (usize, usize),
    words: &Words,
) -> Results {
    let has_next = found.count > page * rows;
    Results {
        query: query.to_owned(),
        faults: understood.faults.iter().map(|r| said(r, words)).collect(),
        hints: understood.hints.iter().map(|r| said(r, words)).collect(),
        count: i64::try_from(found.count).unwrap_or(i64::MAX),
        is_cut: found.is_cut,
        hits: found.hits.into_iter().map(hit).collect(),
        pager: Pager {
            previous: (page > 1).then(|| address(path, query, page - 1)),
            next: has_next.then(|| address(path, query, page + 1)),
        },
    }
}

/// Somebody, with their card a click away.
pub fn person(person: Person) -> PersonView {
    PersonView {
        initials: initials(&person.name),
        href: format!("/people/{}", person.id),
        name: person.name,
        email: person.email,
        site: person.site.unwrap_or_default(),
    }
}

/// Ways to narrow a search down; one that is on is taken away again.
pub fn narrowings(query: &str) -> Vec<Narrowing> {
    let ways = [
        ("search-narrow-open", "state:open"),
        ("search-narrow-mine", "to:me"),
        ("search-narrow-file", "has:file"),
        ("search-narrow-month", "after:30d"),
    ];
    ways.into_iter()
        .map(|(key, part)| {
            let is_on = query.split_whitespace().any(|p| p == part);
            let narrowed = if is_on {
                let rest = query.split_whitespace().filter(|p| *p != part);
                rest.collect::<Vec<_>>().join(" ")
            } else {
                format!("{} {part}", query.trim())
            };
            Narrowing {
                key,
                href: address("/search", narrowed.trim(), 1),
                is_on,
            }
        })
        .collect()
}

fn action(words: &Words, key: &'static str, icon: &'static str, href: &str) -> Action {
    Action {
        name: words.say(key).to_owned(),
        icon,
        href: href.to_owned(),
        form: None,
        dialog: None,
        key: None,
    }
}

/// What may be done: to the ticket the page shows, by the one rule, and everywhere.
pub fn actions(words: &Words, actor: &Actor, ticket: Option<&Ticket>, typed: &str) -> Vec<Action> {
    let mut all = vec![];
    if let Some(ticket) = ticket {
        let may = views::may(ticket, actor);
        let here = format!("/tickets/{}", ticket.id);
        let deed = |key, icon, form, shortcut| Action {
            form: Some(form),
            key: shortcut,
            ..action(words, key, icon, &here)
        };
        if may.take {
            all.push(deed(
                "tickets-take",
                "user-check",
                "act-assignment",
                Some("p"),
            ));
        }
        if may.release {
            all.push(deed(
                "tickets-release",
                "user-minus",
                "act-release",
                Some("u"),
            ));
        }
        if may.close {
            all.push(Action {
                dialog: Some("closure"),
                ..action(
                    words,
                    "tickets-close",
                    "circle-check",
                    &format!("{here}/closure"),
                )
            });
        }
        if may.approve {
            all.push(deed("tickets-approve", "check", "act-approval", None));
        }
        if may.reopen {
            all.push(deed("tickets-reopen", "rotate-ccw", "act-reopening", None));
        }
    }
    if actor.is_permitted(permission::HANDLE) {
        all.push(Action {
            key: Some("c"),
            ..action(words, "tickets-new", "plus", "/tickets/new")
        });
    }
    for view in TicketView::ALL {
        let href = format!("/tickets?view={}", view.code());
        all.push(action(words, view.key(), view.icon(), &href));
    }
    all.push(action(words, "common-my-requests", "user", "/my-requests"));
    let mut parts = policy::roles::ADMINISTRATION.iter();
    if parts.any(|right| actor.is_permitted(right)) {
        all.push(action(
            words,
            "common-administration",
            "sliders-horizontal",
            "/admin",
        ));
    }
    all.push(action(
        words,
        "common-preferences",
        "sliders-horizontal",
        "/preferences",
    ));
    let typed: Vec<String> = analyse::words(typed)
        .into_iter()
        .map(|w| w.folded)
        .collect();
    all.retain(|action| {
        let name = analyse::words(&action.name);
        typed
            .iter()
            .all(|word| name.iter().any(|w| w.folded.starts_with(word.as_str())))
    });
    all
}
