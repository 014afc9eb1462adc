//! What each error becomes at each door, as a table that people read.

use kit::clock::Span;
use kit::error::{Because, Clash, Error};
use kit::web::refusal::{Door, refusal};

use super::tree;

/// One of each, with its name. A new kind of error does not compile here until it is in the list.
fn one_of_each() -> Vec<(&'static str, Error)> {
    let all = vec![
        Error::NotFound,
        Error::SignedOut,
        Error::Forbidden(Because("right-close")),
        Error::invalid("subject", "fault-missing"),
        Error::Conflict(Clash::of(3, 4)),
        Error::TooLarge(26_214_400),
        Error::TooMany(Span::minutes(1)),
        Error::Down("database"),
        Error::bug("a pipe burst"),
    ];
    let names: Vec<&'static str> = all
        .iter()
        .map(|error| match error {
            Error::NotFound => "NotFound",
            Error::SignedOut => "SignedOut",
            Error::Forbidden(_) => "Forbidden",
            Error::Invalid(_) => "Invalid",
            Error::Conflict(_) => "Conflict",
            Error::TooLarge(_) => "TooLarge",
            Error::TooMany(_) => "TooMany",
            Error::Down(_) => "Down",
            Error::Bug(_) => "Bug",
        })
        .collect();
    names.into_iter().zip(all).collect()
}

#[test]
fn every_error_becomes_the_reviewed_answer() {
    let mut out = String::from("error      door  status  retry after  title, advice\n");
    for (name, error) in one_of_each() {
        for door in [Door::Page, Door::Api] {
            let answer = refusal(&error, door);
            let wait = answer
                .retry_after
                .map_or("-".to_owned(), |s| format!("{s} s"));
            out.push_str(&format!(
                "{name:<10} {:<5} {:<7} {wait:<12} {}, {}\n",
                format!("{door:?}").to_lowercase(),
                answer.status.as_u16(),
                answer.title,
                answer.advice
            ));
            for key in [answer.title, answer.advice] {
                assert!(words::catalogue::has(key), "{key} is said nowhere");
            }
        }
    }
    tree::expect("refusals.txt", &out);
}
