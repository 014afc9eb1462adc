//! The SQL of taking letters out of mailboxes. Whoever takes holds the mailbox by a lease, and every change that follows
//! from taking asks for it again in its own transaction: who lost it, or takes by particulars that were changed
//! meanwhile, changes nothing.

use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, record, stored_words};

use super::MailboxId;
use super::fault::{Fault, Kind};

stored_words! {
    /// What became of a letter that was met.
    pub enum Met {
        /// Taken.
        Taken = "taken",
        /// Taken before, or come another way.
        Known = "known",
        /// Lay there when taking began.
        Before = "before",
        /// Left where it is.
        TooLarge = "too_large",
        /// There, and not handed over: asked for again.
        Withheld = "withheld",
    }
}

stored_words! {
    /// How far copying an original has come, where a server cannot move.
    pub enum Step {
        /// There is no copy.
        Open = "open",
        /// There may be one.
        Copying = "copying",
        /// There is one.
        Copied = "copied",
    }
}

/// Where letters are numbered: account, folder, numbering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    pub account: String,
    pub folder: String,
    pub uid_validity: i64,
}

record! {
    /// A mailbox that is to be fetched.
    pub(super) struct Active { pub id: MailboxId, pub version: i64 }
}

/// The mailboxes that are to be fetched.
pub(super) async fn active(ask: &mut dyn Answers) -> Result<Vec<Active>, Error> {
    ask.all(global!(
        "SELECT m.id, m.version FROM mailboxes m JOIN channels h ON h.id = m.channel_id \
         WHERE m.is_active = TRUE AND h.is_active = TRUE ORDER BY m.id"
    ))
    .await
}

/// Who holds a mailbox, and by which particulars.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    pub id: MailboxId,
    pub version: i64,
    pub holder: String,
}

/// Takes the lease, when nobody has it or theirs ran out.
pub(super) async fn take_hold(
    tx: &mut Tx,
    hold: &Hold,
    now: Moment,
    until: Moment,
) -> Result<bool, Error> {
    let held = tx
        .run(global!(
            "UPDATE mailbox_states SET holder = $2, held_until = $4 WHERE mailbox_id = $1 \
             AND (holder IS NULL OR holder = $2 OR held_until < $3)",
            hold.id,
            hold.holder.as_str(),
            now,
            until
        ))
        .await?;
    Ok(held == 1)
}

/// Keeps the lease for longer; false when somebody else has it, or the mailbox is another one by now.
pub(super) async fn keep_hold(tx: &mut Tx, hold: &Hold, until: Moment) -> Result<bool, Error> {
    let held = tx
        .run(global!(
            "UPDATE mailbox_states SET held_until = $4 WHERE mailbox_id = $1 AND holder = $2 \
             AND EXISTS (SELECT 1 FROM mailboxes m JOIN channels h ON h.id = m.channel_id \
             WHERE m.id = $1 AND m.version = $3 AND m.is_active = TRUE AND h.is_active = TRUE)",
            hold.id,
            hold.holder.as_str(),
            hold.version,
            until
        ))
        .await?;
    Ok(held == 1)
}

/// Gives the lease back.
pub(super) async fn let_go(tx: &mut Tx, hold: &Hold) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_states SET holder = NULL, held_until = 0 WHERE mailbox_id = $1 AND holder = $2",
        hold.id,
        hold.holder.as_str()
    ))
    .await
    .map(|_| ())
}

record! {
    /// How far taking has come.
    pub(super) struct Reached {
        pub account: String,
        pub folder: String,
        pub uid_validity: i64,
        pub next_uid: i64,
        pub is_surveyed: bool,
        pub succeeded_at: Option<Moment>,
    }
}

pub(super) async fn reached(ask: &mut dyn Answers, id: MailboxId) -> Result<Reached, Error> {
    let found: Option<Reached> = ask
        .maybe(global!(
            "SELECT account, folder, uid_validity, next_uid, is_surveyed, succeeded_at FROM mailbox_states WHERE mailbox_id = $1",
            id
        ))
        .await?;
    found.ok_or(Error::NotFound)
}

/// Goes on in another numbering, or further in this one.
pub(super) async fn reach(
    tx: &mut Tx,
    id: MailboxId,
    at: &Numbering,
    next_uid: i64,
    is_surveyed: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_states SET account = $2, folder = $3, uid_validity = $4, next_uid = $5, is_surveyed = $6 \
         WHERE mailbox_id = $1",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity,
        next_uid,
        is_surveyed
    ))
    .await
    .map(|_| ())
}

