//! The deeds around a password: signing in, asking for a link, choosing and changing it.
//!
//! What is known and what is not must look the same from outside: unknown names are looked up,
//! counted and hashed like known ones.

use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::{Error, Fields};
use kit::ids::{Dice, digest};
use kit::jobs;
use kit::seal::Seal;
use serde::Serialize;

use super::attempts::{self, Counted, Try};
use super::entering::{self, Means};
use super::links::{self, Purpose};
use super::passwords::{self, Check, Passwords};
use super::{sessions, store};
use crate::audit::{Deed, of_oneself};
use crate::people::second_factor::{self, halfway};
use crate::people::{self, Person, PersonId, email_key};

/// What these deeds need of the house.
#[derive(Clone, Copy, Debug)]
pub struct Tools<'a> {
    /// The database.
    pub db: &'a Db,
    /// How passwords are hashed.
    pub passwords: &'a Passwords,
    /// How secrets are kept that must be read again.
    pub seal: &'a Seal,
    /// Where tokens come from.
    pub dice: &'a Dice,
    /// Now.
    pub now: Moment,
}

/// Somebody at the door.
#[derive(Clone, Copy, Debug)]
pub struct Knock<'a> {
    /// Address or login, as typed.
    pub name: &'a str,
    /// Password, as typed.
    pub password: &'a str,
    /// Where they come from.
    pub address: &'a str,
    /// What their browser calls itself.
    pub user_agent: &'a str,
    /// What their session cookie holds, if they have one: it is dead afterwards.
    pub old_session: Option<&'a str>,
}

/// Where somebody comes from who has proved already who they are.
#[derive(Clone, Copy, Debug)]
pub struct Whence<'a> {
    /// Their network address.
    pub address: &'a str,
    /// What their browser calls itself.
    pub user_agent: &'a str,
    /// What their session cookie holds, if they have one: it is dead afterwards.
    pub old_session: Option<&'a str>,
}

/// How far a right password leads.
#[derive(Clone, Debug)]
pub enum Entered {
    /// In.
    In(Opened),
    /// To the second factor; the token is for its step only.
    Halfway(String),
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What the cookie is to hold.
    pub token: String,
    /// Who.
    pub person: Person,
}

/// Signs somebody in, or says no without saying why.
///
/// # Errors
/// `TooMany` after too many failures with this name or from this address.
pub async fn sign_in(tools: &Tools<'_>, knock: &Knock<'_>) -> Result<Option<Entered>, Error> {
    let mut reader = tools.db.read();
    let person = people::find_by_name(&mut reader, knock.name).await?;
    let stored =
        store::password_hash(&mut reader, person.as_ref().map_or(PersonId(0), |p| p.id)).await?;
    let account = account(person.as_ref(), knock.name);
    let tried = Try {
        means: Means::Password,
        address: knock.address,
    };
    let noted = attempts::note_try(
        tools.db,
        Some(tried),
        &[
            (Counted::Account, &account),
            (Counted::Address, knock.address),
        ],
        tools.now,
    )
    .await?;
    let person = person.filter(Person::may_sign_in);
    let stored = stored.filter(|_| person.is_some());
    // Longer than any password may be, so cutting never makes a wrong one right.
    let typed = &knock.password[..knock.password.floor_char_boundary(1_000)];
    let check = tools.passwords.check(typed, stored.as_deref()).await?;
    let (Some(person), Check::Right | Check::RightButOld) = (person, check) else {
        return Ok(None);
    };
    let renewed = match (check, &stored) {
        (Check::RightButOld, Some(old)) => {
            Some((old.clone(), tools.passwords.hash(typed, tools.dice).await?))
        }
        _ => None,
    };
    let mut tx = tools.db.write().await?;
    if let Some((old, new)) = renewed {
        store::replace_password_hash(&mut tx, person.id, &old, &new).await?;
    }
    attempts::take_back_in(&mut tx, noted).await?;
    let from = Whence {
        address: knock.address,
        user_agent: knock.user_agent,
        old_session: knock.old_session,
    };
    let_in(tools, tx, person, Means::Password, &from)
        .await
        .map(Some)
}

