//! The house: what every door and every job is handed. Opened once, at start.
//!
//! Deliberately absent: anything that belongs to one request or one noun.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::db::migrate::{Standing, migrate, standing};
use kit::db::{Db, Place};
use kit::error::Error;
use kit::ids::Dice;
use kit::seal::Seal;
use letter::thread::ThreadKey;
use tokio::task::JoinSet;

use crate::audit::refused::Tally;
use crate::files::Files;
use crate::knowledge::readings::Readings;
use crate::live::Hub;
use crate::mail::mailboxes::line::Dialer;
use crate::mail::post::Post;
use crate::people::access::passwords::Passwords;
use crate::people::desk::{self, Desk};
use crate::schema::STEPS;
use crate::web::meters::Meters;

/// How long the server of a mailbox may be silent.
const MAILBOX_PATIENCE: Duration = Duration::from_secs(20);

/// The house as everybody holds it.
pub type App = Arc<House>;

/// Everything a handler or a job may need.
pub struct House {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub dice: Dice,
    /// What the operator set.
    pub config: Config,
    /// Where attachments stand.
    pub files: Files,
    /// Proves which ticket a letter answers: 32 secret bytes, kept in the data folder.
    pub thread_key: ThreadKey,
    /// Seals what must be read again, with a key kept in the data folder.
    pub seal: Arc<Seal>,
    /// How connections to mailboxes are made.
    pub dialer: Arc<Dialer>,
    /// Letters in and out.
    pub post: Post,
    /// How passwords are hashed here.
    pub passwords: Passwords,
    /// What `/metrics` tells.
    pub meters: Meters,
    /// What was refused and is not counted yet.
    pub refused: Tally,
    /// Readings of articles that are not counted yet.
    pub readings: Readings,
    /// Who works on what, right now.
    pub live: Arc<Hub>,
    /// A demonstration desk: shows `/dev/mail`, sends nothing.
    pub is_demo: bool,
    desk: RwLock<Arc<Desk>>,
    errands: Mutex<JoinSet<()>>,
}

/// How a house is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Brings the database to this version first.
    Migrating,
    /// Refuses a database that is not at this version.
    AsItIs,
}

impl House {
    /// Makes the data folder and the keys when there are none, opens the database and brings it to
    /// this version.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub async fn open(config: Config, clock: Clock, dice: Dice) -> Result<App, Refusal> {
        House::open_with(config, clock, dice, Opening::Migrating, false)
            .await
            .map(Arc::new)
    }

    /// The same with a say in migrations, and for the demonstration desk.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub async fn open_with(
        config: Config,
        clock: Clock,
        dice: Dice,
        opening: Opening,
        is_demo: bool,
    ) -> Result<House, Refusal> {
        if let (Opening::AsItIs, Place::File(path)) = (opening, &config.database)
            && !path.exists()
        {
            return Err(Refusal(format!(
                "There is no database at {}; start “vigie serve” or run “vigie migrate” once, or name the right folder with --data.",
                path.display()
            )));
        }
        make_private_folder(&config.data)?;
        let thread_key = ThreadKey::new(key(&config.data, "thread", &dice)?);
        let seal = Seal::new(key(&config.data, "seal", &dice)?)
            .map_err(|e| Refusal(format!("The key of sealed secrets cannot be used ({e}).")))?;
        let db = open_database(&config.database).await?;
        bring_up(&db, &clock, opening).await?;
        let files = match &config.attachments_url {
            Some(url) => Files::at_url(url),
            None => Files::in_folder(&config.data.join("attachments")),
        }
        .map_err(|e| {
            Refusal(format!(
                "The store of attachments cannot be opened ({e}); check “attachments_url” and the data folder."
            ))
        })?;
        let desk = desk::read(&mut db.read())
            .await
            .map_err(|e| unusable(&config.database, &e))?;
        let post = Post::new(
            (db.clone(), files.clone(), thread_key.clone()),
            (clock.clone(), dice.clone()),
            &config,
            is_demo,
        )?;
        Ok(House {
            post,
            live: Arc::new(Hub::new(clock.clone())),
            db,
            clock,
            dice,
            config,
            files,
            thread_key,
            seal: Arc::new(seal),
            dialer: Arc::new(Dialer::new(MAILBOX_PATIENCE, vec![])),
            passwords: Passwords::new(),
            meters: Meters::default(),
            refused: Tally::default(),
            readings: Readings::default(),
            is_demo,
            desk: RwLock::new(Arc::new(desk)),
            errands: Mutex::default(),
        })
    }

    /// Whether people come by TLS, which cookies and HSTS go by.
    pub fn is_secure(&self) -> bool {
        self.config.public_url.starts_with("https:")
    }

    /// What the desk says of itself on every page; kept in memory.
    pub fn desk(&self) -> Arc<Desk> {
        match self.desk.read() {
            Ok(desk) => desk.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// Reads the desk's settings again, after they changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refresh_desk(&self) -> Result<(), Error> {
        let fresh = Arc::new(desk::read(&mut self.db.read()).await?);
        match self.desk.write() {
            Ok(mut desk) => *desk = fresh,
            Err(poisoned) => *poisoned.into_inner() = fresh,
        }
        Ok(())
    }

    /// Runs something small beside the request, which does not wait for it.
    pub fn run_errand(&self, errand: impl Future<Output = ()> + Send + 'static) {
        let mut errands = match self.errands.lock() {
            Ok(errands) => errands,
            Err(poisoned) => poisoned.into_inner(),
        };
        while errands.try_join_next().is_some() {}
        errands.spawn(errand);
    }

    /// Waits until every errand ran: at the end, and in tests.
    pub async fn finish_errands(&self) {
        let mut errands = match self.errands.lock() {
            Ok(mut errands) => std::mem::take(&mut *errands),
            Err(poisoned) => std::mem::take(&mut *poisoned.into_inner()),
        };
        while errands.join_next().await.is_some() {}
    }
}

