//! One mail for each event and for each kind of report, for tests and screenshots.

use crate::frame::SAMPLE_NOW;
use crate::mail::own::OwnTexts;
use crate::mail::report::{Head, Idle, ReportPart, ReportRow, ReportSection, ReportView};
use crate::mail::{AboutTicket, Event, MailView};
use crate::mailed_deed::Mailed;
use words::language::Language;
use words::reader::Words;

impl MailView {
    /// A mail of the demonstration company.
    #[must_use]
    pub fn sample(language: Language, event: Event) -> MailView {
        let text = |french: &str, english: &str| match language {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        };
        let body = match event {
            Event::Created | Event::Acknowledged => text(
                "Le calendrier est visible sur l’ordinateur, pas sur le téléphone.",
                "The calendar shows on the computer, not on the phone.",
            ),
            Event::PublicReply | Event::Invited => text(
                "Bonjour Hélène,\nj’ai recréé la délégation. Les rendez-vous apparaissent-ils\u{202f}?",
                "Hello Hélène,\nI recreated the delegation. Do the events show up?",
            ),
            Event::AdviceAsked => text(
                "Faut-il recréer le profil\u{202f}?",
                "Should the profile be made anew?",
            ),
            Event::Advised => text(
                "Oui, en gardant la délégation.",
                "Yes, and keep the delegation.",
            ),
            Event::StaffNote => text("Même symptôme que chez Atlas.", "Same symptom as at Atlas."),
            Event::ClosureProposed => text(
                "Délégation recréée et profil mobile resynchronisé.",
                "Delegation recreated and mobile profile resynced.",
            ),
            Event::Asked => text(
                "Bonjour Hélène,\nquel est le modèle de votre téléphone\u{202f}?",
                "Hello Hélène,\nwhich model is your phone?",
            ),
            Event::Refused => text(
                "Le calendrier de la direction n’est pas partagé hors du siège.",
                "The executive calendar is not shared outside headquarters.",
            ),
            Event::ClosureRefused => text(
                "Les salles de réunion manquent encore.",
                "The meeting rooms are still missing.",
            ),
            Event::TaskGiven => text("Rappeler le fournisseur", "Call the supplier back"),
            Event::SignInCode => "4812 7730".to_owned(),
            _ => String::new(),
        };
        let is_account = matches!(
            event,
            Event::PasswordLink | Event::SetupLink | Event::SignInCode
        );
        let by_requester = matches!(
            event,
            Event::Created
                | Event::Acknowledged
                | Event::TooLarge
                | Event::Approved
                | Event::ClosureRefused
                | Event::Reopened
                | Event::Mentioned
                | Event::Cancelled
        );
        let by_desk = matches!(
            event,
            Event::Expired | Event::Recalled | Event::ApprovalReminder
        );
        let page = "https://desk.nordet.example/portal/tickets/4770";
        let asks = matches!(event, Event::ClosureProposed | Event::ApprovalReminder);
        let offers = |deeds: &[Mailed]| {
            let link = "https://desk.nordet.example/mailed/41.4770.take.991.498000.h7k2";
            deeds.iter().map(|deed| (*deed, link.to_owned())).collect()
        };
        MailView {
            words: Words::new(language, "Europe/Paris", SAMPLE_NOW),
            organisation: "Groupe Nordet".to_owned(),
            event,
            ticket: (!is_account).then(|| AboutTicket {
                number: 4770,
                subject: text(
                    "Calendrier partagé de la direction invisible sur mobile",
                    "Shared executive calendar missing on mobile",
                ),
                department: text("Messagerie", "E-mail"),
            }),
            actor: match (is_account, by_requester) {
                (true, _) => String::new(),
                (false, true) => "Hélène Marchand".to_owned(),
                (false, false) if by_desk => "Groupe Nordet".to_owned(),
                (false, false) => "Sofia Almeida".to_owned(),
            },
            assignee: (event == Event::Assigned).then(|| "Camille Roux".to_owned()),
            language: None,
            safe_html: if body.is_empty() {
                String::new()
            } else {
                format!("<p>{}</p>", body.replace('\n', "<br>"))
            },
            body_text: body,
            link: match event {
                Event::PasswordLink => "https://desk.nordet.example/reset?token=h7k2".to_owned(),
                Event::SetupLink => "https://desk.nordet.example/setup?token=h7k2".to_owned(),
                Event::SignInCode => "https://desk.nordet.example/login/mailed/code".to_owned(),
                _ => page.to_owned(),
            },
            is_bare: false,
            is_for_mailbox: false,
            own: OwnTexts::default(),
            offers: match event {
                _ if asks => offers(&[Mailed::Approve, Mailed::Refuse]),
                Event::Created | Event::Released => {
                    offers(&[Mailed::Take, Mailed::TakeAndClose, Mailed::TakeAndAsk])
                }
                _ => vec![],
            },
            until: matches!(event, Event::Postponed | Event::ApprovalReminder)
                .then_some(SAMPLE_NOW + 3 * 86_400_000_000),
            most_bytes: 26_214_400,
            valid_hours: if event == Event::PasswordLink { 1 } else { 72 },
            may_reply: !is_account
                && !matches!(
                    event,
                    Event::StaffNote | Event::AdviceAsked | Event::Advised | Event::TaskGiven
                ),
        }
    }
}

