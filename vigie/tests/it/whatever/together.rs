//! One deed on several tickets: what the report says is done is done, to these and to no other; what
//! is taken back is as it was.

use std::collections::BTreeSet;

use kit::error::Error;
use vigie::tickets::bulk::{self, Outcome, Picked};
use vigie::tickets::machine::Deed;
use vigie::tickets::{Audience, TicketId};

use super::doing::Doing;
use super::ledger::{Expected, Field, People, Said};
use super::plan::{Desk, WHO};
use super::rows::Rows;

const DEEDS: &[bulk::Deed] = &[
    bulk::Deed::Take,
    bulk::Deed::Release,
    bulk::Deed::Close,
    bulk::Deed::Assign,
    bulk::Deed::Priority,
    bulk::Deed::Tag,
    bulk::Deed::Merge,
    bulk::Deed::Postpone,
    bulk::Deed::Refuse,
    bulk::Deed::Reopen,
    bulk::Deed::Unread,
];

/// Everybody on a ticket: whoever asked, was let in, observes or follows.
pub fn people_on(rows: &Rows, ticket: i64) -> BTreeSet<i64> {
    let on_it = rows.people.iter().filter(|on| on.ticket_id == ticket);
    let mut them: BTreeSet<i64> = on_it.map(|on| on.person_id).collect();
    them.extend(rows.tickets.get(&ticket).map(|t| t.requester_id));
    them
}

fn candidates(deed: bulk::Deed) -> &'static [Deed] {
    match deed {
        bulk::Deed::Take | bulk::Deed::Assign => &[Deed::Take, Deed::Assign],
        bulk::Deed::Release => &[Deed::Release],
        bulk::Deed::Close => &[Deed::Close, Deed::TakeAndClose],
        bulk::Deed::Priority => &[Deed::ChangePriority],
        bulk::Deed::Tag => &[Deed::Tag],
        bulk::Deed::Merge => &[Deed::Merge],
        bulk::Deed::Postpone => &[Deed::Postpone],
        bulk::Deed::Refuse => &[Deed::Refuse],
        bulk::Deed::Reopen => &[Deed::Reopen, Deed::AutoAssign],
        bulk::Deed::Read | bulk::Deed::Unread => &[],
    }
}

/// Does a deed to four tickets of the plan.
pub async fn run(desk: &mut Desk<'_>, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (w, step) = (desk.w, doing.step);
    if step.who == "nobody" {
        // No door lets them as far as a report, which is kept for whoever did it.
        return Err(Error::NotFound);
    }
    let deed = DEEDS[step.other % DEEDS.len()];
    let text = match deed {
        bulk::Deed::Assign => w.person(WHO[step.on % (WHO.len() - 1)]).to_string(),
        bulk::Deed::Priority => "5".to_owned(),
        bulk::Deed::Tag => format!("together{}", doing.n),
        bulk::Deed::Merge => doing.other.to_string(),
        bulk::Deed::Close | bulk::Deed::Refuse | bulk::Deed::Reopen if step.on % 2 == 0 => {
            format!("said-{}-to-several", doing.n)
        }
        _ => String::new(),
    };
    let wanted = bulk::Wanted {
        deed,
        text,
        lets_in: step.yes,
    };
    let picked: Vec<Picked> = (0..4)
        .map(|i| {
            let ticket = desk.tickets[(step.on + i) % desk.tickets.len()];
            let seen = doing.before.tickets[&ticket.0].version;
            Picked {
                ticket,
                seen: step.yes.then_some(seen),
            }
        })
        .collect();
    let run = bulk::run(&w.db, &doing.actor, &wanted, picked, None, w.now()).await?;
    let (_, rows) = bulk::find(&mut w.db.read(), &doing.actor, run).await?;
    let mut expected = Expected::default();
    let mut let_in = BTreeSet::new();
    for row in rows.iter().filter(|row| row.outcome == Outcome::Done) {
        let id = TicketId(row.number);
        if !candidates(deed).is_empty() {
            doing.may_move(&mut expected, id, candidates(deed));
        }
        let has_words = matches!(
            deed,
            bulk::Deed::Close | bulk::Deed::Refuse | bulk::Deed::Reopen
        );
        if has_words && !wanted.text.is_empty() {
            expected.said.push(Said {
                on: Some(id.0),
                author: doing.actor.id(),
                audience: Audience::Public.word(),
                text: wanted.text.clone(),
            });
        }
        match deed {
            bulk::Deed::Take => {
                let me = Field::Holder(Some(doing.actor.id()));
                expected.fields.push((id.0, me));
            }
            bulk::Deed::Release => expected.fields.push((id.0, Field::Holder(None))),
            bulk::Deed::Tag => expected.tagged.push((id.0, wanted.text.clone(), true)),
            bulk::Deed::Merge if wanted.lets_in => let_in.extend(people_on(doing.before, id.0)),
            _ => {}
        }
    }
    if deed == bulk::Deed::Merge {
        doing.may_move(&mut expected, doing.other, &[Deed::TakeIn]);
        expected.people = People::LetIn(doing.other.0, let_in);
    }
    desk.run = Some((step.who, run, wanted, doing.before.clone()));
    Ok(expected)
}

/// Takes the last such deed back, by whoever did it.
pub async fn undo(desk: &Desk<'_>) -> Result<Expected, Error> {
    let w = desk.w;
    let (who, run, wanted, before) = desk.run.as_ref().ok_or(Error::NotFound)?;
    let actor = w.actor(who);
    let was_undone = bulk::find(&mut w.db.read(), &actor, *run)
        .await?
        .0
        .undone_at;
    let doing_at = super::rows::rows(w).await;
    bulk::undo(&w.db, &actor, *run, w.now()).await?;
    let mut expected = Expected::default();
    if was_undone.is_some() {
        return Ok(expected);
    }
    let (_, rows) = bulk::find(&mut w.db.read(), &actor, *run).await?;
    for row in rows.iter().filter(|row| row.outcome == Outcome::Undone) {
        let ticket = &doing_at.tickets[&row.number];
        let at = vigie::tickets::machine::Situation {
            by_requester: ticket.requester_id == actor.id(),
            by_holder: ticket.assignee_id == Some(actor.id()),
            has_holder: ticket.assignee_id.is_some(),
        };
        let deeds: &[Deed] = match wanted.deed {
            bulk::Deed::Take | bulk::Deed::Assign | bulk::Deed::Release => {
                let holder = before.tickets[&row.number].assignee_id;
                expected.fields.push((row.number, Field::Holder(holder)));
                &[Deed::Take, Deed::Assign, Deed::Release]
            }
            bulk::Deed::Merge => &[Deed::GiveBack],
            other => candidates(other),
        };
        if !deeds.is_empty() {
            expected.moved.insert(row.number, (deeds.to_vec(), at));
        }
        if wanted.deed == bulk::Deed::Tag {
            let word = wanted.text.clone();
            expected.tagged.push((row.number, word, false));
        }
    }
    if wanted.deed == bulk::Deed::Merge {
        expected.people = People::LetOut(desk.tickets.iter().map(|t| t.0).collect());
    }
    Ok(expected)
}
