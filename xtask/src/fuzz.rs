//! Bytes nobody would send, made by libFuzzer from those somebody did: letters, their HTML, and what is said at the door.
//!
//! The targets stand in `letter/fuzz`, a workspace of its own, with a small corpus each. They are built here by the
//! repository's own toolchain: LLVM's coverage for fuzzers needs no other one, and a sanitizer of memory would find
//! little in code that forbids `unsafe`. The same targets run by `cargo fuzz`, which brings both.

use crate::chance;
use crate::servers::folder::{self, Temporary};
use crate::servers::machine::{self, Need};
use crate::servers::process::{mortal, run_and_read, run_and_show};
use anyhow::{Context, bail};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tokio::process::Command;

/// What to run.
#[derive(clap::Args)]
pub struct Options {
    /// How many inputs, all targets together
    #[arg(long, default_value_t = 100_000)]
    runs: u64,
    /// Only this target; it gets all of them
    #[arg(long, value_enum)]
    target: Option<Target>,
    /// Where chance begins: the same finds the same in the same tree, so that a change is judged by itself. 0 for another
    /// each time, printed
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Run this one input, as a failed run left it
    #[arg(long, requires = "target")]
    input: Option<PathBuf>,
    /// Put what reaches new code into the repository's corpus, and leave out there what adds nothing
    #[arg(long)]
    keep: bool,
}

/// A target, by the name of its file in `letter/fuzz/fuzz_targets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// Bytes to a letter, with everything that is read from it, and an answer to it
    Letter,
    /// HTML made safe, and made text
    Html,
    /// Commands and letters as a connection brings them
    Smtp,
}

impl Target {
    const ALL: [Self; 3] = [Self::Letter, Self::Html, Self::Smtp];

    fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Html => "html",
            Self::Smtp => "smtp",
        }
    }

    /// Its part of a hundred runs. One of HTML costs as much as two letters or thirty conversations.
    fn part(self) -> u64 {
        match self {
            Self::Letter => 50,
            Self::Html => 15,
            Self::Smtp => 35,
        }
    }

    /// The longest input, in bytes: what is slow by its length is measured by `letter/tests/hostile.rs`.
    fn longest(self) -> u32 {
        match self {
            Self::Letter => 16_384,
            Self::Html => 4_096,
            Self::Smtp => 8_192,
        }
    }

    /// The folders it begins from, of which the first is its own.
    fn corpus(self) -> Vec<PathBuf> {
        let letter = folder::repository().join("letter");
        let own = letter.join("fuzz/corpus").join(self.name());
        match self {
            Self::Letter => vec![own, letter.join("fixtures")],
            Self::Html => vec![own, letter.join("hostile")],
            Self::Smtp => vec![own],
        }
    }
}

/// What the compiler is told, so that LLVM says to libFuzzer which code was reached and what was compared.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions";

/// Runs the targets side by side, and fails when one of them found something.
pub async fn run(options: Options) -> anyhow::Result<()> {
    machine::provide(Need::CompilerOfCxx).await?;
    let begin = Instant::now();
    let programs = build().await?;
    println!("built in {:.1} s", begin.elapsed().as_secs_f64());
    let seed = match options.seed {
        // Left to itself libFuzzer does not say it where it is looked for.
        0 => u32::try_from(chance::fresh_seed()? >> 33)? | 1,
        seed => seed,
    };
    let wanted: Vec<Target> = Target::ALL
        .into_iter()
        .filter(|it| options.target.is_none_or(|only| only == *it))
        .collect();
    if let (Some(input), [target]) = (&options.input, wanted.as_slice()) {
        let mut command = mortal(programs.join(target.name()));
        command.arg("-timeout=20").arg(input);
        return run_and_show(target.name(), command).await;
    }
    println!("seed {seed}");
    let parts: u64 = wanted.iter().map(|it| it.part()).sum();
    let mut running = tokio::task::JoinSet::new();
    for target in wanted {
        let runs = (options.runs * target.part()).div_ceil(parts);
        let programs = programs.clone();
        running.spawn(async move { fuzz(target, &programs, runs, seed, options.keep).await });
    }
    let (mut executed, mut found) = (0, Vec::new());
    while let Some(one) = running.join_next().await {
        match one.context("a run was cut off")? {
            Ok(runs) => executed += runs,
            Err(error) => found.push(format!("{error:#}")),
        }
    }
    if !found.is_empty() {
        bail!("{}", found.join("\n"));
    }
    println!(
        "{executed} executions in {:.1} s, nothing found",
        begin.elapsed().as_secs_f64()
    );
    if executed < options.runs {
        bail!("only {executed} of {} executions", options.runs);
    }
    Ok(())
}