/// Puts everything that was met in this numbering into one that no server has: its numbers begin again.
pub(super) async fn displace(
    tx: &mut Tx,
    id: MailboxId,
    at: &Numbering,
    uid_validity: i64,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_letters SET uid_validity = $5 \
         WHERE mailbox_id = $1 AND account = $2 AND folder = $3 AND uid_validity = $4",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity,
        uid_validity
    ))
    .await?;
    tx.run(global!(
        "UPDATE mailbox_states SET uid_validity = $2 WHERE mailbox_id = $1",
        id,
        uid_validity
    ))
    .await
    .map(|_| ())
}

record! {
    /// A letter that was met.
    pub(super) struct Noted {
        pub uid: i64,
        pub identity: String,
        pub state: Met,
        pub is_settled: bool,
        pub is_gone: bool,
    }
}

/// Every letter that was met in this numbering.
pub(super) async fn noted(
    ask: &mut dyn Answers,
    id: MailboxId,
    at: &Numbering,
) -> Result<Vec<Noted>, Error> {
    ask.all(global!(
        "SELECT uid, identity, state, is_settled, is_gone FROM mailbox_letters \
         WHERE mailbox_id = $1 AND account = $2 AND folder = $3 AND uid_validity = $4 ORDER BY uid",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity
    ))
    .await
}

/// A letter to be noted.
pub(super) struct Note<'a> {
    pub uid: i64,
    pub digest: &'a str,
    pub identity: &'a str,
    pub state: Met,
    /// Nothing is to be done with the original.
    pub is_settled: bool,
}

/// Notes a letter; false when it is noted already, by whomever. One that was withheld is so no longer.
pub(super) async fn note(
    tx: &mut Tx,
    id: MailboxId,
    at: &Numbering,
    note: &Note<'_>,
    now: Moment,
) -> Result<bool, Error> {
    let noted = tx
        .run(global!(
            "INSERT INTO mailbox_letters (mailbox_id, account, folder, uid_validity, uid, digest, identity, state, is_settled, noted_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT (mailbox_id, account, folder, uid_validity, uid) DO UPDATE SET digest = excluded.digest, \
             identity = excluded.identity, state = excluded.state, is_settled = excluded.is_settled, attempts = 0, \
             reason = NULL, said = '', noted_at = excluded.noted_at WHERE mailbox_letters.state = 'withheld'",
            id,
            at.account.as_str(),
            at.folder.as_str(),
            at.uid_validity,
            note.uid,
            note.digest,
            note.identity,
            note.state,
            note.is_settled,
            now
        ))
        .await?;
    Ok(noted == 1)
}

/// Whether a letter with these bytes was taken from this mailbox before.
pub(super) async fn knows(
    ask: &mut dyn Answers,
    id: MailboxId,
    digest: &str,
) -> Result<bool, Error> {
    record! { struct Found { uid: i64 } }
    let found: Option<Found> = ask
        .maybe(global!(
            "SELECT uid FROM mailbox_letters WHERE mailbox_id = $1 AND digest = $2 LIMIT 1",
            id,
            digest
        ))
        .await?;
    Ok(found.is_some())
}

/// Counts what was taken and what was left.
pub(super) async fn count(
    tx: &mut Tx,
    id: MailboxId,
    taken: i64,
    too_large: i64,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_states SET taken = taken + $2, too_large = too_large + $3 WHERE mailbox_id = $1",
        id,
        taken,
        too_large
    ))
    .await
    .map(|_| ())
}

/// Notes a letter that is there and does not come, or why it does not come this time either.
pub(super) async fn withhold(
    tx: &mut Tx,
    id: MailboxId,
    at: &Numbering,
    (uid, fault): (i64, &Fault),
    (now, retry_at): (Moment, Moment),
) -> Result<(), Error> {
    tx.run(global!(
        "INSERT INTO mailbox_letters (mailbox_id, account, folder, uid_validity, uid, digest, identity, state, is_settled, \
         attempts, noted_at, reason, said, retry_at) VALUES ($1, $2, $3, $4, $5, '', '', 'withheld', TRUE, 1, $6, $7, $8, $9) \
         ON CONFLICT (mailbox_id, account, folder, uid_validity, uid) DO UPDATE SET reason = excluded.reason, \
         said = excluded.said WHERE mailbox_letters.state = 'withheld'",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity,
        uid,
        now,
        fault.kind,
        fault.said.as_str(),
        retry_at
    ))
    .await
    .map(|_| ())
}

