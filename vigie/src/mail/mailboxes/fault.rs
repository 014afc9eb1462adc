//! What can be wrong with a mailbox, in words that are stored, and the sentences that say it.

use data_encoding::BASE64;
use kit::error::Error;
use kit::stored_words;
use url::form_urlencoded::byte_serialize;
use words::catalogue::Arg;
use words::reader::Words;

use super::MailboxAdmin;

stored_words! {
    /// What is wrong.
    pub enum Kind {
        /// No machine has this name.
        NameUnknown = "name_unknown",
        /// The machine is there and nobody listens at this port.
        Refused = "refused",
        /// Nothing came back in time.
        NoAnswer = "no_answer",
        /// The network does not lead there.
        Unreachable = "unreachable",
        /// Without TLS, to another machine.
        Unprotected = "unprotected",
        /// STARTTLS was asked for and is not offered.
        NoStarttls = "no_starttls",
        /// What answers at this port does not speak TLS.
        NotTls = "not_tls",
        /// Nobody we trust vouches for the certificate.
        CertificateUnknown = "certificate_unknown",
        /// The certificate is another name's.
        CertificateName = "certificate_name",
        /// The certificate is too old, or too young.
        CertificateExpired = "certificate_expired",
        /// What answers is no IMAP server.
        NotImap = "not_imap",
        /// Name or password are wrong.
        SignIn = "sign_in",
        /// The folder is not there.
        FolderMissing = "folder_missing",
        /// The folder that letters are to be moved to is not there.
        TargetMissing = "target_missing",
        /// What was to become of the originals could not be done.
        NotSettled = "not_settled",
        /// The connection ended in the middle.
        Dropped = "dropped",
        /// The server sends more than was asked for, without an end.
        Endless = "endless",
        /// A letter is there and does not come.
        Withheld = "withheld",
        /// An answer that means nothing to us.
        Unclear = "unclear",
        /// The server refuses, with its own reason.
        ServerRefuses = "server_refuses",
        /// Our own database did not take what came.
        NotKept = "not_kept",
        /// The password cannot be read again: another key stands in the data folder.
        KeyLost = "key_lost",
        /// The server takes no tokens.
        NoTokenSignIn = "no_token_sign_in",
        /// The server refuses the token.
        TokenRefused = "token_refused",
        /// Nobody has allowed it at the provider yet.
        NotConnected = "not_connected",
        /// What was allowed at the provider holds no longer.
        GrantEnded = "grant_ended",
        /// The provider does not know the application, or its secret is wrong.
        ClientRefused = "client_refused",
        /// The provider does not give out tokens for this.
        ScopeRefused = "scope_refused",
        /// The provider refuses, with its own reason.
        ProviderRefuses = "provider_refuses",
        /// The provider cannot be reached.
        ProviderUnreachable = "provider_unreachable",
        /// The provider does not answer in time.
        ProviderNoAnswer = "provider_no_answer",
        /// Nobody we trust vouches for the provider.
        ProviderCertificate = "provider_certificate",
        /// The provider says that it cannot, for now.
        ProviderFails = "provider_fails",
        /// What answers gives out no tokens.
        ProviderUnclear = "provider_unclear",
        /// What answers sends far more than a token.
        ProviderEndless = "provider_endless",
        /// What answers sends one elsewhere.
        ProviderRedirects = "provider_redirects",
        /// The provider would be asked without TLS.
        ProviderUnprotected = "provider_unprotected",
        /// The provider allowed it for an hour only.
        NothingToKeep = "nothing_to_keep",
        /// Another process has been asking for a token for too long.
        AskedElsewhere = "asked_elsewhere",
    }
}

impl Kind {
    /// Key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::NameUnknown => "mailboxes-fault-name-unknown",
            Kind::Refused => "mailboxes-fault-refused",
            Kind::NoAnswer => "mailboxes-fault-no-answer",
            Kind::Unreachable => "mailboxes-fault-unreachable",
            Kind::Unprotected => "mailboxes-fault-unprotected",
            Kind::NoStarttls => "mailboxes-fault-no-starttls",
            Kind::NotTls => "mailboxes-fault-not-tls",
            Kind::CertificateUnknown => "mailboxes-fault-certificate-unknown",
            Kind::CertificateName => "mailboxes-fault-certificate-name",
            Kind::CertificateExpired => "mailboxes-fault-certificate-expired",
            Kind::NotImap => "mailboxes-fault-not-imap",
            Kind::SignIn => "mailboxes-fault-sign-in",
            Kind::FolderMissing => "mailboxes-fault-folder-missing",
            Kind::TargetMissing => "mailboxes-fault-target-missing",
            Kind::NotSettled => "mailboxes-fault-not-settled",
            Kind::Dropped => "mailboxes-fault-dropped",
            Kind::Endless => "mailboxes-fault-endless",
            Kind::Withheld => "mailboxes-fault-withheld",
            Kind::Unclear => "mailboxes-fault-unclear",
            Kind::ServerRefuses => "mailboxes-fault-server-refuses",
            Kind::NotKept => "mailboxes-fault-not-kept",
            Kind::KeyLost => "mailboxes-fault-key-lost",
            Kind::NoTokenSignIn => "mailboxes-fault-no-token-sign-in",
            Kind::TokenRefused => "mailboxes-fault-token-refused",
            Kind::NotConnected => "mailboxes-fault-not-connected",
            Kind::GrantEnded => "mailboxes-fault-grant-ended",
            Kind::ClientRefused => "mailboxes-fault-client-refused",
            Kind::ScopeRefused => "mailboxes-fault-scope-refused",
            Kind::ProviderRefuses => "mailboxes-fault-provider-refuses",
            Kind::ProviderUnreachable => "mailboxes-fault-provider-unreachable",
            Kind::ProviderNoAnswer => "mailboxes-fault-provider-no-answer",
            Kind::ProviderCertificate => "mailboxes-fault-provider-certificate",
            Kind::ProviderFails => "mailboxes-fault-provider-fails",
            Kind::ProviderUnclear => "mailboxes-fault-provider-unclear",
            Kind::ProviderEndless => "mailboxes-fault-provider-endless",
            Kind::ProviderRedirects => "mailboxes-fault-provider-redirects",
            Kind::ProviderUnprotected => "mailboxes-fault-provider-unprotected",
            Kind::NothingToKeep => "mailboxes-fault-nothing-to-keep",
            Kind::AskedElsewhere => "mailboxes-fault-asked-elsewhere",
        }
    }

    /// Whether trying again soon would only annoy: servers shut out whoever gives wrong passwords, providers whoever asks in vain.
    pub const fn needs_a_human(self) -> bool {
        matches!(
            self,
            Kind::SignIn
                | Kind::KeyLost
                | Kind::FolderMissing
                | Kind::Unprotected
                | Kind::NoTokenSignIn
                | Kind::TokenRefused
                | Kind::NotConnected
                | Kind::GrantEnded
                | Kind::ClientRefused
                | Kind::ScopeRefused
                | Kind::ProviderRefuses
                | Kind::ProviderCertificate
                | Kind::ProviderUnclear
                | Kind::ProviderEndless
                | Kind::ProviderRedirects
                | Kind::ProviderUnprotected
        )
    }
}

