//! Forms that somebody typed in and did not send (decision 0051): a new ticket, a change of a property, a reply
//! in the portal. Each is a row of whoever typed, on whatever device they come back; what stands in the composer
//! of an agent is a draft of its own ([`super::drafts`]), with its files.
//!
//! A row goes when its form is sent, thrown away, or emptied; when its ticket leaves its author's sight it
//! is there and not shown; and a month after it was touched last. Whichever was typed later stands.

pub mod pages;
mod store;

use std::collections::BTreeMap;

use kit::authz::{Action, Actor, Judged, May};
use kit::clock::{Moment, Span};
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error};
use kit::{id, record, stored_words};

use super::rights::Read;
use super::{TicketId, reading};
use crate::people::PersonId;

/// How long a row is kept after it was touched last, and how long it is known that a form was sent: a browser gives
/// nothing to the desk that is older.
pub const KEPT_FOR: Span = Span::days(30);
/// The most that one has begun at once in forms that have tokens; the oldest make room.
pub const MOST_BEGUN: i64 = 20;
/// The longest field, in characters: that of a comment.
const LONGEST: usize = super::comments::LONGEST;

id! {
    /// A form that was not sent.
    UnsentId
}

stored_words! {
    /// Which form it is.
    pub enum Form {
        /// A new ticket, by an agent.
        New = "new",
        /// A new ticket, in the portal.
        PortalNew = "portal_new",
        /// A reply in the portal.
        PortalReply = "portal_reply",
        /// What a ticket is about.
        Subject = "subject",
        /// How pressing it is.
        Priority = "priority",
        /// Which way it came in.
        Origin = "origin",
        /// Who beside its people may look at it.
        Visibility = "visibility",
        /// Who asked.
        Requester = "requester",
    }
}

impl Form {
    /// Its fields, as the form names them.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Form::New => &[
                "requester",
                "category",
                "subject",
                "body",
                "priority",
                "origin",
                "visibility",
            ],
            Form::PortalNew => &["category", "subject", "body", "private"],
            Form::PortalReply => &["body"],
            Form::Subject => &["subject", "was"],
            Form::Priority => &["priority", "was"],
            Form::Origin => &["origin", "was"],
            Form::Visibility => &["visibility", "was"],
            Form::Requester => &["requester", "keep", "was"],
        }
    }

    /// Whether there is something to keep.
    fn says_something(self, fields: &Fields) -> bool {
        let has = |name: &str| fields.get(name).is_some_and(|it| !it.trim().is_empty());
        match self {
            Form::New | Form::PortalNew => has("subject") || has("body"),
            Form::PortalReply => has("body"),
            _ => {
                let name = self.word();
                has(name) && fields.get(name) != fields.get("was")
            }
        }
    }

    /// Whether several can be begun at once, told apart by their tokens.
    #[must_use]
    pub fn has_token(self) -> bool {
        matches!(self, Form::New | Form::PortalNew | Form::PortalReply)
    }

    /// Whether it is of a ticket that is there.
    #[must_use]
    pub fn is_of_ticket(self) -> bool {
        !matches!(self, Form::New | Form::PortalNew)
    }

    /// Whether it is a form of the portal.
    #[must_use]
    pub fn is_of_portal(self) -> bool {
        matches!(self, Form::PortalNew | Form::PortalReply)
    }
}

/// What was typed, by field.
pub type Fields = BTreeMap<String, String>;

record! {
    #[derive(Clone, Debug)]
    struct Row {
        id: UnsentId,
        ticket_id: Option<TicketId>,
        form: Form,
        token: String,
        seen: Option<i64>,
        fields: String,
        updated_at: Moment,
    }
}

/// A form that was not sent, as its author sees it.
#[derive(Clone, Debug)]
pub struct Unsent {
    /// Its row.
    pub id: UnsentId,
    /// The ticket it is of, if that is there.
    pub ticket_id: Option<TicketId>,
    /// Which form it is.
    pub form: Form,
    /// The token of the form it was typed in.
    pub token: String,
    /// The version of the ticket that was looked at.
    pub seen: Option<i64>,
    /// What was typed.
    pub fields: Fields,
    /// When it was touched last.
    pub at: Moment,
}

impl Unsent {
    /// What was typed in a field.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}

impl From<Row> for Unsent {
    fn from(row: Row) -> Unsent {
        Unsent {
            id: row.id,
            ticket_id: row.ticket_id,
            form: row.form,
            token: row.token,
            seen: row.seen,
            // What cannot be read any more is shown as empty, and can be thrown away.
            fields: serde_json::from_str(&row.fields).unwrap_or_default(),
            at: row.updated_at,
        }
    }
}

/// Keep what one typed oneself.
#[derive(Clone, Copy, Debug)]
struct Keep;
impl Action for Keep {
    const NAME: &'static str = "keep";
}

/// Whoever types.
#[derive(Clone, Copy, Debug)]
struct Author {
    id: PersonId,
}

impl Judged for Author {
    // Whoever finds themselves may keep what they type.
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        match self.id.0 == actor.id() {
            true => Ok(()),
            false => Err(Because("rule-own-drafts")),
        }
    }
}

/// What a form says, to be kept.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Which form it is.
    pub form: Form,
    /// Of which ticket.
    pub ticket: Option<TicketId>,
    /// The token of the form, of a new ticket.
    pub token: String,
    /// The version of the ticket that was looked at.
    pub seen: Option<i64>,
    /// What was typed.
    pub fields: Fields,
    /// What the ticket says where the form would change it, in the form's own words.
    pub stands: Option<String>,
    /// When it was typed; a browser without a connection gives it to the desk later.
    pub at: Moment,
}

