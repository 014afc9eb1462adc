//! `vigie demo`: a realistic desk in both languages, served at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::db::Place;
use kit::ids::Dice;
use words::catalogue::{say, say_with};
use words::language::Language;

use super::seed::{announcement, print, refuse_inhabited};
use super::serve;
use crate::house::{App, House, Opening};
use crate::seed::accounts::Account;
use crate::seed::{self, Loaded};

/// Where the demonstration takes mail when nothing else is set.
const SMTP: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 2525);

/// What a demonstration is made from.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The same seed tells the same stories; a folder that holds a demonstration keeps its own.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Print accounts and addresses as one line of JSON, first.
    #[arg(long)]
    pub json: bool,
}

/// Makes or continues a demonstration, says how to get in, and serves it.
///
/// # Errors
/// One sentence that says what to do.
pub async fn run(config: Config, arguments: &Arguments) -> Result<(), Refusal> {
    let dice = Dice::fair();
    let mut config = settings(config, &dice);
    // Before anything is made, so that a busy port leaves no folder behind.
    let listener = serve::bind_web(&mut config).await?;
    let letters = match config.smtp_listen {
        Some(address) => {
            let door = serve::bind(address, "smtp_listen").await?;
            config.smtp_listen = door.local_addr().ok().or(config.smtp_listen);
            Some(door)
        }
        None => None,
    };
    let house = House::open_with(config, Clock::system(), dice, Opening::Migrating, true).await?;
    let loaded = make_or_continue(&house, arguments.seed).await?;
    let app: App = Arc::new(house);
    let mut running = serve::start(&app, listener).await?;
    if let Some(letters) = letters {
        running.take_letters(&app, letters);
    }
    let text = if arguments.json {
        let smtp = app.config.smtp_listen.map(|address| address.to_string());
        announcement(&app.config.public_url, smtp, &loaded)
    } else {
        introduction(&app.config, &loaded)
    };
    print(&text)?;
    running.until_told(&app).await;
    Ok(())
}

/// The demonstration's own defaults: a fresh temporary folder, mail on port 2525, letters from the
/// desk's address.
fn settings(mut config: Config, dice: &Dice) -> Config {
    if config.data == Path::new("./vigie-data") {
        let token = dice.token();
        let folder = PathBuf::from(format!("/tmp/vigie-demo-{}", &token[..8]));
        if config.database == Place::File(config.data.join("vigie.db")) {
            config.database = Place::File(folder.join("vigie.db"));
        }
        config.data = folder;
    }
    config.smtp_listen.get_or_insert(SMTP);
    config
        .mail_from
        .get_or_insert_with(|| seed::MAIL_ADDRESS.to_owned());
    config
}

/// The demonstration that is there, or a new one in an empty database.
///
/// # Errors
/// A database with a desk that is no demonstration is refused.
pub async fn make_or_continue(house: &House, seed: u64) -> Result<Loaded, Refusal> {
    let unreadable = |e: kit::error::Error| {
        Refusal(format!(
            "The demonstration cannot be read ({e}); start a new one in another folder with --data."
        ))
    };
    let found = seed::remembered(&mut house.db.read()).await;
    if let Some(loaded) = found.map_err(unreadable)? {
        return Ok(loaded);
    }
    refuse_inhabited(house).await?;
    let unwritten = |e: kit::error::Error| {
        Refusal(format!(
            "The demonstration could not be written ({e}); try another folder with --data, or another --seed."
        ))
    };
    let desk = demo::desk(seed, house.clock.now().0);
    let hash = async |password: &str| house.passwords.hash(password, &house.dice).await;
    let loaded = seed::load(&house.db, &house.files, &desk, seed, &house.dice, &hash)
        .await
        .map_err(unwritten)?;
    house.refresh_desk().await.map_err(unwritten)?;
    Ok(loaded)
}

