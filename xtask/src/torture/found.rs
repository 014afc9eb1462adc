//! What the desk made of the letters, compared with what was acknowledged: nothing lost, nothing doubled, nothing half.
//!
//! Whole is a ticket with exactly one message that says what the letter said, of the person who wrote it, with the file's
//! bytes where it carried one, and with exactly one acknowledgement in the outbox, which left once, or twice under one
//! `Message-ID` where a kill fell between the letter and its answer (OUT-02).

use super::letters::{self, is_special, number_in, token};
use crate::desk::api::Client;
use crate::mail::sink::Received;
use crate::mail::write::{address, header};
use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::{Duration, Instant};

/// So long nothing may become a ticket before what is missing is called lost: a job may wait a while for its next try.
const STILL: Duration = Duration::from_secs(180);

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Letters with no ticket.
    pub lost: Vec<usize>,
    /// Letters with several.
    pub doubled: Vec<usize>,
    /// What is wrong with the tickets of letters.
    pub half: Vec<String>,
    /// How many were looked at down to their bytes.
    pub opened: usize,
    /// Acknowledgements that left.
    pub answered: usize,
    /// Those of them that left twice, the same.
    pub repeated: usize,
    /// Those of which the desk itself says that it does not know.
    pub uncertain: usize,
}

impl Found {
    /// An error unless everything is there once, and whole.
    pub fn must_be_exact(&self) -> anyhow::Result<()> {
        if self.lost.is_empty() && self.doubled.is_empty() && self.half.is_empty() {
            return Ok(());
        }
        let half: Vec<&String> = self.half.iter().take(20).collect();
        bail!(
            "lost {:?}, doubled {:?}, {} half, such as {half:#?}",
            self.lost,
            self.doubled,
            self.half.len()
        );
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "lost {}, doubled {}, half {} ({} looked at down to their bytes); {} answered, {} of them twice, {} uncertain",
            self.lost.len(),
            self.doubled.len(),
            self.half.len(),
            self.opened,
            self.answered,
            self.repeated,
            self.uncertain
        )
    }
}

/// The tickets of a desk in all states.
pub async fn tickets(api: &mut Client) -> anyhow::Result<usize> {
    let counts = api.get("/api/v1/tickets/counts").await?;
    let counts = counts.as_array().or_else(|| counts["items"].as_array());
    let counts = counts.context("the counts of tickets are no list")?;
    let sum: u64 = counts.iter().filter_map(|it| it["count"].as_u64()).sum();
    Ok(usize::try_from(sum)?)
}

/// What was on a desk before a run.
#[derive(Debug)]
pub struct Before {
    numbers: HashSet<u64>,
    tickets: usize,
}

impl Before {
    /// What is there now.
    pub async fn of(api: &mut Client) -> anyhow::Result<Self> {
        let numbers = api.ticket_numbers().await?.into_iter().collect();
        let tickets = tickets(api).await?;
        Ok(Self { numbers, tickets })
    }

    /// How many of the letters of a run became tickets.
    pub async fn since(&self, api: &mut Client) -> anyhow::Result<usize> {
        Ok(tickets(api).await?.saturating_sub(self.tickets))
    }
}

