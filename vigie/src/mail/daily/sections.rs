//! Which tickets are told, under which head, and how idle each is (features N-25, N-26; trap E-15). Pure.

use std::collections::BTreeSet;

use kit::clock::{Moment, Span};
use kit::record;

use crate::departments::CategoryId;
use crate::departments::daily::Content;
use crate::people::PersonId;
use crate::tickets::TicketId;
use crate::tickets::machine::State;

record! {
    /// A ticket that is free or in progress, as its reader sees it.
    #[derive(Clone, Debug)]
    pub struct Told {
        /// Which.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Free or in progress.
        pub state: State,
        /// Its category.
        pub category_id: CategoryId,
        /// The category's name.
        pub category: String,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// Their name, where the reader may know it.
        pub assignee: Option<String>,
        /// When something happened to it last.
        pub updated_at: Moment,
        /// Mails say nothing of what was written on it.
        pub is_bare: bool,
    }
}

/// The heads of a report, in their order: each ticket stands under the first that it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The reader holds it.
    Managed,
    /// Its category is one the reader serves.
    Category,
    /// Nobody holds it.
    Free,
    /// Somebody else does.
    Others,
}

impl Section {
    /// Every one, in order.
    pub const ALL: [Section; 4] = [
        Section::Managed,
        Section::Category,
        Section::Free,
        Section::Others,
    ];

    /// The first that a ticket fits.
    fn of(ticket: &Told, reader: PersonId, served: &BTreeSet<CategoryId>) -> Section {
        if ticket.assignee_id == Some(reader) {
            Section::Managed
        } else if served.contains(&ticket.category_id) {
            Section::Category
        } else if ticket.assignee_id.is_none() {
            Section::Free
        } else {
            Section::Others
        }
    }

    /// Whether it is told by this content.
    fn is_in(self, content: Content) -> bool {
        match content {
            Content::Free => true,
            Content::Category => self <= Section::Category,
            Content::Managed => self <= Section::Managed,
            Content::None => false,
        }
    }
}

/// The tickets that a content tells, under their heads; heads without any are left out.
#[must_use]
pub fn sections(
    tickets: Vec<Told>,
    content: Content,
    reader: PersonId,
    served: &BTreeSet<CategoryId>,
) -> Vec<(Section, Vec<Told>)> {
    let mut all: Vec<(Section, Vec<Told>)> = Section::ALL.map(|head| (head, vec![])).into();
    for ticket in tickets {
        let head = Section::of(&ticket, reader, served);
        if head.is_in(content)
            && let Some((_, under)) = all.iter_mut().find(|(other, _)| *other == head)
        {
            under.push(ticket);
        }
    }
    all.retain(|(_, under)| !under.is_empty());
    all
}

/// How long nothing happened to a ticket, where that is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Free, and nothing for more than a day.
    FreeForADay,
    /// Nothing for more than a week.
    ForAWeek,
    /// Nothing for more than thirty days.
    ForAMonth,
}

/// How idle a ticket is.
#[must_use]
pub fn idle(ticket: &Told, now: Moment) -> Option<Idle> {
    let since = now.since(ticket.updated_at);
    match ticket.assignee_id {
        None if since > Span::days(1) => Some(Idle::FreeForADay),
        None => None,
        Some(_) if since > Span::days(30) => Some(Idle::ForAMonth),
        Some(_) if since > Span::days(7) => Some(Idle::ForAWeek),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: PersonId = PersonId(1);

    fn ticket(id: i64, category: i64, assignee: Option<i64>) -> Told {
        Told {
            id: TicketId(id),
            subject: String::new(),
            state: match assignee {
                None => State::Free,
                Some(_) => State::InProgress,
            },
            category_id: CategoryId(category),
            category: String::new(),
            assignee_id: assignee.map(PersonId),
            assignee: None,
            updated_at: Moment(0),
            is_bare: false,
        }
    }

    /// Category 7 is served; 8 is not. Each is free, held by the reader, or by somebody else.
    fn all() -> Vec<Told> {
        let held = [None, Some(1), Some(2)];
        let each = [7, 8].into_iter().flat_map(|c| held.map(|by| (c, by)));
        let numbered = each.zip(1..);
        numbered.map(|((c, by), id)| ticket(id, c, by)).collect()
    }

    #[test]
    fn each_content_tells_its_set_and_each_ticket_once() {
        use Section::{Category, Free, Managed, Others};
        let served = BTreeSet::from([CategoryId(7)]);
        for (content, expected) in [
            (
                Content::Free,
                vec![
                    (Managed, vec![2, 5]),
                    (Category, vec![1, 3]),
                    (Free, vec![4]),
                    (Others, vec![6]),
                ],
            ),
            (
                Content::Category,
                vec![(Managed, vec![2, 5]), (Category, vec![1, 3])],
            ),
            (Content::Managed, vec![(Managed, vec![2, 5])]),
            (Content::None, vec![]),
        ] {
            let found: Vec<(Section, Vec<i64>)> = sections(all(), content, ME, &served)
                .into_iter()
                .map(|(head, under)| (head, under.iter().map(|t| t.id.0).collect()))
                .collect();
            assert_eq!(found, expected, "{content:?}");
        }
    }

    #[test]
    fn whoever_serves_every_category_finds_all_under_theirs() {
        let served = BTreeSet::from([CategoryId(7), CategoryId(8)]);
        let heads: Vec<Section> = sections(all(), Content::Free, ME, &served)
            .iter()
            .map(|(head, _)| *head)
            .collect();
        assert_eq!(heads, [Section::Managed, Section::Category]);
    }

    #[test]
    fn a_free_ticket_is_idle_after_a_day_and_a_held_one_after_a_week_and_a_month() {
        let (free, held) = (ticket(1, 7, None), ticket(2, 7, Some(2)));
        let after = |ticket: &Told, days: i64, more: i64| {
            idle(
                ticket,
                Moment(0).plus(Span::days(days)).plus(Span::seconds(more)),
            )
        };
        assert_eq!(after(&free, 1, 0), None);
        assert_eq!(after(&free, 1, 1), Some(Idle::FreeForADay));
        assert_eq!(after(&free, 40, 0), Some(Idle::FreeForADay));
        assert_eq!(after(&held, 7, 0), None);
        assert_eq!(after(&held, 7, 1), Some(Idle::ForAWeek));
        assert_eq!(after(&held, 30, 0), Some(Idle::ForAWeek));
        assert_eq!(after(&held, 30, 1), Some(Idle::ForAMonth));
    }
}
