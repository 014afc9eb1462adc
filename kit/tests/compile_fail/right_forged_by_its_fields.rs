//! Saying that one may.
use std::marker::PhantomData;

use kit::authz::May;

struct Close;
struct Ticket;

fn of_course() -> May<Close, Ticket> {
    May {
        it: Ticket,
        by: panic!("nobody"),
        action: PhantomData,
    }
}

fn main() {}
