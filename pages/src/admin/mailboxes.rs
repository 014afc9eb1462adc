//! Mailboxes that letters are fetched from.

use crate::fields::{Conflict, Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// What protects the way to a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// STARTTLS.
    Starttls,
    /// Nothing.
    None,
}

/// How a mailbox signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// With a password.
    #[default]
    Password,
    /// As an application of Microsoft 365.
    Microsoft,
    /// By Google.
    Google,
    /// By another provider.
    Other,
}

/// What becomes of the originals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Afterwards {
    /// They stay as they are.
    Leave,
    /// They are marked as read.
    #[default]
    MarkRead,
    /// They move to another folder.
    Move,
    /// They are deleted.
    Delete,
}

/// What is taken of what lies there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begins {
    /// Nothing.
    #[default]
    FromNowOn,
    /// All of it.
    Everything,
}

macro_rules! choices {
    ($name:ident, $($variant:ident $code:literal $key:literal),+) => {
        impl $name {
            /// All of them, in the order of the menu.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// What the form sends.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
            /// Key of its name.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
        }
    };
}

choices!(Protection, Tls "tls" "mailboxes-tls", Starttls "starttls" "mailboxes-starttls", None "none" "mailboxes-unprotected");
choices!(SignIn, Password "password" "mailboxes-by-password", Microsoft "microsoft" "mailboxes-by-microsoft", Google "google" "mailboxes-by-google", Other "other" "mailboxes-by-other");
choices!(Afterwards, Leave "leave" "mailboxes-leave", MarkRead "mark_read" "mailboxes-mark-read", Move "move" "mailboxes-move", Delete "delete" "mailboxes-delete");
choices!(Begins, FromNowOn "from_now_on" "mailboxes-from-now-on", Everything "everything" "mailboxes-everything");

/// An address whose letters a mailbox may bring.
#[derive(Clone, Debug)]
pub struct ChannelChoice {
    /// Its identifier.
    pub id: i64,
    /// « support@nordet.example (Messagerie, Boîtes partagées) ».
    pub name: String,
}

/// What the forms of a mailbox send, as typed. Nothing secret comes back in any.
#[derive(Clone, Debug)]
pub struct MailboxForm {
    /// `name`.
    pub name: String,
    /// `host`.
    pub host: String,
    /// `port`.
    pub port: String,
    /// `protection`.
    pub protection: Protection,
    /// `login`.
    pub login: String,
    /// `sign_in`.
    pub sign_in: SignIn,
    /// `tenant`.
    pub tenant: String,
    /// `client_id`.
    pub client_id: String,
    /// `authorize_url`.
    pub authorize_url: String,
    /// `token_url`.
    pub token_url: String,
    /// `token_scope`.
    pub token_scope: String,
    /// `folder`.
    pub folder: String,
    /// `channel`.
    pub channel: Option<i64>,
    /// `afterwards`.
    pub afterwards: Afterwards,
    /// `move_to`.
    pub move_to: String,
    /// `begins`.
    pub begins: Begins,
    /// `trusted_receivers`.
    pub trusted_receivers: String,
    /// `active`, a checkbox.
    pub is_active: bool,
}

impl Default for MailboxForm {
    /// What most servers want.
    fn default() -> MailboxForm {
        MailboxForm {
            name: String::new(),
            host: String::new(),
            port: "993".to_owned(),
            protection: Protection::default(),
            login: String::new(),
            sign_in: SignIn::default(),
            tenant: String::new(),
            client_id: String::new(),
            authorize_url: String::new(),
            token_url: String::new(),
            token_scope: String::new(),
            folder: "INBOX".to_owned(),
            channel: None,
            afterwards: Afterwards::default(),
            move_to: String::new(),
            begins: Begins::default(),
            trusted_receivers: String::new(),
            is_active: true,
        }
    }
}

impl MailboxForm {
    /// Its address, when the menu does not offer it any more: it may stay.
    #[must_use]
    pub fn closed_channel(&self, choices: &[ChannelChoice]) -> Option<i64> {
        self.channel
            .filter(|id| choices.iter().all(|choice| choice.id != *id))
    }
}

/// What is wrong, as a sentence.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// What is wrong and what to do.
    pub sentence: String,
    /// The server's own words; empty when it said none.
    pub said: String,
}

/// How a mailbox stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is switched off.
    Off,
    /// The address whose letters it brings is switched off.
    AddressOff,
    /// Something is wrong.
    Trouble,
    /// Nothing came of it yet.
    New,
    /// It is looked into.
    Fine,
}

