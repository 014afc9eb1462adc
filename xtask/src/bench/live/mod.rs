//! `bench live`: thousands of agents' pages on the live channel at once, moving between tickets as agents do.
//!
//! Fifty pages make a room: they work on the same fifty tickets of one department. A page moves every ten
//! seconds, to one of the room's tickets or, three times in ten, to the list that shows all of them; every
//! thirty it begins to change a field. Some tickets are really changed meanwhile, by the API. What each page
//! knows is compared with what all of them did, when it is quiet.

mod figures;
mod page;
mod room;

use super::desk::sign_in;
use crate::chance::Chance;
use crate::desk::api::Client;
use crate::desk::people::{Account, Desk};
use crate::desk::start::{Engine, Place};
use crate::http::Connection;
use crate::servers::postgres::Postgres;
use crate::servers::process::Running;
use anyhow::{Context, bail};
use page::Page;
use room::{Floor, PAGES, TICKETS};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Departments of the desk: rooms take turns.
const DEPARTMENTS: u32 = 50;
/// People who can sign in: beyond that each has several pages, in different rooms.
const PEOPLE: usize = 2_500;
/// So long everything is still before what pages know is compared.
const QUIET: Duration = Duration::from_secs(4);

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// How many pages, one run for each
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
    pages: Vec<usize>,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Tickets that are changed by the API each second
    #[arg(long, default_value_t = 2)]
    changes: u64,
    /// Use this program instead of a release build
    #[arg(long)]
    pub program: Option<PathBuf>,
    /// On this engine
    #[arg(long, value_enum, default_value = "sqlite")]
    engine: Engine,
}

/// Measures and prints.
pub async fn run(options: &Options, program: &Path) -> anyhow::Result<()> {
    let postgres = match options.engine {
        Engine::Postgres => Some(Postgres::start(true).await?),
        Engine::Sqlite => None,
    };
    let most = options.pages.iter().copied().max().unwrap_or_default();
    let people = most.clamp(PAGES, PEOPLE);
    let place = Place::new(program, options.engine, postgres.as_ref()).await?;
    let tickets = u64::from(DEPARTMENTS) * u64::try_from(TICKETS * 8)?;
    println!("seeding {tickets} tickets and {people} agents");
    let desk = place.seed_agents(tickets, people, DEPARTMENTS).await?;
    let (mut running, _) = place.serve().await?;
    let people = signed_in(place.web(), &desk, people).await?;
    let by_department = tickets_of(place.web(), &desk).await?;
    for pages in &options.pages {
        let floor = floor(*pages, &people, &by_department)?;
        running = measure(options, &place, running, &desk, floor).await?;
    }
    running.kill().await
}

/// Somebody, with what their browser sends.
struct Person {
    id: i64,
    department: String,
    cookie: String,
}

/// Signs people in by the form, as many at once as the desk hashes passwords.
async fn signed_in(web: SocketAddr, desk: &Desk, most: usize) -> anyhow::Result<Vec<Person>> {
    let begin = Instant::now();
    // Those of departments: others see everything, or nearly nothing.
    let agents = desk.accounts.iter();
    let agents = agents.filter(|it| it.role == "agent" && it.scope == "group");
    let mut waiting: Vec<Account> = agents.take(most).cloned().collect();
    let mut people = Vec::new();
    let mut tasks = JoinSet::new();
    loop {
        while tasks.len() < 4
            && let Some(account) = waiting.pop()
        {
            tasks.spawn(async move {
                let cookie = sign_in(web, &account).await?;
                let mut api = Client::new(web, &account.token);
                let id = api.get("/api/v1/me").await?["id"].as_i64();
                anyhow::Ok(Person {
                    id: id.context("the API does not say who one is")?,
                    department: account.departments.first().cloned().unwrap_or_default(),
                    cookie,
                })
            });
        }
        match tasks.join_next().await {
            Some(person) => people.push(person??),
            None => break,
        }
    }
    people.sort_by_key(|it| it.id);
    println!(
        "{} agents signed in, {:.0} s",
        people.len(),
        begin.elapsed().as_secs_f64()
    );
    Ok(people)
}

/// The numbers of the tickets of each department.
async fn tickets_of(web: SocketAddr, desk: &Desk) -> anyhow::Result<BTreeMap<String, Vec<i64>>> {
    let mut api = Client::new(web, &desk.owner()?.token);
    let mut tickets: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for ticket in api.all("/api/v1/tickets").await? {
        if ticket["stage"] == "archived" {
            continue;
        }
        let department = ticket["department"]["name"].as_str().unwrap_or_default();
        let number = ticket["number"]
            .as_i64()
            .context("a ticket has no number")?;
        tickets
            .entry(department.to_owned())
            .or_default()
            .push(number);
    }
    Ok(tickets)
}

/// Puts pages into rooms: people of one department together, with tickets of it that no other room has.
fn floor(
    pages: usize,
    people: &[Person],
    tickets: &BTreeMap<String, Vec<i64>>,
) -> anyhow::Result<Arc<Floor>> {
    let mut teams: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in people {
        teams.entry(&person.department).or_default().push(person);
    }
    let mut floor = Floor::default();
    'all: for round in 0.. {
        for (department, team) in &teams {
            let of_it = tickets.get(*department).map_or(&[][..], Vec::as_slice);
            let Some(numbers) = of_it.get(round * TICKETS..(round + 1) * TICKETS) else {
                bail!(
                    "{department} has {} tickets, too few for {pages} pages",
                    of_it.len()
                );
            };
            let left = pages - floor.len();
            let team = team.iter().take(PAGES.min(left));
            floor.add_room(team.map(|it| (it.id, it.cookie.clone())), numbers);
            if floor.len() >= pages {
                break 'all;
            }
        }
    }
    Ok(Arc::new(floor))
}

