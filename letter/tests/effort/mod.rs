//! How long something takes, whatever else the machine is doing.

use std::time::{Duration, Instant};

/// The time this thread ran on a processor, where the system tells; Linux does.
fn on_processor() -> Option<Duration> {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = schedstat.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Runs `work` and says how much processor time it took, or how much time where that is unknown.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (started, before) = (Instant::now(), on_processor());
    let done = work();
    let took = match (before, on_processor()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => started.elapsed(),
    };
    (done, took)
}
