//! What a step does, and what it is to leave when it is not refused.

use std::collections::BTreeSet;

use kit::authz::Actor;
use kit::clock::Span;
use kit::error::Error;
use vigie::departments::DepartmentId;
use vigie::people;
use vigie::tickets::comments::NewComment;
use vigie::tickets::deeds::{self, Wanted};
use vigie::tickets::handling::transfer::Target;
use vigie::tickets::links::{self, Relation};
use vigie::tickets::machine::{Deed, Situation, Stage};
use vigie::tickets::reading;
use vigie::tickets::verbs::Addressed;
use vigie::tickets::{Audience, CommentId, Origin, TicketId, participants, rewording};

use super::ledger::{self, Expected, Field, People, Said};
use super::plan::{self, Desk, Step, WHO, What};
use super::rows::{OnIt, Rows, TicketRow};
use super::sight::Sight;
use super::{beside, together};
use crate::world::World;

/// Who does it, to which ticket, how it stands.
pub struct Doing<'a> {
    pub actor: Actor,
    pub id: TicketId,
    pub other: TicketId,
    pub step: &'a Step,
    pub n: usize,
    pub before: &'a Rows,
}

impl Doing<'_> {
    /// What the table looks at, from the rows.
    pub fn situation(&self, id: i64) -> Situation {
        let ticket = &self.before.tickets[&id];
        Situation {
            by_requester: ticket.requester_id == self.actor.id(),
            by_holder: ticket.assignee_id == Some(self.actor.id()),
            has_holder: ticket.assignee_id.is_some(),
        }
    }

    /// These deeds may move this ticket.
    pub fn may_move(&self, expected: &mut Expected, id: TicketId, deeds: &[Deed]) {
        let at = self.situation(id.0);
        expected.moved.insert(id.0, (deeds.to_vec(), at));
    }

    pub fn said(&self, words: &NewComment, on: Option<TicketId>, audience: Audience) -> Said {
        Said {
            on: on.map(|id| id.0),
            author: self.actor.id(),
            audience: audience.word(),
            text: words.body.text.clone(),
        }
    }

    pub fn on_it(&self, person: i64, kind: &str) -> OnIt {
        OnIt {
            ticket_id: self.id.0,
            person_id: person,
            kind: kind.to_owned(),
        }
    }

    /// Somebody by the step's other number; nobody is not among them.
    pub fn somebody(&self) -> &'static str {
        WHO[self.step.other % (WHO.len() - 1)]
    }
}

/// Does the step.
pub async fn one(
    desk: &mut Desk<'_>,
    step: &Step,
    n: usize,
    before: &Rows,
) -> Result<Expected, Error> {
    let w = desk.w;
    let id = desk.tickets[step.on % desk.tickets.len()];
    let step = &Step {
        who: apt(w, step, &before.tickets[&id.0]),
        ..*step
    };
    let doing = Doing {
        actor: w.actor(step.who),
        id,
        other: desk.tickets[step.other % desk.tickets.len()],
        step,
        n,
        before,
    };
    match step.what {
        What::Open => beside::opens(desk, &doing).await,
        What::Act(_) | What::Assign | What::Transfer | What::MoveBack | What::Postpone => {
            act(desk, &doing).await
        }
        What::Write(audience) => write(w, &doing, audience).await,
        What::Reword => reword(w, &doing).await,
        What::Invite | What::Uninvite | What::Observe | What::Follow => people(w, &doing).await,
        What::Property => beside::property(w, &doing).await,
        What::Tag => beside::tag(w, &doing).await,
        What::RemoveFile => beside::remove_file(w, &doing).await,
        What::Merge | What::GiveBack | What::Split | What::FollowUp => {
            beside::join(desk, &doing).await
        }
        What::Task => beside::task(w, &doing).await,
        What::Link => {
            let typed = doing.other.to_string();
            let mut expected = Expected::default();
            if step.yes {
                let kind = Relation::RelatesTo;
                links::add(&w.db, &doing.actor, doing.id, None, kind, &typed, w.now()).await?;
            } else {
                links::remove(&w.db, &doing.actor, doing.id, None, doing.other, w.now()).await?;
            }
            doing.may_move(&mut expected, doing.id, &[Deed::Link]);
            Ok(expected)
        }
        What::Bulk => together::run(desk, &doing).await,
        What::UndoBulk => together::undo(desk).await,
        What::LeaveOrReturn => {
            plan::leave_or_return(w, !step.other.is_multiple_of(4)).await;
            Ok(Expected::default())
        }
        What::Later => beside::later(w, step.other).await,
    }
}

