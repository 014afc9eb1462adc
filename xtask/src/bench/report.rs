//! The figures as tables for people and as JSON for programs, beside the aims.

use super::desk::Measured;
use super::lists::median;
use super::load::Seen;
use serde_json::{Value, json};
use std::time::Duration;

/// The figures of a run, gathered for the file.
#[derive(Debug, Default)]
pub struct Figures(serde_json::Map<String, Value>);

impl Figures {
    /// Adds what was measured on an engine.
    pub fn add(&mut self, engine: &str, tickets: u64, it: &Measured) {
        let rows: serde_json::Map<String, Value> = it
            .rows
            .iter()
            .map(|(name, seen)| ((*name).to_owned(), seen.iter().map(Seen::json).collect()))
            .collect();
        let value = json!({
            "tickets": tickets, "seeding_s": it.seeding.as_secs_f64(), "folder_bytes": it.size,
            "first_page_ms": it.starts.iter().map(|it| milliseconds(*it)).collect::<Vec<_>>(),
            "page_bytes": {"list": it.page_sizes.0, "ticket": it.page_sizes.1},
            "memory_bytes": {"before": it.memory.0, "after": it.memory.1, "most": it.memory.2},
            "rows": rows,
            "lists": it.lists.json(),
            "scopes": it.scopes.as_ref().map(super::scopes::Scopes::json),
        });
        self.0.insert(engine.to_owned(), value);
    }

    /// Adds the comparison of sizes.
    pub fn add_scale(&mut self, engine: &str, lists: &[(u64, Vec<Seen>)]) {
        let lists: Vec<Value> = lists
            .iter()
            .map(|(tickets, seen)| json!({"tickets": tickets, "list": seen.iter().map(Seen::json).collect::<Vec<_>>()}))
            .collect();
        self.0.insert(
            "scale".to_owned(),
            json!({"engine": engine, "lists": lists}),
        );
    }

    /// The file's text.
    pub fn text(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(&self.0)? + "\n")
    }
}

/// Prints what was measured on an engine.
pub fn print(engine: &str, it: &Measured) {
    println!("\n{engine}");
    println!(
        "{:<26} {:>5} {:>10} {:>9} {:>9} {:>9} {:>8}",
        "", "conn", "per s", "p50 ms", "p95 ms", "p99 ms", "failed"
    );
    for (name, seen) in &it.rows {
        for seen in seen {
            print_row(name, seen);
        }
    }
    let megabytes = |bytes: u64| bytes as f64 / 1_048_576.0;
    println!(
        "seeding {:.1} s, folder {:.0} MiB; list page {} bytes, ticket page {} bytes",
        it.seeding.as_secs_f64(),
        megabytes(it.size),
        it.page_sizes.0,
        it.page_sizes.1
    );
    let slowest = it.starts.iter().copied().max().unwrap_or_default();
    let starts: Vec<String> = it
        .starts
        .iter()
        .map(|it| format!("{:.0}", milliseconds(*it)))
        .collect();
    println!("first page after {} ms", starts.join(", "));
    println!(
        "memory {:.0} MiB before, {:.0} MiB after",
        megabytes(it.memory.0),
        megabytes(it.memory.1)
    );
    print_lists(it);
    if let Some(scopes) = &it.scopes {
        let ratio = scopes.ratio();
        aim(
            &format!(
                "list of an agent of some departments who observes 200 other tickets: {ratio:.2} times a global one"
            ),
            ratio <= 1.3,
            "1.3 times",
        );
    }
    for (name, bare, wanted) in [
        ("list", "list, bare server", 20.0),
        ("ticket page", "ticket page, bare server", 10.0),
    ] {
        if let (Some(ours), Some(theirs)) = (rate(it, name), rate(it, bare)) {
            let ratio = theirs / ours;
            aim(
                &format!("{name}: 1/{ratio:.1} of the bare server at 16 connections"),
                ratio <= wanted,
                &format!("1/{wanted}"),
            );
        }
    }
    for (name, seen) in it
        .rows
        .iter()
        .filter(|(name, _)| name.starts_with("search"))
    {
        if let Some(seen) = seen.iter().find(|it| it.connections == 1) {
            aim(
                &format!("{name}: {:.1} ms", milliseconds(seen.p50)),
                seen.p50 <= Duration::from_millis(20),
                "20 ms",
            );
        }
    }
    aim(
        &format!("memory: at most {:.0} MiB", megabytes(it.memory.2)),
        megabytes(it.memory.2) <= 120.0,
        "120 MiB",
    );
    aim(
        &format!("first page: at most {:.0} ms", milliseconds(slowest)),
        slowest <= Duration::from_millis(300),
        "300 ms",
    );
}

/// Prints the lists beside the plain one, the counts of views, and deeds on many tickets.
fn print_lists(it: &Measured) {
    println!(
        "{:<26} {:>9} {:>9} {:>9} {:>8}",
        "lists", "p50 ms", "p95 ms", "× plain", "failed"
    );
    for (name, seen) in &it.lists.rows {
        let ratio = it.lists.ratio(seen);
        println!(
            "  {name:<24} {:>9.2} {:>9.2} {ratio:>9.2} {:>8}{}",
            milliseconds(seen.p50),
            milliseconds(seen.p95),
            seen.failures,
            if ratio > 1.5 { "  above 1.5" } else { "" }
        );
    }
    if let Some(views) = &it.lists.views {
        let took = milliseconds(views.p50);
        aim(
            &format!("eight views with their counts: {took:.2} ms"),
            took <= 5.0,
            "5 ms",
        );
    }
    let at_once = milliseconds(median(&it.lists.bulk_at_once));
    let bulk = milliseconds(median(&it.lists.bulk));
    aim(
        &format!("a deed on 100 tickets: {bulk:.0} ms, one right after another {at_once:.0} ms"),
        bulk <= 300.0,
        "300 ms",
    );
}

/// Prints the comparison of sizes.
pub fn print_scale(engine: &str, lists: &[(u64, Vec<Seen>)]) {
    println!("\n{engine}: the list by the number of tickets");
    for (tickets, seen) in lists {
        for seen in seen {
            print_row(&format!("list of {tickets}"), seen);
        }
    }
    if let [(_, small), (_, large)] = lists {
        for (small, large) in small.iter().zip(large) {
            let ratio = large.p50.as_secs_f64() / small.p50.as_secs_f64().max(1e-9);
            let name = format!(
                "cost at {} connections: {ratio:.2} times",
                small.connections
            );
            aim(&name, ratio <= 1.3, "1.3 times");
        }
    }
}

fn print_row(name: &str, seen: &Seen) {
    println!(
        "{name:<26} {:>5} {:>10.1} {:>9.2} {:>9.2} {:>9.2} {:>8}",
        seen.connections,
        seen.rate,
        milliseconds(seen.p50),
        milliseconds(seen.p95),
        milliseconds(seen.p99),
        seen.failures
    );
    if seen.failures > 0 {
        println!("    first failure: {}", seen.first_failure);
    }
}

fn aim(what: &str, met: bool, wanted: &str) {
    println!(
        "{} {what} (aim {wanted})",
        if met { "met   " } else { "MISSED" }
    );
}

fn rate(it: &Measured, name: &str) -> Option<f64> {
    let (_, seen) = it.rows.iter().find(|(row, _)| *row == name)?;
    seen.iter()
        .find(|it| it.connections == 16)
        .map(|it| it.rate)
        .filter(|it| *it > 0.0)
}

fn milliseconds(it: Duration) -> f64 {
    it.as_secs_f64() * 1000.0
}
