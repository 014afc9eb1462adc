//! The rows of sessions, links, attempts, tokens and answered requests.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record, system};

use super::attempts::{Counted, Try};
use super::entering::Failures;
use super::links::{Link, Purpose};
use super::repeats::Known;
use super::sessions::{Listed, Session};
use super::tokens::{self, TokenId};
use crate::people::{Person, PersonId};

// Sessions

pub(super) async fn insert_session(
    tx: &mut Tx,
    token_hash: &str,
    person: PersonId,
    secret: &str,
    user_agent: &str,
    address: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO sessions (token_hash, person_id, secret, created_at, seen_at, user_agent, address) \
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        token_hash,
        person,
        secret,
        now,
        user_agent,
        address
    ))
    .await
    .map(|_| ())
}

pub(super) async fn session(
    ask: &mut dyn Answers,
    token_hash: &str,
) -> Result<Option<Session>, Error> {
    ask.maybe(global!(
        "SELECT s.token_hash, s.person_id, s.secret, s.created_at, s.seen_at, p.name, p.email, p.language, \
         p.time_zone, p.theme, p.density, p.single_keys, COALESCE(k.keys, '') AS key_map, p.has_portal, p.disabled_at, \
         COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope, s.eyes_id IS NOT NULL AS has_eyes, \
         EXISTS (SELECT 1 FROM sights m WHERE m.person_id = s.person_id AND m.level = 'edit' AND \
         (m.privileges LIKE '%manage_properties%' OR m.privileges LIKE '%manage_managers%' \
         OR m.privileges LIKE '%manage_categories%')) AS manages, s.must_turn, \
         EXISTS (SELECT 1 FROM mentors h WHERE h.mentor_id = s.person_id) AS mentors, \
         EXISTS (SELECT 1 FROM rights_notices n WHERE n.person_id = s.person_id AND n.seen_at IS NULL) AS has_new_rights, b.there_at, \
         (b.away_until IS NOT NULL AND b.looked_at IS NULL AND b.dismissed_at IS NULL) AS is_untold \
         FROM sessions s JOIN people p ON p.id = s.person_id LEFT JOIN agents a ON a.person_id = p.id \
         LEFT JOIN roles r ON r.id = a.role_id LEFT JOIN key_maps k ON k.person_id = s.person_id \
         LEFT JOIN absences b ON b.person_id = s.person_id WHERE s.token_hash = $1",
        token_hash
    ))
    .await
}

pub(super) async fn touch_session(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2",
        token_hash,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_session(
    tx: &mut Tx,
    person: PersonId,
    token_hash: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sessions WHERE token_hash = $1 AND person_id = $2",
        token_hash,
        person
    ))
    .await
    .map(|_| ())
}

/// Whose it was, if it was there.
pub(super) async fn delete_any_session(
    tx: &mut Tx,
    token_hash: &str,
) -> Result<Option<PersonId>, Error> {
    record! { struct Whose { person_id: PersonId } }
    let whose: Option<Whose> = tx
        .maybe(global!(
            "DELETE FROM sessions WHERE token_hash = $1 RETURNING person_id",
            token_hash
        ))
        .await?;
    Ok(whose.map(|w| w.person_id))
}

pub(super) async fn delete_sessions_of(
    tx: &mut Tx,
    person: PersonId,
    keep: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sessions WHERE person_id = $1 AND token_hash <> $2",
        person,
        keep
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_sessions_older(
    tx: &mut Tx,
    opened: Moment,
    seen: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2",
        opened,
        seen
    ))
    .await
    .map(|_| ())
}

pub(super) async fn sessions_of(
    ask: &mut dyn Answers,
    person: PersonId,
    opened: Moment,
    seen: Moment,
) -> Result<Vec<Listed>, Error> {
    ask.all(global!(
        "SELECT token_hash, created_at, seen_at, user_agent, address FROM sessions \
         WHERE person_id = $1 AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, token_hash LIMIT 200",
        person,
        opened,
        seen
    ))
    .await
}

// Passwords

pub(super) async fn password_hash(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Option<String>, Error> {
    record! { struct Hash { password_hash: Option<String> } }
    let row: Option<Hash> = ask
        .maybe(global!(
            "SELECT password_hash FROM people WHERE id = $1",
            person
        ))
        .await?;
    Ok(row.and_then(|r| r.password_hash))
}

pub(super) async fn set_password_hash(
    tx: &mut Tx,
    person: PersonId,
    hash: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET password_hash = $2 WHERE id = $1",
        person,
        hash
    ))
    .await
    .map(|_| ())
}

