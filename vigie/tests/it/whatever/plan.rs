//! Plans: drawn from a seed, run step by step, looked at after each.

use kit::clock::Span;
use kit::db::Ask;
use kit::error::Error;
use kit::{global, record};
use vigie::departments::{self, CategoryId};
use vigie::mail::post::Post;
use vigie::tickets::bulk::{self, RunId};
use vigie::tickets::deeds::Wanted;
use vigie::tickets::verbs::{self, NewTicket};
use vigie::tickets::{Audience, Origin, TicketId};

use super::rows::{self, Rows};
use super::{doing, ledger, mails, sight};
use crate::world::World;

/// Those who act, and those whose tickets they act upon: every kind of person the desk knows.
pub const WHO: &[&str] = &[
    "ada", "max", "ben", "cleo", "vera", "gil", "rob", "dora", "emil", "fay", "nobody",
];
/// Who opened the tickets of a plan, in which department.
pub const OPENED: &[(&str, &str)] = &[
    ("dora", "Blue"),
    ("emil", "Blue"),
    ("fay", "Red"),
    ("ben", "Red"),
];
/// Steps of a plan.
const LENGTH: usize = 140;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Opens one more ticket.
    Open,
    Act(Wanted),
    /// Puts the agent whose place in the list is the step's other number in charge.
    Assign,
    /// Sends it to one of the desk's places, or to a department alone.
    Transfer,
    MoveBack,
    Postpone,
    Write(Audience),
    /// Puts one's last words right.
    Reword,
    Invite,
    Uninvite,
    Observe,
    Follow,
    /// Changes its subject, priority, requester or origin.
    Property,
    Tag,
    RemoveFile,
    Merge,
    GiveBack,
    Split,
    FollowUp,
    /// Writes a task down, gives it to somebody, ticks it, strikes it out, notes time.
    Task,
    Link,
    /// One deed on several tickets.
    Bulk,
    /// Takes the last of those back.
    UndoBulk,
    /// Somebody leaves their department, or comes back.
    LeaveOrReturn,
    /// The clock is turned, and what hangs on it happens.
    Later,
}

const WHAT: &[What] = &[
    What::Open,
    What::Open,
    What::Open,
    What::Open,
    What::Act(Wanted::Ask),
    What::Act(Wanted::Refuse),
    What::Assign,
    What::Assign,
    What::MoveBack,
    What::MoveBack,
    What::Split,
    What::Split,
    What::FollowUp,
    What::Act(Wanted::Take),
    What::Act(Wanted::Take),
    What::Act(Wanted::TakeAndClose),
    What::Act(Wanted::TakeAndAsk),
    What::Act(Wanted::Release),
    What::Act(Wanted::Close),
    What::Act(Wanted::Close),
    What::Act(Wanted::Approve),
    What::Act(Wanted::RefuseClosure),
    What::Act(Wanted::Reopen),
    What::Act(Wanted::Reopen),
    What::Act(Wanted::Ask),
    What::Act(Wanted::Refuse),
    What::Act(Wanted::Cancel),
    What::Act(Wanted::Recall),
    What::Assign,
    What::Assign,
    What::Transfer,
    What::Transfer,
    What::Transfer,
    What::MoveBack,
    What::Postpone,
    What::Postpone,
    What::Write(Audience::Public),
    What::Write(Audience::Public),
    What::Write(Audience::Requester),
    What::Write(Audience::Invitees),
    What::Write(Audience::Staff),
    What::Write(Audience::Staff),
    What::Reword,
    What::Reword,
    What::Invite,
    What::Invite,
    What::Invite,
    What::Uninvite,
    What::Uninvite,
    What::Observe,
    What::Follow,
    What::Property,
    What::Property,
    What::Tag,
    What::RemoveFile,
    What::Merge,
    What::Merge,
    What::GiveBack,
    What::GiveBack,
    What::Split,
    What::FollowUp,
    What::Task,
    What::Task,
    What::Link,
    What::Bulk,
    What::Bulk,
    What::UndoBulk,
    What::LeaveOrReturn,
    What::Later,
    What::Later,
];

