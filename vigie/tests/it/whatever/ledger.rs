//! Words, files, people, tags and tasks: what a step was to leave, and everything else as it was.

use std::collections::BTreeSet;

use kit::clock::Moment;
use kit::db::Ask;
use kit::{record, system};
use vigie::tickets::Origin;
use vigie::tickets::comments::{NewComment, NewFile};

use super::rows::{CommentRow, Moved, OnIt, Rows};
use crate::world::World;

record! { struct Number { n: i64 } }

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

/// Words a step was to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// On which ticket; `None` is one that the step opened.
    pub on: Option<i64>,
    pub author: i64,
    pub audience: &'static str,
    pub text: String,
}

/// What may have become of the people on tickets that were there before.
#[derive(Clone, Debug, Default)]
pub enum People {
    /// Nothing.
    #[default]
    Same,
    /// These came and these went, and nobody else.
    Exactly(BTreeSet<OnIt>, BTreeSet<OnIt>),
    /// Some were let in to this ticket, each of them on this other one: a merge that says so.
    LetIn(i64, BTreeSet<i64>),
    /// Some were let out of these: a merge undone.
    LetOut(BTreeSet<i64>),
}

/// What a ticket holds now.
#[derive(Clone, Debug)]
pub enum Field {
    Holder(Option<i64>),
    Category(i64),
    Requester(i64),
    Recall(Option<Moment>),
}

/// What a step leaves when it is not refused.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    pub moved: Moved,
    pub said: Vec<Said>,
    /// A comment that says this now.
    pub reworded: Option<(i64, String)>,
    /// A file that is gone.
    pub file_gone: Option<i64>,
    pub people: People,
    pub fields: Vec<(i64, Field)>,
    /// Words that stand on this ticket now, or no longer do.
    pub tagged: Vec<(i64, String, bool)>,
    /// How many tasks more or fewer, and minutes.
    pub tasks: i64,
    pub minutes: i64,
    /// Nobody is mailed.
    pub is_quiet: bool,
    /// Only the clock was turned, with all that hangs on it.
    pub is_time: bool,
}

/// Nothing is gone or says something else but what the step was to change; what is new is what it
/// was to leave; each ticket's kept count is the count of its comments.
pub fn holds(before: &Rows, after: &Rows, expected: &Expected) -> Result<(), String> {
    fields(after, expected)?;
    comments(before, after, expected)?;
    files(before, after, expected)?;
    people(before, after, expected)?;
    let (tasks, minutes) = (before.counted.tasks, before.counted.minutes);
    if after.counted.tasks != tasks + expected.tasks {
        return Err(format!("{tasks} tasks became {}", after.counted.tasks));
    }
    if after.counted.minutes != minutes + expected.minutes {
        return Err(format!(
            "{minutes} minutes became {}",
            after.counted.minutes
        ));
    }
    let mut tags: BTreeSet<(i64, String)> = of_tags(before);
    for (ticket, word, stands) in &expected.tagged {
        if *stands {
            tags.insert((*ticket, word.clone()));
        } else {
            tags.remove(&(*ticket, word.clone()));
        }
    }
    let now = of_tags(after);
    if now != tags {
        return Err(format!("the tags are {now:?}, not {tags:?}"));
    }
    Ok(())
}

fn fields(after: &Rows, expected: &Expected) -> Result<(), String> {
    for (id, field) in &expected.fields {
        let ticket = &after.tickets[id];
        let is_so = match field {
            Field::Holder(holder) => ticket.assignee_id == *holder,
            Field::Category(category) => ticket.category_id == *category,
            Field::Requester(requester) => ticket.requester_id == *requester,
            Field::Recall(at) => ticket.recall_at == *at,
        };
        if !is_so {
            return Err(format!("not {field:?}: {ticket:?}"));
        }
    }
    Ok(())
}

fn of_tags(rows: &Rows) -> BTreeSet<(i64, String)> {
    let tags = rows.tags.iter();
    tags.map(|t| (t.ticket_id, t.name.clone())).collect()
}

