//! Samples of the inspector's page.

use super::{faults, frame, text};
use crate::admin::Level;
use crate::admin::inspector::{
    Answer, AskedTicket, Glimpse, InspectorPage, Link, LookRow, Reason, Seer, ShareRow, TeamSight,
    Verdict, WhoRow,
};
use crate::admin::people::{Role, Scope};
use crate::fields::Faults;
use crate::tickets::visibility::Visibility;
use words::language::Language;

fn seer() -> Seer {
    Seer {
        id: 12,
        name: "§ Rob Martin".to_owned(),
        email: "§rob@nordet.example".to_owned(),
        role: Role::Agent,
        scope: Some(Scope::Restricted),
        is_disabled: false,
    }
}

fn teams() -> Vec<TeamSight> {
    vec![TeamSight {
        name: "§ Applications".to_owned(),
        level: Level::Edit,
    }]
}

fn ticket(language: Language) -> AskedTicket {
    AskedTicket {
        number: 4812,
        subject: text(language, "Écran noir", "Black screen"),
        place: text(language, "Informatique › Postes", "Computers › Desks"),
        shown: Visibility::Public,
        is_confidential: true,
    }
}

impl InspectorPage {
    /// Nothing asked yet.
    #[must_use]
    pub fn sample(language: Language) -> InspectorPage {
        InspectorPage {
            frame: frame(language, "/admin/inspector"),
            person: String::new(),
            ticket: String::new(),
            department: None,
            departments: vec![(1, text(language, "Informatique", "Computers"))],
            faults: Faults::default(),
            answer: Answer::None,
            export: None,
        }
    }

    /// Every answer, and a question with faults.
    #[must_use]
    pub fn samples(language: Language) -> Vec<(&'static str, InspectorPage)> {
        let page = |answer: Answer| InspectorPage {
            answer,
            export: Some("/admin/inspector/file?ticket=4812".to_owned()),
            ..InspectorPage::sample(language)
        };
        let all = [
            Reason::Everything,
            Reason::Department,
            Reason::Assignee,
            Reason::Requester,
            Reason::Invitee,
            Reason::Observer,
        ];
        let verdict = |sees: bool| Verdict {
            seer: Seer {
                is_disabled: !sees,
                ..seer()
            },
            ticket: ticket(language),
            sees,
            glimpse: (!sees).then_some(Glimpse::Words),
            reads_notes: sees,
            level: Some(Level::Edit),
            teams: teams(),
            tags: vec!["§ Par l’étiquette".to_owned()],
            chain: all
                .map(|reason| Link {
                    reason,
                    holds: sees,
                    is_idle: !sees && reason == Reason::Department,
                })
                .to_vec(),
        };
        let who = vec![WhoRow {
            seer: seer(),
            reasons: all.to_vec(),
            teams: teams(),
            tags: vec!["§ Par l’étiquette".to_owned()],
            reads_notes: true,
        }];
        let share = ShareRow {
            id: 1,
            department: text(language, "Informatique", "Computers"),
            level: Some(Level::View),
            seen: "12".to_owned(),
            total: "340".to_owned(),
        };
        let look = |reason: Option<Reason>| LookRow {
            seer: seer(),
            reason,
            level: Some(Level::View),
            teams: teams(),
            tags: vec!["§ Par l’étiquette".to_owned()],
        };
        let looks = vec![look(None), look(Some(Reason::Department))];
        vec![
            ("why", page(Answer::Why(Box::new(verdict(true))))),
            ("why-not", page(Answer::Why(Box::new(verdict(false))))),
            ("who", page(Answer::Who(ticket(language), who))),
            ("what", page(Answer::What(seer(), vec![share]))),
            (
                "looks",
                page(Answer::Looks(
                    text(language, "Informatique", "Computers"),
                    looks,
                    true,
                )),
            ),
            (
                "faults",
                InspectorPage {
                    person: "§ nobody".to_owned(),
                    faults: faults(language, &["person", "ticket", "department"]),
                    ..InspectorPage::sample(language)
                },
            ),
        ]
    }
}