/// One number of pages: connects, works, compares, and comes back all at once after a restart.
async fn measure(
    options: &Options,
    place: &Place,
    running: Running,
    desk: &Desk,
    floor: Arc<Floor>,
) -> anyhow::Result<Running> {
    let (web, time) = (place.web(), Duration::from_secs(options.seconds.max(10)));
    let pages = floor.len();
    println!("\n{pages} pages of {} people", floor.people());
    sleep(QUIET).await;
    let empty = running.memory()?.0;
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    let mut chance = Chance::from_seed(5);
    for number in 0..pages {
        let page = Page::new(floor.clone(), number, web, chance.next());
        tasks.spawn(page.live());
        // Those who open a desk do not all come in one instant; the storm is measured below.
        if number % 20 == 19 {
            sleep(Duration::from_millis(20)).await;
        }
    }
    floor.all_are_open(Duration::from_secs(60)).await?;
    println!("  all open after {:.1} s", begin.elapsed().as_secs_f64());
    floor.begin_to_work();
    // What the first seconds bring is not what a day does.
    sleep(Duration::from_secs(10)).await;
    floor.forget_figures();
    let (processor, begin) = (running.processor()?, Instant::now());
    let changed = change(web, desk, &floor, options.changes, time).await?;
    let took = begin.elapsed().as_secs_f64();
    let processor = (running.processor()? - processor).as_secs_f64() / took;
    let memory = running.memory()?.0.saturating_sub(empty);
    let seen = floor.figures();
    floor.stop_working();
    sleep(QUIET).await;
    let audit = floor.audit(&changed);
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let (count, memory) = (pages as f64, memory as f64);
    println!("  {}", seen.arrivals);
    println!("  {}", seen.changes);
    println!(
        "  processor {:.1} % of a core for 1,000 pages; memory {:.1} KiB a page; {:.1} KiB a page and minute",
        processor * 100.0 / count * 1000.0,
        memory / 1024.0 / count,
        seen.kibibytes / count / took * 60.0,
    );
    println!("  audit: {audit}");
    let running = storm(place, running, &floor, pages).await?;
    floor.end();
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    Ok(running)
}

/// Writes quiet notes on tickets of the rooms, so many a second; how often each was changed.
async fn change(
    web: SocketAddr,
    desk: &Desk,
    floor: &Arc<Floor>,
    each_second: u64,
    time: Duration,
) -> anyhow::Result<BTreeMap<i64, i64>> {
    let authorization = format!("Bearer {}", desk.owner()?.token);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let (begin, mut chance) = (Instant::now(), Chance::from_seed(7));
    let mut connection = Connection::new(web);
    let (mut changed, mut refused) = (BTreeMap::new(), 0);
    let mut api = Client::new(web, &desk.owner()?.token);
    for n in 0.. {
        let due = Duration::from_secs(1) * n / u32::try_from(each_second.max(1))?;
        if due >= time {
            break;
        }
        sleep(due.saturating_sub(begin.elapsed())).await;
        let ticket = floor.ticket(chance.next());
        let body = json!({"body": "Measured.", "audience": "staff", "quiet": true}).to_string();
        let path = format!("/api/v1/tickets/{ticket}/comments");
        floor.changes(ticket);
        let answer = connection
            .ask("POST", &path, &headers, body.as_bytes())
            .await;
        if !answer.is_ok_and(|it| it.status == 201) {
            // Whether it was done is not known: nothing is expected of it.
            floor.forget_change(ticket);
            changed.remove(&ticket);
            refused += 1;
            continue;
        }
        changed.insert(ticket, 0);
    }
    sleep(time.saturating_sub(begin.elapsed())).await;
    if refused > 0 {
        println!("  {refused} changes were refused, or not answered");
    }
    for (ticket, version) in &mut changed {
        let stands: Value = api.get(&format!("/api/v1/tickets/{ticket}")).await?;
        *version = stands["version"].as_i64().unwrap_or_default();
    }
    Ok(changed)
}

/// The desk is killed and started again; every page comes back by itself, as browsers do, while somebody
/// opens lists.
async fn storm(
    place: &Place,
    mut running: Running,
    floor: &Arc<Floor>,
    pages: usize,
) -> anyhow::Result<Running> {
    floor.expect_all_again();
    running.kill().await?;
    let (running, _) = place.serve().await?;
    let begin = Instant::now();
    let mut looking = JoinSet::new();
    looking.spawn(opens_lists(place.web(), floor.clone()));
    floor.all_are_open(Duration::from_secs(180)).await?;
    let back = begin.elapsed().as_secs_f64();
    let mut took = looking.join_next().await.context("nobody opened lists")??;
    took.sort();
    sleep(QUIET).await;
    let slowest = took.get(took.len().saturating_sub(1 + took.len() / 100));
    println!(
        "  storm: all {pages} back {back:.1} s after the start, a list meanwhile p99 {:.0} ms ({} lists); audit: {}",
        slowest.map_or(0.0, |it| it.as_secs_f64() * 1000.0),
        took.len(),
        floor.audit(&BTreeMap::new())
    );
    Ok(running)
}

/// Opens the list ten times a second until all are back; how long each took.
async fn opens_lists(web: SocketAddr, floor: Arc<Floor>) -> Vec<Duration> {
    let cookie = floor.cookie();
    let mut took = Vec::new();
    while !floor.is_all_open() {
        let begin = Instant::now();
        let headers = [("cookie", cookie.as_str())];
        let answer = Connection::new(web)
            .ask("GET", "/tickets", &headers, b"")
            .await;
        if answer.is_ok_and(|it| it.status == 200) {
            took.push(begin.elapsed());
        }
        sleep(Duration::from_millis(100)).await;
    }
    took
}