/// The longest part of a server's own words that is kept, in characters.
const LONGEST_SAID: usize = 200;

/// What is wrong, and what the server said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: Kind,
    /// The server's own words, cleaned; empty when there are none.
    pub said: String,
}

impl Fault {
    /// With what the other side said to it.
    pub fn saying(kind: Kind, said: &str) -> Fault {
        Fault {
            kind,
            said: said
                .chars()
                .filter(|c| !c.is_control())
                .take(LONGEST_SAID)
                .collect::<String>()
                .trim()
                .to_owned(),
        }
    }
}

/// What must not come back in anything that somebody else says.
#[derive(Clone, Default)]
pub struct Hidden(Vec<String>);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden")
    }
}

impl Hidden {
    /// None of these.
    pub fn of(mut secrets: Vec<String>) -> Hidden {
        secrets.retain(|it| !it.is_empty());
        // The longest first: one may stand within another.
        secrets.sort_by_key(|it| std::cmp::Reverse(it.len()));
        Hidden(secrets)
    }

    /// The text without them.
    pub fn hushed(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

/// A secret in every form in which somebody could repeat it.
pub fn forms(secret: &str) -> Vec<String> {
    if secret.is_empty() {
        return vec![];
    }
    let coded = BASE64.encode(secret.as_bytes());
    let in_json = serde_json::Value::from(secret).to_string();
    vec![
        secret.to_owned(),
        secret.replace('\\', "\\\\").replace('"', "\\\""),
        in_json[1..in_json.len() - 1].to_owned(),
        byte_serialize(secret.as_bytes()).collect(),
        coded.trim_end_matches('=').to_owned(),
        coded,
    ]
}

impl From<Kind> for Fault {
    fn from(kind: Kind) -> Fault {
        Fault::saying(kind, "")
    }
}

/// Where a fault was met, for its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Whereabouts<'a> {
    /// The server.
    pub host: &'a str,
    /// Its port.
    pub port: i64,
    /// Who signs in there.
    pub login: &'a str,
    /// The folder that is read.
    pub folder: &'a str,
    /// The folder that letters are moved to.
    pub target: &'a str,
    /// Who gives out its tokens; empty where it signs in with a password.
    pub provider: &'a str,
}

impl<'a> Whereabouts<'a> {
    /// That of a mailbox, with the name of the machine that gives out its tokens.
    pub(super) fn of(it: &'a MailboxAdmin, provider: &'a str) -> Whereabouts<'a> {
        Whereabouts {
            host: &it.host,
            port: it.port,
            login: &it.login,
            folder: &it.folder,
            target: &it.move_to,
            provider,
        }
    }
}

/// The sentence that says what is wrong and what to do.
pub fn sentence(kind: Kind, at: Whereabouts<'_>, words: &Words) -> String {
    // A port is a name, not an amount: nothing stands between its digits.
    let port = at.port.to_string();
    words.say_with(
        kind.key(),
        &[
            ("host", Arg::Text(at.host)),
            ("port", Arg::Text(&port)),
            ("login", Arg::Text(at.login)),
            ("folder", Arg::Text(at.folder)),
            ("target", Arg::Text(at.target)),
            ("provider", Arg::Text(at.provider)),
        ],
    )
}

/// Why work on a mailbox broke off.
#[derive(Debug)]
pub enum Trouble {
    /// Something is wrong, with the mailbox, on the way there or at its provider.
    Fault(Fault),
    /// Somebody else takes, or the mailbox is another one by now.
    Lost,
    /// Our own database.
    Own(Error),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Fault(fault)
    }
}

impl From<Kind> for Trouble {
    fn from(kind: Kind) -> Trouble {
        Trouble::Fault(kind.into())
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        Trouble::Own(error)
    }
}
