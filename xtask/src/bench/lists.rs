//! What each filter and order of the list costs beside the plain list, what the views of the sidebar
//! cost to count, and what a deed on a hundred tickets takes.

use super::load::{self, Maker, Seen};
use crate::desk::api::Client;
use crate::http::{self, Connection};
use anyhow::Context;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Name, and the query of the list. The first is what the others are compared with.
const LISTS: &[(&str, &str)] = &[
    ("plain", "view=open"),
    ("by number", "view=open&sort=-number"),
    ("by priority", "view=open&sort=-priority"),
    ("oldest activity first", "view=open&sort=activity"),
    ("all", "view=all"),
    ("all, by number", "view=all&sort=-number"),
    ("all, by priority", "view=all&sort=-priority"),
    ("mine", "view=mine"),
    ("unassigned", "view=unassigned"),
    ("state", "view=all&state=incomplete"),
    ("state is any of", "view=all&state=free,postponed"),
    ("state is not", "view=all&state=not:approved"),
    ("stage is any of", "view=all&stage=open,awaiting"),
    ("department", "view=open&department={department}"),
    ("department, all", "view=all&department={department}"),
    ("category", "view=open&category={category}"),
    ("category, all", "view=all&category={category}"),
    ("priority", "view=open&priority=5"),
    ("priority, all", "view=all&priority=4,5"),
    ("origin", "view=all&origin=phone"),
    ("requester", "view=all&requester={requester}"),
    ("requester is not", "view=all&requester=not:{requester}"),
    ("assignee is me", "view=all&assignee=me"),
    ("assignee is not me", "view=all&assignee=not:me"),
    ("nobody", "view=open&assignee=none"),
    ("I am invited", "view=all&participant=invited"),
    ("needs advice", "view=all&advice=yes"),
    ("of trainees", "view=all&trainees=yes"),
    ("unread", "view=all&unread=yes"),
    ("read", "view=all&unread=no"),
    ("created this week", "view=all&created=after:-7d"),
    ("created before last year", "view=all&created=before:-365d"),
    ("changed this week", "view=all&updated=after:-7d"),
    ("closed this month", "view=all&closed=after:-30d"),
    ("closed before last year", "view=all&closed=before:-365d"),
    (
        "three filters",
        "view=open&priority=4,5&assignee=none&department={department}",
    ),
];

/// Views as a working agent keeps them.
const VIEWS: &[&str] = &[
    "stage=open&priority=4,5",
    "stage=open&assignee=none",
    "state=incomplete&assignee=me",
    "stage=awaiting",
    "stage=open&created=before:-30d",
    "stage=open&unread=yes",
    "stage=open&department={department}",
    "stage=open&origin=email&priority=5",
];

/// How long a desk is left alone until what a deed was followed by is done.
const REST: Duration = Duration::from_secs(10);

/// What was measured.
#[derive(Debug, Default)]
pub struct Lists {
    /// Each list, at one connection.
    pub rows: Vec<(&'static str, Seen)>,
    /// Asking for eight views with their counts, by the API.
    pub views: Option<Seen>,
    /// A deed on a hundred tickets, each time it was done on a desk at rest.
    pub bulk: Vec<Duration>,
    /// The same, one after the other, while the mails of the ones before are written.
    pub bulk_at_once: Vec<Duration>,
}

impl Lists {
    /// How many times the plain list a list costs, by the median.
    pub fn ratio(&self, seen: &Seen) -> f64 {
        let plain = self.rows.first().map_or(Duration::ZERO, |row| row.1.p50);
        seen.p50.as_secs_f64() / plain.as_secs_f64().max(1e-9)
    }

