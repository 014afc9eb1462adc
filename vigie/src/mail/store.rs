//! The SQL of channels and of letters that came in.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::{global, id, jobs, record, scoped, stored_words, system};
use serde::{Deserialize, Serialize};

use super::identity::Verdict;
use crate::departments::{CategoryId, DepartmentId};
use crate::tickets::{Audience, TicketId};

id! {
    /// An address by which letters come in.
    ChannelId
}
id! {
    /// A letter that came in.
    IncomingId
}

stored_words! {
    /// What became of a letter.
    pub enum IncomingState {
        /// Kept, not read yet.
        Received = "received",
        /// On a ticket.
        Done = "done",
        /// Kept from the desk for a reason; an administrator decides.
        Held = "held",
        /// Could not be read as a letter of somebody; its ticket holds it whole.
        Unreadable = "unreadable",
        /// Kept from the desk by a filter rule; an administrator may let it in.
        Quarantined = "quarantined",
        /// An administrator looked at it and wants nothing of it.
        Dropped = "dropped",
    }
}

record! {
    /// An address by which letters come in, and where its tickets go.
    #[derive(Clone, Debug)]
    pub struct Channel {
        /// Its row.
        pub id: ChannelId,
        /// The address.
        pub address: String,
        /// What people call it; the name beside the address in mails going out.
        pub name: String,
        /// Where its letters open tickets.
        pub category_id: CategoryId,
        /// Takes letters.
        pub is_active: bool,
    }
}

/// Every channel, the oldest first.
pub async fn channels(ask: &mut dyn Answers) -> Result<Vec<Channel>, Error> {
    ask.all(global!(
        "SELECT id, address, name, category_id, is_active FROM channels ORDER BY id"
    ))
    .await
}

/// The active channel whose letters go to this department, the oldest first.
pub async fn channel_of_department(
    ask: &mut dyn Answers,
    department: DepartmentId,
) -> Result<Option<Channel>, Error> {
    ask.maybe(global!(
        "SELECT h.id, h.address, h.name, h.category_id, h.is_active FROM channels h \
         JOIN categories c ON c.id = h.category_id WHERE c.department_id = $1 AND h.is_active = TRUE \
         ORDER BY h.id LIMIT 1",
        department
    ))
    .await
}

/// The address without what stands between `+` and `@`, in small letters; `None` when it is no
/// address that every program reads alike.
pub fn base_address(address: &str) -> Option<String> {
    let address = letter::address::parse(address)?.to_ascii_lowercase();
    let (local, domain) = address.split_once('@')?;
    let local = local.split('+').next().filter(|local| !local.is_empty())?;
    Some(format!("{local}@{domain}"))
}

/// The channel of `address`; when nobody made a channel yet and it is the desk's own address, a
/// first one is made, into the first department's default category, so that a fresh desk takes
/// letters without further ado.
pub async fn channel_or_first(
    db: &kit::db::Db,
    address: &str,
    own: Option<&str>,
) -> Result<Option<ChannelId>, Error> {
    if let Some(known) = channel_at(&mut db.read(), address).await? {
        return Ok(Some(known));
    }
    let Some(own) = own.and_then(base_address) else {
        return Ok(None);
    };
    if base_address(address).as_ref() != Some(&own) {
        return Ok(None);
    }
    let mut tx = db.write().await?;
    tx.run(global!(
        "INSERT INTO channels (address, name, category_id, is_active) \
         SELECT $1, d.name, d.default_category_id, TRUE FROM departments d WHERE d.id = \
         (SELECT MIN(f.id) FROM departments f WHERE f.default_category_id IS NOT NULL AND f.is_active = TRUE) \
         AND NOT EXISTS (SELECT 1 FROM channels)",
        own
    ))
    .await?;
    tx.commit().await?;
    channel_at(&mut db.read(), address).await
}

/// The active channel that letters to `address` belong to, with or without a plus address.
pub async fn channel_at(ask: &mut dyn Answers, address: &str) -> Result<Option<ChannelId>, Error> {
    record! { struct Found { id: ChannelId } }
    let Some(base) = base_address(address) else {
        return Ok(None);
    };
    let found: Option<Found> = ask
        .maybe(global!(
            "SELECT id FROM channels WHERE LOWER(address) = $1 AND is_active = TRUE ORDER BY id LIMIT 1",
            base
        ))
        .await?;
    Ok(found.map(|f| f.id))
}

/// A letter to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewIncoming<'a> {
    /// Where it came in.
    pub channel: ChannelId,
    /// BLAKE3 of the bytes, hexadecimal.
    pub digest: &'a str,
    /// The bytes.
    pub raw: &'a [u8],
    /// The sender of the envelope.
    pub envelope_from: &'a str,
    /// The recipients of the envelope, between spaces.
    pub envelope_to: &'a str,
    /// What may tell who wrote it.
    pub source: &'a Source,
    /// How many bytes it has where it was left, when these are its head alone.
    pub left_bytes: Option<i64>,
}