/// What the terminal shows: addresses, accounts, and one line to try.
pub fn introduction(config: &Config, loaded: &Loaded) -> String {
    let language = Language::parse(&config.language).unwrap_or(Language::French);
    let say = |key| say(language, key);
    let mut lines = vec![format!("\n{}\n", say("commands-demo-title"))];
    let mut facts = vec![vec![
        say("commands-demo-application").to_owned(),
        config.public_url.clone(),
    ]];
    if let Some(smtp) = config.smtp_listen {
        let smtp = smtp.to_string();
        let value = say_with(
            language,
            "commands-demo-mail-in-value",
            &[
                ("smtp", (&smtp).into()),
                ("address", (&loaded.mail_address).into()),
            ],
        );
        facts.push(vec![say("commands-demo-mail-in").to_owned(), value]);
    }
    if config.smtp_url.is_none() {
        let page = format!("{}/dev/mail", config.public_url);
        facts.push(vec![say("commands-demo-mail-out").to_owned(), page]);
    }
    let folder = config.data.display().to_string();
    facts.push(vec![say("commands-demo-data").to_owned(), folder.clone()]);
    lines.extend(columns(&facts));
    lines.push(format!("\n{}\n", say("commands-demo-accounts")));
    let mut table = vec![
        [
            "commands-demo-name",
            "commands-demo-role",
            "commands-demo-scope",
            "commands-demo-login",
            "commands-demo-password",
        ]
        .map(|key| say(key).to_owned())
        .to_vec(),
    ];
    table.extend(loaded.accounts.iter().map(|account| {
        vec![
            account.name.clone(),
            say(role_key(account)).to_owned(),
            say(scope_key(account)).to_owned(),
            account.login.clone(),
            account.password.clone(),
        ]
    }));
    lines.extend(columns(&table));
    if let Some(line) = line_to_try(config, language, loaded) {
        lines.push(format!("\n{}\n\n  {line}", say("commands-demo-try")));
    }
    let stop = say_with(
        language,
        "commands-demo-stop",
        &[("folder", (&folder).into())],
    );
    lines.push(format!("\n{stop}\n"));
    lines.join("\n")
}

/// One shell line that sends a mail with accents and an attachment, as the first employee.
fn line_to_try(config: &Config, language: Language, loaded: &Loaded) -> Option<String> {
    let smtp = config.smtp_listen?;
    let sender = loaded.accounts.iter().find(|a| a.role == "portal")?;
    let address = &loaded.mail_address;
    Some(format!(
        "curl smtp://{smtp} --mail-from {from} --mail-rcpt {address} -H 'From: {from}' -H 'To: {address}' -H 'Subject: {}' \
         -F '={};type=text/plain;charset=utf-8;encoder=quoted-printable' -F 'file=@/etc/os-release;encoder=base64'",
        say(language, "commands-demo-try-subject"),
        say(language, "commands-demo-try-body"),
        from = sender.email,
    ))
}

fn role_key(account: &Account) -> &'static str {
    match (account.kind.as_str(), account.role.as_str()) {
        ("department_manager", _) => "commands-role-manager",
        (_, "owner") => "commands-role-owner",
        (_, "admin") => "commands-role-admin",
        (_, "viewer") => "commands-role-viewer",
        (_, "portal") => "commands-role-portal",
        _ => "commands-role-agent",
    }
}

fn scope_key(account: &Account) -> &'static str {
    match account.scope.as_str() {
        "global" => "commands-scope-global",
        "group" => "commands-scope-group",
        "restricted" => "commands-scope-restricted",
        _ => "commands-scope-own",
    }
}

/// Lines whose cells stand under each other, two spaces in and two between.
fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let width = |cell: &String| cell.chars().count();
    let mut widths = vec![0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
        }
    }
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, most) in row.iter().zip(&widths) {
            let padding = " ".repeat(most - width(cell));
            line.push_str(&format!("  {cell}{padding}"));
        }
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_each_other_whatever_their_accents() {
        let rows = [["é", "b"], ["ccc", "d"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(columns(&rows), ["  é    b", "  ccc  d"]);
    }

    #[test]
    fn nothing_a_shell_would_read_stands_in_the_line_to_try() {
        for language in Language::ALL {
            for key in ["commands-demo-try-subject", "commands-demo-try-body"] {
                let text = say(language, key);
                assert!(!text.contains(['\'', ';', '"', '\\']), "{text}");
            }
        }
    }
}
