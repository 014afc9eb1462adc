//! Attachments' bytes: content-addressed, in a folder or another object store.
//!
//! Writing the same bytes twice is the same file, so keeping before the transaction is harmless:
//! bytes without a row are found by nobody.

use std::path::Path;
use std::sync::Arc;

use kit::error::Error;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

/// The largest file taken, in bytes: 25 MiB.
pub const LARGEST: u64 = 25 * 1024 * 1024;

/// The most files one comment takes.
pub const MOST: usize = 20;

/// Where attachments are.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

/// What became of bytes that were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// BLAKE3 of the bytes, hexadecimal; also their place.
    pub digest: String,
    /// What they are, by looking at them, never by what the sender said.
    pub media_type: String,
    /// How many they are.
    pub size: i64,
}

impl Files {
    /// A folder, made when absent.
    pub fn in_folder(folder: &Path) -> Result<Files, Error> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|e| Error::bug(format!("attachments folder {}: {e}", folder.display())))?
            .with_fsync(true);
        Ok(Files {
            store: Arc::new(store),
        })
    }

    /// Another object store, such as `s3://bucket/prefix`; credentials come in the address's query
    /// or from the machine's usual places.
    pub fn at_url(url: &str) -> Result<Files, Error> {
        let parsed = url::Url::parse(url).map_err(Error::bug)?;
        let options: Vec<(String, String)> = parsed
            .query_pairs()
            .map(|(k, v)| (k.into_owned(), v.into_owned()))
            .collect();
        let (store, prefix) = object_store::parse_url_opts(&parsed, options)
            .map_err(|e| Error::bug(format!("attachments_url: {e}")))?;
        Ok(Files {
            store: Arc::new(object_store::prefix::PrefixStore::new(store, prefix)),
        })
    }

    /// Keeps bytes and says what they are.
    pub async fn keep(&self, bytes: impl Into<Vec<u8>>) -> Result<StoredFile, Error> {
        let bytes = bytes.into();
        let stored = StoredFile {
            digest: blake3::hash(&bytes).to_hex().to_string(),
            media_type: sniff(&bytes).to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        };
        let path = place(&stored.digest);
        if self.store.head(&path).await.is_err() {
            self.store
                .put(&path, PutPayload::from(bytes))
                .await
                .map_err(down)?;
        }
        Ok(stored)
    }

    /// Removes bytes that nothing names, and hands them over, so that they can be kept again if somebody
    /// named them meanwhile. `None` when they were gone already.
    pub async fn remove(&self, digest: &str) -> Result<Option<Vec<u8>>, Error> {
        let path = place(digest);
        let found = match self.store.get(&path).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(down(error)),
        };
        let bytes = found.bytes().await.map_err(down)?.to_vec();
        match self.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(Some(bytes)),
            Err(error) => Err(down(error)),
        }
    }

    /// The bytes of a digest.
    pub async fn fetch(&self, digest: &str) -> Result<Vec<u8>, Error> {
        let found = self.store.get(&place(digest)).await.map_err(down)?;
        Ok(found.bytes().await.map_err(down)?.to_vec())
    }
}

fn place(digest: &str) -> object_store::path::Path {
    let folder = digest.get(..2).unwrap_or("00");
    object_store::path::Path::from(format!("{folder}/{digest}"))
}

fn down(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => {
            Error::bug(format!("an attachment's bytes are gone: {error}"))
        }
        other => {
            tracing::error!(error = %other, "attachments cannot be reached");
            Error::Down("attachments")
        }
    }
}

/// The type of bytes by their content; text when they are readable, else unknown. HTML and SVG are
/// called plain text, because nothing that can carry script is ever called by its name.
pub fn sniff(bytes: &[u8]) -> &'static str {
    match infer::get(bytes).map(|t| t.mime_type()) {
        Some("text/html" | "text/xml" | "image/svg+xml" | "application/xhtml+xml") => "text/plain",
        Some(known) => known,
        None if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => "text/plain",
        None => "application/octet-stream",
    }
}

/// Whether a type may be shown inside a page: raster pictures only.
pub fn is_safe_image(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_can_carry_script_is_called_by_its_name() {
        for bytes in [
            &b"<!DOCTYPE html><script>alert(1)</script>"[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><x/>",
        ] {
            assert_eq!(sniff(bytes), "text/plain");
        }
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0\0\0\0"), "image/png");
        assert_eq!(sniff(b"\x00\x01\x02"), "application/octet-stream");
    }
}
