//! Sealing: what the desk must be able to read again (the seed of a second factor, the password of a
//! mailbox) stands in the database only under a key that stands outside of it.
//!
//! Deliberately absent: passwords and tokens, which nobody needs to read again and which are hashed.

use data_encoding::BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::Error;
use crate::ids::Dice;

/// Seals and opens with the key of the data folder.
pub struct Seal {
    lock: LessSafeKey,
    digests: [u8; 32],
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// A seal with this key. What is sealed and what is digested have keys of their own, both
    /// derived from it.
    pub fn new(key: [u8; 32]) -> Result<Seal, Error> {
        let lock = blake3::derive_key("vigie seal 2026 lock", &key);
        let lock = UnboundKey::new(&CHACHA20_POLY1305, &lock).map_err(Error::bug)?;
        Ok(Seal {
            lock: LessSafeKey::new(lock),
            digests: blake3::derive_key("vigie seal 2026 digests", &key),
        })
    }

    /// Seals bytes for one place: `place` names the row, and what is copied to another row no
    /// longer opens.
    pub fn close(&self, plain: &[u8], place: &str, dice: &Dice) -> Result<String, Error> {
        let nonce: [u8; NONCE_LEN] = dice.bytes();
        let mut text = plain.to_vec();
        self.lock
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut text,
            )
            .map_err(Error::bug)?;
        Ok(BASE64.encode(&[&nonce[..], &text].concat()))
    }

    /// What was sealed for this place.
    ///
    /// # Errors
    /// `Bug` when it was sealed with another key, for another place, or changed.
    pub fn open(&self, sealed: &str, place: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = BASE64.decode(sealed.as_bytes()).map_err(Error::bug)?;
        let (nonce, text) = bytes
            .split_at_mut_checked(NONCE_LEN)
            .ok_or_else(|| Error::bug("what is sealed is too short"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::bug)?;
        let plain = self
            .lock
            .open_in_place(nonce, Aad::from(place.as_bytes()), text)
            .map_err(|_| {
                Error::bug(
                    "a sealed secret does not open; the key in the data folder is another one",
                )
            })?;
        Ok(plain.to_vec())
    }

    /// What is stored of a short secret: whoever has the database alone cannot try all of them.
    pub fn digest(&self, secret: &str) -> String {
        blake3::keyed_hash(&self.digests, secret.as_bytes())
            .to_hex()
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_in_the_same_place_only() {
        let dice = Dice::seeded(1);
        let (ours, theirs) = (
            Seal::new([1; 32]).unwrap_or_else(|e| panic!("{e}")),
            Seal::new([2; 32]).unwrap_or_else(|e| panic!("{e}")),
        );
        let sealed = ours
            .close(b"a seed", "person 1", &dice)
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(!sealed.contains("seed"));
        assert_eq!(
            ours.open(&sealed, "person 1").ok(),
            Some(b"a seed".to_vec())
        );
        assert!(ours.open(&sealed, "person 2").is_err());
        assert!(theirs.open(&sealed, "person 1").is_err());
        assert!(ours.open("", "person 1").is_err());
        let again = ours.close(b"a seed", "person 1", &dice).ok();
        assert_ne!(Some(sealed), again, "another nonce each time");
    }

    #[test]
    fn short_secrets_are_digested_under_the_key() {
        let seal = |n| Seal::new([n; 32]).map(|s| s.digest("123456")).ok();
        assert_eq!(seal(1), seal(1));
        assert_ne!(seal(1), seal(2));
    }
}
