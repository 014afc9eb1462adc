//! The measurements on one database: start, list, ticket page, create, reply, mail in, memory.

use super::load::{self, Maker, Seen};
use crate::chance::Chance;
use crate::desk::api::Client;
use crate::desk::people::{Account, Desk};
use crate::desk::selectors;
use crate::desk::start::Place;
use crate::http::{self, Connection};
use crate::mail::write::{Letter, bytes_of};
use crate::servers::folder::{Temporary, reports};
use crate::servers::process::{Running, mortal, spare_port};
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Everything that was measured on one engine.
#[derive(Debug, Default)]
pub struct Measured {
    /// How long filling the database took.
    pub seeding: Duration,
    /// The size of the desk's folder after it, in bytes.
    pub size: u64,
    /// Five starts, from the start of the process to its first page.
    pub starts: Vec<Duration>,
    /// Name of the request, and what was seen at each number of connections.
    pub rows: Vec<(&'static str, Vec<Seen>)>,
    /// Every filter and order of the list, the counts of views, deeds on many tickets.
    pub lists: super::lists::Lists,
    /// The list by how far somebody sees.
    pub scopes: Option<super::scopes::Scopes>,
    /// Bytes of the list page and of the ticket page.
    pub page_sizes: (usize, usize),
    /// Memory before the load, after it, and the most there was, in bytes.
    pub memory: (u64, u64, u64),
}

impl Measured {
    /// Asks for so long, from one connection and from many.
    async fn ask(
        &mut self,
        name: &'static str,
        address: SocketAddr,
        make: &Maker,
        time: Duration,
    ) -> anyhow::Result<()> {
        let mut seen = Vec::new();
        for connections in CONNECTIONS {
            seen.push(load::requests(address, connections, time, make).await?);
        }
        self.rows.push((name, seen));
        Ok(())
    }
}

const CONNECTIONS: [usize; 2] = [1, 16];
/// Rows of a full page of the list.
const ROWS: usize = 50;

/// Fills the place and measures everything.
pub async fn measure(
    place: &Place,
    tickets: u64,
    requesters: u64,
    time: Duration,
) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    let begin = Instant::now();
    let desk = place.seed(tickets, requesters).await?;
    (measured.seeding, measured.size) = (begin.elapsed(), place.size());
    for _ in 0..4 {
        let (mut running, took) = place.serve().await?;
        measured.starts.push(took);
        running.kill().await?;
    }
    let (running, took) = place.serve().await?;
    measured.starts.push(took);
    let memory_before = running.memory()?.0;

    let agent = desk.group_agent(3)?;
    let cookie = sign_in(place.web(), agent).await?;
    let numbers = numbers_on_list(place.web(), "/tickets", &cookie).await?;
    let ticket_path = format!("/tickets/{}", numbers[0]);
    let list_page = page(place.web(), "/tickets", &cookie).await?;
    let ticket_page = page(place.web(), &ticket_path, &cookie).await?;
    measured.page_sizes = (list_page.len(), ticket_page.len());

    let bare = Bare::start(&list_page, &ticket_page).await?;
    let makers = makers(place.web(), &desk, agent, &cookie, &numbers).await?;
    let searches = super::search::rows(place.web(), &cookie, tickets);
    let searches = searches
        .into_iter()
        .map(|(name, make)| (name, place.web(), make));
    let asks = [
        (
            "list, bare server",
            bare.address,
            getter(bare.address, "/list", ""),
        ),
        ("list", place.web(), makers.list),
        (
            "ticket page, bare server",
            bare.address,
            getter(bare.address, "/ticket", ""),
        ),
        ("ticket page", place.web(), makers.ticket),
    ];
    for (name, address, make) in asks.into_iter().chain(searches) {
        measured.ask(name, address, &make, time).await?;
    }
    measured.lists =
        super::lists::measure(place.web(), &cookie, &agent.token, numbers[0], time).await?;
    let whose = (agent, cookie.as_str());
    measured.scopes = Some(super::scopes::measure(place.web(), &desk, whose, time).await?);
    // What is written is followed by mails, which take a part of the machine for a while: so it comes last, and then a
    // search meanwhile.
    let (name, path) = super::search::WHILE_WRITING;
    let asks = [
        ("create", makers.create),
        ("reply", makers.reply),
        (name, getter(place.web(), path, &cookie)),
    ];
    for (name, make) in asks {
        measured.ask(name, place.web(), &make, time).await?;
    }
    let mut seen = Vec::new();
    for connections in CONNECTIONS {
        seen.push(
            load::mails(
                place.smtp(),
                &desk.mail_address,
                connections,
                time,
                &makers.mail,
            )
            .await?,
        );
    }
    measured.rows.push(("mail in", seen));
    let (after, most) = running.memory()?;
    measured.memory = (memory_before, after, most);
    Ok(measured)
}

