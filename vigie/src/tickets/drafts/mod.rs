//! Drafts: what somebody wrote and nobody else may read yet. One stands in the composer of each
//! ticket, on whatever device its author opens it; a public reply is held a few seconds before it is
//! one, so that it can be taken back.
//!
//! The state is kept in the row, and every step looks at it under the row's lock: a held reply is
//! released by its job, by its author's next deed on the ticket, or handed back by `undo`, whichever
//! comes first, and once. A crash between two steps leaves the row held and its job waiting.

mod crossing;
pub(super) mod store;

pub use crossing::{Crossing, ReadUpTo, before_answering, crossing};

use kit::authz::{Action, Actor, Judged, May};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error};
use kit::jobs::{self, Verdict};
use kit::{id, record, stored_words};

use super::comments::{Body, NewComment, NewFile};
use super::history::ReleaseReply;
use super::reading::find_to_change;
use super::rights::{Read, Reply};
use super::{Audience, CommentId, Origin, Ticket, TicketId, deeds};
use crate::people::{self, PersonId};

/// How long a public reply is held before it leaves.
pub const HELD_FOR: Span = Span::seconds(8);

/// The word of the job that lets a held reply go.
pub const RELEASE_REPLY: &str = "release_reply";

id! {
    /// A draft.
    DraftId
}
id! {
    /// A file of a draft.
    DraftFileId
}

stored_words! {
    /// Where a draft is on its way.
    pub enum Stage {
        /// In the composer.
        Draft = "draft",
        /// Sent by its author, not yet released.
        Held = "held",
        /// A comment now.
        Sent = "sent",
    }
}

record! {
    /// A draft as its author sees it.
    #[derive(Clone, Debug)]
    pub struct Draft {
        /// Its row.
        pub id: DraftId,
        /// What it answers.
        pub ticket_id: TicketId,
        /// Who is to read it.
        pub audience: Audience,
        /// Where it is on its way.
        pub state: Stage,
        /// Markdown, as typed.
        pub body: String,
        /// The form's token it was sent with.
        pub once: Option<String>,
        /// When it leaves.
        pub release_at: Option<Moment>,
        /// The right or rule that kept it from leaving.
        pub refusal: Option<String>,
        /// The comment it became.
        pub comment_id: Option<CommentId>,
    }
}

record! {
    /// A file of a draft.
    #[derive(Clone, Debug)]
    pub struct DraftFile {
        /// Its row.
        pub id: DraftFileId,
        /// Its draft.
        pub draft_id: DraftId,
        /// Its cleaned name.
        pub name: String,
        /// What it is, by its content.
        pub media_type: String,
        /// Its bytes.
        pub size: i64,
        /// Where they are.
        pub digest: String,
    }
}

/// Change one's own draft.
#[derive(Clone, Copy, Debug)]
pub struct Edit;
impl Action for Edit {
    const NAME: &'static str = "edit";
}

impl Judged for Draft {
    // Whoever finds it through their own eyes wrote it.
    fn judge(&self, _: &Actor, _: &'static str) -> Result<(), Because> {
        Ok(())
    }
}

/// The actor's drafts on a ticket that stand in the composer or are held, oldest first.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Draft>, Error> {
    store::of(ask, actor, ticket).await
}

/// The files of those drafts.
pub async fn files(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<DraftFile>, Error> {
    store::files(ask, actor, ticket).await
}

/// What stands in a composer.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Who is to read it.
    pub audience: Audience,
    /// Markdown, as typed.
    pub body: String,
    /// Files that come now.
    pub files: Vec<NewFile>,
    /// Which files of the draft so far stay; `None` keeps them all.
    pub kept: Option<Vec<DraftFileId>>,
}

/// Keeps what stands in the composer, in place of what stood there.
pub async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    typed: &Typed,
    now: Moment,
) -> Result<DraftId, Error> {
    let draft = match store::standing(tx, actor, ticket.id).await? {
        Some(draft) => {
            store::rewrite(tx, &draft, typed.audience, &typed.body, now).await?;
            draft.id
        }
        None => {
            let me = PersonId(actor.id());
            store::insert(tx, ticket, me, typed.audience, &typed.body, now).await?
        }
    };
    if let Some(kept) = &typed.kept {
        for file in store::files(tx, actor, ticket.id).await? {
            if file.draft_id == draft && !kept.contains(&file.id) {
                store::drop_file(tx, ticket, file.id).await?;
            }
        }
    }
    for file in &typed.files {
        store::add_file(tx, ticket, draft, file).await?;
    }
    Ok(draft)
}

/// Throws away what stands in the composer, if anything does.
pub async fn discard(tx: &mut Tx, actor: &Actor, ticket: TicketId) -> Result<(), Error> {
    match store::standing(tx, actor, ticket).await? {
        Some(draft) => store::delete(tx, &draft).await,
        None => Ok(()),
    }
}

/// The files of the draft in the composer that stay, as files of a comment to be.
pub async fn kept_files(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    kept: Option<&[DraftFileId]>,
) -> Result<Vec<NewFile>, Error> {
    let drafts = store::of(ask, actor, ticket).await?;
    let standing = drafts
        .iter()
        .find(|d| d.state == Stage::Draft)
        .map(|d| d.id);
    let files = store::files(ask, actor, ticket).await?;
    Ok(files
        .into_iter()
        .filter(|f| Some(f.draft_id) == standing)
        .filter(|f| kept.is_none_or(|kept| kept.contains(&f.id)))
        .map(new_file)
        .collect())
}