/// Opens a session for somebody whose first factor was right, or a second step when they have a
/// second one. What their browser held before is dead either way.
pub async fn let_in(
    tools: &Tools<'_>,
    mut tx: Tx,
    person: Person,
    means: Means,
    from: &Whence<'_>,
) -> Result<Entered, Error> {
    if let Some(old) = from.old_session {
        sessions::end_any(&mut tx, old).await?;
    }
    let entered = if second_factor::stands(&mut tx, person.id).await? {
        let token = halfway::open(&mut tx, person.id, means, tools.now, tools.dice).await?;
        Entered::Halfway(token)
    } else {
        let (agent, address) = (from.user_agent, from.address);
        let (now, dice) = (tools.now, tools.dice);
        let token = sessions::open(&mut tx, person.id, agent, address, now, dice).await?;
        entering::note(&mut tx, person.id, means, address, now).await?;
        Entered::In(Opened { token, person })
    };
    tx.commit().await?;
    Ok(entered)
}

/// What failures are counted under: one count per person, by whichever of their names; a name
/// nobody has counts alike.
fn account(person: Option<&Person>, typed: &str) -> String {
    match person {
        Some(person) => format!("person {}", person.id),
        None => format!("name {}", digest(&email_key(typed))),
    }
}

/// Whom a link for a forgotten password may be sent to: nobody when the name is unknown, may not
/// sign in, or asked too often. Whoever asks hears the same.
///
/// # Errors
/// `TooMany` when this address asked too often, whatever the names.
pub async fn whom_to_send_a_link(
    tools: &Tools<'_>,
    name: &str,
    address: &str,
) -> Result<Option<Person>, Error> {
    let counted = (Counted::LinkAccount, Counted::LinkAddress);
    whom_to_mail(tools, name, address, counted).await
}

/// Whom something may be mailed to by which they come in, counted as an account's and as an
/// address's: nobody when the name is unknown, may not sign in, or asked too often.
///
/// # Errors
/// `TooMany` when this address asked too often, whatever the names.
pub async fn whom_to_mail(
    tools: &Tools<'_>,
    name: &str,
    address: &str,
    (by_account, by_address): (Counted, Counted),
) -> Result<Option<Person>, Error> {
    let person = people::find_by_name(&mut tools.db.read(), name).await?;
    let account = account(person.as_ref(), name);
    // Kept, not taken back: every request counts.
    let _from_here = attempts::note(tools.db, &[(by_address, address)], tools.now).await?;
    let for_them = attempts::note(tools.db, &[(by_account, &account)], tools.now).await;
    match for_them {
        Ok(_) => Ok(person.filter(Person::may_sign_in)),
        Err(Error::TooMany(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct SendMail {
    mail: i64,
}

/// What the desk itself writes to somebody about their account.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum AccountMail<'a> {
    /// A link to choose a password.
    PasswordLink {
        /// Its address.
        link: &'a str,
    },
    /// A code to come in with.
    SignInCode {
        /// The code.
        code: &'a str,
        /// Where it is typed.
        link: &'a str,
    },
}

impl AccountMail<'_> {
    /// What the mail is for, as the outbox stores it.
    fn purpose(&self) -> &'static str {
        match self {
            AccountMail::PasswordLink { .. } => "password_link",
            AccountMail::SignInCode { .. } => "sign_in_code",
        }
    }
}

/// Writes the mail with a link to choose a password; link, mail and job stand or fall together.
/// `link_base` is the address people use; nothing of the request goes into the link.
pub async fn send_link(
    tx: &mut Tx,
    person: &Person,
    link_base: &str,
    now: Moment,
    dice: &Dice,
) -> Result<(), Error> {
    let token = links::create(
        tx,
        Purpose::Password,
        Some(person.id),
        links::FORGOTTEN,
        now,
        dice,
    )
    .await?;
    let link = reset_link(link_base, &token);
    let mail = AccountMail::PasswordLink { link: &link };
    write_account_mail(tx, person, &mail, link_base, now, dice).await
}

/// Writes a mail about somebody's account; it and its job stand or fall with the transaction.
pub async fn write_account_mail(
    tx: &mut Tx,
    person: &Person,
    mail: &AccountMail<'_>,
    link_base: &str,
    now: Moment,
    dice: &Dice,
) -> Result<(), Error> {
    let nonce = dice.token();
    let domain = url::Url::parse(link_base)
        .ok()
        .and_then(|u| u.host_str().map(str::to_owned))
        .unwrap_or_else(|| "localhost".to_owned());
    let mail = store::insert_account_mail(
        tx,
        (&format!("vigie.{nonce}@{domain}"), mail.purpose()),
        person.id,
        &person.email,
        &nonce,
        &serde_json::to_string(mail)?,
        now,
    )
    .await?;
    jobs::enqueue(tx, "send_mail", &SendMail { mail }, now).await
}

/// The address of the page where a link's holder chooses a password.
pub fn reset_link(base: &str, token: &str) -> String {
    format!("{base}/login/reset?token={token}")
}

/// The person a password link belongs to, while it is good.
///
/// # Errors
/// `NotFound` when it is not, or its person was shut out meanwhile.
pub async fn holder(ask: &mut dyn Answers, token: &str, now: Moment) -> Result<Person, Error> {
    let link = links::look(ask, Purpose::Password, token, now).await?;
    let person = people::find(ask, link.person_id.ok_or(Error::NotFound)?).await?;
    if person.may_sign_in() {
        Ok(person)
    } else {
        Err(Error::NotFound)
    }
}

/// Chooses a password with a link. Ends every session and every other link of the person.
///
/// # Errors
/// `NotFound` when the link is not good; `Invalid` at `password`.
pub async fn reset(tools: &Tools<'_>, token: &str, password: &str) -> Result<(), Error> {
    let person = holder(&mut tools.db.read(), token, tools.now).await?;
    let mut fields = Fields::default();
    passwords::judge(password, &person.email, "password", &mut fields);
    fields.settle()?;
    let hash = tools.passwords.hash(password, tools.dice).await?;
    let mut tx = tools.db.write().await?;
    links::spend(&mut tx, Purpose::Password, token, tools.now).await?;
    write(&mut tx, &person, &hash, tools.now).await?;
    sessions::end_others(&mut tx, person.id, "").await?;
    tx.commit().await
}

/// Which other sessions a changed password leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// None: what one does when somebody else may be in.
    End,
    /// Those that are open.
    Stay,
}

