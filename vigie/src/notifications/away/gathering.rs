//! From lines to what became of each ticket, in the order in which one catches up. Pure.

use std::collections::HashMap;

use kit::clock::Moment;

use crate::notifications::Notification;
use crate::tickets::TicketId;
use crate::tickets::history::EventKind;

/// What somebody who catches up tells apart, what counts most first: where the ticket stands, then what is theirs, then
/// what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// It was opened.
    Opened,
    /// Somebody took it.
    Taken,
    /// It is the reader's now.
    GivenToReader,
    /// It was given to somebody else.
    Given,
    /// Its holder let go.
    Released,
    /// The requester was asked for more.
    Asked,
    /// Said to be solved.
    ClosureProposed,
    /// Agreed by the requester.
    ClosureApproved,
    /// Not agreed.
    ClosureRefused,
    /// It ended without an answer.
    Expired,
    /// Opened again.
    Reopened,
    /// Turned down.
    Refused,
    /// Withdrawn.
    Cancelled,
    /// Put off.
    Postponed,
    /// Brought back.
    Recalled,
    /// Sent elsewhere.
    Transferred,
    /// Merged into another one.
    Merged,
    /// That was undone.
    Unmerged,
    /// The reader was called by name.
    Called,
    /// The reader was let in.
    Invited,
    /// The reader observes it.
    Observing,
    /// The reader was given a task.
    Task,
    /// Its closure waits.
    Reminded,
    /// Advice was asked for.
    AdviceAsked,
    /// Advice was given.
    Advised,
    /// No advice is needed any more.
    AdviceEnded,
    /// Replies.
    Reply,
    /// Internal notes.
    Note,
    /// Whatever else.
    Other,
}

/// One thing that happened to a ticket, once or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What.
    pub what: Happened,
    /// How often.
    pub count: i64,
    /// Who did it last, as the reader may call them; nobody when the desk did.
    pub who: Option<String>,
}

/// What became of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSum {
    /// Which.
    pub id: TicketId,
    /// What it is about.
    pub subject: String,
    /// What happened: where it stands first, by the latest of it; then what is the reader's; then the rest.
    pub sums: Vec<Sum>,
    /// When the latest of it was told.
    pub at: Moment,
    /// Some of it the reader did not look at yet.
    pub is_unread: bool,
}

impl Happened {
    fn of(line: &Notification) -> Happened {
        if line.is_call {
            return Happened::Called;
        }
        match line.kind {
            EventKind::Created => Happened::Opened,
            EventKind::Taken | EventKind::TakenOver => Happened::Taken,
            EventKind::Assigned | EventKind::GivenOut if line.is_about_reader => {
                Happened::GivenToReader
            }
            EventKind::Assigned | EventKind::GivenOut => Happened::Given,
            EventKind::Released => Happened::Released,
            EventKind::Asked => Happened::Asked,
            EventKind::Closed => Happened::ClosureProposed,
            EventKind::Approved => Happened::ClosureApproved,
            EventKind::ClosureRefused => Happened::ClosureRefused,
            EventKind::Expired => Happened::Expired,
            EventKind::Reopened => Happened::Reopened,
            EventKind::Refused => Happened::Refused,
            EventKind::Cancelled => Happened::Cancelled,
            EventKind::Postponed => Happened::Postponed,
            EventKind::Recalled => Happened::Recalled,
            EventKind::Transferred => Happened::Transferred,
            EventKind::Merged => Happened::Merged,
            EventKind::Unmerged => Happened::Unmerged,
            EventKind::Invited => Happened::Invited,
            EventKind::ObserverAdded => Happened::Observing,
            EventKind::TaskGiven => Happened::Task,
            EventKind::ApprovalReminded => Happened::Reminded,
            EventKind::AdviceAsked => Happened::AdviceAsked,
            EventKind::Advised => Happened::Advised,
            EventKind::AdviceEnded => Happened::AdviceEnded,
            EventKind::Replied => Happened::Reply,
            EventKind::Noted => Happened::Note,
            _ => Happened::Other,
        }
    }

    /// Where it stands among the others, whenever it was.
    fn rank(self) -> u8 {
        match self {
            it if it < Happened::Called => 0,
            it if it < Happened::Reminded => 1,
            Happened::Other => 3,
            _ => 2,
        }
    }
}

