//! What programs leave out of a change, and what they say is nothing: two different things.

use serde::{Deserialize, Deserializer};

/// Reads a field that may be left out, or be null: left out it stays as it is (`None`, by serde's `default`), null is `Some(None)`.
///
/// # Errors
/// Those of what the field is to hold.
pub fn given<'de, T, D>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(from).map(Some)
}
