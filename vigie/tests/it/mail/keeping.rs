//! What is acknowledged, and what leaves, is on the disk first; what is made of a letter is there with the next thing that
//! is, so that the disk is waited for once for many letters.

use super::*;

on_both_engines! {
    // IN-20: SQLite runs with `synchronous = FULL`, whatever was kept otherwise before, or begun and dropped.
    async fn a_letter_waits_for_the_disk_before_it_is_acknowledged_and_reading_it_does_not(w) {
        let usually = w.db.write().await.unwrap().waits_for_the_disk().await.unwrap();
        // These tests' PostgreSQL may be told to wait for nothing; SQLite is told by us alone.
        assert!(usually || w.db.engine() == kit::db::Engine::Postgres);
        for is_kept in [true, false] {
            let mut behind = w.db.write_behind().await.unwrap();
            // PostgreSQL may die while the desk lives, which would then strike off what was taken back.
            let waits = usually && w.db.engine() == kit::db::Engine::Postgres;
            assert_eq!(behind.waits_for_the_disk().await.unwrap(), waits);
            if is_kept {
                behind.commit().await.unwrap();
            } else {
                drop(behind);
            }
            let mut tx = w.db.write().await.unwrap();
            assert_eq!(tx.waits_for_the_disk().await.unwrap(), usually);
        }
    }
}

on_both_engines! {
    // IN-02: SQLite undoes a change by itself when its disk is full, which its library does not know.
    async fn a_disk_that_was_full_is_written_to_again(w) {
        if w.db.engine() == kit::db::Engine::Postgres {
            return;
        }
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("PRAGMA max_page_count = 1")).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = w.db.write().await.unwrap();
        let mut outcome = Ok(());
        for _ in 0..1_000 {
            outcome = jobs::enqueue(&mut tx, "large", &"x".repeat(100_000), w.now()).await;
            if outcome.is_err() {
                break;
            }
        }
        // Nothing is wrong with what was asked: it is worth asking again.
        assert!(matches!(outcome, Err(kit::error::Error::Down(_))), "{outcome:?}");
        drop(tx);
        let mut tx = w.db.write().await.unwrap();
        jobs::enqueue(&mut tx, "small", &1, w.now()).await.unwrap();
        tx.commit().await.unwrap();
        record! { struct Named { kind: String } }
        let all: Vec<Named> = w
            .db
            .read()
            .all(global!("SELECT kind FROM jobs WHERE kind IN ('large', 'small')"))
            .await
            .unwrap();
        assert_eq!(all.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>(), ["small"]);
    }
}

on_both_engines! {
    async fn what_is_kept_behind_is_seen_at_once_and_what_is_dropped_never(w) {
        let mut behind = w.db.write_behind().await.unwrap();
        jobs::enqueue(&mut behind, "kept", &1, w.now()).await.unwrap();
        behind.commit().await.unwrap();
        let mut behind = w.db.write_behind().await.unwrap();
        jobs::enqueue(&mut behind, "dropped", &1, w.now()).await.unwrap();
        drop(behind);
        record! { struct Named { kind: String } }
        let all: Vec<Named> = w
            .db
            .read()
            .all(global!("SELECT kind FROM jobs WHERE kind IN ('kept', 'dropped')"))
            .await
            .unwrap();
        assert_eq!(all.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>(), ["kept"]);
    }
}

on_both_engines! {
    // OUT-01: each job of a batch ends as it says, whichever way the others do.
    async fn jobs_that_end_together_each_end_their_own_way(w) {
        let dice = Dice::seeded(3);
        let mut tx = w.db.write().await.unwrap();
        tx.run(global!("DELETE FROM jobs")).await.unwrap();
        for kind in ["done", "retry", "again", "never"] {
            jobs::enqueue(&mut tx, kind, &1, w.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let run = |job: jobs::Claimed| async move {
            match job.kind.as_str() {
                "done" => jobs::Verdict::Done,
                "retry" => jobs::Verdict::Retry("later".to_owned()),
                "again" => jobs::Verdict::Again(kit::clock::Span::hours(1)),
                _ => jobs::Verdict::GiveUp("never".to_owned()),
            }
        };
        assert_eq!(jobs::run_due(&w.db, &w.clock, &dice, &run).await.unwrap(), 4);
        record! {
            struct Left {
                kind: String,
                attempts: i64,
                last_error: Option<String>,
                has_failed: bool,
                is_later: bool,
                is_held: bool,
            }
        }
        let left: Vec<Left> = w
            .db
            .read()
            .all(global!(
                "SELECT kind, attempts, last_error, failed_at IS NOT NULL AS has_failed, run_at > $1 AS is_later, \
                 lease IS NOT NULL AS is_held FROM jobs ORDER BY id",
                w.now()
            ))
            .await
            .unwrap();
        let said: Vec<String> = left
            .iter()
            .map(|it| format!("{} {} {:?} {} {} {}", it.kind, it.attempts, it.last_error, it.has_failed, it.is_later, it.is_held))
            .collect();
        assert_eq!(
            said,
            [
                "retry 1 Some(\"later\") false true false",
                "again 0 None false true false",
                "never 1 Some(\"never\") true false false",
            ]
        );
    }
}
