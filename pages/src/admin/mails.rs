//! Mails: what came in and could not be read, what waits to go out, what would have left the demonstration.

use crate::frame::Frame;
use crate::pager::Pager;
use askama::Template;

/// An incoming mail kept aside.
#[derive(Clone, Debug)]
pub struct HeldMail {
    /// Its identifier; `GET /admin/mail/incoming/{id}/raw`, `POST /admin/mail/incoming/{id}/replay`.
    pub id: i64,
    /// Who sent it, as far as could be read.
    pub from: String,
    /// Its subject, as far as could be read.
    pub subject: String,
    /// When it came, UTC microseconds.
    pub received_at: i64,
    /// Its size, bytes.
    pub bytes: u64,
    /// Why it is held, in the reader's language.
    pub reason: String,
}

/// A letter that a rule put into quarantine.
#[derive(Clone, Debug)]
pub struct QuarantinedMail {
    /// Its identifier; `GET /admin/mail/incoming/{id}/raw`, `POST /admin/mail/incoming/{id}/replay` lets it in.
    pub id: i64,
    /// Who sent it, as far as could be read.
    pub from: String,
    /// The address it came to.
    pub to: String,
    /// Its subject, as far as could be read.
    pub subject: String,
    /// When it came, UTC microseconds.
    pub received_at: i64,
    /// Its size, bytes.
    pub bytes: u64,
    /// The name of the rule.
    pub rule: String,
}

/// The letters in quarantine.
#[derive(Clone, Debug, Default)]
pub struct Quarantine {
    /// They, the newest first.
    pub mails: Vec<QuarantinedMail>,
    /// How many there are, of every rule.
    pub count: i64,
    /// The rules that hold some: their names, and how they are shown, with how many.
    pub rules: Vec<(String, String)>,
    /// Of which rule they are shown; empty for all.
    pub rule: String,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// A mail that has not left.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Its identifier; `POST /admin/mail/outgoing/{id}/retry`.
    pub id: i64,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, UTC microseconds; `None` when it was given up.
    pub next_try_at: Option<i64>,
    /// What the relay last said.
    pub last_error: Option<String>,
}

/// `GET /admin/mail`.
#[derive(Template)]
#[template(path = "admin/mail.html")]
pub struct MailPage {
    /// Surroundings.
    pub frame: Frame,
    /// Whether an outgoing relay is set; without it mails wait.
    pub has_relay: bool,
    /// Oldest held mails.
    pub held: Vec<HeldMail>,
    /// How many are held.
    pub held_count: i64,
    /// Those in quarantine.
    pub quarantine: Quarantine,
    /// Mails that wait, the next to leave first.
    pub waiting: Vec<OutgoingMail>,
    /// How many wait.
    pub waiting_count: i64,
    /// Mails given up, newest first.
    pub failed: Vec<OutgoingMail>,
    /// How many were given up.
    pub failed_count: i64,
}

/// A mail of the demonstration.
#[derive(Clone, Debug)]
pub struct DemonstrationMail {
    /// Its identifier.
    pub id: i64,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it would have left, UTC microseconds.
    pub at: i64,
}

/// `GET /dev/mail`, in the demonstration only.
#[derive(Template)]
#[template(path = "admin/dev_mails.html")]
pub struct DevMailsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Newest first.
    pub rows: Vec<DemonstrationMail>,
    /// Neighbouring pages.
    pub pager: Pager,
}

/// `GET /dev/mail/{id}`; its HTML is at `/dev/mail/{id}/html`, shown in a frame that may do nothing.
#[derive(Template)]
#[template(path = "admin/dev_mail.html")]
pub struct DevMailPage {
    /// Surroundings.
    pub frame: Frame,
    /// The mail.
    pub mail: DemonstrationMail,
    /// Its headers, in order.
    pub headers: Vec<(String, String)>,
    /// Its text part.
    pub text: String,
    /// Words and path (`/portal/…`) of the links of the mail that lead into this desk: the frame that shows the HTML part may
    /// follow none, and the demonstration is there to follow them.
    pub links: Vec<(String, String)>,
    /// Whether it has an HTML part.
    pub has_html: bool,
}