/// What may tell who wrote a letter; by default nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The receivers whose findings in it are believed, between spaces.
    pub receivers: String,
    /// The server it came from, when it came straight from its sender ([`super::identity::look::Peer`]).
    pub peer: String,
}

/// The word of the job that reads a letter.
pub const READ_MAIL: &str = "read_mail";

/// The job that reads a letter.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ReadMail {
    /// The letter's row.
    pub mail: i64,
    /// An administrator let it in: what held it does not hold it again.
    #[serde(default)]
    pub released: bool,
}

/// Keeps a letter and lets it be read; the same bytes in the same channel are kept once.
pub async fn keep(
    tx: &mut Tx,
    letter: &NewIncoming<'_>,
    now: Moment,
) -> Result<Option<IncomingId>, Error> {
    record! { struct Kept { id: IncomingId } }
    let kept: Option<Kept> = tx
        .maybe(system!(
            because = "a letter is kept before anybody knows who wrote it",
            "INSERT INTO incoming_mails (channel_id, digest, raw, envelope_from, envelope_to, received_at, receivers, peer, left_bytes, state) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received') ON CONFLICT (channel_id, digest) DO NOTHING RETURNING id",
            letter.channel,
            letter.digest,
            letter.raw,
            letter.envelope_from,
            letter.envelope_to,
            now,
            letter.source.receivers.as_str(),
            letter.source.peer.as_str(),
            letter.left_bytes,
        ))
        .await?;
    if let Some(kept) = &kept {
        let job = ReadMail {
            mail: kept.id.0,
            released: false,
        };
        jobs::enqueue(tx, READ_MAIL, &job, now).await?;
    }
    Ok(kept.map(|k| k.id))
}

record! {
    /// A letter as it was kept.
    #[derive(Clone, Debug)]
    pub struct Incoming {
        /// Its row.
        pub id: IncomingId,
        /// Where it came in.
        pub channel_id: Option<ChannelId>,
        /// The bytes.
        pub raw: Vec<u8>,
        /// The sender of the envelope.
        pub envelope_from: String,
        /// The recipients of the envelope, between spaces.
        pub envelope_to: String,
        /// When it came.
        pub received_at: Moment,
        /// What became of it.
        pub state: IncomingState,
        /// The receivers whose findings in it are believed, between spaces.
        pub receivers: String,
        /// The server it came from, when it came straight from its sender.
        pub peer: String,
        /// What was found about its author when it was read before.
        pub verdict: Option<Verdict>,
        /// How many bytes it has where it was left, when these are its head alone.
        pub left_bytes: Option<i64>,
    }
}

impl Incoming {
    /// How many bytes it has, wherever they are.
    pub fn size(&self) -> usize {
        let left = self.left_bytes.and_then(|bytes| bytes.try_into().ok());
        left.unwrap_or(self.raw.len())
    }
}

/// A letter for the job that reads it.
pub async fn letter_to_read(
    ask: &mut dyn Answers,
    id: IncomingId,
) -> Result<Option<Incoming>, Error> {
    ask.maybe(system!(
        because = "a letter is read before anybody knows who wrote it",
        "SELECT id, channel_id, raw, envelope_from, envelope_to, received_at, state, receivers, peer, verdict, left_bytes FROM incoming_mails WHERE id = $1",
        id
    ))
    .await
}

/// What reading a letter came to.
#[derive(Clone, Debug)]
pub struct Settled<'a> {
    /// What became of it.
    pub state: IncomingState,
    /// Why, as a word of [`super::judge::Reason`].
    pub reason: Option<&'static str>,
    /// The name of the rule that put it into quarantine.
    pub filtered_by: Option<&'a str>,
    /// Its subject.
    pub subject: &'a str,
    /// Its sender's address, as far as it is one.
    pub sender: &'a str,
    /// The ticket it is on, or claims to answer.
    pub ticket: Option<TicketId>,
    /// What was found about its author; `None` when it was not looked for.
    pub verdict: Option<Verdict>,
    /// By what name it is answered, where its author is proven.
    pub message_id: Option<&'a str>,
}

/// Takes the letter out of the waiting ones; false when somebody else did. The row is held until
/// the transaction ends.
pub async fn begin_reading(tx: &mut Tx, id: IncomingId, now: Moment) -> Result<bool, Error> {
    let taken = tx
        .run(system!(
            because = "the desk itself marks what it read",
            "UPDATE incoming_mails SET state = 'done', handled_at = $2 WHERE id = $1 AND state = 'received'",
            id,
            now
        ))
        .await?;
    Ok(taken == 1)
}

/// Writes down what reading came to.
pub async fn settle(tx: &mut Tx, id: IncomingId, settled: &Settled<'_>) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself marks what it read",
        "UPDATE incoming_mails SET state = $2, reason = $3, subject = $4, sender = $5, ticket_id = $6, filtered_by = $7, verdict = COALESCE($8, verdict), message_id = $9 WHERE id = $1",
        id,
        settled.state,
        settled.reason,
        settled.subject,
        settled.sender,
        settled.ticket,
        settled.filtered_by,
        settled.verdict,
        settled.message_id,
    ))
    .await
    .map(|_| ())
}

