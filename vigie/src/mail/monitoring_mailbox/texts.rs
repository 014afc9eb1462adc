//! What a mail to a monitoring mailbox says, decided when it leaves.

use kit::error::Error;
use pages::mail::{AboutTicket, MailView};
use words::reader::Words;

use super::places;
use crate::departments::monitoring_mailbox as mailbox;
use crate::departments::{confidence, signature};
use crate::mail::announce_store;
use crate::mail::outbox_store::Outgoing;
use crate::mail::post::Post;
use crate::mail::texts::{Text, event_of};
use crate::mail::wording;
use crate::people::desk;
use crate::tickets::Hat;

/// What the mail says now. Nothing when the address is said there no more, or the ticket is confidential by now.
pub async fn text(post: &Post, mail: &Outgoing) -> Result<Text, Error> {
    let mut reader = post.db.read();
    let Some(event_id) = mail.event_id else {
        return Ok(Text::Nothing("no-ticket"));
    };
    let Some(event) = announce_store::occurred(&mut reader, event_id.0).await? else {
        return Ok(Text::Nothing("no-ticket"));
    };
    let mut is_said = false;
    for (department, category, is_left) in places(&mut reader, &event).await? {
        let all = mailbox::of(&mut reader, department).await?;
        if !is_left && all.is_confidential(category) {
            return Ok(Text::Nothing("not-visible"));
        }
        is_said |= all
            .at(category)
            .is_some_and(|(address, _)| address == mail.address);
    }
    if !is_said {
        return Ok(Text::Nothing("no-reader"));
    }
    let Some(kind) = event_of(mail.purpose, event.kind, event.new_value.as_deref()) else {
        return Ok(Text::Nothing("no-text"));
    };
    let words = Words::new(post.language, &post.time_zone, post.clock.now().0);
    let organisation = match desk::read(&mut reader).await?.organisation {
        unnamed if unnamed.is_empty() => post.host(),
        named => named,
    };
    let actor = match event.hat {
        Hat::Requester => words.say("mail-mailbox-requester").to_owned(),
        Hat::Invitee => words.say("mail-mailbox-invitee").to_owned(),
        Hat::Agent => words.say("mail-mailbox-agent").to_owned(),
        Hat::System => organisation.clone(),
    };
    let own = wording::of(&mut reader, kind, words.language).await?;
    Ok(Text::Said(Box::new(MailView {
        organisation,
        event: kind,
        actor,
        assignee: Some(words.say("mail-mailbox-assignee").to_owned()),
        words,
        ticket: Some(AboutTicket {
            number: event.ticket_id.0,
            subject: event.subject,
            department: event.department,
        }),
        body_text: String::new(),
        safe_html: String::new(),
        language: None,
        link: format!("{}/tickets/{}", post.public_url, event.ticket_id),
        is_bare: confidence::is_mailed_bare(&mut reader, event.category_id).await?,
        is_for_mailbox: true,
        own: own.texts(signature::of(&mut reader, event.department_id).await?),
        offers: vec![],
        until: None,
        valid_hours: 0,
        most_bytes: 0,
        may_reply: false,
    })))
}