record! {
    /// A withheld letter that is asked for again.
    pub(super) struct Due { pub id: i64, pub uid: i64, pub attempts: i64 }
}

/// Some of the withheld letters that are to be asked for again.
pub(super) async fn due(
    ask: &mut dyn Answers,
    id: MailboxId,
    at: &Numbering,
    now: Moment,
) -> Result<Vec<Due>, Error> {
    ask.all(global!(
        "SELECT id, uid, attempts FROM mailbox_letters WHERE mailbox_id = $1 AND state = 'withheld' AND account = $2 \
         AND folder = $3 AND uid_validity = $4 AND retry_at <= $5 ORDER BY retry_at, uid LIMIT 20",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity,
        now
    ))
    .await
}

/// Counts that a withheld letter is asked for again, and says when the next time is.
pub(super) async fn put_off(tx: &mut Tx, letter: &Due, retry_at: Moment) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_letters SET attempts = attempts + 1, retry_at = $2 WHERE id = $1 AND state = 'withheld'",
        letter.id,
        retry_at
    ))
    .await
    .map(|_| ())
}

/// Forgets a withheld letter: it is no longer there.
pub(super) async fn forget(tx: &mut Tx, letter: &Due) -> Result<(), Error> {
    tx.run(global!(
        "DELETE FROM mailbox_letters WHERE id = $1 AND state = 'withheld'",
        letter.id
    ))
    .await
    .map(|_| ())
}

record! {
    /// A letter with whose original something is to be done.
    pub(super) struct Unsettled {
        pub id: i64,
        pub uid: i64,
        pub identity: String,
        pub attempts: i64,
        pub step: Step,
        pub target_next: i64,
    }
}

/// Some of the letters with whose originals something is to be done.
pub(super) async fn unsettled(
    ask: &mut dyn Answers,
    id: MailboxId,
    at: &Numbering,
) -> Result<Vec<Unsettled>, Error> {
    ask.all(global!(
        "SELECT id, uid, identity, attempts, step, target_next FROM mailbox_letters WHERE mailbox_id = $1 \
         AND is_settled = FALSE AND account = $2 AND folder = $3 AND uid_validity = $4 ORDER BY uid LIMIT 100",
        id,
        at.account.as_str(),
        at.folder.as_str(),
        at.uid_validity
    ))
    .await
}

/// Remembers how far copying these has come. Only what broke off counts as an attempt.
pub(super) async fn step(
    tx: &mut Tx,
    letters: &[Unsettled],
    step: Step,
    (target_next, attempts): (i64, i64),
) -> Result<(), Error> {
    for letter in letters {
        tx.run(global!(
            "UPDATE mailbox_letters SET step = $2, target_next = $3, attempts = attempts + $4 WHERE id = $1",
            letter.id,
            step,
            target_next,
            attempts
        ))
        .await?;
    }
    Ok(())
}

/// Nothing more is to be done with these originals; they may be gone from the folder.
pub(super) async fn settle(tx: &mut Tx, letters: &[Unsettled], is_gone: bool) -> Result<(), Error> {
    for letter in letters {
        tx.run(global!(
            "UPDATE mailbox_letters SET is_settled = TRUE, is_gone = $2 WHERE id = $1",
            letter.id,
            is_gone
        ))
        .await?;
    }
    Ok(())
}

/// Writes down that all went well.
pub(super) async fn succeeded(tx: &mut Tx, id: MailboxId, now: Moment) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE mailbox_states SET succeeded_at = $2, fault = NULL, fault_said = '' WHERE mailbox_id = $1",
        id,
        now
    ))
    .await
    .map(|_| ())
}

/// Writes down what is wrong.
pub(super) async fn failed(
    tx: &mut Tx,
    id: MailboxId,
    fault: &Fault,
    now: Moment,
) -> Result<(), Error> {
    let kind: Kind = fault.kind;
    tx.run(global!(
        "UPDATE mailbox_states SET failed_at = $2, fault = $3, fault_said = $4 WHERE mailbox_id = $1",
        id,
        now,
        kind,
        fault.said.as_str()
    ))
    .await
    .map(|_| ())
}
