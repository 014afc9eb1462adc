//! The source tree as the house tests read it.

use std::path::{Path, PathBuf};

/// A file of the repository.
pub struct Source {
    /// From the root of the repository, with `/`.
    pub path: String,
    /// As it stands.
    pub text: String,
}

impl Source {
    /// The code without its comments, line by line, so that one may write about what one may not
    /// do. A `//` inside a literal cuts the rest of its line off, which no rule has missed yet.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| {
            let end = line
                .match_indices("//")
                .map(|(at, _)| at)
                .find(|at| !line[..*at].ends_with(':'))
                .unwrap_or(line.len());
            (n + 1, &line[..end])
        })
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file with this ending below these folders, in order of path. What is written to be refused
/// by the compiler, and what tells the rules apart, is left out.
pub fn files(below: &[&str], ending: &str) -> Vec<Source> {
    let mut found = vec![];
    for folder in below {
        collect(&root().join(folder), folder, ending, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no *{ending} below {below:?}");
    found
}

/// The crates of the workspace.
pub const CRATES: &[&str] = &[
    "words", "letter", "demo", "presence", "kit", "pages", "vigie", "xtask",
];

/// Every Rust file of the workspace.
pub fn rust() -> Vec<Source> {
    files(CRATES, ".rs")
}

fn collect(folder: &Path, name: &str, ending: &str, found: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let file = entry.file_name().into_string().unwrap();
        let path = format!("{name}/{file}");
        if entry.file_type().unwrap().is_dir() {
            if !matches!(
                file.as_str(),
                "compile_fail" | "target" | "artifacts" | "corpus"
            ) {
                collect(&entry.path(), &path, ending, found);
            }
        } else if file.ends_with(ending) {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            found.push(Source { path, text });
        }
    }
}

/// Compares with a table that people read; writes the other beside it when they differ.
pub fn expect(file: &str, found: &str) {
    if let Some(differs) = differs(file, found) {
        panic!("{differs}");
    }
}

/// The same, said instead of failed with, for tests that have more to say.
pub fn differs(file: &str, found: &str) -> Option<String> {
    let path = format!("{}/tests/it/expect/{file}", env!("CARGO_MANIFEST_DIR"));
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    if reviewed == found {
        return None;
    }
    std::fs::write(format!("{path}.new"), found).unwrap();
    let changed: Vec<String> = difference(&reviewed, found);
    Some(format!(
        "expect/{file} changed; read expect/{file}.new and, if it is right, put it in its place:\n{}",
        changed.join("\n")
    ))
}

fn difference(before: &str, after: &str) -> Vec<String> {
    let gone = before
        .lines()
        .filter(|l| !after.lines().any(|a| a == *l))
        .map(|l| format!("- {l}"));
    let came = after
        .lines()
        .filter(|l| !before.lines().any(|b| b == *l))
        .map(|l| format!("+ {l}"));
    gone.chain(came).take(40).collect()
}
