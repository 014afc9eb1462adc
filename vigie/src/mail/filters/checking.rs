//! What a rule may be: looked at before it is written, with every fault at its field.

use kit::authz::May;
use kit::db::Answers;
use kit::error::{Error, Fields};
use kit::web::form::lines;

use super::sieve::plain;
use super::{FilterAdmin, LONGEST, MOST_KIB, MOST_LINES, Outcome};
use crate::departments::{self, CategoryId};
use crate::mail::channels::{self, Channels, Keep};
use crate::mail::mailboxes::{self, MailboxId};
use crate::mail::store::ChannelId;
use crate::tickets::tags;

/// Which letters a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// All.
    Any,
    /// Those that came to this address.
    Channel(ChannelId),
    /// Those that were fetched from this mailbox.
    Mailbox(MailboxId),
}

/// What a rule becomes, as typed.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// Which letters it is about; `None` when what was typed says none.
    pub source: Option<Source>,
    /// Addresses or `@domain`, on lines or between commas.
    pub senders: String,
    /// The name of a header.
    pub header_name: String,
    /// What it holds.
    pub header_words: String,
    /// What stands in subject or text, on lines.
    pub words: String,
    /// Larger than so many KiB, as typed.
    pub size_over: String,
    /// A file came with it.
    pub needs_file: bool,
    /// What becomes of the letter; `None` when what was typed is none.
    pub outcome: Option<Outcome>,
    /// Where it opens its ticket; `Err` when what was typed is no category.
    pub category: Result<Option<CategoryId>, ()>,
    /// What is put on the ticket, between commas.
    pub tags: String,
    /// Is asked.
    pub is_active: bool,
}

/// What is written of a rule once it was looked at; with the names the journal knows things by.
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) is_active: bool,
    pub(super) channel: Option<(ChannelId, String)>,
    pub(super) mailbox: Option<(MailboxId, String)>,
    pub(super) senders: String,
    pub(super) header_name: String,
    pub(super) header_words: String,
    pub(super) words: String,
    pub(super) size_over: Option<i64>,
    pub(super) needs_file: bool,
    pub(super) outcome: Outcome,
    pub(super) category: Option<(CategoryId, String)>,
    pub(super) tag_words: String,
}

/// An address, or `@domain`, in small letters.
fn sender(typed: &str) -> Option<String> {
    let address = match typed.strip_prefix('@') {
        Some(domain) => letter::address::parse(&format!("x@{domain}"))?
            .strip_prefix('x')?
            .to_owned(),
        None => letter::address::parse(typed)?,
    };
    Some(address.to_ascii_lowercase())
}

fn too_long(faults: &mut Fields, field: &'static str, text: &str) {
    if text.chars().count() > LONGEST {
        faults.add(field, "fault-too-long", Some(LONGEST.to_string()));
    }
}

/// What only looks like something would hold of every letter.
fn says_something(faults: &mut Fields, field: &'static str, text: &str) {
    faults.require(!plain(text).is_empty(), field, "filters-says-nothing");
}

fn checked_senders(faults: &mut Fields, typed: &str) -> String {
    let all = lines(&typed.replace([',', ';', ' '], "\n"));
    let known: Vec<String> = all.iter().filter_map(|it| sender(it)).collect();
    if all.len() > MOST_LINES {
        faults.add(
            "senders",
            "filters-too-many-lines",
            Some(MOST_LINES.to_string()),
        );
    } else {
        faults.require(known.len() == all.len(), "senders", "filters-sender-wrong");
    }
    known.join("\n")
}

fn checked_header(faults: &mut Fields, wanted: &Wanted) -> (String, String) {
    let name = wanted.header_name.trim().trim_end_matches(':').trim_end();
    let words = wanted.header_words.trim();
    let is_name = name.bytes().all(|b| b.is_ascii_graphic() && b != b':');
    faults.require(is_name, "header_name", "filters-header-wrong");
    let is_named = !name.is_empty() || words.is_empty();
    faults.require(is_named, "header_name", "filters-header-missing");
    too_long(faults, "header_name", name);
    too_long(faults, "header_words", words);
    if !words.is_empty() {
        says_something(faults, "header_words", words);
    }
    (name.to_owned(), words.to_owned())
}