fn comments(before: &Rows, after: &Rows, expected: &Expected) -> Result<(), String> {
    let find = |id: i64| after.comments.iter().find(|c| c.id == id);
    for then in &before.comments {
        let Some(now) = find(then.id) else {
            return Err(format!("a comment is gone: {then:?}"));
        };
        let body = match &expected.reworded {
            Some((id, body)) if *id == then.id => body,
            _ => &then.body,
        };
        if (then.author_id, &then.audience, body) != (now.author_id, &now.audience, &now.body) {
            return Err(format!("a comment says something else: {then:?} → {now:?}"));
        }
    }
    let is_new = |c: &&CommentRow| !before.comments.iter().any(|b| b.id == c.id);
    let mut new: Vec<&CommentRow> = after.comments.iter().filter(is_new).collect();
    for said in &expected.said {
        let at = new.iter().position(|c| {
            let is_there = match said.on {
                Some(ticket) => c.ticket_id == ticket,
                None => !before.tickets.contains_key(&c.ticket_id),
            };
            is_there
                && (c.author_id, &c.audience[..], &c.body)
                    == (said.author, said.audience, &said.text)
        });
        match at {
            Some(at) => drop(new.remove(at)),
            None => return Err(format!("lost: {said:?}")),
        }
    }
    if !new.is_empty() {
        return Err(format!("nobody said this: {new:?}"));
    }
    for ticket in after.tickets.values() {
        let its = after.comments.iter().filter(|c| c.ticket_id == ticket.id);
        let counted = i64::try_from(its.count()).unwrap_or_default();
        if counted != ticket.comment_count {
            return Err(format!(
                "#{} keeps {} comments and has {counted}",
                ticket.id, ticket.comment_count
            ));
        }
    }
    Ok(())
}

fn files(before: &Rows, after: &Rows, expected: &Expected) -> Result<(), String> {
    for then in &before.files {
        let now = after.files.iter().find(|f| f.id == then.id);
        match now {
            None if expected.file_gone == Some(then.id) => {}
            None => return Err(format!("file {} is gone", then.id)),
            Some(_) if expected.file_gone == Some(then.id) => {
                return Err(format!("file {} is still there", then.id));
            }
            Some(now) if (then.comment_id, &then.digest) != (now.comment_id, &now.digest) => {
                return Err(format!("a file is another: {then:?} → {now:?}"));
            }
            Some(_) => {}
        }
    }
    for file in &after.files {
        let its = after.comments.iter().find(|c| c.id == file.comment_id);
        if its.map(|c| c.ticket_id) != Some(file.ticket_id) {
            return Err(format!(
                "file {} stands on #{}, its comment is {its:?}",
                file.id, file.ticket_id
            ));
        }
    }
    Ok(())
}

fn people(before: &Rows, after: &Rows, expected: &Expected) -> Result<(), String> {
    let was_there = |on: &&OnIt| before.tickets.contains_key(&on.ticket_id);
    let now: BTreeSet<OnIt> = after.people.iter().filter(was_there).cloned().collect();
    let came: BTreeSet<OnIt> = now.difference(&before.people).cloned().collect();
    let went: BTreeSet<OnIt> = before.people.difference(&now).cloned().collect();
    let is_right = match &expected.people {
        People::Same => came.is_empty() && went.is_empty(),
        People::Exactly(these, those) => came == *these && went == *those,
        People::LetIn(ticket, them) => {
            went.is_empty()
                && came
                    .iter()
                    .all(|on| on.ticket_id == *ticket && them.contains(&on.person_id))
        }
        People::LetOut(tickets) => {
            came.is_empty() && went.iter().all(|on| tickets.contains(&on.ticket_id))
        }
    };
    if is_right {
        Ok(())
    } else {
        Err(format!(
            "{came:?} came and {went:?} went; expected {:?}",
            expected.people
        ))
    }
}
