//! Files of a form or a letter on their way to a comment: counted, measured, kept.

use kit::error::{Error, Fields};
use kit::web::form::Upload;

use super::comments::NewFile;
use crate::files::{Files, LARGEST, MOST};

/// Keeps the files of a form; refuses too many or too large before keeping any.
pub async fn keep(files: &Files, uploads: Vec<Upload>) -> Result<Vec<NewFile>, Error> {
    let mut faults = Fields::default();
    if uploads.len() > MOST {
        faults.add("files", "fault-too-many-files", Some(MOST.to_string()));
    }
    for upload in &uploads {
        if upload.bytes.len() as u64 > LARGEST {
            faults.add(
                "files",
                "fault-file-too-large",
                Some(letter::file_name::clean(&upload.name)),
            );
        }
    }
    faults.settle()?;
    let mut kept = Vec::with_capacity(uploads.len());
    for upload in uploads {
        let stored = files.keep(upload.bytes).await?;
        kept.push(NewFile {
            name: upload.name,
            digest: stored.digest,
            media_type: stored.media_type,
            size: stored.size,
        });
    }
    Ok(kept)
}