fn checked_words(faults: &mut Fields, typed: &str) -> String {
    let all = lines(typed);
    if all.len() > MOST_LINES {
        faults.add(
            "words",
            "filters-too-many-lines",
            Some(MOST_LINES.to_string()),
        );
    }
    for line in all.iter().take(MOST_LINES) {
        too_long(faults, "words", line);
        says_something(faults, "words", line);
    }
    all.join("\n")
}

fn checked_size(faults: &mut Fields, typed: &str) -> Option<i64> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let size = typed
        .parse()
        .ok()
        .filter(|kib| (1..=MOST_KIB).contains(kib));
    if size.is_none() {
        faults.add(
            "size_over",
            "filters-size-wrong",
            Some(MOST_KIB.to_string()),
        );
    }
    size
}

/// The row to be written, or every fault at its field. A category that is switched off may stay, so that a rule can be
/// renamed, but not be chosen.
pub(super) async fn checked(
    ask: &mut dyn Answers,
    may: &May<Keep, Channels>,
    wanted: &Wanted,
    standing: Option<&FilterAdmin>,
) -> Result<Checked, Error> {
    let mut faults = Fields::default();
    let name = wanted.name.trim();
    faults.require(!name.is_empty(), "name", "fault-missing");
    too_long(&mut faults, "name", name);
    let senders = checked_senders(&mut faults, &wanted.senders);
    let (header_name, header_words) = checked_header(&mut faults, wanted);
    let words = checked_words(&mut faults, &wanted.words);
    let size_over = checked_size(&mut faults, &wanted.size_over);

    let (mut channel, mut mailbox) = (None, None);
    match wanted.source {
        Some(Source::Any) => {}
        Some(Source::Channel(id)) => {
            let all = channels::list(ask, may).await?;
            let found = all.into_iter().find(|it| it.id == id);
            channel = found.map(|it| (it.id, it.address));
        }
        Some(Source::Mailbox(id)) => {
            let all = mailboxes::list(ask, may).await?;
            let found = all.into_iter().find(|it| it.id == id);
            mailbox = found.map(|it| (it.id, it.name));
        }
        None => {}
    }
    let is_of_one = channel.is_some() || mailbox.is_some();
    let is_any = wanted.source == Some(Source::Any);
    faults.require(is_any || is_of_one, "source", "filters-source-unknown");

    let outcome = wanted.outcome.unwrap_or_default();
    faults.require(
        wanted.outcome.is_some(),
        "outcome",
        "filters-outcome-missing",
    );
    let is_away = outcome == Outcome::Quarantine;
    // Of everything that comes to an address one may say where it goes, and not that nobody shall see it.
    let is_bare = senders.is_empty()
        && header_name.is_empty()
        && words.is_empty()
        && size_over.is_none()
        && !wanted.needs_file;
    let is_asked = !faults.0.is_empty() || !is_bare || (is_of_one && !is_away);
    faults.require(is_asked, "senders", "filters-no-condition");

    let tag_words = match wanted.tags.trim() {
        "" => String::new(),
        typed => match tags::words_of(typed) {
            Ok(words) => words.join(", "),
            Err(Error::Invalid(fields)) => {
                faults.0.extend(fields.0);
                String::new()
            }
            Err(other) => return Err(other),
        },
    };
    let places = departments::places(ask).await?;
    let kept = standing.and_then(|it| Some((it.category_id?, it.place()?)));
    let category = match wanted.category {
        Ok(None) => None,
        Ok(Some(id)) => {
            let place = places.iter().find(|place| place.id == id);
            let chosen = place.map(|it| (it.id, format!("{} › {}", it.department, it.name)));
            let chosen = chosen.or(kept.filter(|(standing, _)| *standing == id));
            faults.require(chosen.is_some(), "category", "fault-category-unknown");
            chosen
        }
        Err(()) => {
            faults.add("category", "fault-category-unknown", None);
            None
        }
    };
    let has_category = wanted.category != Ok(None);
    let has_tags = !wanted.tags.trim().is_empty();
    if is_away {
        faults.require(!has_category, "category", "filters-quarantine-alone");
        faults.require(!has_tags, "tags", "filters-quarantine-alone");
    } else {
        faults.require(has_category || has_tags, "category", "filters-does-nothing");
    }
    faults.settle()?;
    Ok(Checked {
        name: name.to_owned(),
        is_active: wanted.is_active,
        channel,
        mailbox,
        senders,
        header_name,
        header_words,
        words,
        size_over,
        needs_file: wanted.needs_file,
        outcome,
        category,
        tag_words,
    })
}
