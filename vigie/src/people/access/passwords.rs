//! Passwords: Argon2id with its parameters beside the hash, two at a time, never on the threads
//! that answer requests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::{ParamsString, PasswordHash};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kit::error::{Error, Fields};
use kit::ids::Dice;
use tokio::sync::Semaphore;

/// The shortest password, in characters.
pub const SHORTEST: usize = 10;
/// The longest password, in characters.
pub const LONGEST: usize = 200;

/// Hashes and checks passwords, and counts how often.
#[derive(Clone, Debug)]
pub struct Passwords {
    params: Params,
    /// Each hash takes memory; more than two at once would make sign-in the way to exhaust it.
    gate: Arc<Semaphore>,
    worked: Arc<AtomicU64>,
    nobodys: Arc<OnceLock<String>>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Not the password.
    Wrong,
    /// The password.
    Right,
    /// The password, hashed with other parameters than today's: to be hashed again.
    RightButOld,
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords::new()
    }
}

impl Passwords {
    /// 19 MiB, two passes, one lane: what OWASP recommends for Argon2id.
    pub fn new() -> Passwords {
        Passwords::of(Params::DEFAULT)
    }

    /// Other costs: memory in KiB, and passes. `None` when Argon2 takes no such costs.
    pub fn costing(memory: u32, passes: u32) -> Option<Passwords> {
        Params::new(memory, passes, 1, None).ok().map(Passwords::of)
    }

    fn of(params: Params) -> Passwords {
        Passwords {
            params,
            gate: Arc::new(Semaphore::new(2)),
            worked: Arc::default(),
            nobodys: Arc::default(),
        }
    }

    /// How many hashes were computed: what tests compare instead of a clock.
    pub fn worked(&self) -> u64 {
        self.worked.load(Ordering::Relaxed)
    }

    /// The stored form of a password.
    pub async fn hash(&self, password: &str, dice: &Dice) -> Result<String, Error> {
        let salt: [u8; 16] = dice.bytes();
        let params = self.params.clone();
        let password = password.to_owned();
        self.work(move || hash_now(&params, &password, &salt))
            .await?
    }

    /// Compares a password with what is stored. Without anything stored it works just as long and
    /// says no.
    pub async fn check(&self, password: &str, stored: Option<&str>) -> Result<Check, Error> {
        let nobody = stored.is_none();
        let stored = match stored {
            Some(stored) => stored.to_owned(),
            None => self.nobodys()?,
        };
        let params = self.params.clone();
        let password = password.to_owned();
        let check = self
            .work(move || check_now(&params, &password, &stored))
            .await??;
        Ok(if nobody { Check::Wrong } else { check })
    }

    /// Prepares what unknown names are compared with, so that the first one takes no longer.
    pub fn prepare(&self) -> Result<(), Error> {
        self.nobodys().map(|_| ())
    }

    fn nobodys(&self) -> Result<String, Error> {
        if let Some(ready) = self.nobodys.get() {
            return Ok(ready.clone());
        }
        let made = hash_now(&self.params, "nobody has this password", &[7; 16])?;
        Ok(self.nobodys.get_or_init(|| made).clone())
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.gate.acquire().await.map_err(Error::bug)?;
        self.worked.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(job).await.map_err(Error::bug)
    }
}

fn argon2(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn hash_now(params: &Params, password: &str, salt: &[u8]) -> Result<String, Error> {
    let hash: PasswordHash = argon2(params)
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(Error::bug)?;
    Ok(hash.to_string())
}

fn check_now(params: &Params, password: &str, stored: &str) -> Result<Check, Error> {
    let hash = PasswordHash::new(stored).map_err(Error::bug)?;
    if argon2(params)
        .verify_password(password.as_bytes(), &hash)
        .is_err()
    {
        return Ok(Check::Wrong);
    }
    let today = ParamsString::try_from(params).map_err(Error::bug)?;
    let is_today = hash.algorithm.as_str() == "argon2id" && hash.params == today;
    Ok(if is_today {
        Check::Right
    } else {
        Check::RightButOld
    })
}

/// Whether a text may become a password: long enough, not endless, not the person's own address.
/// Faults go to `fields`, at `field`.
pub fn judge(password: &str, email: &str, field: &'static str, fields: &mut Fields) {
    let length = password.chars().count();
    if length < SHORTEST {
        fields.add(field, "identity-password-short", Some(SHORTEST.to_string()));
    } else if length > LONGEST {
        fields.add(field, "identity-password-long", Some(LONGEST.to_string()));
    } else if crate::people::email_key(password) == crate::people::email_key(email) {
        fields.add(field, "identity-password-is-email", None);
    }
}