/// Who does it: whoever was drawn, or, three times out of four, its holder or who could be, or its requester.
fn apt(w: &World, step: &Step, ticket: &TicketRow) -> &'static str {
    let place = usize::from(ticket.department_id == 1);
    let colleague = w.person(["cleo", "ben"][place]).0;
    let person = match step.other % 4 {
        0 | 1 => Some(ticket.assignee_id.unwrap_or(colleague)),
        2 => Some(ticket.requester_id),
        _ => None,
    };
    let is_they = |who: &&&str| person == Some(w.actor(who).id());
    WHO.iter().find(is_they).copied().unwrap_or(step.who)
}

fn candidates(wanted: Wanted) -> &'static [Deed] {
    match wanted {
        Wanted::Take => &[Deed::Take],
        Wanted::Release => &[Deed::Release],
        Wanted::Close => &[Deed::Close, Deed::TakeAndClose],
        Wanted::Approve => &[Deed::Approve],
        Wanted::RefuseClosure => &[Deed::RefuseClosure, Deed::AutoAssign],
        Wanted::Reopen => &[Deed::Reopen, Deed::AutoAssign],
        Wanted::TakeAndClose => &[Deed::TakeAndClose],
        Wanted::TakeAndAsk => &[Deed::TakeAndAsk],
        Wanted::Assign(_) => &[Deed::Assign],
        Wanted::Ask => &[Deed::Ask],
        Wanted::Refuse => &[Deed::Refuse],
        Wanted::Cancel => &[Deed::Cancel],
        Wanted::Postpone(_) => &[Deed::Postpone],
        Wanted::Recall => &[Deed::Recall],
        Wanted::Transfer(..) | Wanted::MoveBack(_) => &[Deed::Transfer, Deed::AutoAssign],
    }
}

/// Whether words can go with it, and who may read them.
fn goes_with(wanted: Wanted) -> Option<Audience> {
    match wanted {
        Wanted::Take | Wanted::Release | Wanted::Approve | Wanted::Recall => None,
        Wanted::Transfer(..) | Wanted::MoveBack(_) => Some(Audience::Staff),
        _ => Some(Audience::Public),
    }
}

async fn act(desk: &Desk<'_>, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (w, step, id) = (desk.w, doing.step, doing.id);
    let place = desk.places[step.other % desk.places.len()];
    let wanted = match step.what {
        What::Act(wanted) => wanted,
        What::Assign => Wanted::Assign(w.person(doing.somebody())),
        What::Postpone => {
            let days = i64::try_from(step.other % 5).unwrap_or_default();
            Wanted::Postpone(step.yes.then(|| w.now().plus(Span::days(1 + days))))
        }
        What::MoveBack => Wanted::MoveBack(step.yes),
        // Every other place is named by its department alone.
        _ if step.other % 3 == 0 => {
            let department = DepartmentId(place.department_id);
            Wanted::Transfer(Target::Department(department), step.yes)
        }
        _ => Wanted::Transfer(Target::Category(place.id), step.yes),
    };
    let must_say = matches!(wanted, Wanted::Ask | Wanted::TakeAndAsk);
    let audience = goes_with(wanted).filter(|_| must_say || step.on % 2 == 0);
    let words = match audience {
        None => None,
        Some(Audience::Staff) => Some(ledger::words(w, "internal", Origin::Web).await),
        Some(_) => Some(ledger::words(w, "said", Origin::Web).await),
    };
    deeds::act(
        &w.db,
        &doing.actor,
        id,
        wanted,
        None,
        words.clone(),
        w.now(),
    )
    .await?;
    let mut expected = Expected::default();
    doing.may_move(&mut expected, id, candidates(wanted));
    if let (Some(words), Some(audience)) = (&words, audience) {
        expected.said.push(doing.said(words, Some(id), audience));
    }
    let me = doing.actor.id();
    match wanted {
        Wanted::Take => expected.fields.push((id.0, Field::Holder(Some(me)))),
        Wanted::Assign(to) => expected.fields.push((id.0, Field::Holder(Some(to.0)))),
        Wanted::Release => expected.fields.push((id.0, Field::Holder(None))),
        Wanted::Postpone(until) => expected.fields.push((id.0, Field::Recall(until))),
        Wanted::Transfer(target, _) => {
            let to = match target {
                Target::Category(category) => category.0,
                Target::Department(_) => place_of(desk, target).await,
            };
            expected.fields.push((id.0, Field::Category(to)));
        }
        _ => {}
    }
    if matches!(wanted, Wanted::Transfer(..) | Wanted::MoveBack(_)) {
        sent_on(w, doing, &mut expected).await?;
    }
    Ok(expected)
}

