//! One agent's page on the live channel.

use super::room::{Floor, Known, Shown};
use crate::chance::Chance;
use anyhow::Context;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// A move this often.
const MOVES: Duration = Duration::from_secs(10);
/// Every third of them an edit.
const EDITS: u64 = 3;
/// A sign of life this often.
const BEATS: Duration = Duration::from_secs(15);

type Socket = WebSocketStream<TcpStream>;

/// A page, as long as it lives.
pub struct Page {
    floor: Arc<Floor>,
    number: usize,
    web: SocketAddr,
    chance: Chance,
    /// The number of the next frame.
    next: u64,
    moves: u64,
}

impl Page {
    /// A page of a floor, at a desk.
    pub fn new(floor: Arc<Floor>, number: usize, web: SocketAddr, seed: u64) -> Self {
        Self {
            floor,
            number,
            web,
            chance: Chance::from_seed(seed),
            next: 1,
            moves: 0,
        }
    }

    /// Opens, works, and comes back when the line broke, as `live.js` does, until everybody goes home.
    pub async fn live(mut self) -> anyhow::Result<()> {
        let mut tries = 0_u32;
        loop {
            let opened = Instant::now();
            if let Ok(mut socket) = self.open().await {
                let ended = self.work(&mut socket).await;
                if ended.is_ok() || self.floor.is_over() {
                    return ended;
                }
            }
            if self.floor.is_over() {
                return Ok(());
            }
            if opened.elapsed() > Duration::from_secs(10) {
                tries = 0;
            }
            let most = 1000_u64
                .saturating_mul(2_u64.saturating_pow(tries))
                .min(30_000);
            tries += 1;
            sleep(Duration::from_millis(200 + self.chance.below(most))).await;
        }
    }

    async fn open(&mut self) -> anyhow::Result<Socket> {
        let stream = TcpStream::connect(self.web).await?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{}/live", self.web).into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("origin", format!("http://{}", self.web).parse()?);
        headers.insert("cookie", self.floor.desk(self.number).cookie.parse()?);
        let small = WebSocketConfig::default()
            .read_buffer_size(4096)
            .write_buffer_size(0);
        let (mut socket, _) = client_async_with_config(request, stream, Some(small)).await?;
        self.next = 1;
        let stand = self.floor.stand(self.number);
        self.says_where(&mut socket, stand.ticket, stand.is_editing)
            .await?;
        Ok(socket)
    }

    /// Tells the desk where the page is, and what it shows from now on.
    async fn says_where(
        &mut self,
        socket: &mut Socket,
        ticket: Option<i64>,
        is_editing: bool,
    ) -> anyhow::Result<()> {
        let shows: Vec<i64> = match ticket {
            Some(ticket) => vec![ticket],
            None => self.floor.tickets(self.number).to_vec(),
        };
        let item = |ticket: i64| format!("ticket/{ticket}");
        let versions;
        {
            let mut known = self.floor.known(self.number);
            // A version that was told before is the one the page shows.
            let shown = |ticket: &i64| known.shown.get(ticket).copied();
            let shown = shows
                .iter()
                .map(|it| (*it, shown(it).unwrap_or_else(Shown::now)));
            known.shown = shown.collect();
            let Known {
                shown, companies, ..
            } = &mut *known;
            companies.retain(|ticket, _| shown.contains_key(ticket));
            versions = shown
                .iter()
                .map(|(ticket, it)| (item(*ticket), Value::from(it.version)))
                .collect::<serde_json::Map<_, _>>();
        }
        let at = json!({
            "say": "at", "section": "tickets", "mode": if ticket.is_some() { "detail" } else { "list" },
            "item": ticket.map(item), "editing": is_editing, "field": is_editing.then_some("subject"),
            "list": ticket.is_none(),
            "shows": versions,
        });
        socket.send(Message::text(at.to_string())).await?;
        Ok(())
    }

