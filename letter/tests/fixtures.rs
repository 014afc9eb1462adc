//! Odd and hostile letters as bytes, and what each must be read as: `fixtures/expectations.txt`, a
//! table for people. After a deliberate change, read the difference and write it down there.

mod effort;

use effort::measured;
use letter::Letter;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder()).expect("the fixtures are there");
    let mut found: Vec<_> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("a readable fixture"))
        })
        .collect();
    found.sort();
    found
}

fn described(name: &str, letter: &Letter) -> String {
    let mut out = format!("## {name}\n");
    let mut line = |key: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{key}: {value}");
        }
    };
    let address = |one: &letter::address::Address| match &one.name {
        Some(name) => format!("{name} <{}>", one.email),
        None => one.email.clone(),
    };
    let list =
        |list: &[letter::address::Address]| list.iter().map(address).collect::<Vec<_>>().join(", ");
    let from = letter.from.as_ref().map(address);
    let ambiguous = if letter.senders_ambiguous {
        "nobody for sure"
    } else {
        "nobody"
    };
    line("subject", letter.subject.clone());
    line("from", from.unwrap_or_else(|| ambiguous.to_owned()));
    line("sender", letter.sender.iter().map(address).collect());
    line("reply-to", list(&letter.reply_to));
    line("cc", list(&letter.cc));
    let shown: String = letter.text.chars().take(240).collect();
    line(
        "text",
        shown
            .escape_debug()
            .to_string()
            .replace("\\'", "'")
            .replace("\\\"", "\""),
    );
    line(
        "html",
        letter
            .html
            .clone()
            .unwrap_or_default()
            .escape_debug()
            .to_string()
            .replace("\\\"", "\"")
            .replace("\\'", "'"),
    );
    for file in &letter.attachments {
        let inline = if file.inline { ", inline" } else { "" };
        let id = file
            .content_id
            .as_ref()
            .map(|id| format!(", id {id}"))
            .unwrap_or_default();
        line(
            "file",
            format!(
                "{} ({}, {} bytes{inline}{id})",
                file.name,
                file.declared_type,
                file.bytes.len()
            ),
        );
    }
    if let Some(report) = &letter.delivery_report {
        line("report", format!("{report:?}"));
    }
    line("automatic", format!("{:?}", letter.automatic));
    line(
        "complaints",
        letter
            .complaints
            .iter()
            .map(|c| c.key())
            .collect::<Vec<_>>()
            .join(", "),
    );
    out
}

/// Read by people line by line (MIME-03, MIME-04, MIME-07, MIME-08, MIME-11, MIME-12, MIME-13, MIME-15, MIME-17, LOOP-06, LOOP-13).
#[test]
fn every_fixture_is_read_as_the_table_says() {
    let table = std::fs::read_to_string(folder().join("expectations.txt")).unwrap_or_default();
    let expected: std::collections::BTreeMap<&str, &str> = table
        .split("## ")
        .skip(1)
        .filter_map(|block| block.split_once('\n').map(|(name, _)| (name, block)))
        .collect();
    let fixtures = fixtures();
    assert!(
        fixtures.len() >= 70,
        "the fixtures are gone: {}",
        fixtures.len()
    );
    assert_eq!(
        fixtures.len(),
        expected.len(),
        "fixtures and blocks of the table are not as many"
    );
    let mut wrong = String::new();
    for (name, bytes) in &fixtures {
        let read = described(name, &letter::parse::parse(bytes));
        let wanted = expected
            .get(name.as_str())
            .map(|block| format!("## {}\n", block.trim_end()));
        if wanted.as_deref() != Some(read.as_str()) {
            let _ = writeln!(
                wrong,
                "{read}-- but the table says --\n{}",
                wanted.unwrap_or_default()
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_fixture_cut_anywhere_is_read_quickly_and_without_nul() {
    for (name, bytes) in fixtures() {
        for end in (0..bytes.len()).step_by(bytes.len() / 12 + 1) {
            let (letter, took) = measured(|| letter::parse::parse(&bytes[..end]));
            assert!(took < Duration::from_secs(2), "{name} cut at {end}");
            assert!(
                !letter.text.contains('\0') && !letter.subject.contains('\0'),
                "{name} cut at {end}"
            );
        }
    }
}
