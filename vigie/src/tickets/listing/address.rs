//! Where a list is: which one, narrowed by what, in which order. What the address of a list says,
//! and what the links of its tickets carry, so that one comes back to the same list. Pure.

use kit::error::Error;
use kit::stored_words;
use kit::web::form::Form;

use super::filter::{Calendar, Filter, Term};
use super::{Cursor, Order};
use crate::tickets::machine::{Stage, State};

stored_words! {
    /// A list that is there for everybody.
    pub enum Ready {
        /// Work to do.
        Open = "open",
        /// That nobody has.
        Unassigned = "unassigned",
        /// That the reader has.
        Mine = "mine",
        /// That waits for approval.
        AwaitingApproval = "awaiting-approval",
        /// Everything.
        All = "all",
    }
}

impl Ready {
    /// What it shows.
    pub fn filter(self) -> Filter {
        let any = Filter::default();
        match self {
            Ready::Open => any.in_stage(Stage::Open),
            Ready::Unassigned => any.in_state(State::Free),
            Ready::Mine => any.in_stage(Stage::Open).held_by_me(),
            Ready::AwaitingApproval => any.in_stage(Stage::Awaiting),
            Ready::All => any,
        }
    }
}

/// What a list begins from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A list that is there for everybody.
    Ready(Ready),
    /// The row of a saved view.
    Saved(i64),
}

/// A list, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What it begins from.
    pub basis: Basis,
    /// Conditions said in the address: beside those of a ready-made list, instead of those of a view.
    pub filter: Filter,
    /// The order said in the address.
    pub order: Option<Order>,
}

impl Basis {
    /// Reads the parameter `view`; anything else is the work to do.
    pub fn parse(text: &str) -> Basis {
        match text.parse::<i64>() {
            Ok(row) => Basis::Saved(row),
            Err(_) => Basis::Ready(Ready::of(text).unwrap_or(Ready::Open)),
        }
    }

    /// The parameter `view`.
    pub fn text(self) -> String {
        match self {
            Basis::Ready(ready) => ready.word().to_owned(),
            Basis::Saved(row) => row.to_string(),
        }
    }

    /// The name under which its settings are kept.
    pub fn list(self) -> String {
        match self {
            Basis::Ready(ready) => ready.word().to_owned(),
            Basis::Saved(row) => format!("view:{row}"),
        }
    }
}

impl Address {
    /// A ready-made list as it stands.
    pub fn ready(ready: Ready) -> Address {
        Address {
            basis: Basis::Ready(ready),
            filter: Filter::default(),
            order: None,
        }
    }

    /// Reads an address's parameters.
    ///
    /// # Errors
    /// What is no condition, each at its property.
    pub fn read(form: &Form, calendar: &Calendar) -> Result<Address, Error> {
        let address = Address::without_filter(form);
        Ok(Address {
            filter: Filter::parse(form.pairs(), calendar)?,
            ..address
        })
    }

    /// The same, passing over every condition: where a faulty address leads.
    pub fn without_filter(form: &Form) -> Address {
        Address {
            basis: Basis::parse(form.text("view")),
            filter: Filter::default(),
            order: Order::parse(form.text("sort")),
        }
    }

    /// All conditions that hold on this list. `stored` are those of the saved view it begins from.
    pub fn whole_filter(&self, stored: &Filter) -> Filter {
        match self.basis {
            Basis::Ready(ready) => ready.filter().and(&self.filter),
            Basis::Saved(_) if self.filter.terms().is_empty() => stored.clone(),
            Basis::Saved(_) => self.filter.clone(),
        }
    }

    /// The list with one more condition.
    pub fn with(&self, stored: &Filter, term: Term) -> Address {
        let mut filter = match self.basis {
            Basis::Ready(_) => self.filter.clone(),
            Basis::Saved(_) => self.whole_filter(stored),
        };
        filter.add(term);
        Address {
            filter,
            ..self.clone()
        }
    }

