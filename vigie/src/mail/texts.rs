//! What a mail says, gathered when it leaves through the eyes of its reader: what they may not see
//! any more is not said.

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;
use pages::mail::report::ReportView;
use pages::mail::{AboutTicket, Event, MailView};
use serde::Deserialize;
use words::language::Language;
use words::reader::Words;

use super::daily;
use super::deeds;
use super::outbox_store::{self, Outgoing};
use super::post::Post;
use super::recipients::Purpose;
use super::wording;
use crate::departments::waiting::waiting;
use crate::departments::{confidence, signature};
use crate::people::access::links;
use crate::people::{self, Person, desk};
use crate::tickets::history::EventKind;
use crate::tickets::machine::State;
use crate::tickets::naming::Naming;
use crate::tickets::rights::Read;
use crate::tickets::{Audience, TicketId, reading};

/// The most characters of a comment repeated in a mail; the ticket has the rest.
const LONGEST_BODY: usize = 20_000;

/// A mail to be composed, or why there is none.
#[derive(Debug)]
pub enum Text {
    /// What it says.
    Said(Box<MailView>),
    /// What a daily report says.
    Report(Box<ReportView>),
    /// Nothing: the word of the reason.
    Nothing(&'static str),
}

/// What a mail about an account needs beside its reader; people/access writes it.
#[derive(Clone, Debug, Deserialize)]
struct AccountLink {
    /// A code to type, for a sign-in. A secret, too.
    code: Option<String>,
    /// The address to open. A secret: forgotten once the mail is sent.
    link: String,
    /// How long it works, in hours.
    #[serde(default = "forgotten_hours")]
    hours: i64,
    /// The first access of this person, rather than a password forgotten.
    #[serde(default)]
    is_setup: bool,
}

fn forgotten_hours() -> i64 {
    links::FORGOTTEN.as_seconds_rounded_up() / 3600
}

/// How a person reads.
pub fn reader_of(post: &Post, person: &Person) -> Words {
    let language = person
        .language
        .as_deref()
        .and_then(Language::parse)
        .unwrap_or(post.language);
    let zone = person.time_zone.as_deref().unwrap_or(&post.time_zone);
    Words::new(language, zone, post.clock.now().0)
}

/// What this mail says to this person now.
pub async fn text(post: &Post, mail: &Outgoing, person: &Person) -> Result<Text, Error> {
    let mut reader = post.db.read();
    let organisation = match desk::read(&mut reader).await?.organisation {
        unnamed if unnamed.is_empty() => post.host(),
        named => named,
    };
    let words = reader_of(post, person);
    if matches!(mail.purpose, Purpose::PasswordLink | Purpose::SignInCode) {
        let Some(detail) = &mail.detail else {
            return Ok(Text::Nothing("link-gone"));
        };
        let link: AccountLink = serde_json::from_str(detail)?;
        // In halves, as people read numbers out. Digits only, so it is safe as HTML.
        let code = link.code.unwrap_or_default();
        let half = code.len() / 2;
        let (first, second) = code.split_at_checked(half).unwrap_or_default();
        let event = match (mail.purpose, link.is_setup) {
            (Purpose::SignInCode, _) => Event::SignInCode,
            (_, true) => Event::SetupLink,
            (_, false) => Event::PasswordLink,
        };
        let own = wording::of(&mut reader, event, words.language).await?;
        return Ok(Text::Said(Box::new(MailView {
            own: own.texts(String::new()),
            words,
            organisation,
            event,
            ticket: None,
            actor: String::new(),
            assignee: None,
            body_text: format!("{first} {second}").trim().to_owned(),
            safe_html: if code.is_empty() {
                String::new()
            } else {
                format!("<p><strong>{first} {second}</strong></p>")
            },
            language: None,
            link: link.link,
            is_bare: false,
            is_for_mailbox: false,
            offers: vec![],
            until: None,
            valid_hours: link.hours,
            most_bytes: 0,
            may_reply: false,
        })));
    }
    if mail.purpose == Purpose::DailyReport {
        return daily::texts::text(post, mail, person, organisation).await;
    }
    let (Some(ticket), Some(event_id)) = (mail.ticket_id, mail.event_id) else {
        return Ok(Text::Nothing("no-ticket"));
    };
    let actor = person.actor();
    let Some(seen) = outbox_store::event_seen(&mut reader, &actor, event_id).await? else {
        return Ok(Text::Nothing("not-visible"));
    };
    let Some(event) = event_of(mail.purpose, seen.kind, seen.new_value.as_deref()) else {
        return Ok(Text::Nothing("no-text"));
    };
    let shown = match reading::find::<Read>(&mut reader, &actor, ticket).await {
        Ok(shown) => shown,
        Err(Error::NotFound) => return Ok(Text::Nothing("not-visible")),
        Err(error) => return Err(error),
    };
    let names = reading::names(&mut reader, &actor, &shown).await?;
    let (body_text, body_html) = match seen.comment_id {
        // What stands there for its words is for others; its own text says the same in its reader's language.
        _ if event == Event::TooLarge => Default::default(),
        Some(comment) => body(&mut reader, &actor, comment).await?,
        // What a task says stands in its line of history.
        None if seen.kind == EventKind::TaskGiven => {
            let title = seen.old_value.clone().unwrap_or_default();
            let html = letter::html::safe(&letter::html::from_text(&title));
            (title, html)
        }
        None => Default::default(),
    };
    let naming = Naming::of(&mut reader, &actor, &shown).await?;
    let doer = match seen.actor_id {
        Some(doer) => {
            let name = people::find(&mut reader, doer).await?.name;
            naming.acting(doer, seen.hat, name).1
        }
        None => organisation.clone(),
    };
    let page = page(post, person, ticket);
    let until = match event {
        Event::Postponed => shown.recall_at,
        Event::ApprovalReminder => {
            let after = waiting(&mut reader).await?.expires_after(shown.category_id);
            shown.closed_at.zip(after).map(|(at, after)| at.plus(after))
        }
        _ => None,
    };
    let until = until.map(|until| until.0);
    let is_bare = confidence::is_mailed_bare(&mut reader, shown.category_id).await?;
    let now = post.clock.now();
    // Written to an address that is no longer theirs, it offers whoever reads there nothing.
    let offers = if is_bare || mail.address != person.email {
        vec![]
    } else {
        let what = (mail.purpose, seen.kind, event_id);
        deeds::offers(&mut reader, &shown, person, what, now).await?
    };
    let offers = offers.into_iter().map(|offer| {
        let token = offer.token(&post.key, &mail.address);
        (
            deeds::pages::view_of(offer.deed),
            format!("{}/mailed/{token}", post.public_url),
        )
    });
    let own = wording::of(&mut reader, event, words.language).await?;
    let signature = signature::of(&mut reader, shown.department_id).await?;
    Ok(Text::Said(Box::new(MailView {
        words,
        organisation,
        event,
        ticket: Some(AboutTicket {
            number: ticket.0,
            subject: shown.subject.clone(),
            department: names.department,
        }),
        actor: doer,
        assignee: names.assignee,
        body_text,
        safe_html: body_html,
        language: None,
        is_bare,
        is_for_mailbox: false,
        own: own.texts(signature),
        // None in a bare mail: its page names the ticket to whoever holds the link.
        offers: offers.collect(),
        link: page,
        until,
        valid_hours: 0,
        most_bytes: letter::MOST_BYTES as u64,
        // An answer to a mail about a note would be public.
        may_reply: seen.audience == Audience::Public,
    })))
}

async fn body(
    ask: &mut dyn Answers,
    actor: &Actor,
    comment: crate::tickets::CommentId,
) -> Result<(String, String), Error> {
    let Some(words) = outbox_store::words_seen(ask, actor, comment).await? else {
        return Ok(Default::default());
    };
    if words.body.chars().count() <= LONGEST_BODY && words.html.len() <= 4 * LONGEST_BODY {
        return Ok((words.body, words.html));
    }
    let mut cut: String = words.body.chars().take(LONGEST_BODY).collect();
    cut.push('…');
    let html = letter::html::safe(&letter::html::from_text(&cut));
    Ok((cut, html))
}

fn page(post: &Post, person: &Person, ticket: TicketId) -> String {
    let room = if person.role.is_some() {
        "tickets"
    } else {
        "portal/tickets"
    };
    format!("{}/{room}/{ticket}", post.public_url)
}

/// Which text an event has; kinds whose verbs do not exist yet have none.
pub(super) fn event_of(purpose: Purpose, kind: EventKind, after: Option<&str>) -> Option<Event> {
    match (purpose, kind) {
        (Purpose::Acknowledgement, _) => Some(Event::Acknowledged),
        (Purpose::TooLarge, _) => Some(Event::TooLarge),
        (Purpose::Invitation, _) | (_, EventKind::Invited) => Some(Event::Invited),
        (
            Purpose::Mention,
            EventKind::Replied | EventKind::Noted | EventKind::Advised | EventKind::AdviceAsked,
        ) => Some(Event::Mentioned),
        (
            _,
            EventKind::SubjectChanged
            | EventKind::PriorityChanged
            | EventKind::RequesterChanged
            | EventKind::OriginChanged
            | EventKind::VisibilityChanged,
        ) => Some(Event::Changed),
        (_, EventKind::AttachmentDeleted) => Some(Event::FileRemoved),
        (_, EventKind::ObserverAdded) => Some(Event::ObserverAdded),
        (_, EventKind::Created) => Some(Event::Created),
        (_, EventKind::Replied) => Some(Event::PublicReply),
        (_, EventKind::Asked) => Some(Event::Asked),
        (_, EventKind::Noted) => Some(Event::StaffNote),
        (_, EventKind::AdviceAsked) => Some(Event::AdviceAsked),
        (_, EventKind::Advised) => Some(Event::Advised),
        (_, EventKind::Taken | EventKind::TakenOver) => Some(Event::Taken),
        (_, EventKind::Assigned | EventKind::GivenOut) => Some(Event::Assigned),
        (_, EventKind::Released) => Some(Event::Released),
        // Closed by its requester, a ticket is approved at once.
        (_, EventKind::Closed) if after == Some(State::Approved.word()) => Some(Event::Approved),
        (_, EventKind::Closed) => Some(Event::ClosureProposed),
        (_, EventKind::Approved) => Some(Event::Approved),
        (_, EventKind::ClosureRefused) => Some(Event::ClosureRefused),
        (_, EventKind::Reopened) => Some(Event::Reopened),
        (_, EventKind::Cancelled) => Some(Event::Cancelled),
        (_, EventKind::TaskGiven) => Some(Event::TaskGiven),
        (_, EventKind::Refused) => Some(Event::Refused),
        (_, EventKind::Expired) => Some(Event::Expired),
        (_, EventKind::ApprovalReminded) => Some(Event::ApprovalReminder),
        (_, EventKind::Postponed) => Some(Event::Postponed),
        (_, EventKind::Recalled) => Some(Event::Recalled),
        (_, EventKind::Transferred) => Some(Event::Transferred),
        (_, EventKind::Merged) => Some(Event::Merged),
        (_, EventKind::Unmerged) => Some(Event::Unmerged),
        _ => None,
    }
}
