//! Every setting, read once, checked at start. The only reader of the environment.
//!
//! Flags win over `VIGIE_*` variables, those over the file given by `--config` (`vigie.toml`).
//! An unknown key is refused and the nearest known one named.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::db::Place;

/// Names of all settings, as in the file; `VIGIE_` and capitals in the environment.
pub const KEYS: &[&str] = &[
    "attachments_url",
    "check_senders",
    "data",
    "database_url",
    "dkim_keys",
    "language",
    "listen",
    "log",
    "mail_from",
    "metrics_listen",
    "nats_url",
    "public_url",
    "smtp_listen",
    "smtp_url",
    "time_zone",
    "trusted_proxies",
    "trusted_receivers",
];

/// Settings that may be given as `…_FILE`, because they hold secrets.
const SECRETS: &[&str] = &["attachments_url", "database_url", "nats_url", "smtp_url"];

/// Everything an operator can set.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the embedded database, attachments and keys.
    pub data: PathBuf,
    /// Where the database is.
    pub database: Place,
    /// Where the web, the API and the live channel answer.
    pub listen: SocketAddr,
    /// The address people use, without a slash at its end.
    pub public_url: String,
    /// Where mail is received by SMTP or LMTP; `None` is off.
    pub smtp_listen: Option<SocketAddr>,
    /// The outgoing relay; `None` lets mail wait.
    pub smtp_url: Option<String>,
    /// The address notifications come from.
    pub mail_from: Option<String>,
    /// Mail servers in front of this one whose findings about senders are believed, in small letters.
    pub trusted_receivers: Vec<String>,
    /// Senders are checked here: letters come straight from the internet.
    pub check_senders: bool,
    /// With what mails going out are signed.
    pub dkim_keys: Vec<DkimKey>,
    /// Another object store for attachments; `None` is a folder in `data`.
    pub attachments_url: Option<String>,
    /// Who may set `X-Forwarded-For`.
    pub trusted_proxies: Vec<IpAddr>,
    /// Default language of people who chose none: `fr` or `en`.
    pub language: String,
    /// Default time zone, an IANA name.
    pub time_zone: String,
    /// Where `/metrics` answers; `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    /// `json` or `human`; `None` decides by whether standard error is a terminal.
    pub log: Option<String>,
    /// What `RUST_LOG` says of the log's levels, such as `warn,vigie=debug`; `None` is `info`.
    pub log_levels: Option<String>,
}

/// A key that mails going out are signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DkimKey {
    /// Which of the domain's keys it is.
    pub selector: String,
    /// The domain it speaks for.
    pub domain: String,
    /// The file of the private key.
    pub file: PathBuf,
}

/// Why settings cannot be taken: one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Refusal {}

/// Reads settings from the environment, a file, and flags already parsed (`overrides`).
pub fn load(file: Option<&Path>, overrides: &BTreeMap<String, String>) -> Result<Config, Refusal> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    let variables: BTreeMap<String, String> = std::env::vars().collect();
    let environment = variables
        .iter()
        .filter_map(|(k, v)| {
            k.strip_prefix("VIGIE_")
                .map(|k| (k.to_ascii_lowercase(), v.clone()))
        })
        .filter(|(k, _): &(String, String)| !k.starts_with("test_") && !k.starts_with("bench_"))
        .collect();
    let text = match file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(|e| {
            Refusal(format!(
                "The settings file {} cannot be read ({e}); give another with --config.",
                path.display()
            ))
        })?),
        None => match std::fs::read_to_string("vigie.toml") {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => {
                return Err(Refusal(format!(
                    "vigie.toml stands here but cannot be read ({e}); make it readable or move it away."
                )));
            }
        },
    };
    let mut config = from_parts(text.as_deref(), &environment, overrides)?;
    config.log_levels = variables
        .get("RUST_LOG")
        .filter(|levels| !levels.is_empty())
        .cloned();
    Ok(config)
}

