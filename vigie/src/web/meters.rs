//! What `/metrics` counts. Names and numbers only: never a path with an id, never a person.

use std::sync::atomic::{AtomicU64, Ordering};

/// Upper bounds of the latency classes, in milliseconds.
const BOUNDS: [u64; 10] = [1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000];

/// Counters of the web door.
#[derive(Debug)]
pub struct Meters {
    by_status: [AtomicU64; 600],
    by_time: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl Default for Meters {
    fn default() -> Self {
        Meters {
            by_status: [const { AtomicU64::new(0) }; 600],
            by_time: [const { AtomicU64::new(0) }; BOUNDS.len() + 1],
            micros: AtomicU64::new(0),
        }
    }
}

impl Meters {
    /// Notes one answered request.
    pub fn answered(&self, status: u16, micros: i64) {
        if let Some(counter) = self.by_status.get(usize::from(status)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(micros).unwrap_or(0);
        let class = BOUNDS
            .iter()
            .position(|bound| micros <= bound * 1_000)
            .unwrap_or(BOUNDS.len());
        self.by_time[class].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// The counters in the text form of Prometheus.
    pub fn text(&self) -> String {
        use std::fmt::Write;
        let mut out = String::from(
            "# HELP vigie_requests_total Requests answered, by status.\n# TYPE vigie_requests_total counter\n",
        );
        for (status, counter) in self.by_status.iter().enumerate() {
            let n = counter.load(Ordering::Relaxed);
            if n > 0 {
                let _ = writeln!(out, "vigie_requests_total{{status=\"{status}\"}} {n}");
            }
        }
        out.push_str("# HELP vigie_request_seconds Time to answer.\n# TYPE vigie_request_seconds histogram\n");
        let mut sum = 0;
        for (class, counter) in self.by_time.iter().enumerate() {
            sum += counter.load(Ordering::Relaxed);
            let bound = BOUNDS
                .get(class)
                .map_or("+Inf".to_owned(), |ms| (*ms as f64 / 1_000.0).to_string());
            let _ = writeln!(out, "vigie_request_seconds_bucket{{le=\"{bound}\"}} {sum}");
        }
        let seconds = self.micros.load(Ordering::Relaxed) as f64 / 1_000_000.0;
        let _ = writeln!(
            out,
            "vigie_request_seconds_sum {seconds}\nvigie_request_seconds_count {sum}"
        );
        out
    }
}
