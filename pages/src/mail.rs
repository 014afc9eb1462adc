//! What our mails say: subject, text and HTML of each event, in the language of the person who receives it.
//!
//! Deliberately absent: addresses, headers and threading (crate `letter`), and who receives what (crate `vigie`).

pub mod own;
pub mod report;
mod sample;

use crate::mailed_deed::Mailed;
use askama::Template;
use own::OwnTexts;
use words::catalogue::Arg;
use words::placeholders;
use words::reader::Words;

/// What happened, one for each mail (features F.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A ticket was created; to its managers.
    Created,
    /// A ticket was received; to its requester.
    Acknowledged,
    /// Of a mail only the head came, for the rest was too large; to whoever sent it.
    TooLarge,
    /// A public reply; to requester, invitees and managers.
    PublicReply,
    /// An internal note; to staff only.
    StaffNote,
    /// Somebody said that the ticket needs advice; to staff only.
    AdviceAsked,
    /// The advice that was asked for; to staff only.
    Advised,
    /// Somebody took the ticket.
    Taken,
    /// Somebody was given the ticket.
    Assigned,
    /// The ticket is free again.
    Released,
    /// A closure waits for approval.
    ClosureProposed,
    /// The requester approved.
    Approved,
    /// The requester refused.
    ClosureRefused,
    /// The ticket was reopened.
    Reopened,
    /// The reader was invited.
    Invited,
    /// The reader was called by name.
    Mentioned,
    /// The reader was made an observer.
    ObserverAdded,
    /// Properties were changed.
    Changed,
    /// A file was taken off.
    FileRemoved,
    /// The ticket was cancelled.
    Cancelled,
    /// The reader was given a task.
    TaskGiven,
    /// The requester is asked for more.
    Asked,
    /// The ticket was turned down.
    Refused,
    /// Nobody answered the closure in time.
    Expired,
    /// The requester has not answered the closure yet.
    ApprovalReminder,
    /// The ticket was put off.
    Postponed,
    /// The ticket came back from being put off.
    Recalled,
    /// The ticket came to another department or category.
    Transferred,
    /// The ticket was merged into another.
    Merged,
    /// The merge was undone.
    Unmerged,
    /// A link to choose a new password.
    PasswordLink,
    /// A link to set an account up.
    SetupLink,
    /// A code to come in with.
    SignInCode,
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 33] = [
        Event::Created,
        Event::Acknowledged,
        Event::TooLarge,
        Event::PublicReply,
        Event::StaffNote,
        Event::AdviceAsked,
        Event::Advised,
        Event::Taken,
        Event::Assigned,
        Event::Released,
        Event::ClosureProposed,
        Event::Approved,
        Event::ClosureRefused,
        Event::Reopened,
        Event::Invited,
        Event::Mentioned,
        Event::ObserverAdded,
        Event::Changed,
        Event::FileRemoved,
        Event::Cancelled,
        Event::TaskGiven,
        Event::Asked,
        Event::Refused,
        Event::Expired,
        Event::ApprovalReminder,
        Event::Postponed,
        Event::Recalled,
        Event::Transferred,
        Event::Merged,
        Event::Unmerged,
        Event::PasswordLink,
        Event::SetupLink,
        Event::SignInCode,
    ];

    /// Key of its short name, which begins the subject.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Event::Created => "mail-event-created",
            Event::Acknowledged => "mail-event-acknowledged",
            Event::TooLarge => "mail-event-too-large",
            Event::PublicReply => "mail-event-public-reply",
            Event::StaffNote => "mail-event-staff-note",
            Event::AdviceAsked => "mail-event-advice-asked",
            Event::Advised => "mail-event-advised",
            Event::Taken => "mail-event-taken",
            Event::Assigned => "mail-event-assigned",
            Event::Released => "mail-event-released",
            Event::ClosureProposed => "mail-event-closure-proposed",
            Event::Approved => "mail-event-approved",
            Event::ClosureRefused => "mail-event-closure-refused",
            Event::Reopened => "mail-event-reopened",
            Event::Invited => "mail-event-invited",
            Event::Mentioned => "mail-event-mentioned",
            Event::ObserverAdded => "mail-event-observer-added",
            Event::Changed => "mail-event-changed",
            Event::FileRemoved => "mail-event-file-removed",
            Event::Cancelled => "mail-event-cancelled",
            Event::TaskGiven => "mail-event-task-given",
            Event::Asked => "mail-event-asked",
            Event::Refused => "mail-event-refused",
            Event::Expired => "mail-event-expired",
            Event::ApprovalReminder => "mail-event-approval-reminder",
            Event::Postponed => "mail-event-postponed",
            Event::Recalled => "mail-event-recalled",
            Event::Transferred => "mail-event-transferred",
            Event::Merged => "mail-event-merged",
            Event::Unmerged => "mail-event-unmerged",
            Event::PasswordLink => "mail-event-password-link",
            Event::SetupLink => "mail-event-setup-link",
            Event::SignInCode => "mail-event-sign-in-code",
        }
    }

    /// Key of the sentence that says it.
    #[must_use]
    pub fn lead_key(self) -> &'static str {
        match self {
            Event::Created => "mail-lead-created",
            Event::Acknowledged => "mail-lead-acknowledged",
            Event::TooLarge => "mail-lead-too-large",
            Event::PublicReply => "mail-lead-public-reply",
            Event::StaffNote => "mail-lead-staff-note",
            Event::AdviceAsked => "mail-lead-advice-asked",
            Event::Advised => "mail-lead-advised",
            Event::Taken => "mail-lead-taken",
            Event::Assigned => "mail-lead-assigned",
            Event::Released => "mail-lead-released",
            Event::ClosureProposed => "mail-lead-closure-proposed",
            Event::Approved => "mail-lead-approved",
            Event::ClosureRefused => "mail-lead-closure-refused",
            Event::Reopened => "mail-lead-reopened",
            Event::Invited => "mail-lead-invited",
            Event::Mentioned => "mail-lead-mentioned",
            Event::ObserverAdded => "mail-lead-observer-added",
            Event::Changed => "mail-lead-changed",
            Event::FileRemoved => "mail-lead-file-removed",
            Event::Cancelled => "mail-lead-cancelled",
            Event::TaskGiven => "mail-lead-task-given",
            Event::Asked => "mail-lead-asked",
            Event::Refused => "mail-lead-refused",
            Event::Expired => "mail-lead-expired",
            Event::ApprovalReminder => "mail-lead-approval-reminder",
            Event::Postponed => "mail-lead-postponed",
            Event::Recalled => "mail-lead-recalled",
            Event::Transferred => "mail-lead-transferred",
            Event::Merged => "mail-lead-merged",
            Event::Unmerged => "mail-lead-unmerged",
            Event::PasswordLink => "mail-lead-password-link",
            Event::SetupLink => "mail-lead-setup-link",
            Event::SignInCode => "mail-lead-sign-in-code",
        }
    }

    /// Key of the sentence that says what to do or to expect, when there is one.
    #[must_use]
    pub fn next_key(self) -> Option<&'static str> {
        match self {
            Event::Acknowledged => Some("mail-next-acknowledged"),
            Event::TooLarge => Some("mail-next-too-large"),
            Event::AdviceAsked => Some("mail-next-advice-asked"),
            Event::Released => Some("mail-next-released"),
            Event::Merged => Some("mail-next-merged"),
            Event::ClosureProposed => Some("mail-next-closure-proposed"),
            Event::Asked => Some("mail-next-asked"),
            Event::ApprovalReminder => Some("mail-next-approval-reminder"),
            Event::PasswordLink => Some("mail-next-password-link"),
            Event::SetupLink => Some("mail-next-setup-link"),
            Event::SignInCode => Some("mail-next-sign-in-code"),
            _ => None,
        }
    }

    /// Key of what the link does.
    #[must_use]
    pub fn link_key(self) -> &'static str {
        match self {
            Event::PasswordLink => "mail-link-password",
            Event::SetupLink => "mail-link-setup",
            Event::SignInCode => "mail-link-sign-in",
            _ => "mail-link-ticket",
        }
    }
}

