//! Rules for letters that would open a ticket, as administrators keep them: which letters, and whether these open their
//! ticket in another category, carry tags, or go into [`quarantine`] (decision 0063). They are asked in their order by
//! [`sieve`].
//!
//! Deliberately absent: regular expressions, deleting letters, and rules about answers: what proves to belong to a ticket
//! always joins it.

use kit::authz::May;
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, must_match};
use kit::{id, record, stored_words};

use super::channels::{Channels, Keep};
use super::mailboxes::MailboxId;
use super::store::ChannelId;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::CategoryId;

pub mod api;
pub mod asking;
mod checking;
pub mod pages;
pub mod quarantine;
pub mod sieve;
mod store;
pub mod views;

use checking::{Checked, checked};
pub use checking::{Source, Wanted};

/// The longest name of a rule, of a header and of what one holds, and of one line of words, in characters.
pub const LONGEST: usize = 200;
/// The most lines of senders, and of words.
pub const MOST_LINES: usize = 20;
/// The most rules.
pub const MOST_RULES: usize = 50;
/// The largest size one can ask about, in KiB: no letter that is read whole is larger.
pub const MOST_KIB: i64 = (letter::MOST_BYTES / 1024) as i64;
/// Over how many days letters are counted.
pub const DAYS: i64 = 30;

id! {
    /// A filter rule.
    FilterId
}

stored_words! {
    /// What becomes of a letter.
    #[derive(Default)]
    pub enum Outcome {
        /// It opens its ticket.
        #[default]
        Ticket = "ticket",
        /// It goes into quarantine.
        Quarantine = "quarantine",
    }
}

record! {
    /// A rule as it is administered.
    #[derive(Clone, Debug)]
    pub struct FilterAdmin {
        /// Its row.
        pub id: FilterId,
        /// What people call it.
        pub name: String,
        /// Where it stands among the others.
        pub position: i64,
        /// Is asked.
        pub is_active: bool,
        /// The address its letters came to; `None` for any.
        pub channel_id: Option<ChannelId>,
        /// That address.
        pub channel: Option<String>,
        /// The mailbox they were fetched from; `None` for any.
        pub mailbox_id: Option<MailboxId>,
        /// Name of that mailbox.
        pub mailbox: Option<String>,
        /// Addresses or `@domain`, on lines.
        pub senders: String,
        /// The name of a header; empty asks for none.
        pub header_name: String,
        /// What it holds; empty when it only has to be there.
        pub header_words: String,
        /// What stands in subject or text, on lines.
        pub words: String,
        /// Larger than so many KiB.
        pub size_over: Option<i64>,
        /// A file came with it.
        pub needs_file: bool,
        /// What becomes of the letter.
        pub outcome: Outcome,
        /// Where it opens its ticket; `None` where its address says.
        pub category_id: Option<CategoryId>,
        /// Name of that category.
        pub category: Option<String>,
        /// Name of its department.
        pub department: Option<String>,
        /// What is put on the ticket, between commas.
        pub tag_words: String,
        /// Grows with every change.
        pub version: i64,
        /// How many letters it met in the last days ([`DAYS`]).
        pub met: i64,
    }
}

/// Every rule, in order.
pub async fn list(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
    now: Moment,
) -> Result<Vec<FilterAdmin>, Error> {
    store::all(ask, now).await
}

/// One rule.
///
/// # Errors
/// `NotFound`.
pub async fn find(
    ask: &mut dyn Answers,
    _: &May<Keep, Channels>,
    id: FilterId,
    now: Moment,
) -> Result<FilterAdmin, Error> {
    store::one(ask, id, now).await?.ok_or(Error::NotFound)
}

impl FilterAdmin {
    /// Where it opens tickets, as the journal names it.
    fn place(&self) -> Option<String> {
        let (department, category) = (self.department.as_ref()?, self.category.as_ref()?);
        Some(format!("{department} › {category}"))
    }

    fn source(&self) -> String {
        let of = self.mailbox.as_ref().or(self.channel.as_ref());
        of.cloned().unwrap_or_default()
    }
}

/// A header as the journal tells of it.
fn header(name: &str, words: &str) -> String {
    match words {
        "" => name.to_owned(),
        words => format!("{name}: {words}"),
    }
}

fn told(entry: Entry, was: Option<&FilterAdmin>, becomes: Option<&Checked>) -> Entry {
    let old = |of: &dyn Fn(&FilterAdmin) -> String| was.map(of).unwrap_or_default();
    let new = |of: &dyn Fn(&Checked) -> String| becomes.map(of).unwrap_or_default();
    let listed = |text: &str| text.replace('\n', ", ");
    let size = |it: Option<i64>| it.map(|kib| kib.to_string()).unwrap_or_default();
    let source = |it: &Checked| {
        let mailbox = it.mailbox.as_ref().map(|it| it.1.clone());
        let channel = it.channel.as_ref().map(|it| it.1.clone());
        mailbox.or(channel).unwrap_or_default()
    };
    let word = |it: Outcome| it.word().to_owned();
    let header_of = |it: &FilterAdmin| header(&it.header_name, &it.header_words);
    let category = |it: &Checked| it.category.as_ref().map(|it| it.1.clone());
    entry
        .field(
            Field::Name,
            &old(&|it| it.name.clone()),
            &new(&|it| it.name.clone()),
        )
        .field(
            Field::FilterSource,
            &old(&FilterAdmin::source),
            &new(&source),
        )
        .field(
            Field::FilterSenders,
            &old(&|it| listed(&it.senders)),
            &new(&|it| listed(&it.senders)),
        )
        .field(
            Field::FilterHeader,
            &old(&header_of),
            &new(&|it| header(&it.header_name, &it.header_words)),
        )
        .field(
            Field::FilterWords,
            &old(&|it| listed(&it.words)),
            &new(&|it| listed(&it.words)),
        )
        .field(
            Field::FilterSize,
            &old(&|it| size(it.size_over)),
            &new(&|it| size(it.size_over)),
        )
        .flag(
            Field::FilterFile,
            was.is_some_and(|it| it.needs_file),
            becomes.is_some_and(|it| it.needs_file),
        )
        .field(
            Field::FilterOutcome,
            &old(&|it| word(it.outcome)),
            &new(&|it| word(it.outcome)),
        )
        .field(
            Field::Category,
            &old(&|it| it.place().unwrap_or_default()),
            &new(&|it| category(it).unwrap_or_default()),
        )
        .field(
            Field::FilterTags,
            &old(&|it| it.tag_words.clone()),
            &new(&|it| it.tag_words.clone()),
        )
        .flag(
            Field::Active,
            was.is_some_and(|it| it.is_active),
            becomes.is_some_and(|it| it.is_active),
        )
}

