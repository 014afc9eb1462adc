//! Samples of the journal's page.

use super::{faults, frame, text};
use crate::admin::journal::{Asked, Chain, ChangeRow, EntryRow, JournalPage};
use crate::fields::Faults;
use crate::pager::Pager;
use words::language::Language;

fn rows(language: Language) -> Vec<EntryRow> {
    let link = "§9f2c41d07be3a85516c2".to_owned();
    vec![
        EntryRow {
            number: 3,
            at: text(language, "ven. 20 nov. 16:48", "Fri 20 Nov, 16:48"),
            iso: "2026-11-20T15:48:00Z".to_owned(),
            actor: Some((1, "§ Ada Martin".to_owned())),
            way: "audit-way-web",
            deed: "audit-member-changed",
            person: Some((12, "§ Rob Martin".to_owned())),
            department: Some((1, text(language, "Informatique", "Computers"))),
            thing: None,
            changes: vec![
                ChangeRow {
                    field: "admin-level",
                    was: Some(text(language, "Consulte", "Views")),
                    becomes: Some(text(language, "Traite", "Handles")),
                },
                ChangeRow {
                    field: "admin-privileges",
                    was: None,
                    becomes: Some(text(
                        language,
                        "prendre un ticket libre",
                        "take a free ticket",
                    )),
                },
            ],
            is_emptied: false,
            link: link.clone(),
        },
        EntryRow {
            number: 2,
            at: text(language, "ven. 20 nov. 16:40", "Fri 20 Nov, 16:40"),
            iso: "2026-11-20T15:40:00Z".to_owned(),
            actor: None,
            way: "audit-way-command",
            deed: "audit-token-made",
            person: Some((12, "§ Rob Martin".to_owned())),
            department: None,
            thing: Some("§ monitoring".to_owned()),
            changes: vec![],
            is_emptied: true,
            link,
        },
    ]
}

impl JournalPage {
    /// Two entries.
    #[must_use]
    pub fn sample(language: Language) -> JournalPage {
        JournalPage {
            frame: frame(language, "/admin/journal"),
            asked: Asked::default(),
            faults: Faults::default(),
            departments: vec![(1, text(language, "Informatique", "Computers"))],
            deeds: vec![("member_changed", "audit-member-changed")],
            rows: rows(language),
            pager: Pager {
                previous: None,
                next: Some("/admin/journal?older=2".to_owned()),
            },
            export: "/admin/journal/file?".to_owned(),
            chain: Chain::Unasked,
            notes_reads: true,
            noting_version: Some(4),
        }
    }

    /// The chain whole and broken, nothing found, a question with faults.
    #[must_use]
    pub fn samples(language: Language) -> Vec<(&'static str, JournalPage)> {
        let page = |chain: Chain| JournalPage {
            chain,
            ..JournalPage::sample(language)
        };
        vec![
            (
                "whole",
                page(Chain::Whole {
                    entries: 3,
                    link: "§9f2c41d07be3a85516c2".to_owned(),
                }),
            ),
            ("broken", page(Chain::Broken(2))),
            (
                "empty",
                JournalPage {
                    notes_reads: false,
                    noting_version: None,
                    rows: vec![],
                    pager: Pager::default(),
                    ..JournalPage::sample(language)
                },
            ),
            (
                "faults",
                JournalPage {
                    asked: Asked {
                        actor: "§ zoe".to_owned(),
                        from: "2026-13-45".to_owned(),
                        ..Asked::default()
                    },
                    faults: faults(language, &["actor", "from"]),
                    rows: vec![],
                    pager: Pager::default(),
                    ..JournalPage::sample(language)
                },
            ),
        ]
    }
}
