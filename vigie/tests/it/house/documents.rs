//! The documents say what is so: rooms, commands, settings, addresses, links.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use vigie::web::route::Audience;

use super::tree;

/// The documents people start from.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/STYLE.md",
    "docs/api/assets.md",
    "docs/api/departments.md",
    "docs/api/mail.md",
    "docs/api/merging.md",
    "docs/api/people.md",
    "docs/api/tasks.md",
    "docs/api/tickets.md",
    "docs/api/views.md",
];

fn read(path: &str) -> String {
    std::fs::read_to_string(tree::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect()
}

#[test]
fn the_map_names_every_room_and_every_file_of_a_noun() {
    let map = read("ARCHITECTURE.md");
    let named = words(&map);
    let mut missing = BTreeSet::new();
    for name in tree::CRATES {
        assert!(map.contains(&format!("{name}/")), "the crate {name}");
        for source in tree::files(&[&format!("{name}/src")], ".rs") {
            let parts: Vec<&str> = source.path.split('/').collect();
            let (file, rooms) = parts.split_last().unwrap();
            for room in &rooms[2..] {
                if !map.contains(&format!("{room}/")) {
                    missing.insert(format!("the room {}", rooms.join("/")));
                }
            }
            let is_nouns = *name == "vigie" && !rooms[2..].is_empty();
            let is_told = !matches!(rooms[2..].first(), Some(&"seed" | &"commands" | &"web"));
            let stem = file.trim_end_matches(".rs");
            if is_nouns && is_told && !named.contains(stem) {
                missing.insert(format!("the file {}", source.path));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md does not name\n{missing:#?}"
    );
}

#[test]
fn the_map_names_no_file_that_is_gone() {
    let mut there: BTreeSet<String> = BTreeSet::new();
    for source in tree::rust() {
        there.extend(source.path.split('/').map(str::to_owned));
    }
    let map = read("ARCHITECTURE.md");
    let gone: Vec<&str> = map
        .split(|c: char| c.is_whitespace() || "`(),:;*".contains(c))
        .filter(|word| word.ends_with(".rs"))
        .map(|word| word.rsplit('/').next().unwrap_or(word))
        .filter(|file| !there.contains(*file))
        .collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// What stands in the first column of the table whose head begins with this.
fn first_column(document: &str, head: &str) -> BTreeSet<String> {
    document
        .lines()
        .skip_while(|line| !line.starts_with(head))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.split('`').nth(1))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let help = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let there: BTreeSet<String> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .map(str::to_owned)
        .collect();
    assert!(there.len() > 4, "{help}");
    let readme = read("README.md");
    assert_eq!(first_column(&readme, "| command |"), there);
    for command in ["cargo run --release -- demo", "cargo xtask test"] {
        assert!(readme.contains(command));
    }
    // Both commands are typed at the root, without naming a crate.
    assert!(read("Cargo.toml").contains("default-members = [\"vigie\"]"));
    assert!(read(".cargo/config.toml").contains("xtask = "));
}

#[test]
fn the_readme_names_every_setting_and_no_other() {
    let known: BTreeSet<String> = kit::config::KEYS
        .iter()
        // Refused until several nodes can run; the text below the table says so.
        .filter(|key| **key != "nats_url")
        .map(|key| (*key).to_owned())
        .collect();
    assert_eq!(first_column(&read("README.md"), "| setting |"), known);
}

#[test]
fn the_pages_about_the_api_name_every_address_of_it() {
    let page: String = tree::files(&["docs/api"], ".md")
        .into_iter()
        .map(|page| page.text)
        .collect();
    let missing: Vec<String> = vigie::routes::all()
        .into_iter()
        .filter(|route| route.audience == Audience::Api)
        .map(|route| {
            format!(
                "{} {}",
                route.method,
                route.path.trim_start_matches("/api/v1")
            )
        })
        .filter(|address| !page.contains(&format!("`{address}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/api does not name\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut followed = 0;
    let decisions = tree::files(&["docs/decisions"], ".md");
    for path in DOCUMENTS
        .iter()
        .copied()
        .chain(decisions.iter().map(|d| d.path.as_str()))
    {
        let text = read(path);
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let target = tree::root()
                .join(folder)
                .join(link.split('#').next().unwrap_or(link));
            assert!(
                target.exists(),
                "{path} leads to {link}, which is not there"
            );
            followed += 1;
        }
    }
    assert!(followed > 8, "{followed}");
}
