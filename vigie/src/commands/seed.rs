//! `vigie seed`: fills an empty database with a desk for measurements.

use std::io::Write;

use kit::clock::{Clock, Moment};
use kit::config::{Config, Refusal};
use kit::db::Place;
use kit::ids::Dice;
use words::catalogue::say_with;
use words::language::Language;

use crate::house::{House, Opening};
use crate::seed::bulk::{self, Size};
use crate::seed::{self, Loaded};

/// How large a desk, and from which number.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Tickets, each with 2 to 5 comments.
    #[arg(long, default_value_t = 10_000)]
    pub tickets: u64,
    /// Agents; each belongs to three departments.
    #[arg(long, default_value_t = 23, value_parser = clap::value_parser!(u32).range(1..))]
    pub agents: u32,
    /// Departments; tickets are spread evenly over them.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub departments: u32,
    /// Requesters, all with a portal account.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..))]
    pub requesters: u32,
    /// The same seed gives the same rows (passwords and tokens are fresh each time).
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The moment the desk stands at, RFC 3339, instead of 2026-06-01T08:00:00Z.
    #[arg(long)]
    pub now: Option<String>,
    /// How many more agents can sign in, all with the password of the last account before them.
    #[arg(long, default_value_t = 0)]
    pub sign_ins: u32,
    /// Leave the index of search empty, which takes most of the time of a very large desk.
    #[arg(long)]
    pub no_search: bool,
    /// Print accounts and addresses as one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// Fills the database that the settings name.
///
/// # Errors
/// One sentence that says what to do.
pub async fn run(config: Config, arguments: &Arguments) -> Result<(), Refusal> {
    let now = match &arguments.now {
        None => bulk::NOW,
        Some(text) => Moment(
            text.parse::<jiff::Timestamp>()
                .map_err(|e| {
                    Refusal(format!(
                        "--now is “{text}”, which is not a moment ({e}); write it like 2026-06-01T08:00:00Z."
                    ))
                })?
                .as_microsecond(),
        ),
    };
    let size = Size {
        tickets: arguments.tickets,
        agents: arguments.agents as usize,
        departments: arguments.departments as usize,
        requesters: arguments.requesters as usize,
        sign_ins: arguments.sign_ins as usize,
        seed: arguments.seed,
        now,
        is_searchable: !arguments.no_search,
    };
    let clock = Clock::system();
    let house = House::open_with(config, clock, Dice::fair(), Opening::Migrating, false).await?;
    refuse_inhabited(&house).await?;
    let hash = async |password: &str| house.passwords.hash(password, &house.dice).await;
    let loaded = bulk::load(&house.db, size, &house.dice, &hash)
        .await
        .map_err(|e| {
            Refusal(format!(
                "The desk could not be written ({e}); empty the database before you try again."
            ))
        })?;
    house.db.close().await;
    let line = if arguments.json {
        let smtp = house.config.smtp_listen.map(|address| address.to_string());
        announcement(&house.config.public_url, smtp, &loaded)
    } else {
        let language = Language::parse(&house.config.language).unwrap_or(Language::French);
        let tickets = i64::try_from(loaded.tickets).unwrap_or(i64::MAX);
        let place = place(&house.config.database);
        say_with(
            language,
            "commands-seed-done",
            &[("tickets", tickets.into()), ("place", (&place).into())],
        )
    };
    print(&line)
}

/// Refuses a database in which somebody lives already.
pub(super) async fn refuse_inhabited(house: &House) -> Result<(), Refusal> {
    match seed::is_empty(&house.db).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Refusal(format!(
            "{} holds a desk already; name an empty folder with --data, or an empty database with --database-url.",
            place(&house.config.database)
        ))),
        Err(e) => Err(Refusal(format!(
            "The database cannot be read ({e}); run “vigie check”."
        ))),
    }
}

/// The database, as a message names it: without its password.
fn place(place: &Place) -> String {
    match place {
        Place::File(path) => path.display().to_string(),
        Place::Address(address) => match url::Url::parse(address) {
            Ok(url) => format!(
                "PostgreSQL {}{}",
                url.host_str().unwrap_or("localhost"),
                url.path()
            ),
            Err(_) => "PostgreSQL".to_owned(),
        },
    }
}

/// Addresses and accounts as one line of JSON (see the contract).
pub fn announcement(url: &str, smtp: Option<String>, loaded: &Loaded) -> String {
    serde_json::json!({
        "url": url,
        "smtp": smtp,
        "mail_address": loaded.mail_address,
        "tickets": loaded.tickets,
        "seed": loaded.seed,
        "accounts": loaded.accounts,
    })
    .to_string()
}

/// Prints for people or scripts who read standard output; a reader who left is no fault of ours.
pub(super) fn print(text: &str) -> Result<(), Refusal> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Refusal(format!("Standard output cannot be written ({e}).")))
        }
        _ => Ok(()),
    }
}
