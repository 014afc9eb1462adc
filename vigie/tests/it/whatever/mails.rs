//! What leaves after a step: nobody is mailed who may not be, and everybody who must be is.

use std::collections::BTreeSet;

use kit::db::Ask;
use kit::{global, record, system};
use vigie::mail::announce;
use vigie::mail::outbox_store::{self, OutgoingId};
use vigie::mail::post::Post;
use vigie::mail::recipients::Purpose;
use vigie::mail::texts::{self, Text};
use vigie::people::{self, PersonId};
use vigie::tickets::history::EventKind;

use super::rows::{Rows, TicketRow};
use super::sight::Sight;
use crate::world::World;

record! { struct Job { id: i64, payload: String } }
record! { struct Number { n: i64 } }
record! {
    #[derive(Clone, Debug)]
    struct Happened {
        id: i64,
        ticket_id: i64,
        kind: EventKind,
        actor_id: Option<i64>,
        audience: String,
        old_value: Option<String>,
        new_value: Option<String>,
        /// Of a transfer: who was in charge until then, and the department it left.
        released_by: Option<String>,
        left_department: Option<i64>,
    }
}
record! { struct Going { id: i64, person_id: i64, event_id: i64, purpose: Purpose } }

/// Announces what is still to be announced, as the worker does, and looks at each mail as it would
/// leave now: answers how many say something.
pub async fn mails(w: &World, post: &Post, rows: &Rows) -> Result<u64, String> {
    let sight = Sight::of(w, rows).await;
    let mut db = w.db.read();
    let jobs: Vec<Job> = db
        .all(global!(
            "SELECT id, payload FROM jobs WHERE kind = 'announce' ORDER BY id"
        ))
        .await
        .unwrap();
    let last: Number = db
        .one(system!(
            because = "a test looks at the table itself",
            "SELECT COALESCE(MAX(id), 0) AS n FROM outgoing_mails"
        ))
        .await
        .unwrap();
    let mut happened = vec![];
    for job in &jobs {
        let event: vigie::tickets::history::Announce =
            serde_json::from_str(&job.payload).map_err(|e| e.to_string())?;
        announce::run(post, event).await;
        let event: Happened = db
            .one(system!(
                because = "a test looks at the table itself",
                "SELECT e.id, e.ticket_id, e.kind, e.actor_id, e.audience, e.old_value, e.new_value, \
                 (SELECT MIN(r.old_value) FROM events r WHERE r.ticket_id = e.ticket_id AND r.kind = 'released' AND r.at = e.at AND r.id < e.id \
                 AND e.kind = 'transferred') AS released_by, \
                 (SELECT c.department_id FROM categories c WHERE e.kind = 'transferred' AND CAST(c.id AS TEXT) = e.old_value) AS left_department \
                 FROM events e WHERE e.id = $1",
                event.event
            ))
            .await
            .unwrap();
        happened.push(event);
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM jobs")).await.unwrap();
    tx.commit().await.unwrap();
    let going: Vec<Going> = db
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT id, person_id, event_id, purpose FROM outgoing_mails WHERE id > $1 ORDER BY id",
            last.n
        ))
        .await
        .unwrap();
    let mut told = BTreeSet::new();
    for mail in &going {
        let event = happened.iter().find(|e| e.id == mail.event_id);
        let event = event.ok_or("a mail tells of what was not announced")?;
        if says(w, post, &sight, mail, event).await? && !told.insert((event.id, mail.person_id)) {
            return Err(format!(
                "person {} is told twice of {event:?}",
                mail.person_id
            ));
        }
    }
    for event in &happened {
        for person in must_be_told(&sight, event) {
            if !told.contains(&(event.id, person)) {
                return Err(format!("person {person} is not told of {event:?}"));
            }
        }
    }
    Ok(told.len() as u64)
}

