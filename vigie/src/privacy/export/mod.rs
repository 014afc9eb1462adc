//! What the desk holds on somebody, as one file they can take away (decision 0025): JSON, with a name for
//! each part and each value. Nobody else's words, names and addresses are in it.
//!
//! Two people take it: an administrator, of whom they may change, and everybody of themselves, as far as
//! they see it. Both are noted in the journal. Deliberately absent: the bytes of files, which the file
//! names with their addresses; secrets, which are kept as digests and prove nothing to anybody.

mod absences_store;
pub mod api;
mod articles_store;
pub mod pages;
mod register_store;
mod store;
mod wishes_store;

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Db, Tx};
use kit::error::Error;
use serde_json::{Map, Value, json};

use crate::audit::{self, Deed, Entry, Pen};
use crate::people::{PersonId, admin};

/// Parts that only the person's own file holds.
pub const ONES_OWN: &[&str] = &[
    "absences",
    "drafts",
    "forms_unsent",
    "replies_saved",
    "views",
];

/// A file and its name.
#[derive(Clone, Debug)]
pub struct Taken {
    /// A name for it.
    pub name: String,
    /// JSON, for people to read.
    pub bytes: Vec<u8>,
}

/// The file of somebody whom the actor may change.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right, or when they stand above the actor.
pub async fn of_somebody(
    db: &Db,
    actor: &Actor,
    id: PersonId,
    base: &str,
    now: Moment,
) -> Result<Taken, Error> {
    let mut tx = db.write().await?;
    admin::find_to_change(&mut tx, actor, id).await?;
    super::erasure::of_administrators(actor)?;
    note(&mut tx, actor, id, now).await?;
    tx.commit().await?;
    take(db, actor, id, base, now).await
}

/// One's own.
///
/// # Errors
/// `NotFound` when one is nobody.
pub async fn of_oneself(db: &Db, actor: &Actor, base: &str, now: Moment) -> Result<Taken, Error> {
    let id = PersonId(actor.id());
    let mut tx = db.write().await?;
    note(&mut tx, actor, id, now).await?;
    tx.commit().await?;
    take(db, actor, id, base, now).await
}

/// Noted before it is read: gathering it takes a while, and holds nobody up.
async fn note(tx: &mut Tx, actor: &Actor, id: PersonId, now: Moment) -> Result<(), Error> {
    let entry = Entry::of(Deed::PersonExported).person(id.0);
    audit::note(tx, Pen::of(actor, now), entry).await
}

async fn take(
    db: &Db,
    actor: &Actor,
    id: PersonId,
    base: &str,
    now: Moment,
) -> Result<Taken, Error> {
    let file = file(&mut db.read(), actor, id, base, now).await?;
    Ok(Taken {
        name: format!("person-{id}.json"),
        bytes: serde_json::to_vec_pretty(&file)?,
    })
}

async fn file(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: PersonId,
    base: &str,
    now: Moment,
) -> Result<Value, Error> {
    let card = store::card(ask, id).await?.ok_or(Error::NotFound)?;
    let mut whole = Map::new();
    let is_own = actor.id() == id.0;
    whole.insert("taken_at".to_owned(), json!(now.rfc3339()));
    whole.insert("desk".to_owned(), json!(base));
    if !is_own {
        whole.insert("only_in_their_own_file".to_owned(), json!(ONES_OWN));
    }
    whole.insert(
        "person".to_owned(),
        json!({
            "number": id.0, "name": card.name, "email": card.email, "login": card.login, "kind": card.kind,
            "phone": card.phone, "job_title": card.job_title, "organization": card.organization, "site": card.site,
            "language": card.language, "time_zone": card.time_zone, "theme": card.theme, "density": card.density,
            "single_keys": card.single_keys, "may_open_portal": card.has_portal, "has_password": card.has_password,
            "shut_out_at": card.disabled_at.map(Moment::rfc3339), "added_at": card.created_at.rfc3339(),
        }),
    );
    let mut parts = store::account(id);
    parts.push(absences_store::absences(id));
    parts.extend(wishes_store::wishes(id));
    parts.extend(store::work(actor, id));
    parts.extend(articles_store::articles(actor, id));
    parts.extend(register_store::register(actor, id));
    parts.extend(store::post(actor, id, &card.email_key));
    for part in parts {
        if !is_own && ONES_OWN.contains(&part.name) {
            continue;
        }
        let rows = part.rows(ask).await?;
        let rows = rows.into_iter().map(|row| line(&part, row, base)).collect();
        whole.insert(part.name.to_owned(), Value::Array(rows));
    }
    Ok(Value::Object(whole))
}

/// A row under the names of its part; what it does not have is left out.
fn line(part: &store::Part, row: store::Row, base: &str) -> Value {
    let mut line = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value.filter(|_| !name.is_empty()) {
            line.insert(name.to_owned(), value);
        }
    };
    if let (Some(ticket), Some(file), "files") = (row.ticket, &row.c, part.name) {
        let address = format!("{base}/portal/tickets/{ticket}/attachments/{file}");
        put("address", Some(json!(address)));
    }
    let [a, b, c, n] = part.columns;
    put("ticket", row.ticket.map(|it| json!(it)));
    put(a, row.a.map(|it| json!(it)));
    put(b, row.b.map(|it| json!(it)));
    // What the journal holds is JSON itself.
    let inner = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
    let is_inner = part.name == "journal_about_them";
    put(
        c,
        row.c.map(|it| if is_inner { inner(it) } else { json!(it) }),
    );
    put(n, row.n.map(|it| json!(it)));
    put(part.at, row.at.map(|it| json!(it.rfc3339())));
    Value::Object(line)
}