/// Writes a hash anew only over the one it was checked against.
pub(super) async fn replace_password_hash(
    tx: &mut Tx,
    person: PersonId,
    old: &str,
    new: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        person,
        old,
        new
    ))
    .await
    .map(|_| ())
}

// Links

pub(super) async fn insert_link(
    tx: &mut Tx,
    token_hash: &str,
    purpose: Purpose,
    person: Option<PersonId>,
    now: Moment,
    until: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO one_time_links (token_hash, purpose, person_id, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5)",
        token_hash,
        purpose,
        person,
        now,
        until
    ))
    .await
    .map(|_| ())
}

pub(super) async fn link(
    ask: &mut dyn Answers,
    purpose: Purpose,
    token_hash: &str,
    now: Moment,
) -> Result<Option<Link>, Error> {
    ask.maybe(global!(
        "SELECT person_id FROM one_time_links \
         WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3",
        token_hash,
        purpose,
        now
    ))
    .await
}

pub(super) async fn spend_link(
    tx: &mut Tx,
    purpose: Purpose,
    token_hash: &str,
    now: Moment,
) -> Result<Option<Link>, Error> {
    tx.maybe(global!(
        "UPDATE one_time_links SET used_at = $3 \
         WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3 RETURNING person_id",
        token_hash,
        purpose,
        now
    ))
    .await
}

pub(super) async fn spend_links(
    tx: &mut Tx,
    purpose: Purpose,
    person: Option<PersonId>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE one_time_links SET used_at = $3 \
         WHERE purpose = $1 AND COALESCE(person_id, 0) = $2 AND used_at IS NULL",
        purpose,
        person.map_or(0, |p| p.0),
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn spend_links_of(
    tx: &mut Tx,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE one_time_links SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL",
        person,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_links_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM one_time_links WHERE expires_at < $1",
        than
    ))
    .await
    .map(|_| ())
}

pub(super) async fn insert_account_mail(
    tx: &mut Tx,
    (message_id, purpose): (&str, &str),
    person: PersonId,
    address: &str,
    nonce: &str,
    detail: &str,
    now: Moment,
) -> Result<i64, Error> {
    record! { struct Number { id: i64 } }
    let row: Number = tx
        .one(system!(
            because = "the desk itself writes to somebody who cannot sign in",
            "INSERT INTO outgoing_mails (message_id, purpose, person_id, address, nonce, detail, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7) RETURNING id",
            message_id,
            purpose,
            person,
            address,
            nonce,
            detail,
            now
        ))
        .await?;
    Ok(row.id)
}

// Attempts

pub(super) async fn insert_attempt(
    tx: &mut Tx,
    counted: Counted,
    subject: &str,
    tried: Option<Try<'_>>,
    now: Moment,
) -> Result<i64, Error> {
    record! { struct Number { id: i64 } }
    let row: Number = tx
        .one(global!(
            "INSERT INTO sign_in_attempts (kind, subject, at, means, address) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            counted,
            subject,
            now,
            tried.map(|it| it.means),
            tried.map(|it| it.address)
        ))
        .await?;
    Ok(row.id)
}

/// The newest moments since `since`, newest first, at most `most`.
pub(super) async fn attempts(
    ask: &mut dyn Answers,
    counted: Counted,
    subject: &str,
    since: Moment,
    most: i64,
) -> Result<Vec<Moment>, Error> {
    record! { struct At { at: Moment } }
    let rows: Vec<At> = ask
        .all(global!(
            "SELECT at FROM sign_in_attempts WHERE kind = $1 AND subject = $2 AND at > $3 \
             ORDER BY at DESC LIMIT $4",
            counted,
            subject,
            since,
            most
        ))
        .await?;
    Ok(rows.into_iter().map(|r| r.at).collect())
}

/// Failed tries before this moment of which the journal has not told, together by account, way, address
/// and hour, the most first; of one account alone, if it is given. Names that nobody has are one.
pub(super) async fn failures(
    ask: &mut dyn Answers,
    account: Option<&str>,
    before: Moment,
    most: i64,
) -> Result<Vec<Failures>, Error> {
    ask.all(global!(
        "SELECT t.whose, t.means, t.address, t.hour, COUNT(*) AS n FROM (SELECT \
         CASE WHEN a.subject LIKE 'person %' THEN a.subject ELSE '' END AS whose, a.means, COALESCE(a.address, '') AS address, \
         a.at / 3600000000 AS hour FROM sign_in_attempts a WHERE a.means IS NOT NULL AND a.at < $1 \
         AND ($2 = '' OR a.subject = $2)) t GROUP BY t.whose, t.means, t.address, t.hour \
         ORDER BY n DESC, t.hour, t.whose, t.address, t.means LIMIT $3",
        before,
        account.unwrap_or_default(),
        most
    ))
    .await
}