    /// The figures as JSON.
    pub fn json(&self) -> Value {
        let rows: serde_json::Map<String, Value> = self
            .rows
            .iter()
            .map(|(name, seen)| {
                let mut value = seen.json();
                value["times_plain"] = json!((self.ratio(seen) * 100.0).round() / 100.0);
                ((*name).to_owned(), value)
            })
            .collect();
        json!({
            "lists": rows,
            "views": self.views.as_ref().map(Seen::json),
            "bulk_of_100_ms": all_milliseconds(&self.bulk),
            "bulk_of_100_at_once_ms": all_milliseconds(&self.bulk_at_once),
        })
    }
}

/// The median of some times.
pub fn median(times: &[Duration]) -> Duration {
    let mut all = times.to_vec();
    all.sort();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn all_milliseconds(times: &[Duration]) -> Vec<f64> {
    times.iter().map(|it| it.as_secs_f64() * 1000.0).collect()
}

/// Measures them for this agent, whose list shows `ticket`.
pub async fn measure(
    web: SocketAddr,
    cookie: &str,
    token: &str,
    ticket: u64,
    time: Duration,
) -> anyhow::Result<Lists> {
    let mut api = Client::new(web, token);
    let one = api.get(&format!("/api/v1/tickets/{ticket}")).await?;
    let fill = |text: &str| {
        ["department", "category", "requester"]
            .iter()
            .fold(text.to_owned(), |text, name| {
                text.replace(&format!("{{{name}}}"), &one[*name]["id"].to_string())
            })
    };
    let mut lists = Lists::default();
    // Short rounds: there are many of them, and it is the median that counts.
    let round = (time / 3).max(Duration::from_secs(1));
    for (name, query) in LISTS {
        let path = format!("/tickets?{}", fill(query));
        let make = getter(web, &path, &[("cookie", cookie)]);
        lists
            .rows
            .push((*name, load::requests(web, 1, round, &make).await?));
    }
    let authorization = format!("Bearer {token}");
    let mut views = vec![];
    for query in VIEWS {
        let body = json!({"name": query, "filter": fill(query)});
        let made = ask(web, &authorization, "POST", "/api/v1/views", &body).await?;
        views.push(made["id"].clone());
    }
    let make = getter(web, "/api/v1/views", &[("authorization", &authorization)]);
    lists.views = Some(load::requests(web, 1, round, &make).await?);
    // What is measured after it must not count them at every page.
    for id in views {
        let path = format!("/api/v1/views/{id}");
        ask(web, &authorization, "DELETE", &path, &json!({})).await?;
    }

    let found = api.get("/api/v1/tickets?stage=open&limit=100").await?;
    let numbers: Vec<Value> = found["items"]
        .as_array()
        .context("the list of the API")?
        .iter()
        .map(|it| json!({"number": it["number"]}))
        .collect();
    // Each takes or releases what the one before left. Mails and the index of search follow each for some seconds.
    for (at, deed) in ["take", "release"].into_iter().cycle().take(7).enumerate() {
        let is_at_rest = at < 3;
        if is_at_rest {
            tokio::time::sleep(REST).await;
        }
        let begin = Instant::now();
        let body = json!({"deed": deed, "tickets": numbers});
        ask(web, &authorization, "POST", "/api/v1/bulk", &body).await?;
        if is_at_rest {
            lists.bulk.push(begin.elapsed());
        } else {
            lists.bulk_at_once.push(begin.elapsed());
        }
    }
    tokio::time::sleep(REST).await;
    Ok(lists)
}

/// Asks once and reads what came, null when there is nothing to read.
async fn ask(
    web: SocketAddr,
    authorization: &str,
    verb: &str,
    path: &str,
    body: &Value,
) -> anyhow::Result<Value> {
    let headers = [
        ("authorization", authorization),
        ("content-type", "application/json"),
    ];
    let answer = Connection::new(web)
        .ask(verb, path, &headers, body.to_string().as_bytes())
        .await?;
    let answer = answer.success().with_context(|| format!("{verb} {path}"))?;
    Ok(serde_json::from_slice(&answer.body).unwrap_or_default())
}

fn getter(web: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Maker {
    let bytes = http::request("GET", path, web, headers, b"");
    Arc::new(move |_| bytes.clone())
}