/// What is compared between sizes: every state, so that a small desk fills its page as a large one does.
const COMPARED: &str = "/tickets?view=all";

/// Fills the place and measures its list alone; the page must be full, or another work was measured.
pub async fn measure_list(
    place: &Place,
    tickets: u64,
    requesters: u64,
    time: Duration,
) -> anyhow::Result<Vec<Seen>> {
    let desk = place.seed_lists(tickets, requesters).await?;
    let (_running, _) = place.serve().await?;
    let cookie = sign_in(place.web(), desk.group_agent(3)?).await?;
    let rows = numbers_on_list(place.web(), COMPARED, &cookie).await?.len();
    if rows < ROWS {
        bail!(
            "the list of {tickets} tickets shows {rows} rows, too few to compare: ask for more tickets"
        );
    }
    let make = getter(place.web(), COMPARED, &cookie);
    let mut seen = Vec::new();
    for connections in CONNECTIONS {
        seen.push(load::requests(place.web(), connections, time, &make).await?);
    }
    Ok(seen)
}

struct Bare {
    address: SocketAddr,
    // Fields drop in order: the server ends before its folder goes.
    _process: Running,
    _folder: Temporary,
}

impl Bare {
    async fn start(list: &[u8], ticket: &[u8]) -> anyhow::Result<Self> {
        let folder = Temporary::new("bare")?;
        let port = spare_port()?;
        let (list_file, ticket_file) = (folder.path().join("list"), folder.path().join("ticket"));
        std::fs::write(&list_file, list)?;
        std::fs::write(&ticket_file, ticket)?;
        let mut command = mortal(std::env::current_exe()?);
        command
            .args(["bare-server", "--port", &port.to_string(), "--list"])
            .arg(list_file);
        command.arg("--ticket").arg(ticket_file);
        let mut process = Running::start("bare server", command, &folder.path().join("log"))?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        process.listens(address, Duration::from_secs(20)).await?;
        Ok(Self {
            address,
            _process: process,
            _folder: folder,
        })
    }
}

struct Makers {
    list: Maker,
    ticket: Maker,
    create: Maker,
    reply: Maker,
    mail: Maker,
}

/// Asks for one page again and again.
pub fn getter(address: SocketAddr, path: &str, cookie: &str) -> Maker {
    let bytes = http::request("GET", path, address, &[("cookie", cookie)], b"");
    Arc::new(move |_| bytes.clone())
}

async fn makers(
    web: SocketAddr,
    desk: &Desk,
    agent: &Account,
    cookie: &str,
    numbers: &[u64],
) -> anyhow::Result<Makers> {
    let mut api = Client::new(web, &agent.token);
    // As agents do, for somebody: one's own requests are few on a desk.
    let requester = desk.portal_user()?.email.clone();
    let first = api.get(&format!("/api/v1/tickets/{}", numbers[0])).await?;
    let category = id_of(&first["category"]);
    let authorization = format!("Bearer {}", agent.token);
    let pages: Vec<Vec<u8>> = numbers
        .iter()
        .map(|it| {
            http::request(
                "GET",
                &format!("/tickets/{it}"),
                web,
                &[("cookie", cookie)],
                b"",
            )
        })
        .collect();
    let numbers = numbers.to_vec();
    let post = {
        let authorization = authorization.clone();
        move |path: &str, body: &serde_json::Value| {
            let headers = [
                ("authorization", authorization.as_str()),
                ("content-type", "application/json"),
            ];
            http::request("POST", path, web, &headers, body.to_string().as_bytes())
        }
    };
    let post_reply = post.clone();
    let to = desk.mail_address.clone();
    Ok(Makers {
        list: getter(web, "/tickets", cookie),
        ticket: Arc::new(move |n| pages[pick(n, pages.len())].clone()),
        create: Arc::new(move |n| {
            let mut body = serde_json::json!({
                "subject": format!("Benchmark {n}"),
                "body": "The screen stays black after this morning's update.",
            });
            body["category"] = category.clone();
            body["requester"] = requester.clone().into();
            post("/api/v1/tickets", &body)
        }),
        reply: Arc::new(move |n| {
            let body = serde_json::json!({"body": format!("Reply {n}: please try again."), "audience": "public"});
            post_reply(
                &format!(
                    "/api/v1/tickets/{}/comments",
                    numbers[pick(n, numbers.len())]
                ),
                &body,
            )
        }),
        mail: Arc::new(move |n| {
            bytes_of(&Letter {
                from: format!("load{}@elsewhere.example", n % 211),
                from_name: "Load".to_owned(),
                to: to.clone(),
                subject: format!("Benchmark mail {n}"),
                body: format!("The screen stays black.\n\n{n}\n"),
                message_id: format!("bench.{n}@elsewhere.example"),
                ..Letter::default()
            })
        }),
    })
}

