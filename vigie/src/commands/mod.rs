//! The few commands, and the settings every one of them takes.
//!
//! Exit status: 0 done, 1 failed with one line on standard error that says what to do, 2 wrong usage.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kit::config::{self, Config, Refusal};
use kit::error::Error;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

pub mod check;
pub mod demo;
pub mod mail;
pub mod migrate;
pub mod owner;
pub mod routes;
pub mod seed;
pub mod serve;
pub mod token;

/// A help desk where a team sees, live, who works on what.
#[derive(Debug, Parser)]
#[command(name = "vigie", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything in one process: web, API, jobs. Creates its database on first start.
    Serve(serve::Options),
    /// Run everything on a demonstration desk, realistic and in both languages, in a fresh temporary
    /// folder unless --data names one; a folder that holds a demonstration continues it.
    Demo(demo::Arguments),
    /// Fill an empty database with a desk for measurements.
    Seed(seed::Arguments),
    /// Bring the database to this version.
    Migrate,
    /// Create or reset the account owner: prints a one-time link, good for 24 hours.
    Owner,
    /// Create, list and revoke API tokens of a person.
    Token(token::Options),
    /// What came in and could not be read, what waits to go out.
    Mail(mail::Options),
    /// Validate settings, database, migrations, mailboxes, relay and clock, one line each.
    Check,
    /// Print every address of the web door and who may come there.
    Routes,
}

/// Settings, as flags. Flags win over `VIGIE_*` variables, those over the settings file.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Settings (also VIGIE_… variables and vigie.toml)")]
pub struct Settings {
    /// Settings file [default: vigie.toml in the working folder, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the embedded database, attachments and keys [default: ./vigie-data]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,
    /// PostgreSQL database, postgres://user:password@host/name [default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Address and port of web and API [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Address people use; links in mails are built from it [default: http:// and --listen]
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address and port of mail reception by SMTP or LMTP [default: off]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub smtp_listen: Option<String>,
    /// Outgoing relay, smtp://user:password@host:587?tls=required [default: none, mails wait]
    #[arg(long, global = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// Address notifications come from [default: none]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Mail servers in front whose Authentication-Results are believed, their names between commas [default: none]
    #[arg(long, global = true, value_name = "NAMES")]
    pub trusted_receivers: Option<String>,
    /// Check senders here (DKIM, SPF, DMARC), where mail comes straight from the internet, on or off [default: off]
    #[arg(long, global = true, value_name = "SWITCH")]
    pub check_senders: Option<String>,
    /// Keys mails are signed with, desk._domainkey.example.org=FILE, between commas [default: none]
    #[arg(long, global = true, value_name = "KEYS")]
    pub dkim_keys: Option<String>,
    /// Object store of attachments, s3://bucket/prefix [default: a folder in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    pub attachments_url: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, IP addresses between commas [default: none]
    #[arg(long, global = true, value_name = "ADDRESSES")]
    pub trusted_proxies: Option<String>,
    /// Language of people who chose none, fr or en [default: fr]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// Time zone of people who chose none, such as Europe/Paris [default: the system's]
    #[arg(long, global = true, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Address and port of /metrics [default: off]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub metrics_listen: Option<String>,
    /// Form of the log on standard error, human or json [default: human on a terminal, else json]
    #[arg(long, global = true, value_name = "FORM")]
    pub log: Option<String>,
}

impl Settings {
    /// Reads settings from flags, variables and file.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub fn load(&self) -> Result<Config, Refusal> {
        let flags: BTreeMap<String, String> = [
            ("data", &self.data),
            ("database_url", &self.database_url),
            ("listen", &self.listen),
            ("public_url", &self.public_url),
            ("smtp_listen", &self.smtp_listen),
            ("smtp_url", &self.smtp_url),
            ("mail_from", &self.mail_from),
            ("trusted_receivers", &self.trusted_receivers),
            ("check_senders", &self.check_senders),
            ("dkim_keys", &self.dkim_keys),
            ("attachments_url", &self.attachments_url),
            ("trusted_proxies", &self.trusted_proxies),
            ("language", &self.language),
            ("time_zone", &self.time_zone),
            ("metrics_listen", &self.metrics_listen),
            ("log", &self.log),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)))
        .collect();
        config::load(self.config.as_deref(), &flags)
    }
}

