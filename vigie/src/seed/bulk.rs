//! A desk for measurements: any number of plain tickets, written as fast as the database takes them.

use demo::bulk::{BulkComment, BulkTicket, bulk, bulk_desk};
use demo::desk::{Desk, Notable, Role, Scope};
use demo::ticket::{Actor, Audience, Deed, Event, Origin, State, Ticket};
use kit::clock::{Moment, Span};
use kit::db::Db;
use kit::error::Error;
use kit::ids::Dice;
use tokio::sync::mpsc;

use super::Loaded;
use super::accounts::{self, Account, Chosen};
use super::house::Channel;
use super::numbering::Numbering;
use super::replay::{self, Kept, NextKeys};
use super::store::{self, Pile};
use crate::tickets::listing::marks;

/// When a measured desk stands: 2026-06-01 08:00 UTC, whatever the clock says, so that the same
/// seed gives the same times.
pub const NOW: Moment = Moment(1_780_300_800_000_000);

/// Tickets made ahead of the writer at once.
const PILE: u64 = 300;
/// Piles written per transaction: PostgreSQL keeps every version of a counter's row until the
/// transaction ends, so longer ones grow slower.
const PILES_PER_COMMIT: usize = 10;

/// The first agents are of every kind there is.
const KINDS: usize = 7;

/// How large, and from which number.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Tickets.
    pub tickets: u64,
    /// Agents, at least 1.
    pub agents: usize,
    /// Departments, at least 1.
    pub departments: usize,
    /// Requesters, at least 1.
    pub requesters: usize,
    /// The same seed gives the same rows.
    pub seed: u64,
    /// The moment the desk stands at.
    pub now: Moment,
    /// How many of the agents beyond those of every kind can sign in, too.
    pub sign_ins: usize,
    /// Whether search finds them. Without, a very large desk is there in a fraction of the time.
    pub is_searchable: bool,
}

/// Writes the desk. The first agent is a group agent of (at most) three departments, the second
/// the owner, then an administrator, a global and a restricted agent and a viewer, as far as there
/// are so many.
///
/// # Errors
/// `Bug` when somebody is there already.
pub async fn load(
    db: &Db,
    size: Size,
    dice: &Dice,
    hash_password: &impl AsyncFn(&str) -> Result<String, Error>,
) -> Result<Loaded, Error> {
    let desk = cast(&size);
    let numbering = Numbering::of(&desk);
    let channel = Channel {
        address: "support@bench.example",
        name: "Support",
        department: 0,
    };
    let chosen = chosen(&desk, size.agents);
    let (mut accounts, mut hashes) =
        super::make_accounts(&desk, &numbering, &chosen, dice, hash_password).await?;
    // One password for all of these: hashing thousands takes minutes.
    let last = hashes
        .last()
        .cloned()
        .zip(accounts.last().map(|one| one.password.clone()));
    if let Some((hash, password)) = last {
        for person in (KINDS..size.agents).take(size.sign_ins) {
            let kind = Notable::SecondGroupAgent;
            let one = Chosen { person, kind };
            let account = accounts::announce(&desk, one, numbering.person(person), dice);
            accounts.push(Account {
                password: password.clone(),
                ..account
            });
            hashes.push(hash.clone());
        }
    }
    let mut tx = db.write().await?;
    super::furnish(&mut tx, &desk, &numbering, &accounts, &hashes, &channel).await?;
    tx.commit().await?;

    // One core makes rows while the other writes them.
    let (send, mut receive) = mpsc::channel::<Result<Pile, Error>>(4);
    let maker = tokio::task::spawn_blocking(move || make(&desk, &numbering, &size, &send));
    let mut tx = db.write().await?;
    let mut written = 0;
    while let Some(pile) = receive.recv().await {
        store::write_pile(&mut tx, pile?).await?;
        written += 1;
        if written % PILES_PER_COMMIT == 0 {
            tx.commit().await?;
            tx = db.write().await?;
        }
    }
    maker
        .await
        .map_err(|_| Error::bug("making tickets failed"))?;
    store::count_on(&mut tx).await?;
    // A desk at work: what came before last night was read.
    marks::begin_read(&mut tx, size.now.minus(Span::hours(14))).await?;
    tx.commit().await?;
    // Before the index is made: without figures of the new tables PostgreSQL reads them whole for
    // every batch.
    db.analyze().await?;
    if size.is_searchable {
        crate::search::index::catch_up(db).await?;
    } else {
        crate::search::index::leave_empty(db).await?;
    }
    db.analyze().await?;
    Ok(Loaded {
        mail_address: channel.address.to_owned(),
        accounts,
        tickets: size.tickets,
        seed: size.seed,
    })
}