/// How many of them there are.
pub(super) async fn count_failures(
    ask: &mut dyn Answers,
    account: Option<&str>,
    before: Moment,
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let count: Count = ask
        .one(global!(
            "SELECT COUNT(*) AS n FROM sign_in_attempts a WHERE a.means IS NOT NULL AND a.at < $1 AND ($2 = '' OR a.subject = $2)",
            before,
            account.unwrap_or_default()
        ))
        .await?;
    Ok(count.n)
}

/// Notes that the journal told of them.
pub(super) async fn failures_told(
    tx: &mut Tx,
    account: Option<&str>,
    before: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE sign_in_attempts SET means = NULL, address = NULL WHERE means IS NOT NULL AND at < $1 AND ($2 = '' OR subject = $2)",
        before,
        account.unwrap_or_default()
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_attempt(tx: &mut Tx, id: i64) -> Result<(), Error> {
    tx.run(global!("DELETE FROM sign_in_attempts WHERE id = $1", id))
        .await
        .map(|_| ())
}

pub(super) async fn delete_attempts(
    tx: &mut Tx,
    counted: Counted,
    subject: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM sign_in_attempts WHERE kind = $1 AND subject = $2",
        counted,
        subject
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_attempts_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!("DELETE FROM sign_in_attempts WHERE at < $1", than))
        .await
        .map(|_| ())
}

// Tokens of programs

pub(super) async fn insert_token(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    token_hash: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO api_tokens (person_id, name, token_hash, created_at) VALUES ($1, $2, $3, $4)",
        person,
        name,
        token_hash,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn person_of_token(
    ask: &mut dyn Answers,
    token_hash: &str,
) -> Result<Option<Person>, Error> {
    ask.maybe(global!(
        "SELECT p.id, p.name, p.email, p.login, p.language, p.time_zone, p.has_portal, p.disabled_at, p.version, \
         COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, a.scope \
         FROM api_tokens t JOIN people p ON p.id = t.person_id \
         LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id WHERE t.token_hash = $1 AND t.revoked_at IS NULL",
        token_hash
    ))
    .await
}

pub(super) async fn tokens_of(
    ask: &mut dyn Answers,
    person: PersonId,
) -> Result<Vec<tokens::Listed>, Error> {
    ask.all(global!(
        "SELECT id, name, created_at, revoked_at FROM api_tokens WHERE person_id = $1 ORDER BY id DESC",
        person
    ))
    .await
}

pub(super) async fn revoke_token(tx: &mut Tx, id: TokenId, now: Moment) -> Result<u64, Error> {
    tx.run(global!(
        "UPDATE api_tokens SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1",
        id,
        now
    ))
    .await
}

pub(super) async fn revoke_tokens_of(
    tx: &mut Tx,
    person: PersonId,
    now: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE api_tokens SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL",
        person,
        now
    ))
    .await
    .map(|_| ())
}

// Answered requests

pub(super) async fn insert_repeat(
    tx: &mut Tx,
    person: PersonId,
    key: &str,
    request_digest: &str,
    now: Moment,
) -> Result<u64, Error> {
    tx.run(global!(
        "INSERT INTO idempotency_keys (person_id, key, request_digest, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, key) DO NOTHING",
        person,
        key,
        request_digest,
        now
    ))
    .await
}

pub(super) async fn repeat(
    ask: &mut dyn Answers,
    person: PersonId,
    key: &str,
) -> Result<Option<Known>, Error> {
    ask.maybe(global!(
        "SELECT request_digest, status, body FROM idempotency_keys WHERE person_id = $1 AND key = $2",
        person,
        key
    ))
    .await
}

pub(super) async fn answer_repeat(
    tx: &mut Tx,
    person: PersonId,
    key: &str,
    status: u16,
    body: &str,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE idempotency_keys SET status = $3, body = $4 WHERE person_id = $1 AND key = $2",
        person,
        key,
        i64::from(status),
        body
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_repeat(tx: &mut Tx, person: PersonId, key: &str) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM idempotency_keys WHERE person_id = $1 AND key = $2",
        person,
        key
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_repeat_died(
    tx: &mut Tx,
    person: PersonId,
    key: &str,
    unanswered_before: Moment,
    answered_before: Moment,
) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM idempotency_keys WHERE person_id = $1 AND key = $2 \
         AND ((status IS NULL AND created_at < $3) OR created_at < $4)",
        person,
        key,
        unanswered_before,
        answered_before
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_repeats_older(tx: &mut Tx, than: Moment) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM idempotency_keys WHERE created_at < $1",
        than
    ))
    .await
    .map(|_| ())
}