/// Runs what the command line says.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // One provider of cryptography for everything that speaks TLS; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&Refusal(format!("No threads can be started ({error})."))),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(refusal) => failed(&refusal),
    }
}

fn failed(refusal: &Refusal) -> ExitCode {
    eprintln!("vigie: {refusal}");
    ExitCode::from(1)
}

async fn run(cli: Cli) -> Result<ExitCode, Refusal> {
    if let Command::Routes = cli.command {
        routes::print();
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Check = cli.command {
        return Ok(check::run(cli.settings.load()).await);
    }
    let config = cli.settings.load()?;
    start_log(&config)?;
    match cli.command {
        Command::Serve(options) => serve::run(config, &options).await?,
        Command::Demo(arguments) => demo::run(config, &arguments).await?,
        Command::Seed(arguments) => seed::run(config, &arguments).await?,
        Command::Migrate => migrate::run(config).await?,
        Command::Owner => owner::run(config).await?,
        Command::Token(options) => token::run(config, &options).await?,
        Command::Mail(options) => mail::run(config, &options).await?,
        Command::Check | Command::Routes => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts the log on standard error. `RUST_LOG` narrows or widens it, by the names of modules: filters by spans
/// would bring an engine of regular expressions into the build.
pub fn start_log(config: &Config) -> Result<(), Refusal> {
    let targets = levels(config.log_levels.as_deref().unwrap_or_default())?;
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let is_human = match config.log.as_deref() {
        Some(form) => form == "human",
        None => std::io::stderr().is_terminal(),
    };
    let log = if is_human {
        log.with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .boxed()
    } else {
        log.json().flatten_event(true).boxed()
    };
    tracing_subscriber::registry()
        .with(log.with_filter(targets))
        .try_init()
        .map_err(|error| Refusal(format!("The log was started twice ({error}).")))
}

/// What `RUST_LOG` says of levels; `info` of whatever it says nothing.
fn levels(said: &str) -> Result<Targets, Refusal> {
    let mut levels = Targets::new().with_default(LevelFilter::INFO);
    // One by one: a filter of no word at all would be taken for “errors alone”.
    for one in said.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let one: Targets = one.parse().map_err(|_| {
            Refusal(format!(
                "RUST_LOG says “{one}”, which is not understood; write it like “warn” or “info,vigie=debug”."
            ))
        })?;
        if let Some(level) = one.default_level() {
            levels = levels.with_default(level);
        }
        levels.extend(one.iter().map(|(name, level)| (name.to_owned(), level)));
    }
    Ok(levels)
}

/// A command's failure in one sentence.
pub fn sentence(error: Error) -> Refusal {
    match error {
        Error::NotFound => {
            Refusal("There is no such thing here; check the name or number.".to_owned())
        }
        Error::Down(what) => Refusal(format!("The {what} does not answer; run “vigie check”.")),
        other => Refusal(format!("That did not work: {other}. Run “vigie check”.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn the_log_tells_what_is_informative_unless_it_is_told_otherwise() {
        let tells = |said: &str, of: &str, level| levels(said).unwrap().would_enable(of, &level);
        for nothing in ["", " ", ",", "vigie::mail=debug,"] {
            assert!(tells(nothing, "vigie", Level::INFO), "{nothing:?}");
            assert!(!tells(nothing, "vigie", Level::DEBUG), "{nothing:?}");
        }
        assert!(tells(
            "warn, vigie::mail=debug",
            "vigie::mail::intake",
            Level::DEBUG
        ));
        assert!(!tells("warn,vigie::mail=debug", "vigie", Level::INFO));
        assert!(!tells("off", "vigie", Level::ERROR));
        let refused = levels("info,vigie=loud").unwrap_err();
        assert!(refused.0.contains("vigie=loud"), "{refused}");
    }
}
