//! Runs the compiler on programs that must not compile and compares what it says, one line an
//! error, with the `.stderr` file beside each. It reads the crates this very test was built with:
//! a tool that builds them once more, with flags of its own, costs five minutes on two cores.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::SystemTime;

/// Asserts that every program of `tests/compile_fail/` is refused for the reason written beside it.
/// `crates` are those the programs name. After a wanted change of the reasons, read the `.new` file
/// left beside and put it in the place of the old one.
///
/// # Panics
/// When a program compiles, or is refused for another reason.
pub fn every_program_is_refused(crates: &[&str]) {
    let deps = std::env::current_exe().expect("a test knows where it is");
    let deps = deps.parent().expect("a test stands in a folder");
    let externs: Vec<String> = crates
        .iter()
        .map(|name| format!("{name}={}", newest(deps, name).display()))
        .collect();
    let mut programs: Vec<PathBuf> = fs::read_dir("tests/compile_fail")
        .expect("the programs are there")
        .map(|entry| entry.expect("a program").path())
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect();
    programs.sort();
    assert!(!programs.is_empty(), "no program to refuse");
    let wrong: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = programs
            .iter()
            .map(|program| scope.spawn(|| judge(program, deps, &externs)))
            .collect();
        running
            .into_iter()
            .filter_map(|one| one.join().expect("a program was judged"))
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The library of a crate built last: the one this test was linked with.
fn newest(deps: &Path, name: &str) -> PathBuf {
    let begins = format!("lib{name}-");
    fs::read_dir(deps)
        .expect("the folder of built crates is read")
        .filter_map(Result::ok)
        .filter(|entry| {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            file.starts_with(&begins) && file.ends_with(".rlib")
        })
        .max_by_key(|entry| {
            let built = entry.metadata().and_then(|about| about.modified());
            built.unwrap_or(SystemTime::UNIX_EPOCH)
        })
        .unwrap_or_else(|| panic!("{name} is not built in {}", deps.display()))
        .path()
}

/// `None` where a program is refused as it should be, otherwise what is wrong.
fn judge(program: &Path, deps: &Path, externs: &[String]) -> Option<String> {
    let mut command = Command::new("rustc");
    command
        .args(["--edition=2024", "--crate-type=bin", "--emit=metadata"])
        .args([
            "--error-format=short",
            "--cap-lints=allow",
            "-o",
            "/dev/null",
        ])
        .arg("-L")
        .arg(format!("dependency={}", deps.display()));
    for one in externs {
        command.arg("--extern").arg(one);
    }
    let said = command.arg(program).output().expect("the compiler runs");
    let name = program.display();
    if said.status.success() {
        return Some(format!("{name} compiles and must not"));
    }
    let said = String::from_utf8_lossy(&said.stderr);
    let said: String = said
        .lines()
        .filter(|line| line.contains(": error"))
        .map(|line| format!("{line}\n"))
        .collect();
    let beside = program.with_extension("stderr");
    let wanted = fs::read_to_string(&beside).unwrap_or_default();
    if said == wanted {
        return None;
    }
    let new = program.with_extension("stderr.new");
    fs::write(&new, &said).expect("the reason is written");
    Some(format!(
        "{name} is refused for\n{said}and should be for\n{wanted}see {}",
        new.display()
    ))
}