/// The people of the desk, with one agent of every kind where there are enough.
fn cast(size: &Size) -> Desk {
    let mut desk = bulk_desk(size.seed, size.agents, size.departments, size.requesters);
    let kinds = [
        (2, Role::Administrator, Scope::Global),
        (3, Role::Agent, Scope::Global),
        (4, Role::Agent, Scope::Restricted),
        (5, Role::Viewer, Scope::Group),
    ];
    for (index, role, scope) in kinds {
        if let Some(agent) = desk.agents.get_mut(index) {
            agent.role = role;
            agent.scope = scope;
        }
    }
    desk
}

fn chosen(desk: &Desk, agents: usize) -> Vec<Chosen> {
    let staff = [
        (1, Notable::Owner),
        (2, Notable::Administrator),
        (3, Notable::GlobalAgent),
        (0, Notable::GroupAgent),
        (6, Notable::SecondGroupAgent),
        (4, Notable::RestrictedAgent),
        (5, Notable::Viewer),
    ];
    let portal = [Notable::PortalCustomer, Notable::SecondPortalCustomer];
    let staff = staff.into_iter().filter(|(index, _)| *index < agents);
    let portal = portal.into_iter().enumerate();
    staff
        .chain(portal.map(|(index, kind)| (agents + index, kind)))
        .filter(|(person, _)| *person < desk.people.len())
        .map(|(person, kind)| Chosen { person, kind })
        .collect()
}

/// Makes every ticket's rows and hands them over pile by pile; stops when nobody takes them.
fn make(desk: &Desk, numbering: &Numbering, size: &Size, send: &mpsc::Sender<Result<Pile, Error>>) {
    let mut keys = NextKeys::default();
    let mut pile = Pile::default();
    let no_file = |_: &[u8]| Kept::default();
    let tickets = bulk(
        size.seed,
        size.tickets,
        size.agents,
        size.departments,
        size.requesters,
        size.now.0,
    );
    for plain in tickets {
        let number = plain.number;
        let ticket = told(desk, plain, size.now);
        let done = replay::ticket(
            desk, numbering, &ticket, &mut keys, &mut pile, &no_file, &paragraph,
        );
        let full = number % PILE == 0 || number == size.tickets;
        let message = match done {
            Err(error) => Err(error),
            Ok(()) if full => Ok(std::mem::take(&mut pile)),
            Ok(()) => continue,
        };
        let is_over = message.is_err();
        if send.blocking_send(message).is_err() || is_over {
            return;
        }
    }
}

