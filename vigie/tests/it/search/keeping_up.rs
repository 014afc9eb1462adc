//! The index follows whatever changes, whoever changes it.

use kit::db::Ask;
use kit::{global, record, system};
use vigie::search::index;
use vigie::tickets::comments::NewComment;
use vigie::tickets::{Origin, reading, rights, verbs};

use super::{assign, change, finds, keeps_up, waiting};

on_both_engines! {
    async fn what_changes_is_found_as_it_is_now(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let printer = w.ticket("printer").0;
        assert_eq!(finds(&door, "ben", "state:free paper").await, [printer]);
        let ben = w.actor("ben");
        let mut tx = w.db.write().await.unwrap();
        let may = reading::find_to_change::<rights::Take>(&mut tx, &ben, w.ticket("printer")).await.unwrap();
        verbs::take(&mut tx, &may, &ben, None, w.now()).await.unwrap();
        let may = reading::find_to_change::<rights::Reply>(&mut tx, &ben, w.ticket("printer")).await.unwrap();
        verbs::reply(&mut tx, &may, &ben, NewComment::typed("A new drum helps.", Origin::Web), w.now()).await.unwrap();
        tx.commit().await.unwrap();
        keeps_up(w).await;
        assert!(finds(&door, "ben", "state:free paper").await.is_empty());
        assert_eq!(finds(&door, "ben", "to:me drums").await, [printer]);
        assert_eq!(finds(&door, "dora", "drum").await, [printer]);
        // Who is put in charge finds it, and who no longer is does not.
        assert!(finds(&door, "rob", "drum").await.is_empty());
        assign(w, w.ticket("printer"), "rob").await;
        keeps_up(w).await;
        assert_eq!(finds(&door, "rob", "drum").await, [printer]);
        assign(w, w.ticket("printer"), "ben").await;
        assert!(finds(&door, "rob", "drum").await.is_empty(), "at once: the rule decides, not the index");
        // Another name, and another department.
        change(w, async |tx| {
            tx.run(global!("UPDATE people SET name = 'Théodora Quill' WHERE login = 'dora'")).await.unwrap();
            tx.run(system!(
                because = "a test transfers by itself",
                "UPDATE tickets SET department_id = (SELECT id FROM departments WHERE name = 'Red') WHERE id = $1",
                printer
            )).await.unwrap();
        }).await;
        keeps_up(w).await;
        assert_eq!(finds(&door, "cleo", "from:quill drum").await, [printer]);
        assert_eq!(finds(&door, "cleo", "theodora drum").await, [printer]);
        assert_eq!(finds(&door, "cleo", "in:red drum").await, [printer]);
        assert_eq!(waiting(w).await, 0);
        door.closes().await;
    }
}

on_both_engines! {
    async fn what_is_hidden_or_taken_away_is_not_found_from_that_moment_on(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let printer = w.ticket("printer").0;
        assert_eq!(finds(&door, "dora", "\"paper dora\"").await, [] as [i64; 0], "subject and name are no phrase");
        assert_eq!(finds(&door, "dora", "\"paper please\"").await, [printer]);
        change(w, async |tx| {
            tx.run(system!(because = "a test hides words", "UPDATE comments SET audience = 'staff' WHERE ticket_id = $1", printer)).await.unwrap();
        }).await;
        assert!(finds(&door, "dora", "\"paper please\"").await.is_empty(), "before the index was made anew");
        keeps_up(w).await;
        assert!(finds(&door, "dora", "\"paper please\"").await.is_empty());
        assert_eq!(finds(&door, "dora", "paper").await, [printer], "the subject is still public");
        assert_eq!(finds(&door, "ben", "\"paper please\"").await, [printer]);
        door.closes().await;
    }
}

on_both_engines! {
    async fn an_index_of_another_analyser_is_made_anew(w) {
        keeps_up(w).await;
        let door = w.door().await;
        let printer = w.ticket("printer").0;
        change(w, async |tx| {
            tx.run(global!("UPDATE settings SET value = '0' WHERE key = 'search_analyser'")).await.unwrap();
            tx.run(system!(because = "a test loses the index", "DELETE FROM search_documents")).await.unwrap();
            tx.run(global!("DELETE FROM person_words")).await.unwrap();
        }).await;
        assert!(finds(&door, "ben", "paper").await.is_empty());
        let count = index::catch_up(&w.db).await.unwrap();
        assert!(count >= w.tickets().count() + 10, "{count}");
        assert_eq!(finds(&door, "ben", "from:dora paper").await, [printer]);
        assert_eq!(index::catch_up(&w.db).await.unwrap(), 0, "and once is enough");
        door.closes().await;
    }
}

record! { struct Line { id: i64, audience: String, heads: String } }

on_both_engines! {
    async fn a_ticket_has_one_document_or_two_and_twice_indexed_is_once(w) {
        keeps_up(w).await;
        let read = async || {
            let lines: Vec<Line> = w.db.read().all(system!(
                because = "a test looks at the table itself",
                "SELECT id, audience, heads FROM search_documents ORDER BY id"
            )).await.unwrap();
            lines.into_iter().map(|l| (l.id, l.audience, l.heads)).collect::<Vec<_>>()
        };
        let before = read().await;
        let of = |ticket: &str| before.iter().filter(|l| l.0 / 2 == w.ticket(ticket).0).map(|l| l.1.as_str()).collect::<Vec<_>>();
        assert_eq!(of("printer"), ["everybody"]);
        assert_eq!(of("screen"), ["public", "staff"]);
        change(w, async |tx| {
            tx.run(system!(because = "a test asks for everything again", "INSERT INTO search_queue (ticket_id) SELECT id FROM tickets")).await.unwrap();
        }).await;
        keeps_up(w).await;
        assert_eq!(read().await, before);
    }
}
