//! Folders that vanish with the value that made them, and the fixed places of the repository.

use crate::chance;
use anyhow::Context;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A private folder (mode 0700) in the system's temporary folder, removed with all it holds on drop.
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
}

/// The free memory below which nothing is put there, in bytes.
const ROOM_IN_MEMORY: u64 = 6 << 30;

/// How much room a file system has, as `df` says; `None` when it says nothing.
fn free_bytes(path: &Path) -> Option<u64> {
    let mut ask = std::process::Command::new("df");
    let said = ask
        .args(["-B1", "--output=avail"])
        .arg(path)
        .output()
        .ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    said.lines().nth(1)?.trim().parse().ok()
}

impl Temporary {
    /// Makes an empty folder whose name starts with `vigie-` and `word`.
    pub fn new(word: &str) -> anyhow::Result<Self> {
        let mut parent = std::env::temp_dir();
        // A Unix socket's path has at most 107 bytes, and PostgreSQL's stands in such a folder.
        if parent.as_os_str().len() > 50 {
            parent = PathBuf::from("/tmp");
        }
        Self::within(&parent, word)
    }

    /// The same in memory, where the machine has room for it there: for databases by the hundred, whose
    /// files a disk's file system spends more time on than the tests themselves.
    pub fn in_memory(word: &str) -> anyhow::Result<Self> {
        let memory = Path::new("/dev/shm");
        if free_bytes(memory).is_some_and(|free| free >= ROOM_IN_MEMORY) {
            return Self::within(memory, word);
        }
        Self::new(word)
    }

    fn within(parent: &Path, word: &str) -> anyhow::Result<Self> {
        let path = parent.join(format!("vigie-{word}-{}", chance::fresh_word()?));
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("cannot make the folder {}", path.display()))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("xtask: {} is left behind: {error}", self.path.display());
        }
    }
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target folder: where built programs, downloaded tools and reports of failed runs lie.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo's own variable, read by a tool that is no part of the product"
)]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from)
}

/// A folder for what a failed run leaves to look at; made when it is missing.
pub fn reports(word: &str) -> anyhow::Result<PathBuf> {
    let path = target().join("xtask").join(word);
    std::fs::create_dir_all(&path)
        .with_context(|| format!("cannot make the folder {}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::Temporary;

    #[test]
    fn a_temporary_folder_is_gone_with_all_it_holds_when_it_is_dropped() {
        let folder = Temporary::new("folder").expect("made");
        let path = folder.path().to_path_buf();
        std::fs::create_dir(path.join("inner")).expect("made");
        std::fs::write(path.join("inner/file"), "text").expect("written");
        drop(folder);
        assert!(!path.exists());
    }
}
