//! What can be wrong with a mailbox, in words that are stored, and the sentences that say it.

use kit::stored_words;
use words::catalogue::Arg;
use words::reader::Words;

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
        }
    }

    /// Whether trying again soon would only annoy: servers shut out whoever gives wrong passwords.
    pub const fn needs_a_human(self) -> bool {
        matches!(
            self,
            Kind::SignIn | Kind::KeyLost | Kind::FolderMissing | Kind::Unprotected
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
        ],
    )
}
