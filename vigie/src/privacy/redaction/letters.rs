//! What is left of a letter from which something was taken out: by what answers find it.

use kit::authz::May;
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::Error;
use kit::jobs;
use letter::Letter;

use super::{Passage, store};
use crate::mail::store::{self as post, IncomingId};
use crate::tickets::attachments::GRACE;
use crate::tickets::history::{FORGET_FILE, ForgetFile};

/// The identifiers of a letter and nothing else, for answers to find it.
pub(in crate::privacy) fn identifiers_of(raw: &[u8]) -> Vec<u8> {
    left_of(&letter::parse::parse(raw), &[])
}

/// Leaves a letter of somebody who is erased nothing but its identifiers.
pub(in crate::privacy) async fn reduce_letter<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    id: IncomingId,
    now: Moment,
) -> Result<(), Error> {
    reduce(tx, may, id, true, &[], Subject::Nothing, now).await
}

/// What becomes of the subject of a letter.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// The words in it are replaced by this mark.
    Without(&'a str),
    /// It is emptied.
    Nothing,
}

/// Of a letter that says it, or that was a message which changed, stays by what answers find it.
pub(super) async fn reduce<A, T>(
    tx: &mut Tx,
    may: &May<A, T>,
    id: IncomingId,
    is_changed: bool,
    passages: &[Passage],
    subject: Subject<'_>,
    now: Moment,
) -> Result<(), Error> {
    let Some(incoming) = post::letter_to_read(tx, id).await? else {
        return Ok(());
    };
    let read = letter::parse::parse(&incoming.raw);
    if !is_changed
        && !passages
            .iter()
            .any(|passage| says(&read, &incoming.raw, passage))
    {
        return Ok(());
    }
    for digest in store::drop_whole_letter(tx, may, id).await? {
        forget(tx, &digest, now).await?;
    }
    let subject = match subject {
        Subject::Nothing => Some(String::new()),
        Subject::Without(mark) => passages.iter().fold(None::<String>, |left, passage| {
            let text: &str = left.as_deref().unwrap_or(&read.subject);
            passage.taken_out(text, mark).or(left)
        }),
    };
    store::reduce(tx, may, id, &left_of(&read, passages), subject).await
}

fn says(letter: &Letter, raw: &[u8], passage: &Passage) -> bool {
    let html = letter.html.as_deref().unwrap_or_default();
    let texts = [letter.subject.as_str(), letter.text.as_str(), html];
    let mut files = letter.attachments.iter();
    texts.iter().any(|text| passage.is_in(text))
        || passage.is_in(&String::from_utf8_lossy(raw))
        || files.any(|file| {
            passage.is_in(&file.name) || passage.is_in(&String::from_utf8_lossy(&file.bytes))
        })
}

/// The identifiers of a letter and nothing else.
fn left_of(letter: &Letter, passages: &[Passage]) -> Vec<u8> {
    let is_kept = |id: &&String| !passages.iter().any(|passage| passage.is_in(id));
    let named = |name: &str, ids: &mut dyn Iterator<Item = &String>| {
        let ids: Vec<String> = ids.filter(is_kept).map(|id| format!("<{id}>")).collect();
        match ids.is_empty() {
            true => String::new(),
            false => format!("{name}: {}\r\n", ids.join("\r\n ")),
        }
    };
    let mut left = named("Message-ID", &mut letter.message_id.iter());
    left.push_str(&named("In-Reply-To", &mut letter.in_reply_to.iter()));
    left.push_str(&named("References", &mut letter.references.iter()));
    left.push_str("\r\n");
    left.into_bytes()
}

/// Lets the bytes of a file go, unless another row names them.
pub(in crate::privacy) async fn forget(
    tx: &mut Tx,
    digest: &str,
    now: Moment,
) -> Result<(), Error> {
    let job = ForgetFile {
        digest: digest.to_owned(),
    };
    jobs::enqueue(tx, FORGET_FILE, &job, now.plus(GRACE)).await
}