record! {
    /// Where the words of a letter stand.
    #[derive(Clone, Copy, Debug)]
    pub struct On {
        /// The ticket.
        pub ticket_id: TicketId,
        /// Who reads them.
        pub audience: Audience,
    }
}

/// Where the words of the letters of this `Message-ID` stand, the first letters first, five at most: whoever writes a letter names it.
pub async fn letters_called(ask: &mut dyn Answers, message_id: &str) -> Result<Vec<On>, Error> {
    ask.all(system!(
        because = "where a letter leads is asked before anybody's eyes; whoever asks is asked next",
        "SELECT c.ticket_id, c.audience FROM incoming_mails i JOIN comments c ON c.incoming_mail_id = i.id \
         WHERE i.message_id = $1 AND i.state = 'done' ORDER BY i.id LIMIT 5",
        message_id
    ))
    .await
}

/// Says of a letter's words on its ticket that they are not from whom they name.
pub async fn mark_forged(tx: &mut Tx, id: IncomingId) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself marks what it read",
        "UPDATE comments SET is_forged = TRUE WHERE incoming_mail_id = $1",
        id
    ))
    .await
    .map(|_| ())
}

/// Says of a letter's words on its ticket that there is more to see of it, and how many pictures of other hosts it named.
pub async fn mark_pictures(tx: &mut Tx, id: IncomingId, pictures: i64) -> Result<(), Error> {
    tx.run(system!(
        because = "the desk itself marks what it read",
        "UPDATE comments SET letter_pictures = $2 WHERE incoming_mail_id = $1",
        id,
        pictures
    ))
    .await
    .map(|_| ())
}

/// How many letters of machines this address sent since.
pub async fn automatic_since(
    ask: &mut dyn Answers,
    sender: &str,
    since: Moment,
    automatic: [&'static str; 5],
) -> Result<i64, Error> {
    record! { struct Count { n: i64 } }
    let [a, b, c, d, e] = automatic;
    let count: Count = ask
        .one(system!(
            because = "the guard against loops counts letters of machines, whoever they are for",
            "SELECT COUNT(*) AS n FROM incoming_mails WHERE sender = $1 AND received_at >= $2 \
             AND reason IN ($3, $4, $5, $6, $7)",
            sender,
            since,
            a,
            b,
            c,
            d,
            e,
        ))
        .await?;
    Ok(count.n)
}

/// The identifier of the newest letter of this sender on this ticket: its first bytes, for an
/// answer to refer to.
pub async fn newest_head(
    ask: &mut dyn Answers,
    ticket: TicketId,
    sender: &str,
) -> Result<Option<Vec<u8>>, Error> {
    record! { struct Head { head: Vec<u8> } }
    let head: Option<Head> = ask
        .maybe(system!(
            because = "a mail to somebody refers to their own letter",
            "SELECT SUBSTR(raw, 1, 32768) AS head FROM incoming_mails \
             WHERE ticket_id = $1 AND LOWER(sender) = $2 AND state = 'done' ORDER BY id DESC LIMIT 1",
            ticket,
            sender.to_lowercase(),
        ))
        .await?;
    Ok(head.map(|h| h.head))
}

/// Lets a letter that was held, unreadable or in quarantine be read again, unless it is on a ticket already, or little is left of
/// it. The proof that one may is a row seen through `list_incoming`'s eyes, asked here again.
pub async fn replay(
    tx: &mut Tx,
    actor: &Actor,
    id: IncomingId,
    now: Moment,
) -> Result<bool, Error> {
    record! { struct Found { id: IncomingId } }
    let found: Option<Found> = tx
        .maybe(scoped!(
            actor,
            "SELECT i.id FROM incoming_mails i WHERE i.id = $1 AND {visible:incoming_mails i}",
            id
        ))
        .await?;
    let Some(found) = found else {
        return Err(Error::NotFound);
    };
    let moved = tx
        .run(system!(
            because = "an administrator, asked for just above, lets a letter be read again",
            "UPDATE incoming_mails SET state = 'received', handled_at = NULL WHERE id = $1 \
             AND state IN ('held', 'unreadable', 'quarantined', 'dropped') AND reduced_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.incoming_mail_id = $1)",
            found.id
        ))
        .await?;
    if moved == 1 {
        let job = ReadMail {
            mail: id.0,
            released: true,
        };
        jobs::enqueue(tx, READ_MAIL, &job, now).await?;
    }
    Ok(moved == 1)
}

#[cfg(test)]
mod tests {
    use super::base_address;

    #[test]
    fn a_plus_address_is_its_channel() {
        assert_eq!(
            base_address("Help+12.3.abc@Desk.ORG").as_deref(),
            Some("help@desk.org")
        );
        assert_eq!(
            base_address("help@desk.org").as_deref(),
            Some("help@desk.org")
        );
        for odd in [
            "",
            "+x@desk.org",
            "\"help\"@desk.org",
            "help@desk.org@evil.org",
            "help",
        ] {
            assert_eq!(base_address(odd), None, "{odd:?}");
        }
    }
}
