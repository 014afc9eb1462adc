//! The post: letters in ([`receive`], [`spool`], [`mailboxes`], [`intake`]), mails out ([`announce`], [`send`]).
//!
//! The walk of a letter: kept whole before it is acknowledged, read in a job, judged by what it can
//! prove, and by what its receiver found about its sender ([`identity`]), and, if it would open a ticket, by the rules ([`filters`]), then a verb of tickets as the person it proved to be, or held for an administrator. The
//! walk of an event: who is told is a pure table ([`recipients`]), each mail is a row written once
//! with its `Message-ID`, and what it says is decided when it leaves, by what its reader may see
//! then.
//!
//! Deliberately absent: what a mail looks like (pages), how bytes become a letter (letter).

pub mod announce;
pub mod announce_store;
pub mod as_sent;
pub mod body;
pub mod channels;
pub mod daily;
pub mod deeds;
pub mod facts;
pub mod filters;
pub mod identity;
pub mod intake;
pub mod judge;
pub mod lists_store;
pub mod mailboxes;
pub mod monitoring_mailbox;
pub mod outbox;
pub mod outbox_store;
pub mod pages;
pub mod post;
pub mod receive;
pub mod recipients;
pub mod relay;
pub mod send;
pub mod signing;
pub mod spool;
pub mod store;
pub mod texts;
pub mod wire;
pub mod wording;

use kit::error::Error;
use kit::jobs::{Claimed, Verdict};

use crate::tickets::history;
use post::Post;

/// Runs a job of the post.
pub async fn run(post: &Post, job: &Claimed) -> Verdict {
    match job.kind.as_str() {
        store::READ_MAIL => match job.payload() {
            Ok(payload) => intake::run(post, payload, job.attempts).await,
            Err(error) => illegible(&error),
        },
        history::ANNOUNCE => match job.payload() {
            Ok(payload) => announce::run(post, payload).await,
            Err(error) => illegible(&error),
        },
        outbox_store::SEND_MAIL => match job.payload() {
            Ok(payload) => send::run(post, payload, job.attempts).await,
            Err(error) => illegible(&error),
        },
        other => Verdict::GiveUp(format!("“{other}” is no job of the post")),
    }
}

fn illegible(error: &Error) -> Verdict {
    Verdict::GiveUp(format!("its payload cannot be read: {error}"))
}