/// The ticket a mail is about.
#[derive(Clone, Debug)]
pub struct AboutTicket {
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Name of its department.
    pub department: String,
}

/// One mail for one reader.
#[derive(Clone, Debug)]
pub struct MailView {
    /// How this person reads.
    pub words: Words,
    /// Name of the organisation that runs the desk.
    pub organisation: String,
    /// What happened.
    pub event: Event,
    /// The ticket; `None` for mails about an account.
    pub ticket: Option<AboutTicket>,
    /// Who did it; empty for mails about an account.
    pub actor: String,
    /// Who is in charge now; said by `Assigned`.
    pub assignee: Option<String>,
    /// What was written, as text; empty when nothing was.
    pub body_text: String,
    /// The same as HTML, already made safe (crate `letter`).
    pub safe_html: String,
    /// Language of what was written, when known.
    pub language: Option<String>,
    /// Where the reader goes on: the ticket, or the form of the password or of the account.
    pub link: String,
    /// It says that something happened and nothing of what was written: no subject, no words.
    pub is_bare: bool,
    /// Its reader is a mailbox that a department has told, and nobody in particular.
    pub is_for_mailbox: bool,
    /// What the reader can do by a link, each with its address, the most wanted first.
    pub offers: Vec<(Mailed, String)>,
    /// The day something comes about by itself, UTC microseconds: a closure expires, a ticket comes back.
    pub until: Option<i64>,
    /// How long an account link works, hours.
    pub valid_hours: i64,
    /// The most bytes a mail may have, where one had more.
    pub most_bytes: u64,
    /// What is said in place of our own sentences.
    pub own: OwnTexts,
    /// Whether answering this mail writes to the people it came from. False where an answer would reach another
    /// audience than the mail itself, such as a note that only staff reads.
    pub may_reply: bool,
}

