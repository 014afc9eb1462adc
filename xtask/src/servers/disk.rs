//! A disk that is full when one likes: a small file system in memory where we may mount one, and a limit of what the desk
//! may write elsewhere.

use super::folder::Temporary;
use super::machine;
use super::process::{Running, run_and_read};
use anyhow::Context;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// A folder whose disk can be full.
#[derive(Debug)]
pub struct Disk {
    folder: Temporary,
    is_mounted: bool,
}

impl Disk {
    /// Makes it: with root's rights a file system of its own, of so many bytes.
    pub async fn new(bytes: u64) -> anyhow::Result<Self> {
        let folder = Temporary::new("disk")?;
        let mut is_mounted = false;
        if machine::is_root() {
            let mut mount = Command::new("mount");
            mount.args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={bytes},mode=0700"),
                "tmpfs",
            ]);
            mount.arg(folder.path());
            // A container may have root's name and not this right.
            is_mounted = run_and_read("mount", mount).await.is_ok();
        }
        Ok(Self { folder, is_mounted })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// How it becomes full.
    pub fn way(&self) -> &'static str {
        if self.is_mounted {
            "a file system without room"
        } else {
            "a limit of how long files may become"
        }
    }

    /// Leaves nothing to write. Without a file system of its own, no file may become longer than the shortest that is
    /// still written to: what the kernel then says is another word (EFBIG), and the same to whoever writes.
    pub async fn fill(&self, running: &Running) -> anyhow::Result<()> {
        if self.is_mounted {
            return fill(&self.ballast());
        }
        limit(running, "4096").await
    }

    /// Makes room again.
    pub async fn empty(&self, running: &Running) -> anyhow::Result<()> {
        if self.is_mounted {
            return std::fs::remove_file(self.ballast()).context("cannot make room");
        }
        limit(running, "unlimited").await
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }
}

/// Writes until nothing goes any more, to the last byte.
fn fill(path: &Path) -> anyhow::Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create(path)?;
    for size in [1 << 20, 1 << 12, 1] {
        let piece = vec![0_u8; size];
        while file.write_all(&piece).is_ok() {}
    }
    Ok(())
}

async fn limit(running: &Running, bytes: &str) -> anyhow::Result<()> {
    let id = running.id().context("the process has ended")?.to_string();
    let mut prlimit = Command::new("prlimit");
    // The soft limit alone: the hard one could not be raised again.
    prlimit.args(["--pid", &id, &format!("--fsize={bytes}:")]);
    run_and_read("prlimit", prlimit).await.map(|_| ())
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = std::process::Command::new("umount")
                .arg("-l")
                .arg(self.path())
                .status();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Disk;
    use crate::servers::process::{Running, mortal};

    #[tokio::test]
    async fn nothing_can_be_written_to_a_full_disk_and_what_was_written_stays() {
        let disk = Disk::new(1 << 20).await.expect("made");
        let mut command = mortal("sh");
        // Whoever is told that a file is too long may go on.
        let script = "trap '' XFSZ; head -c 8192 /dev/zero > before; echo ready; \
                      while [ ! -e done ]; do sleep 0.05; done; \
                      head -c 8192 /dev/zero > during; wc -c < during; wc -c < before";
        command.args(["-c", script]).current_dir(disk.path());
        let log = std::env::temp_dir().join(format!("vigie-disk-{}.log", std::process::id()));
        let patience = std::time::Duration::from_secs(10);
        let started = Running::start_and_read_line("sh", command, &log, patience).await;
        let (mut running, line) = started.expect("starts");
        assert_eq!(line, "ready");
        // An empty file needs no room where names are kept, and that is already taken when it fills.
        disk.fill(&running).await.expect("filled");
        std::fs::write(disk.path().join("done"), "").expect("a name");
        running.wait().await.expect("ends");
        let during = std::fs::metadata(disk.path().join("during"));
        assert!(during.expect("there").len() < 8192, "{}", disk.way());
        let before = std::fs::metadata(disk.path().join("before"));
        assert_eq!(before.expect("there").len(), 8192);
        disk.empty(&running).await.ok();
        let _ = std::fs::remove_file(&log);
        let _ = std::fs::remove_file(log.with_extension("out"));
    }
}
