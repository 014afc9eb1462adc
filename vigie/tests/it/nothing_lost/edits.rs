//! What one of two people does to the ticket both look at, by which door, and what they are answered.

use axum::http::Method;
use kit::jobs::Verdict;
use serde_json::{Value, json};
use vigie::mail::{self, post::Post, store::ReadMail};
use vigie::tickets::machine::Deed;
use vigie::tickets::rights::Read;
use vigie::tickets::{TicketId, reading};

use crate::browsing::{Answer, Door};
use crate::mail::{deliver, ended, letter, token};
use crate::whatever::plan::Numbers;
use crate::world::World;

/// By which door somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Page,
    Portal,
    Program,
    Mail,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Words to everybody, held a while when they are written on an agent's page.
    Reply,
    /// Words to everybody that nobody is mailed about.
    QuietReply,
    Note,
    Subject,
    Priority,
    Origin,
    /// Subject and priority by one form.
    Correction,
    /// Another deed, with or without words.
    Deed(Deed, &'static str, bool),
}

/// What can be done to a ticket by its own address: the deed, its noun, whether words go with it.
const DEEDS: &[(Deed, &str, bool)] = &[
    (Deed::Take, "assignment", false),
    (Deed::Release, "release", false),
    (Deed::TakeAndClose, "assignment/closure", true),
    (Deed::TakeAndAsk, "assignment/question", true),
    (Deed::Ask, "question", true),
    (Deed::Close, "closure", true),
    (Deed::Refuse, "rejection", true),
    (Deed::Cancel, "cancellation", true),
    (Deed::Postpone, "postponement", true),
    (Deed::Recall, "recall", false),
    (Deed::Approve, "approval", false),
    (Deed::RefuseClosure, "refusal", true),
    (Deed::Reopen, "reopening", true),
];
/// What requesters can do on their own pages.
const IN_THE_PORTAL: &[Deed] = &[
    Deed::Cancel,
    Deed::Approve,
    Deed::RefuseClosure,
    Deed::Reopen,
];

const AGENTS: &[&str] = &["ben", "gil", "max", "ada"];
const PRIORITIES: [&str; 5] = ["very-low", "low", "normal", "high", "urgent"];
/// As forms and as programs say them.
const ORIGINS: [(&str, &str); 3] = [("phone", "phone"), ("mail", "email"), ("portal", "portal")];

/// One person's edit.
#[derive(Clone, Debug)]
pub struct Edit {
    pub who: &'static str,
    pub way: Way,
    pub what: What,
    /// The words or the subject: they stand nowhere else.
    pub mark: String,
    /// The priority, 1 to 5, and by the same number the origin.
    pub level: usize,
}

/// How it ended for whoever did it.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    /// What they were shown.
    pub body: String,
}

impl Answered {
    pub fn is_done(&self) -> bool {
        self.status < 400
    }
}

impl Edit {
    /// The origin it says, in the form and as it is kept.
    pub fn origin(&self) -> (&'static str, &'static str) {
        ORIGINS[self.level % ORIGINS.len()]
    }

    /// The priority as forms say it.
    fn priority(&self) -> &'static str {
        PRIORITIES[self.level - 1]
    }

    /// Whether it leaves words that people read.
    pub fn has_words(&self) -> bool {
        match self.what {
            What::Reply | What::QuietReply | What::Note => true,
            What::Deed(_, _, has_words) => has_words,
            _ => false,
        }
    }

    /// What of it must be in an answer that refuses it: what was typed.
    pub fn typed(&self) -> Option<String> {
        match self.what {
            What::Subject | What::Correction => Some(self.mark.clone()),
            What::Priority => Some(format!("value=\"{}\"", self.priority())),
            What::Origin => Some(format!("value=\"{}\"", self.origin().0)),
            _ => self.has_words().then(|| self.mark.clone()),
        }
    }
}

impl Edit {
    /// Words of staff to whoever asked.
    pub fn is_answer(&self) -> bool {
        AGENTS.contains(&self.who) && matches!(self.what, What::Reply | What::QuietReply)
    }

