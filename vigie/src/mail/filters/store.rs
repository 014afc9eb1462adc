//! The SQL of filter rules, and of the letters they put into quarantine.

use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{global, record, scoped};

use super::quarantine::Quarantined;
use super::{Checked, DAYS, FilterAdmin, FilterId};
use crate::mail::mailboxes::MailboxId;
use crate::mail::store::{ChannelId, IncomingId, IncomingState};

/// The number of a day since 1970, in UTC.
fn day(now: Moment) -> i64 {
    now.0.div_euclid(Span::days(1).0)
}

/// All of them in their order, or the one; with how many letters each met of late.
fn rows(id: Option<FilterId>, now: Moment) -> Query {
    global!(
        "SELECT r.id, r.name, r.position, r.is_active, r.channel_id, h.address AS channel, r.mailbox_id, m.name AS mailbox, \
         r.senders, r.header_name, r.header_words, r.words, r.size_over, r.needs_file, r.outcome, r.category_id, c.name AS category, \
         d.name AS department, r.tag_words, r.version, \
         (SELECT CAST(COALESCE(SUM(k.letters), 0) AS BIGINT) FROM filter_counts k WHERE k.rule_id = r.id AND k.day > $2) AS met \
         FROM filter_rules r LEFT JOIN channels h ON h.id = r.channel_id LEFT JOIN mailboxes m ON m.id = r.mailbox_id \
         LEFT JOIN categories c ON c.id = r.category_id LEFT JOIN departments d ON d.id = c.department_id \
         WHERE r.id = $1 OR $1 = 0 ORDER BY r.position, r.id",
        id.unwrap_or(FilterId(0)),
        day(now) - DAYS
    )
}

pub(super) async fn all(ask: &mut dyn Answers, now: Moment) -> Result<Vec<FilterAdmin>, Error> {
    ask.all(rows(None, now)).await
}

pub(super) async fn one(
    ask: &mut dyn Answers,
    id: FilterId,
    now: Moment,
) -> Result<Option<FilterAdmin>, Error> {
    ask.maybe(rows(Some(id), now)).await
}

/// The same inside a change: nobody else changes it meanwhile.
pub(super) async fn one_to_change(
    tx: &mut Tx,
    id: FilterId,
    now: Moment,
) -> Result<Option<FilterAdmin>, Error> {
    let query = rows(Some(id), now).locking(tx.engine(), "r");
    tx.maybe(query).await
}

/// Every rule inside a change of their order.
pub(super) async fn all_to_change(tx: &mut Tx, now: Moment) -> Result<Vec<FilterAdmin>, Error> {
    let query = rows(None, now).locking(tx.engine(), "r");
    tx.all(query).await
}

