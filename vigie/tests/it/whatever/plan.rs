//! Plans: drawn from a seed, run step by step, checked after each.

use std::collections::BTreeMap;

use kit::clock::Span;
use kit::db::Ask;
use kit::error::Error;
use kit::record;
use vigie::departments::{self, CategoryId};
use vigie::mail::post::Post;
use vigie::tasks::{self, Wording};
use vigie::tickets::deeds::{self, Wanted};
use vigie::tickets::joining::splitting::{self, For};
use vigie::tickets::joining::{self, LetIn, Seen, following};
use vigie::tickets::links::{self, Relation};
use vigie::tickets::machine::{Deed, Situation, State, next};
use vigie::tickets::reading::{self, find, find_to_change};
use vigie::tickets::rights::{Read, Work};
use vigie::tickets::verbs::{self, NewTicket};
use vigie::tickets::{Audience, CommentId, Origin, Ticket, TicketId, Visibility};

use super::checks::{self, Ledger};
use crate::world::World;

/// Those who act, and those whose tickets they act upon: every kind of person the desk knows.
const WHO: &[&str] = &[
    "ada", "max", "ben", "cleo", "vera", "gil", "rob", "dora", "emil", "fay", "nobody",
];
/// Who opened the tickets of a plan, in which department.
const OPENED: &[(&str, &str)] = &[
    ("dora", "Blue"),
    ("emil", "Blue"),
    ("fay", "Red"),
    ("ben", "Red"),
];
/// Steps of a plan.
const LENGTH: usize = 40;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Act(Wanted),
    /// Puts the agent whose place in the list is the step's other number in charge.
    Assign,
    Reply,
    Note,
    Merge,
    GiveBack,
    Split,
    FollowUp,
    Task,
    Link,
    /// Somebody leaves their department, or comes back.
    LeaveOrReturn,
    Later,
}

const WHAT: &[What] = &[
    What::Act(Wanted::Take),
    What::Act(Wanted::Take),
    What::Act(Wanted::Release),
    What::Act(Wanted::Close),
    What::Act(Wanted::Close),
    What::Act(Wanted::Approve),
    What::Act(Wanted::RefuseClosure),
    What::Act(Wanted::Reopen),
    What::Act(Wanted::TakeAndAsk),
    What::Act(Wanted::Ask),
    What::Act(Wanted::Refuse),
    What::Act(Wanted::Cancel),
    What::Act(Wanted::Postpone(None)),
    What::Act(Wanted::Recall),
    What::Act(Wanted::MoveBack(false)),
    What::Assign,
    What::Reply,
    What::Reply,
    What::Reply,
    What::Note,
    What::Note,
    What::Merge,
    What::Merge,
    What::GiveBack,
    What::GiveBack,
    What::Split,
    What::FollowUp,
    What::Task,
    What::Link,
    What::LeaveOrReturn,
    What::Later,
];

/// One step, as plain numbers.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub who: &'static str,
    pub what: What,
    /// Which of the plan's tickets; counted round.
    pub on: usize,
    /// Which other one, or which comment.
    pub other: usize,
    /// A yes or no that the deed asks.
    pub yes: bool,
}

/// What plans came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    pub accepted: u64,
    pub refused: u64,
    pub mails: u64,
}

/// Numbers from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap_or_default()
    }
}

/// The plan of a seed. Half of the steps are done by whoever could do most, so that tickets move.
pub fn draw(seed: u64) -> Vec<Step> {
    let mut numbers = Numbers(seed);
    (0..LENGTH)
        .map(|_| Step {
            who: match numbers.below(2) {
                0 => ["max", "ben", "cleo", "dora", "emil", "fay"][numbers.below(6)],
                _ => WHO[numbers.below(WHO.len())],
            },
            what: WHAT[numbers.below(WHAT.len())],
            on: numbers.below(64),
            other: numbers.below(64),
            yes: numbers.below(2) == 0,
        })
        .collect()
}

record! { struct Id { id: i64 } }

async fn inbox(w: &World, department: &str) -> CategoryId {
    let row: Id =
        w.db.read()
            .one(kit::global!(
                "SELECT default_category_id AS id FROM departments WHERE name = $1",
                department
            ))
            .await
            .unwrap();
    CategoryId(row.id)
}

