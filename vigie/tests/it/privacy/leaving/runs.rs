//! The clock's runs: so many at once, whole or not at all, noted in the journal; and the page where it is said.

use kit::db::scratch;
use vigie::audit::chain::{self, Standing};

use super::*;

/// Archived tickets of Dora's, all at one moment.
async fn many(w: &World, count: i64) {
    let query = system!(
        because = "a test writes the table itself",
        "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
         INSERT INTO tickets (subject, state, stage, department_id, category_id, requester_id, author_id, priority, origin, last_side, \
         created_at, updated_at, archived_at) SELECT 'zqx', 'archived', 'archived', t.department_id, t.category_id, t.requester_id, \
         t.author_id, 3, 'web', 'requester', t.created_at, t.updated_at, $3 FROM n JOIN tickets t ON t.id = $2",
        count,
        w.ticket("printer"),
        days_ago(w, 40)
    );
    writes(w, query).await;
}

async fn tickets(w: &World) -> i64 {
    number(
        w,
        system!(
            because = "a test looks at the table itself",
            "SELECT COUNT(*) AS id FROM tickets"
        ),
    )
    .await
}

on_both_engines! {
    async fn a_run_takes_two_hundred_and_two_runs_at_once_take_each_ticket_once(w) {
        let door = w.door().await;
        let before = tickets(w).await;
        many(w, 450).await;
        says(&door, 30).await;
        assert_eq!(counted(&door, 30).await, 450);
        let now = w.now();
        let (first, second) = tokio::join!(retention::keep(&w.db, now), retention::keep(&w.db, now));
        assert_eq!((first.unwrap(), second.unwrap()), (200, 200));
        assert_eq!(counted(&door, 30).await, 50);
        assert_eq!((runs(w).await, runs(w).await), (50, 0));
        assert_eq!(tickets(w).await, before);
        let noted = number(w, kit::global!("SELECT COUNT(*) AS id FROM jobs WHERE kind = 'forget_words'")).await;
        assert_eq!(noted, 1, "the index is folded once, not after each run");
        door.closes().await;
    }
}

on_both_engines! {
    async fn a_run_that_ends_in_the_middle_took_nothing(w) {
        let door = w.door().await;
        archives(w, w.ticket("printer"), 40).await;
        archives(w, w.ticket("leave"), 40).await;
        says(&door, 30).await;
        // Something that the run does not know of holds one of them: it comes to its last statement, and no further.
        writes(w, system!(because = "a test writes the table itself", "CREATE TABLE holds (ticket_id BIGINT REFERENCES tickets (id))")).await;
        writes(w, system!(because = "a test writes the table itself", "INSERT INTO holds (ticket_id) VALUES ($1)", w.ticket("leave"))).await;
        let stands = async || {
            let mut all = scratch::everything(&w.db).await.unwrap();
            all.sort();
            all
        };
        let before = stands().await;
        assert!(retention::keep(&w.db, w.now()).await.is_err());
        assert_eq!(stands().await, before);
        writes(w, system!(because = "a test writes the table itself", "DROP TABLE holds")).await;
        assert_eq!(runs(w).await, 2);
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_journal_says_how_many_went_and_which_numbers_and_nothing_of_what_they_said(w) {
        let door = w.door().await;
        let (printer, screen, leave) = (w.ticket("printer"), w.ticket("screen"), w.ticket("leave"));
        for ticket in [printer, leave] {
            archives(w, ticket, 40).await;
        }
        says(&door, 30).await;
        assert_eq!(runs(w).await, 2);
        archives(w, screen, 40).await;
        assert_eq!(runs(w).await, 1);
        let journal = door.json("ada", "/api/v1/journal?deed=retention_done").await;
        let items = journal["items"].as_array().unwrap();
        assert_eq!(items.len(), 2, "a line for each run: {journal}");
        let said = journal.to_string();
        assert!(said.contains(&format!("#{printer}–#{leave}")) && said.contains(&format!("\"#{screen}\"")), "{said}");
        assert!(!said.contains("paper") && !said.contains("Dora"), "{said}");
        let page = door.gets("ada", "/admin/journal?deed=retention_done").await;
        assert!(page.body.contains("Archived tickets") && page.body.contains("Numbers"), "{}", page.body);
        let chain = chain::standing(&mut w.db.read()).await.unwrap();
        assert!(matches!(chain, Standing::Whole { .. }), "{chain:?}");
        door.closes().await;
    }
}

on_both_engines! {
    async fn the_page_counts_before_anything_is_saved_and_says_what_is_wrong_at_the_field(w) {
        let door = w.door().await;
        archives(w, w.ticket("printer"), 40).await;
        let page = "/admin/retention";
        let shown = door.gets("ada", page).await;
        assert!(shown.body.contains("name=\"tickets\"") && shown.body.contains("Archived tickets"), "{}", shown.body);
        let counted = door.asks("ada", Method::POST, page, "version=0&tickets=30&look=1").await;
        assert!(counted.status == 200 && counted.body.contains("1 would go now") && counted.body.contains("value=\"30\""), "{}", counted.body);
        assert_eq!(runs(w).await, 0, "counting saves nothing");
        for typed in ["29", "36501", "never", "-40"] {
            let wrong = door.asks("ada", Method::POST, page, &format!("version=0&tickets={typed}")).await;
            assert!(wrong.status == 422 && wrong.body.contains("tickets-fault") && wrong.body.contains(&format!("value=\"{typed}\"")), "{typed} {}", wrong.body);
            let wrong = door.asks("ada", Method::PUT, AT, &json!({"tickets": typed.parse::<i64>().unwrap_or(1)}).to_string()).await;
            assert_eq!(wrong.status, 422, "{}", wrong.body);
        }
        let saved = door.asks("ada", Method::POST, page, "version=0&tickets=30").await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(door.json("ada", AT).await["tickets"], 30);
        for who in ["max", "ben"] {
            assert_eq!(door.asks(who, Method::PUT, AT, &json!({"tickets": 60}).to_string()).await.status, 403, "{who}");
        }
        assert_eq!(runs(w).await, 1);
        door.closes().await;
    }
}