/// The same from parts, for tests: the file's text, variables without `VIGIE_`, flags.
pub fn from_parts(
    file: Option<&str>,
    environment: &BTreeMap<String, String>,
    flags: &BTreeMap<String, String>,
) -> Result<Config, Refusal> {
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    if let Some(text) = file {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| {
            let line = text[..e.span().map_or(0, |s| s.start.min(text.len()))]
                .lines()
                .count();
            Refusal(format!(
                "The settings file is not valid TOML near line {}: {}.",
                line.max(1),
                e.message()
            ))
        })?;
        for (key, value) in table {
            known(&key, "The settings file")?;
            let value = match value {
                toml::Value::String(s) => s,
                toml::Value::Array(items) => items
                    .iter()
                    .map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            given.insert(key, value);
        }
    }
    for (key, value) in environment {
        let plain = key.strip_suffix("_file").filter(|k| SECRETS.contains(k));
        match plain {
            Some(plain) => {
                let secret = std::fs::read_to_string(value).map_err(|e| {
                    Refusal(format!(
                        "VIGIE_{} names {value}, which cannot be read ({e}).",
                        key.to_ascii_uppercase()
                    ))
                })?;
                given.insert(plain.to_owned(), secret.trim().to_owned());
            }
            None => {
                known(key, "The environment (VIGIE_…)")?;
                given.insert(key.clone(), value.clone());
            }
        }
    }
    for (key, value) in flags {
        known(key, "The command line")?;
        given.insert(key.clone(), value.clone());
    }
    build(&given)
}

fn known(key: &str, place: &str) -> Result<(), Refusal> {
    if KEYS.contains(&key) {
        return Ok(());
    }
    let nearest = KEYS
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(key, a).total_cmp(&strsim::jaro_winkler(key, b)))
        .copied()
        .unwrap_or("data");
    Err(Refusal(format!(
        "{place} has the setting “{key}”, which does not exist; did you mean “{nearest}”?"
    )))
}

