//! What a person prefers that is kept with them, so that it is the same on every device: how their
//! lists look, and whether single keys do anything.

use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::{record, stored_words};

use super::PersonId;

pub mod pages;
pub mod shortcuts;
mod store;

stored_words! {
    /// How tall the rows of lists are.
    pub enum Density {
        /// Two lines a row.
        Comfortable = "comfortable",
        /// One line a row.
        Compact = "compact",
    }
}

stored_words! {
    /// Whether single keys are shortcuts. Whoever speaks to their computer, or has an unsteady hand,
    /// turns them off (WCAG 2.1.4).
    pub enum SingleKeys {
        /// They are.
        On = "on",
        /// They are not; those with Ctrl or Cmd are.
        Off = "off",
    }
}

stored_words! {
    /// Light or dark.
    pub enum Theme {
        /// As the device says.
        Auto = "auto",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

record! {
    /// A person's preferences.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Preferences {
        /// Light or dark.
        pub theme: Theme,
        /// How tall rows are.
        pub density: Density,
        /// Whether single keys are shortcuts.
        pub single_keys: SingleKeys,
    }
}

/// What somebody prefers.
///
/// # Errors
/// `NotFound`.
pub async fn of(ask: &mut dyn Answers, person: PersonId) -> Result<Preferences, Error> {
    store::of(ask, person).await?.ok_or(Error::NotFound)
}

/// Notes them.
pub async fn choose(tx: &mut Tx, person: PersonId, chosen: &Preferences) -> Result<(), Error> {
    store::put(tx, person, chosen).await
}

/// The zones one can choose from: places, not the technical ones, by name. What is chosen by another
/// way (`Etc/GMT+3`) stays valid.
pub fn zones() -> Vec<String> {
    const OTHER: [&str; 6] = ["Etc/", "posix/", "right/", "SystemV/", "US/", "Brazil/"];
    let mut zones: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| {
            name == "UTC" || (name.contains('/') && !OTHER.iter().any(|o| name.starts_with(o)))
        })
        .collect();
    zones.sort();
    zones
}

#[cfg(test)]
mod tests {
    use super::zones;

    #[test]
    fn zones_are_places_by_name_and_all_are_known() {
        let zones = zones();
        assert!(zones.len() > 300, "{}", zones.len());
        assert!(zones.is_sorted());
        for known in ["Europe/Paris", "America/Montreal", "UTC", "Indian/Reunion"] {
            assert!(zones.iter().any(|zone| zone == known), "{known}");
        }
        assert!(
            zones
                .iter()
                .all(|zone| jiff::tz::TimeZone::get(zone).is_ok())
        );
        assert!(!zones.iter().any(|zone| zone.starts_with("Etc/")));
    }
}
