//! The SQL of forms that were not sent.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{acting, record, scoped, system};

use super::{Form, Me, Row, Typed, UnsentId};
use crate::tickets::TicketId;

pub(super) async fn find(ask: &mut dyn Answers, actor: &Actor, id: UnsentId) -> Result<Row, Error> {
    ask.maybe(scoped!(
        actor,
        "SELECT u.id, u.ticket_id, u.form, u.token, u.seen, u.fields, u.updated_at FROM unsent_forms u \
         WHERE u.id = $1 AND u.sent_at IS NULL AND {visible:unsent_forms u}",
        id
    ))
    .await?
    .ok_or(Error::NotFound)
}

pub(super) async fn begun(
    ask: &mut dyn Answers,
    actor: &Actor,
    form: Form,
    most: i64,
) -> Result<Vec<Row>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT u.id, u.ticket_id, u.form, u.token, u.seen, u.fields, u.updated_at FROM unsent_forms u \
         WHERE u.person_id = {actor} AND u.form = $1 AND u.sent_at IS NULL AND {visible:unsent_forms u} ORDER BY u.updated_at DESC, u.id DESC LIMIT $2",
        form,
        most
    ))
    .await
}

pub(super) async fn of(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Vec<Row>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT u.id, u.ticket_id, u.form, u.token, u.seen, u.fields, u.updated_at FROM unsent_forms u \
         WHERE u.ticket_id = $1 AND u.person_id = {actor} AND u.sent_at IS NULL AND {visible:unsent_forms u} ORDER BY u.id",
        ticket
    ))
    .await
}

record! { struct Put { id: UnsentId } }

/// Puts what was typed; nothing when its form was sent, or something later stands there.
pub(super) async fn put(
    tx: &mut Tx,
    me: &Me,
    typed: &Typed,
    token: &str,
    fields: &str,
) -> Result<Option<UnsentId>, Error> {
    let row: Option<Put> = tx
        .maybe(acting!(
            me,
            "INSERT INTO unsent_forms (person_id, ticket_id, form, token, seen, fields, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (person_id, form, token) DO UPDATE SET seen = $5, fields = $6, updated_at = $7, \
             version = unsent_forms.version + 1 WHERE unsent_forms.sent_at IS NULL AND unsent_forms.updated_at <= $7 RETURNING id",
            me.id,
            typed.ticket,
            typed.form,
            token,
            typed.seen,
            fields,
            typed.at
        ))
        .await?;
    Ok(row.map(|row| row.id))
}

/// An empty row says that the form of this token was sent.
pub(super) async fn note_sent(
    tx: &mut Tx,
    me: &Me,
    form: Form,
    token: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        me,
        "INSERT INTO unsent_forms (person_id, form, token, fields, updated_at, sent_at) VALUES ($1, $2, $3, '', $4, $4) \
         ON CONFLICT (person_id, form, token) DO UPDATE SET ticket_id = NULL, fields = '', updated_at = $4, sent_at = $4, \
         version = unsent_forms.version + 1",
        me.id,
        form,
        token,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn drop_one(tx: &mut Tx, me: &Me, form: Form, token: &str) -> Result<(), Error> {
    tx.run(acting!(
        me,
        "DELETE FROM unsent_forms WHERE person_id = $1 AND form = $2 AND token = $3",
        me.id,
        form,
        token
    ))
    .await
    .map(|_| ())
}

/// An emptied form: what was typed in it until then goes. That it was sent stays known.
pub(super) async fn drop_unsent(
    tx: &mut Tx,
    me: &Me,
    form: Form,
    token: &str,
    at: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        me,
        "DELETE FROM unsent_forms WHERE person_id = $1 AND form = $2 AND token = $3 AND sent_at IS NULL AND updated_at <= $4",
        me.id,
        form,
        token,
        at
    ))
    .await
    .map(|_| ())
}

/// Drops of forms with tokens all but the `most` latest.
pub(super) async fn sweep(tx: &mut Tx, me: &Me, most: i64) -> Result<(), Error> {
    tx.run(acting!(
        me,
        "DELETE FROM unsent_forms WHERE person_id = $1 AND form IN ('new', 'portal_new', 'portal_reply') AND sent_at IS NULL \
         AND id NOT IN (SELECT k.id FROM unsent_forms k WHERE k.person_id = $1 AND k.form IN ('new', 'portal_new', 'portal_reply') \
         AND k.sent_at IS NULL ORDER BY k.updated_at DESC, k.id DESC LIMIT $2)",
        me.id,
        most
    ))
    .await
    .map(|_| ())
}

pub(super) async fn forget_before(tx: &mut Tx, before: Moment) -> Result<usize, Error> {
    let gone = tx
        .run(system!(
            because = "old forms go, whoever's they are",
            "DELETE FROM unsent_forms WHERE updated_at < $1",
            before
        ))
        .await?;
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}