fn build(given: &BTreeMap<String, String>) -> Result<Config, Refusal> {
    let text = |key: &str| {
        given
            .get(key)
            .map(|v| v.trim().to_owned())
            .filter(|v| !v.is_empty())
    };
    let address = |key: &'static str| -> Result<Option<SocketAddr>, Refusal> {
        text(key).filter(|v| v != "off").map(|v| v.parse()).transpose().map_err(|_| {
            Refusal(format!(
                "“{key}” is “{}”, which is not an address with a port; write it like 127.0.0.1:8080.",
                given[key]
            ))
        })
    };
    let data = PathBuf::from(text("data").unwrap_or_else(|| "./vigie-data".to_owned()));
    let database = match text("database_url") {
        None => Place::File(data.join("vigie.db")),
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Place::Address(url)
        }
        Some(_) => {
            return Err(Refusal(
                "“database_url” must begin with postgres://; leave it out to use SQLite in the data folder."
                    .to_owned(),
            ));
        }
    };
    let listen = address("listen")?.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
    let public_url = text("public_url").unwrap_or_else(|| format!("http://{listen}"));
    let parsed = url::Url::parse(&public_url).ok().filter(|u| {
        matches!(u.scheme(), "http" | "https") && u.host_str().is_some() && u.query().is_none()
    });
    if parsed.is_none() {
        return Err(Refusal(format!(
            "“public_url” is “{public_url}”; it must be the address people use, like https://help.example.org."
        )));
    }
    let smtp_url = text("smtp_url");
    if let Some(url) = &smtp_url
        && !url::Url::parse(url).is_ok_and(|u| matches!(u.scheme(), "smtp" | "smtps"))
    {
        return Err(Refusal(
            "“smtp_url” must look like smtp://user:password@relay.example.org:587?tls=required."
                .to_owned(),
        ));
    }
    let mail_from = text("mail_from");
    if let Some(from) = &mail_from
        && !from.contains('@')
    {
        return Err(Refusal(format!(
            "“mail_from” is “{from}”, which is not a mail address."
        )));
    }
    let trusted_receivers = trusted_receivers(text("trusted_receivers"))?;
    let check_senders = match text("check_senders").as_deref() {
        None | Some("off" | "false") => false,
        Some("on" | "true") => true,
        Some(other) => {
            return Err(Refusal(format!(
                "“check_senders” is “{other}”; it can be on or off."
            )));
        }
    };
    if check_senders && !trusted_receivers.is_empty() {
        return Err(Refusal(
            "“check_senders” is on, so letters come straight from strangers, who could write what “trusted_receivers” believes; keep one of the two."
                .to_owned(),
        ));
    }
    let dkim_keys = text("dkim_keys")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(dkim_key)
        .collect::<Result<_, _>>()?;
    let language = text("language").unwrap_or_else(|| "fr".to_owned());
    if !matches!(language.as_str(), "fr" | "en") {
        return Err(Refusal(format!(
            "“language” is “{language}”; it can be fr or en."
        )));
    }
    let time_zone = match text("time_zone") {
        None => jiff::tz::TimeZone::system()
            .iana_name()
            .unwrap_or("Europe/Paris")
            .to_owned(),
        Some(name) if jiff::tz::TimeZone::get(&name).is_ok() => name,
        Some(name) => {
            return Err(Refusal(format!(
                "“time_zone” is “{name}”, which is not a zone; write it like Europe/Paris."
            )));
        }
    };
    let trusted_proxies = text("trusted_proxies")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|p| {
            p.parse().map_err(|_| {
                Refusal(format!(
                    "“trusted_proxies” holds “{p}”, which is not an IP address."
                ))
            })
        })
        .collect::<Result<_, _>>()?;
    if text("nats_url").is_some() {
        return Err(Refusal(
            "“nats_url” is set, but this version runs one process only; remove the setting."
                .to_owned(),
        ));
    }
    let log = text("log");
    if let Some(log) = &log
        && !matches!(log.as_str(), "json" | "human")
    {
        return Err(Refusal(format!(
            "“log” is “{log}”; it can be json or human."
        )));
    }
    Ok(Config {
        data,
        database,
        listen,
        public_url: public_url.trim_end_matches('/').to_owned(),
        smtp_listen: address("smtp_listen")?,
        smtp_url,
        mail_from,
        trusted_receivers,
        check_senders,
        dkim_keys,
        attachments_url: text("attachments_url"),
        trusted_proxies,
        language,
        time_zone,
        metrics_listen: address("metrics_listen")?,
        log,
        log_levels: None,
    })
}

/// Whether it can be the name of a host or a domain: labels of letters, digits, hyphens and underscores, in small letters.
pub fn is_host_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let known = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        (1..=63).contains(&label.len()) && label.bytes().all(known)
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

fn trusted_receivers(given: Option<String>) -> Result<Vec<String>, Refusal> {
    let given = given.unwrap_or_default();
    let names = given.split(',').map(|it| it.trim().to_ascii_lowercase());
    names
        .filter(|it| !it.is_empty())
        .map(|name| match is_host_name(&name) {
            true => Ok(name),
            false => Err(Refusal(format!(
                "“trusted_receivers” holds “{name}”, which is not the name of a mail server; write it as the server does in Authentication-Results, like mx.example.org."
            ))),
        })
        .collect()
}

/// `desk._domainkey.example.org=/etc/vigie/desk.pem`.
fn dkim_key(given: &str) -> Result<DkimKey, Refusal> {
    let wrong = || {
        Refusal(format!(
            "“dkim_keys” holds “{given}”; write the name of the record and the file of its key, like desk._domainkey.example.org=/etc/vigie/desk.pem."
        ))
    };
    let (name, file) = given.split_once('=').ok_or_else(wrong)?;
    let name = name.trim().to_ascii_lowercase();
    let (selector, domain) = name.split_once("._domainkey.").ok_or_else(wrong)?;
    let file = file.trim();
    if !is_host_name(selector) || !is_host_name(domain) || !domain.contains('.') || file.is_empty()
    {
        return Err(wrong());
    }
    Ok(DkimKey {
        selector: selector.to_owned(),
        domain: domain.to_owned(),
        file: PathBuf::from(file),
    })
}
