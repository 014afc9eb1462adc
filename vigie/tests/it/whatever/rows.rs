//! The desk as it stands in its tables, and where its tickets may have gone.

use std::collections::{BTreeMap, BTreeSet};

use kit::clock::{Moment, Span};
use kit::db::Ask;
use kit::{global, record, system};
use vigie::departments::waiting::EXPIRE_DAYS;
use vigie::tickets::handling::clockwork::ARCHIVE_AFTER;
use vigie::tickets::machine::{Deed, Situation, Stage, State, next};

use crate::world::World;

record! {
    /// What a step may change of a ticket.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TicketRow {
        pub id: i64,
        pub state: State,
        pub stage: String,
        pub department_id: i64,
        pub category_id: i64,
        pub requester_id: i64,
        pub assignee_id: Option<i64>,
        pub comment_count: i64,
        pub recall_at: Option<Moment>,
        pub closed_at: Option<Moment>,
        pub updated_at: Moment,
        pub version: i64,
    }
}

record! {
    /// Words, and who may read them.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CommentRow {
        pub id: i64,
        pub ticket_id: i64,
        pub author_id: i64,
        pub audience: String,
        pub body: String,
        pub merge_id: Option<i64>,
    }
}

record! {
    /// A file.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct FileRow {
        pub id: i64,
        pub ticket_id: i64,
        pub comment_id: i64,
        pub digest: String,
    }
}

record! {
    /// Somebody on a ticket.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct OnIt {
        pub ticket_id: i64,
        pub person_id: i64,
        pub kind: String,
    }
}

record! {
    /// A word on a ticket.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tagged {
        pub ticket_id: i64,
        pub name: String,
    }
}

record! {
    /// What is only counted.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Counted {
        pub events: i64,
        pub links: i64,
        pub tasks: i64,
        pub minutes: i64,
        pub jobs: i64,
    }
}

/// The desk as it stands in its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub tickets: BTreeMap<i64, TicketRow>,
    pub comments: Vec<CommentRow>,
    pub files: Vec<FileRow>,
    pub people: BTreeSet<OnIt>,
    pub tags: Vec<Tagged>,
    pub counted: Counted,
}

/// Reads every table that a deed could touch.
pub async fn rows(w: &World) -> Rows {
    let mut db = w.db.read();
    let tickets: Vec<TicketRow> = db
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT id, state, stage, department_id, category_id, requester_id, assignee_id, comment_count, recall_at, \
             closed_at, updated_at, version FROM tickets ORDER BY id"
        ))
        .await
        .unwrap();
    let people: Vec<OnIt> = db
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT ticket_id, person_id, kind FROM participants"
        ))
        .await
        .unwrap();
    Rows {
        tickets: tickets.into_iter().map(|t| (t.id, t)).collect(),
        people: people.into_iter().collect(),
        comments: db
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT id, ticket_id, author_id, audience, body, merge_id FROM comments ORDER BY id"
            ))
            .await
            .unwrap(),
        files: db
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT id, ticket_id, comment_id, digest FROM attachments ORDER BY id"
            ))
            .await
            .unwrap(),
        tags: db
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT tt.ticket_id, g.name FROM ticket_tags tt JOIN tags g ON g.id = tt.tag_id ORDER BY tt.ticket_id, g.name"
            ))
            .await
            .unwrap(),
        counted: db
            .one(system!(
                because = "a test counts the tables themselves",
                "SELECT (SELECT COUNT(*) FROM events) AS events, (SELECT COUNT(*) FROM ticket_links) AS links, \
                 (SELECT COUNT(*) FROM tasks) AS tasks, (SELECT CAST(COALESCE(SUM(minutes), 0) AS BIGINT) FROM time_entries) AS minutes, \
                 (SELECT COUNT(*) FROM jobs) AS jobs"
            ))
            .await
            .unwrap(),
    }
}

/// Which tickets may have moved, by which deeds of the table, in which situation.
pub type Moved = BTreeMap<i64, (Vec<Deed>, Situation)>;

/// Every ticket is where the table leads, and no other than those of the deed moved.
pub fn states(before: &Rows, after: &Rows, moved: &Moved) -> Result<(), String> {
    for (id, now) in &after.tickets {
        sound(now)?;
        let Some(then) = before.tickets.get(id) else {
            continue;
        };
        if then == now {
            continue;
        }
        let Some((deeds, at)) = moved.get(id) else {
            // A merge that is undone touches the ticket that goes on, too: it keeps its state.
            let is_other_end = moved
                .values()
                .any(|(deeds, _)| deeds.contains(&Deed::GiveBack));
            if is_other_end && then.state == now.state && then.assignee_id == now.assignee_id {
                continue;
            }
            return Err(format!(
                "#{id} changed, and nothing was done to it: {then:?} → {now:?}"
            ));
        };
        let is_returned = deeds.contains(&Deed::GiveBack)
            && then.state == State::Merged
            && now.state != State::Merged;
        if is_returned {
            if (then.recall_at.is_some() && now.state == State::Postponed)
                && then.recall_at != now.recall_at
            {
                return Err(format!("#{id} forgot when it comes back"));
            }
        } else if !leads(then.state, now.state, deeds, *at) {
            return Err(format!(
                "#{id}: {deeds:?} leads from {:?} to {:?}",
                then.state, now.state
            ));
        }
        if now.version <= then.version {
            return Err(format!("#{id} changed and kept its version"));
        }
    }
    Ok(())
}

