//! The SQL of administering people.

use kit::authz::Actor;
use kit::db::{Answers, Ask, Condition, Tx, like, on_unique};
use kit::error::Error;
use kit::{cond, global, record, scoped, tail};

use super::search::Found;
use super::{PersonAdmin, PostCounts};
use crate::people::{PersonId, email_key, login_key};
use crate::policy::Role;

/// Letters that a search does not tell from their plain ones; the same in [`search`], where both
/// engines replace them alike (their own LOWER know different alphabets).
const FOLDED: &[(&str, &str)] = &[
    ("àâäáãåÀÂÄÁÃÅ", "a"),
    ("éèêëÉÈÊË", "e"),
    ("îïíìÎÏÍÌ", "i"),
    ("ôöóòõÔÖÓÒÕ", "o"),
    ("ùûüúÙÛÜÚ", "u"),
    ("ÿýŸÝ", "y"),
    ("çÇ", "c"),
    ("ñÑ", "n"),
    ("œŒ", "oe"),
    ("æÆ", "ae"),
];

/// A text as names are searched: without accents and capitals.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match FOLDED.iter().find(|(letters, _)| letters.contains(c)) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c.to_ascii_lowercase()),
        }
    }
    out
}

/// The pattern of a phone number however it is written; of what is none, one that nothing fits.
fn phone(text: &str) -> String {
    let is_one = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +.-()".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if is_one && digits.len() > 2 {
        format!("%{digits}%")
    } else {
        String::new()
    }
}

fn search(text: &str) -> Condition {
    let (folded, key) = (
        like::holding(&folded(text)),
        like::holding(&email_key(text)),
    );
    cond!(
        "LOWER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(p.name, 'à', 'a'), 'â', 'a'), 'ä', 'a'), 'á', 'a'), 'ã', 'a'), 'å', 'a'), 'À', 'a'), 'Â', 'a'), 'Ä', 'a'), 'Á', 'a'), 'Ã', 'a'), 'Å', 'a'), 'é', 'e'), 'è', 'e'), 'ê', 'e'), 'ë', 'e'), 'É', 'e'), 'È', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'î', 'i'), 'ï', 'i'), 'í', 'i'), 'ì', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Í', 'i'), 'Ì', 'i'), 'ô', 'o'), 'ö', 'o'), 'ó', 'o'), 'ò', 'o'), 'õ', 'o'), 'Ô', 'o'), 'Ö', 'o'), 'Ó', 'o'), 'Ò', 'o'), 'Õ', 'o'), 'ù', 'u'), 'û', 'u'), 'ü', 'u'), 'ú', 'u'), 'Ù', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ú', 'u'), 'ÿ', 'y'), 'ý', 'y'), 'Ÿ', 'y'), 'Ý', 'y'), 'ç', 'c'), 'Ç', 'c'), 'ñ', 'n'), 'Ñ', 'n'), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')) LIKE ? ESCAPE '!' OR p.email_key LIKE ? ESCAPE '!' OR p.login_key LIKE ? ESCAPE '!' \
         OR p.id IN (SELECT d.person_id FROM person_addresses d WHERE d.email_key LIKE ? ESCAPE '!') OR LOWER(o.name) LIKE ? ESCAPE '!' \
         OR REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(p.phone, ' ', ''), '.', ''), '-', ''), '(', ''), ')', '') LIKE ? ESCAPE '!'",
        folded,
        &key,
        &key,
        &key,
        &key,
        phone(text)
    )
}

/// People by name, after or before somebody, those asked for and one more.
pub(super) async fn page(
    ask: &mut dyn Answers,
    actor: &Actor,
    text: &str,
    from: Option<(&str, PersonId)>,
    is_back: bool,
    (rows, is_staff_only): (i64, bool),
) -> Result<Vec<Found>, Error> {
    let mut query = scoped!(
        actor,
        "SELECT p.id, p.name, p.email, p.login, p.language, p.has_portal, p.disabled_at, p.version, l.name AS site, \
         p.phone, p.job_title, o.name AS organization, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, r.name AS role_name, a.scope FROM people p \
         LEFT JOIN agents a ON a.person_id = p.id LEFT JOIN roles r ON r.id = a.role_id LEFT JOIN organizations o ON o.id = p.organization_id \
         LEFT JOIN locations l ON l.id = p.location_id WHERE {visible:people p}"
    );
    if !text.is_empty() {
        query = query.and(search(text));
    }
    if is_staff_only {
        query = query.and(cond!("a.person_id IS NOT NULL"));
    }
    if let Some((name, id)) = from {
        query = query.and(if is_back {
            cond!("p.name < ? OR (p.name = ? AND p.id < ?)", name, name, id)
        } else {
            cond!("p.name > ? OR (p.name = ? AND p.id > ?)", name, name, id)
        });
    }
    query = query.tail(if is_back {
        tail!("ORDER BY p.name DESC, p.id DESC LIMIT ?", rows + 1)
    } else {
        tail!("ORDER BY p.name, p.id LIMIT ?", rows + 1)
    });
    ask.all(query).await
}

fn one(id: PersonId) -> kit::db::Query {
    global!(
        "SELECT p.id, p.name, p.email, p.login, p.language, p.has_portal, p.disabled_at, p.version, l.name AS site, \
         p.phone, p.job_title, o.name AS organization, COALESCE(CAST(r.id AS TEXT) || ' ' || r.permissions, a.role) AS role, \
         r.name AS role_name, a.scope, (SELECT MAX(s.seen_at) FROM sessions s WHERE s.person_id = p.id) AS seen_at, \
         p.password_hash IS NOT NULL AS has_password, EXISTS (SELECT 1 FROM confidants k WHERE k.person_id = p.id) AS is_confidant \
         FROM people p LEFT JOIN agents a ON a.person_id = p.id \
         LEFT JOIN roles r ON r.id = a.role_id LEFT JOIN organizations o ON o.id = p.organization_id LEFT JOIN locations l ON l.id = p.location_id \
         WHERE p.id = $1 AND p.merged_into_id IS NULL",
        id
    )
}

