//! What holds after every step.

use std::collections::BTreeMap;

use kit::db::Ask;
use kit::error::Error;
use kit::{global, record, system};
use vigie::mail::outbox_store::{self, OutgoingId};
use vigie::mail::post::Post;
use vigie::mail::texts::{self, Text};
use vigie::mail::{announce, recipients::Purpose};
use vigie::people::{self, PersonId};
use vigie::tickets::comments::{NewComment, NewFile};
use vigie::tickets::machine::{Deed, State};
use vigie::tickets::reading::find;
use vigie::tickets::rights::Read;
use vigie::tickets::{Audience, Origin, TicketId};

use super::plan::{Moved, leads};
use crate::world::World;

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct TicketRow {
        id: i64,
        state: State,
        stage: String,
        department_id: i64,
        requester_id: i64,
        assignee_id: Option<i64>,
        comment_count: i64,
        version: i64,
    }
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct CommentRow {
        id: i64,
        ticket_id: i64,
        author_id: i64,
        audience: String,
        body: String,
    }
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct FileRow {
        id: i64,
        ticket_id: i64,
        comment_id: i64,
        digest: String,
    }
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Counted {
        events: i64,
        participants: i64,
        links: i64,
        tasks: i64,
        jobs: i64,
    }
}

/// The desk as it stands in its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    tickets: BTreeMap<i64, TicketRow>,
    comments: Vec<CommentRow>,
    files: Vec<FileRow>,
    counted: Counted,
}

/// Words that stand nowhere else, with a file that holds them too.
pub async fn words(w: &World, mark: &str, origin: Origin) -> NewComment {
    let n: Number =
        w.db.read()
            .one(system!(
                because = "a test counts the table itself",
                "SELECT COUNT(*) AS n FROM comments"
            ))
            .await
            .unwrap();
    let text = format!("{mark}-{}-words", n.n);
    NewComment {
        files: vec![NewFile {
            name: "words.txt".to_owned(),
            digest: text.clone(),
            media_type: "text/plain".to_owned(),
            size: 1,
        }],
        ..NewComment::typed(&text, origin)
    }
}

record! { struct Number { n: i64 } }