/// What became of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    As(UnsentId),
    /// It says nothing: nothing is kept of it any more.
    Nothing,
    /// Its form was sent meanwhile, or something later was typed in it on another device.
    TooLate,
}

/// Keeps what stands in a form, in place of what stood there before; nothing is kept of an emptied one, and of one that
/// changes nothing.
///
/// # Errors
/// `NotFound` when its ticket is not for the actor's eyes.
pub async fn keep(tx: &mut Tx, actor: &Actor, typed: Typed) -> Result<Kept, Error> {
    if let Some(ticket) = typed.ticket {
        reading::find::<Read>(tx, actor, ticket).await?;
    }
    let token = match typed.ticket {
        Some(ticket) if !typed.form.has_token() => ticket.to_string(),
        _ => typed.token.clone(),
    };
    let me = myself(actor)?;
    let fields: Fields = typed
        .form
        .fields()
        .iter()
        .filter_map(|name| {
            let value = typed.fields.get(*name)?;
            Some(((*name).to_owned(), value.chars().take(LONGEST).collect()))
        })
        .collect();
    // What it says already, such as a change that arrives after it was saved elsewhere, is none.
    let is_so = typed.stands.is_some() && typed.stands.as_ref() == fields.get(typed.form.word());
    if is_so || !typed.form.says_something(&fields) {
        store::drop_unsent(tx, &me, typed.form, &token, typed.at).await?;
        return Ok(Kept::Nothing);
    }
    let text = serde_json::to_string(&fields).map_err(Error::bug)?;
    let id = store::put(tx, &me, &typed, &token, &text).await?;
    store::sweep(tx, &me, MOST_BEGUN).await?;
    Ok(id.map_or(Kept::TooLate, Kept::As))
}

/// Whoever types, as proof that what is kept is theirs.
fn myself(actor: &Actor) -> Result<Me, Error> {
    let id = PersonId(actor.id());
    kit::authz::permit(actor, Author { id })
}

/// The form was sent: what was kept of it goes, and what arrives late, on another connection, is known by its
/// token.
pub async fn sent(
    tx: &mut Tx,
    actor: &Actor,
    form: Form,
    token: &str,
    now: Moment,
) -> Result<(), Error> {
    let me = myself(actor)?;
    match form.has_token() {
        true => store::note_sent(tx, &me, form, token, now).await,
        false => store::drop_one(tx, &me, form, token).await,
    }
}

/// What the actor has begun and not sent of this form, the latest first.
pub async fn begun(ask: &mut dyn Answers, actor: &Actor, form: Form) -> Result<Vec<Unsent>, Error> {
    let rows = store::begun(ask, actor, form, MOST_BEGUN).await?;
    Ok(rows.into_iter().map(Unsent::from).collect())
}

/// What the actor typed in the forms of a ticket and did not send.
pub async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Unsent>, Error> {
    let rows = store::of(ask, actor, ticket).await?;
    Ok(rows.into_iter().map(Unsent::from).collect())
}

/// The one of this number, if the actor began it in this form.
pub async fn one(
    ask: &mut dyn Answers,
    actor: &Actor,
    form: Form,
    id: Option<i64>,
) -> Result<Option<Unsent>, Error> {
    let begun = begun(ask, actor, form).await?;
    Ok(begun.into_iter().find(|it| Some(it.id.0) == id))
}

/// The reply that the actor typed in the portal and did not send: the latest, of several tabs.
pub async fn reply(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<Unsent>, Error> {
    let all = of(ask, actor, ticket).await?;
    let replies = all.into_iter().filter(|it| it.form == Form::PortalReply);
    Ok(replies.max_by_key(|it| it.at))
}

/// Throws one away; says of which ticket it was.
///
/// # Errors
/// `NotFound` when it is not the actor's.
pub async fn discard(tx: &mut Tx, actor: &Actor, id: UnsentId) -> Result<Option<TicketId>, Error> {
    let me = myself(actor)?;
    let row = store::find(tx, actor, id).await?;
    store::drop_one(tx, &me, row.form, &row.token).await?;
    Ok(row.ticket_id)
}

/// Drops what nobody touched for [`KEPT_FOR`]; how many rows that were.
pub async fn forget_old(db: &Db, now: Moment) -> Result<usize, Error> {
    let mut tx = db.write().await?;
    let gone = store::forget_before(&mut tx, now.minus(KEPT_FOR)).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Who may keep: for stores of this room.
type Me = May<Keep, Author>;

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Fields {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        all.iter().map(owned).collect()
    }

    #[test]
    fn only_what_says_something_is_kept() {
        for (form, typed, is_kept) in [
            (Form::New, &[("requester", "a@example.org")][..], false),
            (Form::New, &[("subject", "  ")], false),
            (Form::New, &[("subject", "Printer")], true),
            (Form::PortalNew, &[("body", "It is broken.")], true),
            (Form::PortalReply, &[("body", "")], false),
            (Form::Subject, &[("subject", "A"), ("was", "A")], false),
            (Form::Subject, &[("subject", "B"), ("was", "A")], true),
            (
                Form::Priority,
                &[("priority", "high"), ("was", "normal")],
                true,
            ),
            (
                Form::Requester,
                &[("keep", "yes"), ("was", "a@example.org")],
                false,
            ),
        ] {
            assert_eq!(
                form.says_something(&fields(typed)),
                is_kept,
                "{form:?} {typed:?}"
            );
        }
    }
}
