//! `vigie check`: looks at everything a desk stands on and changes nothing.

use std::process::ExitCode;
use std::time::Duration;

use kit::clock::{Clock, Moment};
use kit::config::{Config, Refusal};
use kit::db::migrate::{Standing, standing};
use kit::db::{Db, Place};
use lettre::Tokio1Executor;
use lettre::transport::smtp::AsyncSmtpTransport;

use super::sentence;
use crate::audit::chain;
use crate::house::open_database;
use crate::mail::identity::look::Names;
use crate::mail::mailboxes;
use crate::mail::signing::Signers;
use crate::schema::STEPS;

/// 2026-01-01T00:00:00Z: no machine with this program lives before.
const EARLIEST: Moment = Moment(1_767_225_600_000_000);

/// What was looked at and how it stands.
type Line = (&'static str, Result<String, String>);

/// Runs the command.
pub async fn run(config: Result<Config, Refusal>) -> ExitCode {
    let lines = match config {
        Err(refusal) => vec![("settings", Err(refusal.0))],
        Ok(config) => look(&config).await,
    };
    for (what, how) in &lines {
        match how {
            Ok(fine) => println!("ok      {what}: {fine}"),
            Err(wrong) => println!("FAILED  {what}: {wrong}"),
        }
    }
    if lines.iter().all(|(_, how)| how.is_ok()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

async fn look(config: &Config) -> Vec<Line> {
    let [database, migrations, journal, mailboxes] = database(config).await;
    vec![
        ("settings", Ok(config.public_url.clone())),
        ("database", database),
        ("migrations", migrations),
        ("journal", journal),
        ("mailboxes", mailboxes),
        ("relay", relay(config).await),
        ("signing", signing(config)),
        ("senders", senders(config)),
        ("clock", clock(config)),
    ]
}

/// The database, its schema, the journal in it, and how its mailboxes stand.
async fn database(config: &Config) -> [Result<String, String>; 4] {
    let unknown = || Err("unknown while the database cannot be opened".to_owned());
    if let Place::File(path) = &config.database
        && !path.exists()
    {
        return [
            Err(format!(
                "there is no database at {}; “vigie serve” or “vigie migrate” makes one",
                path.display()
            )),
            unknown(),
            unknown(),
            unknown(),
        ];
    }
    let db = match open_database(&config.database).await {
        Ok(db) => db,
        Err(refusal) => return [Err(refusal.0), unknown(), unknown(), unknown()],
    };
    let steps = match standing(&db, STEPS).await {
        Ok(Standing::Current) => Ok("at this version".to_owned()),
        Ok(Standing::Behind(missing)) => Err(format!("{missing} missing; run “vigie migrate”")),
        Ok(Standing::Ahead(step)) => Err(format!(
            "a newer vigie was here (step {step}); install that version again"
        )),
        Err(error) => Err(sentence(error).0),
    };
    let (journal, mailboxes) = match &steps {
        Ok(_) => (journal(&db).await, mailboxes(&db).await),
        Err(_) => {
            let why = || Err("unknown while the database is at another version".to_owned());
            (why(), why())
        }
    };
    db.close().await;
    [
        Ok(format!("{:?} answers", config_engine(config))),
        steps,
        journal,
        mailboxes,
    ]
}

/// What whoever fetches them found last: checking changes nothing, and opens no connection of its own.
async fn mailboxes(db: &Db) -> Result<String, String> {
    let all = mailboxes::looks(&mut db.read()).await;
    let all = all.map_err(|error| sentence(error).0)?;
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|it| Some(format!("“{}” ({})", it.name, it.fault?.word())))
        .collect();
    if wrong.is_empty() {
        let withheld: i64 = all.iter().map(|it| it.withheld).sum();
        let withheld = match withheld {
            0 => String::new(),
            n => format!("; messages not handed over by their servers: {n}"),
        };
        return Ok(format!("{} to fetch{withheld}", all.len()));
    }
    Err(format!(
        "{} cannot be fetched; “Mailboxes” in Administration says what to do",
        wrong.join(", ")
    ))
}

async fn journal(db: &Db) -> Result<String, String> {
    match chain::standing(&mut db.read()).await {
        Ok(chain::Standing::Whole { entries, link }) if link.is_empty() => {
            Ok(format!("{entries} entries"))
        }
        Ok(chain::Standing::Whole { entries, link }) => Ok(format!(
            "whole, {entries} entries, the last with the link {link}"
        )),
        Ok(chain::Standing::Broken { at }) => Err(format!(
            "entry {at} is not as it was written: somebody changed the journal from outside; compare with your backups"
        )),
        Err(error) => Err(sentence(error).0),
    }
}

fn config_engine(config: &Config) -> kit::db::Engine {
    match config.database {
        Place::File(_) => kit::db::Engine::Sqlite,
        Place::Address(_) => kit::db::Engine::Postgres,
    }
}

async fn relay(config: &Config) -> Result<String, String> {
    let Some(url) = &config.smtp_url else {
        return Ok("none set; outgoing mails wait".to_owned());
    };
    if config.mail_from.is_none() {
        return Err("“mail_from” is not set; name the address notifications come from".to_owned());
    }
    let wrong = |e: &dyn std::fmt::Display| {
        format!("does not take our mail ({e}); check “smtp_url” and that the relay runs")
    };
    let transport: AsyncSmtpTransport<Tokio1Executor> =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| wrong(&e))?
            .timeout(Some(Duration::from_secs(10)))
            .build();
    match transport.test_connection().await {
        Ok(true) => Ok("answers".to_owned()),
        Ok(false) => Err(wrong(&"it answered no")),
        Err(e) => Err(wrong(&e)),
    }
}

/// What to publish for the keys mails are signed with, as a zone file takes it.
fn signing(config: &Config) -> Result<String, String> {
    let signers = Signers::open(&config.dkim_keys).map_err(|refusal| refusal.0)?;
    let records = signers.records();
    if records.is_empty() {
        return Ok("no key set; outgoing mails are not signed".to_owned());
    }
    if let Some(from) = &config.mail_from
        && !signers.sign_for(from)
    {
        return Err(format!(
            "no key of “dkim_keys” is of the domain of “mail_from” ({from}); add one, or mails from there are not signed"
        ));
    }
    let lines = records
        .iter()
        .map(|it| format!("\n        {}", it.in_a_zone()));
    Ok(format!(
        "publish in the DNS, unless it stands there already{}",
        lines.collect::<String>()
    ))
}

/// Who tells who wrote a letter.
fn senders(config: &Config) -> Result<String, String> {
    if config.check_senders {
        return Names::of_the_system()
            .map(|_| "checked here, by the DNS of this machine".to_owned())
            .map_err(|refusal| refusal.0);
    }
    Ok(match config.trusted_receivers.as_slice() {
        [] => "not checked; the keyed token alone proves who answers".to_owned(),
        names => format!("as found by {}", names.join(", ")),
    })
}

fn clock(config: &Config) -> Result<String, String> {
    let now = Clock::system().now();
    if now < EARLIEST {
        return Err(format!(
            "it is {} here, which cannot be; set the machine's clock",
            now.rfc3339()
        ));
    }
    Ok(format!("{}, {}", now.rfc3339(), config.time_zone))
}