pub(super) async fn insert(tx: &mut Tx, it: &Checked) -> Result<FilterId, Error> {
    record! { struct Number { id: FilterId } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO filter_rules (name, position, is_active, channel_id, mailbox_id, senders, header_name, header_words, words, \
             size_over, needs_file, outcome, category_id, tag_words) \
             SELECT $1, COALESCE(MAX(r.position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM filter_rules r \
             RETURNING id",
            it.name.as_str(),
            it.is_active,
            it.channel.as_ref().map(|it| it.0),
            it.mailbox.as_ref().map(|it| it.0),
            it.senders.as_str(),
            it.header_name.as_str(),
            it.header_words.as_str(),
            it.words.as_str(),
            it.size_over,
            it.needs_file,
            it.outcome,
            it.category.as_ref().map(|it| it.0),
            it.tag_words.as_str(),
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn update(tx: &mut Tx, id: FilterId, it: &Checked) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE filter_rules SET name = $2, is_active = $3, channel_id = $4, mailbox_id = $5, senders = $6, header_name = $7, \
         header_words = $8, words = $9, size_over = $10, needs_file = $11, outcome = $12, category_id = $13, tag_words = $14, \
         version = version + 1 WHERE id = $1",
        id,
        it.name.as_str(),
        it.is_active,
        it.channel.as_ref().map(|it| it.0),
        it.mailbox.as_ref().map(|it| it.0),
        it.senders.as_str(),
        it.header_name.as_str(),
        it.header_words.as_str(),
        it.words.as_str(),
        it.size_over,
        it.needs_file,
        it.outcome,
        it.category.as_ref().map(|it| it.0),
        it.tag_words.as_str(),
    ))
    .await
    .map(|_| ())
}

/// Puts a rule at a place; a rule that only makes room is not changed by that.
pub(super) async fn place(
    tx: &mut Tx,
    id: FilterId,
    position: i64,
    is_moved: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE filter_rules SET position = $2, version = version + $3 WHERE id = $1",
        id,
        position,
        i64::from(is_moved)
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, id: FilterId) -> Result<(), Error> {
    tx.run(global!("DELETE FROM filter_counts WHERE rule_id = $1", id))
        .await?;
    tx.run(global!("DELETE FROM filter_rules WHERE id = $1", id))
        .await
        .map(|_| ())
}

/// The mailbox that brought these bytes to this address.
pub(super) async fn mailbox_of(
    ask: &mut dyn Answers,
    channel: ChannelId,
    digest: &str,
) -> Result<Option<MailboxId>, Error> {
    record! { struct Found { id: MailboxId } }
    let found: Option<Found> = ask
        .maybe(global!(
            "SELECT m.id FROM mailboxes m JOIN mailbox_letters l ON l.mailbox_id = m.id AND l.digest = $2 \
             WHERE m.channel_id = $1 AND l.state = 'taken' ORDER BY l.id LIMIT 1",
            channel,
            digest
        ))
        .await?;
    Ok(found.map(|it| it.id))
}

/// Counts a letter that a rule met, unless the rule is gone; what is too old to be shown goes.
pub(super) async fn count(tx: &mut Tx, id: FilterId, now: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM filter_counts WHERE rule_id = $1 AND day <= $2",
        id,
        day(now) - DAYS
    ))
    .await?;
    tx.run(global!(
        "INSERT INTO filter_counts (rule_id, day, letters) SELECT r.id, $2, 1 FROM filter_rules r WHERE r.id = $1 \
         ON CONFLICT (rule_id, day) DO UPDATE SET letters = filter_counts.letters + 1",
        id,
        day(now)
    ))
    .await
    .map(|_| ())
}

/// A letter and the rule it is in quarantine by, through an administrator's eyes.
pub(super) async fn standing(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: IncomingId,
) -> Result<(IncomingState, Option<String>), Error> {
    record! { struct Stands { state: IncomingState, filtered_by: Option<String> } }
    let found: Option<Stands> = ask
        .maybe(scoped!(
            actor,
            "SELECT i.state, i.filtered_by FROM incoming_mails i WHERE i.id = $1 AND {visible:incoming_mails i}",
            id
        ))
        .await?;
    let found = found.ok_or(Error::NotFound)?;
    Ok((found.state, found.filtered_by))
}

/// Letters in quarantine, the newest first, before one of them; by one rule, unless its name is empty.
pub(super) async fn quarantined(
    ask: &mut dyn Answers,
    actor: &Actor,
    rule: &str,
    before: Option<IncomingId>,
    limit: i64,
) -> Result<Vec<Quarantined>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT i.id, c.address AS channel, COALESCE(i.sender, i.envelope_from) AS sender, COALESCE(i.subject, '') AS subject, \
         COALESCE(i.filtered_by, '') AS rule, i.received_at, CAST(LENGTH(i.raw) AS BIGINT) AS bytes FROM incoming_mails i \
         LEFT JOIN channels c ON c.id = i.channel_id WHERE i.state = 'quarantined' AND i.id < $1 AND (i.filtered_by = $2 OR $2 = '') \
         AND {visible:incoming_mails i} ORDER BY i.id DESC LIMIT $3",
        before.unwrap_or(IncomingId(i64::MAX)),
        rule,
        limit
    ))
    .await
}

record! {
    /// How many letters one rule holds in quarantine.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Held {
        /// The rule's name, as it was when it did it.
        pub rule: String,
        /// How many.
        pub letters: i64,
    }
}

/// How many letters each rule holds in quarantine, by name.
pub(super) async fn held(ask: &mut dyn Answers, actor: &Actor) -> Result<Vec<Held>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT COALESCE(i.filtered_by, '') AS rule, COUNT(*) AS letters FROM incoming_mails i WHERE i.state = 'quarantined' \
         AND {visible:incoming_mails i} GROUP BY COALESCE(i.filtered_by, '') ORDER BY COALESCE(i.filtered_by, '')"
    ))
    .await
}
