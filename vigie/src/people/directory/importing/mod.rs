//! Many people at once, from a sheet (decision 0066): checked as a whole, and added as a whole or not at all. Whoever is
//! known already stays as they are, so that the same sheet twice is the same as once.
//!
//! Deliberately absent: staff, whose roles are given one by one, and mails to those who are added.

use std::collections::BTreeMap;

use kit::authz::{Action, Actor, Judged, May, permit};
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Because, Error, Fault};
use words::language::Language;

pub mod api;
pub mod pages;
pub mod sheet;

use super::{Directory, Write, check};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::{self, email_key, login_key};
use crate::policy::permission;
use sheet::Row;

/// Add many people at once.
#[derive(Clone, Copy, Debug)]
pub struct Import;
impl Action for Import {
    const NAME: &'static str = "import_people";
}

/// The directory, to which many cards may be added.
#[derive(Clone, Copy, Debug)]
pub struct Cards;

impl Judged for Cards {
    fn judge(&self, actor: &Actor, _: &'static str) -> Result<(), Because> {
        Directory.judge(actor, Write::NAME)?;
        if actor.is_permitted(permission::IMPORT) {
            Ok(())
        } else {
            Err(Because(permission::IMPORT))
        }
    }
}

/// Whether the actor may.
pub fn may(actor: &Actor) -> bool {
    Cards.judge(actor, Import::NAME).is_ok()
}

/// What is wrong on a line.
#[derive(Clone, Debug)]
pub struct LineFault {
    /// Which line of the sheet, from 1.
    pub line: u64,
    /// What the line says of whom it is about: their address, or their name.
    pub whose: String,
    /// At which column, and what.
    pub fault: Fault,
}

/// A sheet, held against who is there.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Those who would be added.
    pub new: Vec<Row>,
    /// How many are known already.
    pub known: usize,
    /// What is wrong: as long as there is something, nobody is added.
    pub faults: Vec<LineFault>,
}

/// What became of a sheet.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was only looked at, or something is wrong with it: nobody was added.
    Checked(Checked),
    /// They were added.
    Added {
        /// How many.
        added: usize,
        /// How many were known already.
        known: usize,
    },
}

/// Reads a sheet, and looks who is there already. `otherwise` is the language of those of whom it says none.
///
/// # Errors
/// `Forbidden`; `Invalid` at `content` for what is no such sheet.
async fn look(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    otherwise: Language,
) -> Result<(May<Import, Cards>, Checked), Error> {
    let right: May<Import, Cards> = permit(actor, Cards)?;
    let mut checked = Checked::default();
    let (mut addresses, mut logins) = (BTreeMap::new(), BTreeMap::new());
    for row in sheet::read(text, otherwise)? {
        let mut faults = row.faults.clone();
        faults.0.extend(check(&row.wanted).0);
        let mut twice = |of: &mut BTreeMap<String, u64>, field, key: String| {
            let at = match key.is_empty() {
                true => row.line,
                false => *of.entry(key).or_insert(row.line),
            };
            if at != row.line {
                faults.add(field, "fault-import-twice", Some(at.to_string()));
            }
        };
        twice(&mut addresses, "email", email_key(&row.wanted.email));
        let login = row.wanted.login.as_deref().unwrap_or_default();
        twice(&mut logins, "login", login_key(login));
        let is_sound = faults.0.is_empty();
        if is_sound
            && people::find_by_email(ask, &row.wanted.email)
                .await?
                .is_some()
        {
            checked.known += 1;
            continue;
        }
        if is_sound && !login.is_empty() {
            let is_free = people::find_by_name(ask, login).await?.is_none();
            faults.require(is_free, "login", "fault-login-taken");
        }
        if faults.0.is_empty() {
            checked.new.push(row);
            continue;
        }
        let named = [&row.wanted.email, &row.wanted.name];
        let whose = named.into_iter().find(|it| !it.is_empty());
        checked
            .faults
            .extend(faults.0.into_iter().map(|fault| LineFault {
                line: row.line,
                whose: whose.cloned().unwrap_or_default(),
                fault,
            }));
    }
    Ok((right, checked))
}

/// Checks a sheet, and adds those who are new when nothing is wrong with it.
///
/// # Errors
/// Those of a sheet that cannot be read, and `Forbidden`.
pub async fn do_import(
    db: &Db,
    actor: &Actor,
    (text, otherwise): (&str, Language),
    only_checks: bool,
    now: Moment,
) -> Result<Outcome, Error> {
    if only_checks {
        let (_, checked) = look(&mut db.read(), actor, text, otherwise).await?;
        return Ok(Outcome::Checked(checked));
    }
    let mut tx = db.write().await?;
    let (_, checked) = look(&mut tx, actor, text, otherwise).await?;
    if !checked.faults.is_empty() {
        return Ok(Outcome::Checked(checked));
    }
    let (added, known) = (checked.new.len(), checked.known);
    add(&mut tx, actor, &checked.new, now).await?;
    tx.commit().await?;
    Ok(Outcome::Added { added, known })
}

async fn add(tx: &mut Tx, actor: &Actor, new: &[Row], now: Moment) -> Result<(), Error> {
    for row in new {
        super::create(tx, actor, &row.wanted, now).await?;
    }
    if new.is_empty() {
        return Ok(());
    }
    let entry = Entry::of(Deed::PeopleImported).field(Field::Count, "", &new.len().to_string());
    audit::note(tx, Pen::of(actor, now), entry).await
}