    async fn work(&mut self, socket: &mut Socket) -> anyhow::Result<()> {
        let mut beat = Instant::now() + self.part_of(BEATS);
        let mut moving = Instant::now() + self.part_of(MOVES);
        let mut is_at_work = self.floor.is_working();
        loop {
            tokio::select! {
                message = socket.next() => match message.context("the line ended")?? {
                    Message::Text(text) => {
                        self.floor.came(text.len());
                        if !self.hears(&text)? {
                            socket.send(Message::text("{\"say\":\"again\"}")).await?;
                        }
                    }
                    Message::Close(_) => anyhow::bail!("the desk ended the line"),
                    _ => {}
                },
                () = sleep_until(beat) => {
                    beat += BEATS;
                    socket.send(Message::text("{\"say\":\"beat\"}")).await?;
                }
                () = sleep_until(moving) => {
                    moving += MOVES;
                    if self.floor.is_over() {
                        let _ = socket.close(None).await;
                        return Ok(());
                    }
                    match (self.floor.is_working(), is_at_work) {
                        (true, true) => self.moves(socket).await?,
                        // People move each in their own time, however they began.
                        (true, false) => moving = Instant::now() + self.part_of(MOVES),
                        // Soon after everybody begins or goes.
                        (false, _) => moving = Instant::now() + Duration::from_millis(500) + self.part_of(MOVES) / 20,
                    }
                    is_at_work = self.floor.is_working();
                }
            }
        }
    }

    fn part_of(&mut self, time: Duration) -> Duration {
        let whole = u64::try_from(time.as_millis()).unwrap_or_default();
        Duration::from_millis(self.chance.below(whole))
    }

    async fn moves(&mut self, socket: &mut Socket) -> anyhow::Result<()> {
        self.moves += 1;
        let is_editing = self.moves.is_multiple_of(EDITS);
        let is_list = !is_editing && self.chance.below(10) < 3;
        let tickets = self.floor.tickets(self.number);
        let at = self.chance.below(u64::try_from(tickets.len())?);
        let ticket = (!is_list).then(|| tickets[usize::try_from(at).unwrap_or(0)]);
        self.floor.goes(self.number, ticket, is_editing);
        self.says_where(socket, ticket, is_editing).await
    }

    /// Takes a frame in; whether it was the next.
    fn hears(&mut self, text: &str) -> anyhow::Result<bool> {
        let frame: Value = serde_json::from_str(text)?;
        let Some(number) = frame["n"].as_u64() else {
            return Ok(true);
        };
        let is_whole = frame["whole"] == true;
        let mut known = self.floor.known(self.number);
        if number != self.next && !is_whole {
            known.gaps += 1;
            return Ok(false);
        }
        self.next = number + 1;
        if is_whole {
            known.companies.clear();
        }
        for (item, people) in frame["items"].as_object().into_iter().flatten() {
            let Some(ticket) = number_of(item) else {
                continue;
            };
            let people = people.as_array().into_iter().flatten();
            let company: BTreeMap<i64, bool> = people
                .filter_map(|it| Some((it["person"].as_i64()?, it["activity"] == "editing")))
                .collect();
            // Told of what the page showed a moment ago.
            if !known.shown.contains_key(&ticket) {
                continue;
            }
            let before = known
                .companies
                .insert(ticket, company.clone())
                .unwrap_or_default();
            if !is_whole {
                self.floor.sees(self.number, ticket, &before, &company);
            }
        }
        for (item, version) in frame["changed"].as_object().into_iter().flatten() {
            if let (Some(ticket), Some(version)) = (number_of(item), version.as_i64())
                && let Some(shown) = known.shown.get_mut(&ticket)
                && shown.version != version
            {
                shown.version = version;
                self.floor.heard_of_change(ticket);
            }
        }
        known.gone += frame["gone"].as_array().map_or(0, |it| it.len() as u64);
        drop(known);
        if is_whole {
            self.floor.is_open(self.number);
        }
        Ok(true)
    }
}

fn number_of(item: &str) -> Option<i64> {
    item.strip_prefix("ticket/")?.parse().ok()
}
