//! What happened while somebody was away, as they read it: a card on the page of notifications, and a line that leads there.

use kit::db::Answers;
use kit::error::Error;
use pages::notifications::away::{AwayBar, AwayCard, AwayRow};
use words::catalogue::Arg;
use words::reader::Words;

use super::{Digest, Happened, Sum, TicketSum};
use crate::house::House;
use crate::notifications::views::DESK;
use crate::people::absences::{self, Absence};
use crate::web::visitor::Visitor;

/// Key of what happened; its sentence may name who did it and count.
fn what(happened: Happened) -> &'static str {
    match happened {
        Happened::Opened => "away-opened",
        Happened::Taken => "away-taken",
        Happened::GivenToReader => "away-given-to-you",
        Happened::Given => "away-given",
        Happened::Released => "away-released",
        Happened::Asked => "away-asked",
        Happened::ClosureProposed => "away-closure-proposed",
        Happened::ClosureApproved => "away-closure-approved",
        Happened::ClosureRefused => "away-closure-refused",
        Happened::Expired => "away-expired",
        Happened::Reopened => "away-reopened",
        Happened::Refused => "away-refused",
        Happened::Cancelled => "away-cancelled",
        Happened::Postponed => "away-postponed",
        Happened::Recalled => "away-recalled",
        Happened::Transferred => "away-transferred",
        Happened::Merged => "away-merged",
        Happened::Unmerged => "away-unmerged",
        Happened::Called => "away-called",
        Happened::Invited => "away-invited",
        Happened::Observing => "away-observing",
        Happened::Task => "away-task",
        Happened::Reminded => "away-reminded",
        Happened::AdviceAsked => "away-advice-asked",
        Happened::Advised => "away-advised",
        Happened::AdviceEnded => "away-advice-ended",
        Happened::Reply => "away-reply",
        Happened::Note => "away-note",
        Happened::Other => "away-other",
    }
}

fn sum(one: &Sum, words: &Words) -> String {
    let who = one.who.as_deref().unwrap_or(DESK);
    let args = [("who", Arg::from(who)), ("count", Arg::from(one.count))];
    words.say_with(what(one.what), &args)
}

fn row(ticket: TicketSum, words: &Words) -> AwayRow {
    let sums: Vec<String> = ticket.sums.iter().map(|one| sum(one, words)).collect();
    AwayRow {
        ticket: ticket.id.0,
        subject: ticket.subject,
        text: sums.join(", "),
        at_micros: ticket.at.0,
        is_unread: ticket.is_unread,
    }
}

/// The card.
pub fn card(absence: &Absence, digest: Digest, words: &Words) -> AwayCard {
    AwayCard {
        since_micros: absence.away_since.0,
        until_micros: absence.away_until.0,
        rows: digest
            .tickets
            .into_iter()
            .map(|it| row(it, words))
            .collect(),
        more: digest.more,
    }
}

/// The line for whoever came back and did not look yet; none when nothing concerned them.
pub async fn bar(
    ask: &mut dyn Answers,
    app: &House,
    visitor: &Visitor,
) -> Result<Option<AwayBar>, Error> {
    if !visitor.is_untold() {
        return Ok(None);
    }
    let told = absences::told(ask, visitor.person.id, visitor.now()).await?;
    let Some(absence) = told.filter(|it| it.looked_at.is_none()) else {
        return Ok(None);
    };
    let tickets = super::tickets(ask, &visitor.actor, &absence).await?;
    if tickets == 0 {
        // Nothing is told of it, and no further page counts that again.
        let (db, person, now) = (app.db.clone(), visitor.person.id, visitor.now());
        app.run_errand(async move {
            let noted = absences::look(&db, person, absence.away_since, now);
            if let Err(error) = noted.await {
                tracing::warn!(%error, "that an absence has nothing to tell was not written down");
            }
        });
    }
    Ok((tickets > 0).then_some(AwayBar {
        since_micros: absence.away_since.0,
        tickets,
    }))
}