fn new_file(file: DraftFile) -> NewFile {
    NewFile {
        name: file.name,
        digest: file.digest,
        media_type: file.media_type,
        size: file.size,
    }
}

/// Whether the same form sent a reply on its way before.
pub async fn is_sent(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    once: Option<&str>,
) -> Result<bool, Error> {
    let before = store::sent_before(ask, actor, ticket, once).await?;
    Ok(before.is_some())
}

/// Sends a public reply on its way: it is released [`HELD_FOR`] from now. The same form twice is
/// held once.
///
/// # Errors
/// As writing it at once would.
pub async fn hold(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    typed: &Typed,
    once: Option<&str>,
    now: Moment,
) -> Result<DraftId, Error> {
    let may = find_to_change::<Reply>(tx, actor, ticket).await?;
    if let Some(before) = store::sent_before(tx, actor, ticket, once).await? {
        return Ok(before);
    }
    let standing = kept_files(tx, actor, ticket, typed.kept.as_deref()).await?;
    let comment = NewComment {
        body: Body {
            text: typed.body.clone(),
            html: String::new(),
            quoted: None,
        },
        files: standing.into_iter().chain(typed.files.clone()).collect(),
        origin: Origin::Web,
        once: None,
        incoming_mail: None,
    };
    comment.check()?;
    let readable = find_to_change::<Read>(tx, actor, ticket).await?;
    let id = keep(tx, actor, &readable, typed, now).await?;
    let release_at = now.plus(HELD_FOR);
    store::hold(tx, &may, id, once, release_at, now).await?;
    let job = ReleaseReply {
        draft: id.0,
        person: actor.id(),
    };
    jobs::enqueue(tx, RELEASE_REPLY, &job, release_at).await?;
    Ok(id)
}

/// What taking back came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// It stands in the composer again.
    Back,
    /// It had left already.
    TooLate,
}

/// Takes a held reply back into the composer, in front of what stands there meanwhile.
///
/// # Errors
/// `NotFound` when it is not the actor's, or not of this ticket.
pub async fn undo(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    id: DraftId,
    now: Moment,
) -> Result<Undone, Error> {
    let draft = store::find_to_change(tx, actor, id).await?;
    if draft.ticket_id != ticket {
        return Err(Error::NotFound);
    }
    match draft.state {
        Stage::Draft => Ok(Undone::Back),
        Stage::Sent => Ok(Undone::TooLate),
        Stage::Held => {
            hand_back(tx, actor, &draft, None, now).await?;
            Ok(Undone::Back)
        }
    }
}

async fn hand_back(
    tx: &mut Tx,
    actor: &Actor,
    draft: &May<Edit, Draft>,
    refusal: Option<&str>,
    now: Moment,
) -> Result<(), Error> {
    // Its row stays, so that taking back twice is taking back once.
    if let Some(standing) = store::standing(tx, actor, draft.ticket_id).await? {
        let mut body = draft.body.clone();
        if !standing.body.trim().is_empty() {
            body.push_str("\n\n");
            body.push_str(&standing.body);
        }
        store::move_files(tx, &standing, draft.id).await?;
        store::delete(tx, &standing).await?;
        store::rewrite(tx, draft, draft.audience, &body, now).await?;
    }
    store::take_back(tx, draft, refusal, now).await
}

/// The job that lets a held reply go.
pub async fn run_release(db: &Db, job: ReleaseReply, now: Moment) -> Verdict {
    let released = async {
        let mut tx = db.write().await?;
        let actor = people::find(&mut tx, PersonId(job.person)).await?.actor();
        release(&mut tx, &actor, DraftId(job.draft), now).await?;
        tx.commit().await
    }
    .await;
    match released {
        // Gone, or its author sees the ticket no more: nobody is to read it.
        Ok(()) | Err(Error::NotFound) => Verdict::Done,
        Err(error) => Verdict::Retry(error.to_string()),
    }
}

/// Lets the actor's held replies on a ticket go now: whoever acts on it has stopped hesitating, and
/// the deed is to stand behind the words.
pub async fn release_all(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    now: Moment,
) -> Result<(), Error> {
    for draft in store::of(tx, actor, ticket).await? {
        if draft.state == Stage::Held {
            release(tx, actor, draft.id, now).await?;
        }
    }
    Ok(())
}

async fn release(tx: &mut Tx, actor: &Actor, id: DraftId, now: Moment) -> Result<(), Error> {
    let draft = store::find_to_change(tx, actor, id).await?;
    if draft.state != Stage::Held {
        return Ok(());
    }
    find_to_change::<Read>(tx, actor, draft.ticket_id).await?;
    let files = store::files(tx, actor, draft.ticket_id).await?;
    let comment = NewComment {
        body: Body::of_markdown(&draft.body),
        files: files
            .into_iter()
            .filter(|f| f.draft_id == id)
            .map(new_file)
            .collect(),
        origin: Origin::Web,
        once: draft.once.clone().or_else(|| Some(format!("draft:{id}"))),
        incoming_mail: None,
    };
    match deeds::write_in(tx, actor, draft.ticket_id, draft.audience, comment, now).await {
        Ok(written) => store::sent(tx, &draft, written.comment, now).await,
        // The ticket was stored, or a right was lost meanwhile: the words go back to who wrote them.
        Err(Error::Forbidden(because)) => hand_back(tx, actor, &draft, Some(because.0), now).await,
        Err(other) => Err(other),
    }
}
