//! The desk's REST API, as a program that came from elsewhere uses it.

use crate::http::{Answer, Connection};
use anyhow::{Context, bail};
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

/// A program that asks with one person's token.
#[derive(Debug)]
pub struct Client {
    connection: Connection,
    token: String,
}

impl Client {
    /// A client of the desk at `address`.
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self {
            connection: Connection::new(address),
            token: token.to_owned(),
        }
    }

    /// Asks for one thing.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        self.asked(path).await?.json()
    }

    /// Asks for bytes.
    pub async fn bytes(&mut self, path: &str) -> anyhow::Result<Vec<u8>> {
        Ok(self.asked(path).await?.body)
    }

    /// Asks; waits and asks again when told that it came too often.
    async fn asked(&mut self, path: &str) -> anyhow::Result<Answer> {
        for _ in 0..20 {
            let authorization = format!("Bearer {}", self.token);
            let answer = self
                .connection
                .ask("GET", path, &[("authorization", &authorization)], b"")
                .await?;
            if answer.status == 429 {
                tokio::time::sleep(retry_after(&answer)).await;
                continue;
            }
            return answer.success().with_context(|| format!("GET {path}"));
        }
        bail!("GET {path}: still too often after 20 tries")
    }

    /// Sends one thing and reads what came of it.
    pub async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send("POST", path, body).await
    }

    /// Puts one thing in the place of what stood there.
    pub async fn put(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send("PUT", path, body).await
    }

    async fn send(&mut self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let authorization = format!("Bearer {}", self.token);
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/json"),
        ];
        let body = body.to_string();
        let answer = self
            .connection
            .ask(method, path, &headers, body.as_bytes())
            .await?;
        answer
            .success()
            .with_context(|| format!("{method} {path}"))?
            .json()
    }

    /// Everything a list holds, page by page.
    pub async fn all(&mut self, path: &str) -> anyhow::Result<Vec<Value>> {
        let mut items = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut address = format!(
                "{path}{}limit=200",
                if path.contains('?') { '&' } else { '?' }
            );
            if let Some(cursor) = &cursor {
                address.push_str(&format!("&cursor={}", crate::http::escaped(cursor)));
            }
            let page = self.get(&address).await?;
            let found = page["items"]
                .as_array()
                .with_context(|| format!("GET {address}: no items"))?;
            items.extend(found.iter().cloned());
            match page["next"].as_str() {
                Some(next) if cursor.as_deref() != Some(next) => cursor = Some(next.to_owned()),
                Some(next) => bail!("GET {path}: the cursor {next} leads to itself"),
                None => return Ok(items),
            }
        }
    }

    /// The numbers of all tickets the person may see.
    pub async fn ticket_numbers(&mut self) -> anyhow::Result<Vec<u64>> {
        let tickets = self.all("/api/v1/tickets").await?;
        tickets
            .iter()
            .map(|it| it["number"].as_u64().context("a ticket has no number"))
            .collect()
    }
}

fn retry_after(answer: &Answer) -> Duration {
    let seconds = answer
        .header("retry-after")
        .and_then(|it| it.parse().ok())
        .unwrap_or(1);
    Duration::from_secs(seconds).min(Duration::from_secs(30))
}
