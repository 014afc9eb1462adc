//! Made-up merges, for tests and screenshots. Every text of a person carries « § ».

use super::{
    FollowUpForm, FollowUpPage, Joined, MergeChoice, MergePage, PortalFollowUpPage, SplitPage,
    TakenInView,
};
use crate::form::FormField;
use crate::frame::{Frame, SAMPLE_NOW};
use crate::portal::{Navigation, Tab};
use crate::tickets::show::TicketPage;
use crate::tickets::{Choice, ChoiceGroup, MayFlags, StateView};
use words::language::Language;

fn categories() -> Vec<ChoiceGroup> {
    vec![ChoiceGroup {
        name: "§ Postes de travail".to_owned(),
        choices: vec![Choice {
            value: "3".to_owned(),
            name: "§ Périphériques".to_owned(),
            selected: true,
        }],
    }]
}

impl Joined {
    /// Another ticket was merged into this one.
    #[must_use]
    pub fn sample() -> Joined {
        Joined {
            taken_in: vec![
                TakenInView {
                    number: 4815,
                    subject: Some("§ Deuxième écran noir".to_owned()),
                    version: 4,
                    at_micros: SAMPLE_NOW - 3_600_000_000,
                },
                TakenInView {
                    number: 4816,
                    subject: None,
                    version: 0,
                    at_micros: SAMPLE_NOW - 60_000_000,
                },
            ],
            merged: None,
            may_merge: true,
            may_give_back: true,
            may_follow_up: true,
        }
    }
}

impl MergePage {
    /// The other ticket is not chosen yet, and what was typed is none.
    #[must_use]
    pub fn sample(language: Language) -> MergePage {
        MergePage {
            frame: Frame::sample(language),
            number: 4815,
            version: 3,
            subject: "§ Deuxième écran noir".to_owned(),
            into: FormField {
                value: "§ 99".to_owned(),
                error: Some("§ inconnu".to_owned()),
            },
            choice: None,
            was_changed: false,
        }
    }

    /// Before it is done: who will read what.
    #[must_use]
    pub fn sample_chosen(language: Language) -> MergePage {
        MergePage {
            into: FormField::of("4812"),
            was_changed: true,
            choice: Some(MergeChoice {
                number: 4812,
                version: 7,
                subject: "§ Écran externe non détecté".to_owned(),
                state: StateView::InProgress,
                comments: 3,
                will_read: vec!["§ Hélène Marchand".to_owned()],
                requester: Some("§ Samir Haddad".to_owned()),
                lets_requester_in: true,
                others: "§ Emma Wilson, § Grace Kim".to_owned(),
                lets_others_in: false,
            }),
            ..MergePage::sample(language)
        }
    }

    /// Nobody reads anything new.
    #[must_use]
    pub fn sample_calm(language: Language) -> MergePage {
        let mut page = MergePage::sample_chosen(language);
        page.was_changed = false;
        if let Some(choice) = &mut page.choice {
            choice.will_read.clear();
            choice.requester = None;
            choice.others.clear();
        }
        page
    }
}

impl SplitPage {
    /// A comment of somebody who was invited.
    #[must_use]
    pub fn sample(language: Language) -> SplitPage {
        SplitPage {
            frame: Frame::sample(language),
            number: 4812,
            version: 7,
            comment: 12,
            author: "§ Emma Wilson".to_owned(),
            excerpt: "§ By the way, my badge no longer opens the garage.".to_owned(),
            subject: FormField::of("§ By the way, my badge"),
            categories: categories(),
            category_error: None,
            requester: "§ Hélène Marchand".to_owned(),
            offers_author: true,
            is_for_author: true,
            refused: None,
        }
    }

    /// It cannot be split off.
    #[must_use]
    pub fn sample_refused(language: Language) -> SplitPage {
        SplitPage {
            refused: Some("§ première".to_owned()),
            ..SplitPage::sample(language)
        }
    }
}

fn form() -> FollowUpForm {
    FollowUpForm {
        subject: FormField::of("§ Écran externe non détecté"),
        body: FormField {
            value: String::new(),
            error: Some("§ manque".to_owned()),
        },
        categories: categories(),
        category_error: None,
        once: "once-follow-up".to_owned(),
    }
}

impl FollowUpPage {
    /// An agent opens it for the requester.
    #[must_use]
    pub fn sample(language: Language) -> FollowUpPage {
        FollowUpPage {
            frame: Frame::sample(language),
            number: 4812,
            version: 7,
            old_subject: "§ Écran externe non détecté".to_owned(),
            requester: "§ Hélène Marchand".to_owned(),
            form: form(),
        }
    }
}

impl PortalFollowUpPage {
    /// The requester opens it.
    #[must_use]
    pub fn sample(language: Language) -> PortalFollowUpPage {
        PortalFollowUpPage {
            frame: Frame {
                is_agent: false,
                is_admin: false,
                ..Frame::sample(language)
            },
            navigation: Navigation {
                tab: Tab::Tickets,
                waiting: 1,
                shows_assets: true,
            },
            number: 4812,
            old_subject: "§ Écran externe non détecté".to_owned(),
            form: form(),
        }
    }
}

impl TicketPage {
    /// Merged into another ticket, which the reader does not see.
    #[must_use]
    pub fn sample_merged(language: Language) -> TicketPage {
        TicketPage {
            state: StateView::Merged,
            may: MayFlags::default(),
            joined: Joined {
                merged: Some(None),
                ..Joined::default()
            },
            work: None,
            thread: Vec::new(),
            ..TicketPage::sample(language)
        }
    }
}