/// Waits until there are so many, or for as long as some become more; says how many there are.
pub async fn wait_for_tickets(api: &mut Client, wanted: usize) -> anyhow::Result<usize> {
    let (mut last, mut since) = (0, Instant::now());
    loop {
        let now = tickets(api).await?;
        if now > last {
            (last, since) = (now, Instant::now());
        }
        if now >= wanted || since.elapsed() > STILL {
            return Ok(now);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Looks for letters `0..mails` among the tickets that were not there before. Every so many of them is looked at down to
/// its bytes, and all that are `suspect`.
pub async fn look(
    api: &mut Client,
    before: &Before,
    (mails, seed): (usize, u64),
    (every, suspect): (usize, &HashSet<usize>),
) -> anyhow::Result<Found> {
    wait_for_tickets(api, before.tickets + mails).await?;
    let mut found = Found::default();
    let mut numbers: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for ticket in api.all("/api/v1/tickets").await? {
        let number = ticket["number"]
            .as_u64()
            .context("a ticket has no number")?;
        if before.numbers.contains(&number) {
            continue;
        }
        let subject = ticket["subject"].as_str().unwrap_or_default();
        let Some(mail) = number_in(subject, seed) else {
            found
                .half
                .push(format!("ticket {number} is no letter's: {subject}"));
            continue;
        };
        numbers.entry(mail).or_default().push(number);
        if ticket["comments"].as_u64() != Some(1) {
            found.half.push(format!(
                "letter {mail}: ticket {number} has {} messages",
                ticket["comments"]
            ));
        }
        if ticket["requester"]["name"].as_str() != Some(&letters::name(mail)) {
            found.half.push(format!(
                "letter {mail}: ticket {number} is {}’s",
                ticket["requester"]
            ));
        }
    }
    found.lost = (0..mails).filter(|it| !numbers.contains_key(it)).collect();
    let several = numbers.iter().filter(|(_, tickets)| tickets.len() > 1);
    found.doubled = several.map(|(mail, _)| *mail).collect();
    for (mail, tickets) in &numbers {
        if !mail.is_multiple_of(every) && !suspect.contains(mail) {
            continue;
        }
        found.opened += 1;
        for number in tickets {
            if let Err(why) = is_whole(api, *number, *mail, seed).await {
                found
                    .half
                    .push(format!("letter {mail}, ticket {number}: {why:#}"));
            }
        }
    }
    Ok(found)
}

async fn is_whole(api: &mut Client, number: u64, mail: usize, seed: u64) -> anyhow::Result<()> {
    let comments = api
        .all(&format!("/api/v1/tickets/{number}/comments"))
        .await?;
    let [comment] = comments.as_slice() else {
        bail!("{} messages", comments.len());
    };
    let body = comment["body"].as_str().unwrap_or_default();
    if !body.contains(&token(mail, seed)) {
        bail!("it says {body:?}");
    }
    let files = comment["attachments"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let wanted = usize::from(is_special(mail));
    if files.len() != wanted {
        bail!("{} files instead of {wanted}", files.len());
    }
    for file in files {
        let id = file["id"].as_u64().context("a file has no number")?;
        let path = format!("/api/v1/tickets/{number}/attachments/{id}");
        if api.bytes(&path).await? != letters::file(mail, seed) {
            bail!("its file has other bytes");
        }
    }
    Ok(())
}

/// The acknowledgements of the letters: how many rows each has in the outbox, and how often each left.
pub async fn acknowledgements(
    api: &mut Client,
    (mails, kills): (usize, usize),
    left: impl Fn() -> Vec<Received>,
    found: &mut Found,
) -> anyhow::Result<()> {
    let rows = settled(api).await?;
    let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        states
            .entry(text("address"))
            .or_default()
            .push(text("state"));
    }
    let mut copies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in left() {
        let id = header(&mail.bytes, "Message-ID").unwrap_or_default();
        let to = address(&header(&mail.bytes, "To").unwrap_or_default());
        copies.entry(to).or_default().push(id);
    }
    for mail in (0..mails).filter(|it| is_special(*it)) {
        let to = letters::sender(mail);
        let states = states.get(&to).map(Vec::as_slice).unwrap_or_default();
        let copies = copies.get(&to).map(Vec::as_slice).unwrap_or_default();
        let different: BTreeSet<&String> = copies.iter().collect();
        let is_uncertain = states.iter().any(|it| it == "uncertain");
        found.uncertain += usize::from(is_uncertain);
        found.answered += usize::from(!copies.is_empty());
        found.repeated += usize::from(copies.len() == 2);
        let is_right = match states {
            [state] if state == "sent" => (1..=2).contains(&copies.len()),
            [state] if state == "uncertain" => copies.len() <= 2,
            _ => false,
        };
        if !is_right || different.len() > 1 {
            found.half.push(format!(
                "letter {mail}: its answer to {to} is {states:?} in the outbox and left as {copies:?}"
            ));
        }
    }
    // Each kill can cut off one mail at most on its way: there is one way out.
    if found.repeated > kills || found.uncertain > kills {
        found.half.push(format!(
            "{} answers left twice and {} are uncertain after {kills} kills",
            found.repeated, found.uncertain
        ));
    }
    Ok(())
}

/// The acknowledgements in the outbox, once none of them waits any more.
async fn settled(api: &mut Client) -> anyhow::Result<Vec<Value>> {
    let (mut last, mut since) = (usize::MAX, Instant::now());
    loop {
        let mut open = 0;
        for state in ["waiting", "sending", "repeating", "uncertain"] {
            let path = format!("/api/v1/outgoing-mails?state={state}");
            let rows = api.all(&path).await?;
            open += rows
                .iter()
                .filter(|it| it["next_at"].is_string() || state != "uncertain")
                .count();
        }
        if open < last {
            (last, since) = (open, Instant::now());
        }
        if open == 0 || since.elapsed() > STILL {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let rows = api.all("/api/v1/outgoing-mails").await?;
    let rows = rows.into_iter();
    Ok(rows
        .filter(|it| it["purpose"] == "acknowledgement")
        .collect())
}
