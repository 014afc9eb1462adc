//! A mail as it was sent, beside its words on the ticket (decision 0080): for staff, in a frame of its own that may run nothing, send
//! nothing and reach nothing of the page. Pictures of other hosts are asked for by the reader's browser, when the reader wants it; the
//! desk asks for none.
//!
//! Nothing is kept for it but the letter itself: when that is reduced, or something was taken out of the message, nothing is shown.

mod behind_store;
pub mod pages;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use data_encoding::BASE64;
use kit::authz::{Actor, May};
use kit::db::Answers;
use kit::error::Error;
use letter::Letter;
use letter::address::Address;
use letter::html::Pictures;

use super::deeds::blinded;
use super::store::letter_to_read;
use crate::files;
use crate::tickets::rights::Read;
use crate::tickets::{CommentId, Ticket};

/// The most bytes of attached pictures shown in one letter.
const MOST_ATTACHED: usize = 4 * 1024 * 1024;

/// A letter as it was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct AsSent {
    /// Who wrote it, as the letter says.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// And in copy.
    pub cc: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Its HTML, made safe for a frame.
    pub html: String,
}

/// The letter behind a message; `NotFound` when there is none, when it is kept no more, or when it is not for this reader: only
/// whoever stands on the side of staff sees more of a letter than its words.
pub async fn find(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &May<Read, Ticket>,
    comment: CommentId,
) -> Result<Vec<u8>, Error> {
    if !ticket.is_on_staff_side(actor) {
        return Err(Error::NotFound);
    }
    let letter = behind_store::letter(ask, actor, ticket.id, comment).await?;
    let incoming = letter_to_read(ask, letter).await?;
    incoming.map(|it| it.raw).ok_or(Error::NotFound)
}

/// What is shown of the bytes of a letter; nothing when they hold no HTML, as of one that was reduced. Takes as long as reading a letter does: not for a thread that serves pages.
pub fn shown(raw: &[u8], are_remote_shown: bool, own_host: &str) -> Option<AsSent> {
    let read = letter::parse::parse(raw);
    let sources = letter::parse::html_as_it_came(raw);
    if sources.is_empty() {
        return None;
    }
    let left = Cell::new(MOST_ATTACHED);
    let encoded = RefCell::new(HashMap::new());
    let attached = |id: &str| {
        let mut encoded = encoded.borrow_mut();
        let picture: &Option<String> = encoded
            .entry(id.to_owned())
            .or_insert_with(|| attached_picture(&read, id, left.get()));
        let picture = picture.clone()?;
        left.set(left.get().checked_sub(picture.len())?);
        Some(picture)
    };
    let pictures = Pictures {
        attached: &attached,
        are_remote_shown,
        own_host,
    };
    let (html, _) = letter::html::framed(&sources, pictures);
    Some(AsSent {
        from: read.from.as_ref().map(written).unwrap_or_default(),
        to: read.to.iter().map(written).collect(),
        cc: read.cc.iter().map(written).collect(),
        subject: read.subject,
        html: blinded(&html),
    })
}

/// An attached picture that can carry no script, as an address of its own.
fn attached_picture(letter: &Letter, id: &str, most: usize) -> Option<String> {
    let mut files = letter.attachments.iter();
    let file = files.find(|file| file.content_id.as_deref() == Some(id))?;
    let media_type = files::sniff(&file.bytes);
    let is_shown = files::is_safe_image(media_type) && file.bytes.len() < most / 4 * 3;
    is_shown.then(|| format!("data:{media_type};base64,{}", BASE64.encode(&file.bytes)))
}

fn written(address: &Address) -> String {
    match &address.name {
        Some(name) => format!("{name} <{}>", address.email),
        None => address.email.clone(),
    }
}
