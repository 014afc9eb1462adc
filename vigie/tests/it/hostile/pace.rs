//! How long a refusal takes, which is to tell nothing either.

use std::time::{Duration, Instant};

use crate::browsing::Door;

/// The middle of many times that somebody waits for each of two answers, asked in turn.
async fn waits(door: &Door, who: &str, paths: [&str; 2]) -> [Duration; 2] {
    const TIMES: usize = 61;
    let mut times = [vec![], vec![]];
    for _ in 0..TIMES {
        for (path, times) in paths.iter().zip(&mut times) {
            let began = Instant::now();
            assert_eq!(door.gets(who, path).await.status, 404, "{path}");
            times.push(began.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[TIMES / 2]
    })
}

on_both_engines! {
    /// SC-14: status, body and length are compared of every address by the probes; this is how long it takes.
    async fn what_is_hidden_is_refused_as_fast_as_what_never_was(w) {
        let door = w.door().await;
        let hidden = w.ticket("salary");
        for (who, way) in [("ben", "/tickets"), ("ben", "/api/v1/tickets"), ("emil", "/portal/tickets"), ("rob", "/tickets")] {
            let paths = [format!("{way}/{hidden}"), format!("{way}/987654321")];
            let mut seen = vec![];
            // A busy machine may spoil one round, and what differs differs in all.
            let mut is_alike = false;
            for _ in 0..5 {
                let [one, other] = waits(&door, who, [&paths[0], &paths[1]]).await;
                let (less, more) = (one.min(other), one.max(other));
                seen.push((one, other));
                is_alike = more < less * 3 / 2;
                if is_alike {
                    break;
                }
            }
            assert!(is_alike, "{who} {way}: {seen:?}");
        }
        door.closes().await;
    }
}