async fn open(w: &World, who: &str, department: &str) -> TicketId {
    let category = inbox(w, department).await;
    let actor = w.actor(who);
    let mut tx = w.db.write().await.unwrap();
    let place = departments::place(&mut tx, &actor, category).await.unwrap();
    let new = NewTicket {
        subject: format!("{who} needs something"),
        priority: 3,
        visibility: Visibility::Private,
        comment: checks::words(w, "said-first", Origin::Portal).await,
    };
    let opened = verbs::open(&mut tx, &place, &actor, new, w.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    opened.ticket
}

/// Runs a plan on tickets of its own.
pub async fn run(w: &World, post: &Post, steps: &[Step], done: &mut Done) -> Result<(), String> {
    let mut tickets = vec![];
    for (who, department) in OPENED {
        tickets.push(open(w, who, department).await);
    }
    let mut ledger = Ledger::begin(w).await;
    done.mails += checks::mails(w, post).await?;
    for (n, step) in steps.iter().enumerate() {
        let before = checks::rows(w).await;
        let told = one(w, step, &mut tickets, n).await;
        let said = |why: String| format!("step {n}, {step:?}: {why}");
        match told {
            Ok(moved) => {
                done.accepted += 1;
                let after = checks::rows(w).await;
                checks::states(&before, &after, &moved).map_err(said)?;
            }
            Err(Error::Bug(cause)) => return Err(said(format!("{cause:#}"))),
            Err(refused) => {
                done.refused += 1;
                if before != checks::rows(w).await {
                    return Err(said(format!(
                        "refused ({refused}), and yet it changed something"
                    )));
                }
            }
        }
        ledger.holds(w).await.map_err(said)?;
        checks::counts(w).await.map_err(said)?;
        done.mails += checks::mails(w, post).await.map_err(said)?;
    }
    // Whoever left comes back, for the next plan.
    leave_or_return(w, true).await;
    Ok(())
}

/// Which tickets may have moved, by which deeds of the table, in which situation.
pub type Moved = BTreeMap<i64, (Vec<Deed>, Situation)>;

fn candidates(wanted: Wanted) -> Vec<Deed> {
    match wanted {
        Wanted::Take => vec![Deed::Take],
        Wanted::Release => vec![Deed::Release],
        Wanted::Close => vec![Deed::Close, Deed::TakeAndClose],
        Wanted::Approve => vec![Deed::Approve],
        Wanted::RefuseClosure => vec![Deed::RefuseClosure],
        Wanted::Reopen => vec![Deed::Reopen],
        Wanted::TakeAndClose => vec![Deed::TakeAndClose],
        Wanted::TakeAndAsk => vec![Deed::TakeAndAsk],
        Wanted::Assign(_) => vec![Deed::Assign],
        Wanted::Ask => vec![Deed::Ask],
        Wanted::Refuse => vec![Deed::Refuse],
        Wanted::Cancel => vec![Deed::Cancel],
        Wanted::Postpone(_) => vec![Deed::Postpone],
        Wanted::Recall => vec![Deed::Recall],
        // Where to, these two say; a plan of plain numbers does not.
        Wanted::Transfer(..) | Wanted::MoveBack(_) => vec![Deed::Transfer, Deed::AutoAssign],
    }
}

async fn situation(w: &World, who: &str, id: TicketId) -> Result<Situation, Error> {
    let actor = w.actor(who);
    let ticket = find::<Read>(&mut w.db.read(), &actor, id).await?;
    Ok(Ticket::situation(&ticket, &actor))
}

async fn one(
    w: &World,
    step: &Step,
    tickets: &mut Vec<TicketId>,
    n: usize,
) -> Result<Moved, Error> {
    let (actor, now) = (w.actor(step.who), w.now());
    let id = tickets[step.on % tickets.len()];
    let other = tickets[step.other % tickets.len()];
    let mut moved = Moved::new();
    let mut may_move = |id: TicketId, deeds: Vec<Deed>, at: Situation| {
        moved.insert(id.0, (deeds, at));
    };
    match step.what {
        What::Act(_) | What::Assign => {
            let wanted = match step.what {
                What::Act(wanted) => wanted,
                _ => Wanted::Assign(w.person(WHO[step.other % (WHO.len() - 1)])),
            };
            let at = situation(w, step.who, id).await?;
            let must_say = matches!(wanted, Wanted::Ask | Wanted::TakeAndAsk);
            let words = if step.yes || must_say {
                Some(checks::words(w, &format!("said-{n}"), Origin::Web).await)
            } else {
                None
            };
            deeds::act(&w.db, &actor, id, wanted, None, words, now).await?;
            may_move(id, candidates(wanted), at);
        }
        What::Reply | What::Note => {
            let at = situation(w, step.who, id).await?;
            let (audience, deed, mark) = match step.what {
                What::Reply => (Audience::Public, Deed::Reply, "said"),
                _ => (Audience::Staff, Deed::Note, "internal"),
            };
            let words = checks::words(w, &format!("{mark}-{n}"), Origin::Web).await;
            deeds::write(&w.db, &actor, id, audience, words, now).await?;
            may_move(id, vec![deed], at);
        }
        What::Merge => {
            let at = situation(w, step.who, id).await?;
            let boxes = LetIn {
                requester: step.yes,
                others: step.yes,
            };
            let into = other.to_string();
            joining::do_merge(&w.db, &actor, id, &into, Seen::default(), boxes, now).await?;
            may_move(id, vec![Deed::Merge], at);
            may_move(other, vec![Deed::TakeIn], at);
        }
        What::GiveBack => {
            let at = situation(w, step.who, id).await?;
            joining::do_give_back(&w.db, &actor, id, now).await?;
            may_move(id, vec![Deed::GiveBack], at);
        }
        What::Split => {
            let at = situation(w, step.who, id).await?;
            let all = reading::comments(&mut w.db.read(), &actor, id).await?;
            let comment = all
                .get(step.other % all.len().max(1))
                .map_or(CommentId(0), |c| c.id);
            let wanted = splitting::Wanted {
                comment,
                subject: format!("Split off {n}"),
                category: inbox(w, if step.yes { "Blue" } else { "Red" }).await,
                requester: if step.yes {
                    For::Author
                } else {
                    For::Requester
                },
            };
            tickets.push(splitting::do_split(&w.db, &actor, id, None, &wanted, now).await?);
            may_move(id, vec![Deed::Split], at);
        }
        What::FollowUp => {
            let at = situation(w, step.who, id).await?;
            let ticket = find::<Read>(&mut w.db.read(), &actor, id).await?;
            let new = NewTicket {
                subject: format!("Follows {n}"),
                priority: 3,
                visibility: Visibility::Private,
                comment: checks::words(w, &format!("said-{n}"), Origin::Web).await,
            };
            let category = ticket.category_id;
            let opened = following::do_follow_up(&w.db, &actor, id, category, new, now).await?;
            tickets.push(opened.ticket);
            may_move(id, vec![Deed::FollowUp], at);
        }
        What::Task => {
            let mut tx = w.db.write().await?;
            let may = find_to_change::<Work>(&mut tx, &actor, id).await?;
            let assignee = WHO[step.other % (WHO.len() - 1)];
            let wording = Wording {
                title: format!("internal-task-{n}"),
                assignee: step.yes.then(|| w.person(assignee)),
                due_on: None,
            };
            tasks::add(&mut tx, &may, &actor, &wording, None, now).await?;
            tx.commit().await?;
        }
        What::Link => {
            let typed = other.to_string();
            links::add(&w.db, &actor, id, None, Relation::RelatesTo, &typed, now).await?;
            let at = situation(w, step.who, id).await?;
            may_move(id, vec![Deed::Link], at);
        }
        What::LeaveOrReturn => leave_or_return(w, step.yes).await,
        What::Later => w.clock.advance(Span::hours(1)),
    }
    Ok(moved)
}

/// Ben leaves Blue, or works there again.
async fn leave_or_return(w: &World, returns: bool) {
    let level = if returns { "edit" } else { "none" };
    let mut tx = w.db.write().await.unwrap();
    tx.run(kit::global!(
        "UPDATE memberships SET level = $2 WHERE person_id = $1",
        w.person("ben"),
        level
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Where a state may lead by one of these deeds, whoever is in charge afterwards.
pub fn leads(from: State, to: State, deeds: &[Deed], at: Situation) -> bool {
    from == to
        || deeds.iter().any(|deed| {
            [true, false]
                .into_iter()
                .any(|has_holder| next(from, *deed, Situation { has_holder, ..at }) == Some(to))
        })
}