    /// Whether it can be in the other's way: both change the same, or the other answers or handles, which rests on all
    /// that is written and done.
    pub fn is_in_the_way_of(&self, other: &Edit) -> bool {
        let properties = |edit: &Edit| match edit.what {
            What::Subject => (true, false, false),
            What::Correction => (true, edit.way != Way::Page, false),
            What::Priority => (false, true, false),
            What::Origin => (false, false, true),
            _ => (false, false, false),
        };
        let (mine, theirs) = (properties(self), properties(other));
        let is_same = (mine.0 && theirs.0) || (mine.1 && theirs.1) || (mine.2 && theirs.2);
        let handles = |edit: &Edit| matches!(edit.what, What::Deed(..));
        let speaks = matches!(self.what, What::Reply | What::QuietReply | What::Note);
        is_same
            || handles(self)
            || (speaks && (matches!(other.what, What::Reply | What::QuietReply) || handles(other)))
    }
}

/// Draws what somebody could do to the ticket as it stands now. Refused, it is for the other's sake.
pub async fn draw(
    w: &World,
    numbers: &mut Numbers,
    who: &'static str,
    ticket: TicketId,
    mark: String,
) -> Edit {
    let mut db = w.db.read();
    let actor = w.actor(who);
    let now = reading::find::<Read>(&mut db, &actor, ticket)
        .await
        .unwrap();
    let is_agent = AGENTS.contains(&who);
    let ways: &[Way] = match is_agent {
        true => &[Way::Page, Way::Page, Way::Program],
        false => &[Way::Portal, Way::Program, Way::Mail],
    };
    let way = ways[numbers.below(ways.len())];
    let level = 1 + numbers.below(5);
    let words = [What::Reply, What::QuietReply, What::Note];
    let what = loop {
        let what = match (way, numbers.below(10)) {
            (Way::Mail, _) => What::Reply,
            (_, 0..3) => words[numbers.below(if is_agent { 3 } else { 1 })],
            (Way::Portal, 3..6) => What::Correction,
            (_, 3) => What::Subject,
            (_, 4) => What::Priority,
            (Way::Page, 5) | (Way::Program, 5) if is_agent => What::Origin,
            (Way::Program, 6) => What::Correction,
            _ => {
                let (deed, noun, has_words) = DEEDS[numbers.below(DEEDS.len())];
                if way == Way::Portal && !IN_THE_PORTAL.contains(&deed) {
                    continue;
                }
                What::Deed(deed, noun, has_words)
            }
        };
        let is_possible = match what {
            What::Reply | What::QuietReply => now.allows(&actor, Deed::Reply),
            What::Note => now.allows(&actor, Deed::Note),
            What::Subject => now.allows(&actor, Deed::ChangeSubject),
            What::Priority => now.allows(&actor, Deed::ChangePriority),
            What::Origin => now.allows(&actor, Deed::ChangeOrigin),
            What::Correction => {
                let open = way != Way::Portal || now.allows(&actor, Deed::ChangePriority);
                open && now.allows(&actor, Deed::ChangeSubject)
                    && now.allows(&actor, Deed::ChangePriority)
            }
            What::Deed(deed, ..) => now.allows(&actor, deed),
        };
        if is_possible {
            break what;
        }
    };
    Edit {
        who,
        way,
        what,
        mark,
        level,
    }
}

/// A letter that waits to be read, when the edit comes by mail.
pub async fn posted(w: &World, post: &Post, ticket: TicketId, edit: &Edit) -> Option<i64> {
    if edit.way != Way::Mail {
        return None;
    }
    let to = token(w, ticket, edit.who);
    let from = format!("{}@nordet.example", edit.who);
    let raw = letter(&from, &to, "Re: the ticket", "", &edit.mark);
    Some(deliver(post, &to, &raw).await)
}

