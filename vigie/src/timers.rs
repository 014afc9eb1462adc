//! What happens by the clock: a table of names, periods and verbs. Each is one job that is due again
//! after its period, so it runs once whatever crashes, and as late as the desk was shut. Verbs take
//! the present as an argument and nothing else, and may run twice.

use std::pin::Pin;

use kit::clock::{Moment, Span};
use kit::error::Error;
use kit::jobs::{self, Claimed, Verdict};

use crate::audit::refused;
use crate::house::{App, House};
use crate::mail::daily;
use crate::mail::deeds;
use crate::notifications;
use crate::people::access::{self, entering};
use crate::privacy::retention;
use crate::tickets::handling::clockwork;
use crate::tickets::{by_rank, unsent};

/// What a timer does; the number of things it moved.
pub type Verb = fn(App, Moment) -> Pin<Box<dyn Future<Output = Result<usize, Error>> + Send>>;

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Timer {
    /// Its name, which is also its job's payload.
    pub name: &'static str,
    /// How long until it is due again.
    pub period: Span,
    /// What it does.
    pub verb: Verb,
}

/// The word of these jobs.
pub const TIMER: &str = "timer";

/// Every timer there is.
pub const TIMERS: &[Timer] = &[
    Timer {
        name: "recall postponed tickets",
        period: Span::minutes(1),
        verb: |app, now| Box::pin(async move { clockwork::recall_due(&app.db, now).await }),
    },
    Timer {
        name: "remind of closures",
        period: Span::minutes(15),
        verb: |app, now| Box::pin(async move { clockwork::remind(&app.db, now).await }),
    },
    Timer {
        name: "expire closures",
        period: Span::minutes(15),
        verb: |app, now| Box::pin(async move { clockwork::expire(&app.db, now).await }),
    },
    Timer {
        name: "shut ended tickets",
        period: Span::minutes(15),
        verb: |app, now| Box::pin(async move { clockwork::shut(&app.db, now).await }),
    },
    Timer {
        name: "send daily reports",
        period: Span::minutes(1),
        verb: |app, now| Box::pin(async move { daily::send_due(&app.post, now).await }),
    },
    Timer {
        name: "forget old notifications",
        period: Span::hours(1),
        verb: |app, now| Box::pin(async move { notifications::forget_old(&app.db, now).await }),
    },
    Timer {
        name: "forget old forms",
        period: Span::hours(1),
        verb: |app, now| Box::pin(async move { unsent::forget_old(&app.db, now).await }),
    },
    Timer {
        name: "forget spent links",
        period: Span::hours(1),
        verb: |app, now| Box::pin(async move { deeds::forget_old(&app.db, now).await }),
    },
    Timer {
        name: "archive idle tickets",
        period: Span::hours(1),
        verb: |app, now| Box::pin(async move { clockwork::archive(&app.db, now).await }),
    },
    Timer {
        name: "tell of failed sign-ins",
        period: Span::minutes(5),
        verb: |app, now| Box::pin(async move { entering::tell(&app.db, now).await }),
    },
    Timer {
        name: "tell of refused requests",
        period: Span::minutes(5),
        verb: |app, now| Box::pin(async move { refused::tell(&app.db, now).await }),
    },
    Timer {
        name: "tell of what rank read",
        period: Span::minutes(1),
        verb: |app, now| Box::pin(async move { by_rank::tell(&app.db, now).await }),
    },
    Timer {
        name: "let go of what is kept for long enough",
        period: Span::hours(1),
        verb: |app, now| Box::pin(async move { retention::keep(&app.db, now).await }),
    },
    Timer {
        name: "clear old sessions",
        period: Span::hours(1),
        verb: |app, now| {
            Box::pin(async move {
                let mut tx = app.db.write().await?;
                access::sweep(&mut tx, now).await?;
                tx.commit().await?;
                Ok(0)
            })
        },
    },
];

/// Winds them up: each timer has its job from now on, first due after one period.
pub async fn wind(app: &House) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    for timer in TIMERS {
        let first = app.clock.now().plus(timer.period);
        jobs::ensure(&mut tx, TIMER, &timer.name, first).await?;
    }
    tx.commit().await
}

/// Runs the job of one timer.
pub async fn run(app: App, job: Claimed) -> Verdict {
    let name: String = match job.payload() {
        Ok(name) => name,
        Err(error) => return Verdict::GiveUp(error.to_string()),
    };
    let Some(timer) = TIMERS.iter().find(|timer| timer.name == name) else {
        // Of another version, which winds its own up again.
        return Verdict::Done;
    };
    let now = app.clock.now();
    match (timer.verb)(app, now).await {
        Ok(moved) => {
            if moved > 0 {
                tracing::info!(timer = timer.name, moved, "by the clock");
            }
            Verdict::Again(timer.period)
        }
        Err(error) => Verdict::Retry(error.to_string()),
    }
}