impl Standing {
    /// Class of its tag.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Standing::Off => "",
            Standing::AddressOff => "warn",
            Standing::Trouble => "danger",
            Standing::New => "info",
            Standing::Fine => "ok",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Standing::Off => "admin-inactive",
            Standing::AddressOff => "mailboxes-address-off",
            Standing::Trouble => "mailboxes-trouble",
            Standing::New => "mailboxes-not-yet",
            Standing::Fine => "mailboxes-fine",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Standing::Off => "minus",
            Standing::AddressOff => "triangle-alert",
            Standing::Trouble => "circle-x",
            Standing::New => "clock",
            Standing::Fine => "circle-check",
        }
    }
}

/// A test of the connection.
#[derive(Clone, Debug)]
pub struct Tested {
    /// When, in microseconds.
    pub at: i64,
    /// What was wrong; how many letters lie there, when nothing was.
    pub found: Result<i64, Trouble>,
}

/// Letters that a server lists and does not hand over.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// How many.
    pub count: i64,
    /// Why not, of the last of them.
    pub trouble: Trouble,
}

/// How a mailbox stands with its provider, where somebody has to allow there that it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Somebody did.
    pub is_connected: bool,
    /// It can be done from here.
    pub can_connect: bool,
}

/// A mailbox in the list, with how it stands and the form that changes it.
#[derive(Clone, Debug)]
pub struct MailboxRow {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its name, as it stands.
    pub title: String,
    /// Who signs in where, as it stands.
    pub place: String,
    /// The address whose letters it brings, as it stands.
    pub channel: String,
    /// How it stands.
    pub standing: Standing,
    /// When it was last looked into, in microseconds.
    pub succeeded_at: Option<i64>,
    /// When something was last wrong, in microseconds.
    pub failed_at: Option<i64>,
    /// What is wrong now.
    pub trouble: Option<Trouble>,
    /// The last test.
    pub tested: Option<Tested>,
    /// How many letters were taken.
    pub taken: i64,
    /// How many were left for their size.
    pub too_large: i64,
    /// What its server does not hand over.
    pub withheld: Option<Withheld>,
    /// How it signs in, as it stands.
    pub sign_in: SignIn,
    /// How it stands with its provider, where somebody has to allow it.
    pub connection: Option<Connection>,
    /// The largest that is taken, as the reader writes sizes.
    pub largest: String,
    /// The fields, as typed.
    pub form: MailboxForm,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
    /// It was asked for, and is shown unfolded.
    pub is_asked: bool,
}

impl MailboxRow {
    /// Beginning of the identifiers of its controls.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("mailbox-{}-", self.id)
    }

    /// Whether it is shown unfolded: its form came back, or it was asked for.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        self.is_asked || !self.faults.0.is_empty() || self.conflict.is_some()
    }
}

/// `GET /admin/mailboxes`; `POST` to the same address and to `/admin/mailboxes/{id}` comes back here with faults.
#[derive(Template)]
#[template(path = "admin/mailboxes.html")]
pub struct MailboxesPage {
    /// Surroundings.
    pub frame: Frame,
    /// The mailboxes, the oldest first.
    pub rows: Vec<MailboxRow>,
    /// The addresses that take letters.
    pub channels: Vec<ChannelChoice>,
    /// Where providers send people back to.
    pub return_address: String,
    /// The new mailbox, as typed.
    pub new: MailboxForm,
    /// What was wrong with the new one.
    pub faults: Faults,
}

