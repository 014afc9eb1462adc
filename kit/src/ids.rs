//! Typed identifiers, and random tokens. Nobody passes a bare `i64` that names a row.

use data_encoding::BASE32_NOPAD;
use rand::Rng;

/// Declares one identifier type over `i64` that binds into queries and reads from rows.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                $crate::db::Value::Int(Some(id.0))
            }
        }
        impl $crate::db::value::Nullable for $name {
            const NULL: $crate::db::Value = $crate::db::Value::Int(None);
        }
        impl $crate::db::Column for $name {
            fn read(row: &$crate::db::Row, name: &str) -> Result<Self, $crate::error::Error> {
                <i64 as $crate::db::Column>::read(row, name).map($name)
            }
            fn read_optional(
                row: &$crate::db::Row,
                name: &str,
            ) -> Result<Option<Self>, $crate::error::Error> {
                <i64 as $crate::db::Column>::read_optional(row, name).map(|v| v.map($name))
            }
        }
    };
}

/// Where randomness comes from; a seeded one makes tests repeatable.
#[derive(Clone, Debug, Default)]
pub struct Dice {
    seeded: Option<std::sync::Arc<std::sync::Mutex<rand::rngs::StdRng>>>,
}

impl Dice {
    /// Randomness of the operating system.
    pub fn fair() -> Dice {
        Dice { seeded: None }
    }

    /// A repeatable sequence, for tests and the demonstration desk.
    pub fn seeded(seed: u64) -> Dice {
        use rand::SeedableRng;
        Dice {
            seeded: Some(std::sync::Arc::new(std::sync::Mutex::new(
                rand::rngs::StdRng::seed_from_u64(seed),
            ))),
        }
    }

    /// Fills an array with random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        match &self.seeded {
            Some(rng) => match rng.lock() {
                Ok(mut rng) => rng.fill_bytes(&mut bytes),
                Err(poisoned) => poisoned.into_inner().fill_bytes(&mut bytes),
            },
            None => rand::rng().fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A secret of 160 random bits in lower-case base 32, fit for a link, a cookie or a header.
    pub fn token(&self) -> String {
        BASE32_NOPAD
            .encode(&self.bytes::<20>())
            .to_ascii_lowercase()
    }
}

/// What is stored of a secret: its BLAKE3 hash in hexadecimal, never the secret.
pub fn digest(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}