/// Reads every table that a deed could touch.
pub async fn rows(w: &World) -> Rows {
    let mut db = w.db.read();
    let tickets: Vec<TicketRow> = db
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT id, state, stage, department_id, requester_id, assignee_id, comment_count, version FROM tickets ORDER BY id"
        ))
        .await
        .unwrap();
    Rows {
        tickets: tickets.into_iter().map(|t| (t.id, t)).collect(),
        comments: db
            .all(system!(
                because = "a test looks at the table itself",
                "SELECT id, ticket_id, author_id, audience, body FROM comments ORDER BY id"
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
        counted: db
            .one(system!(
                because = "a test counts the tables themselves",
                "SELECT (SELECT COUNT(*) FROM events) AS events, (SELECT COUNT(*) FROM participants) AS participants, \
                 (SELECT COUNT(*) FROM ticket_links) AS links, (SELECT COUNT(*) FROM tasks) AS tasks, (SELECT COUNT(*) FROM jobs) AS jobs"
            ))
            .await
            .unwrap(),
    }
}

/// Every ticket is where the table leads, and no other than those of the deed moved.
pub fn states(before: &Rows, after: &Rows, moved: &Moved) -> Result<(), String> {
    for (id, now) in &after.tickets {
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
            if is_other_end && then.state == now.state {
                continue;
            }
            return Err(format!(
                "#{id} changed, and nothing was done to it: {then:?} → {now:?}"
            ));
        };
        let is_returned = deeds.contains(&Deed::GiveBack)
            && then.state == State::Merged
            && now.state != State::Merged;
        if !is_returned && !leads(then.state, now.state, deeds, *at) {
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

/// Every comment and file there ever was, and what it says.
pub struct Ledger {
    comments: BTreeMap<i64, CommentRow>,
    files: BTreeMap<i64, FileRow>,
}

impl Ledger {
    /// Begins with what stands there.
    pub async fn begin(w: &World) -> Ledger {
        let rows = rows(w).await;
        Ledger {
            comments: rows.comments.into_iter().map(|c| (c.id, c)).collect(),
            files: rows.files.into_iter().map(|f| (f.id, f)).collect(),
        }
    }

    /// Nothing of it is gone or says something else, a file stands where its comment does, and each
    /// ticket's kept count is the count of its comments. What is new is entered.
    pub async fn holds(&mut self, w: &World) -> Result<(), String> {
        let rows = rows(w).await;
        let now: BTreeMap<i64, &CommentRow> = rows.comments.iter().map(|c| (c.id, c)).collect();
        for (id, then) in &self.comments {
            let Some(now) = now.get(id) else {
                return Err(format!("comment {id} is gone: {then:?}"));
            };
            if (then.author_id, &then.audience, &then.body)
                != (now.author_id, &now.audience, &now.body)
            {
                return Err(format!(
                    "comment {id} says something else: {then:?} → {now:?}"
                ));
            }
        }
        let files: BTreeMap<i64, &FileRow> = rows.files.iter().map(|f| (f.id, f)).collect();
        for (id, then) in &self.files {
            let Some(now) = files.get(id) else {
                return Err(format!("file {id} is gone"));
            };
            if (then.comment_id, &then.digest) != (now.comment_id, &now.digest) {
                return Err(format!("file {id} is another: {then:?} → {now:?}"));
            }
        }
        for file in &rows.files {
            let its = now.get(&file.comment_id).map(|c| c.ticket_id);
            if its != Some(file.ticket_id) {
                return Err(format!(
                    "file {} stands on #{}, its comment on {its:?}",
                    file.id, file.ticket_id
                ));
            }
        }
        for ticket in rows.tickets.values() {
            let counted = rows
                .comments
                .iter()
                .filter(|c| c.ticket_id == ticket.id)
                .count();
            if i64::try_from(counted).unwrap_or_default() != ticket.comment_count {
                return Err(format!(
                    "#{} keeps {} comments and has {counted}",
                    ticket.id, ticket.comment_count
                ));
            }
        }
        self.comments
            .extend(rows.comments.into_iter().map(|c| (c.id, c)));
        self.files.extend(rows.files.into_iter().map(|f| (f.id, f)));
        Ok(())
    }
}

record! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Kept {
        department_id: i64,
        holder: i64,
        state: String,
        n: i64,
    }
}

/// The counts kept by triggers are the counted rows.
pub async fn counts(w: &World) -> Result<(), String> {
    let mut db = w.db.read();
    let kept: Vec<Kept> = db
        .all(global!(
            "SELECT department_id, holder, state, n FROM ticket_counts WHERE n <> 0 ORDER BY department_id, holder, state"
        ))
        .await
        .unwrap();
    let counted: Vec<Kept> = db
        .all(system!(
            because = "a test counts the table itself",
            "SELECT department_id, COALESCE(assignee_id, 0) AS holder, state, COUNT(*) AS n FROM tickets \
             GROUP BY department_id, COALESCE(assignee_id, 0), state ORDER BY 1, 2, 3"
        ))
        .await
        .unwrap();
    if kept == counted {
        Ok(())
    } else {
        Err(format!("kept {kept:?}\ncounted {counted:?}"))
    }
}

record! { struct Job { id: i64, payload: String } }
record! {
    struct Going {
        id: i64,
        person_id: i64,
        ticket_id: i64,
        actor_id: Option<i64>,
        purpose: Purpose,
        audience: Audience,
    }
}

/// Announces what is still to be announced, as the worker does, and looks at each mail as it would
/// leave now: answers how many say something.
pub async fn mails(w: &World, post: &Post) -> Result<u64, String> {
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
    for job in &jobs {
        let event = serde_json::from_str(&job.payload).map_err(|e| e.to_string())?;
        announce::run(post, event).await;
    }
    let mut tx = w.db.write().await.unwrap();
    tx.run(global!("DELETE FROM jobs")).await.unwrap();
    tx.commit().await.unwrap();
    let going: Vec<Going> = db
        .all(system!(
            because = "a test looks at the table itself",
            "SELECT m.id, m.person_id, m.ticket_id, e.actor_id, m.purpose, e.audience FROM outgoing_mails m \
             JOIN events e ON e.id = m.event_id WHERE m.id > $1 ORDER BY m.id",
            last.n
        ))
        .await
        .unwrap();
    let mut said = 0;
    for mail in going {
        said += u64::from(one(w, post, &mail).await?);
    }
    Ok(said)
}

/// Whether the mail says something; then its reader may read all of it, and did not do it themselves.
async fn one(w: &World, post: &Post, mail: &Going) -> Result<bool, String> {
    let mut db = w.db.read();
    let whose = |why: &str| {
        format!(
            "a mail to person {} about #{}: {why}",
            mail.person_id, mail.ticket_id
        )
    };
    if mail.actor_id == Some(mail.person_id) && mail.purpose != Purpose::Acknowledgement {
        return Err(whose("they did it themselves"));
    }
    let person = people::find(&mut db, PersonId(mail.person_id))
        .await
        .unwrap();
    let row = outbox_store::mail_to_send(&mut db, OutgoingId(mail.id))
        .await
        .unwrap()
        .unwrap();
    let view = match texts::text(post, &row, &person).await {
        Ok(Text::Said(view)) => view,
        Ok(Text::Nothing(_)) => return Ok(false),
        Err(error) => return Err(whose(&error.to_string())),
    };
    let actor = person.actor();
    let ticket = match find::<Read>(&mut db, &actor, TicketId(mail.ticket_id)).await {
        Ok(ticket) => ticket,
        Err(Error::NotFound) => return Err(whose("they may not see the ticket")),
        Err(error) => return Err(whose(&error.to_string())),
    };
    let is_staffs = ticket.is_on_staff_side(&actor);
    if mail.audience == Audience::Staff && !is_staffs {
        return Err(whose("it tells of what is staff's"));
    }
    let text = view.text();
    if text.contains("internal-") && !is_staffs {
        return Err(whose("it holds internal words"));
    }
    let html = view.html().map_err(|e| e.to_string())?;
    if html.contains("internal-") && !is_staffs {
        return Err(whose("its HTML holds internal words"));
    }
    Ok(true)
}
