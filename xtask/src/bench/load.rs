//! The load generator: keeps some connections busy for a while, and counts.

use crate::http::Connection;
use crate::mail::client::{Client, Outcome};
use anyhow::bail;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What was seen of one kind of request.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Connections that were busy at the same time.
    pub connections: usize,
    /// Requests answered per second.
    pub rate: f64,
    /// Half of the requests were answered within this.
    pub p50: Duration,
    /// 95 of 100 requests were answered within this.
    pub p95: Duration,
    /// 99 of 100 requests were answered within this.
    pub p99: Duration,
    /// Answers that were refusals, or did not come.
    pub failures: usize,
    /// What the first of them said.
    pub first_failure: String,
}

impl Seen {
    /// The figures as JSON, times in microseconds.
    pub fn json(&self) -> Value {
        let micros = |it: Duration| u64::try_from(it.as_micros()).unwrap_or(u64::MAX);
        json!({
            "connections": self.connections,
            "per_second": (self.rate * 10.0).round() / 10.0,
            "p50_us": micros(self.p50), "p95_us": micros(self.p95), "p99_us": micros(self.p99),
            "failures": self.failures,
        })
    }
}

/// Makes the bytes of the n-th request; numbers are never given twice.
pub type Maker = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// Sends requests over `connections` connections for `time`, after a short warm-up that is not counted.
pub async fn requests(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    make: &Maker,
) -> anyhow::Result<Seen> {
    let warm_up = (time / 5).min(Duration::from_secs(1));
    round(connections, warm_up, |lane| {
        Lane::Web(Connection::new(address), Arc::clone(make), lane)
    })
    .await?;
    round(connections, time, |lane| {
        Lane::Web(Connection::new(address), Arc::clone(make), lane)
    })
    .await
}

/// Sends mails, each acknowledged before the next, over `connections` connections for `time`.
pub async fn mails(
    address: SocketAddr,
    to: &str,
    connections: usize,
    time: Duration,
    make: &Maker,
) -> anyhow::Result<Seen> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Client::connect(address).await?);
    }
    round(connections, time, |lane| {
        Lane::Mail(open.pop(), to.to_owned(), Arc::clone(make), lane)
    })
    .await
}

enum Lane {
    Web(Connection, Maker, u64),
    Mail(Option<Client>, String, Maker, u64),
}

impl Lane {
    async fn once(&mut self, number: u64) -> anyhow::Result<()> {
        match self {
            Self::Web(connection, make, lane) => {
                let answer = connection.exchange(&make(unique(*lane, number))).await?;
                answer.success()?;
            }
            Self::Mail(client, to, make, lane) => {
                let Some(client) = client else {
                    bail!("no connection")
                };
                let mail = make(unique(*lane, number));
                let outcome = client.send("load@elsewhere.example", &[to], &mail).await?;
                if let Outcome::Refused(code, text) = outcome {
                    bail!("{code} {text}");
                }
            }
        }
        Ok(())
    }
}

/// Lanes count in different ranges, and each start of a program begins in another one.
fn unique(lane: u64, number: u64) -> u64 {
    lane * 10_000_000 + number
}

async fn round(
    connections: usize,
    time: Duration,
    mut lane: impl FnMut(u64) -> Lane,
) -> anyhow::Result<Seen> {
    static LANES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let mut tasks = tokio::task::JoinSet::new();
    let begin = Instant::now();
    for _ in 0..connections {
        let mut lane = lane(LANES.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        tasks.spawn(async move {
            let mut times = Vec::new();
            let mut failures = Vec::new();
            let mut number = 0;
            while begin.elapsed() < time {
                let sent = Instant::now();
                match lane.once(number).await {
                    Ok(()) => times.push(sent.elapsed()),
                    Err(error) => {
                        failures.push(format!("{error:#}"));
                        if failures.len() > 1000 {
                            break;
                        }
                    }
                }
                number += 1;
            }
            (times, failures)
        });
    }
    let (mut times, mut failures) = (Vec::new(), Vec::new());
    while let Some(outcome) = tasks.join_next().await {
        let (some_times, some_failures) = outcome?;
        times.extend(some_times);
        failures.extend(some_failures);
    }
    let took = begin.elapsed();
    times.sort_unstable();
    Ok(Seen {
        connections,
        rate: times.len() as f64 / took.as_secs_f64(),
        p50: percentile(&times, 50),
        p95: percentile(&times, 95),
        p99: percentile(&times, 99),
        failures: failures.len(),
        first_failure: failures.into_iter().next().unwrap_or_default(),
    })
}

/// The smallest of the sorted times that at least `percent` of 100 do not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(rank).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Maker, percentile, requests};
    use crate::http;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(50));
        assert_eq!(percentile(&times, 99), Duration::from_millis(99));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }

    #[tokio::test]
    async fn refusals_are_counted_apart_and_shown() {
        let pages = axum::Router::new().route("/good", axum::routing::get(|| async { "good" }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("bound");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, pages).await });
        let asking = |path: &'static str| -> Maker {
            Arc::new(move |_| http::request("GET", path, address, &[], b""))
        };
        let good = requests(address, 2, Duration::from_millis(50), &asking("/good"))
            .await
            .expect("measured");
        assert!(good.rate > 100.0 && good.failures == 0, "{good:?}");
        let bad = requests(address, 2, Duration::from_millis(50), &asking("/bad"))
            .await
            .expect("measured");
        assert!(
            bad.rate == 0.0 && bad.first_failure.contains("404"),
            "{bad:?}"
        );
    }
}
