//! Work behind the curtain: which word runs which verb.

use std::pin::Pin;

use kit::jobs::{Claimed, Verdict};

use crate::house::App;
use crate::search::index;
use crate::tickets::{attachments, drafts, history};
use crate::{mail, timers};

/// What runs a kind of job.
pub type Runner = fn(App, Claimed) -> Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// Every kind of job there is.
pub const KINDS: &[(&str, Runner)] = &[
    (mail::store::READ_MAIL, |app, job| Box::pin(post(app, job))),
    (history::ANNOUNCE, |app, job| Box::pin(post(app, job))),
    (mail::outbox_store::SEND_MAIL, |app, job| {
        Box::pin(post(app, job))
    }),
    (drafts::RELEASE_REPLY, |app, job| {
        Box::pin(release_reply(app, job))
    }),
    (history::FORGET_FILE, |app, job| {
        Box::pin(forget_file(app, job))
    }),
    (index::FORGET_WORDS, |app, _| {
        Box::pin(async move { index::forget_words(&app.db).await })
    }),
    (timers::TIMER, |app, job| Box::pin(timers::run(app, job))),
];

async fn forget_file(app: App, job: Claimed) -> Verdict {
    match job.payload() {
        Ok(payload) => attachments::forget(&app.db, &app.files, &payload).await,
        Err(error) => Verdict::GiveUp(format!("its payload cannot be read: {error}")),
    }
}

async fn release_reply(app: App, job: Claimed) -> Verdict {
    match job.payload() {
        Ok(held) => drafts::run_release(&app.db, held, app.clock.now()).await,
        Err(error) => Verdict::GiveUp(error.to_string()),
    }
}

async fn post(app: App, job: Claimed) -> Verdict {
    mail::run(&app.post, &job).await
}

/// Runs a claimed job. An unknown kind waits for the version that knows it.
pub async fn run(app: App, job: Claimed) -> Verdict {
    match KINDS.iter().find(|(kind, _)| *kind == job.kind) {
        Some((_, runner)) => runner(app, job).await,
        None => Verdict::Retry(format!("this version knows no job “{}”", job.kind)),
    }
}
