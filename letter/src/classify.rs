//! Did a machine write this, and may a machine answer?

use crate::header::Headers;
use crate::report::DeliveryReport;
use crate::{Letter, address};

/// What kind of sender wrote the letter, as far as its headers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Automatic {
    /// A person, as far as one can see.
    #[default]
    No,
    /// A person whose mail program asks not to be answered automatically
    /// (`X-Auto-Response-Suppress`); Exchange adds it to ordinary mail.
    AnswerUnwanted,
    /// An absence notice or another automatic answer.
    AutoReply,
    /// A report that a mail could not be delivered, or not yet.
    Bounce,
    /// A receipt (the mail was shown or deleted), or a calendar's answer to an invitation.
    Receipt,
    /// A mailing list or a newsletter.
    List,
    /// Another program: monitoring, a device, bulk mail.
    Generated,
    /// Our own mail, come back.
    OwnLoop,
}

impl Automatic {
    /// May an acknowledgement or any other mail that no person wrote go out in answer?
    #[must_use]
    pub fn may_be_answered_automatically(self) -> bool {
        self == Automatic::No
    }

    /// Does it count as a person writing: opens a ticket, reopens one, notifies people?
    #[must_use]
    pub fn is_ordinary(self) -> bool {
        matches!(self, Automatic::No | Automatic::AnswerUnwanted)
    }
}

/// Whether the letter comes from one of our own addresses: [`Automatic::OwnLoop`] then, what
/// [`crate::parse::parse`] found otherwise. Letters whose `Message-ID` we made
/// ([`crate::thread::is_ours`]) are loops too; the caller holds the key, so it asks that itself.
#[must_use]
pub fn with_own_addresses(letter: &Letter, own: &[&str]) -> Automatic {
    let is_own = |email: &str| {
        let email = without_plus(email);
        own.iter()
            .filter_map(|own| address::parse(own))
            .any(|own| without_plus(&own) == email)
    };
    let senders = letter.from.iter().chain(&letter.sender);
    if senders.into_iter().any(|sender| is_own(&sender.email)) {
        Automatic::OwnLoop
    } else {
        letter.automatic
    }
}

fn without_plus(email: &str) -> String {
    let email = email.to_ascii_lowercase();
    match email.split_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
        None => email,
    }
}

/// What is known beside the headers.
pub(crate) struct Beside<'a> {
    pub content_type: &'a str,
    pub report_type: Option<&'a str>,
    pub report: Option<&'a DeliveryReport>,
    pub from: Option<&'a str>,
    pub subject: &'a str,
    pub is_answer: bool,
    pub answers_invitation: bool,
}

pub(crate) fn classify(headers: &Headers, beside: &Beside<'_>) -> Automatic {
    let report_type = beside.report_type.unwrap_or_default().to_ascii_lowercase();
    let null_sender = headers
        .first("return-path")
        .is_some_and(|path| matches!(path.trim(), "<>" | "< >" | ""));
    let daemon = beside.from.is_some_and(is_daemon);
    if report_type == "disposition-notification" {
        return Automatic::Receipt;
    }
    if report_type == "delivery-status"
        || report_type == "feedback-report"
        || beside.report.is_some()
        || headers.has("x-failed-recipients")
        || headers.has("x-ms-exchange-message-is-ndr")
        || (daemon && (null_sender || starts_with_any(beside.subject, BOUNCE_SUBJECTS)))
        || (null_sender && starts_with_any(beside.subject, BOUNCE_SUBJECTS))
    {
        return Automatic::Bounce;
    }
    if let Some(kind) = declared(headers) {
        let away = kind == Automatic::Generated && starts_with_any(beside.subject, AWAY_SUBJECTS);
        return if away { Automatic::AutoReply } else { kind };
    }
    if beside.answers_invitation {
        return Automatic::Receipt;
    }
    if daemon || null_sender || beside.content_type == "multipart/report" {
        return Automatic::AutoReply;
    }
    let suppress = headers
        .all("x-auto-response-suppress")
        .flat_map(|value| value.split(','))
        .any(|word| {
            matches!(
                word.trim().to_ascii_lowercase().as_str(),
                "all" | "autoreply" | "oof"
            )
        });
    // A subject alone proves nothing: people do write "Absence: …".
    let robot = beside.from.is_some_and(is_robot);
    if starts_with_any(beside.subject, AWAY_SUBJECTS) && (suppress || beside.is_answer || robot) {
        return Automatic::AutoReply;
    }
    if suppress {
        return Automatic::AnswerUnwanted;
    }
    if robot {
        Automatic::Generated
    } else {
        Automatic::No
    }
}