async fn place_of(desk: &Desk<'_>, target: Target) -> i64 {
    let mut db = desk.w.db.read();
    let category = vigie::tickets::handling::transfer::category_of(&mut db, target).await;
    category.map_or(0, |c| c.0)
}

/// The holder stays if they handle tickets there; else, where free tickets are given out, one of those
/// who do has it, though never whoever asked. Whoever sent it away and wants to follow it is an
/// invitee if they would not see it otherwise; nobody else comes or goes.
async fn sent_on(w: &World, doing: &Doing<'_>, expected: &mut Expected) -> Result<(), Error> {
    let after = super::rows::rows(w).await;
    let was = &doing.before.tickets[&doing.id.0];
    let mut is = after.tickets[&doing.id.0].clone();
    if *was == is {
        // It stood there already, sent by the same hand.
        return Ok(());
    }
    let mut alone = after.clone();
    let me = doing.on_it(doing.actor.id(), "invitee");
    if !doing.before.people.contains(&me) {
        alone.people.remove(&me);
    }
    let sight = Sight::of(w, &alone).await;
    let holder = was
        .assignee_id
        .filter(|p| sight.handles(*p, is.department_id));
    let given = is.assignee_id;
    is.assignee_id = holder;
    let follows = doing.step.yes && !sight.sees(doing.actor.id(), &is);
    let mut came: BTreeSet<OnIt> = follows.then_some(me).into_iter().collect();
    if was.department_id != is.department_id {
        let them = plan::comes_with(w, is.department_id).await;
        let them = them.into_iter().filter(|person| *person != is.requester_id);
        came.extend(them.map(|person| doing.on_it(person, "invitee")));
        came.retain(|on| !doing.before.people.contains(on));
    }
    expected.people = People::Exactly(came, BTreeSet::new());
    let is_open = is.state.stage() == Stage::Open;
    let mut handlers = sight.handlers(is.department_id);
    handlers.remove(&is.requester_id);
    let is_given = holder.is_none()
        && is_open
        && plan::gives_out(w, is.category_id).await
        && !handlers.is_empty();
    if is_given && !given.is_some_and(|person| handlers.contains(&person)) {
        return Err(Error::bug(format!(
            "{given:?} was given it, of {handlers:?}"
        )));
    }
    let holder = if is_given { given } else { holder };
    expected.fields.push((doing.id.0, Field::Holder(holder)));
    Ok(())
}

async fn write(w: &World, doing: &Doing<'_>, audience: Audience) -> Result<Expected, Error> {
    let mark = match audience {
        Audience::Staff => "internal",
        _ => "said",
    };
    let words = ledger::words(w, &format!("{mark}-{}", doing.n), Origin::Web).await;
    let to = Addressed {
        audience,
        is_quiet: doing.step.other.is_multiple_of(5),
    };
    deeds::write(
        &w.db,
        &doing.actor,
        doing.id,
        to,
        words.clone(),
        None,
        w.now(),
    )
    .await?;
    let mut expected = Expected {
        is_quiet: to.is_quiet,
        ..Expected::default()
    };
    let deed = match audience {
        Audience::Staff => Deed::Note,
        _ => Deed::Reply,
    };
    doing.may_move(&mut expected, doing.id, &[deed]);
    expected
        .said
        .push(doing.said(&words, Some(doing.id), audience));
    Ok(expected)
}