/// Does it, from the version that was seen.
pub async fn send(
    w: &World,
    door: &Door,
    post: &Post,
    ticket: TicketId,
    seen: i64,
    edit: &Edit,
    letter: Option<i64>,
) -> Answered {
    let answer = match edit.way {
        Way::Page => by_page(door, ticket, seen, edit).await,
        Way::Portal => by_portal(door, ticket, seen, edit).await,
        Way::Program => by_program(door, ticket, seen, edit).await,
        Way::Mail => {
            let id = letter.unwrap();
            let job = ReadMail {
                mail: id,
                released: false,
            };
            let mut verdict = mail::intake::run(post, job, 1).await;
            // As the worker does, which comes again.
            for _ in 0..3 {
                if matches!(verdict, Verdict::Retry(_)) {
                    verdict = mail::intake::run(post, job, 1).await;
                }
            }
            let ended = ended(w, id).await;
            let joined = ended.ticket_id == Some(ticket.0) && ended.state == "done";
            return Answered {
                status: if joined { 250 } else { 554 },
                body: format!("{verdict:?} {ended:?}"),
            };
        }
    };
    Answered {
        status: answer.status,
        body: answer.body,
    }
}

async fn by_page(door: &Door, ticket: TicketId, seen: i64, edit: &Edit) -> Answer {
    let (mark, once) = (&edit.mark, format!("once-{}", edit.mark));
    let (rest, form) = match edit.what {
        What::Reply => (
            "comments",
            format!("version={seen}&audience=public&body={mark}&once={once}"),
        ),
        What::QuietReply => (
            "comments",
            format!("version={seen}&audience=public&quiet=yes&body={mark}&once={once}"),
        ),
        What::Note => (
            "comments",
            format!("version={seen}&audience=staff&body={mark}&once={once}"),
        ),
        What::Subject | What::Correction => {
            ("subject", format!("version={seen}&was=x&subject={mark}"))
        }
        What::Priority => (
            "priority",
            format!("version={seen}&was=normal&priority={}", edit.priority()),
        ),
        What::Origin => (
            "origin",
            format!("version={seen}&was=portal&origin={}", edit.origin().0),
        ),
        What::Deed(_, noun, true) => (noun, format!("version={seen}&message={mark}&once={once}")),
        What::Deed(_, noun, false) => (noun, format!("version={seen}")),
    };
    door.sends(edit.who, ticket, &format!("/{rest}"), &form)
        .await
}

async fn by_portal(door: &Door, ticket: TicketId, seen: i64, edit: &Edit) -> Answer {
    let mark = &edit.mark;
    let (rest, form) = match edit.what {
        What::Correction => (
            "correction",
            format!("version={seen}&subject={mark}&priority={}", edit.priority()),
        ),
        What::Deed(_, noun, has_words) => {
            let body = if has_words { mark } else { "" };
            (noun, format!("version={seen}&body={body}"))
        }
        _ => ("comments", format!("body={mark}&once=once-{mark}")),
    };
    let path = format!("/portal/tickets/{ticket}/{rest}");
    door.asks(edit.who, Method::POST, &path, &form).await
}

async fn by_program(door: &Door, ticket: TicketId, seen: i64, edit: &Edit) -> Answer {
    let words = |audience: &str, quiet: bool| {
        let body = json!({ "audience": audience, "body": edit.mark, "quiet": quiet });
        (Method::POST, "/comments".to_owned(), body)
    };
    let (method, rest, body) = match edit.what {
        What::Reply => words("public", false),
        What::QuietReply => words("public", true),
        What::Note => words("staff", false),
        What::Subject => patch(json!({ "subject": edit.mark })),
        What::Priority => patch(json!({ "priority": edit.level })),
        What::Origin => patch(json!({ "origin": edit.origin().1 })),
        What::Correction => patch(json!({ "subject": edit.mark, "priority": edit.level })),
        What::Deed(_, noun, has_words) => {
            let message = has_words.then(|| edit.mark.clone());
            (
                Method::POST,
                format!("/{noun}"),
                json!({ "message": message }),
            )
        }
    };
    let path = format!("/api/v1/tickets/{ticket}{rest}");
    let body = body.to_string();
    door.asks_having_seen(edit.who, method, &path, Some(seen), &body)
        .await
}

fn patch(body: Value) -> (Method, String, Value) {
    (Method::PATCH, String::new(), body)
}