/// A small ticket as a story of deeds. What its comments say stays; the last one says what its
/// state needs said (the closure, the question).
fn told(desk: &Desk, plain: BulkTicket, now: Moment) -> Ticket {
    let holder = plain.assignee.map(|agent| desk.agents[agent].person);
    let requester = Actor::Person(plain.requester);
    let worker = holder.unwrap_or(0);
    let author = match plain.origin {
        Origin::Phone => worker,
        Origin::Web | Origin::Email => plain.requester,
    };
    let mut events = Vec::with_capacity(plain.comments.len() + 4);
    let mut push = |at: i64, actor: Actor, via: Origin, deed: Deed| {
        events.push(Event {
            at,
            actor,
            via,
            deed,
        });
    };
    let created = Deed::Create {
        department: plain.department,
        category: plain.category,
        priority: plain.priority,
        body: plain.body,
        attachments: vec![],
    };
    push(
        plain.created_at,
        Actor::Person(author),
        plain.origin,
        created,
    );
    if let Some(holder) = holder {
        let first = plain.comments.first().map_or(plain.updated_at, |c| c.at);
        let at = plain.created_at + (first - plain.created_at) / 2;
        push(at, Actor::Person(holder), Origin::Web, Deed::Take);
    }
    let last = plain.comments.len().saturating_sub(1);
    for (
        index,
        BulkComment {
            at,
            author,
            staff,
            body,
        },
    ) in plain.comments.into_iter().enumerate()
    {
        let (author, deed) = match plain.state {
            State::Incomplete if index == last => (worker, Deed::AskInformation { body }),
            State::Closed | State::Approved | State::Expired if index == last => {
                (worker, Deed::Close { body })
            }
            State::Refused if index == last => (worker, Deed::RefuseTicket { body }),
            _ => {
                let audience = if staff {
                    Audience::Staff
                } else {
                    Audience::Public
                };
                let attachments = vec![];
                (
                    author,
                    Deed::Comment {
                        audience,
                        body,
                        attachments,
                    },
                )
            }
        };
        push(at, Actor::Person(author), Origin::Web, deed);
    }
    let end = match plain.state {
        State::Approved => Some((requester, Deed::Approve)),
        State::Expired => Some((Actor::System, Deed::Expire)),
        State::Cancelled => Some((requester, Deed::Cancel)),
        State::Postponed => {
            let until = now.plus(Span::days(7)).0;
            Some((Actor::Person(worker), Deed::Postpone { until }))
        }
        _ => None,
    };
    if let Some((actor, deed)) = end {
        push(plain.updated_at, actor, Origin::Web, deed);
    }
    Ticket {
        number: plain.number,
        subject: plain.subject,
        language: plain.language,
        department: plain.department,
        category: plain.category,
        requester: plain.requester,
        author,
        assignee: plain.assignee,
        state: plain.state,
        priority: plain.priority,
        origin: plain.origin,
        created_at: plain.created_at,
        updated_at: plain.updated_at,
        events,
    }
}

/// What [`letter::markdown::to_html`] makes of the sentences of these tickets, which hold no mark,
/// at a hundredth of its cost; the test below holds the two together.
fn paragraph(text: &str) -> String {
    format!("<p>{text}</p>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_sentences_are_drawn_as_markdown_would_draw_them() {
        for ticket in bulk(7, 200, 5, 3, 10, NOW.0) {
            let comments = ticket.comments.iter().map(|comment| &comment.body);
            for body in comments.chain([&ticket.body]) {
                assert_eq!(paragraph(body), letter::markdown::to_html(body));
            }
        }
    }

    #[test]
    fn every_plain_ticket_ends_in_the_state_it_was_drawn_in() {
        let size = Size {
            is_searchable: true,
            sign_ins: 0,
            tickets: 3_000,
            agents: 12,
            departments: 5,
            requesters: 40,
            seed: 3,
            now: NOW,
        };
        let desk = cast(&size);
        let numbering = Numbering::of(&desk);
        for plain in bulk(3, 3_000, 12, 5, 40, NOW.0) {
            let drawn = replay::word_of(plain.state);
            let comments = plain.comments.len() as i64 + 1;
            let ticket = told(&desk, plain, NOW);
            let mut pile = Pile::default();
            let mut keys = NextKeys::default();
            let no_file = |_: &[u8]| Kept::default();
            replay::ticket(
                &desk, &numbering, &ticket, &mut keys, &mut pile, &no_file, &paragraph,
            )
            .expect("the story is allowed");
            assert_eq!(
                pile.tickets[0][2],
                kit::db::Value::Word(drawn),
                "{ticket:?}"
            );
            assert_eq!(pile.tickets[0][12], kit::db::Value::from(comments));
        }
    }
}