/// Opens the database that the settings name.
///
/// # Errors
/// One sentence that says what to do.
pub async fn open_database(place: &Place) -> Result<Db, Refusal> {
    Db::open(place).await.map_err(|e| unusable(place, &e))
}

fn unusable(place: &Place, error: &Error) -> Refusal {
    match place {
        Place::File(path) => Refusal(format!(
            "The database {} cannot be opened ({error}); check that the folder exists and belongs to the user who runs vigie, or name another with --data.",
            path.display()
        )),
        Place::Address(address) => Refusal(format!(
            "PostgreSQL at {} does not answer ({error}); check “database_url”, that the server runs and that the database exists.",
            without_password(address)
        )),
    }
}

fn without_password(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(url) => format!(
            "{}:{}{}",
            url.host_str().unwrap_or("localhost"),
            url.port().unwrap_or(5432),
            url.path()
        ),
        Err(_) => "the address given".to_owned(),
    }
}

async fn bring_up(db: &Db, clock: &Clock, opening: Opening) -> Result<(), Refusal> {
    let unreadable = |e: Error| {
        Refusal(format!(
            "The state of the database cannot be read ({e}); run “vigie check”, and restore a backup if the database is damaged."
        ))
    };
    match standing(db, STEPS).await.map_err(unreadable)? {
        Standing::Current => Ok(()),
        Standing::Ahead(step) => Err(Refusal(format!(
            "The database was brought further by a newer vigie (step {step}); install that version again, or restore an older backup."
        ))),
        Standing::Behind(missing) if opening == Opening::AsItIs => Err(Refusal(format!(
            "The database lacks {missing} step(s) of this version; run “vigie migrate”, or start without --no-migrate."
        ))),
        Standing::Behind(_) => migrate(db, STEPS, clock.now()).await.map(|_| ()).map_err(|e| {
            Refusal(format!(
                "The database cannot be brought to this version ({e}); nothing was changed, keep the old version and report this."
            ))
        }),
    }
}

/// Makes a folder only its owner may enter; an existing one keeps its mode.
fn make_private_folder(folder: &Path) -> Result<(), Refusal> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|e| {
            Refusal(format!(
                "The data folder {} cannot be made ({e}); make it, or name another with --data.",
                folder.display()
            ))
        })
}

/// A key of 32 bytes in the data folder, made when there is none.
fn key(data: &Path, name: &str, dice: &Dice) -> Result<[u8; 32], Refusal> {
    let folder = data.join("keys");
    make_private_folder(&folder)?;
    let path = folder.join(format!("{name}.key"));
    if let Some(found) = read_key(&path)? {
        return Ok(found);
    }
    // Written beside and linked into place, so that nobody ever reads half a key and, of two
    // programs starting at once, the second uses the key of the first.
    let fresh: [u8; 32] = dice.bytes();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    write_private(&beside, &fresh)
        .and_then(|()| match std::fs::hard_link(&beside, &path) {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(e),
            _ => std::fs::remove_file(&beside),
        })
        .map_err(|e| {
            Refusal(format!(
                "The key {} cannot be written ({e}); make the data folder writable for the user who runs vigie.",
                path.display()
            ))
        })?;
    read_key(&path)?.ok_or_else(|| {
        Refusal(format!(
            "The key {} vanished while it was made; start again.",
            path.display()
        ))
    })
}

fn write_private(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read_key(path: &Path) -> Result<Option<[u8; 32]>, Refusal> {
    match std::fs::read(path) {
        Ok(bytes) => bytes.try_into().map(Some).map_err(|_| {
            Refusal(format!(
                "The key {} is not 32 bytes long; put back the one from your backup (without “thread.key”, answers to old mails no longer find their tickets; without “seal.key”, no second factor can be checked).",
                path.display()
            ))
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Refusal(format!(
            "The key {} cannot be read ({e}); it must belong to the user who runs vigie.",
            path.display()
        ))),
    }
}