impl ReportView {
    /// The morning of somebody of two departments, with a ticket of each kind.
    #[must_use]
    pub fn sample(language: Language) -> ReportView {
        const DAY: i64 = 86_400_000_000;
        let text = |french: &str, english: &str| match language {
            Language::French => french.to_owned(),
            Language::English => english.to_owned(),
        };
        let row = |number: i64, subject: String, holder: Option<&str>, days: i64| ReportRow {
            number,
            subject,
            category: text("Agenda", "Calendar"),
            is_free: holder.is_none(),
            assignee: holder.filter(|name| !name.is_empty()).map(str::to_owned),
            last_micros: SAMPLE_NOW - days * DAY,
            idle: match (holder, days) {
                (None, 2..) => Some(Idle::FreeForADay),
                (Some(_), 31..) => Some(Idle::ForAMonth),
                (Some(_), 8..) => Some(Idle::ForAWeek),
                _ => None,
            },
            link: format!("https://desk.nordet.example/tickets/{number}"),
        };
        let calendar = text(
            "Calendrier partagé de la direction invisible sur mobile",
            "Shared executive calendar missing on mobile",
        );
        let section = |head, rows, more| ReportSection { head, rows, more };
        let sofia = Some("Sofia Almeida");
        ReportView {
            words: Words::new(language, "Europe/Paris", SAMPLE_NOW),
            organisation: "Groupe Nordet".to_owned(),
            department: None,
            parts: vec![
                ReportPart {
                    department: text("Messagerie", "E-mail"),
                    sections: vec![
                        section(Head::Managed, vec![row(4770, calendar, sofia, 9)], 0),
                        section(
                            Head::Category,
                            vec![row(4803, text("Alias à créer", "Alias to create"), None, 3)],
                            1,
                        ),
                    ],
                },
                ReportPart {
                    department: text("Réseau", "Network"),
                    sections: vec![
                        section(
                            Head::Free,
                            vec![row(4810, text("Prise morte", "Dead socket"), None, 0)],
                            0,
                        ),
                        section(
                            Head::Others,
                            vec![row(
                                4512,
                                text("Wi-Fi du quai", "Wi-Fi at the dock"),
                                Some(""),
                                40,
                            )],
                            0,
                        ),
                    ],
                },
            ],
            change_link: "https://desk.nordet.example/preferences/daily-report".to_owned(),
            suspend_link: "https://desk.nordet.example/preferences/monitoring".to_owned(),
        }
    }

    /// The same of one department alone.
    #[must_use]
    pub fn sample_of_one(language: Language) -> ReportView {
        let mut report = ReportView::sample(language);
        report.parts.truncate(1);
        report.department = report.parts.first().map(|part| part.department.clone());
        report
    }

    /// Nothing to tell, and wished all the same.
    #[must_use]
    pub fn sample_empty(language: Language) -> ReportView {
        ReportView {
            parts: vec![],
            ..ReportView::sample(language)
        }
    }
}
