//! The forms of handling with what the demonstration company would see.

use super::{Asked, DeedPage, Follow};
use crate::form::FormField;
use crate::frame::Frame;
use crate::tickets::{Choice, ChoiceGroup};
use words::language::Language;

fn choice(value: &str, name: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        name: name.to_owned(),
        selected: false,
    }
}

impl DeedPage {
    /// The page of one deed.
    #[must_use]
    pub fn sample(language: Language, asked: Asked) -> DeedPage {
        DeedPage {
            frame: Frame::sample(language),
            number: 4812,
            version: 17,
            subject: "§ Écran externe non détecté après la mise à jour du BIOS".to_owned(),
            asked,
            message: FormField::default(),
            once: "once-sample".to_owned(),
        }
    }

    /// The page of one deed, sent back with everything wrong.
    #[must_use]
    pub fn sample_refused(language: Language, asked: Asked) -> DeedPage {
        DeedPage {
            message: FormField {
                value: "§".to_owned(),
                error: Some("§ à corriger".to_owned()),
            },
            ..DeedPage::sample(language, asked)
        }
    }

    /// One sample of each, and of what may come back.
    #[must_use]
    pub fn samples(language: Language) -> Vec<(&'static str, DeedPage)> {
        let wrong = || Some("§ à corriger".to_owned());
        let places = || {
            vec![
                ChoiceGroup {
                    name: "§ Postes de travail".to_owned(),
                    choices: vec![choice("32", "§ Logiciels")],
                },
                ChoiceGroup {
                    name: "§ Réseau".to_owned(),
                    choices: vec![choice("d4", "§ Réseau"), choice("41", "§ VPN")],
                },
            ]
        };
        let follow = |warning: Option<(String, i64)>| Follow {
            is_offered: true,
            is_ticked: false,
            warning,
        };
        let fine = |name, asked| (name, DeedPage::sample(language, asked));
        let refused = |name, asked| (name, DeedPage::sample_refused(language, asked));
        vec![
            fine("question", Asked::Question { takes: false }),
            refused("question-refused", Asked::Question { takes: true }),
            fine("rejection", Asked::Rejection),
            fine("cancellation", Asked::Cancellation),
            fine(
                "assignment",
                Asked::Assignment {
                    members: vec![choice("7", "§ Camille Roux"), choice("9", "§ Théo Lambert")],
                    others: vec![choice("11", "§ Inès Moreau")],
                    error: None,
                },
            ),
            refused(
                "assignment-refused",
                Asked::Assignment {
                    members: vec![choice("7", "§ Camille Roux")],
                    others: Vec::new(),
                    error: wrong(),
                },
            ),
            fine(
                "assignment-nobody",
                Asked::Assignment {
                    members: Vec::new(),
                    others: Vec::new(),
                    error: None,
                },
            ),
            fine(
                "postponement",
                Asked::Postponement {
                    until: FormField::of("2026-12-01"),
                    earliest: "2026-11-24".to_owned(),
                },
            ),
            refused(
                "postponement-refused",
                Asked::Postponement {
                    until: FormField {
                        value: "2020-01-01".to_owned(),
                        error: wrong(),
                    },
                    earliest: "2026-11-24".to_owned(),
                },
            ),
            fine(
                "transfer",
                Asked::Transfer {
                    places: places(),
                    error: None,
                    follow: follow(None),
                },
            ),
            fine(
                "transfer-warning",
                Asked::Transfer {
                    places: places(),
                    error: None,
                    follow: follow(Some(("§ Réseau".to_owned(), 4))),
                },
            ),
            refused(
                "transfer-refused",
                Asked::Transfer {
                    places: places(),
                    error: wrong(),
                    follow: Follow::default(),
                },
            ),
            fine(
                "return",
                Asked::Return {
                    department: "§ Réseau".to_owned(),
                    category: "§ VPN".to_owned(),
                    error: None,
                    follow: follow(None),
                },
            ),
            refused(
                "return-refused",
                Asked::Return {
                    department: "§ Réseau".to_owned(),
                    category: "§ VPN".to_owned(),
                    error: wrong(),
                    follow: follow(Some(("§ Réseau".to_owned(), 4))),
                },
            ),
        ]
    }
}
