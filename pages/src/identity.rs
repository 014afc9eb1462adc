//! Signing in and out, passwords, sessions, first set-up.

use crate::form::FormField;
use crate::frame::{Density, Frame, Section, Theme};
use askama::Template;
use words::language::Language;

/// `/login`.
#[derive(Template)]
#[template(path = "identity/login.html")]
pub struct LoginPage {
    /// Surroundings; nobody is signed in.
    pub frame: Frame,
    /// Typed e-mail or login; its error is the whole form's, so that it never says which half was wrong.
    pub login: FormField,
    /// Local path to go to afterwards; empty for home.
    pub next: String,
    /// Whether browsers offer passkeys at the desk's address.
    pub has_passkeys: bool,
    /// Something is published for everybody.
    pub has_help: bool,
}

/// `/login/forgotten`: ask for a link.
#[derive(Template)]
#[template(path = "identity/forgotten.html")]
pub struct ForgottenPage {
    /// Surroundings.
    pub frame: Frame,
    /// Typed e-mail or login.
    pub login: FormField,
    /// The request was taken; the page says the same for known and unknown accounts.
    pub sent: bool,
}

/// `/login/reset?token=`: choose a password with a link.
#[derive(Template)]
#[template(path = "identity/reset.html")]
pub struct ResetPage {
    /// Surroundings.
    pub frame: Frame,
    /// Token of the link.
    pub token: String,
    /// New password; only its error is shown again.
    pub password: FormField,
    /// Shortest password, characters.
    pub shortest: i64,
}

/// `/setup?token=`: the account owner.
#[derive(Template)]
#[template(path = "identity/setup.html")]
pub struct SetupPage {
    /// Surroundings.
    pub frame: Frame,
    /// Token of the one-time link.
    pub token: String,
    /// The link was used or is too old: the form is replaced by what to do.
    pub is_spent: bool,
    /// Name of the organisation.
    pub organisation: FormField,
    /// Name of the owner.
    pub name: FormField,
    /// Address of the owner.
    pub email: FormField,
    /// Password; only its error is shown again.
    pub password: FormField,
    /// Shortest password, characters.
    pub shortest: i64,
    /// Partitioned rather than open desk.
    pub is_partitioned: bool,
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// Public id of the session, never its token.
    pub id: String,
    /// « Firefox, Linux ».
    pub device: String,
    /// Network address it was last seen at.
    pub address: String,
    /// Opened, UTC microseconds.
    pub opened_micros: i64,
    /// Last seen, UTC microseconds.
    pub seen_micros: i64,
    /// The one asking.
    pub is_current: bool,
}

/// A department in which one handles tickets.
#[derive(Clone, Debug)]
pub struct AvailabilityView {
    /// The department.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Takes what is given out.
    pub is_available: bool,
    /// 0 to 100: how large a share of it.
    pub rate: i64,
    /// Whether the reader may say it themselves.
    pub is_mine_to_say: bool,
}

/// `/preferences`: display, password, sessions.
#[derive(Template)]
#[template(path = "identity/preferences.html")]
pub struct PreferencesPage {
    /// Surroundings.
    pub frame: Frame,
    /// Error of the current password.
    pub current_password: FormField,
    /// Error of the new password.
    pub new_password: FormField,
    /// Shortest password, characters.
    pub shortest: i64,
    /// The other sessions are to stay open, as ticked.
    pub keeps_sessions: bool,
    /// A code is asked for after the password.
    pub has_second_factor: bool,
    /// Codes on paper not used yet.
    pub recovery_left: i64,
    /// Passkeys.
    pub passkeys: i64,
    /// The zone, and what was wrong with another.
    pub time_zone: FormField,
    /// The zones one can choose from.
    pub zones: Vec<String>,
    /// Departments in which the reader handles tickets.
    pub departments: Vec<AvailabilityView>,
    /// No monitoring of their departments is mailed for now.
    pub is_suspended: bool,
    /// They are sent a daily report.
    pub has_report: bool,
    /// Open sessions, the present one first.
    pub sessions: Vec<SessionView>,
}