/// A link and the words on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it does.
    pub text: &'static str,
    /// Where it goes.
    pub href: String,
}

impl MailView {
    /// `[<event> <service> n°<number>] <subject>`; `[<organisation>] <event>` for an account. Always one line.
    #[must_use]
    pub fn subject(&self) -> String {
        if let Some(own) = &self.own.subject {
            return one_line(&self.filled(own));
        }
        let event = self.words.say(self.event.key());
        let text = match &self.ticket {
            Some(ticket) => {
                // Through text: a number would be grouped, and « n°4 812 » is nobody's ticket.
                let number = ticket.number.to_string();
                self.words.say_with(
                    "mail-subject",
                    &[
                        ("event", Arg::from(event)),
                        ("department", Arg::from(&ticket.department)),
                        ("number", Arg::from(&number)),
                        ("subject", Arg::from(self.named(ticket))),
                    ],
                )
            }
            None => self.words.say_with(
                "mail-subject-account",
                &[
                    ("event", Arg::from(event)),
                    ("organisation", Arg::from(&self.organisation)),
                ],
            ),
        };
        one_line(&text)
    }

    /// What the ticket is called here.
    fn named<'a>(&'a self, ticket: &'a AboutTicket) -> &'a str {
        match self.is_bare {
            true => self.words.say("mail-bare-subject"),
            false => &ticket.subject,
        }
    }

    /// Why nothing of it is here, where that is so.
    #[must_use]
    pub fn bare_note(&self) -> Option<&str> {
        self.is_bare.then(|| self.words.say("mail-bare"))
    }