/// Gathers lines, the latest first, by ticket: the ticket of the latest line first.
pub(super) fn gather(lines: Vec<Notification>) -> Vec<TicketSum> {
    let mut tickets: Vec<TicketSum> = vec![];
    let mut places: HashMap<i64, usize> = HashMap::new();
    for line in lines {
        let what = Happened::of(&line);
        let place = *places.entry(line.ticket_id.0).or_insert_with(|| {
            tickets.push(TicketSum {
                id: line.ticket_id,
                subject: line.subject,
                sums: vec![],
                at: line.at,
                is_unread: false,
            });
            tickets.len() - 1
        });
        let Some(ticket) = tickets.get_mut(place) else {
            continue;
        };
        ticket.is_unread |= line.is_unread;
        match ticket.sums.iter_mut().find(|sum| sum.what == what) {
            Some(sum) => sum.count += 1,
            None => ticket.sums.push(Sum {
                what,
                count: 1,
                who: line.actor,
            }),
        }
    }
    for ticket in &mut tickets {
        // Stable: the latest of each rank stays first.
        ticket.sums.sort_by_key(|sum| sum.what.rank());
    }
    tickets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifications::NotificationId;

    /// A line: ticket, what, who; `!` before who is unread, `@` is about the reader.
    fn line((id, ticket, kind, who): (i64, i64, EventKind, &str)) -> Notification {
        let name = who.trim_start_matches(['!', '@']);
        Notification {
            id: NotificationId(id),
            ticket_id: TicketId(ticket),
            subject: format!("Ticket {ticket}"),
            kind,
            actor: (!name.is_empty()).then(|| name.to_owned()),
            is_about_reader: who.contains('@'),
            is_call: kind == EventKind::Noted && who.contains('@'),
            at: Moment(id),
            is_unread: who.contains('!'),
        }
    }

    fn told(ticket: &TicketSum) -> String {
        let sums = ticket.sums.iter().map(|sum| {
            let who = sum.who.as_deref().unwrap_or("desk");
            format!("{:?} {} {who}", sum.what, sum.count)
        });
        let mark = if ticket.is_unread { "!" } else { "" };
        format!(
            "{mark}{} at {}: {}",
            ticket.id,
            ticket.at.0,
            sums.collect::<Vec<_>>().join(", ")
        )
    }

    #[test]
    fn a_ticket_is_one_row_that_says_where_it_stands_before_what_was_said() {
        use EventKind::*;
        for (lines, rows) in [
            (&[][..], &[][..]),
            // The latest first, as the list has them: said last, stands first all the same.
            (
                &[
                    (9, 1, Replied, "Dora"),
                    (8, 1, Closed, "Ben"),
                    (7, 1, Replied, "Ben"),
                    (6, 1, Replied, "Dora"),
                    (5, 1, Taken, "Ben"),
                ],
                &["1 at 9: ClosureProposed 1 Ben, Taken 1 Ben, Reply 3 Dora"],
            ),
            // The ticket with the latest news comes first; each with its own.
            (
                &[
                    (9, 2, Noted, "Max"),
                    (8, 1, Replied, "!Dora"),
                    (7, 2, Replied, "Emil"),
                ],
                &["2 at 9: Note 1 Max, Reply 1 Emil", "!1 at 8: Reply 1 Dora"],
            ),
            // Read in part is unread.
            (
                &[(9, 1, Replied, "Dora"), (8, 1, Replied, "!Dora")],
                &["!1 at 9: Reply 2 Dora"],
            ),
            // What means the same is one thing, by whoever did it last; what is the reader's is another.
            (
                &[
                    (9, 1, TakenOver, "Max"),
                    (8, 1, Taken, "Ben"),
                    (7, 1, Assigned, "Ada"),
                    (6, 1, GivenOut, "@"),
                ],
                &["1 at 9: Taken 2 Max, Given 1 Ada, GivenToReader 1 desk"],
            ),
            // A call, which is a note, counts before what was said, and after where it stands.
            (
                &[
                    (9, 1, Noted, "Max"),
                    (8, 1, TaskGiven, "@Max"),
                    (7, 1, Noted, "@Max"),
                    (6, 1, Reopened, "Dora"),
                ],
                &["1 at 9: Reopened 1 Dora, Task 1 Max, Called 1 Max, Note 1 Max"],
            ),
            // What has no word of its own is counted together, and comes last.
            (
                &[
                    (9, 1, PriorityChanged, "Max"),
                    (8, 1, Tagged, "Ben"),
                    (7, 1, ApprovalReminded, ""),
                ],
                &["1 at 9: Reminded 1 desk, Other 2 Max"],
            ),
        ] {
            let gathered = gather(lines.iter().copied().map(line).collect());
            let found: Vec<String> = gathered.iter().map(told).collect();
            assert_eq!(found, rows);
        }
    }
}
