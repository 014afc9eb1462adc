//! Asking the rules about a letter: what is known of it, and the rules as it meets them.

use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::Error;
use letter::Letter;

use super::sieve::{self, Facts, Rule, Sieved, plain};
use super::{FilterAdmin, FilterId, store};
use crate::mail::mailboxes::MailboxId;
use crate::mail::store::Incoming;
use crate::tickets::tags;

/// Asks the rules about a letter that would open a ticket.
pub async fn ask(
    ask: &mut dyn Answers,
    incoming: &Incoming,
    letter: &Letter,
    now: Moment,
) -> Result<Sieved, Error> {
    let mut all = store::all(ask, now).await?;
    all.retain(|it| it.is_active);
    if all.is_empty() {
        return Ok(Sieved::default());
    }
    let rules: Vec<Rule> = all.iter().map(rule).collect();
    let mut mailbox = None;
    if rules.iter().any(|it| it.mailbox.is_some())
        && let Some(channel) = incoming.channel_id
    {
        let digest = blake3::hash(&incoming.raw).to_hex();
        mailbox = store::mailbox_of(ask, channel, &digest).await?;
    }
    Ok(sieve::sieve(
        &rules,
        &facts(&rules, incoming, letter, mailbox),
    ))
}

fn facts(
    rules: &[Rule],
    incoming: &Incoming,
    letter: &Letter,
    mailbox: Option<MailboxId>,
) -> Facts {
    let asked = rules.iter().filter_map(|it| it.header.as_ref());
    let names: Vec<&str> = asked.map(|(name, _)| name.as_str()).collect();
    let headers = match names.is_empty() {
        true => vec![],
        false => letter::header::named(&incoming.raw, &names),
    };
    let from = letter.from.as_ref().map(|from| from.email.as_str());
    let text: String = letter.text.chars().take(sieve::MOST_TEXT).collect();
    Facts {
        channel: incoming.channel_id,
        mailbox,
        sender: from.unwrap_or(&incoming.envelope_from).to_ascii_lowercase(),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name, plain(&value)))
            .collect(),
        texts: [plain(&letter.subject), plain(&text)],
        bytes: incoming.size(),
        has_file: letter.attachments.iter().any(|it| !it.inline),
    }
}

/// Counts a letter for each rule that it met.
pub async fn count(tx: &mut Tx, met: &[FilterId], now: Moment) -> Result<(), Error> {
    let mut met = met.to_vec();
    // In one order for all, or two letters wait for each other.
    met.sort_unstable();
    for id in met {
        store::count(tx, id, now).await?;
    }
    Ok(())
}

/// The rule as letters meet it.
fn rule(it: &FilterAdmin) -> Rule {
    let each = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let header = (it.header_name.to_ascii_lowercase(), plain(&it.header_words));
    Rule {
        id: it.id,
        name: it.name.clone(),
        channel: it.channel_id,
        mailbox: it.mailbox_id,
        senders: each(&it.senders),
        header: Some(header).filter(|(name, _)| !name.is_empty()),
        words: it.words.lines().map(plain).collect(),
        size_over: it.size_over,
        needs_file: it.needs_file,
        outcome: it.outcome,
        category: it.category_id,
        tags: tags::words_of(&it.tag_words).unwrap_or_default(),
    }
}
