//! How often a program waits for its disk, counted within it by a few lines of C that stand before libc; and a disk on
//! which each wait lasts longer.
//!
//! From outside (strace) counting made the desk five times slower than it is.

use crate::servers::folder::Temporary;
use crate::servers::machine::{self, Need};
use crate::servers::process::run_and_show;
use anyhow::Context;
use std::path::PathBuf;
use std::time::Duration;
use tokio::process::Command;

/// The lines of C.
const SOURCE: &str = include_str!("waits.c");

/// What stands before libc, built, and where it counts.
pub struct Waits {
    folder: Temporary,
    at_least: Duration,
}

impl Waits {
    /// Builds it. Each wait of the program lasts at least so long.
    pub async fn build(at_least: Duration) -> anyhow::Result<Self> {
        machine::provide(Need::CompilerOfCxx).await?;
        let folder = Temporary::new("waits")?;
        let source = folder.path().join("waits.c");
        std::fs::write(&source, SOURCE)?;
        let mut compiler = Command::new("cc");
        compiler
            .args([
                "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
            ])
            .arg(folder.path().join("waits.so"))
            .arg(&source)
            .arg("-ldl");
        run_and_show("cc", compiler).await?;
        Ok(Self { folder, at_least })
    }

    /// What a program is started under.
    pub fn words(&self) -> Vec<String> {
        let path = |name| self.folder.path().join(name);
        vec![
            "env".to_owned(),
            format!("LD_PRELOAD={}", path("waits.so").display()),
            format!("VIGIE_BENCH_WAITS={}", self.counted().display()),
            format!("VIGIE_BENCH_WAIT_NANOS={}", self.at_least.as_nanos()),
        ]
    }

    /// How often it waited until now.
    pub fn count(&self) -> anyhow::Result<u64> {
        let bytes = std::fs::read(self.counted()).context("nothing was counted")?;
        let bytes = bytes.try_into().ok().context("a count has eight bytes")?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn counted(&self) -> PathBuf {
        self.folder.path().join("count")
    }
}