/// Builds all targets in a folder of their own, so that nothing else is built anew for their flags.
async fn build() -> anyhow::Result<PathBuf> {
    let mut ask = Command::new("rustc");
    ask.arg("-vV").current_dir(folder::repository());
    let said = run_and_read("rustc", ask).await?;
    let host = said.lines().find_map(|it| it.strip_prefix("host: "));
    let host = host
        .context("rustc does not say which machine this is")?
        .trim()
        .to_owned();
    let target_folder = folder::reports("fuzz")?;
    let mut cargo = Command::new("cargo");
    // With a target named, build scripts and macros are spared the flags.
    cargo
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--target",
            &host,
            "--target-dir",
        ])
        .arg(&target_folder)
        .current_dir(folder::repository().join("letter/fuzz"))
        .env("RUSTFLAGS", COVERAGE);
    run_and_show("cargo build", cargo).await?;
    Ok(target_folder.join(host).join("release"))
}

/// Runs one target, and returns how many inputs it was given.
async fn fuzz(
    target: Target,
    programs: &Path,
    runs: u64,
    seed: u32,
    keep: bool,
) -> anyhow::Result<u64> {
    let begin = Instant::now();
    let name = target.name();
    let grown = Temporary::new("fuzz")?;
    let findings = folder::reports("fuzz-findings")?;
    let prefix = format!("{}/{name}-", findings.display());
    let dictionary = folder::repository()
        .join("letter/fuzz")
        .join(format!("{name}.dict"));
    let mut command = mortal(programs.join(name));
    command
        .arg(format!("-runs={runs}"))
        .arg(format!("-seed={seed}"))
        .arg(format!("-max_len={}", target.longest()))
        .arg(format!("-artifact_prefix={prefix}"))
        .args(["-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .arg(format!("-dict={}", dictionary.display()))
        .arg(grown.path())
        .args(target.corpus());
    let output = command
        .kill_on_drop(true)
        .output()
        .await
        .with_context(|| format!("cannot start {name}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        let end: Vec<&str> = said.lines().rev().take(40).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        let input = said
            .lines()
            .find_map(|it| it.split_once("Test unit written to ").map(|(_, path)| path))
            .unwrap_or("FILE");
        // For whoever has only what was printed.
        let bytes = std::fs::read(input).unwrap_or_default();
        bail!(
            "{name} found something (seed {seed}):\n{}\nrepeat it: cargo xtask fuzz --target {name} --input {input}\nwhich in base64 is {}",
            end.join("\n"),
            data_encoding::BASE64.encode(&bytes)
        );
    }
    let executed: u64 = said
        .lines()
        .find_map(|it| it.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|it| it.trim().parse().ok())
        .context("libFuzzer does not say how much it ran")?;
    println!(
        "{name:<8} {executed:>8} executions  {:>6.1} s  {}",
        begin.elapsed().as_secs_f64(),
        reached(&said)
    );
    if keep {
        keep_smallest(target, programs, grown.path()).await?;
    }
    Ok(executed)
}

/// How much code the last line of a run says was reached.
fn reached(said: &str) -> &str {
    let last = said.lines().rev().find(|it| it.contains(" cov: "));
    last.and_then(|it| Some(it.split_once(" cov: ")?.1))
        .and_then(|it| it.split(" lim: ").next())
        .and_then(|it| it.split(" exec/s").next())
        .unwrap_or_default()
}

/// Makes the repository's corpus anew: the fewest and smallest inputs that reach all that is reached, without those that
/// are there for another reason.
async fn keep_smallest(target: Target, programs: &Path, grown: &Path) -> anyhow::Result<()> {
    let corpus = target.corpus();
    let (own, others) = corpus.split_first().context("a target has a corpus")?;
    let kept = Temporary::new("kept")?;
    for other in others {
        for file in std::fs::read_dir(other)?.flatten() {
            std::fs::copy(file.path(), kept.path().join(file.file_name()))?;
        }
    }
    let before: Vec<_> = std::fs::read_dir(kept.path())?
        .flatten()
        .map(|it| it.file_name())
        .collect();
    let mut command = mortal(programs.join(target.name()));
    command
        // Which code is reached, not how often: that would keep ten times as much.
        .args([
            "-merge=1",
            "-use_counters=0",
            "-verbosity=0",
            "-timeout=20",
            "-max_len=2048",
        ])
        .arg(kept.path());
    command.arg(own).arg(grown);
    run_and_read(target.name(), command).await?;
    std::fs::remove_dir_all(own)?;
    std::fs::create_dir_all(own)?;
    for file in std::fs::read_dir(kept.path())?.flatten() {
        if !before.contains(&file.file_name()) {
            std::fs::copy(file.path(), own.join(file.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Target, reached};

    #[test]
    fn what_a_run_reached_is_read_from_its_last_line() {
        let said = "#2\tINITED cov: 12 ft: 13 corp: 1/1b exec/s: 0 rss: 30Mb\n#9\tDONE   cov: 40 ft: 55 corp: 3/9b lim: 4 exec/s: 9 rss: 31Mb\nDone 9 runs";
        assert_eq!(reached(said), "40 ft: 55 corp: 3/9b");
    }

    #[test]
    fn every_target_has_a_part_and_a_corpus() {
        assert_eq!(Target::ALL.iter().map(|it| it.part()).sum::<u64>(), 100);
        for target in Target::ALL {
            for folder in target.corpus() {
                let files = std::fs::read_dir(&folder).map_or(0, Iterator::count);
                assert!(files > 0, "{}", folder.display());
            }
        }
    }
}