impl MailboxesPage {
    /// Mailboxes in every state.
    #[must_use]
    pub fn sample(language: Language) -> MailboxesPage {
        let frame = Frame {
            section: Section::Administration,
            here: "/admin/mailboxes".to_owned(),
            ..Frame::sample(language)
        };
        let now = frame.words.now_micros;
        let row = |id, standing| MailboxRow {
            id,
            version: 1,
            title: format!("§ Support {id}"),
            place: format!("§support{id}@nordet.example, §imap.nordet.example"),
            channel: format!("§support{id}@nordet.example"),
            standing,
            succeeded_at: (standing != Standing::New).then_some(now - 120_000_000),
            failed_at: (standing == Standing::Trouble).then_some(now - 60_000_000),
            trouble: None,
            tested: None,
            taken: 1_234,
            too_large: 0,
            withheld: None,
            sign_in: SignIn::Password,
            connection: None,
            largest: frame.words.size(26_214_400),
            form: MailboxForm {
                name: format!("§ Support {id}"),
                host: "§imap.nordet.example".to_owned(),
                login: format!("§support{id}@nordet.example"),
                channel: Some(1),
                is_active: standing != Standing::Off,
                ..MailboxForm::default()
            },
            faults: Faults::default(),
            conflict: None,
            is_asked: false,
        };
        let trouble = || Trouble {
            sentence: frame.words.say_with(
                "mailboxes-fault-sign-in",
                &[
                    ("login", "§support".into()),
                    ("host", "§imap.nordet.example".into()),
                ],
            ),
            said: "§[AUTHENTICATIONFAILED] Authentication failed.".to_owned(),
        };
        let mut rows = vec![
            row(1, Standing::Fine),
            row(2, Standing::Trouble),
            row(3, Standing::Off),
            row(4, Standing::New),
            row(5, Standing::AddressOff),
        ];
        rows[0].is_asked = true;
        rows[0].too_large = 2;
        rows[0].withheld = Some(Withheld {
            count: 1,
            trouble: Trouble {
                sentence: frame.words.say_with(
                    "mailboxes-fault-withheld",
                    &[("host", "§imap.nordet.example".into())],
                ),
                said: "§[SERVERBUG] Internal error occurred.".to_owned(),
            },
        });
        rows[0].tested = Some(Tested {
            at: now - 30_000_000,
            found: Ok(132),
        });
        rows[1].trouble = Some(trouble());
        rows[1].tested = Some(Tested {
            at: now - 30_000_000,
            found: Err(trouble()),
        });
        rows[2].sign_in = SignIn::Other;
        rows[2].form.sign_in = SignIn::Other;
        rows[2].form.client_id = "§vigie".to_owned();
        rows[2].form.token_url = "§https://login.nordet.example/token".to_owned();
        rows[2].connection = Some(Connection {
            is_connected: true,
            can_connect: false,
        });
        rows[3].sign_in = SignIn::Google;
        rows[3].form.sign_in = SignIn::Google;
        rows[3].connection = Some(Connection {
            is_connected: false,
            can_connect: true,
        });
        rows[4].sign_in = SignIn::Google;
        rows[4].form.sign_in = SignIn::Google;
        rows[4].connection = Some(Connection {
            is_connected: true,
            can_connect: true,
        });
        rows[1].sign_in = SignIn::Microsoft;
        rows[1].form.sign_in = SignIn::Microsoft;
        rows[1].form.tenant = "§nordet.example".to_owned();
        rows[1].form.afterwards = Afterwards::Move;
        rows[1].form.move_to = "§Archive".to_owned();
        rows[1].form.trusted_receivers = "§mx.nordet.example".to_owned();
        MailboxesPage {
            rows,
            channels: vec![ChannelChoice {
                id: 1,
                name: "§support@nordet.example (§ Messagerie, Boîtes)".to_owned(),
            }],
            return_address: "§https://help.nordet.example/admin/mailboxes/connection".to_owned(),
            new: MailboxForm::default(),
            faults: Faults::default(),
            frame,
        }
    }

    /// None yet, no address either, and one refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> MailboxesPage {
        let page = MailboxesPage::sample(language);
        MailboxesPage {
            rows: Vec::new(),
            channels: Vec::new(),
            faults: Faults(vec![
                Fault {
                    field: "protection",
                    text: page.frame.say("mailboxes-plain-elsewhere").to_owned(),
                },
                Fault {
                    field: "host",
                    text: page.frame.say("mailboxes-host-wrong").to_owned(),
                },
            ]),
            new: MailboxForm {
                protection: Protection::None,
                host: "§imap nordet".to_owned(),
                ..MailboxForm::default()
            },
            ..page
        }
    }
}

/// `POST /admin/mailboxes/{id}/connection`: the way to a provider, which whoever asked for it goes themselves.
#[derive(Template)]
#[template(path = "admin/mailbox_going.html")]
pub struct MailboxGoingPage {
    /// Surroundings.
    pub frame: Frame,
    /// The mailbox.
    pub id: i64,
    /// Its name.
    pub title: String,
    /// Who signs in there.
    pub login: String,
    /// The machine it goes to.
    pub host: String,
    /// The address it goes to.
    pub href: String,
}

impl MailboxGoingPage {
    /// A way to a provider.
    #[must_use]
    pub fn sample(language: Language) -> MailboxGoingPage {
        MailboxGoingPage {
            frame: Frame {
                section: Section::Administration,
                here: "/admin/mailboxes".to_owned(),
                ..Frame::sample(language)
            },
            id: 1,
            title: "§ Support".to_owned(),
            login: "§support@nordet.example".to_owned(),
            host: "§accounts.nordet.example".to_owned(),
            href: "https://accounts.nordet.example/authorize?state=x".to_owned(),
        }
    }
}