pub(super) async fn person(
    ask: &mut dyn Answers,
    id: PersonId,
) -> Result<Option<PersonAdmin>, Error> {
    ask.maybe(one(id)).await
}

/// The same inside a change: nobody else changes them meanwhile.
pub(super) async fn person_to_change(
    tx: &mut Tx,
    id: PersonId,
) -> Result<Option<PersonAdmin>, Error> {
    let query = one(id).locking(tx.engine(), "p");
    tx.maybe(query).await
}

record! { struct Number { id: PersonId } }

/// Owners who can still come in. Their rows are held first, so that of two owners who lower each
/// other at once the second sees what the first did.
pub(super) async fn live_owners(tx: &mut Tx) -> Result<Vec<PersonId>, Error> {
    let held = global!(
        "SELECT a.person_id AS id FROM agents a WHERE a.role = $1 ORDER BY a.person_id",
        Role::Owner
    )
    .locking(tx.engine(), "a");
    tx.all::<Number>(held).await?;
    let live: Vec<Number> = tx
        .all(global!(
            "SELECT a.person_id AS id FROM agents a JOIN people p ON p.id = a.person_id \
             WHERE a.role = $1 AND p.disabled_at IS NULL",
            Role::Owner
        ))
        .await?;
    Ok(live.into_iter().map(|n| n.id).collect())
}

record! { struct Site { id: i64 } }

async fn site(tx: &mut Tx, name: &str) -> Result<Option<i64>, Error> {
    if name.is_empty() {
        return Ok(None);
    }
    tx.run(global!(
        "INSERT INTO locations (name) VALUES ($1) ON CONFLICT (name) DO NOTHING",
        name
    ))
    .await?;
    let row: Site = tx
        .one(global!("SELECT id FROM locations WHERE name = $1", name))
        .await?;
    Ok(Some(row.id))
}

pub(super) async fn set_site(tx: &mut Tx, id: PersonId, name: &str) -> Result<(), Error> {
    let site = site(tx, name).await?;
    tx.run(global!(
        "UPDATE people SET location_id = $2 WHERE id = $1",
        id,
        site
    ))
    .await
    .map(|_| ())
}

pub(super) async fn update(
    tx: &mut Tx,
    id: PersonId,
    name: &str,
    email: &str,
    login: Option<&str>,
    language: &str,
    has_portal: bool,
) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET name = $2, email = $3, email_key = $4, login = $5, login_key = $6, language = $7, \
         has_portal = $8, version = version + 1 WHERE id = $1",
        id,
        name,
        email,
        email_key(email),
        login,
        login.map(login_key),
        language,
        has_portal,
    ))
    .await
    .map(|_| ())
    .map_err(|e| {
        let e = on_unique(e, "people", "email_key", Error::invalid("email", "fault-email-taken"));
        let e = on_unique(e, "person_addresses", "email_key", Error::invalid("email", "fault-email-taken"));
        on_unique(e, "people", "login_key", Error::invalid("login", "fault-login-taken"))
    })
}

/// Says that something about somebody changed which stands in other rows than their own.
pub(super) async fn touch(tx: &mut Tx, id: PersonId) -> Result<(), Error> {
    tx.run(global!(
        "UPDATE people SET version = version + 1 WHERE id = $1",
        id
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete_agent(tx: &mut Tx, id: PersonId) -> Result<(), Error> {
    tx.run(global!("DELETE FROM agents WHERE person_id = $1", id))
        .await
        .map(|_| ())
}

/// People who can come in, and staff among them.
pub(super) async fn counts(ask: &mut dyn Answers) -> Result<(i64, i64), Error> {
    record! { struct Counts { people: i64, agents: i64 } }
    let counts: Counts = ask
        .one(global!(
            "SELECT (SELECT COUNT(*) FROM people WHERE disabled_at IS NULL) AS people, \
             (SELECT COUNT(*) FROM agents a JOIN people p ON p.id = a.person_id WHERE p.disabled_at IS NULL) AS agents"
        ))
        .await?;
    Ok((counts.people, counts.agents))
}

pub(super) async fn post_counts(ask: &mut dyn Answers, actor: &Actor) -> Result<PostCounts, Error> {
    ask.one(scoped!(
        actor,
        "SELECT (SELECT COUNT(*) FROM incoming_mails i WHERE i.state IN ('held', 'unreadable') AND {visible:incoming_mails i}) AS held, \
         (SELECT COUNT(*) FROM outgoing_mails w WHERE w.state = 'waiting' AND {visible:outgoing_mails w}) AS waiting, \
         (SELECT COUNT(*) FROM outgoing_mails f WHERE f.state = 'failed' AND {visible:outgoing_mails f}) AS failed"
    ))
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_searched_without_accents_and_capitals() {
        assert_eq!(folded("Hélène ŒUVRÉ-Müller"), "helene oeuvre-muller");
        assert_eq!(folded("Жанна 7"), "Жанна 7");
    }

    #[test]
    fn every_folded_letter_stands_in_the_search_too() {
        let text = global!("SELECT 1 AS one FROM people p WHERE p.id > 0")
            .and(search("x"))
            .text();
        for (letters, plain) in FOLDED {
            for letter in letters.chars() {
                assert!(text.contains(&format!("'{letter}', '{plain}'")), "{letter}");
            }
        }
    }

    #[test]
    fn what_like_means_something_by_is_only_a_letter() {}
}
