//! What is done to articles: written, changed, published, withdrawn, thrown away, linked to tickets, counted.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::Tx;
use kit::error::{Clash, Error, Side, must_match};

use super::rights::{Keep, Link, Put, Read, Shelf};
use super::{Article, ArticleId, State, Wanted, find_to_change, store};
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;

/// Writes a new article, as a draft.
///
/// # Errors
/// `Invalid` at `title`, `body`, `categories`.
pub async fn add(
    tx: &mut Tx,
    shelf: &May<Put, Shelf>,
    actor: &Actor,
    wanted: &Wanted,
    now: Moment,
) -> Result<ArticleId, Error> {
    wanted.check()?;
    if let Some(twin) = store::twin(tx, actor, shelf, wanted).await? {
        return Ok(twin);
    }
    let id = store::insert(tx, shelf, PersonId(actor.id()), wanted, now).await?;
    let article = find_to_change::<Keep>(tx, actor, id).await?;
    show_in(tx, &article, &wanted.categories).await?;
    tx.hint("article", id.0);
    Ok(id)
}

async fn show_in(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    categories: &[CategoryId],
) -> Result<(), Error> {
    let mut wanted = categories.to_vec();
    wanted.sort_by_key(|it| it.0);
    wanted.dedup();
    store::leave_categories(tx, article).await?;
    for category in wanted {
        if store::show_in(tx, article, category).await? == 0 {
            return Err(Error::invalid("categories", "fault-category-unknown"));
        }
    }
    Ok(())
}

/// Changes an article; what it said before is kept.
///
/// # Errors
/// `Conflict` with both sides when it changed since `seen`; `Invalid` as in [`add`].
pub async fn change(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    shelf: &May<Put, Shelf>,
    seen: Option<i64>,
    wanted: &Wanted,
    pen: Pen,
) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != article.version => {
            return Err(Error::Conflict(Clash {
                seen,
                current: article.version,
                sides: sides(article, shelf, wanted),
            }));
        }
        _ => {}
    }
    wanted.check()?;
    let is_reworded = article.title != wanted.title.trim() || article.body != wanted.body;
    if is_reworded {
        store::keep_text(tx, article).await?;
    }
    let editor = pen.person().map_or(article.editor_id, PersonId);
    store::update(tx, article, shelf, editor, wanted, pen.now).await?;
    show_in(tx, article, &wanted.categories).await?;
    tx.hint("article", article.id.0);
    if article.state == State::Published && article.audience != shelf.audience {
        let entry = told(Deed::ArticlePublished, article).field(
            Field::Audience,
            article.audience.word(),
            shelf.audience.word(),
        );
        audit::note(tx, pen, entry).await?;
    }
    Ok(())
}

/// What stands and what was to stand, where that differs.
fn sides(article: &Article, shelf: &Shelf, wanted: &Wanted) -> Vec<Side> {
    let number = |id: Option<DepartmentId>| id.map_or_else(String::new, |it| it.0.to_string());
    [
        ("title", article.title.clone(), wanted.title.clone()),
        ("body", article.body.clone(), wanted.body.clone()),
        (
            "language",
            article.language.clone(),
            wanted.language.code().to_owned(),
        ),
        (
            "audience",
            article.audience.word().to_owned(),
            shelf.audience.word().to_owned(),
        ),
        (
            "department",
            number(article.department_id),
            number(shelf.department),
        ),
    ]
    .into_iter()
    .filter(|(_, theirs, yours)| theirs != yours)
    .map(|(field, theirs, yours)| Side {
        field,
        theirs,
        yours,
    })
    .collect()
}

fn told(deed: Deed, article: &Article) -> Entry {
    let entry = Entry::of(deed).thing(&article.title);
    match article.department_id {
        Some(department) => entry.department(department.0),
        None => entry,
    }
}

/// Publishes an article, or brings back what was withdrawn.
///
/// # Errors
/// `Conflict` when it changed since `seen`.
pub async fn publish(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    seen: Option<i64>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, article.version)?;
    if article.state == State::Published {
        return Ok(());
    }
    store::publish(tx, article, pen.now).await?;
    tx.hint("article", article.id.0);
    let entry = told(Deed::ArticlePublished, article);
    audit::note(
        tx,
        pen,
        entry.field(Field::Audience, "", article.audience.word()),
    )
    .await
}

/// Takes a published article back from its readers.
///
/// # Errors
/// `Conflict` when it changed since `seen`.
pub async fn withdraw(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    seen: Option<i64>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, article.version)?;
    if article.state != State::Published {
        return Ok(());
    }
    store::withdraw(tx, article).await?;
    tx.hint("article", article.id.0);
    let entry = told(Deed::ArticleWithdrawn, article);
    audit::note(
        tx,
        pen,
        entry.field(Field::Audience, article.audience.word(), ""),
    )
    .await
}

/// Throws an article away, with all that it said before. What is read by others is withdrawn first.
///
/// # Errors
/// `Conflict` when it changed since `seen`; `Invalid` while it is published.
pub async fn remove(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    seen: Option<i64>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, article.version)?;
    if article.state == State::Published {
        return Err(Error::invalid("", "knowledge-fault-published"));
    }
    store::delete(tx, article).await?;
    tx.hint("article", article.id.0);
    audit::note(tx, pen, told(Deed::ArticleRemoved, article)).await
}

/// Notes that an article is about a ticket.
///
/// # Errors
/// `Invalid` at `ticket` for what is none, or none that the actor works on.
pub async fn link(
    tx: &mut Tx,
    article: &May<Link, Article>,
    actor: &Actor,
    typed: &str,
) -> Result<(), Error> {
    let unknown = || Error::invalid("ticket", "knowledge-fault-ticket");
    let number = typed.trim().trim_start_matches('#').parse::<i64>();
    let number = number.map_err(|_| unknown())?;
    let ticket = store::ticket(tx, actor, number).await?;
    store::link(tx, article, ticket.ok_or_else(unknown)?).await?;
    // Whoever sees it as its requester alone does not work on it, and would not see that it is linked.
    let tickets = store::tickets_of(tx, actor, article.id).await?;
    if tickets.iter().all(|it| it.id != number) {
        return Err(unknown());
    }
    tx.hint("ticket", number);
    tx.hint("article", article.id.0);
    Ok(())
}

/// Forgets that an article is about a ticket.
///
/// # Errors
/// `NotFound` when the actor does not see that it is.
pub async fn unlink(
    tx: &mut Tx,
    article: &May<Link, Article>,
    actor: &Actor,
    typed: &str,
) -> Result<(), Error> {
    let number: i64 = typed.trim().parse().map_err(|_| Error::NotFound)?;
    let tickets = store::tickets_of(tx, actor, article.id).await?;
    if tickets.iter().all(|it| it.id != number) {
        return Err(Error::NotFound);
    }
    store::unlink(tx, article, number).await?;
    tx.hint("ticket", number);
    tx.hint("article", article.id.0);
    Ok(())
}

/// Counts that it was opened so often.
pub async fn count_readings(tx: &mut Tx, article: ArticleId, n: i64) -> Result<(), Error> {
    store::count_readings(tx, article, n).await
}

/// Counts whether it solved somebody's problem, and whether that was in place of a ticket.
pub async fn count_verdict(
    tx: &mut Tx,
    article: &May<Read, Article>,
    is_solved: bool,
    in_place_of_a_ticket: bool,
) -> Result<(), Error> {
    let deflected = is_solved && in_place_of_a_ticket;
    store::count_verdict(tx, article, is_solved, deflected).await
}
