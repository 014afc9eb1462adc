//! Steps beside a ticket's own states: its properties, tags, files and tasks; tickets brought together
//! and taken apart.

use std::collections::BTreeSet;

use kit::error::Error;
use vigie::tasks::day::Day;
use vigie::tasks::{self, Wording, time};
use vigie::tickets::handling::clockwork;
use vigie::tickets::joining::splitting::{self, For};
use vigie::tickets::joining::{self, LetIn, Seen, following};
use vigie::tickets::machine::Deed;
use vigie::tickets::reading::{self, find, find_to_change};
use vigie::tickets::rights::{Read, Work};
use vigie::tickets::verbs::NewTicket;
use vigie::tickets::{Audience, CommentId, Origin, attachments, properties, tags};

use super::doing::Doing;
use super::ledger::{self, Expected, Field, People, Said};
use super::plan::{self, Desk, What};
use super::together;
use crate::world::World;

/// Opens one more ticket.
pub async fn opens(desk: &mut Desk<'_>, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (who, department) = plan::OPENED[doing.step.other % plan::OPENED.len()];
    let opened = plan::open(desk.w, who, department).await;
    desk.tickets.push(opened);
    let ticket = desk.w.read(&desk.w.actor(who), opened).await;
    let first = reading::comments(&mut desk.w.db.read(), &desk.w.actor(who), &ticket).await?;
    let said = first.first().map(|comment| Said {
        on: None,
        author: desk.w.person(who).0,
        audience: Audience::Public.word(),
        text: comment.body.clone(),
    });
    Ok(Expected {
        said: said.into_iter().collect(),
        ..Expected::default()
    })
}

pub async fn property(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (step, id) = (doing.step, doing.id);
    let mut wanted = properties::Wanted::default();
    let mut expected = Expected::default();
    let deed = match step.on % 4 {
        0 => {
            wanted.subject = Some(format!("Called otherwise {}", doing.n));
            Deed::ChangeSubject
        }
        1 => {
            wanted.priority = Some(i64::try_from(1 + step.other % 5).unwrap_or(3));
            Deed::ChangePriority
        }
        2 => {
            wanted.origin = Some(Origin::Phone);
            Deed::ChangeOrigin
        }
        _ => {
            let to = w.person(doing.somebody()).0;
            wanted.requester = Some(format!("{}@nordet.example", doing.somebody()));
            wanted.keeps_previous = step.yes;
            let was = doing.before.tickets[&id.0].requester_id;
            let (mut came, mut went) = (BTreeSet::new(), BTreeSet::new());
            if was != to {
                went.insert(doing.on_it(to, "invitee"));
                if step.yes {
                    came.insert(doing.on_it(was, "invitee"));
                }
            }
            came.retain(|on| !doing.before.people.contains(on));
            went.retain(|on| doing.before.people.contains(on));
            expected.people = People::Exactly(came, went);
            expected.fields.push((id.0, Field::Requester(to)));
            Deed::ChangeRequester
        }
    };
    properties::change(&w.db, &doing.actor, id, None, &wanted, w.now()).await?;
    doing.may_move(&mut expected, id, &[deed]);
    Ok(expected)
}

pub async fn tag(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (id, actor) = (doing.id, &doing.actor);
    let mut expected = Expected {
        is_quiet: true,
        ..Expected::default()
    };
    if doing.step.yes {
        let word = format!("word{}", doing.step.other % 4);
        tags::add(&w.db, actor, id, None, &word, w.now()).await?;
        expected.tagged.push((id.0, word, true));
    } else {
        let all = tags::of(&mut w.db.read(), actor, id).await?;
        let tag = all.first().ok_or(Error::NotFound)?;
        tags::remove(&w.db, actor, id, None, tag.id, w.now()).await?;
        expected.tagged.push((id.0, tag.name.clone(), false));
    }
    doing.may_move(&mut expected, id, &[Deed::Tag]);
    Ok(expected)
}

pub async fn remove_file(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let all = reading::attachments(&mut w.db.read(), &doing.actor, doing.id).await?;
    let at = all.get(doing.step.other % all.len().max(1));
    let file = at.ok_or(Error::NotFound)?.id;
    attachments::remove(&w.db, &doing.actor, doing.id, file, None, w.now()).await?;
    let mut expected = Expected {
        file_gone: Some(file.0),
        ..Expected::default()
    };
    doing.may_move(&mut expected, doing.id, &[Deed::DeleteAttachment]);
    Ok(expected)
}