/// Whether the mail says something; then its reader is one who may be told, may read all of it, and
/// did not do it themselves.
async fn says(
    w: &World,
    post: &Post,
    sight: &Sight<'_>,
    mail: &Going,
    event: &Happened,
) -> Result<bool, String> {
    let mut db = w.db.read();
    let id = mail.person_id;
    let person = people::find(&mut db, PersonId(id)).await.unwrap();
    let row = outbox_store::mail_to_send(&mut db, OutgoingId(mail.id))
        .await
        .unwrap()
        .unwrap();
    let whose = |why: &str| format!("a mail to {} about {event:?}: {why}", person.name);
    let view = match texts::text(post, &row, &person).await {
        Ok(Text::Said(view)) => view,
        Ok(Text::Nothing(_) | Text::Report(_)) => return Ok(false),
        Err(error) => return Err(whose(&error.to_string())),
    };
    if event.actor_id == Some(id) && mail.purpose != Purpose::Acknowledgement {
        return Err(whose("they did it themselves"));
    }
    let ticket = &sight.rows.tickets[&event.ticket_id];
    if !sight.sees(id, ticket) {
        return Err(whose("they may not see the ticket"));
    }
    if !sight.reads(id, &event.audience, false, ticket) {
        return Err(whose("it is not addressed to them"));
    }
    if !may_be_told(sight, event, id, ticket) {
        return Err(whose("it is none of their business"));
    }
    let text = view.text();
    let html = view.html().map_err(|e| e.to_string())?;
    if [text, html].iter().any(|said| said.contains("internal-")) && !sight.is_staffs(id, ticket) {
        return Err(whose("it holds internal words"));
    }
    Ok(true)
}

fn person_of(value: Option<&String>) -> Option<i64> {
    value.and_then(|value| value.parse().ok())
}

/// Those whom an event may be told to, as far as they see it: whom it is about when it is about
/// somebody; else those who asked, were let in, watch, hold it, held it, or work in its department.
fn may_be_told(sight: &Sight<'_>, event: &Happened, person: i64, ticket: &TicketRow) -> bool {
    use EventKind::*;
    let is_subject = person_of(event.new_value.as_ref()) == Some(person);
    let watches = ["observer", "follower"]
        .iter()
        .any(|kind| sight.is(person, kind, ticket.id));
    let is_staffs_circle = watches
        || ticket.assignee_id == Some(person)
        || sight.is_of_department(person, ticket.department_id);
    match event.kind {
        Bounced | Reworded | Uninvited | ObserverRemoved | Archived | NotGivenOut | Linked
        | Unlinked | AssetLinked | AssetUnlinked | Tagged | Untagged | TookIn | GaveBack
        | SplitOff | FollowedUp | TaskAdded | TaskChanged | TaskDone | TaskUndone | TaskRemoved
        | TimeSpent | TimeRemoved => false,
        Invited | ObserverAdded | TaskGiven | GivenOut => is_subject,
        ApprovalReminded => ticket.requester_id == person,
        SubjectChanged | PriorityChanged | OriginChanged | Expired => is_staffs_circle,
        RequesterChanged => is_staffs_circle || ticket.requester_id == person,
        _ => {
            is_staffs_circle
                || event
                    .left_department
                    .is_some_and(|left| sight.is_of_department(person, left))
                || person_of(event.released_by.as_ref()) == Some(person)
                || ticket.requester_id == person
                || sight.is(person, "invitee", ticket.id)
                || person_of(event.old_value.as_ref()) == Some(person)
        }
    }
}

/// Those who must hear of it, whatever anybody prefers: whom words are addressed to, who was let in,
/// who is asked for more or for an approval.
fn must_be_told(sight: &Sight<'_>, event: &Happened) -> BTreeSet<i64> {
    use EventKind::*;
    let ticket = &sight.rows.tickets[&event.ticket_id];
    let on_it = sight.rows.people.iter();
    let invitees = on_it.filter(|on| on.ticket_id == ticket.id && on.kind == "invitee");
    let invitees = invitees.map(|on| on.person_id);
    let mut them = BTreeSet::new();
    match (event.kind, &event.audience[..]) {
        (Replied, "public") => {
            them.extend(invitees);
            them.insert(ticket.requester_id);
        }
        (Replied, "invitees") => them.extend(invitees),
        (Replied, "requester") | (Asked | Closed | Refused | ApprovalReminded, _) => {
            them.insert(ticket.requester_id);
        }
        (Invited | ObserverAdded | TaskGiven, _) => {
            them.extend(person_of(event.new_value.as_ref()));
        }
        _ => {}
    }
    if let Some(actor) = event.actor_id {
        them.remove(&actor);
    }
    them
}
