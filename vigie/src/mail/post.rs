//! What the post is handed: the part of the house that letters need.

use std::sync::Arc;

use kit::clock::Clock;
use kit::config::Config;
use kit::db::Db;
use kit::ids::Dice;
use letter::thread::ThreadKey;
use words::language::Language;

use super::identity::look::Names;
use super::relay::Relay;
use super::signing::Signers;
use crate::files::Files;

/// The part of the house that letters need. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Post {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub dice: Dice,
    /// Where attachments stand.
    pub files: Files,
    /// Proves which ticket a letter answers.
    pub key: ThreadKey,
    /// The way out; `None` lets mails wait.
    pub relay: Option<Arc<Relay>>,
    /// What mails going out are signed with.
    pub signers: Arc<Signers>,
    /// Where domains are asked about senders; `None` asks nobody.
    pub names: Option<Arc<Names>>,
    /// The address people use, without a slash at its end.
    pub public_url: String,
    /// The address mails come from, when the operator set one.
    pub mail_from: Option<String>,
    /// The language of people who chose none.
    pub language: Language,
    /// The time zone of people who chose none.
    pub time_zone: String,
    /// Mails are shown at `/dev/mail` and go nowhere.
    pub is_demo: bool,
}

impl Post {
    /// The post of a house with these settings.
    ///
    /// # Errors
    /// One sentence, when the relay's address, a key or the DNS cannot be used.
    pub fn new(
        (db, files, key): (Db, Files, ThreadKey),
        (clock, dice): (Clock, Dice),
        config: &Config,
        is_demo: bool,
    ) -> Result<Post, kit::config::Refusal> {
        let relay = match &config.smtp_url {
            Some(url) => Some(Arc::new(Relay::at(url, &host_of(&config.public_url))?)),
            None => None,
        };
        Ok(Post {
            db,
            clock,
            dice,
            files,
            key,
            relay,
            signers: Arc::new(Signers::open(&config.dkim_keys)?),
            names: match config.check_senders {
                true => Some(Arc::new(Names::of_the_system()?)),
                false => None,
            },
            public_url: config.public_url.clone(),
            mail_from: config.mail_from.clone(),
            language: Language::parse(&config.language).unwrap_or(Language::French),
            time_zone: config.time_zone.clone(),
            is_demo,
        })
    }

    /// The name of this desk among machines: the host of the address people use.
    pub fn host(&self) -> String {
        host_of(&self.public_url)
    }
}

/// The host of an address, `localhost` when it has none.
pub fn host_of(url: &str) -> String {
    url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "localhost".to_owned())
}