    /// What was written, unless nothing of it may be said.
    fn body(&self) -> &str {
        if self.is_bare {
            ""
        } else {
            self.body_text.trim()
        }
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn lead(&self) -> String {
        if let Some(own) = &self.own.lead {
            return one_line(&self.filled(own));
        }
        match (self.event, self.until) {
            (Event::Postponed, Some(_)) => self.sentence("mail-lead-postponed-until"),
            (event, _) => self.sentence(event.lead_key()),
        }
    }

    /// What to do or to expect.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        match &self.own.next {
            Some(own) => Some(self.filled(own)),
            None => self.event.next_key().map(|key| self.sentence(key)),
        }
    }

    /// The same, a paragraph each.
    #[must_use]
    pub fn next_lines(&self) -> Vec<String> {
        lines(&self.next().unwrap_or_default())
    }

    /// What the department writes under it, a paragraph each.
    #[must_use]
    pub fn signature_lines(&self) -> Vec<String> {
        lines(&self.own.signature)
    }

    /// A text of administrators with what it may have filled in; what a mail without content does not say is not in it.
    fn filled(&self, text: &str) -> String {
        let number = self.ticket.as_ref().map(|ticket| ticket.number.to_string());
        let date = self.until.map(|micros| self.words.date(micros));
        let hours = self.valid_hours.to_string();
        let size = self.words.size(self.most_bytes);
        let known = self.event.placeholders();
        placeholders::fill(text, |name| {
            if !known.iter().any(|(known, _)| *known == name) {
                return None;
            }
            let ticket = self.ticket.as_ref();
            match name {
                "actor.name" => Some(self.actor.as_str()),
                "assignee.name" => self.assignee.as_deref(),
                "ticket.number" => number.as_deref(),
                "ticket.subject" => ticket.map(|ticket| self.named(ticket)),
                "department.name" => ticket.map(|ticket| ticket.department.as_str()),
                "desk.name" => Some(self.organisation.as_str()),
                "date" => date.as_deref(),
                "hours" => Some(hours.as_str()),
                "size" => Some(size.as_str()),
                _ => None,
            }
        })
    }

    /// « Ticket n°4812 : Écran externe non détecté ».
    #[must_use]
    pub fn about(&self) -> Option<String> {
        let ticket = self.ticket.as_ref()?;
        let number = ticket.number.to_string();
        Some(one_line(&self.words.say_with(
            "mail-about",
            &[
                ("number", Arg::from(&number)),
                ("subject", Arg::from(self.named(ticket))),
                ("department", Arg::from(&ticket.department)),
            ],
        )))
    }

    /// The links, the one most wanted first.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let ticket = (self.event.link_key(), &self.link);
        let mut all: Vec<(&'static str, &String)> = Vec::new();
        all.extend(self.offers.iter().map(|(deed, href)| (deed.key(), href)));
        // A closure waits for an answer; a ticket that waits to be taken is read first.
        let is_asked = matches!(
            self.offers.first(),
            Some((Mailed::Approve | Mailed::Refuse, _))
        );
        let at = if is_asked { all.len() } else { 0 };
        all.insert(at, ticket);
        let link = |(key, href): (&'static str, &String)| Link {
            text: self.words.say(key),
            href: href.clone(),
        };
        all.into_iter().map(link).collect()
    }

    /// What stands under the mail: how to answer it, and who sends it.
    #[must_use]
    pub fn foot(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.may_reply {
            lines.push(self.words.say("mail-reply").to_owned());
        }
        if self.is_for_mailbox {
            lines.push(self.sentence("mail-mailbox-foot"));
        }
        lines.push(self.sentence("mail-sent-by"));
        lines
    }

    /// The text part; lines end with `\n`.
    #[must_use]
    pub fn text(&self) -> String {
        let body = self.body();
        let mut paragraphs = vec![self.lead()];
        paragraphs.extend(self.about());
        if !body.is_empty() {
            paragraphs.push(body.replace("\r\n", "\n"));
        }
        paragraphs.extend(self.next().map(|next| next.replace("\r\n", "\n")));
        paragraphs.extend(self.bare_note().map(str::to_owned));
        for link in self.links() {
            paragraphs.push(format!("{}\n{}", link.text, link.href));
        }
        // The dashes with a space are how mail programs know a signature, which they fold and do not quote.
        let under: Vec<String> = self
            .signature_lines()
            .into_iter()
            .chain(self.foot())
            .collect();
        format!("{}\n\n-- \n{}\n", paragraphs.join("\n\n"), under.join("\n"))
    }

    /// The HTML part, which reads well without its style.
    ///
    /// # Errors
    /// None in practice: rendering into a string fails only when memory does.
    pub fn html(&self) -> askama::Result<String> {
        HtmlPart { mail: self }.render()
    }

    fn sentence(&self, key: &'static str) -> String {
        let department = self.ticket.as_ref().map_or("", |ticket| &ticket.department);
        let assignee = self.assignee.as_deref().unwrap_or_default();
        let date = self.until.map(|micros| self.words.date(micros));
        let size = self.words.size(self.most_bytes);
        self.words.say_with(
            key,
            &[
                ("name", Arg::from(self.actor.as_str())),
                ("assignee", Arg::from(assignee)),
                ("department", Arg::from(department)),
                ("organisation", Arg::from(&self.organisation)),
                ("date", Arg::from(date.as_deref().unwrap_or_default())),
                ("hours", Arg::from(self.valid_hours)),
                ("size", Arg::from(&size)),
            ],
        )
    }
}

#[derive(Template)]
#[template(path = "mail/message.html")]
struct HtmlPart<'a> {
    mail: &'a MailView,
}

/// The lines of a text that say something.
fn lines(text: &str) -> Vec<String> {
    let all = text.lines().map(str::trim).filter(|line| !line.is_empty());
    all.map(str::to_owned).collect()
}

/// A subject is a header: whatever people typed, no line break may enter it.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        let is_space = character.is_control() || matches!(character, ' ' | '\u{2028}' | '\u{2029}');
        match (is_space, line.ends_with(' ')) {
            (true, true) => {}
            (true, false) => line.push(' '),
            (false, _) => line.push(character),
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Event, MailView};
    use words::language::Language;

    #[test]
    fn a_subject_is_one_line_whatever_was_typed() {
        let mut mail = MailView::sample(Language::English, Event::PublicReply);
        if let Some(ticket) = &mut mail.ticket {
            ticket.subject = "Hello\r\nBcc: everybody@example.org\u{2028}\t and more".to_owned();
            ticket.department = "Mail\n".to_owned();
        }
        assert_eq!(
            mail.subject(),
            "[Reply Mail #4770] Hello Bcc: everybody@example.org and more"
        );
    }

    #[test]
    fn what_people_typed_is_escaped_in_the_html_part() {
        let mut mail = MailView::sample(Language::French, Event::Taken);
        mail.actor = "<script>alert(1)</script>".to_owned();
        mail.link = "https://desk.example/\"><script>".to_owned();
        let html = mail.html().unwrap_or_default();
        assert!(html.contains("&#60;script&#62;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