/// One step, as plain numbers.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub who: &'static str,
    pub what: What,
    /// Which of the plan's tickets; counted round.
    pub on: usize,
    /// Which other one, which person, which place, how long.
    pub other: usize,
    /// A yes or no that the deed asks.
    pub yes: bool,
}

/// What plans came to.
#[derive(Clone, Debug, Default)]
pub struct Done {
    pub accepted: u64,
    pub refused: u64,
    pub mails: u64,
    /// Which kinds of steps were done at least once.
    pub kinds: Vec<What>,
}

/// Numbers from a seed (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one, below `n`.
    pub fn below(&mut self, n: usize) -> usize {
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

/// Kinds of steps that no plan did.
pub fn never_done(done: &Done) -> Vec<What> {
    let all = WHAT.iter().copied();
    all.filter(|what| !done.kinds.contains(what)).collect()
}

record! { struct Id { id: i64 } }
record! {
    /// A place of the desk.
    #[derive(Clone, Copy, Debug)]
    pub struct Place {
        pub id: CategoryId,
        pub department_id: i64,
    }
}

/// What a plan works on.
pub struct Desk<'a> {
    pub w: &'a World,
    pub places: Vec<Place>,
    pub tickets: Vec<TicketId>,
    /// The last deed on several tickets: whose, with what, and how it stood before.
    pub run: Option<(&'static str, RunId, bulk::Wanted, Rows)>,
}

/// Before the first plan: one more category, one more department, both giving out what comes free, one
/// with somebody who comes with it, and two who want to hear everything.
pub async fn furnish(w: &World) {
    let mut tx = w.db.write().await.unwrap();
    let green: Id = tx
        .one(global!(
            "INSERT INTO departments (name, is_active, created_at) VALUES ('Green', TRUE, $1) RETURNING id",
            w.now()
        ))
        .await
        .unwrap();
    let blue: Id = tx
        .one(global!("SELECT id FROM departments WHERE name = 'Blue'"))
        .await
        .unwrap();
    for (department, name) in [(blue.id, "Blue printers"), (green.id, "Green inbox")] {
        tx.run(global!(
            "INSERT INTO categories (department_id, name, position, is_active, giving) VALUES ($1, $2, 2, TRUE, $3)",
            department,
            name,
            if department == blue.id { "least_loaded" } else { "round_robin" }
        ))
        .await
        .unwrap();
    }
    tx.run(global!(
        "UPDATE departments SET default_category_id = (SELECT id FROM categories WHERE name = 'Green inbox') WHERE id = $1",
        green.id
    ))
    .await
    .unwrap();
    tx.run(global!(
        "INSERT INTO memberships (person_id, department_id, level, privileges, is_available) \
         SELECT person_id, $2, 'edit', privileges, TRUE FROM memberships WHERE person_id = $1",
        w.person("cleo"),
        green.id
    ))
    .await
    .unwrap();
    tx.run(global!(
        "INSERT INTO permanent_invitees (department_id, person_id, created_at) VALUES ($1, $2, $3)",
        green.id,
        w.person("dora"),
        w.now()
    ))
    .await
    .unwrap();
    for name in ["vera", "cleo"] {
        tx.run(global!(
            "INSERT INTO monitoring_levels (person_id, department_id, alert_any, alert_category, alert_held) \
             SELECT m.person_id, m.department_id, 'always', 'always', 'always' FROM memberships m WHERE m.person_id = $1",
            w.person(name)
        ))
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// The category that takes what is sent to a department alone.
pub async fn inbox(w: &World, department: &str) -> CategoryId {
    let row: Id =
        w.db.read()
            .one(global!(
                "SELECT default_category_id AS id FROM departments WHERE name = $1",
                department
            ))
            .await
            .unwrap();
    CategoryId(row.id)
}

/// Whether what comes free in a category is given out.
pub async fn gives_out(w: &World, category: i64) -> bool {
    let query = global!(
        "SELECT id FROM categories WHERE id = $1 AND giving IS NOT NULL",
        category
    );
    let row: Option<Id> = w.db.read().maybe(query).await.unwrap();
    row.is_some()
}

/// Who is let in to each ticket of a department.
pub async fn comes_with(w: &World, department: i64) -> Vec<i64> {
    let query = global!(
        "SELECT person_id AS id FROM permanent_invitees WHERE department_id = $1",
        department
    );
    let rows: Vec<Id> = w.db.read().all(query).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// Opens a ticket of theirs.
pub async fn open(w: &World, who: &str, department: &str) -> TicketId {
    let category = inbox(w, department).await;
    let actor = w.actor(who);
    let mut tx = w.db.write().await.unwrap();
    let place = departments::place(&mut tx, &actor, category).await.unwrap();
    let new = NewTicket {
        subject: format!("{who} needs something"),
        priority: 3,
        visibility: vigie::tickets::Visibility::Private,
        comment: ledger::words(w, "said-first", Origin::Portal).await,
    };
    let opened = verbs::open(&mut tx, &place, &actor, new, w.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    opened.ticket
}

/// Runs a plan on tickets of its own.
pub async fn run(w: &World, post: &Post, steps: &[Step], done: &mut Done) -> Result<(), String> {
    let mut desk = Desk {
        w,
        places: w
            .db
            .read()
            .all(global!(
                "SELECT id, department_id FROM categories ORDER BY id"
            ))
            .await
            .unwrap(),
        tickets: vec![],
        run: None,
    };
    for (who, department) in OPENED {
        desk.tickets.push(open(w, who, department).await);
    }
    let first = desk.tickets[0].0;
    let mut before = rows::rows(w).await;
    done.mails += mails::mails(w, post, &before).await?;
    before.counted.jobs = 0;
    for (n, step) in steps.iter().enumerate() {
        let said = |why: String| format!("step {n}, {step:?}: {why}");
        let told = doing::one(&mut desk, step, n, &before).await;
        let mut after = rows::rows(w).await;
        let expected = match told {
            Ok(expected) => expected,
            Err(Error::Bug(cause)) => return Err(said(format!("{cause:#}"))),
            Err(refused) => {
                done.refused += 1;
                if before != after {
                    return Err(said(format!(
                        "refused ({refused}), and yet it changed something"
                    )));
                }
                continue;
            }
        };
        done.accepted += 1;
        if !done.kinds.contains(&step.what) {
            done.kinds.push(step.what);
        }
        if expected.is_time {
            rows::by_time(&before, &after, w.now()).map_err(said)?;
        } else {
            rows::states(&before, &after, &expected.moved).map_err(said)?;
        }
        ledger::holds(&before, &after, &expected).map_err(said)?;
        rows::counts(w).await.map_err(said)?;
        sight::agrees(w, &after, first).await.map_err(said)?;
        let mails = mails::mails(w, post, &after).await.map_err(said)?;
        if expected.is_quiet && mails > 0 {
            return Err(said(
                "it was to be quiet, and somebody was mailed".to_owned(),
            ));
        }
        done.mails += mails;
        after.counted.jobs = 0;
        before = after;
    }
    // Whoever left comes back, for the next plan.
    leave_or_return(w, true).await;
    Ok(())
}

/// Ben leaves Blue, or works there again.
pub async fn leave_or_return(w: &World, returns: bool) {
    let level = if returns { "edit" } else { "none" };
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!(
        "UPDATE memberships SET level = $2 WHERE person_id = $1",
        w.person("ben"),
        level
    ))
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// How far the clock is turned.
pub fn span(n: usize) -> Span {
    const HOURS: [i64; 8] = [1, 1, 1, 8, 24, 49, 12 * 24, 15 * 24];
    Span::hours(HOURS[n % HOURS.len()])
}