/// A row's own choice among `length` things, the same in every run.
fn pick(number: u64, length: usize) -> usize {
    let chosen = Chance::from_seed(number).below(u64::try_from(length).unwrap_or(1));
    usize::try_from(chosen).unwrap_or(0)
}

/// A department or category is named in the API by an object with an id, or by the id itself.
fn id_of(value: &serde_json::Value) -> serde_json::Value {
    value.get("id").cloned().unwrap_or_else(|| value.clone())
}

/// Signs in through the form, as a browser without script does; returns the `Cookie` header.
pub async fn sign_in(web: SocketAddr, account: &Account) -> anyhow::Result<String> {
    let mut connection = Connection::new(web);
    let form = connection.ask("GET", "/login", &[], b"").await?.success()?;
    let mut cookies = cookies_of(&form);
    let csrf = field_of(&form.text(), "csrf").unwrap_or_default();
    let name = if account.email.is_empty() {
        &account.login
    } else {
        &account.email
    };
    let fields = [
        ("csrf", csrf.as_str()),
        (selectors::SIGN_IN_NAME_FIELD, name.as_str()),
        ("password", account.password.as_str()),
    ];
    let origin = format!("http://{web}");
    let cookie = cookies.join("; ");
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", origin.as_str()),
        ("cookie", cookie.as_str()),
    ];
    let answer = connection
        .ask("POST", "/login", &headers, &http::form(&fields))
        .await?;
    if !(300..400).contains(&answer.status) {
        let report = reports("bench")?.join("sign-in.html");
        std::fs::write(&report, &answer.body)?;
        bail!(
            "{} cannot sign in: status {}, see {}",
            account.name,
            answer.status,
            report.display()
        );
    }
    cookies.extend(cookies_of(&answer));
    Ok(cookies.join("; "))
}

fn cookies_of(answer: &http::Answer) -> Vec<String> {
    let set = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    set.filter_map(|(_, value)| value.split(';').next().map(str::to_owned))
        .collect()
}

/// The value of the first hidden field of this name in a page.
fn field_of(page: &str, name: &str) -> Option<String> {
    let input = page
        .split("<input")
        .find(|it| it.contains(&format!("name=\"{name}\"")))?;
    let (_, rest) = input.split('>').next()?.split_once("value=\"")?;
    Some(rest.split('"').next()?.to_owned())
}

async fn page(web: SocketAddr, path: &str, cookie: &str) -> anyhow::Result<Vec<u8>> {
    let answer = Connection::new(web)
        .ask("GET", path, &[("cookie", cookie)], b"")
        .await?;
    Ok(answer
        .success()
        .with_context(|| format!("GET {path}"))?
        .body)
}

async fn numbers_on_list(web: SocketAddr, path: &str, cookie: &str) -> anyhow::Result<Vec<u64>> {
    let text = String::from_utf8_lossy(&page(web, path, cookie).await?).into_owned();
    let mut numbers: Vec<u64> = text
        .split("href=\"/tickets/")
        .skip(1)
        .filter_map(|it| it.split(['"', '?']).next()?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        bail!("the list shows the agent no ticket");
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::field_of;

    #[test]
    fn a_hidden_field_is_found_wherever_its_name_stands() {
        let page = "<form><input name=\"q\" value=\"x\"><input type=\"hidden\" value=\"abc\" name=\"csrf\"></form>";
        assert_eq!(field_of(page, "csrf").as_deref(), Some("abc"));
        assert_eq!(field_of(page, "other"), None);
    }
}