/// What is so of every ticket, whatever was done.
fn sound(now: &TicketRow) -> Result<(), String> {
    let id = now.id;
    if now.state.stage().word() != now.stage {
        return Err(format!(
            "#{id} is {:?} in the stage {}",
            now.state, now.stage
        ));
    }
    let is_held = now.assignee_id.is_some();
    if (now.state == State::Free && is_held) || (now.state == State::InProgress && !is_held) {
        return Err(format!("#{id} is {:?}, held: {is_held}", now.state));
    }
    let may_come_back = matches!(now.state, State::Postponed | State::Merged);
    if now.recall_at.is_some() && !may_come_back {
        return Err(format!("#{id} is {:?} and yet would come back", now.state));
    }
    let is_open = now.state.stage() == Stage::Open;
    if now.state != State::Merged && is_open == now.closed_at.is_some() {
        return Err(format!(
            "#{id} is {:?}, closed at {:?}",
            now.state, now.closed_at
        ));
    }
    Ok(())
}

/// Where a state may lead by one of these deeds, whoever is in charge afterwards.
fn leads(from: State, to: State, deeds: &[Deed], at: Situation) -> bool {
    deeds.iter().any(|deed| {
        [true, false]
            .into_iter()
            .any(|has_holder| next(from, *deed, Situation { has_holder, ..at }) == Some(to))
    }) || (deeds.contains(&Deed::AutoAssign)
        && to == State::InProgress
        && leads_free(from, deeds, at))
}

/// Whether it is free after one of these deeds, to be given out in the same change.
fn leads_free(from: State, deeds: &[Deed], at: Situation) -> bool {
    let at = Situation {
        has_holder: false,
        ..at
    };
    deeds
        .iter()
        .any(|deed| next(from, *deed, at) == Some(State::Free))
}

/// Time moved what was due, and nothing else: what was put off until now is back, a closure nobody
/// answered has expired, what is over and idle is in the store.
pub fn by_time(before: &Rows, after: &Rows, now: Moment) -> Result<(), String> {
    for (id, is) in &after.tickets {
        sound(is)?;
        let was = &before.tickets[id];
        let has_passed =
            |since: Option<Moment>, span: Span| since.is_some_and(|since| since.plus(span) <= now);
        let mut expected = match was.state {
            State::Postponed if was.recall_at.is_some_and(|at| at <= now) => {
                match was.assignee_id {
                    Some(_) => State::InProgress,
                    None => State::Free,
                }
            }
            State::Closed if has_passed(was.closed_at, Span::days(EXPIRE_DAYS)) => State::Expired,
            other => other,
        };
        let is_over = matches!(expected.stage(), Stage::Awaiting | Stage::Ended);
        if is_over && has_passed(Some(was.updated_at), ARCHIVE_AFTER) {
            expected = State::Archived;
        }
        let same = (was.assignee_id, was.requester_id, was.comment_count)
            == (is.assignee_id, is.requester_id, is.comment_count);
        if is.state != expected || !same {
            return Err(format!(
                "time leads #{id} to {expected:?}, and it went {was:?} → {is:?}"
            ));
        }
    }
    Ok(())
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Kept {
        department_id: i64,
        confidential: i64,
        holder: i64,
        state: String,
        n: i64,
    }
}

/// The counts kept by triggers are the counted rows, and participants know their tickets.
pub async fn counts(w: &World) -> Result<(), String> {
    let forgetful = crate::ticket_life::forgetful(w).await;
    if forgetful > 0 {
        return Err(format!("{forgetful} participants know another ticket"));
    }
    let mut db = w.db.read();
    let kept: Vec<Kept> = db
        .all(global!(
            "SELECT department_id, confidential, holder, state, n FROM ticket_counts WHERE n <> 0 ORDER BY department_id, confidential, holder, state"
        ))
        .await
        .unwrap();
    let counted: Vec<Kept> = db
        .all(system!(
            because = "a test counts the table itself",
            "SELECT department_id, COALESCE(confidential_id, 0) AS confidential, COALESCE(assignee_id, 0) AS holder, state, \
             COUNT(*) AS n FROM tickets GROUP BY department_id, COALESCE(confidential_id, 0), COALESCE(assignee_id, 0), state \
             ORDER BY 1, 2, 3, 4"
        ))
        .await
        .unwrap();
    if kept == counted {
        Ok(())
    } else {
        Err(format!("kept {kept:?}\ncounted {counted:?}"))
    }
}