impl PreferencesPage {
    /// Themes and the keys of their names.
    #[must_use]
    pub fn themes(&self) -> [(Theme, &'static str); 3] {
        [
            (Theme::Auto, "identity-theme-auto"),
            (Theme::Light, "identity-theme-light"),
            (Theme::Dark, "identity-theme-dark"),
        ]
    }

    /// Densities and the keys of their names.
    #[must_use]
    pub fn densities(&self) -> [(Density, &'static str); 2] {
        [
            (Density::Comfortable, "identity-density-comfortable"),
            (Density::Compact, "identity-density-compact"),
        ]
    }

    /// Whether the zone chosen is one of those one can choose from.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.zones.contains(&self.time_zone.value)
    }

    /// Languages, each named in itself.
    #[must_use]
    pub fn languages(&self) -> [(Language, &'static str); 2] {
        [
            (Language::French, "identity-french"),
            (Language::English, "identity-english"),
        ]
    }
}

impl LoginPage {
    /// A first try that failed.
    #[must_use]
    pub fn sample(language: Language) -> LoginPage {
        let frame = Frame::sample_signed_out(language);
        let error = Some(frame.say("identity-wrong").to_owned());
        LoginPage {
            frame,
            login: FormField {
                value: "§nadia.belkacem".to_owned(),
                error,
            },
            next: "/tickets".to_owned(),
            has_passkeys: true,
            has_help: true,
        }
    }
}

impl ForgottenPage {
    /// Before asking.
    #[must_use]
    pub fn sample(language: Language) -> ForgottenPage {
        ForgottenPage {
            frame: Frame::sample_signed_out(language),
            login: FormField::default(),
            sent: false,
        }
    }
}

impl ResetPage {
    /// A link just opened.
    #[must_use]
    pub fn sample(language: Language) -> ResetPage {
        ResetPage {
            frame: Frame::sample_signed_out(language),
            token: "token-sample".to_owned(),
            password: FormField::default(),
            shortest: 12,
        }
    }
}

impl SetupPage {
    /// A link just opened, before the desk has a name.
    #[must_use]
    pub fn sample(language: Language) -> SetupPage {
        SetupPage {
            frame: Frame {
                organisation: String::new(),
                here: "/setup".to_owned(),
                ..Frame::sample_signed_out(language)
            },
            token: "token-sample".to_owned(),
            is_spent: false,
            organisation: FormField::default(),
            name: FormField::default(),
            email: FormField::default(),
            password: FormField::default(),
            shortest: 12,
            is_partitioned: false,
        }
    }
}

impl PreferencesPage {
    /// Two sessions.
    #[must_use]
    pub fn sample(language: Language) -> PreferencesPage {
        let frame = Frame {
            section: Section::Other,
            here: "/preferences".to_owned(),
            ..Frame::sample(language)
        };
        let now = frame.words.now_micros;
        let hour = 3_600_000_000;
        PreferencesPage {
            frame,
            current_password: FormField::default(),
            new_password: FormField::default(),
            shortest: 12,
            keeps_sessions: false,
            has_second_factor: true,
            recovery_left: 9,
            passkeys: 1,
            time_zone: FormField::of("Europe/Paris"),
            zones: ["America/Montreal", "Europe/Paris", "UTC"]
                .map(str::to_owned)
                .into(),
            departments: vec![
                AvailabilityView {
                    id: 1,
                    name: "§ Messagerie".to_owned(),
                    is_available: true,
                    rate: 100,
                    is_mine_to_say: true,
                },
                AvailabilityView {
                    id: 2,
                    name: "§ Réseau".to_owned(),
                    is_available: false,
                    rate: 50,
                    is_mine_to_say: false,
                },
            ],
            is_suspended: true,
            has_report: true,
            sessions: vec![
                SessionView {
                    id: "s1".to_owned(),
                    device: "§ Firefox, Linux".to_owned(),
                    address: "192.0.2.14".to_owned(),
                    opened_micros: now - 5 * hour,
                    seen_micros: now,
                    is_current: true,
                },
                SessionView {
                    id: "s2".to_owned(),
                    device: "§ Safari, iPhone".to_owned(),
                    address: "198.51.100.7".to_owned(),
                    opened_micros: now - 100 * hour,
                    seen_micros: now - 26 * hour,
                    is_current: false,
                },
            ],
        }
    }
}
