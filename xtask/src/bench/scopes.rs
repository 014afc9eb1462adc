//! What the list costs an agent whose scope is narrow, beside one who sees every department.

use super::desk::{getter, sign_in};
use super::load::{self, Seen};
use crate::desk::api::Client;
use crate::desk::people::{Account, Desk};
use crate::http::{Connection, escaped};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;

/// On how many tickets outside of their departments the agent takes part.
const PARTICIPATIONS: usize = 200;

/// What was measured, each at one connection.
#[derive(Debug)]
pub struct Scopes {
    /// The list of an agent whose scope holds all departments.
    pub global: Seen,
    /// That of an agent of some departments who observes tickets of others.
    pub narrow: Seen,
}

impl Scopes {
    /// How many times the list of the first the list of the second costs, by the median.
    pub fn ratio(&self) -> f64 {
        self.narrow.p50.as_secs_f64() / self.global.p50.as_secs_f64().max(1e-9)
    }

    /// The figures as JSON.
    pub fn json(&self) -> Value {
        json!({"global": self.global.json(), "narrow": self.narrow.json(), "times_global": self.ratio()})
    }
}

/// Measures both: `agent` observes other departments' tickets from now on, another one sees every department.
pub async fn measure(
    web: SocketAddr,
    desk: &Desk,
    (agent, cookie): (&Account, &str),
    time: Duration,
) -> anyhow::Result<Scopes> {
    let owner = desk.owner()?;
    let other = desk
        .accounts
        .iter()
        .find(|it| it.role == "agent" && it.scope == "group" && it.email != agent.email);
    let other = other.context("the desk names one group agent only")?;
    sees_all(web, owner, other).await?;
    takes_part(web, owner, agent).await?;
    let all = sign_in(web, other).await?;
    let narrow = getter(web, "/tickets", cookie);
    let global = getter(web, "/tickets", &all);
    Ok(Scopes {
        global: load::requests(web, 1, time, &global).await?,
        narrow: load::requests(web, 1, time, &narrow).await?,
    })
}

/// The agent's scope becomes the widest.
async fn sees_all(web: SocketAddr, owner: &Account, agent: &Account) -> anyhow::Result<()> {
    let me = Client::new(web, &agent.token).get("/api/v1/me").await?;
    let path = format!("/api/v1/people/{}/scope", me["id"]);
    let authorization = format!("Bearer {}", owner.token);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let answer = Connection::new(web)
        .ask("PUT", &path, &headers, br#"{"scope":"global"}"#)
        .await?;
    answer.success().with_context(|| format!("PUT {path}"))?;
    Ok(())
}

/// The agent observes tickets that they did not see.
async fn takes_part(web: SocketAddr, owner: &Account, agent: &Account) -> anyhow::Result<()> {
    let mut api = Client::new(web, &owner.token);
    let mut theirs = Client::new(web, &agent.token);
    let (mut left, mut cursor) = (PARTICIPATIONS, String::new());
    loop {
        let path = format!("/api/v1/tickets?stage=open&limit=200{cursor}");
        let page = api.get(&path).await?;
        let items = page["items"].as_array().context("the list of the API")?;
        for number in items.iter().filter_map(|it| it["number"].as_u64()) {
            let path = format!("/api/v1/tickets/{number}");
            if theirs.get(&path).await.is_err() {
                let body = json!({"people": [agent.email]});
                api.post(&format!("{path}/observers"), &body).await?;
                left -= 1;
            }
            if left == 0 {
                return Ok(());
            }
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={}", escaped(next)),
            None => bail!("too few tickets outside of the agent's departments: {left} are missing"),
        }
    }
}