/// Any comment that can be read is tried; one's own last words are the only ones that change.
async fn reword(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let ticket = w.read(&doing.actor, doing.id).await;
    let all = reading::comments(&mut w.db.read(), &doing.actor, &ticket).await?;
    let at = match doing.step.yes {
        true => all.last(),
        false => all.get(doing.step.other % all.len().max(1)),
    };
    let comment = at.map_or(CommentId(0), |c| c.id);
    let is_staffs = at.is_some_and(|c| c.audience == Audience::Staff);
    let mark = if is_staffs { "internal" } else { "said" };
    let text = format!("{mark}-{}-put-right-{}", doing.n, comment.0);
    rewording::do_reword(&w.db, &doing.actor, doing.id, comment, &text, None, w.now()).await?;
    if at.is_none_or(|c| c.author_id.0 != doing.actor.id()) {
        return Err(Error::bug("somebody put the words of another right"));
    }
    let mut expected = Expected {
        reworded: Some((comment.0, text)),
        is_quiet: true,
        ..Expected::default()
    };
    doing.may_move(&mut expected, doing.id, &[Deed::Reword]);
    Ok(expected)
}

async fn people(w: &World, doing: &Doing<'_>) -> Result<Expected, Error> {
    let (step, id, actor) = (doing.step, doing.id, &doing.actor);
    let mut expected = Expected::default();
    let person = w.person(doing.somebody());
    let (mut came, mut went) = (BTreeSet::new(), BTreeSet::new());
    let deed = match step.what {
        What::Invite => {
            let mut typed = vec![format!("{}@nordet.example", doing.somebody())];
            if step.yes {
                typed.push(format!("guest{}@elsewhere.example", step.on % 3));
            }
            let words = match step.on % 2 {
                0 => Some(ledger::words(w, "said-welcome", Origin::Web).await),
                _ => None,
            };
            let names = typed.join(", ");
            let new = participants::let_in(&w.db, actor, id, None, &names, words.clone(), w.now());
            new.await?;
            for address in &typed {
                let found = people::find_by_email(&mut w.db.read(), address).await?;
                let found = found.ok_or_else(|| Error::bug("whoever was invited is not there"))?;
                came.insert(doing.on_it(found.id.0, "invitee"));
            }
            if let Some(words) = &words {
                expected
                    .said
                    .push(doing.said(words, Some(id), Audience::Public));
            }
            Deed::Invite
        }
        What::Uninvite => {
            participants::let_out(&w.db, actor, id, None, person, w.now()).await?;
            went.insert(doing.on_it(person.0, "invitee"));
            expected.is_quiet = true;
            Deed::Uninvite
        }
        What::Observe => {
            let whom = if step.on % 2 == 0 {
                person.0
            } else {
                actor.id()
            };
            let them = people::PersonId(whom);
            participants::change_observer(&w.db, actor, id, them, step.yes, None, w.now()).await?;
            if step.yes { &mut came } else { &mut went }.insert(doing.on_it(whom, "observer"));
            Deed::Observe
        }
        _ => {
            participants::change_following(&w.db, actor, id, step.yes, w.now()).await?;
            let me = doing.on_it(actor.id(), "follower");
            if step.yes { &mut came } else { &mut went }.insert(me);
            expected.is_quiet = true;
            Deed::Observe
        }
    };
    // Who was there already does not come, who was not there does not go.
    came.retain(|on| !doing.before.people.contains(on));
    went.retain(|on| doing.before.people.contains(on));
    expected.people = People::Exactly(came, went);
    doing.may_move(&mut expected, id, &[deed]);
    Ok(expected)
}