/// Makes a rule, the last to be asked.
///
/// # Errors
/// `Invalid` at the fields.
pub async fn create(
    tx: &mut Tx,
    may: &May<Keep, Channels>,
    wanted: &Wanted,
    pen: Pen,
) -> Result<FilterId, Error> {
    let checked = checked(tx, may, wanted, None).await?;
    if store::all(tx, pen.now).await?.len() >= MOST_RULES {
        let most = MOST_RULES.to_string();
        return Err(Error::invalid_with("name", "filters-too-many", most));
    }
    let id = store::insert(tx, &checked).await?;
    let entry = Entry::of(Deed::FilterAdded).thing(&checked.name);
    audit::note(tx, pen, told(entry, None, Some(&checked))).await?;
    Ok(id)
}

async fn to_change(
    tx: &mut Tx,
    (id, seen): (FilterId, Option<i64>),
    now: Moment,
) -> Result<FilterAdmin, Error> {
    let standing = store::one_to_change(tx, id, now).await?;
    let standing = standing.ok_or(Error::NotFound)?;
    must_match(seen, standing.version)?;
    Ok(standing)
}

/// Changes a rule, or switches it off and on. Letters that were read before stay as they are.
///
/// # Errors
/// `NotFound`, `Conflict`; `Invalid` at the fields.
pub async fn change(
    tx: &mut Tx,
    may: &May<Keep, Channels>,
    which: (FilterId, Option<i64>),
    wanted: &Wanted,
    pen: Pen,
) -> Result<(), Error> {
    let standing = to_change(tx, which, pen.now).await?;
    let checked = checked(tx, may, wanted, Some(&standing)).await?;
    store::update(tx, which.0, &checked).await?;
    let entry = Entry::change(Deed::FilterChanged).thing(&standing.name);
    audit::note(tx, pen, told(entry, Some(&standing), Some(&checked))).await
}

/// Puts a rule at a place among the others, the first being 1; beyond them it is the last.
///
/// # Errors
/// `NotFound`, `Conflict`.
pub async fn place(
    tx: &mut Tx,
    _: &May<Keep, Channels>,
    (id, seen): (FilterId, Option<i64>),
    position: i64,
    pen: Pen,
) -> Result<(), Error> {
    let mut all = store::all_to_change(tx, pen.now).await?;
    let at = all.iter().position(|it| it.id == id);
    let at = at.ok_or(Error::NotFound)?;
    must_match(seen, all[at].version)?;
    let to = usize::try_from(position.max(1)).unwrap_or(usize::MAX) - 1;
    let to = to.min(all.len() - 1);
    let moved = all.remove(at);
    all.insert(to, moved);
    for (n, rule) in all.iter().enumerate() {
        let position = n as i64 + 1;
        if rule.position != position || (rule.id == id && at != to) {
            store::place(tx, rule.id, position, rule.id == id && at != to).await?;
        }
    }
    let entry = Entry::change(Deed::FilterChanged)
        .thing(&all[to].name)
        .field(
            Field::FilterPosition,
            &(at + 1).to_string(),
            &(to + 1).to_string(),
        );
    audit::note(tx, pen, entry).await
}

/// Removes a rule. What it did stays done, and what it put into quarantine stays there.
///
/// # Errors
/// `NotFound`, `Conflict`.
pub async fn remove(
    tx: &mut Tx,
    _: &May<Keep, Channels>,
    which: (FilterId, Option<i64>),
    pen: Pen,
) -> Result<(), Error> {
    let standing = to_change(tx, which, pen.now).await?;
    taken_away(tx, &standing, pen).await
}

async fn taken_away(tx: &mut Tx, standing: &FilterAdmin, pen: Pen) -> Result<(), Error> {
    store::delete(tx, standing.id).await?;
    let entry = Entry::of(Deed::FilterRemoved).thing(&standing.name);
    audit::note(tx, pen, told(entry, Some(standing), None)).await
}

/// Removes the rules of a mailbox that goes: of all letters they would be rules of another kind.
pub(super) async fn remove_of_mailbox(tx: &mut Tx, id: MailboxId, pen: Pen) -> Result<(), Error> {
    let mut all = store::all_to_change(tx, pen.now).await?;
    all.retain(|it| it.mailbox_id == Some(id));
    for rule in &all {
        taken_away(tx, rule, pen).await?;
    }
    Ok(())
}