/// A signed-in person changes their password, and says what becomes of their other sessions.
///
/// # Errors
/// `Invalid` at `current_password` or `new_password`; `TooMany`.
pub async fn change(
    tools: &Tools<'_>,
    person: PersonId,
    session: &str,
    (current, new): (&str, &str),
    others: Others,
) -> Result<(), Error> {
    let person = people::find(&mut tools.db.read(), person).await?;
    let mut fields = Fields::default();
    match prove_password(tools, &person, current, "current_password").await {
        Err(Error::Invalid(faults)) => fields = faults,
        proved => proved?,
    }
    passwords::judge(new, &person.email, "new_password", &mut fields);
    fields.settle()?;
    let hash = tools.passwords.hash(new, tools.dice).await?;
    let mut tx = tools.db.write().await?;
    write(&mut tx, &person, &hash, tools.now).await?;
    if others == Others::End {
        sessions::end_others(&mut tx, person.id, session).await?;
    }
    tx.commit().await
}

/// Asks somebody signed in for their password once more; wrong ones are counted.
///
/// # Errors
/// `Invalid` at `field`; `TooMany`.
pub async fn prove_password(
    tools: &Tools<'_>,
    person: &Person,
    typed: &str,
    field: &'static str,
) -> Result<(), Error> {
    let subject = account(Some(person), "");
    let noted = attempts::note(tools.db, &[(Counted::Change, &subject)], tools.now).await?;
    let stored = store::password_hash(&mut tools.db.read(), person.id).await?;
    let typed = &typed[..typed.floor_char_boundary(1_000)];
    match tools.passwords.check(typed, stored.as_deref()).await? {
        Check::Wrong => Err(Error::invalid(field, "identity-password-wrong")),
        _ => attempts::take_back(tools.db, noted).await,
    }
}

/// Gives a person their first password, while a desk is set up or furnished.
pub async fn give_password(tx: &mut Tx, person: PersonId, hash: &str) -> Result<(), Error> {
    store::set_password_hash(tx, person, hash).await
}

/// Writes a password down. What was sent or begun with the old one ends.
async fn write(tx: &mut Tx, person: &Person, hash: &str, now: Moment) -> Result<(), Error> {
    store::set_password_hash(tx, person.id, hash).await?;
    store::spend_links_of(tx, person.id, now).await?;
    halfway::end_all(tx, person.id).await?;
    attempts::forgive(tx, &account(Some(person), ""), now).await?;
    of_oneself(tx, Deed::PasswordChosen, person.id.0, now).await
}