    /// The list without one of its conditions. Without a condition that makes a ready-made list what
    /// it is, and without any of a view's, it is another list: all tickets, under what is left.
    pub fn without(&self, stored: &Filter, term: &Term) -> Address {
        let filter = self.whole_filter(stored).without(term);
        let is_of_list = match self.basis {
            Basis::Ready(ready) => ready.filter().terms().contains(term),
            Basis::Saved(_) => filter.terms().is_empty(),
        };
        if is_of_list {
            return Address {
                basis: Basis::Ready(Ready::All),
                filter,
                order: self.order,
            };
        }
        Address {
            filter: match self.basis {
                Basis::Ready(_) => self.filter.without(term),
                Basis::Saved(_) => filter,
            },
            ..self.clone()
        }
    }

    /// The list in another order.
    pub fn ordered(&self, order: Order) -> Address {
        Address {
            order: Some(order),
            ..self.clone()
        }
    }

    /// The query of the address, without `?`.
    pub fn text(&self) -> String {
        let mut out = format!("view={}", self.basis.text());
        if !self.filter.terms().is_empty() {
            out.push('&');
            out.push_str(&self.filter.text());
        }
        if let Some(order) = self.order {
            out.push_str("&sort=");
            out.push_str(&order.text());
        }
        out
    }

    /// The address of the list.
    pub fn href(&self) -> String {
        format!("/tickets?{}", self.text())
    }

    /// The address of one of its pages; `side` is `before` or `after`.
    pub fn page_href(&self, side: &str, cursor: &Cursor) -> String {
        format!("{}&{side}={}", self.href(), cursor.parameter())
    }

    /// What a link to one of its tickets carries: the list, and the ticket's place in it.
    pub fn carried(&self, place: &Cursor) -> String {
        self.carrying()(place)
    }

    /// The same for many of its tickets: what they share is written once.
    pub fn carrying(&self) -> impl Fn(&Cursor) -> String {
        let list: String = url::form_urlencoded::byte_serialize(self.text().as_bytes()).collect();
        move |place| format!("list={list}&at={}", place.parameter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::clock::Moment;

    fn read(query: &str) -> Address {
        let calendar = Calendar::utc(Moment(0));
        Address::read(&Form::of_query(Some(query)), &calendar).unwrap()
    }

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        for text in [
            "view=open",
            "view=all&state=free,in_progress&sort=-number",
            "view=12&priority=5",
        ] {
            assert_eq!(read(text).text(), text);
        }
        assert_eq!(read("").text(), "view=open");
        assert_eq!(
            read("view=nonsense&sort=password_hash&after=x").text(),
            "view=open"
        );
    }

    #[test]
    fn a_ready_made_list_keeps_its_own_conditions_and_losing_one_makes_it_another_list() {
        let none = Filter::default();
        let list = read("view=mine&priority=5");
        assert_eq!(
            list.whole_filter(&none).text(),
            "stage=open&assignee=me&priority=5"
        );
        let whole = list.whole_filter(&none);
        let [stage, _, priority] = whole.terms() else {
            panic!()
        };
        assert_eq!(list.without(&none, priority).text(), "view=mine");
        assert_eq!(
            list.without(&none, stage).text(),
            "view=all&assignee=me&priority=5"
        );
    }

    #[test]
    fn a_view_keeps_its_conditions_until_the_address_says_others() {
        let stored = read("view=all&state=free&priority=5").filter;
        let view = read("view=12");
        assert_eq!(view.whole_filter(&stored), stored);
        let [state, priority] = stored.terms() else {
            panic!()
        };
        let less = view.without(&stored, state);
        assert_eq!(less.text(), "view=12&priority=5");
        assert_eq!(less.without(&stored, priority).text(), "view=all");
        let more = view.with(&stored, read("category=3").filter.terms()[0].clone());
        assert_eq!(more.text(), "view=12&state=free&priority=5&category=3");
    }

    #[test]
    fn a_link_carries_the_whole_list_as_one_parameter() {
        let place = Cursor::parse("f12.7").unwrap();
        let carried = read("view=open&state=free").carried(&place);
        assert_eq!(carried, "list=view%3Dopen%26state%3Dfree&at=f12.7");
        let form = Form::of_query(Some(&carried));
        assert_eq!(read(form.text("list")), read("view=open&state=free"));
    }
}
