//! A desk on which many tickets hold a word: both engines find the newest of them.

use std::sync::Mutex;

use kit::db::Db;
use kit::ids::Dice;
use vigie::people;
use vigie::search::{self, Slice, language};
use vigie::seed::bulk::{self, Size};
use words::language::Language;
use words::reader::Words;

use crate::seed::{hash, on_empty_databases};

const DESK: Size = Size {
    is_searchable: true,
    sign_ins: 0,
    // Enough that the newest parts of the desk are asked first (`newest_store.rs`).
    tickets: 2_600,
    agents: 5,
    departments: 5,
    requesters: 20,
    seed: 4,
    now: bulk::NOW,
};

/// What an account of this role and scope finds: how many, whether there are more, and the best hundred.
async fn found(db: &Db, email: &str, query: &str) -> (usize, bool, Vec<i64>) {
    let person = people::find_by_email(&mut db.read(), email).await.unwrap();
    let actor = person.unwrap().actor();
    let reader = Words::new(Language::English, "Europe/Paris", bulk::NOW.0);
    let understood = language::understand(query, search::fields(&actor), &reader);
    let slice = Slice {
        offset: 0,
        limit: 100,
    };
    let found = search::tickets(db, &actor, &understood, slice, bulk::NOW).await;
    let found = found.unwrap();
    let numbers = found.hits.iter().map(|hit| hit.ticket.id.0).collect();
    (found.count, found.is_cut, numbers)
}

#[test]
fn the_newest_of_many_are_the_same_on_both_engines() {
    let answers = Mutex::new(vec![]);
    on_empty_databases("many", async |empty| {
        let loaded = bulk::load(&empty.db, DESK, &Dice::seeded(1), &hash).await;
        let loaded = loaded.unwrap();
        let mut all = vec![];
        for account in loaded.accounts.iter().filter(|it| it.role != "portal") {
            for query in [
                "problem",
                "problem before:60d",
                "problem before:150d",
                "printer",
                "\"message d'erreur\"",
                "impr*",
            ] {
                all.push((
                    account.email.clone(),
                    query,
                    found(&empty.db, &account.email, query).await,
                ));
            }
        }
        answers.lock().unwrap().push(all);
    });
    let answers = answers.into_inner().unwrap();
    assert_eq!(answers.len(), 2);
    for (sqlite, postgres) in answers[0].iter().zip(&answers[1]) {
        assert_eq!(sqlite, postgres);
    }
    let is_cut = |(_, _, (_, is_cut, _)): &&(_, _, (_, bool, _))| *is_cut;
    assert!(
        answers[0].iter().filter(is_cut).count() > 1,
        "many hold a word"
    );
}
