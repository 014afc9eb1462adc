//! Signals, and who is to get them: what a process started, by its mark or by descent.

use std::process::Stdio;

/// A variable that only says who started a process: what leaves the group (Chromium makes groups of
/// its own) is still found by it. Its value is a new word for each start.
pub const MARK: &str = "XTASK_STARTED";

/// A process, what it started, and what that started, as far as it runs.
pub fn family(parent: u32) -> Vec<u32> {
    let mut ids = vec![parent];
    let mut next = 0;
    while let Some(parent) = ids.get(next).copied() {
        ids.extend(children(parent));
        next += 1;
    }
    ids
}

/// The processes that this one started and that still run.
fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_child = |it: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{it}/stat")).unwrap_or_default();
        // The name of the program, which may hold anything, ends with the last bracket.
        let after = stat.rsplit_once(')').map(|(_, after)| after);
        let above = after.and_then(|it| it.split_whitespace().nth(1));
        above.and_then(|it| it.parse().ok()) == Some(parent)
    };
    processes
        .filter_map(|it| it.file_name().to_str()?.parse().ok())
        .filter(is_child)
        .collect()
}

/// The processes that carry a mark in their environment.
pub fn marked(mark: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let carries = |it: &std::fs::DirEntry| {
        std::fs::read(it.path().join("environ"))
            .is_ok_and(|all| all.split(|byte| *byte == 0).any(|it| it == mark.as_bytes()))
    };
    processes
        .filter(carries)
        .filter_map(|it| it.file_name().to_str().map(str::to_owned))
        .collect()
}

/// A signal, by the shell's own kill: no unsafe code here, and Debian's `kill` program is not always
/// installed. `target` is a process's number, or a group's with a minus sign.
pub fn send(signal: &str, target: &str) {
    let _ = std::process::Command::new("sh")
        .args(["-c", &format!("kill -s {signal} -- {target}")])
        .stderr(Stdio::null())
        .status();
}

#[cfg(test)]
mod tests {
    use crate::servers::folder::Temporary;
    use crate::servers::process::{Running, mortal};
    use std::time::Duration;

    #[tokio::test]
    async fn what_stands_still_goes_on_where_it_was_with_all_it_started() {
        let folder = Temporary::new("process").expect("made");
        let mut command = mortal("sh");
        command.args([
            "-c",
            "sh -c 'while :; do date +%N > tick; sleep 0.01; done' & echo; wait",
        ]);
        command.current_dir(folder.path());
        let log = folder.path().join("log");
        let patience = Duration::from_secs(10);
        let (running, _) = Running::start_and_read_line("sh", command, &log, patience)
            .await
            .expect("starts");
        let tick = || std::fs::read(folder.path().join("tick")).unwrap_or_default();
        let changes = async || {
            let before = tick();
            let mut again = tokio::time::interval(Duration::from_millis(10));
            for _ in 0..50 {
                again.tick().await;
                if tick() != before {
                    return true;
                }
            }
            false
        };
        assert!(changes().await);
        running.signal("STOP");
        // What was written at that moment is the last.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!changes().await);
        running.signal("CONT");
        assert!(changes().await);
    }
}
