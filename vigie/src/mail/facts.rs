//! What a letter proves, found out before anything is changed.

use std::sync::Arc;
use std::time::Duration;

use kit::clock::Span;
use kit::error::Error;
use letter::Letter;
use letter::classify::{self, Automatic};
use letter::complaint::Complaint;
use letter::thread::{self, Thread};

use super::identity;
use super::intake::referring;
use super::judge::{self, Facts};
use super::outbox_store;
use super::post::Post;
use super::store::{self, Channel, Incoming};

/// How long reading one letter may take before it is given up.
const LONGEST_READING: Duration = Duration::from_secs(30);

/// Reads the bytes beside the workers of the web, for a limited time. A letter that takes longer is
/// shown as nobody could read it; the thread ends by itself.
pub async fn parsed(incoming: Incoming) -> Result<(Incoming, Letter), Error> {
    let raw = Arc::new(incoming);
    let for_reading = Arc::clone(&raw);
    let reading = tokio::task::spawn_blocking(move || letter::parse::parse(&for_reading.raw));
    let letter = match tokio::time::timeout(LONGEST_READING, reading).await {
        Ok(Ok(letter)) => letter,
        Ok(Err(_)) | Err(_) => {
            tracing::error!(mail = raw.id.0, "a letter could not be read in time");
            Letter {
                complaints: vec![Complaint::ParserFailed],
                automatic: Automatic::Generated,
                ..Letter::default()
            }
        }
    };
    let incoming = Arc::try_unwrap(raw).unwrap_or_else(|shared| (*shared).clone());
    Ok((incoming, letter))
}

/// What is known of a letter, its envelope and the last hour.
pub async fn facts(
    post: &Post,
    incoming: &Incoming,
    letter: &Letter,
    channels: &[Channel],
    is_released: bool,
) -> Result<Facts, Error> {
    let own: Vec<&str> = channels
        .iter()
        .map(|channel| channel.address.as_str())
        .chain(post.mail_from.as_deref())
        .collect();
    let mut automatic = classify::with_own_addresses(letter, &own);
    // The envelope says what the letter itself may not: reports come from nobody.
    if incoming.envelope_from.is_empty() && automatic.is_ordinary() {
        automatic = match letter.delivery_report {
            Some(_) => Automatic::Bounce,
            None => Automatic::AutoReply,
        };
    }
    let returned_id = letter
        .delivery_report
        .as_ref()
        .and_then(|report| report.original_message_id.as_deref());
    let returned = returned_id.and_then(|id| thread::read_reference(&post.key, id));
    let returns_ours = match returned_id {
        Some(id) => outbox_store::is_ours(&mut post.db.read(), id).await?,
        None => false,
    };
    let automatic_lately = match (&letter.from, automatic.is_ordinary()) {
        (Some(from), false) => {
            let since = post.clock.now().minus(Span::hours(1));
            store::automatic_since(&mut post.db.read(), &from.email, since, judge::AUTOMATIC)
                .await?
        }
        _ => 0,
    };
    let verdict = identity::of(post, incoming, letter).await;
    let mut proven = proven(post, incoming, letter, &own);
    let mut is_named = false;
    if proven.is_none() && verdict == identity::Verdict::Proven && automatic.is_ordinary() {
        proven = referring::thread(&mut post.db.read(), letter).await?;
        is_named = proven.is_some();
    }
    Ok(Facts {
        verdict,
        automatic,
        has_own_message_id: letter
            .message_id
            .as_deref()
            .is_some_and(|id| thread::is_ours(&post.key, id)),
        proven,
        is_named,
        returned,
        returns_ours,
        has_sender: letter.from.is_some(),
        is_unreadable: judge::is_unreadable(&letter.complaints),
        automatic_lately,
        is_released,
    })
}

/// The addresses that are the desk's, as [`store::base_address`] writes them, and those by which the letter came: an alias that leads here
/// is nobody.
pub fn own_addresses(
    post: &Post,
    incoming: &Incoming,
    letter: &Letter,
    channels: &[Channel],
) -> Vec<String> {
    let channels = channels.iter().map(|channel| channel.address.as_str());
    let delivered = letter.delivered_to.iter().map(|it| it.email.as_str());
    channels
        .chain(post.mail_from.as_deref())
        .chain(incoming.envelope_to.split(' '))
        .chain(delivered)
        .filter_map(store::base_address)
        .collect()
}

/// The ticket a letter proves to answer. Where it was really delivered counts as much as what its
/// headers say: some programs leave the plus address only there.
fn proven(post: &Post, incoming: &Incoming, letter: &Letter, own: &[&str]) -> Option<Thread> {
    // Only what threading looks at; the files of a letter are not copied for it.
    let mut addressed = Letter {
        in_reply_to: letter.in_reply_to.clone(),
        references: letter.references.clone(),
        to: letter.to.clone(),
        cc: letter.cc.clone(),
        ..Letter::default()
    };
    addressed.delivered_to = incoming
        .envelope_to
        .split(' ')
        .filter_map(letter::address::parse)
        .map(|email| letter::address::Address { name: None, email })
        .chain(letter.delivered_to.iter().cloned())
        .collect();
    own.iter()
        .find_map(|own| thread::read(&post.key, &addressed, own))
}