pub async fn join(desk: &mut Desk<'_>, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (w, step, id, n) = (desk.w, doing.step, doing.id, doing.n);
    let (actor, now) = (&doing.actor, w.now());
    let mut expected = Expected::default();
    match step.what {
        What::Merge => {
            let boxes = LetIn {
                requester: step.yes,
                others: step.yes,
            };
            let into = doing.other.to_string();
            joining::do_merge(&w.db, actor, id, &into, Seen::default(), boxes, now).await?;
            doing.may_move(&mut expected, id, &[Deed::Merge]);
            doing.may_move(&mut expected, doing.other, &[Deed::TakeIn]);
            let them = match step.yes {
                true => together::people_on(doing.before, id.0),
                false => BTreeSet::new(),
            };
            expected.people = People::LetIn(doing.other.0, them);
        }
        What::GiveBack => {
            joining::do_give_back(&w.db, actor, id, None, now).await?;
            doing.may_move(&mut expected, id, &[Deed::GiveBack]);
            expected.people = People::LetOut(desk.tickets.iter().map(|t| t.0).collect());
        }
        What::Split => {
            let ticket = w.read(actor, id).await;
            let all = reading::comments(&mut w.db.read(), actor, &ticket).await?;
            let comment = all.get(step.other % all.len().max(1));
            let wanted = splitting::Wanted {
                comment: comment.map_or(CommentId(0), |c| c.id),
                subject: format!("Split off {n}"),
                category: plan::inbox(w, if step.yes { "Blue" } else { "Red" }).await,
                requester: if step.yes {
                    For::Author
                } else {
                    For::Requester
                },
            };
            let made = splitting::do_split(&w.db, actor, id, None, &wanted, now).await?;
            desk.tickets.push(made);
            doing.may_move(&mut expected, id, &[Deed::Split]);
        }
        _ => {
            let ticket = find::<Read>(&mut w.db.read(), actor, id).await?;
            let words = ledger::words(w, &format!("said-{n}"), Origin::Web).await;
            let new = NewTicket {
                subject: format!("Follows {n}"),
                priority: 3,
                visibility: vigie::tickets::Visibility::Private,
                comment: words.clone(),
            };
            let category = ticket.category_id;
            let opened = following::do_follow_up(&w.db, actor, id, category, new, now).await?;
            desk.tickets.push(opened.ticket);
            expected
                .said
                .push(doing.said(&words, None, Audience::Public));
        }
    }
    Ok(expected)
}

pub async fn task(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (step, actor, now) = (doing.step, &doing.actor, w.now());
    let mut expected = Expected::default();
    let mut tx = w.db.write().await?;
    let may = find_to_change::<Work>(&mut tx, actor, doing.id).await?;
    let standing = tasks::of_ticket(&mut tx, actor, doing.id).await?;
    let assignee = step.yes.then(|| w.person(doing.somebody()));
    let title = format!("internal-task-{}", doing.n);
    match (step.on % 4, standing.first()) {
        (1, Some(task)) => {
            let wording = Wording {
                title,
                assignee,
                due_on: task.due_on,
            };
            let seen = task.version;
            tasks::change(&mut tx, &may, actor, task.id, seen, &wording, now).await?;
        }
        (2, Some(task)) => tasks::tick(&mut tx, &may, actor, task.id, step.yes, now).await?,
        (3, Some(task)) if step.yes => {
            tasks::remove(&mut tx, &may, actor, task.id, task.version, now).await?;
            expected.tasks = -1;
        }
        (3, task) => {
            let new = time::NewTime {
                minutes: 20,
                note: format!("internal-time-{}", doing.n),
                spent_on: Day::parse("2026-11-23").ok_or_else(|| Error::bug("no day"))?,
                task: task.map(|task| task.id),
                once: None,
            };
            time::spend(&mut tx, &may, actor, &new, now).await?;
            expected.minutes = 20;
        }
        _ => {
            let wording = Wording {
                title,
                assignee,
                due_on: None,
            };
            tasks::add(&mut tx, &may, actor, &wording, None, now).await?;
            expected.tasks = 1;
        }
    }
    tx.commit().await?;
    Ok(expected)
}

/// Turns the clock, and lets all happen that hangs on it, as often as anything still does.
pub async fn later(w: &World, how_long: usize) -> Result<Expected, Error> {
    w.clock.advance(plan::span(how_long));
    let (db, now) = (&w.db, w.now());
    loop {
        let mut moved = clockwork::recall_due(db, now).await?;
        moved += clockwork::remind(db, now).await?;
        moved += clockwork::expire(db, now).await?;
        moved += clockwork::shut(db, now).await?;
        moved += clockwork::archive(db, now).await?;
        if moved == 0 {
            break;
        }
    }
    Ok(Expected {
        is_time: true,
        ..Expected::default()
    })
}