/// What the headers made for the purpose say. Any automatic value among duplicates wins.
fn declared(headers: &Headers) -> Option<Automatic> {
    let word = |value: &str| {
        let end = value.find([';', ' ', '(']).unwrap_or(value.len());
        value[..end].trim().to_ascii_lowercase()
    };
    let submitted: Vec<String> = headers.all("auto-submitted").map(word).collect();
    let precedence: Vec<String> = headers
        .all("precedence")
        .chain(headers.all("x-precedence"))
        .map(word)
        .collect();
    let has =
        |values: &[String], wanted: &[&str]| values.iter().any(|v| wanted.contains(&v.as_str()));
    const REPLY_HEADERS: [&str; 6] = [
        "x-autoreply",
        "x-autorespond",
        "x-autoresponse",
        "x-auto-reply",
        "x-autoreply-from",
        "x-mail-autoreply",
    ];
    let replies = REPLY_HEADERS.iter().any(|name| {
        headers
            .first(name)
            .is_some_and(|v| !matches!(v.to_ascii_lowercase().as_str(), "no" | "false" | "0"))
    });
    let class_says = headers
        .first("x-post-messageclass")
        .is_some_and(|value| value.to_ascii_lowercase().contains("autoresponder"));
    let autoresponder = headers
        .all("delivered-to")
        .any(|value| value.to_ascii_lowercase().starts_with("autoresponder"));
    if replies
        || class_says
        || autoresponder
        || has(&submitted, &["auto-replied"])
        || has(&precedence, &["auto_reply", "auto-reply", "autoreply"])
    {
        return Some(Automatic::AutoReply);
    }
    if headers.has("list-id")
        || headers.has("list-unsubscribe")
        || headers.has("list-post")
        || has(&precedence, &["list"])
    {
        return Some(Automatic::List);
    }
    if submitted
        .iter()
        .any(|value| !matches!(value.as_str(), "no" | ""))
        || has(&precedence, &["bulk", "junk"])
        || headers.has("feedback-id")
        || headers.has("x-ms-exchange-generated-message-source")
    {
        return Some(Automatic::Generated);
    }
    None
}

/// Whether an address is one that nobody reads: a mail server's, or one that says that it wants no answer.
#[must_use]
pub fn is_nobodys(email: &str) -> bool {
    is_daemon(email) || is_robot(email)
}

fn is_daemon(email: &str) -> bool {
    let local = email
        .split('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    local == "postmaster"
        || local.starts_with("mailer-daemon")
        || local.starts_with("microsoftexchange")
}

fn is_robot(email: &str) -> bool {
    let local = email
        .split('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let local: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    [
        "noreply",
        "donotreply",
        "nepasrepondre",
        "autoreply",
        "autoresponder",
    ]
    .iter()
    .any(|robot| local.starts_with(robot))
}

fn starts_with_any(subject: &str, beginnings: &[&str]) -> bool {
    let subject = subject.to_lowercase();
    beginnings
        .iter()
        .any(|beginning| subject.starts_with(beginning))
}

/// How absence notices begin, in lower case.
const AWAY_SUBJECTS: &[&str] = &[
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto:",
    "out of office",
    "out of the office",
    "ooo:",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "message d'absence",
    "absence :",
    "automatische antwort",
    "abwesenheit",
    "abwesend",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "risposta automatica",
    "fuori sede",
    "resposta automática",
    "resposta automatica",
    "ausência",
    "automatisch antwoord",
    "afwezig",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaro",
    "automaattinen vastaus",
    "poissa toimistosta",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "răspuns automat",
    "otomatik yanıt",
    "автоответ",
    "автоматический ответ",
    "自動応答",
    "自動返信",
    "自动回复",
    "자동 회신",
];

/// How reports of failed delivery begin, in lower case.
const BOUNCE_SUBJECTS: &[&str] = &[
    "undeliverable",
    "undelivered mail",
    "mail delivery failed",
    "mail delivery failure",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "returned mail",
    "failure notice",
    "mail system error",
    "warning: message",
    "delayed mail",
    "delivery delayed",
    "non remis",
    "non remise",
    "échec de la remise",
    "échec de remise",
    "remise différée",
    "retard de remise",
    "message non délivré",
    "avis de non-remise",
    "unzustellbar",
    "nicht zustellbar",
    "no se puede entregar",
    "mancato recapito",
    "non recapitabile",
    "onbestelbaar",
    "não é possível entregar",
    "niedostarczalne",
    "не удается доставить",
    "配信不能",
];
