//! How fast letters are kept and read. Asserts only that all of them are; run it alone, built for
//! release, with `--nocapture` to see the figures.

use std::time::Instant;

use super::*;

/// Letters in one measurement; more with `VIGIE_BENCH_LETTERS`.
#[expect(clippy::disallowed_methods, reason = "how much to measure")]
fn letters() -> usize {
    std::env::var("VIGIE_BENCH_LETTERS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(64)
}

on_both_engines! {
    async fn a_burst_of_letters_is_kept_and_read_whole(w) {
        let post = post(w).await;
        let door = open_door(&post, Limits::default()).await;
        let (connections, each) = (16, letters() / 16);
        let start = Instant::now();
        let mut senders = vec![];
        for connection in 0..connections {
            let mut caller = Caller::to(&door).await;
            senders.push(async move {
                for n in 0..each {
                    caller.announce(&[BLUE]).await;
                    let from = format!("sender{}@example.org", n % 10);
                    let body = "A few lines of text, as people write them.\n".repeat(20);
                    caller.say(&letter(&from, BLUE, &format!("Letter {connection} {n}"), "", &body)).await;
                    assert!(caller.ask(".").await.starts_with("250"));
                }
            });
        }
        futures_util::future::join_all(senders).await;
        let kept = start.elapsed();
        let all = (connections * each) as i64;
        assert_eq!(count(w, "incoming").await, all);
        let before = count(w, "tickets").await;
        let start = Instant::now();
        let read_only = |job: jobs::Claimed| {
            let post = post.clone();
            async move {
                match job.kind.as_str() {
                    "read_mail" => mail::run(&post, &job).await,
                    _ => jobs::Verdict::Done,
                }
            }
        };
        while jobs::run_due(&post.db, &post.clock, &post.dice, &read_only).await.unwrap() > 0 {}
        let read = start.elapsed();
        assert_eq!(count(w, "tickets").await, before + all);
        let rate = |took: std::time::Duration| all as f64 / took.as_secs_f64();
        eprintln!(
            "{:?}: {all} letters over {connections} connections: kept {:.0}/s, read {:.0}/s",
            w.db.engine(), rate(kept), rate(read)
        );
    }
}
