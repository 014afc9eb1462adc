//! Where the bytes of attachments stand.

use kit::config::Config;
use kit::error::Error;

/// The object store of attachments.
#[derive(Clone, Debug)]
pub struct Files;

impl Files {
    /// Opens the store that the settings name.
    pub async fn open(_config: &Config) -> Result<Files, Error> {
        Ok(Files)
    }
}
