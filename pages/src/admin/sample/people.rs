//! Samples of people.

use super::{conflict, faults, frame, text};
use crate::admin::Level;
use crate::admin::leaving::Leaving;
use crate::admin::people::{
    LikelyRow, MembershipRow, NewPersonPage, PeoplePage, PersonForm, PersonPage, PersonRow, Role,
    Scope,
};
use crate::fields::Faults;
use crate::frame::SAMPLE_NOW;
use crate::pager::Pager;
use words::language::Language;

const MINUTE: i64 = 60_000_000;

impl PeoplePage {
    /// One page of people.
    #[must_use]
    pub fn sample(language: Language) -> PeoplePage {
        let people = [
            (
                "§ Nadia Belkacem",
                "§ nadia.belkacem@nordet.example",
                "§ Nantes",
                Role::Owner,
                false,
                false,
            ),
            (
                "§ Aïcha Diallo",
                "§ aicha.diallo@nordet.example",
                "§ Nantes",
                Role::Admin,
                false,
                false,
            ),
            (
                "§ Camille Roux",
                "§ camille.roux@nordet.example",
                "§ Lyon",
                Role::Agent,
                true,
                false,
            ),
            (
                "§ Hélène Marchand",
                "§ helene.marchand@nordet.example",
                "§ Saint-Nazaire",
                Role::None,
                true,
                false,
            ),
            (
                "§ Jean-Christophe de La Rochebrochard",
                "§ jean-christophe.de-la-rochebrochard@nordet.example",
                "",
                Role::None,
                false,
                false,
            ),
            (
                "§ Hugo Perrin",
                "§ hugo.perrin@contractor.example",
                "",
                Role::Agent,
                false,
                true,
            ),
        ];
        PeoplePage {
            frame: frame(language, "/admin/people"),
            query: String::new(),
            rows: people
                .into_iter()
                .zip(1..)
                .map(
                    |((name, email, site, role, has_portal, is_disabled), id)| PersonRow {
                        id,
                        name: name.to_owned(),
                        email: email.to_owned(),
                        site: site.to_owned(),
                        role,
                        has_portal,
                        is_disabled,
                    },
                )
                .collect(),
            pager: Pager {
                previous: None,
                next: Some("/admin/people?after=abc".to_owned()),
            },
        }
    }

    /// A search that finds nobody.
    #[must_use]
    pub fn sample_empty(language: Language) -> PeoplePage {
        PeoplePage {
            query: "§ \"><script>".to_owned(),
            rows: vec![],
            pager: Pager::default(),
            ..PeoplePage::sample(language)
        }
    }
}

impl PersonPage {
    /// An agent.
    #[must_use]
    pub fn sample(language: Language) -> PersonPage {
        PersonPage {
            frame: frame(language, "/admin/people/3"),
            id: 3,
            version: 9,
            title: "§ Camille Roux".to_owned(),
            form: PersonForm {
                name: "§ Camille Roux".to_owned(),
                email: "§ camille.roux@nordet.example".to_owned(),
                login: "§ croux".to_owned(),
                language: Language::French,
                site: "§ Lyon".to_owned(),
                role: Role::Agent,
                scope: Scope::Group,
                has_portal: true,
                is_disabled: false,
            },
            roles: Role::SHIPPED.to_vec(),
            is_staff: true,
            memberships: vec![
                MembershipRow {
                    department: 1,
                    name: text(language, "Postes de travail", "Workstations"),
                    level: Level::Edit,
                },
                MembershipRow {
                    department: 2,
                    name: text(language, "Messagerie", "E-mail"),
                    level: Level::View,
                },
            ],
            seen_at: Some(SAMPLE_NOW - 4 * MINUTE),
            addresses: vec!["§ c.roux@home.example".to_owned()],
            likely: vec![LikelyRow {
                id: 12,
                name: "§ Camille Roux".to_owned(),
                email: "§ camille@roux.example".to_owned(),
            }],
            has_password: true,
            has_second_factor: true,
            sessions: 2,
            may_change: true,
            may_look: true,
            may_send_link: true,
            leaving: None,
            faults: Faults::default(),
            conflict: None,
        }
    }

    /// A form that came back, of somebody who never signed in.
    #[must_use]
    pub fn sample_refused(language: Language) -> PersonPage {
        PersonPage {
            is_staff: true,
            memberships: vec![],
            seen_at: None,
            has_password: false,
            has_second_factor: true,
            sessions: 2,
            may_send_link: false,
            faults: faults(
                language,
                &["name", "email", "login", "site", "role", "disabled", "heir"],
            ),
            leaving: Some(Leaving::sample()),
            conflict: Some(conflict(language)),
            ..PersonPage::sample(language)
        }
    }
}

impl NewPersonPage {
    /// An empty form.
    #[must_use]
    pub fn sample(language: Language) -> NewPersonPage {
        NewPersonPage {
            frame: frame(language, "/admin/people/new"),
            form: PersonForm {
                name: String::new(),
                email: String::new(),
                login: String::new(),
                language,
                site: String::new(),
                role: Role::None,
                scope: Scope::Global,
                has_portal: true,
                is_disabled: false,
            },
            roles: Role::SHIPPED.to_vec(),
            sends_link: true,
            faults: Faults::default(),
        }
    }
}
